/* CSV by RFC 4180; formulas disarmed (ASVS 1.2.10). */
#include "dd_csv.h"

/* What a byte asks of the text it stands in. */
enum { PLAIN, QUOTED, DOUBLED, LEFT_OUT /* a NUL ends the text for many readers */ };
static const unsigned char asks[256] = {
        ['\0'] = LEFT_OUT, ['"'] = DOUBLED, [','] = QUOTED, [';'] = QUOTED, ['\n'] = QUOTED, ['\r'] = QUOTED
};

static void
put_quoted(struct dd_buf *b, struct str s, bool risky)
{
        size_t from = 0;

        buf_c(b, '"');
        if (risky)
                buf_c(b, '\'');
        for (size_t i = 0; i < s.n; i++) {
                unsigned char ask = asks[(unsigned char)s.p[i]];

                if (ask < DOUBLED)
                        continue;
                buf_put(b, s.p + from, i - from);
                if (ask == DOUBLED)
                        buf_str(b, S("\"\""));
                from = i + 1;
        }
        buf_put(b, s.p + from, s.n - from);
        buf_c(b, '"');
}

static void
put_text(struct dd_buf *b, struct str s)
{
        bool risky = grid_risky(s);
        size_t i = 0;

        while (i < s.n && asks[(unsigned char)s.p[i]] == PLAIN)
                i++;
        if (!risky && i == s.n)
                buf_str(b, s);
        else
                put_quoted(b, s, risky);
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
