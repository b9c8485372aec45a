/* docx_read_styles.c - styles of a DOCX, as far as they say something of letters, lists and borders. */
#include "docx_read_priv.h"

#define STYLES_MAX 5000

#define W_NAME(name) { #name, W_##name },
const struct xml_name w_names[W_COUNT] = { W_NAMES(W_NAME) };
const struct xml_name w_ns[] = {
        { "http://schemas.openxmlformats.org/wordprocessingml/2006/main", NS_W },
        { "http://purl.oclc.org/ooxml/wordprocessingml/main", NS_W },
        { "http://schemas.openxmlformats.org/markup-compatibility/2006", NS_MC },
        { "http://schemas.openxmlformats.org/officeDocument/2006/math", NS_M },
};

enum legacy
wfont(const struct xml_el *e)
{
        static const char *const names[] = { "ascii", "hAnsi", "cs" };

        for (size_t i = 0; i < ARRAY_LEN(names); i++) {
                struct str f = xml_attr(e, names[i]);

                if (f.p)
                        return legacy_of_font(f);
        }
        return xml_attr(e, "asciiTheme").p || xml_attr(e, "hAnsiTheme").p ? LEGACY_UNICODE : LEGACY_UNSET;
}

struct reading {
        struct dd_ctx *c;
        struct wstyles *s;
        struct wstyle *at; /* NULL: between styles */
        int skip;          /* depth below which nothing counts */
        int depth;
        bool borders;
};

static const struct wstyle nothing = {
        .caps = -1, .hidden = -1, .centered = -1, .lines = -1, .num_id = -1, .ilvl = -1, .outline = -1
};

static void
style_begin(struct reading *r, const struct xml_el *e)
{
        if (r->s->n >= STYLES_MAX)
                return;
        r->at = VEC_PUSH(r->c->arena, r->s);
        *r->at = nothing;
        r->at->id = str_dup(r->c->arena, xml_attr(e, "styleId"));
        r->at->para_default =
            str_eq(xml_attr(e, "type"), S("paragraph")) && xml_attr(e, "default").p && xml_attr_on(e, "default");
}

static void
border(struct wstyle *s, const struct xml_el *e)
{
        struct str v = xml_attr(e, "val");
        bool none = v.n == 0 || str_eq(v, S("none")) || str_eq(v, S("nil"));

        if (s->lines < 0 || !none)
                s->lines = !none;
}

static void
style_says(struct reading *r, const struct xml_el *e)
{
        struct wstyle *s = r->at;

        switch (e->id) {
        case W_basedOn:
                s->based = str_dup(r->c->arena, xml_attr(e, "val"));
                break;
        case W_name:
                s->name = str_dup(r->c->arena, xml_attr(e, "val"));
                break;
        case W_rFonts:
                s->font = wfont(e);
                break;
        case W_caps:
                s->caps = xml_attr_on(e, "val");
                break;
        case W_vanish:
                s->hidden = xml_attr_on(e, "val");
                break;
        case W_jc:
                s->centered = str_eq(xml_attr(e, "val"), S("center"));
                break;
        case W_numId:
                s->num_id = xml_attr_i32(e, "val", -1);
                break;
        case W_ilvl:
                s->ilvl = xml_attr_i32(e, "val", -1);
                break;
        case W_outlineLvl:
                s->outline = xml_attr_i32(e, "val", -1);
                break;
        default:
                break;
        }
}

static void
on_start(void *arg, const struct xml_el *e)
{
        struct reading *r = arg;

        r->depth++;
        if (e->ns != NS_W || r->skip)
                return;
        switch (e->id) {
        case W_tblStylePr:
        case W_pPrChange:
        case W_rPrChange:
                r->skip = r->depth;
                return;
        case W_style:
                style_begin(r, e);
                return;
        case W_docDefaults:
                r->at = &r->s->doc;
                return;
        case W_tblBorders:
                r->borders = true;
                return;
        default:
                break;
        }
        if (r->at == NULL)
                return;
        if (r->borders)
                border(r->at, e);
        else
                style_says(r, e);
}

static void
on_end(void *arg, const struct xml_el *e)
{
        struct reading *r = arg;

        if (r->skip == r->depth)
                r->skip = 0;
        r->depth--;
        if (e->ns != NS_W)
                return;
        if (e->id == W_style || e->id == W_docDefaults)
                r->at = NULL;
        if (e->id == W_tblBorders)
                r->borders = false;
}

static int
by_id(const void *a, const void *b)
{
        return str_cmp(((const struct wstyle *)a)->id, ((const struct wstyle *)b)->id);
}

static struct wstyle *
find(const struct wstyles *s, struct str id)
{
        struct wstyle key = { .id = id };

        return s->n && id.p ? bsearch(&key, s->v, s->n, sizeof key, by_id) : NULL;
}

/* What it does not say itself it has from its base; a ring of bases ends where it began. */
static void
solve(struct wstyles *s, struct wstyle *k, int deep)
{
        struct wstyle *base = find(s, k->based);

        if (k->solved || k->solving)
                return;
        k->solving = true;
        if (base && deep < 64) {
                solve(s, base, deep + 1);
                k->font = k->font == LEGACY_UNSET ? base->font : k->font;
                k->caps = k->caps < 0 ? base->caps : k->caps;
                k->hidden = k->hidden < 0 ? base->hidden : k->hidden;
                k->centered = k->centered < 0 ? base->centered : k->centered;
                k->lines = k->lines < 0 ? base->lines : k->lines;
                k->ilvl = k->num_id < 0 && k->ilvl < 0 ? base->ilvl : k->ilvl;
                k->num_id = k->num_id < 0 ? base->num_id : k->num_id;
                k->outline = k->outline < 0 ? base->outline : k->outline;
        }
        k->solving = false;
        k->solved = true;
}

enum dd_err
wstyles_read(struct dd_ctx *c, struct package *p, struct str part, struct wstyles *ret)
{
        static const struct xml_on on = {
                .start = on_start, .end = on_end, .names = w_names, .n_names = W_COUNT, .ns = w_ns, .n_ns = W_NS_COUNT
        };
        struct reading r = { .c = c, .s = ret };
        enum dd_err e;

        *ret = (struct wstyles){ .doc = nothing };
        if (part.p == NULL)
                return DD_OK;
        e = xml_read_part(c, p, part.p, &on, &r);
        if (e != DD_OK && e != DD_ENOTFOUND)
                return e;
        if (ret->n)
                qsort(ret->v, ret->n, sizeof *ret->v, by_id);
        for (size_t i = 0; i < ret->n; i++)
                solve(ret, &ret->v[i], 0);
        for (size_t i = 0; i < ret->n; i++) {
                if (ret->v[i].para_default)
                        ret->para = &ret->v[i];
        }
        return DD_OK;
}

const struct wstyle *
wstyles_find(const struct wstyles *s, struct str id)
{
        return find(s, id);
}
