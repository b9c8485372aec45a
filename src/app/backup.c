/* dondoc backup --out FILE.tar | FOLDER, while the server works or not: one snapshot, with a manifest that restore
 * compares. Papers and evidence stand in the database, so the snapshot holds them all. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "backup_priv.h"
#include "dd_check.h"
#include "dd_db.h"
#include "dd_json.h"
#include "dd_version.h"
#include "tar_priv.h"

#define ROOM_OVER ((uint64_t)16 << 20)

bool
backup_hash(int fd, uint8_t ret[32], uint64_t *ret_size)
{
        struct stat st;
        void *p;

        if (fstat(fd, &st) != 0 || st.st_size == 0)
                return false;
        p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
        if (p == MAP_FAILED)
                return false;
        (void)madvise(p, (size_t)st.st_size, MADV_SEQUENTIAL);
        dd_sha256(p, (size_t)st.st_size, ret);
        munmap(p, (size_t)st.st_size);
        *ret_size = (uint64_t)st.st_size;
        return true;
}

static void
key_hex(struct json_w *w, struct arena *a, const char *key, const uint8_t hash[32])
{
        json_kstr(w, key, dd_hex(a, hash, 32));
}

static void
manifest(struct dd_ctx *c, const uint8_t hash[32], uint64_t size, const struct dd_db_tables *tables, struct dd_buf *ret)
{
        struct json_w w;

        json_start(&w, ret);
        json_obj(&w);
        json_ki64(&w, "format", BACKUP_FORMAT);
        json_kstr(&w, "dondoc", S(DD_VERSION));
        json_ki64(&w, "made_at", c->now);
        json_kstr(&w, "file", S("dondoc.db"));
        json_ki64(&w, "size", (int64_t)size);
        key_hex(&w, c->arena, "sha256", hash);
        json_key(&w, "tables");
        json_arr(&w);
        for (size_t i = 0; i < tables->n; i++) {
                json_obj(&w);
                json_kstr(&w, "name", tables->v[i].name);
                json_ki64(&w, "rows", tables->v[i].rows);
                key_hex(&w, c->arena, "hash", tables->v[i].hash);
                json_end(&w);
        }
        json_end(&w);
        json_end(&w);
}

/* The copy stands beside the data for a moment: there must be room for it. */
static enum dd_err
check_room(struct dd_ctx *c, struct str where)
{
        struct statvfs fs;
        struct dd_db_stats s;

        dd_db_stats(c->db, &s);
        uint64_t need = s.file_bytes + s.wal_bytes + ROOM_OVER;
        if (statvfs(str_c(c->arena, where), &fs) != 0 || (uint64_t)fs.f_bavail * fs.f_frsize >= need)
                return DD_OK;
        return dd_fail(c, DD_EFULL,
                       "Bản sao cần tạm %llu MiB cạnh dữ liệu nhưng ổ đĩa chỉ còn %llu MiB. Chưa sao lưu gì; hãy giải "
                       "phóng chỗ trống rồi chạy lại.",
                       (unsigned long long)(need >> 20),
                       (unsigned long long)(((uint64_t)fs.f_bavail * fs.f_frsize) >> 20));
}

static enum dd_err
write_tar(struct dd_ctx *c, int out, int db, uint64_t size, struct str words)
{
        static const char end[2 * TAR_BLOCK], fill[TAR_BLOCK];
        char head[TAR_BLOCK];
        bool ok;

        tar_head(head, "manifest.json", words.n, c->now);
        ok = tar_write(out, head, sizeof head) && tar_write(out, words.p, words.n) &&
             tar_write(out, fill, (TAR_BLOCK - words.n % TAR_BLOCK) % TAR_BLOCK);
        tar_head(head, "dondoc.db", size, c->now);
        ok = ok && lseek(db, 0, SEEK_SET) == 0 && tar_write(out, head, sizeof head) && tar_copy_in(out, db, size) &&
             tar_write(out, end, sizeof end);
        return ok ? DD_OK
                  : dd_fail(c, errno == ENOSPC || errno == EDQUOT ? DD_EFULL : DD_EIO,
                            "Không ghi hết bản sao lưu: %s. Bản dở đã bỏ.", strerror(errno));
}

static enum dd_err
snapshot(struct cmd *k, struct str temp, struct dd_db_tables *tables, uint64_t *ret_size)
{
        struct dd_ctx *c = k->c;
        AUTO_BUF words = { 0 };
        uint8_t hash[32];

        TRY(check_room(c, k->where));
        TRY(dd_db_backup(c, temp));
        AUTO_FD db = open(str_c(c->arena, temp), O_RDONLY | O_CLOEXEC);
        enum dd_err err = dd_db_digest(c, temp, tables);
        unlink(str_c(c->arena, temp));
        TRY(err);
        if (db < 0 || !backup_hash(db, hash, ret_size))
                return dd_fail(c, DD_EIO, "Không đọc lại được bản sao: %s.", strerror(errno));
        manifest(c, hash, *ret_size, tables, &words);
        return write_tar(c, k->out_fd, db, *ret_size, buf_view(&words));
}

/* ---- PostgreSQL: its own program ---------------------------------------------------------------------------- */

static int
pg_dump(struct cmd *k, struct str where)
{
        extern char **environ;
        char *address = arena_alloc(k->arena, where.n + 1);
        char format[] = "-Fc", name[] = "pg_dump", option[] = "-d";
        char *words[] = { name, format, option, address, NULL };
        posix_spawn_file_actions_t files;
        pid_t pid;
        int status = -1;

        memcpy(address, where.p, where.n);
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_adddup2(&files, k->out_fd, STDOUT_FILENO);
        int rc = posix_spawnp(&pid, name, &files, NULL, words, environ);
        posix_spawn_file_actions_destroy(&files);
        if (rc != 0) {
                fprintf(k->err,
                        "dondoc: dữ liệu nằm ở PostgreSQL mà máy này không có pg_dump. Hãy cài gói postgresql-client, "
                        "hoặc sao lưu bằng công cụ của cụm (pgBackRest, barman).\n");
                return 1;
        }
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
                ;
        if (status != 0) {
                fprintf(k->err, "dondoc: pg_dump không sao lưu được; lời của nó ở trên.\n");
                return 1;
        }
        fprintf(k->out, "Đã sao lưu bằng pg_dump. Phục hồi: pg_restore -d CƠ-SỞ-DỮ-LIỆU-TRỐNG %.*s\n",
                FMT(k->out_name));
        return 0;
}

/* ---- the command -------------------------------------------------------------------------------------------- */

/* A folder gets a file named by the time. */
static struct str
file_in(struct cmd *k, struct str out, bool pg)
{
        struct stat st;
        struct tm t;
        time_t now = (time_t)dd_clock_now();

        if (stat(str_c(k->arena, out), &st) != 0 || !S_ISDIR(st.st_mode))
                return out;
        gmtime_r(&now, &t);
        return str_fmt(k->arena, "%.*s/dondoc-%04d%02d%02d-%02d%02d%02d.%s", FMT(out), t.tm_year + 1900, t.tm_mon + 1,
                       t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, pg ? "pgdump" : "tar");
}

int
cmd_backup(struct cmd *k)
{
        struct str where = cmd_where(k), out = arg_value(&k->a, "--out");
        struct dd_db_tables tables;
        uint64_t size = 0;
        uint32_t mark;

        if (!arg_end(&k->a, k->err))
                return 2;
        if (out.n == 0)
                out = k->conf.backup_dir;
        if (out.n == 0 && !k->inside) {
                fprintf(k->err, "Cách dùng: dondoc backup --out TỆP.tar|THƯ-MỤC [--data THƯ-MỤC]\n");
                return 2;
        }
        k->keep_old = true;
        if (!k->inside)
                out = file_in(k, out, env_is_pg(where));
        if (!cmd_out(k, out, 0600))
                return 1;
        if (env_is_pg(where) && !k->inside)
                return pg_dump(k, where);
        if (!cmd_data(k, where, false))
                return k->code;
        dd_random(&mark, sizeof mark);
        struct str temp = str_fmt(k->c->arena, "%.*s/backup-%08x.tmp", FMT(k->where), mark);
        enum dd_err err = snapshot(k, temp, &tables, &size);
        if (err != DD_OK)
                return cmd_fail(k, err);
        int64_t rows = 0;
        for (size_t i = 0; i < tables.n; i++)
                rows += tables.v[i].rows;
        fprintf(k->out, "Đã sao lưu %zu bảng, %lld dòng, %llu KiB.\n", tables.n, (long long)rows,
                (unsigned long long)(size >> 10));
        return 0;
}

/* ---- check -------------------------------------------------------------------------------------------------- */

int
cmd_check(struct cmd *k)
{
        struct str where = cmd_where(k);
        struct strs db;
        struct check_out *o = arena_alloc(k->arena, sizeof *o);

        if (!arg_end(&k->a, k->err))
                return 2;
        if (!cmd_data(k, where, false))
                return k->code;
        enum dd_err err = dd_db_check(k->c, &db);
        if (err == DD_OK)
                err = check_data(k->c, o);
        if (err != DD_OK)
                return cmd_fail(k, err);
        for (size_t i = 0; i < db.n; i++)
                fprintf(k->err, "  Cơ sở dữ liệu: %.*s\n", FMT(db.v[i]));
        for (int64_t i = 0; i < o->n_faults && i < CHECK_FAULTS; i++)
                fprintf(k->err, "  %.*s\n", FMT(o->faults[i]));
        fprintf(k->out, "Nhật ký: %lld dòng, mã băm cuối %.*s\n", (long long)o->audit_rows,
                FMT(dd_hex(k->c->arena, o->audit_head, 32)));
        fprintf(k->out, "Tệp: %lld, %lld KiB. Nhiệm vụ tính lại: %lld.\n", (long long)o->files,
                (long long)(o->file_bytes >> 10), (long long)o->tasks);
        if (db.n == 0 && o->n_faults == 0) {
                fprintf(k->out, "Dữ liệu nguyên vẹn.\n");
                return 0;
        }
        fprintf(k->err,
                "dondoc: tìm thấy %lld chỗ sai. Đừng sửa tay: giữ nguyên thư mục, phục hồi bản sao gần nhất sang chỗ "
                "khác (dondoc restore) và báo người hỗ trợ.\n",
                (long long)(o->n_faults + (int64_t)db.n));
        return 1;
}
