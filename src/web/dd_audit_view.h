/* The trail: a register with its filters. */
#ifndef DD_AUDIT_VIEW_H
#define DD_AUDIT_VIEW_H

#include "dd_table_view.h"

struct audit_view {
        struct table_view table;
        struct ui_options people, kinds, acts;
        struct str person, act;   /* chosen */
        struct str from, to;      /* as typed */
        struct str task_id, task; /* of one task alone: its name as the rows say it */
        struct str clear;         /* address without filters; STR_NONE: none set */
};

#endif
