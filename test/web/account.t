# Accounts of the committee, and what is written about them.

scenario the administrator sees the accounts, by post
as admin
GET /accounts
expect status 200
expect text "Trưởng Ban Chỉ đạo"
expect text "Thanh tra viên"
golden accounts
GET /accounts.json
expect json .accounts.count = 5
let head = json .accounts[login=truong-ban].id
let head_v = json .accounts[login=truong-ban].version
let self = json .accounts[login=quan-tri].id
let self_v = json .accounts[login=quan-tri].version

scenario a new account needs what the form says, and keeps what was typed
GET /accounts/new
expect status 200
golden account-new
POST /accounts/new login="Nguyễn" post="Cán bộ đầu mối" role=officer
expect status 422
expect field login = "Nguyễn"
expect field post = "Cán bộ đầu mối"
expect text "chữ không dấu"
POST /accounts/new login=can-bo post="Cán bộ đầu mối" role=officer
expect status 422
expect text "phải thuộc một cơ quan"
POST /accounts/new login=truong-ban post="Người khác" role=head
expect status 422
expect text "đã có người dùng"
POST /accounts/new login=can-bo post="Cán bộ" role=emperor
expect status 422
expect rows account = 5

scenario an account is made once though the form came twice
POST /accounts/new login=pho-ban post="Phó Trưởng Ban" role=head _key=aaaa-1
expect status 200
expect text "Liên kết dùng một lần cho Phó Trưởng Ban (pho-ban)"
POST /accounts/new login=pho-ban post="Phó Trưởng Ban" role=head _key=aaaa-1
expect status 200
expect text "Liên kết dùng một lần cho Phó Trưởng Ban (pho-ban)"
expect rows account = 6

scenario closing an account ends its sessions at once
as head
GET /
expect status 200
as admin
POST /accounts/{head}/state state=disabled _v={head_v}
expect redirect /accounts?done=account
as head
GET /
expect redirect /sign-in?next=/
as admin
POST /accounts/{head}/state state=active _v={head_v}
expect status 409
POST /accounts/{self}/state state=disabled _v={self_v}
expect status 409
expect text "không tự khóa"
GET /accounts
expect rows account where login = 'truong-ban' AND last_signin IS NOT NULL = 1
expect no source "/accounts/{head}/link"
expect source "/accounts/{self}/link"
POST /accounts/{head}/link
expect status 409
expect text "đang khóa"
GET /accounts.json
expect json .accounts[login=truong-ban].state = "disabled"
expect json .accounts[login=quan-tri].state = "active"

scenario every one of these acts stands in the trail
as auditor
GET /audit
expect status 200
GET /audit.json
expect json .audit[action=account.state].object_id = {head}
expect json .audit[action=account.create].post = "Quản trị hệ thống"
as standing
GET /audit
expect status 403

scenario the page is in the other language when asked, for this session only
as auditor
POST /language
expect redirect /
GET /tasks
expect source "lang=\"en\""
as standing
GET /tasks
expect source "lang=\"vi\""
