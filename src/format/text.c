/* text.c - plain text to blocks: one block a paragraph or table row. Wrapped lines are joined only where the next one
 * starts with a small letter, so that lists and heads keep their lines. */
#include "text_priv.h"

#include "dd_text.h"

#include <ctype.h>

#define JOIN_LINES 400 /* a paragraph of more lines is no paragraph */
#define WRAP_MIN   58  /* a line that reaches a margin, */
#define WRAP_MAX   120 /* and one that lies beyond any */

struct block *
text_block(struct text_build *t, enum block_kind kind, const struct line *l)
{
        struct block *b = VEC_PUSH(t->a, t->b);

        b->kind = kind;
        b->line = l->no;
        return b;
}

int32_t
text_cp_at(const struct line *l, const char *p)
{
        return l->cp + (int32_t)utf8_len((struct str){ l->s.p, (size_t)(p - l->s.p) });
}

/* Markup that a reader of the paper does not see: emphasis, escapes, heading marks, code ticks. "(*)" stays. */
struct str
text_unmark(struct arena *a, struct str s)
{
        char *out;
        size_t n = 0;

        if (!memchr(s.p, '*', s.n) && !memchr(s.p, '\\', s.n) && !memchr(s.p, '`', s.n))
                return str_trim(s);
        out = arena_alloc(a, s.n + 1);
        for (size_t i = 0; i < s.n; i++) {
                char ch = s.p[i];
                bool foot = i > 0 && s.p[i - 1] == '(' && i + 1 < s.n && s.p[i + 1] == ')';

                if ((ch == '*' && !foot) || ch == '`')
                        continue;
                if (ch == '\\' && (i + 1 == s.n || ispunct((unsigned char)s.p[i + 1]) || s.p[i + 1] == '\n'))
                        continue;
                out[n++] = ch;
        }
        return str_trim((struct str){ out, n });
}

/* Only such signs as draw lines: "-----", "***", "===", "\-\-\-", "___". */
bool
text_is_rule(struct str s)
{
        size_t marks = 0;

        for (size_t i = 0; i < s.n; i++) {
                if (str_starts(str_sub(s, i, s.n), S("\xE2\x80")) && i + 2 < s.n && strchr("\x93\x94", s.p[i + 2]))
                        i += 2; /* long dashes */
                else if (!strchr("-*=_\\ \t.", s.p[i]))
                        return false;
                marks += s.p[i] != ' ' && s.p[i] != '\t';
        }
        return marks >= 3;
}

/* "8", "- 8 -", "Trang 3/10" alone in a line. */
bool
text_is_page_no(struct str s)
{
        size_t digits = 0, i = 0;

        if (s.n > 12)
                return false;
        if (s.n > 6 && strncasecmp(s.p, "trang ", 6) == 0)
                i = 6;
        for (; i < s.n; i++) {
                if (isdigit((unsigned char)s.p[i]))
                        digits++;
                else if (!strchr("- /", s.p[i]))
                        return false;
        }
        return digits >= 1 && digits <= 6 && !(digits > 3 && !memchr(s.p, '/', s.n));
}

static enum line_kind
classify(struct str s)
{
        struct str t = str_trim(s);
        size_t bars = 0;

        if (t.n == 0 || str_starts(t, S("![")))
                return LINE_BLANK;
        if (t.p[0] == '|') {
                for (size_t i = 1; i < t.n; i++)
                        bars += t.p[i] == '|' && t.p[i - 1] != '\\';
                if (bars >= 1)
                        return LINE_PIPE;
        }
        if (text_is_grid_rule(t))
                return LINE_PIPE;
        if (text_is_rule(t))
                return LINE_RULE;
        if (text_is_page_no(t))
                return LINE_PAGE_NO;
        if (memchr(t.p, '\t', t.n))
                return LINE_TABS;
        return t.p[0] == '#' ? LINE_HEADING : LINE_PARA;
}

static void
split_lines(struct text_build *t)
{
        struct str rest = t->b->text;
        int32_t cp = 0, no = 1;

        while (rest.n > 0) {
                const char *nl = memchr(rest.p, '\n', rest.n);
                size_t n = nl ? (size_t)(nl - rest.p) : rest.n;
                struct line *l = VEC_PUSH(t->a, &t->lines);

                l->s = (struct str){ rest.p, n };
                l->cp = cp;
                l->no = no++;
                l->kind = classify(l->s);
                cp += (int32_t)utf8_len(l->s) + 1;
                rest = str_sub(rest, n + (nl != NULL), rest.n);
        }
}

static bool
starts_small(struct str s)
{
        struct str t = str_trim(s);
        size_t i = 0;
        uint32_t cp;

        if (t.n == 0)
                return false;
        cp = utf8_next(t, &i);
        if (cp < 0x80)
                return cp >= 'a' && cp <= 'z' && !(i < t.n && (t.p[i] == ')' || t.p[i] == '.'));
        if (cp == 0x111)
                return !(i < t.n && (t.p[i] == ')' || t.p[i] == '.'));
        return (cp >= 0xE0 && cp <= 0xFF) || (cp >= 0x1EA0 && cp <= 0x1EF9 && (cp & 1)) || cp == 0x103 || cp == 0x129 ||
               cp == 0x169 || cp == 0x1A1 || cp == 0x1B0;
}

static bool
ends_open(struct str s)
{
        struct str t = str_trim(s);

        return t.n > 0 && !strchr(".;:!?", t.p[t.n - 1]);
}

/* A text is wrapped when it has long lines and none beyond a margin. */
static void
find_width(struct text_build *t)
{
        size_t width = 0, filled = 0, beyond = 0;

        for (size_t i = 0; i < t->lines.n; i++) {
                size_t n = t->lines.v[i].kind == LINE_PARA ? utf8_len(t->lines.v[i].s) : 0;

                filled += n >= WRAP_MIN && n <= WRAP_MAX;
                beyond += n > WRAP_MAX;
                if (n > width && n <= WRAP_MAX)
                        width = n;
        }
        t->width = filled >= 4 && beyond == 0 ? width : 0;
}

/* "- ", "1.", "a)", "II.", "Điều 2": a paragraph of its own even where the line before is full. */
static bool
starts_item(struct str s)
{
        struct str t = str_trim(s);
        size_t i = 0;

        if (t.n == 0 || strchr("-+|#", t.p[0]) || str_starts(t, S("Điều ")) || str_starts(t, S("Căn cứ")) ||
            str_starts(t, S("Nơi nhận")) || str_starts(t, S("Kính gửi")))
                return true;
        while (i < t.n && i < 6 && isalnum((unsigned char)t.p[i]))
                i++;
        return i > 0 && i + 1 < t.n && (t.p[i] == '.' || t.p[i] == ')') && t.p[i + 1] == ' ';
}

/* The first word of the next line would not have fitted on this one: the break is the margin's. */
static bool
breaks_at_margin(const struct text_build *t, struct str last, struct str next)
{
        struct str word = str_trim(next);
        const char *blank = word.n ? memchr(word.p, ' ', word.n) : NULL;

        if (t->width == 0 || starts_item(next))
                return false;
        if (blank)
                word.n = (size_t)(blank - word.p);
        return utf8_len(last) + 1 + utf8_len(word) > t->width;
}

/* A paragraph with the wrapped lines that follow it. Gives the number of lines used. */
static size_t
paragraph(struct text_build *t, size_t i)
{
        const struct line *first = &t->lines.v[i], *last = first;
        struct block *b = text_block(t, first->kind == LINE_HEADING ? BLOCK_HEADING : BLOCK_PARA, first);
        struct str s;
        size_t n = 1, lead = 0;

        while (i + n < t->lines.n && n < JOIN_LINES && t->lines.v[i + n].kind == LINE_PARA && ends_open(last->s) &&
               (starts_small(t->lines.v[i + n].s) || breaks_at_margin(t, last->s, t->lines.v[i + n].s)))
                last = &t->lines.v[i + n++];
        s = (struct str){ first->s.p, (size_t)(last->s.p + last->s.n - first->s.p) };
        while (lead < s.n && strchr("# \t", s.p[lead]))
                lead++;
        s = str_trim(str_sub(s, lead, s.n));
        b->text = text_unmark(t->a, s);
        b->span.from = text_cp_at(first, s.p);
        b->span.to = b->span.from + (int32_t)utf8_len(s);
        if (b->text.n == 0)
                b->kind = BLOCK_RULE;
        return n;
}

static size_t
mark_line(struct text_build *t, size_t i, enum block_kind kind)
{
        const struct line *l = &t->lines.v[i];
        struct str s = str_trim(l->s);
        struct block *b = text_block(t, kind, l);

        b->text = s;
        b->span.from = text_cp_at(l, s.p);
        b->span.to = b->span.from + (int32_t)utf8_len(s);
        return 1;
}

static size_t
one_block(struct text_build *t, size_t i)
{
        size_t used = text_columns(t, i);

        if (used)
                return used;
        switch (t->lines.v[i].kind) {
        case LINE_BLANK:
                return 1;
        case LINE_RULE:
                return mark_line(t, i, BLOCK_RULE);
        case LINE_PAGE_NO:
                return mark_line(t, i, BLOCK_PAGE_NO);
        case LINE_PIPE:
                return text_pipe_row(t, i);
        case LINE_TABS:
                used = text_tab_row(t, i);
                return used ? used : paragraph(t, i);
        default:
                t->tab_cols = 0;
                return paragraph(t, i);
        }
}

enum dd_err
text_read_decoded(struct dd_ctx *c, struct str text, struct blocks *ret)
{
        struct text_build t = { .a = c->arena, .b = ret };

        *ret = (struct blocks){ .format = S("text"), .text = text };
        split_lines(&t);
        find_width(&t);
        for (size_t i = 0; i < t.lines.n;)
                i += one_block(&t, i);
        if (ret->n == 0)
                return dd_fail(c, DD_EINVAL, "Tệp không có chữ nào đọc được. Hãy kiểm tra lại tệp rồi gửi lại.");
        return DD_OK;
}

enum dd_err
text_read(struct dd_ctx *c, struct str bytes, struct blocks *ret)
{
        struct str text;

        TRY(text_decode(c, bytes, &text));
        return text_read_decoded(c, text, ret);
}
