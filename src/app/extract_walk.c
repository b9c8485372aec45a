/* Which papers `dondoc extract` is to read, and the few words their failures are counted by. */
#include "extract_priv.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#define DEPTH_MAX 32

bool
extract_words(int argc, char **argv, struct arena *a, struct extract_words *ret)
{
        struct stat st;
        bool many = false;

        *ret = (struct extract_words){ .v = arena_array(a, (size_t)argc + 1, sizeof *ret->v) };
        for (int i = 1; i < argc; i++) {
                if (strcmp(argv[i], "--out") == 0 && i + 1 < argc)
                        ret->out = str_of(argv[++i]);
                else if (strcmp(argv[i], "--failures") == 0 && i + 1 < argc)
                        ret->failures = str_of(argv[++i]);
                else if (strcmp(argv[i], "--json") == 0)
                        continue;
                else if (argv[i][0] == '-')
                        return false;
                else
                        ret->v[ret->n++] = argv[i];
        }
        while (ret->out.n > 1 && ret->out.p[ret->out.n - 1] == '/')
                ret->out.n--;
        for (int i = 0; i < ret->n; i++)
                many = many || (stat(ret->v[i], &st) == 0 && S_ISDIR(st.st_mode));
        return ret->n > 0 && (many || ret->n > 1 || ret->out.n > 0 || ret->failures.n > 0);
}

static int
visible(const struct dirent *e)
{
        return e->d_name[0] != '.';
}

static bool
walk(struct arena *a, const char *real, struct str name, int depth, struct paths *ret)
{
        struct dirent **names = NULL;
        int n = depth > DEPTH_MAX ? 0 : scandir(real, &names, visible, alphasort);

        if (n < 0) {
                fprintf(stderr, "dondoc: không đọc được thư mục %s: %s.\n", real, strerror(errno));
                return false;
        }
        bool ok = true;
        for (int i = 0; i < n; i++) {
                struct str path = str_fmt(a, "%s/%s", real, names[i]->d_name);
                struct str below = name.n > 0 ? str_fmt(a, "%.*s/%s", FMT(name), names[i]->d_name)
                                              : str_dup(a, str_of(names[i]->d_name));
                struct stat st;

                if (lstat(path.p, &st) == 0 && S_ISDIR(st.st_mode))
                        ok = walk(a, path.p, below, depth + 1, ret) && ok;
                else if (S_ISREG(st.st_mode))
                        *VEC_PUSH(a, ret) = (struct path){ path.p, below };
                free(names[i]);
        }
        free(names);
        return ok;
}

bool
extract_walk(struct arena *a, const struct extract_words *w, struct paths *ret)
{
        bool ok = true;

        *ret = (struct paths){ 0 };
        for (int i = 0; i < w->n; i++) {
                struct stat st;
                struct str name = str_of(w->v[i]);

                if (stat(w->v[i], &st) == 0 && S_ISDIR(st.st_mode)) {
                        ok = walk(a, w->v[i], STR_NONE, 0, ret) && ok;
                        continue;
                }
                while (str_starts(name, S("/")) || str_starts(name, S("./")) || str_starts(name, S("../")))
                        name = str_sub(name, str_find(name, S("/"), 0) + 1, name.n);
                const char *base = memrchr(name.p, '/', name.n);
                if (str_has(name, S("../")) && base != NULL) /* must not lead out of --out */
                        name = str_sub(name, (size_t)(base + 1 - name.p), name.n);
                *VEC_PUSH(a, ret) = (struct path){ w->v[i], name };
        }
        return ok;
}

struct str
extract_reason(enum dd_err e)
{
        switch (e) {
        case DD_EINVAL:
                return S("tệp trống hoặc không có gì đọc được");
        case DD_EDENIED:
                return S("mang dấu chỉ độ mật");
        case DD_ENOTFOUND:
                return S("không mở được tệp");
        case DD_ETOOBIG:
                return S("quá lớn hoặc quá phức tạp");
        case DD_EFORMAT:
                return S("không phải loại tệp đọc được, hoặc tệp hỏng");
        case DD_EBUSY:
                return S("máy đọc bận hoặc đọc quá lâu");
        default:
                return S("lỗi khác");
        }
}
