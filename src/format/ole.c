/* ole.c - see ole_priv.h. */
#include "ole_priv.h"

#define HEAD_SECTORS 109 /* of the list of chains that stand in the head */
#define MINI_SHIFT   6
#define ENTRY        128 /* of the directory */
#define NONE         0xFFFFFFFFu

bool
ole_is(struct str bytes)
{
        return str_starts(bytes, (struct str){ "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8 });
}

static size_t
sector_size(const struct ole *o)
{
        return (size_t)1 << o->shift;
}

/* The bytes of one sector; fewer at the end of a file that was cut. */
static struct str
sector(const struct ole *o, uint32_t n)
{
        size_t at = ((size_t)n + 1) << o->shift;

        return str_sub(o->bytes, at, at + sector_size(o));
}

/* One sector of the table of chains. False: the table is full. */
static bool
fat_add(struct ole *o, uint32_t n, size_t *filled)
{
        struct str s = sector(o, n);

        for (size_t i = 0; i < sector_size(o); i += 4) {
                if (*filled == o->fat.n)
                        return false;
                o->fat.v[(*filled)++] = i + 4 <= s.n ? le32(s, i) : NONE;
        }
        return true;
}

static void
fat_read(struct ole *o)
{
        size_t filled = 0, per = sector_size(o) / 4;
        uint32_t next = le32(o->bytes, 68);

        o->fat.n = o->bytes.n >> o->shift;
        o->fat.v = arena_array(o->a, o->fat.n + 1, sizeof *o->fat.v);
        for (size_t i = 0; i < HEAD_SECTORS; i++) {
                uint32_t n = le32(o->bytes, 76 + 4 * i);

                if (n < o->fat.n && !fat_add(o, n, &filled))
                        return;
        }
        for (size_t steps = 0; next < o->fat.n && steps < o->fat.n; steps++) {
                struct str s = sector(o, next);

                for (size_t i = 0; i + 1 < per; i++) {
                        uint32_t n = le32(s, 4 * i);

                        if (n < o->fat.n && !fat_add(o, n, &filled))
                                return;
                }
                next = le32(s, 4 * (per - 1));
        }
        while (filled < o->fat.n)
                o->fat.v[filled++] = NONE;
}

/* At most `max` bytes of a chain; SIZE_MAX: all of it. */
static struct str
chain(struct ole *o, uint32_t first, size_t max)
{
        size_t sectors = 0, n = 0;
        char *out;

        for (uint32_t s = first; s < o->fat.n && sectors < o->fat.n && sectors << o->shift < max; s = o->fat.v[s])
                sectors++;
        out = arena_array(o->a, sectors + 1, sector_size(o));
        for (uint32_t s = first; sectors > 0; s = o->fat.v[s], sectors--) {
                struct str from = sector(o, s);

                if (from.n)
                        memcpy(out + n, from.p, from.n);
                n += from.n;
        }
        return (struct str){ out, n < max ? n : max };
}

/* Small streams lie in one stream, in pieces of 64 bytes. */
static struct str
mini_chain(struct ole *o, uint32_t first, size_t max)
{
        size_t n = 0;
        char *out = arena_alloc(o->a, max + 1);

        for (size_t steps = 0; first < o->mini.n && steps < o->mini.n && n < max; steps++) {
                struct str from =
                    str_sub(o->mini_stream, (size_t)first << MINI_SHIFT, ((size_t)first + 1) << MINI_SHIFT);

                if (from.n > max - n)
                        from.n = max - n;
                if (from.n)
                        memcpy(out + n, from.p, from.n);
                n += from.n;
                first = o->mini.v[first];
        }
        return (struct str){ out, n };
}

static struct str
entry_of(const struct ole *o, size_t i)
{
        return str_sub(o->dir, i * ENTRY, (i + 1) * ENTRY);
}

static bool
is_named(struct str entry, const char *name)
{
        size_t n = strlen(name);

        if (le16(entry, 64) != 2 * (n + 1))
                return false;
        for (size_t i = 0; i < n; i++) {
                if (le16(entry, 2 * i) != (unsigned char)name[i])
                        return false;
        }
        return true;
}

bool
ole_open(struct arena *a, struct str bytes, struct ole *ret)
{
        struct str mini;

        *ret = (struct ole){ .a = a, .bytes = bytes, .shift = le16(bytes, 30), .mini_below = le32(bytes, 56) };
        if (!ole_is(bytes) || (ret->shift != 9 && ret->shift != 12) || ret->mini_below > 1 << 20)
                return false;
        fat_read(ret);
        ret->dir = chain(ret, le32(bytes, 48), SIZE_MAX);
        if (ret->dir.n < ENTRY)
                return false;
        mini = chain(ret, le32(bytes, 60), SIZE_MAX);
        ret->mini.n = mini.n / 4;
        ret->mini.v = arena_array(a, ret->mini.n + 1, sizeof *ret->mini.v);
        for (size_t i = 0; i < ret->mini.n; i++)
                ret->mini.v[i] = le32(mini, 4 * i);
        ret->mini_stream = chain(ret, le32(entry_of(ret, 0), 116), le32(entry_of(ret, 0), 120));
        return true;
}

/* What lies beside the root is a tree of names; papers inside the paper lie deeper. */
struct str
ole_stream(struct ole *o, const char *name)
{
        size_t n = o->dir.n / ENTRY, open = 0;
        uint32_t *todo = arena_array(o->a, n + 3, sizeof *todo);
        bool *seen = arena_array(o->a, n + 1, sizeof *seen);

        todo[open++] = le32(entry_of(o, 0), 76);
        while (open > 0) {
                uint32_t i = todo[--open];
                struct str e;

                if (i >= n || seen[i])
                        continue;
                seen[i] = true;
                e = entry_of(o, i);
                if (byte_at(e, 66) == 2 && is_named(e, name)) {
                        size_t says = le32(e, 120), size = says < o->bytes.n ? says : o->bytes.n;
                        struct str got =
                            size < o->mini_below ? mini_chain(o, le32(e, 116), size) : chain(o, le32(e, 116), size);

                        o->cut = o->cut || got.n < says;
                        return got;
                }
                if (open + 2 <= n + 2) {
                        todo[open++] = le32(e, 68);
                        todo[open++] = le32(e, 72);
                }
        }
        return STR_NONE;
}
