# A report that was closed stays as it was.

scenario the standing agency closes a report; the bytes are kept
as standing
GET /plans/1/report
expect text "Chốt báo cáo này"
expect no text "So với báo cáo chốt"
POST /plans/1/report?as-of=2023-08-31 note="Tháng 8"
expect redirect /reports/*?as-of=2023-08-31&done=kept
POST /plans/1/report note="Chín tháng" _key=keep-1
expect redirect /reports/*?done=kept
let k = last /reports/(\d+)
POST /plans/1/report note="Chín tháng" _key=keep-1
expect redirect /reports/{k}?done=kept
expect rows kept_report = 2
GET /reports/{k}
expect status 200
golden kept-report
expect text "So với báo cáo chốt tại ngày 31/8/2023"
GET /reports/{k}.json
expect json .day = "2023-09-30"
expect json .done = 3
expect json .overdue = 1
expect json .post = "Chuyên viên cơ quan thường trực"
let sum = json .sha256
GET /reports/{k}.docx
expect status 200
expect header Content-Type ~ "wordprocessingml"
expect header Content-Disposition ~ "bao-cao-2653-kh-bcd-2023-09-30.docx"
GET /reports
expect status 200
golden reports-kept
expect text "Chín tháng"
GET /reports.json
expect json .reports.count = 2
POST /plans/1/report?as-of=2023-10-05
expect status 422
expect text "sau hôm nay"

scenario a later correction changes the draft, not what was closed
GET /tasks.json
let id = json .tasks[no=13].id
GET /tasks/{id}.json
let v = json .version
let a = json .assignments[role=lead].id
POST /tasks/{id}/hand-in assignment_id={a} note="Xong" doc_number="5/KH" doc_day=24/9/2023
POST /tasks/{id}/confirm assignment_id={a}
expect redirect /tasks/{id}?done=confirmed
GET /plans/1/report
expect text "So với báo cáo chốt tại ngày 30/9/2023"
expect text "3 → 4 (+1)"
expect text "1 → 0 (−1)"
GET /reports/{k}.json
expect json .done = 3
expect json .overdue = 1
expect json .sha256 = "{sum}"

scenario others read it and close none
as head
GET /reports/{k}
expect status 200
GET /plans/1/report
expect no text "Chốt báo cáo này"
POST /plans/1/report note="x"
expect status 403
GET /reports/999999
expect status 404
as auditor
GET /audit.json
expect json .audit[action=report.keep].action_text = "Chốt báo cáo"
