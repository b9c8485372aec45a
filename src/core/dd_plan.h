/* dd_plan.h - the plan as a whole paper, and the board of a committee on a day. */
#ifndef DD_PLAN_H
#define DD_PLAN_H

#include "dd_state.h"
#include "q_board_rows.h"
#include "q_committee_rows.h"
#include "q_document_rows.h"
#include "q_plan_rows.h"
#include "q_task_rows.h"

MUST_CHECK enum dd_err plan_list(struct dd_ctx *c, struct q_plan_rows *ret);
/* The same plans without their number of tasks, which has to be counted. */
MUST_CHECK enum dd_err plan_brief(struct dd_ctx *c, struct q_plan_brief_rows *ret);
/* How many of them, at the head of the list, were issued after a day: they do not exist on it. */
size_t plans_ahead(const struct q_plan_brief_rows *plans, int32_t day);
MUST_CHECK enum dd_err plan_get(struct dd_ctx *c, int64_t id, struct q_plan_row *ret);
/* By number as typed ("2653", "2653/KH-BCĐ") and year (0: any), over all committees; system callers only. */
MUST_CHECK enum dd_err plan_find(struct dd_ctx *c, struct str number, int64_t year, struct q_plan_found_rows *ret);

struct plan_full {
        struct q_plan_row plan;
        struct q_document_row document;
        struct q_basis_rows bases;
        struct q_recipient_rows recipients;
        struct q_paper_item_rows items; /* purposes, focus points, organisation */
        struct q_task_group_rows groups;
        struct q_task_item_rows tasks; /* at c->as_of, in the order of the paper */
        struct q_member_rows members;
        struct q_duty_rows duties;
        struct q_plan_note_rows notes;
        struct q_document_rows papers; /* beside its own: memo 2193 */
        bool has_consultation;
        struct q_consultation_row consultation;
        struct state_rules rules;
};
MUST_CHECK enum dd_err plan_full(struct dd_ctx *c, int64_t id, struct plan_full *ret);

/* What was told of the plan's tasks up to c->as_of, and who works with the leads on that day. */
MUST_CHECK enum dd_err plan_told(struct dd_ctx *c, int64_t id, struct q_plan_event_rows *ret_events,
                                 struct q_plan_helper_rows *ret_helpers);

/* ---- board -------------------------------------------------------------------------------------------- */

struct board_line {
        int64_t agency_id;
        struct str name;
        int64_t total; /* lead assignments, discontinued ones left out */
        int64_t n[STATE_MAX];
        int32_t last_day; /* DD_NO_DAY: never told anything */
        int64_t silent;   /* silent_days() */
        bool is_silent;   /* longer than the rule set allows, with work still to do */
        bool no_member;   /* leads, but has no seat in the committee */
};
struct board {
        int64_t total; /* tasks, discontinued ones left out */
        int64_t n[STATE_MAX];
        int64_t done_on_time, done_late, done_no_due;
        int64_t due_by_now; /* tasks whose deadline is on or before the day: the denominator of overdue */
        int64_t due_today;
        int64_t remaining; /* not done, not yet due: the denominator of due soon */
        int64_t agencies, silent_agencies;
        struct board_line *lines;
        size_t n_lines;
        struct state_rules rules;
};
/* Days of silence at the end of a day: since the last update, or, of who never told anything, since the earliest open
 * assignment. Of board and report alike; never below 0. */
int64_t silent_days(int32_t day, int32_t last, int32_t since);
/* plan_id 0: all plans of the committee. Figures of tasks count a task once, lines count assignments. */
MUST_CHECK enum dd_err board_make(struct dd_ctx *c, int64_t plan_id, struct board *ret);
/* The agencies that lead or led tasks, by name. */
MUST_CHECK enum dd_err board_agencies(struct dd_ctx *c, struct q_board_name_rows *ret);
/* The figures of tasks alone, without lines: cheap enough for every page. */
MUST_CHECK enum dd_err board_totals(struct dd_ctx *c, struct board *ret);

#endif
