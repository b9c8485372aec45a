/* text_encode.c - bytes of unknown origin to one UTF-8 text in NFC with LF, or a message that says what to do instead.
 * What cannot be read with certainty is refused, not guessed (SPECS 4.3). */
#include "text_priv.h"

#include "dd_text.h"

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
        if (s.n >= 2 && (memcmp(s.p, "\xFF\xFE", 2) == 0 || memcmp(s.p, "\xFE\xFF", 2) == 0))
                return dd_fail(
                    c, DD_EFORMAT,
                    "Tệp dùng bảng mã UTF-16. Hãy mở tệp, chọn Lưu thành (Save As) với mã UTF-8 rồi gửi lại.");
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
                size_t line = 1;

                for (size_t i = 0; i < bad_at; i++)
                        line += s->p[i] == '\n';
                return dd_fail(
                    c, DD_EFORMAT,
                    "Tệp không phải mã UTF-8 (chỗ sai đầu tiên ở dòng %zu), có thể là bảng mã cũ TCVN3 hoặc VNI. "
                    "Hãy chuyển sang Unicode UTF-8 rồi gửi lại.",
                    line);
        }
        *s = (struct str){ out, n };
        return DD_OK;
}

/* Code points of CP1252's upper half that are not their own byte. */
static int
cp1252_byte(uint32_t cp)
{
        static const uint16_t high[32] = { 0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                           0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                           0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                           0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178 };

        if (cp < 0x80 || (cp >= 0xA0 && cp <= 0xFF))
                return (int)cp;
        for (int i = 0; i < 32; i++) {
                if (high[i] == cp)
                        return 0x80 + i;
        }
        return -1;
}

/* UTF-8 that was read as CP1252 once ("Quyáº¿t Ä‘á»‹nh"): undone for a line when the result is good UTF-8. */
static bool
unmangle_line(struct str line, char *out, size_t *ret_n)
{
        size_t n = 0, i = 0;

        while (i < line.n) {
                int b = cp1252_byte(utf8_next(line, &i));

                if (b < 0)
                        return false;
                out[n++] = (char)b;
        }
        *ret_n = n;
        return utf8_valid((struct str){ out, n }, NULL);
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

/* TCVN3 text that some program carried over letter by letter into UTF-8: "Quyết định" shows as "QuyÕt ®Þnh". */
static bool
looks_tcvn3(struct str s)
{
        static const unsigned char hints[] = { 0xB5, 0xB8, 0xAE, 0xAC, 0xAB, 0xAA, 0xA8, 0xA9 };
        size_t hint = 0, viet = 0;

        for (size_t i = 0; i + 1 < s.n; i++) {
                unsigned char ch = (unsigned char)s.p[i], next = (unsigned char)s.p[i + 1];

                viet += ch == 0xE1 && (next == 0xBA || next == 0xBB);
                hint += ch == 0xC2 && memchr(hints, next, sizeof hints) != NULL;
        }
        return hint > 20 && hint * 50 > s.n && viet * 10 < hint;
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
        TRY(refuse_binary(c, s));
        if (count_control(s) * 100 > s.n)
                return dd_fail(
                    c, DD_EFORMAT,
                    "Tệp chứa dữ liệu nhị phân, không phải văn bản. Hãy gửi tệp văn bản UTF-8 hoặc tệp .docx.");
        if (str_starts(s, S("\xEF\xBB\xBF")))
                s = str_sub(s, 3, s.n);
        TRY(mend_strays(c, &s));
        if (looks_tcvn3(s))
                return dd_fail(c, DD_EFORMAT,
                               "Chữ trong tệp dùng bảng mã cũ TCVN3 (ABC). Hãy chuyển sang Unicode rồi gửi lại.");
        s = unmangle(c->arena, s);
        *ret = text_nfc(c->arena, plain_lines(c->arena, s));
        return DD_OK;
}
