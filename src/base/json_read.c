/* JSON in: jansson parses, its tree is copied into the arena and dropped. */

/* Names that jansson has too; see dd_json.h. */
#define JSON_NULL JANSSON_NULL
#define JSON_REAL JANSSON_REAL
#define json_null jansson_null
#include <errno.h>
#include <jansson.h>
#undef JSON_NULL
#undef JSON_REAL
#undef json_null

#include "dd_json.h"

#define DEPTH_MAX 64

/* jansson allows 2048 levels and recurses; ours are counted before it starts. Quotes decide what a bracket is; a text
 * that is no JSON may be miscounted and is refused either way. */
static bool
depth_fits(struct str s)
{
        size_t depth = 0;
        bool quoted = false;

        for (size_t i = 0; i < s.n; i++) {
                char c = s.p[i];

                if (quoted) {
                        if (c == '\\')
                                i++;
                        else if (c == '"')
                                quoted = false;
                } else if (c == '"') {
                        quoted = true;
                } else if (c == '[' || c == '{') {
                        if (++depth > DEPTH_MAX)
                                return false;
                } else if ((c == ']' || c == '}') && depth > 0) {
                        depth--;
                }
        }
        return true;
}

static void copy(struct arena *a, json_t *from, struct json *to);

static void
copy_items(struct arena *a, json_t *from, struct json *to)
{
        size_t i = 0;

        if (json_typeof(from) == JSON_ARRAY) {
                to->type = JSON_ARR;
                to->n = json_array_size(from);
                to->items = arena_array(a, to->n, sizeof *to->items);
                for (; i < to->n; i++)
                        copy(a, json_array_get(from, i), &to->items[i]);
                return;
        }
        to->type = JSON_OBJ;
        to->n = json_object_size(from);
        to->items = arena_array(a, to->n, sizeof *to->items);
        for (void *it = json_object_iter(from); it != NULL; it = json_object_iter_next(from, it), i++) {
                to->items[i].key = str_dup(a, str_of(json_object_iter_key(it)));
                copy(a, json_object_iter_value(it), &to->items[i]);
        }
}

/* By json_typeof only: jansson's json_is_real would look at our JSON_REAL. */
static void
copy(struct arena *a, json_t *from, struct json *to)
{
        switch (json_typeof(from)) {
        case JSON_OBJECT:
        case JSON_ARRAY:
                copy_items(a, from, to);
                break;
        case JSON_STRING:
                to->type = JSON_STR;
                to->s = str_dup(a, (struct str){ json_string_value(from), json_string_length(from) });
                break;
        case JSON_INTEGER:
                to->type = JSON_INT;
                to->i = json_integer_value(from);
                break;
        case JANSSON_REAL:
                to->type = JSON_REAL;
                to->d = json_real_value(from);
                break;
        case JSON_TRUE:
        case JSON_FALSE:
                to->type = JSON_BOOL;
                to->i = json_typeof(from) == JSON_TRUE;
                break;
        case JANSSON_NULL:
                to->type = JSON_NULL;
                break;
        }
}

enum dd_err
json_parse(struct arena *a, struct str text, size_t max, struct json *ret)
{
        json_error_t why;

        *ret = (struct json){ .type = JSON_NULL };
        if (text.n > max)
                return DD_ETOOBIG;
        if (text.n == 0 || !depth_fits(text))
                return DD_EINVAL;
        errno = 0;
        json_t *root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
        if (errno == ENOMEM) { /* the library tells it as bad syntax, or loses a byte of a string and says nothing */
                json_decref(root);
                return DD_EBUSY;
        }
        if (root == NULL)
                return DD_EINVAL;
        copy(a, root, ret);
        json_decref(root);
        return DD_OK;
}

const struct json *
json_get(const struct json *obj, const char *key)
{
        struct str want = str_of(key);

        if (obj == NULL || obj->type != JSON_OBJ)
                return NULL;
        for (size_t i = 0; i < obj->n; i++)
                if (str_eq(obj->items[i].key, want))
                        return &obj->items[i];
        return NULL;
}

struct str
json_get_str(const struct json *obj, const char *key)
{
        const struct json *v = json_get(obj, key);

        return v != NULL && v->type == JSON_STR ? v->s : STR_NONE;
}

int64_t
json_get_i64(const struct json *obj, const char *key, int64_t otherwise)
{
        const struct json *v = json_get(obj, key);

        return v != NULL && v->type == JSON_INT ? v->i : otherwise;
}
