#include "dd_document.h"

#include "dd_rights.h"
#include "q_document.h"

enum dd_err
document_list(struct dd_ctx *c, struct q_document_line_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_document_list(&tx, c->committee_id, ret);
}

enum dd_err
document_full(struct dd_ctx *c, int64_t id, struct document_full *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        TRY(q_document_get(&tx, c->committee_id, id, &ret->document));
        TRY(q_document_bases(&tx, c->committee_id, id, &ret->bases));
        TRY(q_document_cited_by(&tx, c->committee_id, id, &ret->cited_by));
        TRY(q_document_recipients(&tx, c->committee_id, id, &ret->recipients));
        TRY(q_document_items(&tx, c->committee_id, id, &ret->items));
        TRY(q_document_files(&tx, c->committee_id, id, &ret->files));
        return q_consultation_of(&tx, c->committee_id, id, &ret->consultation, &ret->has_consultation);
}
