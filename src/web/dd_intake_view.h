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

struct intake_confirm_view {
        struct ui_confirm ask;
        struct str fault, paper; /* "Kế hoạch 2653/KH-BCĐ ngày 22/8/2023: ..." */
        struct str issuer;       /* whose paper it is */
        struct str agencies;     /* "Phòng Kinh tế; ...": the directory does not have them yet */
        int64_t n_agencies;
        struct str twice;     /* the plan that is there already; STR_NONE: none */
        struct ui_link amend; /* where the two are compared */
        int64_t unseen;
        bool head; /* nobody looked at an unsure head */
};

/* Where a field stands in the paper. */
struct verify_place {
        struct str spans; /* code points: "120-168 300-340"; "": nowhere */
        struct str href;  /* to its beginning, in this page or in the part of the paper that has it */
};
struct verify_field {
        struct str label, name, value;
        struct verify_place at;
        struct str note; /* how sure, or what is odd */
        struct str why;  /* the rule that made it, in a sentence */
        bool low;
};
struct verify_box_in { /* an input of an item's form */
        struct str label, name, value;
        int rows;  /* lines shown */
        bool wide; /* across the form */
};
struct verify_item {
        struct str anchor, no, title, word;
        enum ui_state state;
        bool open;    /* still waits */
        bool look;    /* ... and wants a look first */
        bool dropped; /* no task */
        bool empty;   /* added, nothing in it yet */
        bool head;    /* of a paper, no row */
        struct {
                struct verify_field *v;
                size_t n;
        } fields;
        struct {
                const struct verify_box_in *v;
                size_t n;
        } boxes;
        struct str notes;   /* oddities of the row */
        struct str reasons; /* why it wants a look, in a line */
        struct str by;      /* who verified it and when; STR_NONE: nobody */
        struct str action;
        int64_t id, version, above, below; /* neighbours; 0: none */
        struct str above_no, below_no;
};
struct verify_look { /* of the queue: a row that wants a look, wherever it is */
        struct str href, word, reasons;
};
struct verify_plain { /* oddities, members, duties: read, shown, not edited here */
        struct str no, title, text, note, why;
        struct verify_place at;
        bool low;
};
struct verify_part {
        struct str id, title;
        int64_t total;
        struct str more; /* where its rows are when it is long and they are not asked for; STR_NONE: here */
        struct {
                const struct verify_plain *v;
                size_t n;
        } rows;
};
struct verify_other { /* what else belongs to the paper */
        struct str text;
        struct ui_link link;
};
struct verify_others {
        const struct verify_other *v;
        size_t n;
};
/* Where a mark stands on a page, 1/10000 of its sides. */
struct verify_box {
        struct str id; /* STR_NONE: another box begins there too */
        int32_t from, to;
        int32_t x, y, w, h;
};
struct verify_boxes {
        struct verify_box *v;
        size_t n, cap;
};
/* The part of the paper that is shown: some paragraphs, or a page with its picture. */
struct verify_source {
        int64_t no, total;
        int32_t from, to; /* code points of the whole */
        struct str prev, next;
        struct str picture; /* of a page; STR_NONE: the paper has none */
        struct verify_boxes boxes;
        struct sheet sheet;
};
struct verify_view {
        struct verify_others others;
        struct str file, facts, progress;
        int64_t seen, total, kept, looks;
        struct verify_source source;
        struct {
                const struct verify_look *v;
                size_t n;
        } queue;
        struct {
                const struct verify_item *v;
                size_t n;
        } heads, items; /* of the items those of this window */
        size_t first;   /* row of the first item */
        struct {
                struct str prev, next; /* windows beside this one */
                int64_t waiting;       /* the row that waits next outside; 0: none */
        } windows;
        struct {
                const struct verify_part *v;
                size_t n;
        } parts;
        struct str undo_href, undo_verb, drop_href, paste_href, confirm_href, confirm_verb;
        struct str took; /* how long verifying took, of a draft that was confirmed */
        int64_t version;
        bool can_undo, closed;
        struct ui_link plan; /* of a draft that became a plan */
};

#endif
