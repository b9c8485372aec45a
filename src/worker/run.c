/* One child for one piece of work: the queue for two, the request to the nursery, the answer, the child's end. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "worker_priv.h"

#define DYING_MS  3000 /* between the kill and the status */
#define SLICE_MS  250  /* how late a cancel may be noticed */
#define PIPE_SIZE (1 << 20)
#define SEALS     (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

static bool
cancelled(const struct run *r)
{
        return r->cancel != NULL && atomic_load(r->cancel);
}

/* ---- the queue ------------------------------------------------------------------------------------------ */

static bool
queue_enter(struct worker *w, const struct run *r)
{
        int64_t end = dd_clock_mono_ms() + w->setup.limits.wait_ms;
        bool got;

        pthread_mutex_lock(&w->lock);
        for (;;) {
                int64_t now = dd_clock_mono_ms(), next = now + SLICE_MS < end ? now + SLICE_MS : end;
                const struct timespec until = { .tv_sec = next / 1000, .tv_nsec = next % 1000 * 1000000 };

                if (w->running < WORKER_PARALLEL || now >= end || cancelled(r))
                        break;
                pthread_cond_timedwait(&w->freed, &w->lock, &until);
        }
        got = w->running < WORKER_PARALLEL && !cancelled(r);
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
request_send(struct worker *w, const struct run *r, int out, int status)
{
        struct nursery_request rq = {
                .magic = NURSERY_MAGIC, .year = r->year, .size = r->size, .work = r->work, .args = r->args
        };
        const int fds[3] = { r->fd, out, status };
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

/* Waits until fd has something, the deadline has passed or the caller wants no more. */
static enum run_end
run_wait(const struct run *r, int fd, int64_t deadline)
{
        for (;;) {
                int64_t slice = dd_clock_mono_ms() + SLICE_MS;

                if (worker_ready(fd, r->cancel == NULL || slice > deadline ? deadline : slice))
                        return RUN_ENDED;
                if (cancelled(r))
                        return RUN_CANCELLED;
                if (dd_clock_mono_ms() >= deadline)
                        return RUN_TIMEOUT;
        }
}

/* Until the child closes its end. */
static enum run_end
reply_take(const struct run *r, int in, int64_t deadline, struct dd_buf *bytes)
{
        char part[131072];

        for (;;) {
                enum run_end end = run_wait(r, in, deadline);
                ssize_t got;

                if (end != RUN_ENDED)
                        return end;
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
status_take(const struct run *r, int fd, enum run_end end, int64_t deadline, int *ret_status)
{
        struct nursery_status st = { .magic = 0 };

        if (end == RUN_ENDED)
                end = run_wait(r, fd, deadline);
        if (end != RUN_ENDED) {
                shutdown(fd, SHUT_WR);
                worker_ready(fd, dd_clock_mono_ms() + DYING_MS);
        }
        if (recv(fd, &st, sizeof st, MSG_DONTWAIT) != sizeof st || st.magic != NURSERY_MAGIC)
                return RUN_LOST;
        *ret_status = st.status;
        return st.forked == 0 ? RUN_NO_FORK : end;
}

static enum dd_err
no_descriptors(struct dd_ctx *c)
{
        dd_log(DD_LOG_ERROR, "worker: no descriptors for a child: errno %d", errno);
        return dd_fail(c, DD_EBUSY, "Máy chủ đang bận nên chưa đọc được tệp. Hãy thử lại sau ít phút.");
}

static int
wall_ms(const struct worker *w, const struct run *r)
{
        const struct helper *h = helper_of(r->work);

        return h != NULL ? h->limits.wall_ms : w->setup.limits.wall_ms;
}

/* A program writes into memory that is sealed when it has ended. */
static enum dd_err
run_program(struct dd_ctx *c, struct worker *w, const struct run *r, struct outcome *ret)
{
        int64_t deadline = dd_clock_mono_ms() + wall_ms(w, r);
        AUTO_FD out = memfd_new();
        AUTO_FD mine = -1;
        AUTO_FD theirs = -1;
        int pair[2];

        if (out >= 0 && socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0) {
                mine = pair[0];
                theirs = pair[1];
        }
        if (mine < 0)
                return no_descriptors(c);
        if (!request_send(w, r, out, theirs))
                return DD_OK; /* RUN_LOST */
        dd_fd_close(&theirs);
        ret->end = status_take(r, mine, RUN_ENDED, deadline, &ret->status);
        if (ret->end == RUN_ENDED && !memfd_seal(out, &ret->size))
                return no_descriptors(c);
        ret->fd = out;
        out = -1;
        return DD_OK;
}

/* Our own code answers through a pipe. */
static enum dd_err
run_reader(struct dd_ctx *c, struct worker *w, const struct run *r, struct outcome *ret)
{
        int64_t deadline = dd_clock_mono_ms() + wall_ms(w, r);
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
        if (mine < 0)
                return no_descriptors(c);
        if (r->reply_max > REPLY_MAX) /* pictures; where the system allows no more, it goes slower */
                fcntl(out, F_SETPIPE_SZ, PIPE_SIZE);
        if (!request_send(w, r, out, theirs))
                return DD_OK; /* RUN_LOST */
        dd_fd_close(&out);    /* else the end of the reply would never be seen */
        dd_fd_close(&theirs);
        ret->end = reply_take(r, in, deadline, &ret->bytes);
        ret->end = status_take(r, mine, ret->end, deadline, &ret->status);
        return DD_OK;
}

static enum dd_err
run_check(struct dd_ctx *c, const struct run *r)
{
        struct stat st;
        int seals = fcntl(r->fd, F_GET_SEALS);

        if (seals < 0 || (seals & SEALS) != SEALS || fstat(r->fd, &st) != 0 || st.st_size != (off_t)r->size) {
                dd_log(DD_LOG_ERROR, "worker: a job whose bytes are not sealed or not of the size told");
                return dd_fail(c, DD_EIO, "Lỗi bên trong khi chuyển tệp cho máy đọc văn bản. Hãy báo người quản trị.");
        }
        return DD_OK;
}

enum dd_err
worker_run(struct dd_ctx *c, struct worker *w, const struct run *run, struct outcome *ret)
{
        enum dd_err e;

        *ret = (struct outcome){ .end = RUN_LOST,
                                 .bytes = { .max = run->reply_max != 0 ? run->reply_max : REPLY_MAX },
                                 .fd = -1 };
        TRY(run_check(c, run));
        if (!worker_alive(w))
                return DD_OK;
        if (!queue_enter(w, run))
                return cancelled(run) ? (ret->end = RUN_CANCELLED, DD_OK)
                                      : dd_fail(c, DD_EBUSY,
                                                "Máy đọc văn bản đang bận với các tệp khác. Chưa có gì được lưu. Hãy "
                                                "thử lại sau ít phút.");
        e = (helper_of(run->work) != NULL ? run_program : run_reader)(c, w, run, ret);
        queue_leave(w);
        if (ret->end == RUN_LOST)
                worker_alive(w); /* says in the log why */
        return e;
}
