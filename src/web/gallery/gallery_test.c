/* The gallery: gallery_test DIR writes each sample page and the assets it names into DIR, to be looked at (see
 * test/browser/gallery.mjs); without DIR it checks the pages: tags close in order, ids are unique, nothing hostile gets
 * through. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "dd_assets.h"
#include "gallery_priv.h"
#include "tpl_gallery.h"

typedef void (*page_fn)(struct dd_buf *, const struct ui *, const struct gallery *);

static const struct {
        const char *name;
        page_fn fn;
        enum ui_frame frame;
        const char *script;
} pages[] = {
        { "board", tpl_gallery_board, FRAME_PAGE, NULL },
        { "task", tpl_gallery_task, FRAME_PAGE, NULL },
        { "list", tpl_gallery_list, FRAME_PAGE, NULL },
        { "form", tpl_gallery_form, FRAME_PAGE, NULL },
        { "confirm", tpl_gallery_confirm, FRAME_PAGE, NULL },
        { "signin", tpl_gallery_signin, FRAME_PLAIN, NULL },
        { "verify", tpl_gallery_verify, FRAME_WIDE, "verify.js" },
};

/* What a test or a picture starts from. */
static void
draw(size_t page, bool english, enum ui_theme theme, struct arena *a, struct dd_buf *o)
{
        struct ui u;

        gallery_ui(&u, a);
        u.frame = pages[page].frame;
        u.english = english;
        u.theme = theme;
        u.script = str_of(pages[page].script);
        if (u.frame == FRAME_WIDE)
                u.as_of_fixed = true;
        if (strcmp(pages[page].name, "list") == 0) {
                u.notice = S("Đã ghi nhận.");
                u.notice_state = UI_DONE;
        }
        pages[page].fn(o, &u, &gallery_sample);
}

/* ---- reading the pages back ---- */

struct tag {
        struct str name, all;
        bool closing;
};

static bool
next_tag(struct str s, size_t *at, struct tag *ret)
{
        size_t open = str_find(s, S("<"), *at), end;
        char quote = '\0';

        if (open == s.n)
                return false;
        for (end = open + 1; end < s.n && (quote != '\0' || s.p[end] != '>'); end++) {
                char c = s.p[end];
                if (quote == '\0' && (c == '"' || c == '\''))
                        quote = c;
                else if (c == quote)
                        quote = '\0';
        }
        ret->all = str_sub(s, open, end + 1);
        ret->closing = s.p[open + 1] == '/';
        size_t from = open + 1 + ret->closing, to = from;
        while (to < end && s.p[to] != ' ' && s.p[to] != '>' && s.p[to] != '/')
                to++;
        ret->name = str_sub(s, from, to);
        *at = end + 1;
        return true;
}

static bool
is_void(struct tag t)
{
        static const struct str names[] = {
                S("meta"), S("link"), S("input"), S("!doctype"), S("br"), S("hr"), S("img")
        };

        for (size_t i = 0; i < ARRAY_LEN(names); i++)
                if (str_eq(t.name, names[i]))
                        return true;
        return str_ends(t.all, S("/>"));
}

static void
tags_close_in_order(struct str page)
{
        struct str open[64];
        size_t depth = 0, at = 0;
        struct tag t;

        while (next_tag(page, &at, &t)) {
                if (!t.closing && !is_void(t)) {
                        assert_true(depth < ARRAY_LEN(open));
                        open[depth++] = t.name;
                } else if (t.closing) {
                        if (depth == 0 || !str_eq(open[depth - 1], t.name))
                                fail_msg("</%.*s> closes <%.*s>", FMT(t.name),
                                         FMT(depth > 0 ? open[depth - 1] : S("nothing")));
                        depth--;
                }
        }
        assert_int_equal(depth, 0);
}

static void
ids_are_unique(struct str page)
{
        struct str ids[256];
        size_t n = 0;

        for (size_t at = str_find(page, S(" id=\""), 0); at < page.n; at = str_find(page, S(" id=\""), at + 1)) {
                struct str id = str_sub(page, at + 5, str_find(page, S("\""), at + 5));
                for (size_t i = 0; i < n; i++)
                        if (str_eq(ids[i], id))
                                fail_msg("id twice: %.*s", FMT(id));
                assert_true(n < ARRAY_LEN(ids));
                ids[n++] = id;
        }
}

static void
each_page(void (*check)(struct str page), bool english)
{
        for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
                struct arena *a = arena_new(0);
                AUTO_BUF o = { 0 };
                draw(i, english, THEME_AUTO, a, &o);
                check(buf_view(&o));
                arena_free(a);
        }
}

static void
every_tag_closes(void **state)
{
        (void)state;
        each_page(tags_close_in_order, false);
}

static void
no_id_stands_twice(void **state)
{
        (void)state;
        each_page(ids_are_unique, false);
}

static void
nothing_hostile(struct str page)
{
        assert_false(str_has(page, S("javascript")));
        assert_false(str_has(page, S("java\nscript")));
        assert_false(str_has(page, S("\"><script>")));
        assert_false(str_has(page, S("<quyết định>")));
        assert_false(str_has(page, S(" style=")));
        assert_false(str_has(page, S(" onclick")));
}

static void
hostile_samples_come_out_harmless(void **state)
{
        (void)state;
        each_page(nothing_hostile, false);
}

static void
english_left_over(struct str page)
{
        assert_true(str_has(page, S("<html lang=\"en\"")));
        assert_false(str_has(page, S("Đăng xuất")));
        assert_false(str_has(page, S("Tính đến")));
        assert_false(str_has(page, S("(không bắt buộc)")));
}

static void
english_frame_has_no_vietnamese(void **state)
{
        (void)state;
        each_page(english_left_over, true);
}

static void
first_load_is_small(void **state)
{
        size_t n = 0;

        (void)state;
        for (size_t i = 0; i < asset_rows_n; i++)
                if (str_ends(asset_rows[i].name, S(".css")) || str_ends(asset_rows[i].name, S(".js")))
                        n += asset_rows[i].gz.n;
        assert_true(n > 0 && n < 20 * 1024);
}

static void
an_asset_is_found_by_its_address_only(void **state)
{
        struct str url = asset_url("app.css");
        const struct asset *css = asset_find(url);

        (void)state;
        assert_true(str_starts(url, S("/s/app.")) && str_ends(url, S(".css")));
        assert_non_null(css);
        assert_true(css->raw.n > css->gz.n && css->gz.n > 0);
        assert_null(asset_find(S("/s/app.css")));
        assert_null(asset_find(S("/s/../app.css")));
        assert_null(asset_url("none.css").p);
}

/* ---- writing them ---- */

static bool
save(const char *dir, struct str path, struct str bytes)
{
        char name[512];
        FILE *f;

        snprintf(name, sizeof name, "%s%.*s", dir, FMT(path));
        f = fopen(name, "wb");
        if (f == NULL || fwrite(bytes.p, 1, bytes.n, f) != bytes.n || fclose(f) != 0) {
                perror(name);
                return false;
        }
        return true;
}

static int
write_gallery(const char *dir)
{
        char sub[512];

        snprintf(sub, sizeof sub, "%s/s", dir);
        if (mkdir(sub, 0755) != 0 && errno != EEXIST)
                return 1;
        for (size_t i = 0; i < asset_rows_n; i++)
                if (!save(dir, asset_rows[i].url, asset_rows[i].raw))
                        return 1;
        for (size_t i = 0; i < ARRAY_LEN(pages); i++) {
                struct arena *a = arena_new(0);
                AUTO_BUF o = { 0 };
                draw(i, false, THEME_AUTO, a, &o);
                bool ok = save(dir, str_fmt(a, "/%s.html", pages[i].name), buf_view(&o));
                arena_free(a);
                if (!ok)
                        return 1;
        }
        return 0;
}

int
main(int argc, char **argv)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_tag_closes),
                cmocka_unit_test(no_id_stands_twice),
                cmocka_unit_test(hostile_samples_come_out_harmless),
                cmocka_unit_test(english_frame_has_no_vietnamese),
                cmocka_unit_test(first_load_is_small),
                cmocka_unit_test(an_asset_is_found_by_its_address_only),
        };

        return argc > 1 ? write_gallery(argv[1]) : cmocka_run_group_tests_name("gallery", tests, NULL, NULL);
}
