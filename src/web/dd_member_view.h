/* One member: the seat, the agencies followed, the tasks answered for. */
#ifndef DD_MEMBER_VIEW_H
#define DD_MEMBER_VIEW_H

#include "dd_task_view.h"

struct follow_line {
        struct str agency, href, source;
        int32_t from, to; /* to DD_NO_DAY: running */
        int64_t id, version;
};
struct duty_line {
        struct str text;
};
struct member_view {
        struct ui_head head;
        struct {
                const struct ui_param *v; /* label, value */
                size_t n;
        } facts;
        struct {
                const struct duty_line *v;
                size_t n;
        } duties;
        struct {
                const struct follow_line *v;
                size_t n;
        } follows;
        bool may_edit, typed; /* typed: the form comes back with its faults */
        struct str follow_action, unfollow_action;
        const struct form_state *state; /* of the form that adds an agency */
        struct ui_options agencies;
        struct ui_ths columns;
        struct task_lines tasks;
};

#endif
