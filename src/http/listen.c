/* The listening socket: an address with a port, or a local socket. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "http_priv.h"

/* As long as the system allows: who does not fit waits 1, 3, 7 s for the next try of his system. */
#define BACKLOG 65535

union address {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
        struct sockaddr_un local;
};

static bool
parse_port(struct str s, uint16_t *ret)
{
        int64_t port;

        if (!str_to_i64(s, &port) || port < 0 || port > 65535)
                return false;
        *ret = htons((uint16_t)port);
        return true;
}

/* "127.0.0.1:8080", "[::1]:8080" */
static bool
parse_inet(struct arena *a, struct str text, union address *ret, socklen_t *ret_n)
{
        size_t colon = text.n;

        while (colon > 0 && text.p[colon - 1] != ':')
                colon--;
        if (colon < 2)
                return false;
        struct str host = str_sub(text, 0, colon - 1), port = str_sub(text, colon, text.n);
        if (host.p[0] == '[' && host.p[host.n - 1] == ']') {
                ret->v6.sin6_family = AF_INET6;
                *ret_n = sizeof ret->v6;
                return parse_port(port, &ret->v6.sin6_port) &&
                       inet_pton(AF_INET6, str_c(a, str_sub(host, 1, host.n - 1)), &ret->v6.sin6_addr) == 1;
        }
        ret->v4.sin_family = AF_INET;
        *ret_n = sizeof ret->v4;
        return parse_port(port, &ret->v4.sin_port) && inet_pton(AF_INET, str_c(a, host), &ret->v4.sin_addr) == 1;
}

static bool
parse_local(struct str path, union address *ret, socklen_t *ret_n)
{
        if (path.n == 0 || path.n >= sizeof ret->local.sun_path)
                return false;
        ret->local.sun_family = AF_UNIX;
        memcpy(ret->local.sun_path, path.p, path.n);
        *ret_n = sizeof ret->local;
        return true;
}

/* A socket file left by a server that died answers nobody; one that answers is in use. */
static void
remove_stale(const union address *addr, socklen_t n)
{
        AUTO_FD fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

        if (fd >= 0 && connect(fd, &addr->any, n) != 0 && errno == ECONNREFUSED)
                unlink(addr->local.sun_path);
}

static int
bound_port(int fd)
{
        union address addr = { 0 };
        socklen_t n = sizeof addr;

        if (getsockname(fd, &addr.any, &n) != 0)
                return 0;
        return addr.any.sa_family == AF_INET    ? ntohs(addr.v4.sin_port)
               : addr.any.sa_family == AF_INET6 ? ntohs(addr.v6.sin6_port)
                                                : 0;
}

static enum dd_err
open_socket(struct dd_ctx *c, struct http_server *s, const union address *addr, socklen_t n)
{
        bool local = addr->any.sa_family == AF_UNIX;
        int on = 1;
        AUTO_FD fd = socket(addr->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

        if (fd < 0)
                return dd_fail(c, DD_EIO, say(c, "Không mở được cổng mạng: %s."), strerror(errno));
        if (local)
                remove_stale(addr, n);
        else
                setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        if (bind(fd, &addr->any, n) != 0 || listen(fd, BACKLOG) != 0) {
                if (errno == EADDRINUSE)
                        return dd_fail(c, DD_EBUSY,
                                       say(c, "Địa chỉ %.*s đang có chương trình khác dùng. Hãy chọn cổng khác."),
                                       FMT(s->cfg.listen));
                return dd_fail(c, DD_EIO, say(c, "Không phục vụ được ở %.*s: %s."), FMT(s->cfg.listen),
                               strerror(errno));
        }
        if (local) {
                chmod(addr->local.sun_path, 0660);
                s->unlink_path = strdup(addr->local.sun_path);
        }
        s->listen_fd = fd;
        fd = -1;
        return DD_OK;
}

enum dd_err
listen_open(struct dd_ctx *c, struct http_server *s)
{
        union address addr = { 0 };
        socklen_t n = 0;
        struct str at = s->cfg.listen;
        bool good;

        if (s->cfg.listen_fd > 0) {
                s->listen_fd = s->cfg.listen_fd;
        } else {
                good = str_starts(at, S("unix:")) ? parse_local(str_sub(at, 5, at.n), &addr, &n)
                                                  : parse_inet(c->arena, at, &addr, &n);
                if (!good)
                        return dd_fail(
                            c, DD_EINVAL,
                            say(c, "“%.*s” không phải là địa chỉ phục vụ. Hãy ghi như 127.0.0.1:8080, [::1]:8080 "
                                   "hoặc unix:/run/dondoc.sock."),
                            FMT(at));
                TRY(open_socket(c, s, &addr, n));
        }
        s->port = bound_port(s->listen_fd);
        return DD_OK;
}
