/* Taking back an update or a result that was sent by mistake: what it is, and why. */
#include "dd_update.h"
#include "task_priv.h"
#include "tmpl_rt.h"
#include "tpl_form.h"

struct withdraw_form {
        struct str reason;
};

static const struct form_field withdraw_fields[] = {
        { .name = "reason",
          .type = FORM_LINES,
          .required = true,
          .max = 500,
          .label = "Lý do rút lại",
          .hint = "Ví dụ: gửi nhầm nhiệm vụ. Nội dung cũ vẫn còn trong diễn biến, có gạch ngang, kèm lý do này.",
          .offset = FORM_AT(struct withdraw_form, reason, struct str) },
};

static enum dd_err
show(struct web_req *r, const struct form_state *typed)
{
        struct task_full t = { 0 };
        struct form_state state;
        struct form_view v = { 0 };
        struct ui *u = &r->ui;
        struct ui_link *crumb = arena_array(u->arena, 1, sizeof *crumb);
        struct ui_event *event = arena_array(u->arena, 1, sizeof *event);

        web_now(r);
        TRY(task_full(r->c, r->id[0], &t));
        if (!task_event_of(r, &t, r->id[1], event))
                return dd_fail(r->c, DD_ENOTFOUND, "Nhiệm vụ này không có diễn biến ấy.");
        TRY(event_withdrawable(r->c, t.task.id, &t.events, &t.own));
        if (typed != NULL)
                state = *typed;
        else
                form_state_of(r->c, withdraw_fields, ARRAY_LEN(withdraw_fields), NULL, &state);
        *crumb = (struct ui_link){ str_fmt(u->arena, "%.*s. %.*s", FMT(t.task.no), FMT(t.task.title)),
                                   web_href(r, "/tasks/%lld", (long long)t.task.id) };
        u->title = T(u, "Rút lại nội dung đã gửi");
        u->active = NAV_TASKS;
        u->as_of_fixed = true;
        v.head = (struct ui_head){ .crumbs = { crumb, 1 }, .title = u->title };
        v.state = &state;
        v.verb = T(u, "Rút lại");
        v.action = web_href(r, "/tasks/%lld/events/%lld/withdraw", (long long)t.task.id, (long long)r->id[1]);
        v.cancel = crumb->href;
        v.events = (struct ui_events){ event, 1 };
        v.events_title = T(u, "Nội dung đã gửi");
        v.closed = true;
        for (size_t i = 0; i < t.own.n; i++)
                v.closed &= t.own.v[i].id != r->id[1];
        if (v.closed)
                v.note = T(u, "Không rút lại được nữa: nội dung này do nơi khác ghi, đã được rút lại, hoặc đã có diễn "
                              "biến mới hơn (xác nhận, trả lại, cập nhật, quyết định).");
        tpl_form_page(r->o, u, &v);
        return DD_OK;
}

enum dd_err
page_withdraw_form(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show(r, NULL);
}

enum dd_err
page_withdraw(struct dd_ctx *c, struct web_req *r)
{
        struct withdraw_form f = { 0 };
        struct form_state typed;
        int64_t event = 0;
        enum dd_err e = form_read(c, withdraw_fields, ARRAY_LEN(withdraw_fields), r->http, &f);

        if (e == DD_OK)
                e = event_withdraw(
                    c, &(struct withdraw_in){ .task_id = r->id[0], .event_id = r->id[1], .reason = f.reason }, &event);
        if (e == DD_OK) {
                web_shows_from(r, c->today);
                return web_done_id(r, event, "withdrawn", "/tasks/%lld", (long long)r->id[0]);
        }
        if ((e != DD_EINVAL && e != DD_ECONFLICT) || r->want == OUT_JSON)
                return e;
        web_typed(r, e, withdraw_fields, ARRAY_LEN(withdraw_fields), &typed);
        return show(r, &typed);
}

const struct form_table form_withdraw = FORM_TABLE(withdraw_fields);
