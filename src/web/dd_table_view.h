/* A page of one table: what most registers are. */
#ifndef DD_TABLE_VIEW_H
#define DD_TABLE_VIEW_H

#include "dd_ui.h"

struct table_cell {
        struct str text, href, note;
        bool num, badge, head;
        enum ui_state state;
};
struct table_row {
        const struct table_cell *v;
        size_t n;
};
struct table_view {
        struct ui_head head;
        struct str caption;
        struct ui_ths columns;
        struct {
                const struct table_row *v;
                size_t n;
        } rows;
        struct ui_empty empty;
        struct ui_pager pager;
        bool paged;
};

#endif
