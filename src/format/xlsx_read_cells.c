/* xlsx_read_cells.c - the strings of a workbook, and which numbers are days: a day in XLSX is a number whose style says
 * so. */
#include "xlsx_read_priv.h"

#include "dd_date.h"
#include "xml_priv.h"

#include <math.h>

#define STYLES_MAX  65000
#define FORMATS_MAX 5000

enum { X_cellXfs, X_numFmt, X_r, X_rPh, X_si, X_t, X_xf };

static const struct xml_name names[] = {
        { "cellXfs", X_cellXfs }, { "numFmt", X_numFmt }, { "r", X_r },  { "rPh", X_rPh },
        { "si", X_si },           { "t", X_t },           { "xf", X_xf }
};

/* ---- number formats ---------------------------------------------------------------------------------------- */

struct format {
        int32_t id;
        enum xlsx_show show;
};

struct shows_reading {
        struct dd_ctx *c;
        struct xlsx_shows *s;
        struct {
                struct format *v;
                size_t n, cap;
        } formats;
        bool in_cells;
};

/* "dd/mm/yyyy", "[$-42A]d mmmm yyyy", "0.0%"; what stands in quotes or brackets is no code. */
static enum xlsx_show
show_of(struct str code)
{
        bool day = false, month = false, year = false, percent = false;

        for (size_t i = 0; i < code.n && code.p[i] != ';'; i++) {
                char ch = (char)(code.p[i] | 32);

                if (code.p[i] == '"' || code.p[i] == '[') {
                        char end = code.p[i] == '"' ? '"' : ']';

                        for (i++; i < code.n && code.p[i] != end;)
                                i++;
                        continue;
                }
                if (code.p[i] == '\\') {
                        i++;
                        continue;
                }
                day = day || ch == 'd';
                month = month || ch == 'm';
                year = year || ch == 'y';
                percent = percent || code.p[i] == '%';
        }
        if (day)
                return SHOW_DAY;
        if (year)
                return month ? SHOW_MONTH : SHOW_YEAR;
        return percent ? SHOW_PERCENT : SHOW_NUMBER;
}

static enum xlsx_show
show_known(int32_t id)
{
        if ((id >= 14 && id <= 16) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58))
                return SHOW_DAY;
        if (id == 17)
                return SHOW_MONTH;
        return id == 9 || id == 10 ? SHOW_PERCENT : SHOW_NUMBER;
}

static void
shows_start(void *arg, const struct xml_el *e)
{
        struct shows_reading *r = arg;
        int32_t id = xml_attr_i32(e, "numFmtId", 0);

        if (e->id == X_cellXfs)
                r->in_cells = true;
        if (e->id == X_numFmt && r->formats.n < FORMATS_MAX)
                *VEC_PUSH(r->c->arena, &r->formats) = (struct format){ id, show_of(xml_attr(e, "formatCode")) };
        if (e->id == X_xf && r->in_cells && r->s->n < STYLES_MAX) {
                enum xlsx_show show = show_known(id);

                for (size_t i = 0; i < r->formats.n; i++) {
                        if (r->formats.v[i].id == id)
                                show = r->formats.v[i].show;
                }
                *VEC_PUSH(r->c->arena, r->s) = (uint8_t)show;
        }
}

static void
shows_end(void *arg, const struct xml_el *e)
{
        struct shows_reading *r = arg;

        if (e->id == X_cellXfs)
                r->in_cells = false;
}

static void
no_text(void *arg, struct str s)
{
        (void)arg, (void)s;
}

enum dd_err
xlsx_shows_read(struct dd_ctx *c, struct package *p, struct str part, struct xlsx_shows *ret)
{
        static const struct xml_on on = {
                .start = shows_start, .end = shows_end, .text = no_text, .names = names, .n_names = ARRAY_LEN(names)
        };
        struct shows_reading r = { .c = c, .s = ret };
        enum dd_err e = part.p ? xml_read_part(c, p, part.p, &on, &r) : DD_OK;

        return e == DD_ENOTFOUND ? DD_OK : e;
}

static struct str
number_text(struct arena *a, double v)
{
        if (v == floor(v) && fabs(v) < 1e15)
                return str_i64(a, (int64_t)v);
        return str_fmt(a, "%.10g", v);
}

struct str
xlsx_number(struct arena *a, const struct xlsx_shows *s, int32_t style, struct str v)
{
        enum xlsx_show show = style >= 0 && (size_t)style < s->n ? (enum xlsx_show)s->v[style] : SHOW_NUMBER;
        char digits[48], *end;
        double d;
        int32_t day;
        int y, m, mday;

        v = str_trim(v);
        if (v.n == 0 || v.n >= sizeof digits)
                return str_dup(a, v);
        memcpy(digits, v.p, v.n);
        digits[v.n] = 0;
        d = strtod(digits, &end);
        if (*end != 0 || !isfinite(d))
                return str_dup(a, v);
        if (show == SHOW_PERCENT)
                return STR_JOIN(a, number_text(a, d * 100), S("%"));
        if (show == SHOW_NUMBER || d < 1 || d > 200000)
                return number_text(a, d);
        /* the 29th of February 1900 that sheets believe in is long ago */
        day = (s->since_1904 ? day_of(1904, 1, 1) : day_of(1899, 12, 30)) + (int32_t)d;
        day_parts(day, &y, &m, &mday);
        if (show == SHOW_YEAR)
                return str_i64(a, y);
        return show == SHOW_MONTH ? str_fmt(a, "%d/%d", m, y) : day_text(a, day);
}

/* ---- shared strings ---------------------------------------------------------------------------------------- */

struct strings_reading {
        struct dd_ctx *c;
        struct strs *s;
        struct dd_buf text;
        bool in_text;
        int phonetic;
};

static void
strings_start(void *arg, const struct xml_el *e)
{
        struct strings_reading *r = arg;

        if (e->id == X_rPh)
                r->phonetic++;
        r->in_text = e->id == X_t && r->phonetic == 0;
}

static void
strings_end(void *arg, const struct xml_el *e)
{
        struct strings_reading *r = arg;

        r->in_text = false;
        if (e->id == X_rPh)
                r->phonetic--;
        if (e->id != X_si)
                return;
        *VEC_PUSH(r->c->arena, r->s) = r->text.n ? str_dup(r->c->arena, buf_view(&r->text)) : S("");
        buf_reset(&r->text);
}

static void
strings_text(void *arg, struct str s)
{
        struct strings_reading *r = arg;

        if (r->in_text)
                buf_str(&r->text, s);
}

enum dd_err
xlsx_strings_read(struct dd_ctx *c, struct package *p, struct str part, struct strs *ret)
{
        static const struct xml_on on = { .start = strings_start,
                                          .end = strings_end,
                                          .text = strings_text,
                                          .names = names,
                                          .n_names = ARRAY_LEN(names) };
        struct strings_reading r = { .c = c, .s = ret };
        enum dd_err e = part.p ? xml_read_part(c, p, part.p, &on, &r) : DD_OK;

        buf_free(&r.text);
        return e == DD_ENOTFOUND ? DD_OK : e;
}
