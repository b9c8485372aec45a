/* The life of one request: request line, header, body, handler, answer, end. All of it runs in the loop thread that
 * owns the connection, but for http_finish. */
#include <time.h>

#include "http_priv.h"

#define ARENA_KEEP ((size_t)256 << 10) /* a connection keeps no more between requests */
#define ANSWER_MS  30000               /* to take an answer, and body_rate beyond it */

static int64_t
micros(void)
{
        struct timespec t;

        clock_gettime(CLOCK_MONOTONIC, &t);
        return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void *
call_new(void *cls, const char *uri, struct MHD_Connection *mhd)
{
        struct http_server *s = cls;
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
        struct conn *conn = info == NULL ? NULL : info->socket_context;
        struct http_call *call;
        size_t n = strnlen(uri, URI_MAX + 1);

        if (conn == NULL)
                return NULL;
        if (conn->call != NULL)
                call_end(conn->call);
        if (conn->arena == NULL)
                conn->arena = arena_new(0);
        call = arena_alloc(conn->arena, sizeof *call);
        call->req.arena = conn->arena;
        call->req.call = call;
        call->req.path = S("/");
        call->req.host = call->req.origin = call->req.raw_query = S("");
        call->req.peer = conn->address;
        call->server = s;
        call->conn = conn;
        call->mhd = mhd;
        call->refuse = n > URI_MAX ? 414 : 0;
        call->uri = str_dup(conn->arena, (struct str){ uri, n > URI_MAX ? 0 : n });
        call->started_us = micros();
        conn->call = call;
        atomic_store(&conn->idle, false);
        conn_deadline(conn, s->cfg.header_ms);
        atomic_fetch_add(&s->active, 1);
        atomic_fetch_add(&s->requests, 1);
        return call;
}

void
call_end(struct http_call *call)
{
        struct http_server *s = call->server;
        struct conn *conn = call->conn;

        if (call->phase == CALL_WAIT || call->phase == CALL_PARSE)
                atomic_fetch_sub(&s->handling, 1);
        if (s->cfg.done != NULL)
                s->cfg.done(s->user, &call->req, call->status, micros() - call->started_us);
        if (call->response != NULL)
                MHD_destroy_response(call->response);
        body_free(call);
        buf_free(&call->req.res.body);
        if (call->req.res.fd > 0)
                dd_fd_close(&call->req.res.fd);
        conn->call = NULL;
        if (arena_used(conn->arena) > ARENA_KEEP) {
                arena_free(conn->arena);
                conn->arena = NULL;
        } else {
                arena_reset(conn->arena);
        }
        atomic_store(&conn->idle, true);
        conn_deadline(conn, s->cfg.idle_ms);
        atomic_fetch_sub(&s->active, 1);
}

void
call_completed(void *cls, struct MHD_Connection *mhd, void **state, enum MHD_RequestTerminationCode why)
{
        (void)cls, (void)mhd, (void)why;
        if (*state != NULL)
                call_end(*state);
        *state = NULL;
}

/* Called by both who must be done: the loop that suspended, and the thread that worked. */
static void
resume(struct http_call *call)
{
        if (atomic_fetch_add(&call->gate, 1) == 1)
                MHD_resume_connection(call->mhd);
}

/* ---- answering ----------------------------------------------------------------------------------------- */

static enum MHD_Result
queue(struct http_call *call)
{
        enum MHD_Result ok;

        if (call->response == NULL)
                send_prepare(call);
        if (call->response == NULL)
                return MHD_NO;
        ok = MHD_queue_response(call->mhd, (unsigned)call->status, call->response);
        MHD_destroy_response(call->response);
        call->response = NULL;
        call->phase = CALL_SENT;
        conn_deadline(call->conn, ANSWER_MS + (int64_t)call->sent_size * 1000 / call->server->cfg.body_rate);
        return ok;
}

static enum MHD_Result
refuse(struct http_call *call, int status, const char *text, bool close)
{
        struct http_req *r = &call->req;
        const struct http_config *cfg = &call->server->cfg;

        atomic_fetch_add(&call->server->refused, 1);
        buf_reset(&r->res.body);
        r->res.status = status;
        if (cfg->refusal != NULL)
                cfg->refusal(call->server->user, r, status, str_of(text));
        else
                http_text(r, status, str_of(text));
        r->res.close = r->res.close || close;
        return queue(call);
}

/* The connection is left alone until the other side of the gate comes. */
static enum MHD_Result
suspend(struct http_call *call)
{
        MHD_suspend_connection(call->mhd);
        resume(call);
        return MHD_YES;
}

static enum MHD_Result
handle(struct http_call *call)
{
        struct http_server *s = call->server;

        atomic_fetch_add(&s->handling, 1);
        if (atomic_load(&s->killing)) {
                atomic_fetch_sub(&s->handling, 1);
                return refuse(call, 503, "Máy chủ đang dừng. Hãy thử lại sau ít phút.", true);
        }
        conn_deadline(call->conn, NO_DEADLINE);
        if (s->handler(s->user, &call->req) == HTTP_DONE) {
                atomic_fetch_sub(&s->handling, 1);
                return queue(call);
        }
        call->phase = CALL_WAIT;
        atomic_fetch_add(&s->waiting, 1);
        return suspend(call);
}

void
http_finish(struct http_req *r)
{
        struct http_call *call = r->call;

        send_prepare(call); /* compression happens here, not in the loop */
        atomic_fetch_sub(&call->server->waiting, 1);
        resume(call);
}

static void
parse(struct http_call *call)
{
        struct dd_ctx c = { .arena = call->req.arena };

        if (body_parse(call, &c) == DD_OK)
                return;
        call->drain_status = http_status(c.err);
        call->drain_text = str_c(c.arena, c.err_text);
}

static void
parse_apart(void *arg)
{
        parse(arg);
        resume(arg);
}

static enum MHD_Result
parsed(struct http_call *call)
{
        if (call->drain_status != 0)
                return refuse(call, call->drain_status, call->drain_text, false);
        return handle(call);
}

/* The body is whole. One beyond the heap takes long to take apart, and this loop has other connections. */
static enum MHD_Result
dispatch(struct http_call *call)
{
        struct http_server *s = call->server;

        if (call->phase == CALL_DRAIN || call->req.method != HTTP_POST)
                return parsed(call);
        if (call->in.fd > 0) {
                call->phase = CALL_PARSE;
                conn_deadline(call->conn, NO_DEADLINE);
                atomic_fetch_add(&s->handling, 1);
                if (pool_submit(s->parsers, parse_apart, call) == DD_OK)
                        return suspend(call);
                atomic_fetch_sub(&s->handling, 1);
                call->phase = CALL_BODY;
        }
        parse(call);
        return parsed(call);
}

/* The header is whole. */
static enum MHD_Result
begin(struct http_call *call, const char *method, const char *version)
{
        const char *text = "";
        int status = request_read(call, method, version, &text);

        if (status != 0)
                return refuse(call, status, text, true);
        call->phase = CALL_BODY;
        if (call->req.method == HTTP_POST && call->content_length != 0) {
                status = body_begin(call, &text);
                if (status != 0)
                        return refuse(call, status, text, true);
                if (call->phase == CALL_READY)
                        return queue(call);
        }
        return MHD_YES;
}

enum MHD_Result
call_access(void *cls, struct MHD_Connection *mhd, const char *url, const char *method, const char *version,
            const char *data, size_t *data_size, void **state)
{
        struct http_call *call = *state;
        const char *text = "";
        int status;

        (void)cls, (void)mhd, (void)url;
        if (call == NULL)
                return MHD_NO;
        switch (call->phase) {
        case CALL_NEW:
                return begin(call, method, version);
        case CALL_BODY:
        case CALL_DRAIN:
                if (*data_size == 0)
                        return dispatch(call);
                status = body_add(call, data, *data_size, &text);
                *data_size = 0;
                return status == 0 ? MHD_YES : MHD_NO;
        case CALL_PARSE:
                atomic_fetch_sub(&call->server->handling, 1);
                atomic_store(&call->gate, 0);
                call->phase = CALL_BODY;
                return parsed(call);
        case CALL_WAIT:
                atomic_fetch_sub(&call->server->handling, 1);
                call->phase = CALL_READY;
                return queue(call);
        case CALL_READY:
        case CALL_SENT:
                break;
        }
        return MHD_NO;
}
