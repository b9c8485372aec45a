/* The seams: clock, random, log. Tests replace them by environment, never by a second build. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

#include "dd_base.h"

int64_t
dd_clock_now(void)
{
        const char *fixed = getenv("DONDOC_NOW"); /* frozen clock of tests and of the demo */
        int64_t v;

        if (fixed != NULL && str_to_i64(str_of(fixed), &v))
                return v;
        return (int64_t)time(NULL);
}

int64_t
dd_clock_mono_ms(void)
{
        struct timespec t;

        clock_gettime(CLOCK_MONOTONIC, &t);
        return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
dd_random(void *p, size_t n)
{
        char *at = p;

        while (n > 0) {
                ssize_t got = getrandom(at, n, 0);

                if (got < 0) {
                        if (errno == EINTR)
                                continue;
                        fprintf(stderr, "dondoc: no random numbers from the kernel\n");
                        abort();
                }
                at += got;
                n -= (size_t)got;
        }
}

void
dd_log(enum dd_log_level level, const char *fmt, ...)
{
        char line[1024];
        va_list ap;

        va_start(ap, fmt);
        vsnprintf(line, sizeof line, fmt, ap);
        va_end(ap);
        for (char *p = line; *p != '\0'; p++)
                if (*p == '\n' || *p == '\r')
                        *p = ' ';
        fprintf(stderr, "<%d>%s\n", (int)level, line);
}
