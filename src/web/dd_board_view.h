/* View of the board. */
#ifndef DD_BOARD_VIEW_H
#define DD_BOARD_VIEW_H

#include "dd_drawn.h"
#include "dd_ui.h"

struct board_cell {
        enum ui_state state;
        int64_t n;
        struct str href, what;
};
struct board_row {
        struct str name, href;
        int64_t total;
        struct board_cell cells[UI_STATES];
        int64_t silent;
        bool is_silent, no_member;
};
/* Lines as counted; each becomes a row when it is drawn. */
struct board_rows {
        struct web_req *r;
        const struct board_line *v;
        size_t n;
};
void board_rows_put(struct dd_buf *o, const struct board_rows *rows);

struct board_item {
        struct str title, href, note, beside;
        enum ui_state state;
        struct str word;
};
struct board_plan {
        struct str title, href, note, report, tasks;
};
struct board_view {
        struct ui_head head;
        struct {
                const struct board_plan *v;
                size_t n; /* 0: at most one plan on that day */
        } plans;
        struct ui_link plans_all;
        struct ui_figures figures;
        struct board_rows rows;
        struct {
                const struct board_item *v;
                size_t n;
        } late, waiting;
        struct str late_note, waiting_note; /* shown of all */
        struct ui_link late_all, waiting_all;
        struct ui_empty empty; /* of a committee, or a day, without tasks */
};

#endif
