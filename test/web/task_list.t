# The list: states on any day, filters, search, pages, files.

scenario twenty-one tasks on the day of the demonstration
as head
GET /tasks.json
expect json .as_of = "2023-09-30"
expect json .tasks.count = 21
expect json .more = "false"
expect json .tasks[no=1].state = "done"
expect json .tasks[no=2].state = "attention"
expect json .tasks[no=2].state_text = "Đến hạn trong ngày"
expect json .tasks[no=3].state = "doing"
expect json .tasks[no=4].state = "waiting"
expect json .tasks[no=6].state = "done"
expect json .tasks[no=11].state = "awaiting"
expect json .tasks[no=13].state = "overdue"
expect json .tasks[no=13].state_text = "Quá hạn 5 ngày"
expect json .tasks[no=13].original_due = "2023-12-31"
expect json .tasks[no=16].state = "done"
expect json .tasks[no=16].done = "2023-09-19"
expect json .tasks[no=18].state = "doing"
expect json .tasks[no=18].state_text = "Trả lại, làm lại"
GET /tasks
expect status 200
golden tasks

scenario the day after, what was due is late, and what was handed in is not
GET /tasks.json?as-of=2023-10-01
expect json .tasks[no=2].state = "overdue"
expect json .tasks[no=2].state_text = "Quá hạn 1 ngày"
expect json .tasks[no=11].state = "awaiting"

scenario on the day the plan was issued nothing was told yet
GET /tasks.json?as-of=2023-08-22
expect json .tasks.count = 21
expect json .tasks[no=2].state = "waiting"
expect json .tasks[no=13].state = "waiting"
expect json .tasks[no=13].due = "2023-12-31"
expect json .tasks[no=11].state = "waiting"
expect json .tasks[no=1].state = "done"

scenario five days before
GET /tasks.json?as-of=2023-09-25
expect json .tasks[no=13].state = "attention"
expect json .tasks[no=13].state_text = "Đến hạn trong ngày"
expect json .tasks[no=2].state_text = "Còn 5 ngày"
expect json .tasks[no=11].state = "attention"
expect json .tasks[no=16].state = "done"

scenario the new year
GET /tasks.json?as-of=2024-01-01
expect json .tasks[no=4].state_text = "Quá hạn 1 ngày"
expect json .tasks[no=7].state = "waiting"
expect json .tasks[no=15].state = "waiting"
expect json .tasks[no=11].state = "awaiting"
GET /tasks.json?as-of=2024-01-01&state=overdue
expect json .tasks.count = 15

scenario before the plan there is nothing
GET /tasks.json?as-of=2023-08-01
expect json .tasks.count = 0
GET /tasks?as-of=2023-08-01
expect status 200

scenario each state is a filter, and they add up
GET /board.json
expect json .tasks = 21
GET /tasks.json?state=done
expect json .tasks.count = 3
GET /tasks.json?state=awaiting
expect json .tasks.count = 1
GET /tasks.json?state=overdue
expect json .tasks.count = 1
GET /tasks.json?state=attention
expect json .tasks.count = 1
GET /tasks.json?state=doing
expect json .tasks.count = 6
GET /tasks.json?state=waiting
expect json .tasks.count = 9
GET /tasks?state=overdue
expect status 200
golden tasks-overdue

scenario the search reads with marks and without, in either form
GET /tasks.json?q=đôn đốc
expect json .tasks[no=20].title ~ "đôn đốc"
let n = json .tasks.count
GET /tasks.json?q=don doc
expect json .tasks.count = {n}
expect json .tasks[no=20].title ~ "đôn đốc"
GET /tasks.json?q=DON DOC
expect json .tasks.count = {n}
GET /tasks.json?q=Hội Nông dân
expect json .tasks[no=16].title ~ "Hội Nông dân"
GET /tasks.json?q=không có chữ nào như thế này
expect json .tasks.count = 0
GET /tasks?q=xyzxyz
expect text "Không có nhiệm vụ nào khớp"
GET /tasks.json?q="*(
expect status 200
GET /tasks.json?q=%25
expect status 200

scenario filters stand in the address and add up
GET /agencies.json
let lm = json .agencies[name=Liên minh Hợp tác xã tỉnh].id
GET /tasks.json?agency={lm}
expect json .tasks.count = 8
GET /tasks.json?agency={lm}&state=overdue
expect json .tasks.count = 1
expect json .tasks[0].no = "13"
GET /tasks.json?agency={lm}&state=overdue&q=truyen
expect json .tasks.count = 1
GET /tasks.json?plan=999
expect json .tasks.count = 0
GET /tasks.json?silent=1
expect json .tasks[no=4].state = "waiting"

scenario lists in other orders, in the way of the Vietnamese alphabet
GET /tasks.json?sort=due
expect json .tasks[0].due = "2023-09-25"
GET /tasks.json?sort=title
expect json .tasks[0].title ~ "Bố trí"
GET /tasks.json?sort=updated
expect status 200

scenario long lists come in pages, each row once
as standing
repeat 60 POST /plans/1/add title="Việc thêm {i}" lead="Sở Nội vụ" deadline_text="31/10/2023"
GET /tasks.json?sort=title
expect json .tasks.count = 50
expect json .more = "true"
walk /tasks.json?sort=title
expect count walked = 81
walk /tasks.json?sort=due
expect count walked = 81
walk /tasks.json?sort=updated
expect count walked = 81
walk /tasks.json?state=waiting&sort=title
walk /tasks.json?state=waiting&sort=updated
walk /tasks.json?sort=updated
expect count walked = 81
walk /tasks.json
expect count walked = 81
walk /tasks.json?q=viec them
expect count walked = 60
GET /tasks
expect source "after="
expect text "Trang sau"

scenario the list as files
GET /tasks/export.csv?state=overdue
expect status 200
expect header Content-Type ~ "text/csv"
expect source "13"
GET /tasks/export.xlsx
expect status 200
expect header Content-Type ~ "spreadsheetml"
expect header Content-Disposition ~ "nhiem-vu-2023-09-30.xlsx"
GET /tasks/export
expect status 404

scenario the filter offers an agency as soon as it leads a task
as standing
GET /tasks?state=done
expect no text "Hội Làm vườn tỉnh"
GET /tasks?state=done
POST /plans/1/add title="Việc của Hội" lead="Hội Làm vườn tỉnh" deadline_text="31/10/2023"
GET /tasks?state=done
expect text "Hội Làm vườn tỉnh"
GET /board
expect text "Hội Làm vườn tỉnh"
