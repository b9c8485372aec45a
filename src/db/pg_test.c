/* What only a server can do to us: go away, refuse, be somewhere else. */
#include "test_priv.h"

#include <pthread.h>

static void
test_an_unreachable_server_is_told(void **state)
{
        struct dd_ctx c = { .arena = arena_new(0) };
        struct dd_db *db;

        (void)state;
        assert_int_equal(dd_db_open(&c, S("postgresql://nobody@127.0.0.1:1/none"), &db), DD_EBUSY);
        assert_true(str_starts(c.err_text, S("Chưa kết nối được với cơ sở dữ liệu")));
        assert_false(str_has(c.err_text, S("127.0.0.1")));
        arena_free(c.arena);
}

/* Ends every connection to this test's database, as a restart of the server would. */
static void
end_connections(struct dd_testdb *t)
{
        static const struct dd_sql_col in[] = { { "name", 's', false } };
        static const struct dd_sql sql = {
                .name = "end_connections",
                .pg = "SELECT count(pg_terminate_backend(pid, 2000)) FROM pg_stat_activity WHERE application_name = $1",
                .in = in,
                .n_in = 1,
        };
        struct dd_ctx c = { .arena = arena_new(0) };

        assert_int_equal(dd_db_open(&c, str_of(getenv("DONDOC_TEST_PG")), &c.db), DD_OK);
        {
                AUTO_TX tx = { 0 };
                AUTO_STMT st = { 0 };

                assert_int_equal(dd_tx_read(&tx, &c), DD_OK);
                assert_int_equal(dd_stmt_open(&st, &tx, &sql), DD_OK);
                dd_bind_str(&st, 0, str_of(t->name));
                assert_int_equal(dd_stmt_one(&st), DD_OK);
                assert_true(dd_col_i64(&st, 0) > 0);
        }
        dd_db_close(c.db);
        arena_free(c.arena);
}

static void
test_reading_survives_a_server_restart(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(number(&t->c, COUNT_BOXES), 0);
        end_connections(t);
        assert_int_equal(number(&t->c, COUNT_BOXES), 0);
        assert_int_equal(t->c.err, DD_OK);
}

static void
test_writing_survives_a_server_restart(void **state)
{
        struct dd_testdb *t = DB(state);
        int64_t one = 1;

        assert_int_equal(number(&t->c, COUNT_BOXES), 0);
        end_connections(t);
        assert_int_equal(dd_write(&t->c, add_box, &one), DD_OK);
        assert_int_equal(t->c.err, DD_OK);
        assert_int_equal(number(&t->c, COUNT_BOXES), 1);
}

struct cut {
        struct dd_testdb *t;
        int runs;
};

static enum dd_err
lose_connection_once(struct dd_ctx *c, void *arg)
{
        struct cut *cut = arg;
        AUTO_TX tx = { 0 };

        TRY(dd_tx_begin(&tx, c));
        TRY(run_sql(&tx, SQL("INSERT INTO box (id) VALUES (1)")));
        if (cut->runs++ == 0)
                end_connections(cut->t);
        TRY(run_sql(&tx, SQL("INSERT INTO box (id) VALUES (2)")));
        return dd_tx_commit(&tx);
}

static void
test_an_action_cut_in_the_middle_is_done_again(void **state)
{
        struct dd_testdb *t = DB(state);
        struct cut cut = { t, 0 };

        assert_int_equal(dd_write(&t->c, lose_connection_once, &cut), DD_OK);
        assert_int_equal(cut.runs, 2);
        assert_int_equal(number(&t->c, COUNT_BOXES), 2);
        assert_int_equal(t->c.err, DD_OK);
}

static enum dd_err
lose_connection_at_commit(struct dd_ctx *c, void *arg)
{
        struct cut *cut = arg;
        int64_t one = 1;

        TRY(add_box(c, &one));
        cut->runs++;
        end_connections(cut->t);
        return DD_OK;
}

/* It may have been stored: doing it again blindly would double it. */
static void
test_a_commit_without_answer_is_not_repeated(void **state)
{
        struct dd_testdb *t = DB(state);
        struct cut cut = { t, 0 };

        assert_int_equal(dd_write(&t->c, lose_connection_at_commit, &cut), DD_EIO);
        assert_int_equal(cut.runs, 1);
        assert_true(str_has(t->c.err_text, S("chưa rõ đã ghi được hay chưa")));
}

static enum dd_err
collide(struct dd_ctx *c, void *arg)
{
        struct cut *cut = arg;
        AUTO_TX tx = { 0 };

        TRY(dd_tx_begin(&tx, c));
        if (number_in(&tx, SQL("SELECT n FROM box WHERE id = 1")) < 0)
                return DD_EIO;
        if (cut->runs++ < 2) { /* another server changes the row between our look and our write */
                struct dd_ctx other;
                bool ok;

                dd_testdb_ctx(cut->t, &other);
                other.db = NULL;
                if (dd_db_open(&other, str_of(cut->t->where), &other.db) != DD_OK)
                        return DD_EIO;
                ok = dd_testdb_run(&other, "UPDATE box SET n = n + 10 WHERE id = 1");
                dd_db_close(other.db);
                arena_free(other.arena);
                if (!ok)
                        return DD_EIO;
        }
        TRY(run_sql(&tx, SQL("UPDATE box SET n = n + 1 WHERE id = 1")));
        return dd_tx_commit(&tx);
}

static void
test_a_serialisation_failure_is_done_again(void **state)
{
        struct dd_testdb *t = DB(state);
        struct cut cut = { t, 0 };
        struct dd_db_stats s;
        int64_t one = 1;

        assert_int_equal(dd_write(&t->c, add_box, &one), DD_OK);
        assert_int_equal(dd_write(&t->c, collide, &cut), DD_OK);
        assert_int_equal(cut.runs, 3);
        assert_int_equal(number(&t->c, SQL("SELECT n FROM box WHERE id = 1")), 21);
        dd_db_stats(t->c.db, &s);
        assert_int_equal(s.retries, 2);
}

#define CROWD      12
#define CROWD_ACTS 20

struct one_of_crowd {
        struct dd_db *db;
        pthread_t thread;
        int failed;
};

static enum dd_err
count_up(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        (void)arg;
        TRY(dd_tx_begin(&tx, c));
        TRY(run_sql(&tx, SQL("UPDATE box SET n = n + 1 WHERE id = 1")));
        TRY(run_sql(&tx, SQL("UPDATE box SET n = n + (SELECT count(*) FROM box) - 1 WHERE id = 1")));
        return dd_tx_commit(&tx);
}

static void *
act(void *arg)
{
        struct one_of_crowd *one = arg;
        struct dd_ctx c = { .arena = arena_new(0), .db = one->db };

        for (int i = 0; i < CROWD_ACTS; i++) {
                one->failed += dd_write(&c, count_up, NULL) != DD_OK;
                dd_ctx_clear_error(&c);
        }
        arena_free(c.arena);
        return NULL;
}

static void
test_all_of_a_crowd_get_through(void **state)
{
        struct dd_testdb *t = DB(state);
        struct one_of_crowd v[CROWD] = { 0 };
        struct dd_db_stats s;
        int64_t one = 1;

        assert_int_equal(dd_write(&t->c, add_box, &one), DD_OK);
        for (int i = 0; i < CROWD; i++) {
                v[i].db = t->c.db;
                assert_int_equal(pthread_create(&v[i].thread, NULL, act, &v[i]), 0);
        }
        for (int i = 0; i < CROWD; i++) {
                pthread_join(v[i].thread, NULL);
                assert_int_equal(v[i].failed, 0);
        }
        assert_int_equal(number(&t->c, SQL("SELECT n FROM box WHERE id = 1")), CROWD * CROWD_ACTS);
        dd_db_stats(t->c.db, &s);
        assert_true(s.retries > 0);
}

static void
test_reads_are_told_apart_from_writes(void **state)
{
        struct dd_testdb *t = DB(state);
        AUTO_TX tx = { 0 };

        assert_int_equal(dd_tx_read(&tx, &t->c), DD_OK);
        assert_int_equal(
            number_in(&tx, SQL("SELECT count(*) FROM (SELECT current_setting('transaction_read_only') AS s) q "
                               "WHERE s = 'on'")),
            1);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_an_unreachable_server_is_told),
                PG(test_reading_survives_a_server_restart),
                PG(test_writing_survives_a_server_restart),
                PG(test_an_action_cut_in_the_middle_is_done_again),
                PG(test_a_commit_without_answer_is_not_repeated),
                PG(test_a_serialisation_failure_is_done_again),
                PG(test_all_of_a_crowd_get_through),
                PG(test_reads_are_told_apart_from_writes),
        };

        return cmocka_run_group_tests_name("db/pg", tests, NULL, NULL);
}
