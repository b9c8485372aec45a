/* escape_priv.h - views of escape.tmpl. */
#ifndef ESCAPE_PRIV_H
#define ESCAPE_PRIV_H

#include "dd_base.h"

struct kinds {
        const char *c;
        int i;
        int64_t l;
        int32_t day;
        int64_t at, size;
};
struct rows {
        const struct str *v;
        size_t n;
};

#endif
