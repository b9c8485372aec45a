/* drawn_priv.h - the kept rows beside the kept pieces. */
#ifndef DRAWN_PRIV_H
#define DRAWN_PRIV_H

#include "dd_drawn.h"

struct drawn_rows;
struct drawn_rows *drawn_rows_new(void); /* NULL: no memory */
void drawn_rows_free(struct drawn_rows *d);
struct drawn_rows *drawn_rows_of(const struct drawn *d); /* NULL: rows are not kept */

#endif
