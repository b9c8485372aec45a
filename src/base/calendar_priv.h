/* calendar_priv.h - the calendar that tools/caltable.c makes of data/working_calendar_vn.tsv. */
#ifndef DD_CALENDAR_PRIV_H
#define DD_CALENDAR_PRIV_H

#include "dd_date.h"

extern const struct calendar calendar_built_in;

#endif
