/* The data folder, how SQLite is set up, copies, and what a kill leaves. */
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test_priv.h"

static enum dd_err
open_at(struct dd_ctx *c, const char *where)
{
        *c = (struct dd_ctx){ .arena = arena_new(0) };
        return dd_db_open(c, str_of(where), &c->db);
}

static void
shut(struct dd_ctx *c)
{
        dd_db_close(c->db);
        arena_free(c->arena);
}

static void
test_a_second_owner_of_the_folder_is_refused(void **state)
{
        struct dd_testdb *t = DB(state);
        struct dd_ctx c;

        assert_int_equal(open_at(&c, t->where), DD_EBUSY);
        assert_true(str_has(c.err_text, S("đang được một tiến trình dondoc khác sử dụng")));
        shut(&c);
        assert_int_equal(number(&t->c, COUNT_BOXES), 0);
}

static void
test_the_folder_opens_again_after_closing(void **state)
{
        struct dd_testdb *t = DB(state);

        dd_db_close(t->c.db);
        assert_int_equal(dd_db_open(&t->c, str_of(t->where), &t->c.db), DD_OK);
        assert_int_equal(number(&t->c, COUNT_BOXES), 0);
}

static void
test_folder_and_files_are_private(void **state)
{
        struct dd_testdb *t = DB(state);
        static const char *const names[] = { "", "/dondoc.db", "/dondoc.db-wal", "/dondoc.lock" };
        struct stat st;

        for (size_t i = 0; i < ARRAY_LEN(names); i++) {
                assert_int_equal(stat(str_fmt(t->c.arena, "%s%s", t->where, names[i]).p, &st), 0);
                assert_int_equal(st.st_mode & 077, 0);
        }
}

static void
test_a_file_is_not_a_folder(void **state)
{
        struct dd_testdb *t = DB(state);
        struct dd_ctx c;

        assert_int_equal(open_at(&c, str_fmt(t->c.arena, "%s/dondoc.db", t->where).p), DD_EINVAL);
        shut(&c);
}

static void
test_a_folder_in_nowhere_is_told(void **state)
{
        struct dd_testdb *t = DB(state);
        struct dd_ctx c;

        assert_int_equal(open_at(&c, str_fmt(t->c.arena, "%s/no/such", t->where).p), DD_EIO);
        assert_true(str_starts(c.err_text, S("Không tạo được thư mục dữ liệu")));
        shut(&c);
}

static void
test_a_database_of_another_program_is_refused(void **state)
{
        struct dd_testdb *t = DB(state);
        const char *dir = str_fmt(t->c.arena, "%s-other", t->where).p;
        const char *file = str_fmt(t->c.arena, "%s/dondoc.db", dir).p;
        sqlite3 *h = NULL;
        struct dd_ctx c;

        assert_int_equal(mkdir(dir, 0700), 0);
        assert_int_equal(sqlite3_open(file, &h), SQLITE_OK);
        assert_int_equal(sqlite3_exec(h, "CREATE TABLE recipe (id)", NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(h);
        assert_int_equal(open_at(&c, dir), DD_EINVAL);
        assert_true(str_has(c.err_text, S("không phải là cơ sở dữ liệu của dondoc")));
        shut(&c);
        unlink(file);
        unlink(str_fmt(t->c.arena, "%s-wal", file).p);
        unlink(str_fmt(t->c.arena, "%s-shm", file).p);
        unlink(str_fmt(t->c.arena, "%s/dondoc.lock", dir).p);
        assert_int_equal(rmdir(dir), 0);
}

static void
test_a_file_of_rubbish_is_refused(void **state)
{
        struct dd_testdb *t = DB(state);
        const char *file = str_fmt(t->c.arena, "%s/dondoc.db", t->where).p;
        struct dd_ctx c;

        dd_db_close(t->c.db);
        t->c.db = NULL;
        FILE *f = fopen(file, "wb");
        for (int i = 0; i < 5000; i++)
                fputc('?', f);
        fclose(f);
        assert_int_equal(open_at(&c, t->where), DD_EIO);
        assert_true(str_has(c.err_text, S("Không mở được cơ sở dữ liệu")));
        shut(&c);
}

static void
test_readers_are_set_up_safely(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(number(&t->c, SQL("PRAGMA synchronous")), 2);
        assert_int_equal(number(&t->c, SQL("PRAGMA foreign_keys")), 1);
        assert_int_equal(number(&t->c, SQL("PRAGMA trusted_schema")), 0);
        assert_int_equal(number(&t->c, SQL("PRAGMA query_only")), 1);
        assert_int_equal(number(&t->c, SQL("PRAGMA cell_size_check")), 1);
        assert_int_equal(number(&t->c, SQL("PRAGMA wal_autocheckpoint")), 0);
        assert_int_equal(number(&t->c, SQL("SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'")), 1);
}

static enum dd_err
look_at_writer(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };
        int64_t *v = arg;

        TRY(dd_tx_begin(&tx, c));
        v[0] = number_in(&tx, SQL("PRAGMA synchronous"));
        v[1] = number_in(&tx, SQL("PRAGMA foreign_keys"));
        v[2] = number_in(&tx, SQL("PRAGMA secure_delete"));
        v[3] = number_in(&tx, SQL("PRAGMA wal_autocheckpoint"));
        return DD_OK;
}

static void
test_the_writer_is_set_up_safely(void **state)
{
        struct dd_testdb *t = DB(state);
        int64_t v[4] = { 0 };

        assert_int_equal(dd_write(&t->c, look_at_writer, v), DD_OK);
        assert_int_equal(v[0], 2);
        assert_int_equal(v[1], 1);
        assert_int_equal(v[2], 1);
        assert_int_equal(v[3], 0);
}

static void
test_a_double_quoted_word_is_no_string(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_equal(number(&t->c, SQL("SELECT \"no such column\"")), -1);
}

static enum dd_err
damage_index(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        (void)arg;
        TRY(dd_tx_begin(&tx, c));
        TRY(run_sql(&tx, SQL("CREATE VIRTUAL TABLE f USING fts5(x, tokenize = 'vi')")));
        return run_sql(&tx, SQL("DELETE FROM f_data"));
}

static void
test_tables_behind_the_index_cannot_be_written(void **state)
{
        struct dd_testdb *t = DB(state);

        assert_int_not_equal(dd_write(&t->c, damage_index, NULL), DD_OK);
}

static enum dd_err
add_many_pages(struct dd_ctx *c, void *arg)
{
        AUTO_TX tx = { 0 };

        (void)arg;
        TRY(dd_tx_begin(&tx, c));
        TRY(run_sql(&tx, SQL("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) "
                             "INSERT INTO box (id, code) SELECT i, hex(randomblob(2000)) FROM n")));
        return dd_tx_commit(&tx);
}

static void
test_the_writer_checkpoints_a_long_wal(void **state)
{
        struct dd_testdb *t = DB(state);
        struct dd_db_stats s = { 0 };

        assert_int_equal(dd_write(&t->c, add_many_pages, NULL), DD_OK);
        for (int i = 0; i < 200 && s.checkpoints == 0; i++) {
                dd_db_stats(t->c.db, &s);
                usleep(10000);
        }
        assert_true(s.checkpoints > 0);
}

static void
test_a_copy_holds_the_rows(void **state)
{
        struct dd_testdb *t = DB(state);
        const char *file = str_fmt(t->c.arena, "%s/copy.db", t->where).p;
        sqlite3 *h = NULL;
        sqlite3_stmt *st = NULL;
        int64_t one = 1;

        assert_int_equal(dd_write(&t->c, add_box, &one), DD_OK);
        assert_int_equal(dd_db_backup(&t->c, str_of(file)), DD_OK);
        assert_int_equal(sqlite3_open(file, &h), SQLITE_OK);
        assert_int_equal(sqlite3_prepare_v2(h, "SELECT count(*) FROM box", -1, &st, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(st), SQLITE_ROW);
        assert_int_equal(sqlite3_column_int(st, 0), 1);
        sqlite3_finalize(st);
        sqlite3_close(h);
}

static void
test_a_copy_never_overwrites(void **state)
{
        struct dd_testdb *t = DB(state);
        struct str file = str_fmt(t->c.arena, "%s/copy.db", t->where);

        assert_int_equal(dd_db_backup(&t->c, file), DD_OK);
        assert_int_equal(dd_db_backup(&t->c, file), DD_EIO);
}

/* The child writes and says each number once it was told "stored"; then it is killed in the middle. */
static void
write_and_tell(const char *where, int to)
{
        struct dd_ctx c;

        if (open_at(&c, where) != DD_OK)
                _exit(1);
        for (int64_t id = 1;; id++)
                if (dd_write(&c, add_box, &id) != DD_OK || write(to, &id, sizeof id) != sizeof id)
                        _exit(1);
}

static void
test_what_was_told_stored_survives_a_kill(void **state)
{
        struct dd_testdb *t = DB(state);
        int64_t id = 0, last = 0;
        int fds[2];

        dd_db_close(t->c.db);
        t->c.db = NULL;
        assert_int_equal(pipe(fds), 0);
        pid_t child = fork();
        if (child == 0)
                write_and_tell(t->where, fds[1]);
        close(fds[1]);
        while (last < 40 && read(fds[0], &id, sizeof id) == sizeof id)
                last = id;
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        while (read(fds[0], &id, sizeof id) == sizeof id)
                last = id;
        close(fds[0]);
        assert_int_equal(dd_db_open(&t->c, str_of(t->where), &t->c.db), DD_OK);
        assert_true(last >= 40);
        assert_true(number(&t->c, SQL("SELECT max(id) FROM box")) >= last);
        assert_int_equal(number(&t->c, SQL("SELECT count(*) - max(id) FROM box")), 0);
}

int
main(void)
{
        const struct CMUnitTest tests[] = {
                SQLITE(test_a_second_owner_of_the_folder_is_refused),
                SQLITE(test_the_folder_opens_again_after_closing),
                SQLITE(test_folder_and_files_are_private),
                SQLITE(test_a_file_is_not_a_folder),
                SQLITE(test_a_folder_in_nowhere_is_told),
                SQLITE(test_a_database_of_another_program_is_refused),
                SQLITE(test_a_file_of_rubbish_is_refused),
                SQLITE(test_readers_are_set_up_safely),
                SQLITE(test_the_writer_is_set_up_safely),
                SQLITE(test_a_double_quoted_word_is_no_string),
                SQLITE(test_tables_behind_the_index_cannot_be_written),
                SQLITE(test_the_writer_checkpoints_a_long_wal),
                SQLITE(test_a_copy_holds_the_rows),
                SQLITE(test_a_copy_never_overwrites),
                SQLITE(test_what_was_told_stored_survives_a_kill),
        };

        return cmocka_run_group_tests_name("db/sqlite", tests, NULL, NULL);
}
