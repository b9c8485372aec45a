/* Files made to do harm, and files that came broken: each is refused soon, in words that say what to do. */
#include "read_testing.h"

#include <time.h>

#define W     "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define OPEN  "<w:document " W "><w:body>"
#define CLOSE "</w:body></w:document>"

static struct str
repeated(struct arena *a, const char *before, const char *piece, size_t n, const char *after)
{
        size_t len = strlen(piece), at = strlen(before);
        char *p = arena_alloc(a, at + len * n + strlen(after) + 1);

        memcpy(p, before, at);
        for (size_t i = 0; i < n; i++, at += len)
                memcpy(p + at, piece, len);
        memcpy(p + at, after, strlen(after));
        return (struct str){ p, at + strlen(after) };
}

static struct str
docx_part(struct arena *a, struct str document)
{
        const struct part parts[] = { { "word/document.xml", document } };

        return zipped(a, parts, 1);
}

static void
a_zip_bomb_is_told_by_its_directory(void **state)
{
        struct bench *k = *state;
        struct str zeros = { arena_alloc(k->c.arena, (size_t)30 << 20), (size_t)30 << 20 };

        read_refused(k, docx_part(k->c.arena, zeros), DD_ETOOBIG, "nén bất thường");
}

/* Finds a directory or local entry and writes a number into it. */
static void
patch(struct str zip, const char *magic, size_t at, uint32_t v, size_t bytes)
{
        for (size_t i = 0; i + 46 < zip.n; i++) {
                if (memcmp(zip.p + i, magic, 4) == 0)
                        for (size_t k = 0; k < bytes; k++)
                                ((char *)(uintptr_t)zip.p)[i + at + k] = (char)(v >> (8 * k));
        }
}

static void
sizes_that_lie_are_counted(void **state)
{
        struct bench *k = *state;
        struct str zip = docx_part(k->c.arena, repeated(k->c.arena, OPEN, "<w:p/>", 100000, CLOSE));

        patch(zip, "PK\1\2", 24, 1000, 4); /* says 1000 bytes, holds 600 KB */
        patch(zip, "PK\3\4", 22, 1000, 4);
        read_refused(k, zip, DD_EFORMAT, "bị hỏng");
}

static void
a_password_is_told(void **state)
{
        struct bench *k = *state;
        struct str zip = docx_part(k->c.arena, S(OPEN CLOSE));

        patch(zip, "PK\1\2", 8, 1, 2);
        patch(zip, "PK\3\4", 6, 1, 2);
        read_refused(k, zip, DD_EFORMAT, "mật khẩu");
}

static void
a_file_that_broke_off_is_told(void **state)
{
        struct bench *k = *state;
        struct str zip = docx_part(k->c.arena, S(OPEN "<w:p/>" CLOSE));

        for (size_t n = 4; n < zip.n; n += 7)
                read_refused(k, str_sub(zip, 0, n), DD_EFORMAT, "bị hỏng");
}

static void
bytes_turned_over_never_crash(void **state)
{
        struct bench *k = *state;
        struct str zip = docx_of(k->c.arena, "<w:p><w:r><w:t>Kế hoạch</w:t></w:r></w:p>", "", "", "");
        char *p = (char *)(uintptr_t)zip.p;
        uint32_t seed = 1;

        for (int i = 0; i < 400; i++) {
                struct bench one = { .c.arena = arena_new(0) };
                size_t at = (seed = seed * 1664525u + 1013904223u) % zip.n;
                char kept = p[at];

                p[at] = (char)(seed >> 16);
                if (paper_read(&one.c, zip, STR_NONE, &one.b) == DD_OK)
                        assert_spans(&one.b);
                else
                        assert_true(one.c.err_text.n > 0);
                p[at] = kept;
                arena_free(one.c.arena);
        }
}

static void
twins_and_climbing_names_are_refused(void **state)
{
        struct bench *k = *state;
        static const char *const bad[] = { "../word/x.xml", "word/../../x", "/etc/passwd", "C:\\x", "word\\..\\x" };

        for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
                const struct part parts[] = { { "word/document.xml", S(OPEN CLOSE) }, { bad[i], S("x") } };

                read_refused(k, zipped(k->c.arena, parts, 2), DD_EFORMAT, "tên không hợp lệ");
        }
        const struct part twins[] = { { "word/document.xml", S(OPEN CLOSE) }, { "word/document.xml", S("<x/>") } };

        read_refused(k, zipped(k->c.arena, twins, 2), DD_EFORMAT, "trùng tên");
}

static void
too_many_members_are_refused(void **state)
{
        struct bench *k = *state;
        struct part *parts = arena_array(k->c.arena, 2001, sizeof *parts);

        for (size_t i = 0; i < 2001; i++)
                parts[i] = (struct part){ str_fmt(k->c.arena, "m/%zu", i).p, S("") };
        read_refused(k, zipped(k->c.arena, parts, 2001), DD_ETOOBIG, "2.000");
}

static void
nesting_ends_at_64(void **state)
{
        struct bench *k = *state;

        read_refused(k, docx_part(k->c.arena, repeated(k->c.arena, OPEN, "<w:tbl><w:tr><w:tc>", 33000, CLOSE)),
                     DD_ETOOBIG, "lồng nhau quá sâu");
        read_refused(k, repeated(k->c.arena, "<edXML>", "<a>", 100000, ""), DD_ETOOBIG, "lồng nhau quá sâu");
}

static void
entities_are_refused(void **state)
{
        static const char *const papers[] = {
                "<!DOCTYPE x [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
                "\"&b;&b;&b;&b;&b;&b;&b;&b;\">]>" OPEN "<w:p><w:r><w:t>&c;</w:t></w:r></w:p>" CLOSE,
                "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" OPEN
                "<w:p><w:r><w:t>&a;</w:t></w:r></w:p>" CLOSE,
                "<!DOCTYPE x SYSTEM \"http://127.0.0.1/x.dtd\">" OPEN CLOSE,
                "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY % p SYSTEM \"file:///dev/zero\"> %p;]>" OPEN CLOSE,
        };
        struct bench *k = *state;

        for (size_t i = 0; i < ARRAY_LEN(papers); i++)
                read_refused(k, docx_part(k->c.arena, str_of(papers[i])), DD_EFORMAT, "thực thể");
        read_refused(k, S("<!DOCTYPE edXML [<!ENTITY a \"b\">]><edXML>&a;</edXML>"), DD_EFORMAT, "thực thể");
}

static void
other_encodings_and_broken_xml_are_refused(void **state)
{
        struct bench *k = *state;

        read_refused(k, docx_part(k->c.arena, S("<?xml version=\"1.0\" encoding=\"windows-1258\"?>" OPEN CLOSE)),
                     DD_EFORMAT, "bảng mã lạ");
        read_refused(k, docx_part(k->c.arena, S("\xFF\xFE<\0w\0")), DD_EFORMAT, "bảng mã lạ");
        read_refused(k, docx_part(k->c.arena, S(OPEN "<w:p>")), DD_EFORMAT, "bị hỏng");
        read_refused(k, docx_part(k->c.arena, S(OPEN "<w:p>&lạ;</w:p>" CLOSE)), DD_EFORMAT, "bị hỏng");
        read_refused(k, docx_part(k->c.arena, S("")), DD_EFORMAT, "bị hỏng");
        read_refused(k, docx_part(k->c.arena, S(OPEN CLOSE)), DD_EFORMAT, "không có chữ nào");
}

static void
a_million_cells_and_paragraphs_are_refused_soon(void **state)
{
        struct bench *k = *state;
        clock_t t = clock();

        read_refused(k,
                     docx_part(k->c.arena, repeated(k->c.arena, OPEN "<w:tbl>",
                                                    "<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc>"
                                                    "<w:tc><w:p><!-- a b c d e --></w:p></w:tc></w:tr>",
                                                    70000, "</w:tbl>" CLOSE)),
                     DD_ETOOBIG, "200.000 ô");
        read_refused(k, docx_part(k->c.arena, repeated(k->c.arena, OPEN, "<w:p/>", 1500000, CLOSE)), DD_ETOOBIG,
                     "200.000");
        assert_true(clock() - t < 20 * CLOCKS_PER_SEC);
}

static void
many_elements_are_refused(void **state)
{
        struct bench *k = *state;

        read_refused(k, docx_part(k->c.arena, repeated(k->c.arena, OPEN, "<a/>", 2100000, CLOSE)), DD_ETOOBIG,
                     "quá nhiều chi tiết");
}

static void
spans_beyond_reason_are_bounded(void **state)
{
        struct bench *k = *state;

        read_ok(k,
                docx_part(
                    k->c.arena,
                    S(OPEN "<w:tbl><w:tblPr><w:tblBorders><w:top w:val=\"single\"/></w:tblBorders></w:tblPr>"
                           "<w:tr><w:trPr><w:gridBefore w:val=\"999999999\"/></w:trPr><w:tc><w:tcPr><w:gridSpan "
                           "w:val=\"999999999\"/><w:vMerge/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></"
                           "w:tr><w:tr><w:tc>"
                           "<w:tcPr><w:gridSpan w:val=\"-4\"/></w:tcPr><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr>"
                           "</w:tbl>" CLOSE)));
        read_ok(k,
                odt_of(k->c.arena, "",
                       "<office:text><table:table><table:table-row><table:table-cell "
                       "table:number-columns-spanned=\"2000000000\" table:number-rows-spanned=\"2000000000\"><text:p>a"
                       "</text:p></table:table-cell></table:table-row></table:table></office:text>"));
        read_ok(
            k, xlsx_of(
                   k->c.arena,
                   "<row r=\"999999999\"><c r=\"ZZZ9\" t=\"s\"><v>99999</v></c><c r=\"A1\" t=\"inlineStr\"><is><t>a</t>"
                   "</is></c><c r=\"!\" t=\"s\"><v>-1</v></c></row>",
                   "<mergeCells><mergeCell ref=\"A1:ZZZ999999999\"/><mergeCell ref=\"B2:A1\"/></mergeCells><cols><col "
                   "min=\"-5\" max=\"999999999\"/></cols>",
                   ""));
}

static void
elements_in_the_wrong_place_never_crash(void **state)
{
        static const char *const bodies[] = {
                "<w:tc><w:p/></w:tc>",
                "<w:tr><w:tc/></w:tr>",
                "<w:txbxContent><w:tbl/></w:txbxContent>",
                "<w:r><w:t>a</w:t></w:r>",
                "<w:tbl><w:tc><w:tr/></w:tc></w:tbl>",
                "<w:pPr><w:p><w:pPr/></w:p></w:pPr>",
                "<w:p><w:p><w:p><w:r><w:p/></w:r></w:p></w:p></w:p>",
                "<w:fldChar w:fldCharType=\"end\"/>",
                "<w:p><w:r><w:fldChar w:fldCharType=\"separate\"/><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>",
                "<w:tbl><w:tr><w:tc><w:tbl><w:tr/></w:tbl></w:tc></w:tr></w:tbl>",
                "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/><w:ilvl w:val=\"-7\"/></w:numPr></w:pPr></w:p>",
        };
        struct bench *k = *state;

        for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
                struct str body = str_fmt(k->c.arena, "%s<w:p><w:r><w:t>chữ</w:t></w:r></w:p>", bodies[i]);

                read_ok(k, docx_of(k->c.arena, body.p, "",
                                   "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"9\"/></w:num><w:abstractNum "
                                   "w:abstractNumId=\"9\"><w:lvl w:ilvl=\"0\"><w:lvlText w:val=\"%9%0%1%\"/></w:lvl>"
                                   "</w:abstractNum>",
                                   ""));
                assert_true(str_has(k->b.text, S("chữ")));
        }
}

static void
archives_and_slides_are_told_apart(void **state)
{
        struct bench *k = *state;
        const struct part zip[] = { { "a.txt", S("a") } }, slides[] = { { "ppt/presentation.xml", S("<a/>") } };

        read_refused(k, zipped(k->c.arena, zip, 1), DD_EFORMAT, "tệp nén");
        read_refused(k, zipped(k->c.arena, slides, 1), DD_EFORMAT, "trình chiếu");
}

static void
old_forms_and_pages_of_the_web_are_named(void **state)
{
        struct bench *k = *state;

        read_refused(k, S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"), DD_EFORMAT, "đời cũ");
        read_refused(k, S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1..E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
                     DD_EFORMAT, "mật khẩu");
        read_refused(k, S("\r\n<HTML><body>Kế hoạch</body></HTML>"), DD_EFORMAT, "trang web");
        read_refused(k, S("<!DOCTYPE html>\n<p>a"), DD_EFORMAT, "trang web");
        read_refused(k, S("MIME-Version: 1.0\nContent-Type: multipart/related"), DD_EFORMAT, "trang web");
        read_refused(k, S("<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument/>"),
                     DD_EFORMAT, "trang web");
        read_ok(k, S("<Căn cứ> một dòng thường\n"));
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                T(a_zip_bomb_is_told_by_its_directory),
                T(sizes_that_lie_are_counted),
                T(a_password_is_told),
                T(a_file_that_broke_off_is_told),
                T(bytes_turned_over_never_crash),
                T(twins_and_climbing_names_are_refused),
                T(too_many_members_are_refused),
                T(nesting_ends_at_64),
                T(entities_are_refused),
                T(other_encodings_and_broken_xml_are_refused),
                T(a_million_cells_and_paragraphs_are_refused_soon),
                T(many_elements_are_refused),
                T(spans_beyond_reason_are_bounded),
                T(elements_in_the_wrong_place_never_crash),
                T(archives_and_slides_are_told_apart),
                T(old_forms_and_pages_of_the_web_are_named),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
