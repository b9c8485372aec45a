/* dd_web.h - the pages of the program: dispatch over routes.h, sessions, rights, one view to many outputs. */
#ifndef DD_WEB_H
#define DD_WEB_H

#include "dd_form.h"
#include "dd_http.h"
#include "dd_intake.h"
#include "dd_pool.h"
#include "dd_reading.h"
#include "dd_rights.h"
#include "dd_ui.h"

/* What the server gives to every request; made once by app, read only. */
struct web {
        struct dd_db *db;
        struct pool *pool;
        struct drawn *drawn; /* pieces of pages kept, drawn_new(); NULL: all is drawn anew */
        /* Reads an uploaded paper in a sandboxed child. Wired by app: web does not know the worker. */
        enum dd_err (*read_paper)(void *arg, struct dd_ctx *c, const struct http_file *file,
                                  const struct paper_watch *watch, struct draft *ret);
        struct readings *readings; /* papers being read; NULL: nobody is told how far */
        /* Refuses a file with a mark of state secrecy; for what comes with an update or a result. */
        enum dd_err (*check_file)(void *arg, struct dd_ctx *c, const struct http_file *file);
        /* One page of a stored PDF or scan as PNG. */
        enum dd_err (*page_image)(void *arg, struct dd_ctx *c, const struct evidence *file, int page,
                                  struct dd_buf *out);
        void *read_arg;
        int32_t demo_day; /* the civil day the demonstration plays in; DD_NO_DAY: the real one */
        bool https;
        const struct web_watch *watch; /* dd_watch.h; NULL: nothing is known about the machine */
};

/* Give these to http_server_start with a struct web as user. */
enum http_verdict web_handle(void *web, struct http_req *r);
size_t web_body_limit(void *web, struct http_req *r);
void web_refusal(void *web, struct http_req *r, int status, struct str message);

/* ---- for handlers --------------------------------------------------------------------------------------- */

enum web_kind {
        WEB_READ,  /* on the loop thread; short reads only */
        WEB_WRITE, /* a change: on the writer, answered after its COMMIT; may run twice on PostgreSQL */
        WEB_WORK,  /* passwords, papers, exports: on the pool; changes through dd_write */
};
enum web_out { OUT_HTML = 1, OUT_JSON = 2, OUT_XLSX = 4, OUT_CSV = 8, OUT_DOCX = 16, OUT_ICS = 32, OUT_FILE = 64 };

struct web_req {
        struct http_req *http;
        const struct web *web;
        const struct route *route;
        struct dd_ctx *c;
        struct ui ui;         /* frame, filled; the handler sets title, active, plan, script */
        struct dd_tx tx;      /* of a page that only reads: all of it sees one moment */
        struct board *totals; /* of the page's day, for the counts beside the places; NULL: not known */
        struct dd_buf *o;     /* body */
        enum web_out want;    /* one of the route's outputs */
        int64_t id[2];        /* :id parts of the path, in order */
        struct str token;     /* the :token part */
        bool answered;        /* a handler sent something else than a page */
        int fault;            /* status of a fault that enum dd_err has no word for; 0: its own */
};

typedef enum dd_err (*web_handler)(struct dd_ctx *c, struct web_req *r);

struct route {
        enum http_method method;
        const char *path; /* "/tasks/:id/update" */
        web_handler handler;
        enum cap cap;
        enum web_kind kind;
        unsigned outs;
        const char *name; /* page_task_update without page_ */
};
extern const struct route web_routes[];
extern const size_t web_routes_n;

/* "/tasks/3?as-of=2023-09-30": an address of ours that keeps the day of the page when it is not today. */
struct str web_href(const struct web_req *r, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* The same of parts: for the many addresses of a table. */
struct str web_path(const struct web_req *r, const struct str *parts, size_t n);
#define WEB_PATH(r, ...)                                                                                               \
        web_path(r, (const struct str[]){ __VA_ARGS__ },                                                               \
                 sizeof((const struct str[]){ __VA_ARGS__ }) / sizeof(struct str))
/* 303 after an action; notice: a key of the table in respond.c ("updated"), shown once on the next page. */
enum dd_err web_done(struct web_req *r, const char *notice, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* What is changed, and what a form says of a task, is as of today; addresses keep the day looked at. A POST comes so.
 */
void web_now(struct web_req *r);
/* What was written shows from this day on: who looked at an earlier one comes back to today, or to that day when it is
 * still to come. Before web_done(). */
void web_shows_from(struct web_req *r, int32_t day);
/* JSON of an action: {"id": n}. */
enum dd_err web_done_id(struct web_req *r, int64_t id, const char *notice, const char *fmt, ...) PRINTF_LIKE(4, 5);
/* File answers. */
#define WEB_DOCX "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#define WEB_XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
void web_file(struct web_req *r, struct str name, const char *type, struct dd_buf *bytes);
/* The status of a page that shows a form again. */
void web_status(struct web_req *r, enum dd_err e);
/* The same after a refusal, with what was typed and what is wrong with it; the fault is told by the page. */
void web_typed(struct web_req *r, enum dd_err e, const struct form_field *t, size_t n, struct form_state *ret);
enum ui_state web_state(int task_state); /* core's enum task_state to the widget's */
/* Query parameters. */
struct str web_q(const struct web_req *r, const char *name);
/* The query of this page with one parameter changed (value NULL: taken out), "?a=b&name=value" or "". Without the day,
 * the word after an action and the place in a list. */
struct str web_query(const struct web_req *r, const char *name, const char *value);
int64_t web_q_id(const struct web_req *r, const char *name); /* 0 when absent or bad */

#endif
