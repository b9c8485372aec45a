/* dondoc import FILE [--data DIR] [--confirm]: the same path as the upload page. */
#include "dd_committee.h"
#include "dd_jobs.h"
#include "import_priv.h"

static enum dd_err
first_committee(struct dd_ctx *c, void *arg)
{
        bool is_new;

        return committee_open(c, arg, &is_new);
}

void
import_committee(struct dd_ctx *c, struct str asked, const struct draft *d, struct committee_in *ret)
{
        *ret = (struct committee_in){ S("Ban Chỉ đạo"), S("Ban Chỉ đạo"), S("UBND TỈNH"), S("BAN CHỈ ĐẠO"), S("") };
        (void)committee_of_draft(c->arena, d, ret);
        if (asked.n > 0)
                ret->name = ret->short_name = asked;
}

static enum dd_err
import(struct cmd *k, struct evidence *file, struct str committee, bool confirm, struct import_out *ret)
{
        struct committee_in in;
        struct draft d = { 0 };

        TRY(cmd_read(k, &file->bytes));
        TRY(import_read(k->c, k->worker, file, &d));
        import_committee(k->c, committee, &d, &in);
        TRY(dd_write(k->c, first_committee, &in));
        return import_store(k->c, file, &d, confirm, ret);
}

static bool
has_word(const struct args *a, const char *word)
{
        for (int i = 0; i < a->n; i++)
                if (strncmp(a->v[i], word, strlen(word)) == 0)
                        return true;
        return false;
}

int
cmd_import(struct cmd *k)
{
        if (has_word(&k->a, "--sheet"))
                return import_sheet(k);
        struct str where = cmd_where(k), committee = arg_value(&k->a, "--committee");
        bool confirm = arg_flag(&k->a, "--confirm");
        struct str path = arg_word(&k->a);
        struct import_out out;
        enum dd_err err;

        if (!arg_end(&k->a, k->err))
                return 2;
        if (path.n == 0) {
                fprintf(k->err, "Cách dùng: dondoc import TỆP [--data THƯ-MỤC] [--confirm] [--committee TÊN-BAN]\n"
                                "           dondoc import --sheet TỆP ...\n");
                return 2;
        }
        if (!cmd_in(k, path))
                return 1;
        if (!cmd_data(k, where, true))
                return k->code;
        const char *slash = memrchr(path.p, '/', path.n);
        struct evidence file = { slash != NULL ? str_of(slash + 1) : path, S("text/plain"), STR_NONE };
        err = import(k, &file, committee, confirm, &out);
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
