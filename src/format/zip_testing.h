/* zip_testing.h - reads back a written package with libzip and libxml2. For tests only. */
#ifndef ZIP_TESTING_H
#define ZIP_TESTING_H

#include <libxml/parser.h>
#include <libxml/xpath.h>

#include "dd_base.h"

/* The bytes of one part; STR_NONE when there is no such part. */
struct str part_bytes(struct arena *a, const struct dd_buf *package, const char *name);
size_t part_count(const struct dd_buf *package);
/* Part parsed as XML with the prefixes w, m and r known; NULL when missing or broken. Freed with xml_free. */
xmlXPathContextPtr part_xml(struct arena *a, const struct dd_buf *package, const char *name);
void xml_free(xmlXPathContextPtr *x);
#define AUTO_XML __attribute__((cleanup(xml_free))) xmlXPathContextPtr

/* string(expr) and number(expr) of XPath. */
struct str xml_str(struct arena *a, xmlXPathContextPtr x, const char *expr);
double xml_num(xmlXPathContextPtr x, const char *expr);

#endif
