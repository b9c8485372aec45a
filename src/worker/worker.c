/* The parent's side: the nursery's life, the queue for a child, and one run from request to status. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker_priv.h"

#define HELLO_MS 5000
#define DYING_MS 3000 /* between the kill and the status */
#define SEALS    (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

const struct worker_limits worker_default_limits = {
        .cpu_s = 20,
        .memory = (size_t)256 << 20,
        .wall_ms = WORKER_WALL_MS,
        .wait_ms = WORKER_WALL_MS,
};

/* ---- life of the nursery -------------------------------------------------------------------------------- */

/* Waits for fd until the deadline; false when it passed. */
static bool
ready(int fd, int64_t deadline)
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

        if (!ready(w->sock, dd_clock_mono_ms() + HELLO_MS) || recv(w->sock, &h, sizeof h, 0) != sizeof h ||
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
        const struct worker_setup setup = { .child = reader_child, .limits = worker_default_limits };

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

/* ---- the queue ------------------------------------------------------------------------------------------ */

static bool
queue_enter(struct worker *w)
{
        int64_t end = dd_clock_mono_ms() + w->setup.limits.wait_ms;
        const struct timespec until = { .tv_sec = end / 1000, .tv_nsec = end % 1000 * 1000000 };
        bool got;

        pthread_mutex_lock(&w->lock);
        while (w->running >= WORKER_PARALLEL)
                if (pthread_cond_timedwait(&w->freed, &w->lock, &until) != 0)
                        break;
        got = w->running < WORKER_PARALLEL;
        if (got)
                w->running++;
        pthread_mutex_unlock(&w->lock);
        return got;
}

static void
queue_leave(struct worker *w)
{
        pthread_mutex_lock(&w->lock);
        w->running--;
        pthread_cond_signal(&w->freed);
        pthread_mutex_unlock(&w->lock);
}

/* ---- one run -------------------------------------------------------------------------------------------- */

static bool
request_send(struct worker *w, const struct worker_job *job, int out, int status)
{
        struct nursery_request rq = { .magic = NURSERY_MAGIC, .year = job->year, .size = job->size, .look = job->look };
        const int fds[3] = { job->fd, out, status };
        union {
                struct cmsghdr head;
                char space[CMSG_SPACE(sizeof fds)];
        } control = { .space = { 0 } };
        struct iovec iov = { &rq, sizeof rq };
        struct msghdr msg = {
                .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control.space, .msg_controllen = sizeof control.space
        };
        struct cmsghdr *cm = CMSG_FIRSTHDR(&msg);
        ssize_t sent;

        cm->cmsg_level = SOL_SOCKET;
        cm->cmsg_type = SCM_RIGHTS;
        cm->cmsg_len = CMSG_LEN(sizeof fds);
        memcpy(CMSG_DATA(cm), fds, sizeof fds);
        do
                sent = sendmsg(w->sock, &msg, MSG_NOSIGNAL);
        while (sent < 0 && errno == EINTR);
        return sent == sizeof rq;
}

/* Until the child closes its end. */
static enum run_end
reply_take(int in, int64_t deadline, struct dd_buf *bytes)
{
        char part[16384];

        for (;;) {
                ssize_t got;

                if (!ready(in, deadline))
                        return RUN_TIMEOUT;
                got = read(in, part, sizeof part);
                if (got < 0 && errno == EINTR)
                        continue;
                if (got <= 0)
                        return RUN_ENDED;
                buf_put(bytes, part, (size_t)got);
                if (bytes->over)
                        return RUN_FLOOD;
        }
}

/* Hangs up on a child that is not to go on, which makes the nursery kill it, and waits for word of its end. */
static enum run_end
status_take(int fd, enum run_end end, int64_t deadline, int *ret_status)
{
        struct nursery_status st;

        if (end == RUN_ENDED && !ready(fd, deadline))
                end = RUN_TIMEOUT; /* it closed the pipe and stays */
        if (end != RUN_ENDED) {
                shutdown(fd, SHUT_WR);
                ready(fd, dd_clock_mono_ms() + DYING_MS);
        }
        if (recv(fd, &st, sizeof st, MSG_DONTWAIT) != sizeof st || st.magic != NURSERY_MAGIC)
                return RUN_LOST;
        *ret_status = st.status;
        return st.forked == 0 ? RUN_NO_FORK : end;
}

static enum dd_err
run_queued(struct dd_ctx *c, struct worker *w, const struct worker_job *job, struct outcome *ret)
{
        int64_t deadline = dd_clock_mono_ms() + w->setup.limits.wall_ms;
        AUTO_FD in = -1;
        AUTO_FD out = -1;
        AUTO_FD mine = -1;
        AUTO_FD theirs = -1;
        int pair[2];

        if (pipe2(pair, O_CLOEXEC) == 0) {
                in = pair[0];
                out = pair[1];
        }
        if (in >= 0 && socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0) {
                mine = pair[0];
                theirs = pair[1];
        }
        if (mine < 0) {
                dd_log(DD_LOG_ERROR, "worker: no descriptors for a child: errno %d", errno);
                return dd_fail(c, DD_EBUSY, "Máy chủ đang bận nên chưa đọc được tệp. Hãy thử lại sau ít phút.");
        }
        if (!request_send(w, job, out, theirs)) {
                ret->end = RUN_LOST;
                return DD_OK;
        }
        dd_fd_close(&out); /* else the end of the reply would never be seen */
        dd_fd_close(&theirs);
        ret->end = reply_take(in, deadline, &ret->bytes);
        ret->end = status_take(mine, ret->end, deadline, &ret->status);
        return DD_OK;
}

static enum dd_err
job_check(struct dd_ctx *c, const struct worker_job *job)
{
        struct stat st;
        int seals;

        if (job->size > WORKER_FILE_MAX)
                return dd_fail(
                    c, DD_ETOOBIG,
                    "Tệp lớn hơn 25 MB nên không được đọc. Hãy tách văn bản thành nhiều tệp nhỏ hơn rồi tải lên "
                    "lại.");
        if (job->size == 0)
                return dd_fail(c, DD_EINVAL, "Tệp trống, không có nội dung để đọc. Hãy chọn lại tệp.");
        seals = fcntl(job->fd, F_GET_SEALS);
        if (seals < 0 || (seals & SEALS) != SEALS || fstat(job->fd, &st) != 0 || st.st_size != (off_t)job->size) {
                dd_log(DD_LOG_ERROR, "worker: a job whose bytes are not sealed or not of the size told");
                return dd_fail(c, DD_EIO, "Lỗi bên trong khi chuyển tệp cho máy đọc văn bản. Hãy báo người quản trị.");
        }
        return DD_OK;
}

enum dd_err
worker_run(struct dd_ctx *c, struct worker *w, const struct worker_job *job, struct outcome *ret)
{
        enum dd_err e;

        *ret = (struct outcome){ .end = RUN_LOST, .bytes = { .max = REPLY_MAX } };
        TRY(job_check(c, job));
        if (!worker_alive(w))
                return DD_OK;
        if (!queue_enter(w))
                return dd_fail(
                    c, DD_EBUSY,
                    "Máy đọc văn bản đang bận với các tệp khác. Chưa có gì được lưu. Hãy thử lại sau ít phút.");
        e = run_queued(c, w, job, ret);
        queue_leave(w);
        if (ret->end == RUN_LOST)
                worker_alive(w); /* says in the log why */
        return e;
}

enum dd_err
worker_read(struct dd_ctx *c, struct worker *w, const struct worker_job *job, struct draft *ret)
{
        struct outcome o;
        enum dd_err e = worker_run(c, w, job, &o);

        if (e == DD_OK)
                e = worker_verdict(c, &w->setup.limits, &o, ret);
        buf_free(&o.bytes);
        if (e == DD_OK)
                ret->file = str_dup(c->arena, job->file); /* what the child says about it does not count */
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
