/* Reading back for tests; see zip_testing.h. */
#include <libxml/xpathInternals.h>
#include <zip.h>

#include "zip_testing.h"

static zip_t *
open_package(const struct dd_buf *package)
{
        zip_source_t *src = zip_source_buffer_create(package->p, package->n, 0, NULL);

        return src == NULL ? NULL : zip_open_from_source(src, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
}

size_t
part_count(const struct dd_buf *package)
{
        zip_t *za = open_package(package);
        size_t n = za == NULL ? 0 : (size_t)zip_get_num_entries(za, 0);

        zip_discard(za);
        return n;
}

struct str
part_bytes(struct arena *a, const struct dd_buf *package, const char *name)
{
        struct str ret = STR_NONE;
        zip_stat_t st;
        zip_t *za = open_package(package);

        if (za == NULL)
                return ret;
        if (zip_stat(za, name, 0, &st) == 0) {
                char *p = arena_alloc(a, st.size + 1);
                zip_file_t *f = zip_fopen(za, name, 0);

                if (f != NULL && zip_fread(f, p, st.size) == (zip_int64_t)st.size)
                        ret = (struct str){ p, st.size };
                if (f != NULL)
                        zip_fclose(f);
        }
        zip_discard(za);
        return ret;
}

xmlXPathContextPtr
part_xml(struct arena *a, const struct dd_buf *package, const char *name)
{
        static const struct {
                const char *prefix, *uri;
        } names[] = { { "w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main" },
                      { "m", "http://schemas.openxmlformats.org/spreadsheetml/2006/main" },
                      { "r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships" } };
        struct str bytes = part_bytes(a, package, name);

        if (bytes.p == NULL)
                return NULL;
        xmlDocPtr doc = xmlReadMemory(bytes.p, (int)bytes.n, name, NULL, XML_PARSE_NONET);
        if (doc == NULL)
                return NULL;
        xmlXPathContextPtr x = xmlXPathNewContext(doc);
        for (size_t i = 0; i < ARRAY_LEN(names); i++)
                xmlXPathRegisterNs(x, BAD_CAST names[i].prefix, BAD_CAST names[i].uri);
        return x;
}

void
xml_free(xmlXPathContextPtr *x)
{
        if (*x == NULL)
                return;
        xmlDocPtr doc = (*x)->doc;
        xmlXPathFreeContext(*x);
        xmlFreeDoc(doc);
        *x = NULL;
}

struct str
xml_str(struct arena *a, xmlXPathContextPtr x, const char *expr)
{
        xmlXPathObjectPtr o = xmlXPathEvalExpression(BAD_CAST expr, x);
        xmlChar *s = o == NULL ? NULL : xmlXPathCastToString(o);
        struct str ret = s == NULL ? STR_NONE : str_dup(a, str_of((const char *)s));

        xmlFree(s);
        xmlXPathFreeObject(o);
        return ret;
}

double
xml_num(xmlXPathContextPtr x, const char *expr)
{
        xmlXPathObjectPtr o = xmlXPathEvalExpression(BAD_CAST expr, x);
        double v = o == NULL ? -1 : xmlXPathCastToNumber(o);

        xmlXPathFreeObject(o);
        return v;
}
