/* Signing in and out, one-time links, language. */
#include "dd_account.h"
#include "dd_cookie.h"
#include "dd_task_view.h"
#include "page_priv.h"
#include "tmpl_rt.h"
#include "tpl_error.h"
#include "tpl_form.h"

struct signin_in {
        struct str login, password, next;
};

static const struct form_field signin_fields[] = {
        { .name = "login",
          .type = FORM_TEXT,
          .required = true,
          .max = 60,
          .label = "Tên đăng nhập",
          .offset = FORM_AT(struct signin_in, login, struct str) },
        { .name = "password",
          .type = FORM_SECRET,
          .required = true,
          .max = 256,
          .label = "Mật khẩu",
          .offset = FORM_AT(struct signin_in, password, struct str) },
        { .name = "next",
          .type = FORM_HIDDEN,
          .max = 500,
          .label = "Trang tiếp theo",
          .offset = FORM_AT(struct signin_in, next, struct str) },
};

static enum dd_err
show_signin(struct web_req *r, const struct form_state *typed)
{
        struct ui *u = &r->ui;
        struct form_state state;
        struct signin_in empty = { .next = web_q(r, "next") };
        struct form_view v = { .verb = T(u, "Đăng nhập"),
                               .action = S("/sign-in"),
                               .fault = T(u, "Chưa đăng nhập được") };

        if (typed != NULL)
                state = *typed;
        else
                form_state_of(r->c, signin_fields, ARRAY_LEN(signin_fields), &empty, &state);
        u->frame = FRAME_PLAIN;
        u->as_of_fixed = true;
        u->title = T(u, "Đăng nhập");
        v.head = (struct ui_head){ .title = u->title,
                                   .facts = T(
                                       u, "Lần đầu vào: mở liên kết dùng một lần mà quản trị gửi cho anh/chị. Quên mật "
                                          "khẩu: xin quản trị cấp liên kết mới.") };
        v.state = &state;
        tpl_form_page(r->o, u, &v);
        return DD_OK;
}

enum dd_err
page_signin_form(struct dd_ctx *c, struct web_req *r)
{
        if (c->user != NULL) {
                http_redirect(r->http, S("/"));
                r->answered = true;
                return DD_OK;
        }
        return show_signin(r, NULL);
}

/* The session cookie, and the way on. The next page is a path of ours or the home page (http_redirect sees to it). */
static enum dd_err
enter(struct web_req *r, struct str session, struct str next)
{
        cookie_set(r->http, "dd", session, 0);
        http_redirect(r->http, next.n > 0 ? next : S("/"));
        r->answered = true;
        return DD_OK;
}

enum dd_err
page_signin(struct dd_ctx *c, struct web_req *r)
{
        struct signin_in in = { 0 };
        struct form_state typed;
        struct str session;
        enum dd_err e = form_read(c, signin_fields, ARRAY_LEN(signin_fields), r->http, &in);

        if (e == DD_OK)
                e = signin(c, in.login, in.password, r->http->peer, &session);
        if (e == DD_OK)
                return enter(r, session, in.next);
        if (e != DD_EINVAL && e != DD_EAUTH && e != DD_ELIMIT)
                return e;
        web_typed(r, e, signin_fields, ARRAY_LEN(signin_fields), &typed);
        return show_signin(r, &typed);
}

struct link_in {
        struct str password;
};

static const struct form_field link_fields[] = {
        { .name = "new_password",
          .type = FORM_SECRET,
          .required = true,
          .max = 256,
          .label = "Chọn mật khẩu",
          .hint = "Ít nhất 10 ký tự; một câu ngắn dễ nhớ là tốt nhất.",
          .offset = FORM_AT(struct link_in, password, struct str) },
};

/* Whose link is used, has run out or never was: says so, and where to sign in. */
static enum dd_err
dead_link(struct web_req *r, enum dd_err e)
{
        struct ui *u = &r->ui;

        if (e != DD_ENOTFOUND)
                return e;
        struct str text = r->c->err_text;
        dd_ctx_clear_error(r->c);
        web_status(r, e);
        u->frame = FRAME_PLAIN;
        u->as_of_fixed = true;
        u->title = T(u, "Liên kết không còn dùng được");
        tpl_error(r->o, u, text, (struct ui_link){ STR_NONE, STR_NONE });
        return DD_OK;
}

static enum dd_err
show_link(struct web_req *r, const struct form_state *typed)
{
        struct ui *u = &r->ui;
        struct q_link_row link;
        struct form_state state;
        struct form_view v = { .verb = T(u, "Vào làm việc") };

        enum dd_err e = link_look(r->c, r->token, &link);

        if (e != DD_OK)
                return dead_link(r, e);
        bool invite = str_eq(link.purpose, S("invite"));
        if (typed != NULL)
                state = *typed;
        else
                form_state_of(r->c, link_fields, invite ? ARRAY_LEN(link_fields) : 0, NULL, &state);
        u->frame = FRAME_PLAIN;
        u->as_of_fixed = true;
        u->title = T(u, "Liên kết đăng nhập");
        v.head = (struct ui_head){ .title = link.post,
                                   .facts = TF(u, "Tên đăng nhập: {}. Liên kết này chỉ dùng được một lần.",
                                               TMPL_ARG(link.login)) };
        v.state = &state;
        v.action = str_fmt(u->arena, "/link/%.*s", FMT(r->token));
        tpl_form_page(r->o, u, &v);
        return DD_OK;
}

enum dd_err
page_link_form(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show_link(r, NULL);
}

enum dd_err
page_link_use(struct dd_ctx *c, struct web_req *r)
{
        struct link_in in = { 0 };
        struct q_link_row link;
        struct str session;
        enum dd_err e = link_look(c, r->token, &link);

        if (e != DD_OK)
                return dead_link(r, e);
        bool invite = str_eq(link.purpose, S("invite"));
        if (invite)
                e = form_read(c, link_fields, ARRAY_LEN(link_fields), r->http, &in);
        if (e == DD_OK)
                e = link_redeem(c, r->token, in.password, &session);
        if (e == DD_OK)
                return enter(r, session, S("/"));
        if (e != DD_EINVAL || !invite)
                return e;
        struct form_state typed;
        web_typed(r, e, link_fields, ARRAY_LEN(link_fields), &typed);
        return show_link(r, &typed);
}

struct password_in {
        struct str old, new, again;
};

static const struct form_field password_fields[] = {
        { .name = "old_password",
          .type = FORM_SECRET,
          .required = true,
          .max = 256,
          .label = "Mật khẩu hiện nay",
          .offset = FORM_AT(struct password_in, old, struct str) },
        { .name = "new_password",
          .type = FORM_SECRET,
          .required = true,
          .max = 256,
          .label = "Mật khẩu mới",
          .hint = "Ít nhất 10 ký tự; một câu ngắn dễ nhớ là tốt nhất.",
          .offset = FORM_AT(struct password_in, new, struct str) },
        { .name = "new_again",
          .type = FORM_SECRET,
          .required = true,
          .max = 256,
          .label = "Nhập lại mật khẩu mới",
          .offset = FORM_AT(struct password_in, again, struct str) },
};

static enum dd_err
show_password(struct web_req *r, const struct form_state *typed)
{
        struct ui *u = &r->ui;
        struct form_state state;
        struct form_view v = { .verb = T(u, "Đổi mật khẩu"), .action = S("/password"), .cancel = S("/") };

        if (typed != NULL)
                state = *typed;
        else
                form_state_of(r->c, password_fields, ARRAY_LEN(password_fields), NULL, &state);
        u->as_of_fixed = true;
        u->title = T(u, "Đổi mật khẩu");
        v.head =
            (struct ui_head){ .title = u->title,
                              .facts = TF(u,
                                          "Tên đăng nhập: {}. Đổi xong, các nơi khác đang đăng nhập bằng tài khoản này "
                                          "phải đăng nhập lại. Quên mật khẩu: xin quản trị cấp liên kết mới.",
                                          TMPL_ARG(r->c->user->login)) };
        v.state = &state;
        tpl_form_page(r->o, u, &v);
        return DD_OK;
}

enum dd_err
page_password_form(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show_password(r, NULL);
}

enum dd_err
page_password(struct dd_ctx *c, struct web_req *r)
{
        struct password_in in = { 0 };
        struct form_state typed;
        enum dd_err e = form_read(c, password_fields, ARRAY_LEN(password_fields), r->http, &in);

        if (e == DD_OK && !str_eq(in.new, in.again))
                e = dd_fail_field(c, "new_again", "Hai lần nhập mật khẩu mới không giống nhau.");
        if (e == DD_OK)
                e = password_change(c, in.old, in.new, r->http->peer);
        if (e == DD_OK)
                return web_done(r, "password", "/");
        if (e != DD_EINVAL && e != DD_ELIMIT)
                return e;
        web_typed(r, e, password_fields, ARRAY_LEN(password_fields), &typed);
        return show_password(r, &typed);
}

enum dd_err
page_signout(struct dd_ctx *c, struct web_req *r)
{
        TRY(session_end(c));
        cookie_clear(r->http, "dd");
        http_redirect(r->http, S("/sign-in"));
        r->answered = true;
        return DD_OK;
}

enum dd_err
page_language(struct dd_ctx *c, struct web_req *r)
{
        TRY(session_language(c, !c->english));
        cookie_set(r->http, "lang", c->english ? S("vi") : S("en"), LANG_AGE);
        http_redirect(r->http, ui_to(&r->ui, S("/")));
        r->answered = true;
        return DD_OK;
}

const struct form_table form_signin = FORM_TABLE(signin_fields);
const struct form_table form_link = FORM_TABLE(link_fields);
const struct form_table form_password = FORM_TABLE(password_fields);
