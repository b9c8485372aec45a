/* demo_events_priv.h - the marked examples of the demonstration: one row an event, in the order they were told. */
#ifndef DEMO_EVENTS_H
#define DEMO_EVENTS_H

#include <stddef.h>

enum demo_kind { DEMO_RECEIVE, DEMO_UPDATE, DEMO_HAND_IN, DEMO_CONFIRM, DEMO_HAND_BACK, DEMO_REDUE };

struct demo_event {
        const char *task, *day;
        enum demo_kind kind;
        int percent;                                    /* -1: none */
        const char *note, *doc_number, *doc_day, *file; /* of DEMO_REDUE: doc_day is the new deadline */
};
extern const struct demo_event demo_events[];
extern const size_t demo_events_n;

#endif
