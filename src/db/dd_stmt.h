/* dd_stmt.h - running one prepared statement: what the generated queries call. Nobody writes these calls by hand
 * but sqlgen and the tests of this folder. */
#ifndef DD_STMT_H
#define DD_STMT_H

#include "dd_base.h"

struct dd_sql_col {
        const char *name;
        char type; /* l int64, i int32, B bool, s text, b bytes, d civil day */
        bool null;
};

/* One statement in both dialects. Its address is its identity: connections cache by it, so it is always static. */
struct dd_sql {
        const char *name;   /* unique; the name of the prepared statement on PostgreSQL */
        const char *where;  /* task.sql:12 */
        const char *sqlite; /* ?1 ?2 */
        const char *pg;     /* $1 $2 */
        const char *scan;   /* why a full scan is right, or NULL */
        const struct dd_sql_col *in, *out;
        size_t n_in, n_out;
        bool gives_id; /* SQLite: an INSERT whose one column is the id of the new row; the text has no RETURNING */
};

struct dd_stmt {
        struct dd_tx *tx;
        const struct dd_sql *sql;
        void *h;             /* the engine's statement or result */
        void *value;         /* SQLite only: of the column asked last */
        struct dd_param *in; /* PostgreSQL only: text of the parameters */
        int row, n_rows;     /* PostgreSQL only; row on SQLite: 1 behind an INSERT that gives its id */
        enum dd_err err;     /* a bind that failed; told by the next step */
};

/* Finds or prepares the statement on the transaction's connection. DD_EIO outside a transaction, or in one that
 * has already failed (PostgreSQL refuses those too). */
MUST_CHECK enum dd_err dd_stmt_open(struct dd_stmt *st, struct dd_tx *tx, const struct dd_sql *sql);
void dd_stmt_close(struct dd_stmt *st);
#define AUTO_STMT __attribute__((cleanup(dd_stmt_close))) struct dd_stmt

/* Parameters count from 0. Text must be UTF-8 without NUL: DD_EINVAL at the next step. */
void dd_bind_i64(struct dd_stmt *st, size_t i, int64_t v);
void dd_bind_i32(struct dd_stmt *st, size_t i, int32_t v);
void dd_bind_bool(struct dd_stmt *st, size_t i, bool v);
void dd_bind_opt(struct dd_stmt *st, size_t i, struct dd_opt v);
void dd_bind_id(struct dd_stmt *st, size_t i, int64_t v); /* 0 is NULL */
void dd_bind_str(struct dd_stmt *st, size_t i, struct str v);
void dd_bind_blob(struct dd_stmt *st, size_t i, struct str v);
void dd_bind_date(struct dd_stmt *st, size_t i, int32_t day); /* ISO text; DD_NO_DAY is NULL */

MUST_CHECK enum dd_err dd_stmt_step(struct dd_stmt *st, bool *ret_row);
MUST_CHECK enum dd_err dd_stmt_one(struct dd_stmt *st); /* first row, or DD_ENOTFOUND */
MUST_CHECK enum dd_err
dd_stmt_done(struct dd_stmt *st); /* runs to the end: a write with RETURNING is whole only then */
MUST_CHECK enum dd_err dd_stmt_exec(struct dd_stmt *st, int64_t *ret_n); /* rows affected; ret_n may be NULL */

/* Names of the result columns as the database gives them, in the arena; for the tests. */
MUST_CHECK enum dd_err dd_stmt_columns(struct dd_stmt *st, struct str **ret, size_t *ret_n);

/* Columns of the current row, from 0. Strings are copied into c->arena. NULL: 0, STR_NONE, DD_NO_DAY, has = false. */
int64_t dd_col_i64(struct dd_stmt *st, size_t i);
int32_t dd_col_i32(struct dd_stmt *st, size_t i);
bool dd_col_bool(struct dd_stmt *st, size_t i);
struct dd_opt dd_col_opt(struct dd_stmt *st, size_t i);
int64_t dd_col_id(struct dd_stmt *st, size_t i);
struct str dd_col_str(struct dd_stmt *st, size_t i);
struct str dd_col_blob(struct dd_stmt *st, size_t i);
int32_t dd_col_date(struct dd_stmt *st, size_t i);

#endif
