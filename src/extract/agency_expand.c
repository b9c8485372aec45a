/* agency_expand.c - the name of an agency spelled out: abbreviations, the usual spelling of fields of work, blanks and
 * tone places put right. What the paper prints stays beside it; nothing is added that it does not say. */
#include "agency_priv.h"

#include "dd_text.h"

#include <ctype.h>

/* Papers and OCR mix Đ and D (SPECS 4.2). */
bool
same_acronym(struct str token, struct str k, bool loose)
{
        size_t i = 0, j = 0;

        while (i < token.n && j < k.n) {
                uint32_t a = utf8_next(token, &i), b = utf8_next(k, &j);

                if (a == b || (loose && (a == 0x110 || a == 'D') && (b == 0x110 || b == 'D')) ||
                    (loose && a == 0x1AF && b == 'U'))
                        continue;
                return false;
        }
        return i == token.n && j == k.n;
}

const char *
abbreviation_of(struct str token)
{
        bool stroke = memchr(token.p, 'D', token.n) || str_has(token, S("Đ")) || str_has(token, S("Ư"));

        if (token.n > 16)
                return NULL;
        for (size_t k = 0; k < N_ABBREVIATIONS; k++) {
                if (token.p[0] == ABBREVIATIONS[k].shorter[0] && str_eq(token, str_of(ABBREVIATIONS[k].shorter)))
                        return ABBREVIATIONS[k].whole;
        }
        for (size_t k = 0; stroke && k < N_ABBREVIATIONS; k++) {
                if (same_acronym(token, str_of(ABBREVIATIONS[k].shorter), true))
                        return ABBREVIATIONS[k].whole;
        }
        return NULL;
}

/* "STC", "SKHĐT", "BTC", "P.ĐKKD": a letter for the body, then its field. */
static struct str
glued_field(struct arena *a, struct str token)
{
        static const struct {
                const char *letter, *word;
        } bodies[] = { { "S", "Sở" }, { "B", "Bộ" } };

        for (size_t k = 0; k < ARRAY_LEN(bodies); k++) {
                const char *field;

                if (token.n < 3 || token.p[0] != bodies[k].letter[0])
                        continue;
                field = field_by_abbreviation(a, str_sub(token, 1, token.n));
                if (field)
                        return str_fmt(a, "%s %s", bodies[k].word, field);
        }
        return STR_NONE;
}

/* Two known abbreviations written as one: "CCTPTƯ". */
static struct str
two_abbreviations(struct arena *a, struct str token)
{
        for (size_t i = 2; i + 2 <= token.n; i++) {
                const char *first, *second;

                if (((unsigned char)token.p[i] & 0xC0) == 0x80)
                        continue;
                if (strchr("-&", token.p[i]) && (first = abbreviation_of(str_sub(token, 0, i))) != NULL &&
                    (second = abbreviation_of(str_sub(token, i + 1, token.n))) != NULL)
                        return str_fmt(a, token.p[i] == '&' ? "%s và %s" : "%s - %s", first, second);
                first = abbreviation_of(str_sub(token, 0, i));
                second = first ? abbreviation_of(str_sub(token, i, token.n)) : NULL;
                if (second)
                        return str_fmt(a, "%s %s", first, second);
        }
        return STR_NONE;
}

static bool
all_capitals(struct str token)
{
        struct view v = { token.p, token.p, token.n };
        size_t capitals = 0;

        for (size_t i = 0; i < token.n;) {
                enum letter_case k = view_case(&v, i);

                if (k == CASE_SMALL)
                        return false;
                capitals += k == CASE_CAPITAL;
                (void)utf8_next(token, &i);
        }
        return capitals >= 2;
}

static struct str
expand_token(struct arena *a, struct str token)
{
        const char *whole = abbreviation_of(token);
        struct str s;

        if (whole)
                return str_of(whole);
        if (!all_capitals(token))
                return token;
        s = glued_field(a, token);
        if (!s.p)
                s = two_abbreviations(a, token);
        return s.p ? s : token;
}

/* Blanks that OCR put into syllables ("Đ ả ng", "X ã hội") and around dashes. A lone vowel that is no word joins its
 * neighbours. */
static bool
lone_vowel(const struct view *v, size_t at, size_t end)
{
        return view_next(v, at) == end && view_case(v, at) == CASE_SMALL && strchr("aeiouy", v->bare[at]) &&
               (unsigned char)v->t[at] >= 0x80;
}

static struct str
mend_blanks(struct arena *a, struct str s)
{
        struct view v = view_of(a, s);
        char *out = arena_alloc(a, 2 * s.n + 4);
        size_t n = 0;

        for (size_t i = 0; i < v.n;) {
                size_t end = i, next, next_end;

                while (end < v.n && v.bare[end] != ' ')
                        end = view_next(&v, end);
                memcpy(out + n, v.t + i, end - i);
                n += end - i;
                next = view_skip(&v, end, " ");
                next_end = next;
                while (next_end < v.n && v.bare[next_end] != ' ')
                        next_end = view_next(&v, next_end);
                if (next < v.n && lone_vowel(&v, next, next_end) && view_next(&v, i) == end &&
                    view_case(&v, i) != CASE_NONE) {
                        memcpy(out + n, v.t + next, next_end - next);
                        n += next_end - next;
                        i = view_skip(&v, next_end, " ");
                        if (i < v.n && strchr("ncmtp", v.bare[i]) &&
                            (i + 2 >= v.n || v.bare[view_next(&v, i)] == ' ' || v.bare[i] == 'n'))
                                continue; /* the end of the syllable: "Đ ả ng" */
                        if (i < v.n)
                                out[n++] = ' ';
                        continue;
                }
                if (next < v.n)
                        out[n++] = ' ';
                i = next;
        }
        return (struct str){ out, n };
}

/* "Lao động -Thương binh", "động- Thương": one blank on both sides of a dash that has one. */
static struct str
mend_dashes(struct arena *a, struct str s)
{
        char *out = arena_alloc(a, 3 * s.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < s.n;) {
                size_t from = i;
                uint32_t cp = utf8_next(s, &i);
                bool dash = cp == '-' || cp == 0x2013 || cp == 0x2014;
                bool before = from > 0 && s.p[from - 1] == ' ', after = i < s.n && s.p[i] == ' ';

                if (!dash || (!before && !after)) {
                        memcpy(out + n, s.p + from, i - from);
                        n += i - from;
                        continue;
                }
                while (n > 0 && out[n - 1] == ' ')
                        n--;
                memcpy(out + n, " - ", 3);
                n += 3;
                while (i < s.n && s.p[i] == ' ')
                        i++;
        }
        return (struct str){ out, n };
}

/* Words of names whose marks a scan changed or lost: "Uy ban nhân dân", "Hội Nông đân", "Công an tinh", "câp xã". Only
 * pairs whose bare form means nothing else in the name of a body; letters keep their case. */
static struct str
mend_marks(struct arena *a, struct str s)
{
        static const struct {
                const char *bare, *word;
        } words[] = {
                { "uy ban", "ủy ban" },
                { "nhan dan", "nhân dân" },
                { "cap xa", "cấp xã" },
                { "cap huyen", "cấp huyện" },
                { "cap tinh", "cấp tỉnh" },
                { "hoi dong nhan dan", "hội đồng nhân dân" },
                { "don vi", "đơn vị" },
                { "co quan", "cơ quan" },
                { "lien quan", "liên quan" },
                { "lien hiep", "liên hiệp" },
                { "dia phuong", "địa phương" },
                { "van phong", "văn phòng" },
                { "cong an", "công an" },
                { "quan su", "quân sự" },
                { "nong dan", "nông dân" },
                { "phu nu", "phụ nữ" },
                { "chi huy", "chỉ huy" },
                { "chi dao", "chỉ đạo" },
                { "quan ly", "quản lý" },
                { "toa an", "tòa án" },
                { "kiem sat", "kiểm sát" },
                { "thanh tra", "thanh tra" },
                { "kho bac", "kho bạc" },
                { "nha nuoc", "nhà nước" },
                { "ngan hang", "ngân hàng" },
                { "bao hiem", "bảo hiểm" },
                { "lao dong", "lao động" },
                { "lien doan", "liên đoàn" },
                { "mat tran", "mặt trận" },
                { "to quoc", "tổ quốc" },
                { "viet nam", "việt nam" },
                { "trung tam", "trung tâm" },
                { "tuyen giao", "tuyên giáo" },
                { "dan van", "dân vận" },
                { "to chuc", "tổ chức" },
                { "cac so", "các sở" },
                { "cac xa", "các xã" },
                { "cac huyen", "các huyện" },
                { "cac phuong", "các phường" },
                { "cac bo", "các bộ" },
                { "thanh pho", "thành phố" },
                { "dang uy", "đảng ủy" },
                { "tinh uy", "tỉnh ủy" },
                { "giao duc", "giáo dục" },
                { "tu phap", "tư pháp" },
                { "xay dung", "xây dựng" },
                { "dau tu", "đầu tư" },
                { "thuong truc", "thường trực" },
                { "cong an tinh", "công an tỉnh" },
                { "so y te", "sở y tế" },
                { "nhan dan tinh", "nhân dân tỉnh" },
        };
        struct view v = view_of(a, s);

        for (size_t k = 0; k < ARRAY_LEN(words); k++) {
                struct str word = str_of(words[k].word), out = S("");
                size_t end, at = pat_find(&v, 0, words[k].bare, &end);

                if (at >= v.n || marked_at(&v, at, words[k].word))
                        continue;
                for (size_t i = at, j = 0, from = 0; i < end && j < word.n; i = view_next(&v, i), from = j) {
                        struct str letter;

                        (void)utf8_next(word, &j);
                        letter = str_sub(word, from, j);
                        if (view_case(&v, i) == CASE_CAPITAL)
                                letter = text_upper(a, letter);
                        out = str_fmt(a, "%.*s%.*s", FMT(out), FMT(letter));
                }
                s = str_fmt(a, "%.*s%.*s%.*s", FMT(str_sub(s, 0, at)), FMT(out), FMT(str_sub(s, end, s.n)));
                v = view_of(a, s);
        }
        return s;
}

/* The new place of the tone to the old one in words of administration. */
static struct str
old_tone(struct arena *a, struct str s)
{
        static const struct {
                const char *new_style, *old_style;
        } pairs[] = { { "uỷ", "ủy" }, { "Uỷ", "Ủy" }, { "UỶ", "ỦY" }, { "oà", "òa" },
                      { "oá", "óa" }, { "OÀ", "ÒA" }, { "OÁ", "ÓA" } };
        char *out;

        for (size_t k = 0; k < ARRAY_LEN(pairs); k++) {
                struct str from = str_of(pairs[k].new_style);

                for (size_t at = str_find(s, from, 0); at < s.n; at = str_find(s, from, at + from.n)) {
                        size_t end = at + from.n;

                        if (end < s.n && (isalpha((unsigned char)s.p[end]) || (unsigned char)s.p[end] >= 0x80))
                                continue;
                        out = arena_alloc(a, s.n + 1);
                        memcpy(out, s.p, s.n);
                        memcpy(out + at, pairs[k].old_style, strlen(pairs[k].old_style));
                        s = (struct str){ out, s.n };
                }
        }
        return s;
}

/* "phưòng", "trưòng", "thuờng": one horn of "ươ" lost in a scan; no syllable is written so. */
static struct str
mend_horns(struct arena *a, struct str s)
{
        static const struct {
                const char *torn, *whole;
        } pairs[] = { { "ưò", "ườ" }, { "ưó", "ướ" },   { "ưỏ", "ưở" },   { "ưõ", "ưỡ" },
                      { "ưọ", "ượ" }, { "uờn", "ườn" }, { "uớn", "ướn" }, { "uợn", "ượn" } };

        for (size_t k = 0; k < ARRAY_LEN(pairs); k++) {
                struct str from = str_of(pairs[k].torn);
                size_t at = str_find(s, from, 0);

                if (at < s.n && (at == 0 || (s.p[at - 1] != 'q' && s.p[at - 1] != 'Q')))
                        s = str_fmt(a, "%.*s%s%.*s", FMT(str_sub(s, 0, at)), pairs[k].whole,
                                    FMT(str_sub(s, at + from.n, s.n)));
        }
        return s;
}

/* "U BND", "UB ND": a blank that a scan put into an abbreviation that opens the name. */
static struct str
mend_acronym(struct arena *a, struct str s)
{
        size_t first = str_find(s, S(" "), 0), second;
        struct str joined;

        if (first == 0 || first > 6 || first >= s.n)
                return s;
        second = str_find(s, S(" "), first + 1);
        joined = str_fmt(a, "%.*s%.*s", FMT(str_sub(s, 0, first)), FMT(str_sub(s, first + 1, second)));
        if (!all_capitals(joined) || !abbreviation_of(joined))
                return s;
        return str_fmt(a, "%.*s%.*s", FMT(joined), FMT(str_sub(s, second, s.n)));
}

/* "thuộc Bộ LĐTBXH": a field's abbreviation behind the word it belongs to, anywhere in the name. */
static struct str
expand_behind(struct arena *a, struct str before, struct str token)
{
        static const char *const heads[] = { "bộ", "sở", "phòng", "hàng" };
        struct view v = view_of(a, before);
        const char *field = NULL;

        if (str_eq(token, S("CP")) && (marked_at(&v, 0, "ty") == v.n || str_eq(before, S("TM"))))
                return S("cổ phần");
        if (token.n > 3 && str_starts(token, S("TT."))) /* "TT.HĐND" */
                return str_fmt(a, "Thường trực %.*s", FMT(expand_token(a, str_sub(token, 3, token.n))));
        for (size_t k = 0; k < ARRAY_LEN(heads) && before.n && !field; k++) {
                if (marked_at(&v, 0, heads[k]) == v.n)
                        field = field_by_abbreviation(a, token);
        }
        for (size_t k = 0; k < N_BEHIND && before.n && !field; k++) {
                if (same_acronym(token, str_of(BEHIND[k].shorter), true) && pat(&v, 0, BEHIND[k].head, NULL) == v.n)
                        field = BEHIND[k].whole;
        }
        return field ? str_of(field) : expand_token(a, token);
}

static struct str
expand_tokens(struct arena *a, struct str s)
{
        struct dd_buf out = { 0 };
        struct str rest = s, token, ret, before = S("");

        while (str_cut(&rest, ' ', &token)) {
                struct str core = token, full;

                while (core.n > 1 && strchr(",.;:", core.p[core.n - 1]))
                        core.n--;
                full = str_eq(core, S("NN")) && str_starts(rest, S("và PTNT")) ? S("nông nghiệp")
                                                                               : expand_behind(a, before, core);
                if (rest.n && str_starts(full, S("Tập đoàn")) && all_capitals(core)) /* "VNPT tỉnh": its branch */
                        full = core;
                before = core;
                if (full.p == core.p && token.n > core.n && token.p[core.n] == '.')
                        full = expand_token(a, token);
                if (out.n)
                        buf_c(&out, ' ');
                buf_str(&out, full);
                if (token.n > core.n && !(token.p[core.n] == '.' && full.p != core.p))
                        buf_str(&out, str_sub(token, core.n, token.n));
        }
        ret = str_dup(a, buf_view(&out));
        buf_free(&out);
        return ret;
}

/* "Sờ Tài chính", "Bô Công an": a head whose marks the scan lost, before a field that is known. */
static struct str
mend_head(struct arena *a, struct str s)
{
        static const struct {
                const char *bare, *word;
        } heads[] = { { "so ", "Sở" }, { "bo ", "Bộ" }, { "phong ", "Phòng" } };
        struct view v = view_of(a, s);
        size_t end;
        const char *name;

        if (head_at(&v, 0, &end))
                return s;
        for (size_t k = 0; k < ARRAY_LEN(heads); k++) {
                end = pat(&v, 0, heads[k].bare, NULL);
                if (end && field_prefix(&v, end, &name))
                        return str_fmt(a, "%s %.*s", heads[k].word, FMT(str_sub(s, end, s.n)));
        }
        return s;
}

/* The field after "Sở", "Bộ", "Phòng" in its usual spelling; the words behind it stay. */
static struct str
expand_field(struct arena *a, struct str s, bool near)
{
        struct view v = view_of(a, s);
        size_t end = 0, stop, lead = 0;
        const struct head_word *h = head_at(&v, 0, &end);
        const char *field = NULL;

        if (h && h->common == false && str_eq(str_of(h->word), S("các"))) {
                lead = view_skip(&v, end, " ");
                h = head_at(&v, lead, &end);
        }
        if (!h || !h->field)
                return s;
        end = view_skip(&v, end, " ");
        stop = field_prefix(&v, end, &field);
        if (!stop) {
                stop = end;
                while (stop < v.n && v.bare[stop] != ' ')
                        stop = view_next(&v, stop);
                field = field_by_abbreviation(a, str_sub(s, end, stop));
        }
        if (!field && near && v.n - end < 60) {
                field = field_near(&v, end, v.n);
                stop = v.n;
        }
        if (!field)
                return s;
        return str_fmt(a, "%.*s%s%.*s", FMT(str_sub(s, 0, end)), field, FMT(str_sub(s, stop, s.n)));
}

/* Two words that mean something else together than one by one. */
static struct str
expand_pairs(struct arena *a, struct str s)
{
        static const struct {
                const char *pattern, *whole;
        } pairs[] = {
                { "bch (bdbp|bo doi bien phong)", "Bộ Chỉ huy Bộ đội Biên phòng" },
                { "bch quan su", "Bộ Chỉ huy quân sự" },
                { "bchqs{>} (xa|phuong|thi tran|huyen|thi xa|quan|cap xa|cac xa)", "Ban Chỉ huy quân sự" },
                { "toa an nd", "Tòa án nhân dân" },
                { "ban ql", "Ban Quản lý" },
                { "ca{>} (tinh|thanh pho|tp|huyen|xa|phuong|cac|cap)", "Công an" },
                { "hoi nd", "Hội Nông dân" },
                { "hoi pn", "Hội Liên hiệp Phụ nữ" },
                { "bch pctt", "Ban Chỉ huy phòng, chống thiên tai" },
                { "(tt|ttr)[.]_{>}(hdnd|ubnd|tu|tinh uy|thanh uy|dang uy|quan uy|huyen uy|thi uy)", "Thường trực " },
        };
        struct view v = view_of(a, s);

        for (size_t k = 0; k < ARRAY_LEN(pairs); k++) {
                struct caught got = { 0 };
                size_t end = pat(&v, 0, pairs[k].pattern, &got);

                end = end && got.rest ? got.rest : end; /* what only has to follow stays */
                if (end && view_case(&v, 0) == CASE_CAPITAL && (got.rest || view_case(&v, end - 1) != CASE_NONE))
                        return str_fmt(a, "%s%.*s", pairs[k].whole, FMT(str_sub(s, end, s.n)));
        }
        return s;
}

static struct str
whole_names(struct arena *a, struct str s)
{
        struct str f = text_fold(a, s);

        for (size_t k = 0; k < N_NAMES; k++) {
                if (str_eq(f, str_of(NAMES[k].bare)))
                        return str_of(NAMES[k].name);
        }
        if (str_starts(f, S("ngan hang nha nuoc")) && str_has(f, S("chi nhanh")) && !str_has(f, S("viet nam"))) {
                struct view v = view_of(a, s);
                size_t end, at = pat_find(&v, 0, "chi nhanh", &end);

                return str_fmt(a, "Ngân hàng Nhà nước Việt Nam - Chi nhánh%.*s", FMT(str_sub(s, end, s.n + 0 * at)));
        }
        return s;
}

/* "Mặt trận Tổ quốc Việt Nam Việt Nam": the abbreviation already held the word that follows it. */
static struct str
without_twice(struct arena *a, struct str s)
{
        static const char *const twice[] = { "Việt Nam Việt Nam", "Chính phủ Chính phủ", "trung ương trung ương",
                                             "Tập đoàn Tập đoàn" };

        for (size_t k = 0; k < ARRAY_LEN(twice); k++) {
                struct str w = str_of(twice[k]);
                size_t at = str_find(s, w, 0);

                if (at < s.n)
                        s = str_fmt(a, "%.*s%.*s", FMT(str_sub(s, 0, at + w.n / 2)), FMT(str_sub(s, at + w.n, s.n)));
        }
        return s;
}

static struct str
expand(struct arena *a, struct str text, bool near)
{
        struct str s = squeezed(a, text);

        s = mend_blanks(a, s);
        s = mend_acronym(a, s);
        s = mend_dashes(a, s);
        s = mend_horns(a, s);
        s = old_tone(a, s);
        s = mend_marks(a, s);
        if (s.n > 8 && str_ends(s, S(" tinh"))) /* no name of a body ends in the bare word */
                s = str_fmt(a, "%.*s tỉnh", FMT(str_sub(s, 0, s.n - 5)));
        s = mend_head(a, s);
        s = expand_pairs(a, s);
        s = expand_field(a, s, near);
        s = expand_tokens(a, s);
        s = expand_field(a, s, near);
        s = without_twice(a, s);
        return whole_names(a, s);
}

struct str
agency_expand(struct arena *a, struct str text)
{
        return expand(a, text, true);
}

struct str
agency_expand_exact(struct arena *a, struct str text)
{
        return expand(a, text, false);
}

enum agency_kind
agency_kind_of(struct arena *a, struct str name)
{
        struct view v = view_of(a, name);
        size_t end;
        const struct head_word *h;

        for (size_t k = 0; k < N_KINDS; k++) {
                if (pat(&v, 0, KINDS[k].pattern, NULL))
                        return KINDS[k].kind;
        }
        if (pat_find(&v, 1, "cac (tinh|cap|quan|huyen|xa|thanh pho|so|truong|don vi|thon|ap|khom|xom|buon|khu pho)",
                     &end) < v.n)
                return AK_GROUP;
        h = head_at(&v, 0, &end);
        return h ? h->kind : AK_OTHER;
}

const char *
agency_kind_name(enum agency_kind k)
{
        static const char *const names[AK_MAX] = { "department",
                                                   "district-committee",
                                                   "commune-committee",
                                                   "mass-organisation",
                                                   "party",
                                                   "ministry",
                                                   "group",
                                                   "other" };

        return k >= 0 && k < AK_MAX ? names[k] : NULL;
}
