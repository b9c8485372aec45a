/* times_priv.h - how wide text is in Times New Roman, and how it breaks. Widths are twips. */
#ifndef TIMES_PRIV_H
#define TIMES_PRIV_H

#include "dd_base.h"

/* The widest of its lines. */
int32_t times_width(struct str text, int32_t size_pt, bool bold);
/* text with '\n' where lines should end, so that each fits max; ends between groups of words are preferred. The
 * space stays before the '\n', so that no words are joined when it is lost. */
struct str times_break(struct arena *a, struct str text, int32_t size_pt, bool bold, int32_t max);
/* Lines that text takes in a cell of that width; at least 1. */
size_t times_lines(struct str text, int32_t size_pt, bool bold, int32_t max);

#endif
