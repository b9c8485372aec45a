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
        int landlock_max;             /* the same: a kernel of that ABI; 0: as it is */
};

/* What a child is forked for. The first ones run our own code, those from WORK_PROGRAM on become a program of Debian.
 */
enum child_work {
        WORK_READ,   /* a paper to a draft */
        WORK_LOOK,   /* for a mark of secrecy only */
        WORK_FIRST,  /* words of pdftotext: what each page still needs; a draft at once when none needs anything */
        WORK_TRIAGE, /* the same with small pictures, and what pages need alone */
        WORK_WRAP,   /* PNG, JPEG to a PDF of one page */
        WORK_SCAN,   /* a page's picture: turned straight, its tables taken apart */
        WORK_RULES,  /* small grey pages: their ruling lines */
        WORK_PAGES,  /* all that is known of the pages, to a draft */
        WORK_PROGRAM,
        WORK_PDF_WORDS = WORK_PROGRAM,
        WORK_PDF_GREY,
        WORK_PDF_COLOUR,
        WORK_PDF_PNG,
        WORK_OCR,
        WORK_OCR_CELLS, /* of one column of cells */
        WORK_TIFF_PDF,
        WORK_MAX
};

/* Numbers a piece of work needs; the only thing of a paper's that reaches a program's command line. */
struct work_args {
        int32_t first, last; /* pages */
        int32_t px;          /* longest side of a picture */
};

/* All a child is given. */
struct child_io {
        struct str bytes;
        int year;
        enum child_work work;
        struct work_args args;
        int out; /* the reply pipe */
};

struct worker_setup {
        void (*child)(const struct child_io *io); /* returns, or ends itself */
        void (*warm)(void);                       /* once in the nursery, on nothing of anybody's; NULL: nothing */
        struct worker_limits limits;
        const char *programs; /* folder of the helper programs; NULL: /usr/bin */
};

extern const struct worker_limits worker_default_limits;
void reader_child(const struct child_io *io);
/* Reads a line of our own, so that what is found and bound at first use is so in every child. */
void reader_warm(void);
MUST_CHECK enum dd_err worker_start_with(struct dd_ctx *c, const struct worker_setup *setup, struct worker **ret);

/* ---- sandbox ------------------------------------------------------------------------------------------- */

enum { SANDBOX_LANDLOCK = 1, SANDBOX_SECCOMP = 2 };

struct sandbox_filter;

struct sandbox {
        int landlock_abi;              /* 0: the kernel has none */
        struct sandbox_filter *filter; /* built once in the nursery; NULL: none */
        void *helper;                  /* the filter of helper programs, of libseccomp */
        pid_t parent;                  /* who probed; the child does not outlive it */
};

void sandbox_probe(struct sandbox *ret, const struct worker_limits *limits);
/* Locks this process in for good; the SANDBOX_ bits that hold, or -1 when a step that must not fail did. */
int sandbox_enter(const struct sandbox *sb, const struct worker_limits *limits);

/* ---- helper programs (helper.c, sandbox_helper.c) --------------------------------------------------------- */

#define HELPER_ARGS 20

struct helper {
        const char *program, *package; /* of Debian */
        struct worker_limits limits;   /* cpu_s, memory, files, wall_ms */
        size_t out_max;                /* bytes of its answer */
        const char *argv[HELPER_ARGS]; /* "@first", "@last", "@px" stand for numbers; the paper is descriptor 0 */
};

const struct helper *helper_of(enum child_work work); /* NULL: our own code */
bool helper_there(const struct worker_setup *setup, enum child_work work);
/* In the child, whose descriptors are in place: locks itself in and becomes the program. */
_Noreturn void helper_exec(const struct sandbox *sb, const struct worker_setup *setup, enum child_work work,
                           const struct work_args *args);
/* Locks this process in for one exec of `path`; false: it must not go on. */
bool sandbox_enter_helper(const struct sandbox *sb, const struct helper *h, const char *path);
/* ---- sandbox.c, for both profiles ---- */
void *sandbox_helper_filter(void); /* NULL: none to be had */
bool sandbox_limit(int what, size_t soft, size_t hard);
bool sandbox_begin(const struct sandbox *sb); /* uid, death with the nursery, no new privileges */

/* ---- nursery ------------------------------------------------------------------------------------------- */

#define NURSERY_MAGIC 0x4e444431u

struct nursery_hello {
        uint32_t magic;
        int32_t landlock_abi, seccomp, pid;
};

/* Comes with three descriptors: the paper, the reply (a pipe; memory for a helper program), the socket for the status.
 */
struct nursery_request {
        uint32_t magic;
        int32_t year;
        uint64_t size;
        uint32_t work; /* enum child_work */
        struct work_args args;
};

struct nursery_status {
        uint32_t magic;
        int32_t forked; /* 0: there was no child */
        int32_t status; /* as waitpid gives it */
};

enum child_exit { CHILD_DONE = 0, CHILD_NO_SANDBOX = 70, CHILD_NO_INPUT = 71, CHILD_NO_PROGRAM = 72 };

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
        RUN_ENDED,    /* the child ended by itself or by a signal: look at status */
        RUN_TIMEOUT,  /* wall limit; killed */
        RUN_FLOOD,    /* more reply than allowed; killed */
        RUN_NO_FORK,  /* the nursery had no process to give */
        RUN_LOST,     /* the nursery is gone */
        RUN_CANCELLED /* by the caller; killed */
};

/* One child. */
struct run {
        enum child_work work;
        int fd; /* sealed */
        size_t size;
        int year;
        struct work_args args;
        size_t reply_max; /* 0: REPLY_MAX */
        const atomic_bool *cancel;
};

struct outcome {
        enum run_end end;
        int status;
        struct dd_buf bytes; /* of our own code; freed by the caller */
        int fd;              /* of a program: its answer, sealed memory; -1: none. Closed by the caller */
        size_t size;
};

/* run.c: one child for one piece of work, without judging what it said. */
MUST_CHECK enum dd_err worker_run(struct dd_ctx *c, struct worker *w, const struct run *run, struct outcome *ret);
bool worker_ready(int fd, int64_t deadline); /* something to read before the deadline? */

/* memfd.c */
int memfd_new(void);                       /* -1: no memory */
bool memfd_write(int fd, struct str s);    /* appends */
bool memfd_seal(int fd, size_t *ret_size); /* no one can change it any more */

/* verdict.c. The refusal of what carries a mark of state secrecy: "TỐI MẬT". */
enum dd_err verdict_secret(struct dd_ctx *c, struct str mark);
/* What came of it, in the words of dd_worker.h. */
MUST_CHECK enum dd_err worker_verdict(struct dd_ctx *c, const struct worker_limits *limits, const struct outcome *o,
                                      struct draft *ret);
/* The same of a child that answers with REPLY_BYTES; they lie in o->bytes. */
MUST_CHECK enum dd_err worker_verdict_bytes(struct dd_ctx *c, const struct worker_limits *limits,
                                            const struct outcome *o, struct str *ret);
/* The same of a child that answers with either: *ret_need.p is NULL when it was a draft. */
MUST_CHECK enum dd_err worker_verdict_first(struct dd_ctx *c, const struct worker_limits *limits,
                                            const struct outcome *o, struct str *ret_need, struct draft *ret);
/* The same of a helper program. *ret_failed: it ended with a status other than 0, which is no error yet. */
MUST_CHECK enum dd_err worker_verdict_program(struct dd_ctx *c, const struct outcome *o, enum child_work work,
                                              bool *ret_failed);

#endif
