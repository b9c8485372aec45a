/* Attempts of a helper program to get out, on all layers and on those of the oldest kernel we serve (Landlock that
 * knows files only); what is told when it fails, when it is missing, and when there is no sandbox. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker_testing.h"

#define OLDEST_LANDLOCK 2 /* of Linux 6.1 */

static const char *programs; /* folder with an escaping pdftotext */

static struct worker *
start(struct dd_ctx *c, struct worker_limits limits)
{
        const struct worker_setup setup = { .child = reader_child, .limits = limits, .programs = programs };
        struct worker *w = NULL;

        c->arena = arena_new(0);
        assert_int_equal(worker_start_with(c, &setup, &w), DD_OK);
        return w;
}

static void
stop(struct dd_ctx *c, struct worker *w)
{
        worker_stop(w);
        arena_free(c->arena);
        *c = (struct dd_ctx){ 0 };
}

/* What the program printed; its fate in *o. */
static struct str
run(struct dd_ctx *c, struct worker *w, const char *what, struct outcome *o)
{
        struct run r = { .work = WORK_PDF_WORDS, .size = strlen(what) };
        char *said;
        ssize_t n = 0;

        dd_ctx_clear_error(c);
        assert_int_equal(worker_memfd(c, str_of(what), &r.fd), DD_OK);
        assert_int_equal(worker_run(c, w, &r, o), DD_OK);
        said = arena_alloc(c->arena, 4096);
        if (o->fd >= 0)
                n = pread(o->fd, said, 4095, 0);
        dd_fd_close(&o->fd);
        dd_fd_close(&r.fd);
        return str_trim((struct str){ said, n > 0 ? (size_t)n : 0 });
}

static bool
sandbox_is_here(void)
{
        struct worker_limits l = bench_limits();
        struct sandbox sb;

        l.no_seccomp = true; /* its filter would be this process's to free; seccomp is everywhere Landlock is */
        sandbox_probe(&sb, &l);
        if (sb.landlock_abi > 0)
                return true;
        print_message("[  NOTE    ] skipped: this kernel has no Landlock\n");
        return false;
}

static void
attempts_of(struct worker_limits limits)
{
        static const char *const refused[] = { "open /etc/passwd",
                                               "open /etc/shadow",
                                               "open /proc/1/environ",
                                               "open /var/lib",
                                               "open /home",
                                               "open /root",
                                               "open /tmp",
                                               "create",
                                               "overwrite",
                                               "paper",
                                               "socket",
                                               "unix",
                                               "exec",
                                               "again",
                                               "wx",
                                               "make-exec",
                                               "chmod" };
        static const char *const killed[] = { "signal", "trace", "connect" };
        struct dd_ctx c = { 0 };
        struct worker *w = start(&c, limits);
        struct outcome o;

        for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
                struct str said = run(&c, w, refused[i], &o);

                if (!str_starts(said, S("errno=")) || str_eq(said, S("errno=0")))
                        fail_msg("%s: \"%.*s\", status %x", refused[i], FMT(said), (unsigned)o.status);
        }
        for (size_t i = 0; i < ARRAY_LEN(killed); i++) {
                run(&c, w, killed[i], &o);
                if (!WIFSIGNALED(o.status) || WTERMSIG(o.status) != SIGSYS)
                        fail_msg("%s was not killed: status %x", killed[i], (unsigned)o.status);
        }
        struct str forked = run(&c, w, "fork", &o);

        assert_true(str_starts(forked, S("errno=")) || (WIFSIGNALED(o.status) && WTERMSIG(o.status) == SIGSYS));
        assert_true(str_eq(run(&c, w, "hello", &o), S("well"))); /* the next paper is none the worse */
        stop(&c, w);
}

static void
all_layers_hold(void **state)
{
        (void)state;
        if (sandbox_is_here())
                attempts_of(bench_limits());
}

static void
the_oldest_kernel_holds(void **state)
{
        struct worker_limits l = bench_limits();

        (void)state;
        l.landlock_max = OLDEST_LANDLOCK;
        if (sandbox_is_here())
                attempts_of(l);
        assert_int_not_equal(access("/tmp/dondoc-helper-escape", F_OK), 0);
}

static void
helper_holds_its_paper_and_its_answer_alone(void **state)
{
        struct dd_ctx c = { 0 };
        AUTO_FD database = open("/dev/null", O_RDWR);
        struct worker *w;
        struct outcome o;

        (void)state;
        if (!sandbox_is_here())
                return;
        w = start(&c, bench_limits());
        assert_true(database >= 0);
        assert_true(str_eq(run(&c, w, "look", &o), S("fds=7 env=2 uid0=0")));
        stop(&c, w);
}

static void
memory_and_answer_have_ceilings(void **state)
{
        struct dd_ctx c = { 0 };
        struct worker *w;
        struct outcome o;
        int64_t mib = 0;
        bool failed;

        (void)state;
        if (WORKER_SANITIZED || !sandbox_is_here())
                return;
        w = start(&c, bench_limits());
        struct str said = run(&c, w, "memory", &o);

        assert_true(str_to_i64(str_sub(said, 4, said.n), &mib));
        assert_in_range(mib, 150, 256);
        run(&c, w, "flood", &o);
        assert_int_equal(worker_verdict_program(&c, &o, WORK_PDF_WORDS, &failed), DD_ETOOBIG);
        stop(&c, w);
}

static void
one_without_both_layers_is_not_started(void **state)
{
        struct dd_ctx c = { 0 };

        (void)state;
        for (int i = 0; i < 2; i++) {
                struct worker_limits l = bench_limits();
                struct worker *w;
                struct outcome o;
                bool failed;

                l.no_seccomp = i == 0;
                l.no_landlock = i == 1;
                w = start(&c, l);
                assert_int_equal(run(&c, w, "hello", &o).n, 0);
                assert_int_equal(worker_verdict_program(&c, &o, WORK_PDF_WORDS, &failed), DD_EBUSY);
                assert_true(str_has(c.err_text, S("seccomp và Landlock")));
                stop(&c, w);
        }
}

static void
a_status_other_than_nought_is_told(void **state)
{
        struct dd_ctx c = { 0 };
        struct worker *w;
        struct outcome o;
        bool failed = false;

        (void)state;
        if (!sandbox_is_here())
                return;
        w = start(&c, bench_limits());
        run(&c, w, "fail", &o);
        assert_int_equal(worker_verdict_program(&c, &o, WORK_PDF_WORDS, &failed), DD_OK);
        assert_true(failed);
        stop(&c, w);
}

static enum dd_err
read_pdf(struct dd_ctx *c, struct worker *w, struct str bytes, const atomic_bool *cancel)
{
        struct worker_job job = { .size = bytes.n, .file = S("thu.pdf"), .cancel = cancel };
        struct draft d;

        dd_ctx_clear_error(c);
        assert_int_equal(worker_memfd(c, bytes, &job.fd), DD_OK);
        enum dd_err e = worker_read(c, w, &job, &d);

        dd_fd_close(&job.fd);
        return e;
}

static void
a_missing_program_is_named_by_its_package(void **state)
{
        const char *there = programs;
        struct dd_ctx c = { 0 };
        struct worker *w;

        (void)state;
        programs = "/nonexistent";
        w = start(&c, bench_limits());
        assert_int_equal(read_pdf(&c, w, S("%PDF-1.4\n"), NULL), DD_EBUSY);
        assert_true(str_has(c.err_text, S("gói poppler-utils")));
        assert_int_equal(read_pdf(&c, w, S("II*\0........"), NULL), DD_EBUSY);
        assert_true(str_has(c.err_text, S("gói libtiff-tools")));
        stop(&c, w);
        programs = there;
}

static void
cancel_ends_a_paper_at_once(void **state)
{
        struct dd_ctx c = { 0 };
        struct worker *w;
        atomic_bool cancel = true;
        int64_t begun;

        (void)state;
        w = start(&c, bench_limits());
        begun = dd_clock_mono_ms();
        assert_int_equal(read_pdf(&c, w, S("spin %PDF-1.4\n"), &cancel), DD_ECONFLICT);
        assert_true(str_has(c.err_text, S("theo yêu cầu")));
        assert_in_range(dd_clock_mono_ms() - begun, 0, 5000);
        stop(&c, w);
}

/* Who runs helpers may be nobody: the stand-in goes where everybody may go, which a build folder need not be. */
static bool
stand_in(const char *from, char *dir)
{
        char path[600], out[600], buf[65536];
        ssize_t n = -1;

        if (mkdtemp(dir) == NULL || chmod(dir, 0755) != 0)
                return false;
        snprintf(path, sizeof path, "%s/pdftotext", from);
        snprintf(out, sizeof out, "%s/pdftotext", dir);
        AUTO_FD in = open(path, O_RDONLY | O_CLOEXEC), to = open(out, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);

        while (in >= 0 && to >= 0 && (n = read(in, buf, sizeof buf)) > 0)
                if (write(to, buf, (size_t)n) != n)
                        return false;
        return n == 0 && fchmod(to, 0755) == 0;
}

static void
stand_in_gone(const char *dir)
{
        char path[600];

        snprintf(path, sizeof path, "%s/pdftotext", dir);
        unlink(path);
        rmdir(dir);
}

int
main(int argc, char **argv)
{
        char dir[] = "/tmp/dondoc-helper-XXXXXX";
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(all_layers_hold),
                cmocka_unit_test(the_oldest_kernel_holds),
                cmocka_unit_test(helper_holds_its_paper_and_its_answer_alone),
                cmocka_unit_test(memory_and_answer_have_ceilings),
                cmocka_unit_test(one_without_both_layers_is_not_started),
                cmocka_unit_test(a_status_other_than_nought_is_told),
                cmocka_unit_test(a_missing_program_is_named_by_its_package),
                cmocka_unit_test(cancel_ends_a_paper_at_once),
        };

        if (argc != 2)
                return 2;
        if (!stand_in(argv[1], dir))
                return 3;
        programs = dir;
        int failed = cmocka_run_group_tests(tests, NULL, NULL);

        stand_in_gone(dir);
        return failed;
}
