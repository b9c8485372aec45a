/* Names and values of forms and addresses: percent-decoding and the parameters of header values. */
#include "dd_field.h"

#include <strings.h>

#include "dd_text.h"
#include "http_priv.h"

struct str
field_get(const struct http_fields *f, const char *name)
{
        struct str want = str_of(name);

        for (size_t i = 0; i < f->n; i++)
                if (str_eq(f->v[i].name, want))
                        return f->v[i].value;
        return STR_NONE;
}

static int
hex_digit(char c)
{
        if (c >= '0' && c <= '9')
                return c - '0';
        c |= 0x20;
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
field_unescape(struct arena *a, struct str s, bool plus, struct str *ret)
{
        char *out = arena_alloc(a, s.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++) {
                char c = s.p[i];

                if (c == '%') {
                        if (s.n - i < 3)
                                return false;
                        int hi = hex_digit(s.p[i + 1]), lo = hex_digit(s.p[i + 2]);
                        if (hi < 0 || lo < 0)
                                return false;
                        c = (char)(hi << 4 | lo);
                        i += 2;
                } else if (c == '+' && plus) {
                        c = ' ';
                }
                out[n++] = c;
        }
        *ret = (struct str){ out, n };
        return true;
}

static bool
is_control(unsigned char c)
{
        return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
}

bool
field_clean(struct arena *a, struct str raw, struct str *ret)
{
        size_t bad, n = 0;
        char *out;

        if (raw.n != 0 && memchr(raw.p, '\0', raw.n) != NULL)
                return false;
        if (!utf8_valid(raw, &bad))
                return false;
        out = arena_alloc(a, raw.n + 1);
        for (size_t i = 0; i < raw.n; i++) {
                char c = raw.p[i];

                if (c == '\r') {
                        if (i + 1 < raw.n && raw.p[i + 1] == '\n')
                                continue;
                        c = '\n';
                }
                out[n++] = is_control((unsigned char)c) ? ' ' : c;
        }
        *ret = text_nfc(a, (struct str){ out, n });
        return true;
}

/* Names are ours; printable ASCII is enough and keeps them harmless in messages and logs. */
bool
field_name_ok(struct str name)
{
        if (name.n == 0 || name.n > FIELD_NAME_MAX)
                return false;
        for (size_t i = 0; i < name.n; i++)
                if (name.p[i] <= ' ' || name.p[i] >= 0x7f || strchr("\"'<>&\\", name.p[i]) != NULL)
                        return false;
        return true;
}

static enum dd_err
add_pair(struct dd_ctx *c, struct str pair, struct http_fields *ret)
{
        struct str name, value = pair;
        struct http_field f;

        if (ret->n >= FIELD_COUNT_MAX)
                return dd_fail(c, DD_EINVAL, say(c, "Biểu mẫu có quá nhiều trường (tối đa %d)."), FIELD_COUNT_MAX);
        str_cut(&value, '=', &name);
        if (value.p == NULL)
                value = S("");
        if (!field_unescape(c->arena, name, true, &f.name) || !field_name_ok(f.name))
                return dd_fail(c, DD_EINVAL, say(c, "Tên một trường gửi lên không hợp lệ (tối đa %d ký tự không dấu)."),
                               FIELD_NAME_MAX);
        if (value.n > 3 * (size_t)FIELD_VALUE_MAX || !field_unescape(c->arena, value, true, &value))
                return dd_fail(c, DD_EINVAL, say(c, "Trường “%.*s”: mã hóa %%XX sai. Hãy gửi lại biểu mẫu."),
                               FMT(f.name));
        if (value.n > FIELD_VALUE_MAX)
                return dd_fail(c, DD_EINVAL, say(c, "Trường “%.*s” dài quá %u byte."), FMT(f.name), FIELD_VALUE_MAX);
        if (!field_clean(c->arena, value, &f.value))
                return dd_fail(c, DD_EINVAL,
                               say(c, "Trường “%.*s”: chữ không đúng bảng mã UTF-8. Hãy gõ hoặc dán lại nội dung."),
                               FMT(f.name));
        *VEC_PUSH(c->arena, ret) = f;
        return DD_OK;
}

enum dd_err
field_parse_urlencoded(struct dd_ctx *c, struct str body, struct http_fields *ret)
{
        struct str pair;

        while (str_cut(&body, '&', &pair))
                if (pair.n != 0)
                        TRY(add_pair(c, pair, ret));
        return DD_OK;
}

/* ---- header parameters -------------------------------------------------------------------------------- */

static size_t
skip_blank(struct str s, size_t i)
{
        while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t'))
                i++;
        return i;
}

/* Value at s.p[*i]: a quoted string or everything up to ';'. A backslash quotes only '"' and itself, because old
 * browsers send whole Windows paths unescaped. */
static struct str
param_value(struct arena *a, struct str s, size_t *i)
{
        size_t n = 0, from = *i;
        char *out;

        if (from >= s.n || s.p[from] != '"') {
                while (*i < s.n && s.p[*i] != ';')
                        ++*i;
                return str_trim(str_sub(s, from, *i));
        }
        out = arena_alloc(a, s.n - from + 1);
        for (++*i; *i < s.n && s.p[*i] != '"'; ++*i) {
                if (s.p[*i] == '\\' && *i + 1 < s.n && (s.p[*i + 1] == '"' || s.p[*i + 1] == '\\'))
                        ++*i;
                out[n++] = s.p[*i];
        }
        while (*i < s.n && s.p[*i] != ';')
                ++*i;
        return (struct str){ out, n };
}

static bool
name_is(struct str s, const char *name, size_t n)
{
        return s.n == n && strncasecmp(s.p, name, n) == 0;
}

struct str
field_param(struct arena *a, struct str header, const char *name)
{
        size_t len = strlen(name), i = str_find(header, S(";"), 0);
        struct str found = STR_NONE;

        while (i < header.n) {
                size_t from = skip_blank(header, i + 1), eq = from;

                while (eq < header.n && header.p[eq] != '=' && header.p[eq] != ';')
                        eq++;
                struct str key = str_trim(str_sub(header, from, eq));
                if (eq >= header.n || header.p[eq] == ';') {
                        i = eq;
                        continue;
                }
                i = skip_blank(header, eq + 1);
                struct str value = param_value(a, header, &i);
                if (key.n == len + 1 && key.p[len] == '*' && name_is(str_sub(key, 0, len), name, len)) {
                        /* the encoded form wins over the plain one (RFC 6266 4.3) */
                        struct str text;

                        if (value.n > 7 && strncasecmp(value.p, "utf-8''", 7) == 0 &&
                            field_unescape(a, str_sub(value, 7, value.n), false, &text))
                                return text;
                } else if (found.p == NULL && name_is(key, name, len)) {
                        found = value;
                }
        }
        return found;
}
