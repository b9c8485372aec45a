#include "tar_priv.h"

#include <errno.h>
#include <unistd.h>

enum { AT_NAME = 0, AT_MODE = 100, AT_SIZE = 124, AT_TIME = 136, AT_SUM = 148, AT_TYPE = 156, AT_MAGIC = 257 };

static unsigned
sum_of(const char head[TAR_BLOCK])
{
        unsigned sum = 0;

        for (int i = 0; i < TAR_BLOCK; i++)
                sum += i >= AT_SUM && i < AT_SUM + 8 ? ' ' : (unsigned char)head[i];
        return sum;
}

static void
octal(char *at, int width, uint64_t v)
{
        char text[32];

        snprintf(text, sizeof text, "%0*llo", width - 1, (unsigned long long)v);
        memcpy(at, text, (size_t)width);
}

void
tar_head(char ret[TAR_BLOCK], const char *name, uint64_t size, int64_t mtime)
{
        memset(ret, 0, TAR_BLOCK);
        memcpy(ret + AT_NAME, name, strnlen(name, 100));
        octal(ret + AT_MODE, 8, 0600);
        octal(ret + 108, 8, 0);
        octal(ret + 116, 8, 0);
        if (size < (uint64_t)1 << 33) {
                octal(ret + AT_SIZE, 12, size);
        } else { /* beyond 8 GiB: base 256, as GNU tar writes it */
                ret[AT_SIZE] = (char)0x80;
                for (int i = 0; i < 8; i++)
                        ret[AT_SIZE + 11 - i] = (char)(size >> (8 * i));
        }
        octal(ret + AT_TIME, 12, mtime > 0 ? (uint64_t)mtime : 0);
        ret[AT_TYPE] = '0';
        memcpy(ret + AT_MAGIC, "ustar\00000", 8);
        octal(ret + AT_SUM, 7, sum_of(ret));
        ret[AT_SUM + 7] = ' ';
}

static bool
number(const char *at, int width, uint64_t *ret)
{
        uint64_t v = 0;

        if ((unsigned char)at[0] == 0x80) {
                for (int i = width - 8; i < width; i++)
                        v = v << 8 | (unsigned char)at[i];
                *ret = v;
                return true;
        }
        for (int i = 0; i < width && at[i] != '\0' && at[i] != ' '; i++) {
                if (at[i] < '0' || at[i] > '7')
                        return false;
                v = v << 3 | (uint64_t)(at[i] - '0');
        }
        *ret = v;
        return true;
}

bool
tar_parse(const char head[TAR_BLOCK], struct tar_entry *ret)
{
        uint64_t sum;

        if (memcmp(head + AT_MAGIC, "ustar", 5) != 0 || (head[AT_TYPE] != '0' && head[AT_TYPE] != '\0') ||
            !number(head + AT_SUM, 8, &sum) || sum != sum_of(head) || !number(head + AT_SIZE, 12, &ret->size))
                return false;
        memcpy(ret->name, head, 100);
        ret->name[100] = '\0';
        return true;
}

bool
tar_read(int fd, void *p, size_t n)
{
        for (size_t done = 0; done < n;) {
                ssize_t got = read(fd, (char *)p + done, n - done);

                if (got < 0 && errno == EINTR)
                        continue;
                if (got <= 0) {
                        errno = got == 0 ? 0 : errno;
                        return false;
                }
                done += (size_t)got;
        }
        return true;
}

bool
tar_write(int fd, const void *p, size_t n)
{
        for (size_t done = 0; done < n;) {
                ssize_t put = write(fd, (const char *)p + done, n - done);

                if (put < 0 && errno == EINTR)
                        continue;
                if (put < 0)
                        return false;
                done += (size_t)put;
        }
        return true;
}

static bool
copy(int out, int in, uint64_t size)
{
        char part[65536];

        while (size > 0) {
                size_t n = size < sizeof part ? (size_t)size : sizeof part;

                if (!tar_read(in, part, n) || !tar_write(out, part, n))
                        return false;
                size -= n;
        }
        return true;
}

bool
tar_copy_in(int out, int in, uint64_t size)
{
        static const char zeros[TAR_BLOCK];

        return copy(out, in, size) && tar_write(out, zeros, (TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK);
}

bool
tar_copy_out(int out, int in, uint64_t size)
{
        char fill[TAR_BLOCK];

        return copy(out, in, size) && tar_read(in, fill, (TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK);
}
