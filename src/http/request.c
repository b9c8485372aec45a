/* From the library's view of a request to ours: path, query, host, the person's address; and the accessors. */
#include "dd_http.h"

#include <arpa/inet.h>
#include <strings.h>

#include "dd_cookie.h"
#include "dd_text.h"
#include "http_priv.h"

static int
refuse(const char **ret_text, int status, const char *text)
{
        *ret_text = text;
        return status;
}

/* ---- address of the page ------------------------------------------------------------------------------- */

static bool
path_ok(struct str path)
{
        struct str rest = str_sub(path, 1, path.n), part;

        for (size_t i = 0; i < path.n; i++)
                if ((unsigned char)path.p[i] < 0x20 || path.p[i] == 0x7f || path.p[i] == '\\')
                        return false;
        while (str_cut(&rest, '/', &part)) {
                if (str_eq(part, S(".")) || str_eq(part, S("..")))
                        return false;
                if (part.n == 0 && rest.p != NULL)
                        return false; /* "//" */
        }
        return true;
}

static bool
has_escaped_slash(struct str s)
{
        for (size_t i = 0; i + 2 < s.n; i++)
                if (s.p[i] == '%' && s.p[i + 1] == '2' && (s.p[i + 2] | 0x20) == 'f')
                        return true;
        return false;
}

/* "http://host/path" is legal (RFC 9112 3.2.2); its host must be the one of the Host header. */
static bool
strip_authority(const struct http_req *r, struct str *uri)
{
        size_t from = str_starts(*uri, S("http://")) ? 7 : str_starts(*uri, S("https://")) ? 8 : 0;

        if (from == 0)
                return true;
        struct str rest = str_sub(*uri, from, uri->n);
        size_t slash = str_find(rest, S("/"), 0);
        *uri = slash == rest.n ? S("/") : str_sub(rest, slash, rest.n);
        return str_eq(str_sub(rest, 0, slash), r->host);
}

static int
read_uri(struct http_call *call, const char **ret_text)
{
        struct http_req *r = &call->req;
        struct str uri = call->uri, path;
        const char *bad = "Địa chỉ trang không hợp lệ.";
        size_t off, mark;

        if (!strip_authority(r, &uri) || uri.n == 0 || uri.p[0] != '/' || str_has(uri, S("#")))
                return refuse(ret_text, 400, bad);
        mark = str_find(uri, S("?"), 0);
        path = str_sub(uri, 0, mark);
        r->raw_query = mark < uri.n ? str_sub(uri, mark + 1, uri.n) : S("");
        if (has_escaped_slash(path) || !field_unescape(r->arena, path, false, &path) || !utf8_valid(path, &off) ||
            !path_ok(path))
                return refuse(ret_text, 400, bad);
        r->path = text_nfc(r->arena, path);
        struct dd_ctx c = { .arena = r->arena };
        if (field_parse_urlencoded(&c, r->raw_query, &r->query) != DD_OK)
                return refuse(ret_text, 400, str_c(r->arena, c.err_text));
        return 0;
}

/* ---- who asks ------------------------------------------------------------------------------------------ */

static bool
host_ok(struct str h)
{
        if (h.n == 0 || h.n > 255)
                return false;
        for (size_t i = 0; i < h.n; i++) {
                char c = h.p[i];
                bool word = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');

                if (!word && strchr(".-_:[]", c) == NULL)
                        return false;
        }
        return true;
}

static bool
is_address(struct arena *a, struct str s)
{
        uint8_t raw[16];
        const char *text = str_c(a, s);

        return inet_pton(AF_INET, text, raw) == 1 || inet_pton(AF_INET6, text, raw) == 1;
}

/* The last hop that is not one of our proxies: what stands left of it was written by the client itself. */
static struct str
forwarded_for(const struct http_call *call)
{
        const struct http_req *r = &call->req;
        struct str person = call->conn->address;

        for (size_t i = r->headers.n; i > 0; i--) {
                struct str list = r->headers.v[i - 1].value;

                if (!str_eq(r->headers.v[i - 1].name, S("x-forwarded-for")))
                        continue;
                while (list.n > 0) {
                        size_t from = list.n;

                        while (from > 0 && list.p[from - 1] != ',')
                                from--;
                        struct str hop = str_trim(str_sub(list, from, list.n));
                        if (!is_address(r->arena, hop))
                                return person;
                        person = hop;
                        if (!conn_is_proxy(&call->server->cfg, hop))
                                return person;
                        list = str_sub(list, 0, from == 0 ? 0 : from - 1);
                }
        }
        return person;
}

static void
read_peer(struct http_call *call)
{
        struct http_req *r = &call->req;
        const struct http_config *cfg = &call->server->cfg;

        r->https = cfg->https;
        r->peer = call->conn->address;
        if (call->conn->proxy) {
                r->peer = forwarded_for(call);
                if (str_eq(http_header(r, "x-forwarded-proto"), S("https")))
                        r->https = true;
        }
        r->origin = cfg->origin.n != 0 ? cfg->origin
                                       : str_fmt(r->arena, "%s://%.*s", r->https ? "https" : "http", FMT(r->host));
}

static bool
read_method(struct http_call *call, const char *method)
{
        struct http_req *r = &call->req;

        r->head = strcmp(method, "HEAD") == 0;
        r->method = strcmp(method, "POST") == 0 ? HTTP_POST : HTTP_GET;
        return r->head || r->method == HTTP_POST || strcmp(method, "GET") == 0;
}

int
request_read(struct http_call *call, const char *method, const char *version, const char **ret_text)
{
        struct http_req *r = &call->req;
        int status;

        if (call->refuse != 0)
                return refuse(ret_text, call->refuse, "Địa chỉ trang quá dài.");
        status = guard_headers(call, method, version, ret_text);
        if (status != 0)
                return status;
        r->host = http_header(r, "host");
        if (!host_ok(r->host))
                return refuse(ret_text, 400, "Tên máy chủ (Host) không hợp lệ.");
        read_peer(call);
        if (!read_method(call, method)) {
                http_set(r, "Allow", S("GET, HEAD, POST"));
                return refuse(ret_text, 405, "Phương thức này không được hỗ trợ.");
        }
        if (r->method == HTTP_GET && call->content_length != 0)
                return refuse(ret_text, 400, "Yêu cầu xem trang không được kèm nội dung.");
        status = read_uri(call, ret_text);
        if (status != 0)
                return status;
        cookie_parse(r->arena, http_header(r, "cookie"), &r->cookies);
        return 0;
}

/* ---- accessors ----------------------------------------------------------------------------------------- */

struct str
http_query(const struct http_req *r, const char *name)
{
        return field_get(&r->query, name);
}

struct str
http_form(const struct http_req *r, const char *name)
{
        return r->body_kind == HTTP_BODY_JSON ? json_get_str(&r->json, name) : field_get(&r->form, name);
}

struct str
http_header(const struct http_req *r, const char *name)
{
        return field_get(&r->headers, name);
}

const struct http_file *
http_file(const struct http_req *r, const char *name)
{
        struct str want = str_of(name);

        for (size_t i = 0; i < r->files.n; i++)
                if (str_eq(r->files.v[i].field, want))
                        return &r->files.v[i];
        return NULL;
}

bool
http_wants_json(const struct http_req *r)
{
        struct str accept = http_header(r, "accept");
        size_t json = str_find(accept, S("application/json"), 0), html = str_find(accept, S("text/html"), 0);

        return json < accept.n && json < html + (html == accept.n);
}

struct str
http_idem_key(const struct http_req *r)
{
        struct str k = http_header(r, "idempotency-key");

        if (k.p == NULL)
                k = http_form(r, "_key");
        if (k.n == 0 || k.n > 64)
                return STR_NONE;
        for (size_t i = 0; i < k.n; i++) {
                char c = k.p[i];
                bool word = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');

                if (!word && c != '-' && c != '_')
                        return STR_NONE;
        }
        return k;
}

struct str
http_csrf_sent(const struct http_req *r)
{
        struct str t = http_header(r, "x-csrf-token");

        return t.p != NULL ? t : http_form(r, "_csrf");
}
