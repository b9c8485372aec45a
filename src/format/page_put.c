/* page_put.c - words into the shown text, with the box of each and the blocks over them. */
#include "page_priv.h"

#include "dd_text.h"

#include <math.h>

/* Room for every word, what stands between two, and the bars of rows. */
void
put_start(struct build *b, size_t words, size_t bytes)
{
        b->text = arena_alloc(b->a, bytes + 8 * words + 4096);
        b->b->boxes = arena_array(b->a, words + 1, sizeof *b->b->boxes);
        b->line = 1;
}

static void
put_char(struct build *b, char ch)
{
        b->text[b->used++] = ch;
        b->cp++;
        b->line += ch == '\n';
}

/* ---- places ---------------------------------------------------------------------------------------------------- */

static int32_t
scaled(double v, double of)
{
        double s = of > 0 ? v / of * BOX_SCALE : 0;

        return s < 0 ? 0 : s > BOX_SCALE ? BOX_SCALE : (int32_t)lround(s);
}

/* From a place on a page that was turned and put straight back to the page as it came, as shares of its sides. */
static void
place_back(const struct page *p, double x, double y, double ret[2])
{
        const struct page_geometry *g = &p->geo;
        double px = x / p->w * g->w, py = y / p->h * g->h, mx = g->w / 2.0, my = g->h / 2.0;
        double co = cos(g->skew / 1000.0 * M_PI / 180), si = sin(g->skew / 1000.0 * M_PI / 180);
        double sx = (mx + (px - mx) * co + (py - my) * si) / g->w, sy = (my - (px - mx) * si + (py - my) * co) / g->h;

        ret[0] = g->quarters == 1 ? sy : g->quarters == 2 ? 1 - sx : g->quarters == 3 ? 1 - sy : sx;
        ret[1] = g->quarters == 1 ? 1 - sx : g->quarters == 2 ? 1 - sy : g->quarters == 3 ? sx : sy;
}

static void
box_of(const struct page *p, const struct word *w, struct box *ret)
{
        double at[4][2], x0 = 2, y0 = 2, x1 = -1, y1 = -1;

        if (!p->scan) {
                ret->x = scaled(w->x0, p->w);
                ret->y = scaled(w->y0, p->h);
                ret->w = scaled(w->x1, p->w) - ret->x;
                ret->h = scaled(w->y1, p->h) - ret->y;
                return;
        }
        place_back(p, w->x0, w->y0, at[0]);
        place_back(p, w->x1, w->y0, at[1]);
        place_back(p, w->x0, w->y1, at[2]);
        place_back(p, w->x1, w->y1, at[3]);
        for (size_t i = 0; i < ARRAY_LEN(at); i++) {
                x0 = at[i][0] < x0 ? at[i][0] : x0;
                y0 = at[i][1] < y0 ? at[i][1] : y0;
                x1 = at[i][0] > x1 ? at[i][0] : x1;
                y1 = at[i][1] > y1 ? at[i][1] : y1;
        }
        ret->x = scaled(x0, 1);
        ret->y = scaled(y0, 1);
        ret->w = scaled(x1, 1) - ret->x;
        ret->h = scaled(y1, 1) - ret->y;
}

/* ---- words ----------------------------------------------------------------------------------------------------- */

static void
put_word(struct build *b, const struct word *w, bool first)
{
        struct box *x = &b->b->boxes[b->b->n_boxes++];

        if (!first && w->before != 0)
                put_char(b, w->before);
        *x = (struct box){ .page = w->page, .confidence = w->confidence };
        x->span.from = b->cp;
        memcpy(b->text + b->used, w->text.p, w->text.n);
        b->used += w->text.n;
        b->cp += (int32_t)utf8_len(w->text);
        x->span.to = b->cp;
        box_of(&b->pages->v[w->page - 1], w, x);
}

static struct str
put_run(struct build *b, const struct run_text *t, struct span *ret)
{
        size_t from = b->used;

        ret->from = b->cp;
        for (size_t i = 0; i < t->n; i++)
                put_word(b, &t->v[i], i == 0);
        ret->to = b->cp;
        return (struct str){ b->text + from, b->used - from };
}

static struct block *
block_new(struct build *b, enum block_kind kind)
{
        struct block *k = VEC_PUSH(b->a, b->b);

        k->kind = kind;
        k->line = b->line;
        return k;
}

void
put_block(struct build *b, enum block_kind kind, const struct run_text *t)
{
        struct block *k;

        if (t->n == 0)
                return;
        k = block_new(b, kind);
        k->text = put_run(b, t, &k->span);
        put_char(b, '\n');
}

void
put_row(struct build *b, const struct tcell *cells, int32_t n, int32_t table, bool columns)
{
        struct block *k = block_new(b, BLOCK_ROW);

        k->table = table;
        k->cells = arena_array(b->a, (size_t)n, sizeof *k->cells);
        k->n_cells = (size_t)n;
        k->span.from = b->cp;
        for (int32_t i = 0; i < n; i++) {
                struct cell *c = &k->cells[i];

                if (i > 0 && columns) {
                        put_char(b, '\n');
                } else if (i > 0) {
                        put_char(b, ' ');
                        put_char(b, '|');
                        put_char(b, ' ');
                }
                c->text = put_run(b, &cells[i].text, &c->span);
                c->colspan = cells[i].colspan;
                c->rowspan = cells[i].rowspan;
        }
        k->span.to = b->cp;
        put_char(b, '\n');
}

/* ---- the end --------------------------------------------------------------------------------------------------- */

/* Boxes of one line become one, where a paper has more words than a draft may carry. */
static void
boxes_thin(struct blocks *b)
{
        size_t n = 0;

        for (size_t i = 0; i < b->n_boxes; i++) {
                struct box *o = n > 0 ? &b->boxes[n - 1] : NULL;
                const struct box *x = &b->boxes[i];

                if (o == NULL || o->page != x->page || x->x < o->x || abs(x->y - o->y) > x->h / 2 ||
                    x->span.from > o->span.to + 1) {
                        b->boxes[n++] = *x;
                        continue;
                }
                o->w = x->x + x->w - o->x;
                o->span.to = x->span.to;
                o->confidence = x->confidence < o->confidence ? x->confidence : o->confidence;
        }
        b->n_boxes = n;
}

void
put_end(struct build *b)
{
        b->b->text = (struct str){ b->text, b->used };
        if (b->b->n_boxes > DRAFT_BOXES_MAX)
                boxes_thin(b->b);
        if (b->b->n_boxes > DRAFT_BOXES_MAX)
                b->b->n_boxes = DRAFT_BOXES_MAX;
}
