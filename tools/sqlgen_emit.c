/* The writer of C: types, prototypes, functions and the table of all statements. */
#include "sqlgen_priv.h"

static const char *
c_type(const struct column *c)
{
        switch (c->type) {
        case T_I64:
                return c->null ? "struct dd_opt " : "int64_t ";
        case T_I32:
                return c->null ? "struct dd_opt " : "int32_t ";
        case T_BOOL:
                return c->null ? "struct dd_opt " : "bool ";
        case T_STR:
        case T_BLOB:
                return "struct str ";
        case T_DATE:
                return "int32_t ";
        case T_ID:
        case T_MAX:
                break;
        }
        return "int64_t ";
}

/* The suffix of dd_bind_* and dd_col_*. */
static const char *
access_name(const struct column *c)
{
        switch (c->type) {
        case T_I64:
                return c->null ? "opt" : "i64";
        case T_I32:
                return c->null ? "opt" : "i32";
        case T_BOOL:
                return c->null ? "opt" : "bool";
        case T_STR:
                return "str";
        case T_BLOB:
                return "blob";
        case T_DATE:
                return "date";
        case T_ID:
        case T_MAX:
                break;
        }
        return c->null ? "id" : "i64";
}

void
emit_c_string(struct dd_buf *out, struct str s)
{
        size_t at = 0;

        buf_c(out, '"');
        for (size_t i = 0; i < s.n; i++) {
                unsigned char ch = (unsigned char)s.p[i];

                if (ch == '"' || ch == '\\')
                        buf_fmt(out, "\\%c", ch);
                else if (ch == '\n')
                        buf_str(out, S("\\n"));
                else if (ch < 0x20 || ch == 0x7f || (ch == '?' && i > 0 && s.p[i - 1] == '?'))
                        buf_fmt(out, "\\%03o", ch);
                else
                        buf_c(out, (char)ch);
                if (++at > 90 && ch == ' ' && i + 1 < s.n) {
                        buf_str(out, S("\"\n\t\""));
                        at = 0;
                }
        }
        buf_c(out, '"');
}

/* TASK of task, for the guards. */
static struct str
upper(struct gen *g, struct str s)
{
        char *p = arena_alloc(g->a, s.n + 1);

        for (size_t i = 0; i < s.n; i++)
                p[i] = (char)(s.p[i] >= 'a' && s.p[i] <= 'z' ? s.p[i] - 32 : s.p[i]);
        return (struct str){ p, s.n };
}

static void
head(struct dd_buf *out, const struct file *f)
{
        buf_fmt(out, "/* Made by tools/sqlgen from %.*s. Do not edit. */\n", FMT(f->base));
}

static void
fields(struct dd_buf *out, const struct columns *cols)
{
        for (size_t i = 0; i < cols->n; i++)
                buf_fmt(out, "\t%s%.*s;\n", c_type(&cols->v[i]), FMT(cols->v[i].name));
}

static bool
many_args(const struct query *q)
{
        return q->in.n > 3 || q->args_name.p != NULL;
}

static struct str
args_name(const struct query *q)
{
        return q->args_name.p != NULL ? q->args_name : q->name;
}

static bool
has_column(const struct columns *cols, const struct column *col)
{
        for (size_t i = 0; i < cols->n; i++)
                if (str_eq(cols->v[i].name, col->name))
                        return true;
        return false;
}

/* The parameters of all queries of the file that share a name; NULL when an earlier query gave them. Each query binds
 * its own, so that one filled struct serves whichever of them is chosen. */
static const struct columns *
shared_args(struct gen *g, const struct file *f, size_t at)
{
        struct columns *all = arena_alloc(g->a, sizeof *all);

        for (size_t i = 0; i < f->n_q; i++) {
                const struct query *q = f->q[i];

                if (!str_eq(args_name(q), args_name(f->q[at])))
                        continue;
                if (i < at)
                        return NULL;
                for (size_t k = 0; k < q->in.n; k++)
                        if (!has_column(all, &q->in.v[k]))
                                *VEC_PUSH(g->a, all) = q->in.v[k];
        }
        return all;
}

/* Rows of other files that this one uses come from their headers. */
static void
foreign_rows(struct gen *g, const struct file *f, struct dd_buf *out)
{
        for (size_t k = 0; k < g->n_files; k++) {
                bool wanted = false;

                for (size_t i = 0; i < f->n_q; i++)
                        wanted |= f->q[i]->row != NULL && f->q[i]->row->home == &g->files[k];
                if (wanted && &g->files[k] != f)
                        buf_fmt(out, "#include \"q_%.*s_rows.h\"\n", FMT(g->files[k].noun));
        }
}

void
emit_rows(struct gen *g, const struct file *f, struct dd_buf *out)
{
        struct str guard = upper(g, f->noun);

        head(out, f);
        buf_fmt(out, "#ifndef Q_%.*s_ROWS_H\n#define Q_%.*s_ROWS_H\n\n#include \"dd_base.h\"\n", FMT(guard),
                FMT(guard));
        foreign_rows(g, f, out);
        for (size_t i = 0; i < g->rows.n; i++) {
                const struct row *r = g->rows.v[i];

                if (r->home != f)
                        continue;
                buf_fmt(out, "\nstruct q_%.*s_row {\n", FMT(r->name));
                fields(out, &r->cols);
                buf_str(out, S("};\n"));
                if (r->many)
                        buf_fmt(out, "struct q_%.*s_rows {\n\tstruct q_%.*s_row *v;\n\tsize_t n, cap;\n};\n",
                                FMT(r->name), FMT(r->name));
        }
        for (size_t i = 0; i < f->n_q; i++) {
                const struct columns *args = many_args(f->q[i]) ? shared_args(g, f, i) : NULL;

                if (args == NULL)
                        continue;
                buf_fmt(out, "\nstruct q_%.*s_args {\n", FMT(args_name(f->q[i])));
                fields(out, args);
                buf_str(out, S("};\n"));
        }
        buf_str(out, S("\n#endif\n"));
}

static void
prototype(struct dd_buf *out, const struct query *q)
{
        buf_fmt(out, "q_%.*s(struct dd_tx *tx", FMT(q->name));
        if (many_args(q))
                buf_fmt(out, ", const struct q_%.*s_args *args", FMT(args_name(q)));
        else
                for (size_t i = 0; i < q->in.n; i++)
                        buf_fmt(out, ", %s%.*s", c_type(&q->in.v[i]), FMT(q->in.v[i].name));
        if (q->kind == K_EXEC)
                buf_str(out, S(", int64_t *ret_n"));
        else if (q->kind == K_MANY)
                buf_fmt(out, ", struct q_%.*s_rows *ret", FMT(q->row->name));
        else if (q->row != NULL)
                buf_fmt(out, ", struct q_%.*s_row *ret", FMT(q->row->name));
        else
                buf_fmt(out, ", %s*ret_%.*s", c_type(&q->out.v[0]), FMT(q->out.v[0].name));
        if (q->kind == K_MAYBE)
                buf_str(out, S(", bool *ret_found"));
        buf_c(out, ')');
}

static void
doc_comment(struct dd_buf *out, const struct query *q)
{
        struct str rest = q->doc, line;
        bool first = true;

        while (q->doc.n > 0 && str_cut(&rest, '\n', &line)) {
                buf_str(out, first ? S("/* ") : S("\n * "));
                for (size_t i = 0; i < line.n; i++)
                        buf_c(out, line.p[i] == '*' && i + 1 < line.n && line.p[i + 1] == '/' ? ' ' : line.p[i]);
                first = false;
        }
        if (!first)
                buf_str(out, S(" */\n"));
}

void
emit_header(struct gen *g, const struct file *f, struct dd_buf *out)
{
        struct str guard = upper(g, f->noun);

        head(out, f);
        buf_fmt(out, "#ifndef Q_%.*s_H\n#define Q_%.*s_H\n\n#include \"q_%.*s_rows.h\"\n\n", FMT(guard), FMT(guard),
                FMT(f->noun));
        for (size_t i = 0; i < f->n_q; i++) {
                doc_comment(out, f->q[i]);
                buf_str(out, S("MUST_CHECK enum dd_err "));
                prototype(out, f->q[i]);
                buf_str(out, S(";\n"));
        }
        buf_str(out, S("\n#endif\n"));
}

static void
names(struct dd_buf *out, const char *what, const struct columns *cols)
{
        buf_fmt(out, "\t.%s = (const struct dd_sql_col[]){", what);
        for (size_t i = 0; i < cols->n; i++) {
                static const char letters[] = "liBsbdl";

                buf_fmt(out, " { \"%.*s\", '%c', %s },", FMT(cols->v[i].name), letters[cols->v[i].type],
                        cols->v[i].null ? "true" : "false");
        }
        buf_fmt(out, " },\n\t.n_%s = %zu,\n", what, cols->n);
}

/* A plain INSERT that gives back its id: SQLite knows the id without RETURNING, which would cost it a table in memory
 * and a journal of the statement each time. */
static struct str
without_returning(const struct query *q, bool *ret)
{
        const struct str ending = S(" RETURNING id");
        struct str text = buf_view(&q->text[E_SQLITE]);

        *ret = q->kind == K_ONE && q->row == NULL && q->out.n == 1 && q->out.v[0].type == T_I64 &&
               str_starts(text, S("INSERT INTO ")) && str_ends(text, ending) && !str_has(text, S(" ON CONFLICT"));
        return *ret ? str_sub(text, 0, text.n - ending.n) : text;
}

static void
emit_sql(struct dd_buf *out, const struct file *f, const struct query *q)
{
        const struct columns *cols = q->row != NULL ? &q->row->cols : &q->out;
        bool gives_id;

        buf_fmt(out, "\nconst struct dd_sql q_%.*s_sql = {\n\t.name = \"%.*s\",\n\t.where = \"%.*s:%d\",\n",
                FMT(q->name), FMT(q->name), FMT(f->base), q->line);
        struct str sqlite = without_returning(q, &gives_id);
        if (gives_id)
                buf_str(out, S("\t.gives_id = true,\n"));
        buf_str(out, S("\t.sqlite = "));
        emit_c_string(out, sqlite);
        buf_str(out, S(",\n\t.pg = "));
        emit_c_string(out, buf_view(&q->text[E_PG]));
        buf_str(out, S(",\n"));
        if (q->scan.p != NULL) {
                buf_str(out, S("\t.scan = "));
                emit_c_string(out, q->scan);
                buf_str(out, S(",\n"));
        }
        if (q->in.n > 0)
                names(out, "in", &q->in);
        if (cols->n > 0 && q->kind != K_EXEC)
                names(out, "out", cols);
        buf_str(out, S("};\n"));
}

static void
read_columns(struct dd_buf *out, const struct query *q)
{
        if (q->row == NULL) {
                buf_fmt(out, "\t*ret_%.*s = dd_col_%s(&st, 0);\n", FMT(q->out.v[0].name), access_name(&q->out.v[0]));
                return;
        }
        buf_fmt(out, "\tread_%.*s(&st, ret);\n", FMT(q->row->name));
}

static void
emit_function(struct dd_buf *out, const struct query *q)
{
        buf_str(out, S("\nenum dd_err\n"));
        prototype(out, q);
        buf_str(out, S("\n{\n\tAUTO_STMT st = { 0 };\n"));
        if (q->kind == K_MANY || q->kind == K_MAYBE)
                buf_str(out, S("\tbool row;\n"));
        buf_fmt(out, "\n\tTRY(dd_stmt_open(&st, tx, &q_%.*s_sql));\n", FMT(q->name));
        for (size_t i = 0; i < q->in.n; i++)
                buf_fmt(out, "\tdd_bind_%s(&st, %zu, %s%.*s);\n", access_name(&q->in.v[i]), i,
                        many_args(q) ? "args->" : "", FMT(q->in.v[i].name));
        switch (q->kind) {
        case K_EXEC:
                buf_str(out, S("\treturn dd_stmt_exec(&st, ret_n);\n}\n"));
                return;
        case K_ONE:
                buf_str(out, S("\tTRY(dd_stmt_one(&st));\n"));
                read_columns(out, q);
                break;
        case K_MAYBE:
                buf_str(out, S("\t*ret_found = false;\n\tTRY(dd_stmt_step(&st, &row));\n\tif (!row)\n"
                               "\t\treturn DD_OK;\n\t*ret_found = true;\n"));
                read_columns(out, q);
                break;
        case K_MANY:
                buf_fmt(out,
                        "\t*ret = (struct q_%.*s_rows){ 0 };\n\tfor (;;) {\n\t\tTRY(dd_stmt_step(&st, &row));\n"
                        "\t\tif (!row)\n\t\t\treturn DD_OK;\n"
                        "\t\tread_%.*s(&st, VEC_PUSH(tx->c->arena, ret));\n\t}\n}\n",
                        FMT(q->row->name), FMT(q->row->name));
                return;
        }
        buf_str(out, S("\treturn dd_stmt_done(&st);\n}\n"));
}

/* One reader for each row type that this file's functions fill. */
static void
emit_reader(struct dd_buf *out, const struct row *r)
{
        buf_fmt(out, "\nstatic void\nread_%.*s(struct dd_stmt *st, struct q_%.*s_row *r)\n{\n", FMT(r->name),
                FMT(r->name));
        for (size_t i = 0; i < r->cols.n; i++)
                buf_fmt(out, "\tr->%.*s = dd_col_%s(st, %zu);\n", FMT(r->cols.v[i].name), access_name(&r->cols.v[i]),
                        i);
        buf_str(out, S("}\n"));
}

void
emit_code(struct gen *g, const struct file *f, struct dd_buf *out)
{
        head(out, f);
        buf_fmt(out, "#include \"dd_stmt.h\"\n#include \"q_%.*s.h\"\n#include \"q_table.h\"\n", FMT(f->noun));
        for (size_t k = 0; k < g->rows.n; k++)
                for (size_t i = 0; i < f->n_q; i++)
                        if (f->q[i]->row == g->rows.v[k]) {
                                emit_reader(out, g->rows.v[k]);
                                break;
                        }
        for (size_t i = 0; i < f->n_q; i++) {
                emit_sql(out, f, f->q[i]);
                emit_function(out, f->q[i]);
        }
}

/* q_table.h, then, behind a form feed, q_table.c. */
void
emit_table(struct gen *g, struct dd_buf *out)
{
        size_t n = 0;

        buf_str(out,
                S("/* Made by tools/sqlgen: every statement, for the tests that prepare them all. Do not edit. */\n"
                  "#ifndef Q_TABLE_H\n#define Q_TABLE_H\n\n#include \"dd_stmt.h\"\n\n"));
        for (size_t k = 0; k < g->n_files; k++)
                for (size_t i = 0; i < g->files[k].n_q; i++, n++)
                        buf_fmt(out, "extern const struct dd_sql q_%.*s_sql;\n", FMT(g->files[k].q[i]->name));
        buf_fmt(out, "\n#define Q_TABLE_N %zu\nextern const struct dd_sql *const q_table[];\n\n#endif\n\f", n);
        buf_str(out, S("/* Made by tools/sqlgen. Do not edit. */\n#include \"q_table.h\"\n\n"
                       "const struct dd_sql *const q_table[] = {\n"));
        for (size_t k = 0; k < g->n_files; k++)
                for (size_t i = 0; i < g->files[k].n_q; i++)
                        buf_fmt(out, "\t&q_%.*s_sql,\n", FMT(g->files[k].q[i]->name));
        buf_str(out, S("\tNULL,\n};\n"));
}
