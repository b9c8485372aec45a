/* Why a field is what it is: each rule of the reader in plain words, and the head of the column it stands in. */
#include "dd_text.h"
#include "tmpl_rt.h"
#include "verify_priv.h"

/* Rules of src/extract. {} is the column's head or nothing. */
static const struct {
        const char *rule;
        struct str words;
} rules[] = {
        { "column-title", S("Lấy từ cột nội dung nhiệm vụ của bảng") },
        { "column-lead", S("Lấy từ cột cơ quan chủ trì của bảng") },
        { "column-coordinating", S("Lấy từ cột cơ quan phối hợp của bảng") },
        { "column-deadline", S("Lấy từ cột thời gian của bảng") },
        { "column-output", S("Lấy từ cột sản phẩm của bảng") },
        { "label-title", S("Lấy từ đoạn văn đứng trước các dòng «Chủ trì: …», «Thời gian: …»") },
        { "label-lead", S("Lấy từ dòng ghi «Cơ quan chủ trì: …»") },
        { "label-coordinating", S("Lấy từ dòng ghi «Cơ quan phối hợp: …»") },
        { "label-deadline", S("Lấy từ dòng ghi «Thời gian: …»") },
        { "label-output", S("Lấy từ dòng ghi «Sản phẩm: …»") },
        { "agency-heading", S("Lấy theo tiêu đề là tên cơ quan, việc của cơ quan ấy ghi ở dưới") },
        { "article-agency", S("Lấy từ điều, khoản giao việc cho cơ quan") },
        { "sentence-lead", S("Lấy từ câu «… chủ trì …» trong văn bản") },
        { "sentence-coordinating", S("Lấy từ câu «… phối hợp với …» trong văn bản") },
        { "sentence-deadline", S("Lấy từ câu nêu thời hạn: «trước ngày …», «xong trong …»") },
        { "milestone", S("Lấy từ một mốc trong lịch của văn bản") },
        { "number-label", S("Lấy sau chữ «Số:» ở đầu văn bản") },
        { "symbol", S("Nhận theo dạng số và ký hiệu văn bản") },
        { "dateline", S("Lấy từ dòng địa danh, ngày tháng năm") },
        { "subject-line", S("Lấy từ trích yếu ghi sau «V/v»") },
        { "type-word", S("Nhận theo tên loại văn bản in ở đầu") },
        { "title-plain", S("Lấy từ dòng trích yếu dưới tên loại văn bản") },
        { "title-capitals", S("Lấy từ các dòng chữ hoa dưới tên loại văn bản") },
        { "issuer-lines", S("Lấy từ các dòng tên cơ quan ở góc trái đầu văn bản") },
        { "issuer-from-authority", S("Suy từ thẩm quyền ghi ở chỗ ký") },
        { "issuer-from-symbol", S("Suy từ ký hiệu của văn bản") },
        { "addressee", S("Lấy sau chữ «Kính gửi»") },
        { "recipient", S("Lấy từ mục «Nơi nhận»") },
        { "signature", S("Lấy từ chỗ ký cuối văn bản") },
        { "basis-clause", S("Lấy từ đoạn «Căn cứ …»") },
        { "member-post", S("Lấy từ danh sách thành viên: chức vụ") },
        { "member-role", S("Lấy từ danh sách thành viên: vai trò trong Ban") },
        { "member-agency", S("Lấy từ danh sách thành viên: cơ quan") },
        { "member-sector", S("Lấy từ danh sách thành viên: lĩnh vực phụ trách") },
        { "member-duty", S("Lấy từ danh sách thành viên: việc được phân công") },
        { "duty", S("Lấy từ phần tổ chức thực hiện") },
        { "duty-agency", S("Lấy từ tên cơ quan mở đầu đoạn trong phần tổ chức thực hiện") },
        { "duty-heading", S("Lấy từ tiêu đề là tên cơ quan trong phần tổ chức thực hiện") },
};

/* The line of the text that holds a code point, and the offset of the point in it. */
static struct str
line_at(struct str text, int32_t point, size_t *ret_at)
{
        size_t i = 0, from, to;

        while (i < text.n && point-- > 0)
                (void)utf8_next(text, &i);
        from = to = i;
        while (from > 0 && text.p[from - 1] != '\n')
                from--;
        while (to < text.n && text.p[to] != '\n')
                to++;
        *ret_at = i - from;
        return str_sub(text, from, to);
}

static char
divider(struct str line)
{
        if (line.n > 2 && line.p[0] == '|' && line.p[line.n - 1] == '|')
                return '|';
        return line.n > 0 && memchr(line.p, '\t', line.n) != NULL ? '\t' : 0;
}

/* "Đơn vị chủ trì": the cell of the table's first row over a field; STR_NONE when the text shows no table there. */
static struct str
column_head(struct str text, int32_t point)
{
        size_t at, column = 0;
        struct str line = line_at(text, point, &at), top = line, cell;
        char div = divider(line);

        if (div == 0)
                return STR_NONE;
        for (size_t i = 0; i < at; i++)
                column += line.p[i] == div;
        while (top.p > text.p) { /* up to the first row of this table */
                size_t end = (size_t)(top.p - text.p) - 1, from = end;

                while (from > 0 && text.p[from - 1] != '\n')
                        from--;
                if (divider(str_sub(text, from, end)) != div)
                        break;
                top = str_sub(text, from, end);
        }
        if (top.p == line.p)
                return STR_NONE;
        for (size_t i = 0; str_cut(&top, div, &cell); i++) {
                cell = str_trim(cell);
                if (i == column)
                        return cell.n > 0 && cell.n < 120 ? cell : STR_NONE;
        }
        return STR_NONE;
}

struct str
rule_words(struct web_req *r, const struct draft *d, const struct field *f)
{
        struct ui *u = &r->ui;
        struct str rule = str_of(f->rule != NULL ? f->rule : ""), words = STR_NONE, head;

        if (str_starts(rule, S("column-"))) {
                head = column_head(d->text, f->span.from);
                if (head.n > 0)
                        words = TF(u, "Lấy từ cột «{}» của bảng", TMPL_ARG(head));
        }
        for (size_t i = 0; i < ARRAY_LEN(rules) && words.n == 0; i++)
                if (str_eq(rule, str_of(rules[i].rule)))
                        words = tmpl_tr(u, rules[i].words);
        if (words.n == 0)
                words = T(u, "Máy nhận từ chỗ này của văn bản");
        if (f->confidence < 90)
                return TF(u, "{}. Máy chỉ chắc {} phần trăm, mời đối chiếu với văn bản.", TMPL_ARG(words),
                          TMPL_ARG((int64_t)f->confidence));
        return TF(u, "{}. Máy chắc {} phần trăm.", TMPL_ARG(words), TMPL_ARG((int64_t)f->confidence));
}

struct str
seconds_words(struct web_req *r, int64_t seconds)
{
        struct ui *u = &r->ui;
        int64_t minutes = seconds / 60;

        if (seconds < 1)
                return T(u, "chưa đầy một giây");
        if (minutes == 0)
                return TF(u, "{} giây", TMPL_ARG(seconds));
        if (minutes < 60)
                return TF(u, "{} phút {} giây", TMPL_ARG(minutes), TMPL_ARG(seconds % 60));
        return TF(u, "{} giờ {} phút", TMPL_ARG(minutes / 60), TMPL_ARG(minutes % 60));
}
