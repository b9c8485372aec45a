/* docx_read.c - DOCX to a tree: what Word would show. Changes that are tracked are taken as accepted, fields by their
 * result, hidden text is left out, text boxes follow the paragraph that holds them. */
#include "docx_read_body_priv.h"

#include "read_priv.h"

/* Where paragraphs go now. */
static struct level *
top(struct body *b)
{
        return &b->level[b->n_levels - 1];
}

static struct open_para *
para(struct body *b)
{
        return b->n_paras ? &b->paras[b->n_paras - 1] : NULL;
}

static void
level_push(struct body *b, struct nodes *list)
{
        if (b->n_levels < LEVELS_MAX)
                b->level[b->n_levels++] = (struct level){ .list = list };
}

static void
level_pop(struct body *b)
{
        if (b->n_levels > 1)
                b->n_levels--;
}

/* ---- paragraphs -------------------------------------------------------------------------------------------- */

static void
para_begin(struct body *b)
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

static void
para_end(struct body *b)
{
        struct open_para *p = para(b);
        struct level *l = top(b);
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

static void
run_begin(struct body *b)
{
        struct open_para *p = para(b);

        if (p == NULL)
                return;
        p->run = (struct look){ .font = LEGACY_UNSET, .caps = -1, .hidden = -1 };
        p->run_style = NULL;
        p->in_run = true;
}

/* Own words of the run, then its style, its paragraph's, the document's. */
static struct look
look_of(const struct body *b, const struct open_para *p)
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

static void
put(struct body *b, struct str s, bool sign)
{
        struct open_para *p = para(b);
        struct look l;

        if (p == NULL || muted(b))
                return;
        l = look_of(b, p);
        if (l.hidden > 0)
                return;
        if (sign)
                para_mark(&p->text, s);
        else
                para_put(&p->text, s, l.font, l.caps > 0);
}

/* <w:sym>: a sign of a symbol font, or a letter of an old Vietnamese one. */
static void
sym(struct body *b, const struct xml_el *e)
{
        struct str hex = xml_attr(e, "char"), font = xml_attr(e, "font");
        enum legacy kind = legacy_of_font(font);
        char digits[8] = { 0 }, utf8[4];
        unsigned long cp;
        struct open_para *p = para(b);

        if (hex.n == 0 || hex.n >= sizeof digits || p == NULL || muted(b))
                return;
        memcpy(digits, hex.p, hex.n);
        cp = strtoul(digits, NULL, 16);
        if (kind > LEGACY_UNICODE && cp < 0x10000)
                para_put(&p->text, (struct str){ utf8, utf8_put(utf8, (uint32_t)cp) }, kind, false);
        else if (cp == 0xF0B7 || cp == 0xF0A7 || cp == 0xF0D8 || cp == 0xF076)
                para_mark(&p->text, S("-"));
        else if (cp == 0xF0FE || cp == 0xF052 || cp == 0xF0FC)
                para_mark(&p->text, S("☑"));
        else if (cp == 0xF0A8 || cp == 0xF06F || cp == 0xF071)
                para_mark(&p->text, S("☐"));
        else if (cp >= 0x20 && cp < 0xD800)
                para_mark(&p->text, (struct str){ utf8, utf8_put(utf8, (uint32_t)cp) });
}

/* Fields: what stands between begin and separate is their code. */
static void
field(struct body *b, const struct xml_el *e)
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

static void
run_says(struct body *b, const struct xml_el *e)
{
        struct open_para *p = para(b);

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

static void
para_says(struct body *b, const struct xml_el *e)
{
        struct open_para *p = para(b);

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

/* ---- tables ------------------------------------------------------------------------------------------------ */

static void
border(struct body *b, const struct xml_el *e)
{
        struct str v = xml_attr(e, "val");
        bool seen = v.n && !str_eq(v, S("none")) && !str_eq(v, S("nil"));
        struct level *l = top(b);

        if (b->borders == W_tblBorders)
                l->lines = seen ? 1 : l->lines < 0 ? 0 : l->lines;
        else
                b->cell_lines = seen ? 1 : b->cell_lines < 0 ? 0 : b->cell_lines;
}

static void
table_begin(struct body *b)
{
        struct level *l = top(b);
        struct ttable *t = tree_table(b->tree, l->list);

        level_push(b, l->list);
        l = top(b);
        l->table = t;
        l->lines = -1;
}

/* Lines of its own, else of its style, unless its cells say otherwise. */
static void
table_end(struct body *b)
{
        struct level *l = top(b);
        size_t cells = l->lined + l->bare + l->silent;

        if (l->table) {
                bool lines = l->lines >= 0 ? l->lines : l->style_lines;

                if (lines && cells && l->bare == cells)
                        lines = false;
                if (!lines && l->lined * 2 > cells)
                        lines = true;
                l->table->lines = lines;
        }
        level_pop(b);
}

static void
row_begin(struct body *b)
{
        struct level *l = top(b);

        if (l->table)
                l->row = tree_row(b->tree, l->table);
        l->row_struck = false;
}

static void
row_end(struct body *b)
{
        struct level *l = top(b);

        if (l->row && l->row_struck && l->table->n)
                l->table->n--;
        l->row = NULL;
}

static void
cell_begin(struct body *b)
{
        struct level *l = top(b);
        struct tcell *k = l->row ? tree_cell(b->tree, l->row) : NULL;
        struct nodes *list = k ? &k->inside : l->list;

        b->cell_lines = -1;
        level_push(b, list);
        top(b)->cell = k;
        top(b)->cell_lines = -1;
}

static void
cell_end(struct body *b)
{
        tri lines = top(b)->cell_lines;

        level_pop(b);
        top(b)->lined += lines > 0;
        top(b)->bare += lines == 0;
        top(b)->silent += lines < 0;
}

static void
cell_says(struct body *b, const struct xml_el *e)
{
        struct tcell *k = top(b)->cell;
        int32_t n;

        if (k == NULL)
                return;
        switch (e->id) {
        case W_gridSpan:
                n = xml_attr_i32(e, "val", 1);
                k->colspan = n < 1 ? 1 : n > TREE_COLS_MAX ? TREE_COLS_MAX : n;
                break;
        case W_vMerge:
                k->covered = !str_eq(xml_attr(e, "val"), S("restart"));
                break;
        default:
                break;
        }
}

static void
row_says(struct body *b, const struct xml_el *e)
{
        struct level *l = top(b);
        int32_t n;

        if (l->row == NULL)
                return;
        switch (e->id) {
        case W_tblHeader:
                l->row->header = xml_attr_on(e, "val");
                break;
        case W_del:
                l->row_struck = true;
                break;
        case W_gridBefore:
                n = xml_attr_i32(e, "val", 0);
                for (int32_t i = 0; i < n && i < TREE_COLS_MAX; i++)
                        (void)tree_cell(b->tree, l->row);
                break;
        default:
                break;
        }
}

static void
table_says(struct body *b, const struct xml_el *e)
{
        const struct wstyle *s;

        if (e->id != W_tblStyle)
                return;
        s = wstyles_find(b->styles, xml_attr(e, "val"));
        top(b)->style_lines = s && s->lines > 0;
}

/* ---- elements ---------------------------------------------------------------------------------------------- */

/* Subtrees that show nothing. */
static bool
shows_nothing(const struct body *b, int id)
{
        switch (id) {
        case W_pPrChange:
        case W_rPrChange:
        case W_tblPrChange:
        case W_tcPrChange:
        case W_trPrChange:
        case W_tblPrEx:
        case W_tblGrid:
        case W_numberingChange:
        case W_sectPr:
        case W_framePr:
        case W_ffData:
        case W_tabs:
        case W_instrText:
        case W_delText:
        case W_delInstrText:
        case W_rt:
                return true;
        case W_del:
        case W_moveFrom:
                return !b->in_ppr && !b->in_rpr && !b->in_trpr;
        default:
                return false;
        }
}

static void
in_content(struct body *b, const struct xml_el *e)
{
        switch (e->id) {
        case W_p:
                para_begin(b);
                break;
        case W_r:
                run_begin(b);
                break;
        case W_t:
                b->in_text = true;
                break;
        case W_tab:
                put(b, S("\t"), true);
                break;
        case W_br:
                b->tree->pages += str_eq(xml_attr(e, "type"), S("page"));
                put(b, xml_attr(e, "type").p && !str_eq(xml_attr(e, "type"), S("textWrapping")) ? S(" ") : S("\n"),
                    true);
                break;
        case W_cr:
                put(b, S("\n"), true);
                break;
        case W_lastRenderedPageBreak:
                b->tree->pages++;
                break;
        case W_noBreakHyphen:
                put(b, S("-"), true);
                break;
        case W_softHyphen: /* TCVN3 has its "ư" there */
                if (para(b) && look_of(b, para(b)).font > LEGACY_UNICODE)
                        put(b, S("\xC2\xAD"), false);
                break;
        case W_sym:
                sym(b, e);
                break;
        case W_fldChar:
                field(b, e);
                break;
        case W_tbl:
                table_begin(b);
                break;
        case W_tr:
                row_begin(b);
                break;
        case W_tc:
                cell_begin(b);
                break;
        case W_txbxContent: {
                struct open_para *p = para(b);

                level_push(b, p ? &p->boxes : top(b)->list);
                break;
        }
        case W_footnote:
        case W_endnote: /* lines between text and notes are notes of a type */
                if (xml_attr(e, "type").p && !str_eq(xml_attr(e, "type"), S("normal")))
                        b->skip = b->depth;
                break;
        default:
                break;
        }
}

static void
flags(struct body *b, int id, bool on)
{
        switch (id) {
        case W_pPr:
                b->in_ppr = on;
                break;
        case W_rPr:
                b->in_rpr = on;
                break;
        case W_trPr:
                b->in_trpr = on;
                break;
        case W_tcPr:
                b->in_tcpr = on;
                break;
        case W_tblPr:
                b->in_tblpr = on;
                break;
        case W_sdtPr:
                b->in_sdtpr = on;
                break;
        case W_tblBorders:
        case W_tcBorders:
                b->borders = on ? id : 0;
                break;
        default:
                break;
        }
}

static bool
in_properties(const struct body *b)
{
        return b->in_ppr || b->in_rpr || b->in_trpr || b->in_tcpr || b->in_tblpr || b->in_sdtpr;
}

static void
on_start(void *arg, const struct xml_el *e)
{
        struct body *b = arg;

        b->depth++;
        if (b->skip)
                return;
        if (e->ns == NS_MC) { /* the first choice; its fallback says the same again */
                if (e->id == W_Fallback)
                        b->skip = b->depth;
                return;
        }
        if (e->ns == NS_M && e->id == W_t)
                b->in_text = true;
        if (e->ns != NS_W || e->id < 0)
                return;
        if (shows_nothing(b, e->id)) {
                b->skip = b->depth;
                return;
        }
        if (!in_properties(b)) {
                flags(b, e->id, true);
                if (e->id == W_sdt)
                        b->sdt_placeholder = false;
                if (e->id == W_sdtContent && b->sdt_placeholder) {
                        b->sdt_placeholder = false;
                        b->skip = b->depth;
                        return;
                }
                in_content(b, e);
                return;
        }
        flags(b, e->id, true);
        if (b->borders)
                border(b, e);
        else if (b->in_sdtpr)
                b->sdt_placeholder = b->sdt_placeholder || e->id == W_showingPlcHdr;
        else if (b->in_ppr)
                para_says(b, e);
        else if (b->in_rpr)
                run_says(b, e);
        else if (b->in_tcpr)
                cell_says(b, e);
        else if (b->in_trpr)
                row_says(b, e);
        else
                table_says(b, e);
}

static void
on_end(void *arg, const struct xml_el *e)
{
        struct body *b = arg;

        if (b->skip) {
                if (b->skip == b->depth)
                        b->skip = 0;
                b->depth--;
                return;
        }
        b->depth--;
        if (e->id == W_t)
                b->in_text = false;
        if (e->ns != NS_W)
                return;
        if (e->id == W_tcBorders)
                top(b)->cell_lines = b->cell_lines;
        flags(b, e->id, false);
        if (in_properties(b))
                return;
        switch (e->id) {
        case W_p:
                para_end(b);
                break;
        case W_tbl:
                table_end(b);
                break;
        case W_tr:
                row_end(b);
                break;
        case W_tc:
                cell_end(b);
                break;
        case W_txbxContent:
                level_pop(b);
                break;
        default:
                break;
        }
}

static void
on_text(void *arg, struct str s)
{
        struct body *b = arg;

        if (!b->skip && b->in_text)
                put(b, s, false);
}

/* ---- parts ------------------------------------------------------------------------------------------------- */

static enum dd_err
part_read(struct body *b, struct package *p, struct str part, struct nodes *list)
{
        static const struct xml_on on = { .start = on_start,
                                          .end = on_end,
                                          .text = on_text,
                                          .names = w_names,
                                          .n_names = W_COUNT,
                                          .ns = w_ns,
                                          .n_ns = W_NS_COUNT };
        struct body fresh = { .c = b->c, .tree = b->tree, .styles = b->styles, .lists = b->lists };
        enum dd_err e;

        *b = fresh;
        level_push(b, list);
        e = xml_read_part(b->c, p, part.p, &on, b);
        for (size_t i = 0; i < PARAS_MAX; i++)
                para_free(&b->paras[i].text);
        return e;
}

/* Heads, feet and notes: what of them is broken or missing does not spoil the paper. */
static enum dd_err
others_read(struct body *b, struct package *p, const struct rels *rels)
{
        static const struct {
                const char *type;
                size_t at;
        } kinds[] = { { "header", offsetof(struct tree, heads) },
                      { "footer", offsetof(struct tree, feet) },
                      { "footnotes", offsetof(struct tree, notes) },
                      { "endnotes", offsetof(struct tree, notes) } };

        for (size_t i = 0; i < rels->n && i < 64; i++)
                for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
                        enum dd_err e;

                        if (!rels->v[i].target.p || !str_eq(rels->v[i].type, str_of(kinds[k].type)))
                                continue;
                        e = part_read(b, p, rels->v[i].target, (struct nodes *)((char *)b->tree + kinds[k].at));
                        if (e != DD_OK && e != DD_ENOTFOUND)
                                return e;
                }
        return DD_OK;
}

enum dd_err
docx_read(struct dd_ctx *c, struct package *p, struct blocks *ret)
{
        struct tree tree = { .c = c, .format = S("docx") };
        struct wstyles styles;
        struct wlists lists;
        struct body *b = arena_alloc(c->arena, sizeof *b);
        struct rels top_rels, rels;
        struct str main_part;

        TRY(rels_read(c, p, S(""), &top_rels));
        main_part = rels_type(&top_rels, "officeDocument");
        if (main_part.p == NULL)
                main_part = S("word/document.xml");
        if (!package_has(p, main_part.p))
                return package_broken(c);
        TRY(rels_read(c, p, main_part, &rels));
        TRY(wstyles_read(c, p, rels_type(&rels, "styles"), &styles));
        TRY(wlists_read(c, p, rels_type(&rels, "numbering"), &lists));
        *b = (struct body){ .c = c, .tree = &tree, .styles = &styles, .lists = &lists };
        TRY(part_read(b, p, main_part, &tree.body));
        if (tree.pages > 0)
                tree.pages++;
        TRY(others_read(b, p, &rels));
        return tree_blocks(&tree, ret);
}
