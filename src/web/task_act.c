/* Acts on a task: update, receive, hand in, confirm, hand back. Forms by field tables; every act is an event. */
#include "dd_update.h"
#include "task_priv.h"
#include "tmpl_rt.h"
#include "tpl_form.h"

struct act_form {
        int64_t assignment_id;
        int64_t percent;
        struct str note;
        int32_t day;
        struct str doc_number;
        int32_t doc_day;
        const struct http_file *file;
};

static const struct form_field update_fields[] = {
        { .name = "assignment_id",
          .type = FORM_ID,
          .required = true,
          .label = "Phần việc",
          .offset = FORM_AT(struct act_form, assignment_id, int64_t) },
        { .name = "percent",
          .type = FORM_INT,
          .min = 0,
          .max = 100,
          .sometimes = true,
          .label = "Tỷ lệ hoàn thành (%)",
          .offset = FORM_AT(struct act_form, percent, int64_t) },
        { .name = "note",
          .type = FORM_LINES,
          .max = 2000,
          .sometimes = true,
          .label = "Đã làm được gì",
          .hint = "Một, hai câu là đủ; cần ghi ít nhất tỷ lệ, một câu hoặc kèm tệp. Tỷ lệ giảm thì ghi lý do.",
          .offset = FORM_AT(struct act_form, note, struct str) },
        { .name = "day",
          .type = FORM_DAY,
          .label = "Tính đến ngày",
          .hint = "Để trống là hôm nay.",
          .offset = FORM_AT(struct act_form, day, int32_t) },
        { .name = "file",
          .type = FORM_FILE,
          .label = "Tệp minh chứng",
          .hint = "Tối đa 25 MiB. Không gửi tài liệu mật.",
          .offset = FORM_AT(struct act_form, file, const struct http_file *) },
};

static const struct form_field hand_in_fields[] = {
        { .name = "assignment_id",
          .type = FORM_ID,
          .required = true,
          .label = "Phần việc",
          .offset = FORM_AT(struct act_form, assignment_id, int64_t) },
        { .name = "note",
          .type = FORM_LINES,
          .max = 2000,
          .sometimes = true,
          .label = "Kết quả đạt được",
          .hint = "Cần ghi tóm tắt, số văn bản hoặc kèm tệp minh chứng.",
          .offset = FORM_AT(struct act_form, note, struct str) },
        { .name = "doc_number",
          .type = FORM_TEXT,
          .max = 100,
          .label = "Số văn bản kết quả",
          .hint = "Ví dụ: 312/KH-UBND.",
          .offset = FORM_AT(struct act_form, doc_number, struct str) },
        { .name = "doc_day",
          .type = FORM_DAY,
          .label = "Ngày văn bản",
          .hint = "Đúng hạn hay không tính theo ngày này.",
          .offset = FORM_AT(struct act_form, doc_day, int32_t) },
        { .name = "file",
          .type = FORM_FILE,
          .label = "Tệp minh chứng",
          .hint = "Tối đa 25 MiB. Không gửi tài liệu mật.",
          .offset = FORM_AT(struct act_form, file, const struct http_file *) },
};

static const struct form_field confirm_fields[] = {
        { .name = "assignment_id",
          .type = FORM_ID,
          .required = true,
          .label = "Phần việc",
          .offset = FORM_AT(struct act_form, assignment_id, int64_t) },
        { .name = "note",
          .type = FORM_LINES,
          .max = 2000,
          .sometimes = true,
          .label = "Nhận xét",
          .hint = "Bắt buộc khi trả lại: ghi rõ lý do và việc cần làm.",
          .offset = FORM_AT(struct act_form, note, struct str) },
        { .name = "day",
          .type = FORM_DAY,
          .label = "Ngày xác nhận",
          .hint = "Để trống là hôm nay.",
          .offset = FORM_AT(struct act_form, day, int32_t) },
};

struct act_page {
        const struct form_field *fields;
        size_t n;
        struct str title, verb, action; /* action: last part of the address */
        struct str verb2, action2;
        int64_t life_min, life_max; /* which assignments may be chosen */
        bool upload;
};

static const struct act_page update_page = { update_fields,
                                             ARRAY_LEN(update_fields),
                                             S("Cập nhật tiến độ"),
                                             S("Ghi nhận"),
                                             S("update"),
                                             STR_NONE,
                                             STR_NONE,
                                             0,
                                             LIFE_SUSPENDED,
                                             true };
static const struct act_page hand_in_page = { hand_in_fields,   ARRAY_LEN(hand_in_fields),
                                              S("Nộp kết quả"), S("Nộp kết quả"),
                                              S("hand-in"),     STR_NONE,
                                              STR_NONE,         0,
                                              LIFE_SUSPENDED,   true };
static const struct act_page confirm_page = { confirm_fields,        ARRAY_LEN(confirm_fields),
                                              S("Xác nhận kết quả"), S("Xác nhận hoàn thành"),
                                              S("confirm"),          S("Trả lại"),
                                              S("hand-back"),        LIFE_HANDED_IN,
                                              LIFE_HANDED_IN,        false };

/* The lead assignments this person may act on. */
static struct ui_options
choices(struct web_req *r, const struct act_page *p, const struct task_full *t)
{
        struct ui_option *o = arena_array(r->c->arena, t->assignments.n + 1, sizeof *o);
        const struct dd_user *who = r->c->user;
        size_t n = 0;

        for (size_t i = 0; i < t->assignments.n; i++) {
                const struct q_assignment_row *a = &t->assignments.v[i];

                for (size_t k = 0; k < t->spans.n; k++) {
                        const struct q_span_row *s = &t->spans.v[k];

                        if (s->assignment_id != a->id || s->lifecycle < p->life_min || s->lifecycle > p->life_max ||
                            (who->role == ROLE_OFFICER && who->agency_id != a->agency_id))
                                continue;
                        o[n++] = (struct ui_option){ str_fmt(r->c->arena, "%lld", (long long)a->id),
                                                     a->scope.n > 0 ? str_fmt(r->c->arena, "%.*s (%.*s)",
                                                                              FMT(a->agency_name), FMT(a->scope))
                                                                    : a->agency_name };
                }
        }
        return (struct ui_options){ o, n };
}

/* The last result of every part that waits to be confirmed. */
static struct ui_events
handed_in(struct web_req *r, const struct task_full *t)
{
        struct ui_event *out = arena_array(r->c->arena, t->spans.n + 1, sizeof *out);
        size_t n = 0;

        for (size_t i = 0; i < t->spans.n; i++) {
                const struct q_span_row *s = &t->spans.v[i];

                if (s->assignment_id != 0 && s->lifecycle == LIFE_HANDED_IN)
                        n += task_event_last(r, t, S("handed_in"), s->assignment_id, &out[n]);
        }
        return (struct ui_events){ out, n };
}

/* What a result is measured by: its deadline, whether it came in time, what was to come out. */
static struct ui_params
promised(struct web_req *r, const struct task_full *t)
{
        struct ui *u = &r->ui;
        struct ui_param *v = arena_array(u->arena, 2 + t->spans.n, sizeof *v);
        struct str due, note;
        size_t n = 0;

        task_due_words(r, t, &due, &note);
        v[n++] = (struct ui_param){ T(u, "Thời hạn"),
                                    note.n > 0 ? str_fmt(u->arena, "%.*s · %.*s", FMT(due), FMT(note)) : due };
        for (size_t i = 0; i < t->spans.n; i++) {
                const struct q_span_row *s = &t->spans.v[i];

                if (s->assignment_id == 0 || s->lifecycle != LIFE_HANDED_IN)
                        continue;
                v[n++] =
                    (struct ui_param){ TF(u, "Kết quả của {}", TMPL_ARG(s->leads)),
                                       s->due == DD_NO_DAY || s->done_day == DD_NO_DAY ? T(u, "không có thời hạn để so")
                                       : s->done_day <= s->due
                                           ? TF(u, "ngày {}, đúng hạn", tmpl_arg_day(s->done_day))
                                           : TF(u, "ngày {}, muộn {} ngày", tmpl_arg_day(s->done_day),
                                                tmpl_arg_i64(s->done_day - s->due)) };
        }
        v[n++] = (struct ui_param){ T(u, "Sản phẩm phải có"),
                                    t->task.output.n > 0 ? t->task.output : T(u, "kế hoạch không nêu") };
        return (struct ui_params){ v, n };
}

/* How far the parts are that this person may tell of, and what was told of them last. */
static struct ui_params
told_so_far(struct web_req *r, const struct act_page *p, const struct task_full *t)
{
        struct ui *u = &r->ui;
        struct ui_param *v = arena_array(u->arena, t->spans.n + 1, sizeof *v);
        const struct dd_user *who = r->c->user;
        size_t n = 0;

        for (size_t i = 0; i < t->spans.n; i++) {
                const struct q_span_row *s = &t->spans.v[i];
                struct ui_event last;

                if (s->assignment_id == 0 || s->lifecycle < p->life_min || s->lifecycle > p->life_max ||
                    (who->role == ROLE_OFFICER && who->agency_id != s->agency_id))
                        continue;
                bool told = task_event_last(r, t, S("updated"), s->assignment_id, &last);
                v[n++] = (struct ui_param){
                        s->leads, told ? TF(u, "{} %; cập nhật cuối ngày {}: {}", tmpl_arg_i64(s->percent),
                                            tmpl_arg_day(last.day), TMPL_ARG(last.text.n > 0 ? last.text : last.title))
                                       : TF(u, "{} %; chưa cập nhật lần nào", tmpl_arg_i64(s->percent))
                };
        }
        return (struct ui_params){ v, n };
}

static enum dd_err
show(struct web_req *r, const struct act_page *p, const struct form_state *typed)
{
        struct task_full t = { 0 };
        struct form_state state;
        struct form_view v = { .verb = p->verb, .verb2 = p->verb2, .upload = p->upload, .pick = "assignment_id" };
        struct ui *u = &r->ui;
        struct ui_link *crumb = arena_array(u->arena, 1, sizeof *crumb);

        web_now(r);
        TRY(task_full(r->c, r->id[0], &t));
        v.picks = choices(r, p, &t);
        if (typed != NULL) {
                state = *typed;
        } else {
                struct act_form empty = { .percent = FORM_NO_INT, .day = DD_NO_DAY, .doc_day = DD_NO_DAY };

                if (v.picks.n == 1)
                        (void)str_to_i64(v.picks.v[0].value, &empty.assignment_id);
                form_state_of(r->c, p->fields, p->n, &empty, &state);
        }
        *crumb = (struct ui_link){ str_fmt(u->arena, "%.*s. %.*s", FMT(t.task.no), FMT(t.task.title)),
                                   web_href(r, "/tasks/%lld", (long long)t.task.id) };
        u->title = tmpl_tr(u, p->title);
        u->active = NAV_TASKS;
        u->as_of_fixed = true;
        v.head = (struct ui_head){ .crumbs = { crumb, 1 }, .title = u->title };
        v.state = &state;
        v.verb = tmpl_tr(u, p->verb);
        v.verb2 = p->verb2.n > 0 ? tmpl_tr(u, p->verb2) : STR_NONE;
        v.action = web_href(r, "/tasks/%lld/%.*s", (long long)t.task.id, FMT(p->action));
        v.action2 = web_href(r, "/tasks/%lld/%.*s", (long long)t.task.id, FMT(p->action2));
        v.cancel = crumb->href;
        for (size_t i = 0; i < t.events.n; i++)
                if (t.events.v[i].id > v.version)
                        v.version = t.events.v[i].id;
        if (p->life_min == LIFE_HANDED_IN) {
                v.events = handed_in(r, &t);
                v.facts = promised(r, &t);
        } else {
                v.facts = told_so_far(r, p, &t);
        }
        if (v.picks.n == 0) {
                v.closed = typed == NULL;
                v.note = T(u, "Lúc này không có phần việc nào của anh/chị ở bước này; có thể đã nộp, đã xác nhận hoặc "
                              "do cơ quan khác chủ trì.");
        }
        tpl_form_page(r->o, u, &v);
        return DD_OK;
}

typedef enum dd_err (*act_fn)(struct dd_ctx *, const struct update_in *, int64_t *);

struct acting {
        act_fn fn;
        struct update_in in;
        int64_t event;
};

static enum dd_err
write_act(struct dd_ctx *c, void *arg)
{
        struct acting *t = arg;

        return t->fn(c, &t->in, &t->event);
}

/* Where a file may come along, it is looked at first, outside the writer; ret_refused: not a byte of it was kept. */
static enum dd_err
do_act(struct web_req *r, const struct act_form *f, struct acting *t, bool *ret_refused)
{
        struct dd_ctx *c = r->c;

        t->in = (struct update_in){ .assignment_id = f->assignment_id,
                                    .task_id = r->id[0],
                                    .day = f->day,
                                    .note = f->note,
                                    .doc_number = f->doc_number,
                                    .doc_day = f->doc_day,
                                    .seen = form_version(r->http) };
        if (f->percent != FORM_NO_INT)
                t->in.percent = (struct dd_opt){ f->percent, true };
        if (f->file != NULL && f->file->bytes.n > 0) {
                *ret_refused = true;
                TRY(r->web->check_file(r->web->read_arg, c, f->file));
                *ret_refused = false;
                t->in.file = (struct evidence){ f->file->name, f->file->type, f->file->bytes };
        }
        return r->route->kind == WEB_WORK ? dd_write(c, write_act, t) : write_act(c, t);
}

/* The act, and the form again with what was typed when it was refused. */
static enum dd_err
act(struct web_req *r, const struct act_page *p, act_fn fn, const char *notice)
{
        struct act_form f = { .percent = FORM_NO_INT, .day = DD_NO_DAY, .doc_day = DD_NO_DAY };
        struct dd_ctx *c = r->c;
        struct acting t = { .fn = fn };
        bool refused = false;
        enum dd_err e = form_read(c, p->fields, p->n, r->http, &f);

        if (e == DD_OK)
                e = do_act(r, &f, &t, &refused);
        if (e == DD_OK) {
                web_shows_from(r, f.day != DD_NO_DAY ? f.day : c->today);
                return web_done_id(r, t.event, notice, "/tasks/%lld", (long long)r->id[0]);
        }
        if ((e != DD_EINVAL && e != DD_ECONFLICT && !refused) || r->want == OUT_JSON)
                return e;
        struct form_state typed;
        web_typed(r, e, p->fields, p->n, &typed);
        return show(r, p, &typed);
}

enum dd_err
page_update_form(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show(r, &update_page, NULL);
}

enum dd_err
page_update(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return act(r, &update_page, update_add, "updated");
}

enum dd_err
page_hand_in_form(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show(r, &hand_in_page, NULL);
}

enum dd_err
page_hand_in(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return act(r, &hand_in_page, result_hand_in, "handed-in");
}

enum dd_err
page_confirm_form(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show(r, &confirm_page, NULL);
}

enum dd_err
page_confirm(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return act(r, &confirm_page, result_confirm, "confirmed");
}

enum dd_err
page_hand_back(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return act(r, &confirm_page, result_hand_back, "handed-back");
}

/* One press for the officer: every lead assignment of the own agency that nobody took note of yet. */
enum dd_err
page_receive(struct dd_ctx *c, struct web_req *r)
{
        struct task_full t = { 0 };
        int64_t event = 0;

        TRY(task_full(c, r->id[0], &t));
        for (size_t i = 0; i < t.spans.n; i++) {
                const struct q_span_row *s = &t.spans.v[i];

                if (s->assignment_id == 0 || s->agency_id != c->user->agency_id || s->lifecycle != LIFE_ASSIGNED)
                        continue;
                TRY(update_receive(c, s->assignment_id, c->today, &event));
                web_shows_from(r, c->today);
                return web_done_id(r, event, "received", "/tasks/%lld", (long long)r->id[0]);
        }
        return dd_fail(c, DD_ECONFLICT, "Không còn phần việc nào của cơ quan anh/chị chờ tiếp nhận ở nhiệm vụ này.");
}

const struct form_table form_update = FORM_TABLE(update_fields);
const struct form_table form_hand_in = FORM_TABLE(hand_in_fields);
const struct form_table form_confirm = FORM_TABLE(confirm_fields);
