/* page_grey.c - grey pictures of pages: PGM in and out, ink and paper told apart, turned upright and straight. */
#include "page_priv.h"

#include <ctype.h>
#include <math.h>

#define DOTS_MAX    40000000
#define SIDE_MAX    PAGE_PX_MAX
#define RED_LEAST   50 /* by so much red is stronger than green and blue */
#define SEAL_DOTS   200
#define SMALL_SIDE  900 /* of the picture in which the turn is looked for */
#define BAND        60  /* of that picture's dots */
#define SKEW_MAX    5.0 /* degrees; beyond, nobody scanned it in earnest */
#define SKEW_COARSE 0.25
#define SKEW_FINE   0.025

/* ---- PGM --------------------------------------------------------------------------------------------------- */

static bool
number_take(struct str *s, int32_t *ret)
{
        int64_t v = 0;
        size_t i = 0, digits = 0;

        while (i < s->n && (isspace((unsigned char)s->p[i]) || s->p[i] == '#')) {
                if (s->p[i] == '#')
                        while (i < s->n && s->p[i] != '\n')
                                i++;
                else
                        i++;
        }
        for (; i < s->n && isdigit((unsigned char)s->p[i]) && digits < 6; i++, digits++)
                v = v * 10 + (s->p[i] - '0');
        *ret = (int32_t)v;
        *s = str_sub(*s, i, s->n);
        return digits > 0;
}

static bool
picture_take(struct str *rest, struct str magic, size_t bytes, struct grey *ret)
{
        struct str s = *rest;
        int32_t max = 0;
        size_t dots;

        *ret = (struct grey){ 0 };
        if (!str_starts(s, magic))
                return false;
        s = str_sub(s, 2, s.n);
        if (!number_take(&s, &ret->w) || !number_take(&s, &ret->h) || !number_take(&s, &max) || s.n == 0)
                return false;
        s = str_sub(s, 1, s.n);
        if (max != 255 || ret->w < 1 || ret->h < 1 || ret->w > SIDE_MAX || ret->h > SIDE_MAX)
                return false;
        dots = (size_t)ret->w * (size_t)ret->h;
        if (dots > DOTS_MAX || s.n < dots * bytes)
                return false;
        ret->p = (uint8_t *)(uintptr_t)s.p; /* only read */
        *rest = str_sub(s, dots * bytes, s.n);
        return true;
}

bool
grey_take(struct str *rest, struct grey *ret)
{
        return picture_take(rest, S("P5"), 1, ret);
}

bool
grey_take_red(struct arena *a, struct str ppm, struct grey *ret)
{
        struct grey colour;
        size_t dots;

        if (!picture_take(&ppm, S("P6"), 3, &colour))
                return false;
        *ret = (struct grey){ colour.w, colour.h, arena_array(a, (size_t)colour.w, (size_t)colour.h) };
        dots = (size_t)colour.w * (size_t)colour.h;
        for (size_t i = 0; i < dots; i++)
                ret->p[i] = colour.p[3 * i];
        return true;
}

void
grey_put(struct dd_buf *out, const struct grey *g)
{
        buf_fmt(out, "P5\n%d %d\n255\n", g->w, g->h);
        buf_put(out, g->p, (size_t)g->w * (size_t)g->h);
}

struct grey
grey_new(struct arena *a, int32_t w, int32_t h)
{
        struct grey g = { w, h, arena_alloc(a, (size_t)w * (size_t)h + 1) };

        memset(g.p, 255, (size_t)w * (size_t)h);
        return g;
}

bool
grey_take_seal(struct arena *a, struct str ppm, struct grey *ret)
{
        struct grey colour;
        size_t dots, red = 0;

        if (!picture_take(&ppm, S("P6"), 3, &colour))
                return false;
        dots = (size_t)colour.w * (size_t)colour.h;
        for (int write = 0; write < 2; write++) {
                for (size_t i = 0; i < dots; i++) {
                        const uint8_t *p = colour.p + 3 * i;
                        bool is_red = p[0] > 120 && p[1] + RED_LEAST < p[0] && p[2] + RED_LEAST < p[0];

                        if (write)
                                ret->p[i] = is_red ? 0 : 255;
                        else
                                red += is_red;
                }
                if (red < SEAL_DOTS)
                        return false;
                if (!write)
                        *ret = (struct grey){ colour.w, colour.h, arena_array(a, (size_t)colour.w, (size_t)colour.h) };
        }
        return true;
}

/* Otsu's: the level at which the two sides differ most. A page without ink gives a low one. */
uint8_t
grey_threshold(const struct grey *g)
{
        double hist[256] = { 0 }, total = 0, sum = 0, below = 0, sum_below = 0, best = -1;
        size_t dots = (size_t)g->w * (size_t)g->h;
        int level = 128;

        for (size_t i = 0; i < dots; i += 3)
                hist[g->p[i]]++;
        for (int i = 0; i < 256; i++) {
                total += hist[i];
                sum += i * hist[i];
        }
        for (int i = 0; i < 255; i++) {
                below += hist[i];
                sum_below += i * hist[i];
                if (below == 0 || below == total)
                        continue;
                double apart = sum_below / below - (sum - sum_below) / (total - below);
                double score = below * (total - below) * apart * apart;

                if (score > best) {
                        best = score;
                        level = i;
                }
        }
        return (uint8_t)(level < 80 ? 80 : level > 190 ? 190 : level);
}

/* ---- upright ----------------------------------------------------------------------------------------------- */

struct grey
grey_quarter(struct arena *a, const struct grey *g, int quarters)
{
        bool lies = quarters % 2 != 0;
        struct grey r = grey_new(a, lies ? g->h : g->w, lies ? g->w : g->h);

        for (int32_t y = 0; y < g->h; y++) {
                const uint8_t *row = g->p + (size_t)y * (size_t)g->w;

                for (int32_t x = 0; x < g->w; x++) {
                        int32_t tx = quarters == 1 ? g->h - 1 - y : quarters == 2 ? g->w - 1 - x : y;
                        int32_t ty = quarters == 1 ? x : quarters == 2 ? g->h - 1 - y : g->w - 1 - x;

                        r.p[(size_t)ty * (size_t)r.w + (size_t)tx] = row[x];
                }
        }
        return r;
}

/* The mean of squares of dots: text shows as stripes in a profile already when it is small. */
static struct grey
grey_small(struct arena *a, const struct grey *g, int32_t by)
{
        struct grey r = grey_new(a, g->w / by > 0 ? g->w / by : 1, g->h / by > 0 ? g->h / by : 1);

        for (int32_t y = 0; y < r.h && (y + 1) * by <= g->h; y++)
                for (int32_t x = 0; x < r.w && (x + 1) * by <= g->w; x++) {
                        uint32_t sum = 0;

                        for (int32_t k = 0; k < by; k++)
                                for (int32_t m = 0; m < by; m++)
                                        sum += g->p[(size_t)(y * by + k) * (size_t)g->w + (size_t)(x * by + m)];
                        r.p[(size_t)y * (size_t)r.w + (size_t)x] = (uint8_t)(sum / (uint32_t)(by * by));
                }
        return r;
}

/* How the ink comes and goes down a page, or across it when `columns`. */
struct stripes {
        double all, rise, drop;
};

/* Measured in narrow bands, in which a page that lies askew by a few degrees still has its lines apart. Ruling lines
 * say nothing of letters: a band's row that is all ink is cut. */
static struct stripes
stripes_of(const struct grey *g, uint8_t ink, bool columns)
{
        int32_t along = columns ? g->w : g->h, across = columns ? g->h : g->w;
        struct stripes s = { 0 };

        for (int32_t from = 0; from + BAND <= across; from += BAND) {
                double last = 0;

                for (int32_t i = 0; i < along; i++) {
                        double v = 0, d;

                        for (int32_t k = from; k < from + BAND; k++) {
                                int32_t x = columns ? i : k, y = columns ? k : i;

                                v += g->p[(size_t)y * (size_t)g->w + (size_t)x] < ink;
                        }
                        v = v > 0.8 * BAND ? 0.3 * BAND : v;
                        d = v - last;
                        s.all += d * d;
                        *(d > 0 ? &s.rise : &s.drop) += d * d;
                        last = v;
                }
        }
        return s;
}

/* Vietnamese letters carry their marks above: down a line of text the ink comes by and by, and ends at once at the foot
 * of the letters. Standing on its head, a page shows the contrary. */
static bool
on_its_head(const struct stripes *s)
{
        return s->rise > 1.08 * s->drop;
}

int
page_quarters(struct arena *a, const struct grey *g)
{
        int32_t longest = g->w > g->h ? g->w : g->h, by = longest / SMALL_SIDE > 0 ? longest / SMALL_SIDE : 1;
        struct grey s = grey_small(a, g, by);
        uint8_t ink = (uint8_t)(grey_threshold(&s) / 2 + 110);
        struct stripes down = stripes_of(&s, ink, false), over = stripes_of(&s, ink, true);

        if (over.all > 1.25 * down.all) {
                s = grey_quarter(a, &s, 1);
                down = stripes_of(&s, ink, false);
                return on_its_head(&down) ? 3 : 1;
        }
        return on_its_head(&down) ? 2 : 0;
}

/* ---- straight ---------------------------------------------------------------------------------------------- */

struct dots {
        int32_t (*v)[2];
        size_t n;
        int32_t w, h;
        int32_t *bins; /* room for a profile of the turned page */
        int32_t n_bins;
};

/* Dots of ink with paper under them: the feet of letters and of lines. */
static struct dots
feet(struct arena *a, const struct grey *g, uint8_t ink)
{
        struct dots d = { .w = g->w, .h = g->h, .n_bins = g->h + g->w / 4 + 64 };

        d.bins = arena_array(a, (size_t)d.n_bins, sizeof *d.bins);

        d.v = arena_array(a, (size_t)g->w * (size_t)g->h / 2 + 1, sizeof *d.v);
        for (int32_t y = 0; y + 1 < g->h; y++)
                for (int32_t x = 0; x < g->w; x++) {
                        const uint8_t *p = g->p + (size_t)y * (size_t)g->w + (size_t)x;

                        if (p[0] < ink && p[g->w] >= ink) {
                                d.v[d.n][0] = x;
                                d.v[d.n++][1] = y;
                        }
                }
        return d;
}

static double
straightness(const struct dots *d, double degrees)
{
        double slope = tan(degrees * M_PI / 180), sum = 0;
        int32_t room = (d->n_bins - d->h) / 2, *bins = d->bins;

        memset(bins, 0, (size_t)d->n_bins * sizeof *bins);
        for (size_t i = 0; i < d->n; i++) {
                int32_t at = d->v[i][1] + room + (int32_t)lround(slope * (d->v[i][0] - d->w / 2));

                if (at >= 0 && at < d->n_bins)
                        bins[at]++;
        }
        for (int32_t i = 0; i < d->n_bins; i++)
                sum += (double)bins[i] * bins[i];
        return sum;
}

static double
best_between(const struct dots *d, double from, double to, double step)
{
        double best = -1, at = 0;

        for (double v = from; v <= to + step / 2; v += step) {
                double s = straightness(d, v) * (fabs(v) < step / 2 ? 1.005 : 1);

                if (s > best) {
                        best = s;
                        at = v;
                }
        }
        return at;
}

double
page_skew(struct arena *a, const struct grey *g, uint8_t ink)
{
        struct grey s = grey_small(a, g, 3);
        struct dots d = feet(a, &s, (uint8_t)(ink / 2 + 110));
        double at;

        if (d.n < 50)
                return 0;
        at = best_between(&d, -SKEW_MAX, SKEW_MAX, SKEW_COARSE);
        s = grey_small(a, g, 2);
        d = feet(a, &s, (uint8_t)(ink / 2 + 110));
        return best_between(&d, at - SKEW_COARSE, at + SKEW_COARSE, SKEW_FINE);
}

/* Turns the picture about its middle so that what was inclined by `degrees` lies level; between dots, in between. */
struct grey
grey_rotate(struct arena *a, const struct grey *g, double degrees)
{
        struct grey r = grey_new(a, g->w, g->h);
        double co = cos(degrees * M_PI / 180), si = sin(degrees * M_PI / 180), mx = g->w / 2.0, my = g->h / 2.0;
        int32_t step_x = (int32_t)lround(co * 65536), step_y = (int32_t)lround(-si * 65536);

        for (int32_t y = 0; y < r.h; y++) {
                int64_t sx = llround((mx - mx * co + (y - my) * si) * 65536);
                int64_t sy = llround((my + mx * si + (y - my) * co) * 65536);

                for (int32_t x = 0; x < r.w; x++, sx += step_x, sy += step_y) {
                        int32_t ix = (int32_t)(sx >> 16), iy = (int32_t)(sy >> 16);
                        uint32_t fx = (uint32_t)(sx & 0xffff) >> 8, fy = (uint32_t)(sy & 0xffff) >> 8;
                        const uint8_t *p;

                        if (ix < 0 || iy < 0 || ix + 1 >= g->w || iy + 1 >= g->h)
                                continue;
                        p = g->p + (size_t)iy * (size_t)g->w + (size_t)ix;
                        r.p[(size_t)y * (size_t)r.w + (size_t)x] =
                            (uint8_t)(((p[0] * (256 - fx) + p[1] * fx) * (256 - fy) +
                                       (p[g->w] * (256 - fx) + p[g->w + 1] * fx) * fy) >>
                                      16);
                }
        }
        return r;
}
