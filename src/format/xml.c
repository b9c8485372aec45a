/* xml.c - see xml_priv.h. */
#include "xml_priv.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#define DEPTH_MAX    64
#define ELEMENTS_MAX 2000000
#define CACHE        512 /* names the parser has interned, by address */

enum xml_fault { XML_GOOD, XML_DTD, XML_DEEP, XML_MANY, XML_ENCODING, XML_BROKEN };

struct cached {
        const xmlChar *p;
        int id;
};

struct xml {
        const struct xml_on *on;
        void *arg;
        xmlParserCtxtPtr ctxt;
        xmlSAXHandler sax;
        enum xml_fault fault;
        int depth, elements;
        bool begun;
        struct cached names[CACHE], spaces[16];
};

static void
stop(struct xml *x, enum xml_fault fault)
{
        if (x->fault == XML_GOOD)
                x->fault = fault;
        xmlStopParser(x->ctxt);
}

static int
name_id(const struct xml_name *names, size_t n, const char *s)
{
        size_t lo = 0, hi = n;

        while (lo < hi) {
                size_t mid = (lo + hi) / 2;
                int cmp = strcmp(names[mid].name, s);

                if (cmp == 0)
                        return names[mid].id;
                if (cmp < 0)
                        lo = mid + 1;
                else
                        hi = mid;
        }
        return -1;
}

static int
element_id(struct xml *x, const xmlChar *name)
{
        struct cached *k = &x->names[((uintptr_t)name >> 2) % CACHE];

        if (k->p != name)
                *k = (struct cached){ name, name_id(x->on->names, x->on->n_names, (const char *)name) };
        return k->id;
}

static int
space_id(struct xml *x, const xmlChar *uri)
{
        struct cached *k = &x->spaces[((uintptr_t)uri >> 2) % ARRAY_LEN(x->spaces)];

        if (k->p != uri || uri == NULL) {
                *k = (struct cached){ uri, -1 };
                for (size_t i = 0; uri && i < x->on->n_ns; i++) {
                        if (strcmp(x->on->ns[i].name, (const char *)uri) == 0)
                                k->id = x->on->ns[i].id;
                }
        }
        return k->id;
}

static void
on_start(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_ns, const xmlChar **ns,
         int n_attr, int n_default, const xmlChar **attr)
{
        struct xml *x = arg;
        struct xml_el e = { .attr = attr, .n_attr = n_attr };

        (void)prefix, (void)n_ns, (void)ns, (void)n_default;
        if (x->fault)
                return;
        if (++x->depth > DEPTH_MAX) {
                stop(x, XML_DEEP);
                return;
        }
        if (++x->elements > ELEMENTS_MAX) {
                stop(x, XML_MANY);
                return;
        }
        e.ns = space_id(x, uri);
        e.id = element_id(x, name);
        x->on->start(x->arg, &e);
}

static void
on_end(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
        struct xml *x = arg;
        struct xml_el e = { .attr = NULL };

        (void)prefix;
        if (x->fault)
                return;
        x->depth--;
        e.ns = space_id(x, uri);
        e.id = element_id(x, name);
        x->on->end(x->arg, &e);
}

static void
on_text(void *arg, const xmlChar *p, int n)
{
        struct xml *x = arg;

        if (!x->fault && n > 0 && x->on->text != NULL)
                x->on->text(x->arg, (struct str){ (const char *)p, (size_t)n });
}

static void
on_dtd(void *arg, const xmlChar *name, const xmlChar *external, const xmlChar *system_id)
{
        (void)name, (void)external, (void)system_id;
        stop(arg, XML_DTD);
}

static void
on_reference(void *arg, const xmlChar *name)
{
        (void)name;
        stop(arg, XML_DTD);
}

static void
on_error(void *arg, const char *fmt, ...)
{
        (void)arg, (void)fmt; /* judged by wellFormed at the end */
}

/* Office files are UTF-8. Another name in the declaration would make the parser look for converters on the disk. */
static bool
encoding_known(struct str head)
{
        size_t end = str_find(head, S("?>"), 0), at;
        struct str s;

        if (!str_starts(head, S("<?xml")) || end == head.n)
                return !memchr(head.p, 0, head.n < 4 ? head.n : 4); /* UTF-16 has a zero among its first bytes */
        s = str_sub(head, 0, end);
        at = str_find(s, S("encoding"), 0);
        if (at == s.n)
                return true;
        s = str_sub(s, at + 8, s.n);
        while (s.n && strchr("= \t\r\n\"'", s.p[0]))
                s = str_sub(s, 1, s.n);
        return (s.n >= 5 && strncasecmp(s.p, "utf-8", 5) == 0) || (s.n >= 4 && strncasecmp(s.p, "utf8", 4) == 0) ||
               (s.n >= 8 && strncasecmp(s.p, "us-ascii", 8) == 0);
}

static bool
feed(void *arg, const char *p, size_t n)
{
        struct xml *x = arg;

        if (!x->begun) {
                struct str head = str_sub((struct str){ p, n }, 0, 256);

                x->begun = true;
                if (str_starts(head, S("\xEF\xBB\xBF")))
                        head = str_sub(head, 3, head.n);
                if (!encoding_known(head)) {
                        x->fault = XML_ENCODING;
                        return false;
                }
        }
        xmlParseChunk(x->ctxt, p, (int)n, 0); /* its result tells of namespaces without a name too */
        return x->ctxt->wellFormed && x->fault == XML_GOOD;
}

static enum dd_err
verdict(struct dd_ctx *c, const struct xml *x)
{
        switch (x->fault) {
        case XML_DTD:
                return dd_fail(c, DD_EFORMAT,
                               "Bên trong tệp có khai báo thực thể (DTD), thứ mà tệp văn phòng không có và có thể gây "
                               "hại. Hãy mở tệp bằng Word hoặc LibreOffice, lưu thành tệp mới rồi gửi lại.");
        case XML_DEEP:
                return dd_fail(c, DD_ETOOBIG,
                               "Các phần bên trong tệp lồng nhau quá sâu nên không được nhận. Hãy bỏ bớt bảng lồng "
                               "trong bảng rồi gửi lại.");
        case XML_MANY:
                return dd_fail(c, DD_ETOOBIG,
                               "Tệp có quá nhiều chi tiết nên không được nhận. Hãy tách phần kế hoạch và phụ lục thành "
                               "tệp riêng rồi gửi lại.");
        case XML_ENCODING:
                return dd_fail(
                    c, DD_EFORMAT,
                    "Bên trong tệp dùng bảng mã lạ, không phải UTF-8. Hãy mở tệp bằng Word hoặc LibreOffice, "
                    "lưu thành tệp mới rồi gửi lại.");
        case XML_BROKEN:
                return package_broken(c);
        default:
                return DD_OK;
        }
}

static bool
xml_up(struct xml *x, const struct xml_on *on, void *arg)
{
        x->on = on;
        x->arg = arg;
        x->sax = (xmlSAXHandler){ .initialized = XML_SAX2_MAGIC,
                                  .startElementNs = on_start,
                                  .endElementNs = on_end,
                                  .characters = on_text,
                                  .ignorableWhitespace = on_text,
                                  .cdataBlock = on_text,
                                  .internalSubset = on_dtd,
                                  .reference = on_reference,
                                  .error = on_error,
                                  .warning = on_error };
        x->ctxt = xmlCreatePushParserCtxt(&x->sax, x, NULL, 0, NULL);
        if (x->ctxt == NULL)
                return false;
        xmlCtxtUseOptions(x->ctxt, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
        return true;
}

static enum dd_err
xml_down(struct dd_ctx *c, struct xml *x, enum dd_err e)
{
        if (e == DD_OK && x->fault == XML_GOOD) {
                xmlParseChunk(x->ctxt, NULL, 0, 1);
                if (x->fault == XML_GOOD && (!x->ctxt->wellFormed || x->depth != 0 || x->elements == 0))
                        x->fault = XML_BROKEN;
        }
        xmlFreeParserCtxt(x->ctxt);
        x->ctxt = NULL;
        return e == DD_OK ? verdict(c, x) : e;
}

enum dd_err
xml_read(struct dd_ctx *c, struct str bytes, const struct xml_on *on, void *arg)
{
        struct xml *x = arena_alloc(c->arena, sizeof *x);

        if (!xml_up(x, on, arg))
                return package_broken(c);
        for (size_t i = 0; i < bytes.n; i += 1 << 16) {
                size_t n = bytes.n - i < 1 << 16 ? bytes.n - i : 1 << 16;

                if (!feed(x, bytes.p + i, n))
                        break;
        }
        return xml_down(c, x, DD_OK);
}

enum dd_err
xml_read_part(struct dd_ctx *c, struct package *p, const char *name, const struct xml_on *on, void *arg)
{
        struct xml *x;

        if (!package_has(p, name))
                return DD_ENOTFOUND;
        x = arena_alloc(c->arena, sizeof *x);
        if (!xml_up(x, on, arg))
                return package_broken(c);
        return xml_down(c, x, package_stream(c, p, name, feed, x));
}

struct str
xml_attr(const struct xml_el *e, const char *name)
{
        for (int i = 0; i < e->n_attr; i++) {
                const xmlChar **a = e->attr + 5 * i;

                if (strcmp((const char *)a[0], name) == 0)
                        return (struct str){ (const char *)a[3], (size_t)(a[4] - a[3]) };
        }
        return STR_NONE;
}

int32_t
xml_attr_i32(const struct xml_el *e, const char *name, int32_t otherwise)
{
        struct str s = xml_attr(e, name);
        int64_t v;

        if (s.p == NULL || s.n > 9 || !str_to_i64(s, &v))
                return otherwise;
        return (int32_t)v;
}

bool
xml_attr_on(const struct xml_el *e, const char *name)
{
        struct str s = xml_attr(e, name);

        return s.p == NULL || !(str_eq(s, S("0")) || str_eq(s, S("false")) || str_eq(s, S("off")));
}
