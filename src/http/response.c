/* Helpers that fill an answer. */
#include "dd_http.h"

#include "dd_text.h"
#include "http_priv.h"

int
http_status(enum dd_err e)
{
        static const int status[DD_ERR_MAX] = {
                [DD_OK] = 200,        [DD_EINVAL] = 422,    [DD_EAUTH] = 401,   [DD_EDENIED] = 403,
                [DD_ENOTFOUND] = 404, [DD_ECONFLICT] = 409, [DD_ETOOBIG] = 413, [DD_EFORMAT] = 415,
                [DD_ELIMIT] = 429,    [DD_EBUSY] = 503,     [DD_EFULL] = 507,   [DD_EIO] = 500,
        };

        return (unsigned)e < DD_ERR_MAX ? status[e] : 500;
}

const char *
http_reason(int status)
{
        static const struct {
                int status;
                const char *text;
        } reasons[] = {
                { 200, "Được" },
                { 303, "Chuyển trang" },
                { 304, "Không đổi" },
                { 400, "Yêu cầu không hợp lệ" },
                { 401, "Cần đăng nhập" },
                { 403, "Không có quyền" },
                { 404, "Không tìm thấy" },
                { 405, "Phương thức không được hỗ trợ" },
                { 409, "Dữ liệu đã thay đổi" },
                { 413, "Nội dung quá lớn" },
                { 414, "Địa chỉ quá dài" },
                { 415, "Kiểu tệp không được hỗ trợ" },
                { 417, "Đòi hỏi không đáp ứng được" },
                { 422, "Dữ liệu chưa đúng" },
                { 429, "Quá nhiều yêu cầu" },
                { 431, "Phần đầu yêu cầu quá dài" },
                { 500, "Lỗi máy chủ" },
                { 503, "Máy chủ đang bận" },
                { 507, "Hết chỗ lưu" },
        };

        for (size_t i = 0; i < ARRAY_LEN(reasons); i++)
                if (reasons[i].status == status)
                        return reasons[i].text;
        return status >= 500 ? "Lỗi máy chủ" : "Yêu cầu không thực hiện được";
}

void
http_set(struct http_req *r, const char *name, struct str value)
{
        char *out = arena_alloc(r->arena, value.n + 1);

        for (size_t i = 0; i < value.n; i++)
                out[i] = (unsigned char)value.p[i] < 0x20 || value.p[i] == 0x7f ? ' ' : value.p[i];
        *VEC_PUSH(r->arena, &r->res.headers) = (struct http_field){ .name = str_of(name), .value = { out, value.n } };
}

static bool
is_unreserved(char c)
{
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '.' || c == '_' ||
               c == '~';
}

/* Percent-encodes all but unreserved characters and those of `keep`. */
static struct str
encode(struct arena *a, struct str s, const char *keep)
{
        static const char digits[] = "0123456789ABCDEF";
        char *out = arena_array(a, s.n + 1, 3);
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char)s.p[i];

                if (is_unreserved(s.p[i]) || (c != 0 && c < 0x80 && strchr(keep, s.p[i]) != NULL)) {
                        out[n++] = s.p[i];
                } else {
                        out[n++] = '%';
                        out[n++] = digits[c >> 4];
                        out[n++] = digits[c & 15];
                }
        }
        return (struct str){ out, n };
}

/* A path of this server: one slash, nothing a browser reads as another host ("//x", "/\x"), no control character. */
static bool
is_local(struct str path)
{
        if (path.n == 0 || path.p[0] != '/' || (path.n > 1 && (path.p[1] == '/' || path.p[1] == '\\')))
                return false;
        for (size_t i = 0; i < path.n; i++)
                if ((unsigned char)path.p[i] < 0x20 || path.p[i] == '\\' || path.p[i] == 0x7f)
                        return false;
        return true;
}

void
http_redirect(struct http_req *r, struct str path)
{
        r->res.status = 303;
        buf_reset(&r->res.body);
        http_set(r, "Location", is_local(path) ? encode(r->arena, path, "/?#&=%+,:;@!$'()*") : S("/"));
}

/* ASCII stand-in of one letter: "Đ" gives 'D', "ế" gives 'e'; '_' for the rest. */
static char
ascii_of(struct arena *a, struct str letter)
{
        struct str bare;

        if (letter.n == 1)
                return letter.p[0] < ' ' || letter.p[0] == 0x7f || strchr("\"\\/%:*?<>|", letter.p[0]) != NULL
                           ? '_'
                           : letter.p[0];
        bare = text_fold(a, letter);
        if (bare.n != 1 || bare.p[0] < 'a' || bare.p[0] > 'z')
                return '_';
        return str_eq(text_lower(a, letter), letter) ? bare.p[0] : (char)(bare.p[0] - 0x20);
}

void
http_attachment(struct http_req *r, struct str file_name, const char *content_type)
{
        struct str name = text_nfc(r->arena, file_name);
        char *ascii = arena_alloc(r->arena, name.n + 1);
        size_t n = 0, i = 0;

        while (i < name.n) {
                size_t from = i;

                utf8_next(name, &i);
                ascii[n++] = ascii_of(r->arena, str_sub(name, from, i));
        }
        r->res.content_type = content_type;
        http_set(r, "Content-Disposition",
                 str_fmt(r->arena, "attachment; filename=\"%s\"; filename*=UTF-8''%.*s", ascii,
                         FMT(encode(r->arena, name, ""))));
}

void
http_text(struct http_req *r, int status, struct str text)
{
        r->res.status = status;
        r->res.content_type = "text/plain; charset=utf-8";
        buf_reset(&r->res.body);
        buf_fmt(&r->res.body, "%s\n\n", http_reason(status));
        buf_str(&r->res.body, text);
        buf_c(&r->res.body, '\n');
}

void
http_send_asset(struct http_req *r, const struct http_asset *asset)
{
        r->res.content_type = asset->type;
        r->res.fixed = asset->plain;
        r->res.fixed_gzip = asset->gzip;
        r->res.etag = asset->etag;
        r->res.cache = asset->hashed ? HTTP_IMMUTABLE : HTTP_REVALIDATE;
}
