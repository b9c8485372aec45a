/* dd_ics.h - writes deadlines as an iCalendar file (RFC 5545): all-day events, lines folded at 75 octets between
 * letters, stable UIDs so that a calendar that has the event replaces it. Days are civil: no time zone. */
#ifndef DD_ICS_H
#define DD_ICS_H

#include "dd_base.h"
#include "dd_date.h"

enum ics_status { ICS_CONFIRMED, ICS_TENTATIVE, ICS_CANCELLED };

struct ics_event {
        struct str uid;   /* the same for the same task for ever: "task-12.committee-1@dondoc" */
        int32_t day;      /* DD_NO_DAY: the event is left out */
        int32_t last_day; /* of several days; DD_NO_DAY or day: one */
        struct str summary;
        struct str description;       /* may hold '\n' */
        struct str url;               /* absolute; may be NULL */
        const struct str *categories; /* better without commas: some calendars split at escaped ones too */
        size_t n_categories;
        enum ics_status status;
        int64_t changed;  /* instant of the last change; 0 leaves it out */
        int32_t sequence; /* grows with every change of the day */
};

struct ics {
        struct dd_buf *out;
        int64_t now;
};

/* name: of the calendar, for the person. now: DTSTAMP (c->now). Look at out->over at the end. */
void ics_start(struct ics *w, struct dd_buf *out, struct str name, int64_t now);
void ics_event(struct ics *w, const struct ics_event *e);
void ics_end(struct ics *w);

#endif
