/* From the verified draft to a tracked plan: one transaction. */
#include "dd_agency.h"
#include "dd_audit.h"
#include "dd_intake.h"
#include "dd_rights.h"
#include "dd_span.h"
#include "dd_task.h"
#include "dd_text.h"
#include "q_agency.h"
#include "q_committee.h"
#include "q_document.h"
#include "q_intake.h"
#include "q_plan.h"
#include "q_task.h"

struct making {
        struct dd_tx *tx;
        const struct draft *d;
        const struct q_draft_task_rows *rows;
        int64_t file_id, plan_id, document_id;
        int32_t issued;
        const struct draft_document *paper; /* the plan itself */
        int64_t *group_ids;
        int64_t *task_ids; /* by index of the draft; 0: dropped */
};

static struct str
or_empty(struct str s)
{
        return s.p != NULL ? s : S("");
}

/* The part of the shown text that is one document, byte offsets from code points. */
static struct str
part_of(struct str text, struct span span)
{
        size_t i = 0, from = text.n;
        int32_t at = 0;

        while (i < text.n && at < span.from) {
                (void)utf8_next(text, &i);
                at++;
        }
        from = i;
        while (i < text.n && at < span.to) {
                (void)utf8_next(text, &i);
                at++;
        }
        return str_sub(text, from, i);
}

/* A paper by its number: the one that is known, else a record of number, day and title. */
static enum dd_err
cited(struct making *m, const struct draft_basis *b, int64_t *ret_id)
{
        struct dd_ctx *c = m->tx->c;
        bool found = false;

        if (b->number.p != NULL)
                TRY(q_document_by_number(m->tx, c->committee_id, b->number, b->date, ret_id, &found));
        if (found)
                return DD_OK;
        return q_document_insert(m->tx,
                                 &(struct q_document_insert_args){
                                     .committee_id = c->committee_id,
                                     .type = b->type,
                                     .number = b->number,
                                     .day = b->date,
                                     .title = b->name.p != NULL ? b->name : or_empty(b->source.text),
                                 },
                                 ret_id);
}

static enum dd_err
make_details(struct making *m, const struct draft_document *d, int64_t id)
{
        struct dd_tx *tx = m->tx;
        int64_t committee = tx->c->committee_id, ord = 0;

        for (size_t i = 0; i < d->n_bases; i++) {
                const struct draft_basis *b = &d->bases[i];
                int64_t basis;

                TRY(cited(m, b, &basis));
                TRY(q_document_basis_insert(tx,
                                            &(struct q_document_basis_insert_args){
                                                .committee_id = committee,
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
        for (size_t i = 0; i < d->n_recipients; i++)
                TRY(q_document_recipient_insert(
                    tx,
                    &(struct q_document_recipient_insert_args){ .committee_id = committee,
                                                                .document_id = id,
                                                                .ord = (int64_t)i,
                                                                .name = or_empty(d->recipients[i].text) },
                    NULL));
        for (size_t s = 0; s < d->n_sections; s++)
                for (size_t i = 0; i < d->sections[s].n_items; i++) {
                        const struct draft_item *it = &d->sections[s].items[i];

                        TRY(q_document_item_insert(tx,
                                                   &(struct q_document_item_insert_args){
                                                       .committee_id = committee,
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
        if (d->consultation.members_asked > 0 || d->consultation.districts_asked > 0)
                TRY(q_consultation_insert(tx,
                                          &(struct q_consultation_insert_args){
                                              .committee_id = committee,
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
                                          NULL));
        return DD_OK;
}

/* "TRƯỞNG BAN; PHÓ CHỦ TỊCH UBND TỈNH": in what capacity the paper is signed, and the signer's other office. */
static struct str
signer_title(struct arena *a, const struct draft_document *d)
{
        struct str first = d->signer_title.text, second = d->signer_second_title.text;

        if (second.n == 0 || str_eq(first, second))
                return first;
        return first.n == 0 ? second : str_fmt(a, "%.*s; %.*s", FMT(first), FMT(second));
}

static enum dd_err
make_document(struct making *m, const struct draft_document *d, int64_t *ret_id)
{
        struct dd_tx *tx = m->tx;
        struct dd_ctx *c = tx->c;
        struct str title = d->title.text.p != NULL ? d->title.text : or_empty(d->type.text);
        struct str body = m->d->text; /* whole: spans point into it */
        bool known = false;

        if (d->number.text.p != NULL)
                TRY(q_document_by_number(tx, c->committee_id, d->number.text, d->date, ret_id, &known));
        if (known) {
                TRY(q_document_fill(tx,
                                    &(struct q_document_fill_args){ .committee_id = c->committee_id,
                                                                    .id = *ret_id,
                                                                    .type = d->type.text,
                                                                    .day = d->date,
                                                                    .place = d->place.text,
                                                                    .issuer = d->issuer.text,
                                                                    .title = title,
                                                                    .addressee = d->addressee.text,
                                                                    .signer = d->signer_name.text,
                                                                    .signer_title = signer_title(c->arena, d),
                                                                    .file_id = m->file_id,
                                                                    .body = body },
                                    NULL));
        } else {
                TRY(q_document_insert(tx,
                                      &(struct q_document_insert_args){ .committee_id = c->committee_id,
                                                                        .type = d->type.text,
                                                                        .number = d->number.text,
                                                                        .day = d->date,
                                                                        .place = d->place.text,
                                                                        .issuer = d->issuer.text,
                                                                        .title = title,
                                                                        .addressee = d->addressee.text,
                                                                        .signer = d->signer_name.text,
                                                                        .signer_title = signer_title(c->arena, d),
                                                                        .file_id = m->file_id,
                                                                        .body = body },
                                      ret_id));
        }
        return make_details(m, d, *ret_id);
}

static enum dd_err
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

static int64_t
group_of(const struct making *m, struct str no)
{
        for (size_t i = 0; i < m->d->n_groups; i++)
                if (no.n > 0 && str_eq(m->d->groups[i].no, no))
                        return m->group_ids[i];
        return 0;
}

/* A deadline that is a result ("Đã tổ chức 27/3/2023"): handed in on its day, confirmed by the plan itself. */
static enum dd_err
already_done(struct making *m, int64_t task_id, const struct deadline *dl, struct str words)
{
        struct dd_tx *tx = m->tx;
        struct dd_ctx *c = tx->c;
        struct q_assignment_rows as;
        struct str note = str_fmt(c->arena, "Kế hoạch ghi: «%.*s»", FMT(words));
        static const char *const kinds[] = { "handed_in", "confirmed" };

        TRY(q_assignment_list(tx, c->committee_id, task_id, &as));
        for (size_t i = 0; i < as.n; i++)
                for (size_t k = 0; k < ARRAY_LEN(kinds) && str_eq(as.v[i].role, S("lead")); k++) {
                        int64_t id;

                        TRY(q_event_insert(tx,
                                           &(struct q_event_insert_args){
                                               .committee_id = c->committee_id,
                                               .task_id = task_id,
                                               .assignment_id = as.v[i].id,
                                               .kind = str_of(kinds[k]),
                                               .day = k == 0 ? dl->due : m->issued,
                                               .now = c->now,
                                               .account_id = c->user != NULL ? c->user->id : 0,
                                               .note = note,
                                               .doc_day = DD_NO_DAY,
                                           },
                                           &id));
                }
        return span_project(tx, task_id);
}

static struct str
note_of(struct making *m, size_t i)
{
        const struct draft_task *t = &m->d->tasks[i];
        AUTO_BUF b = { 0 };

        for (size_t k = 0; k < t->n_notes; k++)
                buf_fmt(&b, "%s%.*s", b.n > 0 ? " · " : "", FMT(t->notes[k]));
        return b.n > 0 ? str_dup(m->tx->c->arena, buf_view(&b)) : STR_NONE;
}

static enum dd_err
make_task(struct making *m, size_t i, const struct q_draft_task_row *r)
{
        struct dd_ctx *c = m->tx->c;
        const struct draft_task *t = &m->d->tasks[i];
        struct deadline dl = t->deadline;
        struct mentions lead = t->lead, coordinating = t->coordinating;
        int year, month, mday;

        day_parts(m->issued, &year, &month, &mday);
        if (!str_eq(r->lead, or_empty(t->lead_field.text))) {
                lead = (struct mentions){ 0 };
                agency_parse(c->arena, r->lead, STR_NONE, &lead);
        }
        if (!str_eq(r->coordinating, or_empty(t->coordinating_field.text))) {
                coordinating = (struct mentions){ 0 };
                agency_parse(c->arena, r->coordinating, STR_NONE, &coordinating);
        }
        if (!str_eq(r->deadline_text, or_empty(t->deadline_text.text))) {
                dl = (struct deadline){ .start = DD_NO_DAY, .due = DD_NO_DAY };
                deadline_parse(c->arena, r->deadline_text, year, &dl);
        }
        TRY(task_create(m->tx,
                        &(struct task_new){
                            .plan_id = m->plan_id,
                            .group_id = group_of(m, r->group_no),
                            .no = r->no,
                            .title = r->title,
                            .output = r->output.n > 0 ? r->output : STR_NONE,
                            .deadline_text = r->deadline_text.n > 0 ? r->deadline_text : STR_NONE,
                            .deadline_kind = deadline_kind_name(dl.kind),
                            .start_day = dl.kind == DL_DONE ? DD_NO_DAY : dl.start,
                            .due = dl.kind == DL_DONE ? DD_NO_DAY : dl.due,
                            .from_day = m->issued,
                            .source = part_of(m->d->text, t->span),
                            .note = note_of(m, i),
                            .span = t->span,
                            .lead = &lead,
                            .coordinating = &coordinating,
                        },
                        &m->task_ids[i]));
        if (dl.kind == DL_DONE && dl.due != DD_NO_DAY)
                TRY(already_done(m, m->task_ids[i], &dl, r->deadline_text));
        return DD_OK;
}

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

static enum dd_err
make_members(struct making *m)
{
        struct dd_tx *tx = m->tx;
        struct dd_ctx *c = tx->c;

        for (size_t i = 0; i < m->d->n_members; i++) {
                const struct draft_member *d = &m->d->members[i];
                struct mentions who = { 0 };
                int64_t agency = 0, id;

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
        }
        return expand_groups(m);
}

static enum dd_err
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

static enum dd_err
make_notes(struct making *m)
{
        for (size_t i = 0; i < m->d->n_anomalies; i++) {
                const struct anomaly *a = &m->d->anomalies[i];

                TRY(q_plan_note_insert(
                    m->tx,
                    &(struct q_plan_note_insert_args){
                        .committee_id = m->tx->c->committee_id,
                        .plan_id = m->plan_id,
                        .task_id = a->task >= 0 && (size_t)a->task < m->d->n_tasks ? m->task_ids[a->task] : 0,
                        .kind = str_of(a->kind),
                        .place = a->where,
                        .body = or_empty(a->text),
                        .span_from = a->span.from,
                        .span_to = a->span.to,
                    },
                    NULL));
        }
        return DD_OK;
}

static enum dd_err
make_all(struct making *m)
{
        TRY(make_plan(m));
        for (size_t i = 0; i < m->rows->n; i++) {
                const struct q_draft_task_row *r = &m->rows->v[i];

                if (!str_eq(r->state, S("dropped")) && (size_t)r->ord < m->d->n_tasks)
                        TRY(make_task(m, (size_t)r->ord, r));
        }
        TRY(make_members(m));
        TRY(make_duties(m));
        return make_notes(m);
}

/* The plan among the papers of the file: the first "Kế hoạch", else the first. */
static const struct draft_document *
plan_paper(const struct draft *d)
{
        for (size_t i = 0; i < d->n_documents; i++)
                if (str_eq(d->documents[i].type.text, S("Kế hoạch")))
                        return &d->documents[i];
        return d->n_documents > 0 ? &d->documents[0] : NULL;
}

enum dd_err
intake_confirm(struct dd_ctx *c, const struct intake_confirm_in *in, int64_t *ret_plan)
{
        AUTO_TX tx = { 0 };
        struct q_intake_row row;
        struct q_draft_task_rows rows;
        struct draft d = { 0 };
        int64_t version, unseen = 0;
        bool done, found;

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(action_begin(&tx, "plan.create", &done, ret_plan));
        if (done)
                return DD_OK;
        TRY(q_intake_get(&tx, c->committee_id, in->intake_id, &row));
        TRY(q_draft_task_list(&tx, c->committee_id, in->intake_id, &rows));
        TRY(draft_parse(c, row.draft, &d));
        for (size_t i = 0; i < rows.n; i++)
                unseen += str_eq(rows.v[i].state, S("unseen"));
        if (unseen > 0 && !in->accept_unseen)
                return dd_fail(c, DD_ECONFLICT,
                               "Còn %lld dòng chưa kiểm tra. Mời xem hết, hoặc đánh dấu chấp nhận các dòng chưa xem.",
                               (long long)unseen);
        struct making m = { .tx = &tx, .d = &d, .rows = &rows, .file_id = row.file_id, .paper = plan_paper(&d) };
        if (m.paper == NULL)
                return dd_fail(
                    c, DD_EINVAL,
                    "Không thấy phần đầu của văn bản (số ký hiệu, ngày, trích yếu) nên chưa lập được kế hoạch.");
        m.issued = m.paper->date != DD_NO_DAY ? m.paper->date : c->today;
        m.task_ids = arena_array(c->arena, d.n_tasks + 1, sizeof *m.task_ids);
        TRY(make_all(&m));
        TRY(q_intake_set_state(&tx,
                               &(struct q_intake_set_state_args){
                                   .committee_id = c->committee_id,
                                   .id = row.id,
                                   .version = in->version != 0 ? in->version : row.version,
                                   .state = S("confirmed"),
                                   .plan_id = m.plan_id,
                               },
                               &version, &found));
        if (!found)
                return dd_fail(c, DD_ECONFLICT, "Đã có người giao hoặc bỏ bản dự thảo này. Mời tải lại trang.");
        *ret_plan = m.plan_id;
        TRY(audit(&tx, "plan.create", m.plan_id));
        TRY(action_end(&tx, "plan.create", m.plan_id));
        return dd_tx_commit(&tx);
}
