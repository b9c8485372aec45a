/* intake_head_priv.h - heads of papers for the files that read, join and confirm drafts. */
#ifndef INTAKE_HEAD_PRIV_H
#define INTAKE_HEAD_PRIV_H

#include "intake_priv.h"

/* The i-th head as it was read; of a file without one: empty. */
void head_of(struct arena *a, const struct draft *d, size_t i, struct q_draft_head_row *ret);

/* The heads of a draft as they stand; those of an old draft as they were read, with id and version 0. */
MUST_CHECK enum dd_err heads_list(struct dd_tx *tx, int64_t intake_id, const struct draft *d,
                                  struct q_draft_head_rows *ret);
/* Writes a head as it stands in *h; DD_ECONFLICT when its version is another. */
MUST_CHECK enum dd_err head_put(struct dd_tx *tx, const struct q_draft_head_row *h, int64_t version);
/* Writes down those that are not yet. */
MUST_CHECK enum dd_err heads_create(struct dd_tx *tx, int64_t intake_id, const struct draft *d);
/* The draft got papers or lost them: what nobody verified follows it. */
MUST_CHECK enum dd_err heads_refresh(struct dd_tx *tx, int64_t intake_id, const struct draft *d);

/* What was verified in the place of what was read; papers that are none go. The deadlines follow the year. */
MUST_CHECK enum dd_err heads_apply(struct dd_ctx *c, const struct q_draft_head_rows *rows, struct draft *d);
MUST_CHECK enum dd_err heads_load(struct dd_tx *tx, int64_t intake_id, struct draft *d);

/* For confirming: DD_ECONFLICT when the plan's head waits and that was not accepted, else the heads are applied. */
MUST_CHECK enum dd_err heads_must_be_seen(struct dd_tx *tx, const struct intake_confirm_in *in, struct draft *d);

/* Puts back what a step changed in heads; *ret_ord: which, -1: none. */
MUST_CHECK enum dd_err heads_undo(struct dd_tx *tx, int64_t intake_id, int64_t step, int64_t *ret_ord);

#endif
