/* dondoc extract DIR...: thousands of papers, each read by a child of its own, several at one time. One JSON object a
 * line on stdout, or one file a paper under --out; what was not read stands in a table. It goes on after a failure. */
#include "extract_priv.h"

#include "dd_csv.h"
#include "dd_json.h"
#include "dd_worker.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINE_MAX_BYTES ((size_t)64 << 20)
#define AHEAD          64 /* answers that may wait for an earlier one, so that lines keep the order of the names */
#define TABLE_ROWS     20 /* failures shown on the terminal; --failures has all */

struct answer {
        struct dd_buf line;
        struct str reason; /* in the batch's arena; NULL: read */
        enum dd_err code;
        size_t documents, tasks, oddities;
        bool done;
};

struct batch {
        const struct extract_words *w;
        const struct paths *files;
        struct worker *worker;
        struct arena *arena;
        struct answer *answers;
        size_t taken, written, failed;
        bool broken; /* the output can not be written */
        bool shown;  /* progress on a terminal */
        int64_t started;
        pthread_mutex_t lock;
        pthread_cond_t moved;
};

/* ---- one paper -------------------------------------------------------------------------------------------- */

static enum dd_err
read_one(struct batch *b, struct dd_ctx *c, const struct path *p, struct draft *ret)
{
        AUTO_FD fd = -1;
        struct str bytes;

        TRY(extract_file_read(c, p->real, &bytes));
        TRY(worker_memfd(c, bytes, &fd));
        TRY(worker_read(c, b->worker, &(struct worker_job){ .fd = fd, .size = bytes.n, .file = p->name }, ret));
        ret->file = p->name;
        return DD_OK;
}

static void
answer_one(struct batch *b, struct arena *scratch, size_t i)
{
        struct dd_ctx c = { .arena = scratch, .is_system = true, .origin = S("cli") };
        struct answer *a = &b->answers[i];
        struct draft d = { 0 };
        struct json_w w;

        a->line.max = LINE_MAX_BYTES;
        a->code = read_one(b, &c, &b->files->v[i], &d);
        json_start(&w, &a->line);
        if (a->code == DD_OK) {
                a->documents = d.n_documents;
                a->tasks = d.n_tasks;
                a->oddities = d.n_anomalies;
                draft_json(&w, &d);
                if (a->line.over)
                        a->code = dd_fail(&c, DD_ETOOBIG, "Kết quả đọc lớn hơn 64 MB.");
        }
        if (a->code != DD_OK) {
                buf_reset(&a->line);
                a->line.over = false;
                json_start(&w, &a->line);
                json_obj(&w);
                json_kstr(&w, "file", b->files->v[i].name);
                json_kstr(&w, "error", c.err_text.n > 0 ? c.err_text : str_of(dd_err_name(a->code)));
                json_kstr(&w, "reason", extract_reason(a->code));
                json_end(&w);
        }
        buf_c(&a->line, '\n');
        pthread_mutex_lock(&b->lock);
        if (a->code != DD_OK)
                a->reason = str_dup(b->arena, c.err_text.n > 0 ? c.err_text : str_of(dd_err_name(a->code)));
        a->done = true;
}

/* ---- what is written -------------------------------------------------------------------------------------- */

/* OUT/a/b.docx.json, beside a temporary name until it is whole. */
static bool
write_file(struct batch *b, const struct path *p, struct str bytes)
{
        struct str name = str_fmt(b->arena, "%.*s/%.*s.json", FMT(b->w->out), FMT(p->name));
        struct str temp = str_fmt(b->arena, "%.*s.tmp", FMT(name));
        char *slash = (char *)temp.p + b->w->out.n;

        while ((slash = strchr(slash + 1, '/')) != NULL) {
                *slash = '\0';
                if (mkdir(temp.p, 0777) != 0 && errno != EEXIST)
                        return false;
                *slash = '/';
        }
        FILE *f = fopen(temp.p, "we");
        if (f == NULL)
                return false;
        bool ok = fwrite(bytes.p, 1, bytes.n, f) == bytes.n;
        ok = fclose(f) == 0 && ok;
        ok = ok && rename(temp.p, name.p) == 0;
        if (!ok)
                unlink(temp.p);
        return ok;
}

static void
progress(struct batch *b, bool last)
{
        int64_t ms = dd_clock_mono_ms() - b->started;

        if (!b->shown || (!last && b->written % 8 != 0 && ms > 1000))
                return;
        fprintf(stderr, "\r\033[KĐã đọc %zu/%zu tệp, %zu không đọc được, %lld giây%s", b->written, b->files->n,
                b->failed, (long long)(ms / 1000), last ? "\n" : "");
        fflush(stderr);
}

/* Writes what is complete, in the order of the names. Under the lock. */
static void
write_ready(struct batch *b)
{
        while (b->written < b->files->n && b->answers[b->written].done) {
                struct answer *a = &b->answers[b->written];
                const struct path *p = &b->files->v[b->written];
                struct str line = buf_view(&a->line);

                b->failed += a->code != DD_OK;
                if (!b->broken && b->w->out.n == 0)
                        b->broken = fwrite(line.p, 1, line.n, stdout) != line.n;
                else if (!b->broken && a->code == DD_OK)
                        b->broken = !write_file(b, p, line);
                if (b->broken)
                        fprintf(stderr, "dondoc: không ghi được kết quả của %.*s: %s.\n", FMT(p->name),
                                strerror(errno));
                buf_free(&a->line);
                b->written++;
                progress(b, false);
                if (b->broken)
                        return;
        }
}

static void *
reading(void *arg)
{
        struct batch *b = arg;
        struct arena *scratch = arena_new(0);

        pthread_mutex_lock(&b->lock);
        for (;;) {
                while (!b->broken && b->taken >= b->written + AHEAD && b->taken < b->files->n)
                        pthread_cond_wait(&b->moved, &b->lock);
                if (b->broken || b->taken >= b->files->n)
                        break;
                size_t i = b->taken++;
                pthread_mutex_unlock(&b->lock);
                answer_one(b, scratch, i); /* takes the lock */
                write_ready(b);
                pthread_cond_broadcast(&b->moved);
                arena_reset(scratch);
        }
        pthread_cond_broadcast(&b->moved);
        pthread_mutex_unlock(&b->lock);
        arena_free(scratch);
        return NULL;
}

/* ---- what is told ----------------------------------------------------------------------------------------- */

static void
failures_csv(struct batch *b, struct dd_buf *out)
{
        static const struct grid_col cols[] = { { S("Tệp"), GRID_TEXT, 0 },
                                                { S("Loại lỗi"), GRID_TEXT, 0 },
                                                { S("Vì sao"), GRID_TEXT, 0 } };
        struct csv w;

        csv_start(&w, out, cols, ARRAY_LEN(cols));
        for (size_t i = 0; i < b->written; i++)
                if (b->answers[i].code != DD_OK)
                        csv_row(&w, (struct grid_cell[]){ grid_text(b->files->v[i].name),
                                                          grid_text(extract_reason(b->answers[i].code)),
                                                          grid_text(b->answers[i].reason) });
}

/* On the terminal the first ones; whole in --failures. */
static bool
tell_failures(struct batch *b)
{
        size_t shown = 0;

        for (size_t i = 0; i < b->written && shown < TABLE_ROWS; i++)
                if (b->answers[i].code != DD_OK && ++shown > 0)
                        fprintf(stderr, "  %.*s\n      %.*s\n", FMT(b->files->v[i].name), FMT(b->answers[i].reason));
        if (b->failed > shown)
                fprintf(stderr, "  ... và %zu tệp nữa%s\n", b->failed - shown,
                        b->w->failures.n > 0 ? "." : "; thêm «--failures TỆP.csv» để ghi đủ.");
        if (b->w->failures.n == 0)
                return true;
        AUTO_BUF csv = { 0 };
        FILE *f = fopen(str_c(b->arena, b->w->failures), "we");

        failures_csv(b, &csv);
        bool ok = f != NULL && fwrite(csv.p, 1, csv.n, f) == csv.n;
        ok = f != NULL && fclose(f) == 0 && ok;
        if (!ok)
                fprintf(stderr, "dondoc: không ghi được bảng lỗi %.*s: %s.\n", FMT(b->w->failures), strerror(errno));
        return ok;
}

static bool
tell(struct batch *b)
{
        size_t documents = 0, tasks = 0, oddities = 0, by_code[DD_ERR_MAX] = { 0 };
        int64_t ms = dd_clock_mono_ms() - b->started;

        for (size_t i = 0; i < b->written; i++) {
                documents += b->answers[i].documents;
                tasks += b->answers[i].tasks;
                oddities += b->answers[i].oddities;
                by_code[b->answers[i].code]++;
        }
        progress(b, true);
        fprintf(stderr,
                "%zu tệp: đọc được %zu, không đọc được %zu; %zu văn bản, %zu nhiệm vụ, %zu điểm cần xem; "
                "%lld,%lld giây, %lld tệp/giây\n",
                b->written, b->written - b->failed, b->failed, documents, tasks, oddities, (long long)(ms / 1000),
                (long long)(ms % 1000 / 100), (long long)(ms > 0 ? (int64_t)b->written * 1000 / ms : 0));
        for (int k = DD_OK + 1; k < DD_ERR_MAX; k++)
                if (by_code[k] > 0)
                        fprintf(stderr, "  %zu: %.*s\n", by_code[k], FMT(extract_reason((enum dd_err)k)));
        return tell_failures(b);
}

static void
run(struct batch *b)
{
        pthread_t threads[WORKER_PARALLEL + 1]; /* one more: it has the next paper ready */
        size_t n = 0;

        pthread_mutex_init(&b->lock, NULL);
        pthread_cond_init(&b->moved, NULL);
        while (n < ARRAY_LEN(threads) && pthread_create(&threads[n], NULL, reading, b) == 0)
                n++;
        if (n == 0)
                reading(b);
        for (size_t i = 0; i < n; i++)
                pthread_join(threads[i], NULL);
        pthread_cond_destroy(&b->moved);
        pthread_mutex_destroy(&b->lock);
}

int
extract_many(const struct extract_words *w, const struct paths *files, struct arena *arena)
{
        struct dd_ctx c = { .arena = arena };
        struct batch b = { .w = w,
                           .files = files,
                           .arena = arena,
                           .answers = arena_array(arena, files->n + 1, sizeof *b.answers),
                           .shown = isatty(STDERR_FILENO) == 1,
                           .started = dd_clock_mono_ms() };

        if (w->out.n > 0 && mkdir(str_c(arena, w->out), 0777) != 0 && errno != EEXIST) {
                fprintf(stderr, "dondoc: không lập được thư mục %.*s: %s.\n", FMT(w->out), strerror(errno));
                return 2;
        }
        if (worker_start(&c, &b.worker) != DD_OK) {
                fprintf(stderr, "dondoc: %.*s\n", FMT(c.err_text));
                return 1;
        }
        run(&b);
        worker_stop(b.worker);
        bool told = tell(&b);
        return told && !b.broken && b.failed == 0 && fflush(stdout) == 0 ? 0 : 1;
}
