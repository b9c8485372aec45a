/* dondoc restore FILE --data FOLDER: never over existing data. The file takes its name only when its hash and every
 * table are as the manifest says. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup_priv.h"
#include "dd_db.h"
#include "dd_json.h"
#include "tar_priv.h"

#define MANIFEST_MAX ((uint64_t)1 << 20)

static enum dd_err
broken(struct dd_ctx *c, const char *what)
{
        return dd_fail(c, DD_EFORMAT, "Tệp này không phải là bản sao lưu nguyên vẹn của Đôn Đốc: %s. Chưa phục hồi gì.",
                       what);
}

/* The folder is new or holds nothing of ours. */
static enum dd_err
target(struct dd_ctx *c, const char *folder)
{
        DIR *d;
        struct dirent *e;
        bool used = false;

        if (mkdir(folder, 0700) != 0 && errno != EEXIST)
                return dd_fail(c, DD_EIO, "Không tạo được thư mục %s: %s.", folder, strerror(errno));
        d = opendir(folder);
        if (d == NULL)
                return dd_fail(c, DD_EIO, "Không mở được thư mục %s: %s.", folder, strerror(errno));
        while ((e = readdir(d)) != NULL)
                used |= strncmp(e->d_name, "dondoc.", 7) == 0;
        closedir(d);
        return used ? dd_fail(c, DD_ECONFLICT,
                              "Thư mục %s đã có dữ liệu; restore không bao giờ ghi đè. Hãy dời thư mục ấy đi hoặc chọn "
                              "thư mục "
                              "khác.",
                              folder)
                    : DD_OK;
}

static enum dd_err
next(struct dd_ctx *c, int in, const char *name, struct tar_entry *ret)
{
        char head[TAR_BLOCK];

        if (!tar_read(in, head, sizeof head))
                return broken(c, "tệp bị cụt");
        if (!tar_parse(head, ret) || strcmp(ret->name, name) != 0)
                return broken(c, "thiếu hoặc sai mục bên trong");
        return DD_OK;
}

static enum dd_err
read_manifest(struct dd_ctx *c, int in, struct json *ret)
{
        struct tar_entry e;
        char fill[TAR_BLOCK];

        TRY(next(c, in, "manifest.json", &e));
        if (e.size == 0 || e.size > MANIFEST_MAX)
                return broken(c, "bảng kê sai");
        char *p = arena_alloc(c->arena, (size_t)e.size + 1);
        if (!tar_read(in, p, (size_t)e.size) || !tar_read(in, fill, (TAR_BLOCK - e.size % TAR_BLOCK) % TAR_BLOCK))
                return broken(c, "tệp bị cụt");
        if (json_parse(c->arena, (struct str){ p, (size_t)e.size }, MANIFEST_MAX, ret) != DD_OK)
                return broken(c, "bảng kê sai");
        if (json_get_i64(ret, "format", 0) != BACKUP_FORMAT)
                return broken(c, "dạng bản sao của phiên bản khác");
        return DD_OK;
}

static enum dd_err
same_tables(struct dd_ctx *c, const struct json *manifest, struct str file)
{
        const struct json *list = json_get(manifest, "tables");
        struct dd_db_tables t;
        size_t n = list == NULL || list->type != JSON_ARR ? 0 : list->n;

        if (dd_db_digest(c, file, &t) != DD_OK) {
                dd_ctx_clear_error(c);
                return broken(c, "cơ sở dữ liệu bên trong bị hỏng");
        }
        if (n != t.n)
                return broken(c, "số bảng không khớp");
        for (size_t i = 0; i < n; i++) {
                const struct json *row = &list->items[i];

                if (!str_eq(json_get_str(row, "name"), t.v[i].name) || json_get_i64(row, "rows", -1) != t.v[i].rows ||
                    !str_eq(json_get_str(row, "hash"), dd_hex(c->arena, t.v[i].hash, 32)))
                        return broken(c, str_fmt(c->arena, "bảng %.*s không khớp với bảng kê", FMT(t.v[i].name)).p);
        }
        return DD_OK;
}

static enum dd_err
take_database(struct dd_ctx *c, int in, const struct json *manifest, struct str temp)
{
        AUTO_FD fd = open(temp.p, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        struct tar_entry e;
        uint8_t hash[32];
        uint64_t size;

        if (fd < 0)
                return dd_fail(c, DD_EIO, "Không tạo được %s: %s.", temp.p, strerror(errno));
        TRY(next(c, in, "dondoc.db", &e));
        errno = 0;
        if (!tar_copy_out(fd, in, e.size))
                return errno == 0 ? broken(c, "tệp bị cụt")
                                  : dd_fail(c, DD_EFULL, "Không ghi được dữ liệu phục hồi: %s.", strerror(errno));
        if (!backup_hash(fd, hash, &size) || !str_eq(json_get_str(manifest, "sha256"), dd_hex(c->arena, hash, 32)))
                return broken(c, "mã băm của cơ sở dữ liệu không khớp");
        TRY(same_tables(c, manifest, temp));
        return fsync(fd) == 0 ? DD_OK : dd_fail(c, DD_EIO, "Không ghi chắc được dữ liệu: %s.", strerror(errno));
}

/* Root restores for the service: the file belongs to whom the folder belongs. */
static enum dd_err
settle(struct dd_ctx *c, const char *folder, struct str temp)
{
        AUTO_FD dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        struct stat st;
        struct str name = str_fmt(c->arena, "%s/dondoc.db", folder);

        if (dir < 0 || fstat(dir, &st) != 0 || (geteuid() == 0 && chown(temp.p, st.st_uid, st.st_gid) != 0) ||
            renameat2(AT_FDCWD, temp.p, AT_FDCWD, name.p, RENAME_NOREPLACE) != 0 || fsync(dir) != 0)
                return dd_fail(c, DD_EIO, "Không đặt được dữ liệu vào %s: %s.", folder, strerror(errno));
        return DD_OK;
}

static enum dd_err
restore(struct dd_ctx *c, int in, struct str where)
{
        const char *folder = str_c(c->arena, where);
        struct str temp = str_fmt(c->arena, "%s/restoring.tmp", folder);
        struct json manifest;
        enum dd_err err;

        TRY(read_manifest(c, in, &manifest));
        TRY(target(c, folder));
        unlink(temp.p); /* of a restore that was cut off */
        err = take_database(c, in, &manifest, temp);
        if (err == DD_OK)
                err = settle(c, folder, temp);
        if (err != DD_OK)
                unlink(temp.p);
        return err;
}

int
cmd_restore(struct cmd *k)
{
        struct str where = arg_value(&k->a, "--data"), path = arg_word(&k->a);
        struct dd_ctx c = { .arena = k->arena, .is_system = true, .now = dd_clock_now() };

        if (!arg_end(&k->a, k->err))
                return 2;
        if (path.n == 0 || where.n == 0) {
                fprintf(k->err, "Cách dùng: dondoc restore TỆP.tar --data THƯ-MỤC-MỚI\n"
                                "PostgreSQL: pg_restore -d CƠ-SỞ-DỮ-LIỆU-TRỐNG TỆP.pgdump\n");
                return 2;
        }
        if (!cmd_in(k, path))
                return 1;
        enum dd_err err = restore(&c, k->in_fd, where);
        if (err != DD_OK)
                return env_fail(k->err, &c, err);
        fprintf(k->out, "Đã phục hồi vào %.*s; mọi bảng khớp với bảng kê. Kiểm tra lại: dondoc check --data %.*s\n",
                FMT(where), FMT(where));
        return 0;
}
