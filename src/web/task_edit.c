/* What the standing agency does to a task itself: add by hand, correct with a reason, suspend, resume or discontinue by
 * a decision. */
#include "dd_plan.h"
#include "task_priv.h"
#include "tmpl_rt.h"
#include "tpl_form.h"

struct correct_form {
        int32_t what;
        struct str value, reason;
        int32_t day;
};

static const struct form_choice corrections[] = { { "due", "Thời hạn", CORRECT_DUE },
                                                  { "lead", "Cơ quan chủ trì", CORRECT_LEAD },
                                                  { "title", "Nội dung", CORRECT_TITLE },
                                                  { NULL, NULL, 0 } };

static const struct form_field correct_fields[] = {
        { .name = "what",
          .type = FORM_CHOICE,
          .required = true,
          .label = "Điều chỉnh gì",
          .choices = corrections,
          .offset = FORM_AT(struct correct_form, what, int32_t) },
        { .name = "value",
          .type = FORM_LINES,
          .required = true,
          .max = 2000,
          .label = "Nội dung mới",
          .hint = "Thời hạn ghi ngày hoặc kỳ (31/10/2023, Quý IV/2023); chủ trì ghi tên cơ quan.",
          .offset = FORM_AT(struct correct_form, value, struct str) },
        { .name = "reason",
          .type = FORM_LINES,
          .required = true,
          .max = 2000,
          .label = "Lý do, văn bản cho phép",
          .offset = FORM_AT(struct correct_form, reason, struct str) },
        { .name = "day",
          .type = FORM_DAY,
          .label = "Từ ngày",
          .hint = "Để trống là hôm nay.",
          .offset = FORM_AT(struct correct_form, day, int32_t) },
};

struct decide_form {
        struct str doc_number, reason;
        int32_t doc_day;
};

/* Of suspending and resuming. */
static const struct form_field decide_fields[] = {
        { .name = "doc_number",
          .type = FORM_TEXT,
          .required = true,
          .max = 100,
          .label = "Số văn bản cho phép",
          .offset = FORM_AT(struct decide_form, doc_number, struct str) },
        { .name = "doc_day",
          .type = FORM_DAY,
          .required = true,
          .label = "Ngày văn bản",
          .hint = "Có hiệu lực từ ngày này.",
          .offset = FORM_AT(struct decide_form, doc_day, int32_t) },
        { .name = "reason",
          .type = FORM_LINES,
          .required = true,
          .max = 2000,
          .label = "Lý do",
          .offset = FORM_AT(struct decide_form, reason, struct str) },
};

static const struct form_field discontinue_fields[] = {
        { .name = "doc_number",
          .type = FORM_TEXT,
          .required = true,
          .max = 100,
          .label = "Số văn bản quyết định",
          .offset = FORM_AT(struct decide_form, doc_number, struct str) },
        { .name = "doc_day",
          .type = FORM_DAY,
          .required = true,
          .label = "Ngày văn bản",
          .offset = FORM_AT(struct decide_form, doc_day, int32_t) },
        { .name = "reason",
          .type = FORM_LINES,
          .required = true,
          .max = 2000,
          .label = "Lý do không tiếp tục",
          .offset = FORM_AT(struct decide_form, reason, struct str) },
};

struct add_form {
        int64_t group_id;
        struct str title, lead, coordinating, deadline_text, output;
};

static const struct form_field add_fields[] = {
        { .name = "title",
          .type = FORM_LINES,
          .required = true,
          .max = 2000,
          .label = "Nội dung nhiệm vụ",
          .offset = FORM_AT(struct add_form, title, struct str) },
        { .name = "lead",
          .type = FORM_TEXT,
          .required = true,
          .max = 500,
          .label = "Cơ quan chủ trì",
          .hint = "Ví dụ: Sở Tài chính.",
          .offset = FORM_AT(struct add_form, lead, struct str) },
        { .name = "coordinating",
          .type = FORM_TEXT,
          .max = 1000,
          .label = "Cơ quan phối hợp",
          .hint = "Nhiều cơ quan thì cách nhau bằng dấu chấm phẩy.",
          .offset = FORM_AT(struct add_form, coordinating, struct str) },
        { .name = "deadline_text",
          .type = FORM_TEXT,
          .max = 200,
          .label = "Thời hạn",
          .hint = "Ngày hoặc kỳ: 31/10/2023, Quý IV/2023, Năm 2023.",
          .offset = FORM_AT(struct add_form, deadline_text, struct str) },
        { .name = "group_id",
          .type = FORM_ID,
          .label = "Nhóm nhiệm vụ",
          .offset = FORM_AT(struct add_form, group_id, int64_t) },
        { .name = "output",
          .type = FORM_TEXT,
          .max = 500,
          .label = "Sản phẩm",
          .offset = FORM_AT(struct add_form, output, struct str) },
};

struct edit_page {
        const struct form_field *fields;
        size_t n;
        struct str title, verb, action;
};

static const struct edit_page correct_page = { correct_fields, ARRAY_LEN(correct_fields), S("Điều chỉnh nhiệm vụ"),
                                               S("Lưu điều chỉnh"), S("correct") };
static const struct edit_page discontinue_page = { discontinue_fields, ARRAY_LEN(discontinue_fields),
                                                   S("Không tiếp tục thực hiện"), S("Ghi quyết định"),
                                                   S("discontinue") };
static const struct edit_page suspend_page = { decide_fields, ARRAY_LEN(decide_fields), S("Tạm dừng nhiệm vụ"),
                                               S("Ghi quyết định"), S("suspend") };
static const struct edit_page resume_page = { decide_fields, ARRAY_LEN(decide_fields), S("Cho tiếp tục nhiệm vụ"),
                                              S("Ghi quyết định"), S("resume") };

static enum dd_err
show(struct web_req *r, const struct edit_page *p, const struct form_state *typed)
{
        struct task_full t = { 0 };
        struct form_state state;
        struct form_view v = { 0 };
        struct ui *u = &r->ui;
        struct ui_link *crumb = arena_array(u->arena, 1, sizeof *crumb);

        TRY(task_full(r->c, r->id[0], &t));
        if (typed != NULL)
                state = *typed;
        else
                form_state_of(r->c, p->fields, p->n, NULL, &state);
        *crumb = (struct ui_link){ str_fmt(u->arena, "%.*s. %.*s", FMT(t.task.no), FMT(t.task.title)),
                                   web_href(r, "/tasks/%lld", (long long)t.task.id) };
        u->title = tmpl_tr(u, p->title);
        u->active = NAV_TASKS;
        u->as_of_fixed = true;
        v.head = (struct ui_head){ .crumbs = { crumb, 1 }, .title = u->title };
        v.state = &state;
        v.verb = tmpl_tr(u, p->verb);
        v.version = t.task.version;
        v.action = str_fmt(u->arena, "/tasks/%lld/%.*s", (long long)t.task.id, FMT(p->action));
        v.cancel = crumb->href;
        v.facts = task_as_it_stands(r, &t);
        tpl_form_page(r->o, u, &v);
        return DD_OK;
}

static enum dd_err
again(struct web_req *r, const struct edit_page *p, enum dd_err e)
{
        struct form_state typed;

        if ((e != DD_EINVAL && e != DD_ECONFLICT) || r->want == OUT_JSON)
                return e;
        web_typed(r, e, p->fields, p->n, &typed);
        return show(r, p, &typed);
}

enum dd_err
page_correct_form(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show(r, &correct_page, NULL);
}

enum dd_err
page_correct(struct dd_ctx *c, struct web_req *r)
{
        struct correct_form f = { .what = FORM_NO_CHOICE, .day = DD_NO_DAY };
        int64_t event = 0;
        enum dd_err e = form_read(c, correct_fields, ARRAY_LEN(correct_fields), r->http, &f);

        if (e == DD_OK)
                e = task_correct(c,
                                 &(struct task_correct_in){ .task_id = r->id[0],
                                                            .version = form_version(r->http),
                                                            .what = (enum task_correction)f.what,
                                                            .value = f.value,
                                                            .reason = f.reason,
                                                            .day = f.day != DD_NO_DAY ? f.day : c->today },
                                 &event);
        if (e != DD_OK)
                return again(r, &correct_page, e);
        return web_done_id(r, event, "corrected", "/tasks/%lld", (long long)r->id[0]);
}

static enum dd_err
decide(struct web_req *r, const struct edit_page *p, enum task_decision what, const char *notice)
{
        struct decide_form f = { .doc_day = DD_NO_DAY };
        struct dd_ctx *c = r->c;
        int64_t event = 0;
        enum dd_err e = form_read(c, p->fields, p->n, r->http, &f);

        if (e == DD_OK)
                e = task_decide(c,
                                &(struct task_decide_in){ .task_id = r->id[0],
                                                          .version = form_version(r->http),
                                                          .what = what,
                                                          .doc_number = f.doc_number,
                                                          .reason = f.reason,
                                                          .doc_day = f.doc_day,
                                                          .day = c->today },
                                &event);
        if (e != DD_OK)
                return again(r, p, e);
        return web_done_id(r, event, notice, "/tasks/%lld", (long long)r->id[0]);
}

enum dd_err
page_suspend_form(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show(r, &suspend_page, NULL);
}

enum dd_err
page_suspend(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return decide(r, &suspend_page, DECIDE_SUSPEND, "suspended");
}

enum dd_err
page_resume_form(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show(r, &resume_page, NULL);
}

enum dd_err
page_resume(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return decide(r, &resume_page, DECIDE_RESUME, "resumed");
}

enum dd_err
page_discontinue_form(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show(r, &discontinue_page, NULL);
}

enum dd_err
page_discontinue(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return decide(r, &discontinue_page, DECIDE_DISCONTINUE, "discontinued");
}

static enum dd_err
show_add(struct web_req *r, const struct form_state *typed)
{
        struct plan_full p = { 0 };
        struct form_state state;
        struct form_view v = { .pick = "group_id" };
        struct ui *u = &r->ui;
        struct ui_link *crumb = arena_array(u->arena, 1, sizeof *crumb);

        TRY(plan_full(r->c, r->id[0], &p));
        struct ui_option *o = arena_array(u->arena, p.groups.n + 1, sizeof *o);
        for (size_t i = 0; i < p.groups.n; i++)
                o[i] = (struct ui_option){ str_fmt(u->arena, "%lld", (long long)p.groups.v[i].id),
                                           str_fmt(u->arena, "%.*s. %.*s", FMT(p.groups.v[i].no),
                                                   FMT(p.groups.v[i].title)) };
        v.picks = (struct ui_options){ o, p.groups.n };
        if (typed != NULL)
                state = *typed;
        else
                form_state_of(r->c, add_fields, ARRAY_LEN(add_fields), NULL, &state);
        *crumb = (struct ui_link){ TF(u, "Kế hoạch {}", TMPL_ARG(p.plan.number)),
                                   web_href(r, "/plans/%lld", (long long)p.plan.id) };
        u->title = T(u, "Thêm nhiệm vụ");
        u->active = NAV_TASKS;
        u->as_of_fixed = true;
        v.head = (struct ui_head){ .crumbs = { crumb, 1 }, .title = u->title };
        v.state = &state;
        v.verb = T(u, "Thêm nhiệm vụ");
        v.action = str_fmt(u->arena, "/plans/%lld/add", (long long)p.plan.id);
        v.cancel = crumb->href;
        tpl_form_page(r->o, u, &v);
        return DD_OK;
}

enum dd_err
page_task_add_form(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show_add(r, NULL);
}

enum dd_err
page_task_add(struct dd_ctx *c, struct web_req *r)
{
        struct add_form f = { 0 };
        int64_t id = 0;
        enum dd_err e = form_read(c, add_fields, ARRAY_LEN(add_fields), r->http, &f);

        if (e == DD_OK)
                e = task_add(c,
                             &(struct task_by_hand){ .plan_id = r->id[0],
                                                     .group_id = f.group_id,
                                                     .title = f.title,
                                                     .lead = f.lead,
                                                     .coordinating = f.coordinating.p != NULL ? f.coordinating : S(""),
                                                     .output = f.output,
                                                     .deadline_text = f.deadline_text,
                                                     .day = c->today },
                             &id);
        if (e == DD_OK)
                return web_done_id(r, id, "added", "/tasks/%lld", (long long)id);
        if (e != DD_EINVAL || r->want == OUT_JSON)
                return e;
        struct form_state typed;
        form_state_typed(c, add_fields, ARRAY_LEN(add_fields), r->http, &typed);
        dd_ctx_clear_error(c);
        web_status(r, e);
        return show_add(r, &typed);
}

const struct form_table form_correct = FORM_TABLE(correct_fields);
const struct form_table form_decide = FORM_TABLE(decide_fields);
const struct form_table form_discontinue = FORM_TABLE(discontinue_fields);
const struct form_table form_task_add = FORM_TABLE(add_fields);
