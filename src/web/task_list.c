/* The list of tasks: filter, sort, search, keyset pages; the address is the state. */
#include "dd_committee.h"
#include "dd_member.h"
#include "dd_plan.h"
#include "dd_task_grid.h"
#include "table_priv.h"
#include "task_priv.h"
#include "tmpl_rt.h"
#include "tpl_task_list.h"

#define NOTE_BYTES 180

static const char *const sorts[] = {
        [SORT_ORDER] = "no", [SORT_DUE] = "due", [SORT_TITLE] = "title", [SORT_UPDATED] = "updated"
};

/* All that a row is drawn from; the texts follow. Without padding. */
struct row_key {
        int64_t kind, id, lifecycle, percent, conditional;
        int32_t due, original_due, done_day, last_day, as_of, today, due_soon_days, english;
        uint32_t no_n, title_n, leads_n, deadline_n, beside_n, zero;
};
_Static_assert(sizeof(struct row_key) == 5 * 8 + 14 * 4, "no padding: a key is compared byte by byte");

struct row_of {
        const struct q_task_item_row *t;
        const struct state_rules *rules;
        struct str beside;
};

static void
draw_row(struct web_req *r, struct dd_buf *o, const void *arg)
{
        const struct row_of *row = arg;
        const struct q_task_item_row *t = row->t;
        struct state_in in = { t->lifecycle, t->due, t->conditional, t->done_day };

        tpl_task_row(o, &r->ui,
                     &(struct task_line){
                         .no = t->no,
                         .title = t->title,
                         .href = WEB_PATH(r, S("/tasks/"), str_i64(r->c->arena, t->id)),
                         .leads = t->leads,
                         .deadline_text = t->deadline_text,
                         .due = t->due,
                         .original_due = t->original_due,
                         .state = web_state((int)task_state(&in, r->c->as_of, row->rules)),
                         .word = state_text(r->c->arena, &in, r->c->as_of, row->rules),
                         .percent = t->percent,
                         .last_day = t->last_day,
                         .suspended = t->lifecycle == LIFE_SUSPENDED,
                         .beside = row->beside,
                     });
}

void
task_rows_put(struct dd_buf *o, const struct task_lines *rows)
{
        const struct dd_ctx *c = rows->r->c;
        AUTO_BUF key = { 0 };

        for (size_t i = 0; i < rows->n; i++) {
                const struct q_task_item_row *t = &rows->v[i];
                struct str beside = rows->beside != NULL ? task_beside_text(&rows->r->ui, &rows->beside[i]) : STR_NONE;
                struct row_key k = { ROW_TASK,
                                     t->id,
                                     t->lifecycle,
                                     t->percent,
                                     t->conditional,
                                     t->due,
                                     t->original_due,
                                     t->done_day,
                                     t->last_day,
                                     c->as_of,
                                     c->today,
                                     rows->rules.due_soon_days,
                                     c->english,
                                     (uint32_t)t->no.n,
                                     (uint32_t)t->title.n,
                                     (uint32_t)t->leads.n,
                                     (uint32_t)t->deadline_text.n,
                                     (uint32_t)beside.n,
                                     0 };

                buf_reset(&key);
                buf_put(&key, &k, sizeof k);
                buf_str(&key, t->no);
                buf_str(&key, t->title);
                buf_str(&key, t->leads);
                buf_str(&key, t->deadline_text);
                buf_str(&key, beside);
                drawn_row(rows->r, o, buf_view(&key), draw_row, &(struct row_of){ t, &rows->rules, beside });
                buf_c(o, '\n');
        }
}

struct task_lines
task_lines_of(struct web_req *r, const struct q_task_item_rows *rows, const struct state_rules *rules)
{
        return (struct task_lines){ r, rows->v, rows->n, *rules, NULL, 0 };
}

enum dd_err
task_lines_beside(struct web_req *r, const struct q_task_item_rows *rows, const struct state_rules *rules,
                  struct task_lines *ret)
{
        struct task_beside *beside;

        TRY(task_beside(r->c, rows, &beside));
        *ret = (struct task_lines){ r, rows->v, rows->n, *rules, beside, 0 };
        return DD_OK;
}

struct str
task_beside_text(struct ui *u, const struct task_beside *b)
{
        struct str who = b->followers.n > 0 ? TF(u, "Phụ trách: {}", TMPL_ARG(b->followers)) : STR_NONE;
        struct str told = b->note.n > 0 ? STR_JOIN(u->arena, day_text(u->arena, b->note_day), S(": "),
                                                   ui_short(u->arena, b->note, NOTE_BYTES))
                                        : STR_NONE;

        if (who.n == 0 || told.n == 0)
                return who.n > 0 ? who : told;
        return STR_JOIN(u->arena, who, S(" · "), told);
}

struct ui_ths
task_columns(struct web_req *r)
{
        struct ui *u = &r->ui;
        struct ui_th *v = arena_array(r->c->arena, 7, sizeof *v);

        v[0] = (struct ui_th){ .label = T(u, "TT"), .num = true };
        v[1] = (struct ui_th){ .label = T(u, "Nhiệm vụ") };
        v[2] = (struct ui_th){ .label = T(u, "Chủ trì") };
        v[3] = (struct ui_th){ .label = T(u, "Thời hạn") };
        v[4] = (struct ui_th){ .label = T(u, "Trạng thái") };
        v[5] = (struct ui_th){ .label = T(u, "Tiến độ"), .num = true };
        v[6] = (struct ui_th){ .label = T(u, "Cập nhật"), .num = true };
        return (struct ui_ths){ v, 7 };
}

static void
task_json(struct json_w *w, const struct dd_ctx *c, const struct q_task_item_row *t, const struct state_rules *rules,
          const struct task_beside *beside)
{
        struct state_in in = { t->lifecycle, t->due, t->conditional, t->done_day };
        struct arena *a = c->arena;
        int32_t day = c->as_of, late = state_days_late(&in, day, rules);

        json_obj(w);
        json_ki64(w, "id", t->id);
        json_kstr(w, "plan", t->plan_number);
        json_kstr(w, "group", t->group_no);
        json_kstr(w, "no", t->no);
        json_kstr(w, "title", t->title);
        json_kstr(w, "leads", t->leads);
        json_kstr(w, "coordinating", beside->helpers);
        json_kstr(w, "members", beside->followers);
        json_kstr(w, "state", str_of(state_name(task_state(&in, day, rules))));
        json_kstr(w, "state_text", state_text(a, &in, day, rules));
        json_kday(w, "due", t->due);
        json_kday(w, "original_due", t->original_due);
        json_kstr(w, "deadline_text", t->deadline_text);
        json_kstr(w, "deadline_kind", t->deadline_kind);
        json_kday(w, "result_day", t->done_day); /* of a result that still waits, too */
        json_kday(w, "done", task_state(&in, day, rules) == STATE_DONE ? t->done_day : DD_NO_DAY);
        json_ki64(w, "percent", t->percent);
        json_kday(w, "last_update", t->last_day);
        json_kstr(w, "output", t->output);
        json_ki64(w, "days_late", late);
        json_kstr(w, "note", beside->note);
        json_kday(w, "note_day", beside->note_day);
        json_end(w);
}

enum dd_err
tasks_json(struct web_req *r, struct json_w *w, const char *key, const struct q_task_item_rows *rows,
           const struct state_rules *rules)
{
        struct task_beside *beside;

        TRY(task_beside(r->c, rows, &beside));
        json_key(w, key);
        json_arr(w);
        for (size_t i = 0; i < rows->n; i++)
                task_json(w, r->c, &rows->v[i], rules, &beside[i]);
        json_end(w);
        return DD_OK;
}

static enum dd_err
filter_of(struct web_req *r, struct task_filter *f)
{
        struct str state = web_q(r, "state"), sort = web_q(r, "sort");
        size_t i = 0;

        *f = (struct task_filter){ .plan_id = web_q_id(r, "plan"),
                                   .group_id = web_q_id(r, "group"),
                                   .agency_id = web_q_id(r, "agency"),
                                   .member_id = web_q_id(r, "member"),
                                   .silent = web_q(r, "silent").n > 0,
                                   .search = web_q(r, "q"),
                                   .after_key = web_q(r, "after"),
                                   .after_id = web_q_id(r, "after_id"),
                                   .sort = SORT_ORDER };
        if (state.n > 0) {
                if (!state_of_name(state, &f->state))
                        return dd_fail(r->c, DD_EINVAL, "Không có trạng thái «%.*s».", FMT(state));
                f->has_state = true;
        }
        while (i < ARRAY_LEN(sorts) && sort.n > 0 && !str_eq(sort, str_of(sorts[i])))
                i++;
        if (i == ARRAY_LEN(sorts))
                return dd_fail(r->c, DD_EINVAL, "Không sắp xếp được theo «%.*s».", FMT(sort));
        f->sort = (enum task_sort)i;
        return DD_OK;
}

/* The address of this list with one parameter changed (value NULL: taken out); paging starts anew. */
static struct str
changed(struct web_req *r, const char *name, const char *value)
{
        return WEB_PATH(r, S("/tasks"), web_query(r, name, value));
}

/* What was discontinued stands outside every denominator: a tab of its own, when there is something. */
static void
fill_tabs(struct web_req *r, const struct task_filter *f, const struct board *b, struct task_list_view *v)
{
        static const enum task_state order[] = { STATE_OVERDUE, STATE_ATTENTION, STATE_AWAITING, STATE_DOING,
                                                 STATE_WAITING, STATE_DONE,      STATE_DROPPED };
        bool dropped = b->n[STATE_DROPPED] > 0 || (f->has_state && f->state == STATE_DROPPED);
        size_t n = ARRAY_LEN(order) - !dropped;
        struct ui_tab *t = arena_array(r->c->arena, ARRAY_LEN(order) + 1, sizeof *t);
        bool counts = f->agency_id == 0 && f->member_id == 0 && f->search.n == 0 && f->plan_id == 0 && !f->silent;

        t[0] = (struct ui_tab){ T(&r->ui, "Tất cả"), changed(r, "state", NULL),
                                counts ? b->total + b->n[STATE_DROPPED] : -1, !f->has_state };
        for (size_t i = 0; i < n; i++)
                t[i + 1] = (struct ui_tab){ tmpl_tr(&r->ui, str_of(state_label(order[i]))),
                                            changed(r, "state", state_name(order[i])), counts ? b->n[order[i]] : -1,
                                            f->has_state && f->state == order[i] };
        v->states = (struct ui_tabs){ t, n + 1 };
}

static void
fill_columns(struct web_req *r, const struct task_filter *f, struct task_list_view *v)
{
        static const struct {
                size_t column;
                enum task_sort sort;
        } sortable[] = { { 0, SORT_ORDER }, { 1, SORT_TITLE }, { 3, SORT_DUE }, { 6, SORT_UPDATED } };
        struct ui_ths all = task_columns(r);
        struct ui_th *th = arena_array(r->c->arena, all.n, sizeof *th);

        memcpy(th, all.v, all.n * sizeof *th);
        for (size_t i = 0; i < ARRAY_LEN(sortable); i++) {
                th[sortable[i].column].href = changed(r, "sort", sorts[sortable[i].sort]);
                th[sortable[i].column].sorted = f->sort == sortable[i].sort;
        }
        v->columns = (struct ui_ths){ th, all.n };
}

static enum dd_err
draw_choices(struct web_req *r, struct dd_buf *o, struct str *ret_note, void *arg)
{
        const struct task_filter *f = arg;
        struct arena *a = r->c->arena;
        struct q_board_name_rows agencies;
        struct q_plan_brief_rows plans;
        struct q_member_rows members;

        (void)ret_note;
        TRY(board_agencies(r->c, &agencies));
        TRY(plan_brief(r->c, &plans));
        TRY(committee_members(r->c, r->c->as_of, &members));
        struct ui_option *ao = arena_array(a, agencies.n + 1, sizeof *ao),
                         *po = arena_array(a, plans.n + 1, sizeof *po), *mo = arena_array(a, members.n + 1, sizeof *mo);
        for (size_t i = 0; i < agencies.n; i++)
                ao[i] = (struct ui_option){ str_i64(a, agencies.v[i].agency_id), agencies.v[i].name };
        for (size_t i = 0; i < plans.n; i++)
                po[i] = (struct ui_option){ str_i64(a, plans.v[i].id), plans.v[i].number };
        for (size_t i = 0; i < members.n; i++)
                mo[i] = (struct ui_option){ str_i64(a, members.v[i].id), members.v[i].post };
        tpl_task_choices(o, &r->ui,
                         &(struct task_choices){ .agencies = { ao, agencies.n },
                                                 .plans = { po, plans.n },
                                                 .members = { mo, members.n },
                                                 .agency_value = str_i64(a, f->agency_id),
                                                 .plan_value = str_i64(a, f->plan_id),
                                                 .member_value = str_i64(a, f->member_id) });
        return DD_OK;
}

static enum dd_err
fill_choices(struct web_req *r, struct task_filter *f, struct drawn_piece **ret)
{
        struct str key = str_fmt(r->c->arena, "choices|%lld|%lld|%lld", (long long)f->agency_id, (long long)f->plan_id,
                                 (long long)f->member_id);

        return drawn_get(r, &(struct drawn_ask){ key, draw_choices, f }, ret);
}

static void
fill_pager(struct web_req *r, const struct task_filter *f, const struct task_page *p, struct task_list_view *v)
{
        struct arena *a = r->c->arena;

        v->pager = (struct ui_pager){ .shown = (int64_t)p->rows.n,
                                      .total = -1,
                                      .noun = TF(&r->ui, "nhiệm vụ trên trang này", tmpl_arg_i64((int64_t)p->rows.n)) };
        if (f->after_id > 0)
                v->pager.prev = changed(r, "after", NULL);
        if (p->more) {
                const struct q_task_item_row *last = &p->rows.v[p->rows.n - 1];
                struct str base = changed(r, "after", NULL);
                AUTO_BUF key = { 0 };

                tmpl_url(&key, last->sort_key);
                v->pager.next = str_fmt(a, "%.*s%safter=%.*s&after_id=%lld", FMT(base),
                                        str_has(base, S("?")) ? "&" : "?", FMT(buf_view(&key)), (long long)last->id);
        }
}

static enum dd_err
list_json(struct web_req *r, const struct task_page *p)
{
        struct json_w w;

        web_json_start(r, &w);
        json_kday(&w, "as_of", r->c->as_of);
        TRY(tasks_json(r, &w, "tasks", &p->rows, &p->rules));
        json_kbool(&w, "more", p->more);
        if (p->more) {
                json_kstr(&w, "after", p->rows.v[p->rows.n - 1].sort_key);
                json_ki64(&w, "after_id", p->rows.v[p->rows.n - 1].id);
        }
        json_end(&w);
        return DD_OK;
}

static enum dd_err
draw_list(struct web_req *r, struct dd_buf *o, struct str *ret_note, void *arg)
{
        struct dd_ctx *c = r->c;
        struct task_filter *f = arg;
        struct task_list_view v = { 0 };
        struct task_page p;
        struct board none;
        struct ui *u = &r->ui;
        AUTO_PIECE *choices = NULL;

        (void)ret_note;
        TRY(task_list(c, f, &p));
        if (r->totals == NULL)
                TRY(board_totals(c, &none));
        TRY(fill_choices(r, f, &choices));
        v.choices = choices;
        struct ui_action *acts = arena_array(c->arena, 2, sizeof *acts);
        struct str query = web_query(r, "after", NULL);
        acts[0] = (struct ui_action){ S("CSV"), WEB_PATH(r, S("/tasks/export.csv"), query), false };
        acts[1] = (struct ui_action){ S("XLSX"), WEB_PATH(r, S("/tasks/export.xlsx"), query), false };
        v.head = (struct ui_head){ .title = T(u, "Nhiệm vụ"),
                                   .facts = TF(u, "số liệu tính đến hết ngày {}", tmpl_arg_day(c->as_of)),
                                   .actions = { acts, 2 } };
        v.q = f->search;
        v.state = web_q(r, "state");
        v.sort = web_q(r, "sort");
        v.clear =
            f->has_state || f->agency_id != 0 || f->member_id != 0 || f->plan_id != 0 || f->search.n > 0 || f->silent
                ? web_href(r, "/tasks")
                : STR_NONE;
        fill_tabs(r, f, r->totals != NULL ? r->totals : &none, &v);
        fill_columns(r, f, &v);
        v.rows = task_lines_of(r, &p.rows, &p.rules);
        fill_pager(r, f, &p, &v);
        v.empty = v.clear.n > 0
                      ? (struct ui_empty){ T(u, "Không có nhiệm vụ nào khớp"),
                                           T(u, "Thử bỏ bớt điều kiện lọc, hoặc gõ không dấu để tìm rộng hơn."),
                                           { T(u, "Xem tất cả nhiệm vụ"), v.clear } }
                      : (struct ui_empty){ T(u, "Chưa có nhiệm vụ nào"),
                                           T(u, "Nhiệm vụ hiện ra ở đây khi một kế hoạch được nhập và giao."),
                                           { T(u, "Nhập kế hoạch"), web_href(r, "/intake") } };
        tpl_task_list_body(o, u, &v);
        return DD_OK;
}

/* The first pages of a list are asked again and again; what somebody looks for by words, or further on, is not. */
enum dd_err
page_task_list(struct dd_ctx *c, struct web_req *r)
{
        struct task_filter f;
        AUTO_PIECE *body = NULL;

        TRY(filter_of(r, &f));
        if (f.max == 0)
                f.max = web_rows(r, 0);
        if (r->want == OUT_JSON) {
                struct task_page p;

                TRY(task_list(c, &f, &p));
                return list_json(r, &p);
        }
        bool first = f.search.n == 0 && f.after_id == 0;
        struct str key = first ? STR_JOIN(c->arena, S("tasks|"), r->http->raw_query) : STR_NONE;
        TRY(drawn_get(r, &(struct drawn_ask){ key, draw_list, &f }, &body));
        r->ui.title = T(&r->ui, "Nhiệm vụ");
        r->ui.active = NAV_TASKS;
        tpl_task_list(r->o, &r->ui, body);
        return DD_OK;
}

struct task_rows {
        struct web_req *r;
        const struct task_page *p;
        struct task_beside *beside;
};

static void
fill_task(void *arg, size_t i, struct grid_cell *cells)
{
        const struct task_rows *t = arg;
        struct task_grid g = { t->r->c->arena, t->r->c->as_of, &t->p->rules };

        task_grid_row(&g, &t->p->rows.v[i], &t->beside[i], cells);
}

enum dd_err
web_task_file(struct web_req *r, struct str title, const struct task_page *p)
{
        struct task_rows t = { r, p, NULL };

        TRY(task_beside(r->c, &p->rows, &t.beside));
        return web_grid(r, &(struct web_grid){ .name = title,
                                               .title = str_fmt(r->c->arena, "%.*s, số liệu tính đến hết ngày %.*s",
                                                                FMT(title), FMT(day_text(r->c->arena, r->c->as_of))),
                                               .cols = task_grid_cols,
                                               .n_cols = TASK_GRID_COLS,
                                               .n_rows = p->rows.n,
                                               .fill = fill_task,
                                               .arg = &t });
}

/* The same filter as the page, as a file. */
enum dd_err
page_task_export(struct dd_ctx *c, struct web_req *r)
{
        struct task_filter f;
        struct task_page p;

        TRY(filter_of(r, &f));
        if (f.max == 0)
                f.max = web_rows(r, 0);
        TRY(task_list(c, &f, &p));
        return web_task_file(r, S("Nhiệm vụ"), &p);
}
