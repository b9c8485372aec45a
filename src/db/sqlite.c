/* The SQLite engine: statements, transactions as savepoints inside the writer's group, faults. */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "db_priv.h"

/* SQLite says "I/O error" for a quota used up and for a disk that became read-only, and keeps no reliable reason: one
 * small file is tried. Only after a fault. */
static bool
no_room(const struct dd_db *db)
{
        static const char some[4096];
        char name[4096];

        snprintf(name, sizeof name, "%s-probe", db->file);
        AUTO_FD fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
        int why = fd < 0 || write(fd, some, sizeof some) < 0 || fsync(fd) != 0 ? errno : 0;
        unlink(name);
        return why == ENOSPC || why == EDQUOT || why == EFBIG || why == EROFS;
}

static enum dd_err
code_of(int rc)
{
        switch (rc) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
                return DD_ECONFLICT;
        default:
                break;
        }
        switch (rc & 0xff) {
        case SQLITE_CONSTRAINT:
        case SQLITE_MISMATCH:
        case SQLITE_RANGE:
                return DD_EINVAL;
        case SQLITE_TOOBIG:
                return DD_ETOOBIG;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_NOMEM:
                return DD_EBUSY;
        case SQLITE_FULL:
        case SQLITE_READONLY:
                return DD_EFULL;
        default:
                return DD_EIO;
        }
}

static enum dd_err
fault(struct dd_conn *conn, struct dd_ctx *c, int rc, const char *where)
{
        sqlite3 *h = conn->h;
        const char *text = sqlite3_errmsg(h);
        enum dd_err code = code_of(rc);

        /* FTS5 that met want of memory half way calls the file malformed ever after, through this connection. */
        if ((rc & 0xff) == SQLITE_NOMEM)
                conn->broken = true;
        if ((rc & 0xff) == SQLITE_IOERR && conn->writes && no_room(conn->db))
                code = DD_EFULL;
        if (rc == SQLITE_ERROR && strncmp(text, "fts5:", 5) == 0)
                code = DD_EINVAL; /* a search text that dd_search_query did not make */
        return db_fault(c, code, where, text);
}

static enum dd_err
prepare(struct dd_conn *conn, struct dd_ctx *c, const struct dd_sql *sql, sqlite3_stmt **ret)
{
        struct db_prepared *p = db_cached(conn, sql);

        if (p == NULL)
                return db_fault(c, DD_EBUSY, sql->name, "out of memory");
        if (p->h == NULL) {
                sqlite3_stmt *h = NULL;
                int rc = sqlite3_prepare_v3(conn->h, sql->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &h, NULL);

                if (rc != SQLITE_OK)
                        return fault(conn, c, rc, sql->name);
                p->h = h;
        }
        *ret = p->h;
        return DD_OK;
}

/* ---- transactions --------------------------------------------------------------------------------------- */

static const struct dd_sql sql_begin = { .name = "begin", .sqlite = "BEGIN" };
static const struct dd_sql sql_begin_group = { .name = "begin group", .sqlite = "BEGIN IMMEDIATE" };
static const struct dd_sql sql_commit = { .name = "commit", .sqlite = "COMMIT" };
static const struct dd_sql sql_rollback = { .name = "rollback", .sqlite = "ROLLBACK" };
static const struct dd_sql sql_save = { .name = "savepoint", .sqlite = "SAVEPOINT s" };
static const struct dd_sql sql_release = { .name = "release", .sqlite = "RELEASE s" };
static const struct dd_sql sql_pages = { .name = "pages", .sqlite = "PRAGMA page_count" };
static const struct dd_sql sql_back = { .name = "rollback to", .sqlite = "ROLLBACK TO s" };

static enum dd_err
run(struct dd_conn *conn, struct dd_ctx *c, const struct dd_sql *sql)
{
        sqlite3_stmt *h = NULL;
        enum dd_err err = DD_OK;

        TRY(prepare(conn, c, sql, &h));
        int rc = sqlite3_step(h);
        if (rc != SQLITE_DONE)
                err = fault(conn, c, rc, sql->name);
        sqlite3_reset(h);
        return err;
}

/* Undoing must not want memory: what ends a transaction is prepared before the first one begins. */
bool
db_control_ready(struct dd_conn *conn, struct dd_ctx *c)
{
        static const struct dd_sql *const reader[] = { &sql_begin, &sql_commit };
        static const struct dd_sql *const writer[] = { &sql_begin_group, &sql_commit, &sql_rollback, &sql_save,
                                                       &sql_release,     &sql_back,   &sql_pages };
        sqlite3_stmt *h;

        for (size_t i = 0; i < (conn->writes ? ARRAY_LEN(writer) : ARRAY_LEN(reader)); i++)
                if (prepare(conn, c, conn->writes ? writer[i] : reader[i], &h) != DD_OK)
                        return false;
        return true;
}

bool
db_group_lost(struct dd_conn *conn)
{
        return conn->spoilt || sqlite3_get_autocommit(conn->h) != 0;
}

/* A savepoint costs SQLite a copy of every page its action touches, a walk over all of them behind each statement, and
 * FTS5 a segment of its own; nearly no action is undone. One that changed nothing needs none either. */
static enum dd_err
bare(struct dd_conn *conn, enum db_ctl what)
{
        int64_t now = sqlite3_total_changes64(conn->h);

        if (what == CTL_OUTER)
                conn->changes = now;
        if (what == CTL_OUTER_UNDO && now != conn->changes)
                conn->redo = conn->spoilt = true;
        return DD_OK;
}

static enum dd_err
ctl(struct dd_conn *conn, struct dd_ctx *c, enum db_ctl what)
{
        if (what == CTL_READ)
                return run(conn, c, &sql_begin);
        if (what == CTL_READ_END)
                return run(conn, c, &sql_commit);
        bool undo = what == CTL_OUTER_UNDO || what == CTL_SAVE_UNDO;
        if (db_group_lost(conn)) /* a full disk or broken file rolled back everything */
                return undo ? DD_OK : db_fault(c, DD_EFULL, "writer", "the group was rolled back");
        if (conn->bare && what != CTL_SAVE && what != CTL_SAVE_OK && what != CTL_SAVE_UNDO)
                return bare(conn, what);
        if (what == CTL_OUTER || what == CTL_SAVE)
                return run(conn, c, &sql_save);
        enum dd_err err = undo ? run(conn, c, &sql_back) : DD_OK;
        if (err == DD_OK)
                err = run(conn, c, &sql_release);
        /* An action that could not be undone must not be stored with the others of its group. */
        conn->spoilt = conn->spoilt || (err != DD_OK && undo);
        return err;
}

/* Nothing of an open group is kept. */
static void
roll_back(struct dd_conn *conn, struct dd_ctx *c)
{
        if (sqlite3_get_autocommit(conn->h) == 0 && run(conn, c, &sql_rollback) != DD_OK)
                dd_log(DD_LOG_ERROR, "db: writer: the group could not be rolled back");
}

enum dd_err
db_group_begin(struct dd_conn *conn, struct dd_ctx *c)
{
        roll_back(conn, c); /* one that could not be when its time was */
        conn->spoilt = conn->redo = false;
        return run(conn, c, &sql_begin_group);
}

enum dd_err
db_group_commit(struct dd_conn *conn, struct dd_ctx *c)
{
        enum dd_err err = run(conn, c, &sql_commit);

        if (err != DD_OK)
                roll_back(conn, c);
        return err;
}

void
db_group_drop(struct dd_conn *conn, struct dd_ctx *c)
{
        roll_back(conn, c);
}

int
db_group_pages(struct dd_conn *conn)
{
        struct dd_ctx c = { .arena = NULL };
        sqlite3_stmt *h = NULL;
        int n = 0;

        if (prepare(conn, &c, &sql_pages, &h) != DD_OK)
                return 0;
        if (sqlite3_step(h) == SQLITE_ROW)
                n = sqlite3_column_int(h, 0);
        sqlite3_reset(h);
        return n;
}

bool
db_checkpoint(struct dd_conn *conn, int wait_ms)
{
        int left = -1, moved = -1;

        sqlite3_busy_timeout(conn->h, wait_ms < 0 ? 0 : wait_ms); /* writers stand still meanwhile */
        int rc = sqlite3_wal_checkpoint_v2(
            conn->h, NULL, wait_ms >= 0 ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, &left, &moved);

        sqlite3_busy_timeout(conn->h, BUSY_MS);
        if (rc != SQLITE_OK && rc != SQLITE_BUSY)
                dd_log(DD_LOG_WARN, "db: checkpoint: %s", sqlite3_errmsg(conn->h));
        if (rc == SQLITE_OK && left == moved)
                conn->wal_pages = 0; /* the next writer starts it anew */
        return rc == SQLITE_OK && moved > 0;
}

static enum dd_err
script(struct dd_conn *conn, struct dd_ctx *c, const char *sql)
{
        while (*sql != '\0') {
                sqlite3_stmt *h = NULL;
                int rc = sqlite3_prepare_v2(conn->h, sql, -1, &h, &sql);

                while (rc == SQLITE_OK && h != NULL && (rc = sqlite3_step(h)) == SQLITE_ROW)
                        rc = SQLITE_OK;
                if (rc != SQLITE_OK && rc != SQLITE_DONE) {
                        enum dd_err err = fault(conn, c, rc, "migration");

                        sqlite3_finalize(h);
                        return err;
                }
                sqlite3_finalize(h);
        }
        return DD_OK;
}

/* ---- connections ---------------------------------------------------------------------------------------- */

static void
close_conn(struct dd_conn *conn)
{
        for (size_t i = 0; i < conn->cap_cache; i++)
                if (conn->cache[i].sql != NULL)
                        sqlite3_finalize(conn->cache[i].h);
        if (sqlite3_close(conn->h) != SQLITE_OK)
                dd_log(DD_LOG_ERROR, "db: closed with a statement open");
}

/* ---- statements ----------------------------------------------------------------------------------------- */

static enum dd_err
open_stmt(struct dd_stmt *st)
{
        sqlite3_stmt *h = NULL;

        TRY(prepare(st->tx->conn, st->tx->c, st->sql, &h));
        st->h = h;
        return DD_OK;
}

static void
close_stmt(struct dd_stmt *st)
{
        if (st->h == NULL)
                return;
        sqlite3_reset(st->h);
        sqlite3_clear_bindings(st->h); /* the caller's strings go away */
        st->h = NULL;
}

static void
bound(struct dd_stmt *st, size_t i, int rc)
{
        /* an override may leave out the last parameters */
        if (rc == SQLITE_RANGE && (int)i >= sqlite3_bind_parameter_count(st->h))
                return;
        if (rc != SQLITE_OK && st->err == DD_OK)
                st->err = code_of(rc);
}

static void
bind_null(struct dd_stmt *st, size_t i)
{
        bound(st, i, sqlite3_bind_null(st->h, (int)i + 1));
}

static void
bind_i64(struct dd_stmt *st, size_t i, int64_t v)
{
        bound(st, i, sqlite3_bind_int64(st->h, (int)i + 1, v));
}

static void
bind_str(struct dd_stmt *st, size_t i, struct str v)
{
        bound(st, i, sqlite3_bind_text64(st->h, (int)i + 1, v.p, v.n, SQLITE_STATIC, SQLITE_UTF8));
}

static void
bind_blob(struct dd_stmt *st, size_t i, struct str v)
{
        bound(st, i, sqlite3_bind_blob64(st->h, (int)i + 1, v.p, v.n, SQLITE_STATIC));
}

static enum dd_err
step(struct dd_stmt *st, bool *ret_row)
{
        if (st->row > 0) { /* its one row was given: it must not run again */
                *ret_row = false;
                return DD_OK;
        }
        int rc = sqlite3_step(st->h);

        if (rc == SQLITE_DONE && st->sql->gives_id)
                st->row = 1;
        *ret_row = rc == SQLITE_ROW || st->row > 0;
        if (rc == SQLITE_ROW || rc == SQLITE_DONE)
                return DD_OK;
        return fault(st->tx->conn, st->tx->c, rc, st->sql->name);
}

static int64_t
changes(struct dd_stmt *st)
{
        return sqlite3_changes64(st->tx->conn->h);
}

static enum dd_err
columns(struct dd_stmt *st, struct str **ret, size_t *ret_n)
{
        if (st->sql->gives_id) {
                *ret_n = 1;
                *ret = arena_alloc(st->tx->c->arena, sizeof **ret);
                **ret = S("id");
                return DD_OK;
        }
        *ret_n = (size_t)sqlite3_column_count(st->h);
        *ret = arena_array(st->tx->c->arena, *ret_n + 1, sizeof **ret);
        for (size_t i = 0; i < *ret_n; i++)
                (*ret)[i] = str_dup(st->tx->c->arena, str_of(sqlite3_column_name(st->h, (int)i)));
        return DD_OK;
}

/* Asked first of each column: the value is found once. The connection is this thread's alone, so nothing else could
 * change it meanwhile. */
static bool
col_null(struct dd_stmt *st, size_t i)
{
        if (st->sql->gives_id)
                return false;
        st->value = sqlite3_column_value(st->h, (int)i);
        return sqlite3_value_type(st->value) == SQLITE_NULL;
}

static int64_t
col_i64(struct dd_stmt *st, size_t i)
{
        (void)i;
        return st->sql->gives_id ? sqlite3_last_insert_rowid(st->tx->conn->h) : sqlite3_value_int64(st->value);
}

static struct str
col_str(struct dd_stmt *st, size_t i)
{
        /* the bytes as they lie there: asked as text they would be copied to end with NUL, and "" would mean no memory
         */
        const char *p = sqlite3_value_blob(st->value);

        (void)i;
        return (struct str){ p == NULL ? "" : p, (size_t)sqlite3_value_bytes(st->value) };
}

static struct str
col_blob(struct dd_stmt *st, size_t i)
{
        return str_dup(st->tx->c->arena, col_str(st, i));
}

const struct db_engine db_sqlite = {
        .name = "sqlite",
        .queued = true,
        .open = db_sqlite_connect,
        .close = close_conn,
        .ctl = ctl,
        .script = script,
        .open_stmt = open_stmt,
        .close_stmt = close_stmt,
        .bind_null = bind_null,
        .bind_i64 = bind_i64,
        .bind_str = bind_str,
        .bind_blob = bind_blob,
        .step = step,
        .changes = changes,
        .columns = columns,
        .col_null = col_null,
        .col_i64 = col_i64,
        .col_str = col_str,
        .col_blob = col_blob,
};
