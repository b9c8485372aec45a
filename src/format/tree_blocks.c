/* tree_blocks.c - the tree of a paper to its shown text and blocks. A paragraph is a line; a row of a table is one, its
 * cells parted by tabs. Blank lines stand where the paper leaves room or another paragraph begins. */
#include "tree_priv.h"

#include "dd_text.h"
#include "text_priv.h"

#define COVER_MAX 400 /* bytes that are repeated in the rows a cell covers */

struct out {
        struct tree *t;
        struct arena *a;
        struct blocks *b;
        struct dd_buf text;
        int32_t cp, line, tables;
        bool after_center, blank; /* of the paragraph before; a gap is due */
};

static void
put(struct out *o, struct str s)
{
        buf_str(&o->text, s);
        o->cp += (int32_t)utf8_len(s);
        for (const char *p = s.p, *end = s.p + s.n; p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
                o->line++;
}

static struct block *
block_new(struct out *o, enum block_kind kind)
{
        struct block *b = VEC_PUSH(o->a, o->b);

        *b = (struct block){ .kind = kind, .line = o->line, .span = { o->cp, o->cp } };
        return b;
}

/* NFC, tabs and runs of blanks one blank, blanks around line ends gone. */
static struct str
clean(struct arena *a, struct str raw)
{
        struct str s = str_trim(text_nfc(a, raw));
        char *out;
        size_t n = 0, i = 0;

        while (i < s.n && s.p[i] != '\t' && s.p[i] != '\n' && s.p[i] != '\r' && (unsigned char)s.p[i] != 0xC2 &&
               !(s.p[i] == ' ' && i + 1 < s.n && s.p[i + 1] == ' '))
                i++;
        if (i == s.n) /* the usual case needs no copy */
                return s;
        out = arena_alloc(a, s.n + 1);
        for (i = 0; i < s.n; i++) {
                char ch = s.p[i];

                if ((unsigned char)ch == 0xC2 && i + 1 < s.n && (unsigned char)s.p[i + 1] == 0xA0) {
                        ch = ' ';
                        i++;
                }
                if (ch == '\t' || ch == '\r')
                        ch = ' ';
                if (ch == ' ' && n && (out[n - 1] == ' ' || out[n - 1] == '\n'))
                        continue;
                while (ch == '\n' && n && out[n - 1] == ' ')
                        n--;
                if (ch == '\n' && n && out[n - 1] == '\n')
                        continue;
                out[n++] = ch;
        }
        return str_trim((struct str){ out, n });
}

static void
gap_before(struct out *o, bool centered)
{
        if (o->b->n && (o->blank || !(centered && o->after_center)))
                put(o, S("\n"));
        o->blank = false;
        o->after_center = centered;
}

static enum block_kind
para_kind(const struct node *n, struct str s, bool side)
{
        if (text_is_rule(s))
                return BLOCK_RULE;
        if (!side && text_is_page_no(s))
                return BLOCK_PAGE_NO;
        return n->heading ? BLOCK_HEADING : BLOCK_PARA;
}

/* side: of a head or foot that was set side by side, where lines follow one another closely. */
static void
para_out(struct out *o, const struct node *n, bool side)
{
        struct str s = clean(o->a, n->text);
        struct block *b;

        if (s.n == 0) {
                o->blank = true;
                return;
        }
        if (side)
                o->after_center = true;
        gap_before(o, n->centered || side);
        b = block_new(o, para_kind(n, s, side));
        b->text = s;
        b->style = n->style;
        put(o, s);
        b->span.to = o->cp;
        put(o, S("\n"));
}

/* Furniture of the page and notes: shown and looked at for marks of secrecy, no part of the running text. */
static void
furniture(struct out *o, const struct nodes *list, struct str style)
{
        for (size_t i = 0; i < list->n && i < 2000; i++) {
                struct nodes one = { (struct node *)&list->v[i], 1, 1 };
                struct str s = clean(o->a, tree_lines(o->a, &one));
                struct block *b;

                if (s.n == 0 || text_is_page_no(s))
                        continue;
                gap_before(o, false);
                b = block_new(o, BLOCK_PAGE_HEAD);
                b->text = s;
                b->style = style;
                put(o, s);
                b->span.to = o->cp;
                put(o, S("\n"));
        }
}

/* ---- tables ------------------------------------------------------------------------------------------------ */

/* One place of the grid. */
struct place {
        struct cell *origin; /* whose text stands here; NULL = none */
        int32_t left;        /* rows still covered from above */
        bool side;           /* covered from the left */
};

struct grid {
        struct place v[TREE_COLS_MAX];
        size_t cols;
};

static size_t
row_width(const struct trow *r)
{
        size_t n = 0;

        for (size_t i = 0; i < r->n; i++)
                n += (size_t)r->v[i].colspan;
        return n < TREE_COLS_MAX ? n : TREE_COLS_MAX;
}

static struct cell *
cell_here(struct out *o, struct block *row, struct str text)
{
        struct cell *k = &row->cells[row->n_cells++];

        *k = (struct cell){ .text = text, .span = { o->cp, o->cp }, .colspan = 1, .rowspan = 1 };
        return k;
}

static void
cell_out(struct out *o, struct block *row, const struct tcell *from, size_t at, struct grid *g)
{
        struct str s = clean(o->a, tree_lines(o->a, &from->inside));
        struct cell *k = cell_here(o, row, s.n ? s : S(""));
        size_t span = (size_t)from->colspan;

        k->colspan = from->colspan;
        put(o, s);
        k->span.to = o->cp;
        for (size_t i = 0; i < span && at + i < g->cols; i++) {
                g->v[at + i] = (struct place){ .origin = k, .left = from->rowspan - 1, .side = i > 0 };
                if (i > 0)
                        cell_here(o, row, S(""))->colspan = 0;
        }
}

/* A cell that belongs to the one above has its words too, so that each row can be read alone; but not in rows that go
 * on with the item above, which the first column shows. */
static void
cell_covered(struct out *o, struct block *row, struct place *p, bool goes_on)
{
        bool filled = p->origin && !p->side && !goes_on && p->origin->text.n <= COVER_MAX;
        struct cell *k = cell_here(o, row, filled ? p->origin->text : S(""));

        k->rowspan = 0;
        if (filled)
                k->span = p->origin->span;
        if (p->origin && !p->side)
                p->origin->rowspan++;
        if (p->side)
                k->colspan = 0;
}

static bool
row_empty(const struct block *row)
{
        for (size_t i = 0; i < row->n_cells; i++) {
                if (row->cells[i].text.n)
                        return false;
        }
        return true;
}

static void
row_out(struct out *o, const struct trow *r, struct grid *g)
{
        struct block *row = block_new(o, BLOCK_ROW);
        size_t at = 0, i = 0;
        bool goes_on = false;

        row->table = o->tables;
        row->row = r->no;
        row->style = r->header ? S("header") : STR_NONE;
        row->cells = arena_array(o->a, g->cols + 1, sizeof *row->cells);
        while (at < g->cols) {
                struct place *p = &g->v[at];
                bool given = i < r->n && r->v[i].covered;
                size_t span = i < r->n ? (size_t)r->v[i].colspan : 1;

                if (at)
                        put(o, S("\t"));
                if (given || p->left > 0) {
                        if (!given)
                                span = 1;
                        goes_on = goes_on || at == 0;
                        for (size_t k = 0; k < span && at < g->cols; k++, at++) {
                                g->v[at].left -= g->v[at].left > 0;
                                cell_covered(o, row, &g->v[at], goes_on);
                        }
                        i += given;
                        continue;
                }
                if (i < r->n) {
                        cell_out(o, row, &r->v[i++], at, g);
                } else {
                        *p = (struct place){ .origin = NULL };
                        cell_here(o, row, S(""));
                        span = 1;
                }
                at += span;
        }
        row->span.to = o->cp;
        put(o, S("\n"));
        if (row_empty(row))
                o->b->n--;
}

static void
table_out(struct out *o, const struct ttable *t)
{
        struct grid g = { .cols = 0 };

        for (size_t r = 0; r < t->n; r++) {
                size_t n = row_width(&t->v[r]);

                if (n > g.cols)
                        g.cols = n;
        }
        if (g.cols == 0)
                return;
        gap_before(o, false);
        o->tables++;
        for (size_t r = 0; r < t->n; r++)
                row_out(o, &t->v[r], &g);
        o->after_center = false;
        o->blank = true;
}

/* Depth of tables in layout tables in layout tables is held by the depth of the XML. */
static void
list_out(struct out *o, const struct nodes *list, bool side)
{
        for (size_t i = 0; i < list->n; i++) {
                struct nodes flat;
                size_t used;

                if (list->v[i].table) {
                        if (tree_flatten(o->t, list->v[i].table, &flat))
                                list_out(o, &flat, true);
                        else
                                table_out(o, list->v[i].table);
                } else if ((used = tree_tabbed(o->t, list, i, &flat)) > 0) {
                        list_out(o, &flat, true);
                        i += used - 1;
                } else {
                        para_out(o, &list->v[i], side);
                }
        }
}

enum dd_err
tree_blocks(struct tree *t, struct blocks *ret)
{
        struct out o = { .t = t, .a = t->c->arena, .b = ret, .line = 1, .text = { .max = (size_t)64 << 20 } };
        bool over;

        *ret = (struct blocks){ .format = t->format, .pages = t->pages };
        if (t->full)
                return dd_fail(t->c, DD_ETOOBIG,
                               "Tệp có hơn 200.000 ô hoặc đoạn nên không được nhận. Hãy chỉ gửi phần kế hoạch và phụ "
                               "lục, hoặc tách thành nhiều tệp.");
        furniture(&o, &t->heads, S("header"));
        list_out(&o, &t->body, false);
        furniture(&o, &t->notes, S("footnote"));
        furniture(&o, &t->feet, S("footer"));
        over = o.text.over;
        ret->text = o.text.n ? str_dup(o.a, buf_view(&o.text)) : S("");
        buf_free(&o.text);
        if (over)
                return dd_fail(t->c, DD_ETOOBIG,
                               "Tệp có quá nhiều chữ (hơn 64 MB) nên không được nhận. Hãy tách thành "
                               "nhiều tệp rồi gửi lại.");
        if (ret->n == 0)
                return dd_fail(t->c, DD_EFORMAT, "Tệp không có chữ nào đọc được. Hãy kiểm tra lại tệp rồi gửi lại.");
        return DD_OK;
}
