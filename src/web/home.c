/* "Việc của tôi": what waits for this person, by role. And what waits for the standing agency's answer. */
#include "dd_home_view.h"
#include "dd_intake.h"
#include "dd_plan.h"
#include "table_priv.h"
#include "task_priv.h"
#include "tmpl_rt.h"
#include "tpl_home.h"

struct home_list {
        enum task_state state;
        bool has_state;
        const char *id;
        struct str title, empty;
};

static const struct home_list standing_lists[] = {
        { STATE_AWAITING, true, "awaiting", S("Kết quả chờ anh/chị xác nhận"), S("Không có kết quả nào chờ xác nhận") },
        { STATE_OVERDUE, true, "overdue", S("Quá hạn, cần đôn đốc"), S("Không có nhiệm vụ nào quá hạn") },
        { STATE_ATTENTION, true, "soon", S("Sắp đến hạn"), S("Không có nhiệm vụ nào sắp đến hạn") },
};
static const struct home_list officer_lists[] = {
        { STATE_OVERDUE, true, "overdue", S("Quá hạn"), S("Không có nhiệm vụ nào quá hạn") },
        { STATE_ATTENTION, true, "soon", S("Sắp đến hạn"), S("Không có nhiệm vụ nào sắp đến hạn") },
        { STATE_DOING, true, "doing", S("Đang thực hiện"), S("Không có nhiệm vụ nào đang thực hiện") },
        { STATE_WAITING, true, "waiting", S("Chưa bắt đầu"), S("Không có nhiệm vụ nào chưa bắt đầu") },
        { STATE_AWAITING, true, "awaiting", S("Đã nộp, chờ xác nhận"), S("Không có kết quả nào chờ xác nhận") },
};
static const struct home_list reader_lists[] = {
        { STATE_OVERDUE, true, "overdue", S("Quá hạn"), S("Không có nhiệm vụ nào quá hạn") },
        { STATE_ATTENTION, true, "soon", S("Sắp đến hạn"), S("Không có nhiệm vụ nào sắp đến hạn") },
        { STATE_AWAITING, true, "awaiting", S("Chờ xác nhận"), S("Không có kết quả nào chờ xác nhận") },
};

static enum dd_err
add_drafts(struct web_req *r, struct home_view *v)
{
        struct q_intake_item_rows rows;
        struct ui *u = &r->ui;

        if (!role_has(r->c->user->role, CAP_INTAKE))
                return DD_OK;
        TRY(intake_list(r->c, &rows));
        struct ui_link *l = arena_array(u->arena, rows.n + 1, sizeof *l);
        for (size_t i = 0; i < rows.n; i++)
                if (str_eq(rows.v[i].state, S("draft")))
                        l[v->drafts.n++] =
                            (struct ui_link){ TF(u, "{}: đã kiểm tra {} / {} nhiệm vụ", TMPL_ARG(rows.v[i].file_name),
                                                 TMPL_ARG(rows.v[i].rows_seen), TMPL_ARG(rows.v[i].rows_total)),
                                              web_href(r, "/intake/%lld", (long long)rows.v[i].id) };
        v->drafts.v = l;
        return DD_OK;
}

enum dd_err
page_home(struct dd_ctx *c, struct web_req *r)
{
        const struct home_list *lists = reader_lists;
        size_t n = ARRAY_LEN(reader_lists);
        int64_t agency = 0;
        struct home_view v = { 0 };
        struct ui *u = &r->ui;
        struct json_w w;

        if (c->user->role == ROLE_STANDING) {
                lists = standing_lists;
                n = ARRAY_LEN(standing_lists);
        } else if (c->user->role == ROLE_OFFICER) {
                lists = officer_lists;
                n = ARRAY_LEN(officer_lists);
                agency = c->user->agency_id;
        }
        if (r->want == OUT_JSON) {
                web_json_start(r, &w);
                json_kday(&w, "as_of", c->as_of);
                json_kstr(&w, "csrf", u->csrf);
        }
        struct home_card *cards = arena_array(c->arena, n + 1, sizeof *cards);
        for (size_t i = 0; i < n; i++) {
                struct task_page p;

                TRY(task_list(
                    c,
                    &(struct task_filter){
                        .has_state = true, .state = lists[i].state, .agency_id = agency, .sort = SORT_DUE, .max = 100 },
                    &p));
                if (r->want != OUT_JSON) {
                        cards[i] = (struct home_card){ .id = str_of(lists[i].id),
                                                       .title = tmpl_tr(u, lists[i].title),
                                                       .empty = tmpl_tr(u, lists[i].empty) };
                        TRY(task_lines_beside(r, &p.rows, &p.rules, &cards[i].rows));
                        if (agency == 0 && r->totals != NULL)
                                cards[i].rows.total = r->totals->n[lists[i].state];
                        continue;
                }
                TRY(tasks_json(r, &w, lists[i].id, &p.rows, &p.rules));
        }
        if (r->want == OUT_JSON) {
                json_end(&w);
                return DD_OK;
        }
        TRY(add_drafts(r, &v));
        u->title = T(u, "Việc của tôi");
        u->active = NAV_HOME;
        struct ui_action *acts = arena_array(c->arena, 1, sizeof *acts);
        acts[0] = (struct ui_action){ T(u, "Nhập kế hoạch"), web_href(r, "/intake"), true };
        v.head = (struct ui_head){ .title = u->title,
                                   .facts = TF(u, "{} · số liệu tính đến hết ngày {}", TMPL_ARG(u->user_agency),
                                               tmpl_arg_day(c->as_of)),
                                   .actions = { acts, role_has(c->user->role, CAP_INTAKE) ? 1 : 0 } };
        v.columns = task_columns(r);
        v.cards.v = cards;
        v.cards.n = n;
        tpl_home(r->o, u, &v);
        return DD_OK;
}

enum dd_err
page_confirm_list(struct dd_ctx *c, struct web_req *r)
{
        struct task_page p;
        struct home_view v = { 0 };
        struct ui *u = &r->ui;

        TRY(task_list(
            c, &(struct task_filter){ .has_state = true, .state = STATE_AWAITING, .sort = SORT_UPDATED, .max = 500 },
            &p));
        if (r->want == OUT_JSON) {
                struct json_w w;

                web_json_start(r, &w);
                TRY(tasks_json(r, &w, "tasks", &p.rows, &p.rules));
                json_end(&w);
                return DD_OK;
        }
        if (r->want != OUT_HTML)
                return web_task_file(r, S("Chờ xác nhận"), &p);
        struct home_card *card = arena_array(c->arena, 1, sizeof *card);
        *card = (struct home_card){ .id = S("awaiting"),
                                    .title = T(u, "Kết quả đã nộp"),
                                    .empty = T(u, "Không có kết quả nào chờ xác nhận") };
        TRY(task_lines_beside(r, &p.rows, &p.rules, &card->rows));
        card->rows.total = r->totals != NULL ? r->totals->n[STATE_AWAITING] : 0;
        u->title = T(u, "Chờ xác nhận");
        u->active = NAV_CONFIRM;
        v.head = (struct ui_head){
                .title = u->title,
                .facts =
                    T(u, "Nộp đúng hạn mà chưa xác nhận thì không tính là quá hạn; trả lại thì hạn gốc chạy tiếp.")
        };
        if (p.rows.n > 0)
                web_table_files(r, &v.head);
        v.columns = task_columns(r);
        v.cards.v = card;
        v.cards.n = 1;
        tpl_home(r->o, u, &v);
        return DD_OK;
}
