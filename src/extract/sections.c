/* sections.c - the body of a plan: sections with Roman numbers and their numbered paragraphs; and the consultation that
 * a covering letter reports ("12/18 thành viên", "05/09 UBND cấp huyện"). */
#include "extract_priv.h"

#include <ctype.h>

static struct draft_section *
section_add(struct xt *x, struct draft_document *d, const struct item *it)
{
        struct {
                struct draft_section *v;
                size_t n, cap;
        } vec = { d->sections, d->n_sections, d->cap_sections };
        struct draft_section *s = VEC_PUSH(x->a, &vec);

        d->sections = vec.v;
        d->n_sections = vec.n;
        d->cap_sections = vec.cap;
        s->no = it->no;
        s->title = squeezed(x->a, view_str(&x->f.v, it->text, it->to));
        return s;
}

static void
item_add(struct xt *x, struct draft_section *s, struct str no, size_t from, size_t to)
{
        struct {
                struct draft_item *v;
                size_t n, cap;
        } vec = { s->items, s->n_items, s->cap_items };
        struct draft_item *i = VEC_PUSH(x->a, &vec);

        s->items = vec.v;
        s->n_items = vec.n;
        s->cap_items = vec.cap;
        *i = (struct draft_item){ no, squeezed(x->a, view_str(&x->f.v, from, to)), flow_span(&x->f, from, to) };
}

void
sections_read(struct xt *x, const struct part *p, struct draft_document *d)
{
        size_t end = p->foot < p->appendix ? p->foot : p->appendix;
        struct draft_section *section = NULL;
        struct str number = STR_NONE;

        for (size_t s = flow_seg_at(&x->f, p->body + 1); s < x->f.n_segs && x->f.segs[s].from < end; s++) {
                struct item it = item_read(&x->f, s);

                if (x->f.segs[s].cell >= 0 || it.from >= it.to)
                        continue;
                if (it.kind == ITEM_ROMAN) {
                        section = section_add(x, d, &it);
                        number = STR_NONE;
                } else if (!section) {
                        continue;
                } else if (it.kind == ITEM_NUMBER) {
                        number = it.no;
                        item_add(x, section, it.no, it.text, it.to);
                } else if (it.kind == ITEM_LETTER) {
                        item_add(x, section, number.n ? str_fmt(x->a, "%.*s.%.*s", FMT(number), FMT(it.no)) : it.no,
                                 it.text, it.to);
                } else {
                        item_add(x, section, S(""), it.text, it.to);
                }
        }
}

/* "12/18", "05/09". */
static bool
ratio_at(const struct view *v, size_t at, int *ret_a, int *ret_b, size_t *ret_end)
{
        struct caught got = { 0 };
        size_t end = pat(v, at, "{n}_/_{n}", &got);

        if (!end || got.number[1] == 0 || got.number[0] > got.number[1])
                return false;
        *ret_a = got.number[0];
        *ret_b = got.number[1];
        *ret_end = end;
        return true;
}

static void
ratios_read(const struct view *v, struct draft_document *d, size_t from, size_t to)
{
        for (size_t i = from; i < to; i = view_next(v, i)) {
                int a, b;
                size_t end;
                struct view rest;

                if (!isdigit((unsigned char)v->bare[i]) ||
                    (i > 0 && (bare_word(v->bare[i - 1]) || v->bare[i - 1] == '/')) || !ratio_at(v, i, &a, &b, &end))
                        continue;
                rest = view_sub(v, end, to);
                if (pat(&rest, 0, "_(ubnd|uy ban nhan dan) (cap huyen|huyen|cac huyen|cap xa)", NULL)) {
                        d->consultation.districts_answered = a;
                        d->consultation.districts_asked = b;
                } else if (pat(&rest, 0, "_(thanh vien|co quan|don vi|so)", NULL)) {
                        if (d->consultation.members_asked == 0) {
                                d->consultation.members_answered = a;
                                d->consultation.members_asked = b;
                        } else if (pat_find(&rest, 0, "(thong nhat|nhat tri|dong y)", NULL) < rest.n &&
                                   d->consultation.agree == 0) {
                                d->consultation.agree = a;
                        } else if (pat_find(&rest, 0, "y kien", NULL) < rest.n) {
                                d->consultation.comment = a;
                        }
                }
                i = end - 1;
        }
}

void
consultation_read(struct xt *x, const struct part *p, struct draft_document *d)
{
        const struct view *v = &x->f.v;
        size_t end = p->foot < p->appendix ? p->foot : p->appendix;
        bool on = false;

        d->consultation.date = DD_NO_DAY;
        for (size_t s = flow_seg_at(&x->f, p->body + 1); s < x->f.n_segs && x->f.segs[s].from < end; s++) {
                struct view para = view_sub(v, x->f.segs[s].from, x->f.segs[s].to);
                size_t letter_end, letter;
                struct code code;

                if (!on && pat_find(&para, 0, "(lay y kien|gui y kien|xin y kien)", NULL) >= para.n)
                        continue;
                if (!on) {
                        letter = pat_find(&para, 0, "(van ban|cong van) so_", &letter_end);
                        if (letter < para.n && scan_code(x, &para, letter_end, &code)) {
                                d->consultation.letter = code.text;
                                letter_end = pat(&para, code.to, "_ngay ", NULL);
                                if (letter_end)
                                        (void)scan_date(&para, &letter_end, &d->consultation.date);
                        }
                }
                ratios_read(&para, d, 0, para.n);
                on = d->consultation.members_asked > 0;
                if (on && d->consultation.span.to == 0)
                        d->consultation.span = flow_span(&x->f, x->f.segs[s].from, x->f.segs[s].to);
        }
        if (d->consultation.members_asked == 0)
                d->consultation.letter = STR_NONE;
}
