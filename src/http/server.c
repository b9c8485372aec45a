/* Start and stop of the server over libmicrohttpd: epoll, a few loop threads, suspended connections. */
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "http_priv.h"

#define CONNECTIONS_MAX 16384
#define FILES_OWN       512                /* descriptors for everything but connections */
#define PARSERS         1                  /* of large bodies: they come seldom, and the loops need the cores */
#define LIBRARY_MEMORY  ((size_t)32 << 10) /* of a connection: header and answer head; our ceilings are below */

/* As many as the system lets us hold, so that neighbours who only hold connections cannot fill the door. */
static unsigned
connections_possible(void)
{
        struct rlimit r;

        if (getrlimit(RLIMIT_NOFILE, &r) != 0)
                return 512;
        if (r.rlim_cur < r.rlim_max && r.rlim_cur < CONNECTIONS_MAX + FILES_OWN) {
                r.rlim_cur = r.rlim_max < CONNECTIONS_MAX + FILES_OWN ? r.rlim_max : CONNECTIONS_MAX + FILES_OWN;
                (void)setrlimit(RLIMIT_NOFILE, &r);
                (void)getrlimit(RLIMIT_NOFILE, &r);
        }
        if (r.rlim_cur >= CONNECTIONS_MAX + FILES_OWN)
                return CONNECTIONS_MAX;
        return r.rlim_cur > 2 * FILES_OWN ? (unsigned)r.rlim_cur - FILES_OWN : (unsigned)r.rlim_cur / 2;
}

static void
set_defaults(struct http_config *c)
{
        unsigned possible = connections_possible();

        c->threads = c->threads == 0 ? 2 : c->threads;
        c->connections = c->connections == 0 || c->connections > possible ? possible : c->connections;
        c->connections_per_address = c->connections_per_address == 0 ? 256 : c->connections_per_address;
        c->header_ms = c->header_ms == 0 ? 10000 : c->header_ms;
        c->body_grace_ms = c->body_grace_ms == 0 ? 10000 : c->body_grace_ms;
        c->body_rate = c->body_rate == 0 ? 8192 : c->body_rate;
        c->idle_ms = c->idle_ms == 0 ? 60000 : c->idle_ms;
        c->stop_ms = c->stop_ms == 0 ? 20000 : c->stop_ms;
        c->bodies_in_memory = c->bodies_in_memory == 0 ? (size_t)320 << 20 : c->bodies_in_memory;
}

static void library_log(void *cls, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));

static void
library_log(void *cls, const char *fmt, va_list ap)
{
        char line[256];

        (void)cls;
        vsnprintf(line, sizeof line, fmt, ap);
        dd_log(DD_LOG_DEBUG, "http: %s", line);
}

/* The library would decode the address in place; we decode it ourselves, once. */
static size_t
keep_escapes(void *cls, struct MHD_Connection *mhd, char *s)
{
        (void)cls, (void)mhd;
        return strlen(s);
}

static struct MHD_Daemon *
start_library(struct http_server *s)
{
        const unsigned flags =
            MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_ERROR_LOG;
        unsigned silence = (unsigned)(s->cfg.idle_ms / 1000) + 15; /* only behind the sweeper */

        return MHD_start_daemon(flags, 0, conn_policy, s, call_access, s, MHD_OPTION_EXTERNAL_LOGGER, library_log, NULL,
                                MHD_OPTION_LISTEN_SOCKET, s->listen_fd, MHD_OPTION_THREAD_POOL_SIZE, s->cfg.threads,
                                MHD_OPTION_CONNECTION_LIMIT, s->cfg.connections, MHD_OPTION_CONNECTION_TIMEOUT, silence,
                                MHD_OPTION_CONNECTION_MEMORY_LIMIT, LIBRARY_MEMORY, MHD_OPTION_STRICT_FOR_CLIENT, 1,
                                MHD_OPTION_URI_LOG_CALLBACK, call_new, s, MHD_OPTION_NOTIFY_COMPLETED, call_completed,
                                s, MHD_OPTION_NOTIFY_CONNECTION, conn_notify, s, MHD_OPTION_UNESCAPE_CALLBACK,
                                keep_escapes, NULL, MHD_OPTION_END);
}

static bool
start_sweeper(struct http_server *s)
{
        s->sweeping = pthread_create(&s->sweeper, NULL, conn_sweeper, s) == 0;
        return s->sweeping;
}

static void
end_sweeper(struct http_server *s)
{
        if (!s->sweeping)
                return;
        pthread_mutex_lock(&s->lock);
        s->ending = true;
        pthread_cond_broadcast(&s->wake);
        pthread_mutex_unlock(&s->lock);
        pthread_join(s->sweeper, NULL);
        s->sweeping = false;
}

static void
server_free(struct http_server *s)
{
        end_sweeper(s);
        if (s->daemon != NULL)
                MHD_stop_daemon(s->daemon);
        pool_free(s->parsers);
        dd_fd_close(&s->listen_fd);
        if (s->unlink_path != NULL)
                unlink(s->unlink_path);
        free(s->unlink_path);
        pthread_mutex_destroy(&s->lock);
        pthread_cond_destroy(&s->wake);
        free(s);
}

static struct http_server *
server_new(const struct http_config *config, http_handler handler, void *user)
{
        struct http_server *s = calloc(1, sizeof *s);
        pthread_condattr_t attr;

        if (s == NULL)
                return NULL;
        s->cfg = *config;
        set_defaults(&s->cfg);
        s->handler = handler;
        s->user = user;
        pthread_mutex_init(&s->lock, NULL);
        pthread_condattr_init(&attr);
        pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
        pthread_cond_init(&s->wake, &attr);
        pthread_condattr_destroy(&attr);
        return s;
}

enum dd_err
http_server_start(struct dd_ctx *c, const struct http_config *config, http_handler handler, void *user,
                  struct http_server **ret)
{
        struct http_server *s = server_new(config, handler, user);
        enum dd_err err;

        *ret = NULL;
        if (s == NULL)
                return dd_fail(c, DD_EIO, say(c, "Hết bộ nhớ."));
        signal(SIGPIPE, SIG_IGN); /* a browser that leaves must not end the server */
        err = listen_open(c, s);
        if (err == DD_OK && (s->parsers = pool_new(PARSERS, 0)) != NULL && start_sweeper(s))
                s->daemon = start_library(s);
        if (s->daemon == NULL) {
                server_free(s);
                return err != DD_OK ? err : dd_fail(c, DD_EIO, say(c, "Không khởi động được máy chủ HTTP."));
        }
        *ret = s;
        return DD_OK;
}

/* Waits until counter is 0 or the time is over. */
static bool
wait_zero(struct http_server *s, atomic_uint *counter, int64_t until)
{
        while (atomic_load(counter) != 0 && dd_clock_mono_ms() < until) {
                struct timespec t = { .tv_nsec = 3000000 };

                pthread_mutex_lock(&s->lock);
                pthread_cond_broadcast(&s->wake); /* the sweeper closes what became idle */
                pthread_mutex_unlock(&s->lock);
                nanosleep(&t, NULL);
        }
        return atomic_load(counter) == 0;
}

bool
http_server_stop(struct http_server *s)
{
        int64_t until;

        if (s == NULL)
                return true;
        until = dd_clock_mono_ms() + s->cfg.stop_ms;
        MHD_quiesce_daemon(s->daemon);
        atomic_store(&s->stopping, true);
        if (!wait_zero(s, &s->active, until)) {
                atomic_store(&s->killing, true);
                /* A handler that waits holds its connection suspended, and the library cannot be stopped then. */
                if (!wait_zero(s, &s->handling, dd_clock_mono_ms() + 500)) {
                        dd_log(DD_LOG_ERROR, "http: %u request(s) never answered", atomic_load(&s->handling));
                        return false;
                }
        }
        server_free(s);
        return true;
}

int
http_server_port(const struct http_server *s)
{
        return s->port;
}

struct http_stats
http_server_stats(struct http_server *s)
{
        struct http_stats t = {
                .requests = atomic_load(&s->requests),
                .refused = atomic_load(&s->refused),
                .swept = atomic_load(&s->swept),
                .waiting = atomic_load(&s->waiting),
                .body_bytes = atomic_load(&s->body_bytes),
        };

        pthread_mutex_lock(&s->lock);
        t.connections = s->n_conns;
        pthread_mutex_unlock(&s->lock);
        return t;
}
