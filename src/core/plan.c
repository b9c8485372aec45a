#include "dd_plan.h"

#include "dd_committee.h"
#include "dd_rights.h"
#include "dd_task.h"
#include "dd_text.h"
#include "q_committee.h"
#include "q_document.h"
#include "q_plan.h"
#include "q_task.h"

enum dd_err
plan_list(struct dd_ctx *c, struct q_plan_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_plan_list(&tx, c->committee_id, ret);
}

enum dd_err
plan_brief(struct dd_ctx *c, struct q_plan_brief_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_plan_brief_list(&tx, c->committee_id, ret);
}

size_t
plans_ahead(const struct q_plan_brief_rows *plans, int32_t day)
{
        size_t n = 0;

        while (n < plans->n && plans->v[n].issued > day)
                n++;
        return n;
}

enum dd_err
plan_get(struct dd_ctx *c, int64_t id, struct q_plan_row *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_plan_get(&tx, c->committee_id, id, ret);
}

enum dd_err
plan_find(struct dd_ctx *c, struct str number, int64_t year, struct q_plan_found_rows *ret)
{
        AUTO_TX tx = { 0 };

        if (!c->is_system)
                return dd_fail(c, DD_EDENIED, "Chỉ dòng lệnh của người quản trị tìm kế hoạch theo số.");
        TRY(dd_tx_read(&tx, c));
        TRY(q_plan_find(&tx, text_fold(c->arena, number), year, ret));
        return DD_OK;
}

static enum dd_err
load_paper(struct dd_tx *tx, struct plan_full *p)
{
        int64_t committee = tx->c->committee_id, document = p->plan.document_id;

        TRY(q_document_get(tx, committee, document, &p->document));
        TRY(q_document_bases(tx, committee, document, &p->bases));
        TRY(q_document_recipients(tx, committee, document, &p->recipients));
        TRY(q_document_items(tx, committee, document, &p->items));
        TRY(q_plan_documents(tx, committee, p->plan.id, &p->papers));
        for (size_t i = 0; i < p->papers.n && !p->has_consultation; i++)
                TRY(q_consultation_of(tx, committee, p->papers.v[i].id, &p->consultation, &p->has_consultation));
        return DD_OK;
}

enum dd_err
plan_full(struct dd_ctx *c, int64_t id, struct plan_full *ret)
{
        AUTO_TX tx = { 0 };
        struct task_page page;

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        TRY(q_plan_get(&tx, c->committee_id, id, &ret->plan));
        TRY(load_paper(&tx, ret));
        TRY(q_task_group_list(&tx, c->committee_id, id, &ret->groups));
        TRY(q_plan_member_list(&tx, c->committee_id, id, c->as_of, &ret->members));
        TRY(q_duty_list(&tx, c->committee_id, id, &ret->duties));
        TRY(q_plan_note_list(&tx, c->committee_id, id, &ret->notes));
        dd_tx_end(&tx);
        TRY(task_list(c, &(struct task_filter){ .plan_id = id, .max = 2000 }, &page));
        ret->tasks = page.rows;
        ret->rules = page.rules;
        return DD_OK;
}

enum dd_err
plan_told(struct dd_ctx *c, int64_t id, struct q_plan_event_rows *ret_events, struct q_plan_helper_rows *ret_helpers)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        TRY(q_plan_event_list(&tx, c->committee_id, id, c->as_of, ret_events));
        return q_plan_helper_list(&tx, c->committee_id, id, c->as_of, ret_helpers);
}
