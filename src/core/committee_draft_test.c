/* A new committee is named by its first paper. */
#include "dd_committee.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena *arena;

static int
setup(void **s)
{
        (void)s;
        arena = arena_new(0);
        return 0;
}

static int
teardown(void **s)
{
        (void)s;
        arena_free(arena);
        return 0;
}

static void
is(struct str got, const char *want)
{
        assert_string_equal(str_c(arena, got), want);
}

static void
named_by_the_title_of_its_plan(void **s)
{
        struct draft_document papers[] = {
                { .type.text = S("Công văn"), .parent.text = S("UBND TỈNH TÂY NINH") },
                { .type.text = S("Kế hoạch"),
                  .place.text = S("Tây Ninh"),
                  .title.text = S("Hoạt động của Ban Chỉ đạo đổi mới kinh tế tập thể tỉnh Tây Ninh năm 2023") },
        };
        struct draft d = { .documents = papers, .n_documents = 2 };
        struct committee_in in;

        (void)s;
        assert_true(committee_of_draft(arena, &d, &in));
        is(in.name, "Ban Chỉ đạo đổi mới kinh tế tập thể tỉnh Tây Ninh");
        is(in.short_name, "BCĐ đổi mới kinh tế tập thể tỉnh Tây Ninh");
        is(in.parent_name, "UBND TỈNH TÂY NINH");
        is(in.head_name, "BAN CHỈ ĐẠO ĐỔI MỚI KINH TẾ TẬP THỂ TỈNH TÂY NINH");
        is(in.place, "Tây Ninh");
}

static void
named_by_the_head_of_its_paper(void **s)
{
        struct draft_document paper = { .type.text = S("Kế hoạch"),
                                        .place.text = S("Huế"),
                                        .issuer.text = S("BAN CHỈ ĐẠO\nCHUYỂN ĐỔI SỐ"),
                                        .title.text = S("Chuyển đổi số năm 2024") };
        struct draft d = { .documents = &paper, .n_documents = 1 };
        struct committee_in in;

        (void)s;
        assert_true(committee_of_draft(arena, &d, &in));
        is(in.name, "Ban Chỉ đạo chuyển đổi số");
        is(in.head_name, "BAN CHỈ ĐẠO\nCHUYỂN ĐỔI SỐ");
        is(in.parent_name, "UBND TỈNH HUẾ");
}

static void
a_paper_of_nobody_names_nothing(void **s)
{
        struct draft_document paper = { .type.text = S("Kế hoạch"), .title.text = S("Phòng chống dịch năm 2024") };
        struct draft d = { .documents = &paper, .n_documents = 1 };
        struct committee_in in;

        (void)s;
        assert_false(committee_of_draft(arena, &d, &in));
        assert_false(committee_of_draft(arena, &(struct draft){ 0 }, &in));
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(named_by_the_title_of_its_plan, setup, teardown),
                cmocka_unit_test_setup_teardown(named_by_the_head_of_its_paper, setup, teardown),
                cmocka_unit_test_setup_teardown(a_paper_of_nobody_names_nothing, setup, teardown),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
