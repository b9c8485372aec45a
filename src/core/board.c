/* The board: counts by agency, lifecycle and due day turned into the six states of a day. */
#include "dd_agency.h"
#include "dd_committee.h"
#include "dd_plan.h"
#include "dd_rights.h"
#include "q_task.h"

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

static void
make_lines(struct dd_ctx *c, const struct q_board_last_rows *last, int32_t since, struct board *b)
{
        b->lines = arena_array(c->arena, last->n, sizeof *b->lines);
        b->n_lines = last->n;
        b->agencies = (int64_t)last->n;
        for (size_t i = 0; i < last->n; i++) {
                struct board_line *l = &b->lines[i];
                int32_t told = last->v[i].last_day;

                l->agency_id = last->v[i].agency_id;
                l->name = last->v[i].name;
                l->last_day = told;
                l->silent = c->as_of - (told != DD_NO_DAY ? told : since);
                l->no_member = last->v[i].members == 0 && !agency_is_class(last->v[i].kind, last->v[i].name);
        }
}

enum dd_err
board_make(struct dd_ctx *c, int64_t plan_id, int32_t since, struct board *ret)
{
        AUTO_TX tx = { 0 };
        struct q_board_count_rows counts;
        struct q_board_last_rows last;

        *ret = (struct board){ 0 };
        TRY(can(c, CAP_READ, 0));
        TRY(committee_state_rules(c, c->as_of, &ret->rules));
        TRY(dd_tx_read(&tx, c));
        TRY(q_board_counts(&tx, c->committee_id, plan_id, c->as_of, &counts));
        TRY(q_board_last(&tx, c->committee_id, plan_id, c->as_of, &last));
        make_lines(c, &last, since, ret);
        for (size_t i = 0; i < counts.n; i++) {
                const struct q_board_count_row *r = &counts.v[i];
                struct state_in in = { r->lifecycle, r->due, r->conditional, r->done_day };
                enum task_state s = task_state(&in, c->as_of, &ret->rules);
                struct board_line *l = r->agency_id == 0 ? NULL : line_of(ret, r->agency_id);

                if (r->agency_id == 0) {
                        count_task(ret, r, s, c->as_of);
                } else if (l != NULL) {
                        l->n[s] += r->n;
                        l->total += s != STATE_DROPPED ? r->n : 0;
                }
        }
        for (size_t i = 0; i < ret->n_lines; i++) {
                struct board_line *l = &ret->lines[i];

                l->is_silent = l->silent > ret->rules.silent_days && l->n[STATE_DONE] < l->total;
                ret->silent_agencies += l->is_silent;
        }
        return DD_OK;
}
