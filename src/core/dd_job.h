/* dd_job.h - the rows behind the scheduler: a lease so that one of several servers runs a job, and when it last ran. */
#ifndef DD_JOB_H
#define DD_JOB_H

#include "dd_base.h"
#include "q_job_rows.h"

/* Takes the lease of a job that is due, until `until`; *ret false: not due, or another server has it. */
MUST_CHECK enum dd_err job_lease(struct dd_ctx *c, struct str name, struct str owner, int64_t until, bool *ret);
MUST_CHECK enum dd_err job_done(struct dd_ctx *c, struct str name, struct str owner, struct str result,
                                int64_t next_run);
/* For the page of jobs. Right: CAP_READ. */
MUST_CHECK enum dd_err job_list(struct dd_ctx *c, struct q_job_rows *ret);
/* The last run ended with a fault; it should have run an hour ago. */
bool job_failed(const struct q_job_row *j);
bool job_late(const struct q_job_row *j, int64_t now);

#endif
