/* Rows kept by what they show; see dd_drawn.h. A table of fixed size: each row has two places, the one used last first.
 */
#include <pthread.h>
#include <stdlib.h>

#include "drawn_priv.h"

#define PLACES  2048 /* pairs; a power of two */
#define ROW_MAX 4096 /* bytes of a key and its row */

struct kept_row {
        uint64_t hash;
        size_t key_n, n;
        char bytes[]; /* the key, then the row */
};

struct drawn_rows {
        pthread_mutex_t lock;
        struct kept_row *at[PLACES][2];
};

struct drawn_rows *
drawn_rows_new(void)
{
        struct drawn_rows *d = calloc(1, sizeof *d);

        if (d != NULL)
                pthread_mutex_init(&d->lock, NULL);
        return d;
}

void
drawn_rows_free(struct drawn_rows *d)
{
        if (d == NULL)
                return;
        for (size_t i = 0; i < PLACES; i++) {
                free(d->at[i][0]);
                free(d->at[i][1]);
        }
        pthread_mutex_destroy(&d->lock);
        free(d);
}

/* Only finds the place: a row is given out for the same bytes of its key, not for the same hash. */
static uint64_t
hash_of(struct str key)
{
        uint64_t h = key.n, word;
        size_t i = 0;

        for (; i + sizeof word <= key.n; i += sizeof word) {
                memcpy(&word, key.p + i, sizeof word);
                h = (h ^ word) * 0x9E3779B97F4A7C15u;
                h ^= h >> 29;
        }
        word = 0;
        memcpy(&word, key.p + i, key.n - i);
        h = (h ^ word) * 0xC2B2AE3D27D4EB4Fu;
        return h ^ (h >> 32);
}

static bool
is_row(const struct kept_row *k, uint64_t hash, struct str key)
{
        return k != NULL && k->hash == hash && k->key_n == key.n && memcmp(k->bytes, key.p, key.n) == 0;
}

static bool
put_kept(struct drawn_rows *d, uint64_t hash, struct str key, struct dd_buf *o)
{
        struct kept_row **pair = d->at[hash & (PLACES - 1)], *k;

        pthread_mutex_lock(&d->lock);
        if (!is_row(pair[0], hash, key)) {
                k = pair[0];
                pair[0] = pair[1];
                pair[1] = k;
        }
        k = is_row(pair[0], hash, key) ? pair[0] : NULL;
        if (k != NULL)
                buf_put(o, k->bytes + k->key_n, k->n);
        pthread_mutex_unlock(&d->lock);
        return k != NULL;
}

/* Behind a search that failed: what was used before last is in front. */
static void
keep_row(struct drawn_rows *d, uint64_t hash, struct str key, struct str row)
{
        struct kept_row **pair = d->at[hash & (PLACES - 1)], *old;
        struct kept_row *k = key.n + row.n > ROW_MAX ? NULL : malloc(sizeof *k + key.n + row.n);

        if (k == NULL)
                return;
        *k = (struct kept_row){ .hash = hash, .key_n = key.n, .n = row.n };
        memcpy(k->bytes, key.p, key.n);
        memcpy(k->bytes + key.n, row.p, row.n);
        pthread_mutex_lock(&d->lock);
        old = pair[0];
        pair[0] = k;
        pthread_mutex_unlock(&d->lock);
        free(old);
}

void
drawn_row(struct web_req *r, struct dd_buf *o, struct str key, drawn_row_fn draw, const void *arg)
{
        struct drawn_rows *d = r->web->drawn == NULL ? NULL : drawn_rows_of(r->web->drawn);
        uint64_t hash = d == NULL ? 0 : hash_of(key);
        size_t from;

        if (d != NULL && put_kept(d, hash, key, o))
                return;
        from = o->n;
        draw(r, o, arg);
        if (d != NULL && !o->over)
                keep_row(d, hash, key, (struct str){ o->p + from, o->n - from });
}
