#include "dd_jobs.h"

#include "dd_intake.h"

static enum dd_err
refused(struct dd_ctx *c, void *arg)
{
        (void)arg;
        return intake_refused(c);
}

static void
note_refused(struct dd_ctx *c)
{
        if (dd_write(c, refused, NULL) != DD_OK)
                dd_log(DD_LOG_ERROR, "a refused paper could not be written down in the audit");
}

enum dd_err
import_read_watched(struct dd_ctx *c, struct worker *w, const struct evidence *file, const struct import_watch *watch,
                    struct draft *ret)
{
        AUTO_FD fd = -1;
        struct worker_job job = { .size = file->bytes.n,
                                  .file = file->name,
                                  .progress = watch->progress,
                                  .progress_arg = watch->arg,
                                  .cancel = watch->cancel };

        TRY(worker_memfd(c, file->bytes, &fd));
        job.fd = fd;
        enum dd_err e = worker_read(c, w, &job, ret);
        if (e == DD_EDENIED)
                note_refused(c);
        ret->file = file->name;
        return e;
}

enum dd_err
import_read(struct dd_ctx *c, struct worker *w, const struct evidence *file, struct draft *ret)
{
        return import_read_watched(c, w, file, &(struct import_watch){ 0 }, ret);
}

enum dd_err
import_check(struct dd_ctx *c, struct worker *w, const struct evidence *file)
{
        AUTO_FD fd = -1;
        struct worker_job job = { .size = file->bytes.n, .file = file->name };

        TRY(worker_memfd(c, file->bytes, &fd));
        job.fd = fd;
        enum dd_err e = worker_check(c, w, &job);
        if (e == DD_OK)
                return DD_OK;
        if (e == DD_EDENIED) {
                note_refused(c);
                return e;
        }
        dd_ctx_clear_error(c); /* its words speak of papers to be read */
        return dd_fail(
            c, e == DD_EBUSY ? DD_EBUSY : DD_EFORMAT,
            "Chưa kiểm tra được tệp minh chứng có mang dấu mật hay không nên chưa ghi gì. Mời thử lại sau ít "
            "phút; nếu vẫn vậy, gửi không kèm tệp hoặc lưu tệp sang dạng khác.");
}

#define PAGE_DPI 110 /* a page of A4 fills half of a wide screen */

enum dd_err
import_page_image(struct dd_ctx *c, struct worker *w, const struct evidence *file, int page, struct dd_buf *out)
{
        AUTO_FD fd = -1;
        struct worker_job job = { .size = file->bytes.n, .file = file->name };

        TRY(worker_memfd(c, file->bytes, &fd));
        job.fd = fd;
        return worker_page_image(c, w, &job, page, PAGE_DPI, out);
}

struct storing {
        const struct evidence *file;
        const struct draft *draft;
        bool confirm;
        struct import_out *out;
};

static enum dd_err
store(struct dd_ctx *c, void *arg)
{
        const struct storing *s = arg;

        TRY(intake_create(c, s->file, s->draft, &s->out->intake_id, &s->out->known));
        if (!s->confirm || s->out->known)
                return DD_OK;
        return intake_confirm(
            c, &(struct intake_confirm_in){ .intake_id = s->out->intake_id, .accept_unseen = true, .draft = s->draft },
            &s->out->plan_id);
}

enum dd_err
import_store(struct dd_ctx *c, const struct evidence *file, const struct draft *d, bool confirm, struct import_out *ret)
{
        struct storing s = { file, d, confirm, ret };

        *ret = (struct import_out){ .tasks = d->n_tasks, .notes = d->n_anomalies };
        return dd_write(c, store, &s);
}

enum dd_err
import_paper(struct dd_ctx *c, struct worker *w, const struct evidence *file, bool confirm, struct import_out *ret)
{
        struct draft d = { 0 };

        TRY(import_read(c, w, file, &d));
        return import_store(c, file, &d, confirm, ret);
}
