/* What the reader takes, the writer writes so that the reader takes it again and finds the same. */
#include "dd_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
write_value(struct json_w *w, const struct json *v)
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
                if (v->type == JSON_OBJ)
                        json_obj(w);
                else
                        json_arr(w);
                for (size_t i = 0; i < v->n; i++) {
                        if (v->type == JSON_OBJ)
                                json_key(w, v->items[i].key.p);
                        write_value(w, &v->items[i]);
                }
                json_end(w);
                break;
        }
}

/* Numbers may lose digits on the way (3 decimals), nothing else may change. */
static bool
same(const struct json *x, const struct json *y)
{
        if (x->type == JSON_REAL)
                return y->type == JSON_REAL || y->type == JSON_INT || y->type == JSON_NULL;
        if (x->type != y->type || x->n != y->n || x->i != y->i || !str_eq(x->s, y->s))
                return false;
        for (size_t i = 0; i < x->n; i++)
                if (!str_eq(x->items[i].key, y->items[i].key) || !same(&x->items[i], &y->items[i]))
                        return false;
        return true;
}

static bool
has_big_real(const struct json *v)
{
        if (v->type == JSON_REAL && (v->d > 1e15 || v->d < -1e15))
                return true;
        for (size_t i = 0; i < v->n; i++)
                if (has_big_real(&v->items[i]))
                        return true;
        return false;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct arena *a = arena_new(0);
        struct json v, again;
        AUTO_BUF b = { 0 };
        struct json_w w;

        if (json_parse(a, (struct str){ (const char *)data, size }, 1 << 20, &v) == DD_OK) {
                json_start(&w, &b);
                write_value(&w, &v);
                /* a real beyond 2^63 is written without a point and is no integer to the reader */
                if (!has_big_real(&v) && !b.over &&
                    (json_parse(a, buf_view(&b), SIZE_MAX, &again) != DD_OK || !same(&v, &again)))
                        abort();
        }
        arena_free(a);
        return 0;
}
