/* Expressions of time, each a test of its own. */
#include "extract_test_priv.h"

struct expression {
        const char *text;
        const char *kind, *start, *due, *recur; /* NULL: none */
};

static const struct expression EXPRESSIONS[] = {
        /* years */
        { "Năm 2023", "year", "2023-01-01", "2023-12-31", NULL },
        { "2026", "year", "2026-01-01", "2026-12-31", NULL },
        { "Trong năm 2024", "year", "2024-01-01", "2024-12-31", NULL },
        { "Đến năm 2030", "year", NULL, "2030-12-31", NULL },
        { "Đến hết năm 2027", "year", NULL, "2027-12-31", NULL },
        { "trước năm 2025", "year", NULL, "2024-12-31", NULL },
        { "nam 2023", "year", "2023-01-01", "2023-12-31", NULL },
        /* quarters, months, halves */
        { "Quý III/2023", "quarter", "2023-07-01", "2023-09-30", NULL },
        { "Quý 4 năm 2025", "quarter", "2025-10-01", "2025-12-31", NULL },
        { "quý I", "quarter", "2024-01-01", "2024-03-31", NULL },
        { "Tháng 02/2024", "month", "2024-02-01", "2024-02-29", NULL },
        { "6/2025", "month", "2025-06-01", "2025-06-30", NULL },
        { "Tháng 9", "month", "2024-09-01", "2024-09-30", NULL },
        { "trước tháng 10/2025", "month", NULL, "2025-09-30", NULL },
        { "6 tháng đầu năm 2025", "half", "2025-01-01", "2025-06-30", NULL },
        { "6 tháng cuối năm 2025", "half", "2025-07-01", "2025-12-31", NULL },
        /* days */
        { "trước ngày 30/9/2023", "date", NULL, "2023-09-30", NULL },
        { "Trước 15/12/2024", "date", NULL, "2024-12-15", NULL },
        { "đến hết ngày 31 tháng 12 năm 2025", "date", NULL, "2025-12-31", NULL },
        { "ngày 02 tháng 6 năm 2023", "date", NULL, "2023-06-02", NULL },
        { "15.8.2023", "date", NULL, "2023-08-15", NULL },
        { "2023-08-15", "date", NULL, "2023-08-15", NULL },
        { "ngày 26 tháng 0 6 năm 2018", "date", NULL, "2018-06-26", NULL },
        { "trước ngày 31 tháng 10", "date", NULL, NULL, NULL },
        { "30/02/2023", "unknown", NULL, NULL, NULL },
        /* ranges */
        { "Giai đoạn 2023 - 2025", "range", "2023-01-01", "2025-12-31", NULL },
        { "Năm 2023-2024", "range", "2023-01-01", "2024-12-31", NULL },
        { "từ năm 2021 đến năm 2025", "range", "2021-01-01", "2025-12-31", NULL },
        { "Quý II, III/2015", "range", "2015-04-01", "2015-09-30", NULL },
        { "Quý I, II, III năm 2024", "range", "2024-01-01", "2024-09-30", NULL },
        { "năm 2025 trở đi", "range", "2025-01-01", NULL, NULL },
        { "01-15/9/2024", "range", "2024-09-01", "2024-09-15", NULL },
        { "trước quý III/2025", "quarter", NULL, "2025-06-30", NULL },
        { "trong 6 tháng đầu năm", "half", "2024-01-01", "2024-06-30", NULL },
        { "trước ngày 01 tháng 3 của năm sau", "recurring", NULL, NULL, "yearly" },
        { "không quá 05 ngày làm việc", "relative", NULL, NULL, NULL },
        { "Tháng 3 - 5/2024", "range", "2024-03-01", "2024-05-31", NULL },
        { "Từ ngày 01/3/2024 đến ngày 15/4/2024", "range", "2024-03-01", "2024-04-15", NULL },
        { "từ ngày 10 đến ngày 20/9/2024", "range", "2024-09-10", "2024-09-20", NULL },
        { "từ ngày 01 tháng 7 năm 2024", "range", "2024-07-01", NULL, NULL },
        { "2025 và những năm tiếp theo", "range", "2025-01-01", NULL, NULL },
        { "giai đoạn 2021-2030, tầm nhìn đến năm 2050", "range", "2021-01-01", "2030-12-31", NULL },
        /* what returns */
        { "Hằng năm", "recurring", NULL, NULL, "yearly" },
        { "định kỳ hàng quý", "recurring", NULL, NULL, "quarterly" },
        { "hàng tháng", "recurring", NULL, NULL, "monthly" },
        { "mỗi tuần", "recurring", NULL, NULL, "weekly" },
        { "Định kỳ 6 tháng và cuối năm", "recurring", NULL, NULL, "half-yearly" },
        { "định kỳ 03 tháng một lần", "recurring", NULL, NULL, "quarterly" },
        { "định kỳ 02 năm một lần", "recurring", NULL, NULL, NULL },
        { "trước ngày 15 tháng 12 hằng năm", "recurring", NULL, NULL, "yearly" },
        { "trước ngày 20 tháng cuối quý", "recurring", NULL, NULL, "quarterly" },
        { "Thường xuyên", "ongoing", NULL, NULL, NULL },
        { "thường xuyên hằng năm", "ongoing", NULL, NULL, "yearly" },
        /* events */
        { "trong thời hạn 10 ngày làm việc kể từ ngày nhận đủ hồ sơ", "relative", NULL, NULL, NULL },
        { "ngay sau khi được phê duyệt", "relative", NULL, NULL, NULL },
        { "chậm nhất 05 ngày trước ngày họp", "relative", NULL, NULL, NULL },
        { "khi có yêu cầu", "relative", NULL, NULL, NULL },
        /* done, cut, none */
        { "Đã tổ chức 27/3/2023", "done", NULL, "2023-03-27", NULL },
        { "Đã hoàn thành", "done", NULL, NULL, NULL },
        { "Thườ", "ongoing", NULL, NULL, NULL },
        { "Hoàn thành tr", "unknown", NULL, NULL, NULL },
        { "Năm 2", "unknown", NULL, NULL, NULL },
        { "theo kế hoạch riêng", "unknown", NULL, NULL, NULL },
        { "năm 2024 đạt 90%, năm 2025 đạt 95%", "unknown", NULL, NULL, NULL },
};

static void
check_day(struct arena *a, const char *what, int32_t got, const char *want)
{
        struct str iso = day_iso(a, got);

        if (!str_eq(iso, want ? str_of(want) : S("")))
                fail_msg("%s: got %.*s, not %s", what, FMT(iso), want ? want : "none");
}

static void
is_read_as(void **state)
{
        const struct expression *e = *state;
        struct arena *a = arena_new(0);
        struct deadline d;
        const char *kind, *recur;

        deadline_parse(a, str_of(e->text), 2024, &d);
        kind = deadline_kind_name(d.kind);
        recur = recur_name(d.recur);
        assert_non_null(kind);
        assert_string_equal(kind, e->kind);
        check_day(a, "start", d.start, e->start);
        check_day(a, "due", d.due, e->due);
        assert_string_equal(recur ? recur : "", e->recur ? e->recur : "");
        arena_free(a);
}

static void
nothing_is_no_deadline(void **state)
{
        struct arena *a = arena_new(0);
        struct deadline d;

        (void)state;
        deadline_parse(a, S(" ; "), 2024, &d);
        assert_int_equal(d.kind, DL_NONE);
        assert_null(deadline_kind_name(d.kind));
        arena_free(a);
}

static void
a_day_without_year_keeps_its_anchor(void **state)
{
        struct arena *a = arena_new(0);
        struct deadline d;

        (void)state;
        deadline_parse(a, S("trước ngày 05 tháng 7 hàng năm"), 2024, &d);
        assert_true(str_starts(d.note, S("anchor=--07-05")));
        deadline_parse(a, S("chậm nhất là ngày 31 tháng 10"), 2024, &d);
        assert_true(str_starts(d.note, S("anchor=--10-31")));
        arena_free(a);
}

static void
a_month_without_any_year_is_not_guessed(void **state)
{
        struct arena *a = arena_new(0);
        struct deadline d;

        (void)state;
        deadline_parse(a, S("Tháng 9"), 0, &d);
        assert_int_equal(d.kind, DL_UNKNOWN);
        assert_int_equal(d.due, DD_NO_DAY);
        arena_free(a);
}

static void
long_text_ends_in_time(void **state)
{
        struct arena *a = arena_new(0);
        char *text = arena_alloc(a, 1 << 20);
        struct deadline d;

        (void)state;
        memset(text, '1', (1 << 20) - 1);
        deadline_parse(a, (struct str){ text, 1 << 20 }, 2024, &d);
        assert_int_equal(d.kind, DL_UNKNOWN);
        arena_free(a);
}

int
main(void)
{
        const struct CMUnitTest others[] = {
                cmocka_unit_test(nothing_is_no_deadline),
                cmocka_unit_test(a_day_without_year_keeps_its_anchor),
                cmocka_unit_test(a_month_without_any_year_is_not_guessed),
                cmocka_unit_test(long_text_ends_in_time),
        };
        struct CMUnitTest each[ARRAY_LEN(EXPRESSIONS)];

        for (size_t i = 0; i < ARRAY_LEN(EXPRESSIONS); i++)
                each[i] = (struct CMUnitTest){ EXPRESSIONS[i].text, is_read_as, NULL, NULL,
                                               (void *)(uintptr_t)&EXPRESSIONS[i] };
        return _cmocka_run_group_tests("deadlines", each, ARRAY_LEN(each), NULL, NULL) +
               _cmocka_run_group_tests("others", others, ARRAY_LEN(others), NULL, NULL);
}
