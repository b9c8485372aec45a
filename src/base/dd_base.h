/* dd_base.h - what every folder sees: errors, slices, arenas, buffers, the request context.
 *
 * One idiom for errors: a fallible function returns enum dd_err, TRY() passes it on, and the text that a
 * person reads was recorded once, where the fault was known, by dd_fail() or dd_fail_field().
 * One idiom for memory: an arena a request; results live in the caller's arena and are never freed one by one. */
#ifndef DD_BASE_H
#define DD_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h> /* before the poison below */
#include <stdlib.h>
#include <string.h>

#define MUST_CHECK        __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define ARRAY_LEN(a)      (sizeof(a) / sizeof((a)[0]))
#define TRY(expr)                                                                                                      \
        do {                                                                                                           \
                enum dd_err try_err_ = (expr);                                                                         \
                if (try_err_ != DD_OK)                                                                                 \
                        return try_err_;                                                                               \
        } while (0)

/* One code for each answer a caller can act on; http_status in src/http maps them. */
enum dd_err {
        DD_OK = 0,
        DD_EINVAL,    /* 422: the input is wrong; field errors tell where */
        DD_EAUTH,     /* 401: nobody is signed in */
        DD_EDENIED,   /* 403 */
        DD_ENOTFOUND, /* 404, also for rows of another committee */
        DD_ECONFLICT, /* 409: stale version, or the state does not allow it */
        DD_ETOOBIG,   /* 413 */
        DD_EFORMAT,   /* 415: not a file we read */
        DD_ELIMIT,    /* 429 */
        DD_EBUSY,     /* 503: try again; nothing was stored */
        DD_EFULL,     /* 507: no room on the disk */
        DD_EIO,       /* 500: everything else; the log has the cause */
        DD_ERR_MAX
};

/* ---- slices ------------------------------------------------------------------------------------------- */

/* Bytes somebody else owns, UTF-8 unless said otherwise. p == NULL is "no value" (SQL NULL); "" has p != NULL. */
struct str {
        const char *p;
        size_t n;
};

#define S(lit)   ((struct str){ "" lit, sizeof(lit) - 1 })
#define STR_NONE ((struct str){ NULL, 0 })
#define FMT(s)   (int)(s).n, (s).p ? (s).p : "" /* for "%.*s" */

struct str str_of(const char *cstr); /* NULL gives STR_NONE */
bool str_eq(struct str a, struct str b);
int str_cmp(struct str a, struct str b); /* byte order */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_has(struct str s, struct str needle);
size_t str_find(struct str s, struct str needle, size_t from); /* offset, or s.n when absent */
struct str str_sub(struct str s, size_t from, size_t to);      /* clamped */
struct str str_trim(struct str s);                             /* ASCII white space and U+00A0 at both ends */
/* Cuts the part before the first sep off *rest; false when *rest was used up. */
bool str_cut(struct str *rest, char sep, struct str *ret_part);
bool str_to_i64(struct str s, int64_t *ret); /* whole string, decimal, optional '-' */

/* ---- arenas ------------------------------------------------------------------------------------------- */

struct arena;

/* An arena that refuses (aborts the request through its owner) beyond max bytes; 0 = no ceiling.
 * When the system is out of memory it goes on from a reserve of 8 MiB that all share and is `starved` from then on,
 * until it is reset: transactions refuse to go on then. When that is used up too, the process ends. */
struct arena *arena_new(size_t max);
void arena_free(struct arena *a); /* NULL allowed */
void arena_reset(struct arena *a);
void *arena_alloc(struct arena *a, size_t n) __attribute__((returns_nonnull, malloc)); /* zeroed, aligned to 16 */
void *arena_array(struct arena *a, size_t count, size_t size) __attribute__((returns_nonnull)); /* checked product */
/* Grows an array whose capacity doubles; *v keeps its items. Use through VEC_PUSH. */
void *arena_grow(struct arena *a, void *v, size_t n, size_t *cap, size_t size);
size_t arena_used(const struct arena *a);
bool arena_starved(const struct arena *a);
struct str str_dup(struct arena *a, struct str s); /* NUL-terminated behind its n bytes */
struct str str_fmt(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
struct str str_join(struct arena *a, const struct str *parts, size_t n); /* one behind the other */
#define STR_JOIN(a, ...)                                                                                               \
        str_join(a, (const struct str[]){ __VA_ARGS__ },                                                               \
                 sizeof((const struct str[]){ __VA_ARGS__ }) / sizeof(struct str))
struct str str_i64(struct arena *a, int64_t v); /* decimal digits; a fraction of what str_fmt costs */
struct str str_vfmt(struct arena *a, const char *fmt, va_list ap) PRINTF_LIKE(2, 0);
const char *str_c(struct arena *a, struct str s); /* NUL-terminated copy for library edges */

/* struct { T *v; size_t n, cap; } vec; VEC_PUSH(arena, &vec) gives a zeroed T* at the end. */
#define VEC_PUSH(a, vec)                                                                                               \
        (((vec)->v =                                                                                                   \
              (vec)->n < (vec)->cap ? (vec)->v : arena_grow((a), (vec)->v, (vec)->n, &(vec)->cap, sizeof *(vec)->v)),  \
         &(vec)->v[(vec)->n++])

struct strs { /* a list of words */
        struct str *v;
        size_t n, cap;
};

/* ---- growing output ----------------------------------------------------------------------------------- */

/* Page bodies, files, JSON. Grows on the heap; freed with buf_free or AUTO_BUF. Beyond max (0 = 64 MiB) it
 * stays as it is and `over` is set: the writer goes on, the caller looks once at the end. */
struct dd_buf {
        char *p;
        size_t n, cap, max;
        bool over;
        bool spare; /* p is of the reserve, as an arena's blocks may be */
};

void buf_put(struct dd_buf *b, const void *p, size_t n);
void buf_str(struct dd_buf *b, struct str s);
void buf_c(struct dd_buf *b, char c);
void buf_i64(struct dd_buf *b, int64_t v);
void buf_fmt(struct dd_buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
struct str buf_view(const struct dd_buf *b);
void buf_reset(struct dd_buf *b);
void buf_free(struct dd_buf *b);
void buf_drop(void *p); /* frees the p of a buffer that was taken out of it: for libraries that want a function */
#define AUTO_BUF __attribute__((cleanup(buf_free))) struct dd_buf

void dd_fd_close(int *fd);
#define AUTO_FD __attribute__((cleanup(dd_fd_close))) int

/* ---- the request context ------------------------------------------------------------------------------ */

struct dd_db;   /* src/db */
struct dd_user; /* src/core */

#define DD_FIELD_ERRORS 32

struct dd_field_error {
        struct str field;   /* name in the form table */
        struct str message; /* for the person, in the request's language */
};

/* Comes first in every call that can fail. Owned by the server thread, the job or the command that made it. */
struct dd_ctx {
        struct arena *arena;        /* results of this request */
        struct dd_db *db;           /* NULL in pure code */
        const struct dd_user *user; /* NULL: nobody signed in, or the system itself when is_system */
        int64_t committee_id;       /* scope of every query; 0 outside any committee */
        int64_t now;                /* instant, seconds since 1970 UTC; from the clock seam, fixed for the request */
        int32_t today;              /* civil day at UTC+7, see dd_date.h */
        int32_t as_of;              /* day the page speaks for; today unless the URL names another */
        struct str idem_key;        /* idempotency key of an action; STR_NONE = none given */
        struct str origin;          /* for the audit row: "web", "cli", "job", address */
        bool is_system;             /* a job or the command line, not a person */
        bool english;               /* language of messages */
        const char *(*translate)(const char *vietnamese); /* English of a message; NULL: there is none */
        enum dd_err err;
        struct str err_text; /* what the person reads */
        struct dd_field_error fields[DD_FIELD_ERRORS];
        size_t n_fields;
};

/* The words of a message in the person's language: the Vietnamese sentence is the key, %s and the like stay. */
const char *dd_say(const struct dd_ctx *c, const char *vietnamese) __attribute__((format_arg(2)));

/* Record the fault for the person, in the language of c, and return the code. The first record stays. fmt is the
 * Vietnamese sentence; words given for its %s are translated by the caller: dd_say(c, role_label(r)). */
enum dd_err dd_fail(struct dd_ctx *c, enum dd_err code, const char *fmt, ...) PRINTF_LIKE(3, 4);
enum dd_err dd_fail_field(struct dd_ctx *c, const char *field, const char *fmt, ...) PRINTF_LIKE(3, 4);
void dd_ctx_clear_error(struct dd_ctx *c);
const char *dd_err_name(enum dd_err e);

/* ---- transactions (implemented in src/db) -------------------------------------------------------------- */

struct dd_conn;

/* A transaction; AUTO_TX rolls back what was not committed. Reads may use dd_tx_read, which never blocks a writer. */
struct dd_tx {
        struct dd_ctx *c;
        struct dd_conn *conn;
        int state; /* 0 unused, 1 open for write, 2 open for read, 3 ended */
};

MUST_CHECK enum dd_err dd_tx_begin(struct dd_tx *tx, struct dd_ctx *c);
MUST_CHECK enum dd_err dd_tx_read(struct dd_tx *tx, struct dd_ctx *c);
MUST_CHECK enum dd_err dd_tx_commit(struct dd_tx *tx);
void dd_tx_end(struct dd_tx *tx); /* rolls back unless committed */
#define AUTO_TX __attribute__((cleanup(dd_tx_end))) struct dd_tx

/* Runs fn(c, arg) where writing is allowed: on SQLite on the writer thread, inside its group, and returns after the
 * group's COMMIT; on PostgreSQL on this thread, again after a serialisation failure. fn may run twice: no effects
 * outside the database. */
MUST_CHECK enum dd_err dd_write(struct dd_ctx *c, enum dd_err (*fn)(struct dd_ctx *, void *), void *arg);

/* The same without waiting: done(done_arg, result) comes from the writer after the group's COMMIT (on PostgreSQL: from
 * one of a few threads, after its own). c and arg belong to the writer until then. */
void dd_write_async(struct dd_db *db, struct dd_ctx *c, enum dd_err (*fn)(struct dd_ctx *, void *), void *arg,
                    void (*done)(void *, enum dd_err), void *done_arg);

/* Optional number of a query column or parameter. */
struct dd_opt {
        int64_t v;
        bool has;
};

/* ---- seams: every source of surprise behind one door, replaced in tests ------------------------------- */

int64_t dd_clock_now(void); /* seconds since 1970 UTC; DONDOC_NOW fixes it in tests */
int64_t dd_clock_mono_ms(void);
void dd_random(void *p, size_t n); /* getrandom */

/* ---- log: one line a fact, journal format, never a secret ---------------------------------------------- */
enum dd_log_level { DD_LOG_ERROR = 3, DD_LOG_WARN = 4, DD_LOG_INFO = 6, DD_LOG_DEBUG = 7 };
void dd_log(enum dd_log_level level, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* ---- hash ---------------------------------------------------------------------------------------------- */
void dd_sha256(const void *p, size_t n, uint8_t ret[32]);
struct str dd_hex(struct arena *a, const uint8_t *p, size_t n);

#ifndef DD_ALLOW_UNSAFE
/* Some are macros: alloca always, the rest where clang meets the checked versions of the C library. */
#undef alloca
#undef sprintf
#undef vsprintf
#undef strcpy
#undef strcat
#undef strncpy
#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol strncpy gets alloca system popen
#endif

#endif
