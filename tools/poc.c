/* poc - compiles po/en.po to the sorted table that tr() looks up, and tells which sentences lack a translation.
 *
 *   poc IN.po OUT.c
 *   poc --check IN.po FILE... [--faults FILE...]    FILE: a list of sentences by tmplc --keys, or a .c file. In C a
 * sentence is what stands in T() and TF(), behind .label = and .hint =, in dd_fail(), and every other literal with
 * Vietnamese letters (tables of words are looked up at run time) that is no printf format. Of the files behind --faults
 * only what they say by dd_fail(). Exit 1 and a list when one is missing. */
#include "tool_io.h"

struct entry {
        struct str key, english;
        int line;
};
struct entries {
        struct entry *v;
        size_t n, cap;
};

static bool
fault(struct str path, int line, const char *why, struct str what)
{
        fprintf(stderr, "%.*s:%d: error: %s: %.*s\n", FMT(path), line, why, FMT(what));
        return false;
}

/* Decodes the literal at the beginning of s ("..." with \" \\ \n \t); *ret_n bytes were read. */
static bool
literal(struct arena *a, struct str s, struct str *ret, size_t *ret_n)
{
        AUTO_BUF b = { 0 };
        size_t i = 1;

        if (s.n < 2 || s.p[0] != '"')
                return false;
        for (; i < s.n && s.p[i] != '"'; i++) {
                char c = s.p[i];
                if (c == '\\' && i + 1 < s.n) {
                        c = s.p[++i];
                        c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
                }
                buf_c(&b, c);
        }
        *ret = str_dup(a, buf_view(&b));
        *ret_n = i + 1;
        return i < s.n;
}

static size_t
holes(struct str s)
{
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++) {
                size_t k = i + 1;
                while (s.p[i] == '{' && k < s.n && s.p[k] >= '0' && s.p[k] <= '9')
                        k++;
                n += s.p[i] == '{' && k < s.n && s.p[k] == '}';
        }
        return n;
}

/* The conversions of a printf format in their order: "%.*s %lld" gives ".*s lld ". */
static struct str
conversions(struct arena *a, struct str s)
{
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] != '%')
                        continue;
                for (i++; i < s.n && s.p[i] != '%' && strchr(".*0123456789lhzj", s.p[i]) != NULL; i++)
                        buf_c(&b, s.p[i]);
                if (i < s.n && strchr("sdiuxcp%", s.p[i]) != NULL) {
                        buf_c(&b, s.p[i]);
                        buf_c(&b, ' ');
                }
        }
        return str_dup(a, buf_view(&b));
}

static struct str
joined(struct arena *a, struct str x, struct str y)
{
        return str_fmt(a, "%.*s%.*s", FMT(x), FMT(y));
}

static bool
po_read(struct arena *a, struct str path, struct str text, struct entries *ret)
{
        struct str line, part, *open = NULL;
        struct str rest = text;
        size_t n;

        for (int no = 1; str_cut(&rest, '\n', &line); no++) {
                line = str_trim(line);
                if (line.n == 0 || line.p[0] == '#') {
                        open = NULL;
                        continue;
                }
                if (str_starts(line, S("msgid "))) {
                        struct entry *e = VEC_PUSH(a, ret);
                        *e = (struct entry){ .line = no, .key = S(""), .english = S("") };
                        open = &e->key;
                        line = str_trim(str_sub(line, 6, line.n));
                } else if (str_starts(line, S("msgstr ")) && ret->n > 0) {
                        open = &ret->v[ret->n - 1].english;
                        line = str_trim(str_sub(line, 7, line.n));
                }
                if (open == NULL || !literal(a, line, &part, &n) || n != line.n)
                        return fault(path, no, "expected msgid, msgstr or a quoted line", line);
                *open = joined(a, *open, part);
        }
        return true;
}

static int
by_key(const void *x, const void *y)
{
        return str_cmp(((const struct entry *)x)->key, ((const struct entry *)y)->key);
}

/* Sorts, drops the head and what is not translated yet, refuses what would break a page. */
static bool
po_settle(struct arena *a, struct str path, struct entries *e)
{
        size_t n = 0;

        if (e->n > 0)
                qsort(e->v, e->n, sizeof *e->v, by_key);
        for (size_t i = 0; i < e->n; i++) {
                if (i > 0 && str_eq(e->v[i].key, e->v[i - 1].key))
                        return fault(path, e->v[i].line, "sentence twice", e->v[i].key);
                if (e->v[i].key.n > 0 && e->v[i].english.n > 0 && holes(e->v[i].key) != holes(e->v[i].english))
                        return fault(path, e->v[i].line, "number of holes {} differs", e->v[i].key);
                if (e->v[i].english.n > 0 && !str_eq(conversions(a, e->v[i].key), conversions(a, e->v[i].english)))
                        return fault(path, e->v[i].line, "conversions %s, %d ... differ", e->v[i].key);
        }
        for (size_t i = 0; i < e->n; i++)
                if (e->v[i].key.n > 0 && e->v[i].english.n > 0)
                        e->v[n++] = e->v[i];
        e->n = n;
        return true;
}

static bool
po_write(const struct entries *e, const char *out)
{
        AUTO_BUF b = { 0 };

        buf_str(&b, S("/* Written by poc. */\n#include \"tmpl_rt.h\"\n\nconst struct tr_row tr_rows[] = {\n"));
        for (size_t i = 0; i < e->n; i++) {
                buf_str(&b, S("        { S("));
                c_string(&b, e->v[i].key);
                buf_str(&b, S("), S("));
                c_string(&b, e->v[i].english);
                buf_str(&b, S(") },\n"));
        }
        buf_fmt(&b, "        { STR_NONE, STR_NONE },\n};\nconst size_t tr_rows_n = %zu;\n", e->n);
        return file_write(out, buf_view(&b));
}

static bool
known(const struct entries *e, struct str key)
{
        struct entry want = { .key = key };

        return e->n > 0 && bsearch(&want, e->v, e->n, sizeof *e->v, by_key) != NULL;
}

/* 1 when the sentence has no English, and says so. */
static int
missing_one(const struct entries *e, struct str path, struct str key)
{
        if (key.n == 0 || known(e, key))
                return 0;
        printf("%.*s: \"%.*s\"\n", FMT(path_base(path)), FMT(key));
        return 1;
}

/* A list by tmplc --keys: one sentence a line, behind a tab. */
static int
check_list(struct arena *a, const struct entries *e, struct str path, struct str text)
{
        int missing = 0;

        for (size_t at = str_find(text, S("\t\""), 0); at < text.n; at = str_find(text, S("\t\""), at + 1)) {
                struct str key;
                size_t n;

                if (literal(a, str_sub(text, at + 1, text.n), &key, &n))
                        missing += missing_one(e, path, key);
        }
        return missing;
}

/* Letters from À on, in UTF-8: lead bytes C3..C7 and E1; signs such as «, × and … are none. */
static bool
has_vietnamese(struct str s)
{
        for (size_t i = 0; i + 1 < s.n; i++) {
                unsigned char c = (unsigned char)s.p[i], d = (unsigned char)s.p[i + 1];

                if (c == 0xE1 || (c >= 0xC3 && c <= 0xC7 && !(c == 0xC3 && (d == 0x97 || d == 0xB7))))
                        return true;
        }
        return false;
}

static bool
is_name(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Is the literal behind `before` an argument of T() or TF(), a label or a hint? */
static bool
is_marked(struct str before)
{
        size_t i;

        before = str_trim(before);
        if (str_ends(before, S(".label =")) || str_ends(before, S(".hint =")))
                return true;
        if (!str_ends(before, S(",")))
                return false;
        for (i = before.n - 1; i > 0 && before.p[i - 1] != '(' && before.p[i - 1] != ';'; i--)
                ;
        before = str_sub(before, 0, i);
        if (!str_ends(before, S("T(")) && !str_ends(before, S("TF(")))
                return false;
        i = before.n - (str_ends(before, S("TF(")) ? 3 : 2);
        return i == 0 || !is_name(before.p[i - 1]);
}

/* Is the literal behind `before` in a statement that says a fault? */
static bool
is_fault(struct str before)
{
        size_t i = before.n;

        while (i > 0 && before.p[i - 1] != ';' && before.p[i - 1] != '{' && before.p[i - 1] != '}')
                i--;
        before = str_sub(before, i, before.n);
        return str_has(before, S("dd_fail")) || str_has(before, S("FAIL(")) || str_has(before, S("say("));
}

/* Behind a comment or a character constant that begins at i; i itself when none does. */
static size_t
skip_plain(struct str s, size_t i)
{
        struct str end = s.p[i] == '\'' ? S("'") : S("*/");
        size_t k = i + 2;

        if (i + 3 >= s.n || (s.p[i] != '\'' && !(s.p[i] == '/' && s.p[i + 1] == '*')))
                return i;
        if (s.p[i] == '\'')
                k = s.p[i + 1] == '\\' ? i + 3 : i + 2;
        k = str_find(s, end, k);
        return k < s.n ? k + end.n : s.n;
}

/* The literal at i and those that follow it, as the compiler joins them; *i goes behind the last. */
static struct str
whole_literal(struct arena *a, struct str s, size_t *i)
{
        struct str key = S(""), part;
        size_t n, at = *i;

        while (at < s.n && literal(a, str_sub(s, at, s.n), &part, &n)) {
                key = joined(a, key, part);
                *i = at + n;
                for (at = *i; at < s.n && (s.p[at] == ' ' || s.p[at] == '\n' || s.p[at] == '\t'); at++)
                        ;
        }
        return key;
}

static int
check_c(struct arena *a, const struct entries *e, struct str path, struct str s, bool faults)
{
        int missing = 0;

        for (size_t i = 0; i < s.n;) {
                size_t next = skip_plain(s, i), at = i;

                if (next != i || s.p[i] != '"') {
                        i = next != i ? next : i + 1;
                        continue;
                }
                struct str before = str_sub(s, 0, at), key = whole_literal(a, s, &i);
                if (i == at)
                        i++;
                bool says = has_vietnamese(key) && is_fault(before);
                if (says || (!faults && (is_marked(before) || (has_vietnamese(key) && !str_has(key, S("%"))))))
                        missing += missing_one(e, path, key);
        }
        return missing;
}

static int
check(struct arena *a, const struct entries *e, int n, char **files)
{
        int missing = 0;
        bool faults = false;

        for (int i = 0; i < n; i++) {
                if (strcmp(files[i], "--faults") == 0) {
                        faults = true;
                        continue;
                }
                struct str path = str_of(files[i]), text = file_read(a, files[i]);

                if (text.p == NULL)
                        return 2;
                missing += str_ends(path, S(".c")) ? check_c(a, e, path, text, faults) : check_list(a, e, path, text);
        }
        if (missing > 0)
                printf("%d sentences have no English in po/en.po\n", missing);
        return missing > 0;
}

static int
run(struct arena *a, int argc, char **argv)
{
        bool checks = argc > 2 && str_eq(str_of(argv[1]), S("--check"));
        struct entries e = { 0 };

        if (!checks && argc != 3) {
                fprintf(stderr, "usage: poc IN.po OUT.c | poc --check IN.po FILE...\n");
                return 2;
        }
        const char *in = argv[checks ? 2 : 1];
        struct str text = file_read(a, in);
        if (text.p == NULL || !po_read(a, str_of(in), text, &e) || !po_settle(a, str_of(in), &e))
                return 1;
        return checks ? check(a, &e, argc - 3, argv + 3) : !po_write(&e, argv[2]);
}

int
main(int argc, char **argv)
{
        struct arena *a = arena_new(0);
        int rc = run(a, argc, argv);

        arena_free(a);
        return rc;
}
