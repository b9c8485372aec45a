/* What a browser sends in a body: urlencoded, multipart, header parameters, cookies. The first byte chooses; what is
 * accepted keeps the promises of dd_field.h. */
#include "dd_cookie.h"
#include "dd_field.h"
#include "dd_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool promise)
{
        if (!promise)
                abort();
}

static void
check_text(struct str s)
{
        size_t bad;

        must(s.p != NULL && utf8_valid(s, &bad));
        for (size_t i = 0; i < s.n; i++)
                must((unsigned char)s.p[i] >= 0x20 || s.p[i] == '\n' || s.p[i] == '\t');
}

static void
check_fields(const struct http_fields *f)
{
        must(f->n <= FIELD_COUNT_MAX);
        for (size_t i = 0; i < f->n; i++) {
                must(f->v[i].name.n >= 1 && f->v[i].name.n <= FIELD_NAME_MAX);
                check_text(f->v[i].name);
                check_text(f->v[i].value);
        }
}

static void
check_files(const struct http_files *f, struct str input)
{
        for (size_t i = 0; i < f->n; i++) {
                struct str name = f->v[i].name, bytes = f->v[i].bytes;

                check_text(name);
                must(name.n >= 1 && name.n <= FIELD_FILE_NAME_MAX);
                must(memchr(name.p, '/', name.n) == NULL && memchr(name.p, '\\', name.n) == NULL);
                must(!str_eq(name, S(".")) && !str_eq(name, S("..")));
                must(bytes.p >= input.p && bytes.p + bytes.n <= input.p + input.n);
        }
}

static void
one(struct dd_ctx *c, uint8_t kind, struct str in)
{
        struct http_fields fields = { 0 };
        struct http_files files = { 0 };
        struct str type = S("multipart/form-data; boundary=B"), rest = in;
        enum dd_err err = DD_OK;

        switch (kind % 5) {
        case 0:
                err = field_parse_urlencoded(c, in, &fields);
                break;
        case 1:
                err = field_parse_multipart(c, type, in, &fields, &files);
                break;
        case 2: /* the type comes from outside too */
                str_cut(&rest, '\n', &type);
                rest = rest.p == NULL ? S("") : rest;
                err = field_parse_multipart(c, type, rest, &fields, &files);
                break;
        case 3:
                field_param(c->arena, in, "name");
                field_param(c->arena, in, "filename");
                return;
        default:
                cookie_parse(c->arena, in, &fields);
                return;
        }
        must((err == DD_OK) == (c->err == DD_OK) && (err == DD_OK || c->err_text.n > 0));
        if (err != DD_OK)
                return;
        check_fields(&fields);
        check_files(&files, in);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct dd_ctx c = { .arena = arena_new(0) };

        if (size > 0)
                one(&c, data[0], (struct str){ (const char *)data + 1, size - 1 });
        arena_free(c.arena);
        return 0;
}
