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
cmd_import(struct args *a)
{
        struct str where = env_data(a), committee = arg_value(a, "--committee");
        bool confirm = arg_flag(a, "--confirm");
        struct str path = arg_word(a), bytes;
        struct committee_in in = { committee.n > 0 ? committee : S("Ban Chỉ đạo"),
                                   committee.n > 0 ? committee : S("Ban Chỉ đạo"), S("UBND TỈNH"), S("BAN CHỈ ĐẠO"),
                                   S("") };
        struct import_out out;
        struct env e;
        enum dd_err err;

        if (!arg_end(a))
                return 2;
        if (path.n == 0) {
                fprintf(stderr, "Cách dùng: dondoc import TỆP [--data THƯ-MỤC] [--confirm] [--committee TÊN-BAN]\n");
                return 2;
        }
        if (!env_open(&e, where, true))
                return 1;
        if ((err = read_file(&e.c, path, &bytes)) == DD_OK && (err = dd_write(&e.c, first_committee, &in)) == DD_OK) {
                const char *slash = memrchr(path.p, '/', path.n);
                struct str name = slash != NULL ? str_of(slash + 1) : path;

                err = import_paper(&e.c, e.worker, &(struct evidence){ name, S("text/plain"), bytes }, confirm, &out);
        }
        if (err != DD_OK)
                (void)env_fail(&e.c, err);
        else if (out.known)
                printf("Tệp này đã được nhập trước đó (bản số %lld); không có gì thay đổi.\n",
                       (long long)out.intake_id);
        else if (out.plan_id != 0)
                printf("Đã giao %zu nhiệm vụ theo kế hoạch; %zu ghi chú về văn bản gốc còn mở.\n", out.tasks,
                       out.notes);
        else
                printf("Đã đọc %zu nhiệm vụ, %zu ghi chú; bản dự thảo số %lld chờ kiểm tra tại trang «Nhập văn bản».\n",
                       out.tasks, out.notes, (long long)out.intake_id);
        env_close(&e);
        return err != DD_OK;
}
