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

/* The first of the marks of a field: where a link to the paper goes. */
static inline struct str
verify_first(struct str ids)
{
        struct str one = ids;

        (void)str_cut(&ids, ' ', &one);
        return one;
}

struct verify_field {
        struct str label, name, value, ids;
        struct str note; /* how sure, or what is odd */
        struct str why;  /* the rule that made it, in a sentence */
        bool low;
};
struct verify_item {
        struct str anchor, no, title, word;
        enum ui_state state;
        bool open;    /* still waits */
        bool look;    /* ... and wants a look first */
        bool dropped; /* no task */
        bool empty;   /* added, nothing in it yet */
        struct verify_field fields[5];
        struct str notes;   /* oddities of the row */
        struct str reasons; /* why it wants a look, in a line */
        struct str by;      /* who verified it and when; STR_NONE: nobody */
        struct str action;
        int64_t id, version, above, below; /* neighbours; 0: none */
        struct str above_no, below_no;
};
struct verify_note {
        struct str kind, text, ids;
};
struct verify_plain { /* heads, members, duties, bases: read, shown, not edited here */
        struct str no, title, text, ids, note, why;
        bool low;
};
struct verify_part {
        struct str id, title;
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
        struct str id;
        int32_t x, y, w, h;
};
struct verify_page {
        int64_t no;
        struct str src; /* its picture */
        struct {
                struct verify_box *v;
                size_t n, cap;
        } boxes;
};
struct verify_view {
        struct verify_others others;
        struct str file, facts, progress;
        int64_t seen, total, kept, looks;
        struct sheet sheet;
        struct { /* of a PDF or a scan: pictures instead of the sheet */
                struct verify_page *v;
                size_t n;
        } pages;
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
        struct str undo_href, undo_verb, drop_href, paste_href, confirm_href, confirm_verb;
        struct str took; /* how long verifying took, of a draft that was confirmed */
        int64_t version;
        bool can_undo, closed;
        struct ui_link plan; /* of a draft that became a plan */
};

#endif
