/* What the XLSX writer writes, read back with libzip and libxml2. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "dd_xlsx.h"
#include "zip_testing.h"

struct fixture {
        struct dd_ctx c;
        struct xlsx *x;
        struct dd_buf out;
        xmlXPathContextPtr sheet; /* sheet1.xml once read */
};

static const struct grid_col cols[] = {
        { .title = S("TT"), .type = GRID_INT, .width = 6 },
        { .title = S("Nhiệm vụ"), .type = GRID_TEXT, .width = 40 },
        { .title = S("Thời hạn"), .type = GRID_DATE },
        { .title = S("Tiến độ"), .type = GRID_PERCENT },
};

static int
setup(void **state)
{
        struct fixture *f = calloc(1, sizeof *f);

        f->c.arena = arena_new(0);
        f->c.now = 1696118400;
        *state = f;
        return xlsx_start(&f->c, S("Thử"), &f->x) == DD_OK ? 0 : -1;
}

static int
teardown(void **state)
{
        struct fixture *f = *state;

        xml_free(&f->sheet);
        xlsx_free(&f->x);
        buf_free(&f->out);
        arena_free(f->c.arena);
        free(f);
        return 0;
}

static void
add_sheet(struct fixture *f, struct str name)
{
        xlsx_sheet(f->x, &(struct xlsx_sheet){ .name = name,
                                               .titles = (struct str[]){ S("KẾ HOẠCH"), S("Đến hết ngày 30/9/2023") },
                                               .n_titles = 2,
                                               .cols = cols,
                                               .n_cols = ARRAY_LEN(cols),
                                               .frozen_cols = 1 });
}

static void
add_row(struct fixture *f, struct str text, int32_t day, int64_t percent)
{
        xlsx_row(f->x, (struct grid_cell[]){ grid_int(1), grid_text(text), grid_day(day), grid_int(percent) });
}

static void
finish(struct fixture *f)
{
        assert_int_equal(xlsx_finish(f->x, &f->out), DD_OK);
        f->sheet = part_xml(f->c.arena, &f->out, "xl/worksheets/sheet1.xml");
        assert_non_null(f->sheet);
}

static void
assert_text(struct fixture *f, const char *expr, const char *want)
{
        assert_string_equal(xml_str(f->c.arena, f->sheet, expr).p, want);
}

static void
text_comes_back_equal(void **state)
{
        struct fixture *f = *state;
        const char *text = "Xây dựng <kế hoạch> \"vốn\" & ủy thác;\nbáo cáo  ĐẦU TƯ";

        add_sheet(f, S("A"));
        add_row(f, str_of(text), DD_NO_DAY, 0);
        finish(f);
        assert_text(f, "//m:c[@r='B5']", text);
}

static void
formula_like_texts_stay_texts(void **state)
{
        static const char *const texts[] = { "=1+1", "+84", "-1", "@SUM(A1)", "\t=1+1", "=cmd|' /C calc'!A0" };
        struct fixture *f = *state;

        add_sheet(f, S("A"));
        for (size_t i = 0; i < ARRAY_LEN(texts); i++)
                add_row(f, str_of(texts[i]), DD_NO_DAY, 0);
        finish(f);
        assert_true(xml_num(f->sheet, "count(//m:f)") == 0);
        for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
                struct str cell = str_fmt(f->c.arena, "//m:c[@r='B%zu' and @t='inlineStr']", i + 5);

                assert_text(f, cell.p, texts[i]);
        }
}

static void
days_are_real_dates(void **state)
{
        struct fixture *f = *state;

        add_sheet(f, S("A"));
        add_row(f, S("x"), day_of(2023, 9, 30), 0);
        finish(f);
        assert_text(f, "//m:c[@r='C5']/m:v", "45199");
        AUTO_XML styles = part_xml(f->c.arena, &f->out, "xl/styles.xml");
        struct str expr = str_fmt(f->c.arena, "//m:numFmt[@numFmtId=//m:cellXfs/m:xf[%d]/@numFmtId]/@formatCode",
                                  (int)xml_num(f->sheet, "//m:c[@r='C5']/@s") + 1);
        assert_string_equal(xml_str(f->c.arena, styles, expr.p).p, "dd/mm/yyyy");
}

static void
no_day_is_an_empty_cell(void **state)
{
        struct fixture *f = *state;

        add_sheet(f, S("A"));
        add_row(f, S("x"), DD_NO_DAY, 0);
        finish(f);
        assert_true(xml_num(f->sheet, "count(//m:c[@r='C5']/*)") == 0);
}

static void
words_may_stand_for_a_day(void **state)
{
        struct fixture *f = *state;

        add_sheet(f, S("A"));
        xlsx_row(f->x, (struct grid_cell[]){ grid_int(1), { 0 }, grid_text(S("thường xuyên")), { 0 } });
        finish(f);
        assert_text(f, "//m:c[@r='C5']", "thường xuyên");
}

static void
days_before_1900_stand_as_text(void **state)
{
        struct fixture *f = *state;

        add_sheet(f, S("A"));
        add_row(f, S("x"), day_of(1890, 5, 19), 0);
        finish(f);
        assert_text(f, "//m:c[@r='C5']", "19/5/1890");
}

static void
percents_are_numbers(void **state)
{
        struct fixture *f = *state;

        add_sheet(f, S("A"));
        add_row(f, S("x"), DD_NO_DAY, 45);
        finish(f);
        assert_text(f, "//m:c[@r='D5']/m:v", "0.45");
}

static void
titles_stand_above_the_table(void **state)
{
        struct fixture *f = *state;

        add_sheet(f, S("A"));
        finish(f);
        assert_text(f, "//m:c[@r='A1']", "KẾ HOẠCH");
        assert_text(f, "//m:c[@r='A2']", "Đến hết ngày 30/9/2023");
        assert_text(f, "//m:c[@r='B4']", "Nhiệm vụ");
        assert_text(f, "//m:row[last()]/@r", "4");
}

static void
head_is_frozen_and_filtered(void **state)
{
        struct fixture *f = *state;

        add_sheet(f, S("A"));
        add_row(f, S("x"), DD_NO_DAY, 0);
        add_row(f, S("y"), DD_NO_DAY, 0);
        finish(f);
        assert_text(f, "//m:pane/@state", "frozen");
        assert_text(f, "//m:pane/@topLeftCell", "B5");
        assert_text(f, "//m:autoFilter/@ref", "A4:D6");
}

static void
prints_on_a4_landscape_one_page_wide_with_the_head_repeated(void **state)
{
        struct fixture *f = *state;

        add_sheet(f, S("A"));
        finish(f);
        assert_text(f, "//m:pageSetup/@paperSize", "9");
        assert_text(f, "//m:pageSetup/@orientation", "landscape");
        assert_text(f, "//m:pageSetup/@fitToHeight", "0");
        AUTO_XML book = part_xml(f->c.arena, &f->out, "xl/workbook.xml");
        assert_string_equal(xml_str(f->c.arena, book, "//m:definedName[@name='_xlnm.Print_Titles']").p, "A!$4:$4");
}

static void
columns_have_their_widths(void **state)
{
        struct fixture *f = *state;

        add_sheet(f, S("A"));
        finish(f);
        assert_true(xml_num(f->sheet, "//m:col[1]/@width") < 7);
        assert_true(xml_num(f->sheet, "//m:col[2]/@width") > 40);
}

static void
rows_are_high_enough_for_wrapped_text(void **state)
{
        struct fixture *f = *state;

        add_sheet(f, S("A"));
        add_row(f, S("ngắn"), DD_NO_DAY, 0);
        add_row(f, S("Tuyên truyền về kinh tế tập thể trên báo, đài; nhân rộng mô hình hợp tác xã hoạt động hiệu quả"),
                DD_NO_DAY, 0);
        finish(f);
        assert_true(xml_num(f->sheet, "//m:row[@r=6]/@ht") > 2 * xml_num(f->sheet, "//m:row[@r=5]/@ht") - 5);
}

static void
text_that_looks_like_an_escape_is_escaped(void **state)
{
        struct fixture *f = *state;

        add_sheet(f, S("A"));
        add_row(f, S("a_x0041_b"), DD_NO_DAY, 0);
        finish(f);
        assert_text(f, "//m:c[@r='B5']", "a_x005F_x0041_b");
}

static void
control_characters_are_left_out(void **state)
{
        struct fixture *f = *state;

        add_sheet(f, S("A"));
        add_row(f,
                S("a\x01\x0b\x1f"
                  "b\r\nc"),
                DD_NO_DAY, 0);
        finish(f);
        assert_text(f, "//m:c[@r='B5']", "ab\nc");
}

static void
too_long_text_is_cut_between_letters_and_says_so(void **state)
{
        struct fixture *f = *state;
        AUTO_BUF text = { 0 };

        for (int i = 0; i < 40000; i++)
                buf_str(&text, S("ệ"));
        add_sheet(f, S("A"));
        add_row(f, buf_view(&text), DD_NO_DAY, 0);
        finish(f);
        assert_true(xml_num(f->sheet, "string-length(//m:c[@r='B5'])") == 32767);
        assert_true(str_ends(xml_str(f->c.arena, f->sheet, "//m:c[@r='B5']"), S("ệ…")));
}

static void
tab_names_are_cleaned_and_differ(void **state)
{
        struct fixture *f = *state;

        add_sheet(f, S("Nhiệm vụ [2653/KH-BCĐ]: danh sách dài hơn ba mươi mốt chữ"));
        add_sheet(f, S("A"));
        add_sheet(f, S("A"));
        finish(f);
        AUTO_XML book = part_xml(f->c.arena, &f->out, "xl/workbook.xml");
        struct str name = xml_str(f->c.arena, book, "//m:sheet[1]/@name");
        assert_true(str_starts(name, S("Nhiệm vụ  2653 KH-BCĐ")));
        assert_true(xml_num(book, "string-length(//m:sheet[1]/@name)") <= 31);
        assert_string_equal(xml_str(f->c.arena, book, "//m:sheet[3]/@name").p, "A 2");
}

static void
group_rows_are_one_text(void **state)
{
        struct fixture *f = *state;

        add_sheet(f, S("A"));
        xlsx_row_group(f->x, S("I. Hoàn thiện thể chế"));
        finish(f);
        assert_text(f, "//m:c[@r='A5']", "I. Hoàn thiện thể chế");
        assert_true(xml_num(f->sheet, "count(//m:row[@r=5]/m:c)") == 4);
}

static void
nothing_is_told_about_an_author(void **state)
{
        struct fixture *f = *state;

        add_sheet(f, S("A"));
        finish(f);
        struct str core = part_bytes(f->c.arena, &f->out, "docProps/core.xml");
        assert_true(str_has(core, S("<dc:title>Thử</dc:title>")));
        assert_true(str_has(core, S("<dc:creator></dc:creator>")));
        assert_true(str_has(core, S("<cp:lastModifiedBy></cp:lastModifiedBy>")));
        assert_true(str_has(core, S("2023-10-01T00:00:00Z")));
}

static void
workbook_without_a_sheet_is_refused(void **state)
{
        struct fixture *f = *state;

        assert_int_equal(xlsx_finish(f->x, &f->out), DD_EIO);
        assert_int_equal(f->out.n, 0);
}

static void
workbook_beyond_the_ceiling_is_refused(void **state)
{
        struct fixture *f = *state;

        f->out.max = 100;
        add_sheet(f, S("A"));
        assert_int_equal(xlsx_finish(f->x, &f->out), DD_ETOOBIG);
}

static void
workbook_can_be_dropped_half_written(void **state)
{
        struct fixture *f = *state;

        add_sheet(f, S("A"));
        add_row(f, S("x"), DD_NO_DAY, 0);
        xlsx_free(&f->x);
        assert_null(f->x);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
        const struct CMUnitTest tests[] = {
                T(text_comes_back_equal),
                T(formula_like_texts_stay_texts),
                T(days_are_real_dates),
                T(no_day_is_an_empty_cell),
                T(words_may_stand_for_a_day),
                T(days_before_1900_stand_as_text),
                T(percents_are_numbers),
                T(titles_stand_above_the_table),
                T(head_is_frozen_and_filtered),
                T(prints_on_a4_landscape_one_page_wide_with_the_head_repeated),
                T(columns_have_their_widths),
                T(rows_are_high_enough_for_wrapped_text),
                T(text_that_looks_like_an_escape_is_escaped),
                T(control_characters_are_left_out),
                T(too_long_text_is_cut_between_letters_and_says_so),
                T(tab_names_are_cleaned_and_differ),
                T(group_rows_are_one_text),
                T(nothing_is_told_about_an_author),
                T(workbook_without_a_sheet_is_refused),
                T(workbook_beyond_the_ceiling_is_refused),
                T(workbook_can_be_dropped_half_written),
        };
        return cmocka_run_group_tests_name("xlsx", tests, NULL, NULL);
}
