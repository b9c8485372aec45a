/* Fills a database with N tasks for the benchmark: 200 agencies, plans of 500 tasks, spans and updates, all through the
 * product's own functions, so that whatever they keep beside the rows is kept here too.
 *     bench-fill DATA TASKS [DAY]    DATA: a folder or postgresql://..., of one committee; DAY: today (yyyy-mm-dd)
 * The texts are made of the word tables below; a rare word stands in seven tasks, a common one in
 * a seventh of all. */
#include <stdio.h>

#include "dd_agency.h"
#include "dd_committee.h"
#include "dd_date.h"
#include "dd_db.h"
#include "dd_span.h"
#include "dd_task.h"
#include "dd_text.h"
#include "q_document.h"
#include "q_plan.h"
#include "q_task.h"

#define PLAN_TASKS 500
#define PART       500 /* tasks a transaction: a plan, as it is imported */
#define AGENCIES   200
#define RARE       "thổ nhưỡng"

static const char *const verbs[] = { "Rà soát",           "Xây dựng",   "Tham mưu ban hành", "Triển khai",
                                     "Tổ chức thực hiện", "Hoàn thiện", "Kiểm tra",          "Đẩy nhanh",
                                     "Hướng dẫn",         "Tổng hợp",   "Cập nhật",          "Phối hợp rà soát",
                                     "Đề xuất",           "Tăng cường" };
static const char *const things[] = { "quy hoạch sử dụng đất",
                                      "kế hoạch đầu tư công trung hạn",
                                      "cơ sở dữ liệu hộ tịch điện tử",
                                      "đề án phát triển hợp tác xã kiểu mới",
                                      "chương trình xây dựng nông thôn mới",
                                      "dịch vụ công trực tuyến toàn trình",
                                      "phương án phòng, chống thiên tai",
                                      "chính sách hỗ trợ doanh nghiệp nhỏ và vừa",
                                      "mạng lưới trường, lớp mầm non",
                                      "hệ thống thông tin báo cáo",
                                      "danh mục công trình trọng điểm",
                                      "công tác giải phóng mặt bằng",
                                      "việc sắp xếp các đơn vị sự nghiệp",
                                      "quy trình giải quyết thủ tục hành chính",
                                      "chỉ tiêu giảm nghèo đa chiều",
                                      "vùng nguyên liệu nông sản xuất khẩu" };
static const char *const scopes[] = { "trên địa bàn tỉnh",
                                      "tại các xã biên giới",
                                      "giai đoạn 2024 - 2030",
                                      "gắn với chuyển đổi số",
                                      "theo hướng phân cấp, phân quyền",
                                      "tại các khu, cụm công nghiệp",
                                      "đáp ứng yêu cầu của người dân và doanh nghiệp",
                                      "theo kết luận của Thường trực Tỉnh ủy" };
static const char *const outputs[] = { "Quyết định của UBND tỉnh", "Báo cáo", "Kế hoạch", "Nghị quyết của HĐND tỉnh",
                                       "Công văn hướng dẫn" };
static const char *const notes[] = { "Đã gửi lấy ý kiến các sở, ngành và địa phương.",
                                     "Đang tổng hợp, dự kiến trình trong tháng.",
                                     "Đã hoàn thành bước khảo sát hiện trạng.",
                                     "Còn vướng về kinh phí, đã báo cáo UBND tỉnh." };
static const char *const fields[] = { "Tài chính",
                                      "Nội vụ",
                                      "Xây dựng",
                                      "Tư pháp",
                                      "Y tế",
                                      "Công Thương",
                                      "Giáo dục và Đào tạo",
                                      "Khoa học và Công nghệ",
                                      "Nông nghiệp và Môi trường",
                                      "Văn hóa, Thể thao và Du lịch",
                                      "Dân tộc và Tôn giáo",
                                      "Ngoại vụ" };
static const char *const first[] = { "Tân", "Long", "Phước", "Thạnh", "Hòa", "Bình", "Phú",
                                     "An",  "Mỹ",   "Thanh", "Hưng",  "Lộc", "Đông" };
static const char *const second[] = { "An",  "Lập", "Hội",  "Phong", "Thuận", "Đức",  "Điền", "Minh",
                                      "Hải", "Sơn", "Bình", "Thành", "Hiệp",  "Xuân", "Trung" };

struct fill {
        int64_t from, tasks; /* this plan: tasks done before it, tasks of it */
        int64_t plan, at;    /* plans made, tasks made of this one */
        int64_t plan_id, group[4];
        int32_t issued;
        int32_t today;
        struct mention agency[AGENCIES];
        uint64_t seed;
};

static uint64_t
dice(struct fill *f, uint64_t n)
{
        f->seed ^= f->seed << 13;
        f->seed ^= f->seed >> 7;
        f->seed ^= f->seed << 17;
        return f->seed % n;
}

#define PICK(f, v) ((v)[dice((f), ARRAY_LEN(v))])

/* The agencies as the directory would read them. */
static void
name_agencies(struct arena *a, struct fill *f)
{
        for (size_t i = 0; i < AGENCIES; i++) {
                size_t k = i - ARRAY_LEN(fields);
                struct str s = i < ARRAY_LEN(fields) ? str_fmt(a, "Sở %s", fields[i])
                                                     : str_fmt(a, "UBND xã %s %s", first[k / ARRAY_LEN(second)],
                                                               second[k % ARRAY_LEN(second)]);
                struct mentions m = { 0 };

                agency_parse(a, s, STR_NONE, &m);
                if (m.n == 1)
                        f->agency[i] = m.v[0];
                else
                        f->agency[i] = (struct mention){ .text = s, .name = s, .kind = AK_OTHER };
        }
}

static enum dd_err
make_plan(struct dd_tx *tx, struct fill *f, int32_t issued, int64_t *ret_plan, int64_t *ret_group)
{
        struct arena *a = tx->c->arena;
        struct str number = str_fmt(a, "%lld/KH-BCĐ", (long long)(f->plan + 1));
        struct str title = str_fmt(a, "Kế hoạch triển khai %s %s", PICK(f, things), PICK(f, scopes));
        int64_t document;
        int y, m, d;

        day_parts(issued, &y, &m, &d);
        TRY(q_document_put(tx,
                           &(struct q_document_put_args){
                               .committee_id = tx->c->committee_id,
                               .type = S("Kế hoạch"),
                               .number = number,
                               .day = issued,
                               .place = S("Tây Ninh"),
                               .issuer = S("BAN CHỈ ĐẠO"),
                               .title = title,
                           },
                           &document));
        TRY(q_plan_insert(tx,
                          &(struct q_plan_insert_args){
                              .committee_id = tx->c->committee_id,
                              .document_id = document,
                              .number = number,
                              .number_fold = text_fold(a, number),
                              .title = title,
                              .year = y,
                              .issued = issued,
                          },
                          ret_plan));
        for (int i = 0; i < 4; i++)
                TRY(q_task_group_insert(tx,
                                        &(struct q_task_group_insert_args){
                                            .committee_id = tx->c->committee_id,
                                            .plan_id = *ret_plan,
                                            .ord = i,
                                            .no = str_fmt(a, "%d", i + 1),
                                            .title = str_fmt(a, "Nhóm nhiệm vụ %d: %s", i + 1,
                                                             things[(f->plan + i) % (int)ARRAY_LEN(things)]),
                                        },
                                        &ret_group[i]));
        return DD_OK;
}

static enum dd_err
event(struct dd_tx *tx, int64_t task, int64_t assignment, struct q_event_insert_args args)
{
        int64_t id;

        args.committee_id = tx->c->committee_id;
        args.task_id = task;
        args.assignment_id = assignment;
        args.now = tx->c->now;
        args.doc_day = DD_NO_DAY;
        return q_event_insert(tx, &args, &id);
}

/* What its leads told: most of what is due has come in, some is late, some is silent. */
static enum dd_err
tell(struct dd_tx *tx, struct fill *f, int64_t task, int32_t issued, int32_t due)
{
        struct q_assignment_rows as;
        uint64_t pace = dice(f, 100);

        TRY(q_assignment_list(tx, tx->c->committee_id, task, &as));
        for (size_t i = 0; i < as.n; i++) {
                int32_t day = issued + 3 + (int32_t)dice(f, 20), end = due - 20 + (int32_t)dice(f, 30);
                int64_t id = as.v[i].id;

                if (!str_eq(as.v[i].role, S("lead")) || day > f->today || pace < 12)
                        continue;
                TRY(event(tx, task, id, (struct q_event_insert_args){ .kind = S("received"), .day = day }));
                day += 10 + (int32_t)dice(f, 60);
                for (int k = 1; k <= 2 && day < end && day <= f->today; k++, day += 20 + (int32_t)dice(f, 90))
                        TRY(event(tx, task, id,
                                  (struct q_event_insert_args){ .kind = S("updated"),
                                                                .day = day,
                                                                .percent = { 30 * k, true },
                                                                .note = str_of(PICK(f, notes)) }));
                if (end > f->today || pace < 16)
                        continue;
                TRY(event(
                    tx, task, id,
                    (struct q_event_insert_args){ .kind = S("handed_in"), .day = end, .note = S("Đã nộp kết quả.") }));
                if (pace < 18 || end + 5 > f->today)
                        continue;
                TRY(event(tx, task, id, (struct q_event_insert_args){ .kind = S("confirmed"), .day = end + 5 }));
        }
        return DD_OK;
}

static struct str
title_of(struct arena *a, struct fill *f, int64_t nth)
{
        const char *rare = nth % 151 == 77 && nth < 7 * 151 ? " " RARE : "";

        return str_fmt(a, "%s %s%s %s, %s", PICK(f, verbs), PICK(f, things), rare, PICK(f, scopes), PICK(f, scopes));
}

static enum dd_err
make_task(struct dd_tx *tx, struct fill *f, int64_t plan, int64_t group, int32_t issued, int64_t nth)
{
        struct arena *a = tx->c->arena;
        struct mention who[3] = { PICK(f, f->agency), PICK(f, f->agency), PICK(f, f->agency) };
        struct mentions lead = { who, dice(f, 12) == 0 ? 2 : 1, 3 }, with = { who + 2, dice(f, 3) > 0, 1 };
        int32_t due = issued + 30 + (int32_t)dice(f, 500);
        bool open_end = dice(f, 25) == 0;
        int64_t id;
        int y, m, d;

        day_parts(due, &y, &m, &d);
        TRY(task_create(
            tx,
            &(struct task_new){
                .plan_id = plan,
                .group_id = group,
                .title = title_of(a, f, nth),
                .output = str_of(PICK(f, outputs)),
                .deadline_text = open_end ? S("Khi cấp trên có hướng dẫn") : str_fmt(a, "Trước ngày %d/%d/%d", d, m, y),
                .deadline_kind = open_end ? "relative" : "date",
                .start_day = DD_NO_DAY,
                .due = open_end ? DD_NO_DAY : due,
                .from_day = issued,
                .lead = &lead,
                .coordinating = &with,
            },
            &id));
        TRY(tell(tx, f, id, issued, due));
        return span_project(tx, id);
}

static enum dd_err
fill_part(struct dd_ctx *c, void *arg)
{
        struct fill *f = arg;
        AUTO_TX tx = { 0 };

        TRY(dd_tx_begin(&tx, c));
        if (f->at == 0) {
                f->issued = f->today - 5 - (int32_t)dice(f, 1400);
                TRY(make_plan(&tx, f, f->issued, &f->plan_id, f->group));
        }
        for (int64_t i = 0; i < PART && f->at < f->tasks; i++, f->at++)
                TRY(make_task(&tx, f, f->plan_id, f->group[f->at * 4 / f->tasks], f->issued, f->from + f->at));
        return dd_tx_commit(&tx);
}

static enum dd_err
first_committee(struct dd_ctx *c, void *arg)
{
        struct committee_in in = { S("Ban Chỉ đạo cải cách hành chính tỉnh"), S("BCĐ cải cách hành chính"),
                                   S("UBND TỈNH"), S("BAN CHỈ ĐẠO"), S("Tây Ninh") };
        bool is_new;

        (void)arg;
        return committee_open(c, &in, &is_new);
}

static enum dd_err
fill_all(struct dd_ctx *c, struct fill *f, int64_t tasks)
{
        struct arena *keep = c->arena, *a = arena_new(0);
        enum dd_err err = DD_OK;

        name_agencies(keep, f);
        TRY(dd_write(c, first_committee, NULL));
        c->arena = a;
        for (; f->from < tasks && err == DD_OK; f->from += f->tasks, f->plan++) {
                f->tasks = tasks - f->from < PLAN_TASKS ? tasks - f->from : PLAN_TASKS;
                for (f->at = 0; f->at < f->tasks && err == DD_OK;) {
                        err = dd_write(c, fill_part, f);
                        if (err == DD_OK)
                                arena_reset(a);
                }
                if (f->plan % 100 == 99)
                        fprintf(stderr, "%lld\n", (long long)(f->from + f->tasks));
        }
        return err;
}

int
main(int argc, char **argv)
{
        struct dd_ctx c = { .arena = arena_new(0), .is_system = true, .origin = S("bench"), .now = dd_clock_now() };
        struct fill f = { .seed = 0x9E3779B97F4A7C15u, .today = day_from_instant(c.now) };
        int64_t tasks = 0;
        int applied;

        if (argc < 3 || !str_to_i64(str_of(argv[2]), &tasks)) {
                fprintf(stderr, "bench-fill DATA TASKS [DAY]\n");
                return 2;
        }
        if (argc > 3)
                f.today = day_parse(str_of(argv[3]));
        c.today = c.as_of = f.today;
        enum dd_err err = dd_db_open(&c, str_of(argv[1]), &c.db);
        if (err == DD_OK)
                err = dd_migrate(&c, dd_schema, dd_schema_n, &applied);
        if (err == DD_OK)
                err = fill_all(&c, &f, tasks);
        if (err != DD_OK)
                fprintf(stderr, "bench-fill: %s: %.*s\n", dd_err_name(err), FMT(c.err_text));
        dd_db_close(c.db);
        return err != DD_OK;
}
