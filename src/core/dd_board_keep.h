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

/* What a task's spans were and have become: the steps between, and the base where they lie before its day. Moves the
 * base on to c->today first. Within the caller's transaction, after the spans were written. */
MUST_CHECK enum dd_err board_keep(struct dd_tx *tx, const struct q_span_old_rows *was, const struct span_rows *is);

/* Counts a committee anew from its spans, as of c->today by the rules of that day. Within a transaction. */
MUST_CHECK enum dd_err board_recount(struct dd_tx *tx);

/* Moves the base of every committee on to c->today, so that a reader has no steps to add. A system job. */
MUST_CHECK enum dd_err board_roll_all(struct dd_ctx *c);

#endif
