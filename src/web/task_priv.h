/* task_priv.h - rows of tasks as pages show them; shared by the list, the home page, agencies and plans. */
#ifndef TASK_SHOW_H
#define TASK_SHOW_H

#include "dd_task.h"
#include "dd_task_beside.h"
#include "dd_task_view.h"
#include "page_priv.h"

struct task_lines task_lines_of(struct web_req *r, const struct q_task_item_rows *rows,
                                const struct state_rules *rules);
struct ui_ths task_columns(struct web_req *r); /* the heads of tpl_task_rows, not sortable */
/* Tasks as JSON under a key, with what stands beside them. */
MUST_CHECK enum dd_err tasks_json(struct web_req *r, struct json_w *w, const char *key,
                                  const struct q_task_item_rows *rows, const struct state_rules *rules);
/* The lines say who answers and what was told last, too: for lists of what is late or waits. */
MUST_CHECK enum dd_err task_lines_beside(struct web_req *r, const struct q_task_item_rows *rows,
                                         const struct state_rules *rules, struct task_lines *ret);
/* "Phụ trách: Giám đốc Sở Tài chính · 12/9/2023: Đã gửi dự thảo." */
struct str task_beside_text(struct ui *u, const struct task_beside *b);

struct ui_events task_events(struct web_req *r, const struct task_full *t); /* what happened, newest first */
/* The last event of a kind on an assignment; false: there is none by the day of the page. */
bool task_event_last(struct web_req *r, const struct task_full *t, struct str kind, int64_t assignment,
                     struct ui_event *ret);
/* Any event, as the timeline shows it; false: none of this number. */
bool task_event_of(struct web_req *r, const struct task_full *t, int64_t id, struct ui_event *ret);
/* Who leads, with the part each has, or who helps, on a day: "Sở A (vốn đầu tư); Sở B". */
struct str task_agencies(struct arena *a, const struct task_full *t, int32_t day, bool leads);
/* The span of an assignment at the day; 0: of the whole task. NULL: not given to anybody on that day. */
const struct q_span_row *task_span_of(const struct task_full *t, int64_t assignment);
/* The deadline that stands on a day, of a suspended task too; DD_NO_DAY: none. */
int32_t task_due_on(const struct task_full *t, int32_t day);
/* The same in words, and what stands beside it: the paper's words, or the original deadline with them. */
void task_due_words(struct web_req *r, const struct task_full *t, struct str *ret_due, struct str *ret_note);
struct ui_params task_as_it_stands(struct web_req *r, const struct task_full *t); /* due, who leads, what */

/* Tasks as CSV or XLSX, by r->want. */
MUST_CHECK enum dd_err web_task_file(struct web_req *r, struct str title, const struct task_page *p);

#endif
