/* image_wrap.c - a PNG or JPEG as a PDF of one page. PDF can hold the compressed data of both as they are, so next to
 * nothing is unpacked: only the sizes are read, and checked against what one page may have. */
#include "page_priv.h"

#define DOTS_MAX  40000000u
#define LONG_SIDE 842.0 /* points: the page is taken for A4 */

struct picture {
        uint32_t w, h;
        const char *colour; /* PDF's name */
        int colours, bits;
        struct str palette;
        struct dd_buf data;
        bool png;
        enum png_type type;
        bool woven;
        struct str dots; /* three bytes each, of a PNG that was unpacked */
        bool inverted;   /* CMYK of Adobe's programs */
        int stands;      /* EXIF's orientation: 1..8, as a camera was held */
};

static enum dd_err
broken(struct dd_ctx *c)
{
        return dd_fail(c, DD_EFORMAT,
                       "Không đọc được ảnh này; tệp có thể hỏng hoặc tải lên chưa trọn. Hãy chụp hoặc quét lại.");
}

static uint32_t
be(const char *p, int n)
{
        uint32_t v = 0;

        while (n-- > 0)
                v = v << 8 | (unsigned char)*p++;
        return v;
}

static enum dd_err
size_check(struct dd_ctx *c, const struct picture *p)
{
        if (p->w == 0 || p->h == 0 || p->w > 60000 || p->h > 60000)
                return broken(c);
        if ((uint64_t)p->w * p->h > DOTS_MAX)
                return dd_fail(c, DD_ETOOBIG,
                               "Ảnh có %u x %u điểm, quá lớn để đọc. Hãy giảm còn 200 điểm trên inch rồi tải lên lại.",
                               p->w, p->h);
        return DD_OK;
}

/* ---- JPEG ------------------------------------------------------------------------------------------------------ */

static uint32_t
number_at(struct str s, size_t at, int n, bool little)
{
        uint32_t v = 0;

        for (int i = 0; i < n; i++)
                v = v << 8 | (unsigned char)s.p[at + (size_t)(little ? n - 1 - i : i)];
        return v;
}

/* Tag 0x0112 of the first directory, EXIF 2.3; 0: there is none that makes sense. */
static int
exif_orientation(struct str s)
{
        bool little;
        size_t at, n;

        if (!str_starts(s, (struct str){ "Exif\0\0", 6 }))
                return 0;
        s = str_sub(s, 6, s.n);
        if (s.n < 8 || (!str_starts(s, S("II")) && !str_starts(s, S("MM"))))
                return 0;
        little = s.p[0] == 'I';
        at = number_at(s, 4, 4, little);
        if (at > s.n - 2)
                return 0;
        n = number_at(s, at, 2, little);
        for (at += 2; n > 0 && s.n - at >= 12; n--, at += 12)
                if (number_at(s, at, 2, little) == 0x0112) {
                        uint32_t v = number_at(s, at + 8, 2, little);

                        return v >= 1 && v <= 8 ? (int)v : 0;
                }
        return 0;
}

static enum dd_err
jpeg_look(struct dd_ctx *c, struct str s, struct picture *p)
{
        size_t i = 2;

        while (i + 9 < s.n) {
                unsigned char mark = (unsigned char)s.p[i + 1];

                if ((unsigned char)s.p[i] != 0xFF)
                        return broken(c);
                if (mark == 0xFF || mark == 0x01 || (mark >= 0xD0 && mark <= 0xD8)) {
                        i += mark == 0xFF ? 1 : 2;
                        continue;
                }
                uint32_t n = be(s.p + i + 2, 2);

                if (mark == 0xE1 && n >= 2 && i + 2 + n <= s.n && p->stands == 0)
                        p->stands = exif_orientation(str_sub(s, i + 4, i + 2 + n));
                if (mark == 0xEE && n >= 14 && i + 2 + n <= s.n && memcmp(s.p + i + 4, "Adobe", 5) == 0)
                        p->inverted = true;
                if (mark >= 0xC0 && mark <= 0xCF && mark != 0xC4 && mark != 0xC8 && mark != 0xCC) {
                        p->bits = (unsigned char)s.p[i + 4];
                        p->h = be(s.p + i + 5, 2);
                        p->w = be(s.p + i + 7, 2);
                        p->colours = (unsigned char)s.p[i + 9];
                        p->colour = p->colours == 1   ? "/DeviceGray"
                                    : p->colours == 3 ? "/DeviceRGB"
                                    : p->colours == 4 ? "/DeviceCMYK"
                                                      : NULL;
                        if (p->colour == NULL || p->bits != 8)
                                return broken(c);
                        buf_str(&p->data, s);
                        return size_check(c, p);
                }
                if (n < 2)
                        return broken(c);
                i += 2 + n;
        }
        return broken(c);
}

/* ---- PNG ------------------------------------------------------------------------------------------------------- */

static bool
png_bits_fit(int type, int bits)
{
        if (bits == 8)
                return true;
        if (type == PNG_GREY || type == PNG_PALETTE)
                return bits == 1 || bits == 2 || bits == 4 || (bits == 16 && type == PNG_GREY);
        return bits == 16;
}

static enum dd_err
png_head(struct dd_ctx *c, struct str body, struct picture *p)
{
        int type;

        if (body.n != 13)
                return broken(c);
        p->w = be(body.p, 4);
        p->h = be(body.p + 4, 4);
        p->bits = (unsigned char)body.p[8];
        type = (unsigned char)body.p[9];
        if ((type != PNG_GREY && type != PNG_COLOUR && type != PNG_PALETTE && type != PNG_GREY_CLEAR &&
             type != PNG_COLOUR_CLEAR) ||
            !png_bits_fit(type, p->bits) || (unsigned char)body.p[12] > 1)
                return broken(c);
        p->type = (enum png_type)type;
        p->woven = body.p[12] != 0;
        p->colours = type == PNG_COLOUR ? 3 : 1;
        p->colour = type == PNG_GREY ? "/DeviceGray" : type == PNG_COLOUR ? "/DeviceRGB" : NULL;
        return size_check(c, p);
}

/* What PDF does not have is unpacked. */
static enum dd_err
png_plain(struct dd_ctx *c, struct picture *p)
{
        const struct png_kind k = { p->w, p->h, p->bits, p->type, p->woven, p->palette };
        struct str dots;

        if (!p->woven && p->type != PNG_GREY_CLEAR && p->type != PNG_COLOUR_CLEAR)
                return DD_OK;
        TRY(png_open(c, &k, buf_view(&p->data), &dots));
        p->dots = dots;
        p->colour = "/DeviceRGB";
        p->bits = 8;
        return DD_OK;
}

static enum dd_err
png_look(struct dd_ctx *c, struct str s, struct picture *p)
{
        size_t i = 8;

        p->png = true;
        while (i + 12 <= s.n) {
                uint32_t n = be(s.p + i, 4);
                struct str kind = { s.p + i + 4, 4 }, body;

                if (n > s.n - i - 12)
                        return broken(c);
                body = (struct str){ s.p + i + 8, n };
                if (str_eq(kind, S("IHDR")) && p->w == 0)
                        TRY(png_head(c, body, p));
                else if (str_eq(kind, S("PLTE")))
                        p->palette = body;
                else if (str_eq(kind, S("IDAT")))
                        buf_str(&p->data, body);
                else if (str_eq(kind, S("IEND")))
                        break;
                i += 12 + (size_t)n;
        }
        if (p->w == 0 || p->data.n == 0 || (p->type == PNG_PALETTE && (p->palette.n < 3 || p->palette.n % 3 != 0)))
                return broken(c);
        return png_plain(c, p);
}

/* ---- PDF ------------------------------------------------------------------------------------------------------- */

static void
colour_put(struct dd_buf *out, const struct picture *p)
{
        if (p->colour != NULL) {
                buf_fmt(out, "%s", p->colour);
                return;
        }
        buf_fmt(out, "[/Indexed /DeviceRGB %zu <", p->palette.n / 3 > 256 ? (size_t)255 : p->palette.n / 3 - 1);
        for (size_t i = 0; i < p->palette.n && i < 768; i++)
                buf_fmt(out, "%02x", (unsigned char)p->palette.p[i]);
        buf_fmt(out, ">]");
}

/* Lays the picture on its page as it is to be seen: where its first row and its first column lie, EXIF 2.3. */
static size_t
draw_put(char *draw, size_t n, int stands, double w, double h)
{
        static const int8_t to[][6] = {
                { 1, 0, 0, 1, 0, 0 },   { -1, 0, 0, 1, 1, 0 }, { -1, 0, 0, -1, 1, 1 }, { 1, 0, 0, -1, 0, 1 },
                { 0, -1, -1, 0, 1, 1 }, { 0, -1, 1, 0, 0, 1 }, { 0, 1, 1, 0, 0, 0 },   { 0, 1, -1, 0, 1, 0 },
        };
        const int8_t *m = to[stands > 0 ? stands - 1 : 0];

        return (size_t)snprintf(draw, n, "q %.3f %.3f %.3f %.3f %.3f %.3f cm /I Do Q", m[0] * w, m[1] * h, m[2] * w,
                                m[3] * h, m[4] * w, m[5] * h);
}

static void
pdf_put(struct dd_buf *out, const struct picture *p)
{
        bool lies = p->stands >= 5;
        double scale = LONG_SIDE / (p->w > p->h ? p->w : p->h), w = (lies ? p->h : p->w) * scale;
        double h = (lies ? p->w : p->h) * scale;
        struct str data = p->dots.p != NULL ? p->dots : buf_view(&p->data);
        size_t at[6], xref, n;
        char draw[120];

        n = draw_put(draw, sizeof draw, p->stands, w, h);
        buf_fmt(out, "%%PDF-1.4\n");
        at[1] = out->n;
        buf_fmt(out, "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n");
        at[2] = out->n;
        buf_fmt(out, "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n");
        at[3] = out->n;
        buf_fmt(out,
                "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 %.3f %.3f]/Contents 4 0 R"
                "/Resources<</XObject<</I 5 0 R>>>>>> endobj\n",
                w, h);
        at[4] = out->n;
        buf_fmt(out, "4 0 obj <</Length %zu>> stream\n%s\nendstream endobj\n", n, draw);
        at[5] = out->n;
        buf_fmt(out, "5 0 obj <</Type/XObject/Subtype/Image/Width %u/Height %u/BitsPerComponent %d/ColorSpace ", p->w,
                p->h, p->bits);
        colour_put(out, p);
        if (p->png && p->dots.p == NULL)
                buf_fmt(out,
                        "/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent %d/Columns %u>>",
                        p->colours, p->bits, p->w);
        else if (!p->png)
                buf_fmt(out, "/Filter/DCTDecode%s", p->inverted && p->colours == 4 ? "/Decode[1 0 1 0 1 0 1 0]" : "");
        buf_fmt(out, "/Length %zu>> stream\n", data.n);
        buf_str(out, data);
        buf_fmt(out, "\nendstream endobj\n");
        xref = out->n;
        buf_fmt(out, "xref\n0 6\n0000000000 65535 f \n");
        for (size_t i = 1; i < ARRAY_LEN(at); i++)
                buf_fmt(out, "%010zu 00000 n \n", at[i]);
        buf_fmt(out, "trailer <</Size 6/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", xref);
}

enum dd_err
image_wrap(struct dd_ctx *c, struct str bytes, struct dd_buf *out)
{
        struct picture p = { .data = { .max = (size_t)32 << 20 }, .stands = 0 };
        bool jpeg = str_starts(bytes, S("\xFF\xD8\xFF"));
        enum dd_err e;

        if (!jpeg && !str_starts(bytes, S("\x89PNG\r\n\x1a\n")))
                return broken(c);
        e = (jpeg ? jpeg_look : png_look)(c, bytes, &p);
        if (e == DD_OK)
                pdf_put(out, &p);
        buf_free(&p.data);
        return e;
}
