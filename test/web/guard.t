# What is refused before anything is done.

scenario a change without the token of the session, or with another's, is refused
as standing
GET /tasks.json
let id = json .tasks[no=3].id
GET /tasks/{id}.json
let a = json .assignments[0].id
let n = rows task_event
POST /tasks/{id}/update assignment_id={a} percent=50 _csrf=none
expect status 403
expect text "tải lại trang"
POST /tasks/{id}/update assignment_id={a} percent=50 _csrf=0000000000000000000000000000000000000000000000000000000000000000
expect status 403
as head
GET /
let theirs = field _csrf
as standing
POST /tasks/{id}/update assignment_id={a} percent=50 _csrf={theirs}
expect status 403
expect rows task_event = {n}

scenario a change that comes from another site is refused
POST /tasks/{id}/update assignment_id={a} percent=50 header Origin=https://evil.example
expect status 403
expect text "từ một trang khác"
POST /tasks/{id}/update assignment_id={a} percent=50 header Origin=null
expect status 403
POST /tasks/{id}/update assignment_id={a} percent=50 header Origin=none
expect status 403
POST /tasks/{id}/update assignment_id={a} percent=50 header Sec-Fetch-Site=cross-site
expect status 403
as nobody
POST /sign-in login=thuong-truc password=khong-co-gi header Origin=https://evil.example
expect status 403
as standing
expect rows task_event = {n}

scenario a field the form does not have is refused, and so is one sent twice
POST /tasks/{id}/update assignment_id={a} percent=50 role=admin
expect status 422
expect text "không có trong biểu mẫu"
POST /tasks/{id}/update assignment_id={a} percent=50 percent=60
expect status 422
JSON /tasks/{id}/update {"assignment_id": {a}, "percent": 50, "committee_id": 2}
expect status 422
expect json .error = "invalid"
expect rows task_event = {n}

scenario values out of their range are told beside their field
POST /tasks/{id}/update assignment_id={a} percent=101 note="Đã xong một nửa"
expect status 422
expect field note = "Đã xong một nửa"
expect field percent = "101"
POST /tasks/{id}/update assignment_id={a} percent=abc
expect status 422
POST /tasks/{id}/update assignment_id={a} percent=50 day=2023-10-05
expect status 422
expect text "sau hôm nay"
POST /tasks/{id}/update assignment_id={a} percent=50 day=31/2/2023
expect status 422
POST /tasks/{id}/update percent=50
expect status 422
expect rows task_event = {n}

scenario a form without its key is refused, one sent twice acts once
POST /tasks/{id}/update assignment_id={a} percent=51 _key=none
expect status 422
POST /tasks/{id}/update assignment_id={a} percent=51 _key=same-key-1
expect redirect /tasks/{id}?done=updated
let m = rows task_event
POST /tasks/{id}/update assignment_id={a} percent=51 _key=same-key-1
expect redirect /tasks/{id}?done=updated
expect rows task_event = {m}
POST /tasks/{id}/hand-in assignment_id={a} note="Xong" _key=same-key-1
expect status 409
expect text "đã dùng cho việc khác"
expect rows task_event = {m}

scenario a part of one task is not changed through the page of another
GET /tasks.json
let other = json .tasks[no=10].id
POST /tasks/{other}/update assignment_id={a} percent=52
expect status 404|409|422
expect rows task_event = {m}
POST /tasks/999999/update assignment_id={a} percent=52
expect status 404
expect rows task_event = {m}

scenario addresses that are not there, and days that are not
GET /nothing
expect status 404
expect text "Không có trang này"
golden not-found
GET /tasks/999999
expect status 404
GET /tasks/0
expect status 404
GET /tasks/-1
expect status 404
GET /tasks/1e3
expect status 404
GET /tasks.docx
expect status 404
POST /board
expect status 405
GET /tasks/{id}/receive
expect status 405
GET /tasks?as-of=2023-02-30
expect status 422
expect text "2023-02-30"
GET /tasks?state=nonsense
expect status 422
GET /tasks?sort=nonsense
expect status 422
GET /tasks?as-of=9999-12-31
expect status 200
GET /tasks?as-of=0001-01-01
expect status 200

scenario every answer carries the same locks
GET /tasks
expect header Content-Security-Policy ~ "default-src 'none'"
expect header X-Content-Type-Options = "nosniff"
expect header Cache-Control ~ "no-store"
expect header Referrer-Policy = "same-origin"
GET /nothing
expect header Content-Security-Policy ~ "default-src 'none'"
GET /tasks.json
expect header Content-Type = "application/json; charset=utf-8"
expect header X-Content-Type-Options = "nosniff"

scenario text of people is shown as text
POST /tasks/{id}/update assignment_id={a} percent=53 note="<script>alert(1)</script> & \"quoted\""
expect redirect /tasks/{id}?done=updated
GET /tasks/{id}
expect text "<script>alert(1)</script> & \"quoted\""
expect no source "<script>alert"
GET /tasks?q=%22%3E%3Cimg+src%3Dx%3E
expect status 200
expect no source "<img src=x>"
