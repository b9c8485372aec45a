/* read.c - which reader a paper needs, told by its bytes; names of files lie. */
#include "read_priv.h"

#define PAPER_MAX (25u << 20)

static enum dd_err
zip_read(struct dd_ctx *c, struct str bytes, struct blocks *ret)
{
        AUTO_PACKAGE p = { .zip = NULL };

        TRY(package_open(c, bytes, &p));
        if (package_has(&p, "word/document.xml") || package_has(&p, "_rels/.rels"))
                return docx_read(c, &p, ret);
        return dd_fail(c, DD_EFORMAT,
                       "Đây là tệp nén, không phải văn bản Word hay bảng Excel. Hãy mở tệp nén, lấy văn bản bên trong "
                       "rồi gửi lại.");
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
        if (str_starts(bytes, (struct str){ "PK\3\4", 4 }))
                return zip_read(c, bytes, ret);
        return text_read(c, bytes, ret);
}
