/* One table a form: what is read, what is refused in which words, what is shown again. */
#include "dd_form.h"

#include "dd_date.h"
#include "dd_text.h"
#include "http_testing.h"

struct sample {
        struct str title, note, secret, way;
        int64_t percent, agency;
        int32_t due, state;
        bool urgent;
        struct form_ids with;
        const struct http_file *file;
};

static const struct form_choice states[] = { { "run", "Đang làm", 0 }, { "done", "Xong", 1 }, { NULL, NULL, 0 } };

static const struct form_field table[] = {
        { .name = "title",
          .type = FORM_TEXT,
          .required = true,
          .min = 3,
          .max = 10,
          .label = "Tên",
          .offset = FORM_AT(struct sample, title, struct str) },
        { .name = "note",
          .type = FORM_LINES,
          .max = 20,
          .label = "Ghi chú",
          .offset = FORM_AT(struct sample, note, struct str) },
        { .name = "secret",
          .type = FORM_SECRET,
          .label = "Mật khẩu",
          .offset = FORM_AT(struct sample, secret, struct str) },
        { .name = "way", .type = FORM_HIDDEN, .offset = FORM_AT(struct sample, way, struct str) },
        { .name = "percent",
          .type = FORM_INT,
          .max = 100,
          .label = "Tiến độ",
          .offset = FORM_AT(struct sample, percent, int64_t) },
        { .name = "agency", .type = FORM_ID, .label = "Cơ quan", .offset = FORM_AT(struct sample, agency, int64_t) },
        { .name = "due", .type = FORM_DAY, .label = "Hạn", .offset = FORM_AT(struct sample, due, int32_t) },
        { .name = "state",
          .type = FORM_CHOICE,
          .choices = states,
          .label = "Trạng thái",
          .offset = FORM_AT(struct sample, state, int32_t) },
        { .name = "urgent", .type = FORM_BOOL, .label = "Gấp", .offset = FORM_AT(struct sample, urgent, bool) },
        { .name = "with",
          .type = FORM_IDS,
          .max = 3,
          .label = "Phối hợp",
          .offset = FORM_AT(struct sample, with, struct form_ids) },
        { .name = "file",
          .type = FORM_FILE,
          .max = 2048,
          .label = "Tệp",
          .offset = FORM_AT(struct sample, file, const struct http_file *) },
};
#define N ARRAY_LEN(table)

static struct arena *arena;
static struct dd_ctx ctx;
static struct http_req req;
static struct sample got;
static struct form_state shown;

static int
setup(void **state)
{
        (void)state;
        arena = arena_new(0);
        ctx = (struct dd_ctx){ .arena = arena };
        req = (struct http_req){ .arena = arena, .method = HTTP_POST, .body_kind = HTTP_BODY_FORM };
        memset(&got, 0xee, sizeof got);
        return 0;
}

static int
teardown(void **state)
{
        (void)state;
        arena_free(arena);
        return 0;
}

static enum dd_err
read_form(struct str body)
{
        req.form.n = 0;
        dd_ctx_clear_error(&ctx);
        assert_int_equal(field_parse_urlencoded(&ctx, body, &req.form), DD_OK);
        return form_read(&ctx, table, N, &req, &got);
}

static enum dd_err
read_json(struct str body)
{
        dd_ctx_clear_error(&ctx);
        req.body_kind = HTTP_BODY_JSON;
        assert_int_equal(json_parse(arena, body, 1 << 20, &req.json), DD_OK);
        return form_read(&ctx, table, N, &req, &got);
}

static void
assert_fault(const char *field, struct str part)
{
        for (size_t i = 0; i < ctx.n_fields; i++) {
                if (str_eq(ctx.fields[i].field, str_of(field))) {
                        assert_has(ctx.fields[i].message, part);
                        return;
                }
        }
        fail_msg("no fault at %s", field);
}

static void
bad(const char *body, const char *field, const char *part)
{
        assert_int_equal(read_form(str_fmt(arena, "%s%s", strncmp(body, "title=", 6) == 0 ? "" : "title=abc&", body)),
                         DD_EINVAL);
        assert_int_equal(ctx.n_fields, 1);
        assert_fault(field, str_of(part));
}

static void
whole_form_is_read(void **state)
{
        (void)state;
        assert_int_equal(
            read_form(S("title=++K%E1%BA%BF+%0A+ho%E1%BA%A1ch+&note=+a%0D%0Ab+&secret=+x+&way=w&percent=50&"
                        "agency=7&due=30%2F9%2F2023&state=done&urgent=1&with=3&with=5&_csrf=t&_key=k&_v=4")),
            DD_OK);
        assert_str(got.title, S("Kế hoạch"));
        assert_str(got.note, S("a\nb"));
        assert_str(got.secret, S(" x "));
        assert_str(got.way, S("w"));
        assert_int_equal(got.percent, 50);
        assert_int_equal(got.agency, 7);
        assert_int_equal(got.due, day_of(2023, 9, 30));
        assert_int_equal(got.state, 1);
        assert_true(got.urgent);
        assert_int_equal(got.with.n, 2);
        assert_int_equal(got.with.v[1], 5);
        assert_null(got.file);
        assert_int_equal(form_version(&req), 4);
}

static void
optional_fields_left_out_are_defined(void **state)
{
        (void)state;
        assert_int_equal(read_form(S("title=abc")), DD_OK);
        assert_null(got.note.p);
        assert_true(got.percent == FORM_NO_INT);
        assert_int_equal(got.agency, 0);
        assert_int_equal(got.due, DD_NO_DAY);
        assert_int_equal(got.state, FORM_NO_CHOICE);
        assert_false(got.urgent);
        assert_int_equal(got.with.n, 0);
        assert_int_equal(form_version(&req), 0);
}

static void
refused_fields_are_defined_too(void **state)
{
        (void)state;
        assert_int_equal(read_form(S("title=abc&percent=x&due=y&state=z&agency=-1&with=a")), DD_EINVAL);
        assert_int_equal(ctx.n_fields, 5);
        assert_true(got.percent == FORM_NO_INT);
        assert_int_equal(got.due, DD_NO_DAY);
        assert_int_equal(got.state, FORM_NO_CHOICE);
        assert_int_equal(got.agency, 0);
        assert_int_equal(got.with.n, 0);
        assert_str(got.title, S("abc"));
}

static void
undeclared_field_is_refused(void **state)
{
        (void)state;
        bad("is_admin=1", "is_admin", "không có trong biểu mẫu");
        form_state_typed(&ctx, table, N, &req, &shown);
        assert_has(shown.message, S("“is_admin”"));
}

static void
missing_required_field_is_told(void **state)
{
        (void)state;
        bad("title=", "title", "Cần nhập");
        bad("title=+%0A+", "title", "Cần nhập");
        assert_str(ctx.err_text, ctx.fields[0].message);
}

static void
lengths_are_counted_in_letters(void **state)
{
        (void)state;
        assert_int_equal(read_form(S("title=ếếếếếếếếếế")), DD_OK);
        bad("title=ếếếếếếếếếếế", "title", "Dài 11 ký tự; tối đa 10");
        bad("title=ab", "title", "Chỉ có 2 ký tự; cần ít nhất 3");
}

static void
whole_numbers_as_people_write_them(void **state)
{
        static const struct form_field money[] = { { .name = "m", .type = FORM_INT, .offset = 0 } };
        static const struct {
                const char *text;
                int64_t want;
        } rows[] = { { "1.500.000", 1500000 },
                     { "1 500", 1500 },
                     { " 12 ", 12 },
                     { "-3", -3 },
                     { "1.5", FORM_NO_INT },
                     { "1.500 000", FORM_NO_INT },
                     { "15.0000", FORM_NO_INT },
                     { ".500", FORM_NO_INT },
                     { "1,5", FORM_NO_INT },
                     { "1e3", FORM_NO_INT },
                     { "1234.567", FORM_NO_INT },
                     { "99999999999999999999", FORM_NO_INT } };

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                int64_t v = 0;
                req.form.n = 0;
                *VEC_PUSH(arena, &req.form) = (struct http_field){ S("m"), str_of(rows[i].text) };
                dd_ctx_clear_error(&ctx);
                enum dd_err err = form_read(&ctx, money, 1, &req, &v);
                if (v != rows[i].want || (err == DD_OK) != (v != FORM_NO_INT))
                        fail_msg("%s gave %lld", rows[i].text, (long long)v);
        }
}

static void
numbers_out_of_range_are_told_with_the_range(void **state)
{
        (void)state;
        bad("percent=101", "percent", "từ 0 đến 100");
        bad("percent=-1", "percent", "từ 0 đến 100");
        bad("percent=nửa", "percent", "“nửa” không phải là số nguyên");
}

static void
days_that_do_not_exist_are_told(void **state)
{
        (void)state;
        bad("due=31/9/2023", "due", "“31/9/2023” không phải là một ngày có thật");
        bad("due=mai", "due", "ví dụ 30/9/2023");
        assert_int_equal(read_form(S("title=abc&due=2023-09-30")), DD_OK);
        assert_int_equal(got.due, day_of(2023, 9, 30));
}

static void
day_range_is_told(void **state)
{
        struct form_field f = { .name = "d", .type = FORM_DAY, .min = day_of(2023, 1, 1), .max = day_of(2023, 12, 31) };
        int32_t day;

        (void)state;
        *VEC_PUSH(arena, &req.form) = (struct http_field){ S("d"), S("1/1/2024") };
        assert_int_equal(form_read(&ctx, &f, 1, &req, &day), DD_EINVAL);
        assert_fault("d", S("từ 1/1/2023 đến 31/12/2023"));
}

static void
choice_outside_the_list_names_the_list(void **state)
{
        (void)state;
        bad("state=lost", "state", "“lost” không có trong danh sách. Hãy chọn một trong: Đang làm, Xong.");
}

static void
ids_must_be_positive_and_few(void **state)
{
        (void)state;
        assert_int_equal(read_form(S("title=abc&with=3,5,,8")), DD_OK);
        assert_int_equal(got.with.n, 3);
        bad("with=1&with=2&with=3&with=4", "with", "tối đa 3");
        bad("with=1,x", "with", "“x”");
        bad("agency=0", "agency", "“0”");
        bad("agency=1x", "agency", "Hãy chọn lại");
}

static void
repeated_scalar_is_refused(void **state)
{
        (void)state;
        bad("percent=1&percent=2", "percent", "nhiều lần");
}

static void
hidden_zero_before_a_ticked_box(void **state)
{
        (void)state;
        assert_int_equal(read_form(S("title=abc&urgent=0&urgent=1")), DD_OK);
        assert_true(got.urgent);
        assert_int_equal(read_form(S("title=abc&urgent=0")), DD_OK);
        assert_false(got.urgent);
        bad("urgent=maybe", "urgent", "“maybe”");
}

static void
files_are_bounded_and_named(void **state)
{
        struct http_file f = { .field = S("file"), .name = S("Báo cáo.pdf"), .bytes = { "x", 2049 }, .fd = -1 };

        (void)state;
        *VEC_PUSH(arena, &req.files) = f;
        bad("note=a", "file", "“Báo cáo.pdf” có 3 KB; tối đa 2 KB");
        req.files.v[0].bytes = S("");
        bad("note=a", "file", "rỗng");
        req.files.v[0].bytes = S("abc");
        assert_int_equal(read_form(S("title=abc")), DD_OK);
        assert_ptr_equal(got.file, &req.files.v[0]);
        *VEC_PUSH(arena, &req.files) = f;
        bad("note=a", "file", "nhiều lần");
}

static void
file_where_text_is_expected_is_refused(void **state)
{
        (void)state;
        *VEC_PUSH(arena, &req.files) = (struct http_file){ .field = S("note"), .name = S("x"), .bytes = S("1") };
        bad("way=a", "note", "không đúng kiểu");
        req.files.n = 0;
        bad("file=chữ", "file", "cần một tệp");
}

static void
json_is_read_by_the_same_table(void **state)
{
        (void)state;
        assert_int_equal(
            read_json(S("{\"title\":\"  Kế   hoạch\",\"percent\":50,\"due\":\"2023-09-30\",\"urgent\":true,"
                        "\"with\":[3,\"5\"],\"state\":\"run\",\"agency\":9,\"note\":null,\"_v\":3}")),
            DD_OK);
        assert_str(got.title, S("Kế hoạch"));
        assert_int_equal(got.percent, 50);
        assert_int_equal(got.due, day_of(2023, 9, 30));
        assert_true(got.urgent);
        assert_int_equal(got.with.n, 2);
        assert_int_equal(got.state, 0);
        assert_int_equal(got.agency, 9);
        assert_null(got.note.p);
        assert_int_equal(form_version(&req), 3);
}

static void
json_of_wrong_shape_is_refused(void **state)
{
        (void)state;
        assert_int_equal(read_json(S("[1]")), DD_EINVAL);
        assert_has(ctx.err_text, S("đối tượng"));
        assert_int_equal(read_json(S("{\"title\":{\"a\":1}}")), DD_EINVAL);
        assert_fault("title", S("không đúng kiểu"));
        assert_int_equal(read_json(S("{\"title\":\"abc\",\"percent\":1.5}")), DD_EINVAL);
        assert_fault("percent", S("“1.5”"));
        assert_int_equal(read_json(S("{\"title\":\"abc\",\"x\":1}")), DD_EINVAL);
        assert_fault("x", S("không có trong biểu mẫu"));
        assert_int_equal(read_json(S("{\"title\":\"abc\",\"with\":[{}]}")), DD_EINVAL);
        assert_fault("with", S("không đúng kiểu"));
}

static void
get_reads_the_query(void **state)
{
        (void)state;
        req.method = HTTP_GET;
        assert_int_equal(field_parse_urlencoded(&ctx, S("title=abc&percent=3"), &req.query), DD_OK);
        assert_int_equal(form_read(&ctx, table, N, &req, &got), DD_OK);
        assert_int_equal(got.percent, 3);
}

static void
typed_texts_come_back_beside_their_messages(void **state)
{
        (void)state;
        assert_int_equal(
            read_form(S("title=%3Cb%3E&percent=1o&due=31/2/2023&secret=s3&urgent=1&with=3&with=5&state=done")),
            DD_EINVAL);
        form_state_typed(&ctx, table, N, &req, &shown);
        assert_int_equal(shown.n, N);
        assert_str(form_shown_of(&shown, "title")->text, S("<b>"));
        assert_null(form_shown_of(&shown, "title")->message.p);
        assert_str(form_shown_of(&shown, "percent")->text, S("1o"));
        assert_has(form_shown_of(&shown, "percent")->message, S("“1o”"));
        assert_str(form_shown_of(&shown, "due")->text, S("31/2/2023"));
        assert_str(form_shown_of(&shown, "secret")->text, S(""));
        assert_str(form_shown_of(&shown, "urgent")->text, S("1"));
        assert_str(form_shown_of(&shown, "with")->text, S("3,5"));
        assert_str(form_shown_of(&shown, "state")->text, S("done"));
        assert_null(shown.message.p);
        assert_null(form_shown_of(&shown, "nothing"));
}

static void
fault_of_the_core_without_a_field_is_shown_on_top(void **state)
{
        (void)state;
        assert_int_equal(read_form(S("title=abc")), DD_OK);
        assert_int_equal(dd_fail(&ctx, DD_ECONFLICT, "Đã có người sửa."), DD_ECONFLICT);
        form_state_typed(&ctx, table, N, &req, &shown);
        assert_str(shown.message, S("Đã có người sửa."));
}

static void
stored_values_are_shown_for_editing(void **state)
{
        static const int64_t ids[] = { 4, 6 };
        const struct sample in = { .title = S("Kế hoạch"),
                                   .percent = 5,
                                   .due = day_of(2023, 9, 30),
                                   .state = 1,
                                   .urgent = true,
                                   .with = { ids, 2 },
                                   .secret = S("x") };

        (void)state;
        form_state_of(&ctx, table, N, &in, &shown);
        assert_str(form_shown_of(&shown, "title")->text, S("Kế hoạch"));
        assert_str(form_shown_of(&shown, "note")->text, S(""));
        assert_str(form_shown_of(&shown, "percent")->text, S("5"));
        assert_str(form_shown_of(&shown, "due")->text, S("30/9/2023"));
        assert_str(form_shown_of(&shown, "state")->text, S("done"));
        assert_str(form_shown_of(&shown, "urgent")->text, S("1"));
        assert_str(form_shown_of(&shown, "with")->text, S("4,6"));
        assert_str(form_shown_of(&shown, "agency")->text, S(""));
        assert_str(form_shown_of(&shown, "secret")->text, S(""));
        form_state_of(&ctx, table, N, NULL, &shown);
        assert_str(form_shown_of(&shown, "title")->text, S(""));
}

static void
long_typed_text_is_cut_in_its_message(void **state)
{
        AUTO_BUF b = { 0 };

        (void)state;
        buf_str(&b, S("title=abc&percent="));
        for (int i = 0; i < 200; i++)
                buf_str(&b, S("ế"));
        assert_int_equal(read_form(buf_view(&b)), DD_EINVAL);
        assert_true(utf8_len(ctx.fields[0].message) < 100);
}

static void
new_keys_differ_and_are_accepted(void **state)
{
        struct str a = form_new_key(arena), b = form_new_key(arena);

        (void)state;
        assert_int_equal(a.n, 32);
        assert_false(str_eq(a, b));
        *VEC_PUSH(arena, &req.form) = (struct http_field){ S("_key"), a };
        assert_str(http_idem_key(&req), a);
        req.form.v[0].value = S("a b");
        assert_null(http_idem_key(&req).p);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
        const struct CMUnitTest tests[] = {
                T(whole_form_is_read),
                T(optional_fields_left_out_are_defined),
                T(refused_fields_are_defined_too),
                T(undeclared_field_is_refused),
                T(missing_required_field_is_told),
                T(lengths_are_counted_in_letters),
                T(whole_numbers_as_people_write_them),
                T(numbers_out_of_range_are_told_with_the_range),
                T(days_that_do_not_exist_are_told),
                T(day_range_is_told),
                T(choice_outside_the_list_names_the_list),
                T(ids_must_be_positive_and_few),
                T(repeated_scalar_is_refused),
                T(hidden_zero_before_a_ticked_box),
                T(files_are_bounded_and_named),
                T(file_where_text_is_expected_is_refused),
                T(json_is_read_by_the_same_table),
                T(json_of_wrong_shape_is_refused),
                T(get_reads_the_query),
                T(typed_texts_come_back_beside_their_messages),
                T(fault_of_the_core_without_a_field_is_shown_on_top),
                T(stored_values_are_shown_for_editing),
                T(long_typed_text_is_cut_in_its_message),
                T(new_keys_differ_and_are_accepted),
        };

        return cmocka_run_group_tests_name("http form", tests, NULL, NULL);
}
