/* Arenas: blocks that double; one malloc an item under ASan, so that it sees every overrun.
 *
 * When the system gives no more memory, arenas go on from a reserve of the program and say so (arena_starved): the
 * layers above refuse what they were doing in order, nothing half done, instead of ending for everybody. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "dd_base.h"
#include "memory_priv.h"

#define FIRST_BLOCK 8192
#define ALIGN       16
#define SPARE_BLOCK 4096
#define RESERVE     ((size_t)8 << 20)

#if defined(__SANITIZE_ADDRESS__) /* gcc */
#define ONE_BLOCK_EACH
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) /* clang */
#define ONE_BLOCK_EACH
#endif
#endif

struct block_head {
        struct block_head *next;
        size_t size; /* bytes behind the head */
        size_t used;
        size_t pad;
};

struct arena {
        struct block_head *blocks; /* newest first */
        size_t used, max;
        bool starved;
};

/* A reserve behind malloc, one for the whole process as malloc is. It costs nothing until it is touched, and is whole
 * again as soon as nobody holds any of it. */
static struct {
        pthread_mutex_t lock;
        size_t used, holders;
        _Alignas(ALIGN) char bytes[RESERVE];
} reserve = { .lock = PTHREAD_MUTEX_INITIALIZER };

void *
spare_take(size_t n)
{
        void *p = NULL;

        if (n > RESERVE)
                return NULL;
        n = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
        pthread_mutex_lock(&reserve.lock);
        if (n <= RESERVE - reserve.used) {
                p = reserve.bytes + reserve.used;
                reserve.used += n;
                reserve.holders++;
        }
        pthread_mutex_unlock(&reserve.lock);
        return p;
}

void
spare_free(void *p)
{
        uintptr_t at = (uintptr_t)p, from = (uintptr_t)reserve.bytes;

        if (at < from || at >= from + RESERVE) {
                free(p);
                return;
        }
        pthread_mutex_lock(&reserve.lock);
        if (--reserve.holders == 0)
                reserve.used = 0;
        pthread_mutex_unlock(&reserve.lock);
}

void
buf_drop(void *p)
{
        spare_free(p);
}

static void
die(const char *why)
{
        fprintf(stderr, "dondoc: %s\n", why);
        abort();
}

static void *
reserve_take(size_t n)
{
        void *p = spare_take(n);

        if (p == NULL)
                die("out of memory");
        return p;
}

struct arena *
arena_new(size_t max)
{
        struct arena *a = calloc(1, sizeof *a);

        if (a == NULL) {
                a = reserve_take(sizeof *a);
                *a = (struct arena){ .starved = true };
        }
        a->max = max;
        return a;
}

bool
arena_starved(const struct arena *a)
{
        return a->starved;
}

static void
blocks_free(struct block_head *b)
{
        while (b != NULL) {
                struct block_head *next = b->next;
                spare_free(b);
                b = next;
        }
}

static struct block_head *
block_new(struct arena *a, size_t *size, size_t need)
{
        struct block_head *b = a->starved ? NULL : malloc(sizeof *b + *size);

        if (b != NULL)
                return b;
        a->starved = true;
        *size = need < SPARE_BLOCK ? SPARE_BLOCK : need;
        return reserve_take(sizeof *b + *size);
}

void
arena_reset(struct arena *a)
{
        struct block_head *keep = a->blocks;

#ifdef ONE_BLOCK_EACH
        blocks_free(keep);
        a->blocks = NULL;
#else
        if (a->starved) { /* nothing of the reserve is kept, and the next request tries anew */
                blocks_free(keep);
                a->blocks = NULL;
        } else if (keep != NULL) {
                blocks_free(keep->next);
                keep->next = NULL;
                keep->used = 0;
        }
#endif
        a->used = 0;
        a->starved = false;
}

void
arena_free(struct arena *a)
{
        if (a == NULL)
                return;
        blocks_free(a->blocks);
        spare_free(a);
}

/* Not zeroed: for texts, which are written whole at once. */
static void *
take(struct arena *a, size_t n)
{
        struct block_head *b = a->blocks;
        size_t need = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);

        if (need < n)
                die("arena: size overflow");
        if (a->max != 0 && a->used + need > a->max)
                die("arena: ceiling passed; the bound before it failed");
#ifdef ONE_BLOCK_EACH
        b = NULL;
#endif
        if (b == NULL || b->size - b->used < need) {
                size_t size = b == NULL ? FIRST_BLOCK : b->size * 2;

                if (size > (size_t)1 << 22)
                        size = (size_t)1 << 22;
                if (size < need)
                        size = need;
#ifdef ONE_BLOCK_EACH
                size = n;
#endif
                b = block_new(a, &size, need);
                b->next = a->blocks;
                b->size = size;
                b->used = 0;
                a->blocks = b;
        }
        void *p = (char *)(b + 1) + b->used;
        b->used += need;
        a->used += need;
        return p;
}

void *
arena_alloc(struct arena *a, size_t n)
{
        return memset(take(a, n), 0, n);
}

void *
arena_array(struct arena *a, size_t count, size_t size)
{
        size_t n;

        if (__builtin_mul_overflow(count, size, &n))
                die("arena: size overflow");
        return arena_alloc(a, n);
}

void *
arena_grow(struct arena *a, void *v, size_t n, size_t *cap, size_t size)
{
        size_t want = *cap == 0 ? 8 : *cap * 2;
        void *p = arena_array(a, want, size);

        if (n != 0)
                memcpy(p, v, n * size);
        *cap = want;
        return p;
}

size_t
arena_used(const struct arena *a)
{
        return a->used;
}

struct str
str_dup(struct arena *a, struct str s)
{
        char *p;

        if (s.p == NULL)
                return STR_NONE;
        p = take(a, s.n + 1);
        memcpy(p, s.p, s.n);
        p[s.n] = '\0';
        return (struct str){ p, s.n };
}

struct str
str_vfmt(struct arena *a, const char *fmt, va_list ap)
{
        char small[256]; /* most texts fit: one pass */
        va_list again;

        va_copy(again, ap);
        int n = vsnprintf(small, sizeof small, fmt, ap);
        if (n < 0)
                die("format");
        char *p = take(a, (size_t)n + 1);
        if ((size_t)n < sizeof small)
                memcpy(p, small, (size_t)n + 1);
        else
                vsnprintf(p, (size_t)n + 1, fmt, again);
        va_end(again);
        return (struct str){ p, (size_t)n };
}

struct str
str_join(struct arena *a, const struct str *parts, size_t n)
{
        size_t all = 0, at = 0;

        for (size_t i = 0; i < n; i++)
                all += parts[i].n;
        char *p = take(a, all + 1);
        p[all] = '\0';
        for (size_t i = 0; i < n; at += parts[i++].n)
                if (parts[i].n > 0)
                        memcpy(p + at, parts[i].p, parts[i].n);
        return (struct str){ p, all };
}

struct str
str_fmt(struct arena *a, const char *fmt, ...)
{
        va_list ap;
        struct str s;

        va_start(ap, fmt);
        s = str_vfmt(a, fmt, ap);
        va_end(ap);
        return s;
}

const char *
str_c(struct arena *a, struct str s)
{
        return s.p == NULL ? "" : str_dup(a, s).p;
}
