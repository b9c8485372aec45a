#include "base_test_priv.h"
#include "dd_date.h"
#include "dd_json.h"

static struct str
one_string(struct arena *a, struct str s)
{
        AUTO_BUF b = { 0 };
        struct json_w w;

        json_start(&w, &b);
        json_str(&w, s);
        return str_dup(a, buf_view(&b));
}

static struct str
one_number(struct arena *a, double v)
{
        AUTO_BUF b = { 0 };
        struct json_w w;

        json_start(&w, &b);
        json_num(&w, v);
        return str_dup(a, buf_view(&b));
}

static enum dd_err
parse(struct arena *a, const char *text, struct json *ret)
{
        return json_parse(a, str_of(text), 1 << 20, ret);
}

static void
commas_and_nesting(void **state)
{
        AUTO_BUF b = { 0 };
        struct json_w w;

        (void)state;
        json_start(&w, &b);
        json_obj(&w);
        json_ki64(&w, "n", -1);
        json_kstr(&w, "s", S("x"));
        json_key(&w, "list");
        json_arr(&w);
        json_arr(&w);
        json_end(&w);
        json_obj(&w);
        json_end(&w);
        json_bool(&w, true);
        json_null(&w);
        json_end(&w);
        json_kbool(&w, "b", false);
        json_kday(&w, "d", day_of(2023, 9, 30));
        json_kday(&w, "none", DD_NO_DAY);
        json_kstr(&w, "null", STR_NONE);
        json_kstr(&w, "empty", S(""));
        json_end(&w);
        assert_text(buf_view(&b), "{\"n\":-1,\"s\":\"x\",\"list\":[[],{},true,null],\"b\":false,\"d\":\"2023-09-30\","
                                  "\"none\":null,\"null\":null,\"empty\":\"\"}");
}

static void
quotes_and_controls_are_escaped(void **state)
{
        assert_text(one_string(*state, S("a\"b\\c\n\r\t\x01\x1f/")), "\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u001f/\"");
        assert_text(one_string(*state, (struct str){ "\0", 1 }), "\"\\u0000\"");
}

static void
vietnamese_goes_through_unescaped(void **state)
{
        assert_text(one_string(*state, S("Đôn đốc Kế hoạch 😀")), "\"Đôn đốc Kế hoạch 😀\"");
}

static void
a_script_end_tag_cannot_leave_the_page(void **state)
{
        assert_text(one_string(*state, S("</script>")), "\"\\u003c/script>\"");
}

static void
bad_bytes_become_the_replacement_character(void **state)
{
        assert_text(one_string(*state, S("a\xFFz")), "\"a\uFFFDz\"");
        assert_text(one_string(*state, S("\xC3")), "\"\uFFFD\"");
        assert_text(one_string(*state, S("\xED\xA0\x80")), "\"\uFFFD\uFFFD\uFFFD\"");
        assert_text(one_string(*state, S("\xC0\xAF")), "\"\uFFFD\uFFFD\"");
        assert_text(one_string(*state, S("\uFFFD")), "\"\uFFFD\"");
}

static void
numbers_have_up_to_three_decimals(void **state)
{
        assert_text(one_number(*state, 0), "0");
        assert_text(one_number(*state, 12.5), "12.5");
        assert_text(one_number(*state, -0.25), "-0.25");
        assert_text(one_number(*state, 1.0 / 3), "0.333");
        assert_text(one_number(*state, 2.0 / 3), "0.667");
        assert_text(one_number(*state, 1.9996), "2");
        assert_text(one_number(*state, 1.005 * 1000), "1005");
        assert_text(one_number(*state, -0.0001), "0");
        assert_text(one_number(*state, 3.007), "3.007");
        assert_text(one_number(*state, 123456789012.0), "123456789012");
}

static void
numbers_json_does_not_have_become_null(void **state)
{
        assert_text(one_number(*state, __builtin_nan("")), "null");
        assert_text(one_number(*state, __builtin_inf()), "null");
        assert_text(one_number(*state, 1e20), "100000000000000000000");
}

static void
levels_beyond_64_spoil_the_buffer_not_the_memory(void **state)
{
        AUTO_BUF b = { 0 };
        struct json_w w;

        (void)state;
        json_start(&w, &b);
        for (int i = 0; i < 64; i++)
                json_arr(&w);
        assert_false(b.over);
        for (int i = 0; i < 100; i++)
                json_arr(&w);
        assert_true(b.over);
        for (int i = 0; i < 300; i++)
                json_end(&w);
        assert_int_equal(w.depth, 0);
}

static void
reader_gives_the_tree(void **state)
{
        struct json v;

        assert_int_equal(
            parse(*state, " {\"s\":\"Đ\\u0111\",\"n\":-7,\"d\":1.5,\"t\":true,\"z\":null,\"l\":[1,[],{}]} ", &v),
            DD_OK);
        assert_int_equal(v.type, JSON_OBJ);
        assert_int_equal(v.n, 6);
        assert_text(json_get_str(&v, "s"), "Đđ");
        assert_int_equal(json_get_i64(&v, "n", 0), -7);
        assert_int_equal(json_get(&v, "d")->type, JSON_REAL);
        assert_true(json_get(&v, "d")->d > 1.49 && json_get(&v, "d")->d < 1.51);
        assert_int_equal(json_get(&v, "t")->type, JSON_BOOL);
        assert_int_equal(json_get(&v, "t")->i, 1);
        assert_int_equal(json_get(&v, "z")->type, JSON_NULL);
        assert_int_equal(json_get(&v, "l")->n, 3);
        assert_int_equal(json_get(&v, "l")->items[1].type, JSON_ARR);
}

static void
members_keep_their_order(void **state)
{
        struct json v;

        assert_int_equal(parse(*state, "{\"z\":1,\"a\":2,\"m\":3}", &v), DD_OK);
        assert_text(v.items[0].key, "z");
        assert_text(v.items[1].key, "a");
        assert_text(v.items[2].key, "m");
}

static void
absent_members_and_wrong_types(void **state)
{
        struct json v;

        assert_int_equal(parse(*state, "{\"a\":\"1\",\"b\":2}", &v), DD_OK);
        assert_null(json_get(&v, "x"));
        assert_null(json_get(json_get(&v, "a"), "x"));
        assert_null(json_get(NULL, "x"));
        assert_null(json_get_str(&v, "b").p);
        assert_int_equal(json_get_i64(&v, "a", 9), 9);
        assert_int_equal(json_get_i64(&v, "x", 9), 9);
}

static void
a_value_alone_is_json(void **state)
{
        struct json v;

        assert_int_equal(parse(*state, "\"x\"", &v), DD_OK);
        assert_int_equal(v.type, JSON_STR);
        assert_int_equal(parse(*state, "null", &v), DD_OK);
        assert_int_equal(v.type, JSON_NULL);
}

static void
duplicate_keys_are_refused(void **state)
{
        struct json v;

        assert_int_equal(parse(*state, "{\"a\":1,\"a\":2}", &v), DD_EINVAL);
        assert_int_equal(parse(*state, "{\"a\":1,\"\\u0061\":2}", &v), DD_EINVAL);
}

static void
depth_64_passes_and_65_is_refused(void **state)
{
        char text[131] = { 0 };
        struct json v;

        memset(text, '[', 64);
        memset(text + 64, ']', 64);
        assert_int_equal(parse(*state, text, &v), DD_OK);
        memset(text, '[', 65);
        memset(text + 65, ']', 65);
        assert_int_equal(parse(*state, text, &v), DD_EINVAL);
}

static void
brackets_in_strings_are_no_depth(void **state)
{
        char text[300] = "[\"\\\"";
        struct json v;

        memset(text + 4, '[', 200);
        memcpy(text + 204, "\"]", 3);
        assert_int_equal(parse(*state, text, &v), DD_OK);
        assert_int_equal(v.items[0].s.n, 201);
}

static void
bytes_that_are_not_utf8_are_refused(void **state)
{
        struct json v;

        assert_int_equal(parse(*state, "\"\xC3\x28\"", &v), DD_EINVAL);
        assert_int_equal(parse(*state, "\"\xED\xA0\x80\"", &v), DD_EINVAL);
        assert_int_equal(parse(*state, "\"\xC0\x80\"", &v), DD_EINVAL);
        assert_int_equal(parse(*state, "\"\\ud800\"", &v), DD_EINVAL);
        assert_int_equal(parse(*state, "\"\\u0000\"", &v), DD_EINVAL);
}

static void
what_is_no_json_is_refused(void **state)
{
        static const char *const bad[] = { "",
                                           " ",
                                           "{",
                                           "[1,]",
                                           "{\"a\":1,}",
                                           "{a:1}",
                                           "'x'",
                                           "1 2",
                                           "[1] x",
                                           "NaN",
                                           "01",
                                           "+1",
                                           "[1}",
                                           "\"a",
                                           "tru",
                                           "\"\n\"",
                                           "9223372036854775808",
                                           "1e400",
                                           "// c\n1",
                                           "\uFEFF1" };
        struct json v;

        for (size_t i = 0; i < ARRAY_LEN(bad); i++)
                if (parse(*state, bad[i], &v) != DD_EINVAL)
                        fail_msg("taken: %s", bad[i]);
        assert_int_equal(json_parse(*state, STR_NONE, 10, &v), DD_EINVAL);
}

static void
input_beyond_max_is_too_big(void **state)
{
        struct json v;

        assert_int_equal(json_parse(*state, S("[1,2]"), 5, &v), DD_OK);
        assert_int_equal(json_parse(*state, S("[1,2]"), 4, &v), DD_ETOOBIG);
}

static void
what_is_written_can_be_read(void **state)
{
        AUTO_BUF b = { 0 };
        struct json_w w;
        struct json v;
        struct str odd = S("</script>\"\\\x02 Ủy ban\n");

        json_start(&w, &b);
        json_obj(&w);
        json_kstr(&w, "odd <key>", odd);
        json_ki64(&w, "min", INT64_MIN);
        json_end(&w);
        assert_int_equal(json_parse(*state, buf_view(&b), 1000, &v), DD_OK);
        assert_slice(json_get_str(&v, "odd <key>"), odd);
        assert_true(json_get_i64(&v, "min", 0) == INT64_MIN);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(commas_and_nesting),
                cmocka_unit_test(quotes_and_controls_are_escaped),
                cmocka_unit_test(vietnamese_goes_through_unescaped),
                cmocka_unit_test(a_script_end_tag_cannot_leave_the_page),
                cmocka_unit_test(bad_bytes_become_the_replacement_character),
                cmocka_unit_test(numbers_have_up_to_three_decimals),
                cmocka_unit_test(numbers_json_does_not_have_become_null),
                cmocka_unit_test(levels_beyond_64_spoil_the_buffer_not_the_memory),
                cmocka_unit_test(reader_gives_the_tree),
                cmocka_unit_test(members_keep_their_order),
                cmocka_unit_test(absent_members_and_wrong_types),
                cmocka_unit_test(a_value_alone_is_json),
                cmocka_unit_test(duplicate_keys_are_refused),
                cmocka_unit_test(depth_64_passes_and_65_is_refused),
                cmocka_unit_test(brackets_in_strings_are_no_depth),
                cmocka_unit_test(bytes_that_are_not_utf8_are_refused),
                cmocka_unit_test(what_is_no_json_is_refused),
                cmocka_unit_test(input_beyond_max_is_too_big),
                cmocka_unit_test(what_is_written_can_be_read),
        };

        return RUN(tests);
}
