#include "dd_audit.h"

#include "dd_date.h"
#include "dd_rights.h"
#include "q_audit.h"

enum dd_err
audit(struct dd_tx *tx, const char *action, int64_t object_id)
{
        return audit_detail(tx, action, object_id, STR_NONE);
}

enum dd_err
audit_as(struct dd_tx *tx, int64_t account_id, const char *action, int64_t object_id)
{
        struct dd_user who = { .id = account_id };
        const struct dd_user *before = tx->c->user;

        tx->c->user = &who;
        enum dd_err e = audit(tx, action, object_id);
        tx->c->user = before;
        return e;
}

enum dd_err
audit_detail(struct dd_tx *tx, const char *action, int64_t object_id, struct str detail)
{
        struct dd_ctx *c = tx->c;
        struct str before = S("");
        bool found;
        uint8_t hash[32];
        AUTO_BUF row = { 0 };

        if (audit_words(str_of(action)).n == 0) {
                dd_log(DD_LOG_ERROR, "audit: %s has no words in audit_words.c", action);
                return dd_fail(c, DD_EIO, "Máy chủ gặp lỗi nên chưa lưu gì. Mời báo quản trị.");
        }
        TRY(q_audit_last(tx, &before, &found));
        buf_str(&row, before);
        buf_fmt(&row, "|%lld|%lld|%lld|%.*s|%s|%lld|%.*s", (long long)c->committee_id,
                c->user != NULL ? (long long)c->user->id : 0LL, (long long)c->now, FMT(c->origin), action,
                (long long)object_id, FMT(detail));
        if (row.over)
                return dd_fail(c, DD_EBUSY, "Máy chủ đang thiếu bộ nhớ nên chưa ghi được gì. Hãy thử lại sau ít phút.");
        dd_sha256(row.p, row.n, hash);
        int64_t id;
        return q_audit_insert(tx,
                              &(struct q_audit_insert_args){
                                  .committee_id = c->committee_id,
                                  .account_id = c->user != NULL ? c->user->id : 0,
                                  .now = c->now,
                                  .origin = c->origin.p != NULL ? c->origin : S("system"),
                                  .action = str_of(action),
                                  .object_id = object_id,
                                  .detail = detail,
                                  .hash = { (const char *)hash, sizeof hash },
                              },
                              &id);
}

enum dd_err
action_begin(struct dd_tx *tx, const char *action, bool *ret_done, int64_t *ret_result)
{
        struct dd_ctx *c = tx->c;
        struct q_action_key_row row;

        *ret_done = false;
        if (c->idem_key.n == 0) {
                if (c->user != NULL && !c->is_system)
                        return dd_fail(c, DD_EINVAL,
                                       "Yêu cầu thiếu khóa chống gửi hai lần. Mời tải lại trang rồi gửi lại.");
                return DD_OK;
        }
        TRY(q_action_key_get(tx, c->user != NULL ? c->user->id : 0, c->idem_key, &row, ret_done));
        if (!*ret_done)
                return DD_OK;
        if (!str_eq(row.action, str_of(action)))
                return dd_fail(c, DD_ECONFLICT,
                               "Khóa của yêu cầu này đã dùng cho việc khác. Mời tải lại trang rồi gửi lại.");
        *ret_result = row.result_id;
        return DD_OK;
}

enum dd_err
action_end(struct dd_tx *tx, const char *action, int64_t result)
{
        struct dd_ctx *c = tx->c;

        if (c->idem_key.n == 0)
                return DD_OK;
        return q_action_key_insert(tx,
                                   &(struct q_action_key_insert_args){
                                       .account_id = c->user != NULL ? c->user->id : 0,
                                       .name = c->idem_key,
                                       .action = str_of(action),
                                       .result_id = result,
                                       .now = c->now,
                                   },
                                   NULL);
}

/* Every action writes its row, and each row holds the hash of the one before: the chain makes actions take turns on
 * PostgreSQL too, so nothing is stored behind the newest row. */
enum dd_err
audit_mark(struct dd_ctx *c, struct str *ret)
{
        AUTO_TX tx = { 0 };
        bool found;

        *ret = S("");
        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_audit_last(&tx, ret, &found);
}

enum dd_err
audit_page(struct dd_ctx *c, const struct audit_filter *f, struct q_audit_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_AUDIT_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_audit_list(&tx,
                            &(struct q_audit_list_args){
                                .committee_id = c->committee_id,
                                .before_id = f->before_id > 0 ? f->before_id : INT64_MAX,
                                .from_at = f->from != DD_NO_DAY ? instant_from_day(f->from) : INT64_MIN,
                                .to_at = f->to != DD_NO_DAY ? instant_from_day(f->to + 1) : INT64_MAX,
                                .account_id = f->account_id,
                                .act = f->act.p != NULL ? f->act : S(""),
                                .task_id = f->task_id,
                                .max = f->max,
                            },
                            ret);
}

enum dd_err
audit_people(struct dd_ctx *c, struct q_audit_person_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_AUDIT_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_audit_person_list(&tx, c->committee_id, ret);
}
