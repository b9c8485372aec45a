/* Papers that are being read: how far, and the wish to stop. Two routes and a short table. */
#include "dd_reading.h"

#include <pthread.h>
#include <stdlib.h>

#include "page_priv.h"

#define READINGS_MAX 64 /* more at one time wait without being told */
#define KEY_MAX      64

struct reading {
        struct readings *of; /* NULL: free */
        int64_t account;
        char key[KEY_MAX];
        size_t key_n;
        atomic_int done, pages;
        atomic_bool cancel;
};
struct readings {
        pthread_mutex_t lock;
        struct reading v[READINGS_MAX];
};

struct readings *
readings_new(void)
{
        struct readings *r = calloc(1, sizeof *r);

        if (r != NULL && pthread_mutex_init(&r->lock, NULL) != 0) {
                free(r);
                return NULL;
        }
        return r;
}

void
readings_free(struct readings *r)
{
        if (r == NULL)
                return;
        pthread_mutex_destroy(&r->lock);
        free(r);
}

/* Under the lock. account 0: a free place. */
static struct reading *
find(struct readings *r, int64_t account, struct str key)
{
        for (size_t i = 0; i < READINGS_MAX; i++) {
                struct reading *g = &r->v[i];

                if (account == 0
                        ? g->of == NULL
                        : g->of != NULL && g->account == account && str_eq(key, (struct str){ g->key, g->key_n }))
                        return g;
        }
        return NULL;
}

struct reading *
reading_begin(struct readings *r, int64_t account, struct str key)
{
        struct reading *g;

        if (r == NULL || account == 0 || key.n == 0 || key.n > KEY_MAX)
                return NULL;
        pthread_mutex_lock(&r->lock);
        g = find(r, account, key) != NULL ? NULL : find(r, 0, STR_NONE);
        if (g != NULL) {
                g->of = r;
                g->account = account;
                memcpy(g->key, key.p, key.n);
                g->key_n = key.n;
                atomic_store(&g->done, 0);
                atomic_store(&g->pages, 0);
                atomic_store(&g->cancel, false);
        }
        pthread_mutex_unlock(&r->lock);
        return g;
}

static void
told(void *arg, int done, int pages)
{
        struct reading *g = arg;

        atomic_store(&g->pages, pages);
        atomic_store(&g->done, done);
}

void
reading_watch(struct reading *g, struct paper_watch *ret)
{
        *ret = (struct paper_watch){ 0 };
        if (g != NULL)
                *ret = (struct paper_watch){ told, g, &g->cancel };
}

void
reading_end(struct reading *g)
{
        struct readings *r = g != NULL ? g->of : NULL;

        if (r == NULL)
                return;
        pthread_mutex_lock(&r->lock);
        g->of = NULL;
        pthread_mutex_unlock(&r->lock);
}

bool
reading_far(struct readings *r, int64_t account, struct str key, int *ret_done, int *ret_pages)
{
        struct reading *g = NULL;

        *ret_done = *ret_pages = 0;
        if (r == NULL || account == 0)
                return false;
        pthread_mutex_lock(&r->lock);
        g = find(r, account, key);
        if (g != NULL) {
                *ret_done = atomic_load(&g->done);
                *ret_pages = atomic_load(&g->pages);
        }
        pthread_mutex_unlock(&r->lock);
        return g != NULL;
}

bool
reading_stop(struct readings *r, int64_t account, struct str key)
{
        struct reading *g = NULL;

        if (r == NULL || account == 0)
                return false;
        pthread_mutex_lock(&r->lock);
        g = find(r, account, key);
        if (g != NULL)
                atomic_store(&g->cancel, true);
        pthread_mutex_unlock(&r->lock);
        return g != NULL;
}

/* ---- the two addresses ------------------------------------------------------------------------------------------ */

enum dd_err
page_intake_reading(struct dd_ctx *c, struct web_req *r)
{
        struct json_w w;
        int done, pages;
        bool known = reading_far(r->web->readings, c->user->id, web_q(r, "key"), &done, &pages);

        web_json_start(r, &w);
        json_kbool(&w, "reading", known);
        json_ki64(&w, "pages_read", done);
        json_ki64(&w, "pages", pages);
        json_end(&w);
        return DD_OK;
}

struct stop_form {
        struct str reading;
};
static const struct form_field stop_fields[] = {
        { .name = "reading",
          .type = FORM_HIDDEN,
          .required = true,
          .max = KEY_MAX,
          .label = "Lần nhập",
          .offset = FORM_AT(struct stop_form, reading, struct str) },
};

/* Nothing was stored yet and nothing is: there is nothing to write down. */
enum dd_err
page_intake_stop(struct dd_ctx *c, struct web_req *r)
{
        struct stop_form f = { 0 };

        TRY(form_read(c, stop_fields, ARRAY_LEN(stop_fields), r->http, &f));
        if (!reading_stop(r->web->readings, c->user->id, f.reading))
                return dd_fail(c, DD_ENOTFOUND, "Văn bản ấy không còn đang đọc: có thể đã đọc xong.");
        return web_done(r, NULL, "/intake");
}

const struct form_table form_stop = FORM_TABLE(stop_fields);
