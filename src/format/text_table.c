/* text_table.c - tables in plain text: pipes, tabs, and the two columns of a head or a foot set with blanks. */
#include "text_priv.h"

#include "dd_text.h"

#include <ctype.h>

#define CELLS_MAX    64
#define COLUMN_LINES 60
#define GAP          3 /* blanks that part two columns */

static void
cell_put(struct text_build *t, struct block *row, const struct line *l, struct str raw, bool markup)
{
        struct str s = str_trim(raw);
        struct cell *c = &row->cells[row->n_cells++];

        *c = (struct cell){ .colspan = 1, .rowspan = 1 };
        c->span.from = text_cp_at(l, s.n ? s.p : raw.p);
        c->span.to = c->span.from + (int32_t)utf8_len(s);
        c->text = markup ? text_unmark(t->a, s) : s;
        if (c->text.n == 0)
                c->text = S("");
}

static void
row_close(struct block *row)
{
        row->span = (struct span){ row->cells[0].span.from, row->cells[0].span.to };
        for (size_t i = 1; i < row->n_cells; i++) {
                if (row->cells[i].span.to > row->span.to)
                        row->span.to = row->cells[i].span.to;
                if (row->cells[i].span.from < row->span.from)
                        row->span.from = row->cells[i].span.from;
        }
}

/* "+-----+---+", "+=====+===+": between the rows of a grid table, whose rows take several lines. */
bool
text_is_grid_rule(struct str s)
{
        if (s.n < 5 || s.p[0] != '+' || s.p[s.n - 1] != '+' || !strchr("-=:", s.p[1]))
                return false;
        for (size_t i = 0; i < s.n; i++) {
                if (!strchr("+-=: \t", s.p[i]))
                        return false;
        }
        return true;
}

/* |---|:--:| */
static bool
is_separator(struct str s)
{
        for (size_t i = 0; i < s.n; i++) {
                if (!strchr("|-: \t", s.p[i]))
                        return text_is_grid_rule(s);
        }
        return memchr(s.p, '-', s.n) != NULL;
}

/* The next line of a grid row: its cells go on with those of the first. */
static void
grid_line(struct text_build *t, struct block *row, const struct line *l)
{
        struct str s = str_trim(l->s);

        for (size_t at = 1, k = 0; at < s.n && k < row->n_cells; k++) {
                const char *bar = memchr(s.p + at, '|', s.n - at);
                size_t end = bar ? (size_t)(bar - s.p) : s.n;
                struct str part = str_trim(str_sub(s, at, end));
                struct cell *c = &row->cells[k];

                at = end + 1;
                if (part.n == 0)
                        continue;
                c->span.to = text_cp_at(l, part.p) + (int32_t)utf8_len(part);
                part = text_unmark(t->a, part);
                c->text = c->text.n ? str_fmt(t->a, "%.*s %.*s", FMT(c->text), FMT(part)) : part;
        }
}

/* True when the table of the block before goes on in line i. */
static bool
table_goes_on(const struct text_build *t, size_t i, enum line_kind kind)
{
        const struct block *last = t->b->n ? &t->b->v[t->b->n - 1] : NULL;
        size_t k = i;

        if (!last || last->table == 0)
                return false;
        while (k > 0 && t->lines.v[k - 1].kind == LINE_BLANK)
                k--;
        return k > 0 && t->lines.v[k - 1].kind == kind && (kind == LINE_TABS || k == i);
}

size_t
text_pipe_row(struct text_build *t, size_t i)
{
        const struct line *l = &t->lines.v[i];
        struct str s = str_trim(l->s);
        bool sep = is_separator(s);
        struct block *row;
        size_t at = 1, used = 1, above = i;

        if (sep) { /* belongs to its table, shows nothing */
                int32_t table = t->b->n ? t->b->v[t->b->n - 1].table : 0;

                row = text_block(t, BLOCK_RULE, l);
                row->table = table;
                row->text = s;
                row->span = (struct span){ text_cp_at(l, s.p), text_cp_at(l, s.p) + (int32_t)utf8_len(s) };
                return 1;
        }
        if (!table_goes_on(t, i, LINE_PIPE))
                t->tables++;
        row = text_block(t, BLOCK_ROW, l);
        row->table = t->tables;
        row->cells = arena_array(t->a, CELLS_MAX, sizeof *row->cells);
        while (at < s.n && row->n_cells < CELLS_MAX) {
                size_t end = at;

                while (end < s.n && (s.p[end] != '|' || s.p[end - 1] == '\\'))
                        end++;
                cell_put(t, row, l, str_sub(s, at, end), true);
                at = end + 1;
        }
        while (above > 0 && t->lines.v[above - 1].kind == LINE_BLANK)
                above--;
        if (above > 0 && text_is_grid_rule(str_trim(t->lines.v[above - 1].s))) {
                while (i + used < t->lines.n && t->lines.v[i + used].kind == LINE_PIPE &&
                       !is_separator(str_trim(t->lines.v[i + used].s)))
                        grid_line(t, row, &t->lines.v[i + used++]);
        }
        row_close(row);
        return used;
}

static size_t
count_tabs(struct str s)
{
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++)
                n += s.p[i] == '\t';
        return n;
}

/* A row pasted from a word processor. A cell that holds line ends spreads the row over several lines: they are taken
 * in while the row has fewer cells than its table. */
size_t
text_tab_row(struct text_build *t, size_t i)
{
        const struct line *l = &t->lines.v[i];
        bool on = t->tab_cols > 0 && table_goes_on(t, i, LINE_TABS);
        size_t cols = count_tabs(l->s) + 1, used = 1;
        struct str s = l->s;
        struct block *row;

        if (!on && cols < 3)
                return 0;
        while (on && cols < t->tab_cols && i + used < t->lines.n && t->lines.v[i + used].kind != LINE_BLANK &&
               cols + count_tabs(t->lines.v[i + used].s) <= t->tab_cols) {
                cols += count_tabs(t->lines.v[i + used].s);
                s.n = (size_t)(t->lines.v[i + used].s.p + t->lines.v[i + used].s.n - s.p);
                used++;
        }
        if (!on) {
                t->tables++;
                t->tab_cols = cols;
        }
        row = text_block(t, BLOCK_ROW, l);
        row->table = t->tables;
        row->cells = arena_array(t->a, cols < CELLS_MAX ? cols : CELLS_MAX, sizeof *row->cells);
        for (size_t at = 0; row->n_cells < cols && row->n_cells < CELLS_MAX;) {
                const char *tab = at < s.n ? memchr(s.p + at, '\t', s.n - at) : NULL;
                size_t end = tab ? (size_t)(tab - s.p) : s.n;

                cell_put(t, row, l, str_sub(s, at, end), true);
                at = end + 1;
                if (!tab)
                        break;
        }
        row_close(row);
        return used;
}

/* ---- two columns set with blanks ------------------------------------------------------------------------ */

/* Offset of the first gap after text, s.n = none; *ret_right is where the right part begins. */
static size_t
find_gap(struct str s, size_t from, size_t *ret_right)
{
        size_t i = from;

        while (i < s.n) {
                size_t k = i;

                while (k < s.n && s.p[k] == ' ')
                        k++;
                if (k - i >= GAP && k < s.n) {
                        *ret_right = k;
                        return i;
                }
                i = k > i ? k : i + 1;
        }
        return s.n;
}

static size_t
lead_of(struct str s)
{
        size_t i = 0;

        while (i < s.n && (s.p[i] == ' ' || s.p[i] == '*' || s.p[i] == '\\'))
                i++;
        return i;
}

static bool
has_motto(struct str s)
{
        return str_has(s, S("CỘNG HÒA XÃ HỘI")) || str_has(s, S("CỘNG HOÀ XÃ HỘI")) || str_has(s, S("ĐẢNG CỘNG SẢN"));
}

/* Opens a head ("... CỘNG HÒA XÃ HỘI") or a foot ("Nơi nhận: ...")? Gives the column of the right part, 0 = no. */
static size_t
opens_columns(struct str s, bool *ret_foot)
{
        size_t right = 0, gap = find_gap(s, lead_of(s), &right);

        if (gap == s.n)
                return 0;
        *ret_foot = str_has(str_sub(s, 0, gap), S("Nơi nhận")) || str_has(str_sub(s, 0, gap), S("NƠI NHẬN"));
        if (!*ret_foot && !has_motto(str_sub(s, right, s.n)))
                return 0;
        return utf8_len(str_sub(s, 0, right));
}

/* Splits one line at the gap whose end lies nearest to the column. */
static void
split_at_column(struct str s, size_t column, struct str *ret_left, struct str *ret_right)
{
        size_t best = s.n, best_gap = s.n, best_off = SIZE_MAX, from = lead_of(s), right = 0;

        for (size_t gap = find_gap(s, from, &right); gap < s.n; gap = find_gap(s, right, &right)) {
                size_t col = utf8_len(str_sub(s, 0, right));
                size_t off = col > column ? col - column : column - col;

                if (off < best_off) {
                        best_off = off;
                        best = right;
                        best_gap = gap;
                }
        }
        if (best < s.n && best_off <= 24) {
                *ret_left = str_sub(s, 0, best_gap);
                *ret_right = str_sub(s, best, s.n);
        } else if (utf8_len(str_sub(s, 0, from)) + 12 >= column) {
                *ret_left = STR_NONE;
                *ret_right = s;
        } else {
                *ret_left = s;
                *ret_right = STR_NONE;
        }
}

struct column {
        struct dd_buf text;
        const struct line *first;
        const char *from;
        int32_t to;
};

static void
column_add(struct text_build *t, struct column *col, const struct line *l, struct str part)
{
        struct str s = str_trim(part), clean;

        if (s.n == 0)
                return;
        clean = text_unmark(t->a, s);
        if (!col->first) {
                col->first = l;
                col->from = s.p;
        } else if (clean.n) {
                buf_c(&col->text, '\n');
        }
        buf_str(&col->text, clean);
        col->to = text_cp_at(l, s.p + s.n);
}

static bool
has_number_label(struct str left)
{
        struct str s = str_sub(left, lead_of(left), left.n);

        return (str_starts(s, S("Số")) || str_starts(s, S("SỐ"))) && (memchr(s.p, '/', s.n) || memchr(s.p, ':', s.n));
}

/* "QUYẾT ĐỊNH" right under number and date: the columns of the head are over. */
static bool
type_line(struct text_build *t, struct str left)
{
        struct str s = str_trim(left);

        return s.n >= 7 && str_eq(text_upper(t->a, s), s) && !has_number_label(s) && !text_is_rule(s);
}

size_t
text_columns(struct text_build *t, size_t i)
{
        bool foot = false, number = false, dated = false;
        size_t column, k;
        struct column cols[2] = { 0 };
        struct block *row;

        if (t->lines.v[i].kind != LINE_PARA || !(column = opens_columns(t->lines.v[i].s, &foot)))
                return 0;
        for (k = i; k < t->lines.n && k < i + COLUMN_LINES; k++) {
                const struct line *l = &t->lines.v[k];
                struct str left, right;

                if (l->kind == LINE_BLANK
                        ? (number && !foot) || (k + 1 < t->lines.n && t->lines.v[k + 1].kind == LINE_BLANK)
                        : l->kind != LINE_PARA && l->kind != LINE_RULE)
                        break;
                if (l->kind == LINE_RULE && number)
                        break;
                split_at_column(l->s, column, &left, &right);
                if (left.p && !right.p && (utf8_len(str_trim(left)) > column + 8 || (dated && type_line(t, left))))
                        break;
                number = number || (left.p && has_number_label(left));
                dated =
                    dated || (number && !foot && right.p && str_has(right, S("ngày")) && str_has(right, S("tháng")));
                column_add(t, &cols[0], l, left);
                column_add(t, &cols[1], l, right);
        }
        row = text_block(t, BLOCK_ROW, &t->lines.v[i]);
        row->table = ++t->tables;
        row->cells = arena_array(t->a, 2, sizeof *row->cells);
        for (size_t n = 0; n < 2; n++) {
                struct cell *c = &row->cells[row->n_cells++];

                *c = (struct cell){ .colspan = 1, .rowspan = 1, .text = S("") };
                if (cols[n].first) {
                        c->text = str_dup(t->a, buf_view(&cols[n].text));
                        c->span = (struct span){ text_cp_at(cols[n].first, cols[n].from), cols[n].to };
                } else {
                        c->span.from = c->span.to = t->lines.v[i].cp;
                }
                buf_free(&cols[n].text);
        }
        row_close(row);
        return k - i;
}
