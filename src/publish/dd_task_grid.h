/* dd_task_grid.h - the table of tasks as spreadsheets carry it: one set of columns for every way out. */
#ifndef DD_TASK_GRID_H
#define DD_TASK_GRID_H

#include "dd_grid.h"
#include "dd_state.h"
#include "dd_task_beside.h"

enum { /* the columns that other tables choose from */
       TASK_GRID_NO,
       TASK_GRID_GROUP,
       TASK_GRID_TITLE,
       TASK_GRID_LEADS,
       TASK_GRID_HELPERS,
       TASK_GRID_OUTPUT,
       TASK_GRID_DEADLINE,
       TASK_GRID_ORIGINAL,
       TASK_GRID_DUE,
       TASK_GRID_STATE,
       TASK_GRID_LATE,
       TASK_GRID_PERCENT,
       TASK_GRID_LAST,
       TASK_GRID_NOTE,
       TASK_GRID_NOTE_DAY,
       TASK_GRID_PLAN,
       TASK_GRID_FOLLOW,
       TASK_GRID_COLS
};
extern const struct grid_col task_grid_cols[TASK_GRID_COLS];
struct task_grid {
        struct arena *a;
        int32_t day;
        const struct state_rules *rules;
};
void task_grid_row(const struct task_grid *g, const struct q_task_item_row *t, const struct task_beside *beside,
                   struct grid_cell ret[TASK_GRID_COLS]);

#endif
