/* The committee's own data and rules: what holds on the day of the page, and what held before. */
#include "dd_committee.h"

#include "dd_agency.h"
#include "dd_committee_view.h"
#include "dd_local_unit.h"
#include "table_priv.h"
#include "tmpl_rt.h"
#include "tpl_committee.h"

static const struct form_field data_fields[] = {
        { .name = "name",
          .type = FORM_TEXT,
          .required = true,
          .max = 300,
          .label = "Tên Ban Chỉ đạo",
          .offset = FORM_AT(struct committee_in, name, struct str) },
        { .name = "short_name",
          .type = FORM_TEXT,
          .required = true,
          .max = 100,
          .label = "Tên gọn",
          .hint = "Hiện ở đầu trang.",
          .offset = FORM_AT(struct committee_in, short_name, struct str) },
        { .name = "parent_name",
          .type = FORM_TEXT,
          .required = true,
          .max = 200,
          .label = "Cơ quan chủ quản",
          .hint = "Dòng thứ nhất ở đầu văn bản của Ban.",
          .offset = FORM_AT(struct committee_in, parent_name, struct str) },
        { .name = "head_name",
          .type = FORM_LINES,
          .required = true,
          .max = 300,
          .label = "Tên ở đầu văn bản",
          .hint = "Xuống dòng như khi in.",
          .offset = FORM_AT(struct committee_in, head_name, struct str) },
        { .name = "head_post",
          .type = FORM_TEXT,
          .max = 100,
          .label = "Chức vụ người đứng đầu",
          .hint = "Như ghi trên chữ ký, ví dụ: Trưởng Ban. Để trống thì lấy theo tên Ban.",
          .offset = FORM_AT(struct committee_in, head_post, struct str) },
        { .name = "place",
          .type = FORM_TEXT,
          .required = true,
          .max = 100,
          .label = "Địa danh",
          .offset = FORM_AT(struct committee_in, place, struct str) },
        { .name = "standing_agency_id",
          .type = FORM_ID,
          .label = "Cơ quan thường trực",
          .offset = FORM_AT(struct committee_in, standing_agency_id, int64_t) },
};

/* Codes are places in rule_kinds. */
static const struct form_choice rule_choices[] = { { "due_soon_days", "Coi là sắp đến hạn trước", 0 },
                                                   { "silent_days", "Coi là im lặng sau", 1 },
                                                   { "report_days", "Ngày báo cáo định kỳ", 2 },
                                                   { NULL, NULL, 0 } };

struct rule_form {
        int32_t rule, day;
        struct str value, source;
};

static const struct form_field rule_fields[] = {
        { .name = "rule",
          .type = FORM_CHOICE,
          .required = true,
          .label = "Quy định",
          .choices = rule_choices,
          .offset = FORM_AT(struct rule_form, rule, int32_t) },
        { .name = "value",
          .type = FORM_TEXT,
          .required = true,
          .max = 100,
          .label = "Giá trị mới",
          .hint = "Số ngày; ngày báo cáo ghi ngày/tháng, ví dụ: 15/6; 15/12.",
          .offset = FORM_AT(struct rule_form, value, struct str) },
        { .name = "source",
          .type = FORM_TEXT,
          .required = true,
          .max = 200,
          .label = "Văn bản quy định",
          .hint = "Ví dụ: 12/QC-BCĐ.",
          .offset = FORM_AT(struct rule_form, source, struct str) },
        { .name = "day",
          .type = FORM_DAY,
          .label = "Từ ngày",
          .hint = "Để trống là hôm nay.",
          .offset = FORM_AT(struct rule_form, day, int32_t) },
};

static const struct form_choice level_choices[] = { { "district", "Cấp huyện", LOCAL_DISTRICT },
                                                    { "commune", "Cấp xã", LOCAL_COMMUNE },
                                                    { NULL, NULL, 0 } };

struct units_form {
        int32_t level, from, to;
        struct str names, source;
};

static const struct form_field units_fields[] = {
        { .name = "level",
          .type = FORM_CHOICE,
          .required = true,
          .label = "Cấp",
          .choices = level_choices,
          .offset = FORM_AT(struct units_form, level, int32_t) },
        { .name = "names",
          .type = FORM_LINES,
          .required = true,
          .max = 40000,
          .label = "Tên các đơn vị",
          .hint = "Mỗi dòng một đơn vị, ví dụ: Huyện Tân Biên.",
          .offset = FORM_AT(struct units_form, names, struct str) },
        { .name = "from",
          .type = FORM_DAY,
          .required = true,
          .label = "Từ ngày",
          .offset = FORM_AT(struct units_form, from, int32_t) },
        { .name = "to",
          .type = FORM_DAY,
          .label = "Đến ngày",
          .hint = "Cấp huyện thì đến hết 30/6/2025. Để trống là còn hiệu lực.",
          .offset = FORM_AT(struct units_form, to, int32_t) },
        { .name = "paper",
          .type = FORM_TEXT,
          .required = true,
          .max = 200,
          .label = "Theo văn bản",
          .offset = FORM_AT(struct units_form, source, struct str) },
};

/* ---- what it shows ---------------------------------------------------------------------------------------------- */

static struct str
rule_word(struct ui *u, struct str name)
{
        const struct rule_kind *k = rule_kind_of(name);

        if (str_eq(name, S("result_day")))
                return T(u, "Ngày tính kết quả");
        return k != NULL ? tmpl_tr(u, k->words) : name;
}

static struct str
rule_value(struct ui *u, const struct q_rule_row *row)
{
        const struct rule_kind *k = rule_kind_of(row->name);

        if (str_eq(row->name, S("result_day")))
                return str_eq(row->value, S("document")) ? T(u, "ngày của văn bản kết quả, không có thì ngày nộp")
                                                         : row->value;
        if (k == NULL || k->unit.n == 0)
                return row->value;
        return str_fmt(u->arena, "%.*s %.*s", FMT(row->value), FMT(tmpl_tr(u, k->unit)));
}

static struct str
rule_days(struct ui *u, const struct q_rule_row *row)
{
        if (row->valid_from > row->valid_to)
                return T(u, "đã thay trước khi áp dụng");
        if (row->valid_from == DAY_FIRST && row->valid_to == DAY_FOREVER)
                return T(u, "từ khi lập Ban");
        if (row->valid_from == DAY_FIRST)
                return TF(u, "đến {}", tmpl_arg_day(row->valid_to));
        if (row->valid_to == DAY_FOREVER)
                return TF(u, "từ {}", tmpl_arg_day(row->valid_from));
        return TF(u, "từ {} đến {}", tmpl_arg_day(row->valid_from), tmpl_arg_day(row->valid_to));
}

static void
rules_table(struct web_req *r, const struct q_rule_rows *rows, struct str caption, struct table_view *v)
{
        struct ui *u = &r->ui;
        struct ui_th *th = arena_array(u->arena, 4, sizeof *th);
        struct table_row *tr = arena_array(u->arena, rows->n + 1, sizeof *tr);

        th[0].label = T(u, "Quy định");
        th[1].label = T(u, "Giá trị");
        th[2].label = T(u, "Áp dụng");
        th[3].label = T(u, "Theo văn bản");
        for (size_t i = 0; i < rows->n; i++) {
                struct table_cell *td = arena_array(u->arena, 4, sizeof *td);

                td[0] = (struct table_cell){ .text = rule_word(u, rows->v[i].name), .head = true };
                td[1].text = rule_value(u, &rows->v[i]);
                td[2].text = rule_days(u, &rows->v[i]);
                td[3].text = tmpl_tr(&r->ui, rows->v[i].source);
                tr[i] = (struct table_row){ td, 4 };
        }
        *v = (struct table_view){ .caption = caption, .columns = { th, 4 }, .rows = { tr, rows->n } };
        v->empty.title = T(u, "Chưa đặt quy định nào");
}

/* What is not in force on the day of the page. */
static struct q_rule_rows
others(struct arena *a, const struct q_rule_rows *all, int32_t day)
{
        struct q_rule_rows ret = { arena_array(a, all->n + 1, sizeof *ret.v), 0 };

        for (size_t i = 0; i < all->n; i++)
                if (all->v[i].valid_from > day || all->v[i].valid_to < day)
                        ret.v[ret.n++] = all->v[i];
        return ret;
}

static void
fill_facts(struct web_req *r, const struct q_committee_row *k, const struct q_rule_rows *rules,
           struct committee_view *v)
{
        struct ui *u = &r->ui;
        struct ui_param *p = arena_array(u->arena, 8, sizeof *p);
        size_t n = 0;

        p[n++] = (struct ui_param){ T(u, "Tên Ban Chỉ đạo"), k->name };
        p[n++] = (struct ui_param){ T(u, "Tên gọn"), k->short_name };
        p[n++] = (struct ui_param){ T(u, "Cơ quan chủ quản"), k->parent_name };
        p[n++] = (struct ui_param){ T(u, "Tên ở đầu văn bản"), k->head_name };
        if (k->head_post.n > 0)
                p[n++] = (struct ui_param){ T(u, "Chức vụ người đứng đầu"), k->head_post };
        p[n++] = (struct ui_param){ T(u, "Địa danh"), k->place };
        if (k->standing_name.n > 0)
                p[n++] = (struct ui_param){ T(u, "Cơ quan thường trực"), k->standing_name };
        for (size_t i = 0; i < rules->n; i++)
                if (str_eq(rules->v[i].name, S("report_days")))
                        p[n++] = (struct ui_param){
                                T(u, "Kỳ báo cáo tới"),
                                day_text(u->arena, rule_next_day(rules->v[i].value, r->c->as_of)),
                        };
        v->facts.v = p;
        v->facts.n = n;
}

static void
rules_json(struct json_w *w, const char *key, const struct q_rule_rows *rows)
{
        json_key(w, key);
        json_arr(w);
        for (size_t i = 0; i < rows->n; i++) {
                json_obj(w);
                json_kstr(w, "name", rows->v[i].name);
                json_kstr(w, "value", rows->v[i].value);
                json_kday(w, "from", rows->v[i].valid_from);
                json_kday(w, "to", rows->v[i].valid_to == DAY_FOREVER ? DD_NO_DAY : rows->v[i].valid_to);
                json_kstr(w, "paper", rows->v[i].source);
                json_end(w);
        }
        json_end(w);
}

static enum dd_err
committee_json(struct web_req *r, const struct q_committee_row *k, const struct q_rule_rows *rules,
               const struct q_rule_rows *all, const struct ui_chips *units)
{
        struct json_w w;

        web_json_start(r, &w);
        json_kday(&w, "as_of", r->c->as_of);
        json_kstr(&w, "name", k->name);
        json_kstr(&w, "short_name", k->short_name);
        json_kstr(&w, "parent_name", k->parent_name);
        json_kstr(&w, "head_name", k->head_name);
        json_kstr(&w, "head_post", k->head_post);
        json_kstr(&w, "place", k->place);
        json_kstr(&w, "standing_agency", k->standing_name);
        json_ki64(&w, "version", k->version);
        rules_json(&w, "rules", rules);
        rules_json(&w, "history", all);
        json_key(&w, "units");
        json_arr(&w);
        for (size_t i = 0; i < units->n; i++)
                json_str(&w, units->v[i].name);
        json_end(&w);
        json_end(&w);
        return DD_OK;
}

static enum dd_err
fill_forms(struct web_req *r, const struct q_committee_row *k, struct form_state *data, struct form_state *rule,
           struct committee_view *v)
{
        struct committee_in now = { .name = k->name,
                                    .short_name = k->short_name,
                                    .parent_name = k->parent_name,
                                    .head_name = k->head_name,
                                    .head_post = k->head_post,
                                    .place = k->place,
                                    .standing_agency_id = k->standing_agency_id };

        v->may_edit = role_has(r->c->user->role, CAP_COMMITTEE);
        v->version = k->version;
        if (!v->may_edit)
                return DD_OK;
        TRY(web_agency_options(r, &v->agencies));
        if (v->data == NULL) {
                form_state_of(r->c, data_fields, ARRAY_LEN(data_fields), &now, data);
                v->data = data;
        }
        if (v->units_form == NULL) {
                struct form_state *empty = arena_array(r->c->arena, 1, sizeof *empty);

                form_state_of(r->c, units_fields, ARRAY_LEN(units_fields), NULL, empty);
                v->units_form = empty;
        }
        if (v->rule == NULL) {
                form_state_of(r->c, rule_fields, ARRAY_LEN(rule_fields), NULL, rule);
                v->rule = rule;
        }
        return DD_OK;
}

struct typed {
        const struct form_state *data, *rule, *units;
};

/* The units that stand for "địa phương" on the day of the page. */
static enum dd_err
fill_units(struct web_req *r, struct committee_view *v)
{
        struct q_local_unit_rows rows;
        struct ui *u = &r->ui;
        struct ui_chip *chips;

        TRY(local_units(r->c, LOCAL_DISTRICT, r->c->as_of, &rows));
        v->unit_title = T(u, "Đơn vị cấp huyện");
        if (rows.n == 0) {
                TRY(local_units(r->c, LOCAL_COMMUNE, r->c->as_of, &rows));
                v->unit_title = rows.n > 0 ? T(u, "Đơn vị cấp xã") : T(u, "Đơn vị hành chính của tỉnh");
        }
        chips = arena_array(u->arena, rows.n + 1, sizeof *chips);
        for (size_t i = 0; i < rows.n; i++)
                chips[i].name = rows.v[i].name;
        v->units = (struct ui_chips){ chips, rows.n };
        if (rows.n > 0)
                v->unit_source = TF(u, "từ {}, {}", tmpl_arg_day(rows.v[0].from_day), TMPL_ARG(rows.v[0].source));
        return DD_OK;
}

static enum dd_err
show(struct web_req *r, struct typed typed)
{
        const struct form_state *data = typed.data, *rule = typed.rule;
        struct dd_ctx *c = r->c;
        struct committee_view v = { .data = data,
                                    .rule = rule,
                                    .data_typed = data != NULL,
                                    .rule_typed = rule != NULL,
                                    .units_form = typed.units,
                                    .units_typed = typed.units != NULL };
        struct form_state empty_data = { 0 }, empty_rule = { 0 };
        struct q_committee_row k;
        struct q_rule_rows rules, all, rest;
        struct ui *u = &r->ui;

        TRY(committee_get(c, &k));
        TRY(committee_rules(c, c->as_of, &rules));
        TRY(committee_rule_history(c, &all));
        rest = others(c->arena, &all, c->as_of);
        TRY(fill_units(r, &v));
        if (r->want == OUT_JSON)
                return committee_json(r, &k, &rules, &rest, &v.units);
        u->title = T(u, "Ban Chỉ đạo và quy định");
        u->active = NAV_COMMITTEE;
        v.head =
            (struct ui_head){ .title = u->title, .facts = TF(u, "quy định áp dụng ngày {}", tmpl_arg_day(c->as_of)) };
        fill_facts(r, &k, &rules, &v);
        rules_table(r, &rules, T(u, "Quy định đang áp dụng"), &v.rules);
        rules_table(r, &rest, T(u, "Quy định trước và sau ngày này"), &v.history);
        TRY(fill_forms(r, &k, &empty_data, &empty_rule, &v));
        tpl_committee_page(r->o, u, &v);
        return DD_OK;
}

enum dd_err
page_committee(struct dd_ctx *c, struct web_req *r)
{
        (void)c;
        return show(r, (struct typed){ 0 });
}

/* A form that was refused comes back as it was typed. */
static enum dd_err
again(struct web_req *r, enum dd_err e, const struct form_table *t)
{
        struct form_state typed;

        if ((e != DD_EINVAL && e != DD_ECONFLICT) || r->want == OUT_JSON)
                return e;
        web_typed(r, e, t->v, t->n, &typed);
        return show(r, (struct typed){ t == &form_committee ? &typed : NULL, t == &form_rule ? &typed : NULL,
                                       t == &form_units ? &typed : NULL });
}

enum dd_err
page_committee_edit(struct dd_ctx *c, struct web_req *r)
{
        struct committee_in in = { 0 };
        enum dd_err e = form_read(c, data_fields, ARRAY_LEN(data_fields), r->http, &in);

        in.version = form_version(r->http);
        if (e == DD_OK)
                e = committee_edit(c, &in);
        return e == DD_OK ? web_done(r, "committee", "/committee") : again(r, e, &form_committee);
}

enum dd_err
page_committee_rule(struct dd_ctx *c, struct web_req *r)
{
        struct rule_form f = { .rule = FORM_NO_CHOICE, .day = DD_NO_DAY };
        enum dd_err e = form_read(c, rule_fields, ARRAY_LEN(rule_fields), r->http, &f);

        if (e == DD_OK)
                e = committee_rule_set(c, &(struct rule_in){ .name = str_of(rule_kinds[f.rule].name),
                                                             .value = f.value,
                                                             .source = f.source,
                                                             .day = f.day,
                                                             .version = form_version(r->http) });
        if (e == DD_OK)
                web_shows_from(r, c->today);
        return e == DD_OK ? web_done(r, "rule", "/committee") : again(r, e, &form_rule);
}

enum dd_err
page_committee_units(struct dd_ctx *c, struct web_req *r)
{
        struct units_form f = { .level = FORM_NO_CHOICE, .from = DD_NO_DAY, .to = DD_NO_DAY };
        enum dd_err e = form_read(c, units_fields, ARRAY_LEN(units_fields), r->http, &f);

        if (e == DD_OK)
                e = local_units_set(c, &(struct local_units_in){ .level = (enum local_level)f.level,
                                                                 .names = f.names,
                                                                 .source = f.source,
                                                                 .from = f.from,
                                                                 .to = f.to });
        if (e == DD_OK)
                web_shows_from(r, c->today);
        return e == DD_OK ? web_done(r, "units", "/committee") : again(r, e, &form_units);
}

const struct form_table form_units = FORM_TABLE(units_fields);
const struct form_table form_committee = FORM_TABLE(data_fields);
const struct form_table form_rule = FORM_TABLE(rule_fields);
