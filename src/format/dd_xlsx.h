/* dd_xlsx.h - writes tables as XLSX: title lines, a header with autofilter, frozen panes, typed cells, and a print
 * set-up (A4 landscape, one page wide, header on every page). Rows stream to a temporary file, not to memory.
 * Texts are always strings, never formulas. No author is written. */
#ifndef DD_XLSX_H
#define DD_XLSX_H

#include "dd_grid.h"

struct xlsx_sheet {
        struct str name;          /* tab; shortened and cleaned to what Excel allows */
        const struct str *titles; /* lines above the table: plan, cut-off day; the first is bold */
        size_t n_titles;
        const struct grid_col *cols;
        size_t n_cols;
        size_t frozen_cols; /* columns that stay in sight */
};

/* One workbook under way; members are private. */
struct xlsx;

/* title: of the file's properties. The same calls at the same c->now give the same content. */
MUST_CHECK enum dd_err xlsx_start(struct dd_ctx *c, struct str title, struct xlsx **ret);
void xlsx_sheet(struct xlsx *x, const struct xlsx_sheet *s);
/* One row: a cell a column. */
void xlsx_row(struct xlsx *x, const struct grid_cell *cells);
/* A bold row with one text: a group of tasks. */
void xlsx_row_group(struct xlsx *x, struct str text);
/* Writes the file to out (appended). DD_ETOOBIG when the sheet or the buffer is full, DD_EIO otherwise. */
MUST_CHECK enum dd_err xlsx_finish(struct xlsx *x, struct dd_buf *out);
void xlsx_free(struct xlsx **x); /* NULL inside allowed; after xlsx_finish does nothing */
#define AUTO_XLSX __attribute__((cleanup(xlsx_free))) struct xlsx

#endif
