/* dd_update.h - what agencies tell of their assignments, and what the standing agency answers. */
#ifndef DD_UPDATE_H
#define DD_UPDATE_H

#include "dd_base.h"
#include "dd_date.h"

struct evidence {
        struct str name, type; /* shown only */
        struct str bytes;      /* n == 0: none */
};

struct update_in {
        int64_t assignment_id;
        int64_t task_id;       /* the task it must belong to; 0: not asked */
        int32_t day;           /* when it counts; DD_NO_DAY = today */
        struct dd_opt percent; /* 0..100 */
        struct str note;
        struct str doc_number; /* the product document of a result */
        int32_t doc_day;       /* DD_NO_DAY: none */
        struct evidence file;
        int64_t seen; /* the newest event of the task the person saw; 0: not asked */
        bool sample;
};

/* Progress of a lead assignment. Right: CAP_UPDATE for its agency. Audit update.add. DD_ECONFLICT on a task that is
 * done, handed in or discontinued; where somebody told something since `seen`, with both values; where the same stands
 * there already. DD_EINVAL: a percentage falls without a word why. */
MUST_CHECK enum dd_err update_add(struct dd_ctx *c, const struct update_in *in, int64_t *ret_event);
/* The agency takes note of the assignment. Audit update.receive. */
MUST_CHECK enum dd_err update_receive(struct dd_ctx *c, int64_t assignment_id, int32_t day, int64_t *ret_event);
/* The result is there: counts from the product document's day, else the day told (rule result_day). */
MUST_CHECK enum dd_err result_hand_in(struct dd_ctx *c, const struct update_in *in, int64_t *ret_event);
/* The focal point answers. Right: CAP_CONFIRM; handing back needs a note. Audit result.confirm, result.hand_back. */
MUST_CHECK enum dd_err result_confirm(struct dd_ctx *c, const struct update_in *in, int64_t *ret_event);
MUST_CHECK enum dd_err result_hand_back(struct dd_ctx *c, const struct update_in *in, int64_t *ret_event);

/* Takes back an update or a result that was sent by mistake: it stays to be read, with who took it back, when and why,
 * and counts no more on any day. Right: CAP_UPDATE for its agency, and its author's agency. Audit update.withdraw,
 * result.withdraw. DD_ECONFLICT when it was answered or something was told since, when it is taken back already. */
struct withdraw_in {
        int64_t task_id, event_id;
        struct str reason; /* required */
};
MUST_CHECK enum dd_err event_withdraw(struct dd_ctx *c, const struct withdraw_in *in, int64_t *ret_event);
/* Which events of a task this person may take back now. Right: CAP_READ. */
struct q_event_own_rows;
struct q_event_rows;
MUST_CHECK enum dd_err event_withdrawable(struct dd_ctx *c, int64_t task_id, const struct q_event_rows *events,
                                          struct q_event_own_rows *ret);

/* A file of the own committee. Right: CAP_READ. */
struct q_file_row;
MUST_CHECK enum dd_err file_get(struct dd_ctx *c, int64_t id, struct q_file_row *ret);
MUST_CHECK enum dd_err file_store(struct dd_tx *tx, const struct evidence *f, int64_t *ret_id);

#endif
