/* verify_priv.h - between the parts of the verification page. */
#ifndef VERIFY_PRIV_H
#define VERIFY_PRIV_H

#include "dd_intake_view.h"
#include "intake_priv.h"
#include "sheet_priv.h"

/* What a page of a draft is asked for, and what it is made of. */
struct verifying {
        struct web_req *r;
        const struct intake_full *in;
        struct verify_view *v;
        struct sheet_parts parts; /* of the paper; one a page where it comes as pages */
        int64_t query_row;        /* the row the address names; 0: none */
};
enum { FIELD_TITLE, FIELD_LEAD, FIELD_COORDINATING, FIELD_DEADLINE, FIELD_OUTPUT, FIELD_ROW };

/* How a field came about, in a sentence: the rule, the column of the table, how sure. */
struct str rule_words(struct web_req *r, const struct draft *d, const struct field *f);

/* A place in the paper, for fields and for links. */
struct verify_place verify_place(const struct verifying *g, const struct span *spans, size_t n);

/* The window of rows in the order people see, what must be looked at first, the heads of the papers. */
void verify_items(struct verifying *g);
void verify_heads(struct verifying *g);
/* What was read beside the tasks: oddities, members, duties; the rows of the one that is asked for, or all short ones.
 */
void verify_parts(struct verifying *g);

/* Cuts the paper, and shows the part that is asked for; before all that makes places. */
void verify_source_cut(struct verifying *g);
void verify_source_show(struct verifying *g);
/* Boxes of a page: one a line of a mark. */
void verify_boxes(struct arena *a, const struct draft *d, const struct sheet_mark *marks, size_t n,
                  struct verify_source *ret);
/* The places of the pages in the text; false: the paper does not come as pages. */
bool verify_pages(struct arena *a, const struct draft *d, struct sheet_parts *ret);

/* Words and looks of a state, who signed and when. */
void verify_state(struct web_req *r, struct str state, bool needs_look, struct verify_item *t);
void verify_signed(struct web_req *r, struct str post, struct dd_opt at, struct verify_item *t);

#endif
