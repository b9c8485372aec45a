/* dd_jobs.h - work that nobody waits for at a page: the scheduler, and the import of a paper. */
#ifndef DD_JOBS_H
#define DD_JOBS_H

#include "dd_update.h"
#include "dd_worker.h"

/* Reads a paper in a child; the bytes stay in memory. Errors of worker_read. */
MUST_CHECK enum dd_err import_read(struct dd_ctx *c, struct worker *w, const struct evidence *file, struct draft *ret);
/* The same, telling how far it is after each page; cancel becomes true: DD_ECONFLICT. See worker_job. */
struct import_watch {
        void (*progress)(void *arg, int done, int pages);
        void *arg;
        const atomic_bool *cancel;
};
MUST_CHECK enum dd_err import_read_watched(struct dd_ctx *c, struct worker *w, const struct evidence *file,
                                           const struct import_watch *watch, struct draft *ret);

/* A file that comes with an update or a result: refused, with nothing of it kept, when it carries a mark of state
 * secrecy (DD_EDENIED, audit intake.refused), and when it could not be looked at. */
MUST_CHECK enum dd_err import_check(struct dd_ctx *c, struct worker *w, const struct evidence *file);
/* One page of a stored PDF or scan as a PNG, behind what `out` holds. Errors of
 * worker_page_image. */
MUST_CHECK enum dd_err import_page_image(struct dd_ctx *c, struct worker *w, const struct evidence *file, int page,
                                         struct dd_buf *out);

struct import_out {
        int64_t intake_id, plan_id; /* plan_id 0: a draft to be verified */
        bool known;                 /* the same bytes came before; nothing changed */
        size_t tasks, notes;
};
/* Read, store as a draft, and with `confirm` accept it as read (its notes stay open on the plan). */
MUST_CHECK enum dd_err import_paper(struct dd_ctx *c, struct worker *w, const struct evidence *file, bool confirm,
                                    struct import_out *ret);

/* The second half, of a draft that import_read gave. */
MUST_CHECK enum dd_err import_store(struct dd_ctx *c, const struct evidence *file, const struct draft *d, bool confirm,
                                    struct import_out *ret);

/* The scheduler: one thread, jobs leased by a row so that of several servers one runs each. */
struct scheduler;
MUST_CHECK enum dd_err scheduler_start(struct dd_ctx *c, struct scheduler **ret);
void scheduler_stop(struct scheduler *s); /* NULL allowed */

#endif
