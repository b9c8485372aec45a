#ifndef DD_AGENCY_VIEW_H
#define DD_AGENCY_VIEW_H

#include "dd_form.h"
#include "dd_task_view.h"

struct alias_line {
        struct str words, told, href, action; /* told: who, when, in which paper; action: takes it back */
        int64_t version;
};
struct agency_view {
        struct ui_head head;
        struct {
                const struct alias_line *v;
                size_t n;
        } aliases;
        bool may_edit, typed;
        struct str alias_action;
        const struct form_state *state;
        struct ui_ths columns;
        struct task_lines leads, coordinates;
};

#endif
