/* The worker pool: everything taken is run, a full queue says so. */
#include "dd_pool.h"

#include <pthread.h>
#include <stdatomic.h>

#include "http_testing.h"

static void
count(void *arg)
{
        atomic_fetch_add((atomic_int *)arg, 1);
}

static void
wait_for(void *arg)
{
        pthread_mutex_lock(arg);
        pthread_mutex_unlock(arg);
}

static void
all_that_was_taken_is_run(void **state)
{
        struct pool *p = pool_new(2, 1000);
        atomic_int n = 0;

        (void)state;
        for (int i = 0; i < 1000; i++)
                assert_int_equal(pool_submit(p, count, &n), DD_OK);
        pool_free(p);
        assert_int_equal(n, 1000);
}

static void
full_queue_is_busy(void **state)
{
        struct pool *p = pool_new(1, 2);
        pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
        atomic_int n = 0;

        (void)state;
        pthread_mutex_lock(&gate);
        assert_int_equal(pool_submit(p, wait_for, &gate), DD_OK);
        while (pool_waiting(p) != 0) /* until the thread holds it */
                sched_yield();
        assert_int_equal(pool_submit(p, count, &n), DD_OK);
        assert_int_equal(pool_submit(p, count, &n), DD_OK);
        assert_int_equal(pool_submit(p, count, &n), DD_EBUSY);
        assert_int_equal(pool_waiting(p), 2);
        pthread_mutex_unlock(&gate);
        pool_free(p);
        assert_int_equal(n, 2);
}

static void
no_pool_is_freed(void **state)
{
        (void)state;
        pool_free(NULL);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(all_that_was_taken_is_run),
                cmocka_unit_test(full_queue_is_busy),
                cmocka_unit_test(no_pool_is_freed),
        };

        return cmocka_run_group_tests_name("http pool", tests, NULL, NULL);
}
