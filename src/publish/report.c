/* From the database to the report: loads what was tracked, composes, and holds the table of the appendix. */
#include "dd_report.h"

#include "dd_committee.h"
#include "dd_text.h"
#include "report_priv.h"

/* ---- appendix ---------------------------------------------------------------------------------------------- */

static struct str
helpers_of(struct arena *a, const struct report_data *d, int64_t task_id)
{
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < d->helpers.n; i++) {
                const struct q_plan_helper_row *h = &d->helpers.v[i];

                if (h->task_id != task_id)
                        continue;
                buf_fmt(&b, "%s%.*s", b.n > 0 ? "; " : "", FMT(h->agency_name));
                if (h->scope.n > 0)
                        buf_fmt(&b, " (%.*s)", FMT(h->scope));
        }
        return str_dup(a, buf_view(&b));
}

/* The state, and the day it is measured by when that is not plain from the words. */
static struct str
state_cell(struct arena *a, const struct report_data *d, const struct q_task_item_row *t)
{
        struct str words = report_state_words(a, d, t), due = words_day(a, t->due);

        if (report_state(d, t) == STATE_DONE) {
                struct str day = words_day(a, t->done_day);

                return t->done_day != DD_NO_DAY ? str_fmt(a, "%.*s\n(%.*s)", FMT(words), FMT(day)) : words;
        }
        if (t->due == DD_NO_DAY)
                return words;
        return str_fmt(a, t->due != t->original_due ? "%.*s\n(hạn điều chỉnh %.*s)" : "%.*s\n(hạn %.*s)", FMT(words),
                       FMT(due));
}

static struct str
group_line(struct arena *a, const struct report_data *d, struct str no)
{
        for (size_t i = 0; i < d->plan.groups.n; i++)
                if (no.n > 0 && str_eq(d->plan.groups.v[i].no, no))
                        return str_fmt(a, "%.*s. %.*s", FMT(no), FMT(d->plan.groups.v[i].title));
        return S("Nhiệm vụ ngoài các nhóm");
}

void
report_appendix(struct arena *a, const struct report_data *d, struct report *r)
{
        struct str group = STR_NONE;

        r->tasks = arena_array(a, d->plan.tasks.n + 1, sizeof *r->tasks);
        r->n_tasks = d->plan.tasks.n;
        for (size_t i = 0; i < d->plan.tasks.n; i++) {
                const struct q_task_item_row *t = &d->plan.tasks.v[i];
                struct told told = report_told(a, d, t);
                bool opens = d->plan.groups.n > 0 && (i == 0 || !str_eq(t->group_no, group));

                r->tasks[i] = (struct report_task){
                        .group = opens ? group_line(a, d, t->group_no) : STR_NONE,
                        .no = t->no,
                        .title = t->title,
                        .leads = t->leads,
                        .helpers = helpers_of(a, d, t->id),
                        .followers = d->beside[i].followers,
                        .deadline = t->deadline_text.n > 0 ? t->deadline_text : S(""),
                        .state = state_cell(a, d, t),
                        .result = told.sample ? str_fmt(a, "%.*s*", FMT(told.by_agency)) : told.by_agency,
                };
                group = t->group_no;
        }
}

/* ---- the whole ----------------------------------------------------------------------------------------------- */

void
report_compose(struct arena *a, const struct report_data *d, struct report *r)
{
        *r = (struct report){ .day = d->day };
        for (size_t i = 0; i < d->events.n; i++)
                r->sample |= d->events.v[i].sample;
        report_head(a, d, r);
        report_opening(a, d, r);
        report_figures(a, d, r);
        report_groups(a, d, r);
        report_due(a, d, r);
        report_trouble(a, d, r);
        report_proposals(a, d, r);
        report_appendix(a, d, r);
}

enum dd_err
report_make(struct dd_ctx *c, const struct report_in *in, struct report *ret)
{
        struct report_data *d = arena_alloc(c->arena, sizeof *d);

        TRY(plan_full(c, in->plan_id, &d->plan));
        if (c->as_of < d->plan.plan.issued) {
                struct str issued = words_day(c->arena, d->plan.plan.issued);

                return dd_fail(
                    c, DD_EINVAL,
                    "Kế hoạch ban hành ngày %.*s nên chưa có gì để báo cáo trước ngày đó. Mời chọn ngày từ đó trở đi.",
                    FMT(issued));
        }
        TRY(committee_get(c, &d->committee));
        if (in->by_standing && d->committee.standing_name.n == 0)
                return dd_fail(c, DD_EINVAL,
                               "Ban Chỉ đạo chưa có cơ quan thường trực nên chưa lập được báo cáo của cơ quan này.");
        TRY(board_make(c, in->plan_id, &d->board));
        TRY(plan_told(c, in->plan_id, &d->events, &d->helpers));
        TRY(task_beside(c, &d->plan.tasks, &d->beside));
        d->day = c->as_of;
        d->by_standing = in->by_standing;
        report_compose(c->arena, d, ret);
        ret->plan = &d->plan;
        ret->board = &d->board;
        return DD_OK;
}
