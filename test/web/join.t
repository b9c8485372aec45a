# One paper in several files: body, appendix, signed copy; one draft, and every row still knows its file.

scenario an appendix finds its body by number and day
as standing
file than.txt text "UBND TỈNH TÂY NINH\nBAN CHỈ ĐẠO\nSố: 31/KH-BCĐ\nTây Ninh, ngày 12 tháng 9 năm 2023\nKẾ HOẠCH\nPhát triển hợp tác xã năm 2024\n\nI. MỤC ĐÍCH\n1. Nâng cao hiệu quả hoạt động của hợp tác xã.\n"
file phu-luc.txt text "UBND TỈNH TÂY NINH\nBAN CHỈ ĐẠO\nSố: 31/KH-BCĐ\nTây Ninh, ngày 12 tháng 9 năm 2023\nKẾ HOẠCH\nPhát triển hợp tác xã năm 2024\n\nTT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\n1\tRà soát hợp tác xã yếu kém\tSở Nội vụ\tSở Tài chính\tQuý I/2024\n2\tĐào tạo cán bộ hợp tác xã\tSở Tài chính\t\tTháng 6/2024\n"
POST /intake not_secret=1 file=@than.txt
expect redirect /intake/*?done=read
let i = last /intake/(\d+)
POST /intake not_secret=1 file=@phu-luc.txt
let k = last /intake/(\d+)
GET /intake/{i}
expect text "cùng số, cùng ngày"
GET /intake/{i}/join
expect status 200
golden join
GET /intake/{i}/join.json
expect json .others[file=phu-luc.txt].same_paper = true
GET /intake/{k}.json
let row = json .rows[no=2].id
POST /intake/{k}/rows/{row} act=edit _v=1 title="Đào tạo cán bộ quản lý hợp tác xã" lead="Sở Tài chính" coordinating="" deadline_text="Tháng 6/2024" output=""

scenario put together, with what was verified
POST /intake/{i}/join other_id={k} kind=part _v=9
expect status 409
POST /intake/{i}/join other_id={k} kind=part _v=1
expect redirect /intake/{i}?done=joined
GET /intake/{i}.json
expect json .rows.count = 2
expect json .rows[no=2].title = "Đào tạo cán bộ quản lý hợp tác xã"
GET /intake/{i}/join.json
expect json .parts.count = 2
expect json .parts[1].file = "phu-luc.txt"
GET /intake/{i}
expect text "——— phu-luc.txt ———"
expect text "Bản này ghép từ 2 tệp."
expect text "Tệp: phu-luc.txt."
GET /intake.json
expect json .intakes[file=phu-luc.txt].state = "dropped"
POST /intake/{k}/join other_id={i} kind=part _v=2
expect status 409

scenario a signed copy is kept beside it, and where it reads differently is told
file ban-ky.txt text "UBND TỈNH TÂY NINH\nBAN CHỈ ĐẠO\nSố: 31/KH-BCĐ\nTây Ninh, ngày 12 tháng 9 năm 2023\nKẾ HOẠCH\nPhát triển hợp tác xã năm 2024\n\nTT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\n1\tRà soát hợp tác xã yếu kém\tSở Nội vụ\tSở Tài chính\tQuý II/2024\n2\tĐào tạo cán bộ quản lý hợp tác xã\tSở Tài chính\t\tTháng 6/2024\n"
POST /intake not_secret=1 file=@ban-ky.txt
let s = last /intake/(\d+)
GET /intake/{i}/join
expect text "có vẻ là bản ký"
POST /intake/{i}/join other_id={s} kind=signed _v=2
expect redirect /intake/{i}?done=joined
GET /intake/{i}.json
expect json .rows.count = 2
let iv = json .version
GET /intake/{i}/join
expect text "1 dòng đọc khác (số 1)"
golden join-signed
POST /intake/{i}/confirm _v={iv} accept_unseen=1
expect redirect /plans/*?done=planned
let p = last /plans/(\d+)
GET /plans/{p}.json
expect json .tasks.count = 2
expect rows document_file = 3

scenario only the standing agency puts papers together
as officer
GET /intake/{i}/join
expect status 403
