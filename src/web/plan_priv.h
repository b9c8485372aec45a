/* plan_priv.h - lines of papers, shared by the plan and the document page. */
#ifndef PLAN_SHOW_H
#define PLAN_SHOW_H

#include "dd_document.h"
#include "dd_plan.h"
#include "dd_plan_view.h"
#include "task_priv.h"

struct paper_lines paper_facts(struct web_req *r, const struct q_document_row *d);
struct paper_lines paper_bases(struct web_req *r, const struct q_basis_rows *b);
struct paper_lines paper_recipients(struct web_req *r, const struct q_recipient_rows *v);
/* What a memo reports: 12/18 members, 5/9 districts. */
struct paper_lines paper_consultation(struct web_req *r, const struct q_consultation_row *k);
struct str document_name(struct arena *a, struct str type, struct str number); /* "Quyết định 1174/QĐ-UBND" */

#endif
