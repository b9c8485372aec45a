/* image_png.c - PNG of the kinds a PDF can not hold as they are: with a layer of transparency, or with its rows woven
 * (Adam7). They are unpacked to plain red, green, blue on white paper. */
#include "page_priv.h"

#include <stdlib.h>
#include <zlib.h>

#define OPEN_DOTS 16000000u /* 48 MB of colours in a child that has 256 */

struct pass {
        uint8_t x0, y0, dx, dy;
};

struct opening {
        const struct png_kind *k;
        z_stream z;
        int channels;
        size_t step;         /* bytes from a dot to the one it is told by */
        uint8_t *row, *last; /* of a pass */
        uint8_t *out;
};

/* ---- one row ------------------------------------------------------------------------------------------------- */

static uint8_t
paeth(int a, int b, int c)
{
        int p = a + b - c, pa = abs(p - a), pb = abs(p - b), pc = abs(p - c);

        return (uint8_t)(pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
}

/* Undoes what made a row easier to pack; it is told by the row above and the dot before. */
static bool
row_plain(const struct opening *o, uint8_t filter, size_t n)
{
        uint8_t *row = o->row;
        const uint8_t *up = o->last;

        if (filter > 4)
                return false;
        for (size_t i = 0; i < n; i++) {
                int a = i >= o->step ? row[i - o->step] : 0, c = i >= o->step ? up[i - o->step] : 0;
                int add[] = { 0, a, up[i], (a + up[i]) / 2, 0 };

                row[i] = (uint8_t)(row[i] + (filter == 4 ? paeth(a, up[i], c) : add[filter]));
        }
        return true;
}

static bool
bytes_take(struct opening *o, uint8_t *to, size_t n)
{
        o->z.next_out = to;
        o->z.avail_out = (uInt)n;
        while (o->z.avail_out > 0) {
                int e = inflate(&o->z, Z_NO_FLUSH);

                if (o->z.avail_out == 0)
                        return true;
                if (e != Z_OK)
                        return false;
        }
        return true;
}

/* ---- one dot ------------------------------------------------------------------------------------------------- */

/* Channel `ch` of dot `x`, 0..255; of a palette its number. */
static uint8_t
sample(const struct opening *o, size_t x, int ch)
{
        size_t bits = (size_t)o->k->bits, at = x * (size_t)o->channels + (size_t)ch;
        uint32_t v;

        if (bits == 8)
                return o->row[at];
        if (bits == 16)
                return o->row[2 * at];
        v = (uint32_t)(o->row[at * bits / 8] >> (8 - bits - at * bits % 8)) & ((1u << bits) - 1);
        return (uint8_t)(o->k->type == PNG_PALETTE ? v : v * 255 / ((1u << bits) - 1));
}

static void
dot_put(const struct opening *o, size_t x, uint8_t *to)
{
        bool clear = o->k->type == PNG_GREY_CLEAR || o->k->type == PNG_COLOUR_CLEAR;
        bool grey = o->k->type == PNG_GREY || o->k->type == PNG_GREY_CLEAR;
        uint32_t ink = clear ? sample(o, x, o->channels - 1) : 255;

        if (o->k->type == PNG_PALETTE) {
                size_t at = (size_t)sample(o, x, 0) * 3;

                for (size_t i = 0; i < 3; i++)
                        to[i] = at + i < o->k->palette.n ? (uint8_t)o->k->palette.p[at + i] : 255;
                return;
        }
        for (int i = 0; i < 3; i++)
                to[i] = (uint8_t)((sample(o, x, grey ? 0 : i) * ink + 255 * (255 - ink)) / 255);
}

/* ---- a picture ----------------------------------------------------------------------------------------------- */

static bool
pass_take(struct opening *o, struct pass p)
{
        uint32_t w = (o->k->w + p.dx - 1u - p.x0) / p.dx, h = (o->k->h + p.dy - 1u - p.y0) / p.dy;
        size_t n = ((size_t)w * (size_t)o->channels * (size_t)o->k->bits + 7) / 8;

        if (o->k->w <= p.x0 || o->k->h <= p.y0)
                return true;
        memset(o->last, 0, n);
        for (uint32_t y = 0; y < h; y++) {
                uint8_t filter, *was = o->last;

                if (!bytes_take(o, &filter, 1) || !bytes_take(o, o->row, n) || !row_plain(o, filter, n))
                        return false;
                for (size_t x = 0; x < w; x++)
                        dot_put(o, x, o->out + 3 * ((size_t)(p.y0 + y * p.dy) * o->k->w + p.x0 + x * p.dx));
                o->last = o->row;
                o->row = was;
        }
        return true;
}

static bool
passes_take(struct opening *o)
{
        static const struct pass woven[] = { { 0, 0, 8, 8 }, { 4, 0, 8, 8 }, { 0, 4, 4, 8 }, { 2, 0, 4, 4 },
                                             { 0, 2, 2, 4 }, { 1, 0, 2, 2 }, { 0, 1, 1, 2 } };

        if (!o->k->woven)
                return pass_take(o, (struct pass){ 0, 0, 1, 1 });
        for (size_t i = 0; i < ARRAY_LEN(woven); i++)
                if (!pass_take(o, woven[i]))
                        return false;
        return true;
}

enum dd_err
png_open(struct dd_ctx *c, const struct png_kind *k, struct str data, struct str *ret)
{
        static const int channels[] = { 1, 0, 3, 1, 2, 0, 4 };
        struct opening o = { .k = k, .channels = channels[k->type] };
        size_t dots = (size_t)k->w * k->h, row = (size_t)k->w * (size_t)o.channels * (size_t)k->bits / 8 + 2;
        bool ok;

        if (dots > OPEN_DOTS)
                return dd_fail(c, DD_ETOOBIG,
                               "Ảnh có %u x %u điểm, quá lớn để đọc. Hãy giảm còn 200 điểm trên inch rồi tải lên lại.",
                               k->w, k->h);
        o.step = (size_t)(o.channels * k->bits / 8 > 0 ? o.channels * k->bits / 8 : 1);
        o.row = arena_alloc(c->arena, row);
        o.last = arena_alloc(c->arena, row);
        o.out = arena_alloc(c->arena, dots * 3);
        o.z.next_in = (z_const Bytef *)(uintptr_t)data.p;
        o.z.avail_in = (uInt)data.n;
        ok = inflateInit(&o.z) == Z_OK && passes_take(&o);
        inflateEnd(&o.z);
        if (!ok)
                return dd_fail(
                    c, DD_EFORMAT,
                    "Không đọc được ảnh này; tệp có thể hỏng hoặc tải lên chưa trọn. Hãy chụp hoặc quét lại.");
        *ret = (struct str){ (const char *)o.out, dots * 3 };
        return DD_OK;
}
