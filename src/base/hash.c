/* SHA-256 by OpenSSL. */
#include <openssl/evp.h>
#include <stdlib.h>

#include "dd_base.h"

void
dd_sha256(const void *p, size_t n, uint8_t ret[32])
{
        if (EVP_Digest(p, n, ret, NULL, EVP_sha256(), NULL) != 1)
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
