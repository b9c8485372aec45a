/* Views of tasks: the list and one task. */
#ifndef DD_TASK_VIEW_H
#define DD_TASK_VIEW_H

#include "dd_drawn.h"
#include "dd_form.h"
#include "dd_state.h"
#include "dd_ui.h"

struct task_line {
        struct str no, title, href, leads, deadline_text;
        int32_t due, original_due;
        enum ui_state state;
        struct str word;
        int64_t percent;
        int32_t last_day;
        bool suspended;
        struct str beside; /* who answers, what was told last; STR_NONE: not said in this list */
};
/* Rows as read; each becomes a line when it is drawn (task_rows_put). */
struct task_lines {
        struct web_req *r;
        const struct q_task_item_row *v;
        size_t n;
        struct state_rules rules;
        const struct task_beside *beside; /* NULL: not said */
        int64_t total;                    /* of which these are the first; 0: these are all */
};
void task_rows_put(struct dd_buf *o, const struct task_lines *rows);

struct task_list_view {
        struct ui_head head;
        struct ui_tabs states;
        struct ui_ths columns;
        struct task_lines rows;
        struct ui_pager pager;
        struct ui_empty empty;
        struct str q, clear;
        int64_t plan_id, agency_id;
        struct str state, sort, silent;    /* as in the address, kept by the filter form */
        const struct drawn_piece *choices; /* drawn by tpl_task_choices */
};

/* What the filter offers, and what is chosen of it. */
struct task_choices {
        struct ui_options plans, agencies, members;
        struct str plan_value, agency_value, member_value;
};

struct task_act { /* a small form at the side */
        struct str label, href;
        bool primary, post;
};
struct task_assignment {
        struct str role, name, scope, href, word;
        enum ui_state state;
        struct ui_chips members; /* of a group, at the day */
        int64_t group_n;
};
struct task_view {
        struct ui_head head;
        struct str lead, lead_note, coordinating, coordinating_note, due, due_note, output;
        struct ui_chips follow; /* members who answer for it */
        bool has_quote;
        struct ui_quote quote;
        struct {
                const struct task_assignment *v;
                size_t n;
        } assignments;
        struct ui_events events;
        struct {
                const struct task_act *v;
                size_t n;
        } acts;
        struct ui_span span;
        bool has_span;
        struct ui_params times;
        struct str note;
};

/* A page with one form. */
struct form_view {
        struct ui_head head;
        const struct form_state *state;
        struct str action, verb, cancel;
        int64_t version;
        bool upload;
        struct ui_options picks; /* choices of the row of type ID */
        const char *pick;        /* its name */
        struct ui_options picks2;
        const char *pick2;
        struct ui_options suggestions; /* what may be typed into the row of this name, as a list beside it */
        const char *suggest;
        struct ui_tabs tabs; /* forms of the same kind */
        struct str tabs_label;
        struct str note;           /* above the form */
        bool closed;               /* nothing can be sent: the note and the way back alone */
        struct str fault;          /* what a refusal is called; STR_NONE: nothing was saved */
        struct ui_params facts;    /* what the form is about, as it stands */
        struct ui_events events;   /* what the form answers */
        struct str events_title;   /* STR_NONE: a result that was handed in */
        struct str verb2, action2; /* a second way to send it: "Trả lại" */
};

#endif
