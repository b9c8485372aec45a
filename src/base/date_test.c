#include "base_test_priv.h"
#include "dd_date.h"

static void
known_days(void **state)
{
        (void)state;
        assert_int_equal(day_of(1970, 1, 1), 0);
        assert_int_equal(day_of(2000, 3, 1), 11017);
        assert_int_equal(day_of(2023, 9, 30), 19630);
        assert_int_equal(day_of(1969, 12, 31), -1);
        assert_int_equal(day_of(1, 1, 1), -719162);
}

static void
days_that_do_not_exist(void **state)
{
        (void)state;
        assert_int_equal(day_of(2023, 2, 29), DD_NO_DAY);
        assert_int_equal(day_of(1900, 2, 29), DD_NO_DAY);
        assert_int_equal(day_of(2023, 13, 1), DD_NO_DAY);
        assert_int_equal(day_of(2023, 0, 1), DD_NO_DAY);
        assert_int_equal(day_of(2023, 4, 31), DD_NO_DAY);
        assert_int_equal(day_of(2023, 4, 0), DD_NO_DAY);
        assert_int_equal(day_of(0, 1, 1), DD_NO_DAY);
        assert_int_equal(day_of(10000, 1, 1), DD_NO_DAY);
        assert_int_not_equal(day_of(2000, 2, 29), DD_NO_DAY);
}

static void
parts_undo_day_of_on_every_day_of_800_years(void **state)
{
        int32_t day = day_of(1600, 1, 1);

        (void)state;
        for (int y = 1600; y < 2400; y++)
                for (int m = 1; m <= 12; m++)
                        for (int d = 1; d <= month_days(y, m); d++, day++) {
                                int y2, m2, d2;

                                day_parts(day, &y2, &m2, &d2);
                                if (day_of(y, m, d) != day || y != y2 || m != m2 || d != d2)
                                        fail_msg("%d-%d-%d", y, m, d);
                        }
}

static void
weekdays(void **state)
{
        (void)state;
        assert_int_equal(day_weekday(0), 3);                   /* Thursday */
        assert_int_equal(day_weekday(day_of(2023, 9, 30)), 5); /* Saturday */
        assert_int_equal(day_weekday(day_of(1945, 9, 2)), 6);  /* Sunday */
        assert_int_equal(day_weekday(-4), 6);
        assert_text(day_weekday_text(day_of(2023, 9, 30)), "Thứ Bảy");
        assert_text(day_weekday_text(day_of(2023, 10, 1)), "Chủ nhật");
        assert_text(day_weekday_text(DD_NO_DAY), "");
}

static void
the_day_turns_at_midnight_in_viet_nam(void **state)
{
        (void)state;
        int64_t midnight = instant_from_day(19630);
        assert_int_equal(midnight, 19630LL * 86400 - 7 * 3600);
        assert_int_equal(day_from_instant(midnight), 19630);
        assert_int_equal(day_from_instant(midnight - 1), 19629);
        assert_int_equal(day_from_instant(-7 * 3600 - 1), -1);
}

static void
instants_beyond_all_days_are_clamped(void **state)
{
        (void)state;
        assert_int_equal(day_from_instant(INT64_MAX), INT32_MAX);
        assert_int_not_equal(day_from_instant(INT64_MIN), DD_NO_DAY);
}

static void
parse_takes_the_four_forms(void **state)
{
        int32_t want = day_of(2023, 9, 30);

        (void)state;
        assert_int_equal(day_parse(S("2023-09-30")), want);
        assert_int_equal(day_parse(S("30/9/2023")), want);
        assert_int_equal(day_parse(S("30/09/2023")), want);
        assert_int_equal(day_parse(S("30-09-2023")), want);
        assert_int_equal(day_parse(S("30.9.2023")), want);
        assert_int_equal(day_parse(S("02/6/2023")), day_of(2023, 6, 2));
}

static void
parse_refuses_everything_else(void **state)
{
        static const char *const bad[] = { "",           "30/9",       "30/9/23",    "2023/09/30",  "30/9-2023",
                                           "30/9/2023 ", " 30/9/2023", "30/9/20233", "31/9/2023",   "29/2/2023",
                                           "0/9/2023",   "9/2023",     "1/13/2023",  "2023-09-301", "2023-9-",
                                           "a/b/cccc",   "30//2023",   "-1/9/2023",  "30/+9/2023",  "2023.09.30",
                                           "30 / 9/2023" };

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                if (day_parse(str_of(bad[i])) != DD_NO_DAY)
                        fail_msg("taken: \"%s\"", bad[i]);
        assert_int_equal(day_parse(STR_NONE), DD_NO_DAY);
}

/* NĐ 30/2020/NĐ-CP, Phụ lục I; the cases of SPECS 5.2. */
static void
paper_dates_have_a_zero_before_small_days_and_months_1_and_2(void **state)
{
        assert_text(day_paper(*state, day_of(2023, 6, 2)), "ngày 02 tháng 6 năm 2023");
        assert_text(day_paper(*state, day_of(2023, 1, 5)), "ngày 05 tháng 01 năm 2023");
        assert_text(day_paper(*state, day_of(2024, 2, 29)), "ngày 29 tháng 02 năm 2024");
        assert_text(day_paper(*state, day_of(2023, 10, 15)), "ngày 15 tháng 10 năm 2023");
        assert_text(day_paper(*state, day_of(2023, 3, 9)), "ngày 09 tháng 3 năm 2023");
        assert_text(day_paper(*state, DD_NO_DAY), "");
}

static void
iso_and_short_forms(void **state)
{
        assert_text(day_iso(*state, day_of(2023, 9, 3)), "2023-09-03");
        assert_text(day_iso(*state, day_of(33, 1, 1)), "0033-01-01");
        assert_text(day_text(*state, day_of(2023, 9, 3)), "3/9/2023");
        assert_text(day_iso(*state, DD_NO_DAY), "");
        assert_text(day_text(*state, DD_NO_DAY), "");
}

static void
written_dates_are_read_again(void **state)
{
        for (int32_t day = day_of(2020, 1, 1); day < day_of(2025, 1, 1); day++) {
                assert_int_equal(day_parse(day_iso(*state, day)), day);
                assert_int_equal(day_parse(day_text(*state, day)), day);
        }
}

static void
instants_in_writing(void **state)
{
        assert_text(instant_text(*state, instant_from_day(day_of(2023, 9, 30)) + 14 * 3600 + 5 * 60 + 59),
                    "14:05 30/9/2023");
        assert_text(instant_text(*state, 0), "07:00 1/1/1970");
        assert_text(instant_text(*state, -1), "06:59 1/1/1970");
}

static void
month_lengths(void **state)
{
        (void)state;
        assert_int_equal(month_days(2023, 2), 28);
        assert_int_equal(month_days(2024, 2), 29);
        assert_int_equal(month_days(2100, 2), 28);
        assert_int_equal(month_days(2023, 12), 31);
        assert_int_equal(month_days(2023, 0), 0);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(known_days),
                cmocka_unit_test(days_that_do_not_exist),
                cmocka_unit_test(parts_undo_day_of_on_every_day_of_800_years),
                cmocka_unit_test(weekdays),
                cmocka_unit_test(the_day_turns_at_midnight_in_viet_nam),
                cmocka_unit_test(instants_beyond_all_days_are_clamped),
                cmocka_unit_test(parse_takes_the_four_forms),
                cmocka_unit_test(parse_refuses_everything_else),
                cmocka_unit_test(paper_dates_have_a_zero_before_small_days_and_months_1_and_2),
                cmocka_unit_test(iso_and_short_forms),
                cmocka_unit_test(written_dates_are_read_again),
                cmocka_unit_test(instants_in_writing),
                cmocka_unit_test(month_lengths),
        };

        return RUN(tests);
}
