#ifndef INTAKE_OTHER_PRIV_H
#define INTAKE_OTHER_PRIV_H

#include "dd_intake_view.h"
#include "page_priv.h"

/* Above a draft: other files of the paper, the plan it changes; and in a draft of several files, the file of each
 * field. */
MUST_CHECK enum dd_err intake_others(struct web_req *r, const struct intake_full *in, struct verify_view *v);

#endif
