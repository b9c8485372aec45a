/* Head, signature and recipients (SPECS 1.2, 1.7): what the plan itself says of them goes before defaults. */
#include "dd_text.h"
#include "report_priv.h"

/* ---- the committee -------------------------------------------------------------------------------------- */

/* A folder made by an import without a name has "Ban Chỉ đạo" only; the plan knows more. */
static bool
is_unnamed(const struct report_data *d)
{
        return str_eq(d->committee.name, S("Ban Chỉ đạo"));
}

struct str
report_committee(const struct report_data *d)
{
        struct str title = d->plan.plan.title;
        size_t from = str_find(title, S("Ban Chỉ đạo "), 0), to = str_find(title, S(" năm "), from);

        if (!is_unnamed(d))
                return d->committee.name;
        if (str_starts(d->plan.document.issuer, S("Ban Chỉ đạo")))
                return d->plan.document.issuer;
        return from < title.n ? str_sub(title, from, to) : d->committee.name;
}

/* A paper of the committee may give its name without the province, or the short one of its seal. */
bool
report_is_own_plan(struct arena *a, const struct report_data *d)
{
        struct str issuer = text_fold(a, words_bare(d->plan.document.issuer)),
                   committee = text_fold(a, report_committee(d));

        return issuer.n == 0 || str_starts(committee, issuer) || str_starts(issuer, committee);
}

struct str
report_speaker(const struct report_data *d)
{
        struct str standing = d->committee.standing_name;

        if (d->by_standing && standing.n > 0)
                return standing;
        return str_starts(d->committee.name, S("Ban Chỉ đạo")) ? S("Ban Chỉ đạo") : d->committee.name;
}

/* "tỉnh Tây Ninh" at the end of a committee's name. */
static size_t
province_at(struct str name)
{
        size_t at = name.n, i = 0;

        while ((i = str_find(name, S(" tỉnh "), i)) < name.n)
                at = i++;
        return at;
}

static void
committee_head(struct arena *a, const struct report_data *d, struct report *r)
{
        struct str name = report_committee(d);
        size_t at = province_at(name);

        r->parent = d->committee.parent_name;
        r->issuer = d->committee.head_name;
        if (is_unnamed(d) && name.n > S("Ban Chỉ đạo").n && at < name.n) {
                struct str province = text_upper(a, str_sub(name, at + 1, name.n));

                r->parent = str_fmt(a, "UBND %.*s", FMT(province));
                r->issuer = text_upper(a, str_sub(name, 0, at));
        }
}

/* ---- numbers -------------------------------------------------------------------------------------------- */

/* "BCĐ" of 2653/KH-BCĐ. */
static struct str
after_type(struct str number)
{
        size_t slash = str_find(number, S("/"), 0), dash = str_find(number, S("-"), slash);

        return dash < number.n ? str_sub(number, dash + 1, number.n) : STR_NONE;
}

/* How the standing agency signs its letters: "SKHĐT" of 2193/SKHĐT-ĐKKD, else the initials of its name. */
static struct str
standing_symbol(struct arena *a, const struct report_data *d)
{
        struct str name = text_fold(a, d->committee.standing_name);

        for (size_t i = 0; i < d->plan.papers.n; i++) {
                const struct q_document_row *p = &d->plan.papers.v[i];
                size_t slash = str_find(p->number, S("/"), 0), dash = str_find(p->number, S("-"), slash);

                if (str_eq(p->type, S("Công văn")) && str_eq(text_fold(a, p->issuer), name) && dash < p->number.n)
                        return str_sub(p->number, slash + 1, dash);
        }
        return words_initials(a, d->committee.standing_name);
}

/* ---- signature ------------------------------------------------------------------------------------------ */

/* The plan's own signer, when the Head signed it: "TRƯỞNG BAN; PHÓ CHỦ TỊCH UBND TỈNH". */
static void
sign_as_plan(struct arena *a, const struct report_data *d, struct report *r)
{
        struct str rest = d->plan.document.signer_title, part, office = STR_NONE;
        bool head = false;

        while (rest.n > 0 && str_cut(&rest, ';', &part)) {
                part = str_trim(part);
                if (str_eq(text_fold(a, part), text_fold(a, r->authority[1])))
                        head = true;
                else if (part.n > 0)
                        office = text_upper(a, part);
        }
        if (head && d->plan.document.signer.n > 0 && report_is_own_plan(a, d)) {
                r->name = d->plan.document.signer;
                r->office = office;
        }
}

static void
committee_sign(struct arena *a, const struct report_data *d, struct report *r)
{
        struct str speaker = text_upper(a, report_speaker(d));

        r->authority[0] = str_fmt(a, "TM. %.*s", FMT(speaker));
        r->authority[1] = d->committee.head_post.n > 0    ? text_upper(a, d->committee.head_post)
                          : str_starts(speaker, S("BAN")) ? S("TRƯỞNG BAN")
                                                          : S("CHỦ TỊCH");
        r->n_authority = 2;
        sign_as_plan(a, d, r);
}

static struct str
title_of_agency(struct arena *a, struct str name)
{
        static const struct {
                const char *kind, *title;
        } titles[] = { { "so ", "GIÁM ĐỐC" },        { "van phong ", "CHÁNH VĂN PHÒNG" },
                       { "ban ", "TRƯỞNG BAN" },     { "thanh tra ", "CHÁNH THANH TRA" },
                       { "lien minh ", "CHỦ TỊCH" }, { "hoi ", "CHỦ TỊCH" },
                       { "uy ban ", "CHỦ TỊCH" },    { "ubnd ", "CHỦ TỊCH" } };
        struct str fold = text_fold(a, name);

        for (size_t i = 0; i < ARRAY_LEN(titles); i++)
                if (str_starts(fold, str_of(titles[i].kind)))
                        return str_of(titles[i].title);
        return S("THỦ TRƯỞNG");
}

/* ---- recipients ----------------------------------------------------------------------------------------- */

/* "Thành viên BCD" of a bad scan is the committee: đ without its bar. */
static struct str
with_bar(struct arena *a, struct str s)
{
        size_t at = str_find(s, S("BCD"), 0);

        return at == s.n ? s : str_fmt(a, "%.*sBCĐ%.*s", (int)at, s.p, (int)(s.n - at - 3), s.p + at + 3);
}

static bool
is_filing(struct str s)
{
        return str_starts(s, S("Lưu"));
}

static void
recipients(struct arena *a, const struct report_data *d, struct report *r)
{
        static const struct q_recipient_rows none;
        bool own = report_is_own_plan(a, d);
        const struct q_recipient_rows *plan = own ? &d->plan.recipients : &none;
        size_t max = plan->n + 4;
        struct str filing = S("Lưu: VT");

        r->recipients = arena_array(a, max, sizeof *r->recipients);
        if (d->by_standing) {
                r->recipients[r->n_recipients++] = S("Như trên");
                r->recipients[r->n_recipients++] = S("Thành viên Ban Chỉ đạo");
        } else if (plan->n == 0) {
                r->recipients[r->n_recipients++] = S("Ủy ban nhân dân tỉnh (b/c)");
                r->recipients[r->n_recipients++] = S("Thành viên Ban Chỉ đạo");
                if (!own)
                        r->recipients[r->n_recipients++] = words_body(a, words_bare(d->plan.document.issuer));
        }
        for (size_t i = 0; i < plan->n && !d->by_standing; i++) {
                struct str name = with_bar(a, words_bare(plan->v[i].name));

                if (is_filing(name))
                        filing = name;
                else if (name.n > 0)
                        r->recipients[r->n_recipients++] = name;
        }
        r->recipients[r->n_recipients++] = filing;
}

/* ---- all of it ------------------------------------------------------------------------------------------- */

static void
titles(struct arena *a, const struct report_data *d, struct report *r)
{
        const struct q_document_row *p = &d->plan.document;
        struct str type = p->type.n > 0 ? p->type : S("Kế hoạch"),
                   about = words_lower_first(a, words_bare(d->plan.plan.title));
        struct str day = words_day(a, d->day), by = report_speaker(d);

        r->plan_name =
            d->plan.plan.number.n > 0 ? str_fmt(a, "%.*s số %.*s", FMT(type), FMT(d->plan.plan.number)) : type;
        r->title = str_fmt(a, "Tình hình thực hiện %.*s %.*s\n(số liệu tính đến hết ngày %.*s)", FMT(type), FMT(about),
                           FMT(day));
        struct str upper = text_upper(a, r->plan_name);
        r->appendix = str_fmt(a, "TÌNH HÌNH THỰC HIỆN CÁC NHIỆM VỤ CỦA %.*s\n(số liệu tính đến hết ngày %.*s)",
                              FMT(upper), FMT(day));
        r->reference = str_fmt(a, "(Kèm theo Báo cáo số        /%.*s ngày      tháng      năm %d của %.*s)",
                               FMT(r->symbol), r->year, FMT(by));
}

void
report_head(struct arena *a, const struct report_data *d, struct report *r)
{
        struct str series = report_is_own_plan(a, d) ? after_type(d->plan.plan.number) : STR_NONE;
        int month, mday, year;

        day_parts(d->day, &year, &month, &mday);
        r->year = year;
        r->place = d->committee.place.n > 0 || !report_is_own_plan(a, d) ? d->committee.place : d->plan.document.place;
        committee_head(a, d, r);
        if (d->by_standing) {
                struct str code = standing_symbol(a, d), committee = report_committee(d);

                r->issuer = text_upper(a, d->committee.standing_name);
                r->symbol = str_fmt(a, "BC-%.*s", FMT(code));
                r->authority[0] = title_of_agency(a, d->committee.standing_name);
                r->n_authority = 1;
                r->addressee = str_fmt(a, "Trưởng %.*s", FMT(committee));
        } else {
                if (series.n == 0)
                        series = str_starts(report_committee(d), S("Ban Chỉ đạo"))
                                     ? S("BCĐ")
                                     : words_initials(a, report_committee(d));
                r->symbol = str_fmt(a, "BC-%.*s", FMT(series));
                committee_sign(a, d, r);
        }
        recipients(a, d, r);
        titles(a, d, r);
}
