/* A paper taken in: stored once, listed, shown, dropped. Its rows are verified in intake_verify.c. */
#include "dd_audit.h"
#include "dd_intake_join.h"
#include "dd_json.h"
#include "dd_rights.h"
#include "intake_head_priv.h"
#include "q_intake.h"

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
        TRY(heads_create(&tx, *ret_id, d));
        TRY(join_head_put(&tx, *ret_id, d));
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
        struct q_draft_step_row last = { 0 };

        TRY(can(c, CAP_INTAKE, 0));
        TRY(dd_tx_read(&tx, c));
        TRY(q_intake_get(&tx, c->committee_id, id, &ret->intake));
        TRY(q_draft_task_list(&tx, c->committee_id, id, &ret->rows));
        TRY(q_draft_step_last(&tx, c->committee_id, id, &last, &ret->can_undo));
        ret->undo_act = last.act;
        TRY(draft_parse(c, ret->intake.draft, &ret->draft));
        TRY(heads_list(&tx, id, &ret->draft, &ret->heads));
        struct draft d = ret->draft; /* for its side effect on the tasks: their days follow the year of the paper */
        return heads_apply(c, &ret->heads, &d);
}

enum dd_err
intake_verified(struct dd_ctx *c, int64_t plan_id, struct intake_verified *ret, bool *ret_found)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        TRY(q_intake_of_plan(&tx, c->committee_id, plan_id, &ret->draft, ret_found));
        return *ret_found ? q_intake_verifiers(&tx, c->committee_id, ret->draft.id, &ret->who) : DD_OK;
}

enum dd_err
intake_file(struct dd_ctx *c, int64_t id, struct q_file_row *ret)
{
        AUTO_TX tx = { 0 };
        struct q_intake_row in;

        TRY(can(c, CAP_INTAKE, 0));
        TRY(dd_tx_read(&tx, c));
        TRY(q_intake_get(&tx, c->committee_id, id, &in));
        return q_file_get(&tx, c->committee_id, in.file_id, ret);
}

enum dd_err
intake_opened(struct dd_ctx *c, int64_t id)
{
        AUTO_TX tx = { 0 };

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(q_intake_opened(&tx, c->committee_id, id, c->now, NULL));
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
        TRY(draft_open(&tx, id));
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
