/* Put in front of the C library (LD_PRELOAD): writing to the data files fails with the error whose name stands in the
 * file that FAULTIO names; an empty or missing file: all is well. FAULTFS=nfs: every folder seems to lie on NFS. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

static int
fault(int fd)
{
        static const struct {
                const char *name;
                int code;
        } codes[] = {
                { "ENOSPC", ENOSPC }, { "EROFS", EROFS }, { "EDQUOT", EDQUOT }, { "EFBIG", EFBIG }, { "EIO", EIO }
        };
        const char *control = getenv("FAULTIO");
        char link[64], path[4096], word[16] = "";
        int saved = errno;
        ssize_t n;

        if (control == NULL)
                return 0; /* a sandboxed child has no environment, and may not look around */
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        n = readlink(link, path, sizeof path - 1);
        path[n > 0 ? n : 0] = '\0';
        if (strstr(path, "dondoc.db") == NULL)
                return 0;
        int f = open(control, O_RDONLY | O_CLOEXEC);
        n = f < 0 ? 0 : read(f, word, sizeof word - 1);
        if (f >= 0)
                close(f);
        errno = saved;
        for (size_t i = 0; n > 0 && i < sizeof codes / sizeof *codes; i++)
                if (strncmp(word, codes[i].name, strlen(codes[i].name)) == 0)
                        return codes[i].code;
        return 0;
}

#define FRONT(type, name, params, args)                                                                                \
        type name params                                                                                               \
        {                                                                                                              \
                type(*real) params = (type(*) params)dlsym(RTLD_NEXT, #name);                                          \
                int why = fault(fd);                                                                                   \
                if (why != 0) {                                                                                        \
                        errno = why;                                                                                   \
                        return -1;                                                                                     \
                }                                                                                                      \
                return real args;                                                                                      \
        }

FRONT(ssize_t, write, (int fd, const void *p, size_t n), (fd, p, n))
FRONT(ssize_t, pwrite, (int fd, const void *p, size_t n, off_t at), (fd, p, n, at))
FRONT(ssize_t, pwrite64, (int fd, const void *p, size_t n, off64_t at), (fd, p, n, at))
FRONT(int, ftruncate, (int fd, off_t n), (fd, n))
FRONT(int, ftruncate64, (int fd, off64_t n), (fd, n))
FRONT(int, fsync, (int fd), (fd))
FRONT(int, fdatasync, (int fd), (fd))

#define FRONT_FS(name)                                                                                                 \
        int name(const char *path, struct name *ret)                                                                   \
        {                                                                                                              \
                int (*real)(const char *, struct name *) =                                                             \
                    (int (*)(const char *, struct name *))dlsym(RTLD_NEXT, #name);                                     \
                const char *fs = getenv("FAULTFS");                                                                    \
                int rc = real(path, ret);                                                                              \
                if (rc == 0 && fs != NULL && strcmp(fs, "nfs") == 0)                                                   \
                        ret->f_type = 0x6969;                                                                          \
                return rc;                                                                                             \
        }

FRONT_FS(statfs)
FRONT_FS(statfs64)
