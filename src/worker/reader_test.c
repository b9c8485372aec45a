/* The whole way: bytes, nursery, sandboxed child, reply, draft. With the readers and rules that are shipped. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dd_docx.h"
#include "worker_testing.h"

struct world {
        const char *fixtures;
        struct dd_ctx c;
        struct worker *w;
};

static int
setup(void **state)
{
        struct world *me = *state;

        me->c = (struct dd_ctx){ .arena = arena_new(0) };
        return worker_start(&me->c, &me->w) == DD_OK ? 0 : -1;
}

static int
teardown(void **state)
{
        struct world *me = *state;

        worker_stop(me->w);
        arena_free(me->c.arena);
        return 0;
}

static enum dd_err
read_bytes(struct world *me, struct str bytes, struct draft *ret)
{
        struct worker_job job = { .size = bytes.n, .file = S("văn bản.txt"), .year = 2023 };
        enum dd_err e;

        dd_ctx_clear_error(&me->c);
        e = worker_memfd(&me->c, bytes, &job.fd);
        if (e == DD_OK)
                e = worker_read(&me->c, me->w, &job, ret);
        dd_fd_close(&job.fd);
        return e;
}

static struct str
fixture(struct world *me, const char *name)
{
        const char *path = str_c(me->c.arena, str_fmt(me->c.arena, "%s/%s", me->fixtures, name));
        AUTO_FD fd = open(path, O_RDONLY | O_CLOEXEC);
        struct stat st;
        char *p;

        assert_true(fd >= 0 && fstat(fd, &st) == 0);
        p = arena_alloc(me->c.arena, (size_t)st.st_size + 1);
        assert_int_equal(read(fd, p, (size_t)st.st_size), st.st_size);
        return (struct str){ p, (size_t)st.st_size };
}

static void
assert_tells(const struct world *me, const char *words)
{
        if (!str_has(me->c.err_text, str_of(words)))
                fail_msg("expected \"%s\" in \"%.*s\"", words, FMT(me->c.err_text));
}

static void
plan_2653_is_read_whole(void **state)
{
        struct world *me = *state;
        struct draft d;
        bool number = false;

        assert_int_equal(read_bytes(me, fixture(me, "ke-hoach-2653.txt"), &d), DD_OK);
        assert_true(str_eq(d.file, S("văn bản.txt")));
        assert_true(str_has(d.text, S("2653/KH-BCĐ")));
        assert_int_equal(d.n_tasks, 21);
        for (size_t i = 0; i < d.n_documents; i++)
                number |= str_eq(d.documents[i].number.text, S("2653/KH-BCĐ"));
        assert_true(number);
}

static void
plan_2653_twice_gives_the_same(void **state)
{
        struct world *me = *state;
        struct str bytes = fixture(me, "ke-hoach-2653.txt");
        struct draft one, two;

        assert_int_equal(read_bytes(me, bytes, &one), DD_OK);
        assert_int_equal(read_bytes(me, bytes, &two), DD_OK);
        assert_true(str_eq(one.text, two.text));
        assert_int_equal(one.n_tasks, two.n_tasks);
        for (size_t i = 0; i < one.n_tasks; i++)
                assert_true(str_eq(one.tasks[i].title.text, two.tasks[i].title.text));
}

static void
secret_paper_is_denied_and_only_its_level_told(void **state)
{
        struct world *me = *state;
        struct draft d;

        assert_int_equal(read_bytes(me,
                                    S("ỦY BAN NHÂN DÂN TỈNH TÂY NINH\nTỐI MẬT\nSố: 12/KH-UBND\n\nKẾ HOẠCH\n"
                                      "Về việc sơ tán khu kho\n"),
                                    &d),
                         DD_EDENIED);
        assert_tells(me, "\"TỐI MẬT\"");
        assert_false(str_has(me->c.err_text, S("sơ tán")));
        assert_int_equal(d.n_tasks, 0);
        assert_null(d.text.p);
}

static enum dd_err
look_at(struct world *me, const char *name, struct str bytes)
{
        struct worker_job job = { .size = bytes.n, .file = str_of(name) };
        enum dd_err e;

        dd_ctx_clear_error(&me->c);
        e = worker_memfd(&me->c, bytes, &job.fd);
        if (e == DD_OK)
                e = worker_check(&me->c, me->w, &job);
        dd_fd_close(&job.fd);
        return e;
}

static void
evidence_is_looked_at_for_a_mark_and_nothing_else(void **state)
{
        struct world *me = *state;

        assert_int_equal(look_at(me, "bc.txt", S("UBND TỈNH\nTỐI MẬT\nSố: 1/BC\n\nVề khu kho\n")), DD_EDENIED);
        assert_tells(me, "\"TỐI MẬT\"");
        assert_false(str_has(me->c.err_text, S("khu kho")));
        assert_int_equal(look_at(me, "bc.csv", S("Độ mật: Mật\na;b\n")), DD_EDENIED);
        assert_int_equal(look_at(me, "thu.txt", S("Một bức thư thường.\n")), DD_OK);
        assert_int_equal(look_at(me, "ảnh.png", S("\x89PNG\r\n\x1a\n\0\0")), DD_OK);
        assert_int_equal(look_at(me, "bc.bin", S("\xff\xfe\0\1\2")), DD_OK);
        assert_int_equal(look_at(me, "bc (Mật).pdf", S("%PDF-1.4\n")), DD_EDENIED);
        assert_tells(me, "\"MẬT\"");
        assert_int_equal(look_at(me, "rỗng.txt", S("")), DD_EINVAL);
}

static void
words_about_secrets_are_no_mark(void **state)
{
        struct world *me = *state;
        struct draft d;

        assert_int_not_equal(read_bytes(me,
                                        S("ỦY BAN NHÂN DÂN TỈNH TÂY NINH\nSố: 12/KH-UBND\n\nKẾ HOẠCH\n"
                                          "Tuyên truyền về bảo vệ bí mật nhà nước trong năm 2023.\n"),
                                        &d),
                             DD_EDENIED);
}

static void
other_forms_are_named_with_what_to_do(void **state)
{
        static const struct {
                struct str bytes;
                const char *name;
        } table[] = {
                { { "GIF89a", 6 }, "ảnh" },
                { { "{\\rtf1 x}", 9 }, "RTF" },
        };
        struct world *me = *state;
        struct draft d;

        for (size_t i = 0; i < ARRAY_LEN(table); i++) {
                assert_int_equal(read_bytes(me, table[i].bytes, &d), DD_EFORMAT);
                assert_tells(me, table[i].name);
                assert_tells(me, "(.txt, UTF-8)");
        }
}

static void
binary_rubbish_is_refused_in_words(void **state)
{
        struct world *me = *state;
        struct draft d;
        char rubbish[4096];

        for (size_t i = 0; i < sizeof rubbish; i++)
                rubbish[i] = (char)(i * 37 % 251);
        assert_int_equal(read_bytes(me, (struct str){ rubbish, sizeof rubbish }, &d), DD_EFORMAT);
        assert_true(me->c.err_text.n > 0);
        assert_false(str_has(me->c.err_text, S("gây hại"))); /* refused by the reader, not killed */
}

static void
longest_paper_is_answered(void **state)
{
        struct world *me = *state;
        struct str line = S("Sở Kế hoạch và Đầu tư chủ trì, phối hợp các sở, ngành thực hiện trong năm 2023.\n");
        size_t n = WORKER_FILE_MAX / line.n;
        char *p = arena_alloc(me->c.arena, n * line.n);
        struct draft d;
        enum dd_err e;

        for (size_t i = 0; i < n; i++)
                memcpy(p + i * line.n, line.p, line.n);
        e = read_bytes(me, (struct str){ p, n * line.n }, &d);
        assert_true(e == DD_ETOOBIG || e == DD_OK); /* too much memory or answer, but told and never a crash */
        assert_true(worker_alive(me->w));
}

/* Libraries open files where one does not expect it: a ZIP's times of day want the time zone. */
static void
a_word_paper_is_read_behind_the_walls(void **state)
{
        struct world *me = *state;
        struct docx w;
        AUTO_BUF out = { 0 };
        struct draft d;

        docx_start(&w, &me->c, &(struct docx_meta){ .title = S("Thử") });
        docx_text(&w, DOCX_BODY, S("Số: 12/KH-UBND"));
        docx_text(&w, DOCX_BODY, S("Huế, ngày 05 tháng 3 năm 2024"));
        docx_text(&w, DOCX_BODY, S("KẾ HOẠCH"));
        assert_int_equal(docx_finish(&w, &out), DD_OK);
        docx_free(&w);
        assert_int_equal(read_bytes(me, buf_view(&out), &d), DD_OK);
        assert_true(str_has(d.text, S("12/KH-UBND")));
        assert_true(str_eq(d.documents[0].number.text, S("12/KH-UBND")));
        out.n /= 2; /* as when sending broke off */
        assert_int_equal(read_bytes(me, buf_view(&out), &d), DD_EFORMAT);
        assert_tells(me, "bị hỏng");
}

int
main(int argc, char **argv)
{
        struct world world = { .fixtures = argc > 1 ? argv[1] : "test/fixtures" };
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_prestate_setup_teardown(plan_2653_is_read_whole, setup, teardown, &world),
                cmocka_unit_test_prestate_setup_teardown(plan_2653_twice_gives_the_same, setup, teardown, &world),
                cmocka_unit_test_prestate_setup_teardown(secret_paper_is_denied_and_only_its_level_told, setup,
                                                         teardown, &world),
                cmocka_unit_test_prestate_setup_teardown(evidence_is_looked_at_for_a_mark_and_nothing_else, setup,
                                                         teardown, &world),
                cmocka_unit_test_prestate_setup_teardown(words_about_secrets_are_no_mark, setup, teardown, &world),
                cmocka_unit_test_prestate_setup_teardown(other_forms_are_named_with_what_to_do, setup, teardown,
                                                         &world),
                cmocka_unit_test_prestate_setup_teardown(binary_rubbish_is_refused_in_words, setup, teardown, &world),
                cmocka_unit_test_prestate_setup_teardown(a_word_paper_is_read_behind_the_walls, setup, teardown,
                                                         &world),
                cmocka_unit_test_prestate_setup_teardown(longest_paper_is_answered, setup, teardown, &world),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
