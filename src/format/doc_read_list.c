/* doc_read_list.c - the lists of a Word 97-2003 paper, in the shape those of DOCX have. */
#include "doc_read_priv.h"

#include "dd_text.h"

#define LISTS_MAX 4096

static struct str
format_of(uint32_t nfc)
{
        switch (nfc) {
        case 1:
                return S("upperRoman");
        case 2:
                return S("lowerRoman");
        case 3:
                return S("upperLetter");
        case 4:
                return S("lowerLetter");
        case 22:
                return S("decimalZero");
        case 23:
                return S("bullet");
        case 255:
                return S("none");
        default:
                return S("decimal");
        }
}

/* One level; *at goes behind it. A letter below 9 in its text stands for the number of that level. */
static void
level_read(struct doc *d, struct str s, size_t *at, struct wlevel *k)
{
        size_t chp = byte_at(s, *at + 24), pap = byte_at(s, *at + 25), text = *at + 28 + pap + chp, n = le16(s, text);
        struct str g = str_sub(s, *at + 28 + pap, text);
        struct sprm p;
        AUTO_BUF out = { 0 };

        k->start = (int32_t)(le32(s, *at) & 0xFFFF);
        k->fmt = format_of(byte_at(s, *at + 4));
        k->legal = (byte_at(s, *at + 5) & 4) != 0;
        k->restart = byte_at(s, *at + 5) & 8 ? 0 : -1;
        while (sprm_next(&g, &p)) {
                if (p.op == 0x4A4F)
                        k->font = doc_font(d, (int32_t)le16(p.arg, 0));
        }
        for (size_t i = 0; i < n && i < 64 && text + 4 + 2 * i <= s.n; i++) {
                uint32_t cp = le16(s, text + 2 + 2 * i);
                char utf8[4];

                if (cp < LEVELS) {
                        buf_c(&out, '%');
                        buf_c(&out, (char)('1' + cp));
                } else if (cp != '%' && (cp < 0xD800 || cp >= 0xE000)) {
                        buf_put(&out, utf8, utf8_put(utf8, cp));
                }
        }
        k->text = legacy_text(d->c->arena, k->font, out.n ? str_dup(d->c->arena, buf_view(&out)) : S(""));
        *at = text + 2 + 2 * n;
}

/* All lists first, then their levels one behind the other: nine each, of simple ones one. */
static void
abstracts_read(struct doc *d)
{
        size_t from = le32(d->w, 154 + 8 * FIB_LST), n = le16(d->t, from), at = from + 2 + 28 * n;

        if (from == 0 || from >= d->t.n || n > LISTS_MAX)
                return;
        for (size_t i = 0; i < n && at < d->t.n; i++) {
                struct wabstract *k = VEC_PUSH(d->c->arena, &d->lists.abstract);
                bool simple = byte_at(d->t, from + 2 + 28 * i + 26) & 1;

                k->id = (int32_t)le32(d->t, from + 2 + 28 * i);
                for (int j = 0; j < LEVELS; j++)
                        k->level[j] = (struct wlevel){ .start = 1, .restart = -1, .fmt = S("none") };
                for (int j = 0; j < (simple ? 1 : LEVELS) && at + 28 <= d->t.n; j++)
                        level_read(d, d->t, &at, &k->level[j]);
        }
}

static void
override_read(struct doc *d, struct str s, size_t *at, struct wnum *num)
{
        struct wlevel own = { .start = 1, .restart = -1 };
        uint32_t flags = le32(s, *at + 4);
        int32_t start = (int32_t)(le32(s, *at) & 0xFFFF);

        *at += 8;
        if (flags & 0x20) { /* a level of its own; how it counts from is all we take */
                level_read(d, s, at, &own);
                start = own.start;
        }
        if ((flags & 0x10) && (flags & 15) < LEVELS)
                num->over[flags & 15] = start;
}

void
doc_lists_read(struct doc *d)
{
        struct str s = doc_part(d, FIB_LFO);
        size_t n = le32(s, 0), at;

        abstracts_read(d);
        if (n > LISTS_MAX)
                return;
        at = 4 + 16 * n;
        for (size_t i = 0; i < n && 4 + 16 * (i + 1) <= s.n; i++) {
                struct wnum *num = VEC_PUSH(d->c->arena, &d->lists.num);
                size_t own = byte_at(s, 4 + 16 * i + 12);

                num->id = (int32_t)i + 1;
                num->abstract = (int32_t)le32(s, 4 + 16 * i);
                for (int j = 0; j < LEVELS; j++)
                        num->over[j] = -1;
                at += 4;
                for (size_t j = 0; j < own && j < LEVELS && at + 8 <= s.n; j++)
                        override_read(d, s, &at, num);
        }
}
