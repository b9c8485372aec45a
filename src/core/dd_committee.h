/* dd_committee.h - the committee, its rules as data, its members by post. */
#ifndef DD_COMMITTEE_H
#define DD_COMMITTEE_H

#include "dd_base.h"
#include "dd_draft.h"
#include "dd_state.h"
#include "q_committee_rows.h"

struct committee_in {
        struct str name, short_name, parent_name, head_name, place;
        struct str head_post; /* committee_edit; STR_NONE: by the name */
        int64_t standing_agency_id, version;
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

/* Rights of both: CAP_COMMITTEE. DD_ECONFLICT on a stale version. Audit committee.edit, committee.rule (with old, new).
 */
MUST_CHECK enum dd_err committee_edit(struct dd_ctx *c, const struct committee_in *in);

struct rule_in {
        struct str name, value, source;
        int32_t day;     /* from when; DD_NO_DAY: today. Never before today: a day gone by keeps the rule it had */
        int64_t version; /* of the committee */
};
MUST_CHECK enum dd_err committee_rule_set(struct dd_ctx *c, const struct rule_in *in);
/* All values ever set, by name, the newest first. */
MUST_CHECK enum dd_err committee_rule_history(struct dd_ctx *c, struct q_rule_rows *ret);

/* The rules a person may set. */
struct rule_kind {
        const char *name;
        struct str words, unit; /* "Coi là sắp đến hạn trước", "ngày" */
        int64_t min, max;       /* max 0: days of the year, "15/6; 15/12" */
};
extern const struct rule_kind rule_kinds[];
extern const size_t rule_kinds_n;
const struct rule_kind *rule_kind_of(struct str name); /* NULL: none of them */
/* The first of the days of a year ("15/6; 15/12") that is not before `day`; DD_NO_DAY when the text is no such list. */
int32_t rule_next_day(struct str value, int32_t day);

#endif
