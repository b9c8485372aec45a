/* item.c - what a paragraph begins with: "II.", "Điều 2.", "4.10", "đ)", "-", "+", "PHỤ LỤC I". */
#include "extract_priv.h"

#include <ctype.h>

int
roman_value(struct str s)
{
        static const char letters[] = "IVXLC";
        static const int values[] = { 1, 5, 10, 50, 100 };
        int total = 0, last = 1000;

        if (s.n == 0 || s.n > 8)
                return 0;
        for (size_t i = 0; i < s.n; i++) {
                const char *p = s.p[i] ? strchr(letters, s.p[i]) : NULL;
                int v = p ? values[p - letters] : 0;

                if (!v)
                        return 0;
                total += v > last ? v - 2 * last : v;
                last = v;
        }
        return total;
}

static size_t
word_end(const struct view *v, size_t at)
{
        while (at < v->n && bare_word(v->bare[at]))
                at = view_next(v, at);
        return at;
}

/* "4", "4.10", "1.2.3" with an optional stop, then a blank. */
static size_t
number_end(const struct view *v, size_t at)
{
        size_t i = at, digits = 0;

        while (i < v->n && (isdigit((unsigned char)v->bare[i]) ||
                            (v->bare[i] == '.' && i > at && i + 1 < v->n && isdigit((unsigned char)v->bare[i + 1])))) {
                digits += v->bare[i] != '.';
                i++;
        }
        return digits > 0 && digits <= 6 ? i : at;
}

/* "Z." is what OCR makes of "7." now and then; it cannot be a letter of a list. */
static bool
lettered(const struct view *v, struct item *it)
{
        size_t end = view_next(v, it->from);
        size_t k;

        if (it->from >= it->to || !isalpha((unsigned char)v->bare[it->from]))
                return false;
        k = view_skip(v, end, " ");
        if (k >= it->to || v->bare[k] != ')')
                return false;
        it->kind = ITEM_LETTER;
        it->no = view_str(v, it->from, end);
        it->text = view_skip(v, k + 1, " ");
        return true;
}

static bool
numbered(const struct view *v, struct item *it)
{
        size_t end = number_end(v, it->from), k = end;

        if (end == it->from)
                return false;
        if (k < it->to && strchr(".)/", v->bare[k]) && v->bare[k] != '/')
                k++;
        if (k < it->to && v->bare[k] != ' ' && v->bare[k] != '\n' && v->bare[k] != '\t')
                return false;
        if (k == end && !memchr(v->bare + it->from, '.', end - it->from)) /* "12 thành viên": a count */
                return false;
        it->kind = ITEM_NUMBER;
        it->no = view_str(v, it->from, end);
        it->text = view_skip(v, k, " \n\t");
        return true;
}

static bool
roman(const struct view *v, struct item *it)
{
        size_t end = word_end(v, it->from);
        struct str no = view_str(v, it->from, end);

        if (roman_value(no) == 0 || end >= it->to || !strchr(".-/", v->bare[end]))
                return false;
        it->kind = ITEM_ROMAN;
        it->no = no;
        it->text = view_skip(v, end + 1, " \n");
        return true;
}

static bool
article(const struct view *v, struct item *it)
{
        size_t end = pat(v, it->from, "dieu ", NULL), no;

        if (!end || view_case(v, it->from) != CASE_CAPITAL)
                return false;
        no = number_end(v, end);
        if (no == end)
                return false;
        it->kind = ITEM_ARTICLE;
        it->no = view_str(v, end, no);
        it->text = view_skip(v, no, " .:\n");
        return true;
}

static bool
appendix(const struct view *v, struct item *it)
{
        size_t end = pat(v, it->from, "phu luc", NULL), no;

        if (!end || view_case(v, it->from) != CASE_CAPITAL || view_case(v, view_next(v, it->from)) != CASE_CAPITAL)
                return false;
        no = word_end(v, view_skip(v, end, " "));
        it->kind = ITEM_APPENDIX;
        it->no = view_str(v, end, no);
        if (roman_value(it->no) == 0 && !(it->no.n && isdigit((unsigned char)it->no.p[0])))
                it->no = STR_NONE;
        it->text = it->no.n ? no : end;
        return true;
}

struct item
item_read(const struct flow *f, size_t seg)
{
        const struct seg *s = &f->segs[seg];
        struct item it = { .from = s->from, .text = s->from, .to = s->to };
        const struct view *v = &f->v;

        if (s->from >= s->to)
                return it;
        if (strchr("-+", v->bare[it.from]) && (it.from + 1 >= it.to || v->bare[view_next(v, it.from)] == ' ' ||
                                               view_case(v, view_next(v, it.from)) == CASE_CAPITAL)) {
                it.kind = v->bare[it.from] == '+' ? ITEM_PLUS : ITEM_DASH;
                it.text = view_skip(v, view_next(v, it.from), " ");
                return it;
        }
        (void)(numbered(v, &it) || roman(v, &it) || lettered(v, &it) || article(v, &it) || appendix(v, &it));
        return it;
}
