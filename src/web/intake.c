/* Taking in a paper: upload, the drafts, confirming, dropping. The verification page is verify.c. */
#include "dd_intake_amend.h"

#include "dd_intake_view.h"
#include "dd_plan.h"
#include "intake_priv.h"
#include "table_priv.h"
#include "tmpl_rt.h"
#include "tpl_intake.h"

struct upload_form {
        const struct http_file *file;
        struct str text;
        bool not_secret;
};

static const struct form_field upload_fields[] = {
        { .name = "file",
          .type = FORM_FILE,
          .sometimes = true,
          .label = "Tệp văn bản",
          .hint = "Word (.docx, .doc, .odt), PDF, bản quét hoặc ảnh (PDF, PNG, JPEG, TIFF), Excel (.xlsx, .ods), CSV, "
                  "văn bản thuần, edXML; tối đa 25 MB. Bản quét dài cần vài phút.",
          .offset = FORM_AT(struct upload_form, file, const struct http_file *) },
        { .name = "text",
          .type = FORM_LINES,
          .max = 200000,
          .sometimes = true,
          .label = "Hoặc dán nội dung vào đây",
          .offset = FORM_AT(struct upload_form, text, struct str) },
        { .name = "not_secret",
          .type = FORM_BOOL,
          .required = true,
          .label = "Tài liệu này không chứa bí mật nhà nước",
          .offset = FORM_AT(struct upload_form, not_secret, bool) },
};

static const struct {
        const char *state;
        struct str word;
        enum ui_state look;
} states[] = {
        { "draft", S("chờ kiểm tra"), UI_SOON },
        { "confirmed", S("đã giao"), UI_DONE },
        { "dropped", S("đã bỏ"), UI_IDLE },
};

static struct table_row
line(struct web_req *r, const struct q_intake_item_row *row)
{
        struct arena *a = r->c->arena;
        struct table_cell *td = arena_array(a, 6, sizeof *td);
        size_t k = 0;

        while (k + 1 < ARRAY_LEN(states) && !str_eq(row->state, str_of(states[k].state)))
                k++;
        td[0] = (struct table_cell){ .text = row->file_name,
                                     .href = web_href(r, "/intake/%lld", (long long)row->id),
                                     .head = true };
        td[1] = (struct table_cell){ .text = tmpl_tr(&r->ui, states[k].word), .badge = true, .state = states[k].look };
        td[2] = (struct table_cell){
                .text = str_fmt(a, "%lld / %lld", (long long)row->rows_seen, (long long)row->rows_total), .num = true
        };
        td[3] = (struct table_cell){ .text = row->active_seconds > 0 ? seconds_words(r, row->active_seconds) : STR_NONE,
                                     .num = true };
        td[4] = (struct table_cell){ .text = row->post };
        td[5] = (struct table_cell){ .text = instant_text(a, row->created_at) };
        return (struct table_row){ td, 6 };
}

static enum dd_err
list_json(struct web_req *r, const struct q_intake_item_rows *rows)
{
        struct json_w w;

        web_json_start(r, &w);
        json_key(&w, "intakes");
        json_arr(&w);
        for (size_t i = 0; i < rows->n; i++) {
                json_obj(&w);
                json_ki64(&w, "id", rows->v[i].id);
                json_kstr(&w, "file", rows->v[i].file_name);
                json_kstr(&w, "state", rows->v[i].state);
                json_ki64(&w, "tasks", rows->v[i].rows_total);
                json_ki64(&w, "verified", rows->v[i].rows_seen);
                json_ki64(&w, "active_seconds", rows->v[i].active_seconds);
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
        struct q_intake_item_rows rows;
        struct intake_list_view v = { 0 };
        struct form_state state;
        struct ui *u = &r->ui;

        TRY(intake_list(r->c, &rows));
        if (r->want == OUT_JSON)
                return list_json(r, &rows);
        if (typed != NULL)
                state = *typed;
        else
                form_state_of(r->c, upload_fields, ARRAY_LEN(upload_fields), NULL, &state);
        struct ui_th *th = arena_array(u->arena, 6, sizeof *th);
        th[0].label = T(u, "Tệp");
        th[1].label = T(u, "Tình trạng");
        th[2] = (struct ui_th){ .label = T(u, "Đã kiểm tra"), .num = true };
        th[3] = (struct ui_th){ .label = T(u, "Thời gian kiểm tra"), .num = true };
        th[4].label = T(u, "Người nhập");
        th[5].label = T(u, "Lúc");
        struct table_row *tr = arena_array(u->arena, rows.n + 1, sizeof *tr);
        for (size_t i = 0; i < rows.n; i++)
                tr[i] = line(r, &rows.v[i]);
        u->title = T(u, "Nhập văn bản");
        u->active = NAV_DOCUMENTS;
        u->as_of_fixed = true;
        struct ui_action *sheet = arena_array(u->arena, 1, sizeof *sheet);
        *sheet = (struct ui_action){ T(u, "Nhập từ bảng tính"), web_href(r, "/sheets"), false };
        v.head = (struct ui_head){
                .title = u->title,
                .facts = T(u, "Máy đọc kế hoạch như nó được ban hành; anh/chị kiểm tra từng nhiệm vụ rồi mới giao."),
                .actions = { sheet, 1 }
        };
        v.state = &state;
        v.table = (struct table_view){ .caption = T(u, "Văn bản đã nhập"),
                                       .columns = { th, 6 },
                                       .rows = { tr, rows.n },
                                       .empty = { T(u, "Chưa nhập văn bản nào"),
                                                  T(u, "Văn bản đã đọc hiện ra ở đây; làm dở thì quay lại làm tiếp."),
                                                  { STR_NONE, STR_NONE } } };
        if (r->want == OUT_CSV || r->want == OUT_XLSX)
                return web_table_file(r, &v.table);
        if (rows.n > 0)
                web_table_files(r, &v.head);
        tpl_intake_list(r->o, u, &v);
        return DD_OK;
}

enum dd_err
page_intake_list(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show_list(r, NULL);
}

struct storing {
        struct evidence file;
        const struct draft *draft;
        int64_t id;
        bool known;
};

static enum dd_err
store(struct dd_ctx *c, void *arg)
{
        struct storing *s = arg;

        return intake_create(c, &s->file, s->draft, &s->id, &s->known);
}

static enum dd_err
take_in(struct web_req *r, const struct upload_form *f, struct storing *s)
{
        struct dd_ctx *c = r->c;
        struct draft d = { 0 };
        struct http_file pasted = {
                .field = S("text"), .name = S("van-ban-dan.txt"), .type = S("text/plain"), .bytes = f->text, .fd = -1
        };
        const struct http_file *file = f->file != NULL ? f->file : &pasted;

        if (!f->not_secret)
                return dd_fail_field(c, "not_secret",
                                     "Cần xác nhận tài liệu không chứa bí mật nhà nước trước khi gửi.");
        if (file->bytes.n == 0)
                return dd_fail_field(c, "file", "Chưa có tệp. Mời chọn tệp hoặc dán nội dung văn bản.");
        struct paper_watch watch;
        struct reading *g = reading_begin(r->web->readings, c->user->id, c->idem_key);

        reading_watch(g, &watch);
        enum dd_err e = r->web->read_paper(r->web->read_arg, c, file, &watch, &d);
        reading_end(g);
        TRY(e);
        s->file =
            (struct evidence){ file->name, file->type.n > 0 ? file->type : S("application/octet-stream"), file->bytes };
        s->draft = &d;
        return dd_write(c, store, s);
}

enum dd_err
page_intake_upload(struct dd_ctx *c, struct web_req *r)
{
        struct upload_form f = { 0 };
        struct storing s = { 0 };
        struct form_state typed;
        enum dd_err e = form_read(c, upload_fields, ARRAY_LEN(upload_fields), r->http, &f);

        if (e == DD_OK)
                e = take_in(r, &f, &s);
        if (e == DD_OK)
                return web_done_id(r, s.id, s.known ? "known" : "read", "/intake/%lld", (long long)s.id);
        if (r->want == OUT_JSON || e == DD_EIO || (e == DD_EDENIED && c->user == NULL))
                return e;
        web_typed(r, e, upload_fields, ARRAY_LEN(upload_fields), &typed);
        return show_list(r, &typed);
}

/* ---- the last step --------------------------------------------------------------------------------------------- */

#define NEW_SHOWN 12

static enum dd_err
confirm_agencies(struct web_req *r, const struct intake_full *in, int32_t day, struct intake_confirm_view *v)
{
        struct strs unknown;
        AUTO_BUF b = { 0 };

        TRY(intake_new_agencies(r->c, in, day, &unknown));
        for (size_t i = 0; i < unknown.n && i < NEW_SHOWN; i++)
                buf_fmt(&b, "%s%.*s", i > 0 ? "; " : "", FMT(unknown.v[i]));
        v->agencies = str_dup(r->c->arena, buf_view(&b));
        if (unknown.n > NEW_SHOWN)
                v->agencies = TF(&r->ui, "{} và {} cơ quan khác", TMPL_ARG(v->agencies),
                                 TMPL_ARG((int64_t)(unknown.n - NEW_SHOWN)));
        v->n_agencies = (int64_t)unknown.n;
        return DD_OK;
}

/* What the confirmation will do. */
static struct str
confirm_text(struct web_req *r, const struct intake_full *in)
{
        struct ui *u = &r->ui;
        struct str text = T(u, "Hệ thống sẽ lập kế hoạch, phân công cho các cơ quan chủ trì và phối hợp.");
        int64_t seats = 0;

        for (size_t i = 0; i < in->draft.n_members; i++)
                seats += !in->draft.members[i].heading;
        if (seats > 0)
                text = TF(u, "{} Ghi {} thành viên.", TMPL_ARG(text), TMPL_ARG(seats));
        if (in->draft.n_anomalies > 0)
                text = TF(u, "{} Các ghi chú về văn bản gốc vẫn còn mở trên kế hoạch.", TMPL_ARG(text));
        if (in->intake.active_seconds > 0)
                text = TF(u, "{} Đã kiểm tra trong {}.", TMPL_ARG(text),
                          TMPL_ARG(seconds_words(r, in->intake.active_seconds)));
        return text;
}

/* What is about to be given, by its head; and the plan of the same number that is there already. */
static enum dd_err
confirm_paper(struct web_req *r, const struct intake_full *in, struct intake_confirm_view *v)
{
        struct ui *u = &r->ui;
        struct amend_hint hint = { 0 };
        struct q_draft_head_row h = { 0 };

        TRY(intake_plan_head(r->c, in, &h));
        v->issuer = h.issuer;
        TRY(confirm_agencies(r, in, h.day != DD_NO_DAY ? h.day : r->c->today, v));
        if (h.number.n > 0 || h.title.n > 0)
                v->paper =
                    TF(u, "{} {} ngày {}: {}", TMPL_ARG(h.type), TMPL_ARG(h.number.n > 0 ? h.number : T(u, "không số")),
                       TMPL_ARG(h.day != DD_NO_DAY ? day_text(u->arena, h.day) : T(u, "không rõ")), TMPL_ARG(h.title));
        TRY(amend_find(r->c, in, &hint));
        if (hint.plan_id != 0 && hint.same_number) {
                v->twice = TF(u, "Kế hoạch {}", TMPL_ARG(hint.number));
                v->amend = (struct ui_link){ T(u, "xem chỗ khác nhau với kế hoạch đã giao"),
                                             web_href(r, "/intake/%lld/amend", (long long)in->intake.id) };
        }
        return DD_OK;
}

static enum dd_err
show_confirm(struct web_req *r, struct str fault)
{
        struct intake_full in = { 0 };
        struct intake_confirm_view v = { .fault = fault };
        struct ui *u = &r->ui;
        int64_t kept = 0;

        TRY(intake_full(r->c, r->id[0], &in));
        for (size_t i = 0; i < in.rows.n; i++) {
                v.unseen += str_eq(in.rows.v[i].state, S("unseen"));
                kept += !str_eq(in.rows.v[i].state, S("dropped"));
        }
        v.head = intake_head_waits(&in);
        v.ask = (struct ui_confirm){
                .title = TF(u, "Giao {} nhiệm vụ theo {}?", TMPL_ARG(kept), TMPL_ARG(in.intake.file_name)),
                .text = confirm_text(r, &in),
                .action = web_href(r, "/intake/%lld/confirm", (long long)in.intake.id),
                .version = in.intake.version,
                .verb = TF(u, "Giao {} nhiệm vụ", TMPL_ARG(kept)),
                .cancel = web_href(r, "/intake/%lld", (long long)in.intake.id),
        };
        TRY(confirm_paper(r, &in, &v));
        u->title = T(u, "Giao nhiệm vụ");
        u->active = NAV_DOCUMENTS;
        u->as_of_fixed = true;
        tpl_intake_confirm(r->o, u, &v);
        return DD_OK;
}

enum dd_err
page_intake_confirm_form(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show_confirm(r, STR_NONE);
}

struct confirm_form {
        bool accept_unseen;
};
static const struct form_field confirm_fields[] = {
        { .name = "accept_unseen",
          .type = FORM_BOOL,
          .label = "Chấp nhận các dòng chưa xem",
          .offset = FORM_AT(struct confirm_form, accept_unseen, bool) },
};

enum dd_err
page_intake_confirm(struct dd_ctx *c, struct web_req *r)
{
        struct confirm_form f = { 0 };
        int64_t plan = 0;

        TRY(form_read(c, confirm_fields, ARRAY_LEN(confirm_fields), r->http, &f));
        enum dd_err e = intake_confirm(c,
                                       &(struct intake_confirm_in){ .intake_id = r->id[0],
                                                                    .version = form_version(r->http),
                                                                    .accept_unseen = f.accept_unseen },
                                       &plan);
        if (e == DD_OK) {
                struct q_plan_row p;

                TRY(plan_get(c, plan, &p));
                web_shows_from(r, p.issued);
                return web_done_id(r, plan, "planned", "/plans/%lld", (long long)plan);
        }
        if (e != DD_ECONFLICT || r->want == OUT_JSON)
                return e;
        struct str fault = c->err_text;
        dd_ctx_clear_error(c);
        web_status(r, e);
        return show_confirm(r, fault);
}

enum dd_err
page_intake_drop(struct dd_ctx *c, struct web_req *r)
{
        TRY(intake_drop(c, r->id[0], form_version(r->http)));
        return web_done(r, "dropped", "/intake");
}

const struct form_table form_upload = FORM_TABLE(upload_fields);
const struct form_table form_intake_confirm = FORM_TABLE(confirm_fields);
