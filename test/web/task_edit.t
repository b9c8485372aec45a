# The standing agency changes a task itself.

scenario a deadline is corrected with a reason, the original one stays
as standing
GET /tasks.json
let id = json .tasks[no=8].id
GET /tasks/{id}.json
expect json .original_due = "2023-12-31"
let v = json .version
GET /tasks/{id}/correct
expect status 200
expect field _v = {v}
golden task-correct
POST /tasks/{id}/correct what=due value=31/10/2023 _v={v}
expect status 422
expect field value = "31/10/2023"
expect text "Lý do"
POST /tasks/{id}/correct what=due value="không rõ ngày nào" reason="Thử" _v={v}
expect status 422
expect field reason = "Thử"
POST /tasks/{id}/correct what=due value=31/10/2023 reason="Công văn 99/UBND-KT" _v={v}
expect redirect /tasks/{id}?done=corrected
GET /tasks/{id}
expect text "Hạn gốc"
expect text "31/12/2023"
expect text "31/10/2023"
expect text "Công văn 99/UBND-KT"
GET /tasks.json
expect json .tasks[no=8].due = "2023-10-31"
expect json .tasks[no=8].original_due = "2023-12-31"
GET /tasks.json?as-of=2023-09-29
expect json .tasks[no=8].due = "2023-12-31"

scenario who was slower sees both values
POST /tasks/{id}/correct what=title value="Tên của người đến sau" reason="Sửa lỗi đánh máy" _v={v}
expect status 409
expect text "Đã có người sửa"
expect text "Xây dựng chương trình, kế hoạch hỗ trợ phát triển HTX nông nghiệp"
expect text "Tên của người đến sau"
expect field reason = "Sửa lỗi đánh máy"
POST /tasks/{id}/correct what=title value="Không có phiên bản" reason="Thử"
expect status 422

scenario who was slower with a deadline sees both deadlines, not the title
POST /tasks/{id}/correct what=due value=15/12/2023 reason="Thử" _v={v}
expect status 409
expect text "Hiện nay: «31/10/2023»; anh/chị gửi: «15/12/2023»"

scenario a correction that changes nothing is none
GET /tasks/{id}.json
let v = json .version
let k = rows task_event
POST /tasks/{id}/correct what=due value="31/10/2023" reason="Thử" _v={v}
expect status 422
expect text "Không có gì thay đổi"
POST /tasks/{id}/correct what=lead value="So Nong nghiep va Phat trien nong thon" reason="Thử" _v={v}
expect status 422
expect text "Không có gì thay đổi: Sở Nông nghiệp và Phát triển nông thôn đang chủ trì"
expect field value = "So Nong nghiep va Phat trien nong thon"
GET /tasks/{id}/correct?what=lead
expect source "<datalist id=\"l-value\">"
expect source "<option value=\"Sở Tài chính\">"
expect rows task_event = {k}

scenario a deadline before the plan is refused, one that has passed says what follows
POST /tasks/{id}/correct what=due value=1/8/2023 reason="Thử" _v={v}
expect status 422
expect text "Thời hạn 1/8/2023 sớm hơn ngày ban hành kế hoạch, 22/8/2023"
POST /tasks/{id}/correct what=due value=31/12/2023 reason="Thử" day=1/1/1990 _v={v}
expect status 422
expect text "sớm hơn ngày giao nhiệm vụ"
POST /tasks/{id}/correct what=due value=15/9/2023 reason="Yêu cầu sớm" _v={v}
expect redirect /tasks/{id}?done=corrected-late
GET /tasks/{id}?done=corrected-late
expect text "quá hạn ngay"
expect text "hạn gốc 31/12/2023 ("

scenario a deadline in words is read like that of a paper
GET /tasks/{id}.json
let v = json .version
POST /tasks/{id}/correct what=due value="Quý IV/2023" reason="Trở lại hạn cũ" _v={v}
expect redirect /tasks/{id}?done=corrected
GET /tasks.json
expect json .tasks[no=8].due = "2023-12-31"

scenario another title and another lead, both told in the history
GET /tasks/{id}.json
let v = json .version
POST /tasks/{id}/correct what=title value="Xây dựng kế hoạch hỗ trợ HTX nông nghiệp" reason="Rút gọn" _v={v}
expect redirect /tasks/{id}?done=corrected
GET /tasks/{id}.json
expect json .title = "Xây dựng kế hoạch hỗ trợ HTX nông nghiệp"
let v = json .version
POST /tasks/{id}/correct what=lead value="Sở Tài chính" reason="Chuyển theo chức năng" _v={v}
expect redirect /tasks/{id}?done=corrected
GET /tasks.json
expect json .tasks[no=8].leads = "Sở Tài chính"
GET /tasks.json?as-of=2023-09-29
expect json .tasks[no=8].leads ~ "Nông nghiệp"
GET /tasks.json?q=ho+tro+htx+nong+nghiep
expect json .tasks[no=8].title = "Xây dựng kế hoạch hỗ trợ HTX nông nghiệp"
GET /tasks/{id}
expect text "Chuyển theo chức năng"

scenario a task is discontinued by a decision with a number, never deleted
GET /tasks.json
let id = json .tasks[no=21].id
GET /tasks/{id}.json
let v = json .version
GET /tasks/{id}/discontinue
expect status 200
golden task-discontinue
POST /tasks/{id}/discontinue reason="Đã lồng ghép" doc_day=29/9/2023 _v={v}
expect status 422
expect field reason = "Đã lồng ghép"
POST /tasks/{id}/discontinue doc_number="77/QĐ-BCĐ" reason="Đã lồng ghép" doc_day=29/9/2023 _v={v}
expect redirect /tasks/{id}?done=discontinued
GET /tasks
expect source "/tasks?state=dropped"
GET /tasks/{id}
expect text "77/QĐ-BCĐ"
expect text "Không tiếp tục"
GET /board.json
expect json .tasks = 20
GET /board.json?as-of=2023-09-28
expect json .tasks = 21
GET /tasks/{id}.json
let a = json .assignments[0].id
POST /tasks/{id}/update assignment_id={a} percent=10
expect status 409

scenario a task is suspended by a decision: its clock stands, and goes on when it is resumed
GET /tasks.json
let id = json .tasks[no=13].id
expect json .tasks[no=13].state = "overdue"
GET /tasks/{id}.json
let v = json .version
GET /tasks/{id}
expect source "/tasks/{id}/suspend"
expect no source "/tasks/{id}/resume"
GET /tasks/{id}/suspend
expect status 200
golden task-suspend
POST /tasks/{id}/suspend doc_number="88/TB-BCĐ" doc_day=29/9/2023 _v={v}
expect status 422
expect field doc_number = "88/TB-BCĐ"
POST /tasks/{id}/suspend doc_number="88/TB-BCĐ" reason="Chờ kinh phí" doc_day=2/10/2023 _v={v}
expect status 422
expect text "không được sau hôm nay"
POST /tasks/{id}/suspend doc_number="88/TB-BCĐ" reason="Chờ kinh phí" doc_day=1/1/1990 _v={v}
expect status 422
expect text "Ngày 1/1/1990 sớm hơn ngày giao nhiệm vụ"
POST /tasks/{id}/resume doc_number="88/TB-BCĐ" reason="Chưa dừng" doc_day=29/9/2023 _v={v}
expect status 409
expect text "đang tạm dừng"
POST /tasks/{id}/suspend doc_number="88/TB-BCĐ" reason="Chờ kinh phí" doc_day=29/9/2023 _v={v}
expect redirect /tasks/{id}?done=suspended
GET /tasks/{id}
expect text "88/TB-BCĐ"
expect text "Chờ kinh phí"
expect text "Tạm dừng"
expect source "/tasks/{id}/resume"
expect no source "/tasks/{id}/suspend"
GET /tasks.json
expect json .tasks[no=13].state = "doing"
expect json .tasks[no=13].state_text = "Tạm dừng"
expect json .tasks[no=13].due = null
GET /tasks.json?as-of=2023-09-28
expect json .tasks[no=13].state = "overdue"
GET /tasks/{id}.json
let v = json .version
POST /tasks/{id}/suspend doc_number="89/TB-BCĐ" reason="Lần nữa" doc_day=30/9/2023 _v={v}
expect status 409
expect text "Chỉ tạm dừng được nhiệm vụ đang thực hiện"
GET /tasks/{id}/resume
expect status 200
golden task-resume
POST /tasks/{id}/resume doc_number="90/TB-BCĐ" reason="Đã có kinh phí" doc_day=28/9/2023 _v={v}
expect status 422
expect text "Ngày 28/9/2023 sớm hơn ngày tạm dừng, 29/9/2023"
POST /tasks/{id}/resume doc_number="90/TB-BCĐ" reason="Đã có kinh phí" doc_day=30/9/2023 _v={v}
expect redirect /tasks/{id}?done=resumed
GET /tasks.json
expect json .tasks[no=13].state = "overdue"
expect json .tasks[no=13].original_due = "2023-12-31"

scenario a task is added by hand
GET /plans/1/add
expect status 200
golden task-add
POST /plans/1/add title="" lead=""
expect status 422
POST /plans/1/add title="Đôn đốc các xã báo cáo" lead="Sở Nội vụ" coordinating="Sở Tài chính; UBND cấp huyện" deadline_text="Quý IV/2023" _key=add-1
expect redirect /tasks/*?done=added
POST /plans/1/add title="Đôn đốc các xã báo cáo" lead="Sở Nội vụ" coordinating="Sở Tài chính; UBND cấp huyện" deadline_text="Quý IV/2023" _key=add-1
expect redirect /tasks/*?done=added
GET /tasks.json
expect json .tasks.count = 22
expect json .tasks[no=22].title = "Đôn đốc các xã báo cáo"
expect json .tasks[no=22].leads = "Sở Nội vụ"
expect json .tasks[no=22].due = "2023-12-31"
expect json .tasks[no=22].state = "waiting"
let id = json .tasks[no=22].id
GET /tasks/{id}
expect status 200
golden task-by-hand
GET /tasks.json?q=don+doc
expect json .tasks[no=22].title ~ "Đôn đốc"

scenario a group of another plan, or none, is not taken
POST /plans/1/add title="Việc lạ" lead="Sở Nội vụ" group_id=999999
expect status 404|422
GET /tasks.json
expect json .tasks.count = 22
GET /plans/999999/add
expect status 404

scenario the officer and the Head change nothing here
as officer
POST /tasks/{id}/correct what=due value=31/10/2023 reason="Thử" _v=1
expect status 403
POST /plans/1/add title="Việc" lead="Sở Nội vụ"
expect status 403
as head
GET /tasks/{id}/discontinue
expect status 403
POST /tasks/{id}/discontinue doc_number="1" reason="x" doc_day=29/9/2023 _v=1
expect status 403
