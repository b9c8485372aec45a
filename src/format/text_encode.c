/* text_encode.c - bytes of unknown origin to one UTF-8 text in NFC with LF, or a message that says what to do instead.
 * What cannot be read with certainty is refused, not guessed (SPECS 4.3). */
#include "text_priv.h"

#include "dd_text.h"
#include "legacy_priv.h"

#define TEXT_MAX (25u << 20)

/* Files of another kind that come with the name of a text. */
static const struct {
        const char *magic;
        size_t n;
        const char *what;
} KINDS[] = {
        { "%PDF", 4, "tệp PDF" },
        { "PK\3\4", 4, "tệp nén hoặc tệp Word, Excel (.docx, .xlsx)" },
        { "\xD0\xCF\x11\xE0", 4, "tệp Word, Excel đời cũ (.doc, .xls)" },
        { "{\\rtf", 5, "tệp RTF" },
        { "\x89PNG", 4, "ảnh PNG" },
        { "\xFF\xD8\xFF", 3, "ảnh JPEG" },
        { "\x7F"
          "ELF",
          4, "chương trình" },
};

static enum dd_err
refuse_binary(struct dd_ctx *c, struct str s)
{
        for (size_t i = 0; i < ARRAY_LEN(KINDS); i++) {
                if (s.n >= KINDS[i].n && memcmp(s.p, KINDS[i].magic, KINDS[i].n) == 0)
                        return dd_fail(c, DD_EFORMAT,
                                       "Tệp mang tên văn bản nhưng bên trong là %s. Hãy đặt lại đúng đuôi tệp rồi gửi "
                                       "lại, hoặc lưu thành văn bản UTF-8.",
                                       KINDS[i].what);
        }
        if (memchr(s.p, 0, s.n))
                return dd_fail(
                    c, DD_EFORMAT,
                    "Tệp chứa dữ liệu nhị phân, không phải văn bản. Hãy gửi tệp văn bản UTF-8 hoặc tệp .docx.");
        return DD_OK;
}

static size_t
count_high(struct str s)
{
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++)
                n += (unsigned char)s.p[i] >= 0x80;
        return n;
}

/* Bad bytes among good UTF-8: a few strays become U+FFFD and stay visible, more than that is another encoding. */
static enum dd_err
mend_strays(struct dd_ctx *c, struct str *s)
{
        size_t bad_at = 0, bad = 0, n = 0, high;
        char *out;

        if (utf8_valid(*s, &bad_at))
                return DD_OK;
        out = arena_array(c->arena, s->n + 1, 3);
        for (size_t i = 0; i < s->n;) {
                size_t from = i;
                uint32_t cp = utf8_next(*s, &i);

                bad += cp == 0xFFFD && i == from + 1;
                n += utf8_put(out + n, cp);
        }
        high = count_high(*s);
        if (bad * 20 > high) {
                enum legacy kind = bad * 2 > high ? legacy_guess(*s) : LEGACY_UNSET;
                size_t line = 1;

                if (kind != LEGACY_UNSET) {
                        *s = legacy_bytes(c->arena, kind, *s);
                        return DD_OK;
                }

                for (size_t i = 0; i < bad_at; i++)
                        line += s->p[i] == '\n';
                return dd_fail(c, DD_EFORMAT,
                               "Tệp không phải mã UTF-8 (chỗ sai đầu tiên ở dòng %zu), có thể là bảng mã cũ. "
                               "Hãy chuyển sang Unicode UTF-8 rồi gửi lại.",
                               line);
        }
        *s = (struct str){ out, n };
        return DD_OK;
}

/* UTF-8 that was read as CP1252 once ("Quyáº¿t Ä‘á»‹nh"): undone for a line when the result is good UTF-8. */
static bool
unmangle_line(struct str line, char *out, size_t *ret_n)
{
        return legacy_to_cp1252(line, out, ret_n) && utf8_valid((struct str){ out, *ret_n }, NULL);
}

static bool
is_mangled(struct str s)
{
        /* "á»" "áº" "Æ°" "Ä‘" "Ã¡" "Ã " "Ã´" as bytes: two letters of CP1252 that no Vietnamese word has side by side
         */
        static const char marks[][4] = { "\xA1\xC2\xBB", "\xA1\xC2\xBA", "\x86\xC2\xB0", "\x84\xE2\x80",
                                         "\x83\xC2\xA1", "\x83\xC2\xA0", "\x83\xC2\xB4", "\x83 " };
        const char *end = s.p + s.n;

        for (const char *p = s.p; p && p < end && (p = memchr(p, 0xC3, (size_t)(end - p))) != NULL; p++) {
                for (size_t k = 0; k < ARRAY_LEN(marks); k++) {
                        size_t n = strlen(marks[k]);

                        if ((size_t)(end - p) > n && memcmp(p + 1, marks[k], n) == 0)
                                return true;
                }
        }
        return false;
}

static struct str
unmangle(struct arena *a, struct str s)
{
        struct str rest = s, line;
        char *out;
        size_t n = 0;

        if (!is_mangled(s))
                return s;
        out = arena_alloc(a, s.n + 1);
        while (str_cut(&rest, '\n', &line)) {
                size_t used = 0;

                if (is_mangled(line) && unmangle_line(line, out + n, &used)) {
                        n += used;
                } else if (line.n) {
                        memcpy(out + n, line.p, line.n);
                        n += line.n;
                }
                if (n < s.n)
                        out[n++] = '\n';
        }
        return (struct str){ out, n };
}

/* Old letters that some program carried over one by one into UTF-8: "Quyết định" shows as "QuyÕt ®Þnh". */
static bool
looks_carried(struct str s)
{
        size_t latin = 0, viet = 0;

        for (size_t i = 0; i + 1 < s.n; i++) {
                unsigned char ch = (unsigned char)s.p[i], next = (unsigned char)s.p[i + 1];

                viet += (ch == 0xE1 && (next == 0xBA || next == 0xBB)) || ch == 0xC4 || ch == 0xC6;
                latin += ch == 0xC2 || ch == 0xC3;
        }
        return latin > 10 && latin * 50 > s.n && viet * 20 < latin;
}

/* Line by line, since a line may have been written in Unicode later. */
static enum dd_err
carried_back(struct dd_ctx *c, struct str *s)
{
        struct str rest = *s, line;
        char *bytes = arena_alloc(c->arena, s->n + 1);
        size_t n = 0, used = 0;
        enum legacy kind;
        AUTO_BUF out = { 0 };

        while (str_cut(&rest, '\n', &line)) {
                if (legacy_to_cp1252(line, bytes + n, &used))
                        n += used;
                bytes[n++] = '\n';
        }
        kind = legacy_guess((struct str){ bytes, n });
        if (kind == LEGACY_UNSET)
                return DD_OK;
        for (rest = *s; str_cut(&rest, '\n', &line);) {
                buf_str(&out, legacy_text(c->arena, kind, line));
                buf_c(&out, '\n');
        }
        if (out.over)
                return dd_fail(
                    c, DD_ETOOBIG,
                    "Tệp lớn hơn 25 MB nên không được nhận. Hãy tách tệp, chỉ gửi phần kế hoạch và phụ lục.");
        *s = str_dup(c->arena, buf_view(&out));
        return DD_OK;
}

/* UTF-16 with its mark; lone halves of pairs become U+FFFD. */
static bool
from_utf16(struct arena *a, struct str *s)
{
        bool little = str_starts(*s, S("\xFF\xFE"));
        char *out;
        size_t n = 0;

        if (!little && !str_starts(*s, S("\xFE\xFF")))
                return false;
        out = arena_array(a, s->n + 1, 2);
        for (size_t i = 2; i + 1 < s->n; i += 2) {
                unsigned lo = (unsigned char)s->p[i + !little], hi = (unsigned char)s->p[i + little];
                uint32_t cp = lo | hi << 8;

                if (cp >= 0xD800 && cp < 0xDC00 && i + 3 < s->n) {
                        uint32_t low =
                            (unsigned char)s->p[i + 2 + !little] | (uint32_t)(unsigned char)s->p[i + 2 + little] << 8;

                        if (low >= 0xDC00 && low < 0xE000) {
                                cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
                                i += 2;
                        }
                }
                if (cp >= 0xD800 && cp < 0xE000)
                        cp = 0xFFFD;
                n += utf8_put(out + n, cp);
        }
        *s = (struct str){ out, n };
        return true;
}

/* CR and CRLF to LF, form feeds to line ends, other control bytes to blanks. */
static struct str
plain_lines(struct arena *a, struct str s)
{
        size_t n = 0;
        char *out;

        while (n < s.n && ((unsigned char)s.p[n] >= 0x20 || s.p[n] == '\n' || s.p[n] == '\t') && s.p[n] != 0x7F)
                n++;
        if (n == s.n) /* the usual case needs no copy */
                return s;
        out = arena_alloc(a, s.n + 1);
        n = 0;
        for (size_t i = 0; i < s.n; i++) {
                unsigned char ch = (unsigned char)s.p[i];

                if (ch == '\r') {
                        if (i + 1 < s.n && s.p[i + 1] == '\n')
                                continue;
                        ch = '\n';
                } else if (ch == '\f' || ch == '\v') {
                        ch = '\n';
                } else if ((ch < 0x20 && ch != '\n' && ch != '\t') || ch == 0x7F) {
                        ch = ' ';
                }
                out[n++] = (char)ch;
        }
        return (struct str){ out, n };
}

static size_t
count_control(struct str s)
{
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++) {
                unsigned char ch = (unsigned char)s.p[i];

                n += ch < 0x20 && !strchr("\t\n\v\f\r", ch);
        }
        return n;
}

enum dd_err
text_decode(struct dd_ctx *c, struct str bytes, struct str *ret)
{
        struct str s = bytes;

        if (s.n > TEXT_MAX)
                return dd_fail(
                    c, DD_ETOOBIG,
                    "Tệp lớn hơn 25 MB nên không được nhận. Hãy tách tệp, chỉ gửi phần kế hoạch và phụ lục.");
        if (s.n == 0 || str_trim(s).n == 0)
                return dd_fail(c, DD_EINVAL, "Tệp trống, không có chữ nào để đọc. Hãy chọn lại tệp rồi gửi lại.");
        if (!from_utf16(c->arena, &s))
                TRY(refuse_binary(c, s));
        if (count_control(s) * 100 > s.n)
                return dd_fail(
                    c, DD_EFORMAT,
                    "Tệp chứa dữ liệu nhị phân, không phải văn bản. Hãy gửi tệp văn bản UTF-8 hoặc tệp .docx.");
        if (str_starts(s, S("\xEF\xBB\xBF")))
                s = str_sub(s, 3, s.n);
        TRY(mend_strays(c, &s));
        if (looks_carried(s) && !is_mangled(s))
                TRY(carried_back(c, &s));
        s = unmangle(c->arena, s);
        *ret = text_nfc(c->arena, plain_lines(c->arena, s));
        return DD_OK;
}
