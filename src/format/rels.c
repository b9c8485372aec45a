/* rels.c - see rels_priv.h. */
#include "rels_priv.h"

#include "xml_priv.h"

#define RELS_MAX 10000

struct reading {
        struct dd_ctx *c;
        struct str folder; /* of the part, with its '/' */
        struct rels *r;
};

static size_t
last_slash(struct str s)
{
        size_t n = s.n;

        while (n && s.p[n - 1] != '/')
                n--;
        return n;
}

/* "styles.xml", "../media/a.png", "/word/styles.xml" */
static struct str
resolve(struct dd_ctx *c, struct str folder, struct str target)
{
        if (str_starts(target, S("/")))
                return str_dup(c->arena, str_sub(target, 1, target.n));
        while (str_starts(target, S("../")) && folder.n) {
                target = str_sub(target, 3, target.n);
                folder = str_sub(folder, 0, last_slash(str_sub(folder, 0, folder.n - 1)));
        }
        return STR_JOIN(c->arena, folder, target);
}

static void
on_start(void *arg, const struct xml_el *e)
{
        struct reading *r = arg;
        struct str type = xml_attr(e, "Type"), target = xml_attr(e, "Target");
        struct rel *one;

        if (e->id != 0 || r->r->n >= RELS_MAX || target.n == 0)
                return;
        one = VEC_PUSH(r->c->arena, r->r);
        one->id = str_dup(r->c->arena, xml_attr(e, "Id"));
        one->type = str_dup(r->c->arena, str_sub(type, last_slash(type), type.n));
        if (!str_eq(xml_attr(e, "TargetMode"), S("External")))
                one->target = resolve(r->c, r->folder, target);
}

static void
on_end(void *arg, const struct xml_el *e)
{
        (void)arg, (void)e;
}

enum dd_err
rels_read(struct dd_ctx *c, struct package *p, struct str part, struct rels *ret)
{
        static const struct xml_name names[] = { { "Relationship", 0 } };
        static const struct xml_on on = { .start = on_start, .end = on_end, .names = names, .n_names = 1 };
        size_t cut = last_slash(part);
        struct reading r = { .c = c, .folder = str_sub(part, 0, cut), .r = ret };
        struct str name = STR_JOIN(c->arena, r.folder, S("_rels/"), str_sub(part, cut, part.n), S(".rels"));
        enum dd_err e;

        *ret = (struct rels){ .v = NULL };
        e = xml_read_part(c, p, name.p, &on, &r);
        return e == DD_ENOTFOUND ? DD_OK : e;
}

struct str
rels_type(const struct rels *r, const char *type)
{
        for (size_t i = 0; i < r->n; i++) {
                if (r->v[i].target.p && str_eq(r->v[i].type, str_of(type)))
                        return r->v[i].target;
        }
        return STR_NONE;
}

struct str
rels_id(const struct rels *r, struct str id)
{
        for (size_t i = 0; i < r->n; i++) {
                if (r->v[i].target.p && str_eq(r->v[i].id, id))
                        return r->v[i].target;
        }
        return STR_NONE;
}
