/* page_table.c - ruled tables: words into cells, rows over pages joined, the head that every page repeats dropped. */
#include "page_priv.h"

#include "dd_text.h"

#include <math.h>

#define COLUMNS_NEAR 0.012 /* of the page's width: sides of the same column on two pages */
#define HEAD_ROWS    4     /* of a table that may be repeated */
#define HEAD_ALIKE   0.85  /* letters of two heads; one of them may have been misread */

/* ---- the rows of one page ---------------------------------------------------------------------------------------- */

static void
cell_fill(struct build *b, struct page *p, int32_t cell, struct run_text *ret)
{
        struct words in = { 0 };
        struct segs s = { 0 };
        double right = p->grid.v[cell].x1;

        for (size_t i = 0; i < p->words.n; i++)
                if (p->words.v[i].cell == cell)
                        *VEC_PUSH(b->a, &in) = p->words.v[i];
        segs_of(b->a, in.v, in.n, &s);
        for (size_t i = 0; i < s.n; i++) {
                const struct seg *o = i > 0 ? &s.v[i - 1] : NULL, *n = &s.v[i];
                bool own = o != NULL && seg_begins_item(n) && !run_ends_open(&o->v[o->n - 1]) &&
                           o->x1 + (n->v[0].x1 - n->v[0].x0) < right;

                run_add(b->a, ret, n, own);
        }
        if (p->scan)
                page_mend(b->a, ret->v, ret->n, p->grid.v[cell].col == 0);
}

/* Sides of the columns, and the rows. */
static void
rows_of(struct build *b, struct page *p, int32_t table, struct open_table *ret)
{
        int32_t rows = 0;

        *ret = (struct open_table){ .page = p->no };
        for (size_t i = 0; i < p->grid.n; i++) {
                const struct grid_cell *c = &p->grid.v[i];

                if (c->table != table)
                        continue;
                rows = c->row + c->rows > rows ? c->row + c->rows : rows;
                ret->cols = c->col + c->cols > ret->cols ? c->col + c->cols : ret->cols;
        }
        ret->x = arena_array(b->a, (size_t)ret->cols + 1, sizeof *ret->x);
        for (int32_t i = 0; i < rows; i++)
                VEC_PUSH(b->a, ret)->cells = arena_array(b->a, (size_t)ret->cols, sizeof(struct tcell));
        for (size_t i = 0; i < p->grid.n; i++) {
                const struct grid_cell *c = &p->grid.v[i];
                struct tcell *t;

                if (c->table != table)
                        continue;
                t = &ret->v[c->row].cells[c->col];
                t->colspan = c->cols;
                t->rowspan = c->rows;
                ret->x[c->col] = c->x0;
                ret->x[c->col + c->cols] = c->x1;
                cell_fill(b, p, (int32_t)i, &t->text);
        }
}

/* ---- over pages ---------------------------------------------------------------------------------------------------
 */

static bool
same_columns(const struct build *b, const struct open_table *x, const struct open_table *y)
{
        double near = COLUMNS_NEAR * b->pages->v[y->page - 1].w;

        if (x->cols != y->cols || x->n == 0)
                return false;
        /* A scan may lie a little to the side: what counts is the width of the columns. */
        for (int32_t i = 1; i <= x->cols; i++)
                if (fabs((x->x[i] - x->x[0]) - (y->x[i] - y->x[0])) > near)
                        return false;
        return true;
}

static struct str
row_letters(struct arena *a, const struct trow *r, int32_t cols)
{
        AUTO_BUF out = { 0 };

        for (int32_t i = 0; i < cols; i++) {
                for (size_t k = 0; k < r->cells[i].text.n; k++)
                        buf_str(&out, r->cells[i].text.v[k].text);
                buf_c(&out, '|');
        }
        return text_fold(a, buf_view(&out));
}

/* Letters that agree in order, as a share of the longer row. */
static bool
rows_alike(struct arena *a, const struct trow *x, const struct trow *y, int32_t cols)
{
        struct str s = row_letters(a, x, cols), t = row_letters(a, y, cols);
        size_t same = 0, k = 0, longest = s.n > t.n ? s.n : t.n;

        if (longest <= (size_t)cols)
                return false;
        for (size_t i = 0; i < s.n && k < t.n; i++) {
                size_t m = k;

                while (m < t.n && m < k + 3 && t.p[m] != s.p[i])
                        m++;
                if (m < t.n && m < k + 3) {
                        same++;
                        k = m + 1;
                }
        }
        return (double)same >= HEAD_ALIKE * (double)longest;
}

static size_t
repeated_head(struct build *b, const struct open_table *more)
{
        size_t n = 0;

        while (n < HEAD_ROWS && n < more->n && n < b->table.n &&
               rows_alike(b->a, &b->table.v[n], &more->v[n], more->cols))
                n++;
        return n;
}

/* The first row of a page that only goes on with the last one of the page before: no number of its own, and words that
 * do not begin anything. */
static bool
goes_on(const struct trow *last, const struct trow *next, int32_t cols)
{
        bool joins = false;

        if (cols < 2 || next->cells[0].text.n > 0 || next->cells[0].colspan != 1 || last->cells[0].text.n == 0)
                return false;
        for (int32_t i = 1; i < cols; i++) {
                const struct run_text *x = &last->cells[i].text, *y = &next->cells[i].text;

                if (y->n == 0)
                        continue;
                if (x->n == 0)
                        return false;
                joins = joins || run_begins_small(&y->v[0]) || run_ends_open(&x->v[x->n - 1]);
        }
        return joins;
}

static void
row_join(struct build *b, struct trow *last, const struct trow *next, int32_t cols)
{
        for (int32_t i = 0; i < cols; i++)
                for (size_t k = 0; k < next->cells[i].text.n; k++) {
                        struct word *w = VEC_PUSH(b->a, &last->cells[i].text);

                        *w = next->cells[i].text.v[k];
                        if (k == 0)
                                w->before = ' ';
                }
}

static void
head_drop(struct build *b, const struct trow *r, int32_t cols)
{
        struct run_text all = { 0 };

        for (int32_t i = 0; i < cols; i++)
                for (size_t k = 0; k < r->cells[i].text.n; k++) {
                        struct word *w = VEC_PUSH(b->a, &all);

                        *w = r->cells[i].text.v[k];
                        w->before = ' ';
                }
        if (all.n > 0) {
                struct seg *s = VEC_PUSH(b->a, &b->furniture);

                *s = (struct seg){ .v = all.v, .n = all.n, .page = all.v[0].page, .kind = BLOCK_PAGE_HEAD };
        }
}

void
table_take(struct build *b, struct page *p, int32_t table)
{
        struct open_table more;
        size_t i = 0;

        rows_of(b, p, table, &more);
        if (more.n == 0)
                return;
        if (b->table.n > 0 && (b->table.page + 1 != p->no || !same_columns(b, &b->table, &more)))
                table_flush(b);
        if (b->table.n == 0) {
                para_flush(b);
                b->table = more;
                return;
        }
        for (size_t heads = repeated_head(b, &more); i < heads; i++)
                head_drop(b, &more.v[i], more.cols);
        if (i < more.n && goes_on(&b->table.v[b->table.n - 1], &more.v[i], more.cols))
                row_join(b, &b->table.v[b->table.n - 1], &more.v[i++], more.cols);
        for (; i < more.n; i++)
                *VEC_PUSH(b->a, &b->table) = more.v[i];
        b->table.page = p->no;
}

void
table_flush(struct build *b)
{
        if (b->table.n == 0)
                return;
        b->tables++;
        for (size_t i = 0; i < b->table.n; i++)
                put_row(b, b->table.v[i].cells, b->table.cols, b->tables, false);
        b->table = (struct open_table){ 0 };
        para_flush(b); /* what waited for the end */
}
