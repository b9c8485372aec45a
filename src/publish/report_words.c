/* Small words of papers. Decree 30/2020: a zero before numbers below 10. */
#include "dd_text.h"
#include "report_priv.h"

struct str
words_two(struct arena *a, int64_t n)
{
        return str_fmt(a, n > 0 && n < 10 ? "0%lld" : "%lld", (long long)n);
}

struct str
words_share(struct arena *a, int64_t n, int64_t of)
{
        struct str x = words_two(a, n), y = words_two(a, of);

        return str_fmt(a, "%.*s/%.*s", FMT(x), FMT(y));
}

struct str
words_percent(struct arena *a, int64_t n, int64_t of)
{
        if (of <= 0)
                return S("");
        int64_t tenths = (n * 2000 + of) / (of * 2); /* rounded half up */
        return tenths % 10 == 0 ? str_fmt(a, "%lld%%", (long long)(tenths / 10))
                                : str_fmt(a, "%lld,%lld%%", (long long)(tenths / 10), (long long)(tenths % 10));
}

struct str
words_day(struct arena *a, int32_t day)
{
        int y, m, d;

        if (day == DD_NO_DAY)
                return S("");
        day_parts(day, &y, &m, &d);
        return str_fmt(a, m < 3 ? "%02d/%02d/%d" : "%02d/%d/%d", d, m, y);
}

struct str
words_lower_first(struct arena *a, struct str s)
{
        size_t first = 0, second;

        if (s.n == 0)
                return s;
        (void)utf8_next(s, &first);
        second = first;
        if (second < s.n)
                (void)utf8_next(s, &second);
        struct str next = str_sub(s, first, second);
        if (!str_eq(text_lower(a, next), next) || (next.n == 1 && next.p[0] >= '0' && next.p[0] <= '9'))
                return s;
        struct str head = text_lower(a, str_sub(s, 0, first));
        return str_fmt(a, "%.*s%.*s", FMT(head), (int)(s.n - first), s.p + first);
}

struct str
words_upper_first(struct arena *a, struct str s)
{
        size_t first = 0;

        if (s.n == 0)
                return s;
        (void)utf8_next(s, &first);
        struct str head = text_upper(a, str_sub(s, 0, first));
        return str_fmt(a, "%.*s%.*s", FMT(head), (int)(s.n - first), s.p + first);
}

struct str
words_bare(struct str s)
{
        s = str_trim(s);
        while (s.n > 0 && (s.p[s.n - 1] == '.' || s.p[s.n - 1] == ';' || s.p[s.n - 1] == ','))
                s = str_trim(str_sub(s, 0, s.n - 1));
        return s;
}

/* How a word of a body's name is written within a sentence. Decree 30/2020, Appendix II (capitals of names). */
enum name_word { WORD_PLAIN, WORD_UNIT, WORD_HEAD };

static enum name_word
name_word(struct str low)
{
        static const struct str units[] = { S("xã"),   S("phường"), S("huyện"), S("quận"),
                                            S("tỉnh"), S("phố"),    S("trấn"),  S("khu") },
                                heads[] = { S("bộ"),   S("sở"),    S("ban"),    S("cục"), S("vụ"),
                                            S("viện"), S("phòng"), S("trường"), S("hội") };

        for (size_t i = 0; i < ARRAY_LEN(units); i++)
                if (str_eq(low, units[i]))
                        return WORD_UNIT;
        for (size_t i = 0; i < ARRAY_LEN(heads); i++)
                if (str_eq(low, heads[i]))
                        return WORD_HEAD;
        return WORD_PLAIN;
}

struct str
words_body(struct arena *a, struct str s)
{
        struct str rest = s, word, out = S("");
        bool place = false, head = false;

        if (!str_eq(text_upper(a, s), s))
                return s;
        for (size_t i = 0; str_cut(&rest, ' ', &word); i++) {
                struct str low = text_lower(a, word);
                enum name_word kind = name_word(low);
                bool half = str_eq(low, S("thành")) || str_eq(low, S("thị")) || str_eq(low, S("đặc"));
                bool unit = i > 0 && (kind == WORD_UNIT ||
                                      (half && (str_starts(rest, S("PHỐ")) || str_starts(rest, S("XÃ")) ||
                                                str_starts(rest, S("TRẤN")) || str_starts(rest, S("KHU")))));

                if (word.n > 0 && !text_is_syllable(words_bare(low)))
                        low = word; /* UBND */
                else if (!unit && (i == 0 || place || head))
                        low = words_upper_first(a, low);
                head = i == 0 && kind == WORD_HEAD && !str_starts(text_lower(a, rest), S("đồng nhân dân"));
                place = unit ? kind == WORD_UNIT : place;
                out = i == 0 ? low : str_fmt(a, "%.*s %.*s", FMT(out), FMT(low));
        }
        return out;
}

struct str
words_note(struct arena *a, struct str s)
{
        static const char *const begins[] = { "Đã ", "Đang ", "Mới ",   "Chưa ", "Sắp ",
                                              "Sẽ ", "Có ",   "Không ", "Được ", "Còn " };

        s = words_bare(s);
        for (size_t i = 0; i < ARRAY_LEN(begins); i++)
                if (str_starts(s, str_of(begins[i])))
                        return words_lower_first(a, s);
        return s;
}

struct str
words_list(struct arena *a, const struct str *v, size_t n)
{
        AUTO_BUF b = { 0 };

        buf_str(&b, n == 1 ? S("nhiệm vụ ") : S("các nhiệm vụ "));
        for (size_t i = 0; i < n; i++) {
                buf_str(&b, i == 0 ? S("") : i + 1 == n ? S(" và ") : S(", "));
                buf_str(&b, v[i]);
        }
        return str_dup(a, buf_view(&b));
}

struct str
words_initials(struct arena *a, struct str name)
{
        AUTO_BUF b = { 0 };
        struct str part;

        while (str_cut(&name, ' ', &part)) {
                size_t first = 0;

                if (part.n == 0 || str_eq(part, S("và")) || str_eq(part, S("-")))
                        continue;
                (void)utf8_next(part, &first);
                buf_str(&b, text_upper(a, str_sub(part, 0, first)));
        }
        return str_dup(a, buf_view(&b));
}
