/* The FTS5 tokenizer "vi": text_tokenize() for SQLite. A document gives each word in exact and in bare form at one
 * position; a query gives one form, the exact one when it was typed with marks (SPECS 4.6). */
#include <sqlite3.h>

#include "db_priv.h"
#include "dd_text.h"

struct vi {
        struct arena *a; /* emptied after each text */
};

typedef int (*vi_emit)(void *ctx, int flags, const char *token, int n, int from, int to);

static int
vi_create(void *unused, const char **args, int n_args, Fts5Tokenizer **ret)
{
        struct vi *vi = sqlite3_malloc(sizeof *vi);

        (void)unused;
        (void)args;
        (void)n_args;
        if (vi == NULL)
                return SQLITE_NOMEM;
        vi->a = arena_new(0);
        *ret = (Fts5Tokenizer *)vi;
        return SQLITE_OK;
}

static void
vi_delete(Fts5Tokenizer *t)
{
        arena_free(((struct vi *)t)->a);
        sqlite3_free(t);
}

static int
emit(vi_emit fn, void *ctx, bool again, struct str s, const struct text_token *t)
{
        return fn(ctx, again ? FTS5_TOKEN_COLOCATED : 0, s.p, (int)s.n, (int)t->from, (int)t->to);
}

static int
vi_tokenize(Fts5Tokenizer *tokenizer, void *ctx, int flags, const char *text, int n, vi_emit fn)
{
        struct vi *vi = (struct vi *)tokenizer;
        struct text_tokens tokens;
        bool query = (flags & FTS5_TOKENIZE_QUERY) != 0;
        int rc = SQLITE_OK;

        if (text == NULL || n <= 0)
                return SQLITE_OK;
        text_tokenize(vi->a, (struct str){ text, (size_t)n }, &tokens);
        for (size_t i = 0; i < tokens.n && rc == SQLITE_OK; i++) {
                const struct text_token *t = &tokens.v[i];
                bool same_place = i > 0 && tokens.v[i - 1].pos == t->pos;

                if (query && same_place)
                        continue;
                if (query) {
                        rc = emit(fn, ctx, false, text_has_marks(t->exact) ? t->exact : t->bare, t);
                        continue;
                }
                rc = emit(fn, ctx, same_place, t->exact, t);
                if (rc == SQLITE_OK && !str_eq(t->exact, t->bare))
                        rc = emit(fn, ctx, true, t->bare, t);
        }
        arena_reset(vi->a);
        return rc;
}

int
db_fts_register(void *sqlite3_handle)
{
        static fts5_tokenizer vi = { vi_create, vi_delete, vi_tokenize };
        sqlite3_stmt *st = NULL;
        fts5_api *api = NULL;
        int rc = sqlite3_prepare_v2(sqlite3_handle, "SELECT fts5(?1)", -1, &st, NULL);

        if (rc == SQLITE_OK) {
                sqlite3_bind_pointer(st, 1, (void *)&api, "fts5_api_ptr", NULL);
                sqlite3_step(st);
                rc = sqlite3_finalize(st);
        }
        if (rc == SQLITE_OK && api == NULL)
                rc = SQLITE_ERROR;
        return rc != SQLITE_OK ? rc : api->xCreateTokenizer(api, "vi", NULL, &vi, NULL);
}
