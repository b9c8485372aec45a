/* intake_priv.h - what the files share that make a plan of a verified draft, in one transaction. */
#ifndef INTAKE_PRIV_H
#define INTAKE_PRIV_H

#include "dd_intake.h"

struct making {
        struct dd_tx *tx;
        const struct draft *d;
        const struct q_draft_task_rows *rows;
        int64_t file_id, plan_id, document_id;
        int32_t issued;
        const struct draft_document *paper; /* the plan itself */
        int64_t *group_ids;
        int64_t *task_ids; /* by index of the draft; 0: dropped */
};

static inline struct str
or_empty(struct str s)
{
        return s.p != NULL ? s : S("");
}

/* Issuer and title of a cited paper, from the clause that cites it; "" where the clause does not say. */
void cited_words(struct arena *a, const struct draft_basis *b, struct str *ret_issuer, struct str *ret_title);
/* The papers of the file, what they rest on and say; the plan and its groups. */
MUST_CHECK enum dd_err make_plan(struct making *m);
/* Seats by post, the sets that "các sở, ngành" stands for, standing duties. */
MUST_CHECK enum dd_err make_members(struct making *m);
MUST_CHECK enum dd_err make_duties(struct making *m);

#endif
