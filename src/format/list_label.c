/* list_label.c - numbers of automatic lists, as DOCX and ODT name their forms. */
#include "docx_read_priv.h"

static struct str
roman(struct arena *a, int32_t n, bool upper)
{
        static const struct {
                int32_t v;
                char up[3], low[3];
        } parts[] = { { 1000, "M", "m" }, { 900, "CM", "cm" }, { 500, "D", "d" }, { 400, "CD", "cd" },
                      { 100, "C", "c" },  { 90, "XC", "xc" },  { 50, "L", "l" },  { 40, "XL", "xl" },
                      { 10, "X", "x" },   { 9, "IX", "ix" },   { 5, "V", "v" },   { 4, "IV", "iv" },
                      { 1, "I", "i" } };
        AUTO_BUF b = { 0 };

        if (n <= 0 || n > 3999)
                return str_i64(a, n);
        for (size_t i = 0; i < ARRAY_LEN(parts); i++)
                for (; n >= parts[i].v; n -= parts[i].v)
                        buf_str(&b, str_of(upper ? parts[i].up : parts[i].low));
        return str_dup(a, buf_view(&b));
}

/* a ... z, aa, bb ... */
static struct str
letter(struct arena *a, int32_t n, char first)
{
        AUTO_BUF b = { 0 };

        if (n <= 0 || n > 26 * 20)
                return str_i64(a, n);
        for (int32_t i = 0; i <= (n - 1) / 26; i++)
                buf_c(&b, (char)(first + (n - 1) % 26));
        return str_dup(a, buf_view(&b));
}

struct str
list_number(struct arena *a, struct str fmt, int32_t n)
{
        if (str_eq(fmt, S("upperRoman")) || str_eq(fmt, S("I")))
                return roman(a, n, true);
        if (str_eq(fmt, S("lowerRoman")) || str_eq(fmt, S("i")))
                return roman(a, n, false);
        if (str_eq(fmt, S("upperLetter")) || str_eq(fmt, S("A")))
                return letter(a, n, 'A');
        if (str_eq(fmt, S("lowerLetter")) || str_eq(fmt, S("a")))
                return letter(a, n, 'a');
        if (str_eq(fmt, S("decimalZero")) && n < 10)
                return str_fmt(a, "0%d", n);
        if (str_eq(fmt, S("none")) || str_eq(fmt, S("bullet")))
                return S("");
        return str_i64(a, n);
}

struct str
list_sign(struct str sign)
{
        struct str s = str_trim(sign);

        if (s.n == 0)
                return S("");
        if (str_eq(s, S("+")))
                return S("+");
        if (str_eq(s, S("*")))
                return S("*");
        return S("-"); /* dashes, dots, squares and arrows of the symbol fonts */
}

struct str
symbol_sign(uint32_t cp)
{
        switch (cp) {
        case 0xF0B7:
        case 0xF0A7:
        case 0xF0D8:
        case 0xF076:
                return S("-");
        case 0xF0FE:
        case 0xF052:
        case 0xF0FC:
                return S("☑");
        case 0xF0A8:
        case 0xF06F:
        case 0xF071:
                return S("☐");
        default:
                return STR_NONE;
        }
}
