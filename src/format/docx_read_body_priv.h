/* docx_read_body_priv.h - where the reader of DOCX stands inside document.xml. */
#ifndef DOCX_READ_BODY_PRIV_H
#define DOCX_READ_BODY_PRIV_H

#include "dd_text.h"
#include "docx_read_priv.h"
#include "para_priv.h"

#define LEVELS_MAX 72 /* more than the depth of the XML allows */
#define PARAS_MAX  12 /* text boxes inside text boxes */
#define FIELDS_MAX 32

struct look {
        enum legacy font;
        tri caps, hidden;
};

struct open_para {
        struct para text;
        const struct wstyle *style, *run_style;
        int32_t num_id, ilvl, outline; /* -1: not said */
        tri centered;
        bool struck; /* its end was deleted */
        bool in_run;
        struct look run;
        struct nodes boxes;
};

struct level {
        struct nodes *list;
        struct str carry; /* words of paragraphs whose end was deleted */
        struct ttable *table;
        struct trow *row;
        struct tcell *cell;
        bool row_struck, style_lines;
        tri lines;                  /* of the table, as it says itself */
        tri cell_lines;             /* of the cell */
        size_t lined, bare, silent; /* cells with lines, without, and those that say nothing */
};

struct body {
        struct dd_ctx *c;
        struct tree *tree;
        struct wstyles *styles;
        struct wlists *lists;
        struct level level[LEVELS_MAX];
        size_t n_levels;
        struct open_para paras[PARAS_MAX];
        size_t n_paras;
        int depth, skip; /* skip: depth of an element that shows nothing, 0 = none */
        bool in_text, in_ppr, in_rpr, in_trpr, in_tcpr, in_tblpr, in_sdtpr;
        bool sdt_placeholder; /* "Click here to enter text" */
        int borders;          /* W_tblBorders, W_tcBorders, 0 */
        tri cell_lines;
        int fields, codes, placeholder;
        bool code[FIELDS_MAX];
};

/* Where paragraphs go now. */
static inline struct level *
body_top(struct body *b)
{
        return &b->level[b->n_levels - 1];
}

static inline struct open_para *
body_para(struct body *b)
{
        return b->n_paras ? &b->paras[b->n_paras - 1] : NULL;
}

static inline void
level_push(struct body *b, struct nodes *list)
{
        if (b->n_levels < LEVELS_MAX)
                b->level[b->n_levels++] = (struct level){ .list = list };
}

static inline void
level_pop(struct body *b)
{
        if (b->n_levels > 1)
                b->n_levels--;
}

/* docx_read_para.c */
void body_para_begin(struct body *b);
void body_para_end(struct body *b);
void body_para_says(struct body *b, const struct xml_el *e);
void body_run_begin(struct body *b);
void body_run_says(struct body *b, const struct xml_el *e);
struct look body_look(const struct body *b, const struct open_para *p);
/* sign: not a letter of its font, but a tab or a line end of ours. */
void body_put(struct body *b, struct str s, bool sign);
void body_sym(struct body *b, const struct xml_el *e);
void body_field(struct body *b, const struct xml_el *e);

/* docx_read_table.c */
void body_table_begin(struct body *b);
void body_table_end(struct body *b);
void body_table_says(struct body *b, const struct xml_el *e);
void body_row_begin(struct body *b);
void body_row_end(struct body *b);
void body_row_says(struct body *b, const struct xml_el *e);
void body_cell_begin(struct body *b);
void body_cell_end(struct body *b);
void body_cell_says(struct body *b, const struct xml_el *e);
void body_border(struct body *b, const struct xml_el *e);

#endif
