/* dd_reading.h - papers that are being read just now, so that who waits sees how far it is and can stop it. Lives with
 * the process: what is lost with it is a number on a page. */
#ifndef DD_READING_H
#define DD_READING_H

#include <stdatomic.h>

#include "dd_base.h"

struct readings;
struct readings *readings_new(void); /* NULL without memory: then nothing is told */
void readings_free(struct readings *r);

/* What the reader of a paper tells and asks while it reads. */
struct paper_watch {
        void (*progress)(void *arg, int done, int pages);
        void *arg;
        const atomic_bool *cancel;
};

struct reading;
/* A paper of an account begins, known by the key of its form. NULL: nothing can be told of it. */
struct reading *reading_begin(struct readings *r, int64_t account, struct str key);
void reading_watch(struct reading *g, struct paper_watch *ret); /* g NULL: an empty watch */
void reading_end(struct reading *g);                            /* NULL allowed */

/* How far the paper of this account and key is; pages 0: not known yet. False: no such paper is being read. */
bool reading_far(struct readings *r, int64_t account, struct str key, int *ret_done, int *ret_pages);
/* Asks its reader to stop. */
bool reading_stop(struct readings *r, int64_t account, struct str key);

#endif
