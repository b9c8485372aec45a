/* report_priv.h - what the pages of reports share. */
#ifndef WEB_REPORT_PRIV_H
#define WEB_REPORT_PRIV_H

#include "dd_kept_report.h"
#include "dd_report_view.h"
#include "page_priv.h"

struct table_view;

/* What moved from one closed report to another, or to a draft. */
struct compared web_compared(struct web_req *r, const struct q_kept_report_row *before,
                             const struct q_kept_report_row *now);
void kept_table(struct web_req *r, const struct q_kept_report_rows *rows, struct table_view *v);
enum dd_err kept_list_json(struct web_req *r, const struct q_kept_report_rows *rows);

#endif
