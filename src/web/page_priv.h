/* page_priv.h - what every handler includes. */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include "dd_date.h"
#include "dd_form.h"
#include "dd_json.h"
#include "dd_web.h"

#define ROUTE(method, path, name, cap, kind, outs) enum dd_err page_##name(struct dd_ctx *, struct web_req *);
#include "routes.h"
#undef ROUTE

#define FORM(route, table) extern const struct form_table table;
#include "forms_priv.h"
#undef FORM

#define LANG_AGE ((int64_t)365 * 86400) /* of the cookie of who is not signed in, seconds */

/* Opens the answer of a JSON page: the type, and the first object. The handler closes it. */
void web_json_start(struct web_req *r, struct json_w *w);

/* Pages of the plan r->id[0] on a day before it was issued: that is said, with the way to its first day. */
MUST_CHECK enum dd_err page_plan_early(struct web_req *r, bool *ret);

/* Every agency of the committee and every group, to choose from in a form. */
MUST_CHECK enum dd_err web_agency_options(struct web_req *r, struct ui_options *ret);

#endif
