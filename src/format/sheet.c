/* sheet.c - from cells to a paper. People put a head above their table and a signature below it: those rows have one or
 * two filled cells, rows of the table have more. */
#include "sheet_priv.h"

#define TABLE_FILLED 3

struct srow *
sheet_row(struct tree *t, struct sheet *s, int32_t no)
{
        struct srow *r;

        if (s->n >= TREE_PARAS_MAX) {
                t->full = true;
                return NULL;
        }
        r = VEC_PUSH(t->c->arena, s);
        *r = (struct srow){ .no = no };
        return r;
}

void
sheet_put(struct tree *t, struct srow *r, size_t col, struct str text)
{
        if (col >= SHEET_COLS_MAX || t->full)
                return;
        if (++t->sheet_cells > TREE_CELLS_MAX)
                t->full = true;
        while (r->n <= col)
                *VEC_PUSH(t->c->arena, r) = STR_NONE;
        r->v[col] = text;
}

static bool
cell_filled(const struct sheet *s, const struct srow *r, size_t col)
{
        return col < r->n && !s->hide[col] && str_trim(r->v[col]).n > 0;
}

static size_t
filled(const struct sheet *s, size_t i)
{
        size_t n = 0;

        for (size_t k = 0; k < s->v[i].n; k++)
                n += cell_filled(s, &s->v[i], k);
        return n;
}

static void
para(struct tree *t, struct nodes *to, struct str text)
{
        tree_para(t, to, (struct node){ .text = text });
}

/* A row outside of the table: one cell is a line, several stand side by side. */
static void
loose_rows(struct tree *t, const struct sheet *s, size_t from, size_t to)
{
        struct ttable *side = NULL;

        for (size_t i = from; i < to; i++) {
                const struct srow *r = &s->v[i];
                size_t n = filled(s, i);
                struct trow *row = NULL;

                if (i > from && r->no > s->v[i - 1].no + 1 && side == NULL)
                        para(t, &t->body, S(""));
                if (n < 2) {
                        side = NULL;
                } else {
                        side = side ? side : tree_table(t, &t->body);
                        row = tree_row(t, side);
                }
                for (size_t k = 0; k < r->n; k++) {
                        if (cell_filled(s, r, k))
                                para(t, row ? &tree_cell(t, row)->inside : &t->body, r->v[k]);
                }
        }
}

static const struct merge *
merge_at(const struct sheet *s, int32_t row, size_t col)
{
        for (size_t i = 0; i < s->merges.n; i++) {
                const struct merge *m = &s->merges.v[i];

                if (row >= m->row && row < m->row + m->rows && (int32_t)col >= m->col &&
                    (int32_t)col < m->col + m->cols)
                        return m;
        }
        return NULL;
}

static void
table_row(struct tree *t, const struct sheet *s, const struct srow *r, struct ttable *table, const size_t cols[2])
{
        struct trow *row = tree_row(t, table);

        row->no = r->no;
        for (size_t k = cols[0]; k < cols[1]; k++) {
                const struct merge *m = merge_at(s, r->no, k);
                struct tcell *cell;

                if (s->hide[k])
                        continue;
                cell = tree_cell(t, row);
                if (m && r->no > m->row)
                        cell->covered = true;
                else if (k < r->n && r->v[k].n)
                        para(t, &cell->inside, r->v[k]);
                for (; m && (int32_t)k + 1 < m->col + m->cols && k + 1 < cols[1]; k++)
                        cell->colspan += !s->hide[k + 1];
        }
}

static void
table_rows(struct tree *t, const struct sheet *s, size_t from, size_t to)
{
        struct ttable *table = tree_table(t, &t->body);
        size_t cols[2] = { SHEET_COLS_MAX, 0 };

        table->sure = true;
        for (size_t i = from; i < to; i++)
                for (size_t k = 0; k < s->v[i].n; k++) {
                        if (!cell_filled(s, &s->v[i], k))
                                continue;
                        cols[0] = k < cols[0] ? k : cols[0];
                        cols[1] = k + 1 > cols[1] ? k + 1 : cols[1];
                }
        for (size_t i = from; i < to && !t->full; i++) {
                if (filled(s, i))
                        table_row(t, s, &s->v[i], table, cols);
        }
}

void
sheet_tree(struct tree *t, const struct sheet *s, bool titled)
{
        size_t first = s->n, last = 0;

        for (size_t i = 0; i < s->n; i++) {
                if (filled(s, i) < TABLE_FILLED)
                        continue;
                first = first < i ? first : i;
                last = i + 1;
        }
        while (last > 0 && last < s->n && s->v[last].no == s->v[last - 1].no + 1 && filled(s, last))
                last++;
        if (titled && s->n)
                tree_para(t, &t->body, (struct node){ .text = s->name, .heading = true });
        if (first >= last) {
                loose_rows(t, s, 0, s->n);
                return;
        }
        loose_rows(t, s, 0, first);
        para(t, &t->body, S(""));
        table_rows(t, s, first, last);
        loose_rows(t, s, last, s->n);
}
