/* dd_csv.h - writes CSV by RFC 4180 (CRLF, quotes doubled) in UTF-8 with a byte order mark, so that Excel reads the
 * letters. Texts a spreadsheet would run as a formula get an apostrophe in front. Days are ISO, percents whole numbers.
 */
#ifndef DD_CSV_H
#define DD_CSV_H

#include "dd_grid.h"

struct csv {
        struct dd_buf *out;
        const struct grid_col *cols;
        size_t n_cols;
};

/* Writes the mark and the header line. Look at out->over at the end. */
void csv_start(struct csv *w, struct dd_buf *out, const struct grid_col *cols, size_t n_cols);
void csv_row(struct csv *w, const struct grid_cell *cells); /* a cell a column */

#endif
