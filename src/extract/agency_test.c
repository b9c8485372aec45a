/* Agencies in a cell, each a test of its own; names against a directory. */
#include "extract_test_priv.h"

#include "dd_text.h"

struct cell_case {
        const char *text, *province;
        const char *names; /* parted by " | " */
        const char *kinds; /* parted by blanks */
};

static const struct cell_case CELLS[] = {
        { "Sở Tài chính", NULL, "Sở Tài chính", "department" },
        { "Liên minh HTX tỉnh", NULL, "Liên minh Hợp tác xã tỉnh", "mass-organisation" },
        { "Các sở, ngành, địa phương", NULL, "Các sở, ngành, địa phương", "group" },
        { "Bộ, ngành, địa phương", NULL, "Bộ, ngành, địa phương", "group" },
        { "Các Sở chủ quản Chương trình MTQG và UBND cấp huyện", NULL,
          "Các Sở chủ quản Chương trình mục tiêu quốc gia | Ủy ban nhân dân cấp huyện", "group district-committee" },
        { "Sở Kế hoạch và Đầu tư (vốn đầu tư); Sở Tài chính (vốn sự nghiệp)", NULL,
          "Sở Kế hoạch và Đầu tư | Sở Tài chính", "department department" },
        { "Bộ Lao động - Thương binh và Xã hội và Bộ Quốc phòng", NULL,
          "Bộ Lao động - Thương binh và Xã hội | Bộ Quốc phòng", "ministry ministry" },
        { "Bộ Văn hóa, Thể thao và Du lịch", NULL, "Bộ Văn hóa, Thể thao và Du lịch", "ministry" },
        { "Bộ Xây dựng Bộ Giao thông vận tải", NULL, "Bộ Xây dựng | Bộ Giao thông vận tải", "ministry ministry" },
        { "Sở LĐTBXH", NULL, "Sở Lao động - Thương binh và Xã hội", "department" },
        { "Sở LĐ-TB&XH", NULL, "Sở Lao động - Thương binh và Xã hội", "department" },
        { "Sở Lao động Thương binh và xã hội", NULL, "Sở Lao động - Thương binh và Xã hội", "department" },
        { "Sở Lao động -Thương binh và X ã hội", NULL, "Sở Lao động - Thương binh và Xã hội", "department" },
        { "Sở NN&PTNT", NULL, "Sở Nông nghiệp và Phát triển nông thôn", "department" },
        { "Phòng TC-KH", NULL, "Phòng Tài chính - Kế hoạch", "department" },
        { "STC (p/hợp)", NULL, "Sở Tài chính", "department" },
        { "BGD", NULL, "Ban Giám đốc", "other" },
        { "UBND các huyện, thị xã, thành phố", NULL, "Ủy ban nhân dân các huyện, thị xã, thành phố",
          "district-committee" },
        { "UBND xã, phường", NULL, "Ủy ban nhân dân xã, phường", "commune-committee" },
        { "HĐND, UBND các tỉnh, TP trực thuộc TW", NULL,
          "Hội đồng nhân dân các tỉnh, thành phố trực thuộc Trung ương | Ủy ban nhân dân các tỉnh, thành phố trực "
          "thuộc Trung ương",
          "group group" },
        { "Thường trực Tỉnh uỷ", NULL, "Thường trực Tỉnh ủy", "party" },
        { "Ban Tuyên giáo Tỉnh ủy", NULL, "Ban Tuyên giáo Tỉnh ủy", "party" },
        { "Ủy ban MTTQ Việt Nam tỉnh", NULL, "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "mass-organisation" },
        { "Hội Nông dân, Hội LHPN, Đoàn Thanh niên", NULL, "Hội Nông dân | Hội Liên hiệp Phụ nữ | Đoàn Thanh niên",
          "mass-organisation mass-organisation mass-organisation" },
        { "Thủ tướng, các Phó Thủ tướng", NULL, "Thủ tướng Chính phủ | các Phó Thủ tướng Chính phủ", "other other" },
        { "VTV, VOV, TTXVN", NULL, "Đài Truyền hình Việt Nam | Đài Tiếng nói Việt Nam | Thông tấn xã Việt Nam",
          "other other other" },
        { "Viện Kiểm sát NDTC", NULL, "Viện kiểm sát nhân dân tối cao", "other" },
        { "Toà án nhân dân tối cao", NULL, "Tòa án nhân dân tối cao", "other" },
        { "Vụ Pháp chế - BTC", NULL, "Vụ Pháp chế", "department" },
        { "- Cục Thuế; - Kho bạc Nhà nước", NULL, "Cục Thuế | Kho bạc Nhà nước", "department department" },
        { "Giám đốc Sở Y tế", NULL, "Sở Y tế", "department" },
        { "Công thương", "Tây Ninh", "Sở Công Thương", "department" },
        { "Ngân hàng Nhà nước chi nhánh tỉnh Long An", NULL, "Ngân hàng Nhà nước Việt Nam - Chi nhánh tỉnh Long An",
          "other" },
        { "Bộ Tài chính, bộ, ngành liên quan", NULL, "Bộ Tài chính | bộ, ngành liên quan", "ministry group" },
        { "Các cơ quan Đảng, Quốc hội, Tòa án nhân dân tối cao", NULL,
          "Các cơ quan Đảng | Quốc hội | Tòa án nhân dân tối cao", "party other other" },
        { "Sở Y tế chủ trì, phối hợp với Sở Tài chính", NULL, "Sở Y tế | Sở Tài chính", "department department" },
        { "TT: TU, HĐND tỉnh", NULL, "Thường trực Tỉnh ủy | Thường trực Hội đồng nhân dân tỉnh", "party other" },
        { "Các đơn vị thuộc Bộ LĐTBXH", NULL, "Các đơn vị thuộc Bộ Lao động - Thương binh và Xã hội", "group" },
        { "VPCP: BTCN, các PCN", NULL, "Văn phòng Chính phủ", "ministry" },
        { "Bộ Khoa học và Công nghệ, Bộ", NULL, "Bộ Khoa học và Công nghệ", "ministry" },
};

static void
is_taken_apart(void **state)
{
        const struct cell_case *e = *state;
        struct arena *a = arena_new(0);
        struct mentions m;
        struct dd_buf names = { 0 }, kinds = { 0 };
        struct str got, want;

        agency_parse(a, str_of(e->text), str_of(e->province), &m);
        for (size_t i = 0; i < m.n; i++) {
                if (i) {
                        buf_str(&names, S(" | "));
                        buf_c(&kinds, ' ');
                }
                buf_str(&names, m.v[i].name);
                buf_str(&kinds, str_of(agency_kind_name(m.v[i].kind)));
        }
        got = text_lower(a, str_dup(a, buf_view(&names)));
        want = text_lower(a, str_of(e->names));
        if (!str_eq(got, want))
                fail_msg("got \"%.*s\", not \"%.*s\"", FMT(got), FMT(want));
        assert_slice(str_dup(a, buf_view(&kinds)), str_of(e->kinds));
        buf_free(&names);
        buf_free(&kinds);
        arena_free(a);
}

static void
brackets_become_notes(void **state)
{
        struct mentions m;

        agency_parse(*state, S("Sở Kế hoạch và Đầu tư (vốn đầu tư); Sở Tài chính (vốn sự nghiệp)"), STR_NONE, &m);
        assert_int_equal(m.n, 2);
        assert_text(m.v[0].note, "vốn đầu tư");
        assert_text(m.v[1].note, "vốn sự nghiệp");
}

static void
the_printed_words_stay(void **state)
{
        struct mentions m;

        agency_parse(*state, S("UBND huyện"), STR_NONE, &m);
        assert_text(m.v[0].text, "UBND huyện");
        assert_text(m.v[0].name, "Ủy ban nhân dân huyện");
}

static void
an_empty_cell_names_nobody(void **state)
{
        struct mentions m;

        agency_parse(*state, S("  "), STR_NONE, &m);
        assert_int_equal(m.n, 0);
        agency_parse(*state, S("-;,"), STR_NONE, &m);
        assert_int_equal(m.n, 0);
}

/* ---- the directory -------------------------------------------------------------------------------------- */

static const struct directory_entry ENTRIES[] = {
        { 1, { "Sở Tài chính", 0 }, { "STC", 3 }, AK_DEPARTMENT, DD_NO_DAY, DD_NO_DAY },
        { 2, { "Sở Kế hoạch và Đầu tư", 0 }, { "SKHĐT", 6 }, AK_DEPARTMENT, DD_NO_DAY, 20000 },
        { 3, { "Liên minh Hợp tác xã tỉnh Tây Ninh", 0 }, { NULL, 0 }, AK_MASS_ORGANISATION, DD_NO_DAY, DD_NO_DAY },
        { 4, { "Sở Lao động - Thương binh và Xã hội", 0 }, { NULL, 0 }, AK_DEPARTMENT, DD_NO_DAY, DD_NO_DAY },
        { 5, { "Các sở, ngành, địa phương", 0 }, { NULL, 0 }, AK_GROUP, DD_NO_DAY, DD_NO_DAY },
};

static struct resolved
find(struct arena *a, const char *text, int32_t day)
{
        struct directory_entry v[ARRAY_LEN(ENTRIES)];
        struct directory d = { v, ARRAY_LEN(ENTRIES) };
        struct mentions m;

        memcpy(v, ENTRIES, sizeof v);
        for (size_t i = 0; i < ARRAY_LEN(v); i++)
                v[i].name = str_of(v[i].name.p);
        agency_parse(a, str_of(text), STR_NONE, &m);
        assert_int_equal(m.n, 1);
        return mention_resolve(a, &d, &m.v[0], day);
}

static void
a_name_is_found_by_any_of_its_writings(void **state)
{
        assert_int_equal(find(*state, "Sở Tài chính", 0).id, 1);
        assert_int_equal(find(*state, "Sở Tài chính tỉnh Tây Ninh", 0).id, 1);
        assert_int_equal(find(*state, "STC", 0).id, 1);
        assert_int_equal(find(*state, "Liên minh HTX tỉnh", 0).id, 3);
        assert_int_equal(find(*state, "Sở LĐTB&XH", 0).id, 4);
}

static void
a_slip_of_a_tone_is_accepted(void **state)
{
        struct resolved r = find(*state, "Sở Tái chính", 0);

        assert_int_equal(r.id, 1);
        assert_false(r.ask);
}

static void
a_wrong_letter_is_asked(void **state)
{
        struct resolved r = find(*state, "Sở Tai chinm", 0);

        assert_true(r.id == 0 || r.ask);
}

static void
another_agency_is_not_taken_for_it(void **state)
{
        assert_int_equal(find(*state, "Sở Y tế", 0).id, 0);
        assert_int_equal(find(*state, "Các sở, ngành", 0).id, 0);
}

static void
an_agency_that_ended_is_not_found_later(void **state)
{
        assert_int_equal(find(*state, "Sở Kế hoạch và Đầu tư", 19000).id, 2);
        assert_int_equal(find(*state, "Sở Kế hoạch và Đầu tư", 21000).id, 0);
}

int
main(void)
{
        const struct CMUnitTest others[] = {
                cmocka_unit_test(brackets_become_notes),
                cmocka_unit_test(the_printed_words_stay),
                cmocka_unit_test(an_empty_cell_names_nobody),
                cmocka_unit_test(a_name_is_found_by_any_of_its_writings),
                cmocka_unit_test(a_slip_of_a_tone_is_accepted),
                cmocka_unit_test(a_wrong_letter_is_asked),
                cmocka_unit_test(another_agency_is_not_taken_for_it),
                cmocka_unit_test(an_agency_that_ended_is_not_found_later),
        };
        struct CMUnitTest each[ARRAY_LEN(CELLS)];

        for (size_t i = 0; i < ARRAY_LEN(CELLS); i++)
                each[i] =
                    (struct CMUnitTest){ CELLS[i].text, is_taken_apart, NULL, NULL, (void *)(uintptr_t)&CELLS[i] };
        return _cmocka_run_group_tests("agencies", each, ARRAY_LEN(each), NULL, NULL) +
               _cmocka_run_group_tests("others", others, ARRAY_LEN(others), arena_up, arena_down);
}
