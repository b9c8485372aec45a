/* dd_rights.h - who may do what. Default deny: a capability that no row grants does not exist. */
#ifndef DD_RIGHTS_H
#define DD_RIGHTS_H

#include "dd_base.h"

enum role { ROLE_NONE, ROLE_STANDING, ROLE_OFFICER, ROLE_HEAD, ROLE_AUDITOR, ROLE_ADMIN, ROLE_MAX };

enum cap {
        CAP_PUBLIC,    /* signing in, static files */
        CAP_READ,      /* everything of the own committee */
        CAP_UPDATE,    /* tell progress, hand in: an officer for the own agency, the standing agency for all */
        CAP_CONFIRM,   /* confirm or hand back a result */
        CAP_PLAN_EDIT, /* add, correct, discontinue tasks */
        CAP_INTAKE,    /* take in papers, verify drafts */
        CAP_AUDIT_READ,
        CAP_ACCOUNTS,  /* accounts of the committee */
        CAP_COMMITTEE, /* the committee's own data and rules */
        CAP_MAX
};

/* Who is signed in. Filled from the session; lives in the request's arena. */
struct dd_user {
        int64_t id;
        struct str login, name, post;
        enum role role;
        int64_t agency_id; /* 0: none */
        struct str agency_name;
        struct str token_hash; /* of the session, 32 bytes */
        struct str csrf_secret;
        int64_t session_created, session_seen;
};

enum role role_of(struct str name);
const char *role_name(enum role r);  /* "standing", as stored */
const char *role_label(enum role r); /* "Cơ quan thường trực" */
bool role_has(enum role r, enum cap cap);

/* Refuses with DD_EAUTH (nobody) or DD_EDENIED. agency_id: the agency the act concerns, 0 = none in particular. */
MUST_CHECK enum dd_err can(struct dd_ctx *c, enum cap cap, int64_t agency_id);

#endif
