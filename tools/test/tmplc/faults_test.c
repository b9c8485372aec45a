/* What the generators of pages refuse, and with which words: each case is a template or a translation file, the line
 * that must be named and a part of the message. The programs under test come as TMPLC, POC, EMBED. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "dd_base.h"

struct fault {
        const char *name, *text;
        int line;          /* 0: it must be accepted */
        const char *words; /* in the message; for accepted text: in the C that was written */
};

#define D   "{{ define tpl_x(struct dd_buf *o, const struct ui *u, struct str s, int n) }}\n"
#define END "\n{{ end }}\n"

static const struct fault templates[] = {
        /* contexts */
        { "hole in an unquoted attribute", D "<a href={{ s }}>x</a>" END, 2, "unquoted attribute" },
        { "hole behind the start of an unquoted attribute", D "<a class=b{{ s }}>x</a>" END, 2, "unquoted attribute" },
        { "hole as attribute", D "<a {{ s }}>x</a>" END, 2, "inside a tag" },
        { "hole in an attribute's name", D "<a data-{{ s }}=\"1\">x</a>" END, 2, "inside a tag" },
        { "hole as tag name", D "<{{ s }}>" END, 2, "inside a tag" },
        { "hole inside script", D "<script src=\"/s/a.js\">{{ s }}</script>" END, 2, "inside <script>" },
        { "inline script", D "<p>a</p>\n<script>alert(1)</script>" END, 3, "inline <script>" },
        { "script with src and text", D "<script src=\"/s/a.js\">alert(1)</script>" END, 2, "inline <script>" },
        { "style element", D "<style>p{}</style>" END, 2, "static/app.css" },
        { "style attribute", D "<p style=\"color:red\">x</p>" END, 2, "style=" },
        { "style attribute in capitals", D "<p STYLE=\"color:red\">x</p>" END, 2, "style=" },
        { "onclick", D "<p onclick=\"f()\">x</p>" END, 2, "inline handler" },
        { "onload without value", D "<p onload>x</p>" END, 2, "inline handler" },
        { "hole in srcset", D "<img srcset=\"{{ s }}\">" END, 2, "no hole may stand" },
        { "srcdoc", D "<iframe srcdoc=\"x\"></iframe>" END, 2, "srcdoc" },
        { "base element", D "<base href=\"/\">" END, 2, "<base>" },
        { "javascript address", D "<a href=\"javascript:f()\">x</a>" END, 2, "relative, https: or mailto:" },
        { "javascript address in capitals", D "<a href=\"JavaScript:f()\">x</a>" END, 2,
          "relative, https: or mailto:" },
        { "data address", D "<img src=\"data:x\">" END, 2, "relative, https: or mailto:" },
        { "scheme still open before a hole", D "<a href=\"x{{ s }}\">x</a>" END, 2, "begins with a literal path" },
        { "bare text in a query", D "<a href=\"/t?q={{ s }}\">x</a>" END, 2, "needs | url" },
        { "bare text behind a whole address", D "<a href=\"{{ s }}{{ s }}\">x</a>" END, 2, "needs | url" },
        { "ready query as whole address", D "<a href=\"{{ s | uri }}\">x</a>" END, 2, "may not stand here" },
        { "HTML comment", D "<!-- {{ s }} -->" END, 2, "{{# ... }}" },
        { "bare less-than", D "1 < 2" END, 2, "&lt;" },
        { "missing quote", D "<a class=\"b><b id=\"c\">x</a>" END, 2, "quote missing" },
        /* filters */
        { "unknown filter", D "{{ s | loud }}" END, 2, "unknown filter: loud" },
        { "raw where it is not allowed", D "<p>{{ s | raw }}</p>" END, 2, "| raw is not allowed" },
        { "unknown filter in a sentence", D "{{ _(\"a {}\", n | loud) }}" END, 2, "unknown filter in a sentence" },
        { "more holes than values", D "{{ _(\"a {} {}\", n) }}" END, 2, "2 holes and 1 values" },
        { "more values than holes", D "{{ _(\"a\", n) }}" END, 2, "0 holes and 1 values" },
        { "sentence that is no literal", D "{{ _(s) }}" END, 2, "in double quotes" },
        /* blocks */
        { "define never closed", D "<p>x</p>\n", 1, "never closed" },
        { "if never closed", D "\n\n{{ if n }}\nx" END, 1, "never closed" },
        { "end without block", "{{ end }}\n", 1, "end without a block" },
        { "define inside a define", D "{{ define tpl_y(struct dd_buf *o, const struct ui *u) }}" END, 2,
          "define inside a block" },
        { "else without if", D "{{ else }}" END, 2, "else without if" },
        { "else in a loop", D "{{ for int i = 0; i < n; i++ }}{{ else }}{{ end }}" END, 2, "else without if" },
        { "two elses", D "{{ if n }}a{{ else }}b\n{{ else }}c{{ end }}" END, 3, "else after else" },
        { "odd else", D "{{ if n }}a{{ else n }}b{{ end }}" END, 2, "write {{ else }}" },
        { "branches that part in a tag", D "{{ if n }}<a class=\"x{{ else }}<b>{{ end }}" END, 2, "different states" },
        { "if that leaves a tag open", D "{{ if n }}<a {{ end }}>x" END, 2, "different states" },
        { "loop that leaves a quote open", D "<p class=\"a{{ for int i = 0; i < n; i++ }}\"{{ end }}>x" END, 2,
          "loop leaves" },
        { "define that ends inside a tag", D "<a class=\"x\"" END, 3, "ends inside a tag" },
        { "define that ends inside pre", D "<pre>x" END, 3, "ends inside a tag, <pre>" },
        { "call inside a tag", D "<p {{ call tpl_y(o, u) }}>" END, 2, "call inside a tag" },
        { "call of no function", D "{{ call tpl_y }}" END, 2, "write {{ call" },
        { "call with more behind", D "{{ call tpl_y(o, u) + 1 }}" END, 2, "write {{ call" },
        { "for with two parts", D "{{ for i = 0; i < n }}{{ end }}" END, 2, "write {{ for" },
        { "each without in", D "{{ each const struct x *r }}{{ end }}" END, 2, "write {{ each" },
        { "each without pointer", D "{{ each struct x r in v->rows }}{{ end }}" END, 2, "write {{ each" },
        { "tag never closed", D "{{ s" END, 2, "without }}" },
        { "empty tag", D "{{ }}" END, 2, "nothing stands" },
        /* no C inside */
        { "statement in a hole", D "{{ s; f() }}" END, 2, "not statements" },
        { "statement expression", D "{{ ({ f(); s; }) }}" END, 2, "not statements" },
        { "directive in a hole", D "{{ #define x }}" END, 2, "not statements" },
        { "C comment in a hole", D "{{ s /* x */ }}" END, 2, "no C comment" },
        { "brackets that do not match", D "{{ f(s] }}" END, 2, "do not match" },
        { "bracket left open", D "{{ if (n }}x{{ end }}" END, 2, "do not match" },
        { "text outside a define", "hello\n" D "x" END, 1, "text outside" },
        { "hole outside a define", "{{ s }}\n", 1, "outside a define" },
        { "include in a define", D "{{ include \"a.h\" }}" END, 2, "before the first define" },
        { "include of a path", "{{ include \"../a.h\" }}\n", 1, "before the first define" },
        { "define without frame", "{{ define tpl_x(struct dd_buf *o) }}\n{{ end }}\n", 1, "first parameters" },
        { "define without prefix", "{{ define x(struct dd_buf *o, const struct ui *u) }}\n{{ end }}\n", 1, "tpl_name" },
        { "fault behind a tag of several lines", D "{{# a\nb\nc }}\n{{ s | loud }}" END, 5, "unknown filter" },
        { "fault behind folded lines", D "<p>\n\n\n   {{ s | loud }}</p>" END, 5, "unknown filter" },
        /* accepted: what must come out */
        { "text is escaped", D "<p>{{ s }}</p>" END, 0, "tmpl_text(o, s);" },
        { "attribute is escaped", D "<p title=\"{{ s }}\">x</p>" END, 0, "tmpl_text(o, s);" },
        { "address is checked", D "<a href=\"{{ s }}\">x</a>" END, 0, "tmpl_href(o, s);" },
        { "action is checked", D "<form action='{{ s }}'></form>" END, 0, "tmpl_href(o, s);" },
        { "value of a query", D "<a href=\"/t?q={{ s | url }}\">x</a>" END, 0, "tmpl_url(o, s);" },
        { "bar of or is no filter", D "{{ if n || n }}x{{ end }}" END, 0, "if (n || n)" },
        { "text may name a filter sign", D "{{ f(\"a | b\") }}" END, 0, "tmpl_text(o, f(\"a | b\"));" },
        { "compound literal in a call", D "{{ call tpl_y(o, u, &(struct y){ .a = { 1 }}) }}" END, 0,
          "&(struct y){ .a = { 1 }}" },
        { "attribute in a branch", D "<option{{ if n }} selected{{ end }}>x</option>" END, 0, "S(\" selected\")" },
        { "each over a list", D "{{ each const struct x *r in v->rows }}{{ r->s }}{{ end }}" END, 0,
          "const struct x *r = &(v->rows).v[each_0_];" },
        { "each with its number", D "{{ each const struct x *r, k in v->rows }}{{ k | int }}{{ end }}" END, 0,
          "for (size_t k = 0; k < (v->rows).n; k++)" },
        { "for", D "{{ for int i = 0; i < n; i++ }}x{{ end }}" END, 0, "for (int i = 0; i < n; i++) {" },
        { "else if", D "{{ if n == 1 }}a{{ else if n == 2 }}b{{ else }}c{{ end }}" END, 0, "else if (n == 2)" },
        { "sentence", D "{{ _(\"Nhiệm vụ\") }}" END, 0, "tmpl_tr(u, S(\"Nhiệm vụ\"))" },
        { "sentence with values", D "{{ _(\"{} đến {}\", n, n | day) }}" END, 0,
          "{ TMPL_ARG(n), tmpl_arg_day(n) }, 2)" },
        { "sentence inside a call", D "{{ call tpl_y(o, u, _(\"Hạn\")) }}" END, 0,
          "tpl_y(o, u, tmpl_tr(u, S(\"Hạn\")));" },
        { "line of the template", D "\n<p>{{ s }}</p>" END, 0, "#line 3 " },
        { "lines fold to one", D "<p>\n     <b>x</b>\n\n\n  </p>" END, 0, "S(\"<p>\\n\"" },
        { "pre keeps its lines", D "<pre>a\n   b</pre>" END, 0, "\"   b</pre>\"" },
        { "control lines leave nothing", D "<p>\n  {{ if n }}\n  x\n  {{ end }}\n</p>" END, 0,
          "tmpl_lit(o, S(\"x\\n\"));" },
        { "static define is not in the header",
          "{{ define static tpl_x(struct dd_buf *o, const struct ui *u) }}\n<p>x</p>\n{{ end }}\n", 0,
          "static void\ntpl_x(" },
};

static const struct fault translations[] = {
        { "po: sentence twice", "msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"\n", 4, "sentence twice" },
        { "po: number of holes differs", "msgid \"a {}\"\nmsgstr \"b\"\n", 1, "number of holes" },
        { "po: text without quotes", "msgid a\n", 1, "expected msgid" },
        { "po: quote left open", "msgid \"a\n", 1, "expected msgid" },
        { "po: text before the first sentence", "\"a\"\n", 1, "expected msgid" },
        { "po: sorted by bytes", "msgid \"ờ\"\nmsgstr \"2\"\n\nmsgid \"a\"\nmsgstr \"1\"\n", 0,
          "{ S(\"a\"), S(\"1\") },\n        { S(\"ờ\"), S(\"2\") }" },
        { "po: lines are joined", "msgid \"a \"\n\"b\"\nmsgstr \"c\"\n\" d\"\n", 0, "{ S(\"a b\"), S(\"c d\") }" },
        { "po: what is not translated is left out", "msgid \"a\"\nmsgstr \"\"\n", 0, "tr_rows_n = 0" },
};

static char dir[] = "/tmp/tmplc-test.XXXXXX";

static const char *
in_dir(struct arena *a, const char *name)
{
        return str_fmt(a, "%s/%s", dir, name).p;
}

static void
put_file(const char *path, struct str text)
{
        FILE *f = fopen(path, "wb");

        assert_non_null(f);
        assert_int_equal(fwrite(text.p, 1, text.n, f), text.n);
        fclose(f);
}

static struct str
get_file(struct arena *a, const char *path)
{
        char *p = arena_alloc(a, 1 << 16);
        FILE *f = fopen(path, "rb");

        if (f == NULL)
                return STR_NONE;
        size_t n = fread(p, 1, 1 << 16, f);
        fclose(f);
        return (struct str){ p, n };
}

/* Runs a program with its errors in `err`; gives its exit code. */
static int
run(const char *err, char *const argv[])
{
        pid_t pid = fork();
        int status;

        assert_true(pid >= 0);
        if (pid == 0) {
                int fd = open(err, O_WRONLY | O_CREAT | O_TRUNC, 0600);
                dup2(fd, 1);
                dup2(fd, 2);
                execv(argv[0], argv);
                _exit(127);
        }
        assert_int_equal(waitpid(pid, &status, 0), pid);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static char *
word(const char *s)
{
        return (char *)(uintptr_t)s;
}

static void
judge(struct arena *a, const struct fault *f, int rc, struct str err, struct str out, const char *name)
{
        if (f->line == 0) {
                if (rc != 0 || !str_has(out, str_of(f->words)))
                        fail_msg("expected %s in:\n%.*s%.*s", f->words, FMT(err), FMT(out));
                return;
        }
        struct str at = str_fmt(a, "%s:%d: error: ", name, f->line);
        assert_int_equal(rc, 1);
        if (!str_has(err, at) || !str_has(err, str_of(f->words)))
                fail_msg("expected %.*s...%s, got: %.*s", FMT(at), f->words, FMT(err));
}

static void
template_case(void **state)
{
        const struct fault *f = *state;
        struct arena *a = arena_new(0);
        const char *in = in_dir(a, "x.tmpl"), *c = in_dir(a, "x.c"), *err = in_dir(a, "err");

        put_file(in, str_of(f->text));
        int rc = run(err, (char *[]){ getenv("TMPLC"), word(in), word(c), word(in_dir(a, "x.h")), NULL });
        judge(a, f, rc, get_file(a, err), get_file(a, c), "x.tmpl");
        arena_free(a);
}

static void
translation_case(void **state)
{
        const struct fault *f = *state;
        struct arena *a = arena_new(0);
        const char *in = in_dir(a, "x.po"), *c = in_dir(a, "po.c"), *err = in_dir(a, "err");

        put_file(in, str_of(f->text));
        int rc = run(err, (char *[]){ getenv("POC"), word(in), word(c), NULL });
        judge(a, f, rc, get_file(a, err), get_file(a, c), "x.po");
        arena_free(a);
}

static void
raw_passes_where_the_build_allows_it(void **state)
{
        struct arena *a = arena_new(0);
        const char *in = in_dir(a, "x.tmpl"), *c = in_dir(a, "x.c"), *h = in_dir(a, "x.h"), *err = in_dir(a, "err");

        (void)state;
        put_file(in, S(D "<p title=\"a\">{{ s | raw }}</p>" END));
        assert_int_equal(run(err, (char *[]){ getenv("TMPLC"), word("--allow-raw"), word("x.tmpl"), word(in), word(c),
                                              word(h), NULL }),
                         0);
        assert_true(str_has(get_file(a, c), S("buf_str(o, s);")));
        assert_int_equal(run(err, (char *[]){ getenv("TMPLC"), word("--allow-raw"), word("y.tmpl"), word(in), word(c),
                                              word(h), NULL }),
                         1);
        put_file(in, S(D "<p title=\"{{ s | raw }}\">x</p>" END));
        assert_int_equal(run(err, (char *[]){ getenv("TMPLC"), word("--allow-raw"), word("x.tmpl"), word(in), word(c),
                                              word(h), NULL }),
                         1);
        arena_free(a);
}

static void
check_names_the_sentence_without_english(void **state)
{
        struct arena *a = arena_new(0);
        const char *in = in_dir(a, "x.tmpl"), *po = in_dir(a, "x.po"), *keys = in_dir(a, "x.keys"),
                   *src = in_dir(a, "h.c"), *err = in_dir(a, "err");

        (void)state;
        put_file(in, S(D "{{ _(\"Một\") }} {{ _(\"Hai\") }}" END));
        put_file(po, S("msgid \"Một\"\nmsgstr \"One\"\n"));
        put_file(src, S("x = T(u, \"B\"\n   \"a\"); f = { .label = \"Bốn\" };"));
        assert_int_equal(run(err, (char *[]){ getenv("TMPLC"), word("--keys"), word(keys), word(in),
                                              word(in_dir(a, "x.c")), word(in_dir(a, "x.h")), NULL }),
                         0);
        assert_int_equal(run(err, (char *[]){ getenv("POC"), word("--check"), word(po), word(keys), word(src), NULL }),
                         1);
        struct str said = get_file(a, err);
        assert_false(str_has(said, S("Một")));
        assert_true(str_has(said, S("\"Hai\"")));
        assert_true(str_has(said, S("\"Ba\"")));
        assert_true(str_has(said, S("\"Bốn\"")));
        assert_true(str_has(said, S("3 sentences")));
        arena_free(a);
}

/* What check says about a .c file whose only known sentence is «Một hai». */
static struct str
check_c_says(struct arena *a, struct str source, int *ret_rc)
{
        const char *po = in_dir(a, "x.po"), *src = in_dir(a, "h.c"), *err = in_dir(a, "err");

        put_file(po, S("msgid \"Một hai\"\nmsgstr \"One two\"\n"));
        put_file(src, source);
        *ret_rc = run(err, (char *[]){ getenv("POC"), word("--check"), word(po), word(src), NULL });
        return get_file(a, err);
}

static void
check_reads_c_as_the_compiler_does(void **state)
{
        struct arena *a = arena_new(0);
        int rc;

        (void)state;
        struct str said = check_c_says(a,
                                       S("f(TF(&r->ui, \"Một \"\n   \"hai\", n)); c = '\"'; /* \"Ghi chú\" */\n"
                                         "b = str_fmt(a, \"Còn %d ngày\", n); s = S(\"a · b\");\n"),
                                       &rc);
        assert_int_equal(said.n, 0);
        assert_int_equal(rc, 0);
        said = check_c_says(
            a, S("static const struct str v[] = { S(\"Đã lưu\") }; T(&r->ui, \"Trang\"); PART(u, \"x\");"), &rc);
        assert_int_equal(rc, 1);
        assert_true(str_has(said, S("\"Đã lưu\"")));
        assert_true(str_has(said, S("\"Trang\"")));
        assert_true(str_has(said, S("2 sentences")));
        said = check_c_says(a, S("return dd_fail(c, DD_EINVAL, \"Ngày %s sai.\", day);\n"), &rc);
        assert_int_equal(rc, 1);
        assert_true(str_has(said, S("\"Ngày %s sai.\"")));
        arena_free(a);
}

/* It would be read by printf: another conversion is a fault of memory, not of words. */
static void
english_of_a_format_has_the_same_conversions(void **state)
{
        struct arena *a = arena_new(0);
        const char *po = in_dir(a, "x.po"), *out = in_dir(a, "po.c"), *err = in_dir(a, "err");

        (void)state;
        put_file(po, S("msgid \"Còn %d ngày: %.*s\"\nmsgstr \"%.*s: %d days left\"\n"));
        assert_int_equal(run(err, (char *[]){ getenv("POC"), word(po), word(out), NULL }), 1);
        assert_true(str_has(get_file(a, err), S("conversions")));
        put_file(po, S("msgid \"Còn %d ngày: %.*s\"\nmsgstr \"%d days left: %.*s\"\n"));
        assert_int_equal(run(err, (char *[]){ getenv("POC"), word(po), word(out), NULL }), 0);
        arena_free(a);
}

static void
embed_links_style_sheets_and_refuses_what_is_not_there(void **state)
{
        struct arena *a = arena_new(0);
        const char *css = in_dir(a, "a.css"), *font = in_dir(a, "f.woff2"), *c = in_dir(a, "assets.c"),
                   *err = in_dir(a, "err");
        char *css_arg = word(str_fmt(a, "a.css=%s", css).p), *font_arg = word(str_fmt(a, "f.woff2=%s", font).p);

        (void)state;
        put_file(font, S("font"));
        put_file(css, S("p{src:url(f.woff2)}"));
        assert_int_equal(run(err, (char *[]){ getenv("EMBED"), word(c), css_arg, font_arg, NULL }), 0);
        struct str out = get_file(a, c);
        assert_true(str_has(out, S("asset_rows_n = 2")));
        assert_true(str_has(out, S("\"/s/f.")));
        assert_int_equal(run(err, (char *[]){ getenv("EMBED"), word(c), css_arg, NULL }), 1);
        assert_true(str_has(get_file(a, err), S("url(f.woff2) is not an asset")));
        assert_int_equal(run(err, (char *[]){ getenv("EMBED"), word(c), word("x.exe=/dev/null"), NULL }), 1);
        arena_free(a);
}

static int
teardown(void **state)
{
        static const char *const names[] = { "x.tmpl", "x.c",   "x.h",     "x.po",     "po.c", "x.keys",
                                             "h.c",    "a.css", "f.woff2", "assets.c", "err" };
        struct arena *a = arena_new(0);

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(names); i++)
                unlink(in_dir(a, names[i]));
        rmdir(dir);
        arena_free(a);
        return 0;
}

#define N_T ARRAY_LEN(templates)
#define N_P ARRAY_LEN(translations)

int
main(void)
{
        struct CMUnitTest tests[N_T + N_P + 4] = {
                cmocka_unit_test(raw_passes_where_the_build_allows_it),
                cmocka_unit_test(check_names_the_sentence_without_english),
                cmocka_unit_test(check_reads_c_as_the_compiler_does),
                cmocka_unit_test(english_of_a_format_has_the_same_conversions),
                cmocka_unit_test(embed_links_style_sheets_and_refuses_what_is_not_there),
        };

        if (getenv("TMPLC") == NULL || getenv("POC") == NULL || getenv("EMBED") == NULL || mkdtemp(dir) == NULL) {
                fprintf(stderr, "TMPLC, POC and EMBED name the programs under test\n");
                return 99;
        }
        for (size_t i = 0; i < N_T; i++)
                tests[4 + i] = (struct CMUnitTest){ templates[i].name, template_case, NULL, NULL,
                                                    word((const char *)&templates[i]) };
        for (size_t i = 0; i < N_P; i++)
                tests[4 + N_T + i] = (struct CMUnitTest){ translations[i].name, translation_case, NULL, NULL,
                                                          word((const char *)&translations[i]) };
        return cmocka_run_group_tests_name("templates", tests, NULL, teardown);
}
