/* A paper that changes a plan: its differences, to accept one by one. */
#include "dd_intake_amend.h"

#include "dd_amend_view.h"
#include "intake_priv.h"
#include "tmpl_rt.h"
#include "tpl_amend.h"

static void
lines_fill(struct web_req *r, const struct amend_full *f, struct amend_view *v)
{
        static const enum ui_state looks[AMEND_KIND_MAX] = { UI_SOON, UI_SOON, UI_SOON,   UI_SOON,
                                                             UI_SOON, UI_RUN,  UI_OVERDUE };
        struct ui *u = &r->ui;
        struct amend_line *l = arena_array(u->arena, f->n_changes + 1, sizeof *l);
        struct amend_told *t = arena_array(u->arena, f->decided.n + 1, sizeof *t);

        for (size_t i = 0; i < f->n_changes; i++) {
                const struct amend_change *ch = &f->changes[i];

                l[i] = (struct amend_line){ .no = ch->no,
                                            .title = ch->title,
                                            .what = tmpl_tr(u, amend_kind_word(ch->kind)),
                                            .was = ch->was,
                                            .becomes = ch->becomes,
                                            .name = ch->name,
                                            .state = looks[ch->kind],
                                            .version = ch->version };
                if (ch->task_id != 0)
                        l[i].href = web_href(r, "/tasks/%lld", (long long)ch->task_id);
        }
        for (size_t i = 0; i < f->decided.n; i++) {
                const struct q_amend_decision_row *d = &f->decided.v[i];
                struct str who = d->post.p != NULL ? d->post : T(u, "hệ thống");

                t[i] = (struct amend_told){ .what = d->accepted ? T(u, "đã nhận") : T(u, "không nhận"),
                                            .was = d->was,
                                            .becomes = d->becomes,
                                            .state = d->accepted ? UI_DONE : UI_IDLE,
                                            .told = TF(u, "{}, {}", TMPL_ARG(who),
                                                       TMPL_ARG(instant_text(u->arena, d->decided_at))) };
        }
        v->lines.v = l;
        v->lines.n = f->n_changes;
        v->told.v = t;
        v->told.n = f->decided.n;
}

static enum dd_err
amend_json(struct web_req *r, const struct amend_full *f)
{
        static const char *const kinds[AMEND_KIND_MAX] = { "title",  "lead",  "coordinating", "due",
                                                           "output", "added", "removed" };
        struct json_w w;

        web_json_start(r, &w);
        json_ki64(&w, "id", f->intake.id);
        json_ki64(&w, "version", f->intake.version);
        json_ki64(&w, "plan_id", f->hint.plan_id);
        json_kstr(&w, "plan", f->hint.number);
        json_kbool(&w, "whole", f->hint.whole);
        json_ki64(&w, "same", (int64_t)f->n_same);
        json_key(&w, "changes");
        json_arr(&w);
        for (size_t i = 0; i < f->n_changes; i++) {
                json_obj(&w);
                json_kstr(&w, "name", f->changes[i].name);
                json_kstr(&w, "kind", str_of(kinds[f->changes[i].kind]));
                json_ki64(&w, "task_id", f->changes[i].task_id);
                json_kstr(&w, "no", f->changes[i].no);
                json_kstr(&w, "was", f->changes[i].was);
                json_kstr(&w, "becomes", f->changes[i].becomes);
                json_ki64(&w, "version", f->changes[i].version);
                json_end(&w);
        }
        json_end(&w);
        json_key(&w, "decided");
        json_arr(&w);
        for (size_t i = 0; i < f->decided.n; i++) {
                json_obj(&w);
                json_kstr(&w, "name", f->decided.v[i].name);
                json_kbool(&w, "accepted", f->decided.v[i].accepted);
                json_kstr(&w, "was", f->decided.v[i].was);
                json_kstr(&w, "becomes", f->decided.v[i].becomes);
                json_end(&w);
        }
        json_end(&w);
        json_end(&w);
        return DD_OK;
}

static void
plans_fill(struct web_req *r, const struct amend_full *f, struct amend_view *v)
{
        struct ui *u = &r->ui;
        struct ui_option *o = arena_array(u->arena, f->plans.n + 1, sizeof *o);

        for (size_t i = 0; i < f->plans.n; i++)
                o[i] = (struct ui_option){ str_i64(u->arena, f->plans.v[i].id),
                                           TF(u, "{}, ngày {}", TMPL_ARG(f->plans.v[i].number),
                                              tmpl_arg_day(f->plans.v[i].issued)) };
        v->plans = (struct ui_options){ o, f->plans.n };
        v->plan = str_i64(u->arena, f->hint.plan_id);
}

static enum dd_err
show(struct web_req *r, int64_t plan_id, struct str fault)
{
        struct amend_full f;
        struct amend_view v = { .fault = fault };
        struct ui *u = &r->ui;
        struct ui_link *crumbs = arena_array(u->arena, 2, sizeof *crumbs);
        long long id = (long long)r->id[0];
        enum dd_err e = amend_full(r->c, r->id[0], plan_id, &f);

        v.none = e == DD_EINVAL;
        if (e != DD_OK && (!v.none || r->want == OUT_JSON))
                return e;
        if (v.none) {
                v.fault = r->c->err_text;
                dd_ctx_clear_error(r->c);
        }
        if (r->want == OUT_JSON)
                return amend_json(r, &f);
        crumbs[0] = (struct ui_link){ T(u, "Nhập văn bản"), web_href(r, "/intake") };
        crumbs[1] = (struct ui_link){ f.intake.file_name, web_href(r, "/intake/%lld", id) };
        u->title =
            v.none ? T(u, "So sánh với kế hoạch đã giao") : TF(u, "So sánh với kế hoạch {}", TMPL_ARG(f.hint.number));
        u->active = NAV_DOCUMENTS;
        u->as_of_fixed = true;
        v.head = (struct ui_head){ .crumbs = { crumbs, 2 }, .title = u->title };
        v.open = str_eq(f.intake.state, S("draft"));
        v.version = f.intake.version;
        v.plan_id = f.hint.plan_id;
        v.choose_action = web_href(r, "/intake/%lld/amend", id);
        v.decide_action = v.choose_action;
        v.close_action = web_href(r, "/intake/%lld/amend/close", id);
        v.back = v.open ? (struct ui_link){ T(u, "Quay lại bản kiểm tra"), crumbs[1].href }
                        : (struct ui_link){ T(u, "Mở kế hoạch"), web_href(r, "/plans/%lld", (long long)v.plan_id) };
        plans_fill(r, &f, &v);
        if (!v.none) {
                v.head.facts = TF(u, "{} · {} nhiệm vụ không đổi · {} chỗ khác nhau · {} chỗ đã quyết định",
                                  TMPL_ARG(f.number.n > 0 ? f.number : f.intake.file_name), TMPL_ARG((int64_t)f.n_same),
                                  TMPL_ARG((int64_t)f.n_changes), TMPL_ARG((int64_t)f.decided.n));
                v.note = f.n_changes > 0
                             ? T(u, "Chưa có gì thay đổi: mỗi chỗ chỉ được ghi vào nhiệm vụ khi anh/chị bấm «Nhận», và "
                                    "diễn biến cũ giữ nguyên.")
                             : T(u, "Không còn chỗ nào khác nhau cần quyết định.");
                lines_fill(r, &f, &v);
        }
        tpl_amend_page(r->o, u, &v);
        return DD_OK;
}

enum dd_err
page_amend(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show(r, web_q_id(r, "plan"), STR_NONE);
}

struct decide_form {
        int64_t plan_id;
        struct str name;
        int32_t accept;
};
static const struct form_choice yes_no[] = { { "yes", "Nhận", 1 }, { "no", "Không nhận", 0 }, { NULL, NULL, 0 } };
static const struct form_field decide_fields[] = {
        { .name = "plan_id",
          .type = FORM_ID,
          .required = true,
          .label = "Kế hoạch",
          .offset = FORM_AT(struct decide_form, plan_id, int64_t) },
        { .name = "name",
          .type = FORM_HIDDEN,
          .required = true,
          .max = 40,
          .label = "Chỗ khác nhau",
          .offset = FORM_AT(struct decide_form, name, struct str) },
        { .name = "accept",
          .type = FORM_CHOICE,
          .required = true,
          .label = "Quyết định",
          .choices = yes_no,
          .offset = FORM_AT(struct decide_form, accept, int32_t) },
};

static enum dd_err
refused(struct web_req *r, enum dd_err e, int64_t plan_id)
{
        struct str fault = r->c->err_text;

        if ((e != DD_ECONFLICT && e != DD_EINVAL) || r->want == OUT_JSON || plan_id == 0)
                return e;
        if (r->c->n_fields > 0)
                fault = r->c->fields[0].message;
        dd_ctx_clear_error(r->c);
        web_status(r, e);
        return show(r, plan_id, fault);
}

enum dd_err
page_amend_decide(struct dd_ctx *c, struct web_req *r)
{
        struct decide_form f = { 0 };
        enum dd_err e = form_read(c, decide_fields, ARRAY_LEN(decide_fields), r->http, &f);

        if (e == DD_OK)
                e = amend_decide(c, &(struct amend_decide_in){ .intake_id = r->id[0],
                                                               .plan_id = f.plan_id,
                                                               .version = form_version(r->http),
                                                               .name = f.name,
                                                               .accept = f.accept == 1 });
        if (e != DD_OK)
                return refused(r, e, f.plan_id);
        return web_done_id(r, r->id[0], f.accept == 1 ? "amended" : "not-amended", "/intake/%lld/amend?plan=%lld",
                           (long long)r->id[0], (long long)f.plan_id);
}

struct close_form {
        int64_t plan_id;
};
static const struct form_field close_fields[] = {
        { .name = "plan_id",
          .type = FORM_ID,
          .required = true,
          .label = "Kế hoạch",
          .offset = FORM_AT(struct close_form, plan_id, int64_t) },
};

enum dd_err
page_amend_close(struct dd_ctx *c, struct web_req *r)
{
        struct close_form f = { 0 };
        enum dd_err e = form_read(c, close_fields, ARRAY_LEN(close_fields), r->http, &f);

        if (e == DD_OK)
                e = amend_close(c, r->id[0], f.plan_id, form_version(r->http));
        if (e != DD_OK)
                return refused(r, e, f.plan_id);
        return web_done_id(r, f.plan_id, "amend-closed", "/plans/%lld", (long long)f.plan_id);
}

const struct form_table form_amend = FORM_TABLE(decide_fields);
const struct form_table form_amend_close = FORM_TABLE(close_fields);
