/* dd_task_grid.h - the table of tasks as spreadsheets carry it: one set of columns for every way out. */
#ifndef DD_TASK_GRID_H
#define DD_TASK_GRID_H

#include "dd_grid.h"
#include "dd_state.h"
#include "q_task_rows.h"

#define TASK_GRID_COLS   11
#define TASK_GRID_FOLLOW 10 /* who answers for it: filled by the caller, of core's followers_text */
extern const struct grid_col task_grid_cols[TASK_GRID_COLS];
void task_grid_row(struct arena *a, const struct q_task_item_row *t, int32_t day, const struct state_rules *rules,
                   struct grid_cell ret[TASK_GRID_COLS]);

#endif
