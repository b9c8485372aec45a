/* dd_cookie.h - cookies in and out (ASVS 3.3.1-3.3.4): HttpOnly, SameSite=Lax, Path=/, and with TLS Secure and the
 * __Host- prefix. Callers use the bare name; the prefix is this folder's business. */
#ifndef DD_COOKIE_H
#define DD_COOKIE_H

#include "dd_base.h"
#include "dd_http.h"

/* Splits a Cookie header; parts without '=' or with characters outside RFC 6265 are dropped. */
void cookie_parse(struct arena *a, struct str header, struct http_fields *ret);
struct str cookie_get(const struct http_req *r, const char *name); /* STR_NONE when absent */
/* max_age seconds; 0 = until the browser closes. The value must be of [A-Za-z0-9._~-], else nothing is set. */
void cookie_set(struct http_req *r, const char *name, struct str value, int64_t max_age);
void cookie_clear(struct http_req *r, const char *name);
/* The Set-Cookie text alone, for tests and for those who need it. */
struct str cookie_build(struct arena *a, const char *name, struct str value, int64_t max_age, bool https);

#endif
