#include "dd_check.h"

#include "dd_date.h"
#include "dd_span.h"
#include "q_check.h"
#include "q_task.h"

static void found(struct dd_ctx *c, struct check_out *o, const char *fmt, ...) PRINTF_LIKE(3, 4);

static void
found(struct dd_ctx *c, struct check_out *o, const char *fmt, ...)
{
        va_list ap;

        va_start(ap, fmt);
        if (o->n_faults < CHECK_FAULTS)
                o->faults[o->n_faults] = str_vfmt(c->arena, fmt, ap);
        va_end(ap);
        o->n_faults++;
}

/* A context for one page of rows, so that memory does not grow with the data. */
static struct dd_ctx
page_ctx(const struct dd_ctx *c, struct arena *a)
{
        struct dd_ctx page = *c;

        arena_reset(a);
        page.arena = a;
        return page;
}

/* ---- the chain -------------------------------------------------------------------------------------------- */

static void
audit_row(struct dd_ctx *c, struct check_out *o, const struct q_check_audit_row *r, bool first)
{
        AUTO_BUF row = { 0 };
        uint8_t hash[32];

        if (!first)
                buf_put(&row, o->audit_head, sizeof o->audit_head);
        buf_fmt(&row, "|%lld|%lld|%lld|%.*s|%.*s|%lld|%.*s", (long long)r->committee_id, (long long)r->account_id,
                (long long)r->recorded_at, FMT(r->origin), FMT(r->action), (long long)r->object_id, FMT(r->detail));
        dd_sha256(row.p, row.n, hash);
        if (!str_eq(r->hash, (struct str){ (const char *)hash, sizeof hash }))
                found(c, o,
                      "Nhật ký, dòng %lld: nội dung không khớp với mã băm; dòng này hoặc dòng trước đã bị sửa, xóa.",
                      (long long)r->id);
        if (r->hash.n == sizeof o->audit_head) /* the next is judged by what stands, so that one fault is one */
                memcpy(o->audit_head, r->hash.p, sizeof o->audit_head);
        o->audit_rows++;
}

static enum dd_err
audit_chain(struct dd_ctx *c, struct arena *a, struct check_out *o)
{
        int64_t after = 0;

        for (;;) {
                struct dd_ctx page = page_ctx(c, a);
                struct q_check_audit_rows rows;
                AUTO_TX tx = { 0 };

                TRY(dd_tx_read(&tx, &page));
                TRY(q_check_audit(&tx, after, &rows));
                for (size_t i = 0; i < rows.n; i++)
                        audit_row(c, o, &rows.v[i], after == 0 && i == 0);
                if (rows.n == 0)
                        return DD_OK;
                after = rows.v[rows.n - 1].id;
        }
}

/* ---- files ------------------------------------------------------------------------------------------------ */

static enum dd_err
files(struct dd_ctx *c, struct arena *a, struct check_out *o)
{
        int64_t after = 0;

        for (;;) {
                struct dd_ctx page = page_ctx(c, a);
                struct q_check_file_row f;
                AUTO_TX tx = { 0 };
                uint8_t hash[32];
                bool got;

                TRY(dd_tx_read(&tx, &page));
                TRY(q_check_file(&tx, after, &f, &got));
                if (!got)
                        return DD_OK;
                after = f.id;
                dd_sha256(f.bytes.p, f.bytes.n, hash);
                if (f.size != (int64_t)f.bytes.n || !str_eq(f.sha256, (struct str){ (const char *)hash, sizeof hash }))
                        found(c, o, "Tệp số %lld (%.*s): nội dung không khớp với mã băm đã ghi.", (long long)f.id,
                              FMT(f.name));
                o->files++;
                o->file_bytes += (int64_t)f.bytes.n;
        }
}

/* ---- spans ------------------------------------------------------------------------------------------------ */

static bool
same_span(const struct span_row *s, const struct q_check_span_row *r, int64_t plan_id)
{
        return r->plan_id == plan_id && r->assignment_id == s->assignment_id && r->agency_id == s->agency_id &&
               r->from_day == s->from_day && r->to_day == s->to_day && r->lifecycle == s->lifecycle &&
               r->due == s->due && r->due_key == (s->due != DD_NO_DAY ? s->due : DAY_FOREVER) &&
               r->conditional == s->conditional && r->original_due == s->original_due && r->done_day == s->done_day &&
               r->percent == s->percent && r->last_day == s->last_day && str_eq(r->leads, s->leads);
}

static int
by_place(const void *x, const void *y)
{
        const struct span_row *a = x, *b = y;

        if (a->assignment_id != b->assignment_id)
                return a->assignment_id < b->assignment_id ? -1 : 1;
        return (a->from_day > b->from_day) - (a->from_day < b->from_day);
}

/* One task, in one snapshot. */
static enum dd_err
one_task(struct dd_ctx *page, const struct q_check_task_row *t, bool *ret_same)
{
        AUTO_TX tx = { 0 };
        struct q_task_row task;
        struct q_assignment_rows as;
        struct q_event_rows ev;
        struct q_check_span_rows stored;
        struct span_rows spans = { 0 };

        TRY(dd_tx_read(&tx, page));
        TRY(q_task_get(&tx, t->committee_id, t->id, &task));
        TRY(q_assignment_list(&tx, t->committee_id, t->id, &as));
        TRY(q_event_list(&tx, t->committee_id, t->id, &ev));
        TRY(q_check_spans(&tx, t->committee_id, t->id, &stored));
        span_compute(page->arena, &task, &as, &ev, &spans);
        if (spans.n > 0)
                qsort(spans.v, spans.n, sizeof *spans.v, by_place);
        *ret_same = spans.n == stored.n;
        for (size_t i = 0; i < spans.n && *ret_same; i++)
                *ret_same = same_span(&spans.v[i], &stored.v[i], task.plan_id);
        return DD_OK;
}

static enum dd_err
task_page(struct dd_ctx *c, struct arena *a, struct check_out *o, int64_t *after)
{
        struct arena *list = arena_new(0);
        struct dd_ctx page = page_ctx(c, list);
        struct q_check_task_rows rows = { 0 };
        enum dd_err err;
        {
                AUTO_TX tx = { 0 };

                err = dd_tx_read(&tx, &page);
                if (err == DD_OK)
                        err = q_check_task(&tx, *after, &rows);
        }
        for (size_t i = 0; i < rows.n && err == DD_OK; i++) {
                struct dd_ctx one = page_ctx(c, a);
                bool same = true;

                err = one_task(&one, &rows.v[i], &same);
                if (err == DD_ENOTFOUND) { /* its plan or group is gone */
                        err = DD_OK;
                        same = false;
                }
                if (err == DD_OK && !same)
                        found(c, o, "Nhiệm vụ số %lld (%.*s): diễn biến đã ghi không khớp với tính lại từ các sự việc.",
                              (long long)rows.v[i].id, FMT(rows.v[i].no));
        }
        o->tasks += (int64_t)rows.n;
        *after = rows.n > 0 ? rows.v[rows.n - 1].id : -1;
        arena_free(list);
        return err;
}

enum dd_err
check_data(struct dd_ctx *c, struct check_out *ret)
{
        struct arena *a = arena_new(0);
        int64_t after = 0;
        enum dd_err err;

        *ret = (struct check_out){ 0 };
        if (!c->is_system) {
                arena_free(a);
                return dd_fail(c, DD_EDENIED, "Việc này chỉ dành cho người quản trị máy chủ.");
        }
        err = audit_chain(c, a, ret);
        if (err == DD_OK)
                err = files(c, a, ret);
        while (err == DD_OK && after >= 0)
                err = task_page(c, a, ret, &after);
        arena_free(a);
        return err;
}

enum dd_err
check_sessions(struct dd_ctx *c, int64_t *ret)
{
        AUTO_TX tx = { 0 };

        TRY(dd_tx_read(&tx, c));
        return q_check_sessions(&tx, ret);
}
