/* grid.c - the cells of a file that is one table (CSV, XLSX, rows pasted from a spreadsheet), kept beside the draft:
 * who imports a table says which column is what, so the words in the cells are all that is wanted of it. */
#include "extract_priv.h"

#include "dd_json.h"
#include "dd_text.h"
#include "table_priv.h"

#define GRID_SHARE 2 /* at least one block of so many is a row */

static bool
is_table(const struct blocks *b)
{
        size_t rows = 0, other = 0;

        if (str_eq(b->format, S("csv")) || str_eq(b->format, S("xlsx")))
                return true;
        for (size_t i = 0; i < b->n; i++) {
                rows += b->v[i].kind == BLOCK_ROW;
                other += b->v[i].kind == BLOCK_PARA || b->v[i].kind == BLOCK_HEADING;
        }
        return rows > 1 && rows * GRID_SHARE >= other;
}

void
grid_make(struct arena *a, const struct blocks *b, struct draft *d)
{
        if (!is_table(b))
                return;
        d->grid = arena_array(a, b->n < DRAFT_GRID_ROWS ? b->n + 1 : DRAFT_GRID_ROWS, sizeof *d->grid);
        for (size_t i = 0; i < b->n && d->n_grid < DRAFT_GRID_ROWS; i++) {
                const struct block *k = &b->v[i];
                struct draft_row *r = &d->grid[d->n_grid];

                if (k->kind == BLOCK_ROW) {
                        r->n = k->n_cells < DRAFT_GRID_COLUMNS ? k->n_cells : DRAFT_GRID_COLUMNS;
                        r->cells = arena_array(a, r->n + 1, sizeof *r->cells);
                        for (size_t c = 0; c < r->n; c++)
                                r->cells[c] = str_trim(k->cells[c].text);
                } else if ((k->kind == BLOCK_PARA || k->kind == BLOCK_HEADING) && k->text.n > 0) {
                        r->n = 1; /* a title above the table, a group in a line of its own */
                        r->cells = arena_array(a, 1, sizeof *r->cells);
                        r->cells[0] = str_trim(k->text);
                } else {
                        continue;
                }
                r->line = k->row > 0 ? k->row : k->line; /* as the spreadsheet counts */
                d->n_grid++;
        }
}

void
grid_json(struct json_w *w, const struct draft *d)
{
        if (d->n_grid == 0)
                return;
        json_key(w, "grid");
        json_arr(w);
        for (size_t i = 0; i < d->n_grid; i++) {
                json_arr(w);
                json_i64(w, d->grid[i].line);
                for (size_t c = 0; c < d->grid[i].n; c++)
                        json_str(w, d->grid[i].cells[c].p != NULL ? d->grid[i].cells[c] : S(""));
                json_end(w);
        }
        json_end(w);
}

static bool
row_parse(struct arena *a, const struct json *j, struct draft_row *r)
{
        if (j->type != JSON_ARR || j->n < 1 || j->n > DRAFT_GRID_COLUMNS + 1 || j->items[0].type != JSON_INT ||
            j->items[0].i < 0 || j->items[0].i > INT32_MAX)
                return false;
        r->line = (int32_t)j->items[0].i;
        r->n = j->n - 1;
        r->cells = arena_array(a, r->n + 1, sizeof *r->cells);
        for (size_t c = 0; c < r->n; c++) {
                if (j->items[c + 1].type != JSON_STR)
                        return false;
                r->cells[c] = j->items[c + 1].s;
        }
        return true;
}

bool
grid_parse(struct arena *a, const struct json *j, struct draft *d)
{
        const struct json *grid = json_get(j, "grid");

        if (grid == NULL)
                return true;
        if (grid->type != JSON_ARR || grid->n > DRAFT_GRID_ROWS)
                return false;
        d->grid = arena_array(a, grid->n + 1, sizeof *d->grid);
        for (d->n_grid = 0; d->n_grid < grid->n; d->n_grid++)
                if (!row_parse(a, &grid->items[d->n_grid], &d->grid[d->n_grid]))
                        return false;
        return true;
}

enum draft_column
draft_column_of(struct arena *a, struct str heading)
{
        static const enum draft_column map[COL_MAX] = {
                [COL_NONE] = DRAFT_COL_NONE,
                [COL_NO] = DRAFT_COL_NO,
                [COL_TITLE] = DRAFT_COL_TITLE,
                [COL_LEAD] = DRAFT_COL_LEAD,
                [COL_COORDINATING] = DRAFT_COL_COORDINATING,
                [COL_DEADLINE] = DRAFT_COL_DEADLINE,
                [COL_OUTPUT] = DRAFT_COL_OUTPUT,
                [COL_REMARK] = DRAFT_COL_REMARK,
        };
        struct view v = view_of(a, heading);

        return heading.n == 0 ? DRAFT_COL_NONE : map[column_of(&v, 0, v.n)];
}
