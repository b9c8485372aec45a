/* The heads of a draft's papers: read, verified field by field, and put in the place of what was read wherever the
 * paper counts: its document, the plan, the search for the same paper. */
#include "dd_text.h"
#include "intake_head_priv.h"
#include "q_intake_head.h"

const struct draft_document *
draft_plan_paper(const struct draft *d)
{
        for (size_t i = 0; i < d->n_documents; i++)
                if (str_eq(d->documents[i].type.text, S("Kế hoạch")))
                        return &d->documents[i];
        return d->n_documents > 0 ? &d->documents[0] : NULL;
}

/* ---- what was read ----------------------------------------------------------------------------------------------- */

/* "TRƯỞNG BAN; PHÓ CHỦ TỊCH UBND TỈNH": in what capacity the paper is signed, and the signer's other office. */
struct str
intake_signer_title(struct arena *a, const struct draft_document *d)
{
        struct str first = d->signer_title.text, second = d->signer_second_title.text;

        if (second.n == 0 || str_eq(first, second))
                return first;
        return first.n == 0 ? second : str_fmt(a, "%.*s; %.*s", FMT(first), FMT(second));
}

struct str
intake_one_line(struct arena *a, struct str s)
{
        char *p = arena_alloc(a, s.n + 1);
        size_t n = 0;

        for (size_t i = 0; i < s.n; i++) {
                bool space = s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == '\t' || s.p[i] == ' ';

                if (!space || (n > 0 && p[n - 1] != ' '))
                        p[n++] = space ? ' ' : s.p[i];
        }
        return str_trim((struct str){ p, n });
}

/* A clause that names several papers is one line. */
static struct str
bases_lines(struct arena *a, const struct draft_document *d)
{
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < d->n_bases; i++) {
                struct str line = intake_one_line(a, or_empty(d->bases[i].source.text));

                if (line.n == 0 || (i > 0 && str_eq(line, intake_one_line(a, or_empty(d->bases[i - 1].source.text)))))
                        continue;
                buf_fmt(&b, "%s%.*s", b.n > 0 ? "\n" : "", FMT(line));
        }
        return str_dup(a, buf_view(&b));
}

static struct str
recipients_lines(struct arena *a, const struct draft_document *d)
{
        AUTO_BUF b = { 0 };

        for (size_t i = 0; i < d->n_recipients; i++)
                buf_fmt(&b, "%s%.*s", b.n > 0 ? "\n" : "", FMT(intake_one_line(a, or_empty(d->recipients[i].text))));
        return str_dup(a, buf_view(&b));
}

static bool
unsure(const struct field *f)
{
        return f->text.n > 0 && (f->confidence < 90 || f->note.n > 0);
}

void
head_of(struct arena *a, const struct draft *d, size_t i, struct q_draft_head_row *ret)
{
        static const struct draft_document none = { .date = DD_NO_DAY };
        const struct draft_document *k = i < d->n_documents ? &d->documents[i] : &none;

        *ret = (struct q_draft_head_row){
                .ord = (int64_t)i,
                .type = intake_one_line(a, or_empty(k->type.text)),
                .number = intake_one_line(a, or_empty(k->number.text)),
                .day = k->date,
                .place = intake_one_line(a, or_empty(k->place.text)),
                .issuer = intake_one_line(a, or_empty(k->issuer.text)),
                .title = intake_one_line(a, or_empty(k->title.text)),
                .signer = intake_one_line(a, or_empty(k->signer_name.text)),
                .signer_title = intake_one_line(a, or_empty(intake_signer_title(a, k))),
                .bases = bases_lines(a, k),
                .recipients = recipients_lines(a, k),
                .state = S("unseen"),
                .needs_look = k->number.text.n == 0 || k->date == DD_NO_DAY || k->title.text.n == 0 ||
                              unsure(&k->type) || unsure(&k->number) || unsure(&k->date_text) || unsure(&k->issuer) ||
                              unsure(&k->title) || unsure(&k->signer_name),
        };
}

static size_t
heads_wanted(const struct draft *d)
{
        return d->n_documents > 0 ? d->n_documents : 1;
}

static enum dd_err
insert(struct dd_tx *tx, int64_t intake_id, const struct q_draft_head_row *h, int64_t *ret_id)
{
        return q_draft_head_insert(tx,
                                   &(struct q_draft_head_insert_args){
                                       .committee_id = tx->c->committee_id,
                                       .intake_id = intake_id,
                                       .ord = h->ord,
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
                                       .needs_look = h->needs_look,
                                   },
                                   ret_id);
}

enum dd_err
head_put(struct dd_tx *tx, const struct q_draft_head_row *h, int64_t version)
{
        int64_t now_version;
        bool found;

        TRY(q_draft_head_update(tx,
                                &(struct q_draft_head_update_args){
                                    .committee_id = tx->c->committee_id,
                                    .id = h->id,
                                    .version = version,
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
                                },
                                &now_version, &found));
        if (!found)
                return dd_fail(tx->c, DD_ECONFLICT,
                               "Đã có người sửa phần đầu văn bản này. Bản hiện tại: số «%.*s». Mời tải lại trang.",
                               FMT(h->number));
        return DD_OK;
}

enum dd_err
heads_list(struct dd_tx *tx, int64_t intake_id, const struct draft *d, struct q_draft_head_rows *ret)
{
        struct arena *a = tx->c->arena;

        TRY(q_draft_head_list(tx, tx->c->committee_id, intake_id, ret));
        if (ret->n > 0)
                return DD_OK;
        ret->n = heads_wanted(d); /* taken in before heads were kept: as it was read */
        struct q_draft_head_row *v = arena_array(a, ret->n, sizeof *v);
        for (size_t i = 0; i < ret->n; i++)
                head_of(a, d, i, &v[i]);
        ret->v = v;
        return DD_OK;
}

enum dd_err
heads_create(struct dd_tx *tx, int64_t intake_id, const struct draft *d)
{
        struct q_draft_head_rows rows;
        int64_t id;

        TRY(q_draft_head_list(tx, tx->c->committee_id, intake_id, &rows));
        for (size_t i = rows.n; i < heads_wanted(d); i++) {
                struct q_draft_head_row h;

                head_of(tx->c->arena, d, i, &h);
                TRY(insert(tx, intake_id, &h, &id));
        }
        return DD_OK;
}

/* What a person has not filled in is taken from the reading. */
static void
fill(struct q_draft_head_row *h, const struct q_draft_head_row *read)
{
        struct str *const have[] = { &h->type,   &h->number,       &h->place, &h->issuer,    &h->title,
                                     &h->signer, &h->signer_title, &h->bases, &h->recipients };
        const struct str give[] = { read->type,   read->number,       read->place, read->issuer,    read->title,
                                    read->signer, read->signer_title, read->bases, read->recipients };

        for (size_t i = 0; i < ARRAY_LEN(have); i++)
                if (have[i]->n == 0 || str_eq(h->state, S("unseen")))
                        *have[i] = give[i];
        if (h->day == DD_NO_DAY || str_eq(h->state, S("unseen")))
                h->day = read->day;
}

enum dd_err
heads_refresh(struct dd_tx *tx, int64_t intake_id, const struct draft *d)
{
        struct dd_ctx *c = tx->c;
        struct q_draft_head_rows rows;

        TRY(q_draft_head_change_cut(tx, c->committee_id, intake_id, (int64_t)heads_wanted(d), NULL));
        TRY(q_draft_head_cut(tx, c->committee_id, intake_id, (int64_t)heads_wanted(d), NULL));
        TRY(heads_create(tx, intake_id, d));
        TRY(q_draft_head_list(tx, c->committee_id, intake_id, &rows));
        for (size_t i = 0; i < rows.n; i++) {
                struct q_draft_head_row h = rows.v[i], read;

                head_of(c->arena, d, (size_t)h.ord, &read);
                fill(&h, &read);
                TRY(head_put(tx, &h, h.version));
        }
        return DD_OK;
}

/* ---- in the place of what was read ------------------------------------------------------------------------------- */

static void
set(struct arena *a, struct field *f, struct str value)
{
        if (!str_eq(intake_one_line(a, or_empty(f->text)), value))
                *f = (struct field){ .text = value.n > 0 ? value : STR_NONE, .confidence = 100, .rule = "" };
}

/* A clause that a person wrote is read as one of a paper would be; what is not understood is kept as it is written. */
static enum dd_err
basis_read(struct dd_ctx *c, struct str line, struct draft_document *to)
{
        static const char head[] = "KẾ HOẠCH\nVề công tác\n\n";
        struct str text = str_fmt(c->arena, "%s%.*s\n", head, FMT(line));
        struct draft d = { 0 };
        struct block v[3] = { { .line = 1, .text = S("KẾ HOẠCH"), .span = { 0, 8 } },
                              { .line = 2, .text = S("Về công tác"), .span = { 9, 20 } },
                              { .line = 4, .text = line, .span = { 22, 22 + (int32_t)utf8_len(line) } } };
        struct blocks b = { .format = S("text"), .text = text, .v = v, .n = ARRAY_LEN(v) };

        TRY(draft_make(c, &b, 0, &d));
        const struct draft_basis *read = d.n_documents > 0 ? d.documents[0].bases : NULL;
        size_t n = read != NULL ? d.documents[0].n_bases : 0;
        struct draft_basis plain = { .role = S("căn cứ"), .date = DD_NO_DAY };

        plain.source = (struct field){ .text = line, .confidence = 100, .rule = "" };
        if (n == 0) {
                read = &plain;
                n = 1;
        }
        for (size_t i = 0; i < n && to->n_bases < DRAFT_SMALL_MAX; i++) {
                to->bases[to->n_bases] = read[i];
                to->bases[to->n_bases].source = plain.source;
                to->n_bases++;
        }
        return DD_OK;
}

static enum dd_err
bases_apply(struct dd_ctx *c, struct str lines, struct draft_document *k)
{
        struct draft_document to = { .bases = arena_array(c->arena, DRAFT_SMALL_MAX, sizeof *to.bases) };
        struct str line;

        if (str_eq(lines, bases_lines(c->arena, k)))
                return DD_OK;
        while (str_cut(&lines, '\n', &line)) {
                bool known = false;

                line = str_trim(line);
                for (size_t i = 0; i < k->n_bases && to.n_bases < DRAFT_SMALL_MAX; i++)
                        if (line.n > 0 && str_eq(line, intake_one_line(c->arena, or_empty(k->bases[i].source.text)))) {
                                to.bases[to.n_bases++] = k->bases[i];
                                known = true;
                        }
                if (line.n > 0 && !known)
                        TRY(basis_read(c, line, &to));
        }
        k->bases = to.bases;
        k->n_bases = k->cap_bases = to.n_bases;
        return DD_OK;
}

static void
recipients_apply(struct arena *a, struct str lines, struct draft_document *k)
{
        struct field *to;
        struct str line, rest = lines;
        size_t n = 0;

        if (str_eq(lines, recipients_lines(a, k)))
                return;
        to = arena_array(a, DRAFT_SMALL_MAX, sizeof *to);
        while (str_cut(&rest, '\n', &line) && n < DRAFT_SMALL_MAX) {
                line = str_trim(line);
                for (size_t i = 0; i < k->n_recipients && line.n > 0; i++)
                        if (str_eq(line, intake_one_line(a, or_empty(k->recipients[i].text))))
                                to[n] = k->recipients[i];
                if (line.n > 0 && to[n].text.n == 0)
                        to[n] = (struct field){ .text = line, .confidence = 100, .rule = "" };
                n += line.n > 0;
        }
        k->recipients = to;
        k->n_recipients = k->cap_recipients = n;
}

static enum dd_err
apply(struct dd_ctx *c, const struct q_draft_head_row *h, struct draft_document *k)
{
        set(c->arena, &k->type, h->type);
        set(c->arena, &k->number, h->number);
        set(c->arena, &k->place, h->place);
        set(c->arena, &k->issuer, h->issuer);
        set(c->arena, &k->title, h->title);
        set(c->arena, &k->signer_name, h->signer);
        if (!str_eq(intake_one_line(c->arena, or_empty(intake_signer_title(c->arena, k))), h->signer_title)) {
                set(c->arena, &k->signer_title, h->signer_title);
                k->signer_second_title = (struct field){ .rule = "" };
        }
        k->date = h->day;
        TRY(bases_apply(c, h->bases, k));
        recipients_apply(c->arena, h->recipients, k);
        return DD_OK;
}

/* The year of the paper completes its deadlines ("Quý III"): another year, other days. */
static void
redate(struct arena *a, struct draft *d, int32_t was, int32_t now)
{
        int y0, y1, m, day;

        if (was == DD_NO_DAY || now == DD_NO_DAY)
                return;
        day_parts(was, &y0, &m, &day);
        day_parts(now, &y1, &m, &day);
        for (size_t i = 0; i < d->n_tasks && y0 != y1; i++) {
                struct deadline *dl = &d->tasks[i].deadline;

                if (d->tasks[i].deadline_text.text.n == 0)
                        continue;
                *dl = (struct deadline){ .start = DD_NO_DAY, .due = DD_NO_DAY };
                deadline_parse(a, d->tasks[i].deadline_text.text, y1, dl);
        }
}

enum dd_err
heads_apply(struct dd_ctx *c, const struct q_draft_head_rows *rows, struct draft *d)
{
        const struct draft_document *paper = draft_plan_paper(d);
        int32_t was = paper != NULL ? paper->date : DD_NO_DAY;
        struct draft_document *v = arena_array(c->arena, d->n_documents + rows->n + 1, sizeof *v);
        size_t n = 0;

        for (size_t i = 0; i < d->n_documents || i < rows->n; i++) {
                struct draft_document k =
                    i < d->n_documents ? d->documents[i] : (struct draft_document){ .date = DD_NO_DAY };
                const struct q_draft_head_row *h = i < rows->n ? &rows->v[i] : NULL;
                bool empty = h != NULL && i >= d->n_documents && h->number.n == 0 && h->title.n == 0;

                if (h != NULL && (empty || str_eq(h->state, S("dropped"))))
                        continue;
                if (h != NULL)
                        TRY(apply(c, h, &k));
                v[n++] = k;
        }
        d->documents = v;
        d->n_documents = d->cap_documents = n;
        if ((paper = draft_plan_paper(d)) != NULL)
                redate(c->arena, d, was, paper->date);
        return DD_OK;
}

enum dd_err
heads_load(struct dd_tx *tx, int64_t intake_id, struct draft *d)
{
        struct q_draft_head_rows rows;

        TRY(heads_list(tx, intake_id, d, &rows));
        return heads_apply(tx->c, &rows, d);
}

enum dd_err
intake_plan_head(struct dd_ctx *c, const struct intake_full *in, struct q_draft_head_row *ret)
{
        struct draft d = in->draft;

        *ret = (struct q_draft_head_row){ .day = DD_NO_DAY };
        TRY(heads_apply(c, &in->heads, &d));
        const struct draft_document *paper = draft_plan_paper(&d);
        if (paper != NULL)
                head_of(c->arena, &d, (size_t)(paper - d.documents), ret);
        return DD_OK;
}
