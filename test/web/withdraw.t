# What was sent by mistake is taken back by who sent it, while nobody has built on it; nothing is deleted.

scenario an update sent by mistake is taken back, with the reason, and sent again
as officer
GET /tasks.json
let id = json .tasks[no=3].id
let other = json .tasks[no=10].id
let was = json .tasks[no=3].percent
GET /tasks/{id}.json
let a = json .assignments[role=lead].id
POST /tasks/{id}/update assignment_id={a} percent=95 note="Gửi nhầm: của nhiệm vụ khác"
GET /tasks/{id}
let e = first /events/(\d+)/withdraw
expect source "<a href=\"/tasks/{id}/events/{e}/withdraw\">Rút lại</a>"
GET /tasks.json?q=truyền thông
expect json .tasks[no=3].percent = 95
expect json .tasks[no=3].note = "Gửi nhầm: của nhiệm vụ khác"
GET /tasks/{id}/events/{e}/withdraw
expect status 200
expect text "Gửi nhầm: của nhiệm vụ khác"
golden task-withdraw
POST /tasks/{id}/events/{e}/withdraw
expect status 422
expect text "Gửi nhầm: của nhiệm vụ khác"
POST /tasks/{id}/events/{e}/withdraw reason="Nhầm nhiệm vụ"
expect redirect /tasks/{id}?done=withdrawn
GET /tasks/{id}?done=withdrawn
expect text "Đã rút lại"
expect source "<del><b>Cập nhật tiến độ: 95 %</b>"
expect source "<del>Gửi nhầm: của nhiệm vụ khác</del>"
expect text "Cán bộ đầu mối Liên minh HTX tỉnh rút lại lúc"
expect text ": Nhầm nhiệm vụ"
expect no source "/events/{e}/withdraw"
GET /tasks.json
expect json .tasks[no=3].percent = {was}
GET /tasks.json?q=truyền thông
expect json .tasks[no=3].note ~ "6 tin"
expect no text "Gửi nhầm"
GET /tasks/{id}.json
expect json .events[id={e}].withdrawn_reason = "Nhầm nhiệm vụ"
expect json .events[id={e}].withdrawn_by = "Cán bộ đầu mối Liên minh HTX tỉnh"
GET /plans/1/report
expect no text "Gửi nhầm"
POST /tasks/{id}/update assignment_id={a} percent=45 note="Gửi nhầm: của nhiệm vụ khác"
expect redirect /tasks/{id}?done=updated

scenario what is taken back once is not taken back again, and the same key does it once
POST /tasks/{id}/events/{e}/withdraw reason="Lần nữa"
expect status 409
expect text "đã được rút lại lúc"
GET /tasks/{id}
let f = first /events/(\d+)/withdraw
POST /tasks/{id}/events/{f}/withdraw reason="Nhầm" _key="rut-lai-0001"
expect redirect /tasks/{id}?done=withdrawn
POST /tasks/{id}/events/{f}/withdraw reason="Nhầm" _key="rut-lai-0001"
expect redirect /tasks/{id}?done=withdrawn
expect rows event_withdrawn where event_id = {f} = 1

scenario only the last word of a part is taken back, then the one before it
POST /tasks/{id}/update assignment_id={a} percent=50 note="Một"
GET /tasks/{id}
let one = first /events/(\d+)/withdraw
POST /tasks/{id}/update assignment_id={a} percent=60 note="Hai"
GET /tasks/{id}
let two = first /events/(\d+)/withdraw
expect no source "/events/{one}/withdraw"
POST /tasks/{id}/events/{one}/withdraw reason="Nhầm"
expect status 409
expect text "đã có diễn biến mới hơn"
GET /tasks/{id}/events/{one}/withdraw
expect status 200
expect text "Không rút lại được nữa"
expect no source "name=\"reason\""
POST /tasks/{id}/events/{two}/withdraw reason="Nhầm"
POST /tasks/{id}/events/{one}/withdraw reason="Nhầm"
expect redirect /tasks/{id}?done=withdrawn
GET /tasks.json
expect json .tasks[no=3].percent = {was}

scenario a result that waits is taken back, and the figures with it
GET /board.json
expect json .states.awaiting = 1
POST /tasks/{id}/hand-in assignment_id={a} note="Nộp nhầm"
GET /board.json
expect json .states.awaiting = 2
as standing
GET /confirm
expect text "Nộp nhầm"
as officer
GET /tasks/{id}
let r = first /events/(\d+)/withdraw
POST /tasks/{id}/events/{r}/withdraw reason="Chưa ký văn bản"
expect redirect /tasks/{id}?done=withdrawn
GET /board.json
expect json .states.awaiting = 1
as standing
GET /confirm
expect no text "Nộp nhầm"
GET /tasks/{id}/confirm
expect no text "Nộp nhầm"

scenario a result that was answered is not taken back
as officer
POST /tasks/{id}/hand-in assignment_id={a} note="Đã xong"
GET /tasks/{id}
let r = first /events/(\d+)/withdraw
as standing
GET /tasks/{id}
expect no source "/events/{r}/withdraw"
POST /tasks/{id}/events/{r}/withdraw reason="Không phải của mình"
expect status 403
expect text "do nơi khác ghi"
POST /tasks/{id}/hand-back assignment_id={a} note="Thiếu biên bản"
as officer
POST /tasks/{id}/events/{r}/withdraw reason="Nhầm"
expect status 409
expect text "đã được xác nhận hoặc trả lại"

scenario what the standing agency recorded for an agency is its own to take back
as standing
POST /tasks/{id}/update assignment_id={a} percent=70 note="Ghi thay"
GET /tasks/{id}
let s = first /events/(\d+)/withdraw
as officer
GET /tasks/{id}
expect no source "/events/{s}/withdraw"
POST /tasks/{id}/events/{s}/withdraw reason="Nhầm"
expect status 403
as standing
POST /tasks/{id}/events/{s}/withdraw reason="Ghi nhầm ngày"
expect redirect /tasks/{id}?done=withdrawn

scenario an event of another task, of another kind, or of nobody is not taken back here
POST /tasks/{other}/events/{s}/withdraw reason="Nhầm"
expect status 404
GET /tasks/{id}.json
let given = json .events[kind=assigned].id
POST /tasks/{id}/events/{given}/withdraw reason="Nhầm"
expect status 409
expect text "Chỉ rút lại được"
as head
POST /tasks/{id}/events/{s}/withdraw reason="Nhầm"
expect status 403

scenario on a past day the mistake is not there either
as officer
POST /tasks/{id}/update assignment_id={a} percent=99 day=2023-09-20 note="Nhầm ngày"
GET /tasks.json?as-of=2023-09-21
expect json .tasks[no=3].percent = 99
GET /tasks/{id}
let p = first /events/(\d+)/withdraw
POST /tasks/{id}/events/{p}/withdraw reason="Nhầm ngày"
GET /tasks.json?as-of=2023-09-21
expect no text "\"percent\":99"

scenario the trail tells it, with what was told and why
as auditor
GET /audit.json?act=update.withdraw
expect json .audit[detail=Nhầm nhiệm vụ].old_value = "95 %"
expect json .audit[detail=Nhầm nhiệm vụ].task_id = {id}
GET /audit?act=result.withdraw
expect text "Rút lại kết quả đã nộp"
expect text "Chưa ký văn bản"
