/* page_priv.h - inside the page readers: words with places, pictures in grey, ruling lines and what they enclose. */
#ifndef PAGE_PRIV_H
#define PAGE_PRIV_H

#include "dd_page.h"

/* ---- words (page_words.c) --------------------------------------------------------------------------------- */

/* Places are points (1/72 inch) from the top left of an upright page, also those of scans. */
struct word {
        double x0, y0, x1, y1;
        struct str text; /* NFC, never empty */
        int32_t confidence;
        int32_t line; /* as the program grouped them: words of one line share it */
        int32_t cell; /* index of its table cell on the page; -1: none */
        int32_t page; /* from 1 */
        char before;  /* in the shown text: ' ', '\n' or 0 for nothing */
};
struct words {
        struct word *v;
        size_t n, cap;
};

struct raw_page {
        double w, h;
        struct words words;
};
struct raw_pages {
        struct raw_page *v;
        size_t n, cap;
};

/* The TSV of pdftotext or tesseract, `scale` points a unit. DD_EFORMAT, DD_ETOOBIG beyond PAGE_MAX pages. */
bool page_text_is_broken(const struct words *w); /* letters of a font that tells lies */
/* A struct page_need for each page into out; `pictures` of pages in doubt, PAGE_MAX of them. True: one needs something.
 */
bool needs_put(const struct raw_pages *pages, const struct str *pictures, struct dd_buf *out);
MUST_CHECK enum dd_err page_words(struct dd_ctx *c, struct str tsv, double scale, struct raw_pages *ret);

/* ---- pictures (page_grey.c, page_turn.c) ------------------------------------------------------------------- */

struct grey {
        int32_t w, h;
        uint8_t *p; /* row after row, 0 is black */
};

/* Takes one PGM off *rest. False: there is none, or a larger one than any page. */
bool grey_take(struct str *rest, struct grey *ret);
/* Of a coloured page (PPM) what a red glass shows: seals and stamps, which are red, are gone, ink stays. */
bool grey_take_red(struct arena *a, struct str ppm, struct grey *ret);
/* And what it hides: red is black here, all else is white. False: there is next to nothing. */
bool grey_take_seal(struct arena *a, struct str ppm, struct grey *ret);
void grey_put(struct dd_buf *out, const struct grey *g);
struct grey grey_new(struct arena *a, int32_t w, int32_t h); /* white */
uint8_t grey_threshold(const struct grey *g);                /* between ink and paper, after Otsu */
/* By how much a page lies: quarter turns (0..3) it needs to stand upright, and then degrees to be straight. */
int page_quarters(struct arena *a, const struct grey *g);
double page_skew(struct arena *a, const struct grey *g, uint8_t ink);
struct grey grey_quarter(struct arena *a, const struct grey *g, int quarters);
struct grey grey_rotate(struct arena *a, const struct grey *g, double degrees);

/* ---- PNG a PDF can not hold (image_png.c) ------------------------------------------------------------------ */

enum png_type { PNG_GREY = 0, PNG_COLOUR = 2, PNG_PALETTE = 3, PNG_GREY_CLEAR = 4, PNG_COLOUR_CLEAR = 6 };
struct png_kind {
        uint32_t w, h; /* checked: not 0, and not too many */
        int bits;      /* checked against the type */
        enum png_type type;
        bool woven;
        struct str palette;
};
/* Its packed data to three bytes a dot on white, in c->arena. DD_EFORMAT: broken; DD_ETOOBIG: more than 16 million
 * dots. */
MUST_CHECK enum dd_err png_open(struct dd_ctx *c, const struct png_kind *k, struct str data, struct str *ret);

/* ---- tables by their lines (page_lines.c) ------------------------------------------------------------------ */

struct grid_cell {
        int32_t table, row, col, rows, cols; /* place and spans, from 0 */
        int32_t x0, y0, x1, y1;              /* dots */
        int32_t strip;                       /* where its copy begins in the column of cells; -1: none */
        int32_t strip_end;
        int32_t strip_x, strip_y; /* what to add to a place in the column to have the place on the page */
};
struct grid {
        struct grid_cell *v;
        size_t n, cap;
        int32_t tables;
};
/* Finds ruled tables; dpi is what the page was drawn with. */
void grid_find(struct arena *a, const struct grey *g, uint8_t ink, int dpi, struct grid *ret);

/* Geometry as it travels in a part. */
struct page_geometry {
        uint32_t magic;
        int32_t w, h;             /* of the picture the cells were found in */
        int32_t whole_w, whole_h; /* of the picture as it came */
        int32_t quarters;
        int32_t skew;             /* 1/1000 degree */
        int32_t red_from, red_to; /* of the column of cells: what is red in the head of the page; equal: nothing is */
        uint32_t cells;
};
#define PAGE_GEOMETRY_MAGIC 0x31474450u /* "PDG1" */
#define PAGE_CELLS_MAX      20000       /* places of all grids of a page */
#define PAGE_TABLES_MAX     256

/* Takes one part off *rest; false: there is none, or it is broken. */
bool part_take(struct str *rest, struct page_part *ret, struct str *ret_body);

/* ---- pages to blocks (page_read.c, page_text.c, page_table.c, page_put.c) ---------------------------------- */

/* A text that grows word by word: a paragraph, a cell. Words keep where they stand. */
struct run_text {
        struct word *v;
        size_t n, cap;
};
struct page {
        int32_t no;  /* from 1 */
        double w, h; /* points; of a scan: after it was turned */
        bool scan;
        struct words words;
        struct grid grid;     /* cells in points */
        struct run_text mark; /* of secrecy, stamped in red */
        struct page_geometry geo;
};
struct pages {
        struct page *v;
        size_t n;
};

/* One line of one column: neighbours without a wide gap. */
struct seg {
        double x0, y0, x1, y1;
        struct word *v; /* in the page's words, from left to right */
        size_t n;
        int32_t page;
        enum block_kind kind; /* BLOCK_PAGE_NO, BLOCK_PAGE_HEAD; BLOCK_PARA otherwise */
};
struct segs {
        struct seg *v;
        size_t n, cap;
};
/* Words that are in no table to lines, from the top; words are sorted on the way. */
void segs_find(struct arena *a, struct page *p, struct segs *ret);
/* The lines of one cell. */
void segs_of(struct arena *a, struct word *v, size_t n, struct segs *ret);

/* Adds a line's words behind the line before (NULL: the first). `line_end`: it begins a line of its own. */
void run_add(struct arena *a, struct run_text *t, const struct seg *s, bool line_end);

/* page_mend.c: recognised words of one paragraph or cell. `lone_number`: it is the number column of a table. */
void page_mend(struct arena *a, struct word *v, size_t n, bool lone_number);

struct tcell {
        struct run_text text;
        int32_t colspan, rowspan; /* 0: covered */
};
struct trow {
        struct tcell *cells; /* as many as the table has columns */
};
struct open_table {
        struct trow *v;
        size_t n, cap;
        int32_t cols;
        double *x;    /* their sides, cols + 1 */
        int32_t page; /* the last one it stands on */
};

struct build {
        struct arena *a;
        struct blocks *b;
        const struct pages *pages;
        char *text; /* large enough from the beginning */
        size_t used;
        int32_t cp, line, tables;
        struct open_table table;
        struct run_text para; /* open paragraph */
        struct seg para_last;
        size_t para_lines;
        bool para_heading;
        struct segs furniture; /* page numbers and running heads that wait for the end of a paragraph */
        double left, right;    /* margins of the page in hand, */
        double page_w;         /* and its width */
        double pitch;          /* usual distance of two lines */
        bool columns_open;     /* the last thing was a pair of columns */
};

/* page_put.c */
void put_start(struct build *b, size_t words, size_t bytes);
void put_block(struct build *b, enum block_kind kind, const struct run_text *t);
/* A row of a table, or two columns of lines (`columns`). */
void put_row(struct build *b, const struct tcell *cells, int32_t n, int32_t table, bool columns);
void put_end(struct build *b);

/* page_table.c */
void table_take(struct build *b, struct page *p, int32_t table);
void table_flush(struct build *b);

/* page_text.c */
void text_take(struct build *b, struct segs *s, size_t from, size_t to);
void para_flush(struct build *b);
void margins_find(struct build *b, const struct page *p, const struct segs *s);
bool run_ends_open(const struct word *w); /* no stop behind it */
bool run_begins_small(const struct word *w);
bool seg_begins_item(const struct seg *s); /* "- ", "a)", "1.", "Điều 2" */
struct str seg_text(struct arena *a, const struct seg *s);

#endif
