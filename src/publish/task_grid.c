#include "dd_task_grid.h"

const struct grid_col task_grid_cols[TASK_GRID_COLS] = {
        { S("TT"), GRID_TEXT, 6 },
        { S("Nhóm"), GRID_TEXT, 7 },
        { S("Nhiệm vụ"), GRID_TEXT, 60 },
        { S("Cơ quan chủ trì"), GRID_TEXT, 32 },
        { S("Thời hạn theo kế hoạch"), GRID_TEXT, 20 },
        { S("Hạn"), GRID_DATE, 12 },
        { S("Trạng thái"), GRID_TEXT, 24 },
        { S("Tiến độ"), GRID_PERCENT, 9 },
        { S("Cập nhật cuối"), GRID_DATE, 13 },
        { S("Kế hoạch"), GRID_TEXT, 16 },
        { S("Thành viên phụ trách"), GRID_TEXT, 30 },
};

void
task_grid_row(struct arena *a, const struct q_task_item_row *t, int32_t day, const struct state_rules *rules,
              struct grid_cell ret[TASK_GRID_COLS])
{
        struct state_in in = { t->lifecycle, t->due, t->conditional, t->done_day };

        ret[0] = grid_text(t->no);
        ret[1] = grid_text(t->group_no);
        ret[2] = grid_text(t->title);
        ret[3] = grid_text(t->leads);
        ret[4] = grid_text(t->deadline_text);
        ret[5] = grid_day(t->due);
        ret[6] = grid_text(state_text(a, &in, day, rules));
        ret[7] = grid_int(t->percent);
        ret[8] = grid_day(t->last_day);
        ret[9] = grid_text(t->plan_number);
        ret[TASK_GRID_FOLLOW] = grid_text(STR_NONE);
}
