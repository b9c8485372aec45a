/* Dates in writing: one parser, and the forms of pages, files and official papers. */
#include "dd_date.h"

/* Cuts a number of min to max digits off the front. */
static bool
cut_number(struct str *s, size_t min, size_t max, int *ret)
{
        size_t n = 0;
        int v = 0;

        while (n < s->n && n < max && s->p[n] >= '0' && s->p[n] <= '9')
                v = v * 10 + (s->p[n++] - '0');
        if (n < min)
                return false;
        *s = str_sub(*s, n, s->n);
        *ret = v;
        return true;
}

static bool
cut_sep(struct str *s, char *sep)
{
        if (s->n == 0 || (s->p[0] != '/' && s->p[0] != '-' && s->p[0] != '.') || (*sep != 0 && s->p[0] != *sep))
                return false;
        *sep = s->p[0];
        *s = str_sub(*s, 1, s->n);
        return true;
}

int32_t
day_parse(struct str s)
{
        int y, m, d;
        char sep = 0;
        struct str t = s;

        if (cut_number(&t, 4, 4, &y) && cut_sep(&t, &sep) && sep == '-' && cut_number(&t, 1, 2, &m) &&
            cut_sep(&t, &sep) && cut_number(&t, 1, 2, &d) && t.n == 0)
                return day_of(y, m, d);
        t = s;
        sep = 0;
        if (cut_number(&t, 1, 2, &d) && cut_sep(&t, &sep) && cut_number(&t, 1, 2, &m) && cut_sep(&t, &sep) &&
            cut_number(&t, 4, 4, &y) && t.n == 0)
                return day_of(y, m, d);
        return DD_NO_DAY;
}

void
day_iso_put(struct dd_buf *b, int32_t day)
{
        int y, m, d;

        if (day == DD_NO_DAY)
                return;
        day_parts(day, &y, &m, &d);
        if (y < 0 || y > 9999) {
                buf_fmt(b, "%04d-%02d-%02d", y, m, d);
                return;
        }
        const int digits[10] = { y / 1000, y / 100 % 10, y / 10 % 10, y % 10, 0, m / 10, m % 10, 0, d / 10, d % 10 };
        char out[10];
        for (int i = 0; i < 10; i++)
                out[i] = (char)(i == 4 || i == 7 ? '-' : '0' + digits[i]);
        buf_put(b, out, sizeof out);
}

struct str
day_iso(struct arena *a, int32_t day)
{
        AUTO_BUF b = { 0 };

        day_iso_put(&b, day);
        return str_dup(a, buf_view(&b));
}

struct str
day_text(struct arena *a, int32_t day)
{
        int y, m, d;

        if (day == DD_NO_DAY)
                return S("");
        day_parts(day, &y, &m, &d);
        return str_fmt(a, "%d/%d/%d", d, m, y);
}

/* NĐ 30/2020/NĐ-CP, Phụ lục I: a zero goes before days under 10 and before months 1 and 2 only. */
struct str
day_paper(struct arena *a, int32_t day)
{
        int y, m, d;

        if (day == DD_NO_DAY)
                return S("");
        day_parts(day, &y, &m, &d);
        return str_fmt(a, "ngày %02d tháng %s%d năm %d", d, m <= 2 ? "0" : "", m, y);
}

struct str
day_weekday_text(int32_t day)
{
        static const char *const names[7] = {
                "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"
        };

        return day == DD_NO_DAY ? S("") : str_of(names[day_weekday(day)]);
}

struct str
instant_text(struct arena *a, int64_t utc)
{
        int32_t day = day_from_instant(utc);
        int y, m, d;
        int minute = (int)((utc - instant_from_day(day)) / 60);

        day_parts(day, &y, &m, &d);
        return str_fmt(a, "%02d:%02d %d/%d/%d", minute / 60, minute % 60, d, m, y);
}
