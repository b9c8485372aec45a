/* The API in words of OpenAPI 3.1, made from the route table, the form tables and api.json (what neither of them says:
 * summaries, meanings of names, shapes of the answers). */
#include "dd_version.h"
#include "table_priv.h"
#include "tmpl_rt.h"

extern const unsigned char api_text[];
extern const size_t api_text_n;

#define MAX_API ((size_t)1 << 20)

struct api {
        struct json_w *w;
        struct arena *a;
        const struct json *tree, *routes, *schemas;
};

static const struct {
        const char *route;
        const struct form_table *table;
} forms[] = {
#define FORM(route, table) { #route, &table },
#include "forms_priv.h"
#undef FORM
};

static const struct {
        unsigned out;
        const char *suffix, *type;
} files[] = {
        { OUT_CSV, ".csv", "text/csv" },
        { OUT_XLSX, ".xlsx", WEB_XLSX },
        { OUT_DOCX, ".docx", WEB_DOCX },
        { OUT_ICS, ".ics", "text/calendar" },
};

static enum dd_err
api_load(struct dd_ctx *c, struct json *tree, struct api *ret)
{
        TRY(json_parse(c->arena, (struct str){ (const char *)api_text, api_text_n }, MAX_API, tree));
        *ret = (struct api){
                .a = c->arena, .tree = tree, .routes = json_get(tree, "routes"), .schemas = json_get(tree, "schemas")
        };
        return DD_OK;
}

/* ---- pieces --------------------------------------------------------------------------------------------------- */

static void
put(struct json_w *w, const struct json *v)
{
        switch (v->type) {
        case JSON_NULL:
                json_null(w);
                break;
        case JSON_BOOL:
                json_bool(w, v->i != 0);
                break;
        case JSON_INT:
                json_i64(w, v->i);
                break;
        case JSON_REAL:
                json_num(w, v->d);
                break;
        case JSON_STR:
                json_str(w, v->s);
                break;
        case JSON_ARR:
        case JSON_OBJ:
                if (v->type == JSON_ARR)
                        json_arr(w);
                else
                        json_obj(w);
                for (size_t i = 0; i < v->n; i++) {
                        if (v->type == JSON_OBJ)
                                json_key(w, v->items[i].key.p);
                        put(w, &v->items[i]);
                }
                json_end(w);
                break;
        }
}

static void
ref(struct json_w *w, const char *kind, struct str name)
{
        AUTO_BUF b = { 0 };

        buf_fmt(&b, "#/components/%s/%.*s", kind, FMT(name));
        json_obj(w);
        json_kstr(w, "$ref", buf_view(&b));
        json_end(w);
}

/* "/tasks/:id/update" is "/tasks/{id}/update"; a second :id is {row_id}. */
static struct str
path_of(struct api *x, const char *path, const char *suffix)
{
        struct str rest = str_of(path), part;
        AUTO_BUF b = { 0 };
        int ids = 0;

        (void)str_cut(&rest, '/', &part);
        while (str_cut(&rest, '/', &part)) {
                buf_c(&b, '/');
                if (str_eq(part, S(":id")))
                        buf_str(&b, ids++ == 0 ? S("{id}") : S("{row_id}"));
                else if (part.n > 0 && part.p[0] == ':')
                        buf_fmt(&b, "{%.*s}", (int)part.n - 1, part.p + 1);
                else
                        buf_str(&b, part);
        }
        buf_str(&b, str_of(suffix));
        return str_dup(x->a, buf_view(&b));
}

static void
parameters(struct api *x, const struct route *r)
{
        const struct json *route = json_get(x->routes, r->name),
                          *query = route != NULL ? json_get(route, "query") : NULL;
        struct str path = str_of(r->path), part;
        int ids = 0;

        json_key(x->w, "parameters");
        json_arr(x->w);
        while (str_cut(&path, '/', &part)) {
                if (str_eq(part, S(":id")))
                        ref(x->w, "parameters", ids++ == 0 ? S("id") : S("row_id"));
                else if (str_eq(part, S(":token")))
                        ref(x->w, "parameters", S("token"));
        }
        if (r->method == HTTP_GET && r->cap != CAP_PUBLIC)
                ref(x->w, "parameters", S("as-of"));
        if (r->method == HTTP_POST && r->cap != CAP_PUBLIC) {
                ref(x->w, "parameters", S("csrf"));
                ref(x->w, "parameters", S("key"));
        }
        for (size_t i = 0; query != NULL && i < query->n; i++)
                ref(x->w, "parameters", query->items[i].s);
        json_end(x->w);
}

/* ---- what a change reads ------------------------------------------------------------------------------------- */

static void
field_type(struct json_w *w, const struct form_field *f)
{
        static const char *const types[] = {
                [FORM_TEXT] = "string", [FORM_LINES] = "string", [FORM_SECRET] = "string", [FORM_HIDDEN] = "string",
                [FORM_INT] = "integer", [FORM_DAY] = "string",   [FORM_BOOL] = "boolean",  [FORM_CHOICE] = "string",
                [FORM_ID] = "integer",  [FORM_IDS] = "array",    [FORM_FILE] = "string",
        };

        json_kstr(w, "type", str_of(types[f->type]));
        switch (f->type) {
        case FORM_DAY:
                json_kstr(w, "format", S("date"));
                break;
        case FORM_ID:
                json_ki64(w, "minimum", 1);
                break;
        case FORM_FILE:
                json_kstr(w, "contentMediaType", S("application/octet-stream"));
                break;
        case FORM_SECRET:
                json_kstr(w, "format", S("password"));
                break;
        case FORM_INT:
                if (f->min != 0 || f->max != 0) {
                        json_ki64(w, "minimum", f->min);
                        json_ki64(w, "maximum", f->max);
                }
                break;
        case FORM_TEXT:
        case FORM_LINES:
                json_ki64(w, "maxLength", f->max > 0 ? f->max : f->type == FORM_TEXT ? 200 : 4000);
                break;
        case FORM_IDS:
                json_key(w, "items");
                json_obj(w);
                json_kstr(w, "type", S("integer"));
                json_end(w);
                break;
        case FORM_CHOICE:
                json_key(w, "enum");
                json_arr(w);
                for (const struct form_choice *k = f->choices; k != NULL && k->value != NULL; k++)
                        json_str(w, str_of(k->value));
                json_end(w);
                break;
        case FORM_HIDDEN:
        case FORM_BOOL:
                break;
        }
}

static void
form_schema(struct api *x, const struct form_table *t, bool with_file)
{
        struct json_w *w = x->w;

        json_obj(w);
        json_kstr(w, "type", S("object"));
        json_key(w, "properties");
        json_obj(w);
        for (size_t i = 0; i < t->n; i++) {
                const struct form_field *f = &t->v[i];

                if (f->type == FORM_FILE && !with_file)
                        continue;
                json_key(w, f->name);
                json_obj(w);
                field_type(w, f);
                if (f->label != NULL)
                        json_kstr(w, "title", str_of(f->label));
                if (f->hint != NULL)
                        json_kstr(w, "description", str_of(f->hint));
                json_end(w);
        }
        json_key(w, "_v");
        json_obj(w);
        json_kstr(w, "type", S("integer"));
        json_kstr(w, "description", json_get_str(x->tree, "version_hint"));
        json_end(w);
        json_end(w);
        json_key(w, "required");
        json_arr(w);
        for (size_t i = 0; i < t->n; i++)
                if (t->v[i].required && (with_file || t->v[i].type != FORM_FILE))
                        json_str(w, str_of(t->v[i].name));
        json_end(w);
        json_kbool(w, "additionalProperties", false);
        json_end(w);
}

static void
content(struct api *x, const char *type, const struct form_table *t, bool with_file)
{
        json_key(x->w, type);
        json_obj(x->w);
        json_key(x->w, "schema");
        form_schema(x, t, with_file);
        json_end(x->w);
}

static void
request_body(struct api *x, const struct route *r)
{
        const struct form_table *t = NULL;
        bool file = false;

        for (size_t i = 0; i < ARRAY_LEN(forms); i++)
                if (str_eq(str_of(forms[i].route), str_of(r->name)))
                        t = forms[i].table;
        if (t == NULL)
                return;
        for (size_t i = 0; i < t->n; i++)
                file = file || t->v[i].type == FORM_FILE;
        json_key(x->w, "requestBody");
        json_obj(x->w);
        json_kbool(x->w, "required", true);
        json_key(x->w, "content");
        json_obj(x->w);
        if (file)
                content(x, "multipart/form-data", t, true);
        else
                content(x, "application/x-www-form-urlencoded", t, false);
        if ((r->outs & OUT_JSON) != 0)
                content(x, "application/json", t, false);
        json_end(x->w);
        json_end(x->w);
}

/* ---- what an address answers ----------------------------------------------------------------------------------- */

static void
body_of(struct json_w *w, const char *type, const char *schema)
{
        json_key(w, type);
        json_obj(w);
        json_key(w, "schema");
        if (schema != NULL) {
                ref(w, "schemas", str_of(schema));
        } else {
                json_obj(w);
                json_kstr(w, "type", S("string"));
                json_end(w);
        }
        json_end(w);
}

static void
good_answer(struct api *x, const struct route *r, const char *file_type)
{
        bool has_schema = json_get(x->schemas, r->name) != NULL;

        if (r->method == HTTP_POST && (r->outs & OUT_HTML) != 0) {
                json_key(x->w, "303");
                ref(x->w, "responses", S("see_other"));
        }
        if (r->method == HTTP_POST && (r->outs & OUT_JSON) == 0)
                return;
        json_key(x->w, "200");
        json_obj(x->w);
        json_kstr(x->w, "description", json_get_str(x->tree, "ok"));
        json_key(x->w, "content");
        json_obj(x->w);
        if (file_type != NULL)
                body_of(x->w, file_type, NULL);
        else if (r->outs == OUT_FILE)
                body_of(x->w, "application/octet-stream", NULL);
        else if (r->method == HTTP_GET && (r->outs & OUT_HTML) != 0)
                body_of(x->w, "text/html", NULL);
        if (file_type == NULL && (r->outs & OUT_JSON) != 0)
                body_of(x->w, "application/json", r->method == HTTP_POST && !has_schema ? "done" : r->name);
        json_end(x->w);
        json_end(x->w);
}

static void
answers(struct api *x, const struct route *r, const char *file_type)
{
        static const struct {
                const char *status;
                bool change, right;
        } faults[] = {
                { "401", false, true }, { "403", false, true },  { "409", true, false },  { "413", true, false },
                { "422", true, false }, { "429", false, false }, { "503", false, false }, { "507", true, false }
        };

        json_key(x->w, "responses");
        json_obj(x->w);
        good_answer(x, r, file_type);
        for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
                if ((faults[i].change && r->method != HTTP_POST) || (faults[i].right && r->cap == CAP_PUBLIC))
                        continue;
                json_key(x->w, faults[i].status);
                ref(x->w, "responses", S("fault"));
        }
        if (memchr(r->path, ':', strlen(r->path)) != NULL) {
                json_key(x->w, "404");
                ref(x->w, "responses", S("fault"));
        }
        json_end(x->w);
}

static struct str
summary_of(const struct api *x, const struct route *r)
{
        return json_get_str(json_get(x->routes, r->name), "summary");
}

static void
operation(struct api *x, const struct route *r, const char *suffix, const char *file_type)
{
        struct json_w *w = x->w;

        json_key(w, r->method == HTTP_POST ? "post" : "get");
        json_obj(w);
        json_kstr(w, "operationId",
                  str_fmt(x->a, "%s%s%s", r->name, *suffix != 0 ? "_" : "", *suffix != 0 ? suffix + 1 : ""));
        json_kstr(w, "summary", summary_of(x, r));
        json_key(w, "tags");
        json_arr(w);
        struct str path = str_of(r->path), tag;
        (void)str_cut(&path, '/', &tag);
        (void)str_cut(&path, '/', &tag);
        json_str(w, tag.n > 0 ? tag : S("home"));
        json_end(w);
        if (r->cap == CAP_PUBLIC) {
                json_key(w, "security");
                json_arr(w);
                json_end(w);
        }
        parameters(x, r);
        request_body(x, r);
        answers(x, r, file_type);
        json_end(w);
}

static bool
seen_before(const struct route *r)
{
        for (const struct route *k = web_routes; k < r; k++)
                if (str_eq(str_of(k->path), str_of(r->path)))
                        return true;
        return false;
}

static void
path_item(struct api *x, const struct route *first)
{
        const unsigned plain = OUT_HTML | OUT_JSON | OUT_FILE;

        json_key(x->w, path_of(x, first->path, "").p);
        json_obj(x->w);
        for (const struct route *r = first; r < web_routes + web_routes_n; r++)
                if (str_eq(str_of(r->path), str_of(first->path)) && (r->outs & plain) != 0)
                        operation(x, r, "", NULL);
        json_end(x->w);
}

static void
paths(struct api *x)
{
        json_key(x->w, "paths");
        json_obj(x->w);
        for (const struct route *r = web_routes; r < web_routes + web_routes_n; r++) {
                if (!seen_before(r) && (r->outs & (OUT_HTML | OUT_JSON | OUT_FILE)) != 0)
                        path_item(x, r);
                for (size_t i = 0; i < ARRAY_LEN(files); i++) {
                        if ((r->outs & files[i].out) == 0)
                                continue;
                        json_key(x->w, path_of(x, r->path, files[i].suffix).p);
                        json_obj(x->w);
                        operation(x, r, files[i].suffix, files[i].type);
                        json_end(x->w);
                }
        }
        json_end(x->w);
}

static void
document(struct api *x, const struct web_req *r)
{
        const struct json *tree = x->tree;
        struct json_w *w = x->w;

        json_kstr(w, "openapi", S("3.1.0"));
        json_key(w, "info");
        json_obj(w);
        json_kstr(w, "title", json_get_str(tree, "title"));
        json_kstr(w, "version", S(DD_VERSION));
        json_kstr(w, "description", json_get_str(tree, "about"));
        json_key(w, "license");
        json_obj(w);
        json_kstr(w, "name", S("Apache License 2.0"));
        json_kstr(w, "identifier", S("Apache-2.0"));
        json_end(w);
        json_end(w);
        json_key(w, "servers");
        json_arr(w);
        json_obj(w);
        json_kstr(w, "url", r->http->origin);
        json_end(w);
        json_end(w);
        json_key(w, "security");
        put(w, json_get(tree, "security"));
        json_key(w, "tags");
        put(w, json_get(tree, "tags"));
        paths(x);
        json_key(w, "components");
        json_obj(w);
        for (size_t i = 0; i < tree->n; i++) {
                struct str key = tree->items[i].key;

                if (str_eq(key, S("parameters")) || str_eq(key, S("responses")) || str_eq(key, S("schemas")) ||
                    str_eq(key, S("securitySchemes"))) {
                        json_key(w, key.p);
                        put(w, &tree->items[i]);
                }
        }
        json_end(w);
        json_end(w);
}

/* ---- the page --------------------------------------------------------------------------------------------------- */

static struct str
outputs_words(struct arena *a, const struct route *r)
{
        static const struct {
                unsigned out;
                const char *word;
        } words[] = { { OUT_HTML, "HTML" }, { OUT_JSON, "JSON" }, { OUT_CSV, "CSV" },
                      { OUT_XLSX, "XLSX" }, { OUT_DOCX, "DOCX" }, { OUT_ICS, "ICS" } };
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < ARRAY_LEN(words); i++)
                if ((r->outs & words[i].out) != 0)
                        buf_fmt(&b, "%s%s", b.n > 0 ? ", " : "", words[i].word);
        return str_dup(a, buf_view(&b));
}

static enum dd_err
show(struct web_req *r, struct api *x)
{
        struct ui *u = &r->ui;
        struct ui_th *th = arena_array(x->a, 4, sizeof *th);
        struct table_row *tr = arena_array(x->a, web_routes_n, sizeof *tr);

        th[0].label = T(u, "Địa chỉ");
        th[1].label = T(u, "Cách gửi");
        th[2].label = T(u, "Để làm gì");
        th[3].label = T(u, "Trả về");
        for (size_t i = 0; i < web_routes_n; i++) {
                struct table_cell *td = arena_array(x->a, 4, sizeof *td);

                td[0] = (struct table_cell){ .text = path_of(x, web_routes[i].path, ""), .head = true };
                td[1] = (struct table_cell){ .text = web_routes[i].method == HTTP_POST ? S("POST") : S("GET") };
                td[2] = (struct table_cell){ .text = tmpl_tr(u, summary_of(x, &web_routes[i])) };
                td[3] = (struct table_cell){ .text = outputs_words(x->a, &web_routes[i]) };
                tr[i] = (struct table_row){ td, 4 };
        }
        u->title = T(u, "Giao diện lập trình");
        u->as_of_fixed = true;
        struct ui_action *act = arena_array(x->a, 1, sizeof *act);
        *act = (struct ui_action){ S("OpenAPI 3.1"), S("/openapi.json"), false };
        struct table_view v = { .head = { .title = u->title,
                                          .facts = T(u, "Chương trình khác đọc và ghi qua các địa chỉ này, với quyền "
                                                        "của người đã đăng nhập."),
                                          .actions = { act, 1 } },
                                .caption = u->title,
                                .columns = { th, 4 },
                                .rows = { tr, web_routes_n } };
        return web_table(r, &v);
}

enum dd_err
page_openapi(struct dd_ctx *c, struct web_req *r)
{
        struct json tree;
        struct json_w w;
        struct api x;

        TRY(api_load(c, &tree, &x));
        if (r->want != OUT_JSON)
                return show(r, &x);
        x.w = &w;
        web_json_start(r, &w);
        document(&x, r);
        return DD_OK;
}
