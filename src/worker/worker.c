/* The parent's side: the nursery's life. */
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker_priv.h"

#define HELLO_MS 5000

const struct worker_limits worker_default_limits = {
        .cpu_s = 20,
        .memory = (size_t)256 << 20,
        .wall_ms = WORKER_WALL_MS,
        .wait_ms = WORKER_WALL_MS,
};

/* ---- life of the nursery -------------------------------------------------------------------------------- */

bool
worker_ready(int fd, int64_t deadline)
{
        for (;;) {
                int64_t left = deadline - dd_clock_mono_ms();
                struct pollfd p = { .fd = fd, .events = POLLIN };
                int n = poll(&p, 1, left > 0 ? (int)left : 0);

                if (n > 0)
                        return true;
                if (n == 0 || errno != EINTR)
                        return false;
        }
}

/* A process that has threads can not fork safely; /proc tells how many there are. */
static bool
single_threaded(void)
{
        struct stat st;

        return WORKER_SANITIZED || stat("/proc/self/task", &st) != 0 || st.st_nlink <= 3;
}

static bool
hello_take(struct worker *w)
{
        struct nursery_hello h;

        if (!worker_ready(w->sock, dd_clock_mono_ms() + HELLO_MS) || recv(w->sock, &h, sizeof h, 0) != sizeof h ||
            h.magic != NURSERY_MAGIC)
                return false;
        w->nursery = h.pid;
        if (WORKER_SANITIZED)
                dd_log(DD_LOG_WARN, "worker: sanitizer build, children run without seccomp and memory limit");
        else if (h.seccomp == 0 && h.landlock_abi == 0)
                dd_log(DD_LOG_ERROR, "worker: neither seccomp nor Landlock here; uploads will not be read");
        dd_log(DD_LOG_INFO, "worker: seccomp %s, Landlock ABI %d", h.seccomp != 0 ? "on" : "off", h.landlock_abi);
        return true;
}

static void
queue_init(struct worker *w)
{
        pthread_condattr_t attr;

        pthread_condattr_init(&attr);
        pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
        pthread_mutex_init(&w->lock, NULL);
        pthread_cond_init(&w->freed, &attr);
        pthread_condattr_destroy(&attr);
}

enum dd_err
worker_start_with(struct dd_ctx *c, const struct worker_setup *setup, struct worker **ret)
{
        struct arena *a;
        struct worker *w;
        int ends[2];

        *ret = NULL;
        if (!single_threaded())
                return dd_fail(c, DD_EIO, "Máy đọc văn bản phải được khởi động trước khi chương trình tạo luồng.");
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
                return dd_fail(c, DD_EIO, "Không khởi động được máy đọc văn bản (lỗi %d).", errno);
        a = arena_new(0);
        w = arena_alloc(a, sizeof *w);
        *w = (struct worker){ .arena = a, .setup = *setup, .sock = ends[0], .keeper = fork() };
        if (w->keeper == 0)
                keeper_main(ends[1], &w->setup);
        close(ends[1]);
        queue_init(w);
        /* The nursery always reads; should it be stopped, callers must not hang with it. */
        setsockopt(w->sock, SOL_SOCKET, SO_SNDTIMEO, &(struct timeval){ .tv_sec = 5 }, sizeof(struct timeval));
        if (w->keeper < 0 || !hello_take(w)) {
                worker_stop(w);
                return dd_fail(c, DD_EIO, "Không khởi động được máy đọc văn bản.");
        }
        *ret = w;
        return DD_OK;
}

enum dd_err
worker_start(struct dd_ctx *c, struct worker **ret)
{
        const struct worker_setup setup = { .child = reader_child,
                                            .warm = reader_warm,
                                            .limits = worker_default_limits };

        return worker_start_with(c, &setup, ret);
}

void
worker_stop(struct worker *w)
{
        if (w == NULL)
                return;
        dd_fd_close(&w->sock);
        if (w->keeper > 0 && !w->reaped)
                while (waitpid(w->keeper, NULL, 0) < 0 && errno == EINTR)
                        ;
        pthread_cond_destroy(&w->freed);
        pthread_mutex_destroy(&w->lock);
        arena_free(w->arena);
}

/* Words of a nursery that was started again, and the end of both. */
static void
nursery_look(struct worker *w)
{
        struct pollfd p = { .fd = w->sock };
        struct nursery_hello h;
        int status = -1;
        pid_t got;

        while (recv(w->sock, &h, sizeof h, MSG_DONTWAIT) == sizeof h && h.magic == NURSERY_MAGIC) {
                w->nursery = h.pid;
                w->restarts++;
        }
        got = w->reaped ? 0 : waitpid(w->keeper, &status, WNOHANG);
        if (got > 0 || (got < 0 && errno == ECHILD)) { /* ECHILD: somebody else waited for it */
                w->reaped = true;
                dd_log(DD_LOG_ERROR, "worker: the keeper has ended (status %d); a nursery lost now stays lost", status);
        }
        if (w->lost || poll(&p, 1, 0) <= 0 || (p.revents & (POLLHUP | POLLERR)) == 0)
                return;
        w->lost = true;
        dd_log(DD_LOG_ERROR, "worker: nursery and keeper have ended; uploads can not be read until a restart");
}

unsigned
worker_restarts(struct worker *w)
{
        unsigned n;

        pthread_mutex_lock(&w->lock);
        nursery_look(w);
        n = w->restarts;
        pthread_mutex_unlock(&w->lock);
        return n;
}

bool
worker_alive(struct worker *w)
{
        bool alive;

        pthread_mutex_lock(&w->lock);
        nursery_look(w);
        alive = !w->lost;
        pthread_mutex_unlock(&w->lock);
        return alive;
}
