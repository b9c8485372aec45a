# A paper that changes a plan which is being followed: differences, accepted one by one.

scenario a paper of the same number is told from the plan, and nothing happens by itself
as standing
let e = rows task_event
let n = rows task
file thay.txt text "UBND TỈNH TÂY NINH\nBAN CHỈ ĐẠO KTTT, HTX TỈNH\nSố: 99/KH-BCĐ\nTây Ninh, ngày 20 tháng 9 năm 2023\nKẾ HOẠCH\nSửa đổi, bổ sung Kế hoạch số 2653/KH-BCĐ\n\nTT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\n13\tTổ chức lớp tập huấn hoàn toàn mới về chuyển đổi số cho hợp tác xã nông nghiệp\tSở Nội vụ\t\tTháng 11/2023\n"
POST /intake not_secret=1 file=@thay.txt
expect redirect /intake/*?done=read
let i = last /intake/(\d+)
GET /intake/{i}
expect text "2653/KH-BCĐ"
GET /intake/{i}/amend.json
expect json .plan = "2653/KH-BCĐ"
expect json .whole = false
expect json .changes.count = 1
expect json .changes[0].kind = "added"
let name = json .changes[0].name
let v = json .changes[0].version
expect rows task_event = {e}
expect rows task = {n}
GET /intake/{i}/amend
expect status 200
golden amend-added

scenario an added task is accepted, with the paper's number as the reason
POST /intake/{i}/amend _v={v} plan_id=1 name={name} accept=yes _key=amend-1
expect redirect /intake/{i}/amend*
POST /intake/{i}/amend _v={v} plan_id=1 name={name} accept=yes _key=amend-1
expect redirect /intake/{i}/amend*
GET /tasks.json?q=hoàn+toàn+mới
expect json .tasks.count = 1
GET /intake/{i}/amend.json?plan=1
expect json .changes.count = 0
expect json .decided[0].accepted = true
GET /intake/{i}.json
let iv = json .version
POST /intake/{i}/amend/close _v={iv} plan_id=1
expect redirect /plans/1?done=amend-closed
GET /plans/1
expect text "99/KH-BCĐ"

scenario the same plan once more, changed here and there: title, lead, coordinating, deadline, a task gone
file doi.txt text "UBND TỈNH TÂY NINH\nBAN CHỈ ĐẠO\nSố: 45/KH-BCĐ\nTây Ninh, ngày 12 tháng 9 năm 2023\nKẾ HOẠCH\nPhát triển hợp tác xã năm 2024\n\nTT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\tSản phẩm\n1\tRà soát hợp tác xã yếu kém trên địa bàn\tSở Nội vụ\tSở Tài chính\tQuý I/2024\tBáo cáo\n2\tĐào tạo cán bộ hợp tác xã nông nghiệp\tSở Tài chính\t\tTháng 6/2024\t\n3\tTổ chức hội chợ hàng nông sản của tỉnh\tSở Công Thương\t\tTháng 9/2024\t\n"
POST /intake not_secret=1 file=@doi.txt
let i = last /intake/(\d+)
POST /intake/{i}/confirm _v=1 accept_unseen=1
let p = last /plans/(\d+)
file doi2.txt text "UBND TỈNH TÂY NINH\nBAN CHỈ ĐẠO\nSố: 45/KH-BCĐ\nTây Ninh, ngày 25 tháng 9 năm 2023\nKẾ HOẠCH\nPhát triển hợp tác xã năm 2024\n\nTT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\tSản phẩm\n1\tRà soát hợp tác xã yếu kém trên toàn địa bàn\tSở Tài chính\tSở Nội vụ; Sở Y tế\tQuý II/2024\tDanh sách\n2\tĐào tạo cán bộ hợp tác xã nông nghiệp\tSở Tài chính\t\tTháng 6/2024\t\n"
POST /intake not_secret=1 file=@doi2.txt
let i = last /intake/(\d+)
GET /intake/{i}/amend.json
expect json .plan = "45/KH-BCĐ"
expect json .whole = true
expect json .same = 1
expect json .changes.count = 6
expect json .changes[kind=title].becomes ~ "trên toàn địa bàn"
expect json .changes[kind=removed].was ~ "hội chợ"
let task = json .changes[kind=title].task_id
let gone = json .changes[kind=removed].task_id
let title = json .changes[kind=title].name
let v = json .changes[kind=title].version
GET /intake/{i}/amend
golden amend

scenario each is accepted by itself and becomes an act with its reason
POST /intake/{i}/amend/close _v=1 plan_id={p}
expect status 409
expect text "Còn 6 chỗ khác nhau chưa quyết định"
POST /intake/{i}/amend _v={v} plan_id={p} name={title} accept=yes
GET /intake/{i}/amend.json?plan={p}
let name = json .changes[kind=lead].name
let v = json .changes[kind=lead].version
POST /intake/{i}/amend _v=1 plan_id={p} name={name} accept=yes
expect status 409
POST /intake/{i}/amend _v={v} plan_id={p} name={name} accept=yes
GET /intake/{i}/amend.json?plan={p}
let name = json .changes[kind=coordinating].name
let v = json .changes[kind=coordinating].version
POST /intake/{i}/amend _v={v} plan_id={p} name={name} accept=yes
GET /intake/{i}/amend.json?plan={p}
let name = json .changes[kind=due].name
let v = json .changes[kind=due].version
POST /intake/{i}/amend _v={v} plan_id={p} name={name} accept=yes
GET /intake/{i}/amend.json?plan={p}
let name = json .changes[kind=output].name
let v = json .changes[kind=output].version
POST /intake/{i}/amend _v={v} plan_id={p} name={name} accept=no
expect rows task_event where task_id = {task} and field = 'output' = 0
expect rows task_event where task_id = {task} and field = 'coordinating' = 1
GET /intake/{i}/amend.json?plan={p}
expect json .changes.count = 1
let name = json .changes[kind=removed].name
let v = json .changes[kind=removed].version
POST /intake/{i}/amend _v={v} plan_id={p} name={name} accept=yes
GET /intake/{i}/amend.json?plan={p}
expect json .changes.count = 0
expect json .decided.count = 6
GET /tasks/{task}.json
expect json .title = "Rà soát hợp tác xã yếu kém trên toàn địa bàn"
GET /tasks.json?plan={p}
expect json .tasks[no=1].due = "2024-06-30"
expect json .tasks[no=1].original_due = "2024-03-31"
GET /tasks/{task}
expect text "Theo 45/KH-BCĐ ngày 25/9/2023"
expect text "Điều chỉnh cơ quan phối hợp"
expect text "Điều chỉnh nội dung"
GET /tasks/{gone}
expect text "Theo 45/KH-BCĐ ngày 25/9/2023; văn bản mới không còn nhiệm vụ này"
POST /intake/{i}/amend/close _v=1 plan_id={p}
expect redirect /plans/{p}?done=amend-closed
GET /intake/{i}/amend
golden amend-closed
as auditor
GET /audit.json
expect json .audit[action=amend.refuse].detail ~ "Sản phẩm: Báo cáo → Danh sách"
expect json .audit[action=task.coordinating].detail ~ "Sở Y tế"
as officer
GET /intake/{i}/amend
expect status 403

scenario the same plan in other bytes differs only by the task that another paper added
as standing
file y-nguyen.txt changed ke-hoach-2653.txt
POST /intake not_secret=1 file=@y-nguyen.txt
let same = last /intake/(\d+)
GET /intake/{same}/amend.json
expect json .plan = "2653/KH-BCĐ"
expect json .whole = true
expect json .same = 21
expect json .changes.count = 1
expect json .changes[kind=removed].was ~ "hoàn toàn mới"
