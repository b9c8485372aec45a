/* Worker threads over a bounded ring. */
#include "dd_pool.h"

#include <pthread.h>

struct job {
        void (*fn)(void *);
        void *arg;
};

struct pool {
        pthread_mutex_t lock;
        pthread_cond_t wake;
        struct job *ring;
        unsigned bound, head, n;
        pthread_t *threads;
        unsigned n_threads;
        bool ending;
};

static void *
work(void *arg)
{
        struct pool *p = arg;

        pthread_mutex_lock(&p->lock);
        for (;;) {
                while (p->n == 0 && !p->ending)
                        pthread_cond_wait(&p->wake, &p->lock);
                if (p->n == 0)
                        break;
                struct job job = p->ring[p->head];
                p->head = (p->head + 1) % p->bound;
                p->n--;
                pthread_mutex_unlock(&p->lock);
                job.fn(job.arg);
                pthread_mutex_lock(&p->lock);
        }
        pthread_mutex_unlock(&p->lock);
        return NULL;
}

struct pool *
pool_new(unsigned threads, unsigned queue)
{
        struct pool *p = calloc(1, sizeof *p);

        if (p == NULL)
                return NULL;
        threads = threads == 0 ? 2 : threads;
        p->bound = queue == 0 ? 64 : queue;
        pthread_mutex_init(&p->lock, NULL);
        pthread_cond_init(&p->wake, NULL);
        p->ring = calloc(p->bound, sizeof *p->ring);
        p->threads = calloc(threads, sizeof *p->threads);
        while (p->ring != NULL && p->threads != NULL && p->n_threads < threads &&
               pthread_create(&p->threads[p->n_threads], NULL, work, p) == 0)
                p->n_threads++;
        if (p->n_threads == threads)
                return p;
        pool_free(p);
        return NULL;
}

enum dd_err
pool_submit(struct pool *p, void (*fn)(void *), void *arg)
{
        enum dd_err err = DD_EBUSY;

        pthread_mutex_lock(&p->lock);
        if (!p->ending && p->n < p->bound) {
                p->ring[(p->head + p->n) % p->bound] = (struct job){ fn, arg };
                p->n++;
                pthread_cond_signal(&p->wake);
                err = DD_OK;
        }
        pthread_mutex_unlock(&p->lock);
        return err;
}

unsigned
pool_waiting(struct pool *p)
{
        unsigned n;

        pthread_mutex_lock(&p->lock);
        n = p->n;
        pthread_mutex_unlock(&p->lock);
        return n;
}

void
pool_free(struct pool *p)
{
        if (p == NULL)
                return;
        pthread_mutex_lock(&p->lock);
        p->ending = true;
        pthread_cond_broadcast(&p->wake);
        pthread_mutex_unlock(&p->lock);
        for (unsigned i = 0; i < p->n_threads; i++)
                pthread_join(p->threads[i], NULL);
        pthread_mutex_destroy(&p->lock);
        pthread_cond_destroy(&p->wake);
        free(p->ring);
        free(p->threads);
        free(p);
}
