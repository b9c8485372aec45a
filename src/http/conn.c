/* Connections: how many an address may hold, and the sweeper that closes those too slow. The library's own timeout
 * counts silence only, so one byte a second would hold a connection for ever (STACK section 2). */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/un.h>

#include "http_priv.h"

static void
make_key(const struct sockaddr *addr, uint8_t key[17])
{
        memset(key, 0, 17);
        if (addr == NULL)
                return;
        key[0] = (uint8_t)addr->sa_family;
        if (addr->sa_family == AF_INET) {
                memcpy(key + 1, &((const struct sockaddr_in *)addr)->sin_addr, 4);
        } else if (addr->sa_family == AF_INET6) {
                const uint8_t *b = ((const struct sockaddr_in6 *)addr)->sin6_addr.s6_addr;

                if (IN6_IS_ADDR_V4MAPPED(&((const struct sockaddr_in6 *)addr)->sin6_addr)) {
                        key[0] = AF_INET;
                        memcpy(key + 1, b + 12, 4);
                } else {
                        memcpy(key + 1, b, 8); /* a /64 is one household */
                }
        }
}

/* Thousands may come at once: each looks only at those of its own address. */
static struct conn **
slot_of(struct http_server *s, const uint8_t key[17])
{
        uint64_t h = 0;

        for (int i = 0; i < 17; i++)
                h = (h + key[i]) * 0x9E3779B97F4A7C15u;
        return &s->alike[(h >> 32) & (CONN_SLOTS - 1)];
}

static struct str
address_text(const struct sockaddr *addr, char out[64])
{
        const void *p = NULL;
        int family = addr == NULL ? AF_UNIX : addr->sa_family;

        if (family == AF_INET) {
                p = &((const struct sockaddr_in *)addr)->sin_addr;
        } else if (family == AF_INET6) {
                const struct in6_addr *six = &((const struct sockaddr_in6 *)addr)->sin6_addr;

                p = six;
                if (IN6_IS_ADDR_V4MAPPED(six)) {
                        family = AF_INET;
                        p = six->s6_addr + 12;
                }
        }
        if (p == NULL || inet_ntop(family, p, out, 64) == NULL)
                return S("unix");
        return str_of(out);
}

bool
conn_is_proxy(const struct http_config *cfg, struct str address)
{
        for (size_t i = 0; i < cfg->n_proxies; i++)
                if (str_eq(cfg->proxies[i], address))
                        return true;
        return false;
}

enum MHD_Result
conn_policy(void *cls, const struct sockaddr *addr, socklen_t len)
{
        struct http_server *s = cls;
        uint8_t key[17];
        char text[64];
        unsigned held = 0;

        (void)len;
        make_key(addr, key);
        if (key[0] == 0 || key[0] == AF_UNIX || conn_is_proxy(&s->cfg, address_text(addr, text)))
                return MHD_YES;
        pthread_mutex_lock(&s->lock);
        for (const struct conn *c = *slot_of(s, key); c != NULL; c = c->same_next)
                held += memcmp(c->key, key, sizeof key) == 0;
        pthread_mutex_unlock(&s->lock);
        if (held < s->cfg.connections_per_address)
                return MHD_YES;
        atomic_fetch_add(&s->refused, 1);
        return MHD_NO;
}

void
conn_deadline(struct conn *c, int64_t ms_from_now)
{
        atomic_store(&c->deadline, ms_from_now == NO_DEADLINE ? NO_DEADLINE : dd_clock_mono_ms() + ms_from_now);
}

static struct conn *
conn_open(struct http_server *s, struct MHD_Connection *mhd)
{
        const union MHD_ConnectionInfo *fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
        const union MHD_ConnectionInfo *addr = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
        struct conn *c = calloc(1, sizeof *c);
        const struct sockaddr *peer = addr == NULL ? NULL : addr->client_addr;

        if (c == NULL || fd == NULL) {
                free(c);
                return NULL;
        }
        c->fd = fd->connect_fd;
        make_key(peer, c->key);
        c->address = address_text(peer, c->address_text);
        c->proxy = conn_is_proxy(&s->cfg, c->address);
        if (!str_eq(c->address, S("unix"))) {
                int on = 1;

                /* With Nagle a page beyond one segment waits 40 ms for an acknowledgement. */
                setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        }
        atomic_store(&c->idle, true);
        conn_deadline(c, s->cfg.header_ms);
        pthread_mutex_lock(&s->lock);
        c->next = s->conns;
        if (c->next != NULL)
                c->next->prev = c;
        s->conns = c;
        c->same_at = slot_of(s, c->key);
        c->same_next = *c->same_at;
        if (c->same_next != NULL)
                c->same_next->same_at = &c->same_next;
        *c->same_at = c;
        s->n_conns++;
        pthread_mutex_unlock(&s->lock);
        return c;
}

static void
conn_close(struct http_server *s, struct conn *c)
{
        if (c->call != NULL)
                call_end(c->call);
        pthread_mutex_lock(&s->lock);
        if (c->prev != NULL)
                c->prev->next = c->next;
        else
                s->conns = c->next;
        if (c->next != NULL)
                c->next->prev = c->prev;
        *c->same_at = c->same_next;
        if (c->same_next != NULL)
                c->same_next->same_at = c->same_at;
        s->n_conns--;
        pthread_cond_broadcast(&s->wake);
        pthread_mutex_unlock(&s->lock);
        arena_free(c->arena);
        free(c);
}

void
conn_notify(void *cls, struct MHD_Connection *mhd, void **socket_context, enum MHD_ConnectionNotificationCode what)
{
        if (what == MHD_CONNECTION_NOTIFY_STARTED)
                *socket_context = conn_open(cls, mhd);
        else if (*socket_context != NULL)
                conn_close(cls, *socket_context);
}

/* When the door is nearly full, whoever is slow gives way sooner: behind a full door everybody waits.
 *
 * The library tells us of a close before it closes the descriptor, and that needs our lock: so no descriptor that
 * was given to somebody else is ever shut down here. */
static void
sweep(struct http_server *s)
{
        bool crowded = s->n_conns > s->cfg.connections / 4 * 3;
        int64_t now = dd_clock_mono_ms() + (crowded ? s->cfg.header_ms / 4 * 3 : 0);
        bool stopping = atomic_load(&s->stopping), killing = atomic_load(&s->killing);

        for (struct conn *c = s->conns; c != NULL; c = c->next) {
                bool late = now >= atomic_load(&c->deadline);

                if (c->swept || !(late || killing || (stopping && atomic_load(&c->idle))))
                        continue;
                c->swept = true;
                if (late)
                        atomic_fetch_add(&s->swept, 1);
                shutdown(c->fd, SHUT_RDWR);
        }
}

void *
conn_sweeper(void *server)
{
        struct http_server *s = server;
        int64_t pause = s->cfg.header_ms / 8;

        if (pause > 250)
                pause = 250;
        if (pause < 5)
                pause = 5;
        pthread_mutex_lock(&s->lock);
        while (!s->ending) {
                struct timespec t;

                sweep(s);
                clock_gettime(CLOCK_MONOTONIC, &t);
                t.tv_nsec += (atomic_load(&s->stopping) ? 5 : pause) * 1000000;
                t.tv_sec += t.tv_nsec / 1000000000;
                t.tv_nsec %= 1000000000;
                pthread_cond_timedwait(&s->wake, &s->lock, &t);
        }
        pthread_mutex_unlock(&s->lock);
        return NULL;
}
