/* One thread looks every few seconds which jobs are due. A job is a row of the table: name, period, what it does. */
#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include "dd_account.h"
#include "dd_board_keep.h"
#include "dd_date.h"
#include "dd_job.h"
#include "dd_jobs.h"

#define LOOK_EVERY 5   /* seconds */
#define LEASE      600 /* a job that hangs gives its lease up after this */

struct scheduler {
        struct dd_db *db;
        pthread_t thread;
        pthread_mutex_t lock;
        pthread_cond_t wake;
        bool stop;
        char owner[64];
};

static enum dd_err
sweep_sessions(struct dd_ctx *c, struct str *ret)
{
        int64_t n = 0;

        TRY(session_sweep(c, &n));
        *ret = str_fmt(c->arena, "đã dọn %lld phiên hết hạn", (long long)n);
        return DD_OK;
}

/* A day has begun: the kept figures move on to it, so that its readers have nothing to add. */
static enum dd_err
roll_boards(struct dd_ctx *c, struct str *ret)
{
        *ret = S("đã chuyển số liệu điều hành sang ngày mới");
        return board_roll_all(c);
}

static const struct {
        const char *name;
        int64_t period;
        enum dd_err (*run)(struct dd_ctx *, struct str *ret_result);
} jobs[] = {
        { "sweep-sessions", 3600, sweep_sessions },
        { "roll-boards", 300, roll_boards },
};

static void
run_due(struct scheduler *s, size_t i, struct arena *a)
{
        struct dd_ctx c = { .arena = a, .db = s->db, .now = dd_clock_now(), .is_system = true, .origin = S("job") };
        struct str name = str_of(jobs[i].name), owner = str_of(s->owner), result = STR_NONE;
        bool got;

        c.today = c.as_of = day_from_instant(c.now);
        if (job_lease(&c, name, owner, c.now + LEASE, &got) != DD_OK || !got)
                return;
        enum dd_err e = jobs[i].run(&c, &result);
        if (e != DD_OK) {
                dd_log(DD_LOG_ERROR, "job %s failed: %s", jobs[i].name, dd_err_name(e));
                dd_ctx_clear_error(&c);
                result = str_fmt(a, "lỗi: %s", dd_err_name(e));
        }
        if (job_done(&c, name, owner, result, c.now + jobs[i].period) != DD_OK)
                dd_log(DD_LOG_WARN, "job %s: its end could not be written", jobs[i].name);
}

static void *
loop(void *arg)
{
        struct scheduler *s = arg;
        struct arena *a = arena_new(0);

        pthread_mutex_lock(&s->lock);
        while (!s->stop) {
                struct timespec until;

                pthread_mutex_unlock(&s->lock);
                for (size_t i = 0; i < ARRAY_LEN(jobs); i++) {
                        run_due(s, i, a);
                        arena_reset(a);
                }
                pthread_mutex_lock(&s->lock);
                clock_gettime(CLOCK_REALTIME, &until);
                until.tv_sec += LOOK_EVERY;
                if (!s->stop)
                        pthread_cond_timedwait(&s->wake, &s->lock, &until);
        }
        pthread_mutex_unlock(&s->lock);
        arena_free(a);
        return NULL;
}

enum dd_err
scheduler_start(struct dd_ctx *c, struct scheduler **ret)
{
        struct scheduler *s = calloc(1, sizeof *s);
        uint32_t mark;

        if (s == NULL)
                return dd_fail(c, DD_EIO, "Không đủ bộ nhớ.");
        s->db = c->db;
        dd_random(&mark, sizeof mark);
        snprintf(s->owner, sizeof s->owner, "%ld-%08x", (long)getpid(), mark);
        pthread_mutex_init(&s->lock, NULL);
        pthread_cond_init(&s->wake, NULL);
        if (pthread_create(&s->thread, NULL, loop, s) != 0) {
                free(s);
                return dd_fail(c, DD_EIO, "Không mở được bộ lập lịch.");
        }
        *ret = s;
        return DD_OK;
}

void
scheduler_stop(struct scheduler *s)
{
        if (s == NULL)
                return;
        pthread_mutex_lock(&s->lock);
        s->stop = true;
        pthread_cond_signal(&s->wake);
        pthread_mutex_unlock(&s->lock);
        pthread_join(s->thread, NULL);
        pthread_cond_destroy(&s->wake);
        pthread_mutex_destroy(&s->lock);
        free(s);
}
