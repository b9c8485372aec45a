/* text_priv.h - inside the plain-text reader: lines, their kinds, and the builder of blocks. */
#ifndef TEXT_PRIV_H
#define TEXT_PRIV_H

#include "dd_blocks.h"

enum line_kind { LINE_BLANK, LINE_PARA, LINE_HEADING, LINE_RULE, LINE_PAGE_NO, LINE_PIPE, LINE_TABS };

/* One line of the shown text. */
struct line {
        struct str s; /* without its end */
        int32_t cp;   /* code point offset of its first byte */
        int32_t no;   /* from 1 */
        enum line_kind kind;
};

struct lines {
        struct line *v;
        size_t n, cap;
};

/* What the passes over the lines share. */
struct text_build {
        struct arena *a;
        struct blocks *b;
        struct lines lines;
        int32_t tables;
        size_t tab_cols; /* columns of the open tab table, 0 = none */
        size_t width;    /* of a text whose paragraphs are wrapped at a margin, 0 = it is not */
};

/* text_encode.c: bytes to one UTF-8 text, NFC, LF. */
MUST_CHECK enum dd_err text_decode(struct dd_ctx *c, struct str bytes, struct str *ret);

/* text_table.c: each takes the line number of a first line and gives the number of lines it used, 0 = not its kind. */
size_t text_pipe_row(struct text_build *t, size_t i);
size_t text_tab_row(struct text_build *t, size_t i);
size_t text_columns(struct text_build *t, size_t i);

/* text.c */
MUST_CHECK enum dd_err text_read_decoded(struct dd_ctx *c, struct str text, struct blocks *ret);
bool text_is_rule(struct str s); /* "-----", "***" */
bool text_is_grid_rule(struct str s);
bool text_is_page_no(struct str s); /* "8", "- 8 -", "Trang 3/10" */
struct block *text_block(struct text_build *t, enum block_kind kind, const struct line *l);
struct str text_unmark(struct arena *a, struct str s);   /* emphasis, escapes and the like removed */
int32_t text_cp_at(const struct line *l, const char *p); /* code point offset of a byte of the line */

#endif
