#include "base_test_priv.h"

static void
alloc_gives_zeroed_aligned_memory(void **state)
{
        for (size_t n = 0; n < 100; n += 7) {
                unsigned char *p = arena_alloc(*state, n);

                assert_int_equal((uintptr_t)p % 16, 0);
                for (size_t i = 0; i < n; i++)
                        assert_int_equal(p[i], 0);
                memset(p, 0xAA, n);
        }
}

static void
memory_is_zeroed_again_after_reset(void **state)
{
        struct arena *a = arena_new(0);

        (void)state;
        memset(arena_alloc(a, 64), 0xFF, 64);
        arena_reset(a);
        assert_int_equal(arena_used(a), 0);
        const char *p = arena_alloc(a, 64);
        for (size_t i = 0; i < 64; i++)
                assert_int_equal(p[i], 0);
        arena_free(a);
}

static void
one_item_larger_than_a_block_fits(void **state)
{
        char *p = arena_alloc(*state, 20000000);

        p[0] = p[19999999] = 1;
        assert_true(arena_used(*state) >= 20000000);
}

static void
earlier_items_survive_later_blocks(void **state)
{
        char *first = arena_alloc(*state, 8);

        memcpy(first, "abcdefg", 8);
        for (int i = 0; i < 100; i++)
                arena_alloc(*state, 5000);
        assert_string_equal(first, "abcdefg");
}

static void
used_counts_what_was_given_out(void **state)
{
        struct arena *a = arena_new(0);

        (void)state;
        arena_alloc(a, 1);
        assert_int_equal(arena_used(a), 16);
        arena_alloc(a, 17);
        assert_int_equal(arena_used(a), 48);
        arena_free(a);
}

static void
free_of_null_is_allowed(void **state)
{
        (void)state;
        arena_free(NULL);
}

static void
vec_push_keeps_items_while_it_grows(void **state)
{
        struct {
                int *v;
                size_t n, cap;
        } vec = { 0 };

        for (int i = 0; i < 1000; i++)
                *VEC_PUSH((struct arena *)*state, &vec) = i;
        assert_int_equal(vec.n, 1000);
        for (int i = 0; i < 1000; i++)
                assert_int_equal(vec.v[i], i);
}

static void
vec_push_gives_zeroed_items(void **state)
{
        struct {
                struct dd_opt *v;
                size_t n, cap;
        } vec = { 0 };

        for (int i = 0; i < 20; i++)
                assert_false(VEC_PUSH((struct arena *)*state, &vec)->has);
}

static void
dup_is_terminated_and_keeps_null(void **state)
{
        struct str s = str_dup(*state, str_sub(S("abcdef"), 0, 3));

        assert_string_equal(s.p, "abc");
        assert_null(str_dup(*state, STR_NONE).p);
        assert_non_null(str_dup(*state, S("")).p);
}

static void
fmt_writes_any_length(void **state)
{
        struct str s = str_fmt(*state, "%d-%s-%05000d", 7, "x", 1);

        assert_int_equal(s.n, 5004);
        assert_true(str_starts(s, S("7-x-000")));
        assert_true(str_ends(s, S("01")));
}

static void
c_string_of_a_slice(void **state)
{
        assert_string_equal(str_c(*state, str_sub(S("nửa vời"), 0, 5)), "nửa");
        assert_string_equal(str_c(*state, STR_NONE), "");
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(alloc_gives_zeroed_aligned_memory),
                cmocka_unit_test(memory_is_zeroed_again_after_reset),
                cmocka_unit_test(one_item_larger_than_a_block_fits),
                cmocka_unit_test(earlier_items_survive_later_blocks),
                cmocka_unit_test(used_counts_what_was_given_out),
                cmocka_unit_test(free_of_null_is_allowed),
                cmocka_unit_test(vec_push_keeps_items_while_it_grows),
                cmocka_unit_test(vec_push_gives_zeroed_items),
                cmocka_unit_test(dup_is_terminated_and_keeps_null),
                cmocka_unit_test(fmt_writes_any_length),
                cmocka_unit_test(c_string_of_a_slice),
        };

        return RUN(tests);
}
