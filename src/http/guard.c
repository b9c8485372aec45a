/* What is refused before anything of a request is believed: unclear message boundaries and odd header syntax. The
 * library forgives these (STACK section 2); a request that two readers may cut differently is an attack.
 *
 * The library ends lines at a bare LF, cuts values at a NUL and skips lines without a name, and does not tell. But it
 * parses in place, so every byte of a header can be accounted for: a line must begin two bytes (CR LF) behind the end
 * of the one before, and the last must end four bytes before the end of the header. That holds for the versions
 * measured only; with another the check is off and http_lib_known() says so. */
#include "http_priv.h"

struct seen {
        struct http_call *call;
        unsigned host, length, encoding, cookies, n;
        size_t bytes;
        struct str length_value, encoding_value;
        bool bad_name, bad_value, bad_expect;
        const char *end; /* of the line before; NULL: not accounted for */
        bool gap;
};

bool
http_lib_known(void)
{
        return strcmp(MHD_get_version(), "0.9.75") == 0;
}

bool
guard_is_token(struct str s)
{
        if (s.n == 0)
                return false;
        for (size_t i = 0; i < s.n; i++) {
                char c = s.p[i];
                bool word = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');

                if (!word && (c == '\0' || strchr("!#$%&'*+-.^_`|~", c) == NULL))
                        return false;
        }
        return true;
}

static struct str
lower(struct arena *a, struct str s)
{
        char *out = arena_alloc(a, s.n + 1);

        for (size_t i = 0; i < s.n; i++)
                out[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] | 0x20) : s.p[i];
        return (struct str){ out, s.n };
}

static enum MHD_Result
look(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_n, const char *value, size_t value_n)
{
        struct seen *seen = cls;
        struct arena *a = seen->call->req.arena;
        struct http_field f = { .name = lower(a, (struct str){ key, key_n }),
                                .value = str_trim(value == NULL ? S("") : (struct str){ value, value_n }) };

        (void)kind;
        if (seen->end != NULL) {
                seen->gap = seen->gap || key != seen->end + 2 || value < key + key_n + 1;
                seen->end = value + value_n;
        }
        seen->n++;
        seen->bytes += key_n + value_n + 4;
        if (!guard_is_token(f.name))
                seen->bad_name = true;
        for (size_t i = 0; value != NULL && i < value_n;
             i++) /* untrimmed: a form feed at the end is no white space here */
                if (((unsigned char)value[i] < 0x20 && value[i] != '\t') || value[i] == 0x7f)
                        seen->bad_value = true;
        if (str_eq(f.name, S("host"))) {
                seen->host++;
        } else if (str_eq(f.name, S("content-length"))) {
                seen->length++;
                seen->length_value = f.value;
        } else if (str_eq(f.name, S("transfer-encoding"))) {
                seen->encoding++;
                seen->encoding_value = f.value;
        } else if (str_eq(f.name, S("expect"))) {
                seen->bad_expect = seen->bad_expect || !str_eq(lower(a, f.value), S("100-continue"));
        }
        *VEC_PUSH(a, &seen->call->req.headers) = f;
        return seen->n > HEADER_COUNT || seen->bytes > HEADER_MAX ? MHD_NO : MHD_YES;
}

/* Digits only, at most 15: no sign, no list, no blank. */
static bool
length_read(struct str s, int64_t *ret)
{
        if (s.n == 0 || s.n > 15)
                return false;
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] < '0' || s.p[i] > '9')
                        return false;
        return str_to_i64(s, ret);
}

static int
refuse(const char **ret_text, int status, const char *text)
{
        *ret_text = text;
        return status;
}

static bool
accounted(struct http_call *call, const struct seen *seen, const char *method)
{
        const union MHD_ConnectionInfo *size =
            MHD_get_connection_info(call->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

        return seen->end == NULL || (!seen->gap && size != NULL && seen->end + 4 == method + size->header_size);
}

int
guard_headers(struct http_call *call, const char *method, const char *version, const char **ret_text)
{
        struct seen seen = { .call = call };
        bool http11 = strcmp(version, "HTTP/1.1") == 0;

        seen.end = http_lib_known() ? version + strlen(version) : NULL;
        MHD_get_connection_values_n(call->mhd, MHD_HEADER_KIND, look, &seen);
        call->content_length = 0;
        if (!http11 && strcmp(version, "HTTP/1.0") != 0)
                return refuse(ret_text, 400, "Phiên bản HTTP không được hỗ trợ.");
        if (seen.n > HEADER_COUNT || seen.bytes > HEADER_MAX)
                return refuse(ret_text, 431, "Phần đầu của yêu cầu quá dài.");
        if (seen.end != NULL && version != method + strlen(method) + call->uri.n + 2)
                return refuse(ret_text, 400, "Dòng đầu của yêu cầu không hợp lệ.");
        if (seen.bad_name || seen.bad_value || !accounted(call, &seen, method))
                return refuse(ret_text, 400, "Phần đầu của yêu cầu có ký tự không hợp lệ.");
        if (seen.host != 1)
                return refuse(ret_text, 400, "Yêu cầu phải nêu đúng một tên máy chủ (Host).");
        if (seen.length > 1 || seen.encoding > 1 || (seen.length != 0 && seen.encoding != 0))
                return refuse(ret_text, 400, "Yêu cầu không nói rõ độ dài nội dung.");
        if (seen.encoding == 1) {
                if (!http11 || !str_eq(seen.encoding_value, S("chunked")))
                        return refuse(ret_text, 400, "Cách truyền nội dung (Transfer-Encoding) không được hỗ trợ.");
                call->content_length = -1;
        }
        if (seen.length == 1 && !length_read(seen.length_value, &call->content_length))
                return refuse(ret_text, 400, "Độ dài nội dung (Content-Length) không hợp lệ.");
        if (seen.bad_expect) /* RFC 9110 10.1.1 */
                return refuse(ret_text, 417, "Yêu cầu đòi một điều máy chủ không làm được (Expect).");
        return 0;
}
