/* Official documents, and the files behind them. */
#include "dd_text.h"
#include "dd_update.h"
#include "plan_priv.h"
#include "q_intake_rows.h"
#include "sheet_priv.h"
#include "table_priv.h"
#include "tmpl_rt.h"
#include "tpl_plan.h"

struct str
document_name(struct arena *a, struct str type, struct str number)
{
        if (number.n == 0)
                return type.n > 0 ? type : S("Văn bản không số");
        return type.n > 0 ? str_fmt(a, "%.*s %.*s", FMT(type), FMT(number)) : number;
}

struct paper_lines
paper_facts(struct web_req *r, const struct q_document_row *d)
{
        struct ui *u = &r->ui;
        struct paper_line *l = arena_array(u->arena, 7, sizeof *l);
        size_t n = 0;

        l[n++] = (struct paper_line){ .title = T(u, "Số, ký hiệu"), .text = d->number };
        l[n++] = (struct paper_line){ .title = T(u, "Loại"), .text = d->type };
        l[n++] = (struct paper_line){ .title = T(u, "Ngày"), .text = day_text(u->arena, d->day) };
        l[n++] = (struct paper_line){ .title = T(u, "Nơi ban hành"), .text = d->place };
        if (d->issuer.n > 0)
                l[n++] = (struct paper_line){ .title = T(u, "Cơ quan ban hành"), .text = d->issuer };
        if (d->addressee.n > 0)
                l[n++] = (struct paper_line){ .title = T(u, "Kính gửi"), .text = d->addressee };
        l[n++] = (struct paper_line){ .title = T(u, "Người ký"),
                                      .text = d->signer_title.n > 0 ? str_fmt(u->arena, "%.*s, %.*s", FMT(d->signer),
                                                                              FMT(d->signer_title))
                                                                    : d->signer };
        return (struct paper_lines){ l, n };
}

struct paper_lines
paper_bases(struct web_req *r, const struct q_basis_rows *b)
{
        struct arena *a = r->c->arena;
        struct paper_line *l = arena_array(a, b->n + 1, sizeof *l);

        for (size_t i = 0; i < b->n; i++) {
                const struct q_basis_row *k = &b->v[i];

                l[i] =
                    (struct paper_line){ .title = k->number.n > 0 ? document_name(a, k->type, k->number) : k->title,
                                         .href = web_href(r, "/documents/%lld", (long long)k->basis_id),
                                         .text = k->source,
                                         .note = k->day != DD_NO_DAY ? TF(&r->ui, "ngày {} · {}", tmpl_arg_day(k->day),
                                                                          TMPL_ARG(tmpl_tr(&r->ui, k->role)))
                                                                     : tmpl_tr(&r->ui, k->role) };
        }
        return (struct paper_lines){ l, b->n };
}

struct paper_lines
paper_recipients(struct web_req *r, const struct q_recipient_rows *v)
{
        struct paper_line *l = arena_array(r->c->arena, v->n + 1, sizeof *l);

        for (size_t i = 0; i < v->n; i++)
                l[i].title = v->v[i].name;
        return (struct paper_lines){ l, v->n };
}

struct paper_lines
paper_consultation(struct web_req *r, const struct q_consultation_row *k)
{
        struct ui *u = &r->ui;
        struct paper_line *l = arena_array(u->arena, 4, sizeof *l);

        l[0] = (struct paper_line){ .title = TF(u, "Văn bản lấy ý kiến: {}", TMPL_ARG(k->letter)),
                                    .note = day_text(u->arena, k->letter_day) };
        l[1] = (struct paper_line){ .title = TF(u, "{} / {} thành viên trả lời", TMPL_ARG(k->members_answered),
                                                TMPL_ARG(k->members_asked)) };
        l[2] = (struct paper_line){ .title = TF(u, "{} / {} UBND cấp huyện trả lời", TMPL_ARG(k->districts_answered),
                                                TMPL_ARG(k->districts_asked)) };
        l[3] = (struct paper_line){ .title = TF(u, "{} thành viên thống nhất, {} có ý kiến góp ý", TMPL_ARG(k->agree),
                                                TMPL_ARG(k->remarked)) };
        return (struct paper_lines){ l, 4 };
}

static enum dd_err
list_json(struct web_req *r, const struct q_document_line_rows *rows)
{
        struct json_w w;

        web_json_start(r, &w);
        json_key(&w, "documents");
        json_arr(&w);
        for (size_t i = 0; i < rows->n; i++) {
                json_obj(&w);
                json_ki64(&w, "id", rows->v[i].id);
                json_kstr(&w, "type", rows->v[i].type);
                json_kstr(&w, "number", rows->v[i].number);
                json_kday(&w, "day", rows->v[i].day);
                json_kstr(&w, "title", rows->v[i].title);
                json_ki64(&w, "plan_id", rows->v[i].plan_id);
                json_end(&w);
        }
        json_end(&w);
        json_end(&w);
        return DD_OK;
}

enum dd_err
page_document_list(struct dd_ctx *c, struct web_req *r)
{
        struct q_document_line_rows rows;
        struct ui *u = &r->ui;

        TRY(document_list(c, &rows));
        if (r->want == OUT_JSON)
                return list_json(r, &rows);
        struct ui_th *th = arena_array(c->arena, 4, sizeof *th);
        th[0].label = T(u, "Văn bản");
        th[1] = (struct ui_th){ .label = T(u, "Ngày"), .num = true };
        th[2].label = T(u, "Trích yếu");
        th[3].label = T(u, "Toàn văn");
        struct table_row *tr = arena_array(c->arena, rows.n + 1, sizeof *tr);
        for (size_t i = 0; i < rows.n; i++) {
                const struct q_document_line_row *d = &rows.v[i];
                struct table_cell *td = arena_array(c->arena, 4, sizeof *td);

                td[0] =
                    (struct table_cell){ .text = document_name(c->arena, d->type, d->number),
                                         .head = true,
                                         .href = d->plan_id != 0 ? web_href(r, "/plans/%lld", (long long)d->plan_id)
                                                                 : web_href(r, "/documents/%lld", (long long)d->id) };
                td[1] = (struct table_cell){ .text = day_text(c->arena, d->day), .num = true };
                td[2] = (struct table_cell){ .text = d->title };
                td[3] = d->file_id != 0
                            ? (struct table_cell){ .text = T(u, "mở toàn văn"),
                                                   .href = web_href(r, "/documents/%lld", (long long)d->id) }
                            : (struct table_cell){ .note = TF(u, "viện dẫn trong {} văn bản", TMPL_ARG(d->cited)) };
                tr[i] = (struct table_row){ td, 4 };
        }
        struct ui_action *acts = arena_array(c->arena, 1, sizeof *acts);
        acts[0] = (struct ui_action){ T(u, "Nhập văn bản"), web_href(r, "/intake"), true };
        u->title = T(u, "Văn bản, căn cứ");
        u->active = NAV_DOCUMENTS;
        u->as_of_fixed = true;
        struct table_view v = { .head = { .title = u->title,
                                          .facts = TF(
                                              u, "{} văn bản: kế hoạch, văn bản kèm theo và các căn cứ được viện dẫn",
                                              TMPL_ARG((int64_t)rows.n)),
                                          .actions = { acts, role_has(c->user->role, CAP_INTAKE) ? 1 : 0 } },
                                .caption = u->title,
                                .columns = { th, 4 },
                                .rows = { tr, rows.n },
                                .empty = { T(u, "Chưa có văn bản nào"),
                                           T(u, "Văn bản hiện ra ở đây khi một kế hoạch được nhập và giao."),
                                           { T(u, "Nhập văn bản"), web_href(r, "/intake") } } };
        return web_table(r, &v);
}

static struct ui_files
files_of(struct web_req *r, const struct q_document_file_rows *rows)
{
        struct ui *u = &r->ui;
        struct ui_file *f = arena_array(u->arena, rows->n + 1, sizeof *f);

        for (size_t i = 0; i < rows->n; i++) {
                f[i] = (struct ui_file){ .name = rows->v[i].name,
                                         .href = web_href(r, "/files/%lld", (long long)rows->v[i].file_id),
                                         .size = rows->v[i].size };
                if (str_eq(rows->v[i].kind, S("signed")))
                        f[i].name = TF(u, "{} (bản ký)", TMPL_ARG(f[i].name));
        }
        return (struct ui_files){ f, rows->n };
}

enum dd_err
page_document(struct dd_ctx *c, struct web_req *r)
{
        struct document_full d = { 0 };
        struct document_view v = { 0 };
        struct ui *u = &r->ui;

        TRY(document_full(c, r->id[0], &d));
        if (r->want == OUT_JSON) {
                struct json_w w;

                web_json_start(r, &w);
                json_ki64(&w, "id", d.document.id);
                json_kstr(&w, "type", d.document.type);
                json_kstr(&w, "number", d.document.number);
                json_kday(&w, "day", d.document.day);
                json_kstr(&w, "title", d.document.title);
                json_kstr(&w, "signer", d.document.signer);
                json_ki64(&w, "bases", (int64_t)d.bases.n);
                json_end(&w);
                return DD_OK;
        }
        struct ui_link *crumb = arena_array(c->arena, 1, sizeof *crumb);
        *crumb = (struct ui_link){ T(u, "Văn bản, căn cứ"), web_href(r, "/documents") };
        u->title = document_name(c->arena, d.document.type, d.document.number);
        u->active = NAV_DOCUMENTS;
        u->as_of_fixed = true;
        v.head = (struct ui_head){ .crumbs = { crumb, 1 }, .title = u->title, .facts = d.document.title };
        v.facts = paper_facts(r, &d.document);
        v.bases = paper_bases(r, &d.bases);
        v.cited_by = paper_bases(r, &d.cited_by);
        v.recipients = paper_recipients(r, &d.recipients);
        if (d.has_consultation)
                v.consultation = paper_consultation(r, &d.consultation);
        v.has_body = d.document.body.n > 0;
        if (v.has_body) {
                int64_t from = web_q_id(r, "from"), to = web_q_id(r, "to");
                struct sheet_mark mark = { .span = { (int32_t)(from < INT32_MAX ? from : 0),
                                                     (int32_t)(to < INT32_MAX ? to : 0) } };

                sheet_make(c->arena, d.document.body, "mark", &mark, 1, &v.sheet);
        }
        if (d.document.file_id != 0)
                v.file =
                    (struct ui_link){ T(u, "Tải tệp gốc"), web_href(r, "/files/%lld", (long long)d.document.file_id) };
        v.files = files_of(r, &d.files);
        tpl_document(r->o, u, &v);
        return DD_OK;
}

/* Bytes as they came, always as a download, never with our rights. */
enum dd_err
page_file(struct dd_ctx *c, struct web_req *r)
{
        struct q_file_row f;

        TRY(file_get(c, r->id[0], &f));
        r->answered = true;
        buf_reset(r->o);
        buf_str(r->o, f.bytes);
        r->http->res.untrusted = true;
        http_attachment(r->http, f.name, "application/octet-stream");
        return DD_OK;
}
