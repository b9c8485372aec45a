/* Reads the C expressions inside a template's tags: just enough of C to find where they end, to keep statements
 * out, and to find the sentences to translate. The C compiler checks the rest, at the template's own line. */
#include "tmplc_priv.h"

size_t
c_skip(struct str s, size_t i)
{
        char quote = s.p[i];

        if (quote != '"' && quote != '\'')
                return i + 1;
        for (i++; i < s.n && s.p[i] != quote; i++)
                if (s.p[i] == '\\')
                        i++;
        return i < s.n ? i + 1 : s.n;
}

bool
c_is_word(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

struct str
c_word(struct str *s)
{
        size_t n = 0;

        while (n < s->n && c_is_word(s->p[n]))
                n++;
        struct str word = str_sub(*s, 0, n);
        *s = str_trim(str_sub(*s, n, s->n));
        return word;
}

static int
bracket(char c)
{
        return c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
}

size_t
c_find(struct str s, char c)
{
        int depth = 0;

        for (size_t i = 0; i < s.n; i = c_skip(s, i)) {
                if (depth == 0 && s.p[i] == c)
                        return i;
                depth += bracket(s.p[i]);
        }
        return s.n;
}

bool
expr_check(struct tmplc *t, struct str code)
{
        char open[64];
        size_t depth = 0;

        if (code.n == 0)
                return tmplc_fail(t, t->line, "nothing stands in the tag");
        for (size_t i = 0; i < code.n; i = c_skip(code, i)) {
                char c = code.p[i], next = i + 1 < code.n ? code.p[i + 1] : '\0';

                if (c == ';' || c == '#')
                        return tmplc_fail(t, t->line, "a tag holds one expression, not statements");
                if (c == '/' && (next == '/' || next == '*'))
                        return tmplc_fail(t, t->line, "no C comment in a tag: write {{# ... }}");
                if (bracket(c) > 0) {
                        if (depth == sizeof open)
                                return tmplc_fail(t, t->line, "brackets nested too deep");
                        open[depth++] = c == '(' ? ')' : c == '[' ? ']' : '}';
                } else if (bracket(c) < 0 && (depth == 0 || open[--depth] != c))
                        return tmplc_fail(t, t->line, "brackets do not match: %.*s", FMT(code));
        }
        if (depth != 0)
                return tmplc_fail(t, t->line, "brackets do not match: %.*s", FMT(code));
        return true;
}

void
expr_split(struct str s, struct str *ret_code, struct str *ret_filter)
{
        int depth = 0;
        size_t bar = s.n;

        for (size_t i = 0; i < s.n; i = c_skip(s, i)) {
                depth += bracket(s.p[i]);
                if (depth == 0 && s.p[i] == '|') {
                        if (i + 1 < s.n && s.p[i + 1] == '|')
                                i++;
                        else
                                bar = i;
                }
        }
        *ret_code = str_trim(str_sub(s, 0, bar));
        *ret_filter = bar < s.n ? str_trim(str_sub(s, bar + 1, s.n)) : STR_NONE;
}

/* Adds a sentence to the list of keys: line, tab, the literal as written. */
static void
note_key(struct tmplc *t, struct str literal)
{
        buf_fmt(&t->keys, "%.*s:%d\t%.*s\n", FMT(t->path), t->line, FMT(literal));
}

/* One argument of a sentence: "x" or "x | day". */
static bool
put_arg(struct tmplc *t, struct dd_buf *b, struct str arg)
{
        static const struct {
                struct str filter, fn;
        } kinds[] = { { S("day"), S("tmpl_arg_day") },
                      { S("iso"), S("tmpl_arg_iso") },
                      { S("i64"), S("tmpl_arg_i64") },
                      { S("int"), S("tmpl_arg_i64") },
                      { S("cstr"), S("tmpl_arg_cstr") } };
        struct str code, filter, fn = STR_NONE;

        expr_split(arg, &code, &filter);
        if (filter.p == NULL)
                fn = S("TMPL_ARG");
        for (size_t i = 0; i < ARRAY_LEN(kinds) && fn.p == NULL; i++)
                if (str_eq(filter, kinds[i].filter))
                        fn = kinds[i].fn;
        if (fn.p == NULL)
                return tmplc_fail(t, t->line, "unknown filter in a sentence: %.*s (day, iso, i64, int, cstr)",
                                  FMT(filter));
        buf_str(b, fn);
        buf_c(b, '(');
        if (!expr_put(t, b, code))
                return false;
        buf_c(b, ')');
        return true;
}

static size_t
holes_in(struct str literal)
{
        size_t n = 0;

        for (size_t i = 0; i + 1 < literal.n; i++) {
                size_t k = i + 1;
                if (literal.p[i] != '{')
                        continue;
                while (k < literal.n && literal.p[k] >= '0' && literal.p[k] <= '9')
                        k++;
                n += k < literal.n && literal.p[k] == '}';
        }
        return n;
}

/* _("sentence") or _("sentence with {} and {}", a, b | day): args is what stands between the brackets. */
static bool
put_sentence(struct tmplc *t, struct dd_buf *b, struct str args)
{
        size_t comma = c_find(args, ',');
        struct str key = str_trim(str_sub(args, 0, comma));
        size_t n = 0;

        if (key.n < 3 || key.p[0] != '"' || key.p[key.n - 1] != '"')
                return tmplc_fail(t, t->line, "_() takes a sentence in double quotes: %.*s", FMT(args));
        note_key(t, key);
        buf_fmt(b, comma == args.n ? "tmpl_tr(u, S(%.*s)" : "tmpl_trf(u, S(%.*s), (const struct tmpl_arg[]){ ",
                FMT(key));
        for (size_t at = comma; at < args.n; n++) {
                struct str rest = str_sub(args, at + 1, args.n);
                size_t end = c_find(rest, ',');

                if (n > 0)
                        buf_str(b, S(", "));
                if (!expr_check(t, str_trim(str_sub(rest, 0, end))) || !put_arg(t, b, str_trim(str_sub(rest, 0, end))))
                        return false;
                at += end + 1;
        }
        if (n != holes_in(key))
                return tmplc_fail(t, t->line, "the sentence has %zu holes and %zu values: %.*s", holes_in(key), n,
                                  FMT(key));
        if (n > 0)
                buf_fmt(b, " }, %zu", n);
        buf_c(b, ')');
        return true;
}

bool
expr_put(struct tmplc *t, struct dd_buf *b, struct str code)
{
        for (size_t i = 0; i < code.n;) {
                bool starts = i == 0 || !c_is_word(code.p[i - 1]);

                if (starts && str_starts(str_sub(code, i, code.n), S("_("))) {
                        struct str rest = str_sub(code, i + 2, code.n);
                        size_t end = c_find(rest, ')');

                        if (!put_sentence(t, b, str_sub(rest, 0, end)))
                                return false;
                        i += 2 + end + 1;
                        continue;
                }
                size_t next = c_skip(code, i);
                buf_str(b, str_sub(code, i, next));
                i = next;
        }
        return true;
}
