/* Files of one paper into one draft: texts one behind the other, spans moved along, rows kept as verified. */
#include "dd_intake_join.h"

#include "dd_audit.h"
#include "dd_json.h"
#include "dd_rights.h"
#include "dd_text.h"
#include "intake_head_priv.h"
#include "q_document.h"
#include "q_intake.h"
#include "q_intake_join.h"

enum dd_err
join_head_put(struct dd_tx *tx, int64_t intake_id, const struct draft *d)
{
        const struct draft_document *p = draft_plan_paper(d);
        struct str number = p != NULL && p->number.text.p != NULL ? p->number.text : S("");

        return q_intake_head_put(tx,
                                 &(struct q_intake_head_put_args){
                                     .committee_id = tx->c->committee_id,
                                     .intake_id = intake_id,
                                     .number_fold = text_fold(tx->c->arena, number),
                                     .day = p != NULL ? p->date : DD_NO_DAY,
                                     .title = p != NULL && p->title.text.p != NULL ? p->title.text : S(""),
                                 },
                                 NULL);
}

enum dd_err
join_full(struct dd_ctx *c, int64_t intake_id, struct join_full *ret)
{
        AUTO_TX tx = { 0 };
        struct q_intake_head_row head = { .number_fold = S(""), .day = DD_NO_DAY };
        bool found;

        TRY(can(c, CAP_INTAKE, 0));
        TRY(dd_tx_read(&tx, c));
        TRY(q_intake_get(&tx, c->committee_id, intake_id, &ret->intake));
        TRY(q_intake_head_get(&tx, c->committee_id, intake_id, &head, &found));
        TRY(q_intake_parts(&tx, c->committee_id, intake_id, &ret->parts));
        return q_intake_join_list(&tx,
                                  &(struct q_intake_join_list_args){ .committee_id = c->committee_id,
                                                                     .intake_id = intake_id,
                                                                     .number_fold = head.number_fold,
                                                                     .day = found ? head.day : DD_NO_DAY },
                                  &ret->others);
}

/* ---- spans move along ------------------------------------------------------------------------------------------- */

static void
move(struct span *s, int32_t by)
{
        s->from += by;
        s->to += by;
}

static void
move_mentions(struct mentions *m, int32_t by)
{
        for (size_t i = 0; i < m->n; i++)
                move(&m->v[i].span, by);
}

static void
move_task(struct draft_task *t, int32_t by)
{
        struct field *const fields[] = { &t->title, &t->lead_field, &t->coordinating_field, &t->deadline_text,
                                         &t->output };

        for (size_t i = 0; i < ARRAY_LEN(fields); i++)
                move(&fields[i]->span, by);
        move_mentions(&t->lead, by);
        move_mentions(&t->coordinating, by);
        move(&t->span, by);
}

static void
move_document(struct draft_document *d, int32_t by)
{
        struct field *const fields[] = { &d->type,        &d->number,       &d->date_text,          &d->place,
                                         &d->issuer,      &d->parent,       &d->addressee,          &d->title,
                                         &d->signer_name, &d->signer_title, &d->signer_second_title };

        for (size_t i = 0; i < ARRAY_LEN(fields); i++)
                move(&fields[i]->span, by);
        for (size_t i = 0; i < d->n_bases; i++)
                move(&d->bases[i].source.span, by);
        for (size_t i = 0; i < d->n_recipients; i++)
                move(&d->recipients[i].span, by);
        for (size_t i = 0; i < d->n_sections; i++)
                for (size_t k = 0; k < d->sections[i].n_items; k++)
                        move(&d->sections[i].items[k].span, by);
        move(&d->consultation.span, by);
        move(&d->span, by);
}

static void
move_draft(struct draft *d, int32_t by)
{
        for (size_t i = 0; i < d->n_tasks; i++)
                move_task(&d->tasks[i], by);
        for (size_t i = 0; i < d->n_documents; i++)
                move_document(&d->documents[i], by);
        for (size_t i = 0; i < d->n_groups; i++)
                move(&d->groups[i].span, by);
        for (size_t i = 0; i < d->n_members; i++) {
                struct draft_member *m = &d->members[i];
                struct field *const fields[] = { &m->post, &m->role, &m->agency, &m->sector, &m->duty };

                for (size_t k = 0; k < ARRAY_LEN(fields); k++)
                        move(&fields[k]->span, by);
                move(&m->span, by);
        }
        for (size_t i = 0; i < d->n_duties; i++) {
                move(&d->duties[i].agency.span, by);
                move(&d->duties[i].text.span, by);
                move(&d->duties[i].span, by);
        }
        for (size_t i = 0; i < d->n_anomalies; i++)
                move(&d->anomalies[i].span, by);
}

/* ---- two drafts become one -------------------------------------------------------------------------------------- */

/* Both arrays behind each other. */
static void *
both(struct arena *a, const void *x, size_t nx, const void *y, size_t ny, size_t size)
{
        char *v = arena_array(a, nx + ny + 1, size);

        if (nx > 0)
                memcpy(v, x, nx * size);
        if (ny > 0)
                memcpy(v + nx * size, y, ny * size);
        return v;
}
#define APPEND(a, x, y, list, n)                                                                                       \
        do {                                                                                                           \
                (x)->list = both(a, (x)->list, (x)->n, (y)->list, (y)->n, sizeof *(x)->list);                          \
                (x)->n += (y)->n;                                                                                      \
        } while (0)

/* What the head of one file does not say is taken from the other. */
static void
fill_head(struct arena *a, struct draft_document *to, const struct draft_document *from)
{
        struct field *const have[] = {
                &to->type,  &to->number,    &to->place,     &to->issuer,      &to->parent,
                &to->title, &to->addressee, &to->date_text, &to->signer_name, &to->signer_title
        };
        const struct field *const give[] = { &from->type,        &from->number,      &from->place,     &from->issuer,
                                             &from->parent,      &from->title,       &from->addressee, &from->date_text,
                                             &from->signer_name, &from->signer_title };

        for (size_t i = 0; i < ARRAY_LEN(have); i++)
                if (have[i]->text.n == 0)
                        *have[i] = *give[i];
        if (to->date == DD_NO_DAY)
                to->date = from->date;
        if (to->n_bases == 0)
                APPEND(a, to, from, bases, n_bases);
        if (to->n_recipients == 0)
                APPEND(a, to, from, recipients, n_recipients);
        APPEND(a, to, from, sections, n_sections);
}

static bool
same_paper(struct arena *a, struct str number, const struct draft_document *y)
{
        return y->number.text.n == 0 || number.n == 0 || str_eq(text_fold(a, number), text_fold(a, y->number.text));
}

/* Papers of the whole go by the number that a person made of what was read. */
static void
merge_documents(struct arena *a, struct draft *x, const struct q_draft_head_rows *heads, const struct draft *y)
{
        for (size_t i = 0; i < y->n_documents; i++) {
                size_t at = 0;

                while (at < x->n_documents &&
                       !same_paper(a, at < heads->n ? heads->v[at].number : x->documents[at].number.text,
                                   &y->documents[i]))
                        at++;
                if (at < x->n_documents) {
                        fill_head(a, &x->documents[at], &y->documents[i]);
                } else {
                        struct draft one = { .documents = &y->documents[i], .n_documents = 1 };

                        APPEND(a, x, &one, documents, n_documents);
                }
        }
}

struct joining {
        struct dd_tx *tx;
        const struct join_in *in;
        struct q_intake_row whole, other;
        struct draft x, y;
        struct q_intake_part_rows parts;
        struct q_draft_task_rows rows, mine;
        struct q_draft_head_rows heads; /* of the whole */
        int32_t from;                   /* of the other's text in the whole */
};

/* y behind x, from where its text begins. A line says which file follows, so that who looks for a field sees it.
 */
static void
merge(struct joining *j)
{
        struct arena *a = j->tx->c->arena;
        struct draft *x = &j->x, *y = &j->y;
        struct str file = j->other.file_name;
        struct str head = str_fmt(a, "\n\n——— %.*s ———\n\n", FMT(file));
        int32_t task = (int32_t)x->n_tasks;

        j->from = (int32_t)(utf8_len(x->text) + utf8_len(head));
        move_draft(y, j->from);
        x->text = STR_JOIN(a, x->text, head, y->text);
        merge_documents(a, x, &j->heads, y);
        for (size_t i = 0; i < y->n_anomalies; i++)
                if (y->anomalies[i].task >= 0)
                        y->anomalies[i].task += task;
        APPEND(a, x, y, groups, n_groups);
        APPEND(a, x, y, tasks, n_tasks);
        APPEND(a, x, y, members, n_members);
        APPEND(a, x, y, duties, n_duties);
        APPEND(a, x, y, anomalies, n_anomalies);
        x->n_grid = 0; /* it is no single table any more */
}

/* ---- the act ---------------------------------------------------------------------------------------------------- */

struct part_words {
        struct str note, before;
};

static enum dd_err
part_put(struct joining *j, int64_t file_id, const char *kind, struct span span, struct part_words w)
{
        int64_t ord = (int64_t)j->parts.n++;

        return q_intake_part_insert(j->tx,
                                    &(struct q_intake_part_insert_args){ .committee_id = j->tx->c->committee_id,
                                                                         .intake_id = j->whole.id,
                                                                         .ord = ord,
                                                                         .file_id = file_id,
                                                                         .kind = str_of(kind),
                                                                         .span_from = span.from,
                                                                         .span_to = span.to,
                                                                         .note = w.note,
                                                                         .draft_before = w.before },
                                    NULL);
}

static enum dd_err
own_part(struct joining *j)
{
        if (j->parts.n > 0)
                return DD_OK;
        return part_put(j, j->whole.file_id, "part", (struct span){ 0, (int32_t)utf8_len(j->x.text) },
                        (struct part_words){ STR_NONE, STR_NONE });
}

/* The rows of the other draft, as they were verified, behind those of the whole. */
static enum dd_err
rows_copy(struct joining *j, size_t tasks_before)
{
        struct dd_ctx *c = j->tx->c;
        int64_t place, id;

        TRY(q_draft_task_last_place(j->tx, c->committee_id, j->whole.id, &place));
        for (size_t i = 0; i < j->rows.n; i++) {
                const struct q_draft_task_row *r = &j->rows.v[i];
                struct str part, rest = r->also;
                AUTO_BUF also = { 0 };
                int64_t at;

                while (str_cut(&rest, ',', &part))
                        if (str_to_i64(part, &at))
                                buf_fmt(&also, "%s%lld", also.n > 0 ? "," : "",
                                        (long long)(at + (int64_t)tasks_before));
                if (str_eq(r->state, S("dropped")))
                        continue;
                TRY(q_draft_task_add(
                    j->tx,
                    &(struct q_draft_task_add_args){ .committee_id = c->committee_id,
                                                     .intake_id = j->whole.id,
                                                     .ord = r->ord < 0 ? r->ord : r->ord + (int64_t)tasks_before,
                                                     .no = r->no,
                                                     .group_no = r->group_no,
                                                     .title = r->title,
                                                     .lead = r->lead,
                                                     .coordinating = r->coordinating,
                                                     .deadline_text = r->deadline_text,
                                                     .output = r->output,
                                                     .needs_look = r->needs_look,
                                                     .place = ++place,
                                                     .also = str_dup(c->arena, buf_view(&also)) },
                    &id));
        }
        return DD_OK;
}

static enum dd_err
join_part(struct joining *j)
{
        struct dd_ctx *c = j->tx->c;
        size_t tasks_before = j->x.n_tasks;
        AUTO_BUF json = { 0 };
        struct json_w w;
        int64_t version;
        bool found;

        TRY(own_part(j));
        TRY(heads_load(j->tx, j->other.id, &j->y));
        TRY(heads_list(j->tx, j->whole.id, &j->x, &j->heads));
        merge(j);
        TRY(part_put(j, j->other.file_id, "part", (struct span){ j->from, (int32_t)utf8_len(j->x.text) },
                     (struct part_words){ STR_NONE, j->whole.draft }));
        TRY(rows_copy(j, tasks_before));
        json_start(&w, &json);
        draft_json(&w, &j->x);
        if (json.over)
                return dd_fail(c, DD_ETOOBIG, "Ghép lại thì văn bản quá lớn. Mời giao riêng từng phần.");
        TRY(q_intake_join_draft(j->tx,
                                &(struct q_intake_join_draft_args){ .committee_id = c->committee_id,
                                                                    .id = j->whole.id,
                                                                    .version = j->in->version,
                                                                    .draft = buf_view(&json) },
                                &version, &found));
        if (!found)
                return dd_fail(c, DD_ECONFLICT, "Đã có người xử lý bản dự thảo này. Mời tải lại trang.");
        TRY(heads_refresh(j->tx, j->whole.id, &j->x));
        TRY(heads_load(j->tx, j->whole.id, &j->x));
        return join_head_put(j->tx, j->whole.id, &j->x);
}

/* Where the signed copy says something else than the rows that were read; STR_NONE: nowhere. */
static struct str
differences(struct joining *j)
{
        struct arena *a = j->tx->c->arena;
        AUTO_BUF b = { 0 };
        size_t n = 0;

        for (size_t i = 0; i < j->rows.n || i < j->mine.n; i++) {
                const struct q_draft_task_row *x = i < j->mine.n ? &j->mine.v[i] : NULL;
                const struct q_draft_task_row *y = i < j->rows.n ? &j->rows.v[i] : NULL;
                const struct q_draft_task_row *any = x != NULL ? x : y;

                if (x != NULL && y != NULL && str_eq(text_fold(a, x->title), text_fold(a, y->title)) &&
                    str_eq(text_fold(a, x->lead), text_fold(a, y->lead)) &&
                    str_eq(text_fold(a, x->deadline_text), text_fold(a, y->deadline_text)))
                        continue;
                if (++n <= 20)
                        buf_fmt(&b, "%s%.*s", n > 1 ? ", " : "", FMT(any->no));
        }
        if (n == 0)
                return STR_NONE;
        return str_fmt(a, "%zu dòng đọc khác (số %.*s%s)", n, FMT(buf_view(&b)), n > 20 ? ", ..." : "");
}

static enum dd_err
join_load(struct joining *j)
{
        struct dd_tx *tx = j->tx;
        struct dd_ctx *c = tx->c;

        TRY(q_intake_get(tx, c->committee_id, j->in->intake_id, &j->whole));
        TRY(q_intake_get(tx, c->committee_id, j->in->other_id, &j->other));
        if (j->in->intake_id == j->in->other_id)
                return dd_fail(c, DD_EINVAL, "Không ghép một tệp với chính nó được. Mời chọn tệp khác.");
        if (!str_eq(j->whole.state, S("draft")) || !str_eq(j->other.state, S("draft")))
                return dd_fail(c, DD_ECONFLICT,
                               "Một trong hai bản dự thảo đã giao, đã bỏ hoặc đã ghép. Mời tải lại trang.");
        if (j->in->version != j->whole.version)
                return dd_fail(c, DD_ECONFLICT, "Đã có người xử lý bản dự thảo này. Mời tải lại trang.");
        TRY(draft_parse(c, j->whole.draft, &j->x));
        TRY(draft_parse(c, j->other.draft, &j->y));
        TRY(q_intake_parts(tx, c->committee_id, j->whole.id, &j->parts));
        TRY(q_draft_task_list(tx, c->committee_id, j->whole.id, &j->mine));
        return q_draft_task_list(tx, c->committee_id, j->other.id, &j->rows);
}

enum dd_err
join_do(struct dd_ctx *c, const struct join_in *in)
{
        AUTO_TX tx = { 0 };
        struct joining j = { .tx = &tx, .in = in };
        int64_t result, version;
        bool done, found;

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(action_begin(&tx, "intake.join", &done, &result));
        if (done)
                return DD_OK;
        TRY(join_load(&j));
        if (in->signed_copy) {
                TRY(own_part(&j));
                TRY(part_put(&j, j.other.file_id, "signed", (struct span){ 0, 0 },
                             (struct part_words){ differences(&j), STR_NONE }));
        } else {
                TRY(join_part(&j));
        }
        TRY(q_intake_joined(&tx, c->committee_id, in->other_id, in->intake_id, &version, &found));
        TRY(audit_detail(&tx, "intake.join", in->intake_id,
                         str_fmt(c->arena, "%.*s + %.*s%s", FMT(j.whole.file_name), FMT(j.other.file_name),
                                 in->signed_copy ? " (bản ký)" : "")));
        TRY(action_end(&tx, "intake.join", in->intake_id));
        return dd_tx_commit(&tx);
}

enum dd_err
join_files_keep(struct dd_tx *tx, int64_t intake_id, int64_t document_id)
{
        struct dd_ctx *c = tx->c;
        struct q_intake_part_rows parts;

        TRY(q_intake_parts(tx, c->committee_id, intake_id, &parts));
        for (size_t i = 0; i < parts.n; i++)
                TRY(q_document_file_insert(tx,
                                           &(struct q_document_file_insert_args){ .committee_id = c->committee_id,
                                                                                  .document_id = document_id,
                                                                                  .file_id = parts.v[i].file_id,
                                                                                  .kind = parts.v[i].kind },
                                           NULL));
        return DD_OK;
}
