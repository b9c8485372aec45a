# A table becomes tasks: checked first, every fault with its line and column, imported in one action, taken back in one.

scenario who has worked on a task keeps the import
as standing
GET /sheets
expect status 200
golden sheets-empty
POST /sheets not_secret=1 text="Nhiệm vụ\tĐơn vị chủ trì\tThời hạn\nViệc ba\tLiên minh HTX tỉnh\t31/12/2023\n"
let id = last /sheets/(\d+)
POST /sheets/{id}/import _v=1 plan_id=1
GET /tasks.json?q=Việc+ba
let t = json .tasks[0].id
GET /tasks/{t}.json
let a = json .assignments[0].id
as officer
POST /tasks/{t}/update assignment_id={a} percent=10 note="Đã bắt đầu"
as standing
POST /sheets/{id}/undo _v=2
expect status 409
expect text "Đã có người làm việc trên 1 nhiệm vụ"

scenario nothing is imported by looking
as standing
let n = rows task
POST /sheets not_secret=1 text="Biểu theo dõi\t\t\t\t\nTT\tTên việc\tAi lo\tPhối hợp\tHạn xong\n1\tRà soát mạng\tSở Tài chính\t\tQuý IV/2023\n"
expect redirect /sheets/*?done=sheet-read
let id = last /sheets/(\d+)
expect rows task = {n}
GET /sheets/{id}.json
expect json .columns[column=2].field = "title"
expect json .columns[column=3].field = "none"
expect json .rows_good = 0
expect json .rows_bad = 1
GET /sheets/{id}
expect text "chưa ghép cột"
expect text "Thiếu cơ quan chủ trì."

scenario a person says which column is what, and the committee remembers
POST /sheets/{id}/map _v=1 c0=no c1=title c2=title c4=deadline head_line=2
expect status 422
expect text "Có 2 cột cùng là «Nội dung nhiệm vụ»"
POST /sheets/{id}/map _v=1 c0=no c1=title c2=lead c3=coordinating c4=deadline head_line=2
expect redirect /sheets/{id}?done=sheet-mapped
GET /sheets/{id}.json
expect json .rows_good = 1
expect json .rows_bad = 0
POST /sheets/{id}/map _v=1 c0=no c1=title c2=lead c4=deadline head_line=2
expect status 409
POST /sheets not_secret=1 text="TT\tTên việc\tAi làm\tHạn xong\n1\tViệc khác\tSở Nội vụ\t31/12/2023\n"
let id2 = last /sheets/(\d+)
GET /sheets/{id2}.json
expect json .columns[column=3].field = "lead"
expect json .rows_good = 1
POST /sheets/{id2}/drop _v=1
expect redirect /sheets?done=sheet-dropped
POST /sheets/{id2}/import _v=2 plan_id=1
expect status 409

scenario all faults at once, with line, column, value and what is accepted
POST /sheets not_secret=1 text="TT\tNhiệm vụ\tĐơn vị chủ trì\tPhối hợp\tThời hạn\tSản phẩm\nI\tHạ tầng số\t\t\t\t\n1\tRà soát mạng truyền số liệu\tLiên minh HTX tỉnh\tSở Tài chánh\tQuý IV/2023\tBáo cáo\n2\t\tSở Tài chính\t\t31/12/2023\t\n3\tBố trí kinh phí\tSở Tài chính\t\t32/13/2023\tQuyết định\n4\tĐào tạo cán bộ\t\t\tTháng 11/2023\t\n5\tHọp giao ban\tSở Nội vụ\t\tHằng quý\t\n6\tHọp giao ban\tSở Nội vụ\t\tHằng quý\t\n"
let id = last /sheets/(\d+)
GET /sheets/{id}
expect status 200
golden sheet-faults
GET /sheets/{id}.json
expect json .rows_good = 2
expect json .rows_bad = 4
expect json .faults[line=4].text = "Thiếu nội dung nhiệm vụ."
expect json .faults[line=4].column = 2
expect json .faults[line=5].value = "32/13/2023"
expect json .faults[line=5].accepted ~ "Quý IV/2023"
expect json .faults[line=6].text = "Thiếu cơ quan chủ trì."
expect json .faults[line=8].text ~ "Trùng với dòng 7"
GET /sheets/{id}/failed.csv
expect status 200
expect source "Lỗi"
expect source "I,Hạ tầng số"
expect source "32/13/2023"
expect no text "Rà soát mạng truyền số liệu"

scenario rows with faults stop the import, unless they are left out
POST /sheets/{id}/import _v=1 plan_id=1
expect status 409
expect text "Còn 4 dòng có lỗi nên chưa nhập"
expect rows task = {n}
POST /sheets/{id}/import _v=1 only_good=1
expect status 422
expect text "Cần ghi số ký hiệu kế hoạch"
POST /sheets/{id}/import _v=1 plan_id=1 only_good=1 _key=sheet-1
expect redirect /sheets/{id}?done=sheet-imported
POST /sheets/{id}/import _v=1 plan_id=1 only_good=1 _key=sheet-1
expect redirect /sheets/{id}?done=sheet-imported
GET /tasks.json
expect json .tasks.count = 24
expect json .tasks[title=Họp giao ban].no = "5"
GET /sheets/{id}
expect status 200
golden sheet-imported
GET /board.json
let doing = json .tasks
POST /sheets/{id}/import _v=2 plan_id=1 only_good=1
expect status 409

scenario the whole import is taken back, and says who did it
POST /sheets/{id}/undo _v=2
expect redirect /sheets/{id}?done=sheet-undone
expect rows task = {n}
GET /tasks.json
expect json .tasks.count = 22
GET /tasks?q=giao+ban
expect no text "Họp giao ban"
POST /sheets/{id}/undo _v=3
expect status 409
as auditor
GET /audit.json
expect json .audit[action=sheet.undo].detail = "2 nhiệm vụ"
as standing

scenario a number that was given and taken back is never given to another task or plan
POST /sheets not_secret=1 text="TT\tNhiệm vụ\tĐơn vị chủ trì\tThời hạn\n1\tViệc của kế hoạch rút lại\tSở Nội vụ\tNăm 2024\n"
let id = last /sheets/(\d+)
POST /sheets/{id}/import _v=1 number="76/KH-UBND" day=1/9/2023 title="Kế hoạch rút lại" issuer="UBND tỉnh"
GET /sheets/{id}.json
let plan = json .plan_id
GET /plans/{plan}.json
let task = json .tasks[0].id
POST /sheets/{id}/undo _v=2
GET /tasks/{task}
expect status 404
POST /sheets not_secret=1 text="TT\tNhiệm vụ\tĐơn vị chủ trì\tThời hạn\n1\tViệc khác hẳn\tSở Tài chính\tNăm 2024\n"
let id = last /sheets/(\d+)
POST /sheets/{id}/import _v=1 number="75/KH-UBND" day=2/9/2023 title="Kế hoạch khác" issuer="UBND tỉnh"
GET /tasks/{task}
expect status 404
GET /plans/{plan}
expect status 404
POST /sheets/{id}/undo _v=2

scenario a new plan comes with its table, and goes with it
let p = rows plan
POST /sheets not_secret=1 text="TT\tNhiệm vụ\tĐơn vị chủ trì\tThời hạn\n1\tViệc một\tSở Nội vụ\tNăm 2024\n2\tViệc hai\tSở Tài chính\t\n"
let id = last /sheets/(\d+)
POST /sheets/{id}/import _v=1 number="77/KH-UBND" day=1/9/2023 title="Kế hoạch chuyển đổi số" issuer="UBND tỉnh"
expect redirect /sheets/{id}?done=sheet-imported
GET /plans/1
expect text "Phân công thành viên Ban"
GET /sheets/{id}
let made = first /plans/(\d+)
GET /plans/{made}
expect text "77/KH-UBND"
expect no text "Phân công thành viên Ban"
GET /sheets/{id}.json
let plan = json .plan_id
GET /plans/{plan}.json
expect json .tasks.count = 2
expect json .number = "77/KH-UBND"
POST /sheets/{id}/undo _v=2
expect redirect /sheets/{id}?done=sheet-undone
expect rows plan = {p}

scenario what is no table says so
POST /sheets not_secret=1 text="Kính gửi anh chị, đây là một đoạn văn."
expect status 422
expect text "Không thấy bảng nào trong tệp"
POST /sheets text="a\tb\n1\t2\n"
expect status 422

scenario only the standing agency imports
GET /sheets
golden sheets
as officer
GET /sheets
expect status 403
POST /sheets/{id}/undo _v=2
expect status 403
