/* table.c - tables of tasks: which column is what, by the words of its header; rows to groups, tasks, and rows that a
 * page break cut off. */
#include "extract_priv.h"

#include "table_priv.h"

#include <ctype.h>

/* Words of a header cell, bare; the first row that is found decides. */
static const struct {
        const char *pattern;
        enum column column;
        bool start; /* only at the beginning of the cell */
} HEADERS[] = {
        { "(tt|stt|so tt|so thu tu|s.tt|ma|ma so|ma nhiem vu|ma cong viec|ma viec|muc)$", COL_NO, .start = true },
        { "(don vi tinh|dvt|ke hoach nam|ty le|tinh trang|so, ky hieu|so ky hieu|van ban giao|so van ban|dien tich|quy "
          "mo)",
          COL_REMARK, .start = true },
        { "(ghi chu|lanh dao|nguoi ky|cap trinh$|kinh phi|nguon von|dia diem)", COL_REMARK },
        { "(chu tri|thuc hien)_(,|/|va|-)_[co quan|don vi]_phoi hop", COL_LEAD }, /* both in one cell */
        { "(co quan|don vi|to chuc|bo phan|thanh phan)[, (co quan|don vi|dia phuong)] [co] lien quan", COL_COORDINATING,
          .start = true },
        { "(phoi hop|cho y kien|lay y kien|tham gia|cung lam|lam cung|tham dinh|tham tra|gop y)", COL_COORDINATING },
        { "(thoi gian|thoi han|tien do|thoi diem|han hoan thanh|han (xu ly|giai quyet|thuc hien|bao cao|trinh|nop)|"
          "han xong|ngay hoan thanh|thang hoan thanh|lo trinh|"
          "han cuoi|bat dau|ket thuc|thoi ky|xong truoc|phai xong|ngay xong)",
          COL_DEADLINE },
        { "(san pham|ket qua|dau ra|hinh thuc)", COL_OUTPUT },
        { "(chu tri|chu tn|chu trl|dau moi|chiu trach nhiem|phu trach|phan cong|trach nhiem|"
          "lo chinh|lam chinh|nguoi lam|ai lam)",
          COL_LEAD },
        { "(co quan|don vi|bo phan|to chuc) {*}(thuc hien|soan thao|tham muu|giai quyet)", COL_LEAD },
        { "(phong|ban|khoa|nguoi|can bo|cong chuc|ca nhan|lanh dao|ap|thon|xa|dia phuong|chu "
          "the)[_(,|/)_[phong|ban|don vi]]"
          " (thuc hien|tham muu|giai quyet|theo doi|chi dao)",
          COL_LEAD, .start = true },
        { "(nhiem vu|noi dung|cong viec|cong tac|de an|ten|hoat dong|giai phap|chuong trinh|muc tieu|su kien|viec "
          "(can|phai) "
          "lam|"
          "hang muc|trich yeu|dau viec)",
          COL_TITLE },
        { "(co quan|don vi)", COL_LEAD },
        { "hoan thanh", COL_DEADLINE },
        { "(thang|quy|tuan|ngay|nam|han|moc)$", COL_DEADLINE, .start = true },
        { "ngay (to chuc|thuc hien|dien ra|trinh|den han)", COL_DEADLINE, .start = true },
};

enum column
column_of(const struct view *v, size_t from, size_t to)
{
        struct view cell = view_sub(v, from, to);
        size_t start = view_skip(&cell, 0, " \n*");

        if (cell.n > 120) /* a header is a few words */
                return COL_NONE;
        for (size_t k = 0; k < ARRAY_LEN(HEADERS); k++) {
                if (HEADERS[k].start ? pat(&cell, start, HEADERS[k].pattern, NULL) != 0
                                     : pat_find(&cell, start, HEADERS[k].pattern, NULL) < cell.n)
                        return HEADERS[k].column;
        }
        return COL_NONE;
}

bool
header_read(const struct flow *f, const struct row *r, struct layout *ret)
{
        bool has[COL_MAX] = { false };

        *ret = (struct layout){ .n = r->n < COLUMNS_MAX ? r->n : COLUMNS_MAX };
        for (size_t i = 0; i < ret->n; i++) {
                enum column c = column_of(&f->v, r->seg[i].from, r->seg[i].to);

                ret->column[i] = c;
                has[c] = true;
        }
        return has[COL_TITLE] && (has[COL_LEAD] || has[COL_DEADLINE]);
}

static bool
same_cell(const struct view *v, const struct seg *a, const struct seg *b)
{
        struct view x = view_sub(v, a->from, a->to), y = view_sub(v, b->from, b->to);
        size_t i = view_skip(&x, 0, " \n*"), k = view_skip(&y, 0, " \n*");

        while (i < x.n && k < y.n && x.bare[i] == y.bare[k]) {
                i = view_skip(&x, view_next(&x, i), " \n*");
                k = view_skip(&y, view_next(&y, k), " \n*");
        }
        return i >= x.n && k >= y.n;
}

/* The header row again, on a new page; one cell may differ by OCR. */
static bool
same_header(const struct flow *f, const struct row *a, const struct row *b)
{
        size_t same = 0;

        if (a->n != b->n)
                return false;
        for (size_t i = 0; i < a->n; i++)
                same += same_cell(&f->v, &a->seg[i], &b->seg[i]);
        return same + 1 >= a->n && same > a->n / 2;
}

static bool
cell_empty(const struct flow *f, const struct row *r, size_t i)
{
        return i >= r->n || view_skip(&f->v, r->seg[i].from, " \n\t*-.") >= r->seg[i].to;
}

static size_t count_filled(const struct flow *f, const struct row *r);
static bool is_letter_no(struct str no);

/* The only cell of a row that is merged over all columns, where a group is named ("B. Dịch vụ công"); r->n = none. In
 * the column of tasks a single cell may be anything; elsewhere words that are no time, or begin with the mark of a
 * group, are a name. */
static size_t
merged_name(struct xt *x, const struct layout *l, const struct row *r, struct str *ret_no)
{
        const struct view *v = &x->f.v;
        size_t i = 0, at, end;
        struct deadline due;
        struct str no;

        *ret_no = STR_NONE;
        while (i < r->n && cell_empty(&x->f, r, i))
                i++;
        if (i >= r->n || l->n < 3 || i >= l->n || l->column[i] == COL_TITLE || count_filled(&x->f, r) != 1)
                return r->n;
        at = end = view_skip(v, r->seg[i].from, " \n*");
        while (end < r->seg[i].to && isalpha((unsigned char)v->t[end]))
                end++;
        no = str_trim((struct str){ v->t + at, end - at });
        if (end < r->seg[i].to && strchr(".)/", v->t[end]) && (is_letter_no(no) || roman_value(no) > 0)) {
                *ret_no = no;
                return i;
        }
        if (l->column[i] != COL_DEADLINE || view_case(v, at) != CASE_CAPITAL)
                return r->n;
        deadline_parse(x->a, view_str(v, r->seg[i].from, r->seg[i].to), x->year, &due);
        return due.kind == DL_UNKNOWN ? i : r->n;
}

/* Nothing of its own: empty, or the words of the merged cell above again, as readers of Word files give them. */
static bool
cell_covered(const struct flow *f, const struct row *above, const struct row *r, size_t i)
{
        return cell_empty(f, r, i) || (i < above->n && same_cell(&f->v, &above->seg[i], &r->seg[i]));
}

/* A second header line names the parts of a column that spans several: "Phân công thực hiện | | " over "Chủ trì | Phối
 * hợp". A part without a meaning of its own ("Bộ trưởng" under "Thời gian trình") gets that of the column. */
static bool
second_header(const struct flow *f, const struct row *above, const struct row *r, struct layout *l)
{
        enum column part[COLUMNS_MAX] = { COL_NONE };
        size_t known = 0, filled = 0;

        for (size_t i = 0; i < l->n && i < r->n; i++) {
                if (cell_covered(f, above, r, i))
                        continue;
                filled++;
                part[i] = column_of(&f->v, r->seg[i].from, r->seg[i].to);
                known += part[i] != COL_NONE && part[i] != COL_TITLE;
        }
        for (size_t i = 0; i < l->n && i < r->n; i++) {
                bool keeps =
                    l->column[i] == COL_NO || l->column[i] == COL_TITLE || (l->column[i] == COL_LEAD && known < 2);

                if (keeps && !cell_covered(f, above, r, i))
                        return false;
        }
        if (!filled)
                return false;
        for (size_t i = 1; i < l->n; i++) {
                if (l->column[i] == COL_NONE && l->column[i - 1] != COL_TITLE && l->column[i - 1] != COL_NO)
                        l->column[i] = l->column[i - 1];
        }
        for (size_t i = 0; i < l->n && i < r->n; i++) {
                if (part[i] != COL_NONE)
                        l->column[i] = part[i];
        }
        l->second = *r;
        return true;
}

/* Index of the first column of a kind with something in it; r->n = none. `last`: the last one instead. */
size_t
row_cell(const struct flow *f, const struct layout *l, const struct row *r, enum column c, bool last)
{
        size_t found = r->n;

        for (size_t i = 0; i < l->n && i < r->n; i++) {
                if (l->column[i] != c || cell_empty(f, r, i))
                        continue;
                found = i;
                if (!last)
                        break;
        }
        return found;
}

static size_t
count_filled(const struct flow *f, const struct row *r)
{
        size_t n = 0;

        for (size_t i = 0; i < r->n; i++)
                n += !cell_empty(f, r, i);
        return n;
}

static struct str
row_no(struct xt *x, const struct layout *l, const struct row *r)
{
        size_t i = row_cell(&x->f, l, r, COL_NO, false);
        struct str no;

        if (i >= r->n)
                return STR_NONE;
        no = squeezed(x->a, view_str(&x->f.v, r->seg[i].from, r->seg[i].to));
        while (no.n && strchr(".)/ ", no.p[no.n - 1]))
                no.n--;
        return no;
}

static bool
is_letter_no(struct str no)
{
        return no.n == 1 && no.p[0] >= 'A' && no.p[0] <= 'H';
}

static void
group_add(struct xt *x, struct table *t, struct str no, const struct row *r, size_t title)
{
        struct draft_group *g = draft_group_add(x, r->seg[title].from, r->seg[title].to);

        g->no = no.n ? no : str_fmt(x->a, "%zu", x->d->n_groups);
        t->group = g->no;
        t->groups++;
}

static void
repeated_header(struct xt *x, const struct row *r)
{
        anomaly_add(x, "repeated-table-header", str_fmt(x->a, "dòng %d", flow_line(&x->f, r->seg[0].from)),
                    S("dòng tiêu đề của bảng lặp lại"), flow_span(&x->f, r->seg[0].from, r->seg[r->n - 1].to), -1);
}

/* "1.1" under "1". */
static bool
no_under(struct str no, struct str parent)
{
        return parent.n && no.n > parent.n + 1 && str_starts(no, parent) && no.p[parent.n] == '.';
}

/* A numbered row with nothing but a title, over rows numbered under it: the name of a group. */
static bool
heads_rows(struct xt *x, const struct layout *l, const struct row *r, struct str no, const struct row *next)
{
        return no.n && next->n && count_filled(&x->f, r) == 2 && no_under(row_no(x, l, next), no);
}

/* What a row is a part of: the task numbered "2" over "2.1", the last numbered task over "a", "-". */
static struct str
row_parent(struct xt *x, struct table *t, struct str no)
{
        size_t dot = no.n;

        if (no.n == 0)
                return STR_NONE;
        if (!isdigit((unsigned char)no.p[0]))
                return t->tasks && (no.n == 1 || str_eq(no, S("đ"))) && !is_letter_no(no) ? t->number_no : STR_NONE;
        while (dot > 0 && no.p[dot - 1] != '.')
                dot--;
        t->number_no = no;
        if (dot < 2)
                return STR_NONE;
        no.n = dot - 1;
        for (size_t i = x->d->n_tasks, back = 0; i-- > 0 && back < 60; back++) {
                if (str_eq(x->d->tasks[i].no, no))
                        return no;
        }
        return STR_NONE;
}

/* "(1) | (2) | (3)" below the header: the columns are numbered. */
static bool
numbers_columns(const struct flow *f, const struct row *r, size_t title)
{
        size_t from = view_skip(&f->v, r->seg[title].from, " \n()[]"), at = from;

        while (at < r->seg[title].to && isdigit((unsigned char)f->v.bare[at]))
                at++;
        return at > from && at - from < 3 && view_skip(&f->v, at, " \n()[]=+*,") >= r->seg[title].to;
}

static void
row_read(struct xt *x, struct table *t, const struct row *r, const struct row *next)
{
        const struct layout *l = &t->layout;
        size_t title = row_cell(&x->f, l, r, COL_TITLE, false), lead = row_cell(&x->f, l, r, COL_LEAD, false);
        size_t due = row_cell(&x->f, l, r, COL_DEADLINE, true);
        struct str no = row_no(x, l, r), parent, mark;
        size_t name = merged_name(x, l, r, &mark);

        if (name < r->n) {
                group_add(x, t, mark, r, name);
                t->roman++;
                return;
        }
        if (count_filled(&x->f, r) == 0)
                return;
        if (same_header(&x->f, &t->header, r)) {
                repeated_header(x, r);
                return;
        }
        if (title >= r->n && count_filled(&x->f, r) == 1) { /* a merged cell carries the name of a group */
                for (title = 0; title < r->n && cell_empty(&x->f, r, title);)
                        title++;
                no = STR_NONE; /* the same words are not number and name */
        }
        if (title >= r->n || numbers_columns(&x->f, r, title))
                return;
        if (lead >= r->n &&
            (roman_value(no) > 0 || is_letter_no(no) || (due >= r->n && no.n == 0 && t->groups == t->roman))) {
                bool roman = roman_value(no) > 0 || is_letter_no(no);

                if (roman || t->tasks == 0 || t->roman == 0) {
                        if (!roman && t->tasks > 0 && view_case(&x->f.v, r->seg[title].from) != CASE_CAPITAL) {
                                task_continue(x, r, title);
                                return;
                        }
                        t->roman += roman;
                        group_add(x, t, no, r, title);
                        t->roman = roman ? t->roman : t->groups;
                        return;
                }
        }
        if (no.n == 0 && lead >= r->n && due >= r->n && t->tasks > 0) {
                task_continue(x, r, title);
                return;
        }
        if (heads_rows(x, l, r, no, next)) {
                group_add(x, t, no, r, title);
                return;
        }
        parent = row_parent(x, t, no);
        task_from_row(x, t, r, no);
        x->d->tasks[x->d->n_tasks - 1].parent = parent;
        t->tasks++;
}

/* The rows of the flow, one after another. */
static bool
next_row(const struct flow *f, size_t *seg, size_t to, struct row *ret)
{
        while (*seg < f->n_segs && f->segs[*seg].from < to && f->segs[*seg].cell < 0)
                (*seg)++;
        if (*seg >= f->n_segs || f->segs[*seg].from >= to)
                return false;
        *ret = (struct row){ .seg = &f->segs[*seg], .block = f->segs[*seg].block };
        ret->table = f->b->v[ret->block].table;
        while (*seg < f->n_segs && f->segs[*seg].block == ret->block) {
                ret->n++;
                (*seg)++;
        }
        return true;
}

/* One row in order: a header, its second line, or a row of the known table. */
static size_t
table_row(struct xt *x, struct table *t, const struct row *r, const struct row *next)
{
        struct layout l;
        struct str mark = STR_NONE;

        if (r->table != t->number) {
                bool same_shape = t->known && r->n == t->layout.n;

                t->number = r->table;
                if (!same_shape)
                        *t = (struct table){ .number = r->table };
                t->rows = 0;
        }
        t->rows++;
        if (!t->known) {
                if (t->rows > 6 || !header_read(&x->f, r, &l))
                        return 0;
                t->layout = l;
                t->header = *r;
                t->known = t->fresh = true;
                return 1;
        }
        if (t->fresh) {
                t->fresh = false;
                (void)merged_name(x, &t->layout, r, &mark);
                if (!mark.n && second_header(&x->f, &t->header, r, &t->layout))
                        return 0;
        }
        row_read(x, t, r, next);
        return 0;
}

/* The rows of a table no row of which was a known head. */
struct unknown {
        struct row *v;
        size_t n, cap;
};

static void
unknown_end(struct xt *x, struct unknown *u)
{
        if (u->n > 3)
                (void)table_by_content(x, u->v, u->n);
        u->n = 0;
}

size_t
tables_read(struct xt *x, size_t from, size_t to)
{
        struct table t = { .number = -1 };
        size_t seg = flow_seg_at(&x->f, from ? from + 1 : 0), tables = 0;
        struct row r, next = { 0 };
        struct unknown u = { 0 };
        bool more = next_row(&x->f, &seg, to, &r);

        while (more) {
                more = next_row(&x->f, &seg, to, &next);
                if (!more)
                        next = (struct row){ 0 };
                if (u.n && u.v[0].table != r.table)
                        unknown_end(x, &u);
                tables += table_row(x, &t, &r, &next);
                if (t.known)
                        u.n = 0;
                else
                        *VEC_PUSH(x->a, &u) = r;
                r = next;
        }
        unknown_end(x, &u);
        return tables;
}

void
table_of_rows(struct xt *x, const struct layout *l, const struct row *rows, size_t n)
{
        struct table t = { .number = -2, .known = true, .layout = *l, .header = rows[0] };

        for (size_t i = 1; i < n; i++)
                row_read(x, &t, &rows[i], i + 1 < n ? &rows[i + 1] : &(struct row){ 0 });
}
