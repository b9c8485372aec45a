/* flow.c - the blocks as one text with a way back: every offset of the flow has its code point in the shown text. */
#include "extract_priv.h"

#include "dd_text.h"

#define SEAM_EVERY 48 /* bytes of the flow between two known places, at most */

/* Walks the shown text forward; spans come nearly in order. */
struct shown {
        struct str s;
        size_t at;
        int32_t cp;
};

static void
shown_seek(struct shown *w, int32_t cp)
{
        if (cp < w->cp) {
                w->at = 0;
                w->cp = 0;
        }
        while (w->cp < cp && w->at < w->s.n) {
                (void)utf8_next(w->s, &w->at);
                w->cp++;
        }
}

/* Step back to the beginning of a nearby span (the right column of a head begins before the left one ends). */
static void
shown_back(struct shown *w, int32_t cp)
{
        while (w->cp > cp && w->at > 0) {
                w->at--;
                if (((unsigned char)w->s.p[w->at] & 0xC0) != 0x80)
                        w->cp--;
        }
}

static void
seam_add(struct arena *a, struct flow *f, size_t at, int32_t cp)
{
        struct {
                struct seam *v;
                size_t n, cap;
        } vec = { f->seams, f->n_seams, f->cap_seams };
        struct seam *s = VEC_PUSH(a, &vec);

        *s = (struct seam){ (uint32_t)at, cp };
        f->seams = vec.v;
        f->n_seams = vec.n;
        f->cap_seams = vec.cap;
}

/* The usual case: the segment stands in the shown text byte for byte. */
static bool
align_same(struct arena *a, struct flow *f, struct shown *w, size_t at, struct str text)
{
        int32_t cp = w->cp;

        if (w->s.n - w->at < text.n || memcmp(w->s.p + w->at, text.p, text.n) != 0)
                return false;
        for (size_t i = 0; i < text.n; i++) {
                if (((unsigned char)text.p[i] & 0xC0) == 0x80)
                        continue;
                if (i == 0 || i - (f->seams[f->n_seams - 1].at - at) >= SEAM_EVERY)
                        seam_add(a, f, at + i, cp);
                cp++;
        }
        w->at += text.n;
        w->cp = cp;
        seam_add(a, f, at + text.n, cp);
        return true;
}

/* Finds each letter of `text` in the shown text from the span on; the shown text holds them in order, with markup
 * and layout between. */
static void
align(struct arena *a, struct flow *f, struct shown *w, size_t at, struct str text, struct span span)
{
        size_t i = 0, last = SIZE_MAX;
        int32_t budget = span.to - span.from + 8;

        shown_back(w, span.from);
        shown_seek(w, span.from);
        if (align_same(a, f, w, at, text))
                return;
        while (i < text.n) {
                size_t from = i, k = w->at;
                uint32_t cp = utf8_next(text, &i);
                bool moved = false;

                while (w->at < w->s.n && w->cp < span.to && budget > 0) {
                        k = w->at;
                        if (utf8_next(w->s, &k) == cp)
                                break;
                        w->at = k;
                        w->cp++;
                        budget--;
                        moved = true;
                }
                if (moved || last == SIZE_MAX || from - last >= SEAM_EVERY) {
                        seam_add(a, f, at + from, w->cp);
                        last = from;
                }
                if (w->cp < span.to && w->at < w->s.n) {
                        w->at = k;
                        w->cp++;
                }
        }
        seam_add(a, f, at + text.n, w->cp);
}

static struct seg *
seg_add(struct arena *a, struct flow *f)
{
        struct {
                struct seg *v;
                size_t n, cap;
        } vec = { f->segs, f->n_segs, f->cap_segs };
        struct seg *s = VEC_PUSH(a, &vec);

        f->segs = vec.v;
        f->n_segs = vec.n;
        f->cap_segs = vec.cap;
        return s;
}

static size_t
count_lines(struct str s)
{
        size_t n = 1;

        for (size_t i = 0; i < s.n; i++)
                n += s.p[i] == '\n';
        return n;
}

static size_t
flow_size(const struct blocks *b)
{
        size_t n = 1;

        for (size_t i = 0; i < b->n; i++) {
                n += b->v[i].text.n + 2;
                for (size_t k = 0; k < b->v[i].n_cells; k++)
                        n += b->v[i].cells[k].text.n + 2;
        }
        return n;
}

struct filling {
        char *p;
        size_t n;
        struct shown w;
        int32_t next_line;
};

static void
put_text(struct arena *a, struct flow *f, struct filling *o, struct str text, const struct seg *what, struct span span)
{
        struct seg *s;

        if (o->n)
                o->p[o->n++] = '\n';
        if (what->gap && o->n)
                o->p[o->n++] = '\n';
        s = seg_add(a, f);
        *s = *what;
        s->from = o->n;
        if (text.n) {
                align(a, f, &o->w, o->n, text, span);
                memcpy(o->p + o->n, text.p, text.n);
                o->n += text.n;
        } else {
                seam_add(a, f, o->n, span.from);
        }
        s->to = o->n;
}

/* Lone numbers are page numbers, except below a lone "STT": there 1, 2, 3 ... number the rows of a table that lost its
 * lines. *expect: the next such number, 0 = no such table. */
static bool
numbers_row(const struct block *k, int *expect)
{
        int64_t n;
        struct str s = str_trim(k->text);

        if (k->kind == BLOCK_PAGE_NO) {
                if (*expect == 0 || !str_to_i64(s, &n) || n != *expect)
                        return false;
                (*expect)++;
                return true;
        }
        if (k->kind == BLOCK_PARA && s.n <= 8 && (str_eq(s, S("STT")) || str_eq(s, S("TT")) || str_eq(s, S("Số TT"))))
                *expect = 1;
        return false;
}

void
flow_make(struct arena *a, const struct blocks *b, struct flow *ret)
{
        struct filling o = { .p = arena_alloc(a, flow_size(b)), .w = { .s = b->text }, .next_line = 1 };

        int expect = 0;

        *ret = (struct flow){ .b = b };
        for (size_t i = 0; i < b->n; i++) {
                const struct block *k = &b->v[i];
                struct seg what = { .block = (int32_t)i, .cell = -1, .gap = k->line > o.next_line };
                bool row = numbers_row(k, &expect);

                if (k->kind == BLOCK_RULE || k->kind == BLOCK_PAGE_HEAD || (k->kind == BLOCK_PAGE_NO && !row)) {
                        o.next_line = k->kind == BLOCK_RULE ? k->line + 1 : o.next_line;
                        continue;
                }
                if (k->kind != BLOCK_ROW) {
                        put_text(a, ret, &o, k->text, &what, k->span);
                        o.next_line = k->line + (int32_t)count_lines(k->text);
                        continue;
                }
                for (size_t n = 0; n < k->n_cells; n++) {
                        what.cell = (int32_t)n;
                        put_text(a, ret, &o, k->cells[n].text, &what, k->cells[n].span);
                        what.gap = false;
                }
                o.next_line = k->line + 1;
        }
        ret->v = view_of(a, (struct str){ o.p, o.n });
}

/* Code point of the shown text for an offset of the flow. */
static int32_t
flow_cp(const struct flow *f, size_t at)
{
        size_t lo = 0, hi = f->n_seams;

        if (f->n_seams == 0)
                return 0;
        while (hi - lo > 1) {
                size_t mid = (lo + hi) / 2;

                if (f->seams[mid].at <= at)
                        lo = mid;
                else
                        hi = mid;
        }
        if (at < f->seams[lo].at)
                return f->seams[lo].cp;
        return f->seams[lo].cp + (int32_t)utf8_len(str_sub((struct str){ f->v.t, f->v.n }, f->seams[lo].at, at));
}

struct span
flow_span(const struct flow *f, size_t from, size_t to)
{
        struct span s;
        size_t last;

        while (from < to && strchr(" \n\t", f->v.t[from]))
                from++;
        while (to > from && strchr(" \n\t", f->v.t[to - 1]))
                to--;
        s.from = flow_cp(f, from);
        if (to <= from)
                return (struct span){ s.from, s.from };
        last = to - 1;
        while (last > from && ((unsigned char)f->v.t[last] & 0xC0) == 0x80)
                last--;
        s.to = flow_cp(f, last) + 1;
        return s.to < s.from ? (struct span){ s.from, s.from } : s;
}

size_t
flow_seg_at(const struct flow *f, size_t at)
{
        size_t lo = 0, hi = f->n_segs;

        while (lo < hi) {
                size_t mid = (lo + hi) / 2;

                if (f->segs[mid].to < at || (f->segs[mid].to == at && f->segs[mid].from < at))
                        lo = mid + 1;
                else
                        hi = mid;
        }
        return lo;
}

int32_t
flow_line(const struct flow *f, size_t at)
{
        size_t i = flow_seg_at(f, at);

        return f->n_segs == 0 ? 1 : f->b->v[f->segs[i < f->n_segs ? i : f->n_segs - 1].block].line;
}
