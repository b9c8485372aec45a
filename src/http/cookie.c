/* Cookies in and out. */
#include "dd_cookie.h"

#include "http_priv.h"

static bool
value_ok(struct str v)
{
        for (size_t i = 0; i < v.n; i++) {
                unsigned char c = (unsigned char)v.p[i];

                if (c <= ' ' || c >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\')
                        return false;
        }
        return true;
}

void
cookie_parse(struct arena *a, struct str header, struct http_fields *ret)
{
        struct str pair;

        while (str_cut(&header, ';', &pair)) {
                struct str name, value = str_trim(pair);

                str_cut(&value, '=', &name);
                if (value.p == NULL || !guard_is_token(name))
                        continue;
                if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
                        value = str_sub(value, 1, value.n - 1);
                if (value_ok(value) && ret->n < FIELD_COUNT_MAX)
                        *VEC_PUSH(a, ret) = (struct http_field){ .name = name, .value = value };
        }
}

static struct str
full_name(struct arena *a, const char *name, bool https)
{
        return str_fmt(a, "%s%s", https ? "__Host-" : "", name);
}

struct str
cookie_get(const struct http_req *r, const char *name)
{
        return field_get(&r->cookies, full_name(r->arena, name, r->https).p);
}

struct str
cookie_build(struct arena *a, const char *name, struct str value, int64_t max_age, bool https)
{
        struct str age = max_age == 0 ? S("") : str_fmt(a, "; Max-Age=%lld", (long long)(max_age < 0 ? 0 : max_age));

        return str_fmt(a, "%.*s=%.*s; Path=/%.*s; HttpOnly; SameSite=Lax%s", FMT(full_name(a, name, https)), FMT(value),
                       FMT(age), https ? "; Secure" : "");
}

void
cookie_set(struct http_req *r, const char *name, struct str value, int64_t max_age)
{
        for (size_t i = 0; i < value.n; i++) {
                char c = value.p[i];
                bool word = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');

                if (!word && (c == '\0' || strchr("._~-", c) == NULL))
                        return;
        }
        http_set(r, "Set-Cookie", cookie_build(r->arena, name, value, max_age, r->https));
}

void
cookie_clear(struct http_req *r, const char *name)
{
        http_set(r, "Set-Cookie", cookie_build(r->arena, name, S(""), -1, r->https));
}
