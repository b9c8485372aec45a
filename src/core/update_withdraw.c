/* What was sent by mistake is taken back by who sent it, while nobody has built on it. */
#include "dd_audit.h"
#include "dd_rights.h"
#include "dd_span.h"
#include "dd_text.h"
#include "dd_update.h"
#include "q_task.h"

/* What came after it and stands: of the same part, or of the task as a whole. NULL: nothing. */
static const struct q_event_row *
built_on(const struct q_event_rows *ev, int64_t id, int64_t assignment)
{
        const struct q_event_row *later = NULL;

        for (size_t i = 0; i < ev->n; i++) {
                const struct q_event_row *e = &ev->v[i];

                if (e->id > id && (e->assignment_id == assignment || e->assignment_id == 0) && !e->withdrawn_at.has &&
                    (later == NULL || e->id < later->id))
                        later = e;
        }
        return later;
}

static enum dd_err
own_events(struct dd_tx *tx, int64_t task_id, struct q_event_own_rows *ret)
{
        const struct dd_user *who = tx->c->user;

        return q_event_own_list(tx,
                                &(struct q_event_own_list_args){
                                    .committee_id = tx->c->committee_id,
                                    .task_id = task_id,
                                    .account_id = who->id,
                                    .role = str_of(role_name(who->role)),
                                    .agency_id = who->agency_id,
                                },
                                ret);
}

enum dd_err
event_withdrawable(struct dd_ctx *c, int64_t task_id, const struct q_event_rows *events, struct q_event_own_rows *ret)
{
        AUTO_TX tx = { 0 };
        size_t n = 0;

        *ret = (struct q_event_own_rows){ 0 };
        TRY(can(c, CAP_READ, 0));
        if (c->user == NULL || !role_has(c->user->role, CAP_UPDATE))
                return DD_OK;
        TRY(dd_tx_read(&tx, c));
        TRY(own_events(&tx, task_id, ret));
        for (size_t i = 0; i < ret->n; i++)
                if (built_on(events, ret->v[i].id, ret->v[i].assignment_id) == NULL)
                        ret->v[n++] = ret->v[i];
        ret->n = n;
        return DD_OK;
}

static enum dd_err
find_event(struct dd_ctx *c, const struct q_event_rows *ev, int64_t id, const struct q_event_row **ret)
{
        for (size_t i = 0; i < ev->n; i++) {
                *ret = &ev->v[i];
                if (ev->v[i].id != id)
                        continue;
                if (ev->v[i].assignment_id != 0 &&
                    (str_eq(ev->v[i].kind, S("updated")) || str_eq(ev->v[i].kind, S("handed_in"))))
                        return DD_OK;
                return dd_fail(c, DD_ECONFLICT, "Chỉ rút lại được cập nhật tiến độ và kết quả đã nộp.");
        }
        return dd_fail(c, DD_ENOTFOUND, "Nhiệm vụ này không có diễn biến ấy.");
}

static enum dd_err
check_free(struct dd_tx *tx, const struct q_event_rows *ev, const struct q_event_row *e, int64_t task_id)
{
        struct dd_ctx *c = tx->c;
        struct q_event_own_rows own;
        const struct q_event_row *later = built_on(ev, e->id, e->assignment_id);

        if (e->withdrawn_at.has)
                return dd_fail(c, DD_ECONFLICT, "Nội dung này đã được rút lại lúc %s.",
                               str_c(c->arena, instant_text(c->arena, e->withdrawn_at.v)));
        if (later != NULL && (str_eq(later->kind, S("confirmed")) || str_eq(later->kind, S("handed_back"))))
                return dd_fail(c, DD_ECONFLICT,
                               "Kết quả này đã được xác nhận hoặc trả lại lúc %s nên không rút lại được nữa.",
                               str_c(c->arena, instant_text(c->arena, later->recorded_at)));
        if (later != NULL)
                return dd_fail(c, DD_ECONFLICT,
                               "Lúc %s đã có diễn biến mới hơn nên không rút lại được nữa. Mời gửi cập nhật đúng.",
                               str_c(c->arena, instant_text(c->arena, later->recorded_at)));
        if (c->is_system)
                return DD_OK;
        TRY(own_events(tx, task_id, &own));
        for (size_t i = 0; i < own.n; i++)
                if (own.v[i].id == e->id)
                        return DD_OK;
        return dd_fail(c, DD_EDENIED, "Nội dung này do nơi khác ghi; chỉ nơi đã ghi mới rút lại được.");
}

enum dd_err
event_withdraw(struct dd_ctx *c, const struct withdraw_in *in, int64_t *ret_event)
{
        AUTO_TX tx = { 0 };
        struct q_event_rows events;
        struct q_assignment_row a;
        const struct q_event_row *e = NULL;
        bool done;

        if (str_trim(in->reason).n == 0)
                return dd_fail_field(c, "reason", "Cần ghi lý do rút lại, ví dụ: gửi nhầm nhiệm vụ.");
        TRY(dd_tx_begin(&tx, c));
        TRY(q_event_list(&tx, c->committee_id, in->task_id, &events));
        TRY(find_event(c, &events, in->event_id, &e));
        TRY(q_assignment_get(&tx, c->committee_id, e->assignment_id, &a));
        TRY(can(c, CAP_UPDATE, a.agency_id));
        const char *action = str_eq(e->kind, S("handed_in")) ? "result.withdraw" : "update.withdraw";
        TRY(action_begin(&tx, action, &done, ret_event));
        if (done)
                return DD_OK;
        TRY(check_free(&tx, &events, e, in->task_id));
        TRY(q_event_withdraw_insert(&tx,
                                    &(struct q_event_withdraw_insert_args){
                                        .committee_id = c->committee_id,
                                        .event_id = e->id,
                                        .day = c->today,
                                        .now = c->now,
                                        .account_id = c->user != NULL ? c->user->id : 0,
                                        .reason = str_trim(in->reason),
                                    },
                                    NULL));
        TRY(span_project(&tx, in->task_id));
        TRY(audit_detail(&tx, action, e->id, str_trim(in->reason)));
        TRY(action_end(&tx, action, e->id));
        *ret_event = e->id;
        return dd_tx_commit(&tx);
}
