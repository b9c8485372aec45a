/* Transactions: what is kept, what is undone, and which misuse is refused, the same on both engines. */
#include <pthread.h>

#include "test_priv.h"

#define INSERT(id) SQL("INSERT INTO box (id) VALUES (" #id ")")

static enum dd_err
commit_one(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        (void)arg;
        TRY(dd_tx_begin(&tx, c));
        TRY(run_sql(&tx, INSERT(1)));
        return dd_tx_commit(&tx);
}

static enum dd_err
forget_to_commit(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        (void)arg;
        TRY(dd_tx_begin(&tx, c));
        return run_sql(&tx, INSERT(1));
}

static void
test_committed_rows_are_read_back(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(dd_write(&t->c, commit_one, NULL), DD_OK);
        assert_int_equal(number(&t->c, COUNT_BOXES), 1);
}

static void
test_a_transaction_left_open_is_rolled_back(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(dd_write(&t->c, forget_to_commit, NULL), DD_OK);
        assert_int_equal(number(&t->c, COUNT_BOXES), 0);
}

static enum dd_err
inner_undone(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        (void)arg;
        TRY(dd_tx_begin(&tx, c));
        TRY(run_sql(&tx, INSERT(1)));
        {
                AUTO_TX inner = { 0 };

                TRY(dd_tx_begin(&inner, c));
                TRY(run_sql(&inner, INSERT(2)));
        }
        TRY(run_sql(&tx, INSERT(3)));
        return dd_tx_commit(&tx);
}

static void
test_inner_rollback_keeps_the_outer_work(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(dd_write(&t->c, inner_undone, NULL), DD_OK);
        assert_int_equal(number(&t->c, SQL("SELECT sum(id) FROM box")), 4);
}

static enum dd_err
outer_undone(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };
        AUTO_TX inner = { 0 };

        (void)arg;
        TRY(dd_tx_begin(&tx, c));
        TRY(dd_tx_begin(&inner, c));
        TRY(run_sql(&inner, INSERT(2)));
        return dd_tx_commit(&inner);
}

static void
test_outer_rollback_takes_committed_inner_work_along(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(dd_write(&t->c, outer_undone, NULL), DD_OK);
        assert_int_equal(number(&t->c, COUNT_BOXES), 0);
}

static enum dd_err
commit_then_fail(struct dd_ctx *c, void *arg)
{
        TRY(commit_one(c, arg));
        return dd_fail(c, DD_EDENIED, "không được");
}

static void
test_an_action_that_fails_late_stores_nothing(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(dd_write(&t->c, commit_then_fail, NULL), DD_EDENIED);
        assert_int_equal(number(&t->c, COUNT_BOXES), 0);
        assert_true(str_eq(t->c.err_text, S("không được")));
}

static enum dd_err
two_in_a_row(struct dd_ctx *c, void *arg)
{
        int64_t two = 2;

        TRY(commit_one(c, arg));
        return add_box(c, &two);
}

static void
test_two_transactions_in_one_action_are_both_kept(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(dd_write(&t->c, two_in_a_row, NULL), DD_OK);
        assert_int_equal(number(&t->c, COUNT_BOXES), 2);
}

static enum dd_err
second_undone(struct dd_ctx *c, void *arg)
{
        TRY(commit_one(c, arg));
        AUTO_TX tx = { 0 };
        TRY(dd_tx_begin(&tx, c));
        return run_sql(&tx, INSERT(2));
}

static void
test_a_second_transaction_undone_keeps_the_first(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(dd_write(&t->c, second_undone, NULL), DD_OK);
        assert_int_equal(number(&t->c, SQL("SELECT sum(id) FROM box")), 1);
}

static enum dd_err
go_on_after_failure(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        (void)arg;
        TRY(dd_tx_begin(&tx, c));
        TRY(run_sql(&tx, INSERT(1)));
        assert_int_equal(run_sql(&tx, INSERT(1)), DD_ECONFLICT);
        dd_ctx_clear_error(c);
        assert_int_equal(run_sql(&tx, INSERT(2)), DD_EIO);
        dd_ctx_clear_error(c);
        assert_int_equal(dd_tx_commit(&tx), DD_EIO);
        dd_ctx_clear_error(c);
        return DD_OK;
}

static void
test_after_a_failed_statement_nothing_is_committed(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(dd_write(&t->c, go_on_after_failure, NULL), DD_OK);
        assert_int_equal(number(&t->c, COUNT_BOXES), 0);
}

static enum dd_err
recover_inside(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        (void)arg;
        TRY(dd_tx_begin(&tx, c));
        TRY(run_sql(&tx, INSERT(1)));
        {
                AUTO_TX inner = { 0 };

                TRY(dd_tx_begin(&inner, c));
                assert_int_equal(run_sql(&inner, INSERT(1)), DD_ECONFLICT);
                dd_ctx_clear_error(c);
        }
        TRY(run_sql(&tx, INSERT(2)));
        return dd_tx_commit(&tx);
}

static void
test_a_failure_in_an_inner_transaction_can_be_survived(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(dd_write(&t->c, recover_inside, NULL), DD_OK);
        assert_int_equal(number(&t->c, COUNT_BOXES), 2);
}

static enum dd_err
nested_write(struct dd_ctx *c, void *arg)
{
        int64_t two = 2;

        TRY(commit_one(c, arg));
        return dd_write(c, add_box, &two);
}

static void
test_a_write_inside_a_write_joins_it(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(dd_write(&t->c, nested_write, NULL), DD_OK);
        assert_int_equal(number(&t->c, COUNT_BOXES), 2);
}

static enum dd_err
read_own_write(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        TRY(dd_tx_begin(&tx, c));
        TRY(run_sql(&tx, INSERT(7)));
        *(int64_t *)arg = number(c, COUNT_BOXES);
        return dd_tx_commit(&tx);
}

static void
test_a_read_inside_a_write_sees_its_rows(void **state)
{
        struct dd_testdb *t = DB(state);
        int64_t n = 0;

        assert_int_equal(dd_write(&t->c, read_own_write, &n), DD_OK);
        assert_int_equal(n, 1);
}

static void
test_writing_in_a_read_transaction_is_refused(void **state)
{
        struct dd_testdb *t = DB(state);

        {
                AUTO_TX tx = { 0 };

                assert_int_equal(dd_tx_read(&tx, &t->c), DD_OK);
                assert_int_not_equal(run_sql(&tx, INSERT(1)), DD_OK);
        }
        dd_ctx_clear_error(&t->c);
        assert_int_equal(number(&t->c, COUNT_BOXES), 0);
}

static void
test_a_write_transaction_inside_a_read_is_refused(void **state)
{
        struct dd_testdb *t = DB(state);
        AUTO_TX tx = { 0 };
        AUTO_TX inner = { 0 };

        assert_int_equal(dd_tx_read(&tx, &t->c), DD_OK);
        assert_int_equal(dd_tx_begin(&inner, &t->c), DD_EIO);
        dd_ctx_clear_error(&t->c);
        assert_int_equal(dd_write(&t->c, commit_one, NULL), DD_EIO);
}

static void
test_sqlite_refuses_to_write_outside_the_writer(void **state)
{
        struct dd_testdb *t = DB(state);
        AUTO_TX tx = { 0 };

        assert_int_equal(dd_tx_begin(&tx, &t->c), DD_EIO);
}

static void
test_postgresql_writes_without_dd_write(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(commit_one(&t->c, NULL), DD_OK);
        assert_int_equal(number(&t->c, COUNT_BOXES), 1);
}

static void *
write_one(void *c)
{
        if (dd_write(c, commit_one, NULL) != DD_OK)
                ((struct dd_ctx *)c)->err = DD_EIO;
        return NULL;
}

static void
test_a_read_holds_one_moment(void **state)
{
        struct dd_testdb *t = DB(state);
        AUTO_TX outer = { 0 };
        AUTO_TX inner = { 0 };

        assert_int_equal(dd_tx_read(&outer, &t->c), DD_OK);
        assert_int_equal(number_in(&outer, COUNT_BOXES), 0);
        {
                struct dd_ctx other; /* this thread holds a read: another one writes */
                pthread_t thread;

                dd_testdb_ctx(t, &other);
                assert_int_equal(pthread_create(&thread, NULL, write_one, &other), 0);
                pthread_join(thread, NULL);
                assert_int_equal(other.err, DD_OK);
                arena_free(other.arena);
        }
        assert_int_equal(dd_tx_read(&inner, &t->c), DD_OK); /* nested: the same moment */
        assert_int_equal(number_in(&inner, COUNT_BOXES), 0);
        dd_tx_end(&inner);
        assert_int_equal(number_in(&outer, COUNT_BOXES), 0);
        dd_tx_end(&outer);
        assert_int_equal(number(&t->c, COUNT_BOXES), 1);
}

static void
test_a_statement_without_a_transaction_is_refused(void **state)
{
        struct dd_testdb *t = DB(state);
        struct dd_tx tx = { .c = &t->c };

        assert_int_equal(run_sql(&tx, COUNT_BOXES), DD_EIO);
}

static void
test_commit_twice_is_refused(void **state)
{
        struct dd_testdb *t = DB(state);
        AUTO_TX tx = { 0 };

        assert_int_equal(dd_tx_read(&tx, &t->c), DD_OK);
        assert_int_equal(dd_tx_commit(&tx), DD_OK);
        assert_int_equal(dd_tx_commit(&tx), DD_EIO);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                BOTH(test_committed_rows_are_read_back),
                BOTH(test_a_transaction_left_open_is_rolled_back),
                BOTH(test_inner_rollback_keeps_the_outer_work),
                BOTH(test_outer_rollback_takes_committed_inner_work_along),
                BOTH(test_an_action_that_fails_late_stores_nothing),
                BOTH(test_two_transactions_in_one_action_are_both_kept),
                BOTH(test_a_second_transaction_undone_keeps_the_first),
                BOTH(test_after_a_failed_statement_nothing_is_committed),
                BOTH(test_a_failure_in_an_inner_transaction_can_be_survived),
                BOTH(test_a_write_inside_a_write_joins_it),
                BOTH(test_a_read_inside_a_write_sees_its_rows),
                BOTH(test_writing_in_a_read_transaction_is_refused),
                BOTH(test_a_write_transaction_inside_a_read_is_refused),
                SQLITE(test_sqlite_refuses_to_write_outside_the_writer),
                PG(test_postgresql_writes_without_dd_write),
                BOTH(test_a_read_holds_one_moment),
                BOTH(test_a_statement_without_a_transaction_is_refused),
                BOTH(test_commit_twice_is_refused),
        };

        return cmocka_run_group_tests_name("db/tx", tests, NULL, NULL);
}
