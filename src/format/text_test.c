/* Plain text: bad input, encodings, lines to blocks, and marks of state secrecy. */
#include "dd_blocks.h"

#include <setjmp.h>

#include <cmocka.h>

static int
arena_up(void **state)
{
        *state = arena_new(0);
        return 0;
}

static int
arena_down(void **state)
{
        arena_free(*state);
        return 0;
}

static enum dd_err
read_bytes(struct arena *a, struct str bytes, struct blocks *b, struct str *ret_message)
{
        struct dd_ctx c = { .arena = a };
        enum dd_err err = text_read(&c, bytes, b);

        *ret_message = c.err_text;
        return err;
}

static void
assert_refused(struct arena *a, struct str bytes, enum dd_err want, const char *word)
{
        struct blocks b;
        struct str message;

        assert_int_equal(read_bytes(a, bytes, &b, &message), want);
        if (!str_has(message, str_of(word)))
                fail_msg("\"%.*s\" does not say \"%s\"", FMT(message), word);
}

static void
read_good(struct arena *a, const char *text, struct blocks *b)
{
        struct str message;

        assert_int_equal(read_bytes(a, str_of(text), b, &message), DD_OK);
}

#define assert_block(b, i, lit)                                                                                        \
        do {                                                                                                           \
                struct str got_ = (b)->v[i].text;                                                                      \
                if (!str_eq(got_, S(lit)))                                                                             \
                        fail_msg("block %d is \"%.*s\"", (int)(i), FMT(got_));                                         \
        } while (0)

/* ---- refused ---- */

static void
an_empty_file_is_refused(void **state)
{
        assert_refused(*state, S(""), DD_EINVAL, "trống");
        assert_refused(*state, S(" \n\t\r\n "), DD_EINVAL, "trống");
}

static void
a_huge_file_is_refused(void **state)
{
        size_t n = (25u << 20) + 1;
        char *p = arena_alloc(*state, n);

        memset(p, 'a', n);
        assert_refused(*state, (struct str){ p, n }, DD_ETOOBIG, "25 MB");
}

static void
a_pdf_named_txt_is_called_by_its_name(void **state)
{
        assert_refused(*state, S("%PDF-1.7\n..."), DD_EFORMAT, "PDF");
        assert_refused(*state, S("PK\3\4rest"), DD_EFORMAT, ".docx");
        assert_refused(*state, S("\xD0\xCF\x11\xE0rest"), DD_EFORMAT, ".doc");
        assert_refused(*state, S("{\\rtf1 abc}"), DD_EFORMAT, "RTF");
}

static void
binary_bytes_are_refused(void **state)
{
        assert_refused(*state, S("abc\0def"), DD_EFORMAT, "nhị phân");
        assert_refused(*state, S("\1\2\3\4\5\6\7\1\2\3"), DD_EFORMAT, "nhị phân");
}

static void
bytes_of_two_encodings_are_refused_with_their_line(void **state)
{
        assert_refused(*state, S("dong mot\nKÕ ho¹ch \xB5\xB8\xAE\n"), DD_EFORMAT, "dòng 2");
}

/* ---- mended ---- */

static void
a_few_stray_bytes_stay_visible(void **state)
{
        struct blocks b;

        read_good(*state,
                  "Kế hoạch phát triển kinh tế tập thể của tỉnh\xFF năm hai nghìn không trăm hai mươi ba, quyết định "
                  "điều chỉnh",
                  &b);
        assert_true(str_has(b.text, S("\xEF\xBF\xBD")));
}

static void
bom_crlf_and_nfd_become_plain(void **state)
{
        struct blocks b;

        read_good(*state,
                  "\xEF\xBB\xBFKe\xCC\x82\xCC\x81 hoa\xCC\xA3"
                  "ch\r\n\r\nHai\r\n",
                  &b);
        assert_int_equal(b.n, 2);
        assert_block(&b, 0, "Kế hoạch");
        assert_block(&b, 1, "Hai");
        assert_int_equal(b.v[1].line, 3);
        assert_int_equal(b.v[1].span.from, 10);
}

static void
utf8_read_as_cp1252_is_undone_line_by_line(void **state)
{
        struct blocks b;

        read_good(*state, "QUY\xC3\xA1\xC2\xBA\xC2\xBET \xC3\x84\xC2\x90\xC3\xA1\xC2\xBB\xC5\xA0NH\nDòng lành\n", &b);
        assert_true(str_has(b.text, S("Dòng lành")));
        assert_false(str_has(b.text, S("á»")));
}

/* ---- encodings from before Unicode ---- */

static void
assert_read(struct arena *a, struct str bytes, const char *want)
{
        struct dd_ctx c = { .arena = a };
        struct blocks b;

        assert_int_equal(text_read(&c, bytes, &b), DD_OK);
        if (!str_eq(b.v[0].text, str_of(want)))
                fail_msg("read as: %.*s", FMT(b.v[0].text));
}

static void
utf_16_is_read_by_its_mark(void **state)
{
        assert_read(*state,
                    S("\xFF\xFEK\0\xBF\x1E \0h\0o\0\xA1\x1E"
                      "c\0h\0"),
                    "Kế hoạch");
        assert_read(*state, S("\xFE\xFF\0K\x1E\xBF\0 \xD8\x3D\xDE\x00"), "Kế 😀");
        assert_read(*state, S("\xFE\xFF\0K\xD8\x3D\0."), "K\xEF\xBF\xBD.");
}

static void
tcvn3_bytes_are_read(void **state)
{
        assert_read(*state,
                    S("K\xD5 ho\xB9"
                      "ch ho\xB9t \xAE\xE9ng n\xA8m \xAE\xC7u"),
                    "Kế hoạch hoạt động năm đầu");
}

static void
vni_bytes_are_read(void **state)
{
        assert_read(*state,
                    S("Keá hoaïch hoaït ñoäng cuûa Ban Chæ ñaïo tænh naêm nay, ñoåi môùi, phaùt trieån kinh teá"),
                    "Kế hoạch hoạt động của Ban Chỉ đạo tỉnh năm nay, đổi mới, phát triển kinh tế");
        assert_read(*state,
                    S("Ke\xE1 hoa\xEF"
                      "ch ho\xE0n to\xE0n cu\xFB"
                      "a Ban Ch\xE6 \xF1"
                      "a\xEFo t\xE6nh"),
                    "Kế hoạch hồn tồn của Ban Chỉ đạo tỉnh");
}

static void
windows_1258_bytes_are_read(void **state)
{
        assert_read(*state,
                    S("K\xEA\xEC hoa\xF2"
                      "ch hoa\xF2t \xF0\xF4\xF2ng n\xE3m cu\xD2"
                      "a ti\xD2nh"),
                    "Kế hoạch hoạt động năm của tỉnh");
}

static void
tcvn3_carried_into_utf8_is_read(void **state)
{
        assert_read(*state, S("KÕ ho¹ch ho¹t ®éng n¨m cña Ban ChØ ®¹o ®æi míi, ph¸t triÓn kinh tÕ tËp thÓ, hîp t¸c x·"),
                    "Kế hoạch hoạt động năm của Ban Chỉ đạo đổi mới, phát triển kinh tế tập thể, hợp tác xã");
}

static void
words_of_other_languages_are_left_alone(void **state)
{
        assert_read(*state, S("Café crème brûlée, Übermäßig größere Straße à côté, déjà vu, élève, forêt, île"),
                    "Café crème brûlée, Übermäßig größere Straße à côté, déjà vu, élève, forêt, île");
}

/* ---- lines to blocks ---- */

static void
wrapped_lines_are_joined_lists_are_not(void **state)
{
        struct blocks b;

        read_good(*state, "Căn cứ Nghị định về\nkiểm soát thủ tục;\n- Như trên;\n- Lưu: VT.\n", &b);
        assert_int_equal(b.n, 3);
        assert_block(&b, 0, "Căn cứ Nghị định về\nkiểm soát thủ tục;");
        assert_block(&b, 1, "- Như trên;");
}

static void
lines_full_to_the_margin_are_joined(void **state)
{
        struct blocks b;

        read_good(*state,
                  "Xây dựng kế hoạch phát triển kinh tế tập thể, hợp tác xã của\n"
                  "Ban Chỉ đạo tỉnh và tổ chức thực hiện, báo cáo kết quả về cho\n"
                  "Ủy ban nhân dân tỉnh theo định kỳ sáu tháng một lần, cuối năm\n"
                  "Sở Kế hoạch và Đầu tư tổng hợp, trình Chủ tịch xem xét ký văn\n"
                  "bản.\n",
                  &b);
        assert_int_equal(b.n, 1);
}

static void
a_page_number_and_a_rule_are_furniture(void **state)
{
        struct blocks b;

        read_good(*state, "Một\n\n8\n\n-----\n\nHai\n", &b);
        assert_int_equal(b.n, 4);
        assert_int_equal(b.v[1].kind, BLOCK_PAGE_NO);
        assert_int_equal(b.v[2].kind, BLOCK_RULE);
}

static void
markup_goes_and_the_footnote_star_stays(void **state)
{
        struct blocks b;

        read_good(*state, "## **QUYẾT ĐỊNH** \\- `số` (*)\n", &b);
        assert_block(&b, 0, "QUYẾT ĐỊNH - số (*)");
        assert_int_equal(b.v[0].kind, BLOCK_HEADING);
}

static void
tabs_make_a_table_over_blank_lines(void **state)
{
        struct blocks b;

        read_good(*state, "A\tB\tC\n1\tx\t\n\nA\tB\tC\n2\ty\tz\n", &b);
        assert_int_equal(b.n, 4);
        for (size_t i = 0; i < 4; i++) {
                assert_int_equal(b.v[i].kind, BLOCK_ROW);
                assert_int_equal(b.v[i].table, 1);
                assert_int_equal(b.v[i].n_cells, 3);
        }
        assert_int_equal(b.v[1].cells[2].text.n, 0);
}

static void
pipes_make_a_table_and_its_line_is_a_rule(void **state)
{
        struct blocks b;

        read_good(*state, "| A | B \\| C |\n|---|---|\n| **1** |  |\n", &b);
        assert_int_equal(b.n, 3);
        assert_int_equal(b.v[1].kind, BLOCK_RULE);
        assert_int_equal(b.v[0].n_cells, 2);
        assert_true(str_eq(b.v[0].cells[1].text, S("B | C")));
        assert_true(str_eq(b.v[2].cells[0].text, S("1")));
        assert_int_equal(b.v[2].table, b.v[0].table);
}

static void
a_head_in_columns_is_one_row_of_two(void **state)
{
        struct blocks b;

        read_good(*state,
                  "  SỞ NỘI VỤ              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n  TỈNH A                  Độc lập - Tự "
                  "do - Hạnh phúc\n\n\nSau\n",
                  &b);
        assert_int_equal(b.v[0].kind, BLOCK_ROW);
        assert_int_equal(b.v[0].n_cells, 2);
        assert_true(str_eq(b.v[0].cells[0].text, S("SỞ NỘI VỤ\nTỈNH A")));
}

/* ---- marks of secrecy ---- */

static bool
secret(struct arena *a, const char *text)
{
        struct dd_ctx c = { .arena = a };
        struct blocks b;

        assert_int_equal(text_read(&c, str_of(text), &b), DD_OK);
        return blocks_secret(&c, &b, NULL);
}

static void
marks_of_secrecy_are_found_where_marks_stand(void **state)
{
        static const char *const papers[] = {
                "MẬT\n\nSố: 1/KH-UBND\n",
                "UBND TỈNH A\n\nTỐI MẬT\n\nKẾ HOẠCH\n",
                "TUYỆT MẬT\nnội dung\n",
                "T Ố I   M Ậ T\n\nnội dung\n",
                "[ MẬT ]\n\nnội dung\n",
                "TOI MAT\n\nnoi dung\n",
                "BÍ MẬT NHÀ NƯỚC\n\nnội dung\n",
                "Nội dung\n\nĐộ mật: Tối mật\n\nnội dung\n",
                "Nội dung\n\nĐộ mật: MẬT\n",
                "| UBND TỈNH A | CỘNG HÒA |\n|---|---|\n| TỐI MẬT | Hà Nội |\n",
                "T\xC3\x94\xCC\x81I M\xC3\x82\xCC\xA3T\n\nnội dung\n", /* NFD */
        };

        for (size_t i = 0; i < ARRAY_LEN(papers); i++) {
                if (!secret(*state, papers[i]))
                        fail_msg("passed: %s", papers[i]);
        }
}

static void
a_name_tells_of_secrecy(void **state)
{
        static const char *const told[] = {
                "TỐI MẬT - báo cáo quý 3.pdf",
                "bc_Mật.docx",
                "Công văn 12 MẬT về an ninh.pdf",
                "toi_mat_12.zip",
                "Báo cáo (Mật) tháng 9.pdf",
                "Mật - bc 12.doc",
                "TUYET MAT.pdf",
                "báo cáo mật.docx",
        };
        static const char *const plain[] = {
                "Mật độ dân số.xlsx",
                "mật_độ_dân_số.xlsx",
                "MẬT ĐỘ DÂN SỐ.xlsx",
                "giai-phong-mat-bang.pdf",
                "kế hoạch bảo mật.docx",
                "bảo-mật.pdf",
                "gui-toi-mat-tran-to-quoc.pdf",
                "Luật bảo vệ bí mật nhà nước.pdf",
                "do Mặt trận báo cáo.pdf",
                ".pdf",
                "",
                "bc.mat",
        };
        struct str mark;

        for (size_t i = 0; i < ARRAY_LEN(told); i++)
                if (!name_secret(*state, str_of(told[i]), &mark))
                        fail_msg("missed: %s", told[i]);
        for (size_t i = 0; i < ARRAY_LEN(plain); i++)
                if (name_secret(*state, str_of(plain[i]), &mark))
                        fail_msg("wrongly refused: %s", plain[i]);
}

static void
running_text_about_secrets_is_no_mark(void **state)
{
        static const char *const papers[] = {
                "Luật Bảo vệ bí mật nhà nước quy định các độ mật: Tuyệt mật, Tối mật, Mật.\n",
                "1. Tài liệu đóng dấu TỐI MẬT phải được quản lý theo quy định.\n",
                "Sản xuất mật ong; mật độ dân số; bảo mật thông tin.\n",
                "Độ mật: Không\n\nnội dung\n",
                "Độ mật:\n\nnội dung\n",
                "BẢO MẬT\n\nnội dung\n",
                "Mật\n\nong rừng\n",
        };

        for (size_t i = 0; i < ARRAY_LEN(papers); i++) {
                if (secret(*state, papers[i]))
                        fail_msg("refused: %s", papers[i]);
        }
}

static void
a_lone_word_deep_in_the_text_is_no_mark(void **state)
{
        struct dd_buf t = { 0 };

        for (int i = 0; i < 60; i++)
                buf_str(&t, S("Một đoạn văn bình thường.\n\n"));
        buf_str(&t, S("MẬT\n"));
        buf_c(&t, 0);
        assert_false(secret(*state, t.p));
        buf_free(&t);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(an_empty_file_is_refused),
                cmocka_unit_test(a_huge_file_is_refused),
                cmocka_unit_test(a_pdf_named_txt_is_called_by_its_name),
                cmocka_unit_test(binary_bytes_are_refused),
                cmocka_unit_test(bytes_of_two_encodings_are_refused_with_their_line),
                cmocka_unit_test(utf_16_is_read_by_its_mark),
                cmocka_unit_test(tcvn3_bytes_are_read),
                cmocka_unit_test(vni_bytes_are_read),
                cmocka_unit_test(windows_1258_bytes_are_read),
                cmocka_unit_test(tcvn3_carried_into_utf8_is_read),
                cmocka_unit_test(words_of_other_languages_are_left_alone),
                cmocka_unit_test(a_few_stray_bytes_stay_visible),
                cmocka_unit_test(bom_crlf_and_nfd_become_plain),
                cmocka_unit_test(utf8_read_as_cp1252_is_undone_line_by_line),
                cmocka_unit_test(wrapped_lines_are_joined_lists_are_not),
                cmocka_unit_test(lines_full_to_the_margin_are_joined),
                cmocka_unit_test(a_page_number_and_a_rule_are_furniture),
                cmocka_unit_test(markup_goes_and_the_footnote_star_stays),
                cmocka_unit_test(tabs_make_a_table_over_blank_lines),
                cmocka_unit_test(pipes_make_a_table_and_its_line_is_a_rule),
                cmocka_unit_test(a_head_in_columns_is_one_row_of_two),
                cmocka_unit_test(marks_of_secrecy_are_found_where_marks_stand),
                cmocka_unit_test(running_text_about_secrets_is_no_mark),
                cmocka_unit_test(a_name_tells_of_secrecy),
                cmocka_unit_test(a_lone_word_deep_in_the_text_is_no_mark),
        };

        return cmocka_run_group_tests(tests, arena_up, arena_down);
}
