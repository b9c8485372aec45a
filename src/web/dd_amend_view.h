/* View of a paper that changes a plan. */
#ifndef DD_AMEND_VIEW_H
#define DD_AMEND_VIEW_H

#include "dd_ui.h"

struct amend_line {
        struct str no, title, href, what, was, becomes, name;
        enum ui_state state;
        int64_t version;
};
struct amend_told { /* decided before */
        struct str what, was, becomes, told;
        enum ui_state state;
};
struct amend_view {
        struct ui_head head;
        struct str fault, note;
        bool open;       /* can be decided */
        bool none;       /* no plan was found: choose one */
        int64_t version; /* of the draft */
        int64_t plan_id;
        struct ui_options plans;
        struct str plan; /* chosen */
        struct str choose_action, decide_action, close_action;
        struct {
                const struct amend_line *v;
                size_t n;
        } lines;
        struct {
                const struct amend_told *v;
                size_t n;
        } told;
        struct ui_link back;
};

#endif
