/* Papers that come as pages: the first byte says which reader, the rest is what it reads. All of them take what a
 * helper program or another child gave, which may have been taken over by a paper. */
#include "dd_page.h"

#include "dd_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a reader promises: spans in the text and in order, boxes on pages there are, cells as told. */
static void
blocks_check(const struct blocks *b)
{
        int32_t cp = (int32_t)utf8_len(b->text);
        size_t bad;

        if (!utf8_valid(b->text, &bad))
                abort();
        for (size_t i = 0; i < b->n; i++) {
                if (b->v[i].span.from < 0 || b->v[i].span.to > cp || b->v[i].span.from > b->v[i].span.to)
                        abort();
                for (size_t k = 0; k < b->v[i].n_cells; k++)
                        if (b->v[i].cells[k].span.from < 0 || b->v[i].cells[k].span.to > cp)
                                abort();
        }
        for (size_t i = 0; i < b->n_boxes; i++) {
                const struct box *x = &b->boxes[i];

                if (x->page < 1 || x->page > b->pages || x->x < 0 || x->x + x->w > BOX_SCALE || x->w < 0 || x->y < 0 ||
                    x->y + x->h > BOX_SCALE || x->h < 0 || x->span.to > cp)
                        abort();
        }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct dd_ctx c = { .arena = arena_new(0) };
        struct str rest = { (const char *)data + 1, size > 0 ? size - 1 : 0 };
        AUTO_BUF out = { .max = (size_t)64 << 20 };
        struct blocks b;
        enum dd_err e = DD_OK;

        switch (size > 0 && size < 1 << 18 ? data[0] : 0) {
        case 'p':
                e = pages_read(&c, rest, &b);
                if (e == DD_OK)
                        blocks_check(&b);
                break;
        case 't':
                e = page_triage(&c, rest, &out);
                break;
        case 'w':
                e = image_wrap(&c, rest, &out);
                break;
        case 's':
                e = page_scan(&c, rest, &out);
                break;
        case 'r':
                e = page_rules(&c, rest, 1, &out);
                break;
        default:
                break;
        }
        if (e != DD_OK && c.err_text.n == 0)
                abort(); /* a refusal without words */
        arena_free(c.arena);
        return 0;
}
