/* xml_priv.h - XML of papers, read in one pass (libxml2, SAX2 push) with ceilings: depth, elements, no DTD, no entity
 * of its own, nothing loaded from elsewhere. */
#ifndef XML_PRIV_H
#define XML_PRIV_H

#include "dd_base.h"
#include "package_priv.h"

struct xml_el {
        int ns;                     /* index into xml_on.ns, -1 = another */
        int id;                     /* of xml_on.names, -1 = another */
        const unsigned char **attr; /* as libxml2 gives them: five words each */
        int n_attr;
};

struct xml_name {
        const char *name;
        int id;
};

/* What a reader wants to hear of. names are sorted by name; ns is a list of pairs {URI, number}. */
struct xml_on {
        void (*start)(void *arg, const struct xml_el *e);
        void (*end)(void *arg, const struct xml_el *e); /* attr is empty */
        void (*text)(void *arg, struct str s);          /* NULL: nobody asks for it */
        const struct xml_name *names;
        size_t n_names;
        const struct xml_name *ns;
        size_t n_ns;
};

/* Value by local name; STR_NONE when absent. Lives until start() returns. */
struct str xml_attr(const struct xml_el *e, const char *name);
int32_t xml_attr_i32(const struct xml_el *e, const char *name, int32_t otherwise);
/* w:val of a switch: absent, "1", "true", "on" are true. */
bool xml_attr_on(const struct xml_el *e, const char *name);

MUST_CHECK enum dd_err xml_read(struct dd_ctx *c, struct str bytes, const struct xml_on *on, void *arg);
/* A part of a package; DD_ENOTFOUND without words when it is not there. */
MUST_CHECK enum dd_err xml_read_part(struct dd_ctx *c, struct package *p, const char *name, const struct xml_on *on,
                                     void *arg);

#endif
