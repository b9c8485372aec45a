/* pattern.c - the small patterns that the rule tables are written in (extract_priv.h says what they may hold): dates
 * and numbers as papers write them, alternatives, options, short gaps. */
#include "extract_priv.h"

#include <ctype.h>

/* ---- dates and numbers ---------------------------------------------------------------------------------- */

/* One or two digits; a blank between them is damage that is stepped over ("0 6", "ngày 2 5/11"). */
static bool
two_digits(const struct view *v, size_t *at, int *ret)
{
        size_t i = *at;

        if (i >= v->n || !isdigit((unsigned char)v->bare[i]))
                return false;
        *ret = v->bare[i++] - '0';
        if (i < v->n && isdigit((unsigned char)v->bare[i])) {
                *ret = *ret * 10 + v->bare[i++] - '0';
        } else if (i + 2 < v->n && v->bare[i] == ' ' && isdigit((unsigned char)v->bare[i + 1]) &&
                   !isdigit((unsigned char)v->bare[i + 2]) &&
                   (v->bare[i + 2] != '/' || (*at > 1 && v->bare[*at - 1] == ' ' && v->bare[*at - 2] == 'y'))) {
                *ret = *ret * 10 + v->bare[i + 1] - '0';
                i += 2;
        }
        if (i < v->n && isdigit((unsigned char)v->bare[i]))
                return false;
        *at = i;
        return true;
}

static bool
four_digits(const struct view *v, size_t *at, int *ret)
{
        size_t i = *at;
        int n = 0;

        for (; n < 4 && i < v->n && isdigit((unsigned char)v->bare[i]); n++, i++)
                *ret = (n ? *ret : 0) * 10 + v->bare[i] - '0';
        if (n != 4 || *ret < 1900 || *ret > 2199)
                return false;
        while (i < v->n && isdigit((unsigned char)v->bare[i])) /* a digit too many: the first four are the year */
                i++;
        *at = i;
        return true;
}

static size_t
blanks(const struct view *v, size_t at)
{
        return view_skip(v, at, " \n\t");
}

static bool
word_here(const struct view *v, size_t *at, const char *word)
{
        size_t end = pat(v, *at, word, NULL);

        if (!end)
                return false;
        *at = end;
        return true;
}

/* "202 3": a year that the edge of a narrow cell broke. Two and two digits only where nothing else follows, for
 * "15/6/20 15 ngày" are a short year and a number. */
static bool
torn_year(const struct view *v, size_t *at, int *ret)
{
        size_t i = *at, first = 0, n = 0;
        int year = 0;

        for (; n < 4 && i < v->n && isdigit((unsigned char)v->bare[i]); n++) {
                year = year * 10 + v->bare[i++] - '0';
                if (first || i + 1 >= v->n || !strchr(" \n", v->bare[i]) || !isdigit((unsigned char)v->bare[i + 1]))
                        continue;
                first = n + 1;
                i++;
        }
        if (n != 4 || !first || year < 1900 || year > 2199 || (i < v->n && bare_word(v->bare[i])))
                return false;
        if (first == 2 && view_skip(v, i, " \n.;") < v->n)
                return false;
        *at = i;
        *ret = year;
        return true;
}

/* Day and month, with the year when it follows: *ret_y 0 = none. */
static bool
day_month_year(const struct view *v, size_t *at, int *ret_d, int *ret_m, int *ret_y)
{
        size_t i = *at, k;
        char sep;

        *ret_y = 0;
        if (!two_digits(v, &i, ret_d))
                return false;
        k = blanks(v, i);
        sep = k < v->n ? v->bare[k] : 0;
        if (sep == '/' || sep == '-' || sep == '.') {
                k = blanks(v, k + 1);
                if (!two_digits(v, &k, ret_m))
                        return false;
                i = k;
                k = blanks(v, k);
                if (k < v->n && v->bare[k] == sep) {
                        k = blanks(v, k + 1);
                        if (!four_digits(v, &k, ret_y) && !torn_year(v, &k, ret_y)) {
                                if (sep != '/' || !two_digits(v, &k, ret_y))
                                        return false;
                                *ret_y += 2000;
                        }
                        *at = k;
                        return true;
                }
                if (sep != '/')
                        return false;
        } else if (word_here(v, &k, "thang")) {
                k = blanks(v, k);
                if (!two_digits(v, &k, ret_m))
                        return false;
                i = k;
        } else {
                return false;
        }
        k = view_skip(v, i, " \n\t,");
        if (word_here(v, &k, "nam")) {
                k = blanks(v, k);
                if (four_digits(v, &k, ret_y))
                        i = k;
        } else if (k < v->n && v->bare[k] == '/' && four_digits(v, &(size_t){ k + 1 }, ret_y)) {
                i = k + 5;
        }
        *at = i;
        return true;
}

bool
scan_date(const struct view *v, size_t *at, int32_t *ret_day)
{
        int d, m, y;
        size_t i = *at;

        if (four_digits(v, &i, &y) && i + 5 < v->n + 0 && v->bare[i] == '-') {
                i++;
                if (two_digits(v, &i, &m) && i < v->n && v->bare[i] == '-' && two_digits(v, &(size_t){ i + 1 }, &d)) {
                        i++;
                        (void)two_digits(v, &i, &d);
                        *ret_day = day_of(y, m, d);
                        *at = i;
                        return *ret_day != DD_NO_DAY;
                }
                return false;
        }
        i = *at;
        if (!day_month_year(v, &i, &d, &m, &y) || y == 0)
                return false;
        *ret_day = day_of(y, m, d);
        *at = i;
        return *ret_day != DD_NO_DAY;
}

/* "III", and what scans make of it: "1II", "lll", "1V". */
static int
quarter_here(const struct view *v, size_t *at)
{
        size_t i = *at, ones = 0;

        if (i < v->n && v->bare[i] >= '2' && v->bare[i] <= '4' && view_boundary(v, i + 1))
                return v->bare[(*at)++] - '0';
        for (int k = 0; k < 3; k++) { /* "quý một", "quý tư" read like other words without marks */
                static const char *const words[] = { "hai", "ba", "bon" };

                if (word_here(v, at, words[k]))
                        return k + 2;
        }
        for (; i < v->n && strchr("il1", v->bare[i]) && v->bare[i]; i++)
                ones++;
        if (i < v->n && v->bare[i] == 'v' && ones == 1)
                ones = 4, i++;
        else if (ones > 3)
                return 0;
        if (ones == 0 || !view_boundary(v, i))
                return 0;
        *at = i;
        return (int)ones;
}

static bool
number_here(const struct view *v, size_t *at, int *ret)
{
        static const struct {
                const char *word;
                int value;
        } words[] = {
                { "mot", 1 }, { "hai", 2 }, { "ba", 3 }, { "bon", 4 }, { "bay", 7 }, { "tam", 8 }, { "chin", 9 }
        };
        size_t i = *at;
        int n = 0;

        for (*ret = 0; n < 4 && i < v->n && isdigit((unsigned char)v->bare[i]); n++, i++)
                *ret = *ret * 10 + v->bare[i] - '0';
        if (n > 0) {
                size_t k = blanks(v, i), end; /* "05 (năm) ngày" */

                *at = i;
                if (k < v->n && v->bare[k] == '(' && i < v->n && !isdigit((unsigned char)v->bare[i])) {
                        for (end = k + 1;
                             end < v->n && end < k + 16 && (bare_word(v->bare[end]) || v->bare[end] == ' ');)
                                end++;
                        if (end < v->n && v->bare[end] == ')' && end > k + 1)
                                *at = end + 1;
                }
                return i >= v->n || !isdigit((unsigned char)v->bare[i]);
        }
        for (size_t k = 0; k < ARRAY_LEN(words); k++) {
                if (word_here(v, at, words[k].word)) { /* "năm" and "sáu" read like other words without marks */
                        *ret = words[k].value;
                        return true;
                }
        }
        return false;
}

/* ---- patterns ------------------------------------------------------------------------------------------- */

#define ANY_MAX 90 /* bytes that {*} may take */

struct then { /* what follows a group */
        const char *p;
        const struct then *next;
};
struct matching {
        const struct view *v;
        struct caught got;
        size_t end;
        int depth;
};

static bool match_from(struct matching *m, const char *p, size_t at, const struct then *k);

/* The end of a group or of one alternative in it. */
static const char *
group_end(const char *p, bool alternative)
{
        int depth = 0;

        for (;; p++) {
                if (depth == 0 && (*p == ')' || *p == ']' || (alternative && *p == '|')))
                        return p;
                if (*p == '(' || *p == '[')
                        depth++;
                else if (*p == ')' || *p == ']')
                        depth--;
        }
}

static bool
match_group(struct matching *m, const char *p, size_t at, const struct then *k)
{
        const char *end = NULL, *alt = p + 1; /* the end is looked for only when an alternative may match */
        char here = at < m->v->n ? m->v->bare[at] : 0;
        struct then after = { NULL, k };
        struct caught saved = m->got;

        for (;;) {
                bool plain = (*alt >= 'a' && *alt <= 'z') || (*alt >= '0' && *alt <= '9');

                if (!plain || *alt == here) {
                        if (!end)
                                end = group_end(alt, false);
                        after.p = end + 1;
                        if (match_from(m, alt, at, &after))
                                return true;
                        m->got = saved;
                }
                alt = group_end(alt, true);
                if (*alt != '|')
                        break;
                alt++;
        }
        return *p == '[' && match_from(m, alt + 1, at, k);
}

static bool
keep_day(struct matching *m, int32_t day)
{
        if (m->got.n_day >= ARRAY_LEN(m->got.day))
                return false;
        m->got.day[m->got.n_day++] = day;
        return true;
}

static bool
keep(int *list, uint8_t *n, int value)
{
        if (*n >= 4)
                return false;
        list[(*n)++] = value;
        return true;
}

/* "Tháng Tám": months in words that, without marks, are no other words behind "tháng". */
static bool
month_word(const struct view *v, size_t *at, int *ret)
{
        static const struct {
                const char *word;
                int value;
        } words[] = {
                { "muoi hai", 12 }, { "muoi mot", 11 }, { "muoi", 10 }, { "chin", 9 }, { "tam", 8 }, { "bay", 7 }
        };

        for (size_t k = 0; k < ARRAY_LEN(words); k++) {
                if (word_here(v, at, words[k].word)) {
                        *ret = words[k].value;
                        return true;
                }
        }
        return false;
}

/* {D} {A} {m} {y} {q} {n} {>} */
static bool
match_value(struct matching *m, char what, size_t *at)
{
        struct caught *g = &m->got;
        int32_t day;
        int a, b, y;
        size_t i = *at;

        switch (what) {
        case 'D':
                return scan_date(m->v, at, &day) && keep_day(m, day);
        case 'A':
                if (!day_month_year(m->v, &i, &a, &b, &y) || y != 0 || a < 1 || a > 31 || b < 1 || b > 12)
                        return false;
                g->a_day = a;
                g->a_month = b;
                *at = i;
                return true;
        case 'm':
                return (two_digits(m->v, at, &a) || month_word(m->v, at, &a)) && a >= 1 && a <= 12 &&
                       keep(g->month, &g->n_month, a);
        case 'y':
                return four_digits(m->v, at, &a) && keep(g->year, &g->n_year, a);
        case 'q':
                a = quarter_here(m->v, at);
                return a && keep(g->quarter, &g->n_quarter, a);
        case 'n':
                return number_here(m->v, at, &a) && keep(g->number, &g->n_number, a);
        case '>':
                g->rest = i;
                return true;
        default:
                return false;
        }
}

static bool
match_any(struct matching *m, const char *p, size_t at, const struct then *k)
{
        for (size_t n = 0; n < ANY_MAX && at <= m->v->n; n++) {
                struct caught saved = m->got;

                if (match_from(m, p, at, k))
                        return true;
                m->got = saved;
                if (at >= m->v->n)
                        break;
                at = view_next(m->v, at);
        }
        return false;
}

static bool
match_end(struct matching *m, const char *p, size_t at)
{
        (void)p;
        if (at > 0 && at < m->v->n && bare_word(m->v->bare[at - 1]) && bare_word(m->v->bare[at]))
                return false;
        m->end = at;
        return true;
}

static bool
match_from(struct matching *m, const char *p, size_t at, const struct then *k)
{
        const struct view *v = m->v;

        for (;;) {
                if (*p == 0 || *p == ')' || *p == ']' || *p == '|') {
                        if (!k)
                                return match_end(m, p, at);
                        p = k->p;
                        k = k->next;
                        continue;
                }
                if (*p == '(' || *p == '[')
                        return match_group(m, p, at, k);
                if (*p == '{' && p[1] == '*')
                        return match_any(m, p + 3, at, k);
                if (*p == '{') {
                        if (!match_value(m, p[1], &at))
                                return false;
                        p += 3;
                        continue;
                }
                if (*p == '$') {
                        if (view_skip(v, at, " \n\t.;,)") < v->n)
                                return false;
                        at = v->n;
                } else if (*p == ' ' || *p == '_') {
                        size_t i = view_skip(v, at, " \n\t");

                        /* a blank lost before a number is damage: "Năm2025" */
                        if (*p == ' ' && i == at && at > 0 && bare_word(v->bare[at - 1]) && p[1] != '{')
                                return false;
                        at = i;
                } else {
                        if (at >= v->n || v->bare[at] != *p)
                                return false;
                        at = view_next(v, at);
                }
                p++;
        }
}

#define LETTERS_ALL  UINT32_MAX
#define LETTER_DIGIT (UINT32_C(1) << 26)

uint32_t
pat_letters(const char *p)
{
        uint32_t set = 0;
        int depth = 0;
        bool leads = true; /* the next sign stands first in its alternative */

        for (; *p; p++) {
                if (*p == '(' && leads) {
                        depth++;
                } else if (leads) {
                        if (*p >= 'a' && *p <= 'z')
                                set |= UINT32_C(1) << (*p - 'a');
                        else if (*p >= '0' && *p <= '9')
                                set |= LETTER_DIGIT;
                        else
                                return LETTERS_ALL;
                        if (depth == 0)
                                return set;
                        leads = false;
                } else if (*p == '(' || *p == '[') { /* inside an alternative: over it */
                        p = group_end(p + 1, false);
                } else if (*p == '|') {
                        leads = true;
                } else if (*p == ')' && --depth == 0) {
                        return set;
                }
        }
        return LETTERS_ALL;
}

bool
letters_allow(uint32_t set, char ch)
{
        if (set == LETTERS_ALL)
                return true;
        if (ch >= 'a' && ch <= 'z')
                return set >> (ch - 'a') & 1;
        return ch >= '0' && ch <= '9' && (set & LETTER_DIGIT);
}

size_t
pat(const struct view *v, size_t at, const char *pattern, struct caught *ret)
{
        struct matching m;

        if (at > v->n || (*pattern >= 'a' && *pattern <= 'z' && (at == v->n || v->bare[at] != *pattern)))
                return 0;
        m.v = v;
        memset(&m.got, 0, sizeof m.got);
        if (!match_from(&m, pattern, at, NULL))
                return 0;
        if (ret)
                *ret = m.got;
        return m.end;
}

size_t
pat_find(const struct view *v, size_t from, const char *pattern, size_t *ret_end)
{
        uint32_t letters = pat_letters(pattern);

        for (size_t i = from; i < v->n; i = view_next(v, i)) {
                size_t end;

                if ((i > 0 && bare_word(v->bare[i - 1])) || !letters_allow(letters, v->bare[i]))
                        continue;
                end = pat(v, i, pattern, NULL);
                if (end) {
                        if (ret_end)
                                *ret_end = end;
                        return i;
                }
        }
        return v->n;
}
