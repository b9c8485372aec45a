/* What a first paper says of the committee that issued it: names for a new installation. Pure. */
#include "dd_committee.h"
#include "dd_text.h"

static const struct {
        const char *word, *abbreviation; /* how such a body begins, and how its short name does */
} bodies[] = {
        { "Ban Chỉ đạo", "BCĐ" },   { "Ban chỉ đạo", "BCĐ" },         { "Ban Điều phối", "BĐP" },
        { "Hội đồng", "Hội đồng" }, { "Tổ công tác", "Tổ công tác" },
};

static const struct draft_document *
plan_paper(const struct draft *d)
{
        for (size_t i = 0; i < d->n_documents; i++)
                if (str_eq(d->documents[i].type.text, S("Kế hoạch")))
                        return &d->documents[i];
        return d->n_documents > 0 ? &d->documents[0] : NULL;
}

/* "... của Ban Chỉ đạo đổi mới tỉnh Tây Ninh năm 2023": the name without the year. */
static struct str
body_in(struct str s, size_t *ret_body)
{
        for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
                size_t at = str_find(s, str_of(bodies[i].word), 0);

                if (at == s.n)
                        continue;
                *ret_body = i;
                size_t end = str_find(s, S(" năm "), at);
                return str_trim(str_sub(s, at, end));
        }
        return STR_NONE;
}

/* "BAN CHỈ ĐẠO\nĐỔI MỚI" of a head as people write it: "Ban Chỉ đạo đổi mới". */
static struct str
body_of_head(struct arena *a, struct str head, size_t *ret_body)
{
        struct str low = text_lower(a, head);
        char *p = arena_alloc(a, low.n + 1);

        for (size_t i = 0; i < low.n; i++)
                p[i] = low.p[i] == '\n' ? ' ' : low.p[i];
        low.p = p;
        for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
                struct str word = str_of(bodies[i].word);

                if (!str_starts(low, text_lower(a, word)))
                        continue;
                *ret_body = i;
                return str_fmt(a, "%.*s%.*s", FMT(word), FMT(str_sub(low, word.n, low.n)));
        }
        return STR_NONE;
}

static struct str
first_parent(const struct draft *d, const struct draft_document *paper)
{
        if (paper->parent.text.n > 0)
                return paper->parent.text;
        for (size_t i = 0; i < d->n_documents; i++)
                if (d->documents[i].parent.text.n > 0)
                        return d->documents[i].parent.text;
        return STR_NONE;
}

bool
committee_of_draft(struct arena *a, const struct draft *d, struct committee_in *ret)
{
        const struct draft_document *paper = plan_paper(d);
        size_t body = 0;
        struct str name;

        if (paper == NULL)
                return false;
        name = body_in(paper->title.text, &body);
        if (name.n == 0)
                name = body_of_head(a, paper->issuer.text, &body);
        if (name.n == 0)
                return false;
        struct str rest = str_sub(name, strlen(bodies[body].word), name.n), place = paper->place.text;
        struct str parent = first_parent(d, paper);
        *ret = (struct committee_in){
                .name = name,
                .short_name = str_fmt(a, "%s%.*s", bodies[body].abbreviation, FMT(rest)),
                .parent_name = parent.n > 0  ? parent
                               : place.n > 0 ? str_fmt(a, "UBND TỈNH %.*s", FMT(text_upper(a, place)))
                                             : S(""),
                .head_name = paper->issuer.text.n > 0 ? paper->issuer.text : text_upper(a, name),
                .place = place.n > 0 ? place : S(""),
        };
        return true;
}
