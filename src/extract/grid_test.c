/* Cells of a file that is one table: kept, written, read back, and nothing taken that is not of the form. */
#include "extract_priv.h"

#include "dd_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct blocks
table(struct arena *a, const char *format, size_t rows, size_t paras)
{
        struct blocks b = { .format = str_of(format), .text = S("x") };

        for (size_t i = 0; i < paras; i++)
                *VEC_PUSH(a, &b) = (struct block){ .kind = BLOCK_PARA, .line = (int32_t)i + 1, .text = S("Biểu") };
        for (size_t i = 0; i < rows; i++) {
                struct block *k = VEC_PUSH(a, &b);

                *k = (struct block){ .kind = BLOCK_ROW, .line = (int32_t)(paras + i) + 1, .n_cells = 3 };
                k->cells = arena_array(a, 3, sizeof *k->cells);
                k->cells[0].text = S("1");
                k->cells[1].text = S(" Rà soát ");
                k->cells[2].text = S("Sở Y tế");
        }
        return b;
}

static void
test_a_table_keeps_its_cells_trimmed(void **state)
{
        struct arena *a = arena_new(0);
        struct blocks b = table(a, "text", 3, 1);
        struct draft d = { 0 };

        (void)state;
        grid_make(a, &b, &d);
        assert_int_equal(d.n_grid, 4);
        assert_int_equal(d.grid[0].n, 1);
        assert_int_equal(d.grid[1].n, 3);
        assert_true(str_eq(d.grid[1].cells[1], S("Rà soát")));
        arena_free(a);
}

static void
test_a_plan_with_one_small_table_is_no_table(void **state)
{
        struct arena *a = arena_new(0);
        struct blocks b = table(a, "text", 3, 40);
        struct draft d = { 0 };

        (void)state;
        grid_make(a, &b, &d);
        assert_int_equal(d.n_grid, 0);
        arena_free(a);
}

static void
test_a_row_has_the_number_of_the_spreadsheet(void **state)
{
        struct arena *a = arena_new(0);
        struct blocks b = table(a, "xlsx", 2, 0);
        struct draft d = { 0 };

        (void)state;
        b.v[1].row = 17;
        grid_make(a, &b, &d);
        assert_int_equal(d.grid[0].line, 1);
        assert_int_equal(d.grid[1].line, 17);
        arena_free(a);
}

static bool
parsed(struct arena *a, const char *text, struct draft *d)
{
        struct json j;

        assert_int_equal(json_parse(a, str_of(text), 10000, &j), DD_OK);
        return grid_parse(a, &j, d);
}

static void
test_it_comes_back_from_json_as_it_was(void **state)
{
        struct arena *a = arena_new(0);
        struct blocks b = table(a, "csv", 2, 0);
        struct draft d = { 0 }, back = { 0 };
        AUTO_BUF out = { 0 };
        struct json_w w;

        (void)state;
        grid_make(a, &b, &d);
        json_start(&w, &out);
        json_obj(&w);
        grid_json(&w, &d);
        json_end(&w);
        assert_true(parsed(a, str_c(a, buf_view(&out)), &back));
        assert_int_equal(back.n_grid, 2);
        assert_true(str_eq(back.grid[1].cells[2], S("Sở Y tế")));
        arena_free(a);
}

static void
test_what_a_child_must_not_send_is_refused(void **state)
{
        static const char *const bad[] = { "{\"grid\": 1}",
                                           "{\"grid\": [1]}",
                                           "{\"grid\": [[]]}",
                                           "{\"grid\": [[\"a\", \"b\"]]}",
                                           "{\"grid\": [[-1, \"b\"]]}",
                                           "{\"grid\": [[1, 2]]}" };
        struct arena *a = arena_new(0);

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
                struct draft d = { 0 };

                assert_false(parsed(a, bad[i], &d));
        }
        struct draft none = { 0 };
        assert_true(parsed(a, "{}", &none));
        arena_free(a);
}

static void
test_heads_of_columns_in_the_words_offices_use(void **state)
{
        static const struct {
                const char *head;
                enum draft_column column;
        } heads[] = {
                { "STT", DRAFT_COL_NO },
                { "Nội dung công việc", DRAFT_COL_TITLE },
                { "Đơn vị chủ trì", DRAFT_COL_LEAD },
                { "Đơn vị phối hợp", DRAFT_COL_COORDINATING },
                { "Thời gian hoàn thành", DRAFT_COL_DEADLINE },
                { "Kết quả, sản phẩm", DRAFT_COL_OUTPUT },
                { "Ghi chú", DRAFT_COL_REMARK },
                { "", DRAFT_COL_NONE },
                { "Lỗi", DRAFT_COL_NONE },
        };
        struct arena *a = arena_new(0);

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(heads); i++)
                assert_int_equal(draft_column_of(a, str_of(heads[i].head)), heads[i].column);
        arena_free(a);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_a_table_keeps_its_cells_trimmed),
                cmocka_unit_test(test_a_plan_with_one_small_table_is_no_table),
                cmocka_unit_test(test_a_row_has_the_number_of_the_spreadsheet),
                cmocka_unit_test(test_it_comes_back_from_json_as_it_was),
                cmocka_unit_test(test_what_a_child_must_not_send_is_refused),
                cmocka_unit_test(test_heads_of_columns_in_the_words_offices_use),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
