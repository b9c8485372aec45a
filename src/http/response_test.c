/* Answers as they leave: headers on every one, compression, caching, downloads, redirects. */
#include "http_testing.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

static struct trial trial;
static struct http_req fake;

static void
big_page(struct http_req *r)
{
        for (int i = 0; i < 500; i++)
                buf_fmt(&r->res.body, "<tr><td>%d</td><td>Nhiệm vụ</td></tr>\n", i);
}

static void
file_answer(struct http_req *r)
{
        int fd = memfd_create("answer", MFD_CLOEXEC);

        if (write(fd, "%PDF-nội dung", 15) != 15)
                abort();
        r->res.fd = fd;
        r->res.fd_size = 15;
        r->res.untrusted = true;
        http_attachment(r, S("Báo cáo \"quý\".pdf"), "application/pdf");
}

static enum http_verdict
handler(void *user, struct http_req *r)
{
        static const struct http_asset css = { .type = "text/css; charset=utf-8",
                                               .etag = S("abc"),
                                               .plain = S("a{}"),
                                               .gzip = S("zipped"),
                                               .hashed = true };
        static const struct http_asset icon = { .type = "image/png", .etag = S("i1"), .plain = S("png") };

        (void)user;
        if (str_eq(r->path, S("/big")))
                big_page(r);
        else if (str_eq(r->path, S("/css")))
                http_send_asset(r, &css);
        else if (str_eq(r->path, S("/icon")))
                http_send_asset(r, &icon);
        else if (str_eq(r->path, S("/file")))
                file_answer(r);
        else if (str_eq(r->path, S("/go")))
                http_redirect(r, http_query(r, "to"));
        else if (str_eq(r->path, S("/set")))
                http_set(r, "X-Note", S("a\r\nX-Evil: 1"));
        else if (str_starts(r->path, S("/long"))) {
                for (int i = 0; i < 8; i++)
                        big_page(r);
                if (str_eq(r->path, S("/long.csv")))
                        r->res.content_type = "text/csv; charset=utf-8";
        } else if (str_eq(r->path, S("/over"))) {
                r->res.body.max = 100;
                big_page(r);
        } else
                buf_str(&r->res.body, S("<p>Xin chào"));
        return HTTP_DONE;
}

static int
start(void **state)
{
        struct http_config cfg = { 0 };

        (void)state;
        trial_start(&trial, &cfg, handler, NULL);
        fake = (struct http_req){ .arena = trial.arena };
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
every_answer_has_the_security_headers(void **state)
{
        static const char *const paths[] = { "/", "/big", "/css", "/file", "/go?to=/x", "/a//b" };

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
                struct reply r = trial_get(&trial, paths[i], "");
                assert_has(reply_header(&r, "Content-Security-Policy"), S("default-src 'none'"));
                assert_has(reply_header(&r, "Content-Security-Policy"), S("frame-ancestors 'none'"));
                assert_false(str_has(reply_header(&r, "Content-Security-Policy"), S("unsafe")));
                assert_str(reply_header(&r, "X-Content-Type-Options"), S("nosniff"));
                assert_str(reply_header(&r, "Referrer-Policy"), S("same-origin"));
                assert_str(reply_header(&r, "Cross-Origin-Opener-Policy"), S("same-origin"));
                assert_str(reply_header(&r, "Cross-Origin-Resource-Policy"), S("same-origin"));
                assert_has(reply_header(&r, "Permissions-Policy"), S("camera=()"));
                assert_true(reply_header(&r, "Cache-Control").n > 0);
                assert_true(reply_header(&r, "Content-Type").n > 0);
                assert_null(reply_header(&r, "Server").p);
                assert_null(reply_header(&r, "Access-Control-Allow-Origin").p);
        }
}

static void
page_is_html_utf8_and_not_stored(void **state)
{
        (void)state;
        struct reply r = trial_get(&trial, "/", "");
        assert_int_equal(r.status, 200);
        assert_str(reply_header(&r, "Content-Type"), S("text/html; charset=utf-8"));
        assert_str(reply_header(&r, "Cache-Control"), S("no-store"));
        assert_str(r.body, S("<p>Xin chào"));
        assert_null(reply_header(&r, "Content-Encoding").p);
}

static void
big_page_is_compressed_when_asked(void **state)
{
        char out[65536];
        z_stream z = { 0 };

        (void)state;
        struct reply plain = trial_get(&trial, "/big", "");
        struct reply r = trial_get(&trial, "/big", "Accept-Encoding: br, gzip;q=0.8\r\n");
        assert_str(reply_header(&r, "Content-Encoding"), S("gzip"));
        assert_str(reply_header(&r, "Vary"), S("Accept-Encoding"));
        assert_true(r.body.n * 4 < plain.body.n);
        z.next_in = (Bytef *)(uintptr_t)r.body.p;
        z.avail_in = (uInt)r.body.n;
        z.next_out = (Bytef *)out;
        z.avail_out = sizeof out;
        assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
        assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
        assert_str(((struct str){ out, z.total_out }), plain.body);
        inflateEnd(&z);
}

static void
data_are_pressed_less_hard_than_a_long_page(void **state)
{
        (void)state;
        struct reply page = trial_get(&trial, "/long", "Accept-Encoding: gzip\r\n");
        struct reply data = trial_get(&trial, "/long.csv", "Accept-Encoding: gzip\r\n");
        assert_str(reply_header(&data, "Content-Encoding"), S("gzip"));
        assert_true(page.body.n > 0 && page.body.n < data.body.n);
}

static void
compression_refused_or_not_worth_it_is_not_done(void **state)
{
        (void)state;
        struct reply r = trial_get(&trial, "/big", "Accept-Encoding: gzip;q=0, br\r\n");
        assert_null(reply_header(&r, "Content-Encoding").p);
        r = trial_get(&trial, "/big", "Accept-Encoding: gzip; q=0.000\r\n");
        assert_null(reply_header(&r, "Content-Encoding").p);
        r = trial_get(&trial, "/", "Accept-Encoding: gzip\r\n");
        assert_null(reply_header(&r, "Content-Encoding").p);
        r = trial_get(&trial, "/icon", "Accept-Encoding: gzip\r\n");
        assert_null(reply_header(&r, "Content-Encoding").p);
}

static void
hashed_asset_is_kept_for_a_year(void **state)
{
        (void)state;
        struct reply r = trial_get(&trial, "/css", "");
        assert_str(reply_header(&r, "Cache-Control"), S("public, max-age=31536000, immutable"));
        assert_str(reply_header(&r, "ETag"), S("W/\"abc\""));
        assert_str(r.body, S("a{}"));
        r = trial_get(&trial, "/css", "Accept-Encoding: gzip\r\n");
        assert_str(r.body, S("zipped"));
        assert_str(reply_header(&r, "Content-Encoding"), S("gzip"));
}

static void
known_asset_is_304(void **state)
{
        (void)state;
        struct reply r = trial_get(&trial, "/icon", "If-None-Match: \"x\", W/\"i1\"\r\n");
        assert_int_equal(r.status, 304);
        assert_int_equal(r.body.n, 0);
        assert_str(reply_header(&r, "ETag"), S("W/\"i1\""));
        assert_int_equal(trial_get(&trial, "/icon", "If-None-Match: \"i1\"\r\n").status, 304);
        assert_int_equal(trial_get(&trial, "/icon", "If-None-Match: \"i2\"\r\n").status, 200);
        r = trial_get(&trial, "/icon", "");
        assert_str(reply_header(&r, "Cache-Control"), S("private, no-cache"));
}

static void
file_is_a_download_in_a_sandbox(void **state)
{
        (void)state;
        struct reply r = trial_get(&trial, "/file", "Accept-Encoding: gzip\r\n");
        assert_str(r.body, S("%PDF-nội dung"));
        assert_str(reply_header(&r, "Content-Type"), S("application/pdf"));
        assert_has(reply_header(&r, "Content-Security-Policy"), S("sandbox"));
        assert_str(reply_header(&r, "Content-Disposition"),
                   S("attachment; filename=\"Bao cao _quy_.pdf\"; "
                     "filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20%22qu%C3%BD%22.pdf"));
}

static void
redirect_stays_on_this_server(void **state)
{
        static const struct {
                const char *to, *want;
        } rows[] = { { "/tasks?q=a%26b", "/tasks?q=a&b" },
                     { "//evil.example", "/" },
                     { "https://evil.example", "/" },
                     { "/%5Cevil.example", "/" },
                     { "", "/" },
                     { "tasks", "/" },
                     { "/a%0D%0AX-Evil:%201", "/" },
                     { "/k%E1%BA%BF", "/k%E1%BA%BF" } };

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                struct reply r = trial_get(&trial, str_fmt(trial.arena, "/go?to=%s", rows[i].to).p, "");
                assert_int_equal(r.status, 303);
                assert_str(reply_header(&r, "Location"), str_of(rows[i].want));
        }
}

static void
header_values_cannot_inject(void **state)
{
        (void)state;
        struct reply r = trial_get(&trial, "/set", "");
        assert_null(reply_header(&r, "X-Evil").p);
        assert_str(reply_header(&r, "X-Note"), S("a  X-Evil: 1"));
}

static void
page_beyond_its_ceiling_is_500_not_half(void **state)
{
        (void)state;
        struct reply r = trial_get(&trial, "/over", "");
        assert_int_equal(r.status, 500);
        assert_has(r.body, S("quá lớn"));
}

static void
connection_stays_open_between_pages(void **state)
{
        (void)state;
        AUTO_FD fd = trial_connect(&trial);
        for (int i = 0; i < 3; i++) {
                trial_send(fd, S("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
                assert_str(trial_read_one(&trial, fd).body, S("<p>Xin chào"));
        }
        assert_int_equal(http_server_stats(trial.server).connections, 1);
}

static struct str
attachment(struct str name)
{
        fake.res.headers.n = 0;
        http_attachment(&fake, name, "text/csv");
        return fake.res.headers.v[0].value;
}

static void
file_names_have_an_ascii_stand_in(void **state)
{
        (void)state;
        assert_has(attachment(S("ĐÔN ĐỐC kế hoạch ưỡn Ỵ.csv")), S("filename=\"DON DOC ke hoach uon Y.csv\""));
        assert_has(attachment(S("a/b\\c%d\r\n.csv")), S("filename=\"a_b_c_d__.csv\""));
        assert_has(attachment(S("a/b")), S("filename*=UTF-8''a%2Fb"));
        assert_has(attachment(S("日.csv")), S("filename=\"_.csv\"; filename*=UTF-8''%E6%97%A5.csv"));
}

static void
every_error_has_a_status_and_a_reason(void **state)
{
        static const int want[DD_ERR_MAX] = { 200, 422, 401, 403, 404, 409, 413, 415, 429, 503, 507, 500 };

        (void)state;
        for (int e = 0; e < DD_ERR_MAX; e++) {
                assert_int_equal(http_status((enum dd_err)e), want[e]);
                assert_true(strlen(http_reason(want[e])) > 3);
        }
}

static void
what_a_client_wants(void **state)
{
        static const struct {
                const char *accept;
                bool json;
        } rows[] = { { "application/json", true },
                     { "text/html,application/json", false },
                     { "*/*", false },
                     { "application/json, text/html", true },
                     { "", false } };

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
                fake.headers.n = 0;
                *VEC_PUSH(trial.arena, &fake.headers) = (struct http_field){ S("accept"), str_of(rows[i].accept) };
                assert_int_equal(http_wants_json(&fake), rows[i].json);
        }
        fake.headers.n = 0;
        assert_false(http_wants_json(&fake));
}

#define T(f) cmocka_unit_test_setup_teardown(f, start, stop)

int
main(void)
{
        const struct CMUnitTest tests[] = {
                T(every_answer_has_the_security_headers),
                T(page_is_html_utf8_and_not_stored),
                T(data_are_pressed_less_hard_than_a_long_page),
                T(big_page_is_compressed_when_asked),
                T(compression_refused_or_not_worth_it_is_not_done),
                T(hashed_asset_is_kept_for_a_year),
                T(known_asset_is_304),
                T(file_is_a_download_in_a_sandbox),
                T(redirect_stays_on_this_server),
                T(header_values_cannot_inject),
                T(page_beyond_its_ceiling_is_500_not_half),
                T(connection_stays_open_between_pages),
                T(file_names_have_an_ascii_stand_in),
                T(every_error_has_a_status_and_a_reason),
                T(what_a_client_wants),
        };

        return cmocka_run_group_tests_name("http response", tests, NULL, NULL);
}
