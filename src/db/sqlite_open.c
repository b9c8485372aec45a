/* The data folder and how SQLite is set up: one owner, one writer that alone checkpoints, readers that cannot write.
 * Debian 12's SQLite damages files when two connections write or checkpoint at one instant (SECURITY section 0). */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "db_priv.h"

#define APPLICATION_ID 0x646f6e64 /* "dond" */
#define WAL_LIMIT      "67108864"

/* Their locks or shared memory cannot be trusted with a database (SECURITY section 1, "how to corrupt"). */
static const struct {
        long magic;
        const char *name;
} network_fs[] = {
        { 0x6969, "NFS" },      { 0xFF534D42, "CIFS" }, { 0xFE534D42, "SMB" },
        { 0x517B, "SMB" },      { 0x01021997, "9p" },   { 0x5346414F, "AFS" },
        { 0x00C36400, "Ceph" }, { 0x73757245, "Coda" }, { 0x0BD00BD0, "Lustre" },
};

static enum dd_err
check_file_system(struct dd_db *db, struct dd_ctx *c)
{
        struct statfs fs;

        if (statfs(db->where, &fs) != 0)
                return dd_fail(c, DD_EIO, "Không đọc được thư mục dữ liệu %s: %s.", db->where, strerror(errno));
        for (size_t i = 0; i < ARRAY_LEN(network_fs); i++)
                if ((uint32_t)fs.f_type == (uint32_t)network_fs[i].magic)
                        return dd_fail(
                            c, DD_EINVAL,
                            "Thư mục dữ liệu %s nằm trên ổ đĩa mạng (%s). Ổ đĩa mạng có thể làm hỏng dữ liệu; "
                            "hãy chuyển thư mục về ổ đĩa của chính máy chủ, hoặc dùng PostgreSQL.",
                            db->where, network_fs[i].name);
        return DD_OK;
}

static enum dd_err
take_lock(struct dd_db *db, struct dd_ctx *c)
{
        struct str name = str_fmt(c->arena, "%s/dondoc.lock", db->where);

        db->lock_fd = open(name.p, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (db->lock_fd < 0)
                return dd_fail(c, DD_EIO, "Không mở được tệp khóa %s: %s. Hãy kiểm tra quyền của thư mục.", name.p,
                               strerror(errno));
        if (flock(db->lock_fd, LOCK_EX | LOCK_NB) != 0)
                return dd_fail(
                    c, DD_EBUSY,
                    "Thư mục dữ liệu %s đang được một tiến trình dondoc khác sử dụng. Mỗi thư mục chỉ mở được "
                    "một lần: hãy dùng máy chủ đang chạy, hoặc dừng nó trước.",
                    db->where);
        return DD_OK;
}

bool
db_sync_folder(const char *path)
{
        AUTO_FD fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

        return fd >= 0 && fsync(fd) == 0;
}

/* SQLite syncs the folder of its files, nobody the one above: a power cut soon after the first start would take the new
 * data folder away with everything in it. */
static enum dd_err
make_folder(struct dd_db *db, struct dd_ctx *c)
{
        if (mkdir(db->where, 0700) != 0)
                return errno == EEXIST
                           ? DD_OK
                           : dd_fail(c, DD_EIO, "Không tạo được thư mục dữ liệu %s: %s.", db->where, strerror(errno));
        if (!db_sync_folder(str_fmt(c->arena, "%s/..", db->where).p))
                dd_log(DD_LOG_WARN, "db: the folder above the data folder was not synced: %s", strerror(errno));
        return DD_OK;
}

enum dd_err
db_sqlite_open(struct dd_db *db, struct dd_ctx *c)
{
        struct stat st;

        (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* nobody asks; each allocation would take a lock to count */
        sqlite3_initialize();
        TRY(make_folder(db, c));
        if (stat(db->where, &st) != 0 || !S_ISDIR(st.st_mode))
                return dd_fail(c, DD_EINVAL, "%s không phải là thư mục dữ liệu.", db->where);
        if ((st.st_mode & 077) != 0)
                dd_log(DD_LOG_WARN, "db: others may enter the data folder (mode %03o, should be 700)",
                       (unsigned)(st.st_mode & 0777));
        TRY(check_file_system(db, c));
        TRY(take_lock(db, c));
        if (asprintf(&db->file, "%s/dondoc.db", db->where) < 0)
                abort();
        AUTO_FD fd = open(db->file, O_RDWR | O_CREAT | O_CLOEXEC, 0600); /* SQLite's other files take this mode */
        if (fd < 0 && errno != EROFS && errno != EACCES)
                return dd_fail(c, DD_EIO, "Không mở được %s: %s.", db->file, strerror(errno));
        return DD_OK;
}

static int
on_wal(void *arg, sqlite3 *h, const char *name, int pages)
{
        (void)h;
        (void)name;
        ((struct dd_conn *)arg)->wal_pages = pages;
        return SQLITE_OK;
}

static bool
set(sqlite3 *h, const char *pragma)
{
        sqlite3_stmt *st = NULL;
        int rc = sqlite3_prepare_v2(h, pragma, -1, &st, NULL);

        while (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW)
                rc = SQLITE_OK;
        sqlite3_finalize(st);
        return rc == SQLITE_DONE;
}

static int64_t
get(sqlite3 *h, const char *pragma)
{
        sqlite3_stmt *st = NULL;
        int64_t v = -1;

        if (sqlite3_prepare_v2(h, pragma, -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
                v = sqlite3_column_int64(st, 0);
        sqlite3_finalize(st);
        return v;
}

static void
harden(sqlite3 *h)
{
        static const struct {
                int id, value;
        } limits[] = {
                { SQLITE_LIMIT_LENGTH, 64 << 20 },     { SQLITE_LIMIT_SQL_LENGTH, 1 << 20 },
                { SQLITE_LIMIT_COLUMN, 200 },          { SQLITE_LIMIT_EXPR_DEPTH, 200 },
                { SQLITE_LIMIT_COMPOUND_SELECT, 50 },  { SQLITE_LIMIT_FUNCTION_ARG, 32 },
                { SQLITE_LIMIT_ATTACHED, 0 },          { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000 },
                { SQLITE_LIMIT_VARIABLE_NUMBER, 100 }, { SQLITE_LIMIT_TRIGGER_DEPTH, 10 },
                { SQLITE_LIMIT_WORKER_THREADS, 0 },
        };

        sqlite3_db_config(h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        sqlite3_db_config(h, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
        sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
        sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
        sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
        sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
        for (size_t i = 0; i < ARRAY_LEN(limits); i++)
                sqlite3_limit(h, limits[i].id, limits[i].value);
}

/* Ours, or a new file that becomes ours. */
static bool
check_owner(sqlite3 *h, struct dd_ctx *c, const char *file)
{
        int64_t id = get(h, "PRAGMA application_id");

        if (id == 0 && get(h, "SELECT count(*) FROM sqlite_schema") == 0)
                return set(h, "PRAGMA application_id = 1685024356");
        if (id == APPLICATION_ID)
                return true;
        if (id >= 0)
                dd_fail(c, DD_EINVAL, "%s không phải là cơ sở dữ liệu của dondoc.", file);
        return false;
}

static bool
set_up(struct dd_conn *conn, bool writes, struct dd_ctx *c)
{
        static const char *const common[] = {
                "PRAGMA synchronous = FULL",   "PRAGMA foreign_keys = ON",   "PRAGMA cell_size_check = ON",
                "PRAGMA mmap_size = 0",        "PRAGMA temp_store = MEMORY", "PRAGMA wal_autocheckpoint = 0",
                "PRAGMA trusted_schema = OFF",
        };
        static const char *const writer[] = {
                "PRAGMA journal_mode = WAL",
                "PRAGMA secure_delete = ON",
                ("PRAGMA journal_size_limit = " WAL_LIMIT), /* in brackets: one text, no comma forgotten */
                "PRAGMA cache_size = -16384",
        };
        static const char *const reader[] = { "PRAGMA query_only = ON", "PRAGMA cache_size = -3072" };

        harden(conn->h);
        sqlite3_busy_timeout(conn->h, BUSY_MS);
        for (size_t i = 0; i < ARRAY_LEN(common); i++)
                if (!set(conn->h, common[i]))
                        return false;
        for (size_t i = 0; i < (writes ? ARRAY_LEN(writer) : ARRAY_LEN(reader)); i++)
                if (!set(conn->h, writes ? writer[i] : reader[i]))
                        return false;
        if (db_fts_register(conn->h) != SQLITE_OK)
                return false;
        if (!writes)
                return sqlite3_db_config(conn->h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL) == SQLITE_OK;
        sqlite3_wal_hook(conn->h, on_wal, conn);
        return check_owner(conn->h, c, conn->db->file);
}

struct dd_conn *
db_sqlite_connect(struct dd_db *db, bool writes, struct dd_ctx *c)
{
        struct dd_conn *conn = calloc(1, sizeof *conn);
        int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
        sqlite3 *h = NULL;

        if (conn == NULL) {
                db_fault(c, DD_EBUSY, "open", "out of memory");
                return NULL;
        }
        conn->db = db;
        conn->writes = writes;
        flags |= writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
        int rc = sqlite3_open_v2(db->file, &h, flags, NULL);
        conn->h = h;
        if (rc == SQLITE_OK && set_up(conn, writes, c) && db_control_ready(conn, c))
                return conn;
        if (c->err == DD_OK) {
                dd_log(DD_LOG_ERROR, "db: open: %s", h == NULL ? "no memory" : sqlite3_errmsg(h));
                dd_fail(c, DD_EIO,
                        "Không mở được cơ sở dữ liệu %s. Tệp có thể hỏng hoặc thiếu quyền đọc ghi; "
                        "nguyên nhân nằm trong nhật ký.",
                        db->file);
        }
        db_conn_free(conn);
        return NULL;
}
