/* dd_kept_report.h - reports that were closed ("chốt"): figures, data instant and the paper itself, as they stood.
 * Nothing changes them afterwards; the next one is compared with them (DESIGN section 1). */
#ifndef DD_KEPT_REPORT_H
#define DD_KEPT_REPORT_H

#include "dd_plan.h"
#include "q_kept_report_rows.h"

struct kept_report_in {
        int64_t plan_id;
        bool by_standing;
        struct str note, name, docx; /* name: of the file */
        const struct board *board;   /* its figures, at c->as_of */
};
/* Within dd_write. Right: CAP_PLAN_EDIT. Audit report.keep. */
MUST_CHECK enum dd_err kept_report_add(struct dd_ctx *c, const struct kept_report_in *in, int64_t *ret_id);
MUST_CHECK enum dd_err kept_report_list(struct dd_ctx *c, struct q_kept_report_rows *ret);
MUST_CHECK enum dd_err kept_report_get(struct dd_ctx *c, int64_t id, struct q_kept_report_row *ret);
MUST_CHECK enum dd_err kept_report_docx(struct dd_ctx *c, int64_t id, struct str *ret);
/* The last one of the plan up to c->as_of; with before_id: the one before that report. */
MUST_CHECK enum dd_err kept_report_last(struct dd_ctx *c, int64_t plan_id, int64_t before_id,
                                        struct q_kept_report_row *ret, bool *ret_found);
/* The figures of a board as such a row, for comparing. */
void kept_report_figures(const struct board *b, struct q_kept_report_row *ret);

/* The figures by name, in the order pages show them; the label is Vietnamese, the key for translation. */
#define KEPT_FIGURES 8
struct kept_figure {
        const char *name;
        struct str label;
        int64_t value;
};
void kept_report_each(const struct q_kept_report_row *r, struct kept_figure ret[KEPT_FIGURES]);

#endif
