/* The board of a committee: five numbers, the map of agencies, what is late and what waits. */
#include "dd_board_view.h"
#include "dd_plan.h"
#include "dd_task.h"
#include "task_priv.h"
#include "tmpl_rt.h"
#include "tpl_board.h"

#define PLANS_SHOWN 12

static const enum task_state column[UI_STATES] = {
        [UI_DONE] = STATE_DONE,      [UI_WAIT] = STATE_AWAITING, [UI_OVERDUE] = STATE_OVERDUE,
        [UI_SOON] = STATE_ATTENTION, [UI_RUN] = STATE_DOING,     [UI_IDLE] = STATE_WAITING,
};

static void
fill_figures(struct web_req *r, const struct board *b, struct board_view *v)
{
        struct ui *u = &r->ui;
        struct ui_figure *f = arena_array(r->c->arena, 5, sizeof *f);

        f[0] = (struct ui_figure){ .value = b->n[STATE_DONE],
                                   .of = str_fmt(u->arena, "%lld", (long long)b->total),
                                   .label = T(u, "Đã hoàn thành"),
                                   .note = TF(u, "đúng hạn {} · quá hạn {} · không hạn {}", TMPL_ARG(b->done_on_time),
                                              TMPL_ARG(b->done_late), TMPL_ARG(b->done_no_due)),
                                   .state = UI_DONE,
                                   .href = web_href(r, "/tasks?state=done") };
        f[1] = (struct ui_figure){ .value = b->n[STATE_OVERDUE],
                                   .of = TF(u, "{} đã đến hạn", TMPL_ARG(b->due_by_now)),
                                   .label = T(u, "Quá hạn"),
                                   .note = b->due_today > 0 ? TF(u, "hôm nay đến hạn {}", TMPL_ARG(b->due_today))
                                                            : T(u, "chưa nộp kết quả"),
                                   .state = UI_OVERDUE,
                                   .href = web_href(r, "/tasks?state=overdue") };
        f[2] = (struct ui_figure){ .value = b->n[STATE_ATTENTION],
                                   .of = TF(u, "{} còn lại", TMPL_ARG(b->remaining)),
                                   .label = T(u, "Sắp đến hạn"),
                                   .note = TF(u, "trong {} ngày, cả hạn hôm nay", TMPL_ARG(b->rules.due_soon_days)),
                                   .state = UI_SOON,
                                   .href = web_href(r, "/tasks?state=attention") };
        f[3] = (struct ui_figure){ .value = b->n[STATE_AWAITING],
                                   .of = str_fmt(u->arena, "%lld", (long long)b->total),
                                   .label = T(u, "Chờ xác nhận"),
                                   .note = T(u, "kết quả đã nộp"),
                                   .state = UI_WAIT,
                                   .href = web_href(r, "/confirm") };
        f[4] = (struct ui_figure){ .value = b->silent_agencies,
                                   .of = TF(u, "{} cơ quan", TMPL_ARG(b->agencies)),
                                   .label = TF(u, "Im lặng trên {} ngày", TMPL_ARG(b->rules.silent_days)),
                                   .note = T(u, "chưa cập nhật nhiệm vụ nào"),
                                   .state = UI_IDLE,
                                   .href = web_href(r, "/tasks?silent=1") };
        v->figures = (struct ui_figures){ f, 5 };
}

/* All that a row is drawn from; the name follows. Without padding. */
struct row_key {
        int64_t kind, agency_id, total, silent, cells[UI_STATES];
        int32_t is_silent, no_member, as_of, today, english;
        uint32_t name_n;
};
_Static_assert(sizeof(struct row_key) == (4 + UI_STATES) * 8 + 6 * 4, "no padding: a key is compared byte by byte");

static void
draw_row(struct web_req *r, struct dd_buf *o, const void *arg)
{
        const struct board_line *l = arg;
        struct arena *a = r->c->arena;
        struct str id = str_i64(a, l->agency_id);
        struct board_row row = { .name = l->name,
                                 .href = WEB_PATH(r, S("/agencies/"), id),
                                 .total = l->total,
                                 .silent = l->silent,
                                 .is_silent = l->is_silent,
                                 .no_member = l->no_member };

        for (int s = 0; s < UI_STATES; s++)
                row.cells[s] = (struct board_cell){
                        .state = (enum ui_state)s,
                        .n = l->n[column[s]],
                        .href = WEB_PATH(r, S("/tasks?agency="), id, S("&state="), str_of(state_name(column[s]))),
                        .what = STR_JOIN(a, l->name, S(", "), tmpl_tr(&r->ui, ui_state_word((enum ui_state)s))),
                };
        tpl_board_row(o, &r->ui, &row);
}

void
board_rows_put(struct dd_buf *o, const struct board_rows *rows)
{
        const struct dd_ctx *c = rows->r->c;
        AUTO_BUF key = { 0 };

        for (size_t i = 0; i < rows->n; i++) {
                const struct board_line *l = &rows->v[i];
                struct row_key k = { .kind = ROW_BOARD,
                                     .agency_id = l->agency_id,
                                     .total = l->total,
                                     .silent = l->silent,
                                     .is_silent = l->is_silent,
                                     .no_member = l->no_member,
                                     .as_of = c->as_of,
                                     .today = c->today,
                                     .english = c->english,
                                     .name_n = (uint32_t)l->name.n };

                for (int s = 0; s < UI_STATES; s++)
                        k.cells[s] = l->n[column[s]];
                buf_reset(&key);
                buf_put(&key, &k, sizeof k);
                buf_str(&key, l->name);
                drawn_row(rows->r, o, buf_view(&key), draw_row, l);
                if (i + 1 < rows->n)
                        buf_c(o, '\n');
        }
}

/* The first rows of a state, as a short list. */
static enum dd_err
add_items(struct web_req *r, enum task_state s, struct board_item *out, size_t *n, size_t max)
{
        struct task_page page;
        struct task_beside *beside;

        if (*n == max)
                return DD_OK;
        TRY(task_list(
            r->c, &(struct task_filter){ .has_state = true, .state = s, .sort = SORT_DUE, .max = (int64_t)(max - *n) },
            &page));
        TRY(task_beside(r->c, &page.rows, &beside));
        for (size_t i = 0; i < page.rows.n && *n < max; i++) {
                const struct q_task_item_row *t = &page.rows.v[i];
                struct state_in in = { t->lifecycle, t->due, t->conditional, t->done_day };

                out[(*n)++] = (struct board_item){
                        .title = str_fmt(r->c->arena, "%.*s. %.*s", FMT(t->no), FMT(t->title)),
                        .href = web_href(r, "/tasks/%lld", (long long)t->id),
                        .note = str_fmt(r->c->arena, "%.*s · %.*s", FMT(t->deadline_text), FMT(t->leads)),
                        .beside = task_beside_text(&r->ui, &beside[i]),
                        .state = web_state((int)s),
                        .word = state_text(r->c->arena, &in, r->c->as_of, &page.rules),
                };
        }
        return DD_OK;
}

/* A day before the first plan is not a committee without one, and only some may take a plan in. */
static void
fill_empty(struct web_req *r, bool planned, struct ui_empty *v)
{
        struct ui *u = &r->ui;

        v->title = T(u, "Chưa có nhiệm vụ nào được giao");
        if (planned && u->as_of != u->today) {
                v->title = TF(u, "Đến hết ngày {} chưa có nhiệm vụ nào được giao", tmpl_arg_day(u->as_of));
                v->text = T(u, "Số liệu có từ ngày kế hoạch được ban hành.");
                v->next.label = T(u, "Xem số liệu hôm nay");
                v->next.href = S("/board");
        } else if (role_has(r->c->user->role, CAP_INTAKE)) {
                v->text = T(u, "Nhập một kế hoạch đã ban hành: hệ thống đọc văn bản, anh/chị kiểm tra rồi giao.");
                v->next = (struct ui_link){ T(u, "Nhập kế hoạch"), web_href(r, "/intake") };
        } else {
                v->text = T(u, "Cơ quan thường trực nhập kế hoạch và giao; sau đó số liệu hiện ở đây.");
        }
}

/* One plan has its links in the head; several are listed, each with its figures of the day. */
static enum dd_err
fill_plans(struct web_req *r, const struct q_plan_brief_rows *plans, struct board_view *v)
{
        struct ui *u = &r->ui;
        struct arena *a = r->c->arena;
        struct board_plan *p = arena_array(a, plans->n + 1, sizeof *p);

        if (plans->n < 2)
                return DD_OK;
        for (size_t i = 0; i < plans->n && i < PLANS_SHOWN; i++) {
                long long id = (long long)plans->v[i].id;
                struct board b;

                TRY(board_make(r->c, plans->v[i].id, &b));
                p[i] = (struct board_plan){
                        .title = TF(u, "Kế hoạch {} năm {}", TMPL_ARG(plans->v[i].number), TMPL_ARG(plans->v[i].year)),
                        .href = web_href(r, "/plans/%lld", id),
                        .report = web_href(r, "/plans/%lld/report", id),
                        .tasks = web_href(r, "/tasks?plan=%lld", id),
                        .note = TF(u, "Ban hành {} · hoàn thành {} / {} · quá hạn {} / {} đã đến hạn",
                                   tmpl_arg_day(plans->v[i].issued), TMPL_ARG(b.n[STATE_DONE]), TMPL_ARG(b.total),
                                   TMPL_ARG(b.n[STATE_OVERDUE]), TMPL_ARG(b.due_by_now)),
                };
                v->plans.n++;
        }
        v->plans.v = p;
        if (plans->n > PLANS_SHOWN)
                v->plans_all = (struct ui_link){ T(u, "Tất cả"), web_href(r, "/reports") };
        return DD_OK;
}

static void
fill_head(struct web_req *r, const struct q_plan_brief_rows *plans, const struct board *b, struct board_view *v)
{
        struct ui *u = &r->ui;
        static struct ui_action none[1];

        if (plans->n == 0) {
                v->head = (struct ui_head){ .title = u->committee, .actions = { none, 0 } };
                return;
        }
        if (plans->n > 1) {
                v->head = (struct ui_head){
                        .title = TF(u, "{} kế hoạch đang theo dõi", TMPL_ARG((int64_t)plans->n)),
                        .facts = TF(u, "{} nhiệm vụ · {} cơ quan chủ trì · số liệu tính đến hết ngày {}",
                                    TMPL_ARG(b->total), TMPL_ARG(b->agencies), tmpl_arg_day(r->c->as_of)),
                        .actions = { none, 0 },
                };
                return;
        }
        const struct q_plan_brief_row *p = &plans->v[0];
        struct ui_action *acts = arena_array(r->c->arena, 2, sizeof *acts);
        acts[0] = (struct ui_action){ T(u, "Toàn văn kế hoạch"), web_href(r, "/plans/%lld", (long long)p->id), false };
        acts[1] = (struct ui_action){ T(u, "Lập báo cáo"), web_href(r, "/plans/%lld/report", (long long)p->id), true };
        u->plan = TF(u, "Kế hoạch {} năm {}", TMPL_ARG(p->number), TMPL_ARG(p->year));
        v->head = (struct ui_head){
                .title = u->plan,
                .facts =
                    TF(u, "Ban hành {} · {} nhiệm vụ · {} cơ quan chủ trì · số liệu tính đến hết ngày {}",
                       tmpl_arg_day(p->issued), TMPL_ARG(b->total), TMPL_ARG(b->agencies), tmpl_arg_day(r->c->as_of)),
                .actions = { acts, 2 },
        };
}

static enum dd_err
board_json(struct web_req *r, const struct board *b)
{
        struct json_w w;

        web_json_start(r, &w);
        json_kday(&w, "as_of", r->c->as_of);
        json_ki64(&w, "tasks", b->total);
        json_ki64(&w, "due_by_now", b->due_by_now);
        json_ki64(&w, "remaining", b->remaining);
        json_ki64(&w, "agencies", b->agencies);
        json_ki64(&w, "silent_agencies", b->silent_agencies);
        json_key(&w, "states");
        json_obj(&w);
        for (int s = 0; s < STATE_MAX; s++)
                json_ki64(&w, state_name((enum task_state)s), b->n[s]);
        json_end(&w);
        json_key(&w, "lines");
        json_arr(&w);
        for (size_t i = 0; i < b->n_lines; i++) {
                json_obj(&w);
                json_ki64(&w, "agency_id", b->lines[i].agency_id);
                json_kstr(&w, "agency", b->lines[i].name);
                json_ki64(&w, "total", b->lines[i].total);
                json_ki64(&w, "silent_days", b->lines[i].silent);
                for (int s = 0; s < STATE_MAX; s++)
                        json_ki64(&w, state_name((enum task_state)s), b->lines[i].n[s]);
                json_end(&w);
        }
        json_end(&w);
        json_end(&w);
        return DD_OK;
}

/* The note is the name of the plan for the head of a print. */
static enum dd_err
draw_board(struct web_req *r, struct dd_buf *o, struct str *ret_note, void *arg)
{
        struct dd_ctx *c = r->c;
        struct board_view v = { 0 };
        struct q_plan_brief_rows plans;
        struct board b;
        struct ui *u = &r->ui;
        struct board_item *late = arena_array(c->arena, 8, sizeof *late),
                          *waiting = arena_array(c->arena, 8, sizeof *waiting);

        (void)arg;
        TRY(plan_brief(c, &plans));
        size_t all = plans.n, ahead = plans_ahead(&plans, c->as_of);
        plans.v += ahead;
        plans.n -= ahead;
        TRY(board_make(c, 0, &b));
        fill_head(r, &plans, &b, &v);
        fill_empty(r, all > 0, &v.empty);
        TRY(fill_plans(r, &plans, &v));
        fill_figures(r, &b, &v);
        v.rows = (struct board_rows){ r, b.lines, b.n_lines };
        TRY(add_items(r, STATE_OVERDUE, late, &v.late.n, 8));
        TRY(add_items(r, STATE_ATTENTION, late, &v.late.n, 8));
        TRY(add_items(r, STATE_AWAITING, waiting, &v.waiting.n, 8));
        v.late.v = late;
        v.waiting.v = waiting;
        v.late_note =
            TF(u, "{} trong {}", TMPL_ARG((int64_t)v.late.n), TMPL_ARG(b.n[STATE_OVERDUE] + b.n[STATE_ATTENTION]));
        v.waiting_note = TF(u, "{} trong {}", TMPL_ARG((int64_t)v.waiting.n), TMPL_ARG(b.n[STATE_AWAITING]));
        v.late_all = (struct ui_link){ T(&r->ui, "Tất cả"), web_href(r, "/tasks?sort=due") };
        v.waiting_all = (struct ui_link){ T(&r->ui, "Tất cả"), web_href(r, "/confirm") };
        tpl_board_body(o, &r->ui, &v);
        *ret_note = r->ui.plan;
        return DD_OK;
}

enum dd_err
page_board(struct dd_ctx *c, struct web_req *r)
{
        AUTO_PIECE *body = NULL;

        if (r->want == OUT_JSON) {
                struct board b;

                TRY(board_make(c, 0, &b));
                return board_json(r, &b);
        }
        r->ui.title = T(&r->ui, "Bảng điều hành");
        r->ui.active = NAV_BOARD;
        TRY(drawn_get(r,
                      &(struct drawn_ask){ role_has(c->user->role, CAP_INTAKE) ? S("board|intake") : S("board"),
                                           draw_board, NULL },
                      &body));
        r->ui.plan = body->note;
        tpl_board(r->o, &r->ui, body);
        return DD_OK;
}
