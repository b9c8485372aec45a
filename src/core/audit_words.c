/* What the trail calls each act. An action without words here is refused by audit(); a test compares with the sources.
 */
#include "dd_audit.h"

static const struct {
        const char *action;
        struct str words;
} actions[] = {
        { "account.create", S("Thêm tài khoản") },
        { "account.link", S("Cấp liên kết dùng một lần") },
        { "account.password", S("Đổi mật khẩu") },
        { "account.state", S("Khóa hoặc mở tài khoản") },
        { "alias.accept", S("Nhớ tên gọi khác của cơ quan") },
        { "alias.take_back", S("Thôi dùng tên gọi khác của cơ quan") },
        { "amend.accept", S("Nhận một chỗ sửa đổi của kế hoạch") },
        { "amend.close", S("Kết thúc so sánh văn bản sửa đổi") },
        { "amend.refuse", S("Không nhận một chỗ sửa đổi của kế hoạch") },
        { "committee.create", S("Lập Ban Chỉ đạo") },
        { "committee.edit", S("Sửa dữ liệu của Ban Chỉ đạo") },
        { "committee.rule", S("Đặt quy định của Ban Chỉ đạo") },
        { "committee.units", S("Ghi các đơn vị hành chính của tỉnh") },
        { "intake.add", S("Thêm dòng vào dự thảo") },
        { "intake.create", S("Nhập văn bản") },
        { "intake.drop", S("Bỏ bản dự thảo") },
        { "intake.head", S("Kiểm tra phần đầu văn bản") },
        { "intake.merge", S("Gộp hai dòng dự thảo") },
        { "intake.move", S("Đổi thứ tự dòng dự thảo") },
        { "intake.paste", S("Dán dòng vào dự thảo") },
        { "intake.join", S("Ghép các tệp của một văn bản") },
        { "intake.refused", S("Từ chối văn bản mang dấu mật") },
        { "intake.split", S("Tách một dòng dự thảo") },
        { "intake.unjoin", S("Tách một tệp đã ghép") },
        { "intake.undo", S("Hoàn tác khi kiểm tra dự thảo") },
        { "intake.verify", S("Kiểm tra một dòng dự thảo") },
        { "member.follow", S("Giao thành viên phụ trách cơ quan") },
        { "member.unfollow", S("Thôi giao thành viên phụ trách cơ quan") },
        { "plan.create", S("Giao nhiệm vụ theo kế hoạch") },
        { "report.keep", S("Chốt báo cáo") },
        { "result.confirm", S("Xác nhận hoàn thành") },
        { "result.hand_back", S("Trả lại kết quả") },
        { "result.hand_in", S("Nộp kết quả") },
        { "result.withdraw", S("Rút lại kết quả đã nộp") },
        { "sheet.drop", S("Bỏ bảng tính") },
        { "sheet.import", S("Nhập nhiệm vụ từ bảng tính") },
        { "sheet.map", S("Ghép cột của bảng tính") },
        { "sheet.read", S("Đọc bảng tính để kiểm tra") },
        { "sheet.undo", S("Hoàn tác đợt nhập từ bảng tính") },
        { "signin.end", S("Đăng xuất") },
        { "signin.fail", S("Đăng nhập không thành công") },
        { "signin.link", S("Đăng nhập bằng liên kết") },
        { "signin.password", S("Đăng nhập bằng mật khẩu") },
        { "task.add", S("Thêm nhiệm vụ") },
        { "task.correct", S("Điều chỉnh nhiệm vụ") },
        { "task.discontinue", S("Ghi quyết định không tiếp tục") },
        { "task.coordinating", S("Đổi cơ quan phối hợp") },
        { "task.output", S("Đổi sản phẩm của nhiệm vụ") },
        { "task.resume", S("Ghi quyết định cho tiếp tục") },
        { "task.suspend", S("Ghi quyết định tạm dừng") },
        { "update.add", S("Cập nhật tiến độ") },
        { "update.receive", S("Tiếp nhận nhiệm vụ") },
        { "update.withdraw", S("Rút lại cập nhật tiến độ") },
};

static const struct {
        const char *origin;
        struct str words;
} origins[] = {
        { "cli", S("dòng lệnh") },
        { "job", S("việc tự động") },
        { "system", S("hệ thống") },
};

/* Kinds of acts, for a choice: how their names begin. */
static const struct {
        const char *begin;
        struct str words;
} kinds[] = {
        { .begin = "task.", .words = S("Nhiệm vụ: thêm, điều chỉnh, quyết định") },
        { .begin = "update.", .words = S("Tiếp nhận, cập nhật tiến độ") },
        { .begin = "result.", .words = S("Kết quả: nộp, xác nhận, trả lại") },
        { .begin = "plan.", .words = S("Giao kế hoạch") },
        { .begin = "report.", .words = S("Báo cáo") },
        { .begin = "intake.", .words = S("Nhập và kiểm tra văn bản") },
        { .begin = "amend.", .words = S("Sửa đổi kế hoạch") },
        { .begin = "sheet.", .words = S("Nhập bảng tính") },
        { .begin = "member.", .words = S("Thành viên phụ trách") },
        { .begin = "alias.", .words = S("Tên gọi khác của cơ quan") },
        { .begin = "committee.", .words = S("Dữ liệu và quy định của Ban") },
        { .begin = "account.", .words = S("Tài khoản") },
        { .begin = "signin.", .words = S("Đăng nhập, đăng xuất") },
};

bool
audit_act(size_t i, struct str *ret_name, struct str *ret_words)
{
        if (i >= ARRAY_LEN(kinds) + ARRAY_LEN(actions))
                return false;
        bool kind = i < ARRAY_LEN(kinds);
        size_t k = kind ? i : i - ARRAY_LEN(kinds);

        *ret_name = str_of(kind ? kinds[k].begin : actions[k].action);
        *ret_words = kind ? kinds[k].words : actions[k].words;
        return true;
}

struct str
audit_words(struct str action)
{
        for (size_t i = 0; i < ARRAY_LEN(actions); i++)
                if (str_eq(action, str_of(actions[i].action)))
                        return actions[i].words;
        return STR_NONE;
}

struct str
audit_origin_words(struct str origin)
{
        for (size_t i = 0; i < ARRAY_LEN(origins); i++)
                if (str_eq(origin, str_of(origins[i].origin)))
                        return origins[i].words;
        return STR_NONE;
}
