/* The paper as it was read: paragraphs and tables, with marks where fields stand. */
#ifndef DD_SHEET_VIEW_H
#define DD_SHEET_VIEW_H

#include "dd_ui.h"

struct sheet_piece {
        struct str text;
        struct str id; /* of a mark; STR_NONE: plain */
};
struct sheet_run { /* a paragraph or a cell */
        const struct sheet_piece *v;
        size_t n;
};
struct sheet_block {
        bool row, first, last;   /* a row of a table; the first and last of it */
        struct sheet_run *cells; /* of a paragraph: one */
        size_t n_cells;
        size_t fill; /* columns its last cell stands over: a row that names a group is shorter than its table */
};
struct sheet {
        const struct sheet_block *v;
        size_t n;
};

#endif
