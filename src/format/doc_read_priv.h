/* doc_read_priv.h - inside the reader of Word 97-2003 (MS-DOC): where letters stand, what they and their paragraphs
 * look like. Names of the format: CP a letter's place in the text, FC a byte's place in the stream, FKP a page of
 * properties, grpprl a run of them, sprm one, istd a style, ilfo a list, ftc a font, TAP the properties of a row. */
#ifndef DOC_READ_PRIV_H
#define DOC_READ_PRIV_H

#include "docx_read_priv.h" /* lists are counted as in DOCX */
#include "ole_priv.h"

struct piece {
        uint32_t from, to; /* CP */
        uint32_t fc;
        bool wide;       /* two bytes a letter */
        struct str more; /* grpprl of a paper that was saved in haste */
};

/* What is said of letters; -1: not said. */
struct chp {
        int32_t ftc, ftc_high; /* an old font in either says what its letters are */
        tri caps, hidden, struck;
        int32_t istd;
        uint32_t symbol, symbol_ftc; /* 0: none */
};

struct pap {
        int32_t istd, ilfo, ilvl, outline;
        tri centered;
        int32_t depth; /* of tables around it */
        bool cell_end, row_end;
};

struct dstyle {
        struct str name, pap, chp; /* as the file holds them */
        int32_t base;
        bool lines; /* of a table */
        bool solved, solving;
        struct pap p;
        struct chp c;
};

/* A run of letters or a paragraph that looks the same. */
struct fkp_run {
        uint32_t from, to; /* FC; from == to: none */
        struct str grpprl;
        uint32_t istd;
};

struct doc {
        struct dd_ctx *c;
        struct tree *tree;
        struct str w, t, data; /* streams */
        struct piece *piece;
        size_t n_pieces, last_piece;
        enum legacy *font;
        size_t n_fonts;
        struct dstyle *style;
        size_t n_styles;
        struct chp plain; /* letters of which nothing is said */
        struct wlists lists;
        struct wstyles no_styles;
        bool *box_used;
        size_t n_boxes;
        size_t letters_left; /* that may still be read; parts of a sound paper do not overlap */
        bool unsound;        /* letters are told twice, or are missing */
};

enum {
        FIB_STSHF = 1,
        FIB_SED = 6,
        FIB_HDD = 11,
        FIB_CHPX = 12,
        FIB_PAPX = 13,
        FIB_FFN = 15,
        FIB_CLX = 33,
        FIB_SPA = 40,
        FIB_TXBX = 56,
        FIB_LST = 73,
        FIB_LFO = 74
};
/* One of the tables the head of the file names, out of the table stream. */
struct str doc_part(const struct doc *d, int which);

/* The last place of a rising list of n + 1 numbers that is not beyond v; n: none. */
size_t doc_place(struct str list, size_t n, uint32_t v);

/* ---- doc_read.c: where letters stand ---- */
enum part {
        PART_TEXT,
        PART_NOTES,
        PART_HEADS,
        PART_MACROS,
        PART_REMARKS,
        PART_ENDNOTES,
        PART_BOXES,
        PART_HEAD_BOXES,
        PART_COUNT
};

uint32_t doc_part_length(const struct doc *d, enum part part);
/* CP where a part of the text begins; the part behind the last is the end. */
uint32_t doc_part_from(const struct doc *d, int part);
const struct piece *doc_piece(struct doc *d, uint32_t cp); /* NULL: no letter stands there */
uint32_t doc_fc(const struct piece *k, uint32_t cp);
uint32_t doc_letter(const struct doc *d, const struct piece *k, uint32_t cp);

/* doc_read_story.c: all of the text into the tree; d->unsound when letters are told twice or missing. */
void doc_text(struct doc *d);

struct sprm {
        uint32_t op;
        struct str arg;
};
/* Takes the first sprm off a grpprl; false at its end or where it goes wrong. */
bool sprm_next(struct str *grpprl, struct sprm *ret);

/* doc_read_props.c */
void doc_styles_read(struct doc *d);
void doc_fonts_read(struct doc *d);
enum legacy doc_font(const struct doc *d, int32_t ftc);
struct fkp_run doc_run(const struct doc *d, uint32_t fc, bool para);
/* Of the paragraph whose end is at fc; *ret_grpprl holds what a row says of itself. */
struct pap doc_pap(struct doc *d, const struct piece *piece, uint32_t fc, struct str *ret_grpprl);
struct chp doc_chp(struct doc *d, const struct piece *piece, const struct fkp_run *run, int32_t istd);

/* doc_read_list.c */
void doc_lists_read(struct doc *d);

/* doc_read_table.c */
struct row_edges {
        int32_t v[TREE_COLS_MAX]; /* right edges of its cells */
        size_t n;
};

struct doc_table {
        struct ttable *table;
        struct { /* cells of the open row */
                struct nodes *v;
                size_t n, cap;
        } cells;
        struct {
                struct row_edges *v;
                size_t n, cap;
        } rows;
        size_t lined;
};
void doc_row_end(struct doc *d, struct doc_table *t, struct str grpprl);
void doc_table_end(struct doc_table *t);

#endif
