/* package.c - ZIP packages of papers; see package_priv.h. Sizes told by the directory are judged before unpacking and
 * counted again while unpacking, since they may lie. */
#include "package_priv.h"

#include <zip.h>

#define MEMBERS_MAX  2000
#define UNPACKED_MAX ((uint64_t)200 << 20)
#define RATIO_MAX    100
#define RATIO_FREE   ((uint64_t)10 << 20) /* small parts may be as repetitive as they like */
#define PIECE        ((size_t)64 << 10)

enum dd_err
package_broken(struct dd_ctx *c)
{
        return dd_fail(c, DD_EFORMAT,
                       "Tệp bị hỏng hoặc tải lên chưa trọn nên không mở được. Hãy mở tệp trên máy để kiểm tra, lưu lại "
                       "rồi gửi lại.");
}

static enum dd_err
too_big(struct dd_ctx *c)
{
        return dd_fail(c, DD_ETOOBIG,
                       "Tệp mở ra quá lớn (hơn 200 MB) hoặc được nén bất thường nên không được nhận. Hãy bỏ bớt hình "
                       "ảnh, tách phần kế hoạch và phụ lục rồi gửi lại.");
}

/* Parts are never written to a disk; a name that climbs out of its package still tells of a forged file. */
static bool
name_climbs(const char *name)
{
        if (name[0] == '/' || name[0] == '\\' || (name[0] && name[1] == ':'))
                return true;
        for (const char *p = name; (p = strstr(p, "..")) != NULL; p += 2) {
                bool begins = p == name || p[-1] == '/' || p[-1] == '\\';

                if (begins && (p[2] == 0 || p[2] == '/' || p[2] == '\\'))
                        return true;
        }
        return false;
}

static enum dd_err
judge_member(struct dd_ctx *c, zip_t *za, zip_uint64_t i, uint64_t *total)
{
        zip_stat_t st;

        if (zip_stat_index(za, i, 0, &st) != 0 || !(st.valid & ZIP_STAT_NAME) || !(st.valid & ZIP_STAT_SIZE) ||
            !(st.valid & ZIP_STAT_COMP_SIZE))
                return package_broken(c);
        if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE)
                return dd_fail(c, DD_EFORMAT,
                               "Tệp được đặt mật khẩu nên không đọc được. Hãy gỡ mật khẩu, lưu lại rồi gửi lại.");
        if (name_climbs(st.name) || zip_name_locate(za, st.name, 0) != (zip_int64_t)i)
                return dd_fail(
                    c, DD_EFORMAT,
                    "Bên trong tệp có phần trùng tên hoặc mang tên không hợp lệ, không giống tệp do phần mềm "
                    "văn phòng tạo ra. Hãy mở tệp bằng Word hoặc LibreOffice, lưu thành tệp mới rồi gửi lại.");
        if (st.size > UNPACKED_MAX || (*total += st.size) > UNPACKED_MAX)
                return too_big(c);
        if (st.size > RATIO_FREE && st.size / RATIO_MAX > st.comp_size)
                return too_big(c);
        return DD_OK;
}

enum dd_err
package_open(struct dd_ctx *c, struct str bytes, struct package *ret)
{
        zip_source_t *src = zip_source_buffer_create(bytes.p, bytes.n, 0, NULL);
        zip_t *za;
        zip_int64_t n;
        uint64_t total = 0;

        *ret = (struct package){ .zip = NULL };
        if (src == NULL)
                return package_broken(c);
        za = zip_open_from_source(src, ZIP_RDONLY, NULL);
        if (za == NULL) {
                zip_source_free(src);
                return package_broken(c);
        }
        ret->zip = za;
        n = zip_get_num_entries(za, 0);
        if (n > MEMBERS_MAX)
                return dd_fail(c, DD_ETOOBIG,
                               "Tệp chứa quá nhiều phần bên trong (hơn 2.000) nên không được nhận. Hãy bỏ bớt hình ảnh "
                               "rồi gửi lại.");
        for (zip_int64_t i = 0; i < n; i++)
                TRY(judge_member(c, za, (zip_uint64_t)i, &total));
        return DD_OK;
}

void
package_close(struct package *p)
{
        if (p->zip)
                zip_discard(p->zip);
        p->zip = NULL;
}

bool
package_has(const struct package *p, const char *name)
{
        return zip_name_locate(p->zip, name, 0) >= 0;
}

size_t
package_count(const struct package *p)
{
        zip_int64_t n = zip_get_num_entries(p->zip, 0);

        return n > 0 ? (size_t)n : 0;
}

struct str
package_name(struct arena *a, const struct package *p, size_t i)
{
        const char *name = zip_get_name(p->zip, i, 0);

        return name ? str_dup(a, str_of(name)) : S("");
}

/* Everything of an open part into the sink, counted. */
static enum dd_err
drain(struct dd_ctx *c, struct package *p, zip_file_t *f, const zip_stat_t *st, package_sink *sink, void *arg)
{
        char piece[PIECE];
        uint64_t n = 0;

        for (;;) {
                zip_int64_t got = zip_fread(f, piece, sizeof piece);

                if (got < 0)
                        return package_broken(c);
                if (got == 0)
                        return n == st->size ? DD_OK : package_broken(c);
                n += (uint64_t)got;
                p->unpacked += (uint64_t)got;
                if (n > st->size)
                        return package_broken(c);
                if (p->unpacked > UNPACKED_MAX)
                        return too_big(c);
                if (!sink(arg, piece, (size_t)got))
                        return DD_OK;
        }
}

enum dd_err
package_stream(struct dd_ctx *c, struct package *p, const char *name, package_sink *sink, void *arg)
{
        zip_int64_t i = zip_name_locate(p->zip, name, 0);
        zip_stat_t st;
        zip_file_t *f;
        enum dd_err e;

        if (i < 0)
                return DD_ENOTFOUND;
        if (zip_stat_index(p->zip, (zip_uint64_t)i, 0, &st) != 0 ||
            (st.comp_method != ZIP_CM_STORE && st.comp_method != ZIP_CM_DEFLATE))
                return package_broken(c);
        f = zip_fopen_index(p->zip, (zip_uint64_t)i, 0);
        if (f == NULL)
                return package_broken(c);
        e = drain(c, p, f, &st, sink, arg);
        zip_fclose(f);
        return e;
}

struct whole {
        char *p;
        size_t n, max;
};

static bool
whole_sink(void *arg, const char *p, size_t n)
{
        struct whole *w = arg;

        if (n > w->max - w->n)
                return false;
        memcpy(w->p + w->n, p, n);
        w->n += n;
        return true;
}

enum dd_err
package_part(struct dd_ctx *c, struct package *p, const char *name, size_t max, struct str *ret)
{
        zip_int64_t i = zip_name_locate(p->zip, name, 0);
        struct whole w = { .max = max };
        zip_stat_t st;

        if (i < 0)
                return DD_ENOTFOUND;
        if (zip_stat_index(p->zip, (zip_uint64_t)i, 0, &st) != 0)
                return package_broken(c);
        if (st.size > max)
                return too_big(c);
        w.max = (size_t)st.size;
        w.p = arena_alloc(c->arena, (size_t)st.size + 1);
        TRY(package_stream(c, p, name, whole_sink, &w));
        *ret = (struct str){ w.p, w.n };
        return DD_OK;
}
