/* What the standing agency does to a task itself: add by hand, correct with a reason, suspend, resume or discontinue by
 * a decision. */
#include "dd_agency.h"
#include "dd_field.h"
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

/* One correction at a time is drawn, each with the control that suits it; all are read by correct_fields. */
struct correct_draw {
        struct str what, value, reason;
        int32_t day;
};
#define DRAW_WHAT                                                                                                      \
        {                                                                                                              \
                .name = "what", .type = FORM_HIDDEN, .label = "Điều chỉnh gì",                                         \
                .offset = FORM_AT(struct correct_draw, what, struct str)                                               \
        }
#define DRAW_REST                                                                                                      \
        { .name = "reason",                                                                                            \
          .type = FORM_LINES,                                                                                          \
          .required = true,                                                                                            \
          .label = "Lý do, văn bản cho phép",                                                                          \
          .offset = FORM_AT(struct correct_draw, reason, struct str) },                                                \
        {                                                                                                              \
                .name = "day", .type = FORM_DAY, .label = "Từ ngày", .hint = "Để trống là hôm nay.",                   \
                .offset = FORM_AT(struct correct_draw, day, int32_t)                                                   \
        }
static const struct form_field draw_due[] = { DRAW_WHAT,
                                              { .name = "value",
                                                .type = FORM_TEXT,
                                                .required = true,
                                                .label = "Thời hạn mới",
                                                .hint = "Ngày hoặc kỳ: 31/10/2023, Quý IV/2023.",
                                                .offset = FORM_AT(struct correct_draw, value, struct str) },
                                              DRAW_REST };
static const struct form_field draw_lead[] = { DRAW_WHAT,
                                               { .name = "value",
                                                 .type = FORM_TEXT,
                                                 .required = true,
                                                 .label = "Cơ quan chủ trì mới",
                                                 .hint = "Chọn trong danh sách hoặc ghi tên; nhiều cơ quan thì cách "
                                                         "nhau bằng dấu chấm phẩy.",
                                                 .offset = FORM_AT(struct correct_draw, value, struct str) },
                                               DRAW_REST };
static const struct form_field draw_title[] = { DRAW_WHAT,
                                                { .name = "value",
                                                  .type = FORM_LINES,
                                                  .required = true,
                                                  .label = "Nội dung mới",
                                                  .offset = FORM_AT(struct correct_draw, value, struct str) },
                                                DRAW_REST };

static const struct edit_page correct_pages[] = {
        [CORRECT_TITLE] = { draw_title, ARRAY_LEN(draw_title), S("Điều chỉnh nội dung"), S("Lưu điều chỉnh"),
                            S("correct") },
        [CORRECT_LEAD] = { draw_lead, ARRAY_LEN(draw_lead), S("Điều chỉnh chủ trì"), S("Lưu điều chỉnh"),
                           S("correct") },
        [CORRECT_DUE] = { draw_due, ARRAY_LEN(draw_due), S("Điều chỉnh thời hạn"), S("Lưu điều chỉnh"), S("correct") },
};
static const struct edit_page discontinue_page = { discontinue_fields, ARRAY_LEN(discontinue_fields),
                                                   S("Không tiếp tục thực hiện"), S("Ghi quyết định"),
                                                   S("discontinue") };
static const struct edit_page suspend_page = { decide_fields, ARRAY_LEN(decide_fields), S("Tạm dừng nhiệm vụ"),
                                               S("Ghi quyết định"), S("suspend") };
static const struct edit_page resume_page = { decide_fields, ARRAY_LEN(decide_fields), S("Cho tiếp tục nhiệm vụ"),
                                              S("Ghi quyết định"), S("resume") };

static struct str
choice_value(int32_t code)
{
        size_t i = 0;

        while (corrections[i].code != code)
                i++;
        return str_of(corrections[i].value);
}

/* Names to choose from: every agency that is one body and still there. */
static enum dd_err
suggest_agencies(struct web_req *r, const char *field, struct form_view *v)
{
        struct q_agency_rows rows;

        TRY(agency_list(r->c, &rows));
        struct ui_option *o = arena_array(r->c->arena, rows.n + 1, sizeof *o);
        size_t n = 0;
        for (size_t i = 0; i < rows.n; i++)
                if (!agency_is_class(rows.v[i].kind, rows.v[i].name) && rows.v[i].valid_to >= r->c->today)
                        o[n++] = (struct ui_option){ rows.v[i].name, rows.v[i].name };
        v->suggest = field;
        v->suggestions = (struct ui_options){ o, n };
        return DD_OK;
}

/* What can be corrected, as tabs; the one that is open. */
static enum dd_err
fill_correct(struct web_req *r, enum task_correction what, struct form_view *v)
{
        struct ui_tab *tab = arena_array(r->c->arena, ARRAY_LEN(corrections), sizeof *tab);
        size_t n = 0;

        for (; corrections[n].value != NULL; n++)
                tab[n] = (struct ui_tab){ tmpl_tr(&r->ui, str_of(corrections[n].label)),
                                          web_href(r, "/tasks/%lld/correct?what=%s", (long long)r->id[0],
                                                   corrections[n].value),
                                          -1, corrections[n].code == (int32_t)what };
        v->tabs = (struct ui_tabs){ tab, n };
        v->tabs_label = T(&r->ui, "Điều chỉnh gì");
        return what == CORRECT_LEAD ? suggest_agencies(r, "value", v) : DD_OK;
}

/* The correction the address or the form asks for; a deadline when it says none. */
static enum task_correction
asked_correction(struct web_req *r)
{
        struct str what = r->http->method == HTTP_GET ? web_q(r, "what") : field_get(&r->http->form, "what");

        for (size_t i = 0; corrections[i].value != NULL; i++)
                if (str_eq(what, str_of(corrections[i].value)))
                        return (enum task_correction)corrections[i].code;
        return CORRECT_DUE;
}

static bool
is_correction(const struct edit_page *p)
{
        return p >= correct_pages && p < correct_pages + ARRAY_LEN(correct_pages);
}

static enum dd_err
show(struct web_req *r, const struct edit_page *p, const struct form_state *typed)
{
        struct task_full t = { 0 };
        struct form_state state;
        struct form_view v = { 0 };
        struct ui *u = &r->ui;
        struct ui_link *crumb = arena_array(u->arena, 1, sizeof *crumb);
        struct correct_draw empty = { .day = DD_NO_DAY };

        web_now(r);
        TRY(task_full(r->c, r->id[0], &t));
        if (is_correction(p)) {
                enum task_correction what = (enum task_correction)(p - correct_pages);

                empty.what = choice_value((int32_t)what);
                if (what == CORRECT_TITLE)
                        empty.value = t.task.title;
                TRY(fill_correct(r, what, &v));
        }
        if (typed != NULL)
                state = *typed;
        else
                form_state_of(r->c, p->fields, p->n, is_correction(p) ? &empty : NULL, &state);
        *crumb = (struct ui_link){ str_fmt(u->arena, "%.*s. %.*s", FMT(t.task.no), FMT(t.task.title)),
                                   web_href(r, "/tasks/%lld", (long long)t.task.id) };
        u->title = tmpl_tr(u, p->title);
        u->active = NAV_TASKS;
        u->as_of_fixed = true;
        v.head = (struct ui_head){ .crumbs = { crumb, 1 }, .title = u->title };
        v.state = &state;
        v.verb = tmpl_tr(u, p->verb);
        v.version = t.task.version;
        v.action = web_href(r, "/tasks/%lld/%.*s", (long long)t.task.id, FMT(p->action));
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
        return show(r, &correct_pages[asked_correction(r)], NULL);
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
                return again(r, &correct_pages[asked_correction(r)], e);
        bool late = f.what == CORRECT_DUE && task_due_of(c, f.value) < c->today;
        web_shows_from(r, f.day != DD_NO_DAY ? f.day : c->today);
        return web_done_id(r, event, late ? "corrected-late" : "corrected", "/tasks/%lld", (long long)r->id[0]);
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
        web_shows_from(r, c->today);
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

        web_now(r);
        TRY(plan_full(r->c, r->id[0], &p));
        struct ui_option *o = arena_array(u->arena, p.groups.n + 1, sizeof *o);
        for (size_t i = 0; i < p.groups.n; i++)
                o[i] = (struct ui_option){ str_fmt(u->arena, "%lld", (long long)p.groups.v[i].id),
                                           str_fmt(u->arena, "%.*s. %.*s", FMT(p.groups.v[i].no),
                                                   FMT(p.groups.v[i].title)) };
        v.picks = (struct ui_options){ o, p.groups.n };
        TRY(suggest_agencies(r, "lead", &v));
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
        v.action = web_href(r, "/plans/%lld/add", (long long)p.plan.id);
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
        if (e == DD_OK) {
                web_shows_from(r, c->today);
                return web_done_id(r, id, "added", "/tasks/%lld", (long long)id);
        }
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
