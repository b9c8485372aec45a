/* CSV: quoting and formulas disarmed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "dd_csv.h"

static const struct grid_col two[] = { { .title = S("A") }, { .title = S("B"), .type = GRID_INT } };

/* The line of one row holding that text and no number. */
static void
assert_cell(const char *text, const char *want)
{
        struct csv w;
        AUTO_BUF out = { 0 };
        AUTO_BUF line = { 0 };

        csv_start(&w, &out, two, 2);
        csv_row(&w, (struct grid_cell[]){ grid_text(str_of(text)), { 0 } });
        buf_fmt(&line,
                "\xef\xbb\xbf"
                "A,B\r\n%s,\r\n",
                want);
        buf_c(&line, '\0');
        buf_c(&out, '\0');
        assert_string_equal(out.p, line.p);
}

static void
plain_text_stands_bare_after_a_byte_order_mark(void **state)
{
        (void)state;
        assert_cell("Sở Tài chính", "Sở Tài chính");
        assert_cell("", "");
}

static void
commas_quotes_and_line_ends_are_quoted(void **state)
{
        (void)state;
        assert_cell("a,b", "\"a,b\"");
        assert_cell("a;b", "\"a;b\"");
        assert_cell("nói \"không\"", "\"nói \"\"không\"\"\"");
        assert_cell("a\nb", "\"a\nb\"");
        assert_cell("a\r\nb", "\"a\r\nb\"");
}

static void
formulas_get_an_apostrophe(void **state)
{
        (void)state;
        assert_cell("=1+1", "\"'=1+1\"");
        assert_cell("+84", "\"'+84\"");
        assert_cell("- Như trên", "\"'- Như trên\"");
        assert_cell("@SUM(1)", "\"'@SUM(1)\"");
        assert_cell("\t=1", "\"'\t=1\"");
        assert_cell("\r=1", "\"'\r=1\"");
        assert_cell("＝1", "\"'＝1\"");
        assert_cell("a=1", "a=1");
}

static void
head_texts_are_disarmed_too(void **state)
{
        const struct grid_col evil[] = { { .title = S("=A1") } };
        struct csv w;
        AUTO_BUF out = { 0 };

        (void)state;
        csv_start(&w, &out, evil, 1);
        assert_true(str_has(buf_view(&out), S("\"'=A1\"\r\n")));
}

static void
numbers_and_days_are_typed(void **state)
{
        const struct grid_col cols[] = { { .title = S("A"), .type = GRID_INT },
                                         { .title = S("B"), .type = GRID_DATE },
                                         { .title = S("C"), .type = GRID_PERCENT },
                                         { .title = S("D"), .type = GRID_DATE } };
        struct csv w;
        AUTO_BUF out = { 0 };

        (void)state;
        csv_start(&w, &out, cols, 4);
        csv_row(&w,
                (struct grid_cell[]){ grid_int(-5), grid_day(day_of(2023, 9, 3)), grid_int(45), grid_day(DD_NO_DAY) });
        assert_true(str_ends(buf_view(&out), S("\r\n-5,2023-09-03,45,\r\n")));
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(plain_text_stands_bare_after_a_byte_order_mark),
                cmocka_unit_test(commas_quotes_and_line_ends_are_quoted),
                cmocka_unit_test(formulas_get_an_apostrophe),
                cmocka_unit_test(head_texts_are_disarmed_too),
                cmocka_unit_test(numbers_and_days_are_typed),
        };
        return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
