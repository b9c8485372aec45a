#ifndef DD_ACCOUNT_VIEW_H
#define DD_ACCOUNT_VIEW_H

#include "dd_ui.h"

struct account_line {
        struct str login, post, role, agency, seen, state_href, link_href;
        bool active, self;
        int64_t version;
};
struct account_list_view {
        struct ui_head head;
        struct str link, link_for; /* fresh one-time link, shown once; whose it is */
        struct {
                const struct account_line *v;
                size_t n;
        } rows;
};

#endif
