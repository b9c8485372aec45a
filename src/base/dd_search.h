/* dd_search.h - text search, whichever database holds the index (implemented in src/db). */
#ifndef DD_SEARCH_H
#define DD_SEARCH_H

#include "dd_base.h"

/* What the index column is given for a text. */
struct str dd_search_document(struct arena *a, const struct dd_db *db, struct str text);
/* What a person typed, in the engine's query language; STR_NONE when there is nothing to look for. */
struct str dd_search_query(struct arena *a, const struct dd_db *db, struct str typed);

#endif
