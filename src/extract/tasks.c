/* tasks.c - one task: its fields from the cells of a row, and the small helpers that the other forms share. */
#include "extract_priv.h"

#include "table_priv.h"

#define NOTES_MAX 100 /* of one task */

struct draft_task *
draft_task_add(struct xt *x, size_t from, size_t to)
{
        struct {
                struct draft_task *v;
                size_t n, cap;
        } vec = { x->d->tasks, x->d->n_tasks, x->d->cap_tasks };
        struct draft_task *t = VEC_PUSH(x->a, &vec);
        size_t seg = flow_seg_at(&x->f, from + 1);

        x->d->tasks = vec.v;
        x->d->n_tasks = vec.n;
        x->d->cap_tasks = vec.cap;
        t->span = flow_span(&x->f, from, to);
        t->block = seg < x->f.n_segs ? x->f.segs[seg].block : 0;
        t->line = flow_line(&x->f, from + 1);
        t->deadline = (struct deadline){ .start = DD_NO_DAY, .due = DD_NO_DAY };
        t->confidence = 90;
        return t;
}

struct draft_group *
draft_group_add(struct xt *x, size_t from, size_t to)
{
        struct {
                struct draft_group *v;
                size_t n, cap;
        } vec = { x->d->groups, x->d->n_groups, x->d->cap_groups };
        struct draft_group *g = VEC_PUSH(x->a, &vec);

        x->d->groups = vec.v;
        x->d->n_groups = vec.n;
        x->d->cap_groups = vec.cap;
        g->title = squeezed(x->a, view_str(&x->f.v, from, to));
        g->span = flow_span(&x->f, from, to);
        return g;
}

void
task_note(struct xt *x, struct draft_task *t, struct str note)
{
        struct str *v;

        if (t->n_notes >= NOTES_MAX)
                return;
        v = arena_array(x->a, t->n_notes + 1, sizeof *v);
        if (t->n_notes)
                memcpy(v, t->notes, t->n_notes * sizeof *v);
        v[t->n_notes] = t->n_notes + 1 < NOTES_MAX ? note : S("Còn những ghi chú khác; hãy xem văn bản.");
        t->n_notes++;
        t->notes = v;
}

void
task_deadline(struct xt *x, struct draft_task *t, size_t from, size_t to, const char *rule)
{
        t->deadline_text = field_at(x, from, to, 95, rule);
        /* many rows say the same: look back before parsing again */
        for (size_t i = x->d->n_tasks; i-- > 0 && i + 24 > x->d->n_tasks;) {
                const struct draft_task *o = &x->d->tasks[i];

                if (o != t && o->deadline.kind != DL_NONE && str_eq(o->deadline_text.text, t->deadline_text.text)) {
                        t->deadline = o->deadline;
                        return;
                }
        }
        deadline_parse(x->a, t->deadline_text.text, x->year, &t->deadline);
        if (t->deadline.kind == DL_UNKNOWN) {
                t->deadline_text.confidence = 40;
                t->deadline_text.note = S("Chưa hiểu thời hạn này; cần người kiểm tra.");
        }
}

/* Mentions of a cell; the same words as a row before are not taken apart again. */
static void
cell_mentions(struct xt *x, const struct seg *s, struct field *whole, struct mentions *ret, struct mentions *helpers)
{
        *whole = field_at(x, s->from, s->to, 95, helpers ? "column-lead" : "column-coordinating");
        for (size_t i = x->d->n_tasks - 1; i-- > 0 && i + 24 > x->d->n_tasks;) {
                const struct draft_task *o = &x->d->tasks[i];
                const struct field *f = helpers ? &o->lead_field : &o->coordinating_field;
                const struct mentions *m = helpers ? &o->lead : &o->coordinating;

                if (f->text.n && str_eq(f->text, whole->text) && !str_has(f->text, S("hối hợp")) &&
                    f->span.to - f->span.from == whole->span.to - whole->span.from) {
                        for (size_t k = 0; k < m->n; k++) {
                                struct mention *n = VEC_PUSH(x->a, ret);

                                *n = m->v[k];
                                n->span.from += whole->span.from - f->span.from;
                                n->span.to += whole->span.from - f->span.from;
                        }
                        return;
                }
        }
        mentions_at(x, s->from, s->to, ret, helpers);
        for (size_t k = 0; k < ret->n; k++) {
                if (ret->v[k].confidence >= whole->confidence)
                        continue;
                whole->confidence = ret->v[k].confidence;
                if (whole->confidence < 60)
                        whole->note = S("Tên cơ quan có chữ viết khác thường; cần người kiểm tra.");
        }
}

/* Dates by level ("Bộ trưởng: Tháng 11/2024") are kept as notes; the last one is the deadline. */
static void
milestones_note(struct xt *x, const struct layout *l, const struct row *r, struct draft_task *t)
{
        size_t n = 0;

        for (size_t i = 0; i < l->n && i < r->n; i++)
                n += l->column[i] == COL_DEADLINE && r->seg[i].to > r->seg[i].from;
        if (n < 2)
                return;
        for (size_t i = 0; i < l->n && i < r->n; i++) {
                struct str text = squeezed(x->a, view_str(&x->f.v, r->seg[i].from, r->seg[i].to)), level = STR_NONE;

                if (l->column[i] != COL_DEADLINE || text.n == 0)
                        continue;
                if (i < l->second.n)
                        level = squeezed(x->a, view_str(&x->f.v, l->second.seg[i].from, l->second.seg[i].to));
                task_note(x, t, str_fmt(x->a, "Mốc %.*s: %.*s", FMT(level), FMT(text)));
        }
}

static void
lead_notes(struct xt *x, struct draft_task *t)
{
        size_t scoped = 0;

        for (size_t i = 0; i < t->lead.n; i++)
                scoped += t->lead.v[i].note.n > 0;
        if (t->lead.n > 1 && scoped == t->lead.n)
                task_note(x, t, S("Có nhiều cơ quan chủ trì, mỗi cơ quan một phạm vi."));
        else if (t->lead.n > 1)
                task_note(x, t, S("Có nhiều cơ quan chủ trì mà không nêu phạm vi của từng cơ quan."));
        if (t->lead.n == 0)
                task_note(x, t, S("Không nêu cơ quan chủ trì."));
        for (size_t i = 0; i < t->lead.n; i++) {
                if (t->lead.v[i].confidence < 80 && !str_eq(t->lead.v[i].text, t->lead.v[i].name))
                        task_note(
                            x, t,
                            str_fmt(x->a, "\"%.*s\" đọc là \"%.*s\".", FMT(t->lead.v[i].text), FMT(t->lead.v[i].name)));
        }
}

void
task_from_row(struct xt *x, const struct table *tab, const struct row *r, struct str no)
{
        const struct layout *l = &tab->layout;
        size_t title = row_cell(&x->f, l, r, COL_TITLE, false), lead = row_cell(&x->f, l, r, COL_LEAD, false);
        size_t coord = row_cell(&x->f, l, r, COL_COORDINATING, false), due = row_cell(&x->f, l, r, COL_DEADLINE, true);
        size_t out = row_cell(&x->f, l, r, COL_OUTPUT, false), remark = row_cell(&x->f, l, r, COL_REMARK, false);
        struct draft_task *t = draft_task_add(x, r->seg[0].from, r->seg[r->n - 1].to);

        t->block = r->block;
        t->no = no;
        t->group = tab->group;
        if (title < r->n)
                t->title = field_at(x, r->seg[title].from, r->seg[title].to, 97, "column-title");
        if (lead < r->n)
                cell_mentions(x, &r->seg[lead], &t->lead_field, &t->lead, &t->coordinating);
        if (coord < r->n)
                cell_mentions(x, &r->seg[coord], &t->coordinating_field, &t->coordinating, NULL);
        if (due < r->n)
                task_deadline(x, t, r->seg[due].from, r->seg[due].to, "column-deadline");
        if (out < r->n)
                t->output = field_at(x, r->seg[out].from, r->seg[out].to, 95, "column-output");
        milestones_note(x, l, r, t);
        if (remark < r->n)
                task_note(x, t,
                          str_fmt(x->a, "Ghi chú: %.*s",
                                  FMT(squeezed(x->a, view_str(&x->f.v, r->seg[remark].from, r->seg[remark].to)))));
        lead_notes(x, t);
        t->confidence = t->title.text.n && t->lead.n && t->deadline.kind != DL_UNKNOWN ? 97 : 80;
        if (!no.n)
                t->confidence -= 15;
}

/* A row without number, lead and time goes on with the row before, which a page break cut. */
void
task_continue(struct xt *x, const struct row *r, size_t title)
{
        struct draft_task *t;

        if (x->d->n_tasks == 0)
                return;
        t = &x->d->tasks[x->d->n_tasks - 1];
        for (size_t i = 0; i < r->n; i++) {
                struct str text = squeezed(x->a, view_str(&x->f.v, r->seg[i].from, r->seg[i].to));

                if (text.n)
                        task_note(x, t,
                                  str_fmt(x->a, "%s ở dòng sau (ngắt trang): %.*s",
                                          i == title ? "Nội dung tiếp" : "Ô tiếp", FMT(text)));
        }
        if (t->confidence > 80)
                t->confidence = 80;
}
