/* tasks_bracket.c - lists whose items carry who and when in a bracket at their end: "1.2. Rà soát văn bản (Sở Tư pháp
 * chủ trì; các sở, ngành phối hợp; hoàn thành trong tháng 8/2025)". Taught by resolutions on development plans and
 * conclusions of conferences. */
#include "extract_priv.h"

#include "table_priv.h"

#define ROLES "(chu tri|phoi hop|thuc hien|phu trach|tham muu|chiu trach nhiem|dau moi)"

struct bracket {
        struct item it;
        size_t from, to; /* inside it */
};

/* The bracket that ends the item, when it opens with an agency, tells its part and goes on behind a
 * semicolon: an agency alone in brackets is read by tasks_calendar.c. */
static bool
bracket_of(const struct view *v, const struct item *it, struct bracket *ret)
{
        size_t end = sentence_end(v, it->text, it->to), open = end;
        int depth = 0;
        struct view inside;

        if (end < it->text + 20 || v->bare[end - 1] != ')')
                return false;
        while (open > it->text) {
                open--;
                depth += v->bare[open] == ')';
                depth -= v->bare[open] == '(';
                if (depth == 0)
                        break;
        }
        if (v->bare[open] != '(' || open < it->text + 12)
                return false;
        inside = view_sub(v, open + 1, end - 1);
        *ret = (struct bracket){ *it, open + 1, end - 1 };
        return inside.n > 0 && !memchr(inside.bare, ':', inside.n) && memchr(inside.bare, ';', inside.n) &&
               agency_opens(&inside, 0) && pat_find(&inside, 1, ROLES, NULL) < inside.n;
}

/* A part that is a time: "hoàn thành trong tháng 8/2025", "thường xuyên". */
static bool
time_part(struct xt *x, struct draft_task *t, size_t from, size_t to)
{
        struct view part = view_sub(&x->f.v, from, to);
        size_t due_from = 0, due_to = to - from;
        struct deadline d;

        if (agency_opens(&part, 0))
                return false;
        deadline_parse(x->a, view_str(&x->f.v, from, to), x->year, &d);
        if (d.kind == DL_NONE || d.kind == DL_UNKNOWN)
                return false;
        if (!deadline_in(x, &part, x->year, &due_from, &due_to, &d))
                due_from = 0, due_to = part.n;
        task_deadline(x, t, from + due_from, from + due_to, "bracket-deadline");
        return true;
}

/* One part between semicolons. */
static void
part_put(struct xt *x, struct draft_task *t, size_t from, size_t to)
{
        const struct view *v = &x->f.v;
        struct view part;
        size_t role, end;
        bool helps;

        from = view_skip(v, from, " \n;");
        while (to > from && strchr(" \n;.,", v->bare[to - 1]))
                to--;
        if (to <= from || time_part(x, t, from, to))
                return;
        part = view_sub(v, from, to);
        role = pat_find(&part, 1, ROLES "$", &end);
        helps = role < part.n && part.bare[role] == 'p' && part.bare[role + 2] == 'o';
        if (!t->lead.n && !helps) {
                t->lead_field = field_at(x, from, to, 80, "bracket-lead");
                mentions_at(x, from, to, &t->lead, &t->coordinating);
        } else {
                t->coordinating_field = field_at(x, from, to, 80, "bracket-coordinating");
                mentions_at(x, from, to, &t->coordinating, NULL);
        }
}

static void
bracket_put(struct xt *x, const struct bracket *b, struct str section)
{
        const struct view *v = &x->f.v;
        struct draft_task *t = draft_task_add(x, b->it.from, b->it.to);
        size_t from = b->from, to = b->from;
        int depth = 0;

        t->no = section.n && b->it.no.n ? str_fmt(x->a, "%.*s.%.*s", FMT(section), FMT(b->it.no)) : b->it.no;
        t->group = section;
        t->confidence = 75;
        t->title = field_at(x, b->it.text, sentence_end(v, b->it.text, b->from - 1), 80, "bracket-title");
        for (; to <= b->to; to = to < b->to ? view_next(v, to) : to + 1) {
                depth += to < b->to && v->bare[to] == '(';
                depth -= to < b->to && v->bare[to] == ')';
                if (to < b->to && (v->bare[to] != ';' || depth > 0))
                        continue;
                part_put(x, t, from, to);
                from = to + 1;
        }
}

void
tasks_bracket(struct xt *x, const struct part *p)
{
        struct str section = STR_NONE;

        for (size_t s = flow_seg_at(&x->f, p->body + 1); s < x->f.n_segs && x->f.segs[s].from < p->foot; s++) {
                struct item it = item_read(&x->f, s);
                struct bracket b;

                if (x->f.segs[s].cell >= 0 || it.from >= it.to)
                        continue;
                if (it.kind == ITEM_ROMAN)
                        section = it.no;
                else if ((it.kind == ITEM_NUMBER || it.kind == ITEM_LETTER || it.kind == ITEM_DASH) &&
                         bracket_of(&x->f.v, &it, &b))
                        bracket_put(x, &b, section);
        }
}
