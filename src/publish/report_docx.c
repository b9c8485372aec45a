/* The report as a paper: head, body, foot, and the table of tasks in a landscape appendix. */
#include "dd_docx.h"
#include "dd_report.h"

static void
put_table(struct docx *d, const struct report_table *t)
{
        int32_t widths[REPORT_COLS];
        struct docx_cell cells[REPORT_COLS];

        for (size_t k = 0; k < t->n_cols; k++)
                widths[k] = DOCX_MM(t->cols[k].mm);
        docx_table_begin(
            d, &(struct docx_table){ .widths = widths, .n_cols = t->n_cols, .header_rows = 1, .borders = true });
        for (size_t k = 0; k < t->n_cols; k++)
                cells[k] = (struct docx_cell){ .text = t->cols[k].title };
        docx_row(d, cells, t->n_cols);
        for (size_t i = 0; i < t->n; i++) {
                for (size_t k = 0; k < t->n_cols; k++)
                        cells[k] = (struct docx_cell){ .text = t->v[i].cell[k],
                                                       .align = t->cols[k].center ? DOCX_CENTER : DOCX_LEFT,
                                                       .flags = t->v[i].bold ? DOCX_BOLD : 0,
                                                       .middle = true };
                docx_row(d, cells, t->n_cols);
        }
        docx_table_end(d);
}

/* What announces a table or a list stays with it. */
static void
put_text(struct docx *d, const struct report_block *b)
{
        static const enum docx_style styles[] = { [REPORT_TEXT] = DOCX_BODY,
                                                  [REPORT_H1] = DOCX_H1,
                                                  [REPORT_H2] = DOCX_H2,
                                                  [REPORT_ITEM] = DOCX_BODY,
                                                  [REPORT_NOTE] = DOCX_NOTE };

        docx_para_begin(d, &(struct docx_para){ .style = styles[b->kind], .keep_next = str_ends(b->text, S(":")) });
        if (b->kind == REPORT_ITEM)
                docx_run(d, S("- "), 0, 0);
        docx_run(d, b->text, 0, 0);
        docx_para_end(d);
}

/* A name set in lines for another width is broken anew where a line does not fit (SPECS 1.4: 66 mm). */
static struct str
fit_name(struct arena *a, struct str name)
{
        char *p;

        if (docx_text_width(name, 13, true) <= DOCX_MM(66))
                return name;
        name = str_dup(a, name);
        p = (char *)name.p;
        for (size_t i = 0; i < name.n; i++)
                if (p[i] == '\n')
                        p[i] = ' ';
        return name;
}

static void
put_body(struct docx *d, const struct report *r)
{
        for (size_t i = 0; i < r->body.n; i++) {
                const struct report_block *b = &r->body.v[i];

                if (b->kind == REPORT_TABLE)
                        put_table(d, b->table);
                else
                        put_text(d, b);
        }
}

#define APPENDIX_COLS 8

struct appendix_col {
        const char *head;
        int mm[2]; /* without and with the column of members; 0: left out. 252 in all */
};

static const struct appendix_col appendix_cols[APPENDIX_COLS] = {
        { "TT", { 10, 10 } },
        { "Nhiệm vụ", { 70, 60 } },
        { "Cơ quan chủ trì", { 36, 32 } },
        { "Cơ quan phối hợp", { 29, 26 } },
        { "Thành viên phụ trách", { 0, 31 } },
        { "Thời hạn theo Kế hoạch", { 26, 24 } },
        { "Tình trạng", { 36, 30 } },
        { "Kết quả, tiến độ", { 45, 39 } },
};

/* `all` in the order of appendix_cols; those without a width are left out. */
static void
put_appendix_row(struct docx *d, const struct docx_cell *all, bool members)
{
        struct docx_cell cells[APPENDIX_COLS];
        size_t n = 0;

        for (size_t i = 0; i < APPENDIX_COLS; i++)
                if (appendix_cols[i].mm[members] > 0)
                        cells[n++] = all[i];
        docx_row(d, cells, n);
}

static void
put_appendix(struct docx *d, const struct report *r)
{
        struct docx_cell all[APPENDIX_COLS] = { 0 };
        int32_t widths[APPENDIX_COLS];
        bool members = false;
        size_t n = 0;

        for (size_t i = 0; i < r->n_tasks; i++)
                members = members || r->tasks[i].followers.n > 0;
        for (size_t i = 0; i < APPENDIX_COLS; i++) {
                all[i] = (struct docx_cell){ .text = str_of(appendix_cols[i].head) };
                if (appendix_cols[i].mm[members] > 0)
                        widths[n++] = DOCX_MM(appendix_cols[i].mm[members]);
        }
        docx_section(d, DOCX_LANDSCAPE);
        docx_appendix(d, STR_NONE, r->appendix, r->reference);
        docx_table_begin(d, &(struct docx_table){ .widths = widths, .n_cols = n, .header_rows = 1, .borders = true });
        put_appendix_row(d, all, members);
        for (size_t i = 0; i < r->n_tasks; i++) {
                const struct report_task *t = &r->tasks[i];

                if (t->group.n > 0)
                        docx_row_group(d, t->group);
                put_appendix_row(d,
                                 (struct docx_cell[APPENDIX_COLS]){ { .text = t->no, .align = DOCX_CENTER },
                                                                    { .text = t->title },
                                                                    { .text = t->leads },
                                                                    { .text = t->helpers },
                                                                    { .text = t->followers },
                                                                    { .text = t->deadline, .align = DOCX_CENTER },
                                                                    { .text = t->state, .align = DOCX_CENTER },
                                                                    { .text = t->result } },
                                 members);
        }
        docx_table_end(d);
        if (r->sample)
                docx_text(d, DOCX_NOTE, S("* Diễn biến ví dụ của bản trình diễn."));
}

enum dd_err
report_docx(struct dd_ctx *c, const struct report_in *in, struct dd_buf *out)
{
        struct report r;

        TRY(report_make(c, in, &r));
        return report_write_docx(c, &r, out);
}

enum dd_err
report_write_docx(struct dd_ctx *c, const struct report *r, struct dd_buf *out)
{
        AUTO_DOCX d = { 0 };

        docx_start(
            &d, c,
            &(struct docx_meta){ .title = str_fmt(c->arena, "Báo cáo tình hình thực hiện %.*s", FMT(r->plan_name)) });
        docx_head(&d, &(struct docx_head){ .parent = r->parent,
                                           .agency = fit_name(c->arena, r->issuer),
                                           .symbol = r->symbol,
                                           .place = r->place,
                                           .day = DD_NO_DAY,
                                           .year = r->year });
        docx_title(&d, S("BÁO CÁO"), r->title);
        if (r->addressee.n > 0)
                docx_addressees(&d, &r->addressee, 1);
        put_body(&d, r);
        docx_foot(&d, &(struct docx_foot){ .recipients = r->recipients,
                                           .n_recipients = r->n_recipients,
                                           .authority = r->authority,
                                           .n_authority = r->n_authority,
                                           .office = r->office,
                                           .name = r->name });
        if (r->n_tasks > 0)
                put_appendix(&d, r);
        return docx_finish(&d, out);
}
