/* The report of a plan before it leaves: its figures and its text as it will stand on paper. */
#ifndef DD_REPORT_VIEW_H
#define DD_REPORT_VIEW_H

#include "dd_report.h"
#include "dd_ui.h"

struct report_view {
        struct ui_head head;
        struct str action; /* of the form that chooses day and signer */
        bool by_standing;
        struct str standing; /* name of the standing agency; STR_NONE: none, no choice */
        struct ui_figures figures;
        const struct report *report;
        struct str tasks; /* address of the table in the appendix */
};

#endif
