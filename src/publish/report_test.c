/* Words, head and signature of the report, from data made by hand: no database. */
#include "report_testing.h"

/* ---- words ----------------------------------------------------------------------------------------------- */

static void
numbers_below_ten_have_a_zero(void **state)
{
        struct fixture *f = *state;

        equal(words_two(f->a, 3), "03");
        equal(words_two(f->a, 0), "0");
        equal(words_two(f->a, 21), "21");
        equal(words_share(f->a, 3, 21), "03/21");
}

static void
percents_are_rounded_and_have_a_comma(void **state)
{
        struct fixture *f = *state;

        equal(words_percent(f->a, 3, 21), "14,3%");
        equal(words_percent(f->a, 1, 3), "33,3%");
        equal(words_percent(f->a, 2, 3), "66,7%");
        equal(words_percent(f->a, 21, 21), "100%");
        equal(words_percent(f->a, 0, 21), "0%");
        equal(words_percent(f->a, 0, 0), "");
}

static void
first_letter_gets_small_but_not_that_of_an_abbreviation(void **state)
{
        struct fixture *f = *state;

        equal(words_lower_first(f->a, S("Đã trình")), "đã trình");
        equal(words_lower_first(f->a, S("KTTT, HTX")), "KTTT, HTX");
        equal(words_lower_first(f->a, S("Q3 xong")), "Q3 xong");
        equal(words_lower_first(f->a, S("")), "");
        equal(words_upper_first(f->a, S("đã trình")), "Đã trình");
}

static void
days_have_zeros_as_papers_write_them(void **state)
{
        struct fixture *f = *state;

        equal(words_day(f->a, day_of(2023, 4, 7)), "07/4/2023");
        equal(words_day(f->a, day_of(2023, 1, 4)), "04/01/2023");
        equal(words_day(f->a, day_of(2023, 12, 31)), "31/12/2023");
        equal(words_day(f->a, DD_NO_DAY), "");
}

static void
notes_begin_small_but_names_keep_their_letters(void **state)
{
        struct fixture *f = *state;

        equal(words_note(f->a, S("Đã đăng 6 tin, bài. ")), "đã đăng 6 tin, bài");
        equal(words_note(f->a, S("Kế hoạch ghi: «Đã ban hành»")), "Kế hoạch ghi: «Đã ban hành»");
        equal(words_note(f->a, S("Sở Tư pháp thẩm định")), "Sở Tư pháp thẩm định");
}

static void
lists_of_tasks_end_with_and(void **state)
{
        struct fixture *f = *state;
        struct str v[] = { S("4"), S("8"), S("12") };

        equal(words_list(f->a, v, 1), "nhiệm vụ 4");
        equal(words_list(f->a, v, 2), "các nhiệm vụ 4 và 8");
        equal(words_list(f->a, v, 3), "các nhiệm vụ 4, 8 và 12");
}

static void
file_names_are_plain_letters(void **state)
{
        struct fixture *f = *state;

        struct dd_ctx c = { .arena = f->a, .as_of = f->d.day };

        equal(report_file_name(&c, &f->d.plan.plan, "docx"), "bao-cao-2653-kh-bcd-2023-09-30.docx");
}

/* ---- head and signature ------------------------------------------------------------------------------------ */

static void
committee_issues_and_its_head_signs_with_the_name_of_the_plan(void **state)
{
        struct fixture *f = *state;

        compose(f);
        equal(f->r.parent, "UBND TỈNH TÂY NINH");
        equal(f->r.issuer, "BAN CHỈ ĐẠO\nKINH TẾ TẬP THỂ");
        equal(f->r.symbol, "BC-BCĐ");
        equal(f->r.authority[0], "TM. BAN CHỈ ĐẠO");
        equal(f->r.authority[1], "TRƯỞNG BAN");
        equal(f->r.office, "PHÓ CHỦ TỊCH UBND TỈNH");
        equal(f->r.name, "Trần Văn Chiến");
        assert_null(f->r.addressee.p);
}

static void
name_stays_blank_when_a_deputy_signed_the_plan(void **state)
{
        struct fixture *f = *state;

        f->d.plan.document.signer_title = S("KT. TRƯỞNG BAN; PHÓ TRƯỞNG BAN");
        compose(f);
        assert_null(f->r.name.p);
        assert_null(f->r.office.p);
}

static void
standing_agency_reports_to_the_head_without_a_name(void **state)
{
        struct fixture *f = *state;

        f->d.by_standing = true;
        compose(f);
        equal(f->r.issuer, "SỞ KẾ HOẠCH VÀ ĐẦU TƯ");
        equal(f->r.symbol, "BC-SKHĐT");
        assert_int_equal(f->r.n_authority, 1);
        equal(f->r.authority[0], "GIÁM ĐỐC");
        assert_null(f->r.name.p);
        equal(f->r.addressee, "Trưởng Ban Chỉ đạo kinh tế tập thể tỉnh Tây Ninh");
        has(f, "Sở Kế hoạch và Đầu tư kính đề nghị Trưởng Ban Chỉ đạo xem xét, chỉ đạo:");
        f->d.board.n[STATE_AWAITING] = 1;
        compose(f);
        has(f, "Sở Kế hoạch và Đầu tư tiếp tục kiểm tra, xác nhận 01 kết quả đã nộp.");
        equal(f->r.recipients[0], "Như trên");
}

static void
standing_agency_is_called_as_it_signs_its_letters(void **state)
{
        struct fixture *f = *state;
        struct q_document_row memo = { .type = S("Công văn"),
                                       .number = S("2193/SKHĐTTN-ĐKKD"),
                                       .issuer = S("SỞ KẾ HOẠCH VÀ ĐẦU TƯ") };

        f->d.by_standing = true;
        f->d.plan.papers = (struct q_document_rows){ .v = &memo, .n = 1 };
        compose(f);
        equal(f->r.symbol, "BC-SKHĐTTN");
}

static void
committee_without_a_name_takes_that_of_the_plan(void **state)
{
        struct fixture *f = *state;

        f->d.committee.name = S("Ban Chỉ đạo");
        f->d.committee.head_name = S("BAN CHỈ ĐẠO");
        f->d.committee.parent_name = S("UBND TỈNH");
        f->d.plan.document.issuer = S("Ban Chỉ đạo kinh tế tập thể tỉnh Tây Ninh");
        compose(f);
        equal(f->r.parent, "UBND TỈNH TÂY NINH");
        equal(f->r.issuer, "BAN CHỈ ĐẠO KINH TẾ TẬP THỂ");
}

static void
committee_without_a_name_or_issuer_is_read_from_the_title(void **state)
{
        struct fixture *f = *state;

        f->d.committee.name = S("Ban Chỉ đạo");
        compose(f);
        equal(f->r.parent, "UBND TỈNH TÂY NINH");
        equal(f->r.issuer, "BAN CHỈ ĐẠO KINH TẾ TẬP THỂ");
        f->d.plan.plan.title = S("Phát triển hợp tác xã");
        compose(f);
        equal(f->r.issuer, "BAN CHỈ ĐẠO\nKINH TẾ TẬP THỂ");
}

static void
deadline_of_the_day_is_not_called_today(void **state)
{
        struct fixture *f = *state;

        f->tasks[1].due = f->d.day;
        compose(f);
        has(f, "; đến hạn trong ngày.");
        has_not(f, "hôm nay");
}

static void
recipients_are_those_of_the_plan_with_the_filing_last(void **state)
{
        struct fixture *f = *state;

        f->recipients[0].name = S("Lưu: VT, VP. UBND tỉnh.");
        f->recipients[1].name = S("Thành viên BCD (t/hiện);");
        f->d.plan.recipients.n = 2;
        compose(f);
        assert_int_equal(f->r.n_recipients, 2);
        equal(f->r.recipients[0], "Thành viên BCĐ (t/hiện)");
        equal(f->r.recipients[1], "Lưu: VT, VP. UBND tỉnh");
}

static void
plan_without_recipients_gets_the_usual_ones(void **state)
{
        struct fixture *f = *state;

        compose(f);
        assert_int_equal(f->r.n_recipients, 3);
        equal(f->r.recipients[0], "Ủy ban nhân dân tỉnh (b/c)");
        equal(f->r.recipients[2], "Lưu: VT");
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                T(numbers_below_ten_have_a_zero),
                T(percents_are_rounded_and_have_a_comma),
                T(first_letter_gets_small_but_not_that_of_an_abbreviation),
                T(days_have_zeros_as_papers_write_them),
                T(notes_begin_small_but_names_keep_their_letters),
                T(lists_of_tasks_end_with_and),
                T(file_names_are_plain_letters),
                T(committee_issues_and_its_head_signs_with_the_name_of_the_plan),
                T(name_stays_blank_when_a_deputy_signed_the_plan),
                T(standing_agency_reports_to_the_head_without_a_name),
                T(standing_agency_is_called_as_it_signs_its_letters),
                T(committee_without_a_name_takes_that_of_the_plan),
                T(committee_without_a_name_or_issuer_is_read_from_the_title),
                T(deadline_of_the_day_is_not_called_today),
                T(recipients_are_those_of_the_plan_with_the_filing_last),
                T(plan_without_recipients_gets_the_usual_ones),
        };
        return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
