/* Long plans: what one of thousands of tasks costs, and that its draft comes back through JSON whole. */
#include "extract_test_priv.h"

#include "dd_json.h"

#define MANY 2000

static void
head_put(struct dd_buf *b)
{
        buf_str(b, S("UBND TỈNH A\nSố: 12/KH-UBND\nHuế, ngày 05 tháng 3 năm 2024\nKẾ HOẠCH\nPhát triển kinh tế số\n\n"
                     "I. MỤC TIÊU\n1. Một.\n\nII. NHIỆM VỤ\n"));
}

/* As the child writes it and the parent reads it. */
static void
there_and_back(struct arena *a, const struct draft *d, struct draft *ret)
{
        struct dd_ctx c = { .arena = a };
        AUTO_BUF out = { 0 };
        struct json_w w;

        json_start(&w, &out);
        draft_json(&w, d);
        assert_false(out.over);
        assert_int_equal(draft_parse(&c, str_dup(a, buf_view(&out)), ret), DD_OK);
}

static void
many_tasks(struct arena *a, struct dd_buf *paper)
{
        struct draft d, back;

        draft_of(a, str_c(a, buf_view(paper)), &d);
        assert_int_equal(d.n_tasks, MANY);
        there_and_back(a, &d, &back);
        assert_int_equal(back.n_tasks, MANY);
        assert_slice(back.tasks[MANY - 1].title.text, d.tasks[MANY - 1].title.text);
}

static void
a_table_of_two_thousand_rows_comes_back(void **state)
{
        AUTO_BUF b = { 0 };

        head_put(&b);
        buf_str(&b, S("| STT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |\n|---|---|---|---|\n"));
        for (int i = 1; i <= MANY; i++)
                buf_fmt(&b, "| %d | Rà soát việc số %d của tỉnh | Sở Tài chính | Quý %s/2024 |\n", i, i,
                        i % 2 ? "II" : "IV");
        many_tasks(*state, &b);
}

static void
two_thousand_labelled_tasks_come_back(void **state)
{
        AUTO_BUF b = { 0 };

        head_put(&b);
        for (int i = 1; i <= MANY; i++)
                buf_fmt(&b, "%d. Rà soát việc số %d của tỉnh.\n- Cơ quan chủ trì: Sở Tài chính.\n- Thời gian: 2024.\n",
                        i, i);
        many_tasks(*state, &b);
}

static void
a_thousand_headings_come_back(void **state)
{
        AUTO_BUF b = { 0 };

        head_put(&b);
        for (int i = 1; i <= MANY / 2; i++)
                buf_fmt(&b, "%d. Sở Tài chính\na) Chủ trì rà soát nội dung thứ %d.\nb) Tham mưu ban hành văn bản %d.\n",
                        i, i, i);
        many_tasks(*state, &b);
}

static void
a_paper_on_one_line_comes_back(void **state)
{
        AUTO_BUF b = { 0 };
        struct draft d, back;

        buf_str(&b, S("UBND TỈNH A Số: 12/KH-UBND Huế, ngày 05 tháng 3 năm 2024 KẾ HOẠCH Phát triển I. MỤC TIÊU 1. "));
        for (int i = 0; i < 12000; i++)
                buf_str(&b, S("phát triển kinh tế số trên địa bàn "));
        draft_of(*state, str_c(*state, buf_view(&b)), &d);
        there_and_back(*state, &d, &back);
}

static void
rows_that_only_go_on_do_not_pile_up_notes(void **state)
{
        AUTO_BUF b = { 0 };
        struct draft d, back;

        head_put(&b);
        buf_str(&b, S("| STT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |\n|---|---|---|---|\n"));
        buf_str(&b, S("| 1 | Rà soát việc của tỉnh | Sở Tài chính | 2024 |\n"));
        for (int i = 0; i < MANY; i++)
                buf_str(&b, S("|  | và những việc khác |  |  |\n"));
        draft_of(*state, str_c(*state, buf_view(&b)), &d);
        assert_int_equal(d.n_tasks, 1);
        assert_true(d.tasks[0].n_notes <= 100);
        there_and_back(*state, &d, &back);
}

static void
more_than_anyone_takes_is_refused_in_words(void **state)
{
        struct dd_ctx c = { .arena = *state };
        struct blocks *blocks = arena_alloc(*state, sizeof *blocks);
        struct draft d;
        AUTO_BUF b = { 0 };

        head_put(&b);
        buf_str(&b, S("| STT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |\n|---|---|---|---|\n"));
        for (int i = 0; i <= DRAFT_LIST_MAX; i++)
                buf_fmt(&b, "| %d | Rà soát việc | Sở Tài chính | 2024 |\n", i);
        assert_int_equal(text_read(&c, buf_view(&b), blocks), DD_OK);
        assert_int_equal(draft_make(&c, blocks, 0, &d), DD_ETOOBIG);
        assert_true(str_has(c.err_text, S("tách")));
}

static void
a_table_whose_rows_hold_commas_is_no_sheet(void **state)
{
        struct dd_ctx c = { .arena = *state };
        struct blocks *blocks = arena_alloc(*state, sizeof *blocks);
        AUTO_BUF b = { 0 };

        head_put(&b);
        buf_str(&b, S("| STT | Nhiệm vụ | Cơ quan phối hợp | Thời gian |\n|---|---|---|---|\n"));
        for (int i = 1; i <= 300; i++)
                buf_fmt(&b, "| %d | Rà soát việc số %d | Các sở, ngành, địa phương | 2024 |\n", i, i);
        assert_int_equal(paper_read(&c, buf_view(&b), STR_NONE, blocks), DD_OK);
        assert_slice(blocks->format, S("text"));
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_table_of_two_thousand_rows_comes_back),
                cmocka_unit_test(two_thousand_labelled_tasks_come_back),
                cmocka_unit_test(a_thousand_headings_come_back),
                cmocka_unit_test(a_paper_on_one_line_comes_back),
                cmocka_unit_test(rows_that_only_go_on_do_not_pile_up_notes),
                cmocka_unit_test(more_than_anyone_takes_is_refused_in_words),
                cmocka_unit_test(a_table_whose_rows_hold_commas_is_no_sheet),
        };

        return RUN(tests);
}
