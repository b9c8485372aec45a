/* para.c - see para_priv.h. */
#include "para_priv.h"

#include "dd_text.h"

static void
run_close(struct para *p)
{
        struct str s = legacy_text(p->a, p->font, buf_view(&p->run));

        if (p->run.n == 0)
                return;
        buf_str(&p->out, p->caps ? text_upper(p->a, s) : s);
        buf_reset(&p->run);
}

void
para_put(struct para *p, struct str s, enum legacy font, bool caps)
{
        if (font <= LEGACY_UNICODE && !caps && p->run.n == 0) { /* the usual letters go straight through */
                buf_str(&p->out, s);
                return;
        }
        if (p->run.n && (font != p->font || caps != p->caps))
                run_close(p);
        p->font = font;
        p->caps = caps;
        buf_str(&p->run, s);
}

void
para_mark(struct para *p, struct str s)
{
        run_close(p);
        buf_str(&p->out, s);
}

struct str
para_take(struct para *p, struct arena *a)
{
        struct str s;

        run_close(p);
        s = p->out.n ? str_dup(a, buf_view(&p->out)) : S("");
        buf_reset(&p->out);
        return s;
}

void
para_free(struct para *p)
{
        buf_free(&p->out);
        buf_free(&p->run);
}
