/* scan.c - a text beside its bare form, its words in capitals, its values for people. */
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
