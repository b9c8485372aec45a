/* The writer's groups: who goes with whom, who is told what and when. */
#include <pthread.h>
#include <semaphore.h>

#include "test_priv.h"

struct told {
        int calls;
        enum dd_err err;
        sem_t *done;
};

static void
on_done(void *arg, enum dd_err err)
{
        struct told *told = arg;

        told->calls++;
        told->err = err;
        sem_post(told->done);
}

/* An action that keeps the writer busy until the gate opens. */
static enum dd_err
wait_at_gate(struct dd_ctx *c, void *gate)
{
        (void)c;
        sem_wait(gate);
        return DD_OK;
}

/* Many actions queued while the writer is busy. */
struct crowd {
        struct dd_testdb *t;
        sem_t gate, done;
        struct dd_ctx first, c[200];
        struct told told_first, told[200];
        int64_t id[200];
        struct dd_db_stats before, after;
        int n, half; /* half: the one that fails when it has written; 0: none */
};

/* Adds its box, then fails. */
static enum dd_err
add_half(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        TRY(dd_tx_begin(&tx, c));
        TRY(run_i64(&tx, SQL_IN("INSERT INTO box (id) VALUES ($1)", P_I64), *(int64_t *)arg));
        return DD_EINVAL;
}

static struct crowd *
crowd_new(struct dd_testdb *t, int n)
{
        struct crowd *q = calloc(1, sizeof *q);

        q->t = t;
        q->n = n;
        sem_init(&q->gate, 0, 0);
        sem_init(&q->done, 0, 0);
        dd_testdb_ctx(t, &q->first);
        for (int i = 0; i < n; i++) {
                dd_testdb_ctx(t, &q->c[i]);
                q->id[i] = i + 1;
                q->told[i].done = &q->done;
        }
        q->told_first.done = &q->done;
        return q;
}

static void
crowd_run(struct crowd *q)
{
        struct dd_db *db = q->t->c.db;
        struct dd_db_stats s;

        dd_write_async(db, &q->first, wait_at_gate, &q->gate, on_done, &q->told_first);
        do /* the first is with the writer, alone */
                dd_db_stats(db, &s);
        while (s.queued > 0);
        q->before = s;
        for (int i = 0; i < q->n; i++)
                dd_write_async(db, &q->c[i], q->half > 0 && i == q->half ? add_half : add_box, &q->id[i], on_done,
                               &q->told[i]);
        sem_post(&q->gate);
        for (int i = 0; i < q->n + 1; i++)
                sem_wait(&q->done);
        dd_db_stats(db, &q->after);
}

static void
crowd_free(struct crowd *q)
{
        for (int i = 0; i < q->n; i++)
                arena_free(q->c[i].arena);
        arena_free(q->first.arena);
        free(q);
}

static void
test_what_waits_together_is_committed_together(void **state)
{
        struct crowd *q = crowd_new(DB(state), 20);

        crowd_run(q);
        assert_int_equal(q->after.groups - q->before.groups, 2); /* the gate's, and one for all */
        assert_int_equal(number(&q->t->c, COUNT_BOXES), 20);
        crowd_free(q);
}

static void
test_a_group_holds_fifty_at_most(void **state)
{
        struct crowd *q = crowd_new(DB(state), 120);

        crowd_run(q);
        assert_int_equal(q->after.groups - q->before.groups, 4); /* gate, 50, 50, 20 */
        assert_int_equal(number(&q->t->c, COUNT_BOXES), 120);
        crowd_free(q);
}

static void
test_one_failure_in_a_group_leaves_the_others(void **state)
{
        struct crowd *q = crowd_new(DB(state), 10);

        q->id[4] = q->id[3]; /* a conflict */
        crowd_run(q);
        for (int i = 0; i < 10; i++)
                assert_int_equal(q->told[i].err, i == 4 ? DD_ECONFLICT : DD_OK);
        assert_int_equal(number(&q->t->c, COUNT_BOXES), 9);
        crowd_free(q);
}

static void
test_an_action_that_fails_when_it_has_written_is_undone_alone(void **state)
{
        struct crowd *q = crowd_new(DB(state), 10);

        q->half = 4;
        crowd_run(q);
        for (int i = 0; i < 10; i++) {
                assert_int_equal(q->told[i].err, i == 4 ? DD_EINVAL : DD_OK);
                assert_int_equal(q->told[i].calls, 1);
        }
        assert_int_equal(number(&q->t->c, COUNT_BOXES), 9);
        assert_int_equal(number(&q->t->c, SQL("SELECT count(*) FROM box WHERE id = 5")), 0);
        assert_int_equal(q->after.groups - q->before.groups, 2);
        crowd_free(q);
}

static void
test_one_that_fails_alone_leaves_nothing(void **state)
{
        struct dd_testdb *t = DB(state);
        int64_t id = 7;

        assert_int_equal(dd_write(&t->c, add_half, &id), DD_EINVAL);
        assert_int_equal(number(&t->c, COUNT_BOXES), 0);
        assert_int_equal(dd_write(&t->c, add_box, &id), DD_OK);
        assert_int_equal(number(&t->c, COUNT_BOXES), 1);
}

static void
test_everyone_is_told_exactly_once(void **state)
{
        struct crowd *q = crowd_new(DB(state), 60);

        crowd_run(q);
        assert_int_equal(q->told_first.calls, 1);
        for (int i = 0; i < 60; i++)
                assert_int_equal(q->told[i].calls, 1);
        crowd_free(q);
}

static enum dd_err
shrink(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };
        AUTO_STMT st = { 0 };

        (void)arg;
        TRY(dd_tx_begin(&tx, c));
        TRY(dd_stmt_open(&st, &tx, SQL("PRAGMA max_page_count = 1"))); /* becomes the present size */
        TRY(dd_stmt_done(&st));
        dd_stmt_close(&st);
        return dd_tx_commit(&tx);
}

static enum dd_err
grow(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        (void)arg;
        TRY(dd_tx_begin(&tx, c));
        TRY(run_sql(&tx, SQL("PRAGMA max_page_count = 1000000")));
        return dd_tx_commit(&tx);
}

static enum dd_err
add_large(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };
        AUTO_STMT st = { 0 };
        char *p = arena_alloc(c->arena, 100000);

        (void)arg;
        memset(p, 'x', 100000);
        TRY(dd_tx_begin(&tx, c));
        TRY(dd_stmt_open(&st, &tx, SQL_IN("INSERT INTO box (id, code) VALUES (1000, $1)", P_STR)));
        dd_bind_str(&st, 0, (struct str){ p, 100000 });
        TRY(dd_stmt_done(&st));
        dd_stmt_close(&st);
        return dd_tx_commit(&tx);
}

static void
test_a_full_disk_is_told_and_reading_goes_on(void **state)
{
        struct dd_testdb *t = DB(state);
        int64_t one = 1;

        assert_int_equal(dd_write(&t->c, add_box, &one), DD_OK);
        assert_int_equal(dd_write(&t->c, shrink, NULL), DD_OK);
        assert_int_equal(dd_write(&t->c, add_large, NULL), DD_EFULL);
        assert_true(str_has(t->c.err_text, S("hết chỗ")));
        dd_ctx_clear_error(&t->c);
        assert_int_equal(number(&t->c, COUNT_BOXES), 1);
}

static void
test_writing_resumes_when_there_is_room_again(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(dd_write(&t->c, shrink, NULL), DD_OK);
        assert_int_equal(dd_write(&t->c, add_large, NULL), DD_EFULL);
        dd_ctx_clear_error(&t->c);
        assert_int_equal(dd_write(&t->c, grow, NULL), DD_OK);
        assert_int_equal(dd_write(&t->c, add_large, NULL), DD_OK);
        assert_int_equal(number(&t->c, COUNT_BOXES), 1);
}

/* Whoever was told "stored" is stored, also when SQLite throws the group away in the middle. */
static void
test_a_full_disk_in_the_middle_of_a_group_lies_to_nobody(void **state)
{
        struct dd_testdb *t = DB(state);
        struct crowd *q = crowd_new(t, 11);
        struct dd_db *db = t->c.db;
        int64_t told_ok = 0;

        assert_int_equal(dd_write(&t->c, shrink, NULL), DD_OK);
        dd_write_async(db, &q->first, wait_at_gate, &q->gate, on_done, &q->told_first);
        for (int i = 0; i < 11; i++)
                dd_write_async(db, &q->c[i], i == 5 ? add_large : add_box, &q->id[i], on_done, &q->told[i]);
        sem_post(&q->gate);
        for (int i = 0; i < 12; i++)
                sem_wait(&q->done);
        for (int i = 0; i < 11; i++) {
                told_ok += q->told[i].err == DD_OK;
                assert_true(q->told[i].err == DD_OK || q->told[i].err == DD_EFULL);
        }
        assert_int_equal(q->told[5].err, DD_EFULL);
        assert_int_equal(number(&t->c, COUNT_BOXES), told_ok);
        crowd_free(q);
}

struct adder {
        pthread_t thread;
        struct dd_ctx c;
        int failed;
};

static enum dd_err
increment(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };
        int64_t n;

        (void)arg;
        TRY(dd_tx_begin(&tx, c));
        n = number_in(&tx, SQL("SELECT n FROM box WHERE id = 1")); /* read, then write: lost without order */
        if (n < 0)
                return c->err != DD_OK ? c->err : DD_EIO;
        TRY(run_i64(&tx, SQL_IN("UPDATE box SET n = $1 WHERE id = 1", P_I64), n + 1));
        return dd_tx_commit(&tx);
}

static void *
adder_main(void *arg)
{
        struct adder *a = arg;

        for (int done = 0, tries = 0; done < 50 && tries < 2000; tries++) {
                enum dd_err err = dd_write(&a->c, increment, NULL);

                if (err == DD_OK)
                        done++;
                else if (err != DD_EBUSY) /* busy: nothing was stored, the caller tries again */
                        a->failed++;
                dd_ctx_clear_error(&a->c);
                arena_reset(a->c.arena);
        }
        return NULL;
}

static void
test_no_increment_of_four_threads_is_lost(void **state)
{
        struct dd_testdb *t = DB(state);
        struct adder a[4];
        int64_t one = 1;

        assert_int_equal(dd_write(&t->c, add_box, &one), DD_OK);
        for (int i = 0; i < 4; i++) {
                a[i].failed = 0;
                dd_testdb_ctx(t, &a[i].c);
                assert_int_equal(pthread_create(&a[i].thread, NULL, adder_main, &a[i]), 0);
        }
        for (int i = 0; i < 4; i++) {
                pthread_join(a[i].thread, NULL);
                assert_int_equal(a[i].failed, 0);
                arena_free(a[i].c.arena);
        }
        assert_int_equal(number(&t->c, SQL("SELECT n FROM box WHERE id = 1")), 200);
}

static void
test_reading_does_not_wait_for_a_busy_writer(void **state)
{
        struct dd_testdb *t = DB(state);
        struct crowd *q = crowd_new(t, 0);

        dd_write_async(t->c.db, &q->first, wait_at_gate, &q->gate, on_done, &q->told_first);
        assert_int_equal(number(&t->c, COUNT_BOXES), 0); /* would hang otherwise */
        sem_post(&q->gate);
        sem_wait(&q->done);
        crowd_free(q);
}

static void
test_what_is_queued_at_closing_is_still_stored(void **state)
{
        struct dd_testdb *t = DB(state);
        struct crowd *q = crowd_new(t, 5);
        struct dd_db *db = t->c.db;

        for (int i = 0; i < 5; i++)
                dd_write_async(db, &q->c[i], add_box, &q->id[i], on_done, &q->told[i]);
        dd_db_close(db);
        for (int i = 0; i < 5; i++)
                assert_int_equal(q->told[i].err, DD_OK);
        assert_int_equal(dd_db_open(&t->c, str_of(t->where), &t->c.db), DD_OK);
        assert_int_equal(number(&t->c, COUNT_BOXES), 5);
        crowd_free(q);
}

static void
test_asynchronous_writing_tells_on_both_engines(void **state)
{
        struct dd_testdb *t = DB(state);
        struct crowd *q = crowd_new(t, 1);

        dd_write_async(t->c.db, &q->c[0], add_box, &q->id[0], on_done, &q->told[0]);
        sem_wait(&q->done);
        assert_int_equal(q->told[0].err, DD_OK);
        assert_int_equal(number(&t->c, COUNT_BOXES), 1);
        crowd_free(q);
}

static enum dd_err
wait_for_main(struct dd_ctx *c, void *arg)
{
        (void)c;
        sem_wait(arg);
        return DD_OK;
}

/* On PostgreSQL too the caller, a loop thread of the server, goes on at once. */
static void
test_asynchronous_writing_does_not_hold_its_caller_up(void **state)
{
        struct dd_testdb *t = DB(state);
        struct crowd *q = crowd_new(t, 1);
        struct dd_db_stats s;

        dd_write_async(t->c.db, &q->c[0], wait_for_main, &q->gate, on_done, &q->told[0]);
        dd_db_stats(t->c.db, &s);
        sem_post(&q->gate);
        sem_wait(&q->done);
        assert_int_equal(q->told[0].err, DD_OK);
        crowd_free(q);
}

static void
test_a_crowd_is_written_whole_on_both_engines(void **state)
{
        struct dd_testdb *t = DB(state);
        struct crowd *q = crowd_new(t, 40);

        for (int i = 0; i < 40; i++)
                dd_write_async(t->c.db, &q->c[i], add_box, &q->id[i], on_done, &q->told[i]);
        for (int i = 0; i < 40; i++)
                sem_wait(&q->done);
        for (int i = 0; i < 40; i++)
                assert_int_equal(q->told[i].err, DD_OK);
        assert_int_equal(number(&t->c, COUNT_BOXES), 40);
        crowd_free(q);
}

static enum dd_err
leave_open(struct dd_ctx *c, void *arg)
{
        struct dd_tx *tx = arg;

        TRY(dd_tx_begin(tx, c));
        return run_sql(tx, SQL("INSERT INTO box (id) VALUES (1)"));
}

static void
test_a_function_that_leaves_its_transaction_open_stores_nothing(void **state)
{
        struct dd_testdb *t = DB(state);
        struct dd_tx tx = { 0 };

        assert_int_equal(dd_write(&t->c, leave_open, &tx), DD_EIO);
        dd_ctx_clear_error(&t->c);
        assert_int_equal(number(&t->c, COUNT_BOXES), 0);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                SQLITE(test_what_waits_together_is_committed_together),
                SQLITE(test_a_group_holds_fifty_at_most),
                SQLITE(test_one_failure_in_a_group_leaves_the_others),
                SQLITE(test_an_action_that_fails_when_it_has_written_is_undone_alone),
                BOTH(test_one_that_fails_alone_leaves_nothing),
                SQLITE(test_everyone_is_told_exactly_once),
                SQLITE(test_a_full_disk_is_told_and_reading_goes_on),
                SQLITE(test_writing_resumes_when_there_is_room_again),
                SQLITE(test_a_full_disk_in_the_middle_of_a_group_lies_to_nobody),
                BOTH(test_no_increment_of_four_threads_is_lost),
                SQLITE(test_reading_does_not_wait_for_a_busy_writer),
                SQLITE(test_what_is_queued_at_closing_is_still_stored),
                BOTH(test_asynchronous_writing_tells_on_both_engines),
                BOTH(test_asynchronous_writing_does_not_hold_its_caller_up),
                BOTH(test_a_crowd_is_written_whole_on_both_engines),
                BOTH(test_a_function_that_leaves_its_transaction_open_stores_nothing),
        };

        return cmocka_run_group_tests_name("db/writer", tests, NULL, NULL);
}
