/* http_testing.h - a server on a free loopback port and a client that sends exactly the bytes it is given. */
#ifndef HTTP_TESTING_H
#define HTTP_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after those above */
#include <cmocka.h>

#include "dd_http.h"

struct trial {
        struct http_server *server;
        struct arena *arena;
        struct dd_ctx ctx;
        int port;
};

struct reply {
        int status;      /* 0: no answer */
        bool closed;     /* the server closed the connection */
        struct str head; /* status line and headers */
        struct str body;
        struct str all;
};

void trial_start(struct trial *t, const struct http_config *config, http_handler handler, void *user);
void trial_stop(struct trial *t);
int trial_connect(const struct trial *t);
void trial_send(int fd, struct str bytes);
/* Reads until the server closes; at most a few seconds, then closed = false. */
struct reply trial_read(struct trial *t, int fd);
/* Reads one answer of a connection that stays open. */
struct reply trial_read_one(struct trial *t, int fd);
struct reply trial_talk(struct trial *t, struct str request);
struct reply trial_get(struct trial *t, const char *path, const char *more_headers);
struct reply trial_post(struct trial *t, const char *path, const char *type, struct str body);
struct str reply_header(const struct reply *r, const char *name); /* STR_NONE when absent */

#define assert_str(got, want)                                                                                          \
        do {                                                                                                           \
                struct str got_ = (got), want_ = (want);                                                               \
                if (!str_eq(got_, want_))                                                                              \
                        fail_msg("got “%.*s”, want “%.*s”", FMT(got_), FMT(want_));                                    \
        } while (0)
#define assert_has(text, part)                                                                                         \
        do {                                                                                                           \
                struct str text_ = (text), part_ = (part);                                                             \
                if (!str_has(text_, part_))                                                                            \
                        fail_msg("“%.*s” lacks “%.*s”", FMT(text_), FMT(part_));                                       \
        } while (0)

#endif
