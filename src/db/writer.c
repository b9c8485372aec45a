/* The one thread that writes to SQLite. It takes what is queued, at most GROUP_MAX, never waits for more, commits once
 * for the group, and only then tells the callers (DESIGN section 4). It alone checkpoints. */
#include <time.h>

#include "db_priv.h"

#define GROUP_MAX    50
#define CKPT_PAGES   1000  /* about 4 MiB: move what can be moved */
#define CKPT_ALL     16384 /* 64 MiB: wait for readers and start the WAL anew */
#define IDLE_SECONDS 2     /* a quiet moment: leave a short WAL behind */

struct db_writer {
        struct dd_db *db;
        struct dd_conn *conn;
        pthread_t thread;
        pthread_mutex_t lock;
        pthread_cond_t more;
        struct db_job *first, **last;
        size_t n;
        bool stop;
        int all_at; /* WAL length at which readers are waited for */
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

/* Up to GROUP_MAX jobs; waits for the first one. *ret_idle: nothing came for a while. NULL and not idle: stop. */
static struct db_job *
take(struct db_writer *w, bool *ret_idle)
{
        struct db_job *head = NULL, **at = &head;
        struct timespec until;
        int rc = 0;

        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += IDLE_SECONDS;
        pthread_mutex_lock(&w->lock);
        while (w->first == NULL && !w->stop && rc == 0)
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
        pthread_mutex_unlock(&w->lock);
        return head;
}

/* Runs the actions and the outer COMMIT; afterwards every job knows its end. When SQLite rolls everything back by
 * itself (disk full, I/O error), all are told the cause and the rest is not tried. */
static void
run_group(struct db_writer *w, struct db_job *jobs)
{
        struct arena *a = arena_new(0);
        struct dd_ctx gc = { .arena = a, .db = w->db };
        enum dd_err err = db_group_begin(w->conn, &gc);
        uint64_t n = 0;

        for (struct db_job *j = jobs; j != NULL; j = j->next, n++) {
                if (err != DD_OK)
                        continue;
                j->err = db_action_end(w->conn, j->c, j->fn(j->c, j->arg));
                if (db_group_lost(w->conn))
                        err = j->err != DD_OK ? j->err : DD_EIO;
        }
        if (err == DD_OK)
                err = db_group_commit(w->conn, &gc);
        for (struct db_job *j = jobs; j != NULL && err != DD_OK; j = j->next)
                if (j->err == DD_OK)
                        j->err = db_fault(j->c, err, "writer", "the group was not stored");
        pthread_mutex_lock(&w->db->lock);
        w->db->stats.groups++;
        w->db->stats.actions += n;
        w->db->stats.failed_groups += err != DD_OK;
        pthread_mutex_unlock(&w->db->lock);
        arena_free(a);
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
        bool all = pages >= w->all_at;

        if (pages < CKPT_PAGES && !(idle && pages > 0))
                return;
        if (db_checkpoint(w->conn, all))
                db_count(w->db, &w->db->stats.checkpoints);
        if (all) /* readers in the way: not again with every group */
                w->all_at = w->conn->wal_pages == 0 ? CKPT_ALL : pages + CKPT_ALL / 4;
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
                if (jobs != NULL) {
                        run_group(w, jobs);
                        tell(jobs);
                }
                checkpoint(w, idle);
        }
        db_checkpoint(w->conn, true);
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
        w->all_at = CKPT_ALL;
        pthread_mutex_init(&w->lock, NULL);
        pthread_cond_init(&w->more, NULL);
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
        pthread_mutex_destroy(&w->lock);
        free(w);
        db->writer = NULL;
}
