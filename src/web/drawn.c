/* Pieces of pages kept as drawn; see dd_drawn.h. A short list, the one used last first. */
#include "dd_drawn.h"

#include <pthread.h>
#include <stdlib.h>

#include "dd_audit.h"

#define KEEP_BYTES ((size_t)4 << 20)
#define KEEP_ONE   ((size_t)1 << 20)

struct drawn {
        pthread_mutex_t lock;
        struct drawn_piece *first;
};

struct drawn *
drawn_new(void)
{
        struct drawn *d = calloc(1, sizeof *d);

        if (d != NULL)
                pthread_mutex_init(&d->lock, NULL);
        return d;
}

void
drawn_free(struct drawn *d)
{
        if (d == NULL)
                return;
        for (struct drawn_piece *p = d->first, *next; p != NULL; p = next) {
                next = p->next;
                free(p);
        }
        pthread_mutex_destroy(&d->lock);
        free(d);
}

static size_t
weight(const struct drawn_piece *p)
{
        return sizeof *p + p->bytes.n + p->note.n + p->key.n + p->mark.n;
}

/* Under the lock; the list and each page that shows it hold it. */
static void
let_go(struct drawn_piece *p)
{
        if (--p->refs == 0)
                free(p);
}

void
drawn_done(struct drawn_piece **at)
{
        struct drawn_piece *p = *at;
        struct drawn *d = p == NULL ? NULL : p->of;

        if (d == NULL)
                return;
        pthread_mutex_lock(&d->lock);
        let_go(p);
        pthread_mutex_unlock(&d->lock);
}

void
drawn_put(struct dd_buf *o, const struct drawn_piece *p)
{
        buf_str(o, p->bytes);
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

/* A copy in one block; NULL: no memory. */
static struct drawn_piece *
copy(const struct drawn_piece *from)
{
        struct drawn_piece *p = malloc(weight(from));

        if (p == NULL)
                return NULL;
        *p = *from;
        char *at = (char *)(p + 1);
        struct str *const parts[] = { &p->bytes, &p->note, &p->key, &p->mark };
        for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
                if (parts[i]->n > 0)
                        memcpy(at, parts[i]->p, parts[i]->n);
                parts[i]->p = at;
                at += parts[i]->n;
        }
        p->refs = 1;
        return p;
}

/* Comes first in the list; what it takes the place of and what was used least goes. */
static void
keep(struct drawn *d, const struct drawn_piece *piece)
{
        struct drawn_piece *p = weight(piece) <= KEEP_ONE ? copy(piece) : NULL;
        size_t bytes = 0;

        if (p == NULL)
                return;
        pthread_mutex_lock(&d->lock);
        p->of = d;
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
        p->bytes = str_dup(c->arena, buf_view(&b));
        if (d != NULL && !b.over)
                keep(d, p);
        return DD_OK;
}
