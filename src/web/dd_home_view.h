#ifndef DD_HOME_VIEW_H
#define DD_HOME_VIEW_H

#include "dd_task_view.h"

struct home_card {
        struct str id, title, empty;
        struct task_lines rows;
};
struct home_view {
        struct ui_head head;
        struct ui_ths columns;
        struct {
                const struct home_card *v;
                size_t n;
        } cards;
        struct ui_links drafts; /* papers waiting to be verified */
};

#endif
