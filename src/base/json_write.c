/* JSON out: straight into the buffer. */
#include "dd_date.h"
#include "dd_json.h"
#include "text_priv.h"

#define LEVELS  64
#define KEY_MAX 48

void
json_start(struct json_w *w, struct dd_buf *b)
{
        *w = (struct json_w){ .b = b };
}

/* The comma before a value or key, where one is due. */
static void
separate(struct json_w *w)
{
        uint64_t bit;

        if (w->after_key) {
                w->after_key = false;
                return;
        }
        if (w->depth == 0 || w->depth > LEVELS)
                return;
        bit = (uint64_t)1 << (w->depth - 1);
        if ((w->first & bit) != 0)
                w->first &= ~bit;
        else
                buf_c(w->b, ',');
}

static void
open_level(struct json_w *w, char start, char end)
{
        separate(w);
        buf_c(w->b, start);
        w->depth++;
        if (w->depth > LEVELS) {
                w->b->over = true; /* deeper than any page of ours: what is written is not to be used */
                return;
        }
        w->first |= (uint64_t)1 << (w->depth - 1);
        w->kind[w->depth - 1] = end;
}

void
json_obj(struct json_w *w)
{
        open_level(w, '{', '}');
}

void
json_arr(struct json_w *w)
{
        open_level(w, '[', ']');
}

void
json_end(struct json_w *w)
{
        if (w->depth == 0)
                return;
        w->depth--;
        w->after_key = false;
        if (w->depth < LEVELS)
                buf_c(w->b, w->kind[w->depth]);
}

/* '<' is escaped too, so that JSON may stand in a page. */
static void
put_escape(struct dd_buf *b, unsigned char c)
{
        static const char digits[] = "0123456789abcdef";
        const char *name = c == '"' ? "\\\"" : c == '\\' ? "\\\\" : c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t";

        if (c == '"' || c == '\\' || c == '\n' || c == '\r' || c == '\t')
                buf_put(b, name, 2);
        else
                buf_put(b, (char[6]){ '\\', 'u', '0', '0', digits[c >> 4], digits[c & 15] }, 6);
}

/* Bytes that stand for themselves. */
static const bool plain[256] = {
        [' ' ... '!'] = true, ['#' ... ';'] = true, ['=' ... '['] = true, [']' ... 0x7f] = true
};

static void
put_string(struct dd_buf *b, struct str s)
{
        size_t from = 0;

        buf_c(b, '"');
        for (size_t i = 0; i < s.n;) {
                unsigned char c = (unsigned char)s.p[i];
                size_t at = i;

                if (plain[c]) {
                        i++;
                        continue;
                }
                if (c >= 0x80) {
                        if (utf8_step(s, &i) != UTF8_BAD || i > at + 1)
                                continue;
                        buf_put(b, s.p + from, at - from);
                        buf_str(b, S("\xEF\xBF\xBD"));
                } else {
                        i++;
                        buf_put(b, s.p + from, at - from);
                        put_escape(b, c);
                }
                from = i;
        }
        buf_put(b, s.p + from, s.n - from);
        buf_c(b, '"');
}

/* A key is a literal of ours, nearly always a short plain word: it goes out in one piece with its signs. */
void
json_key(struct json_w *w, const char *key)
{
        char out[KEY_MAX + 3] = "\"";
        size_t n = 0;

        separate(w);
        w->after_key = true;
        while (n < KEY_MAX && plain[(unsigned char)key[n]]) {
                out[n + 1] = key[n];
                n++;
        }
        if (key[n] == '\0') {
                out[n + 1] = '"';
                out[n + 2] = ':';
                buf_put(w->b, out, n + 3);
                return;
        }
        put_string(w->b, str_of(key));
        buf_c(w->b, ':');
}

void
json_str(struct json_w *w, struct str s)
{
        if (s.p == NULL) {
                json_null(w);
                return;
        }
        separate(w);
        put_string(w->b, s);
}

void
json_i64(struct json_w *w, int64_t v)
{
        separate(w);
        buf_i64(w->b, v);
}

/* Not printf, whose decimal point follows the locale. */
void
json_num(struct json_w *w, double v)
{
        double size = v < 0 ? -v : v;

        separate(w);
        if (!(size <= 1e300)) { /* infinite or not a number: JSON has neither */
                buf_str(w->b, S("null"));
        } else if (size >= 1e15) {
                buf_fmt(w->b, "%.0f", v);
        } else {
                int64_t thousandths = (int64_t)((size - (double)(int64_t)size) * 1000 + 0.5);
                int64_t whole = (int64_t)size + thousandths / 1000;

                thousandths %= 1000;
                if (v < 0 && (whole != 0 || thousandths != 0))
                        buf_c(w->b, '-');
                buf_i64(w->b, whole);
                if (thousandths != 0) {
                        char d[4] = { '.', (char)('0' + thousandths / 100), (char)('0' + thousandths / 10 % 10),
                                      (char)('0' + thousandths % 10) };

                        buf_put(w->b, d, thousandths % 10 != 0 ? 4 : thousandths % 100 != 0 ? 3 : 2);
                }
        }
}

void
json_bool(struct json_w *w, bool v)
{
        separate(w);
        buf_str(w->b, v ? S("true") : S("false"));
}

void
json_null(struct json_w *w)
{
        separate(w);
        buf_str(w->b, S("null"));
}

void
json_day(struct json_w *w, int32_t day)
{
        if (day == DD_NO_DAY) {
                json_null(w);
                return;
        }
        separate(w);
        buf_c(w->b, '"');
        day_iso_put(w->b, day);
        buf_c(w->b, '"');
}

void
json_kstr(struct json_w *w, const char *key, struct str s)
{
        json_key(w, key);
        json_str(w, s);
}

void
json_ki64(struct json_w *w, const char *key, int64_t v)
{
        json_key(w, key);
        json_i64(w, v);
}

void
json_kbool(struct json_w *w, const char *key, bool v)
{
        json_key(w, key);
        json_bool(w, v);
}

void
json_kday(struct json_w *w, const char *key, int32_t day)
{
        json_key(w, key);
        json_day(w, day);
}
