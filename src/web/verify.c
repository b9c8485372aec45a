/* Verification: the paper left, what was read right, each field with its reason. What people do to rows: verify_row.c.
 */
#include "intake_other_priv.h"
#include "tmpl_rt.h"
#include "tpl_verify.h"
#include "verify_priv.h"

/* What a person must decide comes before what only wants a glance; notes are shown in this order. */
static const struct {
        const char *kind;
        struct str word;
} anomaly_words[] = {
        { "two-leads", S("Nhiều cơ quan chủ trì") },
        { "ocr-error", S("Có thể sai chữ") },
        { "already-done", S("Thời hạn là kết quả đã có") },
        { "task-before-document", S("Việc trước ngày ban hành") },
        { "duplicate-number", S("Số thứ tự lặp") },
        { "missing-number", S("Thiếu số thứ tự") },
        { "repeated-letter", S("Chữ mục lặp") },
        { "space-in-number", S("Dấu cách trong số ký hiệu") },
        { "ocr-variant", S("Viết khác thường") },
        { "repeated-table-header", S("Đầu bảng lặp") },
        { "page-number", S("Số trang lẫn vào") },
};

struct str
anomaly_word(struct web_req *r, struct str kind)
{
        for (size_t i = 0; i < ARRAY_LEN(anomaly_words); i++)
                if (str_eq(kind, str_of(anomaly_words[i].kind)))
                        return tmpl_tr(&r->ui, anomaly_words[i].word);
        return kind;
}

static void
collect(struct arena *a, const struct draft *d, struct marks *m)
{
        size_t n_bases = 0;

        for (size_t i = 0; i < d->n_documents; i++)
                n_bases += d->documents[i].n_bases;
        m->v = arena_array(a,
                           d->n_tasks * 5 + d->n_anomalies + d->n_members + d->n_duties + n_bases +
                               d->n_documents * FIELD_HEADS + 1,
                           sizeof *m->v);
        for (size_t i = 0; i < d->n_tasks; i++) {
                const struct draft_task *t = &d->tasks[i];

                m->v[m->n++].span = t->title.span;
                m->v[m->n++].span = t->lead_field.span;
                m->v[m->n++].span = t->coordinating_field.span;
                m->v[m->n++].span = t->deadline_text.span;
                m->v[m->n++].span = t->output.span;
        }
        m->notes = m->n;
        for (size_t i = 0; i < d->n_anomalies; i++)
                m->v[m->n++].span = d->anomalies[i].span;
        m->members = m->n;
        for (size_t i = 0; i < d->n_members; i++)
                m->v[m->n++].span = d->members[i].span;
        m->duties = m->n;
        for (size_t i = 0; i < d->n_duties; i++)
                m->v[m->n++].span = d->duties[i].span;
        m->bases = m->n;
        for (size_t i = 0; i < d->n_documents; i++)
                for (size_t k = 0; k < d->documents[i].n_bases; k++)
                        m->v[m->n++].span = d->documents[i].bases[k].source.span;
        m->heads = m->n;
        for (size_t i = 0; i < d->n_documents; i++)
                for (size_t k = 0; k < FIELD_HEADS; k++)
                        m->v[m->n++].span = head_field(&d->documents[i], k)->span;
}

static size_t
anomaly_rank(const char *kind)
{
        size_t i = 0;

        while (i < ARRAY_LEN(anomaly_words) && strcmp(kind, anomaly_words[i].kind) != 0)
                i++;
        return i;
}

static void
fill_notes(struct web_req *r, const struct draft *d, const struct marks *m, struct verify_view *v)
{
        struct verify_note *n = arena_array(r->c->arena, d->n_anomalies + 1, sizeof *n);
        size_t at = 0;

        for (size_t rank = 0; rank <= ARRAY_LEN(anomaly_words); rank++)
                for (size_t i = 0; i < d->n_anomalies; i++) {
                        const struct anomaly *k = &d->anomalies[i];

                        if (anomaly_rank(k->kind) != rank)
                                continue;
                        n[at++] = (struct verify_note){
                                anomaly_word(r, str_of(k->kind)),
                                k->where.n > 0 ? str_fmt(r->c->arena, "%.*s: %.*s", FMT(k->where), FMT(k->text))
                                               : k->text,
                                m->v[m->notes + i].ids,
                        };
                }
        v->notes.v = n;
        v->notes.n = at;
}

static enum dd_err
verify_json(struct web_req *r, const struct intake_full *in)
{
        struct json_w w;

        web_json_start(r, &w);
        json_ki64(&w, "id", in->intake.id);
        json_kstr(&w, "file", in->intake.file_name);
        json_kstr(&w, "state", in->intake.state);
        json_ki64(&w, "version", in->intake.version);
        json_ki64(&w, "active_seconds", in->intake.active_seconds);
        json_kstr(&w, "undo", in->undo_act);
        json_key(&w, "rows");
        json_arr(&w);
        for (size_t i = 0; i < in->rows.n; i++) {
                const struct q_draft_task_row *t = &in->rows.v[i];

                json_obj(&w);
                json_ki64(&w, "id", t->id);
                json_kstr(&w, "no", t->no);
                json_kstr(&w, "title", t->title);
                json_kstr(&w, "lead", t->lead);
                json_kstr(&w, "coordinating", t->coordinating);
                json_kstr(&w, "deadline_text", t->deadline_text);
                json_kstr(&w, "output", t->output);
                json_kstr(&w, "state", t->state);
                json_kbool(&w, "needs_look", t->needs_look);
                json_kstr(&w, "verified_by", t->post);
                json_key(&w, "verified_at");
                if (t->verified_at.has)
                        json_num(&w, (double)t->verified_at.v);
                else
                        json_null(&w);
                json_ki64(&w, "source", t->ord);
                json_kstr(&w, "merged", t->also);
                json_ki64(&w, "version", t->version);
                json_end(&w);
        }
        json_end(&w);
        json_key(&w, "draft");
        draft_json(&w, &in->draft);
        json_end(&w);
        return DD_OK;
}

/* What the undo would take back, by the act that was kept. */
static struct str
undo_verb(struct web_req *r, struct str act)
{
        static const struct {
                const char *act;
                struct str words;
        } verbs[] = {
                { "accept", S("Hoàn tác: đúng") },      { "edit", S("Hoàn tác: sửa") },
                { "drop", S("Hoàn tác: bỏ dòng") },     { "reopen", S("Hoàn tác: xem lại") },
                { "merge", S("Hoàn tác: gộp") },        { "split", S("Hoàn tác: tách") },
                { "move", S("Hoàn tác: chuyển dòng") }, { "add", S("Hoàn tác: thêm dòng") },
                { "paste", S("Hoàn tác: dán") },
        };

        for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
                if (str_eq(act, str_of(verbs[i].act)))
                        return tmpl_tr(&r->ui, verbs[i].words);
        return T(&r->ui, "Hoàn tác");
}

static void
fill_ways(struct web_req *r, const struct intake_full *in, struct verify_view *v)
{
        struct ui *u = &r->ui;
        long long id = (long long)in->intake.id;

        v->version = in->intake.version;
        v->closed = !str_eq(in->intake.state, S("draft"));
        v->can_undo = in->can_undo;
        v->undo_verb = undo_verb(r, in->undo_act);
        v->undo_href = str_fmt(u->arena, "/intake/%lld/undo", id);
        v->drop_href = str_fmt(u->arena, "/intake/%lld/drop", id);
        v->paste_href = str_fmt(u->arena, "/intake/%lld/rows", id);
        v->confirm_href = str_fmt(u->arena, "/intake/%lld/confirm", id);
        v->confirm_verb = TF(u, "Giao {} nhiệm vụ…", TMPL_ARG(v->kept));
        if (in->intake.active_seconds > 0)
                v->took = TF(u, "Kiểm tra {} nhiệm vụ trong {}.", TMPL_ARG(v->kept),
                             TMPL_ARG(seconds_words(r, in->intake.active_seconds)));
        v->plan = in->intake.plan_id != 0
                      ? (struct ui_link){ T(u, "Mở kế hoạch"),
                                          str_fmt(u->arena, "/plans/%lld", (long long)in->intake.plan_id) }
                      : (struct ui_link){ T(u, "Danh sách văn bản nhập"), S("/intake") };
}

static enum dd_err
opened(struct dd_ctx *c, void *arg)
{
        const int64_t *id = arg;

        return intake_opened(c, *id);
}

static void
opened_done(void *arg, enum dd_err e)
{
        (void)e;
        arena_free(arg);
}

/* The first look is written down behind the answer: a page that reads does not wait for the writer. */
static void
opened_later(const struct web_req *r)
{
        struct arena *a = arena_new(0);
        struct dd_ctx *c = arena_alloc(a, sizeof *c);
        struct dd_user *u = arena_alloc(a, sizeof *u);
        int64_t *id = arena_alloc(a, sizeof *id);

        *u = (struct dd_user){ .id = r->c->user->id, .role = r->c->user->role };
        *c = (struct dd_ctx){ .arena = a,
                              .db = r->c->db,
                              .now = r->c->now,
                              .today = r->c->today,
                              .committee_id = r->c->committee_id,
                              .user = u };
        *id = r->id[0];
        dd_write_async(c->db, c, opened, id, opened_done, a);
}

enum dd_err
page_intake(struct dd_ctx *c, struct web_req *r)
{
        struct intake_full in = { 0 };
        struct verify_view v = { 0 };
        struct marks m = { 0 };
        struct ui *u = &r->ui;
        int64_t seats = 0;

        TRY(intake_full(c, r->id[0], &in));
        if (r->want == OUT_JSON)
                return verify_json(r, &in);
        if (!in.intake.opened_at.has && str_eq(in.intake.state, S("draft")))
                opened_later(r);
        collect(c->arena, &in.draft, &m);
        if (verify_pages(r, &in.draft, in.intake.id, &m, &v))
                sheet_make(c->arena, in.draft.text, "s", NULL, 0, &v.sheet);
        else
                sheet_make(c->arena, in.draft.text, "m", m.v, m.n, &v.sheet);
        verify_items(r, &in, &m, &v);
        v.file = in.intake.file_name;
        v.progress = TF(u, "{}/{} đã kiểm tra", TMPL_ARG(v.seen), TMPL_ARG(v.total));
        for (size_t i = 0; i < in.draft.n_members; i++)
                seats += !in.draft.members[i].heading;
        v.facts = TF(u, "{} văn bản · {} nhiệm vụ · {} thành viên", TMPL_ARG((int64_t)in.draft.n_documents),
                     TMPL_ARG(v.total), TMPL_ARG(seats));
        fill_notes(r, &in.draft, &m, &v);
        verify_parts(r, &in.draft, &m, &v);
        fill_ways(r, &in, &v);
        TRY(intake_others(r, &in, &v));
        u->title = T(u, "Kiểm tra trước khi giao");
        u->frame = FRAME_WIDE;
        u->as_of_fixed = true;
        u->script = S("verify.js");
        tpl_verify(r->o, u, &v);
        return DD_OK;
}
