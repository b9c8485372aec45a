/* dd_task.h - tasks: list, one task as of a day, adding by hand, correcting, discontinuing. */
#ifndef DD_TASK_H
#define DD_TASK_H

#include "dd_agency.h"
#include "dd_board_keep.h"
#include "dd_state.h"
#include "q_plan_rows.h"
#include "q_task_rows.h"

enum task_sort { SORT_ORDER, SORT_DUE, SORT_TITLE, SORT_UPDATED };

struct task_filter {
        int64_t plan_id, group_id, agency_id; /* 0: all */
        int64_t member_id;                    /* tasks a member answers for; 0: all */
        bool has_state;
        enum task_state state;
        bool silent;       /* nothing told for silent_days */
        struct str search; /* as typed; with or without marks */
        enum task_sort sort;
        struct str after_key; /* keyset: rows behind this one */
        int64_t after_id;
        int64_t max; /* rows; 0 = 50 */
};

struct task_page {
        struct q_task_item_rows rows;
        bool more;
        bool newest; /* a search found too many to put in order: the newest come first */
        struct state_rules rules;
};

MUST_CHECK enum dd_err task_list(struct dd_ctx *c, const struct task_filter *f, struct task_page *ret);
/* Tasks where an agency coordinates or was asked. */
MUST_CHECK enum dd_err task_coordinating(struct dd_ctx *c, int64_t agency_id, struct q_task_item_rows *ret);

struct task_full {
        struct q_task_row task;
        struct q_assignment_rows assignments;
        struct q_event_rows events;
        struct q_event_file_rows files;
        struct q_span_rows spans; /* at c->as_of; [0] is the task itself unless there was none yet */
        struct state_rules rules;
        struct q_event_own_rows own; /* what this person may take back: event_withdrawable() */
};
MUST_CHECK enum dd_err task_full(struct dd_ctx *c, int64_t id, struct task_full *ret);

struct task_new {
        int64_t plan_id, group_id;
        struct str no, title, output, deadline_text;
        const char *deadline_kind;
        int32_t start_day, due, from_day; /* from_day: when it is assigned */
        struct str source, note;          /* STR_NONE: added by hand */
        struct span span;
        const struct mentions *lead, *coordinating;
        bool sample;
        bool is_done; /* by the paper itself: handed in on done_day, confirmed on from_day */
        int32_t done_day;
        struct str done_note;
};
/* Within a transaction: the task, its assignments, its "assigned" events, spans, search row. DD_ENOTFOUND: no such plan
 * of this committee. */
MUST_CHECK enum dd_err task_create(struct dd_tx *tx, const struct task_new *in, int64_t *ret_id);

struct agency_met {
        struct str text, as, name; /* as written; the name read in it; the agency's own */
        int32_t day;
        int64_t id;
};
/* Many tasks of one plan in one transaction: what they share is asked once, the board's figures are written at the end.
 * begin, make each, end; task_new.plan_id is not looked at. Meanwhile nothing else may change the plan's tasks. */
struct task_maker {
        struct dd_tx *tx;
        int64_t plan_id, ord; /* of the last task */
        struct q_plan_head_row plan;
        struct {
                struct agency_met *v;
                size_t n, cap;
        } met;
        struct board_change board;
};
MUST_CHECK enum dd_err task_maker_begin(struct dd_tx *tx, int64_t plan_id, struct task_maker *ret);
/* Names of agencies have changed meanwhile. */
void task_maker_ask_again(struct task_maker *m);
MUST_CHECK enum dd_err task_make(struct task_maker *m, const struct task_new *in, int64_t *ret_id);
MUST_CHECK enum dd_err task_maker_end(struct task_maker *m);

struct task_by_hand {
        int64_t plan_id, group_id;
        struct str title, lead, coordinating, output, deadline_text;
        int32_t day;
};
/* Right: CAP_PLAN_EDIT. Audit task.add. */
MUST_CHECK enum dd_err task_add(struct dd_ctx *c, const struct task_by_hand *in, int64_t *ret_id);

enum task_correction { CORRECT_TITLE, CORRECT_LEAD, CORRECT_DUE };
struct task_correct_in {
        int64_t task_id, version; /* version the person saw; stale gives DD_ECONFLICT with both values */
        enum task_correction what;
        struct str value;  /* new title; new lead as written; new deadline in words or a day */
        struct str reason; /* required */
        int32_t day;
        bool by_paper; /* an amending paper says so: what it leaves as it was is no fault */
        bool sample;   /* an example of the demonstration */
};
/* What a corrected deadline would be: a day in any writing, or a period ("Quý IV/2023"). DD_NO_DAY: none. */
int32_t task_due_of(struct dd_ctx *c, struct str words);
/* The deadline after all that was decided until a day: also of a task that is suspended, whose clock stands. DD_NO_DAY:
 * none. */
int32_t task_due_told(const struct q_task_row *t, const struct q_event_rows *events, int32_t by);
/* DD_EINVAL, beside the field: nothing would change; a day before the assignment or after today; a deadline before the
 * plan. DD_ECONFLICT with both values when somebody changed the task since. The original deadline is kept. Right:
 * CAP_PLAN_EDIT. Audit task.correct. */
MUST_CHECK enum dd_err task_correct(struct dd_ctx *c, const struct task_correct_in *in, int64_t *ret_event);

enum task_decision { DECIDE_DISCONTINUE, DECIDE_SUSPEND, DECIDE_RESUME };
struct task_decide_in {
        int64_t task_id, version;
        enum task_decision what;
        struct str doc_number, reason; /* the decision, required */
        int32_t doc_day, day;          /* it counts from doc_day, else from day */
};
/* A decision with a number, never a deletion (DOMAIN 2.4): dropped for good, or its clock stopped and started again;
 * the original deadline stays. Right: CAP_PLAN_EDIT. Audit task.discontinue, task.suspend, task.resume. DD_ECONFLICT:
 * the task is not in a state that can be decided so. */
MUST_CHECK enum dd_err task_decide(struct dd_ctx *c, const struct task_decide_in *in, int64_t *ret_event);
/* Could it be decided so now? `lifecycle` of the task as a whole. */
bool task_may_decide(enum task_decision what, int64_t lifecycle);

#endif
