#include "dd_job.h"

#include "dd_rights.h"
#include "q_job.h"

struct leasing {
        struct str name, owner;
        int64_t until;
        bool got;
};

static enum dd_err
lease(struct dd_ctx *c, void *arg)
{
        struct leasing *l = arg;
        AUTO_TX tx = { 0 };
        struct str name;

        TRY(dd_tx_begin(&tx, c));
        TRY(q_job_lease(
            &tx, &(struct q_job_lease_args){ .name = l->name, .owner = l->owner, .now = c->now, .until_at = l->until },
            &name, &l->got));
        return dd_tx_commit(&tx);
}

enum dd_err
job_lease(struct dd_ctx *c, struct str name, struct str owner, int64_t until, bool *ret)
{
        struct leasing l = { name, owner, until, false };

        TRY(dd_write(c, lease, &l));
        *ret = l.got;
        return DD_OK;
}

struct ending {
        struct str name, owner, result;
        int64_t next_run;
};

static enum dd_err
done(struct dd_ctx *c, void *arg)
{
        const struct ending *e = arg;
        AUTO_TX tx = { 0 };

        TRY(dd_tx_begin(&tx, c));
        TRY(q_job_done(
            &tx,
            &(struct q_job_done_args){
                .name = e->name, .owner = e->owner, .now = c->now, .result = e->result, .next_run = e->next_run },
            NULL));
        return dd_tx_commit(&tx);
}

enum dd_err
job_done(struct dd_ctx *c, struct str name, struct str owner, struct str result, int64_t next_run)
{
        struct ending e = { name, owner, result, next_run };

        return dd_write(c, done, &e);
}

enum dd_err
job_list(struct dd_ctx *c, struct q_job_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_job_list(&tx, ret);
}

bool
job_failed(const struct q_job_row *j)
{
        return str_starts(j->last_result, S("lỗi")); /* jobs/scheduler.c writes it */
}

bool
job_late(const struct q_job_row *j, int64_t now)
{
        return j->next_run + 3600 < now;
}
