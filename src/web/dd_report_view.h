/* The report of a plan before it leaves: its figures and its text as it will stand on paper. */
#ifndef DD_REPORT_VIEW_H
#define DD_REPORT_VIEW_H

#include "dd_report.h"
#include "dd_ui.h"

/* What moved since another report; title STR_NONE: there is none. */
struct compared {
        struct str title;
        struct ui_link other;
        struct ui_params lines; /* figure, "3 → 5 (+2)" */
};
struct kept_report_view {
        struct ui_head head;
        struct ui_params facts;
        struct compared compared;
};
struct table_view;
struct kept_reports_view {
        const struct table_view *plans, *kept;
};

struct report_view {
        struct ui_head head;
        struct str action; /* of the form that chooses day and signer */
        bool by_standing;
        struct str standing; /* name of the standing agency; STR_NONE: none, no choice */
        struct ui_figures figures;
        const struct report *report;
        struct compared compared;
        struct str keep;  /* address of the form that closes the report; STR_NONE: not for this person */
        struct str tasks; /* address of the table in the appendix */
};

#endif
