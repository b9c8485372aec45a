/* members.c - who sits on a committee and what each follows: "4.2 Lãnh đạo Sở Tài chính: ...". Posts, not persons. */
#include "extract_priv.h"

#include "agency_priv.h"

#define POST                                                                                                           \
        "[cac] [dong chi|ong|ba] (lanh dao|giam doc|pho giam doc|chu tich|pho chu tich|truong|pho truong|chanh|pho "   \
        "chanh|"                                                                                                       \
        "thanh vien|uy vien|dai dien|bi thu|pho bi thu|cuc truong|hieu truong|thu truong|moi|de nghi)"
#define ROLE "(pho truong|truong ban|truong bcd|to truong|uy vien|thanh vien|thu ky|pho to|chu tich hoi dong)"

#define HEAD_MAX 260 /* bytes before the colon */

struct entry {
        struct item item;
        size_t colon;
};

/* A numbered paragraph "<post>: <duty>". */
static bool
entry_read(const struct flow *f, size_t seg, struct entry *ret)
{
        const struct view *v = &f->v;

        ret->item = item_read(f, seg);
        if (f->segs[seg].cell >= 0 || ret->item.kind != ITEM_NUMBER || !pat(v, ret->item.text, POST, NULL))
                return false;
        for (size_t i = ret->item.text; i < ret->item.to && i < ret->item.text + HEAD_MAX; i = view_next(v, i)) {
                if (v->bare[i] == ':') {
                        ret->colon = i;
                        return true;
                }
        }
        return false;
}

/* "Phó Chủ tịch UBND tỉnh - Trưởng BCĐ": where the role begins, `to` = none. */
static size_t
role_at(const struct view *v, size_t from, size_t to, size_t *ret_post_end)
{
        for (size_t i = from; i < to; i = view_next(v, i)) {
                size_t k = i;

                if (v->bare[i] != '-' && v->bare[i] != ',')
                        continue;
                k = view_skip(v, i, "-, ");
                if (k < to && pat(v, k, ROLE, NULL)) {
                        *ret_post_end = i;
                        return k;
                }
        }
        *ret_post_end = to;
        return to;
}

/* The agency inside a post: what follows the office. */
static size_t
agency_in_post(const struct view *v, size_t from, size_t to)
{
        size_t office = pat(v, from,
                            "[cac] [pho] (lanh dao|giam doc|chu tich|truong|chanh|dai dien|cuc truong|thu truong|bi "
                            "thu|hieu truong) ",
                            NULL),
               end;

        if (!office)
                office = pat(v, from, "pho (giam doc|chu tich|truong|chanh|cuc truong) ", NULL);
        if (!office || office >= to)
                return to;
        office = view_skip(v, office, " ");
        if (pat(v, office, "(uy ban nhan dan|ubnd) (tinh|thanh pho)", NULL) || !agency_head(v, office, &end))
                return to;
        return office;
}

/* The field that a member looks after, as far as the sentence says it. */
static void
sector_read(struct xt *x, struct draft_member *m, size_t from, size_t to)
{
        static const char *const marks[] = { "(tren|trong|thuoc|phu trach) {>}linh vuc ",
                                             "tham muu (cho bcd|cho ban|cho) {*}(ve|trong viec) {>}",
                                             "ve cong tac {>}",
                                             "trong viec thuc hien {>}",
                                             "tham muu {>}",
                                             "to chuc {>}tuyen truyen",
                                             "(chi dao|giup viec|giup) {*}ve {>}",
                                             "la {>}" };
        struct view v = view_sub(&x->f.v, from, to);

        for (size_t k = 0; k < ARRAY_LEN(marks); k++) {
                uint32_t letters = pat_letters(marks[k]);

                for (size_t i = 0; i < v.n && i < 500; i = view_next(&v, i)) {
                        struct caught got;
                        size_t end;

                        if ((i > 0 && bare_word(v.bare[i - 1])) || !letters_allow(letters, v.bare[i]) ||
                            !pat(&v, i, marks[k], &got) || got.rest >= v.n)
                                continue;
                        for (end = got.rest; end < v.n && !strchr(".;,", v.bare[end]);)
                                end = view_next(&v, end);
                        m->sector = field_at(x, from + got.rest, from + end, 50, "member-sector");
                        return;
                }
        }
}

static void
member_add(struct xt *x, const struct entry *e, size_t to)
{
        const struct view *v = &x->f.v;
        struct {
                struct draft_member *v;
                size_t n, cap;
        } vec = { x->d->members, x->d->n_members, x->d->cap_members };
        struct draft_member *m = VEC_PUSH(x->a, &vec);
        size_t from = e->item.text, cut = pat(v, from, "(dong chi|ong|ba) ", NULL), post_end, role, agency;

        x->d->members = vec.v;
        x->d->n_members = vec.n;
        x->d->cap_members = vec.cap;
        if (cut)
                from = view_skip(v, cut, " ");
        role = role_at(v, from, e->colon, &post_end);
        m->no = e->item.no;
        m->post = field_at(x, from, post_end, 92, "member-post");
        if (role < e->colon)
                m->role = field_at(x, role, e->colon, 90, "member-role");
        agency = agency_in_post(v, from, post_end);
        if (agency < post_end)
                m->agency = field_at(x, agency, post_end, 88, "member-agency");
        m->duty = field_at(x, view_skip(v, e->colon, ": \n"), to, 90, "member-duty");
        m->heading = pat(v, from, "cac (thanh vien|uy vien)", NULL) != 0;
        m->span = flow_span(&x->f, e->item.from, to);
        sector_read(x, m, e->colon + 1, to);
}

/* The last segment that belongs to an entry: dashes, continued sentences, plain paragraphs up to the next number. */
static size_t
entry_end(const struct flow *f, size_t seg, size_t to)
{
        size_t end = f->segs[seg].to;

        for (size_t s = seg + 1; s < f->n_segs && f->segs[s].to <= to; s++) {
                enum item_kind k = item_read(f, s).kind;

                if (f->segs[s].cell >= 0 || (k != ITEM_NONE && k != ITEM_DASH && k != ITEM_PLUS) ||
                    view_capitals(&f->v, f->segs[s].from, f->segs[s].to))
                        break;
                end = f->segs[s].to;
        }
        return end;
}

void
members_read(struct xt *x, const struct part *p)
{
        const struct flow *f = &x->f;
        size_t first = flow_seg_at(f, p->body + 1), n = 0;
        struct entry e;

        /* A list of posts in an appendix or a section: three entries at least, or it is something else. */
        for (size_t s = first; s < f->n_segs && f->segs[s].from < p->to; s++)
                n += entry_read(f, s, &e);
        if (n < 3)
                return;
        for (size_t s = first; s < f->n_segs && f->segs[s].from < p->to; s++) {
                if (entry_read(f, s, &e))
                        member_add(x, &e, entry_end(f, s, p->to));
        }
}
