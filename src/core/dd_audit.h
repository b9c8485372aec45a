/* dd_audit.h - the audit row and the idempotency key of an action; both in the action's own transaction. */
#ifndef DD_AUDIT_H
#define DD_AUDIT_H

#include "dd_base.h"
#include "q_audit_rows.h"

/* Writes the row of an action; detail is a few words for people or STR_NONE. Chained: SHA-256 of the hash before and
 * the row. */
MUST_CHECK enum dd_err audit(struct dd_tx *tx, const char *action, int64_t object_id);
MUST_CHECK enum dd_err audit_detail(struct dd_tx *tx, const char *action, int64_t object_id, struct str detail);

/* The same by a person who is only about to be signed in. */
MUST_CHECK enum dd_err audit_as(struct dd_tx *tx, int64_t account_id, const char *action, int64_t object_id);

/* What people read for an action ("update.add") and for where it came from ("cli"), in Vietnamese, the key for
 * translation. STR_NONE: an unknown action; an origin that is an address. */
struct str audit_words(struct str action);
struct str audit_origin_words(struct str origin);

/* Has this key been used? Then *ret_done and the result of the first time. A key used for another action is
 * DD_ECONFLICT. Without a key nothing is known (only system callers may come without). */
MUST_CHECK enum dd_err action_begin(struct dd_tx *tx, const char *action, bool *ret_done, int64_t *ret_result);
MUST_CHECK enum dd_err action_end(struct dd_tx *tx, const char *action, int64_t result);

/* Stands for all that actions have done so far: no two states of an installation have the same one. What was made of
 * data read in the same transaction is still right while it has not changed. Right: CAP_READ. */
MUST_CHECK enum dd_err audit_mark(struct dd_ctx *c, struct str *ret);

/* Which acts; what is left zero (DD_NO_DAY: days) asks for all. */
struct audit_filter {
        int64_t before_id; /* older than this row */
        int32_t from, to;  /* days, both within */
        int64_t account_id, task_id;
        struct str act; /* "task.add", or how names begin: "task." */
        int64_t max;
};

/* The newest rows that a filter lets through, with what each was done to. Right: CAP_AUDIT_READ. */
MUST_CHECK enum dd_err audit_page(struct dd_ctx *c, const struct audit_filter *f, struct q_audit_rows *ret);
/* Who is or was there to act, by post. Right: CAP_AUDIT_READ. */
MUST_CHECK enum dd_err audit_people(struct dd_ctx *c, struct q_audit_person_rows *ret);

/* The acts and their words by number, for a choice; kinds have a name that ends with a dot ("task."). False: no such
 * number. */
bool audit_act(size_t i, struct str *ret_name, struct str *ret_words);

#endif
