/* extract_test_priv.h - what the unit tests of this folder share: cmocka, an arena a group, a paper to its draft. */
#ifndef EXTRACT_TEST_PRIV_H
#define EXTRACT_TEST_PRIV_H

#include "extract_priv.h"

#include <setjmp.h>

#include <cmocka.h>

#define assert_slice(s, want)                                                                                          \
        do {                                                                                                           \
                struct str got_ = (s), want_ = (want);                                                                 \
                if (!str_eq(got_, want_))                                                                              \
                        fail_msg("got \"%.*s\", not \"%.*s\"", FMT(got_), FMT(want_));                                 \
        } while (0)
#define assert_text(s, lit) assert_slice(s, S(lit))

static inline int
arena_up(void **state)
{
        *state = arena_new(0);
        return 0;
}

static inline int
arena_down(void **state)
{
        arena_free(*state);
        return 0;
}

/* A paper written out in the test to its draft. */
static inline void
draft_of(struct arena *a, const char *text, struct draft *ret)
{
        struct dd_ctx c = { .arena = a };
        struct blocks *b = arena_alloc(a, sizeof *b);

        assert_int_equal(text_read(&c, str_of(text), b), DD_OK);
        assert_int_equal(draft_make(&c, b, 0, ret), DD_OK);
}

/* What the shown text holds under a span. */
static inline struct str
under(const struct draft *d, struct span s)
{
        size_t i = 0, from = 0;
        int32_t cp = 0;

        for (; cp < s.to && i < d->text.n; cp++) {
                if (cp == s.from)
                        from = i;
                for (i++; i < d->text.n && ((unsigned char)d->text.p[i] & 0xC0) == 0x80;)
                        i++;
        }
        return str_sub(d->text, from, i);
}

#define RUN(tests) cmocka_run_group_tests(tests, arena_up, arena_down)

#endif
