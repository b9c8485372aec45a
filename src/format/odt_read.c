/* odt_read.c - ODF text and spreadsheets to a tree. Deletions that are tracked are left out, notes stand apart, numbers
 * of lists are counted as LibreOffice does. */
#include "odt_read_priv.h"

#include "para_priv.h"
#include "read_priv.h"
#include "sheet_priv.h"

#define LEVELS_MAX 72
#define LISTS_MAX  10
#define PARAS_MAX  12
#define SPANS_MAX  64
#define REPEAT_MAX 64

struct look {
        enum legacy font;
        bool caps, hidden;
};

struct open_para {
        struct para text;
        struct look look[SPANS_MAX];
        size_t n_looks;
        bool heading, centered;
        struct nodes boxes;
};

struct open_list {
        struct olist *list;
        bool pending; /* the next paragraph begins an item */
};

struct level {
        struct nodes *list;
        struct ttable *table;
        struct trow *row;
        bool header;
        size_t lined, cells;
        size_t base; /* lists that were open before it */
};

struct body {
        struct dd_ctx *c;
        struct tree *tree;
        struct ostyles styles;
        struct level level[LEVELS_MAX];
        size_t n_levels;
        struct open_para paras[PARAS_MAX];
        size_t n_paras;
        struct open_list lists[LISTS_MAX];
        size_t n_lists; /* may be more than LISTS_MAX: deeper ones have no label */
        int depth, skip;
        bool live; /* inside of what is shown */
        /* a spreadsheet */
        struct sheet *sheet;
        struct srow *row;
        struct nodes cell;
        int32_t row_no, col, cell_cols, cell_rows, repeat;
        size_t sheets;
};

static struct level *
top(struct body *b)
{
        return &b->level[b->n_levels - 1];
}

static void
level_push(struct body *b, struct nodes *list)
{
        if (b->n_levels < LEVELS_MAX)
                b->level[b->n_levels++] = (struct level){ .list = list, .base = b->n_lists };
}

static void
level_pop(struct body *b)
{
        b->n_lists = top(b)->base;
        if (b->n_levels > 1)
                b->n_levels--;
}

static struct open_para *
para(struct body *b)
{
        return b->n_paras ? &b->paras[b->n_paras - 1] : NULL;
}

/* ---- lists ------------------------------------------------------------------------------------------------- */

static void
list_begin(struct body *b, const struct xml_el *e)
{
        size_t at = b->n_lists++;
        struct str name = xml_attr(e, "style-name");
        struct olist *l = ostyles_list(&b->styles, name);

        if (at >= LISTS_MAX)
                return;
        if (l == NULL && at > 0)
                l = b->lists[at - 1].list;
        b->lists[at] = (struct open_list){ .list = l };
        if (l && at == 0 && !xml_attr(e, "continue-numbering").p && !xml_attr(e, "continue-list").p)
                memset(l->begun, 0, sizeof l->begun);
}

static void
item_begin(struct body *b, const struct xml_el *e)
{
        size_t at = b->n_lists - 1;
        int32_t start = xml_attr_i32(e, "start-value", -1);
        struct olist *l;

        if (b->n_lists == 0 || at >= LISTS_MAX)
                return;
        l = b->lists[at].list;
        b->lists[at].pending = e->id == O_list_item;
        if (l && start >= 0) {
                l->begun[at] = true;
                l->count[at] = start - 1;
        }
}

static void
put_label(struct arena *a, const struct olist *l, size_t at, struct dd_buf *out)
{
        const struct olevel *k = &l->level[at];
        size_t from = k->shown > 1 && (size_t)k->shown <= at + 1 ? at + 1 - (size_t)k->shown : at;

        buf_str(out, k->prefix);
        for (size_t i = from; i <= at; i++) {
                struct str n = list_number(a, l->level[i].fmt, l->count[i]);

                if (i > from && out->n > k->prefix.n && n.n)
                        buf_c(out, '.');
                if (l->level[i].fmt.n && l->level[i].bullet.p == NULL)
                        buf_str(out, n);
        }
        buf_str(out, k->suffix);
}

/* The label before the first paragraph of an item; "" for others. */
static struct str
label(struct body *b)
{
        size_t at = b->n_lists - 1;
        AUTO_BUF out = { 0 };
        struct olist *l;

        if (b->n_lists <= top(b)->base || at >= LISTS_MAX || !b->lists[at].pending || !(l = b->lists[at].list))
                return S("");
        b->lists[at].pending = false;
        if (!l->level[at].given)
                return S("");
        if (l->level[at].bullet.p)
                return list_sign(l->level[at].bullet);
        if (l->level[at].fmt.n == 0)
                return S("");
        l->count[at] = !l->begun[at] ? l->level[at].start : l->count[at] < INT32_MAX ? l->count[at] + 1 : INT32_MAX;
        l->begun[at] = true;
        for (size_t i = at + 1; i < LISTS_MAX; i++)
                l->begun[i] = false;
        put_label(b->c->arena, l, at, &out);
        return str_dup(b->c->arena, buf_view(&out));
}

/* ---- paragraphs -------------------------------------------------------------------------------------------- */

static void
look_apply(struct look *l, const struct ostyle *s)
{
        if (s == NULL)
                return;
        if (s->font != LEGACY_UNSET)
                l->font = s->font;
        if (s->caps >= 0)
                l->caps = s->caps;
        if (s->hidden >= 0)
                l->hidden = s->hidden;
}

static void
para_begin(struct body *b, const struct xml_el *e)
{
        const struct ostyle *s = ostyles_find(&b->styles, S("paragraph"), xml_attr(e, "style-name"));
        struct open_para *p;

        if (b->n_paras >= PARAS_MAX) {
                b->skip = b->depth;
                return;
        }
        p = &b->paras[b->n_paras++];
        p->text.a = b->c->arena;
        p->n_looks = 1;
        p->look[0] = (struct look){ .font = LEGACY_UNSET };
        look_apply(&p->look[0], s);
        p->heading = e->id == O_h;
        p->centered = s && s->centered > 0;
        p->boxes = (struct nodes){ 0 };
}

static void
para_end(struct body *b)
{
        struct open_para *p = para(b);
        struct nodes *list = top(b)->list;
        struct node n = { .table = NULL };
        struct str sign;

        if (p == NULL)
                return;
        n.text = para_take(&p->text, b->c->arena);
        sign = label(b);
        if (sign.n && (n.text.n || !strchr("-+*", sign.p[0])))
                n.text = STR_JOIN(b->c->arena, sign, S(" "), n.text);
        n.heading = p->heading;
        n.centered = p->centered;
        b->n_paras--;
        if (list == NULL)
                return;
        tree_para(b->tree, list, n);
        for (size_t i = 0; i < p->boxes.n; i++)
                *VEC_PUSH(b->c->arena, list) = p->boxes.v[i];
}

static void
span_begin(struct body *b, const struct xml_el *e)
{
        struct open_para *p = para(b);

        if (p == NULL || p->n_looks >= SPANS_MAX)
                return;
        p->look[p->n_looks] = p->look[p->n_looks - 1];
        look_apply(&p->look[p->n_looks], ostyles_find(&b->styles, S("text"), xml_attr(e, "style-name")));
        p->n_looks++;
}

static void
put(struct body *b, struct str s, bool sign)
{
        struct open_para *p = para(b);
        const struct look *l = p ? &p->look[p->n_looks - 1] : NULL;

        if (p == NULL || l->hidden)
                return;
        if (sign)
                para_mark(&p->text, s);
        else
                para_put(&p->text, s, l->font, l->caps);
}

/* Line ends and tabs inside of text are blanks there; <text:s/> and the like say what is meant. */
static void
on_text(void *arg, struct str s)
{
        struct body *b = arg;

        if (b->skip || !b->live || b->n_paras == 0)
                return;
        while (s.n) {
                size_t n = 0;

                while (n < s.n && s.p[n] != '\n' && s.p[n] != '\t' && s.p[n] != '\r')
                        n++;
                if (n)
                        put(b, str_sub(s, 0, n), false);
                if (n < s.n) {
                        put(b, S(" "), true);
                        n++;
                }
                s = str_sub(s, n, s.n);
        }
}

static void
blanks(struct body *b, const struct xml_el *e)
{
        int32_t n = xml_attr_i32(e, "c", 1);

        for (int32_t i = 0; i < n && i < REPEAT_MAX; i++)
                put(b, S(" "), true);
}

/* ---- tables ------------------------------------------------------------------------------------------------ */

static int32_t
span_of(const struct xml_el *e, const char *name)
{
        int32_t n = xml_attr_i32(e, name, 1);

        return n < 1 ? 1 : n;
}

static void
table_begin(struct body *b, const struct xml_el *e)
{
        if (b->sheet && b->n_levels == 1) {
                struct str name = xml_attr(e, "name");

                *b->sheet = (struct sheet){ .name = str_dup(b->c->arena, name) };
                b->row_no = 0;
                b->sheets++;
                return;
        }
        level_push(b, top(b)->list);
        if (top(b)->list)
                top(b)->table = tree_table(b->tree, top(b)->list);
}

static void
table_end(struct body *b)
{
        if (b->sheet && b->n_levels == 1) {
                sheet_tree(b->tree, b->sheet, b->sheets > 1);
                return;
        }
        if (top(b)->table)
                top(b)->table->lines = top(b)->lined * 2 > top(b)->cells;
        level_pop(b);
}

static void
row_begin(struct body *b, const struct xml_el *e)
{
        if (b->sheet && b->n_levels == 1) {
                b->col = 0;
                b->row_no++;
                b->row = sheet_row(b->tree, b->sheet, b->row_no);
                b->row_no += span_of(e, "number-rows-repeated") - 1; /* only empty ones are repeated */
                return;
        }
        if (top(b)->table) {
                top(b)->row = tree_row(b->tree, top(b)->table);
                top(b)->row->header = top(b)->header;
        }
}

static void
cell_begin(struct body *b, const struct xml_el *e)
{
        const struct ostyle *s = ostyles_find(&b->styles, S("table-cell"), xml_attr(e, "style-name"));
        struct tcell *k = NULL;

        b->cell_cols = span_of(e, "number-columns-spanned");
        b->cell_rows = span_of(e, "number-rows-spanned");
        if (b->sheet && b->n_levels == 1) {
                b->repeat = span_of(e, "number-columns-repeated");
                b->cell = (struct nodes){ 0 };
                level_push(b, &b->cell);
                return;
        }
        top(b)->cells++;
        top(b)->lined += s && s->lines > 0;
        if (top(b)->row) {
                k = tree_cell(b->tree, top(b)->row);
                k->colspan = b->cell_cols > TREE_COLS_MAX ? TREE_COLS_MAX : b->cell_cols;
                k->rowspan = b->cell_rows;
        }
        level_push(b, k ? &k->inside : top(b)->list);
}

static void
cell_end(struct body *b)
{
        struct str s;

        level_pop(b);
        if (!b->sheet || b->n_levels != 1)
                return;
        s = tree_lines(b->c->arena, &b->cell);
        if (s.n && b->row) {
                for (int32_t i = 0; i < b->repeat && i < REPEAT_MAX; i++)
                        sheet_put(b->tree, b->row, (size_t)(b->col + i), s);
                if (b->cell_cols > 1 || b->cell_rows > 1)
                        *VEC_PUSH(b->c->arena, &b->sheet->merges) =
                            (struct merge){ b->row->no, b->col, b->cell_rows, b->cell_cols };
        }
        b->col = b->repeat > INT32_MAX - b->col ? INT32_MAX : b->col + b->repeat;
}

/* ---- elements ---------------------------------------------------------------------------------------------- */

static void
content(struct body *b, const struct xml_el *e)
{
        switch (e->id) {
        case O_p:
        case O_h:
                para_begin(b, e);
                break;
        case O_span:
                span_begin(b, e);
                break;
        case O_s:
                blanks(b, e);
                break;
        case O_tab:
                put(b, S("\t"), true);
                break;
        case O_line_break:
                put(b, S("\n"), true);
                break;
        case O_soft_page_break:
                b->tree->pages++;
                break;
        case O_list:
                list_begin(b, e);
                break;
        case O_list_item:
        case O_list_header:
                item_begin(b, e);
                break;
        case O_note_body:
                level_push(b, &b->tree->notes);
                break;
        case O_text_box:
                level_push(b, para(b) ? &para(b)->boxes : top(b)->list);
                break;
        case O_table:
                table_begin(b, e);
                break;
        case O_table_header_rows:
                top(b)->header = true;
                break;
        case O_table_row:
                row_begin(b, e);
                break;
        case O_table_cell:
                cell_begin(b, e);
                break;
        case O_covered_table_cell:
                b->col += b->sheet && b->n_levels == 1 ? span_of(e, "number-columns-repeated") : 0;
                b->skip = b->depth;
                break;
        default:
                break;
        }
}

static void
on_start(void *arg, const struct xml_el *e)
{
        struct body *b = arg;

        b->depth++;
        if (b->skip || e->id < 0)
                return;
        switch (e->id) {
        case O_tracked_changes:
        case O_annotation:
        case O_note_citation:
        case O_ruby_text:
        case O_binary_data:
        case O_forms:
                b->skip = b->depth;
                return;
        case O_body:
                ostyles_ready(b->c, &b->styles);
                return;
        case O_text:
        case O_spreadsheet:
                b->live = true;
                if (e->id == O_spreadsheet)
                        b->sheet = arena_alloc(b->c->arena, sizeof *b->sheet);
                return;
        case O_header:
        case O_footer:
                if (!b->live) {
                        ostyles_ready(b->c, &b->styles);
                        level_push(b, e->id == O_header ? &b->tree->heads : &b->tree->feet);
                        b->live = true;
                }
                return;
        default:
                break;
        }
        if (b->live)
                content(b, e);
        else
                ostyles_start(b->c, &b->styles, e);
}

static void
content_end(struct body *b, const struct xml_el *e)
{
        switch (e->id) {
        case O_p:
        case O_h:
                para_end(b);
                break;
        case O_span:
                if (para(b) && para(b)->n_looks > 1)
                        para(b)->n_looks--;
                break;
        case O_list:
                b->n_lists -= b->n_lists > top(b)->base;
                break;
        case O_note_body:
        case O_text_box:
                level_pop(b);
                break;
        case O_table:
                table_end(b);
                break;
        case O_table_header_rows:
                top(b)->header = false;
                break;
        case O_table_cell:
                cell_end(b);
                break;
        default:
                break;
        }
}

static void
on_end(void *arg, const struct xml_el *e)
{
        struct body *b = arg;

        if (b->skip) {
                if (b->skip == b->depth)
                        b->skip = 0;
                b->depth--;
                return;
        }
        b->depth--;
        if (e->id < 0)
                return;
        if ((e->id == O_header || e->id == O_footer) && b->n_levels > 1) {
                level_pop(b);
                b->live = false;
        } else if (b->live) {
                content_end(b, e);
        } else {
                ostyles_end(&b->styles, e);
        }
}

enum dd_err
odt_read(struct dd_ctx *c, struct package *p, struct blocks *ret)
{
        static const struct xml_on on = {
                .start = on_start, .end = on_end, .text = on_text, .names = o_names, .n_names = O_COUNT
        };
        struct tree tree = { .c = c, .format = S("odt") };
        struct body *b = arena_alloc(c->arena, sizeof *b);
        enum dd_err e;

        b->c = c;
        b->tree = &tree;
        level_push(b, &tree.body);
        e = xml_read_part(c, p, "styles.xml", &on, b);
        if (e == DD_OK || e == DD_ENOTFOUND) {
                b->live = false;
                b->depth = b->skip = 0;
                b->n_levels = 1;
                b->n_lists = 0;
                e = xml_read_part(c, p, "content.xml", &on, b);
        }
        for (size_t i = 0; i < PARAS_MAX; i++)
                para_free(&b->paras[i].text);
        if (e == DD_ENOTFOUND)
                return package_broken(c);
        TRY(e);
        if (b->sheet)
                tree.format = S("ods");
        if (tree.pages > 0)
                tree.pages++;
        return tree_blocks(&tree, ret);
}
