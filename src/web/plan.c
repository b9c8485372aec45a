/* The plan as the whole paper: what it rests on, what it asks, of whom, by when, and how far that is. */
#include "dd_text.h"
#include "intake_priv.h"
#include "plan_priv.h"
#include "tmpl_rt.h"
#include "tpl_plan.h"

static struct paper_lines
member_lines(struct web_req *r, const struct q_member_rows *rows)
{
        struct paper_line *l = arena_array(r->c->arena, rows->n + 1, sizeof *l);

        for (size_t i = 0; i < rows->n; i++)
                l[i] = (struct paper_line){ .no = rows->v[i].no,
                                            .title = rows->v[i].post,
                                            .text = rows->v[i].sector,
                                            .note = rows->v[i].role };
        return (struct paper_lines){ l, rows->n };
}

static struct str
recur_word(struct ui *u, struct str recur)
{
        if (str_eq(recur, S("half-yearly")))
                return T(u, "định kỳ 6 tháng và cuối năm");
        if (str_eq(recur, S("yearly")))
                return T(u, "hằng năm");
        if (str_eq(recur, S("quarterly")))
                return T(u, "hằng quý");
        if (str_eq(recur, S("monthly")))
                return T(u, "hằng tháng");
        return STR_NONE;
}

static struct paper_lines
duty_lines(struct web_req *r, const struct q_duty_rows *rows)
{
        struct paper_line *l = arena_array(r->c->arena, rows->n + 1, sizeof *l);

        for (size_t i = 0; i < rows->n; i++)
                l[i] = (struct paper_line){ .no = rows->v[i].no,
                                            .title = rows->v[i].agency,
                                            .text = rows->v[i].body,
                                            .note = recur_word(&r->ui, rows->v[i].recur),
                                            .request = rows->v[i].request };
        return (struct paper_lines){ l, rows->n };
}

static struct paper_lines
note_lines(struct web_req *r, const struct plan_full *p)
{
        struct paper_line *l = arena_array(r->c->arena, p->notes.n + 1, sizeof *l);

        for (size_t i = 0; i < p->notes.n; i++) {
                const struct q_plan_note_row *n = &p->notes.v[i];

                l[i] = (struct paper_line){ .title = anomaly_word(r, n->kind),
                                            .text = tmpl_tr_notes(&r->ui, n->body),
                                            .note = tmpl_tr_made(&r->ui, n->place) };
                if (n->span_to > n->span_from)
                        l[i].href = web_href(r, "/documents/%lld?from=%lld&to=%lld#mark0", (long long)p->document.id,
                                             (long long)n->span_from, (long long)n->span_to);
        }
        return (struct paper_lines){ l, p->notes.n };
}

/* "MỤC ĐÍCH, YÊU CẦU" of the paper reads "Mục đích, yêu cầu" in the interface. */
static struct str
sentence_case(struct arena *a, struct str s)
{
        size_t i = 0;

        if (s.n == 0 || !str_eq(text_upper(a, s), s))
                return s;
        (void)utf8_next(s, &i);
        return str_fmt(a, "%.*s%.*s", FMT(str_sub(s, 0, i)), FMT(text_lower(a, str_sub(s, i, s.n))));
}

static void
fill_sections(struct web_req *r, const struct plan_full *p, struct plan_view *v)
{
        struct arena *a = r->c->arena;
        struct paper_section *s = arena_array(a, p->items.n + 1, sizeof *s);
        struct paper_line *l = arena_array(a, p->items.n + 1, sizeof *l);
        size_t n = 0;

        for (size_t i = 0; i < p->items.n; i++) {
                const struct q_paper_item_row *it = &p->items.v[i];

                l[i] = (struct paper_line){ .no = it->no, .text = it->body };
                if (i == 0 || !str_eq(it->section_no, p->items.v[i - 1].section_no)) {
                        s[n] = (struct paper_section){ .id = str_fmt(a, "s%zu", n + 1),
                                                       .title = str_fmt(a, "%.*s. %.*s", FMT(it->section_no),
                                                                        FMT(sentence_case(a, it->section_title))) };
                        s[n++].items.v = &l[i];
                }
                s[n - 1].items.n++;
        }
        v->sections.v = s;
        v->sections.n = n;
}

static void
fill_groups(struct web_req *r, const struct plan_full *p, struct plan_view *v)
{
        struct arena *a = r->c->arena;
        struct plan_group *g = arena_array(a, p->groups.n + 2, sizeof *g);
        struct q_task_item_rows part = { 0 };
        size_t n = 0;

        for (size_t k = 0; k <= p->groups.n; k++) {
                struct str no = k < p->groups.n ? p->groups.v[k].no : S("");

                part = (struct q_task_item_rows){ arena_array(a, p->tasks.n + 1, sizeof *part.v), 0, 0 };
                for (size_t i = 0; i < p->tasks.n; i++)
                        if (str_eq(p->tasks.v[i].group_no, no))
                                part.v[part.n++] = p->tasks.v[i];
                if (part.n == 0 && k == p->groups.n)
                        break;
                g[n++] = (struct plan_group){ .id = str_fmt(a, "g%zu", k + 1),
                                              .title = k < p->groups.n ? str_fmt(a, "%.*s. %.*s", FMT(no),
                                                                                 FMT(p->groups.v[k].title))
                                                                       : T(&r->ui, "Nhiệm vụ ngoài nhóm, bổ sung"),
                                              .tasks = task_lines_of(r, &part, &p->rules) };
        }
        v->groups.v = g;
        v->groups.n = n;
}

static void
fill_papers(struct web_req *r, const struct plan_full *p, struct plan_view *v)
{
        struct arena *a = r->c->arena;
        struct paper_line *l = arena_array(a, p->papers.n + 1, sizeof *l);

        for (size_t i = 0; i < p->papers.n; i++) {
                const struct q_document_row *d = &p->papers.v[i];

                l[i] = (struct paper_line){ .title = document_name(a, d->type, d->number),
                                            .text = d->title,
                                            .href = web_href(r, "/documents/%lld", (long long)d->id) };
                if (i == 0 && p->has_consultation)
                        l[i].note =
                            TF(&r->ui, "Lấy ý kiến: {}/{} thành viên, {}/{} UBND cấp huyện trả lời",
                               TMPL_ARG(p->consultation.members_answered), TMPL_ARG(p->consultation.members_asked),
                               TMPL_ARG(p->consultation.districts_answered), TMPL_ARG(p->consultation.districts_asked));
        }
        v->papers = (struct paper_lines){ l, p->papers.n };
}

static void
fill_head(struct web_req *r, const struct plan_full *p, struct plan_view *v)
{
        struct ui *u = &r->ui;
        struct ui_action *acts = arena_array(u->arena, 2, sizeof *acts);
        size_t n = 0;

        if (role_has(r->c->user->role, CAP_PLAN_EDIT))
                acts[n++] = (struct ui_action){ T(u, "Thêm nhiệm vụ"),
                                                web_href(r, "/plans/%lld/add", (long long)p->plan.id), false };
        acts[n++] =
            (struct ui_action){ T(u, "Lập báo cáo"), web_href(r, "/plans/%lld/report", (long long)p->plan.id), true };
        u->plan = TF(u, "Kế hoạch {} năm {}", TMPL_ARG(p->plan.number), TMPL_ARG(p->plan.year));
        u->title = u->plan;
        u->active = NAV_DOCUMENTS;
        v->head = (struct ui_head){ .title = u->plan,
                                    .facts = TF(u, "{} · ban hành {} · {} nhiệm vụ · số liệu tính đến hết ngày {}",
                                                TMPL_ARG(p->plan.title), tmpl_arg_day(p->plan.issued),
                                                TMPL_ARG(p->plan.tasks), tmpl_arg_day(r->c->as_of)),
                                    .actions = { acts, n } };
}

static void
fill_tabs(struct web_req *r, const struct plan_view *v, struct ui_tabs *ret)
{
        struct ui *u = &r->ui;
        struct ui_tab *t = arena_array(u->arena, v->sections.n + 5, sizeof *t);
        size_t n = 0;
        int64_t tasks = 0;

        for (size_t i = 0; i < v->groups.n; i++)
                tasks += (int64_t)v->groups.v[i].tasks.n;
        t[n++] = (struct ui_tab){ T(u, "Nhiệm vụ"), S("#g1"), tasks, false };
        for (size_t i = 0; i < v->sections.n; i++)
                t[n++] = (struct ui_tab){ v->sections.v[i].title, str_fmt(u->arena, "#%.*s", FMT(v->sections.v[i].id)),
                                          (int64_t)v->sections.v[i].items.n, false };
        t[n++] = (struct ui_tab){ T(u, "Trách nhiệm"), S("#duties"), (int64_t)v->duties.n, false };
        if (v->members.n > 0)
                t[n++] = (struct ui_tab){ T(u, "Thành viên"), S("#members"), (int64_t)v->members.n, false };
        t[n++] = (struct ui_tab){ T(u, "Ghi chú"), S("#notes"), (int64_t)v->notes.n, false };
        *ret = (struct ui_tabs){ t, n };
}

static void
json_lines(struct json_w *w, const char *key, const struct paper_lines *l)
{
        json_key(w, key);
        json_arr(w);
        for (size_t i = 0; i < l->n; i++) {
                json_obj(w);
                json_kstr(w, "no", l->v[i].no);
                json_kstr(w, "title", l->v[i].title);
                json_kstr(w, "text", l->v[i].text);
                json_kstr(w, "note", l->v[i].note);
                json_kbool(w, "request", l->v[i].request);
                json_end(w);
        }
        json_end(w);
}

static enum dd_err
plan_json(struct web_req *r, const struct plan_full *p, const struct plan_view *v)
{
        struct json_w w;

        web_json_start(r, &w);
        json_ki64(&w, "id", p->plan.id);
        json_kstr(&w, "number", p->plan.number);
        json_kstr(&w, "title", p->plan.title);
        json_kday(&w, "issued", p->plan.issued);
        json_kday(&w, "as_of", r->c->as_of);
        json_kstr(&w, "signer", p->document.signer);
        TRY(tasks_json(r, &w, "tasks", &p->tasks, &p->rules));
        json_lines(&w, "bases", &v->bases);
        json_key(&w, "sections");
        json_arr(&w);
        for (size_t i = 0; i < v->sections.n; i++) {
                json_obj(&w);
                json_kstr(&w, "title", v->sections.v[i].title);
                json_lines(&w, "items", &v->sections.v[i].items);
                json_end(&w);
        }
        json_end(&w);
        json_lines(&w, "duties", &v->duties);
        json_lines(&w, "members", &v->members);
        json_lines(&w, "recipients", &v->recipients);
        json_lines(&w, "notes", &v->notes);
        json_lines(&w, "papers", &v->papers);
        json_end(&w);
        return DD_OK;
}

/* Who verified what was read of the paper, when and how long it took: behind the facts of the paper. */
static enum dd_err
add_verified(struct web_req *r, int64_t plan, struct paper_lines *facts)
{
        struct intake_verified in = { 0 };
        struct ui *u = &r->ui;
        struct paper_line *l = arena_array(u->arena, facts->n + 1, sizeof *l);
        struct str who = STR_NONE;
        bool found;

        TRY(intake_verified(r->c, plan, &in, &found));
        if (!found)
                return DD_OK;
        for (size_t i = 0; i < in.who.n; i++)
                who = who.n > 0 ? str_fmt(u->arena, "%.*s, %.*s", FMT(who), FMT(in.who.v[i].post)) : in.who.v[i].post;
        if (who.n == 0)
                who = T(u, "Chưa ai xem từng dòng");
        if (in.draft.acted_at.has)
                who = TF(u, "{}; xong lúc {}", TMPL_ARG(who), TMPL_ARG(instant_text(u->arena, in.draft.acted_at.v)));
        if (in.draft.active_seconds > 0)
                who = TF(u, "{}; làm trong {}", TMPL_ARG(who), TMPL_ARG(seconds_words(r, in.draft.active_seconds)));
        memcpy(l, facts->v, facts->n * sizeof *l);
        l[facts->n] = (struct paper_line){ .title = T(u, "Kiểm tra trước khi giao"),
                                           .text = TF(u, "{}. {} dòng, sửa {} dòng.", TMPL_ARG(who),
                                                      TMPL_ARG(in.draft.rows), TMPL_ARG(in.draft.edited)) };
        *facts = (struct paper_lines){ l, facts->n + 1 };
        return DD_OK;
}

enum dd_err
page_plan_early(struct web_req *r, bool *ret)
{
        struct ui *u = &r->ui;
        struct q_plan_row p;

        *ret = false;
        if (r->want != OUT_HTML)
                return DD_OK;
        TRY(plan_get(r->c, r->id[0], &p));
        if (p.issued <= r->c->as_of)
                return DD_OK;
        u->plan = TF(u, "Kế hoạch {} năm {}", TMPL_ARG(p.number), TMPL_ARG(p.year));
        u->title = u->plan;
        struct ui_link first = { TF(u, "Xem ngày {}", tmpl_arg_day(p.issued)), u->path };
        if (p.issued != u->today)
                first.href = STR_JOIN(u->arena, u->path, S("?as-of="), day_iso(u->arena, p.issued));
        *ret = true;
        tpl_plan_early(r->o, u, &(struct ui_head){ .title = u->plan },
                       &(struct ui_empty){
                           TF(u, "Ngày {} kế hoạch này chưa được ban hành", tmpl_arg_day(r->c->as_of)),
                           TF(u, "Kế hoạch ban hành ngày {}; số liệu có từ ngày đó.", tmpl_arg_day(p.issued)), first });
        return DD_OK;
}

enum dd_err
page_plan(struct dd_ctx *c, struct web_req *r)
{
        struct plan_full p = { 0 };
        struct plan_view v = { 0 };
        bool early;

        r->ui.active = NAV_DOCUMENTS;
        TRY(page_plan_early(r, &early));
        if (early)
                return DD_OK;
        TRY(plan_full(c, r->id[0], &p));
        v.facts = paper_facts(r, &p.document);
        v.bases = paper_bases(r, &p.bases);
        v.recipients = paper_recipients(r, &p.recipients);
        v.members = member_lines(r, &p.members);
        v.duties = duty_lines(r, &p.duties);
        v.notes = note_lines(r, &p);
        fill_sections(r, &p, &v);
        fill_papers(r, &p, &v);
        if (r->want == OUT_JSON)
                return plan_json(r, &p, &v);
        TRY(add_verified(r, p.plan.id, &v.facts));
        fill_head(r, &p, &v);
        fill_groups(r, &p, &v);
        fill_tabs(r, &v, &v.tabs);
        v.columns = task_columns(r);
        tpl_plan(r->o, &r->ui, &v);
        return DD_OK;
}
