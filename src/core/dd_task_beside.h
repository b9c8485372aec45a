/* dd_task_beside.h - what lists and files say beside a task: who answers for it, who works with the leads, what was
 * told last. One question for all tasks of a page. */
#ifndef DD_TASK_BESIDE_H
#define DD_TASK_BESIDE_H

#include "dd_date.h"
#include "q_task_rows.h"

struct task_beside {
        struct str followers, helpers; /* "; " between */
        struct str note;               /* told last by c->as_of; STR_NONE: nothing */
        int32_t note_day;
};

/* One for each row, in their order, in c->arena. Right: CAP_READ. */
MUST_CHECK enum dd_err task_beside(struct dd_ctx *c, const struct q_task_item_rows *of, struct task_beside **ret);

#endif
