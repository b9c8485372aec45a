/* tmplc_priv.h - the parts of the template compiler. tmplc.c reads tags, tmplc_html.c follows the HTML around them,
 * tmplc_expr.c reads what stands inside, tmplc_gen.c writes C. */
#ifndef TMPLC_PRIV_H
#define TMPLC_PRIV_H

#include "dd_base.h"

/* ---- the HTML around a hole ---- */

enum html_state {
        HTML_TEXT,
        HTML_LT,      /* behind '<' */
        HTML_NAME,    /* in a tag's name */
        HTML_TAG,     /* between attributes */
        HTML_ATTR,    /* in an attribute's name */
        HTML_AFTER,   /* behind it */
        HTML_EQ,      /* behind '=' */
        HTML_DQ,      /* in "..." */
        HTML_SQ,      /* in '...' */
        HTML_BARE,    /* in an unquoted value */
        HTML_DOCTYPE, /* in <!...> */
        HTML_SCRIPT   /* between <script> and </script> */
};

enum html_attr { ATTR_PLAIN, ATTR_URL, ATTR_CLOSED }; /* closed: no hole may stand in it */

enum html_url {
        URL_START, /* nothing written yet: a hole is the whole address and is checked */
        URL_OPEN,  /* begun, but its scheme is still open: no hole */
        URL_SAFE   /* a literal '/', '?' or '#', or a checked hole, stands before */
};

struct html {
        enum html_state state;
        enum html_attr attr;
        enum html_url url;
        bool closing, has_src;
        bool verbatim; /* in <pre> or <textarea>: white space counts */
        size_t n_tag, n_name, n_value;
        char tag[24], name[32], value[64]; /* lower case, cut off; value: its literal beginning */
};

/* Follows one byte. NULL, or why the page may not be written so. */
const char *html_feed(struct html *h, char c);
/* Told that a hole was written here. */
void html_hole(struct html *h);
/* NULL if a hole may stand here, else why not. */
const char *html_hole_fault(const struct html *h);
/* A block begins or ends here: no name runs across it. NULL, or why not. */
const char *html_settle(struct html *h);
/* Two ways that lead to one place; false when they leave the page in different states. */
bool html_join(struct html *h, const struct html *other);

/* ---- the compiler ---- */

enum block_kind { BLOCK_DEFINE, BLOCK_IF, BLOCK_LOOP };

struct block {
        enum block_kind kind;
        int line;
        bool has_else, has_way; /* has_way: `out` holds where an earlier branch ended */
        struct html in, out;
        struct str name;
};

#define MAX_DEPTH 32

struct tmplc {
        struct arena *a;
        struct str path, src;
        size_t pos;
        int line;
        bool allow_raw;
        bool fresh;                          /* nothing was written since define */
        bool line_begins;                    /* what was written last ends a line */
        struct dd_buf head, body, lit, keys; /* prototypes, functions, text not yet written, sentences seen */
        struct html html;
        struct block stack[MAX_DEPTH];
        size_t depth;
        int serial; /* names loop counters */
};

/* Says what is wrong at a line and gives false. */
bool tmplc_fail(const struct tmplc *t, int line, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* ---- expressions (tmplc_expr.c) ---- */

/* Index behind the unit at i: a whole string or character literal, or one byte. */
size_t c_skip(struct str s, size_t i);
/* Offset of the first `c` outside brackets and literals, or s.n. */
size_t c_find(struct str s, char c);
bool c_is_word(char c);
/* Cuts the first word off *s and the blanks behind it. */
struct str c_word(struct str *s);
/* One C expression: brackets match, no statement, no comment. */
bool expr_check(struct tmplc *t, struct str code);
/* "x | filter" into its parts; filter STR_NONE if there is none. */
void expr_split(struct str s, struct str *ret_code, struct str *ret_filter);
/* Writes the expression with each _("...", args) turned into a call of the translator. */
bool expr_put(struct tmplc *t, struct dd_buf *b, struct str code);

/* ---- output (tmplc_gen.c) ---- */

void gen_flush(struct tmplc *t); /* the literal text waiting in t->lit */
void gen_line(struct tmplc *t);
bool gen_text(struct tmplc *t, struct str text);
bool gen_hole(struct tmplc *t, struct str s);
bool gen_define(struct tmplc *t, struct str s);
bool gen_if(struct tmplc *t, struct str cond);
bool gen_else(struct tmplc *t, struct str rest);
bool gen_for(struct tmplc *t, struct str head);
bool gen_each(struct tmplc *t, struct str s);
bool gen_call(struct tmplc *t, struct str s);
bool gen_end(struct tmplc *t);

#endif
