/* dd_json.h - the one JSON writer (straight into a buffer) and the one reader (a tree in an arena, over jansson). */
#ifndef DD_JSON_H
#define DD_JSON_H

#include "dd_base.h"

/* Writer: json_obj(&w); json_key(&w, "n"); json_i64(&w, 1); json_end(&w). Commas and escapes are its business;
 * bytes that are not UTF-8 become U+FFFD. */
struct json_w {
        struct dd_buf *b;
        uint64_t first; /* bit a level */
        char kind[64];  /* '}' or ']' a level */
        int depth;
        bool after_key;
};
void json_start(struct json_w *w, struct dd_buf *b);
void json_obj(struct json_w *w);
void json_arr(struct json_w *w);
void json_end(struct json_w *w); /* closes the innermost */
void json_key(struct json_w *w, const char *key);
void json_str(struct json_w *w, struct str s); /* STR_NONE writes null */
void json_i64(struct json_w *w, int64_t v);
void json_num(struct json_w *w, double v); /* up to 3 decimals */
void json_bool(struct json_w *w, bool v);
/* jansson exports a json_null of its own and calls it through the same table of symbols: hence another name there. */
void json_null(struct json_w *w) __asm__("dd_json_null");
void json_day(struct json_w *w, int32_t day); /* ISO, null for DD_NO_DAY */
/* key and value in one call, the usual case */
void json_kstr(struct json_w *w, const char *key, struct str s);
void json_ki64(struct json_w *w, const char *key, int64_t v);
void json_kbool(struct json_w *w, const char *key, bool v);
void json_kday(struct json_w *w, const char *key, int32_t day);

/* Reader. DD_ETOOBIG: more than max bytes. DD_EINVAL: no JSON, depth > 64, duplicate keys, \u0000, bytes that are not
 * UTF-8. Do not include this file and <jansson.h> in one source: JSON_NULL and JSON_REAL are in both. */
enum json_type { JSON_NULL, JSON_BOOL, JSON_INT, JSON_REAL, JSON_STR, JSON_ARR, JSON_OBJ };
struct json {
        enum json_type type;
        struct str key;     /* in an object */
        struct str s;       /* JSON_STR */
        int64_t i;          /* JSON_INT, JSON_BOOL */
        double d;           /* JSON_REAL */
        struct json *items; /* JSON_ARR, JSON_OBJ */
        size_t n;
};
MUST_CHECK enum dd_err json_parse(struct arena *a, struct str text, size_t max, struct json *ret);
const struct json *json_get(const struct json *obj, const char *key); /* NULL when absent or no object */
struct str json_get_str(const struct json *obj, const char *key);     /* STR_NONE when absent or no string */
int64_t json_get_i64(const struct json *obj, const char *key, int64_t otherwise);

#endif
