/* Every named query is prepared on both databases with the real schema; on SQLite its plan is read too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dd_testdb.h"
#include "q_health.h"
#include "q_table.h"

/* Tables that grow with the years; the others may be read whole. A large one needs a reason: -- scan: in the query. */
static const char *const large[] = {
        "task", "task_event", "task_span", "assignment",    "event_file",         "audit",
        "file", "session",    "document",  "document_item", "document_recipient", "action_key",
};

static bool
same_word(struct str s, size_t from, size_t to, struct str word)
{
        return str_eq(str_sub(s, from, to), word);
}

static size_t
word_end(struct str s, size_t i)
{
        while (i < s.n &&
               (s.p[i] == '_' || (s.p[i] >= '0' && s.p[i] <= '9') || ((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z')))
                i++;
        return i;
}

/* Does name stand for the table in this query: itself, or behind it as an alias? */
static bool
stands_for(struct str sql, struct str name, struct str table)
{
        if (str_eq(name, table))
                return true;
        for (size_t i = 0; i < sql.n;) {
                size_t end = word_end(sql, i);

                if (end == i) {
                        i++;
                        continue;
                }
                if (same_word(sql, i, end, table) && end < sql.n && sql.p[end] == ' ') {
                        size_t to = word_end(sql, end + 1);

                        if (same_word(sql, end + 1, to, S("AS")))
                                to = word_end(sql, (end = to) + 1);
                        if (same_word(sql, end + 1, to, name))
                                return true;
                }
                i = end;
        }
        return false;
}

static bool
names_table(struct str sql, struct str name)
{
        for (size_t i = 0, end; i < sql.n; i = end == i ? i + 1 : end) {
                end = word_end(sql, i);
                if (same_word(sql, i, end, name))
                        return true;
        }
        return false;
}

/* The plan of an INSERT also shows the scan of child tables that only a deferred foreign key would cause; it is not
 * run. For DELETE and UPDATE of a parent it is. */
static bool
is_large(struct str sql, struct str name)
{
        for (size_t i = 0; i < ARRAY_LEN(large); i++)
                if (stands_for(sql, name, str_of(large[i])))
                        return !str_starts(sql, S("INSERT")) || names_table(sql, name);
        return false;
}

static void
open_db(struct dd_testdb *t, bool pg)
{
        assert_true(dd_testdb_open(t, pg));
        enum dd_err err = dd_migrate(&t->c, dd_schema, dd_schema_n, NULL);
        if (err != DD_OK)
                print_error("%.*s\n", FMT(t->c.err_text));
        assert_int_equal(err, DD_OK);
}

/* agency.name may come out as agency_name. */
static bool
fits(struct str column, struct str out)
{
        return str_eq(column, out) || (str_ends(out, column) && out.n > column.n && out.p[out.n - column.n - 1] == '_');
}

/* On SQLite a column that has a plain name must bear the name that -- out gives it: a slip in the order shows. */
static int
check_columns(struct dd_stmt *st, bool pg)
{
        const struct dd_sql *q = st->sql;
        struct str *names;
        size_t n;
        int bad = 0;

        if (dd_stmt_columns(st, &names, &n) != DD_OK)
                return 1;
        if (n != q->n_out && q->n_out > 0) {
                print_error("%s: %s: %zu columns, -- out names %zu\n", q->where, q->name, n, q->n_out);
                return 1;
        }
        for (size_t i = 0; i < q->n_out && !pg; i++)
                if (word_end(names[i], 0) == names[i].n && !fits(names[i], str_of(q->out[i].name))) {
                        print_error("%s: %s: column %zu is %.*s, -- out says %s\n", q->where, q->name, i + 1,
                                    FMT(names[i]), q->out[i].name);
                        bad++;
                }
        return bad;
}

static void
prepare_all(bool pg)
{
        struct dd_testdb t;
        int bad = 0;

        open_db(&t, pg);
        for (size_t i = 0; i < Q_TABLE_N; i++) {
                AUTO_TX tx = { 0 };
                AUTO_STMT st = { 0 };

                assert_int_equal(dd_tx_read(&tx, &t.c), DD_OK);
                if (dd_stmt_open(&st, &tx, q_table[i]) != DD_OK) {
                        print_error("%s: %s does not prepare (the log line above says why)\n", q_table[i]->where,
                                    q_table[i]->name);
                        bad++;
                } else {
                        bad += check_columns(&st, pg);
                }
                dd_ctx_clear_error(&t.c);
        }
        dd_testdb_close(&t);
        assert_int_equal(bad, 0);
}

static void
test_every_statement_prepares_on_sqlite(void **state)
{
        (void)state;
        prepare_all(false);
}

static void
test_every_statement_prepares_on_postgresql(void **state)
{
        (void)state;
        if (!dd_testdb_has_pg())
                skip();
        prepare_all(true);
}

/* Lines of the plan that read a large table from end to end. */
static int
scans(struct dd_ctx *c, const struct dd_sql *q)
{
        AUTO_TX tx = { 0 };
        AUTO_STMT st = { 0 };
        struct dd_sql *explain = arena_alloc(c->arena, sizeof *explain); /* cached by address until the end */
        bool row = true;
        int bad = 0;

        *explain = (struct dd_sql){ .name = q->name };
        explain->sqlite = str_fmt(c->arena, "EXPLAIN QUERY PLAN %s", q->sqlite).p;
        assert_int_equal(dd_tx_read(&tx, c), DD_OK);
        assert_int_equal(dd_stmt_open(&st, &tx, explain), DD_OK);
        for (;;) {
                assert_int_equal(dd_stmt_step(&st, &row), DD_OK);
                if (!row)
                        return bad;
                struct str line = dd_col_str(&st, 3);
                if (!str_starts(line, S("SCAN ")) || str_has(line, S("VIRTUAL TABLE")))
                        continue;
                struct str name = str_sub(line, 5, word_end(line, 5));
                if (is_large(str_of(q->sqlite), name)) {
                        print_error("%s: %s: %.*s\n", q->where, q->name, FMT(line));
                        bad++;
                }
        }
}

static void
test_no_query_scans_a_large_table_without_a_reason(void **state)
{
        struct dd_testdb t;
        int bad = 0;

        (void)state;
        open_db(&t, false);
        for (size_t i = 0; i < Q_TABLE_N; i++)
                if (q_table[i]->scan == NULL)
                        bad += scans(&t.c, q_table[i]);
        dd_testdb_close(&t);
        assert_int_equal(bad, 0);
}

static void
test_statement_names_fit_postgresql(void **state)
{
        (void)state;
        for (size_t i = 0; i < Q_TABLE_N; i++)
                assert_true(strlen(q_table[i]->name) < 63);
}

static void
test_generated_function_answers(void **state)
{
        (void)state;
        for (int pg = 0; pg <= (dd_testdb_has_pg() ? 1 : 0); pg++) {
                struct dd_testdb t;
                int64_t n = 0;

                assert_true(dd_testdb_open(&t, pg != 0));
                {
                        AUTO_TX tx = { 0 };

                        assert_int_equal(dd_tx_read(&tx, &t.c), DD_OK);
                        assert_int_equal(q_health_check(&tx, 42, &n), DD_OK);
                }
                assert_int_equal(n, 42);
                dd_testdb_close(&t);
        }
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_every_statement_prepares_on_sqlite),
                cmocka_unit_test(test_every_statement_prepares_on_postgresql),
                cmocka_unit_test(test_no_query_scans_a_large_table_without_a_reason),
                cmocka_unit_test(test_statement_names_fit_postgresql),
                cmocka_unit_test(test_generated_function_answers),
        };

        return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
