/* csv_read.c - CSV to a tree (RFC 4180 and what spreadsheets make of it). A text is CSV only when nearly all of its
 * rows have the same number of cells: running text with commas is none. */
#include "read_priv.h"

#include "dd_text.h"
#include "sheet_priv.h"
#include "text_priv.h"

#define ROWS_LOOKED_AT 200
#define COLS_LEAST     3

struct cursor {
        struct str s;
        size_t at;
        char sep;
};

/* One cell; quotes are undone. False at the end of the row, whose line end is taken. */
static bool
cell_next(struct cursor *k, struct dd_buf *out)
{
        bool quoted = k->at < k->s.n && k->s.p[k->at] == '"';

        buf_reset(out);
        if (quoted)
                k->at++;
        while (k->at < k->s.n) {
                char ch = k->s.p[k->at++];

                if (quoted && ch == '"') {
                        if (k->at < k->s.n && k->s.p[k->at] == '"')
                                k->at++;
                        else
                                quoted = false;
                        if (!quoted)
                                continue;
                } else if (!quoted && ch == k->sep) {
                        return true;
                } else if (!quoted && ch == '\n') {
                        return false;
                }
                buf_c(out, ch);
        }
        return false;
}

/* Rows that have the usual number of cells, in hundredths of all; 0 when that number is small. */
static size_t
regular(struct str s, char sep)
{
        struct cursor k = { .s = s, .sep = sep };
        AUTO_BUF cell = { 0 };
        size_t widths[SHEET_COLS_MAX] = { 0 }, rows = 0, best = 0;

        while (k.at < s.n && rows < ROWS_LOOKED_AT) {
                size_t n = 1, letters = 0;

                while (cell_next(&k, &cell)) {
                        n++;
                        letters += cell.n;
                }
                if (letters + cell.n == 0)
                        continue;
                rows++;
                widths[n < SHEET_COLS_MAX ? n : SHEET_COLS_MAX - 1]++;
        }
        for (size_t i = COLS_LEAST; i < SHEET_COLS_MAX; i++) {
                if (widths[i] > widths[best])
                        best = i;
        }
        return best < COLS_LEAST || rows < 2 ? 0 : widths[best] * 100 / rows;
}

char
csv_separator(struct str text)
{
        static const char seps[] = { ';', ',' }; /* tabs and pipes are tables of plain text too */
        char best = 0;
        size_t top = 0;

        if (str_starts(text, S("|")) || str_has(text, S("\n|"))) /* a Markdown table whose rows hold as many commas */
                return 0;
        for (size_t i = 0; i < sizeof seps; i++) {
                size_t share = memchr(text.p, seps[i], text.n) ? regular(text, seps[i]) : 0;

                if (share > top) {
                        top = share;
                        best = seps[i];
                }
        }
        return top >= 90 ? best : 0;
}

enum dd_err
csv_read(struct dd_ctx *c, struct str text, char sep, struct blocks *ret)
{
        struct tree t = { .c = c, .format = S("csv") };
        struct sheet *s = arena_alloc(c->arena, sizeof *s);
        struct cursor k = { .s = text, .sep = sep };
        AUTO_BUF cell = { .max = text.n + 1 };
        int32_t no = 0;

        while (k.at < text.n && !t.full) {
                struct srow *r = sheet_row(&t, s, ++no);
                size_t col = 0;
                bool more = r != NULL;

                while (more) {
                        struct str v;

                        more = cell_next(&k, &cell);
                        v = str_trim(buf_view(&cell));
                        if (v.n)
                                sheet_put(&t, r, col, str_dup(c->arena, v));
                        col++;
                }
        }
        sheet_tree(&t, s, false);
        return tree_blocks(&t, ret);
}
