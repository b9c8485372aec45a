# What an administrator and a load balancer ask; no golden page: it tells about the machine it runs on.

scenario a load balancer asks whether the server is alive, without signing in
as nobody
GET /healthz
expect status 200
expect text "ok"

scenario measures are for this machine alone, and not for what came through a proxy
GET /metrics
expect status 200
expect text "dondoc_build_info"
GET /metrics header X-Forwarded-For=203.0.113.9
expect status 404
GET /metrics header Authorization="Bearer khong-dung-ma-nao-ca"
expect status 200

scenario the set-up check is for administrators and says what to do
as admin
GET /setup
expect status 200
expect text "Kiểm tra cài đặt"
expect text "Đặt backup-dir trong dondoc.conf"
expect text "Đôn Đốc không gửi thư"
expect source "aria-current=\"page\"><span>Cài đặt, việc định kỳ"
expect text "Dọn phiên đăng nhập hết hạn"
expect text "sweep-sessions"
GET /setup.json
expect json .jobs[name=sweep-sessions].next_run ~ "1"
expect json .jobs.count = 2
GET /
expect source "href=\"/setup\""
as head
GET /setup
expect status 403
GET /setup.json
expect status 403
GET /
expect no source "href=\"/setup\""
