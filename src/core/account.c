#include "dd_account.h"

#include "dd_audit.h"
#include "dd_date.h"
#include "dd_text.h"
#include "q_account.h"
#include "q_agency.h"

static enum dd_err
check_account(struct dd_ctx *c, const struct account_in *in, struct str *ret_login)
{
        struct str login = text_lower(c->arena, str_trim(in->login));

        for (size_t i = 0; i < login.n; i++) {
                char ch = login.p[i];
                bool ok = (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '.' || ch == '-' || ch == '_';

                if (!ok)
                        return dd_fail_field(c, "login", "Tên đăng nhập chỉ gồm chữ không dấu, số và các dấu . - _");
        }
        if (login.n < 3 || login.n > 60)
                return dd_fail_field(c, "login", "Tên đăng nhập dài từ 3 đến 60 ký tự.");
        if (in->role == ROLE_NONE)
                return dd_fail_field(c, "role", "Cần chọn vai trò.");
        if (in->role == ROLE_OFFICER && in->agency_id == 0)
                return dd_fail_field(c, "agency_id", "Cán bộ đầu mối phải thuộc một cơ quan.");
        *ret_login = login;
        return DD_OK;
}

enum dd_err
account_create(struct dd_ctx *c, const struct account_in *in, int64_t *ret_id)
{
        AUTO_TX tx = { 0 };
        struct str login;
        struct q_account_login_row known;
        struct q_agency_row agency;
        bool found, done;

        TRY(check_account(c, in, &login));
        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_ACCOUNTS, 0));
        TRY(action_begin(&tx, "account.create", &done, ret_id));
        if (done)
                return DD_OK;
        if (in->agency_id != 0 && q_agency_get(&tx, c->committee_id, in->agency_id, &agency) != DD_OK) {
                dd_ctx_clear_error(c);
                return dd_fail_field(c, "agency_id", "Không có cơ quan này trong Ban Chỉ đạo. Mời chọn lại.");
        }
        TRY(q_account_by_login(&tx, login, &known, &found));
        if (found)
                return dd_fail_field(c, "login", "Tên đăng nhập này đã có người dùng. Mời chọn tên khác.");
        TRY(q_account_insert(
            &tx, &(struct q_account_insert_args){ .login = login, .name = in->name, .post = in->post, .now = c->now },
            ret_id));
        TRY(q_account_role_insert(&tx,
                                  &(struct q_account_role_insert_args){
                                      .account_id = *ret_id,
                                      .committee_id = c->committee_id,
                                      .role = str_of(role_name(in->role)),
                                      .agency_id = in->agency_id,
                                      .from_day = day_of(2000, 1, 1),
                                  },
                                  NULL));
        TRY(audit(&tx, "account.create", *ret_id));
        TRY(action_end(&tx, "account.create", *ret_id));
        return dd_tx_commit(&tx);
}

enum dd_err
account_list(struct dd_ctx *c, struct q_account_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_ACCOUNTS, 0));
        TRY(dd_tx_read(&tx, c));
        return q_account_list(&tx, c->committee_id, ret);
}

enum dd_err
account_count(struct dd_ctx *c, int64_t *ret)
{
        AUTO_TX tx = { 0 };

        TRY(dd_tx_read(&tx, c));
        return q_account_count(&tx, ret);
}

enum dd_err
account_find(struct dd_ctx *c, struct str login, int64_t *ret_id)
{
        AUTO_TX tx = { 0 };
        struct q_account_login_row row;
        bool found;

        TRY(can(c, CAP_ACCOUNTS, 0));
        TRY(dd_tx_read(&tx, c));
        TRY(q_account_by_login(&tx, text_lower(c->arena, login), &row, &found));
        *ret_id = found ? row.id : 0;
        return DD_OK;
}

enum dd_err
account_set_state(struct dd_ctx *c, int64_t id, int64_t version, bool active)
{
        AUTO_TX tx = { 0 };
        struct q_account_row row;
        int64_t result;
        bool done;

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_ACCOUNTS, 0));
        TRY(action_begin(&tx, "account.state", &done, &result));
        if (done)
                return DD_OK;
        TRY(q_account_get(&tx, c->committee_id, id, &row));
        if (c->user != NULL && id == c->user->id)
                return dd_fail(c, DD_ECONFLICT, "Anh/chị không tự khóa tài khoản của mình được.");
        if (row.version != version)
                return dd_fail(c, DD_ECONFLICT, "Đã có người sửa tài khoản này. Mời tải lại trang.");
        TRY(q_account_set_state(&tx, id, version, active ? S("active") : S("disabled"), &version));
        if (!active)
                TRY(q_session_delete_account(&tx, id, NULL));
        TRY(audit_detail(&tx, "account.state", id, active ? S("mở") : S("khóa")));
        TRY(action_end(&tx, "account.state", id));
        return dd_tx_commit(&tx);
}
