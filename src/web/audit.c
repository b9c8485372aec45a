/* The audit trail: who did what to what, and what it was before; filtered by the address. */
#include "dd_audit.h"
#include "dd_audit_view.h"
#include "table_priv.h"
#include "tmpl_rt.h"
#include "tpl_audit.h"

#define ROWS        100
#define SHOWN_BYTES 180 /* of a name or of words told; files have them whole */

/* The raw name only for acts of an older release that are no longer known. */
static struct str
action_words(const struct ui *u, struct str action)
{
        struct str words = audit_words(action);

        return words.n > 0 ? tmpl_tr(u, words) : action;
}

/* The page of what was acted on; STR_NONE where there is none, or none for this person. */
static struct str
object_href(struct web_req *r, const struct q_audit_row *row)
{
        static const struct {
                struct str action; /* how it begins */
                struct str path;
                enum cap cap;
        } places[] = {
                { S("alias."), S("/agencies"), CAP_READ },
                { S("member."), S("/members"), CAP_READ },
                { S("report.keep"), S("/reports"), CAP_READ },
                { S("sheet."), S("/sheets"), CAP_INTAKE },
        };
        enum role role = r->c->user->role;

        if (row->task_id != 0)
                return web_href(r, "/tasks/%lld", (long long)row->task_id);
        if (row->intake_id != 0)
                return role_has(role, CAP_INTAKE) ? web_href(r, "/intake/%lld", (long long)row->intake_id) : STR_NONE;
        if (str_starts(row->action, S("committee.")))
                return web_href(r, "/committee");
        for (size_t i = 0; i < ARRAY_LEN(places); i++)
                if (row->object.n > 0 && str_starts(row->action, places[i].action) && role_has(role, places[i].cap))
                        return web_href(r, "%.*s/%lld", FMT(places[i].path), (long long)row->object_id);
        return row->plan_id != 0 ? web_href(r, "/plans/%lld", (long long)row->plan_id) : STR_NONE;
}

/* By its name; a number only where what it was is no more. */
static struct str
object_text(struct web_req *r, const struct q_audit_row *row)
{
        struct ui *u = &r->ui;

        if (str_starts(row->action, S("committee.")))
                return u->committee;
        if (row->object_day != DD_NO_DAY)
                return TF(u, "Báo cáo {}, số liệu đến {}", TMPL_ARG(row->object), tmpl_arg_day(row->object_day));
        if (row->task_id == 0 && row->intake_id == 0 && row->plan_id != 0)
                return TF(u, "Kế hoạch {}", TMPL_ARG(row->object));
        if (row->object.n > 0 || row->object_id == 0)
                return row->object;
        return TF(u, "số {}, không còn", tmpl_arg_i64(row->object_id));
}

/* What stood there before and stands there since. */
static struct str
value_text(struct web_req *r, const struct q_audit_row *row, bool after)
{
        struct str value = after ? row->new_value : row->old_value;
        bool taken_back = str_ends(row->action, S(".withdraw"));

        if (str_eq(row->kind, S("redue")))
                return value.n > 0 ? day_text(r->c->arena, day_parse(value)) : value;
        if (after != taken_back && row->percent.has)
                return str_fmt(r->c->arena, "%lld %%", (long long)row->percent.v);
        return value;
}

static struct str
field_word(struct ui *u, const struct q_audit_row *row)
{
        if (str_eq(row->kind, S("redue")))
                return T(u, "Thời hạn");
        if (str_eq(row->kind, S("relead")))
                return T(u, "Chủ trì");
        if (!str_eq(row->kind, S("retitled")))
                return STR_NONE;
        return str_eq(row->field, S("coordinating")) ? T(u, "Phối hợp")
               : str_eq(row->field, S("output"))     ? T(u, "Sản phẩm")
                                                     : T(u, "Nội dung");
}

/* The field, then the words that were given as a reason; the trail's own words where both values do not stand beside.
 */
static struct str
told_text(struct web_req *r, const struct q_audit_row *row)
{
        struct str field = field_word(&r->ui, row), words = row->note;

        if ((words.n == 0 && field.n == 0) || str_ends(row->action, S(".withdraw")))
                words = row->detail; /* of what was taken back: why */

        if (field.n == 0 || words.n == 0)
                return field.n > 0 ? field : words;
        return STR_JOIN(r->c->arena, field, S(" · "), words);
}

static enum dd_err
answer_json(struct web_req *r, const struct q_audit_rows *rows)
{
        struct json_w w;

        web_json_start(r, &w);
        json_key(&w, "audit");
        json_arr(&w);
        for (size_t i = 0; i < rows->n; i++) {
                const struct q_audit_row *row = &rows->v[i];

                json_obj(&w);
                json_ki64(&w, "id", row->id);
                json_ki64(&w, "at", row->recorded_at);
                json_kstr(&w, "post", row->post);
                json_kstr(&w, "action", row->action);
                json_kstr(&w, "action_text", action_words(&r->ui, row->action));
                json_kstr(&w, "detail", row->detail);
                json_ki64(&w, "object_id", row->object_id);
                json_kstr(&w, "object", object_text(r, row));
                json_ki64(&w, "task_id", row->task_id);
                json_kstr(&w, "field_text", field_word(&r->ui, row));
                json_kstr(&w, "old_value", value_text(r, row, false));
                json_kstr(&w, "new_value", value_text(r, row, true));
                json_kstr(&w, "note", row->note);
                json_end(&w);
        }
        json_end(&w);
        json_end(&w);
        return DD_OK;
}

static struct str
shown(struct web_req *r, struct str s)
{
        return r->want == OUT_HTML ? ui_short(r->c->arena, s, SHOWN_BYTES) : s;
}

static void
fill_table(struct web_req *r, const struct q_audit_rows *rows, struct table_view *v)
{
        struct ui *u = &r->ui;
        struct arena *a = r->c->arena;
        struct ui_th *th = arena_array(a, 7, sizeof *th);
        struct table_row *tr = arena_array(a, rows->n + 1, sizeof *tr);

        th[0].label = T(u, "Lúc");
        th[1].label = T(u, "Ai");
        th[2].label = T(u, "Việc");
        th[3].label = T(u, "Về");
        th[4].label = T(u, "Trước");
        th[5].label = T(u, "Sau");
        th[6].label = T(u, "Từ");
        for (size_t i = 0; i < rows->n; i++) {
                const struct q_audit_row *row = &rows->v[i];
                struct table_cell *td = arena_array(a, 7, sizeof *td);
                struct str from = audit_origin_words(row->origin), told = told_text(r, row),
                           object = object_text(r, row);

                td[0].text = instant_text(a, row->recorded_at);
                td[1].text = row->post.n > 0 ? row->post : T(u, "hệ thống");
                td[2] = (struct table_cell){ .text = action_words(u, row->action), .note = shown(r, told) };
                td[3] = (struct table_cell){ .text = shown(r, object), .href = object_href(r, row) };
                td[4].text = value_text(r, row, false);
                td[5].text = value_text(r, row, true);
                td[6].text = from.n > 0 ? tmpl_tr(u, from) : row->origin;
                tr[i] = (struct table_row){ td, 7 };
        }
        v->columns = (struct ui_ths){ th, 7 };
        v->rows.v = tr;
        v->rows.n = rows->n;
}

static enum dd_err
asked_day(struct web_req *r, const char *name, int32_t *ret)
{
        struct str s = str_trim(web_q(r, name));

        *ret = s.n > 0 ? day_parse(s) : DD_NO_DAY;
        if (s.n > 0 && *ret == DD_NO_DAY)
                return dd_fail(r->c, DD_EINVAL, "Không đọc được ngày «%.*s». Mời ghi như 30/9/2023.", FMT(s));
        return DD_OK;
}

static enum dd_err
filter_of(struct web_req *r, struct audit_filter *f)
{
        *f = (struct audit_filter){ .before_id = web_q_id(r, "before"),
                                    .account_id = web_q_id(r, "person"),
                                    .task_id = web_q_id(r, "task"),
                                    .act = web_q(r, "act"),
                                    .max = web_rows(r, ROWS) };
        TRY(asked_day(r, "from", &f->from));
        TRY(asked_day(r, "to", &f->to));
        if (f->from != DD_NO_DAY && f->to != DD_NO_DAY && f->from > f->to)
                return dd_fail(r->c, DD_EINVAL, "Ngày đầu (%s) sau ngày cuối (%s). Mời chọn lại khoảng thời gian.",
                               str_c(r->c->arena, day_text(r->c->arena, f->from)),
                               str_c(r->c->arena, day_text(r->c->arena, f->to)));
        return DD_OK;
}

static enum dd_err
fill_choices(struct web_req *r, const struct audit_filter *f, struct audit_view *v)
{
        struct arena *a = r->c->arena;
        struct q_audit_person_rows people;
        struct str name, words;
        size_t n = 0;

        TRY(audit_people(r->c, &people));
        while (audit_act(n, &name, &words))
                n++;
        struct ui_option *po = arena_array(a, people.n + 1, sizeof *po), *ko = arena_array(a, n + 1, sizeof *ko),
                         *ao = arena_array(a, n + 1, sizeof *ao);
        for (size_t i = 0; i < people.n; i++)
                po[i] = (struct ui_option){ str_i64(a, people.v[i].id), people.v[i].post };
        for (size_t i = 0; audit_act(i, &name, &words); i++) {
                bool kind = name.p[name.n - 1] == '.';
                struct ui_option o = { name, tmpl_tr(&r->ui, words) };

                if (kind)
                        ko[v->kinds.n++] = o;
                else
                        ao[v->acts.n++] = o;
        }
        v->people = (struct ui_options){ po, people.n };
        v->kinds.v = ko;
        v->acts.v = ao;
        v->person = f->account_id != 0 ? str_i64(a, f->account_id) : STR_NONE;
        v->act = f->act;
        v->from = f->from != DD_NO_DAY ? day_text(a, f->from) : STR_NONE;
        v->to = f->to != DD_NO_DAY ? day_text(a, f->to) : STR_NONE;
        v->task_id = f->task_id != 0 ? str_i64(a, f->task_id) : STR_NONE;
        if (v->person.n + v->act.n + v->from.n + v->to.n + v->task_id.n > 0)
                v->clear = web_href(r, "/audit");
        return DD_OK;
}

/* Of one task: its name stands above the list, as its rows tell it. */
static struct str
facts(struct web_req *r, const struct audit_filter *f, const struct q_audit_rows *rows)
{
        struct ui *u = &r->ui;

        for (size_t i = 0; f->task_id != 0 && i < rows->n; i++)
                if (rows->v[i].task_id == f->task_id)
                        return TF(u, "Chỉ của nhiệm vụ {}", TMPL_ARG(rows->v[i].object));
        return T(u, "Mọi việc đã làm, mới nhất trước; chỉ ghi thêm, không sửa, không xóa.");
}

enum dd_err
page_audit_list(struct dd_ctx *c, struct web_req *r)
{
        struct audit_filter f;
        struct q_audit_rows rows;
        struct audit_view v = { 0 };
        struct ui *u = &r->ui;

        TRY(filter_of(r, &f));
        TRY(audit_page(c, &f, &rows));
        if (r->want == OUT_JSON)
                return answer_json(r, &rows);
        u->title = T(u, "Nhật ký");
        u->active = NAV_AUDIT;
        u->as_of_fixed = true;
        TRY(fill_choices(r, &f, &v));
        fill_table(r, &rows, &v.table);
        v.table.head = (struct ui_head){ .title = u->title, .facts = facts(r, &f, &rows) };
        v.table.caption = u->title;
        v.table.empty = v.clear.n > 0 ? (struct ui_empty){ T(u, "Không có việc nào khớp"),
                                                           T(u, "Thử khoảng ngày dài hơn hoặc bớt một điều kiện lọc."),
                                                           { T(u, "Bỏ lọc"), v.clear } }
                                      : (struct ui_empty){ .title = T(u, "Chưa có việc nào được ghi") };
        v.table.paged = rows.n == ROWS || f.before_id != 0;
        v.table.pager = (struct ui_pager){ .shown = (int64_t)rows.n,
                                           .total = -1,
                                           .noun = TF(u, "việc trên trang này", tmpl_arg_i64((int64_t)rows.n)) };
        if (f.before_id != 0)
                v.table.pager.prev = WEB_PATH(r, S("/audit"), web_query(r, "before", NULL));
        if (rows.n == ROWS)
                v.table.pager.next = WEB_PATH(
                    r, S("/audit"), web_query(r, "before", str_c(c->arena, str_i64(c->arena, rows.v[ROWS - 1].id))));
        if (r->want != OUT_HTML)
                return web_table_file(r, &v.table);
        if (rows.n > 0)
                web_table_files(r, &v.table.head);
        tpl_audit_page(r->o, u, &v);
        return DD_OK;
}
