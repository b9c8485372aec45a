/* draft_read.c - the JSON form back to a draft. Its input comes from a child that may have been taken over by a
 * document: every length, span and word of a closed list is checked, and what is wrong refuses the whole. */
#include "dd_draft.h"
#include "dd_json.h"
#include "dd_text.h"
#include "extract_priv.h"

#define JSON_MAX (96u << 20)
#define STR_MAX  (8u << 20) /* a paper may come as one line */

#define BOX_NUMBERS 8
#define PAGES_MAX   500

struct reading {
        struct dd_ctx *c;
        struct arena *a;
        int32_t text_cp; /* code points of the shown text */
        bool bad;
};

static const char *const ANOMALIES[] = { "duplicate-number",
                                         "missing-number",
                                         "repeated-letter",
                                         "space-in-number",
                                         "ocr-variant",
                                         "ocr-error",
                                         "repeated-table-header",
                                         "page-number",
                                         "already-done",
                                         "two-leads",
                                         "task-before-document",
                                         "impossible-date",
                                         "deadline-before-document",
                                         "unread-table" };

/* Names of rules as this program knows them; another one becomes "". */
static const char *const RULES[] = { "number-label",
                                     "dateline",
                                     "subject-line",
                                     "type-word",
                                     "symbol",
                                     "title-plain",
                                     "title-capitals",
                                     "issuer-lines",
                                     "issuer-from-authority",
                                     "issuer-from-symbol",
                                     "addressee",
                                     "recipient",
                                     "signature",
                                     "basis-clause",
                                     "column-title",
                                     "column-lead",
                                     "column-coordinating",
                                     "column-deadline",
                                     "column-output",
                                     "label-title",
                                     "label-lead",
                                     "label-coordinating",
                                     "label-deadline",
                                     "label-output",
                                     "agency-heading",
                                     "sentence-deadline",
                                     "sentence-coordinating",
                                     "sentence-lead",
                                     "article-agency",
                                     "milestone",
                                     "member-post",
                                     "member-role",
                                     "member-agency",
                                     "member-sector",
                                     "member-duty",
                                     "duty",
                                     "duty-agency",
                                     "duty-heading" };

static const char *
known_word(struct str s, const char *const *list, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                if (str_eq(s, str_of(list[i])))
                        return list[i];
        }
        return NULL;
}

static struct str
get_str(struct reading *r, const struct json *j, const char *key)
{
        const struct json *v = json_get(j, key);

        if (!v || v->type == JSON_NULL)
                return STR_NONE;
        if (v->type != JSON_STR || v->s.n > STR_MAX) {
                r->bad = true;
                return STR_NONE;
        }
        return v->s;
}

static int32_t
get_int(struct reading *r, const struct json *j, const char *key, int32_t min, int32_t max, int32_t otherwise)
{
        const struct json *v = json_get(j, key);

        if (!v || v->type == JSON_NULL)
                return otherwise;
        if (v->type != JSON_INT || v->i < min || v->i > max) {
                r->bad = true;
                return otherwise;
        }
        return (int32_t)v->i;
}

static bool
get_bool(const struct json *j, const char *key)
{
        const struct json *v = json_get(j, key);

        return v && v->type == JSON_BOOL && v->i;
}

static int32_t
get_day(struct reading *r, const struct json *j, const char *key)
{
        struct str s = get_str(r, j, key);
        int32_t day;

        if (!s.p)
                return DD_NO_DAY;
        day = day_parse(s);
        if (day == DD_NO_DAY)
                r->bad = true;
        return day;
}

static struct span
get_span(struct reading *r, const struct json *j)
{
        struct span s = { get_int(r, j, "from", 0, r->text_cp, 0), get_int(r, j, "to", 0, r->text_cp, 0) };

        if (s.from > s.to) {
                r->bad = true;
                s.to = s.from;
        }
        return s;
}

/* The array under a key, never longer than max; an absent one is empty. */
static const struct json *
get_list(struct reading *r, const struct json *j, const char *key, size_t max, size_t *ret_n)
{
        const struct json *v = json_get(j, key);

        *ret_n = 0;
        if (!v || v->type == JSON_NULL)
                return NULL;
        if (v->type != JSON_ARR || v->n > max) {
                r->bad = true;
                return NULL;
        }
        *ret_n = v->n;
        return v->items;
}

static void
origin_read(struct reading *r, const struct json *o, struct field *f)
{
        const char *rule;

        f->rule = "";
        if (!o || o->type != JSON_OBJ)
                return;
        f->span = get_span(r, o);
        f->confidence = get_int(r, o, "confidence", 0, 100, 0);
        f->note = get_str(r, o, "note");
        rule = known_word(get_str(r, o, "rule"), RULES, ARRAY_LEN(RULES));
        f->rule = rule ? rule : "";
}

/* A field whose value stands beside its provenance. */
static struct field
get_field(struct reading *r, const struct json *j, const char *key, const char *origin)
{
        struct field f = { .text = get_str(r, j, key) };
        const struct json *fields = json_get(j, "fields");

        origin_read(r, fields ? json_get(fields, origin) : NULL, &f);
        return f;
}

/* A field written whole. */
static struct field
whole_field(struct reading *r, const struct json *o)
{
        struct field f = { 0 };

        origin_read(r, o, &f);
        if (o && o->type == JSON_OBJ)
                f.text = get_str(r, o, "text");
        return f;
}

static struct field
field_only(struct reading *r, const struct json *j, const char *origin)
{
        const struct json *fields = json_get(j, "fields");

        return whole_field(r, fields ? json_get(fields, origin) : NULL);
}

#define FILL(r, j, key, max, list, count, cap, read)                                                                   \
        do {                                                                                                           \
                size_t n_;                                                                                             \
                const struct json *items_ = get_list((r), (j), (key), (max), &n_);                                     \
                (list) = arena_array((r)->a, n_ + 1, sizeof *(list));                                                  \
                (count) = (cap) = n_;                                                                                  \
                for (size_t i_ = 0; i_ < n_ && !(r)->bad; i_++) {                                                      \
                        if (items_[i_].type != JSON_OBJ)                                                               \
                                (r)->bad = true;                                                                       \
                        else                                                                                           \
                                read((r), &items_[i_], &(list)[i_]);                                                   \
                }                                                                                                      \
        } while (0)

static void
basis_read(struct reading *r, const struct json *j, struct draft_basis *b)
{
        b->type = get_str(r, j, "type");
        b->number = get_str(r, j, "number");
        b->name = get_str(r, j, "name");
        b->role = get_str(r, j, "role");
        b->date = get_day(r, j, "date");
        b->source = whole_field(r, json_get(j, "source"));
}

static void
item_read_json(struct reading *r, const struct json *j, struct draft_item *i)
{
        i->no = get_str(r, j, "no");
        i->text = get_str(r, j, "text");
        i->span = get_span(r, j);
}

static void
section_read(struct reading *r, const struct json *j, struct draft_section *s)
{
        s->no = get_str(r, j, "no");
        s->title = get_str(r, j, "title");
        FILL(r, j, "items", DRAFT_ITEMS_MAX, s->items, s->n_items, s->cap_items, item_read_json);
}

static void
whole_read(struct reading *r, const struct json *j, struct field *f)
{
        *f = whole_field(r, j);
}

static void
signer_read(struct reading *r, const struct json *j, struct draft_document *d)
{
        const struct json *s = json_get(j, "signer"), *list;
        size_t n;

        d->signer_name = field_only(r, j, "signer_name");
        d->signer_title = field_only(r, j, "signer_title");
        d->signer_second_title = field_only(r, j, "signer_second_title");
        if (!s || s->type != JSON_OBJ)
                return;
        d->signer_name.text = get_str(r, s, "name");
        d->signer_title.text = get_str(r, s, "title");
        d->signer_second_title.text = get_str(r, s, "second_title");
        list = get_list(r, s, "capacity", ARRAY_LEN(d->capacity), &n);
        for (size_t i = 0; i < n; i++) {
                if (list[i].type != JSON_STR)
                        r->bad = true;
                else
                        d->capacity[d->n_capacity++] = list[i].s;
        }
}

static void
consultation_read_json(struct reading *r, const struct json *j, struct draft_document *d)
{
        const struct json *o = json_get(j, "consultation");

        d->consultation.date = DD_NO_DAY;
        if (!o || o->type != JSON_OBJ)
                return;
        d->consultation.letter = get_str(r, o, "letter");
        d->consultation.date = get_day(r, o, "date");
        d->consultation.members_answered = get_int(r, o, "members_answered", 0, 9999, 0);
        d->consultation.members_asked = get_int(r, o, "members_asked", 0, 9999, 0);
        d->consultation.districts_answered = get_int(r, o, "districts_answered", 0, 9999, 0);
        d->consultation.districts_asked = get_int(r, o, "districts_asked", 0, 9999, 0);
        d->consultation.agree = get_int(r, o, "members_agree", 0, 9999, 0);
        d->consultation.comment = get_int(r, o, "members_comment", 0, 9999, 0);
        d->consultation.span = get_span(r, o);
}

static void
document_read_json(struct reading *r, const struct json *j, struct draft_document *d)
{
        const struct json *fields = json_get(j, "fields");

        d->type = get_field(r, j, "type", "type");
        d->number = get_field(r, j, "number", "number");
        d->date = get_day(r, j, "date");
        d->date_text = get_field(r, j, "date", "date");
        d->place = get_field(r, j, "place", "place");
        d->issuer = get_field(r, j, "issuer", "issuer");
        d->parent = get_field(r, j, "parent", "parent");
        d->addressee = get_field(r, j, "addressee", "addressee");
        d->title = get_field(r, j, "title", "title");
        FILL(r, j, "bases", DRAFT_SMALL_MAX, d->bases, d->n_bases, d->cap_bases, basis_read);
        if (fields && fields->type == JSON_OBJ)
                FILL(r, fields, "recipients", DRAFT_SMALL_MAX, d->recipients, d->n_recipients, d->cap_recipients,
                     whole_read);
        signer_read(r, j, d);
        FILL(r, j, "sections", DRAFT_SMALL_MAX, d->sections, d->n_sections, d->cap_sections, section_read);
        consultation_read_json(r, j, d);
        d->span = get_span(r, j);
}

static void
group_read_json(struct reading *r, const struct json *j, struct draft_group *g)
{
        g->no = get_str(r, j, "no");
        g->title = get_str(r, j, "title");
        g->span = get_span(r, j);
}

static void
mention_read(struct reading *r, const struct json *j, struct mention *m)
{
        struct str kind = get_str(r, j, "kind");
        bool found = false;

        m->text = get_str(r, j, "text");
        m->name = get_str(r, j, "name");
        m->note = get_str(r, j, "note");
        m->span = get_span(r, j);
        m->confidence = get_int(r, j, "confidence", 0, 100, 0);
        for (int k = 0; k < AK_MAX && !found; k++) {
                found = str_eq(kind, str_of(agency_kind_name((enum agency_kind)k)));
                if (found)
                        m->kind = (enum agency_kind)k;
        }
        r->bad = r->bad || !found || !m->text.p || !m->name.p;
}

static void
deadline_read(struct reading *r, const struct json *j, struct deadline *d)
{
        struct str kind = get_str(r, j, "kind"), recur = get_str(r, j, "recur");
        bool known_recur = !recur.p;

        for (int k = DL_NONE + 1; k < DL_KIND_MAX; k++) {
                if (str_eq(kind, str_of(deadline_kind_name((enum deadline_kind)k))))
                        d->kind = (enum deadline_kind)k;
        }
        for (int k = RECUR_NONE + 1; k < RECUR_MAX && !known_recur; k++) {
                known_recur = str_eq(recur, str_of(recur_name((enum recur_kind)k)));
                if (known_recur)
                        d->recur = (enum recur_kind)k;
        }
        d->start = get_day(r, j, "start");
        d->due = get_day(r, j, "due");
        d->note = get_str(r, j, "note");
        r->bad = r->bad || d->kind == DL_NONE || !known_recur;
}

static void
task_read(struct reading *r, const struct json *j, struct draft_task *t)
{
        const struct json *source = json_get(j, "source"), *due = json_get(j, "deadline"),
                          *sure = json_get(j, "confidence"), *notes;
        size_t n;

        t->no = get_str(r, j, "no");
        t->group = get_str(r, j, "group");
        t->title = get_field(r, j, "title", "title");
        FILL(r, j, "lead", DRAFT_SMALL_MAX, t->lead.v, t->lead.n, t->lead.cap, mention_read);
        FILL(r, j, "coordinating", DRAFT_SMALL_MAX, t->coordinating.v, t->coordinating.n, t->coordinating.cap,
             mention_read);
        t->parent = get_str(r, j, "parent");
        t->lead_field = field_only(r, j, "lead");
        t->coordinating_field = field_only(r, j, "coordinating");
        t->deadline_text = get_field(r, j, "deadline_text", "deadline_text");
        t->deadline = (struct deadline){ .start = DD_NO_DAY, .due = DD_NO_DAY };
        if (due && due->type == JSON_OBJ)
                deadline_read(r, due, &t->deadline);
        t->output = get_field(r, j, "output", "output");
        if (sure && (sure->type == JSON_REAL || sure->type == JSON_INT)) {
                double v = sure->type == JSON_REAL ? sure->d : (double)sure->i;

                if (v >= 0 && v <= 1)
                        t->confidence = (int32_t)(v * 100 + 0.5);
                else
                        r->bad = true;
        }
        if (source && source->type == JSON_OBJ) {
                t->block = get_int(r, source, "block", 0, INT32_MAX, 0);
                t->line = get_int(r, source, "line", 0, INT32_MAX, 0);
                t->span = get_span(r, source);
        }
        notes = get_list(r, j, "notes", DRAFT_SMALL_MAX, &n);
        t->notes = arena_array(r->a, n + 1, sizeof *t->notes);
        for (size_t i = 0; i < n; i++) {
                if (notes[i].type == JSON_STR)
                        t->notes[t->n_notes++] = notes[i].s;
                else
                        r->bad = true;
        }
}

static void
member_read_json(struct reading *r, const struct json *j, struct draft_member *m)
{
        m->no = get_str(r, j, "no");
        m->post = get_field(r, j, "post", "post");
        m->role = get_field(r, j, "role", "role");
        m->agency = get_field(r, j, "agency", "agency");
        m->sector = get_field(r, j, "sector", "sector");
        m->duty = get_field(r, j, "duty", "duty");
        m->heading = get_bool(j, "heading");
        m->span = get_span(r, j);
}

static void
duty_read_json(struct reading *r, const struct json *j, struct draft_duty *d)
{
        struct str recur = get_str(r, j, "recur");

        d->no = get_str(r, j, "no");
        d->agency = get_field(r, j, "agency", "agency");
        d->text = get_field(r, j, "text", "text");
        d->request = get_bool(j, "request");
        d->span = get_span(r, j);
        for (int k = RECUR_NONE + 1; k < RECUR_MAX; k++) {
                if (str_eq(recur, str_of(recur_name((enum recur_kind)k))))
                        d->recur = (enum recur_kind)k;
        }
        r->bad = r->bad || (recur.p && d->recur == RECUR_NONE);
}

static void
anomaly_read(struct reading *r, const struct json *j, struct anomaly *a)
{
        a->kind = known_word(get_str(r, j, "kind"), ANOMALIES, ARRAY_LEN(ANOMALIES));
        a->where = get_str(r, j, "where");
        a->text = get_str(r, j, "text");
        a->span = get_span(r, j);
        a->task = get_int(r, j, "task", 0, DRAFT_LIST_MAX, -1);
        r->bad = r->bad || !a->kind;
}

static int32_t
box_number(struct reading *r, const struct json *v, int64_t min, int64_t max)
{
        if (v->type == JSON_INT && v->i >= min && v->i <= max)
                return (int32_t)v->i;
        r->bad = true;
        return (int32_t)min;
}

/* Eight numbers a box; its place must lie on a page there is, its span in the text. */
static void
boxes_read(struct reading *r, const struct json *j, struct draft *d)
{
        size_t n = 0;
        const struct json *v = get_list(r, j, "boxes", (size_t)DRAFT_BOXES_MAX * BOX_NUMBERS, &n);
        int64_t at = 0;

        d->pages = get_int(r, j, "pages", 0, PAGES_MAX, 0);
        r->bad = r->bad || n % BOX_NUMBERS != 0;
        if (r->bad || n == 0)
                return;
        d->boxes = arena_array(r->a, n / BOX_NUMBERS, sizeof *d->boxes);
        for (; n >= BOX_NUMBERS && !r->bad; n -= BOX_NUMBERS, v += BOX_NUMBERS) {
                struct box *b = &d->boxes[d->n_boxes++];

                at += box_number(r, &v[0], -r->text_cp, r->text_cp);
                b->span.from = (int32_t)at;
                b->span.to = b->span.from + box_number(r, &v[1], 0, r->text_cp);
                b->page = box_number(r, &v[2], 1, d->pages);
                b->x = box_number(r, &v[3], 0, BOX_SCALE);
                b->y = box_number(r, &v[4], 0, BOX_SCALE);
                b->w = box_number(r, &v[5], 0, BOX_SCALE - b->x);
                b->h = box_number(r, &v[6], 0, BOX_SCALE - b->y);
                b->confidence = box_number(r, &v[7], 0, 100);
                r->bad = r->bad || at < 0 || at > r->text_cp || b->span.to > r->text_cp;
                at = b->span.from;
        }
}

enum dd_err
draft_parse(struct dd_ctx *c, struct str json, struct draft *ret)
{
        struct reading r = { .c = c, .a = c->arena };
        struct json j;
        const struct json *text;

        *ret = (struct draft){ 0 };
        enum dd_err e = json_parse(c->arena, json, JSON_MAX, &j);
        if (e == DD_EBUSY)
                return dd_fail(c, e, "Máy chủ đang thiếu bộ nhớ nên chưa làm được việc này. Hãy thử lại sau ít phút.");
        if (e != DD_OK || j.type != JSON_OBJ)
                return dd_fail(c, DD_EFORMAT, "Kết quả đọc văn bản bị hỏng. Hãy thử gửi lại tệp.");
        text = json_get(&j, "text");
        if (text && text->type == JSON_STR)
                ret->text = text->s; /* bounded by JSON_MAX */
        r.text_cp = (int32_t)utf8_len(ret->text);
        ret->file = get_str(&r, &j, "file");
        ret->format = get_str(&r, &j, "format");
        FILL(&r, &j, "documents", DRAFT_SMALL_MAX, ret->documents, ret->n_documents, ret->cap_documents,
             document_read_json);
        FILL(&r, &j, "groups", DRAFT_LIST_MAX, ret->groups, ret->n_groups, ret->cap_groups, group_read_json);
        FILL(&r, &j, "tasks", DRAFT_LIST_MAX, ret->tasks, ret->n_tasks, ret->cap_tasks, task_read);
        FILL(&r, &j, "members", DRAFT_LIST_MAX, ret->members, ret->n_members, ret->cap_members, member_read_json);
        FILL(&r, &j, "duties", DRAFT_LIST_MAX, ret->duties, ret->n_duties, ret->cap_duties, duty_read_json);
        FILL(&r, &j, "anomalies", DRAFT_LIST_MAX, ret->anomalies, ret->n_anomalies, ret->cap_anomalies, anomaly_read);
        boxes_read(&r, &j, ret);
        r.bad = !grid_parse(r.a, &j, ret) || r.bad;
        for (size_t i = 0; i < ret->n_anomalies; i++)
                r.bad = r.bad || ret->anomalies[i].task >= (int32_t)ret->n_tasks;
        if (r.bad)
                return dd_fail(c, DD_EFORMAT,
                               "Kết quả đọc văn bản không đúng khuôn dạng nên bị từ chối. Hãy thử gửi lại tệp.");
        return DD_OK;
}
