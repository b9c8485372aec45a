# The trail: what was acted on by its name, what it was before and after, and filters that stand in the address.

scenario acts of several kinds
as officer
GET /tasks.json
let id = json .tasks[no=3].id
let other = json .tasks[no=10].id
let title = json .tasks[no=3].title
GET /tasks/{id}.json
let a = json .assignments[role=lead].id
POST /tasks/{id}/update assignment_id={a} percent=55 note="Đã đăng 9 tin, bài."
as standing
GET /tasks/{other}/correct
let v = field _v
POST /tasks/{other}/correct _v={v} what=due value="15/12/2023" day=2023-09-30 reason="Theo Thông báo 12/TB"
clock +1m
GET /tasks/{other}/correct
let v = field _v
POST /tasks/{other}/correct _v={v} what=title value="Việc đã sửa tên" day=2023-09-30 reason="Viết rõ hơn"

scenario each act says what it was about, by name, and leads there
as auditor
GET /audit.json
expect json .audit[action=update.add].task_id = {id}
expect json .audit[action=update.add].object = "3. {title}"
expect json .audit[action=update.add].new_value = "55 %"
expect json .audit[action=update.add].note = "Đã đăng 9 tin, bài."
expect json .audit[action=plan.create].object = "Kế hoạch 2653/KH-BCĐ"
expect json .audit[action=signin.link].object = "Thanh tra viên"
GET /audit
expect source "<a href=\"/tasks/{id}\""
expect source "<a href=\"/plans/1\""
expect text "3. {title}"
expect no source "/intake/"

scenario a corrected field stands with both values
GET /audit.json?act=task.correct
expect json .audit.count = 3
expect json .audit[0].field_text = "Nội dung"
expect json .audit[0].new_value = "Việc đã sửa tên"
expect json .audit[0].object = "10. Việc đã sửa tên"
expect json .audit[1].field_text = "Thời hạn"
expect json .audit[1].new_value = "15/12/2023"
expect json .audit[1].note = "Theo Thông báo 12/TB"
expect json .audit[1].detail ~ "→ 15/12/2023"
GET /audit?act=task.correct
expect text "Thời hạn · Theo Thông báo 12/TB"
golden audit

scenario one task, one person, one kind, some days
GET /audit.json?task={id}
expect json .audit[action=update.add].task_id = {id}
expect no text "task.correct"
GET /audit?task={id}
expect text "Chỉ của nhiệm vụ 3. {title}"
expect field task = "{id}"
GET /audit.json?task={other}&act=task.
expect json .audit.count = 2
GET /audit.json?task={other}&act=result.confirm
expect json .audit.count = 0
GET /audit
let who = first value="(\d+)">Cán bộ đầu mối Liên minh HTX tỉnh
GET /audit.json?person={who}&act=update.
expect json .audit[0].post = "Cán bộ đầu mối Liên minh HTX tỉnh"
expect no text "task.correct"
GET /audit.json?from=2023-09-30&to=30/9/2023&act=task.correct
expect json .audit.count = 3
GET /audit.json?to=2023-09-29&act=task.correct
expect json .audit.count = 0
GET /audit.json?from=2023-10-01
expect json .audit.count = 0
GET /audit?from=2023-10-01
expect status 200
expect text "Không có việc nào khớp"
expect source "href=\"/audit\""
GET /audit?from=hôm-qua
expect status 422
expect text "Không đọc được ngày"
GET /audit?from=2023-10-01&to=2023-09-01
expect status 422

scenario the file holds what the filter shows
GET /audit.csv?act=task.correct
expect status 200
expect text "Việc đã sửa tên"
expect text "Thời hạn · Theo Thông báo 12/TB"
expect no text "Cập nhật tiến độ"
GET /audit?act=task.correct
expect source "/audit.csv?act=task.correct"

scenario pages follow one another and keep the filter
as officer
repeat 101 POST /tasks/{id}/update assignment_id={a} note="Tin, bài thứ {i}"
as auditor
GET /audit?from=1/9/2023&act=update.add
let last = first before=(\d+)
GET /audit?from=1/9/2023&act=update.add&before={last}
expect text "Đã đăng 9 tin, bài."
expect no text "Tin, bài thứ 101"
expect text "Tin, bài thứ 1"
expect source "/audit?from=1%2F9%2F2023&amp;act=update.add"

scenario the trail of a task is one step from its page, for who may read it
as auditor
GET /tasks/{id}
expect source "/audit?task={id}"
as officer
GET /tasks/{id}
expect no source "/audit?task={id}"
