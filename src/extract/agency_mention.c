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

/* Is the piece `at` a ministry or such a body, over which no other stands? */
static bool
superior(struct arena *a, const struct view *v, const struct piece *p)
{
        return marked_at(v, p->from, "tổng cục") ||
               agency_kind_of(a, agency_expand(a, view_str(v, p->from, p->to))) == AK_MINISTRY;
}

/* A body under the one named after it: "Vụ Pháp chế - BTC", "Cục Kiểm tra văn bản Bộ Tư pháp". The superior becomes a
 * note. Of two names any sign between but "và" and ";" will do; in a longer list only a dash. */
static void
join_superior(struct arena *a, const struct view *v, struct pieces *p)
{
        for (size_t k = 0; k + 1 < p->n; k++) {
                size_t end;
                const struct head_word *first = head_at(v, p->v[k].from, &end);
                struct view gap = view_sub(v, p->v[k].to, p->v[k + 1].from);

                if (!first || !first->sub || p->v[k].note.n || memchr(gap.bare, ';', gap.n) ||
                    pat_find(&gap, 0, "va", NULL) < gap.n || (p->n > 2 && !memchr(gap.bare, '-', gap.n)) ||
                    !superior(a, v, &p->v[k + 1]))
                        continue;
                p->v[k].note = squeezed(a, view_str(v, p->v[k + 1].from, p->v[k + 1].to));
                memmove(&p->v[k + 1], &p->v[k + 2], (p->n - k - 2) * sizeof *p->v);
                p->n--;
        }
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

#define PLACES "(xa|phuong|dac khu|thi tran|thi xa|thanh pho|tp|huyen|quan|tinh) "

/* "UBND xã A, xã B và phường C": the committee stands once for several places that are named. The head that the part
 * at `next` borrows, NULL none: "UBND cấp huyện, cấp xã" is one name. */
static const char *
borrowed_head(const struct view *v, size_t from, size_t next)
{
        static const struct {
                const char *pattern, *word;
        } heads[] = { { "(ubnd|uy ban nhan dan) ", "Ủy ban nhân dân" },
                      { "(hdnd|hoi dong nhan dan) ", "Hội đồng nhân dân" },
                      { "dang uy ", "Đảng ủy" },
                      { "cong an ", "Công an" } };

        for (size_t k = 0; k < ARRAY_LEN(heads); k++) {
                size_t end = pat(v, from, heads[k].pattern, NULL), level, place;

                if (!end)
                        continue;
                place = pat(v, next, PLACES, NULL);
                if (!place || view_case(v, place) != CASE_CAPITAL)
                        continue;
                level = pat(v, end, PLACES, NULL);
                if (level && view_case(v, level) == CASE_CAPITAL)
                        return heads[k].word;
        }
        return NULL;
}

static void
split_places(struct arena *a, const struct view *v, struct pieces *ret)
{
        for (size_t k = 0; k < ret->n; k++) {
                struct piece *p = &ret->v[k], rest;

                for (size_t i = p->from; i < p->to; i = view_next(v, i)) {
                        size_t next = v->bare[i] == ',' ? view_skip(v, i + 1, " ")
                                      : v->bare[i] == 'v' && i > p->from && v->bare[i - 1] == ' '
                                          ? pat(v, i, "va_", NULL)
                                          : 0;
                        size_t place = next && p->each ? pat(v, next, PLACES, NULL) : 0;
                        const char *head = !next      ? NULL
                                           : !p->each ? borrowed_head(v, p->from, next)
                                           : place && view_case(v, place) == CASE_CAPITAL ? p->each
                                                                                          : NULL;

                        if (!head || next >= p->to)
                                continue;
                        rest = *p;
                        rest.from = next;
                        rest.each = head;
                        for (p->to = i; strchr(" ,", v->bare[p->to - 1]);)
                                p->to--;
                        (void)VEC_PUSH(a, ret);
                        memmove(&ret->v[k + 2], &ret->v[k + 1], (ret->n - k - 2) * sizeof *ret->v);
                        ret->v[k + 1] = rest;
                        break;
                }
        }
}

/* "Giám đốc, Thủ trưởng các sở": two posts of one class. */
static void
join_posts(const struct view *v, struct pieces *p)
{
        for (size_t k = 0; k + 1 < p->n; k++) {
                if (pat(v, p->v[k].from, "(giam doc|truong phong|vien truong)", NULL) != p->v[k].to ||
                    !pat(v, p->v[k + 1].from, "(thu truong|giam doc|truong|chu tich) ", NULL))
                        continue;
                p->v[k].to = p->v[k + 1].to;
                p->v[k].note = p->v[k + 1].note;
                memmove(&p->v[k + 1], &p->v[k + 2], (p->n - k - 2) * sizeof *p->v);
                p->n--;
        }
}

/* "Như trên; Sở Nội vụ": what only points elsewhere in the paper is no body. */
static void
drop_pointers(const struct view *v, struct pieces *p)
{
        size_t n = 0;

        for (size_t k = 0; p->n > 1 && k < p->n; k++) {
                if (!pat(v, p->v[k].from, "(nhu (tren|kinh gui|dieu {n})|luu[ tru]_:)", NULL))
                        p->v[n++] = p->v[k];
        }
        p->n = p->n > 1 ? n : p->n;
}

void
mentions_split(struct arena *a, const struct view *v, struct pieces *ret)
{
        agency_split(a, v, ret);
        drop_pointers(v, ret);
        join_posts(v, ret);
        split_places(a, v, ret);
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
