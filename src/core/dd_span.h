/* dd_span.h - the projection of a task's events: what held from a day to a day. DESIGN section 1. */
#ifndef DD_SPAN_H
#define DD_SPAN_H

#include "dd_state.h"
#include "q_task_rows.h"

/* Rewrites the spans of a task from its events and lead assignments. Within the caller's transaction. */
MUST_CHECK enum dd_err span_project(struct dd_tx *tx, int64_t task_id);

struct span_row {
        int64_t assignment_id, agency_id; /* 0, 0: the task as a whole */
        int32_t from_day, to_day;
        int64_t lifecycle;
        int32_t due, original_due, done_day, last_day;
        bool conditional;
        int64_t percent;
        int64_t life_before;    /* it was suspended: what it goes on as */
        int64_t percent_before; /* the result was handed in: what a hand-back falls back to */
        struct str leads;
};
struct span_rows {
        struct span_row *v;
        size_t n, cap;
};
/* The pure part, for tests: events ordered by id. */
void span_compute(struct arena *a, const struct q_task_row *task, const struct q_assignment_rows *as,
                  const struct q_event_rows *ev, struct span_rows *ret);
/* Stores the spans of a task that has none. Of the task: id, plan_id, plan_issued, ord. */
MUST_CHECK enum dd_err span_write(struct dd_tx *tx, const struct q_task_row *task, const struct span_rows *spans);

#endif
