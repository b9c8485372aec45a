# Signing in: links, passwords, throttling, ends of sessions.

scenario nobody sees anything but the way in
as nobody
GET /
expect redirect /sign-in?next=/
GET /tasks?state=overdue
expect redirect /sign-in?next=/tasks*
GET /tasks.json
expect status 401
expect json .error = "unauthenticated"
GET /sign-in
expect status 200
expect text "Đăng nhập"
golden sign-in whole

scenario a one-time link shows whose it is, signs in once, and is then spent
as visitor
GET /link/{link_standing}
expect status 200
expect text "Chuyên viên cơ quan thường trực"
golden link
GET /link/{link_standing}
expect status 200
SIGN-IN {link_standing}
expect redirect /
GET /
expect status 200
expect text "Việc của tôi"
as another
GET /link/{link_standing}
expect status 404
expect text "đã dùng hoặc đã hết hạn"
POST /link/{link_standing}
expect status 404
GET /
expect redirect /sign-in?next=/
GET /link/0000000000000000000000000000000000000000000000000000000000000000
expect status 404
GET /link/short
expect status 404

scenario a session ends where the person ends it
as visitor
GET /sign-in
expect redirect /
let kept = cookie
POST /sign-out
expect redirect /sign-in
GET /
expect redirect /sign-in?next=/
GET / header Cookie="dd={kept}"
expect redirect /sign-in?next=/

scenario an invited person chooses a password, and signs in with it
as admin
POST /accounts/new login=so-tai-chinh post="Cán bộ đầu mối Sở Tài chính" role=head
expect status 200
GET /accounts.json
let id = json .accounts[login=so-tai-chinh].id
POST /accounts/{id}/link
expect status 200
let invite = link
as finance
GET {invite}
expect status 200
expect text "so-tai-chinh"
SIGN-IN {invite} new_password="ngan"
expect status 422
expect text "ít nhất 10 ký tự"
SIGN-IN {invite} new_password="toi la so-tai-chinh day"
expect status 422
expect text "dễ đoán"
SIGN-IN {invite} new_password="Cánh đồng Tây Ninh mùa gió"
expect redirect /
GET /
expect status 200
POST /sign-out
expect redirect /sign-in
POST /sign-in login="SO-TAI-CHINH" password="Cánh đồng Tây Ninh mùa gió" next=/tasks?state=overdue
expect redirect /tasks?state=overdue
GET /tasks
expect status 200
expect text "Cán bộ đầu mối Sở Tài chính"
as another
GET {invite}
expect status 404

scenario the next page is a page of ours
as elsewhere
POST /sign-in login=so-tai-chinh password="Cánh đồng Tây Ninh mùa gió" next=https://evil.example/
expect redirect /
as elsewhere2
POST /sign-in login=so-tai-chinh password="Cánh đồng Tây Ninh mùa gió" next=//evil.example/
expect redirect /

scenario wrong passwords read like unknown people, and are slowed down
as guesser
POST /sign-in login=so-tai-chinh password=wrong-word-1
expect status 401
expect text "Tên đăng nhập hoặc mật khẩu không đúng"
expect field login = "so-tai-chinh"
expect no source "wrong-word-1"
POST /sign-in login=khong-co-ai password=wrong-word-1
expect status 401
expect text "Tên đăng nhập hoặc mật khẩu không đúng"
repeat 4 POST /sign-in login=so-tai-chinh password=wrong-word
POST /sign-in login=so-tai-chinh password="Cánh đồng Tây Ninh mùa gió"
expect status 429
expect text "Mời thử lại sau"
clock +16m
POST /sign-in login=so-tai-chinh password="Cánh đồng Tây Ninh mùa gió"
expect redirect /

scenario a person changes the own password: the present one is asked for, other places are signed out
as third
POST /sign-in login=so-tai-chinh password="Cánh đồng Tây Ninh mùa gió"
expect redirect /
as guesser
GET /password
expect status 200
golden password
POST /password old_password="sai hẳn rồi" new_password="Núi Bà Đen sáng sớm" new_again="Núi Bà Đen sáng sớm"
expect status 422
expect text "Mật khẩu hiện nay không đúng"
expect no source "Núi Bà Đen"
POST /password old_password="Cánh đồng Tây Ninh mùa gió" new_password="Núi Bà Đen sáng sớm" new_again="Núi Bà Đen"
expect status 422
expect text "không giống nhau"
POST /password old_password="Cánh đồng Tây Ninh mùa gió" new_password="ngắn" new_again="ngắn"
expect status 422
expect text "ít nhất 10 ký tự"
POST /password old_password="Cánh đồng Tây Ninh mùa gió" new_password="Cánh đồng Tây Ninh mùa gió" new_again="Cánh đồng Tây Ninh mùa gió"
expect status 422
expect text "trùng mật khẩu hiện nay"
as third
GET /
expect status 200
as guesser
POST /password old_password="Cánh đồng Tây Ninh mùa gió" new_password="Núi Bà Đen sáng sớm" new_again="Núi Bà Đen sáng sớm"
expect redirect /*
GET /
expect status 200
as third
GET /
expect redirect /sign-in?next=/
POST /sign-in login=so-tai-chinh password="Cánh đồng Tây Ninh mùa gió"
expect status 401
POST /sign-in login=so-tai-chinh password="Núi Bà Đen sáng sớm"
expect redirect /
as auditor
SIGN-IN {link_auditor}
GET /password
expect status 200
POST /password old_password="gì cũng được" new_password="Núi Bà Đen sáng sớm" new_again="Núi Bà Đen sáng sớm"
expect status 422
expect text "chưa có mật khẩu"
GET /audit
expect text "Đổi mật khẩu"

scenario a session ends after half an hour without a request, and after half a day in any case
as guesser
clock +29m
GET /
expect status 200
clock +29m
GET /
expect status 200
clock +31m
GET /
expect redirect /sign-in?next=/

scenario a link is worth nothing after its time
as admin
SIGN-IN {link_admin}
POST /accounts/{id}/link
let late = link
clock +8d
as late
GET {late}
expect status 404
