/* Files and C literals for the generators; see tool_io.h. */
#include "tool_io.h"

struct str
file_read(struct arena *a, const char *path)
{
        AUTO_BUF b = { 0 };
        char part[16384];
        size_t n;
        FILE *f = fopen(path, "rb");

        while (f != NULL && (n = fread(part, 1, sizeof part, f)) > 0)
                buf_put(&b, part, n);
        if (f == NULL || ferror(f) || b.over) {
                fprintf(stderr, "%s: cannot be read\n", path);
                if (f != NULL)
                        fclose(f);
                return STR_NONE;
        }
        fclose(f);
        return str_dup(a, buf_view(&b));
}

bool
file_write(const char *path, struct str s)
{
        FILE *f = fopen(path, "wb");
        bool ok = f != NULL && fwrite(s.p, 1, s.n, f) == s.n;

        if (f == NULL || fclose(f) != 0 || !ok) {
                fprintf(stderr, "%s: cannot be written\n", path);
                return false;
        }
        return true;
}

struct str
path_base(struct str path)
{
        for (size_t i = path.n; i > 0; i--)
                if (path.p[i - 1] == '/')
                        return str_sub(path, i, path.n);
        return path;
}

void
c_string(struct dd_buf *b, struct str s)
{
        buf_c(b, '"');
        for (size_t i = 0; i < s.n; i++) {
                char c = s.p[i];

                if (c == '"' || c == '\\')
                        buf_c(b, '\\');
                if (c == '\n')
                        buf_str(b, i + 1 < s.n ? S("\\n\"\n                   \"") : S("\\n"));
                else if (c == '\t')
                        buf_str(b, S("\\t"));
                else
                        buf_c(b, c);
        }
        buf_c(b, '"');
}

void
c_bytes(struct dd_buf *b, struct str s)
{
        buf_c(b, '"');
        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char)s.p[i];

                if (i > 0 && i % 64 == 0)
                        buf_str(b, S("\"\n\""));
                char e[4] = { '\\', (char)('0' + (c >> 6)), (char)('0' + (c >> 3 & 7)), (char)('0' + (c & 7)) };
                buf_put(b, e, sizeof e);
        }
        buf_c(b, '"');
}
