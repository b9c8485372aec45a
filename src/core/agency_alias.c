/* Names that papers give an agency and a verifier has accepted: who, when, in which paper; they serve the next one. */
#include "dd_agency.h"
#include "dd_audit.h"
#include "dd_rights.h"
#include "dd_text.h"
#include "q_agency.h"

#define ALIAS_MAX      300 /* bytes; longer is no name */
#define ALIAS_DISTANCE 0.5 /* per syllable, SPECS 4.5: what may still be one name written badly */

enum dd_err
alias_accept(struct dd_tx *tx, struct str words, int64_t agency_id, int64_t document_id)
{
        struct dd_ctx *c = tx->c;
        struct str text = str_trim(words), fold = text_fold(c->arena, text);
        struct q_agency_row agency;
        int64_t id;
        bool found;

        if (fold.n == 0 || text.n > ALIAS_MAX)
                return DD_OK;
        TRY(q_agency_get(tx, c->committee_id, agency_id, &agency));
        TRY(q_agency_by_name(tx, fold, c->today, &id, &found));
        if (found || str_eq(fold, text_fold(c->arena, agency.name)))
                return DD_OK; /* a name of its own needs no other */
        TRY(q_agency_alias_insert(tx,
                                  &(struct q_agency_alias_insert_args){
                                      .committee_id = c->committee_id,
                                      .agency_id = agency_id,
                                      .alias = text,
                                      .alias_fold = fold,
                                      .document_id = document_id,
                                      .now = c->now,
                                      .accepted_by = c->user != NULL ? c->user->id : 0,
                                  },
                                  &id, &found));
        if (!found)
                return DD_OK;
        return audit_detail(tx, "alias.accept", agency_id,
                            str_fmt(c->arena, "«%.*s» là %.*s", FMT(text), FMT(agency.name)));
}

/* First letters of the words, "skhvdt"; of words in capitals all letters, so that "Sở KH&ĐT" gives "skhdt". */
static struct str
initials(struct arena *a, struct str words)
{
        struct str word, rest = words;
        AUTO_BUF b = { 0 };

        while (str_cut(&rest, ' ', &word)) {
                struct str fold = text_fold(a, word);
                size_t take = str_eq(word, text_upper(a, word)) ? fold.n : 1;

                for (size_t i = 0; i < fold.n && i < take; i++)
                        if (fold.p[i] >= 'a' && fold.p[i] <= 'z')
                                buf_c(&b, fold.p[i]);
        }
        return str_dup(a, buf_view(&b));
}

static bool
is_short_for(struct arena *a, struct str words, struct str name)
{
        struct str few = initials(a, words), all = initials(a, text_lower(a, name));
        size_t at = 0;

        for (size_t i = 0; i < all.n && at < few.n; i++)
                at += all.p[i] == few.p[at];
        return few.n >= 2 && at == few.n && few.p[0] == all.p[0];
}

/* The one place where two lists of names differ; n: none, or several. */
static size_t
one_change(struct arena *a, const struct mentions *x, const struct mentions *y)
{
        size_t at = x->n, changes = 0;

        for (size_t i = 0; i < x->n && x->n == y->n; i++)
                if (!str_eq(text_fold(a, x->v[i].name), text_fold(a, y->v[i].name)) && ++changes > 0)
                        at = i;
        return changes == 1 ? at : x->n;
}

enum dd_err
alias_learn(struct dd_tx *tx, struct str was, struct str now, int32_t day, int64_t document_id)
{
        struct arena *a = tx->c->arena;
        struct mentions x = { 0 }, y = { 0 };
        int64_t id;
        bool found;

        if (was.n == 0 || now.n == 0 || str_eq(was, now))
                return DD_OK;
        agency_parse(a, was, STR_NONE, &x);
        agency_parse(a, now, STR_NONE, &y);
        size_t at = one_change(a, &x, &y);
        if (at == x.n || x.v[at].kind == AK_GROUP || y.v[at].kind == AK_GROUP)
                return DD_OK;
        TRY(agency_known(tx, &x.v[at], day, &id, &found));
        if (found)
                return DD_OK; /* one agency was put in another's place: no name of it */
        if (text_distance(a, x.v[at].name, y.v[at].name) > ALIAS_DISTANCE &&
            !is_short_for(a, x.v[at].text, y.v[at].name))
                return DD_OK; /* a different body altogether: a correction */
        TRY(agency_resolve(tx, &y.v[at], day, &id));
        return alias_accept(tx, x.v[at].text, id, document_id);
}

enum dd_err
alias_list(struct dd_ctx *c, int64_t agency_id, struct q_agency_alias_rows *ret)
{
        AUTO_TX tx = { 0 };

        TRY(can(c, CAP_READ, 0));
        TRY(dd_tx_read(&tx, c));
        return q_agency_aliases(&tx, c->committee_id, agency_id, ret);
}

enum dd_err
alias_add(struct dd_ctx *c, int64_t agency_id, struct str words)
{
        AUTO_TX tx = { 0 };
        struct str fold = text_fold(c->arena, str_trim(words));
        struct q_agency_alias_of_row known;
        struct q_agency_row agency;
        int64_t id;
        bool done, found;

        if (fold.n == 0)
                return dd_fail_field(c, "alias", "Cần ghi tên gọi khác, ví dụ: Sở KH&ĐT.");
        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(q_agency_get(&tx, c->committee_id, agency_id, &agency));
        TRY(action_begin(&tx, "alias.accept", &done, &id));
        if (done)
                return DD_OK;
        TRY(q_agency_by_name(&tx, fold, c->today, &id, &found));
        if (found)
                return dd_fail_field(c, "alias",
                                     id == agency_id ? "Đây chính là tên của cơ quan này."
                                                     : "Đây là tên của một cơ quan khác trong danh sách.");
        TRY(q_agency_alias_by_fold(&tx, c->committee_id, fold, &known, &found));
        if (found)
                return dd_fail_field(c, "alias", "Tên này đang được hiểu là %.*s. Mời thôi dùng ở đó trước.",
                                     FMT(known.name));
        TRY(alias_accept(&tx, words, agency_id, 0));
        TRY(action_end(&tx, "alias.accept", agency_id));
        return dd_tx_commit(&tx);
}

enum dd_err
alias_take_back(struct dd_ctx *c, int64_t agency_id, int64_t alias_id, int64_t version)
{
        AUTO_TX tx = { 0 };
        struct q_agency_row agency;
        struct str alias;
        int64_t result;
        bool done, found;

        TRY(dd_tx_begin(&tx, c));
        TRY(can(c, CAP_INTAKE, 0));
        TRY(q_agency_get(&tx, c->committee_id, agency_id, &agency));
        TRY(action_begin(&tx, "alias.take_back", &done, &result));
        if (done)
                return DD_OK;
        TRY(q_agency_alias_take_back(&tx,
                                     &(struct q_agency_alias_take_back_args){
                                         .committee_id = c->committee_id,
                                         .agency_id = agency_id,
                                         .id = alias_id,
                                         .version = version,
                                         .now = c->now,
                                         .account_id = c->user != NULL ? c->user->id : 0,
                                     },
                                     &alias, &found));
        if (!found)
                return dd_fail(c, DD_ECONFLICT, "Tên gọi này đã được thôi dùng rồi. Mời tải lại trang.");
        TRY(audit_detail(&tx, "alias.take_back", agency_id,
                         str_fmt(c->arena, "«%.*s» của %.*s", FMT(alias), FMT(agency.name))));
        TRY(action_end(&tx, "alias.take_back", agency_id));
        return dd_tx_commit(&tx);
}
