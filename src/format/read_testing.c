/* read_testing.c - see read_testing.h. */
#include "read_testing.h"

#include <zip.h>

#include "dd_text.h"

int
bench_up(void **state)
{
        struct bench *k = calloc(1, sizeof *k);

        k->c.arena = arena_new(0);
        *state = k;
        return 0;
}

int
bench_down(void **state)
{
        struct bench *k = *state;

        arena_free(k->c.arena);
        free(k);
        return 0;
}

/* libzip refuses two members of one name: such a name is written with its last letter off by one and set right in the
 * bytes afterwards. */
static void
rename_twins(struct arena *a, char *p, size_t n, const struct part *parts, size_t n_parts)
{
        for (size_t i = 0; i < n_parts; i++)
                for (size_t k = 0; k < i; k++) {
                        struct str good = str_of(parts[i].name), wrong = str_dup(a, good);

                        if (strcmp(parts[i].name, parts[k].name) != 0)
                                continue;
                        ((char *)(uintptr_t)wrong.p)[wrong.n - 1]++;
                        for (size_t at = 0; at + good.n <= n; at++) {
                                if (memcmp(p + at, wrong.p, good.n) == 0)
                                        memcpy(p + at, good.p, good.n);
                        }
                }
}

struct str
zipped(struct arena *a, const struct part *parts, size_t n)
{
        zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, NULL);
        zip_t *za = zip_open_from_source(out, ZIP_TRUNCATE, NULL);
        zip_stat_t st;
        char *p;

        assert_non_null(za);
        zip_source_keep(out);
        for (size_t i = 0; i < n; i++) {
                zip_source_t *s = zip_source_buffer(za, parts[i].bytes.p, parts[i].bytes.n, 0);
                struct str name = str_dup(a, str_of(parts[i].name));

                for (size_t k = 0; k < i; k++) {
                        if (strcmp(parts[k].name, parts[i].name) == 0)
                                ((char *)(uintptr_t)name.p)[name.n - 1]++;
                }
                assert_true(zip_file_add(za, name.p, s, 0) >= 0);
        }
        assert_int_equal(zip_close(za), 0);
        assert_int_equal(zip_source_open(out), 0);
        assert_int_equal(zip_source_stat(out, &st), 0);
        p = arena_alloc(a, st.size + 1);
        assert_int_equal(zip_source_read(out, p, st.size), (zip_int64_t)st.size);
        zip_source_close(out);
        zip_source_free(out);
        rename_twins(a, p, st.size, parts, n);
        return (struct str){ p, st.size };
}

#define W_NS                                                                                                           \
        "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "                                    \
        "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:o=\"urn:o\""
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RELS(inside)                                                                                                   \
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" inside                \
        "</Relationships>"
#define RELATION(id, type, target) "<Relationship Id=\"" id "\" Type=\"" REL type "\" Target=\"" target "\"/>"

struct str
docx_of(struct arena *a, const char *body, const char *styles, const char *numbering, const char *notes)
{
        const struct part parts[] = {
                { "_rels/.rels", S(RELS(RELATION("r1", "officeDocument", "word/document.xml"))) },
                { "word/_rels/document.xml.rels",
                  S(RELS(RELATION("r1", "styles", "styles.xml") RELATION("r2", "numbering", "numbering.xml")
                             RELATION("r3", "footnotes", "/word/footnotes.xml"))) },
                { "word/document.xml", str_fmt(a, "<w:document " W_NS "><w:body>%s</w:body></w:document>", body) },
                { "word/styles.xml", str_fmt(a, "<w:styles " W_NS ">%s</w:styles>", styles) },
                { "word/numbering.xml", str_fmt(a, "<w:numbering " W_NS ">%s</w:numbering>", numbering) },
                { "word/footnotes.xml", str_fmt(a, "<w:footnotes " W_NS ">%s</w:footnotes>", notes) },
        };

        return zipped(a, parts, ARRAY_LEN(parts));
}

struct str
xlsx_of(struct arena *a, const char *rows, const char *after, const char *styles)
{
#define X_NS "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
        const struct part parts[] = {
                { "_rels/.rels", S(RELS(RELATION("r1", "officeDocument", "xl/workbook.xml"))) },
                { "xl/workbook.xml", S("<workbook " X_NS " xmlns:r=\"urn:r\"><sheets><sheet name=\"A\" sheetId=\"1\" "
                                       "r:id=\"r1\"/><sheet name=\"B\" state=\"hidden\" r:id=\"r2\"/></sheets>"
                                       "</workbook>") },
                { "xl/_rels/workbook.xml.rels",
                  S(RELS(RELATION("r1", "worksheet", "worksheets/sheet1.xml") RELATION("r2", "worksheet", "x.xml")
                             RELATION("r3", "sharedStrings", "s.xml") RELATION("r4", "styles", "t.xml"))) },
                { "xl/worksheets/sheet1.xml",
                  str_fmt(a, "<worksheet " X_NS ">%s<sheetData>%s</sheetData></worksheet>", after, rows) },
                { "xl/x.xml", S("<worksheet " X_NS "><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>ẩn</t>"
                                "</is></c></row></sheetData></worksheet>") },
                { "xl/s.xml", S("<sst " X_NS "><si><t>TT</t></si><si><r><t>Nhiệm </t></r><r><t>vụ</t></r><rPh><t>bỏ"
                                "</t></rPh></si><si><t>Thời hạn</t></si></sst>") },
                { "xl/t.xml", str_fmt(a, "<styleSheet " X_NS ">%s</styleSheet>", styles) },
        };

        return zipped(a, parts, ARRAY_LEN(parts));
}

#define ODF "urn:oasis:names:tc:opendocument:xmlns:"
#define O_NS                                                                                                           \
        "xmlns:office=\"" ODF "office:1.0\" xmlns:text=\"" ODF "text:1.0\" xmlns:table=\"" ODF                         \
        "table:1.0\" xmlns:style=\"" ODF "style:1.0\" xmlns:draw=\"" ODF "drawing:1.0\" xmlns:fo=\"" ODF "fo:1.0\""

struct str
odt_of(struct arena *a, const char *styles, const char *body)
{
        const struct part parts[] = {
                { "mimetype", S("application/vnd.oasis.opendocument.text") },
                { "content.xml",
                  str_fmt(a,
                          "<office:document-content " O_NS
                          "><office:automatic-styles>%s</office:automatic-styles><office:body>%s</office:body>"
                          "</office:document-content>",
                          styles, body) },
        };

        return zipped(a, parts, ARRAY_LEN(parts));
}

void
assert_spans(const struct blocks *b)
{
        int32_t n = (int32_t)utf8_len(b->text);

        assert_true(utf8_valid(b->text, NULL));
        for (size_t i = 0; i < b->n; i++) {
                const struct block *k = &b->v[i];

                assert_true(k->span.from >= 0 && k->span.from <= k->span.to && k->span.to <= n && k->line >= 1);
                for (size_t j = 0; j < k->n_cells; j++) {
                        const struct cell *c = &k->cells[j];

                        assert_true(c->span.from >= 0 && c->span.from <= c->span.to && c->span.to <= n);
                        assert_int_equal(utf8_len(c->text), c->span.to - c->span.from);
                }
        }
}

void
read_ok(struct bench *k, struct str bytes)
{
        enum dd_err e;

        dd_ctx_clear_error(&k->c);
        e = paper_read(&k->c, bytes, STR_NONE, &k->b);
        if (e != DD_OK)
                fail_msg("refused: %.*s", FMT(k->c.err_text));
        assert_spans(&k->b);
}

void
read_refused(struct bench *k, struct str bytes, enum dd_err want, const char *words)
{
        dd_ctx_clear_error(&k->c);
        assert_int_equal(paper_read(&k->c, bytes, STR_NONE, &k->b), want);
        if (!str_has(k->c.err_text, str_of(words)))
                fail_msg("expected \"%s\" in \"%.*s\"", words, FMT(k->c.err_text));
}

struct str
told(struct bench *k)
{
        AUTO_BUF out = { 0 };

        for (size_t i = 0; i < k->b.n; i++) {
                const struct block *b = &k->b.v[i];

                if (b->kind == BLOCK_ROW) {
                        buf_c(&out, '|');
                        for (size_t j = 0; j < b->n_cells; j++) {
                                buf_str(&out, b->cells[j].text);
                                buf_c(&out, '|');
                        }
                } else {
                        buf_str(&out, b->kind == BLOCK_HEADING ? S("# ") : b->kind == BLOCK_PARA ? S("") : S("~ "));
                        buf_str(&out, b->text);
                }
                buf_c(&out, '\n');
        }
        return str_dup(k->c.arena, buf_view(&out));
}

void
assert_told(struct bench *k, const char *want)
{
        assert_string_equal(told(k).p, want);
}
