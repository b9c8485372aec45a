/* db_priv.h - inside src/db: connections, the engine table, the writer. */
#ifndef DB_PRIV_H
#define DB_PRIV_H

#include <pthread.h>
#include <stdatomic.h>

#include "dd_db.h"
#include "dd_stmt.h"

#define POOL_MAX     32 /* connections beyond the writer's; a thread waits for a free one */
#define POOL_WAIT_MS 5000
#define WRITE_TRIES  8
#define CROWDED_MS   2000 /* all queue for so long when one action made another fail */
#define BUSY_MS      5000 /* SQLite: a foreign program holds the file */
#define DEPTH_MAX    60
#define SPARE_SLOTS  32

enum db_ctl { CTL_READ, CTL_READ_END, CTL_OUTER, CTL_OUTER_OK, CTL_OUTER_UNDO, CTL_SAVE, CTL_SAVE_OK, CTL_SAVE_UNDO };

struct db_prepared {
        const struct dd_sql *sql; /* NULL: free place */
        void *h;
};

struct dd_conn {
        struct dd_db *db;
        struct dd_conn *next; /* idle list */
        void *h;              /* sqlite3 or PGconn */
        bool writes;          /* an open write transaction, or the SQLite writer itself */
        bool reads;           /* opened by dd_tx_read: no writing inside */
        bool pending;         /* dd_write: an inner transaction was committed, the outer not yet */
        bool failed;          /* a statement failed: nothing more until rolled back */
        bool queued;          /* PostgreSQL: holds the lock of those who queue */
        bool spoilt;          /* SQLite writer: an action of the group could not be undone: the group is not kept */
        bool bare;            /* SQLite writer: the actions of this group run without savepoints of their own */
        bool redo;       /* SQLite writer: one of them has to be undone: the group is dropped, and done with them */
        int64_t changes; /* SQLite writer: rows changed before the action that runs bare */
        bool broken;     /* the server is gone: never back to the pool */
        int depth;       /* transactions open on it */
        int wal_pages;   /* SQLite writer: length of the WAL after its last commit; 0: all of it was moved */
        uint64_t saved;  /* bit d: the one at depth d is a savepoint */
        struct db_prepared *cache;
        size_t n_cache, cap_cache;
};

/* What one thread has in hand. */
struct db_slot {
        struct dd_conn *conn;
        bool in_write; /* inside dd_write */
        bool retry;    /* the fault seen last goes away by doing it all again */
        bool queue;    /* this action queues with those of other servers */
        bool spare;    /* one of the database's own, for a thread that begins when there is no memory */
};

struct db_engine {
        const char *name;
        bool queued; /* writes go through the writer thread */
        struct dd_conn *(*open)(struct dd_db *db, bool writes, struct dd_ctx *c);
        void (*close)(struct dd_conn *conn);
        enum dd_err (*ctl)(struct dd_conn *conn, struct dd_ctx *c, enum db_ctl what);
        enum dd_err (*script)(struct dd_conn *conn, struct dd_ctx *c, const char *sql); /* migrations */
        enum dd_err (*open_stmt)(struct dd_stmt *st);
        void (*close_stmt)(struct dd_stmt *st);
        void (*bind_null)(struct dd_stmt *st, size_t i);
        void (*bind_i64)(struct dd_stmt *st, size_t i, int64_t v);
        void (*bind_str)(struct dd_stmt *st, size_t i, struct str v);
        void (*bind_blob)(struct dd_stmt *st, size_t i, struct str v);
        enum dd_err (*step)(struct dd_stmt *st, bool *ret_row);
        int64_t (*changes)(struct dd_stmt *st);
        enum dd_err (*columns)(struct dd_stmt *st, struct str **ret, size_t *ret_n);
        bool (*col_null)(struct dd_stmt *st, size_t i); /* comes before one of the others */
        int64_t (*col_i64)(struct dd_stmt *st, size_t i);
        struct str (*col_str)(struct dd_stmt *st, size_t i);  /* the engine's memory, or the arena's */
        struct str (*col_blob)(struct dd_stmt *st, size_t i); /* likewise */
};

extern const struct db_engine db_sqlite, db_pg;

struct db_writer;
struct db_offload;

/* One action in the writer's queue. */
struct db_job {
        struct db_job *next;
        struct dd_ctx *c;
        enum dd_err (*fn)(struct dd_ctx *, void *);
        void *arg;
        void (*done)(void *, enum dd_err);
        void *done_arg;
        enum dd_err err;
};

struct dd_db {
        const struct db_engine *engine;
        char *where; /* folder or address */
        char *file;  /* SQLite: the database file */
        int lock_fd; /* SQLite: held while the folder is ours */
        pthread_mutex_t lock;
        pthread_cond_t freed;
        pthread_mutex_t turn;          /* PostgreSQL: actions that queue, one at a time */
        _Atomic int64_t crowded_until; /* PostgreSQL: all queue until then, by dd_clock_mono_ms() */
        struct dd_conn *idle;
        size_t n_conns, max_conns;
        pthread_key_t slot;
        struct db_slot spare[SPARE_SLOTS];
        size_t n_spare;             /* used; under lock */
        struct db_writer *writer;   /* SQLite */
        struct db_offload *offload; /* PostgreSQL; under lock until made */
        struct dd_db_stats stats;   /* under lock */
};

/* conn.c */
struct db_slot *db_slot(struct dd_db *db);
enum dd_err db_take(struct dd_db *db, struct dd_ctx *c, struct dd_conn **ret);
void db_give(struct dd_conn *conn);
/* h == NULL: to be prepared. NULL: no memory. */
struct db_prepared *db_cached(struct dd_conn *conn, const struct dd_sql *sql);
void db_conn_free(struct dd_conn *conn);
void db_count(struct dd_db *db, uint64_t *counter);

/* conn.c: DD_EBUSY when the request's arena lives on the reserve: nothing more is begun then. */
enum dd_err db_memory(struct dd_ctx *c, const char *where);

/* tx.c: a fault, told to the person in plain words and to the log in the engine's (never values). */
enum dd_err db_fault(struct dd_ctx *c, enum dd_err code, const char *where, const char *log);
/* Ends what dd_write began on conn: commit, or undo when err is set. */
enum dd_err db_action_end(struct dd_conn *conn, struct dd_ctx *c, enum dd_err err);

/* sqlite_open.c */
enum dd_err db_sqlite_open(struct dd_db *db, struct dd_ctx *c); /* folder, lock, file system; no connection yet */
struct dd_conn *db_sqlite_connect(struct dd_db *db, bool writes, struct dd_ctx *c);
bool db_sync_folder(const char *path); /* its entries are on the disk */
/* fts_vi.c */
int db_fts_register(void *sqlite3_handle);
/* sqlite.c, for the writer thread */
enum dd_err db_group_begin(struct dd_conn *conn, struct dd_ctx *c);
enum dd_err db_group_commit(struct dd_conn *conn, struct dd_ctx *c);
void db_group_drop(struct dd_conn *conn, struct dd_ctx *c); /* nothing of the group is kept */
bool db_control_ready(struct dd_conn *conn, struct dd_ctx *c);
bool db_group_lost(struct dd_conn *conn); /* SQLite rolled the whole group back by itself */
int db_group_pages(struct dd_conn *conn); /* of the database, those of the open group with them */
/* Moves the WAL into the database. wait_ms < 0: what can be moved without waiting; else readers are waited for and the
 * WAL begins anew. False: nothing could be moved. */
bool db_checkpoint(struct dd_conn *conn, int wait_ms);
/* sqlite_backup.c. A copy under way; `from` belongs to the writer's connection. */
struct db_copy {
        void *to, *from; /* sqlite3, sqlite3_backup */
        int pages;       /* of the database at the last step */
        int rc;          /* of SQLite, at the end */
        bool done;       /* under the writer's lock */
};
bool db_copy_step(struct dd_conn *conn, struct db_copy *cp); /* true: it is over, rc tells how */
void db_copy_drop(struct db_copy *cp);                       /* another step would begin anew */
/* writer.c */
/* Waits until the writer has made the copy, others before it. */
void db_writer_copy(struct dd_db *db, struct db_copy *cp);
enum dd_err db_writer_start(struct dd_db *db, struct dd_ctx *c);
void db_writer_stop(struct dd_db *db);
void db_writer_add(struct dd_db *db, struct db_job job);
/* offload.c: threads that run dd_write where it has no queue of its own */
void db_offload(struct dd_db *db, struct db_job job);
size_t db_offload_queued(struct dd_db *db);
void db_offload_stop(struct dd_db *db);
size_t db_writer_queued(struct dd_db *db);

#endif
