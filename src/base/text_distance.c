/* How far apart two names are, with the slips of typing and OCR cheap (SPECS 4.5). */
#include "text_priv.h"

#define WORDS_MAX   48 /* a name; what is longer counts as far as this */
#define LETTERS_MAX 24

#define COST_TONE   0.2
#define COST_HAT    0.3
#define COST_STROKE 0.2
#define COST_PAIR   0.4

struct word {
        struct syl_letter l[LETTERS_MAX];
        size_t n;
        uint8_t tone;
};

struct name {
        struct word w[WORDS_MAX];
        size_t n;
};

static struct name *
read_name(struct arena *a, struct str s)
{
        struct name *name = arena_alloc(a, sizeof *name);
        struct word *w = NULL;

        s = text_exact(a, s);
        for (size_t i = 0; i < s.n;) {
                uint32_t cp = utf8_step(s, &i);

                if (!is_word_char(cp)) {
                        w = NULL;
                        continue;
                }
                if (w == NULL) {
                        if (name->n == WORDS_MAX)
                                break;
                        w = &name->w[name->n++];
                }
                const struct letter *l = letter_of(cp);
                if (w->n < LETTERS_MAX && l != NULL) {
                        char base = l->base != 0 ? l->base : (char)cp; /* a digit */

                        w->l[w->n++] = (struct syl_letter){ base, l->hat, l->tone };
                        if (l->tone != TONE_NONE)
                                w->tone = l->tone;
                }
        }
        return name;
}

static bool
is_pair(char x, char y)
{
        static const char pairs[][3] = { "l1", "li", "1i", "o0", "s5", "b8" };

        for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
                if ((pairs[i][0] == x && pairs[i][1] == y) || (pairs[i][0] == y && pairs[i][1] == x))
                        return true;
        return false;
}

static double
letter_cost(struct syl_letter x, struct syl_letter y)
{
        if (x.base == y.base) {
                if (x.hat == y.hat)
                        return 0;
                return x.base == 'd' ? COST_STROKE : COST_HAT;
        }
        if ((x.base == 'i' && y.base == 'y') || (x.base == 'y' && y.base == 'i'))
                return 0;
        return is_pair(x.base, y.base) ? COST_PAIR : 1;
}

/* rn looks like m, cl like d. */
static bool
looks_like(const struct syl_letter *two, struct syl_letter one)
{
        return (two[0].base == 'r' && two[1].base == 'n' && one.base == 'm') ||
               (two[0].base == 'c' && two[1].base == 'l' && one.base == 'd');
}

static double
min2(double x, double y)
{
        return x < y ? x : y;
}

static double
word_cost(const struct word *x, const struct word *y)
{
        double d[LETTERS_MAX + 1][LETTERS_MAX + 1];

        for (size_t i = 0; i <= x->n; i++) {
                for (size_t j = 0; j <= y->n; j++) {
                        double best = i == 0 ? (double)j : j == 0 ? (double)i : 1e9;

                        if (i > 0 && j > 0) {
                                best = d[i - 1][j - 1] + letter_cost(x->l[i - 1], y->l[j - 1]);
                                best = min2(best, 1 + min2(d[i - 1][j], d[i][j - 1]));
                        }
                        if (i > 1 && j > 0 && looks_like(&x->l[i - 2], y->l[j - 1]))
                                best = min2(best, d[i - 2][j - 1] + COST_PAIR);
                        if (i > 0 && j > 1 && looks_like(&y->l[j - 2], x->l[i - 1]))
                                best = min2(best, d[i - 1][j - 2] + COST_PAIR);
                        d[i][j] = best;
                }
        }
        return d[x->n][y->n] + (x->tone != y->tone ? COST_TONE : 0);
}

double
text_distance(struct arena *a, struct str x, struct str y)
{
        double row[WORDS_MAX + 1];
        const struct name *p = read_name(a, x), *q = read_name(a, y);

        for (size_t j = 0; j <= q->n; j++)
                row[j] = (double)j;
        for (size_t i = 1; i <= p->n; i++) {
                double diagonal = row[0];

                row[0] = (double)i;
                for (size_t j = 1; j <= q->n; j++) {
                        double above = row[j];
                        double best = min2(above, row[j - 1]) + 1;

                        if (diagonal < best)
                                best = min2(best, diagonal + word_cost(&p->w[i - 1], &q->w[j - 1]));
                        row[j] = best;
                        diagonal = above;
                }
        }
        return row[q->n];
}
