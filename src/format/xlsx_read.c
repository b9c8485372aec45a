/* xlsx_read.c - XLSX to a tree: every sheet that is shown, its rows and columns that are shown. */
#include "read_priv.h"
#include "rels_priv.h"
#include "xlsx_read_priv.h"
#include "xml_priv.h"

#define SHEETS_MAX 100
#define MERGES_MAX 5000

enum { X_c, X_col, X_is, X_mergeCell, X_rPh, X_row, X_sheet, X_t, X_v, X_workbookPr };

static const struct xml_name names[] = { { "c", X_c },         { "col", X_col },
                                         { "is", X_is },       { "mergeCell", X_mergeCell },
                                         { "rPh", X_rPh },     { "row", X_row },
                                         { "sheet", X_sheet }, { "t", X_t },
                                         { "v", X_v },         { "workbookPr", X_workbookPr } };

struct book_sheet {
        struct str name, part;
};

struct book {
        struct dd_ctx *c;
        struct package *p;
        struct rels rels;
        struct xlsx_shows shows;
        struct strs strings;
        struct {
                struct book_sheet *v;
                size_t n, cap;
        } sheets;
        size_t hidden;
};

struct reading {
        struct book *b;
        struct tree *tree;
        struct sheet *s;
        struct srow *row; /* NULL: hidden */
        int32_t row_no;
        int32_t col, style; /* of the cell */
        char type;          /* s, n, b, e, t (text) */
        struct dd_buf text;
        bool in_text;
        int phonetic;
};

/* ---- the workbook ------------------------------------------------------------------------------------------ */

/* Attributes keep "&" as a reference. */
static struct str
attr_text(struct arena *a, struct str s)
{
        struct str t = str_dup(a, s);
        size_t at;

        while ((at = str_find(t, S("&#38;"), 0)) < t.n)
                t = STR_JOIN(a, str_sub(t, 0, at), S("+"), str_sub(t, at + 5, t.n));
        return t;
}

static void
book_start(void *arg, const struct xml_el *e)
{
        struct book *b = arg;
        struct str state = xml_attr(e, "state"), part;

        if (e->id == X_workbookPr)
                b->shows.since_1904 = xml_attr(e, "date1904").p && xml_attr_on(e, "date1904");
        if (e->id != X_sheet || b->sheets.n >= SHEETS_MAX)
                return;
        if (str_eq(state, S("hidden")) || str_eq(state, S("veryHidden"))) {
                b->hidden++;
                return;
        }
        part = rels_id(&b->rels, xml_attr(e, "id"));
        if (part.p)
                *VEC_PUSH(b->c->arena, &b->sheets) =
                    (struct book_sheet){ attr_text(b->c->arena, xml_attr(e, "name")), part };
}

static void
book_end(void *arg, const struct xml_el *e)
{
        (void)arg, (void)e;
}

static void
book_text(void *arg, struct str s)
{
        (void)arg, (void)s;
}

static enum dd_err
book_read(struct book *b)
{
        static const struct xml_on on = {
                .start = book_start, .end = book_end, .text = book_text, .names = names, .n_names = ARRAY_LEN(names)
        };
        struct rels top;
        struct str main_part;
        enum dd_err e;

        TRY(rels_read(b->c, b->p, S(""), &top));
        main_part = rels_type(&top, "officeDocument");
        if (main_part.p == NULL)
                main_part = S("xl/workbook.xml");
        TRY(rels_read(b->c, b->p, main_part, &b->rels));
        e = xml_read_part(b->c, b->p, main_part.p, &on, b);
        if (e == DD_ENOTFOUND)
                return package_broken(b->c);
        TRY(e);
        TRY(xlsx_shows_read(b->c, b->p, rels_type(&b->rels, "styles"), &b->shows));
        return xlsx_strings_read(b->c, b->p, rels_type(&b->rels, "sharedStrings"), &b->strings);
}

/* ---- one sheet --------------------------------------------------------------------------------------------- */

/* "AB12": column from 0 and row from 1; what is missing is -1 and 0. */
static struct str
cell_ref(struct str s, int32_t *ret_col, int32_t *ret_row)
{
        int32_t col = 0, row = 0;
        size_t i = 0;

        for (; i < s.n && i < 3 && s.p[i] >= 'A' && s.p[i] <= 'Z'; i++)
                col = col * 26 + (s.p[i] - 'A' + 1);
        for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && row < 10000000; i++)
                row = row * 10 + (s.p[i] - '0');
        *ret_col = col - 1;
        *ret_row = row;
        return str_sub(s, i, s.n);
}

static void
merge_add(struct reading *r, struct str ref)
{
        struct merge m;
        int32_t col, row;
        struct str rest = cell_ref(ref, &m.col, &m.row);

        if (!str_starts(rest, S(":")) || r->s->merges.n >= MERGES_MAX)
                return;
        (void)cell_ref(str_sub(rest, 1, rest.n), &col, &row);
        m.cols = col - m.col + 1;
        m.rows = row - m.row + 1;
        if (m.cols > 0 && m.rows > 0 && m.col >= 0 && m.row > 0)
                *VEC_PUSH(r->b->c->arena, &r->s->merges) = m;
}

static void
cols_hide(struct reading *r, const struct xml_el *e)
{
        int32_t from = xml_attr_i32(e, "min", 1), to = xml_attr_i32(e, "max", 0);

        if (!xml_attr(e, "hidden").p || !xml_attr_on(e, "hidden"))
                return;
        for (int32_t i = from < 1 ? 1 : from; i <= to && i <= SHEET_COLS_MAX; i++)
                r->s->hide[i - 1] = true;
}

static void
row_begin(struct reading *r, const struct xml_el *e)
{
        r->row_no = xml_attr_i32(e, "r", r->row_no + 1);
        r->col = -1;
        r->row = xml_attr(e, "hidden").p && xml_attr_on(e, "hidden") ? NULL : sheet_row(r->tree, r->s, r->row_no);
}

static void
cell_begin(struct reading *r, const struct xml_el *e)
{
        struct str type = xml_attr(e, "t"), ref = xml_attr(e, "r");
        int32_t row;

        if (ref.p)
                (void)cell_ref(ref, &r->col, &row);
        else
                r->col++;
        r->style = xml_attr_i32(e, "s", -1);
        r->type = str_eq(type, S("inlineStr")) || str_eq(type, S("str")) || str_eq(type, S("d")) ? 't'
                  : type.n == 1                                                                  ? type.p[0]
                                                                                                 : 'n';
        buf_reset(&r->text);
}

static struct str
cell_text(struct reading *r)
{
        struct arena *a = r->b->c->arena;
        struct str s = buf_view(&r->text);
        int64_t n;

        switch (r->type) {
        case 's':
                return str_to_i64(str_trim(s), &n) && n >= 0 && (size_t)n < r->b->strings.n ? r->b->strings.v[n]
                                                                                            : S("");
        case 'b':
                return str_eq(str_trim(s), S("1")) ? S("TRUE") : S("FALSE");
        case 'e':
                return S("");
        case 't':
                return s.n ? str_dup(a, s) : S("");
        default:
                return xlsx_number(a, &r->b->shows, r->style, s);
        }
}

static void
sheet_start(void *arg, const struct xml_el *e)
{
        struct reading *r = arg;

        r->in_text = (e->id == X_v || e->id == X_t) && r->phonetic == 0;
        switch (e->id) {
        case X_row:
                row_begin(r, e);
                break;
        case X_c:
                cell_begin(r, e);
                break;
        case X_rPh:
                r->phonetic++;
                break;
        case X_col:
                cols_hide(r, e);
                break;
        case X_mergeCell:
                merge_add(r, xml_attr(e, "ref"));
                break;
        default:
                break;
        }
}

static void
sheet_end(void *arg, const struct xml_el *e)
{
        struct reading *r = arg;

        r->in_text = false;
        if (e->id == X_rPh)
                r->phonetic--;
        if (e->id == X_row)
                r->row = NULL;
        if (e->id == X_c && r->row && r->col >= 0 && r->text.n)
                sheet_put(r->tree, r->row, (size_t)r->col, cell_text(r));
}

static void
sheet_text(void *arg, struct str s)
{
        struct reading *r = arg;

        if (r->in_text)
                buf_str(&r->text, s);
}

static enum dd_err
one_sheet(struct book *b, struct tree *t, size_t i)
{
        static const struct xml_on on = {
                .start = sheet_start, .end = sheet_end, .text = sheet_text, .names = names, .n_names = ARRAY_LEN(names)
        };
        struct sheet *s = arena_alloc(b->c->arena, sizeof *s);
        struct reading r = { .b = b, .tree = t, .s = s };
        enum dd_err e;

        s->name = b->sheets.v[i].name;
        e = xml_read_part(b->c, b->p, b->sheets.v[i].part.p, &on, &r);
        buf_free(&r.text);
        if (e == DD_ENOTFOUND)
                return DD_OK;
        TRY(e);
        sheet_tree(t, s, b->sheets.n > 1);
        return DD_OK;
}

enum dd_err
xlsx_read(struct dd_ctx *c, struct package *p, struct blocks *ret)
{
        struct tree t = { .c = c, .format = S("xlsx") };
        struct book b = { .c = c, .p = p };

        TRY(book_read(&b));
        if (b.sheets.n == 0 && b.hidden > 0)
                return dd_fail(
                    c, DD_EFORMAT,
                    "Mọi trang tính của tệp đều đang ẩn. Hãy mở tệp, cho hiện trang có kế hoạch rồi gửi lại.");
        for (size_t i = 0; i < b.sheets.n && !t.full; i++)
                TRY(one_sheet(&b, &t, i));
        return tree_blocks(&t, ret);
}
