/* XLSX over libxlsxwriter in its constant-memory mode. The library writes to a path, so it gets that of a memfd. */
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "dd_xlsx.h"

#include "dd_text.h"
#include "times_priv.h"

#define FONT         "Times New Roman"
#define PAPER_A4     9
#define CELL_MAX     32767 /* UTF-16 units */
#define NAME_MAX_U16 31
#define EPOCH_1900   25569 /* serial of 1970-01-01 */
#define ROWS_MAX     1048576

enum look { LOOK_TITLE, LOOK_LINE, LOOK_HEAD, LOOK_TEXT, LOOK_INT, LOOK_DATE, LOOK_PERCENT, LOOK_GROUP, LOOKS };

struct xlsx {
        struct dd_ctx *c;
        int fd;
        lxw_workbook *book;
        lxw_worksheet *sheet;
        lxw_format *looks[LOOKS];
        struct grid_col *cols;
        size_t n_cols;
        lxw_row_t head, row;
        struct arena *scratch; /* strings of one row */
        lxw_error error;       /* first one */
        bool full;
};

static void
keep_error(struct xlsx *x, lxw_error e)
{
        if (x->error == LXW_NO_ERROR)
                x->error = e;
}

/* ---- text ---------------------------------------------------------------------------------------------- */

/* Excel reads "_x0041_" as an escaped letter, so such a text has its first '_' escaped. */
static bool
looks_escaped(struct str s, size_t i)
{
        if (s.n - i < 7 || s.p[i] != '_' || s.p[i + 1] != 'x' || s.p[i + 6] != '_')
                return false;
        for (size_t k = i + 2; k < i + 6; k++)
                if (strchr("0123456789abcdefABCDEF", s.p[k]) == NULL || s.p[k] == '\0')
                        return false;
        return true;
}

/* Clean text of at most max UTF-16 units, NUL-terminated, in the scratch arena; what is cut off ends in "…". */
static const char *
cell_text(struct xlsx *x, struct str s, size_t max)
{
        char *p = arena_alloc(x->scratch, s.n * 3 + 16);
        size_t n = 0, units = 0, n_at_cut = 0;

        for (size_t i = 0; i < s.n;) {
                bool escaped = looks_escaped(s, i);
                uint32_t cp = utf8_next(s, &i);

                if ((cp < 0x20 && cp != '\n' && cp != '\t') || cp == 0x7f || cp == 0xfffe || cp == 0xffff)
                        continue;
                units += escaped ? 7 : cp > 0xffff ? 2 : 1;
                if (units <= max - 1)
                        n_at_cut = n;
                if (units > max) {
                        n = n_at_cut;
                        memcpy(p + n, "…", 3);
                        return p;
                }
                n += utf8_put(p + n, cp);
                if (escaped) {
                        memcpy(p + n, "x005F_", 6);
                        n += 6;
                }
                if (units <= max - 1)
                        n_at_cut = n;
        }
        return p;
}

static void
put_string(struct xlsx *x, lxw_col_t col, struct str s, lxw_format *look)
{
        const char *text = cell_text(x, s, CELL_MAX);

        if (text[0] == '\0')
                keep_error(x, worksheet_write_blank(x->sheet, x->row, col, look));
        else
                keep_error(x, worksheet_write_string(x->sheet, x->row, col, text, look));
}

/* ---- workbook ------------------------------------------------------------------------------------------ */

static lxw_format *
new_look(struct xlsx *x, double size, bool bold, bool table)
{
        lxw_format *f = workbook_add_format(x->book);

        format_set_font_name(f, FONT);
        format_set_font_size(f, size);
        if (bold)
                format_set_bold(f);
        if (table) {
                format_set_border(f, LXW_BORDER_THIN);
                format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
        }
        return f;
}

static void
make_looks(struct xlsx *x)
{
        x->looks[LOOK_TITLE] = new_look(x, 14, true, false);
        x->looks[LOOK_LINE] = new_look(x, 12, false, false);
        x->looks[LOOK_HEAD] = new_look(x, 12, true, true);
        format_set_text_wrap(x->looks[LOOK_HEAD]);
        format_set_align(x->looks[LOOK_HEAD], LXW_ALIGN_CENTER);
        format_set_align(x->looks[LOOK_HEAD], LXW_ALIGN_VERTICAL_CENTER);
        format_set_bg_color(x->looks[LOOK_HEAD], 0xe7ecf1);
        x->looks[LOOK_TEXT] = new_look(x, 12, false, true);
        format_set_text_wrap(x->looks[LOOK_TEXT]);
        x->looks[LOOK_INT] = new_look(x, 12, false, true);
        format_set_num_format(x->looks[LOOK_INT], "0");
        format_set_align(x->looks[LOOK_INT], LXW_ALIGN_CENTER);
        x->looks[LOOK_DATE] = new_look(x, 12, false, true);
        format_set_num_format(x->looks[LOOK_DATE], "dd/mm/yyyy");
        format_set_align(x->looks[LOOK_DATE], LXW_ALIGN_CENTER);
        x->looks[LOOK_PERCENT] = new_look(x, 12, false, true);
        format_set_num_format(x->looks[LOOK_PERCENT], "0%");
        format_set_align(x->looks[LOOK_PERCENT], LXW_ALIGN_CENTER);
        x->looks[LOOK_GROUP] = new_look(x, 12, true, true);
}

static enum dd_err
no_file(struct dd_ctx *c, const char *why)
{
        dd_log(DD_LOG_ERROR, "xlsx: %s", why);
        return dd_fail(c, DD_EIO, "Không tạo được bảng tính. Xin thử lại; nếu vẫn lỗi, báo cho quản trị.");
}

enum dd_err
xlsx_start(struct dd_ctx *c, struct str title, struct xlsx **ret)
{
        struct xlsx *x = arena_alloc(c->arena, sizeof *x);
        char path[32];

        x->c = c;
        x->fd = memfd_create("xlsx", MFD_CLOEXEC);
        if (x->fd < 0)
                return no_file(c, strerror(errno));
        x->scratch = arena_new(0);
        snprintf(path, sizeof path, "/proc/self/fd/%d", x->fd);
        lxw_workbook_options options = { .constant_memory = LXW_TRUE };
        x->book = workbook_new_opt(path, &options);
        *ret = x;
        if (x->book == NULL) {
                xlsx_free(ret);
                return no_file(c, "no workbook");
        }
        /* The library copies the title; author and company stay empty. */
        lxw_doc_properties props = { .title = (char *)(uintptr_t)cell_text(x, title, 255), .created = (time_t)c->now };
        workbook_set_properties(x->book, &props);
        make_looks(x);
        return DD_OK;
}

void
xlsx_free(struct xlsx **xp)
{
        struct xlsx *x = *xp;

        if (x == NULL)
                return;
        lxw_workbook_free(x->book);
        arena_free(x->scratch);
        if (x->fd >= 0)
                close(x->fd);
        *xp = NULL;
}

/* ---- sheets -------------------------------------------------------------------------------------------- */

/* A tab name as Excel allows it: 31 units, none of []:*?/\, no apostrophe at an end, not taken yet. */
static const char *
tab_name(struct xlsx *x, struct str wish)
{
        char *p = (char *)(uintptr_t)cell_text(x, str_trim(wish), NAME_MAX_U16 - 4);
        size_t n = strlen(p);

        for (size_t i = 0; i < n; i++)
                if (strchr("[]:*?/\\\n\t'", p[i]) != NULL)
                        p[i] = ' ';
        struct str base = n == 0 ? S("Bảng") : (struct str){ p, n };
        struct str name = base;
        for (int k = 2; k < 100; k++) {
                const char *s = str_c(x->scratch, name);

                if (workbook_get_worksheet_by_name(x->book, s) == NULL)
                        return s;
                name = str_fmt(x->scratch, "%.*s %d", FMT(base), k);
        }
        return NULL; /* the library numbers it */
}

static double
col_width(const struct grid_col *col)
{
        static const int32_t by_type[] = { 32, 9, 13, 10 };

        return col->width != 0 ? col->width : by_type[col->type];
}

/* Lines a text takes in its column. A column of w characters is 7w pixels of 3/4 pt wide; the button of the filter
 * covers part of a head. */
static size_t
lines_in(const struct grid_col *col, struct str text, bool head)
{
        int32_t width = (int32_t)(col_width(col) * 7 * 0.75 * 20) - (head ? 340 : 40);

        return times_lines(text, 12, head, width < 200 ? 200 : width);
}

/* Readers other than Excel do not fit rows to wrapped text by themselves. Excel allows 409 pt. */
static void
set_height(struct xlsx *x, size_t lines)
{
        double height = (double)lines * 15.5 + 2;

        worksheet_set_row(x->sheet, x->row, height > 409 ? 409 : height, NULL);
}

static void
set_up_page(struct xlsx *x, const struct xlsx_sheet *s)
{
        worksheet_set_landscape(x->sheet);
        worksheet_set_paper(x->sheet, PAPER_A4);
        worksheet_fit_to_pages(x->sheet, 1, 0);
        worksheet_set_margins(x->sheet, 0.6, 0.4, 0.6, 0.6);
        worksheet_center_horizontally(x->sheet);
        worksheet_set_footer(x->sheet, "&C&\"Times New Roman\"&P/&N");
        worksheet_repeat_rows(x->sheet, x->head, x->head);
        worksheet_freeze_panes(x->sheet, x->head + 1, (lxw_col_t)s->frozen_cols);
}

static void
end_sheet(struct xlsx *x)
{
        if (x->sheet != NULL && x->row > x->head)
                keep_error(x, worksheet_autofilter(x->sheet, x->head, 0, x->row - 1, (lxw_col_t)(x->n_cols - 1)));
        arena_reset(x->scratch);
}

void
xlsx_sheet(struct xlsx *x, const struct xlsx_sheet *s)
{
        end_sheet(x);
        x->sheet = workbook_add_worksheet(x->book, tab_name(x, s->name));
        if (x->sheet == NULL) {
                keep_error(x, LXW_ERROR_MEMORY_MALLOC_FAILED);
                return;
        }
        x->n_cols = s->n_cols;
        x->cols = arena_array(x->c->arena, s->n_cols, sizeof *x->cols);
        memcpy(x->cols, s->cols, s->n_cols * sizeof *x->cols);
        x->head = (lxw_row_t)(s->n_titles == 0 ? 0 : s->n_titles + 1);
        for (size_t i = 0; i < s->n_cols; i++)
                worksheet_set_column(x->sheet, (lxw_col_t)i, (lxw_col_t)i, col_width(&s->cols[i]), NULL);
        set_up_page(x, s);
        for (x->row = 0; x->row < s->n_titles; x->row++)
                put_string(x, 0, s->titles[x->row], x->looks[x->row == 0 ? LOOK_TITLE : LOOK_LINE]);
        x->row = x->head;
        size_t lines = 1;
        for (size_t i = 0; i < s->n_cols; i++) {
                size_t n = lines_in(&s->cols[i], s->cols[i].title, true);

                lines = n > lines ? n : lines;
        }
        set_height(x, lines);
        for (size_t i = 0; i < s->n_cols; i++)
                put_string(x, (lxw_col_t)i, s->cols[i].title, x->looks[LOOK_HEAD]);
        x->row++;
}

static void
put_cell(struct xlsx *x, lxw_col_t col, const struct grid_cell *cell)
{
        enum grid_type type = x->cols[col].type;
        lxw_format *look = x->looks[LOOK_TEXT + (int)type];
        double v = (double)cell->n;

        if (cell->text.n != 0) {
                put_string(x, col, cell->text, x->looks[LOOK_TEXT]);
        } else if (!cell->has || type == GRID_TEXT) {
                keep_error(x, worksheet_write_blank(x->sheet, x->row, col, look));
        } else if (type == GRID_DATE && cell->n + EPOCH_1900 < 61) {
                /* Excel counts a 29/02/1900 that never was: older days stand as text. */
                put_string(x, col, day_text(x->scratch, (int32_t)cell->n), x->looks[LOOK_TEXT]);
        } else {
                v = type == GRID_DATE ? v + EPOCH_1900 : type == GRID_PERCENT ? v / 100 : v;
                keep_error(x, worksheet_write_number(x->sheet, x->row, col, v, look));
        }
}

static bool
row_fits(struct xlsx *x)
{
        if (x->sheet == NULL)
                return false;
        if (x->row >= ROWS_MAX) {
                x->full = true;
                return false;
        }
        return true;
}

void
xlsx_row(struct xlsx *x, const struct grid_cell *cells)
{
        size_t lines = 1;

        if (!row_fits(x))
                return;
        for (size_t i = 0; i < x->n_cols; i++) {
                size_t n = lines_in(&x->cols[i], cells[i].text, false);

                lines = n > lines ? n : lines;
        }
        set_height(x, lines);
        for (size_t i = 0; i < x->n_cols; i++)
                put_cell(x, (lxw_col_t)i, &cells[i]);
        x->row++;
        arena_reset(x->scratch);
}

void
xlsx_row_group(struct xlsx *x, struct str text)
{
        if (!row_fits(x))
                return;
        for (size_t i = 0; i < x->n_cols; i++)
                put_string(x, (lxw_col_t)i, i == 0 ? text : STR_NONE, x->looks[LOOK_GROUP]);
        x->row++;
        arena_reset(x->scratch);
}

/* ---- the file ------------------------------------------------------------------------------------------ */

static bool
copy_out(int fd, struct dd_buf *out)
{
        char chunk[16384];
        off_t at = 0;

        for (;;) {
                ssize_t n = pread(fd, chunk, sizeof chunk, at);

                if (n < 0 && errno == EINTR)
                        continue;
                if (n <= 0)
                        return n == 0 && at > 0;
                buf_put(out, chunk, (size_t)n);
                at += n;
        }
}

enum dd_err
xlsx_finish(struct xlsx *x, struct dd_buf *out)
{
        if (x->full)
                return dd_fail(x->c, DD_ETOOBIG, "Bảng có quá nhiều dòng cho một tệp Excel. Hãy lọc bớt rồi xuất lại.");
        if (x->sheet == NULL)
                return no_file(x->c, "no sheet");
        end_sheet(x);
        lxw_error e = x->error;
        lxw_error closed = workbook_close(x->book); /* frees the book, whatever comes */
        x->book = NULL;
        e = e == LXW_NO_ERROR ? closed : e;
        if (e != LXW_NO_ERROR)
                return no_file(x->c, lxw_strerror(e));
        if (!copy_out(x->fd, out))
                return no_file(x->c, "reading back failed");
        if (out->over)
                return dd_fail(x->c, DD_ETOOBIG, "Bảng tính quá lớn. Hãy lọc bớt rồi xuất lại.");
        return DD_OK;
}
