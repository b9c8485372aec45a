/* page_lines.c - ruling lines of a grey page and the cells they enclose. A line is a long run of ink, no thicker than a
 * few dots, so that letters are none (measured: gaps closed up to 3 dots at 200 dpi; wider gaps make lines of words).
 * Lines that touch make a table. */
#include "page_priv.h"

#define LINES_MAX 4000
#define SIDES_MAX 512 /* columns or rows of one table */

/* A straight piece: `at` across, from..to along. */
struct rule {
        int32_t at, from, to;
        int32_t table; /* -1: not yet asked */
};
struct rules {
        struct rule *v;
        size_t n, cap;
};

struct sides {
        int32_t v[SIDES_MAX];
        int32_t n;
};

struct finding {
        struct arena *a;
        const struct grey *g;
        uint8_t ink;
        int32_t near; /* dots within which two things touch */
        int32_t gap;  /* closed in a run */
        struct rules across, down;
        int32_t table; /* the one whose grid is looked for, */
        struct sides xs, ys;
        uint8_t *taken; /* and which of its places have a cell */
};

/* ---- runs of ink -------------------------------------------------------------------------------------------- */

static bool
dark(const struct finding *f, bool down, int32_t at, int32_t along)
{
        int32_t x = down ? at : along, y = down ? along : at;

        return f->g->p[(size_t)y * (size_t)f->g->w + (size_t)x] < f->ink;
}

/* A run that goes on in one a dot or two beside it is the same line. */
static void
rule_add(struct finding *f, bool down, int32_t at, int32_t from, int32_t to)
{
        struct rules *r = down ? &f->down : &f->across;

        for (size_t i = r->n; i > 0 && r->v[i - 1].at + f->near >= at; i--) {
                struct rule *o = &r->v[i - 1];

                if (from <= o->to + f->near && to + f->near >= o->from) {
                        if (to - from > o->to - o->from)
                                o->at = at;
                        o->from = from < o->from ? from : o->from;
                        o->to = to > o->to ? to : o->to;
                        return;
                }
        }
        if (r->n < LINES_MAX)
                *VEC_PUSH(f->a, r) = (struct rule){ at, from, to, -1 };
}

/* Columns as rows: a column's dots lie far apart in memory. */
static struct grey
lying(struct arena *a, const struct grey *g)
{
        struct grey r = { g->h, g->w, arena_alloc(a, (size_t)g->w * (size_t)g->h + 1) };

        for (int32_t y0 = 0; y0 < g->h; y0 += 64)
                for (int32_t x = 0; x < g->w; x++)
                        for (int32_t y = y0; y < g->h && y < y0 + 64; y++)
                                r.p[(size_t)x * (size_t)g->h + (size_t)y] = g->p[(size_t)y * (size_t)g->w + (size_t)x];
        return r;
}

/* A line that leans by a dot on its way is caught by looking at three rows as one. */
static void
row_of_three(const struct grey *g, int32_t at, uint8_t ink, uint8_t *row)
{
        const uint8_t *mid = g->p + (size_t)at * (size_t)g->w, *up = mid - g->w, *low = mid + g->w;

        for (int32_t k = 0; k < g->w; k++)
                row[k] = (uint8_t)((up[k] < ink) | (mid[k] < ink) | (low[k] < ink));
}

static void
runs_find(struct finding *f, bool down, int32_t least)
{
        struct grey g = down ? lying(f->a, f->g) : *f->g;
        uint8_t *row = arena_alloc(f->a, (size_t)g.w + 1);

        for (int32_t at = 1; at + 1 < g.h; at++) {
                int32_t from = -1, last = -1;

                row_of_three(&g, at, f->ink, row);
                for (int32_t k = 0; k <= g.w; k++) {
                        if (k < g.w && from < 0) { /* most of a page is paper */
                                const uint8_t *next = memchr(row + k, 1, (size_t)(g.w - k));

                                k = next != NULL ? (int32_t)(next - row) : g.w;
                        }
                        if (k < g.w && row[k]) {
                                if (from < 0)
                                        from = k;
                                last = k;
                        } else if (from >= 0 && (k == g.w || k - last > f->gap)) {
                                if (last - from + 1 >= least)
                                        rule_add(f, down, at, from, last);
                                from = -1;
                        }
                }
        }
}

/* Dark areas (the filled head of a table, an edge of the scanner) are made of many runs: of those only the outer ones
 * count, which have paper on one side within a few dots. */
static bool
is_thin(const struct finding *f, bool down, const struct rule *r)
{
        int32_t n = down ? f->g->w : f->g->h, away = 2 * f->near + 2, thin = 0, seen = 0;

        for (int32_t k = r->from; k <= r->to; k += 3) {
                bool before = r->at - away < 0 || !dark(f, down, r->at - away, k);
                bool after = r->at + away >= n || !dark(f, down, r->at + away, k);

                thin += before || after;
                seen++;
        }
        return thin * 2 > seen;
}

static void
thick_drop(struct finding *f, bool down)
{
        struct rules *r = down ? &f->down : &f->across;
        size_t n = 0;

        for (size_t i = 0; i < r->n; i++)
                if (is_thin(f, down, &r->v[i]))
                        r->v[n++] = r->v[i];
        r->n = n;
}

/* ---- which lines belong together ---------------------------------------------------------------------------- */

static bool
touch(const struct finding *f, const struct rule *across, const struct rule *down)
{
        int32_t t = 2 * f->near;

        return down->at >= across->from - t && down->at <= across->to + t && across->at >= down->from - t &&
               across->at <= down->to + t;
}

static void
table_spread(struct finding *f, int32_t table)
{
        for (bool more = true; more;) {
                more = false;
                for (size_t i = 0; i < f->across.n; i++)
                        for (size_t k = 0; k < f->down.n; k++) {
                                struct rule *h = &f->across.v[i], *v = &f->down.v[k];

                                if ((h->table == table) == (v->table == table) || !touch(f, h, v))
                                        continue;
                                h->table = v->table = table;
                                more = true;
                        }
        }
}

/* ---- the grid of one table ---------------------------------------------------------------------------------- */

static void
side_add(struct sides *s, int32_t at, int32_t near)
{
        int32_t i = 0;

        while (i < s->n && s->v[i] < at - near)
                i++;
        if (i < s->n && s->v[i] <= at + near)
                return;
        if (s->n >= SIDES_MAX)
                return;
        memmove(&s->v[i + 1], &s->v[i], (size_t)(s->n - i) * sizeof s->v[0]);
        s->v[i] = at;
        s->n++;
}

static void
sides_find(const struct finding *f, int32_t table, struct sides *xs, struct sides *ys)
{
        int32_t x0 = INT32_MAX, x1 = -1, y0 = INT32_MAX, y1 = -1, near = 3 * f->near;

        for (size_t i = 0; i < f->down.n; i++)
                if (f->down.v[i].table == table) {
                        side_add(xs, f->down.v[i].at, near);
                        y0 = f->down.v[i].from < y0 ? f->down.v[i].from : y0;
                        y1 = f->down.v[i].to > y1 ? f->down.v[i].to : y1;
                }
        for (size_t i = 0; i < f->across.n; i++)
                if (f->across.v[i].table == table) {
                        side_add(ys, f->across.v[i].at, near);
                        x0 = f->across.v[i].from < x0 ? f->across.v[i].from : x0;
                        x1 = f->across.v[i].to > x1 ? f->across.v[i].to : x1;
                }
        near *= 2; /* a table may be open at its sides, or at the end of a page */
        side_add(xs, x0, near);
        side_add(xs, x1, near);
        side_add(ys, y0, near);
        side_add(ys, y1, near);
}

/* Is there a line between two neighbours, along most of their common side? */
static bool
is_parted(const struct finding *f, bool down, int32_t at, int32_t from, int32_t to)
{
        const struct rules *r = down ? &f->down : &f->across;
        int32_t covered = 0;

        for (size_t i = 0; i < r->n; i++) {
                const struct rule *o = &r->v[i];
                int32_t a = o->from > from ? o->from : from, b = o->to < to ? o->to : to;

                if (o->table == f->table && o->at >= at - 3 * f->near && o->at <= at + 3 * f->near && b > a)
                        covered += b - a;
        }
        return covered * 2 > to - from;
}

/* A cell takes in its right neighbours, then whole rows below, while no line is between. */
static void
cell_grow(const struct finding *f, struct grid_cell *c)
{
        const struct sides *xs = &f->xs, *ys = &f->ys;
        uint8_t *taken = f->taken;
        int32_t nx = xs->n - 1, ny = ys->n - 1;

        while (c->col + c->cols < nx && !taken[c->row * nx + c->col + c->cols] &&
               !is_parted(f, true, xs->v[c->col + c->cols], ys->v[c->row], ys->v[c->row + 1]))
                c->cols++;
        while (c->row + c->rows < ny) {
                int32_t y = c->row + c->rows;
                bool open = true;

                for (int32_t k = 0; k < c->cols && open; k++)
                        open = !taken[y * nx + c->col + k] &&
                               !is_parted(f, false, ys->v[y], xs->v[c->col + k], xs->v[c->col + k + 1]);
                for (int32_t k = 1; k < c->cols && open; k++)
                        open = !is_parted(f, true, xs->v[c->col + k], ys->v[y], ys->v[y + 1]);
                if (!open)
                        break;
                c->rows++;
        }
        for (int32_t y = 0; y < c->rows; y++)
                memset(&taken[(c->row + y) * nx + c->col], 1, (size_t)c->cols);
        c->x0 = xs->v[c->col];
        c->x1 = xs->v[c->col + c->cols];
        c->y0 = ys->v[c->row];
        c->y1 = ys->v[c->row + c->rows];
}

/* A frame round a page or a line of text is no table: two columns at least, two rows or three columns. */
static void
cells_find(struct finding *f, int32_t table, struct grid *ret)
{
        struct sides xs, ys;

        f->table = table;
        f->xs.n = f->ys.n = 0;
        sides_find(f, table, &f->xs, &f->ys);
        xs = f->xs;
        ys = f->ys;
        if (xs.n < 3 || ys.n < 2 || (xs.n < 4 && ys.n < 3) || ret->tables >= PAGE_TABLES_MAX ||
            ret->n + (size_t)(xs.n - 1) * (size_t)(ys.n - 1) > PAGE_CELLS_MAX)
                return;
        f->taken = arena_alloc(f->a, (size_t)xs.n * (size_t)ys.n + 1);
        for (int32_t y = 0; y + 1 < ys.n; y++)
                for (int32_t x = 0; x + 1 < xs.n; x++) {
                        struct grid_cell c = { ret->tables, y, x, 1, 1, 0, 0, 0, 0, -1, -1, 0, 0 };

                        if (f->taken[y * (xs.n - 1) + x])
                                continue;
                        cell_grow(f, &c);
                        *VEC_PUSH(f->a, ret) = c;
                }
        ret->tables++;
}

void
grid_find(struct arena *a, const struct grey *g, uint8_t ink, int dpi, struct grid *ret)
{
        struct finding f = { .a = a, .g = g, .ink = ink, .near = dpi >= 150 ? 3 : 1, .gap = dpi >= 150 ? 3 : 1 };

        *ret = (struct grid){ 0 };
        if (g->w < 16 || g->h < 16)
                return;
        runs_find(&f, false, g->w / 10);
        if (f.across.n == 0)
                return;
        runs_find(&f, true, 70 * dpi / 200);
        thick_drop(&f, false);
        thick_drop(&f, true);
        for (size_t i = 0, table = 0; i < f.down.n; i++) {
                if (f.down.v[i].table >= 0)
                        continue;
                f.down.v[i].table = (int32_t)table;
                table_spread(&f, (int32_t)table);
                cells_find(&f, (int32_t)table, ret);
                table++;
        }
}
