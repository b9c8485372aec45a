#ifndef INTAKE_PRIV_H
#define INTAKE_PRIV_H

#include "dd_intake.h"
#include "page_priv.h"

/* Vietnamese words for the kinds of oddities a reader reports. */
struct str anomaly_word(struct web_req *r, struct str kind);

/* "4 phút 12 giây". */
struct str seconds_words(struct web_req *r, int64_t seconds);

#endif
