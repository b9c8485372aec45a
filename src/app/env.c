/* Opening what a command stands on. */
#include "env_priv.h"

#include "dd_date.h"
#include "dd_db.h"

bool
env_is_pg(struct str where)
{
        return str_starts(where, S("postgresql://")) || str_starts(where, S("postgres://"));
}

int
env_fail(FILE *to, const struct dd_ctx *c, enum dd_err err)
{
        fprintf(to, "dondoc: %.*s\n", c->err_text.n > 0 ? (int)c->err_text.n : (int)strlen(dd_err_name(err)),
                c->err_text.n > 0 ? c->err_text.p : dd_err_name(err));
        for (size_t i = 1; i < c->n_fields; i++)
                fprintf(to, "  %.*s: %.*s\n", FMT(c->fields[i].field), FMT(c->fields[i].message));
        return 1;
}

static bool
refuse(struct env *e, enum dd_err err)
{
        (void)env_fail(stderr, &e->c, err);
        env_close(e);
        return false;
}

bool
env_open(struct env *e, const struct config *conf, struct str where, bool with_worker)
{
        enum dd_err err;
        int applied;

        *e = (struct env){ .where = where,
                           .conf = conf,
                           .c = {
                               .arena = arena_new(0), .is_system = true, .origin = S("cli"), .now = dd_clock_now() } };
        e->c.today = e->c.as_of = day_from_instant(e->c.now);
        if (with_worker && (err = worker_start(&e->c, &e->worker)) != DD_OK)
                return refuse(e, err);
        if ((err = dd_db_open(&e->c, where, &e->db)) != DD_OK)
                return refuse(e, err);
        e->c.db = e->db;
        if ((err = dd_migrate(&e->c, dd_schema, dd_schema_n, &applied)) != DD_OK)
                return refuse(e, err);
        return true;
}

void
env_close(struct env *e)
{
        dd_db_close(e->db);
        worker_stop(e->worker);
        arena_free(e->c.arena);
        *e = (struct env){ 0 };
}
