/* The demonstration: plan 2653/KH-BCĐ with a small, marked set of examples, as of 30/9/2023. */
#include <unistd.h>

#include "dd_account.h"
#include "dd_agency.h"
#include "dd_committee.h"
#include "dd_date.h"
#include "dd_db.h"
#include "dd_jobs.h"
#include "dd_plan.h"
#include "dd_task.h"
#include "dd_update.h"
#include "demo_events_priv.h"
#include "env_priv.h"

extern const unsigned char demo_plan[]; /* test/fixtures/ke-hoach-2653.txt, embedded at build */
extern const size_t demo_plan_n;

static const struct committee_in committee = {
        S("Ban Chỉ đạo đổi mới, phát triển kinh tế tập thể, hợp tác xã tỉnh Tây Ninh"),
        S("BCĐ kinh tế tập thể, HTX tỉnh Tây Ninh"),
        S("UBND TỈNH TÂY NINH"),
        S("BAN CHỈ ĐẠO ĐỔI MỚI, PHÁT TRIỂN\nKINH TẾ TẬP THỂ, HỢP TÁC XÃ"),
        S("Tây Ninh"),
};

/* Named by their posts. */
static const struct {
        struct str login, post, agency;
        enum role role;
} people[] = {
        { S("thuong-truc"), S("Chuyên viên cơ quan thường trực"), S("Sở Kế hoạch và Đầu tư"), ROLE_STANDING },
        { S("lien-minh"), S("Cán bộ đầu mối Liên minh HTX tỉnh"), S("Liên minh HTX tỉnh"), ROLE_OFFICER },
        { S("truong-ban"), S("Trưởng Ban Chỉ đạo"), S(""), ROLE_HEAD },
        { S("thanh-tra"), S("Thanh tra viên"), S(""), ROLE_AUDITOR },
        { S("quan-tri"), S("Quản trị hệ thống"), S(""), ROLE_ADMIN },
};

struct making {
        int64_t plan_id;
        int64_t ids[ARRAY_LEN(people)];
};

static enum dd_err
make_committee(struct dd_ctx *c, void *arg)
{
        bool is_new;

        (void)arg;
        return committee_open(c, &committee, &is_new);
}

static enum dd_err
make_people(struct dd_ctx *c, void *arg)
{
        struct making *m = arg;

        for (size_t i = 0; i < ARRAY_LEN(people); i++) {
                struct account_in in = { people[i].login, people[i].post, people[i].post, people[i].role, 0 };

                TRY(account_find(c, in.login, &m->ids[i]));
                if (m->ids[i] != 0)
                        continue;
                if (people[i].agency.n > 0)
                        TRY(agency_by_words(c, people[i].agency, &in.agency_id));
                TRY(account_create(c, &in, &m->ids[i]));
        }
        return DD_OK;
}

static enum dd_err
one_event(struct dd_ctx *c, const struct demo_event *e, const struct task_full *t, int64_t assignment)
{
        struct update_in in = { .assignment_id = assignment,
                                .day = day_parse(str_of(e->day)),
                                .note = str_of(e->note),
                                .doc_number = str_of(e->doc_number),
                                .doc_day = day_parse(str_of(e->doc_day)),
                                .sample = true };
        int64_t id;

        if (e->percent >= 0)
                in.percent = (struct dd_opt){ e->percent, true };
        if (e->file != NULL)
                in.file = (struct evidence){ str_of(e->file), S("text/plain; charset=utf-8"),
                                             S("Tệp minh chứng mẫu của bản trình diễn Đôn Đốc.\n") };
        switch (e->kind) {
        case DEMO_RECEIVE:
                return update_receive(c, assignment, in.day, &id);
        case DEMO_UPDATE:
                return update_add(c, &in, &id);
        case DEMO_HAND_IN:
                return result_hand_in(c, &in, &id);
        case DEMO_CONFIRM:
                return result_confirm(c, &in, &id);
        case DEMO_HAND_BACK:
                return result_hand_back(c, &in, &id);
        default:
                return task_correct(c,
                                    &(struct task_correct_in){ .task_id = t->task.id,
                                                               .what = CORRECT_DUE,
                                                               .value = str_of(e->doc_day),
                                                               .reason = in.note,
                                                               .day = in.day,
                                                               .sample = true },
                                    &id);
        }
}

/* They are written in one transaction: one of them there means all. */
static enum dd_err
has_examples(struct dd_ctx *c, const struct task_page *page, bool *ret)
{
        *ret = false;
        for (size_t i = 0; i < page->rows.n && !*ret; i++) {
                struct task_full t;

                TRY(task_full(c, page->rows.v[i].id, &t));
                for (size_t k = 0; k < t.events.n; k++)
                        *ret |= t.events.v[k].sample;
        }
        return DD_OK;
}

static enum dd_err
make_events(struct dd_ctx *c, void *arg)
{
        const struct making *m = arg;
        struct task_page page;
        bool told;

        TRY(task_list(c, &(struct task_filter){ .plan_id = m->plan_id, .max = 100 }, &page));
        TRY(has_examples(c, &page, &told));
        if (told)
                return DD_OK;
        for (size_t i = 0; i < demo_events_n; i++)
                for (size_t k = 0; k < page.rows.n; k++) {
                        struct task_full t;
                        size_t lead = 0;

                        if (!str_eq(page.rows.v[k].no, str_of(demo_events[i].task)))
                                continue;
                        TRY(task_full(c, page.rows.v[k].id, &t));
                        while (lead + 1 < t.assignments.n && !str_eq(t.assignments.v[lead].role, S("lead")))
                                lead++;
                        TRY(one_event(c, &demo_events[i], &t, t.assignments.v[lead].id));
                }
        return DD_OK;
}

static enum dd_err
fill(struct env *e, struct making *m)
{
        struct dd_ctx *c = &e->c;
        struct import_out out;
        struct evidence file = { S("ke-hoach-2653.txt"),
                                 S("text/plain; charset=utf-8"),
                                 { (const char *)demo_plan, demo_plan_n } };

        TRY(dd_write(c, make_committee, m));
        TRY(import_paper(c, e->worker, &file, true, &out));
        m->plan_id = out.plan_id;
        TRY(dd_write(c, make_people, m));
        return dd_write(c, make_events, m);
}

static enum dd_err
print_links(struct dd_ctx *c, const struct making *m, struct str port)
{
        printf("\nBản trình diễn: kế hoạch 2653/KH-BCĐ, số liệu tính đến hết ngày 30/9/2023.\n"
               "Diễn biến có chữ «ví dụ» là dữ liệu mẫu. Mỗi liên kết dùng một lần, cấp mới ở mỗi lần chạy:\n\n");
        for (size_t i = 0; i < ARRAY_LEN(people); i++) {
                struct str token;

                TRY(link_create(c, m->ids[i], true, &token));
                printf("  %.*s\n    http://127.0.0.1:%.*s/link/%.*s\n", FMT(people[i].post), FMT(port), FMT(token));
        }
        printf("\n");
        return DD_OK;
}

/* Only what this program made is removed. */
static void
remove_data(struct cmd *k, struct str where)
{
        static const char *const files[] = { "dondoc.db", "dondoc.db-wal", "dondoc.db-shm" };

        for (size_t i = 0; i < ARRAY_LEN(files); i++)
                (void)unlink(str_fmt(k->arena, "%.*s/%s", FMT(where), files[i]).p);
}

/* Another database would be emptied by a slip of the keyboard, so one that holds anything but the demonstration stays.
 */
static enum dd_err
empty_pg(struct dd_ctx *c, struct str where)
{
        enum dd_err err;

        TRY(dd_db_open(c, where, &c->db));
        err = dd_db_empty(c, committee.name);
        dd_db_close(c->db);
        c->db = NULL;
        return err;
}

static bool
begin_anew(struct cmd *k, struct str where)
{
        struct dd_ctx c = { .arena = k->arena, .is_system = true };
        enum dd_err err = DD_OK;

        if (env_is_pg(where))
                err = empty_pg(&c, where);
        else
                remove_data(k, where);
        if (err != DD_OK)
                (void)env_fail(k->err, &c, err);
        return err == DD_OK;
}

int
cmd_demo(struct cmd *k)
{
        struct str where, port = arg_value(&k->a, "--port");
        bool fresh = arg_flag(&k->a, "--fresh");
        struct making m = { 0 };
        struct env e;
        enum dd_err err;

        config_defaults(&k->conf); /* never the data of the service */
        where = cmd_where(k);
        if (str_eq(where, S("data")))
                where = S("data-demo");
        if (!arg_end(&k->a, k->err))
                return 2;
        if (port.n == 0)
                port = S("8080");
        k->conf.data = where;
        k->conf.listen = str_fmt(k->arena, "127.0.0.1:%.*s", FMT(port));
        if (fresh && !begin_anew(k, where))
                return 1;
        serve_block_signals();
        if (!env_open(&e, &k->conf, where, true))
                return 1;
        e.c.today = e.c.as_of = day_of(2023, 9, 30);
        err = fill(&e, &m);
        if (err == DD_OK)
                err = print_links(&e.c, &m, port);
        int code = err != DD_OK ? env_fail(k->err, &e.c, err)
                                : serve_run(&e, &(struct serve_in){ .conf = &k->conf, .demo_day = e.c.today });
        env_close(&e);
        return code;
}
