/* text_secret.c - marks of state secrecy where marks stand (DESIGN section 6, SECURITY 2.3): alone in a line or a cell
 * of the head, in a frame, or in a field "Độ mật: ...". Running text about secrets is no mark. */
#include "text_priv.h"

#include "dd_text.h"

#include <ctype.h>

#define HEAD_BLOCKS 40 /* how far the head of a paper may reach */

/* Letters only, without marks and blanks: "T Ố I  M Ậ T" and "[TỐI MẬT]" give "toimat". */
static bool
squeeze(struct arena *a, struct str s, char *out, size_t max)
{
        struct str f;
        size_t n = 0;

        if (s.n > 240)
                return false;
        f = text_fold(a, s);
        for (size_t i = 0; i < f.n; i++) {
                unsigned char ch = (unsigned char)f.p[i];

                if (isalpha(ch) || ch >= 0x80) {
                        if (n + 1 >= max)
                                return false;
                        out[n++] = (char)ch;
                } else if (isdigit(ch)) {
                        return false; /* "mật 1" is no stamp */
                }
        }
        out[n] = 0;
        return n > 0;
}

static const char *const MARKS[] = {
        "mat",       "toimat",     "tuyetmat",   "bimatnhanuoc", "taileubimatnhanuoc", "tailieubimatnhanuoc",
        "vanbanmat", "tailieumat", "mucdomatmat"
};
static const char *const LEVELS[] = { "mat", "toimat", "tuyetmat" };
static const char *const FIELDS[] = { "domat", "mucdomat", "capdomat" };

static bool
in_list(const char *s, const char *const *list, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                if (strcmp(s, list[i]) == 0)
                        return true;
        }
        return false;
}

/* "Mật" as a stamp is written in capitals; a lone "mật" in small letters is a word. */
static bool
in_capitals(struct str s)
{
        size_t up = 0, small = 0, i = 0;

        while (i < s.n) {
                size_t from = i;
                struct str one;
                uint32_t cp = utf8_next(s, &i);

                one = str_sub(s, from, i);
                if (cp < 0x80) {
                        up += isupper((int)cp) != 0;
                        small += islower((int)cp) != 0;
                } else if (cp == 0x1EAC || cp == 0x1ED0 || cp == 0x1EBE || cp == 0xCD || cp == 0xC0 || cp == 0x1AF ||
                           cp == 0x1EDA || cp == 0x110) {
                        up++;
                } else if (one.n > 1) {
                        small++;
                }
        }
        return up > small;
}

/* "Độ mật: Tối mật" anywhere in a short line; an empty field or "Không" is none. */
static bool
field_mark(struct arena *a, struct str line)
{
        char name[64], level[64];
        size_t colon = str_find(line, S(":"), 0);

        if (colon == line.n || line.n > 120)
                return false;
        return squeeze(a, str_sub(line, 0, colon), name, sizeof name) && in_list(name, FIELDS, ARRAY_LEN(FIELDS)) &&
               squeeze(a, str_sub(line, colon + 1, line.n), level, sizeof level) &&
               in_list(level, LEVELS, ARRAY_LEN(LEVELS));
}

static bool
stamp_mark(struct arena *a, struct str line, bool head)
{
        char word[64];
        bool framed = line.n > 2 && strchr("[|(+", line.p[0]) && strchr("]|)+", line.p[line.n - 1]);

        if (!squeeze(a, line, word, sizeof word) || !in_list(word, MARKS, ARRAY_LEN(MARKS)))
                return false;
        return in_capitals(line) && (head || framed || strcmp(word, "mat") != 0);
}

static bool
line_mark(struct arena *a, struct str text, bool head, struct str *ret)
{
        struct str rest = text, line;

        while (str_cut(&rest, '\n', &line)) {
                line = str_trim(line);
                if (line.n == 0 || line.n > 240)
                        continue;
                if (field_mark(a, line) || stamp_mark(a, line, head)) {
                        if (ret)
                                *ret = line;
                        return true;
                }
        }
        return false;
}

bool
blocks_secret(struct dd_ctx *c, const struct blocks *b, struct str *ret_mark)
{
        struct arena *a = arena_new(0); /* nothing of such a paper may stay */
        bool found = false;

        (void)c;
        for (size_t i = 0; i < b->n && !found; i++) {
                const struct block *k = &b->v[i];
                bool head = i < HEAD_BLOCKS;

                if (k->kind != BLOCK_ROW) {
                        found = k->text.n > 0 && line_mark(a, k->text, head, ret_mark);
                } else {
                        for (size_t n = 0; n < k->n_cells && !found; n++)
                                found = k->cells[n].text.n > 0 &&
                                        line_mark(a, k->cells[n].text, head && k->n_cells <= 3, ret_mark);
                }
                if (i % 64 == 63)
                        arena_reset(a);
        }
        arena_free(a);
        return found;
}
