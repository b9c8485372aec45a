/* Views of intake: papers taken in, one draft under verification. */
#ifndef DD_INTAKE_VIEW_H
#define DD_INTAKE_VIEW_H

#include "dd_sheet_view.h"
#include "dd_table_view.h"

struct intake_list_view {
        struct ui_head head;
        struct table_view table;
        const struct form_state *state;
};

struct verify_field {
        struct str label, name, value, ids, note; /* note: how sure, or what is odd */
        bool low;
};
struct verify_item {
        struct str anchor, title, word;
        enum ui_state state;
        bool open; /* still waits */
        struct verify_field fields[5];
        struct str notes; /* oddities of the row */
        struct str action, no;
        int64_t version;
};
struct verify_note {
        struct str kind, text, ids;
};
struct verify_plain { /* members, duties, bases: read, shown, not edited here */
        struct str no, title, text, ids;
};
struct verify_part {
        struct str id, title;
        struct {
                const struct verify_plain *v;
                size_t n;
        } rows;
};
struct verify_view {
        struct str file, facts, progress;
        int64_t seen, total;
        struct sheet sheet;
        struct {
                const struct verify_note *v;
                size_t n;
        } notes;
        struct {
                const struct verify_item *v;
                size_t n;
        } items;
        struct {
                const struct verify_part *v;
                size_t n;
        } parts;
        struct str undo_href, drop_href, confirm_href, confirm_verb;
        int64_t version;
        bool can_undo, closed;
        struct ui_link plan; /* of a draft that became a plan */
};

#endif
