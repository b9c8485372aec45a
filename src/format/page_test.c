/* Tests of papers that come as pages: words with places in, blocks out; lines and cells of small pictures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "page_priv.h"

#include "dd_text.h"

#define W     595.0
#define H     842.0
#define LINE  16.0 /* from one line to the next */
#define LEFT  85.0
#define RIGHT 540.0

struct paper {
        struct dd_ctx c;
        struct dd_buf tsv, parts;
        struct blocks b;
        int page, line;
};

static int
setup(void **state)
{
        struct paper *p = calloc(1, sizeof *p);

        p->c.arena = arena_new(0);
        p->tsv.max = p->parts.max = (size_t)8 << 20;
        buf_fmt(&p->tsv, "level\tpage\tpar\tblock\tline\tword\tleft\ttop\twidth\theight\tconf\ttext\n");
        *state = p;
        return 0;
}

static int
teardown(void **state)
{
        struct paper *p = *state;

        buf_free(&p->tsv);
        buf_free(&p->parts);
        arena_free(p->c.arena);
        free(p);
        return 0;
}

static void
page(struct paper *p)
{
        buf_fmt(&p->tsv, "1\t%d\t0\t0\t0\t0\t0\t0\t%.1f\t%.1f\t-1\t###PAGE###\n", ++p->page, W, H);
}

/* A line whose words are stretched so that it reaches from x0 to x1, as justified text does. */
static void
line(struct paper *p, double x0, double x1, double y, const char *text)
{
        struct str rest = str_of(text), word;
        double letters = (double)utf8_len(rest), unit = (x1 - x0) / letters, x = x0;

        buf_fmt(&p->tsv, "4\t%d\t0\t0\t%d\t0\t%.2f\t%.2f\t%.2f\t13\t-1\t###LINE###\n", p->page, ++p->line, x0, y,
                x1 - x0);
        while (str_cut(&rest, ' ', &word)) {
                double w = unit * (double)utf8_len(word);

                if (word.n > 0)
                        buf_fmt(&p->tsv, "5\t%d\t0\t0\t%d\t0\t%.2f\t%.2f\t%.2f\t13\t100\t%.*s\n", p->page, p->line, x,
                                y, w, FMT(word));
                x += w + unit;
        }
}

static void
part(struct paper *p, enum page_part_kind kind, int no, struct str bytes)
{
        const struct page_part head = { PAGE_PART_MAGIC, kind, (uint32_t)no, (uint32_t)bytes.n };

        buf_put(&p->parts, &head, sizeof head);
        buf_str(&p->parts, bytes);
}

static enum dd_err
read_all(struct paper *p)
{
        part(p, PART_WORDS, 0, buf_view(&p->tsv));
        return pages_read(&p->c, buf_view(&p->parts), &p->b);
}

static void
assert_block(const struct paper *p, size_t i, enum block_kind kind, const char *text)
{
        assert_true(i < p->b.n);
        assert_int_equal(p->b.v[i].kind, kind);
        if (!str_eq(p->b.v[i].text, str_of(text)))
                fail_msg("block %zu: \"%.*s\", not \"%s\"", i, FMT(p->b.v[i].text), text);
}

static void
assert_cell(const struct paper *p, size_t i, size_t cell, const char *text)
{
        assert_true(i < p->b.n);
        assert_int_equal(p->b.v[i].kind, BLOCK_ROW);
        assert_true(cell < p->b.v[i].n_cells);
        if (!str_eq(p->b.v[i].cells[cell].text, str_of(text)))
                fail_msg("row %zu cell %zu: \"%.*s\", not \"%s\"", i, cell, FMT(p->b.v[i].cells[cell].text), text);
}

/* ---- paragraphs ---- */

static void
justified_lines_are_one_paragraph_and_an_indent_begins_another(void **state)
{
        struct paper *p = *state;

        page(p);
        line(p, LEFT + 30, RIGHT, 100, "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015 và văn");
        line(p, LEFT, RIGHT, 100 + LINE,
             "bản khác của cấp trên về việc xây dựng kế hoạch hằng năm của các cơ quan, đơn");
        line(p, LEFT, 200, 100 + 2 * LINE, "vị ở địa phương;");
        line(p, LEFT + 30, RIGHT, 100 + 3 * LINE,
             "Xét đề nghị của Giám đốc sở về việc ban hành kế hoạch của năm tới trong toàn");
        line(p, LEFT, 160, 100 + 4 * LINE, "tỉnh.");
        assert_int_equal(read_all(p), DD_OK);
        assert_int_equal(p->b.n, 2);
        assert_true(str_has(p->b.v[0].text, S("văn bản khác")));
        assert_true(str_ends(p->b.v[0].text, S("địa phương;")));
        assert_true(str_starts(p->b.v[1].text, S("Xét đề nghị")));
}

static void
a_break_behind_a_hyphen_makes_no_blank(void **state)
{
        struct paper *p = *state;

        page(p);
        line(p, LEFT + 30, RIGHT, 100, "Thực hiện ý kiến chỉ đạo của lãnh đạo tỉnh tại công văn số 4736/VP-");
        line(p, LEFT, RIGHT, 100 + LINE, "KT ngày 06/6/2023 về tham mưu triển khai thực hiện đối với ngành Lao động -");
        line(p, LEFT, 250, 100 + 2 * LINE, "Thương binh và Xã hội");
        assert_int_equal(read_all(p), DD_OK);
        assert_int_equal(p->b.n, 1);
        assert_true(str_has(p->b.v[0].text, S("4736/VP-KT ngày")));
        assert_true(str_has(p->b.v[0].text, S("Lao động - Thương binh")));
}

static void
items_begin_paragraphs_of_their_own(void **state)
{
        struct paper *p = *state;

        page(p);
        line(p, LEFT, RIGHT, 100, "1. Các cơ quan có trách nhiệm tổ chức thực hiện đầy đủ nội dung của kế hoạch");
        line(p, LEFT, RIGHT, 100 + LINE,
             "a) Báo cáo kết quả trước ngày 15 tháng 12 hằng năm gửi về cơ quan thường trực");
        line(p, LEFT, RIGHT, 100 + 2 * LINE,
             "- Kiến nghị các khó khăn nảy sinh để được xem xét, giải quyết cho kịp thời gian");
        assert_int_equal(read_all(p), DD_OK);
        assert_int_equal(p->b.n, 3);
}

static void
a_paragraph_goes_on_over_a_page_and_its_number(void **state)
{
        struct paper *p = *state;

        page(p);
        line(p, LEFT, RIGHT, 600, "đây là dòng thứ nhất của một đoạn văn dài đi từ trang này sang trang sau của văn");
        line(p, LEFT, RIGHT, 600 + LINE,
             "đây là dòng thứ hai của một đoạn văn dài đi từ trang này sang trang sau cho văn");
        line(p, LEFT, RIGHT, 600 + 2 * LINE,
             "đây là dòng cuối cùng của một đoạn văn dài đi từ trang này sang trang sau của");
        page(p);
        line(p, 300, 306, 40, "2");
        line(p, LEFT, 220, 90, "bản hết ở đây.");
        assert_int_equal(read_all(p), DD_OK);
        assert_int_equal(p->b.n, 2);
        assert_true(str_has(p->b.v[0].text, S("sau của bản hết ở đây.")));
        assert_block(p, 1, BLOCK_PAGE_NO, "2");
        assert_int_equal(p->b.pages, 2);
}

static void
running_heads_are_told_from_text(void **state)
{
        struct paper *p = *state;

        for (int i = 1; i <= 3; i++) {
                page(p);
                line(p, 200, 400, 30,
                     i == 1   ? "Kế hoạch phát triển - trang 1"
                     : i == 2 ? "Kế hoạch phát triển - trang 2"
                              : "Kế hoạch phát triển - trang 3");
                line(p, LEFT, 300, 200, i == 2 ? "Một đoạn khác." : "Một đoạn ngắn.");
        }
        assert_int_equal(read_all(p), DD_OK);
        size_t heads = 0;

        for (size_t i = 0; i < p->b.n; i++)
                heads += p->b.v[i].kind == BLOCK_PAGE_HEAD;
        assert_int_equal(heads, 3);
        assert_int_equal(p->b.n, 6);
}

/* ---- columns ---- */

static void
a_head_is_two_columns_each_in_its_order(void **state)
{
        struct paper *p = *state;

        page(p);
        line(p, 110, 250, 60, "UBND TỈNH TÂY NINH");
        line(p, 300, 535, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
        line(p, 130, 230, 76, "SỞ TÀI CHÍNH");
        line(p, 340, 495, 78, "Độc lập - Tự do - Hạnh phúc");
        line(p, 120, 240, 110, "Số: 15/KH-STC");
        line(p, 320, 515, 110, "Tây Ninh, ngày 02 tháng 3 năm 2023");
        line(p, 280, 345, 150, "KẾ HOẠCH");
        assert_int_equal(read_all(p), DD_OK);
        assert_int_equal(p->b.n, 2);
        assert_int_equal(p->b.v[0].n_cells, 2);
        assert_cell(p, 0, 0, "UBND TỈNH TÂY NINH\nSỞ TÀI CHÍNH\nSố: 15/KH-STC");
        assert_cell(
            p, 0, 1,
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nTây Ninh, ngày 02 tháng 3 năm 2023");
        assert_block(p, 1, BLOCK_PARA, "KẾ HOẠCH");
}

static void
a_foot_is_recipients_and_signature(void **state)
{
        struct paper *p = *state;

        page(p);
        line(p, LEFT, RIGHT, 80, "Giao các cơ quan tổ chức thực hiện kế hoạch này và báo cáo kết quả theo quy định./.");
        line(p, LEFT, 150, 120, "Nơi nhận:");
        line(p, 350, 500, 120, "TM. ỦY BAN NHÂN DÂN");
        line(p, LEFT, 200, 136, "- Như trên;");
        line(p, 380, 470, 136, "CHỦ TỊCH");
        line(p, LEFT, 210, 152, "- Lưu: VT, P.1.");
        line(p, 370, 480, 240, "Trần Văn Chiến");
        assert_int_equal(read_all(p), DD_OK);
        assert_int_equal(p->b.n, 2);
        assert_cell(p, 1, 0, "Nơi nhận:\n- Như trên;\n- Lưu: VT, P.1.");
        assert_cell(p, 1, 1, "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Chiến");
}

static void
a_letter_and_its_tab_are_one_line(void **state)
{
        struct paper *p = *state;

        page(p);
        line(p, LEFT, LEFT + 10, 100, "a)");
        line(p, LEFT + 60, RIGHT, 100, "Báo cáo kết quả thực hiện trước ngày 15 tháng 12 năm nay");
        assert_int_equal(read_all(p), DD_OK);
        assert_int_equal(p->b.n, 1);
        assert_true(str_starts(p->b.v[0].text, S("a) Báo cáo")));
}

/* ---- tables ---- */

/* Cells of a table with `rows` rows at the given heights and four sides. */
static void
ruled(struct paper *p, int no, const int32_t *y, int32_t rows)
{
        static const int32_t x[] = { 85, 115, 330, 540 };
        struct page_geometry g = { PAGE_GEOMETRY_MAGIC, (int32_t)W, (int32_t)H, (int32_t)W, (int32_t)H, 0, 0, 0 };
        AUTO_BUF out = { .max = 1 << 20 };

        g.cells = (uint32_t)rows * 3;
        buf_put(&out, &g, sizeof g);
        for (int32_t r = 0; r < rows; r++)
                for (int32_t k = 0; k < 3; k++) {
                        const struct grid_cell c = { 0, r, k, 1, 1, x[k], y[r], x[k + 1], y[r + 1], -1, -1, 0, 0 };

                        buf_put(&out, &c, sizeof c);
                }
        part(p, PART_RULES, no, buf_view(&out));
}

static void
row(struct paper *p, double y, const char *no, const char *title, const char *who)
{
        if (no[0])
                line(p, 92, 92 + 6 * (double)strlen(no), y, no);
        if (title[0])
                line(p, 120, 320, y, title);
        if (who[0])
                line(p, 335, 500, y, who);
}

static void
a_table_over_two_pages_is_one_with_its_head_once(void **state)
{
        static const int32_t one[] = { 690, 710, 730, 752 }, two[] = { 60, 80, 100, 122 };
        struct paper *p = *state;

        page(p);
        row(p, 693, "TT", "Nhiệm vụ", "Chủ trì");
        row(p, 713, "1", "Xây dựng kế hoạch", "Sở Tài chính");
        row(p, 733, "2", "Tổ chức kiểm tra việc", "Sở Nội vụ và các");
        page(p);
        line(p, 300, 306, 30, "2");
        row(p, 63, "TT", "Nhiệm vụ", "Chủ trì");
        row(p, 83, "", "thực hiện ở địa phương", "sở, ngành");
        row(p, 103, "3", "Báo cáo kết quả", "Sở Y tế");
        ruled(p, 1, one, 3);
        ruled(p, 2, two, 3);
        assert_int_equal(read_all(p), DD_OK);
        assert_cell(p, 0, 1, "Nhiệm vụ");
        assert_cell(p, 2, 1, "Tổ chức kiểm tra việc thực hiện ở địa phương");
        assert_cell(p, 2, 2, "Sở Nội vụ và các sở, ngành");
        assert_cell(p, 3, 0, "3");
        assert_int_equal(p->b.v[3].table, p->b.v[0].table);
        assert_true(p->b.n > 4 && p->b.v[4].kind != BLOCK_ROW);
}

static void
every_word_has_its_box_and_its_letters(void **state)
{
        struct paper *p = *state;
        const struct box *x;
        size_t at = 0;

        page(p);
        line(p, 85, 285, 100, "Kế hoạch năm 2023");
        assert_int_equal(read_all(p), DD_OK);
        assert_int_equal(p->b.n_boxes, 4);
        x = &p->b.boxes[1];
        assert_int_equal(x->span.from, 3);
        assert_int_equal(x->span.to, 8);
        assert_int_equal(x->page, 1);
        assert_int_equal(x->y, (int32_t)(100 / H * BOX_SCALE + 0.5));
        assert_true(x->x > p->b.boxes[0].x && x->x + x->w < p->b.boxes[2].x);
        for (int32_t i = 0; i < x->span.from; i++)
                utf8_next(p->b.text, &at);
        assert_memory_equal(p->b.text.p + at, "hoạch", 6);
}

/* ---- what each page needs ---- */

static void
needs(struct paper *p, struct page_need *ret)
{
        AUTO_BUF out = { .max = 1 << 20 };

        assert_int_equal(page_triage(&p->c, buf_view(&p->tsv), &out), DD_OK);
        assert_int_equal(out.n, sizeof *ret * (size_t)p->page);
        memcpy(ret, out.p, out.n);
}

static void
pages_without_sound_text_are_recognised(void **state)
{
        struct paper *p = *state;
        struct page_need n[3];

        page(p);
        page(p);
        for (int i = 0; i < 8; i++)
                line(p, LEFT, RIGHT, 100 + i * LINE, "§¶ng Céng s¶n ViÖt Nam kÕ ho¹ch ph¸t triÓn kinh tÕ x· héi n¨m");
        page(p);
        for (int i = 0; i < 8; i++)
                line(p, LEFT, RIGHT, 100 + i * LINE, "Đảng Cộng sản Việt Nam kế hoạch phát triển kinh tế xã hội năm");
        needs(p, n);
        assert_int_equal(n[0].scan, SCAN_YES);
        assert_int_equal(n[1].scan, SCAN_YES);
        assert_int_equal(n[2].scan, 0);
        assert_int_equal(n[2].rules, 0);
        assert_int_equal(n[2].px_scan, 2339);
}

static void
a_picture_clears_the_doubt_about_a_page_with_few_words(void **state)
{
        struct paper *p = *state;
        struct page_need n[2];
        AUTO_BUF out = { .max = 1 << 20 };
        AUTO_BUF pgm = { .max = 4 << 20 };
        struct grey g = grey_new(p->c.arena, (int32_t)W, (int32_t)H);

        page(p);
        line(p, LEFT, 300, 100, "Nơi nhận:");
        page(p);
        line(p, LEFT, 300, 100, "Ký bởi: Văn phòng");
        memset(g.p + 110 * g.w + 90, 0, 150); /* inside the first page's words, */
        grey_put(&pgm, &g);
        part(p, PART_WORDS, 0, buf_view(&p->tsv));
        part(p, PART_SMALL, 1, buf_view(&pgm));
        for (int i = 0; i < 20; i++)
                memset(g.p + (300 + 12 * i) * g.w + 90, 0, 400); /* and a scanned text on the second */
        buf_reset(&pgm);
        grey_put(&pgm, &g);
        part(p, PART_SMALL, 2, buf_view(&pgm));
        assert_int_equal(page_triage(&p->c, buf_view(&p->parts), &out), DD_OK);
        assert_int_equal(out.n, sizeof n);
        memcpy(n, out.p, sizeof n);
        assert_int_equal(n[0].scan, SCAN_NO);
        assert_int_equal(n[1].scan, SCAN_YES);
}

static void
words_in_three_columns_ask_for_ruling_lines(void **state)
{
        struct paper *p = *state;
        struct page_need n;

        page(p);
        for (int i = 0; i < 6; i++)
                row(p, 100 + i * LINE, "1", "Xây dựng kế hoạch hoạt động", "Sở Tài chính");
        needs(p, &n);
        assert_int_equal(n.scan, 0);
        assert_int_equal(n.rules, 1);
}

static void
more_than_500_pages_are_refused(void **state)
{
        struct paper *p = *state;
        AUTO_BUF out = { .max = 1 << 20 };

        for (int i = 0; i < 501; i++)
                page(p);
        assert_int_equal(page_triage(&p->c, buf_view(&p->tsv), &out), DD_ETOOBIG);
        assert_true(str_has(p->c.err_text, S("hơn 500 trang")));
}

/* ---- hostile parts ---- */

static void
geometry_that_lies_is_refused(void **state)
{
        static const int32_t y[] = { 100, 120, 140 };
        struct paper *p = *state;
        struct page_geometry *g;

        page(p);
        line(p, LEFT, RIGHT, 100, "một dòng");
        ruled(p, 1, y, 2);
        g = (struct page_geometry *)(void *)(p->parts.p + sizeof(struct page_part));
        g->cells = 5;
        assert_int_equal(read_all(p), DD_EFORMAT);
        g->cells = 6;
        ((struct grid_cell *)(void *)(g + 1))->col = 1 << 20;
        assert_int_equal(pages_read(&p->c, buf_view(&p->parts), &p->b), DD_EFORMAT);
}

static void
short_and_foreign_parts_are_refused(void **state)
{
        struct paper *p = *state;

        assert_int_equal(pages_read(&p->c, S("PDP1"), &p->b), DD_EFORMAT);
        part(p, PART_WORDS, 0, S("no table of words"));
        assert_int_equal(pages_read(&p->c, buf_view(&p->parts), &p->b), DD_EFORMAT);
        p->parts.n = 0;
        part(p, PART_OCR, 501, S("x"));
        assert_int_equal(pages_read(&p->c, buf_view(&p->parts), &p->b), DD_EFORMAT);
}

/* ---- pictures ---- */

static void
bar(struct grey *g, int32_t x0, int32_t y0, int32_t x1, int32_t y1)
{
        for (int32_t y = y0; y <= y1; y++)
                for (int32_t x = x0; x <= x1; x++)
                        g->p[y * g->w + x] = 0;
}

/* Three columns, the right two under one head. */
static struct grey
drawn_table(struct arena *a)
{
        struct grey g = grey_new(a, 1000, 800);

        for (int i = 0; i < 4; i++)
                bar(&g, i == 1 ? 400 : 100, 100 + 100 * i, 900, 101 + 100 * i);
        bar(&g, 100, 100, 900, 101);
        for (int i = 0; i < 4; i++)
                bar(&g,
                    i == 0   ? 100
                    : i == 1 ? 400
                    : i == 2 ? 650
                             : 899,
                    i == 2 ? 200 : 100,
                    i == 0   ? 101
                    : i == 1 ? 401
                    : i == 2 ? 651
                             : 900,
                    400);
        bar(&g, 150, 600, 700, 601); /* underlining, no table */
        return g;
}

static void
ruling_lines_make_cells_with_their_spans(void **state)
{
        struct paper *p = *state;
        struct grey g = drawn_table(p->c.arena);
        struct grid grid;

        grid_find(p->c.arena, &g, 128, 200, &grid);
        assert_int_equal(grid.tables, 1);
        assert_int_equal(grid.n, 7);
        assert_int_equal(grid.v[0].rows, 2); /* the left head */
        assert_int_equal(grid.v[1].cols, 2); /* the head over two */
        assert_int_equal(grid.v[2].row, 1);
        assert_int_equal(grid.v[6].row, 2);
}

static void
skew_is_measured_to_a_twentieth_of_a_degree(void **state)
{
        struct paper *p = *state;
        struct grey g = grey_new(p->c.arena, 1200, 1600), turned;

        for (int32_t y = 100; y < 1500; y += 40)
                for (int32_t x = 100; x < 1100; x += 24)
                        bar(&g, x, y, x + 14, y + 16);
        turned = grey_rotate(p->c.arena, &g, -1.1);
        double skew = page_skew(p->c.arena, &turned, 128);

        if (skew < 1.05 || skew > 1.15)
                fail_msg("%.3f degrees", skew);
}

static void
a_quarter_and_its_counterpart_give_the_page_back(void **state)
{
        struct paper *p = *state;
        struct grey g = drawn_table(p->c.arena);

        for (int q = 1; q < 4; q++) {
                struct grey t = grey_quarter(p->c.arena, &g, q), back = grey_quarter(p->c.arena, &t, 4 - q);

                assert_int_equal(back.w, g.w);
                assert_memory_equal(back.p, g.p, (size_t)g.w * (size_t)g.h);
        }
}

static void
misread_hooks_and_roman_numbers_are_mended(void **state)
{
        struct paper *p = *state;
        struct word w[] = { { .text = S("đối"), .confidence = 95 },   { .text = S("mới,"), .confidence = 95 },
                            { .text = S("Quý"), .confidence = 95 },   { .text = S("IH/2023"), .confidence = 95 },
                            { .text = S("đối"), .confidence = 95 },   { .text = S("với"), .confidence = 95 },
                            { .text = S("triến"), .confidence = 95 }, { .text = S("khai"), .confidence = 95 } };
        struct word alone = { .text = S("1H") }, number = { .text = S("11") };

        page_mend(p->c.arena, w, ARRAY_LEN(w), false);
        assert_true(str_eq(w[0].text, S("đổi")));
        assert_int_equal(w[0].confidence, 70);
        assert_true(str_eq(w[3].text, S("III/2023")));
        assert_true(str_eq(w[4].text, S("đối")));
        assert_true(str_eq(w[6].text, S("triển")));
        page_mend(p->c.arena, &alone, 1, true);
        page_mend(p->c.arena, &number, 1, true);
        assert_true(str_eq(alone.text, S("III")));
        assert_true(str_eq(number.text, S("11")));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        const struct CMUnitTest tests[] = {
                TEST(justified_lines_are_one_paragraph_and_an_indent_begins_another),
                TEST(a_break_behind_a_hyphen_makes_no_blank),
                TEST(items_begin_paragraphs_of_their_own),
                TEST(a_paragraph_goes_on_over_a_page_and_its_number),
                TEST(running_heads_are_told_from_text),
                TEST(a_head_is_two_columns_each_in_its_order),
                TEST(a_foot_is_recipients_and_signature),
                TEST(a_letter_and_its_tab_are_one_line),
                TEST(a_table_over_two_pages_is_one_with_its_head_once),
                TEST(every_word_has_its_box_and_its_letters),
                TEST(pages_without_sound_text_are_recognised),
                TEST(a_picture_clears_the_doubt_about_a_page_with_few_words),
                TEST(words_in_three_columns_ask_for_ruling_lines),
                TEST(more_than_500_pages_are_refused),
                TEST(geometry_that_lies_is_refused),
                TEST(short_and_foreign_parts_are_refused),
                TEST(ruling_lines_make_cells_with_their_spans),
                TEST(skew_is_measured_to_a_twentieth_of_a_degree),
                TEST(a_quarter_and_its_counterpart_give_the_page_back),
                TEST(misread_hooks_and_roman_numbers_are_mended),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
