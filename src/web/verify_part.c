/* What was read beside the tasks: heads of the papers, members, duties, bases. Shown with their reasons, not edited
 * here. */
#include "tmpl_rt.h"
#include "verify_priv.h"

const struct field *
head_field(const struct draft_document *d, size_t k)
{
        const struct field *all[FIELD_HEADS] = { &d->type,   &d->number, &d->date_text,  &d->place,
                                                 &d->issuer, &d->title,  &d->signer_name };
        return all[k];
}

static struct verify_plain
plain(struct web_req *r, const struct draft *d, const struct field *f, struct str ids)
{
        if (f->text.n == 0) /* an entry that introduces others: there is no field to be sure of */
                return (struct verify_plain){ .ids = ids, .why = T(&r->ui, "Máy nhận từ chỗ này của văn bản") };
        return (struct verify_plain){
                .ids = ids,
                .note = f->note.n > 0 ? f->note : str_fmt(r->c->arena, "%d %%", f->confidence),
                .low = f->note.n > 0 || f->confidence < 90,
                .why = rule_words(r, d, f),
        };
}

static void
heads(struct web_req *r, const struct draft *d, const struct marks *m, struct verify_part *ret)
{
        static const struct str labels[FIELD_HEADS] = {
                S("Loại văn bản"),     S("Số, ký hiệu"), S("Ngày"),     S("Địa danh"),
                S("Cơ quan ban hành"), S("Trích yếu"),   S("Người ký"),
        };
        struct verify_plain *v = arena_array(r->c->arena, d->n_documents * FIELD_HEADS + 1, sizeof *v);
        size_t n = 0;

        for (size_t i = 0; i < d->n_documents; i++)
                for (size_t k = 0; k < FIELD_HEADS; k++) {
                        const struct field *f = head_field(&d->documents[i], k);

                        if (f->text.n == 0)
                                continue;
                        v[n] = plain(r, d, f, m->v[m->heads + i * FIELD_HEADS + k].ids);
                        v[n].no = tmpl_tr(&r->ui, labels[k]);
                        v[n++].text = f->text;
                }
        *ret = (struct verify_part){ S("heads"), T(&r->ui, "Phần đầu văn bản"), { v, n } };
}

static void
members(struct web_req *r, const struct draft *d, const struct marks *m, struct verify_part *ret)
{
        struct verify_plain *v = arena_array(r->c->arena, d->n_members + 1, sizeof *v);

        for (size_t i = 0; i < d->n_members; i++) {
                v[i] = plain(r, d, &d->members[i].post, m->v[m->members + i].ids);
                v[i].no = d->members[i].no;
                v[i].title = d->members[i].post.text;
                v[i].text = d->members[i].sector.text;
        }
        *ret = (struct verify_part){ S("members"), T(&r->ui, "Thành viên Ban"), { v, d->n_members } };
}

static void
duties(struct web_req *r, const struct draft *d, const struct marks *m, struct verify_part *ret)
{
        struct verify_plain *v = arena_array(r->c->arena, d->n_duties + 1, sizeof *v);

        for (size_t i = 0; i < d->n_duties; i++) {
                v[i] = plain(r, d, &d->duties[i].text, m->v[m->duties + i].ids);
                v[i].no = d->duties[i].no;
                v[i].title = d->duties[i].agency.text;
                v[i].text = d->duties[i].text.text;
        }
        *ret = (struct verify_part){ S("duties"), T(&r->ui, "Trách nhiệm tổ chức thực hiện"), { v, d->n_duties } };
}

static void
bases(struct web_req *r, const struct draft *d, const struct marks *m, struct verify_part *ret)
{
        size_t n = m->heads - m->bases, at = 0;
        struct verify_plain *v = arena_array(r->c->arena, n + 1, sizeof *v);

        for (size_t i = 0; i < d->n_documents; i++)
                for (size_t k = 0; k < d->documents[i].n_bases; k++, at++) {
                        const struct draft_basis *b = &d->documents[i].bases[k];

                        v[at] = plain(r, d, &b->source, m->v[m->bases + at].ids);
                        v[at].no = b->role;
                        v[at].title = b->number;
                        v[at].text = b->source.text;
                }
        *ret = (struct verify_part){ S("bases"), T(&r->ui, "Căn cứ"), { v, n } };
}

void
verify_parts(struct web_req *r, const struct draft *d, const struct marks *m, struct verify_view *v)
{
        struct verify_part *p = arena_array(r->c->arena, 4, sizeof *p);

        heads(r, d, m, &p[0]);
        members(r, d, m, &p[1]);
        duties(r, d, m, &p[2]);
        bases(r, d, m, &p[3]);
        v->parts.v = p;
        v->parts.n = 4;
}
