/* The nursery: forks children, kills the ones that are no longer wanted, tells how each ended. It can not be forked
 * again once the server has threads, so it stays small: no allocation, no lock, no parsing in its loop. Papers pass
 * through it as descriptors only. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker_priv.h"

#define KIDS            8    /* WORKER_PARALLEL wanted ones, and some that are dying */
#define WALL_GRACE      2000 /* ms past the parent's own limit */
#define KEEPER_PAUSE_MS 20
#define KEEPER_LONG_MS  5000
#define SOCK_FD         3 /* in the nursery */
#define DOC_FD          3 /* in a child */
#define OUT_FD          4

struct kid {
        pid_t pid; /* 0: free */
        int pidfd, status;
        int64_t deadline;
        bool killed;
};

struct nursery {
        const struct worker_setup *setup;
        struct sandbox sandbox;
        struct kid kids[KIDS];
};

/* ---- in the child -------------------------------------------------------------------------------------- */

/* 0, 1 and 2 lead to /dev/null, 3 is the paper, 4 the reply; nothing else is open. */
static bool
child_files(int doc, int out)
{
        int high_doc = fcntl(doc, F_DUPFD, 64), high_out = fcntl(out, F_DUPFD, 64);

        if (high_doc < 0 || high_out < 0 || dup2(high_doc, DOC_FD) < 0 || dup2(high_out, OUT_FD) < 0)
                return false;
        if (!WORKER_SANITIZED && dup2(STDOUT_FILENO, STDERR_FILENO) < 0) /* a sanitizer's report must come through */
                return false;
        return close_range(OUT_FD + 1, ~0u, 0) == 0;
}

/* A helper program: 0 is the paper, 1 its answer, 2 leads to /dev/null; nothing else is open. */
static bool
helper_files(int doc, int out)
{
        int high_doc = fcntl(doc, F_DUPFD, 64), high_out = fcntl(out, F_DUPFD, 64);

        return high_doc >= 0 && high_out >= 0 && dup2(STDOUT_FILENO, STDERR_FILENO) >= 0 &&
               dup2(high_doc, STDIN_FILENO) >= 0 && dup2(high_out, STDOUT_FILENO) >= 0 &&
               close_range(STDERR_FILENO + 1, ~0u, 0) == 0;
}

/* When the machine runs out of memory, a child goes before the nursery and the server do. */
static void
child_goes_first(void)
{
        AUTO_FD fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

        if (fd >= 0 && write(fd, "1000", 4) != 4)
                dd_log(DD_LOG_DEBUG, "worker: oom_score_adj stays as it is");
}

static _Noreturn void
child_main(const struct nursery *n, const struct nursery_request *rq, int doc, int out)
{
        struct child_io io = { .year = rq->year, .work = (enum child_work)rq->work, .args = rq->args, .out = OUT_FD };
        void *bytes;
        int held;

        prctl(PR_SET_NAME, "dondoc-reader", 0, 0, 0);
        child_goes_first();
        if (rq->work >= WORK_PROGRAM) {
                if (!helper_files(doc, out))
                        _exit(CHILD_NO_INPUT);
                helper_exec(&n->sandbox, n->setup, io.work, &rq->args);
        }
        if (!child_files(doc, out))
                _exit(CHILD_NO_INPUT);
        bytes = mmap(NULL, rq->size, PROT_READ, MAP_PRIVATE, DOC_FD, 0);
        if (bytes == MAP_FAILED)
                _exit(CHILD_NO_INPUT);
        close(DOC_FD);
        io.bytes = (struct str){ bytes, rq->size };
        held = sandbox_enter(&n->sandbox, &n->setup->limits);
        if (held < 0 || (held == 0 && !WORKER_SANITIZED))
                _exit(CHILD_NO_SANDBOX);
        n->setup->child(&io);
        _exit(CHILD_DONE);
}

/* ---- in the nursery ------------------------------------------------------------------------------------ */

static void
status_send(int fd, bool forked, int status)
{
        const struct nursery_status st = { NURSERY_MAGIC, forked, status };

        send(fd, &st, sizeof st, MSG_NOSIGNAL | MSG_DONTWAIT); /* nobody there: nobody to tell */
}

static void
kid_kill(struct kid *k)
{
        kill(k->pid, SIGKILL); /* not reaped yet, so the number is still its own */
        k->killed = true;
}

static void
kid_end(struct kid *k)
{
        int status = 0;

        while (waitpid(k->pid, &status, 0) < 0 && errno == EINTR)
                ;
        status_send(k->status, true, status);
        close(k->pidfd);
        close(k->status);
        k->pid = 0;
}

static struct kid *
kid_free(struct nursery *n)
{
        for (size_t i = 0; i < KIDS; i++)
                if (n->kids[i].pid == 0)
                        return &n->kids[i];
        return NULL;
}

static int
wall_of(const struct nursery *n, uint32_t work)
{
        const struct helper *h = helper_of((enum child_work)work);

        return h != NULL ? h->limits.wall_ms : n->setup->limits.wall_ms;
}

/* Forks for one request; takes over `status`, and nothing else when it answers true. */
static bool
kid_start(struct nursery *n, const struct nursery_request *rq, const int fds[3])
{
        struct kid *k = kid_free(n);
        pid_t pid;

        if (k == NULL)
                return false;
        pid = fork();
        if (pid == 0)
                child_main(n, rq, fds[0], fds[1]);
        if (pid < 0)
                return false;
        *k = (struct kid){
                .pid = pid,
                .pidfd = pidfd_open(pid, 0),
                .status = fds[2],
                .deadline = dd_clock_mono_ms() + wall_of(n, rq->work) + WALL_GRACE,
        };
        if (k->pidfd < 0) { /* no way to be told of its end */
                kid_kill(k);
                kid_end(k);
        }
        return true;
}

static void
close_all(const int *fds, size_t n)
{
        for (size_t i = 0; i < n; i++)
                close(fds[i]);
}

/* False when the server has gone. */
static bool
request_take(struct nursery *n)
{
        struct nursery_request rq = { 0 };
        union {
                struct cmsghdr head;
                char space[CMSG_SPACE(3 * sizeof(int))];
        } control = { .space = { 0 } };
        struct iovec iov = { &rq, sizeof rq };
        struct msghdr msg = {
                .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control.space, .msg_controllen = sizeof control.space
        };
        ssize_t got = recvmsg(SOCK_FD, &msg, MSG_CMSG_CLOEXEC);
        struct cmsghdr *cm = got > 0 ? CMSG_FIRSTHDR(&msg) : NULL;
        int fds[3];
        size_t n_fds = 0;

        if (got <= 0)
                return got < 0 && (errno == EINTR || errno == ENOBUFS || errno == ENOMEM);
        if (cm != NULL && cm->cmsg_level == SOL_SOCKET && cm->cmsg_type == SCM_RIGHTS) {
                n_fds = (cm->cmsg_len - CMSG_LEN(0)) / sizeof(int);
                memcpy(fds, CMSG_DATA(cm), n_fds * sizeof(int));
        }
        if (got != sizeof rq || rq.magic != NURSERY_MAGIC || n_fds != 3 || rq.work >= WORK_MAX) {
                close_all(fds, n_fds);
                return true;
        }
        if (kid_start(n, &rq, fds)) {
                close_all(fds, 2);
        } else {
                status_send(fds[2], false, 0);
                close_all(fds, 3);
        }
        return true;
}

static int
poll_fill(const struct nursery *n, struct pollfd *p)
{
        int64_t now = dd_clock_mono_ms(), first = INT64_MAX;

        p[0] = (struct pollfd){ .fd = SOCK_FD, .events = POLLIN };
        for (size_t i = 0; i < KIDS; i++) {
                const struct kid *k = &n->kids[i];
                bool wanted = k->pid != 0 && !k->killed;

                p[1 + 2 * i] = (struct pollfd){ .fd = k->pid != 0 ? k->pidfd : -1, .events = POLLIN };
                p[2 + 2 * i] = (struct pollfd){ .fd = wanted ? k->status : -1, .events = POLLIN | POLLRDHUP };
                if (wanted && k->deadline < first)
                        first = k->deadline;
        }
        if (first == INT64_MAX)
                return -1;
        return first <= now ? 0 : (int)(first - now) + 1;
}

static void
kids_look(struct nursery *n, const struct pollfd *p)
{
        int64_t now = dd_clock_mono_ms();

        for (size_t i = 0; i < KIDS; i++) {
                struct kid *k = &n->kids[i];

                if (k->pid == 0)
                        continue;
                if (p[1 + 2 * i].revents != 0)
                        kid_end(k);
                else if (!k->killed && (p[2 + 2 * i].revents != 0 || now >= k->deadline))
                        kid_kill(k); /* the parent hung up, or it is past every limit */
        }
}

static void
signals_reset(void)
{
        sigset_t none;

        for (int s = 1; s < NSIG; s++)
                signal(s, SIG_DFL);
        /* A stop of the service or Ctrl-C reaches the whole group; the nursery ends when the server does. */
        signal(SIGINT, SIG_IGN);
        signal(SIGTERM, SIG_IGN);
        signal(SIGHUP, SIG_IGN);
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Out of the server's descriptors and environment, which may hold a password. Standard error stays, for the log. */
static bool
nursery_detach(int sock)
{
        AUTO_FD null = open("/dev/null", O_RDWR | O_CLOEXEC);
        int high = fcntl(sock, F_DUPFD_CLOEXEC, 64);

        for (char **e = environ; e != NULL && *e != NULL; e++)
                explicit_bzero(*e, strlen(*e));
        clearenv();
        if (null < 0 || high < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0 ||
            dup3(high, SOCK_FD, O_CLOEXEC) < 0)
                return false;
        null = -1; /* close_range takes it */
        return close_range(SOCK_FD + 1, ~0u, 0) == 0;
}

static _Noreturn void
nursery_main(const struct worker_setup *setup)
{
        struct nursery n = { .setup = setup };
        struct pollfd p[1 + 2 * KIDS];
        struct nursery_hello hello;

        prctl(PR_SET_NAME, "dondoc-nursery", 0, 0, 0);
        sandbox_probe(&n.sandbox, &setup->limits);
        hello = (struct nursery_hello){ NURSERY_MAGIC, n.sandbox.landlock_abi, n.sandbox.filter != NULL, getpid() };
        if (send(SOCK_FD, &hello, sizeof hello, MSG_NOSIGNAL) != sizeof hello)
                _exit(1);
        if (setup->warm != NULL)
                setup->warm();
        for (;;) {
                int wait_ms = poll_fill(&n, p);

                if (poll(p, ARRAY_LEN(p), wait_ms) < 0)
                        continue; /* EINTR; ENOMEM passes */
                kids_look(&n, p);
                if (p[0].revents != 0 && !request_take(&n))
                        break;
        }
        for (size_t i = 0; i < KIDS; i++)
                if (n.kids[i].pid != 0)
                        kill(n.kids[i].pid, SIGKILL);
        _exit(0);
}

/* ---- the keeper ---------------------------------------------------------------------------------------- */

static bool
server_gone(void)
{
        struct pollfd p = { .fd = SOCK_FD };

        return poll(&p, 1, 0) > 0 && (p.revents & (POLLHUP | POLLERR)) != 0;
}

/* What waits in the socket meanwhile is taken by the next nursery. One that dies at once is not started at full speed.
 */
_Noreturn void
keeper_main(int sock, const struct worker_setup *setup)
{
        int pause_ms = KEEPER_PAUSE_MS;

        prctl(PR_SET_NAME, "dondoc-keeper", 0, 0, 0);
        signals_reset();
        if (!nursery_detach(sock))
                _exit(1);
        for (;;) {
                int64_t begun = dd_clock_mono_ms();
                int status = 0;
                pid_t pid = fork();

                if (pid == 0)
                        nursery_main(setup);
                while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
                        ;
                if ((pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) || server_gone())
                        _exit(0);
                dd_log(DD_LOG_ERROR, "worker: the nursery has ended (status %d) and is started again", status);
                pause_ms = dd_clock_mono_ms() - begun > KEEPER_LONG_MS ? KEEPER_PAUSE_MS : pause_ms * 2;
                if (pause_ms > KEEPER_LONG_MS)
                        pause_ms = KEEPER_LONG_MS;
                poll(NULL, 0, pause_ms);
        }
}
