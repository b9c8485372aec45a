/* dd_testdb.h - a database for one test: a new folder, or a new schema on the server that DONDOC_TEST_PG names
 * (tools/pg-test starts one). Tests of every layer use it; the product does not link it. */
#ifndef DD_TESTDB_H
#define DD_TESTDB_H

#include "dd_db.h"

struct dd_testdb {
        struct dd_ctx c; /* arena, db, now = 2023-10-01, committee 1, system */
        bool pg;
        char name[64];   /* folder or schema */
        char where[512]; /* what was opened, to open it again */
};

bool dd_testdb_has_pg(void);
/* false: could not be made; the reason is on stderr. */
bool dd_testdb_open(struct dd_testdb *t, bool pg);
void dd_testdb_close(struct dd_testdb *t); /* closes and removes */
/* A second context on the same database, for another thread. */
void dd_testdb_ctx(const struct dd_testdb *t, struct dd_ctx *ret);
bool dd_testdb_run(struct dd_ctx *c, const char *sql); /* one text as its own transaction */

#endif
