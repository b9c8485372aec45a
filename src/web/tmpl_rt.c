/* Escapes and translation for compiled templates. */
#include "tmpl_rt.h"

/* What a special byte becomes in text and quoted attributes. */
static struct str
entity(char c)
{
        switch (c) {
        case '&':
                return S("&amp;");
        case '<':
                return S("&lt;");
        case '>':
                return S("&gt;");
        case '"':
                return S("&quot;");
        case '\'':
                return S("&#39;");
        case '\0':
                return S("\xEF\xBF\xBD");
        default:
                return STR_NONE;
        }
}

void
tmpl_text(struct dd_buf *o, struct str s)
{
        static const bool special[256] = {
                ['\0'] = true, ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true
        };
        size_t from = 0;

        for (size_t i = 0; i < s.n; i++) {
                if (!special[(unsigned char)s.p[i]])
                        continue;
                struct str e = entity(s.p[i]);
                buf_put(o, s.p + from, i - from);
                buf_str(o, e);
                from = i + 1;
        }
        if (s.n > from)
                buf_put(o, s.p + from, s.n - from);
}

void
tmpl_cstr(struct dd_buf *o, const char *s)
{
        tmpl_text(o, str_of(s));
}

void
tmpl_i64(struct dd_buf *o, int64_t v)
{
        buf_i64(o, v);
}

void
tmpl_day(struct dd_buf *o, int32_t day)
{
        int y, m, d;

        if (day == DD_NO_DAY)
                return;
        day_parts(day, &y, &m, &d);
        buf_i64(o, d);
        buf_c(o, '/');
        buf_i64(o, m);
        buf_c(o, '/');
        buf_i64(o, y);
}

void
tmpl_iso(struct dd_buf *o, int32_t day)
{
        day_iso_put(o, day);
}

void
tmpl_time(struct dd_buf *o, int64_t utc)
{
        int64_t local = utc + VN_OFFSET, s = local % 86400;

        if (s < 0)
                s += 86400;
        buf_fmt(o, "%02d:%02d ", (int)(s / 3600), (int)(s / 60 % 60));
        tmpl_day(o, day_from_instant(utc));
}

void
tmpl_size(struct dd_buf *o, int64_t bytes)
{
        int64_t tenths = bytes * 10 / (1 << 20);

        if (bytes < 1024)
                buf_fmt(o, "%d byte", (int)bytes);
        else if (bytes < 1 << 20)
                buf_fmt(o, "%d KB", (int)((bytes + 512) >> 10));
        else
                buf_fmt(o, "%d,%d MB", (int)(tenths / 10), (int)(tenths % 10));
}

static bool
is_alnum(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Percent-encodes every byte but letters, digits and `also`. */
static void
percent(struct dd_buf *o, struct str s, const char *also)
{
        static const char hex[] = "0123456789ABCDEF";

        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char)s.p[i];

                if (c != 0 && (is_alnum(s.p[i]) || strchr(also, c) != NULL)) {
                        if (c == '&')
                                buf_str(o, S("&amp;"));
                        else
                                buf_c(o, s.p[i]);
                } else {
                        char e[3] = { '%', hex[c >> 4], hex[c & 15] };
                        buf_put(o, e, sizeof e);
                }
        }
}

void
tmpl_url(struct dd_buf *o, struct str s)
{
        percent(o, s, "-._~");
}

void
tmpl_uri(struct dd_buf *o, struct str s)
{
        percent(o, s, "-._~%&=+/?,;:@!$()*");
}

/* Relative to this server, https: or mailto:. A browser drops tabs and line ends inside an address and blanks before
 * it, so "java\nscript:" must not pass either. */
static bool
address_ok(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '\\' || s.p[i] == 0x7F)
                        return false;
        if (str_starts(s, S("https://")) || str_starts(s, S("mailto:")))
                return true;
        if (str_starts(s, S("//")))
                return false;
        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == '/' || s.p[i] == '?' || s.p[i] == '#')
                        return true;
                if (s.p[i] == ':' || s.p[i] == '&')
                        return false;
        }
        return true;
}

void
tmpl_href(struct dd_buf *o, struct str s)
{
        tmpl_text(o, address_ok(s) ? s : S("#"));
}

/* ---- translation ---- */

struct str
tr(bool english, struct str key)
{
        size_t lo = 0, hi = english ? tr_rows_n : 0;

        while (lo < hi) {
                size_t mid = lo + (hi - lo) / 2;
                int d = str_cmp(key, tr_rows[mid].key);

                if (d == 0)
                        return tr_rows[mid].english;
                if (d < 0)
                        hi = mid;
                else
                        lo = mid + 1;
        }
        return key;
}

const char *
tr_message(const char *vietnamese)
{
        return tr(true, str_of(vietnamese)).p; /* a literal either way */
}

struct str
tmpl_tr(const struct ui *u, struct str key)
{
        return tr(u->english, key);
}

static void
put_arg(struct dd_buf *b, const struct tmpl_arg *a)
{
        switch (a->kind) {
        case ARG_STR:
                buf_str(b, a->s);
                break;
        case ARG_I64:
                buf_i64(b, a->v);
                break;
        case ARG_DAY:
                tmpl_day(b, (int32_t)a->v);
                break;
        case ARG_ISO:
                tmpl_iso(b, (int32_t)a->v);
                break;
        }
}

static bool
is_one(const struct tmpl_arg *a)
{
        return a->kind == ARG_I64 ? a->v == 1 : a->kind == ARG_STR && str_eq(a->s, S("1"));
}

/* "[task|tasks]" at i: the word that goes with the number; *i goes to its last byte. Other brackets stay. */
static bool
put_plural(struct dd_buf *b, struct str s, size_t *i, const struct tmpl_arg *number)
{
        size_t end = str_find(s, S("]"), *i), bar = str_find(s, S("|"), *i);

        if (end >= s.n || bar >= end || number == NULL)
                return false;
        buf_str(b, is_one(number) ? str_sub(s, *i + 1, bar) : str_sub(s, bar + 1, end));
        *i = end;
        return true;
}

struct str
tmpl_trf(const struct ui *u, struct str key, const struct tmpl_arg *v, size_t n)
{
        struct str s = tmpl_tr(u, key);
        const struct tmpl_arg *number = n > 0 ? &v[0] : NULL;
        bool english = s.p != key.p;
        AUTO_BUF b = { 0 };
        size_t next = 0;

        for (size_t i = 0; i < s.n; i++) {
                size_t k = i + 1, which = 0;

                if (english && s.p[i] == '[' && put_plural(&b, s, &i, number))
                        continue;
                if (s.p[i] != '{') {
                        buf_c(&b, s.p[i]);
                        continue;
                }
                for (; k < s.n && s.p[k] >= '0' && s.p[k] <= '9' && which < 1000; k++)
                        which = which * 10 + (size_t)(s.p[k] - '0');
                if (k >= s.n || s.p[k] != '}') {
                        buf_c(&b, '{');
                        continue;
                }
                which = which == 0 ? next++ : which - 1;
                if (which < n) {
                        put_arg(&b, &v[which]);
                        number = &v[which];
                }
                i = k;
        }
        return str_dup(u->arena, buf_view(&b));
}

struct str
tmpl_tr_notes(const struct ui *u, struct str notes)
{
        AUTO_BUF b = { 0 };
        size_t from = 0;

        if (!u->english)
                return notes;
        while (from < notes.n) {
                size_t to = str_find(notes, S(" · "), from);

                buf_fmt(&b, "%s%.*s", b.n > 0 ? " · " : "", FMT(tmpl_tr_made(u, str_sub(notes, from, to))));
                from = to + sizeof " · " - 1;
        }
        return str_dup(u->arena, buf_view(&b));
}

static bool
is_digit(char c)
{
        return c >= '0' && c <= '9';
}

struct str
tmpl_tr_made(const struct ui *u, struct str words)
{
        struct str s = tmpl_tr(u, words);
        size_t from = 0, to;

        if (!u->english || s.p != words.p)
                return s;
        while (from < words.n && !is_digit(words.p[from]))
                from++;
        for (to = from; to < words.n && is_digit(words.p[to]); to++)
                ;
        struct str before = str_sub(words, 0, from), after = str_sub(words, to, words.n);
        struct str key = str_fmt(u->arena, "%.*s{}%.*s", FMT(before), FMT(after));
        struct tmpl_arg number = tmpl_arg_str(str_sub(words, from, to));

        return from == to || tmpl_tr(u, key).p == key.p ? words : tmpl_trf(u, key, &number, 1);
}
