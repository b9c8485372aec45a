/* test_priv.h - short ways for the tests of this folder: one statement in a line, every test on both engines. */
#ifndef TEST_PRIV_H
#define TEST_PRIV_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dd_stmt.h"
#include "dd_testdb.h"

#define TEXT_OF_(x) #x
#define TEXT_OF(x)  TEXT_OF_(x)
#define NAME_       "t" TEXT_OF(__LINE__) "_" TEXT_OF(__COUNTER__)

/* A statement that lives as long as the program; parameters $1 $2 stand in order, which SQLite counts alike. */
#define SQL(text)                                                                                                      \
        ({                                                                                                             \
                static const struct dd_sql s_ = { .name = NAME_, .sqlite = text, .pg = text };                         \
                &s_;                                                                                                   \
        })
#define SQL_IN(text, ...)                                                                                              \
        ({                                                                                                             \
                static const struct dd_sql_col in_[] = { __VA_ARGS__ };                                                \
                static const struct dd_sql s_ = {                                                                      \
                        .name = NAME_, .sqlite = text, .pg = text, .in = in_, .n_in = ARRAY_LEN(in_)                   \
                };                                                                                                     \
                &s_;                                                                                                   \
        })
#define P_I64                                                                                                          \
        {                                                                                                              \
                "i", 'l', true                                                                                         \
        }
#define P_STR                                                                                                          \
        {                                                                                                              \
                "s", 's', true                                                                                         \
        }

/* Runs in SQLite's and PostgreSQL's turn; the state says which. */
#define BOTH(f)                                                                                                        \
        { #f " (sqlite)", f, open_sqlite, close_db, NULL },                                                            \
        {                                                                                                              \
#f " (postgresql)", f, open_pg, close_db, NULL                                                         \
        }
#define SQLITE(f)                                                                                                      \
        {                                                                                                              \
#f, f, open_sqlite, close_db, NULL                                                                     \
        }
#define PG(f)                                                                                                          \
        {                                                                                                              \
#f, f, open_pg, close_db, NULL                                                                         \
        }
/* First line of every test: its database, or skipped where there is none. */
#define DB(state) (*(state) == NULL ? (skip(), (struct dd_testdb *)NULL) : (struct dd_testdb *)*(state))

static int
open_any(void **state, bool pg)
{
        struct dd_testdb *t;

        *state = NULL;
        if (pg && !dd_testdb_has_pg())
                return 0;
        t = calloc(1, sizeof *t);
        *state = t;
        if (!dd_testdb_open(t, pg))
                return -1;
        return dd_testdb_run(&t->c, "CREATE TABLE box (id BIGINT PRIMARY KEY, n BIGINT NOT NULL DEFAULT 0, "
                                    "code TEXT UNIQUE, parent BIGINT REFERENCES box (id), CHECK (n >= 0))")
                   ? 0
                   : -1;
}

static inline int
open_sqlite(void **state)
{
        return open_any(state, false);
}

static inline int
open_pg(void **state)
{
        return open_any(state, true);
}

static inline int
close_db(void **state)
{
        if (*state != NULL)
                dd_testdb_close(*state);
        free(*state);
        return 0;
}

/* One statement in an open transaction. */
static inline enum dd_err
run_sql(struct dd_tx *tx, const struct dd_sql *sql)
{
        AUTO_STMT st = { 0 };

        TRY(dd_stmt_open(&st, tx, sql));
        return dd_stmt_done(&st);
}

static inline enum dd_err
run_i64(struct dd_tx *tx, const struct dd_sql *sql, int64_t v)
{
        AUTO_STMT st = { 0 };

        TRY(dd_stmt_open(&st, tx, sql));
        dd_bind_i64(&st, 0, v);
        return dd_stmt_done(&st);
}

/* The one number that a query gives, in the open transaction; -1 when it fails. */
static inline int64_t
number_in(struct dd_tx *tx, const struct dd_sql *sql)
{
        AUTO_STMT st = { 0 };

        if (dd_stmt_open(&st, tx, sql) != DD_OK || dd_stmt_one(&st) != DD_OK)
                return -1;
        return dd_col_i64(&st, 0);
}

/* The same in a read transaction of its own. */
static inline int64_t
number(struct dd_ctx *c, const struct dd_sql *sql)
{
        AUTO_TX tx = { 0 };

        return dd_tx_read(&tx, c) == DD_OK ? number_in(&tx, sql) : -1;
}

#define COUNT_BOXES SQL("SELECT count(*) FROM box")

/* An action that inserts box id = *arg. */
static inline enum dd_err
add_box(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        TRY(dd_tx_begin(&tx, c));
        TRY(run_i64(&tx, SQL_IN("INSERT INTO box (id) VALUES ($1)", P_I64), *(int64_t *)arg));
        return dd_tx_commit(&tx);
}

#endif
