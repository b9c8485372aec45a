/* Cookies, the token of a session, where a change may come from. */
#include "dd_csrf.h"

#include "dd_cookie.h"
#include "http_testing.h"

static struct arena *arena;
static struct dd_ctx ctx;
static struct http_req req;

static int
setup(void **state)
{
        (void)state;
        arena = arena_new(0);
        ctx = (struct dd_ctx){ .arena = arena };
        req = (struct http_req){ .arena = arena, .method = HTTP_POST, .origin = S("https://dondoc.example") };
        return 0;
}

static int
teardown(void **state)
{
        (void)state;
        arena_free(arena);
        return 0;
}

static void
header(const char *name, const char *value)
{
        *VEC_PUSH(arena, &req.headers) = (struct http_field){ str_of(name), str_of(value) };
}

/* ---- cookies ---------------------------------------------------------------------------------------------- */

static void
cookies_are_split(void **state)
{
        struct http_fields f = { 0 };

        (void)state;
        cookie_parse(arena, S("a=1; b=\"2\";c=; d ; =x; e=a=b; a=9"), &f);
        assert_str(field_get(&f, "a"), S("1"));
        assert_str(field_get(&f, "b"), S("2"));
        assert_str(field_get(&f, "c"), S(""));
        assert_null(field_get(&f, "d").p);
        assert_str(field_get(&f, "e"), S("a=b"));
        cookie_parse(arena, STR_NONE, &f);
}

static void
cookies_outside_the_grammar_are_dropped(void **state)
{
        struct http_fields f = { 0 };

        (void)state;
        cookie_parse(arena, S("a b=1; c=x\"y; d=đ; e=1,2; f=\\; g(=1"), &f);
        assert_int_equal(f.n, 0);
}

static void
cookie_under_tls_has_the_host_prefix(void **state)
{
        (void)state;
        assert_str(cookie_build(arena, "phien", S("abc"), 0, true),
                   S("__Host-phien=abc; Path=/; HttpOnly; SameSite=Lax; Secure"));
}

static void
cookie_on_plain_loopback_has_none(void **state)
{
        (void)state;
        assert_str(cookie_build(arena, "phien", S("abc"), 3600, false),
                   S("phien=abc; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax"));
}

static void
cookie_is_cleared_at_once(void **state)
{
        (void)state;
        req.https = true;
        cookie_clear(&req, "phien");
        assert_int_equal(req.res.headers.n, 1);
        assert_has(req.res.headers.v[0].value, S("__Host-phien=; Path=/; Max-Age=0;"));
}

static void
cookie_with_an_odd_value_is_not_set(void **state)
{
        (void)state;
        cookie_set(&req, "a", S("x; Domain=evil"), 0);
        cookie_set(&req, "a", S("x\r\nSet-Cookie: b=1"), 0);
        assert_int_equal(req.res.headers.n, 0);
        cookie_set(&req, "a", S("Ab0._~-"), 0);
        assert_int_equal(req.res.headers.n, 1);
}

static void
plain_cookie_is_not_read_under_tls(void **state)
{
        (void)state;
        cookie_parse(arena, S("phien=planted; __Host-phien=real"), &req.cookies);
        req.https = true;
        assert_str(cookie_get(&req, "phien"), S("real"));
        req.https = false;
        assert_str(cookie_get(&req, "phien"), S("planted"));
        assert_null(cookie_get(&req, "other").p);
}

/* ---- token ------------------------------------------------------------------------------------------------ */

static void
token_is_hmac_sha256_of_the_secret(void **state)
{
        (void)state;
        /* printf csrf | openssl dgst -sha256 -hmac secret */
        assert_str(csrf_token(arena, S("secret")),
                   S("a33e37c855ff0fd48638ca35f31ab33602e0dea7f25d83cfe523e0cbb6d3be17"));
        assert_false(str_eq(csrf_token(arena, S("secret2")), csrf_token(arena, S("secret"))));
}

static void
token_in_form_or_header_is_accepted(void **state)
{
        (void)state;
        req.body_kind = HTTP_BODY_FORM;
        *VEC_PUSH(arena, &req.form) = (struct http_field){ S("_csrf"), csrf_token(arena, S("s")) };
        assert_int_equal(csrf_check(&ctx, &req, S("s")), DD_OK);
        req.form.n = 0;
        header("x-csrf-token", csrf_token(arena, S("s")).p);
        assert_int_equal(csrf_check(&ctx, &req, S("s")), DD_OK);
}

static void
token_missing_wrong_or_of_another_session_is_denied(void **state)
{
        (void)state;
        assert_int_equal(csrf_check(&ctx, &req, S("s")), DD_EDENIED);
        assert_has(ctx.err_text, S("tải lại trang"));
        header("x-csrf-token", "");
        assert_int_equal(csrf_check(&ctx, &req, S("s")), DD_EDENIED);
        req.headers.v[0].value = csrf_token(arena, S("other"));
        assert_int_equal(csrf_check(&ctx, &req, S("s")), DD_EDENIED);
        req.headers.v[0].value = str_sub(csrf_token(arena, S("s")), 0, 63);
        assert_int_equal(csrf_check(&ctx, &req, S("s")), DD_EDENIED);
}

static void
token_of_no_session_opens_nothing(void **state)
{
        (void)state;
        header("x-csrf-token", csrf_token(arena, S("")).p);
        assert_int_equal(csrf_check(&ctx, &req, S("")), DD_EDENIED);
        assert_int_equal(csrf_check(&ctx, &req, STR_NONE), DD_EDENIED);
}

/* ---- origin ----------------------------------------------------------------------------------------------- */

static void
origin_table(void **state)
{
        static const struct {
                const char *site, *origin, *referer;
                bool session;
                enum dd_err want;
        } rows[] = {
                { "same-origin", "https://dondoc.example", NULL, true, DD_OK },
                { "same-origin", NULL, NULL, true, DD_OK },
                { NULL, "https://dondoc.example", NULL, true, DD_OK },
                { "cross-site", "https://dondoc.example", NULL, true, DD_EDENIED },
                { "same-site", NULL, NULL, true, DD_EDENIED },
                { "none", NULL, NULL, true, DD_EDENIED },
                { "same-origin", "https://evil.example", NULL, true, DD_EDENIED },
                { NULL, "null", NULL, true, DD_EDENIED },
                { NULL, "http://dondoc.example", NULL, true, DD_EDENIED },
                { NULL, "https://dondoc.example:8443", NULL, true, DD_EDENIED },
                { NULL, "https://dondoc.example.evil", NULL, true, DD_EDENIED },
                { NULL, "", NULL, true, DD_EDENIED },
                { NULL, NULL, "https://dondoc.example/tasks", true, DD_OK },
                { NULL, NULL, "https://dondoc.example", true, DD_OK },
                { NULL, NULL, "https://dondoc.example.evil/", true, DD_EDENIED },
                { NULL, NULL, "https://evil.example/https://dondoc.example/", false, DD_EDENIED },
                { NULL, NULL, NULL, true, DD_EDENIED },
                { NULL, NULL, NULL, false, DD_OK },
                { "cross-site", NULL, NULL, false, DD_EDENIED },
        };

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                req.headers.n = 0;
                dd_ctx_clear_error(&ctx);
                if (rows[i].site != NULL)
                        header("sec-fetch-site", rows[i].site);
                if (rows[i].origin != NULL)
                        header("origin", rows[i].origin);
                if (rows[i].referer != NULL)
                        header("referer", rows[i].referer);
                if (csrf_origin(&ctx, &req, rows[i].session) != rows[i].want)
                        fail_msg("row %zu", i);
        }
}

static void
constant_time_equal_is_equal(void **state)
{
        (void)state;
        assert_true(csrf_equal(S("abc"), S("abc")));
        assert_true(csrf_equal(S(""), STR_NONE));
        assert_false(csrf_equal(S("abc"), S("abd")));
        assert_false(csrf_equal(S("abc"), S("ab")));
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
        const struct CMUnitTest tests[] = {
                T(cookies_are_split),
                T(cookies_outside_the_grammar_are_dropped),
                T(cookie_under_tls_has_the_host_prefix),
                T(cookie_on_plain_loopback_has_none),
                T(cookie_is_cleared_at_once),
                T(cookie_with_an_odd_value_is_not_set),
                T(plain_cookie_is_not_read_under_tls),
                T(token_is_hmac_sha256_of_the_secret),
                T(token_in_form_or_header_is_accepted),
                T(token_missing_wrong_or_of_another_session_is_denied),
                T(token_of_no_session_opens_nothing),
                T(origin_table),
                T(constant_time_equal_is_equal),
        };

        return cmocka_run_group_tests_name("http csrf", tests, NULL, NULL);
}
