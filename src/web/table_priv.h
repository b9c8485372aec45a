/* table_priv.h - registers: one view, as a page, CSV or XLSX. */
#ifndef TABLE_PRIV_H
#define TABLE_PRIV_H

#include "dd_grid.h"
#include "dd_table_view.h"
#include "page_priv.h"

/* A file of typed rows; fill writes the n_cols cells of row i. */
struct web_grid {
        struct str name;  /* tab of the sheet, and of it the file's name */
        struct str title; /* line above the table */
        const struct grid_col *cols;
        size_t n_cols, n_rows;
        void (*fill)(void *arg, size_t i, struct grid_cell *cells);
        void *arg;
};
MUST_CHECK enum dd_err web_grid(struct web_req *r, const struct web_grid *g); /* by r->want: OUT_CSV, else XLSX */

/* The whole answer of a register, by r->want; links to its files are added to the head. */
MUST_CHECK enum dd_err web_table(struct web_req *r, struct table_view *v);
/* For pages that draw a table among other things: its file, and the links to it. */
MUST_CHECK enum dd_err web_table_file(struct web_req *r, const struct table_view *v);
void web_table_files(struct web_req *r, struct ui_head *head);

/* How many rows a paged register reads for this answer: files are whole (5,000 at most), JSON may ask for more at a
 * time than the page shows ("max"). */
static inline int64_t
web_rows(const struct web_req *r, int64_t page)
{
        bool file = r->want == OUT_CSV || r->want == OUT_XLSX;
        int64_t asked = file || r->want == OUT_JSON ? web_q_id(r, "max") : 0;

        return asked > 0 && asked <= 5000 ? asked : file ? 5000 : page;
}

#endif
