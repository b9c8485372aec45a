/* rels_priv.h - relationships of an Office Open XML package: which part holds the styles, which the second sheet. */
#ifndef RELS_PRIV_H
#define RELS_PRIV_H

#include "package_priv.h"

struct rel {
        struct str id;
        struct str type;   /* the last word of its URI: "styles", "worksheet" */
        struct str target; /* name of a part; STR_NONE when it lies outside of the package */
};

struct rels {
        struct rel *v;
        size_t n, cap;
};

/* Those of a part, "" = of the package; a package without them gives none. */
MUST_CHECK enum dd_err rels_read(struct dd_ctx *c, struct package *p, struct str part, struct rels *ret);
/* First target of a type; STR_NONE when there is none. */
struct str rels_type(const struct rels *r, const char *type);
struct str rels_id(const struct rels *r, struct str id);

#endif
