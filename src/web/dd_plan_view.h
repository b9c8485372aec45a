/* Views of papers: a plan as the whole paper, a document. */
#ifndef DD_PLAN_VIEW_H
#define DD_PLAN_VIEW_H

#include "dd_sheet_view.h"
#include "dd_task_view.h"

struct paper_line {
        struct str no, title, text, href, note;
        bool request;
};
struct paper_lines {
        const struct paper_line *v;
        size_t n;
};
struct paper_section {
        struct str id, title;
        struct paper_lines items;
};
struct plan_group {
        struct str id, title;
        struct task_lines tasks;
};
struct plan_view {
        struct ui_head head;
        struct paper_lines facts; /* the paper's own data: label in title */
        struct paper_lines bases, members, duties, recipients, notes;
        struct {
                const struct paper_section *v;
                size_t n;
        } sections;
        struct {
                const struct plan_group *v;
                size_t n;
        } groups;
        struct ui_ths columns;
        struct paper_lines papers; /* memo 2193 with its 12/18 and 5/9 */
        struct ui_tabs tabs;
};

struct document_view {
        struct ui_head head;
        struct paper_lines facts, bases, cited_by, recipients, consultation;
        bool has_body;
        struct sheet sheet;
        struct ui_link file;
        struct ui_files files; /* of a paper that came as several */
};

#endif
