/* The stream of the DOCX writer: paragraphs, runs, sections. Tables stand in docx_part_table.c. */
#include "docx_priv.h"

#include "dd_text.h"

void
docx_misuse(struct docx *d, const char *what)
{
        if (d->misuse == NULL)
                d->misuse = what;
}

static bool
xml_allows(uint32_t cp)
{
        return cp == '\t' || cp == '\n' || (cp >= 0x20 && cp != 0x7f && cp != 0xfffe && cp != 0xffff);
}

void
docx_put_xml(struct dd_buf *b, struct str text)
{
        for (size_t i = 0; i < text.n;) {
                char out[4];
                uint32_t cp = utf8_next(text, &i);

                if (!xml_allows(cp))
                        continue;
                switch (cp) {
                case '&':
                        buf_str(b, S("&amp;"));
                        break;
                case '<':
                        buf_str(b, S("&lt;"));
                        break;
                case '>':
                        buf_str(b, S("&gt;"));
                        break;
                case '"':
                        buf_str(b, S("&quot;"));
                        break;
                default:
                        buf_put(b, out, utf8_put(out, cp));
                }
        }
}

void
docx_start(struct docx *d, struct dd_ctx *c, const struct docx_meta *meta)
{
        memset(d, 0, sizeof *d);
        d->c = c;
        d->title = meta->title;
        d->page = meta->page;
        d->body_pt = meta->body_pt == 0 ? 14 : meta->body_pt;
}

void
docx_free(struct docx *d)
{
        buf_free(&d->body);
}

enum dd_err
docx_finish(struct docx *d, struct dd_buf *out)
{
        if (d->in_para || d->in_cell || d->in_row || d->in_table)
                docx_misuse(d, "something was left open");
        if (d->after_table) /* a body may not end with a table */
                docx_rule(d, 0, 0);
        if (d->misuse != NULL) {
                dd_log(DD_LOG_ERROR, "docx: %s", d->misuse);
                return dd_fail(d->c, DD_EIO, "Không tạo được tệp văn bản do lỗi của phần mềm. Xin báo cho quản trị.");
        }
        if (d->body.over)
                return dd_fail(d->c, DD_ETOOBIG, "Văn bản quá lớn nên không tạo được tệp. Hãy chọn ít nhiệm vụ hơn.");
        return docx_pack(d, out);
}

/* ---- paragraphs ---------------------------------------------------------------------------------------- */

/* Lengths of struct docx_para: 0 keeps the style's (not written), -1 means none. */
static void
put_length(struct dd_buf *b, const char *name, int32_t v)
{
        if (v != 0)
                buf_fmt(b, " w:%s=\"%d\"", name, v == -1 ? 0 : v);
}

static void
put_spacing(struct dd_buf *b, const struct docx_para *p)
{
        if (p->before != 0 || p->after != 0 || p->line != 0) {
                buf_str(b, S("<w:spacing"));
                put_length(b, "before", p->before);
                put_length(b, "after", p->after);
                if (p->line != 0)
                        buf_fmt(b, " w:line=\"%d\" w:lineRule=\"exact\"", p->line);
                buf_str(b, S("/>"));
        }
        if (p->left != 0 || p->right != 0 || p->first != 0) {
                buf_str(b, S("<w:ind"));
                put_length(b, "left", p->left);
                put_length(b, "right", p->right);
                if (p->first < -1)
                        buf_fmt(b, " w:hanging=\"%d\"", -p->first);
                else
                        put_length(b, "firstLine", p->first);
                buf_str(b, S("/>"));
        }
}

static void
put_align(struct dd_buf *b, enum docx_align a)
{
        static const char *const names[] = { NULL, "left", "center", "right", "both" };

        if (a != DOCX_ALIGN_STYLE)
                buf_fmt(b, "<w:jc w:val=\"%s\"/>", names[a]);
}

/* Opens <w:p> and its properties up to where keepNext and borders stand. */
static void
open_para(struct docx *d, enum docx_style style, bool keep_next)
{
        if (d->in_para)
                docx_misuse(d, "a paragraph within a paragraph");
        if (d->in_table && !d->in_cell)
                docx_misuse(d, "a paragraph between cells");
        d->in_para = true;
        buf_fmt(&d->body, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>", docx_style_id(style));
        if (d->in_cell) {
                d->cell_empty = false;
        } else {
                d->after_table = false;
                d->keep_at = d->body.n;
                d->keep_has = keep_next;
        }
        if (keep_next)
                buf_str(&d->body, S("<w:keepNext/>"));
}

void
docx_para_begin(struct docx *d, const struct docx_para *p)
{
        struct dd_buf *b = &d->body;

        open_para(d, p->style, p->keep_next);
        if (p->page_break)
                buf_str(b, S("<w:pageBreakBefore/>"));
        put_spacing(b, p);
        put_align(b, p->align);
        buf_str(b, S("</w:pPr>"));
}

static void
put_run_props(struct dd_buf *b, unsigned flags, int32_t size_pt)
{
        if (flags == 0 && size_pt == 0)
                return;
        buf_str(b, S("<w:rPr>"));
        if (flags & DOCX_BOLD)
                buf_str(b, S("<w:b/>"));
        if (flags & DOCX_ITALIC)
                buf_str(b, S("<w:i/>"));
        else if (flags & DOCX_UPRIGHT)
                buf_str(b, S("<w:i w:val=\"0\"/>"));
        if (flags & DOCX_RED)
                buf_str(b, S("<w:color w:val=\"FF0000\"/>"));
        if (size_pt != 0)
                buf_fmt(b, "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/>", size_pt * 2, size_pt * 2);
        buf_str(b, S("</w:rPr>"));
}

void
docx_run(struct docx *d, struct str text, unsigned flags, int32_t size_pt)
{
        struct dd_buf *b = &d->body;
        size_t from = 0;

        if (!d->in_para)
                docx_misuse(d, "a run outside paragraphs");
        if (text.n == 0)
                return;
        buf_str(b, S("<w:r>"));
        put_run_props(b, flags, size_pt);
        for (size_t i = 0; i <= text.n; i++) {
                if (i < text.n && text.p[i] != '\n' && text.p[i] != '\t')
                        continue;
                if (i > from) {
                        buf_str(b, S("<w:t xml:space=\"preserve\">"));
                        docx_put_xml(b, str_sub(text, from, i));
                        buf_str(b, S("</w:t>"));
                }
                if (i < text.n)
                        buf_str(b, text.p[i] == '\n' ? S("<w:br/>") : S("<w:tab/>"));
                from = i + 1;
        }
        buf_str(b, S("</w:r>"));
}

void
docx_para_end(struct docx *d)
{
        if (!d->in_para)
                docx_misuse(d, "no paragraph to end");
        d->in_para = false;
        buf_str(&d->body, S("</w:p>"));
}

void
docx_text(struct docx *d, enum docx_style style, struct str text)
{
        docx_para_begin(d, &(struct docx_para){ .style = style });
        docx_run(d, text, 0, 0);
        docx_para_end(d);
}

void
docx_rule(struct docx *d, int32_t width, int32_t length)
{
        struct dd_buf *b = &d->body;
        int32_t side = width > length ? (width - length) / 2 : 0;

        open_para(d, DOCX_PLAIN, false);
        if (length > 0)
                buf_str(b, S("<w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"000000\"/></w:pBdr>"));
        buf_fmt(b, "<w:spacing w:before=\"%d\" w:after=\"0\" w:line=\"%d\" w:lineRule=\"exact\"/>", length > 0 ? 70 : 0,
                length > 0 ? 60 : 20);
        if (side > 0)
                buf_fmt(b, "<w:ind w:left=\"%d\" w:right=\"%d\"/>", side, side);
        buf_str(b, S("<w:rPr><w:sz w:val=\"2\"/></w:rPr></w:pPr>"));
        docx_para_end(d);
}

void
docx_keep_last(struct docx *d)
{
        static const struct str tag = { "<w:keepNext/>", 13 };
        struct dd_buf *b = &d->body;

        if (d->keep_at == 0 || d->keep_has || d->after_table)
                return;
        size_t tail = b->n - d->keep_at;
        buf_str(b, tag); /* makes room */
        if (b->over)
                return;
        memmove(b->p + d->keep_at + tag.n, b->p + d->keep_at, tail);
        memcpy(b->p + d->keep_at, tag.p, tag.n);
        d->keep_has = true;
}

int32_t
docx_text_width(struct str text, int32_t size_pt, bool bold)
{
        return times_width(text, size_pt, bold);
}

/* ---- sections ------------------------------------------------------------------------------------------ */

void
docx_put_section(struct docx *d)
{
        bool wide = d->page == DOCX_LANDSCAPE;

        buf_str(&d->body, S("<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId3\"/>"
                            "<w:headerReference w:type=\"first\" r:id=\"rId4\"/><w:type w:val=\"nextPage\"/>"));
        buf_fmt(&d->body, "<w:pgSz w:w=\"%d\" w:h=\"%d\"%s/>", wide ? 16838 : 11906, wide ? 11906 : 16838,
                wide ? " w:orient=\"landscape\"" : "");
        buf_fmt(&d->body,
                "<w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" w:header=\"%d\" w:footer=\"%d\" "
                "w:gutter=\"0\"/>",
                DOCX_MM(20), DOCX_MM(15), DOCX_MM(20), DOCX_MM(30), DOCX_MM(10), DOCX_MM(10));
        buf_str(&d->body, S("<w:pgNumType w:start=\"1\"/><w:titlePg/></w:sectPr>"));
}

void
docx_section(struct docx *d, enum docx_page page)
{
        if (d->in_para || d->in_table)
                docx_misuse(d, "a section within a paragraph or table");
        /* Its own tiny paragraph: the part before may end with a table, which cannot carry the section. */
        buf_str(&d->body,
                S("<w:p><w:pPr><w:pStyle w:val=\"Plain\"/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" "
                  "w:lineRule=\"exact\"/><w:rPr><w:sz w:val=\"2\"/></w:rPr>"));
        docx_put_section(d);
        buf_str(&d->body, S("</w:pPr></w:p>"));
        d->page = page;
        d->after_table = false;
        d->keep_at = 0;
}
