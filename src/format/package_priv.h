/* package_priv.h - a ZIP package from memory, with the ceilings of DESIGN section 6 kept while it is unpacked. */
#ifndef PACKAGE_PRIV_H
#define PACKAGE_PRIV_H

#include "dd_base.h"

struct package {
        void *zip;         /* zip_t; closed by package_close */
        uint64_t unpacked; /* so far */
};

/* Opens and judges the directory: DD_EFORMAT when it is broken or carries a password, DD_ETOOBIG beyond the ceilings.
 */
MUST_CHECK enum dd_err package_open(struct dd_ctx *c, struct str bytes, struct package *ret);
void package_close(struct package *p);
#define AUTO_PACKAGE __attribute__((cleanup(package_close))) struct package

bool package_has(const struct package *p, const char *name);
size_t package_count(const struct package *p);
struct str package_name(struct arena *a, const struct package *p, size_t i);

/* Unpacks a part piece by piece; sink() gives false to stop early. A part that is not there is DD_ENOTFOUND, without
 * words for the person. */
typedef bool package_sink(void *arg, const char *p, size_t n);
MUST_CHECK enum dd_err package_stream(struct dd_ctx *c, struct package *p, const char *name, package_sink *sink,
                                      void *arg);
/* A whole part, at most max bytes. */
MUST_CHECK enum dd_err package_part(struct dd_ctx *c, struct package *p, const char *name, size_t max, struct str *ret);

enum dd_err package_broken(struct dd_ctx *c); /* records it: the file is damaged */

#endif
