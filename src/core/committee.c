#include "dd_committee.h"

#include "dd_audit.h"
#include "dd_rights.h"
#include "q_committee.h"

/* Defaults of a new committee; each office changes them by its own regulation (DOMAIN 2.1, 2.4, 2.5). */
static const struct {
        const char *name, *value, *source;
} default_rules[] = {
        { "due_soon_days", "7", "Mặc định: nhắc trước hạn 7, 3, 1 ngày; chưa có quy định chung" },
        { "silent_days", "30", "Mặc định: cập nhật ít nhất mỗi tháng một lần" },
        { "result_day", "document", "Mặc định: ngày của văn bản kết quả nếu có, nếu không là ngày báo cáo" },
};

static enum dd_err
create_rules(struct dd_tx *tx, int64_t committee_id)
{
        for (size_t i = 0; i < ARRAY_LEN(default_rules); i++)
                TRY(q_rule_insert(tx,
                                  &(struct q_rule_insert_args){
                                      .committee_id = committee_id,
                                      .name = str_of(default_rules[i].name),
                                      .value = str_of(default_rules[i].value),
                                      .valid_from = DAY_FIRST,
                                      .valid_to = DAY_FOREVER,
                                      .source = str_of(default_rules[i].source),
                                  },
                                  NULL));
        return DD_OK;
}

enum dd_err
committee_create(struct dd_ctx *c, const struct committee_in *in, int64_t *ret_id)
{
        AUTO_TX tx = { 0 };

        if (!c->is_system)
                return dd_fail(c, DD_EDENIED, "Ban Chỉ đạo mới được lập bằng dòng lệnh của người quản trị.");
        TRY(dd_tx_begin(&tx, c));
        TRY(q_committee_insert(&tx,
                               &(struct q_committee_insert_args){
                                   .name = in->name,
                                   .short_name = in->short_name,
                                   .parent_name = in->parent_name,
                                   .head_name = in->head_name,
                                   .place = in->place,
                               },
                               ret_id));
        TRY(create_rules(&tx, *ret_id));
        TRY(audit(&tx, "committee.create", *ret_id));
        return dd_tx_commit(&tx);
}

enum dd_err
committee_open(struct dd_ctx *c, const struct committee_in *in, bool *ret_new)
{
        AUTO_TX tx = { 0 };
        bool found;

        TRY(dd_tx_begin(&tx, c));
        TRY(q_committee_first(&tx, &c->committee_id, &found));
        if (!found)
                TRY(committee_create(c, in, &c->committee_id));
        *ret_new = !found;
        return dd_tx_commit(&tx);
}

enum dd_err
committee_get(struct dd_ctx *c, struct q_committee_row *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_committee_get(&tx, c->committee_id, ret);
}

enum dd_err
committee_members(struct dd_ctx *c, int32_t day, struct q_member_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_member_list(&tx, c->committee_id, day, ret);
}

enum dd_err
committee_rules(struct dd_ctx *c, int32_t day, struct q_rule_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_rule_list(&tx, c->committee_id, day, ret);
}

enum dd_err
committee_state_rules(struct dd_ctx *c, int32_t day, struct state_rules *ret)
{
        struct q_rule_rows rules;

        *ret = (struct state_rules){ .due_soon_days = 7, .silent_days = 30 };
        TRY(committee_rules(c, day, &rules));
        for (size_t i = 0; i < rules.n; i++) {
                int64_t v;

                if (!str_to_i64(rules.v[i].value, &v) || v < 0 || v > 3660)
                        continue;
                if (str_eq(rules.v[i].name, S("due_soon_days")))
                        ret->due_soon_days = (int)v;
                else if (str_eq(rules.v[i].name, S("silent_days")))
                        ret->silent_days = (int)v;
        }
        return DD_OK;
}
