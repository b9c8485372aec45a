/* A copy of the database while work goes on: SQLite's own backup of one snapshot, never a copy of the file. */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "db_priv.h"

/* To disk, with the folder's entry: a backup that a power cut takes away is none. */
static enum dd_err
copy(struct dd_conn *conn, struct dd_ctx *c, const char *path)
{
        sqlite3 *to = NULL;
        int rc = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL);
        sqlite3_backup *b = rc == SQLITE_OK ? sqlite3_backup_init(to, "main", conn->h, "main") : NULL;

        if (b != NULL) {
                sqlite3_backup_step(b, -1);
                rc = sqlite3_backup_finish(b);
        } else if (rc == SQLITE_OK) {
                rc = sqlite3_errcode(to);
        }
        if (rc != SQLITE_OK)
                dd_log(DD_LOG_ERROR, "db: backup: %s", to == NULL ? "no memory" : sqlite3_errmsg(to));
        sqlite3_close(to);
        if (rc == SQLITE_OK)
                return DD_OK;
        return dd_fail(c, (rc & 0xff) == SQLITE_FULL ? DD_EFULL : DD_EIO,
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
        AUTO_TX tx = { 0 };
        const char *p = str_c(c->arena, path);

        if (c->db->engine != &db_sqlite)
                return dd_fail(c, DD_EINVAL, "Dữ liệu nằm ở PostgreSQL: hãy sao lưu bằng pg_dump hoặc pgBackRest.");
        AUTO_FD fd = open(p, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd < 0)
                return dd_fail(c, DD_EIO, "Không tạo được tệp sao lưu %s: %s.", p, strerror(errno));
        TRY(dd_tx_read(&tx, c));
        enum dd_err err = copy(tx.conn, c, p);
        if (err == DD_OK && (fsync(fd) != 0 || !db_sync_folder(folder_of(c, path))))
                err = dd_fail(c, DD_EIO, "Không ghi chắc được tệp sao lưu %s: %s.", p, strerror(errno));
        if (err != DD_OK)
                unlink(p);
        return err;
}
