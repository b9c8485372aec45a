/* The client and the server of the tests. */
#include "http_testing.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define PATIENCE 8 /* seconds; only a broken server is waited for that long */

void
trial_start(struct trial *t, const struct http_config *config, http_handler handler, void *user)
{
        struct http_config cfg = *config;

        memset(t, 0, sizeof *t);
        t->arena = arena_new(0);
        t->ctx.arena = t->arena;
        if (cfg.listen.n == 0)
                cfg.listen = S("127.0.0.1:0");
        if (http_server_start(&t->ctx, &cfg, handler, user, &t->server) != DD_OK)
                fail_msg("server did not start: %.*s", FMT(t->ctx.err_text));
        t->port = http_server_port(t->server);
}

void
trial_stop(struct trial *t)
{
        assert_true(http_server_stop(t->server));
        arena_free(t->arena);
}

int
trial_connect(const struct trial *t)
{
        struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)t->port) };
        struct timeval patience = { .tv_sec = PATIENCE };
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
        return fd;
}

void
trial_send(int fd, struct str bytes)
{
        while (bytes.n > 0) {
                ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);

                if (n <= 0)
                        return; /* refused early; the reply tells */
                bytes = str_sub(bytes, (size_t)n, bytes.n);
        }
}

static void
split(struct reply *r)
{
        size_t gap = str_find(r->all, S("\r\n\r\n"), 0);
        int64_t status;

        if (!str_starts(r->all, S("HTTP/1.1 ")) || !str_to_i64(str_sub(r->all, 9, 12), &status))
                return;
        r->status = (int)status;
        r->head = str_sub(r->all, 0, gap + 2);
        r->body = str_sub(r->all, gap + 4, r->all.n);
}

static bool
whole(const struct reply *r)
{
        int64_t n;

        return r->status != 0 && r->head.n + 2 <= r->all.n &&
               (!str_to_i64(reply_header(r, "Content-Length"), &n) || r->body.n >= (size_t)n);
}

static struct reply
read_reply(struct trial *t, int fd, bool one)
{
        struct reply r = { 0 };
        AUTO_BUF b = { 0 };
        char chunk[16384];

        for (;;) {
                ssize_t n = recv(fd, chunk, sizeof chunk, 0);

                if (n <= 0) {
                        r.closed = n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
                        break;
                }
                buf_put(&b, chunk, (size_t)n);
                r.all = buf_view(&b);
                split(&r);
                if (one && whole(&r))
                        break;
        }
        r.all = str_dup(t->arena, buf_view(&b));
        split(&r);
        return r;
}

struct reply
trial_read(struct trial *t, int fd)
{
        return read_reply(t, fd, false);
}

struct reply
trial_read_one(struct trial *t, int fd)
{
        return read_reply(t, fd, true);
}

struct reply
trial_talk(struct trial *t, struct str request)
{
        AUTO_FD fd = trial_connect(t);

        trial_send(fd, request);
        return trial_read(t, fd);
}

struct reply
trial_get(struct trial *t, const char *path, const char *more_headers)
{
        return trial_talk(t, str_fmt(t->arena, "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n",
                                     path, more_headers));
}

struct reply
trial_post(struct trial *t, const char *path, const char *type, struct str body)
{
        AUTO_FD fd = trial_connect(t);

        trial_send(fd, str_fmt(t->arena,
                               "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
                               "%s\r\nContent-Length: %zu\r\n\r\n",
                               path, type, body.n));
        trial_send(fd, body);
        return trial_read(t, fd);
}

struct str
reply_header(const struct reply *r, const char *name)
{
        struct str rest = r->head, line;
        size_t n = strlen(name);

        while (str_cut(&rest, '\n', &line))
                if (line.n > n && line.p[n] == ':' && strncasecmp(line.p, name, n) == 0)
                        return str_trim(str_sub(line, n + 1, line.n));
        return STR_NONE;
}
