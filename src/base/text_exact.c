/* The exact search key: marks stay, spelling habits go (SPECS 4.2). */
#include "text_priv.h"

struct out {
        char *p;
        size_t n;
        bool space; /* owed before the next character */
};

static void
put(struct out *o, uint32_t cp, size_t used)
{
        if (o->space)
                o->p[o->n++] = ' ';
        o->space = false;
        o->n += letter_put(o->p + o->n, cp, used);
}

/* A run of Latin letters and of the marks that stay apart from them in NFC. */
static void
put_word(struct out *o, struct str word)
{
        struct syl y = { 0 };

        if (word.n <= 6 * SYL_MAX) {
                y = syl_read(word);
                if (!syl_is_canon(&y) && syl_cut(&y)) {
                        syl_canon(&y);
                        for (size_t i = 0; i < y.n; i++)
                                put(o, letter_make(y.l[i].base, y.l[i].hat, y.l[i].tone), 0);
                        return;
                }
        }
        for (size_t i = 0; i < word.n;) {
                uint32_t cp = utf8_step(word, &i);

                put(o, letter_lower(cp), 0);
        }
}

static bool
is_letter(uint32_t cp)
{
        const struct letter *l = letter_of(cp);

        return l != NULL && l->base != 0;
}

static bool
is_letter_or_mark(uint32_t cp)
{
        return is_letter(cp) || (cp >= 0x300 && cp < 0x370);
}

struct str
text_exact(struct arena *a, struct str s)
{
        s = text_nfc(a, s);
        struct out o = { .p = letter_room(a, s) };

        for (size_t i = 0; i < s.n;) {
                size_t from = i, end = i;
                uint32_t cp = utf8_step(s, &i);

                if (is_letter(cp)) {
                        for (end = i; i < s.n && is_letter_or_mark(utf8_step(s, &i));)
                                end = i;
                        i = end;
                        put_word(&o, str_sub(s, from, end));
                        continue;
                }
                uint32_t key = key_char(cp);
                if (key == ' ')
                        o.space = o.n > 0;
                else if (key != 0)
                        put(&o, letter_lower(key), i - from);
        }
        return text_nfc(a, (struct str){ o.p, o.n }); /* a small letter may take a mark that its capital did not */
}
