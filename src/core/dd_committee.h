/* dd_committee.h - the committee, its rules as data, its members by post. */
#ifndef DD_COMMITTEE_H
#define DD_COMMITTEE_H

#include "dd_base.h"
#include "dd_draft.h"
#include "dd_state.h"
#include "q_committee_rows.h"

struct committee_in {
        struct str name, short_name, parent_name, head_name, place;
};

/* The names a first paper gives its committee (its plan's title, else its head); false: it names none. They live in `a`
 * and in the draft. */
bool committee_of_draft(struct arena *a, const struct draft *d, struct committee_in *ret);
/* A committee with the default rule set of DOMAIN 2 (each value with its source). Right: the command line only. */
MUST_CHECK enum dd_err committee_create(struct dd_ctx *c, const struct committee_in *in, int64_t *ret_id);
/* The first committee into c->committee_id; made from `in` when the installation is new. Within dd_write. */
MUST_CHECK enum dd_err committee_open(struct dd_ctx *c, const struct committee_in *in, bool *ret_new);
MUST_CHECK enum dd_err committee_get(struct dd_ctx *c, struct q_committee_row *ret);
MUST_CHECK enum dd_err committee_members(struct dd_ctx *c, int32_t day, struct q_member_rows *ret);
MUST_CHECK enum dd_err committee_rules(struct dd_ctx *c, int32_t day, struct q_rule_rows *ret);
/* The numbers that decide timeliness on a day; the defaults where the rule set is silent. */
MUST_CHECK enum dd_err committee_state_rules(struct dd_ctx *c, int32_t day, struct state_rules *ret);

#endif
