/* dd_intake_amend.h - a paper that changes a plan which is being followed: its differences, accepted one by one.
 * Nothing happens by itself; what is accepted becomes an act on the task that is there, so that it keeps its history.
 */
#ifndef DD_INTAKE_AMEND_H
#define DD_INTAKE_AMEND_H

#include "dd_intake.h"
#include "q_amend_rows.h"
#include "q_plan_rows.h"

enum amend_kind {
        AMEND_TITLE,
        AMEND_LEAD,
        AMEND_COORDINATING,
        AMEND_DUE,
        AMEND_OUTPUT,
        AMEND_ADDED,
        AMEND_REMOVED,
        AMEND_KIND_MAX
};
struct str amend_kind_word(enum amend_kind k); /* Vietnamese, the key for translation */

struct amend_change {
        struct str name; /* "due:12": tells it from all others of this paper */
        enum amend_kind kind;
        int64_t task_id, row_id; /* 0 of an added task, of a removed one */
        int64_t version;         /* of the task, else of the row of the draft */
        struct str no, title;    /* of the task */
        struct str was, becomes; /* "" for nothing */
};

/* Which plan a paper changes, and what told it. Its number and issuer are a plan's, or its title says that it amends or
 * replaces and it cites one. plan_id 0: it stands for itself. */
struct amend_hint {
        int64_t plan_id;
        struct str number;
        bool same_number;
        bool whole; /* takes the place of the plan: what it lacks is no task any more */
};
MUST_CHECK enum dd_err amend_find(struct dd_ctx *c, const struct intake_full *in, struct amend_hint *ret);

struct amend_full {
        struct q_intake_row intake;
        struct draft draft;
        struct amend_hint hint;
        struct q_plan_brief_rows plans; /* to choose another one from */
        struct str number, title;       /* of this paper */
        int32_t day;
        struct amend_change *changes;
        size_t n_changes, cap_changes, n_same;
        struct q_amend_decision_rows decided;
};
/* plan_id 0: the one it was found to change. Right: CAP_INTAKE. DD_EINVAL: there is no plan to compare with. */
MUST_CHECK enum dd_err amend_full(struct dd_ctx *c, int64_t intake_id, int64_t plan_id, struct amend_full *ret);

struct amend_decide_in {
        int64_t intake_id, plan_id, version; /* of the task or the row, as the person saw it */
        struct str name;
        bool accept;
};
/* One difference. Rights: CAP_INTAKE, CAP_PLAN_EDIT. Audit amend.accept or amend.refuse, and that of the act. */
MUST_CHECK enum dd_err amend_decide(struct dd_ctx *c, const struct amend_decide_in *in);
/* All were decided: the paper is kept with the plan. DD_ECONFLICT while differences are open. Audit amend.close. */
MUST_CHECK enum dd_err amend_close(struct dd_ctx *c, int64_t intake_id, int64_t plan_id, int64_t version);

#endif
