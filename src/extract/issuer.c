/* issuer.c - who issued a paper, and the body above it: the lines in capitals before the motto; where the head is lost,
 * the office before the bases or the symbol of the number, said to be inferred. */
#include "extract_priv.h"

#include "agency_priv.h"

/* Bodies that begin a second line of the head; other words go on with the line above. */
static const char *const BODIES[] = {
        "sở",
        "cục",
        "chi cục",
        "tổng cục",
        "phòng",
        "ban",
        "văn phòng",
        "trung tâm",
        "vụ",
        "thanh tra",
        "công an",
        "hội đồng",
        "đảng đoàn",
        "đảng bộ",
        "đảng ủy",
        "chi bộ",
        "liên minh",
        "hội",
        "trường",
        "viện",
        "bệnh viện",
        "ủy ban nhân dân",
        "ubnd",
        "bộ chỉ huy",
        "liên đoàn",
        "tỉnh đoàn",
        "kho bạc",
        "bảo hiểm",
        "tổ công tác",
        "thường trực",
        "công ty",
        "tổng công ty",
        "ngân hàng",
        "xí nghiệp",
        "nhà máy",
        "học viện",
        "tòa án",
        "công đoàn",
        "đài",
        "quỹ",
        "tỉnh ủy",
        "thành ủy",
        "huyện ủy",
        "thị ủy",
        "quận ủy",
        "hạt kiểm lâm",
        "quân khu",
        "quân đoàn",
        "quân chủng",
        "bộ tư lệnh",
        "binh đoàn",
        "sư đoàn",
        "khoa",
        "trạm",
        "đoàn",
        "mặt trận",
        "ủy ban mttq",
        "ủy ban mặt trận",
        "hiệp hội",
        "liên hiệp",
        "thuế",
        "thống kê",
        "đội",
        "đồn",
        "ủy ban kiểm tra",
        "ban cán sự đảng",
};

static bool
begins_body(const struct view *v, size_t at)
{
        for (size_t k = 0; k < ARRAY_LEN(BODIES); k++) {
                if (marked_at(v, at, BODIES[k]))
                        return true;
        }
        return false;
}

static size_t
trim_rules(const struct view *v, size_t from, size_t to)
{
        while (to > from && strchr(" \n\t-*_.#\2", v->bare[to - 1]))
                to--;
        return to;
}

/* The beginning of the word before `at`. */
static size_t
before_word(const struct view *v, size_t at)
{
        size_t end = at;

        while (end > 0 && strchr(" \n", v->bare[end - 1]))
                end--;
        at = end;
        while (at > 0 && bare_word(v->bare[at - 1]))
                at--;
        return at;
}

/* In a head flattened to one line: a part that cannot go on with the name of the body it stands behind. */
static bool
inline_body(const struct view *v, size_t from, size_t i)
{
        if (pat(v, from, "(truong|dai hoc|hoc vien|benh vien|vien) ", NULL))
                return (marked_at(v, i, "khoa") && !pat(v, i, "khoa (hoc|giao)", NULL) &&
                        !pat(v, before_word(v, i), "(da|bach|y) khoa", NULL)) ||
                       pat(v, i, "phong (dao tao|to chuc|hanh chinh|ke hoach|tai chinh|cong tac|quan ly)", NULL);
        if (!pat(v, from, "(ubnd|uy ban nhan dan|bo|so|tinh uy|thanh uy|huyen uy|dang uy|dang bo)", NULL))
                return false;
        return (marked_at(v, i, "sở") || marked_at(v, i, "cục") || marked_at(v, i, "tổng cục") ||
                marked_at(v, i, "chi cục")) ||
               pat(v, i,
                   "(ban (quan ly|chi dao|to chuc|tuyen giao|noi chinh|dan van|xay dung dang|dan toc|chi huy|kinh te)|"
                   "trung tam|truong (mam non|mau giao|tieu hoc|thcs|thpt|trung hoc|pho thong|cao dang|dai hoc|chinh "
                   "tri)|phong (kinh te|van hoa|noi vu|tai chinh|tu phap|giao duc|y te|nong nghiep|tai nguyen|lao dong|"
                   "quan ly|dan toc)|thanh tra (tinh|thanh pho|huyen|so)|uy ban kiem tra|dang uy|quan khu|hat kiem "
                   "lam|van phong dang ky)",
                   NULL);
}

/* Where the issuer begins in [from, to): behind the body above it. */
static size_t
second_body(const struct view *v, size_t from, size_t to)
{
        size_t best = from;

        for (size_t i = from + 1; i < to; i = view_next(v, i)) {
                bool line = v->bare[i - 1] == '\n';
                size_t k = view_skip(v, i, " ");

                if (!line && v->bare[i - 1] != ' ')
                        continue;
                if (line && k > i)
                        continue;
                if (!begins_body(v, i) || (pat(v, i, "(cuc|doi|doan|nhanh)", NULL) &&
                                           pat(v, before_word(v, i), "(tong|chi) ", NULL))) /* "TỔNG CỤC" is one word */
                        continue;
                /* in one line only what cannot go on with the name: "UBND TỈNH X SỞ Y" */
                if (!line && !inline_body(v, from, i))
                        continue;
                best = i;
        }
        return best;
}

static bool
is_number(const struct view *v, size_t from, size_t to)
{
        for (size_t i = from; i < to; i++) {
                if (v->bare[i] < '0' || v->bare[i] > '9')
                        return false;
        }
        return to > from && to - from <= 4;
}

/* The run of words in capitals that ends at `to`. */
static size_t
capitals_before(const struct view *v, size_t from, size_t to)
{
        size_t at = to, word = to;

        while (word > from) {
                size_t stop = word;

                while (stop > from && strchr(" \n\t", v->bare[stop - 1]))
                        stop--;
                word = stop;
                while (word > from && !strchr(" \n\t", v->bare[word - 1]))
                        word--;
                if (stop == word)
                        break;
                if (memchr(v->bare + word, '/', stop - word))
                        break;
                if (is_number(v, word, stop)) /* "BAN CHỈ ĐẠO 389" */
                        continue;
                if (view_capitals(v, word, stop))
                        at = word;
                else if (view_next(v, word) < stop ||
                         (v->bare[word] != '-' && v->bare[word] != '#' && v->bare[word] != ','))
                        break;
        }
        return at;
}

static void
issuer_inferred(struct xt *x, const struct part *p, struct draft_document *d)
{
        const struct view *v = &x->f.v;
        struct view near = view_sub(v, p->body, p->body + 400);
        size_t at = authority_cut(&near, 0, near.n), s = flow_seg_at(&x->f, p->body + 1);

        (void)at;
        for (size_t k = 0; k < 3 && s < x->f.n_segs; k++, s++) {
                const struct seg *g = &x->f.segs[s];
                size_t from = g->from, post;

                if (!view_capitals(v, g->from, g->to) || g->to - g->from > 160)
                        continue;
                post = pat(v, from, "(chu tich|bo truong|giam doc|cuc truong|tong cuc truong) ", NULL);
                if (post)
                        from = view_skip(v, post, " ");
                if (head_at(v, from, &post) &&
                    pat(v, from, "(uy ban|ubnd|hoi dong|bo|so|cuc|tong cuc|ban|quoc hoi|chinh phu|thu tuong)", NULL)) {
                        d->issuer = field_at(x, from, g->to, 70, "issuer-from-authority");
                        d->issuer.note =
                            S("Phần tên cơ quan không có ở đầu văn bản; lấy theo dòng thẩm quyền trước căn cứ.");
                        return;
                }
        }
        if (d->number.text.n) {
                d->issuer.text = issuer_of_symbol(d->number.text);
                if (d->issuer.text.n) {
                        d->issuer.span = d->number.span;
                        d->issuer.confidence = 60;
                        d->issuer.rule = "issuer-from-symbol";
                        d->issuer.note = S("Phần tên cơ quan không có ở đầu văn bản; suy từ ký hiệu.");
                }
        }
}

/* What stands opposite the issuer: the state's motto, the name of the party or of the youth union. */
#define MOTTO                                                                                                          \
        "(cong hoa xa hoi chu nghia viet nam|dang cong san viet nam|doan tncs ho chi minh|doan thanh nien cong san)"

/* "Số" at the beginning of a line, with or without its colon. */
static size_t
number_line(const struct view *v)
{
        for (size_t i = 0; i < v->n; i = view_next(v, i)) {
                if (v->bare[i] != 's' || (i > 0 && bare_word(v->bare[i - 1])))
                        continue;
                if (pat(v, i, "so_:", NULL) || ((i == 0 || v->bare[i - 1] == '\n') && pat(v, i, "so_{n}", NULL)))
                        return i;
        }
        return v->n;
}

/* Lines in capitals that end at `end`: the issuer and the body above it. False when there are none. */
static bool
issuer_lines(struct xt *x, struct draft_document *d, size_t from, size_t end)
{
        const struct view *v = &x->f.v;
        size_t issuer;

        end = trim_rules(v, from, end);
        from = view_skip(v, capitals_before(v, from, end), " \n\t-*#_");
        if (end <= from + 3 || !view_capitals(v, from, end) || pat(v, from, MOTTO, NULL) >= end)
                return false;
        issuer = second_body(v, from, end);
        for (size_t i = issuer + 1; i < end; i = view_next(v, i)) { /* "QUỐC HỘI / KHÓA XIV": a term is no name */
                if (strchr(" \n", v->bare[i - 1]) && (marked_at(v, i, "khóa") || marked_at(v, i, "nhiệm kỳ")))
                        end = trim_rules(v, issuer, i);
        }
        d->issuer = field_at(x, issuer, end, 92, "issuer-lines");
        if (issuer > from)
                d->parent = field_at(x, from, trim_rules(v, from, issuer), 90, "issuer-lines");
        return true;
}

void
issuer_read(struct xt *x, const struct part *p, struct draft_document *d, size_t to)
{
        const struct view *v = &x->f.v;
        struct view head = view_sub(v, p->from, to > p->from + 1200 ? p->from + 1200 : to);
        size_t motto_end = 0, motto = pat_find(&head, 0, MOTTO, &motto_end), number = number_line(&head), after;

        if (issuer_lines(x, d, p->from, p->from + (motto < number ? motto : number)))
                return;
        if (motto < number) { /* the party's name, then the bodies */
                after = p->from + motto_end;
                while (after < v->n && v->bare[after] != '\n')
                        after++;
                if (issuer_lines(x, d, after, p->from + number))
                        return;
        }
        issuer_inferred(x, p, d);
}
