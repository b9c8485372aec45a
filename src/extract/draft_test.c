/* Papers in other shapes than plan 2653: heads, tables, label lines, headings, calendars, and bad JSON. */
#include "extract_test_priv.h"

#include "dd_json.h"

#define HEAD                                                                                                                               \
        "ỦY BAN NHÂN DÂN\nTỈNH A\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n" \
        "Số: 12/KH-UBND\n\nHà Nội, ngày 05 tháng 3 năm 2024\n\nKẾ HOẠCH\n\nPhát triển kinh tế số năm 2024\n\n"

static void
a_head_in_lines(void **state)
{
        struct draft d;

        draft_of(*state,
                 HEAD
                 "Căn cứ Luật Giao dịch điện tử ngày 22/6/2023;\n\nCăn cứ Nghị quyết số 52-NQ/TW ngày 27 tháng 9 năm "
                 "2019 của Bộ Chính trị;\n\nI. MỤC ĐÍCH\n\n1. Mục đích thứ nhất.\n",
                 &d);
        assert_int_equal(d.n_documents, 1);
        assert_text(d.documents[0].issuer.text, "ỦY BAN NHÂN DÂN TỈNH A");
        assert_null(d.documents[0].parent.text.p);
        assert_text(d.documents[0].number.text, "12/KH-UBND");
        assert_text(d.documents[0].title.text, "Phát triển kinh tế số năm 2024");
        assert_int_equal(d.documents[0].date, day_of(2024, 3, 5));
        assert_int_equal(d.documents[0].n_bases, 2);
        assert_text(d.documents[0].bases[0].name, "Luật Giao dịch điện tử");
        assert_text(d.documents[0].bases[1].number, "52-NQ/TW");
}

static void
a_head_in_two_columns(void **state)
{
        struct draft d;

        draft_of(*state,
                 "   SỞ NỘI VỤ                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
                 "  TỈNH A                        Độc lập - Tự do - Hạnh phúc\n"
                 "Số: 7/TB-SNV               Huế, ngày 02 tháng 01 năm 2025\n\n"
                 "                        THÔNG BÁO\n        Về việc nghỉ Tết\n",
                 &d);
        assert_text(d.documents[0].number.text, "7/TB-SNV");
        assert_text(d.documents[0].place.text, "Huế");
        assert_text(d.documents[0].type.text, "Thông báo");
        assert_text(d.documents[0].title.text, "Về việc nghỉ Tết");
        assert_text(d.documents[0].issuer.text, "SỞ NỘI VỤ TỈNH A");
}

static void
a_head_on_one_line(void **state)
{
        struct draft d;

        draft_of(*state,
                 "CHÍNH PHỦ ------- CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc --------------- Số: "
                 "9/2024/NĐ-CP "
                 "Hà Nội, ngày 01 tháng 02 năm 2024 NGHỊ ĐỊNH QUY ĐỊNH VỀ ĐO LƯỜNG Căn cứ Luật Đo lường ngày 11 tháng "
                 "11 năm 2011;\n",
                 &d);
        assert_text(d.documents[0].issuer.text, "CHÍNH PHỦ");
        assert_text(d.documents[0].number.text, "9/2024/NĐ-CP");
        assert_text(d.documents[0].type.text, "Nghị định");
        assert_text(d.documents[0].title.text, "QUY ĐỊNH VỀ ĐO LƯỜNG");
        assert_int_equal(d.documents[0].n_bases, 1);
}

static void
a_letter_with_its_subject(void **state)
{
        struct draft d;

        draft_of(*state,
                 "UBND TỈNH A\nSỞ Y TẾ\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 88 "
                 "/SYT-NVY\n"
                 "V/v tăng cường phòng dịch\n\nHà Giang, ngày 9 tháng 4 năm 2024\n\nKính gửi: Các bệnh viện.\n\nNội "
                 "dung.\n\n"
                 "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nLê Thị Hoa\n",
                 &d);
        assert_text(d.documents[0].type.text, "Công văn");
        assert_text(d.documents[0].number.text, "88/SYT-NVY");
        assert_text(d.documents[0].title.text, "tăng cường phòng dịch");
        assert_text(d.documents[0].addressee.text, "Các bệnh viện");
        assert_text(d.documents[0].parent.text, "UBND TỈNH A");
        assert_int_equal(d.documents[0].n_recipients, 2);
        assert_text(d.documents[0].signer_name.text, "Lê Thị Hoa");
        assert_int_equal(d.documents[0].n_capacity, 1);
        assert_text(d.documents[0].capacity[0], "KT");
}

static void
a_number_left_open_is_no_number(void **state)
{
        struct draft d;

        draft_of(
            *state,
            "Số:      /QĐ-UBND\n\nHuế, ngày      tháng    năm 2025\n\nQUYẾT ĐỊNH\n\nVề việc kiện toàn Tổ công tác\n",
            &d);
        assert_null(d.documents[0].number.text.p);
        assert_int_equal(d.documents[0].date, DD_NO_DAY);
        assert_text(d.documents[0].place.text, "Huế");
        assert_text(d.documents[0].type.text, "Quyết định");
}

static void
a_table_of_pipes_with_groups(void **state)
{
        struct draft d;

        draft_of(*state,
                 HEAD "| STT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Sản phẩm | Thời hạn |\n"
                      "|---|---|---|---|---|---|\n"
                      "| **I** | Thể chế |  |  |  |  |\n"
                      "| 1. | Xây dựng Quy chế | Sở Nội vụ | Các sở, ngành | Quyết định | Quý II/2024 |\n"
                      "| 2. | Rà soát văn bản | Sở Tư pháp, Sở Tài chính |  |  | Thường xuyên |\n"
                      "|  | phần tiếp theo của việc 2 |  |  |  |  |\n",
                 &d);
        assert_int_equal(d.n_tasks, 2);
        assert_int_equal(d.n_groups, 1);
        assert_text(d.tasks[0].no, "1");
        assert_text(d.tasks[0].group, "I");
        assert_text(d.tasks[0].output.text, "Quyết định");
        assert_int_equal(d.tasks[0].deadline.due, day_of(2024, 6, 30));
        assert_int_equal(d.tasks[1].lead.n, 2);
        assert_int_equal(d.tasks[1].deadline.kind, DL_ONGOING);
        assert_true(d.tasks[1].n_notes >= 1);
}

static void
columns_in_another_order_and_words(void **state)
{
        struct draft d;

        draft_of(*state,
                 HEAD "TT\tTiến độ\tCơ quan thực hiện\tNhiệm vụ\n1\t30/6/2024\tSở Y tế\tMua sắm thiết bị y tế cơ sở\n"
                      "2\tTháng 9\tCông an tỉnh\tDiễn tập phòng cháy\n",
                 &d);
        assert_int_equal(d.n_tasks, 2);
        assert_text(d.tasks[0].title.text, "Mua sắm thiết bị y tế cơ sở");
        assert_text(d.tasks[0].lead.v[0].name, "Sở Y tế");
        assert_int_equal(d.tasks[0].deadline.due, day_of(2024, 6, 30));
        assert_int_equal(d.tasks[1].deadline.due, day_of(2024, 9, 30));
}

static void
a_cell_with_line_ends_stays_one_row(void **state)
{
        struct draft d;

        draft_of(*state,
                 HEAD "TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n1\tViệc thứ nhất có hai\ndòng trong một ô\tSở Y "
                      "tế\tNăm 2024\n2\tViệc "
                      "thứ hai\tSở Xây dựng\tNăm 2024\n",
                 &d);
        assert_int_equal(d.n_tasks, 2);
        assert_text(d.tasks[0].title.text, "Việc thứ nhất có hai dòng trong một ô");
        assert_text(d.tasks[0].lead.v[0].name, "Sở Y tế");
}

static void
who_helps_inside_the_lead_cell_coordinates(void **state)
{
        struct draft d;

        draft_of(
            *state,
            HEAD
            "TT\tNhiệm vụ\tCơ quan thực hiện\tThời gian\n1\tKhảo sát nhu cầu đào tạo\tSở Y tế chủ trì, phối hợp với "
            "Sở Tài chính\tNăm 2024\n",
            &d);
        assert_int_equal(d.tasks[0].lead.n, 1);
        assert_int_equal(d.tasks[0].coordinating.n, 1);
        assert_text(d.tasks[0].coordinating.v[0].name, "Sở Tài chính");
}

static void
a_table_without_a_plan_gives_tasks_without_a_head(void **state)
{
        struct draft d;

        draft_of(*state, "TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n1\tLập báo cáo tổng kết\tSở Y tế\tTháng 12/2024\n",
                 &d);
        assert_int_equal(d.n_tasks, 1);
        assert_int_equal(d.n_documents, 1);
        assert_null(d.documents[0].number.text.p);
        assert_int_equal(d.tasks[0].deadline.due, day_of(2024, 12, 31));
}

static void
a_plan_without_a_table_reads_its_headings(void **state)
{
        struct draft d;

        draft_of(*state,
                 HEAD
                 "I. TỔ CHỨC THỰC HIỆN\n\n1. Sở Khoa học và Công nghệ\n\n- Chủ trì, phối hợp với các sở, ngành xây "
                 "dựng nền tảng dữ liệu "
                 "dùng chung trước ngày 30/9/2024.\n\n- Phối hợp với Sở Tài chính bố trí kinh phí.\n\n2. Sở Tài chính: "
                 "Cân đối "
                 "nguồn vốn hằng năm.\n\n3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh giám sát việc thực hiện.\n",
                 &d);
        assert_int_equal(d.n_tasks, 4);
        assert_text(d.tasks[0].no, "I.1.1");
        assert_text(d.tasks[0].lead.v[0].name, "Sở Khoa học và Công nghệ");
        assert_text(d.tasks[0].coordinating.v[0].text, "các sở, ngành");
        assert_int_equal(d.tasks[0].deadline.due, day_of(2024, 9, 30));
        assert_int_equal(d.tasks[1].lead.n, 0);
        assert_text(d.tasks[1].coordinating.v[0].name, "Sở Khoa học và Công nghệ");
        assert_text(d.tasks[2].lead.v[0].name, "Sở Tài chính");
        assert_true(d.tasks[3].n_notes > 0);
        assert_true(d.n_duties >= 2);
}

static void
label_lines_make_tasks(void **state)
{
        struct draft d;

        draft_of(*state,
                 HEAD
                 "II. NHIỆM VỤ\n\n1. Tổ chức hội nghị sơ kết công tác dân vận\n\na) Cơ quan chủ trì: Sở Nội vụ;\n\nb) "
                 "Cơ quan phối hợp: Sở "
                 "Tài chính, UBND các xã;\n\nc) Thời gian thực hiện: Quý IV/2024.\n\n2. Biên soạn tài liệu tập "
                 "huấn\n\n- Đơn vị thực "
                 "hiện: Trường Chính trị tỉnh\n\n- Thời hạn hoàn thành: tháng 11/2024\n\n- Sản phẩm: Bộ tài liệu\n",
                 &d);
        assert_int_equal(d.n_tasks, 2);
        assert_text(d.tasks[0].title.text, "Tổ chức hội nghị sơ kết công tác dân vận");
        assert_text(d.tasks[0].lead.v[0].name, "Sở Nội vụ");
        assert_int_equal(d.tasks[0].coordinating.n, 2);
        assert_int_equal(d.tasks[0].deadline.due, day_of(2024, 12, 31));
        assert_text(d.tasks[1].lead.v[0].name, "Trường Chính trị tỉnh");
        assert_text(d.tasks[1].output.text, "Bộ tài liệu");
}

static void
a_calendar_of_milestones(void **state)
{
        struct draft d;

        draft_of(*state,
                 "Số: 5/QĐ-UBND\n\nHuế, ngày 02 tháng 8 năm 2024\n\nQUYẾT ĐỊNH\n\nBAN HÀNH LỊCH CÔNG TÁC\n\nĐiều 1. "
                 "Lịch như sau:\n\n1. Khai "
                 "giảng: Ngày 05/9/2024 (thứ Năm).\n\n2. Hoàn thành tuyển sinh trước ngày 31/7/2025.\n\nĐiều 2. Giao "
                 "Giám đốc Sở Y tế\n\n1. "
                 "Chủ trì, phối hợp với các cơ quan liên quan hướng dẫn thực hiện.\n",
                 &d);
        assert_int_equal(d.n_tasks, 3);
        assert_text(d.tasks[0].title.text, "Khai giảng");
        assert_text(d.tasks[0].deadline_text.text, "Ngày 05/9/2024");
        assert_int_equal(d.tasks[1].deadline.due, day_of(2025, 7, 31));
        assert_text(d.tasks[2].lead.v[0].text, "Giám đốc Sở Y tế");
}

static void
a_law_gives_no_tasks(void **state)
{
        struct draft d;

        draft_of(*state,
                 "QUỐC HỘI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nLuật số: "
                 "1/2020/QH14\n\nHà Nội, ngày 01 tháng 6 "
                 "năm 2020\n\nLUẬT ĐO LƯỜNG\n\nĐiều 1. Phạm vi\n\n1. Bộ Khoa học và Công nghệ chủ trì quản lý trước "
                 "ngày 01/01/2021.\n",
                 &d);
        assert_text(d.documents[0].title.text, "LUẬT ĐO LƯỜNG");
        assert_int_equal(d.n_tasks, 0);
}

static void
spans_point_into_the_shown_text_through_markup(void **state)
{
        struct draft d;

        draft_of(*state,
                 HEAD "| TT | **Nhiệm vụ** | *Cơ quan chủ trì* | Thời gian |\n|--|--|--|--|\n| 1 | **Việc** quan trọng "
                      "cấp tỉnh | Sở Y tế | 2024 |\n",
                 &d);
        assert_int_equal(d.n_tasks, 1);
        assert_text(d.tasks[0].title.text, "Việc quan trọng cấp tỉnh");
        assert_text(under(&d, d.tasks[0].title.span), "Việc** quan trọng cấp tỉnh");
        assert_text(under(&d, d.tasks[0].lead.v[0].span), "Sở Y tế");
}

static void
good_writing_raises_no_alarm(void **state)
{
        struct draft d;

        draft_of(*state,
                 HEAD "I. YÊU CẦU\n\n1. Đôn đốc, kiểm tra, kiện toàn tổ chức; chuyển giao công nghệ; ban hành văn bản "
                      "hành chính; giám đốc các "
                      "đơn vị chuyên giao dịch một cửa phối hợp.\n\n2. BCĐ, HĐND, UBND thực hiện.\n",
                 &d);
        assert_int_equal(d.n_anomalies, 0);
}

static void
words_without_any_mark_are_not_called_errors(void **state)
{
        struct draft d;

        draft_of(*state, "KE HOACH\n\nTo chuc thuc hien, don doc, kiem tra, phoi hop trien khai nhiem vu nam 2024.\n",
                 &d);
        assert_int_equal(d.n_anomalies, 0);
}

/* ---- JSON that a child might send ------------------------------------------------------------------------ */

static void
refused(struct arena *a, const char *json)
{
        struct dd_ctx c = { .arena = a };
        struct draft d;

        assert_int_equal(draft_parse(&c, str_of(json), &d), DD_EFORMAT);
        assert_true(c.err_text.n > 0);
}

static void
json_beyond_the_text_is_refused(void **state)
{
        refused(*state, "{\"text\":\"abc\",\"groups\":[{\"no\":\"I\",\"title\":\"x\",\"from\":0,\"to\":4}]}");
        refused(*state, "{\"text\":\"abc\",\"groups\":[{\"no\":\"I\",\"title\":\"x\",\"from\":2,\"to\":1}]}");
        refused(*state, "{\"text\":\"abc\",\"groups\":[{\"no\":\"I\",\"title\":\"x\",\"from\":-1,\"to\":1}]}");
}

static void
json_with_unknown_words_is_refused(void **state)
{
        refused(*state, "{\"text\":\"\",\"anomalies\":[{\"kind\":\"surprise\",\"where\":\"\",\"text\":\"\"}]}");
        refused(*state, "{\"text\":\"\",\"tasks\":[{\"no\":\"1\",\"deadline\":{\"kind\":\"soon\"}}]}");
        refused(
            *state,
            "{\"text\":\"\",\"tasks\":[{\"no\":\"1\",\"lead\":[{\"text\":\"A\",\"name\":\"A\",\"kind\":\"gang\"}]}]}");
        refused(*state, "{\"text\":\"\",\"tasks\":[{\"no\":1}]}");
        refused(*state, "{\"text\":\"\",\"tasks\":[7]}");
        refused(*state, "[]");
        refused(*state, "{");
}

static void
json_of_a_wrong_task_index_is_refused(void **state)
{
        refused(*state,
                "{\"text\":\"\",\"anomalies\":[{\"kind\":\"two-leads\",\"where\":\"\",\"text\":\"\",\"task\":0}]}");
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_head_in_lines),
                cmocka_unit_test(a_head_in_two_columns),
                cmocka_unit_test(a_head_on_one_line),
                cmocka_unit_test(a_letter_with_its_subject),
                cmocka_unit_test(a_number_left_open_is_no_number),
                cmocka_unit_test(a_table_of_pipes_with_groups),
                cmocka_unit_test(columns_in_another_order_and_words),
                cmocka_unit_test(a_cell_with_line_ends_stays_one_row),
                cmocka_unit_test(who_helps_inside_the_lead_cell_coordinates),
                cmocka_unit_test(a_table_without_a_plan_gives_tasks_without_a_head),
                cmocka_unit_test(a_plan_without_a_table_reads_its_headings),
                cmocka_unit_test(label_lines_make_tasks),
                cmocka_unit_test(a_calendar_of_milestones),
                cmocka_unit_test(a_law_gives_no_tasks),
                cmocka_unit_test(spans_point_into_the_shown_text_through_markup),
                cmocka_unit_test(good_writing_raises_no_alarm),
                cmocka_unit_test(words_without_any_mark_are_not_called_errors),
                cmocka_unit_test(json_beyond_the_text_is_refused),
                cmocka_unit_test(json_with_unknown_words_is_refused),
                cmocka_unit_test(json_of_a_wrong_task_index_is_refused),
        };

        return RUN(tests);
}
