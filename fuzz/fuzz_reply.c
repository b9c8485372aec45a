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
                arena_free(c.arena);
        }
        return 0;
}
