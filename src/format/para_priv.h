/* para_priv.h - the letters of one paragraph, gathered run by run. An old font may split a letter from its mark between
 * two runs, so letters are turned to Unicode only where the font changes. */
#ifndef PARA_PRIV_H
#define PARA_PRIV_H

#include "legacy_priv.h"

struct para {
        struct arena *a;
        struct dd_buf out; /* done; NFC comes later */
        struct dd_buf run; /* not yet turned */
        enum legacy font;
        bool caps;
};

void para_put(struct para *p, struct str s, enum legacy font, bool caps);
void para_mark(struct para *p, struct str s);          /* a sign of ours: tab, line end; belongs to no font */
struct str para_take(struct para *p, struct arena *a); /* copies and empties */
void para_free(struct para *p);

#endif
