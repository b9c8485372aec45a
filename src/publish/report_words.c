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
