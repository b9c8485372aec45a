/* Writes the C of a template: text as it stands, holes through the escape of their context, blocks as C blocks. */
#include "tmplc_priv.h"
#include "tool_io.h"

enum where { IN_TEXT = 1, IN_ATTR = 2, IN_URL_START = 4, IN_URL_SAFE = 8 };

#define ANYWHERE (IN_TEXT | IN_ATTR | IN_URL_START | IN_URL_SAFE)

/* What writes a hole, and where it may stand. */
static const struct filter {
        struct str name;
        const char *fn;
        int where;
} filters[] = {
        { S(""), "tmpl_text", IN_TEXT | IN_ATTR },
        { S(""), "tmpl_href", IN_URL_START },
        { S("cstr"), "tmpl_cstr", IN_TEXT | IN_ATTR },
        { S("int"), "tmpl_i64", ANYWHERE },
        { S("i64"), "tmpl_i64", ANYWHERE },
        { S("day"), "tmpl_day", IN_TEXT | IN_ATTR },
        { S("iso"), "tmpl_iso", ANYWHERE },
        { S("time"), "tmpl_time", IN_TEXT | IN_ATTR },
        { S("size"), "tmpl_size", IN_TEXT | IN_ATTR },
        { S("url"), "tmpl_url", ANYWHERE },
        { S("uri"), "tmpl_uri", IN_URL_SAFE },
        { S("raw"), "buf_str", IN_TEXT },
};

void
gen_flush(struct tmplc *t)
{
        if (t->lit.n == 0)
                return;
        buf_str(&t->body, S("        tmpl_lit(o, S("));
        c_string(&t->body, buf_view(&t->lit));
        buf_str(&t->body, S("));\n"));
        buf_reset(&t->lit);
}

/* The C compiler's complaints about what follows point into the template. */
void
gen_line(struct tmplc *t)
{
        gen_flush(t);
        buf_fmt(&t->body, "#line %d ", t->line);
        c_string(&t->body, t->path);
        buf_c(&t->body, '\n');
}

static bool
is_blank(char c)
{
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* White space that means no more than one blank. */
static bool
folds(const struct html *h)
{
        return (h->state == HTML_TEXT && !h->verbatim) || h->state == HTML_TAG || h->state == HTML_NAME ||
               h->state == HTML_ATTR;
}

/* Writes one byte of text and follows its HTML. */
static bool
put_byte(struct tmplc *t, char c)
{
        const char *why = html_feed(&t->html, c);

        if (why != NULL)
                return tmplc_fail(t, t->line, "%s", why);
        buf_c(&t->lit, c);
        t->line_begins = c == '\n';
        return true;
}

/* Takes literal text; folds indentation and line ends between tags into one line end. */
bool
gen_text(struct tmplc *t, struct str text)
{
        for (size_t i = 0; i < text.n;) {
                int lines = 0;

                if (!folds(&t->html) || !is_blank(text.p[i])) {
                        t->line += text.p[i] == '\n';
                        if (!put_byte(t, text.p[i++]))
                                return false;
                        continue;
                }
                for (; i < text.n && is_blank(text.p[i]); i++)
                        lines += text.p[i] == '\n';
                char c = lines > 0 && t->html.state == HTML_TEXT ? '\n' : ' ';
                if (!t->line_begins && !put_byte(t, c))
                        return false;
                t->line += lines;
        }
        return true;
}

static int
where_now(const struct html *h)
{
        if (h->state == HTML_TEXT)
                return IN_TEXT;
        if (h->attr != ATTR_URL)
                return IN_ATTR;
        return h->url == URL_START ? IN_URL_START : IN_URL_SAFE;
}

static const struct filter *
filter_find(struct str name, int where, bool *ret_known)
{
        *ret_known = false;
        for (size_t i = 0; i < ARRAY_LEN(filters); i++) {
                if (!str_eq(filters[i].name, name))
                        continue;
                *ret_known = true;
                if (filters[i].where & where)
                        return &filters[i];
        }
        return NULL;
}

bool
gen_hole(struct tmplc *t, struct str s)
{
        const char *why = html_hole_fault(&t->html);
        int where = where_now(&t->html);
        struct str code, name;
        bool known;

        if (why != NULL)
                return tmplc_fail(t, t->line, "%s", why);
        expr_split(s, &code, &name);
        const struct filter *f = filter_find(name, where, &known);
        if (!known)
                return tmplc_fail(t, t->line, "unknown filter: %.*s", FMT(name));
        if (str_eq(name, S("raw")) && !t->allow_raw)
                return tmplc_fail(t, t->line, "| raw is not allowed in this file");
        if (f == NULL && where == IN_URL_SAFE)
                return tmplc_fail(t, t->line, "a part of an address needs | url (one value) or | uri (a ready query)");
        if (f == NULL)
                return tmplc_fail(t, t->line, "| %.*s may not stand here", FMT(name));
        if (!expr_check(t, code))
                return false;
        gen_line(t);
        buf_fmt(&t->body, "        %s(o, ", f->fn);
        if (!expr_put(t, &t->body, code))
                return false;
        buf_str(&t->body, S(");\n"));
        html_hole(&t->html);
        t->line_begins = false;
        return true;
}

/* ---- blocks ---- */

static bool
settle(struct tmplc *t)
{
        const char *why = html_settle(&t->html);

        return why == NULL || tmplc_fail(t, t->line, "%s", why);
}

static struct block *
push(struct tmplc *t, enum block_kind kind)
{
        if (!settle(t))
                return NULL;
        if (t->depth == MAX_DEPTH) {
                tmplc_fail(t, t->line, "blocks nested too deep");
                return NULL;
        }
        struct block *b = &t->stack[t->depth++];
        *b = (struct block){ .kind = kind, .line = t->line, .in = t->html };
        return b;
}

/* Last word of a declaration: the name it declares. */
static struct str
declared(struct str decl)
{
        size_t at = str_find(decl, S("(*"), 0), from;

        if (at < decl.n) {
                struct str rest = str_sub(decl, at + 2, decl.n);
                return c_word(&rest);
        }
        for (from = decl.n; from > 0 && c_is_word(decl.p[from - 1]);)
                from--;
        return str_sub(decl, from, decl.n);
}

bool
gen_define(struct tmplc *t, struct str s)
{
        const struct str lead = S("struct dd_buf *o, const struct ui *u");
        struct block *b;
        bool is_static = str_starts(s, S("static "));

        if (is_static)
                s = str_trim(str_sub(s, 7, s.n));
        struct str all = s, name = c_word(&s);
        if (t->depth > 0)
                return tmplc_fail(t, t->line, "define inside a block: is {{ end }} missing above?");
        if (!str_starts(name, S("tpl_")) || s.n < 2 || s.p[0] != '(' || s.p[s.n - 1] != ')')
                return tmplc_fail(t, t->line, "write {{ define tpl_name(%.*s, ...) }}", FMT(lead));
        struct str params = str_trim(str_sub(s, 1, s.n - 1));
        if (!str_starts(params, lead))
                return tmplc_fail(t, t->line, "the first parameters are %.*s", FMT(lead));
        if (!expr_check(t, params) || (b = push(t, BLOCK_DEFINE)) == NULL)
                return false;
        b->name = name;
        t->fresh = t->line_begins = true;
        if (!is_static)
                buf_fmt(&t->head, "void %.*s;\n", FMT(all));
        gen_line(t);
        buf_fmt(&t->body, "%svoid\n%.*s\n{\n", is_static ? "static " : "", FMT(all));
        for (struct str rest = params; rest.n > 0;) {
                size_t comma = c_find(rest, ',');
                buf_fmt(&t->body, "        (void)%.*s;\n", FMT(declared(str_trim(str_sub(rest, 0, comma)))));
                rest = str_sub(rest, comma + 1, rest.n);
        }
        return true;
}

static bool
put_cond(struct tmplc *t, struct str cond)
{
        if (!expr_check(t, cond))
                return false;
        buf_str(&t->body, S("if ("));
        if (!expr_put(t, &t->body, cond))
                return false;
        buf_str(&t->body, S(") {\n"));
        return true;
}

bool
gen_if(struct tmplc *t, struct str cond)
{
        gen_line(t);
        return push(t, BLOCK_IF) != NULL && put_cond(t, cond);
}

/* Notes in which state a branch ended; all must end alike. */
static bool
branch_ends(struct tmplc *t, struct block *b)
{
        if (!settle(t))
                return false;
        if (!b->has_way) {
                b->out = t->html;
                b->has_way = true;
        } else if (!html_join(&b->out, &t->html))
                return tmplc_fail(t, b->line,
                                  "the branches of this if leave a tag or an attribute in different states");
        return true;
}

bool
gen_else(struct tmplc *t, struct str rest)
{
        struct block *b = t->depth > 0 ? &t->stack[t->depth - 1] : NULL;
        struct str word = c_word(&rest);

        if (b == NULL || b->kind != BLOCK_IF)
                return tmplc_fail(t, t->line, "else without if");
        if (b->has_else)
                return tmplc_fail(t, t->line, "else after else (the if stands at line %d)", b->line);
        if (word.n > 0 && !str_eq(word, S("if")))
                return tmplc_fail(t, t->line, "write {{ else }} or {{ else if ... }}");
        gen_flush(t);
        if (!branch_ends(t, b))
                return false;
        t->html = b->in;
        b->has_else = word.n == 0;
        buf_str(&t->body, S("        }\n"));
        gen_line(t);
        buf_str(&t->body, S("        else "));
        if (word.n > 0)
                return put_cond(t, rest);
        buf_str(&t->body, S("{\n"));
        return true;
}

bool
gen_for(struct tmplc *t, struct str head)
{
        struct str part, rest = head;
        int n = 0;

        while (str_cut(&rest, ';', &part)) {
                n++;
                if (!expr_check(t, str_trim(part)))
                        return false;
        }
        if (n != 3)
                return tmplc_fail(t, t->line, "write {{ for size_t i = 0; i < n; i++ }}");
        gen_line(t);
        buf_fmt(&t->body, "        for (%.*s) {\n", FMT(head));
        return push(t, BLOCK_LOOP) != NULL;
}

/* each TYPE *name[, index] in LIST, where LIST has .v and .n */
bool
gen_each(struct tmplc *t, struct str s)
{
        size_t in = str_find(s, S(" in "), 0);
        struct str decl = str_trim(str_sub(s, 0, in)), list = str_trim(str_sub(s, in + 4, s.n)), index = STR_NONE;
        size_t comma = c_find(decl, ',');
        char counter[24];

        if (comma < decl.n) {
                index = str_trim(str_sub(decl, comma + 1, decl.n));
                decl = str_trim(str_sub(decl, 0, comma));
        }
        if (in == s.n || str_find(decl, S("*"), 0) == decl.n || declared(decl).n == 0)
                return tmplc_fail(
                    t, t->line,
                    "write {{ each const struct x *row in v->rows }} or {{ each const struct x *row, i in v->rows }}");
        if (!expr_check(t, decl) || !expr_check(t, list))
                return false;
        if (index.n == 0)
                index = (struct str){ counter, (size_t)snprintf(counter, sizeof counter, "each_%d_", t->serial++) };
        gen_line(t);
        buf_fmt(&t->body, "        for (size_t %.*s = 0; %.*s < (%.*s).n; %.*s++) {\n", FMT(index), FMT(index),
                FMT(list), FMT(index));
        buf_fmt(&t->body, "#line %d\n        %.*s = &(%.*s).v[%.*s];\n", t->line, FMT(decl), FMT(list), FMT(index));
        return push(t, BLOCK_LOOP) != NULL;
}

bool
gen_call(struct tmplc *t, struct str s)
{
        size_t open = c_find(s, '(');

        if (t->html.state != HTML_TEXT)
                return tmplc_fail(t, t->line, "call inside a tag: a template writes whole elements");
        for (size_t i = 0; i < open; i++)
                if (!c_is_word(s.p[i]) && s.p[i] != '.' && s.p[i] != '-' && s.p[i] != '>')
                        open = s.n;
        if (open == 0 || open >= s.n || s.p[s.n - 1] != ')' || c_find(str_sub(s, open + 1, s.n), ')') + open + 2 != s.n)
                return tmplc_fail(t, t->line, "write {{ call tpl_name(o, u, ...) }}");
        if (!expr_check(t, s))
                return false;
        gen_line(t);
        buf_str(&t->body, S("        "));
        if (!expr_put(t, &t->body, s))
                return false;
        buf_str(&t->body, S(";\n"));
        t->line_begins = false;
        return true;
}

bool
gen_end(struct tmplc *t)
{
        struct block *b = t->depth > 0 ? &t->stack[t->depth - 1] : NULL;

        if (b == NULL)
                return tmplc_fail(t, t->line, "end without a block");
        if (b->kind == BLOCK_DEFINE) {
                if (t->html.state != HTML_TEXT || t->html.verbatim)
                        return tmplc_fail(t, t->line, "%.*s ends inside a tag, <pre> or <textarea>", FMT(b->name));
                while (t->lit.n > 0 && is_blank(t->lit.p[t->lit.n - 1]))
                        t->lit.n--;
        }
        gen_flush(t);
        if (!settle(t))
                return false;
        if (b->kind == BLOCK_LOOP && !html_join(&t->html, &b->in))
                return tmplc_fail(t, b->line, "this loop leaves a tag or an attribute in another state than it found");
        if (b->kind == BLOCK_IF) {
                if (!branch_ends(t, b))
                        return false;
                t->html = b->in;
                if (!b->has_else && !branch_ends(t, b))
                        return false;
                t->html = b->out;
        }
        buf_str(&t->body, b->kind == BLOCK_DEFINE ? S("}\n\n") : S("        }\n"));
        t->depth--;
        return true;
}
