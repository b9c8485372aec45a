#include "dd_task.h"

#include "dd_committee.h"
#include "dd_rights.h"
#include "dd_search.h"
#include "q_task.h"

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
