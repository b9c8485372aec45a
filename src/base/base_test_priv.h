/* base_test_priv.h - what the unit tests of this folder share: cmocka, an arena a group, slices compared. */
#ifndef DD_BASE_TEST_PRIV_H
#define DD_BASE_TEST_PRIV_H

#include "dd_base.h"

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

#define RUN(tests) cmocka_run_group_tests(tests, arena_up, arena_down)

#endif
