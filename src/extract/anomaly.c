/* anomaly.c - what is odd in a paper: reported to the person who verifies, never repaired. */
#include "extract_priv.h"

#include "dd_text.h"

struct anomaly *
anomaly_add(struct xt *x, const char *kind, struct str where, struct str text, struct span span, int32_t task)
{
        struct {
                struct anomaly *v;
                size_t n, cap;
        } vec = { x->d->anomalies, x->d->n_anomalies, x->d->cap_anomalies };
        struct anomaly *a;

        if (vec.n >= DRAFT_LIST_MAX) /* a paper that is odd everywhere: the first ones tell it */
                return &vec.v[vec.n - 1];
        a = VEC_PUSH(x->a, &vec);
        x->d->anomalies = vec.v;
        x->d->n_anomalies = vec.n;
        x->d->cap_anomalies = vec.cap;
        *a = (struct anomaly){ .kind = kind, .where = where, .text = text, .span = span, .task = task };
        return a;
}

/* ---- numbering ------------------------------------------------------------------------------------------ */

struct numbered {
        struct str no;
        struct span span;
};

/* "4.10" to its parent "4" and its last part 10. */
static bool
split_no(struct str no, struct str *ret_parent, int64_t *ret_last)
{
        size_t dot = no.n;

        while (dot > 0 && no.p[dot - 1] != '.')
                dot--;
        *ret_parent = dot ? str_sub(no, 0, dot - 1) : STR_NONE;
        return str_to_i64(str_sub(no, dot, no.n), ret_last);
}

static void
numbers_check(struct xt *x, const struct numbered *v, size_t n, struct str where, bool gaps)
{
        for (size_t i = 1; i < n; i++) {
                struct str parent, before;
                int64_t last, prev;

                if (str_eq(v[i].no, v[i - 1].no)) {
                        anomaly_add(x, "duplicate-number", where,
                                    str_fmt(x->a, "%.*s / %.*s", FMT(v[i - 1].no), FMT(v[i].no)), v[i].span, -1);
                        continue;
                }
                if (!gaps || !split_no(v[i].no, &parent, &last) || !split_no(v[i - 1].no, &before, &prev) ||
                    !str_eq(parent, before))
                        continue;
                for (int64_t k = prev + 1; k < last && k < prev + 4; k++)
                        anomaly_add(x, "missing-number", where,
                                    str_fmt(x->a, "%.*s%s%lld", FMT(parent), parent.n ? "." : "", (long long)k),
                                    v[i].span, -1);
        }
}

static void
member_numbers(struct xt *x)
{
        struct numbered *v = arena_array(x->a, x->d->n_members + 1, sizeof *v);
        size_t seg;
        struct str where = S("Danh sách thành viên");

        if (x->d->n_members == 0)
                return;
        for (size_t i = 0; i < x->d->n_members; i++)
                v[i] = (struct numbered){ x->d->members[i].no, x->d->members[i].span };
        for (seg = 0; seg < x->f.n_segs; seg++) { /* the appendix that holds the first member */
                struct item it = item_read(&x->f, seg);

                if (flow_span(&x->f, it.from, it.to).from > v[0].span.from)
                        break;
                if (it.kind == ITEM_APPENDIX)
                        where = str_fmt(x->a, "Phụ lục %.*s", FMT(it.no));
        }
        numbers_check(x, v, x->d->n_members, str_trim(where), true);
}

static void
task_numbers(struct xt *x)
{
        struct numbered *v = arena_array(x->a, x->d->n_tasks + 1, sizeof *v);
        size_t n = 0;

        for (size_t i = 0; i < x->d->n_tasks; i++) {
                if (x->d->tasks[i].no.n)
                        v[n++] = (struct numbered){ x->d->tasks[i].no, x->d->tasks[i].span };
        }
        numbers_check(x, v, n, S("Danh sách nhiệm vụ"), true);
}

/* The letters of a list under one number: "d)" twice where "đ)" was meant. */
static void
letters_check(struct xt *x)
{
        struct str section = STR_NONE, number = STR_NONE, seen[40];
        size_t n = 0;

        for (size_t s = 0; s < x->f.n_segs; s++) {
                struct item it = item_read(&x->f, s);

                if (it.kind == ITEM_ROMAN || it.kind == ITEM_ARTICLE) {
                        section = it.no;
                        number = STR_NONE;
                        n = 0;
                } else if (it.kind == ITEM_NUMBER) {
                        number = it.no;
                        n = 0;
                } else if (it.kind == ITEM_LETTER) {
                        bool again = n > 0 && str_eq(seen[n - 1], it.no);

                        if (again)
                                anomaly_add(
                                    x, "repeated-letter",
                                    str_fmt(x->a, "%.*s%s%.*s", FMT(section), section.n ? "." : "", FMT(number)),
                                    str_fmt(x->a, "%.*s) / %.*s)%s", FMT(it.no), FMT(it.no),
                                            str_eq(it.no, S("d")) ? " (chữ sau có thể là đ)" : ""),
                                    flow_span(&x->f, it.from, view_next(&x->f.v, it.from) + 1), -1);
                        if (n < ARRAY_LEN(seen))
                                seen[n++] = it.no;
                }
        }
}

/* ---- tasks ---------------------------------------------------------------------------------------------- */

static int32_t
document_day(const struct xt *x)
{
        for (size_t i = 0; i < x->d->n_documents; i++) {
                if (x->d->documents[i].date != DD_NO_DAY)
                        return x->d->documents[i].date;
        }
        return DD_NO_DAY;
}

/* The title speaks of a year before the paper's: "tổng kết năm 2022" in a plan for 2023. */
static bool
speaks_of_past(struct xt *x, struct str title, int year)
{
        struct view v = view_of(x->a, title);

        for (size_t i = 0; i < v.n; i = view_next(&v, i)) {
                struct caught got = { 0 };

                if (v.bare[i] == 'n' && view_boundary(&v, i) && pat(&v, i, "nam {y}", &got) && got.year[0] < year)
                        return true;
        }
        return false;
}

/* What speaks against a deadline lowers it, so that a person looks there first. */
static void
deadline_doubt(struct xt *x, size_t i, const char *kind, struct str text)
{
        struct draft_task *t = &x->d->tasks[i];

        anomaly_add(x, kind, str_fmt(x->a, "nhiệm vụ %.*s", FMT(t->no)), text, t->deadline_text.span, (int32_t)i);
        t->deadline_text.note = text;
        t->deadline_text.confidence = t->deadline_text.confidence < 30 ? t->deadline_text.confidence : 30;
        t->confidence = t->confidence < 50 ? t->confidence : 50;
}

/* "31/9/2025", "30 tháng 2": a day that its month does not have. */
static bool
impossible_day(struct xt *x, struct str text, int year, struct str *ret)
{
        struct view v = view_of(x->a, text);

        for (size_t i = 0; i < v.n; i = view_next(&v, i)) {
                struct caught got = { 0 };
                int d, m, y = year > 0 ? year : 2024;

                if (v.bare[i] < '1' || v.bare[i] > '3' || (i > 0 && (bare_word(v.bare[i - 1]) || v.bare[i - 1] == '/')))
                        continue;
                if (!pat(&v, i, "({n}/{n}/{y}|{n}-{n}-{y}|{n}.{n}.{y}|{n} thang {n} nam {y}|{n} thang {n})", &got) ||
                    got.n_number < 2)
                        continue;
                d = got.number[0];
                m = got.number[1];
                y = got.n_year ? got.year[0] : y;
                if (d < 1 || d > 31 || m < 1 || m > 12 || d <= month_days(y, m))
                        continue;
                *ret = m == 2 ? str_fmt(x->a, "không có ngày %d tháng 2: tháng 2 năm %d chỉ có %d ngày", d, y,
                                        month_days(y, m))
                              : str_fmt(x->a, "không có ngày %d tháng %d: tháng %d chỉ có %d ngày", d, m, m,
                                        month_days(y, m));
                return true;
        }
        return false;
}

static void
deadlines_check(struct xt *x)
{
        int32_t issued = document_day(x);

        for (size_t i = 0; i < x->d->n_tasks; i++) {
                const struct draft_task *t = &x->d->tasks[i];
                const struct deadline *d = &t->deadline;
                struct str text;

                if (d->kind == DL_DONE || d->kind == DL_NONE)
                        continue;
                if (impossible_day(x, t->deadline_text.text, x->year, &text))
                        deadline_doubt(x, i, "impossible-date", text);
                else if (issued != DD_NO_DAY && d->kind != DL_RECURRING && d->due != DD_NO_DAY && d->due < issued)
                        deadline_doubt(x, i, "deadline-before-document",
                                       str_fmt(x->a, "hạn %.*s trước ngày văn bản %.*s", FMT(day_text(x->a, d->due)),
                                               FMT(day_text(x->a, issued))));
        }
}

/* Two rows of one number: the person who verifies sees the second one first. */
static void
tasks_of_one_number(struct xt *x)
{
        for (size_t i = 1; i < x->d->n_tasks; i++) {
                struct draft_task *t = &x->d->tasks[i];

                if (!t->no.n || !str_eq(t->no, x->d->tasks[i - 1].no))
                        continue;
                task_note(x, t, str_fmt(x->a, "Số thứ tự %.*s lặp lại của dòng trước.", FMT(t->no)));
                t->confidence = t->confidence < 70 ? t->confidence : 70;
        }
}

static void
task_checks(struct xt *x)
{
        int32_t issued = document_day(x);
        int y = 0, m, day;

        if (issued != DD_NO_DAY)
                day_parts(issued, &y, &m, &day);
        for (size_t i = 0; i < x->d->n_tasks; i++) {
                struct draft_task *t = &x->d->tasks[i];
                struct str where = str_fmt(x->a, "nhiệm vụ %.*s", FMT(t->no));
                size_t scoped = 0;

                for (size_t k = 0; k < t->lead.n; k++)
                        scoped += t->lead.v[k].note.n > 0;
                if (t->lead.n > 1 && scoped > 1)
                        anomaly_add(x, "two-leads", where,
                                    str_fmt(x->a, "%zu cơ quan chủ trì, mỗi cơ quan một phần: %.*s", t->lead.n,
                                            FMT(t->lead_field.text)),
                                    t->lead_field.span, (int32_t)i);
                if (t->deadline.kind != DL_DONE)
                        continue;
                anomaly_add(x, "already-done", where,
                            str_fmt(x->a, "ô thời hạn ghi việc đã xong: %.*s", FMT(t->deadline_text.text)),
                            t->deadline_text.span, (int32_t)i);
                task_note(x, t, S("Văn bản ghi việc này đã xong trước khi giao."));
                if (issued != DD_NO_DAY && t->deadline.due != DD_NO_DAY && t->deadline.due < issued &&
                    speaks_of_past(x, t->title.text, y))
                        anomaly_add(x, "task-before-document", where,
                                    str_fmt(x->a, "việc xong ngày %.*s, trước ngày văn bản %.*s, và nói về năm trước",
                                            FMT(day_text(x->a, t->deadline.due)), FMT(day_text(x->a, issued))),
                                    t->title.span, (int32_t)i);
        }
}

/* ---- marks of the page and of writing ------------------------------------------------------------------- */

#define ROW_LINES 16 /* numbers that follow one another nearer than this count rows, not pages */

/* A neighbour that is one more or one less, a few lines away: cells of a table pasted one a line. */
static bool
counts_rows(const struct xt *x, size_t i)
{
        const struct blocks *b = x->f.b;
        int64_t mine, other;

        if (!str_to_i64(str_trim(b->v[i].text), &mine))
                return false;
        for (size_t k = i > ROW_LINES ? i - ROW_LINES : 0; k < b->n && k < i + ROW_LINES; k++) {
                if (k != i && b->v[k].kind == BLOCK_PAGE_NO && str_to_i64(str_trim(b->v[k].text), &other) &&
                    (other == mine + 1 || other == mine - 1))
                        return true;
        }
        return false;
}

static void
page_numbers(struct xt *x)
{
        for (size_t i = 0, s = 0; i < x->f.b->n; i++) {
                const struct block *b = &x->f.b->v[i];

                while (s < x->f.n_segs && x->f.segs[s].block < (int32_t)i)
                        s++;
                if (b->kind == BLOCK_PAGE_NO && (s >= x->f.n_segs || x->f.segs[s].block != (int32_t)i) &&
                    !counts_rows(x, i))
                        anomaly_add(x, "page-number", str_fmt(x->a, "dòng %d", b->line),
                                    str_fmt(x->a, "số trang \"%.*s\" đứng riêng giữa văn bản", FMT(b->text)), b->span,
                                    -1);
        }
}

/* "2653 /KH-BCĐ" */
static void
spaced_numbers(struct xt *x)
{
        const struct view *v = &x->f.v;

        for (size_t i = 0; i < v->n; i = view_next(v, i)) {
                size_t end;
                struct code code;

                if (v->bare[i] != 's' || (i > 0 && bare_word(v->bare[i - 1])) || !(end = pat(v, i, "so_[:]_", NULL)) ||
                    !scan_code(x, v, end, &code) || !code.spaced || !code.text.n)
                        continue;
                anomaly_add(x, "space-in-number", str_fmt(x->a, "dòng %d", flow_line(&x->f, code.from + 1)),
                            view_str(v, code.from, code.to), flow_span(&x->f, code.from, code.to), -1);
                i = code.to - 1;
        }
}

void
anomalies_read(struct xt *x)
{
        member_numbers(x);
        task_numbers(x);
        letters_check(x);
        tasks_of_one_number(x);
        task_checks(x);
        deadlines_check(x);
        page_numbers(x);
        spaced_numbers(x);
        lexicon_check(x);
}
