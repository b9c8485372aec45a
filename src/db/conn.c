/* Opening, and the pool: who has which connection. A thread holds at most one; nested transactions share it. */
#include <errno.h>
#include <sys/stat.h>
#include <time.h>

#include "db_priv.h"

static void
slot_free(void *slot)
{
        struct db_slot *s = slot;

        if (s != NULL && !s->spare)
                free(s);
}

static struct db_slot *
spare_slot(struct dd_db *db)
{
        struct db_slot *s = NULL;

        pthread_mutex_lock(&db->lock);
        if (db->n_spare < SPARE_SLOTS)
                s = &db->spare[db->n_spare++];
        pthread_mutex_unlock(&db->lock);
        if (s != NULL)
                s->spare = true;
        return s;
}

struct db_slot *
db_slot(struct dd_db *db)
{
        struct db_slot *s = pthread_getspecific(db->slot);

        if (s == NULL) {
                s = calloc(1, sizeof *s);
                if (s == NULL)
                        s = spare_slot(db);
                if (s == NULL || pthread_setspecific(db->slot, s) != 0)
                        abort();
        }
        return s;
}

enum dd_err
db_memory(struct dd_ctx *c, const char *where)
{
        return arena_starved(c->arena) ? db_fault(c, DD_EBUSY, where, "out of memory") : DD_OK;
}

void
db_count(struct dd_db *db, uint64_t *counter)
{
        pthread_mutex_lock(&db->lock);
        ++*counter;
        pthread_mutex_unlock(&db->lock);
}

void
db_conn_free(struct dd_conn *conn)
{
        struct dd_db *db = conn->db;

        db->engine->close(conn);
        free(conn->cache);
        free(conn);
}

/* Waits for a free connection or makes one. DD_EBUSY: none came free in time, or the server is away. */
enum dd_err
db_take(struct dd_db *db, struct dd_ctx *c, struct dd_conn **ret)
{
        struct timespec until;
        struct dd_conn *conn = NULL;
        bool make = false;

        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += POOL_WAIT_MS / 1000;
        pthread_mutex_lock(&db->lock);
        for (;;) {
                if (db->idle != NULL) {
                        conn = db->idle;
                        db->idle = conn->next;
                        break;
                }
                if (db->n_conns < db->max_conns) {
                        db->n_conns++;
                        make = true;
                        break;
                }
                if (pthread_cond_timedwait(&db->freed, &db->lock, &until) == ETIMEDOUT)
                        break;
        }
        pthread_mutex_unlock(&db->lock);
        if (make) {
                conn = db->engine->open(db, false, c);
                if (conn == NULL) {
                        pthread_mutex_lock(&db->lock);
                        db->n_conns--;
                        pthread_cond_signal(&db->freed);
                        pthread_mutex_unlock(&db->lock);
                        return c->err != DD_OK ? c->err : DD_EBUSY;
                }
        }
        if (conn == NULL)
                return db_fault(c, DD_EBUSY, "pool", "no connection came free");
        *ret = conn;
        return DD_OK;
}

void
db_give(struct dd_conn *conn)
{
        struct dd_db *db = conn->db;
        bool broken = conn->broken;

        conn->writes = conn->reads = conn->pending = conn->failed = false;
        conn->depth = 0;
        conn->saved = 0;
        if (broken)
                db_conn_free(conn);
        pthread_mutex_lock(&db->lock);
        if (broken) {
                db->n_conns--;
        } else {
                conn->next = db->idle; /* the warmest first */
                db->idle = conn;
        }
        pthread_cond_signal(&db->freed);
        pthread_mutex_unlock(&db->lock);
}

static size_t
place_of(const struct dd_conn *conn, const struct dd_sql *sql)
{
        size_t i = ((uintptr_t)sql >> 4) * (size_t)0x9E3779B97F4A7C15u >> 20;

        for (i &= conn->cap_cache - 1; conn->cache[i].sql != NULL && conn->cache[i].sql != sql;)
                i = (i + 1) & (conn->cap_cache - 1);
        return i;
}

struct db_prepared *
db_cached(struct dd_conn *conn, const struct dd_sql *sql)
{
        if ((conn->n_cache + 1) * 2 > conn->cap_cache) {
                struct dd_conn old = *conn;

                conn->cap_cache = old.cap_cache == 0 ? 64 : old.cap_cache * 2;
                conn->cache = calloc(conn->cap_cache, sizeof *conn->cache);
                if (conn->cache == NULL) {
                        *conn = old;
                        return NULL;
                }
                for (size_t i = 0; i < old.cap_cache; i++)
                        if (old.cache[i].sql != NULL)
                                conn->cache[place_of(conn, old.cache[i].sql)] = old.cache[i];
                free(old.cache);
        }
        struct db_prepared *p = &conn->cache[place_of(conn, sql)];
        if (p->sql == NULL) {
                p->sql = sql;
                conn->n_cache++;
        }
        return p;
}

static void
db_free(struct dd_db *db)
{
        if (db->lock_fd >= 0)
                dd_fd_close(&db->lock_fd);
        pthread_key_delete(db->slot);
        pthread_cond_destroy(&db->freed);
        pthread_mutex_destroy(&db->lock);
        pthread_mutex_destroy(&db->turn);
        free(db->file);
        free(db->where);
        free(db);
}

enum dd_err
dd_db_open(struct dd_ctx *c, struct str where, struct dd_db **ret)
{
        bool pg = str_starts(where, S("postgresql://")) || str_starts(where, S("postgres://"));
        struct dd_db *db = calloc(1, sizeof *db);
        struct dd_conn *first;
        enum dd_err err;

        if (db == NULL)
                abort();
        db->engine = pg ? &db_pg : &db_sqlite;
        db->lock_fd = -1;
        db->max_conns = POOL_MAX;
        db->where = strndup(where.p, where.n);
        if (db->where == NULL || pthread_key_create(&db->slot, slot_free) != 0)
                abort();
        pthread_mutex_init(&db->lock, NULL);
        pthread_mutex_init(&db->turn, NULL);
        pthread_cond_init(&db->freed, NULL);
        err = pg ? db_take(db, c, &first) : db_sqlite_open(db, c);
        if (pg && err == DD_OK)
                db_give(first);
        if (!pg && err == DD_OK)
                err = db_writer_start(db, c);
        if (err != DD_OK) {
                db_free(db);
                return err;
        }
        *ret = db;
        return DD_OK;
}

void
dd_db_close(struct dd_db *db)
{
        if (db == NULL)
                return;
        db_offload_stop(db);
        while (db->idle != NULL) { /* readers first: the writer's last checkpoint then meets nobody */
                struct dd_conn *conn = db->idle;

                db->idle = conn->next;
                db_conn_free(conn);
        }
        if (db->writer != NULL)
                db_writer_stop(db);
        slot_free(pthread_getspecific(db->slot));
        db_free(db);
}

static uint64_t
size_of(const char *file, const char *ending)
{
        char name[4096];
        struct stat st;

        if (file == NULL)
                return 0;
        snprintf(name, sizeof name, "%s%s", file, ending);
        return stat(name, &st) == 0 ? (uint64_t)st.st_size : 0;
}

void
dd_db_stats(struct dd_db *db, struct dd_db_stats *ret)
{
        size_t queued = db->writer == NULL ? db_offload_queued(db) : db_writer_queued(db);

        pthread_mutex_lock(&db->lock);
        *ret = db->stats;
        ret->connections = db->n_conns;
        pthread_mutex_unlock(&db->lock);
        ret->engine = db->engine->name;
        ret->queued = queued;
        ret->file_bytes = size_of(db->file, "");
        ret->wal_bytes = size_of(db->file, "-wal");
}
