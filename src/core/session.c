#include "dd_account.h"
#include "dd_audit.h"
#include "dd_date.h"
#include "q_account.h"

enum dd_err
session_load(struct dd_ctx *c, struct str token)
{
        AUTO_TX tx = { 0 };
        struct q_session_row row;
        struct dd_user *u = arena_alloc(c->arena, sizeof *u);
        uint8_t hash[32];
        bool found;

        dd_sha256(token.p, token.n, hash);
        u->token_hash = str_dup(c->arena, (struct str){ (const char *)hash, sizeof hash });
        TRY(dd_tx_read(&tx, c));
        TRY(q_session_get(&tx, u->token_hash, day_from_instant(c->now), &row, &found));
        if (!found || c->now - row.last_seen > SESSION_IDLE || c->now - row.created_at > SESSION_ABSOLUTE)
                return DD_EAUTH;
        u->id = row.account_id;
        u->login = row.login;
        u->name = row.name;
        u->post = row.post;
        u->role = role_of(row.role);
        u->agency_id = row.agency_id;
        u->agency_name = row.agency_name;
        u->csrf_secret = row.csrf_secret;
        u->session_created = row.created_at;
        u->session_seen = row.last_seen;
        c->user = u;
        c->committee_id = row.committee_id;
        c->english = row.english;
        return DD_OK;
}

bool
session_touch_due(const struct dd_ctx *c)
{
        return c->user != NULL && c->now - c->user->session_seen >= 60;
}

static enum dd_err
touch(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        (void)arg;
        TRY(dd_tx_begin(&tx, c));
        TRY(q_session_touch(&tx, c->user->token_hash, c->now, NULL));
        return dd_tx_commit(&tx);
}

enum dd_err
session_touch(struct dd_ctx *c)
{
        return dd_write(c, touch, NULL);
}

static enum dd_err
end(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        (void)arg;
        TRY(dd_tx_begin(&tx, c));
        TRY(q_session_delete(&tx, c->user->token_hash, NULL));
        TRY(audit(&tx, "signin.end", c->user->id));
        return dd_tx_commit(&tx);
}

enum dd_err
session_end(struct dd_ctx *c)
{
        return dd_write(c, end, NULL);
}

static enum dd_err
language(struct dd_ctx *c, void *arg)
{
        const bool *english = arg;
        AUTO_TX tx = { 0 };

        TRY(dd_tx_begin(&tx, c));
        TRY(q_session_set_english(&tx, c->user->token_hash, *english, NULL));
        return dd_tx_commit(&tx);
}

enum dd_err
session_language(struct dd_ctx *c, bool english)
{
        return dd_write(c, language, &english);
}

static enum dd_err
sweep(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        TRY(dd_tx_begin(&tx, c));
        TRY(q_session_delete_old(&tx, c->now - SESSION_IDLE, c->now - SESSION_ABSOLUTE, arg));
        TRY(q_throttle_forget(&tx, c->now - 86400, NULL));
        return dd_tx_commit(&tx);
}

enum dd_err
session_sweep(struct dd_ctx *c, int64_t *ret_ended)
{
        return dd_write(c, sweep, ret_ended);
}
