/* A PDF's pages: words where it has them, recognised where it has none, ruling lines where words stand as in a table;
 * then one child makes blocks and the draft of all of it. Two pages are in work at one time. */
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include "paper_priv.h"

#define LANES       2
#define DOUBT_PAGES 24 /* more pages without words are a scan */
#define RULES_GAP   8  /* pages between two that are drawn with them: cheaper than one more start of a program */
#define RULES_PAGES 48 /* small pictures of so many pages at one go */

struct range {
        int first, last, px; /* one page when it is to be recognised */
        bool scan;
};

/* What two lanes work on. */
struct lanes {
        struct paper *p;
        const struct dd_ctx *c; /* of the caller, for its language */
        const struct range *v;
        size_t n;
        int pages;

        pthread_mutex_t lock;
        size_t next;
        int done;
        enum dd_err err;
        char words[REPLY_TEXT_MAX];
};

/* ---- one page that is recognised -------------------------------------------------------------------------- */

static enum dd_err
broken_page(struct dd_ctx *c, int page)
{
        return dd_fail(c, DD_EFORMAT,
                       "Không đọc được trang %d của tệp này; tệp có thể hỏng. Hãy quét hoặc xuất lại văn bản rồi tải "
                       "lên lại.",
                       page);
}

static enum dd_err
no_memory(struct dd_ctx *c)
{
        return dd_fail(c, DD_EBUSY,
                       "Máy chủ đang thiếu bộ nhớ nên chưa đọc được tệp. Chưa có gì được lưu. Hãy thử lại sau ít "
                       "phút.");
}

static enum dd_err
recognise(struct dd_ctx *c, struct lanes *l, enum child_work work, struct run r, int page)
{
        enum page_part_kind kind = work == WORK_OCR ? PART_OCR : PART_CELLS;
        AUTO_FD tsv = -1;
        size_t size = 0;
        bool failed = false, ok;

        r.work = work;
        TRY(paper_program(c, l->p, r, &tsv, &size, &failed));
        if (failed)
                return broken_page(c, page);
        pthread_mutex_lock(&l->lock);
        ok = paper_part_fd(l->p, kind, page, tsv, size);
        pthread_mutex_unlock(&l->lock);
        return ok ? DD_OK : no_memory(c);
}

/* The three runs of bytes of page_scan. */
static bool
scan_split(struct str s, struct str ret[3])
{
        struct page_scan_head h;

        if (s.n < sizeof h)
                return false;
        memcpy(&h, s.p, sizeof h);
        s = str_sub(s, sizeof h, s.n);
        if (h.magic != PAGE_SCAN_MAGIC || (uint64_t)h.page + h.cells + h.geometry != s.n)
                return false;
        ret[0] = str_sub(s, 0, h.page);
        ret[1] = str_sub(s, h.page, (size_t)h.page + h.cells);
        ret[2] = str_sub(s, (size_t)h.page + h.cells, s.n);
        return true;
}

static enum dd_err
recognise_both(struct dd_ctx *c, struct lanes *l, int page, struct str answer)
{
        struct str part[3];
        AUTO_FD straight = -1;
        AUTO_FD cells = -1;
        bool ok;

        if (!scan_split(answer, part))
                return broken_page(c, page);
        pthread_mutex_lock(&l->lock);
        ok = paper_part(l->p, PART_SCAN, page, part[2]);
        pthread_mutex_unlock(&l->lock);
        if (!ok)
                return no_memory(c);
        if (part[0].n > 0) {
                TRY(paper_memory(c, part[0], &straight));
                TRY(recognise(c, l, WORK_OCR, (struct run){ .fd = straight, .size = part[0].n }, page));
        }
        if (part[1].n == 0)
                return DD_OK;
        TRY(paper_memory(c, part[1], &cells));
        return recognise(c, l, WORK_OCR_CELLS, (struct run){ .fd = cells, .size = part[1].n }, page);
}

static enum dd_err
scan_page(struct dd_ctx *c, struct lanes *l, const struct range *g)
{
        struct run r = {
                .work = WORK_PDF_COLOUR,
                .fd = l->p->pdf,
                .size = l->p->pdf_size,
                .args = { g->first, g->first, g->px },
        };
        struct outcome o = { .fd = -1 };
        struct str answer;
        AUTO_FD picture = -1;
        bool failed = false;

        TRY(paper_program(c, l->p, r, &picture, &r.size, &failed));
        if (failed || r.size == 0)
                return broken_page(c, g->first);
        r = (struct run){ .work = WORK_SCAN, .fd = picture, .size = r.size };
        enum dd_err e = paper_reader(c, l->p, r, &o, &answer);

        if (e == DD_OK)
                e = recognise_both(c, l, g->first, answer);
        buf_free(&o.bytes);
        return e;
}

static enum dd_err
rules_pages(struct dd_ctx *c, struct lanes *l, const struct range *g)
{
        struct run r = {
                .work = WORK_PDF_GREY,
                .fd = l->p->pdf,
                .size = l->p->pdf_size,
                .args = { g->first, g->last, g->px },
        };
        struct outcome o = { .fd = -1 };
        struct str answer;
        AUTO_FD grey = -1;
        bool failed = false, ok = true;

        TRY(paper_program(c, l->p, r, &grey, &r.size, &failed));
        if (failed || r.size == 0)
                return broken_page(c, g->first);
        r = (struct run){ .work = WORK_RULES, .fd = grey, .size = r.size, .args = { g->first, g->last, 0 } };
        enum dd_err e = paper_reader(c, l->p, r, &o, &answer);

        if (e == DD_OK) {
                pthread_mutex_lock(&l->lock);
                ok = memfd_write(l->p->bundle, answer); /* parts already */
                pthread_mutex_unlock(&l->lock);
        }
        buf_free(&o.bytes);
        return ok ? e : no_memory(c);
}

/* ---- two lanes -------------------------------------------------------------------------------------------- */

static void
lane_told(struct lanes *l, const struct range *g)
{
        const struct worker_job *job = l->p->job;

        l->done += g->scan;
        if (g->scan && job->progress != NULL)
                job->progress(job->progress_arg, l->done, l->pages);
}

static void
lane_failed(struct lanes *l, const struct dd_ctx *c, enum dd_err e)
{
        if (l->err != DD_OK)
                return;
        l->err = e;
        snprintf(l->words, sizeof l->words, "%.*s", FMT(c->err_text));
}

/* What broke is kept in the shared part: a lane's own memory goes with it. */
static void *
lane_main(void *arg)
{
        struct lanes *l = arg;
        struct arena *a = arena_new(0);
        struct dd_ctx c = {
                .arena = a,
                .today = DD_NO_DAY,
                .as_of = DD_NO_DAY,
                .english = l->c->english,
                .translate = l->c->translate,
        };

        for (;;) {
                const struct range *g = NULL;
                enum dd_err e;

                pthread_mutex_lock(&l->lock);
                if (l->err == DD_OK && l->next < l->n)
                        g = &l->v[l->next++];
                pthread_mutex_unlock(&l->lock);
                if (g == NULL)
                        break;
                dd_ctx_clear_error(&c);
                e = (g->scan ? scan_page : rules_pages)(&c, l, g);
                pthread_mutex_lock(&l->lock);
                if (e == DD_OK)
                        lane_told(l, g);
                else
                        lane_failed(l, &c, e);
                pthread_mutex_unlock(&l->lock);
                arena_reset(a);
                c.err_text = STR_NONE;
        }
        arena_free(a);
        return NULL;
}

static enum dd_err
lanes_run(struct dd_ctx *c, struct lanes *l)
{
        pthread_t more[LANES - 1];
        size_t n = 0;

        if (l->n == 0)
                return DD_OK;
        pthread_mutex_init(&l->lock, NULL);
        while (n < LANES - 1 && n + 1 < l->n && pthread_create(&more[n], NULL, lane_main, l) == 0)
                n++;
        lane_main(l);
        while (n > 0)
                pthread_join(more[--n], NULL);
        pthread_mutex_destroy(&l->lock);
        if (l->err == DD_OK)
                return DD_OK;
        c->err = l->err;
        c->err_text = str_dup(c->arena, str_of(l->words)); /* translated already */
        return l->err;
}

/* ---- a paper ---------------------------------------------------------------------------------------------- */

static size_t
ranges_of(struct dd_ctx *c, const struct page_need *need, size_t n, struct range **ret)
{
        struct range *v = arena_array(c->arena, n + 1, sizeof *v), *open = NULL;
        size_t used = 0;

        for (size_t i = 0; i < n; i++) { /* the slow ones first: the last one to end is then a quick one */
                int px = need[i].px_scan > PAGE_PX_MAX ? PAGE_PX_MAX : need[i].px_scan;

                if (need[i].scan)
                        v[used++] = (struct range){ (int)i + 1, (int)i + 1, px, true };
        }
        for (size_t i = 0; i < n; i++) {
                int px = need[i].px_rules > PAGE_PX_MAX ? PAGE_PX_MAX : need[i].px_rules;

                if (need[i].scan)
                        open = NULL;
                if (need[i].scan || !need[i].rules)
                        continue;
                if (open != NULL && open->px == px && (int)i + 1 - open->first < RULES_PAGES &&
                    (int)i + 1 - open->last <= RULES_GAP) {
                        open->last = (int)i + 1;
                } else {
                        open = &v[used++];
                        *open = (struct range){ (int)i + 1, (int)i + 1, px, false };
                }
        }
        *ret = v;
        return used;
}

/* pdftotext would not: encrypted, or broken. The word stands in clear in every encrypted PDF. */
static enum dd_err
pdf_refused(struct dd_ctx *c, const struct paper *p)
{
        void *bytes = mmap(NULL, p->pdf_size, PROT_READ, MAP_PRIVATE, p->pdf, 0);
        bool locked = false;

        if (bytes != MAP_FAILED) {
                locked = str_has((struct str){ bytes, p->pdf_size }, S("/Encrypt"));
                munmap(bytes, p->pdf_size);
        }
        if (locked)
                return dd_fail(
                    c, DD_EFORMAT,
                    "Tệp PDF này có đặt mật khẩu nên không đọc được. Hãy mở tệp, bỏ mật khẩu rồi tải lên lại.");
        return dd_fail(c, DD_EFORMAT,
                       "Không đọc được tệp PDF này; tệp có thể hỏng hoặc tải lên chưa trọn. Hãy xuất hoặc quét lại văn "
                       "bản rồi tải lên lại.");
}

static enum dd_err
small_picture(struct dd_ctx *c, struct paper *p, struct paper *to, int page, int px)
{
        AUTO_FD grey = -1;
        size_t size = 0;
        bool failed = false;

        TRY(paper_program(c, p,
                          (struct run){ .work = WORK_PDF_GREY,
                                        .fd = p->pdf,
                                        .size = p->pdf_size,
                                        .args = { page, page, px > PAGE_PX_MAX ? PAGE_PX_MAX : px } },
                          &grey, &size, &failed));
        if (failed || size == 0)
                return broken_page(c, page);
        return paper_part_fd(to, PART_SMALL, page, grey, size) ? DD_OK : no_memory(c);
}

/* The words of the PDF. None, and no refusal: of a file that is only looked at; it need not be a paper, and its name
 * was judged. */
static enum dd_err
words_take(struct dd_ctx *c, struct paper *p)
{
        bool failed = false;

        TRY(paper_program(c, p, (struct run){ .work = WORK_PDF_WORDS, .fd = p->pdf, .size = p->pdf_size }, &p->words,
                          &p->words_size, &failed));
        if (failed)
                p->words_size = 0;
        return p->words_size > 0 || p->job->look ? DD_OK : pdf_refused(c, p);
}

/* A draft when the words are all that is needed, else what each page needs: an array in c->arena. */
static enum dd_err
words_read(struct dd_ctx *c, struct paper *p, struct page_need **ret_need, int *ret_pages, struct draft *ret)
{
        const struct run r = {
                .work = WORK_FIRST,
                .fd = p->words,
                .size = p->words_size,
                .year = p->job->year,
                .cancel = p->job->cancel,
        };
        struct outcome o;
        struct str need = STR_NONE;
        enum dd_err e = worker_run(c, p->w, &r, &o);

        if (e == DD_OK)
                e = worker_verdict_first(c, &p->w->setup.limits, &o, &need, ret);
        *ret_pages = (int)(need.n / sizeof **ret_need);
        *ret_need = arena_array(c->arena, (size_t)*ret_pages + 1, sizeof **ret_need);
        memcpy(*ret_need, need.n ? need.p : "", (size_t)*ret_pages * sizeof **ret_need);
        buf_free(&o.bytes);
        return e;
}

/* Pages with few words, or none: a small picture of each tells whether there is ink besides. Many such pages are a
 * scan, and no picture is needed to see it. */
static enum dd_err
doubt_clear(struct dd_ctx *c, struct paper *p, struct page_need *v, int pages)
{
        struct paper small = { .w = p->w, .job = p->job, .pdf = -1, .made = -1, .words = -1, .bundle = -1 };
        struct outcome o = { .fd = -1 };
        struct str need = STR_NONE;
        int doubt = 0;
        size_t size = 0;
        enum dd_err e = DD_OK;

        for (int i = 0; i < pages; i++)
                doubt += v[i].scan == SCAN_DOUBT;
        if (doubt == 0 || doubt > DOUBT_PAGES)
                return DD_OK;
        small.bundle = memfd_new();
        if (small.bundle < 0 || !paper_part_fd(&small, PART_WORDS, 0, p->words, p->words_size))
                e = no_memory(c);
        for (int i = 0; i < pages && e == DD_OK; i++)
                if (v[i].scan == SCAN_DOUBT)
                        e = small_picture(c, p, &small, i + 1, v[i].px_rules);
        if (e == DD_OK && !memfd_seal(small.bundle, &size))
                e = no_memory(c);
        if (e == DD_OK)
                e = paper_reader(c, p, (struct run){ .work = WORK_TRIAGE, .fd = small.bundle, .size = size }, &o,
                                 &need);
        if (e == DD_OK && need.n == (size_t)pages * sizeof *v)
                memcpy(v, need.p, need.n);
        buf_free(&o.bytes);
        paper_close(&small);
        return e;
}

static enum dd_err
pages_draft(struct dd_ctx *c, struct paper *p, struct draft *ret)
{
        struct run r = {
                .work = WORK_PAGES,
                .fd = p->bundle,
                .year = p->job->year,
                .args = { .first = p->job->look },
                .cancel = p->job->cancel,
        };
        struct outcome o;
        enum dd_err e;

        if (!memfd_seal(p->bundle, &r.size))
                return no_memory(c);
        if (r.size == 0)
                return dd_fail(c, DD_EINVAL, "Tệp không có chữ nào đọc được. Hãy kiểm tra lại tệp rồi gửi lại.");
        e = worker_run(c, p->w, &r, &o);
        if (e == DD_OK)
                e = worker_verdict(c, &p->w->setup.limits, &o, ret);
        buf_free(&o.bytes);
        return e;
}

/* A paper of which only a mark of secrecy is looked for. */
static enum dd_err
pages_look(struct dd_ctx *c, struct paper *p, struct draft *ret)
{
        if (p->words_size == 0)
                return DD_OK;
        return paper_part_fd(p, PART_WORDS, 0, p->words, p->words_size) ? pages_draft(c, p, ret) : no_memory(c);
}

enum dd_err
pages_run(struct dd_ctx *c, struct paper *p, bool scanned, struct draft *ret)
{
        struct lanes l = { .p = p, .c = c };
        struct range *ranges = NULL;
        struct page_need *v;

        p->bundle = memfd_new();
        if (p->bundle < 0)
                return no_memory(c);
        TRY(words_take(c, p));
        if (p->job->look)
                return pages_look(c, p, ret);
        TRY(words_read(c, p, &v, &l.pages, ret));
        if (l.pages == 0)
                return DD_OK;
        for (int i = 0; i < l.pages && scanned; i++)
                v[i].scan = SCAN_YES;
        TRY(doubt_clear(c, p, v, l.pages));
        l.n = ranges_of(c, v, (size_t)l.pages, &ranges);
        l.v = ranges;
        for (int i = 0; i < l.pages; i++)
                l.done += !v[i].scan;
        if (!paper_part_fd(p, PART_WORDS, 0, p->words, p->words_size))
                return no_memory(c);
        TRY(lanes_run(c, &l));
        return pages_draft(c, p, ret);
}
