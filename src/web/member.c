/* One member of the committee: the seat, the agencies followed, the tasks answered for. */
#include "dd_agency.h"
#include "dd_member.h"
#include "dd_member_view.h"
#include "task_priv.h"
#include "tmpl_rt.h"
#include "tpl_member.h"

struct follow_form {
        int64_t agency_id;
        struct str source;
        int32_t day;
};

static const struct form_field follow_fields[] = {
        { .name = "agency_id",
          .type = FORM_ID,
          .required = true,
          .label = "Cơ quan",
          .hint = "Thành viên trả lời cho nhiệm vụ mà cơ quan này chủ trì.",
          .offset = FORM_AT(struct follow_form, agency_id, int64_t) },
        { .name = "source",
          .type = FORM_TEXT,
          .required = true,
          .max = 200,
          .label = "Văn bản phân công",
          .hint = "Ví dụ: 45/TB-BCĐ.",
          .offset = FORM_AT(struct follow_form, source, struct str) },
        { .name = "day",
          .type = FORM_DAY,
          .label = "Từ ngày",
          .hint = "Để trống là hôm nay.",
          .offset = FORM_AT(struct follow_form, day, int32_t) },
};

struct unfollow_form {
        int64_t follow_id;
};

static const struct form_field unfollow_fields[] = {
        { .name = "follow_id",
          .type = FORM_ID,
          .required = true,
          .label = "Phân công",
          .offset = FORM_AT(struct unfollow_form, follow_id, int64_t) },
};

static enum dd_err
member_json(struct web_req *r, const struct member_full *m)
{
        struct json_w w;

        web_json_start(r, &w);
        json_ki64(&w, "id", m->member.id);
        json_kstr(&w, "no", m->member.no);
        json_kstr(&w, "post", m->member.post);
        json_kstr(&w, "role", m->member.role);
        json_kstr(&w, "agency", m->member.agency_name);
        json_kstr(&w, "sector", m->member.sector);
        json_kstr(&w, "duty", m->member.duty);
        json_kday(&w, "as_of", r->c->as_of);
        json_key(&w, "follows");
        json_arr(&w);
        for (size_t i = 0; i < m->follows.n; i++) {
                const struct q_follow_row *f = &m->follows.v[i];

                json_obj(&w);
                json_ki64(&w, "id", f->id);
                json_kstr(&w, "agency", f->agency_name);
                json_kday(&w, "from", f->from_day);
                json_kday(&w, "to", f->to_day == DAY_FOREVER ? DD_NO_DAY : f->to_day);
                json_kstr(&w, "source", f->source);
                json_ki64(&w, "version", f->version);
                json_end(&w);
        }
        json_end(&w);
        TRY(tasks_json(r, &w, "tasks", &m->tasks.rows, &m->tasks.rules));
        json_end(&w);
        return DD_OK;
}

static void
fill_facts(struct web_req *r, const struct q_member_row *m, struct member_view *v)
{
        struct ui *u = &r->ui;
        struct ui_param *p = arena_array(u->arena, 3, sizeof *p);
        size_t n = 0;

        if (m->role.n > 0)
                p[n++] = (struct ui_param){ T(u, "Chức danh trong Ban"), m->role };
        if (m->agency_name.n > 0)
                p[n++] = (struct ui_param){ T(u, "Cơ quan"), m->agency_name };
        if (m->sector.n > 0)
                p[n++] = (struct ui_param){ T(u, "Lĩnh vực phụ trách"), m->sector };
        v->facts.v = p;
        v->facts.n = n;
}

/* "- Giúp Trưởng Ban ... - Tham mưu ...": each dash begins a duty, as the paper sets them. */
static void
fill_duties(struct arena *a, struct str duty, struct member_view *v)
{
        static const struct str dash = { " - ", 3 };
        struct str rest = str_starts(duty, S("- ")) ? str_sub(duty, 2, duty.n) : duty;
        struct duty_line *l = arena_array(a, duty.n / dash.n + 1, sizeof *l);

        v->duties.v = l;
        while (rest.n > 0) {
                size_t at = str_find(rest, dash, 0);

                l[v->duties.n++].text = str_trim(str_sub(rest, 0, at));
                rest = at < rest.n ? str_sub(rest, at + dash.n, rest.n) : STR_NONE;
        }
}

static void
fill_follows(struct web_req *r, const struct q_follow_rows *rows, struct member_view *v)
{
        struct follow_line *l = arena_array(r->c->arena, rows->n + 1, sizeof *l);

        for (size_t i = 0; i < rows->n; i++) {
                const struct q_follow_row *f = &rows->v[i];

                l[i] = (struct follow_line){ .agency = f->agency_name,
                                             .href = web_href(r, "/agencies/%lld", (long long)f->agency_id),
                                             .source = f->source,
                                             .from = f->from_day,
                                             .to = f->to_day == DAY_FOREVER ? DD_NO_DAY : f->to_day,
                                             .id = f->id,
                                             .version = f->version };
        }
        v->follows.v = l;
        v->follows.n = rows->n;
}

static enum dd_err
fill_form(struct web_req *r, const struct form_state *typed, struct form_state *state, struct member_view *v)
{
        v->may_edit = role_has(r->c->user->role, CAP_PLAN_EDIT);
        v->state = state;
        if (!v->may_edit)
                return DD_OK;
        TRY(web_agency_options(r, &v->agencies));
        v->typed = typed != NULL;
        if (typed != NULL)
                *state = *typed;
        else
                form_state_of(r->c, follow_fields, ARRAY_LEN(follow_fields), NULL, state);
        return DD_OK;
}

static enum dd_err
show(struct web_req *r, const struct form_state *typed)
{
        struct member_full m = { 0 };
        struct member_view v = { 0 };
        struct form_state state = { 0 };
        struct ui *u = &r->ui;
        struct ui_link *crumb = arena_array(u->arena, 1, sizeof *crumb);
        long long id = (long long)r->id[0];

        TRY(member_full(r->c, r->id[0], &m));
        if (r->want == OUT_JSON)
                return member_json(r, &m);
        *crumb = (struct ui_link){ T(u, "Thành viên Ban"), web_href(r, "/members") };
        u->title = m.member.post;
        u->active = NAV_MEMBERS;
        v.head = (struct ui_head){ .crumbs = { crumb, 1 },
                                   .title = u->title,
                                   .facts = TF(u, "phụ trách {} nhiệm vụ · số liệu tính đến hết ngày {}",
                                               TMPL_ARG((int64_t)m.tasks.rows.n), tmpl_arg_day(r->c->as_of)) };
        v.follow_action = web_href(r, "/members/%lld/follow", id);
        v.unfollow_action = web_href(r, "/members/%lld/unfollow", id);
        fill_facts(r, &m.member, &v);
        fill_duties(u->arena, m.member.duty, &v);
        fill_follows(r, &m.follows, &v);
        TRY(fill_form(r, typed, &state, &v));
        v.columns = task_columns(r);
        v.tasks = task_lines_of(r, &m.tasks.rows, &m.tasks.rules);
        tpl_member_page(r->o, u, &v);
        return DD_OK;
}

enum dd_err
page_member(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show(r, NULL);
}

enum dd_err
page_member_follow(struct dd_ctx *c, struct web_req *r)
{
        struct follow_form f = { .day = DD_NO_DAY };
        struct form_state typed;
        int64_t id = 0;
        enum dd_err e = form_read(c, follow_fields, ARRAY_LEN(follow_fields), r->http, &f);

        if (e == DD_OK)
                e = member_follow(c, &(struct member_follow_in){ r->id[0], f.agency_id, f.day, f.source }, &id);
        if (e == DD_OK) {
                web_shows_from(r, f.day != DD_NO_DAY ? f.day : c->today);
                return web_done_id(r, id, "follow", "/members/%lld", (long long)r->id[0]);
        }
        if ((e != DD_EINVAL && e != DD_ECONFLICT) || r->want == OUT_JSON)
                return e;
        web_typed(r, e, follow_fields, ARRAY_LEN(follow_fields), &typed);
        return show(r, &typed);
}

enum dd_err
page_member_unfollow(struct dd_ctx *c, struct web_req *r)
{
        struct unfollow_form f = { 0 };

        TRY(form_read(c, unfollow_fields, ARRAY_LEN(unfollow_fields), r->http, &f));
        TRY(member_unfollow(c, r->id[0], f.follow_id, form_version(r->http)));
        web_shows_from(r, c->today);
        return web_done(r, "unfollow", "/members/%lld", (long long)r->id[0]);
}

const struct form_table form_follow = FORM_TABLE(follow_fields);
const struct form_table form_unfollow = FORM_TABLE(unfollow_fields);
