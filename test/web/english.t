# Who reads English is answered in English, also when something is refused.

scenario a refusal is said in the language of the session
as officer
GET /tasks.json
let id = json .tasks[no=3].id
let other = json .tasks[no=10].id
GET /tasks/{id}.json
let a = json .assignments[role=lead].id
POST /tasks/{id}/update assignment_id={a}
expect status 422
expect text "Cần ghi tiến độ"
POST /language
POST /tasks/{id}/update assignment_id={a}
expect status 422
expect text "Please tell the progress: a percentage, one sentence or a file as evidence."
expect no text "Cần ghi tiến độ"
POST /tasks/{id}/update assignment_id={a} percent=140
expect status 422
expect text "140 is outside the allowed range: from 0 to 100."
POST /tasks/{id}/hand-in
expect text "Please choose one."
GET /accounts
expect status 403
expect text "This page is not for your role (Focal officer)."
GET /tasks?state=none
expect text "There is no state “none”."
GET /tasks/999999
expect status 404
expect text "Not found"
POST /language
GET /accounts
expect text "Trang này không dành cho vai trò"

scenario who is not signed in chooses the language on the page, and it stays
as visitor
GET /sign-in?lang=en&next=/tasks
expect status 200
expect text "Sign in"
GET /link/0000000000000000000000000000000000000000000000000000000000000000
expect status 404
expect text "This link can no longer be used"
expect no text "Không tìm thấy"
POST /sign-in login=nobody password=wrong-password-1
expect status 401
expect no text "Đăng nhập"
SIGN-IN {link_auditor}
GET /tasks
expect text "Tasks"
GET /sign-in?lang=vi
POST /sign-out
GET /sign-in?lang=vi
expect text "Đăng nhập"
