/* iCalendar by RFC 5545: content lines, escapes, all-day events. */
#include "dd_ics.h"

#include "dd_text.h"

#define FOLD 75 /* octets a line, without its end */

struct line {
        struct dd_buf *out;
        size_t used;
};

static void
line_put(struct line *l, const char *p, size_t n)
{
        if (l->used + n > FOLD) {
                buf_str(l->out, S("\r\n "));
                l->used = 1;
        }
        buf_put(l->out, p, n);
        l->used += n;
}

/* A value letter by letter, so that a fold never falls into one. escape: for TEXT values; line ends and other control
 * characters never reach the file as they are. */
static void
line_value(struct line *l, struct str s, bool escape)
{
        for (size_t i = 0; i < s.n;) {
                char out[4];
                uint32_t cp = utf8_next(s, &i);

                if (cp == '\n' && escape)
                        line_put(l, "\\n", 2);
                else if (cp < 0x20 || cp == 0x7f)
                        continue;
                else if (escape && (cp == '\\' || cp == ';' || cp == ',')) {
                        out[0] = '\\';
                        out[1] = (char)cp;
                        line_put(l, out, 2);
                } else {
                        line_put(l, out, utf8_put(out, cp));
                }
        }
}

static void
put_line(struct dd_buf *b, const char *name, struct str value, bool escape)
{
        struct line l = { .out = b };

        if (value.p == NULL)
                return;
        line_value(&l, str_of(name), false);
        line_put(&l, ":", 1);
        line_value(&l, value, escape);
        buf_str(b, S("\r\n"));
}

static void
put_day(struct dd_buf *b, const char *name, int32_t day)
{
        int y, m, d;

        day_parts(day, &y, &m, &d);
        buf_fmt(b, "%s;VALUE=DATE:%04d%02d%02d\r\n", name, y, m, d);
}

static void
put_instant(struct dd_buf *b, const char *name, int64_t utc)
{
        int y, m, d;
        int64_t day = utc / 86400, s = utc % 86400;

        if (s < 0) {
                s += 86400;
                day--;
        }
        day_parts((int32_t)day, &y, &m, &d);
        buf_fmt(b, "%s:%04d%02d%02dT%02d%02d%02dZ\r\n", name, y, m, d, (int)(s / 3600), (int)(s / 60 % 60),
                (int)(s % 60));
}

static void
put_categories(struct dd_buf *b, const struct str *v, size_t n)
{
        struct line l = { .out = b };

        if (n == 0)
                return;
        line_value(&l, S("CATEGORIES:"), false);
        for (size_t i = 0; i < n; i++) {
                if (i > 0)
                        line_put(&l, ",", 1);
                line_value(&l, v[i], true);
        }
        buf_str(b, S("\r\n"));
}

void
ics_start(struct ics *w, struct dd_buf *out, struct str name, int64_t now)
{
        *w = (struct ics){ .out = out, .now = now };
        buf_str(out, S("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//dondoc//Đôn Đốc//VI\r\nCALSCALE:GREGORIAN\r\n"
                       "METHOD:PUBLISH\r\n"));
        put_line(out, "NAME", name, true); /* RFC 7986; the next one is what most calendars read */
        put_line(out, "X-WR-CALNAME", name, true);
}

void
ics_event(struct ics *w, const struct ics_event *e)
{
        static const char *const status[] = { "CONFIRMED", "TENTATIVE", "CANCELLED" };
        struct dd_buf *b = w->out;

        if (e->day == DD_NO_DAY)
                return;
        buf_str(b, S("BEGIN:VEVENT\r\n"));
        put_line(b, "UID", e->uid, true);
        put_instant(b, "DTSTAMP", w->now);
        put_day(b, "DTSTART", e->day);
        put_day(b, "DTEND", (e->last_day == DD_NO_DAY || e->last_day < e->day ? e->day : e->last_day) + 1);
        put_line(b, "SUMMARY", e->summary, true);
        put_line(b, "DESCRIPTION", e->description, true);
        put_categories(b, e->categories, e->n_categories);
        put_line(b, "URL", e->url, false);
        buf_fmt(b, "STATUS:%s\r\nSEQUENCE:%d\r\nTRANSP:TRANSPARENT\r\n", status[e->status], e->sequence);
        if (e->changed != 0)
                put_instant(b, "LAST-MODIFIED", e->changed);
        buf_str(b, S("END:VEVENT\r\n"));
}

void
ics_end(struct ics *w)
{
        buf_str(w->out, S("END:VCALENDAR\r\n"));
}
