/* embed - writes files as one C table of assets.
 *
 *   embed OUT.c NAME=PATH...
 *
 * The address of each carries the hash of its content. url(NAME) in a style sheet becomes that address. */
#include <zlib.h>

#include "tool_io.h"

struct item {
        struct str name, raw, url, hash;
};
struct items {
        struct item *v;
        size_t n, cap;
};

static struct str
type_of(struct str name)
{
        static const struct {
                struct str ending, type;
        } types[] = { { S(".css"), S("text/css; charset=utf-8") },
                      { S(".js"), S("text/javascript; charset=utf-8") },
                      { S(".svg"), S("image/svg+xml") },
                      { S(".woff2"), S("font/woff2") } };

        for (size_t i = 0; i < ARRAY_LEN(types); i++)
                if (str_ends(name, types[i].ending))
                        return types[i].type;
        return STR_NONE;
}

static void
name_it(struct arena *a, struct item *it)
{
        uint8_t sum[32];
        size_t dot = it->name.n;

        while (dot > 0 && it->name.p[dot - 1] != '.')
                dot--;
        dd_sha256(it->raw.p, it->raw.n, sum);
        it->hash = dd_hex(a, sum, 5);
        it->url = str_fmt(a, "/s/%.*s%.*s.%.*s", FMT(str_sub(it->name, 0, dot)), FMT(it->hash),
                          FMT(str_sub(it->name, dot, it->name.n)));
}

/* Puts the addresses of the other assets into a style sheet. */
static bool
link_css(struct arena *a, struct items *all, struct item *css)
{
        AUTO_BUF b = { 0 };
        struct str s = css->raw;

        for (size_t at = 0; at < s.n;) {
                size_t hit = str_find(s, S("url("), at), end = str_find(s, S(")"), hit);
                struct str name = str_sub(s, hit + 4, end), url = STR_NONE;

                buf_str(&b, str_sub(s, at, hit));
                at = hit;
                if (hit == s.n)
                        break;
                for (size_t i = 0; i < all->n; i++)
                        if (str_eq(all->v[i].name, name))
                                url = all->v[i].url;
                if (url.p == NULL) {
                        fprintf(stderr, "%.*s: error: url(%.*s) is not an asset\n", FMT(css->name), FMT(name));
                        return false;
                }
                buf_fmt(&b, "url(%.*s)", FMT(url));
                at = end + 1;
        }
        css->raw = str_dup(a, buf_view(&b));
        return true;
}

/* gzip at its best; STR_NONE when that saves nothing. The head carries no time: same input, same bytes. */
static struct str
gzip(struct arena *a, struct str raw)
{
        z_stream z = { 0 };
        uLong room;

        if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
                return STR_NONE;
        room = deflateBound(&z, raw.n);
        char *out = arena_alloc(a, room);
        z.next_in = (Bytef *)(uintptr_t)raw.p;
        z.avail_in = (uInt)raw.n;
        z.next_out = (Bytef *)out;
        z.avail_out = (uInt)room;
        int rc = deflate(&z, Z_FINISH);
        size_t n = z.total_out;
        deflateEnd(&z);
        return rc == Z_STREAM_END && n < raw.n - raw.n / 20 ? (struct str){ out, n } : STR_NONE;
}

static void
put_row(struct arena *a, struct dd_buf *b, const struct item *it)
{
        struct str gz = gzip(a, it->raw);

        buf_fmt(b, "{ S(\"%.*s\"), S(\"%.*s\"), S(\"%.*s\"), S(\"\\\"%.*s\\\"\"), { ", FMT(it->name), FMT(it->url),
                FMT(type_of(it->name)), FMT(it->hash));
        c_bytes(b, it->raw);
        buf_fmt(b, ", %zu }, ", it->raw.n);
        if (gz.p != NULL) {
                buf_str(b, S("{ "));
                c_bytes(b, gz);
                buf_fmt(b, ", %zu } },\n", gz.n);
        } else
                buf_str(b, S("{ NULL, 0 } },\n"));
}

static bool
run(struct arena *a, int argc, char **argv)
{
        AUTO_BUF b = { 0 };
        struct items all = { 0 };

        for (int i = 2; i < argc; i++) {
                struct str rest = str_of(argv[i]), name;

                if (!str_cut(&rest, '=', &name) || rest.p == NULL || type_of(name).p == NULL) {
                        fprintf(stderr, "embed: %s: write NAME=PATH with a known ending\n", argv[i]);
                        return false;
                }
                struct item *it = VEC_PUSH(a, &all);
                *it = (struct item){ .name = name, .raw = file_read(a, rest.p) };
                if (it->raw.p == NULL)
                        return false;
                name_it(a, it);
        }
        for (size_t i = 0; i < all.n; i++) {
                if (!str_ends(all.v[i].name, S(".css")))
                        continue;
                if (!link_css(a, &all, &all.v[i]))
                        return false;
                name_it(a, &all.v[i]);
        }
        buf_str(&b, S("/* Written by embed. */\n#include \"dd_assets.h\"\n\nconst struct asset asset_rows[] = {\n"));
        for (size_t i = 0; i < all.n; i++)
                put_row(a, &b, &all.v[i]);
        buf_fmt(&b, "};\nconst size_t asset_rows_n = %zu;\n", all.n);
        return file_write(argv[1], buf_view(&b));
}

int
main(int argc, char **argv)
{
        struct arena *a = arena_new(0);
        bool ok;

        if (argc < 3) {
                fprintf(stderr, "usage: embed OUT.c NAME=PATH...\n");
                return 2;
        }
        ok = run(a, argc, argv);
        arena_free(a);
        return ok ? 0 : 1;
}
