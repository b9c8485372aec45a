/* Widths of text in Times New Roman: for rules "as long as the text", for breaking long names, for heights of rows.
 * Vietnamese letters are as wide as their base letter, except those with a horn. */
#include "times_priv.h"

#include "dd_text.h"

/* 1/1000 em, U+0020..U+007E */
static const uint16_t widths[2][95] = {
        { 250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
          500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
          556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
          722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
          278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541 },
        { 250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500,  500,
          500, 500, 500, 500, 500, 500,  500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722,  667,
          611, 778, 778, 389, 500, 778,  667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722,
          722, 667, 333, 278, 333, 581,  500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333,  556,
          278, 833, 556, 500, 556, 556,  444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394,  520 },
};
enum { HORN_O = 1, HORN_U };
static const uint16_t horn_u[2] = { 776, 796 }, horn_u_small[2] = { 542, 600 };
static const uint16_t horn_o_small[2] = { 529, 554 };

/* Capitals stand at even code points of a range, their small letters behind them. */
static const struct {
        uint16_t from, to;
        char base; /* capital letter; or HORN_O, HORN_U */
} ranges[] = {
        { 0x102, 0x103, 'A' },    { 0x110, 0x111, 'D' },      { 0x128, 0x129, 'I' },   { 0x168, 0x169, 'U' },
        { 0x1a0, 0x1a1, HORN_O }, { 0x1ea0, 0x1eb7, 'A' },    { 0x1eb8, 0x1ec7, 'E' }, { 0x1ec8, 0x1ecb, 'I' },
        { 0x1ecc, 0x1ed9, 'O' },  { 0x1eda, 0x1ee3, HORN_O }, { 0x1ee4, 0x1ee7, 'U' }, { 0x1ee8, 0x1ef1, HORN_U },
        { 0x1ef2, 0x1ef9, 'Y' },
};
/* U+00C0..U+00DF; the same letters in small follow 0x20 later. '-': not used in Vietnamese. */
static const char latin1[] = "AAAAAA-CEEEEIIIIDNOOOOO-OUUUUY--";

static uint32_t
letter_width(char base, bool small, bool bold)
{
        if (base == HORN_U)
                return small ? horn_u_small[bold] : horn_u[bold];
        if (base == HORN_O)
                return small ? horn_o_small[bold] : widths[bold]['O' - 0x20];
        return widths[bold][base - 0x20 + (small ? 0x20 : 0)];
}

static uint32_t
char_width(uint32_t cp, bool bold)
{
        if (cp < 0x20 || (cp >= 0x300 && cp < 0x370))
                return 0;
        if (cp < 0x7f)
                return widths[bold][cp - 0x20];
        if (cp == 0xa0)
                return widths[bold][0];
        if (cp >= 0xc0 && cp <= 0xff && latin1[cp & 0x1f] != '-')
                return letter_width(latin1[cp & 0x1f], cp >= 0xe0, bold);
        if (cp == 0x1af || cp == 0x1b0)
                return letter_width(HORN_U, cp == 0x1b0, bold);
        for (size_t i = 0; i < ARRAY_LEN(ranges); i++)
                if (cp >= ranges[i].from && cp <= ranges[i].to)
                        return letter_width(ranges[i].base, cp & 1, bold);
        return cp == 0x2014 || cp == 0x2026 ? 1000 : 500;
}

static int32_t
line_width(struct str s, int32_t size_pt, bool bold)
{
        uint64_t em = 0;

        for (size_t i = 0; i < s.n;)
                em += char_width(utf8_next(s, &i), bold);
        return (int32_t)(em * (uint64_t)size_pt * 20 / 1000);
}

int32_t
times_width(struct str text, int32_t size_pt, bool bold)
{
        int32_t widest = 0;
        struct str line;

        while (text.n != 0 && str_cut(&text, '\n', &line)) {
                int32_t w = line_width(line, size_pt, bold);

                widest = w > widest ? w : widest;
        }
        return widest;
}

/* ---- breaking ------------------------------------------------------------------------------------------ */

#define MAX_WORDS 64

struct words {
        struct str line;
        size_t from[MAX_WORDS], to[MAX_WORDS];
        size_t n;
        int32_t size_pt;
        bool bold;
};

static void
split_words(struct words *w, struct str line)
{
        w->line = line;
        w->n = 0;
        for (size_t i = 0; i < line.n && w->n < MAX_WORDS;) {
                while (i < line.n && line.p[i] == ' ')
                        i++;
                size_t from = i;
                while (i < line.n && (line.p[i] != ' ' || w->n == MAX_WORDS - 1))
                        i++;
                if (i > from) {
                        w->from[w->n] = from;
                        w->to[w->n++] = i;
                }
        }
}

static int32_t
words_width(const struct words *w, size_t first, size_t last)
{
        return line_width(str_sub(w->line, w->from[first], w->to[last]), w->size_pt, w->bold);
}

/* May a line end behind word i? After a comma, and before words that begin a new group of words. */
static bool
good_end(const struct words *w, size_t i)
{
        static const char *const openers[] = { "của", "và", "về", "năm", "tại", "theo", "giai", "đến", "tỉnh", "trên",
                                               "CỦA", "VÀ", "VỀ", "NĂM", "TẠI", "THEO", "GIAI", "ĐẾN", "TỈNH", "TRÊN" };
        struct str next = str_sub(w->line, w->from[i + 1], w->to[i + 1]);

        if (strchr(",;", w->line.p[w->to[i] - 1]) != NULL)
                return true;
        for (size_t k = 0; k < ARRAY_LEN(openers); k++)
                if (str_eq(next, str_of(openers[k])))
                        return true;
        return false;
}

/* Cost of words first..last as one line: squared slack, less when it ends a group of words. */
static double
line_cost(const struct words *w, size_t first, size_t last, int32_t max)
{
        double slack = (max - words_width(w, first, last)) / (double)max;
        double cost = slack * slack;

        if (slack < 0)
                return 100 + cost;
        if (last + 1 < w->n && !good_end(w, last))
                cost += 1.2;
        return cost;
}

static void
break_line(struct words *w, int32_t max, struct dd_buf *out)
{
        double best[MAX_WORDS + 1] = { 0 }; /* of the words from i on */
        size_t next[MAX_WORDS + 1];

        for (size_t i = w->n; i-- > 0;) {
                best[i] = 1e9;
                for (size_t j = i; j < w->n; j++) {
                        double cost = 0.5 + line_cost(w, i, j, max) + best[j + 1];

                        if (cost < best[i]) {
                                best[i] = cost;
                                next[i] = j + 1;
                        }
                }
        }
        for (size_t i = 0; i < w->n; i = next[i]) {
                if (i > 0)
                        buf_str(out, S(" \n"));
                buf_str(out, str_sub(w->line, w->from[i], w->to[next[i] - 1]));
        }
}

struct str
times_break(struct arena *a, struct str text, int32_t size_pt, bool bold, int32_t max)
{
        AUTO_BUF out = { 0 };
        struct str line;
        bool first = true;

        while (text.n != 0 && str_cut(&text, '\n', &line)) {
                struct words w = { .size_pt = size_pt, .bold = bold };

                if (!first)
                        buf_c(&out, '\n');
                first = false;
                if (line_width(line, size_pt, bold) <= max) {
                        buf_str(&out, line);
                        continue;
                }
                split_words(&w, line);
                break_line(&w, max, &out);
        }
        return str_dup(a, buf_view(&out));
}

/* ---- lines of a cell ----------------------------------------------------------------------------------- */

static size_t
wrapped_lines(struct str line, int32_t size_pt, bool bold, int32_t max)
{
        int32_t space = line_width(S(" "), size_pt, bold), used = 0;
        size_t lines = 1;
        struct str word;

        while (line.n != 0 && str_cut(&line, ' ', &word)) {
                int32_t w = line_width(word, size_pt, bold);

                if (used != 0 && used + space + w > max) {
                        lines++;
                        used = 0;
                }
                used += (used == 0 ? 0 : space) + w;
                if (used > max) { /* a word longer than the line is cut by letters */
                        lines += (size_t)(used / max);
                        used %= max;
                }
        }
        return lines;
}

size_t
times_lines(struct str text, int32_t size_pt, bool bold, int32_t max)
{
        size_t lines = 0;
        struct str line;

        while (text.n != 0 && str_cut(&text, '\n', &line))
                lines += wrapped_lines(line, size_pt, bold, max);
        return lines == 0 ? 1 : lines;
}
