/* foot.c - the foot of a paper: recipients, and who signed (NĐ 30 boxes 7 and 9b; SPECS 1.7). */
#include "extract_priv.h"

#define SIGN_BYTES 900

/* Offices that open a signature, in capitals. */
#define OFFICE                                                                                                         \
        "(tm.|kt.|tl.|tuq.|q.|t/m|k/t|t/l|chu tich|pho chu tich|bo truong|thu truong|giam doc|pho giam doc|truong "    \
        "ban|"                                                                                                         \
        "pho truong ban|thu tuong|pho thu tuong|chanh|pho chanh|cuc truong|pho cuc truong|vu truong|vien truong|tong|" \
        "truong phong|hieu truong|bi thu|pho bi thu|chu nhiem|pho chu nhiem|thong doc|truong doan|to truong|thu "      \
        "ky|truong|tu lenh|pho tu lenh|chinh uy|pho chinh uy|chi huy truong|pho chi huy|doi truong|tram truong|chi "   \
        "cuc truong|hat truong|phu trach|quyen|pho hieu truong|pho vien truong|pho chu|pho tong|pho vu|pho truong)"

static bool
opens_signature(const struct view *v, size_t at, size_t to)
{
        size_t second = view_next(v, at);

        return at < to && view_case(v, at) == CASE_CAPITAL &&
               (view_case(v, second) == CASE_CAPITAL || v->bare[second] == '.' || v->bare[second] == '/') &&
               pat(v, at, OFFICE, NULL);
}

/* Two to five words, each a capital and small letters. End offset, 0 = no name. */
static size_t
name_end(const struct view *v, size_t at, size_t to)
{
        size_t end = 0;
        int words = 0;

        while (at < to && words < 5) {
                size_t i = at;

                if (view_case(v, i) != CASE_CAPITAL)
                        break;
                i = view_next(v, i);
                if (i < to && bare_word(v->bare[i]) && view_case(v, i) != CASE_SMALL)
                        break;
                while (i < to && bare_word(v->bare[i]))
                        i = view_next(v, i);
                if (i < to && !strchr(" \n\t.", v->bare[i]))
                        break;
                end = i;
                words++;
                if (i < to && v->bare[i] != ' ')
                        break;
                at = view_skip(v, i, " ");
        }
        at = view_skip(v, end, " ");
        if (at < to && view_case(v, at) == CASE_SMALL) /* a sentence goes on */
                return 0;
        return words >= 2 ? end : 0;
}

/* "- Như Điều 4; CHỦ TỊCH", "- Lưu VT. Đinh Trung Minh": a scan read the lines of both columns of the foot as one.
 * What belongs to the signature is taken off the item; gives where the item ends. */
static size_t
mixed_line(struct xt *x, struct draft_document *d, size_t from, size_t to)
{
        const struct view *v = &x->f.v;
        bool last = pat(v, from, "luu", NULL) != 0;

        for (size_t i = from; i < to; i = view_next(v, i)) {
                size_t at = i == from ? i : strchr(";.", v->bare[i]) ? view_skip(v, i + 1, " ") : 0;

                if (!at || at >= to || memchr(v->bare + at, '\n', to - at))
                        continue;
                if (opens_signature(v, at, to) && to - at > 6 && view_capitals(v, at, to)) {
                        struct str above = d->signer_title.text;

                        d->signer_title = field_at(x, at, to, 60, "signature-mixed");
                        if (above.n)
                                d->signer_title.text =
                                    str_fmt(x->a, "%.*s %.*s", FMT(above), FMT(d->signer_title.text));
                        return i;
                }
                if (last && i > from && d->signer_title.text.n && name_end(v, at, to) == to) {
                        d->signer_name = field_at(x, at, to, 60, "signature-mixed");
                        return i;
                }
        }
        return to;
}

/* ---- recipients ----------------------------------------------------------------------------------------- */

static void
recipient_add(struct xt *x, struct draft_document *d, size_t from, size_t to)
{
        const struct view *v = &x->f.v;
        struct {
                struct field *v;
                size_t n, cap;
        } vec = { d->recipients, d->n_recipients, d->cap_recipients };

        from = view_skip(v, from, " \n\t-+*");
        while (to > from && strchr(" \n\t;.,:", v->bare[to - 1]))
                to--;
        to = mixed_line(x, d, from, to);
        if (to <= from || to - from > 600)
                return;
        *VEC_PUSH(x->a, &vec) = field_at(x, from, to, 94, "recipient");
        d->recipients = vec.v;
        d->n_recipients = vec.n;
        d->cap_recipients = vec.cap;
}

/* A dash that begins an item: at the start, after a line end, or after a stop. */
static bool
item_dash(const struct view *v, size_t from, size_t i)
{
        size_t k = i;

        if (v->bare[i] != '-')
                return false;
        while (k > from && v->bare[k - 1] == ' ')
                k--;
        return k == from || strchr("\n;:.,)", v->bare[k - 1]);
}

/* A paragraph in capitals that opens a signature: "KT. CHỦ TỊCH". */
bool
signature_opens(const struct view *v, size_t from, size_t to)
{
        return opens_signature(v, from, to) && view_capitals(v, from, to);
}

/* "Lưu: VT, ĐMDN (2b). Trung Anh BỘ TRƯỞNG ...": the last item ends before the signature. */
static size_t
last_item_end(const struct view *v, size_t from, size_t to)
{
        if (!pat(v, view_skip(v, from, " -\n"), "luu", NULL))
                return to;
        for (size_t i = from + 4; i + 2 < to; i = view_next(v, i)) {
                if (v->bare[i - 1] == ' ' && opens_signature(v, i, to) && view_capital_run(v, i, to) > i + 8)
                        return i;
        }
        return to;
}

/* Items of one stretch of text; gives the end of the last. */
static size_t
items_read(struct xt *x, struct draft_document *d, size_t from, size_t to)
{
        const struct view *v = &x->f.v;
        size_t start = view_skip(v, from, " \n\t:");

        for (size_t i = start; i <= to; i = i < to ? view_next(v, i) : to + 1) {
                bool line = i > start && i < to && v->bare[i - 1] == '\n' && i >= 2 &&
                            (strchr(";.", v->bare[i - 2]) ||
                             (v->bare[i - 2] == ',' && view_case(v, i) != CASE_SMALL)); /* else the item goes on */

                if (i < to && !(item_dash(v, start, i) && i > start) && !line)
                        continue;
                if (i > start) {
                        size_t end = i == to ? last_item_end(v, start, to) : i;

                        recipient_add(x, d, start, end);
                        if (end < i)
                                return end;
                }
                start = i;
        }
        return to;
}

/* Recipients from "Nơi nhận" on; gives where the search for the signature begins. */
static size_t
recipients_read(struct xt *x, const struct part *p, struct draft_document *d)
{
        const struct view *v = &x->f.v;
        size_t s = flow_seg_at(&x->f, p->foot + 1), at, end;
        bool open = true;

        if (p->foot >= p->to || s >= x->f.n_segs)
                return p->foot;
        at = pat(v, p->foot, "[- ]noi nhan_[:]_", NULL);
        end = items_read(x, d, at ? at : p->foot, x->f.segs[s].to);
        if (x->f.segs[s].cell >= 0)
                return end;
        while (++s < x->f.n_segs && x->f.segs[s].from < p->appendix) {
                const struct seg *g = &x->f.segs[s];
                struct item it = item_read(&x->f, s);

                if (g->from >= g->to)
                        continue;
                if (it.kind != ITEM_DASH &&
                    (!open || opens_signature(v, g->from, g->to) || view_capitals(v, g->from, g->to)))
                        break;
                if (it.kind != ITEM_DASH && it.kind != ITEM_NONE)
                        break;
                end = items_read(x, d, g->from, g->to);
                open = v->bare[g->to - 1] == ';' || v->bare[g->to - 1] == ',';
                if (end < g->to || pat(v, it.text, "luu", NULL))
                        break;
        }
        return end;
}

/* ---- signature ------------------------------------------------------------------------------------------ */

static void
capacity_read(struct draft_document *d, const struct view *v, size_t from, size_t to)
{
        static const struct {
                const char *pattern, *name;
        } marks[] = {
                { "(tm.|t/m)", "TM" }, { "(kt.|k/t)", "KT" }, { "(tl.|t/l)", "TL" }, { "tuq.", "TUQ" }, { "q.", "Q" }
        };

        for (size_t i = from; i < to; i = view_next(v, i)) {
                if (i > from && bare_word(v->bare[i - 1]))
                        continue;
                for (size_t k = 0; k < ARRAY_LEN(marks); k++) {
                        size_t end = pat(v, i, marks[k].pattern, NULL);

                        /* "KT.THỦ TƯỚNG" has no blank behind the stop */
                        if (!end && k == 1 && i + 3 < to && v->bare[i] == 'k' && v->bare[i + 1] == 't' &&
                            v->bare[i + 2] == '.')
                                end = i + 3;
                        if (end && d->n_capacity < ARRAY_LEN(d->capacity)) {
                                d->capacity[d->n_capacity++] = str_of(marks[k].name);
                                break;
                        }
                }
        }
}

/* A second office printed after the name, or between the first and the name. */
static void
second_office(struct xt *x, const struct part *p, struct draft_document *d, size_t at)
{
        const struct view *v = &x->f.v;
        size_t from = view_skip(v, at, " \n\t"), run;

        if (from >= p->appendix || !opens_signature(v, from, p->appendix) || from - at > 4)
                return;
        run = view_capital_run(v, from, p->appendix);
        for (size_t s = flow_seg_at(&x->f, from + 1); s < x->f.n_segs && x->f.segs[s].to < run; s++) {
                run = x->f.segs[s].to;
                break;
        }
        if (run > from && run - from < 160)
                d->signer_second_title = field_at(x, from, run, 90, "signature");
}

/* Over "(Đã ký)", "[chữ ký số]", dotted lines: what stands between the office and the name. */
static size_t
over_signature(const struct view *v, size_t at, size_t to)
{
        for (;;) {
                size_t i = view_skip(v, at, " \n\t._*-\2"), end = i;

                if (i < to && (v->bare[i] == '(' || v->bare[i] == '[')) {
                        while (end < to && end < i + 60 && v->bare[end] != ')' && v->bare[end] != ']')
                                end++;
                        if (end < to && (v->bare[end] == ')' || v->bare[end] == ']')) {
                                at = end + 1;
                                continue;
                        }
                }
                end = pat(v, i, "(da ky|chu ky|ky ten)_[,_dong dau]_", NULL);
                if (!end) /* ranks and degrees */
                        end =
                            pat(v, i,
                                "((dai|thuong|trung|thieu) (tuong|ta|uy)|bac si [ckii|cki]|luat su|ky su|bs.[cki|ckii]|"
                                "ths.|ts.|gs.|pgs.|ths|ts)_[,|-]_",
                                NULL);
                if (!end)
                        return i;
                at = end;
        }
}

/* "Y Bhiăo Niê", "K Brang": a name may begin with one capital letter, which is no word of the office above it. */
static size_t
lone_letter(const struct view *v, size_t from, size_t run)
{
        size_t end = run, at;

        while (end > from && strchr(" \n\t", v->bare[end - 1]))
                end--;
        for (at = end;
             at > from && (unsigned char)v->t[at - 1] >= 0x80;) /* a letter of several bytes is no such name */
                at--;
        if (at != end || end < from + 3 || !strchr("\n ", v->bare[end - 2]) || !strchr("ykh", v->bare[end - 1]))
                return run;
        return end - 1;
}

static bool
signature_at(struct xt *x, const struct part *p, struct draft_document *d, size_t at, size_t limit)
{
        const struct view *v = &x->f.v;
        size_t run = lone_letter(v, at, view_capital_run(v, at, limit)), name = over_signature(v, run, limit), end;

        if (run == at || run - at > 300)
                return false;
        end = name_end(v, name, limit);
        if (!end)
                return false;
        d->signer_title = field_at(x, at, run, 92, "signature");
        d->signer_name = field_at(x, name, end, 92, "signature");
        while (d->signer_name.text.n && d->signer_name.text.p[d->signer_name.text.n - 1] == '.')
                d->signer_name.text.n--;
        capacity_read(d, v, at, run);
        second_office(x, p, d, end);
        return true;
}

static size_t
last_stop(const struct part *p, const struct view *v)
{
        for (size_t i = p->appendix; i > p->body + 3; i--) {
                if (v->bare[i - 1] == '.' && v->bare[i - 2] == '/' && v->bare[i - 3] == '.')
                        return i;
        }
        /* laws end without "./." and recipients */
        return p->appendix > p->body + SIGN_BYTES / 2 ? p->appendix - SIGN_BYTES / 2 : p->body;
}

void
foot_read(struct xt *x, struct part *p, struct draft_document *d)
{
        const struct view *v = &x->f.v;
        size_t at = recipients_read(x, p, d), limit;

        if (p->foot >= p->to)
                at = last_stop(p, v);
        limit = at + SIGN_BYTES < p->appendix ? at + SIGN_BYTES : p->appendix;
        for (size_t i = at; i < limit && !d->signer_name.text.n; i = view_next(v, i)) {
                if ((i > 0 && bare_word(v->bare[i - 1])) || !opens_signature(v, i, limit))
                        continue;
                if (signature_at(x, p, d, i, limit))
                        return;
        }
}
