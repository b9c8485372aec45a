/* Verification: the paper left, what was read right, each field with its reason. What people do to rows: verify_row.c.
 */
#include "intake_other_priv.h"
#include "tmpl_rt.h"
#include "tpl_verify.h"
#include "verify_priv.h"

static void
heads_json(struct arena *a, struct json_w *w, const struct q_draft_head_rows *heads)
{
        json_key(w, "heads");
        json_arr(w);
        for (size_t i = 0; i < heads->n; i++) {
                const struct q_draft_head_row *h = &heads->v[i];
                json_obj(w);
                json_ki64(w, "id", h->ord + 1);
                json_kstr(w, "type", h->type);
                json_kstr(w, "number", h->number);
                json_key(w, "day");
                if (h->day != DD_NO_DAY)
                        json_str(w, day_iso(a, h->day));
                else
                        json_null(w);
                json_kstr(w, "place", h->place);
                json_kstr(w, "issuer", h->issuer);
                json_kstr(w, "title", h->title);
                json_kstr(w, "signer", h->signer);
                json_kstr(w, "signer_title", h->signer_title);
                json_kstr(w, "bases", h->bases);
                json_kstr(w, "recipients", h->recipients);
                json_kstr(w, "state", h->state);
                json_kbool(w, "needs_look", h->needs_look);
                json_kstr(w, "verified_by", h->post);
                json_ki64(w, "version", h->version);
                json_end(w);
        }
        json_end(w);
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
        heads_json(r->c->arena, &w, &in->heads);
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
                { "paste", S("Hoàn tác: dán") },        { "drop-head", S("Hoàn tác: bỏ phần đầu") },
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
        v->undo_href = web_href(r, "/intake/%lld/undo", id);
        v->drop_href = web_href(r, "/intake/%lld/drop", id);
        v->paste_href = web_href(r, "/intake/%lld/rows", id);
        v->confirm_href = web_href(r, "/intake/%lld/confirm", id);
        v->confirm_verb = TF(u, "Giao {} nhiệm vụ…", TMPL_ARG(v->kept));
        if (in->intake.active_seconds > 0)
                v->took = TF(u, "Kiểm tra {} nhiệm vụ trong {}.", TMPL_ARG(v->kept),
                             TMPL_ARG(seconds_words(r, in->intake.active_seconds)));
        v->plan =
            in->intake.plan_id != 0
                ? (struct ui_link){ T(u, "Mở kế hoạch"), web_href(r, "/plans/%lld", (long long)in->intake.plan_id) }
                : (struct ui_link){ T(u, "Danh sách văn bản nhập"), web_href(r, "/intake") };
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

static void
fill_bar(struct verifying *g)
{
        struct ui *u = &g->r->ui;
        struct verify_view *v = g->v;
        const struct draft *d = &g->in->draft;
        int64_t seats = 0;

        for (size_t i = 0; i < d->n_members; i++)
                seats += !d->members[i].heading;
        v->file = g->in->intake.file_name;
        v->progress = TF(u, "{}/{} đã kiểm tra", TMPL_ARG(v->seen), TMPL_ARG(v->total));
        v->facts = TF(u, "{} văn bản · {} nhiệm vụ · {} thành viên", TMPL_ARG((int64_t)d->n_documents),
                      TMPL_ARG(v->total), TMPL_ARG(seats));
}

/* A part of the page that the script asks for when it is reached: the paper's next part, a list that is opened. */
static bool
answer_piece(struct verifying *g)
{
        struct str piece = web_q(g->r, "piece"), list = web_q(g->r, "list");
        struct verify_view *v = g->v;

        if (str_eq(piece, S("source"))) {
                tpl_verify_source(g->r->o, &g->r->ui, &v->source);
                return true;
        }
        if (!str_eq(piece, S("list")))
                return false;
        verify_parts(g);
        for (size_t i = 0; i < v->parts.n; i++)
                if (str_eq(v->parts.v[i].id, list))
                        tpl_verify_part(g->r->o, &g->r->ui, &v->parts.v[i]);
        return true;
}

enum dd_err
page_intake(struct dd_ctx *c, struct web_req *r)
{
        struct intake_full in = { 0 };
        struct verify_view v = { 0 };
        struct verifying g = { .r = r, .in = &in, .v = &v, .query_row = web_q_id(r, "row") };
        struct ui *u = &r->ui;

        TRY(intake_full(c, r->id[0], &in));
        if (r->want == OUT_JSON)
                return verify_json(r, &in);
        verify_source_cut(&g);
        verify_source_show(&g);
        if (answer_piece(&g))
                return DD_OK;
        if (!in.intake.opened_at.has && str_eq(in.intake.state, S("draft")))
                opened_later(r);
        verify_items(&g);
        verify_heads(&g);
        verify_parts(&g);
        fill_bar(&g);
        fill_ways(r, &in, &v);
        TRY(intake_others(r, &in, &v));
        u->title = T(u, "Kiểm tra trước khi giao");
        u->frame = FRAME_WIDE;
        u->as_of_fixed = true;
        u->script = S("verify.js");
        tpl_verify(r->o, u, &v);
        return DD_OK;
}
