/* The papers of a draft: those read whole, and those they cite. */
#include "dd_text.h"
#include "intake_head_priv.h"
#include "q_document.h"
#include "q_plan.h"

/* Where the words about a paper's content begin: "... của UBND tỉnh | về việc kiện toàn ...". */
static const char *const content_words[] = { " về ",     " ban hành ", " phê duyệt ", " quy định ", " hướng dẫn ",
                                             " sửa đổi", " bãi bỏ ",   " công bố ",   " kiện toàn " };

static size_t
content_at(struct str s)
{
        size_t at = s.n;

        for (size_t i = 0; i < ARRAY_LEN(content_words); i++) {
                size_t hit = str_find(s, str_of(content_words[i]), 0);

                if (hit < at)
                        at = hit;
        }
        return at;
}

/* What stands behind number and date of a citation: " của UBND tỉnh về việc kiện toàn ...". */
static struct str
behind_number(struct str clause, struct str number)
{
        static const char date[] = "0123456789/-. ,";
        size_t at = str_find(clause, number, 0);

        if (number.n == 0 || at == clause.n)
                return STR_NONE;
        struct str rest = str_sub(clause, at + number.n, clause.n), day = str_trim(rest);
        if (str_starts(day, S("ngày"))) {
                rest = str_sub(day, S("ngày").n, day.n);
                while (rest.n > 0 && strchr(date, rest.p[0]) != NULL)
                        rest = str_sub(rest, 1, rest.n);
        }
        rest = str_trim(rest);
        while (rest.n > 0 && strchr(";.,: ", rest.p[rest.n - 1]) != NULL)
                rest.n--;
        return rest;
}

void
cited_words(struct arena *a, const struct draft_basis *b, struct str *ret_issuer, struct str *ret_title)
{
        struct str rest = behind_number(or_empty(b->source.text), b->number);
        size_t at;

        *ret_issuer = STR_NONE;
        *ret_title = b->name.p != NULL ? b->name : S("");
        if (b->name.p != NULL)
                return;
        if (rest.p == NULL) { /* without a number: the clause is all there is */
                *ret_title = b->number.n > 0 ? S("") : or_empty(b->source.text);
                return;
        }
        struct str spaced = str_fmt(a, " %.*s", FMT(rest));
        at = content_at(spaced);
        if (str_starts(rest, S("của ")))
                *ret_issuer = str_trim(str_sub(spaced, S(" của ").n, at));
        if (at == spaced.n)
                return;
        struct str words = str_trim(str_sub(spaced, at, spaced.n));
        size_t i = 0;
        (void)utf8_next(words, &i);
        *ret_title = str_fmt(a, "%.*s%.*s", FMT(text_upper(a, str_sub(words, 0, i))), FMT(str_sub(words, i, words.n)));
}

/* A paper by its number: the one that is known, else a record of number, day and what the citation says of it. */
static enum dd_err
cited(struct making *m, const struct draft_basis *b, int64_t *ret_id)
{
        struct dd_ctx *c = m->tx->c;
        struct str issuer, title;
        bool found = false;

        if (b->number.p != NULL)
                TRY(q_document_by_number(m->tx, c->committee_id, b->number, b->date, ret_id, &found));
        if (found)
                return DD_OK;
        cited_words(c->arena, b, &issuer, &title);
        return q_document_put(m->tx,
                              &(struct q_document_put_args){
                                  .committee_id = c->committee_id,
                                  .type = b->type,
                                  .number = b->number,
                                  .day = b->date,
                                  .issuer = issuer,
                                  .title = title,
                              },
                              ret_id);
}

/* The paper is read anew: what an earlier reading found in it goes. */
static enum dd_err
forget_details(struct dd_tx *tx, int64_t id)
{
        int64_t committee = tx->c->committee_id;

        TRY(q_document_basis_delete(tx, committee, id, NULL));
        TRY(q_document_recipient_delete(tx, committee, id, NULL));
        TRY(q_document_item_delete(tx, committee, id, NULL));
        return q_consultation_delete(tx, committee, id, NULL);
}

static enum dd_err
make_bases(struct making *m, const struct draft_document *d, int64_t id)
{
        for (size_t i = 0; i < d->n_bases; i++) {
                const struct draft_basis *b = &d->bases[i];
                int64_t basis;

                TRY(cited(m, b, &basis));
                TRY(q_document_basis_insert(m->tx,
                                            &(struct q_document_basis_insert_args){
                                                .committee_id = m->tx->c->committee_id,
                                                .document_id = id,
                                                .basis_id = basis,
                                                .ord = (int64_t)i,
                                                .role = or_empty(b->role),
                                                .source = or_empty(b->source.text),
                                                .span_from = b->source.span.from,
                                                .span_to = b->source.span.to,
                                            },
                                            NULL));
        }
        return DD_OK;
}

static enum dd_err
make_items(struct making *m, const struct draft_document *d, int64_t id)
{
        int64_t ord = 0;

        for (size_t s = 0; s < d->n_sections; s++)
                for (size_t i = 0; i < d->sections[s].n_items; i++) {
                        const struct draft_item *it = &d->sections[s].items[i];

                        TRY(q_document_item_insert(m->tx,
                                                   &(struct q_document_item_insert_args){
                                                       .committee_id = m->tx->c->committee_id,
                                                       .document_id = id,
                                                       .ord = ord++,
                                                       .section_no = or_empty(d->sections[s].no),
                                                       .section_title = or_empty(d->sections[s].title),
                                                       .no = or_empty(it->no),
                                                       .body = or_empty(it->text),
                                                       .span_from = it->span.from,
                                                       .span_to = it->span.to,
                                                   },
                                                   NULL));
                }
        return DD_OK;
}

static enum dd_err
make_consultation(struct making *m, const struct draft_document *d, int64_t id)
{
        if (d->consultation.members_asked == 0 && d->consultation.districts_asked == 0)
                return DD_OK;
        return q_consultation_insert(m->tx,
                                     &(struct q_consultation_insert_args){
                                         .committee_id = m->tx->c->committee_id,
                                         .document_id = id,
                                         .letter = or_empty(d->consultation.letter),
                                         .letter_day = d->consultation.date,
                                         .members_answered = d->consultation.members_answered,
                                         .members_asked = d->consultation.members_asked,
                                         .districts_answered = d->consultation.districts_answered,
                                         .districts_asked = d->consultation.districts_asked,
                                         .agree = d->consultation.agree,
                                         .remarked = d->consultation.comment,
                                     },
                                     NULL);
}

static enum dd_err
make_details(struct making *m, const struct draft_document *d, int64_t id)
{
        TRY(make_bases(m, d, id));
        for (size_t i = 0; i < d->n_recipients; i++)
                TRY(q_document_recipient_insert(
                    m->tx,
                    &(struct q_document_recipient_insert_args){ .committee_id = m->tx->c->committee_id,
                                                                .document_id = id,
                                                                .ord = (int64_t)i,
                                                                .name = or_empty(d->recipients[i].text) },
                    NULL));
        TRY(make_items(m, d, id));
        return make_consultation(m, d, id);
}

static enum dd_err
make_document(struct making *m, const struct draft_document *d, int64_t *ret_id)
{
        struct dd_tx *tx = m->tx;
        struct dd_ctx *c = tx->c;

        if (d->number.text.p != NULL && d->date != DD_NO_DAY)
                TRY(q_document_date(tx, c->committee_id, d->number.text, d->date, NULL));
        TRY(q_document_put(tx,
                           &(struct q_document_put_args){
                               .committee_id = c->committee_id,
                               .type = d->type.text,
                               .number = d->number.text,
                               .day = d->date,
                               .place = d->place.text,
                               .issuer = d->issuer.text,
                               .title = d->title.text.p != NULL ? d->title.text : or_empty(d->type.text),
                               .addressee = d->addressee.text,
                               .signer = d->signer_name.text,
                               .signer_title = intake_signer_title(c->arena, d),
                               .file_id = m->file_id,
                               .body = m->d->text, /* whole: spans point into it */
                           },
                           ret_id));
        TRY(forget_details(tx, *ret_id));
        return make_details(m, d, *ret_id);
}

enum dd_err
make_plan(struct making *m)
{
        struct dd_tx *tx = m->tx;
        struct dd_ctx *c = tx->c;
        const struct draft *d = m->d;
        int year, month, mday;
        struct str number = or_empty(m->paper->number.text);

        TRY(make_document(m, m->paper, &m->document_id));
        day_parts(m->issued, &year, &month, &mday);
        TRY(q_plan_insert(tx,
                          &(struct q_plan_insert_args){
                              .committee_id = c->committee_id,
                              .document_id = m->document_id,
                              .number = number,
                              .number_fold = text_fold(c->arena, number),
                              .title = or_empty(m->paper->title.text),
                              .year = year,
                              .issued = m->issued,
                          },
                          &m->plan_id));
        for (size_t i = 0; i < d->n_documents; i++) {
                int64_t id;

                if (&d->documents[i] == m->paper)
                        continue;
                TRY(make_document(m, &d->documents[i], &id));
                TRY(q_plan_document_insert(tx, c->committee_id, m->plan_id, id, NULL));
        }
        m->group_ids = arena_array(c->arena, d->n_groups + 1, sizeof *m->group_ids);
        for (size_t i = 0; i < d->n_groups; i++)
                TRY(q_task_group_insert(tx,
                                        &(struct q_task_group_insert_args){
                                            .committee_id = c->committee_id,
                                            .plan_id = m->plan_id,
                                            .ord = (int64_t)i,
                                            .no = or_empty(d->groups[i].no),
                                            .title = or_empty(d->groups[i].title),
                                        },
                                        &m->group_ids[i]));
        return DD_OK;
}
