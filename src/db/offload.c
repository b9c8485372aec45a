/* PostgreSQL: dd_write_async must not hold its caller up while the server works, so a few threads, started when they
 * are first needed, run the actions, each on a connection of its own from the pool. */
#include "db_priv.h"

#define THREADS 8
#define BOUND   512 /* waiting; more are told to come again */

struct db_offload {
        struct dd_db *db;
        pthread_mutex_t lock;
        pthread_cond_t more;
        struct db_job *first, **last;
        size_t n;
        unsigned idle, n_threads;
        pthread_t threads[THREADS];
        bool stop;
};

static void *
work(void *arg)
{
        struct db_offload *o = arg;

        pthread_mutex_lock(&o->lock);
        for (;;) {
                o->idle++;
                while (o->first == NULL && !o->stop)
                        pthread_cond_wait(&o->more, &o->lock);
                o->idle--;
                struct db_job *j = o->first;
                if (j == NULL)
                        break;
                o->first = j->next;
                o->n--;
                if (o->first == NULL)
                        o->last = &o->first;
                pthread_mutex_unlock(&o->lock);
                enum dd_err err = dd_write(j->c, j->fn, j->arg);
                j->done(j->done_arg, err); /* may free j */
                pthread_mutex_lock(&o->lock);
        }
        pthread_mutex_unlock(&o->lock);
        return NULL;
}

static struct db_offload *
offload_of(struct dd_db *db)
{
        pthread_mutex_lock(&db->lock);
        if (db->offload == NULL) {
                struct db_offload *o = calloc(1, sizeof *o);

                if (o == NULL)
                        abort();
                o->db = db;
                o->last = &o->first;
                pthread_mutex_init(&o->lock, NULL);
                pthread_cond_init(&o->more, NULL);
                db->offload = o;
        }
        struct db_offload *o = db->offload;
        pthread_mutex_unlock(&db->lock);
        return o;
}

void
db_offload(struct dd_db *db, struct db_job job)
{
        struct db_offload *o = offload_of(db);
        struct db_job *j = arena_alloc(job.c->arena, sizeof *j);
        bool taken;

        *j = job;
        pthread_mutex_lock(&o->lock);
        if (o->idle <= o->n && o->n_threads < THREADS && pthread_create(&o->threads[o->n_threads], NULL, work, o) == 0)
                o->n_threads++;
        taken = o->n < BOUND && o->n_threads > 0;
        if (taken) {
                *o->last = j;
                o->last = &j->next;
                o->n++;
                pthread_cond_signal(&o->more);
        }
        pthread_mutex_unlock(&o->lock);
        if (!taken)
                job.done(job.done_arg, db_fault(job.c, DD_EBUSY, "offload", "too many actions wait"));
}

size_t
db_offload_queued(struct dd_db *db)
{
        size_t n = 0;

        pthread_mutex_lock(&db->lock);
        struct db_offload *o = db->offload;
        pthread_mutex_unlock(&db->lock);
        if (o == NULL)
                return 0;
        pthread_mutex_lock(&o->lock);
        n = o->n;
        pthread_mutex_unlock(&o->lock);
        return n;
}

/* What is queued is still done. */
void
db_offload_stop(struct dd_db *db)
{
        struct db_offload *o = db->offload;

        if (o == NULL)
                return;
        pthread_mutex_lock(&o->lock);
        o->stop = true;
        pthread_cond_broadcast(&o->more);
        pthread_mutex_unlock(&o->lock);
        for (unsigned i = 0; i < o->n_threads; i++)
                pthread_join(o->threads[i], NULL);
        pthread_cond_destroy(&o->more);
        pthread_mutex_destroy(&o->lock);
        free(o);
        db->offload = NULL;
}
