/* The committee's own data and rules. */
#ifndef DD_COMMITTEE_VIEW_H
#define DD_COMMITTEE_VIEW_H

#include "dd_table_view.h"

struct committee_view {
        struct ui_head head;
        struct {
                const struct ui_param *v; /* label, value */
                size_t n;
        } facts;
        struct table_view rules, history;
        bool may_edit, data_typed, rule_typed; /* typed: the form comes back with its faults */
        int64_t version;
        struct str unit_title, unit_source;
        struct ui_chips units;
        const struct form_state *units_form;
        bool units_typed;
        const struct form_state *data, *rule;
        struct ui_options agencies;
};

#endif
