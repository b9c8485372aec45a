/* The package around the document: the fixed parts, and the ZIP by libzip in memory. Times in it are fixed, so the same
 * document gives the same bytes. Only the title and the language are told about the document: no author, no program. */
#include <zip.h>

#include "docx_priv.h"

#define XML  "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define W_NS "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define R_NS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define P_NS "http://schemas.openxmlformats.org/package/2006"
#define WORD "application/vnd.openxmlformats-officedocument.wordprocessingml."

#define DOS_DATE_1980 0x21 /* 1 January 1980, the first day ZIP knows */

static const char content_types[] =
    XML "<Types xmlns=\"" P_NS "/content-types\">"
        "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        "<Override PartName=\"/word/document.xml\" ContentType=\"" WORD "document.main+xml\"/>"
        "<Override PartName=\"/word/styles.xml\" ContentType=\"" WORD "styles+xml\"/>"
        "<Override PartName=\"/word/settings.xml\" ContentType=\"" WORD "settings+xml\"/>"
        "<Override PartName=\"/word/header1.xml\" ContentType=\"" WORD "header+xml\"/>"
        "<Override PartName=\"/word/header2.xml\" ContentType=\"" WORD "header+xml\"/>"
        "<Override PartName=\"/docProps/core.xml\" "
        "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";

static const char package_rels[] = XML
    "<Relationships xmlns=\"" P_NS "/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"" R_NS "/officeDocument\" Target=\"word/document.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"" P_NS "/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
    "</Relationships>";

static const char document_rels[] =
    XML "<Relationships xmlns=\"" P_NS "/relationships\">"
        "<Relationship Id=\"rId1\" Type=\"" R_NS "/styles\" Target=\"styles.xml\"/>"
        "<Relationship Id=\"rId2\" Type=\"" R_NS "/settings\" Target=\"settings.xml\"/>"
        "<Relationship Id=\"rId3\" Type=\"" R_NS "/header\" Target=\"header1.xml\"/>"
        "<Relationship Id=\"rId4\" Type=\"" R_NS "/header\" Target=\"header2.xml\"/></Relationships>";

static const char settings[] = XML
    "<w:settings xmlns:w=\"" W_NS "\"><w:removePersonalInformation/><w:defaultTabStop w:val=\"720\"/>"
    "<w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat>"
    "<w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>"
    "</w:compat><w:themeFontLang w:val=\"vi-VN\"/><w:decimalSymbol w:val=\",\"/><w:listSeparator w:val=\";\"/>"
    "</w:settings>";

static const char header_number[] = XML
    "<w:hdr xmlns:w=\"" W_NS "\"><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>"
    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>"
    "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r>"
    "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:hdr>";

static const char header_first[] =
    XML "<w:hdr xmlns:w=\"" W_NS "\"><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr></w:p></w:hdr>";

static void
put_core(struct dd_buf *b, struct str title)
{
        buf_str(b, S(XML "<cp:coreProperties xmlns:cp=\"" P_NS "/metadata/core-properties\" "
                         "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>"));
        docx_put_xml(b, title);
        buf_str(b, S("</dc:title><dc:language>vi-VN</dc:language></cp:coreProperties>"));
}

static void
put_document(struct docx *d, struct dd_buf *b)
{
        buf_str(b, S(XML "<w:document xmlns:w=\"" W_NS "\" xmlns:r=\"" R_NS "\"><w:body>"));
        docx_put_section(d); /* of the last section: at the end of the body */
        buf_str(b, buf_view(&d->body));
        buf_str(b, S("</w:body></w:document>"));
}

/* ---- zip ----------------------------------------------------------------------------------------------- */

struct part {
        const char *name;
        struct str bytes; /* must live until the archive is closed */
};

static bool
add_part(zip_t *za, const struct part *p)
{
        zip_source_t *src = zip_source_buffer(za, p->bytes.p, p->bytes.n, 0);

        if (src == NULL)
                return false;
        zip_int64_t i = zip_file_add(za, p->name, src, ZIP_FL_ENC_UTF_8);
        if (i < 0) {
                zip_source_free(src);
                return false;
        }
        return zip_file_set_dostime(za, (zip_uint64_t)i, 0, DOS_DATE_1980, 0) == 0 &&
               zip_set_file_compression(za, (zip_uint64_t)i, ZIP_CM_DEFLATE, 6) == 0;
}

static bool
copy_out(zip_source_t *src, struct dd_buf *out)
{
        char chunk[16384];
        zip_int64_t n;

        if (zip_source_open(src) != 0)
                return false;
        while ((n = zip_source_read(src, chunk, sizeof chunk)) > 0)
                buf_put(out, chunk, (size_t)n);
        zip_source_close(src);
        return n == 0;
}

static bool
zip_parts(const struct part *parts, size_t n, struct dd_buf *out)
{
        zip_source_t *src = zip_source_buffer_create(NULL, 0, 0, NULL);
        bool ok = true;

        if (src == NULL)
                return false;
        zip_t *za = zip_open_from_source(src, ZIP_TRUNCATE, NULL);
        if (za == NULL) {
                zip_source_free(src);
                return false;
        }
        zip_source_keep(src); /* zip_close drops one hold, we read after it */
        for (size_t i = 0; i < n && ok; i++)
                ok = add_part(za, &parts[i]);
        if (!ok || zip_close(za) != 0) {
                zip_discard(za);
                zip_source_free(src);
                return false;
        }
        ok = copy_out(src, out);
        zip_source_free(src);
        return ok;
}

enum dd_err
docx_pack(struct docx *d, struct dd_buf *out)
{
        AUTO_BUF document = { 0 };
        AUTO_BUF styles = { 0 };
        AUTO_BUF core = { 0 };

        put_document(d, &document);
        docx_put_styles(&styles, d->body_pt);
        put_core(&core, d->title);
        const struct part parts[] = {
                { "[Content_Types].xml", str_of(content_types) },
                { "_rels/.rels", str_of(package_rels) },
                { "docProps/core.xml", buf_view(&core) },
                { "word/document.xml", buf_view(&document) },
                { "word/_rels/document.xml.rels", str_of(document_rels) },
                { "word/styles.xml", buf_view(&styles) },
                { "word/settings.xml", str_of(settings) },
                { "word/header1.xml", str_of(header_number) },
                { "word/header2.xml", str_of(header_first) },
        };
        bool ok = zip_parts(parts, ARRAY_LEN(parts), out);
        if (document.over || out->over)
                return dd_fail(d->c, DD_ETOOBIG, "Văn bản quá lớn nên không tạo được tệp. Hãy chọn ít nhiệm vụ hơn.");
        if (!ok) {
                dd_log(DD_LOG_ERROR, "docx: packing failed");
                return dd_fail(d->c, DD_EIO, "Không tạo được tệp văn bản. Xin thử lại; nếu vẫn lỗi, báo cho quản trị.");
        }
        return DD_OK;
}
