/* UTF-8, normal form, case, the bare key. */
#include <utf8proc.h>

#include "base_test_priv.h"
#include "text_priv.h"

/* The 134 letters, capitals first; each small letter stands at the same place of the second half. */
static const char *const capitals = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ";
static const char *const smalls = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ";
static const char *const bares = "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd";

static void
there_are_134_letters(void **state)
{
        (void)state;
        assert_int_equal(utf8_len(str_of(capitals)), 67);
        assert_int_equal(utf8_len(str_of(smalls)), 67);
        assert_int_equal(strlen(bares), 67);
}

static void
all_134_letters_change_case_and_fold(void **state)
{
        assert_slice(text_lower(*state, str_of(capitals)), str_of(smalls));
        assert_slice(text_upper(*state, str_of(smalls)), str_of(capitals));
        assert_slice(text_fold(*state, str_of(capitals)), str_of(bares));
        assert_slice(text_fold(*state, str_of(smalls)), str_of(bares));
}

static void
all_134_letters_come_back_from_nfd(void **state)
{
        for (int k = 0; k < 2; k++) {
                const char *letters = k == 0 ? capitals : smalls;
                utf8proc_uint8_t *nfd = utf8proc_NFD((const utf8proc_uint8_t *)letters);

                assert_true(strlen((char *)nfd) > strlen(letters));
                assert_slice(text_nfc(*state, str_of((char *)nfd)), str_of(letters));
                assert_slice(text_fold(*state, str_of((char *)nfd)), str_of(bares));
                free(nfd);
        }
}

static void
every_small_letter_is_made_of_its_parts(void **state)
{
        struct str s = str_of(smalls);

        (void)state;
        for (size_t i = 0; i < s.n;) {
                uint32_t cp = utf8_next(s, &i);
                const struct letter *l = letter_of(cp);

                assert_int_equal(letter_make(l->base, l->hat, l->tone), cp);
        }
}

static void
case_table_agrees_with_unicode(void **state)
{
        (void)state;
        for (uint32_t cp = 0; cp < 0x1F00; cp++) {
                const struct letter *l = letter_of(cp);

                if (l == NULL)
                        continue;
                assert_int_equal(l->lower, utf8proc_tolower((int)cp));
                assert_int_equal(l->upper, utf8proc_toupper((int)cp));
        }
}

static void
normal_text_is_returned_itself(void **state)
{
        struct str s = S("Kế hoạch số 2653/KH-BCĐ – “Kinh tế tập thể”…");

        assert_ptr_equal(text_nfc(*state, s).p, s.p);
}

static void
tones_typed_behind_the_letter_are_joined(void **state)
{
        assert_text(text_nfc(*state, S("Ki\u00EA\u0323n to\u00E0n")), "Kiện toàn"); /* ê + dot below */
        assert_text(text_nfc(*state, S("ho\u0341")), "hó");                         /* U+0341 */
        assert_text(text_nfc(*state, S("ho\u0340")), "hò");
        assert_text(text_nfc(*state, S("u\u031B\u0301")), "ứ");
        assert_text(text_nfc(*state, S("a\u0323\u0302")), "ậ"); /* marks in another order */
}

static void
eth_and_african_d_become_d_with_stroke(void **state)
{
        assert_text(text_nfc(*state, S("\u00D0i\u1EC1u \u00F0i\u1EC1u \u0189")), "Điều điều Đ");
}

static void
invisible_characters_go_and_nbsp_is_a_space(void **state)
{
        assert_text(text_nfc(*state, S("S\u200B\u1EDF\u00A0T\u00ADC\uFEFF\u200D")), "Sở TC");
        assert_text(text_nfc(*state, S("\uFF11\uFF12/\uFF21")), "12/A");
}

static void
bad_bytes_become_the_replacement_character_in_nfc(void **state)
{
        assert_text(text_nfc(*state, S("a\xCC\x81\xFF")), "á\uFFFD");
}

static void
fold_collapses_spaces_and_dashes(void **state)
{
        assert_text(text_fold(*state, S("  Sở  Văn hóa –\tThể\u00A0thao\n")), "so van hoa - the thao");
        assert_text(text_fold(*state, S("“Hợp tác xã”…")), "\"hop tac xa\"...");
        assert_text(text_fold(*state, S("S\u200Bở")), "so");
        assert_text(text_fold(*state, S(" \u00A0 ")), "");
        assert_text(text_fold(*state, S("\uFF21\uFF11")), "a1");
}

static void
slug_is_plain_letters_and_single_dashes(void **state)
{
        assert_text(text_slug(*state, S("2653/KH-BCĐ")), "2653-kh-bcd");
        assert_text(text_slug(*state, S("  Chờ xác nhận (2)! ")), "cho-xac-nhan-2");
        assert_text(text_slug(*state, S("...")), "");
}

static void
fold_of_other_latin_letters(void **state)
{
        assert_text(text_fold(*state, S("Straße Ærøskøbing façade Łódź œuvre ÿ")),
                    "strasse aeroskobing facade lodz oeuvre y");
}

static void
other_scripts_only_change_case(void **state)
{
        assert_text(text_fold(*state, S("МОСКВА Ωμέγα 漢字")), "москва ωμέγα 漢字");
        assert_text(text_lower(*state, S("МОСКВА")), "москва");
        assert_text(text_upper(*state, S("москва")), "МОСКВА");
}

static void
keys_of_bad_bytes_are_valid_and_short(void **state)
{
        struct str s = S("\xFF\xFE\xC3\x41\x80");

        assert_text(text_lower(*state, s), "???a?");
        assert_text(text_upper(*state, s), "???A?");
        assert_text(text_fold(*state, s), "???a?");
}

static void
marks_are_found(void **state)
{
        (void)state;
        assert_true(text_has_marks(S("đi")));
        assert_true(text_has_marks(S("ke\u0302")));
        assert_true(text_has_marks(S("BCĐ")));
        assert_false(text_has_marks(S("Ban chi dao – 2653 “x”")));
        assert_false(text_has_marks(S("")));
}

static void
decoder_walks_all_lengths(void **state)
{
        struct str s = S("a\u0111\u1EBF\U0001F600");
        size_t i = 0;

        (void)state;
        assert_int_equal(utf8_next(s, &i), 'a');
        assert_int_equal(utf8_next(s, &i), 0x111);
        assert_int_equal(utf8_next(s, &i), 0x1EBF);
        assert_int_equal(utf8_next(s, &i), 0x1F600);
        assert_int_equal(i, s.n);
        assert_int_equal(utf8_len(s), 4);
}

static void
decoder_refuses_what_is_not_utf8(void **state)
{
        static const char *const bad[] = { "\x80",         "\xC0\x80",         "\xC1\xBF",         "\xE0\x80\x80",
                                           "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
                                           "\xC4",         "\xE1\xBA",         "\xF0\x9F\x98",     "\xFF" };

        (void)state;
        for (size_t k = 0; k < ARRAY_LEN(bad); k++) {
                size_t at = 99, i = 0;

                assert_false(utf8_valid(str_of(bad[k]), &at));
                assert_int_equal(at, 0);
                assert_int_equal(utf8_next(str_of(bad[k]), &i), 0xFFFD);
                assert_int_equal(i, 1);
        }
}

static void
the_bad_offset_is_told(void **state)
{
        size_t at = 0;

        (void)state;
        assert_false(utf8_valid(S("đ\uFFFD"
                                  "a\xE1\xBA"),
                                &at));
        assert_int_equal(at, 6);
        assert_true(utf8_valid(S("đ\uFFFD"), &at));
        assert_true(utf8_valid(STR_NONE, NULL));
}

static void
every_code_point_is_encoded_and_decoded(void **state)
{
        char out[4];

        (void)state;
        for (uint32_t cp = 0; cp <= 0x10FFFF; cp += cp < 0x3000 ? 1 : 97) {
                size_t i = 0, n = utf8_put(out, cp);
                bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;

                if (utf8_next((struct str){ out, n }, &i) != (surrogate ? 0xFFFD : cp) || i != n)
                        fail_msg("U+%04X", (unsigned)cp);
        }
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(there_are_134_letters),
                cmocka_unit_test(all_134_letters_change_case_and_fold),
                cmocka_unit_test(all_134_letters_come_back_from_nfd),
                cmocka_unit_test(every_small_letter_is_made_of_its_parts),
                cmocka_unit_test(case_table_agrees_with_unicode),
                cmocka_unit_test(normal_text_is_returned_itself),
                cmocka_unit_test(tones_typed_behind_the_letter_are_joined),
                cmocka_unit_test(eth_and_african_d_become_d_with_stroke),
                cmocka_unit_test(invisible_characters_go_and_nbsp_is_a_space),
                cmocka_unit_test(bad_bytes_become_the_replacement_character_in_nfc),
                cmocka_unit_test(fold_collapses_spaces_and_dashes),
                cmocka_unit_test(slug_is_plain_letters_and_single_dashes),
                cmocka_unit_test(fold_of_other_latin_letters),
                cmocka_unit_test(other_scripts_only_change_case),
                cmocka_unit_test(keys_of_bad_bytes_are_valid_and_short),
                cmocka_unit_test(marks_are_found),
                cmocka_unit_test(decoder_walks_all_lengths),
                cmocka_unit_test(decoder_refuses_what_is_not_utf8),
                cmocka_unit_test(the_bad_offset_is_told),
                cmocka_unit_test(every_code_point_is_encoded_and_decoded),
        };

        return RUN(tests);
}
