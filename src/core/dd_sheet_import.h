/* dd_sheet_import.h - tasks out of a table: which column is what, what is wrong in which cell, one action to import and
 * one to take it back. Nothing is imported before a person has seen the check. */
#ifndef DD_SHEET_IMPORT_H
#define DD_SHEET_IMPORT_H

#include "dd_draft.h"
#include "dd_update.h"
#include "q_sheet_import_rows.h"

enum sheet_field {
        SHEET_NONE,
        SHEET_NO,
        SHEET_GROUP,
        SHEET_TITLE,
        SHEET_LEAD,
        SHEET_COORDINATING,
        SHEET_DEADLINE,
        SHEET_OUTPUT,
        SHEET_FIELD_MAX
};
const char *sheet_field_name(enum sheet_field f);                       /* "title", as stored and typed */
struct str sheet_field_label(enum sheet_field f);                       /* Vietnamese, the key for translation */
enum sheet_field sheet_field_of(struct str name);                       /* SHEET_FIELD_MAX: no such name */
enum sheet_field sheet_field_worded(struct arena *a, struct str words); /* of a name or a label; SHEET_FIELD_MAX */

/* What a person says of the columns. */
struct sheet_map {
        int32_t head_line; /* 0: as found */
        enum sheet_field field[DRAFT_GRID_COLUMNS];
        bool given; /* field counts; else the heads are read, with what the committee has said before */
};

struct sheet_fault {
        int32_t line;
        size_t column;       /* from 0 */
        struct str heading;  /* of the column; "" without a head */
        struct str value;    /* as it stands there */
        struct str text;     /* what is wrong; in the person's language */
        struct str accepted; /* what would be right */
        bool note;           /* wants a look, but does not keep the row out */
};
struct sheet_line {
        size_t row; /* of the table */
        int32_t line;
        bool group, bad;
        size_t group_row; /* the group it stands under, an index into lines; SIZE_MAX: none */
        struct str v[SHEET_FIELD_MAX];
};
struct sheet_check {
        struct draft draft;
        size_t head; /* row of the heads; draft.n_grid: none was found */
        size_t n_columns;
        struct str heading[DRAFT_GRID_COLUMNS], sample[DRAFT_GRID_COLUMNS];
        enum sheet_field field[DRAFT_GRID_COLUMNS];
        struct sheet_line *lines;
        size_t n_lines, cap_lines;
        struct sheet_fault *faults;
        size_t n_faults, cap_faults;
        size_t n_tasks, n_bad, n_groups, n_notes;
        int year; /* for deadlines that name none */
};

/* Looks without storing anything. Right: CAP_INTAKE. DD_EINVAL: there is no table in it. */
MUST_CHECK enum dd_err sheet_check(struct dd_ctx *c, const struct draft *d, const struct sheet_map *map,
                                   struct sheet_check *ret);
/* "Nhiệm vụ=title; Hạn=deadline": columns by the words of their heads, or by number ("2=lead"). DD_EINVAL names the
 * word that is none. */
MUST_CHECK enum dd_err sheet_map_words(struct dd_ctx *c, const struct sheet_check *seen, struct str words,
                                       struct sheet_map *ret);

/* Keeps the table until it is imported. Audit sheet.read. DD_EINVAL as above. */
MUST_CHECK enum dd_err sheet_create(struct dd_ctx *c, const struct evidence *file, const struct draft *d,
                                    int64_t *ret_id);
MUST_CHECK enum dd_err sheet_list(struct dd_ctx *c, struct q_sheet_import_item_rows *ret);

struct sheet_full {
        struct q_sheet_import_row import;
        struct sheet_check check;
};
MUST_CHECK enum dd_err sheet_full(struct dd_ctx *c, int64_t id, struct sheet_full *ret);

/* What the columns are from now on, also for the next table of this committee. Audit sheet.map. */
MUST_CHECK enum dd_err sheet_map_set(struct dd_ctx *c, int64_t id, int64_t version, const struct sheet_map *map);

struct sheet_import_in {
        int64_t id, version; /* version 0: system callers */
        int64_t plan_id;     /* 0: a new plan by what follows */
        struct str number, title, issuer;
        int32_t day;
        bool only_good; /* rows with a fault stay out; else they stop the import */
};
/* All good rows at once, as tasks that are tracked. Rights: CAP_INTAKE. Audit sheet.import. DD_ECONFLICT: faults are
 * left and only_good is false, or it was imported before. */
MUST_CHECK enum dd_err sheet_import(struct dd_ctx *c, const struct sheet_import_in *in, int64_t *ret_plan);
/* Takes the whole import back: its tasks, groups, and the plan it made when nothing else is in it. Audit sheet.undo.
 * DD_ECONFLICT, with the tasks' numbers, as soon as anybody has worked on one, or a report was closed with them. */
MUST_CHECK enum dd_err sheet_undo(struct dd_ctx *c, int64_t id, int64_t version);
MUST_CHECK enum dd_err sheet_drop(struct dd_ctx *c, int64_t id, int64_t version);

#endif
