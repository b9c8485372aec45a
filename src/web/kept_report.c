/* Reports that were closed: closing one, the list, one by itself with what moved since the one before. */
#include "dd_report.h"
#include "report_priv.h"
#include "table_priv.h"
#include "tmpl_rt.h"
#include "tpl_kept_report.h"

struct keep_form {
        struct str by, note;
};

static const struct form_field keep_fields[] = {
        { .name = "by",
          .type = FORM_HIDDEN,
          .max = 20,
          .label = "Ký ban hành",
          .offset = FORM_AT(struct keep_form, by, struct str) },
        { .name = "note",
          .type = FORM_TEXT,
          .max = 200,
          .label = "Ghi chú",
          .offset = FORM_AT(struct keep_form, note, struct str) },
};

struct compared
web_compared(struct web_req *r, const struct q_kept_report_row *before, const struct q_kept_report_row *now)
{
        struct ui *u = &r->ui;
        struct kept_figure a[KEPT_FIGURES], b[KEPT_FIGURES];
        struct ui_param *p = arena_array(u->arena, KEPT_FIGURES + 1, sizeof *p);
        struct compared v = { .title = TF(u, "So với báo cáo chốt tại ngày {}", tmpl_arg_day(before->day)),
                              .other = { T(u, "Xem báo cáo đó"),
                                         web_href(r, "/reports/%lld", (long long)before->id) } };

        kept_report_each(before, a);
        kept_report_each(now, b);
        for (size_t i = 0; i < KEPT_FIGURES; i++) {
                long long d = (long long)(b[i].value - a[i].value);

                if (d != 0)
                        p[v.lines.n++] =
                            (struct ui_param){ tmpl_tr(u, b[i].label),
                                               str_fmt(u->arena, "%lld → %lld (%s%lld)", (long long)a[i].value,
                                                       (long long)b[i].value, d > 0 ? "+" : "−", d > 0 ? d : -d) };
        }
        if (v.lines.n == 0)
                p[v.lines.n++] = (struct ui_param){ T(u, "Số liệu"), T(u, "không thay đổi") };
        v.lines.v = p;
        return v;
}

enum dd_err
page_report_keep(struct dd_ctx *c, struct web_req *r)
{
        struct keep_form f = { 0 };
        int64_t id = 0;

        TRY(form_read(c, keep_fields, ARRAY_LEN(keep_fields), r->http, &f));
        c->as_of = r->ui.as_of; /* the day the report is of */
        TRY(report_keep(c, &(struct report_in){ r->id[0], str_eq(f.by, S("standing")) }, f.note, &id));
        return web_done_id(r, id, "kept", "/reports/%lld", (long long)id);
}

static void
figures_json(struct json_w *w, const struct q_kept_report_row *k)
{
        struct kept_figure f[KEPT_FIGURES];

        kept_report_each(k, f);
        for (size_t i = 0; i < KEPT_FIGURES; i++)
                json_ki64(w, f[i].name, f[i].value);
        json_ki64(w, "done_on_time", k->done_on_time);
        json_ki64(w, "done_late", k->done_late);
        json_ki64(w, "due_by_now", k->due_by_now);
        json_ki64(w, "remaining", k->remaining);
        json_ki64(w, "silent", k->silent);
        json_ki64(w, "agencies", k->agencies);
}

static void
kept_json(struct json_w *w, struct arena *a, const struct q_kept_report_row *k)
{
        json_obj(w);
        json_ki64(w, "id", k->id);
        json_kstr(w, "plan", k->plan_number);
        json_kday(w, "day", k->day);
        json_kbool(w, "by_standing", k->by_standing);
        json_ki64(w, "at", k->data_at);
        json_kstr(w, "post", k->post);
        json_kstr(w, "note", k->note);
        json_kstr(w, "sha256", dd_hex(a, (const uint8_t *)k->sha256.p, k->sha256.n));
        figures_json(w, k);
        json_end(w);
}

enum dd_err
kept_list_json(struct web_req *r, const struct q_kept_report_rows *rows)
{
        struct json_w w;

        web_json_start(r, &w);
        json_key(&w, "reports");
        json_arr(&w);
        for (size_t i = 0; i < rows->n; i++)
                kept_json(&w, r->c->arena, &rows->v[i]);
        json_end(&w);
        json_end(&w);
        return DD_OK;
}

void
kept_table(struct web_req *r, const struct q_kept_report_rows *rows, struct table_view *v)
{
        struct ui *u = &r->ui;
        struct ui_th *th = arena_array(u->arena, 6, sizeof *th);
        struct table_row *tr = arena_array(u->arena, rows->n + 1, sizeof *tr);

        th[0].label = T(u, "Báo cáo tại ngày");
        th[1].label = T(u, "Kế hoạch");
        th[2] = (struct ui_th){ .label = T(u, "Hoàn thành"), .num = true };
        th[3] = (struct ui_th){ .label = T(u, "Quá hạn"), .num = true };
        th[4].label = T(u, "Chốt lúc");
        th[5].label = T(u, "Người chốt");
        for (size_t i = 0; i < rows->n; i++) {
                const struct q_kept_report_row *k = &rows->v[i];
                struct table_cell *td = arena_array(u->arena, 6, sizeof *td);

                td[0] = (struct table_cell){ .text = day_text(u->arena, k->day),
                                             .note = k->note,
                                             .head = true,
                                             .href = web_href(r, "/reports/%lld", (long long)k->id) };
                td[1] = (struct table_cell){ .text = k->plan_number };
                td[2] = (struct table_cell){
                        .text = str_fmt(u->arena, "%lld/%lld", (long long)k->done, (long long)k->tasks), .num = true
                };
                td[3] = (struct table_cell){ .text = str_fmt(u->arena, "%lld/%lld", (long long)k->overdue,
                                                             (long long)k->due_by_now),
                                             .num = true };
                td[4] = (struct table_cell){ .text = instant_text(u->arena, k->data_at) };
                td[5] = (struct table_cell){ .text = k->post };
                tr[i] = (struct table_row){ td, 6 };
        }
        *v = (struct table_view){
                .caption = T(u, "Báo cáo đã chốt"),
                .columns = { th, 6 },
                .rows = { tr, rows->n },
                .empty = { T(u, "Chưa chốt báo cáo nào"),
                           T(u, "Báo cáo đã chốt giữ nguyên số liệu và văn bản; sửa số liệu về sau không làm nó đổi."),
                           { STR_NONE, STR_NONE } },
        };
}

static void
fill_facts(struct web_req *r, const struct q_kept_report_row *k, struct kept_report_view *v)
{
        struct ui *u = &r->ui;
        struct kept_figure f[KEPT_FIGURES];
        struct ui_param *p = arena_array(u->arena, KEPT_FIGURES + 6, sizeof *p);
        size_t n = 0;

        p[n++] = (struct ui_param){ T(u, "Người chốt"), k->post };
        p[n++] = (struct ui_param){ T(u, "Chốt lúc"), instant_text(u->arena, k->data_at) };
        p[n++] = (struct ui_param){ T(u, "Ký ban hành"),
                                    k->by_standing ? T(u, "Cơ quan thường trực") : T(u, "Trưởng Ban Chỉ đạo") };
        if (k->note.n > 0)
                p[n++] = (struct ui_param){ T(u, "Ghi chú"), k->note };
        kept_report_each(k, f);
        for (size_t i = 0; i < KEPT_FIGURES; i++)
                p[n++] = (struct ui_param){ tmpl_tr(u, f[i].label), str_fmt(u->arena, "%lld", (long long)f[i].value) };
        v->facts.v = p;
        v->facts.n = n;
}

enum dd_err
page_kept_report(struct dd_ctx *c, struct web_req *r)
{
        struct q_kept_report_row k, before;
        struct kept_report_view v = { 0 };
        struct ui *u = &r->ui;
        bool found;

        TRY(kept_report_get(c, r->id[0], &k));
        if (r->want == OUT_DOCX) {
                AUTO_BUF out = { 0 };
                struct str docx;

                TRY(kept_report_docx(c, k.id, &docx));
                buf_str(&out, docx);
                web_file(r, k.name, WEB_DOCX, &out);
                return DD_OK;
        }
        if (r->want == OUT_JSON) {
                struct json_w w;

                r->http->res.content_type = "application/json; charset=utf-8";
                json_start(&w, r->o);
                kept_json(&w, c->arena, &k);
                return DD_OK;
        }
        c->as_of = k.day;
        TRY(kept_report_last(c, k.plan_id, k.id, &before, &found));
        c->as_of = c->today;
        if (found)
                v.compared = web_compared(r, &before, &k);
        struct ui_link *crumb = arena_array(u->arena, 1, sizeof *crumb);
        struct ui_action *act = arena_array(u->arena, 1, sizeof *act);
        *crumb = (struct ui_link){ T(u, "Báo cáo"), web_href(r, "/reports") };
        *act =
            (struct ui_action){ T(u, "Tải báo cáo .docx"), web_href(r, "/reports/%lld.docx", (long long)k.id), true };
        u->title = TF(u, "Báo cáo đã chốt, tại ngày {}", tmpl_arg_day(k.day));
        u->active = NAV_REPORTS;
        u->as_of_fixed = true;
        v.head = (struct ui_head){ .crumbs = { crumb, 1 },
                                   .title = u->title,
                                   .facts = TF(u, "Kế hoạch {}", TMPL_ARG(k.plan_number)),
                                   .actions = { act, 1 } };
        fill_facts(r, &k, &v);
        tpl_kept_report(r->o, u, &v);
        return DD_OK;
}

const struct form_table form_keep = FORM_TABLE(keep_fields);
