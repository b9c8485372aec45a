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

/* A long paper goes to the browser in parts: at the end of a line, not within a table that is not long itself. */
struct sheet_part {
        struct str text;
        int32_t from, to; /* code points of the whole */
};
struct sheet_parts {
        struct sheet_part *v;
        size_t n, cap;
};
void sheet_cut(struct arena *a, struct str text, size_t bytes, struct sheet_parts *ret);
/* One part; ids say the place in the whole: "c1234". The marks get none. */
void sheet_make_part(struct arena *a, const struct sheet_part *part, struct sheet_mark *marks, size_t n,
                     struct sheet *ret);

#endif
