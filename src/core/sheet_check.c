/* Which column is what, and what is wrong in which cell. Nothing is stored here. */
#include "dd_agency.h"
#include "dd_rights.h"
#include "dd_text.h"
#include "q_sheet_import.h"
#include "sheet_import_priv.h"

#define HEAD_WITHIN 20 /* rows above the table: titles, the office */
#define TITLE_MAX   4000
#define WORDS_MAX   2000

static const struct {
        const char *name;
        struct str label;
} fields[SHEET_FIELD_MAX] = {
        [SHEET_NONE] = { "none", S("Bỏ qua") },
        [SHEET_NO] = { "no", S("Số thứ tự") },
        [SHEET_GROUP] = { "group", S("Nhóm nhiệm vụ") },
        [SHEET_TITLE] = { "title", S("Nội dung nhiệm vụ") },
        [SHEET_LEAD] = { "lead", S("Cơ quan chủ trì") },
        [SHEET_COORDINATING] = { "coordinating", S("Cơ quan phối hợp") },
        [SHEET_DEADLINE] = { "deadline", S("Thời hạn") },
        [SHEET_OUTPUT] = { "output", S("Sản phẩm") },
};

const char *
sheet_field_name(enum sheet_field f)
{
        return fields[f].name;
}

struct str
sheet_field_label(enum sheet_field f)
{
        return fields[f].label;
}

enum sheet_field
sheet_field_of(struct str name)
{
        int f = 0;

        while (f < SHEET_FIELD_MAX && !str_eq(name, str_of(fields[f].name)))
                f++;
        return (enum sheet_field)f;
}

enum sheet_field
sheet_field_worded(struct arena *a, struct str words)
{
        struct str fold = text_fold(a, str_trim(words));
        int f = 0;

        while (f < SHEET_FIELD_MAX && !str_eq(fold, str_of(fields[f].name)) &&
               !str_eq(fold, text_fold(a, fields[f].label)))
                f++;
        return (enum sheet_field)f;
}

/* ---- columns ---------------------------------------------------------------------------------------------------- */

static enum sheet_field
by_heading(struct arena *a, const struct q_sheet_heading_rows *said, struct str heading)
{
        static const enum sheet_field map[] = {
                [DRAFT_COL_NONE] = SHEET_NONE,
                [DRAFT_COL_NO] = SHEET_NO,
                [DRAFT_COL_TITLE] = SHEET_TITLE,
                [DRAFT_COL_LEAD] = SHEET_LEAD,
                [DRAFT_COL_COORDINATING] = SHEET_COORDINATING,
                [DRAFT_COL_DEADLINE] = SHEET_DEADLINE,
                [DRAFT_COL_OUTPUT] = SHEET_OUTPUT,
                [DRAFT_COL_REMARK] = SHEET_NONE,
        };
        struct str fold = text_fold(a, heading);

        for (size_t i = 0; i < said->n; i++)
                if (str_eq(said->v[i].heading_fold, fold)) {
                        enum sheet_field f = sheet_field_of(said->v[i].field);

                        return f < SHEET_FIELD_MAX ? f : SHEET_NONE;
                }
        if (str_starts(fold, S("nhom")) || str_eq(fold, S("linh vuc")))
                return SHEET_GROUP;
        return map[draft_column_of(a, heading)];
}

/* How much a row looks like heads: kinds of columns it names. */
static int
head_worth(struct arena *a, const struct q_sheet_heading_rows *said, const struct draft_row *r)
{
        bool has[SHEET_FIELD_MAX] = { false };
        int worth = 0;

        for (size_t i = 0; i < r->n; i++)
                if (r->cells[i].n <= 120)
                        has[by_heading(a, said, r->cells[i])] = true;
        for (int f = SHEET_NONE + 1; f < SHEET_FIELD_MAX; f++)
                worth += has[f];
        return has[SHEET_TITLE] && r->n > 1 ? worth : 0;
}

static size_t
head_find(struct arena *a, const struct q_sheet_heading_rows *said, const struct draft *d, int32_t line)
{
        size_t best = d->n_grid;
        int worth = 1;

        for (size_t i = 0; i < d->n_grid && line > 0; i++)
                if (d->grid[i].line == line && d->grid[i].n > 1)
                        return i;
        for (size_t i = 0; i < d->n_grid && i < HEAD_WITHIN; i++) {
                int w = head_worth(a, said, &d->grid[i]);

                if (w > worth) {
                        worth = w;
                        best = i;
                }
        }
        return best;
}

static void
columns_read(struct arena *a, const struct q_sheet_heading_rows *said, const struct sheet_map *map,
             struct sheet_check *ck)
{
        const struct draft *d = &ck->draft;
        bool used[SHEET_FIELD_MAX] = { false };

        ck->head = head_find(a, said, d, map->head_line);
        for (size_t i = 0; i < d->n_grid; i++)
                if (d->grid[i].n > ck->n_columns)
                        ck->n_columns = d->grid[i].n;
        for (size_t k = 0; k < ck->n_columns; k++) {
                bool named = ck->head < d->n_grid && k < d->grid[ck->head].n;

                ck->heading[k] = named ? d->grid[ck->head].cells[k] : S("");
                ck->field[k] = map->given ? map->field[k] : named ? by_heading(a, said, ck->heading[k]) : SHEET_NONE;
                if (used[ck->field[k]] && !map->given) /* the first of its kind */
                        ck->field[k] = SHEET_NONE;
                used[ck->field[k]] = ck->field[k] != SHEET_NONE;
                for (size_t i = ck->head < d->n_grid ? ck->head + 1 : 0; i < d->n_grid && ck->sample[k].n == 0; i++)
                        if (k < d->grid[i].n)
                                ck->sample[k] = d->grid[i].cells[k];
        }
}

/* ---- cells ------------------------------------------------------------------------------------------------------ */

struct known_name { /* of an agency, as far as it was looked up */
        struct str fold, near;
        bool known, told;
};
struct checking {
        struct dd_ctx *c;
        struct sheet_check *ck;
        struct directory dir;
        struct {
                struct known_name *v;
                size_t n, cap;
        } names;
        struct dd_tx *tx;
};

static struct sheet_fault *
fault(struct checking *g, struct sheet_line *l, enum sheet_field f, bool note)
{
        struct sheet_check *ck = g->ck;
        struct {
                struct sheet_fault *v;
                size_t n, cap;
        } vec = { ck->faults, ck->n_faults, ck->cap_faults };
        struct sheet_fault *x = VEC_PUSH(g->c->arena, &vec);

        ck->faults = vec.v;
        ck->n_faults = vec.n;
        ck->cap_faults = vec.cap;
        x->line = l->line;
        while (x->column < ck->n_columns && ck->field[x->column] != f)
                x->column++;
        x->heading = x->column < ck->n_columns ? ck->heading[x->column] : S("");
        x->value = l->v[f].p != NULL ? l->v[f] : S("");
        x->accepted = S("");
        x->note = note;
        l->bad = l->bad || !note;
        ck->n_notes += note;
        return x;
}

static enum dd_err
name_look(struct checking *g, const struct mention *m, struct known_name **ret)
{
        struct arena *a = g->c->arena;
        struct str fold = text_fold(a, m->name);
        int64_t id;
        bool found;

        for (size_t i = 0; i < g->names.n; i++)
                if (str_eq(g->names.v[i].fold, fold)) {
                        *ret = &g->names.v[i];
                        return DD_OK;
                }
        struct known_name *k = VEC_PUSH(a, &g->names);
        k->fold = fold;
        TRY(agency_known(g->tx, m, g->c->today, &id, &found));
        k->known = found;
        if (!found) {
                struct resolved r = mention_resolve(a, &g->dir, m, g->c->today);

                k->known = r.id != 0 && !r.ask;
                for (size_t i = 0; i < g->dir.n && r.id != 0 && r.ask; i++)
                        if (g->dir.v[i].id == r.id)
                                k->near = g->dir.v[i].name;
        }
        *ret = k;
        return DD_OK;
}

static enum dd_err
agencies_check(struct checking *g, struct sheet_line *l, enum sheet_field f)
{
        struct dd_ctx *c = g->c;
        struct mentions m = { 0 };

        if (l->v[f].n == 0)
                return DD_OK;
        agency_parse(c->arena, l->v[f], STR_NONE, &m);
        if (m.n == 0) {
                struct sheet_fault *x = fault(g, l, f, false);

                x->text = str_of(dd_say(c, "Không đọc được tên cơ quan."));
                x->accepted = str_of(dd_say(c, "Tên đầy đủ hoặc viết tắt quen dùng, nhiều cơ quan cách nhau bằng dấu "
                                               "chấm phẩy. Ví dụ: Sở Tài chính; Sở Nội vụ."));
        }
        for (size_t i = 0; i < m.n; i++) {
                struct known_name *k;

                TRY(name_look(g, &m.v[i], &k));
                if (k->known || k->told) /* once is enough */
                        continue;
                k->told = true;
                struct sheet_fault *x = fault(g, l, f, true);
                x->value = m.v[i].name;
                x->text = k->near.n > 0 ? str_of(dd_say(c, "Chưa có cơ quan tên này; có cơ quan tên gần giống."))
                                        : str_of(dd_say(c, "Chưa có cơ quan tên này; nhập vào thì được thêm mới."));
                x->accepted = k->near;
        }
        return DD_OK;
}

static void
deadline_check(struct checking *g, struct sheet_line *l)
{
        struct deadline dl = { .start = DD_NO_DAY, .due = DD_NO_DAY };

        if (l->v[SHEET_DEADLINE].n == 0 || day_parse(l->v[SHEET_DEADLINE]) != DD_NO_DAY)
                return;
        deadline_parse(g->c->arena, l->v[SHEET_DEADLINE], g->ck->year, &dl);
        if (dl.kind != DL_UNKNOWN && dl.kind != DL_NONE)
                return;
        struct sheet_fault *x = fault(g, l, SHEET_DEADLINE, false);
        x->text = str_of(dd_say(g->c, "Không đọc được thời hạn."));
        x->accepted = str_of(dd_say(g->c, "Ngày (30/9/2023), tháng (Tháng 10/2023), quý (Quý IV/2023), năm (Năm 2023), "
                                          "khoảng (2023-2025), định kỳ (Hằng quý), Thường xuyên, hoặc để trống."));
}

static void
words_check(struct checking *g, struct sheet_line *l)
{
        static const struct {
                enum sheet_field f;
                size_t max;
        } limits[] = { { SHEET_TITLE, TITLE_MAX }, { SHEET_LEAD, WORDS_MAX },   { SHEET_COORDINATING, WORDS_MAX },
                       { SHEET_DEADLINE, 500 },    { SHEET_OUTPUT, WORDS_MAX }, { SHEET_NO, 50 } };

        for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
                if (utf8_len(l->v[limits[i].f]) <= limits[i].max)
                        continue;
                struct sheet_fault *x = fault(g, l, limits[i].f, false);
                x->text = str_of(dd_say(g->c, "Ô này quá dài."));
                x->accepted = str_fmt(g->c->arena, dd_say(g->c, "Nhiều nhất %zu chữ."), limits[i].max);
        }
        if (l->v[SHEET_TITLE].n == 0) {
                struct sheet_fault *x = fault(g, l, SHEET_TITLE, false);
                x->text = str_of(dd_say(g->c, "Thiếu nội dung nhiệm vụ."));
                x->accepted = str_of(dd_say(g->c, "Một câu nói rõ việc phải làm."));
        }
        if (l->v[SHEET_LEAD].n == 0) {
                struct sheet_fault *x = fault(g, l, SHEET_LEAD, false);
                x->text = str_of(dd_say(g->c, "Thiếu cơ quan chủ trì."));
                x->accepted = str_of(dd_say(g->c, "Tên cơ quan, ví dụ: Sở Tài chính."));
        }
}

/* The same task twice in one table is a slip more often than not. */
static void
twice_check(struct checking *g, struct sheet_line *l, size_t at)
{
        struct sheet_check *ck = g->ck;

        for (size_t i = 0; i < at; i++) {
                const struct sheet_line *o = &ck->lines[i];

                if (o->group || o->v[SHEET_TITLE].n == 0 || !str_eq(o->v[SHEET_TITLE], l->v[SHEET_TITLE]) ||
                    !str_eq(o->v[SHEET_LEAD], l->v[SHEET_LEAD]) || !str_eq(o->v[SHEET_DEADLINE], l->v[SHEET_DEADLINE]))
                        continue;
                struct sheet_fault *x = fault(g, l, SHEET_TITLE, false);
                x->text = str_fmt(g->c->arena, dd_say(g->c, "Trùng với dòng %d: cùng nội dung, chủ trì và thời hạn."),
                                  o->line);
                x->accepted = str_of(dd_say(g->c, "Bỏ một trong hai dòng, hoặc ghi rõ chỗ khác nhau."));
                return;
        }
}

/* ---- rows ------------------------------------------------------------------------------------------------------- */

static bool
is_roman(struct str s)
{
        while (s.n > 0 && (s.p[s.n - 1] == '.' || s.p[s.n - 1] == ')'))
                s.n--;
        for (size_t i = 0; i < s.n; i++)
                if (strchr("IVXLC", s.p[i]) == NULL)
                        return false;
        return s.n > 0;
}

/* "I | Nhóm nhiệm vụ ..." or one text alone in its row heads the rows below it. */
static bool
is_group(const struct draft_row *r, const struct sheet_line *l)
{
        size_t filled = 0;

        for (size_t i = 0; i < r->n; i++)
                filled += r->cells[i].n > 0;
        if (l->v[SHEET_LEAD].n > 0 || l->v[SHEET_DEADLINE].n > 0 || l->v[SHEET_OUTPUT].n > 0 ||
            l->v[SHEET_COORDINATING].n > 0)
                return false;
        return (filled == 1 && r->cells[0].n > 0) || (is_roman(l->v[SHEET_NO]) && filled == 2);
}

static bool
row_take(struct sheet_check *ck, size_t row, struct sheet_line *l)
{
        const struct draft_row *r = &ck->draft.grid[row];
        bool any = false;

        *l = (struct sheet_line){ .row = row, .line = r->line, .group_row = SIZE_MAX };
        for (size_t k = 0; k < r->n; k++) {
                any = any || r->cells[k].n > 0;
                if (ck->field[k] != SHEET_NONE && l->v[ck->field[k]].n == 0)
                        l->v[ck->field[k]] = r->cells[k];
        }
        for (size_t k = 0; any && k < r->n && ck->head < ck->draft.n_grid; k++) /* the heads again, on a new page */
                if (!str_eq(r->cells[k], ck->heading[k]))
                        break;
                else if (k + 1 == r->n)
                        any = false;
        l->group = any && is_group(r, l);
        if (l->group && l->v[SHEET_TITLE].n == 0)
                for (size_t k = 0; k < r->n && l->v[SHEET_TITLE].n == 0; k++)
                        l->v[SHEET_TITLE] = r->cells[k];
        return any;
}

static enum dd_err
rows_read(struct checking *g)
{
        struct sheet_check *ck = g->ck;
        size_t group = SIZE_MAX;

        ck->lines = arena_array(g->c->arena, ck->draft.n_grid + 1, sizeof *ck->lines);
        for (size_t i = ck->head < ck->draft.n_grid ? ck->head + 1 : 0; i < ck->draft.n_grid; i++) {
                struct sheet_line *l = &ck->lines[ck->n_lines];

                if (!row_take(ck, i, l))
                        continue;
                l->group_row = group;
                if (l->group) {
                        group = ck->n_lines++;
                        ck->n_groups++;
                        continue;
                }
                words_check(g, l);
                TRY(agencies_check(g, l, SHEET_LEAD));
                TRY(agencies_check(g, l, SHEET_COORDINATING));
                deadline_check(g, l);
                twice_check(g, l, ck->n_lines);
                ck->n_lines++;
                ck->n_tasks += !l->bad;
                ck->n_bad += l->bad;
        }
        return DD_OK;
}

enum dd_err
sheet_look(struct dd_tx *tx, const struct sheet_map *map, struct sheet_check *ck)
{
        struct dd_ctx *c = tx->c;
        struct q_sheet_heading_rows said;
        struct checking g = { .c = c, .ck = ck, .tx = tx };
        int month, mday;

        if (ck->draft.n_grid < 2 || ck->draft.n_grid >= DRAFT_GRID_ROWS)
                return dd_fail(c, DD_EINVAL,
                               ck->draft.n_grid < 2
                                   ? "Không thấy bảng nào trong tệp. Cần một bảng có dòng tên cột và các dòng dữ liệu."
                                   : "Bảng có quá nhiều dòng. Mời tách thành nhiều tệp, mỗi tệp dưới 6.000 dòng.");
        day_parts(c->today, &ck->year, &month, &mday);
        for (size_t i = 0; i < ck->draft.n_documents; i++)
                if (ck->draft.documents[i].date != DD_NO_DAY)
                        day_parts(ck->draft.documents[i].date, &ck->year, &month, &mday);
        TRY(q_sheet_headings(tx, c->committee_id, &said));
        TRY(agency_directory(tx, &g.dir));
        columns_read(c->arena, &said, map, ck);
        return rows_read(&g);
}

enum dd_err
sheet_check(struct dd_ctx *c, const struct draft *d, const struct sheet_map *map, struct sheet_check *ret)
{
        AUTO_TX tx = { 0 };

        *ret = (struct sheet_check){ .draft = *d };
        TRY(can(c, CAP_INTAKE, 0));
        TRY(dd_tx_read(&tx, c));
        return sheet_look(&tx, map, ret);
}

enum dd_err
sheet_map_words(struct dd_ctx *c, const struct sheet_check *seen, struct str words, struct sheet_map *ret)
{
        struct str part, rest = words, name;

        memcpy(ret->field, seen->field, sizeof ret->field);
        ret->given = true;
        while (str_cut(&rest, ';', &part)) {
                struct str value = str_trim(part);
                int64_t number;
                size_t k = 0;

                if (value.n == 0)
                        continue;
                (void)str_cut(&value, '=', &name);
                name = str_trim(name);
                enum sheet_field f = sheet_field_worded(c->arena, value);
                if (str_to_i64(name, &number))
                        k = number > 0 && (size_t)number <= seen->n_columns ? (size_t)number - 1 : seen->n_columns;
                else
                        while (k < seen->n_columns &&
                               !str_eq(text_fold(c->arena, seen->heading[k]), text_fold(c->arena, name)))
                                k++;
                if (k == seen->n_columns)
                        return dd_fail(c, DD_EINVAL, "Không có cột «%.*s» trong bảng.", FMT(name));
                if (f == SHEET_FIELD_MAX)
                        return dd_fail(c, DD_EINVAL,
                                       "Không có trường «%.*s». Các trường: no, group, title, lead, coordinating, "
                                       "deadline, output, none.",
                                       FMT(str_trim(value)));
                for (size_t i = 0; i < seen->n_columns && f != SHEET_NONE; i++)
                        if (ret->field[i] == f)
                                ret->field[i] = SHEET_NONE;
                ret->field[k] = f;
        }
        return DD_OK;
}
