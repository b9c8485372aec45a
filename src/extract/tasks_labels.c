/* tasks_labels.c - plans without a table whose tasks carry label lines: "2. Thanh tra cơ sở ... - Cơ quan chủ trì: Sở Y
 * tế. - Thời gian: ...". The title is the numbered (lettered, dashed) paragraph that owns the labels, or stands before
 * them on the same line. Taught by plans of provinces (plan 70 of Cần Thơ as OCR left it), ministries' programmes. */
#include "extract_priv.h"

#include "table_priv.h"

#include <ctype.h>

#define WHO "(co quan|don vi|bo phan|to chuc)[_(,|/|va) (co quan|don vi|to chuc)]"
#define DO  "(chu tri|thuc hien|phu trach|chiu trach nhiem|tham muu|dau moi|soan thao)"

static const struct {
        const char *pattern;
        enum column column;
        bool bare; /* is told without its colon where a capital follows: scans lose colons */
} LABELS[] = {
        { WHO " (phoi hop|tham gia)[ thuc hien]", COL_COORDINATING, .bare = true },
        { "phoi hop[ (thuc hien|voi)]", COL_COORDINATING },
        { WHO " chu tri[_,_tham muu][ (thuc hien|tham muu|soan thao)]", COL_LEAD, .bare = true },
        { WHO " " DO "[ (chinh|thuc hien)]", COL_LEAD },
        { "(don vi|co quan) dau moi", COL_LEAD },
        { "chu tri[ thuc hien]", COL_LEAD },
        { "(phan cong|trach nhiem|to chuc|giao) thuc hien", COL_LEAD },
        { "(phan cong|nguoi phu trach|dau moi|thuc hien)", COL_LEAD },
        { "(thoi (gian|han|diem)|tien do|lo trinh) (hoan thanh|thuc hien|trinh|ban hanh|to chuc|bao cao|trien khai)[ "
          "du kien]",
          COL_DEADLINE, .bare = true },
        { "(thoi (gian|han|diem)|tien do|lo trinh|han (hoan thanh|xong|cuoi)|hoan thanh)[ du kien]", COL_DEADLINE },
        { "(san pham|ket qua|dau ra)[_,_(san pham|ket qua)][ (dau ra|du kien|hoan thanh|thuc hien|dat duoc|can dat)]",
          COL_OUTPUT },
};

struct label {
        enum column column;
        size_t from, value, to; /* where it begins, its value */
};

/* A label stands at the beginning, in brackets, or behind a sign: "... đạt kết quả: tốt" is none. */
static bool
label_place(const struct view *v, size_t from, size_t at)
{
        while (at > from && strchr(" \t*_", v->bare[at - 1]))
                at--;
        return at == from || strchr("\n;.,:()-+|/\2", v->bare[at - 1]);
}

/* A value of the column may begin here though the colon is lost. */
static bool
value_opens(const struct view *v, size_t at, enum column c)
{
        size_t end;

        if (view_case(v, at) == CASE_CAPITAL || isdigit((unsigned char)v->bare[at]))
                return true;
        if (c == COL_DEADLINE)
                return pat(v, at, "(trong|truoc|tu|den|cham nhat|thang|quy|nam|ngay|thuong xuyen|hang|dinh ky)", NULL);
        return agency_head(v, at, &end) && !pat(v, at, "(cac|mot so)", NULL);
}

/* Its colon, or a value right behind where the label needs none. Value's place, 0 = no label. */
static size_t
label_value(const struct view *v, size_t end, bool bare, enum column c)
{
        size_t at = view_skip(v, end, " *_");

        if (at < v->n && v->bare[at] == ':')
                return view_skip(v, at + 1, " *_");
        if (at < v->n && v->bare[at] == '(') { /* "Thời gian (dự kiến): ..." */
                const char *close = memchr(v->bare + at, ')', v->n - at < 60 ? v->n - at : 60);
                size_t k = close ? view_skip(v, (size_t)(close - v->bare) + 1, " *_") : v->n;

                return k < v->n && v->bare[k] == ':' ? view_skip(v, k + 1, " *_") : 0;
        }
        return bare && at > end && at < v->n && value_opens(v, at, c) ? at : 0;
}

/* The next label at or after `at`. */
static bool
label_find(const struct view *v, size_t at, size_t from, size_t to, struct label *ret)
{
        struct view part = view_sub(v, 0, to);

        for (size_t i = at; i < to; i = view_next(v, i)) {
                if (!strchr("cdbptsklhgn", v->bare[i]) || (i > 0 && bare_word(v->bare[i - 1])) ||
                    !label_place(v, from, i))
                        continue;
                for (size_t k = 0; k < ARRAY_LEN(LABELS); k++) {
                        size_t end = pat(&part, i, LABELS[k].pattern, NULL);
                        size_t value = end ? label_value(&part, end, LABELS[k].bare, LABELS[k].column) : 0;

                        if (value) {
                                *ret =
                                    (struct label){ .column = LABELS[k].column, .from = i, .value = value, .to = to };
                                return true;
                        }
                }
        }
        return false;
}

/* Cuts the mark of the next label off a value: "các cơ quan; b)", and a bracket that the title opened. */
static size_t
value_end(const struct view *v, size_t from, size_t to)
{
        size_t opened = 0, closed = 0;

        while (to > from && strchr(" \n\t;.,-+*(/", v->bare[to - 1]))
                to--;
        for (size_t i = from; i < to; i++) {
                opened += v->bare[i] == '(';
                closed += v->bare[i] == ')';
        }
        if (closed <= opened || v->bare[to - 1] != ')')
                return to;
        to--;
        if (to > from && isalpha((unsigned char)v->bare[to - 1]) && (to == from + 1 || !bare_word(v->bare[to - 2])))
                to--; /* the letter of the next one */
        while (to > from && strchr(" \n\t;.,(", v->bare[to - 1]))
                to--;
        return to;
}

struct labelled {
        const struct part *p;
        struct draft_task *task;
        struct item item;  /* may own the labels that follow */
        struct item plain; /* the last paragraph that is nothing else */
        bool owned, fresh; /* there is an owner; no label read for it yet */
        bool torn;         /* the edge of the page is lost */
        int32_t last_no;
        int32_t child;            /* tasks in letters or dashes under the number */
        struct str group, number; /* the section; the numbered item over letters */
};

#define TORN_TITLE 150 /* bytes: more cannot be one line */

/* On a page whose edge is lost only the first clause of a sentence can be trusted. */
static size_t
title_end(const struct labelled *o, const struct view *title)
{
        size_t cut = pat_find(title, 0, "_[,] (cu the|gom|nhu sau|trong do)", NULL), stop = 0;

        while (stop < title->n && title->bare[stop] != ';' &&
               !(title->bare[stop] == '.' && stop + 1 < title->n && strchr(" \n", title->bare[stop + 1])) &&
               !(o->torn && title->n > TORN_TITLE && title->bare[stop] == ',' && stop >= 40))
                stop++;
        cut = stop < cut ? stop : cut;
        while (cut > 0 && strchr(" .:;,-(", title->bare[cut - 1]))
                cut--;
        return cut;
}

/* "1. Công an tỉnh: Tổ chức tuyên truyền ... Thời gian: ...": the agency leads, the title stands behind its colon.
 * Gives where that is, 0 = the title names none. */
static size_t
title_agency(struct xt *x, struct labelled *o, const struct view *title)
{
        size_t end = agency_phrase(title, 0), text = end ? view_skip(title, end, ": ") : 0;

        if (!end || title->bare[end] != ':' || text + 8 > title->n || view_case(title, text) != CASE_CAPITAL)
                return 0;
        o->task->lead_field = field_at(x, o->item.text, o->item.text + end, 80, "title-agency");
        mentions_at(x, o->item.text, o->item.text + end, &o->task->lead, &o->task->coordinating);
        return text;
}

static void
task_open(struct xt *x, struct labelled *o, size_t end, bool leads)
{
        struct view title = view_sub(&x->f.v, o->item.text, o->item.to);
        size_t cut;
        int64_t no = 0;

        o->task = draft_task_add(x, o->item.from, end);
        cut = leads ? 0 : title_agency(x, o, &title);
        o->item.text += cut;
        title = view_sub(&title, cut, title.n);
        cut = title_end(o, &title);
        o->task->title = field_at(x, o->item.text, o->item.text + cut, o->torn ? 50 : 85, "label-title");
        o->task->no = o->item.no.n ? o->item.no : str_fmt(x->a, "%d", o->last_no + 1);
        if ((o->item.kind == ITEM_LETTER || o->item.kind == ITEM_DASH) && o->number.n) {
                o->task->parent = o->number;
                o->task->no = str_fmt(x->a, "%.*s.%.*s", FMT(o->number),
                                      FMT(o->item.no.n ? o->item.no : str_i64(x->a, o->child + 1)));
                o->child++;
        }
        o->task->group = o->group;
        for (size_t i = o->task->no.n; i > 1 && o->item.kind == ITEM_NUMBER && !o->task->parent.n; i--) {
                if (o->task->no.p[i - 1] == '.') /* "2.1" */
                        o->task->parent = str_sub(o->task->no, 0, i - 1);
        }
        if (!o->item.no.n)
                task_note(x, o->task, S("Số thứ tự không đọc được, lấy theo thứ tự."));
        if (o->torn)
                task_note(x, o->task, S("Mép trang bị mất chữ: tên nhiệm vụ chỉ là phần đọc được."));
        o->last_no = str_to_i64(o->task->no, &no) ? (int32_t)no : o->last_no + 1;
        o->fresh = false;
}

static void
label_put(struct xt *x, struct labelled *o, const struct label *l)
{
        size_t end = value_end(&x->f.v, l->value, l->to);
        struct draft_task *t;

        /* a second lead without a new owner: the paragraph before it was one, without a number */
        if (!o->fresh && l->column == COL_LEAD && o->task && o->task->lead_field.text.n && o->plain.to) {
                o->item = o->plain;
                o->fresh = true;
        }
        if (!o->owned && !o->fresh)
                return;
        if (o->fresh)
                task_open(x, o, end, l->column == COL_LEAD);
        o->plain.to = 0;
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

/* All labels from `first` to the end of the segment. */
static void
labels_put(struct xt *x, struct labelled *o, const struct seg *g, struct label l)
{
        struct label next;

        while (true) {
                bool more = label_find(&x->f.v, l.value, g->from, g->to, &next);

                l.to = more ? next.from : g->to;
                label_put(x, o, &l);
                if (!more)
                        return;
                l = next;
        }
}

/* "Z. Tổ chức ...": a number that the scan broke; "Nhiệm vụ 3: ...". */
static bool
other_number(struct xt *x, const struct seg *s, struct item *ret)
{
        const struct view *v = &x->f.v;
        size_t k = view_next(v, s->from), end;
        struct caught got = { 0 };

        end = pat(v, s->from, "(nhiem vu|hoat dong|noi dung|giai phap|de an) [so] {n}_(:|.)_", &got);
        if (end && end < s->to) {
                *ret = (struct item){ .kind = ITEM_NUMBER, .from = s->from, .text = end, .to = s->to };
                ret->no = str_i64(x->a, got.number[0]);
                return true;
        }
        if (s->to - s->from < 12 || view_case(v, s->from) != CASE_CAPITAL || v->bare[k] != '.' || v->bare[k + 1] != ' ')
                return false;
        *ret = (struct item){ .kind = ITEM_NUMBER, .from = s->from, .text = view_skip(v, k + 1, " "), .to = s->to };
        return true;
}

/* Only a number, a letter, a dash or such damage before it: the segment is label lines, not a title. */
static bool
opens_segment(const struct view *v, const struct seg *g, const struct label *l)
{
        return l->from - g->from <= 12 &&
               pat_find(&(struct view){ v->t + g->from, v->bare + g->from, l->from - g->from }, 0,
                        "(va|cua|cac|ve|theo|cho)", NULL) >= l->from - g->from;
}

static bool
labels_follow(struct xt *x, size_t seg)
{
        for (size_t s = seg + 1; s < x->f.n_segs && s < seg + 3; s++) {
                const struct seg *g = &x->f.segs[s];
                struct label l;

                if (g->from >= g->to)
                        continue;
                return g->cell < 0 && label_find(&x->f.v, g->from, g->from, g->to, &l) && opens_segment(&x->f.v, g, &l);
        }
        return false;
}

static void
number_set(struct labelled *o, struct str no)
{
        o->number = no;
        o->child = 0;
}

static void
owner_set(struct labelled *o, const struct item *it)
{
        o->item = *it;
        o->owned = o->fresh = true;
        o->plain.to = 0;
}

/* "- Sở Xây dựng chủ trì, phối hợp với UBND các xã, phường.": who does it, said as a sentence. */
static bool
lead_sentence(struct xt *x, struct labelled *o, const struct item *it)
{
        struct view line = view_sub(&x->f.v, it->text, it->to), rest;
        size_t who = agency_phrase(&line, 0), end, stop;
        struct label lead = { .column = COL_LEAD, .from = it->text, .value = it->text, .to = it->text + who };

        if (!who || !o->owned || !(o->fresh || (o->task && o->task->lead.n == 0)))
                return false;
        end = pat(&line, who, "[la (co quan|don vi)] (chu tri|phu trach|thuc hien|chu tri thuc hien)_[,|.|;]_", NULL);
        if (!end)
                return false;
        stop = pat(&line, end, "[va] phoi hop [chat che] (voi|cung)_", NULL);
        rest = view_sub(&line, stop, line.n);
        if (stop ? agency_phrase(&rest, 0) && rest.bare[agency_phrase(&rest, 0)] != '.' : end < line.n)
                return false;
        label_put(x, o, &lead);
        if (stop)
                label_put(
                    x, o,
                    &(struct label){
                        .column = COL_COORDINATING, .from = it->text + stop, .value = it->text + stop, .to = it->to });
        return true;
}

/* Labels of what a draft has no place for: they own no others. */
#define ASIDE                                                                                                          \
        "(noi dung|muc (tieu|dich)|yeu cau|dia diem|doi tuong|hinh thuc|quy mo|so luong|kinh phi|thanh phan|cach "     \
        "thuc|"                                                                                                        \
        "chi tieu|giai phap|noi dung cu the|phuong thuc)[ thuc hien| tham gia| tham du| to chuc| cu the]_:"

static void
segment_read(struct xt *x, struct labelled *o, size_t s)
{
        const struct view *v = &x->f.v;
        const struct seg *g = &x->f.segs[s];
        struct item it = item_read(&x->f, s);
        bool number = it.kind == ITEM_NUMBER || other_number(x, g, &it);
        struct label l;

        if (label_find(v, g->from, g->from, g->to, &l)) {
                if (!opens_segment(v, g, &l)) { /* "1. Khảo sát ... (Chủ trì: ...; Thời gian: ...)" */
                        it.to = l.from;
                        if (number)
                                number_set(o, it.no);
                        owner_set(o, &it);
                }
                labels_put(x, o, g, l);
                return;
        }
        if ((it.kind == ITEM_DASH || it.kind == ITEM_PLUS) && lead_sentence(x, o, &it))
                return;
        if (number) {
                number_set(o, it.no);
                owner_set(o, &it);
        } else if (it.kind == ITEM_ROMAN) {
                *o = (struct labelled){ .p = o->p, .torn = o->torn, .group = it.no };
        } else if (o->owned && pat(v, it.text, ASIDE, NULL)) {
                return;
        } else if ((it.kind == ITEM_LETTER || it.kind == ITEM_DASH || it.kind == ITEM_PLUS) && labels_follow(x, s)) {
                owner_set(o, &it);
        } else if (it.kind == ITEM_NONE && g->to - g->from > 12) {
                o->plain = it;
        }
}

/* Most longer paragraphs end in the middle of a sentence: the scan lost an edge of the page. */
static bool
page_torn(struct xt *x, const struct part *p)
{
        size_t open = 0, all = 0;

        for (size_t s = flow_seg_at(&x->f, p->body + 1); s < x->f.n_segs && x->f.segs[s].from < p->foot; s++) {
                const struct seg *g = &x->f.segs[s];

                if (g->cell >= 0 || g->to - g->from < 120)
                        continue;
                all++;
                open += !strchr(".;:!?,)\"", x->f.v.bare[g->to - 1]);
        }
        return all >= 8 && open * 10 >= all * 7;
}

void
tasks_labels(struct xt *x, const struct part *p)
{
        struct labelled o = { .p = p, .torn = page_torn(x, p) };

        for (size_t s = flow_seg_at(&x->f, p->body + 1); s < x->f.n_segs && x->f.segs[s].from < p->to; s++) {
                if (x->f.segs[s].cell < 0 && x->f.segs[s].from < x->f.segs[s].to)
                        segment_read(x, &o, s);
        }
}
