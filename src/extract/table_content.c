/* table_content.c - tables whose heads are not known: read by what stands in their cells, or reported, never left out
 * in silence. */
#include "extract_priv.h"

#include "table_priv.h"

#include <ctype.h>

#define ROWS_LEAST  3  /* fewer are no list of tasks */
#define TITLE_LEAST 20 /* bytes of a sentence that says what to do */

static bool
is_number(const struct view *v)
{
        size_t i = view_skip(v, 0, " \n*"), from = i;

        while (i < v->n && isdigit((unsigned char)v->bare[i]))
                i++;
        return i > from && i - from <= 3 && view_skip(v, i, " \n*.)") >= v->n;
}

/* Most likely meaning of one cell. */
static enum column
cell_kind(struct xt *x, const struct seg *s)
{
        struct view v = view_sub(&x->f.v, s->from, s->to);
        size_t at = view_skip(&v, 0, " \n\t*-+");
        struct deadline due;

        if (at >= v.n)
                return COL_NONE;
        if (is_number(&v))
                return COL_NO;
        if (agency_phrase(&v, at) || agency_opens(&v, at))
                return COL_LEAD;
        if (v.n < 60) {
                deadline_parse(x->a, view_str(&v, at, v.n), x->year, &due);
                if (due.kind != DL_UNKNOWN && due.kind != DL_NONE)
                        return COL_DEADLINE;
        }
        return v.n >= TITLE_LEAST && agency_verb(&v, at) ? COL_TITLE : COL_NONE;
}

/* One meaning for each column: what most of its filled cells say. The second column of agencies helps. */
static void
layout_of(struct xt *x, const struct row *rows, size_t n, struct layout *ret)
{
        bool has[COL_MAX] = { false };

        *ret = (struct layout){ .n = rows[0].n < COLUMNS_MAX ? rows[0].n : COLUMNS_MAX };
        for (size_t c = 0; c < ret->n; c++) {
                size_t kinds[COL_MAX] = { 0 }, filled = 0;

                for (size_t i = 1; i < n; i++) {
                        if (c >= rows[i].n || view_skip(&x->f.v, rows[i].seg[c].from, " \n\t*-.") >= rows[i].seg[c].to)
                                continue;
                        filled++;
                        kinds[cell_kind(x, &rows[i].seg[c])]++;
                }
                for (enum column k = COL_NO; k < COL_MAX; k++) {
                        if (filled < ROWS_LEAST || kinds[k] * 5 < filled * 3)
                                continue;
                        ret->column[c] = k == COL_LEAD && has[k] ? COL_COORDINATING : has[k] ? COL_NONE : k;
                        has[k] = true;
                }
        }
}

static bool
has_column(const struct layout *l, enum column c)
{
        for (size_t i = 0; i < l->n; i++) {
                if (l->column[i] == c)
                        return true;
        }
        return false;
}

/* Heads of lists that are something else: people, money, figures, forms. */
static bool
is_other_list(const struct flow *f, const struct row *head)
{
        struct view v = view_sub(&f->v, head->seg[0].from, head->seg[head->n - 1].to);

        return pat_find(&v, 0,
                        "(ho va ten|ho ten|ho, ten|chuc danh|chuc vu|nam sinh|so tien|kinh phi|thanh tien|don gia|"
                        "don vi tinh|dvt|chi tieu|so luong|ty le|bieu mau|ten bieu|noi nhan|can cu)",
                        NULL) < v.n;
}

/* The nearest numbered heading before the table speaks of work to be done. */
static bool
stands_among_tasks(const struct flow *f, const struct row *head)
{
        for (size_t s = (size_t)(head->seg - f->segs), back = 0; s-- > 0 && back < 200; back++) {
                struct item it;
                struct view v;

                if (f->segs[s].cell >= 0)
                        continue;
                it = item_read(f, s);
                if (it.kind != ITEM_ROMAN && it.kind != ITEM_ARTICLE && it.kind != ITEM_APPENDIX)
                        continue;
                v = view_sub(&f->v, it.from, it.to);
                return pat_find(&v, 0, "(nhiem vu|phan cong|to chuc thuc hien|cong viec|viec|giai phap|noi dung)",
                                NULL) < v.n;
        }
        return false;
}

bool
table_by_content(struct xt *x, const struct row *rows, size_t n)
{
        size_t numbered = 0;
        struct layout l;

        for (size_t i = 1; i < n; i++) {
                struct view v = view_sub(&x->f.v, rows[i].seg[0].from, rows[i].seg[0].to);

                numbered += is_number(&v);
        }
        if (numbered < ROWS_LEAST || rows[0].n < 3 || is_other_list(&x->f, &rows[0]) ||
            !stands_among_tasks(&x->f, &rows[0]))
                return false;
        layout_of(x, rows, n, &l);
        if (has_column(&l, COL_TITLE) && (has_column(&l, COL_LEAD) || has_column(&l, COL_DEADLINE))) {
                table_of_rows(x, &l, rows, n);
                return true;
        }
        anomaly_add(x, "unread-table", str_fmt(x->a, "dòng %d", flow_line(&x->f, rows[0].seg[0].from + 1)),
                    str_fmt(x->a, "Bảng \"%.*s\" (%zu dòng) chưa đọc được thành nhiệm vụ",
                            FMT(squeezed(x->a, view_str(&x->f.v, rows[0].seg[0].from, rows[0].seg[rows[0].n - 1].to))),
                            numbered),
                    flow_span(&x->f, rows[0].seg[0].from, rows[n - 1].seg[rows[n - 1].n - 1].to), -1);
        return false;
}
