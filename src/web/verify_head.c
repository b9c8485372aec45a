/* The heads of a draft's papers: what each field reads, why, and what a person does to it. */
#include "tmpl_rt.h"
#include "verify_priv.h"

enum { HEAD_TYPE, HEAD_NUMBER, HEAD_DAY, HEAD_PLACE, HEAD_ISSUER, HEAD_TITLE, HEAD_SIGNER, HEAD_POST, HEAD_SINGLE };

static const struct {
        struct str label, name;
} names[] = {
        [HEAD_TYPE] = { S("Loại văn bản"), S("type") },
        [HEAD_NUMBER] = { S("Số, ký hiệu"), S("number") },
        [HEAD_DAY] = { S("Ngày"), S("day") },
        [HEAD_PLACE] = { S("Địa danh"), S("place") },
        [HEAD_ISSUER] = { S("Cơ quan ban hành"), S("issuer") },
        [HEAD_TITLE] = { S("Trích yếu"), S("title") },
        [HEAD_SIGNER] = { S("Người ký"), S("signer") },
        [HEAD_POST] = { S("Chức vụ người ký"), S("signer_title") },
};

/* What the paper says of a field; of the signer's posts the first. */
static const struct field *
read_of(const struct draft_document *d, int k)
{
        const struct field *const all[HEAD_SINGLE] = { &d->type,   &d->number, &d->date_text,   &d->place,
                                                       &d->issuer, &d->title,  &d->signer_name, &d->signer_title };
        return all[k];
}

struct head_row {
        const struct verifying *g;
        const struct draft_document *d; /* NULL: the file has no head */
        struct verify_field *fields;
        size_t n;
};

/* The paper says a field, or does not; the person left it, or wrote something else. */
static void
explain(struct head_row *h, struct verify_field *f, const struct field *src, struct str read)
{
        struct web_req *r = h->g->r;
        struct ui *u = &r->ui;
        bool same = str_eq(f->value, read.p != NULL ? read : S(""));

        if (src != NULL)
                f->at = verify_place(h->g, &src->span, 1);
        if (read.n == 0)
                f->why = f->value.n > 0 ? T(u, "Người kiểm tra ghi; máy không thấy trong văn bản.")
                                        : T(u, "Máy không thấy trong văn bản.");
        else if (same)
                f->why = rule_words(r, &h->g->in->draft, src);
        else
                f->why = TF(u, "Người kiểm tra đã sửa. Máy đọc: «{}». {}", TMPL_ARG(read),
                            TMPL_ARG(rule_words(r, &h->g->in->draft, src)));
        if (!same)
                f->note = T(u, "đã sửa");
        else if (read.n > 0)
                f->note = src->note.n > 0 ? tmpl_tr_notes(u, src->note) : str_fmt(u->arena, "%d %%", src->confidence);
        f->low = same && read.n > 0 && (src->note.n > 0 || src->confidence < 90);
}

static void
single(struct head_row *h, const struct q_draft_head_row *row, int k)
{
        const struct draft_document *d = h->d;
        struct arena *a = h->g->r->c->arena;
        const struct str values[HEAD_SINGLE] = {
                row->type,   row->number,      row->day != DD_NO_DAY ? day_text(a, row->day) : S(""),
                row->place,  row->issuer,      row->title,
                row->signer, row->signer_title
        };
        struct verify_field *f = &h->fields[h->n++];
        const struct field *src = d != NULL ? read_of(d, k) : NULL;
        struct str read = src != NULL ? src->text : STR_NONE;

        *f = (struct verify_field){ .label = tmpl_tr(&h->g->r->ui, names[k].label),
                                    .name = names[k].name,
                                    .value = values[k] };
        if (k == HEAD_DAY)
                read = d != NULL && d->date != DD_NO_DAY ? day_text(a, d->date) : STR_NONE;
        if (k == HEAD_POST && d != NULL)
                read = intake_signer_title(a, d);
        explain(h, f, src, read.p != NULL ? intake_one_line(a, read) : read);
        if (f->value.n == 0 && (k == HEAD_NUMBER || k == HEAD_DAY || k == HEAD_TITLE)) {
                f->note = T(&h->g->r->ui, "còn thiếu");
                f->low = true;
        }
}

/* A legal basis a field, so that each leads to its place; typed ones lead nowhere. */
static void
bases(struct head_row *h, struct str lines)
{
        struct ui *u = &h->g->r->ui;
        struct str line;
        int64_t n = 0;

        while (str_cut(&lines, '\n', &line)) {
                const struct field *src = NULL;

                if (line.n == 0)
                        continue;
                for (size_t i = 0; h->d != NULL && i < h->d->n_bases && src == NULL; i++)
                        if (str_eq(intake_one_line(u->arena, h->d->bases[i].source.text), line))
                                src = &h->d->bases[i].source;
                struct verify_field *f = &h->fields[h->n++];
                *f = (struct verify_field){ .label = TF(u, "Căn cứ {}", TMPL_ARG(++n)),
                                            .name = S("bases"),
                                            .value = line };
                explain(h, f, src, src != NULL ? line : STR_NONE);
        }
}

static void
recipients(struct head_row *h, struct str lines)
{
        struct ui *u = &h->g->r->ui;
        struct arena *a = u->arena;
        struct verify_field *f = &h->fields[h->n++];
        size_t n = h->d != NULL ? h->d->n_recipients : 0;
        struct span all = n > 0 ? h->d->recipients[0].span : (struct span){ 0, 0 };
        struct str line, rest = lines;
        int32_t least = 100;

        *f = (struct verify_field){ .label = T(u, "Nơi nhận"), .name = S("recipients"), .value = S("") };
        while (str_cut(&rest, '\n', &line))
                f->value = f->value.n > 0 ? str_fmt(a, "%.*s; %.*s", FMT(f->value), FMT(line)) : line;
        AUTO_BUF read = { 0 };
        for (size_t i = 0; i < n; i++) {
                const struct field *k = &h->d->recipients[i];

                buf_fmt(&read, "%s%.*s", i > 0 ? "; " : "", FMT(intake_one_line(a, k->text)));
                least = k->confidence < least ? k->confidence : least;
                if (k->span.to > all.to)
                        all.to = k->span.to;
        }
        struct field src = { .span = all, .confidence = least, .rule = "recipient" };
        explain(h, f, n > 0 ? &src : NULL, n > 0 ? str_dup(a, buf_view(&read)) : STR_NONE);
}

static void
boxes(const struct head_row *h, const struct q_draft_head_row *row, struct verify_item *t)
{
        struct ui *u = &h->g->r->ui;
        struct verify_box_in *b = arena_array(u->arena, HEAD_SINGLE + 2, sizeof *b);

        for (int k = 0; k < HEAD_SINGLE; k++)
                b[k] = (struct verify_box_in){ h->fields[k].label, h->fields[k].name, h->fields[k].value,
                                               k == HEAD_TITLE ? 2 : 1, k == HEAD_TITLE };
        b[HEAD_SINGLE] = (struct verify_box_in){ T(u, "Căn cứ, mỗi dòng một căn cứ"), S("bases"), row->bases, 4, true };
        b[HEAD_SINGLE + 1] =
            (struct verify_box_in){ T(u, "Nơi nhận, mỗi dòng một nơi"), S("recipients"), row->recipients, 4, true };
        t->boxes.v = b;
        t->boxes.n = HEAD_SINGLE + 2;
}

static struct str
head_name(struct ui *u, const struct q_draft_head_row *row)
{
        struct str type = row->type.n > 0 ? row->type : T(u, "Văn bản");

        if (row->number.n == 0 && row->day == DD_NO_DAY)
                return TF(u, "{}, chưa rõ số và ngày", TMPL_ARG(type));
        if (row->day == DD_NO_DAY)
                return TF(u, "{} {}, chưa rõ ngày", TMPL_ARG(type), TMPL_ARG(row->number));
        return TF(u, "{} {} ngày {}", TMPL_ARG(type), TMPL_ARG(row->number.n > 0 ? row->number : T(u, "không số")),
                  tmpl_arg_day(row->day));
}

static size_t
count_lines(struct str s)
{
        size_t n = 1;

        for (size_t i = 0; i < s.n; i++)
                n += s.p[i] == '\n';
        return n;
}

void
verify_heads(struct verifying *g)
{
        const struct intake_full *in = g->in;
        struct ui *u = &g->r->ui;
        struct verify_item *out = arena_array(u->arena, in->heads.n + 1, sizeof *out);

        for (size_t i = 0; i < in->heads.n; i++) {
                const struct q_draft_head_row *row = &in->heads.v[i];
                struct head_row h = { .g = g, .d = i < in->draft.n_documents ? &in->draft.documents[i] : NULL };
                struct verify_item *t = &out[i];

                h.fields = arena_array(u->arena, HEAD_SINGLE + count_lines(row->bases) + 1, sizeof *h.fields);
                *t = (struct verify_item){ .anchor = str_fmt(u->arena, "h%lld", (long long)row->ord + 1),
                                           .title = head_name(u, row),
                                           .action = web_href(g->r, "/intake/%lld/heads/%lld", (long long)in->intake.id,
                                                              (long long)row->ord + 1),
                                           .version = row->version,
                                           .empty = row->number.n == 0 && row->title.n == 0,
                                           .head = true };
                verify_state(g->r, row->state, row->needs_look, t);
                verify_signed(g->r, row->post, row->verified_at, t);
                for (int k = 0; k < HEAD_SINGLE; k++)
                        single(&h, row, k);
                bases(&h, row->bases);
                recipients(&h, row->recipients);
                t->fields.v = h.fields;
                t->fields.n = h.n;
                boxes(&h, row, t);
                if (t->empty)
                        t->notes =
                            T(u, "Máy không thấy phần đầu văn bản trong tệp này. Mời ghi số, ngày, trích yếu theo "
                                 "văn bản.");
        }
        g->v->heads.v = out;
        g->v->heads.n = in->heads.n;
}

/* ---- what a person does ------------------------------------------------------------------------------------------ */

struct head_form {
        int32_t act, day;
        struct str type, number, place, issuer, title, signer, signer_title, bases, recipients;
};

static const struct form_choice acts[] = {
        { "accept", "Đúng", DRAFT_ACCEPT },
        { "edit", "Lưu phần đầu này", DRAFT_EDIT },
        { "drop", "Không phải văn bản", DRAFT_DROP },
        { "reopen", "Xem lại", DRAFT_REOPEN },
        { NULL, NULL, 0 },
};

#define HEAD(field, kind, most, words)                                                                                 \
        {                                                                                                              \
                .name = #field, .type = kind, .max = most, .label = words,                                             \
                .offset = FORM_AT(struct head_form, field, struct str)                                                 \
        }

static const struct form_field head_fields[] = {
        { .name = "act",
          .type = FORM_CHOICE,
          .required = true,
          .label = "Việc",
          .choices = acts,
          .offset = FORM_AT(struct head_form, act, int32_t) },
        { .name = "day", .type = FORM_DAY, .label = "Ngày", .offset = FORM_AT(struct head_form, day, int32_t) },
        HEAD(type, FORM_TEXT, 100, "Loại văn bản"),
        HEAD(number, FORM_TEXT, 100, "Số, ký hiệu"),
        HEAD(place, FORM_TEXT, 100, "Địa danh"),
        HEAD(issuer, FORM_TEXT, 500, "Cơ quan ban hành"),
        HEAD(title, FORM_LINES, 5000, "Trích yếu"),
        HEAD(signer, FORM_TEXT, 200, "Người ký"),
        HEAD(signer_title, FORM_TEXT, 500, "Chức vụ người ký"),
        HEAD(bases, FORM_LINES, 100000, "Căn cứ, mỗi dòng một căn cứ"),
        HEAD(recipients, FORM_LINES, 50000, "Nơi nhận, mỗi dòng một nơi"),
};

enum dd_err
page_intake_head(struct dd_ctx *c, struct web_req *r)
{
        struct head_form f = { .day = DD_NO_DAY };

        TRY(form_read(c, head_fields, ARRAY_LEN(head_fields), r->http, &f));
        TRY(intake_head(c, &(struct head_act_in){ .intake_id = r->id[0],
                                                  .ord = r->id[1] - 1,
                                                  .version = form_version(r->http),
                                                  .act = (enum draft_act)f.act,
                                                  .type = f.type,
                                                  .number = f.number,
                                                  .day = f.day,
                                                  .place = f.place,
                                                  .issuer = f.issuer,
                                                  .title = f.title,
                                                  .signer = f.signer,
                                                  .signer_title = f.signer_title,
                                                  .bases = f.bases,
                                                  .recipients = f.recipients }));
        return web_done_id(r, r->id[1], NULL, "/intake/%lld?head=%lld#h%lld", (long long)r->id[0], (long long)r->id[1],
                           (long long)r->id[1]);
}

const struct form_table form_intake_head = FORM_TABLE(head_fields);
