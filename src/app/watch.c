/* Measures in Prometheus's text form. No name of a person, no address, no secret. */
#include "watch_priv.h"

#include <fcntl.h>
#include <unistd.h>

#include "dd_check.h"
#include "dd_db.h"
#include "dd_job.h"
#include "dd_pool.h"
#include "dd_version.h"
#include "dd_web.h"

static const int64_t bounds_us[WATCH_BUCKETS] = { 500, 1000, 5000, 25000, 100000, 250000, 1000000, 5000000, INT64_MAX };

void
watch_done(void *user, const struct http_req *r, int status, int64_t micros)
{
        const struct web *web = user;
        struct watch *w = web->watch->arg;
        int i = 0;

        (void)r;
        while (micros > bounds_us[i])
                i++;
        atomic_fetch_add(&w->buckets[i], 1);
        atomic_fetch_add(&w->sum_us, (unsigned long long)micros);
        atomic_fetch_add(&w->classes[status >= 100 && status < 600 ? status / 100 : 0], 1);
        if (status == 507)
                atomic_fetch_add(&w->full, 1);
}

static void
one(struct dd_buf *o, const char *name, const char *kind, uint64_t v)
{
        buf_fmt(o, "# TYPE dondoc_%s %s\ndondoc_%s %llu\n", name, kind, name, (unsigned long long)v);
}

static void
requests(struct watch *w, struct dd_buf *o)
{
        unsigned long long n = 0;

        buf_str(o, S("# TYPE dondoc_http_answers_total counter\n"));
        for (int i = 1; i < 6; i++)
                buf_fmt(o, "dondoc_http_answers_total{class=\"%dxx\"} %llu\n", i, atomic_load(&w->classes[i]));
        one(o, "http_disk_full_total", "counter", atomic_load(&w->full));
        buf_str(o, S("# TYPE dondoc_http_seconds histogram\n"));
        for (int i = 0; i < WATCH_BUCKETS; i++) {
                n += atomic_load(&w->buckets[i]);
                if (bounds_us[i] == INT64_MAX)
                        buf_fmt(o, "dondoc_http_seconds_bucket{le=\"+Inf\"} %llu\n", n);
                else
                        buf_fmt(o, "dondoc_http_seconds_bucket{le=\"%g\"} %llu\n", (double)bounds_us[i] / 1e6, n);
        }
        buf_fmt(o, "dondoc_http_seconds_sum %.6f\ndondoc_http_seconds_count %llu\n",
                (double)atomic_load(&w->sum_us) / 1e6, n);
        if (atomic_load(&w->http) == NULL)
                return;
        struct http_stats s = http_server_stats(atomic_load(&w->http));
        one(o, "http_requests_total", "counter", s.requests);
        one(o, "http_refused_total", "counter", s.refused);
        one(o, "http_swept_total", "counter", s.swept);
        one(o, "http_connections", "gauge", s.connections);
        one(o, "http_waiting", "gauge", s.waiting);
        one(o, "http_body_bytes", "gauge", s.body_bytes);
        one(o, "work_queue", "gauge", pool_waiting(w->pool));
}

static void
database(struct watch *w, struct dd_buf *o)
{
        struct dd_db_stats s;
        uint64_t n = 0;

        dd_db_stats(w->e->db, &s);
        buf_str(o, S("# TYPE dondoc_db_group_actions histogram\n"));
        for (int i = 0; i < DD_GROUP_SIZES; i++) {
                n += s.sizes[i];
                if (i + 1 < DD_GROUP_SIZES)
                        buf_fmt(o, "dondoc_db_group_actions_bucket{le=\"%d\"} %llu\n", 1 << i, (unsigned long long)n);
                else
                        buf_fmt(o, "dondoc_db_group_actions_bucket{le=\"+Inf\"} %llu\n", (unsigned long long)n);
        }
        buf_fmt(o, "dondoc_db_group_actions_sum %llu\ndondoc_db_group_actions_count %llu\n",
                (unsigned long long)s.actions, (unsigned long long)n);
        one(o, "db_failed_groups_total", "counter", s.failed_groups);
        one(o, "db_checkpoints_total", "counter", s.checkpoints);
        one(o, "db_retries_total", "counter", s.retries);
        one(o, "db_queue", "gauge", s.queued);
        one(o, "db_connections", "gauge", s.connections);
        one(o, "db_file_bytes", "gauge", s.file_bytes);
        one(o, "db_wal_bytes", "gauge", s.wal_bytes);
}

static void
rows(struct dd_ctx *c, struct dd_buf *o)
{
        struct dd_ctx sys = { .arena = c->arena, .db = c->db, .now = dd_clock_now(), .is_system = true };
        struct q_job_rows jobs;
        int64_t sessions;

        if (check_sessions(&sys, &sessions) == DD_OK)
                one(o, "sessions", "gauge", (uint64_t)sessions);
        if (job_list(&sys, &jobs) != DD_OK)
                return;
        buf_str(o, S("# TYPE dondoc_job_age_seconds gauge\n"));
        for (size_t i = 0; i < jobs.n; i++)
                if (jobs.v[i].last_run.has)
                        buf_fmt(o, "dondoc_job_age_seconds{job=\"%.*s\"} %lld\n", FMT(jobs.v[i].name),
                                (long long)(sys.now - jobs.v[i].last_run.v));
}

static void
metrics(void *arg, struct dd_ctx *c, struct dd_buf *o)
{
        struct watch *w = arg;

        buf_fmt(o, "# TYPE dondoc_build_info gauge\ndondoc_build_info{version=\"%s\"} 1\n", DD_VERSION);
        one(o, "start_time_seconds", "gauge", (uint64_t)w->started);
        requests(w, o);
        database(w, o);
        if (w->e->worker != NULL) {
                one(o, "reader_up", "gauge", worker_alive(w->e->worker));
                one(o, "reader_restarts_total", "counter", worker_restarts(w->e->worker));
        }
        rows(c, o);
}

static bool
alive(void *arg, struct dd_ctx *c)
{
        struct dd_ctx sys = { .arena = c->arena, .db = c->db, .now = dd_clock_now(), .is_system = true };
        struct q_job_rows jobs;

        (void)arg;
        return job_list(&sys, &jobs) == DD_OK;
}

static enum dd_err
read_token(struct watch *w)
{
        struct dd_ctx *c = &w->e->c;
        struct str file = w->e->conf->metrics_token_file;
        char text[256];

        if (file.n == 0)
                return DD_OK;
        AUTO_FD fd = open(str_c(c->arena, file), O_RDONLY | O_CLOEXEC);
        ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text);
        struct str token = str_trim((struct str){ text, n > 0 ? (size_t)n : 0 });

        if (token.n < 16)
                return dd_fail(c, DD_EINVAL, "metrics-token-file: %.*s không đọc được hoặc ngắn hơn 16 ký tự.",
                               FMT(file));
        w->web.token = str_dup(c->arena, token);
        return DD_OK;
}

enum dd_err
watch_init(struct watch *w, struct env *e, struct pool *pool)
{
        *w = (struct watch){ .e = e, .pool = pool, .started = dd_clock_now() };
        w->web = (struct web_watch){ .arg = w, .alive = alive, .lines = watch_lines, .metrics = metrics };
        return read_token(w);
}
