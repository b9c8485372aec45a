/* agency_field.c - fields of work ("Kế hoạch và Đầu tư") in whatever spelling: whole words, first letters ("KH&ĐT"),
 * both mixed ("Nông nghiệp và PTNT", "Lao động - TB và XH"), marks lost. */
#include "agency_priv.h"

#include <ctype.h>

/* A run of letters. */
static size_t
token_end(const struct view *v, size_t at)
{
        while (at < v->n && bare_word(v->bare[at]))
                at = view_next(v, at);
        return at;
}

static size_t
word_len(const char *w)
{
        size_t n = 0;

        while (w[n] && w[n] != ' ')
                n++;
        return n;
}

/* The token's bare letters are this word. */
static bool
is_word(const struct view *v, size_t at, size_t end, const char *w, size_t n)
{
        size_t k = 0;

        for (size_t i = at; i < end; i = view_next(v, i), k++) {
                if (k >= n || v->bare[i] != w[k])
                        return false;
        }
        return k == n;
}

/* Capitals that are the first letters of the words from *w on; *w behind them. A small "v" is "và". */
static bool
first_letters(const struct view *v, size_t at, size_t end, const char **w)
{
        size_t letters = 0;

        for (size_t i = at; i < end; i = view_next(v, i)) {
                if (v->bare[i] == 'v' && view_case(v, i) == CASE_SMALL)
                        continue;
                if (view_case(v, i) != CASE_CAPITAL || **w != v->bare[i])
                        return false;
                *w += word_len(*w);
                *w += **w == ' ';
                letters++;
        }
        return letters > 0;
}

/* Blanks, signs and "và" between the parts of a field. */
static size_t
between(const struct view *v, size_t at)
{
        for (;;) {
                size_t i = view_skip(v, at, " \n-,&."), end = pat(v, i, "va ", NULL);

                if (i > at && end && view_case(v, i) != CASE_CAPITAL)
                        i = end;
                if (i == at)
                        return at;
                at = i;
        }
}

/* End of the field with these words at `at`, 0 = it is another. */
static size_t
field_at_words(const struct view *v, size_t at, const char *words)
{
        size_t end = at;

        for (const char *w = words; *w;) {
                size_t n = word_len(w), i = w == words ? at : between(v, end), stop = token_end(v, i);

                if (stop == i)
                        return 0;
                if (is_word(v, i, stop, w, n)) {
                        w += n;
                        w += *w == ' ';
                } else if (!first_letters(v, i, stop, &w)) {
                        return 0;
                }
                end = stop;
        }
        return end;
}

static size_t
longest_field(const struct view *v, size_t at, const char **ret_name)
{
        size_t best = 0;

        for (size_t k = 0; at < v->n && k < N_FIELDS; k++) {
                size_t end = v->bare[at] == FIELDS[k].words[0] ? field_at_words(v, at, FIELDS[k].words) : 0;

                if (end > best) {
                        best = end;
                        *ret_name = FIELDS[k].name;
                }
        }
        return best;
}

size_t
field_prefix(const struct view *v, size_t at, const char **ret_name)
{
        const char *first, *second;
        size_t best = longest_field(v, at, ret_name);

        for (size_t i = at; i < best; i = view_next(v, i)) { /* "Tài chính, Kế hoạch và Đầu tư": two of them */
                struct view one = view_sub(v, at, i);

                if (v->bare[i] != ',' || longest_field(&one, 0, &first) != one.n)
                        continue;
                if (longest_field(v, view_skip(v, i, ", \n"), &second) > best) {
                        *ret_name = first;
                        return i;
                }
        }
        return best;
}

/* Letters to change, add or leave out between two short words; more than `max` is said as max + 1. */
static size_t
letters_apart(const char *a, size_t na, const char *b, size_t nb, size_t max)
{
        uint8_t row[64];

        if (na >= sizeof row || nb > 200 || (na > nb ? na - nb : nb - na) > max)
                return max + 1;
        for (size_t i = 0; i <= na; i++)
                row[i] = (uint8_t)i;
        for (size_t k = 1; k <= nb; k++) {
                uint8_t before = row[0];

                row[0] = (uint8_t)k;
                for (size_t i = 1; i <= na; i++) {
                        uint8_t here = row[i], best = (uint8_t)(before + (a[i - 1] != b[k - 1]));

                        if (here + 1 < best)
                                best = (uint8_t)(here + 1);
                        if (row[i - 1] + 1 < best)
                                best = (uint8_t)(row[i - 1] + 1);
                        before = here;
                        row[i] = best;
                }
        }
        return row[na];
}

const char *
field_near(const struct view *v, size_t from, size_t to)
{
        char key[64];
        size_t n = 0, best = 3, times = 0;
        const char *name = NULL;

        for (size_t i = from; i < to && n < sizeof key - 1; i = view_next(v, i)) {
                if (isalpha((unsigned char)v->bare[i]) || (v->bare[i] == ' ' && n && key[n - 1] != ' '))
                        key[n++] = v->bare[i];
        }
        for (size_t k = 0; n >= 6 && k < N_FIELDS; k++) {
                size_t far = letters_apart(key, n, FIELDS[k].words, strlen(FIELDS[k].words), 2);

                if (far * 10 > 3 * n || far > best)
                        continue;
                times = far < best ? 1 : times + 1;
                best = far;
                name = FIELDS[k].name;
        }
        return times == 1 ? name : NULL;
}

const char *
field_of(const struct view *v, size_t from, size_t to)
{
        const char *name = NULL;
        struct view part = view_sub(v, from, to);
        size_t end = field_prefix(&part, view_skip(&part, 0, " "), &name);

        return end && view_skip(&part, end, " .,;") >= part.n ? name : NULL;
}

const char *
field_by_abbreviation(struct arena *a, struct str s)
{
        struct view v = view_of(a, s);
        struct str word;

        if (s.n > 24 || s.n < 2 || view_case(&v, 0) != CASE_CAPITAL)
                return NULL;
        word = without_blanks(a, s);
        for (size_t k = 0; k < N_FIELDS; k++) {
                struct str rest = str_of(FIELDS[k].abbreviations), one;

                while (str_cut(&rest, ' ', &one)) {
                        if (same_acronym(word, one, true))
                                return FIELDS[k].name;
                }
        }
        return view_capitals(&v, 0, v.n) ? field_of(&v, 0, v.n) : NULL;
}
