/* docx_read.c - DOCX to a tree: what Word would show. Changes that are tracked are taken as accepted, fields by their
 * result, hidden text is left out, text boxes follow the paragraph that holds them. */
#include "docx_read_body_priv.h"

#include "read_priv.h"

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
                body_para_begin(b);
                break;
        case W_r:
                body_run_begin(b);
                break;
        case W_t:
                b->in_text = true;
                break;
        case W_tab:
                body_put(b, S("\t"), true);
                break;
        case W_br:
                b->tree->pages += str_eq(xml_attr(e, "type"), S("page"));
                body_put(b, xml_attr(e, "type").p && !str_eq(xml_attr(e, "type"), S("textWrapping")) ? S(" ") : S("\n"),
                         true);
                break;
        case W_cr:
                body_put(b, S("\n"), true);
                break;
        case W_lastRenderedPageBreak:
                b->tree->pages++;
                break;
        case W_noBreakHyphen:
                body_put(b, S("-"), true);
                break;
        case W_softHyphen: /* TCVN3 has its "ư" there */
                if (body_para(b) && body_look(b, body_para(b)).font > LEGACY_UNICODE)
                        body_put(b, S("\xC2\xAD"), false);
                break;
        case W_sym:
                body_sym(b, e);
                break;
        case W_fldChar:
                body_field(b, e);
                break;
        case W_tbl:
                body_table_begin(b);
                break;
        case W_tr:
                body_row_begin(b);
                break;
        case W_tc:
                body_cell_begin(b);
                break;
        case W_txbxContent: {
                struct open_para *p = body_para(b);

                level_push(b, p ? &p->boxes : body_top(b)->list);
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
        if (e->id == W_textpath) { /* a watermark, of any namespace: "TỐI MẬT" across the page */
                struct str said = xml_attr(e, "string");

                if (said.n)
                        tree_para(b->tree, body_top(b)->list, (struct node){ .text = str_dup(b->c->arena, said) });
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
                body_border(b, e);
        else if (b->in_sdtpr)
                b->sdt_placeholder = b->sdt_placeholder || e->id == W_showingPlcHdr;
        else if (b->in_ppr)
                body_para_says(b, e);
        else if (b->in_rpr)
                body_run_says(b, e);
        else if (b->in_tcpr)
                body_cell_says(b, e);
        else if (b->in_trpr)
                body_row_says(b, e);
        else
                body_table_says(b, e);
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
                body_top(b)->cell_lines = b->cell_lines;
        flags(b, e->id, false);
        if (in_properties(b))
                return;
        switch (e->id) {
        case W_p:
                body_para_end(b);
                break;
        case W_tbl:
                body_table_end(b);
                break;
        case W_tr:
                body_row_end(b);
                break;
        case W_tc:
                body_cell_end(b);
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
                body_put(b, s, false);
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
