/* What an administrator looks at: the parts of the installation, and when the jobs last ran. */
#ifndef DD_SETUP_VIEW_H
#define DD_SETUP_VIEW_H

#include "dd_table_view.h"

struct setup_view {
        struct ui_head head;
        struct table_view parts, jobs;
};

#endif
