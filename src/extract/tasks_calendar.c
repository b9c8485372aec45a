/* tasks_calendar.c - papers that are calendars: milestones with a date ("1. Tựu trường: Ngày 26/8/2024"), what an
 * article gives one agency to do ("Điều 2. Giao Giám đốc Sở X"), and work under headings that are times ("Tháng 3/2024:
 * - ..."). Taught by school-year decisions and programmes of work by month. */
#include "extract_priv.h"

#include "table_priv.h"

/* A heading or the words before a colon that are a time and nothing else. */
#define TIME                                                                                                           \
        "[trong|den|vao] [dau|giua|cuoi] (thang {m}[_(/|-|nam|nam)_{y}]|quy {q}[_(/|-|nam)_{y}]|"                      \
        "(6|06|sau) thang (dau|cuoi) nam[ {y}]|tu [ngay] ({D}|{A}) (den|-) [het] [ngay] {D}|(truoc|tu|den) [ngay] "    \
        "{D}|ngay {D}|nam {y}|tuan {n} thang {m})"

struct place {
        struct str article, no;
        size_t agency_from, agency_to; /* "Giao X" of the article */
        size_t time_from, time_to;     /* a heading that is a time */
        int sub;
};

/* What was found in an item: where the time stands, what it means, what the title is. */
struct found {
        bool yes;
        size_t from, to, title, title_end;
        struct deadline due;
        bool heading; /* the time is the heading's */
};

/* "Học kỳ II: bắt đầu ...; hoàn thành chương trình trước ngày ...": the date belongs to the clause before it. Its
 * beginning, 0 = the date stands right behind the colon or there is none. */
static size_t
last_clause(const struct view *v, size_t colon, size_t from)
{
        size_t at = colon;

        if (colon >= from)
                return 0;
        for (size_t i = colon; i < from; i = view_next(v, i)) {
                if (v->bare[i] == ';')
                        at = i;
        }
        at = view_skip(v, at, ":; ");
        return from > at + 12 ? at : 0;
}

static bool
dated(const struct deadline *d)
{
        return d->kind == DL_DATE || d->kind == DL_RANGE || d->kind == DL_MONTH || d->kind == DL_QUARTER ||
               d->kind == DL_HALF || d->kind == DL_YEAR;
}

static size_t
colon_of(const struct view *v)
{
        size_t i = 0;

        while (i < v->n && v->bare[i] != ':')
                i = view_next(v, i);
        return i;
}

/* A time behind the colon: at its beginning "ngày ...", or all that follows when it is short. */
static bool
time_after(struct xt *x, const struct view *v, size_t colon, struct found *ret)
{
        size_t from = view_skip(v, colon, ": "), to = pat(v, from, "ngay {D}", NULL), end = v->n;

        if (from >= v->n)
                return false;
        while (end > from && strchr(" \n.;,", v->bare[end - 1]))
                end--;
        if (!to && end - from <= 90)
                to = end;
        if (!to)
                return false;
        deadline_parse(x->a, view_str(v, from, to), x->year, &ret->due);
        if (!dated(&ret->due))
                return false;
        *ret = (struct found){ true, from, to, 0, colon, ret->due, false };
        return true;
}

/* A time before the colon: "Tháng 3/2024: Tổ chức hội nghị". */
static bool
time_before(struct xt *x, const struct view *v, size_t colon, struct found *ret)
{
        size_t end = pat(v, 0, TIME, NULL), title = view_skip(v, colon, ": ");

        if (!end || view_skip(v, end, " ") != colon || title + 8 > v->n)
                return false;
        deadline_parse(x->a, view_str(v, 0, end), x->year, &ret->due);
        if (!dated(&ret->due))
                return false;
        *ret = (struct found){ true, 0, end, title, v->n, ret->due, false };
        return true;
}

static void
find_time(struct xt *x, const struct view *v, const struct place *w, struct found *ret)
{
        size_t colon = colon_of(v);

        *ret = (struct found){ .due = { .start = DD_NO_DAY, .due = DD_NO_DAY } };
        if (colon < v->n && colon < 200 && (time_before(x, v, colon, ret) || time_after(x, v, colon, ret)))
                return;
        if (deadline_in(x, v, x->year, &ret->from, &ret->to, &ret->due)) {
                ret->yes = true;
                ret->title = last_clause(v, colon, ret->from);
                ret->title_end = ret->title || colon >= ret->from ? ret->from : colon;
                if (ret->title_end == 0) /* "Trước ngày 5/3 hoàn thành ...": the time leads */
                        ret->title_end = v->n;
        } else if (w->time_to > w->time_from) {
                deadline_parse(x->a, view_str(&x->f.v, w->time_from, w->time_to), x->year, &ret->due);
                ret->yes = ret->heading = true;
                ret->title_end = v->n;
        }
}

/* "... (Phòng Quản lý thương mại chủ trì)": who does it stands behind. Where its bracket opens, `to` = none. */
static size_t
lead_bracket(const struct view *v, size_t from, size_t to)
{
        size_t end = sentence_end(v, from, to), open = end;
        struct view inside;

        if (end <= from + 8 || v->bare[end - 1] != ')')
                return to;
        while (open > from && v->bare[open] != '(')
                open--;
        inside = view_sub(v, open + 1, end - 1);
        return open > from && agency_opens(&inside, 0) &&
                       pat_find(&inside, 1, "(chu tri|thuc hien|phu trach|tham muu)", NULL) < inside.n
                   ? open
                   : to;
}

static void
milestone(struct xt *x, const struct place *w, const struct item *it, struct str no)
{
        const struct view *v = &x->f.v;
        struct view whole = view_sub(v, it->text, it->to);
        bool lead = pat(&whole, 0, "chu tri", NULL) != 0 && w->agency_to > w->agency_from;
        struct found f;
        struct draft_task *t;

        find_time(x, &whole, w, &f);
        if (!f.yes && !lead)
                return;
        t = draft_task_add(x, it->from, it->to);
        t->no = no;
        t->group = w->article.n ? w->article : w->no;
        t->confidence = 65;
        if (lead) {
                size_t title = lead_words(x, t, it->text, it->to);

                t->title = field_at(x, title, sentence_end(v, title, it->to), 75, "sentence-lead");
                t->lead_field = field_at(x, w->agency_from, w->agency_to, 80, "article-agency");
                mentions_at(x, w->agency_from, w->agency_to, &t->lead, NULL);
        } else {
                size_t end = sentence_end(v, it->text + f.title, it->text + f.title_end), open;

                open = lead_bracket(v, it->text + f.title, it->to);
                if (open < it->to) {
                        size_t close = sentence_end(v, open, it->to) - 1;

                        t->lead_field = field_at(x, open + 1, close, 75, "bracket-lead");
                        mentions_at(x, open + 1, close, &t->lead, &t->coordinating);
                        end = open < end ? sentence_end(v, it->text + f.title, open) : end;
                }
                t->title = field_at(x, it->text + f.title, end, 75, "milestone");
        }
        if (f.yes && f.heading)
                t->deadline_text = field_at(x, w->time_from, w->time_to, 70, "sentence-deadline");
        else if (f.yes)
                t->deadline_text = field_at(x, it->text + f.from, it->text + f.to, 85, "sentence-deadline");
        if (f.yes)
                t->deadline = f.due;
}

/* "Điều 2. Giao Giám đốc Sở Giáo dục và Đào tạo" */
static void
article_agency(struct xt *x, struct place *w, const struct item *it)
{
        const struct view *v = &x->f.v;
        size_t end = pat(v, it->text, "(giao|phan cong|yeu cau) [cho]_", NULL), stop;
        struct view rest;

        w->agency_from = w->agency_to = 0;
        if (!end || end >= it->to)
                return;
        rest = view_sub(v, end, it->to);
        if (!agency_opens(&rest, 0))
                return;
        stop = agency_phrase(&rest, 0);
        w->agency_from = end;
        w->agency_to = sentence_end(v, end, stop ? end + stop : it->to);
        while (w->agency_to > end && v->bare[w->agency_to - 1] == ':')
                w->agency_to--;
}

/* A paragraph that is only a time: what follows is to be done then. */
static bool
time_heading(struct xt *x, struct place *w, const struct item *it)
{
        struct view text = view_sub(&x->f.v, it->text, it->to);
        size_t end = it->to - it->text <= 60 ? pat(&text, 0, TIME, NULL) : 0;

        if (!end || view_skip(&text, end, " .:") < text.n)
                return false;
        w->time_from = it->text;
        w->time_to = it->text + end;
        return true;
}

static void
calendar_item(struct xt *x, struct place *w, const struct item *it)
{
        struct str no;

        switch (it->kind) {
        case ITEM_ARTICLE:
        case ITEM_ROMAN:
                *w = (struct place){ .article = it->no };
                if (!time_heading(x, w, it))
                        article_agency(x, w, it);
                break;
        case ITEM_NUMBER:
                w->no = it->no;
                w->sub = 0;
                no = w->article.n ? str_fmt(x->a, "%.*s.%.*s", FMT(w->article), FMT(it->no)) : it->no;
                if (!time_heading(x, w, it))
                        milestone(x, w, it, no);
                break;
        case ITEM_DASH:
        case ITEM_LETTER:
                if (!w->no.n && w->time_to == 0)
                        break;
                no = str_fmt(x->a, "%.*s%s%.*s%s%c", FMT(w->article), w->article.n && w->no.n ? "." : "", FMT(w->no),
                             w->no.n || w->article.n ? "." : "", (char)('a' + (w->sub < 25 ? w->sub : 25)));
                w->sub++;
                milestone(x, w, it, no);
                break;
        case ITEM_NONE:
                if (time_heading(x, w, it))
                        w->sub = 0;
                break;
        default:
                break;
        }
}

void
tasks_calendar(struct xt *x, const struct part *p)
{
        struct place w = { 0 };

        for (size_t s = flow_seg_at(&x->f, p->body + 1); s < x->f.n_segs && x->f.segs[s].from < p->foot; s++) {
                struct item it = item_read(&x->f, s);

                if (x->f.segs[s].cell < 0 && it.from < it.to)
                        calendar_item(x, &w, &it);
        }
}
