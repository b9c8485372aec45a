/* The rows of a draft as people see them: fields with their reasons, what they may do, and what wants a look first. */
#include "tmpl_rt.h"
#include "verify_priv.h"

#define SOURCES_MAX 32 /* rows of the paper in one row of the draft */

struct sources {
        size_t v[SOURCES_MAX], n; /* indices in the draft */
        const struct marks *m;
};

static void
sources_of(const struct draft *d, const struct q_draft_task_row *row, struct sources *ret)
{
        struct str rest = row->also, part;
        int64_t at = row->ord;

        ret->n = 0;
        do {
                if (at >= 0 && (size_t)at < d->n_tasks && ret->n < SOURCES_MAX)
                        ret->v[ret->n++] = (size_t)at;
                at = -1;
        } while (str_cut(&rest, ',', &part) && (part.n == 0 || str_to_i64(part, &at)));
}

static const struct field *
field_of(const struct draft_task *t, int k)
{
        const struct field *all[] = {
                [FIELD_TITLE] = &t->title,
                [FIELD_LEAD] = &t->lead_field,
                [FIELD_COORDINATING] = &t->coordinating_field,
                [FIELD_DEADLINE] = &t->deadline_text,
                [FIELD_OUTPUT] = &t->output,
        };
        return all[k];
}

static void
join(struct arena *a, struct str *all, const char *between, struct str one)
{
        if (one.n > 0)
                *all = all->n > 0 ? str_fmt(a, "%.*s%s%.*s", FMT(*all), between, FMT(one)) : one;
}

static struct str
row_notes(struct web_req *r, const struct draft *d, const struct sources *s)
{
        struct str all = STR_NONE;

        for (size_t i = 0; i < s->n; i++)
                for (size_t k = 0; k < d->tasks[s->v[i]].n_notes; k++)
                        join(r->c->arena, &all, " · ", d->tasks[s->v[i]].notes[k]);
        return all;
}

/* A field as the row has it, beside what the paper says. */
static void
fill_field(struct web_req *r, const struct intake_full *in, const struct sources *s, struct verify_field *f, int k)
{
        struct arena *a = r->c->arena;
        struct ui *u = &r->ui;
        const struct field *src = s->n > 0 ? field_of(&in->draft.tasks[s->v[0]], k) : NULL;
        struct str read = STR_NONE;

        for (size_t i = 0; i < s->n; i++) {
                const struct field *one = field_of(&in->draft.tasks[s->v[i]], k);

                join(a, &f->ids, " ", s->m->v[s->v[i] * 5 + (size_t)k].ids);
                join(a, &read, " | ", one->text);
                if (src->text.n == 0)
                        src = one;
        }
        bool same = s->n == 1 && str_eq(f->value, src->text.p != NULL ? src->text : S(""));
        if (s->n == 0)
                f->why = T(u, "Người kiểm tra thêm vào, máy không đọc từ văn bản.");
        else if (read.n == 0)
                f->why = f->value.n > 0 ? T(u, "Người kiểm tra ghi; máy không thấy trong văn bản.")
                                        : T(u, "Máy không thấy trong văn bản.");
        else if (same)
                f->why = rule_words(r, &in->draft, src);
        else
                f->why = TF(u, "Người kiểm tra đã sửa. Máy đọc: «{}». {}", TMPL_ARG(read),
                            TMPL_ARG(rule_words(r, &in->draft, src)));
        if (s->n > 0 && src->note.n > 0)
                f->note = src->note;
        else if (s->n == 0)
                f->note = f->value.n > 0 ? T(u, "thêm tay") : STR_NONE;
        else if (!same)
                f->note = f->value.n > 0 || read.n > 0 ? T(u, "đã sửa") : STR_NONE;
        else if (f->value.n > 0)
                f->note = str_fmt(a, "%d %%", src->confidence);
        f->low = s->n > 0 && (src->note.n > 0 || (same && f->value.n > 0 && src->confidence < 90));
}

static void
fill_state(struct web_req *r, const struct q_draft_task_row *row, struct verify_item *t)
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
        struct ui *u = &r->ui;

        t->open = str_eq(row->state, S("unseen"));
        t->look = t->open && row->needs_look;
        t->dropped = str_eq(row->state, S("dropped"));
        t->state = row->needs_look ? UI_SOON : UI_IDLE;
        t->word = row->needs_look ? T(u, "cần xem") : T(u, "chưa xem");
        for (size_t i = 0; i < ARRAY_LEN(words) && !t->open; i++)
                if (str_eq(row->state, str_of(words[i].state))) {
                        t->state = words[i].look;
                        t->word = tmpl_tr(u, words[i].word);
                }
        if (!t->open && row->post.n > 0 && row->verified_at.has)
                t->by = TF(u, "{}, lúc {}", TMPL_ARG(row->post), TMPL_ARG(instant_text(u->arena, row->verified_at.v)));
}

/* What only this page can say of a field: several leads, the day a deadline was read as. */
static void
fill_notes(struct web_req *r, const struct draft_task *src, const struct q_draft_task_row *row, struct verify_item *t)
{
        struct ui *u = &r->ui;
        struct verify_field *lead = &t->fields[FIELD_LEAD], *due = &t->fields[FIELD_DEADLINE];
        bool same = str_eq(row->lead, src->lead_field.text.p != NULL ? src->lead_field.text : S(""));

        if (same && src->lead.n > 1 && lead->note.n > 0)
                lead->note = TF(u, "{} chủ trì", TMPL_ARG((int64_t)src->lead.n));
        if (same && src->lead.n == 0)
                lead->note = T(u, "chưa rõ chủ trì");
        lead->low |= same && src->lead.n != 1;
        if (src->deadline.due != DD_NO_DAY && str_eq(row->deadline_text, src->deadline_text.text) && !due->low)
                due->note = str_fmt(u->arena, "→ %.*s", FMT(day_text(u->arena, src->deadline.due)));
}

static void
fill_item(struct web_req *r, const struct intake_full *in, size_t at, const struct marks *m, struct verify_item *t)
{
        static const struct {
                struct str label, name;
        } fields[] = {
                { S("Nội dung"), S("title") },        { S("Chủ trì"), S("lead") },
                { S("Phối hợp"), S("coordinating") }, { S("Thời hạn"), S("deadline_text") },
                { S("Sản phẩm"), S("output") },
        };
        const struct q_draft_task_row *row = &in->rows.v[at];
        const struct str values[] = { row->title, row->lead, row->coordinating, row->deadline_text, row->output };
        const struct q_draft_task_row *above = at > 0 ? row - 1 : NULL, *below = at + 1 < in->rows.n ? row + 1 : NULL;
        struct ui *u = &r->ui;
        struct sources s;

        sources_of(&in->draft, row, &s);
        s.m = m;
        *t = (struct verify_item){
                .anchor = str_fmt(u->arena, "t%lld", (long long)row->id),
                .no = row->no,
                .title = row->title.n > 0 ? row->title : T(u, "Dòng mới, chưa có nội dung"),
                .notes = row_notes(r, &in->draft, &s),
                .action = str_fmt(u->arena, "/intake/%lld/rows/%lld", (long long)in->intake.id, (long long)row->id),
                .id = row->id,
                .version = row->version,
                .above = above != NULL ? above->id : 0,
                .below = below != NULL ? below->id : 0,
                .above_no = above != NULL ? above->no : STR_NONE,
                .below_no = below != NULL ? below->no : STR_NONE,
                .empty = row->title.n == 0,
        };
        fill_state(r, row, t);
        for (int k = 0; k < 5; k++) {
                t->fields[k].label = tmpl_tr(u, fields[k].label);
                t->fields[k].name = fields[k].name;
                t->fields[k].value = values[k];
                fill_field(r, in, &s, &t->fields[k], k);
        }
        if (s.n == 1)
                fill_notes(r, &in->draft.tasks[s.v[0]], row, t);
        for (int k = 0; k < 5; k++)
                if (t->fields[k].low)
                        join(u->arena, &t->reasons, " · ",
                             str_fmt(u->arena, "%.*s: %.*s", FMT(t->fields[k].label), FMT(t->fields[k].note)));
        if (t->reasons.n == 0)
                t->reasons = t->notes.n > 0 ? t->notes
                             : s.n == 0     ? T(u, "dòng thêm tay")
                                            : T(u, "văn bản lạ ở chỗ này");
}

void
verify_items(struct web_req *r, const struct intake_full *in, const struct marks *m, struct verify_view *v)
{
        struct verify_item *out = arena_array(r->c->arena, in->rows.n + 1, sizeof *out);

        for (size_t i = 0; i < in->rows.n; i++) {
                fill_item(r, in, i, m, &out[i]);
                v->looks += out[i].look;
                v->seen += !out[i].open;
                v->kept += !out[i].dropped;
        }
        v->items.v = out;
        v->items.n = in->rows.n;
        v->total = (int64_t)in->rows.n;
}
