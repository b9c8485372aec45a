/* table_priv.h - rows and columns of a table of tasks. */
#ifndef TABLE_PRIV_H
#define TABLE_PRIV_H

#include "extract_priv.h"

#define COLUMNS_MAX 32

enum column { COL_NONE, COL_NO, COL_TITLE, COL_LEAD, COL_COORDINATING, COL_DEADLINE, COL_OUTPUT, COL_REMARK, COL_MAX };

struct row {
        const struct seg *seg; /* its cells */
        size_t n;
        int32_t block, table;
};
struct layout {
        enum column column[COLUMNS_MAX];
        size_t n;
        struct row second; /* the second header line; n == 0: none */
};
struct table {
        int32_t number;
        bool known, fresh;
        struct layout layout;
        struct row header;
        struct str group;
        size_t groups, roman, tasks, rows;
        struct str number_no; /* of the last numbered row */
};

/* Reads the columns of a header row; true when it heads a table of tasks. */
bool header_read(const struct flow *f, const struct row *r, struct layout *ret);
/* The rows of a table that was put together elsewhere; the first is its header. */
void table_of_rows(struct xt *x, const struct layout *l, const struct row *rows, size_t n);
/* A table of unknown heads, rows[0] among them: read by its content (true), or reported where tasks would stand. */
bool table_by_content(struct xt *x, const struct row *rows, size_t n);
enum column column_of(const struct view *v, size_t from, size_t to);
size_t row_cell(const struct flow *f, const struct layout *l, const struct row *r, enum column c, bool last);
void task_from_row(struct xt *x, const struct table *t, const struct row *r, struct str no);
void task_continue(struct xt *x, const struct row *r, size_t title);
struct draft_task *draft_task_add(struct xt *x, size_t from, size_t to);
struct draft_group *draft_group_add(struct xt *x, size_t from,
                                    size_t to); /* its title and span; the number is the caller's */
size_t sentence_end(const struct view *v, size_t from, size_t to);
size_t lead_words(struct xt *x, struct draft_task *t, size_t from, size_t to); /* where the task itself begins */
void task_deadline(struct xt *x, struct draft_task *t, size_t from, size_t to, const char *rule);

#endif
