/* tmplc - compiles a .tmpl file to C functions that write a page into a struct dd_buf.
 *
 *   tmplc [--allow-raw NAME.tmpl]... [--keys FILE] IN.tmpl OUT.c OUT.h
 *
 * The language is told in src/web/README.md. Faults are told as FILE:LINE: error: ..., exit code 1. */
#include "tmplc_priv.h"
#include "tool_io.h"

bool
tmplc_fail(const struct tmplc *t, int line, const char *fmt, ...)
{
        va_list ap;

        fprintf(stderr, "%.*s:%d: error: ", FMT(t->path), line);
        va_start(ap, fmt);
        vfprintf(stderr, fmt, ap);
        va_end(ap);
        fputc('\n', stderr);
        return false;
}

static bool
is_blank(char c)
{
        return c == ' ' || c == '\t' || c == '\r';
}

/* Offset of the "}}" that closes the tag whose inside begins at `from`; src.n if none does. */
static size_t
tag_close(struct str src, size_t from)
{
        int depth = 0;

        if (from < src.n && src.p[from] == '#')
                return str_find(src, S("}}"), from);
        for (size_t i = from; i < src.n; i = c_skip(src, i)) {
                if (depth == 0 && str_starts(str_sub(src, i, src.n), S("}}")))
                        return i;
                if (src.p[i] == '{')
                        depth++;
                else if (src.p[i] == '}')
                        depth--;
        }
        return src.n;
}

enum tag { TAG_HOLE, TAG_COMMENT, TAG_INCLUDE, TAG_DEFINE, TAG_IF, TAG_ELSE, TAG_FOR, TAG_EACH, TAG_CALL, TAG_END };

static enum tag
tag_of(struct str *inside)
{
        static const struct {
                struct str word;
                enum tag tag;
        } words[] = { { S("include"), TAG_INCLUDE }, { S("define"), TAG_DEFINE }, { S("if"), TAG_IF },
                      { S("else"), TAG_ELSE },       { S("for"), TAG_FOR },       { S("each"), TAG_EACH },
                      { S("call"), TAG_CALL },       { S("end"), TAG_END } };
        struct str rest = *inside, word;

        word = c_word(&rest);
        for (size_t i = 0; i < ARRAY_LEN(words); i++) {
                if (str_eq(word, words[i].word)) {
                        *inside = rest;
                        return words[i].tag;
                }
        }
        return TAG_HOLE;
}

static bool
do_include(struct tmplc *t, struct str s)
{
        if (t->depth > 0 || s.n < 5 || s.p[0] != '"' || s.p[s.n - 1] != '"' || str_has(s, S("/")))
                return tmplc_fail(t, t->line, "write {{ include \"dd_noun.h\" }} before the first define");
        buf_fmt(&t->head, "#include %.*s\n", FMT(s));
        return true;
}

static bool
do_tag(struct tmplc *t, enum tag tag, struct str s)
{
        if (t->depth == 0 && tag != TAG_COMMENT && tag != TAG_INCLUDE && tag != TAG_DEFINE)
                return tmplc_fail(
                    t, t->line, tag == TAG_END ? "end without a block" : "nothing but define stands outside a define");
        t->fresh = t->fresh && tag == TAG_COMMENT;
        switch (tag) {
        case TAG_COMMENT:
                return true;
        case TAG_INCLUDE:
                return do_include(t, s);
        case TAG_DEFINE:
                return gen_define(t, s);
        case TAG_IF:
                return gen_if(t, s);
        case TAG_ELSE:
                return gen_else(t, s);
        case TAG_FOR:
                return gen_for(t, s);
        case TAG_EACH:
                return gen_each(t, s);
        case TAG_CALL:
                return gen_call(t, s);
        case TAG_END:
                return s.n == 0 ? gen_end(t) : tmplc_fail(t, t->line, "write {{ end }}");
        case TAG_HOLE:
                return gen_hole(t, s);
        }
        return true;
}

/* A tag of control that stands alone in its line takes the line with it. */
static bool
stands_alone(struct str src, size_t open, size_t after)
{
        while (open > 0 && is_blank(src.p[open - 1]))
                open--;
        while (after < src.n && is_blank(src.p[after]))
                after++;
        return (open == 0 || src.p[open - 1] == '\n') && (after == src.n || src.p[after] == '\n');
}

static bool
do_text(struct tmplc *t, struct str text)
{
        if (t->depth > 0) {
                for (; t->fresh && text.n > 0 && (is_blank(text.p[0]) || text.p[0] == '\n');
                     text = str_sub(text, 1, text.n))
                        t->line += text.p[0] == '\n';
                t->fresh = t->fresh && text.n == 0;
                return gen_text(t, text);
        }
        if (str_trim(text).n > 0)
                return tmplc_fail(t, t->line, "text outside a define");
        for (size_t i = 0; i < text.n; i++)
                t->line += text.p[i] == '\n';
        return true;
}

static bool
compile(struct tmplc *t)
{
        while (t->pos < t->src.n) {
                size_t open = str_find(t->src, S("{{"), t->pos), text_end = open;
                size_t close = open == t->src.n ? open : tag_close(t->src, open + 2);
                struct str inside = str_trim(str_sub(t->src, open + 2, close));
                size_t after = close + 2;
                enum tag tag = str_starts(str_sub(t->src, open + 2, close), S("#")) ? TAG_COMMENT : tag_of(&inside);

                bool control = tag != TAG_HOLE && tag != TAG_CALL;
                bool alone = open < t->src.n && control && stands_alone(t->src, open, after);
                while (alone && text_end > t->pos && is_blank(t->src.p[text_end - 1]))
                        text_end--;
                if (!do_text(t, str_sub(t->src, t->pos, text_end)))
                        return false;
                if (open == t->src.n)
                        break;
                if (close == t->src.n)
                        return tmplc_fail(t, t->line, "{{ without }}");
                if (!do_tag(t, tag, inside))
                        return false;
                for (size_t i = open; i < after; i++)
                        t->line += t->src.p[i] == '\n';
                while (alone && after < t->src.n && is_blank(t->src.p[after]))
                        after++;
                if (alone && after < t->src.n) {
                        t->line++;
                        after++;
                }
                t->pos = after;
        }
        if (t->depth > 0)
                return tmplc_fail(t, t->stack[t->depth - 1].line, "this block is never closed");
        return true;
}

static bool
write_result(struct tmplc *t, const char *c_path, const char *h_path)
{
        AUTO_BUF c = { 0 };
        AUTO_BUF h = { 0 };
        struct str h_name = path_base(str_of(h_path));

        buf_fmt(&c, "/* Written by tmplc from %.*s. */\n#include \"%.*s\"\n#include \"tmpl_rt.h\"\n\n",
                FMT(path_base(t->path)), FMT(h_name));
        buf_str(&c, buf_view(&t->body));
        buf_fmt(&h, "/* Written by tmplc from %.*s. */\n#pragma once\n#include \"dd_ui.h\"\n", FMT(path_base(t->path)));
        buf_str(&h, buf_view(&t->head));
        return file_write(c_path, buf_view(&c)) && file_write(h_path, buf_view(&h));
}

struct options {
        const char *files[3];
        int n_files;
        const char *keys;
        struct str raw[16];
        size_t n_raw;
};

static bool
options_read(struct options *opt, int argc, char **argv)
{
        for (int i = 1; i < argc; i++) {
                struct str arg = str_of(argv[i]);

                if (str_eq(arg, S("--allow-raw")) && i + 1 < argc && opt->n_raw < ARRAY_LEN(opt->raw))
                        opt->raw[opt->n_raw++] = str_of(argv[++i]);
                else if (str_eq(arg, S("--keys")) && i + 1 < argc)
                        opt->keys = argv[++i];
                else if (!str_starts(arg, S("--")) && opt->n_files < 3)
                        opt->files[opt->n_files++] = argv[i];
                else
                        return false;
        }
        return opt->n_files == 3;
}

static bool
run(struct tmplc *t, const struct options *opt)
{
        t->path = str_of(opt->files[0]);
        t->src = file_read(t->a, opt->files[0]);
        t->line = 1;
        if (t->src.p == NULL)
                return false;
        for (size_t i = 0; i < opt->n_raw; i++)
                t->allow_raw |= str_eq(opt->raw[i], path_base(t->path));
        return compile(t) && write_result(t, opt->files[1], opt->files[2]) &&
               (opt->keys == NULL || file_write(opt->keys, buf_view(&t->keys)));
}

int
main(int argc, char **argv)
{
        struct tmplc t = { .a = arena_new(0) };
        struct options opt = { 0 };
        bool ok;

        if (!options_read(&opt, argc, argv)) {
                fprintf(stderr, "usage: tmplc [--allow-raw NAME.tmpl]... [--keys FILE] IN.tmpl OUT.c OUT.h\n");
                return 2;
        }
        ok = run(&t, &opt);
        buf_free(&t.head);
        buf_free(&t.body);
        buf_free(&t.lit);
        buf_free(&t.keys);
        arena_free(t.a);
        return ok ? 0 : 1;
}
