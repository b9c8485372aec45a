/* The same tasks as a spreadsheet, and their deadlines as a calendar. */
#include "dd_ics.h"
#include "dd_report.h"
#include "dd_task_grid.h"
#include "dd_text.h"
#include "dd_xlsx.h"
#include "report_priv.h"

static const struct grid_col figure_cols[] = { { S("Chỉ tiêu"), GRID_TEXT, 34 },
                                               { S("Số"), GRID_INT, 8 },
                                               { S("Trên"), GRID_INT, 8 },
                                               { S("Mẫu số là"), GRID_TEXT, 60 } };

static void
figure(struct xlsx *x, struct str label, int64_t n, int64_t of, struct str of_what)
{
        struct grid_cell cells[ARRAY_LEN(figure_cols)] = { grid_text(label), grid_int(n), grid_int(of),
                                                           grid_text(of_what) };

        xlsx_row(x, cells);
}

static void
put_figures(struct dd_ctx *c, struct xlsx *x, const struct report *r, const struct str *titles)
{
        const struct board *b = r->board;
        struct str all = S("nhiệm vụ của kế hoạch, mỗi nhiệm vụ tính một lần");

        xlsx_sheet(x, &(struct xlsx_sheet){ .name = S("Số liệu"),
                                            .titles = titles,
                                            .n_titles = 2,
                                            .cols = figure_cols,
                                            .n_cols = ARRAY_LEN(figure_cols) });
        figure(x, S("Hoàn thành"), b->n[STATE_DONE], b->total, all);
        figure(x, S("- đúng hạn"), b->done_on_time, b->n[STATE_DONE], S("nhiệm vụ hoàn thành"));
        figure(x, S("- quá hạn"), b->done_late, b->n[STATE_DONE], S("nhiệm vụ hoàn thành"));
        figure(x, S("- không ghi hạn"), b->done_no_due, b->n[STATE_DONE], S("nhiệm vụ hoàn thành"));
        figure(x, S("Chờ xác nhận"), b->n[STATE_AWAITING], b->total, all);
        figure(x, S("Quá hạn"), b->n[STATE_OVERDUE], b->due_by_now, S("nhiệm vụ đã đến hạn"));
        figure(x, S("Sắp đến hạn"), b->n[STATE_ATTENTION], b->remaining,
               str_fmt(c->arena, "nhiệm vụ còn lại; hạn trong %d ngày tới, kể cả trong ngày", b->rules.due_soon_days));
        figure(x, S("Đang thực hiện"), b->n[STATE_DOING], b->total, all);
        figure(x, S("Chưa bắt đầu"), b->n[STATE_WAITING], b->total, all);
        figure(x, str_fmt(c->arena, "Cơ quan im lặng trên %d ngày", b->rules.silent_days), b->silent_agencies,
               b->agencies, S("cơ quan, nhóm cơ quan chủ trì"));
}

/* The columns of every task table, without those that the title and the group rows tell, and one of the report's own.
 */
enum { COL_RESULT = TASK_GRID_COLS };
static const size_t sheet_cols[] = { TASK_GRID_NO,     TASK_GRID_TITLE,    TASK_GRID_LEADS,    TASK_GRID_HELPERS,
                                     TASK_GRID_OUTPUT, TASK_GRID_DEADLINE, TASK_GRID_ORIGINAL, TASK_GRID_DUE,
                                     TASK_GRID_STATE,  TASK_GRID_LATE,     TASK_GRID_PERCENT,  TASK_GRID_LAST,
                                     TASK_GRID_FOLLOW, COL_RESULT };

static void
put_tasks(struct dd_ctx *c, struct xlsx *x, const struct report *r, const struct str *titles)
{
        struct grid_col cols[ARRAY_LEN(sheet_cols)];
        struct task_grid g = { c->arena, c->as_of, &r->plan->rules };
        struct grid_cell all[TASK_GRID_COLS + 1], cells[ARRAY_LEN(sheet_cols)];

        for (size_t k = 0; k < ARRAY_LEN(sheet_cols); k++)
                cols[k] = sheet_cols[k] == COL_RESULT ? (struct grid_col){ S("Kết quả, tiến độ"), GRID_TEXT, 44 }
                                                      : task_grid_cols[sheet_cols[k]];
        xlsx_sheet(x, &(struct xlsx_sheet){ S("Nhiệm vụ"), titles, 2, cols, ARRAY_LEN(sheet_cols), 2 });
        for (size_t i = 0; i < r->n_tasks; i++) {
                if (r->tasks[i].group.n > 0)
                        xlsx_row_group(x, r->tasks[i].group);
                task_grid_row(&g, &r->plan->tasks.v[i],
                              &(struct task_beside){ .followers = r->tasks[i].followers,
                                                     .helpers = r->tasks[i].helpers,
                                                     .note_day = DD_NO_DAY },
                              all);
                all[COL_RESULT] = grid_text(r->tasks[i].result);
                for (size_t k = 0; k < ARRAY_LEN(sheet_cols); k++)
                        cells[k] = all[sheet_cols[k]];
                xlsx_row(x, cells);
        }
}

enum dd_err
report_xlsx(struct dd_ctx *c, const struct report_in *in, struct dd_buf *out)
{
        struct report r;
        AUTO_XLSX *x = NULL;

        TRY(report_make(c, in, &r));
        struct str day = day_text(c->arena, c->as_of), iso = day_iso(c->arena, c->as_of);
        struct str titles[] = { str_fmt(c->arena, "Tình hình thực hiện %.*s", FMT(r.plan_name)),
                                str_fmt(c->arena, "Số liệu tính đến hết ngày %.*s%s", FMT(day),
                                        r.sample ? " (có diễn biến ví dụ của bản trình diễn)" : "") };
        TRY(xlsx_start(c, str_fmt(c->arena, "%.*s, %.*s", FMT(titles[0]), FMT(iso)), &x));
        put_tasks(c, x, &r, titles);
        put_figures(c, x, &r, titles);
        return xlsx_finish(x, out);
}

enum dd_err
report_ics(struct dd_ctx *c, const struct report_in *in, struct dd_buf *out)
{
        struct report r;
        struct ics w;

        TRY(report_make(c, in, &r));
        struct str slug = text_slug(c->arena, r.plan->plan.number), category = r.plan_name;
        ics_start(&w, out, str_fmt(c->arena, "Thời hạn: %.*s", FMT(r.plan_name)), c->now);
        for (size_t i = 0; i < r.n_tasks; i++) {
                const struct q_task_item_row *t = &r.plan->tasks.v[i];
                const struct report_task *row = &r.tasks[i];

                if (t->lifecycle >= LIFE_DONE || t->due == DD_NO_DAY)
                        continue;
                ics_event(&w, &(struct ics_event){
                                  .uid = str_fmt(c->arena, "task-%lld.plan-%lld.%.*s@dondoc", (long long)t->id,
                                                 (long long)t->plan_id, FMT(slug)),
                                  .day = t->due,
                                  .last_day = DD_NO_DAY,
                                  .summary = str_fmt(c->arena, "Hạn: %.*s. %.*s", FMT(t->no), FMT(t->title)),
                                  .description = str_fmt(c->arena, "Chủ trì: %.*s\nThời hạn theo kế hoạch: %.*s",
                                                         FMT(t->leads), FMT(row->deadline)),
                                  .categories = &category,
                                  .n_categories = 1,
                                  .sequence = t->due != t->original_due,
                              });
        }
        ics_end(&w);
        return out->over ? dd_fail(c, DD_ETOOBIG, "Lịch thời hạn quá lớn.") : DD_OK;
}

struct str
report_file_name(const struct dd_ctx *c, const struct q_plan_row *plan, const char *ending)
{
        struct str slug = text_slug(c->arena, plan->number), iso = day_iso(c->arena, c->as_of);

        return str_fmt(c->arena, "bao-cao-%.*s-%.*s.%s", FMT(slug.n > 0 ? slug : S("ke-hoach")), FMT(iso), ending);
}
