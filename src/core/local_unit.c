#include "dd_local_unit.h"

#include "dd_audit.h"
#include "dd_date.h"
#include "dd_rights.h"
#include "dd_state.h"
#include "dd_text.h"
#include "q_local_unit.h"

#define UNITS_MAX 400 /* the largest province has fewer communes */

static const char *const levels[] = { [LOCAL_DISTRICT] = "district", [LOCAL_COMMUNE] = "commune" };

static enum dd_err
check_units(struct dd_ctx *c, const struct local_units_in *in)
{
        struct str rest = in->names, line;
        size_t n = 0;

        while (str_cut(&rest, '\n', &line)) {
                n += str_trim(line).n > 0;
                if (str_trim(line).n > 200)
                        (void)dd_fail_field(c, "names", "Mỗi dòng ghi tên một đơn vị, không quá 200 byte.");
        }
        if (n == 0 || n > UNITS_MAX)
                (void)dd_fail_field(c, "names", "Cần ghi từ 1 đến %d đơn vị, mỗi dòng một tên.", UNITS_MAX);
        if (str_trim(in->source).n == 0)
                (void)dd_fail_field(c, "paper", "Cần ghi văn bản quy định, ví dụ: 12/QC-BCĐ.");
        if (in->from == DD_NO_DAY)
                (void)dd_fail_field(c, "from", "Cần ghi ngày bắt đầu.");
        else if (in->to != DD_NO_DAY && in->to < in->from)
                (void)dd_fail_field(c, "to", "Ngày kết thúc không được trước ngày bắt đầu.");
        return c->n_fields > 0 ? DD_EINVAL : DD_OK;
}

static enum dd_err
insert_units(struct dd_tx *tx, const struct local_units_in *in, int32_t to, int64_t *ret_n)
{
        struct str rest = in->names, line;

        *ret_n = 0;
        while (str_cut(&rest, '\n', &line)) {
                if (str_trim(line).n == 0)
                        continue;
                TRY(q_local_unit_insert(tx,
                                        &(struct q_local_unit_insert_args){
                                            .committee_id = tx->c->committee_id,
                                            .level = str_of(levels[in->level]),
                                            .ord = (*ret_n)++,
                                            .name = text_nfc(tx->c->arena, str_trim(line)),
                                            .from_day = in->from,
                                            .to_day = to,
                                            .source = in->source,
                                        },
                                        NULL));
        }
        return DD_OK;
}

enum dd_err
local_units_set(struct dd_ctx *c, const struct local_units_in *in)
{
        AUTO_TX tx = { 0 };
        int32_t to = in->to != DD_NO_DAY ? in->to : DAY_FOREVER;
        struct str level = str_of(levels[in->level]);
        int64_t n, result;
        bool done;

        TRY(check_units(c, in));
        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_COMMITTEE, 0));
        TRY(action_begin(&tx, "committee.units", &done, &result));
        if (done)
                return DD_OK;
        TRY(q_local_unit_void(&tx,
                              &(struct q_local_unit_void_args){
                                  .committee_id = c->committee_id, .level = level, .from_day = in->from, .to_day = to },
                              NULL));
        TRY(q_local_unit_cut(
            &tx,
            &(struct q_local_unit_cut_args){
                .committee_id = c->committee_id, .level = level, .from_day = in->from, .last_day = in->from - 1 },
            NULL));
        TRY(insert_units(&tx, in, to, &n));
        TRY(audit_detail(&tx, "committee.units", c->committee_id,
                         str_fmt(c->arena, "%s: %lld, %.*s, từ %.*s",
                                 in->level == LOCAL_DISTRICT ? "cấp huyện" : "cấp xã", (long long)n, FMT(in->source),
                                 FMT(day_text(c->arena, in->from)))));
        TRY(action_end(&tx, "committee.units", c->committee_id));
        return dd_tx_commit(&tx);
}

enum dd_err
local_units(struct dd_ctx *c, enum local_level level, int32_t day, struct q_local_unit_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_local_unit_list(&tx, c->committee_id, str_of(levels[level]), day, ret);
}

/* By marked letters: "địa phương" is a place, "đĩa" is not. */
static bool
has_words(struct str name, const char *words)
{
        struct arena *a = arena_new(0);
        bool has = str_has(text_lower(a, text_nfc(a, name)), str_of(words));

        arena_free(a);
        return has;
}

/* "Trung tâm Văn hóa ... cấp huyện" are bodies of each district, not the districts: their name stays as it is. */
static bool
opens_with(struct str name, const char *words)
{
        struct arena *a = arena_new(0);
        bool opens = str_starts(text_lower(a, text_nfc(a, name)), str_of(words));

        arena_free(a);
        return opens;
}

bool
local_is_set(struct str name)
{
        static const char *const anywhere[] = { "địa phương", "các huyện", "huyện, thị xã, thành phố" };
        static const char *const whole[] = { "ủy ban nhân dân cấp huyện", "ủy ban nhân dân cấp xã",
                                             "ủy ban nhân dân các xã", "các xã, phường" };

        for (size_t i = 0; i < ARRAY_LEN(anywhere); i++)
                if (has_words(name, anywhere[i]) &&
                    (opens_with(name, "các ") || opens_with(name, "ủy ban nhân dân") || opens_with(name, "địa phương")))
                        return true;
        for (size_t i = 0; i < ARRAY_LEN(whole); i++)
                if (opens_with(name, whole[i]))
                        return true;
        return false;
}

enum dd_err
local_expand(struct dd_ctx *c, struct str name, int32_t day, struct q_agency_name_rows *ret)
{
        bool communes = has_words(name, "cấp xã") || has_words(name, "các xã");
        struct q_local_unit_rows units = { 0 };

        if (!communes)
                TRY(local_units(c, LOCAL_DISTRICT, day, &units));
        if (units.n == 0)
                TRY(local_units(c, LOCAL_COMMUNE, day, &units));
        struct q_agency_name_row *v = arena_array(c->arena, ret->n + units.n + 1, sizeof *v);
        for (size_t i = 0; i < ret->n; i++)
                v[i] = ret->v[i];
        for (size_t i = 0; i < units.n; i++)
                v[ret->n + i] = (struct q_agency_name_row){ .name = units.v[i].name };
        ret->v = v;
        ret->n += units.n;
        return DD_OK;
}
