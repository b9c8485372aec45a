/* The paper beside the draft, in parts: a first visit gets the one where the work begins, the others come when they are
 * reached. Places are code points of the whole text, the same in every part. */
#include "tmpl_rt.h"
#include "verify_priv.h"

#define PART_BYTES 6000

void
verify_source_cut(struct verifying *g)
{
        struct arena *a = g->r->c->arena;

        if (verify_pages(a, &g->in->draft, &g->parts))
                return;
        sheet_cut(a, g->in->draft.text, PART_BYTES, &g->parts);
        if (g->parts.n == 0)
                *VEC_PUSH(a, &g->parts) = (struct sheet_part){ S(""), 0, 0 };
}

/* The part that holds a place, from 1. */
static int64_t
part_at(const struct sheet_parts *parts, int64_t at)
{
        size_t i = 0;

        while (i + 1 < parts->n && at >= parts->v[i].to)
                i++;
        return (int64_t)i + 1;
}

struct verify_place
verify_place(const struct verifying *g, const struct span *spans, size_t n)
{
        struct arena *a = g->r->c->arena;
        struct verify_place p = { S(""), STR_NONE };
        long long id = (long long)g->in->intake.id, row = (long long)g->query_row;

        for (size_t i = 0; i < n; i++) {
                if (spans[i].from >= spans[i].to)
                        continue;
                int32_t from = spans[i].from;
                bool here = from >= g->v->source.from && from < g->v->source.to;

                if (p.href.p == NULL && here)
                        p.href = str_fmt(a, "#c%d", from);
                else if (p.href.p == NULL && row != 0)
                        p.href = web_href(g->r, "/intake/%lld?row=%lld&at=%d#c%d", id, row, from, from);
                else if (p.href.p == NULL)
                        p.href = web_href(g->r, "/intake/%lld?at=%d#c%d", id, from, from);
                p.spans = str_fmt(a, "%.*s%s%d-%d", FMT(p.spans), p.spans.n > 0 ? " " : "", from, spans[i].to);
        }
        return p;
}

struct marks {
        struct sheet_mark *v;
        size_t n, cap;
};

static void
add(struct arena *a, struct marks *m, const struct sheet_part *part, struct span s)
{
        if (s.from < s.to && s.from < part->to && s.to > part->from)
                *VEC_PUSH(a, m) = (struct sheet_mark){ .span = s };
}

static void
add_document(struct arena *a, struct marks *m, const struct sheet_part *part, const struct draft_document *d)
{
        const struct field *const fields[] = { &d->type,        &d->number,       &d->date_text,
                                               &d->place,       &d->issuer,       &d->title,
                                               &d->signer_name, &d->signer_title, &d->signer_second_title };

        for (size_t i = 0; i < ARRAY_LEN(fields); i++)
                add(a, m, part, fields[i]->span);
        for (size_t i = 0; i < d->n_bases; i++)
                add(a, m, part, d->bases[i].source.span);
        for (size_t i = 0; i < d->n_recipients; i++)
                add(a, m, part, d->recipients[i].span);
}

/* Every place of a part that some field may point at: they follow the draft, not the rows, so that what a person does
 * to rows leaves the paper beside them as it was. */
static void
collect(struct arena *a, const struct draft *d, const struct sheet_part *part, struct marks *m)
{
        for (size_t i = 0; i < d->n_tasks; i++) {
                const struct draft_task *t = &d->tasks[i];

                add(a, m, part, t->title.span);
                add(a, m, part, t->lead_field.span);
                add(a, m, part, t->coordinating_field.span);
                add(a, m, part, t->deadline_text.span);
                add(a, m, part, t->output.span);
        }
        for (size_t i = 0; i < d->n_anomalies; i++)
                add(a, m, part, d->anomalies[i].span);
        for (size_t i = 0; i < d->n_members; i++)
                add(a, m, part, d->members[i].span);
        for (size_t i = 0; i < d->n_duties; i++)
                add(a, m, part, d->duties[i].span);
        for (size_t i = 0; i < d->n_documents; i++)
                add_document(a, m, part, &d->documents[i]);
}

/* Where the work begins, when the address does not say: at the head that waits, else at the first row that does. */
static int64_t
beginning(const struct verifying *g)
{
        const struct intake_full *in = g->in;
        const struct draft *d = &in->draft;
        int64_t head = web_q_id(g->r, "head");

        if (head > 0 && (size_t)head <= d->n_documents)
                return d->documents[head - 1].span.from;
        for (size_t i = 0; i < in->heads.n && i < d->n_documents && g->query_row == 0; i++)
                if (in->heads.v[i].needs_look && str_eq(in->heads.v[i].state, S("unseen")))
                        return d->documents[i].number.span.to > 0 ? d->documents[i].number.span.from
                                                                  : d->documents[i].span.from;
        for (size_t i = 0; i < in->rows.n; i++) {
                const struct q_draft_task_row *t = &in->rows.v[i];
                bool here = g->query_row != 0 ? t->id == g->query_row : t->needs_look && str_eq(t->state, S("unseen"));

                if (here && t->ord >= 0 && (size_t)t->ord < d->n_tasks)
                        return d->tasks[t->ord].title.span.from;
        }
        return 0;
}

static struct str
part_href(const struct verifying *g, int64_t no)
{
        long long id = (long long)g->in->intake.id, row = (long long)g->query_row;

        if (no < 1 || no > (int64_t)g->parts.n)
                return STR_NONE;
        return row != 0 ? web_href(g->r, "/intake/%lld?row=%lld&part=%lld#source", id, row, (long long)no)
                        : web_href(g->r, "/intake/%lld?part=%lld#source", id, (long long)no);
}

void
verify_source_show(struct verifying *g)
{
        struct arena *a = g->r->c->arena;
        const struct draft *d = &g->in->draft;
        struct verify_source *v = &g->v->source;
        struct marks m = { 0 };
        int64_t no = web_q_id(g->r, "part"), at = web_q_id(g->r, "at");

        if (no < 1 || no > (int64_t)g->parts.n)
                no = part_at(&g->parts, web_q(g->r, "at").n > 0 ? at : beginning(g));
        const struct sheet_part *part = &g->parts.v[no - 1];
        *v = (struct verify_source){ .no = no,
                                     .total = (int64_t)g->parts.n,
                                     .from = part->from,
                                     .to = part->to,
                                     .prev = part_href(g, no - 1),
                                     .next = part_href(g, no + 1) };
        collect(a, d, part, &m);
        if (d->pages < 1) {
                sheet_make_part(a, part, m.v, m.n, &v->sheet);
                return;
        }
        v->picture = web_href(g->r, "/intake/%lld/page/%lld.png", (long long)g->in->intake.id, (long long)no);
        verify_boxes(a, d, m.v, m.n, v);
        sheet_make(a, part->text, "s", NULL, 0, &v->sheet);
}
