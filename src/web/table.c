/* A register as a page or as a file: CSV and XLSX are written from the same view as the page. */
#include "dd_committee.h"
#include "dd_csv.h"
#include "dd_text.h"
#include "dd_xlsx.h"
#include "table_priv.h"
#include "tmpl_rt.h"
#include "tpl_table.h"

enum dd_err
web_grid(struct web_req *r, const struct web_grid *g)
{
        struct dd_ctx *c = r->c;
        struct grid_cell *cells = arena_array(c->arena, g->n_cols, sizeof *cells);
        struct str name =
            str_fmt(c->arena, "%.*s-%.*s", FMT(text_slug(c->arena, g->name)), FMT(day_iso(c->arena, c->as_of)));
        AUTO_BUF out = { 0 };

        if (r->want == OUT_CSV) {
                struct csv w;

                csv_start(&w, &out, g->cols, g->n_cols);
                for (size_t i = 0; i < g->n_rows; i++) {
                        g->fill(g->arg, i, cells);
                        csv_row(&w, cells);
                }
                web_file(r, str_fmt(c->arena, "%.*s.csv", FMT(name)), "text/csv; charset=utf-8", &out);
                return DD_OK;
        }
        struct q_committee_row committee;
        TRY(committee_get(c, &committee));
        struct str titles[] = { committee.name, g->title };
        AUTO_XLSX *x = NULL;
        TRY(xlsx_start(c, g->title, &x));
        xlsx_sheet(x, &(struct xlsx_sheet){ g->name, titles, ARRAY_LEN(titles), g->cols, g->n_cols, 1 });
        for (size_t i = 0; i < g->n_rows; i++) {
                g->fill(g->arg, i, cells);
                xlsx_row(x, cells);
        }
        TRY(xlsx_finish(x, &out));
        web_file(r, str_fmt(c->arena, "%.*s.xlsx", FMT(name)), WEB_XLSX, &out);
        return DD_OK;
}

struct filling {
        struct arena *a;
        const struct table_view *v;
};

/* A shown number of digits alone is a number in the file too; the note stands behind its text. */
static void
fill_row(void *arg, size_t i, struct grid_cell *cells)
{
        const struct filling *f = arg;
        const struct table_row *row = &f->v->rows.v[i];

        for (size_t k = 0; k < f->v->columns.n; k++) {
                const struct table_cell *from = k < row->n ? &row->v[k] : &(struct table_cell){ 0 };
                bool both = from->text.n > 0 && from->note.n > 0;

                cells[k] = grid_text(both               ? str_fmt(f->a, "%.*s - %.*s", FMT(from->text), FMT(from->note))
                                     : from->note.n > 0 ? from->note
                                                        : from->text);
                if (from->num && from->note.n == 0 && str_to_i64(from->text, &cells[k].n))
                        cells[k] = grid_int(cells[k].n);
        }
}

enum dd_err
web_table_file(struct web_req *r, const struct table_view *v)
{
        struct arena *a = r->c->arena;
        struct grid_col *cols = arena_array(a, v->columns.n, sizeof *cols);
        struct filling f = { a, v };

        for (size_t k = 0; k < v->columns.n; k++)
                cols[k] = (struct grid_col){ .title = v->columns.v[k].label,
                                             .width = v->columns.v[k].num ? 12
                                                      : v->columns.n > 4  ? 28
                                                                          : 40 };
        return web_grid(r, &(struct web_grid){ .name = v->caption,
                                               .title = v->head.title,
                                               .cols = cols,
                                               .n_cols = v->columns.n,
                                               .n_rows = v->rows.n,
                                               .fill = fill_row,
                                               .arg = &f });
}

void
web_table_files(struct web_req *r, struct ui_head *head)
{
        struct arena *a = r->c->arena;
        struct ui_action *acts = arena_array(a, head->actions.n + 2, sizeof *acts);
        struct str q = r->http->raw_query;

        q = q.n > 0 ? str_fmt(a, "?%.*s", FMT(q)) : S("");
        acts[0] = (struct ui_action){ S("CSV"), str_fmt(a, "%.*s.csv%.*s", FMT(r->ui.path), FMT(q)), false };
        acts[1] = (struct ui_action){ S("XLSX"), str_fmt(a, "%.*s.xlsx%.*s", FMT(r->ui.path), FMT(q)), false };
        for (size_t i = 0; i < head->actions.n; i++)
                acts[i + 2] = head->actions.v[i];
        head->actions = (struct ui_actions){ acts, head->actions.n + 2 };
}

enum dd_err
web_table(struct web_req *r, struct table_view *v)
{
        if (r->want != OUT_HTML)
                return web_table_file(r, v);
        if (v->rows.n > 0 && (r->route->outs & OUT_CSV) != 0)
                web_table_files(r, &v->head);
        tpl_table_page(r->o, &r->ui, v);
        return DD_OK;
}
