/* The PostgreSQL engine: transactions, prepared statements, faults by SQLSTATE. Parameters go in binary form with
 * declared types, results come as text. Writes are SERIALIZABLE, so that what one queue gives on SQLite holds here
 * too; what the server then refuses is done again by dd_write. */
#include <libpq-fe.h>

#include "db_priv.h"

enum { OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25 };

struct dd_param {
        const char **v;
        int *n, *format;
};

static enum dd_err
code_of(const char *s)
{
        static const struct {
                const char *state; /* beginning of a SQLSTATE; the first that fits */
                enum dd_err code;
        } map[] = {
                { "23505", DD_ECONFLICT }, { "23P01", DD_ECONFLICT }, { "23", DD_EINVAL },   { "22", DD_EINVAL },
                { "P0001", DD_EINVAL },    { "40", DD_EBUSY },        { "53100", DD_EFULL }, { "53", DD_EBUSY },
                { "25006", DD_EFULL },     { "55P03", DD_EBUSY },     { "57", DD_EBUSY },    { "08", DD_EBUSY },
                { "54000", DD_ETOOBIG },   { "54", DD_ETOOBIG },      { "0A000", DD_EBUSY },
        };

        for (size_t i = 0; i < ARRAY_LEN(map); i++)
                if (strncmp(s, map[i].state, strlen(map[i].state)) == 0)
                        return map[i].code;
        return DD_EIO;
}

/* Takes r. The log gets the primary message only: the detail of a violation holds the values. */
static enum dd_err
fault(struct dd_conn *conn, struct dd_ctx *c, PGresult *r, const char *where, bool committing)
{
        const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
        const char *text = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
        struct str log = str_fmt(c->arena, "%s %s", state == NULL ? "-" : state, text == NULL ? "-" : text);
        bool lost = PQstatus(conn->h) != CONNECTION_OK;
        enum dd_err code = state == NULL ? DD_EIO : code_of(state);
        bool again = code == DD_EBUSY && state != NULL && (state[0] == '4' || strcmp(state, "0A000") == 0);

        if (lost || (state != NULL && (strncmp(state, "57P", 3) == 0 || strncmp(state, "08", 2) == 0 ||
                                       strcmp(state, "25006") == 0 || strcmp(state, "0A000") == 0)))
                conn->broken = true;
        PQclear(r);
        if (lost && committing) { /* the idempotency key tells whether it was stored */
                dd_log(DD_LOG_ERROR, "db: %s: connection lost during COMMIT", where);
                return dd_fail(c, DD_EIO,
                               "Mất kết nối với cơ sở dữ liệu đúng lúc ghi, chưa rõ đã ghi được hay chưa. Hãy tải lại "
                               "trang để kiểm tra trước khi làm lại.");
        }
        if (lost)
                code = DD_EBUSY;
        if (again || lost)
                db_slot(conn->db)->retry = true;
        return db_fault(c, code, where, log.p);
}

/* ---- transactions --------------------------------------------------------------------------------------- */

static enum dd_err
run(struct dd_conn *conn, struct dd_ctx *c, const char *sql, const char *want)
{
        PGresult *r = PQexecParams(conn->h, sql, 0, NULL, NULL, NULL, NULL, 0);

        if (PQresultStatus(r) != PGRES_COMMAND_OK)
                return fault(conn, c, r, sql, str_eq(str_of(want), S("COMMIT")));
        bool as_wanted = want == NULL || str_eq(str_of(PQcmdStatus(r)), str_of(want));
        PQclear(r);
        return as_wanted ? DD_OK : db_fault(c, DD_EIO, sql, "the server answered otherwise");
}

/* Every action writes the audit chain, so actions of several servers conflict with each other. Those that queue do so
 * here, before their snapshot is taken: the lock belongs to the session, a lost connection gives it back. */
static enum dd_err
queue_up(struct dd_conn *conn, struct dd_ctx *c)
{
        PGresult *r = PQexec(conn->h, "SELECT pg_advisory_lock(1685024356)");

        if (PQresultStatus(r) != PGRES_TUPLES_OK)
                return fault(conn, c, r, "queue", false);
        PQclear(r);
        conn->queued = true;
        return DD_OK;
}

static void
leave_queue(struct dd_conn *conn)
{
        if (!conn->queued)
                return;
        conn->queued = false;
        PGresult *r = conn->broken ? NULL : PQexec(conn->h, "SELECT pg_advisory_unlock(1685024356)");
        conn->broken = conn->broken || PQresultStatus(r) != PGRES_TUPLES_OK;
        PQclear(r);
}

static enum dd_err
control(struct dd_conn *conn, struct dd_ctx *c, enum db_ctl what)
{
        switch (what) {
        case CTL_READ:
                return run(conn, c, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", NULL);
        case CTL_OUTER:
                return run(conn, c, "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE", NULL);
        case CTL_OUTER_OK:
                return run(conn, c, "COMMIT", "COMMIT");
        case CTL_SAVE:
                return run(conn, c, "SAVEPOINT s", NULL);
        case CTL_SAVE_OK:
                return run(conn, c, "RELEASE s", NULL);
        case CTL_READ_END:
        case CTL_OUTER_UNDO:
                return conn->broken ? DD_OK : run(conn, c, "ROLLBACK", NULL);
        case CTL_SAVE_UNDO:
                if (conn->broken)
                        return DD_OK;
                TRY(run(conn, c, "ROLLBACK TO s", NULL));
                return run(conn, c, "RELEASE s", NULL);
        }
        return DD_EIO;
}

static enum dd_err
ctl(struct dd_conn *conn, struct dd_ctx *c, enum db_ctl what)
{
        if (what == CTL_OUTER && db_slot(conn->db)->queue)
                TRY(queue_up(conn, c));
        enum dd_err err = control(conn, c, what);
        if (what == CTL_OUTER_OK || what == CTL_OUTER_UNDO || (what == CTL_OUTER && err != DD_OK))
                leave_queue(conn);
        return err;
}

static enum dd_err
script(struct dd_conn *conn, struct dd_ctx *c, const char *sql)
{
        PGresult *r = PQexec(conn->h, sql);

        if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK &&
            PQresultStatus(r) != PGRES_EMPTY_QUERY)
                return fault(conn, c, r, "migration", false);
        PQclear(r);
        return DD_OK;
}

/* ---- connections ---------------------------------------------------------------------------------------- */

/* Not to stderr; and not to the log either, since a detail may hold values. */
static void
notice(void *arg, const char *text)
{
        (void)arg;
        (void)text;
}

/* Encodings and orders other than these give other answers than SQLite. */
static bool
check_server(struct dd_conn *conn, struct dd_ctx *c)
{
        const char *encoding = PQparameterStatus(conn->h, "server_encoding");

        if (PQserverVersion(conn->h) >= 140000 && encoding != NULL && str_eq(str_of(encoding), S("UTF8")))
                return true;
        dd_fail(c, DD_EINVAL, "Máy chủ PostgreSQL phải từ bản 14 và cơ sở dữ liệu phải dùng bảng mã UTF8.");
        return false;
}

static struct dd_conn *
open_conn(struct dd_db *db, bool writes, struct dd_ctx *c)
{
        /* what stands before dbname is a default that the address may change */
        const char *const keys[] = { "fallback_application_name",
                                     "connect_timeout",
                                     "tcp_user_timeout",
                                     "options",
                                     "dbname",
                                     "client_encoding",
                                     NULL };
        const char *const values[] = { "dondoc",
                                       "5",
                                       "15000",
                                       "-c statement_timeout=60000 -c lock_timeout=10000 -c jit=off "
                                       "-c idle_in_transaction_session_timeout=60000",
                                       db->where,
                                       "UTF8",
                                       NULL };
        struct dd_conn *conn = calloc(1, sizeof *conn);
        PGconn *h = PQconnectdbParams(keys, values, 1);

        (void)writes;
        if (conn == NULL || h == NULL)
                abort();
        conn->db = db;
        conn->h = h;
        PQsetNoticeProcessor(h, notice, NULL);
        if (PQstatus(h) == CONNECTION_OK && check_server(conn, c)) {
                db_count(db, &db->stats.reconnects);
                return conn;
        }
        if (c->err == DD_OK) {
                dd_log(DD_LOG_ERROR, "db: connect: %s", PQerrorMessage(h));
                dd_fail(c, DD_EBUSY,
                        "Chưa kết nối được với cơ sở dữ liệu nên chưa làm được việc này. Hãy thử lại sau ít "
                        "phút.");
        }
        PQfinish(h);
        free(conn);
        return NULL;
}

static void
close_conn(struct dd_conn *conn)
{
        PQfinish(conn->h);
}

/* ---- statements ----------------------------------------------------------------------------------------- */

static enum dd_err
prepare(struct dd_conn *conn, struct dd_ctx *c, const struct dd_sql *sql)
{
        struct db_prepared *p = db_cached(conn, sql);
        Oid *types = arena_array(c->arena, sql->n_in + 1, sizeof *types);

        if (p == NULL)
                return db_fault(c, DD_EBUSY, sql->name, "out of memory");
        if (p->h != NULL)
                return DD_OK;
        for (size_t i = 0; i < sql->n_in; i++)
                types[i] = sql->in[i].type == 'b' ? OID_BYTEA : strchr("sd", sql->in[i].type) ? OID_TEXT : OID_INT8;
        PGresult *r = PQprepare(conn->h, sql->name, sql->pg, (int)sql->n_in, types);
        if (PQresultStatus(r) != PGRES_COMMAND_OK)
                return fault(conn, c, r, sql->name, false);
        PQclear(r);
        p->h = conn; /* anything but NULL */
        return DD_OK;
}

static enum dd_err
open_stmt(struct dd_stmt *st)
{
        struct arena *a = st->tx->c->arena;
        size_t n = st->sql->n_in;

        TRY(prepare(st->tx->conn, st->tx->c, st->sql));
        st->in = arena_alloc(a, sizeof *st->in);
        *st->in = (struct dd_param){ arena_array(a, n + 1, sizeof(char *)), arena_array(a, n + 1, sizeof(int)),
                                     arena_array(a, n + 1, sizeof(int)) };
        st->row = -1;
        return DD_OK;
}

static void
close_stmt(struct dd_stmt *st)
{
        PQclear(st->h);
        st->h = NULL;
}

static void
bind_bytes(struct dd_stmt *st, size_t i, const char *p, size_t n)
{
        if (n > INT32_MAX / 2) {
                st->err = DD_ETOOBIG;
                return;
        }
        st->in->v[i] = p;
        st->in->n[i] = (int)n;
        st->in->format[i] = 1;
}

static void
bind_null(struct dd_stmt *st, size_t i)
{
        st->in->v[i] = NULL;
}

static void
bind_i64(struct dd_stmt *st, size_t i, int64_t v)
{
        char *p = arena_alloc(st->tx->c->arena, sizeof v);

        for (int k = 0; k < 8; k++)
                p[k] = (char)((uint64_t)v >> (56 - 8 * k));
        bind_bytes(st, i, p, sizeof v);
}

static void
bind_str(struct dd_stmt *st, size_t i, struct str v)
{
        bind_bytes(st, i, v.p, v.n);
}

static enum dd_err
step(struct dd_stmt *st, bool *ret_row)
{
        struct dd_conn *conn = st->tx->conn;

        if (st->h == NULL) {
                PGresult *r =
                    PQexecPrepared(conn->h, st->sql->name, (int)st->sql->n_in, st->in->v, st->in->n, st->in->format, 0);

                if (PQresultStatus(r) != PGRES_TUPLES_OK && PQresultStatus(r) != PGRES_COMMAND_OK) {
                        *ret_row = false;
                        return fault(conn, st->tx->c, r, st->sql->name, false);
                }
                st->h = r;
                st->n_rows = PQntuples(r);
        }
        if (st->row < st->n_rows)
                st->row++;
        *ret_row = st->row < st->n_rows;
        return DD_OK;
}

static int64_t
changes(struct dd_stmt *st)
{
        int64_t n = 0;

        return str_to_i64(str_of(PQcmdTuples(st->h)), &n) ? n : 0;
}

static enum dd_err
columns(struct dd_stmt *st, struct str **ret, size_t *ret_n)
{
        PGresult *r = PQdescribePrepared(st->tx->conn->h, st->sql->name);

        if (PQresultStatus(r) != PGRES_COMMAND_OK)
                return fault(st->tx->conn, st->tx->c, r, st->sql->name, false);
        *ret_n = (size_t)PQnfields(r);
        *ret = arena_array(st->tx->c->arena, *ret_n + 1, sizeof **ret);
        for (size_t i = 0; i < *ret_n; i++)
                (*ret)[i] = str_dup(st->tx->c->arena, str_of(PQfname(r, (int)i)));
        PQclear(r);
        return DD_OK;
}

static bool
col_null(struct dd_stmt *st, size_t i)
{
        return (int)i >= PQnfields(st->h) || PQgetisnull(st->h, st->row, (int)i) != 0;
}

static struct str
col_str(struct dd_stmt *st, size_t i)
{
        return (struct str){ PQgetvalue(st->h, st->row, (int)i), (size_t)PQgetlength(st->h, st->row, (int)i) };
}

/* Truth values and the numerics that sum() gives count as numbers, as on SQLite. */
static int64_t
col_i64(struct dd_stmt *st, size_t i)
{
        struct str s = col_str(st, i);
        int64_t v = 0;

        if (str_eq(s, S("t")))
                return 1;
        return str_to_i64(str_sub(s, 0, str_find(s, S("."), 0)), &v) ? v : 0;
}

static int
nibble(char c)
{
        return c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
}

/* bytea comes as \x and hex digits; other types as they are. */
static struct str
col_blob(struct dd_stmt *st, size_t i)
{
        struct str s = col_str(st, i);

        if (PQftype(st->h, (int)i) != OID_BYTEA)
                return str_dup(st->tx->c->arena, s);
        size_t n = (s.n - 2) / 2;
        char *p = arena_alloc(st->tx->c->arena, n + 1);
        for (size_t k = 0; k < n; k++)
                p[k] = (char)(nibble(s.p[2 + 2 * k]) << 4 | nibble(s.p[3 + 2 * k]));
        return (struct str){ p, n };
}

const struct db_engine db_pg = {
        .name = "postgresql",
        .queued = false,
        .open = open_conn,
        .close = close_conn,
        .ctl = ctl,
        .script = script,
        .open_stmt = open_stmt,
        .close_stmt = close_stmt,
        .bind_null = bind_null,
        .bind_i64 = bind_i64,
        .bind_str = bind_str,
        .bind_blob = bind_str,
        .step = step,
        .changes = changes,
        .columns = columns,
        .col_null = col_null,
        .col_i64 = col_i64,
        .col_str = col_str,
        .col_blob = col_blob,
};
