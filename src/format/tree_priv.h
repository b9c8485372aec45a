/* tree_priv.h - a paper as its format holds it: paragraphs and tables inside one another. The readers of DOCX, ODT and
 * of sheets fill it; tree_blocks() makes the shown text and the blocks of it. */
#ifndef TREE_PRIV_H
#define TREE_PRIV_H

#include "dd_blocks.h"

#define TREE_CELLS_MAX 200000
#define TREE_PARAS_MAX 200000
#define TREE_COLS_MAX  64

struct node;

struct nodes {
        struct node *v;
        size_t n, cap;
};

struct tcell {
        struct nodes inside;
        int32_t colspan, rowspan; /* at least 1 */
        bool covered;             /* belongs to the cell above (vMerge) */
};

struct trow {
        struct tcell *v;
        size_t n, cap;
        bool header; /* the format says that it is repeated on every page */
        int32_t no;  /* of a sheet: from 1, as people see it there; 0: none */
};

struct ttable {
        struct trow *v;
        size_t n, cap;
        bool lines; /* has visible borders */
        bool sure;  /* a table whatever it looks like: a sheet */
};

struct node {
        struct ttable *table; /* NULL: a paragraph */
        struct str text;      /* raw: tabs and '\n' kept */
        struct str style;
        bool heading, centered;
};

struct tree {
        struct dd_ctx *c;
        struct str format;
        struct nodes body, heads, feet, notes;
        size_t cells, paras, sheet_cells;
        int32_t pages;
        bool full; /* a ceiling was met: what came later is not in the tree */
};

void tree_para(struct tree *t, struct nodes *to, struct node para);
struct ttable *tree_table(struct tree *t, struct nodes *to);
struct trow *tree_row(struct tree *t, struct ttable *table);
struct tcell *tree_cell(struct tree *t, struct trow *row);

/* tree_layout.c: a table that only sets things side by side ("issuer | motto", "Nơi nhận | signature") becomes its
 * paragraphs, in the order they are read. False: a table with rows that mean something. */
bool tree_flatten(struct tree *t, const struct ttable *table, struct nodes *ret);
/* Paragraphs that set the same side by side by tabs. Gives how many nodes were taken from `from` on, 0 = none. */
size_t tree_tabbed(struct tree *t, const struct nodes *list, size_t from, struct nodes *ret);

/* DD_ETOOBIG when the tree is full, DD_EFORMAT when there is no letter in it (it may hold pictures). */
MUST_CHECK enum dd_err tree_blocks(struct tree *t, struct blocks *ret);

/* All letters of a list of nodes, a line each. */
struct str tree_lines(struct arena *a, const struct nodes *list);

#endif
