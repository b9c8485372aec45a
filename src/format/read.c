/* read.c - which reader a paper needs, told by its bytes; names of files lie. */
#include "read_priv.h"

#include "ole_priv.h"
#include "text_priv.h"

#include <strings.h>

#define PAPER_MAX  (25u << 20)
#define INSIDE_MAX ((size_t)100 << 20)

/* Where a file stands inside another one. */
enum depth { DEPTH_TOP, DEPTH_INSIDE, DEPTH_UNZIPPED };

static enum dd_err read_at(struct dd_ctx *c, struct str bytes, enum depth depth, struct blocks *ret);

static bool
is_zip(struct str s)
{
        return str_starts(s, (struct str){ "PK\3\4", 4 });
}

static bool
is_opendocument(struct dd_ctx *c, struct package *p)
{
        struct str type = STR_NONE;
        enum dd_err e = package_has(p, "mimetype") ? package_part(c, p, "mimetype", 256, &type) : DD_ENOTFOUND;

        if (e != DD_OK)
                dd_ctx_clear_error(c);
        return str_starts(type, S("application/vnd.oasis.opendocument")) && package_has(p, "content.xml");
}

/* A message may pack its attachment once. */
static enum dd_err
unzipped(struct dd_ctx *c, struct package *p, struct blocks *ret)
{
        struct str name, bytes;

        for (size_t i = 0; i < package_count(p); i++) {
                name = package_name(c->arena, p, i);
                if (str_ends(name, S("/")))
                        continue;
                TRY(package_part(c, p, name.p, INSIDE_MAX, &bytes));
                return read_at(c, bytes, DEPTH_UNZIPPED, ret);
        }
        return package_broken(c);
}

static enum dd_err
zip_read(struct dd_ctx *c, struct str bytes, enum depth depth, struct blocks *ret)
{
        AUTO_PACKAGE p = { .zip = NULL };

        TRY(package_open(c, bytes, &p));
        if (is_opendocument(c, &p))
                return odt_read(c, &p, ret);
        if (package_has(&p, "xl/workbook.xml"))
                return xlsx_read(c, &p, ret);
        if (package_has(&p, "word/document.xml") || package_has(&p, "word/document2.xml"))
                return docx_read(c, &p, ret);
        if (depth == DEPTH_INSIDE && !package_has(&p, "[Content_Types].xml"))
                return unzipped(c, &p, ret);
        if (package_has(&p, "ppt/presentation.xml"))
                return dd_fail(
                    c, DD_EFORMAT,
                    "Đây là tệp trình chiếu (.pptx); hệ thống chỉ đọc văn bản và bảng. Hãy gửi kế hoạch dạng "
                    "Word, Excel hoặc PDF.");
        return dd_fail(c, DD_EFORMAT,
                       "Đây là tệp nén, không phải văn bản Word hay bảng Excel. Hãy mở tệp nén, lấy văn bản bên trong "
                       "rồi gửi lại.");
}

/* Pages of the web and Word's XML of 2003 come under the names of other forms. */
static bool
is_web_page(struct str s)
{
        struct str head = str_trim(str_sub(s, 0, 2048));

        if (str_starts(head, S("\xEF\xBB\xBF")))
                head = str_sub(head, 3, head.n);
        if (str_starts(head, S("MIME-Version:")))
                return str_has(head, S("text/html")) || str_has(head, S("multipart/related"));
        if (!str_starts(head, S("<")))
                return false;
        return strncasecmp(head.p, "<html", 5) == 0 ||
               (head.n > 14 && strncasecmp(head.p, "<!doctype html", 14) == 0) || str_has(head, S("<html")) ||
               str_has(head, S("<HTML")) || str_has(head, S("wordDocument"));
}

static enum dd_err
words_read(struct dd_ctx *c, struct str bytes, struct blocks *ret)
{
        struct str text;
        char sep;

        if (memchr(bytes.p, ';', bytes.n) == NULL && memchr(bytes.p, ',', bytes.n) == NULL)
                return text_read(c, bytes, ret);
        TRY(text_decode(c, bytes, &text));
        sep = csv_separator(text);
        return sep ? csv_read(c, text, sep, ret) : text_read_decoded(c, text, ret);
}

static enum dd_err
read_at(struct dd_ctx *c, struct str bytes, enum depth depth, struct blocks *ret)
{
        if (is_zip(bytes))
                return zip_read(c, bytes, depth, ret);
        if (depth == DEPTH_TOP && edxml_is(bytes))
                return edxml_read(c, bytes, ret);
        if (ole_is(bytes))
                return doc_read(c, bytes, ret);
        if (is_web_page(bytes))
                return dd_fail(
                    c, DD_EFORMAT,
                    "Đây là trang web (HTML, XML) mang tên văn bản. Hãy mở tệp bằng Word hoặc LibreOffice, lưu "
                    "thành .docx rồi gửi lại.");
        if (bytes.n == 0)
                return text_read(c, bytes, ret); /* says so */
        return words_read(c, bytes, ret);
}

enum dd_err
paper_inside(struct dd_ctx *c, struct str bytes, struct blocks *ret)
{
        return read_at(c, bytes, DEPTH_INSIDE, ret);
}

enum dd_err
paper_read(struct dd_ctx *c, struct str bytes, struct str name, struct blocks *ret)
{
        (void)name;
        *ret = (struct blocks){ .format = STR_NONE };
        if (bytes.n > PAPER_MAX)
                return dd_fail(
                    c, DD_ETOOBIG,
                    "Tệp lớn hơn 25 MB nên không được nhận. Hãy tách tệp, chỉ gửi phần kế hoạch và phụ lục.");
        return read_at(c, bytes, DEPTH_TOP, ret);
}
