/* The reader of *.sql query files: directives in comments, then one statement, told apart from strings and comments
 * by a real scan so that a ':' inside a literal is never a parameter. */
#include "sqlgen_priv.h"

struct scan {
        struct gen *g;
        struct file *f;
        struct str s;
        size_t i;
        int line;
        struct query *q;    /* NULL before the first -- name */
        bool body;          /* SQL of q has begun */
        int only;           /* -1 both, else enum engine */
        struct dd_buf *doc; /* comment lines that wait for their query */
};

static const struct {
        const char *name;
        enum col_type type;
} type_names[] = {
        { "i64", T_I64 },   { "i32", T_I32 },   { "bool", T_BOOL }, { "str", T_STR },
        { "blob", T_BLOB }, { "date", T_DATE }, { "id", T_ID },
};

/* Words of one dialect, refused outside an override (DESIGN section 4). With '(' only as a call. */
static const char *const avoided[] = {
        "string_agg(", "group_concat(", "like",         "ilike",        "similar",           "glob",
        "now(",        "strftime(",     "datetime(",    "julianday(",   "ifnull(",           "date(",
        "nvl(",        "extract(",      "date_part(",   "age(",         "to_char(",          "true",
        "false",       "date_trunc(",   "current_date", "current_time", "current_timestamp", "to_tsvector(",
        "iif(",        "json_extract(", "skip",
};

/* Names that the generated C uses itself, and words of C that could pass for a column. */
static const char *const reserved[] = { "tx",      "st",       "ret",    "row",    "args",    "ret_n",  "ret_found",
                                        "default", "case",     "if",     "for",    "do",      "int",    "long",
                                        "short",   "register", "signed", "auto",   "static",  "void",   "const",
                                        "union",   "else",     "return", "inline", "enum",    "struct", "bool",
                                        "float",   "double",   "while",  "break",  "continue" };

static bool
is_ident(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool
is_blank(char c)
{
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
good_name(struct str s)
{
        if (s.n == 0 || s.n > 63 || !(s.p[0] >= 'a' && s.p[0] <= 'z'))
                return false;
        for (size_t i = 0; i < s.n; i++)
                if (!is_ident(s.p[i]) || (s.p[i] >= 'A' && s.p[i] <= 'Z'))
                        return false;
        return true;
}

static struct str
first_word(struct str *rest)
{
        size_t i = 0;

        *rest = str_trim(*rest);
        while (i < rest->n && !is_blank(rest->p[i]))
                i++;
        struct str word = str_sub(*rest, 0, i);
        *rest = str_trim(str_sub(*rest, i, rest->n));
        return word;
}

static struct column *
column_find(struct columns *cols, struct str name)
{
        for (size_t i = 0; i < cols->n; i++)
                if (str_eq(cols->v[i].name, name))
                        return &cols->v[i];
        return NULL;
}

/* "assignment_id i64, note str?" */
static void
parse_columns(struct scan *s, struct str list, struct columns *ret)
{
        struct str part;

        while (str_cut(&list, ',', &part)) {
                struct column col = { .type = T_MAX };
                struct str type = part;

                col.name = first_word(&type);
                if (col.name.n == 0 && type.n == 0)
                        continue; /* a comma at the end: the list goes on in the next line */
                if (str_ends(type, S("?"))) {
                        col.null = true;
                        type.n--;
                }
                for (size_t i = 0; i < ARRAY_LEN(type_names); i++)
                        if (str_eq(type, str_of(type_names[i].name)))
                                col.type = type_names[i].type;
                for (size_t i = 0; i < ARRAY_LEN(reserved); i++)
                        if (str_eq(col.name, str_of(reserved[i])))
                                gen_error(s->g, s->f, s->line, "'%.*s' cannot name a column here", FMT(col.name));
                if (!good_name(col.name))
                        gen_error(s->g, s->f, s->line, "'%.*s' is not a name", FMT(col.name));
                else if (col.type == T_MAX)
                        gen_error(s->g, s->f, s->line,
                                  "%.*s: unknown type '%.*s' (i64 i32 bool str blob date id, each with ?)",
                                  FMT(col.name), FMT(type));
                else if (column_find(ret, col.name) != NULL)
                        gen_error(s->g, s->f, s->line, "%.*s: named twice", FMT(col.name));
                else if (ret->n == MAX_COLUMNS)
                        gen_error(s->g, s->f, s->line, "more than %d columns", MAX_COLUMNS);
                else
                        *VEC_PUSH(s->g->a, ret) = col;
        }
}

static void
close_query(struct scan *s)
{
        struct query *q = s->q;

        if (q == NULL)
                return;
        for (int e = 0; e < E_MAX; e++) {
                const char *engine = e == E_PG ? "pg" : "sqlite";

                if (q->text[e].n == 0)
                        gen_error(s->g, s->f, q->line, "%.*s: no SQL for %s", FMT(q->name), engine);
                else if (!q->ended[e])
                        gen_error(s->g, s->f, q->line, "%.*s: no ';' at the end (%s)", FMT(q->name), engine);
        }
        for (size_t i = 0; i < q->in.n; i++)
                if (!q->in.v[i].used)
                        gen_error(s->g, s->f, q->line, "%.*s: parameter %.*s is not used", FMT(q->name),
                                  FMT(q->in.v[i].name));
        if (q->kind == K_EXEC && (q->out.n != 0 || q->row_name.p != NULL))
                gen_error(s->g, s->f, q->line, "%.*s: :exec gives no columns", FMT(q->name));
        if (q->kind != K_EXEC && q->out.n == 0 && q->row_name.p == NULL)
                gen_error(s->g, s->f, q->line, "%.*s: -- out is missing", FMT(q->name));
        s->q = NULL;
}

static void
open_query(struct scan *s, struct str rest)
{
        static const char *const kinds[] = { ":one", ":maybe", ":many", ":exec" };
        struct query *q = arena_alloc(s->g->a, sizeof *q);
        struct str kind;
        size_t k;

        close_query(s);
        q->name = first_word(&rest);
        kind = first_word(&rest);
        q->line = s->line;
        if (!good_name(q->name))
                gen_error(s->g, s->f, s->line, "'%.*s' is not a name", FMT(q->name));
        for (k = 0; k < ARRAY_LEN(kinds); k++)
                if (str_eq(kind, str_of(kinds[k])))
                        break;
        if (k == ARRAY_LEN(kinds) || rest.n != 0)
                gen_error(s->g, s->f, s->line, "%.*s: kind must be :one :maybe :many or :exec", FMT(q->name));
        else
                q->kind = (enum kind)k;
        q->doc = str_dup(s->g->a, str_trim(buf_view(s->doc)));
        buf_reset(s->doc);
        if (s->f->n_q == s->f->cap_q)
                s->f->q = arena_grow(s->g->a, s->f->q, s->f->n_q, &s->f->cap_q, sizeof *s->f->q);
        s->f->q[s->f->n_q++] = q;
        s->q = q;
        s->body = false;
        s->only = -1;
}

/* "word: rest" with a known word; false when the comment is only a comment. */
static bool
directive(struct scan *s, struct str word, struct str rest)
{
        bool is_in = str_eq(word, S("in")), is_out = str_eq(word, S("out"));
        bool is_row = str_eq(word, S("row")), is_scan = str_eq(word, S("scan")), is_args = str_eq(word, S("args"));

        if (str_eq(word, S("name"))) {
                open_query(s, rest);
                return true;
        }
        if (!is_in && !is_out && !is_row && !is_scan && !is_args)
                return false;
        if (s->q == NULL)
                gen_error(s->g, s->f, s->line, "-- %.*s: before any -- name", FMT(word));
        else if (s->body)
                gen_error(s->g, s->f, s->line, "-- %.*s: after the SQL began", FMT(word));
        else if (is_in)
                parse_columns(s, rest, &s->q->in);
        else if (is_out)
                parse_columns(s, rest, &s->q->out);
        else if (rest.n == 0)
                gen_error(s->g, s->f, s->line, "-- %.*s: is empty", FMT(word));
        else if (is_scan)
                s->q->scan = rest;
        else if (!good_name(rest))
                gen_error(s->g, s->f, s->line, "'%.*s' is not a name", FMT(rest));
        else if (is_args)
                s->q->args_name = rest;
        else
                s->q->row_name = rest;
        return true;
}

static void
comment(struct scan *s, struct str text)
{
        size_t colon = str_find(text, S(":"), 0);
        struct str word = str_sub(text, 0, colon);

        if (colon < text.n && directive(s, word, str_trim(str_sub(text, colon + 1, text.n))))
                return;
        if (str_eq(text, S("only pg")) || str_eq(text, S("only sqlite"))) {
                if (s->q == NULL) {
                        gen_error(s->g, s->f, s->line, "-- only before any -- name");
                        return;
                }
                s->only = str_eq(text, S("only pg")) ? E_PG : E_SQLITE;
                s->q->override = true;
                if (s->q->ended[s->only]) { /* instead of the common text above */
                        buf_reset(&s->q->text[s->only]);
                        s->q->ended[s->only] = false;
                }
        } else if (str_eq(text, S("end")) && s->only >= 0) {
                s->only = -1;
        } else if (good_name(word) && colon < text.n && s->q != NULL && !s->body) {
                gen_error(s->g, s->f, s->line, "unknown directive '%.*s:'", FMT(word));
        } else if (s->q == NULL || s->q->ended[E_SQLITE] || s->q->ended[E_PG]) {
                buf_str(s->doc, text);
                buf_c(s->doc, '\n');
        }
}

/* Adds SQL to the text of one engine or of both. */
static void
put(struct scan *s, struct str t)
{
        for (int e = 0; e < E_MAX; e++) {
                if (s->only >= 0 && s->only != e)
                        continue;
                if (s->q->ended[e]) {
                        gen_error(s->g, s->f, s->line, "%.*s: text after the ';' (one statement a query)",
                                  FMT(s->q->name));
                        s->q->ended[e] = false; /* say it once */
                }
                buf_str(&s->q->text[e], t);
        }
        s->body = true;
}

static void
put_space(struct scan *s)
{
        for (int e = 0; e < E_MAX; e++) {
                struct dd_buf *b = &s->q->text[e];

                if ((s->only < 0 || s->only == e) && b->n > 0 && b->p[b->n - 1] != ' ' && !s->q->ended[e])
                        buf_c(b, ' ');
        }
}

static void
put_param(struct scan *s, struct str name)
{
        struct column *col = column_find(&s->q->in, name);
        int saved = s->only;

        if (col == NULL) {
                gen_error(s->g, s->f, s->line, "%.*s: unknown parameter :%.*s", FMT(s->q->name), FMT(name));
                return;
        }
        col->used = true;
        for (int e = 0; e < E_MAX; e++) {
                if (saved >= 0 && saved != e)
                        continue;
                s->only = e;
                put(s, str_fmt(s->g->a, "%c%zu", e == E_PG ? '$' : '?', (size_t)(col - s->q->in.v) + 1));
        }
        s->only = saved;
}

static void
check_word(struct scan *s, struct str word, size_t after)
{
        while (after < s->s.n && is_blank(s->s.p[after]))
                after++;
        bool call = after < s->s.n && s->s.p[after] == '(';

        if (s->only >= 0)
                return;
        for (size_t i = 0; i < ARRAY_LEN(avoided); i++) {
                size_t n = strlen(avoided[i]);
                bool only_call = avoided[i][n - 1] == '(';

                n -= only_call;
                if (n == word.n && strncasecmp(avoided[i], word.p, n) == 0 && (call || !only_call))
                        gen_error(s->g, s->f, s->line, "%.*s: '%.*s' is not common to both databases", FMT(s->q->name),
                                  FMT(word));
        }
}

/* A literal or quoted name from s->i on; its end is found by the doubled-quote rule. */
static void
quoted(struct scan *s)
{
        char q = s->s.p[s->i];
        size_t j = s->i + 1;
        int line = s->line;

        for (; j < s->s.n; j++) {
                if (s->s.p[j] == '\n')
                        line++;
                if (s->s.p[j] != q)
                        continue;
                if (j + 1 < s->s.n && s->s.p[j + 1] == q)
                        j++;
                else
                        break;
        }
        if (j >= s->s.n)
                gen_error(s->g, s->f, s->line, "a quote that does not end");
        else
                j++;
        put(s, str_sub(s->s, s->i, j));
        s->i = j;
        s->line = line;
}

static void
sql_char(struct scan *s)
{
        char ch = s->s.p[s->i], next = s->i + 1 < s->s.n ? s->s.p[s->i + 1] : '\0';
        size_t j = s->i + 1;

        if (ch == '\'' || ch == '"') {
                quoted(s);
                return;
        }
        if (ch == ':' && is_ident(next)) {
                while (j < s->s.n && is_ident(s->s.p[j]))
                        j++;
                put_param(s, str_sub(s->s, s->i + 1, j));
        } else if (is_ident(ch)) {
                while (j < s->s.n && is_ident(s->s.p[j]))
                        j++;
                check_word(s, str_sub(s->s, s->i, j), j);
                put(s, str_sub(s->s, s->i, j));
        } else if (ch == ';') {
                for (int e = 0; e < E_MAX; e++)
                        if (s->only < 0 || s->only == e)
                                s->q->ended[e] = true;
        } else {
                if (ch == ':' && next == ':' && s->only != E_PG)
                        gen_error(s->g, s->f, s->line, "%.*s: write CAST(x AS type), not '::'", FMT(s->q->name));
                if (ch == '?' || ch == '$')
                        gen_error(s->g, s->f, s->line, "%.*s: write :name, not '%c'", FMT(s->q->name), ch);
                if (ch == ':' && next == ':')
                        j++;
                put(s, str_sub(s->s, s->i, j));
        }
        s->i = j;
}

static void
line_comment(struct scan *s)
{
        size_t end = str_find(s->s, S("\n"), s->i);

        comment(s, str_trim(str_sub(s->s, s->i + 2, end)));
        s->i = end;
}

static void
block_comment(struct scan *s)
{
        size_t end = str_find(s->s, S("*/"), s->i + 2);

        if (end == s->s.n)
                gen_error(s->g, s->f, s->line, "a comment that does not end");
        for (size_t k = s->i; k < end; k++)
                s->line += s->s.p[k] == '\n';
        s->i = end == s->s.n ? end : end + 2;
}

void
parse_file(struct gen *g, struct file *f)
{
        AUTO_BUF doc = { 0 };
        struct scan s = { .g = g, .f = f, .s = f->text, .line = 1, .only = -1, .doc = &doc };

        while (s.i < s.s.n) {
                char ch = s.s.p[s.i], next = s.i + 1 < s.s.n ? s.s.p[s.i + 1] : '\0';

                if (ch == '-' && next == '-') {
                        line_comment(&s);
                } else if (ch == '/' && next == '*') {
                        block_comment(&s);
                } else if (is_blank(ch)) {
                        if (ch == '\n') {
                                if (s.i > 0 && s.s.p[s.i - 1] == '\n' && (s.q == NULL || s.body))
                                        buf_reset(&doc); /* an empty line parts a comment from its query */
                                s.line++;
                        }
                        if (s.q != NULL && s.body)
                                put_space(&s);
                        s.i++;
                } else if (s.q == NULL) {
                        gen_error(g, f, s.line, "SQL before any -- name");
                        s.i = str_find(s.s, S("\n--"), s.i);
                } else {
                        sql_char(&s);
                }
        }
        close_query(&s);
        for (size_t i = 0; i < f->n_q; i++)
                for (int e = 0; e < E_MAX; e++)
                        while (f->q[i]->text[e].n > 0 && f->q[i]->text[e].p[f->q[i]->text[e].n - 1] == ' ')
                                f->q[i]->text[e].n--;
}
