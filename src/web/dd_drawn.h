/* dd_drawn.h - pieces of pages that are the same for everybody who may see them, kept as drawn until something changes.
 *
 * A piece is kept for its key, committee, language, day and today, and for the state of the data it was drawn from
 * (audit_mark). It is looked for inside the transaction of the page, so page and piece show one moment. Nothing in it
 * may depend on the person. What is kept is lost with the process and may be thrown away at any time. */
#ifndef DD_DRAWN_H
#define DD_DRAWN_H

#include "dd_web.h"

struct drawn;
struct drawn *drawn_new(void);
void drawn_free(struct drawn *d); /* NULL allowed */

/* Valid until drawn_done(). */
struct drawn_piece {
        struct dd_buf bytes; /* its own */
        struct str note;     /* a short text that goes with them */
        struct drawn *of;    /* NULL: not kept, it lives in the arena */
        struct drawn_piece *next;
        unsigned refs;
        struct str key, mark;
};
#define AUTO_PIECE __attribute__((cleanup(drawn_done))) struct drawn_piece

struct drawn_ask {
        struct str key; /* STR_NONE: drawn, not kept */
        enum dd_err (*draw)(struct web_req *r, struct dd_buf *o, struct str *ret_note, void *arg);
        void *arg;
};

/* The piece of this key; drawn when it is not there. */
MUST_CHECK enum dd_err drawn_get(struct web_req *r, const struct drawn_ask *ask, struct drawn_piece **ret);
void drawn_done(struct drawn_piece **p);
/* For templates: {{ call drawn_put(o, v->piece) }}. */
void drawn_put(struct dd_buf *o, const struct drawn_piece *p);

/* A row of a page, kept by what it shows: the key is made of every value that drawing it reads, so what is found is
 * right whoever asks, whenever. A change of one task leaves the rows of all others as they are. The first value of a
 * key tells one kind of row from another (enum row_kind); what a key is made of must have no padding. */
enum row_kind { ROW_TASK = 1, ROW_BOARD };
typedef void (*drawn_row_fn)(struct web_req *r, struct dd_buf *o, const void *arg);
void drawn_row(struct web_req *r, struct dd_buf *o, struct str key, drawn_row_fn draw, const void *arg);

#endif
