/* CSV by RFC 4180; formulas disarmed (ASVS 1.2.10). */
#include "dd_csv.h"

static void
put_text(struct dd_buf *b, struct str s)
{
        bool risky = grid_risky(s);

        if (!risky && memchr(s.n == 0 ? "" : s.p, '"', s.n) == NULL && !str_has(s, S(",")) && !str_has(s, S("\n")) &&
            !str_has(s, S("\r")) && !str_has(s, S(";"))) {
                buf_str(b, s);
                return;
        }
        buf_c(b, '"');
        if (risky)
                buf_c(b, '\'');
        size_t from = 0;
        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] != '\0' && s.p[i] != '"') /* a NUL ends the text for many readers */
                        continue;
                buf_put(b, s.p + from, i - from);
                if (s.p[i] == '"')
                        buf_str(b, S("\"\""));
                from = i + 1;
        }
        buf_put(b, s.p + from, s.n - from);
        buf_c(b, '"');
}

void
csv_start(struct csv *w, struct dd_buf *out, const struct grid_col *cols, size_t n_cols)
{
        *w = (struct csv){ .out = out, .cols = cols, .n_cols = n_cols };
        buf_str(out, S("\xef\xbb\xbf"));
        for (size_t i = 0; i < n_cols; i++) {
                if (i > 0)
                        buf_c(out, ',');
                put_text(out, cols[i].title);
        }
        buf_str(out, S("\r\n"));
}

void
csv_row(struct csv *w, const struct grid_cell *cells)
{
        for (size_t i = 0; i < w->n_cols; i++) {
                const struct grid_cell *cell = &cells[i];

                if (i > 0)
                        buf_c(w->out, ',');
                if (cell->text.n != 0)
                        put_text(w->out, cell->text);
                else if (cell->has && w->cols[i].type == GRID_DATE)
                        day_iso_put(w->out, (int32_t)cell->n);
                else if (cell->has)
                        buf_i64(w->out, cell->n);
        }
        buf_str(w->out, S("\r\n"));
}
