/* The rows of a draft as people see them: fields with their reasons, what they may do, and what wants a look first. A
 * page has a window of them. */
#include "tmpl_rt.h"
#include "verify_priv.h"

#define WINDOW_ROWS 25
#define QUEUE_ROWS  12

#define SOURCES_MAX 32 /* rows of the paper in one row of the draft */

struct sources {
        size_t v[SOURCES_MAX], n; /* indices in the draft */
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
                        join(r->c->arena, &all, " · ", tmpl_tr_made(&r->ui, d->tasks[s->v[i]].notes[k]));
        return all;
}

/* A field as the row has it, beside what the paper says. */
static void
fill_field(const struct verifying *g, const struct sources *s, struct verify_field *f, int k)
{
        struct web_req *r = g->r;
        const struct draft *d = &g->in->draft;
        struct arena *a = r->c->arena;
        struct ui *u = &r->ui;
        const struct field *src = s->n > 0 ? field_of(&d->tasks[s->v[0]], k) : NULL;
        struct str read = STR_NONE;
        struct span spans[SOURCES_MAX];

        for (size_t i = 0; i < s->n; i++) {
                const struct field *one = field_of(&d->tasks[s->v[i]], k);

                spans[i] = one->span;
                join(a, &read, " | ", one->text);
                if (src->text.n == 0)
                        src = one;
        }
        f->at = verify_place(g, spans, s->n);
        bool same = s->n == 1 && str_eq(f->value, src->text.p != NULL ? src->text : S(""));
        if (s->n == 0)
                f->why = T(u, "Người kiểm tra thêm vào, máy không đọc từ văn bản.");
        else if (read.n == 0)
                f->why = f->value.n > 0 ? T(u, "Người kiểm tra ghi; máy không thấy trong văn bản.")
                                        : T(u, "Máy không thấy trong văn bản.");
        else if (same)
                f->why = rule_words(r, d, src);
        else
                f->why =
                    TF(u, "Người kiểm tra đã sửa. Máy đọc: «{}». {}", TMPL_ARG(read), TMPL_ARG(rule_words(r, d, src)));
        if (s->n > 0 && src->note.n > 0)
                f->note = tmpl_tr_notes(u, src->note);
        else if (s->n == 0)
                f->note = f->value.n > 0 ? T(u, "thêm tay") : STR_NONE;
        else if (!same)
                f->note = f->value.n > 0 || read.n > 0 ? T(u, "đã sửa") : STR_NONE;
        else if (f->value.n > 0)
                f->note = str_fmt(a, "%d %%", src->confidence);
        f->low = s->n > 0 && (src->note.n > 0 || (same && f->value.n > 0 && src->confidence < 90));
}

void
verify_signed(struct web_req *r, struct str post, struct dd_opt at, struct verify_item *t)
{
        if (!t->open && post.n > 0 && at.has)
                t->by = TF(&r->ui, "{}, lúc {}", TMPL_ARG(post), TMPL_ARG(instant_text(r->ui.arena, at.v)));
}

void
verify_state(struct web_req *r, struct str state, bool needs_look, struct verify_item *t)
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

        t->open = str_eq(state, S("unseen"));
        t->look = t->open && needs_look;
        t->dropped = str_eq(state, S("dropped"));
        t->state = needs_look ? UI_SOON : UI_IDLE;
        t->word = needs_look ? T(u, "cần xem") : T(u, "chưa xem");
        for (size_t i = 0; i < ARRAY_LEN(words) && !t->open; i++)
                if (str_eq(state, str_of(words[i].state))) {
                        t->state = words[i].look;
                        t->word = tmpl_tr(u, words[i].word);
                }
        if (t->head && t->dropped)
                t->word = T(u, "không phải văn bản");
}

/* What only this page can say of a field: several leads, the day a deadline was read as. */
static void
fill_notes(struct web_req *r, const struct draft_task *src, const struct q_draft_task_row *row, struct verify_item *t)
{
        struct ui *u = &r->ui;
        struct verify_field *lead = &t->fields.v[FIELD_LEAD], *due = &t->fields.v[FIELD_DEADLINE];
        bool same = str_eq(row->lead, src->lead_field.text.p != NULL ? src->lead_field.text : S(""));

        if (same && src->lead.n > 1 && lead->note.n > 0)
                lead->note = TF(u, "{} chủ trì", TMPL_ARG((int64_t)src->lead.n));
        if (same && src->lead.n == 0)
                lead->note = T(u, "chưa rõ chủ trì");
        lead->low |= same && src->lead.n != 1;
        if (src->deadline.due != DD_NO_DAY && str_eq(row->deadline_text, src->deadline_text.text) && !due->low)
                due->note = str_fmt(u->arena, "→ %.*s", FMT(day_text(u->arena, src->deadline.due)));
}

/* Fields and the boxes they are edited in. */
static void
fill_fields(const struct verifying *g, const struct q_draft_task_row *row, const struct sources *s,
            struct verify_item *t)
{
        static const struct {
                struct str label, name;
        } names[] = {
                { S("Nội dung"), S("title") },        { S("Chủ trì"), S("lead") },
                { S("Phối hợp"), S("coordinating") }, { S("Thời hạn"), S("deadline_text") },
                { S("Sản phẩm"), S("output") },
        };
        const struct str values[] = { row->title, row->lead, row->coordinating, row->deadline_text, row->output };
        struct arena *a = g->r->c->arena;
        struct verify_box_in *boxes = arena_array(a, FIELD_ROW + 1, sizeof *boxes);

        t->fields.v = arena_array(a, FIELD_ROW, sizeof *t->fields.v);
        t->fields.n = FIELD_ROW;
        boxes[0] = (struct verify_box_in){ T(&g->r->ui, "Số"), S("no"), row->no, 1, false };
        for (int k = 0; k < FIELD_ROW; k++) {
                struct verify_field *f = &t->fields.v[k];

                f->label = tmpl_tr(&g->r->ui, names[k].label);
                f->name = names[k].name;
                f->value = values[k];
                fill_field(g, s, f, k);
                boxes[k + 1] = (struct verify_box_in){ f->label, f->name, f->value, 2, k == FIELD_TITLE };
        }
        t->boxes.v = boxes;
        t->boxes.n = FIELD_ROW + 1;
}

/* Why a row wants a look, in a line. */
static void
fill_reasons(const struct verifying *g, const struct sources *s, struct verify_item *t)
{
        struct ui *u = &g->r->ui;

        for (size_t k = 0; k < t->fields.n; k++)
                if (t->fields.v[k].low)
                        join(u->arena, &t->reasons, " · ",
                             str_fmt(u->arena, "%.*s: %.*s", FMT(t->fields.v[k].label), FMT(t->fields.v[k].note)));
        if (t->reasons.n == 0)
                t->reasons = t->notes.n > 0 ? t->notes
                             : s->n == 0    ? T(u, "dòng thêm tay")
                                            : T(u, "văn bản lạ ở chỗ này");
}

static void
fill_item(const struct verifying *g, size_t at, struct verify_item *t)
{
        const struct intake_full *in = g->in;
        const struct q_draft_task_row *row = &in->rows.v[at];
        const struct q_draft_task_row *above = at > 0 ? row - 1 : NULL, *below = at + 1 < in->rows.n ? row + 1 : NULL;
        struct ui *u = &g->r->ui;
        struct sources s;

        sources_of(&in->draft, row, &s);
        *t = (struct verify_item){
                .anchor = str_fmt(u->arena, "t%lld", (long long)row->id),
                .no = row->no,
                .title = row->title.n > 0 ? row->title : T(u, "Dòng mới, chưa có nội dung"),
                .notes = row_notes(g->r, &in->draft, &s),
                .action = web_href(g->r, "/intake/%lld/rows/%lld", (long long)in->intake.id, (long long)row->id),
                .id = row->id,
                .version = row->version,
                .above = above != NULL ? above->id : 0,
                .below = below != NULL ? below->id : 0,
                .above_no = above != NULL ? above->no : STR_NONE,
                .below_no = below != NULL ? below->no : STR_NONE,
                .empty = row->title.n == 0,
        };
        verify_state(g->r, row->state, row->needs_look, t);
        verify_signed(g->r, row->post, row->verified_at, t);
        fill_fields(g, row, &s, t);
        if (s.n == 1)
                fill_notes(g->r, &in->draft.tasks[s.v[0]], row, t);
        fill_reasons(g, &s, t);
}

/* ---- the window -------------------------------------------------------------------------------------------------- */

static bool
unseen(const struct q_draft_task_row *t)
{
        return str_eq(t->state, S("unseen"));
}

/* The row that waits next outside a window: what wants a look first, behind it, then from the top. */
static int64_t
waiting(const struct q_draft_task_rows *rows, size_t from, size_t to)
{
        for (int look = 1; look >= 0; look--)
                for (size_t i = 0, at = to; i < rows->n; i++, at++) {
                        const struct q_draft_task_row *t = &rows->v[at % rows->n];

                        if ((at % rows->n < from || at % rows->n >= to) && unseen(t) && (!look || t->needs_look))
                                return t->id;
                }
        return 0;
}

/* The window with the row of the address, else with the first that wants a look, else with the first that waits. */
static size_t
window_first(const struct verifying *g)
{
        const struct q_draft_task_rows *rows = &g->in->rows;
        int64_t want = g->query_row != 0 ? g->query_row : waiting(rows, 0, 0);

        for (size_t i = 0; i < rows->n && want != 0; i++)
                if (rows->v[i].id == want)
                        return i - i % WINDOW_ROWS;
        return 0;
}

static struct str
row_href(const struct verifying *g, size_t at)
{
        long long id = (long long)g->in->rows.v[at].id;

        return web_href(g->r, "/intake/%lld?row=%lld#t%lld", (long long)g->in->intake.id, id, id);
}

static void
fill_queue(struct verifying *g)
{
        const struct q_draft_task_rows *rows = &g->in->rows;
        struct verify_view *v = g->v;
        struct ui *u = &g->r->ui;
        struct verify_look *q = arena_array(u->arena, QUEUE_ROWS, sizeof *q);

        for (size_t i = 0; i < rows->n && v->queue.n < QUEUE_ROWS; i++) {
                struct verify_item one;
                bool here = i >= v->first && i < v->first + v->items.n;

                if (!unseen(&rows->v[i]) || !rows->v[i].needs_look)
                        continue;
                if (here)
                        one = v->items.v[i - v->first];
                else
                        fill_item(g, i, &one);
                q[v->queue.n++] =
                    (struct verify_look){ here ? str_fmt(u->arena, "#%.*s", FMT(one.anchor)) : row_href(g, i),
                                          TF(u, "Dòng {}", TMPL_ARG(one.no)), one.reasons };
        }
        v->queue.v = q;
}

void
verify_items(struct verifying *g)
{
        const struct q_draft_task_rows *rows = &g->in->rows;
        struct verify_view *v = g->v;
        struct verify_item *out = arena_array(g->r->c->arena, WINDOW_ROWS, sizeof *out);

        v->first = window_first(g);
        for (size_t i = 0; i < rows->n; i++) {
                v->looks += unseen(&rows->v[i]) && rows->v[i].needs_look;
                v->seen += !unseen(&rows->v[i]);
                v->kept += !str_eq(rows->v[i].state, S("dropped"));
        }
        for (size_t i = v->first; i < rows->n && i < v->first + WINDOW_ROWS; i++)
                fill_item(g, i, &out[v->items.n++]);
        v->items.v = out;
        v->total = (int64_t)rows->n;
        if (v->first > 0)
                v->windows.prev = row_href(g, v->first - 1);
        if (v->first + v->items.n < rows->n)
                v->windows.next = row_href(g, v->first + v->items.n);
        v->windows.waiting = rows->n > 0 ? waiting(rows, v->first, v->first + v->items.n) : 0;
        fill_queue(g);
}
