/* sheet_priv.h - cuts the shown text of a paper into what a page draws. */
#ifndef SHEET_H
#define SHEET_H

#include "dd_blocks.h"
#include "dd_sheet_view.h"

struct sheet_mark {
        struct span span;
        struct str ids; /* out: the ids of its pieces, joined by spaces; "" when it is not in the text */
};

/* Lines with tabs (or | at both ends) become rows of tables, others paragraphs. Where marks overlap the shorter one is
 * drawn. Ids are prefix + number. */
void sheet_make(struct arena *a, struct str text, const char *prefix, struct sheet_mark *marks, size_t n,
                struct sheet *ret);

#endif
