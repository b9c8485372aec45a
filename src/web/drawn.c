/* Pieces of pages kept as drawn; see dd_drawn.h. A short list, the one used last first. */
#include <pthread.h>
#include <stdlib.h>

#include "dd_audit.h"
#include "drawn_priv.h"

#define KEEP_BYTES ((size_t)4 << 20)
#define KEEP_ONE   ((size_t)1 << 20)

struct drawn {
        pthread_mutex_t lock;
        struct drawn_piece *first;
        struct drawn_rows *rows;
};

struct drawn *
drawn_new(void)
{
        struct drawn *d = calloc(1, sizeof *d);

        if (d == NULL)
                return NULL;
        pthread_mutex_init(&d->lock, NULL);
        d->rows = drawn_rows_new();
        return d;
}

struct drawn_rows *
drawn_rows_of(const struct drawn *d)
{
        return d->rows;
}

static void
piece_free(struct drawn_piece *p)
{
        buf_free(&p->bytes);
        if (p->of != NULL)
                free(p);
}

void
drawn_free(struct drawn *d)
{
        if (d == NULL)
                return;
        for (struct drawn_piece *p = d->first, *next; p != NULL; p = next) {
                next = p->next;
                piece_free(p);
        }
        drawn_rows_free(d->rows);
        pthread_mutex_destroy(&d->lock);
        free(d);
}

static size_t
weight(const struct drawn_piece *p)
{
        return sizeof *p + p->bytes.cap + p->note.n + p->key.n + p->mark.n;
}

/* Under the lock; the list and each page that shows it hold it. */
static void
let_go(struct drawn_piece *p)
{
        if (--p->refs == 0)
                piece_free(p);
}

void
drawn_done(struct drawn_piece **at)
{
        struct drawn_piece *p = *at;

        if (p == NULL)
                return;
        if (p->of == NULL) {
                piece_free(p);
                return;
        }
        struct drawn *d = p->of;
        pthread_mutex_lock(&d->lock);
        let_go(p);
        pthread_mutex_unlock(&d->lock);
}

void
drawn_put(struct dd_buf *o, const struct drawn_piece *p)
{
        buf_str(o, buf_view(&p->bytes));
}

static struct drawn_piece *
find(struct drawn *d, struct str key, struct str mark)
{
        struct drawn_piece *p;

        pthread_mutex_lock(&d->lock);
        for (struct drawn_piece **at = &d->first; (p = *at) != NULL; at = &p->next) {
                if (!str_eq(p->key, key) || !str_eq(p->mark, mark))
                        continue;
                *at = p->next;
                p->next = d->first;
                d->first = p;
                p->refs++;
                break;
        }
        pthread_mutex_unlock(&d->lock);
        return p;
}

/* The piece in a block of its own, for longer than the request; its bytes move along. NULL: no memory. */
static struct drawn_piece *
lasting(struct drawn *d, struct drawn_piece *from)
{
        struct str *texts[] = { &from->note, &from->key, &from->mark };
        struct drawn_piece *p = malloc(weight(from));
        char *less = realloc(from->bytes.p, from->bytes.n + 1);

        if (less != NULL)
                from->bytes.p = less, from->bytes.cap = from->bytes.n + 1;
        if (p == NULL)
                return NULL;
        char *at = (char *)(p + 1);
        for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
                if (texts[i]->n > 0)
                        memcpy(at, texts[i]->p, texts[i]->n);
                texts[i]->p = at;
                at += texts[i]->n;
        }
        *p = *from;
        p->of = d;
        from->bytes = (struct dd_buf){ 0 };
        return p;
}

/* Comes first in the list; what it takes the place of and what was used least goes. */
static void
keep(struct drawn *d, struct drawn_piece *p)
{
        size_t bytes = 0;

        pthread_mutex_lock(&d->lock);
        p->refs = 2; /* the list and the page */
        p->next = d->first;
        d->first = p;
        for (struct drawn_piece **at = &d->first, *q; (q = *at) != NULL;) {
                bytes += weight(q);
                if (q == p || (bytes <= KEEP_BYTES && !str_eq(q->key, p->key))) {
                        at = &q->next;
                        continue;
                }
                *at = q->next;
                bytes -= weight(q);
                let_go(q);
        }
        pthread_mutex_unlock(&d->lock);
}

enum dd_err
drawn_get(struct web_req *r, const struct drawn_ask *ask, struct drawn_piece **ret)
{
        struct dd_ctx *c = r->c;
        struct drawn *d = ask->key.p == NULL ? NULL : r->web->drawn;
        struct drawn_piece *p = arena_alloc(c->arena, sizeof *p);
        AUTO_BUF b = { 0 };

        *ret = p;
        if (d != NULL) {
                TRY(audit_mark(c, &p->mark));
                p->key = str_fmt(c->arena, "%.*s|%lld|%d|%d|%d", FMT(ask->key), (long long)c->committee_id, c->english,
                                 c->as_of, c->today);
                struct drawn_piece *kept = find(d, p->key, p->mark);

                if (kept != NULL) {
                        *ret = kept;
                        return DD_OK;
                }
        }
        TRY(ask->draw(r, &b, &p->note, ask->arg));
        if (b.over)
                r->o->over = true; /* told as when it is drawn into the page */
        p->bytes = b;
        b = (struct dd_buf){ 0 };
        if (d == NULL || p->bytes.over || p->bytes.spare || p->bytes.n > KEEP_ONE)
                return DD_OK;
        p = lasting(d, p);
        if (p == NULL)
                return DD_OK;
        keep(d, p);
        *ret = p;
        return DD_OK;
}
