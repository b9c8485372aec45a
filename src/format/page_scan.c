/* page_scan.c - a grey page made ready for recognition: upright, straight, and the cells of its tables cut out and set
 * one under the other, so that a recogniser which reads lines can not read across them. */
#include "page_priv.h"

#include <math.h>

#define SKEW_LEAST    0.12  /* degrees; less is left alone */
#define STRIP_GAP     26    /* dots between two cells of the column */
#define STRIP_SIDE    30    /* and beside them */
#define STRIP_HEIGHT  30000 /* of the column; what Tesseract can take is 32,767 */
#define INSET         6     /* dots of a cell that may belong to its lines */
#define ROOM          4
#define EDGE          8 /* more of them, where a line is thick or leans */
#define MARK_HEIGHT   170
#define MARKS_MAX     8
#define HEAD_SHARE    0.5 /* of a page's height, in which a mark of secrecy stands */
#define INK_OF_A_WORD 150 /* dots; a page with fewer is blank */

static uint8_t
ink_of_lines(uint8_t threshold)
{
        int v = threshold + 35; /* a thin line is greyer than letters */

        return (uint8_t)(v > 215 ? 215 : v);
}

/* ---- the column of cells ------------------------------------------------------------------------------------ */

struct rect {
        int32_t x0, y0, x1, y1; /* x1, y1 excluded */
};

static size_t
ink_in(const struct grey *g, uint8_t ink, struct rect r)
{
        size_t n = 0;

        for (int32_t y = r.y0; y < r.y1; y++)
                for (int32_t x = r.x0; x < r.x1; x++)
                        n += g->p[(size_t)y * (size_t)g->w + (size_t)x] < ink;
        return n;
}

/* What is left of a ruling line along a side: dots of ink over most of the cell's height. */
static void
edges_trim(const struct grey *g, uint8_t ink, struct rect *r)
{
        size_t most = (size_t)(r->y1 - r->y0) * 4 / 5; /* stems of letters below one another reach less */

        for (int32_t k = EDGE - 1; k >= 0; k--) {
                if (r->x0 + k < r->x1 &&
                    ink_in(g, ink, (struct rect){ r->x0 + k, r->y0, r->x0 + k + 1, r->y1 }) > most) {
                        r->x0 += k + 1;
                        break;
                }
        }
        for (int32_t k = EDGE - 1; k >= 0; k--) {
                if (r->x1 - k - 1 > r->x0 &&
                    ink_in(g, ink, (struct rect){ r->x1 - k - 1, r->y0, r->x1 - k, r->y1 }) > most) {
                        r->x1 -= k + 1;
                        break;
                }
        }
}

/* The part of a cell that has letters; false: it is empty. Single dots are dirt. */
static bool
inner(const struct grey *g, uint8_t ink, const struct grid_cell *c, struct rect *ret)
{
        struct rect r = { c->x0 + INSET, c->y0 + INSET, c->x1 - INSET + 1, c->y1 - INSET + 1 };

        r.x0 = r.x0 < 0 ? 0 : r.x0;
        r.y0 = r.y0 < 0 ? 0 : r.y0;
        r.x1 = r.x1 > g->w ? g->w : r.x1;
        r.y1 = r.y1 > g->h ? g->h : r.y1;
        if (r.x1 - r.x0 < 4 || r.y1 - r.y0 < 4)
                return false;
        edges_trim(g, ink, &r);
        while (r.y0 < r.y1 && ink_in(g, ink, (struct rect){ r.x0, r.y0, r.x1, r.y0 + 1 }) < 2)
                r.y0++;
        while (r.y1 > r.y0 && ink_in(g, ink, (struct rect){ r.x0, r.y1 - 1, r.x1, r.y1 }) < 2)
                r.y1--;
        r.y0 -= r.y0 - ROOM > c->y0 + INSET ? ROOM : 0; /* faint marks above and below the letters */
        r.y1 += r.y1 + ROOM < c->y1 - INSET ? ROOM : 0;
        *ret = r;
        return r.y1 - r.y0 >= 4 && ink_in(g, ink, r) >= 20;
}

static void
copy(const struct grey *from, struct rect r, const struct grey *to, int32_t x, int32_t y)
{
        for (int32_t k = 0; k < r.y1 - r.y0; k++)
                memcpy(to->p + (size_t)(y + k) * (size_t)to->w + (size_t)x,
                       from->p + (size_t)(r.y0 + k) * (size_t)from->w + (size_t)r.x0, (size_t)(r.x1 - r.x0));
}

static void
whiten(const struct grey *g, const struct grid_cell *c)
{
        int32_t x0 = c->x0 - INSET < 0 ? 0 : c->x0 - INSET, x1 = c->x1 + INSET >= g->w ? g->w - 1 : c->x1 + INSET;
        int32_t y0 = c->y0 - INSET < 0 ? 0 : c->y0 - INSET, y1 = c->y1 + INSET >= g->h ? g->h - 1 : c->y1 + INSET;

        for (int32_t y = y0; y <= y1; y++)
                memset(g->p + (size_t)y * (size_t)g->w + (size_t)x0, 255, (size_t)(x1 - x0 + 1));
}

/* Sets the cells under one another and takes them off the page. */
static void
strip_make(struct arena *a, const struct grey *page, uint8_t ink, struct grid *grid, struct grey *ret)
{
        struct rect *r = arena_array(a, grid->n + 1, sizeof *r);
        int32_t w = 0, h = STRIP_GAP;

        for (size_t i = 0; i < grid->n; i++) {
                struct grid_cell *c = &grid->v[i];

                if (!inner(page, ink, c, &r[i]) || h + (r[i].y1 - r[i].y0) + STRIP_GAP > STRIP_HEIGHT)
                        continue;
                c->strip = h;
                h += r[i].y1 - r[i].y0 + STRIP_GAP;
                c->strip_end = h;
                c->strip_x = r[i].x0 - STRIP_SIDE;
                c->strip_y = r[i].y0 - c->strip;
                w = r[i].x1 - r[i].x0 > w ? r[i].x1 - r[i].x0 : w;
        }
        *ret = grey_new(a, w + 2 * STRIP_SIDE, h);
        for (size_t i = 0; i < grid->n; i++)
                if (grid->v[i].strip >= 0)
                        copy(page, r[i], ret, STRIP_SIDE, grid->v[i].strip);
        for (size_t i = 0; i < grid->n; i++)
                whiten(page, &grid->v[i]);
}

/* ---- what is red ------------------------------------------------------------------------------------------------ */

/* The page's picture is seen through red, where seals are gone; a mark of secrecy, which is stamped in red as well,
 * must not go with them. Pieces of red in the head of the page, of the size of a mark, become the last of the cells. */

/* The frame of a mark: rows and columns near its sides that are mostly ink. */
static void
frame_off(const struct grey *g, struct rect r)
{
        int32_t w = r.x1 - r.x0, h = r.y1 - r.y0;

        for (int32_t y = r.y0; y < r.y1; y++)
                if ((y < r.y0 + h / 5 || y >= r.y1 - h / 5) &&
                    ink_in(g, 128, (struct rect){ r.x0, y, r.x1, y + 1 }) * 5 > (size_t)w * 2)
                        memset(g->p + (size_t)y * (size_t)g->w + (size_t)r.x0, 255, (size_t)w);
        for (int32_t x = r.x0; x < r.x1; x++)
                if ((x < r.x0 + w / 10 || x >= r.x1 - w / 10) &&
                    ink_in(g, 128, (struct rect){ x, r.y0, x + 1, r.y1 }) * 2 > (size_t)h)
                        for (int32_t y = r.y0; y < r.y1; y++)
                                g->p[(size_t)y * (size_t)g->w + (size_t)x] = 255;
}

/* The next run of rows (columns) with ink from *at on, ended by `gap` empty ones. */
static bool
run_next(const struct grey *g, struct rect in, bool columns, int32_t gap, int32_t *at, struct rect *ret)
{
        int32_t end = columns ? in.x1 : in.y1, from = -1, last = -1;

        for (; *at < end; (*at)++) {
                struct rect line =
                    columns ? (struct rect){ *at, in.y0, *at + 1, in.y1 } : (struct rect){ in.x0, *at, in.x1, *at + 1 };

                if (ink_in(g, 128, line) > 0) {
                        from = from < 0 ? *at : from;
                        last = *at;
                } else if (from >= 0 && *at - last > gap) {
                        break;
                }
        }
        *ret = columns ? (struct rect){ from, in.y0, last + 1, in.y1 } : (struct rect){ in.x0, from, in.x1, last + 1 };
        return from >= 0;
}

static void
piece_append(struct arena *a, const struct grey *seal, struct rect r, struct grey *strip)
{
        int32_t w = r.x1 - r.x0 + 2 * STRIP_SIDE;
        struct grey g = grey_new(a, w > strip->w ? w : strip->w, strip->h + r.y1 - r.y0 + 2 * STRIP_GAP);

        if (strip->h > 0)
                copy(strip, (struct rect){ 0, 0, strip->w, strip->h }, &g, 0, 0);
        copy(seal, r, &g, STRIP_SIDE, strip->h + STRIP_GAP);
        *strip = g;
}

static void
seal_append(struct arena *a, struct grey seal, struct page_geometry *geo, struct grey *strip)
{
        struct rect head, band, piece;
        int pieces = 0;

        if (geo->quarters != 0)
                seal = grey_quarter(a, &seal, geo->quarters);
        if (geo->skew != 0)
                seal = grey_rotate(a, &seal, geo->skew / 1000.0);
        head = (struct rect){ 0, 0, seal.w, (int32_t)(seal.h * HEAD_SHARE) };
        geo->red_from = strip->h;
        for (int32_t y = 0; run_next(&seal, head, false, 12, &y, &band);)
                for (int32_t x = 0; run_next(&seal, band, true, 40, &x, &piece);) {
                        int32_t row = piece.y0;

                        if (!run_next(&seal, piece, false, 12, &row, &piece) || piece.y1 - piece.y0 < 14 ||
                            piece.y1 - piece.y0 > MARK_HEIGHT || piece.x1 - piece.x0 < 30 ||
                            ink_in(&seal, 128, piece) < 100 || strip->h > STRIP_HEIGHT - 1000 || ++pieces > MARKS_MAX)
                                continue;
                        frame_off(&seal, piece);
                        piece_append(a, &seal, piece, strip);
                }
        geo->red_to = strip->h;
}

/* ---- a page -------------------------------------------------------------------------------------------------- */

static void
geometry_put(struct dd_buf *out, const struct page_geometry *head, const struct grid *grid)
{
        struct page_geometry h = *head;

        h.magic = PAGE_GEOMETRY_MAGIC;
        h.cells = (uint32_t)grid->n;
        buf_put(out, &h, sizeof h);
        if (grid->n > 0)
                buf_put(out, grid->v, grid->n * sizeof *grid->v);
}

/* Paper, grain and what is left of a seal become white, ink keeps its edges. */
static void
clear(struct grey *g)
{
        int most = grey_threshold(g) + 60;
        size_t dots = (size_t)g->w * (size_t)g->h;
        uint8_t to[256];

        most = most < 150 ? 150 : most > 200 ? 200 : most;
        for (int i = 0; i < 256; i++)
                to[i] = (uint8_t)(i >= most ? 255 : i * 255 / most);
        for (size_t i = 0; i < dots; i++)
                g->p[i] = to[g->p[i]];
}

static struct grey
stand_straight(struct arena *a, const struct grey *raw, struct page_geometry *geo)
{
        struct grey g = *raw;
        double skew;

        geo->whole_w = raw->w;
        geo->whole_h = raw->h;
        geo->quarters = page_quarters(a, raw);
        clear(&g);
        if (geo->quarters != 0)
                g = grey_quarter(a, raw, geo->quarters);
        skew = page_skew(a, &g, grey_threshold(&g));
        if (fabs(skew) >= SKEW_LEAST) {
                geo->skew = (int32_t)lround(skew * 1000);
                g = grey_rotate(a, &g, geo->skew / 1000.0);
        }
        geo->w = g.w;
        geo->h = g.h;
        return g;
}

enum dd_err
page_scan(struct dd_ctx *c, struct str ppm, struct dd_buf *out)
{
        struct page_geometry geo = { 0 };
        struct page_scan_head head = { .magic = PAGE_SCAN_MAGIC };
        struct grey raw, seal, page, strip = { 0 };
        struct grid grid;
        uint8_t ink;
        size_t at = out->n;

        if (!grey_take_red(c->arena, ppm, &raw))
                return dd_fail(c, DD_EFORMAT,
                               "Không đọc được ảnh của một trang. Hãy quét lại văn bản rồi tải lên lại.");
        buf_put(out, &head, sizeof head);
        page = stand_straight(c->arena, &raw, &geo);
        ink = grey_threshold(&page);
        grid_find(c->arena, &page, ink_of_lines(ink), PAGE_DPI, &grid);
        if (grid.n > 0)
                strip_make(c->arena, &page, ink, &grid, &strip);
        if (grey_take_seal(c->arena, ppm, &seal))
                seal_append(c->arena, seal, &geo, &strip);
        if (ink_in(&page, ink, (struct rect){ 0, 0, page.w, page.h }) >= INK_OF_A_WORD)
                grey_put(out, &page);
        head.page = (uint32_t)(out->n - at - sizeof head);
        if (strip.h > 0)
                grey_put(out, &strip);
        head.cells = (uint32_t)(out->n - at - sizeof head) - head.page;
        geometry_put(out, &geo, &grid);
        head.geometry = (uint32_t)(out->n - at - sizeof head) - head.page - head.cells;
        if (!out->over)
                memcpy(out->p + at, &head, sizeof head);
        return DD_OK;
}

/* ---- small pages ---------------------------------------------------------------------------------------------- */

#define SMALL_DPI 72
#define SMALL_INK 176 /* drawn, not scanned: paper is white, the thinnest line is grey */

enum dd_err
page_rules(struct dd_ctx *c, struct str pgms, int first, struct dd_buf *out)
{
        struct arena *a = arena_new(0);

        for (int n = 0; pgms.n > 0 && n < PAGE_MAX; n++) {
                struct page_part part = { PAGE_PART_MAGIC, PART_RULES, (uint32_t)(first + n), 0 };
                struct page_geometry geo = { 0 };
                struct grid grid;
                struct grey g;

                if (!grey_take(&pgms, &g)) {
                        arena_free(a);
                        return dd_fail(c, DD_EFORMAT,
                                       "Không đọc được ảnh của một trang. Hãy quét lại văn bản rồi tải lên lại.");
                }
                grid_find(a, &g, SMALL_INK, SMALL_DPI, &grid);
                geo.w = geo.whole_w = g.w;
                geo.h = geo.whole_h = g.h;
                part.size = (uint32_t)(sizeof geo + grid.n * sizeof *grid.v);
                if (grid.n > 0) {
                        buf_put(out, &part, sizeof part);
                        geometry_put(out, &geo, &grid);
                }
                arena_reset(a);
        }
        arena_free(a);
        return DD_OK;
}
