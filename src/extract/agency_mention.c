/* agency_mention.c - the pieces of a cell to mentions: superiors and roles cut off, names spelled out, how sure each
 * is. */
#include "agency_priv.h"

#include "dd_text.h"

/* "Bộ" alone at the end of a cell that a page break cut: no name. */
static bool
cut_head(const struct view *v, const struct piece *p)
{
        size_t end = marked_at(v, p->from, "bộ") ? marked_at(v, p->from, "bộ") : marked_at(v, p->from, "sở");

        return end == p->to;
}

/* A body under the one named after it: "Vụ Pháp chế - BTC", "Cục Kiểm tra văn bản Bộ Tư pháp". The superior becomes a
 * note. Only for two names; three joined by dashes are a list. */
static void
join_superior(struct arena *a, const struct view *v, struct pieces *p)
{
        size_t end;
        const struct head_word *first, *second;
        struct view gap;

        if (p->n != 2 || p->v[0].note.n)
                return;
        first = head_at(v, p->v[0].from, &end);
        second = head_at(v, p->v[1].from, &end);
        gap = view_sub(v, p->v[0].to, p->v[1].from);
        if (!first || !first->sub || memchr(gap.bare, ';', gap.n) || pat_find(&gap, 0, "va", NULL) < gap.n)
                return;
        if (second && !(second->kind == AK_MINISTRY || marked_at(v, p->v[1].from, "tổng cục")))
                return;
        if (!second && !acronym_at(v, p->v[1].from))
                return;
        p->v[0].note = squeezed(a, view_str(v, p->v[1].from, p->v[1].to));
        p->n = 1;
}

/* " Bộ Tư pháp" behind the name of a part of it. */
static void
cut_superior(struct arena *a, const struct view *v, struct piece *p)
{
        size_t end;
        const struct head_word *h = head_at(v, p->from, &end);

        if (!h || !h->sub)
                return;
        for (size_t i = end; i < p->to; i = view_next(v, i)) {
                size_t after = v->bare[i - 1] == ' ' ? marked_at(v, i, "bộ") : 0;

                if (after && after < p->to && view_case(v, i) == CASE_CAPITAL &&
                    view_case(v, view_skip(v, after, " ")) == CASE_CAPITAL && p->note.n == 0) {
                        p->note = squeezed(a, view_str(v, i, p->to));
                        p->to = i;
                        while (p->to > p->from && strchr(" ,-", v->bare[p->to - 1]))
                                p->to--;
                        return;
                }
        }
}

/* "Sở X chủ trì; Sở Y, UBND cấp xã phối hợp": what a name does is no part of it. */
static void
cut_roles(const struct view *v, struct pieces *p)
{
        for (size_t i = 0; i < p->n; i++) {
                struct view name = view_sub(v, p->v[i].from, p->v[i].to);
                size_t end, role = pat_find(&name, 1, "(chu tri|phoi hop|tham gia|thuc hien)$", &end), first = i;

                if (role >= name.n || role < 4 || view_case(&name, role) != CASE_SMALL)
                        continue;
                while (first > 0 && !memchr(v->bare + p->v[first - 1].to, ';', p->v[first].from - p->v[first - 1].to))
                        first--;
                if (name.bare[role] == 'p' && first > 0)
                        p->helpers = p->v[first].from;
                p->v[i].to = p->v[i].from + role;
                while (p->v[i].to > p->v[i].from && strchr(" ,", v->bare[p->v[i].to - 1]))
                        p->v[i].to--;
        }
}

void
mentions_split(struct arena *a, const struct view *v, struct pieces *ret)
{
        agency_split(a, v, ret);
        cut_roles(v, ret);
        join_superior(a, v, ret);
        for (size_t i = 0; i < ret->n; i++) {
                cut_superior(a, v, &ret->v[i]);
                if (ret->n > 1 && i + 1 == ret->n && cut_head(v, &ret->v[i]))
                        ret->n--;
        }
}

struct str
piece_name(struct arena *a, const struct view *v, const struct piece *p)
{
        struct str text = squeezed(a, view_str(v, p->from, p->to));

        return agency_expand(a, p->each ? str_fmt(a, "%s %.*s", p->each, FMT(text)) : text);
}

/* How sure a name is: a head that is known, words as they are usually written. A name whose marks or letters were put
 * right is shown to the person. */
static int
name_confidence(struct xt *x, const struct view *v, const struct piece *p, const struct mention *m)
{
        size_t end;

        if (!p->each && !str_eq(m->name, agency_expand_exact(x->a, m->text)))
                return 55;
        if (!p->each && str_eq(text_fold(x->a, m->text), text_fold(x->a, m->name)) &&
            !str_eq(text_exact(x->a, m->text), text_exact(x->a, m->name)))
                return 70;
        return p->each || head_at(v, p->from, &end) || abbreviation_of(m->text) ? 95 : 70;
}

void
mentions_at(struct xt *x, size_t from, size_t to, struct mentions *ret, struct mentions *helpers)
{
        struct view v = view_sub(&x->f.v, from, to);
        struct pieces p = { 0 };

        mentions_split(x->a, &v, &p);
        for (size_t i = 0; i < p.n; i++) {
                bool helps = helpers && p.helpers && p.v[i].from >= p.helpers;
                struct mention *m = helps ? VEC_PUSH(x->a, helpers) : VEC_PUSH(x->a, ret);

                m->text = squeezed(x->a, view_str(&v, p.v[i].from, p.v[i].to));
                m->name = piece_name(x->a, &v, &p.v[i]);
                m->kind = agency_kind_of(x->a, m->name);
                m->note = p.v[i].note;
                m->span = flow_span(&x->f, from + p.v[i].from, from + p.v[i].to);
                m->confidence = name_confidence(x, &v, &p.v[i], m);
        }
}
