/* What changes a task itself: made from a paper or by hand, corrected with a reason. */
#include "dd_audit.h"
#include "dd_rights.h"
#include "dd_search.h"
#include "dd_span.h"
#include "dd_task.h"
#include "dd_text.h"
#include "q_agency.h"
#include "q_amend.h"
#include "q_plan.h"
#include "q_task.h"
#include "task_priv.h"

static enum dd_err
index_task(struct dd_tx *tx, int64_t id)
{
        struct q_task_row t;
        struct q_assignment_rows as;

        TRY(q_task_get(tx, tx->c->committee_id, id, &t));
        TRY(q_assignment_list(tx, tx->c->committee_id, id, &as));
        TRY(q_search_delete(tx, id, NULL));
        return task_index(tx, &t, &as);
}

static enum dd_err
assign_new(struct dd_tx *tx, int64_t task_id, const struct mentions *who, const char *role, int32_t day)
{
        struct task_maker m = { .tx = tx };
        struct task_made made = { .task.id = task_id };

        return task_assign(&m, &made, who, role, day);
}

/* A day in any writing, or a deadline in words ("Quý IV/2023"). */
static int32_t
due_of_words(struct dd_ctx *c, struct str words, const char **ret_kind, int32_t *ret_start)
{
        struct deadline d = { .start = DD_NO_DAY, .due = DD_NO_DAY };
        int32_t day = day_parse(str_trim(words)), y, m, md;

        *ret_start = DD_NO_DAY;
        *ret_kind = "date";
        if (day != DD_NO_DAY)
                return day;
        day_parts(c->today, &y, &m, &md);
        deadline_parse(c->arena, words, y, &d);
        *ret_kind = deadline_kind_name(d.kind);
        *ret_start = d.start;
        return d.kind == DL_DONE ? DD_NO_DAY : d.due;
}

int32_t
task_due_of(struct dd_ctx *c, struct str words)
{
        const char *kind;
        int32_t start;

        return due_of_words(c, words, &kind, &start);
}

/* A group of this plan, not one that somebody typed. */
static enum dd_err
check_group(struct dd_tx *tx, const struct task_by_hand *in)
{
        struct q_task_group_rows groups;

        TRY(q_task_group_list(tx, tx->c->committee_id, in->plan_id, &groups));
        for (size_t i = 0; i < groups.n; i++)
                if (groups.v[i].id == in->group_id)
                        return DD_OK;
        return dd_fail_field(tx->c, "group_id", "Kế hoạch này không có nhóm nhiệm vụ đó. Mời chọn lại nhóm.");
}

enum dd_err
task_add(struct dd_ctx *c, const struct task_by_hand *in, int64_t *ret_id)
{
        AUTO_TX tx = { 0 };
        struct mentions lead = { 0 }, coordinating = { 0 };
        const char *kind;
        int32_t start, due;
        bool done;

        agency_parse(c->arena, in->lead, STR_NONE, &lead);
        agency_parse(c->arena, in->coordinating, STR_NONE, &coordinating);
        if (lead.n == 0)
                return dd_fail_field(c, "lead", "Cần ghi cơ quan chủ trì, ví dụ: Sở Tài chính.");
        due = due_of_words(c, in->deadline_text, &kind, &start);

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_PLAN_EDIT, 0));
        TRY(action_begin(&tx, "task.add", &done, ret_id));
        if (done)
                return DD_OK;
        if (in->group_id != 0)
                TRY(check_group(&tx, in));
        TRY(task_create(&tx,
                        &(struct task_new){
                            .plan_id = in->plan_id,
                            .group_id = in->group_id,
                            .title = in->title,
                            .output = in->output,
                            .deadline_text = in->deadline_text,
                            .deadline_kind = kind,
                            .start_day = start,
                            .due = due,
                            .from_day = in->day != DD_NO_DAY ? in->day : c->today,
                            .lead = &lead,
                            .coordinating = &coordinating,
                        },
                        ret_id));
        TRY(audit(&tx, "task.add", *ret_id));
        TRY(action_end(&tx, "task.add", *ret_id));
        return dd_tx_commit(&tx);
}

static enum dd_err
same(struct dd_ctx *c, const struct task_correct_in *in)
{
        return in->by_paper ? DD_OK
                            : dd_fail_field(c, "value", "Không có gì thay đổi: nội dung mới như nội dung hiện nay.");
}

static enum dd_err
retitle(struct dd_tx *tx, const struct task_correct_in *in, struct q_event_insert_args *ev)
{
        struct q_task_row t;
        int64_t version;
        bool found;

        TRY(q_task_get(tx, tx->c->committee_id, in->task_id, &t));
        if (str_eq(str_trim(in->value), t.title))
                return same(tx->c, in);
        ev->kind = S("retitled");
        ev->old_value = t.title;
        ev->new_value = in->value;
        return q_task_retitle(tx,
                              &(struct q_task_retitle_args){
                                  .committee_id = tx->c->committee_id,
                                  .id = in->task_id,
                                  .version = t.version,
                                  .title = in->value,
                                  .title_key = task_title_key(tx->c->arena, in->value),
                              },
                              &version, &found);
}

static bool
is_open(const struct q_assignment_row *a, struct str role)
{
        return str_eq(a->role, role) && a->to_day == DAY_FOREVER;
}

/* Who has a role now, in words. */
static struct str
open_names(struct arena *a, const struct q_assignment_rows *as, struct str role)
{
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < as->n; i++)
                if (is_open(&as->v[i], role))
                        buf_fmt(&b, "%s%.*s", b.n > 0 ? "; " : "", FMT(as->v[i].agency_name));
        return str_dup(a, buf_view(&b));
}

static enum dd_err
end_open(struct dd_tx *tx, const struct q_assignment_rows *as, struct str role, int32_t day)
{
        for (size_t i = 0; i < as->n; i++)
                if (is_open(&as->v[i], role))
                        TRY(q_assignment_end(tx, tx->c->committee_id, as->v[i].id, day, NULL));
        return DD_OK;
}

/* Whom the words name, each with the part it has, in the directory's own names. */
static enum dd_err
resolve_leads(struct dd_tx *tx, const struct task_correct_in *in, const struct mentions *who, int64_t *ret_ids,
              struct dd_buf *names)
{
        for (size_t i = 0; i < who->n; i++) {
                struct str name;

                TRY(agency_resolve(tx, &who->v[i], in->day, &ret_ids[i]));
                TRY(q_agency_label(tx, ret_ids[i], &name));
                buf_fmt(names, "%s%.*s", i > 0 ? "; " : "", FMT(name));
                if (who->v[i].note.n > 0)
                        buf_fmt(names, " (%.*s)", FMT(who->v[i].note));
        }
        return DD_OK;
}

/* Does this lead stay, with the same part, when `who` shall lead? */
static bool
stays(const struct q_assignment_row *a, const struct mentions *who, const int64_t *ids)
{
        for (size_t i = 0; i < who->n; i++)
                if (ids[i] == a->agency_id && str_eq(a->scope, who->v[i].note.p != NULL ? who->v[i].note : S("")))
                        return true;
        return false;
}

/* The old leads' time ends the day before; what they told stays theirs. */
static enum dd_err
relead(struct dd_tx *tx, const struct task_correct_in *in, struct q_event_insert_args *ev)
{
        struct dd_ctx *c = tx->c;
        struct q_assignment_rows as;
        struct mentions lead = { 0 };
        size_t open = 0, staying = 0;
        AUTO_BUF now = { 0 };

        agency_parse(c->arena, in->value, STR_NONE, &lead);
        if (lead.n == 0)
                return dd_fail_field(c, "value", "Không đọc được tên cơ quan. Ví dụ: Sở Tài chính.");
        int64_t *ids = arena_array(c->arena, lead.n, sizeof *ids);
        TRY(resolve_leads(tx, in, &lead, ids, &now));
        TRY(q_assignment_list(tx, c->committee_id, in->task_id, &as));
        for (size_t i = 0; i < as.n; i++) {
                if (!is_open(&as.v[i], S("lead")))
                        continue;
                if (!task_check_day(c, "day", in->day, as.v[i].from_day, "ngày cơ quan hiện nay được giao"))
                        return DD_EINVAL;
                open++;
                staying += stays(&as.v[i], &lead, ids);
        }
        struct str old = open_names(c->arena, &as, S("lead"));
        if (open == lead.n && staying == open && !in->by_paper)
                return dd_fail_field(c, "value", "Không có gì thay đổi: %s đang chủ trì nhiệm vụ này.",
                                     str_c(c->arena, old));
        TRY(end_open(tx, &as, S("lead"), in->day - 1));
        ev->kind = S("relead");
        ev->old_value = old;
        ev->new_value = str_dup(c->arena, buf_view(&now));
        return assign_new(tx, in->task_id, &lead, "lead", in->day);
}

static enum dd_err
redue(struct dd_tx *tx, const struct task_correct_in *in, struct q_event_insert_args *ev)
{
        struct dd_ctx *c = tx->c;
        struct q_task_row t;
        struct q_event_rows events;
        int32_t due = task_due_of(c, in->value), now;

        if (due == DD_NO_DAY)
                return dd_fail_field(c, "value",
                                     "Không đọc được thời hạn. Ghi ngày (30/9/2023) hoặc kỳ (Quý IV/2023).");
        TRY(q_task_get(tx, c->committee_id, in->task_id, &t));
        if (due < t.plan_issued)
                return dd_fail_field(
                    c, "value", "Thời hạn %s sớm hơn ngày ban hành kế hoạch, %s. Mời ghi lại thời hạn.",
                    str_c(c->arena, day_text(c->arena, due)), str_c(c->arena, day_text(c->arena, t.plan_issued)));
        TRY(q_event_list(tx, c->committee_id, in->task_id, &events));
        now = task_due_told(&t, &events, DAY_FOREVER);
        if (due == now)
                TRY(same(c, in));
        ev->kind = S("redue");
        ev->old_value = now != DD_NO_DAY ? day_iso(c->arena, now) : STR_NONE;
        ev->new_value = day_iso(c->arena, due);
        return DD_OK;
}

enum dd_err
task_check_version(struct dd_tx *tx, int64_t task_id, int64_t version, struct task_typed typed)
{
        struct dd_ctx *c = tx->c;
        int64_t v;
        bool found;
        struct q_task_row t;

        TRY(q_task_get(tx, c->committee_id, task_id, &t));
        if (version == 0 && !c->is_system)
                return dd_fail(c, DD_EINVAL, "Biểu mẫu thiếu phiên bản. Mời tải lại trang rồi gửi lại.");
        TRY(q_task_touch(tx, c->committee_id, task_id, version != 0 ? version : t.version, &v, &found));
        if (!found)
                return dd_fail(c, DD_ECONFLICT,
                               "Đã có người sửa nhiệm vụ này. Hiện nay: «%.*s»; anh/chị gửi: «%.*s». "
                               "Mời xem lại rồi gửi lại nếu vẫn cần.",
                               FMT(typed.now.n > 0 ? typed.now : t.title), FMT(typed.sent));
        return DD_OK;
}

/* What stands where the correction goes, in words; and the day it counts from lies within the task's time. */
static enum dd_err
corrected_now(struct dd_tx *tx, const struct task_correct_in *in, struct str *ret)
{
        struct dd_ctx *c = tx->c;
        struct q_task_row t;
        struct q_assignment_rows as;
        struct q_event_rows events;

        TRY(q_task_get(tx, c->committee_id, in->task_id, &t));
        TRY(q_assignment_list(tx, c->committee_id, in->task_id, &as));
        TRY(q_event_list(tx, c->committee_id, in->task_id, &events));
        if (!task_check_day(c, "day", in->day, task_given_day(&as), "ngày giao nhiệm vụ"))
                return DD_EINVAL;
        int32_t due = task_due_told(&t, &events, DAY_FOREVER);
        *ret = in->what == CORRECT_TITLE  ? t.title
               : in->what == CORRECT_LEAD ? open_names(c->arena, &as, S("lead"))
               : due != DD_NO_DAY         ? day_text(c->arena, due)
                                          : t.deadline_text;
        return DD_OK;
}

/* What the trail says of it: both values are in its chain. */
static struct str
correction_words(struct arena *a, enum task_correction what, const struct q_event_insert_args *ev)
{
        struct str was = ev->old_value.n > 0 ? ev->old_value : S("chưa nêu"), is = ev->new_value;

        if (what == CORRECT_TITLE)
                return str_fmt(a, "nội dung: %.*s → %.*s", FMT(was), FMT(is));
        if (what == CORRECT_LEAD)
                return str_fmt(a, "chủ trì: %.*s → %.*s", FMT(was), FMT(is));
        if (ev->old_value.n > 0)
                was = day_text(a, day_parse(was));
        return str_fmt(a, "thời hạn: %.*s → %.*s", FMT(was), FMT(day_text(a, day_parse(is))));
}

enum dd_err
task_correct(struct dd_ctx *c, const struct task_correct_in *in, int64_t *ret_event)
{
        AUTO_TX tx = { 0 };
        struct q_event_insert_args ev = {
                .task_id = in->task_id, .day = in->day, .note = in->reason, .doc_day = DD_NO_DAY, .sample = in->sample
        };
        struct str now;
        bool done;

        if (str_trim(in->value).n == 0)
                return dd_fail_field(c, "value", "Cần ghi nội dung mới.");
        if (str_trim(in->reason).n == 0)
                return dd_fail_field(c, "reason", "Cần ghi lý do điều chỉnh.");

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_PLAN_EDIT, 0));
        TRY(action_begin(&tx, "task.correct", &done, ret_event));
        if (done)
                return DD_OK;
        TRY(corrected_now(&tx, in, &now));
        TRY(task_check_version(&tx, in->task_id, in->version, (struct task_typed){ now, in->value }));
        if (in->what == CORRECT_TITLE)
                TRY(retitle(&tx, in, &ev));
        else if (in->what == CORRECT_LEAD)
                TRY(relead(&tx, in, &ev));
        else
                TRY(redue(&tx, in, &ev));
        ev.committee_id = c->committee_id;
        ev.now = c->now;
        ev.account_id = c->user != NULL ? c->user->id : 0;
        TRY(q_event_insert(&tx, &ev, ret_event));
        TRY(span_project(&tx, in->task_id));
        TRY(index_task(&tx, in->task_id));
        TRY(audit_detail(&tx, "task.correct", in->task_id, correction_words(c->arena, in->what, &ev)));
        TRY(action_end(&tx, "task.correct", *ret_event));
        return dd_tx_commit(&tx);
}

static enum dd_err
reset_event(struct dd_tx *tx, const struct task_reset *in, const char *field, struct str old)
{
        struct dd_ctx *c = tx->c;
        int64_t id;

        return q_event_insert(tx,
                              &(struct q_event_insert_args){ .committee_id = c->committee_id,
                                                             .task_id = in->task_id,
                                                             .kind = S("retitled"),
                                                             .field = str_of(field),
                                                             .day = in->day,
                                                             .now = c->now,
                                                             .account_id = c->user != NULL ? c->user->id : 0,
                                                             .doc_day = DD_NO_DAY,
                                                             .note = in->reason,
                                                             .old_value = old.n > 0 ? old : STR_NONE,
                                                             .new_value = in->words.p != NULL ? in->words : S("") },
                              &id);
}

enum dd_err
task_set_coordinating(struct dd_ctx *c, const struct task_reset *in)
{
        AUTO_TX tx = { 0 };
        struct q_assignment_rows as;
        struct mentions who = { 0 };

        agency_parse(c->arena, in->words, STR_NONE, &who);
        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_PLAN_EDIT, 0));
        TRY(task_check_version(&tx, in->task_id, in->version, (struct task_typed){ STR_NONE, in->words }));
        TRY(q_assignment_list(&tx, c->committee_id, in->task_id, &as));
        struct str old = open_names(c->arena, &as, S("coordinate"));
        TRY(end_open(&tx, &as, S("coordinate"), in->day - 1));
        TRY(assign_new(&tx, in->task_id, &who, "coordinate", in->day));
        TRY(reset_event(&tx, in, "coordinating", old));
        TRY(span_project(&tx, in->task_id));
        TRY(index_task(&tx, in->task_id));
        TRY(audit_detail(&tx, "task.coordinating", in->task_id,
                         str_fmt(c->arena, "%.*s → %.*s", FMT(old), FMT(in->words))));
        return dd_tx_commit(&tx);
}

enum dd_err
task_set_output(struct dd_ctx *c, const struct task_reset *in)
{
        AUTO_TX tx = { 0 };
        struct q_task_row t;

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_PLAN_EDIT, 0));
        TRY(q_task_get(&tx, c->committee_id, in->task_id, &t));
        TRY(task_check_version(&tx, in->task_id, in->version, (struct task_typed){ STR_NONE, in->words }));
        TRY(q_amend_set_output(&tx, c->committee_id, in->task_id, in->words.n > 0 ? in->words : STR_NONE, NULL));
        TRY(reset_event(&tx, in, "output", t.output));
        TRY(index_task(&tx, in->task_id));
        TRY(audit_detail(&tx, "task.output", in->task_id,
                         str_fmt(c->arena, "%.*s → %.*s", FMT(t.output), FMT(in->words))));
        return dd_tx_commit(&tx);
}
