/* The body: small ones on the heap, larger ones in a memfd, read whole within a ceiling, then parsed. Uploaded files
 * end in sealed memfds of their own: nothing of a document touches a disk before it was judged, and a child gets the
 * document alone, without the form around it. */
#include <errno.h>
#include <fcntl.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

#include "dd_text.h"
#include "http_priv.h"

#define DRAIN_MAX  ((size_t)64 << 20) /* read and thrown away so that the refusal can be read */
#define COPY_CHUNK ((size_t)1 << 20)

static struct str
type_only(struct str header)
{
        struct str type = STR_NONE;

        str_cut(&header, ';', &type);
        return str_trim(type);
}

static bool
type_is(struct str header, const char *want)
{
        struct str t = type_only(header);

        return t.n == strlen(want) && strncasecmp(t.p, want, t.n) == 0;
}

static bool
is_multipart(const struct http_req *r)
{
        return type_is(http_header(r, "content-type"), "multipart/form-data");
}

static bool
is_json(const struct http_req *r)
{
        return type_is(http_header(r, "content-type"), "application/json");
}

static bool
is_urlencoded(const struct http_req *r)
{
        return type_is(http_header(r, "content-type"), "application/x-www-form-urlencoded");
}

static void
unbook(struct http_call *call)
{
        if (call->in.booked != 0)
                atomic_fetch_sub(&call->server->body_bytes, call->in.booked);
        call->in.booked = 0;
}

static int
drain(struct http_call *call, int status, const char *text)
{
        call->phase = CALL_DRAIN;
        call->drain_status = status;
        call->drain_text = text;
        buf_free(&call->in.heap);
        dd_fd_close(&call->in.fd);
        call->in.fd = 0;
        unbook(call);
        return 0;
}

/* A browser shows the refusal only if it could send its body; a far too long one is cut off. */
static int
reject(struct http_call *call, int status, const char *text, const char **ret_text)
{
        if (call->content_length <= (int64_t)DRAIN_MAX)
                return drain(call, status, text);
        *ret_text = text;
        return status;
}

static const char *
too_big(struct http_call *call)
{
        size_t limit = call->in.limit;

        if (limit >= (size_t)1 << 20)
                return str_fmt(call->req.arena, "Nội dung gửi lên quá lớn: tối đa %zu MB. Hãy gửi tệp nhỏ hơn.",
                               limit >> 20)
                    .p;
        return str_fmt(call->req.arena, "Nội dung gửi lên quá lớn: tối đa %zu KB.", limit >> 10).p;
}

static bool
book(struct http_call *call, size_t n)
{
        struct http_server *s = call->server;

        call->in.booked += n;
        return atomic_fetch_add(&s->body_bytes, n) + n <= s->cfg.bodies_in_memory;
}

static const char busy_text[] = "Máy chủ đang nhận nhiều tệp cùng lúc. Hãy thử lại sau ít phút; chưa có gì được lưu.";

int
body_begin(struct http_call *call, const char **ret_text)
{
        struct http_req *r = &call->req;
        const struct http_config *cfg = &call->server->cfg;

        call->phase = CALL_BODY;
        call->in.start = dd_clock_mono_ms();
        conn_deadline(call->conn, cfg->body_grace_ms);
        call->in.limit = cfg->body_limit == NULL ? HTTP_BODY_DEFAULT : cfg->body_limit(call->server->user, r);
        if (call->in.limit == HTTP_BODY_REFUSED) {
                r->res.close = true;
                call->phase = CALL_READY;
                return 0;
        }
        if (!is_multipart(r) && !is_json(r) && !is_urlencoded(r))
                return reject(call, 415, "Kiểu nội dung gửi lên không được hỗ trợ (cần biểu mẫu hoặc JSON).", ret_text);
        if (!is_multipart(r) && call->in.limit > BODY_TEXT)
                call->in.limit = BODY_TEXT;
        if (call->content_length > (int64_t)call->in.limit)
                return reject(call, 413, too_big(call), ret_text);
        if (call->content_length > (int64_t)BODY_HEAP && !book(call, (size_t)call->content_length))
                return reject(call, 503, busy_text, ret_text);
        return 0;
}

static bool
write_all(int fd, const char *p, size_t n)
{
        while (n > 0) {
                ssize_t done = write(fd, p, n);

                if (done < 0 && errno == EINTR)
                        continue;
                if (done <= 0)
                        return false;
                p += done;
                n -= (size_t)done;
        }
        return true;
}

static int
new_memfd(void)
{
        return memfd_create("dondoc-upload", MFD_CLOEXEC | MFD_ALLOW_SEALING);
}

static bool
store(struct http_call *call, const char *data, size_t n)
{
        struct http_body_in *in = &call->in;

        if (in->fd == 0 && in->heap.n + n <= BODY_HEAP) {
                buf_put(&in->heap, data, n);
                return !in->heap.over;
        }
        if (in->fd == 0) {
                in->fd = new_memfd();
                if (in->fd < 0 || !write_all(in->fd, in->heap.p, in->heap.n))
                        return false;
                buf_free(&in->heap);
        }
        return write_all(in->fd, data, n);
}

/* The pace asked of a sender: rate bytes a second once the grace is over, and never long silence. */
static void
pace(struct http_call *call)
{
        const struct http_config *cfg = &call->server->cfg;
        int64_t earned = (int64_t)call->in.n * 1000 / cfg->body_rate, now = dd_clock_mono_ms();
        int64_t until = call->in.start + (earned > cfg->body_grace_ms ? earned : cfg->body_grace_ms);

        conn_deadline(call->conn, (until - now < cfg->idle_ms ? until - now : cfg->idle_ms));
}

int
body_add(struct http_call *call, const char *data, size_t n, const char **ret_text)
{
        struct http_body_in *in = &call->in;

        in->n += n;
        pace(call);
        if (call->phase == CALL_DRAIN)
                return in->n > DRAIN_MAX ? -1 : 0;
        if (in->n > in->limit)
                return reject(call, 413, too_big(call), ret_text);
        if (in->n > BODY_HEAP && in->n > in->booked && !book(call, in->n - in->booked))
                return reject(call, 503, busy_text, ret_text);
        if (!store(call, data, n))
                return reject(call, 503, busy_text, ret_text);
        return 0;
}

/* ---- parsing ------------------------------------------------------------------------------------------- */

static bool
slice(struct http_call *call, struct str *ret)
{
        struct http_body_in *in = &call->in;
        void *p;

        if (in->fd == 0) {
                *ret = buf_view(&in->heap);
                return true;
        }
        p = mmap(NULL, in->n, PROT_READ, MAP_SHARED, in->fd, 0);
        if (p == MAP_FAILED)
                return false;
        in->map = p;
        *ret = (struct str){ p, in->n };
        return true;
}

/* Gives the pages of the body back as soon as they were copied, so that an upload is never held twice. */
static void
give_back(struct http_call *call, size_t from, size_t to)
{
        const size_t page = 4096;

        from = (from + page - 1) & ~(page - 1);
        to &= ~(page - 1);
        if (call->in.fd > 0 && from < to &&
            fallocate(call->in.fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)from, (off_t)(to - from)) != 0)
                return; /* only memory is lost, and only for a moment */
}

static bool
file_detach(struct http_call *call, struct http_file *f)
{
        size_t base = call->in.map == NULL ? 0 : (size_t)(f->bytes.p - call->in.map);
        int fd = new_memfd();
        void *p;

        f->fd = fd;
        if (fd < 0)
                return false;
        for (size_t at = 0; at < f->bytes.n; at += COPY_CHUNK) {
                struct str piece = str_sub(f->bytes, at, at + COPY_CHUNK);

                if (!write_all(fd, piece.p, piece.n))
                        return false;
                give_back(call, base + at, base + at + piece.n);
        }
        if (fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0)
                return false;
        if (f->bytes.n == 0) {
                f->bytes = S("");
                return true;
        }
        p = mmap(NULL, f->bytes.n, PROT_READ, MAP_PRIVATE, fd, 0);
        if (p == MAP_FAILED)
                return false;
        f->bytes.p = p;
        return true;
}

static void
body_drop(struct http_call *call)
{
        if (call->in.map != NULL)
                munmap(call->in.map, call->in.n);
        call->in.map = NULL;
        dd_fd_close(&call->in.fd);
        call->in.fd = 0;
        buf_free(&call->in.heap);
}

static enum dd_err
parse_multipart(struct http_call *call, struct dd_ctx *c, struct str body)
{
        struct http_req *r = &call->req;
        struct http_files files = { 0 };

        TRY(field_parse_multipart(c, http_header(r, "content-type"), body, &r->form, &files));
        for (size_t i = 0; i < files.n; i++) {
                /* Into the request one by one: body_free closes what is there. */
                *VEC_PUSH(r->arena, &r->files) = (struct http_file){ .bytes = S(""), .fd = -1 };
                if (!file_detach(call, &files.v[i])) {
                        dd_fd_close(&files.v[i].fd);
                        r->files.n--;
                        return dd_fail(c, DD_EBUSY, "%s", busy_text);
                }
                r->files.v[i] = files.v[i];
        }
        body_drop(call);
        return DD_OK;
}

static enum dd_err
parse_json(struct http_call *call, struct dd_ctx *c, struct str body)
{
        struct http_req *r = &call->req;

        r->body = body;
        r->body_kind = HTTP_BODY_JSON;
        enum dd_err e = json_parse(r->arena, body, BODY_TEXT, &r->json);
        if (e == DD_EBUSY)
                return dd_fail(c, e, "%s", busy_text);
        if (e != DD_OK)
                return dd_fail(c, DD_EINVAL,
                               say(c, "Nội dung JSON gửi lên sai cú pháp hoặc không đúng bảng mã UTF-8."));
        return DD_OK;
}

enum dd_err
body_parse(struct http_call *call, struct dd_ctx *c)
{
        struct http_req *r = &call->req;
        struct str body;

        if (!slice(call, &body))
                return dd_fail(c, DD_EBUSY, "%s", busy_text);
        if (body.n == 0 && !is_urlencoded(r))
                return DD_OK;
        if (is_json(r))
                return parse_json(call, c, body);
        r->body_kind = HTTP_BODY_FORM;
        if (is_multipart(r))
                return parse_multipart(call, c, body);
        return field_parse_urlencoded(c, body, &r->form);
}

void
body_free(struct http_call *call)
{
        struct http_files *f = &call->req.files;

        for (size_t i = 0; i < f->n; i++) {
                if (f->v[i].bytes.n != 0)
                        munmap((void *)(uintptr_t)f->v[i].bytes.p, f->v[i].bytes.n);
                dd_fd_close(&f->v[i].fd);
        }
        f->n = 0;
        body_drop(call);
        unbook(call);
}
