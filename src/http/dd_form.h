/* dd_form.h - one table a form: it drives parsing (urlencoded, multipart, JSON), limits, messages and the widgets.
 * An undeclared field is refused (ASVS 15.3.3); only _csrf, _key and _v are always allowed. */
#ifndef DD_FORM_H
#define DD_FORM_H

#include "dd_base.h"
#include "dd_http.h"

enum form_type { /* what the caller's struct holds at .offset, and what an empty optional field leaves there */
                 FORM_TEXT,   /* struct str: one line, trimmed, spaces collapsed; STR_NONE */
                 FORM_LINES,  /* struct str: several lines; STR_NONE */
                 FORM_SECRET, /* struct str: a password: not trimmed, never shown again; STR_NONE */
                 FORM_HIDDEN, /* struct str: as TEXT, drawn hidden; STR_NONE */
                 FORM_INT,    /* int64_t; groups of three as people write them ("1.500.000") are read; FORM_NO_INT */
                 FORM_DAY,    /* int32_t; every form day_parse reads; DD_NO_DAY */
                 FORM_BOOL,   /* bool; false */
                 FORM_CHOICE, /* int32_t: code of the chosen row; FORM_NO_CHOICE */
                 FORM_ID,     /* int64_t > 0; 0 */
                 FORM_IDS,    /* struct form_ids: repeated field, or "3,5,8", or a JSON array; n = 0 */
                 FORM_FILE,   /* const struct http_file *; NULL */
};
#define FORM_NO_INT    INT64_MIN
#define FORM_NO_CHOICE (-1)
#define FORM_FIELD_MAX 64 /* rows of one table */
#define FORM_IDS_MAX   200

struct form_ids {
        const int64_t *v;
        size_t n;
};

struct form_choice {
        const char *value; /* NULL ends the list */
        const char *label; /* Vietnamese, the key for translation */
        int32_t code;      /* >= 0 */
};

struct form_field {
        const char *name;
        enum form_type type;
        bool required;
        bool sometimes; /* not always required, as the hint says: not called optional */
        /* TEXT, LINES: code points (max 0 = 200 and 4,000); INT: the value and DAY: the day (both 0 = any);
         * IDS: how many (max 0 = FORM_IDS_MAX); FILE: bytes (max 0 = the body's ceiling). */
        int64_t min, max;
        const char *label; /* Vietnamese, the key for translation */
        const char *hint;  /* may be NULL */
        const struct form_choice *choices;
        size_t offset;
};

/* A table by name, for whoever describes forms. */
struct form_table {
        const struct form_field *v;
        size_t n;
};
#define FORM_TABLE(fields)                                                                                             \
        {                                                                                                              \
                fields, ARRAY_LEN(fields)                                                                              \
        }

/* offsetof that compiles only when the member has the type its row needs:
 *     { .name = "title", .type = FORM_TEXT, .required = true, .max = 500, .label = "Tên nhiệm vụ",
 *       .offset = FORM_AT(struct task_in, title, struct str) } */
#define FORM_AT(T, member, want) (offsetof(T, member) + 0 * sizeof(_Generic(((T *)0)->member, want : 1)))

/* Reads the request's fields (body of a POST, query of a GET) into *ret. DD_EINVAL: every fault was recorded in c by
 * dd_fail_field in Vietnamese, saying what is wrong and what is accepted; good fields are filled all the same. */
MUST_CHECK enum dd_err form_read(struct dd_ctx *c, const struct form_field *t, size_t n, const struct http_req *r,
                                 void *ret);

/* What a page draws: per row the text to show in the control and the message beside it. */
struct form_shown {
        const struct form_field *field;
        struct str text;    /* as typed; "1" for a ticked box; value of the choice; ids joined by ',' */
        struct str message; /* STR_NONE when nothing is wrong */
};
struct form_state {
        struct form_shown *v; /* one a row, in the table's order */
        size_t n;
        struct str message; /* a fault that belongs to no field; STR_NONE */
};
/* After form_read failed (or core refused): the typed texts again, each with its message from c->fields. */
void form_state_typed(struct dd_ctx *c, const struct form_field *t, size_t n, const struct http_req *r,
                      struct form_state *ret);
/* Before anything was typed: the texts of a filled struct; in == NULL gives an empty form. */
void form_state_of(struct dd_ctx *c, const struct form_field *t, size_t n, const void *in, struct form_state *ret);
const struct form_shown *form_shown_of(const struct form_state *s, const char *name); /* NULL when no such row */

/* The version the page was made from (field _v); 0 when absent: the caller refuses or goes on. */
int64_t form_version(const struct http_req *r);
/* A fresh idempotency key for a form about to be drawn (hidden field _key): 128 bits in hex. */
struct str form_new_key(struct arena *a);

#endif
