/* dd_agency.h - organisations: dated records with successors, never strings. */
#ifndef DD_AGENCY_H
#define DD_AGENCY_H

#include "dd_base.h"
#include "dd_draft.h"
#include "q_agency_rows.h"

MUST_CHECK enum dd_err agency_list(struct dd_ctx *c, struct q_agency_rows *ret);
MUST_CHECK enum dd_err agency_get(struct dd_ctx *c, int64_t id, struct q_agency_row *ret);

/* "Các sở, ngành", "Ủy ban nhân dân cấp huyện": many bodies under one name, none that could sit in a committee. */
bool agency_is_class(struct str kind, struct str name);

/* The members of a group ("Các sở, ngành", "Ủy ban nhân dân cấp huyện") on a day; places among them have id 0. */
MUST_CHECK enum dd_err agency_group(struct dd_ctx *c, int64_t group_id, int32_t day, struct q_agency_name_rows *ret);

/* The directory that mention_resolve reads, within a transaction. */
MUST_CHECK enum dd_err agency_directory(struct dd_tx *tx, struct directory *ret);
/* The agency a mention names on a day: alias, directory, else a new record valid from 1900. Joins it to the committee.
 */
MUST_CHECK enum dd_err agency_resolve(struct dd_tx *tx, const struct mention *m, int32_t day, int64_t *ret_id);

/* The one agency that words name ("Sở Tài chính"), made when unknown; system callers, within dd_write. DD_EINVAL when
 * the words name none or several. */
MUST_CHECK enum dd_err agency_by_words(struct dd_ctx *c, struct str words, int64_t *ret_id);

#endif
