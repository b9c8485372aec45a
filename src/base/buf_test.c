#include <fcntl.h>

#include "base_test_priv.h"

static void
empty_buffer_views_as_empty_text(void **state)
{
        AUTO_BUF b = { 0 };

        (void)state;
        assert_non_null(buf_view(&b).p);
        assert_int_equal(buf_view(&b).n, 0);
}

static void
parts_come_out_in_order(void **state)
{
        AUTO_BUF b = { 0 };

        (void)state;
        buf_str(&b, S("Số: "));
        buf_i64(&b, 2653);
        buf_c(&b, '/');
        buf_put(&b, "KH-BCĐ", 7);
        buf_fmt(&b, " %d%%", 50);
        assert_text(buf_view(&b), "Số: 2653/KH-BCĐ 50%");
}

static void
numbers_to_the_edges_of_int64(void **state)
{
        AUTO_BUF b = { 0 };

        (void)state;
        buf_i64(&b, INT64_MIN);
        buf_c(&b, ' ');
        buf_i64(&b, INT64_MAX);
        buf_c(&b, ' ');
        buf_i64(&b, 0);
        assert_text(buf_view(&b), "-9223372036854775808 9223372036854775807 0");
}

static void
long_format_is_not_cut(void **state)
{
        AUTO_BUF b = { 0 };

        (void)state;
        buf_fmt(&b, "%0*d", 9000, 7);
        assert_int_equal(b.n, 9000);
        assert_int_equal(b.p[8999], '7');
}

static void
over_is_told_and_the_text_stays(void **state)
{
        AUTO_BUF b = { .max = 5 };

        (void)state;
        buf_str(&b, S("abc"));
        buf_str(&b, S("def"));
        assert_true(b.over);
        buf_c(&b, 'x');
        assert_text(buf_view(&b), "abc");
}

static void
exactly_max_fits(void **state)
{
        AUTO_BUF b = { .max = 5 };

        (void)state;
        buf_str(&b, S("abcde"));
        assert_false(b.over);
        assert_text(buf_view(&b), "abcde");
}

static void
reset_forgets_the_text_and_the_overflow(void **state)
{
        AUTO_BUF b = { .max = 2 };

        (void)state;
        buf_str(&b, S("abc"));
        buf_reset(&b);
        buf_str(&b, S("xy"));
        assert_false(b.over);
        assert_text(buf_view(&b), "xy");
}

static void
null_slices_write_nothing(void **state)
{
        AUTO_BUF b = { 0 };

        (void)state;
        buf_str(&b, STR_NONE);
        assert_int_equal(b.n, 0);
}

static void
fd_is_closed_once(void **state)
{
        int fd = open("/dev/null", O_RDONLY | O_CLOEXEC), copy = fd;

        (void)state;
        assert_true(fd > 0);
        dd_fd_close(&fd);
        assert_int_equal(fd, -1);
        assert_int_equal(fcntl(copy, F_GETFD), -1);
        dd_fd_close(&fd);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(empty_buffer_views_as_empty_text),
                cmocka_unit_test(parts_come_out_in_order),
                cmocka_unit_test(numbers_to_the_edges_of_int64),
                cmocka_unit_test(long_format_is_not_cut),
                cmocka_unit_test(over_is_told_and_the_text_stays),
                cmocka_unit_test(exactly_max_fits),
                cmocka_unit_test(reset_forgets_the_text_and_the_overflow),
                cmocka_unit_test(null_slices_write_nothing),
                cmocka_unit_test(fd_is_closed_once),
        };

        return RUN(tests);
}
