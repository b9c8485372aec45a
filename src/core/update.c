#include "dd_update.h"

#include "dd_audit.h"
#include "dd_rights.h"
#include "dd_span.h"
#include "dd_text.h"
#include "q_intake.h"
#include "q_task.h"
#include "task_priv.h"

/* Each act on an assignment: from which lifecycles it may come, what it is called. */
struct act {
        const char *kind, *action;
        enum cap cap;
        int64_t life_min, life_max;
        const char *refusal;
};

static const struct act act_update = {
        "updated", "update.add",   CAP_UPDATE,
        0,         LIFE_SUSPENDED, "Nhiệm vụ đã nộp kết quả, đã hoàn thành hoặc đã dừng nên không cập nhật tiến độ nữa."
};
static const struct act act_receive = { "received", "update.receive", CAP_UPDATE,
                                        0,          LIFE_ASSIGNED,    "Nhiệm vụ này đã được tiếp nhận trước đó." };
static const struct act act_hand_in = {
        "handed_in", "result.hand_in", CAP_UPDATE,
        0,           LIFE_SUSPENDED,   "Kết quả đã được nộp và đang chờ xác nhận, hoặc nhiệm vụ đã hoàn thành."
};
static const struct act act_confirm = { "confirmed",    "result.confirm",
                                        CAP_CONFIRM,    LIFE_HANDED_IN,
                                        LIFE_HANDED_IN, "Chỉ xác nhận được kết quả đã nộp và đang chờ xác nhận." };
static const struct act act_back = { "handed_back",  "result.hand_back",
                                     CAP_CONFIRM,    LIFE_HANDED_IN,
                                     LIFE_HANDED_IN, "Chỉ trả lại được kết quả đã nộp và đang chờ xác nhận." };

/* What an act meets: the part it is about, its task, what happened so far. */
struct meeting {
        struct q_assignment_row a;
        struct q_task_row task;
        struct q_event_rows events;
};

enum dd_err
file_store(struct dd_tx *tx, const struct evidence *f, int64_t *ret_id)
{
        uint8_t hash[32];

        dd_sha256(f->bytes.p, f->bytes.n, hash);
        return q_file_insert(tx,
                             &(struct q_file_insert_args){
                                 .committee_id = tx->c->committee_id,
                                 .name = f->name,
                                 .type = f->type.p != NULL ? f->type : S("application/octet-stream"),
                                 .size = (int64_t)f->bytes.n,
                                 .sha256 = { (const char *)hash, sizeof hash },
                                 .bytes = f->bytes,
                                 .now = tx->c->now,
                                 .created_by = tx->c->user != NULL ? tx->c->user->id : 0,
                             },
                             ret_id);
}

enum dd_err
file_get(struct dd_ctx *c, int64_t id, struct q_file_row *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_file_get(&tx, c->committee_id, id, ret);
}

static enum dd_err
check_input(struct dd_ctx *c, const struct act *act, const struct update_in *in)
{
        if (in->percent.has && (in->percent.v < 0 || in->percent.v > 100))
                (void)dd_fail_field(c, "percent", "Tỷ lệ hoàn thành phải từ 0 đến 100.");
        if (act == &act_back && str_trim(in->note).n == 0)
                (void)dd_fail_field(c, "note", "Cần ghi lý do trả lại để cơ quan biết phải làm gì.");
        if (act == &act_hand_in && str_trim(in->note).n == 0 && str_trim(in->doc_number).n == 0 &&
            in->file.bytes.n == 0)
                (void)dd_fail_field(c, "note", "Cần nêu kết quả: ghi tóm tắt, số văn bản hoặc kèm tệp minh chứng.");
        if (act == &act_update && str_trim(in->note).n == 0 && !in->percent.has && in->file.bytes.n == 0)
                (void)dd_fail_field(c, "note", "Cần ghi tiến độ: tỷ lệ, một câu tóm tắt hoặc tệp minh chứng.");
        return c->n_fields > 0 ? DD_EINVAL : DD_OK;
}

/* The last event of a kind on an assignment; NULL: none. */
static const struct q_event_row *
last_of(const struct q_event_rows *ev, int64_t assignment, struct str kind)
{
        const struct q_event_row *last = NULL;

        for (size_t i = 0; i < ev->n; i++)
                if (ev->v[i].assignment_id == assignment && str_eq(ev->v[i].kind, kind) && !ev->v[i].withdrawn_at.has &&
                    (last == NULL || ev->v[i].id > last->id))
                        last = &ev->v[i];
        return last;
}

/* Progress counts from the assignment on, an answer from the result it answers; the paper of a result may be older than
 * the assignment, but not than the plan. */
static enum dd_err
check_days(struct dd_ctx *c, const struct act *act, const struct update_in *in, const struct meeting *m)
{
        const struct q_event_row *result = last_of(&m->events, m->a.id, S("handed_in"));

        if ((act == &act_confirm || act == &act_back) && result != NULL)
                (void)task_check_day(c, "day", in->day, result->day, "ngày nộp kết quả");
        else
                (void)task_check_day(c, "day", in->day, m->a.from_day, "ngày giao nhiệm vụ");
        (void)task_check_day(c, "doc_day", in->doc_day, m->task.plan_issued, "ngày ban hành kế hoạch");
        return c->n_fields > 0 ? DD_EINVAL : DD_OK;
}

/* The share told last by a day; below 0: none. */
static int64_t
percent_by(const struct meeting *m, int32_t day)
{
        int64_t percent = -1;

        for (size_t i = 0; i < m->events.n; i++) { /* by day, then as they came */
                const struct q_event_row *e = &m->events.v[i];

                if (e->assignment_id == m->a.id && e->percent.has && e->day <= day && !e->withdrawn_at.has)
                        percent = e->percent.v;
        }
        return percent;
}

static enum dd_err
check_fall(struct dd_ctx *c, const struct update_in *in, const struct meeting *m)
{
        int64_t was = percent_by(m, in->day != DD_NO_DAY ? in->day : c->today);

        if (!in->percent.has || in->percent.v >= was || str_trim(in->note).n > 0)
                return DD_OK;
        return dd_fail_field(c, "note", "Tỷ lệ giảm từ %lld %% xuống %lld %%: cần ghi lý do.", (long long)was,
                             (long long)in->percent.v);
}

static struct str
first_letters(struct str s, size_t max)
{
        size_t i = 0;

        for (size_t n = 0; n < max && i < s.n; n++)
                (void)utf8_next(s, &i);
        return str_sub(s, 0, i);
}

/* What an event or an act tells, in a few words. */
static struct str
told(struct arena *a, struct dd_opt percent, struct str note)
{
        if (!percent.has)
                return str_fmt(a, "«%.*s»", FMT(first_letters(note, 80)));
        return note.n == 0 ? str_fmt(a, "%lld %%", (long long)percent.v)
                           : str_fmt(a, "%lld %%, «%.*s»", (long long)percent.v, FMT(first_letters(note, 80)));
}

/* What was told since the form was drawn is not overwritten unseen; nor is the same told twice, when a form is sent
 * again by going back to it. */
static enum dd_err
check_seen(struct dd_ctx *c, const struct update_in *in, const struct meeting *m)
{
        const struct q_event_row *last = last_of(&m->events, m->a.id, S("updated"));
        int32_t day = in->day != DD_NO_DAY ? in->day : c->today;

        if (in->seen == 0 || last == NULL)
                return DD_OK;
        if (last->id > in->seen)
                return dd_fail(c, DD_ECONFLICT,
                               "Đã có người cập nhật phần việc này sau khi anh/chị mở biểu mẫu: %s (%s, %s); anh/chị "
                               "gửi: %s. Mời xem lại rồi gửi lại nếu vẫn cần.",
                               str_c(c->arena, told(c->arena, last->percent, last->note)), str_c(c->arena, last->post),
                               str_c(c->arena, instant_text(c->arena, last->recorded_at)),
                               str_c(c->arena, told(c->arena, in->percent, in->note)));
        if (in->file.bytes.n == 0 && last->day == day && last->percent.has == in->percent.has &&
            (!in->percent.has || last->percent.v == in->percent.v) && str_eq(str_trim(last->note), str_trim(in->note)))
                return dd_fail(c, DD_ECONFLICT, "Nội dung này đã ghi nhận lúc %s; không ghi thêm lần nữa.",
                               str_c(c->arena, instant_text(c->arena, last->recorded_at)));
        return DD_OK;
}

/* The state the act meets: what all that is recorded now says of the last day there is. */
static enum dd_err
check_state(struct dd_tx *tx, const struct act *act, const struct q_assignment_row *a)
{
        struct dd_ctx *c = tx->c;
        struct q_span_rows spans;
        int32_t day = a->to_day < c->today ? a->to_day : c->today;

        TRY(q_span_at(tx, c->committee_id, a->task_id, day < a->from_day ? a->from_day : day, &spans));
        for (size_t i = 0; i < spans.n; i++) {
                if (spans.v[i].assignment_id != a->id)
                        continue;
                if (spans.v[i].lifecycle < act->life_min || spans.v[i].lifecycle > act->life_max)
                        return dd_fail(c, DD_ECONFLICT, "%s", dd_say(c, act->refusal));
                return DD_OK;
        }
        return dd_fail(c, DD_ECONFLICT, "Phân công này không còn hiệu lực.");
}

/* The event, and the file that came with it. */
static enum dd_err
write_event(struct dd_tx *tx, const struct act *act, const struct update_in *in, const struct q_assignment_row *a,
            int64_t *ret_event)
{
        struct dd_ctx *c = tx->c;
        int32_t day = in->day != DD_NO_DAY ? in->day : c->today;
        int64_t file;

        if (act == &act_hand_in && in->doc_day != DD_NO_DAY)
                day = in->doc_day;
        TRY(q_event_insert(tx,
                           &(struct q_event_insert_args){
                               .committee_id = c->committee_id,
                               .task_id = a->task_id,
                               .assignment_id = a->id,
                               .kind = str_of(act->kind),
                               .day = day,
                               .now = c->now,
                               .account_id = c->user != NULL ? c->user->id : 0,
                               .percent = in->percent,
                               .note = in->note,
                               .doc_number = in->doc_number,
                               .doc_day = in->doc_day,
                               .sample = in->sample,
                           },
                           ret_event));
        if (in->file.bytes.n == 0)
                return DD_OK;
        TRY(file_store(tx, &in->file, &file));
        return q_event_file_insert(tx, c->committee_id, *ret_event, file, NULL);
}

static enum dd_err
act_on(struct dd_ctx *c, const struct act *act, const struct update_in *in, int64_t *ret_event)
{
        AUTO_TX tx = { 0 };
        struct meeting m;
        bool done;

        TRY(check_input(c, act, in));
        TRY(dd_tx_begin(&tx, c));
        TRY(q_assignment_get(&tx, c->committee_id, in->assignment_id, &m.a));
        if (in->task_id != 0 && in->task_id != m.a.task_id)
                return dd_fail(c, DD_ENOTFOUND, "Phần việc này không thuộc nhiệm vụ đang mở.");
        TRY(can(c, act->cap, m.a.agency_id));
        TRY(action_begin(&tx, act->action, &done, ret_event));
        if (done)
                return DD_OK;
        if (!str_eq(m.a.role, S("lead")))
                return dd_fail(c, DD_ECONFLICT, "Chỉ cơ quan chủ trì cập nhật và nộp kết quả của nhiệm vụ.");
        TRY(check_state(&tx, act, &m.a));
        TRY(q_task_get(&tx, c->committee_id, m.a.task_id, &m.task));
        TRY(q_event_list(&tx, c->committee_id, m.a.task_id, &m.events));
        TRY(check_days(c, act, in, &m));
        if (act == &act_update) {
                TRY(check_seen(c, in, &m));
                TRY(check_fall(c, in, &m));
        }
        TRY(write_event(&tx, act, in, &m.a, ret_event));
        TRY(span_project(&tx, m.a.task_id));
        TRY(audit(&tx, act->action, *ret_event));
        TRY(action_end(&tx, act->action, *ret_event));
        return dd_tx_commit(&tx);
}

enum dd_err
update_add(struct dd_ctx *c, const struct update_in *in, int64_t *ret_event)
{
        return act_on(c, &act_update, in, ret_event);
}

enum dd_err
update_receive(struct dd_ctx *c, int64_t assignment_id, int32_t day, int64_t *ret_event)
{
        struct update_in in = { .assignment_id = assignment_id, .day = day, .doc_day = DD_NO_DAY };

        return act_on(c, &act_receive, &in, ret_event);
}

enum dd_err
result_hand_in(struct dd_ctx *c, const struct update_in *in, int64_t *ret_event)
{
        return act_on(c, &act_hand_in, in, ret_event);
}

enum dd_err
result_confirm(struct dd_ctx *c, const struct update_in *in, int64_t *ret_event)
{
        return act_on(c, &act_confirm, in, ret_event);
}

enum dd_err
result_hand_back(struct dd_ctx *c, const struct update_in *in, int64_t *ret_event)
{
        return act_on(c, &act_back, in, ret_event);
}
