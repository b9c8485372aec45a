#include "demo_events.h"

const struct demo_event demo_events[] = {
        { "2", "2023-08-24", DEMO_RECEIVE, -1, NULL, NULL, NULL, NULL },
        { "2", "2023-09-21", DEMO_UPDATE, 70, "Đã trình dự thảo quyết định kiện toàn; 15/18 cơ quan đã cử người.", NULL, NULL,
          "Dự thảo quyết định kiện toàn.txt" },
        { "3", "2023-08-25", DEMO_RECEIVE, -1, NULL, NULL, NULL, NULL },
        { "3", "2023-09-12", DEMO_UPDATE, 40, "Đã đăng 6 tin, bài về các HTX hoạt động hiệu quả.", NULL, NULL, NULL },
        { "5", "2023-09-08", DEMO_UPDATE, 30, "Đang rà soát danh mục dự án hỗ trợ HTX để bố trí vốn đầu tư.", NULL, NULL, NULL },
        { "9", "2023-08-28", DEMO_RECEIVE, -1, NULL, NULL, NULL, NULL },
        { "9", "2023-09-18", DEMO_UPDATE, 25, "Đã lấy ý kiến 3 sở về cơ chế hỗ trợ ứng dụng công nghệ.", NULL, NULL, NULL },
        { "10", "2023-09-29", DEMO_UPDATE, 60, "Dự thảo nghị quyết đã gửi Sở Tư pháp thẩm định.", NULL, NULL, NULL },
        { "11", "2023-09-05", DEMO_UPDATE, 50, "Đã có dự thảo kế hoạch năm 2024, đang lấy ý kiến các địa phương.", NULL, NULL, NULL },
        { "11", "2023-09-27", DEMO_HAND_IN, 100, "Kế hoạch phát triển KTTT, HTX năm 2024 đã trình ký.", NULL, NULL,
          "Tờ trình kế hoạch năm 2024.txt" },
        { "13", "2023-08-30", DEMO_REDUE, -1, "Ví dụ: Trưởng Ban yêu cầu hoàn thành trước đợt truyền thông tháng 10.", NULL,
          "2023-09-25", NULL },
        { "13", "2023-09-15", DEMO_UPDATE, 50, "Đã có đề cương, đang lấy ý kiến các cơ quan báo chí.", NULL, NULL, NULL },
        { "16", "2023-08-31", DEMO_RECEIVE, -1, NULL, NULL, NULL, NULL },
        { "16", "2023-09-20", DEMO_HAND_IN, 100, "Đã ban hành kế hoạch thực hiện Đề án trong toàn hệ thống Hội.", "Kế hoạch (ví dụ)",
          "2023-09-19", "Kế hoạch thực hiện Đề án.txt" },
        { "16", "2023-09-24", DEMO_CONFIRM, -1, "Đủ hồ sơ, đúng yêu cầu.", NULL, NULL, NULL },
        { "18", "2023-09-14", DEMO_HAND_IN, 100, "Đề cương Đề án củng cố Quỹ Hỗ trợ phát triển HTX.", NULL, NULL, "Đề cương Đề án.txt" },
        { "18", "2023-09-22", DEMO_HAND_BACK, -1, "Mới có đề cương, chưa có dự thảo Đề án; đề nghị hoàn chỉnh.", NULL, NULL, NULL },
        { "20", "2023-09-26", DEMO_UPDATE, 20, "Đã có kế hoạch khảo sát tại 3 huyện trong tháng 10.", NULL, NULL, NULL },
};
const size_t demo_events_n = sizeof demo_events / sizeof demo_events[0];
