/* Keeps the figures of the board. A span is an interval of days with one lifecycle and one deadline; in it the state
 * goes through at most three others as the days pass. Each is a step up on its first day and down behind its last. */
#include "dd_board_keep.h"

#include "dd_committee.h"
#include "q_board.h"
#include "q_committee.h"

static size_t
slot_of(const struct board_steps *s, int64_t agency_id, int32_t day)
{
        uint64_t h = ((uint64_t)agency_id * 0x9E3779B97F4A7C15u) ^ ((uint64_t)(uint32_t)day * 0xC2B2AE3D27D4EB4Fu);
        size_t i = (size_t)(h >> 17) & (s->n_slots - 1);

        while (s->slot[i] != 0 && (s->v[s->slot[i] - 1].agency_id != agency_id || s->v[s->slot[i] - 1].day != day))
                i = (i + 1) & (s->n_slots - 1);
        return i;
}

static void
more_slots(struct board_steps *s)
{
        s->n_slots = s->n_slots == 0 ? 64 : s->n_slots * 2;
        s->slot = arena_array(s->a, s->n_slots, sizeof *s->slot);
        for (size_t i = 0; i < s->n; i++)
                s->slot[slot_of(s, s->v[i].agency_id, s->v[i].day)] = i + 1;
}

static struct board_step *
step_at(struct board_steps *s, int64_t agency_id, int32_t day)
{
        if ((s->n + 1) * 2 > s->n_slots)
                more_slots(s);
        size_t i = slot_of(s, agency_id, day);
        if (s->slot[i] == 0) {
                *VEC_PUSH(s->a, s) = (struct board_step){ .agency_id = agency_id, .day = day };
                s->slot[i] = s->n;
        }
        return &s->v[s->slot[i] - 1];
}

static int32_t
later(int32_t a, int32_t b)
{
        return a > b ? a : b;
}

static int32_t
earlier(int32_t a, int32_t b)
{
        return a < b ? a : b;
}

static void
interval(struct board_steps *s, const struct q_span_old_row *r, enum board_figure f, int32_t from, int32_t to)
{
        from = later(from, r->from_day);
        to = earlier(to, r->to_day);
        if (from > to)
                return;
        step_at(s, r->agency_id, from)->n[f] += s->sign;
        if (to < DAY_FOREVER)
                step_at(s, r->agency_id, to + 1)->n[f] -= s->sign;
}

/* Mirrors task_state(); board_test holds both against each other. */
static void
add_span(struct board_steps *s, const struct q_span_old_row *r, int32_t soon)
{
        bool timed = r->due != DD_NO_DAY, done = r->lifecycle >= LIFE_DONE;
        enum board_figure calm = r->lifecycle > LIFE_ASSIGNED ? FIG_doing : FIG_waiting;

        if (r->lifecycle >= LIFE_DISCONTINUED) {
                interval(s, r, FIG_dropped, DAY_FIRST, DAY_FOREVER);
                return;
        }
        if (timed)
                interval(s, r, FIG_due_by_now, r->due, DAY_FOREVER);
        if (timed && !done)
                interval(s, r, FIG_due_today, r->due, r->due);
        if (done) {
                interval(s, r, FIG_done, DAY_FIRST, DAY_FOREVER);
                interval(s, r,
                         !timed || r->done_day == DD_NO_DAY ? FIG_no_due
                         : r->done_day <= r->due            ? FIG_on_time
                                                            : FIG_late,
                         DAY_FIRST, DAY_FOREVER);
        } else if (r->lifecycle >= LIFE_HANDED_IN) {
                interval(s, r, FIG_awaiting, DAY_FIRST, DAY_FOREVER);
        } else if (r->conditional && r->lifecycle != LIFE_SUSPENDED) {
                interval(s, r, FIG_attention, DAY_FIRST, DAY_FOREVER);
        } else if (timed && r->lifecycle != LIFE_SUSPENDED) {
                interval(s, r, calm, DAY_FIRST, r->due - soon - 1);
                interval(s, r, FIG_attention, r->due - soon, r->due);
                interval(s, r, FIG_overdue, r->due + 1, DAY_FOREVER);
        } else {
                interval(s, r, calm, DAY_FIRST, DAY_FOREVER);
        }
}

static bool
is_zero(const struct board_step *p)
{
        for (int f = 0; f < FIG_MAX; f++)
                if (p->n[f] != 0)
                        return false;
        return true;
}

static enum dd_err
add_to_step(struct dd_tx *tx, const struct board_step *p)
{
        return q_board_step_add(tx,
                                &(struct q_board_step_add_args){ .committee_id = tx->c->committee_id,
                                                                 .agency_id = p->agency_id,
                                                                 .day = p->day,
#define X(name) .name = p->n[FIG_##name],
                                                                 BOARD_FIGURES(X)
#undef X
                                },
                                NULL);
}

/* A line that stands is met far more often than a new one, which also wants the names of its agency. */
static enum dd_err
add_to_base(struct dd_tx *tx, const struct board_step *p)
{
        const struct q_board_base_add_args args = { .committee_id = tx->c->committee_id,
                                                    .agency_id = p->agency_id,
#define X(name) .name = p->n[FIG_##name],
                                                    BOARD_FIGURES(X)
#undef X
        };
        const struct q_board_base_more_args more = { .committee_id = tx->c->committee_id,
                                                     .agency_id = p->agency_id,
#define X(name) .name = p->n[FIG_##name],
                                                     BOARD_FIGURES(X)
#undef X
        };
        int64_t n;

        TRY(q_board_base_more(tx, &more, &n));
        return n > 0 ? DD_OK : q_board_base_add(tx, &args, NULL);
}

static enum dd_err
told(struct dd_tx *tx, int64_t agency_id, int32_t day)
{
        int32_t last = DD_NO_DAY;
        bool found;

        if (agency_id == 0)
                return DD_OK;
        TRY(q_board_told(tx, tx->c->committee_id, agency_id, day, &last, &found));
        return q_board_base_told(tx, tx->c->committee_id, agency_id, found ? last : DD_NO_DAY, NULL);
}

/* Writes the steps, and what of them lies on or before the base's day into the base. A line of the base is made for
 * every agency met, so that reading begins there. */
static enum dd_err
store(struct dd_tx *tx, const struct board_steps *s, struct board_steps *lines, int32_t base_day)
{
        for (size_t i = 0; i < s->n; i++) {
                struct board_step *line = step_at(lines, s->v[i].agency_id, 0);

                for (int f = 0; f < FIG_MAX && s->v[i].day <= base_day; f++)
                        line->n[f] += s->v[i].n[f];
                if (!is_zero(&s->v[i]))
                        TRY(add_to_step(tx, &s->v[i]));
        }
        for (size_t i = 0; i < lines->n; i++) {
                if (!lines->v[i].stands || !is_zero(&lines->v[i]))
                        TRY(add_to_base(tx, &lines->v[i]));
                if (lines->v[i].told)
                        TRY(told(tx, lines->v[i].agency_id, base_day));
        }
        return DD_OK;
}

/* The base is the state of a day; on a later one it takes the steps between. */
static enum dd_err
roll(struct dd_tx *tx, struct q_board_day_row *day)
{
        struct dd_ctx *c = tx->c;
        struct q_board_figures_rows steps, base;

        if (day->day >= c->today)
                return DD_OK;
        TRY(q_board_step_sums(
            tx,
            &(struct q_board_step_sums_args){
                .committee_id = c->committee_id, .agency_max = INT64_MAX, .after = day->day, .until = c->today },
            &steps));
        for (size_t i = 0; i < steps.n; i++) {
                struct board_step p = { .agency_id = steps.v[i].agency_id };
#define X(name) p.n[FIG_##name] = steps.v[i].name;
                BOARD_FIGURES(X)
#undef X
                TRY(add_to_base(tx, &p));
        }
        day->day = c->today;
        TRY(q_board_day_set(tx, c->committee_id, day->day, day->due_soon_days, NULL));
        TRY(q_board_base_list(tx, c->committee_id, &base));
        for (size_t i = 0; i < base.n; i++)
                TRY(told(tx, base.v[i].agency_id, day->day));
        return DD_OK;
}

/* A rule that begins between the day of the figures and today: they are of no more use. */
static enum dd_err
ruled_anew(struct dd_tx *tx, const struct q_board_day_row *day, bool *ret)
{
        struct state_rules rules;

        *ret = false;
        if (day->day >= tx->c->today)
                return DD_OK;
        TRY(committee_state_rules(tx->c, tx->c->today, &rules));
        *ret = rules.due_soon_days != day->due_soon_days;
        return DD_OK;
}

enum dd_err
board_change_begin(struct dd_tx *tx, struct board_change *ret)
{
        struct dd_ctx *c = tx->c;
        struct q_board_day_row day;
        bool found, anew = false;

        *ret = (struct board_change){ .steps = { .a = c->arena }, .lines = { .a = c->arena } };
        TRY(q_board_day_get(tx, c->committee_id, &day, &found));
        if (found)
                TRY(ruled_anew(tx, &day, &anew));
        ret->anew = !found || anew;
        if (ret->anew)
                return DD_OK;
        TRY(roll(tx, &day));
        ret->day = day.day;
        ret->soon = day.due_soon_days;
        return DD_OK;
}

void
board_change_task(struct board_change *b, const struct q_span_old_rows *was, const struct span_rows *is)
{
        if (b->anew)
                return;
        b->steps.sign = -1;
        for (size_t i = 0; i < was->n; i++) {
                struct board_step *line = step_at(&b->lines, was->v[i].agency_id, 0);

                line->stands = line->told = true;
                add_span(&b->steps, &was->v[i], (int32_t)b->soon);
        }
        b->steps.sign = 1;
        for (size_t i = 0; i < is->n; i++) {
                const struct span_row *r = &is->v[i];
                struct q_span_old_row now = { .agency_id = r->agency_id,
                                              .from_day = r->from_day,
                                              .to_day = r->to_day,
                                              .lifecycle = r->lifecycle,
                                              .due = r->due,
                                              .conditional = r->conditional,
                                              .done_day = r->done_day };

                if (was->n > 0 || r->last_day != DD_NO_DAY)
                        step_at(&b->lines, r->agency_id, 0)->told = true;
                add_span(&b->steps, &now, (int32_t)b->soon);
        }
}

enum dd_err
board_change_end(struct dd_tx *tx, struct board_change *b)
{
        return b->anew ? board_recount(tx) : store(tx, &b->steps, &b->lines, b->day);
}

enum dd_err
board_keep(struct dd_tx *tx, const struct q_span_old_rows *was, const struct span_rows *is)
{
        struct board_change b;

        TRY(board_change_begin(tx, &b));
        board_change_task(&b, was, is);
        return board_change_end(tx, &b);
}

#define RECOUNT_PART 2000 /* tasks read at a time */

/* The spans in parts, in an arena of their own: a large committee must not stand in memory. */
static enum dd_err
count_spans(struct dd_tx *tx, int32_t soon, struct board_steps *s)
{
        struct dd_ctx *c = tx->c;
        struct arena *keep = c->arena, *part = arena_new(0);
        enum dd_err err;
        int64_t last;

        err = q_board_task_max(tx, c->committee_id, &last);
        for (int64_t after = 0; after < last && err == DD_OK; after += RECOUNT_PART) {
                struct q_board_span_rows rows;

                c->arena = part;
                err = q_board_spans(tx, c->committee_id, after, RECOUNT_PART, &rows);
                c->arena = keep;
                for (size_t i = 0; err == DD_OK && i < rows.n; i++) {
                        const struct q_board_span_row *r = &rows.v[i];
                        struct q_span_old_row row = { .agency_id = r->agency_id,
                                                      .from_day = r->from_day,
                                                      .to_day = r->to_day,
                                                      .lifecycle = r->lifecycle,
                                                      .due = r->due,
                                                      .conditional = r->conditional,
                                                      .done_day = r->done_day };

                        add_span(s, &row, soon);
                }
                arena_reset(part);
        }
        arena_free(part);
        return err;
}

enum dd_err
board_recount(struct dd_tx *tx)
{
        struct dd_ctx *c = tx->c;
        struct board_steps s = { .a = c->arena, .sign = 1 }, lines = { .a = c->arena };
        struct state_rules rules;

        TRY(committee_state_rules(c, c->today, &rules));
        TRY(q_board_base_clear(tx, c->committee_id, NULL));
        TRY(q_board_step_clear(tx, c->committee_id, NULL));
        TRY(q_board_day_set(tx, c->committee_id, c->today, rules.due_soon_days, NULL));
        TRY(count_spans(tx, rules.due_soon_days, &s));
        for (size_t i = 0; i < s.n; i++)
                step_at(&lines, s.v[i].agency_id, 0)->told = true;
        return store(tx, &s, &lines, c->today);
}

static enum dd_err
roll_one(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };
        struct q_board_day_row day;
        bool found, anew = false;

        (void)arg;
        TRY(dd_tx_begin(&tx, c));
        TRY(q_board_day_get(&tx, c->committee_id, &day, &found));
        if (found)
                TRY(ruled_anew(&tx, &day, &anew));
        if (anew)
                TRY(board_recount(&tx));
        else if (found)
                TRY(roll(&tx, &day));
        return dd_tx_commit(&tx);
}

enum dd_err
board_roll_all(struct dd_ctx *c)
{
        struct q_board_old_rows old;
        int64_t keep = c->committee_id;
        enum dd_err err = DD_OK;
        {
                AUTO_TX tx = { 0 };

                TRY(dd_tx_read(&tx, c));
                TRY(q_board_days_before(&tx, c->today, &old));
        }
        for (size_t i = 0; i < old.n && err == DD_OK; i++) {
                c->committee_id = old.v[i].committee_id;
                err = dd_write(c, roll_one, NULL);
        }
        c->committee_id = keep;
        return err;
}
