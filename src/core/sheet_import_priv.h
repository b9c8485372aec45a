/* sheet_import_priv.h - between the check of a table and its import. */
#ifndef SHEET_IMPORT_PRIV_H
#define SHEET_IMPORT_PRIV_H

#include "dd_sheet_import.h"

/* Columns, rows and faults of ck->draft, within a transaction. */
MUST_CHECK enum dd_err sheet_look(struct dd_tx *tx, const struct sheet_map *map, struct sheet_check *ck);

#endif
