/* The parts of an official paper, read back; rules of Decree 30/2020, annex I. */
#include "docx_testing.h"

/* ---- parts of the paper -------------------------------------------------------------------------------- */

static void
put_head(struct fixture *f, struct str number, int32_t day)
{
        docx_head(&f->d, &(struct docx_head){ .parent = S("UBND TỈNH TÂY NINH"),
                                              .agency = S("SỞ TÀI CHÍNH"),
                                              .number = number,
                                              .symbol = S("BC-STC"),
                                              .place = S("Tây Ninh"),
                                              .day = day,
                                              .year = 2023 });
}

static void
head_is_a_borderless_table_of_66_and_99_mm(void **state)
{
        struct fixture *f = *state;

        put_head(f, STR_NONE, DD_NO_DAY);
        finish(f);
        assert_num(f, "//w:gridCol[1]/@w:w", DOCX_MM(66));
        assert_num(f, "//w:gridCol[2]/@w:w", DOCX_MM(99));
        assert_num(f, "count(//w:tblBorders)", 0);
        assert_text(f, "//w:tr[1]/w:tc[2]/w:p[1]", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
        assert_text(f, "//w:tr[1]/w:tc[2]/w:p[2]", "Độc lập - Tự do - Hạnh phúc");
}

static void
parent_is_plain_and_agency_bold(void **state)
{
        struct fixture *f = *state;

        put_head(f, STR_NONE, DD_NO_DAY);
        finish(f);
        assert_num(f, "count(//w:tr[1]/w:tc[1]/w:p[1]//w:b)", 0);
        assert_num(f, "count(//w:tr[1]/w:tc[1]/w:p[2]//w:b)", 1);
}

static void
rule_under_the_motto_is_as_long_as_its_text(void **state)
{
        struct fixture *f = *state;

        put_head(f, STR_NONE, DD_NO_DAY);
        finish(f);
        assert_num(f, "count(//w:tr[1]/w:tc[2]/w:p[3]//w:pBdr/w:top)", 1);
        double mm = (DOCX_MM(99) - xml_num(f->x, "//w:tr[1]/w:tc[2]/w:p[3]//w:ind/@w:left") -
                     xml_num(f->x, "//w:tr[1]/w:tc[2]/w:p[3]//w:ind/@w:right")) /
                    56.6929;
        assert_true(fabs(mm - 60.5) < 1);
}

static void
rule_under_the_agency_is_a_third_to_a_half(void **state)
{
        struct fixture *f = *state;

        put_head(f, STR_NONE, DD_NO_DAY);
        finish(f);
        double rule = DOCX_MM(66) - 2 * xml_num(f->x, "//w:tr[1]/w:tc[1]/w:p[3]//w:ind/@w:left");
        double text = docx_text_width(S("SỞ TÀI CHÍNH"), 13, true);
        assert_true(rule > text / 3 && rule < text / 2);
}

static void
missing_number_and_day_leave_gaps(void **state)
{
        struct fixture *f = *state;

        put_head(f, STR_NONE, DD_NO_DAY);
        finish(f);
        assert_text(f, "//w:tr[2]/w:tc[1]/w:p[1]", "Số:         /BC-STC");
        assert_text(f, "//w:tr[2]/w:tc[2]/w:p[1]", "Tây Ninh, ngày      tháng      năm 2023");
}

static void
day_has_zeros_as_the_decree_wants(void **state)
{
        struct fixture *f = *state;

        put_head(f, S("05"), day_of(2023, 6, 2));
        put_head(f, S("05"), day_of(2024, 1, 15));
        finish(f);
        assert_text(f, "//w:tbl[1]/w:tr[2]/w:tc[1]/w:p[1]", "Số: 05/BC-STC");
        assert_text(f, "//w:tbl[1]/w:tr[2]/w:tc[2]/w:p[1]", "Tây Ninh, ngày 02 tháng 6 năm 2023");
        assert_text(f, "//w:tbl[2]/w:tr[2]/w:tc[2]/w:p[1]", "Tây Ninh, ngày 15 tháng 01 năm 2024");
}

static void
long_agency_name_is_broken_to_fit(void **state)
{
        struct fixture *f = *state;

        docx_head(&f->d,
                  &(struct docx_head){ .agency = S("BAN CHỈ ĐẠO ĐỔI MỚI, PHÁT TRIỂN KINH TẾ TẬP THỂ, HỢP TÁC XÃ") });
        finish(f);
        assert_num(f, "count(//w:tc[1]/w:p[1]//w:br)", 2);
        assert_text(f, "//w:tc[1]/w:p[1]//w:t[1]", "BAN CHỈ ĐẠO ĐỔI MỚI, ");
        assert_true(docx_text_width(S("BAN CHỈ ĐẠO ĐỔI MỚI,"), 13, true) <= DOCX_MM(66));
}

static void
title_breaks_between_groups_of_words(void **state)
{
        struct fixture *f = *state;

        docx_title(
            &f->d, S("BÁO CÁO"),
            S("Tình hình thực hiện Kế hoạch hoạt động năm 2023 của Ban Chỉ đạo đổi mới, phát triển kinh tế tập thể, "
              "hợp tác xã tỉnh Tây Ninh"));
        finish(f);
        assert_text(f, "//w:p[1]", "BÁO CÁO");
        assert_text(f, "//w:p[2]",
                    "Tình hình thực hiện Kế hoạch hoạt động năm 2023 của Ban Chỉ đạo đổi mới, phát triển kinh tế tập "
                    "thể, hợp tác xã tỉnh Tây Ninh");
        assert_true(str_ends(xml_str(f->c.arena, f->x, "//w:p[2]//w:t[last()-1]"), S("đổi mới, ")));
        assert_num(f, "count(//w:p[3]//w:pBdr/w:top)", 1);
}

static void
one_addressee_stands_on_the_line(void **state)
{
        struct fixture *f = *state;

        docx_addressees(&f->d, (struct str[]){ S("Ủy ban nhân dân tỉnh") }, 1);
        finish(f);
        assert_text(f, "//w:p[1]", "Kính gửi: Ủy ban nhân dân tỉnh.");
}

static void
addressees_stand_under_the_colon(void **state)
{
        struct fixture *f = *state;

        docx_addressees(&f->d, (struct str[]){ S("Sở Nội vụ"), S("Sở Tài chính") }, 2);
        finish(f);
        assert_text(f, "//w:p[1]", "Kính gửi:");
        assert_text(f, "//w:p[2]", "- Sở Nội vụ;");
        assert_text(f, "//w:p[3]", "- Sở Tài chính.");
}

static void
appendix_number_only_when_there_are_more(void **state)
{
        struct fixture *f = *state;

        docx_appendix(&f->d, S("II"), S("DANH SÁCH"), STR_NONE);
        docx_appendix(&f->d, STR_NONE, S("DANH SÁCH"), S("(Kèm theo Báo cáo)"));
        finish(f);
        assert_text(f, "//w:p[w:pPr/w:pStyle/@w:val='Appendix'][1]", "Phụ lục II");
        assert_text(f, "//w:p[w:pPr/w:pStyle/@w:val='Appendix'][2]", "Phụ lục");
        assert_num(f, "count(//w:p[contains(., 'Kèm theo')]//w:i)", 1);
}

static void
put_foot(struct fixture *f)
{
        docx_foot(&f->d, &(struct docx_foot){ .recipients = (struct str[]){ S("Như trên"), S("Lưu: VT") },
                                              .n_recipients = 2,
                                              .authority = (struct str[]){ S("TM. BAN CHỈ ĐẠO"), S("TRƯỞNG BAN") },
                                              .n_authority = 2,
                                              .office = S("PHÓ CHỦ TỊCH UBND TỈNH") });
}

static void
foot_stays_with_the_last_paragraph(void **state)
{
        struct fixture *f = *state;

        docx_text(&f->d, DOCX_BODY, S("Trước."));
        docx_text(&f->d, DOCX_BODY, S("Sau cùng./."));
        put_foot(f);
        finish(f);
        assert_num(f, "count(//w:body/w:p[1]//w:keepNext)", 0);
        assert_num(f, "count(//w:body/w:p[2]//w:keepNext)", 1);
        assert_text(f, "//w:body/w:p[2]", "Sau cùng./.");
        assert_num(f, "count(//w:tbl/w:tr)", 1);
        assert_num(f, "count(//w:tbl/w:tr//w:cantSplit)", 1);
}

static void
recipients_and_signature_are_as_the_decree_wants(void **state)
{
        struct fixture *f = *state;

        docx_text(&f->d, DOCX_BODY, S("x./."));
        put_foot(f);
        finish(f);
        assert_text(f, "//w:tc[1]/w:p[1]", "Nơi nhận:");
        assert_text(f, "//w:tc[1]/w:p[2]", "- Như trên;");
        assert_text(f, "//w:tc[1]/w:p[3]", "- Lưu: VT.");
        assert_text(f, "//w:tc[1]/w:p[1]//w:sz/@w:val", "24");
        assert_text(f, "//w:tc[1]/w:p[2]//w:sz/@w:val", "22");
        assert_text(f, "//w:tc[2]/w:p[1]", "TM. BAN CHỈ ĐẠO");
        assert_text(f, "//w:tc[2]/w:p[3]", "PHÓ CHỦ TỊCH UBND TỈNH");
}

static void
urgency_stands_in_a_red_frame(void **state)
{
        struct fixture *f = *state;

        docx_head(&f->d, &(struct docx_head){ .symbol = S("STC-TH"), .day = DD_NO_DAY, .urgency = S("HỎA TỐC") });
        finish(f);
        assert_num(f, "count(//w:p[.='HỎA TỐC']/w:pPr/w:pBdr/*[@w:color='FF0000'])", 4);
}

/* ---- widths -------------------------------------------------------------------------------------------- */

static void
widths_agree_with_those_measured(void **state)
{
        (void)state;
        double nation = docx_text_width(S("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), 13, true) / 56.6929;
        double motto = docx_text_width(S("Độc lập - Tự do - Hạnh phúc"), 14, true) / 56.6929;

        assert_true(fabs(nation - 95.7) < 0.3);
        assert_true(fabs(motto - 60.5) < 0.3);
}

static void
letters_with_marks_are_as_wide_as_their_base(void **state)
{
        (void)state;
        assert_int_equal(docx_text_width(S("ỆẾ"), 14, false), docx_text_width(S("EE"), 14, false));
        assert_int_equal(docx_text_width(S("ặđỳ"), 14, true), docx_text_width(S("ady"), 14, true));
        assert_true(docx_text_width(S("ữ"), 14, true) > docx_text_width(S("u"), 14, true));
        assert_int_equal(docx_text_width(S("a\nbbb\nc"), 14, false), docx_text_width(S("bbb"), 14, false));
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                T(head_is_a_borderless_table_of_66_and_99_mm),
                T(parent_is_plain_and_agency_bold),
                T(rule_under_the_motto_is_as_long_as_its_text),
                T(rule_under_the_agency_is_a_third_to_a_half),
                T(missing_number_and_day_leave_gaps),
                T(day_has_zeros_as_the_decree_wants),
                T(long_agency_name_is_broken_to_fit),
                T(title_breaks_between_groups_of_words),
                T(one_addressee_stands_on_the_line),
                T(addressees_stand_under_the_colon),
                T(appendix_number_only_when_there_are_more),
                T(foot_stays_with_the_last_paragraph),
                T(recipients_and_signature_are_as_the_decree_wants),
                T(urgency_stands_in_a_red_frame),
                T(widths_agree_with_those_measured),
                T(letters_with_marks_are_as_wide_as_their_base),
        };
        return cmocka_run_group_tests_name("docx_part_paper", tests, NULL, NULL);
}
