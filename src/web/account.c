/* Accounts of the committee. */
#include "dd_account.h"
#include "dd_account_view.h"
#include "dd_agency.h"
#include "dd_task_view.h"
#include "table_priv.h"
#include "tmpl_rt.h"
#include "tpl_account.h"
#include "tpl_form.h"

struct account_form {
        struct str login, post;
        int32_t role;
        int64_t agency_id;
};

static const struct form_choice role_choices[] = {
        { "standing", "Cơ quan thường trực", ROLE_STANDING },
        { "officer", "Cán bộ đầu mối của một cơ quan", ROLE_OFFICER },
        { "head", "Lãnh đạo Ban Chỉ đạo", ROLE_HEAD },
        { "auditor", "Thanh tra, kiểm tra", ROLE_AUDITOR },
        { "admin", "Quản trị", ROLE_ADMIN },
        { NULL, NULL, 0 },
};

static const struct form_field account_fields[] = {
        { .name = "login",
          .type = FORM_TEXT,
          .required = true,
          .max = 60,
          .label = "Tên đăng nhập",
          .hint = "Chữ không dấu, số và các dấu . - _",
          .offset = FORM_AT(struct account_form, login, struct str) },
        { .name = "post",
          .type = FORM_TEXT,
          .required = true,
          .max = 200,
          .label = "Chức vụ",
          .hint = "Ví dụ: Cán bộ đầu mối Sở Tài chính.",
          .offset = FORM_AT(struct account_form, post, struct str) },
        { .name = "role",
          .type = FORM_CHOICE,
          .required = true,
          .label = "Vai trò",
          .choices = role_choices,
          .offset = FORM_AT(struct account_form, role, int32_t) },
        { .name = "agency_id",
          .type = FORM_ID,
          .sometimes = true,
          .label = "Cơ quan",
          .hint = "Bắt buộc với cán bộ đầu mối.",
          .offset = FORM_AT(struct account_form, agency_id, int64_t) },
};

static enum dd_err
list_json(struct web_req *r, const struct q_account_rows *rows)
{
        struct json_w w;

        web_json_start(r, &w);
        json_key(&w, "accounts");
        json_arr(&w);
        for (size_t i = 0; i < rows->n; i++) {
                json_obj(&w);
                json_ki64(&w, "id", rows->v[i].id);
                json_kstr(&w, "login", rows->v[i].login);
                json_kstr(&w, "post", rows->v[i].post);
                json_kstr(&w, "role", rows->v[i].role);
                json_kstr(&w, "state", rows->v[i].state);
                json_kstr(&w, "agency", rows->v[i].agency_name);
                json_ki64(&w, "version", rows->v[i].version);
                json_end(&w);
        }
        json_end(&w);
        json_end(&w);
        return DD_OK;
}

struct account_rows {
        struct web_req *r;
        const struct q_account_rows *rows;
};

static struct str
seen_words(struct web_req *r, const struct q_account_row *a)
{
        if (a->last_seen.has)
                return instant_text(r->c->arena, a->last_seen.v);
        return a->has_password ? STR_NONE : T(&r->ui, "chưa vào lần nào");
}

static void
fill_account(void *arg, size_t i, struct grid_cell *cells)
{
        struct account_rows *t = arg;
        const struct q_account_row *a = &t->rows->v[i];
        struct ui *u = &t->r->ui;

        cells[0] = grid_text(a->post);
        cells[1] = grid_text(a->login);
        cells[2] = grid_text(tmpl_tr(u, str_of(role_label(role_of(a->role)))));
        cells[3] = grid_text(a->agency_name);
        cells[4] = grid_text(seen_words(t->r, a));
        cells[5] = grid_text(str_eq(a->state, S("active")) ? T(u, "đang dùng") : T(u, "đã khóa"));
}

static enum dd_err
list_file(struct web_req *r, const struct q_account_rows *rows)
{
        struct ui *u = &r->ui;
        struct account_rows t = { r, rows };
        struct grid_col cols[] = { { .title = T(u, "Chức vụ"), .width = 40 }, { .title = T(u, "Tên đăng nhập") },
                                   { .title = T(u, "Vai trò"), .width = 28 }, { .title = T(u, "Cơ quan"), .width = 40 },
                                   { .title = T(u, "Vào lần cuối") },         { .title = T(u, "Trạng thái") } };

        return web_grid(r, &(struct web_grid){ .name = T(u, "Tài khoản"),
                                               .title = T(u, "Tài khoản"),
                                               .cols = cols,
                                               .n_cols = ARRAY_LEN(cols),
                                               .n_rows = rows->n,
                                               .fill = fill_account,
                                               .arg = &t });
}

static enum dd_err
show_list(struct web_req *r, struct str link, int64_t link_for)
{
        struct q_account_rows rows;
        struct account_list_view v = { .link = link };
        struct ui *u = &r->ui;

        TRY(account_list(r->c, &rows));
        if (r->want == OUT_JSON)
                return list_json(r, &rows);
        if (r->want != OUT_HTML)
                return list_file(r, &rows);
        struct account_line *l = arena_array(u->arena, rows.n + 1, sizeof *l);
        for (size_t i = 0; i < rows.n; i++) {
                const struct q_account_row *a = &rows.v[i];
                bool active = str_eq(a->state, S("active"));

                if (a->id == link_for)
                        v.link_for = str_fmt(u->arena, "%.*s (%.*s)", FMT(a->post), FMT(a->login));
                l[i] = (struct account_line){
                        .login = a->login,
                        .post = a->post,
                        .agency = a->agency_name,
                        .role = tmpl_tr(u, str_of(role_label(role_of(a->role)))),
                        .active = active,
                        .self = a->id == r->c->user->id,
                        .version = a->version,
                        .seen = seen_words(r, a),
                        .state_href = web_href(r, "/accounts/%lld/state", (long long)a->id),
                        .link_href = web_href(r, "/accounts/%lld/link", (long long)a->id),
                };
        }
        v.rows.v = l;
        v.rows.n = rows.n;
        struct ui_action *acts = arena_array(u->arena, 1, sizeof *acts);
        acts[0] = (struct ui_action){ T(u, "Thêm tài khoản"), web_href(r, "/accounts/new"), true };
        u->title = T(u, "Tài khoản");
        u->active = NAV_ACCOUNTS;
        u->as_of_fixed = true;
        v.head = (struct ui_head){ .title = u->title,
                                   .facts = T(u, "Mỗi người một tài khoản, gọi theo chức vụ; mật khẩu do người đó tự "
                                                 "đặt qua liên kết dùng một lần."),
                                   .actions = { acts, 1 } };
        if ((r->route->outs & OUT_CSV) != 0)
                web_table_files(r, &v.head);
        tpl_account_list(r->o, u, &v);
        return DD_OK;
}

enum dd_err
page_account_list(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show_list(r, STR_NONE, 0);
}

static enum dd_err
show_form(struct web_req *r, const struct form_state *typed)
{
        struct ui *u = &r->ui;
        struct q_agency_rows agencies;
        struct form_state state;
        struct form_view v = { .pick = "agency_id",
                               .verb = T(u, "Thêm tài khoản"),
                               .action = web_href(r, "/accounts/new"),
                               .cancel = web_href(r, "/accounts") };

        TRY(agency_list(r->c, &agencies));
        struct ui_option *o = arena_array(u->arena, agencies.n + 1, sizeof *o);
        for (size_t i = 0; i < agencies.n; i++)
                if (!str_eq(agencies.v[i].kind, S("group")))
                        o[v.picks.n++] = (struct ui_option){ str_fmt(u->arena, "%lld", (long long)agencies.v[i].id),
                                                             agencies.v[i].name };
        v.picks.v = o;
        if (typed != NULL) {
                state = *typed;
        } else {
                form_state_of(r->c, account_fields, ARRAY_LEN(account_fields), NULL, &state);
        }
        u->title = T(u, "Thêm tài khoản");
        u->active = NAV_ACCOUNTS;
        u->as_of_fixed = true;
        v.head = (struct ui_head){ .title = u->title };
        v.state = &state;
        tpl_form_page(r->o, u, &v);
        return DD_OK;
}

enum dd_err
page_account_form(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show_form(r, NULL);
}

/* The link is shown once, on this answer: only its hash is stored. */
static enum dd_err
show_new_link(struct web_req *r, int64_t account)
{
        struct str token;

        TRY(link_create(r->c, account, false, &token));
        struct str link = str_fmt(r->c->arena, "%.*s/link/%.*s", FMT(r->http->origin), FMT(token));
        if (r->want == OUT_JSON) {
                struct json_w w;

                web_json_start(r, &w);
                json_kstr(&w, "link", link);
                json_end(&w);
                return DD_OK;
        }
        return show_list(r, link, account);
}

enum dd_err
page_account_link(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show_new_link(r, r->id[0]);
}

enum dd_err
page_account_new(struct dd_ctx *c, struct web_req *r)
{
        struct account_form f = { .role = FORM_NO_CHOICE };
        struct form_state typed;
        int64_t id = 0;
        enum dd_err e = form_read(c, account_fields, ARRAY_LEN(account_fields), r->http, &f);

        if (e == DD_OK)
                e = account_create(c, &(struct account_in){ f.login, f.post, f.post, (enum role)f.role, f.agency_id },
                                   &id);
        if (e == DD_OK && r->want == OUT_JSON)
                return web_done_id(r, id, "account", "/accounts");
        if (e == DD_OK) /* what the new person needs next */
                return show_new_link(r, id);
        if (e != DD_EINVAL || r->want == OUT_JSON)
                return e;
        form_state_typed(c, account_fields, ARRAY_LEN(account_fields), r->http, &typed);
        dd_ctx_clear_error(c);
        web_status(r, e);
        return show_form(r, &typed);
}

struct state_form {
        int32_t state;
};
static const struct form_choice state_choices[] = { { "active", "Đang dùng", 1 },
                                                    { "disabled", "Đã khóa", 0 },
                                                    { NULL, NULL, 0 } };
static const struct form_field state_fields[] = {
        { .name = "state",
          .type = FORM_CHOICE,
          .required = true,
          .label = "Trạng thái",
          .choices = state_choices,
          .offset = FORM_AT(struct state_form, state, int32_t) },
};

enum dd_err
page_account_state(struct dd_ctx *c, struct web_req *r)
{
        struct state_form f = { 0 };

        TRY(form_read(c, state_fields, ARRAY_LEN(state_fields), r->http, &f));
        TRY(account_set_state(c, r->id[0], form_version(r->http), f.state == 1));
        return web_done(r, "account", "/accounts");
}

const struct form_table form_account = FORM_TABLE(account_fields);
const struct form_table form_account_state = FORM_TABLE(state_fields);
