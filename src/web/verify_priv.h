/* verify_priv.h - between the parts of the verification page. */
#ifndef VERIFY_PRIV_H
#define VERIFY_PRIV_H

#include "dd_intake_view.h"
#include "intake_priv.h"
#include "sheet_priv.h"

/* The marks of a draft in one array: five a task, then notes, then the plain parts, so that each knows its place. They
 * follow the draft, not the rows: what a person does to rows leaves the paper beside them as it was. */
struct marks {
        struct sheet_mark *v;
        size_t n, notes, members, duties, bases, heads;
};
enum { FIELD_TITLE, FIELD_LEAD, FIELD_COORDINATING, FIELD_DEADLINE, FIELD_OUTPUT, FIELD_ROW };
#define FIELD_HEADS 7 /* of a document: type, number, date, place, issuer, title, signer */

/* How a field came about, in a sentence: the rule, the column of the table, how sure. */
struct str rule_words(struct web_req *r, const struct draft *d, const struct field *f);
/* The fields of a document's head, in the order of the marks. */
const struct field *head_field(const struct draft_document *d, size_t k);

/* Row by row in the order people see; and what a person must look at first. */
void verify_items(struct web_req *r, const struct intake_full *in, const struct marks *m, struct verify_view *v);
/* What was read beside the tasks: heads of the papers, members, duties, bases. */
void verify_parts(struct web_req *r, const struct draft *d, const struct marks *m, struct verify_view *v);

/* Pictures of the pages with a box for each line of a mark; the marks get the boxes' ids. False: no pages. */
bool verify_pages(struct web_req *r, const struct draft *d, int64_t intake, struct marks *m, struct verify_view *v);

#endif
