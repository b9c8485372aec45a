/* Exact keys and the syllable checker. */
#include "base_test_priv.h"
#include "dd_text.h"

static void
same_key(struct arena *a, const char *x, const char *y)
{
        struct str kx = text_exact(a, str_of(x)), ky = text_exact(a, str_of(y));

        if (!str_eq(kx, ky))
                fail_msg("%s -> %.*s, %s -> %.*s", x, FMT(kx), y, FMT(ky));
}

static void
other_key(struct arena *a, const char *x, const char *y)
{
        if (str_eq(text_exact(a, str_of(x)), text_exact(a, str_of(y))))
                fail_msg("%s and %s have one key", x, y);
}

static void
new_tone_style_becomes_old(void **state)
{
        assert_text(text_exact(*state, S("Hoà Thành, uỷ ban, khoẻ, loà xoà, thuý, thuỷ, toạ, huỷ")),
                    "hòa thành, ủy ban, khỏe, lòa xòa, thúy, thủy, tọa, hủy");
        same_key(*state, "Thanh Hoá", "Thanh Hóa");
        same_key(*state, "UỶ BAN NHÂN DÂN", "Ủy ban nhân dân");
}

static void
tones_of_closed_syllables_stay(void **state)
{
        assert_text(text_exact(*state, S("hoàn hoạch thuyết huỳnh khuỷu ngoài toán quốc giếng nghiêng")),
                    "hoàn hoạch thuyết huỳnh khuỷu ngoài toán quốc giếng nghiêng");
}

static void
misplaced_tones_are_mended(void **state)
{
        same_key(*state, "hòan thành", "hoàn thành");
        same_key(*state, "kế họach", "kế hoạch");
        same_key(*state, "qủa", "quả");
        same_key(*state, "gìa", "già");
        same_key(*state, "thúê", "thuế");
}

static void
the_tone_stays_on_y_after_q(void **state)
{
        same_key(*state, "quý", "quí");
        same_key(*state, "quỳ", "quì");
        other_key(*state, "quý", "qúy khác");
        assert_text(text_exact(*state, S("quỹ")), "quĩ");
}

static void
lone_y_becomes_i(void **state)
{
        same_key(*state, "kỹ thuật", "kĩ thuật");
        same_key(*state, "lý", "lí");
        same_key(*state, "Mỹ", "mĩ");
        same_key(*state, "tỷ", "tỉ");
        same_key(*state, "sỹ", "sĩ");
        same_key(*state, "hy", "hi");
}

static void
y_stays_elsewhere(void **state)
{
        assert_text(text_exact(*state, S("y tế, ý kiến, yêu, thủy, huyện, tây, vỹ")),
                    "y tế, ý kiến, yêu, thủy, huyện, tây, vỹ");
        other_key(*state, "tai", "tay");
        other_key(*state, "thúi", "thúy");
}

static void
different_tones_stay_different(void **state)
{
        other_key(*state, "ma", "mà");
        other_key(*state, "đoi", "doi");
        other_key(*state, "hóa", "hòa");
        other_key(*state, "tu", "tư");
}

static void
foreign_words_and_codes_are_only_lowered(void **state)
{
        assert_text(text_exact(*state, S("Đắk Lắk, Pleiku, CAFÉ, résumé, Kỳ-2, KH&ĐT")),
                    "đắk lắk, pleiku, café, résumé, kì-2, kh&đt");
}

static void
exact_mends_the_form_and_collapses_spaces(void **state)
{
        assert_text(text_exact(*state, S(" Ho\u0300a\u00A0 b\u00ECnh\u200B ")), "hòa bình");
        assert_text(text_exact(*state, S("Thể thao – Du lịch")), "thể thao - du lịch");
        assert_text(text_exact(*state, S("")), "");
}

static void
real_syllables_are_syllables(void **state)
{
        static const char *const good[] = { "a",      "nghiêng", "quốc", "giếng", "gì",    "khuỷu", "uyên",
                                            "hoạch",  "đốc",     "thuở", "Quýt",  "ỦY",    "hoà",   "hòa",
                                            "yến",    "xoong",   "ghế",  "kỹ",    "cuống", "ngoằn", "bướu",
                                            "chuyển", "giữa",    "giặc", "quyết", "quên",  "huých" };

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(good); i++)
                if (!text_is_syllable(str_of(good[i])))
                        fail_msg("refused: %s", good[i]);
        assert_true(text_is_syllable(S("ke\u0302\u0301"))); /* kế in NFD */
}

static void
other_tokens_are_no_syllables(void **state)
{
        static const char *const bad[] = { "",     "b",    "cơsở",   "kếT9", "BCĐ",   "2653",    "văm2", "ngê",
                                           "gê",   "ghà",  "kà",     "cế",   "nghà",  "các2",    "cac",  "hopp",
                                           "tôi.", "àà",   "strong", "foo",  "nhaân", "daân",    "µ¸",   "hoàc",
                                           "đưởp", "file", "w",      "jazz", "qa",    "thànhphố" };

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                if (text_is_syllable(str_of(bad[i])))
                        fail_msg("taken: %s", bad[i]);
}

static void
stop_finals_need_sac_or_nang(void **state)
{
        (void)state;
        assert_true(text_is_syllable(S("các")));
        assert_true(text_is_syllable(S("tập")));
        assert_false(text_is_syllable(S("càc")));
        assert_false(text_is_syllable(S("tâp")));
        assert_false(text_is_syllable(S("mảch")));
}

/* Every word of a real sentence of the plan 2653 must pass. */
static void
a_sentence_of_the_plan_is_all_syllables(void **state)
{
        struct str rest =
            S("triển khai thực hiện nghị quyết về tiếp tục đổi mới phát triển và nâng cao hiệu quả kinh tế tập thể "
              "trong giai đoạn mới trên địa bàn tỉnh các sở ban ngành huyện thị xã thành phố phối hợp rà soát "
              "khuyến khích tổ chức tuyên truyền giỗ yêu cầu chuyên giao khoa học công nghệ quỹ hỗ trợ");
        struct str word;

        (void)state;
        while (str_cut(&rest, ' ', &word))
                if (!text_is_syllable(word))
                        fail_msg("refused: %.*s", FMT(word));
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(new_tone_style_becomes_old),
                cmocka_unit_test(tones_of_closed_syllables_stay),
                cmocka_unit_test(misplaced_tones_are_mended),
                cmocka_unit_test(the_tone_stays_on_y_after_q),
                cmocka_unit_test(lone_y_becomes_i),
                cmocka_unit_test(y_stays_elsewhere),
                cmocka_unit_test(different_tones_stay_different),
                cmocka_unit_test(foreign_words_and_codes_are_only_lowered),
                cmocka_unit_test(exact_mends_the_form_and_collapses_spaces),
                cmocka_unit_test(real_syllables_are_syllables),
                cmocka_unit_test(other_tokens_are_no_syllables),
                cmocka_unit_test(stop_finals_need_sac_or_nang),
                cmocka_unit_test(a_sentence_of_the_plan_is_all_syllables),
        };

        return RUN(tests);
}
