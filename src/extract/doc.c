/* doc.c - a file may hold several papers: where each begins, where its foot and its appendices are. */
#include "extract_priv.h"

#define ISSUER_LINES 4 /* lines above the motto that may name the issuer */
#define HEAD_LEFT                                                                                                      \
        260 /* bytes: the left column of a head, number and all, may come before the motto of the right one            \
             */

/* The motto of the state in capitals with "Độc lập" behind it, or the party's name alone. */
static bool
is_motto(const struct view *v, size_t at)
{
        size_t end = pat(v, at, "cong hoa xa hoi chu nghia viet nam", NULL);

        if (end)
                return view_case(v, at) == CASE_CAPITAL && view_case(v, view_next(v, at)) == CASE_CAPITAL &&
                       pat(v, end, "{*}doc lap", NULL);
        end = pat(v, at, "dang cong san viet nam", NULL);
        return end && view_case(v, view_next(v, at)) == CASE_CAPITAL && (end >= v->n || strchr("\n-*", v->bare[end])) &&
               (at == 0 || strchr("\n ", v->bare[at - 1]));
}

static size_t
next_motto(const struct view *v, size_t from)
{
        for (size_t i = from; i < v->n; i++) {
                if ((v->bare[i] == 'c' || v->bare[i] == 'd') && (i == 0 || !bare_word(v->bare[i - 1])) &&
                    is_motto(v, i))
                        return i;
        }
        return v->n;
}

/* A number line of its own, with a dateline soon behind it: a head without a motto. */
static bool
is_number_line(struct xt *x, size_t seg)
{
        const struct view *v = &x->f.v;
        size_t at = x->f.segs[seg].from;
        size_t end = pat(v, at, "[luat|bo luat] so_:", NULL);
        struct code code;
        struct view near;

        if (!end || !scan_code(x, v, end, &code))
                return false;
        near = view_sub(v, code.to, code.to + 400);
        return pat_find(&near, 0, "ngay{*}thang{*}nam", NULL) < near.n;
}

/* Back over the lines in capitals above the motto. */
static size_t
head_start(struct xt *x, size_t at)
{
        const struct view *v = &x->f.v;
        size_t seg = flow_seg_at(&x->f, at + 1), first = seg;

        while (first > 0 &&
               x->f.segs[first - 1].block == x->f.segs[seg].block) /* the issuer stands in the left column */
                first--;
        for (size_t k = 0; k < ISSUER_LINES && first > 0; k++) {
                const struct seg *s = &x->f.segs[first - 1];
                struct item it = item_read(&x->f, first - 1);

                if (s->to - s->from > 200 || it.kind == ITEM_ROMAN || !view_capitals(v, s->from, s->to))
                        break;
                first--;
        }
        return x->f.segs[first].from;
}

static void
part_ends(struct xt *x, struct part *p)
{
        const struct view *v = &x->f.v;

        p->foot = p->appendix = p->to;
        for (size_t s = flow_seg_at(&x->f, p->from); s < x->f.n_segs && x->f.segs[s].from < p->to; s++) {
                struct item it = item_read(&x->f, s);

                if (it.kind == ITEM_APPENDIX && it.from > p->from && p->appendix == p->to)
                        p->appendix = it.from;
                if (p->foot == p->to && pat(v, x->f.segs[s].from, "[- ]noi nhan", NULL))
                        p->foot = x->f.segs[s].from;
        }
        if (p->foot > p->appendix && p->appendix > p->from) /* a foot behind the appendix belongs to it */
                p->foot = p->to;
}

size_t
parts_find(struct xt *x, struct part *ret, size_t max)
{
        const struct view *v = &x->f.v;
        size_t n = 1, first_motto = next_motto(v, 0);
        bool head_done = false;
        size_t number = 0;

        ret[0] = (struct part){ .from = 0 };
        /* The first motto opens the first paper unless a number stood before it. */
        for (size_t s = 0; s < x->f.n_segs && x->f.segs[s].from < first_motto; s++) {
                bool line = is_number_line(x, s);

                number = line ? x->f.segs[s].to : number;
                head_done = head_done || line || pat(v, x->f.segs[s].from, "noi nhan", NULL);
        }
        if (number && first_motto < HEAD_LEFT)
                head_done = false;
        for (size_t at = first_motto; at < v->n && n < max; at = next_motto(v, at + 1)) {
                size_t from = head_start(x, at);

                if (head_done && from > ret[n - 1].from)
                        ret[n++] = (struct part){ .from = from };
                head_done = true;
        }
        for (size_t i = 0; i < n; i++) {
                ret[i].to = i + 1 < n ? ret[i + 1].from : v->n;
                ret[i].body = ret[i].from;
                part_ends(x, &ret[i]);
        }
        return n;
}
