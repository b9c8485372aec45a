# What each role sees first, and the pages that only show.

scenario home by role
as standing
GET /
golden home-standing whole
expect text "Kết quả chờ anh/chị xác nhận"
expect text "Nhập kế hoạch"
as officer
GET /
golden home-officer
expect text "Trả lại, làm lại"
expect no text "Nhập kế hoạch"
GET /.json
expect json .overdue[0].no = "13"
as head
GET /
golden home-head
as auditor
GET /
expect status 200
as admin
GET /
expect status 200
expect text "Tài khoản"

scenario the board
as head
GET /board
golden board
GET /board.json
expect json .tasks = 21
GET /board?as-of=2023-10-01
expect status 200
expect text "1/10/2023"
GET /board?as-of=1/10/2023
expect status 200
GET /board.json?as-of=2024-01-01
expect json .as_of = "2024-01-01"

scenario one task, as the paper says it and as it went
GET /tasks.json
let id = json .tasks[no=13].id
let five = json .tasks[no=5].id
GET /tasks/{id}
golden task
expect text "Quá hạn 5 ngày"
expect text "Hạn gốc"
expect text "ví dụ"
GET /tasks/{id}?as-of=2023-08-22
expect no text "Quá hạn"
GET /tasks/{five}
golden task-two-leads
expect text "vốn đầu tư"

scenario agencies and members
GET /agencies
golden agencies
expect no text "Ủy ban nhân dân cấp huyện UBND cấp huyện 1 chưa có thành viên"
GET /agencies.json
let tc = json .agencies[name=Sở Tài chính].id
GET /agencies/{tc}.json
expect json .leads.count = 1
expect json .leads[no=5].no = "5"
expect json .coordinates.count = 19
GET /agencies.json
let lm = json .agencies[name=Liên minh Hợp tác xã tỉnh].id
GET /agencies/{lm}
golden agency
GET /agencies/{lm}.json
expect json .leads.count = 8
GET /members
golden members
GET /members.json
expect json .members.count = 18
GET /agencies/999999
expect status 404

scenario the plan is the whole paper
GET /plans/1
expect status 200
golden plan
expect text "2653/KH-BCĐ"
expect text "21 nhiệm vụ"
expect text "12/18"
expect text "5/9"
expect text "Đề nghị"
GET /plans/1.json
expect json .number ~ "2653"
expect json .tasks.count = 21
GET /plans/999999
expect status 404

scenario papers
GET /documents
expect status 200
golden documents
expect text "2653/KH-BCĐ"
GET /documents.json
let doc = json .documents[number=2653/KH-BCĐ].id
GET /documents/{doc}
expect status 200
golden document
GET /documents/999999
expect status 404

scenario reports
GET /reports
expect status 200
golden reports
GET /plans/1/report
expect status 200
golden report
GET /plans/1/report.docx
expect status 200
expect header Content-Type ~ "wordprocessingml"
expect header Content-Disposition ~ "attachment"
GET /plans/1/report.docx?as-of=2023-10-01&by=standing
expect status 200
GET /plans/1/report.xlsx
expect status 200
expect header Content-Type ~ "spreadsheetml"
GET /plans/1/report.ics
expect status 200
expect header Content-Type ~ "text/calendar"
expect source "BEGIN:VCALENDAR"
GET /plans/1/report.pdf
expect status 404
GET /plans/999999/report.docx
expect status 404

scenario the trail
as auditor
GET /audit
expect status 200
expect text "Thanh tra viên Đăng nhập bằng liên kết"
expect text "Cập nhật tiến độ"
expect text "dòng lệnh"
expect no text "update.add"
expect no text " cli "
GET /audit.json
expect json .audit[post=Thanh tra viên].action = "signin.link"
expect json .audit[action=plan.create].action_text = "Giao nhiệm vụ theo kế hoạch"

scenario another day goes along with every link, and a day before the plan says so
as head
GET /board?as-of=2024-01-15
expect text "15/1/2024"
expect source "/tasks?as-of=2024-01-15"
GET /plans/1?as-of=2024-01-15
expect source "/tasks/1?as-of=2024-01-15"
expect source "/plans/1/report?as-of=2024-01-15"
GET /documents?as-of=2024-01-15
expect source "/documents/1?as-of=2024-01-15"
expect source "name=\"as-of\" value=\"2024-01-15\""
GET /nothing?as-of=2024-01-15
expect source "href=\"/?as-of=2024-01-15\""
GET /plans/1?as-of=2023-08-01
expect status 200
expect text "Ngày 1/8/2023 kế hoạch này chưa được ban hành"
expect source "/plans/1?as-of=2023-08-22"
GET /plans/1/report?as-of=2023-08-01
expect status 200
expect text "chưa được ban hành"
expect source "/plans/1/report?as-of=2023-08-22"
GET /board?as-of=2023-08-01
expect text "chưa có nhiệm vụ nào được giao"
