/* The kept figures of the board against the spans they are made from, day by day, on both databases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dd_board_keep.h"
#include "dd_committee.h"
#include "dd_plan.h"
#include "dd_task.h"
#include "dd_testdb.h"
#include "q_board.h"
#include "q_document.h"
#include "q_plan.h"
#include "q_task.h"

#define TASKS 60

struct desk {
        struct dd_testdb t;
        int32_t begin;
        uint32_t seed;
        int64_t plan, tasks[TASKS];
};

static int32_t
dice(struct desk *d, int32_t n)
{
        d->seed = d->seed * 1664525u + 1013904223u;
        return (int32_t)(d->seed >> 16) % n;
}

static enum dd_err
make_plan(struct dd_ctx *c, struct desk *d)
{
        AUTO_TX tx = { 0 };
        int64_t document;

        TRY(committee_create(c, &(struct committee_in){ S("Ban"), S("Ban"), S("UBND"), S("BAN"), S("Tây Ninh") },
                             &c->committee_id));
        TRY(dd_tx_begin(&tx, c));
        TRY(q_document_put(
            &tx,
            &(struct q_document_put_args){
                .committee_id = c->committee_id, .number = S("1/KH"), .day = d->begin, .title = S("Kế hoạch") },
            &document));
        TRY(q_plan_insert(&tx,
                          &(struct q_plan_insert_args){ .committee_id = c->committee_id,
                                                        .document_id = document,
                                                        .number = S("1/KH"),
                                                        .number_fold = S("1/kh"),
                                                        .title = S("Kế hoạch"),
                                                        .year = 2024,
                                                        .issued = d->begin },
                          &d->plan));
        return dd_tx_commit(&tx);
}

static enum dd_err
one_task(struct dd_tx *tx, struct desk *d, int64_t *ret)
{
        static const char *const names[] = { "Sở Tài chính", "Sở Nội vụ", "Sở Y tế", "Sở Xây dựng" };
        struct mention who[2];
        struct mentions lead = { who, dice(d, 3) == 0 ? 2 : 1, 2 };
        bool relative = dice(d, 6) == 0;

        for (size_t i = 0, first = (size_t)dice(d, 4); i < 2; i++) {
                struct str name = str_of(names[(first + i) % 4]);

                who[i] = (struct mention){ .text = name, .name = name, .kind = AK_DEPARTMENT };
        }
        return task_create(
            tx,
            &(struct task_new){ .plan_id = d->plan,
                                .title = S("Việc"),
                                .deadline_kind = relative ? "relative" : "date",
                                .start_day = DD_NO_DAY,
                                .due = relative || dice(d, 5) == 0 ? DD_NO_DAY : d->begin + 20 + dice(d, 80),
                                .from_day = d->begin + dice(d, 10),
                                .lead = &lead },
            ret);
}

static enum dd_err
one_event(struct dd_tx *tx, struct desk *d, int64_t task, int32_t day)
{
        static const char *const kinds[] = { "received",    "updated",   "handed_in", "confirmed",
                                             "handed_back", "confirmed", "redue",     "suspended",
                                             "resumed",     "handed_in", "updated",   "discontinued" };
        struct q_assignment_rows as;
        const char *kind = kinds[dice(d, dice(d, 4) == 0 ? 12 : 11)];
        int64_t id;

        TRY(q_assignment_list(tx, tx->c->committee_id, task, &as));
        TRY(q_event_insert(
            tx,
            &(struct q_event_insert_args){ .committee_id = tx->c->committee_id,
                                           .task_id = task,
                                           .assignment_id = dice(d, 4) == 0 ? 0 : as.v[dice(d, (int32_t)as.n)].id,
                                           .kind = str_of(kind),
                                           .day = day - dice(d, 6),
                                           .doc_day = DD_NO_DAY,
                                           .new_value = day_iso(tx->c->arena, day + 10 + dice(d, 30)) },
            &id));
        return span_project(tx, task);
}

static enum dd_err
live(struct dd_ctx *c, void *arg)
{
        struct desk *d = arg;
        AUTO_TX tx = { 0 };

        TRY(make_plan(c, d));
        TRY(dd_tx_begin(&tx, c));
        for (int i = 0; i < TASKS; i++) {
                c->today = c->as_of = d->begin + i / 6;
                TRY(one_task(&tx, d, &d->tasks[i]));
        }
        for (int i = 0; i < 6 * TASKS; i++) {
                c->today = c->as_of = d->begin + 10 + i / 4;
                TRY(one_event(&tx, d, d->tasks[dice(d, TASKS)], c->today));
        }
        return dd_tx_commit(&tx);
}

static enum dd_err
set_rule(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };
        struct q_board_day_row day;
        bool found;

        TRY(dd_tx_begin(&tx, c));
        TRY(q_board_day_get(&tx, c->committee_id, &day, &found));
        assert_true(found);
        TRY(q_board_day_set(&tx, c->committee_id, day.day, *(int64_t *)arg, NULL));
        return dd_tx_commit(&tx);
}

static enum dd_err
recount(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        (void)arg;
        TRY(dd_tx_begin(&tx, c));
        TRY(board_recount(&tx));
        return dd_tx_commit(&tx);
}

static void
assert_same(const struct board *a, const struct board *b, const struct board *totals)
{
        assert_memory_equal(a->n, b->n, sizeof a->n);
        assert_memory_equal(a->n, totals->n, sizeof a->n);
        assert_int_equal(a->total, b->total);
        assert_int_equal(a->total, totals->total);
        assert_int_equal(a->done_on_time, b->done_on_time);
        assert_int_equal(a->done_late, b->done_late);
        assert_int_equal(a->done_no_due, b->done_no_due);
        assert_int_equal(a->due_by_now, b->due_by_now);
        assert_int_equal(a->due_today, b->due_today);
        assert_int_equal(a->remaining, b->remaining);
        assert_int_equal(a->silent_agencies, b->silent_agencies);
        assert_int_equal(a->n_lines, b->n_lines);
        for (size_t i = 0; i < a->n_lines; i++) {
                assert_int_equal(a->lines[i].agency_id, b->lines[i].agency_id);
                assert_memory_equal(a->lines[i].n, b->lines[i].n, sizeof a->lines[i].n);
                assert_int_equal(a->lines[i].total, b->lines[i].total);
                assert_int_equal(a->lines[i].last_day, b->lines[i].last_day);
                assert_int_equal(a->lines[i].silent, b->lines[i].silent);
                assert_true(a->lines[i].silent >= 0);
                assert_int_equal(a->lines[i].no_member, b->lines[i].no_member);
        }
}

/* The kept figures of every day, the day's own and those of readers who come later or look back. */
static void
compare_days(struct desk *d)
{
        enum { DAYS = 140 };
        struct dd_ctx *c = &d->t.c;
        static struct board kept[DAYS], totals[DAYS];
        int64_t other = 99, real = 7;

        for (int i = 0; i < DAYS; i++) {
                c->as_of = d->begin - 2 + i;
                assert_int_equal(board_make(c, 0, &kept[i]), DD_OK);
                assert_int_equal(board_totals(c, &totals[i]), DD_OK);
        }
        assert_int_equal(dd_write(c, set_rule, &other), DD_OK); /* made by other rules: the spans are asked */
        for (int i = 0; i < DAYS; i++) {
                struct board counted;

                c->as_of = d->begin - 2 + i;
                assert_int_equal(board_make(c, 0, &counted), DD_OK);
                assert_same(&kept[i], &counted, &totals[i]);
        }
        assert_int_equal(dd_write(c, set_rule, &real), DD_OK);
}

static void
silence_is_counted_from_what_the_agency_was_told_or_told(void **state)
{
        (void)state;
        assert_int_equal(silent_days(100, 90, 10), 10);
        assert_int_equal(silent_days(100, DD_NO_DAY, 10), 90);
        assert_int_equal(silent_days(100, DD_NO_DAY, 784), 0);
        assert_int_equal(silent_days(100, DD_NO_DAY, DD_NO_DAY), 0);
}

static void
kept_equals_counted(bool pg)
{
        struct desk d = { .begin = day_of(2024, 3, 1), .seed = 7 };

        assert_true(dd_testdb_open(&d.t, pg));
        struct dd_ctx *c = &d.t.c;
        c->is_system = true;
        c->origin = S("test");
        c->today = c->as_of = d.begin;
        assert_int_equal(dd_migrate(c, dd_schema, dd_schema_n, NULL), DD_OK);
        assert_int_equal(dd_write(c, live, &d), DD_OK);
        compare_days(&d);
        c->today += 9; /* nothing happens for days: only the base moves on */
        assert_int_equal(board_roll_all(c), DD_OK);
        compare_days(&d);
        assert_int_equal(dd_write(c, recount, NULL), DD_OK);
        compare_days(&d);
        dd_testdb_close(&d.t);
}

static void
test_kept_figures_equal_the_spans_on_every_day(void **state)
{
        (void)state;
        kept_equals_counted(false);
}

static void
test_kept_figures_equal_the_spans_on_postgresql(void **state)
{
        (void)state;
        if (!dd_testdb_has_pg())
                skip();
        kept_equals_counted(true);
}

int
main(void)
{
        const struct CMUnitTest tests[] = { cmocka_unit_test(silence_is_counted_from_what_the_agency_was_told_or_told),
                                            cmocka_unit_test(test_kept_figures_equal_the_spans_on_every_day),
                                            cmocka_unit_test(test_kept_figures_equal_the_spans_on_postgresql) };

        return cmocka_run_group_tests_name("board", tests, NULL, NULL);
}
