#include "base_test_priv.h"
#include "dd_date.h"

/* The announced list, read by other code than tools/caltable's. */
static struct str
read_list(struct arena *a)
{
        const char *file = getenv("DONDOC_TEST_CALENDAR");
        FILE *f = fopen(file != NULL ? file : "data/working_calendar_vn.tsv", "r");
        char *text = arena_alloc(a, 1 << 16);

        assert_non_null(f);
        size_t n = fread(text, 1, 1 << 16, f);
        fclose(f);
        return (struct str){ text, n };
}

/* 1 off, 2 worked, 0 not listed */
static int
listed(struct arena *a, struct str list, int32_t day)
{
        struct str iso = day_iso(a, day), line;

        while (str_cut(&list, '\n', &line))
                if (str_starts(line, iso))
                        return str_starts(str_sub(line, 11, line.n), S("off")) ? 1 : 2;
        return 0;
}

static void
every_day_of_2021_to_2026_is_as_announced(void **state)
{
        struct str list = read_list(*state);
        const struct calendar *cal = calendar_vn();

        for (int32_t day = day_of(2021, 1, 1); day <= day_of(2026, 12, 31); day++) {
                int kind = listed(*state, list, day);
                bool want = kind == 2 || (kind == 0 && day_weekday(day) < 5);

                if (day_is_working(cal, day) != want)
                        fail_msg("%s", day_iso(*state, day).p);
        }
}

static void
the_calendar_says_where_the_notices_end(void **state)
{
        (void)state;
        assert_int_equal(calendar_vn()->known_to, day_of(2026, 12, 31));
}

static void
lists_are_sorted(void **state)
{
        const struct calendar *cal = calendar_vn();

        (void)state;
        for (size_t i = 1; i < cal->n_off; i++)
                assert_true(cal->off[i - 1] < cal->off[i]);
        for (size_t i = 1; i < cal->n_work; i++)
                assert_true(cal->work[i - 1] < cal->work[i]);
}

/* Tết 2026: 16 to 20 February off. */
static void
five_days_over_tet_2026(void **state)
{
        (void)state;
        assert_int_equal(day_add_working(calendar_vn(), day_of(2026, 2, 12), 5), day_of(2026, 2, 26));
        assert_int_equal(day_add_working(calendar_vn(), day_of(2026, 2, 26), -5), day_of(2026, 2, 12));
}

static void
a_worked_saturday_counts(void **state)
{
        (void)state;
        assert_true(day_is_working(calendar_vn(), day_of(2024, 5, 4)));
        assert_false(day_is_working(calendar_vn(), day_of(2024, 4, 29)));
        assert_int_equal(day_add_working(calendar_vn(), day_of(2024, 5, 3), 1), day_of(2024, 5, 4));
}

static void
provisional_tet_2027_and_gio_to(void **state)
{
        const struct calendar *cal = calendar_vn();

        (void)state;
        /* Tết is Saturday 06/02/2027; its eve is the Friday; mồng 1 and 2 fall on the weekend and are made up */
        assert_false(day_is_working(cal, day_of(2027, 2, 5)));
        assert_false(day_is_working(cal, day_of(2027, 2, 8)));
        assert_false(day_is_working(cal, day_of(2027, 2, 9)));
        assert_false(day_is_working(cal, day_of(2027, 2, 10)));
        assert_false(day_is_working(cal, day_of(2027, 2, 11)));
        assert_true(day_is_working(cal, day_of(2027, 2, 12)));
        assert_false(day_is_working(cal, day_of(2027, 4, 16)));
        assert_false(day_is_working(cal, day_of(2028, 4, 4)));
        assert_false(day_is_working(cal, day_of(2029, 4, 23)));
}

static void
provisional_fixed_holidays(void **state)
{
        const struct calendar *cal = calendar_vn();

        (void)state;
        assert_false(day_is_working(cal, day_of(2027, 1, 1)));
        assert_false(day_is_working(cal, day_of(2027, 4, 30)));
        assert_false(day_is_working(cal, day_of(2027, 5, 3))); /* 01/5 is a Saturday */
        assert_false(day_is_working(cal, day_of(2027, 9, 2)));
        assert_false(day_is_working(cal, day_of(2027, 9, 3)));
        assert_false(day_is_working(cal, day_of(2027, 11, 24)));
}

static void
two_holidays_on_one_weekend_make_up_two_days(void **state)
{
        (void)state;
        /* 2033: 30/4 is a Saturday, 01/5 a Sunday */
        assert_false(day_is_working(calendar_vn(), day_of(2033, 5, 2)));
        assert_false(day_is_working(calendar_vn(), day_of(2033, 5, 3)));
        assert_true(day_is_working(calendar_vn(), day_of(2033, 5, 4)));
}

static void
culture_day_has_no_make_up(void **state)
{
        (void)state;
        assert_int_equal(day_weekday(day_of(2030, 11, 24)), 6);
        assert_true(day_is_working(calendar_vn(), day_of(2030, 11, 25)));
}

static void
zero_days_stay_and_no_day_stays_none(void **state)
{
        (void)state;
        assert_int_equal(day_add_working(calendar_vn(), day_of(2026, 2, 17), 0), day_of(2026, 2, 17));
        assert_int_equal(day_add_working(calendar_vn(), DD_NO_DAY, 3), DD_NO_DAY);
        assert_false(day_is_working(calendar_vn(), DD_NO_DAY));
        assert_int_equal(day_count_working(calendar_vn(), DD_NO_DAY, 3), 0);
}

static void
count_agrees_with_walking(void **state)
{
        const struct calendar *cal = calendar_vn();

        (void)state;
        for (int32_t from = day_of(2024, 1, 1); from < day_of(2025, 6, 1); from += 3) {
                int walked = 0;

                for (int32_t to = from; to < from + 120; to++) {
                        walked += to > from && day_is_working(cal, to);
                        assert_int_equal(day_count_working(cal, from, to), walked);
                }
        }
}

static void
count_backwards_is_negative(void **state)
{
        const struct calendar *cal = calendar_vn();
        int32_t a = day_of(2026, 2, 1), b = day_of(2026, 3, 1);

        (void)state;
        assert_int_equal(day_count_working(cal, b, a), -day_count_working(cal, a, b));
        assert_int_equal(day_count_working(cal, a, b), 15);
}

static void
a_day_both_off_and_worked_is_worked_and_counted_once(void **state)
{
        static const int32_t off[] = { 4, 5 }, work[] = { 4 }; /* Monday and Tuesday of 1970's second week */
        const struct calendar cal = { off, 2, work, 1, 100 };

        (void)state;
        assert_true(day_is_working(&cal, 4));
        assert_int_equal(day_count_working(&cal, 3, 5), 1);
}

static void
an_empty_calendar_has_weeks_of_five_days(void **state)
{
        const struct calendar cal = { 0 };

        (void)state;
        assert_int_equal(day_count_working(&cal, 3, 3 + 70), 50);
        assert_int_equal(day_add_working(&cal, 1, 1), 4);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_day_of_2021_to_2026_is_as_announced),
                cmocka_unit_test(the_calendar_says_where_the_notices_end),
                cmocka_unit_test(lists_are_sorted),
                cmocka_unit_test(five_days_over_tet_2026),
                cmocka_unit_test(a_worked_saturday_counts),
                cmocka_unit_test(provisional_tet_2027_and_gio_to),
                cmocka_unit_test(provisional_fixed_holidays),
                cmocka_unit_test(two_holidays_on_one_weekend_make_up_two_days),
                cmocka_unit_test(culture_day_has_no_make_up),
                cmocka_unit_test(zero_days_stay_and_no_day_stays_none),
                cmocka_unit_test(count_agrees_with_walking),
                cmocka_unit_test(count_backwards_is_negative),
                cmocka_unit_test(a_day_both_off_and_worked_is_worked_and_counted_once),
                cmocka_unit_test(an_empty_calendar_has_weeks_of_five_days),
        };

        return RUN(tests);
}
