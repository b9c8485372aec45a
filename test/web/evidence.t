# Files that come with an update or a result: one with a mark of state secrecy is refused, and not a byte of it is kept.

scenario a text with a mark of secrecy is refused with an update
as officer
GET /tasks.json
let id = json .tasks[no=3].id
GET /tasks/{id}.json
let a = json .assignments[role=lead].id
let files = rows file
let events = rows task_event
file bao-cao.txt edited "TỐI MẬT\nChuyện không được giữ 4711\n"
POST /tasks/{id}/update assignment_id={a} percent=60 note="Gửi kèm báo cáo." file=@bao-cao.txt
expect status 403
expect text "TỐI MẬT"
expect text "không giữ lại nội dung nào"
expect field note = "Gửi kèm báo cáo."
expect rows file = {files}
expect rows task_event = {events}
expect not stored "Chuyện không được giữ 4711"
expect not stored "bao-cao.txt"
as auditor
GET /audit.json
expect json .audit[action=intake.refused].post = "Cán bộ đầu mối Liên minh HTX tỉnh"

scenario and with a result
as officer
file ket-qua.txt text "ỦY BAN NHÂN DÂN TỈNH\nĐộ mật: Tuyệt mật\nSố: 1/BC\n\nBÁO CÁO\nChuyện không được giữ 4712\n"
POST /tasks/{id}/hand-in assignment_id={a} note="Xong." file=@ket-qua.txt
expect status 403
expect text "TUYỆT MẬT"
expect rows file = {files}
expect rows task_event = {events}
expect not stored "Chuyện không được giữ 4712"

scenario bytes that are no text are judged by their name
file "Báo cáo (Mật) tháng 9.pdf" hex 255044462d312e340a00ff
POST /tasks/{id}/update assignment_id={a} percent=60 file="@Báo cáo (Mật) tháng 9.pdf"
expect status 403
expect text "MẬT"
expect rows file = {files}
file toi_mat.pdf hex 255044462d312e340a00ff
POST /tasks/{id}/update assignment_id={a} percent=60 file=@toi_mat.pdf
expect status 403
expect text "TỐI MẬT"
expect rows file = {files}
let events = rows task_event
file "Mật độ dân số.pdf" hex 255044462d312e340a00ff
POST /tasks/{id}/update assignment_id={a} percent=61 file="@Mật độ dân số.pdf"
expect redirect /tasks/{id}?done=updated
GET /tasks/{id}
expect text "Mật độ dân số.pdf"

scenario words about secrets, and a text that is no paper, go in
file thuong.txt text "Đã phổ biến Luật Bảo vệ bí mật nhà nước cho 40 người.\n"
POST /tasks/{id}/update assignment_id={a} percent=62 file=@thuong.txt
expect redirect /tasks/{id}?done=updated
GET /tasks/{id}
let file = first /files/(\d+)
GET /files/{file}
expect bytes @thuong.txt

scenario the same press twice counts once
POST /tasks/{id}/update assignment_id={a} percent=63 _key=twice-1 file=@thuong.txt
expect redirect /tasks/{id}?done=updated
let events = rows task_event
POST /tasks/{id}/update assignment_id={a} percent=63 _key=twice-1 file=@thuong.txt
expect redirect /tasks/{id}?done=updated
expect rows task_event = {events}
