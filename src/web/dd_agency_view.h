#ifndef DD_AGENCY_VIEW_H
#define DD_AGENCY_VIEW_H

#include "dd_task_view.h"

struct agency_view {
        struct ui_head head;
        struct ui_ths columns;
        struct task_lines leads, coordinates;
};

#endif
