/* sqlgen - what its parts share. Reads src/store/ *.sql, writes C; the format is in src/store/README.md. */
#ifndef SQLGEN_PRIV_H
#define SQLGEN_PRIV_H

#include "dd_base.h"

#define MAX_COLUMNS   64
#define MAX_OVERRIDES 8 /* DESIGN section 4: more means the common subset is being left */

enum col_type { T_I64, T_I32, T_BOOL, T_STR, T_BLOB, T_DATE, T_ID, T_MAX };
enum kind { K_ONE, K_MAYBE, K_MANY, K_EXEC };
enum engine { E_SQLITE, E_PG, E_MAX };

struct column {
        struct str name;
        enum col_type type;
        bool null;
        bool used; /* parameters: seen in a text */
};

struct columns {
        struct column *v;
        size_t n, cap;
};

/* A shared result struct q_NAME_row; lives in the header of the file that first gave its columns. */
struct row {
        struct str name;
        struct columns cols;
        const struct file *home;
        bool many; /* also wants q_NAME_rows */
};

struct query {
        struct str name, doc, scan, row_name, args_name; /* args_name: shared with others of the file */
        enum kind kind;
        int line;
        struct columns in, out;
        struct row *row; /* NULL: one scalar column, or no result */
        struct dd_buf text[E_MAX];
        bool ended[E_MAX]; /* its ';' was seen */
        bool override;
};

struct file {
        struct str path, base, noun; /* src/store/task.sql, task.sql, task */
        struct str text;
        struct query **q;
        size_t n_q, cap_q;
};

struct gen {
        struct arena *a;
        struct file *files;
        size_t n_files;
        struct {
                struct row **v;
                size_t n, cap;
        } rows;
        int errors, overrides;
};

/* Reports one mistake as FILE:LINE: error: ... and counts it. */
void gen_error(struct gen *g, const struct file *f, int line, const char *fmt, ...) PRINTF_LIKE(4, 5);

void parse_file(struct gen *g, struct file *f);
void resolve(struct gen *g); /* rows, names, override count: what only the whole set can tell */
void emit_rows(struct gen *g, const struct file *f, struct dd_buf *out);
void emit_header(struct gen *g, const struct file *f, struct dd_buf *out);
void emit_code(struct gen *g, const struct file *f, struct dd_buf *out);
void emit_table(struct gen *g, struct dd_buf *out);
void emit_c_string(struct dd_buf *out, struct str s);

/* One migration in both dialects: tokens replaced, `only` blocks chosen, comments dropped. */
void schema_texts(struct gen *g, struct file *f, struct dd_buf text[E_MAX]);
void emit_schema(struct gen *g, struct dd_buf *out);

#endif
