/* Raw bytes against a running server: what must be refused before a handler sees it (the probe table of the HTTP
 * library's ADR), ceilings of the header, methods, addresses. */
#include "http_testing.h"

#include <stdatomic.h>
#include <unistd.h>

static struct trial trial;
static atomic_int handled;

static enum http_verdict
handler(void *user, struct http_req *r)
{
        (void)user;
        atomic_fetch_add(&handled, 1);
        buf_fmt(&r->res.body, "%.*s?%.*s|", FMT(r->path), FMT(http_query(r, "q")));
        return HTTP_DONE;
}

static int
start(void **state)
{
        struct http_config cfg = { 0 };

        (void)state;
        trial_start(&trial, &cfg, handler, NULL);
        atomic_store(&handled, 0);
        return 0;
}

static int
stop(void **state)
{
        (void)state;
        trial_stop(&trial);
        return 0;
}

static void
refused(const char *request, size_t n, int status)
{
        struct reply r = trial_talk(&trial, (struct str){ request, n });

        if (r.status != status)
                fail_msg("status %d instead of %d for:\n%.*s", r.status, status, (int)n, request);
        assert_true(r.closed);
        assert_int_equal(atomic_load(&handled), 0);
}
#define REFUSED(lit, status) refused(lit, sizeof(lit) - 1, status)

#define HEAD  "GET / HTTP/1.1\r\nHost: localhost\r\n"
#define PHEAD "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"

/* ---- message boundaries --------------------------------------------------------------------------------- */

static void
length_together_with_encoding_is_refused(void **state)
{
        (void)state;
        REFUSED(PHEAD "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
}

static void
encoding_before_length_is_refused(void **state)
{
        (void)state;
        REFUSED(PHEAD "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400);
}

static void
two_different_lengths_are_refused(void **state)
{
        (void)state;
        REFUSED(PHEAD "Content-Length: 3\r\nContent-Length: 5\r\n\r\na=1&b", 400);
}

static void
two_equal_lengths_are_refused(void **state)
{
        (void)state;
        REFUSED(PHEAD "Content-Length: 3\r\ncontent-length: 3\r\n\r\na=1", 400);
}

static void
signed_length_is_refused(void **state)
{
        (void)state;
        REFUSED(PHEAD "Content-Length: +4\r\n\r\na=12", 400);
}

static void
negative_and_hex_and_listed_lengths_are_refused(void **state)
{
        (void)state;
        REFUSED(PHEAD "Content-Length: -1\r\n\r\na=12", 400);
        REFUSED(PHEAD "Content-Length: 0x4\r\n\r\na=12", 400);
        REFUSED(PHEAD "Content-Length: 4, 4\r\n\r\na=12", 400);
        REFUSED(PHEAD "Content-Length: 1 2\r\n\r\na=12", 400);
        REFUSED(PHEAD "Content-Length:\r\n\r\na=12", 400);
}

static void
huge_length_is_refused(void **state)
{
        (void)state;
        struct reply r = trial_talk(&trial, S(PHEAD "Content-Length: 99999999999999999999999\r\n\r\na=12"));
        assert_true(r.closed);
        assert_true(r.status == 400 || r.status == 413);
        assert_int_equal(atomic_load(&handled), 0);
}

static void
unknown_encoding_is_refused(void **state)
{
        (void)state;
        REFUSED(PHEAD "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400);
        REFUSED(PHEAD "Transfer-Encoding: identity\r\n\r\n", 400);
        REFUSED(PHEAD "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400);
        REFUSED(PHEAD "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 400);
        REFUSED(PHEAD "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n", 400);
}

static void
expectation_other_than_100_continue_is_417(void **state)
{
        (void)state;
        REFUSED(PHEAD "Expect: 200-ok\r\nContent-Length: 3\r\n\r\na=b", 417);
        REFUSED(PHEAD "Expect: 100-continued\r\nContent-Length: 3\r\n\r\na=b", 417);
        REFUSED(PHEAD "Expect: 100-continue\r\nExpect: x\r\nContent-Length: 3\r\n\r\na=b", 417);
}

static void
repeated_encoding_is_refused(void **state)
{
        (void)state;
        REFUSED(PHEAD "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
}

static void
encoding_in_http10_is_refused(void **state)
{
        (void)state;
        REFUSED("POST / HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                400);
}

static void
missing_host_is_refused(void **state)
{
        (void)state;
        REFUSED("GET / HTTP/1.1\r\n\r\n", 400);
        REFUSED("GET / HTTP/1.0\r\n\r\n", 400);
}

static void
two_hosts_are_refused(void **state)
{
        (void)state;
        REFUSED(HEAD "Host: other\r\n\r\n", 400);
        REFUSED(HEAD "host: localhost\r\n\r\n", 400);
}

static void
odd_host_is_refused(void **state)
{
        (void)state;
        REFUSED("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400);
        REFUSED("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400);
        REFUSED("GET / HTTP/1.1\r\nHost:\r\n\r\n", 400);
}

static void
space_before_the_colon_is_refused(void **state)
{
        (void)state;
        REFUSED(HEAD "X-Thing : 1\r\n\r\n", 400);
        REFUSED(PHEAD "Content-Length : 3\r\n\r\na=1", 400);
        REFUSED(PHEAD "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400);
}

static void
header_names_outside_tokens_are_refused(void **state)
{
        (void)state;
        REFUSED(HEAD "X(a): 1\r\n\r\n", 400);
        REFUSED(HEAD "X\"a: 1\r\n\r\n", 400);
        REFUSED(HEAD "Tên: 1\r\n\r\n", 400);
        REFUSED(HEAD "a b: 1\r\n\r\n", 400);
        REFUSED(HEAD ": 1\r\n\r\n", 400);
}

static void
folded_header_is_refused(void **state)
{
        (void)state;
        struct reply r = trial_talk(&trial, S(HEAD "X-A: 1\r\n  2: 3\r\nConnection: close\r\n\r\n"));
        assert_true(r.closed);
        assert_int_equal(r.status, 400);
}

static void
header_without_colon_is_refused(void **state)
{
        (void)state;
        REFUSED(HEAD "nonsense\r\n\r\n", 400);
}

static void
control_character_in_a_value_is_refused(void **state)
{
        (void)state;
        REFUSED(HEAD "X-A: a\x01z\r\n\r\n", 400);
        REFUSED(HEAD "X-A: a\x7fz\r\n\r\n", 400);
}

static void
nul_in_a_header_is_refused(void **state)
{
        (void)state;
        if (!http_lib_known())
                skip();
        REFUSED(HEAD "X-A: a\0b\r\n\r\n", 400);
        REFUSED(HEAD "X-A: a\0\r\nX-B: 1\r\n\r\n", 400);
        REFUSED(HEAD "X\0A: a\r\n\r\n", 400);
}

static void
bare_lf_is_refused(void **state)
{
        (void)state;
        if (!http_lib_known())
                skip();
        REFUSED("GET / HTTP/1.1\nHost: localhost\r\n\r\n", 400);
        REFUSED("GET / HTTP/1.1\r\nHost: localhost\n\r\n", 400);
        REFUSED("GET / HTTP/1.1\r\nHost: localhost\r\nX-A: 1\nX-B: 2\r\n\r\n", 400);
        REFUSED("GET / HTTP/1.1\r\nHost: localhost\r\nX-A: 1\r\n\n", 400);
        REFUSED("GET / HTTP/1.1\nHost: localhost\n\n", 400);
}

static void
nul_does_not_pay_for_a_bare_lf(void **state)
{
        (void)state;
        if (!http_lib_known())
                skip();
        REFUSED("GET / HTTP/1.1\r\nHost: localhost\r\nX-A: 1\0\r\nX-B: 2\nX-C: 3\r\n\r\n", 400);
        REFUSED("GET / HTTP/1.1\nHost: localhost\r\nX-C: 3\0\r\n\r\n", 400);
}

/* The account of bytes must not depend on how the header was cut into packets, nor on what stood before it. */
static void
good_header_in_any_pieces_is_served(void **state)
{
        const struct str request =
            S("GET /a?q=1 HTTP/1.1\r\nHost:localhost\r\nX-A: \t 1 \t\r\nX-Empty:\r\nX-Empty2: \r\n"
              "Cookie: a=b; c=d\r\nUser-Agent: x y\r\n\r\n");

        (void)state;
        AUTO_FD fd = trial_connect(&trial);
        for (size_t cut = 1; cut < request.n; cut += 3) {
                trial_send(fd, str_sub(request, 0, cut));
                usleep(300);
                trial_send(fd, str_sub(request, cut, request.n));
                struct reply r = trial_read_one(&trial, fd);
                if (r.status != 200)
                        fail_msg("cut at %zu: %d", cut, r.status);
        }
}

static void
long_good_header_in_many_pieces_is_served(void **state)
{
        AUTO_BUF b = { 0 };

        (void)state;
        buf_str(&b, S("\r\n" HEAD "Connection: close\r\n"));
        for (int i = 0; i < 90; i++)
                buf_fmt(&b, "X-Header-%d: %0*d\r\n", i, 20 + i, i);
        buf_str(&b, S("\r\n"));
        AUTO_FD fd = trial_connect(&trial);
        for (size_t at = 0; at < b.n; at += 97) {
                trial_send(fd, str_sub(buf_view(&b), at, at + 97));
                usleep(100);
        }
        assert_int_equal(trial_read(&trial, fd).status, 200);
}

static void
body_with_get_is_refused(void **state)
{
        (void)state;
        REFUSED(HEAD "Content-Length: 5\r\n\r\nhello", 400);
        REFUSED(HEAD "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
}

static void
second_request_behind_a_refused_one_is_not_answered(void **state)
{
        (void)state;
        struct reply r = trial_talk(&trial, S(PHEAD "Content-Length: 3\r\nContent-Length: 0\r\n\r\n" HEAD "\r\n"));
        assert_int_equal(r.status, 400);
        assert_true(str_find(r.all, S("HTTP/1.1"), 9) == r.all.n);
        assert_int_equal(atomic_load(&handled), 0);
}

/* ---- sizes ---------------------------------------------------------------------------------------------- */

static struct str
run_of(char c, size_t n)
{
        char *p = arena_alloc(trial.arena, n + 1);

        memset(p, c, n);
        return (struct str){ p, n };
}

static void
header_of_100_kb_is_refused(void **state)
{
        (void)state;
        struct reply r =
            trial_talk(&trial, str_fmt(trial.arena, HEAD "X-A: %.*s\r\n\r\n", FMT(run_of('a', 100 << 10))));
        assert_true(r.closed);
        assert_true(r.status == 431 || r.status == 0);
        assert_int_equal(atomic_load(&handled), 0);
}

static void
header_beyond_16_kb_is_431(void **state)
{
        (void)state;
        struct str long_value = run_of('a', 6 << 10);
        struct str s = str_fmt(trial.arena, HEAD "A: %.*s\r\nB: %.*s\r\nC: %.*s\r\n\r\n", FMT(long_value),
                               FMT(long_value), FMT(long_value));
        refused(s.p, s.n, 431);
}

static void
header_of_200_lines_is_431(void **state)
{
        AUTO_BUF b = { 0 };

        (void)state;
        buf_str(&b, S(HEAD));
        for (int i = 0; i < 200; i++)
                buf_fmt(&b, "X-%d: 1\r\n", i);
        buf_str(&b, S("\r\n"));
        refused(b.p, b.n, 431);
}

static void
address_beyond_8_kb_is_414(void **state)
{
        (void)state;
        struct str s = str_fmt(trial.arena, "GET /%.*s HTTP/1.1\r\nHost: localhost\r\n\r\n", FMT(run_of('a', 9000)));
        refused(s.p, s.n, 414);
}

static void
address_of_8_kb_is_served(void **state)
{
        (void)state;
        struct str s = str_fmt(trial.arena, "/%.*s", FMT(run_of('a', 8000)));
        assert_int_equal(trial_get(&trial, s.p, "").status, 200);
}

static void
gigabyte_announced_is_413_without_reading(void **state)
{
        (void)state;
        REFUSED(PHEAD "Content-Length: 1073741824\r\n\r\n", 413);
}

/* ---- methods and addresses ------------------------------------------------------------------------------- */

static void
unknown_methods_are_405(void **state)
{
        static const char *const methods[] = { "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "FROB", "get" };

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(methods); i++) {
                struct reply r =
                    trial_talk(&trial, str_fmt(trial.arena, "%s / HTTP/1.1\r\nHost: localhost\r\n\r\n", methods[i]));
                assert_int_equal(r.status, 405);
                assert_str(reply_header(&r, "Allow"), S("GET, HEAD, POST"));
        }
        assert_int_equal(atomic_load(&handled), 0);
}

static void
head_has_no_body(void **state)
{
        (void)state;
        struct reply r = trial_talk(&trial, S("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        assert_int_equal(r.status, 200);
        assert_int_equal(r.body.n, 0);
        assert_true(reply_header(&r, "Content-Length").n > 0);
}

static void
odd_paths_are_refused(void **state)
{
        static const char *const paths[] = { "/../etc", "/a/..",  "/a/./b", "//a",    "/a//b",   "/%2e%2e/x",
                                             "/a%2fb",  "/a%00b", "/a%zz",  "/a%",    "/%ff%fe", "/a\\b",
                                             "/a#b",    "x",      "*",      "/a%0ab", "/a%5cb",  "/%c0%ae" };

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
                struct reply r = trial_get(&trial, paths[i], "");
                if (r.status != 400)
                        fail_msg("%s was answered %d", paths[i], r.status);
        }
        assert_int_equal(atomic_load(&handled), 0);
}

static void
vietnamese_path_and_query_are_decoded_to_nfc(void **state)
{
        (void)state;
        /* "kế hoạch" with the tone of ế as a combining mark */
        struct reply r = trial_get(&trial, "/k%C3%AA%CC%81?q=%C4%91%C3%B4n+%C4%91%E1%BB%91c", "");
        assert_true(str_starts(r.body, S("/kế?đôn đốc|")));
}

static void
query_that_is_not_utf8_is_400(void **state)
{
        (void)state;
        struct reply r = trial_get(&trial, "/?q=%ff", "");
        assert_int_equal(r.status, 400);
        assert_has(r.body, S("UTF-8"));
}

static void
absolute_address_must_name_our_host(void **state)
{
        (void)state;
        struct reply r = trial_get(&trial, "http://localhost/x?q=1", "");
        assert_int_equal(r.status, 200);
        assert_true(str_starts(r.body, S("/x?1|")));
        assert_int_equal(trial_get(&trial, "http://other/x", "").status, 400);
}

static void
refusal_has_the_security_headers(void **state)
{
        (void)state;
        struct reply r = trial_get(&trial, "/a//b", "");
        assert_has(reply_header(&r, "Content-Security-Policy"), S("default-src 'none'"));
        assert_str(reply_header(&r, "X-Content-Type-Options"), S("nosniff"));
        assert_str(reply_header(&r, "Cache-Control"), S("no-store"));
        assert_str(reply_header(&r, "Content-Type"), S("text/plain; charset=utf-8"));
        assert_has(r.body, S("Yêu cầu không hợp lệ"));
}

#define T(f) cmocka_unit_test_setup_teardown(f, start, stop)

int
main(void)
{
        const struct CMUnitTest tests[] = {
                T(length_together_with_encoding_is_refused),
                T(encoding_before_length_is_refused),
                T(two_different_lengths_are_refused),
                T(two_equal_lengths_are_refused),
                T(signed_length_is_refused),
                T(negative_and_hex_and_listed_lengths_are_refused),
                T(huge_length_is_refused),
                T(unknown_encoding_is_refused),
                T(expectation_other_than_100_continue_is_417),
                T(repeated_encoding_is_refused),
                T(encoding_in_http10_is_refused),
                T(missing_host_is_refused),
                T(two_hosts_are_refused),
                T(odd_host_is_refused),
                T(space_before_the_colon_is_refused),
                T(header_names_outside_tokens_are_refused),
                T(folded_header_is_refused),
                T(header_without_colon_is_refused),
                T(control_character_in_a_value_is_refused),
                T(nul_in_a_header_is_refused),
                T(bare_lf_is_refused),
                T(nul_does_not_pay_for_a_bare_lf),
                T(good_header_in_any_pieces_is_served),
                T(long_good_header_in_many_pieces_is_served),
                T(body_with_get_is_refused),
                T(second_request_behind_a_refused_one_is_not_answered),
                T(header_of_100_kb_is_refused),
                T(header_beyond_16_kb_is_431),
                T(header_of_200_lines_is_431),
                T(address_beyond_8_kb_is_414),
                T(address_of_8_kb_is_served),
                T(gigabyte_announced_is_413_without_reading),
                T(unknown_methods_are_405),
                T(head_has_no_body),
                T(odd_paths_are_refused),
                T(vietnamese_path_and_query_are_decoded_to_nfc),
                T(query_that_is_not_utf8_is_400),
                T(absolute_address_must_name_our_host),
                T(refusal_has_the_security_headers),
        };

        return cmocka_run_group_tests_name("http guard", tests, NULL, NULL);
}
