/* dd_member.h - seats of the committee and what they answer for: a member follows agencies, and with them the tasks
 * these lead (plan 2653, III.2 and Appendix II). People change, the seat stays. */
#ifndef DD_MEMBER_H
#define DD_MEMBER_H

#include "dd_task.h"
#include "q_committee_rows.h"
#include "q_member_rows.h"
#include "q_task_rows.h"

struct member_full {
        struct q_member_row member;
        struct q_follow_rows follows; /* past ones too */
        struct task_page tasks;       /* at c->as_of */
};
MUST_CHECK enum dd_err member_full(struct dd_ctx *c, int64_t id, struct member_full *ret);

/* Who answers for a task at c->as_of; of many tasks: task_beside(). Right: CAP_READ. */
MUST_CHECK enum dd_err task_followers(struct dd_ctx *c, int64_t task_id, struct q_follower_rows *ret);

struct member_follow_in {
        int64_t member_id, agency_id;
        int32_t day;       /* from then on; DD_NO_DAY: today */
        struct str source; /* the paper that says so, required */
};
/* Right: CAP_PLAN_EDIT. Audit member.follow. DD_ECONFLICT: the member follows that agency already. */
MUST_CHECK enum dd_err member_follow(struct dd_ctx *c, const struct member_follow_in *in, int64_t *ret_id);
/* Ends today: yesterday was the last day. Right: CAP_PLAN_EDIT. Audit member.unfollow. */
MUST_CHECK enum dd_err member_unfollow(struct dd_ctx *c, int64_t member_id, int64_t follow_id, int64_t version);

#endif
