/* Verification: the paper left, what was read right; accept, edit, not a task, undo. */
#include "dd_intake_view.h"
#include "intake_priv.h"
#include "sheet_priv.h"
#include "tmpl_rt.h"
#include "tpl_intake.h"

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

/* Marks in one array: five a task, then notes, then the plain parts, so that each knows its place. */
struct marks {
        struct sheet_mark *v;
        size_t n, notes, members, duties, bases;
};

static void
collect(struct arena *a, const struct draft *d, struct marks *m)
{
        size_t n_bases = 0;

        for (size_t i = 0; i < d->n_documents; i++)
                n_bases += d->documents[i].n_bases;
        m->v = arena_array(a, d->n_tasks * 5 + d->n_anomalies + d->n_members + d->n_duties + n_bases + 1, sizeof *m->v);
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
}

static struct str
row_notes(struct web_req *r, const struct draft *d, size_t i)
{
        AUTO_BUF b = { 0 };

        for (size_t k = 0; k < d->tasks[i].n_notes; k++)
                buf_fmt(&b, "%s%.*s", b.n > 0 ? " · " : "", FMT(d->tasks[i].notes[k]));
        return str_dup(r->c->arena, buf_view(&b));
}

static void
fill_field(struct web_req *r, struct verify_field *f, const struct field *src, struct str value, struct str ids)
{
        bool same = str_eq(value, src->text.p != NULL ? src->text : S(""));

        f->value = value;
        f->ids = ids;
        if (src->note.n > 0)
                f->note = src->note;
        else if (!same)
                f->note = T(&r->ui, "đã sửa");
        else if (value.n > 0)
                f->note = str_fmt(r->c->arena, "%d %%", src->confidence);
        f->low = src->note.n > 0 || (value.n > 0 && src->confidence < 90);
}

static void
fill_item(struct web_req *r, const struct intake_full *in, const struct q_draft_task_row *row, const struct marks *m,
          struct verify_item *t)
{
        static const struct {
                const char *state;
                struct str word;
                enum ui_state look;
        } words[] = {
                { "accepted", S("đã kiểm tra"), UI_DONE },
                { "edited", S("đã sửa"), UI_DONE },
                { "dropped", S("không phải nhiệm vụ"), UI_IDLE },
        };
        const struct draft *d = &in->draft;
        const struct draft_task *src = &d->tasks[row->ord];
        const struct sheet_mark *k = &m->v[(size_t)row->ord * 5];
        struct ui *u = &r->ui;

        *t = (struct verify_item){
                .anchor = str_fmt(u->arena, "t%lld", (long long)row->id),
                .title = str_fmt(u->arena, "%.*s · %.*s", FMT(row->no), FMT(row->title)),
                .no = row->no,
                .open = str_eq(row->state, S("unseen")),
                .state = row->needs_look ? UI_SOON : UI_IDLE,
                .word = row->needs_look ? T(u, "cần xem") : T(u, "chưa xem"),
                .notes = row_notes(r, d, (size_t)row->ord),
                .action = str_fmt(u->arena, "/intake/%lld/rows/%lld", (long long)in->intake.id, (long long)row->id),
                .version = row->version,
                .fields = { { .label = T(u, "Nội dung"), .name = S("title") },
                            { .label = T(u, "Chủ trì"), .name = S("lead") },
                            { .label = T(u, "Phối hợp"), .name = S("coordinating") },
                            { .label = T(u, "Thời hạn"), .name = S("deadline_text") },
                            { .label = T(u, "Sản phẩm"), .name = S("output") } },
        };
        for (size_t i = 0; i < ARRAY_LEN(words) && !t->open; i++)
                if (str_eq(row->state, str_of(words[i].state))) {
                        t->state = words[i].look;
                        t->word = tmpl_tr(u, words[i].word);
                }
        fill_field(r, &t->fields[0], &src->title, row->title, k[0].ids);
        fill_field(r, &t->fields[1], &src->lead_field, row->lead, k[1].ids);
        fill_field(r, &t->fields[2], &src->coordinating_field, row->coordinating, k[2].ids);
        fill_field(r, &t->fields[3], &src->deadline_text, row->deadline_text, k[3].ids);
        fill_field(r, &t->fields[4], &src->output, row->output, k[4].ids);
        if (src->lead.n > 1 && t->fields[1].note.n > 0)
                t->fields[1].note = TF(u, "{} chủ trì", TMPL_ARG((int64_t)src->lead.n));
        t->fields[1].low |= src->lead.n != 1;
        if (src->deadline.due != DD_NO_DAY && str_eq(row->deadline_text, src->deadline_text.text) && !t->fields[3].low)
                t->fields[3].note = str_fmt(u->arena, "→ %.*s", FMT(day_text(u->arena, src->deadline.due)));
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

static void
fill_parts(struct web_req *r, const struct draft *d, const struct marks *m, struct verify_view *v)
{
        struct arena *a = r->c->arena;
        struct verify_part *p = arena_array(a, 3, sizeof *p);
        size_t n_bases = m->n - m->bases, at = 0;
        struct verify_plain *members = arena_array(a, d->n_members + 1, sizeof *members);
        struct verify_plain *duties = arena_array(a, d->n_duties + 1, sizeof *duties),
                            *bases = arena_array(a, n_bases + 1, sizeof *bases);

        for (size_t i = 0; i < d->n_members; i++)
                members[i] = (struct verify_plain){ d->members[i].no, d->members[i].post.text,
                                                    d->members[i].sector.text, m->v[m->members + i].ids };
        for (size_t i = 0; i < d->n_duties; i++)
                duties[i] = (struct verify_plain){ d->duties[i].no, d->duties[i].agency.text, d->duties[i].text.text,
                                                   m->v[m->duties + i].ids };
        for (size_t i = 0; i < d->n_documents; i++)
                for (size_t k = 0; k < d->documents[i].n_bases; k++, at++)
                        bases[at] =
                            (struct verify_plain){ d->documents[i].bases[k].role, d->documents[i].bases[k].number,
                                                   d->documents[i].bases[k].source.text, m->v[m->bases + at].ids };
        p[0] = (struct verify_part){ S("members"), T(&r->ui, "Thành viên Ban"), { members, d->n_members } };
        p[1] = (struct verify_part){ S("duties"), T(&r->ui, "Trách nhiệm tổ chức thực hiện"), { duties, d->n_duties } };
        p[2] = (struct verify_part){ S("bases"), T(&r->ui, "Căn cứ"), { bases, n_bases } };
        v->parts.v = p;
        v->parts.n = 3;
}

/* Notes first, then rows that want a look, then the rest in the order of the paper. */
static void
fill_items(struct web_req *r, const struct intake_full *in, const struct marks *m, struct verify_view *v)
{
        struct verify_item *out = arena_array(r->c->arena, in->rows.n + 1, sizeof *out);
        size_t n = 0;

        for (int pass = 0; pass < 2; pass++)
                for (size_t i = 0; i < in->rows.n; i++) {
                        const struct q_draft_task_row *row = &in->rows.v[i];

                        if (row->needs_look == (pass == 1) || (size_t)row->ord >= in->draft.n_tasks)
                                continue;
                        fill_item(r, in, row, m, &out[n++]);
                }
        v->items.v = out;
        v->items.n = n;
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
                json_ki64(&w, "version", t->version);
                json_end(&w);
        }
        json_end(&w);
        json_key(&w, "draft");
        draft_json(&w, &in->draft);
        json_end(&w);
        return DD_OK;
}

enum dd_err
page_intake(struct dd_ctx *c, struct web_req *r)
{
        struct intake_full in = { 0 };
        struct verify_view v = { 0 };
        struct marks m = { 0 };
        struct ui *u = &r->ui;
        int64_t kept = 0, seats = 0;

        TRY(intake_full(c, r->id[0], &in));
        if (r->want == OUT_JSON)
                return verify_json(r, &in);
        for (size_t i = 0; i < in.rows.n; i++) {
                v.seen += !str_eq(in.rows.v[i].state, S("unseen"));
                kept += !str_eq(in.rows.v[i].state, S("dropped"));
        }
        collect(c->arena, &in.draft, &m);
        sheet_make(c->arena, in.draft.text, "m", m.v, m.n, &v.sheet);
        v.total = (int64_t)in.rows.n;
        v.file = in.intake.file_name;
        v.progress = TF(u, "{}/{} đã kiểm tra", TMPL_ARG(v.seen), TMPL_ARG(v.total));
        for (size_t i = 0; i < in.draft.n_members; i++)
                seats += !in.draft.members[i].heading;
        v.facts = TF(u, "{} văn bản · {} nhiệm vụ · {} thành viên", TMPL_ARG((int64_t)in.draft.n_documents),
                     TMPL_ARG(v.total), TMPL_ARG(seats));
        fill_notes(r, &in.draft, &m, &v);
        fill_items(r, &in, &m, &v);
        fill_parts(r, &in.draft, &m, &v);
        v.closed = !str_eq(in.intake.state, S("draft"));
        v.can_undo = in.can_undo;
        v.undo_href = str_fmt(u->arena, "/intake/%lld/undo", (long long)in.intake.id);
        v.drop_href = str_fmt(u->arena, "/intake/%lld/drop", (long long)in.intake.id);
        v.version = in.intake.version;
        v.confirm_href = str_fmt(u->arena, "/intake/%lld/confirm", (long long)in.intake.id);
        v.confirm_verb = TF(u, "Giao {} nhiệm vụ…", TMPL_ARG(kept));
        v.plan = in.intake.plan_id != 0 ? (struct ui_link){ T(u, "Mở kế hoạch"), str_fmt(u->arena, "/plans/%lld",
                                                                                         (long long)in.intake.plan_id) }
                                        : (struct ui_link){ T(u, "Danh sách văn bản nhập"), S("/intake") };
        u->title = T(u, "Kiểm tra trước khi giao");
        u->frame = FRAME_WIDE;
        u->as_of_fixed = true;
        u->script = S("verify.js");
        tpl_verify(r->o, u, &v);
        return DD_OK;
}

struct row_form {
        int32_t act;
        struct str title, lead, coordinating, deadline_text, output;
};

static const struct form_choice acts[] = {
        { "accept", "Đúng", DRAFT_ACCEPT },
        { "edit", "Sửa", DRAFT_EDIT },
        { "drop", "Không phải nhiệm vụ", DRAFT_DROP },
        { "reopen", "Xem lại", DRAFT_REOPEN },
        { NULL, NULL, 0 },
};
static const struct form_field row_fields[] = {
        { .name = "act",
          .type = FORM_CHOICE,
          .required = true,
          .label = "Việc",
          .choices = acts,
          .offset = FORM_AT(struct row_form, act, int32_t) },
        { .name = "title",
          .type = FORM_LINES,
          .max = 4000,
          .label = "Nội dung",
          .offset = FORM_AT(struct row_form, title, struct str) },
        { .name = "lead",
          .type = FORM_LINES,
          .max = 1000,
          .label = "Chủ trì",
          .offset = FORM_AT(struct row_form, lead, struct str) },
        { .name = "coordinating",
          .type = FORM_LINES,
          .max = 2000,
          .label = "Phối hợp",
          .offset = FORM_AT(struct row_form, coordinating, struct str) },
        { .name = "deadline_text",
          .type = FORM_LINES,
          .max = 500,
          .label = "Thời hạn",
          .offset = FORM_AT(struct row_form, deadline_text, struct str) },
        { .name = "output",
          .type = FORM_LINES,
          .max = 1000,
          .label = "Sản phẩm",
          .offset = FORM_AT(struct row_form, output, struct str) },
};

enum dd_err
page_intake_row(struct dd_ctx *c, struct web_req *r)
{
        struct row_form f = { 0 };

        TRY(form_read(c, row_fields, ARRAY_LEN(row_fields), r->http, &f));
        TRY(intake_row(c, &(struct draft_act_in){ .intake_id = r->id[0],
                                                  .row_id = r->id[1],
                                                  .version = form_version(r->http),
                                                  .act = (enum draft_act)f.act,
                                                  .title = f.title,
                                                  .lead = f.lead,
                                                  .coordinating = f.coordinating,
                                                  .deadline_text = f.deadline_text,
                                                  .output = f.output }));
        return web_done_id(r, r->id[1], NULL, "/intake/%lld", (long long)r->id[0]);
}

enum dd_err
page_intake_undo(struct dd_ctx *c, struct web_req *r)
{
        TRY(intake_undo(c, r->id[0]));
        return web_done(r, "undone", "/intake/%lld", (long long)r->id[0]);
}

const struct form_table form_intake_row = FORM_TABLE(row_fields);
