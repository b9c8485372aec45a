/* A task made, or many of one plan: the task, who does it, its first events, spans, words. Nothing of it is read again
 * to be computed: what was just written is known. */
#include "dd_rights.h"
#include "dd_search.h"
#include "dd_text.h"
#include "q_agency.h"
#include "q_plan.h"
#include "q_task.h"
#include "task_priv.h"

struct str
task_title_key(struct arena *a, struct str title)
{
        struct str key = text_sortkey(a, title);

        if (key.n > 120) /* enough to order a list; the id decides the rest */
                key.n = 120;
        return dd_hex(a, (const uint8_t *)key.p, key.n);
}

enum dd_err
task_index(struct dd_tx *tx, const struct q_task_row *t, const struct q_assignment_rows *as)
{
        struct dd_ctx *c = tx->c;
        AUTO_BUF text = { 0 };

        buf_fmt(&text, "%.*s %.*s %.*s %.*s", FMT(t->title), FMT(t->plan_number), FMT(t->deadline_text),
                FMT(t->output));
        for (size_t i = 0; i < as->n; i++)
                buf_fmt(&text, " %.*s", FMT(as->v[i].agency_name));
        return q_search_insert(tx, t->id, dd_search_document(c->arena, c->db, buf_view(&text)), NULL);
}

/* ---- who ------------------------------------------------------------------------------------------------------ */

static enum dd_err
agency_of(struct task_maker *m, const struct mention *who, int32_t day, struct agency_met *ret)
{
        struct dd_tx *tx = m->tx;

        for (size_t i = 0; i < m->met.n; i++) {
                const struct agency_met *g = &m->met.v[i];

                if (g->day == day && str_eq(g->text, who->text) && str_eq(g->as, who->name)) {
                        *ret = *g;
                        return DD_OK;
                }
        }
        *ret = (struct agency_met){ .text = who->text, .as = who->name, .day = day };
        TRY(agency_resolve(tx, who, day, &ret->id));
        TRY(q_agency_label(tx, ret->id, &ret->name));
        *VEC_PUSH(tx->c->arena, &m->met) = *ret;
        return DD_OK;
}

static enum dd_err
event(struct dd_tx *tx, struct task_made *made, const struct q_event_insert_args *in)
{
        struct q_event_insert_args args = *in;
        struct q_event_row *e = VEC_PUSH(tx->c->arena, &made->events);

        args.committee_id = tx->c->committee_id;
        args.task_id = made->task.id;
        args.now = tx->c->now;
        args.account_id = tx->c->user != NULL ? tx->c->user->id : 0;
        args.doc_day = DD_NO_DAY;
        *e = (struct q_event_row){
                .assignment_id = args.assignment_id, .kind = args.kind, .day = args.day, .doc_day = DD_NO_DAY
        };
        return q_event_insert(tx, &args, &e->id);
}

enum dd_err
task_assign(struct task_maker *m, struct task_made *made, const struct mentions *who, const char *role, int32_t day)
{
        struct dd_tx *tx = m->tx;

        for (size_t i = 0; who != NULL && i < who->n; i++) {
                struct agency_met agency;
                struct q_assignment_row *a = VEC_PUSH(tx->c->arena, &made->assignments);
                struct str scope = who->v[i].note.p != NULL ? who->v[i].note : S("");

                TRY(agency_of(m, &who->v[i], day, &agency));
                *a = (struct q_assignment_row){ .task_id = made->task.id,
                                                .agency_id = agency.id,
                                                .agency_name = agency.name,
                                                .role = str_of(role),
                                                .scope = scope,
                                                .from_day = day,
                                                .to_day = DAY_FOREVER };
                TRY(q_assignment_insert(tx,
                                        &(struct q_assignment_insert_args){
                                            .committee_id = tx->c->committee_id,
                                            .task_id = made->task.id,
                                            .agency_id = agency.id,
                                            .role = a->role,
                                            .scope = scope,
                                            .source = who->v[i].text,
                                            .from_day = day,
                                        },
                                        &a->id));
                if (str_eq(a->role, S("lead")))
                        TRY(event(
                            tx, made,
                            &(struct q_event_insert_args){
                                .assignment_id = a->id, .kind = S("assigned"), .day = day, .sample = made->sample }));
        }
        return DD_OK;
}

/* ---- the task ------------------------------------------------------------------------------------------------- */

static enum dd_err
insert(struct task_maker *m, const struct task_new *in, struct q_task_row *t)
{
        struct dd_ctx *c = m->tx->c;

        *t = (struct q_task_row){ .plan_id = m->plan_id,
                                  .plan_number = m->plan.number,
                                  .plan_issued = m->plan.issued,
                                  .ord = ++m->ord,
                                  .title = in->title,
                                  .output = in->output,
                                  .deadline_text = in->deadline_text,
                                  .deadline_kind = str_of(in->deadline_kind != NULL ? in->deadline_kind : "unknown"),
                                  .original_due = in->due };
        return q_task_insert(m->tx,
                             &(struct q_task_insert_args){
                                 .committee_id = c->committee_id,
                                 .plan_id = t->plan_id,
                                 .group_id = in->group_id,
                                 .ord = t->ord,
                                 .no = in->no.n > 0 ? in->no : str_fmt(c->arena, "%lld", (long long)t->ord),
                                 .title = t->title,
                                 .title_key = task_title_key(c->arena, t->title),
                                 .output = t->output,
                                 .deadline_text = t->deadline_text,
                                 .deadline_kind = t->deadline_kind,
                                 .start_day = in->start_day,
                                 .original_due = t->original_due,
                                 .source = in->source,
                                 .span_from = in->span.from,
                                 .span_to = in->span.to,
                                 .note = in->note,
                             },
                             &t->id);
}

/* A paper that says a task is done ("Đã tổ chức 27/3/2023"): handed in on that day, confirmed by the paper itself. */
static enum dd_err
already_done(struct dd_tx *tx, struct task_made *made, const struct task_new *in)
{
        for (size_t i = 0; i < made->assignments.n; i++) {
                const struct q_assignment_row *a = &made->assignments.v[i];

                if (!str_eq(a->role, S("lead")))
                        continue;
                TRY(event(
                    tx, made,
                    &(struct q_event_insert_args){
                        .assignment_id = a->id, .kind = S("handed_in"), .day = in->done_day, .note = in->done_note }));
                TRY(event(
                    tx, made,
                    &(struct q_event_insert_args){
                        .assignment_id = a->id, .kind = S("confirmed"), .day = in->from_day, .note = in->done_note }));
        }
        return DD_OK;
}

enum dd_err
task_maker_begin(struct dd_tx *tx, int64_t plan_id, struct task_maker *ret)
{
        struct dd_ctx *c = tx->c;

        *ret = (struct task_maker){ .tx = tx, .plan_id = plan_id };
        TRY(q_plan_head(tx, c->committee_id, plan_id, &ret->plan));
        TRY(q_task_next_ord(tx, c->committee_id, plan_id, &ret->ord));
        ret->ord--;
        return board_change_begin(tx, &ret->board);
}

void
task_maker_ask_again(struct task_maker *m)
{
        m->met.n = 0;
}

enum dd_err
task_make(struct task_maker *m, const struct task_new *in, int64_t *ret_id)
{
        struct dd_tx *tx = m->tx;
        struct task_made made = { .sample = in->sample };
        struct q_span_old_rows none = { 0 };
        struct span_rows spans = { 0 };

        TRY(insert(m, in, &made.task));
        TRY(task_assign(m, &made, in->lead, "lead", in->from_day));
        TRY(task_assign(m, &made, in->coordinating, "coordinate", in->from_day));
        if (in->is_done)
                TRY(already_done(tx, &made, in));
        span_compute(tx->c->arena, &made.task, &made.assignments, &made.events, &spans);
        TRY(span_write(tx, &made.task, &spans));
        board_change_task(&m->board, &none, &spans);
        *ret_id = made.task.id;
        return task_index(tx, &made.task, &made.assignments);
}

enum dd_err
task_maker_end(struct task_maker *m)
{
        return board_change_end(m->tx, &m->board);
}

enum dd_err
task_create(struct dd_tx *tx, const struct task_new *in, int64_t *ret_id)
{
        struct task_maker m;

        TRY(task_maker_begin(tx, in->plan_id, &m));
        TRY(task_make(&m, in, ret_id));
        return task_maker_end(&m);
}
