/* web_priv.h - between dispatch and the answers. */
#ifndef WEB_PRIV_H
#define WEB_PRIV_H

#include "dd_web.h"

struct web_req *web_req_new(const struct web *web, struct http_req *http);
void web_who(struct web_req *r);                     /* the person behind the cookie, if any, and the frame */
MUST_CHECK enum dd_err web_frame(struct web_req *r); /* fills r->ui from the session */
MUST_CHECK enum dd_err web_day(struct web_req *r);   /* as-of of the address into c->as_of */
void web_error(struct web_req *r, enum dd_err e);    /* page, JSON or redirect to signing in */

#endif
