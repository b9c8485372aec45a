/* Events to spans. Each lead assignment has its own line; the task's line is made from them: done when all are. */
#include "dd_span.h"

#include "dd_board_keep.h"
#include "dd_text.h"
#include "q_task.h"

struct fact { /* an event with the day from which it shows */
        const struct q_event_row *e;
        int32_t day;
};

/* A result handed in again counts after the hand-back, a confirmation after the result, whatever day is written on the
 * paper; so the days of these never run backwards. */
static bool
is_step(struct str kind)
{
        return str_eq(kind, S("handed_in")) || str_eq(kind, S("handed_back")) || str_eq(kind, S("confirmed"));
}

static int
by_day(const void *x, const void *y)
{
        const struct fact *a = x, *b = y;

        if (a->day != b->day)
                return a->day < b->day ? -1 : 1;
        return (a->e->id > b->e->id) - (a->e->id < b->e->id);
}

static int
by_id(const void *x, const void *y)
{
        const struct fact *a = x, *b = y;

        return (a->e->id > b->e->id) - (a->e->id < b->e->id);
}

/* The facts that concern one assignment, in the order they show. */
static size_t
facts_of(struct arena *a, const struct q_assignment_row *as, const struct q_event_rows *ev, struct fact **ret)
{
        struct fact *f = arena_array(a, ev->n + 1, sizeof *f);
        size_t n = 0;
        int32_t step = as->from_day;

        for (size_t i = 0; i < ev->n; i++)
                if ((ev->v[i].assignment_id == 0 || ev->v[i].assignment_id == as->id) && !ev->v[i].withdrawn_at.has)
                        f[n++] = (struct fact){ &ev->v[i], ev->v[i].day };
        qsort(f, n, sizeof *f, by_id);
        for (size_t i = 0; i < n; i++) {
                if (f[i].day < as->from_day)
                        f[i].day = as->from_day;
                if (is_step(f[i].e->kind)) {
                        if (f[i].day < step)
                                f[i].day = step;
                        step = f[i].day;
                }
        }
        qsort(f, n, sizeof *f, by_day);
        *ret = f;
        return n;
}

static void
apply(struct span_row *s, const struct q_event_row *e)
{
        struct str k = e->kind;
        bool open = s->lifecycle < LIFE_HANDED_IN;

        if (str_eq(k, S("received")) && s->lifecycle < LIFE_RECEIVED) {
                s->lifecycle = LIFE_RECEIVED;
        } else if (str_eq(k, S("updated")) && open && s->lifecycle != LIFE_SUSPENDED) {
                s->lifecycle = LIFE_DOING;
        } else if (str_eq(k, S("handed_in")) && open) {
                s->lifecycle = LIFE_HANDED_IN;
                s->done_day = e->day;
                s->percent_before = s->percent;
        } else if (str_eq(k, S("confirmed")) && s->lifecycle == LIFE_HANDED_IN) {
                s->lifecycle = LIFE_DONE;
                s->percent = 100;
        } else if (str_eq(k, S("handed_back")) && s->lifecycle == LIFE_HANDED_IN) {
                s->lifecycle = LIFE_RETURNED;
                s->done_day = DD_NO_DAY;
                s->percent = s->percent_before; /* what was refused is no progress */
        } else if (str_eq(k, S("redue"))) {
                s->due = day_parse(e->new_value);
        } else if (str_eq(k, S("suspended")) && open && s->lifecycle != LIFE_SUSPENDED) {
                s->life_before = s->lifecycle;
                s->lifecycle = LIFE_SUSPENDED;
        } else if (str_eq(k, S("resumed")) && s->lifecycle == LIFE_SUSPENDED) {
                s->lifecycle = s->life_before;
        } else if (str_eq(k, S("discontinued"))) {
                s->lifecycle = LIFE_DISCONTINUED;
        }
        if (str_eq(k, S("updated")) && s->lifecycle == LIFE_HANDED_IN && e->percent.has) {
                s->percent_before = e->percent.v; /* of a day after the result's, which waits all the same */
                s->percent = s->percent > e->percent.v ? s->percent : e->percent.v;
        } else if ((str_eq(k, S("updated")) || str_eq(k, S("handed_in"))) && e->percent.has) {
                s->percent = e->percent.v;
        }
        if (str_eq(k, S("received")) || str_eq(k, S("updated")) || str_eq(k, S("handed_in")))
                s->last_day = e->day;
}

static void
push(struct arena *a, struct span_rows *out, size_t first, const struct span_row *s, int32_t from)
{
        if (out->n > first && out->v[out->n - 1].from_day == from) {
                int32_t to = out->v[out->n - 1].to_day;

                out->v[out->n - 1] = *s;
                out->v[out->n - 1].from_day = from;
                out->v[out->n - 1].to_day = to;
                return;
        }
        if (out->n > first)
                out->v[out->n - 1].to_day = from - 1;
        struct span_row *r = VEC_PUSH(a, out);
        *r = *s;
        r->from_day = from;
        r->to_day = DAY_FOREVER;
}

static void
compute_assignment(struct arena *a, const struct q_task_row *t, const struct q_assignment_row *as,
                   const struct q_event_rows *ev, struct span_rows *out)
{
        struct fact *f;
        size_t n = facts_of(a, as, ev, &f), first = out->n;
        struct span_row s = {
                .assignment_id = as->id,
                .agency_id = as->agency_id,
                .lifecycle = LIFE_ASSIGNED,
                .due = t->original_due,
                .original_due = t->original_due,
                .done_day = DD_NO_DAY,
                .last_day = DD_NO_DAY,
                .conditional = t->original_due == DD_NO_DAY && str_eq(t->deadline_kind, S("relative")),
                .leads = as->scope.n == 0 ? as->agency_name
                                          : str_fmt(a, "%.*s (%.*s)", FMT(as->agency_name), FMT(as->scope)),
        };

        push(a, out, first, &s, as->from_day);
        for (size_t i = 0; i < n && f[i].day <= as->to_day; i++) {
                apply(&s, f[i].e);
                if (s.due != DD_NO_DAY)
                        s.conditional = false;
                push(a, out, first, &s, f[i].day);
        }
        out->v[out->n - 1].to_day = as->to_day;
}

/* What holds for the task when these are its lead assignments' states on a day. */
static void
combine(struct arena *a, const struct span_row *on, size_t n, struct span_row *ret)
{
        int64_t percent = 0;
        bool all_done = true, all_in = true, any_return = false, any_start = false, all_same = true;
        AUTO_BUF names = { 0 };

        *ret = on[0];
        ret->assignment_id = ret->agency_id = 0;
        ret->done_day = ret->last_day = DD_NO_DAY;
        for (size_t i = 0; i < n; i++) {
                const struct span_row *s = &on[i];

                all_done &= s->lifecycle >= LIFE_DONE;
                all_in &= s->lifecycle >= LIFE_HANDED_IN;
                any_return |= s->lifecycle == LIFE_RETURNED;
                any_start |= s->lifecycle > LIFE_ASSIGNED;
                all_same &= s->lifecycle == on[0].lifecycle;
                percent += s->percent;
                if (s->done_day != DD_NO_DAY && (ret->done_day == DD_NO_DAY || s->done_day > ret->done_day))
                        ret->done_day = s->done_day;
                if (s->last_day != DD_NO_DAY && (ret->last_day == DD_NO_DAY || s->last_day > ret->last_day))
                        ret->last_day = s->last_day;
                if (i > 0)
                        buf_str(&names, S("; "));
                buf_str(&names, s->leads);
        }
        ret->percent = percent / (int64_t)n;
        ret->leads = str_dup(a, buf_view(&names));
        if (all_same)
                return;
        ret->lifecycle = all_done     ? LIFE_DONE
                         : all_in     ? LIFE_HANDED_IN
                         : any_return ? LIFE_RETURNED
                         : any_start  ? LIFE_DOING
                                      : LIFE_ASSIGNED;
        if (!all_in)
                ret->done_day = DD_NO_DAY;
}

static int
cmp_day(const void *x, const void *y)
{
        const int32_t *a = x, *b = y;

        return (*a > *b) - (*a < *b);
}

static void
compute_task(struct arena *a, struct span_rows *out)
{
        size_t lines = out->n, n_days = 0, first = out->n;
        int32_t *days = arena_array(a, lines + 1, sizeof *days);
        struct span_row *on = arena_array(a, lines + 1, sizeof *on);

        for (size_t i = 0; i < lines; i++)
                days[n_days++] = out->v[i].from_day;
        qsort(days, n_days, sizeof *days, cmp_day);
        for (size_t d = 0; d < n_days; d++) {
                size_t n = 0;
                struct span_row s;

                if (d > 0 && days[d] == days[d - 1])
                        continue;
                for (size_t i = 0; i < lines; i++)
                        if (out->v[i].from_day <= days[d] && out->v[i].to_day >= days[d])
                                on[n++] = out->v[i];
                if (n == 0)
                        continue;
                combine(a, on, n, &s);
                push(a, out, first, &s, days[d]);
        }
}

void
span_compute(struct arena *a, const struct q_task_row *task, const struct q_assignment_rows *as,
             const struct q_event_rows *ev, struct span_rows *ret)
{
        for (size_t i = 0; i < as->n; i++)
                if (str_eq(as->v[i].role, S("lead")) && as->v[i].from_day <= as->v[i].to_day)
                        compute_assignment(a, task, &as->v[i], ev, ret);
        if (ret->n > 0)
                compute_task(a, ret);
        for (size_t i = 0; i < ret->n; i++) {
                if (ret->v[i].lifecycle != LIFE_SUSPENDED)
                        continue;
                ret->v[i].due = DD_NO_DAY; /* a suspended task has no running clock */
                ret->v[i].conditional = false;
        }
}

enum dd_err
span_write(struct dd_tx *tx, const struct q_task_row *task, const struct span_rows *spans)
{
        struct dd_ctx *c = tx->c;
        struct str order =
            str_fmt(c->arena, "%.*s%06lld", FMT(day_iso(c->arena, task->plan_issued)), (long long)task->ord);

        for (size_t i = 0; i < spans->n; i++) {
                const struct span_row *s = &spans->v[i];

                TRY(q_span_insert(tx,
                                  &(struct q_span_insert_args){
                                      .committee_id = c->committee_id,
                                      .plan_id = task->plan_id,
                                      .task_id = task->id,
                                      .assignment_id = s->assignment_id,
                                      .agency_id = s->agency_id,
                                      .from_day = s->from_day,
                                      .to_day = s->to_day,
                                      .lifecycle = s->lifecycle,
                                      .due = s->due,
                                      .due_key = s->due != DD_NO_DAY ? s->due : DAY_FOREVER,
                                      .conditional = s->conditional,
                                      .original_due = s->original_due,
                                      .done_day = s->done_day,
                                      .percent = s->percent,
                                      .last_day = s->last_day,
                                      .leads = s->leads,
                                      .order_key = order,
                                      .phase = phase_of(s->lifecycle, s->conditional),
                                  },
                                  NULL));
        }
        return DD_OK;
}

enum dd_err
span_project(struct dd_tx *tx, int64_t task_id)
{
        struct dd_ctx *c = tx->c;
        struct q_task_row task;
        struct q_assignment_rows as;
        struct q_event_rows ev;
        struct q_span_old_rows was;
        struct span_rows spans = { 0 };

        TRY(q_task_get(tx, c->committee_id, task_id, &task));
        TRY(q_assignment_list(tx, c->committee_id, task_id, &as));
        TRY(q_event_list(tx, c->committee_id, task_id, &ev));
        span_compute(c->arena, &task, &as, &ev, &spans);
        TRY(q_span_list(tx, c->committee_id, task_id, &was));
        TRY(q_span_delete(tx, c->committee_id, task_id, NULL));
        TRY(span_write(tx, &task, &spans));
        return board_keep(tx, &was, &spans);
}
