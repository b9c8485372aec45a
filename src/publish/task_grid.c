#include "dd_task_grid.h"

const struct grid_col task_grid_cols[TASK_GRID_COLS] = {
        [TASK_GRID_NO] = { S("TT"), GRID_TEXT, 6 },
        [TASK_GRID_GROUP] = { S("Nhóm"), GRID_TEXT, 7 },
        [TASK_GRID_TITLE] = { S("Nhiệm vụ"), GRID_TEXT, 60 },
        [TASK_GRID_LEADS] = { S("Cơ quan chủ trì"), GRID_TEXT, 32 },
        [TASK_GRID_HELPERS] = { S("Cơ quan phối hợp"), GRID_TEXT, 32 },
        [TASK_GRID_OUTPUT] = { S("Sản phẩm"), GRID_TEXT, 30 },
        [TASK_GRID_DEADLINE] = { S("Thời hạn theo kế hoạch"), GRID_TEXT, 20 },
        [TASK_GRID_ORIGINAL] = { S("Hạn gốc"), GRID_DATE, 12 },
        [TASK_GRID_DUE] = { S("Hạn"), GRID_DATE, 12 },
        [TASK_GRID_STATE] = { S("Trạng thái"), GRID_TEXT, 24 },
        [TASK_GRID_LATE] = { S("Số ngày quá hạn"), GRID_INT, 9 },
        [TASK_GRID_PERCENT] = { S("Tiến độ"), GRID_PERCENT, 9 },
        [TASK_GRID_LAST] = { S("Cập nhật cuối"), GRID_DATE, 13 },
        [TASK_GRID_NOTE] = { S("Nội dung báo gần nhất"), GRID_TEXT, 44 },
        [TASK_GRID_NOTE_DAY] = { S("Ngày báo"), GRID_DATE, 12 },
        [TASK_GRID_PLAN] = { S("Kế hoạch"), GRID_TEXT, 16 },
        [TASK_GRID_FOLLOW] = { S("Thành viên phụ trách"), GRID_TEXT, 30 },
};

void
task_grid_row(const struct task_grid *g, const struct q_task_item_row *t, const struct task_beside *beside,
              struct grid_cell ret[TASK_GRID_COLS])
{
        struct state_in in = { t->lifecycle, t->due, t->conditional, t->done_day };
        int32_t late = state_days_late(&in, g->day, g->rules);

        ret[TASK_GRID_NO] = grid_text(t->no);
        ret[TASK_GRID_GROUP] = grid_text(t->group_no);
        ret[TASK_GRID_TITLE] = grid_text(t->title);
        ret[TASK_GRID_LEADS] = grid_text(t->leads);
        ret[TASK_GRID_HELPERS] = grid_text(beside->helpers);
        ret[TASK_GRID_OUTPUT] = grid_text(t->output);
        ret[TASK_GRID_DEADLINE] = grid_text(t->deadline_text);
        ret[TASK_GRID_ORIGINAL] = grid_day(t->original_due);
        ret[TASK_GRID_DUE] = grid_day(t->due);
        ret[TASK_GRID_STATE] = grid_text(state_text(g->a, &in, g->day, g->rules));
        ret[TASK_GRID_LATE] = late > 0 ? grid_int(late) : grid_text(STR_NONE);
        ret[TASK_GRID_PERCENT] = grid_int(t->percent);
        ret[TASK_GRID_LAST] = grid_day(t->last_day);
        ret[TASK_GRID_NOTE] = grid_text(beside->note);
        ret[TASK_GRID_NOTE_DAY] = grid_day(beside->note_day);
        ret[TASK_GRID_PLAN] = grid_text(t->plan_number);
        ret[TASK_GRID_FOLLOW] = grid_text(beside->followers);
}
