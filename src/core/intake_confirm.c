/* From the verified draft to a tracked plan: one transaction. */
#include "dd_agency.h"
#include "dd_audit.h"
#include "dd_intake_join.h"
#include "dd_rights.h"
#include "dd_text.h"
#include "intake_head_priv.h"
#include "q_intake.h"
#include "q_plan.h"

static const struct draft_task by_hand = { .deadline = { .start = DD_NO_DAY, .due = DD_NO_DAY } };

#define SOURCES_MAX 32 /* rows of a paper in one task */

#define MARK_EVERY 256 /* code points between two places of the text that are known */

static void
mark_text(struct making *m)
{
        struct str text = m->d->text;
        size_t n = 0;

        m->marks = arena_array(m->tx->c->arena, text.n / MARK_EVERY + 2, sizeof *m->marks);
        for (size_t i = 0, cp = 0; i < text.n; cp++) {
                if (cp % MARK_EVERY == 0)
                        m->marks[n++] = i;
                (void)utf8_next(text, &i);
        }
        m->n_marks = n;
}

/* Where a code point begins, from the marks: a paper has many tasks, and none may cost a walk from its beginning. */
static size_t
byte_at(const struct making *m, int32_t cp)
{
        size_t mark = cp > 0 ? (size_t)cp / MARK_EVERY : 0, i;

        if (mark >= m->n_marks)
                return m->d->text.n;
        i = m->marks[mark];
        for (size_t at = mark * MARK_EVERY; i < m->d->text.n && (int64_t)at < cp; at++)
                (void)utf8_next(m->d->text, &i);
        return i;
}

/* The part of the shown text that a span of code points is. */
static struct str
part_of(const struct making *m, struct span span)
{
        size_t from = byte_at(m, span.from), to = byte_at(m, span.to);

        return str_sub(m->d->text, from, to > from ? to : from);
}

static int64_t
group_of(const struct making *m, struct str no)
{
        for (size_t i = 0; i < m->d->n_groups; i++)
                if (no.n > 0 && str_eq(m->d->groups[i].no, no))
                        return m->group_ids[i];
        return 0;
}

/* What the draft has for a row: the part it was read from and the parts that were merged into it. */
struct sources {
        const struct draft_task *v[SOURCES_MAX];
        size_t index[SOURCES_MAX], n;
};

static void
sources_of(const struct making *m, const struct q_draft_task_row *r, struct sources *ret)
{
        struct str rest = r->also, part;
        int64_t at = r->ord;

        ret->n = 0;
        do {
                if (at >= 0 && (size_t)at < m->d->n_tasks && ret->n < SOURCES_MAX) {
                        ret->index[ret->n] = (size_t)at;
                        ret->v[ret->n++] = &m->d->tasks[at];
                }
                at = -1;
        } while (str_cut(&rest, ',', &part) && (part.n == 0 || str_to_i64(part, &at)));
}

static struct str
note_of(struct making *m, const struct sources *s)
{
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < s->n; i++)
                for (size_t k = 0; k < s->v[i]->n_notes; k++)
                        buf_fmt(&b, "%s%.*s", b.n > 0 ? " · " : "", FMT(s->v[i]->notes[k]));
        return b.n > 0 ? str_dup(m->tx->c->arena, buf_view(&b)) : STR_NONE;
}

/* The words of the paper a row rests on, and the span around them; STR_NONE: a person added it. */
static struct str
words_of(struct making *m, const struct sources *s, struct span *ret_span)
{
        struct str all = STR_NONE;

        *ret_span = s->n > 0 ? s->v[0]->span : (struct span){ 0, 0 };
        for (size_t i = 0; i < s->n; i++) {
                struct span one = s->v[i]->span;

                all = i == 0 ? part_of(m, one) : words_join(m->tx->c->arena, all, "\n", part_of(m, one));
                ret_span->from = one.from < ret_span->from ? one.from : ret_span->from;
                ret_span->to = one.to > ret_span->to ? one.to : ret_span->to;
        }
        return all;
}

/* The agencies of a row: as the paper names them, or as a person wrote them instead. */
static void
agencies_of(struct arena *a, const struct q_draft_task_row *r, const struct draft_task *t, struct mentions *ret_lead,
            struct mentions *ret_coordinating)
{
        *ret_lead = t->lead;
        if (!str_eq(r->lead, or_empty(t->lead_field.text))) {
                *ret_lead = (struct mentions){ 0 };
                agency_parse(a, r->lead, STR_NONE, ret_lead);
        }
        *ret_coordinating = t->coordinating;
        if (!str_eq(r->coordinating, or_empty(t->coordinating_field.text))) {
                *ret_coordinating = (struct mentions){ 0 };
                agency_parse(a, r->coordinating, STR_NONE, ret_coordinating);
        }
}

static enum dd_err
make_task(struct making *m, const struct q_draft_task_row *r)
{
        struct dd_ctx *c = m->tx->c;
        struct sources from;
        struct span span;
        int64_t id;
        int year, month, mday;

        sources_of(m, r, &from);
        const struct draft_task *t = from.n > 0 ? from.v[0] : &by_hand;
        struct deadline dl = t->deadline;
        struct mentions lead, coordinating;
        struct str source = words_of(m, &from, &span);

        day_parts(m->issued, &year, &month, &mday);
        agencies_of(c->arena, r, t, &lead, &coordinating);
        if (!str_eq(r->deadline_text, or_empty(t->deadline_text.text))) {
                dl = (struct deadline){ .start = DD_NO_DAY, .due = DD_NO_DAY };
                deadline_parse(c->arena, r->deadline_text, year, &dl);
        }
        if (str_eq(r->state, S("edited"))) {
                TRY(alias_learn(m->tx, t->lead_field.text, r->lead, m->issued, m->document_id));
                TRY(alias_learn(m->tx, t->coordinating_field.text, r->coordinating, m->issued, m->document_id));
                task_maker_ask_again(&m->maker);
        }
        TRY(task_make(&m->maker,
                      &(struct task_new){
                          .group_id = group_of(m, r->group_no),
                          .no = r->no,
                          .title = r->title,
                          .output = r->output.n > 0 ? r->output : STR_NONE,
                          .deadline_text = r->deadline_text.n > 0 ? r->deadline_text : STR_NONE,
                          .deadline_kind = deadline_kind_name(dl.kind),
                          .start_day = dl.kind == DL_DONE ? DD_NO_DAY : dl.start,
                          .due = dl.kind == DL_DONE ? DD_NO_DAY : dl.due,
                          .from_day = m->issued,
                          .source = source,
                          .note = note_of(m, &from),
                          .span = span,
                          .lead = &lead,
                          .coordinating = &coordinating,
                          .is_done = dl.kind == DL_DONE && dl.due != DD_NO_DAY,
                          .done_day = dl.due,
                          .done_note = str_fmt(c->arena, "Kế hoạch ghi: «%.*s»", FMT(r->deadline_text)),
                      },
                      &id));
        for (size_t i = 0; i < from.n; i++)
                if (m->task_ids[from.index[i]] == 0)
                        m->task_ids[from.index[i]] = id;
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
        mark_text(m);
        TRY(task_maker_begin(m->tx, m->plan_id, &m->maker));
        for (size_t i = 0; i < m->rows->n; i++) {
                const struct q_draft_task_row *r = &m->rows->v[i];

                if (!str_eq(r->state, S("dropped")))
                        TRY(make_task(m, r));
        }
        TRY(task_maker_end(&m->maker));
        TRY(make_members(m));
        TRY(make_duties(m));
        return make_notes(m);
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
        if (in->draft != NULL)
                d = *in->draft;
        else
                TRY(draft_parse(c, row.draft, &d));
        TRY(heads_must_be_seen(&tx, in, &d));
        for (size_t i = 0; i < rows.n; i++) {
                unseen += str_eq(rows.v[i].state, S("unseen"));
                if (!str_eq(rows.v[i].state, S("dropped")) && str_trim(rows.v[i].title).n == 0)
                        return dd_fail(c, DD_ECONFLICT,
                                       "Có dòng chưa có nội dung. Mời ghi nội dung, hoặc bấm «Không phải nhiệm vụ» ở "
                                       "dòng ấy.");
        }
        if (unseen > 0 && !in->accept_unseen)
                return dd_fail(c, DD_ECONFLICT,
                               "Còn %lld dòng chưa kiểm tra. Mời xem hết, hoặc đánh dấu chấp nhận các dòng chưa xem.",
                               (long long)unseen);
        struct making m = { .tx = &tx, .d = &d, .rows = &rows, .file_id = row.file_id, .paper = draft_plan_paper(&d) };
        if (m.paper == NULL)
                return dd_fail(c, DD_EINVAL,
                               "Chưa có phần đầu của văn bản (số ký hiệu, ngày, trích yếu) nên chưa lập được kế hoạch. "
                               "Mời ghi ở đầu bản kiểm tra.");
        m.issued = m.paper->date != DD_NO_DAY ? m.paper->date : c->today;
        m.task_ids = arena_array(c->arena, d.n_tasks + 1, sizeof *m.task_ids);
        TRY(make_all(&m));
        TRY(join_files_keep(&tx, row.id, m.document_id));
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
        TRY(q_intake_touch(&tx, c->committee_id, row.id, c->now, NULL));
        *ret_plan = m.plan_id;
        TRY(audit(&tx, "plan.create", m.plan_id));
        TRY(action_end(&tx, "plan.create", m.plan_id));
        return dd_tx_commit(&tx);
}

/* ---- what the confirmation will add to the directory --------------------------------------------------------- */

struct looking {
        struct dd_tx *tx;
        int32_t day;
        struct directory d;
        struct strs seen; /* folded names */
};

static enum dd_err
unknown_of(struct looking *l, const struct mentions *m, struct strs *ret)
{
        struct arena *a = l->tx->c->arena;

        for (size_t i = 0; i < m->n; i++) {
                struct str fold = text_fold(a, m->v[i].name);
                bool found = false;
                int64_t id;

                for (size_t k = 0; !found && k < l->seen.n; k++)
                        found = str_eq(l->seen.v[k], fold);
                if (found)
                        continue;
                *VEC_PUSH(a, &l->seen) = fold;
                TRY(agency_find(l->tx, &m->v[i], l->day, &l->d, &id, &found));
                if (!found)
                        *VEC_PUSH(a, ret) = m->v[i].name;
        }
        return DD_OK;
}

enum dd_err
intake_new_agencies(struct dd_ctx *c, const struct intake_full *in, int32_t day, struct strs *ret)
{
        AUTO_TX tx = { 0 };
        struct looking l = { .tx = &tx, .day = day };

        *ret = (struct strs){ 0 };
        TRY(can(c, CAP_INTAKE, 0));
        TRY(dd_tx_read(&tx, c));
        for (size_t i = 0; i < in->rows.n; i++) {
                const struct q_draft_task_row *r = &in->rows.v[i];
                bool read = r->ord >= 0 && (size_t)r->ord < in->draft.n_tasks;
                struct mentions lead, coordinating;

                if (str_eq(r->state, S("dropped")))
                        continue;
                agencies_of(c->arena, r, read ? &in->draft.tasks[r->ord] : &by_hand, &lead, &coordinating);
                TRY(unknown_of(&l, &lead, ret));
                TRY(unknown_of(&l, &coordinating, ret));
        }
        return DD_OK;
}
