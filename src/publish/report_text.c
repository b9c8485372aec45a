/* Opening, figures, results by group: sections I and II. */
#include "dd_text.h"
#include "report_priv.h"

void
report_text(struct arena *a, struct report *r, enum report_kind kind, struct str text)
{
        *VEC_PUSH(a, &r->body) = (struct report_block){ kind, text, NULL };
}

struct report_table *
report_table(struct arena *a, struct report *r, const struct report_col *cols, size_t n)
{
        struct report_table *t = arena_alloc(a, sizeof *t);

        t->cols = cols;
        t->n_cols = n;
        *VEC_PUSH(a, &r->body) = (struct report_block){ REPORT_TABLE, STR_NONE, t };
        return t;
}

/* ---- opening --------------------------------------------------------------------------------------------- */

/* Named in full the first time (Decree 30): type, number, date, issuer, what it is about. */
static struct str
plan_in_full(struct arena *a, const struct report_data *d, const struct report *r)
{
        struct str about = words_lower_first(a, words_bare(d->plan.plan.title)),
                   by = report_is_own_plan(a, d) ? report_committee(d)
                                                 : words_body(a, words_bare(d->plan.document.issuer));
        struct str day = day_paper(a, d->plan.plan.issued);
        const char *join = str_starts(about, S("về ")) ? "" : "về ";

        if (str_has(text_fold(a, about), text_fold(a, by)))
                return str_fmt(a, "%.*s %.*s %s%.*s", FMT(r->plan_name), FMT(day), join, FMT(about));
        return str_fmt(a, "%.*s %.*s của %.*s %s%.*s", FMT(r->plan_name), FMT(day), FMT(by), join, FMT(about));
}

void
report_opening(struct arena *a, const struct report_data *d, struct report *r)
{
        struct str plan = plan_in_full(a, d, r), day = words_day(a, d->day), speaker = report_speaker(d);
        struct str standing = d->committee.standing_name, from = S("trên cơ sở cập nhật của các cơ quan chủ trì");

        if (d->by_standing)
                speaker = str_fmt(a, "%.*s - cơ quan thường trực Ban Chỉ đạo", FMT(speaker));
        else if (standing.n > 0)
                from =
                    str_fmt(a, "trên cơ sở cập nhật của các cơ quan chủ trì và tổng hợp của %.*s - cơ quan thường trực",
                            FMT(standing));
        report_text(
            a, r, REPORT_TEXT,
            str_fmt(
                a,
                "Thực hiện %.*s (sau đây gọi tắt là Kế hoạch), %.*s, %.*s báo cáo tình hình thực hiện, số liệu tính "
                "đến hết ngày %.*s, như sau:",
                FMT(plan), FMT(from), FMT(speaker), FMT(day)));
        if (r->sample)
                report_text(
                    a, r, REPORT_NOTE,
                    S("Bản trình diễn: báo cáo có số liệu ví dụ (đánh dấu * ở Phụ lục), không dùng để ban hành."));
}

/* ---- I. figures ------------------------------------------------------------------------------------------- */

static const struct report_col figure_cols[] = { { S("Tình trạng"), 42, false },
                                                 { S("Số nhiệm vụ"), 27, true },
                                                 { S("Tỷ lệ"), 20, true },
                                                 { S("Chi tiết"), 76, false } };

static struct str
done_words(struct arena *a, const struct board *b)
{
        struct str x = words_two(a, b->done_on_time), y = words_two(a, b->done_late), z = words_two(a, b->done_no_due);

        return str_fmt(a, "đúng hạn %.*s, quá hạn %.*s, không ghi hạn %.*s", FMT(x), FMT(y), FMT(z));
}

static void
figure_row(struct arena *a, struct report_table *t, const struct board *b, enum task_state s, struct str details)
{
        struct report_row *row = VEC_PUSH(a, t);

        row->cell[0] = str_of(state_label(s));
        row->cell[1] = words_share(a, b->n[s], b->total);
        row->cell[2] = words_percent(a, b->n[s], b->total);
        row->cell[3] = words_upper_first(a, details);
}

static void
figure_table(struct arena *a, const struct report_data *d, struct report *r)
{
        const struct board *b = &d->board;
        struct report_table *t = report_table(a, r, figure_cols, ARRAY_LEN(figure_cols));
        struct str overdue = words_share(a, b->n[STATE_OVERDUE], b->due_by_now),
                   soon = words_share(a, b->n[STATE_ATTENTION], b->remaining);
        struct str days = words_two(a, b->rules.due_soon_days);

        figure_row(a, t, b, STATE_DONE, done_words(a, b));
        figure_row(a, t, b, STATE_AWAITING, S("đã nộp kết quả, chưa được xác nhận"));
        figure_row(a, t, b, STATE_OVERDUE, str_fmt(a, "%.*s nhiệm vụ đã đến hạn", FMT(overdue)));
        figure_row(
            a, t, b, STATE_ATTENTION,
            str_fmt(a, "%.*s nhiệm vụ còn lại; hạn trong %.*s ngày tới, kể cả trong ngày", FMT(soon), FMT(days)));
        figure_row(a, t, b, STATE_DOING, S("trong hạn, đã tiếp nhận hoặc cập nhật"));
        figure_row(a, t, b, STATE_WAITING, S("trong hạn, chưa có cập nhật"));
        struct report_row *sum = VEC_PUSH(a, t);
        *sum = (struct report_row){ { S("Cộng"), words_two(a, b->total), S("100%"), S("") }, true };
        if (b->n[STATE_DROPPED] > 0) {
                struct str dropped = words_two(a, b->n[STATE_DROPPED]);

                sum->cell[3] = str_fmt(a, "Không tính %.*s nhiệm vụ không tiếp tục thực hiện", FMT(dropped));
        }
}

static const struct report_col agency_cols[] = {
        { S("Cơ quan chủ trì"), 52, false }, { S("Được giao"), 17, true },    { S("Hoàn thành"), 17, true },
        { S("Chờ xác nhận"), 17, true },     { S("Quá hạn"), 15, true },      { S("Sắp đến hạn"), 15, true },
        { S("Đang thực hiện"), 16, true },   { S("Chưa bắt đầu"), 16, true },
};

static void
agency_table(struct arena *a, const struct report_data *d, struct report *r)
{
        static const enum task_state order[] = { STATE_DONE,      STATE_AWAITING, STATE_OVERDUE,
                                                 STATE_ATTENTION, STATE_DOING,    STATE_WAITING };
        struct report_table *t = report_table(a, r, agency_cols, ARRAY_LEN(agency_cols));
        int64_t total = 0, sums[STATE_MAX] = { 0 };

        for (size_t i = 0; i < d->board.n_lines; i++) {
                const struct board_line *l = &d->board.lines[i];
                struct report_row *row = VEC_PUSH(a, t);

                row->cell[0] = l->name;
                row->cell[1] = words_two(a, l->total);
                total += l->total;
                for (size_t k = 0; k < ARRAY_LEN(order); k++) {
                        row->cell[k + 2] = l->n[order[k]] > 0 ? words_two(a, l->n[order[k]]) : S("-");
                        sums[k] += l->n[order[k]];
                }
        }
        struct report_row *sum = VEC_PUSH(a, t);
        *sum = (struct report_row){ { S("Cộng"), words_two(a, total) }, true };
        for (size_t k = 0; k < ARRAY_LEN(order); k++)
                sum->cell[k + 2] = sums[k] > 0 ? words_two(a, sums[k]) : S("-");
}

/* The plan assigned what was discontinued, too; only the shares leave it out. */
static struct str
given_words(struct arena *a, const struct report_data *d)
{
        return words_two(a, d->board.total + d->board.n[STATE_DROPPED]);
}

/* ", trong đó 01 nhiệm vụ không tiếp tục thực hiện (nhiệm vụ 5, theo Quyết định số 12/QĐ-BCĐ ngày 01/9/2023)" */
static struct str
dropped_words(struct arena *a, const struct report_data *d)
{
        struct str n = words_two(a, d->board.n[STATE_DROPPED]), total = words_two(a, d->board.total);
        AUTO_BUF b = { 0 };

        if (d->board.n[STATE_DROPPED] == 0)
                return S("");
        for (size_t i = 0; i < d->plan.tasks.n; i++) {
                const struct q_task_item_row *t = &d->plan.tasks.v[i];
                struct str paper = STR_NONE, day = STR_NONE;

                if (report_state(d, t) != STATE_DROPPED)
                        continue;
                for (size_t k = 0; k < d->events.n; k++)
                        if (d->events.v[k].task_id == t->id && str_eq(d->events.v[k].kind, S("discontinued"))) {
                                paper = d->events.v[k].doc_number;
                                day = words_day(a, d->events.v[k].doc_day);
                        }
                buf_fmt(&b, "%snhiệm vụ %.*s", b.n > 0 ? "; " : "", FMT(t->no));
                if (paper.n > 0)
                        buf_fmt(&b, " theo văn bản số %.*s%s%.*s", FMT(paper), day.n > 0 ? " ngày " : "", FMT(day));
        }
        return str_fmt(a, ", trong đó %.*s nhiệm vụ không tiếp tục thực hiện (%.*s), còn %.*s nhiệm vụ theo dõi",
                       FMT(n), FMT(buf_view(&b)), FMT(total));
}

void
report_figures(struct arena *a, const struct report_data *d, struct report *r)
{
        const struct board *b = &d->board;
        struct str groups = words_two(a, (int64_t)d->plan.groups.n), day = words_day(a, d->day);
        struct str given = given_words(a, d), agencies = words_two(a, b->agencies),
                   share = words_share(a, b->n[STATE_DONE], b->total);
        struct str percent = words_percent(a, b->n[STATE_DONE], b->total), done = done_words(a, b);
        struct str awaiting = words_share(a, b->n[STATE_AWAITING], b->total),
                   overdue = words_share(a, b->n[STATE_OVERDUE], b->due_by_now);
        int64_t going = b->n[STATE_ATTENTION] + b->n[STATE_DOING] + b->n[STATE_WAITING];
        struct str open = words_share(a, going, b->total), in = S("");

        report_text(a, r, REPORT_H1, S("I. KẾT QUẢ CHUNG"));
        report_text(a, r, REPORT_H2, S("1. Theo nhiệm vụ"));
        if (d->plan.groups.n > 0)
                in = str_fmt(a, " trong %.*s nhóm", FMT(groups));
        report_text(
            a, r, REPORT_TEXT,
            str_fmt(a,
                    "Kế hoạch giao %.*s nhiệm vụ%.*s cho %.*s cơ quan, nhóm cơ quan chủ trì%.*s. Tính đến hết ngày "
                    "%.*s, mỗi nhiệm "
                    "vụ tính một lần, có %.*s nhiệm vụ hoàn thành (%.*s; %.*s); %.*s nhiệm vụ đã nộp kết quả, "
                    "chờ xác nhận; "
                    "%.*s nhiệm vụ đã đến hạn bị quá hạn; %.*s nhiệm vụ đang trong hạn, cụ thể:",
                    FMT(given), FMT(in), FMT(agencies), FMT(dropped_words(a, d)), FMT(day), FMT(share), FMT(percent),
                    FMT(done), FMT(awaiting), FMT(overdue), FMT(open)));
        figure_table(a, d, r);
        report_text(a, r, REPORT_H2, S("2. Theo cơ quan chủ trì"));
        report_text(a, r, REPORT_TEXT,
                    str_fmt(a,
                            "Tính theo phân công đến hết ngày %.*s, nhiệm vụ giao nhiều cơ quan cùng chủ trì được tính "
                            "ở từng cơ quan:",
                            FMT(day)));
        agency_table(a, d, r);
}

/* ---- II. groups -------------------------------------------------------------------------------------------- */

static struct str
group_counts(struct arena *a, const struct report_data *d, struct str no)
{
        static const enum task_state order[] = { STATE_DONE,      STATE_AWAITING, STATE_OVERDUE,
                                                 STATE_ATTENTION, STATE_DOING,    STATE_WAITING };
        int64_t total = 0, n[STATE_MAX] = { 0 };
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < d->plan.tasks.n; i++) {
                enum task_state s = report_state(d, &d->plan.tasks.v[i]);

                if (!str_eq(d->plan.tasks.v[i].group_no, no))
                        continue;
                n[s]++;
                total += s != STATE_DROPPED;
        }
        for (size_t k = 0; k < ARRAY_LEN(order); k++) {
                struct str share = words_share(a, n[order[k]], total),
                           label = words_lower_first(a, str_of(state_label(order[k])));

                if (n[order[k]] > 0)
                        buf_fmt(&b, "%s%.*s %.*s", b.n > 0 ? "; " : "", FMT(label), FMT(share));
        }
        struct str all = words_two(a, total);
        return b.n > 0 ? str_fmt(a, "Nhóm có %.*s nhiệm vụ: %.*s.", FMT(all), FMT(buf_view(&b)))
                       : S("Nhóm không có nhiệm vụ đang theo dõi.");
}

/* Which list of a group a task stands in; by what happened, not by the calendar. */
enum chapter { CHAPTER_DONE, CHAPTER_AWAITING, CHAPTER_DOING, CHAPTER_NOTHING, CHAPTER_DROPPED, CHAPTERS };

static enum chapter
chapter_of(const struct q_task_item_row *t)
{
        if (t->lifecycle >= LIFE_DISCONTINUED)
                return CHAPTER_DROPPED;
        if (t->lifecycle >= LIFE_DONE)
                return CHAPTER_DONE;
        if (t->lifecycle >= LIFE_HANDED_IN)
                return CHAPTER_AWAITING;
        return t->lifecycle > LIFE_ASSIGNED ? CHAPTER_DOING : CHAPTER_NOTHING;
}

static struct str
task_item(struct arena *a, const struct report_data *d, const struct q_task_item_row *t)
{
        enum task_state s = report_state(d, t);
        struct str title = words_bare(t->title), words = report_told(a, d, t).words, state = STR_NONE;
        struct str done = words_day(a, t->done_day), head;

        head = str_fmt(a, "Nhiệm vụ %.*s, %.*s chủ trì: %.*s", FMT(t->no), FMT(t->leads), FMT(title));
        if (s == STATE_DONE) {
                state = report_state_words(a, d, t);
                state = str_fmt(a, str_eq(state, S("Hoàn thành")) ? "%.*s ngày %.*s" : "%.*s, ngày %.*s", FMT(state),
                                FMT(done));
                words = words.n > 0 ? str_fmt(a, "%.*s; %.*s", FMT(state), FMT(words)) : state;
        } else if (s == STATE_OVERDUE || s == STATE_ATTENTION) {
                state = words_lower_first(a, report_state_words(a, d, t));
                words = words.n > 0 ? str_fmt(a, "%.*s; %.*s", FMT(words), FMT(state)) : state;
        }
        words = words.n > 0 ? words_upper_first(a, words) : S("Chưa ghi kết quả");
        return str_fmt(a, "%.*s. %.*s.", FMT(head), FMT(words));
}

static void
group_chapter(struct arena *a, const struct report_data *d, struct report *r, struct str no, enum chapter chapter)
{
        static const char *const heads[] = { "Đã hoàn thành:", "Đã nộp kết quả, chờ xác nhận:", "Đang thực hiện:" };
        struct str *nos = arena_array(a, d->plan.tasks.n + 1, sizeof *nos);
        size_t n = 0;

        for (size_t i = 0; i < d->plan.tasks.n; i++) {
                const struct q_task_item_row *t = &d->plan.tasks.v[i];

                if (!str_eq(t->group_no, no) || chapter_of(t) != chapter)
                        continue;
                nos[n++] = t->no;
                if (chapter > CHAPTER_DOING)
                        continue;
                if (n == 1)
                        report_text(a, r, REPORT_TEXT, str_of(heads[chapter]));
                report_text(a, r, REPORT_ITEM, task_item(a, d, t));
        }
        if (n == 0 || chapter <= CHAPTER_DOING)
                return;
        struct str list = words_list(a, nos, n);
        report_text(a, r, REPORT_TEXT,
                    chapter == CHAPTER_NOTHING ? str_fmt(a, "Chưa có cập nhật của cơ quan chủ trì: %.*s.", FMT(list))
                                               : str_fmt(a, "Không tiếp tục thực hiện: %.*s.", FMT(list)));
}

void
report_groups(struct arena *a, const struct report_data *d, struct report *r)
{
        bool loose = d->plan.groups.n == 0;

        report_text(a, r, REPORT_H1, S("II. KẾT QUẢ THEO NHÓM NHIỆM VỤ"));
        for (size_t i = 0; i < d->plan.tasks.n && !loose; i++)
                loose = d->plan.tasks.v[i].group_no.n == 0; /* added by hand, outside the groups */
        for (size_t g = 0; g < d->plan.groups.n + (size_t)loose; g++) {
                bool last = g == d->plan.groups.n;
                struct str no = last ? STR_NONE : d->plan.groups.v[g].no;
                struct str title = !last    ? d->plan.groups.v[g].title
                                   : g == 0 ? S("Các nhiệm vụ")
                                            : S("Nhiệm vụ ngoài các nhóm");

                report_text(a, r, REPORT_H2, str_fmt(a, "%zu. %.*s", g + 1, FMT(title)));
                report_text(a, r, REPORT_TEXT, group_counts(a, d, no));
                for (int k = 0; k < CHAPTERS; k++)
                        group_chapter(a, d, r, no, (enum chapter)k);
        }
}
