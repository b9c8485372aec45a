/* table_flat.c - tables that lost their lines: every cell a paragraph of its own, or the whole table one paragraph. The
 * words of the header say which columns there are; the numbers 1, 2, 3 ... part the rows. Taught by plans as
 * collections of law texts and converters of PDF leave them. */
#include "extract_priv.h"

#include "table_priv.h"

#include <ctype.h>

#define HEADER_CELL 90 /* bytes of a header cell, at most */
#define FLAT_NOTE   S("Bảng trong văn bản bị mất đường kẻ; ranh giới các cột là suy đoán, cần kiểm tra.")

struct flat {
        struct layout layout;
        struct seg header[COLUMNS_MAX];
        struct row *v; /* rows, the header first */
        size_t n, cap;
};

static struct row *
row_add(struct xt *x, struct flat *t, size_t block)
{
        struct row *r = VEC_PUSH(x->a, t);
        struct seg *cells = arena_array(x->a, t->layout.n, sizeof *cells);

        r->seg = cells;
        r->n = t->layout.n;
        r->block = (int32_t)block;
        return r;
}

/* A time and nothing else. */
static bool
is_time(struct xt *x, const struct view *v, size_t from, size_t to)
{
        struct deadline d;

        if (to - from > 80)
                return false;
        deadline_parse(x->a, view_str(v, from, to), x->year, &d);
        return d.kind != DL_NONE && d.kind != DL_UNKNOWN && d.kind != DL_RELATIVE;
}

static size_t
column_at(const struct layout *l, enum column c)
{
        for (size_t i = 0; i < l->n; i++) {
                if (l->column[i] == c)
                        return i;
        }
        return l->n;
}

/* ---- a cell a paragraph ---------------------------------------------------------------------------------- */

/* "3", "3.", "3.1", "II" alone: the number of a row. */
static bool
row_number(const struct flow *f, size_t s, struct str *ret)
{
        const struct seg *g = &f->segs[s];
        struct str no = view_str(&f->v, g->from, g->to);
        size_t dots = 0;

        while (no.n && strchr(".)", no.p[no.n - 1]))
                no.n--;
        *ret = no;
        if (g->cell >= 0 || no.n == 0 || no.n > 8)
                return false;
        if (roman_value(no))
                return true;
        for (size_t i = 0; i < no.n; i++) {
                if (!isdigit((unsigned char)no.p[i]) && no.p[i] != '.')
                        return false;
                dots += no.p[i] == '.';
        }
        return dots < 3 && no.n <= dots + 3 + 2;
}

/* The heads leave the column of numbers unnamed, the rows have it: a column without words before the others. Gives the
 * number of header cells, 0 = the rows have no numbers either. */
static size_t
unnumbered(struct xt *x, size_t rows, struct flat *t, size_t n)
{
        struct str no;

        if (n + 1 > COLUMNS_MAX || rows >= x->f.n_segs || !row_number(&x->f, rows, &no))
                return 0;
        memmove(&t->header[1], t->header, n * sizeof *t->header);
        memmove(&t->layout.column[1], t->layout.column, n * sizeof *t->layout.column);
        t->header[0].to = t->header[0].from;
        t->layout.column[0] = COL_NO;
        t->layout.n = n + 1;
        return n;
}

/* The run of header cells from segment `s`; number of columns, 0 = none. */
static size_t
header_run(struct xt *x, size_t s, size_t to, struct flat *t)
{
        struct row r = { .seg = t->header };

        while (s + r.n < x->f.n_segs && r.n < COLUMNS_MAX) {
                const struct seg *g = &x->f.segs[s + r.n];
                enum column c;

                if (g->cell >= 0 || g->from >= to || g->to - g->from > HEADER_CELL)
                        break;
                c = column_of(&x->f.v, g->from, g->to);
                if (c == COL_NONE || (r.n == 0 ? c != COL_NO && c != COL_TITLE : c == COL_NO))
                        break;
                if (r.n == 1 && c == COL_TITLE &&
                    t->layout.column[0] == c) /* the name of the list stands over its heads */
                        break;
                t->layout.column[r.n] = c;
                t->header[r.n++] = *g;
        }
        if (r.n < 3 || !header_read(&x->f, &r, &t->layout))
                return 0;
        return t->layout.column[0] == COL_NO ? r.n : unnumbered(x, s + r.n, t, r.n);
}

/* The cells of a row when some are missing or too many: title first, then what looks like agencies, a time, the rest.
 */
static void
cells_by_kind(struct xt *x, const struct layout *l, struct seg *cells, const struct seg *from, size_t n)
{
        size_t title = column_at(l, COL_TITLE), lead = column_at(l, COL_LEAD), coord = column_at(l, COL_COORDINATING),
               due = column_at(l, COL_DEADLINE), out = column_at(l, COL_OUTPUT), last = title;

        for (size_t i = 0; i < n; i++) {
                size_t to = last;

                if (i == 0)
                        to = title;
                else if (due < l->n && is_time(x, &x->f.v, from[i].from, from[i].to) && cells[due].to == 0)
                        to = due;
                else if (lead < l->n && cells[lead].to == 0 && agency_opens(&x->f.v, from[i].from))
                        to = lead;
                else if (coord < l->n && cells[coord].to == 0 && agency_opens(&x->f.v, from[i].from))
                        to = coord;
                else if (out < l->n && last != title && last != out && cells[out].to == 0)
                        to = out;
                if (cells[to].to == 0)
                        cells[to] = from[i];
                else
                        cells[to].to = from[i].to; /* one more paragraph of the cell */
                last = to;
        }
}

static void
cell_row(struct xt *x, struct flat *t, size_t first, size_t end)
{
        struct row *r = row_add(x, t, (size_t)x->f.segs[first].block);
        struct seg *cells = arena_array(x->a, r->n, sizeof *cells);
        size_t n = end - first;

        r->seg = cells;
        for (size_t i = 0; i < r->n; i++)
                cells[i] = (struct seg){ .block = x->f.segs[first].block };
        cells[0] = x->f.segs[first];
        if (n == r->n) {
                for (size_t i = 1; i < n; i++)
                        cells[i] = x->f.segs[first + i];
        } else {
                cells_by_kind(x, &t->layout, cells, &x->f.segs[first + 1], n - 1);
                for (size_t i = 1; i < r->n; i++) { /* what stayed empty stands at the end of the row */
                        if (cells[i].to == 0)
                                cells[i].from = cells[i].to = x->f.segs[end - 1].to;
                }
        }
}

/* Rows behind the header at `s`; gives the segment behind the table. */
static size_t
cell_rows(struct xt *x, struct flat *t, size_t s, size_t to)
{
        struct str no;
        int64_t last = 0, value;

        while (s < x->f.n_segs && x->f.segs[s].from < to && row_number(&x->f, s, &no)) {
                size_t end = s + 1;
                struct str next;

                if (str_to_i64(no, &value)) {
                        if (value != last + 1 && value != 1)
                                break;
                        last = value;
                }
                while (end < x->f.n_segs && x->f.segs[end].from < to && x->f.segs[end].cell < 0 &&
                       end - s < 2 * t->layout.n && !row_number(&x->f, end, &next)) {
                        enum item_kind k = item_read(&x->f, end).kind;

                        if (k == ITEM_ROMAN || k == ITEM_APPENDIX || k == ITEM_ARTICLE ||
                            pat(&x->f.v, x->f.segs[end].from, "noi nhan", NULL))
                                break;
                        if (end - s >= t->layout.n &&
                            (end >= x->f.n_segs || is_time(x, &x->f.v, x->f.segs[end - 1].from, x->f.segs[end - 1].to)))
                                break;
                        end++;
                }
                cell_row(x, t, s, end);
                s = end;
        }
        return s;
}

/* ---- the table a paragraph ------------------------------------------------------------------------------- */

static const struct {
        const char *pattern;
        enum column column;
} PHRASES[] = {
        { "(noi dung|ten) (nhiem vu|cong viec|cong tac|de an)", COL_TITLE },
        { "(nhiem vu|noi dung|cong viec|hoat dong)[_[,|/|va]_giai phap][ (cu the|trong tam|thuc hien)]", COL_TITLE },
        { "[(co quan|don vi)[, don vi]] phoi hop[ thuc hien]", COL_COORDINATING },
        { "[(co quan|don vi)[, don vi]] (chu tri[_,_tham muu][ thuc hien]|thuc hien)", COL_LEAD },
        { "(thoi (gian|han)|tien do)[ (hoan thanh|thuc hien|trinh)]", COL_DEADLINE },
        { "(san pham|ket qua)[ (dau ra|dat duoc|du kien|thuc hien)]", COL_OUTPUT },
        { "ghi chu", COL_REMARK },
};

/* "STT Nhiệm vụ Cơ quan chủ trì ... 1": the columns of a header on one line. Its end, 0 = none. */
static size_t
header_line(const struct view *v, size_t at, size_t to, struct flat *t)
{
        size_t end = pat(v, at, "(stt|tt|so tt)_", NULL);
        bool has[COL_MAX] = { false };

        t->layout = (struct layout){ .n = 1, .column = { COL_NO } };
        t->header[0] = (struct seg){ .from = at, .to = end, .cell = 0 };
        while (end && end < to && t->layout.n < COLUMNS_MAX && !isdigit((unsigned char)v->bare[end])) {
                size_t next = 0, k = 0;

                for (; k < ARRAY_LEN(PHRASES) && !next; k++)
                        next = pat(v, end, PHRASES[k].pattern, NULL);
                if (!next || has[PHRASES[k - 1].column])
                        return 0;
                has[PHRASES[k - 1].column] = true;
                t->header[t->layout.n] = (struct seg){ .from = end, .to = next };
                t->layout.column[t->layout.n++] = PHRASES[k - 1].column;
                end = view_skip(v, next, " \n|");
        }
        return end && has[COL_TITLE] && (has[COL_LEAD] || has[COL_DEADLINE]) && end < to ? end : 0;
}

/* "k " or "k. " before a capital, behind a blank. */
static size_t
number_at(const struct view *v, size_t at, int k)
{
        char text[16];
        int n = snprintf(text, sizeof text, "%d", k);
        size_t i = at + (size_t)n;

        if (i >= v->n || memcmp(v->bare + at, text, (size_t)n) != 0 || (at > 0 && !strchr(" \n", v->bare[at - 1])))
                return 0;
        i += v->bare[i] == '.';
        return i < v->n && v->bare[i] == ' ' && view_case(v, view_skip(v, i, " ")) == CASE_CAPITAL
                   ? view_skip(v, i, " ")
                   : 0;
}

/* Where an agency may begin a cell: a capital behind a word that does not lead on to it. */
static bool
cell_agency(const struct view *v, size_t from, size_t at)
{
        size_t end = at, word;

        if (view_case(v, at) != CASE_CAPITAL || !agency_opens(v, at) || !strchr(" \n", v->bare[at - 1]))
                return false;
        while (end > from && strchr(" \n", v->bare[end - 1]))
                end--;
        if (end > from && strchr(",;(-", v->bare[end - 1]))
                return false;
        for (word = end; word > from && bare_word(v->bare[word - 1]);)
                word--;
        return pat(v, word,
                   "(cua|voi|cho|tai|thuoc|va|ve|trinh|do|den|boi|theo|cac|giua|gui|bao cao|phoi hop|chi nhanh)",
                   NULL) != end;
}

static bool
cell_time(const struct view *v, size_t from, size_t at)
{
        (void)from;
        return strchr(" \n", v->bare[at - 1]) && view_case(v, at) != CASE_SMALL &&
               pat(v, at,
                   "(thang {m}|quy {q}|nam {y}|truoc [ngay] {D}|[ngay] {D}|{m}/{y}|thuong xuyen|hang (nam|quy|thang)|"
                   "dinh ky|giai doan {y}|(6|06) thang|tu (thang|ngay|nam|quy))",
                   NULL) != 0;
}

/* One row: title up to the first agency (or the time), the next agency coordinates, then the time, then what is left.
 */
static void
line_row(struct xt *x, struct flat *t, size_t no, size_t from, size_t to)
{
        const struct view *v = &x->f.v;
        struct row *r = row_add(x, t, (size_t)x->f.segs[flow_seg_at(&x->f, from)].block);
        struct seg *cells = arena_array(x->a, r->n, sizeof *cells);
        const enum column order[] = { COL_TITLE, COL_LEAD, COL_COORDINATING, COL_DEADLINE, COL_OUTPUT };
        size_t stage = 0, begin = from;

        r->seg = cells;
        for (size_t i = 0; i < r->n; i++)
                cells[i] = (struct seg){ .from = from, .to = from, .block = r->block };
        cells[0] = (struct seg){ .from = no, .to = from, .block = r->block };
        for (size_t i = view_next(v, from); i <= to; i = i < to ? view_next(v, i) : to + 1) {
                size_t next = stage, c;

                if (i < to && stage < 2 && i > from + 6 && cell_agency(v, from, i))
                        next = stage + 1;
                else if (i < to && stage < 3 && i > from + 6 && cell_time(v, from, i))
                        next = 3;
                if (i < to && (next == stage || column_at(&t->layout, order[next]) >= r->n))
                        continue;
                c = column_at(&t->layout, order[stage]);
                if (c < r->n) {
                        cells[c].from = begin;
                        cells[c].to = i;
                }
                begin = i;
                stage = next;
        }
}

static void
line_rows(struct xt *x, struct flat *t, size_t from, size_t to)
{
        const struct view *v = &x->f.v;
        int k = 1;
        size_t no = from, text = number_at(v, from, k);

        while (text) {
                size_t next = 0, i = text;

                while (i < to && !(next = number_at(v, i, k + 1)))
                        i = view_next(v, i);
                line_row(x, t, no, text, next ? i : to);
                no = i;
                text = next;
                k++;
        }
}

/* ---- */

static void
table_put(struct xt *x, struct flat *t)
{
        size_t before = x->d->n_tasks;

        if (t->n < 2)
                return;
        table_of_rows(x, &t->layout, t->v, t->n);
        for (size_t i = before; i < x->d->n_tasks; i++) {
                struct draft_task *task = &x->d->tasks[i];

                task_note(x, task, FLAT_NOTE);
                task->confidence = task->confidence < 60 ? task->confidence : 60;
        }
}

void
tasks_flat(struct xt *x, const struct part *p)
{
        const struct view *v = &x->f.v;

        for (size_t s = flow_seg_at(&x->f, p->from ? p->from + 1 : 0); s < x->f.n_segs && x->f.segs[s].from < p->to;
             s++) {
                const struct seg *g = &x->f.segs[s];
                struct flat t = { 0 };
                size_t columns = 0, from;

                if (g->cell >= 0 || g->from >= g->to)
                        continue;
                columns = header_run(x, s, p->to, &t);
                if (columns) {
                        row_add(x, &t, (size_t)g->block)->seg = t.header;
                        s = cell_rows(x, &t, s + columns, p->to) - 1;
                        table_put(x, &t);
                        continue;
                }
                for (from = g->from; from < g->to && g->to - g->from > 60; from = view_next(v, from)) {
                        size_t end = v->bare[from] == 's' || v->bare[from] == 't' ? header_line(v, from, g->to, &t) : 0;

                        if (!end || (from > g->from && bare_word(v->bare[from - 1])))
                                continue;
                        row_add(x, &t, (size_t)g->block)->seg = t.header;
                        line_rows(x, &t, end, g->to);
                        table_put(x, &t);
                        break;
                }
        }
}
