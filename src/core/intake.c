#include "dd_intake.h"

#include "dd_audit.h"
#include "dd_json.h"
#include "dd_rights.h"
#include "q_intake.h"

static struct str
or_empty(struct str s)
{
        return s.p != NULL ? s : S("");
}

/* A row wants a look when the reader was unsure or the paper is odd there. */
static bool
needs_look(const struct draft *d, size_t i)
{
        const struct draft_task *t = &d->tasks[i];

        if (t->n_notes > 0 || t->confidence < 90 || t->lead.n == 0 || t->lead.n > 1)
                return true;
        for (size_t k = 0; k < d->n_anomalies; k++)
                if (d->anomalies[k].task == (int32_t)i)
                        return true;
        return false;
}

static enum dd_err
store_rows(struct dd_tx *tx, int64_t intake, const struct draft *d)
{
        for (size_t i = 0; i < d->n_tasks; i++) {
                const struct draft_task *t = &d->tasks[i];

                TRY(q_draft_task_insert(tx,
                                        &(struct q_draft_task_insert_args){
                                            .committee_id = tx->c->committee_id,
                                            .intake_id = intake,
                                            .ord = (int64_t)i,
                                            .no = or_empty(t->no),
                                            .group_no = t->group,
                                            .title = or_empty(t->title.text),
                                            .lead = or_empty(t->lead_field.text),
                                            .coordinating = or_empty(t->coordinating_field.text),
                                            .deadline_text = or_empty(t->deadline_text.text),
                                            .output = or_empty(t->output.text),
                                            .needs_look = needs_look(d, i),
                                        },
                                        NULL));
        }
        return DD_OK;
}

enum dd_err
intake_create(struct dd_ctx *c, const struct evidence *file, const struct draft *d, int64_t *ret_id, bool *ret_known)
{
        AUTO_TX tx = { 0 };
        AUTO_BUF json = { 0 };
        struct json_w w;
        struct q_intake_known_row known;
        int64_t file_id;
        uint8_t hash[32];

        *ret_known = false;
        if (d->n_tasks == 0 && (d->n_documents == 0 || d->documents[0].number.text.p == NULL))
                return dd_fail(c, DD_EINVAL,
                               "Không thấy nhiệm vụ hay số ký hiệu văn bản nào trong tệp. "
                               "Mời kiểm tra lại tệp, hoặc tự thêm nhiệm vụ bằng tay.");
        dd_sha256(file->bytes.p, file->bytes.n, hash);
        struct str sha = { (const char *)hash, sizeof hash };
        json_start(&w, &json);
        draft_json(&w, d);
        if (json.over)
                return dd_fail(c, DD_EBUSY, "Máy chủ đang thiếu bộ nhớ nên chưa ghi được gì. Hãy thử lại sau ít phút.");

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(q_intake_by_hash(&tx, c->committee_id, sha, &known, ret_known));
        if (*ret_known) {
                *ret_id = known.id;
                return DD_OK;
        }
        TRY(file_store(&tx, file, &file_id));
        TRY(q_intake_insert(&tx,
                            &(struct q_intake_insert_args){
                                .committee_id = c->committee_id,
                                .file_id = file_id,
                                .sha256 = sha,
                                .draft = buf_view(&json),
                                .now = c->now,
                                .created_by = c->user != NULL ? c->user->id : 0,
                            },
                            ret_id));
        TRY(store_rows(&tx, *ret_id, d));
        TRY(audit(&tx, "intake.create", *ret_id));
        return dd_tx_commit(&tx);
}

enum dd_err
intake_refused(struct dd_ctx *c)
{
        AUTO_TX tx = { 0 };

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_READ, 0)); /* whoever sent it; it grants nothing */
        TRY(audit(&tx, "intake.refused", 0));
        return dd_tx_commit(&tx);
}

enum dd_err
intake_list(struct dd_ctx *c, struct q_intake_item_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_intake_list(&tx, c->committee_id, ret);
}

enum dd_err
intake_full(struct dd_ctx *c, int64_t id, struct intake_full *ret)
{
        AUTO_TX tx = { 0 };
        struct q_draft_change_row last;

        TRY(can(c, CAP_INTAKE, 0));
        TRY(dd_tx_read(&tx, c));
        TRY(q_intake_get(&tx, c->committee_id, id, &ret->intake));
        TRY(q_draft_task_list(&tx, c->committee_id, id, &ret->rows));
        TRY(q_draft_change_last(&tx, c->committee_id, id, &last, &ret->can_undo));
        return draft_parse(c, ret->intake.draft, &ret->draft);
}

static enum dd_err
load_open(struct dd_tx *tx, int64_t intake_id)
{
        struct q_intake_row in;

        TRY(q_intake_get(tx, tx->c->committee_id, intake_id, &in));
        if (!str_eq(in.state, S("draft")))
                return dd_fail(tx->c, DD_ECONFLICT, "Bản dự thảo này đã giao hoặc đã bỏ, không sửa được nữa.");
        return DD_OK;
}

static enum dd_err
save_change(struct dd_tx *tx, int64_t intake_id, const struct q_draft_task_row *r)
{
        return q_draft_change_insert(tx,
                                     &(struct q_draft_change_insert_args){
                                         .committee_id = tx->c->committee_id,
                                         .intake_id = intake_id,
                                         .draft_task_id = r->id,
                                         .title = r->title,
                                         .lead = r->lead,
                                         .coordinating = r->coordinating,
                                         .deadline_text = r->deadline_text,
                                         .output = r->output,
                                         .state = r->state,
                                         .changed_by = tx->c->user != NULL ? tx->c->user->id : 0,
                                         .now = tx->c->now,
                                     },
                                     NULL);
}

enum dd_err
intake_row(struct dd_ctx *c, const struct draft_act_in *in)
{
        static const char *const states[] = { [DRAFT_ACCEPT] = "accepted",
                                              [DRAFT_EDIT] = "edited",
                                              [DRAFT_DROP] = "dropped",
                                              [DRAFT_REOPEN] = "unseen" };
        AUTO_TX tx = { 0 };
        struct q_draft_task_row r;
        int64_t version, result;
        bool found, done;

        if (in->act == DRAFT_EDIT && str_trim(in->title).n == 0)
                return dd_fail_field(
                    c, "title",
                    "Cần ghi nội dung nhiệm vụ; nếu dòng này không phải nhiệm vụ, bấm «Không phải nhiệm vụ».");
        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(action_begin(&tx, "intake.verify", &done, &result));
        if (done)
                return DD_OK;
        TRY(load_open(&tx, in->intake_id));
        TRY(q_draft_task_get(&tx, c->committee_id, in->intake_id, in->row_id, &r));
        TRY(save_change(&tx, in->intake_id, &r));
        struct q_draft_task_update_args up = {
                .committee_id = c->committee_id,
                .id = r.id,
                .version = in->version,
                .title = r.title,
                .lead = r.lead,
                .coordinating = r.coordinating,
                .deadline_text = r.deadline_text,
                .output = r.output,
                .state = str_of(states[in->act]),
                .verified_by = c->user != NULL ? c->user->id : 0,
                .verified_at = { c->now, true },
        };
        if (in->act == DRAFT_EDIT) {
                up.title = in->title;
                up.lead = or_empty(in->lead);
                up.coordinating = or_empty(in->coordinating);
                up.deadline_text = or_empty(in->deadline_text);
                up.output = or_empty(in->output);
        }
        TRY(q_draft_task_update(&tx, &up, &version, &found));
        if (!found)
                return dd_fail(c, DD_ECONFLICT, "Đã có người sửa dòng này. Bản hiện tại: «%.*s»; anh/chị gửi: «%.*s».",
                               FMT(r.title), FMT(up.title));
        TRY(audit(&tx, "intake.verify", r.id));
        TRY(action_end(&tx, "intake.verify", r.id));
        return dd_tx_commit(&tx);
}

enum dd_err
intake_undo(struct dd_ctx *c, int64_t intake_id)
{
        AUTO_TX tx = { 0 };
        struct q_draft_change_row last;
        struct q_draft_task_row r;
        int64_t version, result;
        bool found, done;

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(action_begin(&tx, "intake.undo", &done, &result));
        if (done)
                return DD_OK;
        TRY(load_open(&tx, intake_id));
        TRY(q_draft_change_last(&tx, c->committee_id, intake_id, &last, &found));
        if (!found)
                return dd_fail(c, DD_ECONFLICT, "Không còn việc nào để hoàn tác.");
        TRY(q_draft_task_get(&tx, c->committee_id, intake_id, last.draft_task_id, &r));
        TRY(q_draft_task_update(&tx,
                                &(struct q_draft_task_update_args){
                                    .committee_id = c->committee_id,
                                    .id = r.id,
                                    .version = r.version,
                                    .title = last.title,
                                    .lead = last.lead,
                                    .coordinating = last.coordinating,
                                    .deadline_text = last.deadline_text,
                                    .output = last.output,
                                    .state = last.state,
                                    .verified_by = c->user != NULL ? c->user->id : 0,
                                    .verified_at = { c->now, true },
                                },
                                &version, &found));
        TRY(q_draft_change_undone(&tx, c->committee_id, last.id, NULL));
        TRY(audit(&tx, "intake.undo", r.id));
        TRY(action_end(&tx, "intake.undo", r.id));
        return dd_tx_commit(&tx);
}

enum dd_err
intake_drop(struct dd_ctx *c, int64_t id, int64_t version)
{
        AUTO_TX tx = { 0 };
        int64_t result;
        bool found, done;

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(action_begin(&tx, "intake.drop", &done, &result));
        if (done)
                return DD_OK;
        TRY(load_open(&tx, id));
        TRY(q_intake_set_state(
            &tx,
            &(struct q_intake_set_state_args){
                .committee_id = c->committee_id, .id = id, .version = version, .state = S("dropped") },
            &version, &found));
        if (!found)
                return dd_fail(c, DD_ECONFLICT, "Đã có người xử lý bản dự thảo này. Mời tải lại trang.");
        TRY(audit(&tx, "intake.drop", id));
        TRY(action_end(&tx, "intake.drop", id));
        return dd_tx_commit(&tx);
}
