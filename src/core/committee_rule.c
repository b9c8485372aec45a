/* The committee's own data and rules, as people change them. A rule is a value with the paper it rests on and the days
 * it holds; a new one ends the old one and never reaches back. */
#include "dd_audit.h"
#include "dd_board_keep.h"
#include "dd_committee.h"
#include "dd_rights.h"
#include "q_agency.h"
#include "q_committee.h"

const struct rule_kind rule_kinds[] = {
        { "due_soon_days", S("Coi là sắp đến hạn trước"), S("ngày"), 1, 60 },
        { "silent_days", S("Coi là im lặng sau"), S("ngày"), 1, 365 },
        { "report_days", S("Ngày báo cáo định kỳ"), S(""), 0, 0 },
};
const size_t rule_kinds_n = ARRAY_LEN(rule_kinds);

const struct rule_kind *
rule_kind_of(struct str name)
{
        for (size_t i = 0; i < rule_kinds_n; i++)
                if (str_eq(name, str_of(rule_kinds[i].name)))
                        return &rule_kinds[i];
        return NULL;
}

/* "15/6" on or after the day. */
static int32_t
next_of(struct str part, int32_t day)
{
        int64_t mday, month;
        int year, m, d;
        struct str first;

        part = str_trim(part);
        if (!str_cut(&part, '/', &first) || part.p == NULL || !str_to_i64(str_trim(first), &mday) ||
            !str_to_i64(str_trim(part), &month) || mday < 1 || mday > 31 || month < 1 || month > 12)
                return DD_NO_DAY;
        day_parts(day, &year, &m, &d);
        int32_t next = day_of(year, (int)month, (int)mday);
        return next != DD_NO_DAY && next >= day ? next : day_of(year + 1, (int)month, (int)mday);
}

int32_t
rule_next_day(struct str value, int32_t day)
{
        int32_t best = DD_NO_DAY;
        struct str part;

        while (str_cut(&value, ';', &part)) {
                int32_t next = next_of(part, day);

                if (next == DD_NO_DAY)
                        return DD_NO_DAY;
                if (best == DD_NO_DAY || next < best)
                        best = next;
        }
        return best;
}

static enum dd_err
check_rule(struct dd_ctx *c, const struct rule_in *in, int32_t day)
{
        const struct rule_kind *k = rule_kind_of(in->name);
        int64_t v;

        if (k == NULL)
                return dd_fail_field(c, "rule", "Không có quy định này. Mời chọn lại.");
        if (k->max == 0 && rule_next_day(in->value, c->today) == DD_NO_DAY)
                (void)dd_fail_field(c, "value",
                                    "Ghi ngày và tháng, nhiều ngày cách nhau bằng dấu chấm phẩy: 15/6; 15/12.");
        if (k->max > 0 && (!str_to_i64(in->value, &v) || v < k->min || v > k->max))
                (void)dd_fail_field(c, "value", "Số ngày phải từ %lld đến %lld.", (long long)k->min, (long long)k->max);
        if (str_trim(in->source).n == 0)
                (void)dd_fail_field(c, "source", "Cần ghi văn bản quy định, ví dụ: 12/QC-BCĐ.");
        if (day < c->today)
                (void)dd_fail_field(c, "day",
                                    "Quy định mới tính từ hôm nay trở đi; ngày đã qua giữ quy định của ngày đó.");
        return c->n_fields > 0 ? DD_EINVAL : DD_OK;
}

/* Ends what holds on the day or later; *ret_old: the value it takes the place of. */
static enum dd_err
end_old(struct dd_tx *tx, const struct rule_in *in, int32_t day, struct str *ret_old)
{
        struct q_rule_open_rows old;

        *ret_old = STR_NONE;
        TRY(q_rule_open_list(tx, tx->c->committee_id, in->name, day, &old));
        for (size_t i = 0; i < old.n; i++) {
                int32_t from = old.v[i].valid_from;

                TRY(q_rule_end(tx, tx->c->committee_id, old.v[i].id, from < day ? day - 1 : from - 1, NULL));
                if (ret_old->p == NULL)
                        *ret_old = old.v[i].value;
        }
        return DD_OK;
}

static enum dd_err
stale(struct dd_ctx *c)
{
        return dd_fail(c, DD_ECONFLICT, "Có người vừa sửa dữ liệu của Ban. Mời tải lại trang rồi sửa lại.");
}

enum dd_err
committee_rule_set(struct dd_ctx *c, const struct rule_in *in)
{
        AUTO_TX tx = { 0 };
        int32_t day = in->day != DD_NO_DAY ? in->day : c->today;
        int64_t version, result;
        struct str old;
        bool done, found;

        TRY(check_rule(c, in, day));
        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_COMMITTEE, 0));
        TRY(action_begin(&tx, "committee.rule", &done, &result));
        if (done)
                return DD_OK;
        TRY(q_committee_touch(&tx, c->committee_id, in->version, &version, &found));
        if (!found)
                return stale(c);
        TRY(end_old(&tx, in, day, &old));
        TRY(q_rule_insert(&tx,
                          &(struct q_rule_insert_args){ .committee_id = c->committee_id,
                                                        .name = in->name,
                                                        .value = in->value,
                                                        .valid_from = day,
                                                        .valid_to = DAY_FOREVER,
                                                        .source = in->source },
                          NULL));
        if (day == c->today && str_eq(in->name, S("due_soon_days")))
                TRY(board_recount(&tx)); /* the kept figures were made by the old one */
        TRY(audit_detail(&tx, "committee.rule", c->committee_id,
                         str_fmt(c->arena, "%.*s: %.*s → %.*s, từ %.*s", FMT(rule_kind_of(in->name)->words),
                                 FMT(old.p != NULL ? old : S("chưa đặt")), FMT(in->value),
                                 FMT(day_text(c->arena, day)))));
        TRY(action_end(&tx, "committee.rule", c->committee_id));
        return dd_tx_commit(&tx);
}

enum dd_err
committee_rule_history(struct dd_ctx *c, struct q_rule_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_rule_history(&tx, c->committee_id, ret);
}

/* "tên gọn: A → B": what the trail says of an edit. */
static struct str
changes(struct arena *a, const struct q_committee_row *was, const struct committee_in *in)
{
        const struct {
                const char *name;
                struct str was, is;
        } fields[] = {
                { "tên", was->name, in->name },
                { "tên gọn", was->short_name, in->short_name },
                { "cơ quan chủ quản", was->parent_name, in->parent_name },
                { "tên ở đầu văn bản", was->head_name, in->head_name },
                { "chức vụ người đứng đầu", was->head_post, in->head_post },
                { "địa danh", was->place, in->place },
        };
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < ARRAY_LEN(fields); i++)
                if (!str_eq(fields[i].was, fields[i].is))
                        buf_fmt(&b, "%s%s: %.*s → %.*s", b.n > 0 ? "; " : "", fields[i].name, FMT(fields[i].was),
                                FMT(fields[i].is));
        if (was->standing_agency_id != in->standing_agency_id)
                buf_fmt(&b, "%scơ quan thường trực: số %lld → %lld", b.n > 0 ? "; " : "",
                        (long long)was->standing_agency_id, (long long)in->standing_agency_id);
        return str_dup(a, buf_view(&b));
}

static enum dd_err
check_agency(struct dd_tx *tx, int64_t id)
{
        struct q_agency_row agency;

        if (id == 0 || q_agency_get(tx, tx->c->committee_id, id, &agency) == DD_OK)
                return DD_OK;
        dd_ctx_clear_error(tx->c);
        return dd_fail_field(tx->c, "standing_agency_id", "Không có cơ quan này trong Ban Chỉ đạo. Mời chọn lại.");
}

enum dd_err
committee_edit(struct dd_ctx *c, const struct committee_in *in)
{
        AUTO_TX tx = { 0 };
        struct q_committee_row was;
        int64_t version, result;
        bool done, found;

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_COMMITTEE, 0));
        TRY(action_begin(&tx, "committee.edit", &done, &result));
        if (done)
                return DD_OK;
        TRY(q_committee_get(&tx, c->committee_id, &was));
        TRY(check_agency(&tx, in->standing_agency_id));
        TRY(q_committee_update(&tx,
                               &(struct q_committee_update_args){
                                   .committee_id = c->committee_id,
                                   .version = in->version,
                                   .name = in->name,
                                   .short_name = in->short_name,
                                   .parent_name = in->parent_name,
                                   .head_name = in->head_name,
                                   .head_post = in->head_post.p != NULL ? in->head_post : S(""),
                                   .place = in->place,
                                   .agency_id = in->standing_agency_id,
                               },
                               &version, &found));
        if (!found)
                return stale(c);
        TRY(audit_detail(&tx, "committee.edit", c->committee_id, changes(c->arena, &was, in)));
        TRY(action_end(&tx, "committee.edit", c->committee_id));
        return dd_tx_commit(&tx);
}
