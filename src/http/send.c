/* From our answer to the library's: security headers on every one, compression, ETag, caching. */
#include <strings.h>
#include <unistd.h>
#include <zlib.h>

#include "http_priv.h"

#define GZIP_FROM 1024
#define GZIP_LONG ((size_t)96 << 10)

/* How hard an answer is pressed, of 9, by what it is. A page of 20 KB at 3 costs 0.3 ms, higher levels save 5 % for
 * twice the time; a long one (a plan under verification, 169 KB: 19.0 for 22.4 KB, 2.3 for 1.2 ms) decides what a first
 * visit weighs. Data are fetched by programs: 272 KB of CSV are 37 KB in 1.7 ms at 1, 25 KB in 4.0 ms at 6. */
static const struct {
        const char *type;
        int level, level_long;
} presses[] = { { "text/html", 3, 6 }, { "text/csv", 1, 1 }, { "application/json", 1, 1 }, { "", 3, 3 } };

static const char csp[] = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                          "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
                          "frame-ancestors 'none'; object-src 'none'; manifest-src 'self'";
static const char csp_untrusted[] = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; "
                                    "frame-ancestors 'none'";

/* Referrer-Policy is same-origin, not no-referrer: under no-referrer browsers send "Origin: null" with a form, and
 * the origin of a change could not be checked on an office network without TLS. Other sites learn nothing either
 * way (ASVS 3.4.5). */
static const struct {
        const char *name, *value;
} always[] = {
        { "X-Content-Type-Options", "nosniff" },
        { "Referrer-Policy", "same-origin" },
        { "Cross-Origin-Opener-Policy", "same-origin" },
        { "Cross-Origin-Resource-Policy", "same-origin" },
        { "Permissions-Policy", "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
                                "magnetometer=(), microphone=(), midi=(), payment=(), usb=()" },
};

static bool
worth_gzip(const char *type)
{
        static const char *const types[] = { "text/",         "application/json",          "application/javascript",
                                             "image/svg+xml", "application/manifest+json", "application/xml" };

        for (size_t i = 0; i < ARRAY_LEN(types); i++)
                if (strncmp(type, types[i], strlen(types[i])) == 0)
                        return true;
        return false;
}

static bool
zero_weight(struct str w)
{
        if (!str_starts(w, S("q=")))
                return false;
        for (size_t i = 2; i < w.n; i++)
                if (w.p[i] != '0' && w.p[i] != '.')
                        return false;
        return true;
}

/* Only by name: "*" alone is no browser of ours. */
static bool
accepts_gzip(const struct http_req *r)
{
        struct str list = http_header(r, "accept-encoding"), item;

        while (str_cut(&list, ',', &item)) {
                struct str name = STR_NONE;

                str_cut(&item, ';', &name);
                name = str_trim(name);
                if (name.n == 4 && strncasecmp(name.p, "gzip", 4) == 0)
                        return !zero_weight(str_trim(item));
        }
        return false;
}

static int
gzip_level(const char *type, size_t n)
{
        size_t i = 0;

        while (strncmp(type, presses[i].type, strlen(presses[i].type)) != 0)
                i++;
        return n < GZIP_LONG ? presses[i].level : presses[i].level_long;
}

static bool
gzip(struct str in, int level, struct dd_buf *ret)
{
        z_stream z = { 0 };
        bool ok;

        if (in.n > UINT32_MAX || deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
                return false;
        ret->cap = deflateBound(&z, (uLong)in.n);
        ret->p = malloc(ret->cap);
        z.next_in = (Bytef *)(uintptr_t)in.p;
        z.avail_in = (uInt)in.n;
        z.next_out = (Bytef *)ret->p;
        z.avail_out = (uInt)ret->cap;
        ok = ret->p != NULL && deflate(&z, Z_FINISH) == Z_STREAM_END;
        ret->n = z.total_out;
        deflateEnd(&z);
        if (!ok)
                buf_free(ret);
        return ok;
}

static bool
knows_etag(const struct http_req *r)
{
        struct str list = http_header(r, "if-none-match"), item;

        while (str_cut(&list, ',', &item)) {
                item = str_trim(item);
                if (str_starts(item, S("W/")))
                        item = str_sub(item, 2, item.n);
                if (item.n >= 2 && str_eq(str_sub(item, 1, item.n - 1), r->res.etag))
                        return true;
        }
        return false;
}

/* ---- the body ------------------------------------------------------------------------------------------ */

static void
give(struct http_call *call, struct dd_buf *b)
{
        call->sent_size = b->n;
        if (b->n == 0)
                call->response = MHD_create_response_from_buffer(0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT);
        else
                call->response = MHD_create_response_from_buffer_with_free_callback(b->n, b->p, buf_drop);
        if (b->n == 0 || call->response == NULL)
                buf_free(b);
        *b = (struct dd_buf){ 0 };
}

static void
give_file(struct http_call *call, struct http_res *res)
{
        call->sent_size = res->fd_size;
        if (res->fd_size == 0) {
                dd_fd_close(&res->fd);
                res->fd = 0;
                give(call, &res->body);
                return;
        }
        call->response = MHD_create_response_from_fd64(res->fd_size, res->fd);
        if (call->response != NULL)
                res->fd = 0; /* the library closes it */
}

static void
give_fixed(struct http_call *call, struct str s)
{
        call->sent_size = s.n;
        call->response = MHD_create_response_from_buffer(s.n, (void *)(uintptr_t)s.p, MHD_RESPMEM_PERSISTENT);
}

static void
add(struct http_call *call, const char *name, const char *value)
{
        MHD_add_response_header(call->response, name, value);
}

/* Chooses the bytes; true when they are compressed. */
static bool
choose_body(struct http_call *call, const char *type)
{
        struct http_res *res = &call->req.res;
        bool zip = worth_gzip(type) && accepts_gzip(&call->req);
        struct dd_buf small = { 0 };

        if (res->fd > 0) {
                give_file(call, res);
        } else if (res->fixed.p != NULL) {
                zip = zip && res->fixed_gzip.p != NULL;
                give_fixed(call, zip ? res->fixed_gzip : res->fixed);
                return zip;
        } else if (zip && res->body.n > GZIP_FROM &&
                   gzip(buf_view(&res->body), gzip_level(type, res->body.n), &small)) {
                buf_free(&res->body);
                give(call, &small);
                return true;
        } else {
                give(call, &res->body);
        }
        return false;
}

static void
add_cache(struct http_call *call)
{
        const struct http_res *res = &call->req.res;
        static const char *const cache[] = {
                [HTTP_NO_STORE] = "no-store",
                [HTTP_REVALIDATE] = "private, no-cache",
                [HTTP_IMMUTABLE] = "public, max-age=31536000, immutable",
        };

        add(call, "Cache-Control", cache[call->status >= 400 ? HTTP_NO_STORE : res->cache]);
        if (res->etag.n != 0)
                add(call, "ETag", str_fmt(call->req.arena, "W/\"%.*s\"", FMT(res->etag)).p);
}

static void
add_headers(struct http_call *call, const char *type, bool zipped)
{
        struct http_req *r = &call->req;
        const struct http_res *res = &r->res;

        if (call->status != 304 && call->status != 204)
                add(call, "Content-Type", type);
        add(call, "Content-Security-Policy", res->untrusted ? csp_untrusted : csp);
        for (size_t i = 0; i < ARRAY_LEN(always); i++)
                add(call, always[i].name, always[i].value);
        if (r->https)
                add(call, "Strict-Transport-Security", "max-age=63072000; includeSubDomains");
        add_cache(call);
        if (worth_gzip(type))
                add(call, "Vary", "Accept-Encoding");
        if (zipped)
                add(call, "Content-Encoding", "gzip");
        for (size_t i = 0; i < res->headers.n; i++)
                add(call, str_c(r->arena, res->headers.v[i].name), str_c(r->arena, res->headers.v[i].value));
        if (res->close || atomic_load(&call->server->stopping))
                add(call, "Connection", "close");
}

/* A page beyond the ceiling of its buffer is not sent in part. */
static void
check_whole(struct http_call *call)
{
        struct http_res *res = &call->req.res;

        if (!res->body.over)
                return;
        dd_log(DD_LOG_ERROR, "http: answer to %.*s beyond its ceiling", FMT(call->req.path));
        buf_free(&res->body);
        res->body = (struct dd_buf){ 0 };
        http_text(&call->req, 500, S("Trang này quá lớn nên không hiển thị được. Hãy lọc bớt rồi thử lại."));
}

void
send_prepare(struct http_call *call)
{
        struct http_req *r = &call->req;
        struct http_res *res = &r->res;
        const char *type;
        bool zipped = false;

        check_whole(call);
        call->status = res->status == 0 ? 200 : res->status;
        type = res->content_type == NULL ? "text/html; charset=utf-8" : res->content_type;
        if (call->status == 200 && r->method == HTTP_GET && res->etag.n != 0 && knows_etag(r)) {
                call->status = 304;
                give_fixed(call, S(""));
        } else {
                zipped = choose_body(call, type);
        }
        if (call->response != NULL)
                add_headers(call, type, zipped);
}
