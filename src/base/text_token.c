/* Search tokens (SPECS 4.6): one function for what is indexed and for what is asked. */
#include "text_priv.h"

#define TOKEN_MAX      200 /* bytes of a key; PostgreSQL's lexemes end at 2046 */
#define CODE_MAX       96  /* bytes of a code such as 39/QĐ-BCĐĐMPTKTTHTX */
#define CODE_PARTS_MAX 8

struct span {
        size_t from, to;
};

struct code {
        struct span part[CODE_PARTS_MAX];
        size_t n;
        struct str key; /* lower case, no spaces, plain hyphens */
};

static size_t
skip_word(struct str s, size_t i)
{
        for (size_t end = i; end < s.n; i = end) {
                uint32_t cp = utf8_step(s, &end);

                if (!is_word_char(cp) && !is_inner_char(cp))
                        break;
        }
        return i;
}

static bool
is_digit(char c)
{
        return c >= '0' && c <= '9';
}

static bool
has_letter(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if (!is_digit(s.p[i]))
                        return true;
        return false;
}

/* The joint of a code at i: '/', '-' in any dash, '&'. Returns the offset behind it, or i. */
static size_t
skip_joint(struct str s, size_t i, char *ret_joint)
{
        size_t end = i;

        if (i >= s.n)
                return i;
        uint32_t key = key_char(utf8_step(s, &end));
        if (key != '/' && key != '-' && key != '&')
                return i;
        *ret_joint = (char)key;
        return end;
}

/* "2653 /KH-BCĐ", "05/ KH-UBND": spaces may stand around the first slash when capitals and a hyphen follow. */
static size_t
skip_spaced_slash(struct str s, size_t i)
{
        size_t from = i;
        char joint;

        while (i < s.n && s.p[i] == ' ')
                i++;
        if (i >= s.n || s.p[i] != '/')
                return from;
        i++;
        while (i < s.n && s.p[i] == ' ')
                i++;
        size_t end = skip_word(s, i), first = i;
        if (end == i || end - i > 8 || skip_joint(s, end, &joint) == end)
                return from;
        uint32_t cp = utf8_step(s, &first);
        const struct letter *l = letter_of(cp);
        return l != NULL && l->base != 0 && l->lower != cp ? i : from;
}

/* Reads the code that begins with the digits first; n == 0 when there is none. */
static struct code
read_code(struct arena *a, struct str s, struct span first)
{
        struct code c = { .n = 1, .part = { first } };
        char key[CODE_MAX];
        size_t n = first.to - first.from, i = first.to;
        bool slash = false, letter = has_letter(str_sub(s, first.from, first.to));

        if (!is_digit(s.p[first.from]) || n > 24)
                return (struct code){ .n = 0 };
        memcpy(key, s.p + first.from, n);
        while (c.n < CODE_PARTS_MAX) {
                char joint = '/';
                size_t next = skip_joint(s, i, &joint);

                if (next == i && c.n == 1 && !letter)
                        next = skip_spaced_slash(s, i);
                size_t end = skip_word(s, next);
                if (next == i || end == next || n + 1 + (end - next) > CODE_MAX)
                        break;
                key[n++] = joint;
                memcpy(key + n, s.p + next, end - next);
                n += end - next;
                slash = slash || joint == '/';
                letter = letter || has_letter(str_sub(s, next, end));
                c.part[c.n++] = (struct span){ next, end };
                i = end;
        }
        if (!slash || !letter)
                return (struct code){ .n = 0 };
        c.key = text_lower(a, text_nfc(a, (struct str){ key, n }));
        return c;
}

static void
push(struct arena *a, struct text_tokens *t, struct str exact, struct span at, uint32_t pos)
{
        struct text_token *k;

        if (exact.n > TOKEN_MAX) {
                exact.n = TOKEN_MAX;
                while (exact.n > 0 && ((unsigned char)exact.p[exact.n] & 0xC0) == 0x80)
                        exact.n--;
        }
        if (exact.n == 0)
                return;
        k = VEC_PUSH(a, t);
        *k = (struct text_token){ .exact = exact, .from = (uint32_t)at.from, .to = (uint32_t)at.to, .pos = pos };
        k->bare = text_has_marks(exact) ? text_fold(a, exact) : exact;
}

static void
push_word(struct arena *a, struct text_tokens *t, struct str s, struct span at, uint32_t pos)
{
        push(a, t, text_exact(a, str_sub(s, at.from, at.to)), at, pos);
}

void
text_tokenize(struct arena *a, struct str s, struct text_tokens *ret)
{
        uint32_t pos = 0;

        *ret = (struct text_tokens){ 0 };
        for (size_t i = 0; i < s.n;) {
                struct span word = { i, skip_word(s, i) };

                if (word.to == i) {
                        utf8_step(s, &i);
                        continue;
                }
                struct code c = read_code(a, s, word);
                if (c.n == 0) {
                        push_word(a, ret, s, word, pos++);
                        i = word.to;
                        continue;
                }
                i = c.part[c.n - 1].to;
                push(a, ret, c.key, (struct span){ word.from, i }, pos);
                for (size_t k = 0; k < c.n; k++)
                        push_word(a, ret, s, c.part[k], pos);
                pos++;
        }
}
