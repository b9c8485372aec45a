/* Events to spans: the projection, case by case. */
#include "dd_span.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena *arena;
static struct q_event_row events[16];
static size_t n_events;

static int
setup(void **s)
{
        (void)s;
        arena = arena_new(0);
        n_events = 0;
        return 0;
}

static int
teardown(void **s)
{
        (void)s;
        arena_free(arena);
        return 0;
}

static int32_t
day(int month, int mday)
{
        return day_of(2023, month, mday);
}

static void
event(int64_t assignment, const char *kind, int32_t at)
{
        events[n_events] = (struct q_event_row){
                .id = (int64_t)n_events + 1, .assignment_id = assignment, .kind = str_of(kind), .day = at
        };
        n_events++;
}

static void
event_percent(int64_t assignment, const char *kind, int32_t at, int64_t percent)
{
        event(assignment, kind, at);
        events[n_events - 1].percent = (struct dd_opt){ percent, true };
}

static void
taken_back(void)
{
        events[n_events - 1].withdrawn_at = (struct dd_opt){ 1, true };
}

static struct span_rows
compute(size_t leads)
{
        static struct q_assignment_row as[2];
        struct q_assignment_rows rows = { as, leads, 2 };
        struct q_event_rows ev = { events, n_events, 16 };
        struct q_task_row task = { .original_due = day(9, 30), .deadline_kind = S("quarter") };
        struct span_rows out = { 0 };

        for (size_t i = 0; i < leads; i++)
                as[i] = (struct q_assignment_row){ .id = 11 + (int64_t)i,
                                                   .agency_id = 21 + (int64_t)i,
                                                   .agency_name = i == 0 ? S("Sở A") : S("Sở B"),
                                                   .role = S("lead"),
                                                   .scope = S(""),
                                                   .from_day = day(8, 22),
                                                   .to_day = DAY_FOREVER };
        span_compute(arena, &task, &rows, &ev, &out);
        return out;
}

/* The span of a line that holds on a day. */
static const struct span_row *
at(const struct span_rows *r, int64_t assignment, int32_t on)
{
        for (size_t i = 0; i < r->n; i++)
                if (r->v[i].assignment_id == assignment && r->v[i].from_day <= on && r->v[i].to_day >= on)
                        return &r->v[i];
        return NULL;
}

static void
lines_have_no_gap_and_no_overlap(void **s)
{
        (void)s;
        event(11, "assigned", day(8, 22));
        event(11, "received", day(8, 24));
        event(11, "updated", day(9, 5));
        event(11, "updated", day(9, 5));
        event(11, "handed_in", day(9, 20));
        struct span_rows r = compute(1);
        int32_t next[2] = { day(8, 22), day(8, 22) };

        for (size_t i = 0; i < r.n; i++) {
                int line = r.v[i].assignment_id == 0;

                assert_int_equal(r.v[i].from_day, next[line]);
                assert_true(r.v[i].to_day >= r.v[i].from_day);
                next[line] = r.v[i].to_day + 1;
        }
        assert_int_equal(next[0], DAY_FOREVER + 1);
        assert_int_equal(next[1], DAY_FOREVER + 1);
}

static void
task_is_done_when_all_its_leads_are(void **s)
{
        (void)s;
        event(11, "handed_in", day(9, 10));
        event(11, "confirmed", day(9, 12));
        event(12, "handed_in", day(9, 20));
        event(12, "confirmed", day(9, 25));
        struct span_rows r = compute(2);

        assert_int_equal(at(&r, 11, day(9, 13))->lifecycle, LIFE_DONE);
        assert_int_equal(at(&r, 0, day(9, 13))->lifecycle, LIFE_DOING);
        assert_int_equal(at(&r, 0, day(9, 21))->lifecycle, LIFE_HANDED_IN);
        assert_int_equal(at(&r, 0, day(9, 25))->lifecycle, LIFE_DONE);
        assert_int_equal(at(&r, 0, day(9, 25))->done_day, day(9, 20));
}

static void
done_day_is_the_day_of_the_result_not_of_the_confirming(void **s)
{
        (void)s;
        event(11, "handed_in", day(9, 29));
        event(11, "confirmed", day(10, 9));
        struct span_rows r = compute(1);

        assert_int_equal(at(&r, 0, day(10, 9))->done_day, day(9, 29));
        assert_int_equal(at(&r, 0, day(10, 8))->lifecycle, LIFE_HANDED_IN);
}

static void
a_result_handed_back_does_not_keep_its_hundred_percent(void **s)
{
        (void)s;
        event_percent(11, "updated", day(9, 5), 40);
        event_percent(11, "handed_in", day(9, 20), 100);
        event(11, "handed_back", day(9, 22));
        event_percent(11, "handed_in", day(9, 25), 100);
        event(11, "handed_back", day(9, 26));
        event_percent(11, "updated", day(9, 28), 60);
        struct span_rows r = compute(1);

        assert_int_equal(at(&r, 11, day(9, 21))->percent, 100);
        assert_int_equal(at(&r, 11, day(9, 22))->percent, 40);
        assert_int_equal(at(&r, 0, day(9, 22))->percent, 40);
        assert_int_equal(at(&r, 0, day(9, 26))->percent, 40);
        assert_int_equal(at(&r, 0, day(9, 28))->percent, 60);
}

static void
hand_back_reopens_and_keeps_the_deadline(void **s)
{
        (void)s;
        event(11, "handed_in", day(9, 20));
        event(11, "handed_back", day(9, 22));
        struct span_rows r = compute(1);
        const struct span_row *now = at(&r, 0, day(9, 22));

        assert_int_equal(now->lifecycle, LIFE_RETURNED);
        assert_int_equal(now->due, day(9, 30));
        assert_int_equal(now->done_day, DD_NO_DAY);
}

static void
second_result_dated_before_the_hand_back_still_counts(void **s)
{
        (void)s;
        event(11, "handed_in", day(9, 20));
        event(11, "handed_back", day(9, 22));
        event(11, "handed_in", day(9, 21)); /* the paper's date */
        struct span_rows r = compute(1);

        assert_int_equal(at(&r, 0, day(9, 22))->lifecycle, LIFE_HANDED_IN);
        assert_int_equal(at(&r, 0, day(9, 22))->done_day, day(9, 21));
}

static void
result_before_the_plan_shows_from_the_plan_on(void **s)
{
        (void)s;
        event(11, "handed_in", day(3, 27)); /* "Đã tổ chức 27/3/2023" */
        event(11, "confirmed", day(8, 22));
        struct span_rows r = compute(1);

        assert_null(at(&r, 0, day(8, 21)));
        assert_int_equal(at(&r, 0, day(8, 22))->lifecycle, LIFE_DONE);
        assert_int_equal(at(&r, 0, day(8, 22))->done_day, day(3, 27));
}

static void
update_after_the_result_changes_nothing(void **s)
{
        (void)s;
        event(11, "handed_in", day(9, 20));
        event(11, "updated", day(9, 23));
        struct span_rows r = compute(1);

        assert_int_equal(at(&r, 0, day(9, 24))->lifecycle, LIFE_HANDED_IN);
        assert_int_equal(at(&r, 0, day(9, 24))->last_day, day(9, 23));
}

static void
late_record_of_an_early_day_changes_the_past(void **s)
{
        (void)s;
        event(11, "updated", day(9, 20));
        event(11, "received", day(8, 25)); /* written down later */
        struct span_rows r = compute(1);

        assert_int_equal(at(&r, 0, day(8, 26))->lifecycle, LIFE_RECEIVED);
        assert_int_equal(at(&r, 0, day(9, 20))->lifecycle, LIFE_DOING);
}

static void
new_deadline_counts_from_its_day_and_the_original_stays(void **s)
{
        (void)s;
        event(0, "redue", day(9, 1));
        events[0].new_value = S("2023-10-31");
        struct span_rows r = compute(1);

        assert_int_equal(at(&r, 0, day(8, 31))->due, day(9, 30));
        assert_int_equal(at(&r, 0, day(9, 1))->due, day(10, 31));
        assert_int_equal(at(&r, 0, day(9, 1))->original_due, day(9, 30));
}

static void
suspended_loses_its_clock_and_gets_it_back(void **s)
{
        (void)s;
        event(0, "suspended", day(9, 1));
        event(0, "resumed", day(9, 10));
        struct span_rows r = compute(1);

        assert_int_equal(at(&r, 0, day(9, 5))->due, DD_NO_DAY);
        assert_int_equal(at(&r, 0, day(9, 10))->due, day(9, 30));
}

static void
what_nobody_began_is_not_begun_by_resuming_it(void **s)
{
        (void)s;
        event(0, "suspended", day(9, 1));
        event(0, "suspended", day(9, 2));
        event(0, "resumed", day(9, 10));
        event(11, "updated", day(9, 12));
        event(0, "suspended", day(9, 13));
        event(0, "resumed", day(9, 14));
        struct span_rows r = compute(1);

        assert_int_equal(at(&r, 0, day(9, 5))->lifecycle, LIFE_SUSPENDED);
        assert_int_equal(at(&r, 0, day(9, 10))->lifecycle, LIFE_ASSIGNED);
        assert_int_equal(at(&r, 0, day(9, 14))->lifecycle, LIFE_DOING);
}

static void
discontinued_takes_every_lead(void **s)
{
        (void)s;
        event(0, "discontinued", day(9, 5));
        struct span_rows r = compute(2);

        assert_int_equal(at(&r, 0, day(9, 5))->lifecycle, LIFE_DISCONTINUED);
        assert_int_equal(at(&r, 12, day(9, 5))->lifecycle, LIFE_DISCONTINUED);
        assert_int_equal(at(&r, 0, day(9, 4))->lifecycle, LIFE_ASSIGNED);
}

static void
leads_are_named_together(void **s)
{
        (void)s;
        event(11, "assigned", day(8, 22));
        struct span_rows r = compute(2);

        assert_true(str_eq(at(&r, 0, day(8, 22))->leads, S("Sở A; Sở B")));
}

static void
percent_of_the_task_is_the_mean(void **s)
{
        (void)s;
        event(11, "updated", day(9, 5));
        events[0].percent = (struct dd_opt){ 50, true };
        struct span_rows r = compute(2);

        assert_int_equal(at(&r, 0, day(9, 5))->percent, 25);
        assert_int_equal(at(&r, 11, day(9, 5))->percent, 50);
}

static void
what_was_taken_back_was_never_told(void **state)
{
        (void)state;
        event_percent(11, "updated", day(9, 1), 40);
        event_percent(11, "handed_in", day(9, 10), 100);
        taken_back();
        struct span_rows r = compute(1);
        const struct span_row *s = at(&r, 11, day(9, 10));

        assert_int_equal(s->lifecycle, LIFE_DOING);
        assert_int_equal(s->percent, 40);
        assert_int_equal(s->done_day, DD_NO_DAY);
        assert_int_equal(s->last_day, day(9, 1));
        event_percent(11, "handed_in", day(9, 20), 100); /* handed in again: it counts from its own day */
        r = compute(1);
        assert_int_equal(at(&r, 11, day(9, 19))->lifecycle, LIFE_DOING);
        assert_int_equal(at(&r, 11, day(9, 20))->done_day, day(9, 20));
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
        const struct CMUnitTest tests[] = {
                T(lines_have_no_gap_and_no_overlap),
                T(task_is_done_when_all_its_leads_are),
                T(done_day_is_the_day_of_the_result_not_of_the_confirming),
                T(a_result_handed_back_does_not_keep_its_hundred_percent),
                T(hand_back_reopens_and_keeps_the_deadline),
                T(second_result_dated_before_the_hand_back_still_counts),
                T(result_before_the_plan_shows_from_the_plan_on),
                T(update_after_the_result_changes_nothing),
                T(late_record_of_an_early_day_changes_the_past),
                T(new_deadline_counts_from_its_day_and_the_original_stays),
                T(suspended_loses_its_clock_and_gets_it_back),
                T(what_nobody_began_is_not_begun_by_resuming_it),
                T(discontinued_takes_every_lead),
                T(leads_are_named_together),
                T(percent_of_the_task_is_the_mean),
                T(what_was_taken_back_was_never_told),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
