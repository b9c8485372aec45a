/* Is it alive, how is it doing: for a load balancer, for Prometheus. The administrator's page is setup.c. */
#include "dd_watch.h"
#include "page_priv.h"

/* Says no more than yes or no: anybody may ask. */
enum dd_err
page_healthz(struct dd_ctx *c, struct web_req *r)
{
        const struct web_watch *w = r->web->watch;
        bool alive = w != NULL && w->alive(w->arg, c);

        r->answered = true;
        dd_ctx_clear_error(c);
        http_text(r->http, alive ? 200 : 503, alive ? S("ok\n") : S("unavailable\n"));
        return DD_OK;
}

/* A proxy on this machine makes everybody look local: what came through one is not from here. */
static bool
from_here(const struct web_req *r)
{
        struct str peer = r->http->peer, host = r->http->host;

        if (http_header(r->http, "x-forwarded-for").p != NULL || http_header(r->http, "forwarded").p != NULL ||
            http_header(r->http, "x-forwarded-proto").p != NULL || http_header(r->http, "via").p != NULL)
                return false;
        if (!str_starts(peer, S("127.")) && !str_eq(peer, S("::1")) && !str_eq(peer, S("unix")))
                return false;
        return str_starts(host, S("127.")) || str_starts(host, S("localhost")) || str_starts(host, S("[::1]"));
}

static bool
has_token(const struct web_req *r, struct str token)
{
        struct str sent = http_header(r->http, "authorization");

        if (token.n == 0 || !str_starts(sent, S("Bearer ")) || sent.n != token.n + 7)
                return false;
        uint8_t a[32], b[32]; /* of hashes, time tells nothing */
        dd_sha256(sent.p + 7, token.n, a);
        dd_sha256(token.p, token.n, b);
        return memcmp(a, b, sizeof a) == 0;
}

enum dd_err
page_metrics(struct dd_ctx *c, struct web_req *r)
{
        const struct web_watch *w = r->web->watch;

        if (w == NULL || (!from_here(r) && !has_token(r, w->token)))
                return dd_fail(c, DD_ENOTFOUND, "Không có trang này. Có thể địa chỉ gõ sai hoặc trang đã chuyển.");
        r->answered = true;
        r->http->res.content_type = "text/plain; version=0.0.4; charset=utf-8";
        w->metrics(w->arg, c, r->o);
        dd_ctx_clear_error(c);
        return DD_OK;
}
