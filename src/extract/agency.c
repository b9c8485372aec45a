/* agency.c - one cell or phrase to the agencies in it: where names begin, where a comma parts two of them and where it
 * stands inside a name ("Bộ Văn hóa, Thể thao và Du lịch") or a class ("Các sở, ngành, địa phương"). */
#include "agency_priv.h"

#include "dd_text.h"

#include <ctype.h>

static uint32_t
lower(uint32_t cp)
{
        if (cp < 0x80)
                return (uint32_t)tolower((int)cp);
        if (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7)
                return cp + 32;
        if ((cp >= 0x1EA0 && cp <= 0x1EF9) || (cp >= 0x100 && cp < 0x180) || cp == 0x1A0)
                return cp | 1;
        return cp == 0x1AF ? 0x1B0 : cp;
}

static uint32_t
low_next(struct str s, size_t *i)
{
        return *i < s.n ? lower(utf8_next(s, i)) : 0;
}

/* The old and the new place of the tone in open oa, uy: "ủy" and "uỷ". */
static bool
same_pair(uint32_t w1, uint32_t w2, uint32_t t1, uint32_t t2)
{
        static const uint16_t pairs[][4] = { { 0x1EE7, 'y', 'u', 0x1EF7 },
                                             { 0xF2, 'a', 'o', 0xE0 },
                                             { 0xF3, 'a', 'o', 0xE1 },
                                             { 0x1ECF, 'a', 'o', 0x1EA3 },
                                             { 0x1ECD, 'a', 'o', 0x1EA1 } };

        for (size_t k = 0; k < ARRAY_LEN(pairs); k++) {
                if (pairs[k][0] == w1 && pairs[k][1] == w2 && pairs[k][2] == t1 && pairs[k][3] == t2)
                        return true;
        }
        return false;
}

size_t
marked_at(const struct view *v, size_t at, const char *word)
{
        struct str t = { v->t, v->n }, w = str_of(word);
        size_t i = at, k = 0;

        if (at >= v->n || ((unsigned char)word[0] < 0x80 && tolower((unsigned char)v->bare[at]) != word[0] &&
                           isalpha((unsigned char)v->bare[at]) && islower((unsigned char)word[0])))
                return 0;
        while (k < w.n) {
                uint32_t a, b;

                if (w.p[k] == ' ') {
                        size_t j = view_skip(v, i, " \n\t");

                        if (j == i)
                                return 0;
                        i = j;
                        k++;
                        continue;
                }
                a = low_next(w, &k);
                b = low_next(t, &i);
                if (a == b)
                        continue;
                if (!same_pair(a, low_next(w, &k), b, low_next(t, &i)))
                        return 0;
        }
        return view_boundary(v, i) ? i : 0;
}

/* A quick no before marked_at: another plain first letter. */
static inline bool
may_stand(const struct view *v, size_t at, const char *word)
{
        return (unsigned char)word[0] >= 0x80 || v->bare[at] == word[0];
}

const struct head_word *
head_at(const struct view *v, size_t at, size_t *ret_end)
{
        if (at >= v->n)
                return NULL;
        for (size_t k = 0; k < N_NO_HEADS; k++) {
                if (may_stand(v, at, NO_HEADS[k]) && marked_at(v, at, NO_HEADS[k]))
                        return NULL;
        }
        for (size_t k = 0; k < N_HEADS; k++) {
                size_t end = may_stand(v, at, HEADS[k].word) ? marked_at(v, at, HEADS[k].word) : 0;

                if (end) {
                        *ret_end = end;
                        return &HEADS[k];
                }
        }
        return NULL;
}

/* An abbreviation that stands for a body, not for a place or a field ("TP", "CN"). */
static bool
names_body(const char *whole)
{
        struct view v = { whole, whole, strlen(whole) };

        for (size_t k = 0; k < N_NO_HEADS; k++) {
                if (marked_at(&v, 0, NO_HEADS[k]))
                        return false;
        }
        for (size_t k = 0; k < N_HEADS; k++) {
                if (marked_at(&v, 0, HEADS[k].word))
                        return true;
        }
        return false;
}

/* Đ, Ư, Ơ: the letters with marks that acronyms hold; a tone makes a word of a line in capitals. */
static bool
plain_letter(const char *t)
{
        return memcmp(t, "\xC4\x90", 2) == 0 || memcmp(t, "\xC6\xAF", 2) == 0 || memcmp(t, "\xC6\xA0", 2) == 0;
}

size_t
acronym_at(const struct view *v, size_t at)
{
        size_t i = at, capitals = 0, small = 0, marked = 0;
        struct str token;

        while (i < v->n && (bare_word(v->bare[i]) || (v->bare[i] == '&' && i > at))) {
                enum letter_case k = view_case(v, i);

                capitals += k == CASE_CAPITAL;
                small += k == CASE_SMALL;
                marked += (unsigned char)v->t[i] >= 0x80 && !plain_letter(v->t + i);
                i = view_next(v, i);
        }
        token = view_str(v, at, i);
        if (abbreviation_of(token) && !names_body(abbreviation_of(token)))
                return 0;
        if (i == at || ((small > 0 || marked > 0) && !abbreviation_of(token)))
                return 0;
        return capitals >= 3 || (capitals > 0 && abbreviation_of(token)) ? i : 0;
}

/* What "các", "một số" may head when agencies are meant. */
#define CLASSES                                                                                                        \
        "(so|bo|ban|nganh|co quan|don vi|dia phuong|huyen|xa|thi xa|thi tran|phuong|dac khu|tinh|thanh pho|quan|"      \
        "thanh vien|to chuc|doan the|dong chi|hoi|uy ban|ubnd|truong|phong|cuc|vu|tong cuc|dang uy|cap uy|dang bo|"    \
        "doanh nghiep|hiep hoi|tap doan|tong cong ty|cong ty|hop tac xa|ngan hang|chi nhanh|to chuc tin dung|benh "    \
        "vien|vien|trung tam|co so|nha truong|chu (dau tu|rung|ho|phuong tien|tau)|nha thau|ho (gia dinh|dan)|trang "  \
        "trai|lien|bao|dai|khu|thon|ap|khom|xom|buon|to dan pho|luc luong|van phong|ca nhan)"

bool
agency_opens(const struct view *v, size_t at)
{
        size_t end;
        const struct head_word *h = head_at(v, at, &end);

        if (!h)
                return acronym_at(v, at) != 0;
        if (!pat(v, at, "(cac|mot so|toan the) ", NULL))
                return true;
        /* "Các kỳ thi" opens like "Các sở" */
        end = view_skip(v, end, " ");
        return pat(v, end, CLASSES, NULL) != 0 || acronym_at(v, end) != 0;
}

/* "TT HĐND", "TT. Tỉnh ủy": two letters that are no name by themselves. */
static size_t
standing_at(const struct view *v, size_t at)
{
        size_t end = pat(v, at, "(tt|ttr)[.][_](hdnd|tinh uy|thanh uy|dang uy|huyen uy|ubnd|tu|tinh doan)", NULL);

        return end && view_case(v, at) == CASE_CAPITAL && view_case(v, at + 1) == CASE_CAPITAL
                   ? at + (v->bare[at + 2] == 'r' ? 3 : 2)
                   : 0;
}

/* "Sớ Thông tin và Truyền thông": the head's marks are lost, the field is known. */
static size_t
damaged_head(const struct view *v, size_t at)
{
        const char *name;
        size_t end = pat(v, at, "(so|bo) ", NULL);

        return end && view_case(v, at) == CASE_CAPITAL && view_case(v, end) == CASE_CAPITAL &&
                       field_prefix(v, end, &name)
                   ? end - 1
                   : 0;
}

bool
agency_head(const struct view *v, size_t at, size_t *ret_end)
{
        size_t end;

        if (head_at(v, at, ret_end))
                return true;
        end = acronym_at(v, at);
        if (!end)
                end = standing_at(v, at);
        if (!end)
                end = damaged_head(v, at);
        if (end)
                *ret_end = end;
        return end != 0;
}

/* ---- splitting ------------------------------------------------------------------------------------------ */

/* A class of bodies: "Các sở, ngành", "Bộ, ngành, địa phương". Its members after commas are no new names. */
static bool
opens_class(const struct view *v, size_t from)
{
        static const char *const heads[] = { "cac ",
                                             "mot so ",
                                             "bo truong_, thu truong ",
                                             "(giam doc|truong|chu tich) cac ",
                                             "(bo|so|ban|nganh|huyen|xa|doanh nghiep|hop tac xa)_, ",
                                             "toan the ",
                                             "thu truong cac " };

        for (size_t k = 0; k < ARRAY_LEN(heads); k++) {
                if (pat(v, from, heads[k], NULL))
                        return true;
        }
        return false;
}

/* Inside a class, does a name of its own begin at `at`? */
static bool
leaves_class(const struct view *v, size_t at)
{
        size_t end = 0;
        const struct head_word *h = head_at(v, at, &end);

        if (pat(v, at,
                "(cac|mot so|(thu truong|giam doc|chu tich|truong|chanh van phong) (cac|ubnd|uy ban|so|ban|phong)) ",
                NULL))
                return true;
        if (pat(v, at, "(htx|dn|dnnn|dnnvv|cqnb|cqtcp)", NULL)) /* words of a class, no names */
                return false;
        if (acronym_at(v, at))
                return true;
        if (!h || h->common)
                return false;
        return view_case(v, at) == CASE_CAPITAL && (view_case(v, view_skip(v, end, " ")) == CASE_CAPITAL ||
                                                    (strchr(h->word, ' ') != NULL && !h->sub && h->kind != AK_GROUP));
}

/* "VH,TT&DL": the comma stands inside one abbreviation. */
static bool
one_acronym(const struct view *v, size_t at)
{
        while (at < v->n && bare_word(v->bare[at]))
                at = view_next(v, at);
        return at < v->n && v->bare[at] == '&';
}

/* Length of a separator at `i`, 0 = none; *ret_strong: it parts whatever stands around it. */
static size_t
separator(const struct view *v, size_t i, bool *ret_strong)
{
        size_t end;

        *ret_strong = false;
        switch (v->bare[i]) {
        case ';':
        case '\n':
                *ret_strong = true;
                return view_skip(v, i, ";\n ") - i;
        case ',':
                end = view_skip(v, i, ", \n");
                if (end == i + 1 && i > 0 && view_case(v, i - 1) == CASE_CAPITAL && one_acronym(v, end))
                        return 0;
                if (pat(v, end, "(va|hoac) ", NULL))
                        end = pat(v, end, "(va|hoac)_", NULL);
                return end - i;
        case '-':
                if (i == 0 || strchr(" ;\n,", v->bare[i - 1]))
                        return view_skip(v, i, "- ") - i;
                return 0;
        case 'p':
        case 'c': /* "Sở A chủ trì, phối hợp với Sở B", "Sở A. Phối hợp: Sở B" */
                if (i == 0 || !strchr(" \n", v->bare[i - 1]))
                        return 0;
                end = pat(v, i, "[co quan|don vi]_phoi hop_[thuc hien]_:_", NULL);
                *ret_strong = end != 0;
                if (end || view_case(v, i) != CASE_SMALL)
                        return end ? end - i : 0;
                end = pat(v, i, "[chu tri]_[,]_[va]_phoi hop (voi|cung)_", NULL);
                if (!end && (end = pat(v, i, "chu tri", NULL)) != 0 && (end = view_skip(v, end, " .")) < v->n &&
                    v->bare[end] != ';')
                        end = 0;
                *ret_strong = end != 0;
                return end ? end - i : 0;
        case '+':
                return view_skip(v, i, "+ ") - i;
        case '/': /* "Sở Xây dựng/Sở Công Thương" */
                end = view_skip(v, i, "/ ");
                return end < v->n && head_at(v, end, &(size_t){ 0 }) && view_case(v, end) == CASE_CAPITAL ? end - i : 0;
        case 'v':
        case 'h':
                if (i > 0 && v->bare[i - 1] == ' ' && (end = pat(v, i, "(va|hoac)_", NULL)) != 0 &&
                    view_case(v, i) == CASE_SMALL)
                        return end - i;
                return 0;
        default:
                return 0;
        }
}

static void
piece_add(struct arena *a, const struct view *v, size_t from, size_t to, struct pieces *ret)
{
        struct piece *p;

        from = view_skip(v, from, " \n\t-+*:;,.");
        while (to > from && strchr(" \n\t;,.-", v->bare[to - 1]))
                to--;
        if (to <= from)
                return;
        p = VEC_PUSH(a, ret);
        *p = (struct piece){ .from = from, .to = to };
}

/* End of the bracket that opens at `i`, v->n when it is never closed. */
static size_t
bracket_end(const struct view *v, size_t i)
{
        int depth = 0;

        for (; i < v->n; i++) {
                if (v->bare[i] == '(')
                        depth++;
                else if (v->bare[i] == ')' && --depth == 0)
                        return i + 1;
        }
        return v->n;
}

/* Takes a bracket into the note of the pieces of its part of the cell. */
static void
note_put(struct arena *a, const struct view *v, size_t from, size_t to, size_t first, struct pieces *ret)
{
        struct str note = squeezed(a, view_str(v, from + 1, to > from + 1 && v->bare[to - 1] == ')' ? to - 1 : to));

        if (first == ret->n && ret->n > 0)
                first = ret->n - 1;
        for (size_t k = first; k < ret->n; k++) {
                if (ret->v[k].note.n == 0)
                        ret->v[k].note = note;
        }
}

/* Two names without a sign between: "Bộ Thông tin và Truyền thông Bộ Khoa học và Công nghệ". */
static size_t
glued_at(const struct view *v, size_t from, size_t i)
{
        size_t end, prev = i;

        if (i == from || v->bare[i - 1] != ' ' || view_case(v, i) != CASE_CAPITAL ||
            !(marked_at(v, i, "bộ") || marked_at(v, i, "sở")))
                return 0;
        end = marked_at(v, i, "bộ") ? marked_at(v, i, "bộ") : marked_at(v, i, "sở");
        if (view_case(v, view_skip(v, end, " ")) != CASE_CAPITAL || marked_at(v, i, "bộ trưởng") ||
            marked_at(v, i, "bộ chỉ huy"))
                return 0;
        if (!marked_at(v, from, "bộ") && !marked_at(v, from, "sở"))
                return 0;
        while (prev > from && v->bare[prev - 1] == ' ')
                prev--;
        while (prev > from && bare_word(v->bare[prev - 1]))
                prev--;
        if (pat(v, prev, "(thuoc|cua|va|cac|ngang|truong|voi|cung|so|bo)", NULL))
                return 0;
        return i;
}

/* Behind the head and the field of a name: their commas and "và" part nothing. `from` when there is no such. */
static size_t
over_field(const struct view *v, size_t from)
{
        size_t end, stop;
        const char *name;
        const struct head_word *h = head_at(v, from, &end);

        if (h ? !h->field : (end = damaged_head(v, from)) == 0)
                return from;
        stop = field_prefix(v, view_skip(v, end, " "), &name);
        return stop ? stop : from;
}

/* "và" inside one body: "Văn phòng Đoàn ĐBQH và HĐND tỉnh". */
static bool
joint(const struct view *v, size_t from, size_t i, size_t next)
{
        for (size_t k = 0; v->bare[i] == 'v' && k < N_JOINTS; k++) {
                size_t end = pat(v, from, JOINTS[k].first, NULL);

                if (end && (JOINTS[k].named ? end < i : view_skip(v, end, " ") == i) &&
                    pat(v, next, JOINTS[k].second, NULL))
                        return true;
        }
        return false;
}

/* "Công an các đơn vị, địa phương": a class inside a name goes on with a small common word. */
static bool
class_goes_on(const struct view *v, size_t from, size_t i, size_t next)
{
        size_t end;
        struct view name = view_sub(v, from, i);
        const struct head_word *h = v->bare[i] == ',' ? head_at(v, next, &end) : NULL;

        return h && (h->common || h->kind == AK_PARTY) && view_case(v, next) == CASE_SMALL &&
               pat_find(&name, 1, "(cac|moi) (don vi|co quan|nganh|dia phuong|cap|tinh uy|huyen uy|dang uy)", NULL) <
                   name.n;
}

/* "Sở Kế hoạch và Đầu tư, Tài chính": another field behind the field of a name belongs to a body of the same head. Its
 * head, NULL no. */
static const char *
same_head(const struct view *v, size_t from, size_t i, size_t next)
{
        size_t end, many = pat(v, from, "cac ", NULL), at = many ? view_skip(v, many, " ") : from;
        const char *name;
        const struct head_word *h = head_at(v, at, &end);

        if (!h || !h->field || (v->bare[i] != ',' && v->bare[i] != 'v') || view_case(v, next) != CASE_CAPITAL)
                return NULL;
        end = field_prefix(v, view_skip(v, end, " "), &name);
        if (!end || view_skip(v, end, " ") != i || !field_prefix(v, next, &name) || head_at(v, next, &end))
                return NULL;
        return strcmp(h->word, "bộ") == 0 ? "Bộ" : strcmp(h->word, "sở") == 0 ? "Sở" : "Phòng";
}

static size_t
end_of_item(const struct view *v, size_t at)
{
        while (at < v->n && !strchr(",;\n", v->bare[at]))
                at = view_next(v, at);
        return at;
}

/* "NN&MT" among the items of a list, "Công an" among ministries: a field, no body. */
static bool
short_field(struct arena *a, const struct view *v, size_t at, const char *each)
{
        size_t end = at;

        while (end < v->n && !strchr(" ,;\n.", v->bare[end]))
                end = view_next(v, end);
        return field_by_abbreviation(a, view_str(v, at, end)) != NULL ||
               (each && strcmp(each, "Bộ") == 0 && field_of(v, at, end_of_item(v, at)) != NULL);
}

/* "Các sở: Tài chính, Xây dựng và Y tế": the items of a list under its head; gives the end of the list. */
static size_t
list_items(struct arena *a, const struct view *v, size_t at, const struct list_head *head, struct pieces *ret)
{
        const char *name;
        char stop = memchr(v->bare + at, ';', v->n - at) ? ';' : ',';
        size_t head_end, first = ret->n;

        while (at < v->n) {
                size_t field = field_prefix(v, at, &name), end = field ? field : at, next, before = ret->n;

                while (end < v->n && !strchr(";\n(", v->bare[end]) && v->bare[end] != stop &&
                       !(end == field && (pat(v, end, " va ", NULL) ||
                                          (v->bare[end] == ',' && field_prefix(v, view_skip(v, end, ", \n"), &name)))))
                        end = view_next(v, end);
                piece_add(a, v, at, end, ret);
                if (ret->n > before)
                        ret->v[before].each = head->each;
                next = view_skip(v, end, " ;,\n");
                if (next < v->n && v->bare[next] == '(') { /* "Thường trực: Tỉnh ủy, HĐND tỉnh (để b/c)" */
                        end = bracket_end(v, next);
                        note_put(a, v, next, end, first, ret);
                        next = view_skip(v, end, " ;,\n");
                }
                if (pat(v, next, "va ", NULL))
                        next = view_skip(v, pat(v, next, "va", NULL), " ");
                if (next >= v->n || view_case(v, next) != CASE_CAPITAL ||
                    (!head->whole && agency_head(v, next, &head_end) && !short_field(a, v, next, head->each)))
                        return end;
                at = next;
        }
        return v->n;
}

/* A list of fields behind the first name, without a colon; *from behind it. False: `i` parts something else. */
static bool
same_head_list(struct arena *a, const struct view *v, size_t *from, size_t i, size_t next, struct pieces *ret)
{
        const struct list_head list = { NULL, same_head(v, *from, i, next), false };
        size_t many = pat(v, *from, "cac ", NULL);

        if (!list.each)
                return false;
        piece_add(a, v, many ? view_skip(v, many, " ") : *from, i, ret);
        *from = list_items(a, v, next, &list, ret);
        return true;
}

/* The list head that ends at the colon `i`. */
static const struct list_head *
list_head(const struct view *v, size_t from, size_t i)
{
        for (size_t k = 0; k < N_LIST_HEADS; k++) {
                size_t end = pat(v, from, LIST_HEADS[k].pattern, NULL);

                if (end && view_skip(v, end, " ") == i)
                        return &LIST_HEADS[k];
        }
        return NULL;
}

/* The colon at `i`: a list under a common head, offices inside a body ("VPCP: BTCN, các Vụ"), or a label ("Chủ trì:").
 * Gives where to go on; *ret_from the beginning of the next piece. */
static size_t
colon_read(struct arena *a, const struct view *v, size_t *from, size_t i, struct pieces *ret)
{
        const struct list_head *list = list_head(v, *from, i);
        size_t head_end;

        if (list && view_case(v, view_skip(v, i, ": \n")) == CASE_CAPITAL) {
                *from = list_items(a, v, view_skip(v, i, ": \n"), list, ret);
                return *from;
        }
        if (agency_head(v, *from, &head_end) &&
            !pat(v, *from, "(co quan|don vi|bo phan) (chu tri|thuc hien|phoi hop|dau moi|tham muu)", NULL)) {
                piece_add(a, v, *from, i, ret);
                if (ret->n && ret->v[ret->n - 1].note.n == 0)
                        ret->v[ret->n - 1].note = squeezed(a, view_str(v, i + 1, v->n));
                return v->n;
        }
        if (pat(v, *from, "[co quan|don vi] phoi hop", NULL))
                ret->helpers = i;
        *from = view_skip(v, i, ": \n");
        return *from;
}

void
agency_split(struct arena *a, const struct view *v, struct pieces *ret)
{
        size_t from = view_skip(v, 0, " \n\t-+*:;,."), first = 0, field_from = v->n + 1;
        bool class = opens_class(v, from);

        for (size_t i = from; i < v->n;) {
                size_t n, head_end;
                bool strong, parts;

                if (from != field_from && i == from) { /* once for each piece */
                        field_from = from;
                        i = over_field(v, from);
                        continue;
                }

                if (v->bare[i] == '(') {
                        size_t end = bracket_end(v, i);

                        piece_add(a, v, from, i, ret);
                        note_put(a, v, i, end, first, ret);
                        i = from = end;
                        class = false;
                        if (end >= v->n)
                                return;
                        continue;
                }
                if (v->bare[i] == ':' && from < i) {
                        i = colon_read(a, v, &from, i, ret);
                        if (i >= v->n)
                                return;
                        class = opens_class(v, from);
                        continue;
                }
                n = separator(v, i, &strong);
                if (n && same_head_list(a, v, &from, i, i + n, ret)) {
                        i = from;
                        class = false;
                        continue;
                }
                if (n == 0) {
                        if (glued_at(v, from, i)) {
                                piece_add(a, v, from, i, ret);
                                from = i;
                        }
                        i = view_next(v, i);
                        continue;
                }
                parts = i + n >= v->n || strong || from >= i ||
                        (!joint(v, from, i, i + n) && !class_goes_on(v, from, i, i + n) &&
                         (class ? leaves_class(v, i + n) : agency_head(v, i + n, &head_end) != 0));
                if (parts) {
                        piece_add(a, v, from, i, ret);
                        if (strchr("pc", v->bare[i]) && strong)
                                ret->helpers = i + n;
                        if (strong && !(i + n < v->n && v->bare[i + n] == '('))
                                first = ret->n;
                        from = i + n;
                        class = opens_class(v, from);
                }
                i += n;
        }
        piece_add(a, v, from, v->n, ret);
}
