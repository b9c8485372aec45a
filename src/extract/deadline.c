/* deadline.c - an expression of time to a deadline: which rule of deadline_table.c says what was written, and what the
 * rule means. */
#include "deadline_priv.h"

#include <ctype.h>

/* ---- building ------------------------------------------------------------------------------------------- */

static void
set_span(struct deadline *d, enum deadline_kind kind, int32_t start, int32_t due)
{
        d->kind = kind;
        d->start = start;
        d->due = due;
}

static int32_t
month_first(int y, int m)
{
        return day_of(y, m, 1);
}

static int32_t
month_last(int y, int m)
{
        return day_of(y, m, month_days(y, m));
}

static void
set_months(struct deadline *d, enum deadline_kind kind, int y1, int m1, int y2, int m2)
{
        if (y1 == 0 || y2 == 0) {
                d->kind = DL_UNKNOWN;
                return;
        }
        set_span(d, kind, month_first(y1, m1), month_last(y2, m2));
}

static enum recur_kind
every_months(int n)
{
        switch (n) {
        case 1:
                return RECUR_MONTHLY;
        case 3:
                return RECUR_QUARTERLY;
        case 6:
                return RECUR_HALF_YEARLY;
        case 12:
                return RECUR_YEARLY;
        default:
                return RECUR_NONE;
        }
}

static void
build_recurring(struct arena *a, enum how how, const struct caught *g, struct deadline *d)
{
        int n = g->n_number ? g->number[0] : 0;

        d->kind = DL_RECURRING;
        switch (how) {
        case HOW_YEARLY:
                d->recur = RECUR_YEARLY;
                d->note =
                    str_fmt(a, "anchor=--%02d-%02d%s%.*s", g->a_month, g->a_day, d->note.n ? "; " : "", FMT(d->note));
                break;
        case HOW_YEARLY_MONTH:
                d->recur = RECUR_YEARLY;
                d->note = str_fmt(a, "anchor=--%02d", g->month[0]);
                break;
        case HOW_YEARLY_QUARTER:
                d->recur = RECUR_YEARLY;
                d->note = str_fmt(a, "anchor=--%02d", g->quarter[0] * 3);
                break;
        case HOW_QUARTERLY_DAY:
                d->recur = RECUR_QUARTERLY;
                d->note = str_fmt(a, "anchor=day %d of the last month of the quarter", n);
                break;
        case HOW_QUARTERLY_FIRST:
                d->recur = RECUR_QUARTERLY;
                d->note = str_fmt(a, "anchor=day %d of the first month of the quarter", n);
                break;
        case HOW_MONTHLY_DAY:
                d->recur = RECUR_MONTHLY;
                d->note = str_fmt(a, "anchor=day %d", n);
                break;
        case HOW_EVERY_MONTHS:
                d->recur = every_months(n);
                if (d->recur == RECUR_NONE)
                        d->note = str_fmt(a, "every %d months", n);
                break;
        case HOW_EVERY_YEARS:
                d->recur = n == 1 ? RECUR_YEARLY : RECUR_NONE;
                if (n != 1)
                        d->note = str_fmt(a, "every %d years", n);
                break;
        case HOW_EVERY_WEEKS:
                d->recur = n == 1 ? RECUR_WEEKLY : RECUR_NONE;
                break;
        default:
                break;
        }
}

static void
build_days(struct arena *a, enum how how, const struct caught *g, struct deadline *d)
{
        int y, m, md;

        switch (how) {
        case HOW_DONE:
                set_span(d, DL_DONE, DD_NO_DAY, g->n_day ? g->day[0] : DD_NO_DAY);
                break;
        case HOW_DAYS:
                set_span(d, DL_RANGE, g->day[0], g->day[1]);
                break;
        case HOW_TAIL_DAYS:
                day_parts(g->day[0], &y, &m, &md);
                set_span(d, DL_RANGE, day_of(y, g->a_month, g->a_day), g->day[0]);
                break;
        case HOW_MONTH_DAYS:
                day_parts(g->day[0], &y, &m, &md);
                set_span(d, DL_RANGE, day_of(y, m, g->number[0]), g->day[0]);
                break;
        case HOW_FROM:
                set_span(d, DL_RANGE, g->day[0], DD_NO_DAY);
                break;
        case HOW_UNTIL: /* from a day that is not told */
                set_span(d, DL_RANGE, DD_NO_DAY, g->n_day ? g->day[0] : day_of(g->year[0], 12, 31));
                break;
        case HOW_DAY:
                set_span(d, DL_DATE, DD_NO_DAY, g->day[0]);
                break;
        case HOW_DAY_AFTER:
                set_span(d, DL_RANGE, g->day[0] + 1, DD_NO_DAY);
                break;
        default: /* HOW_ANCHOR */
                set_span(d, DL_DATE, DD_NO_DAY, DD_NO_DAY);
                d->note = str_fmt(a, "anchor=--%02d-%02d, no year in the text", g->a_month, g->a_day);
                break;
        }
}

/* One month, quarter, half or year; "by" and "before" leave its beginning open. */
static void
build_periods(enum how how, const struct caught *g, int y, struct deadline *d)
{
        const int *m = g->month, *q = g->quarter;

        switch (how) {
        case HOW_MONTH:
        case HOW_MONTH_BY:
                set_months(d, DL_MONTH, y, m[0], y, m[0]);
                break;
        case HOW_MONTH_BEFORE:
                set_months(d, DL_MONTH, y, m[0], y, m[0]);
                if (d->start != DD_NO_DAY)
                        d->due = d->start - 1;
                break;
        case HOW_QUARTER:
        case HOW_QUARTER_BY:
                set_months(d, DL_QUARTER, y, q[0] * 3 - 2, y, q[0] * 3);
                break;
        case HOW_QUARTER_BEFORE:
                set_months(d, DL_QUARTER, y, q[0] * 3 - 2, y, q[0] * 3);
                if (d->start != DD_NO_DAY)
                        d->due = d->start - 1;
                break;
        case HOW_HALF_FIRST:
                set_months(d, DL_HALF, y, 1, y, 6);
                break;
        case HOW_HALF_LAST:
                set_months(d, DL_HALF, y, 7, y, 12);
                break;
        case HOW_YEAR_BEFORE:
                set_months(d, DL_YEAR, y - 1, 1, y - 1, 12);
                break;
        default: /* HOW_YEAR, HOW_YEAR_BY */
                set_months(d, DL_YEAR, y, 1, y, 12);
                break;
        }
        if (how == HOW_MONTH_BY || how == HOW_MONTH_BEFORE || how == HOW_QUARTER_BY || how == HOW_QUARTER_BEFORE ||
            how == HOW_YEAR_BY || how == HOW_YEAR_BEFORE)
                d->start = DD_NO_DAY;
}

static void
build_spans(enum how how, const struct caught *g, int year, struct deadline *d)
{
        int y = g->n_year ? g->year[0] : year, y2 = g->n_year > 1 ? g->year[1] : y;
        const int *m = g->month, *q = g->quarter;
        int few = g->n_number && g->number[0] >= 1 && g->number[0] <= 12 ? g->number[0] : 12;

        switch (how) {
        case HOW_MONTHS:
                set_months(d, DL_RANGE, y, m[0], y2, m[1]);
                break;
        case HOW_MONTHS_SHORT:
                set_months(d, DL_RANGE, y, m[0], y, m[g->n_month - 1]);
                break;
        case HOW_QUARTERS:
                set_months(d, DL_RANGE, y, q[0] * 3 - 2, y2, q[1] * 3);
                break;
        case HOW_QUARTERS_SHORT:
                set_months(d, DL_RANGE, y, q[0] * 3 - 2, y, q[g->n_quarter - 1] * 3);
                break;
        case HOW_YEARS:
        case HOW_YEARS_SHORT:
                set_months(d, DL_RANGE, y, 1, how == HOW_YEARS ? y2 : g->year[g->n_year - 1], 12);
                break;
        case HOW_YEAR_AFTER:
        case HOW_YEARS_FROM:
        case HOW_MONTHS_FROM:
                y += how == HOW_YEAR_AFTER;
                set_months(d, DL_RANGE, y, how == HOW_MONTHS_FROM ? m[0] : 1, y, 12);
                d->due = DD_NO_DAY;
                break;
        case HOW_QUARTERS_FROM:
                set_months(d, DL_RANGE, y, q[0] * 3 - 2, y, 12);
                d->due = DD_NO_DAY;
                break;
        case HOW_MONTHS_FIRST:
                set_months(d, few == 6 ? DL_HALF : DL_RANGE, y, 1, y, few);
                break;
        case HOW_MONTHS_LAST:
                set_months(d, few == 6 ? DL_HALF : DL_RANGE, y, 13 - few, y, 12);
                break;
        default:
                build_periods(how, g, y, d);
                break;
        }
}

static void
build(struct arena *a, const struct time_rule *r, const struct caught *g, int year, struct deadline *d)
{
        d->note = r->note ? str_of(r->note) : STR_NONE;
        d->recur = r->recur;
        switch (r->how) {
        case HOW_UNKNOWN:
                d->kind = DL_UNKNOWN;
                break;
        case HOW_ONGOING:
                d->kind = DL_ONGOING;
                break;
        case HOW_EVENT:
                d->kind = DL_RELATIVE;
                d->note = S("on the event, no length");
                break;
        case HOW_AFTER:
        case HOW_BEFORE:
                d->kind = DL_RELATIVE;
                d->note = str_fmt(a, "%d, %s the event", g->number[0], r->how == HOW_AFTER ? "after" : "before");
                break;
        case HOW_DONE:
        case HOW_DAYS:
        case HOW_TAIL_DAYS:
        case HOW_MONTH_DAYS:
        case HOW_FROM:
        case HOW_UNTIL:
        case HOW_DAY:
        case HOW_DAY_AFTER:
        case HOW_ANCHOR:
                build_days(a, r->how, g, d);
                break;
        case HOW_YEARLY:
        case HOW_YEARLY_MONTH:
        case HOW_YEARLY_QUARTER:
        case HOW_QUARTERLY_DAY:
        case HOW_QUARTERLY_FIRST:
        case HOW_MONTHLY_DAY:
        case HOW_EVERY_MONTHS:
        case HOW_EVERY_YEARS:
        case HOW_EVERY_WEEKS:
        case HOW_RECUR:
                build_recurring(a, r->how, g, d);
                break;
        default:
                build_spans(r->how, g, year, d);
                break;
        }
}

/* "thườ", "Thường": the beginning of a word that the edge of a scan cut off; "Thường xuvên": one letter read wrongly.
 */
static bool
damaged_ongoing(const struct view *v)
{
        static const char whole[] = "thuong xuyen";
        char word[sizeof whole];
        size_t n = 0, off = 0;

        for (size_t i = 0; i < v->n; i++) {
                if (v->bare[i] == BARE_FILL)
                        continue;
                if (n + 1 >= sizeof word)
                        return false;
                word[n++] = v->bare[i];
        }
        for (size_t i = 0; i < n; i++)
                off += word[i] != whole[i];
        return (n >= 4 && off == 0) || (n + 1 == sizeof whole && off <= 1);
}

static bool
starts_word(const struct view *v, size_t i)
{
        return bare_word(v->bare[i]) && (i == 0 || !bare_word(v->bare[i - 1]));
}

static const struct time_rule *
find_rule(const struct view *v, struct caught *ret)
{
        for (size_t r = 0; r < N_STRONG_TIMES; r++) {
                uint32_t letters = pat_letters(STRONG_TIMES[r].pattern);

                for (size_t i = 0; i < v->n; i = view_next(v, i)) {
                        if (letters_allow(letters, v->bare[i]) && starts_word(v, i) &&
                            pat(v, i, STRONG_TIMES[r].pattern, ret))
                                return &STRONG_TIMES[r];
                        if (STRONG_TIMES[r].start)
                                break;
                }
        }
        for (size_t i = 0; i < v->n; i = view_next(v, i)) {
                if (!starts_word(v, i) || (i > 0 && v->bare[i - 1] == '/')) /* "30/02/2023" is no month */
                        continue;
                for (size_t r = 0; r < N_WEAK_TIMES; r++) {
                        if ((i == 0 || !WEAK_TIMES[r].start) && pat(v, i, WEAK_TIMES[r].pattern, ret))
                                return &WEAK_TIMES[r];
                }
        }
        return NULL;
}

#define CELL_MAX 400 /* bytes of a deadline that are looked at */

/* The bare form with other spellings made the usual one: "qui II" is "quý II"; "l0/2025", "1O" are what scans make of
 * the digits 1 and 0. */
static void
usual_spelling(char *bare, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                size_t end = i + 3 + (i + 3 < n && bare[i + 3] == BARE_FILL); /* "quí" takes a byte more */
                bool opens = i == 0 || !bare_word(bare[i - 1]),
                     digit = i + 1 < n && isdigit((unsigned char)bare[i + 1]);

                if (bare[i] == '+' || bare[i] == '&')
                        bare[i] = ',';
                else if (i + 3 <= n && opens && memcmp(bare + i, "qui", 3) == 0 && (end >= n || !bare_word(bare[end])))
                        bare[i + 2] = 'y';
                else if ((bare[i] == 'l' || bare[i] == 'i') && opens && digit)
                        bare[i] = '1';
                else if (bare[i] == 'o' && !opens && isdigit((unsigned char)bare[i - 1]) &&
                         (i + 1 >= n || !bare_word(bare[i + 1]) || digit))
                        bare[i] = '0';
        }
}

/* "N ă m 2025": letters that a scan set apart; three or more of them alone in a row are one word. */
static void
join_letters(char *bare, size_t n)
{
        for (size_t i = 0; i < n;) {
                size_t at = i, letters = 0, blank[8];

                for (; letters < ARRAY_LEN(blank) && at < n && isalpha((unsigned char)bare[at]); letters++) {
                        size_t end = at + 1;

                        while (end < n && bare[end] == BARE_FILL)
                                end++;
                        if (end < n && bare[end] != ' ')
                                break;
                        blank[letters] = end;
                        at = end + 1;
                }
                for (size_t k = 0; letters >= 3 && (i == 0 || bare[i - 1] == ' ') && k + 1 < letters; k++)
                        bare[blank[k]] = BARE_FILL;
                i = letters ? at : i + 1;
        }
}

static void
parse_view(struct arena *a, const struct view *v, int year, struct deadline *ret)
{
        struct caught got = { 0 };
        const struct time_rule *r = find_rule(v, &got);

        *ret = (struct deadline){ .start = DD_NO_DAY, .due = DD_NO_DAY, .kind = DL_UNKNOWN };
        if (r)
                build(a, r, &got, year, ret);
}

/* The part before a sign; an empty view when there is none. */
static struct view
before_sign(const struct view *v, char sign)
{
        const char *at = v->n ? memchr(v->bare, sign, v->n) : NULL;
        struct view part = view_sub(v, 0, at ? (size_t)(at - v->bare) : 0);

        while (part.n > 0 && strchr(" \n\t.;,", part.bare[part.n - 1]))
                part.n--;
        return part;
}

/* "Từ quý II/2025 đến hết năm 2026", "từ ngày 15/8/2025 đến hết quý I/2026": two ends of different sorts, each with its
 * own year. */
static void
two_ends(struct arena *a, const struct view *v, int year, struct deadline *ret)
{
        size_t from = pat(v, 0, "(tu|ke tu|bat dau tu|bat dau) ", NULL), end, to, digits = 0;
        struct view first, last;
        struct deadline f, l;

        if (!from || (to = pat_find(v, from, "(den|toi) ", &end)) >= v->n)
                return;
        first = view_sub(v, from, to);
        last = view_sub(v, to, v->n);
        for (size_t i = 0; i < first.n && digits < 4; i++)
                digits = isdigit((unsigned char)first.bare[i]) ? digits + 1 : 0;
        if (digits < 4)
                return;
        parse_view(a, &first, year, &f);
        parse_view(a, &last, year, &l);
        if (f.recur != RECUR_NONE || l.recur != RECUR_NONE || l.due == DD_NO_DAY || l.kind == DL_RANGE ||
            (f.start == DD_NO_DAY && f.due == DD_NO_DAY))
                return;
        ret->start = f.start != DD_NO_DAY ? f.start : f.due;
        ret->due = l.due;
        ret->kind = DL_RANGE;
}

/* A mixed expression carries its first part: "Tháng 7/2025 (sau khi sắp xếp ...)" is July whatever the bracket waits
 * for; "tháng: trước ngày 25 hằng tháng; quý: ..." returns every month. A day in the bracket is the nearer one. */
static void
first_part(struct arena *a, const struct view *v, int year, struct deadline *ret)
{
        struct view outside = before_sign(v, '('), clause = before_sign(v, ';');
        struct deadline d;

        if (outside.n > 0 && ret->due == DD_NO_DAY && ret->kind != DL_RECURRING) {
                parse_view(a, &outside, year, &d);
                if (d.due != DD_NO_DAY)
                        *ret = d;
        }
        if (outside.n > 0 && ret->kind == DL_RECURRING) { /* "hằng tháng (trước ngày 28), hằng quý (...)" */
                parse_view(a, &outside, year, &d);
                if (d.kind == DL_RECURRING && d.recur != RECUR_NONE)
                        *ret = d;
        }
        if (clause.n > 0 && ret->kind == DL_RECURRING) {
                parse_view(a, &clause, year, &d);
                if (d.kind == DL_RECURRING)
                        *ret = d;
        }
}

void
deadline_of_view(struct arena *a, const struct view *whole, int year, struct deadline *ret)
{
        struct view v = view_sub(whole, view_skip(whole, 0, " \n\t-+*:."), CELL_MAX < whole->n ? CELL_MAX : whole->n);
        char bare[CELL_MAX];

        *ret = (struct deadline){ .start = DD_NO_DAY, .due = DD_NO_DAY };
        while (v.n > 0 && strchr(" \n\t.;,", v.bare[v.n - 1]))
                v.n--;
        if (v.n == 0)
                return;
        memcpy(bare, v.bare, v.n);
        join_letters(bare, v.n);
        usual_spelling(bare, v.n);
        v.bare = bare;
        if (damaged_ongoing(&v)) {
                ret->kind = DL_ONGOING;
                return;
        }
        parse_view(a, &v, year, ret);
        if (ret->kind == DL_RANGE)
                two_ends(a, &v, year, ret);
        first_part(a, &v, year, ret);
}

void
deadline_parse(struct arena *a, struct str text, int year, struct deadline *ret)
{
        struct view v = view_of(a, text);

        deadline_of_view(a, &v, year, ret);
}
