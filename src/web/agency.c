/* Agencies and members. */
#include "dd_agency.h"
#include "dd_committee.h"
#include "table_priv.h"
#include "task_priv.h"
#include "tmpl_rt.h"
#include "tpl_agency.h"

static const struct {
        const char *kind;
        struct str word;
} kinds[] = {
        { "department", S("cơ quan chuyên môn") },
        { "district-committee", S("UBND cấp huyện") },
        { "commune-committee", S("UBND cấp xã") },
        { "mass-organisation", S("tổ chức chính trị - xã hội, hội") },
        { "party", S("cơ quan Đảng") },
        { "ministry", S("bộ, ngành trung ương") },
        { "group", S("nhóm cơ quan") },
        { "other", S("cơ quan khác") },
};

static struct str
kind_word(struct ui *u, struct str kind)
{
        for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
                if (str_eq(kind, str_of(kinds[i].kind)))
                        return tmpl_tr(u, kinds[i].word);
        return kind;
}

enum dd_err
web_agency_options(struct web_req *r, struct ui_options *ret)
{
        struct q_agency_rows rows;

        TRY(agency_list(r->c, &rows));
        struct ui_option *o = arena_array(r->c->arena, rows.n + 1, sizeof *o);
        for (size_t i = 0; i < rows.n; i++)
                o[i] = (struct ui_option){ str_fmt(r->c->arena, "%lld", (long long)rows.v[i].id), rows.v[i].name };
        *ret = (struct ui_options){ o, rows.n };
        return DD_OK;
}

static enum dd_err
agencies_json(struct web_req *r, const struct q_agency_rows *rows)
{
        struct json_w w;

        web_json_start(r, &w);
        json_key(&w, "agencies");
        json_arr(&w);
        for (size_t i = 0; i < rows->n; i++) {
                json_obj(&w);
                json_ki64(&w, "id", rows->v[i].id);
                json_kstr(&w, "name", rows->v[i].name);
                json_kstr(&w, "kind", rows->v[i].kind);
                json_ki64(&w, "lead_tasks", rows->v[i].lead_tasks);
                json_ki64(&w, "members", rows->v[i].members);
                json_end(&w);
        }
        json_end(&w);
        json_end(&w);
        return DD_OK;
}

enum dd_err
page_agency_list(struct dd_ctx *c, struct web_req *r)
{
        struct q_agency_rows rows;
        struct ui *u = &r->ui;
        static const struct str none = { "", 0 };

        TRY(agency_list(c, &rows));
        if (r->want == OUT_JSON)
                return agencies_json(r, &rows);
        struct ui_th *th = arena_array(c->arena, 4, sizeof *th);
        th[0].label = T(u, "Cơ quan");
        th[1].label = T(u, "Loại");
        th[2] = (struct ui_th){ .label = T(u, "Nhiệm vụ chủ trì"), .num = true };
        th[3].label = T(u, "Thành viên Ban");
        struct table_row *tr = arena_array(c->arena, rows.n + 1, sizeof *tr);
        for (size_t i = 0; i < rows.n; i++) {
                const struct q_agency_row *a = &rows.v[i];
                struct table_cell *td = arena_array(c->arena, 4, sizeof *td);

                td[0] = (struct table_cell){ .text = a->name,
                                             .href = web_href(r, "/agencies/%lld", (long long)a->id),
                                             .head = true };
                td[1] = (struct table_cell){ .text = kind_word(u, a->kind) };
                td[2] =
                    (struct table_cell){ .text = a->lead_tasks > 0 ? str_fmt(c->arena, "%lld", (long long)a->lead_tasks)
                                                                   : none,
                                         .num = true };
                if (a->members > 0)
                        td[3] = (struct table_cell){ .text = T(u, "có") };
                else if (a->lead_tasks > 0 && !agency_is_class(a->kind, a->name))
                        td[3] =
                            (struct table_cell){ .text = T(u, "chưa có thành viên"), .badge = true, .state = UI_SOON };
                tr[i] = (struct table_row){ td, 4 };
        }
        u->title = T(u, "Cơ quan");
        u->active = NAV_AGENCIES;
        struct table_view v = { .head = { .title = u->title,
                                          .facts = TF(u, "{} cơ quan, tổ chức và nhóm có trong các kế hoạch của Ban",
                                                      TMPL_ARG((int64_t)rows.n)) },
                                .caption = u->title,
                                .columns = { th, 4 },
                                .rows = { tr, rows.n },
                                .empty = { T(u, "Chưa có cơ quan nào"),
                                           T(u, "Cơ quan được ghi nhận khi một kế hoạch được giao."),
                                           { T(u, "Nhập kế hoạch"), web_href(r, "/intake") } } };
        return web_table(r, &v);
}

struct alias_form {
        struct str alias;
};
static const struct form_field alias_fields[] = {
        { .name = "alias",
          .type = FORM_TEXT,
          .required = true,
          .max = 200,
          .label = "Tên gọi khác",
          .hint = "Như trong văn bản, ví dụ: Sở KH&ĐT.",
          .offset = FORM_AT(struct alias_form, alias, struct str) },
};

static void
alias_lines(struct web_req *r, const struct q_agency_alias_rows *rows, struct agency_view *v)
{
        struct ui *u = &r->ui;
        struct alias_line *l = arena_array(u->arena, rows->n + 1, sizeof *l);

        for (size_t i = 0; i < rows->n; i++) {
                const struct q_agency_alias_row *a = &rows->v[i];
                struct str who = a->post.p != NULL ? a->post : T(u, "hệ thống"),
                           when = instant_text(u->arena, a->accepted_at);

                l[i] = (struct alias_line){ .words = a->alias, .version = a->version };
                l[i].told = a->document_number.n > 0
                                ? TF(u, "{}, {}, theo {}", TMPL_ARG(who), TMPL_ARG(when), TMPL_ARG(a->document_number))
                                : TF(u, "{}, {}", TMPL_ARG(who), TMPL_ARG(when));
                if (a->document_id != 0)
                        l[i].href = web_href(r, "/documents/%lld", (long long)a->document_id);
                if (a->taken_back_at.has)
                        l[i].told = TF(u, "{}; đã thôi dùng từ {}", TMPL_ARG(l[i].told),
                                       TMPL_ARG(instant_text(u->arena, a->taken_back_at.v)));
                else if (v->may_edit)
                        l[i].action = web_href(r, "/agencies/%lld/aliases/%lld/take-back", (long long)a->agency_id,
                                               (long long)a->id);
        }
        v->aliases.v = l;
        v->aliases.n = rows->n;
}

static void
alias_json(struct json_w *w, const struct q_agency_alias_rows *rows)
{
        json_key(w, "aliases");
        json_arr(w);
        for (size_t i = 0; i < rows->n; i++) {
                json_obj(w);
                json_ki64(w, "id", rows->v[i].id);
                json_kstr(w, "alias", rows->v[i].alias);
                json_ki64(w, "document_id", rows->v[i].document_id);
                json_kbool(w, "in_use", !rows->v[i].taken_back_at.has);
                json_ki64(w, "version", rows->v[i].version);
                json_end(w);
        }
        json_end(w);
}

static enum dd_err
agency_json(struct web_req *r, const struct q_agency_row *a, const struct task_page *leads,
            const struct q_task_item_rows *coordinating, const struct q_agency_alias_rows *aliases)
{
        struct dd_ctx *c = r->c;
        struct json_w w;

        web_json_start(r, &w);
        json_ki64(&w, "id", a->id);
        json_kstr(&w, "name", a->name);
        json_kstr(&w, "kind", a->kind);
        json_kday(&w, "as_of", c->as_of);
        TRY(tasks_json(r, &w, "leads", &leads->rows, &leads->rules));
        TRY(tasks_json(r, &w, "coordinates", coordinating, &leads->rules));
        alias_json(&w, aliases);
        json_end(&w);
        return DD_OK;
}

static enum dd_err
show_agency(struct web_req *r, const struct form_state *typed)
{
        struct dd_ctx *c = r->c;
        struct q_agency_row a;
        struct task_page leads;
        struct q_task_item_rows coordinating;
        struct q_agency_alias_rows aliases;
        struct form_state empty;
        struct ui *u = &r->ui;
        struct agency_view v = { .state = typed, .typed = typed != NULL };

        TRY(agency_get(c, r->id[0], &a));
        TRY(task_list(c, &(struct task_filter){ .agency_id = a.id, .sort = SORT_DUE, .max = 500 }, &leads));
        TRY(task_coordinating(c, a.id, &coordinating));
        TRY(alias_list(c, a.id, &aliases));
        if (r->want == OUT_JSON)
                return agency_json(r, &a, &leads, &coordinating, &aliases);
        u->title = a.name;
        u->active = NAV_AGENCIES;
        struct ui_link *crumb = arena_array(c->arena, 1, sizeof *crumb);
        *crumb = (struct ui_link){ T(u, "Cơ quan"), web_href(r, "/agencies") };
        v.head = (struct ui_head){ .crumbs = { crumb, 1 },
                                   .title = a.name,
                                   .facts = TF(u, "{} · chủ trì {} · phối hợp {} · số liệu tính đến hết ngày {}",
                                               TMPL_ARG(kind_word(u, a.kind)), TMPL_ARG((int64_t)leads.rows.n),
                                               TMPL_ARG((int64_t)coordinating.n), tmpl_arg_day(c->as_of)) };
        v.columns = task_columns(r);
        TRY(task_lines_beside(r, &leads.rows, &leads.rules, &v.leads));
        TRY(task_lines_beside(r, &coordinating, &leads.rules, &v.coordinates));
        v.may_edit = role_has(c->user->role, CAP_INTAKE);
        v.alias_action = web_href(r, "/agencies/%lld/aliases", (long long)a.id);
        alias_lines(r, &aliases, &v);
        if (typed == NULL) {
                form_state_of(c, alias_fields, ARRAY_LEN(alias_fields), NULL, &empty);
                v.state = &empty;
        }
        tpl_agency_page(r->o, u, &v);
        return DD_OK;
}

enum dd_err
page_agency(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show_agency(r, NULL);
}

enum dd_err
page_alias_add(struct dd_ctx *c, struct web_req *r)
{
        struct alias_form f = { 0 };
        struct form_state typed;
        enum dd_err e = form_read(c, alias_fields, ARRAY_LEN(alias_fields), r->http, &f);

        if (e == DD_OK)
                e = alias_add(c, r->id[0], f.alias);
        if (e == DD_OK)
                return web_done_id(r, r->id[0], "alias", "/agencies/%lld", (long long)r->id[0]);
        if (e != DD_EINVAL || r->want == OUT_JSON)
                return e;
        web_typed(r, e, alias_fields, ARRAY_LEN(alias_fields), &typed);
        return show_agency(r, &typed);
}

enum dd_err
page_alias_take_back(struct dd_ctx *c, struct web_req *r)
{
        TRY(alias_take_back(c, r->id[0], r->id[1], form_version(r->http)));
        return web_done_id(r, r->id[0], "alias-gone", "/agencies/%lld", (long long)r->id[0]);
}

const struct form_table form_alias = FORM_TABLE(alias_fields);

static enum dd_err
members_json(struct web_req *r, const struct q_member_rows *rows)
{
        struct json_w w;

        web_json_start(r, &w);
        json_key(&w, "members");
        json_arr(&w);
        for (size_t i = 0; i < rows->n; i++) {
                json_obj(&w);
                json_ki64(&w, "id", rows->v[i].id);
                json_kstr(&w, "no", rows->v[i].no);
                json_kstr(&w, "post", rows->v[i].post);
                json_kstr(&w, "role", rows->v[i].role);
                json_kstr(&w, "agency", rows->v[i].agency_name);
                json_kstr(&w, "sector", rows->v[i].sector);
                json_end(&w);
        }
        json_end(&w);
        json_end(&w);
        return DD_OK;
}

enum dd_err
page_member_list(struct dd_ctx *c, struct web_req *r)
{
        struct q_member_rows rows;
        struct ui *u = &r->ui;

        TRY(committee_members(c, c->as_of, &rows));
        if (r->want == OUT_JSON)
                return members_json(r, &rows);
        struct ui_th *th = arena_array(c->arena, 4, sizeof *th);
        th[0] = (struct ui_th){ .label = T(u, "Số"), .num = true };
        th[1].label = T(u, "Thành viên theo chức vụ");
        th[2].label = T(u, "Cơ quan");
        th[3].label = T(u, "Lĩnh vực phụ trách");
        struct table_row *tr = arena_array(c->arena, rows.n + 1, sizeof *tr);
        for (size_t i = 0; i < rows.n; i++) {
                const struct q_member_row *m = &rows.v[i];
                struct table_cell *td = arena_array(c->arena, 4, sizeof *td);

                td[0] = (struct table_cell){ .text = m->no, .num = true };
                td[1] = (struct table_cell){ .text = m->post,
                                             .note = m->role,
                                             .head = true,
                                             .href = web_href(r, "/members/%lld", (long long)m->id) };
                td[2] = (struct table_cell){ .text = m->agency_name };
                if (m->agency_id != 0)
                        td[2].href = web_href(r, "/agencies/%lld", (long long)m->agency_id);
                td[3] = (struct table_cell){ .text = m->sector };
                tr[i] = (struct table_row){ td, 4 };
        }
        u->title = T(u, "Thành viên Ban");
        u->active = NAV_MEMBERS;
        struct table_view v = {
                .head = { .title = u->title,
                          .facts = TF(u, "{} thành viên theo chức vụ; người thay đổi, ghế thành viên giữ nguyên",
                                      TMPL_ARG((int64_t)rows.n)) },
                .caption = u->title,
                .columns = { th, 4 },
                .rows = { tr, rows.n },
                .empty = { T(u, "Chưa có thành viên nào"),
                           T(u, "Thành viên được đọc từ phụ lục phân công của kế hoạch."),
                           { T(u, "Nhập kế hoạch"), web_href(r, "/intake") } }
        };
        return web_table(r, &v);
}
