/* What is late, what hinders, what is proposed: sections III to V. Every sentence comes from data; a person edits them
 * before signing. */
#include "dd_text.h"
#include "report_priv.h"

/* ---- III. overdue and due soon ----------------------------------------------------------------------------- */

static const struct report_col due_cols[] = { { S("TT"), 11, true },
                                              { S("Nhiệm vụ"), 66, false },
                                              { S("Cơ quan chủ trì"), 36, false },
                                              { S("Thời hạn"), 28, true },
                                              { S("Tình trạng"), 24, true } };

static struct str
due_words(struct arena *a, const struct q_task_item_row *t)
{
        struct str due = t->due != DD_NO_DAY ? words_day(a, t->due) : t->deadline_text,
                   original = words_day(a, t->original_due);

        if (t->original_due != DD_NO_DAY && t->original_due != t->due)
                return str_fmt(a, "%.*s\n(hạn gốc %.*s)", FMT(due), FMT(original));
        return due;
}

static void
due_table(struct arena *a, const struct report_data *d, struct report *r, enum task_state state)
{
        struct report_table *t = report_table(a, r, due_cols, ARRAY_LEN(due_cols));

        for (size_t i = 0; i < d->plan.tasks.n; i++) {
                const struct q_task_item_row *row = &d->plan.tasks.v[i];

                if (report_state(d, row) == state)
                        *VEC_PUSH(a, t) = (struct report_row){ { row->no, row->title, row->leads, due_words(a, row),
                                                                 report_state_words(a, d, row) } };
        }
}

static bool
has_conditional(const struct report_data *d)
{
        for (size_t i = 0; i < d->plan.tasks.n; i++)
                if (d->plan.tasks.v[i].conditional && report_state(d, &d->plan.tasks.v[i]) == STATE_ATTENTION)
                        return true;
        return false;
}

void
report_due(struct arena *a, const struct report_data *d, struct report *r)
{
        const struct board *b = &d->board;
        struct str day = words_day(a, d->day), late = words_share(a, b->n[STATE_OVERDUE], b->due_by_now);
        struct str soon = words_share(a, b->n[STATE_ATTENTION], b->remaining),
                   days = words_two(a, b->rules.due_soon_days);

        report_text(a, r, REPORT_H1, S("III. NHIỆM VỤ QUÁ HẠN, SẮP ĐẾN HẠN"));
        report_text(a, r, REPORT_H2, S("1. Nhiệm vụ quá hạn"));
        if (b->due_by_now == 0) {
                report_text(a, r, REPORT_TEXT,
                            str_fmt(a, "Tính đến hết ngày %.*s chưa có nhiệm vụ nào đến hạn.", FMT(day)));
        } else if (b->n[STATE_OVERDUE] == 0) {
                report_text(a, r, REPORT_TEXT,
                            str_fmt(a, "Tính đến hết ngày %.*s không có nhiệm vụ quá hạn (%.*s nhiệm vụ đã đến hạn).",
                                    FMT(day), FMT(late)));
        } else {
                report_text(
                    a, r, REPORT_TEXT,
                    str_fmt(a, "Tính đến hết ngày %.*s, %.*s nhiệm vụ đã đến hạn bị quá hạn:", FMT(day), FMT(late)));
                due_table(a, d, r, STATE_OVERDUE);
        }
        report_text(a, r, REPORT_H2, S("2. Nhiệm vụ sắp đến hạn"));
        if (b->n[STATE_ATTENTION] == 0) {
                report_text(a, r, REPORT_TEXT, str_fmt(a, "Không có nhiệm vụ đến hạn trong %.*s ngày tới.", FMT(days)));
        } else {
                report_text(
                    a, r, REPORT_TEXT,
                    str_fmt(a, "%.*s nhiệm vụ còn lại đến hạn trong %.*s ngày tới, kể cả trong ngày %.*s%s:", FMT(soon),
                            FMT(days), FMT(day), has_conditional(d) ? ", hoặc có hạn kèm điều kiện" : ""));
                due_table(a, d, r, STATE_ATTENTION);
        }
}

/* ---- IV. difficulties --------------------------------------------------------------------------------------- */

/* Names of the board's lines that are silent, or have no member. */
static struct str
agencies(struct arena *a, const struct board *b, bool silent, int64_t *ret_n)
{
        AUTO_BUF names = { 0 };

        *ret_n = 0;
        for (size_t i = 0; i < b->n_lines; i++) {
                const struct board_line *l = &b->lines[i];

                if (silent ? !l->is_silent : !l->no_member)
                        continue;
                buf_fmt(&names, "%s%.*s", (*ret_n)++ > 0 ? "; " : "", FMT(l->name));
        }
        return str_dup(a, buf_view(&names));
}

/* Tasks in a lifecycle, or with a changed deadline. */
static struct str
tasks_in(struct arena *a, const struct report_data *d, int64_t lifecycle, size_t *ret_n)
{
        struct str *nos = arena_array(a, d->plan.tasks.n + 1, sizeof *nos);

        *ret_n = 0;
        for (size_t i = 0; i < d->plan.tasks.n; i++) {
                const struct q_task_item_row *t = &d->plan.tasks.v[i];
                bool moved = t->original_due != DD_NO_DAY && t->due != DD_NO_DAY && t->due != t->original_due;

                if (lifecycle != 0 ? t->lifecycle == lifecycle : moved)
                        nos[(*ret_n)++] = t->no;
        }
        return *ret_n > 0 ? words_list(a, nos, *ret_n) : STR_NONE;
}

static int64_t
open_notes(const struct report_data *d)
{
        int64_t n = 0;

        for (size_t i = 0; i < d->plan.notes.n; i++)
                n += !d->plan.notes.v[i].closed_at.has;
        return n;
}

static void
trouble_agencies(struct arena *a, const struct report_data *d, struct report *r)
{
        const struct board *b = &d->board;
        int64_t n_silent, n_out;
        struct str silent = agencies(a, b, true, &n_silent), out = agencies(a, b, false, &n_out);
        struct str days = words_two(a, b->rules.silent_days);

        if (n_silent > 0) {
                struct str share = words_share(a, n_silent, b->agencies);

                report_text(
                    a, r, REPORT_ITEM,
                    str_fmt(a,
                            "%.*s cơ quan, nhóm cơ quan chủ trì còn nhiệm vụ nhưng không cập nhật quá %.*s ngày: %.*s.",
                            FMT(share), FMT(days), FMT(silent)));
        }
        if (n_out > 0) {
                struct str share = words_share(a, n_out, b->agencies);

                report_text(a, r, REPORT_ITEM,
                            str_fmt(a,
                                    "%.*s cơ quan, nhóm cơ quan chủ trì chưa có thành viên trong danh sách phân công "
                                    "của Ban Chỉ đạo: %.*s.",
                                    FMT(share), FMT(out)));
        }
}

void
report_trouble(struct arena *a, const struct report_data *d, struct report *r)
{
        size_t n_back, n_moved, n_paused, before;
        struct str back = tasks_in(a, d, LIFE_RETURNED, &n_back), moved = tasks_in(a, d, 0, &n_moved),
                   paused = tasks_in(a, d, LIFE_SUSPENDED, &n_paused);
        struct str late = words_share(a, d->board.n[STATE_OVERDUE], d->board.due_by_now),
                   notes = words_two(a, open_notes(d));

        report_text(a, r, REPORT_H1, S("IV. TỒN TẠI, KHÓ KHĂN"));
        before = r->body.n;
        if (d->board.n[STATE_OVERDUE] > 0)
                report_text(a, r, REPORT_ITEM, str_fmt(a, "%.*s nhiệm vụ đã đến hạn bị quá hạn (mục III).", FMT(late)));
        trouble_agencies(a, d, r);
        if (n_back > 0)
                report_text(
                    a, r, REPORT_ITEM,
                    str_fmt(a, "Kết quả đã nộp bị trả lại, phải làm lại trong thời hạn ban đầu: %.*s.", FMT(back)));
        if (n_paused > 0)
                report_text(a, r, REPORT_ITEM, str_fmt(a, "Đang tạm dừng: %.*s.", FMT(paused)));
        if (n_moved > 0)
                report_text(a, r, REPORT_ITEM, str_fmt(a, "Thời hạn đã điều chỉnh so với Kế hoạch: %.*s.", FMT(moved)));
        if (open_notes(d) > 0)
                report_text(a, r, REPORT_ITEM,
                            str_fmt(a,
                                    "Còn %.*s ghi chú về bản Kế hoạch đã ban hành (số thứ tự, chữ, ngày, phân công) "
                                    "chưa rà soát xong.",
                                    FMT(notes)));
        if (r->body.n == before)
                report_text(a, r, REPORT_TEXT, S("Chưa ghi nhận tồn tại, khó khăn qua số liệu theo dõi."));
}

/* ---- V. proposals ------------------------------------------------------------------------------------------- */

/* "Liên minh HTX tỉnh khẩn trương hoàn thành nhiệm vụ 13": one item for each lead text in that state. */
static void
urge(struct arena *a, const struct report_data *d, struct report *r, enum task_state state)
{
        struct str *nos = arena_array(a, d->plan.tasks.n + 1, sizeof *nos);

        for (size_t i = 0; i < d->plan.tasks.n; i++) {
                const struct q_task_item_row *t = &d->plan.tasks.v[i];
                size_t n = 0;
                bool seen = false;

                for (size_t k = 0; k < d->plan.tasks.n && !seen; k++) {
                        const struct q_task_item_row *o = &d->plan.tasks.v[k];

                        if (report_state(d, o) != state || !str_eq(o->leads, t->leads))
                                continue;
                        seen = k < i;
                        nos[n++] = o->no;
                }
                if (report_state(d, t) != state || seen)
                        continue;
                struct str list = words_list(a, nos, n);
                report_text(a, r, REPORT_ITEM,
                            state == STATE_OVERDUE
                                ? str_fmt(a,
                                          "%.*s khẩn trương hoàn thành %.*s đã quá hạn; báo cáo rõ nguyên nhân và thời "
                                          "gian hoàn thành.",
                                          FMT(t->leads), FMT(list))
                                : str_fmt(a, "%.*s tập trung hoàn thành đúng hạn %.*s.", FMT(t->leads), FMT(list)));
        }
}

/* What is left for the standing agency itself: "kiểm tra, xác nhận 01 kết quả đã nộp"; "" for nothing. */
static struct str
own_work(struct arena *a, const struct report_data *d)
{
        int64_t waiting = d->board.n[STATE_AWAITING], notes = open_notes(d);
        struct str w = words_two(a, waiting), n = words_two(a, notes);
        struct str first = waiting > 0 ? str_fmt(a, "kiểm tra, xác nhận %.*s kết quả đã nộp", FMT(w)) : S("");
        struct str second =
            notes > 0 ? str_fmt(a, "rà soát %.*s ghi chú về bản Kế hoạch, đề xuất đính chính nếu cần", FMT(n)) : S("");

        return str_fmt(a, "%.*s%s%.*s", FMT(first), first.n > 0 && second.n > 0 ? "; " : "", FMT(second));
}

static void
proposals_rest(struct arena *a, const struct report_data *d, struct report *r)
{
        int64_t n_silent, n_out;
        size_t n_back;
        struct str out = agencies(a, &d->board, false, &n_out), back = tasks_in(a, d, LIFE_RETURNED, &n_back),
                   own = own_work(a, d);
        struct str standing = d->committee.standing_name.n > 0 ? d->committee.standing_name : S("Cơ quan thường trực");

        (void)agencies(a, &d->board, true, &n_silent);
        if (n_back > 0)
                report_text(
                    a, r, REPORT_ITEM,
                    str_fmt(a, "Cơ quan chủ trì có kết quả bị trả lại (%.*s) hoàn chỉnh hồ sơ, nộp lại.", FMT(back)));
        if (n_silent > 0)
                report_text(
                    a, r, REPORT_ITEM,
                    str_fmt(a, "Các cơ quan chưa cập nhật nêu tại mục IV báo cáo tiến độ, khó khăn, vướng mắc về %.*s.",
                            FMT(standing)));
        if (n_out > 0)
                report_text(a, r, REPORT_ITEM,
                            str_fmt(a, "Xem xét bổ sung thành viên hoặc cử đầu mối theo dõi đối với %.*s.", FMT(out)));
        if (own.n > 0 && !d->by_standing)
                report_text(a, r, REPORT_ITEM, str_fmt(a, "%.*s %.*s.", FMT(standing), FMT(own)));
}

void
report_proposals(struct arena *a, const struct report_data *d, struct report *r)
{
        struct str speaker = report_speaker(d), day = words_day(a, d->day);
        size_t before;

        report_text(a, r, REPORT_H1, S("V. ĐỀ XUẤT, KIẾN NGHỊ"));
        report_text(a, r, REPORT_TEXT,
                    d->by_standing ? str_fmt(a, "%.*s kính đề nghị Trưởng Ban Chỉ đạo xem xét, chỉ đạo:", FMT(speaker))
                                   : str_fmt(a, "%.*s đề nghị:", FMT(speaker)));
        before = r->body.n;
        urge(a, d, r, STATE_OVERDUE);
        urge(a, d, r, STATE_ATTENTION);
        proposals_rest(a, d, r);
        if (r->body.n == before)
                report_text(a, r, REPORT_ITEM,
                            S("Các cơ quan chủ trì tiếp tục thực hiện các nhiệm vụ theo đúng thời hạn của Kế hoạch."));
        if (d->by_standing && own_work(a, d).n > 0) {
                struct str own = own_work(a, d);

                report_text(a, r, REPORT_TEXT, str_fmt(a, "%.*s tiếp tục %.*s.", FMT(speaker), FMT(own)));
        }
        report_text(a, r, REPORT_TEXT,
                    str_fmt(a, "Trên đây là báo cáo tình hình thực hiện %.*s, số liệu tính đến hết ngày %.*s%s./.",
                            FMT(r->plan_name), FMT(day),
                            d->by_standing ? "; kính trình Trưởng Ban Chỉ đạo xem xét, chỉ đạo" : ""));
}
