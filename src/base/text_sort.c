/* Sort keys (SPECS 4.6): bytes to be compared with memcmp, no zero byte among them.
 *
 *   a word:  letters, KEY_WORD_END, tones in order, KEY_TONE_END; so words count one by one, tones after letters
 *   at last: KEY_CASE and a bit a letter, set for a capital
 *   numbers: count of digits, then digits, so that 2 comes before 10
 * Spaces and punctuation only part words. */
#include "text_priv.h"

#define KEY_CASE     0x01
#define KEY_TONE_END 0x02
#define KEY_WORD_END 0x03
#define KEY_TONE     0x03 /* + tone 1..5 */
#define KEY_MARK     0x09 /* a mark that is not Vietnamese */
#define KEY_DIGITS   0x10 /* + count */
#define KEY_OTHER    0xF0 /* scripts other than Latin, by code point */

#define DIGITS_MAX 31

struct key {
        uint8_t *p;
        size_t n;
        uint8_t *tones; /* of the word under way */
        size_t n_tones;
        uint8_t *cases; /* 7 bits a byte */
        size_t n_letters, case_end;
        bool in_word;
};

/* a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z, from 0x40 on. */
static uint8_t
letter_weight(char base, uint8_t hat)
{
        static const uint8_t first[26] = { 0,  3,  4,  5,  7,  9,  10, 11, 12, 13, 14, 15, 16,
                                           17, 18, 21, 22, 23, 24, 25, 26, 28, 29, 30, 31, 32 };
        uint8_t add = 0;

        if (hat == HAT_BREVE && base == 'a')
                add = 1;
        else if (hat == HAT_CIRCUMFLEX && (base == 'a' || base == 'e' || base == 'o'))
                add = base == 'a' ? 2 : 1;
        else if (hat == HAT_HORN && (base == 'o' || base == 'u'))
                add = base == 'o' ? 2 : 1;
        else if (hat == HAT_STROKE && base == 'd')
                add = 1;
        return (uint8_t)(0x40 + first[base - 'a'] + add);
}

static void
end_word(struct key *k)
{
        if (!k->in_word)
                return;
        k->p[k->n++] = KEY_WORD_END;
        if (k->n_tones > 0)
                memcpy(k->p + k->n, k->tones, k->n_tones);
        k->n += k->n_tones;
        k->p[k->n++] = KEY_TONE_END;
        k->n_tones = 0;
        k->in_word = false;
}

static void
put_letter(struct key *k, uint32_t cp, const struct letter *l)
{
        uint8_t weight = letter_weight(l->base, l->hat);

        k->in_word = true;
        k->p[k->n++] = weight;
        if (l->base2 != 0)
                k->p[k->n++] = letter_weight(l->base2, HAT_NONE);
        if (l->tone != TONE_NONE)
                k->tones[k->n_tones++] = (uint8_t)(KEY_TONE + l->tone);
        else if (l->hat != HAT_NONE && weight == letter_weight(l->base, HAT_NONE))
                k->tones[k->n_tones++] = KEY_MARK;
        if (cp != l->lower) {
                k->cases[k->n_letters / 7] |= (uint8_t)(0x40 >> k->n_letters % 7);
                k->case_end = k->n_letters / 7 + 1;
        }
        k->n_letters++;
}

/* Returns the offset behind the digits. */
static size_t
put_digits(struct key *k, struct str s, size_t from)
{
        size_t end, n;

        while (from + 1 < s.n && s.p[from] == '0' && s.p[from + 1] >= '0' && s.p[from + 1] <= '9')
                from++;
        for (end = from; end < s.n && s.p[end] >= '0' && s.p[end] <= '9';)
                end++;
        n = end - from > DIGITS_MAX ? DIGITS_MAX : end - from;
        k->in_word = true;
        k->p[k->n++] = (uint8_t)(KEY_DIGITS + n);
        memcpy(k->p + k->n, s.p + from, n);
        k->n += n;
        return end;
}

struct str
text_sortkey(struct arena *a, struct str s)
{
        s = text_nfc(a, s);
        struct key k = { .p = arena_alloc(a, 4 * s.n + s.n / 7 + 8),
                         .tones = arena_alloc(a, s.n + 1),
                         .cases = arena_alloc(a, s.n / 7 + 1) };

        for (size_t i = 0; i < s.n;) {
                size_t from = i;
                uint32_t cp = utf8_step(s, &i);
                const struct letter *l = letter_of(cp);

                if (cp >= '0' && cp <= '9') {
                        i = put_digits(&k, s, from);
                } else if (l != NULL && l->base != 0) {
                        put_letter(&k, cp, l);
                } else if (is_word_char(cp)) {
                        char utf8[4];
                        size_t n = utf8_put(utf8, letter_lower(cp));

                        k.in_word = true;
                        k.p[k.n++] = KEY_OTHER;
                        memcpy(k.p + k.n, utf8, n);
                        k.n += n;
                } else {
                        end_word(&k);
                }
        }
        end_word(&k);
        k.p[k.n++] = KEY_CASE;
        for (size_t i = 0; i < k.case_end; i++)
                k.p[k.n++] = k.cases[i] | 0x80;
        return (struct str){ (const char *)k.p, k.n };
}

/* Given name first, then family and middle names. */
struct str
text_sortkey_name(struct arena *a, struct str s)
{
        s = str_trim(s);
        size_t at = s.n;

        while (at > 0 && s.p[at - 1] != ' ')
                at--;
        if (at == 0)
                return text_sortkey(a, s);
        struct str given = str_sub(s, at, s.n), rest = str_trim(str_sub(s, 0, at));
        return text_sortkey(a, str_fmt(a, "%.*s %.*s", FMT(given), FMT(rest)));
}
