/* page_text.c - lines to paragraphs and to the two columns of a head or a foot, in the order people read them. */
#include "page_priv.h"

#include "dd_text.h"

#include <math.h>

#define WIDE         0.45 /* of the page: such a line shows where the margins are */
#define INDENT       9.0  /* points */
#define FULL_NEAR    3.0  /* points: a line that ends so near to the margin is full */
#define PITCH_WIDE   1.45 /* of the usual distance of lines: a new paragraph */
#define LINES_MOST   400
#define COLUMN_LEAST 0.08 /* of the page's width; narrower is no column */
#define COLUMN_GAP   5.0
#define FOOT_GAP     11.0 /* lines: room for a signature and a seal */

static double
height(const struct seg *s)
{
        return s->y1 - s->y0;
}

/* ---- margins ---------------------------------------------------------------------------------------------------- */

static int
by_value(const void *a, const void *b)
{
        double x = *(const double *)a, y = *(const double *)b;

        return x < y ? -1 : x > y;
}

/* From the wide lines of the page; a page without any keeps those of the page before. */
void
margins_find(struct build *b, const struct page *p, const struct segs *s)
{
        double *l = arena_array(b->a, s->n + 1, sizeof *l), *r = arena_array(b->a, s->n + 1, sizeof *r);
        double *d = arena_array(b->a, s->n + 1, sizeof *d);
        size_t n = 0, m = 0;

        b->page_w = p->w;
        for (size_t i = 0; i < s->n; i++) {
                const struct seg *o = &s->v[i];

                if (o->x1 - o->x0 < WIDE * p->w)
                        continue;
                l[n] = o->x0;
                r[n++] = o->x1;
                if (i > 0 && s->v[i - 1].x1 - s->v[i - 1].x0 >= WIDE * p->w && o->y0 > s->v[i - 1].y0)
                        d[m++] = o->y0 - s->v[i - 1].y0;
        }
        if (n > 0 && (n >= 3 || b->right <= b->left)) {
                qsort(l, n, sizeof *l, by_value);
                qsort(r, n, sizeof *r, by_value);
                b->left = l[n / 8];
                b->right = r[n - 1 - n / 8];
        } else if (b->right <= b->left) {
                b->left = 0.12 * p->w;
                b->right = 0.92 * p->w;
        }
        if (m >= 2) {
                qsort(d, m, sizeof *d, by_value);
                b->pitch = d[m / 3];
        }
}

/* ---- paragraphs -------------------------------------------------------------------------------------------------- */

void
para_flush(struct build *b)
{
        if (b->para.n > 0 && b->pages->v[b->para.v[0].page - 1].scan)
                page_mend(b->a, b->para.v, b->para.n, false);
        if (b->para.n > 0)
                put_block(b, BLOCK_PARA, &b->para);
        b->para.n = 0; /* its room serves the next one */
        b->para_lines = 0;
        if (b->table.n > 0) /* they wait for the end of the table */
                return;
        for (size_t i = 0; i < b->furniture.n; i++) {
                struct run_text t = { 0 };

                run_add(b->a, &t, &b->furniture.v[i], false);
                put_block(b, b->furniture.v[i].kind, &t);
        }
        b->furniture.n = 0;
}

static bool
is_centred(const struct build *b, const struct seg *s)
{
        double l = s->x0 - b->left, r = b->right - s->x1;

        return l > INDENT && r > INDENT && fabs(l - r) < 0.35 * (l + r) + 6;
}

/* The first word of the next line would not have fitted behind this one: the break is the margin's. */
static bool
is_full(const struct build *b, const struct seg *s, const struct seg *next)
{
        double word = next->v[0].x1 - next->v[0].x0, blank = 0.22 * height(s);

        if (is_centred(b, s))
                return (s->x1 - s->x0) + blank + word > (b->right - b->left) - FULL_NEAR;
        return s->x1 + blank + word > b->right - FULL_NEAR;
}

/* Does this line go on with the open paragraph? */
static bool
para_goes_on(const struct build *b, const struct seg *s)
{
        const struct seg *o = &b->para_last;
        const struct word *last = &o->v[o->n - 1];
        double ratio = height(s) / height(o);
        bool small = run_begins_small(&s->v[0]) && run_ends_open(last);
        bool first = b->para_lines == 1;

        if (b->para_lines >= LINES_MOST || seg_begins_item(s) || ratio < 0.6 || ratio > 1.65)
                return false;
        if (s->page == o->page && b->pitch > 0 && s->y0 - o->y0 > PITCH_WIDE * b->pitch + 2)
                return false;
        if (is_centred(b, o) != is_centred(b, s) && !(first && !is_centred(b, s)) && !small)
                return false;
        if (!is_centred(b, s) && !is_centred(b, o) && s->x0 - b->left > INDENT &&
            !(fabs(s->x0 - o->x0) < INDENT && !first) && !small)
                return false; /* an indent, and not the one all its lines have */
        return is_full(b, o, s) || small;
}

static void
line_take(struct build *b, const struct seg *s)
{
        table_flush(b);
        if (b->para.n > 0 && !para_goes_on(b, s))
                para_flush(b);
        run_add(b->a, &b->para, s, false);
        b->para_last = *s;
        b->para_lines++;
}

/* ---- two columns --------------------------------------------------------------------------------------------------
 */

/* Beside each other: some height in common, none of the width. */
static bool
beside(const struct seg *x, const struct seg *y)
{
        double top = x->y0 > y->y0 ? x->y0 : y->y0, low = x->y1 < y->y1 ? x->y1 : y->y1;
        double least = height(x) < height(y) ? height(x) : height(y);

        return low - top > 0.3 * least && (x->x1 < y->x0 || y->x1 < x->x0);
}

static bool
has_partner(const struct segs *s, size_t i, size_t to)
{
        for (size_t k = i + 1; k < to && k < i + 4; k++)
                if (beside(&s->v[i], &s->v[k]))
                        return true;
        for (size_t k = i; k > 0 && k + 4 > i; k--)
                if (beside(&s->v[i], &s->v[k - 1]))
                        return true;
        return false;
}

static bool
on_right(const struct build *b, const struct seg *s)
{
        return s->x0 > b->left + 0.4 * (b->right - b->left);
}

static bool
is_foot_label(const struct seg *s)
{
        return s->n >= 2 && (str_eq(s->v[0].text, S("Nơi")) || str_eq(s->v[0].text, S("NƠI"))) &&
               (str_starts(s->v[1].text, S("nhận")) || str_starts(s->v[1].text, S("NHẬN")));
}

/* A pair of columns begins with a line that has another beside it, or one line early on the right ("TM. ỦY BAN"), or
 * with the label of a foot whose partner comes a line later. */
static bool
columns_begin(const struct build *b, const struct segs *s, size_t i, size_t to)
{
        size_t k = i;

        while (k + 1 < to && k < i + 4 && on_right(b, &s->v[k]) && !has_partner(s, k, to) &&
               s->v[k + 1].y0 - s->v[k].y1 < 1.2 * height(&s->v[k]))
                k++;
        if (has_partner(s, k, to))
                return true;
        if (is_foot_label(&s->v[i]))
                for (k = i + 1; k < to && s->v[k].y0 - s->v[i].y1 < 4 * height(&s->v[i]); k++)
                        if (on_right(b, &s->v[k]))
                                return true;
        return false;
}

struct columns {
        double lo, hi; /* the lane between them */
        struct segs side[2];
        bool motto, foot;
        double right_end, left_end;
};

static bool
is_motto(const struct seg *s)
{
        for (size_t i = 0; i + 1 < s->n; i++)
                if ((str_eq(s->v[i].text, S("CỘNG")) || str_eq(s->v[i].text, S("ĐẢNG"))) && s->n >= 4)
                        return true;
        return false;
}

/* A line alone on its level ends the columns when it stands in the middle of the page, or so far below that it belongs
 * to what follows; below a foot's office there is room for a signature. */
static bool
alone_ends(const struct build *b, const struct columns *c, const struct seg *s, int side)
{
        double end = side ? c->right_end : c->left_end, gap = s->y0 - (end > 0 ? end : s->y0);
        double lowest = c->right_end > c->left_end ? c->right_end : c->left_end, h = height(s);
        double off = fabs((s->x0 + s->x1) / 2 - (b->left + b->right) / 2);

        if (c->side[0].n == 0 || c->side[1].n == 0)
                return false;
        if (off < 0.05 * (b->right - b->left) && s->y0 - lowest > 0.3 * h)
                return true;
        if (side == 1 && !c->motto)
                return gap > FOOT_GAP * h;
        return gap > 0.95 * h && s->y0 - lowest > 0.6 * h;
}

static bool
columns_add(const struct build *b, struct columns *c, const struct seg *s, bool alone)
{
        double mid = (s->x0 + s->x1) / 2, lo = c->lo, hi = c->hi;
        int side = mid > (lo + hi) / 2;

        if (side == 0)
                lo = s->x1 > lo ? s->x1 : lo;
        else
                hi = s->x0 < hi ? s->x0 : hi;
        if (hi - lo < COLUMN_GAP || (alone && alone_ends(b, c, s, side)))
                return false;
        c->lo = lo;
        c->hi = hi;
        *VEC_PUSH(b->a, &c->side[side]) = *s;
        *(side ? &c->right_end : &c->left_end) = s->y1;
        c->motto = c->motto || (side == 1 && is_motto(s));
        return true;
}

/* The first pair of lines that stand beside each other shows the lane. */
static bool
lane_find(const struct build *b, const struct segs *s, size_t i, size_t to, struct columns *c)
{
        for (size_t k = i; k < to && k < i + 8; k++)
                for (size_t m = k + 1; m < to && m < k + 4; m++) {
                        const struct seg *x = &s->v[k], *y = &s->v[m];

                        if (!beside(x, y))
                                continue;
                        c->lo = x->x1 < y->x0 ? x->x1 : y->x1;
                        c->hi = x->x1 < y->x0 ? y->x0 : x->x0;
                        return true;
                }
        for (size_t k = i; k < to && k < i + 8; k++)
                if (on_right(b, &s->v[k])) {
                        c->lo = b->left + 0.1 * (b->right - b->left);
                        c->hi = s->v[k].x0;
                        return true;
                }
        return false;
}

static double
width(const struct segs *s)
{
        double x0 = 1e9, x1 = 0;

        for (size_t i = 0; i < s->n; i++) {
                x0 = s->v[i].x0 < x0 ? s->v[i].x0 : x0;
                x1 = s->v[i].x1 > x1 ? s->v[i].x1 : x1;
        }
        return x1 - x0;
}

/* Gives the number of lines that are columns; 0: these are none. */
static size_t
columns_find(const struct build *b, const struct segs *s, size_t i, size_t to, struct columns *c)
{
        size_t k = i;

        *c = (struct columns){ 0 };
        if (!columns_begin(b, s, i, to) || !lane_find(b, s, i, to, c))
                return 0;
        while (k < to && columns_add(b, c, &s->v[k], !has_partner(s, k, to)))
                k++;
        if (c->side[0].n == 0 || c->side[1].n == 0 || c->side[0].n + c->side[1].n < 3 ||
            width(&c->side[0]) < COLUMN_LEAST * b->page_w || width(&c->side[1]) < COLUMN_LEAST * b->page_w)
                return 0;
        return k - i;
}

static void
columns_put(struct build *b, const struct columns *c)
{
        struct tcell cells[2] = { { .colspan = 1, .rowspan = 1 }, { .colspan = 1, .rowspan = 1 } };

        table_flush(b);
        para_flush(b);
        for (size_t side = 0; side < 2; side++)
                for (size_t i = 0; i < c->side[side].n; i++)
                        run_add(b->a, &cells[side].text, &c->side[side].v[i], i > 0);
        for (size_t side = 0; side < 2; side++)
                if (b->pages->v[cells[side].text.v[0].page - 1].scan)
                        page_mend(b->a, cells[side].text.v, cells[side].text.n, false);
        put_row(b, cells, 2, ++b->tables, true);
}

/* Lines on one level that are no columns are one line: "a)" and what stands behind its tab. */
static size_t
level_join(struct build *b, const struct segs *s, size_t i, size_t to, struct seg *ret)
{
        size_t n = 1;

        *ret = s->v[i];
        for (; i + n < to && beside(&s->v[i], &s->v[i + n]); n++) {
                const struct seg *y = &s->v[i + n];
                struct run_text t = { 0 };

                run_add(b->a, &t, ret->x0 < y->x0 ? ret : y, false);
                run_add(b->a, &t, ret->x0 < y->x0 ? y : ret, false);
                ret->v = t.v;
                ret->n = t.n;
                ret->x0 = y->x0 < ret->x0 ? y->x0 : ret->x0;
                ret->x1 = y->x1 > ret->x1 ? y->x1 : ret->x1;
                ret->y0 = y->y0 < ret->y0 ? y->y0 : ret->y0;
                ret->y1 = y->y1 > ret->y1 ? y->y1 : ret->y1;
        }
        return n;
}

void
text_take(struct build *b, struct segs *s, size_t from, size_t to)
{
        while (from < to) {
                struct columns c;
                struct seg whole;
                size_t n;

                if (s->v[from].kind != BLOCK_PARA) {
                        *VEC_PUSH(b->a, &b->furniture) = s->v[from++];
                        continue;
                }
                n = columns_find(b, s, from, to, &c);
                if (n > 0) {
                        columns_put(b, &c);
                } else {
                        n = level_join(b, s, from, to, &whole);
                        line_take(b, &whole);
                }
                from += n;
        }
}
