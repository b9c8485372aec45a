#include "base_test_priv.h"

static void
fail_records_the_text_once(void **state)
{
        struct dd_ctx c = { .arena = *state };

        assert_int_equal(dd_fail(&c, DD_ECONFLICT, "phiên bản %d", 3), DD_ECONFLICT);
        assert_int_equal(dd_fail(&c, DD_EIO, "khác"), DD_EIO);
        assert_int_equal(c.err, DD_ECONFLICT);
        assert_text(c.err_text, "phiên bản 3");
}

static void
field_errors_gather_and_the_first_speaks(void **state)
{
        struct dd_ctx c = { .arena = *state };

        assert_int_equal(dd_fail_field(&c, "due", "Ngày không có: %s", "30/2"), DD_EINVAL);
        dd_fail_field(&c, "title", "Thiếu tên");
        assert_int_equal(c.n_fields, 2);
        assert_text(c.fields[0].field, "due");
        assert_text(c.fields[1].message, "Thiếu tên");
        assert_int_equal(c.err, DD_EINVAL);
        assert_text(c.err_text, "Ngày không có: 30/2");
}

static void
field_errors_stop_at_the_ceiling(void **state)
{
        struct dd_ctx c = { .arena = *state };

        for (int i = 0; i < DD_FIELD_ERRORS + 10; i++)
                dd_fail_field(&c, "f", "%d", i);
        assert_int_equal(c.n_fields, DD_FIELD_ERRORS);
}

static void
an_earlier_fault_is_not_hidden_by_a_field(void **state)
{
        struct dd_ctx c = { .arena = *state };

        dd_fail(&c, DD_EDENIED, "Không có quyền");
        dd_fail_field(&c, "f", "sai");
        assert_int_equal(c.err, DD_EDENIED);
        assert_text(c.err_text, "Không có quyền");
}

static void
clear_forgets_everything(void **state)
{
        struct dd_ctx c = { .arena = *state };

        dd_fail_field(&c, "f", "sai");
        dd_ctx_clear_error(&c);
        assert_int_equal(c.err, DD_OK);
        assert_int_equal(c.n_fields, 0);
        assert_null(c.err_text.p);
}

static void
every_error_has_a_name(void **state)
{
        (void)state;
        for (int e = 0; e < DD_ERR_MAX; e++)
                assert_string_not_equal(dd_err_name((enum dd_err)e), "unknown");
        assert_string_equal(dd_err_name(DD_ERR_MAX), "unknown");
        assert_string_equal(dd_err_name(DD_ENOTFOUND), "not-found");
}

static enum dd_err
fails_at(int step, int *reached)
{
        TRY(step == 1 ? DD_EBUSY : DD_OK);
        *reached = 1;
        TRY(step == 2 ? DD_EIO : DD_OK);
        *reached = 2;
        return DD_OK;
}

static void
try_passes_the_first_error_on(void **state)
{
        int reached = 0;

        (void)state;
        assert_int_equal(fails_at(1, &reached), DD_EBUSY);
        assert_int_equal(reached, 0);
        assert_int_equal(fails_at(2, &reached), DD_EIO);
        assert_int_equal(reached, 1);
        assert_int_equal(fails_at(0, &reached), DD_OK);
}

static void
clock_can_be_frozen(void **state)
{
        (void)state;
        setenv("DONDOC_NOW", "1696032000", 1);
        assert_int_equal(dd_clock_now(), 1696032000);
        setenv("DONDOC_NOW", "soon", 1);
        assert_true(dd_clock_now() > 1696032000);
        unsetenv("DONDOC_NOW");
}

static void
monotonic_clock_does_not_go_back(void **state)
{
        int64_t t = dd_clock_mono_ms();

        (void)state;
        assert_true(dd_clock_mono_ms() >= t);
}

static void
random_bytes_differ(void **state)
{
        uint8_t x[32] = { 0 }, y[32] = { 0 };

        (void)state;
        dd_random(x, sizeof x);
        dd_random(y, sizeof y);
        assert_memory_not_equal(x, y, sizeof x);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(fail_records_the_text_once),
                cmocka_unit_test(field_errors_gather_and_the_first_speaks),
                cmocka_unit_test(field_errors_stop_at_the_ceiling),
                cmocka_unit_test(an_earlier_fault_is_not_hidden_by_a_field),
                cmocka_unit_test(clear_forgets_everything),
                cmocka_unit_test(every_error_has_a_name),
                cmocka_unit_test(try_passes_the_first_error_on),
                cmocka_unit_test(clock_can_be_frozen),
                cmocka_unit_test(monotonic_clock_does_not_go_back),
                cmocka_unit_test(random_bytes_differ),
        };

        return RUN(tests);
}
