/* dd_check.h - is what is stored whole: the audit chain, files against their hashes, spans against a recount. */
#ifndef DD_CHECK_H
#define DD_CHECK_H

#include "dd_base.h"

#define CHECK_FAULTS 50 /* told one by one; more are counted */

struct check_out {
        int64_t audit_rows, files, file_bytes, tasks;
        uint8_t audit_head[32]; /* hash of the newest row */
        int64_t n_faults;
        struct str faults[CHECK_FAULTS]; /* for the person, Vietnamese */
};
/* Reads everything in short transactions; work goes on meanwhile. Right: the system. */
MUST_CHECK enum dd_err check_data(struct dd_ctx *c, struct check_out *ret);
/* Sessions that are open, for measures. */
MUST_CHECK enum dd_err check_sessions(struct dd_ctx *c, int64_t *ret);

#endif
