/* Who a plan names beside its tasks: seats of the committee, sets of agencies, standing duties. */
#include "dd_agency.h"
#include "dd_rights.h"
#include "dd_text.h"
#include "intake_priv.h"
#include "q_agency.h"
#include "q_committee.h"
#include "q_member.h"
#include "q_plan.h"

/* "Các sở, ngành" names everybody who sits in the committee on that day; the set is written down with its date. */
static enum dd_err
expand_groups(struct making *m)
{
        struct dd_tx *tx = m->tx;
        int64_t committee = tx->c->committee_id;
        struct q_agency_name_rows groups;
        struct q_member_rows members;

        TRY(q_agency_groups(tx, committee, &groups));
        TRY(q_member_list(tx, committee, m->issued, &members));
        for (size_t g = 0; g < groups.n; g++) {
                struct str fold = text_fold(tx->c->arena, groups.v[g].name);

                if (!str_starts(fold, S("cac so, nganh")) && !str_starts(fold, S("cac so, ban")))
                        continue;
                for (size_t i = 0; i < members.n; i++)
                        if (members.v[i].agency_id != 0)
                                TRY(q_agency_group_insert(tx, groups.v[g].id, members.v[i].agency_id, m->issued, NULL));
        }
        return DD_OK;
}

enum dd_err
make_members(struct making *m)
{
        struct dd_tx *tx = m->tx;
        struct dd_ctx *c = tx->c;
        struct str number = m->paper->number.text;
        struct str source =
            number.n > 0 ? str_fmt(c->arena, "Phụ lục kèm theo %.*s", FMT(number)) : S("Phụ lục phân công thành viên");

        for (size_t i = 0; i < m->d->n_members; i++) {
                const struct draft_member *d = &m->d->members[i];
                struct mentions who = { 0 };
                int64_t agency = 0, id, follow;

                if (d->heading)
                        continue;
                if (d->agency.text.p != NULL)
                        agency_parse(c->arena, d->agency.text, STR_NONE, &who);
                if (who.n > 0)
                        TRY(agency_resolve(tx, &who.v[0], m->issued, &agency));
                TRY(q_member_insert(tx,
                                    &(struct q_member_insert_args){
                                        .committee_id = c->committee_id,
                                        .document_id = m->document_id,
                                        .ord = (int64_t)i,
                                        .no = or_empty(d->no),
                                        .post = or_empty(d->post.text),
                                        .role = d->role.text,
                                        .agency_id = agency,
                                        .sector = d->sector.text,
                                        .duty = or_empty(d->duty.text),
                                        .from_day = m->issued,
                                    },
                                    &id));
                if (agency != 0)
                        TRY(q_follow_insert(tx,
                                            &(struct q_follow_insert_args){
                                                .committee_id = c->committee_id,
                                                .member_id = id,
                                                .agency_id = agency,
                                                .from_day = m->issued,
                                                .source = source,
                                                .now = c->now,
                                                .account_id = c->user != NULL ? c->user->id : 0,
                                            },
                                            &follow));
        }
        return expand_groups(m);
}

enum dd_err
make_duties(struct making *m)
{
        struct dd_tx *tx = m->tx;
        struct dd_ctx *c = tx->c;
        struct q_committee_row committee;

        TRY(q_committee_get(tx, c->committee_id, &committee));
        for (size_t i = 0; i < m->d->n_duties; i++) {
                const struct draft_duty *d = &m->d->duties[i];

                TRY(q_duty_insert(tx,
                                  &(struct q_duty_insert_args){
                                      .committee_id = c->committee_id,
                                      .plan_id = m->plan_id,
                                      .ord = (int64_t)i,
                                      .no = or_empty(d->no),
                                      .agency = or_empty(d->agency.text),
                                      .body = or_empty(d->text.text),
                                      .recur = recur_name(d->recur) != NULL ? str_of(recur_name(d->recur)) : STR_NONE,
                                      .request = d->request,
                                      .span_from = d->span.from,
                                      .span_to = d->span.to,
                                  },
                                  NULL));
                if (committee.standing_agency_id == 0 &&
                    str_has(text_fold(c->arena, d->text.text), S("co quan thuong truc"))) {
                        struct mentions who = { 0 };

                        agency_parse(c->arena, or_empty(d->agency.text), STR_NONE, &who);
                        if (who.n == 0)
                                continue;
                        TRY(agency_resolve(tx, &who.v[0], m->issued, &committee.standing_agency_id));
                        TRY(q_committee_set_standing(tx, c->committee_id, committee.standing_agency_id, NULL));
                }
        }
        return DD_OK;
}
