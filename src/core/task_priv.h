/* task_priv.h - what the files share that change a task. */
#ifndef CORE_TASK_PRIV_H
#define CORE_TASK_PRIV_H

#include "dd_task.h"

/* Takes the version the person saw (0: a system caller) and counts it up; DD_ECONFLICT with both values when somebody
 * changed the task since. */
MUST_CHECK enum dd_err task_check_version(struct dd_tx *tx, int64_t task_id, int64_t version, struct str typed);

/* Other coordinating agencies from a day, other words for what comes out: no event of its own, told by the audit trail
 * and by the days of the assignments. Right: CAP_PLAN_EDIT. Audit task.coordinating, task.output. */
MUST_CHECK enum dd_err task_set_coordinating(struct dd_ctx *c, int64_t task_id, int64_t version, struct str words,
                                             int32_t day);
MUST_CHECK enum dd_err task_set_output(struct dd_ctx *c, int64_t task_id, int64_t version, struct str words);

#endif
