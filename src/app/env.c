#include "env_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dd_date.h"
#include "dd_db.h"

#define FILE_MAX ((size_t)26 << 20)

static void
take(struct args *a, int at, int n)
{
        for (int i = at; i + n < a->n; i++)
                a->v[i] = a->v[i + n];
        a->n -= n;
}

struct str
arg_value(struct args *a, const char *name)
{
        size_t len = strlen(name);

        for (int i = 0; i < a->n; i++) {
                if (strncmp(a->v[i], name, len) == 0 && a->v[i][len] == '=') {
                        struct str s = str_of(a->v[i] + len + 1);
                        take(a, i, 1);
                        return s;
                }
                if (strcmp(a->v[i], name) == 0 && i + 1 < a->n) {
                        struct str s = str_of(a->v[i + 1]);
                        take(a, i, 2);
                        return s;
                }
        }
        return STR_NONE;
}

bool
arg_flag(struct args *a, const char *name)
{
        for (int i = 0; i < a->n; i++)
                if (strcmp(a->v[i], name) == 0) {
                        take(a, i, 1);
                        return true;
                }
        return false;
}

struct str
arg_word(struct args *a)
{
        for (int i = 0; i < a->n; i++)
                if (a->v[i][0] != '-') {
                        struct str s = str_of(a->v[i]);
                        take(a, i, 1);
                        return s;
                }
        return STR_NONE;
}

bool
arg_end(const struct args *a)
{
        if (a->n == 0)
                return true;
        fprintf(stderr, "dondoc: không hiểu «%s». Gõ «dondoc help» để xem cách dùng.\n", a->v[0]);
        return false;
}

struct str
env_data(struct args *a)
{
        struct str db = arg_value(a, "--db"), data = arg_value(a, "--data");
        const char *env = getenv("DONDOC_DATA");

        if (db.p != NULL)
                return db;
        if (data.p != NULL)
                return data;
        return env != NULL && env[0] != '\0' ? str_of(env) : S("data");
}

int
env_fail(const struct dd_ctx *c, enum dd_err err)
{
        fprintf(stderr, "dondoc: %.*s\n", c->err_text.n > 0 ? (int)c->err_text.n : (int)strlen(dd_err_name(err)),
                c->err_text.n > 0 ? c->err_text.p : dd_err_name(err));
        for (size_t i = 1; i < c->n_fields; i++)
                fprintf(stderr, "  %.*s: %.*s\n", FMT(c->fields[i].field), FMT(c->fields[i].message));
        return 1;
}

static bool
refuse(struct env *e, enum dd_err err)
{
        (void)env_fail(&e->c, err);
        env_close(e);
        return false;
}

bool
env_open(struct env *e, struct str where, bool with_worker)
{
        enum dd_err err;
        int applied;

        *e = (struct env){ .c = {
                               .arena = arena_new(0), .is_system = true, .origin = S("cli"), .now = dd_clock_now() } };
        e->c.today = e->c.as_of = day_from_instant(e->c.now);
        if (with_worker && (err = worker_start(&e->c, &e->worker)) != DD_OK)
                return refuse(e, err);
        if ((err = dd_db_open(&e->c, where, &e->db)) != DD_OK)
                return refuse(e, err);
        e->c.db = e->db;
        if ((err = dd_migrate(&e->c, dd_schema, dd_schema_n, &applied)) != DD_OK)
                return refuse(e, err);
        return true;
}

void
env_close(struct env *e)
{
        dd_db_close(e->db);
        worker_stop(e->worker);
        arena_free(e->c.arena);
        *e = (struct env){ 0 };
}

enum dd_err
read_file(struct dd_ctx *c, struct str path, struct str *ret)
{
        AUTO_FD fd = open(str_c(c->arena, path), O_RDONLY | O_CLOEXEC);
        struct stat st;
        AUTO_BUF b = { .max = FILE_MAX };
        char chunk[65536];
        ssize_t n;

        if (fd < 0 || fstat(fd, &st) != 0)
                return dd_fail(c, DD_ENOTFOUND, "Không mở được tệp %.*s: %s.", FMT(path), strerror(errno));
        if (!S_ISREG(st.st_mode))
                return dd_fail(c, DD_EINVAL, "%.*s không phải là tệp.", FMT(path));
        if ((size_t)st.st_size > FILE_MAX)
                return dd_fail(c, DD_ETOOBIG, "Tệp %.*s lớn quá 25 MiB. Mời tách phụ lục ra tệp riêng.", FMT(path));
        while ((n = read(fd, chunk, sizeof chunk)) > 0)
                buf_put(&b, chunk, (size_t)n);
        if (n < 0)
                return dd_fail(c, DD_EIO, "Không đọc được tệp %.*s: %s.", FMT(path), strerror(errno));
        *ret = str_dup(c->arena, buf_view(&b));
        return DD_OK;
}

enum dd_err
write_file(struct dd_ctx *c, struct str path, struct str bytes)
{
        AUTO_FD fd = open(str_c(c->arena, path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        size_t done = 0;

        if (fd < 0)
                return dd_fail(c, DD_EINVAL, "Không ghi được tệp %.*s: %s.", FMT(path), strerror(errno));
        while (done < bytes.n) {
                ssize_t n = write(fd, bytes.p + done, bytes.n - done);

                if (n < 0)
                        return dd_fail(c, DD_EFULL, "Không ghi hết tệp %.*s: %s.", FMT(path), strerror(errno));
                done += (size_t)n;
        }
        return DD_OK;
}
