/* Search tokens and the distance of names. */
#include "base_test_priv.h"
#include "dd_text.h"

/* "pos:exact" of every token, "pos:exact=bare" where they differ */
static struct str
shown(struct arena *a, const char *text)
{
        AUTO_BUF b = { 0 };
        struct text_tokens t;

        text_tokenize(a, str_of(text), &t);
        for (size_t i = 0; i < t.n; i++) {
                buf_fmt(&b, "%s%u:%.*s", i == 0 ? "" : " ", t.v[i].pos, FMT(t.v[i].exact));
                if (!str_eq(t.v[i].exact, t.v[i].bare))
                        buf_fmt(&b, "=%.*s", FMT(t.v[i].bare));
        }
        return str_dup(a, buf_view(&b));
}

static void
words_have_an_exact_and_a_bare_form(void **state)
{
        assert_text(shown(*state, "Hợp tác xã, Ban (mới)"), "0:hợp=hop 1:tác=tac 2:xã=xa 3:ban 4:mới=moi");
}

static void
spelling_habits_share_a_token(void **state)
{
        assert_slice(shown(*state, "Uỷ kỹ hoà"), shown(*state, "ủy kĩ hòa"));
        assert_text(shown(*state, "kỹ"), "0:kĩ=ki");
        assert_text(shown(*state, "ky"), "0:ki"); /* typed without marks it meets the bare form */
}

static void
codes_are_tokens_whole_and_in_parts_at_one_position(void **state)
{
        assert_text(shown(*state, "số 2653/KH-BCĐ ngày"),
                    "0:số=so 1:2653/kh-bcđ=2653/kh-bcd 1:2653 1:kh 1:bcđ=bcd 2:ngày=ngay");
        assert_text(shown(*state, "20-NQ/TW"), "0:20-nq/tw 0:20 0:nq 0:tw");
}

/* All references of the plan 2653 (SPECS 5.3). */
static void
every_reference_of_the_plan_is_a_code(void **state)
{
        static const char *const refs[] = { "39/QĐ-BCĐĐMPTKTTHTX", "1174/QĐ-UBND",  "1594/QĐ-BCĐ",
                                            "1911/KH-UBND",        "20-NQ/TW",      "09/NQ-CP",
                                            "128-KH/TU",           "4736/VP-KT",    "2084/SKHĐT-ĐKKD",
                                            "2653/KH-BCĐ",         "30/2020/NĐ-CP", "2193/SKHĐT-ĐKKD" };

        for (size_t i = 0; i < ARRAY_LEN(refs); i++) {
                struct text_tokens t;

                text_tokenize(*state, str_of(refs[i]), &t);
                assert_true(t.n >= 4);
                assert_slice(t.v[0].exact, text_lower(*state, str_of(refs[i])));
                assert_int_equal(t.v[t.n - 1].pos, 0);
                assert_int_equal(t.v[0].to, strlen(refs[i]));
        }
}

static void
spaces_around_the_slash_and_long_dashes_do_not_part_a_code(void **state)
{
        assert_slice(shown(*state, "2653 /KH-BCĐ"), shown(*state, "2653/KH-BCĐ"));
        assert_slice(shown(*state, "2653 / KH–BCĐ"), shown(*state, "2653/KH-BCĐ"));
        assert_slice(shown(*state, "2653/KH\u200B-BC\u00D0"), shown(*state, "2653/KH-BCĐ"));
}

static void
dates_and_fractions_are_no_codes(void **state)
{
        assert_text(shown(*state, "22/8/2023"), "0:22 1:8 2:2023");
        assert_text(shown(*state, "12/18 thành viên"), "0:12 1:18 2:thành=thanh 3:viên=vien");
        assert_text(shown(*state, "09 xã/phường"), "0:09 1:xã=xa 2:phường=phuong");
        assert_text(shown(*state, "5 / Sở"), "0:5 1:sở=so");
        assert_text(shown(*state, "và/hoặc"), "0:và=va 1:hoặc=hoac");
}

static void
offsets_point_into_the_text(void **state)
{
        struct str s = S("  Kế ho\u200B\u1EA1"
                         "ch!");
        struct text_tokens t;

        text_tokenize(*state, s, &t);
        assert_int_equal(t.n, 2);
        assert_text(str_sub(s, t.v[0].from, t.v[0].to), "Kế");
        assert_text(t.v[1].exact, "hoạch");
        assert_int_equal(t.v[1].to, s.n - 1);
}

static void
words_of_letters_and_marks_typed_apart_stay_whole(void **state)
{
        assert_slice(shown(*state, "Ke\u0302\u0301 hoa\u0323"
                                   "ch"),
                     shown(*state, "Kế hoạch"));
}

static void
nothing_to_find_gives_no_tokens(void **state)
{
        assert_text(shown(*state, ""), "");
        assert_text(shown(*state, " ... – / \xFF \u200B"), "");
}

static void
endless_words_are_cut(void **state)
{
        char text[5001];
        struct text_tokens t;

        memset(text, 'a', 5000);
        text[5000] = '\0';
        text_tokenize(*state, str_of(text), &t);
        assert_int_equal(t.n, 1);
        assert_int_equal(t.v[0].exact.n, 200);
        assert_int_equal(t.v[0].to, 5000);
}

static void
near(struct arena *a, const char *x, const char *y, double want)
{
        double d = text_distance(a, str_of(x), str_of(y)), back = text_distance(a, str_of(y), str_of(x));

        if (d < want - 1e-9 || d > want + 1e-9 || back < want - 1e-9 || back > want + 1e-9)
                fail_msg("%s / %s: %g and %g, not %g", x, y, d, back, want);
}

static void
same_names_have_no_distance(void **state)
{
        near(*state, "Sở Văn hóa – Thể thao và Du lịch", "SỞ VĂN HOÁ, THỂ THAO VÀ DU LỊCH", 0);
        near(*state, "Uỷ ban", "Ủy Ban", 0);
        near(*state, "Công an tỉnh", "Công  an tỉnh.", 0);
        near(*state, "", "", 0);
}

static void
weights_of_slips(void **state)
{
        near(*state, "Kiện toan", "Kiên toan", 0.2);     /* tone */
        near(*state, "đơn đốc", "đôn đốc", 0.3);         /* hat */
        near(*state, "BCD", "BCĐ", 0.2);                 /* stroke */
        near(*state, "Sở Y tế", "Sở tế", 1);             /* missing syllable */
        near(*state, "Sở Tài chính", "Sở Tài chánh", 1); /* other letter */
        near(*state, "an", "ân", 0.3);
        near(*state, "an", "ấn", 0.5);
}

static void
letters_that_look_alike_are_cheap(void **state)
{
        near(*state, "trung", "trụng", 0.2);
        near(*state, "l0", "lo", 0.4);
        near(*state, "rnong", "mong", 0.4);
        near(*state, "clong", "dong", 0.4);
        near(*state, "8an", "Ban", 0.4);
}

static void
real_slips_stay_under_the_limit_and_other_agencies_do_not(void **state)
{
        struct arena *a = *state;

        assert_true(text_distance(a, S("Sở Tài Nguyên và Môi trường"), S("Sở Tài nguyên và Mội trường")) < 0.15 * 6);
        assert_true(text_distance(a, S("Sở Công thương"), S("Sở Công Thượng")) < 0.15 * 3);
        assert_true(text_distance(a, S("Sở Tài chính"), S("Sở Tư pháp")) > 0.35 * 3);
        assert_true(text_distance(a, S("Ủy ban nhân dân huyện Gò Dầu"), S("Ủy ban nhân dân huyện Gò Công")) > 0.15 * 7);
}

static void
very_long_names_do_not_overrun(void **state)
{
        AUTO_BUF b = { 0 };

        for (int i = 0; i < 500; i++)
                buf_str(&b, S("nghiêngnghiêngnghiêngnghiêng "));
        assert_true(text_distance(*state, buf_view(&b), S("a")) > 40);
        assert_true(text_distance(*state, buf_view(&b), buf_view(&b)) < 1e-9);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(words_have_an_exact_and_a_bare_form),
                cmocka_unit_test(spelling_habits_share_a_token),
                cmocka_unit_test(codes_are_tokens_whole_and_in_parts_at_one_position),
                cmocka_unit_test(every_reference_of_the_plan_is_a_code),
                cmocka_unit_test(spaces_around_the_slash_and_long_dashes_do_not_part_a_code),
                cmocka_unit_test(dates_and_fractions_are_no_codes),
                cmocka_unit_test(offsets_point_into_the_text),
                cmocka_unit_test(words_of_letters_and_marks_typed_apart_stay_whole),
                cmocka_unit_test(nothing_to_find_gives_no_tokens),
                cmocka_unit_test(endless_words_are_cut),
                cmocka_unit_test(same_names_have_no_distance),
                cmocka_unit_test(weights_of_slips),
                cmocka_unit_test(letters_that_look_alike_are_cheap),
                cmocka_unit_test(real_slips_stay_under_the_limit_and_other_agencies_do_not),
                cmocka_unit_test(very_long_names_do_not_overrun),
        };

        return RUN(tests);
}
