/* The text of an index entry and of a search in each engine's language; the words are cut by text_tokenize for both.
 * PostgreSQL's own to_tsvector is not used: it cuts codes at the letter đ (STACK section 4). */
#include "db_priv.h"
#include "dd_text.h"

#define QUERY_WORDS_MAX 32
#define PG_POS_MAX      16383

static bool
is_fts5(const struct dd_db *db)
{
        return db->engine == &db_sqlite;
}

/* A word as a literal of the engine: doubled quotes, and doubled backslashes on PostgreSQL. */
static void
put_word(struct dd_buf *b, bool fts5, struct str word)
{
        char quote = fts5 ? '"' : '\'';

        buf_c(b, quote);
        for (size_t i = 0; i < word.n; i++) {
                if (word.p[i] == quote || (!fts5 && word.p[i] == '\\'))
                        buf_c(b, word.p[i]);
                buf_c(b, word.p[i]);
        }
        buf_c(b, quote);
}

struct str
dd_search_document(struct arena *a, const struct dd_db *db, struct str text)
{
        AUTO_BUF b = { 0 };
        struct text_tokens t;

        if (text.p == NULL || is_fts5(db))
                return text.p == NULL ? S("") : text;
        text_tokenize(a, text, &t);
        for (size_t i = 0; i < t.n; i++) {
                uint32_t pos = t.v[i].pos < PG_POS_MAX ? t.v[i].pos + 1 : PG_POS_MAX;

                put_word(&b, false, t.v[i].exact);
                buf_fmt(&b, ":%u ", pos);
                if (str_eq(t.v[i].exact, t.v[i].bare))
                        continue;
                put_word(&b, false, t.v[i].bare);
                buf_fmt(&b, ":%u ", pos);
        }
        return b.n == 0 ? S("") : str_dup(a, buf_view(&b));
}

/* Typed with marks: exactly so. Without: every word that has these letters. */
static struct str
asked(const struct text_token *t)
{
        return text_has_marks(t->exact) ? t->exact : t->bare;
}

/* A phrase: neighbours in order, a code as a whole. */
static void
put_phrase(struct dd_buf *b, bool fts5, const struct text_tokens *t)
{
        bool first = true;

        if (t->n == 0)
                return;
        if (b->n > 0)
                buf_str(b, fts5 ? S(" AND ") : S(" & "));
        for (size_t i = 0; i < t->n && i < QUERY_WORDS_MAX; i++) {
                if (i > 0 && t->v[i - 1].pos == t->v[i].pos)
                        continue;
                if (!first)
                        buf_str(b, fts5 ? S(" + ") : S(" <-> "));
                put_word(b, fts5, asked(&t->v[i]));
                first = false;
        }
}

/* Words in any order, a code by its parts. The last one is a beginning unless it is a whole syllable already. */
static void
put_words(struct dd_buf *b, bool fts5, const struct text_tokens *t, bool last_open)
{
        for (size_t i = 0; i < t->n && i < QUERY_WORDS_MAX; i++) {
                bool whole_code =
                    i + 1 < t->n && t->v[i + 1].pos == t->v[i].pos && (i == 0 || t->v[i - 1].pos != t->v[i].pos);

                if (whole_code)
                        continue;
                if (b->n > 0)
                        buf_str(b, fts5 ? S(" AND ") : S(" & "));
                put_word(b, fts5, asked(&t->v[i]));
                if (last_open && i + 1 == t->n && !text_is_syllable(t->v[i].exact))
                        buf_str(b, fts5 ? S("*") : S(":*"));
        }
}

struct str
dd_search_query(struct arena *a, const struct dd_db *db, struct str typed)
{
        AUTO_BUF b = { 0 };
        struct text_tokens t;
        struct str part;
        bool phrase = false, fts5 = is_fts5(db);

        while (str_cut(&typed, '"', &part)) {
                text_tokenize(a, part, &t);
                if (phrase && typed.p != NULL) /* an open quote is only a typing slip */
                        put_phrase(&b, fts5, &t);
                else
                        put_words(&b, fts5, &t, typed.p == NULL && part.n > 0 && part.p[part.n - 1] != ' ');
                phrase = !phrase;
        }
        return b.n == 0 ? STR_NONE : str_dup(a, buf_view(&b));
}
