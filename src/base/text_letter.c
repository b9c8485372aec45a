/* What single characters mean: marks, words, keys. */
#include <utf8proc.h>

#include "text_priv.h"

/* Rows: base and hat; columns: tones in dictionary order. */
static const struct {
        char base;
        uint8_t hat;
        uint16_t cp[6];
} vowels[12] = {
        { 'a', HAT_NONE, { 'a', 0x00E0, 0x1EA3, 0x00E3, 0x00E1, 0x1EA1 } },
        { 'a', HAT_BREVE, { 0x0103, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x1EB7 } },
        { 'a', HAT_CIRCUMFLEX, { 0x00E2, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD } },
        { 'e', HAT_NONE, { 'e', 0x00E8, 0x1EBB, 0x1EBD, 0x00E9, 0x1EB9 } },
        { 'e', HAT_CIRCUMFLEX, { 0x00EA, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7 } },
        { 'i', HAT_NONE, { 'i', 0x00EC, 0x1EC9, 0x0129, 0x00ED, 0x1ECB } },
        { 'o', HAT_NONE, { 'o', 0x00F2, 0x1ECF, 0x00F5, 0x00F3, 0x1ECD } },
        { 'o', HAT_CIRCUMFLEX, { 0x00F4, 0x1ED3, 0x1ED5, 0x1ED7, 0x1ED1, 0x1ED9 } },
        { 'o', HAT_HORN, { 0x01A1, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3 } },
        { 'u', HAT_NONE, { 'u', 0x00F9, 0x1EE7, 0x0169, 0x00FA, 0x1EE5 } },
        { 'u', HAT_HORN, { 0x01B0, 0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1 } },
        { 'y', HAT_NONE, { 'y', 0x1EF3, 0x1EF7, 0x1EF9, 0x00FD, 0x1EF5 } },
};

uint32_t
letter_make(char base, uint8_t hat, uint8_t tone)
{
        for (size_t i = 0; i < ARRAY_LEN(vowels); i++)
                if (vowels[i].base == base && vowels[i].hat == hat)
                        return tone < 6 ? vowels[i].cp[tone] : 0;
        if (base == 'd' && hat == HAT_STROKE && tone == TONE_NONE)
                return 0x0111;
        return hat == HAT_NONE && tone == TONE_NONE ? (uint32_t)(unsigned char)base : 0;
}

bool
letter_mark(uint32_t cp, uint8_t *hat, uint8_t *tone)
{
        switch (cp) {
        case 0x0300:
        case 0x0340:
                *tone = TONE_HUYEN;
                return true;
        case 0x0309:
                *tone = TONE_HOI;
                return true;
        case 0x0303:
                *tone = TONE_NGA;
                return true;
        case 0x0301:
        case 0x0341:
                *tone = TONE_SAC;
                return true;
        case 0x0323:
                *tone = TONE_NANG;
                return true;
        case 0x0302:
                *hat = HAT_CIRCUMFLEX;
                return true;
        case 0x0306:
                *hat = HAT_BREVE;
                return true;
        case 0x031B:
                *hat = HAT_HORN;
                return true;
        default:
                return false;
        }
}

uint32_t
letter_lower(uint32_t cp)
{
        const struct letter *l = letter_of(cp);

        return l != NULL ? l->lower : (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

bool
is_inner_char(uint32_t cp)
{
        return cp == 0x00AD || (cp >= 0x200B && cp <= 0x200D) || cp == 0x2060 || cp == 0xFEFF;
}

bool
is_word_char(uint32_t cp)
{
        if (cp < 0x80)
                return (cp >= '0' && cp <= '9') || (cp | 32) - 'a' < 26;
        const struct letter *l = letter_of(cp);
        if (l != NULL && l->base != 0)
                return true;
        switch (utf8proc_category((utf8proc_int32_t)cp)) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_MC:
        case UTF8PROC_CATEGORY_ND:
        case UTF8PROC_CATEGORY_NL:
                return true;
        default:
                return false;
        }
}

uint32_t
key_char(uint32_t cp)
{
        if (cp < 0x80)
                return cp <= ' ' || cp == 0x7F ? ' ' : cp;
        if (cp < 0x2000) {
                if (cp <= 0x00A0)
                        return ' ';
                return is_inner_char(cp) ? 0 : cp;
        }
        if (is_inner_char(cp))
                return 0;
        if (cp <= 0x200A || cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x3000)
                return ' ';
        if ((cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212)
                return '-';
        if (cp >= 0x2018 && cp <= 0x201B)
                return '\'';
        if (cp >= 0x201C && cp <= 0x201F)
                return '"';
        if (cp >= 0xFF01 && cp <= 0xFF5E)
                return cp - 0xFF01 + '!';
        return cp;
}
