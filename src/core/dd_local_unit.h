/* dd_local_unit.h - the units that "địa phương", "UBND cấp huyện", "các huyện, thị xã, thành phố" mean on a day. */
#ifndef DD_LOCAL_UNIT_H
#define DD_LOCAL_UNIT_H

#include "dd_base.h"
#include "q_agency_rows.h"
#include "q_local_unit_rows.h"

enum local_level { LOCAL_DISTRICT, LOCAL_COMMUNE };

struct local_units_in {
        enum local_level level;
        struct str names; /* one a line */
        struct str source;
        int32_t from, to; /* to DD_NO_DAY: as long as no other set takes its place */
};
/* A set of units of the committee's province. Days gone by may be told: papers of that time are read by it. Right:
 * CAP_COMMITTEE. Audit committee.units. */
MUST_CHECK enum dd_err local_units_set(struct dd_ctx *c, const struct local_units_in *in);
MUST_CHECK enum dd_err local_units(struct dd_ctx *c, enum local_level level, int32_t day,
                                   struct q_local_unit_rows *ret);

/* "Các sở, ngành, địa phương", "Ủy ban nhân dân cấp huyện": a set of places, or one with places in it. */
bool local_is_set(struct str name);
/* Appends the units such a name means on a day to *ret, with id 0: districts while there were any, else communes. */
MUST_CHECK enum dd_err local_expand(struct dd_ctx *c, struct str name, int32_t day, struct q_agency_name_rows *ret);

#endif
