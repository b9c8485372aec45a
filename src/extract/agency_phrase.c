/* agency_phrase.c - where the agency that opens a sentence ends: before its verb, a colon or a stop. The verbs are
 * those of decisions, directives and plans ("Sở X chủ trì ...", "Giao Sở X tham mưu ..."). */
#include "agency_priv.h"

/* Bare. Left out on purpose: words that are in names too (đầu tư, đào tạo, phát triển, phục vụ, ứng dụng, điều tra),
 * and words that without marks are others (nhận - nhân, tăng - tầng, được - dược, cho - chợ, không of "Hàng không"). */
static const char *const VERBS[] = {
        "(chiu|co) trach nhiem",
        "co (nhiem vu|van ban|ke hoach)",
        "chu (tri|dong)",
        "(phoi|ket) hop",
        "tham (muu|gia|dinh|van|tra)",
        "(trien khai|thuc hien|to chuc|xay dung|van hanh|van dong|dieu phoi|dieu hanh|dieu chinh)",
        "day (manh|nhanh)",
        "tap (trung|huan|hop)",
        "(can cu|theo doi|khan truong|huong dan|bao cao|don doc|giam sat|kiem tra|thanh tra|ra soat)",
        "tong (hop|ket)",
        "(so ket|cung cap|bo tri|bo sung|ban hanh|tang cuong|chi dao|quan ly|quan triet)",
        "tiep (tuc|nhan|thu|can|don)",
        "(phan (cong|bo|cap|loai|tich)|cu the hoa|dam bao|bao dam|nghien cuu|khao sat|danh gia|thong ke|cong bo)",
        "(cong khai|de (xuat|nghi|ra)|lam dau moi|la (co quan|dau moi|don vi)|giup|gui|nop|cu)",
        "thong (nhat|bao)",
        "(hang|hang ky|dinh ky) (nam|quy|thang|tuan)",
        "(dinh ky|thuong xuyen|kip thoi|nghiem tuc|tich cuc|truc tiep|nhanh chong)",
        "trong (qua trinh|pham vi|thoi han|thoi gian|quy|thang|nam)",
        "(pho bien|tuyen truyen|ho tro|can (cu|doi|nhac)|cap nhat|cap (phat|phep|kinh phi)|khuyen khich)",
        "tao (dieu kien|lap|thuan loi)",
        "(hoan (thanh|thien)|xu ly|giai quyet|tra loi|lua chon|phe duyet|quyet dinh|xem xet|sap xep|kien toan)",
        "(thanh lap|sua doi|boi duong|phat (dong|huy|hanh|hien)|giao (nhiem vu|cho|cac|ban)|uy quyen|nang cao)",
        "(lap dat|trang bi|lap (ke hoach|du toan|danh sach|ho so|phuong an|danh muc))",
        "trinh (uy|ubnd|hdnd|hoi|thu|cap|bo)",
        "xac (dinh|minh|nhan)",
        "(doi chieu|chuan bi|duy tri|cam ket|chap hanh|huy dong|quang ba|khong (de|duoc|ngung)|duoc (giao|phan cong))",
        "(ket noi|chia se|tich hop|so hoa|bien soan|dang (tai|cai)|gop y|lay y kien|khac phuc|ngan chan)",
        "(han che|bam sat|lam (ro|tot|viec)|tien hanh|yeu cau|thuc hanh|vao cuoc|mo (rong|lop|dot))",
        "(thua (uy quyen|lenh)|thay mat|ban giao|luu y|thuc day|chan chinh|quy dinh|cai (thien|tien|tao))",
        "(rut (ngan|kinh nghiem)|siet chat|nhan rong|bieu duong|ton vinh|thi diem|hinh thanh|sua chua|nghiem thu)",
        "(lanh dao|giai ngan|thanh toan|quyet toan|can doi|dieu tiet|tiet giam|nam (tinh hinh|bat|chac)|keu goi|van "
        "dung|dau tranh|gan ket|cung ung|bao trinh|du bao|canh bao|phan hoi|thu hut)",
        "(mua sam|thuc nghiem|kiem soat|kiem ke|kiem (diem|dem)|xuc tien|to giac|doc lap|lua chon|dat muc tieu|khoi "
        "cong)",
        "(hoan tra|bo sung|xac lap|thiet lap|thong qua|ghi nhan|khen thuong|phe binh|chap thuan|bao ve thanh cong)",
        "(dua (noi dung|vao|tin|cac)|long ghep|niem yet|chi tra|boi thuong|so tan|di doi|giai (toa|phong)|cuong che)",
        "(tuan tra|truy quet|truc (ban|chi huy)|ung truc|san sang|cung co|giu (gin|vung)|phu song|nang cap|tham mua)",
        "(lam viec voi|tiep xuc|doi thoai|hoa giai|gap go|dang ky|ky (ket|cam ket)|phan dau|quyet tam|uu tien)",
        "(ke khai|hach toan|luu tru|bao quan|van chuyen|tam dung|dinh chi|bai bo|cham soc|tiem chung|phun khu)",
        "(khac phuc|xet xu|truy to|khoi to|to tung|cho (chu truong|phep)|tu (kiem tra|ra soat|danh gia)|du (tru|thao))",
        "(thu (hoi|nop|thap)|giam thieu|xu phat|bo nhiem|thuc thi|cat giam|don gian hoa|minh bach|cham lo)",
};

/* A name goes on behind these, whatever follows. */
#define JOINED "(cac|nhung|moi|so|va|hoac|cua|thuoc)"

/* The word before `at`. */
static bool
joined_before(const struct view *v, size_t from, size_t at)
{
        size_t end = at, word;

        while (end > from && v->bare[end - 1] == ' ')
                end--;
        if (end > from && strchr(",;", v->bare[end - 1]))
                return true;
        for (word = end; word > from && bare_word(v->bare[word - 1]);)
                word--;
        return pat(v, word, JOINED, NULL) == end;
}

/* Verbs that are told from other words only by their marks; `then` must follow. */
static const struct {
        const char *word, *then;
} MARKED_VERBS[] = {
        { "tăng", "tang (thoi luong|so luong|tan suat|dinh muc|ty le|muc|them)" },
        { "nhận", "nhan (dang ky|ho so|ban giao|nhiem vu)" },
        { "được", "duoc (giao|phan cong|uy quyen|su dung)" },
        { "mở", "mo (cac|cuoc|[cac] dot|[cac] lop|hoi nghi|chuyen)" },
        { "đưa", "dua " },
        { "lập", "lap " },
        { "gửi", "gui " },
};

bool
agency_verb(const struct view *v, size_t at)
{
        for (size_t k = 0; k < ARRAY_LEN(MARKED_VERBS); k++) {
                if (marked_at(v, at, MARKED_VERBS[k].word) && pat(v, at, MARKED_VERBS[k].then, NULL))
                        return true;
        }
        if (pat(v, at, "(tong hop|xay dung)", NULL)) { /* "Trung tâm Dịch vụ tổng hợp", "Ban QLDA đầu tư xây dựng" */
                struct view before = view_sub(v, at > 24 ? at - 24 : 0, at);

                if (pat_find(&before, 0, v->bare[at] == 't' ? "dich vu_$" : "dau tu_$", NULL) < before.n)
                        return false;
        }
        for (size_t k = 0; k < ARRAY_LEN(VERBS); k++) {
                if (pat(v, at, VERBS[k], NULL))
                        return true;
        }
        return false;
}

/* A word that may end a name whole: "UBND cấp xã", "các cơ quan liên quan", "các bộ, ngành, địa phương". */
static bool
ends_name(const struct view *v, size_t at)
{
        static const char *const LEVELS[] = { "tỉnh",     "huyện",   "phường",    "thành phố",  "quận",      "thị xã",
                                              "thị trấn", "đặc khu", "liên quan", "địa phương", "trung ương" };

        for (size_t k = 0; k < ARRAY_LEN(LEVELS); k++) {
                if (marked_at(v, at, LEVELS[k]))
                        return true;
        }
        return marked_at(v, at, "xã") && !marked_at(v, at, "xã hội") && !marked_at(v, at, "xã viên");
}

/* Small words with which a name that seems whole goes on. */
#define GOES_ON                                                                                                        \
        "(va|cac|cua|thuoc|truc|lien|co|tren|noi|cung|hoac|ven|trong|tai|giap|vung|bien|dang|duoc|cap|so|mien|khac|"   \
        "theo|pho|xa|tran|khu|phuong|quan|huyen|uong|hoi|tinh|thanh|thi|dac|moi|nay|do|nhu|la|o|thanh|lan|den|cao)"

/* Behind the field of "Bộ Xây dựng", 0 = no such body here. */
static size_t
field_end(const struct view *v, size_t at)
{
        size_t end;
        const char *name;
        const struct head_word *h = head_at(v, at, &end);

        return h && h->field ? field_prefix(v, view_skip(v, end, " "), &name) : 0;
}

size_t
agency_phrase(const struct view *v, size_t at)
{
        size_t head_end, field;
        const char *name;
        int depth = 0;
        bool whole; /* only names of places may follow: the next small word is a verb */

        if (!agency_opens(v, at) || !agency_head(v, at, &head_end))
                return 0;
        field = field_prefix(v, view_skip(v, head_end, " "), &name); /* "Sở xây dựng" is no verb */
        head_end = field ? field : head_end;
        whole = field != 0;
        for (size_t i = head_end; i < v->n && i < at + 400; i = view_next(v, i)) {
                depth += v->bare[i] == '(';
                depth -= v->bare[i] == ')' && depth > 0;
                if (depth > 0)
                        continue;
                if (v->bare[i] == ':' || (v->bare[i] == '.' && (i + 1 >= v->n || strchr(" \n", v->bare[i + 1]))))
                        return i;
                if (!strchr(" \n", v->bare[i - 1]))
                        continue;
                if (v->bare[i] == '-' && pat(v, i, "- (co quan|don vi) (thuong truc|dau moi|chu tri)", NULL))
                        return i;
                if (!bare_word(v->bare[i]) || view_case(v, i) != CASE_SMALL) {
                        if ((field = field_end(v, i)) != 0 || joined_before(v, at, i))
                                whole = field != 0;
                        if (field && field < v->n) /* the loop goes on with the blank behind it */
                                i = field - 1;
                        continue;
                }
                if (joined_before(v, at, i)) {
                        whole = ends_name(v, i);
                        continue;
                }
                if (agency_verb(v, i) || (whole && !ends_name(v, i) && !pat(v, i, GOES_ON, NULL)))
                        return i;
                whole = ends_name(v, i) || (whole && v->bare[i] == 'p' && pat(v, i, "pho", NULL));
        }
        return 0;
}
