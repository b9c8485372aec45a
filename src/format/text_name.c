/* text_name.c - a mark of state secrecy in the name of a file: all that can be judged of bytes that are no text. */
#include "text_priv.h"

#include "dd_text.h"

#define WORDS 64

struct words {
        struct str v[WORDS];                              /* lower, NFC */
        bool capitals[WORDS], framed[WORDS], dash[WORDS]; /* as written; in brackets; " - " behind it */
        size_t n;
        bool small; /* the name has small letters */
};

static bool
between(char ch)
{
        return ch == ' ' || strchr("_-()[]{}.,;+&#~", ch) != NULL;
}

static void
words_cut(struct arena *a, struct str s, struct words *ret)
{
        for (size_t i = 0; i < s.n && ret->n < WORDS;) {
                size_t from = i;

                while (i < s.n && !between(s.p[i]))
                        i++;
                if (i == from) {
                        i++;
                        continue;
                }
                struct str word = str_sub(s, from, i);
                size_t k = ret->n++;
                ret->v[k] = text_lower(a, word);
                ret->capitals[k] = !str_eq(ret->v[k], word) && str_eq(text_upper(a, word), word);
                ret->framed[k] = from > 0 && i < s.n && strchr("([{", s.p[from - 1]) && strchr(")]}", s.p[i]);
                ret->dash[k] = i + 1 < s.n && s.p[i] == ' ' && strchr("-_", s.p[i + 1]);
                ret->small |= !ret->capitals[k] && str_eq(ret->v[k], word) && word.p[0] > '9';
        }
}

static bool
is(const struct words *w, size_t i, const char *word)
{
        return i < w->n && str_eq(w->v[i], str_of(word));
}

/* "bảo mật", "bí mật" are words of their own, and so is "mật độ": a lone "mật" counts at the end, in a frame, in
 * capitals. */
static bool
lone(const struct words *w, size_t i)
{
        if (!is(w, i, "mật") || (i > 0 && (is(w, i - 1, "bảo") || is(w, i - 1, "bí") || is(w, i - 1, "cơ"))))
                return false;
        return w->framed[i] || i + 1 == w->n || (i == 0 && w->dash[i]) || (w->capitals[i] && w->small);
}

bool
name_secret(struct arena *a, struct str name, struct str *ret_mark)
{
        struct words w = { .n = 0 };
        size_t dot = name.n;

        while (dot > 0 && name.p[dot - 1] != '.')
                dot--;
        words_cut(a, text_nfc(a, dot > 1 ? str_sub(name, 0, dot - 1) : name), &w);
        for (size_t i = 0; i < w.n; i++) {
                bool mat = is(&w, i + 1, "mật") || (is(&w, i + 1, "mat") && !is(&w, i + 2, "tran"));

                *ret_mark = S("TUYỆT MẬT");
                if ((mat && (is(&w, i, "tuyệt") || is(&w, i, "tuyet"))) || is(&w, i, "tuyetmat"))
                        return true;
                *ret_mark = S("TỐI MẬT");
                if ((mat && (is(&w, i, "tối") || is(&w, i, "toi"))) || is(&w, i, "toimat"))
                        return true;
                *ret_mark = S("MẬT");
                if (lone(&w, i))
                        return true;
        }
        return false;
}
