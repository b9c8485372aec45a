/* page_triage.c - what pdftotext's words say of each page: is there a text at all, is it a language, does it stand as
 * in a table. */
#include "page_priv.h"

#include "dd_text.h"

#include <math.h>

#define WORDS_FEW   25  /* a page with fewer may be a scan with a signature's stamp on it */
#define ALIEN_SHARE 8   /* one word in so many with letters no Vietnamese word has: the font tells lies */
#define WIDE_GAP    1.1 /* of the letters' height: no blank between two words is so wide */
#define SPLIT_LINES 3   /* lines in three pieces that make a page look like a table */
#define PIECES      3
#define INK         128
#define INK_LEAST   0.002 /* of a page's dots */
#define BAD_PARTS   "Không hiểu kết quả đọc các trang của tệp này; tệp có thể hỏng. Hãy xuất hoặc quét lại văn bản."

/* Letters that stand in Vietnamese words only when a TCVN3 or VNI font has been read as Latin-1, and private ones. */
static bool
is_alien(uint32_t cp)
{
        static const char *const latin = "¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿ÄÅÆÇËÏÑÖØÛÜÞßäåæçëïñöøûüþÿ";
        struct str s = str_of(latin);

        if ((cp >= 0xE000 && cp <= 0xF8FF) || cp == 0xFFFD)
                return true;
        if (cp < 0xA1 || cp > 0xFF)
                return false;
        for (size_t i = 0; i < s.n;)
                if (utf8_next(s, &i) == cp)
                        return true;
        return false;
}

/* An alien letter beside a plain one: "§¶ng" but not "100°" or "«". */
static bool
word_is_alien(struct str s)
{
        bool plain = false, alien = false;

        for (size_t i = 0; i < s.n;) {
                uint32_t cp = utf8_next(s, &i);

                plain = plain || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
                alien = alien || is_alien(cp);
        }
        return alien && (plain || s.n > 3);
}

bool
page_text_is_broken(const struct words *w)
{
        size_t alien = 0;

        for (size_t i = 0; i < w->n; i++)
                alien += word_is_alien(w->v[i].text);
        return alien * ALIEN_SHARE > w->n;
}

static int
by_height(const void *a, const void *b)
{
        const struct word *x = a, *y = b;
        double dx = x->y0 + x->y1, dy = y->y0 + y->y1;

        if (dx != dy)
                return dx < dy ? -1 : 1;
        return x->x0 < y->x0 ? -1 : x->x0 > y->x0;
}

static int
by_left(const void *a, const void *b)
{
        const struct word *x = a, *y = b;

        return x->x0 < y->x0 ? -1 : x->x0 > y->x0;
}

/* Pieces of one line of the page, told by wide gaps. */
static int
pieces(struct word *v, size_t n)
{
        int count = 1;
        double right = 0;

        qsort(v, n, sizeof *v, by_left);
        right = v[0].x1;
        for (size_t i = 1; i < n; i++) {
                if (v[i].x0 - right > WIDE_GAP * (v[i].y1 - v[i].y0))
                        count++;
                right = v[i].x1 > right ? v[i].x1 : right;
        }
        return count;
}

static bool
stands_as_table(struct arena *a, const struct words *w)
{
        struct word *v = arena_array(a, w->n + 1, sizeof *v);
        int lines = 0;

        memcpy(v, w->v, w->n * sizeof *v);
        qsort(v, w->n, sizeof *v, by_height);
        for (size_t i = 0, k; i < w->n; i = k) {
                double low = v[i].y1 - 0.3 * (v[i].y1 - v[i].y0);

                for (k = i + 1; k < w->n && (v[k].y0 + v[k].y1) / 2 < low;)
                        k++;
                lines += pieces(v + i, k - i) >= PIECES;
        }
        return lines >= SPLIT_LINES;
}

static uint16_t
px_of(const struct raw_page *p, double dpi)
{
        double longest = p->w > p->h ? p->w : p->h, px = longest * dpi / 72;

        return (uint16_t)(px > PAGE_PX_MAX ? PAGE_PX_MAX : px < 64 ? 64 : lround(px));
}

/* ---- pages with few words ---------------------------------------------------------------------------------------- */

/* Takes the words off the picture and says whether what is left is more than a signature or a rule. */
static bool
ink_is_left(struct arena *a, struct str pgm, const struct raw_page *p)
{
        struct grey g, rest;
        size_t left = 0, dots;

        if (!grey_take(&pgm, &g))
                return true;
        dots = (size_t)g.w * (size_t)g.h;
        rest = grey_new(a, g.w, g.h);
        memcpy(rest.p, g.p, dots);
        for (size_t i = 0; i < p->words.n; i++) {
                const struct word *w = &p->words.v[i];
                int32_t x0 = (int32_t)(w->x0 / p->w * g.w) - 1, x1 = (int32_t)(w->x1 / p->w * g.w) + 1;
                int32_t y0 = (int32_t)(w->y0 / p->h * g.h) - 1, y1 = (int32_t)(w->y1 / p->h * g.h) + 1;

                for (int32_t y = y0 < 0 ? 0 : y0; y <= y1 && y < g.h; y++)
                        for (int32_t x = x0 < 0 ? 0 : x0; x <= x1 && x < g.w; x++)
                                rest.p[(size_t)y * (size_t)g.w + (size_t)x] = 255;
        }
        for (size_t i = 0; i < dots; i++)
                left += rest.p[i] < INK;
        return (double)left > INK_LEAST * (double)dots;
}

/* Words and the small pictures that came with them, page by page. */
static enum dd_err
parts_look(struct dd_ctx *c, struct str bytes, struct str *ret_words, struct str *pictures)
{
        while (bytes.n > 0) {
                struct page_part head;
                struct str body;

                if (!part_take(&bytes, &head, &body) || head.page > PAGE_MAX)
                        return dd_fail(c, DD_EFORMAT, BAD_PARTS);
                if (head.kind == PART_WORDS)
                        *ret_words = body;
                else if (head.kind == PART_SMALL && head.page > 0)
                        pictures[head.page - 1] = body;
        }
        return DD_OK;
}

bool
needs_put(const struct raw_pages *pages, const struct str *pictures, struct dd_buf *out)
{
        struct arena *scratch = arena_new(0);
        bool any = false;

        for (size_t i = 0; i < pages->n; i++) {
                const struct raw_page *p = &pages->v[i];
                struct page_need need = { .px_scan = px_of(p, PAGE_DPI), .px_rules = px_of(p, 72) };

                if (p->words.n == 0) /* a blank page is told later, at little cost */
                        need.scan = SCAN_YES;
                else if (p->words.n < WORDS_FEW)
                        need.scan = pictures[i].n == 0                     ? SCAN_DOUBT
                                    : ink_is_left(scratch, pictures[i], p) ? SCAN_YES
                                                                           : SCAN_NO;
                if (p->words.n > 0 && page_text_is_broken(&p->words))
                        need.scan = SCAN_YES;
                need.rules = need.scan == SCAN_NO && stands_as_table(scratch, &p->words);
                any = any || need.scan != SCAN_NO || need.rules;
                buf_put(out, &need, sizeof need);
                arena_reset(scratch);
        }
        arena_free(scratch);
        return any;
}

enum dd_err
page_triage(struct dd_ctx *c, struct str bytes, struct dd_buf *out)
{
        struct str *pictures = arena_array(c->arena, PAGE_MAX, sizeof *pictures), words = bytes;
        struct raw_pages pages;

        if (str_starts(bytes, S("PDP1"))) {
                words = STR_NONE;
                TRY(parts_look(c, bytes, &words, pictures));
        }
        TRY(page_words(c, words, 1, &pages));
        needs_put(&pages, pictures, out);
        return DD_OK;
}
