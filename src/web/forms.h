/* forms.h - which table of fields a change of routes.h reads: for the description of the API. A change without a row
 * reads no field of its own.
 * FORM(route, table) */
FORM(task_add, form_task_add)
FORM(update, form_update)
FORM(hand_in, form_hand_in)
FORM(confirm, form_confirm)
FORM(hand_back, form_confirm)
FORM(correct, form_correct)
FORM(suspend, form_decide)
FORM(resume, form_decide)
FORM(discontinue, form_discontinue)
FORM(intake_upload, form_upload)
FORM(intake_row, form_intake_row)
FORM(intake_confirm, form_intake_confirm)
FORM(account_new, form_account)
FORM(account_state, form_account_state)
FORM(signin, form_signin)
FORM(link_use, form_link)
