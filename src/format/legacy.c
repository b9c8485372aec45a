/* legacy.c - letters of old Vietnamese fonts and files to Unicode; see legacy_priv.h. */
#include "legacy_priv.h"

#include "dd_text.h"

#include <strings.h>

#define SAMPLE       ((size_t)64 << 10)
#define GUESS_TOKENS 4 /* words with marks, at least */

/* Code points of CP1252 between 0x80 and 0x9F. */
static const uint16_t cp1252_high[32] = { 0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                          0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                          0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178 };

int
legacy_cp1252_byte(uint32_t cp)
{
        if (cp < 0x80 || (cp >= 0xA0 && cp <= 0xFF))
                return (int)cp;
        if (cp >= 0xF020 && cp <= 0xF0FF)
                return (int)(cp - 0xF000);
        for (int i = 0; i < 32; i++) {
                if (cp1252_high[i] == cp)
                        return 0x80 + i;
        }
        return -1;
}

uint32_t
legacy_cp1252_letter(unsigned char b)
{
        return b >= 0x80 && b < 0xA0 ? cp1252_high[b - 0x80] : b;
}

enum legacy
legacy_of_font(struct str font)
{
        struct str f = str_trim(font);

        if (f.n > 3 && strncasecmp(f.p, ".Vn", 3) == 0)
                return f.p[f.n - 1] == 'H' ? LEGACY_TCVN3_CAPS : LEGACY_TCVN3;
        if (f.n > 4 && (strncasecmp(f.p, "VNI-", 4) == 0 || strncasecmp(f.p, "VNI ", 4) == 0))
                return LEGACY_VNI;
        if (f.n > 4 && strncasecmp(f.p, "VPS ", 4) == 0)
                return LEGACY_VPS;
        return LEGACY_UNICODE;
}

static uint32_t
from_cp1258(unsigned char b)
{
        static const struct {
                unsigned char b;
                uint16_t cp;
        } own[] = { { 0xC3, 0x102 }, { 0xE3, 0x103 }, { 0xCC, 0x300 }, { 0xEC, 0x301 }, { 0xD0, 0x110 },
                    { 0xF0, 0x111 }, { 0xD2, 0x309 }, { 0xF2, 0x323 }, { 0xD5, 0x1A0 }, { 0xF5, 0x1A1 },
                    { 0xDD, 0x1AF }, { 0xFD, 0x1B0 }, { 0xDE, 0x303 }, { 0xFE, 0x20AB } };

        for (size_t i = 0; i < ARRAY_LEN(own); i++) {
                if (own[i].b == b)
                        return own[i].cp;
        }
        return 0;
}

static const uint16_t *
table_of(enum legacy kind)
{
        switch (kind) {
        case LEGACY_VNI:
                return legacy_vni;
        case LEGACY_VPS:
                return legacy_vps;
        case LEGACY_VISCII:
                return legacy_viscii;
        default:
                return legacy_tcvn3;
        }
}

/* A letter and its mark; 0 = they are no pair. */
static uint32_t
vni_pair(unsigned char letter, unsigned char mark)
{
        unsigned key = (unsigned)letter << 8 | mark;
        size_t lo = 0, hi = legacy_n_vni_pairs;

        while (lo < hi) {
                size_t mid = (lo + hi) / 2;

                if (legacy_vni_pairs[mid].key < key)
                        lo = mid + 1;
                else
                        hi = mid;
        }
        return lo < legacy_n_vni_pairs && legacy_vni_pairs[lo].key == key ? legacy_vni_pairs[lo].cp : 0;
}

struct str
legacy_bytes(struct arena *a, enum legacy kind, struct str bytes)
{
        char *out = arena_array(a, bytes.n + 1, 3);
        struct str ret = { out, 0 };

        for (size_t i = 0; i < bytes.n; i++) {
                unsigned char b = (unsigned char)bytes.p[i];
                uint32_t cp = 0;

                if (kind == LEGACY_1258)
                        cp = from_cp1258(b);
                else if (kind == LEGACY_VNI && i + 1 < bytes.n && (unsigned char)bytes.p[i + 1] >= 0x80 &&
                         (cp = vni_pair(b, (unsigned char)bytes.p[i + 1])) != 0)
                        i++;
                if (cp == 0 && kind != LEGACY_1258)
                        cp = table_of(kind)[b];
                if (cp == 0 || b == '\n' || b == '\t' || b == '\r')
                        cp = legacy_cp1252_letter(b);
                ret.n += utf8_put(out + ret.n, cp);
        }
        if (kind == LEGACY_TCVN3_CAPS)
                return text_upper(a, ret);
        return kind == LEGACY_1258 ? text_nfc(a, ret) : ret;
}

bool
legacy_to_cp1252(struct str s, char *out, size_t *ret_n)
{
        size_t n = 0, i = 0;

        while (i < s.n) {
                int b = legacy_cp1252_byte(utf8_next(s, &i));

                if (b < 0)
                        return false;
                out[n++] = (char)b;
        }
        *ret_n = n;
        return true;
}

struct str
legacy_text(struct arena *a, enum legacy kind, struct str s)
{
        char *bytes;
        size_t n = 0;

        if (kind <= LEGACY_UNICODE || s.n == 0)
                return s;
        bytes = arena_alloc(a, s.n + 1);
        if (!legacy_to_cp1252(s, bytes, &n))
                return s;
        return legacy_bytes(a, kind, (struct str){ bytes, n });
}

/* ---- which one? ------------------------------------------------------------------------------------------- */

static bool
in_word(struct str s, size_t i)
{
        unsigned char ch = (unsigned char)s.p[i];

        return ch >= 0x80 || ((ch | 32) >= 'a' && (ch | 32) <= 'z');
}

/* Share of the words with marks that can be Vietnamese, in hundredths; *ret_n counts such words. */
static size_t
score(struct str s, size_t *ret_n)
{
        size_t good = 0, all = 0;

        for (size_t i = 0; i < s.n;) {
                size_t from = i;
                bool marks = false;

                while (i < s.n && in_word(s, i)) {
                        marks = marks || (unsigned char)s.p[i] >= 0x80;
                        i++;
                }
                if (i == from) {
                        i++;
                        continue;
                }
                if (!marks)
                        continue;
                all++;
                good += text_is_syllable(str_sub(s, from, i));
        }
        *ret_n = all;
        return all ? good * 100 / all : 0;
}

enum legacy
legacy_guess(struct str bytes)
{
        static const enum legacy kinds[] = { LEGACY_TCVN3, LEGACY_VNI, LEGACY_1258, LEGACY_VISCII, LEGACY_VPS };
        struct str sample = str_sub(bytes, 0, SAMPLE);
        struct arena *a = arena_new(0);
        enum legacy best = LEGACY_UNSET;
        size_t top = 0, second = 0;

        for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
                size_t words = 0;
                size_t share = score(text_nfc(a, legacy_bytes(a, kinds[i], sample)), &words);

                if (words < GUESS_TOKENS)
                        continue;
                if (share > top) {
                        second = top;
                        top = share;
                        best = kinds[i];
                } else if (share > second) {
                        second = share;
                }
        }
        arena_free(a);
        return top >= 70 && top >= second + 10 ? best : LEGACY_UNSET;
}
