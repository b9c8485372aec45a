/* tasks_agencies.c - plans without a table whose tasks stand under headings that name an agency ("2. Bộ Công an: a)
 * ...; b) ..."), or are sentences that assign ("Giao Sở X chủ trì, phối hợp với Sở Y ..."). Taught by decision
 * 773/QĐ-TTg and by directives, official letters and plans of provinces of the same build. */
#include "extract_priv.h"

#include "table_priv.h"

#include <ctype.h>

/* Words that hand a task over; "Đề nghị" asks. */
#define ASSIGN "(giao|yeu cau|de nghi|phan cong|kien nghi|uy quyen|giao trach nhiem) [cho]_"
#define ASK    "(de nghi|kien nghi) "

struct heading {
        struct str section, no;
        size_t from, to; /* the agency in the flow */
        size_t count;    /* tasks under it */
        bool open, request;
        bool single;  /* "1. Giao Sở X ...": one task, which has the item's own number */
        bool subject; /* "Sở X phối hợp với Sở Y ...": the agency is the sentence's own */
        bool letter;  /* "a) Bộ X:" under a number that names a matter */
};

/* Behind "phối hợp với": the agencies helped. Gives where the task itself goes on. */
static size_t
helpers_read(struct xt *x, struct draft_task *t, size_t from, size_t to)
{
        struct view rest = view_sub(&x->f.v, from, to);
        size_t stop = agency_phrase(&rest, 0);

        if (!stop)
                return 0;
        t->coordinating_field = field_at(x, from, from + stop, 80, "sentence-coordinating");
        mentions_at(x, from, from + stop, &t->coordinating, NULL);
        return from + stop;
}

/* "Chủ trì, phối hợp với X làm Y": the agencies helped are coordinating, the title is Y. */
size_t
lead_words(struct xt *x, struct draft_task *t, size_t from, size_t to)
{
        const struct view *v = &x->f.v;
        size_t end = pat(v, from,
                         "[co trach nhiem]_[:]_[la (co quan|don vi|bo phan) (dau moi|thuong truc)]_[,]_[chu tri|chu "
                         "dong]_[,]_[va]_"
                         "(phoi hop|phoi hop chat che) (voi|cung)_",
                         NULL),
               after;

        if (end && end < to) {
                after = helpers_read(x, t, end, to);
                return after ? view_skip(v, after, " ,:") : from;
        }
        end = pat(v, from, "(chu tri|co trach nhiem chu tri)_[,]_[va] phoi hop_", NULL);
        if (!end)
                end = pat(v, from, "(chu tri|co trach nhiem chu tri)_[,]_[to chuc]_", NULL);
        if (!end)
                end = pat(v, from, "la (co quan|don vi|bo phan) (dau moi|thuong truc){*}(co|chiu) trach nhiem_[:]_",
                          NULL);
        if (!end)
                end = pat(v, from, "(co|chiu) trach nhiem_[:]_", NULL);
        return end && end < to ? view_skip(v, end, " ,") : from;
}

size_t
sentence_end(const struct view *v, size_t from, size_t to)
{
        while (to > from && strchr(" \n;.,/", v->bare[to - 1]))
                to--;
        return to;
}

/* An item that names its own agency: "a) Sở Tài chính thẩm định ..." under "Các sở, ngành". End of the name, 0 = no. */
static size_t
own_agency(const struct view *v, size_t from, size_t to)
{
        struct view item = view_sub(v, from, to);
        size_t end = agency_phrase(&item, 0);

        return end && end + 8 < item.n && view_case(v, from) == CASE_CAPITAL ? from + end : 0;
}

static struct str
task_no(struct xt *x, const struct heading *h)
{
        struct str section = h->section;

        if (h->single)
                return section.n ? str_fmt(x->a, "%.*s.%.*s", FMT(section), FMT(h->no)) : h->no;
        if (!h->no.n)
                return str_fmt(x->a, "%.*s%s%zu", FMT(section), section.n ? "." : "", h->count);
        return str_fmt(x->a, "%.*s%s%.*s.%zu", FMT(section), section.n ? "." : "", FMT(h->no), h->count);
}

/* All tasks under one heading have its agency: it is taken apart once. */
static bool
as_before(const struct xt *x, struct draft_task *t, struct span who)
{
        const struct draft_task *o = x->d->n_tasks > 1 ? t - 1 : NULL;

        if (!o || o->lead_field.text.n == 0 || o->lead_field.span.from != who.from || o->lead_field.span.to != who.to ||
            o->lead.n == 0 || str_has(o->lead_field.text, S("hối hợp")))
                return false;
        t->lead_field = o->lead_field;
        t->lead = o->lead;
        t->lead.cap = t->lead.n; /* shared: whoever adds makes room of its own */
        return true;
}

static void
task_parties(struct xt *x, struct draft_task *t, size_t from, size_t to, bool helps)
{
        if (helps) {
                t->coordinating_field = field_at(x, from, to, 80, "agency-heading");
                mentions_at(x, from, to, &t->coordinating, NULL);
        } else if (!as_before(x, t, flow_span(&x->f, from, to))) {
                t->lead_field = field_at(x, from, to, 85, "agency-heading");
                mentions_at(x, from, to, &t->lead, &t->coordinating);
        }
}

static void
agency_task(struct xt *x, struct heading *h, size_t from, size_t to)
{
        const struct view *v = &x->f.v;
        size_t own = own_agency(v, from, to), who = own ? from : h->from, who_to = own ? own : h->to, due_from, due_to;
        struct draft_task *t;
        struct view whole;
        bool helps;

        if (own)
                from = view_skip(v, own, " :,-");
        helps = pat(v, from, "(phoi hop|tham gia)", NULL) != 0 &&
                !((own ? v->bare[own] != ':' : h->subject) && pat(v, from, "phoi hop (voi|cung) ", NULL));
        to = sentence_end(v, from, to);
        if (to < from + 8)
                return;
        h->count++;
        if (h->count == 1 && !h->single)
                draft_group_add(x, h->from, h->to)->no = h->no;
        t = draft_task_add(x, from, to);
        t->no = task_no(x, h);
        t->group = h->single ? STR_NONE : h->no;
        if (!helps)
                from = lead_words(x, t, from, to);
        t->title = field_at(x, from, to, 80, "agency-heading");
        task_parties(x, t, who, sentence_end(v, who, who_to), helps);
        whole = view_sub(v, from, to);
        if (deadline_in(x, &whole, x->year, &due_from, &due_to, &t->deadline))
                t->deadline_text = field_at(x, from + due_from, from + due_to, 80, "sentence-deadline");
        if (h->request)
                task_note(x, t, S("Đề nghị (không phải giao nhiệm vụ)."));
        t->confidence = 75;
}

/* "a) ...; b) ...; c) ..." in one paragraph: the beginning of the next letter of the list, `to` = none. */
static size_t
next_letter(const struct view *v, size_t from, size_t to)
{
        for (size_t i = from; i + 2 < to; i = view_next(v, i)) {
                size_t end = view_next(v, i);

                if (isalpha((unsigned char)v->bare[i]) && (i == from || strchr(" \n", v->bare[i - 1])) && end < to &&
                    v->bare[end] == ')' && v->bare[end + 1] == ' ' &&
                    (i == from || strchr(";.:", v->bare[i - 2 < i ? i - 2 : 0])))
                        return i;
        }
        return to;
}

/* "..., hoàn thành trong tháng 9/2025; Trung tâm Phát triển quỹ đất hoàn thành ...": behind the semicolon another
 * agency is told what to do. Where it begins, `to` = none. */
static size_t
next_agency(const struct view *v, size_t from, size_t to)
{
        for (size_t i = from; i + 2 < to; i = view_next(v, i)) {
                size_t at = v->bare[i] == ';' ? view_skip(v, i + 1, " \n") : 0,
                       assign = at ? pat(v, at, ASSIGN, NULL) : 0;
                struct view rest;
                size_t end;

                if (!at || at + 20 > to)
                        continue;
                rest = view_sub(v, assign ? assign : at, to);
                end = agency_phrase(&rest, 0);
                if (end && (assign || view_case(v, at) == CASE_CAPITAL) && agency_verb(&rest, end) &&
                    !pat(&rest, end, "(phoi hop|chu tri)$", NULL))
                        return at;
        }
        return to;
}

/* The text behind an agency: one task, or one for each letter of its list. */
static void
rest_tasks(struct xt *x, struct heading *h, size_t from, size_t to)
{
        const struct view *v = &x->f.v;
        size_t at = next_letter(v, from, to);

        if (at != from) {
                size_t stop = at < to && at > from + 60 ? at : to,
                       other = h->single ? next_agency(v, from, stop) : stop;

                agency_task(x, h, from, other);
                for (; other < stop; other = at) {
                        size_t assign = pat(v, other, ASSIGN, NULL);

                        at = next_agency(v, other + 1, stop);
                        agency_task(x, h, assign ? assign : other, at);
                }
                if (stop == to)
                        return;
                at = stop;
        }
        h->single = false;
        while (at < to) {
                size_t text = view_skip(v, view_next(v, at) + 1, " "), next = next_letter(v, text, to);

                agency_task(x, h, text, next);
                at = next;
        }
}

/* Nothing behind a name but "có trách nhiệm:", "thực hiện các nhiệm vụ sau:", a colon or a stop. */
static bool
only_leads_on(const struct view *v, size_t at)
{
        size_t end = v->n;

        while (end > at && strchr(" \n", v->bare[end - 1]))
                end--;
        return view_skip(v, at, " :.\n") >= v->n || (end > at && end - at < 90 && v->bare[end - 1] == ':');
}

/* What may stand before the agency of a heading: "Đối với Sở Y tế:", "Trách nhiệm của Sở Y tế". */
#define ABOUT "(doi voi|ve phia|[phan cong] (trach nhiem|nhiem vu) cua) "

/* "Về giải phóng mặt bằng dự án X: Giao UBND xã Y ...": the matter stands before the sentence. Where that begins, 0 =
 * no such. */
static size_t
about_matter(const struct view *v, size_t from, size_t to)
{
        size_t colon = from;

        if (!pat(v, from, "(ve|doi voi|lien quan|lien quan den) ", NULL))
                return 0;
        while (colon < to && v->bare[colon] != ':' && colon - from < 240)
                colon = view_next(v, colon);
        colon = colon < to && v->bare[colon] == ':' ? view_skip(v, colon + 1, " ") : to;
        return colon < to && view_case(v, colon) == CASE_CAPITAL ? colon : 0;
}

/* Opens a heading when the paragraph begins with an agency; a sentence behind it is its first task. */
static void
heading_open(struct xt *x, struct heading *h, const struct item *it, struct str section)
{
        const struct view *v = &x->f.v;
        struct view whole;
        size_t at = it->text, end, assign = pat(v, at, ASSIGN, NULL), head;
        bool matter = false;

        *h = (struct heading){ .section = section, .no = it->no, .request = pat(v, at, ASK, NULL) != 0 };
        if (assign || (assign = pat(v, at, ABOUT, NULL)) != 0)
                at = view_skip(v, assign, " ");
        if (!assign && (assign = about_matter(v, at, it->to)) != 0) {
                matter = true;
                at = assign;
                assign = pat(v, at, ASSIGN, NULL);
                at = assign ? view_skip(v, assign, " ") : at;
        }
        whole = view_sub(v, at, it->to);
        if (!agency_opens(&whole, 0) || !agency_head(&whole, 0, &head))
                return;
        end = agency_phrase(&whole, 0);
        if (matter && (!end || whole.bare[end] == '.' || only_leads_on(&whole, end)))
                return;
        h->open = true;
        h->from = at;
        if (!end || whole.bare[end] == '.' || only_leads_on(&whole, end)) { /* nothing but the name */
                h->to = sentence_end(v, at, end ? at + end : it->to);
                while (h->to > at && v->bare[h->to - 1] == ':')
                        h->to--;
                h->open = h->to - h->from < 260 && (it->kind != ITEM_NONE || v->bare[it->to - 1] == ':');
                return;
        }
        h->to = sentence_end(v, at, at + end);
        h->subject = whole.bare[end] != ':';
        h->single = matter || (assign && pat(v, it->text, ASSIGN, NULL)) || it->kind == ITEM_DASH;
        rest_tasks(x, h, view_skip(v, at + end, " :\n-"), it->to);
}

/* "Yêu cầu Thủ trưởng các sở ...", "Giao Sở X ...". */
static bool
assigns(struct xt *x, const struct item *it)
{
        struct view whole = view_sub(&x->f.v, it->text, it->to);
        size_t assign = pat(&whole, 0, ASSIGN, NULL);

        return assign && agency_opens(&whole, view_skip(&whole, assign, " "));
}

/* "a) Bộ Tài chính:": a letter over the dashes that follow. */
static bool
names_only(struct xt *x, const struct item *it)
{
        struct view whole = view_sub(&x->f.v, it->text, it->to);
        size_t end = it->kind == ITEM_LETTER ? agency_phrase(&whole, 0) : 0;

        return end && whole.bare[end] == ':' && view_skip(&whole, end + 1, " \n") >= whole.n;
}

/* Does a paragraph without an open heading name who has to act? Dashes and letters do as numbers do; plain paragraphs
 * only when they assign, or are a name and a colon. */
static bool
may_head(struct xt *x, const struct item *it)
{
        const struct view *v = &x->f.v;
        struct view whole = view_sub(v, it->text, it->to);
        size_t end;

        if (it->kind == ITEM_NUMBER || assigns(x, it))
                return true;
        end = agency_phrase(&whole, 0);
        if (names_only(x, it))
                return true;
        if (it->kind == ITEM_DASH || it->kind == ITEM_LETTER)
                return end && (whole.bare[end] != ':' || agency_verb(&whole, view_skip(&whole, end, ": ")));
        return end && whole.bare[end] == ':' && end < 160 && view_skip(&whole, end + 1, " ") >= whole.n &&
               view_case(v, it->text) == CASE_CAPITAL && view_case(v, view_next(v, it->text)) == CASE_SMALL;
}

/* "I. SỞ NỘI VỤ": a section that is one agency's. Only what no other title begins with. */
static bool
section_agency(struct xt *x, struct heading *h, const struct item *it)
{
        static const char AGENCIES[] =
            "[doi voi|trach nhiem cua|nhiem vu cua] (so|bo|van phong|cong an|bo chi huy|ubnd|uy ban nhan dan|uy ban "
            "mat "
            "tran|uy ban mttq|cac (so|bo|nganh|co quan|don vi|phong)|tinh doan|hoi (nong dan|lien hiep|cuu chien binh)|"
            "trung tam|benh vien|chi cuc|cuc|vu|ban (quan ly|dan toc|to chuc|tuyen giao|chi huy)|lien minh|lien doan|"
            "bao hiem xa hoi|kho bac|ngan hang nha nuoc|thanh tra tinh|phong) ";
        size_t tasks = x->d->n_tasks;

        h->open = false;
        if (it->to - it->text > 160 ||
            (!pat(&x->f.v, it->text, AGENCIES, NULL) && !pat(&x->f.v, it->text, "(doi voi|ve phia) ", NULL)))
                return false;
        heading_open(x, h, it, STR_NONE);
        return h->open && x->d->n_tasks == tasks;
}

/* "Điều 3. Giao Sở X ...": an article that is one task; who carries the paper out is none. */
static void
article_task(struct xt *x, struct heading *h, const struct item *it)
{
        struct view whole = view_sub(&x->f.v, it->text, it->to);
        size_t agency = view_skip(&whole, pat(&whole, 0, ASSIGN, NULL), " "), end = agency_phrase(&whole, agency);

        h->open = false;
        if (!end || whole.bare[end] == '.' || only_leads_on(&whole, end) ||
            pat_find(&whole, 0, "(chiu trach nhiem thi hanh|thi hanh quyet dinh|can cu quyet dinh)", NULL) < whole.n)
                return;
        heading_open(x, h, it, STR_NONE);
        h->open = false;
}

/* "Yêu cầu các đơn vị nghiêm túc thực hiện./.", "... thông báo để các cơ quan biết": the last words of a paper. */
static bool
closes(struct xt *x, const struct item *it)
{
        struct view whole = view_sub(&x->f.v, it->text, it->to);
        size_t end;

        while (whole.n > 0 && strchr(" \n./", whole.bare[whole.n - 1]))
                whole.n--;
        if (pat_find(
                &whole, 0,
                "(chiu|co) trach nhiem [to chuc] (thi hanh|thuc hien|trien khai thuc hien) (quyet dinh|thong tu|nghi "
                "dinh|nghi quyet|ke hoach|chi thi|luat|quy dinh|cong dien|thong bao|phap lenh)[ lien tich] nay$",
                &end) < whole.n)
                return true;
        if (it->kind != ITEM_NONE || whole.n > 400)
                return false;
        if (pat(&whole, 0, "(rat mong|kinh mong|kinh de nghi|tran trong|tren day)", NULL))
                return true;
        return pat_find(&whole, 0, "thong bao (de|den|toi|y kien)", &end) < whole.n ||
               pat_find(
                   &whole, 0,
                   "(nghiem tuc|khan truong|kip thoi|phoi hop|to chuc|quan tam|biet)_[,]_[va]_[to chuc|trien khai|"
                   "phoi hop]_[,]_[trien khai] thuc hien"
                   "[ cac noi dung tren| noi dung tren| [nghiem] (ke hoach|chi thi|cong dien|thong bao|van ban) nay]$",
                   &end) < whole.n;
}

void
tasks_agencies(struct xt *x, const struct part *p)
{
        struct heading h = { 0 };
        struct str section = STR_NONE, number = STR_NONE;
        bool owned = false; /* the section is one agency's */
        int64_t loose = 0;

        for (size_t s = flow_seg_at(&x->f, p->body + 1); s < x->f.n_segs && x->f.segs[s].from < p->to; s++) {
                struct item it = item_read(&x->f, s);

                if (x->f.segs[s].cell >= 0 || it.from >= it.to)
                        continue;
                if (it.kind == ITEM_ROMAN) {
                        section = it.no;
                        number = STR_NONE;
                        loose = 0;
                        owned = section_agency(x, &h, &it);
                } else if (it.kind == ITEM_ARTICLE && assigns(x, &it)) {
                        article_task(x, &h, &it);
                } else if (it.kind == ITEM_ARTICLE || it.kind == ITEM_APPENDIX ||
                           pat(&x->f.v, it.from, "noi nhan", NULL) || closes(x, &it) ||
                           (it.kind == ITEM_NONE && signature_opens(&x->f.v, it.from, it.to))) {
                        h.open = owned = false;
                } else if (owned && h.open && (it.kind == ITEM_NUMBER || it.kind == ITEM_LETTER) &&
                           !agency_opens(&x->f.v, it.text)) {
                        rest_tasks(x, &h, it.text, it.to);
                } else if (it.kind == ITEM_NUMBER) {
                        number = it.no;
                        heading_open(x, &h, &it, section);
                } else if (h.open && !h.single && it.kind != ITEM_PLUS && !(h.letter && it.kind == ITEM_LETTER) &&
                           !(it.kind == ITEM_NONE && assigns(x, &it))) {
                        h.subject = false;
                        rest_tasks(x, &h, it.text, it.to);
                } else if (may_head(x, &it)) {
                        if (!it.no.n) /* dashes and paragraphs without a number over them are counted */
                                it.no = number.n ? number : str_i64(x->a, ++loose);
                        if (it.kind == ITEM_LETTER && number.n)
                                it.no = str_fmt(x->a, "%.*s.%.*s", FMT(number), FMT(it.no));
                        heading_open(x, &h, &it, section);
                        h.letter = it.kind == ITEM_LETTER;
                        h.open = h.open && (it.kind == ITEM_NONE || names_only(x, &it));
                }
        }
}
