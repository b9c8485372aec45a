/* A copy of the database while work goes on: SQLite's own backup, never a copy of the file. The writer makes it between
 * two groups, a slice at a time: what it changes meanwhile goes into the copy as well, and no old snapshot keeps the
 * WAL from being moved. The copy is the database as it is when the last slice is done. */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "db_priv.h"

#define SLICE 256 /* pages at a time: 1 MiB, then it is the actions' turn */

/* Not to be synced page by page: the copy is worth nothing before its end, and is synced then, by who asked for it. */
static sqlite3 *
target_open(const char *path, int *ret)
{
        sqlite3 *to = NULL;

        *ret = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL);
        if (*ret == SQLITE_OK)
                *ret = sqlite3_exec(to, "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF", NULL, NULL, NULL);
        return to;
}

bool
db_copy_step(struct dd_conn *conn, struct db_copy *cp)
{
        if (cp->from == NULL) {
                cp->from = sqlite3_backup_init(cp->to, "main", conn->h, "main");
                cp->rc = cp->from == NULL ? sqlite3_errcode(cp->to) : SQLITE_OK;
                return cp->from == NULL;
        }
        int pages = db_group_pages(conn), grown = cp->pages > 0 && pages > cp->pages ? pages - cp->pages : 0;
        int rc = sqlite3_backup_step(cp->from, SLICE + 2 * grown); /* or it would never reach an end that runs away */

        cp->pages = pages;
        if (rc == SQLITE_OK)
                return false;
        cp->rc = sqlite3_backup_finish(cp->from);
        cp->from = NULL;
        if (rc != SQLITE_DONE && cp->rc == SQLITE_OK)
                cp->rc = rc; /* locked: no fault of the copy's, but it is not whole */
        return true;
}

void
db_copy_drop(struct db_copy *cp)
{
        if (cp->from != NULL)
                sqlite3_backup_finish(cp->from);
        cp->from = NULL;
        cp->rc = SQLITE_ABORT;
}

static enum dd_err
copy(struct dd_ctx *c, const char *path)
{
        struct db_copy cp = { .rc = SQLITE_OK };

        cp.to = target_open(path, &cp.rc);
        if (cp.rc == SQLITE_OK)
                db_writer_copy(c->db, &cp);
        if (cp.rc != SQLITE_OK)
                dd_log(DD_LOG_ERROR, "db: backup: %s", cp.to == NULL ? "no memory" : sqlite3_errstr(cp.rc));
        sqlite3_close(cp.to);
        if (cp.rc == SQLITE_OK)
                return DD_OK;
        return dd_fail(c, (cp.rc & 0xff) == SQLITE_FULL ? DD_EFULL : DD_EIO,
                       "Không sao lưu được vào %s. Hãy kiểm tra chỗ trống và quyền ghi của thư mục đích.", path);
}

static const char *
folder_of(struct dd_ctx *c, struct str path)
{
        size_t n = path.n;

        while (n > 0 && path.p[n - 1] != '/')
                n--;
        return n == 0 ? "." : str_c(c->arena, str_sub(path, 0, n));
}

enum dd_err
dd_db_backup(struct dd_ctx *c, struct str path)
{
        const char *p = str_c(c->arena, path);

        if (c->db->engine != &db_sqlite)
                return dd_fail(c, DD_EINVAL, "Dữ liệu nằm ở PostgreSQL: hãy sao lưu bằng pg_dump hoặc pgBackRest.");
        AUTO_FD fd = open(p, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd < 0)
                return dd_fail(c, DD_EIO, "Không tạo được tệp sao lưu %s: %s.", p, strerror(errno));
        enum dd_err err = copy(c, p);
        if (err == DD_OK && (fsync(fd) != 0 || !db_sync_folder(folder_of(c, path))))
                err = dd_fail(c, DD_EIO, "Không ghi chắc được tệp sao lưu %s: %s.", p, strerror(errno));
        if (err != DD_OK)
                unlink(p);
        return err;
}
