/* UTF-8, strictly: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
#include "dd_text.h"

#define BAD 0xFFFD

static bool
is_tail(unsigned char c)
{
        return (c & 0xC0) == 0x80;
}

uint32_t
utf8_next(struct str s, size_t *i)
{
        const unsigned char *p = (const unsigned char *)s.p + *i;
        size_t left = s.n - *i;
        uint32_t cp;

        if (p[0] < 0x80) {
                *i += 1;
                return p[0];
        }
        if (p[0] < 0xE0 && p[0] >= 0xC2 && left >= 2 && is_tail(p[1])) {
                *i += 2;
                return (uint32_t)(p[0] & 31) << 6 | (p[1] & 63);
        }
        if (p[0] < 0xF0 && p[0] >= 0xE0 && left >= 3 && is_tail(p[1]) && is_tail(p[2])) {
                cp = (uint32_t)(p[0] & 15) << 12 | (uint32_t)(p[1] & 63) << 6 | (p[2] & 63);
                if (cp >= 0x800 && (cp < 0xD800 || cp > 0xDFFF)) {
                        *i += 3;
                        return cp;
                }
        }
        if (p[0] >= 0xF0 && p[0] < 0xF5 && left >= 4 && is_tail(p[1]) && is_tail(p[2]) && is_tail(p[3])) {
                cp =
                    (uint32_t)(p[0] & 7) << 18 | (uint32_t)(p[1] & 63) << 12 | (uint32_t)(p[2] & 63) << 6 | (p[3] & 63);
                if (cp >= 0x10000 && cp <= 0x10FFFF) {
                        *i += 4;
                        return cp;
                }
        }
        *i += 1;
        return BAD;
}

size_t
utf8_put(char out[4], uint32_t cp)
{
        if (cp < 0x80) {
                out[0] = (char)cp;
                return 1;
        }
        if (cp < 0x800) {
                out[0] = (char)(0xC0 | cp >> 6);
                out[1] = (char)(0x80 | (cp & 63));
                return 2;
        }
        if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
                cp = BAD;
        if (cp < 0x10000) {
                out[0] = (char)(0xE0 | cp >> 12);
                out[1] = (char)(0x80 | (cp >> 6 & 63));
                out[2] = (char)(0x80 | (cp & 63));
                return 3;
        }
        out[0] = (char)(0xF0 | cp >> 18);
        out[1] = (char)(0x80 | (cp >> 12 & 63));
        out[2] = (char)(0x80 | (cp >> 6 & 63));
        out[3] = (char)(0x80 | (cp & 63));
        return 4;
}

bool
utf8_valid(struct str s, size_t *ret_bad_offset)
{
        for (size_t i = 0; i < s.n;) {
                size_t at = i;

                /* U+FFFD itself is three bytes long; a bad byte moves by one. */
                if (utf8_next(s, &i) == BAD && i == at + 1) {
                        if (ret_bad_offset != NULL)
                                *ret_bad_offset = at;
                        return false;
                }
        }
        return true;
}

size_t
utf8_len(struct str s)
{
        size_t n = 0;

        for (size_t i = 0; i < s.n; n++)
                utf8_next(s, &i);
        return n;
}
