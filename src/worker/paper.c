/* From a paper of any form to its draft: which children it needs, one after the other. No byte of a paper is looked at
 * here beyond the few that tell its form; what a child gives goes to the next child as it is. */
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include "paper_priv.h"

#define FORM_LOOK 1024 /* a PDF may begin with bytes of somebody else's */

enum paper_form
paper_form(const struct worker_job *job)
{
        char head[FORM_LOOK];
        ssize_t got = pread(job->fd, head, sizeof head, 0);
        struct str s = { head, got > 0 ? (size_t)got : 0 };

        if (str_has(s, S("%PDF-")))
                return FORM_PDF;
        if (str_starts(s, S("\x89PNG\r\n\x1a\n")) || str_starts(s, S("\xFF\xD8\xFF")))
                return FORM_PICTURE;
        if (str_starts(s, S("II*\0")) || str_starts(s, S("MM\0*")))
                return FORM_TIFF;
        return FORM_OTHER;
}

/* ---- steps ------------------------------------------------------------------------------------------------ */

static enum dd_err
missing(struct dd_ctx *c, const char *package)
{
        dd_log(DD_LOG_WARN, "worker: a paper needs Debian's package %s, which is not here", package);
        return dd_fail(
            c, DD_EBUSY,
            "Máy chủ chưa cài gói %s của Debian nên chưa đọc được dạng tệp này. Chưa có gì được lưu. Hãy nhờ người "
            "quản trị cài gói đó, hoặc lưu văn bản thành .docx hay .txt rồi tải lên lại.",
            package);
}

/* Runs a program; its answer is *ret_fd, sealed, the caller's to close. */
enum dd_err
paper_program(struct dd_ctx *c, struct paper *p, struct run r, int *ret_fd, size_t *ret_size, bool *ret_failed)
{
        struct outcome o;

        *ret_fd = -1;
        if (!helper_there(&p->w->setup, r.work))
                return missing(c, helper_of(r.work)->package);
        if ((r.work == WORK_OCR || r.work == WORK_OCR_CELLS) && p->w->setup.programs == NULL &&
            access(OCR_LANGUAGE, R_OK) != 0)
                return missing(c, "tesseract-ocr-vie");
        r.cancel = p->job->cancel;
        TRY(worker_run(c, p->w, &r, &o));
        enum dd_err e = worker_verdict_program(c, &o, r.work, ret_failed);

        buf_free(&o.bytes);
        if (e != DD_OK || *ret_failed) {
                dd_fd_close(&o.fd);
                return e;
        }
        *ret_fd = o.fd;
        *ret_size = o.size;
        return DD_OK;
}

/* Runs our own code; its answer is a view into o->bytes. */
enum dd_err
paper_reader(struct dd_ctx *c, struct paper *p, struct run r, struct outcome *o, struct str *ret)
{
        r.cancel = p->job->cancel;
        r.reply_max = REPLY_BYTES_MAX;
        TRY(worker_run(c, p->w, &r, o));
        return worker_verdict_bytes(c, &p->w->setup.limits, o, ret);
}

enum dd_err
paper_memory(struct dd_ctx *c, struct str bytes, int *ret_fd)
{
        AUTO_FD fd = memfd_new();
        size_t size;

        *ret_fd = -1;
        if (fd < 0 || !memfd_write(fd, bytes) || !memfd_seal(fd, &size))
                return dd_fail(c, DD_EBUSY,
                               "Máy chủ đang thiếu bộ nhớ nên chưa đọc được tệp. Chưa có gì được lưu. Hãy thử lại sau "
                               "ít phút.");
        *ret_fd = fd;
        fd = -1;
        return DD_OK;
}

/* Adds what is known to the bundle for the last child. */
bool
paper_part(struct paper *p, enum page_part_kind kind, int page, struct str bytes)
{
        const struct page_part head = { PAGE_PART_MAGIC, kind, (uint32_t)page, (uint32_t)bytes.n };

        return bytes.n <= UINT32_MAX && memfd_write(p->bundle, (struct str){ (const char *)&head, sizeof head }) &&
               memfd_write(p->bundle, bytes);
}

bool
paper_part_fd(struct paper *p, enum page_part_kind kind, int page, int fd, size_t size)
{
        void *bytes = size == 0 ? NULL : mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
        bool ok;

        if (size == 0)
                return true;
        if (bytes == MAP_FAILED)
                return false;
        ok = paper_part(p, kind, page, (struct str){ bytes, size });
        munmap(bytes, size);
        return ok;
}

/* ---- to a PDF --------------------------------------------------------------------------------------------- */

static enum dd_err
wrap_picture(struct dd_ctx *c, struct paper *p)
{
        struct run r = { .work = WORK_WRAP, .fd = p->job->fd, .size = p->job->size };
        struct outcome o = { .fd = -1 };
        struct str pdf;
        enum dd_err e = paper_reader(c, p, r, &o, &pdf);

        if (e == DD_OK)
                e = paper_memory(c, pdf, &p->made);
        if (e == DD_OK) {
                p->pdf = p->made;
                p->pdf_size = pdf.n;
        }
        buf_free(&o.bytes);
        return e;
}

static enum dd_err
wrap_tiff(struct dd_ctx *c, struct paper *p)
{
        struct run r = { .work = WORK_TIFF_PDF, .fd = p->job->fd, .size = p->job->size };
        bool failed = false;

        TRY(paper_program(c, p, r, &p->made, &p->pdf_size, &failed));
        if (failed || p->pdf_size == 0)
                return dd_fail(
                    c, DD_EFORMAT,
                    "Không đọc được ảnh quét TIFF này; tệp có thể hỏng. Hãy quét lại thành PDF rồi tải lên.");
        p->pdf = p->made;
        return DD_OK;
}

enum dd_err
paper_to_pdf(struct dd_ctx *c, struct paper *p, enum paper_form form)
{
        p->pdf = p->job->fd;
        p->pdf_size = p->job->size;
        switch (form) {
        case FORM_PICTURE:
                return wrap_picture(c, p);
        case FORM_TIFF:
                return wrap_tiff(c, p);
        default:
                return DD_OK;
        }
}

static enum dd_err
job_check(struct dd_ctx *c, const struct worker_job *job)
{
        if (job->size > WORKER_FILE_MAX)
                return dd_fail(
                    c, DD_ETOOBIG,
                    "Tệp lớn hơn 25 MB nên không được đọc. Hãy tách văn bản thành nhiều tệp nhỏ hơn rồi tải lên "
                    "lại.");
        if (job->size == 0)
                return dd_fail(c, DD_EINVAL, "Tệp trống, không có nội dung để đọc. Hãy chọn lại tệp.");
        return DD_OK;
}

/* ---- the way in ------------------------------------------------------------------------------------------- */

static enum dd_err
read_plain(struct dd_ctx *c, struct worker *w, const struct worker_job *job, struct draft *ret)
{
        const struct run r = {
                .work = job->look ? WORK_LOOK : WORK_READ,
                .fd = job->fd,
                .size = job->size,
                .year = job->year,
                .cancel = job->cancel,
        };
        struct outcome o;
        enum dd_err e = worker_run(c, w, &r, &o);

        if (e == DD_OK)
                e = worker_verdict(c, &w->setup.limits, &o, ret);
        buf_free(&o.bytes);
        return e;
}

void
paper_close(struct paper *p)
{
        dd_fd_close(&p->bundle);
        dd_fd_close(&p->made);
        dd_fd_close(&p->words);
}

enum dd_err
worker_read(struct dd_ctx *c, struct worker *w, const struct worker_job *job, struct draft *ret)
{
        struct paper p = { .w = w, .job = job, .pdf = -1, .made = -1, .words = -1, .bundle = -1 };
        enum paper_form form;
        enum dd_err e;

        *ret = (struct draft){ 0 };
        TRY(job_check(c, job));
        form = paper_form(job);
        if (form == FORM_OTHER || (job->look && (form != FORM_PDF || !helper_there(&w->setup, WORK_PDF_WORDS)))) {
                e = read_plain(c, w, job, ret);
        } else {
                e = paper_to_pdf(c, &p, form);
                if (e == DD_OK)
                        e = pages_run(c, &p, form != FORM_PDF, ret);
        }
        paper_close(&p);
        if (e == DD_OK)
                ret->file = str_dup(c->arena, job->file); /* what the child says about it does not count */
        else
                *ret = (struct draft){ 0 };
        return e;
}

enum dd_err
worker_check(struct dd_ctx *c, struct worker *w, const struct worker_job *job)
{
        struct worker_job look = *job;
        struct draft none = { 0 };
        struct str mark;

        if (name_secret(c->arena, job->file, &mark))
                return verdict_secret(c, mark);
        look.look = true;
        return worker_read(c, w, &look, &none);
}

enum dd_err
worker_page_image(struct dd_ctx *c, struct worker *w, const struct worker_job *job, int page, int dpi,
                  struct dd_buf *out)
{
        struct paper p = { .w = w, .job = job, .pdf = -1, .made = -1, .words = -1, .bundle = -1 };
        enum paper_form form;
        AUTO_FD png = -1;
        size_t size = 0;
        bool failed = false;
        enum dd_err e;

        TRY(job_check(c, job));
        form = paper_form(job);
        if (form == FORM_OTHER || page < 1 || page > PAGE_MAX || dpi < IMAGE_DPI_MIN || dpi > IMAGE_DPI_MAX)
                return dd_fail(c, DD_ENOTFOUND, "Văn bản này không có trang ảnh nào như vậy.");
        e = paper_to_pdf(c, &p, form);
        if (e == DD_OK)
                e = paper_program(c, &p,
                                  (struct run){ .work = WORK_PDF_PNG,
                                                .fd = p.pdf,
                                                .size = p.pdf_size,
                                                .args = { page, page, A4_LONG_SIDE_MM * dpi / 254 } },
                                  &png, &size, &failed);
        paper_close(&p);
        TRY(e);
        if (failed || size == 0)
                return dd_fail(c, DD_ENOTFOUND, "Văn bản này không có trang ảnh nào như vậy.");
        void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, png, 0);

        if (bytes == MAP_FAILED)
                return dd_fail(c, DD_EBUSY, "Máy chủ đang bận nên chưa đọc được tệp. Hãy thử lại sau ít phút.");
        buf_put(out, bytes, size);
        munmap(bytes, size);
        return DD_OK;
}
