/* dd_http.h - the server, one request, its answer. The only folder that knows the HTTP library.
 *
 *     static enum http_verdict
 *     page_hello(void *user, struct http_req *r)
 *     {
 *             buf_str(&r->res.body, S("<!doctype html>..."));
 *             return HTTP_DONE;                      (status 200, text/html, no-store are the defaults)
 *     }
 *
 * What reaches a handler is already well formed: the path is decoded UTF-8 without "." or ".." parts, the body was
 * read whole within its ceiling and parsed; everything else was refused before. Rules: SECURITY 2.1 and 3.5,
 * STACK section 2. */
#ifndef DD_HTTP_H
#define DD_HTTP_H

#include "dd_base.h"
#include "dd_field.h"
#include "dd_json.h"

/* ---- request ------------------------------------------------------------------------------------------ */

enum http_method { HTTP_GET, HTTP_POST }; /* HEAD arrives as GET with `head`; all others were answered 405 */
enum http_body { HTTP_BODY_NONE, HTTP_BODY_FORM, HTTP_BODY_JSON };
enum http_verdict {
        HTTP_DONE, /* r->res is the answer */
        HTTP_LATER /* the connection waits; some thread calls http_finish(r) exactly once */
};
enum http_cache {
        HTTP_NO_STORE,   /* pages and API: the default */
        HTTP_REVALIDATE, /* private, asked again with its ETag */
        HTTP_IMMUTABLE   /* a year: only for addresses that carry a hash of the content */
};

/* The answer, filled by the handler. Texts must live as long as the request (its arena) or for ever. */
struct http_res {
        int status;               /* 0 = 200 */
        const char *content_type; /* NULL = "text/html; charset=utf-8" */
        struct dd_buf body;       /* freed by the server */
        struct str fixed;         /* instead of body: bytes that live for ever (embedded assets) */
        struct str fixed_gzip;    /* the same, compressed at build time; STR_NONE = none */
        int fd;                   /* instead of body: > 0 = a file, sent whole and closed by the server */
        uint64_t fd_size;
        enum http_cache cache;
        struct str etag; /* without quotes; answers 304 when the browser has it */
        struct http_fields headers;
        bool untrusted; /* bytes somebody uploaded: CSP sandbox, never rendered with our rights */
        bool close;     /* close the connection behind this answer */
};

struct http_req {
        enum http_method method;
        bool head;
        bool https;           /* the person's side is TLS (configured, or said by a trusted proxy) */
        struct str path;      /* decoded, NFC; begins with '/' */
        struct str raw_query; /* as sent, without '?' */
        struct http_fields query;
        struct http_fields headers; /* names in lower case */
        struct http_fields cookies;
        struct str host;   /* Host header */
        struct str origin; /* our own, "https://host": configured, or made of scheme and Host */
        struct str peer;   /* address of the person, "unix" for the local socket */
        enum http_body body_kind;
        struct http_fields form; /* HTTP_BODY_FORM: text fields */
        struct http_files files; /* HTTP_BODY_FORM: uploaded files */
        struct str body;         /* HTTP_BODY_JSON: the bytes, UTF-8 */
        struct json json;        /* HTTP_BODY_JSON: the tree */
        struct arena *arena;     /* freed when the answer is out; outlives HTTP_LATER */
        struct http_res res;
        void *state;            /* the handler's own, kept until the end */
        struct http_call *call; /* the server's own */
};

struct str http_query(const struct http_req *r, const char *name);  /* first value; STR_NONE when absent */
struct str http_form(const struct http_req *r, const char *name);   /* text field of the body, form or JSON string */
struct str http_header(const struct http_req *r, const char *name); /* name in lower case */
const struct http_file *http_file(const struct http_req *r, const char *name); /* NULL when absent */
bool http_wants_json(const struct http_req *r); /* Accept prefers application/json to text/html */
/* Header Idempotency-Key or form field _key; STR_NONE when absent or not 1..64 characters of [A-Za-z0-9_-]. */
struct str http_idem_key(const struct http_req *r);
/* Header X-CSRF-Token or form field _csrf. */
struct str http_csrf_sent(const struct http_req *r);

/* ---- answer ------------------------------------------------------------------------------------------- */

int http_status(enum dd_err e);      /* 200 401 403 404 409 413 415 422 429 500 503 507 */
const char *http_reason(int status); /* Vietnamese, for the person: "Không tìm thấy" */
/* A header of ours. Control characters in the value become spaces: nothing can be injected. */
void http_set(struct http_req *r, const char *name, struct str value);
/* 303 to a path of this server. Anything that is not "/..." on this host becomes "/": no open redirect. */
void http_redirect(struct http_req *r, struct str path);
/* Download under a Vietnamese name (RFC 6266: ASCII stand-in and UTF-8), nosniff. */
void http_attachment(struct http_req *r, struct str file_name, const char *content_type);
/* Plain answer of one sentence; the last resort when there is no page to show. */
void http_text(struct http_req *r, int status, struct str text);

/* One embedded file, made by tools/embed. `hashed`: the address carries its hash, so it may be kept for a year. */
struct http_asset {
        struct str path;
        const char *type;
        struct str etag;
        struct str plain, gzip;
        bool hashed;
};
void http_send_asset(struct http_req *r, const struct http_asset *asset);

/* Answers a request whose handler returned HTTP_LATER; any thread, once. r belongs to the server afterwards. */
void http_finish(struct http_req *r);

/* ---- server ------------------------------------------------------------------------------------------- */

#define HTTP_BODY_DEFAULT ((size_t)256 << 10)
#define HTTP_BODY_UPLOAD  (((size_t)25 << 20) + ((size_t)64 << 10))
#define HTTP_BODY_REFUSED 0

typedef enum http_verdict (*http_handler)(void *user, struct http_req *r);

/* Every number: 0 = the default in brackets. */
struct http_config {
        struct str listen;         /* "127.0.0.1:8080", "[::1]:8080", port 0 = any free; "unix:/run/dondoc.sock" */
        int listen_fd;             /* > 0: a listening socket somebody opened for us, instead of `listen` */
        struct str origin;         /* "https://dondoc.tinh.gov.vn": what browsers see; empty = scheme and Host */
        bool https;                /* browsers reach us by TLS: HSTS, __Host- cookies */
        const struct str *proxies; /* addresses whose X-Forwarded-For and -Proto are believed; "unix" is one */
        size_t n_proxies;
        unsigned threads;                 /* [2] */
        unsigned connections;             /* all together [16,384], at most what RLIMIT_NOFILE lets us hold */
        unsigned connections_per_address; /* not for proxies [256]; IPv6 counts by /64 */
        int64_t header_ms;                /* a whole header within [10,000] */
        int64_t body_grace_ms;            /* a body must keep pace after [10,000] */
        int64_t body_rate;                /* bytes a second [8,192]; also asked of readers of long answers */
        int64_t idle_ms;                  /* between two requests [60,000] */
        int64_t stop_ms;                  /* graceful stop waits at most [20,000] */
        size_t bodies_in_memory;          /* bytes of all uploads together [320 MiB]; beyond it 503 */
        /* Bytes of body this request may bring; asked after the header, before the body. NULL: HTTP_BODY_DEFAULT.
         * HTTP_BODY_REFUSED: r->res was filled with an answer (who is not signed in uploads nothing). */
        size_t (*body_limit)(void *user, struct http_req *r);
        /* Writes the page of a refusal into r->res (status is set). NULL: one plain sentence. */
        void (*refusal)(void *user, struct http_req *r, int status, struct str message);
        /* After the answer is out, for log and metrics. May be NULL. */
        void (*done)(void *user, const struct http_req *r, int status, int64_t micros);
};

struct http_server;

struct http_stats {
        uint64_t requests, refused, swept; /* swept: closed for being too slow */
        uint32_t connections, waiting;     /* open now; suspended now */
        uint64_t body_bytes;               /* held for uploads now */
};

/* Starts serving. DD_EINVAL: bad address; DD_EBUSY: the port is taken; DD_EIO. config is copied, its texts are not. */
MUST_CHECK enum dd_err http_server_start(struct dd_ctx *c, const struct http_config *config, http_handler handler,
                                         void *user, struct http_server **ret);
/* Closes the door, lets running requests finish, ends within stop_ms. False when a handler never answered: then its
 * memory stays, and the process should end. NULL allowed. */
bool http_server_stop(struct http_server *s);
int http_server_port(const struct http_server *s); /* 0 for a local socket */
struct http_stats http_server_stats(struct http_server *s);
/* Whether the HTTP library is a version whose hidden faults (NUL, bare LF) can be seen; the set-up check tells. */
bool http_lib_known(void);

#endif
