/* What the DOCX writer writes, read back with libzip and libxml2. */
#include "docx_testing.h"

/* ---- text ---------------------------------------------------------------------------------------------- */

static void
text_comes_back_equal(void **state)
{
        struct fixture *f = *state;
        const char *text = "Xây dựng <kế hoạch> \"vốn\" & 'ủy thác'; 50% ]]> ĐẦU TƯ";

        docx_text(&f->d, DOCX_BODY, str_of(text));
        finish(f);
        assert_text(f, "//w:body/w:p[1]", text);
}

static void
all_vietnamese_letters_come_back_equal(void **state)
{
        struct fixture *f = *state;
        const char *text = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ "
                           "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ";

        docx_text(&f->d, DOCX_BODY, str_of(text));
        finish(f);
        assert_text(f, "//w:body/w:p[1]", text);
}

static void
spaces_at_the_ends_of_runs_are_kept(void **state)
{
        struct fixture *f = *state;

        docx_para_begin(&f->d, &(struct docx_para){ .style = DOCX_BODY });
        docx_run(&f->d, S("có "), 0, 0);
        docx_run(&f->d, S("21 nhiệm vụ"), DOCX_BOLD, 0);
        docx_run(&f->d, S(" trong hạn"), DOCX_ITALIC, 13);
        docx_para_end(&f->d);
        finish(f);
        assert_text(f, "//w:p[1]", "có 21 nhiệm vụ trong hạn");
        assert_num(f, "count(//w:t[@xml:space='preserve'])", 3);
        assert_text(f, "//w:r[w:rPr/w:b]", "21 nhiệm vụ");
        assert_text(f, "//w:r[w:rPr/w:i]/w:rPr/w:sz/@w:val", "26");
}

static void
control_characters_are_left_out(void **state)
{
        struct fixture *f = *state;

        docx_text(&f->d, DOCX_BODY,
                  S("a\x01"
                    "b\x1b[0m\x7f"
                    "c\xef\xbf\xbf."));
        finish(f);
        assert_text(f, "//w:p[1]", "ab[0mc.");
}

static void
bad_utf8_becomes_a_replacement_letter(void **state)
{
        struct fixture *f = *state;

        docx_text(&f->d, DOCX_BODY, S("x\xff\x80y"));
        finish(f);
        assert_text(f, "//w:p[1]", "x\xef\xbf\xbd\xef\xbf\xbdy");
}

static void
line_ends_and_tabs_become_elements(void **state)
{
        struct fixture *f = *state;

        docx_text(&f->d, DOCX_BODY, S("một\nhai\tba"));
        finish(f);
        assert_num(f, "count(//w:p[1]//w:br)", 1);
        assert_num(f, "count(//w:p[1]//w:tab)", 1);
        assert_text(f, "//w:p[1]", "mộthaiba");
}

/* ---- page ---------------------------------------------------------------------------------------------- */

static void
page_is_a4_with_the_margins_of_the_decree(void **state)
{
        struct fixture *f = *state;

        docx_text(&f->d, DOCX_BODY, S("x"));
        finish(f);
        assert_num(f, "//w:pgSz/@w:w", 11906);
        assert_num(f, "//w:pgSz/@w:h", 16838);
        assert_num(f, "//w:pgMar/@w:top", 1134);
        assert_num(f, "//w:pgMar/@w:bottom", 1134);
        assert_num(f, "//w:pgMar/@w:left", 1701);
        assert_num(f, "//w:pgMar/@w:right", 850);
}

static void
appendix_section_is_landscape_and_counts_from_one(void **state)
{
        struct fixture *f = *state;

        docx_text(&f->d, DOCX_BODY, S("x"));
        docx_section(&f->d, DOCX_LANDSCAPE);
        docx_text(&f->d, DOCX_BODY, S("y"));
        finish(f);
        assert_num(f, "count(//w:sectPr)", 2);
        assert_num(f, "count(//w:p//w:sectPr/w:pgSz[not(@w:orient)])", 1);
        assert_num(f, "count(//w:body/w:sectPr/w:pgSz[@w:orient='landscape' and @w:w=16838 and @w:h=11906])", 1);
        assert_num(f, "count(//w:sectPr/w:pgNumType[@w:start=1])", 2);
}

static void
page_number_is_in_the_header_but_not_on_the_first_page(void **state)
{
        struct fixture *f = *state;

        docx_text(&f->d, DOCX_BODY, S("x"));
        finish(f);
        assert_num(f, "count(//w:sectPr/w:titlePg)", 1);
        assert_text(f, "//w:headerReference[@w:type='default']/@r:id", "rId3");
        assert_text(f, "//w:headerReference[@w:type='first']/@r:id", "rId4");
        struct str rels = part_bytes(f->c.arena, &f->out, "word/_rels/document.xml.rels");
        assert_true(
            str_has(rels, S("\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
                            "header\" Target=\"header1.xml\"")));
        assert_true(str_has(part_bytes(f->c.arena, &f->out, "word/header1.xml"), S(" PAGE ")));
        assert_false(str_has(part_bytes(f->c.arena, &f->out, "word/header2.xml"), S("PAGE")));
}

static void
font_is_times_and_language_vietnamese(void **state)
{
        struct fixture *f = *state;

        docx_text(&f->d, DOCX_BODY, S("x"));
        finish(f);
        AUTO_XML styles = part_xml(f->c.arena, &f->out, "word/styles.xml");
        assert_non_null(styles);
        assert_string_equal(xml_str(f->c.arena, styles, "//w:docDefaults//w:rFonts/@w:ascii").p, "Times New Roman");
        assert_string_equal(xml_str(f->c.arena, styles, "//w:docDefaults//w:lang/@w:val").p, "vi-VN");
        assert_true(xml_num(styles, "//w:docDefaults//w:sz/@w:val") == 28);
        assert_true(xml_num(styles, "count(//w:rFonts)") == 1);
}

static void
headings_have_outline_levels(void **state)
{
        struct fixture *f = *state;

        docx_text(&f->d, DOCX_H2, S("1. Kết quả"));
        finish(f);
        assert_text(f, "//w:pStyle/@w:val", "Heading2");
        AUTO_XML styles = part_xml(f->c.arena, &f->out, "word/styles.xml");
        assert_true(xml_num(styles, "//w:style[@w:styleId='Heading1']//w:outlineLvl/@w:val") == 0);
        assert_true(xml_num(styles, "//w:style[@w:styleId='Heading2']//w:outlineLvl/@w:val") == 1);
        assert_true(xml_num(styles, "count(//w:style[w:pPr/w:outlineLvl]/w:pPr/w:keepNext)") == 4);
}

static void
nothing_is_told_about_an_author_or_a_program(void **state)
{
        struct fixture *f = *state;

        docx_text(&f->d, DOCX_BODY, S("x"));
        finish(f);
        struct str core = part_bytes(f->c.arena, &f->out, "docProps/core.xml");
        assert_true(str_has(core, S("<dc:title>Thử</dc:title>")));
        assert_false(str_has(core, S("creator")));
        assert_false(str_has(core, S("lastModifiedBy")));
        assert_false(str_has(core, S("created")));
        assert_null(part_bytes(f->c.arena, &f->out, "docProps/app.xml").p);
        assert_int_equal(part_count(&f->out), 9);
}

static void
same_calls_give_the_same_bytes(void **state)
{
        struct fixture *f = *state;
        AUTO_DOCX again;
        AUTO_BUF out = { 0 };

        docx_start(&again, &f->c, &(struct docx_meta){ .title = S("Thử") });
        docx_text(&f->d, DOCX_BODY, S("x"));
        docx_text(&again, DOCX_BODY, S("x"));
        finish(f);
        assert_int_equal(docx_finish(&again, &out), DD_OK);
        assert_true(str_eq(buf_view(&out), buf_view(&f->out)));
        /* MS-DOS date of the first local header: 1 January 1980, 00:00 */
        assert_memory_equal(out.p + 10, "\0\0\x21\0", 4);
}

/* ---- tables -------------------------------------------------------------------------------------------- */

static const int32_t three[] = { DOCX_MM(12), DOCX_MM(100), DOCX_MM(53) };

static void
begin_three(struct fixture *f)
{
        docx_table_begin(&f->d,
                         &(struct docx_table){ .widths = three, .n_cols = 3, .header_rows = 1, .borders = true });
        docx_row(&f->d, (struct docx_cell[]){ { .text = S("TT") }, { .text = S("Nhiệm vụ") }, { .text = S("Hạn") } },
                 3);
}

static void
table_cells_come_back_equal(void **state)
{
        struct fixture *f = *state;

        begin_three(f);
        docx_row(&f->d, (struct docx_cell[]){ { .text = S("1") }, { .text = S("a < b & c") }, { .text = S("=1+1") } },
                 3);
        docx_table_end(&f->d);
        finish(f);
        assert_text(f, "//w:tr[2]/w:tc[2]", "a < b & c");
        assert_text(f, "//w:tr[2]/w:tc[3]", "=1+1");
        assert_num(f, "count(//w:gridCol)", 3);
        assert_num(f, "sum(//w:gridCol/@w:w)", 680 + 5669 + 3005);
        assert_num(f, "//w:tr[2]/w:tc[2]//w:tcW/@w:w", 5669);
}

static void
header_row_repeats_and_rows_do_not_split(void **state)
{
        struct fixture *f = *state;

        begin_three(f);
        docx_row(&f->d, (struct docx_cell[]){ { 0 }, { 0 }, { 0 } }, 3);
        docx_table_end(&f->d);
        finish(f);
        assert_num(f, "count(//w:tr[1]//w:tblHeader)", 1);
        assert_num(f, "count(//w:tblHeader)", 1);
        assert_num(f, "count(//w:cantSplit)", 2);
}

static void
empty_cells_hold_a_paragraph(void **state)
{
        struct fixture *f = *state;

        begin_three(f);
        docx_row(&f->d, (struct docx_cell[]){ { .text = S("") }, { 0 }, { 0 } }, 3);
        docx_table_end(&f->d);
        finish(f);
        assert_num(f, "count(//w:tr[2]/w:tc[w:p])", 3);
}

static void
lines_of_a_cell_are_paragraphs(void **state)
{
        struct fixture *f = *state;

        begin_three(f);
        docx_row(&f->d, (struct docx_cell[]){ { 0 }, { .text = S("một\nhai") }, { 0 } }, 3);
        docx_table_end(&f->d);
        finish(f);
        assert_num(f, "count(//w:tr[2]/w:tc[2]/w:p)", 2);
        assert_text(f, "//w:tr[2]/w:tc[2]/w:p[2]", "hai");
}

static void
group_row_spans_all_columns_and_stays_with_the_next(void **state)
{
        struct fixture *f = *state;

        begin_three(f);
        docx_row_group(&f->d, S("I. Nhóm"));
        docx_row(&f->d, (struct docx_cell[]){ { 0 }, { 0 }, { 0 } }, 3);
        docx_table_end(&f->d);
        finish(f);
        assert_num(f, "//w:tr[2]//w:gridSpan/@w:val", 3);
        assert_num(f, "count(//w:tr[2]//w:keepNext)", 1);
        assert_num(f, "count(//w:tr[2]//w:b)", 1);
}

static void
cells_merge_over_rows(void **state)
{
        struct fixture *f = *state;

        begin_three(f);
        docx_row(&f->d, (struct docx_cell[]){ { .text = S("1"), .vmerge = 1 }, { .span = 2 } }, 2);
        docx_row(&f->d, (struct docx_cell[]){ { .vmerge = 2 }, { 0 }, { 0 } }, 3);
        docx_table_end(&f->d);
        finish(f);
        assert_text(f, "//w:tr[2]/w:tc[1]//w:vMerge/@w:val", "restart");
        assert_num(f, "count(//w:tr[3]/w:tc[1]//w:vMerge[not(@w:val)])", 1);
        assert_num(f, "//w:tr[2]/w:tc[2]//w:tcW/@w:w", 5669 + 3005);
}

static void
tables_never_touch_and_never_end_the_body(void **state)
{
        struct fixture *f = *state;

        begin_three(f);
        docx_table_end(&f->d);
        begin_three(f);
        docx_table_end(&f->d);
        finish(f);
        assert_num(f, "count(//w:tbl[following-sibling::*[1][self::w:p]])", 2);
}

/* ---- misuse -------------------------------------------------------------------------------------------- */

static void
assert_refused(struct fixture *f, enum dd_err want)
{
        assert_int_equal(docx_finish(&f->d, &f->out), want);
        assert_int_equal(f->out.n, 0);
        assert_true(f->c.err_text.n > 0);
}

static void
row_with_too_few_cells_is_refused(void **state)
{
        struct fixture *f = *state;

        begin_three(f);
        docx_row(&f->d, (struct docx_cell[]){ { 0 }, { 0 } }, 2);
        docx_table_end(&f->d);
        assert_refused(f, DD_EIO);
}

static void
row_with_too_many_cells_is_refused(void **state)
{
        struct fixture *f = *state;

        begin_three(f);
        docx_row(&f->d, (struct docx_cell[]){ { 0 }, { 0 }, { .span = 2 } }, 3);
        docx_table_end(&f->d);
        assert_refused(f, DD_EIO);
}

static void
paragraph_left_open_is_refused(void **state)
{
        struct fixture *f = *state;

        docx_para_begin(&f->d, &(struct docx_para){ .style = DOCX_BODY });
        assert_refused(f, DD_EIO);
}

static void
document_beyond_the_ceiling_is_refused(void **state)
{
        struct fixture *f = *state;

        f->d.body.max = 1000;
        for (int i = 0; i < 50; i++)
                docx_text(&f->d, DOCX_BODY, S("dài"));
        assert_refused(f, DD_ETOOBIG);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                T(text_comes_back_equal),
                T(all_vietnamese_letters_come_back_equal),
                T(spaces_at_the_ends_of_runs_are_kept),
                T(control_characters_are_left_out),
                T(bad_utf8_becomes_a_replacement_letter),
                T(line_ends_and_tabs_become_elements),
                T(page_is_a4_with_the_margins_of_the_decree),
                T(appendix_section_is_landscape_and_counts_from_one),
                T(page_number_is_in_the_header_but_not_on_the_first_page),
                T(font_is_times_and_language_vietnamese),
                T(headings_have_outline_levels),
                T(nothing_is_told_about_an_author_or_a_program),
                T(same_calls_give_the_same_bytes),
                T(table_cells_come_back_equal),
                T(header_row_repeats_and_rows_do_not_split),
                T(empty_cells_hold_a_paragraph),
                T(lines_of_a_cell_are_paragraphs),
                T(group_row_spans_all_columns_and_stays_with_the_next),
                T(cells_merge_over_rows),
                T(tables_never_touch_and_never_end_the_body),
                T(row_with_too_few_cells_is_refused),
                T(row_with_too_many_cells_is_refused),
                T(paragraph_left_open_is_refused),
                T(document_beyond_the_ceiling_is_refused),
        };
        return cmocka_run_group_tests_name("docx", tests, NULL, NULL);
}
