/* The reply of a child that was taken over: the records, then the draft in them. Nothing it says may break the parent,
 * and what is taken lies inside the bytes it sent. */
#include "dd_draft.h"
#include "dd_reply.h"
#include "dd_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_body(struct str bytes, const struct reply *r)
{
        size_t bad;

        if (r->body.p < bytes.p || r->body.n > bytes.n || r->body.p + r->body.n > bytes.p + bytes.n)
                abort();
        if (r->type == REPLY_REFUSED && (r->body.n > REPLY_TEXT_MAX || !utf8_valid(r->body, &bad)))
                abort();
        if (r->type == REPLY_REFUSED && r->code != DD_EINVAL && r->code != DD_ETOOBIG && r->code != DD_EFORMAT)
                abort();
}

static void
boxes_check(const struct draft *d)
{
        int32_t cp = (int32_t)utf8_len(d->text);

        for (size_t i = 0; i < d->n_boxes; i++) {
                const struct box *x = &d->boxes[i];

                if (x->page < 1 || x->page > d->pages || x->span.from < 0 || x->span.from > x->span.to ||
                    x->span.to > cp || x->x < 0 || x->w < 0 || x->x + x->w > BOX_SCALE || x->y < 0 || x->h < 0 ||
                    x->y + x->h > BOX_SCALE)
                        abort();
        }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct str bytes = { (const char *)data, size };
        struct reply r;

        if (reply_parse(bytes, &r) != NULL) {
                if (r.type != REPLY_NONE || r.body.p != NULL)
                        abort();
                return 0;
        }
        check_body(bytes, &r);
        if (r.type == REPLY_DRAFT) {
                struct dd_ctx c = { .arena = arena_new(0) };
                struct draft d;

                if (draft_parse(&c, r.body, &d) == DD_OK && !utf8_valid(d.text, &size))
                        abort();
                if (reply_boxes(c.arena, &r, &d))
                        boxes_check(&d);
                arena_free(c.arena);
        }
        return 0;
}
