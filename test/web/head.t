# The head of a paper is verified as its rows are: what is corrected there is the document's, and tells which paper it is.

scenario a scan that misread its number and its day
as standing
file quet.txt text "UBND TỈNH TÂY NINH\nBAN CHỈ ĐẠO\nSố: 3l/KH-BCĐ\nTây Ninh, ngày 12 tháng 9 năm 2028\nKẾ HOẠCH\nPhát triển hợp tác xã năm 2024\n\nCăn cứ Nghị quyết số 09/NQ-CP ngày 02/02/2023 của Chính phủ ban hành Chương trình hành động;\n\nTT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\n1\tRà soát hợp tác xã yếu kém\tSở Nội vụ\tSở Tài chính\tQuý I\n2\tĐào tạo cán bộ hợp tác xã\tSở Tài chính\t\tTháng 6/2024\n"
POST /intake not_secret=1 file=@quet.txt
let i = last /intake/(\d+)
GET /intake/{i}.json
expect json .heads.count = 1
expect json .heads[0].type = "Kế hoạch"
expect json .heads[0].day = "2028-09-12"
expect json .heads[0].state = "unseen"
expect json .heads[0].bases ~ "09/NQ-CP"
GET /intake/{i}
expect text "Lấy từ dòng địa danh, ngày tháng năm"
expect text "Không phải văn bản"

scenario it is corrected field by field, and taken back
POST /intake/{i}/heads/1 act=edit _v=9 number="31/KH-BCĐ" title="Phát triển hợp tác xã năm 2024"
expect status 409
expect text "Đã có người sửa phần đầu văn bản này"
POST /intake/{i}/heads/1 act=edit _v=1 type="Kế hoạch" number="31/KH-BCĐ" day="12/9/2023" place="Tây Ninh" issuer="Ban Chỉ đạo" title="Phát triển hợp tác xã năm 2024" signer="" signer_title="Trưởng ban" bases="Căn cứ Nghị quyết số 09/NQ-CP ngày 02/02/2023 của Chính phủ ban hành Chương trình hành động;\nCăn cứ Quyết định số 1174/QĐ-UBND ngày 29/5/2023 của UBND tỉnh về việc kiện toàn Ban Chỉ đạo;" recipients="Sở Nội vụ\nSở Tài chính"
expect redirect /intake/{i}?head=1#h1
GET /intake/{i}.json
expect json .heads[0].number = "31/KH-BCĐ"
expect json .heads[0].day = "2023-09-12"
expect json .heads[0].state = "edited"
expect json .heads[0].verified_by = "Chuyên viên cơ quan thường trực"
expect json .undo = "edit"
GET /intake/{i}?head=1
expect text "Người kiểm tra đã sửa. Máy đọc:"
expect text "Căn cứ 2"
POST /intake/{i}/undo
expect redirect /intake/{i}?head=1&done=undone#h1
GET /intake/{i}.json
expect json .heads[0].day = "2028-09-12"
expect json .heads[0].state = "unseen"
let v = json .heads[0].version
POST /intake/{i}/heads/1 act=accept _v={v}
expect redirect /intake/{i}?head=1#h1
GET /intake/{i}.json
expect json .heads[0].state = "accepted"
POST /intake/{i}/undo
POST /intake/{i}/heads/1 act=move_up _v=1
expect status 422
POST /intake/{i}/heads/7 act=accept _v=1
expect status 404

scenario another file of the paper is found when the number is right
file khac.txt text "UBND TỈNH TÂY NINH\nBAN CHỈ ĐẠO\nSố: 31/KH-BCĐ\nTây Ninh, ngày 12 tháng 9 năm 2023\nKẾ HOẠCH\nPhát triển hợp tác xã năm 2024\n\nTT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\n1\tBáo cáo kết quả\tSở Nội vụ\t\tQuý IV/2023\n"
POST /intake not_secret=1 file=@khac.txt
let k = last /intake/(\d+)
GET /intake/{k}
expect no text "cùng số, cùng ngày"
GET /intake/{i}.json
let v = json .heads[0].version
POST /intake/{i}/heads/1 act=accept _v={v} type="Kế hoạch" number="31/KH-BCĐ" day="2023-09-12" place="Tây Ninh" issuer="Ban Chỉ đạo" title="Phát triển hợp tác xã năm 2024" signer="" signer_title="Trưởng ban" bases="Căn cứ Nghị quyết số 09/NQ-CP ngày 02/02/2023 của Chính phủ ban hành Chương trình hành động;\nCăn cứ Quyết định số 1174/QĐ-UBND ngày 29/5/2023 của UBND tỉnh về việc kiện toàn Ban Chỉ đạo;" recipients="Sở Nội vụ\nSở Tài chính"
GET /intake/{i}.json
expect json .heads[0].state = "edited"
GET /intake/{k}
expect text "cùng số, cùng ngày"

scenario put together and taken apart again, with what was verified
GET /intake/{k}.json
let row = json .rows[0].id
GET /intake/{i}.json
let iv = json .version
POST /intake/{i}/join other_id={k} kind=part _v={iv}
expect redirect /intake/{i}?done=joined
GET /intake/{i}.json
expect json .rows.count = 3
expect json .heads.count = 1
let iv = json .version
let third = json .rows[2].id
let tv = json .rows[2].version
POST /intake/{i}/rows/{third} act=edit _v={tv} no=3 title="Báo cáo kết quả cả năm" lead="Sở Nội vụ" coordinating="" deadline_text="Quý IV/2023" output=""
GET /intake/{i}/join
expect text "Tách ra"
GET /intake/{i}/join.json
let part = json .parts[1].id
POST /intake/{i}/join/undo part_id={part} _v=99
expect status 409
POST /intake/{i}/join/undo part_id={part} _v={iv}
expect redirect /intake/{i}/join?done=unjoined
GET /intake/{i}/join.json
expect json .parts.count = 0
expect json .others[file=khac.txt].same_paper = true
GET /intake/{i}.json
expect json .rows.count = 2
expect json .heads[0].number = "31/KH-BCĐ"
expect json .undo = null
GET /intake/{k}.json
expect json .state = "draft"
expect json .rows.count = 1
expect json .rows[0].title = "Báo cáo kết quả cả năm"
expect json .rows[0].state = "edited"

scenario what was confirmed is the document's
GET /intake/{i}.json
let iv = json .version
POST /intake/{i}/confirm _v={iv} accept_unseen=1
expect redirect /plans/*?done=planned
let p = last /plans/(\d+)
GET /plans/{p}.json
expect json .number = "31/KH-BCĐ"
expect json .issued = "2023-09-12"
expect json .bases.count = 2
expect json .bases[1].title ~ "1174/QĐ-UBND"
expect json .recipients.count = 2
GET /tasks.json?plan={p}
expect json .tasks[no=1].due = "2023-03-31"
GET /intake/{k}
expect text "đã được giao; đây có vẻ là bản khác của nó"
GET /intake/{k}/confirm
expect text "sẽ lập kế hoạch thứ hai"

scenario a paper without a head gets one
POST /intake not_secret=1 text="TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n1\tRà soát quỹ đất công\tSở Tài chính\tQuý IV/2023\n"
let n = last /intake/(\d+)
GET /intake/{n}.json
let nv = json .version
expect json .heads.count = 1
expect json .heads[0].needs_look = true
POST /intake/{n}/confirm _v={nv}
expect status 409
POST /intake/{n}/heads/1 act=edit _v=1 type="Kế hoạch" number="7/KH-UBND" day="01/9/2023" title="Rà soát quỹ đất"
expect redirect /intake/{n}?head=1#h1
POST /intake/{n}/confirm _v={nv} accept_unseen=1
expect redirect /plans/*?done=planned

