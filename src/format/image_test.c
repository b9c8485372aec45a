/* Pictures as pages: what is put into a PDF as it is, what is unpacked first, how a photograph stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zlib.h>

#include "page_priv.h"

struct paper {
        struct dd_ctx c;
};

static int
setup(void **state)
{
        struct paper *p = test_calloc(1, sizeof *p);

        p->c.arena = arena_new(0);
        *state = p;
        return 0;
}

static int
teardown(void **state)
{
        struct paper *p = *state;

        arena_free(p->c.arena);
        test_free(p);
        return 0;
}

static void
pictures_are_wrapped_or_refused_by_their_heads(void **state)
{
        static const char png[] =
            "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\0\0\0\0....\0\0\0\4IDATabcd....\0\0\0\0IEND....";
        char huge[sizeof png], clear[sizeof png];
        struct paper *p = *state;
        AUTO_BUF out = { .max = 1 << 20 };

        assert_int_equal(image_wrap(&p->c, (struct str){ png, sizeof png - 1 }, &out), DD_OK);
        assert_true(str_starts(buf_view(&out), S("%PDF-")));
        assert_true(str_has(buf_view(&out), S("/Width 16/Height 16")));
        memcpy(huge, png, sizeof png);
        huge[18] = (char)0x70; /* 28,688 dots wide, */
        huge[22] = (char)0x70; /* and high */
        assert_int_equal(image_wrap(&p->c, (struct str){ huge, sizeof png - 1 }, &out), DD_ETOOBIG);
        memcpy(clear, png, sizeof png);
        clear[25] = 6;
        dd_ctx_clear_error(&p->c);
        assert_int_equal(image_wrap(&p->c, (struct str){ clear, sizeof png - 1 }, &out), DD_EFORMAT); /* no such data */
        assert_true(str_has(p->c.err_text, S("Không đọc được ảnh này")));
        assert_int_equal(image_wrap(&p->c, S("\xFF\xD8\xFF\xE0"), &out), DD_EFORMAT);
}

/* A chunk behind what there is; nobody looks at its sum. */
static void
chunk(struct dd_buf *out, const char *kind, struct str body)
{
        const char n[4] = { (char)(body.n >> 24), (char)(body.n >> 16), (char)(body.n >> 8), (char)body.n };

        buf_put(out, n, sizeof n);
        buf_put(out, kind, 4);
        buf_str(out, body);
        buf_put(out, "....", 4);
}

static struct str
png_of(struct paper *p, const char head[13], struct str rows)
{
        AUTO_BUF out = { 0 };
        uLongf n = 4096;
        Bytef *packed = arena_alloc(p->c.arena, n);

        assert_int_equal(compress(packed, &n, (const Bytef *)rows.p, rows.n), Z_OK);
        buf_put(&out, "\x89PNG\r\n\x1a\n", 8);
        chunk(&out, "IHDR", (struct str){ head, 13 });
        chunk(&out, "IDAT", (struct str){ (const char *)packed, n });
        chunk(&out, "IEND", S(""));
        return str_dup(p->c.arena, buf_view(&out));
}

/* Red that is half clear becomes pink on paper, what is all clear becomes paper. */
static void
a_picture_with_a_clear_layer_lies_on_white_paper(void **state)
{
        struct paper *p = *state;
        AUTO_BUF out = { .max = 1 << 20 };
        struct str png = png_of(p, "\0\0\0\2\0\0\0\2\x08\6\0\0\0",
                                (struct str){ "\0\xff\0\0\xff\xff\0\0\x80"
                                              "\1\0\0\0\0\x09\x09\x09\xff",
                                              18 });

        assert_int_equal(image_wrap(&p->c, png, &out), DD_OK);
        assert_true(
            str_has(buf_view(&out), (struct str){ "stream\n\xff\0\0\xff\x7f\x7f\xff\xff\xff\x09\x09\x09\nend", 23 }));
        assert_true(str_has(buf_view(&out), S("/DeviceRGB/Length 12>>")));
}

/* Adam7 of 3 x 2 dots of one bit: passes 1, 4, 6 and 7 have rows. */
static void
woven_rows_come_back_in_order(void **state)
{
        struct paper *p = *state;
        AUTO_BUF out = { .max = 1 << 20 };
        static const char rows[] = "\0\x80\0\x80\0\0\0\xa0"; /* (0,0); (2,0); (1,0); the row below */
        struct str png = png_of(p, "\0\0\0\3\0\0\0\2\1\0\0\0\1", (struct str){ rows, sizeof rows - 1 });

        assert_int_equal(image_wrap(&p->c, png, &out), DD_OK);
        assert_true(str_has(buf_view(&out), (struct str){ "stream\n\xff\xff\xff\0\0\0\xff\xff\xff"
                                                          "\xff\xff\xff\0\0\0\xff\xff\xff\nend",
                                                          29 }));
        png = png_of(p, "\0\0\0\3\0\0\0\2\1\0\0\0\1", (struct str){ rows, 5 });
        assert_int_equal(image_wrap(&p->c, png, &out), DD_EFORMAT);
}

/* How the camera was held. Sides change places for the ones that lie; a number that is none of the eight means nothing.
 */
static void
a_photograph_stands_as_it_was_taken(void **state)
{
        static const struct {
                char number;
                const char *draw, *box;
        } want[] = {
                { 1, "q 842.000 0.000 0.000 421.000 0.000 0.000 cm", "MediaBox[0 0 842.000 421.000]" },
                { 3, "q -842.000 0.000 0.000 -421.000 842.000 421.000 cm", "MediaBox[0 0 842.000 421.000]" },
                { 6, "q 0.000 -842.000 421.000 0.000 0.000 842.000 cm", "MediaBox[0 0 421.000 842.000]" },
                { 8, "q 0.000 842.000 -421.000 0.000 421.000 0.000 cm", "MediaBox[0 0 421.000 842.000]" },
                { 9, "q 842.000 0.000 0.000 421.000 0.000 0.000 cm", "MediaBox[0 0 842.000 421.000]" },
        };
        struct paper *p = *state;

        for (size_t i = 0; i < ARRAY_LEN(want); i++) {
                char jpg[] = "\xFF\xD8\xFF\xE1\0\x22"
                             "Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0?\0\0\0\0\0\0"
                             "\xFF\xC0\0\x0b\x08\0\x64\0\xc8\1\1\x11\0\xFF\xD9";
                AUTO_BUF out = { .max = 1 << 20 };

                *(char *)memchr(jpg, '?', sizeof jpg) = want[i].number;
                assert_int_equal(image_wrap(&p->c, (struct str){ jpg, sizeof jpg - 1 }, &out), DD_OK);
                assert_true(str_has(buf_view(&out), str_of(want[i].draw)));
                assert_true(str_has(buf_view(&out), str_of(want[i].box)));
        }
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        const struct CMUnitTest tests[] = {
                TEST(pictures_are_wrapped_or_refused_by_their_heads),
                TEST(a_picture_with_a_clear_layer_lies_on_white_paper),
                TEST(woven_rows_come_back_in_order),
                TEST(a_photograph_stands_as_it_was_taken),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
