/* Views of tables that become tasks: those that came, one under check. */
#ifndef DD_SHEET_IMPORT_VIEW_H
#define DD_SHEET_IMPORT_VIEW_H

#include "dd_form.h"
#include "dd_table_view.h"

struct sheet_list_view {
        struct ui_head head;
        const struct form_state *state;
        struct table_view table;
};

struct sheet_column_view {
        struct str no, heading, sample, name, value; /* name: of the field in the form */
};
struct sheet_import_view {
        struct ui_head head;
        int64_t version;
        bool open, imported;
        struct str fault; /* of the whole: what refused the last act */
        struct {
                const struct sheet_column_view *v;
                size_t n;
        } columns;
        struct ui_options fields;
        struct str head_line;
        struct table_view faults, notes, rows;
        struct str faults_more, failed_href;
        int64_t good, bad;
        const struct form_state *state; /* into which plan */
        bool typed;
        struct ui_options plans;
        struct str map_action, import_action, undo_action, drop_action;
        struct ui_link plan;
        struct str told; /* of a closed one: what became of it */
};

#endif
