/* The acts of the person who verifies a draft: accept, edit, merge, split, move, add, paste, and the undo of each. An
 * act is a step; before it changes a row it keeps what stood there. */
#include "dd_audit.h"
#include "dd_rights.h"
#include "dd_text.h"
#include "intake_head_priv.h"
#include "q_intake.h"

#define STEP_ROWS_MAX 500 /* of one paste */

enum dd_err
draft_open(struct dd_tx *tx, int64_t intake_id)
{
        struct q_intake_row in;

        TRY(q_intake_get(tx, tx->c->committee_id, intake_id, &in));
        if (!str_eq(in.state, S("draft")))
                return dd_fail(tx->c, DD_ECONFLICT, "Bản dự thảo này đã giao hoặc đã bỏ, không sửa được nữa.");
        return DD_OK;
}

/* What one act does to rows. */
struct step {
        struct dd_tx *tx;
        int64_t intake_id, number;
        const char *act;
};

static int64_t
who(const struct step *s)
{
        return s->tx->c->user != NULL ? s->tx->c->user->id : 0;
}

static enum dd_err
step_begin(struct step *s)
{
        return q_draft_step_next(s->tx, s->tx->c->committee_id, s->intake_id, &s->number);
}

/* Keeps what stands in a row; made: the step itself made it, the undo takes it away. */
static enum dd_err
keep(const struct step *s, const struct q_draft_task_row *r, bool made)
{
        return q_draft_change_insert(s->tx,
                                     &(struct q_draft_change_insert_args){
                                         .committee_id = s->tx->c->committee_id,
                                         .intake_id = s->intake_id,
                                         .draft_task_id = r->id,
                                         .title = r->title,
                                         .lead = r->lead,
                                         .coordinating = r->coordinating,
                                         .deadline_text = r->deadline_text,
                                         .output = r->output,
                                         .state = r->state,
                                         .changed_by = who(s),
                                         .now = s->tx->c->now,
                                         .step = s->number,
                                         .act = str_of(s->act),
                                         .no = r->no,
                                         .also = r->also,
                                         .place = { r->place, !made },
                                         .gone = r->gone,
                                         .verified_by = r->verified_by,
                                         .verified_at = r->verified_at,
                                     },
                                     NULL);
}

enum dd_err
draft_row_store(struct dd_tx *tx, const struct q_draft_task_row *r, int64_t version, bool *ret_found)
{
        int64_t now_version;

        return q_draft_task_update(tx,
                                   &(struct q_draft_task_update_args){
                                       .committee_id = tx->c->committee_id,
                                       .id = r->id,
                                       .version = version,
                                       .no = r->no,
                                       .title = r->title,
                                       .lead = r->lead,
                                       .coordinating = r->coordinating,
                                       .deadline_text = r->deadline_text,
                                       .output = r->output,
                                       .state = r->state,
                                       .verified_by = r->verified_by,
                                       .verified_at = r->verified_at,
                                       .place = r->place,
                                       .gone = r->gone,
                                       .also = r->also,
                                   },
                                   &now_version, ret_found);
}

/* Writes a row as it stands in *r; its version is the one that was loaded. */
static enum dd_err
put(struct dd_tx *tx, const struct q_draft_task_row *r, int64_t version)
{
        bool found;

        TRY(draft_row_store(tx, r, version, &found));
        if (!found)
                return dd_fail(tx->c, DD_ECONFLICT,
                               "Đã có người sửa dòng này. Bản hiện tại: «%.*s». Mời tải lại trang.", FMT(r->title));
        return DD_OK;
}

/* Signed by whoever acts now. */
static void
sign(const struct step *s, struct q_draft_task_row *r, const char *state)
{
        r->state = str_of(state);
        r->verified_by = who(s);
        r->verified_at = (struct dd_opt){ s->tx->c->now, true };
}

/* A row that changed its words or its borders waits for another look; nobody has signed it. */
static void
unsign(struct q_draft_task_row *r)
{
        r->state = S("unseen");
        r->verified_by = 0;
        r->verified_at = (struct dd_opt){ 0, false };
}

/* ---- one row --------------------------------------------------------------------------------------------------- */

static bool
is_space(char ch)
{
        return ch == ' ' || ch == '\n' || ch == '\r' || ch == '\t';
}

/* The same words, however the lines are broken. */
static bool
same_words(struct str x, struct str y)
{
        size_t i = 0, k = 0;

        x = str_trim(x);
        y = str_trim(y);
        while (i < x.n && k < y.n) {
                if (is_space(x.p[i]) && is_space(y.p[k])) {
                        while (i < x.n && is_space(x.p[i]))
                                i++;
                        while (k < y.n && is_space(y.p[k]))
                                k++;
                } else if (x.p[i++] != y.p[k++])
                        return false;
        }
        return i == x.n && k == y.n;
}

static bool
typed_anew(const struct draft_act_in *in, const struct q_draft_task_row *r)
{
        return in->title.p != NULL && !(same_words(in->title, r->title) && same_words(or_empty(in->lead), r->lead) &&
                                        same_words(or_empty(in->coordinating), r->coordinating) &&
                                        same_words(or_empty(in->deadline_text), r->deadline_text) &&
                                        same_words(or_empty(in->output), r->output));
}

/* A deadline typed anew must be one that can be understood; the paper's own words may stand as they are. */
static enum dd_err
check_deadline(struct step *s, const struct draft_act_in *in, const struct q_draft_task_row *r)
{
        struct dd_ctx *c = s->tx->c;
        struct str words = str_trim(or_empty(in->deadline_text));
        struct deadline d = { .start = DD_NO_DAY, .due = DD_NO_DAY };
        int32_t y, m, md;

        if (words.n == 0 || same_words(words, r->deadline_text))
                return DD_OK;
        day_parts(c->today, &y, &m, &md);
        deadline_parse(c->arena, words, y, &d);
        if (d.kind != DL_UNKNOWN && d.kind != DL_NONE)
                return DD_OK;
        return dd_fail_field(
            c, "deadline_text",
            "Chưa hiểu thời hạn «%.*s». Ghi ngày có trong lịch (30/11/2023), kỳ (Quý IV/2023, Năm 2023), "
            "«Thường xuyên», hoặc để trống.",
            FMT(words));
}

static enum dd_err
act_alone(struct step *s, const struct draft_act_in *in, struct q_draft_task_row *r)
{
        static const char *const states[] = { [DRAFT_ACCEPT] = "accepted",
                                              [DRAFT_EDIT] = "edited",
                                              [DRAFT_DROP] = "dropped",
                                              [DRAFT_REOPEN] = "unseen" };
        enum draft_act act = in->act == DRAFT_ACCEPT && typed_anew(in, r) ? DRAFT_EDIT : in->act;
        struct str title = act == DRAFT_EDIT ? in->title : r->title;

        if ((act == DRAFT_EDIT || act == DRAFT_ACCEPT) && str_trim(title).n == 0)
                return dd_fail_field(
                    s->tx->c, "title",
                    "Cần ghi nội dung nhiệm vụ; nếu dòng này không phải nhiệm vụ, bấm «Không phải nhiệm vụ».");
        if (act == DRAFT_EDIT)
                TRY(check_deadline(s, in, r));
        TRY(keep(s, r, false));
        if (act == DRAFT_EDIT) {
                r->title = in->title;
                r->lead = or_empty(in->lead);
                r->coordinating = or_empty(in->coordinating);
                r->deadline_text = or_empty(in->deadline_text);
                r->output = or_empty(in->output);
                if (in->no.p != NULL)
                        r->no = in->no;
        }
        if (act == DRAFT_REOPEN)
                unsign(r);
        else
                sign(s, r, states[act]);
        return put(s->tx, r, in->version);
}

/* ---- a row and its neighbour ----------------------------------------------------------------------------------- */

static enum dd_err
neighbour(struct step *s, const struct draft_act_in *in, bool up, const struct q_draft_task_row *r,
          struct q_draft_task_row *ret)
{
        struct dd_ctx *c = s->tx->c;
        bool found;

        if (up)
                TRY(q_draft_task_above(s->tx, c->committee_id, s->intake_id, r->place, ret, &found));
        else
                TRY(q_draft_task_below(s->tx, c->committee_id, s->intake_id, r->place, ret, &found));
        if (!found)
                return up ? dd_fail(c, DD_EINVAL, "Đây là dòng đầu, không có dòng nào ở trên.")
                          : dd_fail(c, DD_EINVAL, "Đây là dòng cuối, không có dòng nào ở dưới.");
        if (in->beside != 0 && in->beside != ret->id)
                return dd_fail(c, DD_ECONFLICT, "Dòng bên cạnh đã đổi: nay là «%.*s». Mời tải lại trang rồi làm lại.",
                               FMT(ret->title));
        return DD_OK;
}

/* "4" and "5,6" of the lower row join those of the upper. */
static struct str
also_join(struct arena *a, const struct q_draft_task_row *upper, const struct q_draft_task_row *lower)
{
        struct str mine =
            lower->ord < 0 || lower->ord == upper->ord ? STR_NONE : str_fmt(a, "%lld", (long long)lower->ord);

        return words_join(a, words_join(a, upper->also, ",", mine), ",", lower->also);
}

static enum dd_err
act_merge(struct step *s, const struct draft_act_in *in, struct q_draft_task_row *r)
{
        struct arena *a = s->tx->c->arena;
        bool up = in->act == DRAFT_MERGE_UP;
        struct q_draft_task_row other, *upper = up ? &other : r, *lower = up ? r : &other;
        struct str stem = STR_NONE, next = STR_NONE;

        TRY(neighbour(s, in, up, r, &other));
        TRY(keep(s, upper, false));
        TRY(keep(s, lower, false));
        if (upper->no.n > 1 && upper->no.p[upper->no.n - 1] == 'a') { /* 5a and 5b are 5 again */
                number_split(a, str_sub(upper->no, 0, upper->no.n - 1), &stem, &next);
                if (str_eq(next, lower->no))
                        upper->no = str_sub(upper->no, 0, upper->no.n - 1);
        }
        upper->title = words_join(a, upper->title, " ", lower->title);
        upper->lead = words_join(a, upper->lead, "; ", lower->lead);
        upper->coordinating = words_join(a, upper->coordinating, "; ", lower->coordinating);
        upper->deadline_text = words_join(a, upper->deadline_text, "; ", lower->deadline_text);
        upper->output = words_join(a, upper->output, "; ", lower->output);
        upper->also = also_join(a, upper, lower);
        unsign(upper);
        lower->gone = true;
        TRY(put(s->tx, upper, up ? upper->version : in->version));
        TRY(put(s->tx, lower, up ? in->version : lower->version));
        r->id = upper->id;
        return DD_OK;
}

static enum dd_err
act_move(struct step *s, const struct draft_act_in *in, struct q_draft_task_row *r)
{
        struct q_draft_task_row other;
        int64_t place;

        TRY(neighbour(s, in, in->act == DRAFT_MOVE_UP, r, &other));
        TRY(keep(s, r, false));
        TRY(keep(s, &other, false));
        place = r->place;
        r->place = other.place;
        other.place = place;
        TRY(put(s->tx, r, in->version));
        return put(s->tx, &other, other.version);
}

/* ---- rows that were not there ---------------------------------------------------------------------------------- */

static enum dd_err
add_row(struct step *s, struct q_draft_task_row *r)
{
        r->state = S("unseen");
        TRY(q_draft_task_add(s->tx,
                             &(struct q_draft_task_add_args){
                                 .committee_id = s->tx->c->committee_id,
                                 .intake_id = s->intake_id,
                                 .ord = r->ord,
                                 .no = or_empty(r->no),
                                 .group_no = r->group_no,
                                 .title = or_empty(r->title),
                                 .lead = or_empty(r->lead),
                                 .coordinating = or_empty(r->coordinating),
                                 .deadline_text = or_empty(r->deadline_text),
                                 .output = or_empty(r->output),
                                 .needs_look = r->needs_look,
                                 .place = r->place,
                                 .also = or_empty(r->also),
                             },
                             &r->id));
        return keep(s,
                    &(struct q_draft_task_row){ .id = r->id,
                                                .title = S(""),
                                                .lead = S(""),
                                                .coordinating = S(""),
                                                .deadline_text = S(""),
                                                .output = S(""),
                                                .state = S("unseen"),
                                                .no = S(""),
                                                .also = S(""),
                                                .place = r->place },
                    true);
}

static enum dd_err
make_room(struct step *s, int64_t place, int64_t n)
{
        return q_draft_task_shift(
            s->tx,
            &(struct q_draft_task_shift_args){
                .committee_id = s->tx->c->committee_id, .intake_id = s->intake_id, .from_place = place, .by = n },
            NULL);
}

static enum dd_err
act_split(struct step *s, const struct draft_act_in *in, struct q_draft_task_row *r)
{
        struct dd_ctx *c = s->tx->c;
        struct q_draft_task_row second = *r;
        struct str first;

        TRY(title_split(c, in->words.p != NULL ? in->words : r->title, in->at, &first, &second.title));
        TRY(keep(s, r, false));
        number_split(c->arena, r->no, &r->no, &second.no);
        r->title = first;
        unsign(r);
        TRY(put(s->tx, r, in->version));
        second.place = r->place + 1;
        second.needs_look = true;
        TRY(make_room(s, second.place, 1));
        return add_row(s, &second);
}

static enum dd_err
act_add(struct step *s, const struct draft_act_in *in, struct q_draft_task_row *r)
{
        struct q_draft_task_row empty = {
                .ord = -1, .group_no = r->group_no, .place = r->place + 1, .needs_look = true
        };

        (void)in; /* the row above does not change: its version does not matter */
        TRY(make_room(s, empty.place, 1));
        TRY(add_row(s, &empty));
        r->id = empty.id;
        return DD_OK;
}

/* ---- the acts -------------------------------------------------------------------------------------------------- */

static const struct {
        const char *audit, *act;
        enum dd_err (*run)(struct step *, const struct draft_act_in *, struct q_draft_task_row *);
} acts[DRAFT_ACT_MAX] = {
        [DRAFT_ACCEPT] = { "intake.verify", "accept", act_alone },
        [DRAFT_EDIT] = { "intake.verify", "edit", act_alone },
        [DRAFT_DROP] = { "intake.verify", "drop", act_alone },
        [DRAFT_REOPEN] = { "intake.verify", "reopen", act_alone },
        [DRAFT_MERGE_UP] = { "intake.merge", "merge", act_merge },
        [DRAFT_MERGE_DOWN] = { "intake.merge", "merge", act_merge },
        [DRAFT_SPLIT] = { "intake.split", "split", act_split },
        [DRAFT_MOVE_UP] = { "intake.move", "move", act_move },
        [DRAFT_MOVE_DOWN] = { "intake.move", "move", act_move },
        [DRAFT_ADD] = { "intake.add", "add", act_add },
};

enum dd_err
intake_row(struct dd_ctx *c, const struct draft_act_in *in, int64_t *ret_row)
{
        AUTO_TX tx = { 0 };
        struct q_draft_task_row r;
        struct step s = { .tx = &tx, .intake_id = in->intake_id, .act = acts[in->act].act };
        bool done;

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(action_begin(&tx, acts[in->act].audit, &done, ret_row));
        if (done)
                return DD_OK;
        TRY(draft_open(&tx, in->intake_id));
        TRY(q_draft_task_get(&tx, c->committee_id, in->intake_id, in->row_id, &r));
        if (r.gone || (in->version != r.version && in->act != DRAFT_ADD))
                return dd_fail(c, DD_ECONFLICT, "Đã có người sửa dòng này. Bản hiện tại: «%.*s»; anh/chị gửi: «%.*s».",
                               FMT(r.title), FMT(in->title.p != NULL ? in->title : r.title));
        TRY(step_begin(&s));
        TRY(acts[in->act].run(&s, in, &r));
        *ret_row = r.id;
        TRY(q_intake_touch(&tx, c->committee_id, in->intake_id, c->now, NULL));
        TRY(audit(&tx, acts[in->act].audit, r.id));
        TRY(action_end(&tx, acts[in->act].audit, r.id));
        return dd_tx_commit(&tx);
}

/* A row that a person brings wants a look when it names no agency, or more than one for the lead. */
static bool
pasted_needs_look(struct arena *a, const struct pasted_row *p)
{
        struct mentions lead = { 0 };

        if (p->lead.n > 0)
                agency_parse(a, p->lead, STR_NONE, &lead);
        return lead.n != 1;
}

static enum dd_err
paste_at(struct step *s, const struct draft_paste_in *in, int64_t *ret_place, struct str *ret_group)
{
        struct q_draft_task_row above;

        *ret_group = STR_NONE;
        if (in->after == 0) {
                TRY(q_draft_task_last_place(s->tx, s->tx->c->committee_id, in->intake_id, ret_place));
                ++*ret_place;
                return DD_OK;
        }
        TRY(q_draft_task_get(s->tx, s->tx->c->committee_id, in->intake_id, in->after, &above));
        if (above.gone)
                return dd_fail(s->tx->c, DD_ECONFLICT, "Dòng ở trên không còn nữa. Mời tải lại trang rồi dán lại.");
        *ret_place = above.place + 1;
        *ret_group = above.group_no;
        return DD_OK;
}

enum dd_err
intake_paste(struct dd_ctx *c, const struct draft_paste_in *in, int64_t *ret_first)
{
        AUTO_TX tx = { 0 };
        struct step s = { .tx = &tx, .intake_id = in->intake_id, .act = "paste" };
        struct pasted_rows rows = { 0 };
        struct str group;
        int64_t place;
        bool done;

        TRY(paste_read(c, in->text, &rows));
        if (rows.n > STEP_ROWS_MAX)
                return dd_fail_field(c, "text", "Có %zu dòng; mỗi lần dán nhiều nhất %d dòng.", rows.n, STEP_ROWS_MAX);
        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(action_begin(&tx, "intake.paste", &done, ret_first));
        if (done)
                return DD_OK;
        TRY(draft_open(&tx, in->intake_id));
        TRY(paste_at(&s, in, &place, &group));
        TRY(step_begin(&s));
        TRY(make_room(&s, place, (int64_t)rows.n));
        for (size_t i = 0; i < rows.n; i++) {
                const struct pasted_row *p = &rows.v[i];
                struct q_draft_task_row r = { .ord = -1,
                                              .no = p->no,
                                              .group_no = group,
                                              .title = p->title,
                                              .lead = p->lead,
                                              .coordinating = p->coordinating,
                                              .deadline_text = p->deadline_text,
                                              .output = p->output,
                                              .needs_look = pasted_needs_look(c->arena, p),
                                              .place = place + (int64_t)i };

                TRY(add_row(&s, &r));
                if (i == 0)
                        *ret_first = r.id;
        }
        TRY(q_intake_touch(&tx, c->committee_id, in->intake_id, c->now, NULL));
        TRY(audit_detail(&tx, "intake.paste", in->intake_id, str_fmt(c->arena, "%zu dòng", rows.n)));
        TRY(action_end(&tx, "intake.paste", *ret_first));
        return dd_tx_commit(&tx);
}

/* Puts back what one change kept; *made: the row was made by the step and is gone now. */
static enum dd_err
put_back(struct step *s, const struct q_draft_change_row *k, bool *made, int64_t *ret_place)
{
        struct q_draft_task_row r;

        TRY(q_draft_task_get(s->tx, s->tx->c->committee_id, s->intake_id, k->draft_task_id, &r));
        *made = !k->place.has;
        *ret_place = r.place;
        if (*made) {
                r.gone = true;
                return put(s->tx, &r, r.version);
        }
        r.no = k->no.p != NULL ? k->no : r.no;
        r.title = k->title;
        r.lead = k->lead;
        r.coordinating = k->coordinating;
        r.deadline_text = k->deadline_text;
        r.output = k->output;
        r.state = k->state;
        r.verified_by = k->verified_by;
        r.verified_at = k->verified_at;
        r.place = k->place.v;
        r.gone = k->gone;
        r.also = k->also;
        return put(s->tx, &r, r.version);
}

enum dd_err
intake_undo(struct dd_ctx *c, int64_t intake_id, int64_t *ret_row, int64_t *ret_head)
{
        AUTO_TX tx = { 0 };
        struct step s = { .tx = &tx, .intake_id = intake_id };
        struct q_draft_step_row last;
        struct q_draft_change_rows changes;
        int64_t n_made = 0, first = INT64_MAX, place;
        bool found, done, made;

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        *ret_head = -1;
        TRY(action_begin(&tx, "intake.undo", &done, ret_row));
        if (done)
                return DD_OK;
        TRY(draft_open(&tx, intake_id));
        TRY(q_draft_step_last(&tx, c->committee_id, intake_id, &last, &found));
        if (!found)
                return dd_fail(c, DD_ECONFLICT, "Không còn việc nào để hoàn tác.");
        TRY(q_draft_step_changes(&tx, c->committee_id, intake_id, last.step, &changes));
        *ret_row = 0;
        for (size_t i = 0; i < changes.n; i++) {
                TRY(put_back(&s, &changes.v[i], &made, &place));
                n_made += made;
                if (made)
                        first = place < first ? place : first;
                else
                        *ret_row = changes.v[i].draft_task_id;
        }
        if (n_made > 0) /* rows below close up again, as they stood before the step */
                TRY(make_room(&s, first + n_made, -n_made));
        TRY(q_draft_step_undone(&tx, c->committee_id, intake_id, last.step, NULL));
        TRY(heads_undo(&tx, intake_id, last.step, ret_head));
        TRY(q_intake_touch(&tx, c->committee_id, intake_id, c->now, NULL));
        TRY(audit(&tx, "intake.undo", intake_id));
        TRY(action_end(&tx, "intake.undo", *ret_row));
        return dd_tx_commit(&tx);
}
