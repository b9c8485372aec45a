/* doc_read_table.c - rows of a Word 97-2003 paper: each says at its end where its cells stand. */
#include "doc_read_priv.h"

#define TOLERANCE 40 /* twentieths of a point by which edges of one column may differ */
#define TC        20 /* bytes of what a row says of a cell */

/* What a row says of itself. */
struct tap {
        int32_t edge[TREE_COLS_MAX + 1]; /* left ones, and the last right one */
        bool joined[TREE_COLS_MAX];      /* to the cell before */
        bool covered[TREE_COLS_MAX];     /* by the cell above */
        size_t n;
        bool header, lined;
};

static bool
is_line(uint32_t kind)
{
        return kind != 0 && kind != 0xFF;
}

/* sprmTDefTable */
static void
cells_said(struct tap *t, struct str s)
{
        size_t n = byte_at(s, 0), at = 1 + 2 * (n + 1);

        t->n = n < TREE_COLS_MAX ? n : TREE_COLS_MAX;
        for (size_t i = 0; i <= t->n; i++)
                t->edge[i] = (int16_t)le16(s, 1 + 2 * i);
        for (size_t i = 0; i < t->n; i++, at += TC) {
                uint32_t flags = le16(s, at);

                t->joined[i] = (flags & 2) != 0;
                t->covered[i] = (flags & 0x60) == 0x20;
                for (size_t side = 0; side < 4; side++)
                        t->lined = t->lined || is_line(byte_at(s, at + 4 + 4 * side + 1));
        }
}

static bool
borders_lined(struct str s, size_t from, size_t each)
{
        for (size_t i = from; i < s.n; i += each) {
                if (is_line(byte_at(s, i)))
                        return true;
        }
        return false;
}

static struct tap
tap_of(const struct doc *d, struct str g)
{
        struct tap t = { .n = 0 };
        struct sprm s;
        size_t i;

        while (sprm_next(&g, &s)) {
                switch (s.op) {
                case 0xD608: /* sprmTDefTable */
                        cells_said(&t, s.arg);
                        break;
                case 0x3404: /* sprmTTableHeader */
                        t.header = byte_at(s.arg, 0) != 0;
                        break;
                case 0x563A: /* sprmTIstd */
                        i = le16(s.arg, 0);
                        t.lined = t.lined || (i < d->n_styles && d->style[i].lines);
                        break;
                case 0xD605: /* sprmTTableBorders80, sprmTTableBorders */
                        t.lined = t.lined || borders_lined(s.arg, 1, 4);
                        break;
                case 0xD613:
                        t.lined = t.lined || borders_lined(s.arg, 5, 8);
                        break;
                case 0xD620: /* sprmTSetBrc80, sprmTSetBrc: cells, sides, line */
                        t.lined = t.lined || is_line(byte_at(s.arg, 4));
                        break;
                case 0xD62F:
                        t.lined = t.lined || is_line(byte_at(s.arg, 8));
                        break;
                case 0xD62B: /* sprmTVertMerge */
                        i = byte_at(s.arg, 0);
                        if (i < TREE_COLS_MAX)
                                t.covered[i] = (byte_at(s.arg, 1) & 3) == 1;
                        break;
                case 0x5624: /* sprmTMerge */
                        for (i = byte_at(s.arg, 0) + 1; i < byte_at(s.arg, 1) && i < TREE_COLS_MAX; i++)
                                t.joined[i] = true;
                        break;
                default:
                        break;
                }
        }
        return t;
}

void
doc_row_end(struct doc *d, struct doc_table *t, struct str grpprl)
{
        struct tap tap = tap_of(d, grpprl);
        struct trow *row = tree_row(d->tree, t->table);
        struct row_edges *edges = VEC_PUSH(d->c->arena, &t->rows);

        row->header = tap.header;
        t->lined += tap.lined;
        for (size_t i = 0; i < t->cells.n && i < TREE_COLS_MAX; i++) {
                struct tcell *k;

                if (i > 0 && i < tap.n && tap.joined[i] && edges->n > 0) {
                        edges->v[edges->n - 1] = tap.edge[i + 1];
                        continue;
                }
                k = tree_cell(d->tree, row);
                k->inside = t->cells.v[i];
                k->covered = i < tap.n && tap.covered[i];
                if (i < tap.n)
                        edges->v[edges->n++] = tap.edge[i + 1];
        }
        t->cells.n = 0;
}

/* Edges of all rows, those of one column once, into out. */
static size_t
columns_of(const struct doc_table *t, int32_t out[TREE_COLS_MAX])
{
        size_t n = 0;

        for (size_t i = 0; i < t->rows.n; i++) {
                for (size_t k = 0; k < t->rows.v[i].n; k++) {
                        int32_t v = t->rows.v[i].v[k];
                        size_t at = n;

                        while (at > 0 && out[at - 1] > v + TOLERANCE)
                                at--;
                        if ((at > 0 && out[at - 1] >= v - TOLERANCE) || n == TREE_COLS_MAX)
                                continue;
                        memmove(out + at + 1, out + at, (n - at) * sizeof *out);
                        out[at] = v;
                        n++;
                }
        }
        return n;
}

/* How many columns of the whole table each cell covers. */
void
doc_table_end(struct doc_table *t)
{
        int32_t cols[TREE_COLS_MAX];
        size_t n = columns_of(t, cols);

        for (size_t i = 0; i < t->table->n && i < t->rows.n; i++) {
                struct trow *row = &t->table->v[i];
                size_t at = 0;

                for (size_t k = 0; k < row->n && k < t->rows.v[i].n; k++) {
                        size_t from = at;

                        while (at < n && cols[at] <= t->rows.v[i].v[k] + TOLERANCE)
                                at++;
                        row->v[k].colspan = at > from ? (int32_t)(at - from) : 1;
                }
        }
        t->table->lines = t->lined * 2 > t->table->n;
}
