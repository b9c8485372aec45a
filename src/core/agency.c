#include "dd_agency.h"

#include "dd_local_unit.h"
#include "dd_rights.h"
#include "dd_state.h"
#include "dd_text.h"
#include "q_agency.h"

enum dd_err
agency_list(struct dd_ctx *c, struct q_agency_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_agency_list(&tx, c->committee_id, ret);
}

enum dd_err
agency_get(struct dd_ctx *c, int64_t id, struct q_agency_row *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_agency_get(&tx, c->committee_id, id, ret);
}

bool
agency_is_class(struct str kind, struct str name)
{
        return str_eq(kind, S("group")) || str_ends(name, S(" cấp huyện")) || str_ends(name, S(" cấp xã"));
}

enum dd_err
agency_group(struct dd_ctx *c, int64_t group_id, int32_t day, struct q_agency_name_rows *ret)
{
        AUTO_TX tx = { 0 };
        struct q_agency_row group;

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        TRY(q_agency_get(&tx, c->committee_id, group_id, &group));
        TRY(q_agency_group_list(&tx, c->committee_id, group_id, day, ret));
        dd_tx_end(&tx);
        return local_is_set(group.name) ? local_expand(c, group.name, day, ret) : DD_OK;
}

static enum agency_kind
kind_of(struct str name)
{
        for (int k = 0; k < AK_MAX; k++)
                if (str_eq(name, str_of(agency_kind_name((enum agency_kind)k))))
                        return (enum agency_kind)k;
        return AK_OTHER;
}

enum dd_err
agency_directory(struct dd_tx *tx, struct directory *ret)
{
        struct q_agency_directory_rows rows;
        struct directory_entry *v;

        TRY(q_agency_directory(tx, &rows));
        v = arena_array(tx->c->arena, rows.n, sizeof *v);
        for (size_t i = 0; i < rows.n; i++)
                v[i] = (struct directory_entry){
                        .id = rows.v[i].id,
                        .name = rows.v[i].name,
                        .abbreviation = rows.v[i].abbreviation,
                        .kind = kind_of(rows.v[i].kind),
                        .valid_from = rows.v[i].valid_from,
                        .valid_to = rows.v[i].valid_to,
                };
        *ret = (struct directory){ v, rows.n };
        return DD_OK;
}

static enum dd_err
agency_new(struct dd_tx *tx, const struct mention *m, int64_t *ret_id)
{
        struct arena *a = tx->c->arena;
        struct str key = text_sortkey(a, m->name);

        return q_agency_insert(tx,
                               &(struct q_agency_insert_args){
                                   .name = m->name,
                                   .name_fold = text_fold(a, m->name),
                                   .name_key = dd_hex(a, (const uint8_t *)key.p, key.n),
                                   .abbreviation = STR_NONE,
                                   .kind = str_of(agency_kind_name(m->kind)),
                                   .valid_from = day_of(1900, 1, 1),
                                   .valid_to = DAY_FOREVER,
                               },
                               ret_id);
}

enum dd_err
agency_known(struct dd_tx *tx, const struct mention *m, int32_t day, int64_t *ret_id, bool *ret_found)
{
        struct arena *a = tx->c->arena;
        struct str text = text_fold(a, m->text), name = text_fold(a, m->name);

        TRY(q_agency_by_alias(tx, tx->c->committee_id, text, day, ret_id, ret_found));
        if (!*ret_found && !str_eq(text, name))
                TRY(q_agency_by_alias(tx, tx->c->committee_id, name, day, ret_id, ret_found));
        return *ret_found ? DD_OK : q_agency_by_name(tx, name, day, ret_id, ret_found);
}

enum dd_err
agency_find(struct dd_tx *tx, const struct mention *m, int32_t day, struct directory *d, int64_t *ret_id,
            bool *ret_found)
{
        struct resolved r;

        TRY(agency_known(tx, m, day, ret_id, ret_found));
        if (*ret_found)
                return DD_OK;
        if (d->v == NULL)
                TRY(agency_directory(tx, d));
        r = mention_resolve(tx->c->arena, d, m, day);
        *ret_id = r.id;
        *ret_found = r.id != 0 && !r.ask;
        return DD_OK;
}

enum dd_err
agency_resolve(struct dd_tx *tx, const struct mention *m, int32_t day, int64_t *ret_id)
{
        struct directory d = { 0 };
        bool found;

        TRY(agency_find(tx, m, day, &d, ret_id, &found));
        if (!found)
                TRY(agency_new(tx, m, ret_id));
        return q_agency_join_committee(tx, tx->c->committee_id, *ret_id, NULL);
}

enum dd_err
agency_by_words(struct dd_ctx *c, struct str words, int64_t *ret_id)
{
        AUTO_TX tx = { 0 };
        struct mentions m = { 0 };

        agency_parse(c->arena, words, STR_NONE, &m);
        if (m.n != 1)
                return dd_fail(c, DD_EINVAL, "Không đọc được tên cơ quan «%.*s».", FMT(words));
        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_ACCOUNTS, 0));
        TRY(agency_resolve(&tx, &m.v[0], c->today, ret_id));
        return dd_tx_commit(&tx);
}
