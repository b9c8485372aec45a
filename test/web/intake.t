# From a paper to a plan, verified row by row.

scenario the same bytes again change nothing and say so
as standing
GET /intake
expect status 200
golden intake-list
let n = rows intake
let f = rows file
let t = rows task
file ke-hoach-2653.txt fixture ke-hoach-2653.txt
POST /intake not_secret=1 file=@ke-hoach-2653.txt
expect redirect /intake/*?done=known
expect rows intake = {n}
expect rows file = {f}
expect rows task = {t}
GET /intake/1?done=known
expect text "đã được nhập trước đó"

scenario other bytes become a draft, not a plan
file ban-hai.txt changed ke-hoach-2653.txt
POST /intake not_secret=1 file=@ban-hai.txt
expect redirect /intake/*?done=read
let id = last (\d+)\?done=read
expect rows plan = 1
GET /intake/{id}
expect status 200
golden verify
expect text "ban-hai.txt"
expect text "21 nhiệm vụ"
GET /intake/{id}.json
expect json .rows.count = 21
let row = json .rows[no=1].id
let v = json .rows[no=1].version
let row2 = json .rows[no=2].id
let v2 = json .rows[no=2].version
let row3 = json .rows[no=3].id
let v3 = json .rows[no=3].version

scenario a row is accepted, another mended, a third is no task
POST /intake/{id}/rows/{row} act=accept _v={v}
expect redirect /intake/{id}*
GET /intake/{id}.json
expect json .rows[no=1].state = "accepted"
POST /intake/{id}/rows/{row2} act=edit _v={v2} title="Kiện toàn và nâng cao vai trò của Ban Chỉ đạo tỉnh về KTTT" lead="Liên minh HTX tỉnh" coordinating="Các thành viên BCĐ" deadline_text="Quý III/2023" output=""
expect redirect /intake/{id}*
GET /intake/{id}.json
expect json .rows[no=2].state = "edited"
expect json .rows[no=2].title ~ "Kiện toàn"
POST /intake/{id}/rows/{row3} act=drop _v={v3}
expect redirect /intake/{id}*
GET /intake/{id}.json
expect json .rows[no=3].state = "dropped"

scenario who was slower is told
POST /intake/{id}/rows/{row2} act=edit _v={v2} title="Của người đến sau" lead="" coordinating="" deadline_text="" output=""
expect status 409
expect text "Đã có người sửa"

scenario an edit without words is refused
GET /intake/{id}.json
let v2 = json .rows[no=2].version
POST /intake/{id}/rows/{row2} act=edit _v={v2} title="  " lead="Sở Tài chính" coordinating="" deadline_text="" output=""
expect status 422

scenario a deadline that is in no calendar is refused beside its field
POST /intake/{id}/rows/{row2} act=edit _v={v2} title="Kiện toàn Ban Chỉ đạo tỉnh" lead="Sở Tài chính" coordinating="" deadline_text="31/13/2025" output=""
expect status 422
expect text "Chưa hiểu thời hạn «31/13/2025»"

scenario undo takes back the last act, then the one before
POST /intake/{id}/undo
expect redirect /intake/{id}?row=*done=undone*
GET /intake/{id}.json
expect json .rows[no=3].state = "unseen"
POST /intake/{id}/undo
GET /intake/{id}.json
expect json .rows[no=2].state = "unseen"
expect json .rows[no=2].title ~ "Kiểm toàn"
POST /intake/{id}/undo
POST /intake/{id}/undo
expect status 409
expect text "Không còn việc nào để hoàn tác"

scenario confirming asks first, and does not take unseen rows unasked
GET /intake/{id}/confirm
expect status 200
golden intake-confirm
let cv = field _v
POST /intake/{id}/confirm _v={cv}
expect status 409
expect rows plan = 1
POST /intake/{id}/confirm?as-of=2023-08-01 _v={cv} accept_unseen=1 _key=confirm-1
expect redirect /plans/*?done=planned
POST /intake/{id}/confirm _v={cv} accept_unseen=1 _key=confirm-1
expect redirect /plans/*?done=planned
expect rows plan = 2
GET /tasks.json
expect json .tasks.count = 42
GET /intake/{id}
expect status 200
expect text "đã giao"
POST /intake/{id}/rows/{row} act=accept _v=1
expect status 409

scenario a draft is dropped, and stays dropped
file ban-ba.txt edited "Bản ba.\n"
POST /intake not_secret=1 file=@ban-ba.txt
expect redirect /intake/*?done=read
let id = last (\d+)\?done=read
POST /intake/{id}/drop _v=1
expect redirect /intake?done=dropped
GET /intake.json
expect json .intakes[file=ban-ba.txt].state = "dropped"
POST /intake/{id}/confirm accept_unseen=1 _v=2
expect status 409

scenario pasted text is read like a file
POST /intake not_secret=1 text="KẾ HOẠCH\nSố: 12/KH-UBND\nTây Ninh, ngày 02 tháng 9 năm 2023\n1. Sở Tài chính chủ trì, phối hợp với Sở Nội vụ rà soát biên chế, hoàn thành trước ngày 31/10/2023.\n2. Sở Nội vụ báo cáo kết quả trước ngày 15/11/2023.\n"
expect redirect /intake/*?done=read

scenario only the standing agency takes in papers
as officer
GET /intake
expect status 403
POST /intake not_secret=1 file=@ke-hoach-2653.txt
expect status 403
GET /intake/1
expect status 403
