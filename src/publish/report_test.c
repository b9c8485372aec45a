/* The words of the report from data made by hand: no database. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "dd_committee.h"
#include "report_priv.h"

struct fixture {
        struct arena *a;
        struct report_data d;
        struct q_task_item_row tasks[4];
        struct q_task_group_row groups[2];
        struct q_plan_event_row events[8];
        struct q_recipient_row recipients[3];
        struct board_line lines[2];
        struct report r;
};

static struct q_task_item_row
task(int64_t id, const char *no, const char *title, const char *leads)
{
        return (struct q_task_item_row){ .id = id,
                                         .plan_id = 1,
                                         .no = str_of(no),
                                         .title = str_of(title),
                                         .leads = str_of(leads),
                                         .group_no = S("I"),
                                         .lifecycle = LIFE_ASSIGNED,
                                         .due = day_of(2023, 12, 31),
                                         .original_due = day_of(2023, 12, 31),
                                         .done_day = DD_NO_DAY,
                                         .last_day = DD_NO_DAY,
                                         .deadline_text = S("Năm 2023") };
}

static struct q_plan_event_row
event(int64_t task_id, const char *kind, int32_t day, const char *note)
{
        return (struct q_plan_event_row){ .task_id = task_id,
                                          .assignment_id = task_id * 10,
                                          .agency_name = S("Liên minh HTX tỉnh"),
                                          .kind = str_of(kind),
                                          .day = day,
                                          .note = str_of(note),
                                          .doc_day = DD_NO_DAY };
}

static int
setup(void **state)
{
        struct fixture *f = calloc(1, sizeof *f);
        struct report_data *d = &f->d;

        f->a = arena_new(0);
        f->tasks[0] = task(1, "1", "Họp Ban Chỉ đạo", "Liên minh HTX tỉnh");
        f->tasks[0].lifecycle = LIFE_DONE;
        f->tasks[0].due = f->tasks[0].original_due = DD_NO_DAY;
        f->tasks[0].done_day = day_of(2023, 3, 27);
        f->tasks[1] = task(2, "2", "Kiện toàn Ban Chỉ đạo.", "Liên minh HTX tỉnh");
        f->tasks[1].lifecycle = LIFE_DOING;
        f->tasks[1].due = day_of(2023, 9, 25);
        f->tasks[2] = task(3, "3", "Truyền thông", "Hội Liên hiệp Phụ nữ tỉnh");
        f->events[0] = event(1, "handed_in", day_of(2023, 3, 27), "Kế hoạch ghi: «Đã tổ chức 27/3/2023»");
        f->events[1] = event(1, "confirmed", day_of(2023, 8, 22), NULL);
        f->events[2] = event(2, "updated", day_of(2023, 9, 21), "Đã trình dự thảo.");
        f->events[2].percent = (struct dd_opt){ 70, true };
        f->groups[0] = (struct q_task_group_row){ .id = 1, .no = S("I"), .title = S("Công tác triển khai chỉ đạo") };
        f->lines[0] = (struct board_line){ .agency_id = 1, .name = S("Liên minh HTX tỉnh"), .total = 2 };
        f->lines[0].n[STATE_DONE] = f->lines[0].n[STATE_OVERDUE] = 1;
        f->lines[1] = (struct board_line){
                .agency_id = 2, .name = S("Hội Liên hiệp Phụ nữ tỉnh"), .total = 1, .is_silent = true, .no_member = true
        };
        f->lines[1].n[STATE_WAITING] = 1;
        d->committee = (struct q_committee_row){ .name = S("Ban Chỉ đạo kinh tế tập thể tỉnh Tây Ninh"),
                                                 .parent_name = S("UBND TỈNH TÂY NINH"),
                                                 .head_name = S("BAN CHỈ ĐẠO\nKINH TẾ TẬP THỂ"),
                                                 .place = S("Tây Ninh"),
                                                 .standing_name = S("Sở Kế hoạch và Đầu tư") };
        d->plan.plan =
            (struct q_plan_row){ .id = 1,
                                 .number = S("2653/KH-BCĐ"),
                                 .year = 2023,
                                 .issued = day_of(2023, 8, 22),
                                 .title = S("Hoạt động của Ban Chỉ đạo kinh tế tập thể tỉnh Tây Ninh năm 2023") };
        d->plan.document = (struct q_document_row){ .type = S("Kế hoạch"),
                                                    .signer = S("Trần Văn Chiến"),
                                                    .signer_title = S("TRƯỞNG BAN; PHÓ CHỦ TỊCH UBND TỈNH") };
        d->plan.tasks = (struct q_task_item_rows){ .v = f->tasks, .n = 3 };
        d->plan.groups = (struct q_task_group_rows){ .v = f->groups, .n = 1 };
        d->plan.recipients = (struct q_recipient_rows){ .v = f->recipients };
        d->plan.rules = (struct state_rules){ 7, 30 };
        d->events = (struct q_plan_event_rows){ .v = f->events, .n = 3 };
        d->board = (struct board){ .total = 3,
                                   .done_no_due = 1,
                                   .due_by_now = 1,
                                   .remaining = 1,
                                   .agencies = 2,
                                   .silent_agencies = 1,
                                   .lines = f->lines,
                                   .n_lines = 2,
                                   .rules = { 7, 30 } };
        d->board.n[STATE_DONE] = d->board.n[STATE_OVERDUE] = d->board.n[STATE_WAITING] = 1;
        d->day = day_of(2023, 9, 30);
        *state = f;
        return 0;
}

static int
teardown(void **state)
{
        struct fixture *f = *state;

        arena_free(f->a);
        free(f);
        return 0;
}

static void
compose(struct fixture *f)
{
        report_compose(f->a, &f->d, &f->r);
}

/* The whole body as lines, for looking into. */
static struct str
body(struct fixture *f)
{
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < f->r.body.n; i++) {
                buf_str(&b, f->r.body.v[i].text);
                for (size_t k = 0; f->r.body.v[i].table != NULL && k < f->r.body.v[i].table->n; k++) {
                        for (size_t c = 0; c < f->r.body.v[i].table->n_cols; c++)
                                buf_fmt(&b, "|%.*s", FMT(f->r.body.v[i].table->v[k].cell[c]));
                        buf_c(&b, '\n');
                }
                buf_c(&b, '\n');
        }
        return str_dup(f->a, buf_view(&b));
}

static void
has(struct fixture *f, const char *want)
{
        struct str text = body(f);

        if (!str_has(text, str_of(want)))
                print_message("«%s» is not in:\n%.*s\n", want, FMT(text));
        assert_true(str_has(text, str_of(want)));
}

static void
has_not(struct fixture *f, const char *want)
{
        assert_false(str_has(body(f), str_of(want)));
}

static void
equal(struct str got, const char *want)
{
        if (!str_eq(got, str_of(want)))
                print_message("«%.*s», not «%s»\n", FMT(got), want);
        assert_true(str_eq(got, str_of(want)));
}

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

        equal(words_slug(f->a, S("2653/KH-BCĐ")), "2653-kh-bcd");
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

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

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
                T(plan_is_cited_in_full_the_first_time),
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
        return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
