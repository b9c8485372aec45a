/* multipart/form-data (RFC 7578) over a whole body in memory. */
#include <strings.h>

#include "dd_field.h"
#include "dd_text.h"
#include "http_priv.h"

#define PART_HEADER_MAX 4096
#define BOUNDARY_MAX    70 /* RFC 2046 5.1.1 */

struct part {
        struct str disposition, type, encoding, bytes;
};

struct walk {
        struct dd_ctx *c;
        struct str body, delim; /* "\r\n--boundary" */
        size_t at;              /* behind the delimiter found last */
};

static enum dd_err
broken(struct dd_ctx *c)
{
        return dd_fail(c, DD_EINVAL,
                       say(c, "Nội dung gửi lên bị đứt hoặc sai cấu trúc. Hãy tải lại trang rồi gửi lại."));
}

static bool
boundary_ok(struct str b)
{
        if (b.n == 0 || b.n > BOUNDARY_MAX || b.p[b.n - 1] == ' ')
                return false;
        for (size_t i = 0; i < b.n; i++) {
                char ch = b.p[i];
                bool word = (ch >= '0' && ch <= '9') || ((ch | 0x20) >= 'a' && (ch | 0x20) <= 'z');

                if (!word && (ch == '\0' || strchr("'()+_,-./:=? ", ch) == NULL))
                        return false;
        }
        return true;
}

/* Moves behind the next delimiter line; what stood before it is *ret. A delimiter that goes on with other
 * characters is data. *ret_last: it was the closing one. */
static bool
next_delimiter(struct walk *w, struct str *ret, bool *ret_last)
{
        size_t from = w->at;

        for (;;) {
                size_t hit = str_find(w->body, w->delim, from);
                size_t end = hit + w->delim.n;

                if (hit >= w->body.n)
                        return false;
                struct str after = str_sub(w->body, end, end + 2);
                *ret_last = str_eq(after, S("--"));
                if (*ret_last || str_eq(after, S("\r\n"))) {
                        *ret = str_sub(w->body, w->at, hit);
                        w->at = end + 2;
                        return true;
                }
                from = hit + 1;
        }
}

static bool
header_into(struct str line, const char *name, struct str *slot)
{
        size_t n = strlen(name);

        if (line.n <= n || line.p[n] != ':' || strncasecmp(line.p, name, n) != 0)
                return true;
        if (slot->p != NULL)
                return false; /* said twice */
        *slot = str_trim(str_sub(line, n + 1, line.n));
        return true;
}

/* Splits one part into its headers and bytes. */
static bool
part_split(struct str raw, struct part *ret)
{
        const struct str gap = S("\r\n\r\n");
        size_t at = 0, end;

        *ret = (struct part){ 0 };
        end = str_find(str_sub(raw, 0, PART_HEADER_MAX), gap, 0);
        if (end + gap.n > raw.n || end >= PART_HEADER_MAX)
                return false;
        ret->bytes = str_sub(raw, end + gap.n, raw.n);
        struct str head = str_sub(raw, 0, end);
        if (memchr(head.p, '\0', head.n) != NULL)
                return false;
        while (at < head.n) {
                size_t stop = str_find(head, S("\r\n"), at);
                struct str line = str_sub(head, at, stop);

                if (!header_into(line, "content-disposition", &ret->disposition) ||
                    !header_into(line, "content-type", &ret->type) ||
                    !header_into(line, "content-transfer-encoding", &ret->encoding))
                        return false;
                at = stop + 2;
        }
        return ret->disposition.n >= 9 && strncasecmp(ret->disposition.p, "form-data", 9) == 0;
}

static bool
encoding_plain(struct str e)
{
        return e.p == NULL || (e.n == 4 && (strncasecmp(e.p, "7bit", 4) == 0 || strncasecmp(e.p, "8bit", 4) == 0)) ||
               (e.n == 6 && strncasecmp(e.p, "binary", 6) == 0);
}

/* Browsers write '"' and line ends of a name as %22 %0D %0A, and nothing else. */
static struct str
undo_quotes(struct arena *a, struct str s)
{
        char *out = arena_alloc(a, s.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++) {
                struct str three = str_sub(s, i, i + 3);
                char ch = s.p[i];

                if (str_eq(three, S("%22")))
                        ch = '"';
                else if (three.n == 3 && (strncasecmp(three.p, "%0d", 3) == 0 || strncasecmp(three.p, "%0a", 3) == 0))
                        ch = ' ';
                if (ch != s.p[i])
                        i += 2;
                out[n++] = ch;
        }
        return (struct str){ out, n };
}

/* The person's name of a file, for showing only: no folders, no controls, at most FIELD_FILE_NAME_MAX bytes with the
 * ending kept. */
static bool
file_name_clean(struct arena *a, struct str raw, struct str *ret)
{
        struct str s;

        if (!field_clean(a, undo_quotes(a, raw), &s))
                return false;
        for (size_t i = s.n; i > 0; i--) {
                if (s.p[i - 1] == '/' || s.p[i - 1] == '\\') {
                        s = str_sub(s, i, s.n);
                        break;
                }
        }
        char *out = arena_alloc(a, s.n + 1);
        for (size_t i = 0; i < s.n; i++)
                out[i] = s.p[i] == '\n' || s.p[i] == '\t' ? ' ' : s.p[i];
        s = str_trim((struct str){ out, s.n });
        if (s.n > FIELD_FILE_NAME_MAX) {
                s = str_sub(s, s.n - FIELD_FILE_NAME_MAX, s.n);
                while (s.n > 0 && ((unsigned char)s.p[0] & 0xc0) == 0x80)
                        s = str_sub(s, 1, s.n);
        }
        *ret = s.n == 0 || str_eq(s, S(".")) || str_eq(s, S("..")) ? S("tep") : s;
        return true;
}

static enum dd_err
part_add(struct dd_ctx *c, const struct part *p, struct http_fields *ret, struct http_files *ret_files)
{
        struct str name = field_param(c->arena, p->disposition, "name");
        struct str file_name = field_param(c->arena, p->disposition, "filename");
        struct str text;

        if (ret->n + ret_files->n >= FIELD_COUNT_MAX)
                return dd_fail(c, DD_EINVAL, say(c, "Biểu mẫu có quá nhiều trường (tối đa %d)."), FIELD_COUNT_MAX);
        if (!field_name_ok(name))
                return dd_fail(c, DD_EINVAL, say(c, "Tên một trường gửi lên không hợp lệ (tối đa %d ký tự không dấu)."),
                               FIELD_NAME_MAX);
        name = str_dup(c->arena, name);
        if (!encoding_plain(p->encoding))
                return broken(c);
        if (file_name.p == NULL) {
                if (p->bytes.n > FIELD_VALUE_MAX)
                        return dd_fail(c, DD_EINVAL, say(c, "Trường “%.*s” dài quá %u byte."), FMT(name),
                                       FIELD_VALUE_MAX);
                if (!field_clean(c->arena, p->bytes, &text))
                        return dd_fail(
                            c, DD_EINVAL,
                            say(c, "Trường “%.*s”: chữ không đúng bảng mã UTF-8. Hãy gõ hoặc dán lại nội dung."),
                            FMT(name));
                *VEC_PUSH(c->arena, ret) = (struct http_field){ .name = name, .value = text };
                return DD_OK;
        }
        if (file_name.n == 0 && p->bytes.n == 0)
                return DD_OK; /* a file control nobody filled in */
        if (!file_name_clean(c->arena, file_name, &text))
                return dd_fail(c, DD_EINVAL, say(c, "Tên tệp không đúng bảng mã UTF-8. Hãy đổi tên tệp rồi gửi lại."));
        *VEC_PUSH(c->arena, ret_files) = (struct http_file){
                .field = name,
                .name = text,
                .type = str_dup(c->arena, p->type.p == NULL ? S("application/octet-stream") : p->type),
                .bytes = p->bytes,
                .fd = -1,
        };
        return DD_OK;
}

enum dd_err
field_parse_multipart(struct dd_ctx *c, struct str type, struct str body, struct http_fields *ret,
                      struct http_files *ret_files)
{
        struct str boundary = field_param(c->arena, type, "boundary"), raw;
        struct walk w = { .c = c, .body = body };
        bool last = false;
        struct part p;

        if (!boundary_ok(boundary))
                return broken(c);
        w.delim = str_fmt(c->arena, "\r\n--%.*s", FMT(boundary));
        struct str opening = str_sub(w.delim, 2, w.delim.n);
        /* The first delimiter stands at the very start, as every browser sends it. */
        if (!str_starts(body, opening))
                return broken(c);
        struct str after = str_sub(body, opening.n, opening.n + 2);
        w.at = opening.n + 2;
        if (str_eq(after, S("--")))
                return DD_OK; /* an empty form */
        if (!str_eq(after, S("\r\n")))
                return broken(c);
        while (!last) {
                if (!next_delimiter(&w, &raw, &last) || !part_split(raw, &p))
                        return broken(c);
                TRY(part_add(c, &p, ret, ret_files));
        }
        return DD_OK;
}
