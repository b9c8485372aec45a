/* Is it set up well, and do the jobs run: for the administrator. */
#include "dd_job.h"
#include "dd_setup_view.h"
#include "dd_watch.h"
#include "table_priv.h"
#include "tmpl_rt.h"
#include "tpl_setup.h"

/* Of the scheduler (src/jobs/scheduler.c). */
static const struct {
        const char *name;
        struct str word;
} job_words[] = {
        { "roll-boards", S("Chuyển số liệu điều hành sang ngày mới") },
        { "sweep-sessions", S("Dọn phiên đăng nhập hết hạn") },
};

enum job_look { JOB_GOOD, JOB_NEW, JOB_LATE, JOB_FAILED };

static const struct {
        const char *name;
        struct str word;
        enum ui_state look;
} looks[] = {
        [JOB_GOOD] = { "good", S("Tốt"), UI_DONE },
        [JOB_NEW] = { "new", S("Chưa chạy"), UI_IDLE },
        [JOB_LATE] = { "late", S("Trễ"), UI_OVERDUE },
        [JOB_FAILED] = { "failed", S("Lỗi"), UI_OVERDUE },
};

static enum job_look
job_look(const struct q_job_row *j, int64_t now)
{
        if (job_failed(j))
                return JOB_FAILED;
        if (job_late(j, now))
                return JOB_LATE;
        return j->last_run.has ? JOB_GOOD : JOB_NEW;
}

static struct str
job_word(struct ui *u, struct str name)
{
        for (size_t i = 0; i < ARRAY_LEN(job_words); i++)
                if (str_eq(name, str_of(job_words[i].name)))
                        return tmpl_tr(u, job_words[i].word);
        return name;
}

static struct table_row
job_row(struct web_req *r, const struct q_job_row *j)
{
        struct arena *a = r->c->arena;
        struct table_cell *td = arena_array(a, 5, sizeof *td);
        enum job_look look = job_look(j, r->c->now);

        td[0] = (struct table_cell){ .text = job_word(&r->ui, j->name), .note = j->name, .head = true };
        td[1] =
            (struct table_cell){ .text = tmpl_tr(&r->ui, looks[look].word), .badge = true, .state = looks[look].look };
        td[2].text = j->last_run.has ? instant_text(a, j->last_run.v) : S("");
        td[3].text = j->last_result.p != NULL ? tmpl_tr_made(&r->ui, j->last_result) : S("");
        td[4].text = instant_text(a, j->next_run);
        return (struct table_row){ td, 5 };
}

static void
jobs_table(struct web_req *r, const struct q_job_rows *jobs, struct table_view *v)
{
        struct ui *u = &r->ui;
        struct ui_th *th = arena_array(u->arena, 5, sizeof *th);
        struct table_row *tr = arena_array(u->arena, jobs->n + 1, sizeof *tr);

        th[0].label = T(u, "Việc");
        th[1].label = T(u, "Tình trạng");
        th[2].label = T(u, "Lần chạy gần nhất");
        th[3].label = T(u, "Kết quả");
        th[4].label = T(u, "Lần tới");
        for (size_t i = 0; i < jobs->n; i++)
                tr[i] = job_row(r, &jobs->v[i]);
        *v = (struct table_view){ .caption = T(u, "Việc định kỳ"),
                                  .columns = { th, 5 },
                                  .rows = { tr, jobs->n },
                                  .empty = { T(u, "Chưa có việc định kỳ nào chạy"),
                                             T(u, "Vừa khởi động thì chờ vài giây rồi tải lại trang."),
                                             { STR_NONE, STR_NONE } } };
}

static const struct {
        const char *name;
        struct str word;
        enum ui_state look;
} levels[] = {
        [WATCH_GOOD] = { "good", S("Tốt"), UI_DONE },
        [WATCH_LOOK] = { "look", S("Nên xem"), UI_SOON },
        [WATCH_BAD] = { "bad", S("Cần sửa"), UI_OVERDUE },
};

static struct table_row
part_row(struct web_req *r, const struct watch_line *l)
{
        struct table_cell *td = arena_array(r->c->arena, 4, sizeof *td);

        td[0] = (struct table_cell){ .text = l->what, .head = true };
        td[1] = (struct table_cell){ .text = tmpl_tr(&r->ui, levels[l->level].word),
                                     .badge = true,
                                     .state = levels[l->level].look };
        td[2].text = l->found;
        td[3].text = l->todo;
        return (struct table_row){ td, 4 };
}

static void
parts_table(struct web_req *r, const struct watch_lines *lines, struct table_view *v)
{
        struct ui *u = &r->ui;
        struct ui_th *th = arena_array(u->arena, 4, sizeof *th);
        struct table_row *tr = arena_array(u->arena, lines->n + 1, sizeof *tr);

        th[0].label = T(u, "Phần");
        th[1].label = T(u, "Tình trạng");
        th[2].label = T(u, "Thấy gì");
        th[3].label = T(u, "Việc cần làm");
        for (size_t i = 0; i < lines->n; i++)
                tr[i] = part_row(r, &lines->v[i]);
        *v = (struct table_view){ .caption = T(u, "Kiểm tra cài đặt"), .columns = { th, 4 }, .rows = { tr, lines->n } };
        v->empty.title = T(u, "Không biết gì về máy này");
}

static enum dd_err
setup_json(struct web_req *r, const struct watch_lines *lines, const struct q_job_rows *jobs)
{
        struct json_w w;

        web_json_start(r, &w);
        json_key(&w, "parts");
        json_arr(&w);
        for (size_t i = 0; i < lines->n; i++) {
                json_obj(&w);
                json_kstr(&w, "part", lines->v[i].what);
                json_kstr(&w, "level", str_of(levels[lines->v[i].level].name));
                json_kstr(&w, "found", lines->v[i].found);
                json_kstr(&w, "todo", lines->v[i].todo);
                json_end(&w);
        }
        json_end(&w);
        json_key(&w, "jobs");
        json_arr(&w);
        for (size_t i = 0; i < jobs->n; i++) {
                const struct q_job_row *j = &jobs->v[i];

                json_obj(&w);
                json_kstr(&w, "name", j->name);
                json_kstr(&w, "level", str_of(looks[job_look(j, r->c->now)].name));
                json_key(&w, "last_run");
                if (j->last_run.has)
                        json_i64(&w, j->last_run.v);
                else
                        json_null(&w);
                json_kstr(&w, "last_result", j->last_result);
                json_ki64(&w, "next_run", j->next_run);
                json_end(&w);
        }
        json_end(&w);
        json_end(&w);
        return DD_OK;
}

enum dd_err
page_setup(struct dd_ctx *c, struct web_req *r)
{
        const struct web_watch *w = r->web->watch;
        struct ui *u = &r->ui;
        struct watch_lines lines = { 0 };
        struct setup_view v = { 0 };
        struct q_job_rows jobs;
        size_t open = 0, bad = 0;

        TRY(job_list(c, &jobs));
        if (w != NULL)
                w->lines(w->arg, c, &lines);
        dd_ctx_clear_error(c);
        if (r->want == OUT_JSON)
                return setup_json(r, &lines, &jobs);
        for (size_t i = 0; i < lines.n; i++) {
                open += lines.v[i].level != WATCH_GOOD;
                bad += lines.v[i].level == WATCH_BAD;
        }
        u->title = T(u, "Kiểm tra cài đặt");
        u->active = NAV_SETUP;
        u->as_of_fixed = true;
        v.head.title = u->title;
        v.head.facts = bad > 0    ? T(u, "Có phần cần sửa ngay; cột cuối nói việc cần làm.")
                       : open > 0 ? T(u, "Có phần nên xem lại; cột cuối nói việc cần làm.")
                                  : T(u, "Mọi phần đều tốt.");
        parts_table(r, &lines, &v.parts);
        jobs_table(r, &jobs, &v.jobs);
        tpl_setup_page(r->o, u, &v);
        return DD_OK;
}
