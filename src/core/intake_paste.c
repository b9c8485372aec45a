/* Rows that a person pastes out of a spreadsheet, a table of a text or a list; and titles cut in two or joined. */
#include "dd_text.h"
#include "intake_priv.h"

#define CELLS_MAX 12

enum paste_column { P_NONE, P_NO, P_TITLE, P_LEAD, P_COORDINATING, P_DEADLINE, P_OUTPUT, P_MAX };

struct line {
        struct str cell[CELLS_MAX];
        size_t n, number; /* cells; of the line, from 1 */
};
struct lines {
        struct line *v;
        size_t n, cap;
};

/* Words of a header cell, bare; the first row that is found decides. */
static const struct {
        const char *words;
        enum paste_column column;
} heads[] = {
        { "ghi chu", P_NONE },
        { "phoi hop", P_COORDINATING },
        { "thoi gian", P_DEADLINE },
        { "thoi han", P_DEADLINE },
        { "tien do", P_DEADLINE },
        { "han hoan thanh", P_DEADLINE },
        { "ngay hoan thanh", P_DEADLINE },
        { "san pham", P_OUTPUT },
        { "ket qua", P_OUTPUT },
        { "chu tri", P_LEAD },
        { "dau moi", P_LEAD },
        { "phu trach", P_LEAD },
        { "chiu trach nhiem", P_LEAD },
        { "co quan", P_LEAD },
        { "don vi", P_LEAD },
        { "nhiem vu", P_TITLE },
        { "noi dung", P_TITLE },
        { "cong viec", P_TITLE },
        { "de an", P_TITLE },
};

static enum paste_column
head_of(struct arena *a, struct str cell)
{
        struct str fold = str_trim(text_fold(a, cell));
        static const char *const numbers[] = { "tt", "stt", "so tt", "so thu tu" };

        if (fold.n > 80)
                return P_NONE;
        for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
                if (str_eq(fold, str_of(numbers[i])))
                        return P_NO;
        for (size_t i = 0; i < ARRAY_LEN(heads); i++)
                if (str_has(fold, str_of(heads[i].words)))
                        return heads[i].column;
        return P_NONE;
}

/* One cell of a line that a spreadsheet wrote: quoted when it holds a tab, a line end or a quote. */
static struct str
quoted_cell(struct arena *a, struct str text, size_t *i)
{
        AUTO_BUF b = { 0 };

        for (++*i; *i < text.n; ++*i) {
                if (text.p[*i] == '"') {
                        if (*i + 1 >= text.n || text.p[*i + 1] != '"')
                                break;
                        ++*i;
                }
                buf_c(&b, text.p[*i]);
        }
        if (*i < text.n)
                ++*i;
        return str_dup(a, buf_view(&b));
}

/* A quote opens a cell only where its fellow closes it. */
static bool
opens_quote(struct str text, size_t i)
{
        if (text.p[i] != '"')
                return false;
        for (size_t k = i + 1; k < text.n; k++) {
                if (text.p[k] != '"')
                        continue;
                if (k + 1 < text.n && text.p[k + 1] == '"')
                        k++;
                else
                        return k + 1 == text.n || text.p[k + 1] == '\t' || text.p[k + 1] == '\n';
        }
        return false;
}

static void
cut_lines(struct arena *a, struct str text, struct lines *out)
{
        size_t i = 0, number = 1;

        while (i < text.n) {
                struct line *l = VEC_PUSH(a, out);

                *l = (struct line){ .number = number };
                for (;;) {
                        struct str cell;
                        size_t from = i;

                        if (i < text.n && opens_quote(text, i)) {
                                cell = quoted_cell(a, text, &i);
                        } else {
                                while (i < text.n && text.p[i] != '\t' && text.p[i] != '\n')
                                        i++;
                                cell = str_sub(text, from, i);
                        }
                        if (l->n < CELLS_MAX)
                                l->cell[l->n++] = str_trim(cell);
                        if (i >= text.n || text.p[i] == '\n')
                                break;
                        i++;
                }
                i++;
                number++;
                if (l->n == 1 && l->cell[0].n == 0)
                        out->n--;
        }
}

/* "5", "2.1", "IV", "a)": what stands in a column of numbers. */
static bool
is_number(struct str s)
{
        bool roman = s.n > 0, digit = false;

        if (s.n > 8)
                return false;
        for (size_t i = 0; i < s.n; i++) {
                digit = digit || (s.p[i] >= '0' && s.p[i] <= '9');
                roman = roman && strchr("IVXLC.)", s.p[i]) != NULL;
                if (strchr("0123456789.)abcdefghiklmnopqrstuvxyIVXLC", s.p[i]) == NULL)
                        return false;
        }
        return digit || roman || (s.n == 2 && s.p[1] == ')');
}

/* Which column is what: *ret_first is the first line that is no header. */
static void
columns_of(struct arena *a, const struct lines *in, enum paste_column *col, size_t *ret_first)
{
        bool has[P_MAX] = { false }, numbers = false;
        size_t at = 0;

        *ret_first = 0;
        for (size_t i = 0; i < CELLS_MAX; i++) {
                col[i] = i < in->v[0].n ? head_of(a, in->v[0].cell[i]) : P_NONE;
                has[col[i]] = true;
        }
        if (has[P_TITLE] && (has[P_LEAD] || has[P_DEADLINE] || has[P_NO])) {
                *ret_first = 1;
                return;
        }
        for (size_t i = 0; i < in->n; i++) {
                if (in->v[i].n < 2 || (in->v[i].cell[0].n > 0 && !is_number(in->v[i].cell[0]))) {
                        numbers = false;
                        break;
                }
                numbers = numbers || in->v[i].cell[0].n > 0;
        }
        for (size_t i = 0; i < CELLS_MAX; i++)
                col[i] = P_NONE;
        if (numbers)
                col[at++] = P_NO;
        for (enum paste_column k = P_TITLE; k < P_MAX; k++)
                col[at++] = k;
}

static struct str
one_line(struct arena *a, struct str s)
{
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < s.n; i++)
                buf_c(&b, s.p[i] == '\n' || s.p[i] == '\t' ? ' ' : s.p[i]);
        return str_dup(a, buf_view(&b));
}

static enum dd_err
row_read(struct dd_ctx *c, const struct line *l, const enum paste_column *col, struct pasted_row *ret)
{
        static const int64_t longest[P_MAX] = { 0, 20, 4000, 1000, 2000, 500, 1000 };
        struct str v[P_MAX];

        for (size_t k = 0; k < P_MAX; k++)
                v[k] = S("");
        for (size_t i = 0; i < l->n; i++) {
                if (col[i] == P_NONE) {
                        if (l->cell[i].n > 0 && i >= 6)
                                return dd_fail_field(c, "text",
                                                     "Dòng %zu có %zu ô, nhiều hơn số cột nhận được. Mời dán kèm hàng "
                                                     "tiêu đề của bảng, hoặc bớt cột.",
                                                     l->number, l->n);
                        continue;
                }
                if ((int64_t)utf8_len(l->cell[i]) > longest[col[i]])
                        return dd_fail_field(c, "text", "Dòng %zu có ô dài quá %lld chữ.", l->number,
                                             (long long)longest[col[i]]);
                v[col[i]] = words_join(c->arena, v[col[i]], "; ", l->cell[i]);
        }
        if (v[P_TITLE].n == 0)
                return dd_fail_field(c, "text", "Dòng %zu chưa có nội dung nhiệm vụ. Chưa thêm dòng nào.", l->number);
        *ret = (struct pasted_row){
                v[P_NO],           one_line(c->arena, v[P_TITLE]),    v[P_LEAD],
                v[P_COORDINATING], one_line(c->arena, v[P_DEADLINE]), one_line(c->arena, v[P_OUTPUT])
        };
        return DD_OK;
}

static struct str
unix_lines(struct arena *a, struct str s)
{
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] != '\r')
                        buf_c(&b, s.p[i]);
        return str_dup(a, buf_view(&b));
}

enum dd_err
paste_read(struct dd_ctx *c, struct str text, struct pasted_rows *ret)
{
        struct lines lines = { 0 };
        enum paste_column col[CELLS_MAX];
        size_t first;

        *ret = (struct pasted_rows){ 0 };
        cut_lines(c->arena, text_nfc(c->arena, unix_lines(c->arena, or_empty(text))), &lines);
        if (lines.n == 0)
                return dd_fail_field(c, "text",
                                     "Chưa có dòng nào. Mời chép các dòng trong Excel hoặc Word rồi dán vào đây.");
        columns_of(c->arena, &lines, col, &first);
        for (size_t i = first; i < lines.n; i++) {
                bool any = false;

                for (size_t k = 0; k < lines.v[i].n; k++)
                        any = any || lines.v[i].cell[k].n > 0;
                if (any)
                        TRY(row_read(c, &lines.v[i], col, VEC_PUSH(c->arena, ret)));
        }
        if (ret->n == 0)
                return dd_fail_field(c, "text", "Chỉ thấy hàng tiêu đề, chưa có dòng nào ở dưới.");
        return DD_OK;
}

struct str
words_join(struct arena *a, struct str x, const char *between, struct str y)
{
        x = or_empty(x);
        y = or_empty(y);
        if (y.n == 0 || str_eq(x, y))
                return x;
        return x.n == 0 ? y : str_fmt(a, "%.*s%s%.*s", FMT(x), between, FMT(y));
}

static struct str
trim_marks(struct str s, const char *marks, bool front)
{
        s = str_trim(s);
        while (s.n > 0 && strchr(marks, front ? s.p[0] : s.p[s.n - 1]) != NULL)
                s = str_trim(front ? str_sub(s, 1, s.n) : str_sub(s, 0, s.n - 1));
        return s;
}

enum dd_err
title_split(struct dd_ctx *c, struct str words, int64_t at, struct str *ret_a, struct str *ret_b)
{
        size_t cut = 0;

        words = unix_lines(c->arena, words);
        if (at < 0) {
                words = str_trim(words);
                cut = str_find(words, S("\n"), 0);
        } else {
                while (at-- > 0 && cut < words.n)
                        (void)utf8_next(words, &cut);
        }
        *ret_a = trim_marks(str_sub(words, 0, cut), ";,", false);
        *ret_b = trim_marks(str_sub(words, cut, words.n), ";,-+", true);
        if (ret_a->n == 0 || ret_b->n == 0)
                return dd_fail_field(
                    c, "words", "Chưa biết tách ở đâu. Mời xuống dòng ở chỗ nhiệm vụ thứ hai bắt đầu rồi bấm «Tách».");
        return DD_OK;
}

void
number_split(struct arena *a, struct str no, struct str *ret_a, struct str *ret_b)
{
        char last = no.n > 0 ? no.p[no.n - 1] : 0, before = no.n > 1 ? no.p[no.n - 2] : 0;

        *ret_a = *ret_b = no;
        if (before >= '0' && before <= '9' && last >= 'a' && last < 'z') {
                *ret_b = str_fmt(a, "%.*s%c", (int)(no.n - 1), no.p, last + 1);
        } else if (last >= '0' && last <= '9') {
                *ret_a = str_fmt(a, "%.*sa", FMT(no));
                *ret_b = str_fmt(a, "%.*sb", FMT(no));
        }
}
