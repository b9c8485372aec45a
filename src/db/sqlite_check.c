/* Is the file sound, and what does it hold: SQLite's own checks, and a digest of every table's rows. */
#include <sqlite3.h>

#include "db_priv.h"

static enum dd_err
pragma(sqlite3 *h, struct dd_ctx *c, const char *sql, struct strs *ret)
{
        sqlite3_stmt *st = NULL;
        int rc = sqlite3_prepare_v2(h, sql, -1, &st, NULL);

        while (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW) {
                const char *text = (const char *)sqlite3_column_text(st, 0);

                if (text == NULL || strcmp(text, "ok") != 0)
                        *VEC_PUSH(c->arena, ret) =
                            str_fmt(c->arena, "%s: %s", sql + 7, text == NULL ? "?" : text); /* behind "PRAGMA " */
                rc = SQLITE_OK;
        }
        sqlite3_finalize(st);
        if (rc == SQLITE_DONE)
                return DD_OK;
        *VEC_PUSH(c->arena, ret) = str_fmt(c->arena, "%s: %s", sql + 7, sqlite3_errmsg(h));
        return DD_OK;
}

static enum dd_err
both(sqlite3 *h, struct dd_ctx *c, struct strs *ret)
{
        TRY(pragma(h, c, "PRAGMA integrity_check(20)", ret));
        return pragma(h, c, "PRAGMA foreign_key_check", ret);
}

enum dd_err
dd_db_check(struct dd_ctx *c, struct strs *ret)
{
        AUTO_TX tx = { 0 };

        *ret = (struct strs){ 0 };
        if (c->db->engine != &db_sqlite)
                return DD_OK;
        TRY(dd_tx_read(&tx, c));
        return both(tx.conn->h, c, ret);
}

/* ---- digests ---------------------------------------------------------------------------------------------- */

/* Type, length and bytes of every value, chained over the rows. */
static void
add_row(sqlite3_stmt *st, struct dd_buf *b, struct dd_db_table *t)
{
        int n = sqlite3_column_count(st);

        buf_reset(b);
        buf_put(b, t->hash, sizeof t->hash);
        for (int i = 0; i < n; i++) {
                int type = sqlite3_column_type(st, i), len;
                const void *p = sqlite3_column_blob(st, i);

                len = sqlite3_column_bytes(st, i);
                buf_fmt(b, "|%d:%d:", type, len);
                buf_put(b, p == NULL ? "" : p, (size_t)len);
        }
        dd_sha256(b->p, b->n, t->hash);
        t->rows++;
}

/* In the order of the primary key, so that two copies of the same rows give the same digest. */
static struct str
row_query(sqlite3 *h, struct arena *a, struct str table)
{
        sqlite3_stmt *st = NULL;
        AUTO_BUF keys = { 0 };

        if (sqlite3_prepare_v2(h, "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk", -1, &st, NULL) ==
            SQLITE_OK) {
                sqlite3_bind_text(st, 1, table.p, (int)table.n, SQLITE_STATIC);
                while (sqlite3_step(st) == SQLITE_ROW)
                        buf_fmt(&keys, "%s\"%s\"", keys.n > 0 ? ", " : "", sqlite3_column_text(st, 0));
        }
        sqlite3_finalize(st);
        return str_fmt(a, "SELECT * FROM \"%.*s\" ORDER BY %.*s", FMT(table), keys.n > 0 ? (int)keys.n : 5,
                       keys.n > 0 ? keys.p : "rowid");
}

static int
digest_table(sqlite3 *h, struct arena *a, struct dd_db_table *t)
{
        sqlite3_stmt *st = NULL;
        AUTO_BUF row = { .max = (size_t)128 << 20 };
        int rc = sqlite3_prepare_v2(h, row_query(h, a, t->name).p, -1, &st, NULL);

        while (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW) {
                add_row(st, &row, t);
                rc = row.over ? SQLITE_TOOBIG : SQLITE_OK;
        }
        sqlite3_finalize(st);
        return rc;
}

/* Tables that are stored: virtual ones have no root page, their rows stand in tables of their own. */
static int
digest_all(sqlite3 *h, struct arena *a, struct dd_db_tables *ret)
{
        sqlite3_stmt *st = NULL;
        int rc = sqlite3_prepare_v2(
            h, "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name", -1, &st, NULL);

        while (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW) {
                VEC_PUSH(a, ret)->name = str_dup(a, str_of((const char *)sqlite3_column_text(st, 0)));
                rc = SQLITE_OK;
        }
        sqlite3_finalize(st);
        for (size_t i = 0; i < ret->n && rc == SQLITE_DONE; i++)
                rc = digest_table(h, a, &ret->v[i]);
        return rc;
}

/* "immutable": nobody else has it, and no file may appear beside it. */
static const char *
address(struct arena *a, struct str path)
{
        AUTO_BUF b = { 0 };

        buf_str(&b, S("file:"));
        for (size_t i = 0; i < path.n; i++)
                if (strchr("?#%", path.p[i]) != NULL)
                        buf_fmt(&b, "%%%02x", (unsigned char)path.p[i]);
                else
                        buf_c(&b, path.p[i]);
        buf_str(&b, S("?immutable=1"));
        return str_c(a, buf_view(&b));
}

enum dd_err
dd_db_digest(struct dd_ctx *c, struct str file, struct dd_db_tables *ret)
{
        struct strs faults = { 0 };
        sqlite3 *h = NULL;
        int rc = sqlite3_open_v2(address(c->arena, file), &h,
                                 SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);

        *ret = (struct dd_db_tables){ 0 };
        if (rc == SQLITE_OK) {
                sqlite3_db_config(h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
                sqlite3_db_config(h, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
                (void)db_fts_register(h);
                (void)both(h, c, &faults);
        }
        if (rc == SQLITE_OK && faults.n == 0)
                rc = digest_all(h, c->arena, ret);
        if (faults.n > 0)
                dd_log(DD_LOG_ERROR, "db: digest: %.*s", FMT(faults.v[0]));
        else if (rc != SQLITE_OK && rc != SQLITE_DONE)
                dd_log(DD_LOG_ERROR, "db: digest: %s", h == NULL ? "no memory" : sqlite3_errmsg(h));
        sqlite3_close(h);
        if (faults.n == 0 && (rc == SQLITE_DONE || rc == SQLITE_OK))
                return DD_OK;
        return dd_fail(c, DD_EIO, "Tệp dữ liệu %.*s bị hỏng; chi tiết trong nhật ký.", FMT(file));
}
