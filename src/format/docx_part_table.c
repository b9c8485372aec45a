/* Tables of the DOCX writer: fixed column widths, header rows that repeat, rows that do not split, merged cells. */
#include "docx_priv.h"

static int32_t
sum(const int32_t *v, size_t n)
{
        int32_t s = 0;

        for (size_t i = 0; i < n; i++)
                s += v[i];
        return s;
}

void
docx_table_begin(struct docx *d, const struct docx_table *t)
{
        struct dd_buf *b = &d->body;

        if (d->in_table || d->in_para)
                docx_misuse(d, "a table within a table or paragraph");
        if (d->after_table) /* Word would join two tables that touch */
                docx_rule(d, 0, 0);
        d->cols = arena_array(d->c->arena, t->n_cols, sizeof *d->cols);
        memcpy(d->cols, t->widths, t->n_cols * sizeof *d->cols);
        d->n_cols = t->n_cols;
        d->row = 0;
        d->header_rows = t->header_rows;
        d->table_split = t->split_rows;
        d->table_borders = t->borders;
        d->in_table = true;
        buf_fmt(b, "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblInd w:w=\"0\" w:type=\"dxa\"/>",
                sum(d->cols, d->n_cols));
        if (t->borders) {
                static const char *const sides[] = { "top", "left", "bottom", "right", "insideH", "insideV" };

                buf_str(b, S("<w:tblBorders>"));
                for (size_t i = 0; i < ARRAY_LEN(sides); i++)
                        buf_fmt(b, "<w:%s w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>", sides[i]);
                buf_str(b, S("</w:tblBorders>"));
        }
        int32_t pad = t->borders ? DOCX_MM(1.3) : 0;
        buf_fmt(b,
                "<w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"%d\" w:type=\"dxa\"/>"
                "<w:right w:w=\"%d\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>",
                pad, pad);
        for (size_t i = 0; i < d->n_cols; i++)
                buf_fmt(b, "<w:gridCol w:w=\"%d\"/>", d->cols[i]);
        buf_str(b, S("</w:tblGrid>"));
}

void
docx_table_end(struct docx *d)
{
        if (!d->in_table || d->in_row)
                docx_misuse(d, "no table to end, or a row open in it");
        if (d->row == 0)
                docx_misuse(d, "a table without rows");
        d->in_table = false;
        d->after_table = true;
        buf_str(&d->body, S("</w:tbl>"));
}

void
docx_row_begin(struct docx *d)
{
        if (!d->in_table || d->in_row)
                docx_misuse(d, "a row outside a table");
        d->in_row = true;
        d->col = 0;
        buf_str(&d->body, S("<w:tr>"));
        bool header = d->row < d->header_rows;
        if (header || !d->table_split) {
                buf_str(&d->body, S("<w:trPr>"));
                if (!d->table_split)
                        buf_str(&d->body, S("<w:cantSplit/>"));
                if (header)
                        buf_str(&d->body, S("<w:tblHeader/>"));
                buf_str(&d->body, S("</w:trPr>"));
        }
}

void
docx_row_end(struct docx *d)
{
        if (!d->in_row || d->in_cell)
                docx_misuse(d, "no row to end, or a cell open in it");
        if (d->col != d->n_cols)
                docx_misuse(d, "a row whose cells do not fill the columns");
        d->in_row = false;
        d->row++;
        buf_str(&d->body, S("</w:tr>"));
}

void
docx_cell_begin(struct docx *d, const struct docx_cell *cell)
{
        struct dd_buf *b = &d->body;
        size_t span = cell->span < 1 ? 1 : (size_t)cell->span;

        if (!d->in_row || d->in_cell)
                docx_misuse(d, "a cell outside a row");
        d->in_cell = true;
        d->cell_empty = true;
        if (span > d->n_cols || d->col > d->n_cols - span) {
                docx_misuse(d, "a row with more cells than columns");
                span = 0;
        }
        buf_fmt(b, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>", span == 0 ? 0 : sum(d->cols + d->col, span));
        if (span > 1)
                buf_fmt(b, "<w:gridSpan w:val=\"%zu\"/>", span);
        if (cell->vmerge == 1)
                buf_str(b, S("<w:vMerge w:val=\"restart\"/>"));
        else if (cell->vmerge == 2)
                buf_str(b, S("<w:vMerge/>"));
        if (cell->middle)
                buf_str(b, S("<w:vAlign w:val=\"center\"/>"));
        buf_str(b, S("</w:tcPr>"));
        d->col += span;
}

void
docx_cell_end(struct docx *d)
{
        if (!d->in_cell || d->in_para)
                docx_misuse(d, "no cell to end, or a paragraph open in it");
        if (d->cell_empty)
                buf_fmt(&d->body, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr></w:p>",
                        docx_style_id(d->table_borders ? DOCX_CELL : DOCX_PLAIN));
        d->in_cell = false;
        buf_str(&d->body, S("</w:tc>"));
}

static void
put_cell(struct docx *d, const struct docx_cell *cell, bool keep_next)
{
        bool header = d->row < d->header_rows;
        struct docx_cell own = *cell;
        struct str rest = cell->text, part;

        own.middle = cell->middle || header;
        docx_cell_begin(d, &own);
        while (rest.n != 0 && str_cut(&rest, '\n', &part)) {
                docx_para_begin(d, &(struct docx_para){
                                       .style = header             ? DOCX_CELL_HEAD
                                                : d->table_borders ? DOCX_CELL
                                                                   : DOCX_PLAIN,
                                       .align = cell->align,
                                       .keep_next = keep_next || header,
                                   });
                docx_run(d, part, cell->flags, 0);
                docx_para_end(d);
        }
        docx_cell_end(d);
}

void
docx_row(struct docx *d, const struct docx_cell *cells, size_t n)
{
        docx_row_begin(d);
        for (size_t i = 0; i < n; i++)
                put_cell(d, &cells[i], false);
        docx_row_end(d);
}

void
docx_row_group(struct docx *d, struct str text)
{
        docx_row_begin(d);
        put_cell(d, &(struct docx_cell){ .text = text, .flags = DOCX_BOLD, .span = (int32_t)d->n_cols }, true);
        docx_row_end(d);
}
