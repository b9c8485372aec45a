/* env_priv.h - what a command stands on: options, the context, the open database, the reader of documents. */
#ifndef APP_ENV_H
#define APP_ENV_H

#include "dd_base.h"
#include "dd_worker.h"

struct env {
        struct dd_ctx c;
        struct dd_db *db;
        struct worker *worker;
};

/* Options of the form --name VALUE or --flag; words that are no option stay in order. */
struct args {
        char **v;
        int n;
};
/* Takes --name and its value out of the words; STR_NONE when absent. A flag gives "" (not NULL) when present. */
struct str arg_value(struct args *a, const char *name);
bool arg_flag(struct args *a, const char *name);
struct str arg_word(struct args *a); /* the next plain word; STR_NONE */
/* False, with a message, when words or unknown options are left. */
bool arg_end(const struct args *a);

/* Starts the reader child first (before any thread), opens and migrates the database. Prints why when it cannot. */
bool env_open(struct env *e, struct str where, bool with_worker);
void env_close(struct env *e);
/* Prints c's message and field messages on standard error; returns 1 for main. */
int env_fail(const struct dd_ctx *c, enum dd_err err);
struct str env_data(struct args *a); /* --data or --db, else DONDOC_DATA, else "data" */
/* The whole file; DD_ENOTFOUND, DD_ETOOBIG beyond 26 MiB. */
MUST_CHECK enum dd_err read_file(struct dd_ctx *c, struct str path, struct str *ret);
MUST_CHECK enum dd_err write_file(struct dd_ctx *c, struct str path, struct str bytes);

int cmd_serve(struct args *a);
int cmd_demo(struct args *a);
int cmd_import(struct args *a);
int cmd_report(struct args *a);
int cmd_invite(struct args *a);
int cmd_licences(struct args *a);

/* Serving until SIGINT or SIGTERM, with an already open environment. */
struct serve_in {
        struct str listen, origin;
        bool https;
        int32_t demo_day; /* DD_NO_DAY: the real day */
};
/* SIGINT and SIGTERM wait for serve_run. Call it before env_open: threads inherit it. */
void serve_block_signals(void);
int serve_run(struct env *e, const struct serve_in *in);

#endif
