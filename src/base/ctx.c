/* What went wrong, recorded once, for the person. */
#include "dd_base.h"

static const char *const names[DD_ERR_MAX] = {
        [DD_OK] = "ok",           [DD_EINVAL] = "invalid",      [DD_EAUTH] = "unauthenticated",
        [DD_EDENIED] = "denied",  [DD_ENOTFOUND] = "not-found", [DD_ECONFLICT] = "conflict",
        [DD_ETOOBIG] = "too-big", [DD_EFORMAT] = "format",      [DD_ELIMIT] = "limit",
        [DD_EBUSY] = "busy",      [DD_EFULL] = "full",          [DD_EIO] = "internal",
};

const char *
dd_err_name(enum dd_err e)
{
        return (unsigned)e < DD_ERR_MAX ? names[e] : "unknown";
}

const char *
dd_say(const struct dd_ctx *c, const char *vietnamese)
{
        return c->english && c->translate != NULL ? c->translate(vietnamese) : vietnamese;
}

enum dd_err
dd_fail(struct dd_ctx *c, enum dd_err code, const char *fmt, ...)
{
        va_list ap;

        if (c->err != DD_OK)
                return code;
        c->err = code;
        va_start(ap, fmt);
        c->err_text = str_vfmt(c->arena, dd_say(c, fmt), ap);
        va_end(ap);
        return code;
}

enum dd_err
dd_fail_field(struct dd_ctx *c, const char *field, const char *fmt, ...)
{
        va_list ap;

        if (c->n_fields < DD_FIELD_ERRORS) {
                struct dd_field_error *f = &c->fields[c->n_fields++];

                f->field = str_dup(c->arena, str_of(field));
                va_start(ap, fmt);
                f->message = str_vfmt(c->arena, dd_say(c, fmt), ap);
                va_end(ap);
        }
        if (c->err == DD_OK) {
                c->err = DD_EINVAL;
                c->err_text = c->fields[0].message;
        }
        return DD_EINVAL;
}

void
dd_ctx_clear_error(struct dd_ctx *c)
{
        c->err = DD_OK;
        c->err_text = STR_NONE;
        c->n_fields = 0;
}
