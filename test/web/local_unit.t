# "Địa phương", "UBND cấp huyện": a named set, opened into the units of the paper's day.

scenario nothing is opened before the office has named its units
as standing
GET /tasks.json
let id = json .tasks[no=2].id
GET /committee.json
expect json .units.count = 0

scenario the units of a day are named, with their paper
POST /committee/units level=district names="" from=1/1/2020 paper="1/NQ"
expect status 422
POST /committee/units level=district names="Huyện Một\nHuyện Hai" from=1/1/2024 to=1/1/2023 paper="1/NQ"
expect status 422
expect text "Ngày kết thúc"
POST /committee/units level=district names="Thành phố Tây Ninh\nThị xã Hòa Thành\n\nHuyện Tân Biên" from=1/1/2020 to=30/6/2025 paper="865/NQ-UBTVQH14"
expect redirect /committee?done=units
POST /committee/units level=commune names="Phường Tân Ninh\nXã Tân Biên" from=1/7/2025 paper="1682/NQ-UBTVQH15"
expect redirect /committee?done=units
GET /committee.json
expect json .units.count = 3
GET /committee.json?as-of=2025-07-01
expect json .units.count = 2
GET /committee
expect text "Đơn vị cấp huyện"
expect text "865/NQ-UBTVQH14"

scenario a paper of a day opens into the units of that day
POST /plans/1/add title="Việc của huyện" lead="UBND cấp huyện" deadline_text="31/12/2023"
let new = last /tasks/(\d+)
GET /tasks/{new}
expect text "Gồm những cơ quan nào"
expect text "nhóm 3 cơ quan"
expect text "Thị xã Hòa Thành"
expect no text "Phường Tân Ninh"
POST /plans/1/add title="Việc chung" lead="Sở Tài chính" coordinating="Các sở, ngành, địa phương" deadline_text="31/12/2023"
let both = last /tasks/(\d+)
GET /tasks/{both}
expect text "Huyện Tân Biên"

scenario a new set takes the place of the old one from its day
POST /committee/units level=district names="Huyện Mới" from=1/9/2023 to=30/6/2025 paper="2/NQ"
expect redirect /committee?done=units
GET /committee.json
expect json .units.count = 1
GET /committee.json?as-of=2023-08-31
expect json .units.count = 3
as officer
POST /committee/units level=district names="Huyện Mới" from=1/9/2023 paper="2/NQ"
expect status 403
as auditor
GET /audit.json
expect json .audit[action=committee.units].detail = "cấp huyện: 1, 2/NQ, từ 1/9/2023"
