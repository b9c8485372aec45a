/* Files of one paper: which ones wait, putting them together. */
#include "dd_intake_join.h"

#include "dd_intake_amend.h"
#include "dd_join_view.h"
#include "intake_other_priv.h"
#include "tmpl_rt.h"
#include "tpl_join.h"

static enum dd_err
join_json(struct web_req *r, const struct join_full *f)
{
        struct json_w w;

        web_json_start(r, &w);
        json_ki64(&w, "id", f->intake.id);
        json_ki64(&w, "version", f->intake.version);
        json_key(&w, "parts");
        json_arr(&w);
        for (size_t i = 0; i < f->parts.n; i++) {
                json_obj(&w);
                json_ki64(&w, "id", f->parts.v[i].id);
                json_kstr(&w, "file", f->parts.v[i].name);
                json_kstr(&w, "kind", f->parts.v[i].kind);
                json_ki64(&w, "span_from", f->parts.v[i].span_from);
                json_ki64(&w, "span_to", f->parts.v[i].span_to);
                json_kstr(&w, "note", f->parts.v[i].note);
                json_end(&w);
        }
        json_end(&w);
        json_key(&w, "others");
        json_arr(&w);
        for (size_t i = 0; i < f->others.n; i++) {
                json_obj(&w);
                json_ki64(&w, "id", f->others.v[i].id);
                json_kstr(&w, "file", f->others.v[i].file_name);
                json_kbool(&w, "same_paper", f->others.v[i].same != 0);
                json_ki64(&w, "tasks", f->others.v[i].tasks);
                json_end(&w);
        }
        json_end(&w);
        json_end(&w);
        return DD_OK;
}

static struct str
part_told(struct ui *u, const struct q_intake_part_row *p)
{
        if (str_eq(p->kind, S("signed")))
                return p->note.n > 0 ? TF(u, "bản ký; {}", TMPL_ARG(p->note)) : T(u, "bản ký; đọc giống nhau");
        return p->ord == 0 ? T(u, "phần đầu của bản ghép") : T(u, "ghép vào sau");
}

static void
lines_fill(struct web_req *r, const struct join_full *f, struct join_view *v)
{
        struct ui *u = &r->ui;
        struct join_line *o = arena_array(u->arena, f->others.n + 1, sizeof *o);
        struct join_line *p = arena_array(u->arena, f->parts.n + 1, sizeof *p);

        for (size_t i = 0; i < f->others.n; i++) {
                const struct q_intake_other_row *x = &f->others.v[i];

                o[i] = (struct join_line){ .name = x->file_name,
                                           .href = web_href(r, "/intake/%lld", (long long)x->id),
                                           .told = TF(u, "{} nhiệm vụ", TMPL_ARG(x->tasks)),
                                           .copy = x->same != 0 && x->tasks == x->mine && x->tasks > 0,
                                           .id = x->id,
                                           .same = x->same != 0 };
        }
        for (size_t i = 0; i < f->parts.n; i++)
                p[i] = (struct join_line){ .name = f->parts.v[i].name,
                                           .id = f->parts.v[i].ord > 0 ? f->parts.v[i].id : 0,
                                           .href = web_href(r, "/files/%lld", (long long)f->parts.v[i].file_id),
                                           .told = part_told(u, &f->parts.v[i]) };
        v->others.v = o;
        v->others.n = f->others.n;
        v->parts.v = p;
        v->parts.n = f->parts.n;
}

static enum dd_err
show(struct web_req *r, struct str fault)
{
        struct join_full f = { 0 };
        struct join_view v = { .fault = fault };
        struct ui *u = &r->ui;
        struct ui_link *crumbs = arena_array(u->arena, 2, sizeof *crumbs);
        long long id = (long long)r->id[0];

        TRY(join_full(r->c, r->id[0], &f));
        if (r->want == OUT_JSON)
                return join_json(r, &f);
        crumbs[0] = (struct ui_link){ T(u, "Nhập văn bản"), web_href(r, "/intake") };
        crumbs[1] = (struct ui_link){ f.intake.file_name, web_href(r, "/intake/%lld", id) };
        u->title = T(u, "Ghép các tệp của một văn bản");
        u->active = NAV_DOCUMENTS;
        u->as_of_fixed = true;
        v.head = (struct ui_head){
                .crumbs = { crumbs, 2 },
                .title = u->title,
                .facts = T(u, "Thân văn bản, phụ lục, bản ký: ghép thành một bản dự thảo, mỗi dòng vẫn chỉ về tệp "
                              "của nó.")
        };
        v.open = str_eq(f.intake.state, S("draft"));
        v.version = f.intake.version;
        v.action = web_href(r, "/intake/%lld/join", id);
        v.part_action = web_href(r, "/intake/%lld/join/undo", id);
        v.back = (struct ui_link){ T(u, "Quay lại bản kiểm tra"), crumbs[1].href };
        lines_fill(r, &f, &v);
        tpl_join_page(r->o, u, &v);
        return DD_OK;
}

enum dd_err
page_join(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show(r, STR_NONE);
}

struct join_form {
        int64_t other_id;
        int32_t kind;
};
static const struct form_choice kinds[] = { { "part", "Phần của văn bản", 0 },
                                            { "signed", "Bản ký", 1 },
                                            { NULL, NULL, 0 } };
static const struct form_field join_fields[] = {
        { .name = "other_id",
          .type = FORM_ID,
          .required = true,
          .label = "Tệp",
          .offset = FORM_AT(struct join_form, other_id, int64_t) },
        { .name = "kind",
          .type = FORM_CHOICE,
          .required = true,
          .label = "Là",
          .choices = kinds,
          .offset = FORM_AT(struct join_form, kind, int32_t) },
};

static enum dd_err
refused(struct web_req *r, enum dd_err e)
{
        if ((e != DD_ECONFLICT && e != DD_EINVAL) || r->want == OUT_JSON)
                return e;
        struct str fault = r->c->err_text;
        dd_ctx_clear_error(r->c);
        web_status(r, e);
        return show(r, fault);
}

struct unjoin_form {
        int64_t part_id;
};
static const struct form_field unjoin_fields[] = {
        { .name = "part_id",
          .type = FORM_ID,
          .required = true,
          .label = "Tệp đã ghép",
          .offset = FORM_AT(struct unjoin_form, part_id, int64_t) },
};

enum dd_err
page_join_undo(struct dd_ctx *c, struct web_req *r)
{
        struct unjoin_form f = { 0 };
        enum dd_err e = form_read(c, unjoin_fields, ARRAY_LEN(unjoin_fields), r->http, &f);

        if (e == DD_OK)
                e = join_undo(c, &(struct unjoin_in){
                                     .intake_id = r->id[0], .version = form_version(r->http), .part_id = f.part_id });
        if (e == DD_OK)
                return web_done_id(r, r->id[0], "unjoined", "/intake/%lld/join", (long long)r->id[0]);
        return refused(r, e);
}

enum dd_err
page_join_do(struct dd_ctx *c, struct web_req *r)
{
        struct join_form f = { 0 };
        enum dd_err e = form_read(c, join_fields, ARRAY_LEN(join_fields), r->http, &f);

        if (e == DD_OK)
                e = join_do(c, &(struct join_in){ .intake_id = r->id[0],
                                                  .version = form_version(r->http),
                                                  .other_id = f.other_id,
                                                  .signed_copy = f.kind == 1 });
        if (e == DD_OK)
                return web_done_id(r, r->id[0], "joined", "/intake/%lld", (long long)r->id[0]);
        return refused(r, e);
}

/* The file of the whole that holds a place of its text; STR_NONE: between them. */
static struct str
file_at(const struct q_intake_part_rows *parts, struct span at)
{
        for (size_t i = 0; i < parts->n; i++)
                if (at.to > at.from && at.from >= parts->v[i].span_from && at.to <= parts->v[i].span_to)
                        return parts->v[i].name;
        return STR_NONE;
}

/* Behind the reason of each field stands its file. Items follow the rows. */
static void
file_words(struct web_req *r, const struct intake_full *in, const struct q_intake_part_rows *parts,
           struct verify_view *v)
{
        struct ui *u = &r->ui;
        struct verify_item *items = arena_array(u->arena, v->items.n + 1, sizeof *items);

        memcpy(items, v->items.v, v->items.n * sizeof *items);
        for (size_t i = 0; i < v->items.n && v->first + i < in->rows.n; i++) {
                int64_t at = in->rows.v[v->first + i].ord;

                if (at < 0 || (size_t)at >= in->draft.n_tasks)
                        continue;
                const struct draft_task *t = &in->draft.tasks[at];
                const struct field *const fields[] = { &t->title, &t->lead_field, &t->coordinating_field,
                                                       &t->deadline_text, &t->output };
                for (size_t k = 0; k < ARRAY_LEN(fields) && k < items[i].fields.n; k++) {
                        struct str file = file_at(parts, fields[k]->span);

                        if (file.n > 0)
                                items[i].fields.v[k].why =
                                    TF(u, "{} Tệp: {}.", TMPL_ARG(items[i].fields.v[k].why), TMPL_ARG(file));
                }
        }
        v->items.v = items;
}

/* What stands above a draft: other files of the paper, the plan it changes, the files it was put together from. */
enum dd_err
intake_others(struct web_req *r, const struct intake_full *in, struct verify_view *view)
{
        struct ui *u = &r->ui;
        struct verify_other *v = arena_array(u->arena, 3, sizeof *v);
        struct join_full f = { 0 };
        struct amend_hint hint = { 0 };
        long long id = (long long)in->intake.id;
        size_t same = 0;

        struct verify_others *ret = &view->others;
        *ret = (struct verify_others){ v, 0 };
        TRY(join_full(r->c, in->intake.id, &f));
        for (size_t i = 0; i < f.others.n; i++)
                same += f.others.v[i].same != 0;
        if (f.parts.n > 1)
                file_words(r, in, &f.parts, view);
        if (f.parts.n > 0)
                v[ret->n++] = (struct verify_other){ TF(u, "Bản này ghép từ {} tệp.", TMPL_ARG((int64_t)f.parts.n)),
                                                     { T(u, "Xem các tệp"), web_href(r, "/intake/%lld/join", id) } };
        if (!str_eq(in->intake.state, S("draft")))
                return DD_OK;
        if (same > 0)
                v[ret->n++] =
                    (struct verify_other){ TF(u, "Có {} tệp khác cùng số, cùng ngày: có thể là phụ lục hoặc bản ký.",
                                              TMPL_ARG((int64_t)same)),
                                           { T(u, "Ghép các tệp"), web_href(r, "/intake/%lld/join", id) } };
        TRY(amend_find(r->c, in, &hint));
        if (hint.plan_id != 0)
                v[ret->n++] = (struct verify_other){
                        hint.same_number
                            ? TF(u, "Kế hoạch {} đã được giao; đây có vẻ là bản khác của nó.", TMPL_ARG(hint.number))
                            : TF(u, "Văn bản này có vẻ sửa đổi kế hoạch {} đang thực hiện.", TMPL_ARG(hint.number)),
                        { T(u, "Xem chỗ khác nhau"), web_href(r, "/intake/%lld/amend", id) }
                };
        return DD_OK;
}

const struct form_table form_join = FORM_TABLE(join_fields);
const struct form_table form_unjoin = FORM_TABLE(unjoin_fields);
