# Which member answers for which agency, and with it for its tasks.

scenario a member answers for the tasks of the agency he sits for
as standing
GET /members.json
let lm = json .members[agency=Liên minh Hợp tác xã tỉnh].id
let st = json .members[agency=Sở Tài chính].id
GET /members/{lm}
expect status 200
golden member
expect text "phụ trách 8 nhiệm vụ"
GET /members/{lm}.json
expect json .tasks.count = 8
expect json .follows[0].agency = "Liên minh Hợp tác xã tỉnh"
GET /tasks.json?member={lm}
expect json .tasks.count = 8
GET /tasks?member={lm}
expect text "Thành viên phụ trách"
GET /tasks.json
let five = json .tasks[no=5].id
let women = json .tasks[no=17].id
GET /tasks/{five}.json
expect json .members.count = 2
GET /tasks/{five}
expect text "Thành viên phụ trách"
expect text "Lãnh đạo Sở Tài chính"
GET /tasks/{women}.json
expect json .members.count = 0
GET /tasks/export.csv
expect source "Thành viên phụ trách"
expect source "Lãnh đạo Sở Tài chính"
GET /members/999999
expect status 404

scenario an agency without a seat is given to a member by a paper, from a day
GET /agencies.json
let hp = json .agencies[name=Hội Liên hiệp Phụ nữ tỉnh].id
POST /members/{st}/follow agency_id={hp}
expect status 422
expect text "Văn bản phân công"
POST /members/{st}/follow agency_id=999999 source="45/TB-BCĐ"
expect status 422
expect field source = "45/TB-BCĐ"
POST /members/{st}/follow agency_id={hp} source="45/TB-BCĐ" day=20/9/2023
expect redirect /members/{st}?done=follow
POST /members/{st}/follow agency_id={hp} source="45/TB-BCĐ" day=20/9/2023
expect status 409
expect text "đang phụ trách"
GET /tasks/{women}.json
expect json .members[0].post = "Lãnh đạo Sở Tài chính"
GET /tasks/{women}.json?as-of=2023-09-19
expect json .members.count = 0
GET /members/{st}.json
expect json .tasks.count = 2
let f = json .follows[agency=Hội Liên hiệp Phụ nữ tỉnh].id
POST /members/{st}/unfollow follow_id={f} _v=7
expect status 409
POST /members/{st}/unfollow follow_id={f} _v=1
expect redirect /members/{st}?done=unfollow
GET /members/{st}.json
expect json .tasks.count = 1
expect json .follows[agency=Hội Liên hiệp Phụ nữ tỉnh].to = "2023-09-29"
GET /members/{st}.json?as-of=2023-09-25
expect json .tasks.count = 2

scenario who only looks changes nothing
as officer
GET /members/{st}
expect no text "Giao phụ trách"
POST /members/{st}/follow agency_id={hp} source="1"
expect status 403
as auditor
GET /audit.json
expect json .audit[action=member.follow].post = "Chuyên viên cơ quan thường trực"
