/* title.c - the subject of a paper (trích yếu): after its type word, or after "V/v" of a letter. */
#include "extract_priv.h"

#include "dd_text.h"

#define TITLE_MAX 1600

/* What ends a subject at the beginning of a paragraph. */
#define OPENERS                                                                                                        \
        "(can cu|thuc hien|xet|theo de nghi|trien khai|de |kinh gui|ngay|chuong|phan|dieu|muc|luat nay|quoc hoi ban "  \
        "hanh)"

/* Offices that stand alone in capitals before the bases: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH". */
#define AUTHORITY                                                                                                      \
        "(chu tich|bo truong|uy ban nhan dan|ubnd|hoi dong nhan dan|hoi dong tham phan|chinh phu|thu tuong|quoc hoi|"  \
        "tong cuc truong|cuc truong|giam doc|truong ban|ban chi dao|thong doc|tong thanh tra|chanh an|vien truong|"    \
        "uy ban thuong vu|ban thuong vu|ban chap hanh|hieu truong|bi thu|tong giam doc|tong kiem toan)"

static bool
stops_title(const struct flow *f, size_t seg)
{
        struct item it = item_read(f, seg);

        return it.kind == ITEM_ROMAN || it.kind == ITEM_ARTICLE || it.kind == ITEM_APPENDIX ||
               (it.kind == ITEM_NUMBER && it.no.n <= 2 && view_case(&f->v, it.text) == CASE_CAPITAL) ||
               pat(&f->v, f->segs[seg].from, OPENERS, NULL) != 0 || f->v.bare[f->segs[seg].from] == '(';
}

/* The beginning of the word before `at`. */
static size_t
word_before(const struct view *v, size_t at)
{
        while (at > 0 && strchr(" \n\t", v->bare[at - 1]))
                at--;
        while (at > 0 && bare_word(v->bare[at - 1]))
                at--;
        return at;
}

size_t
authority_cut(const struct view *v, size_t from, size_t to)
{
        for (size_t i = from; i < to; i = view_next(v, i)) {
                if (v->bare[i] == '\n' && pat(v, view_skip(v, i, " \n"), AUTHORITY, NULL) &&
                    !pat(v, word_before(v, i), "(cua|do|boi|thuoc|va|giua|voi)_", NULL) &&
                    view_capitals(v, view_skip(v, i, " \n"), to))
                        return i;
        }
        return to;
}

/* The issuer's name at the end of a flattened title: "... HUYỆN CHÂU THÀNH ỦY BAN NHÂN DÂN TỈNH TÂY NINH". */
static size_t
issuer_tail(struct xt *x, const struct draft_document *d, const struct part *p, size_t from, size_t to)
{
        const struct view *v = &x->f.v;

        (void)d;
        for (size_t i = from + 20 < to ? from + 20 : to; i < to; i = view_next(v, i)) {
                size_t end;

                if (v->bare[i - 1] != ' ' || !(end = pat(v, i, AUTHORITY, NULL)) ||
                    pat(v, word_before(v, i), "(cua|do|boi|giua) ", NULL))
                        continue;
                /* the same words open the paper: compare with its first lines */
                for (size_t k = p->from; k < p->from + 300 && k < from; k = view_next(v, k)) {
                        size_t a = k, b = i;

                        while (b < to && a < from &&
                               (v->bare[a] == v->bare[b] || (strchr(" \n", v->bare[a]) && strchr(" \n", v->bare[b])))) {
                                a++;
                                b++;
                        }
                        if (b >= to ||
                            (b > i + 8 && (pat(v, b, "_nuoc cong hoa xa hoi chu nghia viet nam_", NULL) >= to ||
                                           pat(v, b, "_[,]_(khoa|nhiem ky) ", NULL) != 0)))
                                return i;
                }
                if (pat(v, i,
                        "(chu tich|bo truong|tong cuc truong|cuc truong|giam doc) (uy ban|ubnd|bo|tong cuc|cuc|so)",
                        NULL) &&
                    to - i < 160)
                        return i;
        }
        return to;
}

/* "LUẬT ĐẤT ĐAI SỐ 24-L/CTN NGÀY 14/07/1993 CỦA QUỐC HỘI": the number again, at the end. */
static size_t
number_tail(struct xt *x, size_t from, size_t to)
{
        const struct view *v = &x->f.v;

        for (size_t i = from + 8; i < to; i = view_next(v, i)) {
                struct code code;
                size_t end, rest;

                if (v->bare[i - 1] != ' ' || !(end = pat(v, i, "so ", NULL)) || !scan_code(x, v, end, &code))
                        continue;
                rest = pat(v, code.to, "_[ngay {D}]_[cua (quoc hoi|chinh phu)]_", NULL);
                if (rest && rest >= to)
                        return i;
        }
        return to;
}

static struct str
without_remarks(struct arena *a, struct str s)
{
        char *out = arena_alloc(a, s.n + 1);
        size_t n = 0;
        int depth = 0;

        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == '[')
                        depth++;
                if (depth == 0)
                        out[n++] = s.p[i];
                if (s.p[i] == ']' && depth > 0)
                        depth--;
        }
        return squeezed(a, (struct str){ out, n });
}

static size_t
capital_title(struct xt *x, const struct part *p, const struct draft_document *d, size_t from, size_t limit)
{
        const struct view *v = &x->f.v;
        size_t end = view_capital_run(v, from, limit);

        for (size_t s = flow_seg_at(&x->f, from + 1); s < x->f.n_segs && x->f.segs[s].from < end; s++) {
                if (x->f.segs[s].from > from && stops_title(&x->f, s)) {
                        end = x->f.segs[s].from;
                        break;
                }
        }
        end = authority_cut(v, from, end);
        end = issuer_tail(x, d, p, from, end);
        return number_tail(x, from, end);
}

/* "Ủy ban nhân dân thành phố kính mời ...", "Ban Chỉ đạo ban hành kế hoạch như sau:": the body begins. */
static bool
opens_body(const struct view *v, const struct seg *g)
{
        struct view line = view_sub(v, g->from, g->to);

        return view_case(v, g->from) == CASE_CAPITAL &&
               pat_find(&line, 1, "(kinh (moi|trinh|de nghi|gui)|nhu sau_:|tran trong|thong bao nhu sau)", NULL) <
                   line.n;
}

static size_t
plain_title(struct xt *x, size_t from, size_t limit)
{
        const struct view *v = &x->f.v;
        size_t s = flow_seg_at(&x->f, from + 1), end, cut;
        struct view whole;

        if (s >= x->f.n_segs || (x->f.segs[s].from == from && item_read(&x->f, s).kind == ITEM_NUMBER &&
                                 stops_title(&x->f, s))) /* no subject: the text begins */
                return from;
        end = x->f.segs[s].to;
        while (s + 1 < x->f.n_segs && !x->f.segs[s + 1].gap && x->f.segs[s + 1].to <= limit &&
               x->f.segs[s + 1].cell < 0 && x->f.segs[s + 1].from < x->f.segs[s + 1].to && !stops_title(&x->f, s + 1) &&
               v->bare[end - 1] != '.' && !strchr(".:", v->bare[x->f.segs[s + 1].to - 1]) &&
               !view_capitals(v, x->f.segs[s + 1].from, x->f.segs[s + 1].to) && !opens_body(v, &x->f.segs[s + 1]))
                end = x->f.segs[++s].to;
        whole = view_sub(v, from, end);
        cut = pat_find(&whole, 1, "(can cu (luat|nghi|quyet|bo luat|thong tu|hien)|theo de nghi cua)", NULL);
        return from + (cut < whole.n ? cut : whole.n);
}

/* "CỦA BAN THƯỜNG VỤ TỈNH ỦY / về tăng cường ...": the subject goes on in small letters on the next line. */
static size_t
small_lines(struct xt *x, size_t end, size_t limit)
{
        const struct view *v = &x->f.v;
        size_t at = view_skip(v, end, " \n\t"), s = flow_seg_at(&x->f, at + 1);

        if (at >= limit || s >= x->f.n_segs || !memchr(v->bare + end, '\n', at - end) || x->f.segs[s].cell >= 0 ||
            (x->f.segs[s].from == at && x->f.segs[s].gap) || view_case(v, at) != CASE_SMALL ||
            !pat(v, at, "(ve|trong|cua|nham|doi voi|giai doan|nam|tren|va|cho) ", NULL))
                return end;
        return plain_title(x, at, limit);
}

/* "V/v ..." up to the dateline, "Kính gửi", the end of its cell or of its lines. */
static size_t
subject_end(struct xt *x, const struct part *p, size_t from, size_t limit)
{
        const struct view *v = &x->f.v;
        size_t s = flow_seg_at(&x->f, from), end;
        struct view whole;
        size_t cut;

        if (s >= x->f.n_segs)
                return from;
        end = x->f.segs[s].to;
        while (s + 1 < x->f.n_segs && !x->f.segs[s + 1].gap && x->f.segs[s + 1].cell < 0 && x->f.segs[s].cell < 0 &&
               x->f.segs[s + 1].to <= limit &&
               !pat(v, x->f.segs[s + 1].from, "(kinh gui|can cu|cong hoa|dang cong san viet)", NULL) &&
               !stops_title(&x->f, s + 1) && item_read(&x->f, s + 1).kind != ITEM_DASH &&
               v->bare[x->f.segs[s + 1].to - 1] != ':' && end - from < 500)
                end = x->f.segs[++s].to;
        whole = view_sub(v, from, end);
        cut = pat_find(&whole, 0, "kinh gui", NULL);
        if (p->dateline > from && p->dateline - from < cut) /* the dateline may follow on the same line */
                cut = p->dateline - from;
        return from + (cut < whole.n ? cut : whole.n);
}

void
title_read(struct xt *x, struct part *p, struct draft_document *d, size_t at)
{
        const struct view *v = &x->f.v;
        size_t from = view_skip(v, at, " \n\t:.-"), end;
        size_t limit = from + TITLE_MAX < p->to ? from + TITLE_MAX : p->to;
        const char *rule = "title-plain";

        if (str_eq(d->type.text, S("Công văn"))) {
                end = subject_end(x, p, from, limit);
                rule = "subject-line";
        } else {
                size_t probe = view_skip(v, from, " \n");
                size_t run;

                while (probe < limit && v->bare[probe] == '[') { /* remarks of a collection */
                        const char *close = memchr(v->bare + probe, ']', limit - probe);

                        probe = close ? view_skip(v, (size_t)(close - v->bare) + 1, " \n") : limit;
                }
                run = view_capital_run(v, probe, limit);
                if (run > probe + 6) {
                        end = small_lines(x, capital_title(x, p, d, from, limit), limit);
                        rule = "title-capitals";
                } else {
                        end = plain_title(x, from, limit);
                }
        }
        if (end <= from)
                return;
        d->title = field_at(x, from, end, 94, rule);
        d->title.text = without_remarks(x->a, view_str(v, from, end));
        if (end > p->body)
                p->body = end;
}
