/* Where a change came from, and its token. */
#include "dd_csrf.h"

#include <openssl/crypto.h>
#include <sodium.h>

#include "http_priv.h"

struct str
csrf_token(struct arena *a, struct str session_secret)
{
        uint8_t mac[crypto_auth_hmacsha256_BYTES];
        crypto_auth_hmacsha256_state h;

        /* of libsodium, because this one takes no memory and cannot fail */
        crypto_auth_hmacsha256_init(&h, (const unsigned char *)(session_secret.n == 0 ? "" : session_secret.p),
                                    session_secret.n);
        crypto_auth_hmacsha256_update(&h, (const unsigned char *)"csrf", 4);
        crypto_auth_hmacsha256_final(&h, mac);
        return dd_hex(a, mac, sizeof mac);
}

bool
csrf_equal(struct str a, struct str b)
{
        return a.n == b.n && (a.n == 0 || CRYPTO_memcmp(a.p, b.p, a.n) == 0);
}

enum dd_err
csrf_check(struct dd_ctx *c, const struct http_req *r, struct str session_secret)
{
        struct str sent = http_csrf_sent(r);

        /* An empty secret would make a token that anybody can compute. */
        if (session_secret.n != 0 && sent.n != 0 && csrf_equal(sent, csrf_token(c->arena, session_secret)))
                return DD_OK;
        return dd_fail(c, DD_EDENIED,
                       say(c, "Trang này được mở từ phiên làm việc cũ nên chưa có gì được lưu. Hãy tải lại trang rồi "
                              "thực hiện lại."));
}

static bool
refers_to(struct str url, struct str origin)
{
        return str_eq(url, origin) || (str_starts(url, origin) && url.p[origin.n] == '/');
}

enum dd_err
csrf_origin(struct dd_ctx *c, const struct http_req *r, bool has_session)
{
        struct str site = http_header(r, "sec-fetch-site"), origin = http_header(r, "origin");
        struct str referer = http_header(r, "referer");
        bool good;

        if (site.p != NULL || origin.p != NULL)
                good = (site.p == NULL || str_eq(site, S("same-origin"))) &&
                       (origin.p == NULL || str_eq(origin, r->origin));
        else if (referer.p != NULL)
                good = refers_to(referer, r->origin);
        else
                good = !has_session; /* a program without cookies; it has no rights to steal */
        if (good)
                return DD_OK;
        return dd_fail(c, DD_EDENIED,
                       say(c, "Yêu cầu này đến từ một trang khác nên bị từ chối; chưa có gì được lưu. Hãy mở đúng địa "
                              "chỉ %.*s rồi thực hiện lại."),
                       FMT(r->origin));
}
