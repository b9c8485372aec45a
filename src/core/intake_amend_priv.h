/* intake_amend_priv.h - between the comparison and the acts. */
#ifndef INTAKE_AMEND_PRIV_H
#define INTAKE_AMEND_PRIV_H

#include "dd_intake_amend.h"
#include "intake_head_priv.h"

struct dd_tx;

/* The differences between the rows of a draft and the tasks of a plan as they are now, without those decided. */
MUST_CHECK enum dd_err amend_compare(struct dd_tx *tx, int64_t intake_id, struct amend_full *f);
/* Which plan; within a transaction. */
MUST_CHECK enum dd_err amend_hint_of(struct dd_tx *tx, const struct draft *d, struct amend_hint *ret);

#endif
