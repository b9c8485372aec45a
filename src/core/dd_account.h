/* dd_account.h - people, signing in, sessions. Tokens leave this file once, in clear, to the person; only their hashes
 * are stored. Passwords: Argon2id by libsodium, t=2, m=19 MiB (STACK 6). The functions that hash take some 30 ms of
 * CPU: the web calls them on its worker pool, never on a loop or the writer. */
#ifndef DD_ACCOUNT_H
#define DD_ACCOUNT_H

#include "dd_rights.h"
#include "q_account_rows.h"

#define SESSION_IDLE     (30 * 60) /* seconds; ASVS 7.1 */
#define SESSION_ABSOLUTE (12 * 3600)
#define LINK_INVITE      (7 * 86400)
#define LINK_SIGNIN      (12 * 3600)

struct account_in {
        struct str login, name, post;
        enum role role;
        int64_t agency_id; /* required for an officer */
};

/* Right: CAP_ACCOUNTS, or the command line. Audit account.create. DD_EINVAL on a login that is taken. */
MUST_CHECK enum dd_err account_create(struct dd_ctx *c, const struct account_in *in, int64_t *ret_id);
MUST_CHECK enum dd_err account_list(struct dd_ctx *c, struct q_account_rows *ret);
/* Disables or enables; disabling ends every session at once. Audit account.state. */
MUST_CHECK enum dd_err account_set_state(struct dd_ctx *c, int64_t id, int64_t version, bool active);
MUST_CHECK enum dd_err account_count(struct dd_ctx *c, int64_t *ret);
MUST_CHECK enum dd_err account_find(struct dd_ctx *c, struct str login, int64_t *ret_id); /* 0: none */

/* A one-time link; *ret_token goes into its address. invite: the person chooses a password; signin: signs in at once
 * (demonstration). Right: CAP_ACCOUNTS or the command line. Audit account.link. */
MUST_CHECK enum dd_err link_create(struct dd_ctx *c, int64_t account_id, bool signin, struct str *ret_token);
/* Whose link is it: shown before it is used. DD_ENOTFOUND: used, expired or unknown. */
MUST_CHECK enum dd_err link_look(struct dd_ctx *c, struct str token, struct q_link_row *ret);
/* Uses the link: sets the password (invite) and opens a session. */
MUST_CHECK enum dd_err link_redeem(struct dd_ctx *c, struct str token, struct str password, struct str *ret_session);

/* Same answer and about the same time for an unknown login and a wrong password; throttled by account and address. */
MUST_CHECK enum dd_err signin(struct dd_ctx *c, struct str login, struct str password, struct str address,
                              struct str *ret_session);
/* Changes the password of c->user: asks for the present one (throttled as signing in is), ends every other session of
 * the account and its unused links. Audit account.password. DD_EINVAL with the field, DD_ELIMIT. */
MUST_CHECK enum dd_err password_change(struct dd_ctx *c, struct str old, struct str new, struct str address);
/* The user of a session token into c->user, committee_id, english. DD_EAUTH when it is over. */
MUST_CHECK enum dd_err session_load(struct dd_ctx *c, struct str token);
/* Writes "last seen", at most once a minute; *ret says whether it is due. */
bool session_touch_due(const struct dd_ctx *c);
MUST_CHECK enum dd_err session_touch(struct dd_ctx *c);
MUST_CHECK enum dd_err session_end(struct dd_ctx *c);
MUST_CHECK enum dd_err session_language(struct dd_ctx *c, bool english);
MUST_CHECK enum dd_err session_sweep(struct dd_ctx *c, int64_t *ret_ended); /* jobs */

#endif
