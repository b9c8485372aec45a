/* read_testing.h - packages made part by part, and what paper_read() makes of them. For tests only. */
#ifndef READ_TESTING_H
#define READ_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dd_blocks.h"

struct part {
        const char *name;
        struct str bytes;
};

struct bench {
        struct dd_ctx c;
        struct blocks b;
};

int bench_up(void **state);
int bench_down(void **state);
#define T(f) cmocka_unit_test_setup_teardown(f, bench_up, bench_down)

/* A ZIP of the parts; names may come twice. */
struct str zipped(struct arena *a, const struct part *parts, size_t n);
/* A DOCX of this body, with the styles and the numbering given ("" = none), and its notes. */
struct str docx_of(struct arena *a, const char *body, const char *styles, const char *numbering, const char *notes);
struct str xlsx_of(struct arena *a, const char *rows, const char *after, const char *styles);
struct str odt_of(struct arena *a, const char *styles, const char *body);

void read_ok(struct bench *k, struct str bytes);
void read_refused(struct bench *k, struct str bytes, enum dd_err want, const char *words);
/* The running text of the blocks, one a line: paragraphs as they are, rows as "|a|b|", headings "# ", furniture "~ ".
 */
struct str told(struct bench *k);
void assert_told(struct bench *k, const char *want);
/* Spans lie in the text and show what the blocks hold. */
void assert_spans(const struct blocks *b);

#endif
