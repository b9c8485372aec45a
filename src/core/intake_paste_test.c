/* Pasted rows, titles cut in two, numbers of the halves. */
#include "intake_priv.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct dd_ctx ctx;

static enum dd_err
paste(const char *text, struct pasted_rows *ret)
{
        dd_ctx_clear_error(&ctx);
        return paste_read(&ctx, str_of(text), ret);
}

#define IS(got, want) assert_string_equal(str_c(ctx.arena, got), want)

static void
columns_follow_the_page(void **s)
{
        struct pasted_rows r;

        (void)s;
        assert_int_equal(paste("Rà soát hợp tác xã\tLiên minh HTX tỉnh\tCác sở\tQuý IV\tBáo cáo\n", &r), DD_OK);
        assert_int_equal(r.n, 1);
        IS(r.v[0].no, "");
        IS(r.v[0].title, "Rà soát hợp tác xã");
        IS(r.v[0].coordinating, "Các sở");
        IS(r.v[0].output, "Báo cáo");
}

static void
a_column_of_numbers_is_no_title(void **s)
{
        struct pasted_rows r;

        (void)s;
        assert_int_equal(paste("21\tViệc một\tSở Tài chính\r\n\r\n22\tViệc hai\n", &r), DD_OK);
        assert_int_equal(r.n, 2);
        IS(r.v[1].no, "22");
        IS(r.v[1].title, "Việc hai");
        IS(r.v[0].lead, "Sở Tài chính");
}

static void
a_header_row_names_the_columns(void **s)
{
        struct pasted_rows r;

        (void)s;
        assert_int_equal(paste("STT\tĐơn vị chủ trì\tGhi chú\tNội dung công việc\tThời gian\n"
                               "1\tSở Nội vụ\tgấp\tRà soát biên chế\tTháng 10\n",
                               &r),
                         DD_OK);
        assert_int_equal(r.n, 1);
        IS(r.v[0].title, "Rà soát biên chế");
        IS(r.v[0].lead, "Sở Nội vụ");
        IS(r.v[0].deadline_text, "Tháng 10");
        IS(r.v[0].output, "");
}

static void
a_quoted_cell_keeps_its_lines(void **s)
{
        struct pasted_rows r;

        (void)s;
        assert_int_equal(
            paste("\"Tổ chức hội nghị\n\"\"khởi nghiệp\"\"\"\t\"Sở A\nSở B\"\n\"Đề án\" số hóa\tSở C\n", &r), DD_OK);
        assert_int_equal(r.n, 2);
        IS(r.v[0].title, "Tổ chức hội nghị \"khởi nghiệp\"");
        IS(r.v[0].lead, "Sở A\nSở B");
        IS(r.v[1].title, "\"Đề án\" số hóa");
}

static void
a_line_without_a_title_is_named(void **s)
{
        struct pasted_rows r;

        (void)s;
        assert_int_equal(paste("1\tViệc\tSở A\n2\t\tSở B\n", &r), DD_EINVAL);
        assert_non_null(strstr(str_c(ctx.arena, ctx.fields[0].message), "Dòng 2"));
        assert_int_equal(paste("\n  \n", &r), DD_EINVAL);
        assert_int_equal(paste("TT\tNhiệm vụ\tChủ trì\n", &r), DD_EINVAL);
}

static void
too_many_cells_are_not_dropped_silently(void **s)
{
        struct pasted_rows r;

        (void)s;
        assert_int_equal(paste("Việc\ta\tb\tc\td\te\tf\tg\n", &r), DD_EINVAL);
}

static void
splits(const char *words, int64_t at, const char *a, const char *b)
{
        struct str x, y;

        dd_ctx_clear_error(&ctx);
        assert_int_equal(title_split(&ctx, str_of(words), at, &x, &y), a != NULL ? DD_OK : DD_EINVAL);
        if (a != NULL) {
                IS(x, a);
                IS(y, b);
        }
}

static void
a_title_is_cut_at_the_cursor_or_the_line(void **s)
{
        (void)s;
        splits("Rà soát; xây dựng", 7, "Rà soát", "xây dựng");
        splits("Đôn đốc\r\nBáo cáo\r\nthêm", -1, "Đôn đốc", "Báo cáo\nthêm");
        splits("Một dòng", -1, NULL, NULL);
        splits("Một dòng", 0, NULL, NULL);
        splits("Một dòng", 900, NULL, NULL);
}

static void
halves_are_numbered(void **s)
{
        static const char *const want[][3] = {
                { "5", "5a", "5b" }, { "5b", "5b", "5c" }, { "4.5", "4.5a", "4.5b" },
                { "", "", "" },      { "II", "II", "II" },
        };
        struct str x, y;

        (void)s;
        for (size_t i = 0; i < ARRAY_LEN(want); i++) {
                number_split(ctx.arena, str_of(want[i][0]), &x, &y);
                IS(x, want[i][1]);
                IS(y, want[i][2]);
        }
}

static void
equal_cells_are_joined_once(void **s)
{
        (void)s;
        IS(words_join(ctx.arena, S("Sở A"), "; ", S("Sở A")), "Sở A");
        IS(words_join(ctx.arena, S(""), "; ", S("Sở A")), "Sở A");
        IS(words_join(ctx.arena, S("Sở A"), "; ", S("Sở B")), "Sở A; Sở B");
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(columns_follow_the_page),
                cmocka_unit_test(a_column_of_numbers_is_no_title),
                cmocka_unit_test(a_header_row_names_the_columns),
                cmocka_unit_test(a_quoted_cell_keeps_its_lines),
                cmocka_unit_test(a_line_without_a_title_is_named),
                cmocka_unit_test(too_many_cells_are_not_dropped_silently),
                cmocka_unit_test(a_title_is_cut_at_the_cursor_or_the_line),
                cmocka_unit_test(halves_are_numbered),
                cmocka_unit_test(equal_cells_are_joined_once),
        };
        ctx.arena = arena_new(0);
        int failed = cmocka_run_group_tests(tests, NULL, NULL);
        arena_free(ctx.arena);
        return failed;
}
