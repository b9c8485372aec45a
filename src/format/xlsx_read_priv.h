/* xlsx_read_priv.h - inside the reader of XLSX: what its cells show. */
#ifndef XLSX_READ_PRIV_H
#define XLSX_READ_PRIV_H

#include "package_priv.h"
#include "sheet_priv.h"

enum xlsx_show { SHOW_NUMBER, SHOW_PERCENT, SHOW_DAY, SHOW_MONTH, SHOW_YEAR };

struct xlsx_shows { /* by the number of a cell's style */
        uint8_t *v;
        size_t n, cap;
        bool since_1904;
};

MUST_CHECK enum dd_err xlsx_shows_read(struct dd_ctx *c, struct package *p, struct str part, struct xlsx_shows *ret);
/* The text of a number in a cell of that style. */
struct str xlsx_number(struct arena *a, const struct xlsx_shows *s, int32_t style, struct str v);

MUST_CHECK enum dd_err xlsx_strings_read(struct dd_ctx *c, struct package *p, struct str part, struct strs *ret);

#endif
