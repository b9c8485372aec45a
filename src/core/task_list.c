/* Lists of tasks. What holds today has no end, nearly all of it: those rows are read in the order of an index, and stop
 * where the page is full. The few that end later are read beside them and merged. A list that no index serves, an
 * agency's by title, looks at all that holds on the day. */
#include "dd_board_keep.h"
#include "dd_committee.h"
#include "dd_date.h"
#include "dd_json.h"
#include "dd_rights.h"
#include "dd_search.h"
#include "dd_task.h"
#include "q_board.h"
#include "q_task.h"

#define PAGE_ROWS 50
#define ROWS_MAX  5000
#define FOUND_MAX 2000 /* hits of a search that are put in order; beyond it the newest come first */
#define STATE_FEW 64   /* rows of a state to a page's rows over all: when reading the whole state is cheaper */

static const char *const sort_names[] = {
        [SORT_ORDER] = "order", [SORT_DUE] = "due", [SORT_TITLE] = "title", [SORT_UPDATED] = "updated"
};

struct listing {
        struct dd_tx *tx;
        const struct task_filter *f;
        struct state_range range;
        int32_t silent_before;
        struct str search, after_key, sort;
        int64_t max; /* rows to read: the page's and one more */
        struct q_task_item_rows rows;
};

static int
by_key(const struct q_task_item_row *a, const struct q_task_item_row *b)
{
        int d = str_cmp(a->sort_key, b->sort_key);

        return d != 0 ? d : (a->id > b->id) - (a->id < b->id);
}

/* Both are in order; together they are cut to what the page needs. */
static void
merge(struct listing *l, const struct q_task_item_rows *more)
{
        struct q_task_item_rows all = { 0 };
        size_t i = 0, k = 0, n = l->rows.n + more->n;

        if (more->n == 0)
                return;
        if (l->rows.n == 0) {
                l->rows = *more;
                return;
        }
        all.v = arena_array(l->tx->c->arena, n, sizeof *all.v);
        for (; all.n < n && all.n < (size_t)l->max; all.n++)
                all.v[all.n] = k == more->n || (i < l->rows.n && by_key(&l->rows.v[i], &more->v[k]) <= 0)
                                   ? l->rows.v[i++]
                                   : more->v[k++];
        l->rows = all;
}

static enum dd_err
read_order(struct listing *l)
{
        return q_task_list_order(l->tx,
                                 &(struct q_task_list_order_args){
                                     .committee_id = l->tx->c->committee_id,
                                     .agency_id = l->f->agency_id,
                                     .group_id = l->f->group_id,
                                     .day = l->tx->c->as_of,
                                     .phase_min = l->range.phase_min,
                                     .phase_max = l->range.phase_max,
                                     .due_min = l->range.due_min,
                                     .due_max = l->range.due_max,
                                     .or_phase = l->range.or_phase,
                                     .silent_before = l->silent_before,
                                     .after_key = l->after_key,
                                     .after_id = l->f->after_id,
                                     .max = l->max,
                                 },
                                 &l->rows);
}

static enum dd_err
read_due(struct listing *l, int64_t phase, int32_t due_min, int32_t due_max, struct q_task_item_rows *ret)
{
        struct str key = l->after_key, first = day_iso(l->tx->c->arena, due_min);
        int64_t id = l->f->after_id;

        if (str_cmp(key, first) < 0) { /* begin at the first deadline asked for, not at the first there is */
                key = first;
                id = 0;
        }
        return q_task_list_due(l->tx,
                               &(struct q_task_list_due_args){
                                   .committee_id = l->tx->c->committee_id,
                                   .agency_id = l->f->agency_id,
                                   .group_id = l->f->group_id,
                                   .day = l->tx->c->as_of,
                                   .phase = phase,
                                   .due_min = due_min,
                                   .due_max = due_max,
                                   .silent_before = l->silent_before,
                                   .after_key = key,
                                   .after_id = id,
                                   .max = l->max,
                               },
                               ret);
}

static enum dd_err
read_told(struct listing *l, int64_t phase, int32_t due_min, int32_t due_max, struct q_task_item_rows *ret)
{
        return q_task_list_told(l->tx,
                                &(struct q_task_list_told_args){
                                    .committee_id = l->tx->c->committee_id,
                                    .agency_id = l->f->agency_id,
                                    .group_id = l->f->group_id,
                                    .day = l->tx->c->as_of,
                                    .phase = phase,
                                    .due_min = due_min,
                                    .due_max = due_max,
                                    .silent_before = l->silent_before,
                                    .after_key = l->after_key,
                                    .after_id = l->f->after_id,
                                    .max = l->max,
                                },
                                ret);
}

static enum dd_err
read_ended(struct listing *l, int64_t phase, int32_t due_min, int32_t due_max, struct q_task_item_rows *ret)
{
        return q_task_list_ended_due(l->tx,
                                     &(struct q_task_list_ended_due_args){
                                         .committee_id = l->tx->c->committee_id,
                                         .agency_id = l->f->agency_id,
                                         .day = l->tx->c->as_of,
                                         .phase = phase,
                                         .due_min = due_min,
                                         .due_max = due_max,
                                         .after_key = l->after_key,
                                         .after_id = l->f->after_id,
                                         .max = l->max,
                                     },
                                     ret);
}

static enum dd_err
read_state(struct listing *l, int64_t phase, int32_t due_min, int32_t due_max, struct q_task_item_rows *ret)
{
        return q_task_list_state(l->tx,
                                 &(struct q_task_list_state_args){
                                     .committee_id = l->tx->c->committee_id,
                                     .agency_id = l->f->agency_id,
                                     .group_id = l->f->group_id,
                                     .day = l->tx->c->as_of,
                                     .phase = phase,
                                     .due_min = due_min,
                                     .due_max = due_max,
                                     .silent_before = l->silent_before,
                                     .sort = l->sort,
                                     .after_key = l->after_key,
                                     .after_id = l->f->after_id,
                                     .max = l->max,
                                 },
                                 ret);
}

/* Whether what ended is chosen by deadline phase by phase, too. */
static bool
ends_by_due(const struct task_filter *f)
{
        return f->sort == SORT_DUE && !f->silent && f->group_id == 0;
}

/* Phase by phase, merged: by deadline and by what was told in the order of an index, else the whole phase put in order.
 */
static enum dd_err
read_phases(struct listing *l, bool rare)
{
        enum dd_err (*read)(struct listing *, int64_t, int32_t, int32_t, struct q_task_item_rows *) =
            l->f->sort == SORT_DUE                ? read_due
            : l->f->sort == SORT_UPDATED && !rare ? read_told
                                                  : read_state;
        const struct state_range *r = &l->range;

        for (int64_t phase = PHASE_IDLE; phase < PHASE_MAX; phase++) {
                bool in = phase >= r->phase_min && phase <= r->phase_max, all = phase == r->or_phase;
                int32_t from = all ? DAY_FIRST : r->due_min, to = all ? DAY_FOREVER : r->due_max;
                struct q_task_item_rows rows = { 0 };

                if (!in && !all)
                        continue;
                TRY(read(l, phase, from, to, &rows));
                merge(l, &rows);
                if (!ends_by_due(l->f))
                        continue;
                TRY(read_ended(l, phase, from, to, &rows));
                merge(l, &rows);
        }
        return DD_OK;
}

static enum dd_err
read_ending(struct listing *l)
{
        struct q_task_item_rows rows;

        TRY(q_task_list_ending(l->tx,
                               &(struct q_task_list_ending_args){
                                   .committee_id = l->tx->c->committee_id,
                                   .agency_id = l->f->agency_id,
                                   .group_id = l->f->group_id,
                                   .day = l->tx->c->as_of,
                                   .phase_min = l->range.phase_min,
                                   .phase_max = l->range.phase_max,
                                   .due_min = l->range.due_min,
                                   .due_max = l->range.due_max,
                                   .or_phase = l->range.or_phase,
                                   .silent_before = l->silent_before,
                                   .sort = l->sort,
                                   .after_key = l->after_key,
                                   .after_id = l->f->after_id,
                                   .max = l->max,
                               },
                               &rows));
        merge(l, &rows);
        return DD_OK;
}

static enum dd_err
read_plan(struct listing *l)
{
        return q_task_list_plan(l->tx,
                                &(struct q_task_list_plan_args){
                                    .committee_id = l->tx->c->committee_id,
                                    .plan_id = l->f->plan_id,
                                    .agency_id = l->f->agency_id,
                                    .group_id = l->f->group_id,
                                    .member_id = l->f->member_id,
                                    .assignment_max = l->f->agency_id == 0 ? 0 : INT64_MAX, /* the task itself */
                                    .day = l->tx->c->as_of,
                                    .phase_min = l->range.phase_min,
                                    .phase_max = l->range.phase_max,
                                    .due_min = l->range.due_min,
                                    .due_max = l->range.due_max,
                                    .or_phase = l->range.or_phase,
                                    .silent_before = l->silent_before,
                                    .sort = l->sort,
                                    .after_key = l->after_key,
                                    .after_id = l->f->after_id,
                                    .max = l->max,
                                },
                                &l->rows);
}

static enum dd_err
read_found(struct listing *l, const struct q_task_found_rows *hits, size_t n)
{
        struct json_w w;
        AUTO_BUF ids = { 0 };

        json_start(&w, &ids);
        json_arr(&w);
        for (size_t i = 0; i < n; i++)
                json_i64(&w, hits->v[i].id);
        json_end(&w);
        return q_task_list_found(l->tx,
                                 &(struct q_task_list_found_args){
                                     .committee_id = l->tx->c->committee_id,
                                     .ids = buf_view(&ids),
                                     .plan_id = l->f->plan_id,
                                     .agency_id = l->f->agency_id,
                                     .group_id = l->f->group_id,
                                     .member_id = l->f->member_id,
                                     .assignment_max = l->f->agency_id == 0 ? 0 : INT64_MAX, /* the task itself */
                                     .day = l->tx->c->as_of,
                                     .phase_min = l->range.phase_min,
                                     .phase_max = l->range.phase_max,
                                     .due_min = l->range.due_min,
                                     .due_max = l->range.due_max,
                                     .or_phase = l->range.or_phase,
                                     .silent_before = l->silent_before,
                                     .sort = l->sort,
                                     .after_key = l->after_key,
                                     .after_id = l->f->after_id,
                                     .max = l->max,
                                 },
                                 &l->rows);
}

static int
newest_first(const void *x, const void *y)
{
        const struct q_task_item_row *a = x, *b = y;

        return (a->id < b->id) - (a->id > b->id);
}

/* Nearly always the first hits fill the page; else, and behind the first page, the search goes on as far as it must. */
static enum dd_err
read_newest(struct listing *l, const struct q_task_found_rows *hits)
{
        if (l->f->after_id == 0 && l->f->agency_id == 0 && (size_t)l->max <= hits->n) {
                TRY(read_found(l, hits, (size_t)l->max));
                if (l->rows.n == (size_t)l->max) {
                        qsort(l->rows.v, l->rows.n, sizeof *l->rows.v, newest_first);
                        for (size_t i = 0; i < l->rows.n; i++)
                                l->rows.v[i].sort_key = S("");
                        return DD_OK;
                }
        }
        return q_task_list_found_newest(
            l->tx,
            &(struct q_task_list_found_newest_args){
                .committee_id = l->tx->c->committee_id,
                .search = l->search,
                .plan_id = l->f->plan_id,
                .agency_id = l->f->agency_id,
                .group_id = l->f->group_id,
                .member_id = l->f->member_id,
                .assignment_max = l->f->agency_id == 0 ? 0 : INT64_MAX, /* the task itself */
                .day = l->tx->c->as_of,
                .phase_min = l->range.phase_min,
                .phase_max = l->range.phase_max,
                .due_min = l->range.due_min,
                .due_max = l->range.due_max,
                .or_phase = l->range.or_phase,
                .silent_before = l->silent_before,
                .after_id = l->f->after_id,
                .max = l->max,
            },
            &l->rows);
}

static enum dd_err
read_title(struct listing *l)
{
        return q_task_list_title(l->tx,
                                 &(struct q_task_list_title_args){
                                     .committee_id = l->tx->c->committee_id,
                                     .group_id = l->f->group_id,
                                     .day = l->tx->c->as_of,
                                     .phase_min = l->range.phase_min,
                                     .phase_max = l->range.phase_max,
                                     .due_min = l->range.due_min,
                                     .due_max = l->range.due_max,
                                     .or_phase = l->range.or_phase,
                                     .silent_before = l->silent_before,
                                     .after_key = l->after_key,
                                     .after_id = l->f->after_id,
                                     .max = l->max,
                                 },
                                 &l->rows);
}

static enum dd_err
read_member(struct listing *l)
{
        return q_task_list_member(l->tx,
                                  &(struct q_task_list_member_args){
                                      .committee_id = l->tx->c->committee_id,
                                      .group_id = l->f->group_id,
                                      .agency_id = l->f->agency_id,
                                      .member_id = l->f->member_id,
                                      .assignment_max = l->f->agency_id == 0 ? 0 : INT64_MAX, /* the task itself */
                                      .day = l->tx->c->as_of,
                                      .phase_min = l->range.phase_min,
                                      .phase_max = l->range.phase_max,
                                      .due_min = l->range.due_min,
                                      .due_max = l->range.due_max,
                                      .or_phase = l->range.or_phase,
                                      .silent_before = l->silent_before,
                                      .sort = l->sort,
                                      .after_key = l->after_key,
                                      .after_id = l->f->after_id,
                                      .max = l->max,
                                  },
                                  &l->rows);
}

static enum dd_err
read_any(struct listing *l)
{
        return q_task_list(l->tx,
                           &(struct q_task_list_args){
                               .committee_id = l->tx->c->committee_id,
                               .group_id = l->f->group_id,
                               .agency_id = l->f->agency_id,
                               .day = l->tx->c->as_of,
                               .phase_min = l->range.phase_min,
                               .phase_max = l->range.phase_max,
                               .due_min = l->range.due_min,
                               .due_max = l->range.due_max,
                               .or_phase = l->range.or_phase,
                               .silent_before = l->silent_before,
                               .sort = l->sort,
                               .after_key = l->after_key,
                               .after_id = l->f->after_id,
                               .max = l->max,
                           },
                           &l->rows);
}

/* Of a rare state all rows are read and put in order, of a frequent one the order is read until the page is full. The
 * kept figures tell which; those of another day are near enough. */
static enum dd_err
is_rare(struct listing *l, bool *ret)
{
        struct q_board_figures_row b;
        bool found;

        *ret = false;
        if (!l->f->has_state)
                return DD_OK;
        TRY(q_board_base_of(l->tx, l->tx->c->committee_id, l->f->agency_id, &b, &found));
        if (!found)
                return DD_OK;
        const int64_t n[STATE_MAX] = {
                [STATE_DONE] = b.done,           [STATE_AWAITING] = b.awaiting, [STATE_OVERDUE] = b.overdue,
                [STATE_ATTENTION] = b.attention, [STATE_DOING] = b.doing,       [STATE_WAITING] = b.waiting,
                [STATE_DROPPED] = b.dropped
        };
        int64_t all = 0, few = n[l->f->state];

        for (int s = 0; s < STATE_MAX; s++)
                all += n[s];
        *ret = few <= 0 || few * few < STATE_FEW * all;
        return DD_OK;
}

static enum dd_err
read_rows(struct listing *l, bool *ret_newest)
{
        bool rare;

        if (l->search.p != NULL) {
                struct q_task_found_rows hits;

                TRY(q_task_found_ids(l->tx, l->search, FOUND_MAX + 1, &hits));
                *ret_newest = hits.n > FOUND_MAX;
                return *ret_newest ? read_newest(l, &hits) : read_found(l, &hits, hits.n);
        }
        if (l->f->plan_id != 0)
                return read_plan(l);
        if (l->f->member_id != 0)
                return read_member(l);
        TRY(is_rare(l, &rare));
        if (l->f->sort == SORT_DUE || l->f->sort == SORT_UPDATED || rare)
                TRY(read_phases(l, rare));
        else if (l->f->sort == SORT_ORDER)
                TRY(read_order(l));
        else if (l->f->agency_id == 0)
                return read_title(l);
        else
                return read_any(l);
        return ends_by_due(l->f) ? DD_OK : read_ending(l);
}

/* A page shows the tasks of few plans and groups: each is asked once. */
static enum dd_err
fill_numbers(struct listing *l)
{
        struct q_task_item_row *v = l->rows.v;
        int64_t committee = l->tx->c->committee_id;
        bool found;

        for (size_t i = 0; i < l->rows.n; i++) {
                size_t from = i > 64 ? i - 64 : 0, k = i, g = i;

                while (k > from && v[k - 1].plan_id != v[i].plan_id)
                        k--;
                while (g > from && v[g - 1].group_id != v[i].group_id)
                        g--;
                if (k > from)
                        v[i].plan_number = v[k - 1].plan_number;
                else
                        TRY(q_plan_number(l->tx, committee, v[i].plan_id, &v[i].plan_number, &found));
                if (v[i].group_id == 0)
                        v[i].group_no = STR_NONE;
                else if (g > from)
                        v[i].group_no = v[g - 1].group_no;
                else
                        TRY(q_group_no(l->tx, committee, v[i].group_id, &v[i].group_no, &found));
        }
        return DD_OK;
}

enum dd_err
task_list(struct dd_ctx *c, const struct task_filter *f, struct task_page *ret)
{
        AUTO_TX tx = { 0 };
        int64_t max = f->max > 0 && f->max <= ROWS_MAX ? f->max : PAGE_ROWS;
        struct listing l = { .tx = &tx,
                             .f = f,
                             .range = state_range_all(),
                             .silent_before = DD_NO_DAY,
                             .search = STR_NONE,
                             .after_key = f->after_key.p != NULL ? f->after_key : S(""),
                             .sort = str_of(sort_names[f->sort]),
                             .max = max + 1 };

        TRY(can(c, CAP_READ, 0));
        TRY(committee_state_rules(c, c->as_of, &ret->rules));
        if (f->has_state)
                l.range = state_range(f->state, c->as_of, &ret->rules);
        if (f->silent) {
                l.silent_before = c->as_of - ret->rules.silent_days;
                if (l.range.phase_max > PHASE_CONDITIONAL)
                        l.range.phase_max = PHASE_CONDITIONAL;
        }
        if (str_trim(f->search).n > 0)
                l.search = dd_search_query(c->arena, c->db, f->search);
        TRY(dd_tx_read(&tx, c));
        ret->newest = false;
        TRY(read_rows(&l, &ret->newest));
        ret->more = l.rows.n > (size_t)max;
        if (ret->more)
                l.rows.n = (size_t)max;
        TRY(fill_numbers(&l));
        ret->rows = l.rows;
        return DD_OK;
}
