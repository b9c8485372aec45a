/* SHA-256 by OpenSSL: the calls that take no memory, so that they cannot fail for want of it. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <stdlib.h>

#include "dd_base.h"

void
dd_sha256(const void *p, size_t n, uint8_t ret[32])
{
        SHA256_CTX h;

        if (SHA256_Init(&h) != 1 || SHA256_Update(&h, p, n) != 1 || SHA256_Final(ret, &h) != 1)
                abort();
}

struct str
dd_hex(struct arena *a, const uint8_t *p, size_t n)
{
        static const char digits[] = "0123456789abcdef";
        char *out = arena_alloc(a, 2 * n + 1);

        for (size_t i = 0; i < n; i++) {
                out[2 * i] = digits[p[i] >> 4];
                out[2 * i + 1] = digits[p[i] & 15];
        }
        return (struct str){ out, 2 * n };
}
