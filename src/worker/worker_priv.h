/* Inside the worker folder: what parent, nursery and child share. Tests come in through struct worker_setup. */
#ifndef WORKER_PRIV_H
#define WORKER_PRIV_H

#include <pthread.h>
#include <sys/types.h>

#include "dd_reply.h"
#include "dd_worker.h"

/* Sanitizers need system calls and address space that a sandboxed child must not have. Such builds skip seccomp and
 * RLIMIT_AS; they are for tests and fuzzing, never for service. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WORKER_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define WORKER_SANITIZED 1
#endif
#endif
#ifndef WORKER_SANITIZED
#define WORKER_SANITIZED 0
#endif

/* ---- set-up -------------------------------------------------------------------------------------------- */

struct worker_limits {
        unsigned cpu_s;               /* RLIMIT_CPU */
        size_t memory;                /* RLIMIT_AS, bytes */
        unsigned files;               /* RLIMIT_NOFILE; 0: not one new descriptor of any kind, sockets too */
        int wall_ms, wait_ms;         /* of a child; for a free child */
        bool no_landlock, no_seccomp; /* tests of the reduced paths; no configuration reaches them */
};

/* All a child is given. */
struct child_io {
        struct str bytes;
        int year;
        bool look; /* for a mark of secrecy only */
        int out;   /* the reply pipe */
};

struct worker_setup {
        void (*child)(const struct child_io *io); /* returns, or ends itself */
        struct worker_limits limits;
};

extern const struct worker_limits worker_default_limits;
void reader_child(const struct child_io *io);
MUST_CHECK enum dd_err worker_start_with(struct dd_ctx *c, const struct worker_setup *setup, struct worker **ret);

/* ---- sandbox ------------------------------------------------------------------------------------------- */

enum { SANDBOX_LANDLOCK = 1, SANDBOX_SECCOMP = 2 };

struct sandbox {
        int landlock_abi; /* 0: the kernel has none */
        void *filter;     /* of libseccomp, built once in the nursery; NULL: none */
        pid_t parent;     /* who probed; the child does not outlive it */
};

void sandbox_probe(struct sandbox *ret, const struct worker_limits *limits);
/* Locks this process in for good; the SANDBOX_ bits that hold, or -1 when a step that must not fail did. */
int sandbox_enter(const struct sandbox *sb, const struct worker_limits *limits);

/* ---- nursery ------------------------------------------------------------------------------------------- */

#define NURSERY_MAGIC 0x4e444431u

struct nursery_hello {
        uint32_t magic;
        int32_t landlock_abi, seccomp, pid;
};

/* Comes with three descriptors: the paper, the pipe for the reply, the socket for the status. */
struct nursery_request {
        uint32_t magic;
        int32_t year;
        uint64_t size;
        uint64_t look; /* 0, 1 */
};

struct nursery_status {
        uint32_t magic;
        int32_t forked; /* 0: there was no child */
        int32_t status; /* as waitpid gives it */
};

enum child_exit { CHILD_DONE = 0, CHILD_NO_SANDBOX = 70, CHILD_NO_INPUT = 71 };

/* Forks the nursery, and again whenever it was killed; ends when the server does. Single-threaded like the nursery. */
_Noreturn void keeper_main(int sock, const struct worker_setup *setup);

/* ---- parent -------------------------------------------------------------------------------------------- */

struct worker {
        struct arena *arena; /* holds this struct */
        struct worker_setup setup;
        int sock;
        pid_t keeper, nursery; /* the nursery is told by its hello */
        pthread_mutex_t lock;
        pthread_cond_t freed;
        unsigned running;
        bool lost, reaped; /* nobody left to fork; the keeper was waited for */
        unsigned restarts;
};

enum run_end {
        RUN_ENDED,   /* the child ended by itself or by a signal: look at status */
        RUN_TIMEOUT, /* wall limit; killed */
        RUN_FLOOD,   /* more reply than REPLY_MAX; killed */
        RUN_NO_FORK, /* the nursery had no process to give */
        RUN_LOST     /* the nursery is gone */
};

struct outcome {
        enum run_end end;
        int status;
        struct dd_buf bytes; /* freed by the caller */
};

/* One child for one paper, without judging what it said. */
MUST_CHECK enum dd_err worker_run(struct dd_ctx *c, struct worker *w, const struct worker_job *job,
                                  struct outcome *ret);
/* The refusal of what carries a mark of state secrecy: "TỐI MẬT". */
enum dd_err verdict_secret(struct dd_ctx *c, struct str mark);
/* What came of it, in the words of dd_worker.h. */
MUST_CHECK enum dd_err worker_verdict(struct dd_ctx *c, const struct worker_limits *limits, const struct outcome *o,
                                      struct draft *ret);

#endif
