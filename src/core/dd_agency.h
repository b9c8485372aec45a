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
/* By a remembered name or its own, letter for letter but for marks and case. */
MUST_CHECK enum dd_err agency_known(struct dd_tx *tx, const struct mention *m, int32_t day, int64_t *ret_id,
                                    bool *ret_found);
/* The agency a mention names on a day, by alias or directory; *ret_found false: none that is sure. *d is the directory,
 * read when it is first needed (zeroed before), so that many mentions of one transaction read it once. */
MUST_CHECK enum dd_err agency_find(struct dd_tx *tx, const struct mention *m, int32_t day, struct directory *d,
                                   int64_t *ret_id, bool *ret_found);
/* The same, else a new record valid from 1900. Joins it to the committee. */
MUST_CHECK enum dd_err agency_resolve(struct dd_tx *tx, const struct mention *m, int32_t day, int64_t *ret_id);

/* The one agency that words name ("Sở Tài chính"), made when unknown; system callers, within dd_write. DD_EINVAL when
 * the words name none or several. */
MUST_CHECK enum dd_err agency_by_words(struct dd_ctx *c, struct str words, int64_t *ret_id);

/* ---- names that a verifier has accepted ----------------------------------------------------------------- */

/* Within a transaction: from now on `words` names this agency in papers of the committee. Nothing happens when it is
 * the agency's own name, or another agency's. Audit alias.accept. document_id 0: said on the agency's page. */
MUST_CHECK enum dd_err alias_accept(struct dd_tx *tx, struct str words, int64_t agency_id, int64_t document_id);
/* A verifier wrote `now` where the paper says `was`: when they differ in one name that no agency has, and that is like
 * the other or short for it, it is remembered. */
MUST_CHECK enum dd_err alias_learn(struct dd_tx *tx, struct str was, struct str now, int32_t day, int64_t document_id);
MUST_CHECK enum dd_err alias_list(struct dd_ctx *c, int64_t agency_id, struct q_agency_alias_rows *ret);
/* By hand. Right: CAP_INTAKE. DD_ECONFLICT: the words name another agency. */
MUST_CHECK enum dd_err alias_add(struct dd_ctx *c, int64_t agency_id, struct str words);
/* Serves no more; what was assigned by it stays. Right: CAP_INTAKE. Audit alias.take_back. */
MUST_CHECK enum dd_err alias_take_back(struct dd_ctx *c, int64_t agency_id, int64_t alias_id, int64_t version);

#endif
