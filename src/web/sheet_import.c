/* Tables that become tasks: what came, and what is done with one. */
#include "sheet_page_priv.h"
#include "table_priv.h"
#include "tmpl_rt.h"
#include "tpl_sheet_import.h"

/* ---- taking a table in ------------------------------------------------------------------------------------------ */

struct upload_form {
        const struct http_file *file;
        struct str text;
        bool not_secret;
};

static const struct form_field upload_fields[] = {
        { .name = "file",
          .type = FORM_FILE,
          .label = "Tệp bảng tính",
          .hint = "Excel (.xlsx) hoặc CSV, có một dòng tên cột; mỗi dòng dưới đó là một nhiệm vụ.",
          .offset = FORM_AT(struct upload_form, file, const struct http_file *) },
        { .name = "text",
          .type = FORM_LINES,
          .max = 1000000,
          .label = "Hoặc dán bảng vào đây",
          .hint = "Chọn các ô trong bảng tính, sao chép rồi dán.",
          .offset = FORM_AT(struct upload_form, text, struct str) },
        { .name = "not_secret",
          .type = FORM_BOOL,
          .required = true,
          .label = "Tài liệu này không chứa bí mật nhà nước",
          .offset = FORM_AT(struct upload_form, not_secret, bool) },
};

static void
list_line(struct web_req *r, const struct q_sheet_import_item_row *row, struct table_row *ret)
{
        struct arena *a = r->c->arena;
        struct table_cell *td = arena_array(a, 6, sizeof *td);
        size_t k = sheet_state(row->state);

        td[0] = (struct table_cell){ .text = row->file_name,
                                     .href = web_href(r, "/sheets/%lld", (long long)row->id),
                                     .head = true };
        td[1] = (struct table_cell){ .text = tmpl_tr(&r->ui, sheet_states[k].word),
                                     .badge = true,
                                     .state = sheet_states[k].look };
        td[2] = (struct table_cell){ .text = str_i64(a, row->rows_good), .num = true };
        td[3] = (struct table_cell){ .text = row->rows_bad > 0 ? str_i64(a, row->rows_bad) : S(""), .num = true };
        td[4] = (struct table_cell){ .text = row->plan_number };
        if (row->plan_number.n > 0)
                td[4].href = web_href(r, "/plans/%lld", (long long)row->plan_id);
        td[5] = (struct table_cell){ .text = instant_text(a, row->created_at), .note = row->post };
        *ret = (struct table_row){ td, 6 };
}

static enum dd_err
list_json(struct web_req *r, const struct q_sheet_import_item_rows *rows)
{
        struct json_w w;

        web_json_start(r, &w);
        json_key(&w, "sheets");
        json_arr(&w);
        for (size_t i = 0; i < rows->n; i++) {
                json_obj(&w);
                json_ki64(&w, "id", rows->v[i].id);
                json_kstr(&w, "file", rows->v[i].file_name);
                json_kstr(&w, "state", rows->v[i].state);
                json_ki64(&w, "rows_good", rows->v[i].rows_good);
                json_ki64(&w, "rows_bad", rows->v[i].rows_bad);
                json_ki64(&w, "plan_id", rows->v[i].plan_id);
                json_end(&w);
        }
        json_end(&w);
        json_end(&w);
        return DD_OK;
}

static enum dd_err
show_list(struct web_req *r, const struct form_state *typed)
{
        struct q_sheet_import_item_rows rows;
        struct sheet_list_view v = { .state = typed };
        struct form_state empty;
        struct ui *u = &r->ui;
        struct ui_link *crumb = arena_array(u->arena, 1, sizeof *crumb);

        TRY(sheet_list(r->c, &rows));
        if (r->want == OUT_JSON)
                return list_json(r, &rows);
        if (typed == NULL) {
                form_state_of(r->c, upload_fields, ARRAY_LEN(upload_fields), NULL, &empty);
                v.state = &empty;
        }
        struct ui_th *th = arena_array(u->arena, 6, sizeof *th);
        th[0].label = T(u, "Tệp");
        th[1].label = T(u, "Tình trạng");
        th[2] = (struct ui_th){ .label = T(u, "Dòng nhập được"), .num = true };
        th[3] = (struct ui_th){ .label = T(u, "Dòng có lỗi"), .num = true };
        th[4].label = T(u, "Kế hoạch");
        th[5].label = T(u, "Lúc");
        struct table_row *tr = arena_array(u->arena, rows.n + 1, sizeof *tr);
        for (size_t i = 0; i < rows.n; i++)
                list_line(r, &rows.v[i], &tr[i]);
        *crumb = (struct ui_link){ T(u, "Nhập văn bản"), web_href(r, "/intake") };
        u->title = T(u, "Nhập từ bảng tính");
        u->active = NAV_DOCUMENTS;
        u->as_of_fixed = true;
        v.head = (struct ui_head){
                .crumbs = { crumb, 1 },
                .title = u->title,
                .facts = T(u, "Máy kiểm tra từng ô trước; chưa có gì được nhập cho tới khi anh/chị bấm nhập.")
        };
        v.table = (struct table_view){
                .caption = T(u, "Bảng đã tải lên"),
                .columns = { th, 6 },
                .rows = { tr, rows.n },
                .empty = { T(u, "Chưa có bảng nào"),
                           T(u, "Tải lên một bảng ở trên; kết quả kiểm tra và các đợt đã nhập hiện ra ở đây."),
                           { STR_NONE, STR_NONE } }
        };
        tpl_sheet_list(r->o, u, &v);
        return DD_OK;
}

enum dd_err
page_sheet_list(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show_list(r, NULL);
}

struct storing {
        struct evidence file;
        const struct draft *draft;
        int64_t id;
};

static enum dd_err
store(struct dd_ctx *c, void *arg)
{
        struct storing *s = arg;

        return sheet_create(c, &s->file, s->draft, &s->id);
}

static enum dd_err
take_in(struct web_req *r, const struct upload_form *f, struct storing *s)
{
        struct dd_ctx *c = r->c;
        struct draft d = { 0 };
        struct http_file pasted = {
                .field = S("text"), .name = S("bang-dan.csv"), .type = S("text/csv"), .bytes = f->text, .fd = -1
        };
        const struct http_file *file = f->file != NULL ? f->file : &pasted;

        if (!f->not_secret)
                return dd_fail_field(c, "not_secret",
                                     "Cần xác nhận tài liệu không chứa bí mật nhà nước trước khi gửi.");
        if (file->bytes.n == 0)
                return dd_fail_field(c, "file", "Chưa có bảng. Mời chọn tệp hoặc dán các ô vào ô bên dưới.");
        TRY(r->web->read_paper(r->web->read_arg, c, file, &(struct paper_watch){ 0 }, &d));
        s->file = (struct evidence){ file->name, file->type, file->bytes };
        s->draft = &d;
        return dd_write(c, store, s);
}

enum dd_err
page_sheet_upload(struct dd_ctx *c, struct web_req *r)
{
        struct upload_form f = { 0 };
        struct storing s = { 0 };
        struct form_state typed;
        enum dd_err e = form_read(c, upload_fields, ARRAY_LEN(upload_fields), r->http, &f);

        if (e == DD_OK)
                e = take_in(r, &f, &s);
        if (e == DD_OK)
                return web_done_id(r, s.id, "sheet-read", "/sheets/%lld", (long long)s.id);
        if (r->want == OUT_JSON || e == DD_EIO || e == DD_EBUSY || (e == DD_EDENIED && c->user == NULL))
                return e;
        web_typed(r, e, upload_fields, ARRAY_LEN(upload_fields), &typed);
        return show_list(r, &typed);
}

/* ---- what the columns are --------------------------------------------------------------------------------------- */

static const struct form_choice field_choices[] = {
        { "none", "Bỏ qua", SHEET_NONE },
        { "no", "Số thứ tự", SHEET_NO },
        { "group", "Nhóm nhiệm vụ", SHEET_GROUP },
        { "title", "Nội dung nhiệm vụ", SHEET_TITLE },
        { "lead", "Cơ quan chủ trì", SHEET_LEAD },
        { "coordinating", "Cơ quan phối hợp", SHEET_COORDINATING },
        { "deadline", "Thời hạn", SHEET_DEADLINE },
        { "output", "Sản phẩm", SHEET_OUTPUT },
        { NULL, NULL, 0 },
};

struct map_form {
        int32_t column[SHEET_COLUMNS];
        int64_t head_line;
};
#define COLUMN(i)                                                                                                      \
        {                                                                                                              \
                .name = "c" #i, .type = FORM_CHOICE, .label = "Cột", .choices = field_choices,                         \
                .offset = FORM_AT(struct map_form, column[i], int32_t)                                                 \
        }
static const struct form_field map_fields[] = {
        COLUMN(0),
        COLUMN(1),
        COLUMN(2),
        COLUMN(3),
        COLUMN(4),
        COLUMN(5),
        COLUMN(6),
        COLUMN(7),
        COLUMN(8),
        COLUMN(9),
        COLUMN(10),
        COLUMN(11),
        COLUMN(12),
        COLUMN(13),
        COLUMN(14),
        COLUMN(15),
        COLUMN(16),
        COLUMN(17),
        COLUMN(18),
        COLUMN(19),
        COLUMN(20),
        COLUMN(21),
        COLUMN(22),
        COLUMN(23),
        { .name = "head_line",
          .type = FORM_INT,
          .min = 0,
          .max = 1000000,
          .label = "Tên cột đứng ở dòng",
          .offset = FORM_AT(struct map_form, head_line, int64_t) },
};

/* Back to the page with what refused the act. */
static enum dd_err
refused(struct web_req *r, enum dd_err e)
{
        struct sheet_again again = { .fault = r->c->err_text };

        if ((e != DD_ECONFLICT && e != DD_EINVAL) || r->want == OUT_JSON)
                return e;
        dd_ctx_clear_error(r->c);
        web_status(r, e);
        return sheet_page(r, again);
}

enum dd_err
page_sheet_map(struct dd_ctx *c, struct web_req *r)
{
        struct map_form f = { 0 };
        struct sheet_map map = { .given = true };
        enum dd_err e = form_read(c, map_fields, ARRAY_LEN(map_fields), r->http, &f);

        for (size_t i = 0; i < SHEET_COLUMNS; i++)
                map.field[i] = f.column[i] == FORM_NO_CHOICE ? SHEET_NONE : (enum sheet_field)f.column[i];
        map.head_line = f.head_line == FORM_NO_INT ? 0 : (int32_t)f.head_line;
        if (e == DD_OK)
                e = sheet_map_set(c, r->id[0], form_version(r->http), &map);
        if (e != DD_OK)
                return refused(r, e);
        return web_done_id(r, r->id[0], "sheet-mapped", "/sheets/%lld", (long long)r->id[0]);
}

struct importing {
        struct sheet_import_in in;
        int64_t plan;
};

static enum dd_err
import(struct dd_ctx *c, void *arg)
{
        struct importing *i = arg;

        return sheet_import(c, &i->in, &i->plan);
}

enum dd_err
page_sheet_import(struct dd_ctx *c, struct web_req *r)
{
        struct sheet_into_form f = { .day = DD_NO_DAY };
        struct importing i = { 0 };
        struct form_state typed;
        enum dd_err e = form_read(c, sheet_into_fields, SHEET_INTO_FIELDS, r->http, &f);

        i.in = (struct sheet_import_in){ .id = r->id[0],
                                         .version = form_version(r->http),
                                         .plan_id = f.plan_id,
                                         .number = f.number,
                                         .title = f.title,
                                         .issuer = f.issuer,
                                         .day = f.day,
                                         .only_good = f.only_good };
        if (e == DD_OK)
                e = dd_write(c, import, &i);
        if (e == DD_OK)
                return web_done_id(r, i.plan, "sheet-imported", "/sheets/%lld", (long long)r->id[0]);
        if ((e != DD_ECONFLICT && e != DD_EINVAL) || r->want == OUT_JSON)
                return e;
        web_typed(r, e, sheet_into_fields, SHEET_INTO_FIELDS, &typed);
        return sheet_page(r, (struct sheet_again){ .typed = &typed });
}

enum dd_err
page_sheet_undo(struct dd_ctx *c, struct web_req *r)
{
        enum dd_err e = sheet_undo(c, r->id[0], form_version(r->http));

        if (e != DD_OK)
                return refused(r, e);
        return web_done_id(r, r->id[0], "sheet-undone", "/sheets/%lld", (long long)r->id[0]);
}

enum dd_err
page_sheet_drop(struct dd_ctx *c, struct web_req *r)
{
        TRY(sheet_drop(c, r->id[0], form_version(r->http)));
        return web_done_id(r, r->id[0], "sheet-dropped", "/sheets");
}

const struct form_table form_sheet_upload = FORM_TABLE(upload_fields);
const struct form_table form_sheet_map = FORM_TABLE(map_fields);
