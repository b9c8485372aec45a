/* dd_watch.h - what /healthz, /metrics and the set-up check ask about the program and its machine. Filled by app, which
 * knows all parts; NULL in struct web: those pages say that nothing is known. */
#ifndef DD_WATCH_H
#define DD_WATCH_H

#include "dd_base.h"

enum watch_level { WATCH_GOOD, WATCH_LOOK, WATCH_BAD };

/* Texts in the language of the context. */
struct watch_line {
        struct str what, found, todo;
        enum watch_level level;
};
struct watch_lines {
        struct watch_line *v;
        size_t n, cap;
};

struct web_watch {
        void *arg;
        bool (*alive)(void *arg, struct dd_ctx *c); /* the database answers */
        void (*lines)(void *arg, struct dd_ctx *c, struct watch_lines *ret);
        void (*metrics)(void *arg, struct dd_ctx *c, struct dd_buf *ret); /* Prometheus text */
        struct str token;                                                 /* of /metrics from afar; STR_NONE: none */
};

#endif
