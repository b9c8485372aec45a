# The committee's own data and rules: values with their paper and their days; a day gone by keeps what held then.

scenario everybody reads them, and two roles change them
as officer
GET /committee
expect status 200
expect text "7 ngày"
expect no text "Đặt quy định"
POST /committee/rules rule=silent_days value=10 source="1/QĐ"
expect status 403
as standing
GET /committee
expect status 200
golden committee
let v = field _v
GET /committee.json
expect json .rules[name=due_soon_days].value = "7"
expect json .history.count = 0

scenario a rule wants a number, a paper, and no day gone by
POST /committee/rules rule=due_soon_days value=400 source="12/QC-BCĐ" _v={v}
expect status 422
expect text "Số ngày phải từ 1 đến 60"
expect field source = "12/QC-BCĐ"
POST /committee/rules rule=due_soon_days value=14 _v={v}
expect status 422
POST /committee/rules rule=due_soon_days value=14 source="12/QC-BCĐ" day=1/9/2023 _v={v}
expect status 422
expect text "ngày đã qua giữ quy định của ngày đó"
POST /committee/rules rule=result_day value=14 source="12/QC-BCĐ" _v={v}
expect status 422
expect rows rule_value = 3

scenario a new rule holds from today, and the days before keep the old one
GET /board.json?as-of=2023-09-29
let before = json .states.attention
GET /board.json
let today = json .states.attention
POST /committee/rules rule=due_soon_days value=60 source="12/QC-BCĐ" _v={v}
expect redirect /committee?done=rule
GET /committee.json
expect json .rules[name=due_soon_days].value = "60"
expect json .rules[name=due_soon_days].paper = "12/QC-BCĐ"
expect json .rules[name=due_soon_days].from = "2023-09-30"
expect json .history[name=due_soon_days].to = "2023-09-29"
GET /committee.json?as-of=2023-09-29
expect json .rules[name=due_soon_days].value = "7"
GET /board.json?as-of=2023-09-29
expect json .states.attention = {before}
GET /board
expect text "trong 60 ngày"
GET /board?as-of=29/9/2023
expect text "trong 7 ngày"
GET /committee
golden committee-changed

scenario who changes what another has changed is told
POST /committee/rules rule=silent_days value=20 source="13/QC-BCĐ" _v={v}
expect status 409
expect text "Có người vừa sửa"

scenario the same day again: the value that never held stays on record
GET /committee
let v = field _v
POST /committee/rules rule=due_soon_days value=7 source="14/QC-BCĐ" _v={v}
expect redirect /committee?done=rule
GET /committee.json
expect json .rules[name=due_soon_days].value = "7"
expect json .rules.count = 3
expect rows rule_value = 5
GET /board.json
expect json .states.attention = {today}
GET /committee
expect text "đã thay trước khi áp dụng"

scenario days of reports, and the next one
GET /committee
let v = field _v
POST /committee/rules rule=report_days value="31/2; x" source="2653/KH-BCĐ" _v={v}
expect status 422
POST /committee/rules rule=report_days value="15/6; 15/12" source="2653/KH-BCĐ" _v={v}
expect redirect /committee?done=rule
GET /committee
expect text "15/12/2023"
GET /committee?as-of=31/12/2023
expect text "15/6/2024"

scenario the data of the committee, by the administrator too
as admin
GET /committee
let v = field _v
POST /committee name="" short_name="BCĐ" parent_name="UBND TỈNH TÂY NINH" head_name="BAN CHỈ ĐẠO" place="Tây Ninh" _v={v}
expect status 422
POST /committee name="Ban Chỉ đạo kinh tế tập thể tỉnh" short_name="BCĐ KTTT" parent_name="UBND TỈNH TÂY NINH" head_name="BAN CHỈ ĐẠO\nKINH TẾ TẬP THỂ" head_post="Trưởng Ban" place="Tây Ninh" standing_agency_id=999999 _v={v}
expect status 422
expect text "Không có cơ quan này"
POST /committee name="Ban Chỉ đạo kinh tế tập thể tỉnh" short_name="BCĐ KTTT" parent_name="UBND TỈNH TÂY NINH" head_name="BAN CHỈ ĐẠO\nKINH TẾ TẬP THỂ" head_post="Trưởng Ban" place="Tây Ninh" _v={v}
expect redirect /committee?done=committee
GET /committee.json
expect json .head_post = "Trưởng Ban"
expect json .short_name = "BCĐ KTTT"
GET /tasks
expect text "BCĐ KTTT"
as auditor
GET /audit.json
expect json .audit[action=committee.rule].detail = "Ngày báo cáo định kỳ: chưa đặt → 15/6; 15/12, từ 30/9/2023"
expect json .audit[action=committee.edit].detail ~ "tên gọn: BCĐ kinh tế"
expect json .audit[action=committee.edit].post = "Quản trị hệ thống"
