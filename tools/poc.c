/* poc - compiles po/en.po to the sorted table that tr() looks up, and tells which sentences lack a translation.
 *
 *   poc IN.po OUT.c
 *   poc --check IN.po FILE...    FILE: a list of sentences by tmplc --keys, or a .c file with T(u, "..."),
 *                                .label = "..." and .hint = "..."; exit 1 and a list when one is missing */
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
po_settle(struct str path, struct entries *e)
{
        size_t n = 0;

        if (e->n > 0)
                qsort(e->v, e->n, sizeof *e->v, by_key);
        for (size_t i = 0; i < e->n; i++) {
                if (i > 0 && str_eq(e->v[i].key, e->v[i - 1].key))
                        return fault(path, e->v[i].line, "sentence twice", e->v[i].key);
                if (e->v[i].key.n > 0 && e->v[i].english.n > 0 && holes(e->v[i].key) != holes(e->v[i].english))
                        return fault(path, e->v[i].line, "number of holes {} differs", e->v[i].key);
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

/* Looks for each sentence behind `mark`; prints those that are missing and gives their number. */
static int
check_marks(struct arena *a, const struct entries *e, struct str path, struct str text, struct str mark)
{
        int missing = 0;

        for (size_t at = str_find(text, mark, 0); at < text.n; at = str_find(text, mark, at + 1)) {
                struct str rest = str_sub(text, at + mark.n - 1, text.n), key;
                size_t n;

                if (!literal(a, rest, &key, &n) || key.n == 0 || known(e, key))
                        continue;
                printf("%.*s: \"%.*s\"\n", FMT(path_base(path)), FMT(key));
                missing++;
        }
        return missing;
}

static int
check(struct arena *a, const struct entries *e, int n, char **files)
{
        static const struct str c_marks[] = { S("T(u, \""), S("TF(u, \""), S(".label = \""), S(".hint = \"") };
        int missing = 0;

        for (int i = 0; i < n; i++) {
                struct str path = str_of(files[i]), text = file_read(a, files[i]);

                if (text.p == NULL)
                        return 2;
                if (!str_ends(path, S(".c")))
                        missing += check_marks(a, e, path, text, S("\t\""));
                for (size_t k = 0; str_ends(path, S(".c")) && k < ARRAY_LEN(c_marks); k++)
                        missing += check_marks(a, e, path, text, c_marks[k]);
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
        if (text.p == NULL || !po_read(a, str_of(in), text, &e) || !po_settle(str_of(in), &e))
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
