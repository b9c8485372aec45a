/* Writes one sample of each kind for the independent readers: writers_sample docx|letter|xlsx|csv|ics|expect FILE.
 * "expect" writes the rows as tab-separated text: title, lead, deadline. Test program only. */
#include <inttypes.h>

#include "dd_csv.h"
#include "dd_docx.h"
#include "dd_ics.h"
#include "dd_xlsx.h"

struct row {
        const char *title, *lead;
        int y, m, d;
};

static const struct row rows[] = {
        { "Kiện toàn Ban Chỉ đạo và Tổ giúp việc sau khi sắp xếp tổ chức", "Sở Nội vụ", 2023, 3, 31 },
        { "Xây dựng kế hoạch vốn đầu tư phát triển hợp tác xã, gồm cả vốn sự nghiệp & vốn ủy thác", "Sở Tài chính",
          2023, 6, 30 },
        { "Tổ chức 02 lớp bồi dưỡng cho cán bộ quản lý hợp tác xã (\"khóa ngắn\" < 05 ngày)",
          "Liên minh Hợp tác xã tỉnh", 2023, 9, 30 },
        { "Rà soát, tháo gỡ khó khăn về đất đai cho hợp tác xã nông nghiệp;\nbáo cáo kết quả",
          "Sở Tài nguyên và Môi trường", 2023, 9, 15 },
        { "=SUM(A1:A9) là chữ, không phải công thức", "Văn phòng UBND tỉnh", 2023, 10, 15 },
        { "- Đường dẫn, dấu gạch đầu dòng và _x0041_ giữ nguyên", "@ Trung tâm Xúc tiến Đầu tư", 2024, 2, 29 },
        { "Tuyên truyền về kinh tế tập thể trên báo, đài; nhân rộng mô hình hợp tác xã hoạt động hiệu quả",
          "Sở Thông tin và Truyền thông", 2023, 12, 31 },
};
#define N_ROWS (ARRAY_LEN(rows) * 3) /* enough for a second page */

static const struct row *
row_at(size_t i)
{
        return &rows[i % ARRAY_LEN(rows)];
}

static int32_t
row_day(size_t i)
{
        return day_of(row_at(i)->y, row_at(i)->m, row_at(i)->d);
}

static void
docx_body(struct docx *d)
{
        docx_head(d, &(struct docx_head){
                         .parent = S("UBND TỈNH TÂY NINH"),
                         .agency = S("BAN CHỈ ĐẠO ĐỔI MỚI, PHÁT TRIỂN KINH TẾ TẬP THỂ, HỢP TÁC XÃ"),
                         .symbol = S("BC-BCĐ"),
                         .place = S("Tây Ninh"),
                         .day = DD_NO_DAY,
                         .year = 2023,
                     });
        docx_title(d, S("BÁO CÁO"),
                   S("Tình hình thực hiện Kế hoạch hoạt động năm 2023 của Ban Chỉ đạo đổi mới, phát triển kinh tế tập "
                     "thể, hợp tác xã tỉnh Tây Ninh"));
        docx_text(d, DOCX_BASIS, S("Căn cứ Kế hoạch số 2653/KH-BCĐ ngày 22/8/2023 của Ban Chỉ đạo;"));
        docx_text(d, DOCX_BASIS, S("Trên cơ sở báo cáo của các cơ quan, đơn vị được giao nhiệm vụ."));
        docx_text(
            d, DOCX_BODY,
            S("Ban Chỉ đạo báo cáo tình hình thực hiện các nhiệm vụ của Kế hoạch đến hết ngày 30/9/2023 như sau:"));
        docx_text(d, DOCX_H1, S("I. TÌNH HÌNH TRIỂN KHAI"));
        docx_para_begin(d, &(struct docx_para){ .style = DOCX_BODY });
        docx_run(d, S("Kế hoạch giao "), 0, 0);
        docx_run(d, S("21 nhiệm vụ"), DOCX_BOLD, 0);
        docx_run(d,
                 S(" trong 04 nhóm cho các sở, ban, ngành. Đến ngày 30/9/2023 có 09 nhiệm vụ đã hoàn thành, 10 "
                   "nhiệm vụ đang thực hiện trong hạn và 02 nhiệm vụ quá hạn."),
                 0, 0);
        docx_para_end(d);
        docx_text(d, DOCX_H1, S("II. KẾT QUẢ THỰC HIỆN"));
        docx_text(d, DOCX_H2, S("1. Kết quả chung"));
        for (int i = 0; i < 5; i++)
                docx_text(
                    d, DOCX_BODY,
                    S("Các cơ quan được giao chủ trì đã chủ động xây dựng kế hoạch, phân công lãnh đạo phụ trách và "
                      "bố trí nguồn lực để thực hiện; nhiều nhiệm vụ hoàn thành trước thời hạn, góp phần nâng cao "
                      "nhận thức của cán bộ, đảng viên và Nhân dân về kinh tế tập thể, hợp tác xã."));
        docx_text(d, DOCX_H2, S("2. Kết quả theo cơ quan"));
        const int32_t widths[] = { DOCX_MM(12), DOCX_MM(63), DOCX_MM(30), DOCX_MM(30), DOCX_MM(30) };
        docx_table_begin(d, &(struct docx_table){ .widths = widths, .n_cols = 5, .header_rows = 2, .borders = true });
        docx_row(d,
                 (struct docx_cell[]){ { .text = S("TT"), .vmerge = 1 },
                                       { .text = S("Cơ quan chủ trì"), .vmerge = 1 },
                                       { .text = S("Số nhiệm vụ"), .span = 3 } },
                 3);
        docx_row(d,
                 (struct docx_cell[]){ { .vmerge = 2 },
                                       { .vmerge = 2 },
                                       { .text = S("Được giao") },
                                       { .text = S("Hoàn thành") },
                                       { .text = S("Quá hạn") } },
                 5);
        for (size_t i = 0; i < ARRAY_LEN(rows); i++)
                docx_row(d,
                         (struct docx_cell[]){ { .text = str_fmt(d->c->arena, "%zu", i + 1), .align = DOCX_CENTER },
                                               { .text = str_of(rows[i].lead) },
                                               { .text = S("03"), .align = DOCX_CENTER },
                                               { .text = S("02"), .align = DOCX_CENTER },
                                               { .text = S("0"), .align = DOCX_CENTER } },
                         5);
        docx_table_end(d);
        docx_text(d, DOCX_NOTE, S("Số liệu theo các báo cáo nhận được đến hết ngày 30/9/2023."));
}

static void
docx_end(struct docx *d)
{
        docx_text(d, DOCX_H1, S("III. KIẾN NGHỊ"));
        docx_text(
            d, DOCX_BODY,
            S("Đề nghị các cơ quan có nhiệm vụ quá hạn khẩn trương hoàn thành, báo cáo kết quả về cơ quan thường trực "
              "Ban Chỉ đạo trước ngày 15/10/2023."));
        docx_text(d, DOCX_BODY,
                  S("Trên đây là báo cáo tình hình thực hiện Kế hoạch số 2653/KH-BCĐ, Ban Chỉ đạo báo cáo./."));
        docx_foot(d,
                  &(struct docx_foot){
                      .recipients = (struct str[]){ S("Bộ Kế hoạch và Đầu tư (b/c)"), S("Liên minh HTX Việt Nam (b/c)"),
                                                    S("TT: TU, HĐND tỉnh (b/c)"), S("CT, các PCT UBND tỉnh (b/c)"),
                                                    S("Thành viên BCĐ (t/hiện)"), S("UBND các huyện, tx, tp"),
                                                    S("LĐVP; KT"), S("Lưu: VT, VP. UBND tỉnh") },
                      .n_recipients = 8,
                      .authority = (struct str[]){ S("TM. BAN CHỈ ĐẠO"), S("TRƯỞNG BAN") },
                      .n_authority = 2,
                      .office = S("PHÓ CHỦ TỊCH UBND TỈNH"),
                  });
        docx_section(d, DOCX_LANDSCAPE);
        docx_appendix(d, STR_NONE, S("TÌNH HÌNH THỰC HIỆN CÁC NHIỆM VỤ ĐẾN NGÀY 30/9/2023"),
                      S("(Kèm theo Báo cáo số      /BC-BCĐ ngày      tháng      năm 2023 của Ban Chỉ đạo)"));
        const int32_t widths[] = { DOCX_MM(12), DOCX_MM(120), DOCX_MM(70), DOCX_MM(50) };
        docx_table_begin(d, &(struct docx_table){ .widths = widths, .n_cols = 4, .header_rows = 1, .borders = true });
        docx_row(d,
                 (struct docx_cell[]){ { .text = S("TT") },
                                       { .text = S("Nhiệm vụ") },
                                       { .text = S("Cơ quan chủ trì") },
                                       { .text = S("Thời gian hoàn thành") } },
                 4);
        for (size_t i = 0; i < N_ROWS; i++) {
                if (i % 7 == 0)
                        docx_row_group(d, i == 0 ? S("I. Hoàn thiện thể chế") : S("II. Hỗ trợ, tuyên truyền"));
                docx_row(d,
                         (struct docx_cell[]){ { .text = str_fmt(d->c->arena, "%zu", i + 1), .align = DOCX_CENTER },
                                               { .text = str_of(row_at(i)->title) },
                                               { .text = str_of(row_at(i)->lead) },
                                               { .text = day_text(d->c->arena, row_day(i)), .align = DOCX_CENTER } },
                         4);
        }
        docx_table_end(d);
}

static enum dd_err
write_docx(struct dd_ctx *c, struct dd_buf *out)
{
        AUTO_DOCX d;

        docx_start(&d, c, &(struct docx_meta){ .title = S("Báo cáo tình hình thực hiện Kế hoạch số 2653/KH-BCĐ") });
        docx_body(&d);
        docx_end(&d);
        return docx_finish(&d, out);
}

static enum dd_err
write_letter(struct dd_ctx *c, struct dd_buf *out)
{
        AUTO_DOCX d;

        docx_start(&d, c, &(struct docx_meta){ .title = S("Công văn đôn đốc"), .body_pt = 13 });
        docx_head(&d, &(struct docx_head){
                          .parent = S("UBND TỈNH TÂY NINH"),
                          .agency = S("SỞ TÀI CHÍNH"),
                          .number = S("05"),
                          .symbol = S("STC-TH"),
                          .subject = S("V/v đôn đốc thực hiện nhiệm vụ của Kế hoạch số 2653/KH-BCĐ"),
                          .place = S("Tây Ninh"),
                          .day = day_of(2023, 10, 2),
                          .urgency = S("KHẨN"),
                      });
        docx_addressees(&d, (struct str[]){ S("Sở Nội vụ"), S("Liên minh Hợp tác xã tỉnh") }, 2);
        docx_text(&d, DOCX_BODY, S("Đến nay cơ quan thường trực chưa nhận được báo cáo kết quả của các cơ quan."));
        docx_text(&d, DOCX_BODY, S("Đề nghị các cơ quan báo cáo trước ngày 15/10/2023./."));
        docx_foot(&d, &(struct docx_foot){
                          .recipients = (struct str[]){ S("Như trên"), S("Lưu: VT") },
                          .n_recipients = 2,
                          .authority = (struct str[]){ S("KT. GIÁM ĐỐC"), S("PHÓ GIÁM ĐỐC") },
                          .n_authority = 2,
                      });
        return docx_finish(&d, out);
}

static const struct grid_col cols[] = {
        { .title = S("TT"), .type = GRID_INT, .width = 6 },
        { .title = S("Nhiệm vụ"), .type = GRID_TEXT, .width = 70 },
        { .title = S("Cơ quan chủ trì"), .type = GRID_TEXT, .width = 32 },
        { .title = S("Thời hạn"), .type = GRID_DATE },
        { .title = S("Tiến độ"), .type = GRID_PERCENT },
};

static void
row_cells(size_t i, struct grid_cell cells[5])
{
        cells[0] = grid_int((int64_t)i + 1);
        cells[1] = grid_text(str_of(row_at(i)->title));
        cells[2] = grid_text(str_of(row_at(i)->lead));
        cells[3] = grid_day(row_day(i));
        cells[4] = grid_int((int64_t)i * 5);
}

static enum dd_err
write_xlsx(struct dd_ctx *c, struct dd_buf *out)
{
        AUTO_XLSX *x = NULL;
        struct grid_cell cells[5];

        TRY(xlsx_start(c, S("Nhiệm vụ của Kế hoạch 2653/KH-BCĐ"), &x));
        xlsx_sheet(x, &(struct xlsx_sheet){
                          .name = S("Nhiệm vụ"),
                          .titles = (struct str[]){ S("KẾ HOẠCH SỐ 2653/KH-BCĐ: DANH MỤC NHIỆM VỤ"),
                                                    S("Số liệu tính đến hết ngày 30/9/2023") },
                          .n_titles = 2,
                          .cols = cols,
                          .n_cols = ARRAY_LEN(cols),
                          .frozen_cols = 2,
                      });
        for (size_t i = 0; i < N_ROWS; i++) {
                row_cells(i, cells);
                xlsx_row(x, cells);
        }
        return xlsx_finish(x, out);
}

static enum dd_err
write_csv(struct dd_ctx *c, struct dd_buf *out)
{
        struct csv w;
        struct grid_cell cells[5];

        (void)c;
        csv_start(&w, out, cols, ARRAY_LEN(cols));
        for (size_t i = 0; i < N_ROWS; i++) {
                row_cells(i, cells);
                csv_row(&w, cells);
        }
        return DD_OK;
}

static enum dd_err
write_ics(struct dd_ctx *c, struct dd_buf *out)
{
        struct ics w;

        ics_start(&w, out, S("Thời hạn của Kế hoạch 2653/KH-BCĐ"), c->now);
        for (size_t i = 0; i < N_ROWS; i++)
                ics_event(&w, &(struct ics_event){
                                  .uid = str_fmt(c->arena, "task-%zu@example.vn", i + 1),
                                  .day = row_day(i),
                                  .last_day = DD_NO_DAY,
                                  .summary = str_of(row_at(i)->title),
                                  .description = str_of(row_at(i)->lead),
                                  .categories = (struct str[]){ S("Kế hoạch 2653/KH-BCĐ"), S("Trong hạn") },
                                  .n_categories = 2,
                                  .sequence = 1,
                              });
        ics_end(&w);
        return DD_OK;
}

static enum dd_err
write_expect(struct dd_ctx *c, struct dd_buf *out)
{
        for (size_t i = 0; i < N_ROWS; i++) {
                for (const char *p = row_at(i)->title; *p != '\0'; p++)
                        buf_str(out, *p == '\n' ? S("\\n") : (struct str){ p, 1 });
                struct str day = day_iso(c->arena, row_day(i));
                buf_fmt(out, "\t%s\t%.*s\n", row_at(i)->lead, FMT(day));
        }
        return DD_OK;
}

int
main(int argc, char **argv)
{
        static const struct {
                const char *kind;
                enum dd_err (*write)(struct dd_ctx *, struct dd_buf *);
        } kinds[] = { { "docx", write_docx }, { "letter", write_letter }, { "xlsx", write_xlsx },
                      { "csv", write_csv },   { "ics", write_ics },       { "expect", write_expect } };
        struct dd_ctx c = { .arena = arena_new(0), .now = 1696118400 };
        AUTO_BUF out = { 0 };
        int rc = 2;

        for (size_t i = 0; argc == 3 && i < ARRAY_LEN(kinds); i++) {
                if (strcmp(argv[1], kinds[i].kind) != 0)
                        continue;
                FILE *f = fopen(argv[2], "wb");
                rc = kinds[i].write(&c, &out) == DD_OK && f != NULL && fwrite(out.p, 1, out.n, f) == out.n ? 0 : 1;
                if (f != NULL && fclose(f) != 0)
                        rc = 1;
        }
        if (rc == 1)
                fprintf(stderr, "%.*s\n", FMT(c.err_text));
        arena_free(c.arena);
        return rc;
}
