#include "dd_task.h"

#include "dd_committee.h"
#include "dd_rights.h"
#include "dd_search.h"
#include "q_task.h"
#include "task_priv.h"

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

bool
task_check_day(struct dd_ctx *c, const char *field, int32_t day, int32_t from, const char *what)
{
        if (day == DD_NO_DAY)
                return true;
        if (day > c->today) {
                (void)dd_fail_field(c, field, "Ngày %s chưa tới; ngày ghi không được sau hôm nay, %s.",
                                    str_c(c->arena, day_text(c->arena, day)),
                                    str_c(c->arena, day_text(c->arena, c->today)));
                return false;
        }
        if (from == DD_NO_DAY || day >= from)
                return true;
        (void)dd_fail_field(c, field, "Ngày %s sớm hơn %s, %s. Mời ghi lại ngày.",
                            str_c(c->arena, day_text(c->arena, day)), dd_say(c, what),
                            str_c(c->arena, day_text(c->arena, from)));
        return false;
}

int32_t
task_given_day(const struct q_assignment_rows *as)
{
        int32_t day = DD_NO_DAY;

        for (size_t i = 0; i < as->n; i++)
                if (str_eq(as->v[i].role, S("lead")) && (day == DD_NO_DAY || as->v[i].from_day < day))
                        day = as->v[i].from_day;
        return day;
}

int32_t
task_due_told(const struct q_task_row *t, const struct q_event_rows *events, int32_t by)
{
        int32_t due = t->original_due;

        for (size_t i = 0; i < events->n; i++) /* by day, then as they came */
                if (str_eq(events->v[i].kind, S("redue")) && events->v[i].day <= by)
                        due = day_parse(events->v[i].new_value);
        return due;
}
