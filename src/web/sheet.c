#include "sheet_priv.h"

#include "dd_text.h"

struct making {
        struct arena *a;
        const char *prefix;
        struct sheet_mark *marks;
        size_t n_marks, next_id;
};

struct pieces {
        struct sheet_piece *v;
        size_t n, cap;
};
struct runs {
        struct sheet_run *v;
        size_t n, cap;
};
struct sheet_blocks {
        struct sheet_block *v;
        size_t n, cap;
};

/* The shortest mark that covers a code point; *ret_to: where that may change. */
static struct sheet_mark *
mark_at(struct making *m, int32_t at, int32_t end, int32_t *ret_to)
{
        struct sheet_mark *best = NULL;

        *ret_to = end;
        for (size_t i = 0; i < m->n_marks; i++) {
                struct sheet_mark *k = &m->marks[i];

                if (k->span.from >= k->span.to)
                        continue;
                if (k->span.from > at && k->span.from < *ret_to)
                        *ret_to = k->span.from;
                if (k->span.from > at || k->span.to <= at)
                        continue;
                if (k->span.to < *ret_to)
                        *ret_to = k->span.to;
                if (best == NULL || k->span.to - k->span.from < best->span.to - best->span.from)
                        best = k;
        }
        return best;
}

static size_t
skip(struct str s, size_t i, int32_t points)
{
        while (points-- > 0 && i < s.n)
                (void)utf8_next(s, &i);
        return i;
}

/* A piece belongs to every mark that covers it, so that a field lights up whole. */
static void
name_piece(struct making *m, int32_t at, struct str id)
{
        for (size_t i = 0; i < m->n_marks; i++) {
                struct sheet_mark *k = &m->marks[i];

                if (k->span.from <= at && at < k->span.to)
                        k->ids = k->ids.n > 0 ? str_fmt(m->a, "%.*s %.*s", FMT(k->ids), FMT(id)) : id;
        }
}

static struct sheet_run
run_of(struct making *m, struct str s, int32_t from)
{
        struct pieces p = { 0 };
        int32_t at = from, end = from + (int32_t)utf8_len(s);
        size_t byte = 0;

        while (at < end) {
                int32_t to;
                struct sheet_mark *k = mark_at(m, at, end, &to);
                size_t stop = skip(s, byte, to - at);
                struct sheet_piece *piece = VEC_PUSH(m->a, &p);

                piece->text = str_sub(s, byte, stop);
                if (k != NULL) {
                        piece->id = m->prefix == NULL ? str_fmt(m->a, "c%d", at)
                                                      : str_fmt(m->a, "%s%zu", m->prefix, m->next_id++);
                        if (m->prefix != NULL)
                                name_piece(m, at, piece->id);
                }
                byte = stop;
                at = to;
        }
        return (struct sheet_run){ p.v, p.n };
}

static void
add_line(struct making *m, struct str line, int32_t from, struct sheet_blocks *out)
{
        bool pipes = line.n > 2 && line.p[0] == '|' && line.p[line.n - 1] == '|';
        char sep = pipes ? '|' : '\t';
        struct runs cells = { 0 };
        struct str rest = line, part;
        bool row = pipes || memchr(line.p, '\t', line.n) != NULL;

        if (!row) {
                *VEC_PUSH(m->a, &cells) = run_of(m, line, from);
        } else {
                while (str_cut(&rest, sep, &part)) {
                        bool edge = pipes && (part.p == line.p || part.p + part.n == line.p + line.n);

                        if (!edge)
                                *VEC_PUSH(m->a, &cells) = run_of(m, part, from);
                        from += (int32_t)utf8_len(part) + 1;
                }
        }
        struct sheet_block *b = VEC_PUSH(m->a, out);
        *b = (struct sheet_block){ .row = row, .cells = cells.v, .n_cells = cells.n, .last = row };
        if (!row)
                return;
        b->first = out->n < 2 || !out->v[out->n - 2].row;
        if (!b->first)
                out->v[out->n - 2].last = false;
}

/* Rows of one table know how wide it is. */
static void
fill_rows(struct sheet_blocks *all)
{
        for (size_t i = 0, end; i < all->n; i = end) {
                size_t wide = 0;

                for (end = i + 1; end < all->n && all->v[i].row && all->v[end].row && !all->v[end].first;)
                        end++;
                for (size_t k = i; k < end; k++)
                        wide = all->v[k].n_cells > wide ? all->v[k].n_cells : wide;
                for (size_t k = i; k < end; k++)
                        all->v[k].fill = wide - all->v[k].n_cells + 1;
        }
}

static void
make(struct making *m, struct str text, int32_t at, struct sheet *ret)
{
        struct sheet_blocks blocks = { 0 };
        struct str rest = text, line;

        while (str_cut(&rest, '\n', &line)) {
                if (str_trim(line).n > 0)
                        add_line(m, line, at, &blocks);
                at += (int32_t)utf8_len(line) + 1;
        }
        fill_rows(&blocks);
        *ret = (struct sheet){ blocks.v, blocks.n };
}

void
sheet_make(struct arena *a, struct str text, const char *prefix, struct sheet_mark *marks, size_t n, struct sheet *ret)
{
        struct making m = { a, prefix, marks, n, 0 };

        for (size_t i = 0; i < n; i++)
                marks[i].ids = S("");
        make(&m, text, 0, ret);
}

static bool
is_row(struct str line)
{
        return memchr(line.p, '\t', line.n) != NULL || (line.n > 2 && line.p[0] == '|' && line.p[line.n - 1] == '|');
}

void
sheet_cut(struct arena *a, struct str text, size_t bytes, struct sheet_parts *ret)
{
        struct str rest = text, line;
        struct sheet_part *part = NULL;
        bool in_table = false;
        int32_t at = 0;

        while (str_cut(&rest, '\n', &line)) {
                int32_t end = at + (int32_t)utf8_len(line) + (rest.p != NULL ? 1 : 0);
                bool row = line.n > 0 && is_row(line);

                if (part == NULL || (part->text.n >= bytes && !(row && in_table)) || part->text.n >= 3 * bytes) {
                        part = VEC_PUSH(a, ret);
                        *part = (struct sheet_part){ { line.p, 0 }, at, at };
                }
                part->text.n = (size_t)(line.p + line.n - part->text.p);
                part->to = end;
                in_table = row;
                at = end;
        }
}

void
sheet_make_part(struct arena *a, const struct sheet_part *part, struct sheet_mark *marks, size_t n, struct sheet *ret)
{
        struct making m = { a, NULL, arena_array(a, n + 1, sizeof *marks), 0, 0 };

        for (size_t i = 0; i < n; i++)
                if (marks[i].span.from < part->to && marks[i].span.to > part->from)
                        m.marks[m.n_marks++] = marks[i];
        make(&m, part->text, part->from, ret);
}
