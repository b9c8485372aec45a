/* A running server: bodies and their ceilings, answers that come later, slow clients, proxies, the end. */
#include "http_testing.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dd_pool.h"

static struct trial trial;
static struct pool *pool;
static atomic_int handled;

static void
finish_later(void *arg)
{
        struct http_req *r = arg;

        buf_fmt(&r->res.body, "muộn: %.*s", FMT(http_query(r, "n")));
        http_finish(r);
}

static void
tell_body(struct http_req *r)
{
        struct dd_buf *b = &r->res.body;

        buf_fmt(b, "kind=%d fields=%zu files=%zu", (int)r->body_kind, r->form.n, r->files.n);
        for (size_t i = 0; i < r->form.n; i++)
                buf_fmt(b, " [%.*s=%.*s]", FMT(r->form.v[i].name), FMT(r->form.v[i].value));
        for (size_t i = 0; i < r->files.n; i++) {
                const struct http_file *f = &r->files.v[i];
                int seals = fcntl(f->fd, F_GET_SEALS);
                uint8_t sum[32];

                dd_sha256(f->bytes.p, f->bytes.n, sum);
                buf_fmt(b, " {%.*s|%.*s|%.*s|%zu|%s|%.*s}", FMT(f->field), FMT(f->name), FMT(f->type), f->bytes.n,
                        (seals & F_SEAL_WRITE) && (seals & F_SEAL_GROW) && (seals & F_SEAL_SHRINK) ? "sealed" : "open",
                        FMT(dd_hex(r->arena, sum, 32)));
        }
        if (r->body_kind == HTTP_BODY_JSON)
                buf_fmt(b, " json=%.*s", FMT(http_form(r, "a")));
}

static enum http_verdict
handler(void *user, struct http_req *r)
{
        (void)user;
        atomic_fetch_add(&handled, 1);
        if (str_starts(r->path, S("/later"))) {
                if (str_eq(http_query(r, "now"), S("1"))) {
                        finish_later(r); /* before the handler returned */
                        return HTTP_LATER;
                }
                if (pool_submit(pool, finish_later, r) == DD_OK)
                        return HTTP_LATER;
                http_text(r, 503, S("bận"));
        } else if (r->method == HTTP_POST) {
                tell_body(r);
        } else {
                buf_fmt(&r->res.body, "%.*s?%.*s|%.*s|%s|%.*s", FMT(r->path), FMT(http_query(r, "q")), FMT(r->peer),
                        r->https ? "https" : "http", FMT(r->origin));
        }
        return HTTP_DONE;
}

static size_t
body_limit(void *user, struct http_req *r)
{
        (void)user;
        if (str_eq(r->path, S("/upload")))
                return HTTP_BODY_UPLOAD;
        if (str_eq(r->path, S("/signed-out"))) {
                http_text(r, 401, S("Hãy đăng nhập."));
                return HTTP_BODY_REFUSED;
        }
        return HTTP_BODY_DEFAULT;
}

static const struct str proxies[] = { { "127.0.0.1", 9 }, { "10.0.0.7", 8 } };

static int
start(void **state)
{
        struct http_config cfg = { .body_limit = body_limit };

        (void)state;
        pool = pool_new(2, 0);
        trial_start(&trial, &cfg, handler, NULL);
        atomic_store(&handled, 0);
        return 0;
}

/* Slow clients are closed in a moment; the address 127.0.0.1 is a proxy. */
static int
start_strict(void **state)
{
        struct http_config cfg = {
                .header_ms = 60,
                .body_grace_ms = 60,
                .idle_ms = 60,
                .stop_ms = 300,
                .proxies = proxies,
                .n_proxies = 2,
        };

        (void)state;
        pool = pool_new(2, 0);
        trial_start(&trial, &cfg, handler, NULL);
        return 0;
}

static int
stop(void **state)
{
        (void)state;
        trial_stop(&trial);
        pool_free(pool);
        return 0;
}

#define HEAD  "GET / HTTP/1.1\r\nHost: localhost\r\n"
#define PHEAD "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"

static struct str
run_of(char c, size_t n)
{
        char *p = arena_alloc(trial.arena, n + 1);

        memset(p, c, n);
        return (struct str){ p, n };
}

/* ---- bodies ---------------------------------------------------------------------------------------------- */

static void
form_beyond_its_ceiling_is_413_with_a_message(void **state)
{
        (void)state;
        struct str body = str_fmt(trial.arena, "a=%.*s", FMT(run_of('x', 300 << 10)));
        struct reply r = trial_post(&trial, "/", "application/x-www-form-urlencoded", body);
        assert_int_equal(r.status, 413);
        assert_has(r.body, S("tối đa 256 KB"));
        assert_int_equal(atomic_load(&handled), 0);
}

static void
chunked_form_beyond_its_ceiling_is_413(void **state)
{
        AUTO_BUF b = { 0 };

        (void)state;
        buf_str(&b, S("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                      "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"));
        for (int i = 0; i < 300; i++) {
                buf_str(&b, S("400\r\n"));
                buf_str(&b, run_of('x', 1024));
                buf_str(&b, S("\r\n"));
        }
        buf_str(&b, S("0\r\n\r\n"));
        struct reply r = trial_talk(&trial, buf_view(&b));
        assert_int_equal(r.status, 413);
        assert_int_equal(atomic_load(&handled), 0);
}

static void
chunked_form_is_read(void **state)
{
        (void)state;
        struct reply r = trial_talk(&trial, S("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                              "Content-Type: application/x-www-form-urlencoded\r\n"
                                              "Transfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n4\r\n&b=2\r\n0\r\n\r\n"));
        assert_int_equal(r.status, 200);
        assert_str(r.body, S("kind=1 fields=2 files=0 [a=1] [b=2]"));
}

static void
body_of_an_unknown_kind_is_415(void **state)
{
        (void)state;
        assert_int_equal(trial_post(&trial, "/", "text/plain", S("a=1")).status, 415);
        assert_int_equal(trial_post(&trial, "/", "application/xml", S("<a/>")).status, 415);
        assert_int_equal(atomic_load(&handled), 0);
}

static void
upload_of_a_signed_out_person_is_not_read(void **state)
{
        (void)state;
        struct reply r = trial_talk(&trial, S("POST /signed-out HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                                              "20000000\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n--b"));
        assert_int_equal(r.status, 401);
        assert_true(r.closed);
        assert_int_equal(atomic_load(&handled), 0);
}

static void
form_reaches_the_handler(void **state)
{
        (void)state;
        struct reply r = trial_post(&trial, "/", "application/x-www-form-urlencoded; charset=UTF-8",
                                    S("ten=%C4%90%C3%B4n+%C4%91%E1%BB%91c&n=1%2B1"));
        assert_str(r.body, S("kind=1 fields=2 files=0 [ten=Đôn đốc] [n=1+1]"));
}

static void
form_that_is_not_utf8_is_422_with_a_message(void **state)
{
        (void)state;
        struct reply r = trial_post(&trial, "/", "application/x-www-form-urlencoded", S("a=1&ten=%d0"));
        assert_int_equal(r.status, 422);
        assert_has(r.body, S("“ten”"));
        assert_int_equal(atomic_load(&handled), 0);
}

static void
json_reaches_the_handler(void **state)
{
        (void)state;
        struct reply r = trial_post(&trial, "/", "application/json", S("{\"a\":\"đ\"}"));
        assert_str(r.body, S("kind=2 fields=0 files=0 json=đ"));
        assert_int_equal(trial_post(&trial, "/", "application/json", S("{\"a\":")).status, 422);
}

static void
empty_post_is_a_form_without_fields(void **state)
{
        (void)state;
        struct reply r = trial_post(&trial, "/", "application/x-www-form-urlencoded", S(""));
        assert_str(r.body, S("kind=1 fields=0 files=0"));
}

static struct str
upload(struct str bytes)
{
        AUTO_BUF b = { 0 };

        buf_str(&b, S("--xYz\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\nsecret\r\n"
                      "--xYz\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"K\xE1\xBA\xBF ho\xE1\xBA\xA1"
                      "ch.docx\"\r\nContent-Type: application/x\r\n\r\n"));
        buf_str(&b, bytes);
        buf_str(&b, S("\r\n--xYz--\r\n"));
        return str_dup(trial.arena, buf_view(&b));
}

static void
uploaded_bytes_arrive_whole(size_t n)
{
        char *bytes = arena_alloc(trial.arena, n + 1);
        uint8_t sum[32];

        for (size_t i = 0; i < n; i++)
                bytes[i] = (char)(i * 7 + i / 251);
        dd_sha256(bytes, n, sum);
        struct reply r =
            trial_post(&trial, "/upload", "multipart/form-data; boundary=xYz", upload((struct str){ bytes, n }));
        assert_int_equal(r.status, 200);
        assert_str(r.body, str_fmt(trial.arena,
                                   "kind=1 fields=1 files=1 [_csrf=secret] {tep|Kế hoạch.docx|application/x|%zu|"
                                   "sealed|%.*s}",
                                   n, FMT(dd_hex(trial.arena, sum, 32))));
        assert_int_equal(http_server_stats(trial.server).body_bytes, 0);
}

static void
small_upload_is_sealed_and_whole(void **state)
{
        (void)state;
        uploaded_bytes_arrive_whole(1000);
}

static void
upload_of_25_mib_is_sealed_and_whole(void **state)
{
        (void)state;
        uploaded_bytes_arrive_whole((size_t)25 << 20);
}

static void
upload_beyond_25_mib_is_413_with_a_message(void **state)
{
        (void)state;
        struct reply r = trial_post(&trial, "/upload", "multipart/form-data; boundary=xYz",
                                    upload(run_of('x', ((size_t)25 << 20) + (100 << 10))));
        assert_int_equal(r.status, 413);
        assert_has(r.body, S("tối đa 25 MB"));
        assert_int_equal(atomic_load(&handled), 0);
        assert_int_equal(http_server_stats(trial.server).body_bytes, 0);
}

static void
upload_cut_off_inside_is_422(void **state)
{
        (void)state;
        struct str whole = upload(S("abc"));
        struct reply r =
            trial_post(&trial, "/upload", "multipart/form-data; boundary=xYz", str_sub(whole, 0, whole.n - 12));
        assert_int_equal(r.status, 422);
        assert_int_equal(atomic_load(&handled), 0);
}

static void
sender_who_leaves_in_the_body_costs_nothing(void **state)
{
        (void)state;
        int fd = trial_connect(&trial);

        trial_send(fd, S("POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000000\r\n"
                         "Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"));
        close(fd);
        while (http_server_stats(trial.server).connections != 0)
                usleep(1000);
        assert_int_equal(http_server_stats(trial.server).body_bytes, 0);
        assert_int_equal(atomic_load(&handled), 0);
}

/* ---- answers that come later ------------------------------------------------------------------------------ */

static void
answer_comes_from_another_thread(void **state)
{
        (void)state;
        assert_str(trial_get(&trial, "/later?n=1", "").body, S("muộn: 1"));
}

static void
answer_given_before_the_handler_returned_is_sent(void **state)
{
        (void)state;
        assert_str(trial_get(&trial, "/later?n=2&now=1", "").body, S("muộn: 2"));
}

static void
late_answers_keep_their_order_on_one_connection(void **state)
{
        (void)state;
        AUTO_FD fd = trial_connect(&trial);

        for (int i = 0; i < 20; i++) {
                trial_send(fd, str_fmt(trial.arena, "GET /later?n=%d HTTP/1.1\r\nHost: localhost\r\n\r\n", i));
                struct reply r = trial_read_one(&trial, fd);
                assert_str(r.body, str_fmt(trial.arena, "muộn: %d", i));
        }
        assert_int_equal(http_server_stats(trial.server).waiting, 0);
}

static void
late_answer_to_a_post_has_its_body(void **state)
{
        (void)state;
        struct reply r = trial_post(&trial, "/later?n=3", "application/x-www-form-urlencoded", S("a=1"));
        assert_str(r.body, S("muộn: 3"));
}

static void
two_requests_in_one_packet_are_both_answered(void **state)
{
        (void)state;
        struct reply r =
            trial_talk(&trial, S(HEAD "\r\nGET /b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        assert_has(r.all, S("/?|"));
        assert_has(r.all, S("/b?|"));
}

/* ---- slow clients, the cap, the end ------------------------------------------------------------------------ */

static void
silent_connection_is_closed(void **state)
{
        (void)state;
        AUTO_FD fd = trial_connect(&trial);
        struct reply r = trial_read(&trial, fd);

        assert_true(r.closed);
        assert_int_equal(r.all.n, 0);
        assert_true(http_server_stats(trial.server).swept >= 1);
}

static void
trickled_header_is_closed(void **state)
{
        (void)state;
        AUTO_FD fd = trial_connect(&trial);
        ssize_t sent = 1;

        trial_send(fd, S("GET / HTTP/1.1\r\nX: "));
        for (int i = 0; i < 3000 && sent == 1; i++) {
                sent = send(fd, "a", 1, MSG_NOSIGNAL);
                usleep(2000);
        }
        assert_true(trial_read(&trial, fd).closed);
}

static void
trickled_body_is_closed(void **state)
{
        (void)state;
        AUTO_FD fd = trial_connect(&trial);
        ssize_t sent = 1;

        trial_send(fd, S(PHEAD "Content-Length: 100000\r\n\r\n"));
        for (int i = 0; i < 3000 && sent == 1; i++) {
                sent = send(fd, "a", 1, MSG_NOSIGNAL);
                usleep(2000);
        }
        assert_true(trial_read(&trial, fd).closed);
}

static void
connection_idle_after_a_request_is_closed(void **state)
{
        (void)state;
        AUTO_FD fd = trial_connect(&trial);

        trial_send(fd, S(HEAD "\r\n"));
        struct reply r = trial_read(&trial, fd);
        assert_int_equal(r.status, 200);
        assert_true(r.closed);
}

static void
forwarded_address_is_believed_from_a_proxy_only_to_its_last_stranger(void **state)
{
        (void)state;
        struct reply r = trial_get(&trial, "/", "X-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.0.0.7\r\n");
        assert_has(r.body, S("|203.0.113.9|http|"));
        r = trial_get(&trial, "/", "X-Forwarded-For: nonsense\r\nX-Forwarded-Proto: https\r\n");
        assert_has(r.body, S("|127.0.0.1|https|https://localhost"));
        assert_true(reply_header(&r, "Strict-Transport-Security").n > 0);
}

static void
forwarded_address_of_a_stranger_is_ignored(void **state)
{
        (void)state;
        struct reply r = trial_get(&trial, "/", "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\n");
        assert_has(r.body, S("|127.0.0.1|http|http://localhost"));
        assert_true(reply_header(&r, "Strict-Transport-Security").p == NULL);
}

static void
one_address_cannot_take_all_connections(void **state)
{
        struct http_config cfg = { .connections_per_address = 3 };
        struct trial t;
        int fds[3];

        (void)state;
        trial_start(&t, &cfg, handler, NULL);
        for (int i = 0; i < 3; i++) {
                fds[i] = trial_connect(&t);
                trial_send(fds[i], S(HEAD "\r\n"));
                assert_int_equal(trial_read_one(&t, fds[i]).status, 200);
        }
        assert_int_equal(trial_get(&t, "/", "").status, 0);
        close(fds[0]);
        while (http_server_stats(t.server).connections > 2)
                usleep(1000);
        assert_int_equal(trial_get(&t, "/", "").status, 200);
        close(fds[1]);
        close(fds[2]);
        trial_stop(&t);
}

static void
the_slow_give_way_at_a_crowded_door(void **state)
{
        struct http_config cfg = { .connections = 8, .header_ms = 8000 };
        struct trial t;
        int fds[7];

        (void)state;
        trial_start(&t, &cfg, handler, NULL);
        int64_t begun = dd_clock_mono_ms();
        for (int i = 0; i < 7; i++)
                fds[i] = trial_connect(&t);
        while (http_server_stats(t.server).swept == 0)
                usleep(1000);
        assert_true(dd_clock_mono_ms() - begun < cfg.header_ms); /* a quarter of it */
        for (int i = 0; i < 7; i++)
                close(fds[i]);
        trial_stop(&t);
}

static void
uploads_beyond_the_memory_for_bodies_are_503(void **state)
{
        struct http_config cfg = { .body_limit = body_limit, .bodies_in_memory = 1 << 20 };
        struct trial t, keep = trial;

        (void)state;
        trial_start(&t, &cfg, handler, NULL);
        struct reply r = trial_post(&t, "/upload", "multipart/form-data; boundary=xYz", upload(run_of('x', 2 << 20)));
        assert_int_equal(r.status, 503);
        assert_int_equal(http_server_stats(t.server).body_bytes, 0);
        trial_stop(&t);
        trial = keep;
}

struct held {
        struct http_req *r;
        atomic_bool has;
};

static enum http_verdict
hold(void *user, struct http_req *r)
{
        struct held *h = user;

        h->r = r;
        atomic_store(&h->has, true);
        return HTTP_LATER;
}

static void *
release_soon(void *arg)
{
        struct held *h = arg;

        usleep(50000);
        buf_str(&h->r->res.body, S("xong"));
        http_finish(h->r);
        return NULL;
}

static void
stop_waits_for_a_late_answer(void **state)
{
        struct http_config cfg = { 0 };
        struct held h = { 0 };
        struct trial t;
        pthread_t thread;

        (void)state;
        trial_start(&t, &cfg, hold, &h);
        AUTO_FD fd = trial_connect(&t);
        trial_send(fd, S(HEAD "\r\n"));
        while (!atomic_load(&h.has))
                usleep(1000);
        pthread_create(&thread, NULL, release_soon, &h);
        assert_true(http_server_stop(t.server));
        pthread_join(thread, NULL);
        struct reply r = trial_read(&t, fd);
        assert_str(r.body, S("xong"));
        assert_true(r.closed);
        arena_free(t.arena);
}

static void
stop_tells_of_a_handler_that_never_answers(void **state)
{
        struct http_config cfg = { .stop_ms = 30 };
        struct held h = { 0 };
        struct trial t;

        (void)state;
        trial_start(&t, &cfg, hold, &h);
        AUTO_FD fd = trial_connect(&t);
        trial_send(fd, S(HEAD "\r\n"));
        while (!atomic_load(&h.has))
                usleep(1000);
        assert_false(http_server_stop(t.server));
        http_finish(h.r); /* it answers after all: now the end is clean */
        assert_true(http_server_stop(t.server));
        arena_free(t.arena);
}

static void
port_in_use_is_told(void **state)
{
        struct http_config cfg = { 0 };
        struct http_server *second = NULL;
        struct dd_ctx c = { .arena = trial.arena };

        (void)state;
        cfg.listen = str_fmt(trial.arena, "127.0.0.1:%d", trial.port);
        assert_int_equal(http_server_start(&c, &cfg, handler, NULL, &second), DD_EBUSY);
        assert_null(second);
        assert_has(c.err_text, S("đang có chương trình khác dùng"));
}

static void
bad_listen_address_is_told(void **state)
{
        static const char *const bad[] = { "", "8080", ":8080", "localhost:80", "127.0.0.1:99999", "1.2.3:4", "unix:" };

        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
                struct http_config cfg = { .listen = str_of(bad[i]) };
                struct http_server *s = NULL;
                struct dd_ctx c = { .arena = trial.arena };

                assert_int_equal(http_server_start(&c, &cfg, handler, NULL, &s), DD_EINVAL);
                assert_null(s);
        }
}

static void
local_socket_serves(void **state)
{
        char dir[] = "/tmp/dd-http-XXXXXX";
        struct http_server *s = NULL;
        struct dd_ctx c = { .arena = trial.arena };

        (void)state;
        assert_non_null(mkdtemp(dir));
        struct http_config cfg = { .listen = str_fmt(trial.arena, "unix:%s/s", dir) };
        assert_int_equal(http_server_start(&c, &cfg, handler, NULL, &s), DD_OK);
        struct sockaddr_storage to = { .ss_family = AF_UNIX };
        memcpy(to.__ss_padding, cfg.listen.p + 5, cfg.listen.n - 5);
        int fd = socket(AF_UNIX, SOCK_STREAM, 0);
        assert_int_equal(connect(fd, (struct sockaddr *)&to, 110), 0);
        trial_send(fd, S("GET / HTTP/1.1\r\nHost: dondoc\r\nConnection: close\r\n\r\n"));
        assert_has(trial_read(&trial, fd).body, S("|unix|"));
        close(fd);
        assert_true(http_server_stop(s));
        assert_int_equal(access(cfg.listen.p + 5, F_OK), -1);
        rmdir(dir);
}

#define RAW(f)    cmocka_unit_test_setup_teardown(f, start, stop)
#define STRICT(f) cmocka_unit_test_setup_teardown(f, start_strict, stop)

int
main(void)
{
        const struct CMUnitTest tests[] = {
                RAW(form_beyond_its_ceiling_is_413_with_a_message),
                RAW(chunked_form_beyond_its_ceiling_is_413),
                RAW(chunked_form_is_read),
                RAW(body_of_an_unknown_kind_is_415),
                RAW(upload_of_a_signed_out_person_is_not_read),
                RAW(form_reaches_the_handler),
                RAW(form_that_is_not_utf8_is_422_with_a_message),
                RAW(json_reaches_the_handler),
                RAW(empty_post_is_a_form_without_fields),
                RAW(small_upload_is_sealed_and_whole),
                RAW(upload_of_25_mib_is_sealed_and_whole),
                RAW(upload_beyond_25_mib_is_413_with_a_message),
                RAW(upload_cut_off_inside_is_422),
                RAW(sender_who_leaves_in_the_body_costs_nothing),
                RAW(answer_comes_from_another_thread),
                RAW(answer_given_before_the_handler_returned_is_sent),
                RAW(late_answers_keep_their_order_on_one_connection),
                RAW(late_answer_to_a_post_has_its_body),
                RAW(two_requests_in_one_packet_are_both_answered),
                STRICT(silent_connection_is_closed),
                STRICT(trickled_header_is_closed),
                STRICT(trickled_body_is_closed),
                STRICT(connection_idle_after_a_request_is_closed),
                STRICT(forwarded_address_is_believed_from_a_proxy_only_to_its_last_stranger),
                RAW(forwarded_address_of_a_stranger_is_ignored),
                RAW(one_address_cannot_take_all_connections),
                RAW(the_slow_give_way_at_a_crowded_door),
                RAW(uploads_beyond_the_memory_for_bodies_are_503),
                RAW(stop_waits_for_a_late_answer),
                RAW(stop_tells_of_a_handler_that_never_answers),
                RAW(port_in_use_is_told),
                RAW(bad_listen_address_is_told),
                RAW(local_socket_serves),
        };

        return cmocka_run_group_tests_name("http server", tests, NULL, NULL);
}
