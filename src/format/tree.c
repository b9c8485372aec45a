/* tree.c - filling a tree, within its ceilings; see tree_priv.h. */
#include "tree_priv.h"

void
tree_para(struct tree *t, struct nodes *to, struct node para)
{
        if (++t->paras > TREE_PARAS_MAX) {
                t->full = true;
                return;
        }
        *VEC_PUSH(t->c->arena, to) = para;
}

struct ttable *
tree_table(struct tree *t, struct nodes *to)
{
        struct ttable *table = arena_alloc(t->c->arena, sizeof *table);

        *VEC_PUSH(t->c->arena, to) = (struct node){ .table = table };
        return table;
}

struct trow *
tree_row(struct tree *t, struct ttable *table)
{
        struct trow *row = VEC_PUSH(t->c->arena, table);

        *row = (struct trow){ .v = NULL }; /* the place may have held a row that was struck out */
        return row;
}

struct tcell *
tree_cell(struct tree *t, struct trow *row)
{
        struct tcell *k = VEC_PUSH(t->c->arena, row);

        if (++t->cells > TREE_CELLS_MAX)
                t->full = true;
        *k = (struct tcell){ .colspan = 1, .rowspan = 1 };
        return k;
}

static void
lines_of(struct dd_buf *b, const struct nodes *list)
{
        for (size_t i = 0; i < list->n; i++) {
                const struct node *n = &list->v[i];

                if (n->table == NULL) {
                        struct str s = str_trim(n->text);

                        if (s.n && b->n)
                                buf_c(b, '\n');
                        buf_str(b, s);
                        continue;
                }
                for (size_t r = 0; r < n->table->n; r++)
                        for (size_t k = 0; k < n->table->v[r].n; k++)
                                lines_of(b, &n->table->v[r].v[k].inside);
        }
}

struct str
tree_lines(struct arena *a, const struct nodes *list)
{
        AUTO_BUF b = { 0 };

        if (list->n == 1 && list->v[0].table == NULL) /* the usual cell needs no copy */
                return str_trim(list->v[0].text);
        lines_of(&b, list);
        return b.n ? str_dup(a, buf_view(&b)) : S("");
}
