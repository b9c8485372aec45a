/* docx_read_table.c - tables, rows and cells of a DOCX, and whether lines are drawn around them. */
#include "docx_read_body_priv.h"

void
body_border(struct body *b, const struct xml_el *e)
{
        struct str v = xml_attr(e, "val");
        bool seen = v.n && !str_eq(v, S("none")) && !str_eq(v, S("nil"));
        struct level *l = body_top(b);

        if (b->borders == W_tblBorders)
                l->lines = seen ? 1 : l->lines < 0 ? 0 : l->lines;
        else
                b->cell_lines = seen ? 1 : b->cell_lines < 0 ? 0 : b->cell_lines;
}

void
body_table_begin(struct body *b)
{
        struct level *l = body_top(b);
        struct ttable *t = tree_table(b->tree, l->list);

        level_push(b, l->list);
        l = body_top(b);
        l->table = t;
        l->lines = -1;
}

/* Lines of its own, else of its style, unless its cells say otherwise. */
void
body_table_end(struct body *b)
{
        struct level *l = body_top(b);
        size_t cells = l->lined + l->bare + l->silent;

        if (l->table) {
                bool lines = l->lines >= 0 ? l->lines : l->style_lines;

                if (lines && cells && l->bare == cells)
                        lines = false;
                if (!lines && l->lined * 2 > cells)
                        lines = true;
                l->table->lines = lines;
        }
        level_pop(b);
}

void
body_row_begin(struct body *b)
{
        struct level *l = body_top(b);

        if (l->table)
                l->row = tree_row(b->tree, l->table);
        l->row_struck = false;
}

void
body_row_end(struct body *b)
{
        struct level *l = body_top(b);

        if (l->row && l->row_struck && l->table->n)
                l->table->n--;
        l->row = NULL;
}

void
body_cell_begin(struct body *b)
{
        struct level *l = body_top(b);
        struct tcell *k = l->row ? tree_cell(b->tree, l->row) : NULL;
        struct nodes *list = k ? &k->inside : l->list;

        b->cell_lines = -1;
        level_push(b, list);
        body_top(b)->cell = k;
        body_top(b)->cell_lines = -1;
}

void
body_cell_end(struct body *b)
{
        tri lines = body_top(b)->cell_lines;

        level_pop(b);
        body_top(b)->lined += lines > 0;
        body_top(b)->bare += lines == 0;
        body_top(b)->silent += lines < 0;
}

void
body_cell_says(struct body *b, const struct xml_el *e)
{
        struct tcell *k = body_top(b)->cell;
        int32_t n;

        if (k == NULL)
                return;
        switch (e->id) {
        case W_gridSpan:
                n = xml_attr_i32(e, "val", 1);
                k->colspan = n < 1 ? 1 : n > TREE_COLS_MAX ? TREE_COLS_MAX : n;
                break;
        case W_vMerge:
                k->covered = !str_eq(xml_attr(e, "val"), S("restart"));
                break;
        default:
                break;
        }
}

void
body_row_says(struct body *b, const struct xml_el *e)
{
        struct level *l = body_top(b);
        int32_t n;

        if (l->row == NULL)
                return;
        switch (e->id) {
        case W_tblHeader:
                l->row->header = xml_attr_on(e, "val");
                break;
        case W_del:
                l->row_struck = true;
                break;
        case W_gridBefore:
                n = xml_attr_i32(e, "val", 0);
                for (int32_t i = 0; i < n && i < TREE_COLS_MAX; i++)
                        (void)tree_cell(b->tree, l->row);
                break;
        default:
                break;
        }
}

void
body_table_says(struct body *b, const struct xml_el *e)
{
        const struct wstyle *s;

        if (e->id != W_tblStyle)
                return;
        s = wstyles_find(b->styles, xml_attr(e, "val"));
        body_top(b)->style_lines = s && s->lines > 0;
}
