/* dondoc import FILE [--data DIR] [--confirm]: the same path as the upload page. */
#include "dd_committee.h"
#include "dd_jobs.h"
#include "env_priv.h"

static enum dd_err
first_committee(struct dd_ctx *c, void *arg)
{
        bool is_new;

        return committee_open(c, arg, &is_new);
}

int
cmd_import(struct cmd *k)
{
        struct str where = env_data(&k->a), committee = arg_value(&k->a, "--committee");
        bool confirm = arg_flag(&k->a, "--confirm");
        struct str path = arg_word(&k->a), bytes;
        struct committee_in in = { committee.n > 0 ? committee : S("Ban Chỉ đạo"),
                                   committee.n > 0 ? committee : S("Ban Chỉ đạo"), S("UBND TỈNH"), S("BAN CHỈ ĐẠO"),
                                   S("") };
        struct import_out out;
        enum dd_err err;

        if (!arg_end(&k->a, k->err))
                return 2;
        if (path.n == 0) {
                fprintf(k->err, "Cách dùng: dondoc import TỆP [--data THƯ-MỤC] [--confirm] [--committee TÊN-BAN]\n");
                return 2;
        }
        if (!cmd_in(k, path))
                return 1;
        if (!cmd_data(k, where, true))
                return k->code;
        if ((err = cmd_read(k, &bytes)) == DD_OK && (err = dd_write(k->c, first_committee, &in)) == DD_OK) {
                const char *slash = memrchr(path.p, '/', path.n);
                struct str name = slash != NULL ? str_of(slash + 1) : path;

                err = import_paper(k->c, k->worker, &(struct evidence){ name, S("text/plain"), bytes }, confirm, &out);
        }
        if (err != DD_OK)
                (void)cmd_fail(k, err);
        else if (out.known)
                fprintf(k->out, "Tệp này đã được nhập trước đó (bản số %lld); không có gì thay đổi.\n",
                        (long long)out.intake_id);
        else if (out.plan_id != 0)
                fprintf(k->out, "Đã giao %zu nhiệm vụ theo kế hoạch; %zu ghi chú về văn bản gốc còn mở.\n", out.tasks,
                        out.notes);
        else
                fprintf(
                    k->out,
                    "Đã đọc %zu nhiệm vụ, %zu ghi chú; bản dự thảo số %lld chờ kiểm tra tại trang «Nhập văn bản».\n",
                    out.tasks, out.notes, (long long)out.intake_id);
        return err != DD_OK;
}
