/* doc_read_props.c - what letters, paragraphs and styles of a Word 97-2003 paper look like. */
#include "doc_read_priv.h"

#include "dd_text.h"

#define PAGE       512 /* of properties */
#define STYLES_MAX 4096
#define FONTS_MAX  4096
#define TAPX       0xD608 /* the cells of a row, the one sprm whose length has two bytes */
#define TABS       0xC615

struct str
doc_part(const struct doc *d, int which)
{
        size_t at = 154 + 8 * (size_t)which, from = le32(d->w, at), n = le32(d->w, at + 4);

        return from <= d->t.n ? str_sub(d->t, from, from + n) : STR_NONE;
}

bool
sprm_next(struct str *g, struct sprm *ret)
{
        static const size_t sizes[8] = { 1, 1, 2, 4, 2, 2, 0, 3 };
        size_t head = 2, n;

        if (g->n < 3)
                return false;
        ret->op = le16(*g, 0);
        n = sizes[ret->op >> 13];
        if (n == 0 && ret->op == TAPX) {
                head = 4;
                n = le16(*g, 2);
                n -= n > 0;
        } else if (n == 0) {
                head = 3;
                n = byte_at(*g, 2);
                if (ret->op == TABS && n == 255) {
                        size_t gone = byte_at(*g, 3);

                        n = 2 + 4 * gone + 3 * (size_t)byte_at(*g, 4 + 4 * gone);
                }
        }
        if (head + n > g->n)
                return false;
        ret->arg = str_sub(*g, head, head + n);
        *g = str_sub(*g, head + n, g->n);
        return true;
}

/* ---- letters ----------------------------------------------------------------------------------------------- */

static tri
toggled(struct str arg, tri style)
{
        uint32_t v = byte_at(arg, 0);

        return v == 0x80 ? style : v == 0x81 ? style <= 0 : v != 0;
}

static void
chp_apply(struct chp *p, struct str g)
{
        struct chp style = *p;
        struct sprm s;

        while (sprm_next(&g, &s)) {
                switch (s.op) {
                case 0x0800: /* sprmCFRMarkDel */
                        p->struck = byte_at(s.arg, 0) != 0;
                        break;
                case 0x083B: /* sprmCFCaps */
                        p->caps = toggled(s.arg, style.caps);
                        break;
                case 0x083C: /* sprmCFVanish */
                        p->hidden = toggled(s.arg, style.hidden);
                        break;
                case 0x4A30: /* sprmCIstd */
                        p->istd = (int32_t)le16(s.arg, 0);
                        break;
                case 0x4A4F: /* sprmCRgFtc0, sprmCRgFtc2: letters of ASCII, letters beyond */
                        p->ftc = (int32_t)le16(s.arg, 0);
                        break;
                case 0x4A51:
                        p->ftc_high = (int32_t)le16(s.arg, 0);
                        break;
                case 0x6A09: /* sprmCSymbol */
                        p->symbol_ftc = le16(s.arg, 0);
                        p->symbol = le16(s.arg, 2);
                        break;
                default:
                        break;
                }
        }
}

/* ---- paragraphs -------------------------------------------------------------------------------------------- */

static void
pap_apply(const struct doc *d, struct pap *p, struct str g, int deep)
{
        struct sprm s;

        while (sprm_next(&g, &s)) {
                uint32_t v = byte_at(s.arg, 0);

                switch (s.op) {
                case 0x2403: /* sprmPJc80, sprmPJc */
                case 0x2461:
                        p->centered = v == 1;
                        break;
                case 0x2416: /* sprmPFInTable */
                        p->depth = v == 0 ? 0 : p->depth > 0 ? p->depth : 1;
                        break;
                case 0x2417: /* sprmPFTtp, sprmPFInnerTtp */
                case 0x244C:
                        p->row_end = v != 0;
                        break;
                case 0x244B: /* sprmPFInnerTableCell */
                        p->cell_end = v != 0;
                        break;
                case 0x6649: /* sprmPItap */
                        v = le32(s.arg, 0);
                        p->depth = v < 64 ? (int32_t)v : 1;
                        break;
                case 0x260A: /* sprmPIlvl */
                        p->ilvl = v < LEVELS ? (int32_t)v : LEVELS - 1;
                        break;
                case 0x460B: /* sprmPIlfo */
                        p->ilfo = (int32_t)le16(s.arg, 0);
                        break;
                case 0x2640: /* sprmPOutLvl */
                        p->outline = v < LEVELS ? (int32_t)v : -1;
                        break;
                case 0x6646: /* sprmPHugePapx: the rest stands elsewhere */
                        v = le32(s.arg, 0);
                        if (deep == 0 && v < d->data.n)
                                pap_apply(d, p, str_sub(d->data, v + 2, v + 2 + le16(d->data, v)), 1);
                        break;
                default:
                        break;
                }
        }
}

/* ---- styles ------------------------------------------------------------------------------------------------ */

static struct str
wide_text(struct arena *a, struct str s, size_t at, size_t units)
{
        char *out = arena_array(a, units + 1, 3);
        size_t n = 0;

        for (size_t i = 0; i < units && at + 2 * i + 2 <= s.n; i++) {
                uint32_t cp = le16(s, at + 2 * i);

                n += utf8_put(out + n, cp >= 0xD800 && cp < 0xE000 ? 0xFFFD : cp);
        }
        return (struct str){ out, n };
}

/* The next of a style's grpprls, which begin at even places. */
static struct str
upx_next(struct str std, size_t *at)
{
        size_t n = le16(std, *at);
        struct str s = str_sub(std, *at + 2, *at + 2 + n);

        *at += 2 + n + (n & 1);
        return s;
}

/* Lines of a table style: any border that is one. */
static bool
borders_seen(struct str g)
{
        struct sprm s;

        while (sprm_next(&g, &s)) {
                if (s.op != 0xD605 && s.op != 0xD613)
                        continue;
                for (size_t i = s.op == 0xD613 ? 5 : 1, n = s.op == 0xD613 ? 8 : 4; i < s.arg.n; i += n) {
                        uint32_t kind = byte_at(s.arg, i);

                        if (kind != 0 && kind != 0xFF)
                                return true;
                }
        }
        return false;
}

static void
style_read(struct doc *d, struct dstyle *k, struct str std, size_t fixed)
{
        uint32_t kind = le16(std, 2) & 15, base = le16(std, 2) >> 4;
        size_t units = le16(std, fixed), at = fixed + 2 + 2 * units + 2;

        k->base = base == 0xFFF ? -1 : (int32_t)base;
        k->name = wide_text(d->c->arena, std, fixed + 2, units < 255 ? units : 255);
        if (kind == 3)
                k->lines = borders_seen(upx_next(std, &at));
        if (kind == 1 || kind == 3) {
                struct str pap = upx_next(std, &at);

                k->pap = str_sub(pap, 2, pap.n);
        }
        k->chp = upx_next(std, &at);
}

void
doc_styles_read(struct doc *d)
{
        struct str s = doc_part(d, FIB_STSHF);
        size_t head = le16(s, 0), n = le16(s, 2), fixed = le16(s, 4), at = 2 + head;

        d->plain = (struct chp){ .ftc = (int32_t)le16(s, 2 + 12),
                                 .ftc_high = (int32_t)le16(s, 2 + 16),
                                 .caps = -1,
                                 .hidden = -1,
                                 .struck = -1,
                                 .istd = -1 };
        if (n > STYLES_MAX)
                n = STYLES_MAX;
        d->style = arena_array(d->c->arena, n + 1, sizeof *d->style);
        for (; d->n_styles < n && at + 2 <= s.n; d->n_styles++) {
                size_t size = le16(s, at);

                d->style[d->n_styles].base = -1;
                if (size > fixed)
                        style_read(d, &d->style[d->n_styles], str_sub(s, at + 2, at + 2 + size), fixed);
                at += 2 + size;
        }
}

/* With what it inherits. */
static const struct dstyle *
style_of(struct doc *d, int32_t istd)
{
        static const struct pap plain = { .ilfo = 0, .outline = -1, .centered = 0 };
        struct dstyle *k;
        const struct dstyle *base;

        if (istd < 0 || (size_t)istd >= d->n_styles)
                return NULL;
        k = &d->style[istd];
        if (k->solved || k->solving)
                return k;
        k->solving = true;
        base = style_of(d, k->base);
        k->p = base ? base->p : plain;
        k->c = base ? base->c : d->plain;
        pap_apply(d, &k->p, k->pap, 0);
        chp_apply(&k->c, k->chp);
        k->p.istd = istd;
        k->solving = false;
        k->solved = true;
        return k;
}

/* ---- fonts ------------------------------------------------------------------------------------------------- */

void
doc_fonts_read(struct doc *d)
{
        struct str s = doc_part(d, FIB_FFN);
        size_t n = le16(s, 0), at = 4;

        if (n > FONTS_MAX)
                n = FONTS_MAX;
        d->font = arena_array(d->c->arena, n + 1, sizeof *d->font);
        for (; d->n_fonts < n && at < s.n; d->n_fonts++) {
                struct str f = str_sub(s, at + 1, at + 1 + byte_at(s, at));
                size_t units = 0;

                while (39 + 2 * units + 2 <= f.n && le16(f, 39 + 2 * units) != 0)
                        units++;
                d->font[d->n_fonts] = legacy_of_font(wide_text(d->c->arena, f, 39, units));
                at += 1 + f.n;
        }
}

enum legacy
doc_font(const struct doc *d, int32_t ftc)
{
        return ftc >= 0 && (size_t)ftc < d->n_fonts ? d->font[ftc] : LEGACY_UNSET;
}

/* ---- pages of properties ------------------------------------------------------------------------------------ */

size_t
doc_place(struct str list, size_t n, uint32_t v)
{
        size_t lo = 0, hi = n;

        if (n == 0 || v < le32(list, 0) || v >= le32(list, 4 * n))
                return n;
        while (lo + 1 < hi) {
                size_t mid = (lo + hi) / 2;

                if (le32(list, 4 * mid) <= v)
                        lo = mid;
                else
                        hi = mid;
        }
        return lo;
}

static struct str
papx_of(struct str page, size_t at, uint32_t *ret_istd)
{
        size_t n = byte_at(page, at);
        struct str s;

        s = n == 0 ? str_sub(page, at + 2, at + 2 + 2 * (size_t)byte_at(page, at + 1))
                   : str_sub(page, at + 1, at + 2 * n);
        *ret_istd = le16(s, 0);
        return str_sub(s, 2, s.n);
}

struct fkp_run
doc_run(const struct doc *d, uint32_t fc, bool para)
{
        struct str bte = doc_part(d, para ? FIB_PAPX : FIB_CHPX), page;
        size_t n = bte.n >= 4 ? (bte.n - 4) / 8 : 0, at = doc_place(bte, n, fc), runs, i, where;
        struct fkp_run r = { .from = fc, .to = fc };

        if (at == n)
                return r;
        where = (size_t)(le32(bte, 4 * (n + 1) + 4 * at) & 0x3FFFFF) * PAGE;
        page = str_sub(d->w, where, where + PAGE);
        runs = byte_at(page, PAGE - 1);
        i = doc_place(page, runs, fc);
        if (page.n < PAGE || i == runs)
                return r;
        r.from = le32(page, 4 * i);
        r.to = le32(page, 4 * i + 4);
        where = 2 * (size_t)byte_at(page, 4 * (runs + 1) + i * (para ? 13 : 1));
        if (where == 0)
                return r;
        r.grpprl = para ? papx_of(page, where, &r.istd) : str_sub(page, where + 1, where + 1 + byte_at(page, where));
        return r;
}

struct pap
doc_pap(struct doc *d, const struct piece *piece, uint32_t fc, struct str *ret_grpprl)
{
        struct fkp_run run = doc_run(d, fc, true);
        const struct dstyle *style = style_of(d, (int32_t)run.istd);
        struct pap p = style ? style->p : (struct pap){ .outline = -1 };
        struct str g = run.grpprl;
        struct sprm s;

        p.istd = (int32_t)run.istd;
        pap_apply(d, &p, run.grpprl, 0);
        pap_apply(d, &p, piece->more, 0);
        *ret_grpprl = run.grpprl;
        while (sprm_next(&g, &s)) { /* a long row says it elsewhere */
                size_t at = le32(s.arg, 0);

                if ((s.op == 0x6646 || s.op == 0x646B) && at < d->data.n)
                        *ret_grpprl = str_sub(d->data, at + 2, at + 2 + le16(d->data, at));
        }
        return p;
}

/* A style of letters and what it is based on, over what the paragraph says. */
static void
style_on(const struct doc *d, struct chp *p, int32_t istd, int deep)
{
        if (istd < 0 || (size_t)istd >= d->n_styles || deep > 12)
                return;
        style_on(d, p, d->style[istd].base, deep + 1);
        chp_apply(p, d->style[istd].chp);
}

struct chp
doc_chp(struct doc *d, const struct piece *piece, const struct fkp_run *run, int32_t istd)
{
        const struct dstyle *style = style_of(d, istd);
        struct chp p = style ? style->c : d->plain;
        struct str g = run->grpprl;
        struct sprm s;

        p.istd = -1;
        while (sprm_next(&g, &s)) {
                if (s.op == 0x4A30)
                        p.istd = (int32_t)le16(s.arg, 0);
        }
        style_on(d, &p, p.istd, 0);
        chp_apply(&p, run->grpprl);
        chp_apply(&p, piece->more);
        return p;
}
