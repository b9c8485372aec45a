/* dd_db.h - opening the database, its writer, its migrations and the text of searches. Transactions are in
 * dd_base.h. Callers never learn which engine is behind. DESIGN section 4. */
#ifndef DD_DB_H
#define DD_DB_H

#include "dd_base.h"
#include "dd_search.h"

/* Opens a data folder (made when absent, mode 0700, holding dondoc.db) or a postgresql:// address.
 * DD_EBUSY: another process owns the folder. DD_EINVAL: network file system, or not a dondoc database.
 * DD_EIO: not reachable. The context is used for the message only; c->db is not set. */
MUST_CHECK enum dd_err dd_db_open(struct dd_ctx *c, struct str where, struct dd_db **ret);
void dd_db_close(struct dd_db *db); /* every transaction has ended; NULL allowed */

/* ---- migrations ---------------------------------------------------------------------------------------- */

struct dd_migration {
        int version; /* 1, 2, 3 ... */
        const char *name;
        const char *sqlite, *pg;
};

extern const struct dd_migration dd_schema[]; /* schema/, embedded at build */
extern const size_t dd_schema_n;

/* Brings c->db up to v[n - 1], one transaction a migration. DD_ECONFLICT: the database is newer than this program,
 * or an applied migration was changed since. */
MUST_CHECK enum dd_err dd_migrate(struct dd_ctx *c, const struct dd_migration *v, size_t n, int *ret_applied);
/* The version of the database, 0 when empty. */
MUST_CHECK enum dd_err dd_schema_version(struct dd_ctx *c, int *ret);

/* ---- care ---------------------------------------------------------------------------------------------- */

/* Copies the database into a new file while work goes on (SQLite). DD_EINVAL on PostgreSQL: pg_dump does it there. */
MUST_CHECK enum dd_err dd_db_backup(struct dd_ctx *c, struct str path);

#define DD_GROUP_SIZES 7

/* SQLite: what its own checks of the pages, indexes and foreign keys find. PostgreSQL does that by itself: nothing. */
MUST_CHECK enum dd_err dd_db_check(struct dd_ctx *c, struct strs *ret);

struct dd_db_table {
        struct str name;
        int64_t rows;
        uint8_t hash[32]; /* over every value of every row */
};
struct dd_db_tables {
        struct dd_db_table *v;
        size_t n, cap;
};
/* Of a SQLite file that nobody has open, a backup. DD_EIO: it is damaged. */
MUST_CHECK enum dd_err dd_db_digest(struct dd_ctx *c, struct str file, struct dd_db_tables *ret);

/* PostgreSQL: removes every table of the schema, so that it can be filled anew. DD_ECONFLICT when it holds a committee
 * of another name, or tables that are not ours: then nothing was touched. */
MUST_CHECK enum dd_err dd_db_empty(struct dd_ctx *c, struct str committee);

struct dd_db_stats {
        const char *engine;                      /* "sqlite", "postgresql": for the status page only */
        uint64_t groups, actions, failed_groups; /* writer */
        uint64_t sizes[DD_GROUP_SIZES];          /* groups of 1, up to 2, 4, 8, 16, 32, more */
        uint64_t checkpoints, retries, reconnects;
        size_t connections, queued;
        uint64_t file_bytes, wal_bytes; /* SQLite, on the disk now */
};
void dd_db_stats(struct dd_db *db, struct dd_db_stats *ret);

#endif
