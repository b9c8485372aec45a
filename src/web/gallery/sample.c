/* Sample data for the gallery: what the pictures of the look show, and texts that try the escapes. */
#include "dd_date.h"
#include "gallery_priv.h"

#define LIST(a)                                                                                                        \
        {                                                                                                              \
                a, ARRAY_LEN(a)                                                                                        \
        }

enum {
        D_22_8 = 19591,
        D_24_8 = 19593,
        D_18_9 = 19618,
        D_21_9 = 19621,
        D_27_9 = 19627,
        D_28_9 = 19628,
        D_30_9 = 19630,
        D_31_10 = 19661
};

enum ui_state
gallery_heat_state(int k)
{
        static const enum ui_state v[] = { UI_DONE, UI_WAIT, UI_RUN, UI_SOON, UI_OVERDUE };

        return v[k];
}

enum ui_state
gallery_state(int k)
{
        return (enum ui_state)(k % UI_STATES);
}

static const struct form_choice percent_choices[] = { { "steady", "Bình thường", 0 },
                                                      { "hard", "Có khó khăn", 1 },
                                                      { 0 } };
static const struct form_field fields[] = {
        { .name = "percent",
          .type = FORM_INT,
          .required = true,
          .label = "Khối lượng hoàn thành (%)",
          .hint = "Số từ 0 đến 100." },
        { .name = "day",
          .type = FORM_DAY,
          .required = true,
          .label = "Ngày có kết quả",
          .hint = "Ngày/tháng/năm, ví dụ 30/9/2023." },
        { .name = "note", .type = FORM_LINES, .required = true, .label = "Đã làm được gì" },
        { .name = "mood", .type = FORM_CHOICE, .label = "Tình hình", .choices = percent_choices },
        { .name = "agency", .type = FORM_ID, .required = true, .label = "Cơ quan chủ trì" },
        { .name = "others", .type = FORM_IDS, .label = "Cơ quan phối hợp" },
        { .name = "file",
          .type = FORM_FILE,
          .label = "Tài liệu chứng minh",
          .hint = "PDF, DOCX hoặc ảnh, tối đa 25 MB." },
        { .name = "sure", .type = FORM_BOOL, .label = "Đã báo cáo Lãnh đạo cơ quan" },
        { .name = "from", .type = FORM_HIDDEN, .label = "" },
};
static const struct form_field signin_fields[] = {
        { .name = "login", .type = FORM_TEXT, .required = true, .label = "Tên đăng nhập" },
        { .name = "password", .type = FORM_SECRET, .required = true, .label = "Mật khẩu" },
};
static struct form_shown shown[] = {
        { &fields[0], { "170", 3 }, S("«170» lớn hơn 100. Hãy ghi một số từ 0 đến 100.") },
        { &fields[1], { "31/9/2023", 9 }, S("Tháng 9 không có ngày 31. Hãy ghi ngày khác, ví dụ 30/9/2023.") },
        { &fields[2], S("Đã trình dự thảo <quyết định> kiện toàn & chờ 3 sở."), STR_NONE },
        { &fields[3], S("hard"), STR_NONE },
        { &fields[4], S("2"), STR_NONE },
        { &fields[5], S("1,3"), STR_NONE },
        { &fields[6], S(""), STR_NONE },
        { &fields[7], S("1"), STR_NONE },
        { &fields[8], S("\"><script>"), STR_NONE },
};
static struct form_shown signin_shown[] = { { &signin_fields[0], S(""), STR_NONE },
                                            { &signin_fields[1], S(""), STR_NONE } };

static const struct ui_param hidden_v[] = { { S("day"), S("2023-09-30") } };
static const struct ui_option options_v[] = { { S("1"), S("Liên minh HTX tỉnh") },
                                              { S("2"), S("Sở Kế hoạch và Đầu tư") },
                                              { S("3"), S("Sở Tài chính") } };
static const struct ui_link links_v[] = { { S("20-NQ/TW"), S("/documents/2") },
                                          { S("bậy"), S("java\nscript:alert(1)") } };
static const struct ui_tab tabs_v[] = { { S("Tất cả"), S("/tasks"), 21, true },
                                        { S("Tuần này"), S("/tasks?week"), 2, false },
                                        { S("Quá hạn"), S("/tasks?late"), 1, false } };
static const struct ui_th list_heads_v[] = { { .label = S("Số"), .num = true, .href = S("?sort=no"), .sorted = 1 },
                                             { .label = S("Nhiệm vụ"), .href = S("?sort=title") },
                                             { .label = S("Chủ trì") },
                                             { .label = S("Hạn"), .num = true, .href = S("?sort=due") },
                                             { .label = S("Tình trạng") } };
static const struct ui_action actions_v[] = { { S("XLSX"), S("/tasks/export"), false } };
static const struct ui_file files_v[] = { { S("Dự thảo QĐ kiện toàn.docx"), S("/files/1"), 49152 } };
static const struct ui_event events_v[] = {
        { .day = D_27_9,
          .state = UI_WAIT,
          .title = S("Nộp kết quả"),
          .word = S("chờ xác nhận"),
          .word_state = UI_WAIT,
          .text = S("Liên minh HTX tỉnh: quyết định kiện toàn đã ký.") },
        { .day = D_21_9,
          .state = UI_RUN,
          .title = S("Cập nhật: 70 %"),
          .text = S("Đã trình dự thảo quyết định kiện toàn; 15/18 cơ quan đã cử người."),
          .files = LIST(files_v),
          .by = S("Cán bộ Sở, ghi lúc 14:05 21/9/2023") },
        { .day = D_18_9,
          .state = UI_IDLE,
          .faint = true,
          .title = S("Nhắc việc tự động"),
          .after = S("trước hạn 12 ngày, gửi cán bộ đầu mối") },
        { .day = D_24_8, .state = UI_DONE, .title = S("Đã tiếp nhận"), .after = S("Liên minh HTX tỉnh") },
        { .day = D_22_8,
          .state = UI_IDLE,
          .faint = true,
          .title = S("Giao nhiệm vụ"),
          .after = S("theo Kế hoạch 2653/KH-BCĐ") }
};
static const struct ui_link crumbs_v[] = { { S("Kế hoạch 2653/KH-BCĐ"), S("/plans/1") },
                                           { S("I. Công tác triển khai chỉ đạo"), STR_NONE } };
static const struct gallery_item late_v[] = {
        { S("2. Kiện toàn và nâng cao vai trò của Ban Chỉ đạo tỉnh về KTTT"), S("Quý III/2023 · Liên minh HTX tỉnh"),
          S("Quá hạn 1 ngày"), UI_OVERDUE },
        { S("8. Chương trình hỗ trợ phát triển HTX nông nghiệp"), S("Sở NN&PTNT"), S("Còn 2 ngày"), UI_SOON }
};
static const struct gallery_item decide_v[] = { { S("11. Xây dựng Kế hoạch phát triển KTTT, HTX năm 2024"),
                                                  S("Sở Kế hoạch và Đầu tư ·"), S("đã chờ 6 ngày"), UI_SOON },
                                                { S("1. Họp định kỳ Ban Chỉ đạo"),
                                                  S("Liên minh HTX tỉnh · nộp 28/9/2023"), STR_NONE, UI_IDLE } };
static const struct gallery_row heat_v[] = {
        { S("Liên minh HTX tỉnh"), STR_NONE, 8, { 1, 1, 5, 0, 1 }, 4 },
        { S("Sở Kế hoạch và Đầu tư"), STR_NONE, 4, { 1, 1, 2, 0, 0 }, 1 },
        { S("Sở Nông nghiệp và PTNT"), STR_NONE, 2, { 0, 0, 1, 1, 0 }, 39 },
        { S("Sở Lao động – TB và XH"), STR_NONE, 2, { 0, 0, 2, 0, 0 }, 39 },
        { S("Sở Khoa học và Công nghệ"), STR_NONE, 1, { 0, 0, 1, 0, 0 }, 12 },
        { S("Hội Nông dân tỉnh"), STR_NONE, 1, { 1, 0, 0, 0, 0 }, 6 },
        { S("Hội Liên hiệp Phụ nữ tỉnh"), S("chưa có thành viên"), 1, { 0, 0, 1, 0, 0 }, 39 }
};
static const struct ui_th heat_heads_v[] = { { .label = S("Cơ quan") },
                                             { .label = S("Tổng"), .num = true },
                                             { .label = S("Hoàn thành"), .heat = true },
                                             { .label = S("Chờ xác nhận"), .heat = true },
                                             { .label = S("Đang làm"), .heat = true },
                                             { .label = S("Sắp đến hạn"), .heat = true },
                                             { .label = S("Quá hạn"), .heat = true },
                                             { .label = S("Im lặng"), .num = true } };
static const struct ui_figure figures_v[] = {
        { 3, S("21"), S("Đã hoàn thành"), S("đúng hạn 3 · quá hạn 0"), UI_DONE, S("/tasks?state=done") },
        { 1, S("4 đã đến hạn"), S("Đến hạn hôm nay, chưa nộp"), S("nhiệm vụ 2 · Liên minh HTX tỉnh"), UI_OVERDUE,
          S("/tasks?state=overdue") },
        { 1, S("17 còn lại"), S("Đến hạn trong 7 ngày"), S("Quý IV/2023 · Sở NN&PTNT"), UI_SOON,
          S("/tasks?state=soon") },
        { 2, STR_NONE, S("Chờ xác nhận"), S("lâu nhất 3 ngày làm việc"), UI_WAIT, S("/confirm") },
        { 6, S("10 cơ quan"), S("Im lặng trên 30 ngày"), S("chưa cập nhật nhiệm vụ nào"), UI_IDLE, S("/agencies") }
};
static const struct ui_action actions_2_v[] = { { S("XLSX"), S("/tasks/export"), false },
                                                { S("Lập báo cáo"), S("/reports"), true } };

const struct gallery gallery_sample = {
        .board = { .title = S("Kế hoạch 2653/KH-BCĐ năm 2023"),
                   .facts = S("Ban hành 22/8/2023 · 21 nhiệm vụ, 4 nhóm · 10 cơ quan chủ trì · số liệu tính đến hết "
                              "ngày 30/9/2023"),
                   .actions = LIST(actions_2_v) },
        .figures = LIST(figures_v),
        .heat_card = { .id = S("heat"),
                       .title = S("Cơ quan chủ trì × tiến độ"),
                       .note = S("bấm một ô để xem nhiệm vụ"),
                       .flush = true },
        .heat_heads = LIST(heat_heads_v),
        .heat = LIST(heat_v),
        .decide_card = { .id = S("decide"), .title = S("Chờ xác nhận"), .note = S("2"), .flush = true },
        .decide = LIST(decide_v),
        .late_card = { .id = S("late"),
                       .title = S("Quá hạn, sắp đến hạn"),
                       .more = { S("Tất cả"), S("/tasks?state=overdue") },
                       .flush = true },
        .late = LIST(late_v),
        .task = { .crumbs = LIST(crumbs_v),
                  .title = S("2. Kiện toàn và nâng cao vai trò của Ban Chỉ đạo tỉnh về KTTT"),
                  .has_state = true,
                  .state = UI_SOON,
                  .state_word = S("Còn 2 ngày") },
        .quote = { S(""), S("Kiểm toàn"), S(" và nâng cao vai trò của Ban Chỉ đạo tỉnh về KTTT"),
                   S("Phụ lục I, nhóm I, dòng 2"), S("bản gốc ghi «Kiểm toàn», đã sửa khi kiểm tra"),
                   S("/documents/1#b12") },
        .events_card = { .id = S("events"), .title = S("Diễn biến"), .note = S("5 việc"), .flush = true },
        .events = LIST(events_v),
        .time_card = { .id = S("time"), .title = S("Thời gian") },
        .span = { .from = D_22_8, .due = D_30_9, .extended = D_31_10, .now = D_28_9, .state = UI_SOON },
        .list = { .title = S("Nhiệm vụ"),
                  .facts = S("21 nhiệm vụ · số liệu tính đến hết ngày 30/9/2023"),
                  .actions = LIST(actions_v) },
        .list_card = { .flush = true },
        .list_heads = LIST(list_heads_v),
        .tabs = LIST(tabs_v),
        .pager = { .prev = S("/tasks?before=7"),
                   .next = S("/tasks?after=12"),
                   .shown = 6,
                   .total = 21,
                   .noun = S("nhiệm vụ") },
        .links = LIST(links_v),
        .empty = { S("Chưa có văn bản nào"),
                   S("Văn bản tải lên sẽ đứng ở đây, cùng các nhiệm vụ đọc được từ đó."),
                   { S("Tải văn bản lên"), S("/intake") } },
        .form_head = { .title = S("Cập nhật tiến độ"),
                       .facts = S("2. Kiện toàn và nâng cao vai trò của Ban Chỉ đạo tỉnh về KTTT") },
        .form = { shown, sizeof shown / sizeof *shown, STR_NONE },
        .signin = { signin_shown, 2, STR_NONE },
        .options = LIST(options_v),
        .confirm = { .title = S("Dừng nhiệm vụ 14?"),
                     .text = S("Nhiệm vụ dừng từ 30/9/2023 và không còn tính vào số chưa hoàn thành. Diễn biến đã ghi "
                               "vẫn giữ nguyên."),
                     .action = S("/tasks/14/discontinue"),
                     .verb = S("Dừng nhiệm vụ"),
                     .cancel = S("/tasks/14"),
                     .danger = true,
                     .reason = S("Lý do"),
                     .version = 4,
                     .hidden = LIST(hidden_v) },
};

void
gallery_ui(struct ui *ret, struct arena *a)
{
        static const struct ui_link prefs[] = { { S("Đổi mật khẩu"), S("/password") } };
        static const struct ui_param params[] = { { S("q"), S("don doc") } };
        static const int64_t counts[NAV_ROWS] = {
                [NAV_HOME] = 4,      [NAV_BOARD] = -1,   [NAV_TASKS] = 21,    [NAV_DOCUMENTS] = 14,
                [NAV_CONFIRM] = 2,   [NAV_REPORTS] = -1, [NAV_AGENCIES] = -1, [NAV_MEMBERS] = -1,
                [NAV_ACCOUNTS] = -1, [NAV_AUDIT] = -1,   [NAV_SETUP] = -1,    [NAV_COMMITTEE] = -1
        };

        *ret = (struct ui){ .arena = a,
                            .title = S("Bảng điều hành"),
                            .path = S("/board"),
                            .as_of = D_30_9,
                            .today = D_30_9 + 1,
                            .csrf = S("c5"),
                            .key = S("k1"),
                            .signed_in = true,
                            .user_post = S("Lãnh đạo cơ quan thường trực"),
                            .user_agency = S("Liên minh HTX tỉnh Tây Ninh"),
                            .user_initials = S("TT"),
                            .committee = S("BCĐ kinh tế tập thể, HTX tỉnh Tây Ninh"),
                            .committee_full = S("Ban Chỉ đạo phát triển kinh tế tập thể, hợp tác xã tỉnh Tây Ninh"),
                            .plan = S("Kế hoạch 2653/KH-BCĐ năm 2023"),
                            .prefs = { prefs, 1 },
                            .params = { params, 1 },
                            .active = NAV_BOARD };
        for (int i = NAV_HOME; i < NAV_ROWS; i++)
                ret->nav[i] = (struct ui_row){ .show = true, .count = counts[i], .urgent = i == NAV_HOME };
}
