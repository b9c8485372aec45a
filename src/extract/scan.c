/* scan.c - bare text and the small patterns the rule tables are written in. */
#include "extract_priv.h"

#include "dd_text.h"

#include <ctype.h>

/* ---- letters -------------------------------------------------------------------------------------------- */

/* Bases of U+00C0..U+00FF and U+1EA0..U+1EF9; '*' is no letter. */
static const char LATIN1[] = "aaaaaaaceeeeiiiidnooooo*ouuuuy*saaaaaaaceeeeiiiidnooooo*ouuuuy*y";
static const char VIET[] = "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy";

static char
base_of(uint32_t cp)
{
        if (cp < 0x80)
                return (char)tolower((int)cp);
        if (cp >= 0xC0 && cp <= 0xFF)
                return LATIN1[cp - 0xC0] == '*' ? BARE_OTHER : LATIN1[cp - 0xC0];
        if (cp >= 0x1EA0 && cp <= 0x1EF9)
                return VIET[cp - 0x1EA0];
        switch (cp) {
        case 0x102:
        case 0x103:
                return 'a';
        case 0x110:
        case 0x111:
                return 'd';
        case 0x128:
        case 0x129:
                return 'i';
        case 0x168:
        case 0x169:
        case 0x1AF:
        case 0x1B0:
                return 'u';
        case 0x1A0:
        case 0x1A1:
                return 'o';
        case 0xA0:
        case 0x2002:
        case 0x2003:
        case 0x2009:
        case 0x202F:
                return ' ';
        case 0x2010:
        case 0x2011:
        case 0x2012:
        case 0x2013:
        case 0x2014:
        case 0x2212:
                return '-';
        case 0x201C:
        case 0x201D:
        case 0xAB:
        case 0xBB:
                return '"';
        case 0x2018:
        case 0x2019:
                return '\'';
        default:
                return BARE_OTHER;
        }
}

static enum letter_case
case_of(uint32_t cp)
{
        if (cp < 0x80)
                return isupper((int)cp) ? CASE_CAPITAL : islower((int)cp) ? CASE_SMALL : CASE_NONE;
        if (cp >= 0xC0 && cp <= 0xFF)
                return cp == 0xD7 || cp == 0xF7 ? CASE_NONE : cp < 0xDF ? CASE_CAPITAL : CASE_SMALL;
        if ((cp >= 0x1EA0 && cp <= 0x1EF9) || (cp >= 0x100 && cp < 0x180) || cp == 0x1A0 || cp == 0x1A1)
                return cp & 1 ? CASE_SMALL : CASE_CAPITAL;
        return cp == 0x1AF ? CASE_CAPITAL : cp == 0x1B0 ? CASE_SMALL : CASE_NONE;
}

struct view
view_of(struct arena *a, struct str s)
{
        char *bare = arena_alloc(a, s.n + 1);

        for (size_t i = 0; i < s.n;) {
                size_t from = i;

                if ((unsigned char)s.p[i] < 0x80) {
                        bare[i] = (char)tolower((unsigned char)s.p[i]);
                        i++;
                        continue;
                }
                bare[from] = base_of(utf8_next(s, &i));
                for (size_t k = from + 1; k < i; k++)
                        bare[k] = BARE_FILL;
        }
        return (struct view){ s.p ? s.p : "", bare, s.n };
}

struct view
view_sub(const struct view *v, size_t from, size_t to)
{
        if (to > v->n)
                to = v->n;
        if (from > to)
                from = to;
        return (struct view){ v->t + from, v->bare + from, to - from };
}

struct str
view_str(const struct view *v, size_t from, size_t to)
{
        return str_trim(str_sub((struct str){ v->t, v->n }, from, to));
}

size_t
view_next(const struct view *v, size_t at)
{
        if (at < v->n)
                at++;
        while (at < v->n && v->bare[at] == BARE_FILL)
                at++;
        return at;
}

bool
bare_word(char ch)
{
        return isalnum((unsigned char)ch) || ch == BARE_FILL;
}

bool
view_boundary(const struct view *v, size_t at)
{
        return at == 0 || at >= v->n || !bare_word(v->bare[at - 1]) || !bare_word(v->bare[at]);
}

size_t
view_skip(const struct view *v, size_t at, const char *set)
{
        while (at < v->n && v->bare[at] != 0 && strchr(set, v->bare[at]))
                at = view_next(v, at);
        return at;
}

enum letter_case
view_case(const struct view *v, size_t at)
{
        if (at >= v->n)
                return CASE_NONE;
        return case_of(utf8_next((struct str){ v->t, v->n }, &at));
}

/* One word from `at`: 1 in capitals, 0 no letters, -1 with small letters. Codes ("QĐ-TTg", "16/CT-TTg") count as
 * capitals: they hold a sign between letters and begin with a capital. */
static int
word_capitals(const struct view *v, size_t at, size_t to, size_t *ret_end)
{
        size_t small = 0, capital = 0, signs = 0;
        size_t i = at;

        while (i < to && !strchr(" \n\t", v->bare[i])) {
                enum letter_case k = view_case(v, i);

                small += k == CASE_SMALL;
                capital += k == CASE_CAPITAL;
                signs += v->bare[i] == '/' || v->bare[i] == '-' || v->bare[i] == '&';
                i = view_next(v, i);
        }
        *ret_end = i;
        if (small == 0)
                return capital > 0;
        return signs > 0 && capital >= 2 * small && view_case(v, at) != CASE_SMALL ? 1 : -1;
}

bool
view_capitals(const struct view *v, size_t from, size_t to)
{
        bool any = false;

        while (from < to) {
                size_t end;
                int k;

                from = view_skip(v, from, " \n\t");
                if (from >= to)
                        break;
                k = word_capitals(v, from, to, &end);
                if (k < 0)
                        return false;
                any = any || k > 0;
                from = end;
        }
        return any;
}

size_t
view_capital_run(const struct view *v, size_t at, size_t to)
{
        size_t good = at;

        while (at < to) {
                size_t end;

                at = view_skip(v, at, " \n\t");
                if (at < to && v->bare[at] == '[') {
                        const char *close = memchr(v->bare + at, ']', to - at);

                        if (!close)
                                break;
                        at = (size_t)(close - v->bare) + 1;
                        continue;
                }
                if (at >= to || word_capitals(v, at, to, &end) < 0)
                        break;
                good = at = end;
        }
        return good;
}

/* ---- dates and numbers ---------------------------------------------------------------------------------- */

/* One or two digits; a blank between them is damage that is stepped over ("0 6"). */
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
                   !isdigit((unsigned char)v->bare[i + 2]) && v->bare[i + 2] != '/') {
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
                        if (!four_digits(v, &k, ret_y)) {
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

static int
quarter_here(const struct view *v, size_t *at)
{
        static const char *const roman[] = { "iii", "ii", "iv", "i" };
        static const int value[] = { 3, 2, 4, 1 };

        if (*at < v->n && v->bare[*at] >= '1' && v->bare[*at] <= '4' && view_boundary(v, *at + 1))
                return v->bare[(*at)++] - '0';
        for (size_t k = 0; k < ARRAY_LEN(roman); k++) {
                if (word_here(v, at, roman[k]))
                        return value[k];
        }
        return 0;
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
                *at = i;
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
        bool optional = *p == '[';
        const char *end = group_end(p + 1, false);
        struct then after = { end + 1, k };
        struct caught saved = m->got;

        for (const char *alt = p + 1;; alt = group_end(alt, true) + 1) {
                if (match_from(m, alt, at, &after))
                        return true;
                m->got = saved;
                if (*group_end(alt, true) != '|')
                        break;
        }
        return optional && match_from(m, end + 1, at, k);
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
                return two_digits(m->v, at, &a) && a >= 1 && a <= 12 && keep(g->month, &g->n_month, a);
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

                        if (*p == ' ' && i == at && at > 0 && bare_word(v->bare[at - 1]))
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

/* Could the pattern begin with this byte? Refuses most places before any matching. */
static bool
may_begin(const char *p, char ch)
{
        if (*p != '(')
                return (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') ? *p == ch : true;
        for (int depth = 0; *p; p++) {
                if (*p == '(' || *p == '[') {
                        depth++;
                } else if (*p == ')' || *p == ']') {
                        if (--depth == 0)
                                return false;
                        continue;
                } else if (*p != '|') {
                        continue;
                }
                if (depth == 1 && (p[1] == ch || !((p[1] >= 'a' && p[1] <= 'z') || (p[1] >= '0' && p[1] <= '9'))))
                        return true;
        }
        return true;
}

size_t
pat(const struct view *v, size_t at, const char *pattern, struct caught *ret)
{
        struct matching m;

        if (at > v->n || !may_begin(pattern, at < v->n ? v->bare[at] : 0))
                return 0;
        m.v = v;
        memset(&m.got, 0, sizeof m.got);
        if ( !match_from(&m, pattern, at, NULL))
                return 0;
        if (ret)
                *ret = m.got;
        return m.end;
}

size_t
pat_find(const struct view *v, size_t from, const char *pattern, size_t *ret_end)
{
        for (size_t i = from; i < v->n; i = view_next(v, i)) {
                size_t end;

                if ((i > 0 && bare_word(v->bare[i - 1])) ||
                    (*pattern != '(' && *pattern != '[' && *pattern != '{' && v->bare[i] != *pattern))
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

/* ---- values --------------------------------------------------------------------------------------------- */

struct str
squeezed(struct arena *a, struct str s)
{
        struct str t = str_trim(s);
        char *out = arena_alloc(a, t.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < t.n; i++) {
                bool blank = strchr(" \n\t", t.p[i]) != NULL;

                if (!blank)
                        out[n++] = t.p[i];
                else if (n > 0 && out[n - 1] != ' ')
                        out[n++] = ' ';
        }
        return (struct str){ out, n };
}

struct str
without_blanks(struct arena *a, struct str s)
{
        char *out = arena_alloc(a, s.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++) {
                if (!strchr(" \n\t", s.p[i]))
                        out[n++] = s.p[i];
        }
        return (struct str){ out, n };
}
