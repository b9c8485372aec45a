/* Growing output with a ceiling; see dd_base.h for how overflow is told. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "dd_base.h"
#include "memory_priv.h"

#define FIRST       ((size_t)4096)
#define DEFAULT_MAX ((size_t)64 << 20)

static bool
room(struct dd_buf *b, size_t n)
{
        size_t max = b->max == 0 ? DEFAULT_MAX : b->max;

        if (b->over || n > max - b->n) {
                b->over = true;
                return false;
        }
        if (b->cap - b->n < n) {
                size_t cap = b->cap == 0 ? FIRST : b->cap;

                while (cap - b->n < n)
                        cap *= 2;
                if (cap > max)
                        cap = max;
                char *p = b->spare ? NULL : realloc(b->p, cap);
                if (p == NULL && (p = spare_take(cap)) != NULL) {
                        if (b->n > 0)
                                memcpy(p, b->p, b->n);
                        spare_free(b->p);
                        b->spare = true;
                }
                if (p == NULL) {
                        b->over = true;
                        return false;
                }
                b->p = p;
                b->cap = cap;
        }
        return true;
}

void
buf_put(struct dd_buf *b, const void *p, size_t n)
{
        if (n == 0 || ((b->over || n > b->cap - b->n) && !room(b, n))) /* what fits is only copied */
                return;
        memcpy(b->p + b->n, p, n);
        b->n += n;
}

void
buf_str(struct dd_buf *b, struct str s)
{
        buf_put(b, s.p, s.n);
}

void
buf_c(struct dd_buf *b, char c)
{
        buf_put(b, &c, 1);
}

/* Into the end of out; returns where they begin. */
static const char *
digits_of(int64_t v, char out[24])
{
        char *p = out + 24;
        uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;

        do
                *--p = (char)('0' + u % 10);
        while ((u /= 10) != 0);
        if (v < 0)
                *--p = '-';
        return p;
}

void
buf_i64(struct dd_buf *b, int64_t v)
{
        char out[24];
        const char *p = digits_of(v, out);

        buf_put(b, p, (size_t)(out + sizeof out - p));
}

struct str
str_i64(struct arena *a, int64_t v)
{
        char out[24];
        const char *p = digits_of(v, out);

        return str_dup(a, (struct str){ p, (size_t)(out + sizeof out - p) });
}

void
buf_fmt(struct dd_buf *b, const char *fmt, ...)
{
        va_list ap;
        char small[256];

        va_start(ap, fmt);
        int n = vsnprintf(small, sizeof small, fmt, ap);
        va_end(ap);
        if (n < 0)
                return;
        if ((size_t)n < sizeof small) {
                buf_put(b, small, (size_t)n);
                return;
        }
        if (!room(b, (size_t)n + 1))
                return;
        va_start(ap, fmt);
        vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
        va_end(ap);
        b->n += (size_t)n;
}

struct str
buf_view(const struct dd_buf *b)
{
        return b->p == NULL ? S("") : (struct str){ b->p, b->n };
}

void
buf_reset(struct dd_buf *b)
{
        b->n = 0;
        b->over = false;
}

void
buf_free(struct dd_buf *b)
{
        spare_free(b->p);
        b->p = NULL;
        b->spare = false;
        b->n = b->cap = 0;
}

void
dd_fd_close(int *fd)
{
        if (*fd > 0)
                close(*fd);
        *fd = -1;
}
