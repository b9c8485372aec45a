/* Timeliness of a day: LOOK.md and DOMAIN 2.2, each rule once. */
#include "dd_state.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct state_rules rules = { .due_soon_days = 7, .silent_days = 30 };

static int32_t
d(int y, int m, int md)
{
        return day_of(y, m, md);
}

static enum task_state
state(int64_t life, int32_t due, int32_t day)
{
        return task_state(&(struct state_in){ life, due, false, DD_NO_DAY }, day, &rules);
}

static struct arena *arena;

static int
setup(void **s)
{
        (void)s;
        arena = arena_new(0);
        return 0;
}

static int
teardown(void **s)
{
        (void)s;
        arena_free(arena);
        return 0;
}

static void
text_is(const struct state_in *in, int32_t day, const char *want)
{
        struct str got = state_text(arena, in, day, &rules);

        assert_int_equal(got.n, strlen(want));
        assert_memory_equal(got.p, want, got.n);
}

static void
day_after_deadline_is_overdue(void **s)
{
        (void)s;
        assert_int_equal(state(LIFE_DOING, d(2023, 9, 30), d(2023, 10, 1)), STATE_OVERDUE);
        assert_int_equal(state(LIFE_ASSIGNED, d(2023, 9, 30), d(2023, 10, 1)), STATE_OVERDUE);
}

static void
day_of_deadline_is_attention_not_overdue(void **s)
{
        (void)s;
        assert_int_equal(state(LIFE_DOING, d(2023, 9, 30), d(2023, 9, 30)), STATE_ATTENTION);
}

static void
window_has_seven_days(void **s)
{
        (void)s;
        assert_int_equal(state(LIFE_DOING, d(2023, 9, 30), d(2023, 9, 23)), STATE_ATTENTION);
        assert_int_equal(state(LIFE_DOING, d(2023, 9, 30), d(2023, 9, 22)), STATE_DOING);
}

static void
handed_in_late_waits_and_is_not_overdue(void **s)
{
        (void)s;
        assert_int_equal(state(LIFE_HANDED_IN, d(2023, 9, 30), d(2023, 12, 1)), STATE_AWAITING);
}

static void
returned_runs_on_the_original_deadline(void **s)
{
        (void)s;
        assert_int_equal(state(LIFE_RETURNED, d(2023, 9, 30), d(2023, 10, 2)), STATE_OVERDUE);
        assert_int_equal(state(LIFE_RETURNED, d(2023, 12, 31), d(2023, 10, 2)), STATE_DOING);
}

static void
nothing_recorded_waits(void **s)
{
        (void)s;
        assert_int_equal(state(LIFE_ASSIGNED, d(2023, 12, 31), d(2023, 9, 30)), STATE_WAITING);
        assert_int_equal(state(LIFE_ASSIGNED, DD_NO_DAY, d(2023, 9, 30)), STATE_WAITING);
}

static void
received_counts_as_begun(void **s)
{
        (void)s;
        assert_int_equal(state(LIFE_RECEIVED, d(2023, 12, 31), d(2023, 9, 30)), STATE_DOING);
}

static void
no_deadline_is_never_overdue(void **s)
{
        (void)s;
        assert_int_equal(state(LIFE_DOING, DD_NO_DAY, d(2099, 1, 1)), STATE_DOING);
}

static void
conditional_deadline_wants_a_look(void **s)
{
        (void)s;
        assert_int_equal(
            task_state(&(struct state_in){ LIFE_DOING, DD_NO_DAY, true, DD_NO_DAY }, d(2023, 9, 30), &rules),
            STATE_ATTENTION);
}

static void
suspended_has_no_clock(void **s)
{
        (void)s;
        assert_int_equal(state(LIFE_SUSPENDED, d(2023, 9, 1), d(2023, 9, 30)), STATE_DOING);
}

static void
dropped_stays_dropped(void **s)
{
        (void)s;
        assert_int_equal(state(LIFE_DISCONTINUED, d(2023, 9, 1), d(2023, 9, 30)), STATE_DROPPED);
}

static void
done_says_before_on_and_after_the_deadline(void **s)
{
        (void)s;
        text_is(&(struct state_in){ LIFE_DONE, d(2023, 9, 30), false, d(2023, 9, 29) }, d(2023, 12, 1),
                "Hoàn thành trước hạn");
        text_is(&(struct state_in){ LIFE_DONE, d(2023, 9, 30), false, d(2023, 9, 30) }, d(2023, 12, 1),
                "Hoàn thành đúng hạn");
        text_is(&(struct state_in){ LIFE_DONE, d(2023, 9, 30), false, d(2023, 10, 3) }, d(2023, 12, 1),
                "Hoàn thành, quá hạn 3 ngày");
        text_is(&(struct state_in){ LIFE_DONE, DD_NO_DAY, false, d(2023, 3, 27) }, d(2023, 12, 1), "Hoàn thành");
}

static void
words_as_people_say_them(void **s)
{
        (void)s;
        text_is(&(struct state_in){ LIFE_DOING, d(2023, 9, 30), false, DD_NO_DAY }, d(2023, 9, 30),
                "Đến hạn trong ngày");
        text_is(&(struct state_in){ LIFE_DOING, d(2023, 9, 30), false, DD_NO_DAY }, d(2023, 9, 28), "Còn 2 ngày");
        text_is(&(struct state_in){ LIFE_DOING, d(2023, 9, 30), false, DD_NO_DAY }, d(2023, 10, 5), "Quá hạn 5 ngày");
        text_is(&(struct state_in){ LIFE_RETURNED, d(2023, 12, 31), false, DD_NO_DAY }, d(2023, 10, 5),
                "Trả lại, làm lại");
        text_is(&(struct state_in){ LIFE_RETURNED, d(2023, 9, 30), false, DD_NO_DAY }, d(2023, 9, 30),
                "Trả lại, làm lại; đến hạn trong ngày");
        text_is(&(struct state_in){ LIFE_RETURNED, d(2023, 9, 30), false, DD_NO_DAY }, d(2023, 10, 2),
                "Trả lại, làm lại; quá hạn 2 ngày");
        text_is(&(struct state_in){ LIFE_DOING, DD_NO_DAY, true, DD_NO_DAY }, d(2023, 10, 5), "Hạn có điều kiện");
}

/* The list's ranges and the function must never disagree: every lifecycle, every due day around the window. */
static void
ranges_select_exactly_the_rows_of_their_state(void **s)
{
        static const int64_t lives[] = { LIFE_ASSIGNED,  LIFE_RECEIVED,  LIFE_DOING, LIFE_RETURNED,
                                         LIFE_SUSPENDED, LIFE_HANDED_IN, LIFE_DONE,  LIFE_DISCONTINUED };
        int32_t day = d(2023, 9, 30);

        (void)s;
        for (size_t l = 0; l < ARRAY_LEN(lives); l++)
                for (int32_t off = -10; off <= 11; off++)
                        for (int conditional = 0; conditional < 2; conditional++) {
                                /* as the projection writes them: 11 stands for no deadline; suspended has none */
                                bool none = off == 11 || conditional || lives[l] == LIFE_SUSPENDED;
                                struct state_in in = { lives[l], none ? DD_NO_DAY : day + off,
                                                       conditional && lives[l] != LIFE_SUSPENDED, day };
                                int32_t key = none ? DAY_FOREVER : day + off;
                                int hits = 0;

                                for (int st = 0; st < STATE_MAX; st++) {
                                        struct state_range r = state_range((enum task_state)st, day, &rules);
                                        int64_t phase = phase_of(in.lifecycle, in.conditional);
                                        bool hit =
                                            phase == r.or_phase || (phase >= r.phase_min && phase <= r.phase_max &&
                                                                    key >= r.due_min && key <= r.due_max);

                                        hits += hit;
                                        if (hit)
                                                assert_int_equal(st, task_state(&in, day, &rules));
                                }
                                assert_int_equal(hits, 1);
                        }
}

static void
names_go_both_ways(void **s)
{
        enum task_state got;

        (void)s;
        for (int st = 0; st < STATE_MAX; st++) {
                assert_true(state_of_name(str_of(state_name((enum task_state)st)), &got));
                assert_int_equal(got, st);
        }
        assert_false(state_of_name(S("nonsense"), &got));
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(day_after_deadline_is_overdue),
                cmocka_unit_test(day_of_deadline_is_attention_not_overdue),
                cmocka_unit_test(window_has_seven_days),
                cmocka_unit_test(handed_in_late_waits_and_is_not_overdue),
                cmocka_unit_test(returned_runs_on_the_original_deadline),
                cmocka_unit_test(nothing_recorded_waits),
                cmocka_unit_test(received_counts_as_begun),
                cmocka_unit_test(no_deadline_is_never_overdue),
                cmocka_unit_test(conditional_deadline_wants_a_look),
                cmocka_unit_test(suspended_has_no_clock),
                cmocka_unit_test(dropped_stays_dropped),
                cmocka_unit_test(done_says_before_on_and_after_the_deadline),
                cmocka_unit_test(words_as_people_say_them),
                cmocka_unit_test(ranges_select_exactly_the_rows_of_their_state),
                cmocka_unit_test(names_go_both_ways),
        };
        return cmocka_run_group_tests(tests, setup, teardown);
}
