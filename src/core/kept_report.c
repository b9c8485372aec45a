#include "dd_kept_report.h"

#include "dd_audit.h"
#include "dd_rights.h"
#include "q_kept_report.h"

void
kept_report_figures(const struct board *b, struct q_kept_report_row *ret)
{
        *ret = (struct q_kept_report_row){
                .tasks = b->total,
                .done = b->n[STATE_DONE],
                .done_on_time = b->done_on_time,
                .done_late = b->done_late,
                .awaiting = b->n[STATE_AWAITING],
                .overdue = b->n[STATE_OVERDUE],
                .due_by_now = b->due_by_now,
                .due_soon = b->n[STATE_ATTENTION],
                .remaining = b->remaining,
                .doing = b->n[STATE_DOING],
                .waiting = b->n[STATE_WAITING],
                .dropped = b->n[STATE_DROPPED],
                .silent = b->silent_agencies,
                .agencies = b->agencies,
        };
}

void
kept_report_each(const struct q_kept_report_row *r, struct kept_figure ret[KEPT_FIGURES])
{
        const struct kept_figure all[KEPT_FIGURES] = {
                { "tasks", S("Nhiệm vụ"), r->tasks },           { "done", S("Hoàn thành"), r->done },
                { "awaiting", S("Chờ xác nhận"), r->awaiting }, { "overdue", S("Quá hạn"), r->overdue },
                { "due_soon", S("Sắp đến hạn"), r->due_soon },  { "doing", S("Đang thực hiện"), r->doing },
                { "waiting", S("Chưa bắt đầu"), r->waiting },   { "dropped", S("Không tiếp tục"), r->dropped },
        };

        memcpy(ret, all, sizeof all);
}

static enum dd_err
insert(struct dd_tx *tx, const struct kept_report_in *in, int64_t *ret_id)
{
        struct dd_ctx *c = tx->c;
        struct q_kept_report_row f;
        uint8_t hash[32];

        kept_report_figures(in->board, &f);
        dd_sha256(in->docx.p, in->docx.n, hash);
        return q_kept_report_insert(tx,
                                    &(struct q_kept_report_insert_args){
                                        .committee_id = c->committee_id,
                                        .plan_id = in->plan_id,
                                        .day = c->as_of,
                                        .by_standing = in->by_standing,
                                        .data_at = c->now,
                                        .note = in->note.n > 0 ? in->note : STR_NONE,
                                        .tasks = f.tasks,
                                        .done = f.done,
                                        .done_on_time = f.done_on_time,
                                        .done_late = f.done_late,
                                        .awaiting = f.awaiting,
                                        .overdue = f.overdue,
                                        .due_by_now = f.due_by_now,
                                        .due_soon = f.due_soon,
                                        .remaining = f.remaining,
                                        .doing = f.doing,
                                        .waiting = f.waiting,
                                        .dropped = f.dropped,
                                        .silent = f.silent,
                                        .agencies = f.agencies,
                                        .name = in->name,
                                        .sha256 = { (const char *)hash, sizeof hash },
                                        .docx = in->docx,
                                        .account_id = c->user != NULL ? c->user->id : 0,
                                    },
                                    ret_id);
}

enum dd_err
kept_report_add(struct dd_ctx *c, const struct kept_report_in *in, int64_t *ret_id)
{
        AUTO_TX tx = { 0 };
        bool done;

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_PLAN_EDIT, 0));
        TRY(action_begin(&tx, "report.keep", &done, ret_id));
        if (done)
                return DD_OK;
        TRY(insert(&tx, in, ret_id));
        TRY(audit(&tx, "report.keep", *ret_id));
        TRY(action_end(&tx, "report.keep", *ret_id));
        return dd_tx_commit(&tx);
}

enum dd_err
kept_report_list(struct dd_ctx *c, struct q_kept_report_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_kept_report_list(&tx, c->committee_id, ret);
}

enum dd_err
kept_report_get(struct dd_ctx *c, int64_t id, struct q_kept_report_row *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_kept_report_get(&tx, c->committee_id, id, ret);
}

enum dd_err
kept_report_docx(struct dd_ctx *c, int64_t id, struct str *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_kept_report_docx(&tx, c->committee_id, id, ret);
}

enum dd_err
kept_report_last(struct dd_ctx *c, int64_t plan_id, int64_t before_id, struct q_kept_report_row *ret, bool *ret_found)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_kept_report_last(
            &tx,
            &(struct q_kept_report_last_args){ .committee_id = c->committee_id,
                                               .plan_id = plan_id,
                                               .day = c->as_of,
                                               .before_id = before_id > 0 ? before_id : INT64_MAX },
            ret, ret_found);
}
