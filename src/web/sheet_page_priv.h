/* sheet_page_priv.h - between the page of one table and what is done there. */
#ifndef SHEET_PAGE_PRIV_H
#define SHEET_PAGE_PRIV_H

#include "dd_sheet_import.h"
#include "dd_sheet_import_view.h"
#include "page_priv.h"

#define SHEET_COLUMNS     24 /* that can be told apart on the page */
#define SHEET_INTO_FIELDS 6

struct sheet_state_word {
        const char *state;
        struct str word;
        enum ui_state look;
};
extern const struct sheet_state_word sheet_states[];
size_t sheet_state(struct str state); /* its place there */

/* Into which plan. */
struct sheet_into_form {
        int64_t plan_id;
        struct str number, title, issuer;
        int32_t day;
        bool only_good;
};
extern const struct form_field sheet_into_fields[SHEET_INTO_FIELDS];

struct sheet_again { /* the page after a refusal */
        const struct form_state *typed;
        struct str fault;
};
MUST_CHECK enum dd_err sheet_page(struct web_req *r, struct sheet_again again);

#endif
