/* UTF-8, strictly: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
#include "text_priv.h"

uint32_t
utf8_next(struct str s, size_t *i)
{
        return utf8_step(s, i);
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
                cp = UTF8_BAD;
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
                if (utf8_step(s, &i) == UTF8_BAD && i == at + 1) {
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
                utf8_step(s, &i);
        return n;
}
