/* deadline_priv.h - the rules of deadline_table.c and who uses them. */
#ifndef DEADLINE_PRIV_H
#define DEADLINE_PRIV_H

#include "extract_priv.h"

enum how {
        HOW_DONE,
        HOW_UNKNOWN,
        HOW_ONGOING,
        HOW_EVENT,
        HOW_AFTER,
        HOW_BEFORE,
        HOW_DAYS,
        HOW_FROM,
        HOW_UNTIL,
        HOW_TAIL_DAYS,
        HOW_MONTH_DAYS,
        HOW_MONTHS,
        HOW_MONTHS_SHORT,
        HOW_QUARTERS,
        HOW_QUARTERS_SHORT,
        HOW_YEARS,
        HOW_YEARS_SHORT,
        HOW_YEARS_FROM,
        HOW_YEAR_AFTER,
        HOW_MONTHS_FROM,
        HOW_QUARTERS_FROM,
        HOW_MONTHS_FIRST,
        HOW_MONTHS_LAST,
        HOW_DAY,
        HOW_DAY_AFTER,
        HOW_ANCHOR,
        HOW_YEARLY,
        HOW_YEARLY_MONTH,
        HOW_YEARLY_QUARTER,
        HOW_QUARTERLY_DAY,
        HOW_QUARTERLY_FIRST,
        HOW_MONTHLY_DAY,
        HOW_MONTH,
        HOW_MONTH_BY,
        HOW_MONTH_BEFORE,
        HOW_QUARTER,
        HOW_QUARTER_BY,
        HOW_QUARTER_BEFORE,
        HOW_HALF_FIRST,
        HOW_HALF_LAST,
        HOW_YEAR,
        HOW_YEAR_BY,
        HOW_YEAR_BEFORE,
        HOW_RECUR,
        HOW_EVERY_MONTHS,
        HOW_EVERY_YEARS,
        HOW_EVERY_WEEKS,
};

struct time_rule {
        const char *pattern;
        enum how how;
        bool start; /* only at the beginning of the text */
        enum recur_kind recur;
        const char *note; /* NULL: none */
};

#define EACH "(hang|moi|tung)"

extern const struct time_rule STRONG_TIMES[], WEAK_TIMES[];
extern const size_t N_STRONG_TIMES, N_WEAK_TIMES;

/* A view of its own, not a paragraph: see deadline_parse. */
void deadline_of_view(struct arena *a, const struct view *whole, int year, struct deadline *ret);

#endif
