/* The WAL while readers hold snapshots in turn, so that there is always one. */
#include <sys/stat.h>
#include <time.h>

#include "db_priv.h"
#include "test_priv.h"

#define MIB       ((uint64_t)1 << 20)
#define WAL_BOUND (64 * MIB)
#define PIECE     (512 << 10)

struct reader {
        pthread_t thread;
        struct dd_ctx c;
        const bool *stop;
        long hold_ms, start_ms;
        int rounds, failed;
};

static void
sleep_ms(long ms)
{
        nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

static bool
is_set(const bool *flag)
{
        return __atomic_load_n(flag, __ATOMIC_ACQUIRE);
}

static void *
hold_snapshots(void *arg)
{
        struct reader *r = arg;

        sleep_ms(r->start_ms);
        while (!is_set(r->stop)) {
                AUTO_TX tx = { 0 };
                AUTO_STMT st = { 0 };
                bool row = false;

                arena_reset(r->c.arena);
                if (dd_tx_read(&tx, &r->c) != DD_OK ||
                    dd_stmt_open(&st, &tx, SQL("SELECT count(*) FROM box")) != DD_OK ||
                    dd_stmt_step(&st, &row) != DD_OK)
                        r->failed++;
                dd_stmt_close(&st);
                sleep_ms(r->hold_ms);
                r->rounds++;
        }
        return NULL;
}

static enum dd_err
add_piece(struct dd_ctx *c, void *arg)
{
        const size_t *n = arg;
        AUTO_TX tx = { 0 };
        AUTO_STMT st = { 0 };
        char *p = arena_alloc(c->arena, *n);

        dd_random(p, 16);
        for (size_t i = 0; i < *n; i++)
                p[i] = (char)('a' + (p[i % 16] & 15));
        TRY(dd_tx_begin(&tx, c));
        TRY(dd_stmt_open(&st, &tx, SQL_IN("INSERT INTO box (code) VALUES ($1)", P_STR)));
        dd_bind_str(&st, 0, (struct str){ p, *n });
        TRY(dd_stmt_done(&st));
        dd_stmt_close(&st);
        return dd_tx_commit(&tx);
}

static uint64_t
wal_now(struct dd_db *db)
{
        struct dd_db_stats s;

        dd_db_stats(db, &s);
        return s.wal_bytes;
}

/* Writes one more piece; how long the WAL is then. */
static uint64_t
wal_after_piece(struct dd_testdb *t, size_t *piece)
{
        struct dd_ctx c;

        dd_testdb_ctx(t, &c);
        assert_int_equal(dd_write(&c, add_piece, piece), DD_OK);
        arena_free(c.arena);
        return wal_now(t->c.db);
}

/* Writes `total` bytes under two readers; the longest the WAL ever was. */
static uint64_t
longest_wal(struct dd_testdb *t, long hold_ms, uint64_t total)
{
        struct reader r[2];
        uint64_t longest = 0;
        size_t piece = PIECE;
        bool stop = false;

        for (int i = 0; i < 2; i++) {
                r[i] = (struct reader){ .stop = &stop, .hold_ms = hold_ms, .start_ms = i * hold_ms / 2 };
                dd_testdb_ctx(t, &r[i].c);
                assert_int_equal(pthread_create(&r[i].thread, NULL, hold_snapshots, &r[i]), 0);
        }
        for (uint64_t done = 0; done < total; done += piece) {
                uint64_t now = wal_after_piece(t, &piece);

                longest = now > longest ? now : longest;
        }
        __atomic_store_n(&stop, true, __ATOMIC_RELEASE);
        for (int i = 0; i < 2; i++) {
                pthread_join(r[i].thread, NULL);
                assert_int_equal(r[i].failed, 0);
                assert_true(r[i].rounds > 0);
                arena_free(r[i].c.arena);
        }
        print_message("longest WAL %llu KiB\n", (unsigned long long)longest >> 10);
        return longest;
}

static void
test_readers_that_overlap_all_the_time_do_not_let_the_wal_grow(void **state)
{
        struct dd_testdb *t = DB(state);
        uint64_t longest = longest_wal(t, 60, 80 * MIB);

        assert_true(longest > MIB); /* else nothing was measured */
        assert_true(longest < WAL_BOUND);
}

static void
test_readers_that_stay_long_are_waited_for(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_true(longest_wal(t, 800, 64 * MIB) < WAL_BOUND);
}

struct told {
        pthread_mutex_t lock;
        pthread_cond_t cond;
        int n, failed;
        uint64_t longest;
        struct dd_db *db;
};

static void
on_done(void *arg, enum dd_err err)
{
        struct told *t = arg;
        uint64_t now = wal_now(t->db);

        pthread_mutex_lock(&t->lock);
        t->n++;
        t->failed += err != DD_OK;
        t->longest = now > t->longest ? now : t->longest;
        pthread_cond_signal(&t->cond);
        pthread_mutex_unlock(&t->lock);
}

static void
test_fifty_large_actions_in_the_queue_are_no_large_group(void **state)
{
        struct dd_testdb *t = DB(state);
        struct told told = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0, 0, t->c.db };
        size_t piece = 4 * MIB;
        struct dd_ctx c[50];

        for (int i = 0; i < 50; i++) {
                dd_testdb_ctx(t, &c[i]);
                dd_write_async(t->c.db, &c[i], add_piece, &piece, on_done, &told);
        }
        pthread_mutex_lock(&told.lock);
        while (told.n < 50)
                pthread_cond_wait(&told.cond, &told.lock);
        pthread_mutex_unlock(&told.lock);
        assert_int_equal(told.failed, 0);
        assert_true(told.longest < WAL_BOUND);
        assert_int_equal(number(&t->c, SQL("SELECT count(*) FROM box")), 50);
        for (int i = 0; i < 50; i++)
                arena_free(c[i].arena);
}

struct saver {
        struct dd_ctx c;
        struct str path;
        bool done;
        enum dd_err err;
};

static void *
save(void *arg)
{
        struct saver *s = arg;

        s->err = dd_db_backup(&s->c, s->path);
        __atomic_store_n(&s->done, true, __ATOMIC_RELEASE);
        return NULL;
}

static void
test_a_backup_holds_no_old_snapshot(void **state)
{
        struct dd_testdb *t = DB(state);
        struct saver s = { .path = str_fmt(t->c.arena, "%s/copy.db", t->where) };
        struct dd_db_tables tables;
        uint64_t longest = 0;
        size_t piece = PIECE;
        int64_t before = 96, more = 0, rows = -1;
        pthread_t thread;

        for (int64_t i = 0; i < before; i++)
                assert_int_equal(dd_write(&t->c, add_piece, &piece), DD_OK);
        dd_testdb_ctx(t, &s.c);
        assert_int_equal(pthread_create(&thread, NULL, save, &s), 0);
        for (; !is_set(&s.done); more++) {
                uint64_t now = wal_after_piece(t, &piece);

                longest = now > longest ? now : longest;
        }
        pthread_join(thread, NULL);
        assert_int_equal(s.err, DD_OK);
        assert_true(more < 500);         /* it comes to an end, however fast is written */
        assert_true(more > 10);          /* else nothing was measured */
        assert_true(longest < 16 * MIB); /* all that was written meanwhile would be 24 MiB and more */
        assert_int_equal(dd_db_digest(&s.c, s.path, &tables), DD_OK);
        for (size_t i = 0; i < tables.n; i++)
                if (str_eq(tables.v[i].name, S("box")))
                        rows = tables.v[i].rows;
        print_message("%lld rows before, %lld written meanwhile, %lld in the copy, longest WAL %llu KiB\n",
                      (long long)before, (long long)more, (long long)rows, (unsigned long long)longest >> 10);
        assert_true(rows >= before && rows <= before + more);
        arena_free(s.c.arena);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                SQLITE(test_readers_that_overlap_all_the_time_do_not_let_the_wal_grow),
                SQLITE(test_readers_that_stay_long_are_waited_for),
                SQLITE(test_fifty_large_actions_in_the_queue_are_no_large_group),
                SQLITE(test_a_backup_holds_no_old_snapshot),
        };

        return cmocka_run_group_tests_name("wal", tests, NULL, NULL);
}
