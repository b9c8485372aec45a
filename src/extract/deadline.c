/* deadline.c - expressions of time in a cell, a label or a sentence. The rules are two tables of patterns (scan.c):
 * strong ones are tried in order, each over the whole text; of the weak ones the first in the text wins, so that a
 * mixed expression carries its first part. Meanings: the corpus README, SPECS 3.6. */
#include "extract_priv.h"

enum how {
        HOW_DONE,
        HOW_UNKNOWN,
        HOW_ONGOING,
        HOW_EVENT,
        HOW_AFTER,
        HOW_BEFORE,
        HOW_DAYS,
        HOW_FROM,
        HOW_TAIL_DAYS,
        HOW_MONTH_DAYS,
        HOW_MONTHS,
        HOW_MONTHS_SHORT,
        HOW_QUARTERS,
        HOW_QUARTERS_SHORT,
        HOW_YEARS,
        HOW_YEARS_SHORT,
        HOW_YEARS_FROM,
        HOW_MONTHS_FROM,
        HOW_QUARTERS_FROM,
        HOW_MONTHS_FIRST,
        HOW_MONTHS_LAST,
        HOW_DAY,
        HOW_DAY_AFTER,
        HOW_ANCHOR,
        HOW_YEARLY,
        HOW_YEARLY_MONTH,
        HOW_YEARLY_QUARTER,
        HOW_QUARTERLY_DAY,
        HOW_QUARTERLY_FIRST,
        HOW_MONTHLY_DAY,
        HOW_MONTH,
        HOW_MONTH_BY,
        HOW_MONTH_BEFORE,
        HOW_QUARTER,
        HOW_QUARTER_BY,
        HOW_QUARTER_BEFORE,
        HOW_HALF_FIRST,
        HOW_HALF_LAST,
        HOW_YEAR,
        HOW_YEAR_BY,
        HOW_YEAR_BEFORE,
        HOW_RECUR,
        HOW_EVERY_MONTHS,
        HOW_EVERY_YEARS,
        HOW_EVERY_WEEKS,
};

struct rule {
        const char *pattern;
        enum how how;
        bool start; /* only at the beginning of the text */
        enum recur_kind recur;
        const char *note; /* NULL: none */
};

#define EACH "(hang|moi|tung)"

static const struct rule STRONG[] = {
        { "da {*}{D}", HOW_DONE, .start = true },
        { "da (to chuc|ban hanh|hoan thanh|trinh|thuc hien|phe duyet|ky|trien khai|xong|bao cao)", HOW_DONE,
          .start = true },
        { "nam {y} dat {*}nam {y} dat", HOW_UNKNOWN, .note = "two targets with years" },
        /* reports whose days stand in brackets behind */
        { "[bao cao] dinh ky (6|06|sau) thang", HOW_RECUR, .start = true, .recur = RECUR_HALF_YEARLY },
        { "{n} thang_[/|mot|moi|cu]_(mot|01|1|)_lan", HOW_EVERY_MONTHS },
        { "{n} nam_[/|mot|moi|cu]_(mot|01|1|)_lan", HOW_EVERY_YEARS },
        { "{n} tuan_[/|mot|moi|cu]_(mot|01|1|)_lan", HOW_EVERY_WEEKS },
        /* between two days */
        { "(bat dau|tu|bat dau tu) [ngay] {D}_[;|,]_[va] (ket thuc|hoan thanh|xong|) (truoc|truoc ngay) {D}", HOW_DAYS,
          .note = "before" },
        { "(bat dau|tu|bat dau tu) [ngay] {D}_[;|,]_[va] (ket thuc|hoan thanh|xong|) [vao] [den] [het] [ngay] {D}",
          HOW_DAYS },
        { "{D}_[;|,]_[va] (ket thuc|hoan thanh|xong) [vao] [den] [het] [truoc] [ngay] {D}", HOW_DAYS },
        { "[tu] [ngay] {D}_(-|den|den het|den ngay|den het ngay|toi|toi ngay)_{D}", HOW_DAYS },
        { "tu [ngay] {A}_(-|den|den het|den ngay|den het ngay)_{D}", HOW_TAIL_DAYS },
        { "[tu] ngay {n}_(-|den|den het|den ngay|den het ngay)_{D}", HOW_MONTH_DAYS },
        { "{n}_-_{D}", HOW_MONTH_DAYS },
        /* every year, quarter, month on a day */
        { "[truoc] [den] [het] [ngay] {A} (" EACH "|cua moi) nam", HOW_YEARLY },
        { "[truoc] [den] [het] [ngay] {A} (nam truoc|cua nam truoc)", HOW_YEARLY, .note = "of the preceding year" },
        { "[truoc] [den] [het] [ngay] {A} [cua] (nam sau|nam tiep theo|nam ke tiep)", HOW_YEARLY,
          .note = "of the following year" },
        { EACH " nam_[,] {*}(truoc|vao|den|cham nhat la) [ngay] {A}", HOW_YEARLY },
        { "[ngay] {n} [cua] thang cuoi [cung] [cua] (quy|moi quy|hang quy)", HOW_QUARTERLY_DAY },
        { "ngay {n} [cua] thang (sau|tiep theo|ke tiep|lien ke)", HOW_MONTHLY_DAY },
        { "thang {m}_(,|;|va){*} " EACH " nam", HOW_YEARLY_MONTH },
        { "tuan [thu] {n} [cua] thang {m}_(/|nam)_{y}", HOW_MONTH },
        { "[ngay] {n} [cua] thang dau (quy|moi quy|hang quy|cua quy)", HOW_QUARTERLY_FIRST },
        { "[ngay] {n} " EACH " thang", HOW_MONTHLY_DAY },
        { EACH " thang_[,] (truoc|vao) ngay {n}", HOW_MONTHLY_DAY },
        { "thang {m} (" EACH "|cua moi) nam", HOW_YEARLY_MONTH },
        { "quy {q} (" EACH "|cua moi) nam", HOW_YEARLY_QUARTER },
        { "[dinh ky] " EACH " tuan", HOW_RECUR, .start = true, .recur = RECUR_WEEKLY },
        { "[dinh ky] " EACH " thang", HOW_RECUR, .start = true, .recur = RECUR_MONTHLY },
        { "[dinh ky] " EACH " quy", HOW_RECUR, .start = true, .recur = RECUR_QUARTERLY },
        { "[dinh ky] " EACH " nam", HOW_RECUR, .start = true, .recur = RECUR_YEARLY },
        /* counted from an event */
        { "{n} (gio|ngay|tuan|thang|nam) [lam viec]_[,]_(ke tu|tinh tu|tu khi|tu ngay|sau khi|sau ngay)", HOW_AFTER },
        { "{n} (gio|ngay|tuan|thang|nam) [lam viec]_[,]_(truoc khi|truoc ngay|truoc thoi diem|truoc)", HOW_BEFORE },
        { "truoc {n} (gio|ngay|tuan|thang|nam) [lam viec]_[,]_(tinh den|so voi|truoc)", HOW_BEFORE },
        { "cham nhat [la] truoc {n} (gio|ngay|tuan|thang)", HOW_BEFORE },
        { "sau {n} (thang|nam) [ke tu|tu|thi hanh|thuc hien]", HOW_AFTER },
        { "truoc (ngay|khi|thoi diem) {*}(it nhat|toi thieu|cham nhat) {n} (gio|ngay|tuan|thang|nam)", HOW_BEFORE },
        { "(trong thoi han|trong thoi gian|trong vong|khong qua|cham nhat|cham nhat la|toi da|sau|trong)"
          "[ khong qua| toi da] {n} (gio|ngay|tuan) [lam viec]",
          HOW_AFTER },
        { "(trong thoi han|trong thoi gian|trong vong|khong qua|cham nhat|cham nhat la) {n} (gio|ngay|tuan|thang|nam)",
          HOW_AFTER },
        /* whole years */
        { "[trong] [cac] nam {y}_(,|;)_[nam]_{y}_(,|;|va|, va)_[nam]_{y}", HOW_YEARS_SHORT },
        { "[giai doan|thoi ky] [tu] [nam] {y}_(-|den|den nam|den het nam|toi nam)_{y}_[,|;] [va] tam nhin den [nam] "
          "{y}",
          HOW_YEARS, .note = "vision" },
        { "[giai doan|thoi ky] [tu] [cac] [nam] {y}_(-|,|;|/|va|va nam|den|den nam|den het nam|toi nam|, nam)_{y}",
          HOW_YEARS },
        { "[tu] [nam] {y} tro di", HOW_YEARS_FROM, .note = "open-ended" },
        { "{y} va (nhung|cac) nam (tiep theo|sau|tiep sau)", HOW_YEARS_FROM, .note = "open-ended" },
        { "(ke tu|tu|bat dau tu) [nam] {y}", HOW_YEARS_FROM, .note = "open-ended" },
        /* several months or quarters */
        { "[tu] thang {m}_(/|nam)_{y}_(-|den|den thang|den het thang)_[thang]_{m}_(/|nam)_{y}", HOW_MONTHS },
        { "[tu] {m}/{y}_(-|den)_{m}/{y}", HOW_MONTHS },
        { "quy {q}_(/|nam)_{y}_[({*})]_(,|;|va)_quy {q}_(/|nam)_{y}", HOW_QUARTERS },
        { "thang {m}_(,|;)_[thang]_{m}_(,|;|va)_[thang]_{m}_(/|nam)_{y}", HOW_MONTHS_SHORT },
        { "quy {q}_(,|;)_[quy]_{q}_(,|;|va)_[quy]_{q}_(/|nam)_{y}", HOW_QUARTERS_SHORT },
        { "[tu] thang {m}_(-|,|;|va|den|den thang|va thang|den het thang|- thang|, thang)_{m}_(/|nam)_{y}",
          HOW_MONTHS_SHORT },
        { "[tu] quy {q}_(/|nam)_{y}_(-|den|den quy|den het quy)_[quy]_{q}_(/|nam)_{y}", HOW_QUARTERS },
        { "[tu] quy {q}_(-|,|;|va|den|den quy|den het quy|va quy|, quy|- quy)_{q}_(/|nam)_{y}", HOW_QUARTERS_SHORT },
        { "(ke tu|tu|bat dau tu) thang {m}_(/|nam)_{y}", HOW_MONTHS_FROM, .note = "open-ended" },
        { "(ke tu|tu|bat dau tu) quy {q}_(/|nam)_{y}", HOW_QUARTERS_FROM, .note = "open-ended" },
        { "[trong] thang {m}_(,|;|va|-|den|den thang)_[thang]_{m}$", HOW_MONTHS_SHORT, .start = true,
          .note = "year from context" },
        { "[trong] quy {q}_(,|;|va|-|den|den quy)_[quy]_{q}$", HOW_QUARTERS_SHORT, .start = true,
          .note = "year from context" },
        { "{n} thang dau [nam]_{y}", HOW_MONTHS_FIRST },
        { "{n} thang cuoi [nam]_{y}", HOW_MONTHS_LAST },
        /* one day */
        { "(ke tu|tu|bat dau tu) [ngay] {D}", HOW_FROM, .note = "open-ended" },
        { "sau [ngay] {D}", HOW_DAY_AFTER, .note = "after that day" },
        { "(truoc|xong truoc) [ngay] {D}", HOW_DAY, .note = "before" },
        { "(den|den het|het|toi|cho den) [ngay] {D}", HOW_DAY, .note = "through" },
        { "{D}", HOW_DAY },
        { "(ngay sau|sau|truoc|ngay) khi", HOW_EVENT },
        { "[ngay|den] khi ", HOW_EVENT, .start = true },
        { "truoc (ky hop|hoi nghi|phien hop|cuoc hop|dai hoi|le|tet)", HOW_EVENT },
        { "khi (can|co|duoc|nhan|hoan thanh|ket thuc|phat sinh|xay ra|luat|nghi|cap)", HOW_EVENT },
        { "(ke tu|tinh tu|tu) (ngay|khi|thoi diem)", HOW_EVENT },
        { "(truoc|den|den het) [ngay] {A}", HOW_ANCHOR },
        { "{A}", HOW_ANCHOR },
};

static const struct rule WEAK[] = {
        { "t[.]_{m}_(/|-|.)_{y}", HOW_MONTH },
        { "q[.]_{q}_(/|-|.)_{y}", HOW_QUARTER },
        { "ca nam_{y}", HOW_YEAR },
        { "ca nam$", HOW_YEAR, .note = "year from context" },
        { "(6|06|sau) thang (dau|dau nam) [nam]_{y}", HOW_HALF_FIRST },
        { "(6|06|sau) thang (cuoi|cuoi nam) [nam]_{y}", HOW_HALF_LAST },
        { "(6|06|sau) thang dau nam", HOW_HALF_FIRST },
        { "(6|06|sau) thang cuoi nam", HOW_HALF_LAST },
        { "truoc thang {m}_(/|nam|-)_{y}", HOW_MONTH_BEFORE, .note = "before the month" },
        { "(den|den het|het|truoc het|cuoi) thang {m}_(/|nam|-)_{y}", HOW_MONTH_BY, .note = "by the end of the month" },
        { "thang {m}_(/|nam|-|,)_{y}", HOW_MONTH },
        { "(den|truoc) {m}/{y}", HOW_MONTH_BY },
        { "{m}_/_{y}", HOW_MONTH },
        { "truoc thang {m}", HOW_MONTH_BEFORE, .note = "year from context" },
        { "(den|den het|het|truoc het) thang {m}", HOW_MONTH_BY, .note = "year from context" },
        { "thang {m}", HOW_MONTH, .note = "year from context" },
        { "truoc quy {q}_(/|nam|-|,)_[nam]_{y}", HOW_QUARTER_BEFORE, .note = "before the quarter" },
        { "(den|den het|het|truoc het) quy {q}_(/|nam|-|,)_{y}", HOW_QUARTER_BY, .note = "by the end of the quarter" },
        { "quy {q}_(/|nam|-|,)_[nam]_{y}", HOW_QUARTER },
        { "quy {q}", HOW_QUARTER, .note = "year from context" },
        { "truoc [nam] {y}", HOW_YEAR_BEFORE, .note = "before the year" },
        { "(den|den het|het|toi|truoc het|den cuoi|cuoi|truoc cuoi) nam {y}", HOW_YEAR_BY,
          .note = "by the end of the year" },
        { "vao [cuoi] nam {y}", HOW_YEAR_BY },
        { "(den|den het) {y}", HOW_YEAR_BY, .note = "by the end of the year" },
        { "[trong] nam {y}", HOW_YEAR },
        { "{y}$", HOW_YEAR, .start = true },
        { "thuong nien", HOW_RECUR, .recur = RECUR_YEARLY },
        { "thuong xuyen_[,] " EACH " nam", HOW_ONGOING, .recur = RECUR_YEARLY },
        { "thuong xuyen", HOW_ONGOING },
        { "lien tuc", HOW_ONGOING },
        { "dinh ky_(6|06|sau) thang_[,] [va] [ca|cuoi|hang] nam", HOW_RECUR, .recur = RECUR_HALF_YEARLY,
          .note = "and at year end" },
        { "[dinh ky]_[" EACH "] (6|06|sau) thang", HOW_RECUR, .recur = RECUR_HALF_YEARLY },
        { "{n} (gio|ngay|tuan|thang|nam)_[lam viec]_$", HOW_AFTER, .start = true },
        { "(dinh ky|" EACH "|cu)_{n} nam", HOW_EVERY_YEARS },
        { "(dinh ky|" EACH "|cu)_{n} thang", HOW_EVERY_MONTHS },
        { "(dinh ky|" EACH "|cu)_{n} tuan", HOW_EVERY_WEEKS },
        { "{n} nam_(/|mot|moi)_[mot] lan", HOW_EVERY_YEARS },
        { "{n} thang_(/|mot|moi)_[mot] lan", HOW_EVERY_MONTHS },
        { "[dinh ky] " EACH " tuan", HOW_RECUR, .recur = RECUR_WEEKLY },
        { "[dinh ky] " EACH " thang", HOW_RECUR, .recur = RECUR_MONTHLY },
        { "[dinh ky] " EACH " quy", HOW_RECUR, .recur = RECUR_QUARTERLY },
        { EACH " nam_[it nhat]_{n} (lan|ky)", HOW_RECUR, .recur = RECUR_YEARLY, .note = "several times a year" },
        { "[dinh ky] " EACH " nam", HOW_RECUR, .recur = RECUR_YEARLY },
        { "{n} lan_(/|moi|trong)_nam", HOW_RECUR, .recur = RECUR_YEARLY, .note = "several times a year" },
        { "dinh ky (tuan|thang|quy|nam)", HOW_RECUR, .note = "periodic" },
        { "[dinh ky] " EACH " ngay", HOW_RECUR, .note = "daily" },
        { "dinh ky {n} lan_(/|moi|trong|mot)_nam", HOW_RECUR, .recur = RECUR_YEARLY, .note = "several times a year" },
        { "[dinh ky] [it nhat] {n} lan_(/|moi|trong|mot)_quy", HOW_RECUR, .recur = RECUR_QUARTERLY },
        { "[dinh ky] [it nhat] {n} lan_(/|moi|trong|mot)_thang", HOW_RECUR, .recur = RECUR_MONTHLY },
        { "[dinh ky] [it nhat] {n} lan_(/|moi|trong|mot)_tuan", HOW_RECUR, .recur = RECUR_WEEKLY },
        { "dinh ky hoac dot xuat", HOW_RECUR, .note = "periodic or on request" },
        { "dinh ky", HOW_RECUR, .note = "periodic" },
};

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
        case HOW_YEARS_FROM:
        case HOW_MONTHS_FROM:
                set_months(d, DL_RANGE, y, how == HOW_YEARS_FROM ? 1 : m[0], y, 12);
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
build(struct arena *a, const struct rule *r, const struct caught *g, int year, struct deadline *d)
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

static const struct rule *
find_rule(const struct view *v, struct caught *ret)
{
        for (size_t r = 0; r < ARRAY_LEN(STRONG); r++) {
                uint32_t letters = pat_letters(STRONG[r].pattern);

                for (size_t i = 0; i < v->n; i = view_next(v, i)) {
                        if (letters_allow(letters, v->bare[i]) && starts_word(v, i) &&
                            pat(v, i, STRONG[r].pattern, ret))
                                return &STRONG[r];
                        if (STRONG[r].start)
                                break;
                }
        }
        for (size_t i = 0; i < v->n; i = view_next(v, i)) {
                if (!starts_word(v, i) || (i > 0 && v->bare[i - 1] == '/')) /* "30/02/2023" is no month */
                        continue;
                for (size_t r = 0; r < ARRAY_LEN(WEAK); r++) {
                        if ((i == 0 || !WEAK[r].start) && pat(v, i, WEAK[r].pattern, ret))
                                return &WEAK[r];
                }
        }
        return NULL;
}

#define CELL_MAX 400 /* bytes of a deadline that are looked at */

/* The bare form with other spellings made the usual one: "qui II" is "quý II". */
static void
usual_spelling(char *bare, size_t n)
{
        for (size_t i = 0; i + 4 < n; i++) {
                if (memcmp(bare + i, "qui", 3) == 0 && (i == 0 || !bare_word(bare[i - 1])) && !bare_word(bare[i + 3]))
                        bare[i + 2] = 'y';
        }
}

static void
parse_view(struct arena *a, const struct view *whole, int year, struct deadline *ret)
{
        struct view v = view_sub(whole, view_skip(whole, 0, " \n\t-+*:."), CELL_MAX < whole->n ? CELL_MAX : whole->n);
        struct caught got = { 0 };
        const struct rule *r;
        char bare[CELL_MAX];

        *ret = (struct deadline){ .start = DD_NO_DAY, .due = DD_NO_DAY };
        while (v.n > 0 && strchr(" \n\t.;,", v.bare[v.n - 1]))
                v.n--;
        if (v.n == 0)
                return;
        memcpy(bare, v.bare, v.n);
        usual_spelling(bare, v.n);
        v.bare = bare;
        ret->kind = DL_UNKNOWN;
        if (damaged_ongoing(&v)) {
                ret->kind = DL_ONGOING;
                return;
        }
        r = find_rule(&v, &got);
        if (r)
                build(a, r, &got, year, ret);
}

void
deadline_parse(struct arena *a, struct str text, int year, struct deadline *ret)
{
        struct view v = view_of(a, text);

        parse_view(a, &v, year, ret);
}

/* ---- in sentences --------------------------------------------------------------------------------------- */

/* What introduces a deadline of the sentence itself, not the date of a document it cites. */
static const char *const SENTENCE[] = {
        "bat dau tu [ngay] {D}_[;|,] [va] ket thuc [truoc|vao|den] [ngay] {D}",
        "tu [ngay] ({D}|{A}) den [het] [ngay] {D}",
        "tu thang {m}[_(/|nam)_{y}] den [het] thang {m}_(/|nam)_{y}",
        "(truoc|xong truoc|cham nhat la|cham nhat vao|cham nhat|khong muon hon|den het|het) [{n}_(gio|h)[_{n}][_phut]] "
        "[ngay] {D}",
        "(truoc|den het|cham nhat la|cham nhat|trong|vao) thang {m}_(/|nam)_{y}",
        "(truoc|den het|trong|vao|xong trong) quy {q}_(/|nam)_{y}",
        "(trong|truoc|xong trong|den het|vao cuoi|cuoi) nam {y}",
        "(truoc|cham nhat la|cham nhat) [ngay] {A} " EACH " nam",
        EACH " nam_[,]_(truoc|cham nhat la|cham nhat) [ngay] {A}",
        "(truoc|cham nhat la|cham nhat|vao) ngay {n} (" EACH " thang|[cua] thang cuoi (quy|moi quy|hang quy))",
        EACH " (thang|quy)_[,]_(truoc|cham nhat la|cham nhat) ngay {n}",
        "(truoc|cham nhat la|cham nhat) ngay {A}",
        "(hoan thanh|xong|ban hanh|phe duyet) [vao] ngay {D}",
        "(hoan thanh|xong|ban hanh|phe duyet) [vao] (thang {m}|quy {q})_(/|nam)_{y}",
        "dinh ky [" EACH "] ({n} thang|{n} nam|tuan|thang|quy|nam)",
};

bool
deadline_in(struct xt *x, const struct view *v, int year, size_t *ret_from, size_t *ret_to, struct deadline *ret)
{
        for (size_t i = 0; i < v->n; i = view_next(v, i)) {
                if (!strchr("btxckdvhmp", v->bare[i]) || (i > 0 && bare_word(v->bare[i - 1])))
                        continue;
                for (size_t r = 0; r < ARRAY_LEN(SENTENCE); r++) {
                        size_t end = pat(v, i, SENTENCE[r], NULL);
                        struct view part;

                        if (!end)
                                continue;
                        part = view_sub(v, i, end);
                        parse_view(x->a, &part, year, ret);
                        *ret_from = i;
                        *ret_to = end;
                        return true;
                }
        }
        return false;
}

/* How often a duty returns: "định kỳ 6 tháng và cuối năm". */
enum recur_kind
recur_in(struct arena *a, const struct view *v)
{
        size_t end, at = pat_find(v, 0, "(dinh ky|" EACH " (tuan|thang|quy|nam))", &end);
        struct deadline d;
        struct view part;

        if (at == v->n)
                return RECUR_NONE;
        part = view_sub(v, at, at + 60);
        parse_view(a, &part, 0, &d);
        return d.kind == DL_RECURRING ? d.recur : RECUR_NONE;
}

/* ---- names ---------------------------------------------------------------------------------------------- */

const char *
deadline_kind_name(enum deadline_kind k)
{
        static const char *const names[DL_KIND_MAX] = {
                NULL,   "done",  "date",      "month",   "quarter",  "half",
                "year", "range", "recurring", "ongoing", "relative", "unknown"
        };

        return k > DL_NONE && k < DL_KIND_MAX ? names[k] : NULL;
}

const char *
recur_name(enum recur_kind r)
{
        static const char *const names[RECUR_MAX] = { NULL, "weekly", "monthly", "quarterly", "half-yearly", "yearly" };

        return r > RECUR_NONE && r < RECUR_MAX ? names[r] : NULL;
}
