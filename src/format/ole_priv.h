/* ole_priv.h - the file inside of which Office until 2003 keeps its streams (OLE2, MS-CFB). Whatever the bytes say,
 * what comes out is bytes: chains end where they go wrong. */
#ifndef OLE_PRIV_H
#define OLE_PRIV_H

#include "dd_base.h"

struct ole_chains {
        uint32_t *v; /* next sector of each */
        size_t n;
};

struct ole {
        struct arena *a;
        struct str bytes, dir, mini_stream;
        unsigned shift; /* of a sector's size */
        uint32_t mini_below;
        struct ole_chains fat, mini;
        bool cut; /* a stream that was asked for is shorter than it says */
};

bool ole_is(struct str bytes);
/* False: the head or the directory makes no sense. */
bool ole_open(struct arena *a, struct str bytes, struct ole *ret);
/* A stream beside the root, by its name in ASCII; STR_NONE when there is none. Lives in the arena. */
struct str ole_stream(struct ole *o, const char *name);

/* Numbers as these files hold them; 0 beyond the end. */
static inline uint32_t
le16(struct str s, size_t at)
{
        return at + 2 <= s.n ? (uint32_t)(unsigned char)s.p[at] | (uint32_t)(unsigned char)s.p[at + 1] << 8 : 0;
}

static inline uint32_t
le32(struct str s, size_t at)
{
        return le16(s, at) | le16(s, at + 2) << 16;
}

static inline uint32_t
byte_at(struct str s, size_t at)
{
        return at < s.n ? (unsigned char)s.p[at] : 0;
}

#endif
