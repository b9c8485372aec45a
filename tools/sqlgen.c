/* sqlgen: SQL files in, typed C out. DESIGN section 4.
 *
 *   sqlgen --rows DIR a.sql ...     q_NOUN_rows.h: row and argument structs
 *   sqlgen --code DIR a.sql ...     q_NOUN.h, q_NOUN.c, q_table.h, q_table.c
 *   sqlgen --schema FILE 0001_a.sql ...   the table of migrations
 *   sqlgen --check a.sql ...        read only */
#include <errno.h>

#include "sqlgen_priv.h"

void
gen_error(struct gen *g, const struct file *f, int line, const char *fmt, ...)
{
        va_list ap;

        fprintf(stderr, "%.*s:%d: error: ", FMT(f->path), line);
        va_start(ap, fmt);
        vfprintf(stderr, fmt, ap);
        va_end(ap);
        fputc('\n', stderr);
        g->errors++;
}

static bool
same_columns(const struct columns *x, const struct columns *y)
{
        if (x->n != y->n)
                return false;
        for (size_t i = 0; i < x->n; i++)
                if (!str_eq(x->v[i].name, y->v[i].name) || x->v[i].type != y->v[i].type || x->v[i].null != y->v[i].null)
                        return false;
        return true;
}

static struct row *
row_find(struct gen *g, struct str name)
{
        for (size_t i = 0; i < g->rows.n; i++)
                if (str_eq(g->rows.v[i]->name, name))
                        return g->rows.v[i];
        return NULL;
}

/* A query with -- out and a row struct defines the struct, or repeats it exactly. */
static void
define_row(struct gen *g, const struct file *f, struct query *q)
{
        struct str name = q->row_name.p != NULL ? q->row_name : q->name;
        bool scalar = q->row_name.p == NULL && q->out.n == 1 && q->kind != K_MANY;

        if (q->out.n == 0 || scalar || q->kind == K_EXEC)
                return;
        q->row = row_find(g, name);
        if (q->row == NULL) {
                q->row = arena_alloc(g->a, sizeof *q->row);
                *q->row = (struct row){ .name = name, .cols = q->out, .home = f };
                if (g->rows.n == g->rows.cap)
                        g->rows.v = arena_grow(g->a, g->rows.v, g->rows.n, &g->rows.cap, sizeof *g->rows.v);
                g->rows.v[g->rows.n++] = q->row;
        } else if (!same_columns(&q->row->cols, &q->out)) {
                gen_error(g, f, q->line, "%.*s: row %.*s has other columns in %.*s", FMT(q->name), FMT(name),
                          FMT(q->row->home->base));
        }
}

static void
check_duplicate(struct gen *g, size_t file, size_t index)
{
        const struct query *q = g->files[file].q[index];

        for (size_t k = 0; k <= file; k++)
                for (size_t i = 0; i < (k == file ? index : g->files[k].n_q); i++)
                        if (str_eq(g->files[k].q[i]->name, q->name)) {
                                gen_error(g, &g->files[file], q->line, "%.*s: named already at %.*s:%d", FMT(q->name),
                                          FMT(g->files[k].base), g->files[k].q[i]->line);
                                return;
                        }
}

/* Queries that share their arguments agree on what a name is. */
static void
check_args(struct gen *g, const struct file *f, const struct query *q, const struct query *other)
{
        if (q->args_name.p == NULL || other->args_name.p == NULL || !str_eq(q->args_name, other->args_name))
                return;
        for (size_t i = 0; i < q->in.n; i++)
                for (size_t k = 0; k < other->in.n; k++)
                        if (str_eq(q->in.v[i].name, other->in.v[k].name) &&
                            (q->in.v[i].type != other->in.v[k].type || q->in.v[i].null != other->in.v[k].null))
                                gen_error(g, f, q->line, "%.*s: %.*s is of another type in %.*s", FMT(q->name),
                                          FMT(q->in.v[i].name), FMT(other->name));
}

void
resolve(struct gen *g)
{
        for (size_t k = 0; k < g->n_files; k++)
                for (size_t i = 0; i < g->files[k].n_q; i++) {
                        check_duplicate(g, k, i);
                        define_row(g, &g->files[k], g->files[k].q[i]);
                        for (size_t o = 0; o < i; o++)
                                check_args(g, &g->files[k], g->files[k].q[i], g->files[k].q[o]);
                        g->overrides += g->files[k].q[i]->override;
                }
        for (size_t k = 0; k < g->n_files; k++)
                for (size_t i = 0; i < g->files[k].n_q; i++) {
                        struct query *q = g->files[k].q[i];

                        if (q->row == NULL && q->row_name.p != NULL) {
                                q->row = row_find(g, q->row_name);
                                if (q->row == NULL)
                                        gen_error(g, &g->files[k], q->line, "%.*s: row %.*s has no -- out anywhere",
                                                  FMT(q->name), FMT(q->row_name));
                        }
                        if (q->row != NULL)
                                q->row->many |= q->kind == K_MANY;
                }
        if (g->overrides > MAX_OVERRIDES && g->n_files > 0)
                gen_error(g, &g->files[0], 1, "%d queries have a text of their own for one database; the limit is %d",
                          g->overrides, MAX_OVERRIDES);
}

static bool
read_file(struct gen *g, struct file *f, const char *path)
{
        FILE *in = fopen(path, "rb");
        AUTO_BUF b = { 0 };
        char chunk[8192];
        size_t n;

        if (in == NULL) {
                fprintf(stderr, "%s: %s\n", path, strerror(errno));
                return false;
        }
        while ((n = fread(chunk, 1, sizeof chunk, in)) > 0)
                buf_put(&b, chunk, n);
        fclose(in);
        f->path = str_dup(g->a, str_of(path));
        f->base = f->path;
        for (size_t i = 0; i < f->path.n; i++)
                if (f->path.p[i] == '/')
                        f->base = str_sub(f->path, i + 1, f->path.n);
        f->noun = str_ends(f->base, S(".sql")) ? str_sub(f->base, 0, f->base.n - 4) : f->base;
        f->text = b.n == 0 ? S("") : str_dup(g->a, buf_view(&b));
        return true;
}

/* Writes only what changed, so that touching one query recompiles one file. */
static bool
write_file(struct gen *g, struct str path, struct str text)
{
        const char *p = str_c(g->a, path);
        struct file old;
        FILE *out = fopen(p, "rb");

        if (out != NULL) {
                fclose(out);
                if (read_file(g, &old, p) && str_eq(old.text, text))
                        return true;
        }
        out = fopen(p, "wb");
        if (out == NULL || fwrite(text.p, 1, text.n, out) != text.n || fclose(out) != 0) {
                fprintf(stderr, "%s: %s\n", p, strerror(errno));
                return false;
        }
        return true;
}

static bool
emit_one(struct gen *g, const char *dir, struct str name, const struct file *f,
         void (*emit)(struct gen *, const struct file *, struct dd_buf *))
{
        AUTO_BUF out = { 0 };

        emit(g, f, &out);
        return write_file(g, str_fmt(g->a, "%s/%.*s", dir, FMT(name)), buf_view(&out));
}

static bool
write_table(struct gen *g, const char *dir)
{
        AUTO_BUF out = { 0 };
        struct str rest, h;

        emit_table(g, &out);
        rest = buf_view(&out);
        str_cut(&rest, '\f', &h);
        return write_file(g, str_fmt(g->a, "%s/q_table.h", dir), h) &&
               write_file(g, str_fmt(g->a, "%s/q_table.c", dir), rest);
}

static bool
write_all(struct gen *g, struct str mode, const char *target)
{
        bool ok = true, rows = str_eq(mode, S("--rows"));

        if (str_eq(mode, S("--check")))
                return true;
        for (size_t k = 0; k < g->n_files && ok; k++) {
                const struct file *f = &g->files[k];

                if (rows) {
                        ok = emit_one(g, target, str_fmt(g->a, "q_%.*s_rows.h", FMT(f->noun)), f, emit_rows);
                        continue;
                }
                ok = emit_one(g, target, str_fmt(g->a, "q_%.*s.h", FMT(f->noun)), f, emit_header) &&
                     emit_one(g, target, str_fmt(g->a, "q_%.*s.c", FMT(f->noun)), f, emit_code);
        }
        return ok && (rows || write_table(g, target));
}

static int
run(struct gen *g, struct str mode, const char *target)
{
        if (str_eq(mode, S("--schema"))) {
                AUTO_BUF out = { 0 };

                emit_schema(g, &out);
                return g->errors == 0 && write_file(g, str_of(target), buf_view(&out)) ? 0 : 1;
        }
        for (size_t k = 0; k < g->n_files; k++)
                parse_file(g, &g->files[k]);
        resolve(g);
        if (g->errors > 0)
                return 1;
        return write_all(g, mode, target) ? 0 : 1;
}

int
main(int argc, char **argv)
{
        struct gen g = { .a = arena_new(0) };
        struct str mode = argc > 1 ? str_of(argv[1]) : S("");
        int first = str_eq(mode, S("--check")) ? 2 : 3, ret = 0;

        if (!str_eq(mode, S("--check")) && !str_eq(mode, S("--rows")) && !str_eq(mode, S("--code")) &&
            !str_eq(mode, S("--schema"))) {
                fprintf(stderr, "usage: sqlgen --rows DIR | --code DIR | --schema FILE | --check  FILE.sql ...\n");
                ret = 2;
        } else {
                g.n_files = argc > first ? (size_t)(argc - first) : 0;
                g.files = arena_array(g.a, g.n_files + 1, sizeof *g.files);
                for (size_t k = 0; k < g.n_files && ret == 0; k++)
                        ret = read_file(&g, &g.files[k], argv[(size_t)first + k]) ? 0 : 1;
                if (ret == 0)
                        ret = run(&g, mode, argv[2]);
        }
        for (size_t k = 0; k < g.n_files; k++)
                for (size_t i = 0; i < g.files[k].n_q; i++)
                        for (int e = 0; e < E_MAX; e++)
                                buf_free(&g.files[k].q[i]->text[e]);
        arena_free(g.a);
        return ret;
}
