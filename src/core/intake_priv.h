/* intake_priv.h - what the files share that make a plan of a verified draft, in one transaction. */
#ifndef INTAKE_PRIV_H
#define INTAKE_PRIV_H

#include "dd_intake.h"
#include "dd_task.h"

struct making {
        struct dd_tx *tx;
        const struct draft *d;
        const struct q_draft_task_rows *rows;
        int64_t file_id, plan_id, document_id;
        int32_t issued;
        const struct draft_document *paper; /* the plan itself */
        int64_t *group_ids;
        int64_t *task_ids; /* by index of the draft; 0: dropped */
        struct task_maker maker;
        size_t *marks, n_marks; /* bytes at every so many code points of the text */
};

static inline struct str
or_empty(struct str s)
{
        return s.p != NULL ? s : S("");
}

/* The plan among the papers of a file: the first "Kế hoạch", else the first. NULL: there is none. */
const struct draft_document *draft_plan_paper(const struct draft *d);
/* DD_ECONFLICT when the draft was confirmed or dropped. */
MUST_CHECK enum dd_err draft_open(struct dd_tx *tx, int64_t intake_id);
/* Writes a row as it stands in *r over the version that was loaded; *ret_found: it still had it. */
MUST_CHECK enum dd_err draft_row_store(struct dd_tx *tx, const struct q_draft_task_row *r, int64_t version,
                                       bool *ret_found);
/* What a pasted text has, line by line; pure. The fault of a line is told by its number. */
struct pasted_row {
        struct str no, title, lead, coordinating, deadline_text, output;
};
struct pasted_rows {
        struct pasted_row *v;
        size_t n, cap;
};
MUST_CHECK enum dd_err paste_read(struct dd_ctx *c, struct str text, struct pasted_rows *ret);
/* Where a title is cut in two. DD_EINVAL when one half is empty. */
MUST_CHECK enum dd_err title_split(struct dd_ctx *c, struct str words, int64_t at, struct str *ret_a,
                                   struct str *ret_b);
/* "5" gives "5a" and "5b", "5b" gives "5b" and "5c", "" gives "". */
void number_split(struct arena *a, struct str no, struct str *ret_a, struct str *ret_b);
/* Two cells of one task in one: equal or empty ones once. */
struct str words_join(struct arena *a, struct str x, const char *between, struct str y);

/* Issuer and title of a cited paper, from the clause that cites it; "" where the clause does not say. */
void cited_words(struct arena *a, const struct draft_basis *b, struct str *ret_issuer, struct str *ret_title);
/* The papers of the file, what they rest on and say; the plan and its groups. */
MUST_CHECK enum dd_err make_plan(struct making *m);
/* Seats by post, the sets that "các sở, ngành" stands for, standing duties. */
MUST_CHECK enum dd_err make_members(struct making *m);
MUST_CHECK enum dd_err make_duties(struct making *m);

#endif
