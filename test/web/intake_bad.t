# Papers that are no papers: a clear word, nothing stored, the server goes on.

scenario counts before
as standing
let f = rows file
let n = rows intake
let d = rows draft_task
let a = rows audit

scenario no statement on secrecy
file ke-hoach-2653.txt changed ke-hoach-2653.txt
POST /intake file=@ke-hoach-2653.txt
expect status 422
expect text "bí mật nhà nước"
expect rows file = {f}

scenario no file at all
POST /intake not_secret=1
expect status 422
expect text "Chưa có tệp"

scenario an empty file
file rong.txt hex
POST /intake not_secret=1 file=@rong.txt
expect status 422|415
expect rows file = {f}

scenario blanks only
file trang.txt text "   \n\n \n"
POST /intake not_secret=1 file=@trang.txt
expect status 422|415
expect rows file = {f}

scenario bytes called .txt
file nhi-phan.txt hex 7f454c460201010000000000000000000200003e00010000fffefdfc0000
POST /intake not_secret=1 file=@nhi-phan.txt
expect status 415|422
expect text "tệp"
expect rows file = {f}

scenario a PDF called .txt
file quet.txt text "%PDF-1.4\n%\nstream\n"
POST /intake not_secret=1 file=@quet.txt
expect status 415|422
expect rows file = {f}

scenario not UTF-8
file latin.txt hex 4b1ebf20686fe163680a80818283848586ff
POST /intake not_secret=1 file=@latin.txt
expect status 415|422
expect text "tệp"
expect rows file = {f}

scenario larger than the limit
file lon.txt size 27262976
POST /intake not_secret=1 file=@lon.txt
expect status 413
expect text "tối đa 25 MB"
expect rows file = {f}

scenario far larger than the limit
file rat-lon.txt size 104857600
POST /intake not_secret=1 file=@rat-lon.txt
expect status 413
expect rows file = {f}

scenario a mark of secrecy: refused, and not a byte kept
file mat.txt edited "TỐI MẬT\n"
POST /intake not_secret=1 file=@mat.txt
expect status 422|403|415
expect text "mật"
expect rows file = {f}
expect not stored "TỐI MẬT"
file do-mat.txt edited "Độ mật: Tuyệt mật\n"
POST /intake not_secret=1 file=@do-mat.txt
expect status 422|403|415
expect rows file = {f}

scenario a text that is no official paper
file thu.txt text "Xin chào, đây là một bức thư riêng, không có nhiệm vụ gì.\n"
POST /intake not_secret=1 file=@thu.txt
expect status 422
expect text "Không thấy nhiệm vụ"
expect rows file = {f}

scenario after all that nothing was stored, and a good paper still goes in
expect rows intake = {n}
expect rows draft_task = {d}
expect rows file = {f}
GET /tasks
expect status 200
file nfd.txt nfd ke-hoach-2653.txt
POST /intake not_secret=1 file=@nfd.txt
expect redirect /intake/*?done=read
let id = last (\d+)\?done=read
GET /intake/{id}.json
expect json .rows.count = 21
expect json .rows[no=1].title ~ "Họp định kỳ Ban Chỉ đạo"
file crlf.txt crlf ke-hoach-2653.txt
POST /intake not_secret=1 file=@crlf.txt
expect redirect /intake/*?done=read
let id = last (\d+)\?done=read
GET /intake/{id}.json
expect json .rows.count = 21
