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
        struct q_task_listing_args args; /* of whichever query is chosen; max: the page's rows and one more */
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
        for (; all.n < n && all.n < (size_t)l->args.max; all.n++)
                all.v[all.n] = k == more->n || (i < l->rows.n && by_key(&l->rows.v[i], &more->v[k]) <= 0)
                                   ? l->rows.v[i++]
                                   : more->v[k++];
        l->rows = all;
}

typedef enum dd_err (*read_fn)(struct dd_tx *tx, const struct q_task_listing_args *args, struct q_task_item_rows *ret);

static enum dd_err
read_due(struct dd_tx *tx, const struct q_task_listing_args *args, struct q_task_item_rows *ret)
{
        struct q_task_listing_args from = *args;

        from.after_key = day_iso(tx->c->arena, args->due_min);
        if (str_cmp(args->after_key, from.after_key) >= 0)
                return q_task_list_due(tx, args, ret);
        from.after_id = 0; /* begin at the first deadline asked for, not at the first there is */
        return q_task_list_due(tx, &from, ret);
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
        read_fn read = l->f->sort == SORT_DUE                ? read_due
                       : l->f->sort == SORT_UPDATED && !rare ? q_task_list_told
                                                             : q_task_list_state;
        const struct state_range *r = &l->range;
        struct q_task_listing_args args = l->args;

        for (args.phase = PHASE_IDLE; args.phase < PHASE_MAX; args.phase++) {
                bool in = args.phase >= r->phase_min && args.phase <= r->phase_max, all = args.phase == r->or_phase;
                struct q_task_item_rows rows = { 0 };

                if (!in && !all)
                        continue;
                args.due_min = all ? DAY_FIRST : r->due_min;
                args.due_max = all ? DAY_FOREVER : r->due_max;
                TRY(read(l->tx, &args, &rows));
                merge(l, &rows);
                if (!ends_by_due(l->f))
                        continue;
                TRY(q_task_list_ended_due(l->tx, &args, &rows));
                merge(l, &rows);
        }
        return DD_OK;
}

static enum dd_err
read_ending(struct listing *l)
{
        struct q_task_item_rows rows;

        TRY(q_task_list_ending(l->tx, &l->args, &rows));
        merge(l, &rows);
        return DD_OK;
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
        l->args.ids = buf_view(&ids);
        enum dd_err e = q_task_list_found(l->tx, &l->args, &l->rows);
        l->args.ids = STR_NONE;
        return e;
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
        if (l->f->after_id == 0 && l->f->agency_id == 0 && (size_t)l->args.max <= hits->n) {
                TRY(read_found(l, hits, (size_t)l->args.max));
                if (l->rows.n == (size_t)l->args.max) {
                        qsort(l->rows.v, l->rows.n, sizeof *l->rows.v, newest_first);
                        for (size_t i = 0; i < l->rows.n; i++)
                                l->rows.v[i].sort_key = S("");
                        return DD_OK;
                }
        }
        return q_task_list_found_newest(l->tx, &l->args, &l->rows);
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

        if (l->args.search.p != NULL) {
                struct q_task_found_rows hits;

                TRY(q_task_found_ids(l->tx, l->args.search, FOUND_MAX + 1, &hits));
                *ret_newest = hits.n > FOUND_MAX;
                return *ret_newest ? read_newest(l, &hits) : read_found(l, &hits, hits.n);
        }
        if (l->f->plan_id != 0)
                return q_task_list_plan(l->tx, &l->args, &l->rows);
        if (l->f->member_id != 0)
                return q_task_list_member(l->tx, &l->args, &l->rows);
        TRY(is_rare(l, &rare));
        if (l->f->sort == SORT_DUE || l->f->sort == SORT_UPDATED || rare)
                TRY(read_phases(l, rare));
        else if (l->f->sort == SORT_ORDER)
                TRY(q_task_list_order(l->tx, &l->args, &l->rows));
        else if (l->f->agency_id == 0)
                return q_task_list_title(l->tx, &l->args, &l->rows);
        else
                return q_task_list(l->tx, &l->args, &l->rows);
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

static void
fill_args(struct listing *l, const struct task_filter *f, int32_t silent_before)
{
        const struct dd_ctx *c = l->tx->c;

        l->args = (struct q_task_listing_args){
                .committee_id = c->committee_id,
                .plan_id = f->plan_id,
                .agency_id = f->agency_id,
                .group_id = f->group_id,
                .member_id = f->member_id,
                .assignment_max = f->agency_id == 0 ? 0 : INT64_MAX, /* the task itself */
                .day = c->as_of,
                .phase_min = l->range.phase_min,
                .phase_max = l->range.phase_max,
                .due_min = l->range.due_min,
                .due_max = l->range.due_max,
                .or_phase = l->range.or_phase,
                .silent_before = silent_before,
                .search = str_trim(f->search).n > 0 ? dd_search_query(c->arena, c->db, f->search) : STR_NONE,
                .sort = str_of(sort_names[f->sort]),
                .after_key = f->after_key.p != NULL ? f->after_key : S(""),
                .after_id = f->after_id,
                .max = (f->max > 0 && f->max <= ROWS_MAX ? f->max : PAGE_ROWS) + 1,
        };
}

enum dd_err
task_list(struct dd_ctx *c, const struct task_filter *f, struct task_page *ret)
{
        AUTO_TX tx = { 0 };
        struct listing l = { .tx = &tx, .f = f, .range = state_range_all() };
        int32_t silent_before = DD_NO_DAY;

        TRY(can(c, CAP_READ, 0));
        TRY(committee_state_rules(c, c->as_of, &ret->rules));
        if (f->has_state)
                l.range = state_range(f->state, c->as_of, &ret->rules);
        if (f->silent) {
                silent_before = c->as_of - ret->rules.silent_days;
                if (l.range.phase_max > PHASE_CONDITIONAL)
                        l.range.phase_max = PHASE_CONDITIONAL;
        }
        TRY(dd_tx_read(&tx, c));
        fill_args(&l, f, silent_before);
        ret->newest = false;
        TRY(read_rows(&l, &ret->newest));
        ret->more = l.rows.n >= (size_t)l.args.max;
        if (ret->more)
                l.rows.n = (size_t)l.args.max - 1;
        TRY(fill_numbers(&l));
        ret->rows = l.rows;
        return DD_OK;
}
