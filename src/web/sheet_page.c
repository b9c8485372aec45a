/* One table under check: what its columns are, what is wrong in which cell, into which plan it goes; the rows to mend.
 */
#include "dd_plan.h"
#include "sheet_page_priv.h"
#include "table_priv.h"
#include "tmpl_rt.h"
#include "tpl_sheet_import.h"

#define FAULTS_SHOWN 200 /* on the page; the file has all */
#define ROWS_SHOWN   20

const struct sheet_state_word sheet_states[] = {
        { "open", S("chờ nhập"), UI_SOON },
        { "imported", S("đã nhập"), UI_DONE },
        { "undone", S("đã hoàn tác"), UI_IDLE },
        { "dropped", S("đã bỏ"), UI_IDLE },
};

size_t
sheet_state(struct str state)
{
        size_t k = 0;

        while (k + 1 < ARRAY_LEN(sheet_states) && !str_eq(state, str_of(sheet_states[k].state)))
                k++;
        return k;
}

/* ---- one table -------------------------------------------------------------------------------------------------- */

const struct form_field sheet_into_fields[] = {
        { .name = "plan_id",
          .type = FORM_ID,
          .label = "Kế hoạch đã có",
          .offset = FORM_AT(struct sheet_into_form, plan_id, int64_t) },
        { .name = "number",
          .type = FORM_TEXT,
          .max = 100,
          .label = "Hoặc kế hoạch mới: số ký hiệu",
          .hint = "Ví dụ: 12/KH-UBND.",
          .offset = FORM_AT(struct sheet_into_form, number, struct str) },
        { .name = "day",
          .type = FORM_DAY,
          .label = "Ngày ban hành",
          .hint = "Nhiệm vụ được tính là giao từ ngày này.",
          .offset = FORM_AT(struct sheet_into_form, day, int32_t) },
        { .name = "title",
          .type = FORM_LINES,
          .max = 1000,
          .label = "Trích yếu",
          .offset = FORM_AT(struct sheet_into_form, title, struct str) },
        { .name = "issuer",
          .type = FORM_TEXT,
          .max = 300,
          .label = "Cơ quan ban hành",
          .offset = FORM_AT(struct sheet_into_form, issuer, struct str) },
        { .name = "only_good",
          .type = FORM_BOOL,
          .label = "Chỉ nhập các dòng đúng, để lại các dòng có lỗi",
          .offset = FORM_AT(struct sheet_into_form, only_good, bool) },
};

/* What the table itself says of its paper. */
static struct sheet_into_form
into_of(const struct draft *d)
{
        struct sheet_into_form f = { .day = DD_NO_DAY };

        for (size_t i = 0; i < d->n_documents && f.number.n == 0; i++) {
                f.number = d->documents[i].number.text;
                f.day = d->documents[i].date;
                f.title = d->documents[i].title.text;
                f.issuer = d->documents[i].issuer.text;
        }
        return f;
}

static void
columns_fill(struct web_req *r, const struct sheet_check *ck, struct sheet_import_view *v)
{
        struct arena *a = r->c->arena;
        size_t n = ck->n_columns < SHEET_COLUMNS ? ck->n_columns : SHEET_COLUMNS;
        struct sheet_column_view *col = arena_array(a, n + 1, sizeof *col);
        struct ui_option *f = arena_array(a, SHEET_FIELD_MAX, sizeof *f);

        for (size_t i = 0; i < n; i++)
                col[i] = (struct sheet_column_view){ str_fmt(a, "%zu", i + 1), ck->heading[i], ck->sample[i],
                                                     str_fmt(a, "c%zu", i), str_of(sheet_field_name(ck->field[i])) };
        for (int k = 0; k < SHEET_FIELD_MAX; k++)
                f[k] = (struct ui_option){ str_of(sheet_field_name((enum sheet_field)k)),
                                           tmpl_tr(&r->ui, sheet_field_label((enum sheet_field)k)) };
        v->columns.v = col;
        v->columns.n = n;
        v->fields = (struct ui_options){ f, SHEET_FIELD_MAX };
        v->head_line = ck->head < ck->draft.n_grid ? str_fmt(a, "%d", ck->draft.grid[ck->head].line) : S("");
}

static void
faults_fill(struct web_req *r, const struct sheet_check *ck, bool notes, struct table_view *v)
{
        struct ui *u = &r->ui;
        struct arena *a = u->arena;
        struct ui_th *th = arena_array(a, 5, sizeof *th);
        struct table_row *tr = arena_array(a, ck->n_faults + 1, sizeof *tr);
        size_t n = 0;

        th[0] = (struct ui_th){ .label = T(u, "Dòng"), .num = true };
        th[1].label = T(u, "Cột");
        th[2].label = T(u, "Giá trị");
        th[3].label = notes ? T(u, "Cần xem") : T(u, "Lỗi");
        th[4].label = notes ? T(u, "Có phải là") : T(u, "Nhận được");
        for (size_t i = 0; i < ck->n_faults && n < FAULTS_SHOWN; i++) {
                const struct sheet_fault *f = &ck->faults[i];
                struct table_cell *td = arena_array(a, 5, sizeof *td);

                if (f->note != notes)
                        continue;
                td[0] = (struct table_cell){ .text = str_fmt(a, "%d", f->line), .num = true };
                td[1] =
                    (struct table_cell){ .text = f->heading.n > 0 ? f->heading : T(u, "chưa ghép cột"), .head = true };
                td[2].text = f->value;
                td[3].text = f->text;
                td[4].text = f->accepted;
                tr[n++] = (struct table_row){ td, 5 };
        }
        *v = (struct table_view){ .caption = notes ? T(u, "Tên cơ quan cần xem") : T(u, "Lỗi trong bảng"),
                                  .columns = { th, 5 },
                                  .rows = { tr, n } };
}

static void
rows_fill(struct web_req *r, const struct sheet_check *ck, struct table_view *v)
{
        struct ui *u = &r->ui;
        struct arena *a = u->arena;
        struct ui_th *th = arena_array(a, 6, sizeof *th);
        struct table_row *tr = arena_array(a, ROWS_SHOWN + 1, sizeof *tr);
        size_t n = 0;

        th[0] = (struct ui_th){ .label = T(u, "Dòng"), .num = true };
        th[1].label = T(u, "Nhiệm vụ");
        th[2].label = T(u, "Chủ trì");
        th[3].label = T(u, "Phối hợp");
        th[4].label = T(u, "Thời hạn");
        th[5].label = T(u, "Sản phẩm");
        for (size_t i = 0; i < ck->n_lines && n < ROWS_SHOWN; i++) {
                const struct sheet_line *l = &ck->lines[i];
                struct table_cell *td = arena_array(a, 6, sizeof *td);

                td[0] = (struct table_cell){ .text = str_fmt(a, "%d", l->line), .num = true };
                td[1] = (struct table_cell){ .text = l->v[SHEET_TITLE], .head = true };
                if (l->bad)
                        td[1].note = T(u, "có lỗi");
                else if (l->group)
                        td[1].note = T(u, "nhóm nhiệm vụ");
                td[2].text = l->v[SHEET_LEAD];
                td[3].text = l->v[SHEET_COORDINATING];
                td[4].text = l->v[SHEET_DEADLINE];
                td[5].text = l->v[SHEET_OUTPUT];
                tr[n++] = (struct table_row){ td, 6 };
        }
        *v = (struct table_view){ .caption = T(u, "Những dòng đầu của bảng"),
                                  .columns = { th, 6 },
                                  .rows = { tr, n },
                                  .empty = { T(u, "Không thấy dòng nào"),
                                             T(u, "Mời xem lại dòng tên cột và cách ghép cột ở trên."),
                                             { STR_NONE, STR_NONE } } };
}

static enum dd_err
plans_fill(struct web_req *r, struct ui_options *ret)
{
        struct q_plan_brief_rows rows;

        TRY(plan_brief(r->c, &rows));
        struct ui_option *o = arena_array(r->c->arena, rows.n + 1, sizeof *o);
        for (size_t i = 0; i < rows.n; i++)
                o[i] = (struct ui_option){ str_i64(r->c->arena, rows.v[i].id),
                                           TF(&r->ui, "{}, ngày {}", TMPL_ARG(rows.v[i].number),
                                              tmpl_arg_day(rows.v[i].issued)) };
        *ret = (struct ui_options){ o, rows.n };
        return DD_OK;
}

static void
faults_json(struct json_w *w, const struct sheet_check *ck)
{
        json_key(w, "faults");
        json_arr(w);
        for (size_t i = 0; i < ck->n_faults; i++) {
                const struct sheet_fault *f = &ck->faults[i];

                json_obj(w);
                json_ki64(w, "line", f->line);
                json_ki64(w, "column", f->column < ck->n_columns ? (int64_t)f->column + 1 : 0);
                json_kstr(w, "heading", f->heading);
                json_kstr(w, "value", f->value);
                json_kstr(w, "text", f->text);
                json_kstr(w, "accepted", f->accepted);
                json_kbool(w, "keeps_out", !f->note);
                json_end(w);
        }
        json_end(w);
}

static enum dd_err
sheet_json(struct web_req *r, const struct sheet_full *s)
{
        const struct sheet_check *ck = &s->check;
        struct json_w w;

        web_json_start(r, &w);
        json_ki64(&w, "id", s->import.id);
        json_kstr(&w, "file", s->import.file_name);
        json_kstr(&w, "state", s->import.state);
        json_ki64(&w, "version", s->import.version);
        json_ki64(&w, "plan_id", s->import.plan_id);
        json_ki64(&w, "head_line", ck->head < ck->draft.n_grid ? ck->draft.grid[ck->head].line : 0);
        json_ki64(&w, "rows_good", (int64_t)ck->n_tasks);
        json_ki64(&w, "rows_bad", (int64_t)ck->n_bad);
        json_key(&w, "columns");
        json_arr(&w);
        for (size_t i = 0; i < ck->n_columns; i++) {
                json_obj(&w);
                json_ki64(&w, "column", (int64_t)i + 1);
                json_kstr(&w, "heading", ck->heading[i]);
                json_kstr(&w, "field", str_of(sheet_field_name(ck->field[i])));
                json_end(&w);
        }
        json_end(&w);
        faults_json(&w, ck);
        json_end(&w);
        return DD_OK;
}

static void
closed_fill(struct web_req *r, const struct sheet_full *s, struct sheet_import_view *v)
{
        struct ui *u = &r->ui;

        v->plan = (struct ui_link){ T(u, "Mở kế hoạch"), web_href(r, "/plans/%lld", (long long)s->import.plan_id) };
        if (v->imported)
                v->told = TF(u, "Đã nhập {} nhiệm vụ lúc {}.", TMPL_ARG((int64_t)s->check.n_tasks),
                             TMPL_ARG(instant_text(u->arena, s->import.imported_at.v)));
        else if (str_eq(s->import.state, S("undone")))
                v->told = T(u, "Đợt nhập này đã được hoàn tác; các nhiệm vụ của nó không còn.");
        else
                v->told = T(u, "Bảng này đã bỏ, không nhập gì.");
}

enum dd_err
sheet_page(struct web_req *r, struct sheet_again again)
{
        struct sheet_full s;
        struct sheet_import_view v = { .state = again.typed, .typed = again.typed != NULL, .fault = again.fault };
        struct form_state fresh;
        struct ui *u = &r->ui;
        struct ui_link *crumbs = arena_array(u->arena, 2, sizeof *crumbs);
        long long id = (long long)r->id[0];

        TRY(sheet_full(r->c, r->id[0], &s));
        if (r->want == OUT_JSON)
                return sheet_json(r, &s);
        size_t k = sheet_state(s.import.state);
        crumbs[0] = (struct ui_link){ T(u, "Nhập văn bản"), web_href(r, "/intake") };
        crumbs[1] = (struct ui_link){ T(u, "Nhập từ bảng tính"), web_href(r, "/sheets") };
        u->title = s.import.file_name;
        u->active = NAV_DOCUMENTS;
        u->as_of_fixed = true;
        v.head = (struct ui_head){ .crumbs = { crumbs, 2 },
                                   .title = u->title,
                                   .facts = TF(u, "{} dòng nhập được · {} dòng có lỗi · {} tên cơ quan cần xem",
                                               TMPL_ARG((int64_t)s.check.n_tasks), TMPL_ARG((int64_t)s.check.n_bad),
                                               TMPL_ARG((int64_t)s.check.n_notes)),
                                   .has_state = true,
                                   .state = sheet_states[k].look,
                                   .state_word = tmpl_tr(u, sheet_states[k].word) };
        v.version = s.import.version;
        v.open = str_eq(s.import.state, S("open"));
        v.imported = str_eq(s.import.state, S("imported"));
        v.good = (int64_t)s.check.n_tasks;
        v.bad = (int64_t)s.check.n_bad;
        columns_fill(r, &s.check, &v);
        faults_fill(r, &s.check, false, &v.faults);
        faults_fill(r, &s.check, true, &v.notes);
        rows_fill(r, &s.check, &v.rows);
        if (v.faults.rows.n == FAULTS_SHOWN)
                v.faults_more = TF(u, "Chỉ hiện {} lỗi đầu; tệp các dòng lỗi có đủ.", TMPL_ARG((int64_t)FAULTS_SHOWN));
        if (v.state == NULL) {
                struct sheet_into_form f = into_of(&s.check.draft);

                form_state_of(r->c, sheet_into_fields, SHEET_INTO_FIELDS, &f, &fresh);
                v.state = &fresh;
        }
        TRY(plans_fill(r, &v.plans));
        v.map_action = web_href(r, "/sheets/%lld/map", id);
        v.import_action = web_href(r, "/sheets/%lld/import", id);
        v.undo_action = web_href(r, "/sheets/%lld/undo", id);
        v.drop_action = web_href(r, "/sheets/%lld/drop", id);
        v.failed_href = web_href(r, "/sheets/%lld/failed.csv", id);
        closed_fill(r, &s, &v);
        tpl_sheet_import(r->o, u, &v);
        return DD_OK;
}

enum dd_err
page_sheet(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return sheet_page(r, (struct sheet_again){ 0 });
}

/* ---- the rows to mend ------------------------------------------------------------------------------------------- */

static struct str
faults_of(struct arena *a, const struct sheet_check *ck, int32_t line)
{
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < ck->n_faults; i++)
                if (ck->faults[i].line == line && !ck->faults[i].note)
                        buf_fmt(&b, "%s%.*s%s%.*s %.*s", b.n > 0 ? " · " : "", FMT(ck->faults[i].heading),
                                ck->faults[i].heading.n > 0 ? ": " : "", FMT(ck->faults[i].text),
                                FMT(ck->faults[i].accepted));
        return str_dup(a, buf_view(&b));
}

/* The same columns as in the file and one more, so that it can be mended and sent again; groups stay above their rows.
 */
enum dd_err
page_sheet_failed(struct dd_ctx *c, struct web_req *r)
{
        struct sheet_full s;
        struct arena *a = c->arena;

        TRY(sheet_full(c, r->id[0], &s));
        const struct sheet_check *ck = &s.check;
        size_t n_cols = ck->n_columns + 1, n = 0;
        struct ui_th *th = arena_array(a, n_cols, sizeof *th);
        struct table_row *tr = arena_array(a, ck->n_lines * 2 + 1, sizeof *tr);
        size_t group = SIZE_MAX;

        for (size_t i = 0; i < ck->n_columns; i++)
                th[i].label = ck->heading[i];
        th[n_cols - 1].label = T(&r->ui, "Lỗi");
        for (size_t i = 0; i < ck->n_lines; i++) {
                const struct sheet_line *l = &ck->lines[i];

                if (!l->bad)
                        continue;
                for (int k = l->group_row == SIZE_MAX || l->group_row == group ? 1 : 0; k < 2; k++) {
                        const struct sheet_line *o = k == 0 ? &ck->lines[l->group_row] : l;
                        const struct draft_row *row = &ck->draft.grid[o->row];
                        struct table_cell *td = arena_array(a, n_cols, sizeof *td);

                        for (size_t x = 0; x < row->n; x++)
                                td[x].text = row->cells[x];
                        if (k == 1)
                                td[n_cols - 1].text = faults_of(a, ck, l->line);
                        tr[n++] = (struct table_row){ td, n_cols };
                }
                group = l->group_row;
        }
        r->ui.title = TF(&r->ui, "Dòng có lỗi của {}", TMPL_ARG(s.import.file_name));
        struct table_view v = {
                .head = { .title = r->ui.title }, .caption = r->ui.title, .columns = { th, n_cols }, .rows = { tr, n }
        };
        return web_table_file(r, &v);
}

const struct form_table form_sheet_import = FORM_TABLE(sheet_into_fields);
