/* page_mend.c - what a recogniser of print takes for something else, put right where the words around leave no doubt:
 * the hook read as an acute over a hat, capital I's of Roman numbers read as H, l or 1. A word that was changed is
 * never surer than MENDED percent, so that it is asked for. */
#include "page_priv.h"

#include "dd_text.h"

#define MENDED 70

/* Pairs of syllables of administrative language in which the hook belongs; the same pair with an acute is no word. */
static const char *const PAIRS[] = {
        "đổi mới",  "thay đổi",   "trao đổi",  "chuyển đổi",  "sửa đổi",    "phát triển", "triển khai",  "triển lãm",
        "tổ chức",  "tổng hợp",   "tổng kết",  "tổng thể",    "tổng cục",   "tổng số",    "tổ trưởng",   "tổ giúp",
        "tập thể",  "cụ thể",     "thể thao",  "thể chế",     "thể hiện",   "đoàn thể",   "có thể",      "toàn thể",
        "kiểm tra", "kiểm soát",  "kiểm toán", "kiểm toàn",   "kiểm sát",   "kiểm kê",    "kiểm định",   "kiểm điểm",
        "điểm cầu", "trọng điểm", "thời điểm", "địa điểm",    "thí điểm",   "quan điểm",  "điển hình",   "biển đảo",
        "bổ sung",  "bổ nhiệm",   "phổ biến",  "phổ thông",   "phổ cập",    "ổn định",    "lãnh thổ",    "cổ phần",
        "đẩy mạnh", "thúc đẩy",   "đẩy nhanh", "khẩn trương", "khẩn cấp",   "thẩm quyền", "thẩm định",   "thẩm tra",
        "sản phẩm", "thực phẩm",  "phẩm chất", "tuyển dụng",  "tuyển sinh", "vận chuyển", "luân chuyển", "chuyển giao",
        "để tổng",  "để tổ",      "để thực",   "để xây",      "để bảo",     "để đảm",     "để triển",    "để nâng",
        "để hỗ",    "để phát",    "để kịp",    "để báo",      "để các",     "tiểu học",   "tiểu ban",    "hiểu biết",
        "biểu mẫu", "biểu dương", "tiêu biểu", "đại biểu",    "tiêu chuẩn", "quy chuẩn",  "chuẩn bị",    "chuẩn hóa",
        "ủy ban",   "ẩm thực",    "xuất khẩu", "nhập khẩu",   "hộ khẩu",    "vệ sinh",
};

/* ố ế ấ with their capitals, and what stands there with a hook. */
static const struct {
        const char *acute, *hook;
} TONES[] = { { "ố", "ổ" }, { "ế", "ể" }, { "ấ", "ẩ" }, { "Ố", "Ổ" }, { "Ế", "Ể" }, { "Ấ", "Ẩ" } };

/* The word with its one acute over a hat turned into a hook; STR_NONE: it has none. */
static struct str
hooked(struct arena *a, struct str s)
{
        for (size_t i = 0; i < ARRAY_LEN(TONES); i++) {
                struct str from = str_of(TONES[i].acute), to = str_of(TONES[i].hook);
                size_t at = str_find(s, from, 0);

                if (at < s.n)
                        return STR_JOIN(a, str_sub(s, 0, at), to, str_sub(s, at + from.n, s.n));
        }
        return STR_NONE;
}

/* Without what stands at its sides: "(đổi" and "mới," are words. */
static struct str
bare_word(struct str s)
{
        while (s.n > 0 && strchr("(\"'.,;:)-", s.p[0]))
                s = str_sub(s, 1, s.n);
        while (s.n > 0 && strchr("(\"'.,;:)-", s.p[s.n - 1]))
                s.n--;
        return s;
}

static bool
is_pair(struct arena *a, struct str x, struct str y)
{
        struct str pair = text_lower(a, STR_JOIN(a, bare_word(x), S(" "), bare_word(y)));

        for (size_t i = 0; i < ARRAY_LEN(PAIRS); i++)
                if (str_eq(pair, str_of(PAIRS[i])))
                        return true;
        return false;
}

static void
mended(struct word *w, struct str text)
{
        w->text = text;
        w->confidence = w->confidence < MENDED ? w->confidence : MENDED;
}

static void
hook_mend(struct arena *a, struct word *before, struct word *w, const struct word *after)
{
        struct str other = hooked(a, w->text), last = before ? hooked(a, before->text) : STR_NONE;

        if (other.p == NULL)
                return;
        if ((after != NULL && is_pair(a, other, after->text)) || (before != NULL && is_pair(a, before->text, other))) {
                mended(w, other);
        } else if (last.p != NULL && is_pair(a, last, other)) { /* both were misread */
                mended(before, last);
                mended(w, other);
        }
}

/* "H" is two I's whose serifs touch, "1" and "l" are one. */
static struct str
roman(struct arena *a, struct str s)
{
        char *out = arena_alloc(a, 2 * s.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == 'H')
                        out[n++] = 'I';
                out[n++] = strchr("Hl1|", s.p[i]) ? 'I' : s.p[i];
        }
        return (struct str){ out, n };
}

/* Letters of which a misread Roman number is made, one I-like at least that is no plain I; the rest from `end` on. */
static bool
looks_roman(struct str s, size_t end)
{
        bool odd = false;

        for (size_t i = 0; i < end; i++) {
                if (!strchr("IHVXl1|", s.p[i]))
                        return false;
                odd = odd || strchr("Hl1|", s.p[i]);
        }
        return end > 0 && odd;
}

/* "Quý IH/2023": what stands behind the word for a quarter. No quarter has more than three I's: "IHI" is III. */
static void
quarter_mend(struct arena *a, const struct word *before, struct word *w)
{
        size_t end = str_find(w->text, S("/"), 0);
        struct str b = before ? bare_word(before->text) : STR_NONE, r;

        if (!(str_eq(b, S("Quý")) || str_eq(b, S("quý")) || str_eq(b, S("QUÝ"))))
                return;
        while (end > 0 && strchr(",;.", w->text.p[end - 1]))
                end--;
        if (!looks_roman(w->text, end) || (end == 1 && w->text.p[0] == '1'))
                return;
        r = roman(a, str_sub(w->text, 0, end));
        if (r.n > 3)
                r.n = 3;
        mended(w, STR_JOIN(a, r, str_sub(w->text, end, w->text.n)));
}

/* The number of a row, alone in its cell: "H" is II, "1H" is III; a plain 1 or 11 stays. */
static void
number_mend(struct arena *a, struct word *w)
{
        bool letter = false;
        struct str r;

        for (size_t i = 0; i < w->text.n; i++)
                letter = letter || strchr("IHVXl", w->text.p[i]);
        if (!letter || !looks_roman(w->text, w->text.n))
                return;
        r = roman(a, w->text);
        if (r.n > 3 && !memchr(r.p, 'V', r.n) && !memchr(r.p, 'X', r.n))
                r.n = 3;
        mended(w, r);
}

void
page_mend(struct arena *a, struct word *v, size_t n, bool lone_number)
{
        if (n == 1 && lone_number)
                number_mend(a, &v[0]);
        for (size_t i = 0; i < n; i++) {
                hook_mend(a, i > 0 ? &v[i - 1] : NULL, &v[i], i + 1 < n ? &v[i + 1] : NULL);
                quarter_mend(a, i > 0 ? &v[i - 1] : NULL, &v[i]);
        }
}
