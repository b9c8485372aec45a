/* import_priv.h - between the two kinds of import: a paper, a table. */
#ifndef APP_IMPORT_PRIV_H
#define APP_IMPORT_PRIV_H

#include "dd_committee.h"
#include "dd_draft.h"
#include "env_priv.h"

int import_sheet(struct cmd *k); /* CMD_LEFT: rows with faults are left */
/* A first paper names its committee; `asked` and a paper that names none leave the words of every office. */
void import_committee(struct dd_ctx *c, struct str asked, const struct draft *d, struct committee_in *ret);

#endif
