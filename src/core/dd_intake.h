/* dd_intake.h - a paper taken in: the draft that a person verifies row by row, and its confirming into a plan. */
#ifndef DD_INTAKE_H
#define DD_INTAKE_H

#include "dd_draft.h"
#include "dd_update.h"
#include "q_intake_head_rows.h"
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
        struct q_draft_head_rows heads; /* of the papers of the draft, in their order; of an old draft with id 0 */
        struct draft draft;
        bool can_undo;
        struct str undo_act; /* what the undo takes back: "edit", "merge"; STR_NONE */
};
MUST_CHECK enum dd_err intake_full(struct dd_ctx *c, int64_t id, struct intake_full *ret);

/* How the draft of a plan was verified: by whom, when, how long; *ret_found false: the plan was no draft. Right:
 * CAP_READ. */
struct intake_verified {
        struct q_intake_of_plan_row draft;
        struct q_intake_verifier_rows who;
};
MUST_CHECK enum dd_err intake_verified(struct dd_ctx *c, int64_t plan_id, struct intake_verified *ret, bool *ret_found);

/* The paper as it came. Right: CAP_INTAKE. */
MUST_CHECK enum dd_err intake_file(struct dd_ctx *c, int64_t id, struct q_file_row *ret);

/* The first look at a draft is written down: from here the time of verifying is measured. Right: CAP_INTAKE. */
MUST_CHECK enum dd_err intake_opened(struct dd_ctx *c, int64_t id);

enum draft_act {
        DRAFT_ACCEPT, /* with fields that differ from the row: DRAFT_EDIT, so that nothing typed is lost */
        DRAFT_EDIT,
        DRAFT_DROP,
        DRAFT_REOPEN,
        DRAFT_MERGE_UP, /* one task was read as two rows: the upper one keeps both */
        DRAFT_MERGE_DOWN,
        DRAFT_SPLIT, /* two tasks in one row */
        DRAFT_MOVE_UP,
        DRAFT_MOVE_DOWN,
        DRAFT_ADD, /* an empty row below */
        DRAFT_ACT_MAX
};
struct draft_act_in {
        int64_t intake_id, row_id, version;
        enum draft_act act;
        struct str title, lead, coordinating, deadline_text, output; /* DRAFT_EDIT */
        struct str no;                                               /* STR_NONE: as it was */
        struct str words; /* DRAFT_SPLIT: the title as it stands in the box; STR_NONE: the row's */
        int64_t at;       /* code points of words before the cut; < 0: at its first line end */
        int64_t beside;   /* MERGE, MOVE: the neighbour the person saw; 0: whichever it is */
};
/* Right: CAP_INTAKE. A stale version is DD_ECONFLICT with both values. Audit intake.verify, .merge, .split, .move,
 * .add. *ret_row: where the work goes on. */
MUST_CHECK enum dd_err intake_row(struct dd_ctx *c, const struct draft_act_in *in, int64_t *ret_row);

/* Rows out of a spreadsheet or a text: cells between tabs, or quoted as a spreadsheet writes them; the columns as a
 * header row names them, else in the order of the page: [number,] title, lead, coordinating, deadline, output.
 * Right: CAP_INTAKE. Audit intake.paste. DD_EINVAL with the line that cannot be taken. */
struct draft_paste_in {
        int64_t intake_id, after; /* the row above; 0: at the end */
        struct str text;
};
MUST_CHECK enum dd_err intake_paste(struct dd_ctx *c, const struct draft_paste_in *in, int64_t *ret_first);

/* The head of a paper of the draft, by its place: DRAFT_ACCEPT, EDIT (the whole head is sent), DROP (no paper), REOPEN.
 * What stands in it becomes the document's, and tells which other files and plans are of the same paper. Right:
 * CAP_INTAKE. Audit intake.head. DD_ECONFLICT: a stale version. */
struct head_act_in {
        int64_t intake_id, ord, version;
        enum draft_act act;
        struct str type, number, place, issuer, title, signer, signer_title;
        struct str bases, recipients; /* one a line */
        int32_t day;
};
MUST_CHECK enum dd_err intake_head(struct dd_ctx *c, const struct head_act_in *in);

/* As a head has them: both offices of a signer; words without line ends. */
struct str intake_signer_title(struct arena *a, const struct draft_document *d);
struct str intake_one_line(struct arena *a, struct str s);

/* Takes back the last act with every row and head it touched: *ret_row the row, *ret_head the place of the head, 0 and
 * -1 when it touched none. DD_ECONFLICT when there is none. */
MUST_CHECK enum dd_err intake_undo(struct dd_ctx *c, int64_t intake_id, int64_t *ret_row, int64_t *ret_head);
MUST_CHECK enum dd_err intake_drop(struct dd_ctx *c, int64_t id, int64_t version);

struct intake_confirm_in {
        int64_t intake_id, version; /* version 0: system callers */
        bool accept_unseen;         /* rows nobody looked at are taken as read */
        const struct draft *draft;  /* as intake_create just stored it; NULL: as it is stored */
};
/* Nobody looked at the head of the plan's own paper, and its number, day or title is missing or unsure. */
bool intake_head_waits(const struct intake_full *in);
/* The head of the paper that would become the plan, as verified; empty when there is none. */
MUST_CHECK enum dd_err intake_plan_head(struct dd_ctx *c, const struct intake_full *in, struct q_draft_head_row *ret);
/* The agencies that the rows name and the directory does not have on that day: the confirmation makes them. In order of
 * the paper. Right: CAP_INTAKE. */
MUST_CHECK enum dd_err intake_new_agencies(struct dd_ctx *c, const struct intake_full *in, int32_t day,
                                           struct strs *ret);
/* Makes the documents, the plan, its tasks and assignments, members, duties, notes. Right: CAP_INTAKE. Audit
 * plan.create. DD_ECONFLICT while rows are unseen, or the head waits, and accept_unseen is false. */
MUST_CHECK enum dd_err intake_confirm(struct dd_ctx *c, const struct intake_confirm_in *in, int64_t *ret_plan);

#endif
