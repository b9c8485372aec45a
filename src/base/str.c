/* Slices: comparing, finding, cutting. */
#include "dd_base.h"

struct str
str_of(const char *cstr)
{
        return cstr == NULL ? STR_NONE : (struct str){ cstr, strlen(cstr) };
}

bool
str_eq(struct str a, struct str b)
{
        return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int
str_cmp(struct str a, struct str b)
{
        size_t n = a.n < b.n ? a.n : b.n;
        int d = n == 0 ? 0 : memcmp(a.p, b.p, n);

        return d != 0 ? d : (a.n > b.n) - (a.n < b.n);
}

bool
str_starts(struct str s, struct str prefix)
{
        return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool
str_ends(struct str s, struct str suffix)
{
        return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

size_t
str_find(struct str s, struct str needle, size_t from)
{
        if (from >= s.n || needle.n == 0)
                return s.n;
        const char *hit = memmem(s.p + from, s.n - from, needle.p, needle.n);
        return hit == NULL ? s.n : (size_t)(hit - s.p);
}

bool
str_has(struct str s, struct str needle)
{
        return needle.n == 0 || str_find(s, needle, 0) < s.n;
}

struct str
str_sub(struct str s, size_t from, size_t to)
{
        if (to > s.n)
                to = s.n;
        if (from > to)
                from = to;
        return s.p == NULL ? s : (struct str){ s.p + from, to - from };
}

static bool
is_space(char c)
{
        return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str
str_trim(struct str s)
{
        const struct str nbsp = S("\xC2\xA0");

        for (;;) {
                if (s.n > 0 && is_space(s.p[0]))
                        s = str_sub(s, 1, s.n);
                else if (str_starts(s, nbsp))
                        s = str_sub(s, 2, s.n);
                else
                        break;
        }
        for (;;) {
                if (s.n > 0 && is_space(s.p[s.n - 1]))
                        s.n--;
                else if (str_ends(s, nbsp))
                        s.n -= 2;
                else
                        break;
        }
        return s;
}

bool
str_cut(struct str *rest, char sep, struct str *ret_part)
{
        const char *hit;

        if (rest->p == NULL)
                return false;
        hit = rest->n == 0 ? NULL : memchr(rest->p, sep, rest->n);
        if (hit == NULL) {
                *ret_part = *rest;
                *rest = STR_NONE;
        } else {
                *ret_part = (struct str){ rest->p, (size_t)(hit - rest->p) };
                *rest = (struct str){ hit + 1, rest->n - ret_part->n - 1 };
        }
        return true;
}

bool
str_to_i64(struct str s, int64_t *ret)
{
        bool neg = s.n > 0 && s.p[0] == '-';
        int64_t v = 0;

        if (neg)
                s = str_sub(s, 1, s.n);
        if (s.n == 0)
                return false;
        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] < '0' || s.p[i] > '9' || __builtin_mul_overflow(v, 10, &v) ||
                    __builtin_sub_overflow(v, s.p[i] - '0', &v))
                        return false;
        }
        if (!neg && v == INT64_MIN)
                return false;
        *ret = neg ? v : -v;
        return true;
}
