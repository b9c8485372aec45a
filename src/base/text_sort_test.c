#include "base_test_priv.h"
#include "dd_text.h"

static int
cmp(struct arena *a, const char *x, const char *y)
{
        return str_cmp(text_sortkey(a, str_of(x)), text_sortkey(a, str_of(y)));
}

static void
ascending(struct arena *a, const char *const *v, size_t n)
{
        for (size_t i = 0; i < n; i++)
                for (size_t j = i + 1; j < n; j++)
                        if (cmp(a, v[i], v[j]) >= 0)
                                fail_msg("%s must come before %s", v[i], v[j]);
}

#define ASCENDING(a, ...)                                                                                              \
        do {                                                                                                           \
                static const char *const v_[] = { __VA_ARGS__ };                                                       \
                ascending((a), v_, ARRAY_LEN(v_));                                                                     \
        } while (0)

static void
letters_stand_as_in_the_alphabet(void **state)
{
        ASCENDING(*state, "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o",
                  "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "w", "x", "y", "z");
}

static void
tones_stand_in_dictionary_order(void **state)
{
        ASCENDING(*state, "ma", "mà", "mả", "mã", "má", "mạ", "man");
        ASCENDING(*state, "mâ", "mầ", "mẩ", "mẫ", "mấ", "mậ", "mâu");
}

static void
names_of_the_measured_order(void **state)
{
        ASCENDING(*state, "An", "Ăn", "Ân", "Dung", "Điện Biên", "Đồng Nai");
}

static void
small_letters_come_before_capitals_and_only_last(void **state)
{
        ASCENDING(*state, "an", "An", "AN", "àn");
        ASCENDING(*state, "ban Hòa", "Ban hòa", "ban hóa");
}

static void
words_count_one_by_one(void **state)
{
        ASCENDING(*state, "ba", "ba ban", "bà", "bà ban", "ban");
        ASCENDING(*state, "ma túy", "má ấp");
}

static void
numbers_count_by_value(void **state)
{
        ASCENDING(*state, "Phường 1", "Phường 2", "Phường 10", "Phường An Hòa");
        ASCENDING(*state, "2/KH", "10/KH", "2653/KH");
        ASCENDING(*state, "1.9", "1.10", "2");
        assert_int_equal(cmp(*state, "05", "5"), 0);
}

static void
punctuation_only_parts_words(void **state)
{
        assert_int_equal(cmp(*state, "Bà Rịa - Vũng Tàu", "Bà Rịa–Vũng Tàu"), 0);
        assert_int_equal(cmp(*state, "  Sở Y tế ", "Sở Y tế"), 0);
}

static void
tone_style_and_form_do_not_matter(void **state)
{
        assert_int_equal(cmp(*state, "Hoà", "Hòa"), 0);
        assert_int_equal(cmp(*state, "Ho\u0300a", "Hòa"), 0);
}

static void
an_empty_text_comes_first_and_none_is_no_trap(void **state)
{
        ASCENDING(*state, "", "0", "a");
        assert_int_equal(str_cmp(text_sortkey(*state, STR_NONE), text_sortkey(*state, S(""))), 0);
}

static void
other_scripts_come_after_latin(void **state)
{
        ASCENDING(*state, "zz", "Москва", "漢");
        assert_true(cmp(*state, "é", "e") > 0);
        assert_true(cmp(*state, "ü", "u") > 0);
        assert_true(cmp(*state, "ü", "ua") < 0);
}

static void
keys_hold_no_zero_byte(void **state)
{
        struct str key = text_sortkey(*state, S("Kế hoạch Số 2653/KH-BCĐ NGÀY 22/8/2023 Ä Ω"));

        assert_null(memchr(key.p, 0, key.n));
}

static void
people_sort_by_given_name(void **state)
{
        struct str x = text_sortkey_name(*state, S("Trần Văn An")), y = text_sortkey_name(*state, S("Lê Văn Bình"));
        struct str z = text_sortkey_name(*state, S("  Lê Văn  An ")), one = text_sortkey_name(*state, S("An"));

        assert_true(str_cmp(x, y) < 0);
        assert_true(str_cmp(z, x) < 0);
        assert_true(str_cmp(one, z) < 0);
        assert_slice(z, text_sortkey(*state, S("An Lê Văn")));
}

static void
long_texts_with_every_kind_of_character_fit(void **state)
{
        AUTO_BUF b = { 0 };

        for (int i = 0; i < 300; i++)
                buf_str(&b, S("1a Ế2\u00E6 Ω漢 \uFF21"));
        struct str key = text_sortkey(*state, buf_view(&b));
        assert_true(key.n > b.n / 2);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(letters_stand_as_in_the_alphabet),
                cmocka_unit_test(tones_stand_in_dictionary_order),
                cmocka_unit_test(names_of_the_measured_order),
                cmocka_unit_test(small_letters_come_before_capitals_and_only_last),
                cmocka_unit_test(words_count_one_by_one),
                cmocka_unit_test(numbers_count_by_value),
                cmocka_unit_test(punctuation_only_parts_words),
                cmocka_unit_test(tone_style_and_form_do_not_matter),
                cmocka_unit_test(an_empty_text_comes_first_and_none_is_no_trap),
                cmocka_unit_test(other_scripts_come_after_latin),
                cmocka_unit_test(keys_hold_no_zero_byte),
                cmocka_unit_test(people_sort_by_given_name),
                cmocka_unit_test(long_texts_with_every_kind_of_character_fit),
        };

        return RUN(tests);
}
