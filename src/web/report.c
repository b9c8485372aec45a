/* Reports: the list of plans, the draft of one plan's report, and the report as a file. */
#include "dd_committee.h"
#include "dd_report_view.h"
#include "page_priv.h"
#include "report_priv.h"
#include "table_priv.h"
#include "tmpl_rt.h"
#include "tpl_kept_report.h"
#include "tpl_report.h"

/* ---- one report --------------------------------------------------------------------------------------------- */

static struct ui_figure
figure(struct web_req *r, const struct report *p, enum task_state s, struct str of)
{
        return (struct ui_figure){ .value = p->board->n[s],
                                   .of = of,
                                   .label = tmpl_tr(&r->ui, str_of(state_label(s))),
                                   .state = web_state((int)s),
                                   .href = web_href(r, "/tasks?plan=%lld&state=%s", (long long)p->plan->plan.id,
                                                    state_name(s)) };
}

static void
fill_figures(struct web_req *r, const struct report *p, struct report_view *v)
{
        struct ui *u = &r->ui;
        const struct board *b = p->board;
        struct ui_figure *f = arena_array(r->c->arena, 5, sizeof *f);
        struct str all = str_fmt(u->arena, "%lld", (long long)b->total);

        f[0] = figure(r, p, STATE_DONE, all);
        f[0].note = TF(u, "đúng hạn {} · quá hạn {} · không hạn {}", TMPL_ARG(b->done_on_time), TMPL_ARG(b->done_late),
                       TMPL_ARG(b->done_no_due));
        f[1] = figure(r, p, STATE_OVERDUE, TF(u, "{} đã đến hạn", TMPL_ARG(b->due_by_now)));
        f[2] = figure(r, p, STATE_ATTENTION, TF(u, "{} còn lại", TMPL_ARG(b->remaining)));
        f[2].note = TF(u, "trong {} ngày, cả hạn hôm nay", TMPL_ARG(b->rules.due_soon_days));
        f[3] = figure(r, p, STATE_AWAITING, all);
        f[4] = figure(r, p, STATE_DOING, all);
        f[4].note = TF(u, "chưa bắt đầu {}", TMPL_ARG(b->n[STATE_WAITING]));
        v->figures = (struct ui_figures){ f, 5 };
}

static void
fill_head(struct web_req *r, const struct report *p, struct report_view *v)
{
        struct ui *u = &r->ui;
        struct arena *a = r->c->arena;
        long long id = (long long)p->plan->plan.id;
        const char *by = v->by_standing ? "?by=standing" : "";
        struct ui_action *acts = arena_array(a, 3, sizeof *acts);
        struct ui_link *crumbs = arena_array(a, 2, sizeof *crumbs);

        acts[0] = (struct ui_action){ T(u, "Lịch .ics"), web_href(r, "/plans/%lld/report.ics%s", id, by), false };
        acts[1] = (struct ui_action){ T(u, "Bảng .xlsx"), web_href(r, "/plans/%lld/report.xlsx%s", id, by), false };
        acts[2] =
            (struct ui_action){ T(u, "Tải báo cáo .docx"), web_href(r, "/plans/%lld/report.docx%s", id, by), true };
        crumbs[0] = (struct ui_link){ T(u, "Báo cáo"), web_href(r, "/reports") };
        u->plan = TF(u, "Kế hoạch {}", TMPL_ARG(p->plan->plan.number));
        crumbs[1] = (struct ui_link){ u->plan, web_href(r, "/plans/%lld", id) };
        u->title = TF(u, "Báo cáo {}", TMPL_ARG(p->plan->plan.number));
        u->active = NAV_REPORTS;
        v->action = web_href(r, "/plans/%lld/report", id);
        v->tasks = web_href(r, "/tasks?plan=%lld", id);
        v->head = (struct ui_head){ .crumbs = { crumbs, 2 },
                                    .title = T(u, "Báo cáo tình hình thực hiện"),
                                    .facts = TF(u, "{} · ban hành {} · {} nhiệm vụ · số liệu tính đến hết ngày {}",
                                                TMPL_ARG(u->plan), tmpl_arg_day(p->plan->plan.issued),
                                                TMPL_ARG(p->board->total), tmpl_arg_day(r->c->as_of)),
                                    .actions = { acts, 3 } };
}

static enum dd_err
fill_compared(struct web_req *r, const struct report *p, struct report_view *v)
{
        struct q_kept_report_row before, now;
        bool found;

        TRY(kept_report_last(r->c, p->plan->plan.id, 0, &before, &found));
        if (!found)
                return DD_OK;
        kept_report_figures(p->board, &now);
        v->compared = web_compared(r, &before, &now);
        return DD_OK;
}

static enum dd_err
send_file(struct web_req *r, const struct report_in *in)
{
        static const struct {
                enum web_out out;
                const char *ending, *type;
                enum dd_err (*write)(struct dd_ctx *, const struct report_in *, struct dd_buf *);
        } kinds[] = {
                { OUT_DOCX, "docx", WEB_DOCX, report_docx },
                { OUT_XLSX, "xlsx", WEB_XLSX, report_xlsx },
                { OUT_ICS, "ics", "text/calendar; charset=utf-8", report_ics },
        };
        struct q_plan_row plan;
        AUTO_BUF out = { 0 };

        TRY(plan_get(r->c, in->plan_id, &plan));
        for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
                if (kinds[i].out != r->want)
                        continue;
                TRY(kinds[i].write(r->c, in, &out));
                web_file(r, report_file_name(r->c, &plan, kinds[i].ending), kinds[i].type, &out);
        }
        return DD_OK;
}

enum dd_err
page_report(struct dd_ctx *c, struct web_req *r)
{
        struct str by = web_q(r, "by");
        struct report_in in = { .plan_id = r->id[0], .by_standing = str_eq(by, S("standing")) };
        struct report_view v = { .by_standing = in.by_standing };
        struct q_committee_row committee;
        struct report report;
        bool early;

        if (by.n > 0 && !in.by_standing)
                return dd_fail(c, DD_EINVAL, "Không có người ký «%.*s». Mời chọn lại ở trang báo cáo.", FMT(by));
        if (r->want != OUT_HTML)
                return send_file(r, &in);
        r->ui.active = NAV_REPORTS;
        TRY(page_plan_early(r, &early));
        if (early)
                return DD_OK;
        TRY(report_make(c, &in, &report));
        TRY(committee_get(c, &committee));
        v.report = &report;
        v.standing = committee.standing_name;
        fill_head(r, &report, &v);
        fill_figures(r, &report, &v);
        TRY(fill_compared(r, &report, &v));
        if (role_has(c->user->role, CAP_PLAN_EDIT))
                v.keep = web_href(r, "/plans/%lld/report", (long long)in.plan_id);
        tpl_report(r->o, &r->ui, &v);
        return DD_OK;
}

/* ---- the list ------------------------------------------------------------------------------------------------- */

static struct table_row
plan_row(struct web_req *r, const struct q_plan_row *p)
{
        struct arena *a = r->c->arena;
        struct table_cell *cells = arena_array(a, 5, sizeof *cells);

        cells[0] = (struct table_cell){ .text = p->number,
                                        .href = web_href(r, "/plans/%lld", (long long)p->id),
                                        .head = true };
        cells[1] = (struct table_cell){ .text = p->title };
        cells[2] = (struct table_cell){ .text = day_text(a, p->issued), .num = true };
        cells[3] = (struct table_cell){ .text = str_fmt(a, "%lld", (long long)p->tasks), .num = true };
        cells[4] = (struct table_cell){ .text = T(&r->ui, "Lập báo cáo"),
                                        .href = web_href(r, "/plans/%lld/report", (long long)p->id) };
        return (struct table_row){ cells, 5 };
}

enum dd_err
page_reports(struct dd_ctx *c, struct web_req *r)
{
        struct ui *u = &r->ui;
        struct table_view v = { 0 };
        struct q_plan_rows plans;
        struct q_kept_report_rows kept;
        struct table_view kept_v;

        TRY(kept_report_list(c, &kept));
        if (r->want == OUT_JSON)
                return kept_list_json(r, &kept);
        TRY(plan_list(c, &plans));
        struct table_row *rows = arena_array(c->arena, plans.n + 1, sizeof *rows);
        for (size_t i = 0; i < plans.n; i++)
                if (plans.v[i].issued <= c->as_of)
                        rows[v.rows.n++] = plan_row(r, &plans.v[i]);
        struct ui_th *columns = arena_array(c->arena, 5, sizeof *columns);
        columns[0] = (struct ui_th){ .label = T(u, "Kế hoạch") };
        columns[1] = (struct ui_th){ .label = T(u, "Trích yếu") };
        columns[2] = (struct ui_th){ .label = T(u, "Ban hành"), .num = true };
        columns[3] = (struct ui_th){ .label = T(u, "Nhiệm vụ"), .num = true };
        columns[4] = (struct ui_th){ .label = T(u, "Báo cáo") };
        u->title = T(u, "Báo cáo");
        u->active = NAV_REPORTS;
        v.head = (struct ui_head){ .title = T(u, "Báo cáo"),
                                   .facts = T(u, "Chọn kế hoạch để lập báo cáo tình hình thực hiện tại một ngày.") };
        v.caption = T(u, "Kế hoạch");
        v.columns = (struct ui_ths){ columns, 5 };
        v.rows.v = rows;
        v.empty = (struct ui_empty){ T(u, "Chưa có kế hoạch nào để báo cáo"),
                                     T(u, "Báo cáo lập được ngay khi một kế hoạch đã nhập và giao."),
                                     { T(u, "Nhập kế hoạch"), web_href(r, "/intake") } };
        if (r->want != OUT_HTML)
                return web_table_file(r, &v);
        web_table_files(r, &v.head);
        kept_table(r, &kept, &kept_v);
        tpl_kept_reports(r->o, u, &(struct kept_reports_view){ &v, &kept_v });
        return DD_OK;
}
