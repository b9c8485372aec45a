/* watch_priv.h - measures of the running server and the checks of its set-up. */
#ifndef APP_WATCH_H
#define APP_WATCH_H

#include <stdatomic.h>

#include "dd_http.h"
#include "dd_pool.h"
#include "dd_watch.h"
#include "env_priv.h"

#define WATCH_BUCKETS 9

struct watch {
        struct env *e;
        struct http_server *_Atomic http; /* set once it listens */
        struct pool *pool;
        struct web_watch web; /* for struct web */
        int64_t started;
        atomic_ullong buckets[WATCH_BUCKETS], sum_us, classes[6], full;
};

/* DD_EINVAL: the token file cannot be read or holds none. */
MUST_CHECK enum dd_err watch_init(struct watch *w, struct env *e, struct pool *pool);
/* http_config.done; user is the struct web. */
void watch_done(void *web, const struct http_req *r, int status, int64_t micros);
/* watch_lines.c */
void watch_lines(void *watch, struct dd_ctx *c, struct watch_lines *ret);

#endif
