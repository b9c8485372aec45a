# What agencies tell, and what the standing agency answers.

scenario the officer tells progress with a file, and the same bytes come back
as officer
GET /tasks.json
let id = json .tasks[no=3].id
let other = json .tasks[no=10].id
GET /tasks/{id}.json
let a = json .assignments[role=lead].id
GET /tasks/{id}/update
expect status 200
golden task-update
file bien-ban.txt text "Biên bản họp ngày 28/9/2023.\nSố tin, bài: 9.\n"
POST /tasks/{id}/update assignment_id={a} percent=55 note="Đã đăng 9 tin, bài." file=@bien-ban.txt
expect redirect /tasks/{id}?done=updated
GET /tasks/{id}?done=updated
expect text "Đã ghi nhận tiến độ"
expect text "Đã đăng 9 tin, bài."
expect text "bien-ban.txt"
let file = first /files/(\d+)
GET /files/{file}
expect status 200
expect bytes @bien-ban.txt
expect header Content-Disposition ~ "attachment"
expect header X-Content-Type-Options = "nosniff"
GET /tasks/{id}.json
expect json .assignments[role=lead].percent = 55
expect json .assignments[role=lead].state = "doing"

scenario the day looked at comes back unless what was written is later
GET /tasks/{id}?as-of=2023-09-28
expect source "/tasks/{id}/update?as-of=2023-09-28"
GET /tasks/{id}/update?as-of=2023-09-28
expect source "/tasks/{id}/update?as-of=2023-09-28"
POST /tasks/{id}/update?as-of=2023-09-28 assignment_id={a} percent=56 day=2023-09-28
expect redirect /tasks/{id}?as-of=2023-09-28&done=updated
POST /tasks/{id}/update?as-of=2023-09-28 assignment_id={a} percent=57
expect redirect /tasks/{id}?done=updated
POST /tasks/{id}/update?as-of=2023-12-31 assignment_id={a} percent=58
expect redirect /tasks/{id}?as-of=2023-12-31&done=updated

scenario a Vietnamese file name and any bytes survive
file "Đề án (bản 2).bin" hex 00ff0d0a2d2d2d2d0d0a00
POST /tasks/{id}/update assignment_id={a} file="@Đề án (bản 2).bin"
expect redirect /tasks/{id}?done=updated
GET /tasks/{id}
expect text "Đề án (bản 2).bin"
let file = first /files/(\d+)
GET /files/{file}
expect bytes @Đề án (bản 2).bin
expect header Content-Type ~ "octet-stream"
expect header Content-Disposition ~ "UTF-8''"

scenario a file too large is refused and nothing of it stays
file lon.bin size 27262976
let files = rows file
let events = rows task_event
POST /tasks/{id}/update assignment_id={a} percent=60 file=@lon.bin
expect status 413
expect text "tối đa 25 MB"
expect rows file = {files}
expect rows task_event = {events}
GET /tasks/{id}
expect status 200

scenario an empty update says what is wanted
POST /tasks/{id}/update assignment_id={a}
expect status 422
expect text "Cần ghi tiến độ"

scenario the officer of one agency does not act for another
GET /tasks/{other}
expect status 200
expect no source "/tasks/{other}/update"
GET /tasks/{other}.json
let b = json .assignments[role=lead].id
POST /tasks/{other}/update assignment_id={b} percent=99
expect status 403
expect text "do cơ quan khác chủ trì"
POST /tasks/{other}/hand-in assignment_id={b} note="Xong"
expect status 403
expect rows task_event = {events}

scenario the officer takes note of a task once
GET /tasks.json
let fresh = json .tasks[no=19].id
POST /tasks/{fresh}/receive
expect redirect /tasks/{fresh}?done=received
POST /tasks/{fresh}/receive
expect status 409
GET /tasks/{fresh}.json
expect json .assignments[role=lead].state = "doing"

scenario what was told meanwhile is not overwritten unseen, and nothing is told twice
GET /tasks/{id}/update
let seen = field _v
expect text "cập nhật cuối"
POST /tasks/{id}/update assignment_id={a} percent=60 note="Thêm 1 tin." _v={seen}
expect redirect /tasks/{id}?done=updated
POST /tasks/{id}/update assignment_id={a} percent=70 note="Thêm 2 tin." _v={seen}
expect status 409
expect text "Đã có người cập nhật phần việc này sau khi anh/chị mở biểu mẫu: 60 %, «Thêm 1 tin.»"
expect text "anh/chị gửi: 70 %, «Thêm 2 tin.»"
expect field note = "Thêm 2 tin."
let seen = field _v
POST /tasks/{id}/update assignment_id={a} percent=60 note="Thêm 1 tin." _v={seen}
expect status 409
expect text "không ghi thêm lần nữa"
POST /tasks/{id}/update assignment_id={a} percent=55 _v={seen}
expect status 422
expect text "Tỷ lệ giảm từ 60 % xuống 55 %: cần ghi lý do."
POST /tasks/{id}/update assignment_id={a} percent=55 note="Một tin bị gỡ." _v={seen}
expect redirect /tasks/{id}?done=updated

scenario no day lies before what it answers, nor after today
GET /tasks/{id}.json
let k = rows task_event
POST /tasks/{id}/update assignment_id={a} percent=60 day=1/1/2001
expect status 422
expect text "Ngày 1/1/2001 sớm hơn ngày giao nhiệm vụ, 22/8/2023"
expect field day = "1/1/2001"
POST /tasks/{id}/update assignment_id={a} percent=60 day=2/10/2023
expect status 422
expect text "không được sau hôm nay, 30/9/2023"
POST /tasks/{id}/hand-in assignment_id={a} note="Xong" doc_number="1/BC" doc_day=1/1/2000
expect status 422
expect text "Ngày 1/1/2000 sớm hơn ngày ban hành kế hoạch, 22/8/2023"
expect field doc_day = "1/1/2000"
expect rows task_event = {k}

scenario a result needs something to show
GET /tasks/{id}/hand-in
expect status 200
golden task-hand-in
POST /tasks/{id}/hand-in assignment_id={a}
expect status 422
expect text "Cần nêu kết quả"
POST /tasks/{id}/hand-in assignment_id={a} note="Đã hoàn thành chuyên mục." doc_number="312/BC-LMHTX" doc_day=28/9/2023
expect redirect /tasks/{id}?done=handed-in
GET /tasks/{id}.json
expect json .assignments[role=lead].state = "awaiting"
GET /tasks/{id}
expect text "312/BC-LMHTX"
POST /tasks/{id}/update assignment_id={a} percent=99
expect status 409
expect text "đã nộp kết quả"
POST /tasks/{id}/hand-in assignment_id={a} note="Nộp lại"
expect status 409

scenario who handed in does not confirm
POST /tasks/{id}/confirm assignment_id={a}
expect status 403
GET /tasks/{id}/confirm
expect status 403

scenario the standing agency hands back, but not without a reason
as standing
GET /confirm.json
expect json .tasks[no=3].state = "awaiting"
expect json .tasks[no=11].state = "awaiting"
expect json .tasks[no=11].result_day = "2023-09-27"
expect json .tasks[no=11].done = null
GET /confirm
golden confirm-list
GET /tasks/{id}/confirm
expect status 200
golden task-confirm
expect text "ngày 28/9/2023, đúng hạn"
expect text "Sản phẩm phải có"
let k = rows task_event
POST /tasks/{id}/hand-back assignment_id={a} note="   " day=29/9/2023
expect status 422
expect text "Cần ghi lý do trả lại"
expect field day = "29/9/2023"
expect rows task_event = {k}
POST /tasks/{id}/confirm assignment_id={a} day=27/9/2023
expect status 422
expect text "Ngày 27/9/2023 sớm hơn ngày nộp kết quả, 28/9/2023"
expect rows task_event = {k}
POST /tasks/{id}/hand-back assignment_id={a} note="Thiếu danh mục tin, bài kèm theo."
expect redirect /tasks/{id}?done=handed-back
GET /tasks/{id}.json
expect json .assignments[role=lead].state = "doing"
expect json .original_due = "2023-12-31"
GET /tasks.json
expect json .tasks[no=3].state_text = "Trả lại, làm lại"
expect json .tasks[no=3].percent = 55

scenario and confirms what came again, on the day of its document
as officer
POST /tasks/{id}/hand-in assignment_id={a} note="Bổ sung danh mục." doc_number="315/BC-LMHTX" doc_day=29/9/2023
expect redirect /tasks/{id}?done=handed-in
as standing
POST /tasks/{id}/confirm assignment_id={a} note="Đủ hồ sơ."
expect redirect /tasks/{id}?done=confirmed
GET /tasks.json
expect json .tasks[no=3].state = "done"
expect json .tasks[no=3].done = "2023-09-29"
expect json .tasks[no=3].state_text = "Hoàn thành trước hạn"
POST /tasks/{id}/confirm assignment_id={a} note="Lần nữa"
expect status 409
expect text "Chỉ xác nhận được kết quả đã nộp"
GET /tasks.json?as-of=2023-09-28
expect json .tasks[no=3].state = "awaiting"
GET /tasks.json?as-of=2023-09-27
expect json .tasks[no=3].state = "doing"

scenario a task with two leads is done when both are
GET /tasks.json
let two = json .tasks[no=5].id
GET /tasks/{two}.json
expect json .assignments[scope=vốn đầu tư].agency = "Sở Kế hoạch và Đầu tư"
let p = json .assignments[scope=vốn đầu tư].id
let s = json .assignments[agency=Sở Tài chính].id
POST /tasks/{two}/hand-in assignment_id={p} note="Đã bố trí vốn đầu tư."
expect redirect /tasks/{two}?done=handed-in
POST /tasks/{two}/confirm assignment_id={p}
expect redirect /tasks/{two}?done=confirmed
GET /tasks.json
expect json .tasks[no=5].state = "doing"
POST /tasks/{two}/hand-in assignment_id={s} note="Đã bố trí vốn sự nghiệp."
POST /tasks/{two}/confirm assignment_id={s}
GET /tasks.json
expect json .tasks[no=5].state = "done"

scenario everything of it stands in the trail
as auditor
GET /audit.json
expect json .audit[action=result.hand_back].post = "Chuyên viên cơ quan thường trực"
expect json .audit[action=result.hand_in].post = "Chuyên viên cơ quan thường trực"
expect json .audit[action=update.receive].post = "Cán bộ đầu mối Liên minh HTX tỉnh"
GET /audit
expect source "<a href=\"/tasks/{two}\""
