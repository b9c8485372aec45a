/* The board of a committee: kept figures where they are, else counts by agency, lifecycle and due day turned into the
 * six states of a day. */
#include "dd_agency.h"
#include "dd_board_keep.h"
#include "dd_committee.h"
#include "dd_plan.h"
#include "dd_rights.h"
#include "q_board.h"

static void
count_task(struct board *b, const struct q_board_count_row *r, enum task_state s, int32_t day)
{
        b->n[s] += r->n;
        if (s == STATE_DROPPED)
                return;
        b->total += r->n;
        if (s == STATE_DONE) {
                if (r->due == DD_NO_DAY || r->done_day == DD_NO_DAY)
                        b->done_no_due += r->n;
                else if (r->done_day <= r->due)
                        b->done_on_time += r->n;
                else
                        b->done_late += r->n;
        }
        if (r->due != DD_NO_DAY && r->due <= day)
                b->due_by_now += r->n;
        if (s != STATE_DONE && r->due == day)
                b->due_today += r->n;
        if (s != STATE_DONE && s != STATE_OVERDUE)
                b->remaining += r->n;
}

static struct board_line *
line_of(struct board *b, int64_t agency_id)
{
        for (size_t i = 0; i < b->n_lines; i++)
                if (b->lines[i].agency_id == agency_id)
                        return &b->lines[i];
        return NULL;
}

int64_t
silent_days(int32_t day, int32_t last, int32_t since)
{
        int32_t from = last != DD_NO_DAY ? last : since;

        return from == DD_NO_DAY || from > day ? 0 : day - from;
}

/* A line of the board; found: what the agency told last. */
static void
fill_line(struct board_line *l, const struct dd_ctx *c, const struct q_board_last_row *r)
{
        l->agency_id = r->agency_id;
        l->name = r->name;
        l->last_day = r->last_day;
        l->silent = silent_days(c->as_of, r->last_day, r->since);
        l->no_member = !agency_is_class(r->kind, r->name);
}

static void
count_spans(struct dd_ctx *c, const struct q_board_count_rows *counts, struct board *b)
{
        for (size_t i = 0; i < counts->n; i++) {
                const struct q_board_count_row *r = &counts->v[i];
                struct state_in in = { r->lifecycle, r->due, r->conditional, r->done_day };
                enum task_state s = task_state(&in, c->as_of, &b->rules);
                struct board_line *l = r->agency_id == 0 ? NULL : line_of(b, r->agency_id);

                if (r->agency_id == 0) {
                        count_task(b, r, s, c->as_of);
                } else if (l != NULL) {
                        l->n[s] += r->n;
                        l->total += s != STATE_DROPPED ? r->n : 0;
                }
        }
}

/* From the spans of one plan; of all plans (plan_id 0) only while no figures are kept. */
static enum dd_err
from_spans(struct dd_tx *tx, int64_t plan_id, struct board *b)
{
        struct dd_ctx *c = tx->c;
        struct q_board_count_rows counts;
        struct q_board_last_rows last;

        if (plan_id != 0) {
                TRY(q_board_plan_counts(tx, c->committee_id, plan_id, c->as_of, &counts));
                TRY(q_board_plan_last(tx, c->committee_id, plan_id, c->as_of, &last));
        } else {
                TRY(q_board_counts(tx, c->committee_id, c->as_of, &counts));
                TRY(q_board_last(tx, c->committee_id, c->as_of, &last));
        }
        b->lines = arena_array(c->arena, last.n, sizeof *b->lines);
        b->n_lines = last.n;
        for (size_t i = 0; i < last.n; i++)
                fill_line(&b->lines[i], c, &last.v[i]);
        count_spans(c, &counts, b);
        return DD_OK;
}

static void
states_of(const struct q_board_figures_row *f, int64_t *n)
{
        n[STATE_DONE] = f->done;
        n[STATE_AWAITING] = f->awaiting;
        n[STATE_OVERDUE] = f->overdue;
        n[STATE_ATTENTION] = f->attention;
        n[STATE_DOING] = f->doing;
        n[STATE_WAITING] = f->waiting;
        n[STATE_DROPPED] = f->dropped;
}

static int64_t
sum_states(const int64_t *n)
{
        return n[STATE_DONE] + n[STATE_AWAITING] + n[STATE_OVERDUE] + n[STATE_ATTENTION] + n[STATE_DOING] +
               n[STATE_WAITING];
}

static void
take_tasks(struct board *b, const struct q_board_figures_row *f)
{
        states_of(f, b->n);
        b->total = sum_states(b->n);
        b->done_on_time = f->on_time;
        b->done_late = f->late;
        b->done_no_due = f->no_due;
        b->due_by_now = f->due_by_now;
        b->due_today = f->due_today;
        b->remaining = b->total - f->done - f->overdue;
}

static void
add_figures(struct q_board_figures_row *to, const struct q_board_figures_row *f, int sign)
{
#define X(name) to->name += sign * f->name;
        BOARD_FIGURES(X)
#undef X
}

/* Steps come in the order of agencies. */
static const struct q_board_figures_row *
figures_of(const struct q_board_figures_rows *f, int64_t agency_id)
{
        size_t lo = 0, hi = f->n;

        while (lo < hi) {
                size_t mid = lo + (hi - lo) / 2;

                if (f->v[mid].agency_id == agency_id)
                        return &f->v[mid];
                if (f->v[mid].agency_id < agency_id)
                        lo = mid + 1;
                else
                        hi = mid;
        }
        return NULL;
}

/* The base, in the order of names, and the steps between its day and the one asked for. */
static enum dd_err
figures_at(struct dd_tx *tx, int32_t base_day, struct q_board_figures_rows *ret)
{
        struct dd_ctx *c = tx->c;
        struct q_board_figures_rows steps;
        bool back = c->as_of < base_day;

        TRY(q_board_base_list(tx, c->committee_id, ret));
        if (c->as_of == base_day)
                return DD_OK;
        TRY(q_board_step_sums(tx,
                              &(struct q_board_step_sums_args){ .committee_id = c->committee_id,
                                                                .agency_max = INT64_MAX,
                                                                .after = back ? c->as_of : base_day,
                                                                .until = back ? base_day : c->as_of },
                              &steps));
        for (size_t i = 0; i < ret->n; i++) {
                const struct q_board_figures_row *s = figures_of(&steps, ret->v[i].agency_id);
                bool found;

                if (s != NULL)
                        add_figures(&ret->v[i], s, back ? -1 : 1);
                ret->v[i].last_day = DD_NO_DAY;
                if (ret->v[i].agency_id != 0)
                        TRY(q_board_told(tx, c->committee_id, ret->v[i].agency_id, c->as_of, &ret->v[i].last_day,
                                         &found));
        }
        return DD_OK;
}

/* Only an agency that never told anything is asked for. */
static enum dd_err
since_of(struct dd_tx *tx, const struct q_board_figures_row *f, int32_t *ret)
{
        *ret = DD_NO_DAY;
        if (f->last_day != DD_NO_DAY)
                return DD_OK;
        return q_board_since(tx, tx->c->committee_id, f->agency_id, tx->c->as_of, ret);
}

static enum dd_err
from_figures(struct dd_tx *tx, int32_t base_day, struct board *b)
{
        struct q_board_figures_rows figures;

        TRY(figures_at(tx, base_day, &figures));
        b->lines = arena_array(tx->c->arena, figures.n, sizeof *b->lines);
        for (size_t i = 0; i < figures.n; i++) {
                const struct q_board_figures_row *f = &figures.v[i];
                struct board_line *l = &b->lines[b->n_lines];
                int32_t since;

                if (f->agency_id == 0) {
                        take_tasks(b, f);
                        continue;
                }
                states_of(f, l->n);
                l->total = sum_states(l->n);
                if (l->total + l->n[STATE_DROPPED] == 0)
                        continue;
                TRY(since_of(tx, f, &since));
                fill_line(l, tx->c, &(struct q_board_last_row){ f->agency_id, f->name, f->kind, f->last_day, since });
                b->n_lines++;
        }
        return DD_OK;
}

/* Who leads without a seat in the committee, and who has been silent. */
static enum dd_err
finish_lines(struct dd_tx *tx, struct board *b)
{
        struct q_board_seat_rows seats;

        TRY(q_board_seats(tx, tx->c->committee_id, &seats));
        for (size_t i = 0; i < seats.n; i++) {
                struct board_line *l = line_of(b, seats.v[i].agency_id);

                if (l != NULL)
                        l->no_member = false;
        }
        b->agencies = (int64_t)b->n_lines;
        for (size_t i = 0; i < b->n_lines; i++) {
                struct board_line *l = &b->lines[i];

                l->is_silent = l->silent > b->rules.silent_days && l->n[STATE_DONE] < l->total;
                b->silent_agencies += l->is_silent;
        }
        return DD_OK;
}

enum dd_err
board_make(struct dd_ctx *c, int64_t plan_id, struct board *ret)
{
        AUTO_TX tx = { 0 };
        struct q_board_day_row day;
        bool kept = false;

        *ret = (struct board){ 0 };
        TRY(can(c, CAP_READ, 0));
        TRY(committee_state_rules(c, c->as_of, &ret->rules));
        TRY(dd_tx_read(&tx, c));
        if (plan_id == 0)
                TRY(q_board_day_get(&tx, c->committee_id, &day, &kept));
        if (kept && day.due_soon_days == ret->rules.due_soon_days)
                TRY(from_figures(&tx, day.day, ret));
        else
                TRY(from_spans(&tx, plan_id, ret));
        return finish_lines(&tx, ret);
}

enum dd_err
board_agencies(struct dd_ctx *c, struct q_board_name_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_board_names(&tx, c->committee_id, ret);
}

enum dd_err
board_totals(struct dd_ctx *c, struct board *ret)
{
        AUTO_TX tx = { 0 };
        struct q_board_tasks_row t;
        struct q_board_figures_rows steps;
        bool found;

        *ret = (struct board){ 0 };
        TRY(can(c, CAP_READ, 0));
        TRY(committee_state_rules(c, c->as_of, &ret->rules));
        TRY(dd_tx_read(&tx, c));
        TRY(q_board_base_tasks(&tx, c->committee_id, &t, &found));
        if (!found || t.due_soon_days != ret->rules.due_soon_days) {
                dd_tx_end(&tx);
                return board_make(c, 0, ret);
        }
        struct q_board_figures_row f = { 0 };
#define X(name) f.name = t.name;
        BOARD_FIGURES(X)
#undef X
        if (t.day != c->as_of) {
                bool back = c->as_of < t.day;

                TRY(q_board_step_sums(&tx,
                                      &(struct q_board_step_sums_args){ .committee_id = c->committee_id,
                                                                        .after = back ? c->as_of : t.day,
                                                                        .until = back ? t.day : c->as_of },
                                      &steps));
                for (size_t i = 0; i < steps.n; i++)
                        add_figures(&f, &steps.v[i], back ? -1 : 1);
        }
        take_tasks(ret, &f);
        return DD_OK;
}
