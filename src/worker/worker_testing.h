/* What the tests of this folder share. */
#ifndef WORKER_TESTING_H
#define WORKER_TESTING_H

#include <setjmp.h> /* cmocka wants these before its own header */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "worker_priv.h"

/* A context, a worker with the given child, and what came of the last job. */
struct bench {
        struct dd_ctx c;
        struct worker *w;
        struct worker_limits limits;
        struct outcome outcome;
        struct draft draft;
};

/* Limits short enough for tests. */
struct worker_limits bench_limits(void);
struct bench *bench_new(void (*child)(const struct child_io *), struct worker_limits limits);
void bench_free(struct bench *b);
/* Runs one job with these bytes and judges it; the code of the verdict, its words in b->c.err_text. */
enum dd_err bench_read(struct bench *b, struct str bytes, int year);
/* By what signal the child of the last job ended; 0: by none. */
int bench_signal(const struct bench *b);
size_t open_files(void); /* descriptors of this process */
void assert_says(const struct bench *b, const char *words);

#endif
