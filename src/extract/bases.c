/* bases.c - the papers a paper rests on: the clauses "Căn cứ ...", "Thực hiện ...", "Theo đề nghị ... tại Tờ trình
 * ...". A paper named inside the title of another one, or in brackets, is no basis. */
#include "extract_priv.h"

#include "agency_priv.h"

enum role { ROLE_NONE, ROLE_BASIS, ROLE_CARRY_OUT, ROLE_PROPOSAL };

static const struct {
        const char *opener;
        enum role role;
        bool cited; /* the words of the opener may belong to the citation: "Theo Tờ trình số ..." */
} OPENERS[] = {
        { "can cu [vao]_", ROLE_BASIS },
        { "(thuc hien|trien khai|thi hanh)_", ROLE_CARRY_OUT },
        { "(theo|xet|tren co so|sau khi (xem xet|xet|nghien cuu)) (de nghi|to trinh|van ban|cong van|y kien)",
          ROLE_PROPOSAL, .cited = true },
        { "sau khi (co|lay|thong nhat|xin) [y kien]", ROLE_PROPOSAL, .cited = true },
};

static const char *const ROLES[] = { "", "căn cứ", "thực hiện", "đề nghị" };

struct clause {
        struct xt *x;
        struct draft_document *d;
        enum role role;
        size_t from, to;   /* of the whole clause, for its source */
        struct str plural; /* "các Nghị định của Chính phủ: số ...; số ...": what the bare numbers are */
};

static enum role
opener_at(const struct view *v, size_t at, size_t *ret_end)
{
        for (size_t k = 0; k < ARRAY_LEN(OPENERS); k++) {
                size_t end = pat(v, at, OPENERS[k].opener, NULL);

                if (end) {
                        *ret_end = OPENERS[k].cited ? at : end;
                        return OPENERS[k].role;
                }
        }
        return ROLE_NONE;
}

static bool
is_law(struct str type)
{
        return str_eq(type, S("Luật")) || str_eq(type, S("Bộ luật")) || str_eq(type, S("Pháp lệnh")) ||
               str_eq(type, S("Hiến pháp"));
}

static struct draft_basis *
basis_add(const struct clause *c, struct str type, size_t from, size_t to)
{
        struct {
                struct draft_basis *v;
                size_t n, cap;
        } vec = { c->d->bases, c->d->n_bases, c->d->cap_bases };
        struct draft_basis *b = VEC_PUSH(c->x->a, &vec);

        c->d->bases = vec.v;
        c->d->n_bases = vec.n;
        c->d->cap_bases = vec.cap;
        *b = (struct draft_basis){ .type = type, .role = str_of(ROLES[c->role]), .date = DD_NO_DAY };
        b->source = field_at(c->x, from, to, 92, "basis-clause");
        return b;
}

/* "số 12/2018/NĐ-CP" at `at`. */
static bool
number_at(struct xt *x, const struct view *v, size_t at, struct code *ret)
{
        size_t end = pat(v, at, "_so_[:]_", NULL);

        return end && scan_code(x, v, end, ret);
}

/* "ngày 29/5/2023", also "20 tháng 11 năm 2012" where the word was forgotten; *at behind it. */
static int32_t
date_at(const struct view *v, size_t *at)
{
        size_t end = pat(v, *at, "_[,]_[ngay]_", NULL), i = end ? end : *at;
        int32_t day;

        if (!scan_date(v, &i, &day))
                return DD_NO_DAY;
        *at = i;
        return day;
}

static size_t
count_numbers(struct xt *x, const struct view *v, size_t from, size_t to)
{
        size_t n = 0;
        struct code code;

        for (size_t i = from; i < to; i = view_next(v, i)) {
                if (v->bare[i] == 's' && i > 0 && v->bare[i - 1] == ' ' && number_at(x, v, i, &code))
                        n++;
        }
        return n;
}

/* A law goes by its name up to its date; by its number where it has one of its own. Gives the end. */
static size_t
law_read(const struct clause *c, const struct view *v, size_t from, size_t type_end, size_t to, struct str type)
{
        struct xt *x = c->x;
        bool amending = pat(v, type_end, "_sua doi", NULL) != 0, constitution = str_eq(type, S("Hiến pháp"));
        bool one = !amending || count_numbers(x, v, type_end, to) == 1;
        size_t name_end = to, end = to;
        int32_t date = DD_NO_DAY;
        struct code code = { 0 };
        struct draft_basis *b;

        for (size_t i = type_end; i < to; i = view_next(v, i)) {
                size_t k;

                if (v->bare[i] == '(' && i > type_end) { /* "(sửa đổi, bổ sung năm 2019)" */
                        name_end = end = i;
                        break;
                }
                if (v->bare[i] != ' ' && i > type_end)
                        continue;
                k = view_skip(v, i, " \n");
                if (one && !constitution && !code.text.n && number_at(x, v, k, &code) && code.text.n) {
                        end = code.to;
                        date = date_at(v, &end);
                        break;
                }
                code = (struct code){ 0 };
                if (pat(v, k, "(ngay {D}|{D})", NULL)) {
                        name_end = end = k;
                        date = date_at(v, &end);
                        break;
                }
                if (pat(v, k, "(da duoc|duoc) sua doi", NULL) &&
                    !(constitution &&
                      pat_find(&(struct view){ v->t + from, v->bare + from, k - from }, 0, "nam {y}", NULL) <
                          k - from &&
                      pat(v, k, "{*}mot so dieu theo", NULL))) {
                        name_end = end = k;
                        if (constitution)
                                end = to;
                        break;
                }
        }
        b = basis_add(c, type, c->from, c->to);
        b->date = date;
        if (code.text.n)
                b->number = code.text;
        else
                b->name = squeezed(x->a, view_str(v, from, name_end));
        while (b->name.n && strchr(";.,", b->name.p[b->name.n - 1]))
                b->name.n--;
        return end;
}

/* A numbered paper. Gives the end, 0 when it shows no number. */
static size_t
numbered_read(const struct clause *c, const struct view *v, size_t type_end, size_t to, struct str type)
{
        struct code code;
        struct draft_basis *b;
        size_t end;

        end = pat(v, type_end, "_(cong tac|hanh dong|phoi hop|hoat dong|toan khoa)", NULL);
        if (!number_at(c->x, v, end ? end : type_end, &code) || !code.text.n)
                return 0;
        b = basis_add(c, type, c->from, c->to);
        b->number = code.text;
        end = code.to;
        b->date = date_at(v, &end);
        /* "Tờ trình số A và Đề án số B ngày C": one date for both */
        if (b->date == DD_NO_DAY && pat(v, end, "_(va|,)_{*}so_", NULL)) {
                struct view rest = view_sub(v, end, end + 90 < to ? end + 90 : to);
                size_t at = pat_find(&rest, 0, "ngay {D}", NULL);

                if (at < rest.n)
                        b->date = date_at(&rest, &at);
        }
        return end;
}

/* The first citation in [from, to) outside brackets that is one of the types. */
static size_t
citation_find(struct xt *x, const struct view *v, size_t from, size_t to, struct str *ret_type, size_t *ret_end)
{
        int depth = 0;

        for (size_t i = from; i < to; i = view_next(v, i)) {
                struct code code;

                depth += v->bare[i] == '(';
                depth -= v->bare[i] == ')' && depth > 0;
                if (depth > 0 || !bare_word(v->bare[i]) || (i > 0 && bare_word(v->bare[i - 1])))
                        continue;
                *ret_end = scan_type(v, i, ret_type);
                if (*ret_end && number_at(x, v, *ret_end, &code))
                        return i;
        }
        return to;
}

static bool
is_proposal(struct str type)
{
        return str_eq(type, S("Tờ trình")) || str_eq(type, S("Công văn")) || str_eq(type, S("Báo cáo"));
}

/* Proposals: every "Tờ trình số ..." of the clause. */
static void
proposals_read(const struct clause *c, const struct view *v, size_t from, size_t to)
{
        size_t before = c->d->n_bases;

        while (from < to) {
                struct str type;
                size_t end, at = citation_find(c->x, v, from, to, &type, &end), after;

                if (at >= to)
                        return;
                /* after the proposal itself, letters of others are only opinions */
                after = str_eq(type, S("Tờ trình")) || (is_proposal(type) && c->d->n_bases == before)
                            ? numbered_read(c, v, end, to, type)
                            : 0;
                from = after ? after : end;
        }
}

/* The title of the paper itself names others: "sửa đổi, bổ sung một số điều của Nghị định số A và Nghị định số B". */
static bool
amends(const struct view *v, size_t from, size_t to)
{
        struct view title = view_sub(v, from, to);

        return pat_find(&title, 0, "(sua doi|bo sung|bai bo|thay the|thi hanh|chi tiet|thuc hien|theo|ve viec cong bo)",
                        NULL) < title.n;
}

/* "các Nghị định của Chính phủ: số A ngày ...; số B": the numbers of a list whose kind stands once. */
static bool
plural_read(struct clause *c, const struct view *v, size_t at, size_t to)
{
        struct code code;
        size_t many = pat(v, at, "cac ", NULL), end = many ? scan_type(v, many, &c->plural) : 0;

        if (end) {
                for (at = end; at < to && at < end + 80 && v->bare[at] != ':';)
                        at = view_next(v, at);
                at = at < to && v->bare[at] == ':' ? at + 1 : end;
        }
        if (!c->plural.n || !number_at(c->x, v, view_skip(v, at, " \n"), &code) || !code.text.n)
                return false;
        for (at = view_skip(v, at, " \n"); at < to; at = view_skip(v, end, " ,;\n")) {
                size_t and = pat(v, at, "va ", NULL);

                at = and? and : at;
                end = number_at(c->x, v, at, &code) ? numbered_read(c, v, at, to, c->plural) : 0;
                if (!end)
                        break;
        }
        return true;
}

/* One item between semicolons. */
static void
item_bases(struct clause *c, const struct view *v, size_t from, size_t to)
{
        struct str type = STR_NONE;
        size_t at = view_skip(v, from, " \n*"), end = scan_type(v, at, &type);

        if (!end && plural_read(c, v, at, to))
                return;
        c->plural = STR_NONE;

        if (!end && pat(v, at, "[cac] (diem|khoan|dieu|muc|chuong) ", NULL)) { /* "Điều 91 của Luật Tổ chức ..." */
                struct view part = view_sub(v, at, to);
                size_t law = pat_find(&part, 0, "cua (hien phap|bo luat|luat|phap lenh)", NULL);

                if (law < part.n && law < 120) {
                        at = view_skip(v, pat(v, at + law, "cua", NULL), " \n");
                        end = scan_type(v, at, &type);
                }
        }
        if (!end && (at = citation_find(c->x, v, at, to, &type, &end)) >= to)
                return;
        for (int k = 0; end && k < 12; k++) {
                size_t next,
                    after = is_law(type) ? law_read(c, v, at, end, to, type) : numbered_read(c, v, end, to, type);

                if (!after && k == 0 &&
                    !is_law(type)) { /* "Chương trình công tác năm 2024 ban hành kèm theo Quyết định số ..." */
                        struct view part = view_sub(v, end, to);
                        size_t issued =
                            pat_find(&part, 0, "(ban hanh|kem theo|phe duyet) {*}(kem theo|tai|theo) ", &next);

                        at = issued < part.n ? end + next : to;
                        end = at < to ? scan_type(v, at, &type) : 0;
                        after = end ? numbered_read(c, v, end, to, type) : 0;
                }
                if (!after)
                        return;
                next = pat(v, after, "_(,|va|, va)_", NULL);
                if (next && next < to && (end = scan_type(v, next, &type)) != 0 && end < to) {
                        at = next;
                        continue;
                }
                if (is_law(type) || (c->role != ROLE_CARRY_OUT && amends(v, after, to)))
                        return;
                /* "Thực hiện Chỉ thị số A của X về ... và Thông tư số B" */
                for (next = after; next < to; next = view_next(v, next)) {
                        size_t word = v->bare[next] == 'v' && v->bare[next - 1] == ' ' ? pat(v, next, "va ", NULL) : 0;
                        struct code code;

                        if (word && (end = scan_type(v, word, &type)) != 0 && number_at(c->x, v, end, &code)) {
                                at = word;
                                break;
                        }
                }
                if (next >= to)
                        return;
        }
}

static size_t
item_end(struct xt *x, const struct view *v, size_t from, size_t to)
{
        size_t end = from;
        int depth = 0;

        for (; end < to; end = view_next(v, end)) {
                depth += v->bare[end] == '(';
                depth -= v->bare[end] == ')' && depth > 0;
                if (v->bare[end] != ';' || depth > 0)
                        continue;
                /* a law that amends several is one item up to its date */
                if (pat(v, view_skip(v, from, " \n"), "[can cu] luat sua doi", NULL)) {
                        struct view part = view_sub(v, from, end);

                        if (pat_find(&part, 0, "(ngay {D}|{D})", NULL) >= part.n &&
                            count_numbers(x, v, from, end) == 0 && end + 2 < to)
                                continue;
                }
                break;
        }
        return end;
}

/* A paragraph of the preamble; *role stays for a list that goes on in the next one. */
static void
paragraph_bases(struct clause *c, const struct view *v, size_t from, size_t to)
{
        c->from = from;
        c->to = to;
        while (from < to) {
                size_t end = item_end(c->x, v, from, to), text = view_skip(v, from, " \n*-");
                enum role role = opener_at(v, text, &text);

                if (role)
                        c->role = role;
                if (c->role == ROLE_PROPOSAL)
                        proposals_read(c, v, text, end);
                else if (c->role)
                        item_bases(c, v, text, end);
                from = end + 1;
        }
}

/* "QUYẾT ĐỊNH:", "Điều 1", "I.", "Chương": the preamble is over. */
static bool
ends_preamble(const struct flow *f, size_t seg)
{
        struct item it = item_read(f, seg);

        return it.kind == ITEM_ARTICLE || it.kind == ITEM_ROMAN || it.kind == ITEM_APPENDIX ||
               pat(&f->v, f->segs[seg].from, "(quyet dinh|quyet nghi|nghi quyet|chuong|phan thu|noi nhan)", NULL) != 0;
}

/* An opener inside a paragraph that a flattened title begins: "... CẢI TẠO ĐẤT Căn cứ Luật ...". */
static size_t
inline_opener(const struct view *v, size_t from, size_t to)
{
        for (size_t i = from; i < to; i = view_next(v, i)) {
                size_t end;

                if (v->bare[i] == 'c' && (i == from || !bare_word(v->bare[i - 1])) && view_case(v, i) == CASE_CAPITAL &&
                    pat(v, i, "can cu", NULL))
                        return i;
                if ((v->bare[i] == 't' || v->bare[i] == 'x') && i == from && opener_at(v, i, &end))
                        return i;
        }
        return to;
}

void
bases_read(struct xt *x, const struct part *p, struct draft_document *d)
{
        const struct view *v = &x->f.v;
        bool letter = str_eq(d->type.text, S("Công văn"));
        struct clause c = { .x = x, .d = d };
        size_t found = 0;
        bool open = false; /* the paragraph before ended in the middle of a sentence: a wrapped line */

        if (!d->type.text.n)
                return;
        for (size_t s = flow_seg_at(&x->f, p->body + 1); s < x->f.n_segs && x->f.segs[s].from < p->foot; s++) {
                const struct seg *g = &x->f.segs[s];
                size_t from = g->from > p->body ? g->from : p->body, opener = 0, text;
                struct str type;

                from = view_skip(v, from, " \n*-.;");
                if (from >= g->to || (g->from >= p->body && ends_preamble(&x->f, s))) {
                        if (from < g->to)
                                break;
                        continue;
                }
                if (opener_at(v, from, &text)) {
                        opener = from;
                } else if (!letter && found == 0) {
                        opener = inline_opener(v, from, g->to);
                        if (opener >= g->to)
                                opener = 0;
                }
                if (opener || (found && c.role && scan_type(v, from, &type) && view_case(v, from) == CASE_CAPITAL &&
                               !letter && !pat(v, scan_type(v, from, &type), "_nay", NULL))) {
                        size_t before = d->n_bases;

                        paragraph_bases(&c, v, opener ? opener : from, g->to);
                        found += d->n_bases > before;
                } else if (letter || (found && !open && view_case(v, from) != CASE_SMALL &&
                                      !pat(v, from, "(de|sau khi|tren co so|theo)", NULL))) {
                        break;
                }
                open = !strchr(";.,:", v->bare[g->to - 1]);
        }
}
