/* page_read.c - parts to pages, pages to blocks: which words count, what repeats on every page, which words lie in a
 * table; then page after page from top to bottom. */
#include "page_priv.h"

#include "dd_text.h"

#include <ctype.h>
#include <math.h>

#define EDGE       0.10 /* of a page's height, at its top and its foot: where page numbers and running heads stand */
#define REPEATED   3    /* pages on which a line stands to be a running head */
#define SURE_LEAST 30   /* percent: less, and short, is dirt on a scan */
#define BAD_PARTS  "Không hiểu kết quả đọc các trang của tệp này; tệp có thể hỏng. Hãy xuất hoặc quét lại văn bản."

/* ---- parts --------------------------------------------------------------------------------------------------------
 */

struct part_of {
        struct str ocr, cells, geometry;
        bool scan;
};

struct reading {
        struct dd_ctx *c;
        struct str words;
        struct part_of *parts; /* of each page */
};

static enum dd_err
part_keep(struct reading *r, const struct page_part *head, struct str body)
{
        struct part_of *p;

        if (head->kind == PART_WORDS) {
                r->words = body;
                return DD_OK;
        }
        if (head->page < 1 || head->page > PAGE_MAX)
                return dd_fail(r->c, DD_EFORMAT, BAD_PARTS);
        p = &r->parts[head->page - 1];
        switch (head->kind) {
        case PART_OCR:
                p->ocr = body;
                return DD_OK;
        case PART_CELLS:
                p->cells = body;
                return DD_OK;
        case PART_SCAN:
        case PART_RULES:
                p->geometry = body;
                p->scan = head->kind == PART_SCAN;
                return DD_OK;
        default:
                return dd_fail(r->c, DD_EFORMAT, BAD_PARTS);
        }
}

bool
part_take(struct str *rest, struct page_part *ret, struct str *ret_body)
{
        struct str s = *rest;

        if (s.n < sizeof *ret)
                return false;
        memcpy(ret, s.p, sizeof *ret);
        s = str_sub(s, sizeof *ret, s.n);
        if (ret->magic != PAGE_PART_MAGIC || ret->size > s.n)
                return false;
        *ret_body = str_sub(s, 0, ret->size);
        *rest = str_sub(s, ret->size, s.n);
        return true;
}

static enum dd_err
parts_split(struct reading *r, struct str s)
{
        r->parts = arena_array(r->c->arena, PAGE_MAX, sizeof *r->parts);
        while (s.n > 0) {
                struct page_part head;
                struct str body;

                if (!part_take(&s, &head, &body))
                        return dd_fail(r->c, DD_EFORMAT, BAD_PARTS);
                TRY(part_keep(r, &head, body));
        }
        return DD_OK;
}

/* ---- geometry ------------------------------------------------------------------------------------------------------
 */

static bool
cell_is_sound(const struct grid_cell *c, const struct page_geometry *g)
{
        return c->table >= 0 && c->table < PAGE_TABLES_MAX && c->row >= 0 && c->row < 2000 && c->col >= 0 &&
               c->col < 600 && c->rows >= 1 && c->rows < 2000 && c->cols >= 1 && c->cols < 600 && c->x0 >= 0 &&
               c->x1 <= g->w && c->x0 < c->x1 && c->y0 >= 0 && c->y1 <= g->h && c->y0 < c->y1 && c->strip >= -1 &&
               c->strip_end <= 40000 && c->strip_x >= -PAGE_PX_MAX && c->strip_x <= PAGE_PX_MAX &&
               c->strip_y >= -40000 && c->strip_y <= PAGE_PX_MAX;
}

/* Cells must fill the grid of their table, no more and no less: what is written of a row counts on it. */
static bool
grid_is_sound(const struct grid *g)
{
        int64_t places = 0;

        for (int32_t t = 0; t < g->tables; t++) {
                int64_t rows = 0, cols = 0, area = 0;

                for (size_t i = 0; i < g->n; i++) {
                        const struct grid_cell *c = &g->v[i];

                        if (c->table != t)
                                continue;
                        rows = c->row + c->rows > rows ? c->row + c->rows : rows;
                        cols = c->col + c->cols > cols ? c->col + c->cols : cols;
                        area += (int64_t)c->rows * c->cols;
                }
                if (area != rows * cols)
                        return false;
                places += area;
        }
        return places <= PAGE_CELLS_MAX;
}

static enum dd_err
geometry_take(struct dd_ctx *c, struct str s, struct page *p)
{
        struct page_geometry *g = &p->geo;
        int32_t tables = 0;

        if (s.n < sizeof *g)
                return dd_fail(c, DD_EFORMAT, BAD_PARTS);
        memcpy(g, s.p, sizeof *g);
        s = str_sub(s, sizeof *g, s.n);
        if (g->magic != PAGE_GEOMETRY_MAGIC || g->w < 1 || g->h < 1 || g->w > PAGE_PX_MAX || g->h > PAGE_PX_MAX ||
            g->whole_w < 1 || g->whole_h < 1 || g->red_from < 0 || g->red_to < g->red_from || g->red_to > 60000 ||
            g->quarters < 0 || g->quarters > 3 || abs(g->skew) > 10000 || g->cells > PAGE_CELLS_MAX ||
            s.n != g->cells * sizeof(struct grid_cell))
                return dd_fail(c, DD_EFORMAT, BAD_PARTS);
        p->grid.v = arena_array(c->arena, g->cells + 1, sizeof *p->grid.v);
        p->grid.n = g->cells;
        if (s.n > 0)
                memcpy(p->grid.v, s.p, s.n);
        for (size_t i = 0; i < p->grid.n; i++) {
                if (!cell_is_sound(&p->grid.v[i], g))
                        return dd_fail(c, DD_EFORMAT, BAD_PARTS);
                tables = p->grid.v[i].table + 1 > tables ? p->grid.v[i].table + 1 : tables;
        }
        p->grid.tables = tables;
        return grid_is_sound(&p->grid) ? DD_OK : dd_fail(c, DD_EFORMAT, BAD_PARTS);
}

/* Words of the column of cells go back to where their cells stand. What lies between two cells is nobody's. */
static void
cells_back(const struct page *p, struct words *w)
{
        size_t n = 0;

        for (size_t i = 0; i < w->n; i++) {
                double mid = (w->v[i].y0 + w->v[i].y1) / 2;

                for (size_t k = 0; k < p->grid.n; k++) {
                        const struct grid_cell *c = &p->grid.v[k];

                        if (c->strip < 0 || mid < c->strip - 10 || mid >= c->strip_end - 10)
                                continue;
                        w->v[i].x0 += c->strip_x;
                        w->v[i].x1 += c->strip_x;
                        w->v[i].y0 += c->strip_y;
                        w->v[i].y1 += c->strip_y;
                        w->v[i].cell = (int32_t)k;
                        w->v[n++] = w->v[i];
                        break;
                }
        }
        w->n = n;
}

/* ---- the words of a page -------------------------------------------------------------------------------------------
 */

/* Strokes of a pen, rims of a seal, dust: short, unsure, without letters. */
static bool
is_dirt(const struct word *w)
{
        size_t letters = 0;

        for (size_t i = 0; i < w->text.n; i++)
                letters += isalnum((unsigned char)w->text.p[i]) || (unsigned char)w->text.p[i] >= 0xC3;
        if (letters == 0 && (w->confidence < 60 || strchr("|_~'`\\\"“”‘’«»=", w->text.p[0])))
                return w->text.n > 3 || !str_eq(w->text, S("-"));
        return w->confidence < SURE_LEAST && utf8_len(w->text) <= 2;
}

static enum dd_err
recognised(struct dd_ctx *c, struct str tsv, struct words *ret)
{
        struct raw_pages pages;

        *ret = (struct words){ 0 };
        if (tsv.n == 0)
                return DD_OK;
        TRY(page_words(c, tsv, 1, &pages));
        for (size_t i = 0; i < pages.n; i++)
                for (size_t k = 0; k < pages.v[i].words.n; k++) {
                        struct word *w = &pages.v[i].words.v[k];

                        w->cell = -1;
                        if (!is_dirt(w))
                                *VEC_PUSH(c->arena, ret) = *w;
                }
        return DD_OK;
}

static void
scale_words(struct words *w, double sx, double sy)
{
        for (size_t i = 0; i < w->n; i++) {
                w->v[i].x0 *= sx;
                w->v[i].x1 *= sx;
                w->v[i].y0 *= sy;
                w->v[i].y1 *= sy;
        }
}

static void
scale_cells(struct grid *g, double sx, double sy)
{
        for (size_t i = 0; i < g->n; i++) {
                struct grid_cell *c = &g->v[i];

                c->x0 = (int32_t)lround(c->x0 * sx);
                c->x1 = (int32_t)lround(c->x1 * sx);
                c->y0 = (int32_t)lround(c->y0 * sy);
                c->y1 = (int32_t)lround(c->y1 * sy);
        }
}

/* Letters of a line of red words, without marks: "[TỐI MẬT]" gives "toimat". */
static bool
is_mark(struct arena *a, const struct word *v, size_t n)
{
        static const char *const marks[] = { "mat", "toimat", "tuyetmat" };
        struct seg s = { .v = (struct word *)(uintptr_t)v, .n = n };
        struct str folded = text_fold(a, seg_text(a, &s));
        char *letters = arena_alloc(a, folded.n + 1);
        size_t k = 0;

        for (size_t i = 0; i < folded.n; i++)
                if (folded.p[i] >= 'a' && folded.p[i] <= 'z')
                        letters[k++] = folded.p[i];
        for (size_t i = 0; i < ARRAY_LEN(marks); i++)
                if (str_eq((struct str){ letters, k }, str_of(marks[i])))
                        return true;
        return false;
}

/* Red words: a mark of secrecy is kept, all else (a seal's rim, "HỎA TỐC") says nothing about the plan. */
static void
mark_take(struct arena *a, struct page *p, struct words *cells)
{
        struct words red = { 0 };
        size_t n = 0;

        for (size_t i = 0; i < cells->n; i++) {
                double mid = (cells->v[i].y0 + cells->v[i].y1) / 2;

                if (mid >= p->geo.red_from && mid < p->geo.red_to)
                        *VEC_PUSH(a, &red) = cells->v[i];
                else
                        cells->v[n++] = cells->v[i];
        }
        cells->n = n;
        for (size_t i = 0, k; i < red.n; i = k) {
                for (k = i + 1; k < red.n && red.v[k].line == red.v[i].line; k++)
                        ;
                if (!is_mark(a, &red.v[i], k - i) || p->mark.n > 0)
                        continue;
                for (size_t m = i; m < k; m++) {
                        struct word *w = VEC_PUSH(a, &p->mark);

                        *w = red.v[m];
                        w->before = ' ';
                        w->page = p->no;
                }
        }
}

/* A recognised page counts unless its own text layer says as much and is sound. */
static enum dd_err
scan_take(struct dd_ctx *c, const struct part_of *part, struct page *p)
{
        struct words text = p->words, page, cells;
        double w = p->w, h = p->h;

        TRY(geometry_take(c, part->geometry, p));
        TRY(recognised(c, part->ocr, &page));
        TRY(recognised(c, part->cells, &cells));
        if (p->geo.red_to > p->geo.red_from)
                mark_take(c->arena, p, &cells);
        if (text.n > 0 && !page_text_is_broken(&text) && 3 * text.n >= 2 * (page.n + cells.n)) {
                p->grid = (struct grid){ 0 };
                return DD_OK;
        }
        if (p->geo.quarters % 2 != 0) {
                p->w = h;
                p->h = w;
        }
        p->scan = true;
        cells_back(p, &cells);
        p->words = page;
        for (size_t i = 0; i < cells.n; i++) {
                struct word *x = VEC_PUSH(c->arena, &p->words);

                *x = cells.v[i];
                x->line += 1000000; /* lines of their own */
        }
        scale_words(&p->words, p->w / p->geo.w, p->h / p->geo.h);
        scale_cells(&p->grid, p->w / p->geo.w, p->h / p->geo.h);
        return DD_OK;
}

/* Words whose middle lies in a cell are its. */
static void
words_to_cells(struct page *p)
{
        for (size_t i = 0; i < p->words.n; i++) {
                struct word *w = &p->words.v[i];
                double x = (w->x0 + w->x1) / 2, y = (w->y0 + w->y1) / 2;

                for (size_t k = 0; k < p->grid.n && w->cell < 0; k++) {
                        const struct grid_cell *c = &p->grid.v[k];

                        if (x >= c->x0 && x < c->x1 && y >= c->y0 && y < c->y1)
                                w->cell = (int32_t)k;
                }
        }
}

static enum dd_err
page_take(struct dd_ctx *c, const struct part_of *part, struct page *p)
{
        for (size_t i = 0; i < p->words.n; i++)
                p->words.v[i].cell = -1;
        if (part->geometry.n > 0 && part->scan) {
                TRY(scan_take(c, part, p));
        } else if (part->geometry.n > 0) {
                TRY(geometry_take(c, part->geometry, p));
                scale_cells(&p->grid, p->w / p->geo.w, p->h / p->geo.h);
        }
        if (!p->scan)
                words_to_cells(p);
        for (size_t i = 0; i < p->words.n; i++)
                p->words.v[i].page = p->no;
        return DD_OK;
}

/* ---- what repeats ---------------------------------------------------------------------------------------------------
 */

/* "8", "- 8 -", "Trang 3/10". */
static bool
is_page_no(struct str s)
{
        size_t digits = 0, i = str_starts(s, S("Trang ")) || str_starts(s, S("trang ")) ? 6 : 0;

        if (s.n == 0 || s.n > 14)
                return false;
        for (; i < s.n; i++) {
                if (isdigit((unsigned char)s.p[i]))
                        digits++;
                else if (!strchr("- /", s.p[i]))
                        return false;
        }
        return digits >= 1 && digits <= 6 && !(digits > 3 && !memchr(s.p, '/', s.n));
}

static bool
at_edge(const struct page *p, const struct seg *s)
{
        return s->y1 < EDGE * p->h || s->y0 > (1 - EDGE) * p->h;
}

/* Letters without figures: "Trang 3" and "Trang 4" are one head. */
static struct str
head_key(struct arena *a, struct str s)
{
        char *out = arena_alloc(a, s.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++)
                if (!isdigit((unsigned char)s.p[i]) && s.p[i] != ' ')
                        out[n++] = s.p[i];
        return (struct str){ out, n };
}

struct edge_line {
        struct str key;
        double y;
        struct seg *seg;
};
struct edge_lines {
        struct edge_line *v;
        size_t n, cap;
};

static int
by_key(const void *a, const void *b)
{
        const struct edge_line *x = a, *y = b;
        int order = str_cmp(x->key, y->key);

        return order != 0 ? order : x->y < y->y ? -1 : x->y > y->y;
}

static void
furniture_find(struct arena *a, const struct pages *pages, struct segs *lines)
{
        struct edge_lines v = { 0 };

        for (size_t i = 0; i < pages->n; i++)
                for (size_t k = 0; k < lines[i].n; k++) {
                        struct seg *s = &lines[i].v[k];
                        struct str text;

                        if (!at_edge(&pages->v[i], s) || s->n > 40)
                                continue;
                        text = seg_text(a, s);
                        if (is_page_no(text))
                                s->kind = BLOCK_PAGE_NO;
                        else
                                *VEC_PUSH(a, &v) = (struct edge_line){ head_key(a, text), s->y0 / pages->v[i].h, s };
                }
        if (v.n > 0)
                qsort(v.v, v.n, sizeof *v.v, by_key);
        for (size_t i = 0, k; i < v.n; i = k) {
                for (k = i + 1; k < v.n && str_eq(v.v[k].key, v.v[i].key) && v.v[k].y - v.v[k - 1].y < 0.006;)
                        k++;
                for (size_t m = i; m < k && k - i >= REPEATED && v.v[i].key.n > 3; m++)
                        v.v[m].seg->kind = BLOCK_PAGE_HEAD;
        }
}

/* ---- from top to bottom
 * ---------------------------------------------------------------------------------------------- */

static double
table_top(const struct page *p, int32_t table)
{
        double y = 1e9;

        for (size_t i = 0; i < p->grid.n; i++)
                if (p->grid.v[i].table == table && p->grid.v[i].y0 < y)
                        y = p->grid.v[i].y0;
        return y;
}

/* The table that comes next below `after`; -1: none. */
static int32_t
table_next(const struct page *p, double after, double *ret_top)
{
        int32_t next = -1;

        *ret_top = 1e9;
        for (int32_t t = 0; t < p->grid.tables; t++) {
                double top = table_top(p, t);

                if (top > after && top < *ret_top) {
                        *ret_top = top;
                        next = t;
                }
        }
        return next;
}

static void
page_flow(struct build *b, struct page *p, struct segs *s)
{
        double top = -1;
        size_t at = 0;

        margins_find(b, p, s);
        if (p->mark.n > 0) {
                table_flush(b);
                para_flush(b);
                put_block(b, BLOCK_PARA, &p->mark);
        }
        for (int32_t t = table_next(p, top, &top); t >= 0; t = table_next(p, top, &top)) {
                size_t to = at;

                while (to < s->n && (s->v[to].y0 + s->v[to].y1) / 2 < top)
                        to++;
                text_take(b, s, at, to);
                at = to;
                table_take(b, p, t);
        }
        text_take(b, s, at, s->n);
}

static enum dd_err
pages_flow(struct dd_ctx *c, struct pages *pages, struct blocks *ret)
{
        struct build b = { .a = c->arena, .b = ret, .pages = pages, .pitch = 0 };
        struct segs *lines = arena_array(c->arena, pages->n + 1, sizeof *lines);
        size_t words = 0, bytes = 0;

        for (size_t i = 0; i < pages->n; i++) {
                words += pages->v[i].words.n + pages->v[i].mark.n;
                for (size_t k = 0; k < pages->v[i].mark.n; k++)
                        bytes += pages->v[i].mark.v[k].text.n;
                for (size_t k = 0; k < pages->v[i].words.n; k++)
                        bytes += pages->v[i].words.v[k].text.n;
                for (size_t k = 0; k < pages->v[i].grid.n; k++) /* bars, also of empty cells */
                        bytes += 4 * (size_t)pages->v[i].grid.v[k].rows * (size_t)pages->v[i].grid.v[k].cols;
                bytes += 64;
                segs_find(c->arena, &pages->v[i], &lines[i]);
        }
        if (words == 0)
                return dd_fail(c, DD_EINVAL, "Tệp không có chữ nào đọc được. Hãy kiểm tra lại tệp rồi gửi lại.");
        furniture_find(c->arena, pages, lines);
        put_start(&b, words, bytes);
        for (size_t i = 0; i < pages->n; i++)
                page_flow(&b, &pages->v[i], &lines[i]);
        table_flush(&b);
        para_flush(&b);
        put_end(&b);
        return DD_OK;
}

static enum dd_err
raw_flow(struct reading *r, const struct raw_pages *raw, struct blocks *ret)
{
        struct pages pages = { arena_array(r->c->arena, raw->n + 1, sizeof *pages.v), raw->n };
        bool scan = true;

        for (size_t i = 0; i < raw->n; i++) {
                const struct raw_page *p = &raw->v[i];

                pages.v[i] = (struct page){ .no = (int32_t)i + 1, .w = p->w, .h = p->h, .words = p->words };
                TRY(page_take(r->c, &r->parts[i], &pages.v[i]));
                scan = scan && pages.v[i].scan;
        }
        ret->format = scan ? S("scan") : S("pdf");
        ret->pages = (int32_t)raw->n;
        return pages_flow(r->c, &pages, ret);
}

enum dd_err
pages_read(struct dd_ctx *c, struct str parts, struct blocks *ret)
{
        struct reading r = { .c = c };
        struct raw_pages raw;

        *ret = (struct blocks){ 0 };
        TRY(parts_split(&r, parts));
        TRY(page_words(c, r.words, 1, &raw));
        return raw_flow(&r, &raw, ret);
}

enum dd_err
pages_first(struct dd_ctx *c, struct str tsv, struct dd_buf *need, struct blocks *ret, bool *ret_done)
{
        struct str *none = arena_array(c->arena, PAGE_MAX, sizeof *none);
        struct reading r = { .c = c, .parts = arena_array(c->arena, PAGE_MAX, sizeof *r.parts) };
        struct raw_pages raw;

        *ret = (struct blocks){ 0 };
        *ret_done = false;
        TRY(page_words(c, tsv, 1, &raw));
        if (needs_put(&raw, none, need))
                return DD_OK;
        *ret_done = true;
        return raw_flow(&r, &raw, ret);
}
