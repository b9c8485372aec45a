/* Closing a report: paper and figures of one composing are stored together. */
#include "dd_kept_report.h"
#include "dd_report.h"
#include "dd_rights.h"

struct keeping {
        struct kept_report_in in;
        int64_t id;
};

static enum dd_err
store(struct dd_ctx *c, void *arg)
{
        struct keeping *k = arg;

        return kept_report_add(c, &k->in, &k->id);
}

enum dd_err
report_keep(struct dd_ctx *c, const struct report_in *in, struct str note, int64_t *ret_id)
{
        struct report r;
        AUTO_BUF docx = { 0 };
        struct keeping k = { .in = { .plan_id = in->plan_id, .by_standing = in->by_standing, .note = note } };

        TRY(can(c, CAP_PLAN_EDIT, 0));
        if (c->as_of > c->today)
                return dd_fail(c, DD_EINVAL, "Chưa chốt được báo cáo của một ngày sau hôm nay.");
        TRY(report_make(c, in, &r));
        TRY(report_write_docx(c, &r, &docx));
        k.in.board = r.board;
        k.in.docx = buf_view(&docx);
        k.in.name = report_file_name(c, &r.plan->plan, "docx");
        TRY(dd_write(c, store, &k));
        *ret_id = k.id;
        return DD_OK;
}
