/* agency_parse.c - one expression by itself, as `dondoc parse agency` reads it: names spelled out, tails that two names
 * share, lists under a common head, posts cut off. */
#include "agency_priv.h"

#include "dd_text.h"

static bool
bare_is(struct arena *a, struct str s, const char *bare)
{
        return str_eq(text_fold(a, s), str_of(bare));
}

static bool
bare_starts(struct arena *a, struct str s, const char *bare)
{
        return str_starts(text_fold(a, s), str_of(bare));
}

#define PARTY "(tinh|thanh|huyen|thi|quan|dang) uy"

/* "Huyện ủy, UBND huyện Con Cuông", "Đảng ủy, UBND các xã": the party's committee of the same place. */
static struct str
party_place(struct arena *a, struct str name, struct str next_name)
{
        struct view this = view_of(a, name), next = view_of(a, next_name);
        size_t end = pat(&next, 0, "[chu tich ](uy ban nhan dan|hoi dong nhan dan)", NULL), place;

        if (pat(&this, 0, "[bi thu ]" PARTY, NULL) != this.n)
                return name;
        if (!end && (end = pat(&next, 0, PARTY, NULL)) != 0 && pat(&next, end, "_(truc thuoc|cac|cap) ", NULL))
                return str_fmt(a, "%.*s%.*s", FMT(name), FMT(str_sub(next_name, end, next.n)));
        if (!end || end >= next.n)
                return name;
        if (bare_is(a, name, "dang uy") || bare_is(a, name, "bi thu dang uy"))
                place = pat(&next, end, "_(cac|cap|xa|phuong|dac khu)", NULL) ? end : 0;
        else /* the level is in the committee's own name */
                place = (place = pat(&next, end, "_(tinh|huyen|thanh pho|thi xa|quan) ", NULL)) != 0 &&
                                view_case(&next, place) == CASE_CAPITAL
                            ? place - 1
                            : 0;
        return place ? str_fmt(a, "%.*s%.*s", FMT(name), FMT(str_sub(next_name, place, next.n))) : name;
}

/* A tail that stands once and belongs to both: "HĐND, UBND các tỉnh", "Chủ tịch, các PCT UBND tỉnh". */
static struct str
lent_tail(struct arena *a, struct str name, struct str next_name)
{
        static const char *const short_heads[] = { "hoi dong nhan dan",   "chu tich",
                                                   "cac toa an nhan dan", "toa an nhan dan",
                                                   "uy ban nhan dan",     "thuong truc hoi dong nhan dan" };
        static const char *const long_heads[] = { "cac pho chu tich",
                                                  "pho chu tich",
                                                  "uy ban nhan dan",
                                                  "hoi dong nhan dan",
                                                  "toa an quan su",
                                                  "thuong truc hoi dong nhan dan",
                                                  "uy ban mat tran to quoc viet nam" };
        struct view next = view_of(a, next_name);
        size_t end = 0;

        for (size_t k = 0; k < N_LENDINGS; k++) {
                if (bare_is(a, name, LENDINGS[k].first) &&
                    str_ends(text_fold(a, next_name), str_of(LENDINGS[k].second_end)))
                        name = str_fmt(a, "%.*s%s", FMT(name), LENDINGS[k].tail);
        }
        for (size_t k = 0; k < ARRAY_LEN(long_heads) && !end; k++)
                end = pat(&next, 0, long_heads[k], NULL);
        for (size_t k = 0; end && end < next.n && k < ARRAY_LEN(short_heads); k++) {
                if (bare_is(a, name, short_heads[k]))
                        return str_fmt(a, "%.*s%.*s", FMT(name), FMT(str_sub(next_name, end, next.n)));
        }
        return party_place(a, name, next_name);
}

/* What two names share and one of them says: a tail goes back, "Thường trực" goes on. */
static void
lend_tails(struct arena *a, struct str *names, size_t n)
{
        for (size_t i = n; i-- > 1;)
                names[i - 1] = lent_tail(a, names[i - 1], names[i]);
        for (size_t i = 0; i + 1 < n; i++) {
                struct view this = view_of(a, names[i]), next = view_of(a, names[i + 1]);

                if ((pat(&this, 0, "thuong truc " PARTY, NULL) && pat(&next, 0, "hoi dong nhan dan", NULL)) ||
                    (pat(&this, 0, "thuong truc ", NULL) &&
                     pat(&next, 0, "(thanh uy|huyen uy|thi uy|quan uy|dang uy)$", NULL)))
                        names[i + 1] = str_fmt(a, "Thường trực %.*s", FMT(names[i + 1]));
        }
}

/* "các địa phương Bắc Ninh, Bình Dương": provinces by name, without a colon. */
static bool
listed_places(struct arena *a, const struct view *v, struct mentions *ret)
{
        struct caught got = { 0 };
        size_t at = pat(v, 0, "cac dia phuong [:]_{>}", &got) ? got.rest : 0;

        if (!at || at >= v->n || view_case(v, at) != CASE_CAPITAL)
                return false;
        while (at < v->n) {
                size_t end = at;
                struct mention *m;

                while (end < v->n && !strchr(strchr(v->t, ';') ? ";" : ",", v->bare[end]))
                        end = view_next(v, end);
                m = VEC_PUSH(a, ret);
                m->text = squeezed(a, view_str(v, at, end));
                m->name = agency_expand(a, str_fmt(a, "Tỉnh %.*s", FMT(m->text)));
                m->kind = agency_kind_of(a, m->name);
                m->confidence = 80;
                at = view_skip(v, end, ";, ");
        }
        return true;
}

/* A post in front of its agency goes to the note: "Giám đốc Sở X", "Chủ tịch UBND huyện". */
static struct str
cut_post(struct arena *a, struct str name, struct str *ret_post)
{
        static const char *const posts[] = {
                "[pho] giam doc {>}(so|cong an|kho bac|cac|bao hiem|benh vien|trung tam|ban quan ly|ngan hang|quy|dai "
                "|bao |dai "
                "hoc|hoc vien|cong ty)",
                "(bo truong, chu nhiem|[pho] chu nhiem) {>}(van phong|uy ban)",
                "[pho] thong doc {>}ngan hang",
                "[pho] tong {>}(thanh tra chinh phu|kiem toan nha nuoc)",
                "[pho] chi huy truong {>}(bo|ban) chi huy",
                "[pho] hieu truong {>}[cac] truong",
                ("[pho] (tong giam doc|chu tich hoi dong quan tri) {>}(tong cong ty|tap doan|ngan hang|bao hiem|cong "
                 "ty)"),
                "[pho] chanh an {>}[cac] toa an",
                "[pho] vien truong {>}[cac] vien",
                "[pho] (chi cuc truong|cuc truong|tong cuc truong) {>}(cuc|chi cuc|tong cuc)",
                "[cac] bo truong {>}bo ",
                "(giam doc|chanh van phong|truong phong|cuc truong|vu truong) {>}(so|cuc|vu|phong)",
                "(pho|) [pho] chu tich {>}((uy ban nhan dan|hoi dong nhan dan) (huyen|cac|xa|cap|thi "
                "xa|quan|phuong|thi tran|"
                "dac khu))",
                "lanh dao {>}(so|uy ban|van phong|hoi|quy|ngan hang|ban|lien minh|cong an)",
                "[giam doc, |truong phong, |vien truong, ]thu truong {>}(cac|don vi|co quan)",
                "[pho] truong {>}ban (to chuc|tuyen giao|noi chinh|dan van|quan ly|dan toc|xay dung|chi dao|kinh te)",
                "[pho] chanh {>}(van phong|thanh tra)",
                "[pho] truong {>}(cong an|ban quan ly|cac |phong|khoa|thon|ap|ban|xom|khom|khu pho|to dan pho)",
                "[pho] bi thu {>}[cac] (chi bo|dang uy|dang bo|tinh uy|thanh uy|huyen uy|doan)",
        };
        struct view v = view_of(a, name);

        for (size_t k = 0; k < ARRAY_LEN(posts); k++) {
                struct caught got = { 0 };

                if (pat(&v, 0, posts[k], &got)) {
                        *ret_post = view_str(&v, 0, got.rest);
                        return str_sub(name, got.rest, name.n);
                }
        }
        return name;
}

void
agency_parse(struct arena *a, struct str text, struct str province, struct mentions *ret)
{
        struct str clean = str_trim(text);
        struct view v = view_of(a, clean);
        struct pieces p = { 0 };
        struct str *names;

        *ret = (struct mentions){ 0 };
        if (clean.n == 0 || listed_places(a, &v, ret))
                return;
        mentions_split(a, &v, &p);
        names = arena_array(a, p.n + 1, sizeof *names);
        for (size_t i = 0; i < p.n; i++)
                names[i] = piece_name(a, &v, &p.v[i]);
        lend_tails(a, names, p.n);
        for (size_t i = 0; i < p.n; i++) {
                struct mention *m = VEC_PUSH(a, ret);
                const char *field = p.v[i].each || head_at(&v, p.v[i].from, &(size_t){ 0 }) ||
                                            abbreviation_of(view_str(&v, p.v[i].from, p.v[i].to))
                                        ? NULL
                                        : field_of(&v, p.v[i].from, p.v[i].to);

                m->text = squeezed(a, view_str(&v, p.v[i].from, p.v[i].to));
                m->note = p.v[i].note;
                m->name = i + 1 < p.n && bare_starts(a, names[i + 1], "cac pho chu tich")
                              ? names[i]
                              : cut_post(a, names[i], &m->note);
                if (field && province.n) /* "Công thương" among the departments of a province */
                        m->name = str_fmt(a, "Sở %s", field);
                m->kind = agency_kind_of(a, m->name);
                if (i > 0 && m->kind == AK_GROUP && bare_starts(a, names[i - 1], "chu tich") &&
                    bare_starts(a, m->name, "cac pho chu tich")) /* one committee, post by post */
                        m->kind = AK_OTHER;
                m->confidence = 90;
        }
}
