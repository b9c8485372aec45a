#ifndef INTAKE_PRIV_H
#define INTAKE_PRIV_H

#include "dd_intake.h"
#include "page_priv.h"

/* Vietnamese words for the kinds of oddities a reader reports. */
struct str anomaly_word(struct web_req *r, struct str kind);

#endif
