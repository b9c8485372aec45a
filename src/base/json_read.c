/* JSON in. The text is copied into the arena once; strings are cut out of that copy, their escapes undone in place. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "dd_json.h"
#include "dd_text.h"

#define DEPTH_MAX 64
#define MANY_KEYS 16 /* fewer are compared each with each */

struct nodes {
        struct json *v;
        size_t n, cap;
};
struct reader {
        char *p, *end; /* *end is NUL */
        struct arena *a, *scratch;
        struct nodes open; /* values of the lists that are not at their end yet */
        int depth;
};

static bool value(struct reader *r, struct json *ret);

static void
skip_space(struct reader *r)
{
        while (*r->p == ' ' || *r->p == '\n' || *r->p == '\r' || *r->p == '\t')
                r->p++;
}

static bool
take(struct reader *r, char c)
{
        if (*r->p != c || r->p == r->end)
                return false;
        r->p++;
        return true;
}

/* ---- strings -------------------------------------------------------------------------------------------------- */

static int
hex_digit(char c)
{
        return c >= '0' && c <= '9'   ? c - '0'
               : c >= 'a' && c <= 'f' ? c - 'a' + 10
               : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                      : -1;
}

/* Four digits at p; -1: something else. Stops at the NUL behind the text. */
static int32_t
hex4(const char *p)
{
        int32_t v = 0;

        for (int i = 0; i < 4; i++) {
                int d = hex_digit(p[i]);

                if (d < 0)
                        return -1;
                v = v * 16 + d;
        }
        return v;
}

/* Behind "\u". Halves of a pair must come together; NUL is no letter. */
static bool
code_point(struct reader *r, uint32_t *ret)
{
        int32_t v = hex4(r->p), low;

        if (v <= 0 || (v >= 0xDC00 && v < 0xE000))
                return false;
        r->p += 4;
        *ret = (uint32_t)v;
        if (v < 0xD800 || v >= 0xE000)
                return true;
        if (r->p[0] != '\\' || r->p[1] != 'u')
                return false;
        low = hex4(r->p + 2);
        if (low < 0xDC00 || low >= 0xE000)
                return false;
        r->p += 6;
        *ret = 0x10000 + ((uint32_t)(v - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
        return true;
}

/* An escape, written at `to`: never longer than it was. NULL: none of JSON's. */
static char *
unescape(struct reader *r, char *to)
{
        static const char names[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
        const char *at;
        uint32_t cp;

        r->p++; /* the backslash */
        if (take(r, 'u')) {
                char bytes[4];

                if (!code_point(r, &cp))
                        return NULL;
                size_t n = utf8_put(bytes, cp);
                memcpy(to, bytes, n);
                return to + n;
        }
        at = *r->p == '\0' ? NULL : strchr(names, *r->p);
        if (at == NULL)
                return NULL;
        r->p++;
        *to = means[at - names];
        return to + 1;
}

/* From the quote to behind the quote; the bytes were found to be UTF-8 as a whole before. NUL-terminated. */
static bool
string(struct reader *r, struct str *ret)
{
        char *from, *to;

        if (!take(r, '"'))
                return false;
        from = to = r->p;
        while (*r->p != '"') {
                if ((unsigned char)*r->p < 0x20)
                        return false; /* the NUL behind the text too */
                if (*r->p == '\\') {
                        to = unescape(r, to);
                        if (to == NULL)
                                return false;
                } else if (to == r->p) {
                        to = ++r->p;
                } else {
                        *to++ = *r->p++;
                }
        }
        r->p++;
        *to = '\0';
        *ret = (struct str){ from, (size_t)(to - from) };
        return true;
}

/* ---- numbers and words ---------------------------------------------------------------------------------------- */

static size_t
digits(const char *p)
{
        size_t n = 0;

        while (p[n] >= '0' && p[n] <= '9')
                n++;
        return n;
}

static bool
number(struct reader *r, struct json *ret)
{
        char *from = r->p, *at = r->p + (*r->p == '-'), *end;
        size_t whole = digits(at), n;
        bool real = false;

        if (whole == 0 || (whole > 1 && *at == '0'))
                return false;
        at += whole;
        if (*at == '.') {
                real = true;
                n = digits(++at);
                if (n == 0)
                        return false;
                at += n;
        }
        if (*at == 'e' || *at == 'E') {
                real = true;
                at++;
                at += *at == '+' || *at == '-';
                n = digits(at);
                if (n == 0)
                        return false;
                at += n;
        }
        r->p = at;
        ret->type = real ? JSON_REAL : JSON_INT;
        errno = 0;
        if (!real)
                ret->i = strtoll(from, &end, 10);
        else
                ret->d = strtod(from, &end);
        return end == at && (errno != ERANGE || (real && isfinite(ret->d)));
}

static bool
word(struct reader *r, const char *text)
{
        size_t n = strlen(text);

        if (strncmp(r->p, text, n) != 0)
                return false;
        r->p += n;
        return true;
}

/* ---- lists ---------------------------------------------------------------------------------------------------- */

static int
by_key(const void *x, const void *y)
{
        struct str a = (*(const struct json *const *)x)->key, b = (*(const struct json *const *)y)->key;
        int cmp = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);

        return cmp != 0 ? cmp : (a.n > b.n) - (a.n < b.n);
}

static bool
keys_differ(struct arena *scratch, const struct json *v, size_t n)
{
        if (n <= MANY_KEYS) {
                for (size_t i = 1; i < n; i++)
                        for (size_t k = 0; k < i; k++)
                                if (str_eq(v[i].key, v[k].key))
                                        return false;
                return true;
        }
        const struct json **order = arena_array(scratch, n, sizeof *order);
        for (size_t i = 0; i < n; i++)
                order[i] = &v[i];
        qsort(order, n, sizeof *order, by_key);
        for (size_t i = 1; i < n; i++)
                if (by_key(&order[i - 1], &order[i]) == 0)
                        return false;
        return true;
}

/* One member or value, and what stands behind it: a comma, or the end. */
static bool
item(struct reader *r, bool keyed)
{
        struct json v = { .type = JSON_NULL };

        skip_space(r);
        if (keyed) {
                if (!string(r, &v.key))
                        return false;
                skip_space(r);
                if (!take(r, ':'))
                        return false;
                skip_space(r);
        }
        if (!value(r, &v))
                return false;
        *VEC_PUSH(r->scratch, &r->open) = v;
        skip_space(r);
        return true;
}

static bool
list(struct reader *r, bool keyed, struct json *ret)
{
        size_t first = r->open.n;
        char close = keyed ? '}' : ']';

        r->p++;
        ret->type = keyed ? JSON_OBJ : JSON_ARR;
        if (++r->depth > DEPTH_MAX)
                return false;
        skip_space(r);
        if (!take(r, close)) {
                do
                        if (!item(r, keyed))
                                return false;
                while (take(r, ','));
                if (!take(r, close))
                        return false;
        }
        r->depth--;
        ret->n = r->open.n - first;
        ret->items = arena_array(r->a, ret->n, sizeof *ret->items);
        if (ret->n > 0)
                memcpy(ret->items, &r->open.v[first], ret->n * sizeof *ret->items);
        r->open.n = first;
        return !keyed || keys_differ(r->scratch, ret->items, ret->n);
}

static bool
value(struct reader *r, struct json *ret)
{
        switch (*r->p) {
        case '{':
        case '[':
                return list(r, *r->p == '{', ret);
        case '"':
                ret->type = JSON_STR;
                return string(r, &ret->s);
        case 't':
        case 'f':
                ret->type = JSON_BOOL;
                ret->i = *r->p == 't';
                return word(r, ret->i != 0 ? "true" : "false");
        case 'n':
                return word(r, "null");
        default:
                return number(r, ret);
        }
}

enum dd_err
json_parse(struct arena *a, struct str text, size_t max, struct json *ret)
{
        struct reader r = { .a = a };
        size_t bad;
        bool good;

        *ret = (struct json){ .type = JSON_NULL };
        if (text.n > max)
                return DD_ETOOBIG;
        if (text.n == 0 || !utf8_valid(text, &bad))
                return DD_EINVAL;
        r.scratch = arena_new(0);
        r.p = (char *)(uintptr_t)str_dup(a, text).p; /* our own copy */
        r.end = r.p + text.n;
        skip_space(&r);
        good = value(&r, ret);
        skip_space(&r);
        good = good && r.p == r.end;
        bool starved = arena_starved(a) || arena_starved(r.scratch);
        arena_free(r.scratch);
        if (!good)
                *ret = (struct json){ .type = JSON_NULL };
        return starved ? DD_EBUSY : good ? DD_OK : DD_EINVAL;
}

const struct json *
json_get(const struct json *obj, const char *key)
{
        struct str want = str_of(key);

        if (obj == NULL || obj->type != JSON_OBJ)
                return NULL;
        for (size_t i = 0; i < obj->n; i++)
                if (str_eq(obj->items[i].key, want))
                        return &obj->items[i];
        return NULL;
}

struct str
json_get_str(const struct json *obj, const char *key)
{
        const struct json *v = json_get(obj, key);

        return v != NULL && v->type == JSON_STR ? v->s : STR_NONE;
}

int64_t
json_get_i64(const struct json *obj, const char *key, int64_t otherwise)
{
        const struct json *v = json_get(obj, key);

        return v != NULL && v->type == JSON_INT ? v->i : otherwise;
}
