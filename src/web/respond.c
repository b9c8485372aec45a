/* What every answer has in common: the frame, the day, faults, redirects with a word, files. */
#include "dd_committee.h"
#include "dd_cookie.h"
#include "dd_csrf.h"
#include "dd_date.h"
#include "dd_form.h"
#include "dd_plan.h"
#include "dd_text.h"
#include "page_priv.h"
#include "tmpl_rt.h"
#include "tpl_error.h"
#include "web_priv.h"

/* What a page says once after an action, by the key in "done=". */
static const struct {
        const char *key;
        struct str text;
} notices[] = {
        { "updated", S("Đã ghi nhận tiến độ.") },
        { "received", S("Đã tiếp nhận nhiệm vụ.") },
        { "handed-in", S("Đã nộp kết quả; cơ quan thường trực sẽ xác nhận.") },
        { "withdrawn", S("Đã rút lại; nội dung cũ còn trong diễn biến, không tính nữa.") },
        { "confirmed", S("Đã xác nhận hoàn thành.") },
        { "handed-back", S("Đã trả lại kết quả kèm lý do; thời hạn gốc giữ nguyên.") },
        { "corrected", S("Đã điều chỉnh; nội dung cũ còn trong diễn biến.") },
        { "corrected-late", S("Đã điều chỉnh; thời hạn mới đã qua nên nhiệm vụ quá hạn ngay.") },
        { "suspended", S("Đã ghi quyết định tạm dừng; thời hạn không tính trong thời gian này.") },
        { "resumed", S("Đã ghi quyết định cho tiếp tục; thời hạn lại được tính.") },
        { "discontinued", S("Đã ghi quyết định không tiếp tục.") },
        { "kept", S("Đã chốt báo cáo: số liệu và văn bản được giữ nguyên như lúc này.") },
        { "committee", S("Đã lưu dữ liệu của Ban.") },
        { "units", S("Đã ghi các đơn vị hành chính; văn bản ngày nào được mở theo đơn vị ngày ấy.") },
        { "rule", S("Đã đặt quy định; những ngày trước giữ quy định cũ.") },
        { "follow", S("Đã giao thành viên phụ trách cơ quan.") },
        { "unfollow", S("Thành viên thôi phụ trách từ hôm nay; những ngày trước giữ nguyên.") },
        { "added", S("Đã thêm nhiệm vụ.") },
        { "planned", S("Đã giao nhiệm vụ theo kế hoạch.") },
        { "known", S("Tệp này đã được nhập trước đó; không có gì thay đổi.") },
        { "read", S("Đã đọc xong văn bản. Mời kiểm tra từng nhiệm vụ trước khi giao.") },
        { "dropped", S("Đã bỏ bản dự thảo.") },
        { "undone", S("Đã hoàn tác.") },
        { "merged", S("Đã gộp hai dòng thành một; dòng ấy chờ xem lại.") },
        { "split", S("Đã tách thành hai dòng; mời xem lại từng dòng.") },
        { "moved", S("Đã chuyển dòng.") },
        { "row-added", S("Đã thêm một dòng trống; mời ghi nội dung.") },
        { "pasted", S("Đã thêm các dòng vừa dán; mời xem từng dòng.") },
        { "account", S("Đã lưu tài khoản.") },
        { "password", S("Đã đổi mật khẩu; các nơi khác đang đăng nhập bằng tài khoản này phải đăng nhập lại.") },
        { "amended", S("Đã ghi vào nhiệm vụ; diễn biến cũ giữ nguyên.") },
        { "not-amended", S("Đã ghi là không nhận; nhiệm vụ giữ nguyên.") },
        { "amend-closed", S("Đã lưu văn bản sửa đổi vào kế hoạch.") },
        { "unjoined", S("Đã tách tệp ra; tệp ấy lại là một bản dự thảo riêng.") },
        { "joined", S("Đã ghép tệp; mời kiểm tra tiếp bản dự thảo chung.") },
        { "alias", S("Đã nhớ tên gọi này; văn bản sau ghi như vậy thì được hiểu là cơ quan này.") },
        { "alias-gone", S("Đã thôi dùng tên gọi này; việc đã giao theo nó giữ nguyên.") },
        { "sheet-read", S("Đã đọc bảng. Chưa có gì được nhập; mời xem kết quả kiểm tra.") },
        { "sheet-mapped", S("Đã kiểm tra lại với cách ghép cột mới.") },
        { "sheet-imported", S("Đã nhập các nhiệm vụ vào kế hoạch.") },
        { "sheet-undone", S("Đã hoàn tác cả đợt nhập.") },
        { "sheet-dropped", S("Đã bỏ bảng.") },
};

static struct str
initials(struct arena *a, struct str post)
{
        struct str word, rest = post;
        AUTO_BUF b = { 0 };

        for (int n = 0; n < 2 && str_cut(&rest, ' ', &word);) {
                size_t i = 0;

                if (word.n == 0)
                        continue;
                (void)utf8_next(word, &i);
                buf_str(&b, text_upper(a, str_sub(word, 0, i)));
                n++;
        }
        return str_dup(a, buf_view(&b));
}

/* What the frame shows beside the page: who may not see it, or where it is not there, goes without. A database that
 * could not be asked is told: a page without it would be wrong in silence. */
static enum dd_err
beside_the_page(struct dd_ctx *c, enum dd_err e)
{
        if (e != DD_EDENIED && e != DD_ENOTFOUND)
                return e;
        dd_ctx_clear_error(c);
        return DD_OK;
}

static enum dd_err
fill_nav(struct web_req *r)
{
        struct ui *u = &r->ui;
        struct board *b = arena_alloc(r->c->arena, sizeof *b);
        enum role role = r->c->user->role;

        for (int i = NAV_HOME; i < NAV_ROWS; i++)
                u->nav[i] = (struct ui_row){ .show = true, .count = -1 };
        u->nav[NAV_ACCOUNTS].show = role_has(role, CAP_ACCOUNTS);
        u->nav[NAV_AUDIT].show = role_has(role, CAP_AUDIT_READ);
        u->nav[NAV_SETUP].show = role_has(role, CAP_ACCOUNTS);
        enum dd_err e = board_totals(r->c, b);
        if (e != DD_OK)
                return beside_the_page(r->c, e);
        r->totals = b;
        u->nav[NAV_TASKS].count = b->total;
        u->nav[NAV_CONFIRM] = (struct ui_row){ true, role_has(role, CAP_CONFIRM), b->n[STATE_AWAITING] };
        return DD_OK;
}

/* What of an address goes on to others: not the day, which web_href adds; not what belongs to this answer alone, the
 * word after an action and the place in a list; nothing for a field left empty. */
static struct ui_params
params_of(const struct web_req *r)
{
        const struct http_fields *q = &r->http->query;
        struct ui_param *v = arena_array(r->c->arena, q->n + 1, sizeof *v);
        size_t n = 0;

        for (size_t i = 0; i < q->n; i++)
                if (q->v[i].value.n > 0 && !str_eq(q->v[i].name, S("as-of")) && !str_eq(q->v[i].name, S("done")) &&
                    !str_starts(q->v[i].name, S("after")))
                        v[n++] = (struct ui_param){ q->v[i].name, q->v[i].value };
        return (struct ui_params){ v, n };
}

struct str
web_query(const struct web_req *r, const char *name, const char *value)
{
        struct ui_params p = r->ui.params;
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < p.n; i++) {
                if (str_eq(p.v[i].name, str_of(name)))
                        continue;
                buf_c(&b, b.n == 0 ? '?' : '&');
                tmpl_url(&b, p.v[i].name);
                buf_c(&b, '=');
                tmpl_url(&b, p.v[i].value);
        }
        if (value != NULL) {
                buf_fmt(&b, "%c%s=", b.n == 0 ? '?' : '&', name);
                tmpl_url(&b, str_of(value));
        }
        return str_dup(r->c->arena, buf_view(&b));
}

/* Who is not signed in chooses the language in the address; the cookie keeps it. */
static struct str
stranger_language(struct web_req *r)
{
        struct str lang = web_q(r, "lang");

        if (str_eq(lang, S("en")) || str_eq(lang, S("vi"))) {
                r->c->english = str_eq(lang, S("en"));
                cookie_set(r->http, "lang", lang, LANG_AGE);
        }
        if (r->http->method != HTTP_GET)
                return STR_NONE;
        return web_query(r, "lang", r->c->english ? "vi" : "en");
}

enum dd_err
web_frame(struct web_req *r)
{
        struct dd_ctx *c = r->c;
        struct ui *u = &r->ui;
        struct q_committee_row committee;
        struct str done = web_q(r, "done");
        int32_t asked = day_parse(web_q(r, "as-of"));

        u->params = params_of(r);
        struct str other = c->user == NULL ? stranger_language(r) : STR_NONE;
        *u = (struct ui){
                .arena = c->arena,
                .english = c->english,
                .other_language = other,
                .frame = FRAME_PLAIN,
                .path = r->http->path,
                .params = u->params,
                .as_of = asked != DD_NO_DAY ? asked : c->as_of,
                .today = c->today,
                .key = form_new_key(c->arena),
                .search = web_q(r, "q"),
        };
        for (size_t i = 0; i < ARRAY_LEN(notices); i++)
                if (done.n > 0 && str_eq(done, str_of(notices[i].key)))
                        u->notice = tmpl_tr(u, notices[i].text);
        u->notice_state = UI_DONE;
        if (c->user == NULL)
                return DD_OK;
        u->frame = FRAME_PAGE;
        u->signed_in = true;
        u->csrf = csrf_token(c->arena, c->user->csrf_secret);
        u->user_post = c->user->post;
        u->user_agency =
            c->user->agency_name.n > 0 ? c->user->agency_name : tmpl_tr(u, str_of(role_label(c->user->role)));
        u->user_initials = initials(c->arena, c->user->post);
        struct ui_link *prefs = arena_array(u->arena, 1, sizeof *prefs);
        *prefs = (struct ui_link){ T(u, "Đổi mật khẩu"), web_href(r, "/password") };
        u->prefs.v = prefs;
        u->prefs.n = 1;
        enum dd_err e = committee_get(c, &committee);
        if (e != DD_OK)
                return beside_the_page(c, e);
        u->committee = committee.short_name;
        u->committee_full = committee.name;
        return DD_OK;
}

enum dd_err
web_day(struct web_req *r)
{
        struct str asked = web_q(r, "as-of");

        if (asked.n > 0) {
                int32_t day = day_parse(asked);

                if (day == DD_NO_DAY)
                        return dd_fail(r->c, DD_EINVAL, "Ngày «%.*s» không đúng. Ghi theo dạng 30/9/2023.", FMT(asked));
                r->c->as_of = day;
        }
        r->ui.as_of = r->c->as_of;
        if (r->http->method == HTTP_POST)
                web_now(r);
        r->ui.today = r->c->today;
        return r->c->user != NULL ? fill_nav(r) : DD_OK;
}

struct str
web_q(const struct web_req *r, const char *name)
{
        return http_query(r->http, name);
}

int64_t
web_q_id(const struct web_req *r, const char *name)
{
        int64_t v;

        return str_to_i64(web_q(r, name), &v) && v > 0 ? v : 0;
}

static struct str
with_notice(const struct web_req *r, struct str path, const char *notice)
{
        size_t hash = str_find(path, S("#"), 0);
        struct str place = str_sub(path, hash, path.n);

        if (notice == NULL)
                return path;
        path = str_sub(path, 0, hash);
        return STR_JOIN(r->c->arena, path, str_has(path, S("?")) ? S("&done=") : S("?done="), str_of(notice), place);
}

void
web_now(struct web_req *r)
{
        r->c->as_of = r->c->today;
}

void
web_shows_from(struct web_req *r, int32_t day)
{
        if (r->ui.as_of < day)
                r->ui.as_of = day > r->c->today ? day : r->c->today;
}

struct str
web_path(const struct web_req *r, const struct str *parts, size_t n)
{
        return ui_to(&r->ui, str_join(r->c->arena, parts, n));
}

struct str
web_href(const struct web_req *r, const char *fmt, ...)
{
        va_list ap;

        va_start(ap, fmt);
        struct str path = str_vfmt(r->c->arena, fmt, ap);
        va_end(ap);
        return ui_to(&r->ui, path);
}

static enum dd_err
done(struct web_req *r, int64_t id, const char *notice, struct str path)
{
        r->answered = true;
        path = ui_to(&r->ui, path);
        if (r->want == OUT_JSON) {
                struct json_w w;

                r->http->res.content_type = "application/json; charset=utf-8";
                json_start(&w, r->o);
                json_obj(&w);
                json_kstr(&w, "done", str_of(notice));
                if (id > 0)
                        json_ki64(&w, "id", id);
                json_kstr(&w, "href", path);
                json_end(&w);
                return DD_OK;
        }
        http_redirect(r->http, with_notice(r, path, notice));
        return DD_OK;
}

enum dd_err
web_done(struct web_req *r, const char *notice, const char *fmt, ...)
{
        va_list ap;

        va_start(ap, fmt);
        struct str path = str_vfmt(r->c->arena, fmt, ap);
        va_end(ap);
        return done(r, 0, notice, path);
}

enum dd_err
web_done_id(struct web_req *r, int64_t id, const char *notice, const char *fmt, ...)
{
        va_list ap;

        va_start(ap, fmt);
        struct str path = str_vfmt(r->c->arena, fmt, ap);
        va_end(ap);
        return done(r, id, notice, path);
}

void
web_file(struct web_req *r, struct str name, const char *type, struct dd_buf *bytes)
{
        r->answered = true;
        buf_free(r->o);
        *r->o = *bytes;
        *bytes = (struct dd_buf){ 0 };
        http_attachment(r->http, name, type);
}

void
web_status(struct web_req *r, enum dd_err e)
{
        r->http->res.status = http_status(e);
}

void
web_typed(struct web_req *r, enum dd_err e, const struct form_field *t, size_t n, struct form_state *ret)
{
        struct dd_ctx *c = r->c;

        c->as_of = r->ui.as_of;
        form_state_typed(c, t, n, r->http, ret);
        if (c->n_fields == 0)
                ret->message = c->err_text;
        dd_ctx_clear_error(c);
        web_status(r, e);
}

enum ui_state
web_state(int task_state)
{
        static const enum ui_state map[STATE_MAX] = {
                [STATE_DONE] = UI_DONE,      [STATE_AWAITING] = UI_WAIT, [STATE_OVERDUE] = UI_OVERDUE,
                [STATE_ATTENTION] = UI_SOON, [STATE_DOING] = UI_RUN,     [STATE_WAITING] = UI_IDLE,
                [STATE_DROPPED] = UI_IDLE,
        };
        return map[task_state];
}

void
web_json_start(struct web_req *r, struct json_w *w)
{
        r->answered = true;
        r->http->res.content_type = "application/json; charset=utf-8";
        json_start(w, r->o);
        json_obj(w);
}

/* ---- faults ------------------------------------------------------------------------------------------------- */

static void
error_json(struct web_req *r, enum dd_err e, struct str text)
{
        struct json_w w;

        r->http->res.content_type = "application/json; charset=utf-8";
        json_start(&w, r->o);
        json_obj(&w);
        json_kstr(&w, "error", str_of(dd_err_name(e)));
        json_kstr(&w, "message", text);
        json_key(&w, "fields");
        json_arr(&w);
        for (size_t i = 0; i < r->c->n_fields; i++) {
                json_obj(&w);
                json_kstr(&w, "field", r->c->fields[i].field);
                json_kstr(&w, "message", r->c->fields[i].message);
                json_end(&w);
        }
        json_end(&w);
        json_end(&w);
}

/* The nearest page above the one that failed: the task of its form, or the list of the left column it belongs to. */
static struct ui_link
way_back(struct web_req *r)
{
        static const struct {
                const char *under;
                struct str words;
        } things[] = {
                { "/tasks/", S("Mở lại nhiệm vụ") },
                { "/intake/", S("Mở lại bản kiểm tra") },
                { "/plans/", S("Mở lại kế hoạch") },
        };
        struct ui *u = &r->ui;
        struct str path = r->http->path, rest = path, part;

        for (size_t i = 0; i < ARRAY_LEN(things); i++) {
                int64_t id;

                if (!str_starts(path, str_of(things[i].under)))
                        continue;
                rest = str_sub(path, str_of(things[i].under).n, path.n);
                if (str_cut(&rest, '/', &part) && rest.p != NULL && str_to_i64(part, &id))
                        return (struct ui_link){ tmpl_tr(u, things[i].words),
                                                 web_href(r, "%s%lld", things[i].under, (long long)id) };
        }
        for (enum ui_nav row = NAV_BOARD; row < NAV_ROWS; row++)
                if (u->nav[row].show && str_starts(path, ui_nav_href(row)))
                        return (struct ui_link){ TF(u, "Mở trang {}", TMPL_ARG(tmpl_tr(u, ui_nav_word(row)))),
                                                 web_href(r, "%.*s", FMT(ui_nav_href(row))) };
        return (struct ui_link){ 0 };
}

/* A fault of somebody signed in keeps the frame: where one stands, and every way on. */
static void
error_page(struct web_req *r, int status, struct str text)
{
        struct ui *u = &r->ui;

        buf_reset(r->o);
        r->http->res.status = status;
        r->http->res.content_type = NULL;
        if (r->c->user != NULL && !u->nav[NAV_HOME].show) {
                dd_ctx_clear_error(r->c);
                fill_nav(r);
        }
        u->as_of_fixed = true;
        u->notice = STR_NONE;
        u->title = tmpl_tr(u, str_of(http_reason(status)));
        tpl_error(r->o, u, text, way_back(r));
}

void
web_error(struct web_req *r, enum dd_err e)
{
        struct dd_ctx *c = r->c;
        struct str text = c->err_text;
        int status = r->fault != 0 ? r->fault : http_status(e);

        if (text.n == 0)
                text = e == DD_ENOTFOUND ? S("Không tìm thấy nội dung này trong phạm vi của anh/chị.")
                                         : S("Máy chủ gặp sự cố; việc vừa gửi chưa được lưu. Mời thử lại sau ít phút.");
        buf_reset(r->o);
        r->http->res.status = status;
        if (e == DD_EIO)
                dd_log(DD_LOG_ERROR, "request failed: %.*s", FMT(r->http->path));
        if (r->want != OUT_HTML && r->want != OUT_FILE) {
                error_json(r, e, text);
                return;
        }
        if (e == DD_EAUTH && r->http->method == HTTP_GET) {
                AUTO_BUF next = { 0 };

                tmpl_url(&next, r->http->path);
                http_redirect(r->http, str_fmt(c->arena, "/sign-in?next=%.*s", FMT(buf_view(&next))));
                return;
        }
        error_page(r, status, text);
}

/* What the server refuses before any page is asked: a body too large, a broken form. Whoever sent it is known by the
 * cookie; a busy server or a broken head is answered without asking the database. */
void
web_refusal(void *user, struct http_req *http, int status, struct str message)
{
        struct web_req *r = web_req_new(user, http);

        if (status == 400 || status == 413 || status == 415 || status == 422)
                web_who(r);
        else
                r->ui = (struct ui){ .arena = http->arena, .english = r->c->english, .frame = FRAME_PLAIN };
        error_page(r, status, message);
}
