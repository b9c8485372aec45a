/* XLSX, CSV and ODF read as tables, and messages of the document axis. */
#include "read_testing.h"

#include "odt_read_priv.h"

#define C(at, type, inside) "<c r=\"" at "\" t=\"" type "\">" inside "</c>"
#define SHARED(at, n)       C(at, "s", "<v>" n "</v>")
#define INLINE(at, text)    C(at, "inlineStr", "<is><t>" text "</t></is>")
#define NUMBER(at, s, v)    "<c r=\"" at "\" s=\"" s "\"><v>" v "</v></c>"
#define ROW(n, inside)      "<row r=\"" n "\">" inside "</row>"
#define HEAD                ROW("3", SHARED("A3", "0") SHARED("B3", "1") SHARED("C3", "2"))
#define FORMATS                                                                                                        \
        "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/><numFmt numFmtId=\"165\" "                       \
        "formatCode=\"[$-42A]mm\\/yyyy\"/>"                                                                            \
        "<numFmt numFmtId=\"166\" formatCode=\"0.0&quot;ngày&quot;\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf "    \
        "numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"9\"/><xf numFmtId=\"14\"/><xf "                        \
        "numFmtId=\"166\"/></cellXfs>"

static void
read_sheet(void **state, const char *rows, const char *after)
{
        struct bench *k = *state;

        read_ok(k, xlsx_of(k->c.arena, rows, after, FORMATS));
}

static void
strings_lines_and_hidden_rows(void **state)
{
        read_sheet(
            state,
            ROW("1", INLINE("B1", "KẾ HOẠCH NĂM 2024")) HEAD ROW(
                "4", NUMBER("A4", "0", "1") INLINE("B4", "Việc") INLINE(
                         "C4",
                         "Quý I")) "<row r=\"5\" hidden=\"1\">" INLINE("A5",
                                                                       "ẩn") "</row>" ROW("9",
                                                                                          INLINE("A9", "Nơi nhận: VT")
                                                                                              INLINE("C9", "GIÁM ĐỐC")),
            "");
        assert_told(*state, "KẾ HOẠCH NĂM 2024\n|TT|Nhiệm vụ|Thời hạn|\n|1|Việc|Quý I|\nNơi nhận: VT\nGIÁM ĐỐC\n");
}

static void
numbers_are_days_where_their_style_says_so(void **state)
{
        read_sheet(state,
                   HEAD ROW("4", NUMBER("A4", "0", "1.5") NUMBER("B4", "1", "45291") NUMBER("C4", "2", "45291"))
                       ROW("5", NUMBER("A5", "3", "0.25") NUMBER("B5", "4", "45292.75") NUMBER("C5", "5", "3"))
                           ROW("6", C("A6", "b", "<v>1</v>") C("B6", "e", "<v>#N/A</v>") C("C6", "str", "<v>chữ</v>")),
                   "");
        assert_told(*state, "|TT|Nhiệm vụ|Thời hạn|\n|1.5|31/12/2023|12/2023|\n|25%|1/1/2024|3|\n|TRUE||chữ|\n");
}

static void
merged_cells_and_hidden_columns(void **state)
{
        read_sheet(
            state,
            HEAD ROW("4", INLINE("A4", "I. Nhóm"))
                ROW("5", NUMBER("A5", "0", "1") INLINE("B5", "a") INLINE("C5", "Quý I") INLINE("D5", "nháp"))
                    ROW("6", NUMBER("A6", "0", "2") INLINE("B6", "b")),
            "<cols><col min=\"4\" max=\"9\" hidden=\"1\"/></cols><mergeCells><mergeCell ref=\"A4:C4\"/><mergeCell "
            "ref=\"C5:C6\"/></mergeCells>");
        assert_told(*state, "|TT|Nhiệm vụ|Thời hạn|\n|I. Nhóm|||\n|1|a|Quý I|\n|2|b|Quý I|\n");
}

static void
our_own_sheet_comes_back(void **state)
{
        struct bench *k = *state;
        static const char csv[] =
            "\xEF\xBB\xBFTT;Nhiệm vụ;Thời hạn\r\n1;\"Việc; có \"\"dấu\"\"\r\nhai dòng\";Quý I\r\n";

        read_ok(k, str_of(csv));
        assert_true(str_eq(k->b.format, S("csv")));
        assert_told(k, "|TT|Nhiệm vụ|Thời hạn|\n|1|Việc; có \"dấu\"\nhai dòng|Quý I|\n");
}

static void
commas_of_a_running_text_are_no_table(void **state)
{
        struct bench *k = *state;

        read_ok(k, S("Các sở, ban, ngành, địa phương; UBND các huyện.\n\nPhối hợp, triển khai.\n"));
        assert_true(str_eq(k->b.format, S("text")));
}

/* ---- ODF --------------------------------------------------------------------------------------------------- */

#define OP(text) "<text:p>" text "</text:p>"

static void
odf_names_are_sorted(void **state)
{
        (void)state;
        for (size_t i = 1; i < O_COUNT; i++)
                assert_true(strcmp(o_names[i - 1].name, o_names[i].name) < 0);
}

static void
odf_text_lists_and_deletions(void **state)
{
        struct bench *k = *state;

        read_ok(
            k,
            odt_of(
                k->c.arena,
                "<style:style style:name=\"T1\" style:family=\"text\"><style:text-properties "
                "fo:font-family=\"'.VnTime'\"/></style:style><text:list-style style:name=\"L\">"
                "<text:list-level-style-number text:level=\"1\" style:num-format=\"I\" style:num-suffix=\".\"/>"
                "<text:list-level-style-number text:level=\"2\" style:num-format=\"1\" style:num-suffix=\".\" "
                "text:display-levels=\"1\"/></text:list-style>",
                "<office:text><text:tracked-changes><text:changed-region><text:deletion>" OP(
                    "bỏ") "</text:deletion></text:changed-region></text:tracked-changes>" OP("A<text:s "
                                                                                             "text:c=\"2\"/>b<text:tab/"
                                                                                             ">c <text:span "
                                                                                             "text:style-name=\"T1\">"
                                                                                             "ho¹ch</text:span>"
                                                                                             "<text:note><text:note-"
                                                                                             "citation>1</"
                                                                                             "text:note-citation><text:"
                                                                                             "note-body>" OP(
                                                                                                 "Chú") "</"
                                                                                                        "text:note-"
                                                                                                        "body></"
                                                                                                        "text:note>") "<text:list text:style-name=\"L\"><text:list-item>" OP("Mục") "<text:list><text:list-item>" OP("Con")
                    OP("nối") "</text:list-item><text:list-item>" OP(
                        "Con") "</text:list-item></text:list></text:list-item></text:list></office:text>"));
        assert_told(k, "A b c hoạch\nI. Mục\n1. Con\nnối\n2. Con\n~ Chú\n");
}

static void
odf_tables_with_spans(void **state)
{
        struct bench *k = *state;

#define OC(more, text) "<table:table-cell" more ">" OP(text) "</table:table-cell>"
#define LINED          " table:style-name=\"B\""
        read_ok(
            k, odt_of(k->c.arena,
                      "<style:style style:name=\"B\" style:family=\"table-cell\"><style:table-cell-properties "
                      "fo:border=\"0.5pt solid #000\"/></style:style>",
                      "<office:text><table:table><table:table-header-rows><table:table-row>" OC(LINED, "TT") OC(LINED,
                                                                                                                "Việc")
                          OC(LINED, "Sở") "</table:table-row></table:table-header-rows><table:table-row>" OC(LINED, "1")
                              OC(LINED, "a") OC(LINED " table:number-rows-spanned=\"2\"",
                                                "X") "</table:table-row><table:table-row>" OC(LINED, "2")
                                  OC(LINED,
                                     "b") "<table:covered-table-cell/></table:table-row></table:table></office:text>"));
        assert_told(k, "|TT|Việc|Sở|\n|1|a|X|\n|2|b|X|\n");
        assert_true(str_eq(k->b.v[0].style, S("header")));
        assert_int_equal(k->b.v[1].cells[2].rowspan, 2);
}

static void
odf_sheets_are_tables(void **state)
{
        struct bench *k = *state;

        read_ok(
            k,
            odt_of(k->c.arena, "",
                   "<office:spreadsheet><table:table table:name=\"A\"><table:table-row>" OC("", "TT") OC("", "Việc")
                       OC("", "Hạn") "<table:table-cell "
                                     "table:number-columns-repeated=\"1021\"/></table:table-row><table:table-row>" OC(
                                         "", "1") OC("", "a")
                                         OC("", "Quý I") "</table:table-row><table:table-row "
                                                         "table:number-rows-repeated=\"1048570\"><table:table-cell "
                                                         "table:number-columns-repeated=\"1024\"/></table:table-row></"
                                                         "table:table></office:spreadsheet>"));
        assert_told(k, "|TT|Việc|Hạn|\n|1|a|Quý I|\n");
        assert_true(str_eq(k->b.format, S("ods")));
}

/* ---- edXML ------------------------------------------------------------------------------------------------- */

#define MESSAGE(head, files)                                                                                           \
        "<?xml version=\"1.0\"?><edXML xmlns=\"urn:x\"><e:edXMLEnvelope xmlns:e=\"urn:x\"><e:MessageHeader>" head      \
        "</e:MessageHeader></e:edXMLEnvelope><AttachmentEncoded>" files "</AttachmentEncoded></edXML>"
#define FIELDS                                                                                                            \
        "<e:From><e:OrganName>Sở B</e:OrganName></e:From><e:To><e:OrganName>Sở C</e:OrganName></e:To><e:Code>"        \
        "<e:CodeNumber>12</e:CodeNumber><e:CodeNotation>KH-SB</e:CodeNotation></e:Code><e:PromulgationInfo><e:Place>"     \
        "Huế</e:Place><e:PromulgationDate>2024/02/05</e:PromulgationDate></e:PromulgationInfo><e:TypeName>Kế hoạch" \
        "</e:TypeName><e:Subject>Việc của tỉnh</e:Subject><e:ToPlaces><e:Place>Như trên</e:Place></e:ToPlaces>"
#define FILE_OF(base64)                                                                                                \
        "<Attachment><AttachmentName>a</AttachmentName><ContentTransferEncoded>" base64                                \
        "</ContentTransferEncoded></Attachment>"

static void
an_envelope_stands_in_for_a_head(void **state)
{
        struct bench *k = *state;

        read_ok(k, S(MESSAGE(FIELDS, FILE_OF("VmnhuqF0IG3h\nu5l0Cg=="))));
        assert_told(k, "SỞ B\nSố: 12/KH-SB\nHuế, ngày 05 tháng 02 năm 2024\nKẾ HOẠCH\nViệc của tỉnh\nViạt một\n"
                       "Nơi nhận:\n- Như trên;\n");
        assert_true(str_eq(k->b.format, S("edxml")));
}

static void
an_attachment_that_is_not_read_is_named(void **state)
{
        struct bench *k = *state;

        read_ok(k, S(MESSAGE(FIELDS, FILE_OF("JVBERi0xLjQK"))));
        assert_true(str_has(k->b.text, S("[Tệp đính kèm a chưa đọc được")));
        assert_true(str_has(k->b.text, S("Số: 12/KH-SB")));
}

static void
wrong_dates_are_shown_as_they_came(void **state)
{
        struct bench *k = *state;

        read_ok(k,
                S(MESSAGE("<e:PromulgationInfo><e:PromulgationDate>2014/02/30</e:PromulgationDate></e:PromulgationInfo>"
                          "<e:Subject>null</e:Subject><e:TypeName>Báo cáo</e:TypeName>",
                          "")));
        assert_told(k, "2014/02/30\nBÁO CÁO\n");
}

static void
a_status_message_is_no_paper(void **state)
{
        read_refused(*state, S(MESSAGE("<e:StatusCode>03</e:StatusCode>", "")), DD_EFORMAT, "thông báo trạng thái");
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                T(strings_lines_and_hidden_rows),
                T(numbers_are_days_where_their_style_says_so),
                T(merged_cells_and_hidden_columns),
                T(our_own_sheet_comes_back),
                T(commas_of_a_running_text_are_no_table),
                T(odf_names_are_sorted),
                T(odf_text_lists_and_deletions),
                T(odf_tables_with_spans),
                T(odf_sheets_are_tables),
                T(an_envelope_stands_in_for_a_head),
                T(an_attachment_that_is_not_read_is_named),
                T(wrong_dates_are_shown_as_they_came),
                T(a_status_message_is_no_paper),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
