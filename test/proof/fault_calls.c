/* System calls that fail, preloaded into a running server by calls.py: a file both have mapped says which call fails,
 * with what, from which one on. The reader's children inherit it. */
#undef _FILE_OFFSET_BITS /* both names of each call are wanted */
#undef _FORTIFY_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

struct control {
        _Atomic int64_t call, error, at, for_ever, seen, failed;
};

enum {
        OPEN = 1,
        READ,
        WRITE,
        PREAD,
        PWRITE,
        SYNC,
        TRUNCATE,
        FORK,
        PIPE,
        SOCKETPAIR,
        ACCEPT,
        MEMFD,
        MAP,
        SEND,
        RECEIVE,
        REMOVE,
        THREAD
};

static struct control *control;

__attribute__((constructor)) static void
begin(void)
{
        const char *path = getenv("DONDOC_FAULTS");
        int fd = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
        void *p = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

        if (p != MAP_FAILED)
                control = p;
        if (fd >= 0)
                close(fd);
}

static int
fails(int call)
{
        if (control == NULL || atomic_load(&control->call) != call)
                return 0;
        int64_t n = atomic_fetch_add(&control->seen, 1) + 1, at = atomic_load(&control->at);
        if (n != at && !(n > at && atomic_load(&control->for_ever)))
                return 0;
        atomic_fetch_add(&control->failed, 1);
        errno = (int)atomic_load(&control->error);
        return 1;
}

#define CALL(type, name, kind, bad, formal, actual)                                                                    \
        type name formal;                                                                                              \
        type name formal                                                                                               \
        {                                                                                                              \
                static type(*real) formal;                                                                             \
                if (fails(kind))                                                                                       \
                        return bad;                                                                                    \
                if (real == NULL)                                                                                      \
                        *(void **)&real = dlsym(RTLD_NEXT, #name);                                                     \
                return real actual;                                                                                    \
        }

CALL(ssize_t, read, READ, -1, (int fd, void *p, size_t n), (fd, p, n))
CALL(ssize_t, write, WRITE, -1, (int fd, const void *p, size_t n), (fd, p, n))
CALL(ssize_t, pread, PREAD, -1, (int fd, void *p, size_t n, off_t at), (fd, p, n, at))
CALL(ssize_t, pread64, PREAD, -1, (int fd, void *p, size_t n, off64_t at), (fd, p, n, at))
CALL(ssize_t, pwrite, PWRITE, -1, (int fd, const void *p, size_t n, off_t at), (fd, p, n, at))
CALL(ssize_t, pwrite64, PWRITE, -1, (int fd, const void *p, size_t n, off64_t at), (fd, p, n, at))
CALL(int, fsync, SYNC, -1, (int fd), (fd))
CALL(int, fdatasync, SYNC, -1, (int fd), (fd))
CALL(int, ftruncate, TRUNCATE, -1, (int fd, off_t n), (fd, n))
CALL(int, ftruncate64, TRUNCATE, -1, (int fd, off64_t n), (fd, n))
CALL(pid_t, fork, FORK, -1, (void), ())
CALL(int, pipe2, PIPE, -1, (int fds[2], int flags), (fds, flags))
CALL(int, socketpair, SOCKETPAIR, -1, (int a, int b, int c, int fds[2]), (a, b, c, fds))
CALL(int, accept4, ACCEPT, -1, (int fd, struct sockaddr *a, socklen_t *n, int flags), (fd, a, n, flags))
CALL(int, memfd_create, MEMFD, -1, (const char *name, unsigned flags), (name, flags))
CALL(ssize_t, send, SEND, -1, (int fd, const void *p, size_t n, int flags), (fd, p, n, flags))
CALL(ssize_t, sendmsg, SEND, -1, (int fd, const struct msghdr *m, int flags), (fd, m, flags))
CALL(ssize_t, recv, RECEIVE, -1, (int fd, void *p, size_t n, int flags), (fd, p, n, flags))
CALL(ssize_t, recvmsg, RECEIVE, -1, (int fd, struct msghdr *m, int flags), (fd, m, flags))
CALL(int, unlink, REMOVE, -1, (const char *path), (path))
CALL(void *, mmap64, MAP, MAP_FAILED, (void *a, size_t n, int prot, int flags, int fd, off64_t at),
     (a, n, prot, flags, fd, at))

#define OPENER(name)                                                                                                   \
        int name(const char *path, int flags, ...);                                                                    \
        int name(const char *path, int flags, ...)                                                                     \
        {                                                                                                              \
                static int (*real)(const char *, int, ...);                                                            \
                va_list ap;                                                                                            \
                mode_t mode = 0;                                                                                       \
                if (fails(OPEN))                                                                                       \
                        return -1;                                                                                     \
                if (real == NULL)                                                                                      \
                        *(void **)&real = dlsym(RTLD_NEXT, #name);                                                     \
                if ((flags & O_CREAT) != 0) {                                                                          \
                        va_start(ap, flags);                                                                           \
                        mode = va_arg(ap, mode_t);                                                                     \
                        va_end(ap);                                                                                    \
                }                                                                                                      \
                return real(path, flags, mode);                                                                        \
        }
OPENER(open)
OPENER(open64)
