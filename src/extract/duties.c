/* duties.c - the section on organisation: who has to do what in general, what is only asked ("Đề nghị ..."), and what
 * returns (reports every six months). */
#include "extract_priv.h"

#include "agency_priv.h"

struct duties {
        struct str section, number;
        size_t agency_from, agency_to; /* of the numbered paragraph that heads letters */
        struct str letters[40];        /* letters seen under the number */
        size_t n_letters;
};

static struct draft_duty *
duty_add(struct xt *x)
{
        struct {
                struct draft_duty *v;
                size_t n, cap;
        } vec = { x->d->duties, x->d->n_duties, x->d->cap_duties };
        struct draft_duty *d = VEC_PUSH(x->a, &vec);

        x->d->duties = vec.v;
        x->d->n_duties = vec.n;
        x->d->cap_duties = vec.cap;
        return d;
}

static void
duty_read(struct xt *x, const struct duties *o, struct str no, const struct item *it)
{
        const struct view *v = &x->f.v;
        struct view whole = view_sub(v, it->text, it->to);
        size_t ask = pat(&whole, 0, "de nghi ", NULL), at = ask ? view_skip(&whole, ask, " ") : 0,
               end = agency_phrase(&whole, at);
        struct draft_duty *d = duty_add(x);

        d->no = no;
        d->request = ask != 0;
        d->span = flow_span(&x->f, it->from, it->to);
        d->text = field_at(x, it->text, it->to, 90, "duty");
        if (end)
                d->agency = field_at(x, it->text + at, it->text + end, 85, "duty-agency");
        else if (o->agency_to > o->agency_from)
                d->agency = field_at(x, o->agency_from, o->agency_to, 75, "duty-heading");
        while (d->agency.text.n && strchr(" -,:", d->agency.text.p[d->agency.text.n - 1]))
                d->agency.text.n--;
        d->recur = recur_in(x->a, &whole);
}

static struct str
letter_no(struct xt *x, struct duties *o, struct str letter)
{
        size_t seen = 1;

        for (size_t i = 0; i < o->n_letters; i++)
                seen += str_eq(o->letters[i], letter);
        if (o->n_letters < ARRAY_LEN(o->letters))
                o->letters[o->n_letters++] = letter;
        if (seen > 1)
                return str_fmt(x->a, "%.*s.%.*s.%.*s (lần %zu)", FMT(o->section), FMT(o->number), FMT(letter), seen);
        return str_fmt(x->a, "%.*s.%.*s.%.*s", FMT(o->section), FMT(o->number), FMT(letter));
}

/* A numbered paragraph that is only a name heads the letters under it. */
static bool
is_heading(struct xt *x, size_t seg, const struct item *it)
{
        size_t end;

        return seg + 1 < x->f.n_segs && item_read(&x->f, seg + 1).kind == ITEM_LETTER && it->to - it->text < 260 &&
               agency_head(&x->f.v, it->text, &end);
}

void
duties_read(struct xt *x, const struct part *p)
{
        const struct view *v = &x->f.v;
        struct duties o = { 0 };
        size_t end = p->foot < p->appendix ? p->foot : p->appendix;
        bool on = false;

        for (size_t s = flow_seg_at(&x->f, p->body + 1); s < x->f.n_segs && x->f.segs[s].from < end; s++) {
                struct item it = item_read(&x->f, s);

                if (x->f.segs[s].cell >= 0)
                        continue;
                if (it.kind == ITEM_ROMAN) {
                        struct view title = view_sub(v, it.text, it.to);

                        on = pat_find(&title, 0, "(to chuc thuc hien|trach nhiem|phan cong)", NULL) < title.n;
                        o = (struct duties){ .section = it.no };
                } else if (on && it.kind == ITEM_NUMBER) {
                        o.number = it.no;
                        o.n_letters = 0;
                        o.agency_from = o.agency_to = 0;
                        if (is_heading(x, s, &it)) {
                                o.agency_from = it.text;
                                o.agency_to = it.to;
                        } else {
                                duty_read(x, &o, str_fmt(x->a, "%.*s.%.*s", FMT(o.section), FMT(it.no)), &it);
                        }
                } else if (on && it.kind == ITEM_LETTER && o.number.n) {
                        duty_read(x, &o, letter_no(x, &o, it.no), &it);
                }
        }
}
