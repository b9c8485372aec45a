/* dd_intake_join.h - one paper that came as several files: body, appendix, signed copy. They are put together into one
 * draft in which every field still knows the file it came from. */
#ifndef DD_INTAKE_JOIN_H
#define DD_INTAKE_JOIN_H

#include "dd_intake.h"
#include "q_intake_join_rows.h"

struct join_full {
        struct q_intake_row intake;
        struct q_intake_other_rows others; /* that wait too; `same`: of the same number and day */
        struct q_intake_part_rows parts;   /* what was put together already */
};
MUST_CHECK enum dd_err join_full(struct dd_ctx *c, int64_t intake_id, struct join_full *ret);

struct join_in {
        int64_t intake_id, version, other_id;
        bool signed_copy; /* the same paper once more: kept beside the document, its differences told */
};
/* Right: CAP_INTAKE. Audit intake.join. DD_ECONFLICT: one of them is no draft any more. */
MUST_CHECK enum dd_err join_do(struct dd_ctx *c, const struct join_in *in);

/* A file is taken off again: its own draft waits as before, with what was verified of its rows. Only the last that was
 * put behind, or a signed copy. Right: CAP_INTAKE. Audit intake.unjoin. DD_ECONFLICT: another one stands behind it, or
 * a row holds words of both. */
struct unjoin_in {
        int64_t intake_id, version, part_id;
};
MUST_CHECK enum dd_err join_undo(struct dd_ctx *c, const struct unjoin_in *in);

/* ---- for intake.c and intake_confirm.c ------------------------------------------------------------------- */

struct dd_tx;
/* The head by which other files of the same paper find this one. */
MUST_CHECK enum dd_err join_head_put(struct dd_tx *tx, int64_t intake_id, const struct draft *d);
/* The files of a joined draft stand with the document. */
MUST_CHECK enum dd_err join_files_keep(struct dd_tx *tx, int64_t intake_id, int64_t document_id);

#endif
