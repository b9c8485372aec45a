/* View of the files of one paper. */
#ifndef DD_JOIN_VIEW_H
#define DD_JOIN_VIEW_H

#include "dd_ui.h"

struct join_line {
        struct str name, href, told;
        int64_t id;
        bool same; /* of the same number and day */
        bool copy; /* and as many tasks: a signed copy, it seems */
};
struct join_view {
        struct ui_head head;
        struct str fault, action, part_action;
        bool open;
        int64_t version;
        struct {
                const struct join_line *v;
                size_t n;
        } others, parts;
        struct ui_link back;
};

#endif
