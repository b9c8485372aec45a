/* dd_grid.h - typed columns and cells, said once and written as XLSX (dd_xlsx.h) or CSV (dd_csv.h). */
#ifndef DD_GRID_H
#define DD_GRID_H

#include "dd_base.h"
#include "dd_date.h"

enum grid_type { GRID_TEXT, GRID_INT, GRID_DATE, GRID_PERCENT };

struct grid_col {
        struct str title;
        enum grid_type type;
        int32_t width; /* characters of the body font; 0: by type */
};

/* One value; its kind is the column's. Make them with the functions below; {0} is an empty cell. */
struct grid_cell {
        int64_t n;       /* GRID_INT, GRID_PERCENT (0..100), GRID_DATE (a day of dd_date.h) */
        struct str text; /* GRID_TEXT; elsewhere a text that stands instead of the value ("thường xuyên") */
        bool has;        /* n counts */
};

static inline struct grid_cell
grid_text(struct str s)
{
        return (struct grid_cell){ .text = s };
}

static inline struct grid_cell
grid_int(int64_t v)
{
        return (struct grid_cell){ .n = v, .has = true };
}

/* DD_NO_DAY gives an empty cell. */
static inline struct grid_cell
grid_day(int32_t day)
{
        return (struct grid_cell){ .n = day, .has = day != DD_NO_DAY };
}

/* Would a spreadsheet take this text for a formula? It begins with = + - @, TAB, CR, LF or a full-width form.
 * ASVS 1.2.10. */
bool grid_risky(struct str s);

#endif
