/* env_priv.h - what a command stands on: its words, the data, the person's files and terminal. A command runs in its
 * own process, or inside the server that owns the data (link.c); its code is the same. */
#ifndef APP_ENV_H
#define APP_ENV_H

#include "config_priv.h"
#include "dd_base.h"
#include "dd_worker.h"

/* ---- words ---------------------------------------------------------------------------------------------- */

/* Options of the form --name VALUE or --flag; words that are no option stay in order. */
struct args {
        char **v;
        int n;
};
/* Takes --name and its value out of the words; STR_NONE when absent. A flag gives "" (not NULL) when present. */
struct str arg_value(struct args *a, const char *name);
bool arg_flag(struct args *a, const char *name);
struct str arg_word(struct args *a); /* the next plain word; STR_NONE */
/* False, with a message on err, when words or unknown options are left. */
bool arg_end(const struct args *a, FILE *err);

/* ---- the data ------------------------------------------------------------------------------------------- */

struct env {
        struct dd_ctx c;
        struct dd_db *db;
        struct worker *worker;
        struct str where; /* folder or address, as given */
        const struct config *conf;
};

/* Starts the reader child first (before any thread), opens and migrates the database. Prints why when it cannot. */
bool env_open(struct env *e, const struct config *conf, struct str where, bool with_worker);
void env_close(struct env *e);
/* Prints c's message and field messages; returns 1 for main. */
int env_fail(FILE *to, const struct dd_ctx *c, enum dd_err err);
bool env_is_pg(struct str where);

/* ---- one command ---------------------------------------------------------------------------------------- */

#define CMD_WORDS 256

struct cmd {
        struct args a;    /* what stands behind the command's name, used up as it is read */
        FILE *out, *err;  /* of the person */
        struct dd_ctx *c; /* system; set by cmd_data */
        struct worker *worker;
        struct str where;  /* of the data */
        int code;          /* when cmd_data says false */
        int in_fd, out_fd; /* the person's files, -1 */
        struct str out_name;
        char out_temp[32]; /* beside out_name until the command has succeeded */
        bool keep_old;     /* out_name must not be there yet */
        bool inside;       /* run by a server for somebody at its socket */
        struct config conf;
        struct arena *arena;      /* of the words and the configuration */
        struct env own;           /* !inside: what this process has opened */
        const char *const *words; /* !inside: name and words as given, for the server */
        int n_words;
};

struct command {
        const char *name;
        int (*run)(struct cmd *k);
        unsigned flags;
        const char *help;
};
enum {
        CMD_REMOTE = 1, /* a server runs it for whoever may use its socket */
        CMD_CONFIG = 2  /* reads the configuration: --config, else DONDOC_CONFIG, else CONFIG_FILE when it is there */
};
const struct command *command_find(struct str name); /* NULL: none */

/* Fills k->conf; false with a message. */
bool cmd_config(struct cmd *k);

/* Opens the person's file for the command, with the person's own rights. False with a message. */
bool cmd_in(struct cmd *k, struct str path);
/* A file that comes into being when the command ends well: until then it has another name. mode: 0644, 0600. */
bool cmd_out(struct cmd *k, struct str path, unsigned mode);
/* Opens the data, or has the server that owns them run the command: then false, and k->code is its end. Call it when
 * the words were read and the files were opened; nothing was touched before. */
bool cmd_data(struct cmd *k, struct str where, bool with_worker);
struct str cmd_where(struct cmd *k);          /* --data or --db, else DONDOC_DATA, else the configuration */
int cmd_fail(struct cmd *k, enum dd_err err); /* tells k->c's message; 1 */
#define CMD_LEFT 3                            /* done, with something left to mend: its result is good */
/* What was left open; the result file gets its name when code is 0 or CMD_LEFT. Returns the code of the process. */
int cmd_end(struct cmd *k, int code);
/* The whole file of cmd_in; DD_ETOOBIG beyond 26 MiB. */
MUST_CHECK enum dd_err cmd_read(struct cmd *k, struct str *ret);
MUST_CHECK enum dd_err cmd_write(struct cmd *k, struct str bytes);

int cmd_backup(struct cmd *k);
int cmd_restore(struct cmd *k);
int cmd_check(struct cmd *k);
int cmd_config_print(struct cmd *k);
int cmd_serve(struct cmd *k);
int cmd_demo(struct cmd *k);
int cmd_import(struct cmd *k);
int cmd_report(struct cmd *k);
int cmd_invite(struct cmd *k);
int cmd_licences(struct cmd *k);

/* ---- the local socket (link.c, link_server.c) ------------------------------------------------------------ */

/* Asks the server that owns the folder. False: none answers there. *ret_code: the end of the command. */
bool link_call(struct cmd *k, struct str where, int *ret_code);

struct link;
/* Answers at WHERE/dondoc.sock, mode 0600, to this user and root alone. */
MUST_CHECK enum dd_err link_start(struct env *e, struct link **ret);
void link_stop(struct link *l); /* NULL allowed; commands under way are finished */

/* ---- serving -------------------------------------------------------------------------------------------- */

/* Serving until SIGINT or SIGTERM, with an already open environment. */
struct serve_in {
        const struct config *conf;
        int32_t demo_day; /* DD_NO_DAY: the real day */
};
/* SIGINT and SIGTERM wait for serve_run. Call it before env_open: threads inherit it. */
void serve_block_signals(void);
int serve_run(struct env *e, const struct serve_in *in);

#endif
