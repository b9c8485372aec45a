# A draft row by row: merged, split, moved, added, pasted; each act is taken back whole.

scenario a draft to work on
as standing
file ban-kiem-tra.txt edited "Bản kiểm tra.\n"
POST /intake not_secret=1 file=@ban-kiem-tra.txt
expect redirect /intake/*?done=read
let id = last (\d+)\?done=read
GET /intake/{id}.json
expect json .rows.count = 21
let r1 = json .rows[no=1].id
let r2 = json .rows[no=2].id
let r3 = json .rows[no=3].id
let r4 = json .rows[no=4].id

scenario what the reader was unsure of stands first, and why is told
GET /intake/{id}
expect text "Cần xem: còn 5 dòng"
expect text "Lấy từ cột «Cơ quan chủ trì thực hiện» của bảng. Máy chắc 95 phần trăm."
expect text "Kế hoạch 2653/KH-BCĐ ngày 22/8/2023"
expect text "Lấy sau chữ «Số:» ở đầu văn bản"

scenario two rows are merged into the upper one, and come apart again
POST /intake/{id}/rows/{r3} act=merge_up above={r2} _v=1
expect redirect /intake/{id}?row={r2}&done=merged#t{r2}
GET /intake/{id}.json
expect json .rows.count = 20
expect json .rows[no=2].title ~ "về KTTT Tăng cường"
expect json .rows[no=2].merged = "2"
expect json .rows[no=2].state = "unseen"
expect json .undo = "merge"
GET /intake/{id}
expect text "Hoàn tác: gộp"
expect text "Người kiểm tra đã sửa. Máy đọc:"
POST /intake/{id}/undo
expect redirect /intake/{id}?row=*done=undone*
GET /intake/{id}.json
expect json .rows.count = 21
expect json .rows[2].no = "3"
expect json .rows[no=2].merged = ""

scenario the row below is not the one the person saw
GET /intake/{id}.json
let v2 = json .rows[no=2].version
POST /intake/{id}/rows/{r2} act=merge_down below={r4} _v={v2}
expect status 409
expect text "Dòng bên cạnh đã đổi"

scenario a row is split at a line, or at the cursor, and joined again
POST /intake/{id}/rows/{r2} act=split words="Kiện toàn Ban Chỉ đạo;\nNâng cao vai trò của Ban" _v={v2}
expect redirect /intake/{id}?row={r2}&done=split#t{r2}
GET /intake/{id}.json
expect json .rows.count = 22
expect json .rows[1].no = "2a"
expect json .rows[1].title = "Kiện toàn Ban Chỉ đạo"
expect json .rows[2].no = "2b"
expect json .rows[2].title = "Nâng cao vai trò của Ban"
expect json .rows[2].lead = "Liên minh HTX tỉnh"
expect json .rows[3].no = "3"
let v2 = json .rows[1].version
POST /intake/{id}/rows/{r2} act=split words="Một câu" _v={v2}
expect status 422
expect text "Chưa biết tách ở đâu"
POST /intake/{id}/rows/{r2} act=merge_down _v={v2}
expect redirect /intake/{id}?row={r2}&done=merged*
GET /intake/{id}.json
expect json .rows.count = 21
expect json .rows[1].no = "2"
POST /intake/{id}/undo
POST /intake/{id}/undo
GET /intake/{id}.json
expect json .rows.count = 21
expect json .rows[1].title ~ "Kiểm toàn và nâng cao"
let v2 = json .rows[1].version
POST /intake/{id}/rows/{r2} act=split words="Đôn đốc; báo cáo" at=8 _v={v2}
GET /intake/{id}.json
expect json .rows[1].title = "Đôn đốc"
expect json .rows[2].title = "báo cáo"
POST /intake/{id}/undo

scenario rows change places, and back; the first cannot go up
GET /intake/{id}.json
let v1 = json .rows[no=1].version
let v3 = json .rows[no=3].version
POST /intake/{id}/rows/{r3} act=move_up above={r2} _v={v3}
expect redirect /intake/{id}?row={r3}&done=moved#t{r3}
GET /intake/{id}.json
expect json .rows[1].no = "3"
expect json .rows[2].no = "2"
POST /intake/{id}/undo
GET /intake/{id}.json
expect json .rows[1].no = "2"
POST /intake/{id}/rows/{r1} act=move_up _v={v1}
expect status 422
expect text "dòng đầu"

scenario an empty row must be filled before it is right
POST /intake/{id}/rows/{r1} act=add _v={v1}
expect redirect /intake/{id}?row=*done=row-added*
let new = last row=(\d+)
GET /intake/{id}.json
expect json .rows[1].title = ""
POST /intake/{id}/rows/{new} act=accept _v=1
expect status 422
POST /intake/{id}/confirm accept_unseen=1 _v=1
expect status 409
expect text "Có dòng chưa có nội dung"
POST /intake/{id}/rows/{new} act=edit _v=1 no=1b title="Việc bổ sung" lead="Sở Tài chính" coordinating="" deadline_text="Quý IV/2023" output=""
expect redirect /intake/{id}*
GET /intake/{id}
expect text "Người kiểm tra thêm vào"
expect text "Chuyên viên cơ quan thường trực, lúc"

scenario what was typed is not lost by saying right
POST /intake/{id}/rows/{new} act=accept _v=2 no=1b title="Việc bổ sung thêm" lead="Sở Tài chính" deadline_text="Quý IV/2023"
GET /intake/{id}.json
expect json .rows[1].state = "edited"
expect json .rows[1].title = "Việc bổ sung thêm"

scenario rows out of a spreadsheet go in after a row, in one step
POST /intake/{id}/rows after={r4} text="Nội dung\tĐơn vị chủ trì\tThời hạn\nViệc dán một\tSở Tài chính\t31/12/2023\nViệc dán hai\tSở Nội vụ\tQuý IV/2023\n"
expect redirect /intake/{id}?row=*done=pasted*
GET /intake/{id}.json
expect json .rows.count = 24
expect json .rows[5].title = "Việc dán một"
expect json .rows[6].lead = "Sở Nội vụ"
expect json .rows[6].source = -1
expect json .rows[7].no = "5"
POST /intake/{id}/undo
GET /intake/{id}.json
expect json .rows.count = 22
expect json .rows[5].no = "5"
POST /intake/{id}/rows text="1\t\tSở A\n"
expect status 422
expect text "Dòng 1 chưa có nội dung"
POST /intake/{id}/rows text=" "
expect status 422

scenario the same press twice is one act
POST /intake/{id}/rows text="Việc dán cuối\tSở Y tế\n" _key=paste-once
POST /intake/{id}/rows text="Việc dán cuối\tSở Y tế\n" _key=paste-once
GET /intake/{id}.json
expect json .rows.count = 23
expect json .rows[22].title = "Việc dán cuối"

scenario what is confirmed is what stood on the page
GET /intake/{id}.json
let v2 = json .rows[no=2].version
POST /intake/{id}/rows/{r2} act=merge_down below={r3} _v={v2}
clock +1m
GET /intake/{id}/confirm
let cv = field _v
POST /intake/{id}/confirm _v={cv} accept_unseen=1
expect redirect /plans/*?done=planned
let plan = last /plans/(\d+)
expect rows task where plan_id = {plan} = 22
GET /intake/{id}
expect text "Kiểm tra 22 nhiệm vụ trong 1 phút 0 giây."
GET /plans/{plan}
expect text "Việc bổ sung thêm"
POST /intake/{id}/rows text="Muộn rồi\tSở Y tế\n"
expect status 409

scenario only who may take in papers may change them
as officer
POST /intake/{id}/rows text="x"
expect status 403

scenario a paper of text has no pictures of pages, and nobody else may ask for them
as standing
GET /intake/{id}/page/1.png
expect status 404
GET /intake/reading.json?key=nothing
expect json .reading = false
POST /intake/reading reading=nothing
expect status 404
as officer
GET /intake/{id}/page/1.png
expect status 403
