/* page_words.c - the words and places that pdftotext and tesseract print in one and the same form: twelve columns, one
 * line a page, a block, a line of text or a word. */
#include "page_priv.h"

#include "dd_text.h"

#include <ctype.h>

#define COLUMNS    12
#define WORDS_MAX  600000
#define LEVEL_PAGE 1
#define LEVEL_LINE 4
#define LEVEL_WORD 5
#define PLACE_MAX  100000.0
#define BAD_LIST   "Không hiểu kết quả đọc các trang của tệp này; tệp có thể hỏng. Hãy xuất hoặc quét lại văn bản."

/* Digits with a point and a sign; anything else is no number. */
static bool
number(struct str s, double *ret)
{
        double v = 0, unit = 1;
        size_t i = s.n > 0 && s.p[0] == '-', digits = 0;
        bool point = false;

        for (; i < s.n; i++) {
                if (s.p[i] == '.' && !point) {
                        point = true;
                        continue;
                }
                if (!isdigit((unsigned char)s.p[i]) || ++digits > 18)
                        return false;
                v = v * 10 + (s.p[i] - '0');
                unit *= point ? 10 : 1;
        }
        *ret = (s.p != NULL && s.n > 0 && s.p[0] == '-' ? -v : v) / unit;
        return digits > 0 && *ret >= -PLACE_MAX && *ret <= PLACE_MAX;
}

static bool
columns_take(struct str row, struct str col[COLUMNS])
{
        for (size_t i = 0; i + 1 < COLUMNS; i++)
                if (!str_cut(&row, '\t', &col[i]) || row.p == NULL)
                        return false;
        col[COLUMNS - 1] = row;
        return true;
}

/* Control characters and such would only confuse the people who read it; what stands alone without letters may stay. */
static struct str
word_text(struct arena *a, struct str s)
{
        char *out = arena_alloc(a, s.n + 1);
        size_t n = 0, i = 0;

        while (i < s.n) {
                size_t from = i;
                uint32_t cp = utf8_next(s, &i);

                if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0xfeff || (cp == 0xfffd && i == from + 1))
                        continue;
                memcpy(out + n, s.p + from, i - from);
                n += i - from;
        }
        return str_trim(text_nfc(a, (struct str){ out, n }));
}

struct taking {
        struct dd_ctx *c;
        struct raw_pages *ret;
        double scale;
        int32_t line;
        struct word *v; /* of all pages, one behind the other; room for as many as there are lines */
        size_t words, room;
};

static enum dd_err
row_take(struct taking *t, struct str col[COLUMNS])
{
        double level, v[5];
        struct raw_page *p = t->ret->n ? &t->ret->v[t->ret->n - 1] : NULL;
        struct word w = { 0 };

        if (!number(col[0], &level) || level < LEVEL_PAGE || level > LEVEL_WORD)
                return dd_fail(t->c, DD_EFORMAT, BAD_LIST);
        for (size_t i = 0; i < ARRAY_LEN(v); i++)
                if (!number(col[6 + i], &v[i])) { /* beyond every page: nobody sees it */
                        if ((int)level != LEVEL_PAGE)
                                return DD_OK;
                        v[i] = 0;
                }
        if ((int)level == LEVEL_PAGE) {
                if (t->ret->n >= PAGE_MAX)
                        return dd_fail(t->c, DD_ETOOBIG,
                                       "Văn bản có hơn %d trang nên không được đọc. Hãy tách thành nhiều tệp nhỏ hơn "
                                       "rồi tải lên lại.",
                                       PAGE_MAX);
                p = VEC_PUSH(t->c->arena, t->ret);
                p->words.v = t->v + t->words;
                p->w = v[2] * t->scale;
                p->h = v[3] * t->scale;
                if (p->w > 0 && p->h > 0)
                        return DD_OK;
                return dd_fail(
                    t->c, DD_EFORMAT,
                    "Không đọc được trang %d của tệp này; tệp có thể hỏng. Hãy quét hoặc xuất lại văn bản rồi tải "
                    "lên lại.",
                    (int)t->ret->n);
        }
        t->line += (int)level == LEVEL_LINE;
        if ((int)level != LEVEL_WORD || p == NULL || t->words >= t->room)
                return DD_OK;
        w = (struct word){
                v[0] * t->scale,
                v[1] * t->scale,
                (v[0] + v[2]) * t->scale,
                (v[1] + v[3]) * t->scale,
        };
        w.text = word_text(t->c->arena, col[COLUMNS - 1]);
        w.confidence = v[4] < 0 ? 0 : v[4] > 100 ? 100 : (int32_t)v[4];
        w.line = t->line;
        if (w.text.n > 0 && w.x1 > w.x0 && w.y1 > w.y0) {
                p->words.v[p->words.n++] = w;
                p->words.cap = p->words.n; /* growing copies it */
                t->words++;
        }
        return DD_OK;
}

enum dd_err
page_words(struct dd_ctx *c, struct str tsv, double scale, struct raw_pages *ret)
{
        struct taking t = { .c = c, .ret = ret, .scale = scale };
        struct str row, col[COLUMNS];

        *ret = (struct raw_pages){ 0 };
        if (!str_cut(&tsv, '\n', &row) || !str_starts(row, S("level\t")))
                return dd_fail(c, DD_EFORMAT, BAD_LIST);
        for (size_t i = 0; i < tsv.n && t.room < WORDS_MAX; i++)
                t.room += tsv.p[i] == '\n';
        t.v = arena_array(c->arena, ++t.room, sizeof *t.v);
        while (str_cut(&tsv, '\n', &row)) {
                if (row.n == 0)
                        continue;
                if (!columns_take(row, col)) /* a word with a line end in it goes on here */
                        continue;
                TRY(row_take(&t, col));
        }
        return DD_OK;
}
