/* Forward-only migrations, one transaction each, with a checksum, so that a database and a program that do not belong
 * together find out before anything is written (DESIGN section 4). */
#include "db_priv.h"

static const struct dd_sql sql_exists = {
        .name = "migration_exists",
        .sqlite = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'dd_migration'",
        .pg = "SELECT count(*) FROM pg_catalog.pg_class WHERE relkind = 'r' AND oid = to_regclass('dd_migration')",
};
/* Several servers may start at once: the second waits, and must then see what the first did. */
static const struct dd_sql sql_isolation = {
        .name = "migration_isolation",
        .sqlite = "SELECT 1",
        .pg = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED",
};
static const struct dd_sql sql_lock = {
        .name = "migration_lock",
        .sqlite = "SELECT 1",
        .pg = "SELECT pg_advisory_xact_lock(1685024356)",
};
static const struct dd_sql sql_list = {
        .name = "migration_list",
        .sqlite = "SELECT version, checksum FROM dd_migration ORDER BY version",
        .pg = "SELECT version, checksum FROM dd_migration ORDER BY version",
};
static const struct dd_sql sql_insert = {
        .name = "migration_insert",
        .sqlite = "INSERT INTO dd_migration (version, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)",
        .pg = "INSERT INTO dd_migration (version, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
        .in = (const struct dd_sql_col[]){ { "version", 'l', false },
                                           { "name", 's', false },
                                           { "checksum", 's', false },
                                           { "applied_at", 'l', false } },
        .n_in = 4,
};
static const char create_table[] = "CREATE TABLE IF NOT EXISTS dd_migration (version BIGINT PRIMARY KEY, "
                                   "name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL);";

struct plan {
        const struct dd_migration *v;
        size_t n;
        int64_t at; /* version of the database */
};

static enum dd_err
exec(struct dd_tx *tx, const struct dd_sql *sql)
{
        AUTO_STMT st = { 0 };

        TRY(dd_stmt_open(&st, tx, sql));
        return dd_stmt_done(&st);
}

static struct str
checksum(struct dd_ctx *c, const struct dd_migration *m)
{
        const char *text = c->db->engine == &db_sqlite ? m->sqlite : m->pg;
        uint8_t sum[32];

        dd_sha256(text, strlen(text), sum);
        return dd_hex(c->arena, sum, sizeof sum);
}

/* Reads what was applied and compares. */
static enum dd_err
compare(struct dd_tx *tx, struct plan *p)
{
        AUTO_STMT st = { 0 };
        bool row;

        p->at = 0;
        TRY(dd_stmt_open(&st, tx, &sql_list));
        for (;;) {
                TRY(dd_stmt_step(&st, &row));
                if (!row)
                        break;
                p->at = dd_col_i64(&st, 0);
                if (p->at < 1 || (size_t)p->at > p->n)
                        continue;
                const struct dd_migration *m = &p->v[p->at - 1];
                if (!str_eq(dd_col_str(&st, 1), checksum(tx->c, m)))
                        return dd_fail(
                            tx->c, DD_ECONFLICT,
                            "Bước nâng cấp dữ liệu %04d (%s) khác với bước từng chạy trên cơ sở dữ liệu này. "
                            "Chương trình không ghi gì; hãy cài đúng bản dondoc đã dùng với dữ liệu này.",
                            m->version, m->name);
        }
        if (p->at > (int64_t)p->n)
                return dd_fail(tx->c, DD_ECONFLICT,
                               "Cơ sở dữ liệu ở phiên bản %d, mới hơn chương trình này (phiên bản %zu). Chương trình "
                               "không ghi gì; hãy cài bản dondoc mới hơn.",
                               (int)p->at, p->n);
        return DD_OK;
}

static enum dd_err
locked(struct dd_tx *tx, struct dd_ctx *c)
{
        TRY(dd_tx_begin(tx, c));
        TRY(exec(tx, &sql_isolation));
        return exec(tx, &sql_lock);
}

static enum dd_err
start(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        TRY(locked(&tx, c));
        TRY(c->db->engine->script(tx.conn, c, create_table));
        TRY(compare(&tx, arg));
        return dd_tx_commit(&tx);
}

static enum dd_err
apply_next(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };
        struct plan *p = arg;

        TRY(locked(&tx, c));
        TRY(compare(&tx, p));
        if ((size_t)p->at < p->n) {
                const struct dd_migration *m = &p->v[p->at];
                AUTO_STMT st = { 0 };

                TRY(c->db->engine->script(tx.conn, c, c->db->engine == &db_sqlite ? m->sqlite : m->pg));
                TRY(dd_stmt_open(&st, &tx, &sql_insert));
                dd_bind_i64(&st, 0, m->version);
                dd_bind_str(&st, 1, str_of(m->name));
                dd_bind_str(&st, 2, checksum(c, m));
                dd_bind_i64(&st, 3, c->now);
                TRY(dd_stmt_done(&st));
        }
        return dd_tx_commit(&tx);
}

enum dd_err
dd_migrate(struct dd_ctx *c, const struct dd_migration *v, size_t n, int *ret_applied)
{
        struct plan p = { .v = v, .n = n };
        int applied = 0;

        TRY(dd_write(c, start, &p));
        while ((size_t)p.at < n) {
                const struct dd_migration *m = &v[p.at];
                enum dd_err err = dd_write(c, apply_next, &p);

                if (err != DD_OK) {
                        dd_log(DD_LOG_ERROR, "db: migration %04d %s was not applied", m->version, m->name);
                        return err;
                }
                dd_log(DD_LOG_INFO, "db: migration %04d %s", m->version, m->name);
                p.at++;
                applied++;
        }
        if (ret_applied != NULL)
                *ret_applied = applied;
        return DD_OK;
}

enum dd_err
dd_schema_version(struct dd_ctx *c, int *ret)
{
        AUTO_TX tx = { 0 };
        AUTO_STMT st = { 0 };
        bool row;

        *ret = 0;
        TRY(dd_tx_read(&tx, c));
        TRY(dd_stmt_open(&st, &tx, &sql_exists));
        TRY(dd_stmt_one(&st));
        if (dd_col_i64(&st, 0) == 0)
                return DD_OK;
        dd_stmt_close(&st);
        TRY(dd_stmt_open(&st, &tx, &sql_list));
        for (;;) {
                TRY(dd_stmt_step(&st, &row));
                if (!row)
                        return DD_OK;
                *ret = (int)dd_col_i64(&st, 0);
        }
}
