/* A file that was put to a paper is taken off again: the draft as it was before, what was verified of the file's rows
 * goes back to the file's own draft. */
#include "dd_audit.h"
#include "dd_intake_join.h"
#include "dd_rights.h"
#include "intake_head_priv.h"
#include "q_intake.h"
#include "q_intake_join.h"

struct parting {
        struct dd_tx *tx;
        const struct unjoin_in *in;
        struct q_intake_row whole;
        struct q_intake_parts_of_row other;
        struct q_intake_part_row part;
        struct q_intake_part_rows parts;
        struct draft before;
};

static enum dd_err
stale(struct dd_ctx *c)
{
        return dd_fail(c, DD_ECONFLICT, "Đã có người xử lý bản dự thảo này. Mời tải lại trang.");
}

/* The last that was put behind, so that the places of all others stay; a signed copy has no place. */
static enum dd_err
find_part(struct parting *p)
{
        struct dd_ctx *c = p->tx->c;
        bool found = false, last = true;

        TRY(q_intake_parts(p->tx, c->committee_id, p->in->intake_id, &p->parts));
        for (size_t i = 0; i < p->parts.n; i++)
                if (p->parts.v[i].id == p->in->part_id && p->parts.v[i].ord > 0) {
                        p->part = p->parts.v[i];
                        found = true;
                }
        if (!found)
                return dd_fail(c, DD_ENOTFOUND, "Tệp này không còn trong bản ghép. Mời tải lại trang.");
        for (size_t i = 0; i < p->parts.n; i++)
                last =
                    last && (str_eq(p->parts.v[i].kind, S("signed")) || p->parts.v[i].span_from <= p->part.span_from);
        if (str_eq(p->part.kind, S("part")) && !last)
                return dd_fail(c, DD_ECONFLICT, "Có tệp ghép vào sau tệp này. Mời tách tệp ghép sau cùng trước.");
        TRY(q_intake_parts_of(p->tx, c->committee_id, p->in->intake_id, p->part.file_id, &p->other, &found));
        if (!found)
                return dd_fail(c, DD_ECONFLICT, "Không thấy bản dự thảo gốc của tệp này nên không tách ra được.");
        return DD_OK;
}

/* Does a row hold something of before the border and something of behind it? */
static bool
straddles(const struct q_draft_task_row *r, int64_t border)
{
        struct str rest = r->also, part;
        bool low = r->ord >= 0 && r->ord < border, high = r->ord >= border;
        int64_t at;

        while (str_cut(&rest, ',', &part))
                if (str_to_i64(part, &at)) {
                        low |= at < border;
                        high |= at >= border;
                }
        return low && high;
}

static struct str
also_back(struct arena *a, struct str also, int64_t border)
{
        AUTO_BUF b = { 0 };
        struct str part;
        int64_t at;

        while (str_cut(&also, ',', &part))
                if (str_to_i64(part, &at))
                        buf_fmt(&b, "%s%lld", b.n > 0 ? "," : "", (long long)(at - border));
        return str_dup(a, buf_view(&b));
}

static enum dd_err
row_write(struct dd_tx *tx, const struct q_draft_task_row *r)
{
        bool found;

        TRY(draft_row_store(tx, r, r->version, &found));
        return found ? DD_OK : stale(tx->c);
}

/* A row of the whole into the draft it came from: in the place of the row that was read there, or beside it. */
static enum dd_err
row_home(struct parting *p, const struct q_draft_task_row *r, struct q_draft_task_rows *theirs, bool *taken)
{
        struct dd_ctx *c = p->tx->c;
        int64_t border = (int64_t)p->before.n_tasks, id, place;
        struct q_draft_task_row home = *r;

        home.ord = r->ord - border;
        home.also = also_back(c->arena, r->also, border);
        for (size_t i = 0; i < theirs->n; i++)
                if (theirs->v[i].ord == home.ord && !taken[i]) {
                        taken[i] = true;
                        home.id = theirs->v[i].id;
                        home.version = theirs->v[i].version;
                        home.place = theirs->v[i].place;
                        return row_write(p->tx, &home);
                }
        TRY(q_draft_task_last_place(p->tx, c->committee_id, p->other.id, &place));
        return q_draft_task_add(p->tx,
                                &(struct q_draft_task_add_args){ .committee_id = c->committee_id,
                                                                 .intake_id = p->other.id,
                                                                 .ord = home.ord,
                                                                 .no = home.no,
                                                                 .group_no = home.group_no,
                                                                 .title = home.title,
                                                                 .lead = home.lead,
                                                                 .coordinating = home.coordinating,
                                                                 .deadline_text = home.deadline_text,
                                                                 .output = home.output,
                                                                 .needs_look = home.needs_look,
                                                                 .place = place + 1,
                                                                 .also = home.also },
                                &id);
}

/* Rows that others swallowed in the whole are swallowed in their own draft too. */
static enum dd_err
swallowed(struct parting *p, const struct q_draft_task_row *r, struct q_draft_task_rows *theirs, bool *taken)
{
        struct str rest = r->also, part;
        int64_t at;

        while (str_cut(&rest, ',', &part))
                for (size_t i = 0; str_to_i64(part, &at) && i < theirs->n; i++)
                        if (theirs->v[i].ord == at - (int64_t)p->before.n_tasks && !taken[i]) {
                                struct q_draft_task_row gone = theirs->v[i];

                                taken[i] = gone.gone = true;
                                TRY(row_write(p->tx, &gone));
                        }
        return DD_OK;
}

/* A row that somebody had added to the file's own draft came along and is still there. */
static bool
added_there(const struct q_draft_task_row *r, const struct q_draft_task_rows *theirs)
{
        for (size_t i = 0; i < theirs->n && r->ord < 0; i++)
                if (theirs->v[i].ord < 0 && str_eq(theirs->v[i].title, r->title))
                        return true;
        return false;
}

static enum dd_err
rows_part(struct parting *p)
{
        struct dd_ctx *c = p->tx->c;
        struct q_draft_task_rows mine, theirs;
        int64_t border = (int64_t)p->before.n_tasks;

        TRY(q_draft_task_list(p->tx, c->committee_id, p->whole.id, &mine));
        TRY(q_draft_task_list(p->tx, c->committee_id, p->other.id, &theirs));
        bool *taken = arena_array(c->arena, theirs.n + 1, sizeof *taken);
        for (size_t i = 0; i < mine.n; i++)
                if (straddles(&mine.v[i], border))
                        return dd_fail(
                            c, DD_ECONFLICT,
                            "Dòng «%.*s» đã gộp từ hai tệp. Mời tách dòng ấy (hoàn tác việc gộp) rồi tách tệp.",
                            FMT(mine.v[i].title));
        for (size_t i = 0; i < mine.n; i++) {
                struct q_draft_task_row r = mine.v[i];

                if (r.ord < border && !added_there(&r, &theirs))
                        continue;
                if (r.ord >= border) {
                        TRY(row_home(p, &r, &theirs, taken));
                        TRY(swallowed(p, &r, &theirs, taken));
                }
                r.gone = true;
                TRY(row_write(p->tx, &r));
        }
        TRY(q_draft_steps_close(p->tx, c->committee_id, p->whole.id, NULL));
        TRY(q_draft_steps_close(p->tx, c->committee_id, p->other.id, NULL));
        TRY(q_draft_head_steps_close(p->tx, c->committee_id, p->whole.id, NULL));
        return DD_OK;
}

static enum dd_err
text_part(struct parting *p, struct str before)
{
        struct dd_ctx *c = p->tx->c;
        struct draft d;
        int64_t version;
        bool found;

        if (before.p == NULL)
                return dd_fail(c, DD_ECONFLICT,
                               "Tệp này được ghép từ trước khi hệ thống giữ bản trước lúc ghép nên không "
                               "tách ra được. Mời bỏ bản dự thảo rồi nhập lại từng tệp.");
        TRY(draft_parse(c, before, &p->before));
        TRY(rows_part(p));
        TRY(q_intake_join_draft(
            p->tx,
            &(struct q_intake_join_draft_args){
                .committee_id = c->committee_id, .id = p->whole.id, .version = p->in->version, .draft = before },
            &version, &found));
        if (!found)
                return stale(c);
        d = p->before;
        TRY(heads_refresh(p->tx, p->whole.id, &d));
        TRY(heads_load(p->tx, p->whole.id, &d));
        return join_head_put(p->tx, p->whole.id, &d);
}

enum dd_err
join_undo(struct dd_ctx *c, const struct unjoin_in *in)
{
        AUTO_TX tx = { 0 };
        struct parting p = { .tx = &tx, .in = in };
        int64_t result, version;
        struct str before;
        bool done, found;

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(action_begin(&tx, "intake.unjoin", &done, &result));
        if (done)
                return DD_OK;
        TRY(draft_open(&tx, in->intake_id));
        TRY(q_intake_get(&tx, c->committee_id, in->intake_id, &p.whole));
        if (in->version != p.whole.version)
                return stale(c);
        TRY(find_part(&p));
        TRY(q_intake_part_before(&tx, c->committee_id, p.part.id, &before));
        if (str_eq(p.part.kind, S("part")))
                TRY(text_part(&p, before));
        TRY(q_intake_part_delete(&tx, c->committee_id, p.part.id, NULL));
        if (p.parts.n == 2) /* alone again */
                for (size_t i = 0; i < p.parts.n; i++)
                        if (p.parts.v[i].ord == 0)
                                TRY(q_intake_part_delete(&tx, c->committee_id, p.parts.v[i].id, NULL));
        TRY(q_intake_parted(&tx, c->committee_id, p.other.id, in->intake_id, &version, &found));
        if (!found)
                return stale(c);
        TRY(audit_detail(&tx, "intake.unjoin", in->intake_id,
                         str_fmt(c->arena, "%.*s − %.*s", FMT(p.whole.file_name), FMT(p.part.name))));
        TRY(action_end(&tx, "intake.unjoin", in->intake_id));
        return dd_tx_commit(&tx);
}
