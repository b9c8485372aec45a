/* From a request to its handler: route, session, right, where it came from, where it runs. */
#include "dd_account.h"
#include "dd_assets.h"
#include "dd_cookie.h"
#include "dd_csrf.h"
#include "dd_date.h"
#include "page_priv.h"
#include "tmpl_rt.h"
#include "web_priv.h"

const struct route web_routes[] = {
#define ROUTE(method, path, name, cap, kind, outs) { HTTP_##method, path, page_##name, cap, WEB_##kind, outs, #name },
#include "routes.h"
#undef ROUTE
};
const size_t web_routes_n = ARRAY_LEN(web_routes);

static const struct {
        const char *suffix;
        enum web_out out;
} suffixes[] = {
        { ".json", OUT_JSON }, { ".xlsx", OUT_XLSX }, { ".csv", OUT_CSV },
        { ".docx", OUT_DOCX }, { ".ics", OUT_ICS },   { ".png", OUT_FILE },
};

/* One part of a path against one part of a pattern. */
static bool
match_part(struct str pattern, struct str part, struct web_req *r, size_t *n_ids)
{
        if (pattern.n == 0 || pattern.p[0] != ':')
                return str_eq(pattern, part);
        if (str_eq(pattern, S(":token"))) {
                r->token = part;
                return part.n == 64;
        }
        return *n_ids < ARRAY_LEN(r->id) && str_to_i64(part, &r->id[(*n_ids)++]) && r->id[*n_ids - 1] > 0;
}

static bool
match(const char *path, struct str asked, struct web_req *r)
{
        struct str pattern = str_of(path), p, a;
        size_t n_ids = 0;

        while (str_cut(&pattern, '/', &p)) {
                if (!str_cut(&asked, '/', &a) || !match_part(p, a, r, &n_ids))
                        return false;
        }
        return asked.p == NULL;
}

/* The route of method and path; DD_ENOTFOUND, or 405 told apart by *ret_other. */
static const struct route *
find_route(struct web_req *r, struct str path, bool *ret_other)
{
        *ret_other = false;
        for (size_t i = 0; i < web_routes_n; i++) {
                if (!match(web_routes[i].path, path, r))
                        continue;
                if (web_routes[i].method == r->http->method)
                        return &web_routes[i];
                *ret_other = true;
        }
        return NULL;
}

/* ".json" behind the path, or the Accept header. A suffix that is not an output of the route is no such page. */
static struct str
strip_suffix(struct web_req *r)
{
        struct str path = r->http->path;

        r->want = http_wants_json(r->http) || r->http->body_kind == HTTP_BODY_JSON ? OUT_JSON : OUT_HTML;
        for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
                struct str s = str_of(suffixes[i].suffix);

                if (str_ends(path, s) && path.n > s.n) {
                        r->want = suffixes[i].out;
                        return str_sub(path, 0, path.n - s.n);
                }
        }
        return path;
}

static enum dd_err
check_right(struct dd_ctx *c, const struct route *route)
{
        if (route->cap == CAP_PUBLIC)
                return DD_OK;
        if (c->user == NULL)
                return dd_fail(c, DD_EAUTH, "Anh/chị cần đăng nhập để xem trang này.");
        if (!role_has(c->user->role, route->cap))
                return dd_fail(c, DD_EDENIED,
                               "Trang này không dành cho vai trò của anh/chị (%s). "
                               "Nếu cần, anh/chị liên hệ quản trị.",
                               dd_say(c, role_label(c->user->role)));
        return DD_OK;
}

static enum dd_err
check_change(struct dd_ctx *c, struct web_req *r)
{
        if (r->http->method != HTTP_POST)
                return DD_OK;
        TRY(csrf_origin(c, r->http, c->user != NULL));
        if (c->user != NULL)
                TRY(csrf_check(c, r->http, c->user->csrf_secret));
        c->idem_key = http_idem_key(r->http);
        return DD_OK;
}

/* ---- where it runs ----------------------------------------------------------------------------------------- */

static enum dd_err
run(struct dd_ctx *c, void *arg)
{
        struct web_req *r = arg;

        buf_reset(r->o);
        r->answered = false;
        dd_ctx_clear_error(c);
        enum dd_err e = r->route->handler(c, r);
        dd_tx_end(&r->tx);
        if (e == DD_EBUSY)
                return e; /* the writer tries again, or tells */
        if (e != DD_OK)
                web_error(r, e);
        return DD_OK;
}

static void
written(void *arg, enum dd_err e)
{
        struct web_req *r = arg;

        if (e != DD_OK)
                web_error(r, e);
        http_finish(r->http);
}

/* A page that reads asks many small questions: in one transaction they see one moment, and cost one beginning and one
 * end instead of one each. What comes without a session asks little or nothing. */
static enum dd_err
begin_reading(struct web_req *r)
{
        if (r->http->method != HTTP_GET || cookie_get(r->http, "dd").n != 64)
                return DD_OK;
        r->tx = (struct dd_tx){ 0 };
        return dd_tx_read(&r->tx, r->c);
}

static void
worked(void *arg)
{
        struct web_req *r = arg;
        enum dd_err e = begin_reading(r);

        if (e == DD_OK)
                e = run(r->c, r);
        if (e != DD_OK)
                web_error(r, e);
        http_finish(r->http);
}

/* "Last seen" is written at most once a minute, behind the answer, in a context of its own. */
static void
touched(void *arg, enum dd_err e)
{
        (void)e;
        arena_free(arg);
}

static enum dd_err
touch(struct dd_ctx *c, void *arg)
{
        (void)arg;
        return session_touch(c);
}

static void
touch_later(const struct web_req *r)
{
        struct arena *a = arena_new(0);
        struct dd_ctx *c = arena_alloc(a, sizeof *c);
        struct dd_user *u = arena_alloc(a, sizeof *u);

        *c = (struct dd_ctx){ .arena = a, .db = r->c->db, .now = r->c->now, .today = r->c->today, .user = u };
        *u = (struct dd_user){ .id = r->c->user->id, .token_hash = str_dup(a, r->c->user->token_hash) };
        dd_write_async(c->db, c, touch, NULL, touched, a);
}

struct web_req *
web_req_new(const struct web *web, struct http_req *http)
{
        struct web_req *r = arena_alloc(http->arena, sizeof *r);
        struct dd_ctx *c = arena_alloc(http->arena, sizeof *c);

        *c = (struct dd_ctx){ .arena = http->arena,
                              .db = web->db,
                              .now = dd_clock_now(),
                              .origin = http->peer,
                              .translate = tr_message };
        c->today = web->demo_day != DD_NO_DAY ? web->demo_day : day_from_instant(c->now);
        c->as_of = c->today;
        c->english = str_eq(cookie_get(http, "lang"), S("en"));
        *r = (struct web_req){ .http = http, .web = web, .c = c, .o = &http->res.body };
        http->state = r;
        return r;
}

/* DD_EAUTH: nobody. Another fault: the database could not be asked, and nobody is signed out for that. */
static enum dd_err
who(struct web_req *r)
{
        struct str cookie = cookie_get(r->http, "dd");
        enum dd_err e = cookie.n == 64 ? session_load(r->c, cookie) : DD_EAUTH;

        if (e == DD_EAUTH)
                dd_ctx_clear_error(r->c);
        enum dd_err frame = web_frame(r);
        return e != DD_OK && e != DD_EAUTH ? e : frame;
}

void
web_who(struct web_req *r)
{
        if (who(r) != DD_OK)
                dd_ctx_clear_error(r->c);
}

static enum dd_err
prepare(struct web_req *r)
{
        struct dd_ctx *c = r->c;
        struct str path = strip_suffix(r);
        bool other;

        TRY(who(r));
        r->route = find_route(r, path, &other);
        if (r->route == NULL || (r->route->outs & r->want) == 0) {
                if (r->route != NULL && r->want == OUT_JSON && http_wants_json(r->http)) {
                        r->want = OUT_HTML; /* Accept is a wish, the route decides */
                } else if (r->route != NULL && (r->route->outs & OUT_FILE) != 0 && r->want == OUT_HTML) {
                        r->want = OUT_FILE;
                } else if (other) {
                        r->fault = 405;
                        return dd_fail(c, DD_ENOTFOUND,
                                       "Địa chỉ này không nhận cách gửi như vậy. Mời mở lại trang "
                                       "rồi làm lại từ nút trên trang.");
                } else {
                        return dd_fail(c, DD_ENOTFOUND,
                                       "Không có trang này. Có thể địa chỉ gõ sai hoặc trang đã chuyển.");
                }
        }
        TRY(check_right(c, r->route));
        TRY(web_day(r));
        return check_change(c, r);
}

enum http_verdict
web_handle(void *user, struct http_req *http)
{
        const struct web *web = user;
        const struct asset *asset = str_starts(http->path, S("/s/")) ? asset_find(http->path) : NULL;

        if (asset != NULL) {
                struct http_asset send = { asset->url,
                                           str_c(http->arena, asset->type),
                                           str_sub(asset->etag, 1, asset->etag.n - 1),
                                           asset->raw,
                                           asset->gz,
                                           true };

                http_send_asset(http, &send);
                return HTTP_DONE;
        }
        struct web_req *r = web_req_new(web, http);
        enum dd_err e = begin_reading(r);
        if (e == DD_OK)
                e = prepare(r);
        if (e != DD_OK || r->route->kind != WEB_READ)
                dd_tx_end(&r->tx);
        if (e != DD_OK) {
                web_error(r, e);
                return HTTP_DONE;
        }
        if (session_touch_due(r->c))
                touch_later(r);
        if (r->route->kind == WEB_WRITE) {
                dd_write_async(web->db, r->c, run, r, written, r);
                return HTTP_LATER;
        }
        if (r->route->kind == WEB_WORK) {
                e = pool_submit(web->pool, worked, r);
                if (e == DD_OK)
                        return HTTP_LATER;
        } else {
                e = run(r->c, r);
        }
        if (e != DD_OK)
                web_error(r, e);
        return HTTP_DONE;
}

/* Who is not signed in uploads nothing; big bodies only where papers and evidence go. */
size_t
web_body_limit(void *user, struct http_req *http)
{
        const struct web *web = user;
        struct str cookie = cookie_get(http, "dd");
        struct dd_ctx c = { .arena = http->arena, .db = web->db, .now = dd_clock_now() };
        bool upload = str_eq(http->path, S("/intake")) || str_ends(http->path, S("/update")) ||
                      str_ends(http->path, S("/hand-in"));

        if (!upload || cookie.n != 64 || session_load(&c, cookie) == DD_EAUTH)
                return HTTP_BODY_DEFAULT; /* a fault of the database is told by the page, not as a file too big */
        return HTTP_BODY_UPLOAD;
}
