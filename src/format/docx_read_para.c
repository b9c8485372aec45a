/* docx_read_para.c - paragraphs and runs of a DOCX: what they look like decides what they say. */
#include "docx_read_body_priv.h"

void
body_para_begin(struct body *b)
{
        struct open_para *p;

        if (b->n_paras >= PARAS_MAX) {
                b->skip = b->depth;
                return;
        }
        p = &b->paras[b->n_paras++];
        p->style = b->styles->para;
        p->num_id = p->ilvl = p->outline = -1;
        p->centered = -1;
        p->struck = false;
        p->in_run = false;
        p->boxes = (struct nodes){ 0 };
        p->text.a = b->c->arena;
}

/* The label of its list before the words of a paragraph. A sign alone says nothing, a number alone is a cell "TT". */
static struct str
labelled(struct body *b, const struct open_para *p, struct str text)
{
        int32_t num_id = p->num_id, ilvl = p->ilvl;
        struct str style = p->style ? p->style->id : STR_NONE, label;

        if (num_id < 0 && p->style) {
                num_id = p->style->num_id;
                ilvl = ilvl < 0 ? p->style->ilvl : ilvl;
        }
        if (num_id <= 0)
                return text;
        if (p->num_id > 0 && ilvl < 0)
                ilvl = 0;
        label = wlists_label(b->c->arena, b->lists, b->styles, num_id, ilvl, style);
        if (label.n == 0)
                return text;
        if (str_trim(text).n == 0)
                return label.n == 1 && strchr("-+*", label.p[0]) ? text : label;
        return STR_JOIN(b->c->arena, label, S(" "), text);
}

void
body_para_end(struct body *b)
{
        struct open_para *p = body_para(b);
        struct level *l = body_top(b);
        struct node n = { .table = NULL };
        int32_t outline;

        if (p == NULL)
                return;
        n.text = para_take(&p->text, b->c->arena);
        if (l->carry.n) {
                n.text = STR_JOIN(b->c->arena, l->carry, n.text);
                l->carry = STR_NONE;
        }
        if (p->struck) { /* its mark was deleted: it runs on into the next one */
                l->carry = n.text;
                b->n_paras--;
                return;
        }
        n.text = labelled(b, p, n.text);
        outline = p->outline >= 0 ? p->outline : p->style ? p->style->outline : -1;
        n.heading = outline >= 0 && outline < 9;
        n.style = p->style ? p->style->name : STR_NONE;
        n.centered = (p->centered >= 0 ? p->centered : p->style ? p->style->centered : 0) > 0;
        if (n.text.n || l->cell == NULL)
                tree_para(b->tree, l->list, n);
        for (size_t i = 0; i < p->boxes.n; i++)
                *VEC_PUSH(b->c->arena, l->list) = p->boxes.v[i];
        b->n_paras--;
}

/* ---- runs -------------------------------------------------------------------------------------------------- */

void
body_run_begin(struct body *b)
{
        struct open_para *p = body_para(b);

        if (p == NULL)
                return;
        p->run = (struct look){ .font = LEGACY_UNSET, .caps = -1, .hidden = -1 };
        p->run_style = NULL;
        p->in_run = true;
}

/* Own words of the run, then its style, its paragraph's, the document's. */
struct look
body_look(const struct body *b, const struct open_para *p)
{
        const struct wstyle *const from[] = { p->run_style, p->style, &b->styles->doc };
        struct look l = p->run;

        for (size_t i = 0; i < ARRAY_LEN(from); i++) {
                if (from[i] == NULL)
                        continue;
                l.font = l.font == LEGACY_UNSET ? from[i]->font : l.font;
                l.caps = l.caps < 0 ? from[i]->caps : l.caps;
                l.hidden = l.hidden < 0 ? from[i]->hidden : l.hidden;
        }
        return l;
}

static bool
muted(const struct body *b)
{
        return b->codes > 0 || b->placeholder > 0;
}

void
body_put(struct body *b, struct str s, bool sign)
{
        struct open_para *p = body_para(b);
        struct look l;

        if (p == NULL || muted(b))
                return;
        l = body_look(b, p);
        if (l.hidden > 0)
                return;
        if (sign)
                para_mark(&p->text, s);
        else
                para_put(&p->text, s, l.font, l.caps > 0);
}

/* <w:sym>: a sign of a symbol font, or a letter of an old Vietnamese one. */
void
body_sym(struct body *b, const struct xml_el *e)
{
        struct str hex = xml_attr(e, "char"), font = xml_attr(e, "font");
        enum legacy kind = legacy_of_font(font);
        char digits[8] = { 0 }, utf8[4];
        unsigned long cp;
        struct open_para *p = body_para(b);

        if (hex.n == 0 || hex.n >= sizeof digits || p == NULL || muted(b))
                return;
        memcpy(digits, hex.p, hex.n);
        cp = strtoul(digits, NULL, 16);
        if (kind > LEGACY_UNICODE && cp < 0x10000)
                para_put(&p->text, (struct str){ utf8, utf8_put(utf8, (uint32_t)cp) }, kind, false);
        else if (symbol_sign((uint32_t)cp).p)
                para_mark(&p->text, symbol_sign((uint32_t)cp));
        else if (cp >= 0x20 && cp < 0xD800)
                para_mark(&p->text, (struct str){ utf8, utf8_put(utf8, (uint32_t)cp) });
}

/* Fields: what stands between begin and separate is their code. */
void
body_field(struct body *b, const struct xml_el *e)
{
        struct str type = xml_attr(e, "fldCharType");

        if (str_eq(type, S("begin"))) {
                if (b->fields < FIELDS_MAX)
                        b->code[b->fields] = true;
                b->fields++;
                b->codes++;
        } else if (b->fields > 0) {
                int at = b->fields - 1;
                bool code = at < FIELDS_MAX && b->code[at];

                if (str_eq(type, S("separate")) && code) {
                        b->code[at] = false;
                        b->codes--;
                } else if (str_eq(type, S("end"))) {
                        b->codes -= code || at >= FIELDS_MAX;
                        b->fields--;
                }
        }
}

void
body_run_says(struct body *b, const struct xml_el *e)
{
        struct open_para *p = body_para(b);

        if (p == NULL)
                return;
        switch (e->id) {
        case W_rFonts: {
                enum legacy f = wfont(e);

                if (f != LEGACY_UNSET)
                        p->run.font = f;
                break;
        }
        case W_rStyle:
                p->run_style = wstyles_find(b->styles, xml_attr(e, "val"));
                break;
        case W_caps:
                p->run.caps = xml_attr_on(e, "val");
                break;
        case W_vanish:
                p->run.hidden = xml_attr_on(e, "val");
                break;
        default:
                break;
        }
}

void
body_para_says(struct body *b, const struct xml_el *e)
{
        struct open_para *p = body_para(b);

        if (p == NULL)
                return;
        switch (e->id) {
        case W_pStyle: {
                const struct wstyle *s = wstyles_find(b->styles, xml_attr(e, "val"));

                p->style = s ? s : p->style;
                break;
        }
        case W_numId:
                p->num_id = xml_attr_i32(e, "val", -1);
                break;
        case W_ilvl:
                p->ilvl = xml_attr_i32(e, "val", -1);
                break;
        case W_outlineLvl:
                p->outline = xml_attr_i32(e, "val", -1);
                break;
        case W_jc:
                p->centered = str_eq(xml_attr(e, "val"), S("center"));
                break;
        case W_del:
        case W_moveFrom:
                p->struck = p->struck || b->in_rpr;
                break;
        default:
                break;
        }
}
