/* sheet_priv.h - a sheet of cells, as XLSX, CSV and ODS hold it, and what of it is a table. */
#ifndef SHEET_PRIV_H
#define SHEET_PRIV_H

#include "tree_priv.h"

#define SHEET_COLS_MAX 256

struct srow {
        struct str *v; /* by column */
        size_t n, cap;
        int32_t no; /* from 1; rows without a cell are left out */
};

struct merge {
        int32_t row, col, rows, cols; /* row from 1, col from 0 */
};

struct sheet {
        struct str name;
        struct srow *v;
        size_t n, cap;
        struct {
                struct merge *v;
                size_t n, cap;
        } merges;
        bool hide[SHEET_COLS_MAX];
};

/* NULL, and the tree is full, beyond its ceiling. */
struct srow *sheet_row(struct tree *t, struct sheet *s, int32_t no);
/* Columns beyond SHEET_COLS_MAX are left out. */
void sheet_put(struct tree *t, struct srow *r, size_t col, struct str text);
/* Into the body of the tree: lines above and below as paragraphs, rows as one table. */
void sheet_tree(struct tree *t, const struct sheet *s, bool titled);

#endif
