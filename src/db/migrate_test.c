/* Migrations: forward only, whole or not at all, and no program on a database that is not its own. */
#include <pthread.h>

#include "test_priv.h"

#define SAME(text) text, text

static const struct dd_migration v1[] = {
        { 1, "0001_a", SAME("CREATE TABLE a (id BIGINT PRIMARY KEY); INSERT INTO a VALUES (1);") },
};
static const struct dd_migration v2[] = {
        { 1, "0001_a", SAME("CREATE TABLE a (id BIGINT PRIMARY KEY); INSERT INTO a VALUES (1);") },
        { 2, "0002_b", SAME("CREATE TABLE b (id BIGINT PRIMARY KEY);\nINSERT INTO b SELECT id + 1 FROM a;") },
};
static const struct dd_migration changed[] = {
        { 1, "0001_a", SAME("CREATE TABLE a (id BIGINT PRIMARY KEY);") },
};
static const struct dd_migration broken[] = {
        { 1, "0001_a", SAME("CREATE TABLE a (id BIGINT PRIMARY KEY); INSERT INTO a VALUES (1);") },
        { 2, "0002_b", SAME("CREATE TABLE b (id BIGINT PRIMARY KEY); INSERT INTO no_such VALUES (1);") },
};

static int
version(struct dd_testdb *t)
{
        int v = -1;

        assert_int_equal(dd_schema_version(&t->c, &v), DD_OK);
        return v;
}

static void
test_an_empty_database_has_version_zero(void **state)
{
        assert_int_equal(version(DB(state)), 0);
}

static void
test_all_steps_run_in_order(void **state)
{
        struct dd_testdb *t = DB(state);
        int applied = -1;

        assert_int_equal(dd_migrate(&t->c, v2, 2, &applied), DD_OK);
        assert_int_equal(applied, 2);
        assert_int_equal(version(t), 2);
        assert_int_equal(number(&t->c, SQL("SELECT id FROM b")), 2);
}

static void
test_a_second_run_does_nothing(void **state)
{
        struct dd_testdb *t = DB(state);
        int applied = -1;

        assert_int_equal(dd_migrate(&t->c, v2, 2, NULL), DD_OK);
        assert_int_equal(dd_migrate(&t->c, v2, 2, &applied), DD_OK);
        assert_int_equal(applied, 0);
}

static void
test_only_the_missing_step_runs(void **state)
{
        struct dd_testdb *t = DB(state);
        int applied = -1;

        assert_int_equal(dd_migrate(&t->c, v1, 1, NULL), DD_OK);
        assert_int_equal(dd_migrate(&t->c, v2, 2, &applied), DD_OK);
        assert_int_equal(applied, 1);
}

static void
test_a_newer_database_is_refused(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(dd_migrate(&t->c, v2, 2, NULL), DD_OK);
        assert_int_equal(dd_migrate(&t->c, v1, 1, NULL), DD_ECONFLICT);
        assert_true(str_has(t->c.err_text, S("mới hơn chương trình này")));
        assert_true(str_has(t->c.err_text, S("cài bản dondoc mới hơn")));
}

static void
test_a_changed_step_is_refused(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(dd_migrate(&t->c, v1, 1, NULL), DD_OK);
        assert_int_equal(dd_migrate(&t->c, changed, 1, NULL), DD_ECONFLICT);
        assert_true(str_has(t->c.err_text, S("0001")));
}

static void
test_a_broken_step_leaves_nothing_behind(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_not_equal(dd_migrate(&t->c, broken, 2, NULL), DD_OK);
        dd_ctx_clear_error(&t->c);
        assert_int_equal(version(t), 1);
        assert_int_equal(number(&t->c, SQL("SELECT count(*) FROM b")), -1);
        dd_ctx_clear_error(&t->c);
        assert_int_equal(dd_migrate(&t->c, v2, 2, NULL), DD_OK); /* mended, it goes on from there */
        assert_int_equal(number(&t->c, SQL("SELECT count(*) FROM b")), 1);
}

static void
test_the_product_schema_applies(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_true(dd_schema_n > 0);
        assert_int_equal(dd_migrate(&t->c, dd_schema, dd_schema_n, NULL), DD_OK);
        assert_int_equal(version(t), (int)dd_schema_n);
}

static void *
migrate_main(void *arg)
{
        struct dd_ctx *c = arg;

        if (dd_migrate(c, v2, 2, NULL) == DD_OK)
                c->err = DD_OK;
        return NULL;
}

/* Two servers start at once on one PostgreSQL. */
static void
test_two_servers_starting_at_once_agree(void **state)
{
        struct dd_testdb *t = DB(state);
        struct dd_ctx c[2];
        pthread_t thread[2];

        for (int i = 0; i < 2; i++) {
                dd_testdb_ctx(t, &c[i]);
                assert_int_equal(dd_db_open(&c[i], str_of(t->where), &c[i].db), DD_OK);
        }
        for (int i = 0; i < 2; i++)
                assert_int_equal(pthread_create(&thread[i], NULL, migrate_main, &c[i]), 0);
        for (int i = 0; i < 2; i++) {
                pthread_join(thread[i], NULL);
                assert_int_equal(c[i].err, DD_OK);
                dd_db_close(c[i].db);
                arena_free(c[i].arena);
        }
        assert_int_equal(number(&t->c, SQL("SELECT count(*) FROM b")), 1);
        assert_int_equal(version(t), 2);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                BOTH(test_an_empty_database_has_version_zero),  BOTH(test_all_steps_run_in_order),
                BOTH(test_a_second_run_does_nothing),           BOTH(test_only_the_missing_step_runs),
                BOTH(test_a_newer_database_is_refused),         BOTH(test_a_changed_step_is_refused),
                BOTH(test_a_broken_step_leaves_nothing_behind), BOTH(test_the_product_schema_applies),
                PG(test_two_servers_starting_at_once_agree),
        };

        return cmocka_run_group_tests_name("db/migrate", tests, NULL, NULL);
}
