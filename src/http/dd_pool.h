/* dd_pool.h - a few threads for work that would hold up the loop: passwords, documents, exports. The queue is short
 * on purpose: who cannot be served soon is told so at once (503) instead of waiting in vain. */
#ifndef DD_POOL_H
#define DD_POOL_H

#include "dd_base.h"

struct pool;

struct pool *pool_new(unsigned threads, unsigned queue); /* 0 = 2 threads, 64 waiting; NULL: no threads to be had */
/* Runs fn(arg) on one of the threads. DD_EBUSY: the queue is full or the pool is stopping; fn will not run. */
MUST_CHECK enum dd_err pool_submit(struct pool *p, void (*fn)(void *), void *arg);
unsigned pool_waiting(struct pool *p);
void pool_free(struct pool *p); /* runs what is queued, then ends; NULL allowed */

#endif
