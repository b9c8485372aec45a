/* The server's side of the local socket: a few threads that run commands for the owner of the data and for root. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "dd_date.h"
#include "dd_version.h"
#include "link_priv.h"

#define THREADS 3 /* a long backup and two short ones; more wait at the door */
#define WAIT_S  5 /* for the words, and for a terminal to take the answer */

struct link {
        const struct env *e;
        int folder, fd, stop;
        pthread_t threads[THREADS];
        int n_threads;
};

/* ---- the question ----------------------------------------------------------------------------------------- */

struct asked {
        char bytes[LINK_MAX + 1];
        size_t n;
        int fds[2], n_fds;
        char *words[CMD_WORDS];
        int n_words; /* the first is the version, the second the command */
};

static bool
receive(int fd, struct asked *q)
{
        union {
                struct cmsghdr head;
                char space[CMSG_SPACE(sizeof q->fds)];
        } control = { .space = { 0 } };
        struct iovec iov = { q->bytes, LINK_MAX };
        struct msghdr msg = {
                .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control.space, .msg_controllen = sizeof control.space
        };
        ssize_t n = recvmsg(fd, &msg, MSG_CMSG_CLOEXEC);
        struct cmsghdr *cm = n > 0 ? CMSG_FIRSTHDR(&msg) : NULL;

        if (cm != NULL && cm->cmsg_level == SOL_SOCKET && cm->cmsg_type == SCM_RIGHTS) {
                q->n_fds = (int)((cm->cmsg_len - CMSG_LEN(0)) / sizeof(int));
                memcpy(q->fds, CMSG_DATA(cm), (size_t)q->n_fds * sizeof(int));
        }
        if (n <= (ssize_t)sizeof(struct link_ask) || (msg.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0)
                return false;
        q->n = (size_t)n;
        return q->bytes[n - 1] == '\0';
}

static bool
understand(struct asked *q, struct link_ask *head)
{
        memcpy(head, q->bytes, sizeof *head);
        if (head->magic != LINK_MAGIC || q->n_fds != (head->has_in != 0) + (head->has_out != 0))
                return false;
        for (size_t at = sizeof *head; at < q->n; at += strlen(q->bytes + at) + 1) {
                if (q->n_words == CMD_WORDS)
                        return false;
                q->words[q->n_words++] = q->bytes + at;
        }
        return q->n_words >= 2;
}

/* Kernel's word about who is at the other end. */
static bool
may_command(int fd, uid_t *ret)
{
        struct ucred who;
        socklen_t n = sizeof who;

        if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &n) != 0)
                return false;
        *ret = who.uid;
        return who.uid == geteuid() || who.uid == 0;
}

/* ---- the answer ------------------------------------------------------------------------------------------- */

static void
say(int fd, char kind, const char *p, size_t n)
{
        char part[LINK_PART];

        for (size_t done = 0; done < n;) {
                size_t now = n - done < sizeof part - 1 ? n - done : sizeof part - 1;

                part[0] = kind;
                memcpy(part + 1, p + done, now);
                if (send(fd, part, now + 1, MSG_NOSIGNAL) < 0)
                        return; /* nobody listens; the command itself is done */
                done += now;
        }
}

static int
run(const struct env *e, struct asked *q, const struct link_ask *head, FILE *out, FILE *err)
{
        const struct command *command = command_find(str_of(q->words[1]));
        struct arena *arena = arena_new(0);
        struct dd_ctx c = { .arena = arena, .db = e->db, .is_system = true, .origin = S("cli"), .now = dd_clock_now() };
        struct cmd k = { .a = { q->words + 2, q->n_words - 2 },
                         .out = out,
                         .err = err,
                         .c = &c,
                         .worker = e->worker,
                         .where = e->where,
                         .conf = *e->conf,
                         .arena = arena,
                         .in_fd = -1,
                         .out_fd = -1,
                         .inside = true };
        int code = 2;

        c.today = c.as_of = e->c.today != day_from_instant(e->c.now) ? e->c.today : day_from_instant(c.now);
        if (head->has_in)
                k.in_fd = q->fds[0];
        if (head->has_out)
                k.out_fd = q->fds[q->n_fds - 1];
        if (!str_eq(str_of(q->words[0]), S(DD_VERSION)))
                fprintf(err,
                        "dondoc: máy chủ đang chạy bản %s, lệnh này là bản %s. Hãy khởi động lại máy chủ rồi chạy lại "
                        "lệnh.\n",
                        DD_VERSION, q->words[0]);
        else if (command == NULL || (command->flags & CMD_REMOTE) == 0)
                fprintf(err, "dondoc: dữ liệu đang được máy chủ sử dụng; lệnh này cần dừng máy chủ trước.\n");
        else
                code = cmd_config(&k) ? command->run(&k) : 2; /* takes the words of the file away */
        (void)cmd_end(&k, code);
        arena_free(arena);
        return code;
}

static void
serve_one(const struct env *e, int fd)
{
        struct timeval wait = { .tv_sec = WAIT_S };
        struct asked *q = calloc(1, sizeof *q);
        struct link_ask head;
        char *out_p = NULL, *err_p = NULL, end[1 + sizeof(int32_t)] = { 'x' };
        size_t out_n = 0, err_n = 0;
        uid_t uid = 0;

        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
        if (q == NULL || !may_command(fd, &uid)) {
                dd_log(DD_LOG_WARN, "link: uid %u may not command this server", (unsigned)uid);
        } else if (receive(fd, q) && understand(q, &head)) {
                FILE *out = open_memstream(&out_p, &out_n), *err = open_memstream(&err_p, &err_n);

                if (out == NULL || err == NULL)
                        abort();
                dd_log(DD_LOG_INFO, "link: uid %u runs %.32s", (unsigned)uid, q->words[1]); /* words may hold names */
                int32_t code = run(e, q, &head, out, err);
                fclose(out);
                fclose(err);
                say(fd, 'o', out_p, out_n);
                say(fd, 'e', err_p, err_n);
                memcpy(end + 1, &code, sizeof code);
                send(fd, end, sizeof end, MSG_NOSIGNAL);
        } else {
                for (int i = 0; i < q->n_fds; i++)
                        close(q->fds[i]);
        }
        if (out_p != NULL)
                explicit_bzero(out_p, out_n); /* an invitation's token */
        free(out_p);
        free(err_p);
        free(q);
}

/* ---- life ------------------------------------------------------------------------------------------------- */

static void *
loop(void *arg)
{
        struct link *l = arg;
        struct pollfd p[2] = { { .fd = l->fd, .events = POLLIN }, { .fd = l->stop, .events = POLLIN } };

        for (;;) {
                if (poll(p, 2, -1) < 0 && errno != EINTR)
                        break;
                if (p[1].revents != 0)
                        break;
                AUTO_FD fd = accept4(l->fd, NULL, NULL, SOCK_CLOEXEC);
                if (fd >= 0)
                        serve_one(l->e, fd);
        }
        return NULL;
}

static bool
listen_at(struct link *l, const char *where)
{
        struct sockaddr_un addr;

        l->folder = open(where, O_PATH | O_DIRECTORY | O_CLOEXEC);
        l->fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        l->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (l->folder < 0 || l->fd < 0 || l->stop < 0)
                return false;
        (void)unlinkat(l->folder, "dondoc.sock", 0); /* the folder's lock is ours: whoever left it is dead */
        link_address(l->folder, &addr);
        return fchmod(l->fd, 0600) == 0 && bind(l->fd, (const struct sockaddr *)&addr, sizeof addr) == 0 &&
               listen(l->fd, 16) == 0;
}

enum dd_err
link_start(struct env *e, struct link **ret)
{
        struct link *l;

        *ret = NULL;
        if (env_is_pg(e->where))
                return DD_OK; /* commands open the database beside the server */
        l = calloc(1, sizeof *l);
        if (l == NULL)
                abort();
        *l = (struct link){ .e = e, .folder = -1, .fd = -1, .stop = -1 };
        if (!listen_at(l, str_c(e->c.arena, e->where))) {
                int why = errno;

                link_stop(l);
                return dd_fail(&e->c, DD_EIO, "Không mở được ổ cắm lệnh %.*s/dondoc.sock: %s.", FMT(e->where),
                               strerror(why));
        }
        while (l->n_threads < THREADS && pthread_create(&l->threads[l->n_threads], NULL, loop, l) == 0)
                l->n_threads++;
        *ret = l;
        return DD_OK;
}

void
link_stop(struct link *l)
{
        uint64_t one = 1;

        if (l == NULL)
                return;
        if (l->stop >= 0 && write(l->stop, &one, sizeof one) < 0)
                dd_log(DD_LOG_WARN, "link: could not be told to stop");
        for (int i = 0; i < l->n_threads; i++)
                pthread_join(l->threads[i], NULL);
        if (l->fd >= 0)
                (void)unlinkat(l->folder, "dondoc.sock", 0);
        dd_fd_close(&l->fd);
        dd_fd_close(&l->stop);
        dd_fd_close(&l->folder);
        free(l);
}
