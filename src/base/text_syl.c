/* Vietnamese syllables: cut, judged, and rebuilt with the tone where old-style spelling puts it (SPECS 4.2, 4.4). */
#include "text_priv.h"

/* Initials that stand before a vowel; qu and gi are found by syl_cut. */
static const struct str initials = S(" b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x ");

static const struct str finals = S(" c ch m n ng nh p t ");

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
                uint32_t cp = utf8_next(token, &i);
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

/* Are the letters from..to, without tones, one word of the list? `before` goes in front of them. */
static bool
in_list(struct str list, const struct syl *y, size_t from, size_t to, const char *before)
{
        char word[4 * SYL_MAX + 8] = " ";
        size_t n = 1;

        for (; *before != '\0'; before++)
                word[n++] = *before;
        for (size_t i = from; i < to; i++) {
                uint32_t cp = letter_make(y->l[i].base, y->l[i].hat, TONE_NONE);

                if (cp == 0)
                        return false;
                n += utf8_put(word + n, cp);
        }
        word[n++] = ' ';
        return str_has(list, (struct str){ word, n });
}

bool
syl_cut(struct syl *y)
{
        size_t i = 0;

        if (!y->whole)
                return false;
        for (; i < y->n && !is_vowel(y->l[i].base); i++)
                if (y->l[i].tone != TONE_NONE)
                        return false;
        if (i == 1 && y->n > 2 && y->l[0].base == 'q' && y->l[1].base == 'u' && is_vowel(y->l[2].base))
                i = 2;
        else if (i == 1 && y->n > 2 && y->l[0].base == 'g' && y->l[1].base == 'i' && is_vowel(y->l[2].base))
                i = 2;
        y->nucleus = (uint8_t)i;
        for (; i < y->n && is_vowel(y->l[i].base); i++)
                if (letter_make(y->l[i].base, y->l[i].hat, TONE_NONE) == 0)
                        return false;
        y->final = (uint8_t)i;
        if (y->final == y->nucleus || y->final - y->nucleus > 3 || y->n_tones > 1)
                return false;
        return (y->nucleus == 0 || in_list(initials, y, 0, y->nucleus, "")) &&
               (y->final == y->n || in_list(finals, y, y->final, y->n, ""));
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
        if (y->n_tones == 1) {
                for (size_t i = 0; i < y->n; i++)
                        y->l[i].tone = TONE_NONE;
                y->l[tone_place(y)].tone = y->tone;
        }
        if (y->final == y->n && y->final - y->nucleus == 1 && y->l[y->nucleus].base == 'y' &&
            (in_list(S(" h k l m s t qu "), y, 0, y->nucleus, "")))
                y->l[y->nucleus].base = 'i';
}

/* gh, ngh, k stand before i e ê y; g, ng, c elsewhere. */
static bool
initial_fits(const struct syl *y)
{
        char next = y->l[y->nucleus].base;
        bool front = next == 'i' || next == 'e' || next == 'y';

        if (y->nucleus == 0)
                return true;
        if (in_list(S(" gh ngh k "), y, 0, y->nucleus, ""))
                return front;
        if (in_list(S(" c ng "), y, 0, y->nucleus, ""))
                return !front;
        return !in_list(S(" g "), y, 0, y->nucleus, "") || !front || next == 'i';
}

static bool
rhyme_fits(const struct syl *y)
{
        bool qu = y->nucleus == 2 && y->l[0].base == 'q';
        bool gi = y->nucleus == 2 && y->l[0].base == 'g' && y->l[1].base == 'i';

        if (in_list(rhymes, y, y->nucleus, y->n, ""))
                return true;
        return (qu && in_list(rhymes, y, y->nucleus, y->n, "u")) || (gi && in_list(rhymes, y, y->nucleus, y->n, "i"));
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
        if (y.final < y.n && in_list(S(" c ch p t "), &y, y.final, y.n, ""))
                return y.tone == TONE_SAC || y.tone == TONE_NANG;
        return true;
}
