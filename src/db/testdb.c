/* Throw-away databases for tests. */
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "db_priv.h"
#include "dd_testdb.h"

bool
dd_testdb_has_pg(void)
{
        const char *url = getenv("DONDOC_TEST_PG");

        return url != NULL && *url != '\0';
}

void
dd_testdb_ctx(const struct dd_testdb *t, struct dd_ctx *ret)
{
        *ret = (struct dd_ctx){ .arena = arena_new(0),
                                .db = t->c.db,
                                .committee_id = 1,
                                .now = 1696118400, /* 2023-10-01 00:00 UTC */
                                .today = 19631,
                                .as_of = 19631,
                                .origin = S("test"),
                                .is_system = true };
}

static enum dd_err
run(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        TRY(dd_tx_begin(&tx, c));
        TRY(c->db->engine->script(tx.conn, c, arg));
        return dd_tx_commit(&tx);
}

bool
dd_testdb_run(struct dd_ctx *c, const char *sql)
{
        enum dd_err err = dd_write(c, run, (void *)(uintptr_t)sql);

        if (err != DD_OK)
                fprintf(stderr, "%s: %s: %.*s\n", sql, dd_err_name(err), FMT(c->err_text));
        return err == DD_OK;
}

static bool
on_server(struct dd_testdb *t, const char *verb)
{
        struct dd_ctx c = { .arena = arena_new(0) };
        enum dd_err err = dd_db_open(&c, str_of(getenv("DONDOC_TEST_PG")), &c.db);
        bool ok = false;

        if (err == DD_OK)
                ok = dd_testdb_run(&c, str_fmt(c.arena, "%s SCHEMA %s %s", verb, t->name,
                                               str_eq(str_of(verb), S("DROP")) ? "CASCADE" : "")
                                           .p);
        else
                fprintf(stderr, "%.*s\n", FMT(c.err_text));
        dd_db_close(c.db);
        arena_free(c.arena);
        return ok;
}

bool
dd_testdb_open(struct dd_testdb *t, bool pg)
{
        struct dd_db *db;
        uint32_t r;

        *t = (struct dd_testdb){ .pg = pg };
        dd_random(&r, sizeof r);
        if (pg) {
                const char *url = getenv("DONDOC_TEST_PG");

                snprintf(t->name, sizeof t->name, "t%08x", r);
                if (!on_server(t, "CREATE"))
                        return false;
                snprintf(t->where, sizeof t->where, "%s%coptions=-csearch_path%%3D%s&application_name=%s", url,
                         strchr(url, '?') == NULL ? '?' : '&', t->name, t->name);
        } else {
                snprintf(t->name, sizeof t->name, "/tmp/dondoc-test.%08x", r);
                snprintf(t->where, sizeof t->where, "%s", t->name);
        }
        dd_testdb_ctx(t, &t->c);
        if (dd_db_open(&t->c, str_of(t->where), &db) != DD_OK) {
                fprintf(stderr, "%.*s\n", FMT(t->c.err_text));
                return false;
        }
        t->c.db = db;
        return true;
}

static void
remove_folder(const char *path)
{
        DIR *d = opendir(path);
        struct dirent *e;

        while (d != NULL && (e = readdir(d)) != NULL)
                unlinkat(dirfd(d), e->d_name, 0); /* "." and ".." refuse */
        if (d != NULL)
                closedir(d);
        rmdir(path);
}

void
dd_testdb_close(struct dd_testdb *t)
{
        dd_db_close(t->c.db);
        if (t->pg)
                on_server(t, "DROP");
        else
                remove_folder(t->name);
        arena_free(t->c.arena);
}
