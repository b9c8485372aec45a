/* Statements: typed binds and columns over the engine's few primitives. */
#include "db_priv.h"
#include "dd_date.h"
#include "dd_text.h"

static const struct db_engine *
engine_of(const struct dd_stmt *st)
{
        return st->tx->conn->db->engine;
}

enum dd_err
dd_stmt_open(struct dd_stmt *st, struct dd_tx *tx, const struct dd_sql *sql)
{
        if (tx->state != 1 && tx->state != 2)
                return db_fault(tx->c, DD_EIO, sql->name, "no open transaction");
        if (tx->conn->failed)
                return db_fault(tx->c, DD_EIO, sql->name, "the transaction has failed before");
        *st = (struct dd_stmt){ .tx = tx, .sql = sql };
        enum dd_err err = db_memory(tx->c, sql->name);
        if (err == DD_OK)
                err = engine_of(st)->open_stmt(st);
        if (err != DD_OK)
                tx->conn->failed = true;
        return err;
}

void
dd_stmt_close(struct dd_stmt *st)
{
        if (st->tx == NULL)
                return;
        engine_of(st)->close_stmt(st);
        st->tx = NULL;
}

void
dd_bind_i64(struct dd_stmt *st, size_t i, int64_t v)
{
        engine_of(st)->bind_i64(st, i, v);
}

void
dd_bind_i32(struct dd_stmt *st, size_t i, int32_t v)
{
        engine_of(st)->bind_i64(st, i, v);
}

void
dd_bind_bool(struct dd_stmt *st, size_t i, bool v)
{
        engine_of(st)->bind_i64(st, i, v);
}

void
dd_bind_opt(struct dd_stmt *st, size_t i, struct dd_opt v)
{
        if (v.has)
                engine_of(st)->bind_i64(st, i, v.v);
        else
                engine_of(st)->bind_null(st, i);
}

void
dd_bind_id(struct dd_stmt *st, size_t i, int64_t v)
{
        dd_bind_opt(st, i, (struct dd_opt){ v, v != 0 });
}

void
dd_bind_str(struct dd_stmt *st, size_t i, struct str v)
{
        if (v.p == NULL) {
                engine_of(st)->bind_null(st, i);
                return;
        }
        /* PostgreSQL refuses both, SQLite takes them: one answer for the two. */
        if ((v.n > 0 && memchr(v.p, '\0', v.n) != NULL) || !utf8_valid(v, &(size_t){ 0 }))
                st->err = DD_EINVAL;
        else
                engine_of(st)->bind_str(st, i, v);
}

void
dd_bind_blob(struct dd_stmt *st, size_t i, struct str v)
{
        if (v.p == NULL)
                engine_of(st)->bind_null(st, i);
        else
                engine_of(st)->bind_blob(st, i, v);
}

/* Four-digit years only: text then sorts as the days do. */
static bool
iso_text(int32_t day, char out[10])
{
        int y, m, d;

        day_parts(day, &y, &m, &d);
        if (y < 0 || y > 9999)
                return false;
        const int digits[10] = { y / 1000, y / 100 % 10, y / 10 % 10, y % 10, 0, m / 10, m % 10, 0, d / 10, d % 10 };
        for (int i = 0; i < 10; i++)
                out[i] = (char)(i == 4 || i == 7 ? '-' : '0' + digits[i]);
        return true;
}

void
dd_bind_date(struct dd_stmt *st, size_t i, int32_t day)
{
        char *text;

        if (day == DD_NO_DAY) {
                engine_of(st)->bind_null(st, i);
                return;
        }
        text = arena_alloc(st->tx->c->arena, 10);
        if (iso_text(day, text))
                engine_of(st)->bind_str(st, i, (struct str){ text, 10 });
        else
                st->err = DD_EINVAL;
}

enum dd_err
dd_stmt_step(struct dd_stmt *st, bool *ret_row)
{
        enum dd_err err = DD_OK;

        if (st->err == DD_OK)
                err = db_memory(st->tx->c, st->sql->name);
        if (err == DD_OK && st->err == DD_OK)
                err = engine_of(st)->step(st, ret_row);
        else if (err == DD_OK)
                err = db_fault(st->tx->c, st->err, st->sql->name, "a parameter that cannot be stored");
        if (err != DD_OK)
                st->tx->conn->failed = true;
        return err;
}

enum dd_err
dd_stmt_one(struct dd_stmt *st)
{
        bool row;

        TRY(dd_stmt_step(st, &row));
        if (!row)
                return dd_fail(st->tx->c, DD_ENOTFOUND,
                               "Không tìm thấy nội dung này: có thể đã bị xóa, hoặc bạn không có quyền xem.");
        return DD_OK;
}

enum dd_err
dd_stmt_done(struct dd_stmt *st)
{
        bool row = true;

        while (row)
                TRY(dd_stmt_step(st, &row));
        return DD_OK;
}

enum dd_err
dd_stmt_exec(struct dd_stmt *st, int64_t *ret_n)
{
        TRY(dd_stmt_done(st));
        if (ret_n != NULL)
                *ret_n = engine_of(st)->changes(st);
        return DD_OK;
}

enum dd_err
dd_stmt_columns(struct dd_stmt *st, struct str **ret, size_t *ret_n)
{
        return engine_of(st)->columns(st, ret, ret_n);
}

int64_t
dd_col_i64(struct dd_stmt *st, size_t i)
{
        return engine_of(st)->col_null(st, i) ? 0 : engine_of(st)->col_i64(st, i);
}

int32_t
dd_col_i32(struct dd_stmt *st, size_t i)
{
        int64_t v = dd_col_i64(st, i);

        return (int32_t)(v < INT32_MIN ? INT32_MIN : v > INT32_MAX ? INT32_MAX : v);
}

bool
dd_col_bool(struct dd_stmt *st, size_t i)
{
        return dd_col_i64(st, i) != 0;
}

struct dd_opt
dd_col_opt(struct dd_stmt *st, size_t i)
{
        if (engine_of(st)->col_null(st, i))
                return (struct dd_opt){ 0 };
        return (struct dd_opt){ engine_of(st)->col_i64(st, i), true };
}

int64_t
dd_col_id(struct dd_stmt *st, size_t i)
{
        return dd_col_i64(st, i);
}

struct str
dd_col_str(struct dd_stmt *st, size_t i)
{
        if (engine_of(st)->col_null(st, i))
                return STR_NONE;
        return str_dup(st->tx->c->arena, engine_of(st)->col_str(st, i));
}

struct str
dd_col_blob(struct dd_stmt *st, size_t i)
{
        if (engine_of(st)->col_null(st, i))
                return STR_NONE;
        return engine_of(st)->col_blob(st, i);
}

/* Digits of p[from..to); -1: something else stands there. */
static int
digits(const char *p, int from, int to)
{
        int v = 0;

        for (int i = from; i < to; i++) {
                if (p[i] < '0' || p[i] > '9')
                        return -1;
                v = v * 10 + p[i] - '0';
        }
        return v;
}

int32_t
dd_col_date(struct dd_stmt *st, size_t i)
{
        struct str s;

        if (engine_of(st)->col_null(st, i))
                return DD_NO_DAY;
        s = engine_of(st)->col_str(st, i);
        if (s.n != 10)
                return DD_NO_DAY;
        int y = digits(s.p, 0, 4), m = digits(s.p, 5, 7), d = digits(s.p, 8, 10);
        return y < 0 || m < 0 || d < 0 ? DD_NO_DAY : day_of(y, m, d);
}
