/* The parent against a child that answers badly, late, never or too much, and against the loss of the nursery. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker_testing.h"

/* ---- the child: its first word says what it does, the rest is what it writes ------------------------------ */

static void
put(int fd, struct str s)
{
        while (s.n > 0) {
                ssize_t done = write(fd, s.p, s.n);

                if (done <= 0)
                        _exit(9);
                s = str_sub(s, (size_t)done, s.n);
        }
}

static void
spin_ms(int64_t ms)
{
        int64_t end = dd_clock_mono_ms() + ms;

        while (dd_clock_mono_ms() < end)
                ;
}

static void
odd_child(const struct child_io *io)
{
        struct str rest = io->bytes, word;

        str_cut(&rest, ' ', &word);
        if (str_eq(word, S("raw")))
                put(io->out, rest);
        else if (str_eq(word, S("draft")))
                reply_draft(io->out, rest);
        else if (str_eq(word, S("secret")))
                reply_secret(io->out, arena_new(0), rest);
        else if (str_eq(word, S("late")))
                spin_ms(io->year);
        else if (str_eq(word, S("exit")))
                _exit(io->year);
        else if (str_eq(word, S("crash")))
                __builtin_trap();
        if (str_eq(word, S("flood")))
                for (;;)
                        put(io->out, io->bytes);
        if (str_eq(word, S("hang"))) {
                reply_refused(io->out, DD_EFORMAT, S("done"));
                close(io->out);
                spin_ms(60000);
        }
        if (str_eq(word, S("trap-after"))) {
                reply_refused(io->out, DD_EFORMAT, S("done"));
                __builtin_trap();
        }
        if (str_eq(word, S("late")) || str_eq(word, S("ok")))
                reply_refused(io->out, DD_EINVAL, S("well"));
}

/* ---- the parent ------------------------------------------------------------------------------------------ */

static int
setup(void **state)
{
        *state = bench_new(odd_child, bench_limits());
        return 0;
}

static int
teardown(void **state)
{
        bench_free(*state);
        return 0;
}

static void
assert_junk(struct bench *b, struct str bytes)
{
        assert_int_equal(bench_read(b, bytes, 0), DD_EFORMAT);
        assert_says(b, "kết quả đọc tệp này không hợp lệ");
        assert_int_equal(bench_read(b, S("ok"), 0), DD_EINVAL);
}

static void
junk_short_head(void **state)
{
        assert_junk(*state, S("raw DDR1\x02"));
}

static void
junk_bad_magic(void **state)
{
        assert_junk(*state, S("raw DDR9\x02\0\0\0\x02\0\0\0{}"));
}

static void
junk_huge_length(void **state)
{
        assert_junk(*state, S("raw DDR1\x02\0\0\0\xff\xff\xff\xff{}"));
}

static void
junk_silence(void **state)
{
        assert_junk(*state, S("raw"));
}

static void
junk_json(void **state)
{
        assert_junk(*state, S("draft {\"tasks\": [[[["));
        assert_junk(*state, S("draft nonsense"));
        assert_junk(*state, S("draft \xff\xfe"));
        assert_junk(*state, S("draft []"));
}

static void
refusal_reaches_the_person(void **state)
{
        struct bench *b = *state;

        assert_int_equal(bench_read(b, S("ok"), 0), DD_EINVAL);
        assert_true(str_eq(b->c.err_text, S("well")));
}

static void
secret_is_denied_with_the_law(void **state)
{
        struct bench *b = *state;

        assert_int_equal(bench_read(b, S("secret TỐI MẬT"), 0), DD_EDENIED);
        assert_says(b, "\"TỐI MẬT\"");
        assert_says(b, "117/2025/QH15");
}

static void
secret_mark_can_not_carry_words_of_the_paper(void **state)
{
        assert_junk(*state, S("raw DDR1\x04\0\0\0\x0b\0\0\0tap tran X1 "));
}

static void
crash_is_told(void **state)
{
        struct bench *b = *state;

        assert_int_equal(bench_read(b, S("crash"), 0), DD_EFORMAT);
        assert_true(bench_signal(b) == SIGILL || bench_signal(b) == SIGTRAP);
        assert_says(b, "dừng giữa chừng");
}

static void
answer_of_a_child_that_then_crashed_does_not_count(void **state)
{
        struct bench *b = *state;

        assert_int_equal(bench_read(b, S("trap-after"), 0), DD_EFORMAT);
        assert_says(b, "dừng giữa chừng");
}

static void
exit_status_is_told(void **state)
{
        struct bench *b = *state;

        assert_int_equal(bench_read(b, S("exit"), 3), DD_EBUSY);
        assert_says(b, "trước khi đọc xong");
}

static void
flood_is_stopped(void **state)
{
        struct bench *b = *state;

        assert_int_equal(bench_read(b, S("flood flood flood flood flood flood flood flood flood"), 0), DD_ETOOBIG);
        assert_int_equal(b->outcome.end, RUN_FLOOD);
        assert_says(b, "8 MB");
        assert_int_equal(bench_read(b, S("ok"), 0), DD_EINVAL);
}

static void
wall_limit(void **state)
{
        struct worker_limits l = bench_limits();
        struct bench *b;

        (void)state;
        l.wall_ms = 1000;
        b = bench_new(odd_child, l);
        assert_int_equal(bench_read(b, S("late"), 8000), DD_EBUSY);
        assert_int_equal(b->outcome.end, RUN_TIMEOUT);
        assert_int_equal(b->outcome.status, SIGKILL); /* and the child is gone, not left behind */
        assert_says(b, "chưa đọc xong");
        assert_int_equal(bench_read(b, S("ok"), 0), DD_EINVAL);
        bench_free(b);
}

static void
child_that_closes_its_pipe_and_stays(void **state)
{
        struct worker_limits l = bench_limits();
        struct bench *b;

        (void)state;
        l.wall_ms = 200;
        b = bench_new(odd_child, l);
        assert_int_equal(bench_read(b, S("hang"), 0), DD_EBUSY);
        assert_int_equal(b->outcome.status, SIGKILL);
        bench_free(b);
}

struct caller {
        struct worker *w;
        const char *what;
        int year;
        enum dd_err got;
};

static void *
caller_main(void *arg)
{
        struct caller *me = arg;
        struct str bytes = str_of(me->what);
        struct dd_ctx c = { .arena = arena_new(0) };
        struct worker_job job = { .size = bytes.n, .year = me->year };
        struct draft d;

        me->got = worker_memfd(&c, bytes, &job.fd);
        if (me->got == DD_OK)
                me->got = worker_read(&c, me->w, &job, &d);
        dd_fd_close(&job.fd);
        arena_free(c.arena);
        return NULL;
}

static void
two_at_a_time_and_the_third_waits(void **state)
{
        struct worker_limits l = bench_limits();
        struct bench *b;
        struct caller callers[2];
        pthread_t threads[2];
        unsigned running = 0;

        (void)state;
        l.wait_ms = 100;
        b = bench_new(odd_child, l);
        for (size_t i = 0; i < 2; i++) {
                callers[i] = (struct caller){ .w = b->w, .what = "late", .year = 2500 };
                assert_int_equal(pthread_create(&threads[i], NULL, caller_main, &callers[i]), 0);
        }
        for (int64_t end = dd_clock_mono_ms() + 1000; running < 2 && dd_clock_mono_ms() < end;) {
                pthread_mutex_lock(&b->w->lock);
                running = b->w->running;
                pthread_mutex_unlock(&b->w->lock);
                usleep(1000);
        }
        assert_int_equal(running, 2);
        assert_int_equal(bench_read(b, S("ok"), 0), DD_EBUSY); /* both places taken, and it may wait 0.1 s only */
        assert_says(b, "đang bận");
        for (size_t i = 0; i < 2; i++) {
                pthread_join(threads[i], NULL);
                assert_int_equal(callers[i].got, DD_EINVAL);
        }
        assert_int_equal(bench_read(b, S("ok"), 0), DD_EINVAL);
        bench_free(b);
}

static void
many_callers_are_all_served(void **state)
{
        struct bench *b = *state;
        struct caller callers[8];
        pthread_t threads[8];

        for (size_t i = 0; i < ARRAY_LEN(callers); i++) {
                callers[i] = (struct caller){ .w = b->w, .what = i % 2 == 0 ? "late" : "secret MẬT", .year = 30 };
                assert_int_equal(pthread_create(&threads[i], NULL, caller_main, &callers[i]), 0);
        }
        for (size_t i = 0; i < ARRAY_LEN(callers); i++) {
                pthread_join(threads[i], NULL);
                assert_int_equal(callers[i].got, i % 2 == 0 ? DD_EINVAL : DD_EDENIED);
        }
        assert_int_equal(b->w->running, 0);
}

static void
no_descriptor_is_lost_in_fifty_jobs(void **state)
{
        static const char *const what[] = { "ok", "crash", "raw junk", "secret MẬT", "draft {" };
        size_t before = open_files();

        for (size_t i = 0; i < 50; i++)
                assert_int_not_equal(bench_read(*state, str_of(what[i % ARRAY_LEN(what)]), 0), DD_OK);
        assert_int_equal(open_files(), before);
}

static bool
restarted(struct bench *b, unsigned times)
{
        for (int i = 0; i < 600 && worker_restarts(b->w) < times; i++)
                usleep(5000);
        return worker_restarts(b->w) == times;
}

static void
dead_nursery_is_started_again(void **state)
{
        struct bench *b = *state;

        for (unsigned times = 1; times <= 3; times++) {
                kill(b->w->nursery, SIGKILL);
                assert_true(restarted(b, times));
                assert_true(worker_alive(b->w));
                assert_int_equal(bench_read(b, S("ok"), 0), DD_EINVAL);
        }
}

static void
paper_sent_to_a_dead_nursery_waits_for_the_next(void **state)
{
        struct bench *b = *state;

        kill(b->w->nursery, SIGKILL);
        assert_int_equal(bench_read(b, S("ok"), 0), DD_EINVAL);
}

static void
nursery_goes_on_without_its_keeper(void **state)
{
        struct bench *b = *state;

        kill(b->w->keeper, SIGKILL);
        for (int i = 0; i < 200 && !b->w->reaped; i++, usleep(5000))
                assert_true(worker_alive(b->w));
        assert_int_equal(bench_read(b, S("ok"), 0), DD_EINVAL);
}

static void
loss_of_both_is_noticed_and_answered(void **state)
{
        struct bench *b = *state;

        kill(b->w->keeper, SIGKILL);
        kill(b->w->nursery, SIGKILL);
        for (int i = 0; i < 200 && worker_alive(b->w); i++)
                usleep(5000);
        assert_false(worker_alive(b->w));
        for (int i = 0; i < 3; i++) {
                assert_int_equal(bench_read(b, S("ok"), 0), DD_EBUSY);
                assert_says(b, "khởi động lại");
        }
}

static void
nursery_killed_during_a_job(void **state)
{
        struct bench *b = *state;
        struct caller me = { .w = b->w, .what = "late", .year = 20000 };
        int64_t begin = dd_clock_mono_ms();
        pthread_t thread;

        assert_int_equal(pthread_create(&thread, NULL, caller_main, &me), 0);
        usleep(100000);
        kill(b->w->nursery, SIGKILL);
        pthread_join(thread, NULL);
        assert_int_equal(me.got, DD_EBUSY);
        assert_true(dd_clock_mono_ms() - begin < 15000); /* did not wait for a child that will never be reported */
}

static void
nursery_outlives_a_stop_signal_to_the_group(void **state)
{
        struct bench *b = *state;

        kill(b->w->nursery, SIGTERM);
        kill(b->w->nursery, SIGINT);
        kill(b->w->nursery, SIGHUP);
        usleep(20000);
        assert_int_equal(bench_read(b, S("ok"), 0), DD_EINVAL);
}

static void *
idle(void *arg)
{
        AUTO_FD fd = *(int *)arg;
        char ch;

        while (read(fd, &ch, 1) < 0 && errno == EINTR)
                ;
        return NULL;
}

static void
start_after_a_thread_is_refused(void **state)
{
        struct dd_ctx c = { 0 };
        struct worker *w;
        pthread_t thread;
        int fds[2];

        (void)state;
        if (WORKER_SANITIZED) {
                print_message("[  NOTE    ] skipped: sanitizers may have threads of their own\n");
                skip();
        }
        c.arena = arena_new(0);
        assert_int_equal(pipe(fds), 0);
        assert_int_equal(pthread_create(&thread, NULL, idle, &fds[0]), 0);
        assert_int_equal(worker_start(&c, &w), DD_EIO);
        assert_null(w);
        close(fds[1]);
        pthread_join(thread, NULL);
        arena_free(c.arena);
}

/* ---- the memory of an upload ------------------------------------------------------------------------------ */

static void
memfd_holds_the_bytes_sealed(void **state)
{
        struct bench *b = *state;
        AUTO_FD fd = -1;
        char back[8];

        assert_int_equal(worker_memfd(&b->c, S("abc"), &fd), DD_OK);
        assert_int_equal(pread(fd, back, sizeof back, 0), 3);
        assert_memory_equal(back, "abc", 3);
        assert_int_equal(pwrite(fd, "x", 1, 0), -1);
        assert_int_equal(errno, EPERM);
        assert_int_equal(ftruncate(fd, 0), -1);
        assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
}

static void
memfd_refuses_empty_and_too_big(void **state)
{
        struct bench *b = *state;
        int fd;

        assert_int_equal(worker_memfd(&b->c, S(""), &fd), DD_EINVAL);
        assert_int_equal(fd, -1);
        dd_ctx_clear_error(&b->c);
        /* refused by its length, before one byte is looked at */
        assert_int_equal(worker_memfd(&b->c, (struct str){ "x", WORKER_FILE_MAX + 1 }, &fd), DD_ETOOBIG);
        assert_int_equal(fd, -1);
        assert_says(b, "25 MB");
}

static void
job_beyond_the_bound_is_refused_unread(void **state)
{
        struct bench *b = *state;
        const struct worker_job job = { .fd = -1, .size = WORKER_FILE_MAX + 1 };
        struct draft d;

        assert_int_equal(worker_read(&b->c, b->w, &job, &d), DD_ETOOBIG);
}

static void
job_of_changeable_bytes_is_refused(void **state)
{
        struct bench *b = *state;
        AUTO_FD fd = memfd_create("open", MFD_CLOEXEC | MFD_ALLOW_SEALING);
        const struct worker_job job = { .fd = fd, .size = 2 };
        struct draft d;

        assert_int_equal(write(fd, "ok", 2), 2);
        assert_int_equal(worker_read(&b->c, b->w, &job, &d), DD_EIO);
}

static void
job_of_another_size_is_refused(void **state)
{
        struct bench *b = *state;
        struct worker_job job = { .size = 4096 };
        struct draft d;

        assert_int_equal(worker_memfd(&b->c, S("ok"), &job.fd), DD_OK);
        assert_int_equal(worker_read(&b->c, b->w, &job, &d), DD_EIO);
        dd_fd_close(&job.fd);
}

static void
stop_of_nothing(void **state)
{
        (void)state;
        worker_stop(NULL);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(junk_short_head, setup, teardown),
                cmocka_unit_test_setup_teardown(junk_bad_magic, setup, teardown),
                cmocka_unit_test_setup_teardown(junk_huge_length, setup, teardown),
                cmocka_unit_test_setup_teardown(junk_silence, setup, teardown),
                cmocka_unit_test_setup_teardown(junk_json, setup, teardown),
                cmocka_unit_test_setup_teardown(refusal_reaches_the_person, setup, teardown),
                cmocka_unit_test_setup_teardown(secret_is_denied_with_the_law, setup, teardown),
                cmocka_unit_test_setup_teardown(secret_mark_can_not_carry_words_of_the_paper, setup, teardown),
                cmocka_unit_test_setup_teardown(crash_is_told, setup, teardown),
                cmocka_unit_test_setup_teardown(answer_of_a_child_that_then_crashed_does_not_count, setup, teardown),
                cmocka_unit_test_setup_teardown(exit_status_is_told, setup, teardown),
                cmocka_unit_test_setup_teardown(flood_is_stopped, setup, teardown),
                cmocka_unit_test(wall_limit),
                cmocka_unit_test(child_that_closes_its_pipe_and_stays),
                cmocka_unit_test(two_at_a_time_and_the_third_waits),
                cmocka_unit_test_setup_teardown(many_callers_are_all_served, setup, teardown),
                cmocka_unit_test_setup_teardown(no_descriptor_is_lost_in_fifty_jobs, setup, teardown),
                cmocka_unit_test_setup_teardown(dead_nursery_is_started_again, setup, teardown),
                cmocka_unit_test_setup_teardown(paper_sent_to_a_dead_nursery_waits_for_the_next, setup, teardown),
                cmocka_unit_test_setup_teardown(nursery_goes_on_without_its_keeper, setup, teardown),
                cmocka_unit_test_setup_teardown(loss_of_both_is_noticed_and_answered, setup, teardown),
                cmocka_unit_test_setup_teardown(nursery_killed_during_a_job, setup, teardown),
                cmocka_unit_test_setup_teardown(nursery_outlives_a_stop_signal_to_the_group, setup, teardown),
                cmocka_unit_test(start_after_a_thread_is_refused),
                cmocka_unit_test_setup_teardown(memfd_holds_the_bytes_sealed, setup, teardown),
                cmocka_unit_test_setup_teardown(memfd_refuses_empty_and_too_big, setup, teardown),
                cmocka_unit_test_setup_teardown(job_beyond_the_bound_is_refused_unread, setup, teardown),
                cmocka_unit_test_setup_teardown(job_of_changeable_bytes_is_refused, setup, teardown),
                cmocka_unit_test_setup_teardown(job_of_another_size_is_refused, setup, teardown),
                cmocka_unit_test(stop_of_nothing),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
