/* http_priv.h - what the files of this folder share. */
#ifndef HTTP_PRIV_H
#define HTTP_PRIV_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>

#include "dd_http.h"
#include "dd_pool.h"

#define URI_MAX      8192
#define HEADER_MAX   16384
#define HEADER_COUNT 100
#define BODY_HEAP    HTTP_BODY_DEFAULT /* larger bodies wait in a memfd */
#define BODY_TEXT    ((size_t)2 << 20) /* of forms without files and of JSON */
#define NO_DEADLINE  INT64_MAX
#define CONN_SLOTS   1024 /* a power of two */

/* Marks a message for translation, which dd_fail does: the Vietnamese sentence is the key. */
static inline const char *__attribute__((format_arg(2))) say(const struct dd_ctx *c, const char *vietnamese)
{
        (void)c;
        return vietnamese;
}

/* One TCP connection. The loop thread that owns it writes; the sweeper reads deadline and idle. */
struct conn {
        struct conn *next, *prev;
        struct conn *same_next, **same_at; /* those whose key hashes alike, under the server's lock */
        int fd;
        uint8_t key[17]; /* family and address (IPv6: /64), for the cap */
        bool proxy;      /* trusted: no cap, its forwarded headers are believed */
        struct str address;
        char address_text[64];
        _Atomic int64_t deadline; /* dd_clock_mono_ms */
        atomic_bool idle;         /* no request under way */
        bool swept;               /* under the server's lock */
        struct http_call *call;
        struct arena *arena; /* of the request under way */
};

enum call_phase {
        CALL_NEW,   /* the request line is known */
        CALL_BODY,  /* the body arrives */
        CALL_DRAIN, /* the body is thrown away, then refused */
        CALL_PARSE, /* a large body is taken apart by a thread of its own */
        CALL_READY, /* response is set: queue it */
        CALL_WAIT,  /* handed to the handler, not answered */
        CALL_SENT
};

struct http_body_in {
        struct dd_buf heap;
        int fd;   /* memfd, 0 = none */
        size_t n; /* bytes received */
        size_t limit;
        size_t booked; /* of the server's memory for bodies */
        char *map;     /* whole fd, for texts that stay in it */
        int64_t start;
};

struct http_call {
        struct http_req req; /* first: http_req* is http_call* */
        struct http_server *server;
        struct conn *conn;
        struct MHD_Connection *mhd;
        enum call_phase phase;
        struct str uri; /* as sent */
        int refuse;     /* status decided before the first callback; 0 = none */
        struct http_body_in in;
        int64_t content_length; /* -1 = unknown */
        int drain_status;       /* also of a body that could not be parsed */
        const char *drain_text;
        atomic_int gate; /* suspended and finished: the second of both resumes */
        struct MHD_Response *response;
        int status;
        size_t sent_size;
        int64_t started_us;
};

struct http_server {
        struct http_config cfg;
        http_handler handler;
        void *user;
        struct MHD_Daemon *daemon;
        int listen_fd;
        int port;
        char *unlink_path; /* of the local socket */
        pthread_mutex_t lock;
        pthread_cond_t wake;
        pthread_t sweeper;
        bool sweeping;
        struct conn *conns;             /* under lock */
        struct conn *alike[CONN_SLOTS]; /* under lock: by hash of the key */
        struct pool *parsers;           /* of large bodies, so that no page waits behind one */
        uint32_t n_conns;               /* under lock */
        bool ending;                    /* under lock: the sweeper returns */
        atomic_bool stopping, killing;
        atomic_uint active, handling, waiting;
        atomic_ullong requests, refused, swept, body_bytes;
};

/* listen.c */
enum dd_err listen_open(struct dd_ctx *c, struct http_server *s) MUST_CHECK;

/* conn.c */
enum MHD_Result conn_policy(void *cls, const struct sockaddr *addr, socklen_t len);
void conn_notify(void *cls, struct MHD_Connection *mhd, void **socket_context,
                 enum MHD_ConnectionNotificationCode what);
void *conn_sweeper(void *server);
void conn_deadline(struct conn *c, int64_t ms_from_now);
bool conn_is_proxy(const struct http_config *cfg, struct str address);

/* request.c: fills the request from what the library parsed; a status to refuse with, and its text, or 0 */
int request_read(struct http_call *call, const char *method, const char *version, const char **ret_text);
/* guard.c: message boundaries and header syntax, before anything is believed */
int guard_headers(struct http_call *call, const char *method, const char *version, const char **ret_text);
bool guard_is_token(struct str s);

/* body.c */
int body_begin(struct http_call *call, const char **ret_text);
int body_add(struct http_call *call, const char *data, size_t n, const char **ret_text);
enum dd_err body_parse(struct http_call *call, struct dd_ctx *c);
void body_free(struct http_call *call);

/* call.c: the life of a request */
void *call_new(void *cls, const char *uri, struct MHD_Connection *mhd);
enum MHD_Result call_access(void *cls, struct MHD_Connection *mhd, const char *url, const char *method,
                            const char *version, const char *data, size_t *data_size, void **state);
void call_completed(void *cls, struct MHD_Connection *mhd, void **state, enum MHD_RequestTerminationCode why);
void call_end(struct http_call *call);

/* send.c: makes call->response of call->req.res */
void send_prepare(struct http_call *call);

/* field.c */
/* Text as it may be stored: UTF-8 without NUL, "\n" line ends, other controls become spaces, NFC; false: not UTF-8. */
bool field_clean(struct arena *a, struct str raw, struct str *ret);
bool field_name_ok(struct str name);

/* form_value.c */
struct form_reading {
        struct dd_ctx *c;
        const struct form_field *f;
        struct str text; /* cleaned, not trimmed */
        const struct http_file *file;
        void *slot;
};
struct form_field;
bool form_value_read(struct form_reading *g); /* false: a message was recorded */
struct str form_value_text(struct dd_ctx *c, const struct form_field *f, const void *slot);
/* form.c */
struct str form_typed(struct arena *a, const struct form_field *f, const struct http_req *r, size_t *ret_count);

#endif
