/* What a child that was taken over would try; the text of the paper says which. Linked into sandbox_test alone. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sandbox_testing.h"

/* Each gives -1 and errno when it was refused; anything else is an escape. */
static long
try_open(const struct child_io *io)
{
        (void)io;
        return open("/etc/passwd", O_RDONLY);
}

static long
try_create(const struct child_io *io)
{
        (void)io;
        return open("/tmp/dondoc-escape", O_WRONLY | O_CREAT, 0600);
}

static long
try_mkdir(const struct child_io *io)
{
        (void)io;
        return mkdir("/tmp/dondoc-escape-dir", 0700);
}

static long
try_socket(const struct child_io *io)
{
        (void)io;
        return socket(AF_INET, SOCK_STREAM, 0);
}

static long
try_connect(const struct child_io *io)
{
        struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)io->year) };
        int fd = socket(AF_INET, SOCK_STREAM, 0);

        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return fd < 0 ? -1 : connect(fd, (struct sockaddr *)&to, sizeof to);
}

static long
try_exec(const struct child_io *io)
{
        char *const argv[] = { (char[]){ "true" }, NULL };

        (void)io;
        return execve("/bin/true", argv, (char *[]){ NULL });
}

static long
try_fork(const struct child_io *io)
{
        pid_t pid = fork();

        (void)io;
        if (pid == 0)
                _exit(0);
        return pid;
}

static long
try_wx(const struct child_io *io)
{
        (void)io;
        return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED
                   ? -1
                   : 1;
}

static long
try_make_exec(const struct child_io *io)
{
        void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

        (void)io;
        return p == MAP_FAILED ? 1 : mprotect(p, 4096, PROT_READ | PROT_EXEC);
}

static long
try_signal(const struct child_io *io)
{
        (void)io;
        return kill(getppid(), 0);
}

static long
try_trace(const struct child_io *io)
{
        (void)io;
        return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
}

static long
try_pipe(const struct child_io *io)
{
        int fds[2];

        (void)io;
        return pipe(fds);
}

static void
eat_memory(const struct child_io *io)
{
        char text[64];
        int mib = 0;

        for (volatile char *p; mib < 4096 && (p = malloc((size_t)1 << 20)) != NULL; mib++)
                p[0] = 1;
        snprintf(text, sizeof text, "mib=%d", mib);
        reply_refused(io->out, DD_EFORMAT, str_of(text));
}

static void
eat_arena(const struct child_io *io)
{
        struct arena *a = arena_new(0);

        for (;;)
                memset(arena_alloc(a, (size_t)1 << 20), io->year, (size_t)1 << 20);
}

static void
spin(const struct child_io *io)
{
        for (volatile unsigned i = 0;; i++)
                (void)io;
}

static void
overflow_stack(const struct child_io *io)
{
        volatile char room[65536];

        room[0] = (char)io->year;
        if (room[0] != 127)
                overflow_stack(io);
        room[1] = room[0];
}

static int
by_number(const void *a, const void *b)
{
        return *(const int *)a - *(const int *)b;
}

/* What readers do all day must not be mistaken for an escape. */
static void
work(const struct child_io *io)
{
        enum { COUNT = 300000 };
        int *v = malloc(COUNT * sizeof *v);
        struct arena *a = arena_new(0);
        AUTO_BUF out = { 0 };
        uint32_t chance;

        if (v == NULL)
                return;
        for (int i = 0; i < COUNT; i++)
                v[i] = i * 719 % COUNT;
        qsort(v, COUNT, sizeof *v, by_number);
        for (int i = 0; i < 2000; i++)
                buf_fmt(&out, "%1000d %.3f;", v[i], (double)i / 3);
        dd_random(&chance, sizeof chance);
        dd_log(DD_LOG_INFO, "not seen by anyone");
        free(v);
        reply_refused(io->out, DD_EFORMAT, str_fmt(a, "worked=%zu %d", out.n, strtod("2.5", NULL) > 2));
        arena_free(a);
}

const char *const *
escape_env(void)
{
        static const char *at; /* where the server's environment held the password; survives the fork */

        if (at == NULL)
                at = getenv(ESCAPE_ENV);
        return &at;
}

static void
look_around(const struct child_io *io)
{
        const char *at = *escape_env();
        int open_now = 0;
        char text[128];

        for (int fd = 0; fd < 1024; fd++)
                if (lseek(fd, 0, SEEK_CUR) >= 0 || errno != EBADF)
                        open_now |= fd < 16 ? 1 << fd : 1 << 16;
        snprintf(text, sizeof text, "fds=%x env=%s", open_now,
                 at == NULL || *at != '\0' || getenv(ESCAPE_ENV) != NULL ? "seen" : "gone");
        reply_refused(io->out, DD_EFORMAT, str_of(text));
}

static const struct attempt {
        const char *name;
        long (*attempt)(const struct child_io *);
        void (*whole)(const struct child_io *);
} attempts[] = {
        { "open", try_open, NULL },        { "create", try_create, NULL },   { "mkdir", try_mkdir, NULL },
        { "socket", try_socket, NULL },    { "connect", try_connect, NULL }, { "exec", try_exec, NULL },
        { "fork", try_fork, NULL },        { "wx", try_wx, NULL },           { "make-exec", try_make_exec, NULL },
        { "signal", try_signal, NULL },    { "trace", try_trace, NULL },     { "pipe", try_pipe, NULL },
        { "memory", NULL, eat_memory },    { "arena", NULL, eat_arena },     { "spin", NULL, spin },
        { "stack", NULL, overflow_stack }, { "look", NULL, look_around },    { "work", NULL, work },
};

void
escaping_child(const struct child_io *io)
{
        char text[64];

        for (size_t i = 0; i < ARRAY_LEN(attempts); i++) {
                if (!str_eq(io->bytes, str_of(attempts[i].name)))
                        continue;
                if (attempts[i].whole != NULL) {
                        attempts[i].whole(io);
                        return;
                }
                errno = 0;
                long got = attempts[i].attempt(io);

                snprintf(text, sizeof text, got == -1 ? "errno=%d" : "ESCAPED errno=%d", errno);
                reply_refused(io->out, DD_EFORMAT, str_of(text));
                return;
        }
        reply_refused(io->out, DD_EFORMAT, S("well"));
}
