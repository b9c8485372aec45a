#include "dd_task.h"

#include "dd_committee.h"
#include "dd_rights.h"
#include "dd_search.h"
#include "q_task.h"

#define PAGE_ROWS 50
#define ROWS_MAX  5000

static const char *const sort_names[] = {
        [SORT_ORDER] = "order", [SORT_DUE] = "due", [SORT_TITLE] = "title", [SORT_UPDATED] = "updated"
};

enum dd_err
task_list(struct dd_ctx *c, const struct task_filter *f, struct task_page *ret)
{
        AUTO_TX tx = { 0 };
        struct state_range range = state_range_all();
        struct str search = STR_NONE;
        int64_t max = f->max > 0 && f->max <= ROWS_MAX ? f->max : PAGE_ROWS;

        TRY(can(c, CAP_READ, 0));
        TRY(committee_state_rules(c, c->as_of, &ret->rules));
        if (f->has_state)
                range = state_range(f->state, c->as_of, &ret->rules);
        if (f->silent && range.life_max >= LIFE_HANDED_IN)
                range.life_max = LIFE_HANDED_IN - 1;
        if (str_trim(f->search).n > 0)
                search = dd_search_query(c->arena, c->db, f->search);
        TRY(dd_tx_read(&tx, c));
        TRY(q_task_list(&tx,
                        &(struct q_task_list_args){
                            .committee_id = c->committee_id,
                            .plan_id = f->plan_id,
                            .group_id = f->group_id,
                            .agency_id = f->agency_id,
                            .member_id = f->member_id,
                            .day = c->as_of,
                            .life_min = range.life_min,
                            .life_max = range.life_max,
                            .due_min = range.due_min,
                            .due_max = range.due_max,
                            .with_conditional = range.with_conditional,
                            .without_conditional = range.without_conditional,
                            .silent_before = f->silent ? c->as_of - ret->rules.silent_days : DD_NO_DAY,
                            .search = search,
                            .sort = str_of(sort_names[f->sort]),
                            .after_key = f->after_key.p != NULL ? f->after_key : S(""),
                            .after_id = f->after_id,
                            .max = max + 1,
                        },
                        &ret->rows));
        ret->more = ret->rows.n > (size_t)max;
        if (ret->more)
                ret->rows.n = (size_t)max;
        return DD_OK;
}

enum dd_err
task_coordinating(struct dd_ctx *c, int64_t agency_id, struct q_task_item_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_task_list_coordinating(&tx, c->committee_id, agency_id, c->as_of, ret);
}

enum dd_err
task_full(struct dd_ctx *c, int64_t id, struct task_full *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(committee_state_rules(c, c->as_of, &ret->rules));
        TRY(dd_tx_read(&tx, c));
        TRY(q_task_get(&tx, c->committee_id, id, &ret->task));
        TRY(q_assignment_list(&tx, c->committee_id, id, &ret->assignments));
        TRY(q_event_list(&tx, c->committee_id, id, &ret->events));
        TRY(q_event_files(&tx, c->committee_id, id, &ret->files));
        return q_span_at(&tx, c->committee_id, id, c->as_of, &ret->spans);
}
