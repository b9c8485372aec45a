/* Differences of an amending paper, accepted one by one: each becomes an act on the task. */
#include "dd_agency.h"
#include "dd_audit.h"
#include "dd_rights.h"
#include "dd_task.h"
#include "dd_text.h"
#include "intake_amend_priv.h"
#include "q_amend.h"
#include "q_document.h"
#include "q_intake.h"
#include "q_plan.h"
#include "task_priv.h"

enum dd_err
amend_find(struct dd_ctx *c, const struct intake_full *in, struct amend_hint *ret)
{
        AUTO_TX tx = { 0 };
        struct draft d = in->draft;

        TRY(can(c, CAP_INTAKE, 0));
        TRY(dd_tx_read(&tx, c));
        TRY(heads_apply(c, &in->heads, &d));
        return amend_hint_of(&tx, &d, ret);
}

static enum dd_err
load(struct dd_tx *tx, int64_t intake_id, int64_t plan_id, struct amend_full *ret)
{
        struct dd_ctx *c = tx->c;
        const struct draft_document *paper;
        struct q_plan_row plan;

        *ret = (struct amend_full){ .day = DD_NO_DAY, .number = S(""), .title = S("") };
        TRY(q_intake_get(tx, c->committee_id, intake_id, &ret->intake));
        TRY(draft_parse(c, ret->intake.draft, &ret->draft));
        TRY(heads_load(tx, intake_id, &ret->draft));
        TRY(q_plan_brief_list(tx, c->committee_id, &ret->plans));
        TRY(amend_hint_of(tx, &ret->draft, &ret->hint));
        if (plan_id != 0 && plan_id != ret->hint.plan_id)
                ret->hint = (struct amend_hint){ .plan_id = plan_id };
        if (ret->hint.plan_id == 0)
                return dd_fail(c, DD_EINVAL,
                               "Không thấy kế hoạch nào mà văn bản này sửa đổi. Mời chọn kế hoạch để so sánh.");
        TRY(q_plan_get(tx, c->committee_id, ret->hint.plan_id, &plan));
        ret->hint.number = plan.number;
        if ((paper = draft_plan_paper(&ret->draft)) != NULL) {
                ret->number = or_empty(paper->number.text);
                ret->title = or_empty(paper->title.text);
                ret->day = paper->date;
        }
        if (ret->day == DD_NO_DAY || ret->day > c->today)
                ret->day = c->today;
        return amend_compare(tx, intake_id, ret);
}

enum dd_err
amend_full(struct dd_ctx *c, int64_t intake_id, int64_t plan_id, struct amend_full *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_INTAKE, 0));
        TRY(dd_tx_read(&tx, c));
        return load(&tx, intake_id, plan_id, ret);
}

/* ---- one difference becomes an act ------------------------------------------------------------------------------ */

struct deciding {
        const struct amend_decide_in *in;
        struct amend_full f;
        const struct amend_change *change;
        struct q_draft_task_row row; /* of the draft, when there is one */
        struct str reason;
        int32_t day;
        int64_t task_id; /* of the act */
};

static enum dd_err
correct(struct dd_ctx *c, const struct deciding *g, enum task_correction what, struct str value)
{
        int64_t event;

        return task_correct(c,
                            &(struct task_correct_in){ .task_id = g->change->task_id,
                                                       .version = g->in->version,
                                                       .what = what,
                                                       .value = value,
                                                       .reason = g->reason,
                                                       .day = g->day,
                                                       .by_paper = true },
                            &event);
}

static enum dd_err
discontinue(struct dd_ctx *c, const struct deciding *g)
{
        int64_t event;

        return task_decide(
            c,
            &(struct task_decide_in){
                .task_id = g->change->task_id,
                .version = g->in->version,
                .what = DECIDE_DISCONTINUE,
                .doc_number = g->f.number.n > 0 ? g->f.number : g->f.hint.number,
                .doc_day = g->day,
                .day = g->day,
                .reason = str_fmt(c->arena, "%.*s; văn bản mới không còn nhiệm vụ này", FMT(g->reason)) },
            &event);
}

static enum dd_err
add(struct dd_ctx *c, struct deciding *g)
{
        return task_add(c,
                        &(struct task_by_hand){ .plan_id = g->f.hint.plan_id,
                                                .title = g->row.title,
                                                .lead = g->row.lead,
                                                .coordinating = g->row.coordinating,
                                                .output = g->row.output.n > 0 ? g->row.output : STR_NONE,
                                                .deadline_text = g->row.deadline_text,
                                                .day = g->day },
                        &g->task_id);
}

static enum dd_err
act(struct dd_ctx *c, struct deciding *g)
{
        struct task_reset reset = {
                .task_id = g->change->task_id, .version = g->in->version, .reason = g->reason, .day = g->day
        };

        g->task_id = g->change->task_id;
        reset.words = g->change->kind == AMEND_OUTPUT ? g->row.output : g->row.coordinating;
        switch (g->change->kind) {
        case AMEND_TITLE:
                return correct(c, g, CORRECT_TITLE, g->row.title);
        case AMEND_LEAD:
                return correct(c, g, CORRECT_LEAD, g->row.lead);
        case AMEND_DUE:
                return correct(c, g, CORRECT_DUE, g->row.deadline_text);
        case AMEND_COORDINATING:
                return task_set_coordinating(c, &reset);
        case AMEND_OUTPUT:
                return task_set_output(c, &reset);
        case AMEND_ADDED:
                return add(c, g);
        default:
                return discontinue(c, g);
        }
}

static enum dd_err
find_change(struct dd_tx *tx, struct deciding *g)
{
        struct dd_ctx *c = tx->c;
        struct q_plan_row plan;

        if (!str_eq(g->f.intake.state, S("draft")))
                return dd_fail(c, DD_ECONFLICT, "Bản dự thảo này đã giao hoặc đã bỏ, không so sánh tiếp được nữa.");
        for (size_t i = 0; i < g->f.n_changes && g->change == NULL; i++)
                if (str_eq(g->f.changes[i].name, g->in->name))
                        g->change = &g->f.changes[i];
        if (g->change == NULL)
                return dd_fail(c, DD_ECONFLICT,
                               "Chỗ khác nhau này đã được quyết định hoặc không còn nữa. Mời tải lại trang.");
        if (g->in->version != g->change->version)
                return dd_fail(c, DD_ECONFLICT, "Đã có người sửa nhiệm vụ này. Mời tải lại trang rồi xem lại.");
        if (g->change->row_id != 0)
                TRY(q_draft_task_get(tx, c->committee_id, g->in->intake_id, g->change->row_id, &g->row));
        TRY(q_plan_get(tx, c->committee_id, g->f.hint.plan_id, &plan));
        g->day = g->f.day > plan.issued ? g->f.day : c->today;
        g->reason = g->f.number.n > 0
                        ? str_fmt(c->arena, "Theo %.*s ngày %.*s", FMT(g->f.number), FMT(day_text(c->arena, g->f.day)))
                        : str_fmt(c->arena, "Theo văn bản %.*s", FMT(g->f.intake.file_name));
        return DD_OK;
}

static enum dd_err
keep(struct dd_tx *tx, const struct deciding *g)
{
        struct dd_ctx *c = tx->c;
        const char *action = g->in->accept ? "amend.accept" : "amend.refuse";

        TRY(q_amend_decision_insert(tx,
                                    &(struct q_amend_decision_insert_args){
                                        .committee_id = c->committee_id,
                                        .intake_id = g->in->intake_id,
                                        .plan_id = g->f.hint.plan_id,
                                        .name = g->change->name,
                                        .task_id = g->task_id,
                                        .accepted = g->in->accept,
                                        .was = g->change->was,
                                        .becomes = g->change->becomes,
                                        .decided_by = c->user != NULL ? c->user->id : 0,
                                        .now = c->now,
                                    },
                                    NULL));
        return audit_detail(tx, action, g->task_id != 0 ? g->task_id : g->in->intake_id,
                            str_fmt(c->arena, "%.*s: %.*s → %.*s", FMT(amend_kind_word(g->change->kind)),
                                    FMT(g->change->was), FMT(g->change->becomes)));
}

/* The act has a transaction and a key of its own; on the writer all is one group and is kept or lost as one. */
static enum dd_err
act_with_key(struct dd_ctx *c, struct deciding *g)
{
        struct str key = c->idem_key;

        if (key.n > 0)
                c->idem_key = str_fmt(c->arena, "%.*s+", FMT(key));
        enum dd_err e = act(c, g);
        c->idem_key = key;
        return e;
}

static enum dd_err
decide_load(struct dd_ctx *c, const struct amend_decide_in *in, struct deciding *g, bool *ret_done)
{
        AUTO_TX tx = { 0 };
        int64_t result;

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(can(c, CAP_PLAN_EDIT, 0));
        TRY(action_begin(&tx, in->accept ? "amend.accept" : "amend.refuse", ret_done, &result));
        if (*ret_done)
                return DD_OK;
        TRY(load(&tx, in->intake_id, in->plan_id, &g->f));
        return find_change(&tx, g);
}

enum dd_err
amend_decide(struct dd_ctx *c, const struct amend_decide_in *in)
{
        AUTO_TX tx = { 0 };
        struct deciding g = { .in = in };
        bool done;

        TRY(decide_load(c, in, &g, &done));
        if (done)
                return DD_OK;
        if (in->accept)
                TRY(act_with_key(c, &g));
        TRY(dd_tx_begin(&tx, c));
        TRY(keep(&tx, &g));
        TRY(action_end(&tx, in->accept ? "amend.accept" : "amend.refuse", in->intake_id));
        return dd_tx_commit(&tx);
}

/* ---- the end ---------------------------------------------------------------------------------------------------- */

static enum dd_err
keep_paper(struct dd_tx *tx, const struct amend_full *f)
{
        struct dd_ctx *c = tx->c;
        const struct draft_document *p = draft_plan_paper(&f->draft);
        struct q_plan_row plan;
        int64_t id;

        TRY(q_plan_get(tx, c->committee_id, f->hint.plan_id, &plan));
        if (p != NULL && str_eq(or_empty(p->number.text), plan.number) && p->date == plan.issued) {
                /* the same paper once more: its own text and file stay, this one stands beside it */
                return q_document_file_insert(tx,
                                              &(struct q_document_file_insert_args){ .committee_id = c->committee_id,
                                                                                     .document_id = plan.document_id,
                                                                                     .file_id = f->intake.file_id,
                                                                                     .kind = S("part") },
                                              NULL);
        }
        TRY(q_document_put(tx,
                           &(struct q_document_put_args){
                               .committee_id = c->committee_id,
                               .type = p != NULL ? p->type.text : STR_NONE,
                               .number = p != NULL ? p->number.text : STR_NONE,
                               .day = p != NULL ? p->date : DD_NO_DAY,
                               .place = p != NULL ? p->place.text : STR_NONE,
                               .issuer = p != NULL ? p->issuer.text : STR_NONE,
                               .title = f->title.n > 0 ? f->title : f->intake.file_name,
                               .signer = p != NULL ? p->signer_name.text : STR_NONE,
                               .signer_title = p != NULL ? p->signer_title.text : STR_NONE,
                               .file_id = f->intake.file_id,
                               .body = f->draft.text,
                           },
                           &id));
        return q_amend_plan_document(tx, c->committee_id, f->hint.plan_id, id, NULL);
}

enum dd_err
amend_close(struct dd_ctx *c, int64_t intake_id, int64_t plan_id, int64_t version)
{
        AUTO_TX tx = { 0 };
        struct amend_full f;
        int64_t result;
        bool done, found;

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(can(c, CAP_PLAN_EDIT, 0));
        TRY(action_begin(&tx, "amend.close", &done, &result));
        if (done)
                return DD_OK;
        TRY(load(&tx, intake_id, plan_id, &f));
        if (f.n_changes > 0)
                return dd_fail(c, DD_ECONFLICT,
                               "Còn %zu chỗ khác nhau chưa quyết định. Mời nhận hoặc không nhận từng chỗ.",
                               f.n_changes);
        TRY(keep_paper(&tx, &f));
        TRY(q_intake_set_state(&tx,
                               &(struct q_intake_set_state_args){ .committee_id = c->committee_id,
                                                                  .id = intake_id,
                                                                  .version = version,
                                                                  .state = S("confirmed"),
                                                                  .plan_id = f.hint.plan_id },
                               &version, &found));
        if (!found)
                return dd_fail(c, DD_ECONFLICT, "Đã có người giao hoặc bỏ bản dự thảo này. Mời tải lại trang.");
        TRY(audit_detail(&tx, "amend.close", f.hint.plan_id,
                         str_fmt(c->arena, "%.*s: %zu chỗ đã quyết định", FMT(f.number), f.decided.n)));
        TRY(action_end(&tx, "amend.close", f.hint.plan_id));
        return dd_tx_commit(&tx);
}
