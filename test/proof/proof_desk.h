/* proof_desk.h - the program's own handlers driven in this process, without sockets: the router, sessions, rights,
 * forms, core and the writer are the real ones. Only http_finish is ours. */
#ifndef PROOF_DESK_H
#define PROOF_DESK_H

#include <pthread.h>

#include "dd_web.h"

enum desk_who { WHO_NOBODY, WHO_STANDING, WHO_HEAD, WHO_ADMIN, WHO_AUDITOR, WHO_N };

struct desk {
        struct arena *arena; /* lives as long as the desk */
        char dir[64];        /* data folder: a real one for its lock; the database lies on the disk in memory */
        struct dd_db *db;
        struct pool *pool;
        struct web web;
        struct str cookie[WHO_N], csrf[WHO_N];
        bool quiet; /* faults are counted, not printed: they are wanted */
};

struct desk_field {
        const char *name;
        struct str value;
};

#define DESK_FIELDS 12

struct desk_ask {
        enum desk_who who;
        bool post, json;
        struct str path, query;
        struct desk_field fields[DESK_FIELDS]; /* name NULL ends; _csrf is added for POST */
        struct str key;                        /* _key; STR_NONE: none */
        struct str file_name, file;            /* a field "file" when file.p is set */
};

/* One request under way. Zero it, send it, wait for it, free it. */
struct desk_call {
        struct http_req req;
        pthread_mutex_t lock;
        pthread_cond_t done_cond;
        bool done, late;
};

void desk_make_dir(struct desk *d);
/* Opens the database on the disk and migrates it. */
MUST_CHECK enum dd_err desk_open(struct desk *d);
void desk_close(struct desk *d); /* the database; sessions stay known */
void desk_end(struct desk *d);
/* Takes in the plan of the demonstration, makes the accounts and their sessions. */
bool desk_fill(struct desk *d);
void desk_ctx(const struct desk *d, struct arena *a, struct dd_ctx *ret);

void desk_prepare(const struct desk *d, struct desk_call *call, const struct desk_ask *ask);
void desk_go(struct desk *d, struct desk_call *call);
void desk_wait(struct desk_call *call);
int desk_status(const struct desk_call *call);
struct str desk_body(const struct desk_call *call);
int64_t desk_id(const struct desk_call *call); /* "id" of a JSON answer; 0 without */
void desk_free(struct desk_call *call);

#endif
