/* draft_json.c - the draft as JSON: the public object of `dondoc extract`, with the provenance of each field under
 * "fields" and the shown text last. */
#include "dd_draft.h"
#include "dd_json.h"
#include "extract_priv.h"

static void
put_span(struct json_w *w, struct span s)
{
        json_ki64(w, "from", s.from);
        json_ki64(w, "to", s.to);
}

/* Where a field came from; nothing for a field the paper does not have. */
static void
put_origin(struct json_w *w, const char *key, const struct field *f)
{
        if (!f->text.p)
                return;
        json_key(w, key);
        json_obj(w);
        put_span(w, f->span);
        json_ki64(w, "confidence", f->confidence);
        json_kstr(w, "rule", str_of(f->rule ? f->rule : ""));
        if (f->note.p)
                json_kstr(w, "note", f->note);
        json_end(w);
}

static void
put_whole(struct json_w *w, const struct field *f)
{
        json_obj(w);
        json_kstr(w, "text", f->text);
        put_span(w, f->span);
        json_ki64(w, "confidence", f->confidence);
        json_kstr(w, "rule", str_of(f->rule ? f->rule : ""));
        json_kstr(w, "note", f->note);
        json_end(w);
}

static void
put_basis(struct json_w *w, const struct draft_basis *b)
{
        json_obj(w);
        json_kstr(w, "type", b->type);
        json_kstr(w, "number", b->number);
        json_kday(w, "date", b->date);
        json_kstr(w, "name", b->name);
        json_kstr(w, "role", b->role);
        json_key(w, "source");
        put_whole(w, &b->source);
        json_end(w);
}

static void
put_section(struct json_w *w, const struct draft_section *s)
{
        json_obj(w);
        json_kstr(w, "no", s->no);
        json_kstr(w, "title", s->title);
        json_key(w, "items");
        json_arr(w);
        for (size_t i = 0; i < s->n_items; i++) {
                json_obj(w);
                json_kstr(w, "no", s->items[i].no);
                json_kstr(w, "text", s->items[i].text);
                put_span(w, s->items[i].span);
                json_end(w);
        }
        json_end(w);
        json_end(w);
}

static void
put_consultation(struct json_w *w, const struct draft_document *d)
{
        json_key(w, "consultation");
        if (d->consultation.members_asked == 0) {
                json_null(w);
                return;
        }
        json_obj(w);
        json_kstr(w, "letter", d->consultation.letter);
        json_kday(w, "date", d->consultation.date);
        json_ki64(w, "members_answered", d->consultation.members_answered);
        json_ki64(w, "members_asked", d->consultation.members_asked);
        json_ki64(w, "districts_answered", d->consultation.districts_answered);
        json_ki64(w, "districts_asked", d->consultation.districts_asked);
        json_ki64(w, "members_agree", d->consultation.agree);
        json_ki64(w, "members_comment", d->consultation.comment);
        put_span(w, d->consultation.span);
        json_end(w);
}

static void
put_signer(struct json_w *w, const struct draft_document *d)
{
        json_key(w, "signer");
        if (!d->signer_name.text.p && !d->signer_title.text.p) {
                json_null(w);
                return;
        }
        json_obj(w);
        json_kstr(w, "name", d->signer_name.text);
        json_kstr(w, "title", d->signer_title.text);
        json_kstr(w, "second_title", d->signer_second_title.text);
        json_key(w, "capacity");
        json_arr(w);
        for (size_t i = 0; i < d->n_capacity; i++)
                json_str(w, d->capacity[i]);
        json_end(w);
        json_end(w);
}

static void
put_document_fields(struct json_w *w, const struct draft_document *d)
{
        json_key(w, "fields");
        json_obj(w);
        put_origin(w, "type", &d->type);
        put_origin(w, "number", &d->number);
        put_origin(w, "date", &d->date_text);
        put_origin(w, "place", &d->place);
        put_origin(w, "issuer", &d->issuer);
        put_origin(w, "parent", &d->parent);
        put_origin(w, "addressee", &d->addressee);
        put_origin(w, "title", &d->title);
        put_origin(w, "signer_name", &d->signer_name);
        put_origin(w, "signer_title", &d->signer_title);
        put_origin(w, "signer_second_title", &d->signer_second_title);
        json_key(w, "recipients");
        json_arr(w);
        for (size_t i = 0; i < d->n_recipients; i++)
                put_whole(w, &d->recipients[i]);
        json_end(w);
        json_end(w);
}

static void
put_document(struct json_w *w, const struct draft_document *d)
{
        json_obj(w);
        json_kstr(w, "type", d->type.text);
        json_kstr(w, "number", d->number.text);
        json_kday(w, "date", d->date);
        json_kstr(w, "place", d->place.text);
        json_kstr(w, "issuer", d->issuer.text);
        json_kstr(w, "parent", d->parent.text);
        json_kstr(w, "addressee", d->addressee.text);
        json_kstr(w, "title", d->title.text);
        json_key(w, "bases");
        json_arr(w);
        for (size_t i = 0; i < d->n_bases; i++)
                put_basis(w, &d->bases[i]);
        json_end(w);
        json_key(w, "recipients");
        json_arr(w);
        for (size_t i = 0; i < d->n_recipients; i++)
                json_str(w, d->recipients[i].text);
        json_end(w);
        put_signer(w, d);
        json_key(w, "sections");
        json_arr(w);
        for (size_t i = 0; i < d->n_sections; i++)
                put_section(w, &d->sections[i]);
        json_end(w);
        put_consultation(w, d);
        put_span(w, d->span);
        put_document_fields(w, d);
        json_end(w);
}

static void
put_mentions(struct json_w *w, const char *key, const struct mentions *m)
{
        json_key(w, key);
        json_arr(w);
        for (size_t i = 0; i < m->n; i++) {
                json_obj(w);
                json_kstr(w, "text", m->v[i].text);
                json_kstr(w, "name", m->v[i].name);
                json_kstr(w, "kind", str_of(agency_kind_name(m->v[i].kind)));
                json_kstr(w, "note", m->v[i].note);
                put_span(w, m->v[i].span);
                json_ki64(w, "confidence", m->v[i].confidence);
                json_end(w);
        }
        json_end(w);
}

static void
put_deadline(struct json_w *w, const struct deadline *d)
{
        json_key(w, "deadline");
        if (d->kind == DL_NONE) {
                json_null(w);
                return;
        }
        json_obj(w);
        json_kstr(w, "kind", str_of(deadline_kind_name(d->kind)));
        json_kday(w, "start", d->start);
        json_kday(w, "due", d->due);
        json_kstr(w, "recur", str_of(recur_name(d->recur)));
        json_kstr(w, "note", d->note);
        json_end(w);
}

static void
put_task(struct json_w *w, const struct draft_task *t)
{
        json_obj(w);
        json_kstr(w, "no", t->no);
        json_kstr(w, "group", t->group);
        json_kstr(w, "title", t->title.text);
        json_kstr(w, "parent", t->parent);
        put_mentions(w, "lead", &t->lead);
        put_mentions(w, "coordinating", &t->coordinating);
        json_kstr(w, "deadline_text", t->deadline_text.text);
        put_deadline(w, &t->deadline);
        json_kstr(w, "output", t->output.text);
        json_key(w, "confidence");
        json_num(w, (double)t->confidence / 100.0);
        json_key(w, "source");
        json_obj(w);
        json_ki64(w, "block", t->block);
        json_ki64(w, "line", t->line);
        put_span(w, t->span);
        json_end(w);
        json_key(w, "notes");
        json_arr(w);
        for (size_t i = 0; i < t->n_notes; i++)
                json_str(w, t->notes[i]);
        json_end(w);
        json_key(w, "fields");
        json_obj(w);
        put_origin(w, "title", &t->title);
        put_origin(w, "deadline_text", &t->deadline_text);
        put_origin(w, "output", &t->output);
        if (t->lead_field.text.p) {
                json_key(w, "lead");
                put_whole(w, &t->lead_field);
        }
        if (t->coordinating_field.text.p) {
                json_key(w, "coordinating");
                put_whole(w, &t->coordinating_field);
        }
        json_end(w);
        json_end(w);
}

static void
put_member(struct json_w *w, const struct draft_member *m)
{
        json_obj(w);
        json_kstr(w, "no", m->no);
        json_kstr(w, "post", m->post.text);
        json_kstr(w, "role", m->role.text);
        json_kstr(w, "agency", m->agency.text);
        json_kstr(w, "sector", m->sector.text);
        json_kstr(w, "duty", m->duty.text);
        json_kbool(w, "heading", m->heading);
        put_span(w, m->span);
        json_key(w, "fields");
        json_obj(w);
        put_origin(w, "post", &m->post);
        put_origin(w, "role", &m->role);
        put_origin(w, "agency", &m->agency);
        put_origin(w, "sector", &m->sector);
        put_origin(w, "duty", &m->duty);
        json_end(w);
        json_end(w);
}

static void
put_duty(struct json_w *w, const struct draft_duty *d)
{
        json_obj(w);
        json_kstr(w, "no", d->no);
        json_kstr(w, "agency", d->agency.text);
        json_kstr(w, "text", d->text.text);
        json_kstr(w, "recur", str_of(recur_name(d->recur)));
        json_kbool(w, "request", d->request);
        put_span(w, d->span);
        json_key(w, "fields");
        json_obj(w);
        put_origin(w, "agency", &d->agency);
        put_origin(w, "text", &d->text);
        json_end(w);
        json_end(w);
}

static void
put_group(struct json_w *w, const struct draft_group *g)
{
        json_obj(w);
        json_kstr(w, "no", g->no);
        json_kstr(w, "title", g->title);
        put_span(w, g->span);
        json_end(w);
}

static void
put_anomaly(struct json_w *w, const struct anomaly *a)
{
        json_obj(w);
        json_kstr(w, "kind", str_of(a->kind));
        json_kstr(w, "where", a->where);
        json_kstr(w, "text", a->text);
        put_span(w, a->span);
        if (a->task >= 0)
                json_ki64(w, "task", a->task);
        json_end(w);
}

/* Eight numbers a box, one behind the other; a span begins counted from the one before, so that they stay short. */
static void
put_boxes(struct json_w *w, const struct draft *d)
{
        int32_t last = 0;

        json_key(w, "boxes");
        json_arr(w);
        for (size_t i = 0; i < d->n_boxes; i++) {
                const struct box *b = &d->boxes[i];
                const int32_t v[] = { b->span.from - last, b->span.to - b->span.from, b->page, b->x, b->y, b->w, b->h,
                                      b->confidence };

                for (size_t k = 0; k < ARRAY_LEN(v); k++)
                        json_i64(w, v[k]);
                last = b->span.from;
        }
        json_end(w);
}

#define PUT_ALL(w, key, list, n, put)                                                                                  \
        do {                                                                                                           \
                json_key((w), (key));                                                                                  \
                json_arr(w);                                                                                           \
                for (size_t i_ = 0; i_ < (n); i_++)                                                                    \
                        put((w), &(list)[i_]);                                                                         \
                json_end(w);                                                                                           \
        } while (0)

void
draft_json(struct json_w *w, const struct draft *d)
{
        json_obj(w);
        draft_json_members(w, d);
        json_end(w);
}

void
draft_json_members(struct json_w *w, const struct draft *d)
{
        json_kstr(w, "file", d->file);
        json_kstr(w, "format", d->format);
        PUT_ALL(w, "documents", d->documents, d->n_documents, put_document);
        PUT_ALL(w, "groups", d->groups, d->n_groups, put_group);
        PUT_ALL(w, "tasks", d->tasks, d->n_tasks, put_task);
        PUT_ALL(w, "members", d->members, d->n_members, put_member);
        PUT_ALL(w, "duties", d->duties, d->n_duties, put_duty);
        PUT_ALL(w, "anomalies", d->anomalies, d->n_anomalies, put_anomaly);
        if (d->pages > 0) {
                json_ki64(w, "pages", d->pages);
                put_boxes(w, d);
        }
        grid_json(w, d);
        json_kstr(w, "text", d->text);
}
