/* Emptying a PostgreSQL schema for a demonstration made anew; for SQLite its files are removed. */
#include "db_priv.h"

static const struct dd_sql sql_tables = { .name = "empty tables",
                                          .pg = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()" };
static const struct dd_sql sql_ours = { .name = "empty ours",
                                        .pg = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND "
                                              "tablename IN ('committee', 'task_span', 'audit')" };
static const struct dd_sql_col name_in[] = { { "name", 's', true } };
static const struct dd_sql sql_others = {
        .name = "empty others", .pg = "SELECT count(*) FROM committee WHERE name <> $1", .in = name_in, .n_in = 1
};
static const char drop_all[] =
    "DO $$ DECLARE r record; BEGIN "
    "FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP "
    "EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', r.tablename); END LOOP; "
    "FOR r IN SELECT oid::regprocedure AS f FROM pg_proc WHERE pronamespace = current_schema()::regnamespace "
    "AND proname = 'audit_keep' LOOP EXECUTE 'DROP FUNCTION ' || r.f || ' CASCADE'; END LOOP; END $$";

static enum dd_err
count(struct dd_tx *tx, const struct dd_sql *sql, const struct str *name, int64_t *ret)
{
        AUTO_STMT st = { 0 };

        TRY(dd_stmt_open(&st, tx, sql));
        if (name != NULL)
                dd_bind_str(&st, 0, *name);
        TRY(dd_stmt_one(&st));
        *ret = dd_col_i64(&st, 0);
        return DD_OK;
}

static enum dd_err
empty(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };
        int64_t tables, ours, others = 0;

        TRY(dd_tx_begin(&tx, c));
        TRY(count(&tx, &sql_tables, NULL, &tables));
        TRY(count(&tx, &sql_ours, NULL, &ours));
        if (ours == 3)
                TRY(count(&tx, &sql_others, arg, &others));
        if (tables > 0 && (ours != 3 || others > 0))
                return dd_fail(
                    c, DD_ECONFLICT,
                    "Cơ sở dữ liệu này có dữ liệu khác bản trình diễn nên không xóa gì. Hãy dùng một cơ sở dữ liệu "
                    "trống cho bản trình diễn.");
        TRY(c->db->engine->script(tx.conn, c, drop_all));
        return dd_tx_commit(&tx);
}

enum dd_err
dd_db_empty(struct dd_ctx *c, struct str committee)
{
        if (c->db->engine != &db_pg)
                return dd_fail(c, DD_EINVAL, "Chỉ dùng cho PostgreSQL.");
        return dd_write(c, empty, &committee);
}
