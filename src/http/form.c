/* Forms by table: which values a request brings, what is refused, what a page shows again. */
#include "dd_form.h"

#include "http_priv.h"

static bool
is_standard(struct str name)
{
        return str_eq(name, S("_csrf")) || str_eq(name, S("_key")) || str_eq(name, S("_v"));
}

static const struct form_field *
row_of(const struct form_field *t, size_t n, struct str name)
{
        for (size_t i = 0; i < n; i++)
                if (str_eq(str_of(t[i].name), name))
                        return &t[i];
        return NULL;
}

/* ---- the typed text of a row --------------------------------------------------------------------------- */

static struct str
json_text(struct arena *a, const struct json *j)
{
        struct str s;

        switch (j->type) {
        case JSON_STR:
                return field_clean(a, j->s, &s) ? s : STR_NONE;
        case JSON_INT:
                return str_fmt(a, "%lld", (long long)j->i);
        case JSON_BOOL:
                return j->i != 0 ? S("1") : S("0");
        case JSON_REAL:
                return str_fmt(a, "%g", j->d);
        case JSON_NULL:
                return S("");
        case JSON_ARR:
        case JSON_OBJ:
                break;
        }
        return STR_NONE;
}

static struct str
joined(struct arena *a, struct str so_far, struct str next)
{
        return so_far.n == 0 ? next : str_fmt(a, "%.*s,%.*s", FMT(so_far), FMT(next));
}

static struct str
typed_json(struct arena *a, const struct form_field *f, const struct json *tree, size_t *ret_count)
{
        const struct json *j = json_get(tree, f->name);
        struct str all = S("");

        *ret_count = j != NULL;
        if (j == NULL)
                return S("");
        if (f->type != FORM_IDS || j->type != JSON_ARR)
                return json_text(a, j);
        for (size_t i = 0; i < j->n && i <= FORM_IDS_MAX; i++) {
                struct str one = json_text(a, &j->items[i]);

                if (one.p == NULL)
                        return STR_NONE;
                all = joined(a, all, one);
        }
        return all;
}

/* The text of a row as typed; *ret_count values were sent. STR_NONE: a value of no readable kind. A ticked box may
 * come with its hidden "0" before it: the last one counts. */
struct str
form_typed(struct arena *a, const struct form_field *f, const struct http_req *r, size_t *ret_count)
{
        const struct http_fields *fields = r->method == HTTP_GET ? &r->query : &r->form;
        struct str want = str_of(f->name), all = S("");

        if (r->method == HTTP_POST && r->body_kind == HTTP_BODY_JSON)
                return typed_json(a, f, &r->json, ret_count);
        *ret_count = 0;
        for (size_t i = 0; i < fields->n; i++) {
                if (!str_eq(fields->v[i].name, want))
                        continue;
                ++*ret_count;
                all = f->type == FORM_IDS ? joined(a, all, fields->v[i].value) : fields->v[i].value;
        }
        return all;
}

/* ---- what the table does not name ---------------------------------------------------------------------- */

struct check {
        struct dd_ctx *c;
        const struct form_field *t;
        size_t n;
        bool good;
};

static void
check_name(struct check *k, struct str name)
{
        if (is_standard(name) || row_of(k->t, k->n, name) != NULL)
                return;
        k->good = false;
        dd_fail_field(k->c, str_c(k->c->arena, name), say(k->c, "Trường “%.*s” không có trong biểu mẫu này."),
                      FMT(name));
}

static bool
all_declared(struct dd_ctx *c, const struct form_field *t, size_t n, const struct http_req *r)
{
        const struct http_fields *fields = r->method == HTTP_GET ? &r->query : &r->form;
        struct check k = { .c = c, .t = t, .n = n, .good = true };

        if (r->method == HTTP_POST && r->body_kind == HTTP_BODY_JSON) {
                if (r->json.type != JSON_OBJ) {
                        dd_fail(c, DD_EINVAL, say(c, "Nội dung JSON phải là một đối tượng { … }."));
                        return false;
                }
                for (size_t i = 0; i < r->json.n; i++)
                        check_name(&k, r->json.items[i].key);
                return k.good;
        }
        for (size_t i = 0; i < fields->n; i++)
                check_name(&k, fields->v[i].name);
        if (r->method == HTTP_POST)
                for (size_t i = 0; i < r->files.n; i++)
                        check_name(&k, r->files.v[i].field);
        return k.good;
}

static size_t
files_named(const struct http_req *r, const char *name)
{
        size_t n = 0;

        for (size_t i = 0; i < r->files.n; i++)
                n += str_eq(r->files.v[i].field, str_of(name));
        return n;
}

static bool
read_row(struct dd_ctx *c, const struct form_field *f, const struct http_req *r, void *slot)
{
        struct form_reading g = { .c = c, .f = f, .slot = slot };
        size_t count, files = files_named(r, f->name);

        g.text = form_typed(c->arena, f, r, &count);
        g.file = f->type == FORM_FILE && files == 1 ? http_file(r, f->name) : NULL;
        if ((count > 1 && f->type != FORM_IDS && f->type != FORM_BOOL) || files > 1) {
                dd_fail_field(c, f->name, say(c, "Mục này được gửi nhiều lần; chỉ được gửi một giá trị."));
                return false;
        }
        if (g.text.p == NULL || (files != 0 && f->type != FORM_FILE)) {
                dd_fail_field(c, f->name, say(c, "Giá trị của mục này không đúng kiểu."));
                return false;
        }
        return form_value_read(&g);
}

enum dd_err
form_read(struct dd_ctx *c, const struct form_field *t, size_t n, const struct http_req *r, void *ret)
{
        bool good = all_declared(c, t, n, r);

        for (size_t i = 0; i < n; i++) {
                const struct form_field none = { .name = t[i].name, .type = t[i].type, .choices = t[i].choices };
                struct form_reading empty = { .c = c, .f = &none, .text = S(""), .slot = (char *)ret + t[i].offset };

                form_value_read(&empty); /* every slot is defined, also those refused below */
                good = read_row(c, &t[i], r, (char *)ret + t[i].offset) && good;
        }
        return good ? DD_OK : DD_EINVAL;
}

/* ---- what a page draws --------------------------------------------------------------------------------- */

static struct str
message_of(const struct dd_ctx *c, const char *name)
{
        for (size_t i = 0; i < c->n_fields; i++)
                if (str_eq(c->fields[i].field, str_of(name)))
                        return c->fields[i].message;
        return STR_NONE;
}

/* A fault shown beside no row must not be lost: an undeclared field, or one of the core without a field. */
static struct str
common_message(const struct dd_ctx *c, const struct form_field *t, size_t n)
{
        for (size_t i = 0; i < c->n_fields; i++)
                if (row_of(t, n, c->fields[i].field) == NULL)
                        return c->fields[i].message;
        return c->n_fields == 0 ? c->err_text : STR_NONE;
}

void
form_state_typed(struct dd_ctx *c, const struct form_field *t, size_t n, const struct http_req *r,
                 struct form_state *ret)
{
        size_t count;

        ret->v = arena_array(c->arena, n, sizeof *ret->v);
        ret->n = n;
        ret->message = common_message(c, t, n);
        for (size_t i = 0; i < n; i++) {
                struct str text = form_typed(c->arena, &t[i], r, &count);
                bool shown = text.p != NULL && t[i].type != FORM_SECRET && t[i].type != FORM_FILE;

                if (t[i].type == FORM_BOOL)
                        text =
                            str_eq(text, S("1")) || str_eq(text, S("on")) || str_eq(text, S("true")) ? S("1") : S("");
                ret->v[i] = (struct form_shown){ .field = &t[i],
                                                 .text = shown ? text : S(""),
                                                 .message = message_of(c, t[i].name) };
        }
}

void
form_state_of(struct dd_ctx *c, const struct form_field *t, size_t n, const void *in, struct form_state *ret)
{
        ret->v = arena_array(c->arena, n, sizeof *ret->v);
        ret->n = n;
        ret->message = STR_NONE;
        for (size_t i = 0; i < n; i++)
                ret->v[i] = (struct form_shown){
                        .field = &t[i],
                        .text = in == NULL ? S("") : form_value_text(c, &t[i], (const char *)in + t[i].offset),
                };
}

const struct form_shown *
form_shown_of(const struct form_state *s, const char *name)
{
        for (size_t i = 0; i < s->n; i++)
                if (strcmp(s->v[i].field->name, name) == 0)
                        return &s->v[i];
        return NULL;
}

int64_t
form_version(const struct http_req *r)
{
        int64_t v;

        if (r->body_kind == HTTP_BODY_JSON)
                return json_get_i64(&r->json, "_v", 0);
        return str_to_i64(field_get(&r->form, "_v"), &v) && v > 0 ? v : 0;
}

struct str
form_new_key(struct arena *a)
{
        uint8_t raw[16];

        dd_random(raw, sizeof raw);
        return dd_hex(a, raw, sizeof raw);
}
