/* page_segs.c - words to lines: neighbours on one level, parted where a gap is wider than a blank could be. */
#include "page_priv.h"

#include "dd_text.h"

#include <ctype.h>

#define GAP_WIDE 2.0 /* of the letters' height: parts two columns */
#define GAP_NEAR 0.9 /* and joins what the program parted */

static double
middle(const struct word *w)
{
        return (w->y0 + w->y1) / 2;
}

static int
by_line_left(const void *a, const void *b)
{
        const struct word *x = a, *y = b;

        if (x->line != y->line)
                return x->line < y->line ? -1 : 1;
        return x->x0 < y->x0 ? -1 : x->x0 > y->x0;
}

static int
by_top(const void *a, const void *b)
{
        const struct seg *x = a, *y = b;
        double dx = x->y0 + x->y1, dy = y->y0 + y->y1;

        if (dx != dy)
                return dx < dy ? -1 : 1;
        return x->x0 < y->x0 ? -1 : x->x0 > y->x0;
}

static void
seg_widen(struct seg *s, const struct word *w)
{
        s->x0 = w->x0 < s->x0 ? w->x0 : s->x0;
        s->y0 = w->y0 < s->y0 ? w->y0 : s->y0;
        s->x1 = w->x1 > s->x1 ? w->x1 : s->x1;
        s->y1 = w->y1 > s->y1 ? w->y1 : s->y1;
}

static struct seg
seg_new(struct word *w, size_t n)
{
        struct seg s = { w->x0, w->y0, w->x1, w->y1, w, n, w->page, BLOCK_PARA };

        for (size_t i = 1; i < n; i++)
                seg_widen(&s, &w[i]);
        return s;
}

/* On one level: the middle of each lies within the other. */
static bool
level(const struct seg *x, const struct seg *y)
{
        double mx = (x->y0 + x->y1) / 2, my = (y->y0 + y->y1) / 2;

        return mx > y->y0 && mx < y->y1 && my > x->y0 && my < x->y1;
}

static struct seg
seg_join(struct arena *a, const struct seg *x, const struct seg *y)
{
        struct seg s = *x;

        s.v = arena_array(a, x->n + y->n + 1, sizeof *s.v);
        memcpy(s.v, x->v, x->n * sizeof *s.v);
        memcpy(s.v + x->n, y->v, y->n * sizeof *s.v);
        s.n = x->n + y->n;
        for (size_t i = 0; i < y->n; i++)
                seg_widen(&s, &y->v[i]);
        return s;
}

/* Pieces the program held for two lines, on one level and near each other. The list is sorted from the top, so a
 * partner is never far. */
static void
segs_join(struct arena *a, struct segs *s)
{
        for (size_t i = 0; i < s->n; i++)
                for (size_t k = i + 1; k < s->n && k < i + 12;) {
                        struct seg *x = &s->v[i], *y = &s->v[k];
                        double near = GAP_NEAR * (x->y1 - x->y0 < y->y1 - y->y0 ? x->y1 - x->y0 : y->y1 - y->y0);
                        double gap = x->x0 < y->x0 ? y->x0 - x->x1 : x->x0 - y->x1;

                        if (!level(x, y) || gap > near || gap < -near) {
                                k++;
                                continue;
                        }
                        *x = x->x0 < y->x0 ? seg_join(a, x, y) : seg_join(a, y, x);
                        memmove(y, y + 1, (s->n - k - 1) * sizeof *y);
                        s->n--;
                        k = i + 1;
                }
}

void
segs_of(struct arena *a, struct word *v, size_t n, struct segs *ret)
{
        *ret = (struct segs){ 0 };
        if (n == 0)
                return;
        qsort(v, n, sizeof *v, by_line_left);
        for (size_t i = 0, k; i < n; i = k) {
                double h = v[i].y1 - v[i].y0;

                for (k = i + 1; k < n && v[k].line == v[i].line && v[k].x0 - v[k - 1].x1 <= GAP_WIDE * h &&
                                middle(&v[k]) > v[k - 1].y0 - h / 2 && middle(&v[k]) < v[k - 1].y1 + h / 2;
                     k++)
                        ;
                *VEC_PUSH(a, ret) = seg_new(&v[i], k - i);
        }
        qsort(ret->v, ret->n, sizeof *ret->v, by_top);
        segs_join(a, ret);
        qsort(ret->v, ret->n, sizeof *ret->v, by_top);
}

void
segs_find(struct arena *a, struct page *p, struct segs *ret)
{
        size_t n = 0;

        for (size_t i = 0; i < p->words.n; i++) { /* those in no table to the front */
                struct word w = p->words.v[i];

                if (w.cell >= 0)
                        continue;
                p->words.v[i] = p->words.v[n];
                p->words.v[n++] = w;
        }
        segs_of(a, p->words.v, n, ret);
}

struct str
seg_text(struct arena *a, const struct seg *s)
{
        AUTO_BUF out = { 0 };

        for (size_t i = 0; i < s->n; i++) {
                if (i > 0)
                        buf_c(&out, ' ');
                buf_str(&out, s->v[i].text);
        }
        return str_dup(a, buf_view(&out));
}

/* ---- how a line begins and ends --------------------------------------------------------------------------------- */

bool
run_ends_open(const struct word *w)
{
        return !strchr(".;:!?", w->text.p[w->text.n - 1]);
}

bool
run_begins_small(const struct word *w)
{
        size_t i = 0;
        uint32_t cp = utf8_next(w->text, &i);

        if (i < w->text.n && (w->text.p[i] == ')' || w->text.p[i] == '.'))
                return false;
        if (cp < 0x80)
                return cp >= 'a' && cp <= 'z';
        return cp == 0x111 || (cp >= 0xE0 && cp <= 0xFF) || (cp >= 0x1EA0 && cp <= 0x1EF9 && (cp & 1)) || cp == 0x103 ||
               cp == 0x129 || cp == 0x169 || cp == 0x1A1 || cp == 0x1B0;
}

/* "-", "1.", "a)", "II.", "4.12", "Điều 2.", "Căn cứ": what begins a paragraph of its own. */
bool
seg_begins_item(const struct seg *s)
{
        struct str t = s->v[0].text;
        size_t i = 0;

        if (strchr("-+*", t.p[0]) || str_starts(t, S("–")) || str_starts(t, S("•")) || str_starts(t, S("●")))
                return true;
        if (s->n > 1 && ((str_eq(t, S("Điều")) && isdigit((unsigned char)s->v[1].text.p[0])) ||
                         (str_eq(t, S("Căn")) && str_eq(s->v[1].text, S("cứ"))) ||
                         (str_eq(t, S("Nơi")) && str_starts(s->v[1].text, S("nhận"))) ||
                         (str_eq(t, S("Kính")) && str_starts(s->v[1].text, S("gửi")))))
                return true;
        while (i < t.n && i < 6 && (isalnum((unsigned char)t.p[i]) || (t.p[i] == '.' && i > 0 && i + 1 < t.n)))
                i++;
        return i > 0 && i + 1 == t.n && (t.p[i] == '.' || t.p[i] == ')') && (i < 5 || isdigit((unsigned char)t.p[0]));
}

/* "VP-" and "KT" at a line's end and beginning are one word: the break stands behind a hyphen that has no blank before
 * it; so with "/". A lone hyphen is a dash. */
void
run_add(struct arena *a, struct run_text *t, const struct seg *s, bool line_end)
{
        const struct word *last = t->n > 0 ? &t->v[t->n - 1] : NULL;
        char between = line_end ? '\n' : ' ';

        if (last != NULL && last->text.n > 1 && !line_end && strchr("-/", last->text.p[last->text.n - 1]))
                between = 0;
        for (size_t i = 0; i < s->n; i++) {
                struct word *w = VEC_PUSH(a, t);

                *w = s->v[i];
                w->before = i == 0 ? between : ' ';
        }
}
