/* What a citation says of the paper it cites. */
#include "intake_priv.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void
says(const char *clause, const char *number, const char *name, const char *issuer, const char *title)
{
        struct arena *a = arena_new(0);
        struct draft_basis b = { .number = str_of(number), .name = str_of(name), .source.text = str_of(clause) };
        struct str i, t;

        cited_words(a, &b, &i, &t);
        assert_string_equal(str_c(a, i), issuer);
        assert_string_equal(str_c(a, t), title);
        arena_free(a);
}

static void
title_is_not_the_whole_clause(void **s)
{
        (void)s;
        says("Căn cứ Quyết định số 1174/QĐ-UBND ngày 29/5/2023 của UBND tỉnh về việc kiện toàn Ban Chỉ đạo;",
             "1174/QĐ-UBND", NULL, "UBND tỉnh", "Về việc kiện toàn Ban Chỉ đạo");
        says("Căn cứ Quyết định số 39/QĐ-BCĐ ngày 02/6/2023 của Ban Chỉ đạo đổi mới, hợp tác xã ban hành Kế hoạch năm "
             "2023;",
             "39/QĐ-BCĐ", NULL, "Ban Chỉ đạo đổi mới, hợp tác xã", "Ban hành Kế hoạch năm 2023");
        says("Căn cứ Nghị định số 09/2019/NĐ-CP quy định về chế độ báo cáo.", "09/2019/NĐ-CP", NULL, "",
             "Quy định về chế độ báo cáo");
}

static void
a_law_keeps_its_name(void **s)
{
        (void)s;
        says("Căn cứ Luật Hợp tác xã ngày 20/11/2012;", NULL, "Luật Hợp tác xã", "", "Luật Hợp tác xã");
}

static void
nothing_behind_the_number_is_no_title(void **s)
{
        (void)s;
        says("Căn cứ Quyết định số 1334/QĐ-TTg ngày 22/11/2023;", "1334/QĐ-TTg", NULL, "", "");
        says("Căn cứ Quyết định số 5/QĐ-UBND của UBND tỉnh;", "5/QĐ-UBND", NULL, "UBND tỉnh", "");
        says("Căn cứ Quyết định số 39/QĐ- BCĐ về x", "39/QĐ-BCĐ", NULL, "", "");
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(title_is_not_the_whole_clause),
                cmocka_unit_test(a_law_keeps_its_name),
                cmocka_unit_test(nothing_behind_the_number_is_no_title),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
