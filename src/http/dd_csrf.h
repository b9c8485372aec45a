/* dd_csrf.h - two locks before every change (ASVS 3.5.1-3.5.3): where the request came from, and a token. */
#ifndef DD_CSRF_H
#define DD_CSRF_H

#include "dd_base.h"
#include "dd_http.h"

/* HMAC-SHA256(session secret, "csrf") in 64 hex digits. */
struct str csrf_token(struct arena *a, struct str session_secret);
/* DD_EDENIED unless http_csrf_sent(r) is the token of that session; compared in constant time. */
MUST_CHECK enum dd_err csrf_check(struct dd_ctx *c, const struct http_req *r, struct str session_secret);
/* For POST: Sec-Fetch-Site and Origin, where sent, must both name this server; without both the Referer must, or the
 * request is refused when it carries a session. DD_EDENIED. */
MUST_CHECK enum dd_err csrf_origin(struct dd_ctx *c, const struct http_req *r, bool has_session);
bool csrf_equal(struct str a, struct str b); /* constant time in the content */

#endif
