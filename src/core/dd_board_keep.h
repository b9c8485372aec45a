/* dd_board_keep.h - the figures of the board, kept in the transaction that changes them. Schema 0006. */
#ifndef DD_BOARD_KEEP_H
#define DD_BOARD_KEEP_H

#include "dd_span.h"
#include "q_board_rows.h"

/* The kept figures, in the order of the columns. */
#define BOARD_FIGURES(X)                                                                                               \
        X(done)                                                                                                        \
        X(awaiting)                                                                                                    \
        X(overdue) X(attention) X(doing) X(waiting) X(dropped) X(on_time) X(late) X(no_due) X(due_by_now) X(due_today)

enum board_figure {
#define X(name) FIG_##name,
        BOARD_FIGURES(X)
#undef X
            FIG_MAX
};

struct board_step { /* what changes for an agency from a day on */
        int64_t agency_id;
        int32_t day;
        bool stands; /* by agency: it has a line already */
        bool told;   /* by agency: what it told last may have changed */
        int64_t n[FIG_MAX];
};
struct board_steps {
        struct arena *a;
        int64_t sign; /* what is added: 1, what is taken away: -1 */
        struct board_step *v;
        size_t n, cap;
        size_t *slot; /* hash of (agency, day), 0 = free */
        size_t n_slots;
};

/* What one or many tasks change: begun before, told of each task, stored at the end, all in one transaction. */
struct board_change {
        struct board_steps steps, lines; /* lines: by agency, day 0 */
        int32_t day;                     /* of the base */
        int64_t soon;
        bool anew; /* no figures to go on from: all are counted at the end */
};
/* Moves the base on to c->today first. */
MUST_CHECK enum dd_err board_change_begin(struct dd_tx *tx, struct board_change *ret);
/* What a task's spans were and have become. */
void board_change_task(struct board_change *b, const struct q_span_old_rows *was, const struct span_rows *is);
/* The steps between, and the base where they lie before its day; after the spans were written. */
MUST_CHECK enum dd_err board_change_end(struct dd_tx *tx, struct board_change *b);

/* The three for one task. Within the caller's transaction, after the spans were written. */
MUST_CHECK enum dd_err board_keep(struct dd_tx *tx, const struct q_span_old_rows *was, const struct span_rows *is);

/* Counts a committee anew from its spans, as of c->today by the rules of that day. Within a transaction. */
MUST_CHECK enum dd_err board_recount(struct dd_tx *tx);

/* Moves the base of every committee on to c->today, so that a reader has no steps to add. A system job. */
MUST_CHECK enum dd_err board_roll_all(struct dd_ctx *c);

#endif
