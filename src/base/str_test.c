#include "base_test_priv.h"

static void
none_equals_empty_but_is_null(void **state)
{
        (void)state;
        assert_true(str_eq(STR_NONE, S("")));
        assert_null(str_of(NULL).p);
        assert_non_null(str_of("").p);
}

static void
cmp_is_by_bytes_then_length(void **state)
{
        (void)state;
        assert_true(str_cmp(S("a"), S("b")) < 0);
        assert_true(str_cmp(S("a"), S("ab")) < 0);
        assert_true(str_cmp(S("\xC4"), S("z")) > 0);
        assert_int_equal(str_cmp(S("x"), S("x")), 0);
        assert_int_equal(str_cmp(STR_NONE, S("")), 0);
}

static void
starts_and_ends(void **state)
{
        (void)state;
        assert_true(str_starts(S("abc"), S("ab")));
        assert_false(str_starts(S("a"), S("ab")));
        assert_true(str_ends(S("abc"), S("bc")));
        assert_true(str_ends(STR_NONE, S("")));
        assert_false(str_ends(S("c"), S("bc")));
}

static void
find_gives_length_when_absent(void **state)
{
        (void)state;
        assert_int_equal(str_find(S("abcabc"), S("c"), 0), 2);
        assert_int_equal(str_find(S("abcabc"), S("c"), 3), 5);
        assert_int_equal(str_find(S("abc"), S("x"), 0), 3);
        assert_int_equal(str_find(S("abc"), S("a"), 9), 3);
        assert_true(str_has(S("abc"), S("")));
        assert_false(str_has(STR_NONE, S("a")));
}

static void
sub_is_clamped(void **state)
{
        (void)state;
        assert_text(str_sub(S("abc"), 1, 2), "b");
        assert_text(str_sub(S("abc"), 1, 99), "bc");
        assert_text(str_sub(S("abc"), 5, 9), "");
        assert_text(str_sub(S("abc"), 2, 1), "");
}

static void
trim_takes_nbsp_too(void **state)
{
        (void)state;
        assert_text(str_trim(S(" \t\u00A0 a b\u00A0\r\n")), "a b");
        assert_text(str_trim(S(" \u00A0 ")), "");
        assert_text(str_trim(STR_NONE), "");
}

static void
trim_leaves_letters_that_end_in_a0(void **state)
{
        (void)state;
        assert_text(str_trim(S("\u00E0")), "\u00E0"); /* à */
}

static void
cut_gives_every_part_once(void **state)
{
        struct str rest = S("a,,b"), part;

        (void)state;
        assert_true(str_cut(&rest, ',', &part));
        assert_text(part, "a");
        assert_true(str_cut(&rest, ',', &part));
        assert_text(part, "");
        assert_true(str_cut(&rest, ',', &part));
        assert_text(part, "b");
        assert_false(str_cut(&rest, ',', &part));
}

static void
cut_of_a_trailing_separator_gives_an_empty_part(void **state)
{
        struct str rest = S("a\n"), part;

        (void)state;
        assert_true(str_cut(&rest, '\n', &part));
        assert_true(str_cut(&rest, '\n', &part));
        assert_text(part, "");
        assert_false(str_cut(&rest, '\n', &part));
}

static void
cut_of_an_empty_text_gives_one_part(void **state)
{
        struct str rest = S(""), part = S("x");

        (void)state;
        assert_true(str_cut(&rest, ',', &part));
        assert_text(part, "");
        assert_false(str_cut(&rest, ',', &part));
}

static void
numbers_to_the_edges_of_int64(void **state)
{
        int64_t v;

        (void)state;
        assert_true(str_to_i64(S("9223372036854775807"), &v));
        assert_true(v == INT64_MAX);
        assert_true(str_to_i64(S("-9223372036854775808"), &v));
        assert_true(v == INT64_MIN);
        assert_false(str_to_i64(S("9223372036854775808"), &v));
        assert_false(str_to_i64(S("-9223372036854775809"), &v));
        assert_true(str_to_i64(S("-0"), &v));
        assert_int_equal(v, 0);
}

static void
no_number_in_these(void **state)
{
        static const char *const bad[] = { "", "-", "+1", " 1", "1 ", "1a", "0x1", "--1", "1.0" };
        int64_t v = 5;

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                assert_false(str_to_i64(str_of(bad[i]), &v));
        assert_false(str_to_i64(STR_NONE, &v));
        assert_int_equal(v, 5);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(none_equals_empty_but_is_null),
                cmocka_unit_test(cmp_is_by_bytes_then_length),
                cmocka_unit_test(starts_and_ends),
                cmocka_unit_test(find_gives_length_when_absent),
                cmocka_unit_test(sub_is_clamped),
                cmocka_unit_test(trim_takes_nbsp_too),
                cmocka_unit_test(trim_leaves_letters_that_end_in_a0),
                cmocka_unit_test(cut_gives_every_part_once),
                cmocka_unit_test(cut_of_a_trailing_separator_gives_an_empty_part),
                cmocka_unit_test(cut_of_an_empty_text_gives_one_part),
                cmocka_unit_test(numbers_to_the_edges_of_int64),
                cmocka_unit_test(no_number_in_these),
        };

        return RUN(tests);
}
