#include <dirent.h>
#include <sys/wait.h>

#include "worker_testing.h"

struct worker_limits
bench_limits(void)
{
        struct worker_limits l = worker_default_limits;

        l.cpu_s = 30;
        l.wall_ms = 50000; /* nothing is to time out on a busy machine unless a test wants it */
        l.wait_ms = 50000;
        return l;
}

struct bench *
bench_new(void (*child)(const struct child_io *), struct worker_limits limits)
{
        struct arena *a = arena_new(0);
        struct bench *b = arena_alloc(a, sizeof *b);
        const struct worker_setup setup = { .child = child, .limits = limits };

        b->c.arena = a;
        b->limits = limits;
        assert_int_equal(worker_start_with(&b->c, &setup, &b->w), DD_OK);
        return b;
}

void
bench_free(struct bench *b)
{
        worker_stop(b->w);
        arena_free(b->c.arena); /* holds b too */
}

enum dd_err
bench_read(struct bench *b, struct str bytes, int year)
{
        struct worker_job job = { .size = bytes.n, .file = S("thu.txt"), .year = year };
        enum dd_err e;

        dd_ctx_clear_error(&b->c);
        assert_int_equal(worker_memfd(&b->c, bytes, &job.fd), DD_OK);
        const struct run r = { .work = WORK_READ, .fd = job.fd, .size = job.size, .year = job.year };

        e = worker_run(&b->c, b->w, &r, &b->outcome);
        if (e == DD_OK)
                e = worker_verdict(&b->c, &b->limits, &b->outcome, &b->draft);
        buf_free(&b->outcome.bytes);
        dd_fd_close(&job.fd);
        return e;
}

int
bench_signal(const struct bench *b)
{
        return b->outcome.end == RUN_ENDED && WIFSIGNALED(b->outcome.status) ? WTERMSIG(b->outcome.status) : 0;
}

size_t
open_files(void)
{
        DIR *d = opendir("/proc/self/fd");
        size_t n = 0;

        assert_non_null(d);
        while (readdir(d) != NULL)
                n++;
        closedir(d);
        return n;
}

void
assert_says(const struct bench *b, const char *words)
{
        if (!str_has(b->c.err_text, str_of(words)))
                fail_msg("expected \"%s\" in \"%.*s\"", words, FMT(b->c.err_text));
}
