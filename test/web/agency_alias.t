# Another name of an agency, accepted by a verifier, serves the next paper.

scenario a name that a verifier mended is remembered, with the paper
as standing
POST /intake not_secret=1 text="KẾ HOẠCH\nSố: 12/KH-UBND\nTây Ninh, ngày 02 tháng 9 năm 2023\n\nTT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n1\tRà soát biên chế\tSở Nội vụ\tQuý IV/2023\n2\tBáo cáo kết quả\tTrung tâm KC\tQuý IV/2023\n"
let i = last /intake/(\d+)
GET /intake/{i}.json
let row = json .rows[no=2].id
POST /intake/{i}/rows/{row} act=edit _v=1 title="Báo cáo kết quả" lead="Trung tâm Khuyến công" coordinating="" deadline_text="Quý IV/2023" output=""
GET /intake/{i}/confirm
expect text "Lập mới 2 cơ quan chưa có trong danh mục: Sở Nội vụ; Trung tâm Khuyến công"
POST /intake/{i}/confirm _v=1 accept_unseen=1
expect redirect /plans/*
GET /agencies.json
let id = json .agencies[name=Trung tâm Khuyến công].id
GET /agencies/{id}.json
expect json .aliases.count = 1
expect json .aliases[0].alias = "Trung tâm KC"
expect json .aliases[0].in_use = true
let v = json .aliases[0].version
let alias = json .aliases[0].id
GET /agencies/{id}
golden agency-alias
let n = rows agency
POST /plans/1/add title="Việc theo tên cũ" lead="Trung tâm KC" deadline_text="31/12/2023"
expect rows agency = {n}

scenario a name is added by hand, but not that of another agency
POST /agencies/{id}/aliases alias="TT Khuyến công tỉnh"
expect redirect /agencies/{id}?done=alias
POST /agencies/{id}/aliases alias="Sở Nội vụ"
expect status 422
expect text "tên của một cơ quan khác"
POST /agencies/{id}/aliases alias="Trung tâm Khuyến công"
expect status 422
GET /agencies.json
let other = json .agencies[name=Sở Nội vụ].id
POST /agencies/{other}/aliases alias="tt khuyen cong tinh"
expect status 422
expect text "đang được hiểu là Trung tâm Khuyến công"

scenario it is taken back, stays on record and serves no more
POST /agencies/{id}/aliases/{alias}/take-back _v={v}
expect redirect /agencies/{id}?done=alias-gone
POST /agencies/{id}/aliases/{alias}/take-back _v={v}
expect status 409
GET /agencies/{id}.json
expect json .aliases[alias=Trung tâm KC].in_use = false
POST /plans/1/add title="Việc theo tên không còn" lead="Trung tâm KC" deadline_text="31/12/2023"
expect rows agency where name = 'Trung tâm KC' = 1
as auditor
GET /audit.json
expect json .audit[action=alias.take_back].detail = "«Trung tâm KC» của Trung tâm Khuyến công"

scenario who does not verify papers does not name agencies
as officer
GET /agencies/{id}
expect no text "Nhớ tên gọi này"
POST /agencies/{id}/aliases alias="Sở khác"
expect status 403
