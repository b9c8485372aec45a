/* One command: the person's files, and where its data are opened. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "env_priv.h"

#define FILE_MAX   ((size_t)26 << 20)
#define CONFIG_MAX 65536

static bool
no_file(struct cmd *k, const char *what, struct str path)
{
        fprintf(k->err, "dondoc: %s %.*s: %s.\n", what, FMT(path), strerror(errno));
        return false;
}

/* The configuration may hold no secret, but its place may be closed to others: who names the data needs no file. */
static bool
read_config(struct cmd *k, const char *path, bool must)
{
        struct dd_ctx c = { .arena = k->arena };
        AUTO_FD fd = open(path, O_RDONLY | O_CLOEXEC);
        char *text = arena_alloc(k->arena, CONFIG_MAX + 1);
        ssize_t n = fd < 0 ? -1 : read(fd, text, CONFIG_MAX + 1);

        if (n < 0)
                return !must && (errno == ENOENT || errno == EACCES || errno == ENOTDIR)
                           ? true
                           : no_file(k, "Không đọc được tệp cấu hình", str_of(path));
        if (n <= CONFIG_MAX && config_read(&c, str_of(path), (struct str){ text, (size_t)n }, &k->conf) == DD_OK)
                return true;
        if (n > CONFIG_MAX)
                (void)dd_fail(&c, DD_ETOOBIG, "%s lớn quá 64 KiB.", path);
        (void)env_fail(k->err, &c, DD_EINVAL);
        return false;
}

bool
cmd_config(struct cmd *k)
{
        struct str asked = arg_value(&k->a, "--config");
        const char *env = getenv("DONDOC_CONFIG");

        if (k->inside)
                return true; /* the server's, already there */
        config_defaults(&k->conf);
        if (asked.p != NULL)
                return read_config(k, str_c(k->arena, asked), true);
        if (env != NULL && env[0] != '\0')
                return read_config(k, env, true);
        return read_config(k, CONFIG_FILE, false);
}

struct str
cmd_where(struct cmd *k)
{
        struct str db = arg_value(&k->a, "--db"), data = arg_value(&k->a, "--data");
        const char *env = getenv("DONDOC_DATA");

        if (db.p != NULL)
                return db;
        if (data.p != NULL)
                return data;
        return env != NULL && env[0] != '\0' ? str_of(env) : k->conf.data;
}

static void
path_c(char *ret, size_t n, struct str path)
{
        snprintf(ret, n, "%.*s", FMT(path));
}

bool
cmd_in(struct cmd *k, struct str path)
{
        char name[4096];
        struct stat st;

        if (k->inside)
                return k->in_fd >= 0;
        path_c(name, sizeof name, path);
        k->in_fd = open(name, O_RDONLY | O_CLOEXEC);
        if (k->in_fd < 0 || fstat(k->in_fd, &st) != 0)
                return no_file(k, "Không mở được tệp", path);
        if (S_ISREG(st.st_mode))
                return true;
        fprintf(k->err, "dondoc: %.*s không phải là tệp.\n", FMT(path));
        return false;
}

/* Its name until it is whole: in the same folder, so that it can be renamed. */
static void
temp_name(const struct cmd *k, char *ret, size_t n)
{
        const char *slash = k->out_name.n > 0 ? memrchr(k->out_name.p, '/', k->out_name.n) : NULL;
        int folder = slash == NULL ? 0 : (int)(slash - k->out_name.p) + 1;

        snprintf(ret, n, "%.*s%s", folder, k->out_name.p, k->out_temp);
}

bool
cmd_out(struct cmd *k, struct str path, unsigned mode)
{
        char name[4096 + 64];
        uint32_t mark;

        if (k->inside)
                return k->out_fd >= 0;
        path_c(name, sizeof name, path);
        if (k->keep_old && access(name, F_OK) == 0) {
                errno = EEXIST;
                return no_file(k, "Không ghi đè lên", path);
        }
        dd_random(&mark, sizeof mark);
        snprintf(k->out_temp, sizeof k->out_temp, ".dondoc-%08x.tmp", mark);
        k->out_name = path;
        temp_name(k, name, sizeof name);
        k->out_fd = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        return k->out_fd >= 0 || no_file(k, "Không ghi được tệp", path);
}

bool
cmd_data(struct cmd *k, struct str where, bool with_worker)
{
        k->where = where;
        if (k->inside)
                return true;
        if (!env_is_pg(where) && link_call(k, where, &k->code))
                return false;
        k->code = 1;
        if (!env_open(&k->own, &k->conf, where, with_worker))
                return false;
        k->c = &k->own.c;
        k->worker = k->own.worker;
        return true;
}

int
cmd_fail(struct cmd *k, enum dd_err err)
{
        return env_fail(k->err, k->c, err);
}

/* The finished file takes its name at once or not at all. */
static bool
name_result(struct cmd *k)
{
        char temp[4096 + 64], name[4096];

        temp_name(k, temp, sizeof temp);
        path_c(name, sizeof name, k->out_name);
        if (fsync(k->out_fd) == 0 && renameat2(AT_FDCWD, temp, AT_FDCWD, name, k->keep_old ? RENAME_NOREPLACE : 0) == 0)
                return true;
        return no_file(k, "Không ghi được tệp", k->out_name);
}

/* Root at the service's folder: what it made there belongs to the service, or that could not open it any more. */
static void
give_to_owner(const char *folder)
{
        static const char *const files[] = { "dondoc.db", "dondoc.db-wal", "dondoc.db-shm", "dondoc.lock" };
        AUTO_FD dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        struct stat st, one;

        if (geteuid() != 0 || dir < 0 || fstat(dir, &st) != 0 || st.st_uid == 0)
                return;
        for (size_t i = 0; i < ARRAY_LEN(files); i++) {
                AUTO_FD fd = openat(dir, files[i], O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);

                if (fd >= 0 && fstat(fd, &one) == 0 && S_ISREG(one.st_mode) && one.st_nlink == 1 && one.st_uid == 0 &&
                    fchown(fd, st.st_uid, st.st_gid) != 0)
                        dd_log(DD_LOG_WARN, "cli: %s stays with root", files[i]);
        }
}

int
cmd_end(struct cmd *k, int code)
{
        char temp[4096 + 64];

        if (k->own.c.arena != NULL) {
                env_close(&k->own);
                if (!env_is_pg(k->where))
                        give_to_owner(str_c(k->arena, k->where));
        }
        if (k->out_fd >= 0 && !k->inside) {
                if ((code == 0 || code == CMD_LEFT) && !name_result(k))
                        code = 1;
                temp_name(k, temp, sizeof temp);
                if (code != 0 && code != CMD_LEFT)
                        unlink(temp);
        }
        dd_fd_close(&k->out_fd);
        dd_fd_close(&k->in_fd);
        if (!k->inside)
                arena_free(k->arena);
        return code;
}

enum dd_err
cmd_read(struct cmd *k, struct str *ret)
{
        struct stat st;
        char *p;
        size_t n = 0;

        if (k->in_fd < 0 || fstat(k->in_fd, &st) != 0 || !S_ISREG(st.st_mode))
                return dd_fail(k->c, DD_EINVAL, "Không có tệp để đọc.");
        if ((size_t)st.st_size > FILE_MAX)
                return dd_fail(k->c, DD_ETOOBIG, "Tệp lớn quá 25 MiB. Mời tách phụ lục ra tệp riêng.");
        p = arena_alloc(k->c->arena, (size_t)st.st_size + 1);
        while (n < (size_t)st.st_size) {
                ssize_t got = pread(k->in_fd, p + n, (size_t)st.st_size - n, (off_t)n);

                if (got < 0 && errno == EINTR)
                        continue;
                if (got < 0)
                        return dd_fail(k->c, DD_EIO, "Không đọc được tệp: %s.", strerror(errno));
                if (got == 0)
                        break;
                n += (size_t)got;
        }
        *ret = (struct str){ p, n };
        return DD_OK;
}

enum dd_err
cmd_write(struct cmd *k, struct str bytes)
{
        for (size_t done = 0; done < bytes.n;) {
                ssize_t n = write(k->out_fd, bytes.p + done, bytes.n - done);

                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return dd_fail(k->c, DD_EFULL, "Không ghi hết tệp: %s.", strerror(errno));
                done += (size_t)n;
        }
        return DD_OK;
}
