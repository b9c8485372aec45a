/* task_priv.h - what the files share that change a task. */
#ifndef CORE_TASK_PRIV_H
#define CORE_TASK_PRIV_H

#include "dd_task.h"

/* What stands of a task after it was made, as its projection and its search row want it. */
struct task_made {
        struct q_task_row task;
        struct q_assignment_rows assignments;
        struct q_event_rows events; /* in the order of their ids */
        bool sample;
};

/* The order of titles, as it is stored. */
struct str task_title_key(struct arena *a, struct str title);
/* Gives a task to those who are named, from a day; leads are told of it by an event. */
MUST_CHECK enum dd_err task_assign(struct task_maker *m, struct task_made *made, const struct mentions *who,
                                   const char *role, int32_t day);
/* The words a task is found by; it has none yet. Of the task: id, title, plan_number, deadline_text, output. */
MUST_CHECK enum dd_err task_index(struct dd_tx *tx, const struct q_task_row *t, const struct q_assignment_rows *as);

/* Takes the version the person saw (0: a system caller) and counts it up; DD_ECONFLICT with both values when somebody
 * changed the task since: what stands now (STR_NONE: its title) and what was sent. */
struct task_typed {
        struct str now, sent;
};
MUST_CHECK enum dd_err task_check_version(struct dd_tx *tx, int64_t task_id, int64_t version, struct task_typed typed);

/* The day an act counts from lies between what it answers (`from`, said by `what`: "ngày giao nhiệm vụ") and today;
 * else a fault beside the field with both days. DD_NO_DAY: not given, nothing is said. True: it may stand. */
bool task_check_day(struct dd_ctx *c, const char *field, int32_t day, int32_t from, const char *what);
/* The first day a task was given to anybody who leads it; DD_NO_DAY: nobody does. */
int32_t task_given_day(const struct q_assignment_rows *as);

/* Other coordinating agencies from a day, other words for what comes out: an event of the task says what and why.
 * Right: CAP_PLAN_EDIT. Audit task.coordinating, task.output. */
struct task_reset {
        int64_t task_id, version;
        struct str words, reason;
        int32_t day;
};
MUST_CHECK enum dd_err task_set_coordinating(struct dd_ctx *c, const struct task_reset *in);
MUST_CHECK enum dd_err task_set_output(struct dd_ctx *c, const struct task_reset *in);

#endif
