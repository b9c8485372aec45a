# Every register as the page shows it, as CSV and as XLSX.

scenario registers of the committee are files too
as standing
GET /agencies.csv
expect status 200
expect header Content-Type ~ "text/csv"
expect header Content-Disposition ~ "co-quan-2023-09-30.csv"
expect text "Liên minh Hợp tác xã tỉnh"
GET /agencies.xlsx
expect status 200
expect header Content-Type ~ "spreadsheetml"
GET /members.csv
expect text "Lĩnh vực phụ trách"
expect text "Trưởng Ban"
GET /documents.csv
expect text "2653/KH-BCĐ"
GET /reports.csv
expect text "2653/KH-BCĐ"
GET /intake.csv
expect status 200
expect text "Đã kiểm tra"
GET /confirm.csv
expect status 200
expect text "Nhiệm vụ"
GET /confirm.xlsx
expect header Content-Disposition ~ "cho-xac-nhan"

scenario who may not see a register gets no file of it
GET /audit.csv
expect status 403
GET /accounts.xlsx
expect status 403
as admin
GET /accounts.csv
expect status 200
expect text "Trưởng Ban Chỉ đạo"
expect no text "$argon2"
as auditor
GET /audit.csv
expect status 200
expect text "Việc"
GET /audit.xlsx
expect header Content-Type ~ "spreadsheetml"
