/* Attempts to get out of the sandbox, each on three paths: all layers, seccomp without Landlock (kernels that lack it),
 * Landlock and rlimits without seccomp. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sandbox_testing.h"

static int
landlock_abi(void)
{
        struct sandbox sb;
        struct worker_limits l = bench_limits();

        l.no_seccomp = true;
        sandbox_probe(&sb, &l);
        return sb.landlock_abi;
}

static void
need(bool there, const char *what)
{
        if (there)
                return;
        print_message("[  NOTE    ] skipped: %s\n", what);
        skip();
}

static void
need_release(void)
{
        need(!WORKER_SANITIZED, "a sanitizer build has no seccomp and no memory limit");
}

static struct bench *
bench_full(void)
{
        return bench_new(escaping_child, bench_limits());
}

static struct bench *
bench_without_landlock(void)
{
        struct worker_limits l = bench_limits();

        l.no_landlock = true;
        return bench_new(escaping_child, l);
}

static struct bench *
bench_without_seccomp(unsigned files)
{
        struct worker_limits l = bench_limits();

        l.no_seccomp = true;
        l.files = files;
        return bench_new(escaping_child, l);
}

/* The parent works on after whatever happened. */
static void
assert_well(struct bench *b)
{
        assert_int_equal(bench_read(b, S("hello"), 0), DD_EFORMAT);
        assert_true(str_eq(b->c.err_text, S("well")));
        assert_true(worker_alive(b->w));
}

static void
assert_killed(struct bench *b, const char *what, int year)
{
        assert_int_equal(bench_read(b, str_of(what), year), DD_EFORMAT);
        assert_int_equal(bench_signal(b), SIGSYS);
        assert_says(b, "việc không được phép");
}

static void
assert_refused(struct bench *b, const char *what, int year, int error)
{
        char want[32];

        assert_int_equal(bench_read(b, str_of(what), year), DD_EFORMAT);
        assert_int_equal(bench_signal(b), 0);
        if (error != 0) {
                snprintf(want, sizeof want, "errno=%d", error);
                assert_says(b, want);
        }
        assert_false(str_has(b->c.err_text, S("ESCAPED")));
}

/* A loopback listener, so that a connection that got through would succeed. */
static int
listener(int *ret_port)
{
        struct sockaddr_in at = { .sin_family = AF_INET };
        socklen_t n = sizeof at;
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
        assert_int_equal(listen(fd, 4), 0);
        assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
        *ret_port = ntohs(at.sin_port);
        return fd;
}

#define KILLED(name, what)                                                                                             \
        static void name##_kills(void **state)                                                                         \
        {                                                                                                              \
                struct bench *b;                                                                                       \
                (void)state;                                                                                           \
                need_release();                                                                                        \
                b = bench_full();                                                                                      \
                assert_killed(b, what, 0);                                                                             \
                assert_well(b);                                                                                        \
                bench_free(b);                                                                                         \
                b = bench_without_landlock();                                                                          \
                assert_killed(b, what, 0);                                                                             \
                assert_well(b);                                                                                        \
                bench_free(b);                                                                                         \
        }

KILLED(open, "open")
KILLED(create, "create")
KILLED(mkdir, "mkdir")
KILLED(socket, "socket")
KILLED(exec, "exec")
KILLED(fork, "fork")
KILLED(wx, "wx")
KILLED(make_exec, "make-exec")
KILLED(signal, "signal")
KILLED(trace, "trace")
KILLED(pipe, "pipe")

static void
connect_kills(void **state)
{
        AUTO_FD fd = -1;
        struct bench *b;
        int port;

        (void)state;
        need_release();
        fd = listener(&port);
        b = bench_full();
        assert_killed(b, "connect", port);
        assert_well(b);
        bench_free(b);
}

/* Landlock and rlimits alone, as they stand in service: no new descriptor at all. */
static void
reduced_path_gives_no_descriptor(void **state)
{
        static const char *const what[] = { "open", "create", "socket", "connect", "pipe" };
        struct bench *b;

        (void)state;
        need(landlock_abi() > 0, "this kernel has no Landlock");
        b = bench_without_seccomp(0);
        for (size_t i = 0; i < ARRAY_LEN(what); i++)
                assert_refused(b, what[i], 1, EMFILE);
        assert_refused(b, "mkdir", 0, EACCES);
        assert_refused(b, "exec", 0, EACCES);
        assert_well(b);
        bench_free(b);
}

/* Landlock itself, with descriptors to be had. */
static void
landlock_refuses_files(void **state)
{
        static const char *const what[] = { "open", "create", "mkdir", "exec" };
        struct bench *b;

        (void)state;
        need(landlock_abi() > 0, "this kernel has no Landlock");
        b = bench_without_seccomp(16);
        for (size_t i = 0; i < ARRAY_LEN(what); i++)
                assert_refused(b, what[i], 0, EACCES);
        bench_free(b);
}

static void
landlock_refuses_connections(void **state)
{
        AUTO_FD fd = -1;
        struct bench *b;
        int port;

        (void)state;
        need(landlock_abi() >= 4, "Landlock of this kernel does not see the network; seccomp and NOFILE carry it");
        fd = listener(&port);
        b = bench_without_seccomp(16);
        assert_refused(b, "connect", port, EACCES);
        bench_free(b);
}

static void
reduced_path_refuses_fork(void **state)
{
        struct bench *b;

        (void)state;
        need_release();
        need(landlock_abi() > 0, "this kernel has no Landlock");
        b = bench_without_seccomp(0);
        assert_refused(b, "fork", 0, EAGAIN);
        bench_free(b);
}

static void
reduced_path_refuses_signals_and_tracing(void **state)
{
        struct bench *b;

        (void)state;
        need(landlock_abi() >= 6 || geteuid() == 0, "Landlock of this kernel does not scope signals");
        need(landlock_abi() > 0, "this kernel has no Landlock");
        b = bench_without_seccomp(0);
        assert_refused(b, "signal", 0, EPERM);
        assert_refused(b, "trace", 0, EPERM);
        bench_free(b);
}

static void
reduced_path_refuses_new_code(void **state)
{
        struct bench *b;

        (void)state;
        need_release();
        need(landlock_abi() > 0, "this kernel has no Landlock");
        need(prctl(66 /* PR_GET_MDWE */, 0, 0, 0, 0) >= 0, "this kernel has no MDWE; W+X needs seccomp to be refused");
        b = bench_without_seccomp(0);
        assert_refused(b, "wx", 0, EACCES);
        assert_refused(b, "make-exec", 0, EACCES);
        bench_free(b);
}

static void
memory_has_a_ceiling(void **state)
{
        struct bench *b;
        int64_t mib = 0;

        (void)state;
        need_release();
        b = bench_full();
        assert_int_equal(bench_read(b, S("memory"), 0), DD_EFORMAT);
        assert_true(str_to_i64(str_sub(b->c.err_text, 4, b->c.err_text.n), &mib));
        assert_in_range(mib, 150, 256);
        assert_well(b);
        bench_free(b);
}

static void
memory_gone_is_told_as_too_big(void **state)
{
        struct worker_limits l = bench_limits();
        struct bench *b;

        (void)state;
        need_release();
        l.memory = (size_t)64 << 20;
        b = bench_new(escaping_child, l);
        assert_int_equal(bench_read(b, S("arena"), 7), DD_ETOOBIG);
        assert_int_equal(bench_signal(b), SIGABRT);
        assert_says(b, "64 MB bộ nhớ");
        assert_well(b);
        bench_free(b);
}

static void
endless_loop_is_told_as_too_long(void **state)
{
        struct worker_limits l = bench_limits();
        struct bench *b;

        (void)state;
        l.cpu_s = 1;
        b = bench_new(escaping_child, l);
        assert_int_equal(bench_read(b, S("spin"), 0), DD_ETOOBIG);
        assert_int_equal(bench_signal(b), SIGXCPU);
        assert_says(b, "1 giây tính toán");
        assert_well(b);
        bench_free(b);
}

static void
stack_overflow_is_a_crash_of_the_child_alone(void **state)
{
        struct bench *b;

        (void)state;
        need_release();
        b = bench_full();
        assert_int_equal(bench_read(b, S("stack"), 0), DD_EFORMAT);
        assert_int_equal(bench_signal(b), SIGSEGV);
        assert_says(b, "dừng giữa chừng");
        assert_well(b);
        bench_free(b);
}

static void
without_any_sandbox_nothing_is_read(void **state)
{
        struct worker_limits l = bench_limits();
        struct bench *b;

        (void)state;
        need_release();
        l.no_landlock = l.no_seccomp = true;
        b = bench_new(escaping_child, l);
        assert_int_equal(bench_read(b, S("hello"), 0), DD_EBUSY);
        assert_says(b, "báo người quản trị");
        bench_free(b);
}

static void
child_holds_nothing_of_the_server(void **state)
{
        AUTO_FD database = open("/dev/null", O_RDWR); /* no O_CLOEXEC: a careless library's */
        struct bench *b;

        (void)state;
        setenv(ESCAPE_ENV, "not for children", 1);
        assert_non_null(*escape_env());
        b = bench_full();
        assert_int_equal(bench_read(b, S("look"), 0), DD_EFORMAT);
        assert_says(b, "fds=17 env=gone");                           /* 0, 1, 2 and 4 */
        assert_string_equal(getenv(ESCAPE_ENV), "not for children"); /* the server keeps its own */
        bench_free(b);
        unsetenv(ESCAPE_ENV);
        assert_true(database >= 0);
}

static void
ordinary_work_is_allowed(void **state)
{
        struct bench *b = bench_full();

        (void)state;
        assert_int_equal(bench_read(b, S("work"), 0), DD_EFORMAT);
        assert_says(b, "worked=2");
        bench_free(b);
}

static void
nothing_came_to_be_outside(void **state)
{
        (void)state;
        assert_int_not_equal(access("/tmp/dondoc-escape", F_OK), 0);
        assert_int_not_equal(access("/tmp/dondoc-escape-dir", F_OK), 0);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(open_kills),
                cmocka_unit_test(create_kills),
                cmocka_unit_test(mkdir_kills),
                cmocka_unit_test(socket_kills),
                cmocka_unit_test(connect_kills),
                cmocka_unit_test(exec_kills),
                cmocka_unit_test(fork_kills),
                cmocka_unit_test(wx_kills),
                cmocka_unit_test(make_exec_kills),
                cmocka_unit_test(signal_kills),
                cmocka_unit_test(trace_kills),
                cmocka_unit_test(pipe_kills),
                cmocka_unit_test(reduced_path_gives_no_descriptor),
                cmocka_unit_test(landlock_refuses_files),
                cmocka_unit_test(landlock_refuses_connections),
                cmocka_unit_test(reduced_path_refuses_fork),
                cmocka_unit_test(reduced_path_refuses_signals_and_tracing),
                cmocka_unit_test(reduced_path_refuses_new_code),
                cmocka_unit_test(memory_has_a_ceiling),
                cmocka_unit_test(memory_gone_is_told_as_too_big),
                cmocka_unit_test(endless_loop_is_told_as_too_long),
                cmocka_unit_test(stack_overflow_is_a_crash_of_the_child_alone),
                cmocka_unit_test(without_any_sandbox_nothing_is_read),
                cmocka_unit_test(child_holds_nothing_of_the_server),
                cmocka_unit_test(ordinary_work_is_allowed),
                cmocka_unit_test(nothing_came_to_be_outside),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
