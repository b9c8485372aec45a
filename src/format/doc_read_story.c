/* doc_read_story.c - the text of a Word 97-2003 paper to a tree: tables stand in the marks that end their cells and
 * rows, changes are taken as accepted, fields as their results. */
#include "doc_read_priv.h"

#include "dd_text.h"
#include "para_priv.h"

#define DEPTH_MAX  8 /* tables inside tables */
#define FIELDS_MAX 32
#define BOX        22 /* bytes of what is said of a text box, of a shape's place */
#define SPA        26
#define BOXES_MAX  4096

struct level {
        struct doc_table t;
        struct nodes cell; /* open in it */
};

/* A stretch of text that is read for itself: the paper, a note, a text box. */
struct story {
        struct doc *d;
        struct nodes *list;
        struct level level[DEPTH_MAX];
        int32_t depth;
        struct para text;
        int fields, codes; /* open; open and before their results */
        bool code[FIELDS_MAX];
        struct {
                size_t *v;
                size_t n, cap;
        } boxes; /* anchored in the open paragraph */
};

/* ---- paragraphs --------------------------------------------------------------------------------------------- */

static struct nodes *
list_at(struct story *s, int32_t depth)
{
        return depth == 0 ? s->list : &s->level[depth - 1].cell;
}

static void
depth_set(struct story *s, int32_t depth)
{
        if (depth > DEPTH_MAX)
                depth = DEPTH_MAX;
        while (s->depth > depth) {
                struct level *l = &s->level[--s->depth];

                if (l->cell.n > 0 || l->t.cells.n > 0) { /* a row that was cut off */
                        *VEC_PUSH(s->d->c->arena, &l->t.cells) = l->cell;
                        doc_row_end(s->d, &l->t, STR_NONE);
                }
                doc_table_end(&l->t);
        }
        while (s->depth < depth) {
                struct nodes *list = list_at(s, s->depth);

                s->level[s->depth] = (struct level){ .t = { .table = tree_table(s->d->tree, list) } };
                s->depth++;
        }
}

/* The label of its list before the words of a paragraph. A sign alone says nothing, a number alone is a cell "TT". */
static struct str
labelled(struct doc *d, const struct pap *p, struct str text)
{
        struct str label;

        if (p->ilfo <= 0 || p->ilfo >= 0x7FF)
                return text;
        label = wlists_label(d->c->arena, &d->lists, &d->no_styles, p->ilfo, p->ilvl, STR_NONE);
        if (label.n == 0)
                return text;
        if (str_trim(text).n == 0)
                return label.n == 1 && strchr("-+*", label.p[0]) ? text : label;
        return STR_JOIN(d->c->arena, label, S(" "), text);
}

static void story_read(struct doc *d, struct nodes *list, uint32_t from, uint32_t to);

/* One box; its text lies in the part of the boxes, so that none is inside another. */
static void
box_read(struct doc *d, struct nodes *list, size_t box)
{
        struct str plc = doc_part(d, FIB_TXBX);
        uint64_t from = doc_part_from(d, PART_BOXES), to = doc_part_from(d, PART_BOXES + 1);
        uint64_t a = from + le32(plc, 4 * box), b = from + le32(plc, 4 * box + 4);

        if (a < b && b <= to)
                story_read(d, list, (uint32_t)a, (uint32_t)b);
}

static void
boxes_out(struct story *s, struct nodes *list)
{
        for (size_t i = 0; i < s->boxes.n; i++)
                box_read(s->d, list, s->boxes.v[i]);
        s->boxes.n = 0;
}

static void
para_end(struct story *s, const struct pap *p, uint32_t mark, struct str grpprl)
{
        struct doc *d = s->d;
        struct node n = { .table = NULL };
        struct nodes *list;
        bool cell = p->depth > 0;

        depth_set(s, p->depth);
        list = list_at(s, s->depth);
        n.text = para_take(&s->text, d->c->arena);
        if (p->row_end && s->depth > 0) {
                doc_row_end(d, &s->level[s->depth - 1].t, grpprl);
                s->level[s->depth - 1].cell = (struct nodes){ 0 };
                return;
        }
        n.text = labelled(d, p, n.text);
        n.heading = p->outline >= 0 && p->outline < 9;
        n.centered = p->centered > 0;
        n.style = p->istd >= 0 && (size_t)p->istd < d->n_styles ? d->style[p->istd].name : STR_NONE;
        if (n.text.n > 0 || !cell)
                tree_para(d->tree, list, n);
        boxes_out(s, list);
        if (s->depth > 0 && (p->cell_end || (mark == 7 && s->depth == 1))) {
                struct level *l = &s->level[s->depth - 1];

                *VEC_PUSH(d->c->arena, &l->t.cells) = l->cell;
                l->cell = (struct nodes){ 0 };
        }
}

/* ---- letters ------------------------------------------------------------------------------------------------ */

/* The text box that hangs on the shape anchored at cp of the paper. */
static void
box_at(struct story *s, uint32_t cp)
{
        struct doc *d = s->d;
        struct str spa = doc_part(d, FIB_SPA), box = doc_part(d, FIB_TXBX);
        size_t n = spa.n >= 4 ? (spa.n - 4) / (4 + SPA) : 0, i = doc_place(spa, n, cp);
        size_t said = box.n >= 4 ? (box.n - 4) / (4 + BOX) : 0;
        uint32_t shape;

        if (i == n || le32(spa, 4 * i) != cp || cp >= doc_part_length(d, PART_TEXT))
                return;
        shape = le32(spa, 4 * (n + 1) + SPA * i);
        for (size_t k = 0; k < d->n_boxes; k++) {
                if (d->box_used[k] || le32(box, 4 * (said + 1) + BOX * k + 14) != shape)
                        continue;
                d->box_used[k] = true;
                *VEC_PUSH(d->c->arena, &s->boxes) = k;
        }
}

static void
field(struct story *s, uint32_t ch)
{
        if (ch == 0x13) {
                if (s->fields < FIELDS_MAX)
                        s->code[s->fields] = true;
                s->codes += s->fields < FIELDS_MAX;
                s->fields++;
        } else if (s->fields > 0) {
                int at = ch == 0x15 ? --s->fields : s->fields - 1;

                if (at < FIELDS_MAX && s->code[at]) {
                        s->code[at] = false;
                        s->codes--;
                }
        }
}

static enum legacy
font_of(const struct doc *d, const struct chp *p)
{
        enum legacy font = doc_font(d, p->ftc);

        return font > LEGACY_UNICODE ? font : doc_font(d, p->ftc_high);
}

static void
letter_put(struct story *s, uint32_t ch, const struct chp *p)
{
        enum legacy font = font_of(s->d, p);
        char utf8[4];

        if (p->symbol != 0) {
                font = doc_font(s->d, (int32_t)p->symbol_ftc);
                ch = font > LEGACY_UNICODE && (p->symbol & 0xFF00) == 0xF000 ? p->symbol & 0xFF : p->symbol;
                if (font <= LEGACY_UNICODE && symbol_sign(ch).p != NULL) {
                        para_mark(&s->text, symbol_sign(ch));
                        return;
                }
        }
        if (ch >= 0xD800 && ch < 0xE000) /* halves of pairs: no letter of ours */
                return;
        para_put(&s->text, (struct str){ utf8, utf8_put(utf8, ch) }, font, p->caps > 0);
}

static void
sign_put(struct story *s, uint32_t ch, uint32_t cp, const struct chp *p)
{
        switch (ch) {
        case '\t':
                para_mark(&s->text, S("\t"));
                break;
        case 0x0B: /* a line end inside of the paragraph */
        case 0x0C: /* the end of a page, of a column */
        case 0x0E:
                para_mark(&s->text, S("\n"));
                break;
        case 0x08: /* a shape is anchored here */
                box_at(s, cp);
                break;
        case 0x1E:
                para_mark(&s->text, S("-"));
                break;
        case 0x1F: /* where a word may be parted; TCVN3 has the letter "ư" there */
                if (font_of(s->d, p) > LEGACY_UNICODE)
                        letter_put(s, 0xAD, p);
                break;
        default:
                break;
        }
}

/* The letters of one paragraph, its end not among them. */
static void
letters_read(struct story *s, uint32_t from, uint32_t to, int32_t istd)
{
        struct fkp_run run = { .from = 0, .to = 0 };
        const struct piece *was = NULL;
        struct chp look = s->d->plain;

        for (uint32_t cp = from; cp < to; cp++) {
                const struct piece *k = doc_piece(s->d, cp);
                uint32_t ch, fc;

                if (k == NULL)
                        continue;
                ch = doc_letter(s->d, k, cp);
                fc = doc_fc(k, cp);
                if (k != was || fc < run.from || fc >= run.to) {
                        run = doc_run(s->d, fc, false);
                        look = doc_chp(s->d, k, &run, istd);
                        was = k;
                }
                if (ch >= 0x13 && ch <= 0x15) {
                        field(s, ch);
                        continue;
                }
                if (s->codes > 0 || look.hidden > 0 || look.struck > 0)
                        continue;
                if (ch < 0x20 && look.symbol == 0)
                        sign_put(s, ch, cp, &look);
                else
                        letter_put(s, ch, &look);
        }
}

/* ---- stories ------------------------------------------------------------------------------------------------ */

/* Form feeds end a paragraph where they end a section, and are breaks of the page elsewhere. */
static bool
ends_section(const struct doc *d, uint32_t cp)
{
        struct str sed = doc_part(d, FIB_SED);
        size_t n = sed.n >= 4 ? (sed.n - 4) / 16 : 0, i = doc_place(sed, n, cp);

        return i < n && le32(sed, 4 * i + 4) == cp + 1;
}

static bool
mark_struck(struct story *s, const struct piece *k, uint32_t cp, int32_t istd)
{
        struct fkp_run run = doc_run(s->d, doc_fc(k, cp), false);

        return doc_chp(s->d, k, &run, istd).struck > 0;
}

static void
story_read(struct doc *d, struct nodes *list, uint32_t from, uint32_t to)
{
        struct story *s = arena_alloc(d->c->arena, sizeof *s);
        uint32_t begun = from;

        if (from > to || to - from > d->letters_left) { /* the same letters again and again */
                d->unsound = true;
                return;
        }
        d->letters_left -= to - from;
        s->d = d;
        s->list = list;
        s->text.a = d->c->arena;
        for (uint32_t cp = from; cp < to && !d->tree->full; cp++) {
                const struct piece *k = doc_piece(d, cp);
                uint32_t ch;
                struct str grpprl;
                struct pap p;

                if (k == NULL) {
                        d->unsound = true;
                        break;
                }
                ch = doc_letter(d, k, cp);
                if (ch != '\r' && ch != 7 && !(ch == 12 && ends_section(d, cp)))
                        continue;
                p = doc_pap(d, k, doc_fc(k, cp), &grpprl);
                letters_read(s, begun, cp, p.istd);
                begun = cp + 1;
                /* its mark was deleted: it runs on into the next one */
                if (ch == '\r' && p.depth == 0 && mark_struck(s, k, cp, p.istd))
                        continue;
                para_end(s, &p, ch, grpprl);
        }
        if (s->text.out.n + s->text.run.n > 0)
                para_end(s, &(struct pap){ .istd = -1, .outline = -1, .depth = s->depth }, '\r', STR_NONE);
        depth_set(s, 0);
        para_free(&s->text);
}

static void
part_read(struct doc *d, enum part part, struct nodes *list)
{
        if (doc_part_length(d, part) > 0)
                story_read(d, list, doc_part_from(d, part), doc_part_from(d, (int)part + 1));
}

/* Six for each section: heads and feet of even, odd and first pages; before them the lines above notes. */
static void
heads_read(struct doc *d)
{
        struct str plc = doc_part(d, FIB_HDD);
        uint32_t from = doc_part_from(d, PART_HEADS), to = doc_part_from(d, PART_HEADS + 1);

        for (size_t i = 6; 4 * i + 8 <= plc.n; i++) {
                uint32_t a = from + le32(plc, 4 * i), b = from + le32(plc, 4 * i + 4);
                bool foot = i % 6 == 2 || i % 6 == 3 || i % 6 == 5;

                if (a >= from && a < b && b <= to)
                        story_read(d, foot ? &d->tree->feet : &d->tree->heads, a, b);
        }
}

/* Boxes whose anchor was not found: nothing that is shown may be lost. */
static void
boxes_left(struct doc *d)
{
        for (size_t i = 0; i < d->n_boxes; i++) {
                if (!d->box_used[i])
                        box_read(d, &d->tree->body, i);
        }
}

void
doc_text(struct doc *d)
{
        struct str plc = doc_part(d, FIB_TXBX);

        d->n_boxes = plc.n >= 4 ? (plc.n - 4) / (4 + BOX) : 0;
        if (d->n_boxes > BOXES_MAX)
                d->n_boxes = BOXES_MAX;
        d->box_used = arena_array(d->c->arena, d->n_boxes + 1, sizeof *d->box_used);
        d->letters_left = 2 * d->w.n;
        heads_read(d);
        part_read(d, PART_TEXT, &d->tree->body);
        boxes_left(d);
        part_read(d, PART_NOTES, &d->tree->notes);
        part_read(d, PART_ENDNOTES, &d->tree->notes);
        part_read(d, PART_HEAD_BOXES, &d->tree->heads);
}
