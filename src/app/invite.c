/* The first administrator by a one-time code, further people, from the command line of who owns the data. */
#include "dd_account.h"
#include "dd_agency.h"
#include "dd_committee.h"
#include "env_priv.h"

struct inviting {
        struct account_in account;
        struct str agency;
        struct committee_in committee; /* made when the installation is new */
        int64_t id;
};

static enum dd_err
prepare(struct dd_ctx *c, void *arg)
{
        struct inviting *in = arg;
        bool is_new;

        TRY(committee_open(c, &in->committee, &is_new));
        if (in->agency.n > 0)
                TRY(agency_by_words(c, in->agency, &in->account.agency_id));
        TRY(account_find(c, in->account.login, &in->id));
        if (in->id == 0)
                TRY(account_create(c, &in->account, &in->id));
        return DD_OK;
}

int
cmd_invite(struct cmd *k)
{
        struct args *a = &k->a;
        struct str where = cmd_where(k), role = arg_value(a, "--role"), post = arg_value(a, "--post");
        struct str origin = arg_value(a, "--origin"), name = arg_value(a, "--committee");
        struct inviting in = { .agency = arg_value(a, "--agency") };
        struct str token;
        enum dd_err err;

        in.account.login = arg_word(a);
        in.account.role = role.n > 0 ? role_of(role) : ROLE_ADMIN;
        in.account.post = post.n > 0 ? post : S("Quản trị hệ thống");
        in.account.name = in.account.post;
        in.committee =
            (struct committee_in){ name.n > 0 ? name : S("Ban Chỉ đạo"), name.n > 0 ? name : S("Ban Chỉ đạo"),
                                   S("UBND TỈNH"), S("BAN CHỈ ĐẠO"), S("") };
        if (origin.n == 0)
                origin = k->conf.origin.n > 0 ? k->conf.origin : str_fmt(k->arena, "http://%.*s", FMT(k->conf.listen));
        if (!arg_end(a, k->err))
                return 2;
        if (in.account.login.n == 0 || in.account.role == ROLE_NONE) {
                fprintf(k->err,
                        "Cách dùng: dondoc invite TÊN-ĐĂNG-NHẬP [--role standing|officer|head|auditor|admin]\n"
                        "           [--post CHỨC-VỤ] [--agency CƠ-QUAN] [--committee TÊN-BAN] [--data THƯ-MỤC]\n");
                return 2;
        }
        if (!cmd_data(k, where, false))
                return k->code;
        err = dd_write(k->c, prepare, &in);
        if (err == DD_OK)
                err = link_create(k->c, in.id, false, &token);
        if (err != DD_OK) {
                (void)cmd_fail(k, err);
        } else {
                fprintf(k->out, "Liên kết dùng một lần cho «%.*s», hết hạn sau 7 ngày:\n  %.*s/link/%.*s\n",
                        FMT(in.account.login), FMT(origin), FMT(token));
        }
        return err != DD_OK;
}
