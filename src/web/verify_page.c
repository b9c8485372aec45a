/* Papers that come as pages: their pictures, and where on them each field stands. */
#include "dd_text.h"
#include "tmpl_rt.h"
#include "verify_priv.h"

#define PAGES_SHOWN 500

/* The first box whose text ends behind a point; boxes stand in the order of the text. */
static size_t
first_box(const struct draft *d, int32_t from)
{
        size_t lo = 0, hi = d->n_boxes;

        while (lo < hi) {
                size_t mid = lo + (hi - lo) / 2;

                if (d->boxes[mid].span.to <= from)
                        lo = mid + 1;
                else
                        hi = mid;
        }
        return lo;
}

static int32_t
most(int32_t x, int32_t y)
{
        return x > y ? x : y;
}

/* Does a word go on the line of a box: same page, half of its height in common, not far behind its end? */
static bool
goes_on(const struct verify_box *b, const struct box *w)
{
        int32_t top = most(b->y, w->y), bottom = b->y + b->h < w->y + w->h ? b->y + b->h : w->y + w->h;

        return 2 * (bottom - top) > w->h && w->x + w->w > b->x && w->x - (b->x + b->w) < 3 * most(b->h, w->h);
}

static void
grow(struct verify_box *b, const struct box *w)
{
        int32_t right = most(b->x + b->w, w->x + w->w), bottom = most(b->y + b->h, w->y + w->h);

        b->x = w->x < b->x ? w->x : b->x;
        b->y = w->y < b->y ? w->y : b->y;
        b->w = right - b->x;
        b->h = bottom - b->y;
}

static bool
begins(const struct verify_boxes *all, int32_t from)
{
        for (size_t i = 0; i < all->n; i++)
                if (all->v[i].from == from)
                        return true;
        return false;
}

/* One box a line of the mark. */
static void
place_mark(struct arena *a, const struct draft *d, const struct sheet_mark *k, struct verify_source *v)
{
        struct verify_box *open = NULL;

        for (size_t i = first_box(d, k->span.from); i < d->n_boxes && d->boxes[i].span.from < k->span.to; i++) {
                const struct box *w = &d->boxes[i];

                if (w->page != v->no)
                        continue;
                if (open != NULL && goes_on(open, w)) {
                        grow(open, w);
                        open->to = w->span.to;
                        continue;
                }
                struct str id = begins(&v->boxes, w->span.from) ? STR_NONE : str_fmt(a, "c%d", w->span.from);
                open = VEC_PUSH(a, &v->boxes);
                *open = (struct verify_box){ id, w->span.from, w->span.to, w->x, w->y, w->w, w->h };
        }
}

void
verify_boxes(struct arena *a, const struct draft *d, const struct sheet_mark *marks, size_t n,
             struct verify_source *ret)
{
        for (size_t i = 0; i < n; i++)
                if (marks[i].span.from < ret->to && marks[i].span.to > ret->from)
                        place_mark(a, d, &marks[i], ret);
}

/* The bytes between two code points, behind a place that is known. */
static struct str
between(struct str text, size_t *at, int32_t points)
{
        size_t from = *at;

        while (points-- > 0 && *at < text.n)
                (void)utf8_next(text, at);
        return str_sub(text, from, *at);
}

bool
verify_pages(struct arena *a, const struct draft *d, struct sheet_parts *ret)
{
        size_t n = d->pages < PAGES_SHOWN ? (size_t)(d->pages > 0 ? d->pages : 0) : PAGES_SHOWN, byte = 0, box = 0;
        int32_t at = 0, all = (int32_t)utf8_len(d->text);

        for (size_t i = 0; i < n; i++) {
                int32_t to = all;

                while (box < d->n_boxes && d->boxes[box].page <= (int32_t)i + 1)
                        box++;
                if (i + 1 < n && box < d->n_boxes)
                        to = d->boxes[box].span.from > at ? d->boxes[box].span.from : at;
                *VEC_PUSH(a, ret) = (struct sheet_part){ between(d->text, &byte, to - at), at, to };
                at = to;
        }
        return n > 0;
}

static bool
has_it(const struct http_req *h, struct str etag)
{
        return etag.n > 0 && str_has(http_header(h, "if-none-match"), etag);
}

/* A page never changes: the browser keeps it and asks only whether it may still show it. */
enum dd_err
page_intake_page(struct dd_ctx *c, struct web_req *r)
{
        struct q_file_row f;
        AUTO_BUF hex = { 0 };

        TRY(intake_file(c, r->id[0], &f));
        for (size_t i = 0; i < f.sha256.n && i < 12; i++)
                buf_fmt(&hex, "%02x", (unsigned char)f.sha256.p[i]);
        r->http->res.etag = str_fmt(c->arena, "%.*s-%lld", (int)hex.n, hex.p, (long long)r->id[1]);
        r->http->res.cache = HTTP_REVALIDATE;
        r->http->res.content_type = "image/png";
        r->http->res.untrusted = true;
        r->answered = true;
        buf_reset(r->o);
        if (has_it(r->http, r->http->res.etag))
                return DD_OK; /* 304 without asking the worker */
        if (r->id[1] > PAGES_SHOWN)
                return dd_fail(c, DD_ENOTFOUND, "Văn bản này không có trang ấy.");
        enum dd_err e =
            r->web->page_image(r->web->read_arg, c, &(struct evidence){ f.name, f.type, f.bytes }, (int)r->id[1], r->o);
        if (e != DD_OK) {
                r->http->res.etag = STR_NONE;
                r->http->res.cache = HTTP_NO_STORE;
                r->http->res.content_type = NULL;
                r->answered = false;
        }
        return e;
}
