/* What a person does to the heads of a draft's papers, and the undo of it. */
#include "dd_audit.h"
#include "dd_intake_join.h"
#include "dd_rights.h"
#include "dd_text.h"
#include "intake_head_priv.h"
#include "q_intake.h"
#include "q_intake_head.h"

static enum dd_err
keep(struct dd_tx *tx, const struct head_act_in *in, const struct q_draft_head_row *h, const char *act)
{
        int64_t step;

        TRY(q_draft_step_next(tx, tx->c->committee_id, in->intake_id, &step));
        return q_draft_head_change_insert(tx,
                                          &(struct q_draft_head_change_insert_args){
                                              .committee_id = tx->c->committee_id,
                                              .intake_id = in->intake_id,
                                              .draft_head_id = h->id,
                                              .step = step,
                                              .act = str_of(act),
                                              .type = h->type,
                                              .number = h->number,
                                              .day = h->day,
                                              .place = h->place,
                                              .issuer = h->issuer,
                                              .title = h->title,
                                              .signer = h->signer,
                                              .signer_title = h->signer_title,
                                              .bases = h->bases,
                                              .recipients = h->recipients,
                                              .state = h->state,
                                              .verified_by = h->verified_by,
                                              .verified_at = h->verified_at,
                                              .changed_by = tx->c->user != NULL ? tx->c->user->id : 0,
                                              .now = tx->c->now,
                                          },
                                          NULL);
}

/* Lines without the empty ones. */
static struct str
lines_of(struct arena *a, struct str s)
{
        AUTO_BUF b = { 0 };
        struct str line;

        while (str_cut(&s, '\n', &line))
                if (str_trim(line).n > 0)
                        buf_fmt(&b, "%s%.*s", b.n > 0 ? "\n" : "", FMT(str_trim(line)));
        return str_dup(a, buf_view(&b));
}

static void
write_down(struct arena *a, const struct head_act_in *in, struct q_draft_head_row *h)
{
        h->type = or_empty(in->type);
        h->number = or_empty(in->number);
        h->day = in->day;
        h->place = or_empty(in->place);
        h->issuer = or_empty(in->issuer);
        h->title = intake_one_line(a, or_empty(in->title));
        h->signer = or_empty(in->signer);
        h->signer_title = or_empty(in->signer_title);
        h->bases = lines_of(a, or_empty(in->bases));
        h->recipients = lines_of(a, or_empty(in->recipients));
}

/* "Đúng" over a form that says something else than the head: what was typed is not lost. */
static bool
typed_anew(struct arena *a, const struct head_act_in *in, const struct q_draft_head_row *h)
{
        struct q_draft_head_row then = *h;
        const struct str *const x[] = { &h->type,   &h->number,       &h->place, &h->issuer,    &h->title,
                                        &h->signer, &h->signer_title, &h->bases, &h->recipients };
        const struct str *const y[] = { &then.type,   &then.number,       &then.place, &then.issuer,    &then.title,
                                        &then.signer, &then.signer_title, &then.bases, &then.recipients };
        bool other = false;

        if (in->number.p == NULL && in->title.p == NULL && in->type.p == NULL) /* nothing was sent */
                return false;
        write_down(a, in, &then);
        for (size_t i = 0; i < ARRAY_LEN(x); i++)
                other |= !str_eq(*x[i], *y[i]);
        return other || h->day != then.day;
}

static enum dd_err
load_one(struct dd_tx *tx, const struct head_act_in *in, struct draft *d, struct q_draft_head_row *ret)
{
        struct dd_ctx *c = tx->c;
        struct q_intake_row row;
        struct q_draft_head_rows rows;
        bool kept;

        TRY(draft_open(tx, in->intake_id));
        TRY(q_intake_get(tx, c->committee_id, in->intake_id, &row));
        TRY(draft_parse(c, row.draft, d));
        TRY(q_draft_head_list(tx, c->committee_id, in->intake_id, &rows));
        kept = rows.n > 0;
        TRY(heads_create(tx, in->intake_id, d));
        TRY(q_draft_head_list(tx, c->committee_id, in->intake_id, &rows));
        for (size_t i = 0; i < rows.n; i++)
                if (rows.v[i].ord == in->ord) {
                        *ret = rows.v[i];
                        if (in->version == ret->version || (!kept && in->version == 0))
                                return DD_OK;
                        return dd_fail(c, DD_ECONFLICT,
                                       "Đã có người sửa phần đầu văn bản này. Bản hiện tại: số «%.*s»; anh/chị gửi: "
                                       "«%.*s».",
                                       FMT(ret->number), FMT(in->number.p != NULL ? in->number : ret->number));
                }
        return dd_fail(c, DD_ENOTFOUND, "Không thấy phần đầu văn bản này trong bản dự thảo.");
}

enum dd_err
intake_head(struct dd_ctx *c, const struct head_act_in *in)
{
        static const struct {
                const char *act, *state;
        } acts[DRAFT_ACT_MAX] = { [DRAFT_ACCEPT] = { "accept", "accepted" },
                                  [DRAFT_EDIT] = { "edit", "edited" },
                                  [DRAFT_DROP] = { "drop-head", "dropped" },
                                  [DRAFT_REOPEN] = { "reopen", "unseen" } };
        AUTO_TX tx = { 0 };
        struct q_draft_head_row h = { 0 };
        struct draft d = { 0 };
        int64_t result;
        bool done;

        if (acts[in->act].act == NULL)
                return dd_fail_field(c, "act", "Phần đầu văn bản chỉ nhận: đúng, sửa, không phải văn bản, xem lại.");
        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(action_begin(&tx, "intake.head", &done, &result));
        if (done)
                return DD_OK;
        TRY(load_one(&tx, in, &d, &h));
        enum draft_act act = in->act == DRAFT_ACCEPT && typed_anew(c->arena, in, &h) ? DRAFT_EDIT : in->act;
        TRY(keep(&tx, in, &h, acts[act].act));
        if (act == DRAFT_EDIT)
                write_down(c->arena, in, &h);
        h.state = str_of(acts[act].state);
        h.verified_by = act != DRAFT_REOPEN && c->user != NULL ? c->user->id : 0;
        h.verified_at = (struct dd_opt){ act != DRAFT_REOPEN ? c->now : 0, act != DRAFT_REOPEN };
        TRY(head_put(&tx, &h, h.version));
        TRY(heads_load(&tx, in->intake_id, &d));
        TRY(join_head_put(&tx, in->intake_id, &d));
        TRY(q_intake_touch(&tx, c->committee_id, in->intake_id, c->now, NULL));
        TRY(audit_detail(&tx, "intake.head", in->intake_id,
                         str_fmt(c->arena, "%.*s ngày %.*s", FMT(h.number.n > 0 ? h.number : S("không số")),
                                 FMT(h.day != DD_NO_DAY ? day_text(c->arena, h.day) : S("không rõ")))));
        TRY(action_end(&tx, "intake.head", in->intake_id));
        return dd_tx_commit(&tx);
}

/* What stood in a head before a step. */
static void
restore(struct q_draft_head_row *h, const struct q_draft_head_change_row *k)
{
        h->type = k->type;
        h->number = k->number;
        h->day = k->day;
        h->place = k->place;
        h->issuer = k->issuer;
        h->title = k->title;
        h->signer = k->signer;
        h->signer_title = k->signer_title;
        h->bases = k->bases;
        h->recipients = k->recipients;
        h->state = k->state;
        h->verified_by = k->verified_by;
        h->verified_at = k->verified_at;
}

enum dd_err
heads_undo(struct dd_tx *tx, int64_t intake_id, int64_t step, int64_t *ret_ord)
{
        struct dd_ctx *c = tx->c;
        struct q_draft_head_change_rows changes;
        struct q_draft_head_rows rows;
        struct q_intake_row in;
        struct draft d = { 0 };

        *ret_ord = -1;
        TRY(q_draft_head_changes(tx, c->committee_id, intake_id, step, &changes));
        if (changes.n == 0)
                return DD_OK;
        TRY(q_draft_head_list(tx, c->committee_id, intake_id, &rows));
        for (size_t i = 0; i < changes.n; i++)
                for (size_t k = 0; k < rows.n; k++)
                        if (rows.v[k].id == changes.v[i].draft_head_id) {
                                struct q_draft_head_row h = rows.v[k];

                                restore(&h, &changes.v[i]);
                                TRY(head_put(tx, &h, h.version));
                                *ret_ord = h.ord;
                        }
        TRY(q_draft_head_step_undone(tx, c->committee_id, intake_id, step, NULL));
        TRY(q_intake_get(tx, c->committee_id, intake_id, &in));
        TRY(draft_parse(c, in.draft, &d));
        TRY(heads_load(tx, intake_id, &d));
        return join_head_put(tx, intake_id, &d);
}

static bool
waits(const struct q_draft_head_rows *heads, const struct draft *read)
{
        const struct draft_document *paper = draft_plan_paper(read);
        size_t at = paper != NULL ? (size_t)(paper - read->documents) : 0;

        return at < heads->n && heads->v[at].needs_look && str_eq(heads->v[at].state, S("unseen"));
}

bool
intake_head_waits(const struct intake_full *in)
{
        return waits(&in->heads, &in->draft);
}

enum dd_err
heads_must_be_seen(struct dd_tx *tx, const struct intake_confirm_in *in, struct draft *d)
{
        struct q_draft_head_rows heads;

        TRY(heads_list(tx, in->intake_id, d, &heads));
        if (waits(&heads, d) && !in->accept_unseen)
                return dd_fail(
                    tx->c, DD_ECONFLICT,
                    "Phần đầu văn bản (số, ngày, trích yếu) chưa chắc và chưa ai kiểm tra. Mời xem lại, hoặc "
                    "đánh dấu chấp nhận các dòng chưa xem.");
        return heads_apply(tx->c, &heads, d);
}
