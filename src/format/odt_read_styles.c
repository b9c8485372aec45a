/* odt_read_styles.c - styles and lists of an ODF paper. */
#include "odt_read_priv.h"

#define STYLES_MAX 20000

#define O_TEXT(name, text) { text, O_##name },
const struct xml_name o_names[O_COUNT] = { O_NAMES(O_TEXT) };

static struct ostyle *
style_new(struct dd_ctx *c, struct ostyles *s, const struct xml_el *e)
{
        struct ostyle *k;

        if (s->styles.n >= STYLES_MAX)
                return NULL;
        k = VEC_PUSH(c->arena, &s->styles);
        *k = (struct ostyle){ .caps = -1, .hidden = -1, .centered = -1, .lines = -1 };
        k->name = str_dup(c->arena, xml_attr(e, "name"));
        k->parent = str_dup(c->arena, xml_attr(e, "parent-style-name"));
        k->family = str_dup(c->arena, xml_attr(e, "family"));
        k->list = xml_attr(e, "list-style-name").n ? str_dup(c->arena, xml_attr(e, "list-style-name")) : STR_NONE;
        return k;
}

/* "'VNI-Times'" of fo:font-family and svg:font-family. */
static struct str
unquoted(struct str s)
{
        s = str_trim(s);
        while (s.n && (s.p[0] == '\'' || s.p[0] == '"'))
                s = str_sub(s, 1, s.n);
        while (s.n && (s.p[s.n - 1] == '\'' || s.p[s.n - 1] == '"'))
                s.n--;
        return s;
}

static void
letters(struct dd_ctx *c, struct ostyle *k, const struct xml_el *e)
{
        struct str font = xml_attr(e, "font-name"), family = xml_attr(e, "font-family");
        struct str caps = xml_attr(e, "text-transform"), display = xml_attr(e, "display");

        if (family.p)
                k->font = legacy_of_font(unquoted(family));
        else if (font.p)
                k->font_name = str_dup(c->arena, font);
        if (caps.p)
                k->caps = str_eq(caps, S("uppercase"));
        if (display.p)
                k->hidden = str_eq(display, S("none"));
}

static void
borders(struct ostyle *k, const struct xml_el *e)
{
        static const char *const sides[] = { "border", "border-top", "border-bottom", "border-left", "border-right" };

        for (size_t i = 0; i < ARRAY_LEN(sides); i++) {
                struct str v = xml_attr(e, sides[i]);

                if (v.p && !str_starts(v, S("none")) && !str_starts(v, S("0")))
                        k->lines = 1;
                else if (v.p && k->lines < 0)
                        k->lines = str_starts(v, S("0.")) ? 1 : 0;
        }
}

static void
list_level(struct dd_ctx *c, struct olist *l, const struct xml_el *e)
{
        int32_t i = xml_attr_i32(e, "level", 0) - 1;
        struct olevel *k;

        if (i < 0 || i >= 10)
                return;
        k = &l->level[i];
        *k = (struct olevel){ .given = true,
                              .start = xml_attr_i32(e, "start-value", 1),
                              .shown = xml_attr_i32(e, "display-levels", 1) };
        k->fmt = str_dup(c->arena, xml_attr(e, "num-format"));
        k->prefix = str_dup(c->arena, xml_attr(e, "num-prefix"));
        k->suffix = str_dup(c->arena, xml_attr(e, "num-suffix"));
        if (e->id == O_list_level_style_bullet)
                k->bullet = str_dup(c->arena, xml_attr(e, "bullet-char"));
        else if (e->id == O_list_level_style_image)
                k->bullet = S("-");
}

bool
ostyles_start(struct dd_ctx *c, struct ostyles *s, const struct xml_el *e)
{
        switch (e->id) {
        case O_style:
                s->at = style_new(c, s, e);
                return true;
        case O_list_style:
                if (s->lists.n < STYLES_MAX) {
                        s->at_list = VEC_PUSH(c->arena, &s->lists);
                        s->at_list->name = str_dup(c->arena, xml_attr(e, "name"));
                }
                return true;
        case O_font_face:
                if (s->fonts.n < STYLES_MAX) {
                        struct ostyle *f = VEC_PUSH(c->arena, &s->fonts);

                        f->name = str_dup(c->arena, xml_attr(e, "name"));
                        f->font = legacy_of_font(unquoted(xml_attr(e, "font-family")));
                }
                return true;
        case O_text_properties:
                if (s->at && !s->at_list)
                        letters(c, s->at, e);
                return true;
        case O_paragraph_properties:
                if (s->at && xml_attr(e, "text-align").p)
                        s->at->centered = str_eq(xml_attr(e, "text-align"), S("center"));
                return true;
        case O_table_cell_properties:
                if (s->at)
                        borders(s->at, e);
                return true;
        case O_list_level_style_bullet:
        case O_list_level_style_image:
        case O_list_level_style_number:
                if (s->at_list)
                        list_level(c, s->at_list, e);
                return true;
        default:
                return false;
        }
}

void
ostyles_end(struct ostyles *s, const struct xml_el *e)
{
        if (e->id == O_style)
                s->at = NULL;
        else if (e->id == O_list_style)
                s->at_list = NULL;
}

static size_t
hash(struct str family, struct str name)
{
        uint32_t h = 2166136261u;

        for (size_t i = 0; i < family.n; i++)
                h = (h ^ (unsigned char)family.p[i]) * 16777619u;
        for (size_t i = 0; i < name.n; i++)
                h = (h ^ (unsigned char)name.p[i]) * 16777619u;
        return h;
}

/* The place of a style in the index; that of the one who is there already when it is. */
static uint32_t *
slot(struct ostyles *s, struct str family, struct str name)
{
        size_t i = hash(family, name) & (s->n_index - 1);

        for (; s->index[i]; i = (i + 1) & (s->n_index - 1)) {
                const struct ostyle *k = &s->styles.v[s->index[i] - 1];

                if (str_eq(k->name, name) && str_eq(k->family, family))
                        break;
        }
        return &s->index[i];
}

void
ostyles_ready(struct dd_ctx *c, struct ostyles *s)
{
        s->n_index = 64;
        while (s->n_index < s->styles.n * 2)
                s->n_index *= 2;
        s->index = arena_array(c->arena, s->n_index, sizeof *s->index);
        for (size_t i = 0; i < s->styles.n; i++) /* of two with one name the later counts */
                *slot(s, s->styles.v[i].family, s->styles.v[i].name) = (uint32_t)i + 1;
}

static struct ostyle *
find(struct ostyles *s, struct str family, struct str name)
{
        uint32_t at = s->index && name.n ? *slot(s, family, name) : 0;

        return at ? &s->styles.v[at - 1] : NULL;
}

static void
solve(struct ostyles *s, struct ostyle *k, int deep)
{
        struct ostyle *up = find(s, k->family, k->parent);

        if (k->solved || k->solving)
                return;
        k->solving = true;
        for (size_t i = 0; k->font == LEGACY_UNSET && i < s->fonts.n; i++) {
                if (k->font_name.n && str_eq(s->fonts.v[i].name, k->font_name))
                        k->font = s->fonts.v[i].font;
        }
        if (k->font == LEGACY_UNSET && k->font_name.n)
                k->font = legacy_of_font(k->font_name);
        if (up && deep < 64) {
                solve(s, up, deep + 1);
                k->font = k->font == LEGACY_UNSET ? up->font : k->font;
                k->caps = k->caps < 0 ? up->caps : k->caps;
                k->hidden = k->hidden < 0 ? up->hidden : k->hidden;
                k->centered = k->centered < 0 ? up->centered : k->centered;
                k->lines = k->lines < 0 ? up->lines : k->lines;
                k->list = k->list.p == NULL ? up->list : k->list;
        }
        k->solving = false;
        k->solved = true;
}

const struct ostyle *
ostyles_find(struct ostyles *s, struct str family, struct str name)
{
        struct ostyle *k = find(s, family, name);

        if (k)
                solve(s, k, 0);
        return k;
}

struct olist *
ostyles_list(struct ostyles *s, struct str name)
{
        for (size_t i = s->lists.n; name.n && i-- > 0;) {
                if (str_eq(s->lists.v[i].name, name))
                        return &s->lists.v[i];
        }
        return NULL;
}
