/* Takes the place of pdftotext in helper_test: does what its paper names and prints "errno=N" or "ESCAPED". */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static char word[256];

static long
opened(const char *path, int flags)
{
        return open(path, flags, 0600);
}

/* Of a path in the paper: "open /etc/passwd". */
static long
try_open(void)
{
        return opened(word + 5, O_RDONLY);
}

static long
try_create(void)
{
        return opened("/tmp/dondoc-helper-escape", O_WRONLY | O_CREAT);
}

static long
try_overwrite(void)
{
        return opened("/dev/null", O_RDWR);
}

static long
try_paper(void)
{
        return write(STDIN_FILENO, "x", 1); /* sealed */
}

static long
try_socket(void)
{
        return socket(AF_INET, SOCK_DGRAM, 0);
}

static long
try_unix(void)
{
        return socket(AF_UNIX, SOCK_STREAM, 0);
}

static long
try_connect(void)
{
        struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(80) };

        return connect(STDOUT_FILENO, (struct sockaddr *)&to, sizeof to);
}

static long
try_exec(void)
{
        char *const argv[] = { (char[]){ "true" }, NULL };

        return execve("/bin/true", argv, (char *[]){ NULL });
}

/* Even the one program there is: the word that let it in is gone. */
static long
try_again(void)
{
        char *const argv[] = { (char[]){ "again" }, NULL };

        return execve("/proc/self/exe", argv, (char *[]){ NULL });
}

static long
try_fork(void)
{
        pid_t pid = fork();

        if (pid == 0)
                _exit(0);
        return pid;
}

static long
try_wx(void)
{
        return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED
                   ? -1
                   : 1;
}

static long
try_make_exec(void)
{
        void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

        return p == MAP_FAILED ? 1 : mprotect(p, 4096, PROT_READ | PROT_EXEC);
}

static long
try_signal(void)
{
        return kill(getppid(), 0);
}

static long
try_trace(void)
{
        return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
}

static long
try_limits(void)
{
        return chmod("/tmp", 0777);
}

static long
eat_memory(void)
{
        int mib = 0;

        for (volatile char *p; mib < 4096 && (p = malloc((size_t)1 << 20)) != NULL; mib++)
                p[0] = 1;
        printf("mib=%d\n", mib);
        return 0;
}

/* More answer than is allowed. */
static long
flood(void)
{
        static char much[1 << 20];

        for (int i = 0; i < 4096; i++)
                if (write(STDOUT_FILENO, much, sizeof much) < 0)
                        return -1;
        return 1;
}

static long
spin(void)
{
        for (volatile unsigned i = 0;; i++)
                ;
        return 0;
}

static long
look(void)
{
        extern char **environ;
        int open_now = 0, n = 0;

        for (int fd = 0; fd < 64; fd++)
                open_now |= fcntl(fd, F_GETFD) >= 0 ? 1 << (fd < 16 ? fd : 16) : 0;
        for (char **e = environ; *e != NULL; e++)
                n++;
        printf("fds=%x env=%d uid0=%d\n", open_now, n, getuid() == 0);
        return 0;
}

static const struct {
        const char *name;
        long (*attempt)(void);
        int tells; /* says it by itself */
} attempts[] = {
        { "open ", try_open, 0 },      { "create", try_create, 0 }, { "overwrite", try_overwrite, 0 },
        { "paper", try_paper, 0 },     { "socket", try_socket, 0 }, { "unix", try_unix, 0 },
        { "connect", try_connect, 0 }, { "exec", try_exec, 0 },     { "again", try_again, 0 },
        { "fork", try_fork, 0 },       { "wx", try_wx, 0 },         { "make-exec", try_make_exec, 0 },
        { "signal", try_signal, 0 },   { "trace", try_trace, 0 },   { "chmod", try_limits, 0 },
        { "memory", eat_memory, 1 },   { "flood", flood, 0 },       { "spin", spin, 0 },
        { "look", look, 1 },
};

int
main(void)
{
        int fd = open("/proc/self/fd/0", O_RDONLY);
        ssize_t n = fd < 0 ? -1 : read(fd, word, sizeof word - 1);

        if (n <= 0)
                return 9;
        close(fd);
        for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
                if (strncmp(word, attempts[i].name, strlen(attempts[i].name)) != 0)
                        continue;
                errno = 0;
                long got = attempts[i].attempt();

                if (!attempts[i].tells)
                        printf(got == -1 ? "errno=%d\n" : "ESCAPED errno=%d\n", errno);
                return 0;
        }
        printf("well\n");
        return strcmp(word, "fail") == 0 ? 3 : 0;
}
