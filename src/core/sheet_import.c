/* A table waits, is imported in one action, and is taken back in one. */
#include "dd_agency.h"
#include "dd_audit.h"
#include "dd_board_keep.h"
#include "dd_json.h"
#include "dd_rights.h"
#include "dd_state.h"
#include "dd_task.h"
#include "dd_text.h"
#include "q_document.h"
#include "q_plan.h"
#include "q_sheet_import.h"
#include "q_task.h"
#include "sheet_import_priv.h"

static int64_t
by(const struct dd_ctx *c)
{
        return c->user != NULL ? c->user->id : 0;
}

/* ---- how the columns are kept: "3:no,title,lead,none" ------------------------------------------------------------ */

static struct str
map_text(struct arena *a, int32_t line, const enum sheet_field *f, size_t n)
{
        AUTO_BUF b = { 0 };

        buf_fmt(&b, "%d:", line);
        for (size_t i = 0; i < n; i++)
                buf_fmt(&b, "%s%s", i > 0 ? "," : "", sheet_field_name(f[i]));
        return str_dup(a, buf_view(&b));
}

static void
map_read(struct str text, struct sheet_map *ret)
{
        struct str part, rest = text;
        int64_t line;

        *ret = (struct sheet_map){ 0 };
        if (!str_cut(&rest, ':', &part) || !str_to_i64(part, &line))
                return;
        ret->head_line = (int32_t)line;
        ret->given = true;
        for (size_t i = 0; i < DRAFT_GRID_COLUMNS && str_cut(&rest, ',', &part); i++) {
                enum sheet_field f = sheet_field_of(part);

                ret->field[i] = f < SHEET_FIELD_MAX ? f : SHEET_NONE;
        }
}

/* ---- waiting ---------------------------------------------------------------------------------------------------- */

enum dd_err
sheet_create(struct dd_ctx *c, const struct evidence *file, const struct draft *d, int64_t *ret_id)
{
        AUTO_TX tx = { 0 };
        AUTO_BUF json = { 0 };
        struct sheet_check ck = { .draft = *d };
        struct json_w w;
        int64_t file_id;
        bool done;

        struct draft kept = *d; /* its cells and its head are wanted, not what a reader of plans made of them */
        kept.n_tasks = kept.n_groups = kept.n_members = kept.n_duties = kept.n_anomalies = kept.n_boxes = 0;
        kept.pages = 0;
        json_start(&w, &json);
        draft_json(&w, &kept);
        if (json.over)
                return dd_fail(c, DD_EBUSY, "Máy chủ đang thiếu bộ nhớ nên chưa ghi được gì. Hãy thử lại sau ít phút.");
        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(action_begin(&tx, "sheet.read", &done, ret_id));
        if (done)
                return DD_OK;
        TRY(sheet_look(&tx, &(struct sheet_map){ 0 }, &ck));
        TRY(file_store(&tx, file, &file_id));
        TRY(q_sheet_import_insert(&tx,
                                  &(struct q_sheet_import_insert_args){
                                      .committee_id = c->committee_id,
                                      .file_id = file_id,
                                      .draft = buf_view(&json),
                                      .rows_good = (int64_t)ck.n_tasks,
                                      .rows_bad = (int64_t)ck.n_bad,
                                      .now = c->now,
                                      .created_by = by(c),
                                  },
                                  ret_id));
        TRY(audit(&tx, "sheet.read", *ret_id));
        TRY(action_end(&tx, "sheet.read", *ret_id));
        return dd_tx_commit(&tx);
}

enum dd_err
sheet_list(struct dd_ctx *c, struct q_sheet_import_item_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_INTAKE, 0));
        TRY(dd_tx_read(&tx, c));
        return q_sheet_import_list(&tx, c->committee_id, ret);
}

static enum dd_err
load(struct dd_tx *tx, int64_t id, struct sheet_full *ret)
{
        struct sheet_map map;

        *ret = (struct sheet_full){ 0 };
        TRY(q_sheet_import_get(tx, tx->c->committee_id, id, &ret->import));
        TRY(draft_parse(tx->c, ret->import.draft, &ret->check.draft));
        map_read(ret->import.mapping, &map);
        return sheet_look(tx, &map, &ret->check);
}

enum dd_err
sheet_full(struct dd_ctx *c, int64_t id, struct sheet_full *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_INTAKE, 0));
        TRY(dd_tx_read(&tx, c));
        return load(&tx, id, ret);
}

static enum dd_err
stale(struct dd_ctx *c)
{
        return dd_fail(c, DD_ECONFLICT, "Đã có người xử lý bảng này. Mời tải lại trang.");
}

static enum dd_err
must_be_open(struct dd_ctx *c, struct str state)
{
        if (str_eq(state, S("open")))
                return DD_OK;
        return dd_fail(c, DD_ECONFLICT, "Bảng này đã được nhập hoặc đã bỏ, không làm tiếp được nữa.");
}

static enum dd_err
map_fits(struct dd_ctx *c, const struct sheet_map *map)
{
        size_t n[SHEET_FIELD_MAX] = { 0 };

        for (size_t i = 0; i < DRAFT_GRID_COLUMNS; i++)
                n[map->field[i]]++;
        for (int f = SHEET_NONE + 1; f < SHEET_FIELD_MAX; f++)
                if (n[f] > 1)
                        return dd_fail(c, DD_EINVAL, "Có %zu cột cùng là «%s». Mời chỉ chọn một cột cho mỗi trường.",
                                       n[f], dd_say(c, str_c(c->arena, sheet_field_label((enum sheet_field)f))));
        if (n[SHEET_TITLE] == 0 || n[SHEET_LEAD] == 0)
                return dd_fail(c, DD_EINVAL, "Cần chỉ ra cột «Nội dung nhiệm vụ» và cột «Cơ quan chủ trì».");
        return DD_OK;
}

enum dd_err
sheet_map_set(struct dd_ctx *c, int64_t id, int64_t version, const struct sheet_map *map)
{
        AUTO_TX tx = { 0 };
        struct q_sheet_import_row row;
        struct sheet_check ck = { 0 };
        int64_t result;
        bool done, found;

        TRY(map_fits(c, map));
        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(action_begin(&tx, "sheet.map", &done, &result));
        if (done)
                return DD_OK;
        TRY(q_sheet_import_get(&tx, c->committee_id, id, &row));
        TRY(must_be_open(c, row.state));
        TRY(draft_parse(c, row.draft, &ck.draft));
        TRY(sheet_look(&tx, map, &ck));
        TRY(q_sheet_import_map(
            &tx,
            &(struct q_sheet_import_map_args){
                .committee_id = c->committee_id,
                .id = id,
                .version = version,
                .mapping = map_text(c->arena, ck.head < ck.draft.n_grid ? ck.draft.grid[ck.head].line : 0, ck.field,
                                    ck.n_columns),
                .rows_good = (int64_t)ck.n_tasks,
                .rows_bad = (int64_t)ck.n_bad,
            },
            &version, &found));
        if (!found)
                return stale(c);
        for (size_t i = 0; i < ck.n_columns; i++)
                if (ck.heading[i].n > 0 && ck.heading[i].n <= 200)
                        TRY(q_sheet_heading_put(&tx,
                                                &(struct q_sheet_heading_put_args){
                                                    .committee_id = c->committee_id,
                                                    .heading_fold = text_fold(c->arena, ck.heading[i]),
                                                    .field = str_of(sheet_field_name(ck.field[i])),
                                                    .now = c->now,
                                                    .accepted_by = by(c),
                                                },
                                                NULL));
        TRY(audit(&tx, "sheet.map", id));
        TRY(action_end(&tx, "sheet.map", id));
        return dd_tx_commit(&tx);
}

/* ---- import ----------------------------------------------------------------------------------------------------- */

struct importing {
        struct dd_tx *tx;
        const struct sheet_import_in *in;
        const struct sheet_check *ck;
        int64_t import_id, plan_id, document_id;
        int32_t day; /* when the tasks are assigned */
        int year;
        int64_t *group_ids; /* by line; 0: not made yet */
        struct task_maker maker;
};

static enum dd_err
keep_item(struct importing *m, const char *kind, int64_t id)
{
        return q_sheet_item_insert(m->tx,
                                   &(struct q_sheet_item_insert_args){ .committee_id = m->tx->c->committee_id,
                                                                       .import_id = m->import_id,
                                                                       .kind = str_of(kind),
                                                                       .object_id = id },
                                   NULL);
}

static enum dd_err
new_plan(struct importing *m, int64_t file_id)
{
        const struct sheet_import_in *in = m->in;
        struct dd_tx *tx = m->tx;
        struct dd_ctx *c = tx->c;
        int month, mday;

        m->day = in->day;
        day_parts(in->day, &m->year, &month, &mday);
        TRY(q_document_put(tx,
                           &(struct q_document_put_args){
                               .committee_id = c->committee_id,
                               .type = S("Kế hoạch"),
                               .number = in->number,
                               .day = in->day,
                               .issuer = in->issuer,
                               .title = in->title,
                               .file_id = file_id,
                               .body = m->ck->draft.text,
                           },
                           &m->document_id));
        return q_plan_insert(tx,
                             &(struct q_plan_insert_args){
                                 .committee_id = c->committee_id,
                                 .document_id = m->document_id,
                                 .number = in->number,
                                 .number_fold = text_fold(c->arena, in->number),
                                 .title = in->title,
                                 .year = m->year,
                                 .issued = in->day,
                             },
                             &m->plan_id);
}

static enum dd_err
group_make(struct importing *m, struct str no, struct str title, int64_t *ret_id)
{
        struct dd_tx *tx = m->tx;
        struct q_task_group_rows groups;
        int64_t ord;

        TRY(q_task_group_list(tx, tx->c->committee_id, m->plan_id, &groups));
        for (size_t i = 0; i < groups.n; i++)
                if (str_eq(groups.v[i].title, title)) {
                        *ret_id = groups.v[i].id;
                        return DD_OK;
                }
        TRY(q_sheet_group_next(tx, tx->c->committee_id, m->plan_id, &ord));
        TRY(q_task_group_insert(tx,
                                &(struct q_task_group_insert_args){ .committee_id = tx->c->committee_id,
                                                                    .plan_id = m->plan_id,
                                                                    .ord = ord,
                                                                    .no = no.p != NULL ? no : S(""),
                                                                    .title = title },
                                ret_id));
        return keep_item(m, "group", *ret_id);
}

/* By a column of its own, else by the row that heads it. */
static enum dd_err
group_of(struct importing *m, const struct sheet_line *l, int64_t *ret_id)
{
        *ret_id = 0;
        if (l->v[SHEET_GROUP].n > 0)
                return group_make(m, S(""), l->v[SHEET_GROUP], ret_id);
        if (l->group_row == SIZE_MAX)
                return DD_OK;
        int64_t *id = &m->group_ids[l->group_row];
        const struct sheet_line *g = &m->ck->lines[l->group_row];
        if (*id == 0)
                TRY(group_make(m, g->v[SHEET_NO], g->v[SHEET_TITLE], id));
        *ret_id = *id;
        return DD_OK;
}

/* "Dòng 7: ...": the row as it stands in the file, for who asks where a task came from. */
static struct str
source_of(struct arena *a, const struct sheet_check *ck, const struct sheet_line *l)
{
        const struct draft_row *r = &ck->draft.grid[l->row];
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < r->n; i++)
                if (r->cells[i].n > 0)
                        buf_fmt(&b, "%s%.*s", b.n > 0 ? " | " : "", FMT(r->cells[i]));
        return str_dup(a, buf_view(&b));
}

static enum dd_err
task_of_line(struct importing *m, const struct sheet_line *l)
{
        struct dd_ctx *c = m->tx->c;
        struct mentions lead = { 0 }, coordinating = { 0 };
        struct deadline dl = { .start = DD_NO_DAY, .due = DD_NO_DAY };
        int32_t day = day_parse(l->v[SHEET_DEADLINE]);
        int64_t group, id;

        agency_parse(c->arena, l->v[SHEET_LEAD], STR_NONE, &lead);
        if (l->v[SHEET_COORDINATING].n > 0)
                agency_parse(c->arena, l->v[SHEET_COORDINATING], STR_NONE, &coordinating);
        if (day != DD_NO_DAY)
                dl = (struct deadline){ .kind = DL_DATE, .start = DD_NO_DAY, .due = day };
        else if (l->v[SHEET_DEADLINE].n > 0)
                deadline_parse(c->arena, l->v[SHEET_DEADLINE], m->year, &dl);
        TRY(group_of(m, l, &group));
        TRY(task_make(&m->maker,
                      &(struct task_new){
                          .group_id = group,
                          .no = l->v[SHEET_NO],
                          .title = l->v[SHEET_TITLE],
                          .output = l->v[SHEET_OUTPUT].n > 0 ? l->v[SHEET_OUTPUT] : STR_NONE,
                          .deadline_text = l->v[SHEET_DEADLINE].n > 0 ? l->v[SHEET_DEADLINE] : STR_NONE,
                          .deadline_kind = deadline_kind_name(dl.kind),
                          .start_day = dl.kind == DL_DONE ? DD_NO_DAY : dl.start,
                          .due = dl.kind == DL_DONE ? DD_NO_DAY : dl.due,
                          .from_day = m->day,
                          .source = source_of(c->arena, m->ck, l),
                          .note = STR_NONE,
                          .lead = &lead,
                          .coordinating = &coordinating,
                      },
                      &id));
        return keep_item(m, "task", id);
}

static enum dd_err
check_in(struct dd_ctx *c, const struct sheet_import_in *in)
{
        if (in->plan_id != 0)
                return DD_OK;
        if (str_trim(in->number).n == 0)
                (void)dd_fail_field(c, "number", "Cần ghi số ký hiệu kế hoạch, hoặc chọn một kế hoạch đã có.");
        if (str_trim(in->title).n == 0)
                (void)dd_fail_field(c, "title", "Cần ghi trích yếu của kế hoạch.");
        if (in->day == DD_NO_DAY)
                (void)dd_fail_field(c, "day", "Cần ghi ngày ban hành kế hoạch.");
        else if (in->day > c->today)
                (void)dd_fail_field(c, "day", "Ngày ban hành không được sau hôm nay.");
        return c->n_fields > 0 ? DD_EINVAL : DD_OK;
}

static enum dd_err
check_rows(struct dd_ctx *c, const struct sheet_check *ck, bool only_good)
{
        if (ck->n_bad > 0 && !only_good)
                return dd_fail(c, DD_ECONFLICT,
                               "Còn %zu dòng có lỗi nên chưa nhập. Mời sửa tệp rồi tải lên lại, hoặc đánh dấu chỉ nhập "
                               "các dòng đúng.",
                               ck->n_bad);
        if (ck->n_tasks == 0)
                return dd_fail(c, DD_EINVAL,
                               "Không có dòng nào nhập được. Mời xem lại cột nào là nội dung, cột nào là chủ trì.");
        return DD_OK;
}

static enum dd_err
plan_choose(struct importing *m, int64_t file_id)
{
        struct dd_ctx *c = m->tx->c;
        struct q_plan_row plan;
        bool found;
        int64_t known;

        if (m->in->plan_id != 0) {
                TRY(q_plan_get(m->tx, c->committee_id, m->in->plan_id, &plan));
                m->plan_id = plan.id;
                m->year = (int)plan.year;
                m->day = c->today;
                return DD_OK;
        }
        TRY(q_plan_of_paper(m->tx, c->committee_id, m->in->number, m->in->day, &known, &found));
        if (found)
                return dd_fail_field(c, "number",
                                     "Kế hoạch số này, ngày này đã có. Mời chọn nó trong danh sách kế hoạch đã có.");
        return new_plan(m, file_id);
}

enum dd_err
sheet_import(struct dd_ctx *c, const struct sheet_import_in *in, int64_t *ret_plan)
{
        AUTO_TX tx = { 0 };
        struct sheet_full s;
        int64_t version;
        bool done, found;

        TRY(check_in(c, in));
        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(can(c, CAP_PLAN_EDIT, 0));
        TRY(action_begin(&tx, "sheet.import", &done, ret_plan));
        if (done)
                return DD_OK;
        TRY(load(&tx, in->id, &s));
        TRY(must_be_open(c, s.import.state));
        TRY(check_rows(c, &s.check, in->only_good));
        struct importing m = { .tx = &tx, .in = in, .ck = &s.check, .import_id = in->id };
        m.group_ids = arena_array(c->arena, s.check.n_lines + 1, sizeof *m.group_ids);
        TRY(plan_choose(&m, s.import.file_id));
        TRY(task_maker_begin(&tx, m.plan_id, &m.maker));
        for (size_t i = 0; i < s.check.n_lines; i++)
                if (!s.check.lines[i].group && !s.check.lines[i].bad)
                        TRY(task_of_line(&m, &s.check.lines[i]));
        TRY(task_maker_end(&m.maker));
        TRY(q_sheet_import_state(&tx,
                                 &(struct q_sheet_import_state_args){
                                     .committee_id = c->committee_id,
                                     .id = in->id,
                                     .version = in->version != 0 || !c->is_system ? in->version : s.import.version,
                                     .state = S("imported"),
                                     .plan_id = m.plan_id,
                                     .plan_new = in->plan_id == 0,
                                     .imported_at = { c->now, true },
                                 },
                                 &version, &found));
        if (!found)
                return stale(c);
        *ret_plan = m.plan_id;
        TRY(audit_detail(&tx, "sheet.import", in->id,
                         str_fmt(c->arena, "%zu nhiệm vụ; %zu dòng có lỗi để lại", s.check.n_tasks, s.check.n_bad)));
        TRY(action_end(&tx, "sheet.import", m.plan_id));
        return dd_tx_commit(&tx);
}

/* ---- taking back ------------------------------------------------------------------------------------------------ */

static enum dd_err
untouched(struct dd_tx *tx, const struct q_sheet_import_row *row, const struct q_sheet_item_rows *tasks)
{
        struct dd_ctx *c = tx->c;
        AUTO_BUF b = { 0 };
        size_t n = 0;
        int64_t kept;

        for (size_t i = 0; i < tasks->n; i++)
                if ((tasks->v[i].events > 0 || tasks->v[i].version > 1) && ++n <= 5)
                        buf_fmt(&b, "%s%.*s", n > 1 ? ", " : "", FMT(tasks->v[i].no));
        if (n > 0)
                return dd_fail(
                    c, DD_ECONFLICT,
                    "Đã có người làm việc trên %zu nhiệm vụ của đợt nhập này (số %.*s%s) nên không hoàn tác cả "
                    "đợt được nữa. Từng nhiệm vụ vẫn điều chỉnh hoặc cho dừng được bằng văn bản.",
                    n, FMT(buf_view(&b)), n > 5 ? ", ..." : "");
        TRY(q_sheet_kept_reports(tx, c->committee_id, row->plan_id, row->imported_at.v, &kept));
        if (kept > 0)
                return dd_fail(c, DD_ECONFLICT,
                               "Đã có báo cáo được chốt với các nhiệm vụ này nên không hoàn tác cả đợt được nữa. Từng "
                               "nhiệm vụ vẫn cho dừng được bằng văn bản.");
        return DD_OK;
}

static enum dd_err
task_remove(struct dd_tx *tx, int64_t id)
{
        int64_t committee = tx->c->committee_id;

        TRY(q_sheet_undo_spans(tx, committee, id, NULL));
        TRY(q_sheet_undo_events(tx, committee, id, NULL));
        TRY(q_sheet_undo_assignments(tx, committee, id, NULL));
        TRY(q_search_delete(tx, id, NULL));
        TRY(q_spent_id_put(tx, S("task"), id, NULL));
        return q_sheet_undo_task(tx, committee, id, NULL);
}

static enum dd_err
plan_remove(struct dd_tx *tx, int64_t id)
{
        TRY(q_spent_id_put(tx, S("plan"), id, NULL));
        return q_sheet_undo_plan(tx, tx->c->committee_id, id, NULL);
}

enum dd_err
sheet_undo(struct dd_ctx *c, int64_t id, int64_t version)
{
        AUTO_TX tx = { 0 };
        struct q_sheet_import_row row;
        struct q_sheet_item_rows tasks;
        int64_t result;
        bool done, found;

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(can(c, CAP_PLAN_EDIT, 0));
        TRY(action_begin(&tx, "sheet.undo", &done, &result));
        if (done)
                return DD_OK;
        TRY(q_sheet_import_get(&tx, c->committee_id, id, &row));
        if (!str_eq(row.state, S("imported")))
                return dd_fail(c, DD_ECONFLICT, "Bảng này chưa được nhập, hoặc đợt nhập đã được hoàn tác.");
        TRY(q_sheet_item_tasks(&tx, c->committee_id, id, &tasks));
        TRY(untouched(&tx, &row, &tasks));
        for (size_t i = 0; i < tasks.n; i++)
                TRY(task_remove(&tx, tasks.v[i].id));
        TRY(q_sheet_undo_groups(&tx, c->committee_id, id, NULL));
        if (row.plan_new)
                TRY(plan_remove(&tx, row.plan_id));
        TRY(board_recount(&tx));
        TRY(q_sheet_import_state(
            &tx,
            &(struct q_sheet_import_state_args){
                .committee_id = c->committee_id, .id = id, .version = version, .state = S("undone") },
            &version, &found));
        if (!found)
                return stale(c);
        TRY(audit_detail(&tx, "sheet.undo", id, str_fmt(c->arena, "%zu nhiệm vụ", tasks.n)));
        TRY(action_end(&tx, "sheet.undo", id));
        return dd_tx_commit(&tx);
}

enum dd_err
sheet_drop(struct dd_ctx *c, int64_t id, int64_t version)
{
        AUTO_TX tx = { 0 };
        struct q_sheet_import_row row;
        int64_t result;
        bool done, found;

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(action_begin(&tx, "sheet.drop", &done, &result));
        if (done)
                return DD_OK;
        TRY(q_sheet_import_get(&tx, c->committee_id, id, &row));
        TRY(must_be_open(c, row.state));
        TRY(q_sheet_import_state(
            &tx,
            &(struct q_sheet_import_state_args){
                .committee_id = c->committee_id, .id = id, .version = version, .state = S("dropped") },
            &version, &found));
        if (!found)
                return stale(c);
        TRY(audit(&tx, "sheet.drop", id));
        TRY(action_end(&tx, "sheet.drop", id));
        return dd_tx_commit(&tx);
}
