/* Papers that come as pages: their pictures, and where on them each field stands. */
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

/* One box a line of the mark. */
static void
place_mark(struct arena *a, const struct draft *d, struct sheet_mark *k, struct verify_view *v, size_t *next_id)
{
        struct verify_box *open = NULL;
        int32_t page = 0;

        k->ids = S("");
        for (size_t i = first_box(d, k->span.from); i < d->n_boxes && d->boxes[i].span.from < k->span.to; i++) {
                const struct box *w = &d->boxes[i];

                if (w->page < 1 || (size_t)w->page > v->pages.n)
                        continue;
                if (open != NULL && page == w->page && goes_on(open, w)) {
                        grow(open, w);
                        continue;
                }
                page = w->page;
                open = VEC_PUSH(a, &v->pages.v[page - 1].boxes);
                *open = (struct verify_box){ str_fmt(a, "m%zu", (*next_id)++), w->x, w->y, w->w, w->h };
                k->ids = k->ids.n > 0 ? str_fmt(a, "%.*s %.*s", FMT(k->ids), FMT(open->id)) : open->id;
        }
}

bool
verify_pages(struct web_req *r, const struct draft *d, int64_t intake, struct marks *m, struct verify_view *v)
{
        struct arena *a = r->c->arena;
        size_t next_id = 0;

        if (d->pages < 1)
                return false;
        v->pages.n = d->pages < PAGES_SHOWN ? (size_t)d->pages : PAGES_SHOWN;
        v->pages.v = arena_array(a, v->pages.n, sizeof *v->pages.v);
        for (size_t i = 0; i < v->pages.n; i++) {
                v->pages.v[i].no = (int64_t)i + 1;
                v->pages.v[i].src = str_fmt(a, "/intake/%lld/page/%zu.png", (long long)intake, i + 1);
        }
        for (size_t i = 0; i < m->n; i++)
                place_mark(a, d, &m->v[i], v, &next_id);
        return true;
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
