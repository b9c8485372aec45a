/* tasks_text.c - plans without a table: tasks under label lines ("Cơ quan chủ trì: ..."), under headings that name an
 * agency, and milestones with a date (calendars). */
#include "extract_priv.h"

#include "table_priv.h"

#include <ctype.h>

/* ---- label lines ---------------------------------------------------------------------------------------- */

static const struct {
        const char *pattern;
        enum column column;
} LABELS[] = {
        { "(co quan|don vi|bo phan) phoi hop_[thuc hien]_:", COL_COORDINATING },
        { "(phoi hop|phoi hop thuc hien)_:", COL_COORDINATING },
        { "(co quan|don vi|bo phan) (chu tri|thuc hien|phu trach|chu tri thuc hien|chiu trach nhiem)_:", COL_LEAD },
        { "(chu tri|chu tri thuc hien|phan cong thuc hien|trach nhiem thuc hien)_:", COL_LEAD },
        { "(thoi gian|thoi han|tien do)_[thuc hien|hoan thanh]_:", COL_DEADLINE },
        { "(san pham|ket qua)_[dau ra|du kien|hoan thanh|thuc hien]_:", COL_OUTPUT },
};

struct label {
        enum column column;
        size_t from, value, to; /* where it begins, its value */
};

/* The next label at or after `at`. */
static bool
label_find(const struct view *v, size_t at, size_t to, struct label *ret)
{
        if (at >= to || !memchr(v->bare + at, ':', to - at))
                return false;
        for (size_t i = at; i < to; i = view_next(v, i)) {
                if (!strchr("cdbptsk", v->bare[i]) || (i > 0 && bare_word(v->bare[i - 1])))
                        continue;
                for (size_t k = 0; k < ARRAY_LEN(LABELS); k++) {
                        size_t end = pat(v, i, LABELS[k].pattern, NULL);

                        if (end && end <= to) {
                                *ret = (struct label){ .column = LABELS[k].column, .from = i, .value = end, .to = to };
                                return true;
                        }
                }
        }
        return false;
}

/* Cuts the mark of the next label off a value: "các cơ quan; b)". */
static size_t
value_end(const struct view *v, size_t from, size_t to)
{
        while (to > from && strchr(" \n\t;.,", v->bare[to - 1]))
                to--;
        if (to > from + 1 && v->bare[to - 1] == ')' && isalpha((unsigned char)v->bare[to - 2]) &&
            (to == from + 2 || !bare_word(v->bare[to - 3]))) {
                to -= 2;
                while (to > from && strchr(" \n\t;.,", v->bare[to - 1]))
                        to--;
        }
        return to;
}

struct labelled {
        struct draft_task *task;
        size_t seg; /* the paragraph that may be its title */
        struct item item;
        bool fresh; /* no label read for it yet */
        int32_t last_no;
        struct str group;
};

static void
label_put(struct xt *x, struct labelled *o, const struct label *l)
{
        const struct view *v = &x->f.v;
        struct draft_task *t;
        size_t end = value_end(v, l->value, l->to);

        if (o->fresh) {
                struct view title = view_sub(v, o->item.text, o->item.to);
                size_t cut = pat_find(&title, 0, "_[,] (cu the|gom|nhu sau|trong do)", NULL), stop = 0;
                int64_t no = 0;

                while (stop < title.n && title.bare[stop] != ';' &&
                       !(title.bare[stop] == '.' && stop + 1 < title.n && title.bare[stop + 1] == ' '))
                        stop++;
                cut = stop < cut ? stop : cut;
                o->task = draft_task_add(x, o->item.from, end);
                o->task->title = field_at(x, o->item.text, o->item.text + cut, 85, "label-title");
                o->task->no = o->item.no.n ? o->item.no : str_fmt(x->a, "%d", o->last_no + 1);
                o->task->group = o->group;
                if (!o->item.no.n)
                        task_note(x, o->task, S("Số thứ tự không đọc được, lấy theo thứ tự."));
                o->last_no = str_to_i64(o->task->no, &no) ? (int32_t)no : o->last_no + 1;
                o->fresh = false;
        }
        t = o->task;
        if (!t || end <= l->value)
                return;
        t->span.to = flow_span(&x->f, l->value, end).to;
        switch (l->column) {
        case COL_LEAD:
                t->lead_field = field_at(x, l->value, end, 90, "label-lead");
                mentions_at(x, l->value, end, &t->lead, &t->coordinating);
                break;
        case COL_COORDINATING:
                t->coordinating_field = field_at(x, l->value, end, 90, "label-coordinating");
                mentions_at(x, l->value, end, &t->coordinating, NULL);
                break;
        case COL_DEADLINE:
                task_deadline(x, t, l->value, end, "label-deadline");
                break;
        default:
                t->output = field_at(x, l->value, end, 90, "label-output");
                break;
        }
}

/* "Z. Tổ chức ...": a number that the scan broke. */
static bool
broken_number(const struct view *v, const struct seg *s, struct item *ret)
{
        size_t k = view_next(v, s->from);

        if (s->to - s->from < 12 || view_case(v, s->from) != CASE_CAPITAL || v->bare[k] != '.' || v->bare[k + 1] != ' ')
                return false;
        *ret = (struct item){ .kind = ITEM_NUMBER, .from = s->from, .text = view_skip(v, k + 1, " "), .to = s->to };
        return true;
}

void
tasks_labels(struct xt *x, const struct part *p)
{
        const struct view *v = &x->f.v;
        struct labelled o = { 0 };

        for (size_t s = flow_seg_at(&x->f, p->body + 1); s < x->f.n_segs && x->f.segs[s].from < p->foot; s++) {
                const struct seg *g = &x->f.segs[s];
                struct label l, next;
                struct item it;

                if (g->cell >= 0 || g->from >= g->to)
                        continue;
                if (label_find(v, g->from, g->to, &l)) {
                        while (true) {
                                bool more = label_find(v, l.value, g->to, &next);

                                l.to = more ? next.from : g->to;
                                if (o.seg || o.task)
                                        label_put(x, &o, &l);
                                if (!more)
                                        break;
                                l = next;
                        }
                        continue;
                }
                it = item_read(&x->f, s);
                if (it.kind == ITEM_NUMBER || broken_number(v, g, &it)) {
                        o.item = it;
                        o.seg = s;
                        o.fresh = true;
                } else if (it.kind == ITEM_ROMAN) {
                        o.group = it.no;
                        o.fresh = false;
                        o.task = NULL;
                        o.seg = 0;
                        o.last_no = 0;
                }
        }
}

/* ---- headings that name an agency ------------------------------------------------------------------------ */

struct heading {
        struct str section, no;
        size_t from, to; /* the agency in the flow */
        size_t count;    /* tasks under it */
        bool open, request;
};

static void
group_of_agency(struct xt *x, const struct heading *h)
{
        struct {
                struct draft_group *v;
                size_t n, cap;
        } vec = { x->d->groups, x->d->n_groups, x->d->cap_groups };
        struct draft_group *g = VEC_PUSH(x->a, &vec);

        x->d->groups = vec.v;
        x->d->n_groups = vec.n;
        x->d->cap_groups = vec.cap;
        *g = (struct draft_group){ h->no, squeezed(x->a, view_str(&x->f.v, h->from, h->to)),
                                   flow_span(&x->f, h->from, h->to) };
}

/* "Chủ trì, phối hợp với X làm Y": the agencies helped are coordinating, the title is Y. */
static size_t
lead_words(struct xt *x, struct draft_task *t, size_t from, size_t to)
{
        const struct view *v = &x->f.v;
        size_t end = pat(v, from, "chu tri_[,]_[va] phoi hop voi_", NULL), stop;

        if (end) {
                struct view rest = view_sub(v, end, to);

                stop = agency_phrase(&rest, 0);
                if (stop) {
                        t->coordinating_field = field_at(x, end, end + stop, 80, "sentence-coordinating");
                        mentions_at(x, end, end + stop, &t->coordinating, NULL);
                        return end + stop;
                }
                return from;
        }
        end = pat(v, from, "chu tri_[,]_[va] phoi hop_", NULL);
        if (!end)
                end = pat(v, from, "chu tri_[,]_[to chuc]_", NULL);
        return end ? view_skip(v, end, " ,") : from;
}

static size_t
sentence_end(const struct view *v, size_t from, size_t to)
{
        while (to > from && strchr(" \n;.,/", v->bare[to - 1]))
                to--;
        return to;
}

static void
agency_task(struct xt *x, struct heading *h, size_t from, size_t to)
{
        const struct view *v = &x->f.v;
        struct draft_task *t;
        struct view whole;
        size_t title, due_from, due_to;
        bool helps = pat(v, from, "(phoi hop|tham gia)", NULL) != 0;

        to = sentence_end(v, from, to);
        if (to < from + 8)
                return;
        h->count++;
        if (h->count == 1)
                group_of_agency(x, h);
        t = draft_task_add(x, from, to);
        t->no = str_fmt(x->a, "%.*s%s%.*s.%zu", FMT(h->section), h->section.n ? "." : "", FMT(h->no), h->count);
        t->group = h->no;
        title = helps ? from : lead_words(x, t, from, to);
        t->title = field_at(x, title, to, 80, "agency-heading");
        if (helps) {
                t->coordinating_field = field_at(x, h->from, h->to, 80, "agency-heading");
                mentions_at(x, h->from, h->to, &t->coordinating, NULL);
        } else {
                t->lead_field = field_at(x, h->from, h->to, 85, "agency-heading");
                mentions_at(x, h->from, h->to, &t->lead, NULL);
        }
        whole = view_sub(v, from, to);
        if (deadline_in(x, &whole, x->year, &due_from, &due_to, &t->deadline))
                t->deadline_text = field_at(x, from + due_from, from + due_to, 80, "sentence-deadline");
        if (h->request)
                task_note(x, t, S("Đề nghị (không phải giao nhiệm vụ)."));
        t->confidence = 75;
}

/* Opens a heading when the numbered paragraph begins with an agency; a sentence behind it is its first task. */
static void
heading_open(struct xt *x, struct heading *h, const struct item *it, struct str section)
{
        const struct view *v = &x->f.v;
        struct view whole;
        size_t at = it->text, end, ask = pat(v, at, "de nghi ", NULL), head;

        *h = (struct heading){ .section = section, .no = it->no, .request = ask != 0 };
        if (ask)
                at = view_skip(v, ask, " ");
        whole = view_sub(v, at, it->to);
        if (!agency_opens(&whole, 0) || !agency_head(&whole, 0, &head))
                return;
        end = agency_phrase(&whole, 0);
        h->open = true;
        h->from = at;
        if (!end || whole.bare[end] == '.') { /* nothing but the name */
                h->to = sentence_end(v, at, end ? at + end : it->to);
                h->open = h->to - h->from < 260;
                return;
        }
        h->to = sentence_end(v, at, at + end);
        agency_task(x, h, view_skip(v, at + end, " :\n-"), it->to);
}

void
tasks_agencies(struct xt *x, const struct part *p)
{
        struct heading h = { 0 };
        struct str section = STR_NONE;

        for (size_t s = flow_seg_at(&x->f, p->body + 1); s < x->f.n_segs && x->f.segs[s].from < p->to; s++) {
                struct item it = item_read(&x->f, s);

                if (x->f.segs[s].cell >= 0 || it.from >= it.to)
                        continue;
                if (it.kind == ITEM_ROMAN) {
                        section = it.no;
                        h.open = false;
                } else if (it.kind == ITEM_NUMBER) {
                        heading_open(x, &h, &it, section);
                } else if (it.kind == ITEM_ARTICLE || it.kind == ITEM_APPENDIX) {
                        h.open = false;
                } else if (h.open && it.kind != ITEM_PLUS) {
                        agency_task(x, &h, it.text, it.to);
                }
        }
}

/* ---- milestones ----------------------------------------------------------------------------------------- */

struct place {
        struct str article, no;
        size_t agency_from, agency_to; /* "Giao X" of the article */
        int sub;
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

static void
milestone(struct xt *x, const struct place *w, const struct item *it, struct str no)
{
        const struct view *v = &x->f.v;
        struct view whole = view_sub(v, it->text, it->to);
        struct deadline due = { .start = DD_NO_DAY, .due = DD_NO_DAY };
        size_t from = 0, to = 0, colon = 0, title_end;
        bool lead = pat(&whole, 0, "chu tri", NULL) != 0 && w->agency_to > w->agency_from;
        bool found;
        struct draft_task *t;

        while (colon < whole.n && whole.bare[colon] != ':')
                colon = view_next(&whole, colon);
        found = colon < whole.n && colon < 200 && (from = view_skip(&whole, colon, ": ")) < whole.n &&
                (to = pat(&whole, from, "ngay {D}", NULL)) != 0;
        if (found) {
                deadline_parse(x->a, view_str(&whole, from, to), x->year, &due);
                title_end = colon;
        } else {
                found = deadline_in(x, &whole, x->year, &from, &to, &due);
                title_end = found && colon < from ? colon : from;
        }
        if (!found && !lead)
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
                size_t title = found ? last_clause(&whole, colon, from) : 0;

                if (title)
                        title_end = from;
                t->title = field_at(x, it->text + title, it->text + (title_end ? title_end : whole.n), 75, "milestone");
        }
        if (found) {
                t->deadline_text = field_at(x, it->text + from, it->text + to, 85, "sentence-deadline");
                t->deadline = due;
        }
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
        stop = agency_phrase(&rest, 0);
        w->agency_from = end;
        w->agency_to = stop ? end + stop : sentence_end(v, end, it->to);
}

void
tasks_calendar(struct xt *x, const struct part *p)
{
        struct place w = { 0 };

        for (size_t s = flow_seg_at(&x->f, p->body + 1); s < x->f.n_segs && x->f.segs[s].from < p->foot; s++) {
                struct item it = item_read(&x->f, s);
                struct str no;

                if (x->f.segs[s].cell >= 0 || it.from >= it.to)
                        continue;
                switch (it.kind) {
                case ITEM_ARTICLE:
                case ITEM_ROMAN:
                        w = (struct place){ .article = it.no };
                        article_agency(x, &w, &it);
                        break;
                case ITEM_NUMBER:
                        w.no = it.no;
                        w.sub = 0;
                        no = w.article.n ? str_fmt(x->a, "%.*s.%.*s", FMT(w.article), FMT(it.no)) : it.no;
                        milestone(x, &w, &it, no);
                        break;
                case ITEM_DASH:
                case ITEM_LETTER:
                        if (!w.no.n)
                                break;
                        no = str_fmt(x->a, "%.*s%s%.*s.%c", FMT(w.article), w.article.n ? "." : "", FMT(w.no),
                                     (char)('a' + (w.sub < 25 ? w.sub : 25)));
                        w.sub++;
                        milestone(x, &w, &it, no);
                        break;
                default:
                        break;
                }
        }
}
