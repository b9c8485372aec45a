#include "dd_member.h"

#include "dd_audit.h"
#include "dd_rights.h"
#include "q_agency.h"
#include "q_member.h"

enum dd_err
member_full(struct dd_ctx *c, int64_t id, struct member_full *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        TRY(q_member_get(&tx, c->committee_id, id, &ret->member));
        TRY(q_follow_list(&tx, c->committee_id, id, &ret->follows));
        dd_tx_end(&tx);
        return task_list(c, &(struct task_filter){ .member_id = id, .sort = SORT_DUE, .max = 500 }, &ret->tasks);
}

enum dd_err
task_followers(struct dd_ctx *c, int64_t task_id, struct q_follower_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_task_follower_list(&tx, c->committee_id, task_id, c->as_of, ret);
}

static enum dd_err
check_follow(struct dd_tx *tx, const struct member_follow_in *in, int32_t day)
{
        struct dd_ctx *c = tx->c;
        struct q_member_row member;
        struct q_agency_row agency;
        struct q_follow_rows known;

        TRY(q_member_get(tx, c->committee_id, in->member_id, &member));
        if (in->agency_id == 0 || q_agency_get(tx, c->committee_id, in->agency_id, &agency) != DD_OK) {
                dd_ctx_clear_error(c);
                return dd_fail_field(c, "agency_id", "Không có cơ quan này trong Ban Chỉ đạo. Mời chọn lại.");
        }
        TRY(q_follow_list(tx, c->committee_id, in->member_id, &known));
        for (size_t i = 0; i < known.n; i++)
                if (known.v[i].agency_id == in->agency_id && known.v[i].to_day >= day)
                        return dd_fail(c, DD_ECONFLICT, "Thành viên này đang phụ trách %.*s.",
                                       FMT(known.v[i].agency_name));
        return DD_OK;
}

enum dd_err
member_follow(struct dd_ctx *c, const struct member_follow_in *in, int64_t *ret_id)
{
        AUTO_TX tx = { 0 };
        int32_t day = in->day != DD_NO_DAY ? in->day : c->today;
        bool done;

        if (str_trim(in->source).n == 0)
                return dd_fail_field(c, "source", "Cần ghi văn bản phân công, ví dụ: 45/TB-BCĐ.");
        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_PLAN_EDIT, 0));
        TRY(action_begin(&tx, "member.follow", &done, ret_id));
        if (done)
                return DD_OK;
        TRY(check_follow(&tx, in, day));
        TRY(q_follow_insert(&tx,
                            &(struct q_follow_insert_args){
                                .committee_id = c->committee_id,
                                .member_id = in->member_id,
                                .agency_id = in->agency_id,
                                .from_day = day,
                                .source = in->source,
                                .now = c->now,
                                .account_id = c->user != NULL ? c->user->id : 0,
                            },
                            ret_id));
        TRY(audit(&tx, "member.follow", in->member_id));
        TRY(action_end(&tx, "member.follow", *ret_id));
        return dd_tx_commit(&tx);
}

enum dd_err
member_unfollow(struct dd_ctx *c, int64_t member_id, int64_t follow_id, int64_t version)
{
        AUTO_TX tx = { 0 };
        struct q_member_row member;
        int64_t result;
        bool done, found;

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_PLAN_EDIT, 0));
        TRY(action_begin(&tx, "member.unfollow", &done, &result));
        if (done)
                return DD_OK;
        TRY(q_member_get(&tx, c->committee_id, member_id, &member));
        TRY(q_follow_end(&tx,
                         &(struct q_follow_end_args){ .committee_id = c->committee_id,
                                                      .member_id = member_id,
                                                      .id = follow_id,
                                                      .version = version,
                                                      .to_day = c->today - 1 },
                         &version, &found));
        if (!found)
                return dd_fail(c, DD_ECONFLICT, "Phân công này đã kết thúc hoặc đã có người sửa. Mời tải lại trang.");
        TRY(audit(&tx, "member.unfollow", member_id));
        TRY(action_end(&tx, "member.unfollow", member_id));
        return dd_tx_commit(&tx);
}
