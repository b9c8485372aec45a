/* dd_blocks.h - what every reader makes of a file: the text shown to the person who verifies, and blocks over it.
 * Offsets are code points into `text`, so that a span means the same in C, in JSON and in the browser. */
#ifndef DD_BLOCKS_H
#define DD_BLOCKS_H

#include "dd_base.h"

enum block_kind {
        BLOCK_PARA,
        BLOCK_HEADING,
        BLOCK_ROW,      /* one row of a table; cells in order */
        BLOCK_RULE,     /* "-----", page furniture */
        BLOCK_PAGE_NO,  /* a lone page number */
        BLOCK_PAGE_HEAD /* running head, repeated */
};

struct span {
        int32_t from, to; /* code points into blocks.text; from == to: nothing */
};

struct cell {
        struct str text; /* NFC, markup removed, inner line ends kept as '\n' */
        struct span span;
        /* 1 usually. colspan 0: covered from the left, empty. rowspan 0: covered from above; it repeats the words and
         * the span of the cell that covers it, but for rows whose first cell is covered too: they go on with the item
         * above. */
        int32_t colspan, rowspan;
};

struct block {
        enum block_kind kind;
        int32_t line;    /* 1-based line of the shown text where it begins */
        int32_t table;   /* table number from 1, 0 outside */
        int32_t row;     /* of a sheet (XLSX, CSV, ODS): its number there, from 1; 0 elsewhere */
        struct str text; /* whole text of a paragraph; NULL of a row */
        struct span span;
        struct str style; /* what the format says, may be NULL: a style's name, "header" of a row, "footnote" ... */
        struct cell *cells;
        size_t n_cells;
};

/* Where a word (in a long paper: a line) of the shown text stands on its page, for the page's picture. Sides are
 * 1/10000 of the page's width and height, from the top left. In the order of the text. */
struct box {
        struct span span;
        int32_t page; /* from 1 */
        int32_t x, y, w, h;
        int32_t confidence; /* of the letters, percent; 100: they were not recognised but read */
};
#define BOX_SCALE       10000
#define DRAFT_BOXES_MAX 40000 /* beyond, a box holds a line */

struct blocks {
        struct str format; /* "text", "docx", "doc", "pdf", "scan", ... */
        struct str text;   /* NFC, LF */
        struct block *v;
        size_t n, cap;
        int32_t pages;     /* 0: unknown */
        struct box *boxes; /* of what comes as pages: PDF, scans */
        size_t n_boxes, cap_boxes;
};

/* Reads plain text: UTF-8 (BOM, CRLF, NFD, NBSP, tabs and Markdown tables understood), CP1252-mangled UTF-8 mended.
 * DD_EFORMAT when it is no text (binary bytes, other encodings), DD_ETOOBIG beyond 25 MiB, DD_EINVAL when empty; the
 * message in c says what to do. */
MUST_CHECK enum dd_err text_read(struct dd_ctx *c, struct str bytes, struct blocks *ret);

/* Reads a paper of any form this folder knows, told by its bytes; `name` (STR_NONE allowed) decides only where bytes do
 * not. Errors as of text_read, for every form; a file that breaks a ceiling of DESIGN section 6 is DD_ETOOBIG. */
MUST_CHECK enum dd_err paper_read(struct dd_ctx *c, struct str bytes, struct str name, struct blocks *ret);

/* A mark of state secrecy where marks stand (the head, alone in a line or frame, a field "Độ mật: ..."): the paper is
 * refused and none of its bytes kept. DESIGN section 6. */
bool blocks_secret(struct dd_ctx *c, const struct blocks *b, struct str *ret_mark);
/* The same of a file's name, for bytes that are no text: "TỐI MẬT - báo cáo.pdf", "bc_Mật.docx". *ret_mark is one of
 * the levels, static text. "Mật độ dân số.xlsx" carries none. */
bool name_secret(struct arena *a, struct str name, struct str *ret_mark);

#endif
