/* dd_document.h - official documents: those read whole and those known by their number. */
#ifndef DD_DOCUMENT_H
#define DD_DOCUMENT_H

#include "dd_base.h"
#include "q_document_rows.h"

MUST_CHECK enum dd_err document_list(struct dd_ctx *c, struct q_document_line_rows *ret);

struct document_full {
        struct q_document_row document;
        struct q_basis_rows bases, cited_by;
        struct q_recipient_rows recipients;
        struct q_paper_item_rows items;
        bool has_consultation;
        struct q_consultation_row consultation;
        struct q_document_file_rows files; /* of a paper that came as several */
};
MUST_CHECK enum dd_err document_full(struct dd_ctx *c, int64_t id, struct document_full *ret);

#endif
