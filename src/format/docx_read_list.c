/* docx_read_list.c - automatic numbering of a DOCX: what Word shows before a paragraph stands in no text of the file.
 */
#include "docx_read_priv.h"

#define LISTS_MAX 20000

struct reading {
        struct dd_ctx *c;
        struct wlists *l;
        struct wabstract *abstract;
        struct wnum *num;
        struct wlevel *level;
        int32_t over; /* level of <w:lvlOverride>, -1: none */
};

static void
abstract_begin(struct reading *r, const struct xml_el *e)
{
        if (r->l->abstract.n >= LISTS_MAX)
                return;
        r->abstract = VEC_PUSH(r->c->arena, &r->l->abstract);
        r->abstract->id = xml_attr_i32(e, "abstractNumId", -1);
        for (int i = 0; i < LEVELS; i++)
                r->abstract->level[i] = (struct wlevel){ .start = 1, .restart = -1, .fmt = S("decimal") };
}

static void
num_begin(struct reading *r, const struct xml_el *e)
{
        if (r->l->num.n >= LISTS_MAX)
                return;
        r->num = VEC_PUSH(r->c->arena, &r->l->num);
        r->num->id = xml_attr_i32(e, "numId", -1);
        r->num->abstract = -1;
        for (int i = 0; i < LEVELS; i++)
                r->num->over[i] = -1;
}

static void
level_says(struct reading *r, const struct xml_el *e)
{
        struct wlevel *k = r->level;

        switch (e->id) {
        case W_start:
                k->start = xml_attr_i32(e, "val", 1);
                break;
        case W_numFmt:
                k->fmt = str_dup(r->c->arena, xml_attr(e, "val"));
                break;
        case W_lvlText:
                k->text = str_dup(r->c->arena, xml_attr(e, "val"));
                break;
        case W_lvlRestart:
                k->restart = xml_attr_i32(e, "val", -1);
                break;
        case W_isLgl:
                k->legal = xml_attr_on(e, "val");
                break;
        case W_pStyle:
                k->style = str_dup(r->c->arena, xml_attr(e, "val"));
                break;
        case W_rFonts:
                k->font = wfont(e);
                break;
        default:
                break;
        }
}

static void
level_begin(struct reading *r, const struct xml_el *e)
{
        int32_t i = xml_attr_i32(e, "ilvl", -1);

        if (r->abstract && i >= 0 && i < LEVELS)
                r->level = &r->abstract->level[i];
}

static void
on_start(void *arg, const struct xml_el *e)
{
        struct reading *r = arg;

        if (e->ns != NS_W)
                return;
        switch (e->id) {
        case W_abstractNum:
                abstract_begin(r, e);
                break;
        case W_num:
                num_begin(r, e);
                break;
        case W_lvl:
                level_begin(r, e);
                break;
        case W_lvlOverride:
                r->over = xml_attr_i32(e, "ilvl", -1);
                break;
        case W_startOverride:
                if (r->num && r->over >= 0 && r->over < LEVELS)
                        r->num->over[r->over] = xml_attr_i32(e, "val", 1);
                break;
        case W_abstractNumId:
                if (r->num)
                        r->num->abstract = xml_attr_i32(e, "val", -1);
                break;
        case W_numStyleLink:
                if (r->abstract)
                        r->abstract->num_style = str_dup(r->c->arena, xml_attr(e, "val"));
                break;
        default:
                if (r->level)
                        level_says(r, e);
        }
}

static void
on_end(void *arg, const struct xml_el *e)
{
        struct reading *r = arg;

        if (e->ns != NS_W)
                return;
        if (e->id == W_lvl)
                r->level = NULL;
        else if (e->id == W_abstractNum)
                r->abstract = NULL;
        else if (e->id == W_num)
                r->num = NULL;
        else if (e->id == W_lvlOverride)
                r->over = -1;
}

enum dd_err
wlists_read(struct dd_ctx *c, struct package *p, struct str part, struct wlists *ret)
{
        static const struct xml_on on = {
                .start = on_start, .end = on_end, .names = w_names, .n_names = W_COUNT, .ns = w_ns, .n_ns = W_NS_COUNT
        };
        struct reading r = { .c = c, .l = ret, .over = -1 };
        enum dd_err e;

        *ret = (struct wlists){ .num = { .n = 0 } };
        if (part.p == NULL)
                return DD_OK;
        e = xml_read_part(c, p, part.p, &on, &r);
        if (e != DD_OK && e != DD_ENOTFOUND)
                return e;
        for (size_t i = 0; i < ret->abstract.n; i++)
                for (int k = 0; k < LEVELS; k++) {
                        struct wlevel *v = &ret->abstract.v[i].level[k];

                        v->text = legacy_text(c->arena, v->font, v->text);
                }
        return DD_OK;
}

/* ---- labels ------------------------------------------------------------------------------------------------ */

static struct wnum *
num_find(struct wlists *l, int32_t id)
{
        for (size_t i = 0; i < l->num.n; i++) {
                if (l->num.v[i].id == id)
                        return &l->num.v[i];
        }
        return NULL;
}

static struct wabstract *
abstract_find(struct wlists *l, const struct wstyles *s, int32_t id, int deep)
{
        for (size_t i = 0; i < l->abstract.n; i++) {
                struct wabstract *k = &l->abstract.v[i];
                const struct wstyle *by;
                struct wnum *num;

                if (k->id != id)
                        continue;
                if (k->num_style.n == 0 || deep > 4 || !(by = wstyles_find(s, k->num_style)) ||
                    !(num = num_find(l, by->num_id)))
                        return k;
                return abstract_find(l, s, num->abstract, deep + 1);
        }
        return NULL;
}

static int32_t
level_of_style(const struct wabstract *k, struct str style)
{
        for (int32_t i = 0; i < LEVELS; i++) {
                if (style.n && str_eq(k->level[i].style, style))
                        return i;
        }
        return 0;
}

static void
count_on(struct wabstract *k, struct wnum *num, int32_t at)
{
        if (num->over[at] >= 0 && !num->used[at]) { /* a list that begins anew */
                k->begun[at] = true;
                k->count[at] = num->over[at];
        } else if (!k->begun[at]) {
                k->begun[at] = true;
                k->count[at] = k->level[at].start;
        } else if (k->count[at] < INT32_MAX) {
                k->count[at]++;
        }
        num->used[at] = true;
        for (int32_t i = 0; i < at; i++) {
                if (!k->begun[i]) {
                        k->begun[i] = true;
                        k->count[i] = num->over[i] >= 0 ? num->over[i] : k->level[i].start;
                }
        }
        for (int32_t i = at + 1; i < LEVELS; i++) {
                if (k->level[i].restart != 0)
                        k->begun[i] = false;
        }
}

static struct str
label_text(struct arena *a, const struct wabstract *k, int32_t at)
{
        const struct wlevel *v = &k->level[at];
        AUTO_BUF b = { 0 };

        if (str_eq(v->fmt, S("none")) && v->text.n == 0)
                return S("");
        if (str_eq(v->fmt, S("bullet")))
                return list_sign(v->text);
        for (size_t i = 0; i < v->text.n; i++) {
                int32_t n = i + 1 < v->text.n ? v->text.p[i + 1] - '1' : -1;

                if (v->text.p[i] != '%' || n < 0 || n >= LEVELS) {
                        buf_c(&b, v->text.p[i]);
                        continue;
                }
                buf_str(&b, list_number(a, v->legal && n < at ? S("decimal") : k->level[n].fmt, k->count[n]));
                i++;
        }
        return str_dup(a, buf_view(&b));
}

struct str
wlists_label(struct arena *a, struct wlists *l, const struct wstyles *s, int32_t num_id, int32_t ilvl, struct str style)
{
        struct wnum *num = num_id > 0 ? num_find(l, num_id) : NULL;
        struct wabstract *k = num ? abstract_find(l, s, num->abstract, 0) : NULL;

        if (k == NULL)
                return S("");
        if (ilvl < 0)
                ilvl = level_of_style(k, style);
        if (ilvl >= LEVELS)
                ilvl = LEVELS - 1;
        count_on(k, num, ilvl);
        return label_text(a, k, ilvl);
}
