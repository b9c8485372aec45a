/* report_testing.h - a small plan made by hand, for the tests of the report. */
#ifndef REPORT_TESTING_H
#define REPORT_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "dd_committee.h"
#include "report_priv.h"

struct fixture {
        struct arena *a;
        struct report_data d;
        struct task_beside beside[3];
        struct q_task_item_row tasks[4];
        struct q_task_group_row groups[2];
        struct q_plan_event_row events[8];
        struct q_recipient_row recipients[3];
        struct board_line lines[2];
        struct report r;
};

static inline struct q_task_item_row
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

static inline struct q_plan_event_row
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

static inline int
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
        d->beside = f->beside;
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

static inline int
teardown(void **state)
{
        struct fixture *f = *state;

        arena_free(f->a);
        free(f);
        return 0;
}

static inline void
compose(struct fixture *f)
{
        report_compose(f->a, &f->d, &f->r);
}

/* The whole body as lines, for looking into. */
static inline struct str
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

static inline void
has(struct fixture *f, const char *want)
{
        struct str text = body(f);

        if (!str_has(text, str_of(want)))
                print_message("«%s» is not in:\n%.*s\n", want, FMT(text));
        assert_true(str_has(text, str_of(want)));
}

static inline void
has_not(struct fixture *f, const char *want)
{
        assert_false(str_has(body(f), str_of(want)));
}

static inline void
equal(struct str got, const char *want)
{
        if (!str_eq(got, str_of(want)))
                print_message("«%.*s», not «%s»\n", FMT(got), want);
        assert_true(str_eq(got, str_of(want)));
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

#endif
