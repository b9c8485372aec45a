/* docx_testing.h - a document under way and what became of it, for the tests of the DOCX writer. */
#ifndef DOCX_TESTING_H
#define DOCX_TESTING_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "dd_date.h"
#include "dd_docx.h"
#include "zip_testing.h"

struct fixture {
        struct dd_ctx c;
        struct docx d;
        struct dd_buf out;
        xmlXPathContextPtr x; /* document.xml once read */
};

static inline int
setup(void **state)
{
        struct fixture *f = calloc(1, sizeof *f);

        f->c.arena = arena_new(0);
        docx_start(&f->d, &f->c, &(struct docx_meta){ .title = S("Thử") });
        *state = f;
        return 0;
}

static inline int
teardown(void **state)
{
        struct fixture *f = *state;

        xml_free(&f->x);
        docx_free(&f->d);
        buf_free(&f->out);
        arena_free(f->c.arena);
        free(f);
        return 0;
}

static inline void
finish(struct fixture *f)
{
        assert_int_equal(docx_finish(&f->d, &f->out), DD_OK);
        f->x = part_xml(f->c.arena, &f->out, "word/document.xml");
        assert_non_null(f->x);
}

static inline void
assert_text(struct fixture *f, const char *expr, const char *want)
{
        assert_string_equal(xml_str(f->c.arena, f->x, expr).p, want);
}

static inline void
assert_num(struct fixture *f, const char *expr, double want)
{
        double got = xml_num(f->x, expr);

        if (got != want)
                print_message("%s: %g, not %g\n", expr, got, want);
        assert_true(got == want);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

#endif
