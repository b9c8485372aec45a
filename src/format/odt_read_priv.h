/* odt_read_priv.h - inside the reader of ODF: names of its elements, styles, lists. */
#ifndef ODT_READ_PRIV_H
#define ODT_READ_PRIV_H

#include "docx_read_priv.h" /* list_number(), list_sign(), tri */

/* Elements we look at, sorted as bytes. */
/* clang-format off */
#define O_NAMES(X) \
        X(annotation, "annotation") X(binary_data, "binary-data") X(body, "body") X(change, "change") \
        X(covered_table_cell, "covered-table-cell") X(deletion, "deletion") X(font_face, "font-face") \
        X(footer, "footer") X(forms, "forms") X(h, "h") X(header, "header") X(line_break, "line-break") \
        X(list, "list") X(list_header, "list-header") X(list_item, "list-item") \
        X(list_level_properties, "list-level-properties") X(list_level_style_bullet, "list-level-style-bullet") \
        X(list_level_style_image, "list-level-style-image") X(list_level_style_number, "list-level-style-number") \
        X(list_style, "list-style") X(note, "note") X(note_body, "note-body") X(note_citation, "note-citation") \
        X(p, "p") X(paragraph_properties, "paragraph-properties") X(ruby_text, "ruby-text") X(s, "s") \
        X(soft_page_break, "soft-page-break") X(span, "span") X(spreadsheet, "spreadsheet") X(style, "style") \
        X(tab, "tab") X(table, "table") X(table_cell, "table-cell") \
        X(table_cell_properties, "table-cell-properties") X(table_column, "table-column") \
        X(table_header_rows, "table-header-rows") X(table_row, "table-row") X(text, "text") \
        X(text_box, "text-box") X(text_properties, "text-properties") X(tracked_changes, "tracked-changes")
/* clang-format on */

#define O_ID(name, text) O_##name,
enum o_id { O_NAMES(O_ID) O_COUNT };
extern const struct xml_name o_names[O_COUNT];

struct ostyle {
        struct str name, parent, family, font_name, list;
        enum legacy font;
        tri caps, hidden, centered, lines;
        bool solved, solving;
};

struct olevel {
        struct str fmt, prefix, suffix; /* fmt "": no number */
        struct str bullet;              /* NULL: numbered */
        int32_t start, shown;           /* levels that the label shows */
        bool given;
};

struct olist {
        struct str name;
        struct olevel level[10];
        int32_t count[10];
        bool begun[10];
};

struct ostyles {
        struct {
                struct ostyle *v;
                size_t n, cap;
        } styles;
        struct {
                struct olist *v;
                size_t n, cap;
        } lists;
        struct {
                struct ostyle *v; /* name -> family */
                size_t n, cap;
        } fonts;
        uint32_t *index;   /* of styles, by hash: number + 1 */
        size_t n_index;    /* a power of 2 */
        struct ostyle *at; /* while reading */
        struct olist *at_list;
};

/* Feeds one element of a styles section; true when it belonged to one. */
bool ostyles_start(struct dd_ctx *c, struct ostyles *s, const struct xml_el *e);
void ostyles_end(struct ostyles *s, const struct xml_el *e);
/* All styles are there: they can be found from now on. */
void ostyles_ready(struct dd_ctx *c, struct ostyles *s);
/* With what it inherits; NULL = none. */
const struct ostyle *ostyles_find(struct ostyles *s, struct str family, struct str name);
struct olist *ostyles_list(struct ostyles *s, struct str name);

#endif
