/* dd_field.h - the pure parsers of what a browser sends: names and values out of a slice of untrusted bytes.
 * No input makes them read outside the slice; every bound of a form stands here. Fuzzed by fuzz/fuzz_form.c. */
#ifndef DD_FIELD_H
#define DD_FIELD_H

#include "dd_base.h"

#define FIELD_COUNT_MAX     200        /* fields of one form or query, files included */
#define FIELD_NAME_MAX      64         /* bytes of a name */
#define FIELD_FILE_NAME_MAX 255        /* bytes of an uploaded file's name */
#define FIELD_VALUE_MAX     (1u << 20) /* bytes of one text value; form tables say less */

struct http_field {
        struct str name;
        struct str value; /* valid UTF-8, NFC, no NUL; line ends are "\n" */
};
struct http_fields {
        struct http_field *v;
        size_t n, cap;
};

/* One uploaded file. `bytes` is mapped read-only from `fd`, a memfd sealed against every change, so that the same
 * descriptor may be handed to a child. Both live as long as the request. In the pure parser fd is -1 and `bytes`
 * points into the input. */
struct http_file {
        struct str field; /* name in the form */
        struct str name;  /* the person's file name: last path part, NFC, no control characters; never a path of ours */
        struct str type;  /* as the browser declared it: a hint, never believed */
        struct str bytes;
        int fd;
};
struct http_files {
        struct http_file *v;
        size_t n, cap;
};

/* First value of that name; STR_NONE when absent. */
struct str field_get(const struct http_fields *f, const char *name);

/* application/x-www-form-urlencoded, also the query of an URL. Appends to ret. DD_EINVAL with the person's text in c:
 * too many fields, name or value too long, bad escape, not UTF-8, NUL. */
MUST_CHECK enum dd_err field_parse_urlencoded(struct dd_ctx *c, struct str body, struct http_fields *ret);

/* multipart/form-data (RFC 7578). `type` is the Content-Type header with its boundary. A part with a file name is a
 * file, others are text. A file control left empty (no name, no bytes) is dropped. DD_EINVAL as above. */
MUST_CHECK enum dd_err field_parse_multipart(struct dd_ctx *c, struct str type, struct str body,
                                             struct http_fields *ret, struct http_files *ret_files);

/* Parameter of a header value such as `form-data; name="x"`; STR_NONE when absent. Understands quoted strings and
 * percent-encoded name*=UTF-8''... */
struct str field_param(struct arena *a, struct str header, const char *name);

/* Percent-decoding in the path or the query of an URL ('+' is a space only there); false on a bad escape. */
bool field_unescape(struct arena *a, struct str s, bool plus, struct str *ret);

#endif
