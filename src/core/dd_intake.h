/* dd_intake.h - a paper taken in: the draft that a person verifies row by row, and its confirming into a plan. */
#ifndef DD_INTAKE_H
#define DD_INTAKE_H

#include "dd_draft.h"
#include "dd_update.h"
#include "q_intake_rows.h"

/* Stores the paper and its draft. The same bytes again: *ret_known, the id of the first time, nothing changed.
 * Right: CAP_INTAKE. Audit intake.create. DD_EINVAL when there is neither a document nor a task in it. */
MUST_CHECK enum dd_err intake_create(struct dd_ctx *c, const struct evidence *file, const struct draft *d,
                                     int64_t *ret_id, bool *ret_known);
/* A paper was refused for its mark of secrecy: who and when are written down, nothing of the paper. */
MUST_CHECK enum dd_err intake_refused(struct dd_ctx *c);
MUST_CHECK enum dd_err intake_list(struct dd_ctx *c, struct q_intake_item_rows *ret);

struct intake_full {
        struct q_intake_row intake;
        struct q_draft_task_rows rows;
        struct draft draft;
        bool can_undo;
};
MUST_CHECK enum dd_err intake_full(struct dd_ctx *c, int64_t id, struct intake_full *ret);

enum draft_act { DRAFT_ACCEPT, DRAFT_EDIT, DRAFT_DROP, DRAFT_REOPEN };
struct draft_act_in {
        int64_t intake_id, row_id, version;
        enum draft_act act;
        struct str title, lead, coordinating, deadline_text, output; /* DRAFT_EDIT */
};
/* Right: CAP_INTAKE. A stale version is DD_ECONFLICT with both values. Audit intake.verify. */
MUST_CHECK enum dd_err intake_row(struct dd_ctx *c, const struct draft_act_in *in);
/* Takes back the last act. DD_ECONFLICT when there is none. */
MUST_CHECK enum dd_err intake_undo(struct dd_ctx *c, int64_t intake_id);
MUST_CHECK enum dd_err intake_drop(struct dd_ctx *c, int64_t id, int64_t version);

struct intake_confirm_in {
        int64_t intake_id, version; /* version 0: system callers */
        bool accept_unseen;         /* rows nobody looked at are taken as read */
};
/* Makes the documents, the plan, its tasks and assignments, members, duties, notes. Right: CAP_INTAKE. Audit
 * plan.create. DD_ECONFLICT while rows are unseen and accept_unseen is false. */
MUST_CHECK enum dd_err intake_confirm(struct dd_ctx *c, const struct intake_confirm_in *in, int64_t *ret_plan);

#endif
