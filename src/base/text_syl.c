/* Vietnamese syllables: cut, judged, and rebuilt with the tone where old-style spelling puts it (SPECS 4.2, 4.4). */
#include "text_priv.h"

/* Up to three consonants as one number; 'D' is đ. */
#define C1(a)       ((uint32_t)(a))
#define C2(a, b)    (C1(a) << 8 | (b))
#define C3(a, b, c) (C2(a, b) << 8 | (c))

static const uint32_t initials[] = {
        0,
        C1('b'),
        C1('c'),
        C2('c', 'h'),
        C1('d'),
        C1('D'),
        C1('g'),
        C2('g', 'h'),
        C2('g', 'i'),
        C1('h'),
        C1('k'),
        C2('k', 'h'),
        C1('l'),
        C1('m'),
        C1('n'),
        C2('n', 'g'),
        C3('n', 'g', 'h'),
        C2('n', 'h'),
        C1('p'),
        C2('p', 'h'),
        C2('q', 'u'),
        C1('r'),
        C1('s'),
        C1('t'),
        C2('t', 'h'),
        C2('t', 'r'),
        C1('v'),
        C1('x'),
};

static const uint32_t finals[] = {
        0, C1('c'), C2('c', 'h'), C1('m'), C1('n'), C2('n', 'g'), C2('n', 'h'), C1('p'), C1('t'),
};

/* Every rhyme without its tone. */
static const struct str rhymes =
    S(" a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây"
      " e ec em en eng eo ep et ê êch êm ên ênh êp êt êu"
      " i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu"
      " o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt"
      " oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt"
      " u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut"
      " uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu"
      " y yêm yên yêng yêt yêu ");

static bool
is_vowel(char base)
{
        return base == 'a' || base == 'e' || base == 'i' || base == 'o' || base == 'u' || base == 'y';
}

struct syl
syl_read(struct str token)
{
        struct syl y = { .whole = true };

        for (size_t i = 0; i < token.n;) {
                uint32_t cp = utf8_step(token, &i);
                const struct letter *l = letter_of(cp);
                uint8_t tone = TONE_NONE;

                if (l != NULL && l->base != 0 && l->base2 == 0 && y.n < SYL_MAX) {
                        y.l[y.n++] = (struct syl_letter){ l->base, l->hat, l->tone };
                        tone = l->tone;
                } else if (y.n > 0 && letter_mark(cp, &y.l[y.n - 1].hat, &tone)) {
                        if (tone != TONE_NONE)
                                y.l[y.n - 1].tone = tone;
                } else if (!is_inner_char(cp)) {
                        y.whole = false;
                }
                if (tone != TONE_NONE) {
                        y.tone = tone;
                        y.n_tones++;
                }
        }
        if (y.n == 0)
                y.whole = false;
        return y;
}

/* Is what follows the initial, without its tone, a rhyme? `before` goes in front of it. */
static bool
is_rhyme(const struct syl *y, const char *before)
{
        char word[4 * SYL_MAX + 8] = " ";
        size_t n = 1;

        for (; *before != '\0'; before++)
                word[n++] = *before;
        for (size_t i = y->nucleus; i < y->n; i++)
                n += utf8_put(word + n, letter_make(y->l[i].base, y->l[i].hat, TONE_NONE));
        word[n++] = ' ';
        return str_has(rhymes, (struct str){ word, n });
}

static uint32_t
cluster(const struct syl *y, size_t from, size_t to)
{
        uint32_t c = 0;

        if (to - from > 3)
                return UINT32_MAX;
        for (size_t i = from; i < to; i++) {
                bool stroke = y->l[i].base == 'd' && y->l[i].hat == HAT_STROKE;

                if (y->l[i].hat != HAT_NONE && !stroke)
                        return UINT32_MAX;
                if (y->l[i].tone != TONE_NONE && !is_vowel(y->l[i].base)) /* the u of qủa may carry one */
                        return UINT32_MAX;
                c = c << 8 | (uint32_t)(stroke ? 'D' : y->l[i].base);
        }
        return c;
}

static bool
is_one_of(uint32_t c, const uint32_t *list, size_t n)
{
        for (size_t i = 0; i < n; i++)
                if (list[i] == c)
                        return true;
        return false;
}

bool
syl_cut(struct syl *y)
{
        size_t i = 0;

        if (!y->whole)
                return false;
        while (i < y->n && !is_vowel(y->l[i].base))
                i++;
        if (i == 1 && y->n > 2 && y->l[0].base == 'q' && y->l[1].base == 'u' && is_vowel(y->l[2].base))
                i = 2;
        else if (i == 1 && y->n > 2 && y->l[0].base == 'g' && y->l[1].base == 'i' && is_vowel(y->l[2].base))
                i = 2;
        y->nucleus = (uint8_t)i;
        for (; i < y->n && is_vowel(y->l[i].base); i++)
                if (y->l[i].hat != HAT_NONE && letter_make(y->l[i].base, y->l[i].hat, TONE_NONE) == 0)
                        return false;
        y->final = (uint8_t)i;
        if (y->final == y->nucleus || y->final - y->nucleus > 3 || y->n_tones > 1)
                return false;
        y->before = cluster(y, 0, y->nucleus);
        y->after = cluster(y, y->final, y->n);
        return is_one_of(y->before, initials, ARRAY_LEN(initials)) && is_one_of(y->after, finals, ARRAY_LEN(finals));
}

/* The letter that carries the tone: the last with a hat; before a final, or alone, the last vowel; else the first of
 * two and the middle of three. */
static size_t
tone_place(const struct syl *y)
{
        size_t vowels = (size_t)(y->final - y->nucleus);

        for (size_t i = y->final; i > y->nucleus; i--)
                if (y->l[i - 1].hat != HAT_NONE)
                        return i - 1;
        if (y->final < y->n || vowels == 1)
                return (size_t)y->final - 1;
        return vowels == 2 ? y->nucleus : (size_t)y->nucleus + 1;
}

void
syl_canon(struct syl *y)
{
        static const uint32_t before_i[] = { C1('h'), C1('k'), C1('l'), C1('m'), C1('s'), C1('t'), C2('q', 'u') };

        if (y->n_tones == 1) {
                for (size_t i = 0; i < y->n; i++)
                        y->l[i].tone = TONE_NONE;
                y->l[tone_place(y)].tone = y->tone;
        }
        if (y->final == y->n && y->final - y->nucleus == 1 && y->l[y->nucleus].base == 'y' &&
            is_one_of(y->before, before_i, ARRAY_LEN(before_i)))
                y->l[y->nucleus].base = 'i';
}

/* No tone, or a tone on the last letter with a hat, is in its place; and a lone y ends the syllable. */
bool
syl_is_canon(const struct syl *y)
{
        bool good = y->n_tones == 0;

        for (size_t i = 0; i < y->n; i++)
                if (is_vowel(y->l[i].base) && y->l[i].hat != HAT_NONE)
                        good = y->l[i].tone != TONE_NONE || y->n_tones == 0;
        return good && (y->n == 0 || y->l[y->n - 1].base != 'y');
}

/* gh, ngh, k stand before i e ê y; g, ng, c elsewhere. */
static bool
initial_fits(const struct syl *y)
{
        char next = y->l[y->nucleus].base;
        bool front = next == 'i' || next == 'e' || next == 'y';

        switch (y->before) {
        case C2('g', 'h'):
        case C3('n', 'g', 'h'):
        case C1('k'):
                return front;
        case C1('c'):
        case C2('n', 'g'):
                return !front;
        case C1('g'):
                return !front || next == 'i';
        default:
                return true;
        }
}

static bool
rhyme_fits(const struct syl *y)
{
        if (is_rhyme(y, ""))
                return true;
        return (y->before == C2('q', 'u') && is_rhyme(y, "u")) || (y->before == C2('g', 'i') && is_rhyme(y, "i"));
}

bool
text_is_syllable(struct str token)
{
        struct syl y;

        if (token.n > 6 * SYL_MAX)
                return false;
        y = syl_read(token);
        if (!syl_cut(&y) || !initial_fits(&y) || !rhyme_fits(&y))
                return false;
        if (y.after == C1('c') || y.after == C2('c', 'h') || y.after == C1('p') || y.after == C1('t'))
                return y.tone == TONE_SAC || y.tone == TONE_NANG;
        return true;
}
