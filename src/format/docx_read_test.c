#include "dd_docx.h"
#include "docx_read_priv.h"
#include "read_testing.h"

#define P(inside)     "<w:p>" inside "</w:p>"
#define PP(pr, text)  "<w:p><w:pPr>" pr "</w:pPr>" R(text) "</w:p>"
#define R(text)       "<w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define RP(pr, text)  "<w:r><w:rPr>" pr "</w:rPr><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define FONT(name)    "<w:rFonts w:ascii=\"" name "\" w:hAnsi=\"" name "\"/>"
#define TC(inside)    "<w:tc>" inside "</w:tc>"
#define TCP(pr, text) "<w:tc><w:tcPr>" pr "</w:tcPr>" P(R(text)) "</w:tc>"
#define TR(inside)    "<w:tr>" inside "</w:tr>"
#define NUM(id, lvl)  "<w:numPr><w:ilvl w:val=\"" lvl "\"/><w:numId w:val=\"" id "\"/></w:numPr>"
#define LINES         "<w:tblPr><w:tblBorders><w:top w:val=\"single\"/></w:tblBorders></w:tblPr>"

static void
read_body(void **state, const char *body)
{
        struct bench *k = *state;

        read_ok(k, docx_of(k->c.arena, body, "", "", ""));
}

static void
names_are_sorted(void **state)
{
        (void)state;
        for (size_t i = 1; i < W_COUNT; i++)
                assert_true(strcmp(w_names[i - 1].name, w_names[i].name) < 0);
}

static void
runs_of_a_paragraph_are_one_text(void **state)
{
        read_body(state, P(R("Kế ") R("ho") R("ạch") "<w:r><w:tab/><w:t>số</w:t><w:br/><w:t>12</w:t></w:r>") P("")
                             P(R("A") "<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>" R("B")));
        assert_told(*state, "Kế hoạch số\n12\nA-B\n");
}

static void
nfd_becomes_nfc(void **state)
{
        read_body(state, P(R("Ke\xCC\x82\xCC\x81 hoa\xCC\xA3") R("ch")));
        assert_told(*state, "Kế hoạch\n");
}

static void
tracked_changes_are_taken_as_accepted(void **state)
{
        read_body(state,
                  P(R("Giữ") "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del><w:ins>" R(
                      " thêm") "</w:ins><w:moveFrom>" R("đi") "</w:moveFrom><w:moveTo>" R(" đến") "</w:moveTo>"));
        assert_told(*state, "Giữ thêm đến\n");
}

static void
a_deleted_paragraph_end_joins_two(void **state)
{
        read_body(state, "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" R("Một ") "</w:p>" P(R("hai")));
        assert_told(*state, "Một hai\n");
}

static void
fields_show_their_result(void **state)
{
        read_body(state, P("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE "
                           "</w:instrText></w:r>" R("mã") "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" R(
                               "kết quả") "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>" R(" sau")));
        assert_told(*state, "kết quả sau\n");
}

static void
what_is_not_shown_is_left_out(void **state)
{
        read_body(
            state,
            P(RP("<w:vanish/>", "ẩn") R("hiện")) "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" P(
                R("Bấm để nhập")) "</w:sdtContent></w:sdt><w:sdt><w:sdtPr/><w:sdtContent>" P(R("ô")) "</w:sdtContent></"
                                                                                                     "w:sdt>");
        assert_told(*state, "hiện\nô\n");
}

static void
capitals_by_look_are_capitals(void **state)
{
        read_body(state, P(RP("<w:caps/>", "Kế hoạch") R(" thử")));
        assert_told(*state, "KẾ HOẠCH thử\n");
}

static void
a_text_box_told_twice_is_read_once(void **state)
{
        read_body(
            state,
            P(R("Trước") "<w:r><mc:AlternateContent><mc:Choice><o:x><w:txbxContent>" P(R(
                "MẬT")) "</w:txbxContent></o:x></mc:Choice><mc:Fallback><w:txbxContent>" P(R("MẬT")) "</"
                                                                                                     "w:txbxContent></"
                                                                                                     "mc:Fallback></"
                                                                                                     "mc:"
                                                                                                     "AlternateContent>"
                                                                                                     "</w:r>" R(" sa"
                                                                                                                "u")));
        assert_told(*state, "Trước sau\nMẬT\n");
}

/* ---- lists ------------------------------------------------------------------------------------------------- */

#define LVL(i, fmt, text)                                                                                              \
        "<w:lvl w:ilvl=\"" i "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" fmt "\"/><w:lvlText w:val=\"" text          \
        "\"/></w:lvl>"
#define LISTS                                                                                                          \
        "<w:abstractNum w:abstractNumId=\"0\">" LVL("0", "upperRoman", "%1.") LVL("1", "decimal", "%2.")               \
            LVL("2", "decimal", "%2.%3")                                                                               \
                LVL("3", "lowerLetter",                                                                                \
                    "%4)") "</w:abstractNum>"                                                                          \
                           "<w:abstractNum w:abstractNumId=\"1\">" LVL(                                                \
                               "0", "bullet",                                                                          \
                               "\xEF\x82\xB7") "</w:abstractNum>"                                                      \
                                               "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num "    \
                                               "w:numId=\"2\"><w:abstractNumId "                                       \
                                               "w:val=\"1\"/></w:num><w:num w:numId=\"3\"><w:abstractNumId "           \
                                               "w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\">"                             \
                                               "<w:startOverride w:val=\"4\"/></w:lvlOverride></w:num>"

static void
automatic_numbers_stand_in_the_text(void **state)
{
        struct bench *k = *state;

        read_ok(k, docx_of(k->c.arena,
                           PP(NUM("1", "0"), "MỤC ĐÍCH") PP(NUM("1", "1"), "Một") PP(NUM("1", "2"), "con")
                               PP(NUM("1", "2"), "con") PP(NUM("1", "1"), "Hai") PP(NUM("1", "3"), "chữ")
                                   PP(NUM("1", "0"), "NHIỆM VỤ") PP(NUM("1", "1"), "Lại một") PP(NUM("2", "0"), "chấm")
                                       PP(NUM("3", "0"), "từ bốn") PP(NUM("0", "0"), "không") PP(NUM("77", "0"), "lạ"),
                           "", LISTS, ""));
        assert_told(k, "I. MỤC ĐÍCH\n1. Một\n1.1 con\n1.2 con\n2. Hai\na) chữ\nII. NHIỆM VỤ\n1. Lại một\n- chấm\n"
                       "IV. từ bốn\nkhông\nlạ\n");
}

static void
numbers_come_by_style_too(void **state)
{
        struct bench *k = *state;

        read_ok(k, docx_of(k->c.arena, PP("<w:pStyle w:val=\"con\"/>", "A") PP("<w:pStyle w:val=\"con\"/>", "B"),
                           "<w:style w:type=\"paragraph\" w:styleId=\"cha\"><w:name w:val=\"cha\"/><w:pPr>" NUM(
                               "1", "1") "<w:outlineLvl w:val=\"1\"/></w:pPr></w:style><w:style w:type=\"paragraph\" "
                                         "w:styleId=\"con\"><w:basedOn w:val=\"cha\"/></w:style>",
                           LISTS, ""));
        assert_told(k, "# 1. A\n# 2. B\n");
}

static void
a_ring_of_styles_ends(void **state)
{
        struct bench *k = *state;

        read_ok(k, docx_of(k->c.arena, PP("<w:pStyle w:val=\"a\"/>", "A"),
                           "<w:style w:styleId=\"a\"><w:basedOn w:val=\"b\"/></w:style><w:style "
                           "w:styleId=\"b\"><w:basedOn w:val=\"a\"/></w:style>",
                           "", ""));
        assert_told(k, "A\n");
}

/* ---- old fonts --------------------------------------------------------------------------------------------- */

static void
old_fonts_are_turned_run_by_run(void **state)
{
        read_body(state, P(RP(FONT(".VnTime"), "KÕ ho¹ch ") R("Unicode à ") RP(FONT(".VnTimeH"), "kÕ ho¹ch")
                               RP(FONT("VNI-Times"), " Ke") RP(FONT("VNI-Times") "<w:b/>", "á hoaïch")));
        assert_told(*state, "Kế hoạch Unicode à KẾ HOẠCH Kế hoạch\n");
}

/* LibreOffice writes the byte of the letter as what Unicode calls it. */
static void
the_letter_that_is_a_soft_hyphen_stays_in_old_fonts(void **state)
{
        read_body(state,
                  P("<w:r><w:rPr>" FONT(".VnTime") "</w:rPr><w:t>T¨ng c</w:t><w:softHyphen/><w:t>êng</w:t></w:r>"));
        assert_told(*state, "Tăng cường\n");
}

static void
fonts_come_by_style_and_default(void **state)
{
        struct bench *k = *state;

        read_ok(k, docx_of(k->c.arena,
                           P(R("ho¹ch") RP("<w:rStyle w:val=\"moi\"/>", "hoạch"))
                               PP("<w:pStyle w:val=\"vni\"/>", "hoaïch"),
                           "<w:docDefaults><w:rPrDefault><w:rPr>" FONT(
                               ".VnArial") "</w:rPr></w:rPrDefault></w:docDefaults>"
                                           "<w:style w:type=\"character\" w:styleId=\"moi\"><w:rPr>" FONT(
                                               "Arial") "</w:rPr></w:style>"
                                                        "<w:style w:type=\"paragraph\" w:styleId=\"vni\"><w:rPr>" FONT(
                                                            "VNI-Helve") "</w:rPr></w:style>",
                           "", ""));
        assert_told(k, "hoạchhoạch\nhoạch\n");
}

static void
unicode_in_an_old_font_stays(void **state)
{
        read_body(state, P(RP(FONT(".VnTime"), "Kế hoạch à")));
        assert_told(*state, "Kế hoạch à\n");
}

/* ---- tables ------------------------------------------------------------------------------------------------ */

static void
merged_cells_keep_their_columns(void **state)
{
        struct bench *k = *state;

        read_body(state, "<w:tbl>" LINES TR(TC(P(R("TT"))) TC(P(R("Việc"))) TC(P(R("Chủ trì"))))
                             TR(TCP("<w:gridSpan w:val=\"3\"/>", "I. Nhóm"))
                                 TR(TCP("", "1") TCP("", "a") TCP("<w:vMerge w:val=\"restart\"/>", "Sở X"))
                                     TR(TCP("", "2") TCP("", "b") TCP("<w:vMerge/>", "")) "</w:tbl>");
        assert_told(k, "|TT|Việc|Chủ trì|\n|I. Nhóm|||\n|1|a|Sở X|\n|2|b|Sở X|\n");
        assert_int_equal(k->b.v[1].cells[0].colspan, 3);
        assert_int_equal(k->b.v[1].cells[1].colspan, 0);
        assert_int_equal(k->b.v[2].cells[2].rowspan, 2);
        assert_int_equal(k->b.v[3].cells[2].rowspan, 0);
        assert_int_equal(k->b.v[3].cells[2].span.from, k->b.v[2].cells[2].span.from);
}

static void
a_row_that_goes_on_repeats_nothing(void **state)
{
        read_body(state, "<w:tbl>" LINES TR(TCP("<w:vMerge w:val=\"restart\"/>", "1")
                                                TCP("<w:vMerge w:val=\"restart\"/>", "Việc") TCP("", "a"))
                             TR(TCP("<w:vMerge/>", "") TCP("<w:vMerge/>", "") TCP("", "b")) "</w:tbl>");
        assert_told(*state, "|1|Việc|a|\n|||b|\n");
}

static void
a_deleted_row_is_gone_and_a_nested_table_is_text(void **state)
{
        read_body(state,
                  "<w:tbl>" LINES
                      TR(TCP("", "A") TCP("", "B") TCP("", "C") TCP("", "D")) "<w:tr><w:trPr><w:del/></w:trPr>" TCP(
                          "", "x") "</w:tr>" TR(TC("<w:tbl>" TR(TCP("", "n1") TCP("", "n2")) "</w:tbl>" P(""))
                                                    TCP("", "2") TCP("", "3") TCP("", "4")) "</w:tbl>");
        assert_told(*state, "|A|B|C|D|\n|n1\nn2|2|3|4|\n");
}

static void
a_head_set_side_by_side_is_running_text(void **state)
{
        read_body(state, "<w:tbl>" TR(TC(P(R("UBND TỈNH A")) P(R("SỞ B")) P(R("Số: 1/KH-SB"))) TC(
                             P(R("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")) P(R("Độc lập - Tự do - Hạnh phúc"))
                                 P(R("Huế, ngày 1 tháng 2 năm 2024")))) "</w:tbl>");
        assert_told(*state, "UBND TỈNH A\nSỞ B\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
                            "Số: 1/KH-SB\nHuế, ngày 1 tháng 2 năm 2024\n");
}

static void
a_foot_and_tabs_are_running_text(void **state)
{
        read_body(state, P("<w:r><w:t>SỞ B</w:t><w:tab/><w:t>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</w:t></w:r>")
                             P("<w:r><w:t>Số: 1/KH</w:t><w:tab/><w:t>Huế, ngày 1 tháng 2 năm 2024</w:t></w:r>")
                                 P(R("KẾ HOẠCH")) "<w:tbl>" TR(TC(P(R("Nơi nhận:")) P(R("- Như trên;"))) TC(
                                     P(R("GIÁM ĐỐC")) P("") P(R("Họ tên")))) "</w:tbl>");
        assert_told(*state, "SỞ B\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/KH\nHuế, ngày 1 tháng 2 năm 2024\n"
                            "KẾ HOẠCH\nNơi nhận:\n- Như trên;\nGIÁM ĐỐC\nHọ tên\n");
}

static void
blanks_set_side_by_side_too(void **state)
{
        read_body(state, P(R("SỞ B          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")) P(R("–––––")) P(R("KẾ HOẠCH")));
        assert_told(*state, "SỞ B\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n~ –––––\nKẾ HOẠCH\n");
}

static void
a_table_of_tasks_without_lines_stays_one(void **state)
{
        read_body(state, "<w:tbl>" TR(TCP("", "TT") TCP("", "Nhiệm vụ") TCP("", "Thời hạn"))
                             TR(TCP("", "1") TCP("", "Việc") TCP("", "Quý I")) "</w:tbl>");
        assert_told(*state, "|TT|Nhiệm vụ|Thời hạn|\n|1|Việc|Quý I|\n");
}

static void
notes_stand_apart(void **state)
{
        struct bench *k = *state;

        read_ok(k, docx_of(k->c.arena, P(R("Thân")), "", "",
                           "<w:footnote w:type=\"separator\">" P(R("----")) "</w:footnote><w:footnote w:id=\"2\">" P(
                               R("Chú thích")) "</w:footnote>"));
        assert_told(k, "Thân\n~ Chú thích\n");
        assert_true(str_eq(k->b.v[1].style, S("footnote")));
}

static void
a_watermark_is_seen(void **state)
{
        read_body(state,
                  P("<w:r><w:pict><o:shape><o:textpath string=\"TỐI MẬT\"/></o:shape></w:pict></w:r>" R("Thân")));
        assert_told(*state, "TỐI MẬT\nThân\n");
}

static void
pages_are_counted(void **state)
{
        struct bench *k = *state;

        read_body(state,
                  P("<w:r><w:br w:type=\"page\"/></w:r>" R("A")) P("<w:r><w:lastRenderedPageBreak/></w:r>" R("B")));
        assert_int_equal(k->b.pages, 3);
        assert_true(str_eq(k->b.format, S("docx")));
}

/* ---- what our own writer makes ----------------------------------------------------------------------------- */

static void
our_own_table_of_21_comes_back(void **state)
{
        struct bench *k = *state;
        const int32_t widths[] = { 600, 4000, 2500, 1500 };
        struct docx d;
        AUTO_BUF out = { 0 };
        char want[64];

        docx_start(&d, &k->c, &(struct docx_meta){ .title = S("Thử") });
        docx_table_begin(&d, &(struct docx_table){ .widths = widths, .n_cols = 4, .header_rows = 1, .borders = true });
        docx_row(
            &d,
            (struct docx_cell[]){
                { .text = S("TT") }, { .text = S("Nhiệm vụ") }, { .text = S("Chủ trì") }, { .text = S("Thời hạn") } },
            4);
        docx_row_group(&d, S("I. Công tác chỉ đạo"));
        for (int i = 1; i <= 21; i++)
                docx_row(&d,
                         (struct docx_cell[]){ { .text = str_fmt(k->c.arena, "%d", i) },
                                               { .text = str_fmt(k->c.arena, "Nhiệm vụ thứ %d & <một>", i) },
                                               { .text = S("Sở Tài chính"), .vmerge = i == 1 ? 1 : 2 },
                                               { .text = S("Quý IV/2023") } },
                         4);
        docx_table_end(&d);
        assert_int_equal(docx_finish(&d, &out), DD_OK);
        docx_free(&d);
        read_ok(k, buf_view(&out));
        assert_int_equal(k->b.n, 23);
        assert_true(str_eq(k->b.v[0].style, S("header")));
        for (int i = 1; i <= 21; i++) {
                const struct block *b = &k->b.v[i + 1];

                snprintf(want, sizeof want, "Nhiệm vụ thứ %d & <một>", i);
                assert_int_equal(b->n_cells, 4);
                assert_true(str_eq(b->cells[1].text, str_of(want)));
                assert_true(str_eq(b->cells[2].text, S("Sở Tài chính")));
        }
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                T(names_are_sorted),
                T(runs_of_a_paragraph_are_one_text),
                T(nfd_becomes_nfc),
                T(tracked_changes_are_taken_as_accepted),
                T(a_deleted_paragraph_end_joins_two),
                T(fields_show_their_result),
                T(what_is_not_shown_is_left_out),
                T(capitals_by_look_are_capitals),
                T(a_text_box_told_twice_is_read_once),
                T(automatic_numbers_stand_in_the_text),
                T(numbers_come_by_style_too),
                T(a_ring_of_styles_ends),
                T(old_fonts_are_turned_run_by_run),
                T(the_letter_that_is_a_soft_hyphen_stays_in_old_fonts),
                T(fonts_come_by_style_and_default),
                T(unicode_in_an_old_font_stays),
                T(merged_cells_keep_their_columns),
                T(a_row_that_goes_on_repeats_nothing),
                T(a_deleted_row_is_gone_and_a_nested_table_is_text),
                T(a_head_set_side_by_side_is_running_text),
                T(a_foot_and_tabs_are_running_text),
                T(blanks_set_side_by_side_too),
                T(a_table_of_tasks_without_lines_stays_one),
                T(notes_stand_apart),
                T(a_watermark_is_seen),
                T(pages_are_counted),
                T(our_own_table_of_21_comes_back),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
