/* Values in and out, faults and what a person reads of them, the same on both engines. */
#include "dd_date.h"
#include "test_priv.h"

static int
open_types(void **state, bool pg)
{
        int rc = open_any(state, pg);
        struct dd_testdb *t = *state;

        if (rc != 0 || t == NULL)
                return rc;
        return dd_testdb_run(&t->c,
                             pg ? "CREATE TABLE v (id BIGINT PRIMARY KEY, s TEXT, b BYTEA, d TEXT, n BIGINT)"
                                : "CREATE TABLE v (id INTEGER PRIMARY KEY, s TEXT, b BLOB, d TEXT, n INTEGER) STRICT")
                   ? 0
                   : -1;
}

static int
types_sqlite(void **state)
{
        return open_types(state, false);
}

static int
types_pg(void **state)
{
        return open_types(state, true);
}

struct row {
        struct str s, b;
        int32_t d;
        struct dd_opt n;
};

static enum dd_err
store_row(struct dd_ctx *c, void *arg)
{
        static const struct dd_sql_col in[] = {
                { "s", 's', true }, { "b", 'b', true }, { "d", 'd', true }, { "n", 'l', true }
        };
        static const struct dd_sql insert = {
                .name = "v_insert",
                .sqlite = "INSERT INTO v (id, s, b, d, n) VALUES (1, ?1, ?2, ?3, ?4) RETURNING id",
                .pg = "INSERT INTO v (id, s, b, d, n) VALUES (1, $1, $2, $3, $4) RETURNING id",
                .in = in,
                .n_in = 4,
        };
        const struct row *r = arg;
        AUTO_TX tx = { 0 };
        AUTO_STMT st = { 0 };

        TRY(dd_tx_begin(&tx, c));
        TRY(dd_stmt_open(&st, &tx, &insert));
        dd_bind_str(&st, 0, r->s);
        dd_bind_blob(&st, 1, r->b);
        dd_bind_date(&st, 2, r->d);
        dd_bind_opt(&st, 3, r->n);
        TRY(dd_stmt_one(&st));
        if (dd_col_i64(&st, 0) != 1)
                return DD_EIO;
        TRY(dd_stmt_done(&st));
        dd_stmt_close(&st);
        return dd_tx_commit(&tx);
}

/* Stores the row, reads it back. */
static struct row
there_and_back(struct dd_testdb *t, struct row in)
{
        struct row out = { 0 };
        AUTO_TX tx = { 0 };
        AUTO_STMT st = { 0 };

        assert_int_equal(dd_write(&t->c, store_row, &in), DD_OK);
        assert_int_equal(dd_tx_read(&tx, &t->c), DD_OK);
        assert_int_equal(dd_stmt_open(&st, &tx, SQL("SELECT s, b, d, n FROM v")), DD_OK);
        assert_int_equal(dd_stmt_one(&st), DD_OK);
        out = (struct row){ dd_col_str(&st, 0), dd_col_blob(&st, 1), dd_col_date(&st, 2), dd_col_opt(&st, 3) };
        return out;
}

static void
test_values_come_back_as_they_went(void **state)
{
        struct dd_testdb *t = DB(state);
        const char bytes[] = { 0, 1, (char)0xff, '\\', 'x', 0 };
        struct row in = {
                S("Đôn đốc 'việc' \"khó\" \\ ok"), { bytes, sizeof bytes }, day_of(2023, 9, 30), { INT64_MAX, true }
        };
        struct row out = there_and_back(t, in);

        assert_true(str_eq(out.s, in.s));
        assert_true(str_eq(out.b, in.b));
        assert_int_equal(out.d, in.d);
        assert_true(out.n.has);
        assert_true(out.n.v == INT64_MAX);
}

static void
test_nothing_comes_back_as_nothing(void **state)
{
        struct dd_testdb *t = DB(state);
        struct row out = there_and_back(t, (struct row){ .d = DD_NO_DAY });

        assert_null(out.s.p);
        assert_null(out.b.p);
        assert_int_equal(out.d, DD_NO_DAY);
        assert_false(out.n.has);
}

static void
test_empty_is_not_nothing(void **state)
{
        struct dd_testdb *t = DB(state);
        struct row out = there_and_back(t, (struct row){ S(""), S(""), day_of(1, 1, 1), { 0, true } });

        assert_non_null(out.s.p);
        assert_int_equal(out.s.n, 0);
        assert_non_null(out.b.p);
        assert_int_equal(out.b.n, 0);
        assert_int_equal(out.d, day_of(1, 1, 1));
        assert_true(out.n.has);
}

static void
test_the_smallest_number_survives(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_true(there_and_back(t, (struct row){ .d = DD_NO_DAY, .n = { INT64_MIN, true } }).n.v == INT64_MIN);
}

static enum dd_err
refused(struct dd_testdb *t, struct row r)
{
        enum dd_err err = dd_write(&t->c, store_row, &r);

        assert_true(t->c.err_text.n > 0);
        return err;
}

static void
test_text_with_nul_is_refused_by_both(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(refused(t, (struct row){ .s = S("a\0b"), .d = DD_NO_DAY }), DD_EINVAL);
}

static void
test_text_that_is_not_utf8_is_refused_by_both(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(refused(t, (struct row){ .s = S("a\xC3"), .d = DD_NO_DAY }), DD_EINVAL);
}

static void
test_a_year_of_five_digits_is_refused(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(refused(t, (struct row){ .d = day_of(9999, 12, 31) + 1 }), DD_EINVAL);
}

/* ---- faults --------------------------------------------------------------------------------------------- */

static enum dd_err
run_text(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        TRY(dd_tx_begin(&tx, c));
        TRY(run_sql(&tx, SQL("INSERT INTO box (id, code) VALUES (1, 'a')")));
        TRY(run_sql(&tx, arg));
        return dd_tx_commit(&tx);
}

/* The code of a statement after box 1 'a' is there; no word of SQL may reach the person. */
static enum dd_err
fault_of(struct dd_testdb *t, const struct dd_sql *sql)
{
        static const char *const secrets[] = { "box", "INSERT", "UNIQUE", "constraint", "SQL", "column", "id" };
        enum dd_err err = dd_write(&t->c, run_text, (void *)sql);

        assert_int_equal(t->c.err, err);
        for (size_t i = 0; i < ARRAY_LEN(secrets); i++)
                assert_false(str_has(t->c.err_text, str_of(secrets[i])));
        dd_ctx_clear_error(&t->c);
        assert_int_equal(number(&t->c, COUNT_BOXES), 0);
        return err;
}

static void
test_a_second_primary_key_is_a_conflict(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(fault_of(t, SQL("INSERT INTO box (id) VALUES (1)")), DD_ECONFLICT);
}

static void
test_a_second_unique_code_is_a_conflict(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(fault_of(t, SQL("INSERT INTO box (id, code) VALUES (2, 'a')")), DD_ECONFLICT);
}

static void
test_a_parent_that_is_not_there_is_invalid(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(fault_of(t, SQL("INSERT INTO box (id, parent) VALUES (2, 99)")), DD_EINVAL);
}

static void
test_a_failed_check_is_invalid(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(fault_of(t, SQL("UPDATE box SET n = -1")), DD_EINVAL);
}

static void
test_a_missing_value_is_invalid(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(fault_of(t, SQL("UPDATE box SET n = NULL")), DD_EINVAL);
}

static void
test_a_table_that_is_not_there_is_internal(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(fault_of(t, SQL("UPDATE no_such SET n = 1")), DD_EIO);
}

static void
test_a_row_that_is_not_there_is_not_found(void **state)
{
        struct dd_testdb *t = DB(state);
        AUTO_TX tx = { 0 };
        AUTO_STMT st = { 0 };

        assert_int_equal(dd_tx_read(&tx, &t->c), DD_OK);
        assert_int_equal(dd_stmt_open(&st, &tx, SQL("SELECT id FROM box WHERE id = 5")), DD_OK);
        assert_int_equal(dd_stmt_one(&st), DD_ENOTFOUND);
        assert_true(str_starts(t->c.err_text, S("Không tìm thấy")));
}

static enum dd_err
update_all(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };
        AUTO_STMT st = { 0 };

        TRY(dd_tx_begin(&tx, c));
        TRY(run_sql(&tx, SQL("INSERT INTO box (id) VALUES (1), (2), (3)")));
        TRY(dd_stmt_open(&st, &tx, SQL("UPDATE box SET n = 1 WHERE id > 1")));
        TRY(dd_stmt_exec(&st, arg));
        dd_stmt_close(&st);
        return dd_tx_commit(&tx);
}

static void
test_affected_rows_are_counted(void **state)
{
        struct dd_testdb *t = DB(state);
        int64_t n = -1;

        assert_int_equal(dd_write(&t->c, update_all, &n), DD_OK);
        assert_int_equal(n, 2);
}

static void
test_one_statement_runs_many_times(void **state)
{
        struct dd_testdb *t = DB(state);
        AUTO_TX tx = { 0 };
        const struct dd_sql *sql = SQL_IN("SELECT $1 + 1", P_I64);

        assert_int_equal(dd_tx_read(&tx, &t->c), DD_OK);
        for (int64_t i = 0; i < 300; i++) {
                AUTO_STMT st = { 0 };

                assert_int_equal(dd_stmt_open(&st, &tx, sql), DD_OK);
                dd_bind_i64(&st, 0, i);
                assert_int_equal(dd_stmt_one(&st), DD_OK);
                assert_int_equal(dd_col_i64(&st, 0), i + 1);
        }
}

static void
test_many_statements_share_one_connection(void **state)
{
        struct dd_testdb *t = DB(state);
        struct dd_sql *sql = calloc(200, sizeof *sql); /* more than the cache begins with */

        for (int round = 0; round < 2; round++)
                for (int i = 0; i < 200; i++) {
                        char *text = NULL;

                        if (round == 0) {
                                assert_true(asprintf(&text, "SELECT %d", i) > 0);
                                sql[i].sqlite = sql[i].pg = text;
                                assert_true(asprintf(&text, "many_%d", i) > 0);
                                sql[i].name = text;
                        }
                        assert_int_equal(number(&t->c, &sql[i]), i);
                }
        dd_db_close(t->c.db); /* before its statements go */
        t->c.db = NULL;
        for (int i = 0; i < 200; i++) {
                free((char *)sql[i].name);
                free((char *)sql[i].pg);
        }
        free(sql);
}

static void
test_truth_and_sums_read_as_numbers(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(number(&t->c, SQL("SELECT 1 = 1")), 1);
        assert_int_equal(number(&t->c, SQL("SELECT 1 = 2")), 0);
        assert_int_equal(number(&t->c, SQL("SELECT sum(x) FROM (SELECT CAST(40 AS BIGINT) AS x UNION ALL SELECT 2) q")),
                         42);
}

#define TYPES(f)                                                                                                       \
        { #f " (sqlite)", f, types_sqlite, close_db, NULL },                                                           \
        {                                                                                                              \
#f " (postgresql)", f, types_pg, close_db, NULL                                                        \
        }

int
main(void)
{
        const struct CMUnitTest tests[] = {
                TYPES(test_values_come_back_as_they_went),
                TYPES(test_nothing_comes_back_as_nothing),
                TYPES(test_empty_is_not_nothing),
                TYPES(test_the_smallest_number_survives),
                TYPES(test_text_with_nul_is_refused_by_both),
                TYPES(test_text_that_is_not_utf8_is_refused_by_both),
                TYPES(test_a_year_of_five_digits_is_refused),
                BOTH(test_a_second_primary_key_is_a_conflict),
                BOTH(test_a_second_unique_code_is_a_conflict),
                BOTH(test_a_parent_that_is_not_there_is_invalid),
                BOTH(test_a_failed_check_is_invalid),
                BOTH(test_a_missing_value_is_invalid),
                BOTH(test_a_table_that_is_not_there_is_internal),
                BOTH(test_a_row_that_is_not_there_is_not_found),
                BOTH(test_affected_rows_are_counted),
                BOTH(test_one_statement_runs_many_times),
                BOTH(test_many_statements_share_one_connection),
                BOTH(test_truth_and_sums_read_as_numbers),
        };

        return cmocka_run_group_tests_name("db/stmt", tests, NULL, NULL);
}
