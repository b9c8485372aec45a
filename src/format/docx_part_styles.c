/* Styles of an official paper: sizes, weights and gaps of Decree 30/2020, annex I (SPECS 1.3), as a table. */
#include "docx_priv.h"

#define INDENT DOCX_MM(12.7)

struct style {
        const char *id, *name;
        int32_t size_pt;              /* 0: the body's */
        int32_t before, after, first; /* twips */
        int32_t line;                 /* 240ths of a line; 0: single */
        const char *align;
        int8_t outline; /* level of a heading from 1, 0: none */
        bool bold, italic, keep_next;
        bool own; /* not one of Word's built-in names */
};

static const struct style styles[DOCX_STYLES] = {
        [DOCX_BODY] = { "BodyText", "Body Text", 0, 0, 120, INDENT, 264, "both", 0, false, false, false, false },
        [DOCX_BASIS] = { "LegalBasis", "Căn cứ", 0, 0, 120, INDENT, 264, "both", 0, false, true, false, true },
        [DOCX_H1] = { "Heading1", "heading 1", 0, 120, 120, INDENT, 264, "both", 1, true, false, true, false },
        [DOCX_H2] = { "Heading2", "heading 2", 0, 60, 120, INDENT, 264, "both", 2, true, false, true, false },
        [DOCX_H3] = { "Heading3", "heading 3", 0, 0, 120, INDENT, 264, "both", 3, true, true, true, false },
        [DOCX_TYPE] = { "Title", "Title", 0, 240, 0, 0, 0, "center", 0, true, false, true, false },
        [DOCX_SUBJECT] = { "Subtitle", "Subtitle", 0, 0, 0, 0, 0, "center", 0, true, false, true, false },
        [DOCX_APPENDIX] = { "Appendix", "Phụ lục", 14, 0, 0, 0, 0, "center", 1, true, false, true, true },
        [DOCX_PLAIN] = { "Plain", "Không thụt", 0, 0, 0, 0, 0, "left", 0, false, false, false, true },
        [DOCX_CELL] = { "TableText", "Chữ trong bảng", 12, 40, 40, 0, 0, "left", 0, false, false, false, true },
        [DOCX_CELL_HEAD] = { "TableHead", "Đầu bảng", 12, 40, 40, 0, 0, "center", 0, true, false, true, true },
        [DOCX_NOTE] = { "Note", "Ghi chú", 12, 60, 60, 0, 0, "both", 0, false, true, false, true },
};

const char *
docx_style_id(enum docx_style s)
{
        return styles[s].id;
}

static void
put_style(struct dd_buf *b, const struct style *s)
{
        buf_fmt(b,
                "<w:style w:type=\"paragraph\"%s w:styleId=\"%s\"><w:name w:val=\"%s\"/><w:basedOn w:val=\"Normal\"/>",
                s->own ? " w:customStyle=\"1\"" : "", s->id, s->name);
        if (s->outline != 0 || s->keep_next)
                buf_str(b, S("<w:next w:val=\"BodyText\"/>"));
        buf_str(b, S("<w:qFormat/><w:pPr>"));
        if (s->keep_next)
                buf_str(b, S("<w:keepNext/>"));
        buf_fmt(b, "<w:spacing w:before=\"%d\" w:after=\"%d\" w:line=\"%d\" w:lineRule=\"auto\"/>", s->before, s->after,
                s->line == 0 ? 240 : s->line);
        if (s->first != 0)
                buf_fmt(b, "<w:ind w:firstLine=\"%d\"/>", s->first);
        buf_fmt(b, "<w:jc w:val=\"%s\"/>", s->align);
        if (s->outline != 0)
                buf_fmt(b, "<w:outlineLvl w:val=\"%d\"/>", s->outline - 1);
        buf_str(b, S("</w:pPr>"));
        if (s->bold || s->italic || s->size_pt != 0) {
                buf_fmt(b, "<w:rPr>%s%s", s->bold ? "<w:b/>" : "", s->italic ? "<w:i/>" : "");
                if (s->size_pt != 0)
                        buf_fmt(b, "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/>", s->size_pt * 2, s->size_pt * 2);
                buf_str(b, S("</w:rPr>"));
        }
        buf_str(b, S("</w:style>"));
}

void
docx_put_styles(struct dd_buf *b, int32_t body_pt)
{
        buf_str(b, S("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                     "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
                     "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" "
                     "w:eastAsia=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>"
                     "<w:color w:val=\"000000\"/>"));
        buf_fmt(b, "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/>", body_pt * 2, body_pt * 2);
        buf_str(b, S("<w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>"
                     "<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:after=\"0\" w:line=\"240\" "
                     "w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>"
                     "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>"
                     "<w:qFormat/></w:style>"
                     "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name "
                     "w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr>"
                     "<w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left "
                     "w:w=\"0\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" "
                     "w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
                     "<w:style w:type=\"paragraph\" w:styleId=\"Header\"><w:name w:val=\"header\"/><w:basedOn "
                     "w:val=\"Normal\"/><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:rPr><w:sz w:val=\"26\"/><w:szCs "
                     "w:val=\"26\"/></w:rPr></w:style>"));
        for (size_t i = 0; i < DOCX_STYLES; i++)
                put_style(b, &styles[i]);
        buf_str(b, S("</w:styles>"));
}
