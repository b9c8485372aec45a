/* Papers of Word 97-2003, as test/make_word.py writes them: what Word shows is what is read, and whatever is cut or
 * changed in them is refused in words or read. */
#include "read_testing.h"

#include <stdio.h>

#include "dd_text.h"

static const char *folder;

static struct str
sample(struct bench *k, const char *name)
{
        const char *path = str_c(k->c.arena, str_fmt(k->c.arena, "%s/%s", folder, name));
        FILE *f = fopen(path, "rb");
        char *p = arena_alloc(k->c.arena, 1 << 17);
        size_t n;

        assert_non_null(f);
        n = fread(p, 1, 1 << 17, f);
        assert_int_equal(fclose(f), 0);
        assert_true(n > 1000 && n < 1 << 17);
        return (struct str){ p, n };
}

static void
sample_told(void **state, const char *name, const char *want)
{
        struct bench *k = *state;

        read_ok(k, sample(k, name));
        assert_true(str_eq(k->b.format, S("doc")));
        assert_spans(&k->b);
        assert_told(k, want);
}

static void
lists_are_counted_as_word_does(void **state)
{
        sample_told(state, "lists.doc",
                    "# KẾ HOẠCH\n"
                    "I. MỤC ĐÍCH\n1. một\n2. hai\nchen giữa\nII. NHIỆM VỤ\n1. ba\na) con\n- gạch\n"
                    "|TT|Việc|\n|3|a|\n|4|b|\nthôi đánh số\n");
}

static void
cells_are_merged_both_ways(void **state)
{
        struct bench *k = *state;

        sample_told(state, "tables.doc",
                    "|TT|Việc|Phối hợp|\n|1|a\ndòng hai|Các sở|\n|2|b|Các sở|\n|I. Nhóm|||\n|3|gộp||\nSau bảng.\n"
                    "|ngoài\nx\ntrong|y|\n");
        assert_true(str_eq(k->b.v[0].style, S("header")));
        assert_int_equal(k->b.v[2].cells[2].rowspan, 0);
        assert_int_equal(k->b.v[3].cells[0].colspan, 3);
        assert_int_equal(k->b.v[4].cells[1].colspan, 2);
}

static void
old_letters_are_told_by_their_fonts(void **state)
{
        sample_told(state, "letters.doc",
                    "Căn cứ như sau\nKẾ HOẠCH Unicode đủ\nKế hoạch\ngiữ 12 HOA-.\n☐ đã nộp, hạn\nđầu cuối\n");
}

static void
boxes_notes_and_heads_have_their_places(void **state)
{
        sample_told(state, "parts.doc", "~ Đầu trang\nGiao Sở A\nPHỤ LỤC I\ntrong khung\nHết.\n(tiếp)\n~ Chú thích\n");
}

static void
a_mark_in_the_page_head_is_seen(void **state)
{
        struct bench *k = *state;
        struct str mark;

        read_ok(k, sample(k, "stamped.doc"));
        assert_true(blocks_secret(&k->c, &k->b, &mark));
        assert_true(str_eq(mark, S("TỐI MẬT")));
}

static void
others_are_refused_by_their_names(void **state)
{
        struct bench *k = *state;

        read_refused(k, sample(k, "locked.doc"), DD_EFORMAT, "mật khẩu");
        read_refused(k, sample(k, "word95.doc"), DD_EFORMAT, "Word 95");
        read_refused(k, sample(k, "sheet.doc"), DD_EFORMAT, ".xls");
        read_refused(k, sample(k, "no-text.doc"), DD_EFORMAT, "không có văn bản Word");
}

/* Refused with words, or read with spans that hold. */
static bool
survives(struct str bytes)
{
        struct dd_ctx c = { .arena = arena_new(0) };
        struct blocks b;
        bool read = paper_read(&c, bytes, STR_NONE, &b) == DD_OK;

        if (read)
                assert_spans(&b);
        else
                assert_true(c.err_text.n > 0);
        arena_free(c.arena);
        return read;
}

static void
a_paper_cut_anywhere_is_read_or_refused(void **state)
{
        struct bench *k = *state;
        struct str s = sample(k, "tables.doc");
        size_t refused = 0, n = 0;

        for (size_t at = 8; at < s.n; at += 97, n++)
                refused += !survives(str_sub(s, 0, at));
        assert_true(refused > n / 4);
}

/* Every 16-bit number of the head, the tables and the pages of properties once the greatest, once nought. */
static void
numbers_that_lie_do_no_harm(void **state)
{
        static const char *const names[] = { "lists.doc", "tables.doc", "parts.doc" };
        struct bench *k = *state;
        size_t read = 0, n = 0;

        for (size_t i = 0; i < ARRAY_LEN(names); i++) {
                struct str s = sample(k, names[i]);
                char *p = (char *)(uintptr_t)s.p;

                for (size_t at = 8; at + 2 < s.n; at += 2) {
                        char was[2] = { p[at], p[at + 1] };

                        if (was[0] == 0 && was[1] == 0 && at % 16 != 0)
                                continue;
                        p[at] = p[at + 1] = n & 1 ? 0 : '\xFF';
                        read += survives(s);
                        p[at] = was[0];
                        p[at + 1] = was[1];
                        n++;
                }
        }
        assert_true(read > n / 2 && read < n);
}

int
main(int argc, char **argv)
{
        const struct CMUnitTest tests[] = {
                T(lists_are_counted_as_word_does),          T(cells_are_merged_both_ways),
                T(old_letters_are_told_by_their_fonts),     T(boxes_notes_and_heads_have_their_places),
                T(a_mark_in_the_page_head_is_seen),         T(others_are_refused_by_their_names),
                T(a_paper_cut_anywhere_is_read_or_refused), T(numbers_that_lie_do_no_harm),
        };

        if (argc < 2)
                return 2;
        folder = argv[1];
        return cmocka_run_group_tests(tests, NULL, NULL);
}
