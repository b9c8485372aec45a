/* One task: who, when, what is left; the sentence of the paper; everything that happened. */
#include "dd_agency.h"
#include "dd_local_unit.h"
#include "dd_member.h"
#include "dd_update.h"
#include "task_priv.h"
#include "tmpl_rt.h"
#include "tpl_task.h"

static struct str
role_word(struct ui *u, struct str role)
{
        if (str_eq(role, S("lead")))
                return T(u, "chủ trì");
        if (str_eq(role, S("request")))
                return T(u, "được đề nghị");
        return str_eq(role, S("follow")) ? T(u, "theo dõi") : T(u, "phối hợp");
}

static enum dd_err
group_members(struct web_req *r, const struct q_assignment_row *a, struct task_assignment *out)
{
        struct q_agency_name_rows rows;

        if (!str_eq(a->agency_kind, S("group")) && !local_is_set(a->agency_name))
                return DD_OK;
        TRY(agency_group(r->c, a->agency_id, a->from_day, &rows));
        struct ui_chip *v = arena_array(r->c->arena, rows.n + 1, sizeof *v);
        for (size_t i = 0; i < rows.n; i++)
                v[i] = (struct ui_chip){ .name = rows.v[i].name,
                                         .href = rows.v[i].id == 0
                                                     ? STR_NONE
                                                     : web_href(r, "/agencies/%lld", (long long)rows.v[i].id) };
        out->members = (struct ui_chips){ v, rows.n };
        out->group_n = (int64_t)rows.n;
        return DD_OK;
}

static enum dd_err
fill_assignments(struct web_req *r, const struct task_full *t, struct task_view *v)
{
        struct task_assignment *out = arena_array(r->c->arena, t->assignments.n + 1, sizeof *out);
        size_t n = 0;

        for (size_t i = 0; i < t->assignments.n; i++) {
                const struct q_assignment_row *a = &t->assignments.v[i];
                const struct q_span_row *s = task_span_of(t, a->id);

                if (a->from_day > r->c->as_of || a->to_day < r->c->as_of)
                        continue;
                out[n] = (struct task_assignment){ .role = role_word(&r->ui, a->role),
                                                   .name = a->agency_name,
                                                   .scope = a->scope,
                                                   .href = web_href(r, "/agencies/%lld", (long long)a->agency_id) };
                if (s != NULL) {
                        struct state_in in = { s->lifecycle, s->due, s->conditional, s->done_day };

                        out[n].state = web_state((int)task_state(&in, r->c->as_of, &t->rules));
                        out[n].word = state_text(r->c->arena, &in, r->c->as_of, &t->rules);
                }
                TRY(group_members(r, a, &out[n++]));
        }
        v->assignments.v = out;
        v->assignments.n = n;
        v->lead = task_agencies(r->c->arena, t, r->c->as_of, true);
        v->coordinating = task_agencies(r->c->arena, t, r->c->as_of, false);
        return DD_OK;
}

static void
fill_times(struct web_req *r, const struct task_full *t, const struct q_span_row *s, struct task_view *v)
{
        struct ui *u = &r->ui;
        struct ui_param *p = arena_array(u->arena, 5, sizeof *p);
        size_t n = 0;

        p[n++] = (struct ui_param){ T(u, "Giao"), day_text(u->arena, t->task.plan_issued) };
        if (t->task.original_due != DD_NO_DAY)
                p[n++] =
                    (struct ui_param){ T(u, "Hạn gốc"),
                                       str_fmt(u->arena, "%.*s, %.*s", FMT(day_text(u->arena, t->task.original_due)),
                                               FMT(tmpl_tr(u, day_weekday_text(t->task.original_due)))) };
        int32_t due = task_due_on(t, r->c->as_of);
        if (s != NULL && due != DD_NO_DAY && due != t->task.original_due)
                p[n++] = (struct ui_param){ T(u, "Hạn hiện nay"), day_text(u->arena, due) };
        if (s != NULL && s->done_day != DD_NO_DAY)
                p[n++] = (struct ui_param){ T(u, "Có kết quả"), day_text(u->arena, s->done_day) };
        if (s != NULL && s->last_day != DD_NO_DAY)
                p[n++] = (struct ui_param){ T(u, "Cập nhật cuối"), day_text(u->arena, s->last_day) };
        v->times.v = p;
        v->times.n = n;
        v->has_span = due != DD_NO_DAY && s != NULL;
        if (v->has_span)
                v->span = (struct ui_span){ t->task.plan_issued,
                                            t->task.original_due != DD_NO_DAY ? t->task.original_due : due,
                                            due != t->task.original_due ? due : DD_NO_DAY, r->c->as_of, v->head.state };
}

/* What this person may do with the parts of the task as they stand. */
struct may {
        bool open, handed, fresh, stopped;
};

static struct may
may_of(const struct dd_user *who, const struct task_full *t)
{
        struct may m = { 0 };

        for (size_t i = 0; i < t->spans.n; i++) {
                const struct q_span_row *s = &t->spans.v[i];
                bool mine =
                    role_has(who->role, CAP_UPDATE) && (who->role != ROLE_OFFICER || who->agency_id == s->agency_id);

                if (s->assignment_id == 0)
                        continue;
                m.open |= mine && s->lifecycle < LIFE_HANDED_IN && s->lifecycle != LIFE_SUSPENDED;
                m.stopped |= mine && s->lifecycle == LIFE_SUSPENDED;
                m.fresh |= mine && s->lifecycle == LIFE_ASSIGNED;
                m.handed |= s->lifecycle == LIFE_HANDED_IN;
        }
        return m;
}

/* The next step stands in the head, which a phone keeps at the thumb; the primary one last. */
static void
fill_next(struct web_req *r, const struct may *m, long long id, struct task_view *v)
{
        struct ui_action *a = arena_array(r->c->arena, 3, sizeof *a);
        struct ui *u = &r->ui;
        bool confirm = m->handed && role_has(r->c->user->role, CAP_CONFIRM);
        size_t n = 0;

        if (m->open) {
                a[n++] = (struct ui_action){ T(u, "Nộp kết quả"), web_href(r, "/tasks/%lld/hand-in", id), false };
                a[n++] =
                    (struct ui_action){ T(u, "Cập nhật tiến độ"), web_href(r, "/tasks/%lld/update", id), !confirm };
        }
        if (confirm)
                a[n++] =
                    (struct ui_action){ T(u, "Xác nhận hoặc trả lại"), web_href(r, "/tasks/%lld/confirm", id), true };
        v->head.actions = (struct ui_actions){ a, n };
}

static void
fill_acts(struct web_req *r, const struct task_full *t, struct task_view *v)
{
        struct task_act *a = arena_array(r->c->arena, 8, sizeof *a);
        const struct dd_user *who = r->c->user;
        struct ui *u = &r->ui;
        long long id = t->task.id;
        struct may m = may_of(who, t);
        int64_t life = t->spans.n > 0 ? t->spans.v[0].lifecycle : LIFE_ASSIGNED;
        size_t n = 0;

        fill_next(r, &m, id, v);
        if (m.fresh && who->role == ROLE_OFFICER)
                a[n++] = (struct task_act){ T(u, "Đã tiếp nhận"), web_href(r, "/tasks/%lld/receive", id), false, true };
        if (role_has(who->role, CAP_PLAN_EDIT)) {
                if (task_may_decide(DECIDE_RESUME, life))
                        a[n++] = (struct task_act){ T(u, "Cho tiếp tục"), web_href(r, "/tasks/%lld/resume", id), true,
                                                    false };
                a[n++] = (struct task_act){ T(u, "Điều chỉnh nội dung, chủ trì, thời hạn"),
                                            web_href(r, "/tasks/%lld/correct", id), false, false };
                if (task_may_decide(DECIDE_SUSPEND, life))
                        a[n++] =
                            (struct task_act){ T(u, "Tạm dừng"), web_href(r, "/tasks/%lld/suspend", id), false, false };
                if (task_may_decide(DECIDE_DISCONTINUE, life))
                        a[n++] = (struct task_act){ T(u, "Không tiếp tục thực hiện"),
                                                    web_href(r, "/tasks/%lld/discontinue", id), false, false };
        }
        if (m.stopped && !m.open) { /* no longer asked for; what is there all the same may be told */
                a[n++] =
                    (struct task_act){ T(u, "Cập nhật tiến độ"), web_href(r, "/tasks/%lld/update", id), false, false };
                a[n++] = (struct task_act){ T(u, "Nộp kết quả"), web_href(r, "/tasks/%lld/hand-in", id), false, false };
        }
        if (role_has(who->role, CAP_AUDIT_READ))
                a[n++] = (struct task_act){ T(u, "Nhật ký của nhiệm vụ này"), web_href(r, "/audit?task=%lld", id),
                                            false, false };
        v->acts.v = a;
        v->acts.n = n;
}

static void
followers_json(struct json_w *w, const struct q_follower_rows *who)
{
        json_key(w, "members");
        json_arr(w);
        for (size_t i = 0; i < who->n; i++) {
                json_obj(w);
                json_ki64(w, "id", who->v[i].member_id);
                json_kstr(w, "post", who->v[i].post);
                json_end(w);
        }
        json_end(w);
}

static enum dd_err
task_page_json(struct web_req *r, const struct task_full *t, const struct q_follower_rows *who)
{
        struct json_w w;

        web_json_start(r, &w);
        json_ki64(&w, "id", t->task.id);
        json_ki64(&w, "version", t->task.version);
        json_kstr(&w, "plan", t->task.plan_number);
        json_kstr(&w, "group", t->task.group_no);
        json_kstr(&w, "no", t->task.no);
        json_kstr(&w, "title", t->task.title);
        json_kstr(&w, "output", t->task.output);
        json_kstr(&w, "deadline_text", t->task.deadline_text);
        json_kday(&w, "original_due", t->task.original_due);
        json_kstr(&w, "source", t->task.source);
        json_kday(&w, "as_of", r->c->as_of);
        followers_json(&w, who);
        json_key(&w, "assignments");
        json_arr(&w);
        for (size_t i = 0; i < t->assignments.n; i++) {
                const struct q_assignment_row *a = &t->assignments.v[i];
                const struct q_span_row *s = task_span_of(t, a->id);

                json_obj(&w);
                json_ki64(&w, "id", a->id);
                json_kstr(&w, "agency", a->agency_name);
                json_kstr(&w, "role", a->role);
                json_kstr(&w, "scope", a->scope);
                json_kday(&w, "from", a->from_day);
                if (s != NULL) {
                        struct state_in in = { s->lifecycle, s->due, s->conditional, s->done_day };

                        json_kstr(&w, "state", str_of(state_name(task_state(&in, r->c->as_of, &t->rules))));
                        json_kday(&w, "due", s->due);
                        json_ki64(&w, "percent", s->percent);
                }
                json_end(&w);
        }
        json_end(&w);
        json_key(&w, "events");
        json_arr(&w);
        for (size_t i = 0; i < t->events.n; i++) {
                const struct q_event_row *e = &t->events.v[i];

                json_obj(&w);
                json_ki64(&w, "id", e->id);
                json_kstr(&w, "kind", e->kind);
                json_kday(&w, "day", e->day);
                json_kstr(&w, "note", e->note);
                json_kstr(&w, "doc_number", e->doc_number);
                json_kbool(&w, "sample", e->sample);
                json_key(&w, "withdrawn_at");
                if (e->withdrawn_at.has)
                        json_i64(&w, e->withdrawn_at.v);
                else
                        json_null(&w);
                json_kstr(&w, "withdrawn_by", e->withdrawn_post);
                json_kstr(&w, "withdrawn_reason", e->withdrawn_reason);
                json_end(&w);
        }
        json_end(&w);
        json_end(&w);
        return DD_OK;
}

static void
fill_followers(struct web_req *r, const struct q_follower_rows *who, struct task_view *v)
{
        struct ui_chip *c = arena_array(r->c->arena, who->n + 1, sizeof *c);

        for (size_t i = 0; i < who->n; i++)
                c[i] = (struct ui_chip){ .name = who->v[i].post,
                                         .href = web_href(r, "/members/%lld", (long long)who->v[i].member_id) };
        v->follow = (struct ui_chips){ c, who->n };
}

static void
fill_head(struct web_req *r, const struct task_full *t, const struct q_span_row *s, struct task_view *v)
{
        struct ui *u = &r->ui;
        struct ui_link *crumbs = arena_array(u->arena, 2, sizeof *crumbs);

        crumbs[0] = (struct ui_link){ TF(u, "Kế hoạch {}", TMPL_ARG(t->task.plan_number)),
                                      web_href(r, "/plans/%lld", (long long)t->task.plan_id) };
        crumbs[1] = (struct ui_link){ t->task.group_no.n > 0 ? str_fmt(u->arena, "%.*s. %.*s", FMT(t->task.group_no),
                                                                       FMT(t->task.group_title))
                                                             : T(u, "Nhiệm vụ bổ sung"),
                                      STR_NONE };
        v->head = (struct ui_head){ .crumbs = { crumbs, 2 },
                                    .title = str_fmt(u->arena, "%.*s. %.*s", FMT(t->task.no), FMT(t->task.title)) };
        if (s != NULL) {
                struct state_in in = { s->lifecycle, s->due, s->conditional, s->done_day };

                v->head.has_state = true;
                v->head.state = web_state((int)task_state(&in, r->c->as_of, &t->rules));
                v->head.state_word = state_text(u->arena, &in, r->c->as_of, &t->rules);
        } else {
                v->head.facts = TF(u, "Ngày {} nhiệm vụ này chưa được giao.", tmpl_arg_day(r->c->as_of));
        }
}

/* The row of the paper as one line. */
static struct str
one_line(struct arena *a, struct str s)
{
        AUTO_BUF b = { 0 };

        s = str_trim(s);
        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == '\t')
                        buf_str(&b, S(" | "));
                else if (s.p[i] == '\n')
                        buf_c(&b, ' ');
                else
                        buf_c(&b, s.p[i]);
        }
        return str_dup(a, buf_view(&b));
}

enum dd_err
page_task(struct dd_ctx *c, struct web_req *r)
{
        struct task_view v = { 0 };
        struct task_full t = { 0 };
        struct q_follower_rows who;
        struct ui *u = &r->ui;

        TRY(task_full(c, r->id[0], &t));
        TRY(task_followers(c, t.task.id, &who));
        if (r->want == OUT_JSON)
                return task_page_json(r, &t, &who);
        TRY(event_withdrawable(c, t.task.id, &t.events, &t.own));
        fill_followers(r, &who, &v);
        const struct q_span_row *s = task_span_of(&t, 0);
        fill_head(r, &t, s, &v);
        u->title = v.head.title;
        u->active = NAV_TASKS;
        u->plan = TF(u, "Kế hoạch {}", TMPL_ARG(t.task.plan_number));
        TRY(fill_assignments(r, &t, &v));
        task_due_words(r, &t, &v.due, &v.due_note);
        v.output = t.task.output;
        if (t.task.source.n > 0) {
                v.has_quote = true;
                struct str line = one_line(c->arena, t.task.source);
                size_t hit = str_find(line, t.task.title, 0); /* the words as printed, unless they were corrected */

                v.quote =
                    (struct ui_quote){ .before = str_sub(line, 0, hit),
                                       .mark = hit < line.n ? t.task.title : STR_NONE,
                                       .after = hit < line.n ? str_sub(line, hit + t.task.title.n, line.n) : STR_NONE,
                                       .where = TF(u, "{}, dòng {}", TMPL_ARG(t.task.plan_number), TMPL_ARG(t.task.no)),
                                       .note = tmpl_tr_notes(u, t.task.note),
                                       .href = web_href(r, "/documents/%lld?from=%lld&to=%lld#mark0",
                                                        (long long)t.task.document_id, (long long)t.task.span_from,
                                                        (long long)t.task.span_to) };
        }
        v.events = task_events(r, &t);
        fill_times(r, &t, s, &v);
        fill_acts(r, &t, &v);
        tpl_task(r->o, u, &v);
        return DD_OK;
}
