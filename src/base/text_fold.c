/* Normal form, case, and the bare key. One pass each, one allocation each. */
#include <utf8proc.h>

#include "text_priv.h"

/* Normal already, whatever stands around it? Everything under U+0300 is, and the Vietnamese block. */
static bool
is_plain(uint32_t cp)
{
        if (cp < 0x300)
                return cp != 0x00A0 && cp != 0x00AD && cp != 0x00D0 && cp != 0x00F0 && cp != 0x0189;
        return (cp >= 0x1E00 && cp < 0x1F00 && cp != 0x1E9B) || (cp >= 0x200E && cp <= 0x205E && cp != 0x202F);
}

/* Mends what keyboards and files bring; 0 = drop. */
static uint32_t
mend(uint32_t cp)
{
        switch (cp) {
        case 0x00D0:
        case 0x0189:
                return 0x0110;
        case 0x00F0:
                return 0x0111;
        case 0x00A0:
        case 0x202F:
        case 0x3000:
                return ' ';
        default:
                if (cp >= 0xFF01 && cp <= 0xFF5E)
                        return cp - 0xFF01 + '!';
                return is_inner_char(cp) ? 0 : cp;
        }
}

struct str
text_nfc(struct arena *a, struct str s)
{
        size_t i = 0, n = 0, at = 0;
        utf8proc_uint8_t *out = NULL;

        while (i < s.n) {
                at = i;
                if (!is_plain(utf8_step(s, &i)))
                        break;
                at = i;
        }
        if (at == s.n)
                return s;
        char *p = arena_alloc(a, s.n * 3 + 1); /* a bad byte becomes U+FFFD: three bytes */
        for (i = 0; i < s.n;) {
                uint32_t cp = mend(utf8_step(s, &i));

                if (cp != 0)
                        n += utf8_put(p + n, cp);
        }
        utf8proc_ssize_t got =
            utf8proc_map((const utf8proc_uint8_t *)p, (utf8proc_ssize_t)n, &out, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
        if (got < 0)
                return (struct str){ p, n };
        struct str ret = str_dup(a, (struct str){ (const char *)out, (size_t)got });
        free(out);
        return str_eq(ret, s) ? s : ret;
}

struct str
text_lower(struct arena *a, struct str s)
{
        char *p = letter_room(a, s);
        size_t n = 0;

        for (size_t i = 0; i < s.n;) {
                unsigned char c = (unsigned char)s.p[i];

                if (c < 0x80) {
                        p[n++] = (char)letters_low[c].lower;
                        i++;
                } else {
                        size_t at = i;
                        uint32_t cp = utf8_step(s, &i);

                        n += letter_put(p + n, letter_lower(cp), i - at);
                }
        }
        return (struct str){ p, n };
}

struct str
text_upper(struct arena *a, struct str s)
{
        char *p = letter_room(a, s);
        size_t n = 0;

        for (size_t i = 0; i < s.n;) {
                size_t at = i;
                uint32_t cp = utf8_step(s, &i);
                const struct letter *l = letter_of(cp);

                cp = l != NULL ? l->upper : (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp);
                n += letter_put(p + n, cp, i - at);
        }
        return (struct str){ p, n };
}

/* One code point of a bare key; 0 bytes for marks and what means nothing. */
static size_t
fold_put(char *out, uint32_t cp, size_t used)
{
        const struct letter *l = letter_of(cp);

        if (l != NULL && l->base != 0) {
                out[0] = l->base;
                out[1] = l->base2;
                return l->base2 != 0 ? 2 : 1;
        }
        if (cp == 0x2026) {
                memcpy(out, "...", 3);
                return 3;
        }
        uint32_t key = key_char(cp);
        if (key == 0 || (key >= 0x300 && key < 0x370))
                return 0;
        if (key < 0x80) { /* full-width letters come out of key_char as capitals */
                out[0] = letters_low[key].base != 0 ? letters_low[key].base : (char)key;
                return 1;
        }
        return letter_put(out, letter_lower(key), used);
}

struct str
text_fold(struct arena *a, struct str s)
{
        char *p = letter_room(a, s);
        size_t n = 0;
        bool space = false;

        for (size_t i = 0; i < s.n;) {
                unsigned char c = (unsigned char)s.p[i];
                size_t len = 1, at = i;

                if (c < 0x80) { /* written behind the space it may owe */
                        p[n + space] = c <= ' ' || c == 0x7F ? ' ' : (char)letters_low[c].lower;
                        i++;
                } else {
                        uint32_t cp = utf8_step(s, &i);
                        len = fold_put(p + n + space, cp, i - at);
                }
                if (len == 1 && p[n + space] == ' ') {
                        space = n > 0;
                } else if (len > 0) {
                        p[n] = space ? ' ' : p[n];
                        n += len + space;
                        space = false;
                }
        }
        return (struct str){ p, n };
}

bool
text_has_marks(struct str s)
{
        for (size_t i = 0; i < s.n;) {
                if ((unsigned char)s.p[i] < 0x80) {
                        i++;
                        continue;
                }
                uint32_t cp = utf8_step(s, &i);
                const struct letter *l = letter_of(cp);
                uint8_t hat, tone;

                if ((l != NULL && (l->hat != HAT_NONE || l->tone != TONE_NONE)) || letter_mark(cp, &hat, &tone))
                        return true;
        }
        return false;
}

struct str
text_slug(struct arena *a, struct str s)
{
        struct str fold = text_fold(a, s);
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < fold.n; i++) {
                char ch = fold.p[i];
                bool plain = (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9');

                if (plain)
                        buf_c(&b, ch);
                else if (b.n > 0 && b.p[b.n - 1] != '-')
                        buf_c(&b, '-');
        }
        while (b.n > 0 && b.p[b.n - 1] == '-')
                b.n--;
        return str_dup(a, buf_view(&b));
}
