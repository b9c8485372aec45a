/* lexicon.c - known words written wrongly: pairs of syllables that administration uses every day, and abbreviations
 * with Đ written as D. A pair is suspect when one syllable is a known one and the other differs from its partner by
 * marks or by one letter. The text stays as it is. */
#include "extract_priv.h"

#include "agency_priv.h"
#include "dd_text.h"

/* Two syllables, and a syllable that makes the suspect a good phrase when it follows. Left out on purpose: pairs whose
 * near writings are words too ("ban hành" beside "bản hành chính"). */
static const struct {
        const char *first, *second, *not_before;
} PAIRS[] = {
        { "kiện", "toàn", NULL },    { "đôn", "đốc", NULL },      { "chuyển", "giao", "dịch" },
        { "triển", "khai", NULL },   { "phối", "hợp", NULL },     { "chủ", "trì", NULL },
        { "tham", "mưu", NULL },     { "giám", "sát", NULL },     { "kiểm", "tra", NULL },
        { "hướng", "dẫn", NULL },    { "tổng", "hợp", NULL },     { "phê", "duyệt", NULL },
        { "thẩm", "định", NULL },    { "tổ", "chức", NULL },      { "quyết", "định", NULL },
        { "nghị", "quyết", NULL },   { "kế", "hoạch", NULL },     { "nhiệm", "vụ", NULL },
        { "thực", "hiện", NULL },    { "thường", "xuyên", NULL }, { "thành", "viên", NULL },
        { "tuyên", "truyền", NULL }, { "khuyến", "khích", NULL }, { "hợp", "tác", NULL },
        { "phát", "triển", NULL },   { "nông", "nghiệp", NULL },  { "công", "nghệ", NULL },
        { "giải", "pháp", NULL },    { "chính", "sách", NULL },   { "chương", "trình", NULL },
        { "ngân", "sách", NULL },    { "trách", "nhiệm", NULL },  { "địa", "phương", NULL },
        { "cơ", "quan", NULL },      { "văn", "phòng", NULL },    { "thống", "nhất", NULL },
        { "khẩn", "trương", NULL },  { "đẩy", "mạnh", NULL },     { "nâng", "cao", NULL },
        { "đột", "xuất", NULL },     { "định", "kỳ", NULL },      { "kịp", "thời", NULL },
        { "bồi", "dưỡng", NULL },    { "khen", "thưởng", NULL },  { "rà", "soát", NULL },
        { "đào", "tạo", NULL },      { "hỗ", "trợ", NULL },       { "sơ", "kết", NULL },
};

#define SYL_BYTES 16

_Static_assert(ARRAY_LEN(PAIRS) <= 64, "a pair is a bit of 64");

/* A syllable of the flow: small letters with marks, tone in its old place. */
struct syl_text {
        char s[SYL_BYTES];
        size_t n, from, to;
};

static bool
syllable_next(struct xt *x, size_t *at, struct syl_text *ret)
{
        const struct view *v = &x->f.v;
        size_t i = *at;

        while (i < v->n && !bare_word(v->bare[i]))
                i = view_next(v, i);
        ret->from = i;
        while (i < v->n && bare_word(v->bare[i]))
                i = view_next(v, i);
        ret->to = *at = i;
        ret->n = i - ret->from;
        return ret->n > 0;
}

static bool
same_word(const struct view *v, const struct syl_text *s, const char *word)
{
        return marked_at(v, s->from, word) == s->to;
}

/* Bare letters of a syllable. */
static size_t
bare_letters(const struct view *v, size_t from, size_t to, char *out)
{
        size_t n = 0;

        for (size_t i = from; i < to && n < SYL_BYTES - 1; i++) {
                if (v->bare[i] != BARE_FILL)
                        out[n++] = v->bare[i];
        }
        out[n] = 0;
        return n;
}

/* Equal without marks, or one letter exchanged at the same length. */
static bool
near_bare(const char *a, size_t na, const char *b, size_t nb)
{
        size_t off = 0;

        if (na != nb || na < 2)
                return false;
        for (size_t i = 0; i < na; i++)
                off += a[i] != b[i];
        return off == 0 || (off == 1 && na >= 4 && a[0] == b[0]);
}

struct suspicion {
        const char *first, *second; /* the known pair */
        struct str text;
        struct span span;
        size_t times;
};

struct lexicon {
        struct xt *x;
        struct suspicion found[24];
        size_t n;
        struct view words[ARRAY_LEN(PAIRS)][2];
        char bare[ARRAY_LEN(PAIRS)][2][SYL_BYTES];
        size_t len[ARRAY_LEN(PAIRS)][2];
        uint64_t by_letter[2][26]; /* pairs (a bit each) by the first letter of each part */
};

static void
suspect(struct lexicon *l, size_t pair, const struct syl_text *a, const struct syl_text *b)
{
        struct str text = text_lower(l->x->a, squeezed(l->x->a, view_str(&l->x->f.v, a->from, b->to)));

        for (size_t i = 0; i < l->n; i++) {
                if (str_eq(l->found[i].text, text)) {
                        l->found[i].times++;
                        return;
                }
        }
        if (l->n < ARRAY_LEN(l->found))
                l->found[l->n++] = (struct suspicion){ PAIRS[pair].first, PAIRS[pair].second, text,
                                                       flow_span(&l->x->f, a->from, b->to), 1 };
}

static void
pair_check(struct lexicon *l, const struct syl_text *a, const struct syl_text *b, size_t k)
{
        const struct view *v = &l->x->f.v;
        char ba[SYL_BYTES], bb[SYL_BYTES];
        size_t na = bare_letters(v, a->from, a->to, ba), nb = bare_letters(v, b->from, b->to, bb);
        bool same_a = na == l->len[k][0] && memcmp(ba, l->bare[k][0], na) == 0,
             same_b = nb == l->len[k][1] && memcmp(bb, l->bare[k][1], nb) == 0;
        bool is_a, is_b;

        if (!same_a && !same_b)
                return;
        is_a = same_a && same_word(v, a, PAIRS[k].first);
        is_b = same_b && same_word(v, b, PAIRS[k].second);
        if (is_a == is_b || (PAIRS[k].not_before && pat(v, view_skip(v, b->to, " "), "dich", NULL)))
                return;
        /* plain letters without any mark are another way of writing, not an error */
        if (is_b && near_bare(ba, na, l->bare[k][0], l->len[k][0]) && (na != a->n || !same_a))
                suspect(l, k, a, b);
        else if (is_a && same_b && nb != b->n)
                suspect(l, k, a, b);
}

/* ---- abbreviations with D for Đ -------------------------------------------------------------------------- */

static void
variant_add(struct xt *x, struct suspicion *list, size_t *n, size_t max, const char *known, size_t from, size_t to)
{
        struct str text = view_str(&x->f.v, from, to);

        for (size_t i = 0; i < *n; i++) {
                if (str_eq(list[i].text, text)) {
                        list[i].times++;
                        return;
                }
        }
        if (*n < max)
                list[(*n)++] = (struct suspicion){ known, NULL, text, flow_span(&x->f, from, to), 1 };
}

/* The known abbreviation that a token in capitals would be with Đ for one of its D; NULL when it is known itself. */
static const char *
known_with_stroke(struct str token)
{
        const char *hit = NULL;

        for (size_t k = 0; k < N_ABBREVIATIONS; k++) {
                struct str s = str_of(ABBREVIATIONS[k].shorter);
                size_t i = 0, j = 0;
                bool swapped = false;

                while (i < token.n && j < s.n) {
                        uint32_t a = utf8_next(token, &i), b = utf8_next(s, &j);

                        if (a == b)
                                continue;
                        if (a != 'D' || b != 0x110)
                                break;
                        swapped = true;
                }
                if (i != token.n || j != s.n || (i > 0 && j > 0 && token.p[i - 1] != s.p[j - 1] && !swapped))
                        continue;
                if (!swapped && str_eq(token, s))
                        return NULL;
                if (swapped && utf8_len(token) == utf8_len(s))
                        hit = ABBREVIATIONS[k].shorter;
        }
        return hit;
}

static void
variants_check(struct xt *x)
{
        const struct view *v = &x->f.v;
        struct suspicion list[16];
        size_t n = 0;

        for (size_t i = 0; i < v->n;) {
                struct str token;
                size_t end;
                const char *known;

                if (v->t[i] != 'D' && !(v->bare[i] >= 'a' && v->bare[i] <= 'z' && v->t[i] >= 'A' && v->t[i] <= 'Z')) {
                        i = view_next(v, i);
                        continue;
                }
                for (end = i; end < v->n && bare_word(v->bare[end]);)
                        end = view_next(v, end);
                token = view_str(v, i, end);
                if ((i == 0 || !strchr("/-&.", v->bare[i - 1])) && (i == 0 || !bare_word(v->bare[i - 1])) &&
                    token.n >= 3 && token.n <= 12 && memchr(token.p, 'D', token.n) && view_capitals(v, i, end) &&
                    (known = known_with_stroke(token)) != NULL &&
                    (end >= v->n || !strchr("&-", v->bare[end]) || v->bare[end] == 0))
                        variant_add(x, list, &n, ARRAY_LEN(list), known, i, end);
                i = end > i ? end : view_next(v, i);
        }
        for (size_t i = 0; i < n; i++)
                anomaly_add(
                    x, "ocr-variant", S("toàn văn"),
                    str_fmt(x->a, "%.*s (có thể là %s), %zu lần", FMT(list[i].text), list[i].first, list[i].times),
                    list[i].span, -1);
}

/* ---- the pass ------------------------------------------------------------------------------------------- */

static int32_t
task_at(const struct xt *x, struct span s)
{
        for (size_t i = 0; i < x->d->n_tasks; i++) {
                if (s.from >= x->d->tasks[i].span.from && s.from < x->d->tasks[i].span.to)
                        return (int32_t)i;
        }
        return -1;
}

static void
report(struct lexicon *l)
{
        struct xt *x = l->x;

        for (size_t i = 0; i < l->n; i++) {
                const struct suspicion *s = &l->found[i];
                int32_t task = task_at(x, s->span);
                struct str where =
                    task >= 0 ? str_fmt(x->a, "nhiệm vụ %.*s", FMT(x->d->tasks[task].no)) : S("toàn văn");

                anomaly_add(
                    x, "ocr-error", where,
                    str_fmt(x->a, "%.*s (có thể là %s %s), %zu lần", FMT(s->text), s->first, s->second, s->times),
                    s->span, task);
                if (task >= 0)
                        task_note(x, &x->d->tasks[task],
                                  str_fmt(x->a, "\"%.*s\" có thể là \"%s %s\".", FMT(s->text), s->first, s->second));
        }
}

void
lexicon_check(struct xt *x)
{
        struct lexicon *l = arena_alloc(x->a, sizeof *l);
        struct syl_text a, b;
        size_t at = 0;

        l->x = x;
        for (size_t k = 0; k < ARRAY_LEN(PAIRS); k++) {
                for (int part = 0; part < 2; part++) {
                        l->words[k][part] = view_of(x->a, str_of(part ? PAIRS[k].second : PAIRS[k].first));
                        l->len[k][part] = bare_letters(&l->words[k][part], 0, l->words[k][part].n, l->bare[k][part]);
                        l->by_letter[part][l->bare[k][part][0] - 'a'] |= UINT64_C(1) << k;
                }
        }
        if (syllable_next(x, &at, &a)) {
                while (syllable_next(x, &at, &b)) {
                        bool close = b.from == a.to + 1 && x->f.v.bare[a.to] == ' ';

                        char first = x->f.v.bare[a.from], second = x->f.v.bare[b.from];

                        if (close && first >= 'a' && first <= 'z' && second >= 'a' && second <= 'z') {
                                uint64_t pairs = l->by_letter[0][first - 'a'] & l->by_letter[1][second - 'a'];

                                for (; pairs; pairs &= pairs - 1)
                                        pair_check(l, &a, &b, (size_t)__builtin_ctzll(pairs));
                        }
                        a = b;
                }
        }
        report(l);
        variants_check(x);
}
