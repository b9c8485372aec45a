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
as head
GET /setup
expect status 403
