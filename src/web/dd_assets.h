/* dd_assets.h - styles, scripts and fonts inside the program, written by tools/embed at build time. A name carries
 * the hash of its content, so a browser may keep it for a year. */
#ifndef DD_ASSETS_H
#define DD_ASSETS_H

#include "dd_base.h"

struct asset {
        struct str name; /* "app.css" */
        struct str url;  /* "/s/app.3f2a9c01d4.css" */
        struct str type; /* Content-Type */
        struct str etag; /* with its quotes */
        struct str raw;
        struct str gz; /* STR_NONE: not worth it (fonts are compressed already) */
};

/* By the path of a request; NULL: no such asset. */
const struct asset *asset_find(struct str path);
/* Address of "app.css"; STR_NONE when this build has no such asset (-Dassets=none: no fonts). */
struct str asset_url(const char *name);
struct str asset_url_of(struct str name);

extern const struct asset asset_rows[];
extern const size_t asset_rows_n;

#endif
