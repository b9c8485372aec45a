/* The one thread that writes to SQLite. It takes what is queued, at most GROUP_MAX, never waits for more, commits once
 * for the group, and only then tells the callers (DESIGN section 4). It alone checkpoints. */
#include <time.h>

#include "db_priv.h"

#define GROUP_MAX    50
#define GROUP_PAGES  4096 /* 16 MiB of new pages: the rest of the group goes into the next one */
#define LAST_WAIT_MS 300
#define IDLE_SECONDS 2 /* a quiet moment: leave a short WAL behind */

/* The WAL stays below 64 MiB (16,384 pages) while readers come and go all the time: what can be moved is moved early;
 * the longer it grows, the longer writing stands still for the readers in the way. Tried again when `again` pages came
 * since. */
static const struct {
        int pages, wait_ms, again;
} ckpt[] = {
        { 1000, -1, 1000 },    /* 4 MiB, nobody waits */
        { 4000, 100, 1000 },   /* 16 MiB */
        { 8000, 2000, 500 },   /* 32 MiB */
        { 11000, 20000, 250 }, /* 44 MiB: a reader that stays longer is the one thing that can break the bound */
};

struct db_writer {
        struct dd_db *db;
        struct dd_conn *conn;
        pthread_t thread;
        pthread_mutex_t lock;
        pthread_cond_t more, copied;
        struct db_copy *copy, *now; /* asked for, under the lock; what the writer knows of it */
        struct db_job *first, **last;
        size_t n;
        bool stop;
        int tried_at; /* length of the WAL at the last checkpoint */
};

void
db_writer_add(struct dd_db *db, struct db_job job)
{
        struct db_writer *w = db->writer;
        struct db_job *j = arena_alloc(job.c->arena, sizeof *j);

        *j = job;
        pthread_mutex_lock(&w->lock);
        *w->last = j;
        w->last = &j->next;
        w->n++;
        pthread_cond_signal(&w->more);
        pthread_mutex_unlock(&w->lock);
}

size_t
db_writer_queued(struct dd_db *db)
{
        struct db_writer *w = db->writer;

        pthread_mutex_lock(&w->lock);
        size_t n = w->n;
        pthread_mutex_unlock(&w->lock);
        return n;
}

void
db_writer_copy(struct dd_db *db, struct db_copy *cp)
{
        struct db_writer *w = db->writer;

        pthread_mutex_lock(&w->lock);
        while (w->copy != NULL)
                pthread_cond_wait(&w->copied, &w->lock);
        w->copy = cp;
        pthread_cond_signal(&w->more);
        while (!cp->done)
                pthread_cond_wait(&w->copied, &w->lock);
        pthread_mutex_unlock(&w->lock);
}

static void
copied(struct db_writer *w)
{
        pthread_mutex_lock(&w->lock);
        w->now->done = true;
        w->copy = w->now = NULL;
        pthread_cond_broadcast(&w->copied);
        pthread_mutex_unlock(&w->lock);
}

/* Up to GROUP_MAX jobs; waits for the first one, but for a copy's sake. *ret_idle: nothing came for a while. NULL and
 * not idle: stop. */
static struct db_job *
take(struct db_writer *w, bool *ret_idle)
{
        struct db_job *head = NULL, **at = &head;
        struct timespec until;
        int rc = 0;

        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += IDLE_SECONDS;
        pthread_mutex_lock(&w->lock);
        while (w->first == NULL && w->copy == NULL && !w->stop && rc == 0)
                rc = w->conn->wal_pages > 0 ? pthread_cond_timedwait(&w->more, &w->lock, &until)
                                            : pthread_cond_wait(&w->more, &w->lock);
        for (int i = 0; i < GROUP_MAX && w->first != NULL; i++) {
                *at = w->first;
                at = &w->first->next;
                w->first = w->first->next;
                w->n--;
        }
        *at = NULL;
        if (w->first == NULL)
                w->last = &w->first;
        *ret_idle = head == NULL && !w->stop;
        w->now = w->copy;
        pthread_mutex_unlock(&w->lock);
        return head;
}

static void
count(struct dd_db *db, uint64_t n, bool failed)
{
        size_t size = 0;

        while (size + 1 < DD_GROUP_SIZES && n > (uint64_t)1 << size)
                size++;
        pthread_mutex_lock(&db->lock);
        db->stats.groups++;
        db->stats.sizes[size]++;
        db->stats.actions += n;
        db->stats.failed_groups += failed;
        pthread_mutex_unlock(&db->lock);
}

/* A connection that is not to be trusted any more is replaced before the next group. */
static void
renew(struct db_writer *w, struct dd_ctx *c)
{
        struct dd_conn *old = w->conn, *conn = old->broken ? w->db->engine->open(w->db, true, c) : NULL;

        if (conn == NULL)
                return;
        if (w->now != NULL)
                db_copy_drop(w->now);
        conn->writes = true;
        conn->wal_pages = old->wal_pages;
        w->conn = conn;
        db_slot(w->db)->conn = conn;
        db_conn_free(old);
        dd_ctx_clear_error(c);
}

/* Runs the actions and the outer COMMIT; afterwards every job knows its end. When SQLite rolls everything back by
 * itself (disk full, I/O error), all are told the cause and the rest is not tried. Cuts off and returns in *ret_rest
 * what would make the group too large. False: nothing was kept, and it must be done with savepoints. */
static bool
try_group(struct db_writer *w, struct db_job *jobs, bool bare, struct db_job **ret_rest)
{
        struct arena *a = arena_new(0);
        struct dd_ctx gc = { .arena = a, .db = w->db };
        renew(w, &gc);
        enum dd_err err = db_group_begin(w->conn, &gc);
        int begun = err == DD_OK ? db_group_pages(w->conn) : 0;
        uint64_t n = 0;
        bool own = false, alone = jobs->next == NULL; /* own: the fault of one alone, nobody else is concerned */

        w->conn->bare = bare;
        for (struct db_job *j = jobs; j != NULL && !w->conn->redo; j = j->next, n++) {
                if (err != DD_OK)
                        continue;
                j->err = db_action_end(w->conn, j->c, j->fn(j->c, j->arg));
                own = alone && bare && j->err != DD_OK && (w->conn->redo || !db_group_lost(w->conn));
                if (own || db_group_lost(w->conn)) {
                        err = j->err != DD_OK ? j->err : DD_EIO;
                } else if (db_group_pages(w->conn) - begun >= GROUP_PAGES) {
                        *ret_rest = j->next;
                        j->next = NULL;
                }
        }
        bool redo = w->conn->redo && !own;
        if (err == DD_OK)
                err = db_group_commit(w->conn, &gc);
        else
                db_group_drop(w->conn, &gc);
        for (struct db_job *j = jobs; j != NULL && err != DD_OK && !redo; j = j->next)
                if (j->err == DD_OK)
                        j->err = db_fault(j->c, err, "writer", "the group was not stored");
        if (!redo)
                count(w->db, n, err != DD_OK && !own);
        arena_free(a);
        return !redo;
}

static struct db_job *
run_group(struct db_writer *w, struct db_job *jobs)
{
        struct db_job *rest = NULL;

        if (try_group(w, jobs, true, &rest))
                return rest;
        for (struct db_job *j = jobs; j != NULL; j = j->next) {
                dd_ctx_clear_error(j->c);
                j->err = DD_OK;
        }
        (void)try_group(w, jobs, false, &rest);
        return rest;
}

static void
tell(struct db_job *jobs)
{
        while (jobs != NULL) {
                struct db_job *next = jobs->next; /* done may free the context the job lives in */

                jobs->done(jobs->done_arg, jobs->err);
                jobs = next;
        }
}

static void
checkpoint(struct db_writer *w, bool idle)
{
        int pages = w->conn->wal_pages;
        size_t level = ARRAY_LEN(ckpt);

        if (pages < w->tried_at)
                w->tried_at = 0; /* it began anew */
        while (level > 0 && pages < ckpt[level - 1].pages)
                level--;
        bool due = level > 0 && pages - w->tried_at >= ckpt[level - 1].again;
        if (!due && !(idle && pages > 0))
                return;
        if (db_checkpoint(w->conn, due ? ckpt[level - 1].wait_ms : -1))
                db_count(w->db, &w->db->stats.checkpoints);
        w->tried_at = pages;
        if (level == ARRAY_LEN(ckpt) && w->conn->wal_pages != 0)
                dd_log(DD_LOG_WARN, "db: readers keep the WAL at %d pages", pages);
        if (idle)
                w->conn->wal_pages = 0; /* once is enough until the next commit */
}

static void *
writer_main(void *arg)
{
        struct db_writer *w = arg;
        struct db_slot *slot = db_slot(w->db);

        slot->conn = w->conn;
        slot->in_write = true;
        for (;;) {
                bool idle;
                struct db_job *jobs = take(w, &idle);

                if (jobs == NULL && !idle)
                        break;
                while (jobs != NULL) {
                        struct db_job *rest = run_group(w, jobs);

                        tell(jobs);
                        jobs = rest;
                        if (rest != NULL)
                                checkpoint(w, false);
                }
                checkpoint(w, idle && w->now == NULL);
                if (w->now != NULL && db_copy_step(w->conn, w->now))
                        copied(w);
        }
        if (w->now != NULL) {
                db_copy_drop(w->now);
                copied(w);
        }
        db_checkpoint(w->conn, LAST_WAIT_MS);
        return NULL;
}

enum dd_err
db_writer_start(struct dd_db *db, struct dd_ctx *c)
{
        struct dd_conn *conn = db->engine->open(db, true, c);
        struct db_writer *w;

        if (conn == NULL)
                return c->err;
        w = calloc(1, sizeof *w);
        if (w == NULL)
                abort();
        conn->writes = true;
        w->db = db;
        w->conn = conn;
        w->last = &w->first;
        pthread_mutex_init(&w->lock, NULL);
        pthread_cond_init(&w->more, NULL);
        pthread_cond_init(&w->copied, NULL);
        db->writer = w;
        if (pthread_create(&w->thread, NULL, writer_main, w) != 0) {
                db_conn_free(conn);
                free(w);
                db->writer = NULL;
                return dd_fail(c, DD_EIO, "Không tạo được luồng ghi dữ liệu: máy chủ thiếu tài nguyên.");
        }
        return DD_OK;
}

/* What is queued is still written. */
void
db_writer_stop(struct dd_db *db)
{
        struct db_writer *w = db->writer;

        pthread_mutex_lock(&w->lock);
        w->stop = true;
        pthread_cond_signal(&w->more);
        pthread_mutex_unlock(&w->lock);
        pthread_join(w->thread, NULL);
        db_conn_free(w->conn);
        pthread_cond_destroy(&w->more);
        pthread_cond_destroy(&w->copied);
        pthread_mutex_destroy(&w->lock);
        free(w);
        db->writer = NULL;
}
