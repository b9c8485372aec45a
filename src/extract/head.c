/* head.c - the head of a paper: number, place and date, kind, addressee. Places are found by what stands there, not by
 * lines: heads come as tables, columns, or one flattened line. */
#include "extract_priv.h"

#include "agency_priv.h"
#include "dd_text.h"

#include <ctype.h>

#define HEAD_BYTES  4000
#define PLACE_WORDS 5

struct field
field_at(struct xt *x, size_t from, size_t to, int confidence, const char *rule)
{
        return (struct field){ .text = squeezed(x->a, view_str(&x->f.v, from, to)),
                               .span = flow_span(&x->f, from, to),
                               .confidence = confidence,
                               .rule = rule };
}

static bool
line_start(const struct view *v, size_t at)
{
        while (at > 0 && strchr(" \t-*_", v->bare[at - 1]))
                at--;
        return at == 0 || v->bare[at - 1] == '\n';
}

/* ---- number --------------------------------------------------------------------------------------------- */

static size_t
number_read(struct xt *x, const struct part *p, size_t limit, struct draft_document *d, struct str *ret_type)
{
        const struct view *v = &x->f.v;

        for (size_t i = p->from; i < limit; i = view_next(v, i)) {
                size_t end;
                struct code code;

                if (v->bare[i] != 's' || (i > 0 && bare_word(v->bare[i - 1])))
                        continue;
                end = pat(v, i, "so_:", NULL);
                if (!end && line_start(v, i))
                        end = marked_at(v, i, "số");
                if (!end || !scan_code(x, v, end, &code))
                        continue;
                if (code.text.n) {
                        d->number = field_at(x, code.from, code.to, code.spaced ? 90 : 98, "number-label");
                        d->number.text = code.text;
                        if (code.spaced)
                                d->number.note = S("Trong số, ký hiệu có dấu cách thừa.");
                }
                *ret_type = code.type;
                return code.to;
        }
        return 0;
}

/* ---- place and date ------------------------------------------------------------------------------------- */

static bool
has_digit(const struct view *v, size_t from, size_t to)
{
        for (size_t i = from; i < to; i++) {
                if (isdigit((unsigned char)v->bare[i]) || v->bare[i] == '/')
                        return true;
        }
        return false;
}

/* Every word capitalised; OCR may have torn one ("Qu ả ng Ngãi"), so that short small pieces are let through. */
static bool
like_name(const struct view *v, size_t from, size_t to)
{
        for (size_t i = from; i < to;) {
                size_t end = i;

                while (end < to && v->bare[end] != ' ')
                        end = view_next(v, end);
                if (view_case(v, i) == CASE_SMALL && end - i > 3)
                        return false;
                i = view_skip(v, end, " ");
        }
        return true;
}

/* Where the number behind a capitalised word begins that ends at `end`, 0 = none. */
static size_t
numbered_name(const struct view *v, size_t from, size_t end)
{
        size_t at = end, word;

        while (at > from && end - at < 3 && isdigit((unsigned char)v->bare[at - 1]))
                at--;
        if (at == end || end - at > 2 || at < from + 3 || v->bare[at - 1] != ' ')
                return 0;
        for (word = at - 1; word > from && bare_word(v->bare[word - 1]);)
                word--;
        return view_case(v, word) == CASE_CAPITAL && view_case(v, view_next(v, word)) == CASE_SMALL ? at : 0;
}

/* The name before ", ngày": the line's beginning when it is short, else the run of capitalised words. */
static size_t
place_start(const struct view *v, size_t from, size_t end)
{
        size_t line = end, word = end, best = end;

        while (line > from && v->bare[line - 1] != '\n')
                line--;
        line = view_skip(v, line, " \t*");
        if (pat(v, line, "(quan|phuong) {n}", NULL) == end)
                return line;
        if (end - line <= 48 && (like_name(v, line, end) || pat(v, line, "(thanh pho|tinh) ", NULL)) &&
            view_case(v, line) == CASE_CAPITAL && !has_digit(v, line, end) &&
            memchr(v->bare + line, ':', end - line) == NULL && end - line > 2 &&
            utf8_len((struct str){ v->t + line, end - line }) < 30)
                return line;
        line = numbered_name(v, from, end); /* "Bảo Lâm 1": communes of 2025 that share a name */
        word = line ? line : end;
        for (int k = 0; k < PLACE_WORDS && word > from; k++) {
                size_t stop = word;

                while (stop > from && strchr(" \t", v->bare[stop - 1]))
                        stop--;
                word = stop;
                while (word > from && !strchr(" \t\n", v->bare[word - 1]))
                        word--;
                if (word == stop || view_case(v, word) != CASE_CAPITAL || has_digit(v, word, stop) ||
                    view_case(v, view_next(v, word)) != CASE_SMALL)
                        break;
                best = word;
                if (word > 0 && v->bare[word - 1] == '\n')
                        break;
        }
        return best;
}

/* "ngày      tháng    năm 2025": a date still to be written. */
static size_t
blank_date(const struct view *v, size_t at)
{
        size_t i = view_skip(v, at, " .\n\t\2"), end;

        end = pat(v, i, "thang", NULL);
        if (!end)
                return 0;
        i = view_skip(v, end, " .\n\t\2");
        return pat(v, i, "[{n}]_nam", NULL);
}

/* "Trước ngày 15 tháng 5 năm 2024", "Từ ngày ...": a time in the text, whatever stands before it in capitals. */
#define NO_PLACE                                                                                                       \
        "(truoc|tu|den|sau|trong|vao|ke tu|tinh tu|hoan thanh|cham nhat|cham nhat la|xong|xong truoc|bat dau|bat dau " \
        "tu|ket thuc|sang|chieu|toi|trua|dem|thu (hai|ba|tu|nam|sau|bay)|chu nhat|ngay|thoi gian|thoi han|hom nay|"    \
        "hoan thanh truoc|den het|het|du kien|can cu|theo)"

/* "ngày 3O tháng 8", "ngày l5": letters that a scan made of the digits of a dateline. The person is asked to look. */
static bool
torn_date(struct xt *x, const struct view *v, size_t *at, struct draft_document *d)
{
        struct view part = view_sub(v, *at, *at + 48);
        char *bare = arena_alloc(x->a, part.n + 1);
        size_t end = 0;
        bool changed = false;

        memcpy(bare, part.bare, part.n);
        for (size_t i = 0; i < part.n; i++) {
                bool beside = (i > 0 && isdigit((unsigned char)bare[i - 1])) ||
                              (i + 1 < part.n && isdigit((unsigned char)bare[i + 1]));

                if (!beside || (bare[i] != 'o' && bare[i] != 'l'))
                        continue;
                bare[i] = bare[i] == 'o' ? '0' : '1';
                changed = true;
        }
        part.bare = bare;
        if (!changed || !scan_date(&part, &end, &d->date))
                return false;
        d->date_text = field_at(x, *at, *at + end, 55, "dateline-scan");
        d->date_text.text = day_iso(x->a, d->date);
        *at += end;
        return true;
}

static size_t
date_read(struct xt *x, struct part *p, size_t limit, struct draft_document *d)
{
        const struct view *v = &x->f.v;
        size_t from = p->from;

        d->date = DD_NO_DAY;
        for (size_t i = from; i < limit; i = view_next(v, i)) {
                size_t end = v->bare[i] == 'n' && (i == 0 || !bare_word(v->bare[i - 1])) ? pat(v, i, "ngay", NULL) : 0;
                size_t place_end = i, place, at;
                int32_t day;

                if (!end)
                        continue;
                while (place_end > from && strchr(" \n\t,", v->bare[place_end - 1]))
                        place_end--;
                place = place_start(v, from, place_end);
                if (place >= place_end || pat(v, place, NO_PLACE, NULL) >= place_end)
                        continue;
                at = view_skip(v, end, " \n\t");
                if (!memchr(v->bare + place_end, ',', i - place_end) && !pat(v, at, "{n}_thang", NULL) &&
                    !blank_date(v, end))
                        continue; /* "KTTHTX ngày 02/6/2023": a date inside a subject */
                if (scan_date(v, &at, &day)) {
                        d->date = day;
                        d->date_text = field_at(x, i, at, 98, "dateline");
                        d->date_text.text = day_iso(x->a, day);
                } else if (torn_date(x, v, &at, d)) {
                        ;
                } else if (!(at = blank_date(v, end))) {
                        continue;
                }
                p->dateline = place;
                end = pat(v, place, "(thanh pho|tp.|tp|tinh) ", NULL);
                if (end && end < place_end)
                        place = view_skip(v, end, " ");
                d->place = field_at(x, place, place_end, 95, "dateline");
                return at;
        }
        return 0;
}

/* ---- kind ----------------------------------------------------------------------------------------------- */

/* The first type word in capitals from `at` on, outside brackets. */
static size_t
type_find(const struct view *v, size_t at, size_t limit, struct str *ret_type, size_t *ret_end)
{
        int depth = 0;

        for (size_t i = at; i < limit; i = view_next(v, i)) {
                size_t end;

                depth += v->bare[i] == '[';
                depth -= v->bare[i] == ']' && depth > 0;
                if (depth > 0 || !isalpha((unsigned char)v->bare[i]) || (i > 0 && bare_word(v->bare[i - 1])))
                        continue;
                if (line_start(v, i) && pat(v, i, "(can cu|kinh gui|noi nhan|dieu)", NULL))
                        break;
                if (view_case(v, i) != CASE_CAPITAL || view_case(v, view_next(v, i)) == CASE_SMALL)
                        continue;
                end = scan_type(v, i, ret_type);
                if (!end && line_start(v, i)) /* "KÉ HOẠCH" alone in its line: marks that a scan changed */
                        end = scan_type_torn(v, i, ret_type);
                if (end && view_capitals(v, i, end)) {
                        *ret_end = end;
                        return i;
                }
        }
        return limit;
}

static size_t
subject_line(const struct view *v, size_t from, size_t limit)
{
        for (size_t i = from; i < limit; i = view_next(v, i)) {
                if (v->bare[i] == 'v' && (i == 0 || !bare_word(v->bare[i - 1]))) {
                        size_t end = pat(v, i, "v/v_[:|.]_", NULL);

                        if (end)
                                return end;
                }
        }
        for (size_t i = from; i < limit; i = view_next(v, i)) { /* written out, in a line of its own */
                size_t end = v->bare[i] == 'v' && line_start(v, i) ? pat(v, i, "ve viec_[:]_", NULL) : 0;

                if (end)
                        return end;
        }
        return 0;
}

/* "Kính gửi: A; B." to the end of its paragraph or list. */
static void
addressee_read(struct xt *x, struct part *p, size_t from, size_t limit, struct draft_document *d)
{
        const struct view *v = &x->f.v;
        struct view head = view_sub(v, from, limit);
        size_t end, at = pat_find(&head, 0, "kinh gui_[:]_", &end);
        size_t seg, to;

        if (at >= head.n)
                return;
        end += from;
        seg = flow_seg_at(&x->f, end > 0 ? end - 1 : 0);
        to = x->f.segs[seg].to;
        if (to <= view_skip(v, end, " \n") && seg + 1 < x->f.n_segs)
                to = x->f.segs[++seg].to;
        while (seg + 1 < x->f.n_segs && item_read(&x->f, seg + 1).kind == ITEM_DASH && x->f.segs[seg + 1].to < limit)
                to = x->f.segs[++seg].to;
        if (to - end > 600) /* flattened: the letter itself follows on the same line */
                to = end;
        if (to > end)
                d->addressee = field_at(x, view_skip(v, end, " \n-"), to, 92, "addressee");
        while (d->addressee.text.n && strchr(".;", d->addressee.text.p[d->addressee.text.n - 1]))
                d->addressee.text.n--;
        if (to > p->body)
                p->body = to;
}

static void
kind_set(struct draft_document *d, struct str type, struct span span, int confidence, const char *rule)
{
        d->type = (struct field){ .text = type, .span = span, .confidence = confidence, .rule = rule };
}

void
head_read(struct xt *x, struct part *p, struct draft_document *d)
{
        const struct view *v = &x->f.v;
        size_t limit = p->from + HEAD_BYTES < p->foot ? p->from + HEAD_BYTES : p->foot;
        struct str symbol_type = STR_NONE, type = STR_NONE;
        size_t number = number_read(x, p, limit, d, &symbol_type), date = date_read(x, p, limit, d);
        size_t at = number > date ? number : date, type_end = 0, type_at, subject;

        if (at == 0) { /* neither number nor date: only a motto or a lone type word makes a head */
                at = p->from;
                limit = at + 1500 < limit ? at + 1500 : limit;
        }
        subject = number ? subject_line(v, p->from, limit) : 0;
        type_at = type_find(v, at, limit, &type, &type_end);
        if (type_at >= limit && number && date > number) { /* under the number, in the left column */
                type_at = type_find(v, number, date, &type, &type_end);
                type_at = type_at < date ? type_at : limit;
        }
        if (type_at < limit && !number && !date && !line_start(v, type_at))
                type_at = limit;
        p->body = at;
        if (subject && (str_eq(symbol_type, S("Công văn")) || type_at >= limit)) {
                kind_set(d, S("Công văn"), flow_span(&x->f, subject, subject), 95, "subject-line");
                title_read(x, p, d, subject);
        } else if (type_at < limit) {
                kind_set(d, type, flow_span(&x->f, type_at, type_end), 97, "type-word");
                title_read(x, p, d, str_eq(type, S("Luật")) || str_eq(type, S("Bộ luật")) ? type_at : type_end);
        } else if (symbol_type.n && number) {
                kind_set(d, symbol_type, d->number.span, 80, "symbol");
        }
        if (str_eq(symbol_type, S("Văn bản hợp nhất")))
                kind_set(d, symbol_type, d->number.span, 97, "symbol");
        issuer_read(x, p, d, number ? number : at);
        addressee_read(x, p, at, limit, d);
}
