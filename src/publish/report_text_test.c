/* The sections and the appendix of the report, from data made by hand. */
#include "report_testing.h"

/* ---- sections ------------------------------------------------------------------------------------------------ */

static void
plan_is_cited_in_full_the_first_time(void **state)
{
        struct fixture *f = *state;

        compose(f);
        has(f, "Thực hiện Kế hoạch số 2653/KH-BCĐ ngày 22 tháng 8 năm 2023 về hoạt động của Ban Chỉ đạo kinh tế tập "
               "thể tỉnh Tây Ninh năm "
               "2023 (sau đây gọi tắt là Kế hoạch)");
        f->d.plan.plan.title = S("Phát triển hợp tác xã");
        compose(f);
        has(f, "của Ban Chỉ đạo kinh tế tập thể tỉnh Tây Ninh về phát triển hợp tác xã (sau đây");
}

static void
plan_of_another_body_is_called_its_own(void **state)
{
        struct fixture *f = *state;

        f->d.plan.plan.number = S("87/KH-UBND");
        f->d.plan.plan.title = S("Phát triển hợp tác xã năm 2023");
        f->d.plan.document.issuer = S("UBND xã Tân Hòa");
        f->d.plan.document.signer_title = S("TRƯỞNG BAN");
        f->recipients[0].name = S("Đảng ủy xã");
        f->d.plan.recipients.n = 1;
        compose(f);
        has(f, "Thực hiện Kế hoạch số 87/KH-UBND ngày 22 tháng 8 năm 2023 của UBND xã Tân Hòa về phát triển");
        assert_string_equal(str_c(f->a, f->r.issuer), "BAN CHỈ ĐẠO\nKINH TẾ TẬP THỂ");
        assert_string_equal(str_c(f->a, f->r.symbol), "BC-BCĐ");
        assert_null(f->r.name.p);
        for (size_t i = 0; i < f->r.n_recipients; i++)
                assert_false(str_eq(f->r.recipients[i], S("Đảng ủy xã")));
        f->d.plan.document.issuer = S("Ban Chỉ đạo kinh tế tập thể");
        compose(f);
        has(f, "của Ban Chỉ đạo kinh tế tập thể tỉnh Tây Ninh về phát triển");
}

static void
bodies_in_capitals_are_written_as_in_a_sentence(void **state)
{
        struct fixture *f = *state;
        static const char *const pairs[][2] = {
                { "ỦY BAN NHÂN DÂN XÃ TÂN HÒA", "Ủy ban nhân dân xã Tân Hòa" },
                { "UBND TỈNH TÂY NINH", "UBND tỉnh Tây Ninh" },
                { "HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", "Hội đồng nhân dân thành phố Hồ Chí Minh" },
                { "BỘ TÀI CHÍNH", "Bộ Tài chính" },
                { "BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ", "Ban Chỉ đạo chuyển đổi số" },
                { "HỘI NÔNG DÂN TỈNH", "Hội Nông dân tỉnh" },
                { "UBND xã Tân Hòa", "UBND xã Tân Hòa" },
        };

        for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
                assert_string_equal(str_c(f->a, words_body(f->a, str_of(pairs[i][0]))), pairs[i][1]);
}

static void
discontinued_tasks_were_assigned_too(void **state)
{
        struct fixture *f = *state;

        compose(f);
        has(f, "Kế hoạch giao 03 nhiệm vụ trong 01 nhóm cho 02 cơ quan, nhóm cơ quan chủ trì. Tính");
        f->tasks[2].lifecycle = LIFE_DISCONTINUED;
        f->events[3] = event(3, "discontinued", day_of(2023, 9, 29), "Đã lồng ghép");
        f->events[3].doc_number = S("77/QĐ-BCĐ");
        f->events[3].doc_day = day_of(2023, 9, 29);
        f->d.events.n = 4;
        f->d.board.total = 2;
        f->d.board.n[STATE_WAITING] = 0;
        f->d.board.n[STATE_DROPPED] = 1;
        compose(f);
        has(f, "Kế hoạch giao 03 nhiệm vụ trong 01 nhóm cho 02 cơ quan, nhóm cơ quan chủ trì, trong đó 01 nhiệm vụ "
               "không tiếp tục thực hiện (nhiệm vụ 3 theo văn bản số 77/QĐ-BCĐ ngày 29/9/2023), còn 02 nhiệm vụ theo "
               "dõi. Tính");
        has(f, "có 01/02 nhiệm vụ hoàn thành");
}

static void
every_figure_has_its_denominator_and_the_day(void **state)
{
        struct fixture *f = *state;

        compose(f);
        has(f, "số liệu tính đến hết ngày 30/9/2023");
        has(f, "có 01/03 nhiệm vụ hoàn thành (33,3%; đúng hạn 0, quá hạn 0, không ghi hạn 01)");
        has(f, "01/01 nhiệm vụ đã đến hạn bị quá hạn");
        has(f, "|Cộng|03|100%|");
}

static void
agencies_are_counted_by_assignment(void **state)
{
        struct fixture *f = *state;

        compose(f);
        has(f, "|Liên minh HTX tỉnh|02|01|-|01|-|-|-");
        has(f, "|Cộng|03|01|-|01|-|-|01");
}

static void
results_stand_under_their_group(void **state)
{
        struct fixture *f = *state;

        compose(f);
        has(f, "1. Công tác triển khai chỉ đạo");
        has(f, "Nhóm có 03 nhiệm vụ: hoàn thành 01/03; quá hạn 01/03; chưa bắt đầu 01/03.");
        has(f, "Nhiệm vụ 1, Liên minh HTX tỉnh chủ trì: Họp Ban Chỉ đạo. Hoàn thành ngày 27/3/2023; Kế hoạch ghi: «Đã "
               "tổ chức 27/3/2023».");
        has(f, "Nhiệm vụ 2, Liên minh HTX tỉnh chủ trì: Kiện toàn Ban Chỉ đạo. Đã trình dự thảo (đạt 70%, cập nhật "
               "ngày 21/9/2023); quá hạn 5 ngày.");
        has(f, "Chưa có cập nhật của cơ quan chủ trì: nhiệm vụ 3.");
}

static void
handed_back_results_say_why(void **state)
{
        struct fixture *f = *state;

        f->tasks[1].lifecycle = LIFE_RETURNED;
        f->events[3] = event(2, "handed_in", day_of(2023, 9, 22), "Đề cương");
        f->events[4] = event(2, "handed_back", day_of(2023, 9, 24), "Mới có đề cương.");
        f->d.events.n = 5;
        compose(f);
        has(f, "Kết quả đã nộp bị trả lại ngày 24/9/2023: mới có đề cương");
        has(f, "Kết quả đã nộp bị trả lại, phải làm lại trong thời hạn ban đầu: nhiệm vụ 2.");
        has(f, "có kết quả bị trả lại (nhiệm vụ 2) hoàn chỉnh hồ sơ");
}

static void
two_leads_are_told_apart(void **state)
{
        struct fixture *f = *state;

        f->events[3] = event(2, "updated", day_of(2023, 9, 22), "Đang rà soát");
        f->events[3].assignment_id = 99;
        f->events[3].agency_name = S("Sở Tài chính");
        f->d.events.n = 4;
        struct told told = report_told(f->a, &f->d, &f->tasks[1]);
        equal(told.words, "Liên minh HTX tỉnh: đã trình dự thảo (đạt 70%, cập nhật ngày 21/9/2023); Sở Tài chính: đang "
                          "rà soát (cập nhật ngày 22/9/2023)");
        assert_true(str_has(told.by_agency, S("\nSở Tài chính: ")));
}

static void
product_document_stands_with_the_result(void **state)
{
        struct fixture *f = *state;

        f->events[0].doc_number = S("12/KH-HND");
        f->events[0].doc_day = day_of(2023, 3, 26);
        equal(report_told(f->a, &f->d, &f->tasks[0]).words,
              "Kế hoạch ghi: «Đã tổ chức 27/3/2023» (văn bản: 12/KH-HND, ngày 26/3/2023)");
}

static void
moved_deadline_keeps_the_original_beside_it(void **state)
{
        struct fixture *f = *state;

        compose(f);
        has(f, "|2|Kiện toàn Ban Chỉ đạo.|Liên minh HTX tỉnh|25/9/2023\n(hạn gốc 31/12/2023)|Quá hạn 5 ngày");
        has(f, "Thời hạn đã điều chỉnh so với Kế hoạch: nhiệm vụ 2.");
}

static void
nothing_late_is_said_with_its_denominator(void **state)
{
        struct fixture *f = *state;

        f->tasks[1].lifecycle = LIFE_HANDED_IN;
        f->d.board.n[STATE_OVERDUE] = 0;
        f->d.board.n[STATE_AWAITING] = 1;
        compose(f);
        has(f, "không có nhiệm vụ quá hạn (0/01 nhiệm vụ đã đến hạn)");
        has(f, "Sở Kế hoạch và Đầu tư kiểm tra, xác nhận 01 kết quả đã nộp.");
        has_not(f, "khẩn trương");
}

static void
silent_agencies_and_those_without_a_member_are_named(void **state)
{
        struct fixture *f = *state;

        compose(f);
        has(f, "01/02 cơ quan, nhóm cơ quan chủ trì còn nhiệm vụ nhưng không cập nhật quá 30 ngày: Hội Liên hiệp Phụ "
               "nữ tỉnh.");
        has(f, "01/02 cơ quan, nhóm cơ quan chủ trì chưa có thành viên trong danh sách phân công của Ban Chỉ đạo: Hội "
               "Liên hiệp Phụ "
               "nữ tỉnh.");
}

static void
open_notes_of_the_plan_are_counted(void **state)
{
        struct fixture *f = *state;
        struct q_plan_note_row notes[2] = { { .id = 1, .closed_at = { 1, true } }, { .id = 2 } };

        f->d.plan.notes = (struct q_plan_note_rows){ .v = notes, .n = 2 };
        compose(f);
        has(f, "Còn 01 ghi chú về bản Kế hoạch");
}

static void
who_is_late_is_urged_once_for_all_tasks(void **state)
{
        struct fixture *f = *state;

        f->tasks[2] = f->tasks[1];
        f->tasks[2].id = 3;
        f->tasks[2].no = S("13");
        compose(f);
        has(f, "Liên minh HTX tỉnh khẩn trương hoàn thành các nhiệm vụ 2 và 13 đã quá hạn");
        struct str text = body(f);
        size_t first = str_find(text, S("khẩn trương"), 0);
        assert_int_equal(str_find(text, S("khẩn trương"), first + 1), text.n);
}

static void
body_ends_as_papers_end(void **state)
{
        struct fixture *f = *state;

        compose(f);
        assert_int_equal(f->r.body.v[f->r.body.n - 1].kind, REPORT_TEXT);
        assert_true(str_ends(f->r.body.v[f->r.body.n - 1].text, S("./.")));
}

static void
examples_of_the_demo_are_marked(void **state)
{
        struct fixture *f = *state;

        compose(f);
        assert_false(f->r.sample);
        f->events[2].sample = true;
        compose(f);
        assert_true(f->r.sample);
        has(f, "không dùng để ban hành");
        assert_true(str_ends(f->r.tasks[1].result, S("*")));
        assert_false(str_ends(f->r.tasks[0].result, S("*")));
}

static void
appendix_repeats_the_plan_letter_by_letter(void **state)
{
        struct fixture *f = *state;
        struct q_plan_helper_row helpers[] = {
                { .task_id = 2, .agency_name = S("Các sở, ngành") },
                { .task_id = 2, .agency_name = S("Sở Tư pháp"), .scope = S("thẩm định") }
        };

        f->d.helpers = (struct q_plan_helper_rows){ .v = helpers, .n = 2 };
        compose(f);
        assert_int_equal(f->r.n_tasks, 3);
        equal(f->r.tasks[0].group, "I. Công tác triển khai chỉ đạo");
        assert_null(f->r.tasks[1].group.p);
        equal(f->r.tasks[1].title, "Kiện toàn Ban Chỉ đạo.");
        equal(f->r.tasks[1].deadline, "Năm 2023");
        equal(f->r.tasks[1].helpers, "Các sở, ngành; Sở Tư pháp (thẩm định)");
        equal(f->r.tasks[1].state, "Quá hạn 5 ngày\n(hạn điều chỉnh 25/9/2023)");
        equal(f->r.tasks[2].result, "");
}

static void
tasks_outside_the_groups_have_a_chapter_of_their_own(void **state)
{
        struct fixture *f = *state;

        f->tasks[2].group_no = STR_NONE;
        compose(f);
        has(f, "2. Nhiệm vụ ngoài các nhóm");
        equal(f->r.tasks[2].group, "Nhiệm vụ ngoài các nhóm");
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                T(plan_is_cited_in_full_the_first_time),
                T(plan_of_another_body_is_called_its_own),
                T(bodies_in_capitals_are_written_as_in_a_sentence),
                T(discontinued_tasks_were_assigned_too),
                T(every_figure_has_its_denominator_and_the_day),
                T(agencies_are_counted_by_assignment),
                T(results_stand_under_their_group),
                T(handed_back_results_say_why),
                T(two_leads_are_told_apart),
                T(product_document_stands_with_the_result),
                T(moved_deadline_keeps_the_original_beside_it),
                T(nothing_late_is_said_with_its_denominator),
                T(silent_agencies_and_those_without_a_member_are_named),
                T(open_notes_of_the_plan_are_counted),
                T(who_is_late_is_urged_once_for_all_tasks),
                T(body_ends_as_papers_end),
                T(examples_of_the_demo_are_marked),
                T(appendix_repeats_the_plan_letter_by_letter),
                T(tasks_outside_the_groups_have_a_chapter_of_their_own),
        };
        return cmocka_run_group_tests_name("report_text", tests, NULL, NULL);
}
