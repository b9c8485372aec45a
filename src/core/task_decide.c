/* Decisions about a task as a whole, each with the number of its paper: suspended, resumed, discontinued. */
#include "dd_audit.h"
#include "dd_rights.h"
#include "dd_span.h"
#include "q_task.h"
#include "task_priv.h"

static const struct {
        const char *kind, *action;
        int64_t life_min, life_max; /* from where it may come */
        const char *refusal, *no_number, *no_reason;
} decisions[] = {
        [DECIDE_DISCONTINUE] = { "discontinued", "task.discontinue", 0, LIFE_DISCONTINUED - 1,
                                 "Nhiệm vụ này đã có quyết định không tiếp tục.",
                                 "Cần ghi số văn bản quyết định dừng nhiệm vụ.", "Cần ghi lý do không tiếp tục." },
        [DECIDE_SUSPEND] = { "suspended", "task.suspend", 0, LIFE_SUSPENDED - 1,
                             "Chỉ tạm dừng được nhiệm vụ đang thực hiện; nhiệm vụ này đã nộp kết quả, đã hoàn thành "
                             "hoặc đã dừng.",
                             "Cần ghi số văn bản cho tạm dừng nhiệm vụ.", "Cần ghi lý do tạm dừng." },
        [DECIDE_RESUME] = { "resumed", "task.resume", LIFE_SUSPENDED, LIFE_SUSPENDED,
                            "Chỉ cho tiếp tục được nhiệm vụ đang tạm dừng.",
                            "Cần ghi số văn bản cho tiếp tục nhiệm vụ.", "Cần ghi lý do cho tiếp tục." },
};

bool
task_may_decide(enum task_decision what, int64_t lifecycle)
{
        return lifecycle >= decisions[what].life_min && lifecycle <= decisions[what].life_max;
}

static enum dd_err
check_input(struct dd_ctx *c, const struct task_decide_in *in)
{
        if (str_trim(in->doc_number).n == 0)
                (void)dd_fail_field(c, "doc_number", "%s", dd_say(c, decisions[in->what].no_number));
        if (str_trim(in->reason).n == 0)
                (void)dd_fail_field(c, "reason", "%s", dd_say(c, decisions[in->what].no_reason));
        return c->n_fields > 0 ? DD_EINVAL : DD_OK;
}

/* A decision is not older than the assignment; one to go on, not than the one it takes back. */
static enum dd_err
check_day(struct dd_tx *tx, const struct task_decide_in *in)
{
        struct dd_ctx *c = tx->c;
        struct q_assignment_rows as;
        struct q_event_rows ev;
        int32_t stopped = DD_NO_DAY;

        TRY(q_assignment_list(tx, c->committee_id, in->task_id, &as));
        TRY(q_event_list(tx, c->committee_id, in->task_id, &ev));
        for (size_t i = 0; i < ev.n; i++)
                if (str_eq(ev.v[i].kind, S("suspended")))
                        stopped = ev.v[i].day;
        bool good = in->what == DECIDE_RESUME && stopped != DD_NO_DAY
                        ? task_check_day(c, "doc_day", in->doc_day, stopped, "ngày tạm dừng")
                        : task_check_day(c, "doc_day", in->doc_day, task_given_day(&as), "ngày giao nhiệm vụ");
        return good ? DD_OK : DD_EINVAL;
}

/* The state the decision meets: what all that is recorded says of today. */
static enum dd_err
check_state(struct dd_tx *tx, const struct task_decide_in *in)
{
        struct dd_ctx *c = tx->c;
        struct q_span_rows spans;

        TRY(q_span_at(tx, c->committee_id, in->task_id, c->today, &spans));
        if (spans.n > 0 && task_may_decide(in->what, spans.v[0].lifecycle))
                return DD_OK;
        return dd_fail(c, DD_ECONFLICT, "%s", dd_say(c, decisions[in->what].refusal));
}

enum dd_err
task_decide(struct dd_ctx *c, const struct task_decide_in *in, int64_t *ret_event)
{
        AUTO_TX tx = { 0 };
        const char *action = decisions[in->what].action;
        bool done;

        TRY(check_input(c, in));
        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_PLAN_EDIT, 0));
        TRY(action_begin(&tx, action, &done, ret_event));
        if (done)
                return DD_OK;
        TRY(task_check_version(&tx, in->task_id, in->version, (struct task_typed){ STR_NONE, in->reason }));
        TRY(check_state(&tx, in));
        TRY(check_day(&tx, in));
        TRY(q_event_insert(&tx,
                           &(struct q_event_insert_args){
                               .committee_id = c->committee_id,
                               .task_id = in->task_id,
                               .kind = str_of(decisions[in->what].kind),
                               .day = in->doc_day != DD_NO_DAY ? in->doc_day : in->day,
                               .now = c->now,
                               .account_id = c->user != NULL ? c->user->id : 0,
                               .note = in->reason,
                               .doc_number = in->doc_number,
                               .doc_day = in->doc_day,
                           },
                           ret_event));
        TRY(span_project(&tx, in->task_id));
        TRY(audit(&tx, action, in->task_id));
        TRY(action_end(&tx, action, *ret_event));
        return dd_tx_commit(&tx);
}
