/* dd_worker.h - documents are read by children that own nothing but the bytes and a pipe (DESIGN section 6, SECURITY
 * 3.3). A single-threaded nursery, forked before any thread, forks one child per document; what a child answers is
 * itself untrusted and is checked byte for byte here. PDF, scans and images pass through helper programs of Debian
 * (poppler-utils, tesseract-ocr), each run in a sandbox of its own. */
#ifndef DD_WORKER_H
#define DD_WORKER_H

#include <stdatomic.h>

#include "dd_draft.h"

#define WORKER_FILE_MAX ((size_t)25 << 20) /* of one paper, DESIGN section 6 */
#define WORKER_PARALLEL 2                  /* children at one time; more callers wait */
#define WORKER_WALL_MS  60000              /* a child's whole life; also the longest wait for a free child */

struct worker;

struct worker_job {
        int fd;          /* sealed memfd of worker_memfd; stays the caller's to close */
        size_t size;     /* of the bytes in fd */
        struct str file; /* name shown to people; never opened, never sent to the child */
        int year;        /* reference year; 0: the paper's own */
        bool look;       /* for worker_check */

        /* Long papers: told after every page, from any thread, one call at a time; NULL allowed. */
        void (*progress)(void *arg, int done, int pages);
        void *progress_arg;
        const atomic_bool *cancel; /* becomes true: worker_read ends within a second with DD_ECONFLICT; NULL allowed */
};

/* Forks the nursery. Call it before any thread is started (refused with DD_EIO otherwise) and before secrets are read
 * into memory: children inherit this process's memory as it is now. A nursery that dies is started again by a keeper
 * process that does nothing else. */
MUST_CHECK enum dd_err worker_start(struct dd_ctx *c, struct worker **ret);
/* Ends the nursery and whatever it still runs. No worker_read may be under way. NULL allowed. */
void worker_stop(struct worker *w);
/* False once nursery and keeper have both died: every read answers DD_EBUSY from then on, and only a restart of the
 * program helps. For the health page. */
bool worker_alive(struct worker *w);
unsigned worker_restarts(struct worker *w); /* how often a nursery had to be started again */

/* Bytes of an upload into memory that no one can change any more and that is no file on any disk. The caller closes
 * *ret_fd. DD_EINVAL when empty, DD_ETOOBIG beyond WORKER_FILE_MAX, DD_EBUSY without memory. */
MUST_CHECK enum dd_err worker_memfd(struct dd_ctx *c, struct str bytes, int *ret_fd);

/* Reads one paper. Any number of threads may call it at once. Results live in c->arena. Errors, each with its words
 * for the person in c:
 *   DD_EFORMAT  not a file we read, or one that broke the reader;
 *   DD_EINVAL   empty;
 *   DD_ETOOBIG  beyond 25 MiB, 256 MiB of memory, 20 s of CPU or 8 MiB of answer;
 *   DD_EDENIED  the paper carries a mark of state secrecy (and only then); nothing of it is kept anywhere;
 *   DD_EBUSY    no child in time, no nursery, no sandbox on this machine, or a program of Debian that the paper needs
 *               is not installed (the words name its package); nothing was stored;
 *   DD_ECONFLICT  `cancel` was set. */
MUST_CHECK enum dd_err worker_read(struct dd_ctx *c, struct worker *w, const struct worker_job *job, struct draft *ret);

/* Looks for a mark of state secrecy and reads no further: what comes with an update need not be a paper. DD_OK: none
 * was seen, in the name or in the text; bytes that are no text are judged by the name alone. DD_EDENIED: it carries
 * one. */
MUST_CHECK enum dd_err worker_check(struct dd_ctx *c, struct worker *w, const struct worker_job *job);

/* One page of a paper that comes as pages (PDF, PNG, JPEG, TIFF) as a PNG, for the verification page: page from 1, dpi
 * 36..200; longest side at most 4,000 pixels. The picture goes into `out`. Errors of worker_read; DD_ENOTFOUND: no
 * such page. */
MUST_CHECK enum dd_err worker_page_image(struct dd_ctx *c, struct worker *w, const struct worker_job *job, int page,
                                         int dpi, struct dd_buf *out);

#endif
